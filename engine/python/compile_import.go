package python

import "colloquy/engine/python/syntax"

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

func (c *compiler) importFrom(s *syntax.ImportFrom) stmt {
	if s.Module == "__future__" && s.Level == 0 {
		for _, n := range s.Names {
			c.annotations = c.annotations || n.Name == "annotations"
		}
		return nil
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
