package interview

import "math/big"

// A NodeKind is the type of a YAML value.
type NodeKind int

// The kinds of YAML values.
const (
	Null NodeKind = iota
	Bool
	Int
	Float
	Date
	String
	List
	Map
)

// A Node is a YAML value with its place in the file. Scalars are resolved by
// the rules of YAML 1.2 with old-style extras (yes and no are text, 0777 is
// seven hundred and seventy-seven, dates are dates).
type Node struct {
	Kind  NodeKind
	Pos   Pos
	Bool  bool
	Int   *big.Int
	Float float64
	Str   string  // the text of a String; YYYY-MM-DD of a Date
	Keys  []*Node // of a Map, in order of the file
	Items []*Node // the values of a Map or of a List

	// Text and Code are set where the strings of the structure are templates
	// (data, field metadata) or expressions (data from code).
	Text *Text
	Code *Code

	raw   string // a scalar as it was written
	lines []run  // where the characters of Str stand in the file
}

// A run says that the text from byte off on stands at line, col of the file.
type run struct{ off, line, col int }

// Get returns the value under a text key of a map, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i, k := range n.Keys {
		if k.Kind == String && k.Str == key {
			return n.Items[i]
		}
	}
	return nil
}
