package python

func newProperty(_ *Thread, cls *Class, a *Args) (Value, error) {
	if cls != PropertyClass {
		return &Instance{Cls: cls, Native: &Property{}}, nil // __init__ fills it
	}
	p := &Property{}
	return p, p.init(a)
}

// init is property.__init__.
func (p *Property) init(a *Args) error {
	var get, set, del, doc Value
	if err := a.Unpack("property", "fget?", &get, "fset?", &set, "fdel?", &del, "doc?", &doc); err != nil {
		return err
	}
	none := func(v Value) Value {
		if v == Value(None) {
			return nil
		}
		return v
	}
	p.Get, p.Set, p.Del, p.Doc = none(get), none(set), none(del), none(doc)
	if f, ok := p.Get.(*Function); ok && p.Doc == nil {
		p.Doc = f.doc
	}
	return nil
}

// derivedFrom returns v itself for the class it was made for, or an instance of
// a class derived from it that carries v.
func derivedFrom(cls, base *Class, v Value) Value {
	if cls == base {
		return v
	}
	return &Instance{Cls: cls, Native: v}
}

func propertyOf(v Value) *Property {
	p, _ := Unwrap(v).(*Property)
	return p
}

func propertyMembers() []Member {
	with := func(name string, change func(p *Property, f Value)) Member {
		return Method(name, func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			p := *propertyOf(a.Self)
			change(&p, a.Pos[0])
			return derivedFrom(a.Self.Class(), PropertyClass, &p), nil
		})
	}
	part := func(name string, get func(p *Property) Value) Member {
		return Getter(name, func(_ *Thread, v Value) (Value, error) {
			if f := get(propertyOf(v)); f != nil {
				return f, nil
			}
			return None, nil
		}, nil)
	}
	return []Member{
		Method("__init__", func(_ *Thread, a *Args) (Value, error) {
			p := propertyOf(a.Self)
			if err := p.init(a); err != nil {
				return nil, err
			}
			if i, ok := a.Self.(*Instance); ok && p.Doc != nil && !i.Cls.noDict {
				i.own().Set("__doc__", p.Doc)
			}
			return None, nil
		}),
		with("getter", func(p *Property, f Value) { p.Get = f }),
		with("setter", func(p *Property, f Value) { p.Set = f }),
		with("deleter", func(p *Property, f Value) { p.Del = f }),
		part("fget", func(p *Property) Value { return p.Get }),
		part("fset", func(p *Property) Value { return p.Set }),
		part("fdel", func(p *Property) Value { return p.Del }),
		Method("__get__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("__get__", 1, 2); err != nil {
				return nil, err
			}
			if a.Pos[0] == Value(None) {
				if len(a.Pos) == 1 || a.Pos[1] == Value(None) {
					return nil, Errorf(TypeError, "__get__(None, None) is invalid")
				}
				return a.Self, nil
			}
			return th.propertyGet(propertyOf(a.Self), a.Pos[0])
		}),
		Method("__set__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__set__", 2); err != nil {
				return nil, err
			}
			return None, th.propertySet(propertyOf(a.Self), a.Pos[0], a.Pos[1])
		}),
		Method("__delete__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__delete__", 1); err != nil {
				return nil, err
			}
			return None, th.propertyDel(propertyOf(a.Self), a.Pos[0])
		}),
		Method("__set_name__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__set_name__", 2); err != nil {
				return nil, err
			}
			if name, ok := StringOf(a.Pos[1]); ok {
				propertyOf(a.Self).name = name
			}
			return None, nil
		}),
		Getter("__isabstractmethod__", func(th *Thread, v Value) (Value, error) {
			p := propertyOf(v)
			for _, f := range []Value{p.Get, p.Set, p.Del} {
				if f == nil {
					continue
				}
				x, ok, err := th.GetAttrDefault(f, "__isabstractmethod__")
				if err != nil || !ok {
					continue
				}
				if is, err := th.Truth(x); is || err != nil {
					return boxBool(is), err
				}
			}
			return boxFalse, nil
		}, nil),
	}
}

// getSetMembers are those of attributes written in Go.
func getSetMembers() []Member {
	out := []Member{Getter("__name__", func(_ *Thread, v Value) (Value, error) { return NewStr(propertyOf(v).name), nil }, nil)}
	for _, m := range propertyMembers() {
		switch m.Name {
		case "__get__", "__set__", "__delete__":
			out = append(out, m)
		}
	}
	return out
}

func methodWrapperMembers() []Member {
	inner := func(v Value) Value {
		switch w := Unwrap(v).(type) {
		case *StaticMethod:
			return w.Fn
		case *ClassMethod:
			return w.Fn
		}
		return v
	}
	return []Member{
		Method("__repr__", func(th *Thread, a *Args) (Value, error) {
			s, err := th.Repr(inner(a.Self))
			if err != nil {
				return nil, err
			}
			return Concat(Concat(NewStr("<"+a.Self.Class().name+"("), s), NewStr(")>")), nil
		}),
		Getter("__func__", func(_ *Thread, v Value) (Value, error) { return inner(v), nil }, nil),
		Getter("__wrapped__", func(_ *Thread, v Value) (Value, error) { return inner(v), nil }, nil),
		Method("__get__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("__get__", 1, 2); err != nil {
				return nil, err
			}
			cls, _ := a.Pos[len(a.Pos)-1].(*Class)
			if cls == nil {
				cls = a.Pos[0].Class()
			}
			return th.bind(Unwrap(a.Self), a.Pos[0], cls)
		}),
		Method("__getattr__", func(th *Thread, a *Args) (Value, error) {
			var attr string
			if err := a.Unpack("__getattr__", "name", &attr); err != nil {
				return nil, err
			}
			return th.GetAttr(inner(a.Self), attr)
		}),
	}
}

// staticCallMember lets a static method be called inside its class body.
func staticCallMember() Member {
	return Method("__call__", func(th *Thread, a *Args) (Value, error) {
		return th.Call(Unwrap(a.Self).(*StaticMethod).Fn, a.Pos, a.Kw)
	})
}

// newMethodValue is types.MethodType(function, object).
func newMethodValue(_ *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.Exactly("method", 2); err != nil {
		return nil, err
	}
	if !Callable(a.Pos[0]) {
		return nil, Errorf(TypeError, "first argument must be callable")
	}
	if a.Pos[1] == Value(None) {
		return nil, Errorf(TypeError, "instance must not be None")
	}
	return &BoundMethod{a.Pos[1], a.Pos[0]}, nil
}
