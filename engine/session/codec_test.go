package session_test

import (
	"flag"
	"fmt"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/differential"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/session"
)

var record = flag.Bool("record", false, "record what the CPython named by PYTHON does")

// TestDifferential runs programs that look at values after roundtrip(v), which
// is copy.deepcopy for CPython and storing and reading for us.
func TestDifferential(t *testing.T) {
	lib := stdlib.New()
	differential.Run(t, differential.Options{
		Dir: "testdata/codec", Record: *record, Load: lib, Prelude: "import copy\nroundtrip = copy.deepcopy\n",
		Names: map[string]python.Value{"roundtrip": python.NewBuiltin("roundtrip", func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("roundtrip", 1); err != nil {
				return nil, err
			}
			return roundtrip(th, lib, a.Pos[0])
		})},
	})
}

// roundtrip stores a value and reads it again.
func roundtrip(th *python.Thread, lib *stdlib.Library, v python.Value) (python.Value, error) {
	st := session.New(nil, at)
	st.Answers.Set("v", v)
	var none *session.Image
	enc, err := none.Encode(st)
	if err != nil {
		return nil, python.Errorf(python.TypeError, "%v", err)
	}
	known := &program{lib, map[string]*python.Class{}}
	known.look(v, map[python.Value]bool{})
	got, _, err := session.Decode(th, nil, known, enc.Full())
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	out, _ := got.Answers.Get("v")
	return out, nil
}

// A program is a resolver that knows the classes of the values stored.
type program struct {
	*stdlib.Library
	classes map[string]*python.Class
}

func (p *program) Class(name string) *python.Class {
	if c := p.classes[name]; c != nil {
		return c
	}
	return p.Library.Class(name)
}

// look finds the classes in a value.
func (p *program) look(v python.Value, seen map[python.Value]bool) {
	switch c := v.(type) {
	case *python.List, *python.Tuple, *python.Dict, *python.Set, *python.Instance:
	case *python.Class:
		p.classes[c.QualifiedName()] = c
		return
	default:
		return
	}
	if seen[v] {
		return
	}
	seen[v] = true
	var parts []python.Value
	switch v := v.(type) {
	case *python.List:
		parts = v.Elems
	case *python.Tuple:
		parts = v.Elems
	case *python.Dict:
		parts = append(v.Keys(), v.Values()...)
	case *python.Set:
		parts = v.Elems()
	case *python.Instance:
		p.classes[v.Cls.QualifiedName()] = v.Cls
		for _, part := range v.Attrs.All() {
			parts = append(parts, part)
		}
		if native, ok := v.Native.(python.Value); ok {
			parts = append(parts, native)
		}
	}
	for _, part := range parts {
		p.look(part, seen)
	}
}
