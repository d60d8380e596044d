package interview

import (
	"strconv"

	"colloquy/engine/python/syntax"
)

// uses gives the names that evaluating an expression reads, each as long as
// it can be spelled, without those bound by comprehensions and lambdas.
func uses(n syntax.Node) []string {
	var r reading
	r.visit(n)
	return unique(r.names)
}

// A reading collects names that are read; bound counts those in scope.
type reading struct {
	names []string
	bound map[string]int
}

func (r *reading) visit(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.Name, *syntax.Attribute, *syntax.Subscript:
		if name, root, ok := dotted(n); ok {
			if r.bound[root] == 0 {
				r.names = append(r.names, name)
			}
			return
		}
	case *syntax.NamedExpr:
		r.visit(n.Value)
		return
	case *syntax.Lambda:
		r.visit(n.Args)
		r.within(parameters(n.Args), func() { r.visit(n.Body) })
		return
	case *syntax.ListComp:
		r.comprehension(n, n.Generators)
		return
	case *syntax.SetComp:
		r.comprehension(n, n.Generators)
		return
	case *syntax.GeneratorExp:
		r.comprehension(n, n.Generators)
		return
	case *syntax.DictComp:
		r.comprehension(n, n.Generators)
		return
	}
	syntax.Children(n, r.visit)
}

// comprehension reads one with its variables bound.
func (r *reading) comprehension(n syntax.Node, gens []*syntax.Comprehension) {
	var bound []string
	for _, g := range gens {
		syntax.Inspect(g.Target, func(n syntax.Node) bool {
			if name, ok := n.(*syntax.Name); ok {
				bound = append(bound, name.ID)
			}
			return true
		})
	}
	r.within(bound, func() { syntax.Children(n, r.visit) })
}

func parameters(args *syntax.Arguments) []string {
	var names []string
	syntax.Children(args, func(n syntax.Node) {
		if a, ok := n.(*syntax.Arg); ok {
			names = append(names, a.Arg)
		}
	})
	return names
}

// within reads something in which names are bound.
func (r *reading) within(names []string, read func()) {
	if r.bound == nil {
		r.bound = make(map[string]int)
	}
	for _, n := range names {
		r.bound[n]++
	}
	read()
	for _, n := range names {
		r.bound[n]--
	}
}

// dotted gives the name an expression spells and its root, if it is one:
// a, a.b, a[0]['k'].
func dotted(n syntax.Node) (name, root string, ok bool) {
	switch n := n.(type) {
	case *syntax.Name:
		return n.ID, n.ID, true
	case *syntax.Attribute:
		if of, root, ok := dotted(n.Value); ok {
			return of + "." + n.Attr, root, true
		}
	case *syntax.Subscript:
		of, root, ok := dotted(n.Value)
		if index, known := indexText(n.Slice); ok && known {
			return of + "[" + index + "]", root, true
		}
	}
	return "", "", false
}

func indexText(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.Constant:
		switch v := e.Value.(type) {
		case string:
			return quoteName(v), true
		case int64:
			return strconv.FormatInt(v, 10), true
		}
	case *syntax.Name:
		return e.ID, true
	}
	return "", false
}
