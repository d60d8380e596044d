package stdlib

import "colloquy/engine/python"

// fillClasses gives the modules that make classes what Python code cannot do
// itself.
func fillClasses(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		"function": makeFunction,
		// tuple_field(name, index, doc) is an attribute that is an element of
		// its tuple.
		"tuple_field": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			var name, doc string
			var index int
			if err := a.Unpack("tuple_field", "/name", &name, "/index", &index, "/doc", &doc); err != nil {
				return nil, err
			}
			return python.TupleField(name, index, doc), nil
		},
		// enum_part(name, kept) is the attribute name of members, kept in
		// another.
		"enum_part": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			var name, kept string
			if err := a.Unpack("enum_part", "/name", &name, "/kept", &kept); err != nil {
				return nil, err
			}
			return python.EnumPart(name, kept), nil
		},
		// annotation(text, owner, globals, locals) is what an annotation
		// written as text means where owner was made.
		"annotation": evaluateAnnotation,
		// read_only(name, kept) is an attribute that cannot be assigned, kept
		// in another.
		"read_only": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			var name, kept string
			if err := a.Unpack("read_only", "/name", &name, "/kept", &kept); err != nil {
				return nil, err
			}
			return python.ReadOnly(name, kept), nil
		},
		// caller_module() is the name of the module that called the caller's.
		"caller_module": func(th *python.Thread, _ *python.Args) (python.Value, error) {
			return str(th.CallerModule()), nil
		},
	})
	return nil
}

// makeFunction is function(name, qualname, params, defaults, kwonly, body): a
// function with these parameters, the last kwonly of them by keyword only,
// that gives their values to body.
func makeFunction(th *python.Thread, a *python.Args) (python.Value, error) {
	var s python.Signature
	var params, body python.Value
	var defaults *python.Dict
	if err := a.Unpack("function", "/name", &s.Name, "/qualname", &s.QualName, "/params", &params, "/defaults", &defaults,
		"/kwonly", &s.KwOnly, "/body", &body); err != nil {
		return nil, err
	}
	names, err := th.Elems(params)
	if err != nil {
		return nil, err
	}
	for _, v := range names {
		name, _ := python.StringOf(v)
		s.Params = append(s.Params, name)
	}
	s.Defaults = map[string]python.Value{}
	for k, v := range defaults.All() {
		name, _ := python.StringOf(k)
		s.Defaults[name] = v
	}
	f, ok := body.(*python.Function)
	if !ok || s.KwOnly > len(s.Params) {
		return nil, python.Errorf(python.TypeError, "function() needs a body and its parameters")
	}
	s.Body = f
	return python.NewFunction(s), nil
}

func evaluateAnnotation(th *python.Thread, a *python.Args) (python.Value, error) {
	var text *python.Str
	var owner, globals, locals python.Value
	if err := a.Unpack("annotation", "/text", &text, "/owner", &owner, "/globals", &globals, "/locals", &locals); err != nil {
		return nil, err
	}
	if text.HasOutside() {
		return nil, python.Errorf(python.TypeError, "an annotation cannot come from outside")
	}
	scope := python.Globals(owner)
	return th.Annotation(text.String(), func(name string) (python.Value, bool) {
		for _, names := range []python.Value{locals, globals} {
			if d, ok := python.Unwrap(names).(*python.Dict); ok {
				if v, ok := d.GetStr(name); ok {
					return v, true
				}
			}
		}
		if v, ok := th.LookupName(scope, name); ok {
			return v, true
		}
		return nil, false
	})
}
