package python

import (
	"colloquy/engine/python/syntax"
)

// arguments are the compiled arguments of a call without stars.
type arguments struct {
	pos   []expr
	names []string // of the keyword arguments
	kw    []expr
	at    place // of the call
}

// call compiles a call.
func (c *compiler) call(e *syntax.Call) expr {
	if n, ok := e.Func.(*syntax.Name); ok && len(e.Args) == 0 && len(e.Keywords) == 0 {
		if special := c.frameCall(n, e); special != nil {
			return special
		}
	}
	if hasStars(e) {
		return c.starCall(e)
	}
	args := c.arguments(e)
	if a, ok := e.Func.(*syntax.Attribute); ok {
		return c.methodCall(a, args, placeOf(e))
	}
	fn, p := c.expr(e.Func), placeOf(e)
	return func(fr *frame) (Value, error) {
		f, err := fn(fr)
		if err != nil {
			return nil, err
		}
		v, err := args.call(fr, f, nil)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

// namedCall compiles NAME = Class(...) at the top level of an interview: the
// constructor is told NAME.
func (c *compiler) namedCall(name string, e *syntax.Call) expr {
	fn, list, p := c.expr(e.Func), c.argList(e), placeOf(e)
	return func(fr *frame) (Value, error) {
		f, err := fn(fr)
		if err != nil {
			return nil, err
		}
		args, kw, err := list(fr, f)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		fr.mark(p)
		if _, ok := f.(*Class); ok {
			fr.th.pending = name
		}
		v, err := fr.th.Call(f, args, kw)
		fr.th.pending = ""
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

func hasStars(e *syntax.Call) bool {
	for _, a := range e.Args {
		if _, ok := a.(*syntax.Starred); ok {
			return true
		}
	}
	for _, k := range e.Keywords {
		if k.Arg == "" {
			return true
		}
	}
	return false
}

func (c *compiler) arguments(e *syntax.Call) *arguments {
	a := &arguments{pos: c.exprs(e.Args), at: placeOf(e)}
	for i, k := range e.Keywords {
		for _, other := range e.Keywords[:i] {
			if other.Arg == k.Arg {
				c.fail(k, "keyword argument repeated: "+k.Arg)
			}
		}
		a.names = append(a.names, k.Arg)
		a.kw = append(a.kw, c.expr(k.Value))
	}
	return a
}

// values evaluates the arguments.
func (a *arguments) values(fr *frame) (pos []Value, kw []Kwarg, err error) {
	if len(a.pos) > 0 {
		pos = make([]Value, len(a.pos))
		for i, arg := range a.pos {
			if pos[i], err = arg(fr); err != nil {
				return nil, nil, err
			}
		}
	}
	if len(a.kw) > 0 {
		kw = make([]Kwarg, len(a.kw))
		for i, arg := range a.kw {
			v, err := arg(fr)
			if err != nil {
				return nil, nil, err
			}
			kw[i] = Kwarg{a.names[i], v}
		}
	}
	return pos, kw, nil
}

// call evaluates the arguments and calls f, with self in front if not nil.
func (a *arguments) call(fr *frame, f, self Value) (Value, error) {
	if fn, ok := f.(*Function); ok && len(a.kw) == 0 && !fr.th.plain {
		n := len(a.pos)
		if self != nil {
			n++
		}
		if k := fn.code; n <= k.positional && k.vararg < 0 && k.kwarg < 0 {
			return a.callDirect(fr, fn, self)
		}
	}
	if b, ok := f.(*Builtin); ok && len(a.kw) == 0 && len(a.pos) <= 2 && (self != nil || !b.method) {
		return a.callShort(fr, b, self)
	}
	pos, kw, err := a.values(fr)
	if err != nil {
		return nil, err
	}
	if err := fr.th.Tick(); err != nil {
		return nil, err
	}
	fr.mark(a.at)
	if self != nil {
		return fr.th.callBound(f, self, pos, kw)
	}
	return fr.th.Call(f, pos, kw)
}

// mark notes that interview code calls something from p.
func (fr *frame) mark(p place) {
	if fr.code.interview {
		fr.th.siteCode, fr.th.siteAt = fr.code, p
	}
}

// callShort calls a function written in Go with one or two arguments, which
// are allocated together.
func (a *arguments) callShort(fr *frame, b *Builtin, self Value) (Value, error) {
	block := &struct {
		args Args
		buf  [2]Value
	}{}
	pos := block.buf[:len(a.pos):len(a.pos)]
	for i, arg := range a.pos {
		v, err := arg(fr)
		if err != nil {
			return nil, err
		}
		pos[i] = v
	}
	if err := fr.th.Tick(); err != nil {
		return nil, err
	}
	fr.mark(a.at)
	block.args = Args{Self: self, Pos: pos}
	return fr.th.callNative(b, &block.args)
}

// callDirect evaluates the arguments into the variables of the function.
func (a *arguments) callDirect(fr *frame, fn *Function, self Value) (Value, error) {
	th, k := fr.th, fn.code
	var vars []Value
	if k.generator {
		vars = make([]Value, k.vars)
	} else {
		vars = th.take(k.vars)
	}
	n := 0
	if self != nil {
		vars[0] = self
		n = 1
	}
	for i, arg := range a.pos {
		v, err := arg(fr)
		if err != nil {
			th.drop(vars, k)
			return nil, err
		}
		vars[n+i] = v
	}
	if n+len(a.pos) < len(k.params) {
		if err := th.bindDefaults(fn, vars); err != nil {
			th.drop(vars, k)
			return nil, err
		}
	}
	fr.mark(a.at)
	return th.enterFunction(fn, vars)
}

func (th *Thread) drop(vars []Value, k *function) {
	if !k.generator {
		th.give(vars)
	}
}

// methodCall compiles obj.name(...) without making a bound method on the way.
func (c *compiler) methodCall(a *syntax.Attribute, args *arguments, p place) expr {
	obj, name, at, hint := c.expr(a.Value), mangle(c.scope.class, a.Attr), placeOf(a), new(uint32)
	return func(fr *frame) (Value, error) {
		o, err := obj(fr)
		if err != nil {
			return nil, err
		}
		f, self, err := fr.th.method(o, name, hint)
		if err != nil {
			return nil, fr.fail(err, at)
		}
		v, err := args.call(fr, f, self)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

// method finds what obj.name(...) calls: a function and its self, or with a nil
// self whatever the attribute is.
func (th *Thread) method(obj Value, name string, hint *uint32) (fn, self Value, err error) {
	switch o := obj.(type) {
	case *Instance:
		s := o.Cls.slot()
		if s.getattribute != nil || s.dataDescriptors || isDunder(name) {
			break
		}
		if v := o.Attrs.getHint(name, hint); v != nil {
			return v, nil, nil
		}
		switch m, _ := th.classLookup(o.Cls, name); m := m.(type) {
		case *Function:
			return m, o, nil
		case *Builtin:
			if m.method {
				return m, o, nil
			}
		}
		fn, err = th.instanceAttr(o, name, nil)
		return fn, nil, err
	case *Class, *Module, *Super, *Function:
	default:
		if b, ok := obj.Class().attrs()[name].(*Builtin); ok && b.method {
			return b, obj, nil
		}
	}
	fn, err = th.GetAttr(obj, name)
	return fn, nil, err
}

// argList compiles the arguments of any call.
func (c *compiler) argList(e *syntax.Call) func(fr *frame, f Value) ([]Value, []Kwarg, error) {
	if !hasStars(e) {
		args := c.arguments(e)
		return func(fr *frame, _ Value) ([]Value, []Kwarg, error) { return args.values(fr) }
	}
	pos := c.starredElements(e.Args, true)
	kws := make([]expr, len(e.Keywords))
	names := make([]string, len(e.Keywords))
	for i, k := range e.Keywords {
		kws[i], names[i] = c.expr(k.Value), k.Arg
	}
	return func(fr *frame, f Value) ([]Value, []Kwarg, error) {
		vs, err := pos(fr)
		if err != nil {
			return nil, nil, starError(f, err)
		}
		var out []Kwarg
		for i, k := range kws {
			v, err := k(fr)
			if err != nil {
				return nil, nil, err
			}
			if names[i] != "" {
				out, err = addKeyword(f, out, names[i], v)
			} else {
				out, err = fr.th.spreadKeywords(f, out, v)
			}
			if err != nil {
				return nil, nil, err
			}
		}
		return vs, out, nil
	}
}

// starError puts the name of the function before "argument after *".
func starError(f Value, err error) error {
	if r, ok := isRaised(err, TypeError); ok && len(r.exc.Exception().Traceback) <= 1 {
		const lead = "Value after * must be an iterable"
		if msg := exceptionText(r.exc); len(msg) > len(lead) && msg[:len(lead)] == lead {
			return Errorf(TypeError, "%s argument after * must be an iterable%s", callName(f), msg[len(lead):])
		}
	}
	return err
}

func callName(f Value) string {
	switch f := f.(type) {
	case *Function:
		return f.QualifiedName() + "()"
	case *Builtin:
		return f.name + "()"
	case *BoundMethod:
		return callName(f.Fn)
	case *Class:
		return f.QualifiedName() + "()"
	}
	return f.Class().name + " object"
}

func addKeyword(f Value, kw []Kwarg, name string, v Value) ([]Kwarg, error) {
	for _, k := range kw {
		if k.Name == name {
			return nil, Errorf(TypeError, "%s got multiple values for keyword argument '%s'", callName(f), name)
		}
	}
	return append(kw, Kwarg{name, v}), nil
}

func (th *Thread) spreadKeywords(f Value, kw []Kwarg, v Value) ([]Kwarg, error) {
	d, ok := asDict(v)
	if !ok || ownIteration(v) {
		d = NewDict()
		keys, has, err := th.GetAttrDefault(v, "keys")
		if err != nil {
			return nil, err
		}
		if !has {
			return nil, Errorf(TypeError, "%s argument after ** must be a mapping, not %s", callName(f), v.Class().name)
		}
		if err := th.updateMapping(d, v, keys); err != nil {
			return nil, err
		}
	}
	var err error
	for k, x := range d.All() {
		name, ok := StringOf(k)
		if !ok {
			return nil, Errorf(TypeError, "keywords must be strings")
		}
		if kw, err = addKeyword(f, kw, name, x); err != nil {
			return nil, err
		}
	}
	return kw, nil
}

func (c *compiler) starCall(e *syntax.Call) expr {
	fn, list, p := c.expr(e.Func), c.argList(e), placeOf(e)
	return func(fr *frame) (Value, error) {
		f, err := fn(fr)
		if err != nil {
			return nil, err
		}
		args, kw, err := list(fr, f)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		if err := fr.th.Tick(); err != nil {
			return nil, fr.fail(err, p)
		}
		fr.mark(p)
		v, err := fr.th.Call(f, args, kw)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

// frameCall compiles super(), locals(), globals(), vars() and dir() without
// arguments, which look at the frame they are called from.
func (c *compiler) frameCall(n *syntax.Name, e *syntax.Call) expr {
	var run expr
	switch n.ID {
	case "super":
		run = c.superCall()
	case "locals", "vars":
		locals := c.locals()
		run = func(fr *frame) (Value, error) { return locals(fr), nil }
	case "globals":
		run = func(fr *frame) (Value, error) { return fr.th.spaceDict(fr.globals) }
	case "dir":
		locals := c.locals()
		run = func(fr *frame) (Value, error) { return fr.th.sortedList(locals(fr).Keys()) }
	default:
		return nil
	}
	load, builtin, p := c.load(n.ID, n), builtins[n.ID], placeOf(e)
	return func(fr *frame) (Value, error) {
		f, err := load(fr)
		if err != nil {
			return nil, err
		}
		var v Value
		if f == builtin {
			v, err = run(fr)
		} else {
			v, err = fr.th.Call(f, nil, nil)
		}
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

func (c *compiler) superCall() expr {
	cell := c.variable("__class__")
	home := c.scope.home
	self, selfCell, selfName := -1, -1, ""
	for _, name := range home.order {
		if sym := home.names[name]; sym.param && sym.slot == 0 {
			self, selfCell, selfName = 0, sym.cell, name
		}
	}
	if home.kind == generatorScope {
		return func(*frame) (Value, error) {
			return nil, Errorf(TypeError, "super(type, obj): obj must be an instance or subtype of type")
		}
	}
	if self < 0 {
		return func(*frame) (Value, error) { return nil, Errorf(RuntimeError, "super(): no arguments") }
	}
	if cell.kind != cellVariable {
		return func(*frame) (Value, error) { return nil, Errorf(RuntimeError, "super(): __class__ cell not found") }
	}
	return func(fr *frame) (Value, error) {
		cls, _ := fr.cells[cell.index].v.(*Class)
		if cls == nil {
			return nil, Errorf(RuntimeError, "super(): empty __class__ cell")
		}
		obj := fr.vars[self]
		if selfCell >= 0 {
			obj = fr.cells[selfCell].v
		}
		if obj == nil {
			return nil, Errorf(UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", selfName)
		}
		return newSuper(cls, obj)
	}
}

// locals returns what the locals function gives in the compiler's scope.
func (c *compiler) locals() func(fr *frame) *Dict {
	var vars []variable
	for s := c.scope; s != nil && s.home == c.scope.home; s = s.parent {
		if s == s.home && (s.kind == fileScope || s.kind == classScope) {
			break
		}
		at := *c
		at.scope = s
		var here []variable
		for _, n := range s.localNames() {
			here = append(here, at.variable(n))
		}
		vars = append(here, vars...)
	}
	kind := c.scope.home.kind
	return func(fr *frame) *Dict {
		d := NewDict()
		switch kind {
		case fileScope:
			d, _ = fr.th.spaceDict(fr.globals)
		case classScope:
			d = NamespaceDict(fr.names)
		}
		if len(vars) > 0 && d.Len() > 0 {
			d = d.Clone()
		}
		for _, v := range vars {
			var x Value
			switch v.kind {
			case slotVariable:
				x = fr.vars[v.index]
			case cellVariable:
				x, _ = fr.th.loadCell(fr.cells[v.index])
			}
			if x != nil {
				d.SetStr(v.name, x)
			}
		}
		return d
	}
}
