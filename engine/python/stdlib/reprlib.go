package stdlib

import "colloquy/engine/python"

// fillReprlib gives the prelude of reprlib the function behind recursive_repr.
func fillReprlib(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		"_once": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var v, show python.Value
			var again *python.Str
			if err := a.Unpack("_once", "/object", &v, "/again", &again, "/show", &show); err != nil {
				return nil, err
			}
			s, err := th.ReprOnce(v, again, func() (python.Value, error) { return th.Call(show, []python.Value{v}, nil) })
			if err != nil {
				return nil, err
			}
			return s, nil
		},
	})
	return nil
}
