package syntax

import "strings"

// Assigned returns the names that running a file or an expression may define
// by itself, in the order in which they appear, each once: targets of
// assignments of every kind (attributes and subscripts as Source writes them),
// of for and of comprehensions, parameters of lambdas, names of defs and of
// imports, names after except-as, and the literal first argument of define().
//
// Not among them are targets inside a tuple inside a tuple, of walrus, of with
// and of del, and what the bodies of functions and classes assign. These are
// the rules by which docassemble decides which names a block offers.
func Assigned(n Node) []string {
	var a assigned
	Inspect(n, a.visit)
	return a.list
}

// assigned collects names in order.
type assigned struct {
	list []string
	seen map[string]bool
}

func (a *assigned) add(name string) {
	if a.seen == nil {
		a.seen = map[string]bool{}
	}
	if name != "" && !a.seen[name] {
		a.seen[name] = true
		a.list = append(a.list, name)
	}
}

// visit adds what one node defines.
func (a *assigned) visit(n Node) bool {
	switch n := n.(type) {
	case *Assign:
		for _, t := range n.Targets {
			a.target(t)
		}
	case *AugAssign:
		a.target(n.Target)
	case *AnnAssign:
		a.target(n.Target)
	case *For:
		a.target(n.Target)
	case *Comprehension:
		a.target(n.Target)
	case *FunctionDef:
		a.add(n.Name)
		return false
	case *ClassDef:
		return false
	case *Lambda:
		Children(n.Args, func(c Node) {
			if p, ok := c.(*Arg); ok {
				a.add(p.Arg)
			}
		})
	case *Alias:
		a.imported(n)
	case *ExceptHandler:
		a.add(n.Name)
	case *Call:
		a.define(n)
	}
	return true
}

// target adds the target of an assignment and, of a tuple, those in it.
func (a *assigned) target(e Expr) {
	switch e := e.(type) {
	case *Tuple:
		a.inner(e.Elts)
	case *List:
		a.inner(e.Elts)
	default:
		a.add(Source(e))
	}
}

func (a *assigned) inner(elts []Expr) {
	for _, e := range elts {
		if s, ok := e.(*Starred); ok {
			e = s.Value
		}
		switch e.(type) {
		case *Tuple, *List:
		default:
			a.add(Source(e))
		}
	}
}

// imported adds the name that an import binds.
func (a *assigned) imported(n *Alias) {
	switch {
	case n.Asname != "":
		a.add(n.Asname)
	case n.Name != "*":
		root, _, _ := strings.Cut(n.Name, ".")
		a.add(root)
	}
}

// define adds the name in define('name', value).
func (a *assigned) define(n *Call) {
	f, ok := n.Func.(*Name)
	if !ok || f.ID != "define" || len(n.Args) == 0 {
		return
	}
	if c, ok := n.Args[0].(*Constant); ok {
		if s, ok := c.Value.(string); ok {
			a.add(s)
		}
	}
}

// Names returns the names that evaluating an expression looks up outside of
// it, in the order in which they appear, each once. Variables of
// comprehensions and parameters of lambdas are not among them.
func Names(e Expr) []string {
	r := reads{}
	r.visit(e)
	return r.found.list
}

// reads collects names that are read; bound counts the variables in scope.
type reads struct {
	found assigned
	bound map[string]int
}

func (r *reads) visit(n Node) {
	switch n := n.(type) {
	case *Name:
		if r.bound[n.ID] == 0 {
			r.found.add(n.ID)
		}
	case *NamedExpr:
		r.visit(n.Value)
	case *Lambda:
		some(r.visit, n.Args.Defaults...)
		some(r.visit, n.Args.KwDefaults...)
		var params []string
		Children(n.Args, func(c Node) {
			if p, ok := c.(*Arg); ok {
				params = append(params, p.Arg)
			}
		})
		r.within(params, func() { r.visit(n.Body) })
	case *ListComp:
		r.comprehension(n.Generators, n.Elt)
	case *SetComp:
		r.comprehension(n.Generators, n.Elt)
	case *GeneratorExp:
		r.comprehension(n.Generators, n.Elt)
	case *DictComp:
		r.comprehension(n.Generators, n.Key, n.Value)
	default:
		Children(n, r.visit)
	}
}

// within runs f while names are bound.
func (r *reads) within(names []string, f func()) {
	if r.bound == nil {
		r.bound = map[string]int{}
	}
	for _, n := range names {
		r.bound[n]++
	}
	f()
	for _, n := range names {
		r.bound[n]--
	}
}

// comprehension visits one; its first iterable stands outside of its scope.
func (r *reads) comprehension(gens []*Comprehension, elements ...Expr) {
	var bound []string
	for _, g := range gens {
		Inspect(g.Target, func(n Node) bool {
			switch n := n.(type) {
			case *Name:
				bound = append(bound, n.ID)
			case *Tuple, *List, *Starred:
				return true
			}
			return false
		})
	}
	r.visit(gens[0].Iter)
	r.within(bound, func() {
		for i, g := range gens {
			if i > 0 {
				r.visit(g.Iter)
			}
			some(r.visit, g.Ifs...)
		}
		some(r.visit, elements...)
	})
}

// IsIdentifier reports whether s is a name that Python code may use: letters,
// digits and underscores, not beginning with a digit, and not a keyword.
func IsIdentifier(s string) bool {
	return s != "" && isIdentStart(s) && identLen(s) == len(s) && !keywords[s]
}

// IsVariableName reports whether text can name a variable in a block: a name
// followed by attributes and indices, such as trip.days[i].miles or a['b'],
// without calls, parentheses, braces, "*", "^", "#" or line breaks, and without
// brackets inside brackets.
func IsVariableName(text string) bool {
	if strings.ContainsAny(text, "(){}*^#\n\r") {
		return false
	}
	e, err := ParseExpr("", text, Pos{})
	return err == nil && isVariable(e, true)
}

// isVariable reports whether e is a name with attributes and, where allowed,
// indices.
func isVariable(e Expr, indices bool) bool {
	switch e := e.(type) {
	case *Name:
		return true
	case *Attribute:
		return isVariable(e.Value, indices)
	case *Subscript:
		return indices && isIndex(e.Slice) && isVariable(e.Value, true)
	}
	return false
}

// isIndex reports whether e may stand in the brackets of a variable's name: a
// literal, a variable without brackets, or arithmetic of these.
func isIndex(e Expr) bool {
	switch e := e.(type) {
	case *Constant:
		return true
	case *UnaryOp:
		return isIndex(e.Operand)
	case *BinOp:
		return isIndex(e.Left) && isIndex(e.Right)
	}
	return isVariable(e, false)
}
