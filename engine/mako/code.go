package mako

import (
	"strings"

	"colloquy/engine/python/syntax"
)

// code adapts the statements of <% %> to the function they are in: return ends
// the template or def with what it wrote so far, and calling a def as a
// statement shows it. The author's tree is left as it is.
func (l *lowerer) code(body []syntax.Stmt) []syntax.Stmt {
	if body == nil {
		return nil
	}
	out := make([]syntax.Stmt, len(body))
	for i, s := range body {
		out[i] = l.codeStatement(s)
	}
	return out
}

func (l *lowerer) codeStatement(s syntax.Stmt) syntax.Stmt {
	switch s := s.(type) {
	case *syntax.Return:
		return l.returns(s)
	case *syntax.ExprStmt:
		return l.shown(s)
	case *syntax.If:
		c := *s
		c.Body, c.Orelse = l.code(s.Body), l.code(s.Orelse)
		return &c
	case *syntax.For:
		c := *s
		c.Body, c.Orelse = l.code(s.Body), l.code(s.Orelse)
		return &c
	case *syntax.While:
		c := *s
		c.Body, c.Orelse = l.code(s.Body), l.code(s.Orelse)
		return &c
	case *syntax.With:
		c := *s
		c.Body = l.code(s.Body)
		return &c
	case *syntax.Try:
		return l.tryCode(s)
	case *syntax.Match:
		c := *s
		c.Cases = make([]*syntax.MatchCase, len(s.Cases))
		for i, m := range s.Cases {
			n := *m
			n.Body = l.code(m.Body)
			c.Cases[i] = &n
		}
		return &c
	}
	return s
}

func (l *lowerer) tryCode(s *syntax.Try) syntax.Stmt {
	c := *s
	c.Body, c.Orelse, c.Finalbody = l.code(s.Body), l.code(s.Orelse), l.code(s.Finalbody)
	c.Handlers = make([]*syntax.ExceptHandler, len(s.Handlers))
	for i, h := range s.Handlers {
		n := *h
		n.Body = l.code(h.Body)
		c.Handlers[i] = &n
	}
	return &c
}

// returns makes return give the text and, in a def, the value behind it.
func (l *lowerer) returns(s *syntax.Return) syntax.Stmt {
	value := s.Value
	if value == nil {
		value = &syntax.Constant{Span: s.Span, Value: ""}
	}
	end := call(name(writeName, s), value, &syntax.Constant{Span: s.Span, Value: l.inDef})
	end.Span = s.Span
	return &syntax.Return{Span: s.Span, Value: end}
}

// shown writes the value of a statement that calls a def of the template.
func (l *lowerer) shown(s *syntax.ExprStmt) syntax.Stmt {
	c, ok := s.Value.(*syntax.Call)
	if !ok {
		return s
	}
	if f, ok := c.Func.(*syntax.Name); !ok || !l.tree.names[f.ID] {
		return s
	}
	return statement(call(name(writeName, s), asText(c)))
}

// refuseYield keeps a template from becoming a generator.
func (p *parser) refuseYield(body []syntax.Stmt) {
	for _, s := range body {
		syntax.Inspect(s, func(n syntax.Node) bool {
			switch n.(type) {
			case *syntax.FunctionDef, *syntax.ClassDef, *syntax.Lambda:
				return false
			case *syntax.Yield, *syntax.YieldFrom:
				panic(&syntax.Error{File: p.src.Name, Pos: n.Start(), Kind: "SyntaxError", Msg: "'yield' outside function"})
			}
			return true
		})
	}
}

// mentions reports whether a name occurs in statements.
func mentions(body []syntax.Stmt, id string) bool {
	found := false
	for _, s := range body {
		syntax.Inspect(s, func(n syntax.Node) bool {
			if x, ok := n.(*syntax.Name); ok && x.ID == id {
				found = true
			}
			return !found
		})
	}
	return found
}

// assigned returns the names that statements bind in their own scope, each
// once. Annotated ones stay local: Python does not let them be global.
func assigned(body []syntax.Stmt) []string {
	b := binder{seen: map[string]bool{}}
	for _, s := range body {
		syntax.Inspect(s, b.annotated)
	}
	for _, s := range body {
		syntax.Inspect(s, b.visit)
	}
	return b.names
}

// A binder collects bound names.
type binder struct {
	names []string
	seen  map[string]bool
}

func (b *binder) add(id string) {
	if id != "" && !b.seen[id] {
		b.seen[id] = true
		b.names = append(b.names, id)
	}
}

// annotated keeps annotated names out.
func (b *binder) annotated(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.AnnAssign:
		if id, ok := n.Target.(*syntax.Name); ok {
			b.seen[id.ID] = true
		}
	case *syntax.FunctionDef, *syntax.ClassDef, *syntax.Lambda:
		return false
	}
	return true
}

func (b *binder) visit(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.FunctionDef:
		b.add(n.Name)
		return false
	case *syntax.ClassDef:
		b.add(n.Name)
		return false
	case *syntax.Lambda:
		return false
	case *syntax.Assign:
		for _, t := range n.Targets {
			b.target(t)
		}
	case *syntax.AugAssign:
		b.target(n.Target)
	case *syntax.For:
		b.target(n.Target)
	case *syntax.WithItem:
		b.target(n.OptionalVars)
	case *syntax.Delete:
		for _, t := range n.Targets {
			b.target(t)
		}
	case *syntax.NamedExpr:
		b.add(n.Target.ID)
	case *syntax.ExceptHandler:
		b.add(n.Name)
	case *syntax.Alias:
		root, _, _ := strings.Cut(n.Name, ".")
		if n.Asname != "" {
			root = n.Asname
		}
		if root != "*" {
			b.add(root)
		}
	case *syntax.MatchAs:
		b.add(n.Name)
	case *syntax.MatchStar:
		b.add(n.Name)
	case *syntax.MatchMapping:
		b.add(n.Rest)
	}
	return true
}

func (b *binder) target(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Name:
		b.add(e.ID)
	case *syntax.Starred:
		b.target(e.Value)
	case *syntax.Tuple:
		for _, x := range e.Elts {
			b.target(x)
		}
	case *syntax.List:
		for _, x := range e.Elts {
			b.target(x)
		}
	}
}
