package mako

import (
	"strings"

	"colloquy/engine/python/syntax"
)

// A Source is the text of a template and where it comes from.
type Source struct {
	Name string // of the file, for messages
	Text string
	// Place tells where in the file a line and column of Text stand; nil leaves
	// them as they are.
	Place func(syntax.Pos) syntax.Pos
	// Prelude are fragments, mostly of <%def> tags, that come before the text,
	// each followed by a line break.
	Prelude []Source
}

func (s *Source) place(p syntax.Pos) syntax.Pos {
	if s.Place == nil {
		return p
	}
	return s.Place(p)
}

// isTemplate reports whether the text or a fragment before it has a mark.
func (s *Source) isTemplate() bool {
	for _, f := range s.Prelude {
		if IsTemplate(f.Text) {
			return true
		}
	}
	return IsTemplate(s.Text)
}

// verbatim returns the whole text, as it is.
func (s *Source) verbatim() string {
	var b strings.Builder
	for _, f := range s.Prelude {
		b.WriteString(f.Text + "\n")
	}
	b.WriteString(s.Text)
	return b.String()
}

// A Tree is a parsed template.
type Tree struct {
	nodes []node
	parts []syntax.Node
	names map[string]bool // of defs and blocks
}

// Parts returns the Python in a template, in order: expressions, filters and
// statements. A control line is the statement with "pass" for a body, the lines
// that continue it are statements of their own. They must not be changed.
func (t *Tree) Parts() []syntax.Node { return t.parts }

// Parse reads a template. The error is a *syntax.Error.
func Parse(src Source) (t *Tree, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *syntax.Error:
			t, err = nil, e
		default:
			panic(e)
		}
	}()
	t = &Tree{names: map[string]bool{}}
	for i, f := range append(src.Prelude[:len(src.Prelude):len(src.Prelude)], src) {
		p := &parser{scanner: newScanner(f), tree: t}
		if i > 0 {
			t.nodes = append(t.nodes, &textNode{"\n", p.span(0, 0)})
		}
		nodes, end := p.nodes()
		if end.kind != atEnd {
			p.unexpected(end)
		}
		t.nodes = append(t.nodes, nodes...)
	}
	return t, nil
}

// A parser reads nodes.
type parser struct {
	*scanner
	tree *Tree
}

// part notes Python that the author wrote.
func (p *parser) part(n ...syntax.Node) { p.tree.parts = append(p.tree.parts, n...) }

// An end is what a list of nodes was followed by.
type end struct {
	kind endKind
	word string // the keyword or tag
	from int    // where it begins
	head int    // where the text of a control line begins
	to   int    // where that text ends
}

type endKind uint8

const (
	atEnd     endKind = iota // of the text
	endLine                  // % endif
	otherLine                // % else:
	endTag                   // </%def>
)

// unexpected reports an end that nothing waits for.
func (p *parser) unexpected(e end) {
	switch e.kind {
	case endLine:
		p.fail(e.from, "%% end%s without a matching %% %s", e.word, e.word)
	case otherLine:
		p.fail(e.from, "%% %s without a control line that it continues", e.word)
	case endTag:
		p.fail(e.from, "</%%%s> without a matching <%%%s>", e.word, e.word)
	}
}

// nodes reads up to what ends them.
func (p *parser) nodes() ([]node, end) {
	if p.depth++; p.depth > maxNesting {
		p.fail(p.off, "tags and control lines are nested too deeply")
	}
	defer func() { p.depth-- }()
	var list []node
	for p.off < len(p.text) {
		if p.lineStart() {
			switch i := p.indented(); {
			case strings.HasPrefix(p.text[i:], "##") && !strings.HasPrefix(p.text[i:], "###"): // three begin a heading
				p.skipLine()
				continue
			case strings.HasPrefix(p.text[i:], "%") && !strings.HasPrefix(p.text[i:], "%%"):
				n, e := p.controlLine(i)
				if n == nil {
					return list, e
				}
				list = append(list, n)
				continue
			}
		}
		if strings.HasPrefix(p.rest(), "</%") {
			return list, p.closingTag()
		}
		if n := p.node(); n != nil {
			list = append(list, n)
		}
	}
	return list, end{kind: atEnd, from: p.off}
}

// node reads one piece that is not a control line; nil for comments.
func (p *parser) node() node {
	switch rest := p.rest(); {
	case strings.HasPrefix(rest, "${"):
		return p.expression()
	case strings.HasPrefix(rest, "<%"):
		return p.tag()
	}
	return p.textRun()
}

// skipLine moves past the end of the line.
func (p *parser) skipLine() {
	if i := strings.IndexByte(p.rest(), '\n'); i >= 0 {
		p.off += i + 1
	} else {
		p.off = len(p.text)
	}
}

// textRun reads literal text: to the next mark, or to a line that may be a
// control line. A backslash before a line break takes the break with it, and
// %% at the start of a line stands for %.
func (p *parser) textRun() node {
	start := p.off
	var b strings.Builder
	from := p.off
	take := func(to, skip int) {
		b.WriteString(p.text[from:to])
		p.off, from = to+skip, to+skip
	}
	if p.lineStart() {
		if i := p.indented(); strings.HasPrefix(p.text[i:], "%%") {
			take(i, 1)
			p.off++ // the second percent sign is text
		}
	}
loop:
	for p.off < len(p.text) {
		rest := p.rest()
		switch {
		case strings.HasPrefix(rest, "${"), strings.HasPrefix(rest, "<%"), strings.HasPrefix(rest, "</%"):
			break loop
		case strings.HasPrefix(rest, "\\\n"):
			take(p.off, 2)
			break loop
		case rest[0] == '\n':
			p.off++
			break loop
		}
		i := strings.IndexAny(rest[1:], "$<\\\n")
		if i < 0 {
			p.off = len(p.text)
			break
		}
		p.off += i + 1
	}
	take(p.off, 0)
	if b.Len() == 0 {
		return nil
	}
	return &textNode{b.String(), p.span(start, p.off)}
}

// expression reads ${ expr | filters }.
func (p *parser) expression() node {
	start := p.off
	from := start + 2
	to := p.until(from, true, "|", "}")
	if to < 0 {
		p.fail(start, "'${' was never closed")
	}
	e := &exprNode{expr: p.python(from, to, "an expression")}
	p.off = to + 1
	if p.text[to] == '|' {
		last := p.until(p.off, true, "}")
		if last < 0 {
			p.fail(start, "'${' was never closed")
		}
		e.filters = p.filters(p.off, last)
		p.off = last + 1
	}
	e.at = p.span(start, p.off)
	return e
}

// python reads the expression between two offsets.
func (p *parser) python(from, to int, what string) syntax.Expr {
	if strings.TrimSpace(p.text[from:to]) == "" {
		p.fail(from, "%s is missing here", what)
	}
	e := check(syntax.ParseExprFunc(p.src.Name, p.text[from:to], p.within(from, to, 0)))
	p.part(e)
	return e
}

// filters reads names or expressions separated by commas.
func (p *parser) filters(from, to int) []syntax.Expr {
	e := p.python(from, to, "a filter")
	if t, ok := e.(*syntax.Tuple); ok {
		return t.Elts
	}
	return []syntax.Expr{e}
}

// code reads <% %> or <%! %>, whose Python begins at from.
func (p *parser) code(from int, module bool) node {
	start := p.off
	to := p.until(from, false, "%>")
	if to < 0 {
		p.fail(start, "'<%%' was never closed")
	}
	f := check(syntax.ParseBlockFunc(p.src.Name, p.text[from:to], p.within(from, to, 0)))
	for _, s := range f.Body {
		p.part(s)
	}
	if !module {
		p.refuseYield(f.Body)
	}
	p.off = to + 2
	return &codeNode{f.Body, module}
}

// signature reads "def text: pass" and returns the function.
func (p *parser) signature(text string, from int) *syntax.FunctionDef {
	const prefix = "def "
	place := p.within(from, from+len(text), 0)
	f := check(syntax.ParseFileFunc(p.src.Name, prefix+text+": pass", func(at syntax.Pos) syntax.Pos {
		at.Col = max(at.Col-len(prefix), 1)
		return place(at)
	}))
	fn, ok := f.Body[0].(*syntax.FunctionDef)
	if !ok || len(f.Body) != 1 || len(fn.Body) != 1 {
		p.fail(from, "%q is not a name with arguments", text)
	}
	return fn
}

// describe names what waits for an end, for messages.
func describe(e end) string {
	switch e.kind {
	case endLine:
		return "% end" + e.word
	case otherLine:
		return "% " + e.word
	case endTag:
		return "</%" + e.word + ">"
	}
	return "the end of the text"
}
