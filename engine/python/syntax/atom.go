package syntax

// atom reads the smallest parts of an expression.
func (p *parser) atom() Expr {
	t := p.tok()
	at := Span{t.from, t.to}
	switch t.kind {
	case name:
		p.next()
		return &Name{at, t.text}
	case number:
		p.next()
		return &Constant{at, t.val}
	case text, fieldStart:
		return p.strings()
	case keyword:
		switch t.text {
		case "None":
			p.next()
			return &Constant{at, nil}
		case "True", "False":
			p.next()
			return &Constant{at, t.text == "True"}
		}
	case operator:
		switch t.text {
		case "(":
			return p.parens()
		case "[":
			return p.brackets()
		case "{":
			return p.braces()
		case "...":
			p.next()
			return &Constant{at, Ellipsis{}}
		}
	}
	p.invalid()
	return nil
}

// parens reads a group, a tuple or a generator expression.
func (p *parser) parens() Expr {
	p.enter()
	defer p.leave()
	from := p.next().from
	if p.accept(")") {
		return &Tuple{p.span(from), nil}
	}
	if p.is("yield") {
		e := p.yield()
		p.expect(")")
		return e
	}
	first := p.starred(p.named)
	if p.comprehends() {
		gens := p.comprehension(first)
		p.expect(")")
		return &GeneratorExp{p.span(from), first, gens}
	}
	if p.accept(")") {
		if s, ok := first.(*Starred); ok {
			p.fail(s.From, "cannot use starred expression here")
		}
		return first
	}
	elts := p.elements(first, ")")
	return &Tuple{p.span(from), elts}
}

// elements reads the rest of a display up to its closing bracket.
func (p *parser) elements(first Expr, closer string) []Expr {
	elts := []Expr{first}
	last := first
	for !p.accept(closer) {
		if !p.accept(",") {
			if len(elts) > 1 && p.comprehends() {
				p.fail(first.Start(), "did you forget parentheses around the comprehension target?")
			}
			p.missingComma(last)
		}
		if p.accept(closer) {
			break
		}
		last = p.starred(p.named)
		elts = append(elts, last)
	}
	return elts
}

// brackets reads a list or list comprehension.
func (p *parser) brackets() Expr {
	p.enter()
	defer p.leave()
	from := p.next().from
	if p.accept("]") {
		return &List{p.span(from), nil}
	}
	first := p.starred(p.named)
	if p.comprehends() {
		gens := p.comprehension(first)
		p.expect("]")
		return &ListComp{p.span(from), first, gens}
	}
	elts := p.elements(first, "]")
	return &List{p.span(from), elts}
}

// braces reads a dict, a set or a comprehension of either.
func (p *parser) braces() Expr {
	p.enter()
	defer p.leave()
	from := p.next().from
	if p.accept("}") {
		return &Dict{Span: p.span(from)}
	}
	if p.is("**") {
		return p.dict(from, nil)
	}
	bare := p.tok().from
	first := p.starred(p.named)
	if p.is(":") {
		if _, walrus := first.(*NamedExpr); walrus && first.Start() == bare {
			p.invalid()
		}
		return p.dict(from, first)
	}
	if p.comprehends() {
		gens := p.comprehension(first)
		p.expect("}")
		return &SetComp{p.span(from), first, gens}
	}
	elts := p.elements(first, "}")
	return &Set{p.span(from), elts}
}

// dict reads a dict whose first key, if any, was read already.
func (p *parser) dict(from Pos, key Expr) Expr {
	if _, star := key.(*Starred); star {
		p.invalid()
	}
	d := &Dict{}
	for {
		if key == nil && !p.is("**") {
			key = p.expression()
		}
		value := p.entry(key)
		if p.comprehends() {
			if key == nil {
				p.fail(value.Start(), "dict unpacking cannot be used in dict comprehension")
			}
			if len(d.Keys) > 0 {
				p.invalid()
			}
			gens := p.comprehension(value)
			p.expect("}")
			return &DictComp{p.span(from), key, value, gens}
		}
		d.Keys, d.Values = append(d.Keys, key), append(d.Values, value)
		key = nil
		if p.accept(",") {
			if !p.accept("}") {
				continue
			}
		} else if !p.accept("}") {
			p.missingComma(value)
		}
		d.Span = p.span(from)
		return d
	}
}

// entry reads ": value" after a key, or "** value" where key is nil.
func (p *parser) entry(key Expr) Expr {
	if key == nil {
		p.expect("**")
		return p.binary(0)
	}
	if !p.is(":") {
		if p.is(",") || p.is("}") {
			p.fail(p.end(), "':' expected after dictionary key")
		}
		p.missingComma(key)
	}
	colon := p.next()
	switch {
	case p.is("}") || p.is(","):
		p.fail(colon.from, "expression expected after dictionary key and ':'")
	case p.is("*"):
		p.fail(p.tok().from, "cannot use a starred expression in a dictionary value")
	}
	return p.expression()
}

// comprehends reports whether a comprehension's for comes next.
func (p *parser) comprehends() bool {
	if p.is("async") {
		p.fail(p.tok().from, "async comprehensions are not part of the dialect")
	}
	return p.is("for")
}

// comprehension reads the for and if clauses after an element.
func (p *parser) comprehension(element Expr) []*Comprehension {
	if s, ok := element.(*Starred); ok {
		p.fail(s.From, "iterable unpacking cannot be used in comprehension")
	}
	var gens []*Comprehension
	for p.comprehends() {
		p.link(len(gens))
		g := &Comprehension{}
		from := p.next().from
		g.Target = p.targets()
		p.expect("in")
		g.Iter = p.or()
		for p.accept("if") {
			g.Ifs = append(g.Ifs, p.or())
		}
		g.Span = p.span(from)
		gens = append(gens, g)
	}
	return gens
}

// strings reads neighbouring string literals, which are one string.
func (p *parser) strings() Expr {
	from := p.tok().from
	first := p.tok()
	var parts []Expr
	formatted := false
	for p.tok().kind == text || p.tok().kind == fieldStart {
		t := p.tok()
		if t.kind == fieldStart {
			if isBytes(first.val) {
				p.fail(from, "cannot mix bytes and nonbytes literals")
			}
			formatted = true
			p.next()
			parts = append(parts, p.fieldParts()...)
			p.next() // fieldEnd
			continue
		}
		if isBytes(t.val) != isBytes(first.val) {
			p.fail(from, "cannot mix bytes and nonbytes literals")
		}
		parts = append(parts, &Constant{Span{t.from, t.to}, t.val})
		p.next()
	}
	if isBytes(first.val) {
		var all []byte
		for _, c := range parts {
			all = append(all, c.(*Constant).Value.([]byte)...)
		}
		return &Constant{p.span(from), all}
	}
	parts = joinText(parts)
	if formatted {
		return &JoinedStr{p.span(from), parts}
	}
	if len(parts) == 0 {
		return &Constant{p.span(from), ""}
	}
	c := parts[0].(*Constant)
	c.Span = p.span(from)
	return c
}

func isBytes(v any) bool {
	_, ok := v.([]byte)
	return ok
}

// joinText makes one Constant of neighbouring ones and drops empty ones.
func joinText(parts []Expr) []Expr {
	out := parts[:0]
	var last *Constant
	var pieces []string
	flush := func() {
		if len(pieces) > 1 {
			last.Value = concat(pieces)
		}
		if last != nil && last.Value == "" {
			out = out[:len(out)-1]
		}
		last, pieces = nil, nil
	}
	for _, e := range parts {
		c, ok := e.(*Constant)
		if !ok {
			flush()
			out = append(out, e)
			continue
		}
		if last == nil {
			last = c
			out = append(out, c)
		}
		last.To = c.To
		pieces = append(pieces, c.Value.(string))
	}
	flush()
	return out
}

func concat(pieces []string) string {
	n := 0
	for _, s := range pieces {
		n += len(s)
	}
	b := make([]byte, 0, n)
	for _, s := range pieces {
		b = append(b, s...)
	}
	return string(b)
}

// fieldParts reads the text and fields of an f-string or of a format
// specification, up to what ends it.
func (p *parser) fieldParts() []Expr {
	var parts []Expr
	for {
		t := p.tok()
		switch {
		case t.kind == fieldText:
			parts = append(parts, &Constant{Span{t.from, t.to}, t.val})
			p.next()
		case t.is("{"):
			parts = append(parts, p.field()...)
		default:
			return parts
		}
	}
}

// field reads one replacement field; with "=" the text of the expression comes
// before the value.
func (p *parser) field() []Expr {
	p.fields++
	defer func() { p.fields-- }()
	open := p.next()
	if p.is("}") || p.is("!") || p.is(":") || p.is("=") {
		p.fail(p.tok().from, "f-string: valid expression required before '%s'", p.tok().text)
	}
	if !startsStarred(p.tok()) && !p.is("yield") {
		p.fail(p.tok().from, "f-string: expecting a valid expression after '{'")
	}
	v := &FormattedValue{Value: p.fieldValue()}
	var before []Expr
	if p.is("=") {
		p.next()
		if !p.is("!") && !p.is(":") && !p.is("}") {
			p.fail(p.tok().from, "f-string: expecting '!', or ':', or '}'")
		}
		written := p.src[open.end:p.tok().off]
		before = append(before, &Constant{p.span(open.to), written})
	}
	p.conversion(v)
	if p.accept(":") {
		from := p.tok().from
		spec := &JoinedStr{Values: joinText(p.fieldParts())}
		spec.Span = p.span(from)
		v.FormatSpec = spec
	}
	if before != nil && v.Conversion == 0 && v.FormatSpec == nil {
		v.Conversion = 'r'
	}
	if !p.is("}") {
		if v.Conversion == 0 && v.FormatSpec == nil && before == nil && startsExpr(p.tok()) && p.tok().kind != text {
			p.oldCall(v.Value)
			p.missingComma(v.Value)
		}
		if v.Conversion != 0 && v.FormatSpec == nil {
			p.fail(p.tok().from, "f-string: expecting ':' or '}'")
		}
		p.fail(p.tok().from, "f-string: expecting '=', or '!', or ':', or '}'")
	}
	p.next()
	v.Span = p.span(open.from)
	return append(before, v)
}

// fieldValue reads the expression of a replacement field. Where it breaks off,
// the field is told what could have ended it.
func (p *parser) fieldValue() (value Expr) {
	err := p.attempt(func() { value = p.value() })
	if err == nil {
		return value
	}
	if err.Msg != fieldSyntax {
		panic(err)
	}
	begins := p.attempt(func() {
		for p.is("not") || p.is("-") || p.is("+") || p.is("~") || p.is("*") {
			p.i++
		}
		p.atom()
	})
	if begins != nil {
		p.fail(p.tok().from, "f-string: expecting a valid expression after '{'")
	}
	p.fail(p.tok().from, "f-string: expecting '=', or '!', or ':', or '}'")
	return nil
}

// conversion reads !s, !r or !a.
func (p *parser) conversion(v *FormattedValue) {
	bang := p.tok().to
	if !p.accept("!") {
		return
	}
	t := p.tok()
	if t.is("}") || t.is(":") {
		p.fail(t.from, "f-string: missing conversion character")
	}
	if t.from != bang {
		p.fail(t.from, "f-string: conversion type must come right after the exclamanation mark")
	}
	if t.kind != name {
		p.fail(t.from, "f-string: invalid conversion character")
	}
	if t.text != "s" && t.text != "r" && t.text != "a" {
		p.fail(t.from, "f-string: invalid conversion character '%s': expected 's', 'r', or 'a'", t.text)
	}
	v.Conversion = rune(t.text[0])
	p.next()
}
