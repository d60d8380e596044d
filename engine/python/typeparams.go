package python

import "colloquy/engine/python/syntax"

// TypeAlias is what "type Name = value" makes. The value is found when asked for.
type TypeAlias struct {
	name   string
	params *Tuple
	value  *Function
}

// TypeAliasClass is the class of TypeAlias.
var TypeAliasClass = bare("TypeAliasType", ObjectClass)

// Class returns TypeAliasClass.
func (*TypeAlias) Class() *Class { return TypeAliasClass }

func typeAliasMembers() []Member {
	alias := func(v Value) *TypeAlias { return v.(*TypeAlias) }
	params := func(_ *Thread, v Value) (Value, error) { return alias(v).params, nil }
	return []Member{
		Getter("__name__", func(_ *Thread, v Value) (Value, error) { return NewStr(alias(v).name), nil }, nil),
		Getter("__value__", func(th *Thread, v Value) (Value, error) { return th.Call(alias(v).value, nil, nil) }, nil),
		Getter("__type_params__", params, nil),
		Getter("__parameters__", params, nil),
		Getter("__module__", func(_ *Thread, v Value) (Value, error) { return NewStr(alias(v).value.module()), nil }, nil),
		Method("__repr__", func(_ *Thread, a *Args) (Value, error) { return NewStr(alias(a.Self).name), nil }),
		Method("__or__", unionOp), Method("__ror__", unionOp),
		Method("__getitem__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__getitem__", 1); err != nil {
				return nil, err
			}
			if len(alias(a.Self).params.Elems) == 0 {
				return nil, Errorf(TypeError, "Only generic type aliases are subscriptable")
			}
			return &GenericAlias{a.Self, aliasArgs(a.Pos[0])}, nil
		}),
	}
}

// typeVarMembers are those of the parameters of generic functions and classes.
func typeVarMembers() []Member {
	return []Member{
		Method("__or__", unionOp), Method("__ror__", unionOp),
		Method("__repr__", func(th *Thread, a *Args) (Value, error) { return th.GetAttr(a.Self, "__name__") }),
		Method("__typing_subst__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__typing_subst__", 1); err != nil {
				return nil, err
			}
			return a.Pos[0], nil
		}),
	}
}

// generic compiles what is made within the scope of type parameters. The
// result gets them as __type_params__.
func (c *compiler) generic(params []*syntax.TypeParam, inner func(in *compiler) expr) expr {
	if len(params) == 0 {
		return inner(c)
	}
	in := c.inner(params[0], c.qualname)
	run := inner(in)
	stores := make([]target, len(params))
	for i, p := range params {
		stores[i] = in.store(p.Name)
	}
	code := in.newFunction("<generic parameters>", "<generic parameters>", params[0].From.Line)
	cells := in.closure(c, params[0])
	return func(fr *frame) (Value, error) {
		th := fr.th
		th.frames++
		own := &frame{th: th, code: code, globals: fr.globals, id: th.frames, vars: newVars(code.vars), names: fr.names}
		own.cells = makeCells(code.cells, cells(fr))
		vars := make([]Value, len(params))
		for i, p := range params {
			v := NewInstance(TypeVarClass)
			v.Attrs.Set("__name__", NewStr(p.Name))
			vars[i] = v
			if err := stores[i](own, v); err != nil {
				return nil, err
			}
		}
		v, err := run(own)
		if err != nil {
			return nil, err
		}
		return v, th.setTypeParams(v, NewTuple(vars...))
	}
}

// setTypeParams notes the type parameters of what was made with them.
func (th *Thread) setTypeParams(v Value, params *Tuple) error {
	switch v := v.(type) {
	case *Function:
		v.attrs.Set("__type_params__", params)
	case *TypeAlias:
		v.params = params
	case *Class:
		v.dict.Set("__type_params__", params)
		if _, ok := th.classLookup(v, "__class_getitem__"); !ok {
			v.dict.Set("__class_getitem__", genericItem)
		}
		v.changed()
	}
	return nil
}

// genericItem is __class_getitem__ of classes with type parameters.
var genericItem = &ClassMethod{&Builtin{name: "__class_getitem__", method: true, owner: TypeClass, fn: func(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__class_getitem__", 1); err != nil {
		return nil, err
	}
	return &GenericAlias{a.Self, aliasArgs(a.Pos[0])}, nil
}}}

// typeAlias compiles a type statement.
func (c *compiler) typeAlias(s *syntax.TypeAlias) stmt {
	name := s.Name.ID
	build := c.generic(s.TypeParams, func(in *compiler) expr {
		make := in.makeFunction(s, name, &syntax.Arguments{}, func(in *compiler) expr { return in.expr(s.Value) })
		return func(fr *frame) (Value, error) {
			f, err := make(fr)
			if err != nil {
				return nil, err
			}
			return &TypeAlias{name: name, params: NewTuple(), value: f}, nil
		}
	})
	store := c.store(name)
	return func(fr *frame) (ctl, error) {
		v, err := build(fr)
		if err != nil {
			return next, err
		}
		return next, store(fr, v)
	}
}

// genericBase adds typing.Generic with the type parameters to the bases of a
// class that has some, if there is a module typing.
func (fr *frame) genericBase(bases []Value, params []expr) ([]Value, error) {
	th := fr.th
	if th.opts.Loader == nil {
		return bases, nil
	}
	m, err := th.opts.Loader.Load(th, "typing", "")
	if _, missing := isRaised(err, ModuleNotFoundError); missing {
		return bases, nil
	}
	if err != nil {
		return nil, err
	}
	generic, ok := th.moduleGet(m.Globals, "Generic")
	if !ok {
		return bases, nil
	}
	vars := make([]Value, len(params))
	for i, p := range params {
		if vars[i], err = p(fr); err != nil {
			return nil, err
		}
	}
	base, err := th.GetItem(generic, NewTuple(vars...))
	if err != nil {
		return nil, err
	}
	return append(append([]Value(nil), bases...), base), nil
}

// generic opens the scope of type parameters, if there are any.
func (a *analysis) generic(ps []*syntax.TypeParam) (leave func()) {
	if len(ps) == 0 {
		return func() {}
	}
	a.push(functionScope, ps[0]).generic = true
	for _, p := range ps {
		a.bind(p.Name)
	}
	return a.pop
}
