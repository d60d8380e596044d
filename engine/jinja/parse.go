package jinja

import (
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
	"colloquy/engine/spelling"
)

// blockEnds lists, by statement, the words that end its parts.
var blockEnds = map[string][]string{
	"for": {"else", "endfor"}, "if": {"elif", "else", "endif"}, "macro": {"endmacro"}, "call": {"endcall"},
	"filter": {"endfilter"}, "with": {"endwith"}, "set": {"endset"}, "autoescape": {"endautoescape"},
}

// refused are the statements of Jinja that we do not have, and what to do.
var refused = map[string]string{
	"extends": "a template cannot be based on another here", "block": "a template cannot be based on another here",
	"endblock": "a template cannot be based on another here",
	"do":       "use {% set %}", "break": "put a condition in the for: {% for a in b if c %}", "continue": "put a condition in the for: {% for a in b if c %}",
	"trans": "call word()", "debug": "it shows answers",
}

var statements = []string{"for", "if", "elif", "else", "macro", "call", "filter", "with", "set", "include", "import", "from", "raw",
	"autoescape", "endfor", "endif", "endmacro", "endcall", "endfilter", "endwith", "endset", "endraw"}

// nodes reads up to a statement that is one of ends, and returns that word,
// "" at the end of the template. The tag of the statement is then being read,
// behind the word.
func (p *parser) nodes(ends []string) (list []node, end string) {
	p.enter()
	defer p.leave()
	for p.next < len(p.pieces) {
		piece := &p.pieces[p.next]
		p.next++
		if !piece.Tag {
			list = append(list, &textNode{piece})
			continue
		}
		p.open(piece)
		if len(piece.Text) > 1 && piece.Text[1] == '{' {
			e := p.tuple(true)
			p.done()
			list = append(list, &outputNode{p.compile(e), piece})
			continue
		}
		t := p.identifier("a statement")
		for _, w := range ends {
			if t.text == w {
				return list, w
			}
		}
		if n := p.statement(t); n != nil {
			list = append(list, n)
		}
	}
	return list, ""
}

// open begins to read a tag.
func (p *parser) open(piece *Piece) {
	p.tag = piece
	p.tokens, p.i = lex(p.file, piece.Text, piece.At), 0
}

// compile has Python compile an expression.
func (p *parser) compile(e syntax.Expr) *python.Code {
	code, err := python.CompileExpr(e, python.CompileOptions{Interview: true, File: p.file})
	if err != nil {
		panic(err)
	}
	return code
}

// body reads the inside of a statement that began at a place; the words that
// may end it are those of the statement.
func (p *parser) body(of string, at syntax.Pos, ends []string) ([]node, string) {
	list, end := p.nodes(ends)
	if end == "" {
		p.failAt(at, "{%% %s %%} has no {%% end%s %%}", of, of)
	}
	return list, end
}

// statement reads the rest of a statement, and its body.
func (p *parser) statement(t token) node {
	switch t.text {
	case "for":
		return p.forLoop(t)
	case "if":
		return p.conditional(t)
	case "set":
		return p.set(t)
	case "macro":
		return p.macro(t)
	case "call":
		return p.callBlock(t)
	case "filter":
		return p.filterBlock(t)
	case "with":
		return p.with(t)
	case "include", "import":
		return p.include(t)
	case "from":
		return p.fromImport(t)
	case "autoescape":
		p.expression()
		p.done()
		body, _ := p.body(t.text, t.from, blockEnds[t.text])
		return &withNode{body: body}
	}
	if why, ok := refused[t.text]; ok {
		p.failAt(t.from, "{%% %s %%} is not part of our templates: %s", t.text, why)
	}
	for of, ends := range blockEnds {
		for _, w := range ends {
			if w == t.text && w != "else" {
				p.failAt(t.from, "{%% %s %%} without a matching {%% %s %%}", t.text, of)
			}
		}
	}
	if t.text == "else" {
		p.failAt(t.from, "{%% else %%} without a matching {%% if %%} or {%% for %%}")
	}
	if near, ok := spelling.Nearest(t.text, statements); ok {
		p.failAt(t.from, "there is no statement %q; did you mean %q?", t.text, near)
	}
	p.failAt(t.from, "there is no statement %q", t.text)
	return nil
}

// target reads what is assigned to.
func (p *parser) target(attributes bool) *target {
	first := p.oneTarget(attributes)
	if !p.tok().is(",") {
		return first
	}
	t := &target{parts: []*target{first}}
	for p.accept(",") {
		if p.tok().kind != nameToken && !p.tok().is("(") || p.tok().named("in") {
			break
		}
		t.parts = append(t.parts, p.oneTarget(attributes))
	}
	return t
}

func (p *parser) oneTarget(attributes bool) *target {
	if p.accept("(") {
		t := p.target(false)
		p.expect(")")
		return t
	}
	id := p.identifier("a name")
	if syntax.IsKeyword(id.text) {
		p.failAt(id.from, "%q cannot be assigned to", id.text)
	}
	t := &target{name: id.text}
	if attributes && p.accept(".") {
		t.attr = p.identifier("the name of an attribute").text
	}
	return t
}

func (p *parser) forLoop(t token) node {
	n := &forNode{target: p.target(false)}
	p.expectWord("in")
	n.iter = p.compile(p.tuple(false))
	if p.acceptWord("if") {
		n.filter = p.compile(p.expression())
	}
	n.recursive = p.acceptWord("recursive")
	p.done()
	var end string
	n.body, end = p.body("for", t.from, blockEnds["for"])
	if end == "else" {
		p.done()
		n.orelse, _ = p.body("for", t.from, []string{"endfor"})
	}
	p.done()
	return n
}

func (p *parser) conditional(t token) node {
	n := &ifNode{}
	for end := "elif"; end == "elif"; {
		n.tests = append(n.tests, p.compile(p.tuple(true)))
		p.done()
		var body []node
		body, end = p.body("if", t.from, blockEnds["if"])
		n.bodies = append(n.bodies, body)
		if end == "else" {
			p.done()
			body, end = p.body("if", t.from, []string{"endif"})
			n.bodies = append(n.bodies, body)
		}
	}
	p.done()
	return n
}

func (p *parser) set(t token) node {
	n := &setNode{target: p.target(true)}
	if p.accept("=") {
		n.code = p.compile(p.tuple(true))
		p.done()
		return n
	}
	n.block = true
	at := p.tok().from
	e := p.filters(p.name(bodyName, at), at)
	p.done()
	n.code = p.compile(e)
	n.body, _ = p.body("set", t.from, blockEnds["set"])
	p.done()
	return n
}

// signature reads the parameters of a macro.
func (p *parser) signature(m *macro) {
	p.expect("(")
	for n := 0; !p.accept(")"); n++ {
		if n > 0 {
			p.expect(",")
			if p.accept(")") {
				return
			}
		}
		id := p.identifier("the name of a parameter")
		m.params = append(m.params, id.text)
		var def *python.Code
		if p.accept("=") {
			def = p.compile(p.expression())
		} else if k := len(m.defaults); k > 0 && m.defaults[k-1] != nil {
			p.failAt(id.from, "a parameter without a default cannot follow one with a default")
		}
		m.defaults = append(m.defaults, def)
	}
}

// macroBody reads the inside of a macro and notes what it uses.
func (p *parser) macroBody(m *macro, of string, at syntax.Pos) {
	outer := p.seen
	p.seen = map[string]bool{}
	m.body, _ = p.body(of, at, blockEnds[of])
	m.varargs, m.kwargs = p.seen["varargs"], p.seen["kwargs"]
	for w := range p.seen {
		outer[w] = true
	}
	p.seen = outer
	if p.tok().kind == nameToken { // {% endmacro name %}
		p.take()
	}
	p.done()
}

func (p *parser) macro(t token) node {
	m := &macro{name: p.identifier("the name of the macro").text}
	p.signature(m)
	p.done()
	p.macroBody(m, "macro", t.from)
	return &macroNode{m}
}

func (p *parser) callBlock(t token) node {
	n := &callNode{body: &macro{name: "caller"}, piece: p.tag}
	if p.tok().is("(") {
		p.signature(n.body)
	}
	e := p.expression()
	c, ok := e.(*syntax.Call)
	if id, plain := callee(c, ok); plain && id[0] == '<' && id != attrName && id != itemName {
		ok = false
	}
	if !ok {
		p.failAt(t.from, "{%% call %%} needs the call of a macro")
	}
	c.Keywords = append(c.Keywords, &syntax.Keyword{Span: c.Span, Arg: "caller", Value: &syntax.Name{Span: c.Span, ID: bodyName}})
	n.code = p.compile(c)
	p.done()
	p.macroBody(n.body, "call", t.from)
	return n
}

// callee is the name that is called.
func callee(c *syntax.Call, ok bool) (string, bool) {
	if !ok {
		return "", false
	}
	n, ok := c.Func.(*syntax.Name)
	if !ok {
		return "", false
	}
	return n.ID, true
}

func (p *parser) filterBlock(t token) node {
	n := &filterNode{piece: p.tag}
	e := p.filters(p.filter(p.name(bodyName, t.from), t.from), t.from)
	p.done()
	n.code = p.compile(e)
	n.body, _ = p.body("filter", t.from, blockEnds["filter"])
	p.done()
	return n
}

func (p *parser) with(t token) node {
	n := &withNode{}
	for p.tok().kind != endToken {
		if len(n.targets) > 0 {
			p.expect(",")
		}
		n.targets = append(n.targets, p.oneTarget(false))
		p.expect("=")
		n.values = append(n.values, p.compile(p.expression()))
	}
	n.body, _ = p.body("with", t.from, blockEnds["with"])
	p.done()
	return n
}

func (p *parser) include(t token) node {
	n := &includeNode{at: t.from, imports: t.text == "import"}
	n.code = p.compile(p.expression())
	if n.imports {
		n.alone = true
		p.expectWord("as")
		n.as = p.identifier("a name").text
	} else if p.tok().named("ignore") && p.ahead().named("missing") {
		p.i += 2
		n.ignore = true
	}
	p.context(n)
	p.done()
	return n
}

// context reads with context or without context.
func (p *parser) context(n *includeNode) {
	if (p.tok().named("with") || p.tok().named("without")) && p.ahead().named("context") {
		n.alone = p.take().text == "without"
		p.take()
	}
}

func (p *parser) fromImport(t token) node {
	n := &includeNode{at: t.from, imports: true, alone: true}
	n.code = p.compile(p.expression())
	p.expectWord("import")
	for {
		id := p.identifier("a name").text
		pair := [2]string{id, id}
		if p.acceptWord("as") {
			pair[1] = p.identifier("a name").text
		}
		n.names = append(n.names, pair)
		if !p.accept(",") || p.tok().kind == endToken {
			break
		}
	}
	p.context(n)
	p.done()
	return n
}
