package doc

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Span is a range of bytes, From included, To excluded.
type Span struct{ From, To int }

// Private runes stand for what people typed while the source is read. Markdown
// takes them for letters; those that a source brings along are guarded, too.
const (
	firstRune = 0xF0000
	perPlane  = 0xFFFD // the last two code points of a plane are not characters
	maxTyped  = 2 * perPlane
)

// A guard keeps what people typed apart from what the author wrote.
type guard struct{ typed []string }

func guardRune(i int) rune {
	if i < perPlane {
		return rune(firstRune + i)
	}
	return rune(firstRune + 0x10000 + i - perPlane)
}

// index returns which typed stretch r stands for, or -1.
func (g *guard) index(r rune) int {
	i := -1
	switch {
	case r >= firstRune && r < firstRune+perPlane:
		i = int(r - firstRune)
	case r >= firstRune+0x10000 && r < firstRune+0x10000+perPlane:
		i = int(r-firstRune-0x10000) + perPlane
	}
	if i >= len(g.typed) {
		return -1
	}
	return i
}

func private(r rune) bool {
	return r >= firstRune && r < firstRune+perPlane || r >= firstRune+0x10000 && r < firstRune+0x10000+perPlane
}

// cover returns s with the typed stretches replaced by private runes. It
// reports false if there are more stretches than runes.
func (g *guard) cover(s string, typed []Span) (string, bool) {
	if len(typed) == 0 && !strings.ContainsFunc(s, private) {
		return readable(s), true
	}
	var b strings.Builder
	at := 0
	for _, sp := range tidy(typed, len(s)) {
		g.author(&b, s[at:sp.From])
		g.add(&b, readable(s[sp.From:sp.To]))
		at = sp.To
	}
	g.author(&b, s[at:])
	return b.String(), len(g.typed) < maxTyped
}

func (g *guard) add(b *strings.Builder, s string) {
	if s != "" && len(g.typed) < maxTyped {
		b.WriteRune(guardRune(len(g.typed)))
		g.typed = append(g.typed, s)
	}
}

func (g *guard) author(b *strings.Builder, s string) {
	s = readable(s)
	for {
		i := strings.IndexFunc(s, private)
		if i < 0 {
			b.WriteString(s)
			return
		}
		b.WriteString(s[:i])
		g.add(b, s[i:i+4])
		s = s[i+4:]
	}
}

// reveal gives back what the private runes in s stand for.
func (g *guard) reveal(s string) string {
	if len(g.typed) == 0 || !strings.ContainsFunc(s, private) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if i := g.index(r); i >= 0 {
			b.WriteString(g.typed[i])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hide gives s back with dots where people typed something: warnings and logs
// hold nothing of theirs.
func (g *guard) hide(s string) string {
	return strings.Map(func(r rune) rune {
		if private(r) {
			return '…'
		}
		return r
	}, s)
}

// tidy sorts, clips and merges spans.
func tidy(spans []Span, n int) []Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	out := spans[:0]
	for _, s := range spans {
		s.From, s.To = max(s.From, 0), min(s.To, n)
		switch {
		case s.To <= s.From:
		case len(out) > 0 && s.From <= out[len(out)-1].To:
			out[len(out)-1].To = max(out[len(out)-1].To, s.To)
		default:
			out = append(out, s)
		}
	}
	return out
}

// readable drops what no page can show (control characters, broken UTF-8) and
// writes line ends as \n.
func readable(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexFunc(s, unreadable) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case unreadable(r):
			return -1
		}
		return r
	}, s)
}

func unreadable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}
