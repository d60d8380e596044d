package python

import "strings"

func newTypeCall(th *Thread, cls *Class, a *Args) (Value, error) {
	if len(a.Pos) == 1 && len(a.Kw) == 0 && cls == TypeClass {
		return a.Pos[0].Class(), nil
	}
	if len(a.Pos) != 3 && cls != TypeClass {
		return nil, Errorf(TypeError, "type.__new__() takes exactly 3 arguments (%d given)", len(a.Pos)+len(a.Kw))
	}
	if len(a.Pos) != 3 {
		return nil, Errorf(TypeError, "type() takes 1 or 3 arguments")
	}
	name, ok := StringOf(a.Pos[0])
	if !ok {
		return nil, Errorf(TypeError, "type.__new__() argument 1 must be str, not %s", a.Pos[0].Class().name)
	}
	if strings.IndexByte(name, 0) >= 0 {
		return nil, Errorf(ValueError, "type name must not contain null characters")
	}
	bases, ok := asTuple(a.Pos[1])
	if !ok {
		return nil, Errorf(TypeError, "type.__new__() argument 2 must be tuple, not %s", a.Pos[1].Class().name)
	}
	dict, ok := asDict(a.Pos[2])
	if !ok {
		return nil, Errorf(TypeError, "type.__new__() argument 3 must be dict, not %s", a.Pos[2].Class().name)
	}
	ns := NewNamespace(nil)
	for k, v := range dict.All() {
		s, ok := StringOf(k)
		if !ok {
			return nil, Errorf(TypeError, "attribute names of a class must be strings")
		}
		ns.Set(s, v)
	}
	if n := len(th.callers); n > 0 {
		if _, given := ns.Get("__module__"); !given {
			ns.Set("__module__", th.moduleName(th.callers[n-1]))
		}
	}
	if cls == TypeClass {
		cls = nil
	}
	return th.newType(cls, name, bases.Elems, ns, a.Kw)
}

// typeMembers are those of type: what can be done with a class.
func typeMembers() []Member {
	return append([]Member{
		Method("__call__", func(th *Thread, a *Args) (Value, error) {
			return th.construct(a.Self.(*Class), a.Pos, a.Kw)
		}),
		Method("__init__", func(*Thread, *Args) (Value, error) { return None, nil }),
		ClassMethodOf("__prepare__", func(*Thread, *Args) (Value, error) { return NewDict(), nil }),
		Method("mro", func(_ *Thread, a *Args) (Value, error) { return NewList(classValues(a.Self.(*Class).mro)...), nil }),
		Method("__subclasses__", func(_ *Thread, a *Args) (Value, error) {
			return NewList(classValues(a.Self.(*Class).derived)...), nil
		}),
		Method("__instancecheck__", typeInstanceCheck),
		Method("__subclasscheck__", typeSubclassCheck),
		Method("__repr__", func(_ *Thread, a *Args) (Value, error) { return NewStr(a.Self.(*Class).String()), nil }),
		Method("__setattr__", typeSetAttr),
		Method("__delattr__", typeDelAttr),
		Method("__getattribute__", typeGetAttribute),
		Method("__or__", unionOp), Method("__ror__", unionOp),
	}, typeGetters()...)
}

// typeGetters are the attributes every class has: its names, bases and contents.
func typeGetters() []Member {
	of := func(get func(c *Class) Value) func(*Thread, Value) (Value, error) {
		return func(_ *Thread, v Value) (Value, error) { return get(v.(*Class)), nil }
	}
	return []Member{
		Getter("__name__", of(func(c *Class) Value { return NewStr(c.ShortName()) }), setClassText("__name__")),
		Getter("__qualname__", of(func(c *Class) Value { return NewStr(c.qualname) }), setClassText("__qualname__")),
		Getter("__module__", of(func(c *Class) Value { return NewStr(c.module) }), setClassText("__module__")),
		Getter("__bases__", of(func(c *Class) Value { return NewTuple(classValues(c.bases)...) }), setBases),
		Getter("__doc__", getDoc, func(th *Thread, self, v Value) error {
			return th.plainSetClassAttr(self.(*Class), "__doc__", v)
		}),
		Getter("__base__", of(func(c *Class) Value {
			if len(c.bases) == 0 {
				return None
			}
			return c.bases[0]
		}), nil),
		Getter("__type_params__", func(*Thread, Value) (Value, error) { return NewTuple(), nil }, nil),
		Getter("__mro__", of(func(c *Class) Value { return NewTuple(classValues(c.mro)...) }), nil),
		Getter("__dict__", func(th *Thread, v Value) (Value, error) { return &MappingProxy{th.classDict(v.(*Class))}, nil }, nil),
	}
}

// setClassText sets an attribute of a class that takes nothing but text;
// __module__ takes anything.
func setClassText(attr string) func(*Thread, Value, Value) error {
	return func(th *Thread, self, v Value) error {
		c := self.(*Class)
		if _, ok := asStr(v); !ok && attr != "__module__" && c.module != "builtins" {
			return Errorf(TypeError, "can only assign string to %s.%s, not '%s'", c.name, attr, v.Class().name)
		}
		return th.plainSetClassAttr(c, attr, v)
	}
}

func typeInstanceCheck(th *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__instancecheck__", 1); err != nil {
		return nil, err
	}
	ok, err := th.derivesFrom(a.Pos[0], a.Self.(*Class))
	return boxBool(ok), err
}

func typeSubclassCheck(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__subclasscheck__", 1); err != nil {
		return nil, err
	}
	c, ok := a.Pos[0].(*Class)
	if !ok {
		return nil, Errorf(TypeError, "issubclass() arg 1 must be a class")
	}
	return boxBool(c.derives(a.Self.(*Class))), nil
}

func typeSetAttr(th *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__setattr__", 2); err != nil {
		return nil, err
	}
	name, err := attributeName(a.Pos[0])
	if err != nil {
		return nil, err
	}
	return None, th.ownSetClassAttr(a.Self.(*Class), name, a.Pos[1])
}

func typeDelAttr(th *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__delattr__", 1); err != nil {
		return nil, err
	}
	name, err := attributeName(a.Pos[0])
	if err != nil {
		return nil, err
	}
	return None, th.plainDelClassAttr(a.Self.(*Class), name)
}

func typeGetAttribute(th *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__getattribute__", 1); err != nil {
		return nil, err
	}
	name, err := attributeName(a.Pos[0])
	if err != nil {
		return nil, err
	}
	return th.plainClassAttr(a.Self.(*Class), name)
}

func unionOp(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__or__", 1); err != nil {
		return nil, err
	}
	if v, ok := unionOf(a.Self, a.Pos[0]); ok {
		return v, nil
	}
	return NotImplemented, nil
}

// classDict is a copy of a class's own attributes.
func (th *Thread) classDict(c *Class) *Dict {
	d := NewDict()
	if c.module != "builtins" && c.module != "" {
		d.SetStr("__module__", NewStr(c.module))
	}
	for _, name := range c.dict.Names() {
		if v, ok := th.ownClassAttr(c, name); ok {
			if c.frozen {
				own, err := th.thaw(v)
				if err != nil {
					continue // never what is shared
				}
				v = own
			}
			d.SetStr(name, v)
		}
	}
	if o := th.shared.names[&c.dict]; o != nil {
		for name, v := range o.All() {
			if v != removed {
				d.SetStr(name, v)
			}
		}
	}
	return d
}

func classValues(cs []*Class) []Value {
	out := make([]Value, len(cs))
	for i, c := range cs {
		out[i] = c
	}
	return out
}
