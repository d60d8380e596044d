package mako

import "colloquy/engine/python/syntax"

// A node is a piece of a template.
type node interface{}

// textNode is literal text.
type textNode struct {
	text string
	at   syntax.Span
}

// exprNode is ${ expr | filters }.
type exprNode struct {
	expr    syntax.Expr
	filters []syntax.Expr
	at      syntax.Span
}

// codeNode is <% body %>, or <%! body %> with module set.
type codeNode struct {
	body   []syntax.Stmt
	module bool
}

// controlNode is a control line with what it controls, up to its end line. The
// header is the statement as written, with "pass" for a body.
type controlNode struct {
	keyword  string
	header   syntax.Stmt
	body     []node
	branches []branch
}

// branch is an elif, else, except or finally of a control line. The header is
// the whole statement that the branch was read in.
type branch struct {
	keyword string
	header  syntax.Stmt
	body    []node
}

// defNode is <%def> or <%block>: a function that gives its text. A block is
// also shown where it stands.
type defNode struct {
	fn      *syntax.FunctionDef // without body
	filters []syntax.Expr
	body    []node
	block   bool
}

// callNode is <%call expr="..." args="...">: an expression that is evaluated
// with its body at hand as caller.body().
type callNode struct {
	expr syntax.Expr
	args *syntax.Arguments
	body []node
	at   syntax.Span
}

// rawNode is <%text>, which has no markup inside.
type rawNode struct {
	text    string
	filters []syntax.Expr
	at      syntax.Span
}
