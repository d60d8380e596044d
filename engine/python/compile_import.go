package python

import (
	"slices"

	"colloquy/engine/python/syntax"
)

func (c *compiler) importStmt(s *syntax.Import) stmt {
	type item struct {
		name  string
		last  bool
		store target
	}
	items := make([]item, len(s.Names))
	for i, n := range s.Names {
		items[i] = item{n.Name, n.Asname != "", c.store(importedName(n))}
	}
	p := placeOf(s)
	return func(fr *frame) (ctl, error) {
		for _, it := range items {
			first, last, err := fr.th.importModule(it.name)
			if err != nil {
				return next, fr.fail(err, p)
			}
			if it.last {
				first = last
			}
			if err := it.store(fr, first); err != nil {
				return next, err
			}
		}
		return next, nil
	}
}

// features are what can be imported from __future__. All but annotations are
// what the language does anyway.
var features = []string{"nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
	"unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations"}

func (c *compiler) future(s *syntax.ImportFrom) stmt {
	if !slices.Contains(c.futures, s) {
		c.fail(s, "from __future__ imports must occur at the beginning of the file")
	}
	for _, n := range s.Names {
		if !slices.Contains(features, n.Name) {
			c.fail(s, "future feature "+n.Name+" is not defined")
		}
		c.annotations = c.annotations || n.Name == "annotations"
	}
	return nil
}

// futureImports returns the imports from __future__ that a file begins with.
func futureImports(body []syntax.Stmt) []*syntax.ImportFrom {
	var out []*syntax.ImportFrom
	for i, s := range body {
		from, ok := s.(*syntax.ImportFrom)
		_, doc := docString(body[:1])
		switch {
		case ok && from.Module == "__future__" && from.Level == 0:
			out = append(out, from)
		case i > 0 || !doc:
			return out
		}
	}
	return out
}

func (c *compiler) importFrom(s *syntax.ImportFrom) stmt {
	if s.Module == "__future__" && s.Level == 0 {
		return c.future(s)
	}
	var stores []target
	for _, n := range s.Names {
		if n.Name != "*" {
			stores = append(stores, c.store(importedName(n)))
		}
	}
	p := placeOf(s)
	return func(fr *frame) (ctl, error) {
		m, err := fr.importSource(s)
		if err != nil {
			return next, fr.fail(err, p)
		}
		if stores == nil {
			if err := fr.th.ImportAll(m, fr.globals); err != nil {
				return next, fr.fail(err, p)
			}
			return next, nil
		}
		for i, store := range stores {
			v, err := fr.th.importFrom(m, s.Names[i].Name)
			if err != nil {
				return next, fr.fail(err, p)
			}
			if err := store(fr, v); err != nil {
				return next, err
			}
		}
		return next, nil
	}
}

// importSource loads the module of a from-import.
func (fr *frame) importSource(s *syntax.ImportFrom) (*Module, error) {
	if s.Level == 0 {
		_, m, err := fr.th.importModule(s.Module)
		return m, err
	}
	dots := make([]byte, s.Level)
	for i := range dots {
		dots[i] = '.'
	}
	pkg := ""
	if v, ok := fr.th.LookupName(fr.globals, "__package__"); ok {
		pkg, _ = StringOf(v)
	}
	if pkg == "" {
		return nil, Errorf(ImportError, "attempted relative import with no known parent package")
	}
	m, err := fr.th.load(string(dots)+s.Module, pkg)
	if err != nil || s.Module == "" {
		return m, err
	}
	if parent := parentPackage(m.Name); parent != "" {
		p, err := fr.th.load(parent, "")
		if err != nil {
			return nil, err
		}
		fr.th.addSubmodule(p, m.Name[len(parent)+1:], m)
	}
	return m, nil
}
