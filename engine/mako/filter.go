package mako

import (
	"fmt"
	"html"
	"strings"

	"colloquy/engine/python"
)

// filterFuncs are Mako's filters by name, beside n and str.
var filterFuncs = map[string]python.BuiltinFunc{
	"h":      textFilter(html.EscapeString),
	"x":      textFilter(html.EscapeString),
	"u":      urlFilter,
	"entity": textFilter(entities),
	"trim": func(th *python.Thread, a *python.Args) (python.Value, error) {
		return th.CallMethod(a.Pos[0], "strip")
	},
}

// textFilter makes a filter that escapes the author's text. Spans from outside
// stay as they are, and stay marked: they are escaped where the text is shown,
// and twice would be once too often.
func textFilter(escape func(string) string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		s, err := th.Str(a.Pos[0])
		if err != nil {
			return nil, err
		}
		return mapped(th, s, escape, func(o string) string { return o })
	}
}

// urlFilter quotes text for the query of an address, with + for a space.
func urlFilter(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := th.Str(a.Pos[0])
	if err != nil {
		return nil, err
	}
	return mapped(th, s, quotePlus, quotePlus)
}

// mapped changes the author's text and the text from outside, each its way.
func mapped(th *python.Thread, s *python.Str, own, outside func(string) string) (python.Value, error) {
	var t python.Text
	text, at := s.String(), 0
	for _, sp := range s.Spans() {
		t.WriteString(own(text[at:sp.From]))
		t.WriteOutside(outside(text[sp.From:sp.To]))
		at = sp.To
	}
	t.WriteString(own(text[at:]))
	return t.Str(), th.Alloc(t.Len())
}

// quotePlus is Python's urllib.parse.quote_plus.
func quotePlus(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z' && c < 0x80, '0' <= c && c <= '9', strings.IndexByte("_.-~", c) >= 0:
			b.WriteByte(c)
		case c == ' ':
			b.WriteByte('+')
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// entities writes characters outside ASCII as numeric references, and those
// that mean something to HTML by their names.
func entities(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		default:
			if r < 0x80 {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "&#%d;", r)
			}
		}
	}
	return b.String()
}
