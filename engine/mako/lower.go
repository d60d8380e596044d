package mako

import (
	"fmt"

	"colloquy/engine/python/syntax"
)

// Names that templates use among themselves. No author can write them.
const (
	writeName  = "<write>"  // the text of the present function
	bufferName = "<buffer>" // makes a new one
	loopName   = "<loop>"   // makes the loop object of a for
	callName   = "<call>"   // evaluates a <%call>
	callerName = "<caller>" // gives the caller of a def
	bodyName   = "<template>"
	filterName = "<filter " // and the filter's name
)

// lower turns the tree into one expression, if it is only text and
// expressions, or else into a file that defines the function "<template>",
// whose argument is the function that writes.
//
// That function declares its names global: rendering gives them a namespace of
// their own, where an interview's variable shows until the template assigns its
// name. Defs see them, too.
func (t *Tree) lower(name string) (f *syntax.File, straight syntax.Expr) {
	l := &lowerer{tree: t}
	if parts, ok := l.straight(t.nodes); ok {
		return nil, parts
	}
	at := t.span()
	f = &syntax.File{Span: at, Name: name}
	l.collectModule(t.nodes, &f.Body)
	body, defs := l.function(t.nodes)
	f.Body = append(f.Body, defs...)
	if names := assigned(body); len(names) > 0 {
		body = append([]syntax.Stmt{&syntax.Global{Span: at, Names: names}}, body...)
	}
	f.Body = append(f.Body, &syntax.FunctionDef{Span: at, Name: bodyName, NamePos: at.From,
		Args: &syntax.Arguments{Span: at, Args: []*syntax.Arg{{Span: at, Arg: writeName}}}, Body: body})
	return f, nil
}

func (t *Tree) span() syntax.Span {
	if len(t.parts) > 0 {
		return syntax.Span{From: t.parts[0].Start(), To: t.parts[len(t.parts)-1].End()}
	}
	return syntax.Span{From: syntax.Pos{Line: 1, Col: 1}, To: syntax.Pos{Line: 1, Col: 1}}
}

// A lowerer turns nodes into statements.
type lowerer struct {
	tree    *Tree
	defs    []syntax.Stmt // of the present function, to come first
	pending []syntax.Expr // pieces of text not written yet
	loop    string        // the loop object around, in the present function
	inDef   bool
	count   int
}

// fresh returns a name nobody uses.
func (l *lowerer) fresh(what string) string {
	l.count++
	return fmt.Sprintf("<%s %d>", what, l.count)
}

// straight returns the f-string of nodes that are only text and expressions.
func (l *lowerer) straight(nodes []node) (syntax.Expr, bool) {
	for _, n := range nodes {
		switch n.(type) {
		case *textNode, *exprNode, *rawNode:
		default:
			return nil, false
		}
	}
	for _, n := range nodes {
		l.piece(n)
	}
	return l.joined(), true
}

// piece adds text or an expression to what is pending.
func (l *lowerer) piece(n node) {
	switch n := n.(type) {
	case *textNode:
		l.text(n.text, n.at)
	case *rawNode:
		if len(n.filters) == 0 {
			l.text(n.text, n.at)
			return
		}
		l.value(filtered(&syntax.Constant{Span: n.at, Value: n.text}, n.filters), n.at)
	case *exprNode:
		e, filters := n.expr, n.filters
		raw := false
		for _, f := range filters {
			if id, ok := f.(*syntax.Name); ok && id.ID == "n" {
				raw = true
			}
		}
		if len(filters) > 0 && !raw {
			e = asText(e)
		}
		l.value(filtered(e, filters), n.at)
	}
}

// text adds literal text, to that before it if it can.
func (l *lowerer) text(s string, at syntax.Span) {
	if s == "" {
		return
	}
	if n := len(l.pending); n > 0 {
		if c, ok := l.pending[n-1].(*syntax.Constant); ok {
			l.pending[n-1] = &syntax.Constant{Span: syntax.Span{From: c.From, To: at.To}, Value: c.Value.(string) + s}
			return
		}
	}
	l.pending = append(l.pending, &syntax.Constant{Span: at, Value: s})
}

// value adds an expression that is written as str gives it.
func (l *lowerer) value(e syntax.Expr, at syntax.Span) {
	l.pending = append(l.pending, &syntax.FormattedValue{Span: at, Value: e, Conversion: 's'})
}

// joined returns what is pending as one expression.
func (l *lowerer) joined() syntax.Expr {
	parts := l.pending
	l.pending = nil
	if len(parts) == 0 {
		return &syntax.Constant{Span: l.tree.span(), Value: ""}
	}
	if c, ok := parts[0].(*syntax.Constant); ok && len(parts) == 1 {
		return c
	}
	at := syntax.Span{From: parts[0].Start(), To: parts[len(parts)-1].End()}
	return &syntax.JoinedStr{Span: at, Values: parts}
}

// asText returns str(e), as an f-string.
func asText(e syntax.Expr) syntax.Expr {
	at := syntax.Span{From: e.Start(), To: e.End()}
	return &syntax.JoinedStr{Span: at, Values: []syntax.Expr{&syntax.FormattedValue{Span: at, Value: e, Conversion: 's'}}}
}

// filtered applies filters in the order written; those of Mako are known by
// their names, even where an author has a function of the same name.
func filtered(e syntax.Expr, filters []syntax.Expr) syntax.Expr {
	for _, f := range filters {
		id, ok := f.(*syntax.Name)
		switch {
		case ok && id.ID == "n":
			continue
		case ok && (id.ID == "str" || id.ID == "unicode"):
			e = asText(e)
			continue
		case ok && filterFuncs[id.ID] != nil:
			f = name(filterName+id.ID+">", id)
		}
		e = call(f, e)
	}
	return e
}

func name(id string, at syntax.Node) *syntax.Name {
	return &syntax.Name{Span: syntax.Span{From: at.Start(), To: at.End()}, ID: id}
}

// call returns fn(args...), placed at the first argument or else at fn.
func call(fn syntax.Expr, args ...syntax.Expr) *syntax.Call {
	at := syntax.Node(fn)
	if len(args) > 0 {
		at = args[0]
	}
	return &syntax.Call{Span: syntax.Span{From: at.Start(), To: at.End()}, Func: fn, Args: args}
}

// flush writes what is pending.
func (l *lowerer) flush(body []syntax.Stmt) []syntax.Stmt {
	if len(l.pending) == 0 {
		return body
	}
	e := l.joined()
	return append(body, statement(call(name(writeName, e), e)))
}

func statement(e syntax.Expr) syntax.Stmt {
	return &syntax.ExprStmt{Span: syntax.Span{From: e.Start(), To: e.End()}, Value: e}
}
