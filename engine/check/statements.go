package check

import (
	"strings"

	"colloquy/engine/python/syntax"
)

// statement reads a statement in the order in which its parts are carried out.
func (r *reader) statement(n syntax.Stmt) {
	switch n := n.(type) {
	case *syntax.Assign:
		r.visit(n.Value)
		for _, t := range n.Targets {
			r.target(t)
		}
	case *syntax.AugAssign:
		r.visit(n.Target)
		r.visit(n.Value)
		r.target(n.Target)
	case *syntax.AnnAssign:
		if n.Value != nil {
			r.visit(n.Value)
			r.target(n.Target)
		}
	case *syntax.Delete:
		for _, t := range n.Targets {
			if _, name := t.(*syntax.Name); !name {
				r.maybe(func() { r.visit(t) })
			}
		}
	case *syntax.Import:
		for _, a := range n.Names {
			root, _, _ := strings.Cut(a.Name, ".")
			r.imported(a, root)
		}
	case *syntax.ImportFrom:
		for _, a := range n.Names {
			r.imported(a, a.Name)
		}
	case *syntax.ExprStmt:
		switch n.Value.(type) {
		case *syntax.Name, *syntax.Attribute:
			r.bare = true
		}
		r.visit(n.Value)
		r.bare = false
	case *syntax.Global, *syntax.Nonlocal:
	default:
		r.compound(n)
	}
}

func (r *reader) imported(a *syntax.Alias, name string) {
	if a.Asname != "" {
		name = a.Asname
	}
	if name != "*" {
		r.note(binds, name, name, a.From)
	}
}

func (r *reader) compound(n syntax.Stmt) {
	switch n := n.(type) {
	case *syntax.If:
		r.visit(n.Test)
		r.maybe(func() { each(n.Body, r.visit); each(n.Orelse, r.visit) })
	case *syntax.While:
		r.visit(n.Test)
		r.maybe(func() { each(n.Body, r.visit); each(n.Orelse, r.visit) })
	case *syntax.For:
		r.visit(n.Iter)
		r.maybe(func() { r.target(n.Target); each(n.Body, r.visit); each(n.Orelse, r.visit) })
	case *syntax.With:
		for _, i := range n.Items {
			r.visit(i.ContextExpr)
			if i.OptionalVars != nil {
				r.target(i.OptionalVars)
			}
		}
		r.maybe(func() { each(n.Body, r.visit) }) // it may end what goes wrong inside
	case *syntax.Match:
		r.visit(n.Subject)
		r.maybe(func() { each(n.Cases, r.visit) })
	case *syntax.Try:
		r.maybe(func() {
			was := r.tried
			r.tried = was || len(n.Handlers) > 0
			each(n.Body, r.visit)
			r.tried = was
			for _, h := range n.Handlers {
				if h.Type != nil {
					r.visit(h.Type)
				}
				r.note(binds, h.Name, h.Name, h.From)
				each(h.Body, r.visit)
			}
			each(n.Orelse, r.visit)
			each(n.Finalbody, r.visit)
		})
	case *syntax.FunctionDef:
		r.function(n)
	case *syntax.ClassDef:
		r.note(binds, n.Name, n.Name, n.NamePos)
		each(n.Bases, r.visit)
		each(n.DecoratorList, r.visit)
		each(n.Keywords, r.visit)
		r.maybe(func() { r.within(locals(n.Body), func() { each(n.Body, r.visit) }) })
	default:
		syntax.Children(n, r.visit)
	}
}

func (r *reader) function(n *syntax.FunctionDef) {
	each(n.DecoratorList, r.visit)
	each(n.Args.Defaults, r.visit)
	r.note(binds, n.Name, n.Name, n.NamePos)
	r.maybe(func() {
		r.within(append(parameters(n.Args), locals(n.Body)...), func() { each(n.Body, r.visit) })
	})
}

// locals are the names that a function's body binds.
func locals(body []syntax.Stmt) []string {
	inner := &reader{}
	for _, s := range body {
		inner.visit(s)
	}
	outer := map[string]bool{}
	for _, s := range body {
		syntax.Inspect(s, func(n syntax.Node) bool {
			if g, ok := n.(*syntax.Global); ok {
				for _, name := range g.Names {
					outer[name] = true
				}
			}
			return true
		})
	}
	var out []string
	for _, e := range inner.events {
		if e.kind == binds && !outer[e.name] {
			out = append(out, e.name)
		}
	}
	return out
}
