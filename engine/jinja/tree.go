package jinja

import (
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A node is a part of a template.
type node interface{}

// textNode is literal text.
type textNode struct{ piece *Piece }

// outputNode is {{ code }}.
type outputNode struct {
	code  *python.Code
	piece *Piece
}

// A target is what a loop or set assigns to: a name, several, or an attribute
// of a namespace().
type target struct {
	name  string
	attr  string    // of name
	parts []*target // instead of a name
}

type forNode struct {
	target    *target
	iter      *python.Code
	filter    *python.Code // or nil
	body      []node
	orelse    []node
	recursive bool
}

// ifNode has a branch for every test and one more for else.
type ifNode struct {
	tests  []*python.Code
	bodies [][]node
}

// setNode is {% set target = code %} or, with a body, the block whose text is
// <body> in code.
type setNode struct {
	target *target
	code   *python.Code
	body   []node
	block  bool
}

// A macro is {% macro %}, or the body of {% call %}.
type macro struct {
	name     string
	params   []string
	defaults []*python.Code // of each parameter, or nil
	body     []node
	// What the macro does with arguments beyond its parameters.
	varargs, kwargs bool
}

type macroNode struct{ macro *macro }

// callNode is {% call %}: code is the call, with the name of the caller in it.
type callNode struct {
	body  *macro
	code  *python.Code
	piece *Piece
}

// filterNode is {% filter %}: code filters <body>.
type filterNode struct {
	code  *python.Code
	body  []node
	piece *Piece
}

type withNode struct {
	targets []*target
	values  []*python.Code
	body    []node
}

// includeNode is {% include %}, {% import %} or {% from %}.
type includeNode struct {
	code    *python.Code
	ignore  bool
	alone   bool   // without context
	as      string // of an import
	names   [][2]string
	imports bool
	at      syntax.Pos
}
