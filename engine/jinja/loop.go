package jinja

import "colloquy/engine/python"

// A loop is what loop means inside of a for.
type loop struct {
	elems   []python.Value
	i       int
	depth   int
	again   func(th *python.Thread, over python.Value) (python.Value, error) // nil if not recursive
	changed []python.Value
	seen    bool // changed was called before
}

// Class returns the class of loops.
func (*loop) Class() *python.Class { return loopClass }

var loopClass = python.NewClass(python.ClassSpec{
	Name: "LoopContext", Module: "jinja2.runtime", Final: true,
	Members: []python.Member{
		part("index", func(l *loop) python.Value { return python.Int(l.i + 1) }),
		part("index0", func(l *loop) python.Value { return python.Int(l.i) }),
		part("revindex", func(l *loop) python.Value { return python.Int(len(l.elems) - l.i) }),
		part("revindex0", func(l *loop) python.Value { return python.Int(len(l.elems) - l.i - 1) }),
		part("first", func(l *loop) python.Value { return python.Bool(l.i == 0) }),
		part("last", func(l *loop) python.Value { return python.Bool(l.i == len(l.elems)-1) }),
		part("length", func(l *loop) python.Value { return python.Int(len(l.elems)) }),
		part("depth", func(l *loop) python.Value { return python.Int(l.depth + 1) }),
		part("depth0", func(l *loop) python.Value { return python.Int(l.depth) }),
		part("previtem", func(l *loop) python.Value { return l.at(l.i - 1) }),
		part("nextitem", func(l *loop) python.Value { return l.at(l.i + 1) }),
		python.Method("cycle", func(_ *python.Thread, a *python.Args) (python.Value, error) {
			if len(a.Pos) == 0 {
				return nil, python.Errorf(python.TypeError, "no items for cycling given")
			}
			return a.Pos[a.Self.(*loop).i%len(a.Pos)], nil
		}),
		python.Method("changed", loopChanged),
		python.Method("__len__", func(_ *python.Thread, a *python.Args) (python.Value, error) {
			return python.Int(len(a.Self.(*loop).elems)), nil
		}),
		python.Method("__call__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			l := a.Self.(*loop)
			if err := a.Exactly("loop", 1); err != nil {
				return nil, err
			}
			if l.again == nil {
				return nil, python.Errorf(python.TypeError, "the loop must have the word 'recursive' to be called")
			}
			return l.again(th, a.Pos[0])
		}),
	},
})

func part(name string, get func(*loop) python.Value) python.Member {
	return python.Getter(name, func(_ *python.Thread, self python.Value) (python.Value, error) { return get(self.(*loop)), nil }, nil)
}

// at is an element, None beyond the ends.
func (l *loop) at(i int) python.Value {
	if i < 0 || i >= len(l.elems) {
		return python.None
	}
	return l.elems[i]
}

// loopChanged tells whether the values differ from those of the call before.
func loopChanged(th *python.Thread, a *python.Args) (python.Value, error) {
	l := a.Self.(*loop)
	same := l.seen && len(l.changed) == len(a.Pos)
	for i := 0; same && i < len(a.Pos); i++ {
		eq, err := th.Equal(l.changed[i], a.Pos[i])
		if err != nil {
			return nil, err
		}
		same = eq
	}
	l.seen, l.changed = true, a.Pos
	return python.Bool(!same), nil
}

func (s *scope) loop(n *forNode) error {
	over, err := s.eval(n.iter)
	if err != nil {
		return err
	}
	return s.loopOver(n, over, 0)
}

// loopOver runs a loop; over is nil for one that is missing.
func (s *scope) loopOver(n *forNode, over python.Value, depth int) error {
	elems, err := s.elements(n, over)
	if err != nil {
		return err
	}
	if len(elems) == 0 {
		return s.inner().walk(n.orelse)
	}
	l := &loop{elems: elems, depth: depth}
	if n.recursive {
		l.again = func(th *python.Thread, over python.Value) (python.Value, error) {
			r := s.r
			if r.depth++; r.depth > maxCalls {
				return nil, python.Errorf(python.RecursionError, "the loop calls itself too deeply")
			}
			defer func() { r.depth-- }()
			t := s.inner()
			t.th, t.out = th, s.out.Nested()
			if err := t.loopOver(n, over, depth+1); err != nil {
				return nil, err
			}
			return t.out.Result(), nil
		}
	}
	for i, v := range elems {
		l.i = i
		t := s.inner()
		if err := t.assign(n.target, v); err != nil {
			return err
		}
		t.ns.Set("loop", l)
		if err := t.walk(n.body); err != nil {
			return err
		}
	}
	return nil
}

// elements are those that the loop's condition lets through.
func (s *scope) elements(n *forNode, over python.Value) ([]python.Value, error) {
	if over == nil {
		return nil, nil
	}
	list := func() (python.Value, error) {
		all, err := s.th.Elems(over)
		return python.NewTuple(all...), err
	}
	var v python.Value
	var err error
	if s.r.Lenient && s.r.Probe != nil {
		v, err = s.r.Probe(list)
	} else {
		v, err = list()
	}
	if err != nil {
		if _, missing := python.MissingName(err); missing && s.r.Lenient {
			return nil, nil
		}
		return nil, err
	}
	all := v.(*python.Tuple).Elems
	if n.filter == nil {
		return all, nil
	}
	var kept []python.Value
	for _, x := range all {
		t := s.inner()
		if err := t.assign(n.target, x); err != nil {
			return nil, err
		}
		v, err := t.eval(n.filter)
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		yes, err := s.th.Truth(v)
		if err != nil {
			return nil, err
		}
		if yes {
			kept = append(kept, x)
		}
	}
	return kept, nil
}
