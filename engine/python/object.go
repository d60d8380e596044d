package python

import (
	"sort"
	"strings"
)

func newObject(th *Thread, cls *Class, a *Args) (Value, error) {
	s := cls.slot()
	if len(a.Pos)+len(a.Kw) > 0 {
		if s.newFunc != nil {
			return nil, Errorf(TypeError, "object.__new__() takes exactly one argument (the type to instantiate)")
		}
		if s.init == nil {
			return nil, Errorf(TypeError, "%s() takes no arguments", cls.name)
		}
	}
	if cls.abstract {
		return nil, th.abstractError(cls)
	}
	if err := th.Alloc(96); err != nil {
		return nil, err
	}
	return &Instance{Cls: cls}, nil
}

// abstractError says which methods an abstract class lacks.
func (th *Thread) abstractError(cls *Class) error {
	v, _ := th.classLookup(cls, "__abstractmethods__")
	elems, err := th.Elems(v)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range elems {
		name, _ := StringOf(e)
		names = append(names, "'"+name+"'")
	}
	sort.Strings(names)
	return Errorf(TypeError, "Can't instantiate abstract class %s without an implementation for abstract method%s %s",
		cls.name, plural(len(names)), strings.Join(names, ", "))
}

// objectMembers are those of object, which everything has.
func objectMembers() []Member {
	return []Member{
		Method("__init__", objectInit),
		Method("__eq__", objectEq), Method("__ne__", objectNe),
		orderless("__lt__"), orderless("__le__"), orderless("__gt__"), orderless("__ge__"),
		Method("__hash__", func(_ *Thread, a *Args) (Value, error) { return Int(hashPointer(a.Self)), nil }),
		Method("__repr__", func(th *Thread, a *Args) (Value, error) { return nonNil(th.defaultRepr(a.Self)) }),
		Method("__str__", func(th *Thread, a *Args) (Value, error) { return nonNil(th.Repr(a.Self)) }),
		Method("__format__", objectFormat),
		Method("__getattribute__", objectGetAttribute),
		Method("__setattr__", objectSetAttr),
		Method("__delattr__", objectDelAttr),
		Method("__dir__", func(th *Thread, a *Args) (Value, error) { return th.dirNames(a.Self) }),
		Method("__reduce_ex__", refusePickle), Method("__reduce__", refusePickle),
		ClassMethodOf("__init_subclass__", objectInitSubclass),
		ClassMethodOf("__subclasshook__", func(*Thread, *Args) (Value, error) { return NotImplemented, nil }),
		Getter("__class__", func(_ *Thread, v Value) (Value, error) { return v.Class(), nil }, setClass),
		Getter("__doc__", getDoc, setDoc),
	}
}

func objectInit(_ *Thread, a *Args) (Value, error) {
	if len(a.Pos)+len(a.Kw) > 0 {
		c := a.Self.Class()
		if s := c.slot(); s.init != nil {
			return nil, Errorf(TypeError, "object.__init__() takes exactly one argument (the instance to initialize)")
		} else if s.newFunc == nil {
			return nil, Errorf(TypeError, "%s.__init__() takes exactly one argument (the instance to initialize)", c.name)
		}
	}
	return None, nil
}

func objectEq(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__eq__", 1); err != nil {
		return nil, err
	}
	if a.Self == a.Pos[0] {
		return boxTrue, nil
	}
	return NotImplemented, nil
}

func objectNe(th *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__ne__", 1); err != nil {
		return nil, err
	}
	m, ok := th.classLookup(a.Self.Class(), "__eq__")
	if !ok || m == Value(None) {
		return NotImplemented, nil
	}
	r, err := th.callSlot(m, a.Self, a.Pos[0])
	if err != nil || r == Value(NotImplemented) {
		return r, err
	}
	t, err := th.Truth(r)
	return boxBool(!t), err
}

func objectFormat(th *Thread, a *Args) (Value, error) {
	spec := emptyStr
	if err := a.Unpack("__format__", "spec", &spec); err != nil {
		return nil, err
	}
	if spec.s == "" {
		return nonNil(th.Str(a.Self))
	}
	return nil, Errorf(TypeError, "unsupported format string passed to %s.__format__", a.Self.Class().name)
}

func objectGetAttribute(th *Thread, a *Args) (Value, error) {
	var name string
	if err := a.Unpack("__getattribute__", "name", &name); err != nil {
		return nil, err
	}
	return th.ownGetAttr(a.Self, name)
}

func objectSetAttr(th *Thread, a *Args) (Value, error) {
	var name string
	var v Value
	if err := a.Unpack("__setattr__", "name", &name, "value", &v); err != nil {
		return nil, err
	}
	if i, ok := a.Self.(*Instance); ok {
		return None, th.plainSetAttr(i, name, v)
	}
	return None, th.SetAttr(a.Self, name, v)
}

func objectDelAttr(th *Thread, a *Args) (Value, error) {
	var name string
	if err := a.Unpack("__delattr__", "name", &name); err != nil {
		return nil, err
	}
	if i, ok := a.Self.(*Instance); ok {
		return None, th.plainDelAttr(i, name)
	}
	return None, th.DelAttr(a.Self, name)
}

func objectInitSubclass(_ *Thread, a *Args) (Value, error) {
	if len(a.Kw) > 0 {
		return nil, Errorf(TypeError, "%s.__init_subclass__() takes no keyword arguments", a.Self.(*Class).name)
	}
	return None, nil
}

// orderless is a comparison that object has but does not know.
func orderless(name string) Member {
	return Method(name, func(_ *Thread, a *Args) (Value, error) { return NotImplemented, a.Exactly(name, 1) })
}

func refusePickle(_ *Thread, a *Args) (Value, error) {
	return nil, Errorf(TypeError, "cannot pickle '%s' object", a.Self.Class().name)
}

func setClass(_ *Thread, self, v Value) error {
	i, ok := self.(*Instance)
	c, isClass := v.(*Class)
	switch {
	case !isClass:
		return Errorf(TypeError, "__class__ must be set to a class, not '%s' object", v.Class().name)
	case !ok || c.module == "builtins" || i.Cls.module == "builtins":
		return Errorf(TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses")
	case c.slot().allocOwner != i.Cls.slot().allocOwner || !sameLayout(i.Cls, c):
		return Errorf(TypeError, "__class__ assignment: '%s' object layout differs from '%s'", c.name, self.Class().name)
	}
	i.Attrs.ready() // they are those of an instance of the other class
	i.Cls = c
	return nil
}

func getDoc(th *Thread, v Value) (Value, error) {
	switch v := v.(type) {
	case *Instance:
		if d, ok := v.own().Get("__doc__"); ok {
			return d, nil
		}
		if p := propertyOf(v); p != nil {
			return getDoc(th, p)
		}
	case *Function:
		if v.doc != nil {
			return v.doc, nil
		}
		return None, nil
	case *Property:
		if v.Doc != nil {
			return v.Doc, nil
		}
		return None, nil
	case *StaticMethod:
		return getDoc(th, v.Fn)
	case *ClassMethod:
		return getDoc(th, v.Fn)
	case *Class:
		if d, ok := v.dict.Get("__doc__"); ok {
			return d, nil
		}
		if v.frozen && v.alloc != nil && v.module == "builtins" {
			return NewStr(v.name + "(...)"), nil
		}
		return None, nil
	case *BoundMethod:
		return getDoc(th, v.Fn)
	case *Builtin:
		return NewStr(v.name + "(...)"), nil
	}
	for _, k := range v.Class().mro {
		if d, ok := k.dict.Get("__doc__"); ok {
			if s, ok := d.(*Str); ok {
				return s, nil
			}
		}
	}
	return None, nil
}

func setDoc(th *Thread, self, v Value) error {
	switch s := self.(type) {
	case *Instance:
		if s.Cls.noDict {
			return noAttribute(s, "__doc__")
		}
		s.own().Set("__doc__", v)
	case *Property:
		s.Doc = v
	default:
		return Errorf(AttributeError, "attribute '__doc__' of '%s' objects is not writable", self.Class().name)
	}
	return nil
}

// ownGetAttr is object.__getattribute__.
func (th *Thread) ownGetAttr(v Value, name string) (Value, error) {
	i, ok := v.(*Instance)
	if !ok {
		return th.GetAttr(v, name)
	}
	x, found, err := th.plainAttr(i, name, nil)
	if err == nil && !found {
		err = noAttribute(i, name)
	}
	return x, err
}

// dirNames is dir(v).
func (th *Thread) dirNames(v Value) (Value, error) {
	set := map[string]bool{}
	add := func(n *Namespace) {
		for name := range n.All() {
			set[name] = true
		}
	}
	classes := v.Class().mro
	switch v := v.(type) {
	case *Instance:
		add(v.own())
	case *Module:
		add(v.Globals)
		classes = nil
	case *Function:
		add(&v.attrs)
	case *Class:
		classes = v.mro
	}
	for _, k := range classes {
		add(&k.dict)
		if o := th.shared.names[&k.dict]; o != nil {
			add(o)
		}
	}
	names := make([]string, 0, len(set))
	for n := range set {
		names = append(names, n)
	}
	sort.Strings(names)
	out := make([]Value, len(names))
	for i, n := range names {
		out[i] = NewStr(n)
	}
	return NewList(out...), nil
}

func newSuperCall(th *Thread, _ *Class, a *Args) (Value, error) {
	switch len(a.Pos) {
	case 0:
		return nil, Errorf(RuntimeError, "super(): no arguments")
	case 1, 2:
	default:
		return nil, Errorf(TypeError, "super() expected at most 2 arguments, got %d", len(a.Pos))
	}
	cls, ok := a.Pos[0].(*Class)
	if !ok {
		return nil, Errorf(TypeError, "super() argument 1 must be a type, not %s", a.Pos[0].Class().name)
	}
	if len(a.Pos) == 1 || a.Pos[1] == Value(None) {
		return &Super{Cls: cls}, nil
	}
	return newSuper(cls, a.Pos[1])
}
