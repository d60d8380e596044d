package python

import "slices"

// newGroup returns a group as CPython's BaseExceptionGroup makes it: an
// ExceptionGroup if nothing in it is beyond Exception. args is the second
// argument as it was given.
func newGroup(msg Value, args Value, excs []Value) *Instance {
	cls := ExceptionGroup
	for _, e := range excs {
		if !e.Class().derives(ExceptionClass) {
			cls = BaseExceptionGroup
		}
	}
	return groupOf(cls, msg, args, excs)
}

func groupOf(cls *Class, msg, args Value, excs []Value) *Instance {
	g := NewException(cls, msg, args)
	g.Attrs.Set("message", msg)
	g.Attrs.Set("exceptions", NewTuple(excs...))
	return g
}

func newGroupValue(th *Thread, cls *Class, a *Args) (Value, error) {
	const fn = "BaseExceptionGroup.__new__()"
	if len(a.Pos) != 2 {
		return nil, Errorf(TypeError, "%s takes exactly 2 arguments (%d given)", fn, len(a.Pos))
	}
	msg, ok := asStr(a.Pos[0])
	if !ok {
		return nil, Errorf(TypeError, "%s argument 1 must be str, not %s", fn, classOrNone(a.Pos[0]))
	}
	excs, err := th.groupMembersOf(a.Pos[1])
	if err != nil {
		return nil, err
	}
	beyond := slices.ContainsFunc(excs, func(e Value) bool { return !e.Class().derives(ExceptionClass) })
	switch {
	case cls == BaseExceptionGroup && !beyond:
		cls = ExceptionGroup
	case cls == ExceptionGroup && beyond:
		return nil, Errorf(TypeError, "Cannot nest BaseExceptions in an ExceptionGroup")
	case beyond && cls.derives(ExceptionClass):
		return nil, Errorf(TypeError, "Cannot nest BaseExceptions in '%s'", cls.name)
	}
	return groupOf(cls, msg, a.Pos[1], excs), nil
}

// groupMembersOf returns the exceptions of a new group.
func (th *Thread) groupMembersOf(list Value) ([]Value, error) {
	notSequence := Errorf(TypeError, "second argument (exceptions) must be a sequence")
	if _, ok := asDict(list); ok || th.special(list, "__getitem__") == nil {
		return nil, notSequence
	}
	excs, err := th.Elems(list)
	if err != nil {
		return nil, notSequence
	}
	if len(excs) == 0 {
		return nil, Errorf(ValueError, "second argument (exceptions) must be a non-empty sequence")
	}
	for i, e := range excs {
		if _, _, err := excOf(e); err != nil {
			return nil, Errorf(ValueError, "Item %d of second argument (exceptions) is not an exception", i)
		}
	}
	return excs, nil
}

func groupText(i *Instance) (Value, error) {
	msg, _ := i.Attrs.Get("message")
	s, _ := StringOf(msg)
	n := len(groupExceptions(i))
	return NewStr(s + " (" + itoa(n) + " sub-exception" + plural(n) + ")"), nil
}

// groupExceptions returns the exceptions of a group; nil for others.
func groupExceptions(exc *Instance) []Value {
	if !exc.Cls.derives(BaseExceptionGroup) {
		return nil
	}
	if v, ok := exc.Attrs.Get("exceptions"); ok {
		if t, ok := v.(*Tuple); ok {
			return t.Elems
		}
	}
	return nil
}

// splitGroup splits an exception into the part that matches and the rest;
// either may be nil.
func (th *Thread) splitGroup(exc *Instance, matches func(*Instance) (bool, error)) (match, rest *Instance, err error) {
	ok, err := matches(exc)
	if err != nil {
		return nil, nil, err
	}
	if ok {
		return exc, nil, nil
	}
	members := groupExceptions(exc)
	if members == nil {
		return nil, exc, nil
	}
	if err := th.enter(); err != nil {
		return nil, nil, err
	}
	defer th.leave()
	var in, out []Value
	for _, m := range members {
		a, b, err := th.splitGroup(m.(*Instance), matches)
		if err != nil {
			return nil, nil, err
		}
		if a != nil {
			in = append(in, a)
		}
		if b != nil {
			out = append(out, b)
		}
	}
	if match, err = th.deriveGroup(exc, in); err != nil {
		return nil, nil, err
	}
	rest, err = th.deriveGroup(exc, out)
	return match, rest, err
}

// deriveGroup makes a group like exc of a part of its exceptions; nil of none.
func (th *Thread) deriveGroup(exc *Instance, part []Value) (*Instance, error) {
	if len(part) == 0 {
		return nil, nil
	}
	v, err := th.CallMethod(exc, "derive", NewList(part...))
	if err != nil {
		return nil, err
	}
	g, ok := v.(*Instance)
	if !ok || !g.Cls.derives(BaseExceptionGroup) {
		return nil, Errorf(TypeError, "derive must return an instance of BaseExceptionGroup")
	}
	e, from := g.Exception(), exc.Exception()
	e.Cause, e.Context, e.Suppress, e.Traceback = from.Cause, from.Context, from.Suppress, slices.Clone(from.Traceback)
	if notes, ok := exc.Attrs.Get("__notes__"); ok {
		if l, ok := notes.(*List); ok {
			g.Attrs.Set("__notes__", NewList(slices.Clone(l.Elems)...))
		}
	}
	return g, nil
}

// groupCondition is what the argument of split and subgroup asks.
func (th *Thread) groupCondition(cond Value) (func(*Instance) (bool, error), error) {
	wrong := Errorf(TypeError, "expected a function, exception type or tuple of exception types")
	switch c := cond.(type) {
	case *Class:
		if c.derives(BaseException) {
			return func(i *Instance) (bool, error) { return i.Cls.derives(c), nil }, nil
		}
		return nil, wrong
	case *Tuple:
		for _, e := range c.Elems {
			if k, ok := e.(*Class); !ok || !k.derives(BaseException) {
				return nil, wrong
			}
		}
		return func(i *Instance) (bool, error) { return matchesException(i.Cls, c), nil }, nil
	}
	if !Callable(cond) {
		return nil, wrong
	}
	return func(i *Instance) (bool, error) {
		v, err := th.Call(cond, []Value{i}, nil)
		if err != nil {
			return false, err
		}
		return th.Truth(v)
	}, nil
}

// groupLeaves adds the exceptions in exc that are no groups to a set.
func groupLeaves(exc *Instance, into map[*Instance]bool) {
	members := groupExceptions(exc)
	if members == nil {
		into[exc] = true
	}
	for _, m := range members {
		groupLeaves(m.(*Instance), into)
	}
}

func groupMembers() []Member {
	orNone := func(i *Instance) Value {
		if i == nil {
			return None
		}
		return i
	}
	split := func(th *Thread, a *Args, name string) (match, rest *Instance, err error) {
		if err := a.Exactly("BaseExceptionGroup."+name, 1); err != nil {
			return nil, nil, err
		}
		cond, err := th.groupCondition(a.Pos[0])
		if err != nil {
			return nil, nil, err
		}
		return th.splitGroup(a.Self.(*Instance), cond)
	}
	return []Member{
		Method("split", func(th *Thread, a *Args) (Value, error) {
			m, r, err := split(th, a, "split")
			return NewTuple(orNone(m), orNone(r)), err
		}),
		Method("subgroup", func(th *Thread, a *Args) (Value, error) {
			m, _, err := split(th, a, "subgroup")
			return orNone(m), err
		}),
		Method("derive", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("BaseExceptionGroup.derive", 1); err != nil {
				return nil, err
			}
			msg, _ := a.Self.(*Instance).Attrs.Get("message")
			excs, err := th.groupMembersOf(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return newGroup(msg, a.Pos[0], excs), nil
		}),
	}
}
