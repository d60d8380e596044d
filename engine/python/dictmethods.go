package python

import "colloquy/engine/python/syntax"

func newDict(th *Thread, cls *Class, a *Args) (Value, error) {
	d := NewDict()
	if cls != DictClass {
		return &Instance{Cls: cls, Native: d}, nil
	}
	return d, initDict(th, d, a)
}

func initDict(th *Thread, d *Dict, a *Args) error {
	if len(a.Pos) > 1 {
		return Errorf(TypeError, "dict expected at most 1 argument, got %d", len(a.Pos))
	}
	if len(a.Pos) == 1 {
		if err := th.updateDict(d, a.Pos[0]); err != nil {
			if r, ok := isRaised(err, TypeError); ok && th.notIterable(a.Pos[0]) {
				return Errorf(TypeError, "'%s' object is not iterable", a.Pos[0].Class().name)
			} else if ok {
				return r
			}
			return err
		}
	}
	for _, k := range a.Kw {
		d.SetStr(k.Name, k.Value)
	}
	return nil
}

func dictMethod(name string, lo, hi int, fn func(th *Thread, d *Dict, a *Args) (Value, error)) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		d, ok := asDict(a.Self)
		if !ok {
			return nil, Errorf(TypeError, "descriptor '%s' for 'dict' objects doesn't apply to a '%s' object", name, a.Self.Class().name)
		}
		if hi >= 0 {
			if err := a.Between(messageName("dict", name, lo, hi), lo, hi); err != nil {
				return nil, err
			}
		}
		return fn(th, d, a)
	})
}

func dictView(name string, kind *Class) Member {
	return dictMethod(name, 0, 0, func(_ *Thread, d *Dict, _ *Args) (Value, error) { return &DictView{d, kind}, nil })
}

func dictMembers() []Member {
	ms := []Member{
		nativeComparison(syntax.Eq, "__eq__"), reprMember(), nativeOp(syntax.BitOr, "__or__"), nativeReflected(syntax.BitOr, "__ror__"),
		inPlaceMember(syntax.BitOr, "__ior__"),
	}
	seq := sequenceMembers()
	ms = append(append(ms, seq[0], seq[1], seq[3]), changeMembers()...)
	return append(ms,
		Method("__init__", func(th *Thread, a *Args) (Value, error) {
			d, _ := asDict(a.Self)
			return None, initDict(th, d, a)
		}),
		dictMethod("__getitem__", 1, 1, func(th *Thread, d *Dict, a *Args) (Value, error) {
			v, ok, err := d.Get(th, a.Pos[0])
			if err != nil || ok {
				return v, err
			}
			if m := th.special(a.Self, "__missing__"); m != nil {
				return th.callSlot(m, a.Self, a.Pos[0])
			}
			return nil, keyError(a.Pos[0])
		}),
		dictMethod("get", 1, 2, func(th *Thread, d *Dict, a *Args) (Value, error) {
			v, ok, err := d.Get(th, a.Pos[0])
			if err != nil || ok {
				return v, err
			}
			if len(a.Pos) == 2 {
				return a.Pos[1], nil
			}
			return None, nil
		}),
		dictView("keys", DictKeysClass), dictView("values", DictValuesClass), dictView("items", DictItemsClass),
		dictMethod("pop", 1, 2, func(th *Thread, d *Dict, a *Args) (Value, error) {
			v, ok, err := d.Delete(th, a.Pos[0])
			if err != nil || ok {
				return v, err
			}
			if len(a.Pos) == 2 {
				return a.Pos[1], nil
			}
			return nil, keyError(a.Pos[0])
		}),
		dictMethod("popitem", 0, 0, popItem),
		dictMethod("setdefault", 1, 2, func(th *Thread, d *Dict, a *Args) (Value, error) {
			v, ok, err := d.Get(th, a.Pos[0])
			if err != nil || ok {
				return v, err
			}
			v = None
			if len(a.Pos) == 2 {
				v = a.Pos[1]
			}
			return v, d.Set(th, a.Pos[0], v)
		}),
		dictMethod("update", 0, -1, func(th *Thread, d *Dict, a *Args) (Value, error) {
			if len(a.Pos) > 1 {
				return nil, Errorf(TypeError, "update expected at most 1 argument, got %d", len(a.Pos))
			}
			return None, initDict(th, d, a)
		}),
		dictMethod("clear", 0, 0, func(_ *Thread, d *Dict, _ *Args) (Value, error) {
			d.Clear()
			return None, nil
		}),
		dictMethod("copy", 0, 0, func(th *Thread, d *Dict, _ *Args) (Value, error) { return d.Clone(), th.Alloc(64 * d.Len()) }),
		dictMethod("__reversed__", 0, 0, func(_ *Thread, d *Dict, _ *Args) (Value, error) { return reverseOf(reverseKeyIterator, d.Keys()), nil }),
		ClassMethodOf("fromkeys", fromKeys),
		ClassMethodOf("__class_getitem__", classGetItem))
}

func popItem(th *Thread, d *Dict, _ *Args) (Value, error) {
	keys := d.t.entries
	if d.ns != nil || len(keys) == 0 || keys[len(keys)-1].key == nil {
		all := d.Keys()
		if len(all) == 0 {
			return nil, keyErrorText("popitem(): dictionary is empty")
		}
		k := all[len(all)-1]
		v, _, err := d.Delete(th, k)
		return NewTuple(k, v), err
	}
	last := keys[len(keys)-1]
	d.t.drop(len(keys) - 1)
	return NewTuple(last.key, last.val), nil
}

func keyErrorText(msg string) error { return keyError(NewStr(msg)) }

func fromKeys(th *Thread, a *Args) (Value, error) {
	var v Value = None
	var src Value
	if err := a.Unpack("fromkeys", "/iterable", &src, "/value?", &v); err != nil {
		return nil, err
	}
	cls := a.Self.(*Class)
	out, err := th.Call(cls, nil, nil)
	if err != nil {
		return nil, err
	}
	return out, th.Each(src, func(k Value) error { return th.SetItem(out, k, v) })
}

// reverseOf iterates over values from the last to the first.
func reverseOf(cls *Class, vs []Value) Value {
	i := len(vs) - 1
	return NewIterator(cls, func(*Thread) (Value, bool, error) {
		if i < 0 {
			return nil, false, nil
		}
		i--
		return vs[i+1], true, nil
	})
}

// viewOp is an operator of the views that are like sets, with any iterable.
func viewOp(op syntax.Operator, name string, reflected bool) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		v := a.Self.(*DictView)
		do := func() (Value, bool, error) { return th.viewBinary(op, v, a.Pos[0]) }
		if reflected {
			do = func() (Value, bool, error) { return th.viewReflected(op, a.Pos[0], v) }
		}
		r, ok, err := do()
		if err == nil && !ok {
			return NotImplemented, nil
		}
		return r, err
	})
}

func viewMembers(setLike bool) []Member {
	ms := []Member{
		Method("__len__", func(_ *Thread, a *Args) (Value, error) { return boxInt(Int(a.Self.(*DictView).dict.Len())), nil }),
		Method("__iter__", func(th *Thread, a *Args) (Value, error) { return th.IterValue(a.Self) }),
		Method("__contains__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__contains__", 1); err != nil {
				return nil, err
			}
			ok, err := th.inView(a.Self.(*DictView), a.Pos[0])
			return boxBool(ok), err
		}),
		Method("__reversed__", func(th *Thread, a *Args) (Value, error) {
			vs, err := th.collect(a.Self)
			cls := reverseKeyIterator
			switch a.Self.(*DictView).kind {
			case DictValuesClass:
				cls = reverseValueIterator
			case DictItemsClass:
				cls = reverseItemIterator
			}
			return reverseOf(cls, vs), err
		}),
		Getter("mapping", func(_ *Thread, v Value) (Value, error) { return v.(*DictView).dict, nil }, nil),
	}
	if !setLike {
		return ms
	}
	for _, op := range []syntax.Operator{syntax.BitOr, syntax.BitAnd, syntax.BitXor, syntax.Sub} {
		ms = append(ms, viewOp(op, binaryNames[op][0], false), viewOp(op, binaryNames[op][1], true))
	}
	compare := func(op syntax.CmpOp, name string) Member {
		return Method(name, func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			switch Unwrap(a.Pos[0]).(type) {
			case *Set, *DictView:
			default:
				return NotImplemented, nil
			}
			x, err := th.toSet(a.Self)
			if err != nil {
				return nil, err
			}
			y, err := th.toSet(a.Pos[0])
			if err != nil {
				return nil, err
			}
			r, err := th.compareSets(op, x, y)
			return boxBool(r), err
		})
	}
	return append(ms, compare(syntax.Eq, "__eq__"), compare(syntax.Lt, "__lt__"), compare(syntax.LtE, "__le__"),
		compare(syntax.Gt, "__gt__"), compare(syntax.GtE, "__ge__"), Const("__hash__", None),
		Method("isdisjoint", func(th *Thread, a *Args) (Value, error) {
			x, err := th.toSet(a.Self)
			if err != nil {
				return nil, err
			}
			return isDisjoint(th, x, a)
		}))
}

func (th *Thread) inView(v *DictView, x Value) (bool, error) {
	switch v.kind {
	case DictKeysClass:
		_, ok, err := v.dict.Get(th, x)
		return ok, err
	case DictItemsClass:
		t, ok := asTuple(x)
		if !ok || len(t.Elems) != 2 {
			return false, nil
		}
		got, ok, err := v.dict.Get(th, t.Elems[0])
		if err != nil || !ok {
			return false, err
		}
		return th.same(got, t.Elems[1])
	}
	return th.containsByIter(v, x)
}

func newSetValue(frozen bool) NewFunc {
	return func(th *Thread, cls *Class, a *Args) (Value, error) {
		s := &Set{Frozen: frozen}
		builtin := SetClass
		if frozen {
			builtin = FrozenSetClass
		}
		if cls != builtin && !frozen {
			return &Instance{Cls: cls, Native: s}, nil
		}
		if frozen && cls == builtin && len(a.Pos) == 1 && len(a.Kw) == 0 {
			if same, ok := a.Pos[0].(*Set); ok && same.Frozen {
				return same, nil
			}
		}
		if err := initSet(th, s, a); err != nil {
			return nil, err
		}
		return wrap(cls, builtin, s), nil
	}
}

func initSet(th *Thread, s *Set, a *Args) error {
	if err := a.Between(s.Class().name, 0, 1); err != nil {
		return err
	}
	s.t = table{}
	if len(a.Pos) == 1 {
		return th.addAll(s, a.Pos[0])
	}
	return nil
}

func setMethod(name string, lo, hi int, fn func(th *Thread, s *Set, a *Args) (Value, error)) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		s, ok := asSet(a.Self)
		if !ok {
			return nil, Errorf(TypeError, "descriptor '%s' for 'set' objects doesn't apply to a '%s' object", name, a.Self.Class().name)
		}
		if hi >= 0 {
			if err := a.Between(messageName("set", name, lo, hi), lo, hi); err != nil {
				return nil, err
			}
		} else if err := a.NoKeywords("set." + name); err != nil {
			return nil, err
		}
		return fn(th, s, a)
	})
}

// combine is union, intersection ... with any number of iterables.
func combine(name string, op syntax.Operator, inPlace bool) Member {
	lo, hi := 0, -1
	if op == syntax.BitXor {
		lo, hi = 1, 1
	}
	return setMethod(name, lo, hi, func(th *Thread, s *Set, a *Args) (Value, error) {
		out := &Set{t: s.t.clone(), Frozen: s.Frozen}
		for _, v := range a.Pos {
			y, err := th.toSet(v)
			if err != nil {
				return nil, err
			}
			r, _, err := th.setBinary(op, out, y)
			if err != nil {
				return nil, err
			}
			out = r.(*Set)
		}
		if inPlace {
			s.t = out.t
			return None, nil
		}
		return out, nil
	})
}

func isDisjoint(th *Thread, s *Set, a *Args) (Value, error) {
	if err := a.Exactly("isdisjoint", 1); err != nil {
		return nil, err
	}
	y, err := th.toSet(a.Pos[0])
	if err != nil {
		return nil, err
	}
	both, err := th.filterSet(s, y, true)
	if err != nil {
		return nil, err
	}
	return boxBool(both.t.live == 0), nil
}

func setMembers(frozen bool) []Member {
	ms := append(orderings(), Method("__repr__", func(th *Thread, a *Args) (Value, error) {
		s, _ := asSet(a.Self)
		return nonNil(th.reprSet(s, a.Self.Class().name))
	}))
	seq := sequenceMembers()
	ms = append(ms, seq[0], seq[1], seq[3])
	for op, names := range map[syntax.Operator][3]string{
		syntax.BitOr: {"__or__", "__ror__", "__ior__"}, syntax.BitAnd: {"__and__", "__rand__", "__iand__"},
		syntax.Sub: {"__sub__", "__rsub__", "__isub__"}, syntax.BitXor: {"__xor__", "__rxor__", "__ixor__"},
	} {
		ms = append(ms, nativeOp(op, names[0]), nativeReflected(op, names[1]))
		if !frozen {
			ms = append(ms, inPlaceMember(op, names[2]))
		}
	}
	ms = append(ms,
		combine("union", syntax.BitOr, false), combine("intersection", syntax.BitAnd, false),
		combine("difference", syntax.Sub, false), combine("symmetric_difference", syntax.BitXor, false),
		setMethod("copy", 0, 0, func(_ *Thread, s *Set, a *Args) (Value, error) {
			if a.Self == Value(s) && s.Frozen {
				return s, nil
			}
			return &Set{t: s.t.clone(), Frozen: s.Frozen}, nil
		}),
		setMethod("issubset", 1, 1, func(th *Thread, s *Set, a *Args) (Value, error) {
			y, err := th.toSet(a.Pos[0])
			if err != nil {
				return nil, err
			}
			ok, err := th.subset(s, y)
			return boxBool(ok), err
		}),
		setMethod("issuperset", 1, 1, func(th *Thread, s *Set, a *Args) (Value, error) {
			y, err := th.toSet(a.Pos[0])
			if err != nil {
				return nil, err
			}
			ok, err := th.subset(y, s)
			return boxBool(ok), err
		}),
		setMethod("isdisjoint", 1, 1, isDisjoint),
		ClassMethodOf("__class_getitem__", classGetItem))
	if frozen {
		return append(ms, hashMember())
	}
	return append(ms, setChanges()...)
}

// setAsKey is what a set is looked for as: a frozen one of its elements.
func setAsKey(v Value) Value {
	if s, ok := v.(*Set); ok && !s.Frozen {
		return &Set{t: s.t, Frozen: true}
	}
	return v
}

func setChanges() []Member {
	return []Member{
		Const("__hash__", None),
		Method("__init__", func(th *Thread, a *Args) (Value, error) {
			s, _ := asSet(a.Self)
			return None, initSet(th, s, a)
		}),
		setMethod("add", 1, 1, func(th *Thread, s *Set, a *Args) (Value, error) { return None, s.Add(th, a.Pos[0]) }),
		setMethod("remove", 1, 1, func(th *Thread, s *Set, a *Args) (Value, error) {
			ok, err := s.Remove(th, setAsKey(a.Pos[0]))
			if err == nil && !ok {
				err = keyError(a.Pos[0])
			}
			return None, err
		}),
		setMethod("discard", 1, 1, func(th *Thread, s *Set, a *Args) (Value, error) {
			_, err := s.Remove(th, setAsKey(a.Pos[0]))
			return None, err
		}),
		setMethod("pop", 0, 0, func(th *Thread, s *Set, _ *Args) (Value, error) {
			for i, e := range s.t.entries {
				if e.key != nil {
					s.t.drop(i)
					return e.key, nil
				}
			}
			return nil, keyErrorText("pop from an empty set")
		}),
		setMethod("clear", 0, 0, func(_ *Thread, s *Set, _ *Args) (Value, error) {
			s.t = table{}
			return None, nil
		}),
		setMethod("update", 0, -1, func(th *Thread, s *Set, a *Args) (Value, error) {
			for _, v := range a.Pos {
				if err := th.addAll(s, v); err != nil {
					return nil, err
				}
			}
			return None, nil
		}),
		combine("intersection_update", syntax.BitAnd, true), combine("difference_update", syntax.Sub, true),
		combine("symmetric_difference_update", syntax.BitXor, true),
	}
}
