package python

import (
	"unicode/utf8"

	"colloquy/engine/python/syntax"
)

// CompileOptions say what code is compiled for.
type CompileOptions struct {
	// Interview: a global name found nowhere raises NameError with Missing set,
	// and NAME = Class(...) at the top level tells the constructor its name.
	Interview bool
	// File is the name in messages; empty: that of the syntax.File.
	File string
	// Library: the code belongs to the language and not to an author, so that
	// it is not named where a budget ends.
	Library bool
}

// Code is a compiled file or expression. It is immutable and shared.
type Code struct {
	body *function
	file string
	doc  string
}

// File returns the name of the file in messages.
func (c *Code) File() string { return c.file }

// expr, stmt and target are compiled expressions, statements and places to
// assign to.
type (
	expr   func(fr *frame) (Value, error)
	stmt   func(fr *frame) (ctl, error)
	target func(fr *frame, v Value) error
)

// ctl says how a statement ended.
type ctl uint8

const (
	next ctl = iota
	breakLoop
	continueLoop
	returned
)

// compiler compiles the code of one scope.
type compiler struct {
	*unit
	scope    *scope
	qualname string // of what contains the scope, with a dot; "" at top
	loops    int    // around the present statement
	starred  int    // 1 + loops around the innermost except* block; 0: not in one
}

// unit is what the compilers of one file share.
type unit struct {
	file        string
	interview   bool
	library     bool
	annotations bool // from __future__ import annotations
	scopes      map[syntax.Node]*scope
	futures     []*syntax.ImportFrom // where they may be
}

// Compile compiles a file. An author mistake that the parser does not see
// (return outside a function) is a *syntax.Error.
func Compile(file *syntax.File, opts CompileOptions) (code *Code, err error) {
	name := opts.File
	if name == "" {
		name = file.Name
	}
	defer recoverError(&err)
	scopes, root := analyze(name, file.Body, nil)
	c := &compiler{unit: &unit{file: name, interview: opts.Interview, library: opts.Library, scopes: scopes, futures: futureImports(file.Body)}, scope: root}
	body := c.valueBlock(file.Body)
	doc, _ := docString(file.Body)
	annotate := c.beginAnnotations()
	return &Code{body: c.topLevel(func(fr *frame) (Value, error) {
		annotate(fr.globals)
		_, err := body(fr)
		if err != nil || fr.ret == nil {
			return None, err
		}
		return fr.ret, nil
	}), file: name, doc: doc}, nil
}

// CompileExpr compiles an expression; Run then returns its value.
func CompileExpr(e syntax.Expr, opts CompileOptions) (code *Code, err error) {
	defer recoverError(&err)
	scopes, root := analyze(opts.File, nil, e)
	c := &compiler{unit: &unit{file: opts.File, interview: opts.Interview, scopes: scopes}, scope: root}
	run, p := c.expr(e), placeOf(e)
	return &Code{body: c.topLevel(func(fr *frame) (Value, error) {
		v, err := run(fr)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}), file: opts.File}, nil
}

func recoverError(err *error) {
	switch e := recover().(type) {
	case nil:
	case *syntax.Error:
		*err = e
	default:
		panic(e)
	}
}

// topLevel returns the function that is a whole file or expression.
func (c *compiler) topLevel(run expr) *function {
	f := c.newFunction("<module>", "<module>", 1)
	f.run = run
	return f
}

// newFunction returns a function with the layout of the compiler's scope.
func (c *compiler) newFunction(name, qualname string, line int) *function {
	l := c.scope.frame
	return &function{
		name: name, qualname: qualname, file: c.file, line: line, interview: c.interview, library: c.library,
		vararg: -1, kwarg: -1,
		vars: l.slots, varNames: l.slotNames, cells: len(l.own), cellNames: append(append([]string{}, l.own...), l.free...),
		generator: c.scope.yields,
	}
}

// Run runs the code with ns as its global names. The value is that of an
// expression; of a file it is that of its last statement if that is an
// expression, else None.
func (c *Code) Run(th *Thread, ns *Namespace) (Value, error) {
	if th.closed {
		return nil, Errorf(RuntimeError, "the evaluation is over")
	}
	if err := th.enter(); err != nil {
		return nil, err
	}
	defer th.leave()
	th.frames++
	f := c.body
	fr := &frame{th: th, code: f, globals: ns, id: th.frames, vars: make([]Value, f.vars)}
	if f.cells > 0 {
		fr.cells = makeCells(f.cells, nil)
	}
	saved := th.pending
	th.pending = ""
	n := len(th.callers)
	th.callers = append(th.callers, ns)
	v, err := f.run(fr)
	th.callers = th.callers[:n]
	th.pending = saved
	return v, err
}

// placeOf is where a traceback says that n failed: its start, or for what is
// done with an attribute on a line further down, the attribute's name.
func placeOf(n syntax.Node) place {
	p := n.Start()
	if call, ok := n.(*syntax.Call); ok {
		n = call.Func
	}
	if a, ok := n.(*syntax.Attribute); ok && a.To.Line != a.From.Line {
		p = syntax.Pos{Line: a.To.Line, Col: max(1, a.To.Col-utf8.RuneCountInString(a.Attr))}
	}
	return place{int32(p.Line), int32(p.Col)}
}

func (c *compiler) fail(n syntax.Node, msg string) {
	panic(&syntax.Error{File: c.file, Pos: n.Start(), Kind: "SyntaxError", Msg: msg})
}

// inner returns the compiler for the scope that node opens.
func (c *compiler) inner(node syntax.Node, qualname string) *compiler {
	return &compiler{unit: c.unit, scope: c.scopes[node], qualname: qualname}
}

// nested is c for a comprehension, whose variables live in the same frame.
func (c *compiler) nested(node syntax.Node) *compiler {
	n := *c
	n.scope = c.scopes[node]
	return &n
}

// docString returns the text a body begins with, if it is a plain literal.
func docString(body []syntax.Stmt) (string, bool) {
	if len(body) == 0 {
		return "", false
	}
	if e, ok := body[0].(*syntax.ExprStmt); ok {
		if k, ok := e.Value.(*syntax.Constant); ok {
			s, ok := k.Value.(string)
			return s, ok
		}
	}
	return "", false
}

// block compiles statements one after another.
func (c *compiler) block(body []syntax.Stmt) stmt {
	stmts := make([]stmt, 0, len(body))
	places := make([]place, 0, len(body))
	for _, s := range body {
		if run := c.stmt(s); run != nil {
			stmts = append(stmts, run)
			places = append(places, placeOf(s))
		}
	}
	switch len(stmts) {
	case 0:
		return func(*frame) (ctl, error) { return next, nil }
	case 1:
		only, p := stmts[0], places[0]
		return func(fr *frame) (ctl, error) {
			k, err := only(fr)
			if err != nil {
				return k, fr.fail(err, p)
			}
			return k, nil
		}
	}
	return func(fr *frame) (ctl, error) {
		for i, s := range stmts {
			if k, err := s(fr); k != next || err != nil {
				if err != nil {
					return k, fr.fail(err, places[i])
				}
				return k, nil
			}
		}
		return next, nil
	}
}

// valueBlock is block for a file: it keeps the value of a last expression.
func (c *compiler) valueBlock(body []syntax.Stmt) stmt {
	if len(body) == 0 {
		return c.block(nil)
	}
	last, ok := body[len(body)-1].(*syntax.ExprStmt)
	if !ok {
		return c.block(body)
	}
	first, value, p := c.block(body[:len(body)-1]), c.expr(last.Value), placeOf(last)
	return func(fr *frame) (ctl, error) {
		if k, err := first(fr); k != next || err != nil {
			return k, err
		}
		v, err := value(fr)
		if err != nil {
			return next, fr.fail(err, p)
		}
		fr.ret = v
		return next, nil
	}
}
