package objects

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

var textNatives = []native{
	{"template_text", templateText},
	{"html", html},
	{"table_parts", tableParts},
	{"empty", func(th *python.Thread, a *python.Args) (python.Value, error) {
		return callEmpty(th)
	}},
	{"is_empty", isEmpty},
}

// templateText renders a part of a template block: with the names it was
// defined among, then those given.
func templateText(th *python.Thread, a *python.Args) (python.Value, error) {
	var block, part string
	var context, more *python.Dict
	if err := a.Unpack("template_text", "block", &block, "part", &part, "context", &context, "more", &more); err != nil {
		return nil, err
	}
	extra := map[string]python.Value{}
	for _, d := range []*python.Dict{context, more} {
		for k, v := range d.All() {
			if name, ok := python.StringOf(k); ok {
				extra[name] = v
			}
		}
	}
	s, err := evaluation.Of(th).Text(th, block, part, extra)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// html renders text as the page would show it.
func html(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "html")
	if err != nil {
		return nil, err
	}
	trim, err := keyword(th, a, "trim")
	if err != nil {
		return nil, err
	}
	out, err := evaluation.Of(th).HTML(s, trim)
	return python.NewStr(out), err
}

func callEmpty(th *python.Thread) (python.Value, error) {
	return evaluation.CallLibrary(th, "DAEmpty", nil)
}

func isEmpty(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("is_empty", "value", &v); err != nil {
		return nil, err
	}
	return python.Bool(v.Class().QualifiedName() == utilModule+".DAEmpty"), nil
}
