package mako

import "colloquy/engine/python/syntax"

// function lowers the nodes of a function: its statements and the defs that
// come before them.
func (l *lowerer) function(nodes []node) (body, defs []syntax.Stmt) {
	outer := *l
	l.defs, l.pending, l.loop = nil, nil, ""
	body = l.block(nodes)
	defs = l.defs
	l.defs, l.pending, l.loop = outer.defs, outer.pending, outer.loop
	return body, defs
}

// inner is function for a def.
func (l *lowerer) inner(nodes []node) (body, defs []syntax.Stmt) {
	outer := l.inDef
	l.inDef = true
	defer func() { l.inDef = outer }()
	return l.function(nodes)
}

// block lowers nodes to statements that write everything.
func (l *lowerer) block(nodes []node) []syntax.Stmt {
	var body []syntax.Stmt
	for _, n := range nodes {
		switch n := n.(type) {
		case *codeNode:
			if !n.module {
				body = append(l.flush(body), l.code(n.body)...)
			}
		case *controlNode:
			body = append(l.flush(body), l.control(n)...)
		case *defNode:
			l.def(n)
			if n.block {
				l.value(call(name(n.fn.Name, n.fn)), n.fn.Span)
			}
		case *callNode:
			body = l.callTag(l.flush(body), n)
		default:
			l.piece(n)
		}
	}
	return l.flush(body)
}

// collectModule adds the statements of all <%! %>, wherever they stand.
func (l *lowerer) collectModule(nodes []node, out *[]syntax.Stmt) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *codeNode:
			if n.module {
				*out = append(*out, n.body...)
			}
		case *controlNode:
			l.collectModule(n.body, out)
			for _, b := range n.branches {
				l.collectModule(b.body, out)
			}
		case *defNode:
			l.collectModule(n.body, out)
		case *callNode:
			l.collectModule(n.body, out)
		}
	}
}

// def lowers a def or block to a function that comes first in the present one.
func (l *lowerer) def(d *defNode) {
	if d.fn.Name == "<block>" {
		d.fn.Name = l.fresh("block")
	}
	at := d.fn
	body, inner := l.inner(d.body)
	var head []syntax.Stmt
	if mentions(body, "caller") || mentions(inner, "caller") {
		head = append(head, assign("caller", call(name(callerName, at)), at))
	}
	l.defs = append(l.defs, l.textFunction(d.fn.Name, d.fn.Args, append(append(head, inner...), body...), d.filters, at))
}

// textFunction returns a function that gives the text its body writes.
func (l *lowerer) textFunction(id string, args *syntax.Arguments, body []syntax.Stmt, filters []syntax.Expr, at syntax.Node) *syntax.FunctionDef {
	span := syntax.Span{From: at.Start(), To: at.End()}
	result := filtered(call(name(writeName, at)), filters)
	all := []syntax.Stmt{assign(writeName, call(name(bufferName, at)), at)}
	all = append(all, body...)
	all = append(all, &syntax.Return{Span: span, Value: result})
	return &syntax.FunctionDef{Span: span, Name: id, NamePos: span.From, Args: args, Body: all}
}

func assign(id string, value syntax.Expr, at syntax.Node) syntax.Stmt {
	return &syntax.Assign{Span: syntax.Span{From: at.Start(), To: at.End()}, Targets: []syntax.Expr{name(id, at)}, Value: value}
}

// callTag lowers <%call>: its body and the defs in it become functions, which
// the expression's def finds in its caller.
func (l *lowerer) callTag(stmts []syntax.Stmt, c *callNode) []syntax.Stmt {
	at := &syntax.Pass{Span: c.at}
	body, inner := l.inner(c.body)
	bodyID := l.fresh("body")
	stmts = append(stmts, inner...)
	stmts = append(stmts, l.textFunction(bodyID, c.args, body, nil, at))
	thunk := &syntax.Lambda{Span: syntax.Span{From: c.expr.Start(), To: c.expr.End()}, Args: &syntax.Arguments{}, Body: c.expr}
	e := call(name(callName, at), thunk)
	e.Keywords = append(e.Keywords, &syntax.Keyword{Span: c.at, Arg: "body", Value: name(bodyID, at)})
	for _, s := range inner {
		f := s.(*syntax.FunctionDef)
		if syntax.IsIdentifier(f.Name) && f.Name != "body" {
			e.Keywords = append(e.Keywords, &syntax.Keyword{Span: c.at, Arg: f.Name, Value: name(f.Name, at)})
		}
	}
	l.value(e, c.at)
	return stmts
}

// control lowers a control line with all it controls.
func (l *lowerer) control(c *controlNode) []syntax.Stmt {
	switch h := c.header.(type) {
	case *syntax.If:
		s := *h
		s.Body = l.block(c.body)
		s.Orelse = l.elifs(c.branches)
		return []syntax.Stmt{&s}
	case *syntax.While:
		s := *h
		s.Body = l.block(c.body)
		s.Orelse = l.orelse(c.branches)
		return []syntax.Stmt{&s}
	case *syntax.With:
		s := *h
		s.Body = l.block(c.body)
		return []syntax.Stmt{&s}
	case *syntax.Try:
		return []syntax.Stmt{l.try(h, c)}
	case *syntax.For:
		return l.forLoop(h, c)
	}
	return nil
}

// elifs lowers the rest of an if.
func (l *lowerer) elifs(branches []branch) []syntax.Stmt {
	if len(branches) == 0 {
		return nil
	}
	b := branches[0]
	if b.keyword == "else" {
		return l.block(b.body)
	}
	s := *b.header.(*syntax.If).Orelse[0].(*syntax.If)
	s.Body = l.block(b.body)
	s.Orelse = l.elifs(branches[1:])
	return []syntax.Stmt{&s}
}

// orelse lowers the else of a loop.
func (l *lowerer) orelse(branches []branch) []syntax.Stmt {
	if len(branches) == 0 {
		return nil
	}
	return l.block(branches[0].body)
}

func (l *lowerer) try(h *syntax.Try, c *controlNode) syntax.Stmt {
	s := &syntax.Try{Span: h.Span, Body: l.block(c.body)}
	for _, b := range c.branches {
		switch b.keyword {
		case "except":
			t := b.header.(*syntax.Try)
			x := *t.Handlers[0]
			x.Body = l.block(b.body)
			s.Star = t.Star
			s.Handlers = append(s.Handlers, &x)
		case "else":
			s.Orelse = l.block(b.body)
		case "finally":
			s.Finalbody = append(l.block(b.body), &syntax.Pass{Span: h.Span})
		}
	}
	return s
}

// forLoop lowers a for line. If anything in it mentions loop, it runs over a
// loop object; loop means that one in the body, and the outer one after it.
func (l *lowerer) forLoop(h *syntax.For, c *controlNode) []syntax.Stmt {
	s, outer, defs := *h, l.loop, len(l.defs)
	id := l.fresh("loop")
	l.loop = id
	s.Body = l.block(c.body)
	l.loop = outer
	s.Orelse = l.orelse(c.branches)
	if !mentions(s.Body, "loop") && !mentions(l.defs[defs:], "loop") {
		return []syntax.Stmt{&s}
	}
	var parent syntax.Expr = &syntax.Constant{Span: h.Span}
	if outer != "" {
		parent = name(outer, h.Iter)
	}
	s.Iter = name(id, h.Iter)
	s.Body = append([]syntax.Stmt{assign("loop", name(id, h.Iter), h.Iter)}, s.Body...)
	stmts := []syntax.Stmt{assign(id, call(name(loopName, h.Iter), h.Iter, parent), h.Iter), &s}
	if outer != "" {
		stmts = append(stmts, assign("loop", parent, h.Iter))
	}
	return stmts
}
