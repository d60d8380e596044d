package interview

import (
	"strings"

	"colloquy/engine/python/syntax"
)

// expr walks an expression; nil is nothing.
func (s *scan) expr(e syntax.Expr) {
	switch e := e.(type) {
	case nil, *syntax.Constant:
	case *syntax.Name, *syntax.Attribute, *syntax.Subscript:
		s.chain(e)
	case *syntax.Call:
		s.call(e)
	case *syntax.Lambda:
		s.lambda(e)
	case *syntax.ListComp:
		s.comprehension(e.Generators, e.Elt)
	case *syntax.SetComp:
		s.comprehension(e.Generators, e.Elt)
	case *syntax.GeneratorExp:
		s.comprehension(e.Generators, e.Elt)
	case *syntax.DictComp:
		s.comprehension(e.Generators, e.Key, e.Value)
	case *syntax.JoinedStr:
		s.exprs(e.Values)
	case *syntax.FormattedValue:
		s.expr(e.Value)
		if e.FormatSpec != nil {
			s.expr(e.FormatSpec)
		}
	default:
		s.operation(e)
	}
}

func (s *scan) operation(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.BoolOp:
		s.exprs(e.Values)
	case *syntax.NamedExpr:
		s.expr(e.Value)
	case *syntax.BinOp:
		s.expr(e.Left)
		s.expr(e.Right)
	case *syntax.UnaryOp:
		s.expr(e.Operand)
	case *syntax.IfExp:
		s.expr(e.Test)
		s.expr(e.Body)
		s.expr(e.Orelse)
	case *syntax.Dict:
		s.exprs(e.Keys)
		s.exprs(e.Values)
	case *syntax.Set:
		s.exprs(e.Elts)
	case *syntax.List:
		s.exprs(e.Elts)
	case *syntax.Tuple:
		s.exprs(e.Elts)
	case *syntax.Compare:
		s.expr(e.Left)
		s.exprs(e.Comparators)
	case *syntax.Starred:
		s.expr(e.Value)
	case *syntax.Slice:
		s.expr(e.Lower)
		s.expr(e.Upper)
		s.expr(e.Step)
	case *syntax.Yield:
		s.expr(e.Value)
	case *syntax.YieldFrom:
		s.expr(e.Value)
	}
}

func (s *scan) exprs(list []syntax.Expr) {
	for _, e := range list {
		s.expr(e)
	}
}

// chain notes the longest name an expression spells, and looks into the rest.
func (s *scan) chain(e syntax.Expr) {
	if name, ok := dotted(e); ok {
		root, _, _ := strings.Cut(name, ".")
		root, _, _ = strings.Cut(root, "[")
		if s.local[root] == 0 {
			s.uses = append(s.uses, name)
		}
		return
	}
	switch e := e.(type) {
	case *syntax.Attribute:
		s.expr(e.Value)
	case *syntax.Subscript:
		s.expr(e.Value)
		s.expr(e.Slice)
	}
}

// call also understands define('name', value).
func (s *scan) call(c *syntax.Call) {
	s.expr(c.Func)
	s.exprs(c.Args)
	for _, k := range c.Keywords {
		s.expr(k.Value)
	}
	if f, ok := c.Func.(*syntax.Name); ok && f.ID == "define" && len(c.Args) > 0 {
		if lit, ok := c.Args[0].(*syntax.Constant); ok {
			if name, ok := lit.Value.(string); ok && ValidName(name) {
				s.set(name)
			}
		}
	}
}

func (s *scan) lambda(l *syntax.Lambda) {
	s.exprs(l.Args.Defaults)
	s.exprs(l.Args.KwDefaults)
	args := append(append(append([]*syntax.Arg{l.Args.Vararg, l.Args.Kwarg}, l.Args.Posonlyargs...), l.Args.Args...), l.Args.Kwonlyargs...)
	var bound []string
	for _, a := range args {
		if a != nil {
			bound = append(bound, a.Arg)
		}
	}
	s.within(bound, func() { s.expr(l.Body) })
}

// comprehension follows the documented behaviour that the variables of a
// comprehension count as set by the block.
func (s *scan) comprehension(gens []*syntax.Comprehension, results ...syntax.Expr) {
	inner := &scan{}
	for _, g := range gens {
		inner.target(g.Target)
	}
	if len(gens) > 0 {
		s.expr(gens[0].Iter)
	}
	s.within(inner.sets, func() {
		for i, g := range gens {
			if i > 0 {
				s.expr(g.Iter)
			}
			s.exprs(g.Ifs)
		}
		s.exprs(results)
	})
}

// within walks something in which names are bound; they count as set.
func (s *scan) within(names []string, walk func()) {
	if s.local == nil {
		s.local = make(map[string]int)
	}
	for _, n := range names {
		s.set(n)
		s.local[n]++
	}
	walk()
	for _, n := range names {
		s.local[n]--
	}
}
