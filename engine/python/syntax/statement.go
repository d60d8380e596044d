package syntax

// statement reads one compound statement, or one line of simple ones.
func (p *parser) statement(body []Stmt) []Stmt {
	p.run = 0
	if s := p.compound(); s != nil {
		return append(body, s)
	}
	return p.simpleLine(body)
}

// simpleLine reads statements separated by semicolons, up to the end of the line.
func (p *parser) simpleLine(body []Stmt) []Stmt {
	for {
		body = append(body, p.simple())
		if p.accept(";") && p.tok().kind != newline {
			continue
		}
		if p.tok().kind != newline {
			p.invalid()
		}
		p.next()
		return body
	}
}

// simple reads a statement that fits on a line.
func (p *parser) simple() Stmt {
	t := p.tok()
	if t.kind == keyword {
		switch t.text {
		case "return":
			return p.returns()
		case "import":
			return p.imports()
		case "from":
			return p.importFrom()
		case "raise":
			return p.raise()
		case "pass":
			p.next()
			return &Pass{p.span(t.from)}
		case "break":
			p.next()
			return &Break{p.span(t.from)}
		case "continue":
			p.next()
			return &Continue{p.span(t.from)}
		case "del":
			return p.del()
		case "assert":
			return p.assert()
		case "global":
			names := p.names()
			return &Global{p.span(t.from), names}
		case "nonlocal":
			names := p.names()
			return &Nonlocal{p.span(t.from), names}
		case "async":
			p.async()
		}
	}
	if t.soft("type") && p.ahead(1).kind == name && (p.ahead(2).is("=") || p.ahead(2).is("[")) {
		return p.typeAlias()
	}
	return p.assignment()
}

// assignment reads an expression, alone or as the start of an assignment.
func (p *parser) assignment() Stmt {
	from := p.tok().from
	first := p.value()
	switch t := p.tok(); {
	case t.is("="):
		return p.assign(from, first)
	case t.is(":"):
		return p.annotated(from, first)
	case t.is(":="):
		if _, ok := first.(*Name); !ok {
			p.fail(first.Start(), "cannot use assignment expressions with %s", describe(first))
		}
	case t.kind == operator && len(t.text) > 1 && t.text[len(t.text)-1] == '=' && !isComparison(t.text):
		return p.augmented(from, first)
	case t.kind != newline && !t.is(";"):
		p.oldStatement(first)
	}
	return &ExprStmt{p.span(from), first}
}

func isComparison(op string) bool { return op == "==" || op == "!=" || op == "<=" || op == ">=" }

// oldStatement reports print and exec as they were in Python 2.
func (p *parser) oldStatement(e Expr) {
	p.oldCall(e)
	p.invalid()
}

func (p *parser) oldCall(e Expr) {
	n, ok := e.(*Name)
	if ok && (n.ID == "print" || n.ID == "exec") && startsExpr(p.tok()) {
		p.fail(n.From, "Missing parentheses in call to '%s'. Did you mean %s(...)?", n.ID, n.ID)
	}
}

// assign reads the rest of target = ... = value.
func (p *parser) assign(from Pos, first Expr) Stmt {
	parts, starts := []Expr{first}, []Pos{from}
	for p.accept("=") {
		starts = append(starts, p.tok().from)
		parts = append(parts, p.value())
	}
	last := len(parts) - 1
	for i, e := range parts[:last] {
		grouped := e.Start() != starts[i]
		switch e.(type) {
		case *Yield, *YieldFrom:
			if !grouped {
				p.fail(e.Start(), "assignment to yield expression not possible")
			}
		case *Compare, *BoolOp, *IfExp, *Lambda:
			if grouped {
				p.fail(e.Start(), "cannot assign to %s here. Maybe you meant '==' instead of '='?", describe(e))
			}
		}
		p.assignable(e, "assign to", " here. Maybe you meant '==' instead of '='?")
	}
	return &Assign{p.span(from), parts[:last:last], parts[last]}
}

// annotated reads the rest of target: annotation = value.
func (p *parser) annotated(from Pos, target Expr) Stmt {
	p.next()
	a := &AnnAssign{Target: target, Annotation: p.expression()}
	switch t := target.(type) {
	case *Name:
		a.Simple = t.From == from
	case *Attribute, *Subscript:
	case *List, *Tuple:
		p.fail(target.Start(), "only single target (not %s) can be annotated", describe(t))
	default:
		p.fail(target.Start(), "illegal target for annotation")
	}
	if p.accept("=") {
		a.Value = p.value()
	}
	a.Span = p.span(from)
	return a
}

// augmented reads the rest of target op= value.
func (p *parser) augmented(from Pos, target Expr) Stmt {
	switch target.(type) {
	case *Name, *Attribute, *Subscript:
	default:
		p.fail(target.Start(), "'%s' is an illegal expression for augmented assignment", describe(target))
	}
	op := p.next().text
	value := p.value()
	return &AugAssign{p.span(from), target, operatorOf(op[:len(op)-1]), value}
}

func (p *parser) returns() Stmt {
	from := p.next().from
	var value Expr
	if startsStarred(p.tok()) {
		value = p.list()
	}
	return &Return{p.span(from), value}
}

func (p *parser) raise() Stmt {
	from := p.next().from
	r := &Raise{}
	if startsExpr(p.tok()) {
		r.Exc = p.expression()
		if p.accept("from") {
			r.Cause = p.expression()
		}
	}
	r.Span = p.span(from)
	return r
}

func (p *parser) assert() Stmt {
	from := p.next().from
	a := &Assert{Test: p.named()}
	if p.accept(",") {
		a.Msg = p.expression()
	}
	a.Span = p.span(from)
	return a
}

func (p *parser) del() Stmt {
	from := p.next().from
	targets, _ := commas(p, startsStarred, func() Expr {
		e := p.starred(func() Expr { return p.binary(0) })
		p.assignable(e, "delete", "")
		return e
	})
	return &Delete{p.span(from), targets}
}

// names reads the names of a global or nonlocal statement.
func (p *parser) names() []string {
	p.next()
	list, trailing := commas(p, func(t *token) bool { return t.kind == name }, func() string { return p.identifier().text })
	if trailing {
		p.invalid()
	}
	return list
}

// typeAlias reads type Name[T] = value.
func (p *parser) typeAlias() Stmt {
	from := p.next().from
	t := p.next()
	a := &TypeAlias{Name: &Name{Span{t.from, t.to}, t.text}, TypeParams: p.typeParams()}
	p.expect("=")
	a.Value = p.expression()
	a.Span = p.span(from)
	return a
}

// imports reads import a.b as c, ...
func (p *parser) imports() Stmt {
	from := p.next().from
	list, trailing := commas(p, func(t *token) bool { return t.kind == name }, func() *Alias {
		at := p.tok().from
		return p.alias(at, p.dotted())
	})
	if trailing {
		p.invalid()
	}
	return &Import{p.span(from), list}
}

// dotted reads a module's name.
func (p *parser) dotted() string {
	s := p.identifier().text
	for p.accept(".") {
		s += "." + p.identifier().text
	}
	return s
}

// alias reads the rest of an import after its name.
func (p *parser) alias(from Pos, of string) *Alias {
	a := &Alias{Name: of}
	if p.accept("as") {
		a.Asname = p.identifier().text
	}
	a.Span = p.span(from)
	return a
}

// importFrom reads from module import names.
func (p *parser) importFrom() Stmt {
	f := &ImportFrom{}
	from := p.next().from
	for {
		if p.accept(".") {
			f.Level++
		} else if p.accept("...") {
			f.Level += 3
		} else {
			break
		}
	}
	if f.Level == 0 || p.tok().kind == name {
		f.Module = p.dotted()
	}
	p.expect("import")
	f.Names = p.importedNames()
	f.Span = p.span(from)
	return f
}

func (p *parser) importedNames() []*Alias {
	t := p.tok()
	if p.accept("*") {
		return []*Alias{{Span{t.from, t.to}, "*", ""}}
	}
	parens := p.accept("(")
	if p.tok().kind == newline {
		p.invalid()
	}
	list, trailing := commas(p, func(t *token) bool { return t.kind == name }, func() *Alias {
		t := p.identifier()
		return p.alias(t.from, t.text)
	})
	if parens {
		p.expect(")")
	} else if trailing {
		p.fail(p.tokens[p.i-1].from, "trailing comma not allowed without surrounding parentheses")
	}
	return list
}
