package interview

import (
	"fmt"
	"math/big"
	"slices"

	"colloquy/engine/mako"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// maxGenerated is how deep a computed structure may be nested.
const maxGenerated = 50

// GeneratedFields reads fields that code within block b computed: a list of
// mappings of the same form as in a file. Their numbers count from 0. What is
// wrong with them is returned as a *LoadError.
//
// Text that came from outside stays words: it is never a template or code.
func (in *Interview) GeneratedFields(th *python.Thread, b *Block, at Pos, v python.Value) ([]*Field, error) {
	n, err := NodeOf(th, v, at)
	if err != nil {
		return nil, err
	}
	name := packages.Name{Package: in.Package}
	l := &loader{in: newInterview(name), defs: map[string]mako.Source{}}
	maker := &builder{
		loader: l, unit: &unit{name: name, pkg: b.Package, language: b.Language},
		doc: &document{file: at.File, line: at.Line}, block: &Block{Package: b.Package, Language: b.Language},
	}
	var fields []*Field
	if n.Kind != List || len(n.Items) > 0 {
		fields = maker.fields(n)
	}
	if len(in.Modules) == 0 && len(in.customDatatypes) == 0 {
		for _, d := range l.datatypes {
			l.problem(d.problem)
		}
	}
	if slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Severity == Error }) {
		return nil, &LoadError{Name: in.Name, Problems: l.problems}
	}
	return fields, nil
}

// NodeOf gives a Python value as a tree: None, truth values, numbers, text,
// lists, tuples and dictionaries; anything else as its text. All of it stands
// at one place.
func NodeOf(th *python.Thread, v python.Value, at Pos) (*Node, error) {
	return nodeOf(th, v, at, 0)
}

func nodeOf(th *python.Thread, v python.Value, at Pos, depth int) (*Node, error) {
	n := &Node{Pos: at}
	if depth > maxGenerated {
		return nil, fmt.Errorf("%s: the computed value is nested more than %d deep", at, maxGenerated)
	}
	switch v := python.Unwrap(v).(type) {
	case python.Bool:
		n.Kind, n.Bool = Bool, bool(v)
	case python.Int:
		n.Kind, n.Int = Int, big.NewInt(int64(v))
	case python.Float:
		n.Kind, n.Float = Float, float64(v)
	case *python.Str:
		n.Kind, n.Str = String, v.String()
		if len(v.Spans()) > 0 {
			n.outside = v
		}
	case *python.List:
		return n, n.fill(th, v.Elems, depth)
	case *python.Tuple:
		return n, n.fill(th, v.Elems, depth)
	case *python.Dict:
		return n, n.fillMap(th, v, depth)
	default:
		if v == python.None {
			return n, nil
		}
		s, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		return nodeOf(th, s, at, depth+1)
	}
	return n, nil
}

func (n *Node) fill(th *python.Thread, values []python.Value, depth int) error {
	n.Kind = List
	for _, v := range values {
		item, err := nodeOf(th, v, n.Pos, depth+1)
		if err != nil {
			return err
		}
		n.Items = append(n.Items, item)
	}
	return nil
}

func (n *Node) fillMap(th *python.Thread, d *python.Dict, depth int) error {
	n.Kind = Map
	for k, v := range d.All() {
		key, err := nodeOf(th, k, n.Pos, depth+1)
		if err != nil {
			return err
		}
		value, err := nodeOf(th, v, n.Pos, depth+1)
		if err != nil {
			return err
		}
		if !key.Scalar() {
			return fmt.Errorf("%s: %s cannot be the key of a setting", n.Pos, key.Kind)
		}
		n.Keys, n.Items = append(n.Keys, key), append(n.Items, value)
	}
	return nil
}
