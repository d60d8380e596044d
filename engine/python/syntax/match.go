package syntax

// match reads a match statement; nil if match is only a name here.
func (p *parser) match() Stmt {
	m := &Match{}
	start := p.i
	from := p.tok().from
	header := p.attempt(func() {
		p.next()
		if !startsStarred(p.tok()) {
			p.invalid()
		}
		m.Subject = p.subject()
		p.expect(":")
		if p.tok().kind != newline {
			p.invalid()
		}
		p.next()
	})
	if header != nil {
		return nil
	}
	if p.tok().kind != indent {
		if startsStarred(&p.tokens[start+1]) && !p.tokens[start+1].is("(") && !p.tokens[start+1].is("[") {
			p.failAs("IndentationError", p.blockPlace(), "expected an indented block after 'match' statement on line %d", from.Line)
		}
		p.i = start
		return nil
	}
	p.next()
	if !p.tok().soft("case") {
		p.invalid()
	}
	for p.tok().soft("case") {
		m.Cases = append(m.Cases, p.matchCase())
	}
	if p.tok().kind != dedent {
		p.invalid()
	}
	p.next()
	m.Span = p.span(from)
	return m
}

// subject reads what is matched.
func (p *parser) subject() Expr {
	from := p.tok().from
	first := p.starred(p.named)
	if !p.accept(",") {
		if _, ok := first.(*Starred); ok {
			p.invalid()
		}
		return first
	}
	elts := []Expr{first}
	if startsStarred(p.tok()) {
		more, _ := commas(p, startsStarred, func() Expr { return p.starred(p.named) })
		elts = append(elts, more...)
	}
	return &Tuple{p.span(from), elts}
}

func (p *parser) matchCase() *MatchCase {
	c := &MatchCase{}
	from := p.next().from
	c.Pattern = p.openPattern()
	if p.accept("if") {
		c.Guard = p.named()
	}
	c.Body = p.body("'case' statement", from)
	c.Span = p.span(from)
	return c
}

// openPattern reads a pattern that may be a sequence without brackets.
func (p *parser) openPattern() Pattern {
	from := p.tok().from
	first := p.starPattern()
	if !p.accept(",") {
		if _, ok := first.(*MatchStar); ok {
			p.invalid()
		}
		return first
	}
	list := []Pattern{first}
	more := func(t *token) bool { return !t.is(":") && !t.is("if") }
	if more(p.tok()) {
		rest, _ := commas(p, more, p.starPattern)
		list = append(list, rest...)
	}
	return p.sequence(p.span(from), list)
}

// sequence checks and makes a sequence pattern.
func (p *parser) sequence(at Span, list []Pattern) Pattern {
	stars := 0
	for _, x := range list {
		if _, ok := x.(*MatchStar); ok {
			if stars++; stars > 1 {
				p.fail(at.From, "multiple starred names in sequence pattern")
			}
		}
	}
	return &MatchSequence{at, list}
}

func (p *parser) starPattern() Pattern {
	from := p.tok().from
	if !p.accept("*") {
		return p.pattern()
	}
	t := p.identifier()
	n := t.text
	if n == "_" {
		n = ""
	}
	return &MatchStar{p.span(from), n}
}

// pattern reads alternatives and the name they are bound to.
func (p *parser) pattern() Pattern {
	p.enter()
	defer p.leave()
	from := p.tok().from
	x := p.closedPattern()
	if p.is("|") {
		list := []Pattern{x}
		for p.accept("|") {
			list = append(list, p.closedPattern())
		}
		x = &MatchOr{p.span(from), list}
	}
	if !p.accept("as") {
		return x
	}
	t := p.tok()
	switch {
	case t.soft("_"):
		p.fail(t.from, "cannot use '_' as a target")
	case t.kind != name:
		p.fail(t.from, "invalid pattern target")
	}
	p.next()
	return &MatchAs{p.span(from), x, t.text}
}

// closedPattern reads a pattern that needs no brackets around it.
func (p *parser) closedPattern() Pattern {
	t := p.tok()
	switch {
	case t.is("None"), t.is("True"), t.is("False"):
		c := p.atom().(*Constant)
		return &MatchSingleton{c.Span, c.Value}
	case t.kind == number, t.is("-"):
		v := p.numberPattern()
		return &MatchValue{p.span(t.from), v}
	case t.kind == text:
		v := p.strings()
		return &MatchValue{p.span(t.from), v}
	case t.kind == fieldStart:
		p.fail(t.from, "patterns may only match literals and attribute lookups")
	case t.kind == name:
		return p.namePattern()
	case t.is("("):
		return p.groupPattern()
	case t.is("["):
		p.next()
		list := p.patternList("]")
		return p.sequence(p.span(t.from), list)
	case t.is("{"):
		return p.mappingPattern()
	}
	p.invalid()
	return nil
}

// numberPattern reads a number: signed, or complex as real + imaginary.
func (p *parser) numberPattern() Expr {
	from := p.tok().from
	left := p.signedNumber()
	if !p.is("+") && !p.is("-") {
		return left
	}
	op := operatorOf(p.next().text)
	t := p.tok()
	c, ok := t.val.(complex128)
	if t.kind != number || !ok {
		p.fail(t.from, "imaginary number required in complex literal")
	}
	p.next()
	return &BinOp{p.span(from), left, op, &Constant{Span{t.from, t.to}, c}}
}

func (p *parser) signedNumber() Expr {
	from := p.tok().from
	minus := p.accept("-")
	t := p.tok()
	if t.kind != number {
		p.invalid()
	}
	p.next()
	c := &Constant{Span{t.from, t.to}, t.val}
	if !minus {
		return c
	}
	return &UnaryOp{p.span(from), USub, c}
}

// namePattern reads a capture, a wildcard, a dotted value or a class pattern.
func (p *parser) namePattern() Pattern {
	t := p.next()
	var e Expr = &Name{Span{t.from, t.to}, t.text}
	if !p.is(".") && !p.is("(") {
		n := t.text
		if n == "_" {
			n = ""
		}
		return &MatchAs{Span{t.from, t.to}, nil, n}
	}
	for n := 0; p.accept("."); n++ {
		p.link(n)
		a := p.identifier()
		e = &Attribute{p.span(t.from), e, a.text}
	}
	if p.accept("(") {
		return p.classPattern(t.from, e)
	}
	return &MatchValue{p.span(t.from), e}
}

// groupPattern reads a pattern or a sequence in parentheses.
func (p *parser) groupPattern() Pattern {
	from := p.next().from
	if p.accept(")") {
		return &MatchSequence{p.span(from), nil}
	}
	first := p.starPattern()
	if _, star := first.(*MatchStar); !star && p.accept(")") {
		return first
	}
	list := []Pattern{first}
	p.expect(",")
	list = append(list, p.patternList(")")...)
	return p.sequence(p.span(from), list)
}

// patternList reads patterns up to a closing bracket.
func (p *parser) patternList(closer string) []Pattern {
	if p.accept(closer) {
		return nil
	}
	list, _ := commas(p, func(t *token) bool { return !t.is(closer) }, p.starPattern)
	p.expect(closer)
	return list
}

func (p *parser) mappingPattern() Pattern {
	m := &MatchMapping{}
	from := p.next().from
	for !p.accept("}") {
		if m.Rest != "" {
			p.invalid()
		}
		if p.accept("**") {
			if p.tok().soft("_") {
				p.invalid()
			}
			m.Rest = p.identifier().text
		} else {
			m.Keys = append(m.Keys, p.mappingKey())
			p.expect(":")
			m.Patterns = append(m.Patterns, p.pattern())
		}
		if !p.accept(",") && !p.is("}") {
			p.invalid()
		}
	}
	m.Span = p.span(from)
	return m
}

// mappingKey reads a literal or a dotted name.
func (p *parser) mappingKey() Expr {
	switch x := p.closedPattern().(type) {
	case *MatchValue:
		return x.Value
	case *MatchSingleton:
		return &Constant{x.Span, x.Value}
	default:
		p.fail(x.Start(), "mapping pattern keys may only match literals and attribute lookups")
	}
	return nil
}

// classPattern reads the arguments of a class pattern after its parenthesis.
func (p *parser) classPattern(from Pos, cls Expr) Pattern {
	m := &MatchClass{Cls: cls}
	seen := map[string]bool{}
	for !p.accept(")") {
		t := p.tok()
		switch {
		case t.kind == name && p.ahead(1).is("="):
			if seen[t.text] {
				p.fail(t.from, "attribute name repeated in class pattern: %s", t.text)
			}
			seen[t.text] = true
			p.i += 2
			m.KwdAttrs = append(m.KwdAttrs, t.text)
			m.KwdPatterns = append(m.KwdPatterns, p.pattern())
		case len(m.KwdAttrs) > 0:
			p.fail(t.from, "positional patterns follow keyword patterns")
		default:
			m.Patterns = append(m.Patterns, p.pattern())
		}
		if !p.accept(",") && !p.is(")") {
			p.invalid()
		}
	}
	m.Span = p.span(from)
	return m
}
