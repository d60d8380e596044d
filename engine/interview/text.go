package interview

import "strings"

// A Text is a piece of words: verbatim or a Mako template.
type Text struct {
	Source string
	Pos    Pos
	// Uses are the names the template reads, as in Code.
	Uses []string

	template bool
}

// Static gives words that need no evaluation.
func (t *Text) Static() (string, bool) { return t.Source, !t.template }

// hasMako reports whether a text is a template; other texts are verbatim, even
// where they hold %% or a lone %if.
func hasMako(s string) bool {
	for _, mark := range [...]string{"${", "<%", "##", "% if", "% for", "% while"} {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}

// compileText compiles a single value as words.
func (b *builder) compileText(n *Node) *Text {
	t := &Text{Source: n.Written(), Pos: n.At(0)}
	if b.defs != "" {
		t.Source = b.defs + t.Source
	}
	t.template = hasMako(t.Source)
	return t
}
