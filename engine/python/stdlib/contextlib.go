package stdlib

import "colloquy/engine/python"

// fillContextlib gives what the managers of the prelude cannot do themselves.
func fillContextlib(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		// _redirect(file) makes file take what is printed, None nobody, and
		// returns what did before.
		"_redirect": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var file python.Value
			if err := a.Unpack("_redirect", "/file", &file); err != nil {
				return nil, err
			}
			if isNone(file) {
				file = nil
			}
			before := th.Redirect(file)
			if before == nil {
				before = python.None
			}
			return before, nil
		},
	})
	return nil
}
