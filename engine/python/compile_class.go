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
	return func(fr *frame) (Value, error) {
		bases, kw, err := args(fr, TypeClass)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		th := fr.th
		th.frames++
		own := &frame{th: th, code: code, globals: fr.globals, id: th.frames, vars: newVars(code.vars), names: NewNamespace(nil)}
		own.cells = makeCells(code.cells, cells(fr))
		own.names.Set("__module__", th.moduleName(fr.globals))
		own.names.Set("__qualname__", NewStr(qualname))
		if hasDoc {
			own.names.Set("__doc__", NewStr(doc))
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
		cls, err := th.buildClass(s.Name, bases, own.names, kw)
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

// buildClass makes the class of a class statement, by way of its metaclass.
func (th *Thread) buildClass(name string, bases []Value, ns *Namespace, kw []Kwarg) (Value, error) {
	a := &Args{Kw: kw}
	meta, hasMeta := a.Keyword("metaclass")
	orig := bases
	bases, err := th.resolveBases(bases)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(orig, bases) {
		ns.Set("__orig_bases__", NewTuple(orig...))
	}
	metaclass := TypeClass
	if m, ok := meta.(*Class); ok {
		metaclass = m
	} else if len(bases) > 0 && !hasMeta {
		if m := bases[0].Class(); m.derives(TypeClass) {
			metaclass = m
		} else {
			return th.Call(m, []Value{NewStr(name), NewTuple(bases...), NamespaceDict(ns).Clone()}, a.Kw)
		}
	} else if hasMeta {
		return th.Call(meta, []Value{NewStr(name), NewTuple(bases...), NamespaceDict(ns).Clone()}, a.Kw)
	}
	metaclass, err = winner(metaclass, bases)
	if err != nil {
		return nil, err
	}
	if metaclass == TypeClass {
		return th.newType(nil, name, bases, ns, a.Kw)
	}
	dict := NamespaceDict(ns).Clone()
	if prepare, ok := th.classLookup(metaclass, "__prepare__"); ok {
		if err := th.prepared(prepare, metaclass, name, bases, dict); err != nil {
			return nil, err
		}
	}
	return th.Call(metaclass, []Value{NewStr(name), NewTuple(bases...), dict}, a.Kw)
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

// prepared lets a metaclass's __prepare__ contribute names; the class body has
// run already, and its own names win.
func (th *Thread) prepared(prepare Value, meta *Class, name string, bases []Value, dict *Dict) error {
	f, err := th.bind(prepare, nil, meta)
	if err != nil {
		return err
	}
	v, err := th.Call(f, []Value{NewStr(name), NewTuple(bases...)}, nil)
	if err != nil {
		return err
	}
	first, ok := asDict(v)
	if !ok {
		return nil
	}
	for k, x := range first.All() {
		if _, has, err := dict.Get(th, k); err != nil {
			return err
		} else if !has {
			if err := dict.Set(th, k, x); err != nil {
				return err
			}
		}
	}
	return nil
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
