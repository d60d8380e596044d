package syntax

import "fmt"

// Limits on the shape of a tree, so that whoever walks it may recurse.
const (
	maxDepth = 600    // nesting of expressions
	freeRun  = 50     // links of a chain such as a+b+c that count for nothing
	maxRun   = 10_000 // links beyond those, of all chains in a statement
	maxElifs = 2_000
)

// A parser reads tokens into a tree by recursive descent. It panics with an
// *Error, which ParseFileFunc and ParseExprFunc recover.
type parser struct {
	file   string
	src    string // for the text of f"{x=}"
	tokens []token
	i      int // of the current token
	depth  int
	run    int
	fields int    // replacement fields we are in
	open   *Error // a bracket that nothing closes
}

// tok returns the current token.
func (p *parser) tok() *token { return &p.tokens[p.i] }

// ahead returns the token n places after the current one.
func (p *parser) ahead(n int) *token { return &p.tokens[min(p.i+n, len(p.tokens)-1)] }

// next returns the current token and moves past it.
func (p *parser) next() *token {
	t := p.tok()
	if p.i < len(p.tokens)-1 {
		p.i++
	}
	return t
}

// is reports whether the current token is the keyword or operator s.
func (p *parser) is(s string) bool { return p.tok().is(s) }

// accept moves past the keyword or operator s if it is next.
func (p *parser) accept(s string) bool {
	if p.is(s) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(s string) {
	if !p.accept(s) {
		p.invalid()
	}
}

// identifier moves past a name and returns it.
func (p *parser) identifier() *token {
	if p.tok().kind != name {
		p.invalid()
	}
	return p.next()
}

// end returns where the last token ends that is more than white space.
func (p *parser) end() Pos {
	for i := p.i - 1; i >= 0; i-- {
		switch p.tokens[i].kind {
		case newline, indent, dedent:
		default:
			return p.tokens[i].to
		}
	}
	return p.tok().from
}

// span returns the span from a place to the end of what was read.
func (p *parser) span(from Pos) Span { return Span{from, p.end()} }

func (p *parser) fail(at Pos, format string, args ...any) {
	p.failAs("SyntaxError", at, format, args...)
}

func (p *parser) failAs(kind string, at Pos, format string, args ...any) {
	panic(&Error{File: p.file, Pos: at, Kind: kind, Msg: fmt.Sprintf(format, args...)})
}

// invalid reports that the current token does not fit.
func (p *parser) invalid() {
	t := p.tok()
	switch {
	case t.kind == indent:
		p.failAs("IndentationError", t.from, "unexpected indent")
	case p.fields > 0:
		p.fail(t.from, fieldSyntax)
	}
	p.fail(t.from, "invalid syntax")
}

// fieldSyntax is what invalid says in a replacement field, which says it better.
const fieldSyntax = "f-string: invalid syntax"

// enter counts a level of nesting; each call is followed by one of leave.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.fail(p.tok().from, "expression is nested too deeply")
	}
}

func (p *parser) leave() { p.depth-- }

// link counts the nth link of a chain of operators.
func (p *parser) link(n int) {
	if n <= freeRun {
		return
	}
	p.run++
	if p.run > maxRun {
		p.fail(p.tok().from, "expression is too long")
	}
}

// attempt runs f; if the text does not fit, it goes back to where it started
// and returns the error.
func (p *parser) attempt(f func()) (err *Error) {
	start := *p
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Error:
			*p = start
			err = e
		default:
			panic(e)
		}
	}()
	f()
	return nil
}

// startsExpr reports whether an expression can start with t.
func startsExpr(t *token) bool {
	switch t.kind {
	case name, number, text, fieldStart:
		return true
	case operator:
		switch t.text {
		case "(", "[", "{", "-", "+", "~", "...":
			return true
		}
	case keyword:
		switch t.text {
		case "None", "True", "False", "not", "lambda", "await":
			return true
		}
	}
	return false
}

// commas reads elements separated by commas, with or without a last comma,
// until one is followed by none or nothing starts that more accepts.
func commas[T any](p *parser, more func(*token) bool, element func() T) (list []T, trailing bool) {
	for {
		list = append(list, element())
		if !p.accept(",") {
			return list, false
		}
		if !more(p.tok()) {
			return list, true
		}
	}
}

// missingComma reports two neighbours in brackets; a is the first of them.
func (p *parser) missingComma(a Expr) {
	if startsExpr(p.tok()) && !p.is("not") {
		if _, isName := a.(*Name); isName && p.tok().kind == text {
			p.invalid()
		}
		p.fail(a.Start(), "invalid syntax. Perhaps you forgot a comma?")
	}
	p.invalid()
}
