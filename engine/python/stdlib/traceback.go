package stdlib

import (
	"strings"

	"colloquy/engine/python"
)

// fillTraceback gives what the prelude cannot find out itself.
func fillTraceback(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{"_advice": advice})
	return nil
}

// advice(exception, in_scope) is what is added to the text of an exception that
// misses a name: the one that was probably meant, or the module that should
// have been imported.
func advice(th *python.Thread, a *python.Args) (python.Value, error) {
	var exc *python.Instance
	inScope := false
	if err := a.Unpack("_advice", "/exc", &exc, "/in_scope", &inScope); err != nil {
		return nil, err
	}
	text := ""
	meant := th.Suggestion(exc, inScope)
	if meant != "" {
		text = ". Did you mean: '" + meant + "'?"
	}
	if !python.IsException(python.Raise(exc), python.NameError) {
		return str(text), nil
	}
	v, _ := exc.Attrs.Get("name")
	name, ok := python.StringOf(v)
	if ok && known(name) && !strings.Contains(name, ".") {
		if meant != "" {
			text += " Or did you forget to import '" + name + "'"
		} else {
			text += ". Did you forget to import '" + name + "'"
		}
	}
	return str(text), nil
}
