package python

import (
	"slices"

	"colloquy/engine/python/syntax"
)

func (c *compiler) classDef(s *syntax.ClassDef) stmt {
	make := c.generic(s.TypeParams, func(in *compiler) expr { return in.classMaker(s) })
	decorate, store := c.decorators(s.DecoratorList), c.store(s.Name)
	return func(fr *frame) (ctl, error) {
		decs, err := decorate.eval(fr)
		if err != nil {
			return next, err
		}
		cls, err := make(fr)
		if err != nil {
			return next, err
		}
		v, err := decorate.apply(fr, decs, cls)
		if err != nil {
			return next, err
		}
		return next, store(fr, v)
	}
}

// classMaker compiles a class statement up to, but without, its decorators.
func (c *compiler) classMaker(s *syntax.ClassDef) expr {
	qualname := c.qualified(s.Name)
	in := c.inner(s, qualname+".")
	body := in.block(s.Body)
	annotate := in.beginAnnotations()
	code := in.newFunction(s.Name, qualname, s.From.Line)
	cells := in.closure(c, s)
	classCell := -1
	if sym := in.scope.names["__class__"]; sym != nil {
		classCell = sym.cell
	}
	args, p := c.argList(&syntax.Call{Span: s.Span, Args: s.Bases, Keywords: s.Keywords}), placeOf(s)
	doc, hasDoc := docString(s.Body)
	params := make([]expr, len(s.TypeParams))
	for i, tp := range s.TypeParams {
		params[i] = c.load(tp.Name, s)
	}
	return func(fr *frame) (Value, error) {
		bases, kw, err := args(fr, TypeClass)
		if err == nil && len(params) > 0 {
			bases, err = fr.genericBase(bases, params)
		}
		if err != nil {
			return nil, fr.fail(err, p)
		}
		th := fr.th
		th.frames++
		own := &frame{th: th, code: code, globals: fr.globals, id: th.frames, vars: newVars(code.vars), names: NewNamespace(nil)}
		own.cells = makeCells(code.cells, cells(fr))
		plan, err := th.planClass(s.Name, bases, kw)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		if err := plan.begin(own, qualname); err != nil {
			return nil, fr.fail(err, p)
		}
		if hasDoc {
			if err := own.bindName("__doc__", NewStr(doc)); err != nil {
				return nil, fr.fail(err, p)
			}
		}
		annotate(own.names)
		if err := th.enter(); err != nil {
			return nil, fr.fail(err, p)
		}
		_, err = body(own)
		th.leave()
		if err != nil {
			return nil, fr.fail(err, p)
		}
		if classCell >= 0 {
			own.names.Set("__classcell__", own.cells[classCell])
		}
		cls, err := plan.build(own)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		if classCell >= 0 {
			own.cells[classCell].v = cls
		}
		return cls, nil
	}
}

func (th *Thread) moduleName(globals *Namespace) Value {
	if v, ok := globals.Get("__name__"); ok {
		return v
	}
	return emptyStr
}

// classPlan is what is known of a class before its body runs.
type classPlan struct {
	name        string
	bases, orig []Value
	meta        Value // a class, or what is called in its place
	kw          []Kwarg
	mapping     Value // what __prepare__ of the metaclass gave, or nil
}

// planClass finds the metaclass of a class statement and asks it for the
// namespace.
func (th *Thread) planClass(name string, bases []Value, kw []Kwarg) (*classPlan, error) {
	a := &Args{Kw: kw}
	meta, hasMeta := a.Keyword("metaclass")
	resolved, err := th.resolveBases(bases)
	if err != nil {
		return nil, err
	}
	plan := &classPlan{name: name, bases: resolved, orig: bases, meta: TypeClass, kw: a.Kw}
	switch {
	case hasMeta:
		plan.meta = meta
	case len(resolved) > 0:
		plan.meta = resolved[0].Class()
	}
	if m, ok := plan.meta.(*Class); ok && m.derives(TypeClass) {
		if plan.meta, err = winner(m, resolved); err != nil {
			return nil, err
		}
	}
	return plan, plan.prepare(th)
}

// prepare asks the metaclass for the namespace of the class body.
func (plan *classPlan) prepare(th *Thread) error {
	m, ok := plan.meta.(*Class)
	if !ok || m == TypeClass {
		return nil
	}
	f, ok := th.classLookup(m, "__prepare__")
	if cm, native := f.(*ClassMethod); native {
		if _, native = cm.Fn.(*Builtin); native {
			return nil
		}
	}
	if !ok {
		return nil
	}
	f, err := th.bind(f, nil, m)
	if err != nil {
		return err
	}
	v, err := th.Call(f, []Value{NewStr(plan.name), NewTuple(plan.bases...)}, plan.kw)
	if err != nil {
		return err
	}
	if _, ok := asDict(v); !ok {
		return Errorf(TypeError, "%s.__prepare__() must return a mapping, not %s", m.name, v.Class().name)
	}
	plan.mapping = v
	return nil
}

// begin gives the frame of a class body the names it starts with.
func (plan *classPlan) begin(own *frame, qualname string) error {
	if plan.mapping != nil {
		own.mapping = plan.mapping
		d, _ := asDict(plan.mapping)
		for k, v := range d.All() {
			if s, ok := asStr(k); ok {
				own.names.Set(s.s, v)
			}
		}
	}
	if err := own.bindName("__module__", own.th.moduleName(own.globals)); err != nil {
		return err
	}
	return own.bindName("__qualname__", NewStr(qualname))
}

// bindName binds a name of a class body.
func (fr *frame) bindName(name string, v Value) error {
	if fr.mapping == nil {
		fr.names.Set(name, v)
		return nil
	}
	if err := fr.th.SetItem(fr.mapping, NewStr(name), v); err != nil {
		return err
	}
	d, _ := asDict(fr.mapping)
	if kept, ok := d.GetStr(name); ok {
		fr.names.Set(name, kept)
	} else {
		fr.names.Delete(name)
	}
	return nil
}

// build makes the class, by way of its metaclass.
func (plan *classPlan) build(own *frame) (Value, error) {
	th := own.th
	if !slices.Equal(plan.orig, plan.bases) {
		own.names.Set("__orig_bases__", NewTuple(plan.orig...))
	}
	if plan.meta == Value(TypeClass) {
		return th.newType(nil, plan.name, plan.bases, own.names, plan.kw)
	}
	var dict Value = NamespaceDict(own.names).Clone()
	if d, ok := asDict(plan.mapping); ok {
		for name, v := range own.names.All() {
			if _, has := d.GetStr(name); !has {
				d.SetStr(name, v)
			}
		}
		dict = plan.mapping
	}
	return th.Call(plan.meta, []Value{NewStr(plan.name), NewTuple(plan.bases...), dict}, plan.kw)
}

// winner is the most derived of a metaclass and those of the bases.
func winner(metaclass *Class, bases []Value) (*Class, error) {
	for _, b := range bases {
		m := b.Class()
		switch {
		case metaclass.derives(m):
		case m.derives(metaclass):
			metaclass = m
		default:
			return nil, Errorf(TypeError, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
		}
	}
	return metaclass, nil
}

// resolveBases replaces list[int] by list, and asks __mro_entries__.
func (th *Thread) resolveBases(bases []Value) ([]Value, error) {
	out := make([]Value, 0, len(bases))
	for _, b := range bases {
		switch x := b.(type) {
		case *Class:
			out = append(out, x)
			continue
		case *GenericAlias:
			out = append(out, x.Origin)
			continue
		}
		m, ok, err := th.GetAttrDefault(b, "__mro_entries__")
		if err != nil {
			return nil, err
		}
		if !ok {
			out = append(out, b)
			continue
		}
		v, err := th.Call(m, []Value{NewTuple(bases...)}, nil)
		if err != nil {
			return nil, err
		}
		more, err := th.Elems(v)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// newType is type(name, bases, namespace).
func (th *Thread) newType(meta *Class, name string, bases []Value, ns *Namespace, kw []Kwarg) (*Class, error) {
	most := TypeClass
	if meta != nil {
		most = meta
	}
	most, err := winner(most, bases)
	if err != nil {
		return nil, err
	}
	if most != TypeClass {
		meta = most
	}
	classes := make([]*Class, 0, len(bases))
	for _, b := range bases {
		classes = append(classes, b.(*Class))
	}
	if len(classes) == 0 {
		classes = []*Class{ObjectClass}
	}
	if err := th.Alloc(1024); err != nil {
		return nil, err
	}
	c, err := makeClass(name, classes, meta)
	if err != nil {
		return nil, err
	}
	if n := len(th.callers); n > 0 {
		c.globals = th.callers[n-1]
		if n > 1 && meta != nil {
			c.globals = th.moduleNamed(ns, c.globals)
		}
	}
	if err := c.fill(ns); err != nil {
		return nil, err
	}
	if err := th.declareSlots(c, ns); err != nil {
		return nil, err
	}
	if err := c.layoutConflict(); err != nil {
		return nil, err
	}
	if err := th.nameMembers(c); err != nil {
		return nil, err
	}
	return c, th.initSubclass(c, kw)
}

// moduleNamed is the namespace, among those of the running functions, of the
// module that a class body names as its own.
func (th *Thread) moduleNamed(body, otherwise *Namespace) *Namespace {
	name, ok := body.Get("__module__")
	if !ok {
		return otherwise
	}
	for i := len(th.callers) - 1; i >= 0; i-- {
		if eq, err := th.Equal(th.moduleName(th.callers[i]), name); eq && err == nil {
			return th.callers[i]
		}
	}
	return otherwise
}

// fill takes over the names of the class body.
func (c *Class) fill(ns *Namespace) error {
	for name, v := range ns.All() {
		switch name {
		case "__qualname__":
			s, ok := StringOf(v)
			if !ok {
				return Errorf(TypeError, "type __qualname__ must be a str, not %s", v.Class().name)
			}
			c.qualname = s
			continue
		case "__classcell__":
			if cell, ok := v.(*Cell); ok {
				cell.v = c
				continue
			}
		case "__module__":
			if s, ok := StringOf(v); ok {
				c.module = s
			}
			continue
		case "__new__":
			if f, ok := v.(*Function); ok {
				v = &StaticMethod{f}
			}
		case "__init_subclass__", "__class_getitem__":
			if f, ok := v.(*Function); ok {
				v = &ClassMethod{f}
			}
		}
		c.dict.Set(name, v)
	}
	if _, ok := c.dict.Get("__doc__"); !ok {
		c.dict.Set("__doc__", None)
	}
	_, eq := c.dict.Get("__eq__")
	if _, hash := c.dict.Get("__hash__"); eq && !hash {
		c.dict.Set("__hash__", None)
	}
	return nil
}

// layoutConflict refuses bases that are instances of different builtin data or
// have different slots.
func (c *Class) layoutConflict() error {
	var base *Class
	for _, k := range c.mro[1:] {
		if !k.slotted && (k.alloc == nil || k == ObjectClass) {
			continue
		}
		switch {
		case base == nil || k.derives(base):
			base = k
		case !base.derives(k):
			return Errorf(TypeError, "multiple bases have instance lay-out conflict")
		}
	}
	return nil
}

// nameMembers tells members that ask for it their name (__set_name__).
func (th *Thread) nameMembers(c *Class) error {
	for _, name := range c.dict.Names() {
		v, _ := c.dict.Get(name)
		if p, ok := v.(*Property); ok && p.name == "" {
			p.name = name
		}
		i, ok := v.(*Instance)
		if !ok {
			continue
		}
		if m, ok := th.classLookup(i.Cls, "__set_name__"); ok {
			if _, err := th.callSlot(m, i, c, NewStr(name)); err != nil {
				if r, ok := err.(*Raised); ok {
					r.note("Error calling __set_name__ on '" + i.Cls.name + "' instance '" + name + "' in '" + c.name + "'")
				}
				return err
			}
		}
	}
	return nil
}

// initSubclass tells the bases of a new class (__init_subclass__).
func (th *Thread) initSubclass(c *Class, kw []Kwarg) error {
	f, err := th.superAttr(&Super{c, c, c}, "__init_subclass__")
	if err != nil {
		return err
	}
	_, err = th.Call(f, nil, kw)
	return err
}
