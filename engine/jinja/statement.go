package jinja

import (
	"errors"
	"io/fs"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

func (s *scope) conditional(n *ifNode) error {
	for i, test := range n.tests {
		v, err := s.eval(test)
		if err != nil {
			return err
		}
		if v == nil {
			continue
		}
		yes, err := s.th.Truth(v)
		if err != nil {
			if _, missing := python.MissingName(err); !missing || !s.r.Lenient {
				return err
			}
		}
		if yes {
			return s.walk(n.bodies[i])
		}
	}
	if len(n.bodies) > len(n.tests) {
		return s.walk(n.bodies[len(n.tests)])
	}
	return nil
}

// assign binds what a target names.
func (s *scope) assign(t *target, v python.Value) error {
	switch {
	case t.parts != nil:
		elems, err := s.th.Elems(v)
		if err != nil {
			return err
		}
		if len(elems) != len(t.parts) {
			return python.Errorf(python.ValueError, "%d values for %d names", len(elems), len(t.parts))
		}
		for i, part := range t.parts {
			if err := s.assign(part, elems[i]); err != nil {
				return err
			}
		}
		return nil
	case t.attr != "":
		obj, ok := s.th.LookupName(s.ns, t.name)
		if !ok || obj.Class().Name() != "Namespace" {
			return python.Errorf(python.TypeError, "only attributes of a namespace() can be set in a template")
		}
		return s.th.SetAttr(obj, t.attr, v)
	}
	s.ns.Set(t.name, v)
	return nil
}

func (s *scope) set(n *setNode) error {
	t := s
	if n.block {
		body, err := s.capture(n.body)
		if err != nil {
			return err
		}
		t = s.inner()
		t.ns.Set(bodyName, body)
	}
	v, err := t.eval(n.code)
	if err != nil {
		return err
	}
	if v == nil {
		v = python.NewStr("")
	}
	return s.assign(n.target, v)
}

func (s *scope) with(n *withNode) error {
	t := s.inner()
	for i, code := range n.values {
		v, err := s.eval(code)
		if err != nil {
			return err
		}
		if v == nil {
			v = python.NewStr("")
		}
		if err := t.assign(n.targets[i], v); err != nil {
			return err
		}
	}
	return t.walk(n.body)
}

// function makes a macro callable.
func (s *scope) function(m *macro) python.Value {
	home := *s
	return python.NewBuiltin(m.name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		r := home.r
		if r.depth++; r.depth > maxCalls {
			return nil, python.Errorf(python.RecursionError, "templates and macros call each other too deeply")
		}
		defer func() { r.depth-- }()
		t := home.inner()
		t.th, t.out = th, home.out.Nested()
		if err := t.arguments(m, a); err != nil {
			return nil, err
		}
		if err := t.walk(m.body); err != nil {
			return nil, err
		}
		return t.out.Result(), nil
	})
}

// arguments binds the parameters of a macro.
func (s *scope) arguments(m *macro, a *python.Args) error {
	given := map[string]python.Value{}
	rest := python.NewDict()
	for _, k := range a.Kw {
		given[k.Name] = k.Value
	}
	pos := a.Pos
	for i, name := range m.params {
		v, ok := given[name]
		delete(given, name)
		if len(pos) > 0 {
			if ok {
				return python.Errorf(python.TypeError, "macro '%s' got two values for '%s'", m.name, name)
			}
			v, ok, pos = pos[0], true, pos[1:]
		}
		if !ok && m.defaults[i] != nil {
			d, err := s.eval(m.defaults[i])
			if err != nil {
				return err
			}
			v, ok = d, d != nil
		}
		if ok {
			s.ns.Set(name, v)
		}
	}
	if caller, ok := given["caller"]; ok {
		s.ns.Set("caller", caller)
		delete(given, "caller")
	}
	for _, k := range a.Kw {
		if v, left := given[k.Name]; left {
			if !m.kwargs {
				return python.Errorf(python.TypeError, "macro '%s' takes no argument '%s'", m.name, k.Name)
			}
			if err := s.th.SetItem(rest, python.NewStr(k.Name), v); err != nil {
				return err
			}
		}
	}
	if len(pos) > 0 && !m.varargs {
		return python.Errorf(python.TypeError, "macro '%s' takes not more than %d arguments", m.name, len(m.params))
	}
	if m.varargs {
		s.ns.Set("varargs", python.NewTuple(pos...))
	}
	if m.kwargs {
		s.ns.Set("kwargs", rest)
	}
	return nil
}

// nowhere is an output that keeps nothing.
type nowhere struct{ Output }

func (nowhere) Text(*python.Thread, *Piece) error                                   { return nil }
func (nowhere) Value(*python.Thread, python.Value, *Piece, *python.Namespace) error { return nil }

// include carries out include, import and from.
func (s *scope) include(n *includeNode) error {
	if s.r.Include == nil {
		return &syntax.Error{File: s.name, Pos: n.at, Kind: "SyntaxError", Msg: "other templates cannot be included here"}
	}
	v, err := s.eval(n.code)
	if err != nil {
		return err
	}
	t, err := s.found(v)
	if err != nil {
		if n.ignore && errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	under := s.ns
	if n.alone {
		under = s.r.own
	}
	ns := python.NewNamespace(under)
	if !n.imports {
		return s.r.renderIn(s.th, t, s.out, ns)
	}
	if err := s.r.renderIn(s.th, t, nowhere{s.out}, ns); err != nil {
		return err
	}
	if n.as != "" {
		m := python.NewModule(t.name)
		for name, v := range ns.All() {
			m.Globals.Set(name, v)
		}
		s.ns.Set(n.as, m)
	}
	for _, pair := range n.names {
		v, ok := ns.Get(pair[0])
		if !ok {
			return &syntax.Error{File: s.name, Pos: n.at, Kind: "SyntaxError", Msg: "the template " + t.name + " does not define " + pair[0]}
		}
		s.ns.Set(pair[1], v)
	}
	return nil
}

// found loads the template that a value names, or the first there is of several.
func (s *scope) found(v python.Value) (*Template, error) {
	if name, ok := python.StringOf(v); ok {
		return s.r.Include(s.th, name)
	}
	names, err := s.th.Elems(v)
	if err != nil {
		return nil, err
	}
	err = fs.ErrNotExist
	for _, v := range names {
		name, _ := python.StringOf(v)
		var t *Template
		if t, err = s.r.Include(s.th, name); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return t, err
		}
	}
	return nil, err
}
