package jinja

import (
	"fmt"
	"strings"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// Names of what a template needs to run. No author can write them.
const (
	attrName    = "<attr>"    // obj.name
	itemName    = "<item>"    // obj[key]
	varName     = "<var>"     // a variable that Python has a function for
	definedName = "<defined>" // whether a thunk has a value
	defaultName = "<default>" // a thunk's value, or another
	bodyName    = "<body>"    // what a filter block filters
	filterName  = "<filter "  // and the filter's name
	testName    = "<test "
)

// maxDepth is how deep expressions and statements may lie in each other.
const maxDepth = 120

// A parser reads one tag after the other.
type parser struct {
	file   string
	pieces []Piece
	next   int // the piece to be read next
	tokens []token
	i      int
	tag    *Piece // the tag being read
	depth  int
	needs  map[string]syntax.Pos // filters and tests, and where they are used first
	names  []string              // variables in order of their use
	seen   map[string]bool
}

func (p *parser) failAt(at syntax.Pos, format string, args ...any) {
	panic(&syntax.Error{File: p.file, Pos: at, Kind: "SyntaxError", Msg: fmt.Sprintf(format, args...)})
}

func (p *parser) tok() token { return p.tokens[p.i] }

func (p *parser) ahead() token { return p.tokens[min(p.i+1, len(p.tokens)-1)] }

func (p *parser) take() token {
	t := p.tokens[p.i]
	if t.kind != endToken {
		p.i++
	}
	return t
}

func (p *parser) accept(op string) bool {
	if p.tok().is(op) {
		p.i++
		return true
	}
	return false
}

func (p *parser) acceptWord(w string) bool {
	if p.tok().named(w) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(op string) {
	if !p.accept(op) {
		p.unexpected("%q", op)
	}
}

func (p *parser) expectWord(w string) {
	if !p.acceptWord(w) {
		p.unexpected("%q", w)
	}
}

func (p *parser) identifier(what string) token {
	if p.tok().kind != nameToken {
		p.unexpected("%s", what)
	}
	return p.take()
}

// unexpected says what was wanted in the place of the present token.
func (p *parser) unexpected(want string, args ...any) {
	t := p.tok()
	got := fmt.Sprintf("%q", t.text)
	if t.kind == endToken {
		got = "the end of the tag"
	}
	p.failAt(t.from, "expected %s, not %s", fmt.Sprintf(want, args...), got)
}

// done checks that the tag is over.
func (p *parser) done() {
	if p.tok().kind != endToken {
		p.unexpected("the end of the tag")
	}
}

func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.failAt(p.tok().from, "nested too deeply")
	}
}

func (p *parser) leave() { p.depth-- }

// span reaches from a place to the end of what was read last.
func (p *parser) span(from syntax.Pos) syntax.Span {
	if p.i == 0 {
		return syntax.Span{From: from, To: from}
	}
	return syntax.Span{From: from, To: p.tokens[p.i-1].to}
}

func (p *parser) name(id string, at syntax.Pos) *syntax.Name {
	return &syntax.Name{Span: p.span(at), ID: id}
}

func (p *parser) call(at syntax.Pos, fn string, args ...syntax.Expr) *syntax.Call {
	return &syntax.Call{Span: p.span(at), Func: p.name(fn, at), Args: args}
}

func (p *parser) constant(at syntax.Pos, v any) syntax.Expr {
	return &syntax.Constant{Span: p.span(at), Value: v}
}

// expression reads a conditional expression.
func (p *parser) expression() syntax.Expr {
	p.enter()
	defer p.leave()
	from := p.tok().from
	e := p.or()
	for p.acceptWord("if") {
		test := p.or()
		orelse := p.constant(from, "")
		if p.acceptWord("else") {
			orelse = p.expression()
		}
		e = &syntax.IfExp{Span: p.span(from), Test: test, Body: e, Orelse: orelse}
	}
	return e
}

// tuple reads expressions separated by commas; one alone is not a tuple.
func (p *parser) tuple(conditional bool) syntax.Expr {
	one := p.expression
	if !conditional {
		one = p.or
	}
	from := p.tok().from
	e := one()
	if !p.tok().is(",") {
		return e
	}
	elts := []syntax.Expr{e}
	for p.accept(",") {
		if !p.startsExpression() {
			break
		}
		elts = append(elts, one())
	}
	return &syntax.Tuple{Span: p.span(from), Elts: elts}
}

func (p *parser) startsExpression() bool {
	switch t := p.tok(); t.kind {
	case nameToken:
		return t.text != "in" && t.text != "if" && t.text != "recursive" && t.text != "else"
	case opToken:
		return strings.Contains("([{-+", t.text)
	case endToken:
		return false
	}
	return true
}

func (p *parser) or() syntax.Expr { return p.boolean("or", syntax.Or, p.and) }

func (p *parser) and() syntax.Expr { return p.boolean("and", syntax.And, p.not) }

func (p *parser) boolean(word string, op syntax.BoolOperator, operand func() syntax.Expr) syntax.Expr {
	from := p.tok().from
	first := operand()
	if !p.tok().named(word) {
		return first
	}
	values := []syntax.Expr{first}
	for p.acceptWord(word) {
		values = append(values, operand())
	}
	return &syntax.BoolOp{Span: p.span(from), Op: op, Values: values}
}

func (p *parser) not() syntax.Expr {
	from := p.tok().from
	if p.tok().named("not") && !p.ahead().named("in") {
		p.enter()
		defer p.leave()
		p.take()
		e := p.not()
		return &syntax.UnaryOp{Span: p.span(from), Op: syntax.Not, Operand: e}
	}
	return p.comparison()
}

var comparators = map[string]syntax.CmpOp{"==": syntax.Eq, "!=": syntax.NotEq, "<": syntax.Lt, "<=": syntax.LtE, ">": syntax.Gt, ">=": syntax.GtE}

func (p *parser) comparison() syntax.Expr {
	from := p.tok().from
	left := p.sum()
	c := &syntax.Compare{Left: left}
	for {
		t := p.tok()
		op, ok := comparators[t.text]
		switch {
		case t.kind == opToken && ok:
			p.take()
		case t.named("in"):
			p.take()
			op = syntax.In
		case t.named("not") && p.ahead().named("in"):
			p.i += 2
			op = syntax.NotIn
		default:
			if len(c.Ops) == 0 {
				return left
			}
			c.Span = p.span(from)
			return c
		}
		c.Ops = append(c.Ops, op)
		c.Comparators = append(c.Comparators, p.sum())
	}
}

// binary reads operands joined by operators of one rank.
func (p *parser) binary(ops map[string]syntax.Operator, operand func() syntax.Expr) syntax.Expr {
	from := p.tok().from
	left := operand()
	for n := 0; ; n++ {
		t := p.tok()
		op, ok := ops[t.text]
		if t.kind != opToken || !ok {
			return left
		}
		if n > 2000 {
			p.failAt(t.from, "the expression is too long")
		}
		p.take()
		right := operand()
		left = &syntax.BinOp{Span: p.span(from), Left: left, Op: op, Right: right}
	}
}

var (
	sums     = map[string]syntax.Operator{"+": syntax.Add, "-": syntax.Sub}
	products = map[string]syntax.Operator{"*": syntax.Mult, "/": syntax.Div, "//": syntax.FloorDiv, "%": syntax.Mod}
	powers   = map[string]syntax.Operator{"**": syntax.Pow}
)

func (p *parser) sum() syntax.Expr { return p.binary(sums, p.concatenation) }

// concatenation reads a ~ b ~ c, which is text.
func (p *parser) concatenation() syntax.Expr {
	from := p.tok().from
	first := p.product()
	if !p.tok().is("~") {
		return first
	}
	part := func(e syntax.Expr) syntax.Expr {
		return &syntax.FormattedValue{Span: syntax.Span{From: e.Start(), To: e.End()}, Value: e, Conversion: 's'}
	}
	s := &syntax.JoinedStr{Values: []syntax.Expr{part(first)}}
	for p.accept("~") {
		s.Values = append(s.Values, part(p.product()))
	}
	s.Span = p.span(from)
	return s
}

func (p *parser) product() syntax.Expr { return p.binary(products, p.power) }

func (p *parser) power() syntax.Expr {
	return p.binary(powers, func() syntax.Expr { return p.unary(true) })
}

func (p *parser) unary(filters bool) syntax.Expr {
	p.enter()
	defer p.leave()
	from := p.tok().from
	var e syntax.Expr
	switch {
	case p.accept("-"):
		e = p.unary(false)
		e = &syntax.UnaryOp{Span: p.span(from), Op: syntax.USub, Operand: e}
	case p.accept("+"):
		e = p.unary(false)
		e = &syntax.UnaryOp{Span: p.span(from), Op: syntax.UAdd, Operand: e}
	default:
		e = p.postfix(p.primary(), from)
	}
	if filters {
		e = p.filters(e, from)
	}
	return e
}

func (p *parser) primary() syntax.Expr {
	t := p.tok()
	switch t.kind {
	case nameToken:
		p.take()
		switch t.text {
		case "true", "True":
			return p.constant(t.from, true)
		case "false", "False":
			return p.constant(t.from, false)
		case "none", "None":
			return p.constant(t.from, nil)
		}
		return p.variable(t)
	case numberToken:
		p.take()
		return p.literal(t, t.text)
	case textToken:
		return p.text()
	case opToken:
		switch t.text {
		case "(":
			p.take()
			if p.accept(")") {
				return &syntax.Tuple{Span: p.span(t.from)}
			}
			e := p.tuple(true)
			p.expect(")")
			return e
		case "[":
			p.take()
			e := &syntax.List{Elts: p.items("]")}
			e.Span = p.span(t.from)
			return e
		case "{":
			p.take()
			return p.dict(t.from)
		}
	}
	p.unexpected("an expression")
	return nil
}

// resolvable are the builtins of the dialect that a template may use by name
// when the interview has no such variable.
var resolvable = map[string]bool{"range": true, "dict": true, "len": true, "str": true, "int": true, "float": true, "round": true,
	"abs": true, "min": true, "max": true, "sum": true, "sorted": true, "enumerate": true, "zip": true, "any": true, "all": true}

// variable is the use of a name: that of a builtin which templates do not have
// is a variable of the interview.
func (p *parser) variable(t token) syntax.Expr {
	if t.text == "" || strings.HasPrefix(t.text, "<") {
		p.unexpected("a name")
	}
	if !p.seen[t.text] {
		p.seen[t.text] = true
		p.names = append(p.names, t.text)
	}
	if syntax.IsKeyword(t.text) {
		p.failAt(t.from, "%q cannot be the name of a variable", t.text)
	}
	if _, builtin := python.LookupBuiltin(t.text); builtin && !resolvable[t.text] {
		return p.call(t.from, varName, p.constant(t.from, t.text))
	}
	return p.name(t.text, t.from)
}

// literal has Python read a number or a text.
func (p *parser) literal(t token, text string) syntax.Expr {
	e, err := syntax.ParseExprFunc(p.file, text, func(syntax.Pos) syntax.Pos { return t.from })
	if err != nil {
		panic(err)
	}
	c, ok := e.(*syntax.Constant)
	if !ok {
		p.failAt(t.from, "%s is neither a number nor a text", t.text)
	}
	return p.constant(t.from, c.Value)
}

// text reads one or more texts in quotation marks, which are one.
func (p *parser) text() syntax.Expr {
	first := p.tok()
	var b strings.Builder
	for p.tok().kind == textToken {
		t := p.take()
		c := p.literal(t, strings.ReplaceAll(t.text, "\n", `\n`)).(*syntax.Constant)
		s, ok := c.Value.(string)
		if !ok {
			p.failAt(t.from, "%s is not a text", t.text)
		}
		b.WriteString(s)
	}
	return p.constant(first.from, b.String())
}

// items reads expressions up to a closing bracket.
func (p *parser) items(closing string) []syntax.Expr {
	var list []syntax.Expr
	for !p.accept(closing) {
		if len(list) > 0 {
			p.expect(",")
			if p.accept(closing) {
				break
			}
		}
		list = append(list, p.expression())
	}
	return list
}

func (p *parser) dict(from syntax.Pos) syntax.Expr {
	d := &syntax.Dict{}
	for !p.accept("}") {
		if len(d.Keys) > 0 {
			p.expect(",")
			if p.accept("}") {
				break
			}
		}
		key := p.expression()
		p.expect(":")
		d.Keys, d.Values = append(d.Keys, key), append(d.Values, p.expression())
	}
	d.Span = p.span(from)
	return d
}

// postfix reads attributes, items and calls behind e.
func (p *parser) postfix(e syntax.Expr, from syntax.Pos) syntax.Expr {
	for n := 0; ; n++ {
		if n > 200 {
			p.failAt(p.tok().from, "the expression is too long")
		}
		switch {
		case p.accept("."):
			t := p.tok()
			switch t.kind {
			case nameToken:
				p.take()
				e = p.call(from, attrName, e, p.constant(t.from, t.text))
			case numberToken:
				p.take()
				e = p.call(from, itemName, e, p.literal(t, t.text))
			default:
				p.unexpected("the name of an attribute")
			}
		case p.accept("["):
			key := p.index()
			p.expect("]")
			if _, slice := key.(*syntax.Slice); slice {
				e = &syntax.Subscript{Span: p.span(from), Value: e, Slice: key}
			} else {
				e = p.call(from, itemName, e, key)
			}
		case p.tok().is("("):
			e = p.arguments(from, e)
		default:
			return e
		}
	}
}

// index reads what stands between the brackets of an item.
func (p *parser) index() syntax.Expr {
	from := p.tok().from
	part := func() syntax.Expr {
		if p.tok().is(":") || p.tok().is("]") {
			return nil
		}
		return p.expression()
	}
	var s syntax.Slice
	if !p.tok().is(":") {
		e := p.tuple(true)
		if !p.tok().is(":") {
			return e
		}
		s.Lower = e
	}
	p.expect(":")
	s.Upper = part()
	if p.accept(":") {
		s.Step = part()
	}
	s.Span = p.span(from)
	return &s
}

// arguments reads (a, b=c, *d, **e) and makes the call.
func (p *parser) arguments(from syntax.Pos, fn syntax.Expr) *syntax.Call {
	p.expect("(")
	c := &syntax.Call{Func: fn}
	for n := 0; !p.accept(")"); n++ {
		if n > 0 {
			p.expect(",")
			if p.accept(")") {
				break
			}
		}
		at := p.tok().from
		switch {
		case p.accept("*"):
			e := p.expression()
			c.Args = append(c.Args, &syntax.Starred{Span: p.span(at), Value: e})
		case p.accept("**"):
			e := p.expression()
			c.Keywords = append(c.Keywords, &syntax.Keyword{Span: p.span(at), Value: e})
		case p.tok().kind == nameToken && p.ahead().is("="):
			id := p.take().text
			p.take()
			e := p.expression()
			c.Keywords = append(c.Keywords, &syntax.Keyword{Span: p.span(at), Arg: id, Value: e})
		default:
			if len(c.Keywords) > 0 {
				p.failAt(at, "a plain argument cannot follow one with a name")
			}
			c.Args = append(c.Args, p.expression())
		}
	}
	c.Span = p.span(from)
	return c
}

// filters reads filters, tests and calls behind e.
func (p *parser) filters(e syntax.Expr, from syntax.Pos) syntax.Expr {
	for {
		switch {
		case p.accept("|"):
			e = p.filter(e, from)
		case p.acceptWord("is"):
			e = p.test(e, from)
		case p.tok().is("("):
			e = p.arguments(from, e)
		default:
			return e
		}
	}
}

// dotted reads the name of a filter or test.
func (p *parser) dotted(what string) token {
	t := p.identifier(what)
	for p.accept(".") {
		t.text += "." + p.identifier(what).text
	}
	return t
}

// filter reads the name and arguments of a filter and applies it.
func (p *parser) filter(e syntax.Expr, from syntax.Pos) syntax.Expr {
	t := p.dotted("the name of a filter")
	c := &syntax.Call{Func: p.name(filterName+t.text+">", t.from)}
	if p.tok().is("(") {
		c = p.arguments(from, c.Func)
	}
	if t.text == "default" || t.text == "d" {
		c.Func = p.name(defaultName, t.from)
		e = p.thunk(e)
	} else {
		p.need(filterName+t.text+">", t.from)
	}
	c.Args = append([]syntax.Expr{e}, c.Args...)
	c.Span = p.span(from)
	return c
}

// thunk is a function without arguments that gives e.
func (p *parser) thunk(e syntax.Expr) syntax.Expr {
	return &syntax.Lambda{Span: syntax.Span{From: e.Start(), To: e.End()}, Args: &syntax.Arguments{}, Body: e}
}

func (p *parser) need(what string, at syntax.Pos) {
	if _, ok := p.needs[what]; !ok {
		p.needs[what] = at
	}
}

// test reads what follows "is".
func (p *parser) test(e syntax.Expr, from syntax.Pos) syntax.Expr {
	negated := p.acceptWord("not")
	t := p.dotted("the name of a test")
	if t.text == "None" || t.text == "True" || t.text == "False" {
		t.text = strings.ToLower(t.text)
	}
	c := &syntax.Call{Func: p.name(testName+t.text+">", t.from)}
	switch next := p.tok(); {
	case next.is("("):
		c = p.arguments(from, c.Func)
	case next.kind == nameToken && !next.named("else") && !next.named("or") && !next.named("and") && !next.named("if") && !next.named("is") &&
		!next.named("not") && !next.named("in") && !next.named("recursive"), next.kind == textToken, next.kind == numberToken, next.is("["), next.is("{"):
		at := next.from
		c.Args = []syntax.Expr{p.postfix(p.primary(), at)}
	}
	switch t.text {
	case "defined", "undefined":
		c.Func, e = p.name(definedName, t.from), p.thunk(e)
		negated = negated != (t.text == "undefined")
	default:
		p.need(testName+t.text+">", t.from)
	}
	c.Args = append([]syntax.Expr{e}, c.Args...)
	c.Span = p.span(from)
	if negated {
		return &syntax.UnaryOp{Span: c.Span, Op: syntax.Not, Operand: c}
	}
	return c
}
