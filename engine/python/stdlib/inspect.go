package stdlib

import "colloquy/engine/python"

// fillInspect gives what Python code cannot see of functions.
func fillInspect(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		// _parameters(function) is a list of (name, kind, has a default,
		// default), None for what is not written in Python.
		"_parameters": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("_parameters", 1); err != nil {
				return nil, err
			}
			f, ok := a.Pos[0].(*python.Function)
			if !ok {
				return python.None, nil
			}
			out := python.NewList()
			for _, p := range f.Parameters() {
				out.Elems = append(out.Elems, python.NewTuple(str(p.Name), python.Int(p.Kind), python.Bool(p.Default != nil), orNone(p.Default)))
			}
			return out, nil
		},
		"_generates": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("_generates", 1); err != nil {
				return nil, err
			}
			f, ok := a.Pos[0].(*python.Function)
			return python.Bool(ok && f.IsGenerator()), nil
		},
	})
	return nil
}
