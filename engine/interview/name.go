package interview

import (
	"strings"
	"unicode"

	"colloquy/engine/python/syntax"
)

// name reads a variable name; nil stays nil.
func (b *builder) name(n *Node, what string) *Name {
	if n == nil {
		return nil
	}
	if !n.Scalar() {
		b.errorf(n.Pos, "%s must be a variable name, not %s", what, n.Kind)
		return nil
	}
	text := strings.TrimSpace(n.Written())
	if why := nameTrouble(text); why != "" || n.Kind != String {
		if why == "" {
			why = "it is " + n.Kind.String()
		}
		b.errorf(n.Pos, "%q cannot be a variable name: %s", text, why)
		return nil
	}
	return &Name{Text: text, Pos: n.Pos}
}

// names reads one variable name or a list of them.
func (b *builder) names(n *Node, what string) []string {
	var out []string
	for _, item := range listOf(n) {
		if name := b.name(item, what); name != nil {
			out = append(out, name.Text)
		}
	}
	return out
}

// ValidName reports whether a text may stand where a variable name is due:
// a name with attributes and indexes, without calls or anything computed.
func ValidName(s string) bool { return syntax.IsVariableName(s) }

// nameTrouble says why s is no variable name, or nothing.
func nameTrouble(s string) string {
	if ValidName(s) {
		return ""
	}
	if s == "" {
		return "it is empty"
	}
	root, parts := SplitName(s)
	if why := identifierTrouble(root); why != "" {
		return why
	}
	for _, p := range parts {
		if p[0] != '.' {
			continue
		}
		if why := identifierTrouble(p[1:]); why != "" {
			return why
		}
	}
	return "an index must be a number, a text in quotation marks or a name"
}

func identifierTrouble(s string) string {
	if s == "" {
		return "a part of it is empty"
	}
	for i, r := range s {
		switch {
		case r == '_' || unicode.IsLetter(r):
		case i > 0 && (unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Pc, r)):
		case unicode.IsDigit(r):
			return "a part of it begins with a digit"
		case r == ' ' || r == '\n':
			return "it holds a blank or a line break"
		default:
			return "it holds the character " + string(r)
		}
	}
	if syntax.IsKeyword(s) {
		return s + " is a word of Python's own"
	}
	return ""
}

// quoteName gives a text as Python's repr writes it.
func quoteName(s string) string {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	var b strings.Builder
	b.WriteByte(quote)
	for _, r := range s {
		switch {
		case r == rune(quote) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte(quote)
	return b.String()
}

// canonical writes the indexes of a name as Python's repr would, the way a
// missing name is reported: a["k"] and a[u'k'] become a['k'], a[ 0 ] a[0].
func canonical(name string) string {
	root, parts := SplitName(name)
	if !strings.Contains(name, "[") {
		return name
	}
	var b strings.Builder
	b.WriteString(root)
	for _, p := range parts {
		if p[0] == '[' && p[len(p)-1] == ']' {
			p = "[" + canonicalIndex(strings.TrimSpace(p[1:len(p)-1])) + "]"
		}
		b.WriteString(p)
	}
	return b.String()
}

func canonicalIndex(s string) string {
	bare := s
	if len(s) > 2 && (s[0] == 'u' || s[0] == 'U') {
		bare = s[1:]
	}
	if len(bare) < 2 || bare[0] != bare[len(bare)-1] || bare[0] != '"' && bare[0] != '\'' {
		return s
	}
	inner := bare[1 : len(bare)-1]
	if strings.ContainsAny(inner, "\\"+bare[:1]) {
		return bare
	}
	return quoteName(inner)
}
