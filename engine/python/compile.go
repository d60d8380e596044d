package python

import (
	"colloquy/engine/python/syntax"
)

// CompileOptions say what code is compiled for.
type CompileOptions struct {
	// Interview: a global name found nowhere raises NameError with Missing set,
	// and NAME = Class(...) at the top level tells the constructor its name.
	Interview bool
	// File is the name in messages; empty: that of the syntax.File.
	File string
}

// Code is a compiled file or expression. It is immutable and shared.
type Code struct {
	body *function
	file string
	doc  string
}

// File returns the name of the file in messages.
func (c *Code) File() string { return c.file }

// Compile compiles a file. An author mistake that the parser does not see
// (return outside a function) is a *syntax.Error.
func Compile(file *syntax.File, opts CompileOptions) (*Code, error) {
	return nil, &syntax.Error{File: file.Name, Pos: syntax.Pos{Line: 1, Col: 1}, Kind: "SyntaxError", Msg: "invalid syntax"}
}

// CompileExpr compiles an expression; Run then returns its value.
func CompileExpr(e syntax.Expr, opts CompileOptions) (*Code, error) {
	return nil, &syntax.Error{File: opts.File, Pos: e.Start(), Kind: "SyntaxError", Msg: "invalid syntax"}
}

// Run runs the code with ns as its global names. The value is that of an
// expression; of a file it is that of its last statement if that is an
// expression, else None.
func (c *Code) Run(th *Thread, ns *Namespace) (Value, error) {
	fr := &frame{th: th, code: c.body, globals: ns}
	return c.body.run(fr)
}
