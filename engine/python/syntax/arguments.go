package syntax

// arguments reads the arguments of a call and its closing parenthesis.
func (p *parser) arguments() ([]Expr, []*Keyword) {
	p.enter()
	defer p.leave()
	open := p.end()
	var args []Expr
	var keywords []*Keyword
	var last Expr
	for !p.accept(")") {
		if last != nil {
			if !p.accept(",") {
				p.missingComma(last)
			}
			if p.accept(")") {
				break
			}
		}
		if k := p.keywordArgument(keywords); k != nil {
			keywords = append(keywords, k)
			last = k.Value
			continue
		}
		last = p.argument(keywords)
		if p.comprehends() {
			last = p.generator(last, open, len(args)+len(keywords) == 0)
		}
		args = append(args, last)
	}
	return args, keywords
}

// keywordArgument reads name=value or **value; nil if neither comes next.
func (p *parser) keywordArgument(before []*Keyword) *Keyword {
	t := p.tok()
	if p.accept("**") {
		value := p.expression()
		return &Keyword{p.span(t.from), "", value}
	}
	if !p.ahead(1).is("=") {
		return nil
	}
	if t.is("True") || t.is("False") || t.is("None") {
		p.fail(t.from, "cannot assign to %s", t.text)
	}
	if t.kind != name {
		return nil
	}
	for _, k := range before {
		if k.Arg == t.text {
			p.fail(t.from, "keyword argument repeated: %s", t.text)
		}
	}
	p.i += 2
	if p.is(",") || p.is(")") {
		p.fail(t.from, "expected argument value expression")
	}
	value := p.expression()
	if p.is("for") {
		p.fail(t.from, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
	}
	return &Keyword{p.span(t.from), t.text, value}
}

// argument reads a positional argument.
func (p *parser) argument(before []*Keyword) Expr {
	from := p.tok().from
	star := p.accept("*")
	var arg Expr
	if star {
		value := p.expression()
		arg = &Starred{p.span(from), value}
	} else {
		arg = p.positional()
	}
	for _, k := range before {
		switch {
		case star && k.Arg == "":
			p.fail(from, "iterable argument unpacking follows keyword argument unpacking")
		case !star && k.Arg == "":
			p.fail(from, "positional argument follows keyword argument unpacking")
		case !star:
			p.fail(from, "positional argument follows keyword argument")
		}
	}
	return arg
}

// positional is named with the message for "=" that fits a call.
func (p *parser) positional() Expr {
	if p.tok().kind == name && p.ahead(1).is(":=") {
		return p.named()
	}
	e := p.expression()
	if p.is("=") {
		p.fail(e.Start(), `expression cannot contain assignment, perhaps you meant "=="?`)
	}
	if p.is(":=") {
		p.fail(e.Start(), "cannot use assignment expressions with %s", describe(e))
	}
	return e
}

// generator reads the clauses of a generator expression that is an argument;
// alone it shares the parentheses of the call.
func (p *parser) generator(element Expr, open Pos, alone bool) Expr {
	gens := p.comprehension(element)
	if !alone || !p.is(")") {
		p.fail(element.Start(), "Generator expression must be parenthesized")
	}
	g := &GeneratorExp{Span{open, p.tok().to}, element, gens}
	g.From.Col-- // open is where the parenthesis ends
	return g
}

// parameters reads the parameters of a def or lambda, up to but without the
// closing token.
func (p *parser) parameters(closer string, annotated bool) *Arguments {
	r := &parameterReader{parser: p, annotated: annotated, args: &Arguments{}, seen: map[string]bool{}}
	from := p.tok().from
	for !p.is(closer) {
		r.one(closer)
		if !p.accept(",") {
			break
		}
	}
	if p.is(closer) {
		r.finish()
	} else {
		r.misplaced()
	}
	r.args.Span = Span{from, from}
	if len(r.seen) > 0 {
		r.args.Span = p.span(from)
	}
	return r.args
}

// A parameterReader remembers which markers of a parameter list were seen.
type parameterReader struct {
	*parser
	annotated bool
	args      *Arguments
	seen      map[string]bool
	slash     bool
	star      bool
	bare      *token // a * without a name and nothing behind it yet
}

// one reads one parameter or marker.
func (r *parameterReader) one(closer string) {
	t := r.tok()
	if r.args.Kwarg != nil {
		r.fail(t.from, "arguments cannot follow var-keyword argument")
	}
	switch {
	case r.accept("/"):
		r.positionalOnly(t)
	case r.accept("*"):
		r.variadic(t, closer)
	case r.accept("**"):
		r.args.Kwarg = r.name(false)
		if r.is("=") {
			r.fail(r.tok().from, "var-keyword argument cannot have default value")
		}
	default:
		r.plain()
	}
}

func (r *parameterReader) positionalOnly(t *token) {
	switch {
	case r.slash:
		r.fail(t.from, "/ may appear only once")
	case r.star:
		r.fail(t.from, "/ must be ahead of *")
	case len(r.args.Args) == 0:
		r.fail(t.from, "at least one argument must precede /")
	}
	r.slash = true
	r.args.Posonlyargs, r.args.Args = r.args.Args, nil
}

// variadic reads what follows a single star.
func (r *parameterReader) variadic(t *token, closer string) {
	if r.star {
		r.fail(t.from, "* argument may appear only once")
	}
	r.star = true
	if r.is(",") || r.is(closer) {
		r.bare = t
		return
	}
	r.args.Vararg = r.name(true)
	if r.is("=") {
		r.fail(r.tok().from, "var-positional argument cannot have default value")
	}
}

// plain reads a parameter that may have a default.
func (r *parameterReader) plain() {
	a := r.name(false)
	var value Expr
	if r.accept("=") {
		if r.is(",") || r.is(")") || r.is(":") {
			r.fail(r.tokens[r.i-1].from, "expected default value expression")
		}
		value = r.expression()
	}
	if r.star {
		r.bare = nil
		r.args.Kwonlyargs = append(r.args.Kwonlyargs, a)
		r.args.KwDefaults = append(r.args.KwDefaults, value)
		return
	}
	r.args.Args = append(r.args.Args, a)
	if value != nil {
		r.args.Defaults = append(r.args.Defaults, value)
	} else if len(r.args.Defaults) > 0 {
		r.fail(a.From, "parameter without a default follows parameter with a default")
	}
}

// name reads a parameter's name and, in a def, its annotation.
func (r *parameterReader) name(starred bool) *Arg {
	t := r.tok()
	if t.is("(") {
		if r.annotated {
			r.fail(t.from, "Function parameters cannot be parenthesized")
		}
		r.fail(t.from, "Lambda expression parameters cannot be parenthesized")
	}
	r.identifier()
	if r.seen[t.text] {
		r.fail(t.from, "duplicate argument '%s' in function definition", t.text)
	}
	r.seen[t.text] = true
	a := &Arg{Arg: t.text}
	if r.annotated && r.accept(":") {
		if starred {
			a.Annotation = r.starred(r.expression)
		} else {
			a.Annotation = r.expression()
		}
	}
	a.Span = r.span(t.from)
	return a
}

// finish checks what can only be told at the end.
func (r *parameterReader) finish() {
	if r.bare != nil {
		r.fail(r.bare.from, "named arguments must follow bare *")
	}
}

// misplaced reports what cannot be in a parameter list.
func (r *parameterReader) misplaced() { r.invalid() }
