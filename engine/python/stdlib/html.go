package stdlib

import (
	"html"
	"strings"

	"colloquy/engine/python"
)

// rewritten applies a function, which changes every character by itself, to the
// parts of s that come from outside and to the others.
func rewritten(s *python.Str, change func(string) string) *python.Str {
	if !s.HasOutside() {
		return python.NewStr(change(s.String()))
	}
	var out python.Text
	at := 0
	for _, span := range s.Spans() {
		out.WriteString(change(s.String()[at:span.From]))
		out.WriteOutside(change(s.String()[span.From:span.To]))
		at = span.To
	}
	out.WriteString(change(s.String()[at:]))
	return out.Str()
}

func fillHTML(_ *builder, ns *python.Namespace) error {
	tags := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	quotes := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#x27;")
	functions(ns, map[string]python.BuiltinFunc{
		"escape": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var v python.Value
			quote := true
			if err := a.Unpack("escape", "s", &v, "quote?", &quote); err != nil {
				return nil, err
			}
			s, ok := text(v)
			if !ok {
				return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute 'replace'", v.Class().Name())
			}
			if err := th.Ticks(len(s.String()) / 8); err != nil {
				return nil, err
			}
			if err := th.Alloc(len(s.String())); err != nil {
				return nil, err
			}
			if quote {
				return rewritten(s, quotes.Replace), nil
			}
			return rewritten(s, tags.Replace), nil
		},
		"unescape": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var s *python.Str
			if err := a.Unpack("unescape", "s", &s); err != nil {
				return nil, err
			}
			if err := th.Ticks(len(s.String()) / 8); err != nil {
				return nil, err
			}
			if err := th.Alloc(len(s.String())); err != nil {
				return nil, err
			}
			return like(html.UnescapeString(s.String()), s), nil
		},
	})
	return nil
}
