package python

import "slices"

// A Signature describes a function that takes arguments as a def would and
// gives them to Body.
type Signature struct {
	Name, QualName string
	Params         []string // positional ones, then KwOnly keyword-only ones
	KwOnly         int
	Defaults       map[string]Value
	// Body is called with the value of every parameter, in order.
	Body *Function
}

// NewFunction returns a function with the parameters of a signature. It belongs
// to the module of its body.
func NewFunction(s Signature) *Function {
	n := len(s.Params)
	code := &function{
		name: s.Name, qualname: s.QualName, file: s.Body.code.file, line: s.Body.code.line,
		params: s.Params, positional: n - s.KwOnly, vararg: -1, kwarg: -1, vars: n, varNames: s.Params,
	}
	body := s.Body
	code.run = func(fr *frame) (Value, error) { return fr.th.Call(body, slices.Clone(fr.vars[:n]), nil) }
	f := &Function{code: code, globals: body.globals, name: s.Name, qualname: s.QualName}
	for i, p := range s.Params {
		d, ok := s.Defaults[p]
		switch {
		case i >= code.positional:
			if f.kwDefaults == nil {
				f.kwDefaults = make([]Value, s.KwOnly)
			}
			if ok {
				f.kwDefaults[i-code.positional] = d
			}
		case ok:
			f.defaults = append(f.defaults, d)
		}
	}
	return f
}

// CallerModule is the name of the module whose code called the running code of
// another module; empty if nothing did.
func (th *Thread) CallerModule() string {
	n := len(th.callers)
	for i := n - 1; i >= 0; i-- {
		if ns := th.callers[i]; ns != th.callers[n-1] {
			name, _ := StringOf(th.moduleName(ns))
			return name
		}
	}
	return ""
}

// TupleField returns the attribute of a named tuple that is its element at
// index.
func TupleField(name string, index int, doc string) *Property {
	return &Property{
		name: name, Doc: NewStr(doc),
		goGet: func(_ *Thread, v Value) (Value, error) {
			t, ok := asTuple(v)
			if !ok {
				return nil, Errorf(TypeError, "descriptor for index '%d' for tuple subclasses doesn't apply to '%s' object", index, v.Class().name)
			}
			if index >= len(t.Elems) {
				return nil, Errorf(IndexError, "tuple index out of range")
			}
			return t.Elems[index], nil
		},
		goSet: func(*Thread, Value, Value) error { return Errorf(AttributeError, "can't set attribute") },
		goDel: func(*Thread, Value) error { return Errorf(AttributeError, "can't delete attribute") },
	}
}

// EnumPart returns the attribute name of the members of enumerations, which is
// kept in another.
func EnumPart(name, kept string) *Property {
	refuse := func(what string) error {
		return Errorf(AttributeError, "<enum 'Enum'> cannot %s attribute '%s'", what, name)
	}
	return &Property{
		name:  name,
		goGet: func(th *Thread, v Value) (Value, error) { return th.GetAttr(v, kept) },
		goSet: func(*Thread, Value, Value) error { return refuse("set") },
		goDel: func(*Thread, Value) error { return refuse("delete") },
		onClass: func(cls *Class) error {
			return attributeError("<enum '"+cls.name+"'> has no attribute '"+name+"'", cls, name)
		},
	}
}

// ReadOnly returns the attribute name of objects that keep it in another, and
// that cannot be assigned.
func ReadOnly(name, kept string) *Property {
	return &Property{
		name:  name,
		goGet: func(th *Thread, v Value) (Value, error) { return th.GetAttr(v, kept) },
		goSet: func(*Thread, Value, Value) error { return Errorf(AttributeError, "readonly attribute") },
		goDel: func(*Thread, Value) error { return Errorf(AttributeError, "readonly attribute") },
	}
}
