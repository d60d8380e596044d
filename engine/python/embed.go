package python

import (
	"math/big"

	"colloquy/engine/python/syntax"
)

// Iterable reports whether v can be iterated over. It runs no author code.
func (th *Thread) Iterable(v Value) bool {
	switch v.(type) {
	case *List, *Tuple, *Range, *Dict, *Str, *Set, *Bytes, *DictView, Iterator:
		return true
	}
	m, ok := th.classLookup(v.Class(), "__iter__")
	return ok && m != Value(None)
}

// BigOf returns a copy of an int or bool as a big.Int, and whether v is one.
func BigOf(v Value) (*big.Int, bool) {
	x, ok := bigOf(v)
	if !ok {
		return nil, false
	}
	return new(big.Int).Set(x), true
}

// FromConstant returns the value of a literal.
func FromConstant(c *syntax.Constant) (v Value, err error) {
	defer recoverError(&err)
	comp := &compiler{unit: &unit{}}
	return comp.constantValue(c, c.Value), nil
}
