package interview

import (
	"errors"
	"slices"
	"strings"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A Code is a compiled piece of Python: an expression or statements.
type Code struct {
	Source     string
	Pos        Pos
	Statements bool
	// Uses are the names an expression reads, each as long as it can be spelled
	// (tank.size, not tank), in order, without repetition.
	Uses []string

	code *python.Code
	node *Node       // that it was written in
	tree syntax.Node // nil where it does not parse
}

// Tree is the code as it was parsed, with places of the file; nil for code that
// came about while the interview ran. It must not be changed.
func (c *Code) Tree() syntax.Node { return c.tree }

// At gives the place in the file of byte off of Source.
func (c *Code) At(off int) Pos { return c.node.At(off) }

// Run evaluates an expression or runs statements, with ns as global names.
// Errors are those of [python.Code.Run].
func (c *Code) Run(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	return c.code.Run(th, ns)
}

// A Cond is a yes or no that is either written down or computed.
// Its zero value is a plain no.
type Cond struct {
	Set   bool  // the author wrote the key
	Value bool  // when Code is nil
	Code  *Code // nil for a literal
	Null  bool  // the author wrote null; Value is false
}

// Static reports the value of a condition that needs no evaluation.
func (c Cond) Static() (value, ok bool) { return c.Value, c.Code == nil }

// compileExpr compiles a single value as an expression. What it sets counts
// as set by the block.
func (b *builder) compileExpr(n *Node) *Code {
	src := n.Written()
	c := &Code{Source: src, Pos: n.At(0), node: n}
	if n.outside != nil {
		b.errorf(n.Pos, "text that came from outside cannot be code")
		return c
	}
	e, err := syntax.ParseExprFunc(n.Pos.File, src, n.place(src))
	if err != nil {
		b.codeProblem(n, err)
		return c
	}
	c.Uses, c.tree = uses(e), e
	b.sets(e)
	if c.code, err = python.CompileExpr(e, python.CompileOptions{Interview: true, File: n.Pos.File}); err != nil {
		b.codeProblem(n, err)
	}
	return c
}

// compileStatements compiles a text as statements.
func (b *builder) compileStatements(n *Node) *Code {
	c := &Code{Source: n.Str, Pos: n.At(0), Statements: true, node: n}
	f, err := syntax.ParseFileFunc(n.Pos.File, n.Str, n.place(n.Str))
	if err != nil {
		b.codeProblem(n, err)
		return c
	}
	c.tree = f
	b.sets(f)
	if c.code, err = python.Compile(f, python.CompileOptions{Interview: true, File: n.Pos.File}); err != nil {
		b.codeProblem(n, err)
	}
	if strings.Contains(c.Source, "process_action(") {
		b.in.ProcessesActions = true
	}
	return c
}

// sets notes the names that running a piece of code may define.
func (b *builder) sets(n syntax.Node) {
	for _, name := range syntax.Assigned(n) {
		if ValidName(name) {
			b.found(name)
		}
	}
}

// codeProblem reports an error of the Python parser at its place in the file.
func (b *builder) codeProblem(n *Node, err error) {
	var se *syntax.Error
	if !errors.As(err, &se) {
		b.reportKind(ProblemCode, Error, n.Pos, "", err.Error())
		return
	}
	msg := se.Msg
	if se.Kind != "" {
		msg = se.Kind + ": " + msg
	}
	b.reportKind(ProblemCode, Error, Pos{File: n.Pos.File, Line: se.Line, Col: se.Col}, "", msg)
}

// place gives the function that tells where in the file a line and column of
// src, the node's text, stand.
func (n *Node) place(src string) func(syntax.Pos) syntax.Pos {
	starts := []int{0}
	for i := range len(src) {
		if src[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return func(p syntax.Pos) syntax.Pos {
		if p.Line < 1 {
			return syntax.Pos{Line: n.Pos.Line, Col: n.Pos.Col}
		}
		off := len(src)
		if p.Line <= len(starts) {
			off = starts[p.Line-1]
			off += byteOffset(src[off:], p.Col)
		}
		at := n.At(off)
		return syntax.Pos{Line: at.Line, Col: at.Col}
	}
}

// unique gives a list without repetitions, in order of first appearance.
func unique(list []string) []string {
	if len(list) < 2 {
		return list
	}
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(s string) bool {
		if seen[s] {
			return true
		}
		seen[s] = true
		return false
	})
}
