package syntax

// targets reads what stands between for and in.
func (p *parser) targets() Expr {
	from := p.tok().from
	bitor := func() Expr { return p.starred(func() Expr { return p.binary(0) }) }
	first := bitor()
	if !p.is(",") {
		if s, ok := first.(*Starred); ok {
			p.fail(s.From, "starred assignment target must be in a list or tuple")
		}
		p.assignable(first, "assign to", "")
		return first
	}
	p.next()
	elts := []Expr{first}
	if startsStarred(p.tok()) {
		more, _ := commas(p, startsStarred, bitor)
		elts = append(elts, more...)
	}
	t := &Tuple{p.span(from), elts}
	p.assignable(t, "assign to", "")
	return t
}

// assignable checks that e can be assigned to (or deleted, says verb); hint
// ends the message about e itself, not about a part of it.
func (p *parser) assignable(e Expr, verb, hint string) {
	switch e := e.(type) {
	case *Name, *Attribute, *Subscript:
		return
	case *Tuple:
		p.allAssignable(e.Elts, verb)
		return
	case *List:
		p.allAssignable(e.Elts, verb)
		return
	case *Constant:
		if _, isBool := e.Value.(bool); isBool || e.Value == nil {
			hint = ""
		}
	case *Compare, *BoolOp, *IfExp, *Lambda, *GeneratorExp:
		hint = ""
	}
	p.fail(e.Start(), "cannot %s %s%s", verb, describe(e), hint)
}

// allAssignable checks the parts of a list or tuple; one of them may be starred.
func (p *parser) allAssignable(elts []Expr, verb string) {
	stars := 0
	for _, e := range elts {
		if s, ok := e.(*Starred); ok && verb == "assign to" {
			if stars++; stars > 1 {
				p.fail(s.From, "multiple starred expressions in assignment")
			}
			e = s.Value
		}
		p.assignable(e, verb, "")
	}
}

// describe names the kind of an expression, for messages.
func describe(e Expr) string {
	switch e := e.(type) {
	case *Attribute:
		return "attribute"
	case *Subscript:
		return "subscript"
	case *Starred:
		return "starred"
	case *Name:
		return "name"
	case *List:
		return "list"
	case *Tuple:
		return "tuple"
	case *Lambda:
		return "lambda"
	case *Call:
		return "function call"
	case *GeneratorExp:
		return "generator expression"
	case *Yield, *YieldFrom:
		return "yield expression"
	case *ListComp:
		return "list comprehension"
	case *SetComp:
		return "set comprehension"
	case *DictComp:
		return "dict comprehension"
	case *Dict:
		return "dict literal"
	case *Set:
		return "set display"
	case *JoinedStr, *FormattedValue:
		return "f-string expression"
	case *Constant:
		return describeConstant(e.Value)
	case *Compare:
		return "comparison"
	case *IfExp:
		return "conditional expression"
	case *NamedExpr:
		return "named expression"
	}
	return "expression"
}

func describeConstant(v any) string {
	if isBytes(v) {
		return "literal" // not comparable
	}
	switch v {
	case nil:
		return "None"
	case true:
		return "True"
	case false:
		return "False"
	case Ellipsis{}:
		return "ellipsis"
	}
	return "literal"
}
