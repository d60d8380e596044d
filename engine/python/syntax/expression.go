package syntax

// expression reads a conditional expression or anything that binds tighter.
func (p *parser) expression() Expr {
	p.enter()
	defer p.leave()
	if p.is("lambda") {
		return p.lambda()
	}
	from := p.tok().from
	body := p.or()
	if !p.accept("if") {
		return body
	}
	test := p.or()
	if !p.is("else") {
		if p.is(":") {
			p.invalid()
		}
		p.fail(from, "expected 'else' after 'if' expression")
	}
	p.next()
	orelse := p.expression()
	return &IfExp{p.span(from), test, body, orelse}
}

// lambda reads lambda parameters: expression.
func (p *parser) lambda() Expr {
	from := p.next().from
	args := p.parameters(":", false)
	p.expect(":")
	if k := p.tok().kind; p.fields > 0 && (k == fieldText || p.is("}")) {
		p.fail(from, "f-string: lambda expressions are not allowed without parentheses")
	}
	body := p.expression()
	return &Lambda{p.span(from), args, body}
}

// named reads an expression that may be name := value.
func (p *parser) named() Expr {
	from := p.tok().from
	if p.tok().kind == name && p.ahead(1).is(":=") {
		t := p.next()
		p.next()
		value := p.expression()
		return &NamedExpr{p.span(from), &Name{Span{t.from, t.to}, t.text}, value}
	}
	e := p.expression()
	switch {
	case p.is(":="):
		p.fail(e.Start(), "cannot use assignment expressions with %s", describe(e))
	case p.is("=") && p.fields == 0:
		p.notEquals(e)
	}
	return e
}

// notEquals reports "=" where a condition or a value was expected.
func (p *parser) notEquals(e Expr) {
	switch e := e.(type) {
	case *Name:
		p.fail(e.From, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
	case *List, *Tuple, *GeneratorExp, *BoolOp, *IfExp, *Lambda, *Compare:
		p.invalid()
	case *Constant:
		if _, isBool := e.Value.(bool); isBool || e.Value == nil {
			p.invalid()
		}
	}
	p.fail(e.Start(), "cannot assign to %s here. Maybe you meant '==' instead of '='?", describe(e))
}

func startsStarred(t *token) bool { return t.is("*") || startsExpr(t) }

// starred reads *bitor, or whatever other reads.
func (p *parser) starred(other func() Expr) Expr {
	if !p.is("*") {
		return other()
	}
	from := p.next().from
	value := p.binary(0)
	return &Starred{p.span(from), value}
}

// list reads one expression or, where commas follow, a tuple without
// parentheses; elements may be starred.
func (p *parser) list() Expr {
	from := p.tok().from
	first := p.starred(p.expression)
	if !p.accept(",") {
		if s, ok := first.(*Starred); ok {
			if p.is("=") {
				p.fail(s.From, "starred assignment target must be in a list or tuple")
			}
			p.fail(s.From, "can't use starred expression here")
		}
		return first
	}
	elts := []Expr{first}
	if startsStarred(p.tok()) {
		more, _ := commas(p, startsStarred, func() Expr { return p.starred(p.expression) })
		elts = append(elts, more...)
	}
	return &Tuple{p.span(from), elts}
}

// value reads what may stand to the right of an assignment.
func (p *parser) value() Expr {
	if p.is("yield") {
		return p.yield()
	}
	return p.list()
}

// yield reads yield, yield value or yield from iterable.
func (p *parser) yield() Expr {
	from := p.next().from
	if p.accept("from") {
		value := p.expression()
		return &YieldFrom{p.span(from), value}
	}
	if !startsStarred(p.tok()) {
		return &Yield{p.span(from), nil}
	}
	value := p.list()
	return &Yield{p.span(from), value}
}

func (p *parser) or() Expr { return p.boolean(Or, func() Expr { return p.boolean(And, p.not) }) }

// boolean reads operands of one of and, or.
func (p *parser) boolean(op BoolOperator, operand func() Expr) Expr {
	from := p.tok().from
	first := operand()
	if !p.is(op.String()) {
		return first
	}
	values := []Expr{first}
	for p.accept(op.String()) {
		values = append(values, operand())
	}
	return &BoolOp{p.span(from), op, values}
}

func (p *parser) not() Expr {
	if !p.is("not") {
		return p.comparison()
	}
	p.enter()
	defer p.leave()
	from := p.next().from
	operand := p.not()
	return &UnaryOp{p.span(from), Not, operand}
}

func (p *parser) comparison() Expr {
	from := p.tok().from
	left := p.binary(0)
	op, ok := p.comparator()
	if !ok {
		return left
	}
	c := &Compare{Left: left}
	for ok {
		c.Ops = append(c.Ops, op)
		c.Comparators = append(c.Comparators, p.binary(0))
		op, ok = p.comparator()
	}
	c.Span = p.span(from)
	return c
}

// comparator moves past a comparison operator, if there is one.
func (p *parser) comparator() (CmpOp, bool) {
	t := p.tok()
	if t.kind != operator && t.kind != keyword {
		return 0, false
	}
	switch t.text {
	case "==", "!=", "<", "<=", ">", ">=", "in":
		p.next()
		for i, s := range cmpText {
			if s == t.text {
				return CmpOp(i), true
			}
		}
	case "is":
		p.next()
		if p.accept("not") {
			return IsNot, true
		}
		return Is, true
	case "not":
		if p.ahead(1).is("in") {
			p.i += 2
			return NotIn, true
		}
	}
	return 0, false
}

// rank tells how tight a binary operator binds, from 0; -1 means that t is none.
func rank(t *token) int {
	if t.kind != operator {
		return -1
	}
	switch t.text {
	case "|":
		return 0
	case "^":
		return 1
	case "&":
		return 2
	case "<<", ">>":
		return 3
	case "+", "-":
		return 4
	case "*", "/", "//", "%", "@":
		return 5
	}
	return -1
}

// binary reads operands joined by operators of at least the given rank.
func (p *parser) binary(least int) Expr {
	from := p.tok().from
	left := p.unary()
	for n := 0; ; n++ {
		t := p.tok()
		r := rank(t)
		if r < least {
			return left
		}
		p.link(n)
		p.next()
		right := p.binary(r + 1)
		left = &BinOp{p.span(from), left, operatorOf(t.text), right}
	}
}

// operatorOf returns the operator written as s.
func operatorOf(s string) Operator {
	for i, o := range operatorText {
		if o == s {
			return Operator(i)
		}
	}
	panic("syntax: unknown operator " + s)
}

func (p *parser) unary() Expr {
	var op UnaryOperator
	switch {
	case p.is("-"):
		op = USub
	case p.is("+"):
		op = UAdd
	case p.is("~"):
		op = Invert
	default:
		return p.power()
	}
	p.enter()
	defer p.leave()
	from := p.next().from
	operand := p.unary()
	return &UnaryOp{p.span(from), op, operand}
}

func (p *parser) power() Expr {
	from := p.tok().from
	if p.is("await") {
		p.fail(from, "await is not part of the dialect")
	}
	left := p.primary()
	if !p.accept("**") {
		return left
	}
	p.enter()
	defer p.leave()
	right := p.unary()
	return &BinOp{p.span(from), left, Pow, right}
}

// primary reads an atom with its calls, attributes and subscripts.
func (p *parser) primary() Expr {
	from := p.tok().from
	e := p.atom()
	for n := 0; ; n++ {
		switch {
		case p.is("."):
			p.next()
			t := p.identifier()
			e = &Attribute{p.span(from), e, t.text}
		case p.is("("):
			p.next()
			args, keywords := p.arguments()
			e = &Call{p.span(from), e, args, keywords}
		case p.is("["):
			p.next()
			index := p.indices()
			p.expect("]")
			e = &Subscript{p.span(from), e, index}
		default:
			return e
		}
		p.link(n)
	}
}

// indices reads what stands between the brackets of a subscript.
func (p *parser) indices() Expr {
	from := p.tok().from
	first := p.starred(p.slice)
	if _, star := first.(*Starred); !star && !p.is(",") {
		if !p.is("]") {
			p.missingComma(first)
		}
		return first
	}
	elts := []Expr{first}
	more := func(t *token) bool { return t.is(":") || startsStarred(t) }
	if p.accept(",") && more(p.tok()) {
		rest, _ := commas(p, more, func() Expr { return p.starred(p.slice) })
		elts = append(elts, rest...)
	}
	return &Tuple{p.span(from), elts}
}

// slice reads an index or lower:upper:step.
func (p *parser) slice() Expr {
	from := p.tok().from
	part := func() Expr {
		if p.is(":") || p.is(",") || p.is("]") {
			return nil
		}
		return p.expression()
	}
	var s Slice
	if !p.is(":") {
		s.Lower = p.named()
		_, walrus := s.Lower.(*NamedExpr)
		if walrus && s.Lower.Start() == from || !p.is(":") {
			return s.Lower
		}
	}
	p.expect(":")
	s.Upper = part()
	if p.accept(":") {
		s.Step = part()
	}
	s.Span = p.span(from)
	return &s
}
