package syntax

import "strings"

// Source returns the text of an expression, written as CPython's ast.unparse
// writes it: one space around operators, none inside brackets, strings as repr
// does. Read again it gives the same tree.
func Source(e Expr) string {
	var p printer
	p.expr(e, levelTest)
	return p.String()
}

// Levels of binding, loosest first. An expression that binds looser than its
// place demands is put in parentheses.
const (
	levelTest = iota // lambda, if else
	levelOr
	levelAnd
	levelNot
	levelCompare
	levelBitOr
	levelBitXor
	levelBitAnd
	levelShift
	levelSum
	levelTerm
	levelFactor
	levelPower
	levelAtom
)

// operatorLevel runs beside Operator.
var operatorLevel = [...]int{
	levelSum, levelSum, levelTerm, levelTerm, levelTerm, levelTerm, levelPower,
	levelShift, levelShift, levelBitOr, levelBitXor, levelBitAnd, levelTerm,
}

// A printer writes expressions.
type printer struct{ strings.Builder }

// write writes pieces of text.
func (p *printer) write(pieces ...string) {
	for _, s := range pieces {
		p.WriteString(s)
	}
}

// grouped writes what inner writes, in parentheses if it binds looser than the
// place demands.
func (p *printer) grouped(own, place int, inner func()) {
	if own < place {
		p.WriteByte('(')
		defer p.WriteByte(')')
	}
	inner()
}

// expr writes e at a place that demands a level.
func (p *printer) expr(e Expr, place int) {
	switch e := e.(type) {
	case *Name:
		p.write(e.ID)
	case *Constant:
		p.write(literal(e.Value))
	case *Attribute:
		p.attribute(e)
	case *Subscript:
		p.expr(e.Value, levelAtom)
		p.WriteByte('[')
		p.index(e.Slice)
		p.WriteByte(']')
	case *Call:
		p.call(e)
	case *BoolOp:
		p.boolean(e, place)
	case *BinOp:
		p.binary(e, place)
	case *UnaryOp:
		p.unary(e, place)
	case *Compare:
		p.compare(e, place)
	case *IfExp:
		p.grouped(levelTest, place, func() {
			p.expr(e.Body, levelOr)
			p.write(" if ")
			p.expr(e.Test, levelOr)
			p.write(" else ")
			p.expr(e.Orelse, levelTest)
		})
	case *Lambda:
		p.grouped(levelTest, place, func() { p.lambda(e) })
	default:
		p.display(e)
	}
}

// display writes what always has brackets or quotes of its own.
func (p *printer) display(e Expr) {
	switch e := e.(type) {
	case *Tuple:
		p.tuple(e)
	case *List:
		p.write("[")
		p.list(e.Elts)
		p.write("]")
	case *Set:
		p.write("{")
		p.list(e.Elts)
		p.write("}")
	case *Dict:
		p.dict(e)
	case *ListComp:
		p.comprehension("[", e.Elt, nil, e.Generators, "]")
	case *SetComp:
		p.comprehension("{", e.Elt, nil, e.Generators, "}")
	case *DictComp:
		p.comprehension("{", e.Key, e.Value, e.Generators, "}")
	case *GeneratorExp:
		p.comprehension("(", e.Elt, nil, e.Generators, ")")
	case *JoinedStr:
		p.write("f'")
		p.parts(e.Values, false)
		p.write("'")
	case *FormattedValue:
		p.field(e)
	case *Starred:
		p.write("*")
		p.expr(e.Value, levelBitOr)
	case *NamedExpr:
		p.write("(", e.Target.ID, " := ")
		p.expr(e.Value, levelTest)
		p.write(")")
	case *Yield:
		p.write("(yield")
		if e.Value != nil {
			p.write(" ")
			p.expr(e.Value, levelTest)
		}
		p.write(")")
	case *YieldFrom:
		p.write("(yield from ")
		p.expr(e.Value, levelTest)
		p.write(")")
	case *Slice:
		p.slice(e)
	}
}

// literal writes a constant so that it can be read again.
func literal(v any) string {
	s := Repr(v)
	switch v.(type) {
	case float64, complex128:
		s = strings.Replace(s, "inf", "1e309", 1)
	case Ellipsis:
		return "..."
	}
	return s
}

func (p *printer) attribute(e *Attribute) {
	p.expr(e.Value, levelAtom)
	if c, ok := e.Value.(*Constant); ok {
		if _, isInt := c.Value.(int64); isInt {
			p.write(" ") // "1.real" would be a bad float
		}
	}
	p.write(".", e.Attr)
}

// index writes what stands between the brackets of a subscript.
func (p *printer) index(e Expr) {
	t, ok := e.(*Tuple)
	if !ok || len(t.Elts) == 0 {
		p.expr(e, levelTest)
		return
	}
	p.list(t.Elts)
	if len(t.Elts) == 1 {
		p.write(",")
	}
}

func (p *printer) slice(e *Slice) {
	if e.Lower != nil {
		p.expr(e.Lower, levelTest)
	}
	p.write(":")
	if e.Upper != nil {
		p.expr(e.Upper, levelTest)
	}
	if e.Step != nil {
		p.write(":")
		p.expr(e.Step, levelTest)
	}
}

func (p *printer) call(e *Call) {
	p.expr(e.Func, levelAtom)
	if len(e.Args) == 1 && len(e.Keywords) == 0 {
		if g, ok := e.Args[0].(*GeneratorExp); ok {
			p.expr(g, levelAtom)
			return
		}
	}
	p.write("(")
	for i, k, sep := 0, 0, ""; i < len(e.Args) || k < len(e.Keywords); sep = ", " {
		p.write(sep)
		if k == len(e.Keywords) || i < len(e.Args) && !after(e.Args[i], e.Keywords[k]) {
			p.argument(e.Args[i])
			i++
			continue
		}
		if w := e.Keywords[k]; w.Arg == "" {
			p.write("**")
			p.expr(w.Value, levelTest)
		} else {
			p.write(w.Arg, "=")
			p.expr(w.Value, levelTest)
		}
		k++
	}
	p.write(")")
}

// argument writes a positional argument; behind its star any expression may
// stand, unlike behind other stars.
func (p *printer) argument(e Expr) {
	if s, ok := e.(*Starred); ok {
		p.write("*")
		e = s.Value
	}
	p.expr(e, levelTest)
}

// after reports whether a was written after b; only then may a keyword stand
// before a starred argument.
func after(a, b Node) bool {
	x, y := a.Start(), b.Start()
	return x.Line > y.Line || x.Line == y.Line && x.Col > y.Col
}

func (p *printer) boolean(e *BoolOp, place int) {
	own := levelOr
	if e.Op == And {
		own = levelAnd
	}
	p.grouped(own, place, func() {
		for i, v := range e.Values {
			if i > 0 {
				p.write(" ", e.Op.String(), " ")
			}
			p.expr(v, own+1)
		}
	})
}

func (p *printer) binary(e *BinOp, place int) {
	own := operatorLevel[e.Op]
	left, right := own, own+1
	if e.Op == Pow {
		left, right = levelAtom, levelFactor
	}
	p.grouped(own, place, func() {
		p.expr(e.Left, left)
		p.write(" ", e.Op.String(), " ")
		p.expr(e.Right, right)
	})
}

func (p *printer) unary(e *UnaryOp, place int) {
	if e.Op == Not {
		p.grouped(levelNot, place, func() {
			p.write("not ")
			p.expr(e.Operand, levelNot)
		})
		return
	}
	p.grouped(levelFactor, place, func() {
		p.write(e.Op.String())
		p.expr(e.Operand, levelFactor)
	})
}

func (p *printer) compare(e *Compare, place int) {
	p.grouped(levelCompare, place, func() {
		p.expr(e.Left, levelBitOr)
		for i, op := range e.Ops {
			p.write(" ", op.String(), " ")
			p.expr(e.Comparators[i], levelBitOr)
		}
	})
}

func (p *printer) lambda(e *Lambda) {
	p.write("lambda")
	if args := e.Args; len(args.Posonlyargs)+len(args.Args)+len(args.Kwonlyargs) > 0 || args.Vararg != nil || args.Kwarg != nil {
		p.write(" ")
		p.parameters(args)
	}
	p.write(": ")
	p.expr(e.Body, levelTest)
}

// parameters writes the parameters of a lambda.
func (p *printer) parameters(a *Arguments) {
	sep := ""
	one := func(stars, name string, value Expr) {
		p.write(sep, stars, name)
		sep = ", "
		if value != nil {
			p.write("=")
			p.expr(value, levelTest)
		}
	}
	n := len(a.Posonlyargs) + len(a.Args)
	for i, arg := range append(a.Posonlyargs[:len(a.Posonlyargs):len(a.Posonlyargs)], a.Args...) {
		var value Expr
		if d := i - n + len(a.Defaults); d >= 0 {
			value = a.Defaults[d]
		}
		one("", arg.Arg, value)
		if i == len(a.Posonlyargs)-1 {
			one("/", "", nil)
		}
	}
	if a.Vararg != nil {
		one("*", a.Vararg.Arg, nil)
	} else if len(a.Kwonlyargs) > 0 {
		one("*", "", nil)
	}
	for i, arg := range a.Kwonlyargs {
		one("", arg.Arg, a.KwDefaults[i])
	}
	if a.Kwarg != nil {
		one("**", a.Kwarg.Arg, nil)
	}
}

func (p *printer) list(elts []Expr) {
	for i, e := range elts {
		if i > 0 {
			p.write(", ")
		}
		p.expr(e, levelTest)
	}
}

func (p *printer) tuple(e *Tuple) {
	p.write("(")
	p.list(e.Elts)
	if len(e.Elts) == 1 {
		p.write(",")
	}
	p.write(")")
}

func (p *printer) dict(e *Dict) {
	p.write("{")
	for i, k := range e.Keys {
		if i > 0 {
			p.write(", ")
		}
		if k == nil {
			p.write("**")
			p.expr(e.Values[i], levelBitOr)
			continue
		}
		p.expr(k, levelTest)
		p.write(": ")
		p.expr(e.Values[i], levelTest)
	}
	p.write("}")
}

// comprehension writes one of the four; value is that of a dict.
func (p *printer) comprehension(open string, elt, value Expr, gens []*Comprehension, closer string) {
	p.write(open)
	p.expr(elt, levelTest)
	if value != nil {
		p.write(": ")
		p.expr(value, levelTest)
	}
	for _, g := range gens {
		p.write(" for ")
		if t, ok := g.Target.(*Tuple); ok && len(t.Elts) > 1 {
			p.list(t.Elts)
		} else {
			p.expr(g.Target, levelBitOr)
		}
		p.write(" in ")
		p.expr(g.Iter, levelOr)
		for _, test := range g.Ifs {
			p.write(" if ")
			p.expr(test, levelOr)
		}
	}
	p.write(closer)
}

// parts writes the text and fields of an f-string, or of a specification.
func (p *printer) parts(values []Expr, spec bool) {
	for _, v := range values {
		if c, ok := v.(*Constant); ok {
			p.write(fieldLiteral(c.Value.(string), spec))
			continue
		}
		p.expr(v, levelTest)
	}
}

// fieldLiteral writes literal text between the quotes of an f-string.
func fieldLiteral(s string, spec bool) string {
	q := reprString(s)
	inner := q[1 : len(q)-1]
	if q[0] == '"' {
		inner = strings.ReplaceAll(inner, "'", `\'`)
	}
	if spec {
		return strings.NewReplacer("{", `\x7b`, "}", `\x7d`).Replace(inner)
	}
	return strings.NewReplacer("{", "{{", "}", "}}").Replace(inner)
}

// field writes a replacement field.
func (p *printer) field(e *FormattedValue) {
	p.write("{")
	start := p.Len()
	p.expr(e.Value, levelOr)
	if inner := p.String()[start:]; strings.HasPrefix(inner, "{") {
		whole := p.String()[:start]
		p.Reset()
		p.write(whole, " ", inner)
	}
	if e.Conversion != 0 {
		p.write("!", string(e.Conversion))
	}
	if e.FormatSpec != nil {
		p.write(":")
		p.parts(e.FormatSpec.Values, true)
	}
	p.write("}")
}
