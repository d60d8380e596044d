package python

import (
	"slices"
	"strconv"
	"strings"
)

// Call calls fn.
func (th *Thread) Call(fn Value, args []Value, kw []Kwarg) (Value, error) {
	switch fn := fn.(type) {
	case *Function:
		return th.callFunction(fn, nil, args, kw)
	case *BoundMethod:
		switch f := fn.Fn.(type) {
		case *Function:
			return th.callFunction(f, fn.Self, args, kw)
		case *Builtin:
			if f.method {
				return th.callBound(f, fn.Self, args, kw)
			}
		}
		if err := th.enter(); err != nil {
			return nil, err
		}
		defer th.leave()
		if err := th.Ticks(1 + len(args)/64); err != nil {
			return nil, err
		}
		return th.Call(fn.Fn, append([]Value{fn.Self}, args...), kw)
	case *Builtin:
		if fn.method {
			return th.callUnbound(fn, args, kw)
		}
		return th.callNative(fn, &Args{Pos: args, Kw: kw})
	case *Class:
		return th.callClass(fn, args, kw)
	case *StaticMethod:
		return th.Call(fn.Fn, args, kw)
	}
	if call := th.special(fn, "__call__"); call != nil {
		if err := th.enter(); err != nil {
			return nil, err
		}
		defer th.leave()
		return th.callBound(call, fn, args, kw)
	}
	return nil, Errorf(TypeError, "'%s' object is not callable", fn.Class().name)
}

// callNative calls a function written in Go.
func (th *Thread) callNative(b *Builtin, a *Args) (Value, error) {
	if err := th.enterNative(); err != nil {
		return nil, err
	}
	a.fn, a.th = b, th
	v, err := b.fn(th, a)
	th.natives--
	return v, err
}

// enterNative goes one deeper into functions and iterators written in Go; the
// caller takes one from natives when it is back. They are counted apart, as
// CPython does not count them either, so that none can exhaust the stack.
func (th *Thread) enterNative() error {
	if th.natives >= nativeFactor*th.opts.Limits.Depth {
		return Errorf(RecursionError, "maximum recursion depth exceeded")
	}
	th.natives++
	return nil
}

const nativeFactor = 3

// Callable reports whether v can be called.
func Callable(v Value) bool {
	switch v.(type) {
	case *Function, *BoundMethod, *Builtin, *Class, *StaticMethod:
		return true
	}
	return v.Class().slot().call != nil
}

// CallMethod calls the method name of v.
func (th *Thread) CallMethod(v Value, name string, args ...Value) (Value, error) {
	m, err := th.GetAttr(v, name)
	if err != nil {
		return nil, err
	}
	return th.Call(m, args, nil)
}

// callBound calls what was found in a class through self: a function gets it
// as its first argument.
func (th *Thread) callBound(fn, self Value, args []Value, kw []Kwarg) (Value, error) {
	switch fn := fn.(type) {
	case *Function:
		return th.callFunction(fn, self, args, kw)
	case *Builtin:
		if fn.method {
			return th.callNative(fn, &Args{Self: self, Pos: args, Kw: kw})
		}
	case *StaticMethod:
		return th.Call(fn.Fn, args, kw)
	case *ClassMethod:
		cls, ok := self.(*Class)
		if !ok {
			cls = self.Class()
		}
		return th.callBound(fn.Fn, cls, args, kw)
	case *Instance:
		if get, ok := fn.Cls.attrs()["__get__"]; ok {
			m, err := th.callSlot(get, fn, self, self.Class())
			if err != nil {
				return nil, err
			}
			return th.Call(m, args, kw)
		}
	}
	return th.Call(fn, args, kw) // what is no function is not bound
}

// callSlot calls a special method found in the class of self.
func (th *Thread) callSlot(fn, self Value, args ...Value) (Value, error) {
	return th.callBound(fn, self, args, nil)
}

// callUnbound calls a method of a builtin class with its object as the first
// argument, as in list.append(x, 1).
func (th *Thread) callUnbound(b *Builtin, args []Value, kw []Kwarg) (Value, error) {
	if len(args) == 0 && b.wrapper {
		return nil, Errorf(TypeError, "descriptor '%s' of '%s' object needs an argument", b.name, b.ownerName())
	}
	if len(args) == 0 {
		return nil, Errorf(TypeError, "unbound method %s.%s() needs an argument", b.ownerName(), b.name)
	}
	self := args[0]
	if b.owner != nil && !self.Class().derives(b.owner) {
		if b.wrapper {
			return nil, Errorf(TypeError, "descriptor '%s' requires a '%s' object but received a '%s'", b.name, b.owner.name, self.Class().name)
		}
		return nil, Errorf(TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", b.name, b.owner.name, self.Class().name)
	}
	return th.callNative(b, &Args{Self: self, Pos: args[1:], Kw: kw})
}

func (b *Builtin) ownerName() string {
	if b.owner == nil {
		return "object"
	}
	return b.owner.name
}

// special returns a special method of v's class, or nil. What object itself
// has does not count.
func (th *Thread) special(v Value, name string) Value {
	m, ok := th.classLookup(v.Class(), name)
	if !ok || m == Value(None) {
		return nil
	}
	if b, ok := m.(*Builtin); ok && b.owner == ObjectClass {
		return nil
	}
	return m
}

// callClass makes an instance: the metaclass's __call__, __new__, __init__.
func (th *Thread) callClass(c *Class, args []Value, kw []Kwarg) (Value, error) {
	if c.meta != nil {
		if call := c.meta.slot().call; call != nil {
			return th.callBound(call, c, args, kw)
		}
	}
	return th.construct(c, args, kw)
}

// construct is type.__call__.
func (th *Thread) construct(c *Class, args []Value, kw []Kwarg) (Value, error) {
	if c == TypeClass && len(args) == 1 && len(kw) == 0 {
		return args[0].Class(), nil
	}
	saved := th.target
	th.target, th.pending = th.pending, ""
	v, err := th.constructValue(c, args, kw)
	th.target = saved
	return v, err
}

func (th *Thread) constructValue(c *Class, args []Value, kw []Kwarg) (Value, error) {
	s := c.slot()
	var v Value
	var err error
	if c.final && c.alloc == nil && c.module == "builtins" {
		return th.notMade(c, args, kw)
	}
	if s.newFunc != nil {
		all := append(append(make([]Value, 0, len(args)+1), c), args...)
		fn := s.newFunc
		if st, ok := fn.(*StaticMethod); ok {
			fn = st.Fn
		}
		v, err = th.Call(fn, all, kw)
	} else {
		if s.allocOwner == ObjectClass && s.init == nil && (len(args) > 0 || len(kw) > 0) {
			return nil, Errorf(TypeError, "%s() takes no arguments", c.name)
		}
		if s.allocOwner == ObjectClass && !c.abstract {
			if err := th.Alloc(96); err != nil {
				return nil, err
			}
			v = &Instance{Cls: c}
		} else {
			v, err = s.alloc(th, c, &Args{Pos: args, Kw: kw, th: th})
			if it, ok := v.(*iterator); ok && it.copy == nil && it.made == nil {
				it.made = &recipe{c, slices.Clone(args), kw}
			}
		}
	}
	if err != nil {
		return nil, err
	}
	if k := v.Class(); k != c && k.derives(c) {
		s = k.slot()
	}
	if s.init == nil || !v.Class().derives(c) {
		return v, nil
	}
	if _, isInstance := v.(*Instance); !isInstance && c.alloc != nil {
		return v, nil // made complete by its builtin class
	}
	r, err := th.callBound(s.init, v, args, kw)
	if err != nil {
		return nil, err
	}
	if r != Value(None) {
		return nil, Errorf(TypeError, "__init__() should return None, not '%s'", r.Class().name)
	}
	return v, nil
}

// notMade is the result of calling a class whose objects are not made that way.
func (th *Thread) notMade(c *Class, args []Value, kw []Kwarg) (Value, error) {
	var only Value
	switch c {
	case NoneClass:
		only = None
	case EllipsisClass:
		only = Ellipsis
	case NotImplementedClass:
		only = NotImplemented
	default:
		return nil, Errorf(TypeError, "cannot create '%s' instances", c.name)
	}
	if len(args)+len(kw) > 0 {
		return nil, Errorf(TypeError, "%s takes no arguments", c.name)
	}
	return only, nil
}

// newBuiltin is the __new__ of a class made by Go code.
func newBuiltin(owner *Class) *Builtin {
	return NewBuiltin("__new__", func(th *Thread, a *Args) (Value, error) {
		if len(a.Pos) == 0 {
			return nil, Errorf(TypeError, "%s.__new__(): not enough arguments", owner.name)
		}
		cls, ok := a.Pos[0].(*Class)
		if !ok {
			return nil, Errorf(TypeError, "%s.__new__(X): X is not a type object (%s)", owner.name, a.Pos[0].Class().name)
		}
		if real := cls.slot().allocOwner; owner == ObjectClass && real != ObjectClass {
			return nil, Errorf(TypeError, "object.__new__(%s) is not safe, use %s.__new__()", cls.name, real.name)
		}
		if !cls.derives(owner) {
			return nil, Errorf(TypeError, "%s.__new__(%s): %s is not a subtype of %s", owner.name, cls.name, cls.name, owner.name)
		}
		return owner.alloc(th, cls, &Args{Pos: a.Pos[1:], Kw: a.Kw, th: th})
	})
}

// callFunction calls a function with self, if not nil, before the arguments.
func (th *Thread) callFunction(f *Function, self Value, args []Value, kw []Kwarg) (Value, error) {
	if th.plain {
		return nil, Errorf(RuntimeError, "author code is not run here")
	}
	c := f.code
	var vars []Value
	if c.generator {
		vars = make([]Value, c.vars)
	} else {
		vars = th.take(c.vars)
	}
	if err := th.bindArgs(f, vars, self, args, kw); err != nil {
		if !c.generator {
			th.give(vars)
		}
		return nil, err
	}
	return th.enterFunction(f, vars)
}

// enterFunction runs a function whose parameters are in vars.
func (th *Thread) enterFunction(f *Function, vars []Value) (Value, error) {
	c := f.code
	if c.generator {
		return th.startGenerator(f, vars), nil
	}
	if err := th.Tick(); err != nil {
		th.give(vars)
		return nil, err
	}
	if err := th.enter(); err != nil {
		th.give(vars)
		return nil, err
	}
	fr := th.newFrame(f, vars)
	n := len(th.callers)
	th.callers = append(th.callers, f.globals)
	v, err := c.run(fr)
	th.callers = th.callers[:n]
	th.depth--
	th.give(vars)
	th.pool = append(th.pool, fr)
	return v, err
}

// newFrame returns a frame for f, reused if possible.
func (th *Thread) newFrame(f *Function, vars []Value) *frame {
	var fr *frame
	if n := len(th.pool); n > 0 && !f.code.generator {
		fr = th.pool[n-1]
		th.pool = th.pool[:n-1]
		*fr = frame{}
	} else {
		fr = &frame{}
	}
	th.frames++
	fr.th, fr.code, fr.vars, fr.globals, fr.id = th, f.code, vars, f.globals, th.frames
	if n := f.code.cells; n > 0 || len(f.cells) > 0 {
		fr.cells = makeCells(n, f.cells)
		for _, p := range f.code.cellParams {
			fr.cells[p.cell].v = vars[p.slot]
			vars[p.slot] = nil
		}
	}
	return fr
}

func makeCells(own int, free []*Cell) []*Cell {
	cells := make([]*Cell, own+len(free))
	block := make([]Cell, own)
	for i := range block {
		cells[i] = &block[i]
	}
	copy(cells[own:], free)
	return cells
}

// bindArgs distributes arguments over parameters.
func (th *Thread) bindArgs(f *Function, vars []Value, self Value, args []Value, kw []Kwarg) error {
	c := f.code
	n := 0
	if self != nil {
		if c.positional > 0 {
			vars[0] = self
			n = 1
		} else {
			args = append([]Value{self}, args...)
		}
	}
	take := min(len(args), c.positional-n)
	copy(vars[n:], args[:take])
	n += take
	rest := args[take:]
	if c.vararg >= 0 {
		vars[c.vararg] = NewTuple(slices.Clone(rest)...)
	}
	if len(kw) > 0 || c.kwarg >= 0 {
		if err := bindKeywords(th, f, vars, n, kw); err != nil {
			return err
		}
	}
	if c.vararg < 0 && len(rest) > 0 {
		return tooMany(f, n+len(rest), vars, kw)
	}
	return th.bindDefaults(f, vars)
}

func bindKeywords(th *Thread, f *Function, vars []Value, n int, kw []Kwarg) error {
	c := f.code
	var rest *Dict
	if c.kwarg >= 0 {
		rest = NewDict()
		vars[c.kwarg] = rest
	}
	for _, k := range kw {
		i := slices.Index(c.params[c.posOnly:], k.Name) + c.posOnly
		switch {
		case i >= c.posOnly && vars[i] != nil:
			return Errorf(TypeError, "%s() got multiple values for argument '%s'", f.qualname, k.Name)
		case i >= c.posOnly:
			vars[i] = k.Value
		case rest != nil:
			rest.SetStr(k.Name, k.Value)
		case slices.Contains(c.params[:c.posOnly], k.Name):
			return posOnlyError(f, kw)
		default:
			return Errorf(TypeError, "%s() got an unexpected keyword argument '%s'", f.qualname, k.Name)
		}
	}
	return nil
}

func posOnlyError(f *Function, kw []Kwarg) error {
	var names []string
	for _, p := range f.code.params[:f.code.posOnly] {
		if slices.ContainsFunc(kw, func(k Kwarg) bool { return k.Name == p }) {
			names = append(names, p)
		}
	}
	return Errorf(TypeError, "%s() got some positional-only arguments passed as keyword arguments: '%s'", f.qualname, strings.Join(names, ", "))
}

func (th *Thread) bindDefaults(f *Function, vars []Value) error {
	c := f.code
	first := c.positional - len(f.defaults)
	for i := 0; i < len(c.params); i++ {
		if vars[i] != nil {
			continue
		}
		var d Value
		if i < c.positional {
			if i >= first {
				d = f.defaults[i-first]
			}
		} else if f.kwDefaults != nil {
			d = f.kwDefaults[i-c.positional]
		}
		if d == nil {
			return missingArgs(f, vars)
		}
		if f.frozen {
			t, err := th.thaw(d)
			if err != nil {
				return err
			}
			d = t
		}
		vars[i] = d
	}
	return nil
}

func missingArgs(f *Function, vars []Value) error {
	c := f.code
	var pos, kw []string
	first := c.positional - len(f.defaults)
	for i, p := range c.params {
		switch {
		case vars[i] != nil:
		case i < first:
			pos = append(pos, "'"+p+"'")
		case i >= c.positional && (f.kwDefaults == nil || f.kwDefaults[i-c.positional] == nil):
			kw = append(kw, "'"+p+"'")
		}
	}
	names, kind := pos, "positional"
	if len(pos) == 0 {
		names, kind = kw, "keyword-only"
	}
	return Errorf(TypeError, "%s() missing %d required %s argument%s: %s", f.qualname, len(names), kind, plural(len(names)), enumerate(names))
}

// enumerate joins names as CPython's messages do: a, b, and c.
func enumerate(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	}
	return strings.Join(names[:len(names)-1], ", ") + ", and " + names[len(names)-1]
}

func tooMany(f *Function, given int, vars []Value, kw []Kwarg) error {
	c := f.code
	takes := strconv.Itoa(c.positional)
	count := c.positional
	if n := len(f.defaults); n > 0 {
		takes = "from " + strconv.Itoa(c.positional-n) + " to " + takes
		count = 2
	}
	was := strconv.Itoa(given)
	kwOnly := 0
	for _, k := range kw {
		if slices.Contains(c.params[c.positional:], k.Name) {
			kwOnly++
		}
	}
	verb := "were"
	if given == 1 {
		verb = "was"
	}
	if kwOnly > 0 {
		was += " positional argument" + plural(given) + " (and " + strconv.Itoa(kwOnly) + " keyword-only argument" + plural(kwOnly) + ")"
		verb = "were"
	}
	return Errorf(TypeError, "%s() takes %s positional argument%s but %s %s given", f.qualname, takes, plural(count), was, verb)
}
