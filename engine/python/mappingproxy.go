package python

import "colloquy/engine/python/syntax"

// MappingProxyClass is the class of views through which a mapping cannot be
// changed: of cls.__dict__, and types.MappingProxyType.
var MappingProxyClass = bare("mappingproxy", ObjectClass)

// MappingProxy shows a mapping and does not let it be changed.
type MappingProxy struct{ Of Value }

// Class returns MappingProxyClass.
func (*MappingProxy) Class() *Class { return MappingProxyClass }

func newMappingProxy(th *Thread, _ *Class, a *Args) (Value, error) {
	var of Value
	if err := a.Unpack("mappingproxy", "mapping", &of); err != nil {
		return nil, err
	}
	_, list := asList(of)
	_, tuple := asTuple(of)
	if list || tuple || th.special(of, "__getitem__") == nil {
		return nil, Errorf(TypeError, "mappingproxy() argument must be a mapping, not %s", of.Class().name)
	}
	return &MappingProxy{of}, nil
}

// proxied returns the mapping behind v, or v.
func proxied(v Value) Value {
	if p, ok := v.(*MappingProxy); ok {
		return p.Of
	}
	return v
}

func mappingProxyMembers() []Member {
	delegate := func(name string, do func(th *Thread, of Value, a *Args) (Value, error)) Member {
		return Method(name, func(th *Thread, a *Args) (Value, error) { return do(th, proxied(a.Self), a) })
	}
	one := func(name string, do func(th *Thread, of, x Value) (Value, error)) Member {
		return delegate(name, func(th *Thread, of Value, a *Args) (Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			return do(th, of, proxied(a.Pos[0]))
		})
	}
	passed := func(name string) Member {
		return delegate(name, func(th *Thread, of Value, a *Args) (Value, error) {
			m, err := th.GetAttr(of, name)
			if err != nil {
				return nil, err
			}
			return th.Call(m, a.Pos, a.Kw)
		})
	}
	return []Member{
		one("__getitem__", func(th *Thread, of, x Value) (Value, error) { return th.GetItem(of, x) }),
		one("__contains__", func(th *Thread, of, x Value) (Value, error) {
			ok, err := th.Contains(of, x)
			return boxBool(ok), err
		}),
		one("__eq__", func(th *Thread, of, x Value) (Value, error) { return th.equalValue(of, x) }),
		one("__or__", func(th *Thread, of, x Value) (Value, error) { return th.Binary(syntax.BitOr, of, x) }),
		one("__ror__", func(th *Thread, of, x Value) (Value, error) { return th.Binary(syntax.BitOr, x, of) }),
		delegate("__iter__", func(th *Thread, of Value, _ *Args) (Value, error) { return th.IterValue(of) }),
		delegate("__len__", func(th *Thread, of Value, _ *Args) (Value, error) {
			n, err := th.Len(of)
			return Int(n), err
		}),
		delegate("__hash__", func(th *Thread, of Value, _ *Args) (Value, error) {
			h, err := th.Hash(of)
			return Int(h), err
		}),
		delegate("__str__", func(th *Thread, of Value, _ *Args) (Value, error) { return nonNil(th.Str(of)) }),
		delegate("__repr__", func(th *Thread, of Value, _ *Args) (Value, error) {
			s, err := th.Repr(of)
			if err != nil {
				return nil, err
			}
			return Concat(Concat(NewStr("mappingproxy("), s), NewStr(")")), nil
		}),
		passed("__reversed__"), passed("get"), passed("keys"), passed("values"), passed("items"), passed("copy"),
	}
}
