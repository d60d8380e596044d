package python

import "slices"

// setBases gives a class other bases.
func setBases(th *Thread, self, v Value) error {
	c := self.(*Class)
	if c.frozen {
		return Errorf(TypeError, "cannot set '__bases__' attribute of immutable type '%s'", c.name)
	}
	t, ok := asTuple(v)
	switch {
	case !ok:
		return Errorf(TypeError, "can only assign tuple to %s.__bases__, not %s", c.name, v.Class().name)
	case len(t.Elems) == 0:
		return Errorf(TypeError, "can only assign non-empty tuple to %s.__bases__, not ()", c.name)
	}
	bases := make([]*Class, len(t.Elems))
	for i, e := range t.Elems {
		b, ok := e.(*Class)
		switch {
		case !ok:
			return Errorf(TypeError, "%s.__bases__ must be tuple of classes, not '%s'", c.name, e.Class().name)
		case b.derives(c):
			return Errorf(TypeError, "a __bases__ item causes an inheritance cycle")
		}
		bases[i] = b
	}
	probe, err := makeClass(c.name, bases, c.meta)
	if err != nil {
		return err
	}
	for _, b := range bases {
		if n := len(b.derived); !b.frozen && b.derived[n-1] == probe {
			b.derived = b.derived[:n-1]
		}
	}
	if old, now := layoutIn(c.mro[1:]), layoutIn(probe.mro[1:]); old != now && !sameLayout(old, now) {
		return Errorf(TypeError, "__bases__ assignment: '%s' object layout differs from '%s'", bases[0].name, c.bases[0].name)
	}
	return c.rebase(bases)
}

// rebase puts c and what derives from it on other bases.
func (c *Class) rebase(bases []*Class) error {
	for _, b := range c.bases {
		b.derived = slices.DeleteFunc(b.derived, func(d *Class) bool { return d == c })
	}
	c.bases = bases
	for _, b := range bases {
		if !b.frozen {
			b.derived = append(b.derived, c)
		}
	}
	return c.reorder()
}

func (c *Class) reorder() error {
	mro, tangled := linearize(c)
	if tangled != nil {
		return mroError(tangled)
	}
	c.mro = mro
	c.changed()
	for _, d := range c.derived {
		if err := d.reorder(); err != nil {
			return err
		}
	}
	return nil
}
