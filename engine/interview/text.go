package interview

import (
	"slices"
	"strings"

	"colloquy/engine/mako"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A Text is a piece of words: verbatim or a Mako template.
type Text struct {
	Source string
	Pos    Pos
	// Uses are the names the template reads, as in Code, without those it sets
	// itself.
	Uses []string

	node     *Node            // that it was written in
	template *mako.Template   // nil of words that are never a template
	words    *python.Str      // those words
	other    map[string]*Text // translations by language
}

// verbatim makes a text of words that are never a template.
func verbatim(n *Node) *Text {
	t := &Text{Source: n.Written(), Pos: n.At(0), node: n, words: n.outside}
	if t.words == nil {
		t.words = python.NewStr(t.Source)
	}
	return t
}

// Parts is the Python in the text, in order; see mako.Tree.Parts. It must not
// be changed.
func (t *Text) Parts() []syntax.Node {
	if t.template == nil {
		return nil
	}
	return t.template.Parts()
}

// At gives the place in the file of byte off of Source.
func (t *Text) At(off int) Pos {
	if t.node == nil {
		return t.Pos
	}
	return t.node.At(off)
}

// Static gives words that need no evaluation.
func (t *Text) Static() (string, bool) {
	if t.template == nil {
		return t.Source, true
	}
	s, ok := t.template.Static()
	if !ok {
		return "", false
	}
	return s.String(), true
}

// Render evaluates the text with ns as global names. Errors are those of
// [python.Code.Run].
func (t *Text) Render(th *python.Thread, ns *python.Namespace) (*python.Str, error) {
	if t.template == nil {
		return t.words, nil
	}
	return t.template.Render(th, ns)
}

// compileText compiles a single value as words. Text that came from outside
// is never a template.
func (b *builder) compileText(n *Node) *Text {
	if n.outside != nil {
		return verbatim(n)
	}
	t := b.compileWords(n)
	b.translate(t, n)
	return t
}

// compileWords is compileText for text of an author, without translations.
func (b *builder) compileWords(n *Node) *Text {
	src := n.Written()
	if !mako.IsTemplate(src) && len(b.defs) == 0 {
		return verbatim(n)
	}
	t := &Text{Source: src, Pos: n.At(0), node: n}
	var err error
	t.template, err = mako.Compile(mako.Source{Name: n.Pos.File, Text: src, Place: n.place(src), Prelude: b.defs})
	if err != nil {
		b.codeProblem(n, err)
		return verbatim(n)
	}
	t.Uses = templateUses(t.template.Parts())
	return t
}

// templateUses gives the names that the Python of a template reads without
// setting them.
func templateUses(parts []syntax.Node) []string {
	var read, own []string
	for _, p := range parts {
		read = append(read, uses(p)...)
		own = append(own, syntax.Assigned(p)...)
	}
	return slices.DeleteFunc(unique(read), func(name string) bool {
		root, _, _ := strings.Cut(name, ".")
		root, _, _ = strings.Cut(root, "[")
		return contains(own, root)
	})
}
