package python

// functionMembers are those of functions written in the dialect.
func functionMembers() []Member {
	return []Member{
		Getter("__name__", func(_ *Thread, v Value) (Value, error) { return NewStr(v.(*Function).name), nil }, nil),
		Getter("__qualname__", func(_ *Thread, v Value) (Value, error) { return NewStr(v.(*Function).qualname), nil }, nil),
		Getter("__module__", func(_ *Thread, v Value) (Value, error) { return NewStr(v.(*Function).module()), nil }, nil),
		Getter("__globals__", func(th *Thread, v Value) (Value, error) { return th.spaceDict(v.(*Function).globals) }, nil),
		Getter("__dict__", func(th *Thread, v Value) (Value, error) { return th.spaceDict(&v.(*Function).attrs) }, nil),
		Getter("__annotations__", func(_ *Thread, v Value) (Value, error) { return NewDict(), nil }, nil),
		Getter("__type_params__", func(*Thread, Value) (Value, error) { return NewTuple(), nil }, nil),
		Getter("__defaults__", (*Thread).functionDefaults, nil),
		Getter("__kwdefaults__", (*Thread).functionKeywordDefaults, nil),
		Getter("__closure__", functionClosure, nil),
		Getter("__code__", func(_ *Thread, v Value) (Value, error) { return codeObject{v.(*Function).code}, nil }, nil),
		Getter("__wrapped__", func(_ *Thread, v Value) (Value, error) { return nil, noAttribute(v, "__wrapped__") }, nil),
		Method("__call__", func(th *Thread, a *Args) (Value, error) { return th.Call(a.Self, a.Pos, a.Kw) }),
		Method("__get__", func(th *Thread, a *Args) (Value, error) {
			if len(a.Pos) == 0 || a.Pos[0] == Value(None) {
				return a.Self, nil
			}
			return &BoundMethod{a.Pos[0], a.Self}, nil
		}),
	}
}

// callableMembers are those of functions written in Go and of bound methods.
func callableMembers() []Member {
	under := func(v Value) Value {
		if m, ok := v.(*BoundMethod); ok {
			return m.Fn
		}
		return v
	}
	name := func(_ *Thread, v Value) (Value, error) {
		switch f := under(v).(type) {
		case *Builtin:
			return NewStr(f.name), nil
		case *Function:
			return NewStr(f.name), nil
		}
		return nil, noAttribute(v, "__name__")
	}
	return []Member{
		Getter("__name__", name, nil),
		Getter("__qualname__", func(th *Thread, v Value) (Value, error) {
			if f, ok := under(v).(*Function); ok {
				return NewStr(f.qualname), nil
			}
			if b, ok := under(v).(*Builtin); ok && b.owner != nil {
				return NewStr(b.owner.ShortName() + "." + b.name), nil
			}
			return name(th, v)
		}, nil),
		Getter("__self__", func(_ *Thread, v Value) (Value, error) {
			if m, ok := v.(*BoundMethod); ok {
				return m.Self, nil
			}
			return nil, noAttribute(v, "__self__")
		}, nil),
		Getter("__func__", func(_ *Thread, v Value) (Value, error) {
			if m, ok := v.(*BoundMethod); ok {
				return m.Fn, nil
			}
			return nil, noAttribute(v, "__func__")
		}, nil),
		Getter("__module__", func(_ *Thread, v Value) (Value, error) {
			if f, ok := under(v).(*Function); ok {
				return NewStr(f.module()), nil
			}
			return NewStr("builtins"), nil
		}, nil),
		Method("__call__", func(th *Thread, a *Args) (Value, error) { return th.Call(a.Self, a.Pos, a.Kw) }),
		Method("__getattr__", func(th *Thread, a *Args) (Value, error) {
			var attr string
			if err := a.Unpack("__getattr__", "name", &attr); err != nil {
				return nil, err
			}
			if m, ok := a.Self.(*BoundMethod); ok {
				if v, found, err := th.GetAttrDefault(m.Fn, attr); found || err != nil {
					return v, err
				}
			}
			return nil, noAttribute(a.Self, attr)
		}),
	}
}
