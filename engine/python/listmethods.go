package python

import (
	"slices"
	"strconv"

	"colloquy/engine/python/syntax"
)

func itoa(n int) string { return strconv.Itoa(n) }

// sequenceMembers are the special methods that sequences share.
func sequenceMembers() []Member {
	return []Member{
		unwrapped("__len__", func(th *Thread, v Value) (Value, error) {
			n, err := th.Len(v)
			return boxInt(Int(n)), err
		}),
		unwrapped("__iter__", func(th *Thread, v Value) (Value, error) { return th.IterValue(v) }),
		Method("__getitem__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__getitem__", 1); err != nil {
				return nil, err
			}
			return th.GetItem(Unwrap(a.Self), a.Pos[0])
		}),
		Method("__contains__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__contains__", 1); err != nil {
				return nil, err
			}
			ok, err := th.Contains(Unwrap(a.Self), a.Pos[0])
			return boxBool(ok), err
		}),
		sequenceOp(syntax.Add, "__add__"), sequenceOp(syntax.Mult, "__mul__"), sequenceOp(syntax.Mult, "__rmul__"),
	}
}

// sequenceOp is the method of a sequence for + or *, which says itself what it
// cannot do.
func sequenceOp(op syntax.Operator, name string) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		v, ok, err := th.nativeBinary(op, Unwrap(a.Self), Unwrap(a.Pos[0]))
		if err != nil || ok {
			return v, err
		}
		if op == syntax.Mult {
			_, err := th.wantIndex(a.Pos[0])
			return NotImplemented, err
		}
		_, _, err = th.binaryLast(op, a.Self, a.Pos[0])
		return NotImplemented, err
	})
}

// changeMembers are the special methods of containers that change.
func changeMembers() []Member {
	return []Member{
		Method("__setitem__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__setitem__", 2); err != nil {
				return nil, err
			}
			return None, th.SetItem(Unwrap(a.Self), a.Pos[0], a.Pos[1])
		}),
		Method("__delitem__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__delitem__", 1); err != nil {
				return nil, err
			}
			return None, th.DelItem(Unwrap(a.Self), a.Pos[0])
		}),
		Const("__hash__", None),
	}
}

func inPlaceMember(op syntax.Operator, name string) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		if _, err := th.InPlace(op, Unwrap(a.Self), a.Pos[0]); err != nil {
			return nil, err
		}
		return a.Self, nil
	})
}

func newList(th *Thread, cls *Class, a *Args) (Value, error) {
	l := &List{Elems: []Value{}}
	if cls != ListClass {
		return &Instance{Cls: cls, Native: l}, nil
	}
	return l, initList(th, l, a)
}

func initList(th *Thread, l *List, a *Args) error {
	if err := a.Between("list", 0, 1); err != nil {
		return err
	}
	l.Elems = []Value{}
	if len(a.Pos) == 1 {
		elems, err := th.Elems(a.Pos[0])
		l.Elems = elems
		return err
	}
	return nil
}

func listMethod(name string, lo, hi int, fn func(th *Thread, l *List, a *Args) (Value, error)) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		l, ok := asList(a.Self)
		if !ok {
			return nil, Errorf(TypeError, "descriptor '%s' for 'list' objects doesn't apply to a '%s' object", name, a.Self.Class().name)
		}
		if hi >= 0 {
			if err := a.Between(messageName("list", name, lo, hi), lo, hi); err != nil {
				return nil, err
			}
		}
		return fn(th, l, a)
	})
}

// messageName is how a method is called in the message for a wrong number of
// arguments: with its class if the number is fixed at 0 or 1.
func messageName(class, name string, lo, hi int) string {
	if lo == hi && lo <= 1 {
		return class + "." + name
	}
	return name
}

func listMembers() []Member {
	ms := append(orderings(), reprMember(), inPlaceMember(syntax.Add, "__iadd__"), inPlaceMember(syntax.Mult, "__imul__"))
	ms = append(append(ms, sequenceMembers()...), changeMembers()...)
	return append(ms,
		Method("__init__", func(th *Thread, a *Args) (Value, error) {
			l, _ := asList(a.Self)
			return None, initList(th, l, a)
		}),
		listMethod("append", 1, 1, func(th *Thread, l *List, a *Args) (Value, error) {
			if len(l.Elems) == cap(l.Elems) {
				if err := th.Alloc(16*len(l.Elems) + 16); err != nil {
					return nil, err
				}
			}
			l.Elems = append(l.Elems, a.Pos[0])
			th.small += sizeElement
			return None, nil
		}),
		listMethod("extend", 1, 1, func(th *Thread, l *List, a *Args) (Value, error) { return None, th.extend(l, a.Pos[0]) }),
		listMethod("insert", 2, 2, func(th *Thread, l *List, a *Args) (Value, error) {
			i, err := th.wantIndex(a.Pos[0])
			if err != nil {
				return nil, err
			}
			if i < 0 {
				i += int64(len(l.Elems))
			}
			l.Elems = slices.Insert(l.Elems, int(min(max(i, 0), int64(len(l.Elems)))), a.Pos[1])
			if err := th.work(len(l.Elems) - int(max(i, 0))); err != nil {
				return nil, err
			}
			return None, th.Alloc(16)
		}),
		listMethod("pop", 0, 1, popList),
		listMethod("remove", 1, 1, func(th *Thread, l *List, a *Args) (Value, error) {
			i, err := th.indexOf(l.Elems, a.Pos[0])
			if err != nil {
				return nil, err
			}
			if i < 0 || i >= len(l.Elems) {
				return nil, Errorf(ValueError, "list.remove(x): x not in list")
			}
			l.splice(i, 1, nil)
			return None, nil
		}),
		listMethod("clear", 0, 0, func(_ *Thread, l *List, _ *Args) (Value, error) {
			l.Elems = []Value{}
			return None, nil
		}),
		listMethod("copy", 0, 0, func(th *Thread, l *List, _ *Args) (Value, error) {
			return NewList(slices.Clone(l.Elems)...), th.Alloc(16 * len(l.Elems))
		}),
		listMethod("reverse", 0, 0, func(th *Thread, l *List, _ *Args) (Value, error) {
			slices.Reverse(l.Elems)
			return None, th.work(len(l.Elems))
		}),
		listMethod("sort", 0, -1, func(th *Thread, l *List, a *Args) (Value, error) {
			var key Value
			reverse := false
			if len(a.Pos) > 0 {
				return nil, Errorf(TypeError, "sort() takes no positional arguments")
			}
			if err := a.Unpack("sort", "*", nil, "key?", &key, "reverse?", &reverse); err != nil {
				return nil, err
			}
			return None, th.sort(l, key, reverse)
		}),
		listMethod("index", 1, 3, func(th *Thread, l *List, a *Args) (Value, error) {
			return th.indexMethod(l.Elems, a, Errorf(ValueError, "%s is not in list", plainRepr(a.Pos[0])))
		}),
		listMethod("count", 1, 1, func(th *Thread, l *List, a *Args) (Value, error) { return th.countOf(l.Elems, a.Pos[0]) }),
		unwrapped("__reversed__", func(_ *Thread, v Value) (Value, error) { return reverseList(v.(*List)), nil }),
		ClassMethodOf("__class_getitem__", classGetItem))
}

func classGetItem(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__class_getitem__", 1); err != nil {
		return nil, err
	}
	return &GenericAlias{a.Self, aliasArgs(a.Pos[0])}, nil
}

func popList(th *Thread, l *List, a *Args) (Value, error) {
	i := int64(-1)
	if len(a.Pos) > 0 {
		var err error
		if i, err = th.wantIndex(a.Pos[0]); err != nil {
			return nil, err
		}
	}
	n := len(l.Elems)
	if n == 0 {
		return nil, Errorf(IndexError, "pop from empty list")
	}
	if i < 0 {
		i += int64(n)
	}
	if i < 0 || i >= int64(n) {
		return nil, Errorf(IndexError, "pop index out of range")
	}
	v := l.Elems[i]
	if i == int64(n-1) {
		l.Elems[i] = nil
		l.Elems = l.Elems[:i]
	} else {
		l.Elems = slices.Delete(l.Elems, int(i), int(i)+1)
		return v, th.work(n - int(i))
	}
	return v, nil
}

func (th *Thread) indexOf(elems []Value, x Value) (int, error) {
	for i, e := range elems {
		if eq, err := th.same(e, x); eq || err != nil {
			return i, err
		}
		if err := th.Tick(); err != nil {
			return 0, err
		}
	}
	return -1, nil
}

func (th *Thread) indexMethod(elems []Value, a *Args, none error) (Value, error) {
	lo, hi := int64(0), int64(len(elems))
	for i, p := range []*int64{&lo, &hi} {
		if len(a.Pos) > i+1 {
			n, ok, err := th.asIndex(a.Pos[i+1])
			if err != nil {
				return nil, err
			}
			if !ok {
				return nil, Errorf(TypeError, "slice indices must be integers or have an __index__ method")
			}
			if n < 0 {
				n = max(n+int64(len(elems)), 0)
			}
			*p = min(n, int64(len(elems)))
		}
	}
	if lo < hi {
		i, err := th.indexOf(elems[lo:hi], a.Pos[0])
		if err != nil {
			return nil, err
		}
		if i >= 0 {
			return boxInt(Int(int64(i) + lo)), nil
		}
	}
	return nil, none
}

func (th *Thread) countOf(elems []Value, x Value) (Value, error) {
	n := 0
	for _, e := range elems {
		eq, err := th.same(e, x)
		if err != nil {
			return nil, err
		}
		if eq {
			n++
		}
		if err := th.Tick(); err != nil {
			return nil, err
		}
	}
	return boxInt(Int(n)), nil
}

func reverseList(l *List) Value {
	i := len(l.Elems) - 1
	it := &iterator{class: reverseListIterator}
	it.next = func(*Thread) (Value, bool, error) {
		if i < 0 || i >= len(l.Elems) {
			return nil, false, nil
		}
		i--
		return l.Elems[i+1], true, nil
	}
	it.left = func() int { return i + 1 }
	return it
}

func newTuple(th *Thread, cls *Class, a *Args) (Value, error) {
	if err := a.Between("tuple", 0, 1); err != nil {
		return nil, err
	}
	t := NewTuple()
	if len(a.Pos) == 1 {
		if same, ok := a.Pos[0].(*Tuple); ok {
			t = same
		} else {
			elems, err := th.Elems(a.Pos[0])
			if err != nil {
				return nil, err
			}
			t = NewTuple(elems...)
		}
	}
	return wrap(cls, TupleClass, t), nil
}

func tupleMembers() []Member {
	ms := append(orderings(), reprMember(), hashMember())
	ms = append(ms, sequenceMembers()...)
	elems := func(a *Args) []Value { t, _ := asTuple(a.Self); return t.Elems }
	return append(ms,
		Method("index", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("index", 1, 3); err != nil {
				return nil, err
			}
			return th.indexMethod(elems(a), a, Errorf(ValueError, "tuple.index(x): x not in tuple"))
		}),
		Method("count", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("tuple.count", 1); err != nil {
				return nil, err
			}
			return th.countOf(elems(a), a.Pos[0])
		}),
		ClassMethodOf("__class_getitem__", classGetItem))
}

func newRange(th *Thread, cls *Class, a *Args) (Value, error) {
	if err := a.Between("range", 1, 3); err != nil {
		return nil, err
	}
	var ns [3]int64
	for i, v := range a.Pos {
		n, err := th.wantIndex(v)
		if err != nil {
			return nil, err
		}
		if _, huge := Unwrap(v).(*Big); huge {
			return nil, Errorf(OverflowError, "Python int too large to convert to C ssize_t")
		}
		ns[i] = n
	}
	r := &Range{0, ns[0], 1}
	if len(a.Pos) > 1 {
		r.Start, r.Stop = ns[0], ns[1]
	}
	if len(a.Pos) > 2 {
		r.Step = ns[2]
	}
	if r.Step == 0 {
		return nil, Errorf(ValueError, "range() arg 3 must not be zero")
	}
	return r, nil
}

func rangeMembers() []Member {
	self := func(v Value) *Range { return v.(*Range) }
	return append(sequenceMembers()[:4], nativeComparison(syntax.Eq, "__eq__"), hashMember(), truthMember(),
		Method("index", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("range.index", 1); err != nil {
				return nil, err
			}
			r := self(a.Self)
			if n, ok := IntOf(a.Pos[0]); ok {
				if r.has(n) {
					return boxInt(Int((n - r.Start) / r.Step)), nil
				}
				return nil, Errorf(ValueError, "%s is not in range", plainRepr(a.Pos[0]))
			}
			for i := range r.Len() {
				if eq, err := th.same(boxInt(Int(r.At(i))), a.Pos[0]); err != nil || eq {
					return boxInt(Int(i)), err
				}
				if err := th.Tick(); err != nil {
					return nil, err
				}
			}
			return nil, Errorf(ValueError, "sequence.index(x): x not in sequence")
		}),
		Method("count", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("range.count", 1); err != nil {
				return nil, err
			}
			ok, err := th.Contains(a.Self, a.Pos[0])
			if err != nil || !ok {
				return boxInt(0), err
			}
			return boxInt(1), nil
		}),
		unwrapped("__reversed__", func(_ *Thread, v Value) (Value, error) {
			r := self(v)
			n := r.Len()
			return rangeIterator(&Range{r.Start + (n-1)*r.Step, r.Start - r.Step, -r.Step}), nil
		}),
		Getter("start", func(_ *Thread, v Value) (Value, error) { return Int(self(v).Start), nil }, readOnly),
		Getter("stop", func(_ *Thread, v Value) (Value, error) { return Int(self(v).Stop), nil }, readOnly),
		Getter("step", func(_ *Thread, v Value) (Value, error) { return Int(self(v).Step), nil }, readOnly))
}

func newSlice(_ *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.Between("slice", 1, 3); err != nil {
		return nil, err
	}
	s := &Slice{None, None, None}
	switch len(a.Pos) {
	case 1:
		s.Stop = a.Pos[0]
	default:
		s.Start, s.Stop = a.Pos[0], a.Pos[1]
		if len(a.Pos) == 3 {
			s.Step = a.Pos[2]
		}
	}
	return s, nil
}

func sliceMembers() []Member {
	return []Member{
		Getter("start", func(_ *Thread, v Value) (Value, error) { return v.(*Slice).Start, nil }, readOnly),
		Getter("stop", func(_ *Thread, v Value) (Value, error) { return v.(*Slice).Stop, nil }, readOnly),
		Getter("step", func(_ *Thread, v Value) (Value, error) { return v.(*Slice).Step, nil }, readOnly),
		Method("indices", func(th *Thread, a *Args) (Value, error) {
			n := 0
			if err := a.Unpack("indices", "len", &n); err != nil {
				return nil, err
			}
			if n < 0 {
				return nil, Errorf(ValueError, "length should not be negative")
			}
			r, err := th.limits(a.Self.(*Slice), n)
			if err != nil {
				return nil, err
			}
			return NewTuple(Int(r.Start), Int(r.Stop), Int(r.Step)), nil
		}),
	}
}
