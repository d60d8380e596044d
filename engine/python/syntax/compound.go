package syntax

import "strings"

import "fmt"

// compound reads a statement that has a body; nil if none starts here.
func (p *parser) compound() Stmt {
	t := p.tok()
	if t.kind == name && t.text == "match" {
		return p.match()
	}
	if t.is("@") {
		return p.decorated()
	}
	if t.kind != keyword {
		return nil
	}
	switch t.text {
	case "if":
		return p.ifs()
	case "for":
		return p.forLoop()
	case "while":
		return p.while()
	case "try":
		return p.try()
	case "with":
		return p.with()
	case "def":
		return p.def(nil)
	case "class":
		return p.class(nil)
	case "async":
		p.async()
	}
	return nil
}

// async refuses asynchronous statements by name.
func (p *parser) async() {
	from := p.tok().from
	switch t := p.ahead(1); {
	case t.is("def"):
		p.fail(from, "async functions are not part of the dialect")
	case t.is("for"), t.is("with"):
		p.fail(from, "async %s is not part of the dialect", t.text)
	}
	p.invalid()
}

// body reads the colon and the block of a statement; what and at name the
// statement it belongs to, as in "'if' statement".
func (p *parser) body(what string, at Pos) []Stmt {
	if !p.accept(":") {
		p.missingColon()
	}
	return p.block(what, at)
}

// missingColon reports that a block's colon is not here.
func (p *parser) missingColon() {
	if p.tok().kind == newline {
		p.fail(p.tok().from, "expected ':'")
	}
	p.invalid()
}

// blockPlace is where a block is missed: at what stands in its place, or at the
// end of the last line.
func (p *parser) blockPlace() Pos {
	at, end := p.tok().from, p.tokens[len(p.tokens)-1].from
	if at == end && strings.HasSuffix(p.src, "\n") {
		at.Line--
	}
	return at
}

// block reads the statements of a body after its colon.
func (p *parser) block(what string, at Pos) []Stmt {
	if p.tok().kind != newline {
		return p.simpleLine(nil)
	}
	p.next()
	if p.tok().kind != indent {
		p.failAs("IndentationError", p.blockPlace(), "expected an indented block after %s on line %d", what, at.Line)
	}
	p.next()
	var body []Stmt
	for p.tok().kind != dedent {
		body = p.statement(body)
	}
	p.next()
	return body
}

// ifs reads if, its elifs and its else.
func (p *parser) ifs() Stmt {
	from := p.next().from
	first := &If{Test: p.named()}
	first.Body = p.body("'if' statement", from)
	chain := []*If{first}
	last := first
	for p.is("elif") {
		if len(chain) > maxElifs {
			p.fail(p.tok().from, "too many elif clauses")
		}
		at := p.next().from
		e := &If{Span: Span{From: at}, Test: p.named()}
		e.Body = p.body("'elif' statement", at)
		last.Orelse = []Stmt{e}
		chain = append(chain, e)
		last = e
	}
	last.Orelse = p.orelse()
	for _, s := range chain {
		s.To = p.end()
	}
	first.From = from
	return first
}

// orelse reads an else clause, if there is one.
func (p *parser) orelse() []Stmt {
	return p.clause("else")
}

// clause reads the body of a keyword that stands alone before its colon, if
// the keyword comes next.
func (p *parser) clause(word string) []Stmt {
	t := p.tok()
	if !p.accept(word) {
		return nil
	}
	if !p.accept(":") {
		p.fail(p.tok().from, "expected ':'")
	}
	return p.block(fmt.Sprintf("'%s' statement", word), t.from)
}

func (p *parser) forLoop() Stmt {
	from := p.next().from
	f := &For{Target: p.targets()}
	p.expect("in")
	f.Iter = p.list()
	f.Body = p.body("'for' statement", from)
	f.Orelse = p.orelse()
	f.Span = p.span(from)
	return f
}

func (p *parser) while() Stmt {
	from := p.next().from
	w := &While{Test: p.named()}
	w.Body = p.body("'while' statement", from)
	w.Orelse = p.orelse()
	w.Span = p.span(from)
	return w
}

// try reads try with its handlers and clauses.
func (p *parser) try() Stmt {
	t := &Try{}
	from := p.tok().from
	t.Body = p.clause("try")
	for p.is("except") {
		h, star := p.handler()
		if len(t.Handlers) > 0 && star != t.Star {
			p.fail(h.From, "cannot have both 'except' and 'except*' on the same 'try'")
		}
		if n := len(t.Handlers); n > 0 && t.Handlers[n-1].Type == nil {
			p.fail(t.Handlers[n-1].From, "default 'except:' must be last")
		}
		t.Star = star
		t.Handlers = append(t.Handlers, h)
	}
	if len(t.Handlers) > 0 {
		t.Orelse = p.orelse()
	}
	t.Finalbody = p.clause("finally")
	if len(t.Handlers) == 0 && t.Finalbody == nil {
		p.fail(p.tok().from, "expected 'except' or 'finally' block")
	}
	t.Span = p.span(from)
	return t
}

// handler reads one except clause.
func (p *parser) handler() (h *ExceptHandler, star bool) {
	h = &ExceptHandler{}
	from := p.next().from
	star = p.accept("*")
	what := "'except' statement"
	if star {
		what = "'except*' statement"
	}
	if star && (p.is(":") || p.tok().kind == newline) {
		p.fail(p.tok().from, "expected one or more exception types")
	}
	if !p.is(":") && p.tok().kind != newline {
		at := p.tok().from
		h.Type = p.expression()
		if p.is(",") {
			p.fail(at, "multiple exception types must be parenthesized")
		}
		if p.accept("as") {
			h.Name = p.identifier().text
		}
	}
	h.Body = p.body(what, from)
	h.Span = p.span(from)
	return h, star
}

// with reads a with statement, whose items may stand in parentheses.
func (p *parser) with() Stmt {
	w := &With{}
	from := p.next().from
	failed := p.attempt(func() { w.Items = p.parenthesizedItems() })
	if failed != nil {
		err := p.attempt(func() {
			var trailing bool
			w.Items, trailing = commas(p, startsExpr, p.withItem)
			if trailing || !p.is(":") {
				p.missingColon()
			}
		})
		if err != nil {
			panic(later(failed, err))
		}
	}
	w.Body = p.body("'with' statement", from)
	w.Span = p.span(from)
	return w
}

// later returns the error that is further on in the text.
func later(a, b *Error) *Error {
	if a.Line > b.Line || a.Line == b.Line && a.Col > b.Col {
		return a
	}
	return b
}

// parenthesizedItems reads with items in parentheses that end at the colon.
func (p *parser) parenthesizedItems() []*WithItem {
	p.expect("(")
	items, _ := commas(p, startsExpr, p.withItem)
	p.expect(")")
	if !p.is(":") {
		p.invalid()
	}
	return items
}

func (p *parser) withItem() *WithItem {
	from := p.tok().from
	w := &WithItem{ContextExpr: p.expression()}
	if p.accept("as") {
		w.OptionalVars = p.starred(func() Expr { return p.binary(0) })
		p.assignable(w.OptionalVars, "assign to", "")
	}
	w.Span = p.span(from)
	return w
}

// decorated reads decorators and the def or class below them.
func (p *parser) decorated() Stmt {
	var list []Expr
	for p.accept("@") {
		list = append(list, p.named())
		if p.tok().kind != newline {
			p.invalid()
		}
		p.next()
	}
	switch {
	case p.is("def"):
		return p.def(list)
	case p.is("class"):
		return p.class(list)
	case p.is("async"):
		p.async()
	}
	p.invalid()
	return nil
}

func (p *parser) def(decorators []Expr) Stmt {
	from := p.next().from
	t := p.identifier()
	f := &FunctionDef{Name: t.text, NamePos: t.from, DecoratorList: decorators}
	f.TypeParams = p.typeParams()
	if !p.accept("(") {
		p.fail(p.tok().from, "expected '('")
	}
	f.Args = p.parameters(")", true)
	p.expect(")")
	if p.accept("->") {
		f.Returns = p.expression()
	}
	if !p.is(":") {
		p.fail(p.tok().from, "expected ':'")
	}
	f.Body = p.body("function definition", from)
	f.Span = p.span(from)
	return f
}

func (p *parser) class(decorators []Expr) Stmt {
	from := p.next().from
	t := p.identifier()
	c := &ClassDef{Name: t.text, NamePos: t.from, DecoratorList: decorators}
	c.TypeParams = p.typeParams()
	if p.accept("(") {
		c.Bases, c.Keywords = p.arguments()
	}
	if !p.is(":") {
		p.fail(p.tok().from, "expected ':'")
	}
	c.Body = p.body("class definition", from)
	c.Span = p.span(from)
	return c
}

// typeParams reads [T: bound, *Ts, **P], if it comes next.
func (p *parser) typeParams() []*TypeParam {
	if !p.accept("[") {
		return nil
	}
	if p.is("]") {
		p.fail(p.tok().from, "Type parameter list cannot be empty")
	}
	more := func(t *token) bool { return t.kind == name || t.is("*") || t.is("**") }
	list, _ := commas(p, more, p.typeParam)
	p.expect("]")
	return list
}

func (p *parser) typeParam() *TypeParam {
	t := &TypeParam{}
	from := p.tok().from
	switch {
	case p.accept("*"):
		t.Kind = TypeVarTuple
	case p.accept("**"):
		t.Kind = ParamSpec
	}
	t.Name = p.identifier().text
	if t.Kind == TypeVar && p.accept(":") {
		t.Bound = p.expression()
	}
	t.Span = p.span(from)
	return t
}
