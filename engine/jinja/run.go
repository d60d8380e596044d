package jinja

import (
	"strings"

	"colloquy/engine/python"
)

// An Output takes what a template writes, in order.
type Output interface {
	// Text is given literal text of the template.
	Text(th *python.Thread, p *Piece) error
	// Value is given the value of an output tag, or what a macro wrote. names
	// are those that the template sees there. It writes everything or, with an
	// error, nothing.
	Value(th *python.Thread, v python.Value, p *Piece, names *python.Namespace) error
	// Nested returns an output for what is not written at once.
	Nested() Output
	// Result is everything written, as a value.
	Result() python.Value
}

// A Run renders templates that share the names they set and the macros they
// define. It belongs to one thread.
type Run struct {
	// Names are those of the interview.
	Names *python.Namespace
	// Lenient says that nothing is sought: a miss is empty.
	Lenient bool
	// Probe calls f in such a way that what is missing is not brought about; nil
	// just calls it.
	Probe func(f func() (python.Value, error)) (python.Value, error)
	// Filter finds a filter of the interview, which goes before those of the
	// dialect; nil for none.
	Filter func(name string) (python.Value, bool)
	// Include finds a template by name for include and import; nil refuses them.
	Include func(th *python.Thread, name string) (*Template, error)

	own   *python.Namespace // above Names: what the dialect brings
	top   *python.Namespace // what templates set
	depth int
}

// A scope is where statements run.
type scope struct {
	r    *Run
	th   *python.Thread
	out  Output
	ns   *python.Namespace
	name string
}

// maxCalls is how deep macros may call each other.
const maxCalls = 120

// Render renders a template. A miss, a signal and any error of author code are
// those of python.Code.Run.
func (r *Run) Render(th *python.Thread, t *Template, out Output) error {
	if r.own == nil {
		r.own = python.NewNamespace(r.Names)
		r.top = python.NewNamespace(r.own)
	}
	return r.renderIn(th, t, out, r.top)
}

// RenderIn renders a template with other names over those of a place in a
// template, as given to [Output.Value].
func (r *Run) RenderIn(th *python.Thread, t *Template, out Output, names *python.Namespace) error {
	return r.renderIn(th, t, out, names)
}

func (r *Run) renderIn(th *python.Thread, t *Template, out Output, ns *python.Namespace) error {
	if err := t.Check(func(name string) bool { _, ok := r.find(name); return ok }); err != nil {
		return err
	}
	if r.depth++; r.depth > maxCalls {
		return python.Errorf(python.RecursionError, "templates and macros call each other too deeply")
	}
	defer func() { r.depth-- }()
	if err := r.bind(t); err != nil {
		return err
	}
	s := &scope{r: r, th: th, out: out, ns: ns, name: t.name}
	return s.walk(t.nodes)
}

func (r *Run) find(name string) (python.Value, bool) {
	if r.Filter == nil {
		return nil, false
	}
	return r.Filter(name)
}

// bind puts what a template needs below its names.
func (r *Run) bind(t *Template) error {
	lib, err := library()
	if err != nil {
		return err
	}
	for what := range t.needs {
		if _, ok := r.own.Get(what); ok {
			continue
		}
		if v, ok := r.operator(lib, what); ok {
			r.own.Set(what, v)
		}
	}
	if _, ok := r.own.Get(attrName); ok {
		return nil
	}
	r.own.Set(attrName, python.NewBuiltin("getattr", readAttr))
	r.own.Set(itemName, python.NewBuiltin("getitem", readItem))
	r.own.Set(definedName, python.NewBuiltin("defined", r.defined))
	r.own.Set(defaultName, python.NewBuiltin("default", r.orDefault))
	r.own.Set(varName, python.NewBuiltin("variable", r.variable))
	for _, name := range []string{"lipsum", "cycler", "joiner", "namespace"} {
		if _, taken := r.Names.Lookup(name); taken {
			continue
		}
		if v, ok := lib.names.Get(name); ok {
			r.own.Set(name, v)
		}
	}
	return nil
}

// operator finds a filter or test.
func (r *Run) operator(lib *shelf, what string) (python.Value, bool) {
	if name, ok := strings.CutPrefix(what, filterName); ok {
		if v, ok := r.find(strings.TrimSuffix(name, ">")); ok {
			return v, true
		}
	}
	v, ok := lib.values[what]
	if !ok || !lib.searching[what] {
		return v, ok
	}
	search := func(prefix string) python.Value {
		return python.NewBuiltin("find", func(_ *python.Thread, a *python.Args) (python.Value, error) {
			name, _ := python.StringOf(a.Pos[0])
			v, ok := r.operator(lib, prefix+name+">")
			if !ok {
				return python.None, nil
			}
			return v, nil
		})
	}
	filters, tests := search(filterName), search(testName)
	return python.NewBuiltin(what, func(th *python.Thread, a *python.Args) (python.Value, error) {
		return th.Call(v, append([]python.Value{filters, tests}, a.Pos...), a.Kw)
	}), true
}

// undefined reports whether an error says that something is not there.
func undefined(err error) bool {
	if _, ok := python.MissingName(err); ok {
		return true
	}
	return python.IsException(err, python.AttributeError) || python.IsException(err, python.LookupError) || python.IsException(err, python.NameError)
}

func (r *Run) probe(th *python.Thread, thunk python.Value) (v python.Value, ok bool, err error) {
	f := func() (python.Value, error) { return th.Call(thunk, nil, nil) }
	if r.Probe != nil {
		v, err = r.Probe(f)
	} else {
		v, err = f()
	}
	if err != nil && undefined(err) {
		return nil, false, nil
	}
	return v, err == nil, err
}

// defined is x is defined.
func (r *Run) defined(th *python.Thread, a *python.Args) (python.Value, error) {
	_, ok, err := r.probe(th, a.Pos[0])
	return python.Bool(ok), err
}

// orDefault is x | default(other, boolean=False).
func (r *Run) orDefault(th *python.Thread, a *python.Args) (python.Value, error) {
	var thunk python.Value
	var other python.Value = python.NewStr("")
	var empty bool
	if err := a.Unpack("default", "value", &thunk, "default_value?", &other, "boolean?", &empty); err != nil {
		return nil, err
	}
	v, ok, err := r.probe(th, thunk)
	if err != nil {
		return nil, err
	}
	if ok && empty {
		ok, err = th.Truth(v)
	}
	if !ok {
		v = other
	}
	return v, err
}

// variable is the use of a name that Python has a function for: in a template
// it is the interview's or nobody's.
func (r *Run) variable(th *python.Thread, a *python.Args) (python.Value, error) {
	name, _ := python.StringOf(a.Pos[0])
	if builtin, _ := python.LookupBuiltin(name); builtin != nil {
		if v, ok := r.top.Lookup(name); ok {
			return v, nil
		}
	}
	exc := python.NewException(python.NameError, python.NewStr("'"+name+"' is undefined"))
	exc.Exception().Missing = name
	return nil, python.Raise(exc)
}

// eval runs an expression. Under Lenient a miss gives nil.
func (s *scope) eval(code *python.Code) (python.Value, error) {
	if !s.r.Lenient {
		return code.Run(s.th, s.ns)
	}
	f := func() (python.Value, error) { return code.Run(s.th, s.ns) }
	var v python.Value
	var err error
	if s.r.Probe != nil {
		v, err = s.r.Probe(f)
	} else {
		v, err = f()
	}
	if _, missing := python.MissingName(err); missing {
		return nil, nil
	}
	return v, err
}

// inner is a scope for names that end with it.
func (s *scope) inner() *scope {
	t := *s
	t.ns = python.NewNamespace(s.ns)
	return &t
}

// capture runs nodes in a scope of their own and gives what they wrote.
func (s *scope) capture(nodes []node) (python.Value, error) {
	t := s.inner()
	t.out = s.out.Nested()
	if err := t.walk(nodes); err != nil {
		return nil, err
	}
	return t.out.Result(), nil
}

// write writes a value.
func (s *scope) write(v python.Value, p *Piece) error {
	if v == nil {
		return nil
	}
	if !s.r.Lenient || s.r.Probe == nil {
		return s.out.Value(s.th, v, p, s.ns)
	}
	_, err := s.r.Probe(func() (python.Value, error) { return nil, s.out.Value(s.th, v, p, s.ns) })
	if _, missing := python.MissingName(err); missing {
		return nil
	}
	return err
}

func (s *scope) walk(nodes []node) error {
	for _, n := range nodes {
		if err := s.th.Tick(); err != nil {
			return err
		}
		if err := s.node(n); err != nil {
			return err
		}
	}
	return nil
}

func (s *scope) node(n node) error {
	switch n := n.(type) {
	case *textNode:
		return s.out.Text(s.th, n.piece)
	case *outputNode:
		v, err := s.eval(n.code)
		if err != nil {
			return err
		}
		return s.write(v, n.piece)
	case *ifNode:
		return s.conditional(n)
	case *forNode:
		return s.loop(n)
	case *setNode:
		return s.set(n)
	case *macroNode:
		s.ns.Set(n.macro.name, s.function(n.macro))
		return nil
	case *callNode:
		t := s.inner()
		t.ns.Set(bodyName, s.function(n.body))
		v, err := t.eval(n.code)
		if err != nil {
			return err
		}
		return s.write(v, n.piece)
	case *filterNode:
		body, err := s.capture(n.body)
		if err != nil {
			return err
		}
		t := s.inner()
		t.ns.Set(bodyName, body)
		v, err := t.eval(n.code)
		if err != nil {
			return err
		}
		return s.write(v, n.piece)
	case *withNode:
		return s.with(n)
	case *includeNode:
		return s.include(n)
	}
	return nil
}
