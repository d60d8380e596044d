package interview

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"colloquy/engine/python"
)

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

var kindNames = [...]string{"nothing", "True or False", "a whole number", "a number", "a date", "text", "a list", "a mapping"}

// String names the kind in words an author understands.
func (k NodeKind) String() string { return kindNames[k] }

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

	lines []run // where the characters of Str stand in the file

	outside *python.Str // the text of a String that came from outside
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

// Scalar reports whether the node is a single value.
func (n *Node) Scalar() bool { return n.Kind != List && n.Kind != Map }

// Written gives a single value as Python's str would: True, None, 1.5. For
// lists and mappings it names the kind.
func (n *Node) Written() string {
	switch n.Kind {
	case Null:
		return "None"
	case Bool:
		if n.Bool {
			return "True"
		}
		return "False"
	case Int:
		return n.Int.String()
	case Float:
		return floatText(n.Float)
	case Date, String:
		return n.Str
	default:
		return n.Kind.String()
	}
}

// Truth tells whether Python would count the value as true.
func (n *Node) Truth() bool {
	switch n.Kind {
	case Bool:
		return n.Bool
	case Int:
		return n.Int.Sign() != 0
	case Float:
		return n.Float != 0
	case Date:
		return true
	case String:
		return n.Str != ""
	default:
		return len(n.Items) > 0
	}
}

// At gives the place in the file of byte off of the node's text.
func (n *Node) At(off int) Pos {
	i := sort.Search(len(n.lines), func(i int) bool { return n.lines[i].off > off }) - 1
	if i < 0 {
		if len(n.lines) == 0 {
			return n.Pos
		}
		i = 0
	}
	r := n.lines[i]
	p := Pos{File: n.Pos.File, Line: r.line, Col: r.col}
	if off > r.off && off <= len(n.Str) {
		between := n.Str[r.off:off]
		if nl := strings.Count(between, "\n"); nl > 0 && off == len(n.Str) {
			between = strings.TrimRight(between, "\n")
		}
		p.Col += utf8.RuneCountInString(between)
	}
	return p
}

// key is a text under which values that Python takes for equal are equal.
func (n *Node) key() string {
	switch n.Kind {
	case Bool:
		if n.Bool {
			return "n1"
		}
		return "n0"
	case Int:
		return "n" + n.Int.String()
	case Float:
		if n.Float == math.Trunc(n.Float) && math.Abs(n.Float) < 1e15 {
			return "n" + strconv.FormatInt(int64(n.Float), 10)
		}
		return "n" + floatText(n.Float)
	case Null:
		return "-"
	case Date:
		return "d" + n.Str
	default:
		return "s" + n.Str
	}
}

var floatForm = regexp.MustCompile(`^[-+]?([0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+([eE][-+]?[0-9]+)?)$`)

// parseFloat reads 1.5, 1e3, .5, .inf and .nan.
func parseFloat(s string) (float64, bool) {
	switch strings.TrimPrefix(strings.TrimPrefix(s, "+"), "-") {
	case ".inf", ".Inf", ".INF":
		if s[0] == '-' {
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	case ".nan", ".NaN", ".NAN":
		return math.NaN(), true
	}
	if !floatForm.MatchString(s) {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, "_", ""), 64)
	return f, err == nil || !math.IsNaN(f) && math.IsInf(f, 0)
}

// floatText writes a number as Python's repr does.
func floatText(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case math.IsNaN(f):
		return "nan"
	}
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		mantissa, exp, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
		return fmt.Sprintf("%se%s", mantissa, exp)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
