package python

import (
	"slices"
	"sort"
	"strings"

	"colloquy/engine/python/syntax"
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

func objectMembers() []Member {
	return []Member{
		Method("__init__", func(th *Thread, a *Args) (Value, error) {
			if len(a.Pos)+len(a.Kw) > 0 {
				c := a.Self.Class()
				if s := c.slot(); s.init != nil {
					return nil, Errorf(TypeError, "object.__init__() takes exactly one argument (the instance to initialize)")
				} else if s.newFunc == nil {
					return nil, Errorf(TypeError, "%s.__init__() takes exactly one argument (the instance to initialize)", c.name)
				}
			}
			return None, nil
		}),
		Method("__eq__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__eq__", 1); err != nil {
				return nil, err
			}
			if a.Self == a.Pos[0] {
				return boxTrue, nil
			}
			return NotImplemented, nil
		}),
		Method("__ne__", func(th *Thread, a *Args) (Value, error) {
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
		}),
		orderless("__lt__"), orderless("__le__"), orderless("__gt__"), orderless("__ge__"),
		Method("__hash__", func(_ *Thread, a *Args) (Value, error) { return Int(hashPointer(a.Self)), nil }),
		Method("__repr__", func(th *Thread, a *Args) (Value, error) { return nonNil(th.defaultRepr(a.Self)) }),
		Method("__str__", func(th *Thread, a *Args) (Value, error) { return nonNil(th.Repr(a.Self)) }),
		Method("__format__", func(th *Thread, a *Args) (Value, error) {
			spec := emptyStr
			if err := a.Unpack("__format__", "spec", &spec); err != nil {
				return nil, err
			}
			if spec.s == "" {
				return nonNil(th.Str(a.Self))
			}
			return nil, Errorf(TypeError, "unsupported format string passed to %s.__format__", a.Self.Class().name)
		}),
		Method("__getattribute__", func(th *Thread, a *Args) (Value, error) {
			var name string
			if err := a.Unpack("__getattribute__", "name", &name); err != nil {
				return nil, err
			}
			return th.ownGetAttr(a.Self, name)
		}),
		Method("__setattr__", func(th *Thread, a *Args) (Value, error) {
			var name string
			var v Value
			if err := a.Unpack("__setattr__", "name", &name, "value", &v); err != nil {
				return nil, err
			}
			if i, ok := a.Self.(*Instance); ok {
				return None, th.plainSetAttr(i, name, v)
			}
			return None, th.SetAttr(a.Self, name, v)
		}),
		Method("__delattr__", func(th *Thread, a *Args) (Value, error) {
			var name string
			if err := a.Unpack("__delattr__", "name", &name); err != nil {
				return nil, err
			}
			if i, ok := a.Self.(*Instance); ok {
				return None, th.plainDelAttr(i, name)
			}
			return None, th.DelAttr(a.Self, name)
		}),
		Method("__dir__", func(th *Thread, a *Args) (Value, error) { return th.dirNames(a.Self) }),
		Method("__reduce_ex__", refusePickle), Method("__reduce__", refusePickle),
		ClassMethodOf("__init_subclass__", func(_ *Thread, a *Args) (Value, error) {
			if len(a.Kw) > 0 {
				return nil, Errorf(TypeError, "%s.__init_subclass__() takes no keyword arguments", a.Self.(*Class).name)
			}
			return None, nil
		}),
		ClassMethodOf("__subclasshook__", func(*Thread, *Args) (Value, error) { return NotImplemented, nil }),
		Getter("__class__", func(_ *Thread, v Value) (Value, error) { return v.Class(), nil }, setClass),
		Getter("__doc__", getDoc, setDoc),
	}
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

func newTypeCall(th *Thread, cls *Class, a *Args) (Value, error) {
	if len(a.Pos) == 1 && len(a.Kw) == 0 && cls == TypeClass {
		return a.Pos[0].Class(), nil
	}
	if len(a.Pos) != 3 && cls != TypeClass {
		return nil, Errorf(TypeError, "type.__new__() takes exactly 3 arguments (%d given)", len(a.Pos)+len(a.Kw))
	}
	if len(a.Pos) != 3 {
		return nil, Errorf(TypeError, "type() takes 1 or 3 arguments")
	}
	name, ok := StringOf(a.Pos[0])
	if !ok {
		return nil, Errorf(TypeError, "type.__new__() argument 1 must be str, not %s", a.Pos[0].Class().name)
	}
	if strings.IndexByte(name, 0) >= 0 {
		return nil, Errorf(ValueError, "type name must not contain null characters")
	}
	bases, ok := asTuple(a.Pos[1])
	if !ok {
		return nil, Errorf(TypeError, "type.__new__() argument 2 must be tuple, not %s", a.Pos[1].Class().name)
	}
	dict, ok := asDict(a.Pos[2])
	if !ok {
		return nil, Errorf(TypeError, "type.__new__() argument 3 must be dict, not %s", a.Pos[2].Class().name)
	}
	ns := NewNamespace(nil)
	for k, v := range dict.All() {
		s, ok := StringOf(k)
		if !ok {
			return nil, Errorf(TypeError, "attribute names of a class must be strings")
		}
		ns.Set(s, v)
	}
	if n := len(th.callers); n > 0 {
		if _, given := ns.Get("__module__"); !given {
			ns.Set("__module__", th.moduleName(th.callers[n-1]))
		}
	}
	if cls == TypeClass {
		cls = nil
	}
	return th.newType(cls, name, bases.Elems, ns, a.Kw)
}

func typeMembers() []Member {
	classOf := func(get func(c *Class) Value) func(*Thread, Value) (Value, error) {
		return func(_ *Thread, v Value) (Value, error) { return get(v.(*Class)), nil }
	}
	set := func(attr string) func(*Thread, Value, Value) error {
		return func(th *Thread, self, v Value) error {
			c := self.(*Class)
			if _, ok := asStr(v); !ok && attr != "__module__" && c.module != "builtins" {
				return Errorf(TypeError, "can only assign string to %s.%s, not '%s'", c.name, attr, v.Class().name)
			}
			return th.plainSetClassAttr(c, attr, v)
		}
	}
	return []Member{
		Method("__call__", func(th *Thread, a *Args) (Value, error) {
			return th.construct(a.Self.(*Class), a.Pos, a.Kw)
		}),
		Method("__init__", func(*Thread, *Args) (Value, error) { return None, nil }),
		ClassMethodOf("__prepare__", func(*Thread, *Args) (Value, error) { return NewDict(), nil }),
		Method("mro", func(_ *Thread, a *Args) (Value, error) { return NewList(classValues(a.Self.(*Class).mro)...), nil }),
		Method("__subclasses__", func(_ *Thread, a *Args) (Value, error) {
			return NewList(classValues(a.Self.(*Class).derived)...), nil
		}),
		Method("__instancecheck__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__instancecheck__", 1); err != nil {
				return nil, err
			}
			ok, err := th.derivesFrom(a.Pos[0], a.Self.(*Class))
			return boxBool(ok), err
		}),
		Method("__subclasscheck__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__subclasscheck__", 1); err != nil {
				return nil, err
			}
			c, ok := a.Pos[0].(*Class)
			if !ok {
				return nil, Errorf(TypeError, "issubclass() arg 1 must be a class")
			}
			return boxBool(c.derives(a.Self.(*Class))), nil
		}),
		Method("__repr__", func(_ *Thread, a *Args) (Value, error) { return NewStr(a.Self.(*Class).String()), nil }),
		Method("__setattr__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__setattr__", 2); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return None, th.ownSetClassAttr(a.Self.(*Class), name, a.Pos[1])
		}),
		Method("__delattr__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__delattr__", 1); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return None, th.plainDelClassAttr(a.Self.(*Class), name)
		}),
		Method("__getattribute__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__getattribute__", 1); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return th.plainClassAttr(a.Self.(*Class), name)
		}),
		Method("__or__", unionOp), Method("__ror__", unionOp),
		Getter("__name__", classOf(func(c *Class) Value { return NewStr(c.ShortName()) }), set("__name__")),
		Getter("__qualname__", classOf(func(c *Class) Value { return NewStr(c.qualname) }), set("__qualname__")),
		Getter("__module__", classOf(func(c *Class) Value { return NewStr(c.module) }), set("__module__")),
		Getter("__bases__", classOf(func(c *Class) Value { return NewTuple(classValues(c.bases)...) }), setBases),
		Getter("__doc__", getDoc, func(th *Thread, self, v Value) error {
			return th.plainSetClassAttr(self.(*Class), "__doc__", v)
		}),
		Getter("__base__", classOf(func(c *Class) Value {
			if len(c.bases) == 0 {
				return None
			}
			return c.bases[0]
		}), nil),
		Getter("__type_params__", func(*Thread, Value) (Value, error) { return NewTuple(), nil }, nil),
		Getter("__mro__", classOf(func(c *Class) Value { return NewTuple(classValues(c.mro)...) }), nil),
		Getter("__dict__", func(th *Thread, v Value) (Value, error) { return &MappingProxy{th.classDict(v.(*Class))}, nil }, nil),
	}
}

func unionOp(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("__or__", 1); err != nil {
		return nil, err
	}
	if v, ok := unionOf(a.Self, a.Pos[0]); ok {
		return v, nil
	}
	return NotImplemented, nil
}

// classDict is a copy of a class's own attributes.
func (th *Thread) classDict(c *Class) *Dict {
	d := NewDict()
	if c.module != "builtins" && c.module != "" {
		d.SetStr("__module__", NewStr(c.module))
	}
	for _, name := range c.dict.Names() {
		if v, ok := th.ownClassAttr(c, name); ok {
			if c.frozen {
				own, err := th.thaw(v)
				if err != nil {
					continue // never what is shared
				}
				v = own
			}
			d.SetStr(name, v)
		}
	}
	if o := th.shared.names[&c.dict]; o != nil {
		for name, v := range o.All() {
			if v != removed {
				d.SetStr(name, v)
			}
		}
	}
	return d
}

func classValues(cs []*Class) []Value {
	out := make([]Value, len(cs))
	for i, c := range cs {
		out[i] = c
	}
	return out
}

func functionMembers() []Member {
	return []Member{
		Getter("__name__", func(_ *Thread, v Value) (Value, error) { return NewStr(v.(*Function).name), nil }, nil),
		Getter("__qualname__", func(_ *Thread, v Value) (Value, error) { return NewStr(v.(*Function).qualname), nil }, nil),
		Getter("__module__", func(_ *Thread, v Value) (Value, error) { return NewStr(v.(*Function).module()), nil }, nil),
		Getter("__globals__", func(th *Thread, v Value) (Value, error) { return th.spaceDict(v.(*Function).globals) }, nil),
		Getter("__dict__", func(th *Thread, v Value) (Value, error) { return th.spaceDict(&v.(*Function).attrs) }, nil),
		Getter("__annotations__", func(_ *Thread, v Value) (Value, error) { return NewDict(), nil }, nil),
		Getter("__type_params__", func(*Thread, Value) (Value, error) { return NewTuple(), nil }, nil),
		Getter("__defaults__", (*Thread).functionDefaults, nil),
		Getter("__kwdefaults__", (*Thread).functionKeywordDefaults, nil),
		Getter("__closure__", functionClosure, nil),
		Getter("__code__", func(_ *Thread, v Value) (Value, error) { return codeObject{v.(*Function).code}, nil }, nil),
		Getter("__wrapped__", func(_ *Thread, v Value) (Value, error) { return nil, noAttribute(v, "__wrapped__") }, nil),
		Method("__call__", func(th *Thread, a *Args) (Value, error) { return th.Call(a.Self, a.Pos, a.Kw) }),
		Method("__get__", func(th *Thread, a *Args) (Value, error) {
			if len(a.Pos) == 0 || a.Pos[0] == Value(None) {
				return a.Self, nil
			}
			return &BoundMethod{a.Pos[0], a.Self}, nil
		}),
	}
}

// callableMembers are those of functions written in Go and of bound methods.
func callableMembers() []Member {
	under := func(v Value) Value {
		if m, ok := v.(*BoundMethod); ok {
			return m.Fn
		}
		return v
	}
	name := func(_ *Thread, v Value) (Value, error) {
		switch f := under(v).(type) {
		case *Builtin:
			return NewStr(f.name), nil
		case *Function:
			return NewStr(f.name), nil
		}
		return nil, noAttribute(v, "__name__")
	}
	return []Member{
		Getter("__name__", name, nil),
		Getter("__qualname__", func(th *Thread, v Value) (Value, error) {
			if f, ok := under(v).(*Function); ok {
				return NewStr(f.qualname), nil
			}
			if b, ok := under(v).(*Builtin); ok && b.owner != nil {
				return NewStr(b.owner.ShortName() + "." + b.name), nil
			}
			return name(th, v)
		}, nil),
		Getter("__self__", func(_ *Thread, v Value) (Value, error) {
			if m, ok := v.(*BoundMethod); ok {
				return m.Self, nil
			}
			return nil, noAttribute(v, "__self__")
		}, nil),
		Getter("__func__", func(_ *Thread, v Value) (Value, error) {
			if m, ok := v.(*BoundMethod); ok {
				return m.Fn, nil
			}
			return nil, noAttribute(v, "__func__")
		}, nil),
		Getter("__module__", func(_ *Thread, v Value) (Value, error) {
			if f, ok := under(v).(*Function); ok {
				return NewStr(f.module()), nil
			}
			return NewStr("builtins"), nil
		}, nil),
		Method("__call__", func(th *Thread, a *Args) (Value, error) { return th.Call(a.Self, a.Pos, a.Kw) }),
		Method("__getattr__", func(th *Thread, a *Args) (Value, error) {
			var attr string
			if err := a.Unpack("__getattr__", "name", &attr); err != nil {
				return nil, err
			}
			if m, ok := a.Self.(*BoundMethod); ok {
				if v, found, err := th.GetAttrDefault(m.Fn, attr); found || err != nil {
					return v, err
				}
			}
			return nil, noAttribute(a.Self, attr)
		}),
	}
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

// sortedList returns the values as a sorted list.
func (th *Thread) sortedList(vs []Value) (Value, error) {
	l := NewList(vs...)
	return l, th.sort(l, nil, false)
}

// sort sorts a list in place, stably, by key if not nil.
func (th *Thread) sort(l *List, key Value, reverse bool) error {
	elems := l.Elems
	l.Elems = nil // what the key function and comparisons see meanwhile
	err := th.sortElems(l, elems, key, reverse)
	if err != nil {
		l.Elems = elems
	}
	return err
}

func (th *Thread) sortElems(l *List, elems []Value, key Value, reverse bool) error {
	keys := elems
	if err := th.Alloc(32 * len(elems)); err != nil {
		return err
	}
	if key != nil && key != Value(None) {
		keys = make([]Value, len(elems))
		for i, e := range elems {
			k, err := th.Call(key, []Value{e}, nil)
			if err != nil {
				return err
			}
			keys[i] = k
			if err := th.Tick(); err != nil {
				return err
			}
		}
	}
	order := make([]int, len(elems))
	for i := range order {
		order[i] = i
	}
	if reverse {
		slices.Reverse(order)
	}
	if err := th.mergeSort(order, make([]int, len(order)), keys); err != nil {
		return err
	}
	if reverse {
		slices.Reverse(order)
	}
	if l.Elems != nil {
		return Errorf(ValueError, "list modified during sort")
	}
	out := make([]Value, len(elems))
	for i, k := range order {
		out[i] = elems[k]
	}
	l.Elems = out
	return nil
}

// insertionSort sorts few positions: it takes the run they begin with and puts
// each of the others where it belongs, asking as seldom as possible.
func (th *Thread) insertionSort(order []int, keys []Value) error {
	sorted, err := th.firstRun(order, keys)
	if err != nil {
		return err
	}
	for i := sorted; i < len(order); i++ {
		if err := th.Tick(); err != nil {
			return err
		}
		k := order[i]
		from, to := 0, i
		for from < to {
			mid := (from + to) / 2
			less, err := th.less(keys[k], keys[order[mid]])
			if err != nil {
				return err
			}
			if less {
				to = mid
			} else {
				from = mid + 1
			}
		}
		copy(order[from+1:i+1], order[from:i])
		order[from] = k
	}
	return nil
}

// firstRun returns how many positions at the beginning are in order; if they
// fall strictly, they are turned round.
func (th *Thread) firstRun(order []int, keys []Value) (int, error) {
	if len(order) < 2 {
		return len(order), nil
	}
	falls, err := th.less(keys[order[1]], keys[order[0]])
	if err != nil {
		return 0, err
	}
	n := 2
	for n < len(order) {
		less, err := th.less(keys[order[n]], keys[order[n-1]])
		if err != nil {
			return 0, err
		}
		if less != falls {
			break
		}
		n++
	}
	if falls {
		slices.Reverse(order[:n])
	}
	return n, nil
}

// mergeSort sorts positions by their keys, stably; it asks only whether a later
// one is less than an earlier one.
func (th *Thread) mergeSort(order, spare []int, keys []Value) error {
	n := len(order)
	if n < 64 {
		return th.insertionSort(order, keys)
	}
	mid := n / 2
	if err := th.mergeSort(order[:mid], spare[:mid], keys); err != nil {
		return err
	}
	if err := th.mergeSort(order[mid:], spare[mid:], keys); err != nil {
		return err
	}
	if less, err := th.less(keys[order[mid]], keys[order[mid-1]]); err != nil || !less {
		return err
	}
	copy(spare, order)
	left, right := spare[:mid], spare[mid:]
	for i := range order {
		if len(left) > 0 && len(right) > 0 {
			less, err := th.less(keys[right[0]], keys[left[0]])
			if err != nil {
				return err
			}
			if less {
				order[i], right = right[0], right[1:]
			} else {
				order[i], left = left[0], left[1:]
			}
			continue
		}
		copy(order[i:], left)
		copy(order[i+len(left):], right)
		break
	}
	return nil
}

func (th *Thread) less(a, b Value) (bool, error) {
	if err := th.Tick(); err != nil {
		return false, err
	}
	switch x := a.(type) {
	case *Str:
		if y, ok := b.(*Str); ok {
			return x.s < y.s, nil
		}
	case Int:
		if y, ok := b.(Int); ok {
			return x < y, nil
		}
	}
	r, err := th.Compare(syntax.Lt, a, b)
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}
