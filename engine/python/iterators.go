package python

import "colloquy/engine/python/syntax"

func newEnumerate(th *Thread, _ *Class, a *Args) (Value, error) {
	var src, start Value = nil, Int(0)
	if len(a.Pos)+len(a.Kw) == 0 {
		return nil, Errorf(TypeError, "enumerate() missing required argument 'iterable'")
	}
	if err := a.Unpack("enumerate", "iterable", &src, "start?", &start); err != nil {
		return nil, err
	}
	it, err := th.Iter(src)
	if err != nil {
		return nil, err
	}
	if start, err = th.index64(start); err != nil {
		return nil, err
	}
	return enumerateFrom(it, start), nil
}

// index64 returns v as an int of any size.
func (th *Thread) index64(v Value) (Value, error) {
	if b, ok := bigOf(v); ok {
		return NewInt(b), nil
	}
	n, err := th.wantIndex(v)
	return boxInt(Int(n)), err
}

func enumerateFrom(it Iterator, i Value) *iterator {
	e := &iterator{class: enumerateClass}
	e.next = func(th *Thread) (Value, bool, error) {
		v, ok, err := it.Next(th)
		if err != nil || !ok {
			return nil, false, err
		}
		pair := NewTuple(i, v)
		i, err = th.Binary(syntax.Add, i, boxInt(1))
		return pair, err == nil, err
	}
	e.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		src, err := copiedIterator(deep, it)
		if err != nil {
			return nil, err
		}
		return enumerateFrom(src, i), nil
	}
	return e
}

// copiedIterator copies what another iterator reads from.
func copiedIterator(deep func(Value) (Value, error), it Iterator) (Iterator, error) {
	if o, ok := it.(*objectIterator); ok {
		obj, err := deep(o.obj)
		return &objectIterator{obj, o.next}, err
	}
	v, ok := it.(Value)
	if !ok {
		return it, nil
	}
	c, err := deep(v)
	if err != nil {
		return nil, err
	}
	if out, ok := c.(Iterator); ok {
		return out, nil
	}
	return it, nil
}

func copiedIterators(deep func(Value) (Value, error), its []Iterator) ([]Iterator, error) {
	out := make([]Iterator, len(its))
	for i, it := range its {
		var err error
		if out[i], err = copiedIterator(deep, it); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// endsOnStop takes a StopIteration that the function of an iterator raises for
// the end of the iterator.
func endsOnStop(v Value, err error) (Value, bool, error) {
	if _, end := isRaised(err, StopIteration); end {
		return nil, false, nil
	}
	return v, err == nil, err
}

// iterAll returns iterators over several iterables.
func (th *Thread) iterAll(vs []Value) ([]Iterator, error) {
	its := make([]Iterator, len(vs))
	for i, v := range vs {
		it, err := th.Iter(v)
		if err != nil {
			return nil, err
		}
		its[i] = it
	}
	return its, nil
}

func newZip(th *Thread, _ *Class, a *Args) (Value, error) {
	strict := false
	var srcs []Value
	if err := a.Unpack("zip", "*iterables", &srcs, "strict?", &strict); err != nil {
		return nil, err
	}
	its, err := th.iterAll(srcs)
	if err != nil {
		return nil, err
	}
	return zipOf(its, strict), nil
}

func zipOf(its []Iterator, strict bool) *iterator {
	done := len(its) == 0
	z := &iterator{class: zipClass}
	z.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		srcs, err := copiedIterators(deep, its)
		return zipOf(srcs, strict), err
	}
	z.next = func(th *Thread) (Value, bool, error) {
		if done {
			return nil, false, nil
		}
		out := make([]Value, len(its))
		for i, it := range its {
			v, ok, err := it.Next(th)
			if err != nil {
				return nil, false, err
			}
			if !ok {
				done = true
				if strict {
					return nil, false, strictZip(th, its, i)
				}
				return nil, false, nil
			}
			out[i] = v
		}
		return NewTuple(out...), true, nil
	}
	return z
}

// strictZip checks that all end together when the i-th did.
func strictZip(th *Thread, its []Iterator, i int) error {
	others := func(n int) string {
		if n == 1 {
			return "argument 1"
		}
		return "arguments 1-" + itoa(n)
	}
	if i > 0 {
		return Errorf(ValueError, "zip() argument %d is shorter than %s", i+1, others(i))
	}
	for j := 1; j < len(its); j++ {
		_, ok, err := its[j].Next(th)
		if err != nil {
			return err
		}
		if ok {
			return Errorf(ValueError, "zip() argument %d is longer than %s", j+1, others(j))
		}
	}
	return nil
}

func newMap(th *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.NoKeywords("map"); err != nil {
		return nil, err
	}
	if len(a.Pos) < 2 {
		return nil, Errorf(TypeError, "map() must have at least two arguments.")
	}
	fn := a.Pos[0]
	its, err := th.iterAll(a.Pos[1:])
	if err != nil {
		return nil, err
	}
	return mapOf(fn, its), nil
}

func mapOf(fn Value, its []Iterator) *iterator {
	m := &iterator{class: mapClass}
	m.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		srcs, err := copiedIterators(deep, its)
		if err != nil {
			return nil, err
		}
		f, err := deep(fn)
		return mapOf(f, srcs), err
	}
	m.next = func(th *Thread) (Value, bool, error) {
		args := make([]Value, len(its))
		for i, it := range its {
			v, ok, err := it.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			args[i] = v
		}
		return endsOnStop(th.Call(fn, args, nil))
	}
	return m
}

func newFilter(th *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.Exactly("filter", 2); err != nil {
		return nil, err
	}
	fn := a.Pos[0]
	it, err := th.Iter(a.Pos[1])
	if err != nil {
		return nil, err
	}
	return filterOf(fn, it), nil
}

func filterOf(fn Value, it Iterator) *iterator {
	f := &iterator{class: filterClass}
	f.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		src, err := copiedIterator(deep, it)
		if err != nil {
			return nil, err
		}
		test, err := deep(fn)
		return filterOf(test, src), err
	}
	f.next = func(th *Thread) (Value, bool, error) {
		for {
			v, ok, err := it.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			if err := th.Tick(); err != nil {
				return nil, false, err
			}
			test := v
			if fn != Value(None) {
				if test, err = th.Call(fn, []Value{v}, nil); err != nil {
					return endsOnStop(nil, err)
				}
			}
			if keep, err := th.Truth(test); keep || err != nil {
				return v, err == nil, err
			}
		}
	}
	return f
}

func newReversed(th *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.one("reversed"); err != nil {
		return nil, err
	}
	v := a.Pos[0]
	if m := th.special(v, "__reversed__"); m != nil {
		return th.callSlot(m, v)
	}
	if none, ok := th.classLookup(v.Class(), "__reversed__"); ok && none == Value(None) {
		return nil, Errorf(TypeError, "'%s' object is not reversible", v.Class().name)
	}
	_, isSet := asSet(v)
	if _, isDict := asDict(v); isSet || isDict || th.special(v, "__getitem__") == nil {
		return nil, Errorf(TypeError, "'%s' object is not reversible", v.Class().name)
	}
	if t, ok := v.(*Tuple); ok {
		return reverseOf(reverseClass, t.Elems), nil
	}
	n, err := th.Len(v)
	if err != nil {
		return nil, err
	}
	return NewIterator(reverseClass, func(th *Thread) (Value, bool, error) {
		if n--; n < 0 {
			return nil, false, nil
		}
		x, err := th.GetItem(v, boxInt(Int(n)))
		return x, err == nil, err
	}), nil
}

func iteratorMembers() []Member {
	return []Member{
		Method("__iter__", func(_ *Thread, a *Args) (Value, error) { return a.Self, nil }),
		Method("__next__", func(th *Thread, a *Args) (Value, error) {
			v, ok, err := a.Self.(Iterator).Next(th)
			if err == nil && !ok {
				err = Raise(NewException(StopIteration))
			}
			return v, err
		}),
		Method("__length_hint__", func(_ *Thread, a *Args) (Value, error) {
			if it, ok := a.Self.(*iterator); ok && it.left != nil {
				return boxInt(Int(max(it.left(), 0))), nil
			}
			return NotImplemented, nil
		}),
	}
}

func generatorMembers() []Member {
	resume := func(th *Thread, self, v Value, thrown error) (Value, error) {
		var out Value
		var ok bool
		var err error
		switch g := self.(type) {
		case *generator:
			finished := g.done
			out, ok, err = g.send(th, v, thrown)
			if err == nil && !ok {
				if finished || g.result == Value(None) {
					return nil, Raise(NewException(StopIteration))
				}
				return nil, Raise(NewException(StopIteration, g.result))
			}
		case *iterator: // in place of one that is not this thread's
			_, _, err = g.Next(th)
		case *lazy:
			if thrown != nil {
				g.done = true
				return nil, thrown
			}
			out, ok, err = g.Next(th)
			if err == nil && !ok {
				err = Raise(NewException(StopIteration))
			}
		}
		return out, err
	}
	return append([]Member{
		Method("__iter__", func(_ *Thread, a *Args) (Value, error) { return a.Self, nil }),
		Method("__next__", func(th *Thread, a *Args) (Value, error) { return resume(th, a.Self, None, nil) }),
		Method("send", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("generator.send", 1); err != nil {
				return nil, err
			}
			return resume(th, a.Self, a.Pos[0], nil)
		}),
		Method("throw", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("throw", 1, 3); err != nil {
				return nil, err
			}
			exc, err := th.thrownException(a.Pos[0], a.Pos[1:])
			if err != nil {
				return nil, err
			}
			return resume(th, a.Self, None, thrown(exc))
		}),
		Method("close", func(th *Thread, a *Args) (Value, error) { return None, th.closeIterator(a.Self) }),
	}, generatorState()...)
}

// generatorState are the members that tell how far a generator is.
func generatorState() []Member {
	return []Member{
		Getter("__name__", func(_ *Thread, v Value) (Value, error) {
			if g, ok := v.(*generator); ok {
				return NewStr(g.fr.code.name), nil
			}
			return NewStr("<genexpr>"), nil
		}, nil),
		Getter("__qualname__", func(_ *Thread, v Value) (Value, error) {
			switch g := v.(type) {
			case *generator:
				return NewStr(g.qualname), nil
			case *lazy:
				return NewStr(g.fr.code.qualname), nil
			}
			return NewStr("<genexpr>"), nil
		}, nil),
		Getter("gi_running", func(_ *Thread, v Value) (Value, error) {
			g, ok := v.(*generator)
			return boxBool(ok && g.running), nil
		}, nil),
		Getter("gi_yieldfrom", func(_ *Thread, v Value) (Value, error) {
			if g, ok := v.(*generator); ok && g.inner != nil {
				return g.inner, nil
			}
			return None, nil
		}, nil),
		Getter("gi_code", func(_ *Thread, v Value) (Value, error) {
			if g, ok := v.(*generator); ok {
				return codeObject{g.fr.code}, nil
			}
			return codeObject{&function{name: "<genexpr>", qualname: "<genexpr>"}}, nil
		}, nil),
		Getter("gi_frame", func(_ *Thread, v Value) (Value, error) {
			switch g := v.(type) {
			case *generator:
				if !g.done {
					return frameObject{g.fr.code}, nil
				}
			case *lazy:
				if !g.done {
					return frameObject{&function{name: "<genexpr>", qualname: "<genexpr>"}}, nil
				}
			}
			return None, nil
		}, nil),
	}
}

// frameObject is gi_frame: that there is one, and of which code.
type frameObject struct{ *function }

var frameClass = bare("frame", ObjectClass)

// Class returns the class frame.
func (frameObject) Class() *Class { return frameClass }

func frameMembers() []Member {
	return []Member{Getter("f_code", func(_ *Thread, v Value) (Value, error) {
		return codeObject{v.(frameObject).function}, nil
	}, nil)}
}
