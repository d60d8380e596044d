package python

// Truth returns bool(v).
func (th *Thread) Truth(v Value) (bool, error) {
	switch v := v.(type) {
	case Bool:
		return bool(v), nil
	case NoneType:
		return false, nil
	case Int:
		return v != 0, nil
	case *Str:
		return v.s != "", nil
	case *List:
		return len(v.Elems) > 0, nil
	case *Dict:
		return v.Len() > 0, nil
	case *Tuple:
		return len(v.Elems) > 0, nil
	case Float:
		return v != 0, nil
	case Complex:
		return v != 0, nil
	case *Set:
		return v.t.live > 0, nil
	case *Bytes:
		return v.b != "", nil
	case *Range:
		return v.Len() > 0, nil
	case *Big, *Function, *Builtin, *BoundMethod, *Module:
		return true, nil
	}
	return th.customTruth(v)
}

func (th *Thread) customTruth(v Value) (bool, error) {
	s := v.Class().slot()
	if s.boolean != nil && s.boolean != Value(None) {
		r, err := th.callSlot(s.boolean, v)
		if err != nil {
			return false, err
		}
		if b, ok := r.(Bool); ok {
			return bool(b), nil
		}
		return false, Errorf(TypeError, "__bool__ should return bool, returned %s", r.Class().name)
	}
	if s.length != nil {
		n, err := th.Len(v)
		return n != 0, err
	}
	return true, nil
}

// Len returns len(v).
func (th *Thread) Len(v Value) (int, error) {
	switch v := v.(type) {
	case *Str:
		return v.n, nil
	case *List:
		return len(v.Elems), nil
	case *Tuple:
		return len(v.Elems), nil
	case *Dict:
		return v.Len(), nil
	case *Set:
		return v.t.live, nil
	case *Bytes:
		return len(v.b), nil
	case *Range:
		return int(v.Len()), nil
	}
	m := th.special(v, "__len__")
	if m == nil {
		return 0, Errorf(TypeError, "object of type '%s' has no len()", v.Class().name)
	}
	r, err := th.callSlot(m, v)
	if err != nil {
		return 0, err
	}
	n, ok := IntOf(r)
	if _, big := Unwrap(r).(*Big); big {
		return 0, Errorf(OverflowError, "cannot fit 'int' into an index-sized integer")
	}
	if !ok {
		return 0, Errorf(TypeError, "'%s' object cannot be interpreted as an integer", r.Class().name)
	}
	if n < 0 {
		return 0, Errorf(ValueError, "__len__() should return >= 0")
	}
	return int(n), nil
}

// Is reports whether a and b are the same object.
func Is(a, b Value) bool { return a == b }

// IsInstance reports whether v is an instance of cls, a class or a tuple of
// classes, as isinstance does.
func (th *Thread) IsInstance(v, cls Value) (bool, error) {
	switch cls := cls.(type) {
	case *Class:
		if v.Class() == cls {
			return true, nil
		}
		if cls.meta == nil {
			return th.derivesFrom(v, cls)
		}
	case *Tuple:
		return th.anyOf(cls, "__instancecheck__", func(c Value) (bool, error) { return th.IsInstance(v, c) })
	case *UnionType:
		return th.IsInstance(v, NewTuple(cls.Args...))
	}
	if check := th.special(cls, "__instancecheck__"); check != nil {
		r, err := th.callSlot(check, cls, v)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	if _, ok := cls.(*GenericAlias); ok {
		return false, Errorf(TypeError, "isinstance() argument 2 cannot be a parameterized generic")
	}
	return false, Errorf(TypeError, "isinstance() arg 2 must be a type, a tuple of types, or a union")
}

// derivesFrom is type.__instancecheck__: v's class, or what v says is its
// class, derives from cls.
func (th *Thread) derivesFrom(v Value, cls *Class) (bool, error) {
	if v.Class().derives(cls) {
		return true, nil
	}
	i, ok := v.(*Instance)
	if !ok || i.Cls.slot().getattribute == nil {
		d, found := th.classLookup(v.Class(), "__class__")
		if p, plain := d.(*Property); !ok || !found || plain && p.goGet != nil {
			return false, nil
		}
	}
	said, _, err := th.GetAttrDefault(v, "__class__")
	if err != nil {
		return false, err
	}
	k, ok := said.(*Class)
	return ok && k.derives(cls), nil
}

// anyOf tries the classes of a tuple, which may hold tuples.
func (th *Thread) anyOf(classes *Tuple, check string, is func(Value) (bool, error)) (bool, error) {
	if err := th.enter(); err != nil {
		return false, Errorf(RecursionError, "maximum recursion depth exceeded in %s", check)
	}
	defer th.leave()
	for _, c := range classes.Elems {
		if ok, err := is(c); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// IsSubclass reports whether c derives from cls, a class or a tuple of classes.
func (th *Thread) IsSubclass(c, cls Value) (bool, error) {
	switch cls := cls.(type) {
	case *Class:
		k, ok := c.(*Class)
		if alias, generic := c.(*GenericAlias); generic {
			if origin, isClass := alias.Origin.(*Class); isClass && len(origin.bases) > 0 {
				k, ok = origin.bases[0], true // what the alias shows as its base
			}
		}
		if cls.meta == nil && !ok {
			return false, Errorf(TypeError, "issubclass() arg 1 must be a class")
		}
		if cls.meta == nil {
			return k.derives(cls), nil
		}
	case *Tuple:
		return th.anyOf(cls, "__subclasscheck__", func(e Value) (bool, error) { return th.IsSubclass(c, e) })
	case *UnionType:
		return th.IsSubclass(c, NewTuple(cls.Args...))
	}
	if check := th.special(cls, "__subclasscheck__"); check != nil {
		r, err := th.callSlot(check, cls, c)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	if _, ok := cls.(*GenericAlias); ok {
		return false, Errorf(TypeError, "issubclass() argument 2 cannot be a parameterized generic")
	}
	if _, ok := c.(*Class); !ok {
		return false, Errorf(TypeError, "issubclass() arg 1 must be a class")
	}
	return false, Errorf(TypeError, "issubclass() arg 2 must be a class, a tuple of classes, or a union")
}
