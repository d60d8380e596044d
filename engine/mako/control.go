package mako

import (
	"strings"

	"colloquy/engine/python/syntax"
)

// continues lists, by keyword, the lines that may continue a control line.
var continues = map[string]string{
	"if": "elif else", "for": "else", "while": "else", "try": "except else finally", "with": "",
}

// controlLine reads the line whose percent sign stands at off i. A line that
// opens something is read with all it controls; any other is an end.
func (p *parser) controlLine(i int) (node, end) {
	e := end{from: i, head: i + 1}
	for e.head < len(p.text) && (p.text[e.head] == ' ' || p.text[e.head] == '\t') {
		e.head++
	}
	e.to = p.lineEnd(e.head)
	p.off = min(e.to+1, len(p.text))
	word := p.text[e.head:e.to]
	for j := range len(word) {
		if c := word[j]; c < 'a' || c > 'z' {
			word = word[:j]
			break
		}
	}
	e.word = word
	if opener, ok := strings.CutPrefix(word, "end"); ok && known(opener) {
		e.kind, e.word = endLine, opener
		return nil, e
	}
	switch word {
	case "elif", "else", "except", "finally":
		e.kind = otherLine
		return nil, e
	}
	if !known(word) {
		p.fail(e.head, "%% %s is not a control line of Mako", strings.TrimSpace(p.text[e.head:e.to]))
	}
	return p.control(e), e
}

func known(keyword string) bool {
	_, ok := continues[keyword]
	return ok
}

// lineEnd returns where the control line ends that begins at off; a backslash
// joins the next line to it.
func (p *parser) lineEnd(off int) int {
	for i := off; ; i++ {
		switch {
		case i >= len(p.text):
			return len(p.text)
		case strings.HasPrefix(p.text[i:], "\\\n"):
			i++
		case p.text[i] == '\n':
			return i
		}
	}
}

// control reads a control line's header and what it controls.
func (p *parser) control(open end) node {
	c := &controlNode{keyword: open.word}
	if open.word == "try" {
		c.header = p.header(open, "", "\n pass\nfinally: pass")
	} else {
		c.header = p.header(open, "", "\n pass")
	}
	var e end
	c.body, e = p.nodes()
	for e.kind == otherLine {
		if !strings.Contains(continues[c.keyword], e.word) {
			p.fail(e.from, "%% %s does not belong to %% %s", e.word, c.keyword)
		}
		b := branch{keyword: e.word}
		switch {
		case e.word == "except" || e.word == "finally":
			b.header = p.header(e, "try: pass\n", "\n pass")
		default:
			b.header = p.header(e, "if 1: pass\n", "\n pass")
		}
		b.body, e = p.nodes()
		c.branches = append(c.branches, b)
	}
	switch {
	case e.kind == atEnd:
		p.fail(open.from, "%% %s has no %% end%s", c.keyword, c.keyword)
	case e.kind != endLine:
		p.fail(e.from, "%s within %% %s, before its %% end%s", describe(e), c.keyword, c.keyword)
	case e.word != c.keyword:
		p.fail(e.from, "%% end%s does not match %% %s on line %d", e.word, c.keyword, p.pos(open.from).Line)
	}
	p.order(c)
	return c
}

// header reads the Python of a control line, within text that makes it whole.
func (p *parser) header(e end, before, after string) syntax.Stmt {
	text := p.text[e.head:e.to]
	place := p.within(e.head, e.to, strings.Count(before, "\n"))
	f := check(syntax.ParseFileFunc(p.src.Name, before+text+after, place))
	if len(f.Body) != 1 {
		p.fail(e.head, "a control line holds one statement")
	}
	p.part(f.Body[0])
	return f.Body[0]
}

// order checks that else and finally come where Python has them.
func (p *parser) order(c *controlNode) {
	rank := map[string]int{"elif": 1, "except": 1, "else": 2, "finally": 3}
	last := 0
	for _, b := range c.branches {
		r := rank[b.keyword]
		if r < last || r == last && r > 1 {
			panic(&syntax.Error{File: p.src.Name, Pos: b.header.Start(), Kind: "SyntaxError",
				Msg: "% " + b.keyword + " does not belong here"})
		}
		last = r
	}
	if c.keyword == "try" && (len(c.branches) == 0 || c.branches[0].keyword == "else") {
		panic(&syntax.Error{File: p.src.Name, Pos: c.header.Start(), Kind: "SyntaxError",
			Msg: "% try needs % except or % finally"})
	}
}
