package jinja

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

//go:embed prelude.py
var prelude string

// A shelf holds the filters, tests and functions of the dialect.
type shelf struct {
	names *python.Namespace
	// values are filters and tests by what templates call them, such as "<filter upper>".
	values map[string]python.Value
	// searching are the filters that are given two functions first: one that
	// finds a filter, one that finds a test.
	searching map[string]bool
}

// library runs the prelude, once; what it defines is frozen.
var library = sync.OnceValues(func() (*shelf, error) {
	file, err := syntax.ParseFile("jinja prelude", prelude, syntax.Pos{})
	if err != nil {
		return nil, fmt.Errorf("read the prelude of jinja: %w", err)
	}
	code, err := python.Compile(file, python.CompileOptions{Library: true})
	if err != nil {
		return nil, fmt.Errorf("compile the prelude of jinja: %w", err)
	}
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	m := python.NewModule("jinja2")
	m.Globals.Set("read_attr", python.NewBuiltin("read_attr", readAttr))
	m.Globals.Set("read_item", python.NewBuiltin("read_item", readItem))
	if err := m.Run(th, code); err != nil {
		return nil, fmt.Errorf("run the prelude of jinja: %w", err)
	}
	python.Freeze(th, m)
	s := &shelf{names: m.Globals, values: map[string]python.Value{}, searching: map[string]bool{}}
	for name, v := range m.Globals.All() {
		for prefix, what := range map[string]string{"filter_": filterName, "search_": filterName, "test_": testName} {
			if short, ok := strings.CutPrefix(name, prefix); ok {
				s.values[what+short+">"] = v
				s.searching[what+short+">"] = prefix == "search_"
			}
		}
	}
	for sign, name := range map[string]string{"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "equalto": "eq", "greaterthan": "gt", "lessthan": "lt"} {
		s.values[testName+sign+">"] = s.values[testName+name+">"]
	}
	for also, name := range map[string]string{"e": "escape", "forceescape": "escape", "length": "count", "safe": "escape"} {
		s.values[filterName+also+">"] = s.values[filterName+name+">"]
	}
	return s, nil
})

func (s *shelf) has(what string) bool {
	_, ok := s.values[what]
	return ok || what == filterName+"default>" || what == filterName+"d>"
}

// list returns the names of all filters or tests.
func (s *shelf) list(prefix string) []string {
	var out []string
	for what := range s.values {
		if name, ok := strings.CutPrefix(what, prefix); ok {
			out = append(out, strings.TrimSuffix(name, ">"))
		}
	}
	slices.Sort(out)
	return out
}

// readAttr is obj.name in a template: an attribute or else an item.
func readAttr(th *python.Thread, a *python.Args) (python.Value, error) {
	obj := a.Pos[0]
	name, _ := python.StringOf(a.Pos[1])
	v, err := th.GetAttr(obj, name)
	if err == nil || !python.IsException(err, python.AttributeError) {
		return v, err
	}
	if _, missing := python.MissingName(err); missing {
		return nil, err
	}
	if v, itemErr := th.GetItem(obj, a.Pos[1]); itemErr == nil {
		return v, nil
	} else if _, missing := python.MissingName(itemErr); missing {
		return nil, itemErr
	}
	return nil, err
}

// readItem is obj[key] in a template: an item or else an attribute.
func readItem(th *python.Thread, a *python.Args) (python.Value, error) {
	v, err := th.GetItem(a.Pos[0], a.Pos[1])
	if err == nil {
		return v, nil
	}
	if _, missing := python.MissingName(err); missing {
		return nil, err
	}
	name, text := python.StringOf(a.Pos[1])
	if text && (python.IsException(err, python.LookupError) || python.IsException(err, python.TypeError)) {
		v, ok, attrErr := th.GetAttrDefault(a.Pos[0], name)
		if ok {
			return v, nil
		}
		if _, missing := python.MissingName(attrErr); missing {
			return nil, err
		}
	}
	return nil, err
}
