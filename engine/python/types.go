package python

import "slices"

// GenericAlias is list[int] and the like: it stands for its class.
type GenericAlias struct {
	Origin Value
	Args   []Value
}

// Class returns GenericAliasClass.
func (*GenericAlias) Class() *Class { return GenericAliasClass }

// newGenericAlias is types.GenericAlias(origin, arguments).
func newGenericAlias(_ *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.Exactly("GenericAlias", 2); err != nil {
		return nil, err
	}
	return &GenericAlias{Origin: a.Pos[0], Args: aliasArgs(a.Pos[1])}, nil
}

func aliasArgs(key Value) []Value {
	if t, ok := key.(*Tuple); ok {
		return t.Elems
	}
	return []Value{key}
}

// UnionType is int | str.
type UnionType struct{ Args []Value }

// Class returns UnionTypeClass.
func (*UnionType) Class() *Class { return UnionTypeClass }

func unionOf(a, b Value) (Value, bool) {
	var args []Value
	for _, v := range []Value{a, b} {
		switch v := v.(type) {
		case *Class, *GenericAlias, *TypeAlias:
			args = append(args, v)
		case NoneType:
			args = append(args, NoneClass)
		case *UnionType:
			args = append(args, v.Args...)
		default:
			return nil, false
		}
	}
	if a == Value(None) && b == Value(None) {
		return nil, false
	}
	var out []Value
	for _, v := range args {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if len(out) == 1 {
		return out[0], true
	}
	return &UnionType{out}, true
}

// Super is what super() gives: it reads attributes after Cls in the order of
// classes of an object.
type Super struct {
	Cls *Class
	Obj Value  // nil: unbound
	Of  *Class // whose mro is searched
}

// Class returns SuperClass.
func (*Super) Class() *Class { return SuperClass }

func newSuper(cls *Class, obj Value) (*Super, error) {
	if c, ok := obj.(*Class); ok && c.derives(cls) {
		return &Super{cls, obj, c}, nil
	}
	if obj.Class().derives(cls) {
		return &Super{cls, obj, obj.Class()}, nil
	}
	return nil, Errorf(TypeError, "super(type, obj): obj must be an instance or subtype of type")
}

func (th *Thread) superAttr(s *Super, name string) (Value, error) {
	switch name {
	case "__class__":
		return SuperClass, nil
	case "__thisclass__":
		return s.Cls, nil
	}
	if s.Obj == nil {
		switch name {
		case "__self__", "__self_class__":
			return None, nil
		}
		return th.typeAttr(s, name)
	}
	mro := s.Of.mro
	for i := slices.Index(mro, s.Cls) + 1; i < len(mro); i++ {
		v, ok := th.ownClassAttr(mro[i], name)
		if !ok {
			continue
		}
		if mro[i].frozen {
			var err error
			if v, err = th.thaw(v); err != nil {
				return nil, err
			}
		}
		if s.Obj == Value(s.Of) {
			return th.bind(v, nil, s.Of)
		}
		return th.bind(v, s.Obj, s.Of)
	}
	switch name {
	case "__self__":
		return s.Obj, nil
	case "__self_class__":
		return s.Of, nil
	}
	return nil, attributeError("'super' object has no attribute '"+name+"'", s, name)
}

func (th *Thread) ownClassAttr(c *Class, name string) (Value, bool) {
	if th.shared.cls[c] {
		if v, ok := th.own(&c.dict).Get(name); ok {
			return v, v != removed
		}
	}
	return c.dict.Get(name)
}
