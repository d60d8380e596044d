package python

import (
	"fmt"
	"slices"
	"strings"
)

// A Class is a Python class: builtin, made by Go code with NewClass, or made by
// a class statement.
type Class struct {
	name, qualname, module string
	dotted                 bool // name begins with a module's

	bases []*Class
	mro   []*Class
	meta  *Class // nil: type
	dict  Namespace

	// alloc makes an instance, __new__ in Python; nil: that of a base.
	alloc NewFunc
	// frozen classes are shared between threads and never change again.
	frozen bool
	// final classes cannot be bases.
	final bool
	// derived lists classes that must forget what they know when this one
	// changes; kept only while not frozen.
	derived []*Class
	// noDict: instances have no __dict__; slotted: the class declares slots.
	noDict, slotted bool
	globals         *Namespace // of the module that made the class, or nil
	// abstract classes have abstract methods; object makes no instances of them.
	abstract bool

	flat  map[string]Value // every attribute along the mro; nil: to be built
	slots slots
}

// A NewFunc makes a value of class cls, which is the class that NewFunc was
// given for or one derived from it.
type NewFunc func(th *Thread, cls *Class, a *Args) (Value, error)

// slots are the special methods that are looked for often; nil: none.
type slots struct {
	getattribute, getattr, setattr, delattr Value
	boolean, length, call, eq, hash         Value
	iter, next, getitem, contains           Value
	newFunc, init                           Value
	alloc                                   NewFunc
	allocOwner                              *Class
	dataDescriptors                         bool // other than __class__ and the like
}

// ClassSpec describes a class made by Go code.
type ClassSpec struct {
	Name   string
	Module string   // dotted name of the module it belongs to; "builtins" if empty
	Doc    string   // __doc__
	Bases  []*Class // object if empty
	Meta   *Class   // nil: the most derived metaclass of the bases
	// New makes an instance; nil: as the first base does. It is given the class
	// asked for, which may be derived, and answers __new__.
	New NewFunc
	// Members are methods, properties, class methods and constants.
	Members []Member
	// Final says that the class cannot be derived from.
	Final bool
	// Dotted says that messages name the class after its module.
	Dotted bool
}

// A Member is a named entry of a class.
type Member struct {
	Name  string
	Value Value
}

// NewClass returns a class made by Go code. It is frozen: threads that assign
// to its attributes do so for themselves. It panics if the bases cannot be put
// in an order, which is a mistake in the program.
func NewClass(spec ClassSpec) *Class {
	bases := spec.Bases
	if len(bases) == 0 {
		bases = []*Class{ObjectClass}
	}
	c, err := makeClass(spec.Name, bases, spec.Meta)
	if err != nil {
		panic(fmt.Sprintf("python: class %s: %v", spec.Name, err))
	}
	c.module, c.final = spec.Module, spec.Final
	if c.module == "" {
		c.module = "builtins"
	}
	if spec.Dotted {
		c.Dot(c.module)
	}
	c.install(spec)
	c.frozen = true
	c.build()
	return c
}

func (c *Class) install(spec ClassSpec) {
	if spec.Doc != "" {
		c.dict.Set("__doc__", NewStr(spec.Doc))
	}
	for _, m := range spec.Members {
		if b, ok := m.Value.(*Builtin); ok && b.owner == nil {
			b.ownedBy(c)
		}
		if p, ok := m.Value.(*Property); ok && p.goGet != nil && p.owner == nil {
			p.owner = c
		}
		c.dict.Set(m.Name, m.Value)
	}
	if spec.New != nil {
		c.alloc = spec.New
		c.dict.Set("__new__", &StaticMethod{newBuiltin(c)})
	}
}

// bare returns a class with nothing in it yet; bootstrap fills it.
func bare(name string, bases ...*Class) *Class {
	c := &Class{name: name, qualname: name, module: "builtins", bases: bases}
	c.mro, _ = linearize(c)
	return c
}

// makeClass returns an unfrozen class without attributes.
func makeClass(name string, bases []*Class, meta *Class) (*Class, error) {
	c := &Class{name: name, qualname: name, bases: bases, meta: meta}
	for i, b := range bases {
		if b.final {
			return nil, Errorf(TypeError, "type '%s' is not an acceptable base type", b.name)
		}
		if slices.Contains(bases[:i], b) {
			return nil, Errorf(TypeError, "duplicate base class %s", b.name)
		}
		if c.meta == nil || (b.meta != nil && b.meta.derives(c.meta)) {
			if b.meta != nil {
				c.meta = b.meta
			}
		}
	}
	mro, tangled := linearize(c)
	if tangled != nil {
		return nil, mroError(tangled)
	}
	c.mro = mro
	for _, b := range bases {
		if !b.frozen {
			b.derived = append(b.derived, c)
		}
	}
	return c, nil
}

// linearize is the C3 order of c and its bases, or the rows that cannot be put
// in order.
func linearize(c *Class) (mro []*Class, tangled [][]*Class) {
	var rows [][]*Class
	for _, b := range c.bases {
		rows = append(rows, slices.Clone(b.mro))
	}
	rows = append(rows, slices.Clone(c.bases))
	out := []*Class{c}
	for {
		rows = slices.DeleteFunc(rows, func(r []*Class) bool { return len(r) == 0 })
		if len(rows) == 0 {
			return out, nil
		}
		next := goodHead(rows)
		if next == nil {
			return nil, rows
		}
		out = append(out, next)
		for i, r := range rows {
			if r[0] == next {
				rows[i] = r[1:]
			}
		}
	}
}

func goodHead(rows [][]*Class) *Class {
	for _, r := range rows {
		if !slices.ContainsFunc(rows, func(o []*Class) bool { return slices.Contains(o[1:], r[0]) }) {
			return r[0]
		}
	}
	return nil
}

func mroError(rows [][]*Class) error {
	var names []string
	for _, r := range rows {
		if !slices.Contains(names, r[0].name) {
			names = append(names, r[0].name)
		}
	}
	return Errorf(TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases %s", strings.Join(names, ", "))
}

// Class returns the metaclass, which is TypeClass for nearly all classes.
func (c *Class) Class() *Class {
	if c.meta != nil {
		return c.meta
	}
	return TypeClass
}

// Name returns the name that messages give the class: its __name__, for some of
// the standard modules' classes after that of the module ("datetime.date").
func (c *Class) Name() string { return c.name }

// ShortName returns the class's __name__.
func (c *Class) ShortName() string {
	if c.dotted {
		return c.name[strings.LastIndexByte(c.name, '.')+1:]
	}
	return c.name
}

// Dot makes messages name the class after a module, as CPython does with
// classes of its own that are not written in Python.
func (c *Class) Dot(module string) {
	c.name, c.dotted = module+"."+c.ShortName(), true
}

// immutable reports whether no code may assign to the attributes of the class,
// as with those of CPython that are not written in Python.
func (c *Class) immutable() bool { return c.module == "builtins" || c.dotted }

func (c *Class) immutableError(attr string) error {
	return Errorf(TypeError, "cannot set '%s' attribute of immutable type '%s'", attr, c.name)
}

// Module returns the dotted name of the module the class belongs to.
func (c *Class) Module() string { return c.module }

// QualifiedName returns module and qualified name joined by a dot; "builtins"
// is left out.
func (c *Class) QualifiedName() string {
	if c.module == "builtins" || c.module == "" {
		return c.qualname
	}
	return c.module + "." + c.qualname
}

// Bases returns the direct bases.
func (c *Class) Bases() []*Class { return slices.Clone(c.bases) }

// MRO returns the class and its bases in the order attributes are looked up.
func (c *Class) MRO() []*Class { return slices.Clone(c.mro) }

// Derives reports whether c is base or derived from it.
func (c *Class) Derives(base *Class) bool { return c.derives(base) }

func (c *Class) derives(base *Class) bool {
	if c == base {
		return true
	}
	for _, k := range c.mro[1:] {
		if k == base {
			return true
		}
	}
	return false
}

// Builtin reports whether the class is one of Go's making.
func (c *Class) Builtin() bool { return c.frozen && c.alloc != nil || c.module == "builtins" }

// Lookup returns the attribute along the mro, unbound. It does not see what a
// thread has assigned to a frozen class; Thread.GetAttr does.
func (c *Class) Lookup(name string) (Value, bool) {
	v, ok := c.attrs()[name]
	return v, ok
}

// Own returns the attributes defined by the class itself.
func (c *Class) Own() *Namespace { return c.dict.Clone() }

func (c *Class) attrs() map[string]Value {
	if c.flat == nil {
		c.build()
	}
	return c.flat
}

func (c *Class) slot() *slots {
	if c.flat == nil {
		c.build()
	}
	return &c.slots
}

// build gathers the attributes along the mro.
func (c *Class) build() {
	flat := map[string]Value{}
	for i := len(c.mro) - 1; i >= 0; i-- {
		for name, v := range c.mro[i].dict.All() {
			flat[name] = v
		}
	}
	c.flat = flat
	c.slots = slots{
		getattribute: flat["__getattribute__"], getattr: flat["__getattr__"],
		setattr: flat["__setattr__"], delattr: flat["__delattr__"],
		boolean: flat["__bool__"], length: flat["__len__"], call: flat["__call__"],
		eq: flat["__eq__"], hash: flat["__hash__"], iter: flat["__iter__"], next: flat["__next__"],
		getitem: flat["__getitem__"], contains: flat["__contains__"], init: flat["__init__"],
		newFunc: flat["__new__"],
	}
	c.slots.forgetDefaults()
	for _, k := range c.mro {
		if k.alloc != nil {
			c.slots.alloc, c.slots.allocOwner = k.alloc, k
			break
		}
	}
	for name, v := range flat {
		if !isDunder(name) && isDataDescriptor(v) {
			c.slots.dataDescriptors = true
			break
		}
	}
}

// isDunder reports whether name begins with two underscores.
func isDunder(name string) bool { return len(name) > 2 && name[0] == '_' && name[1] == '_' }

// forgetDefaults drops what every object has from object, and the __new__ of
// classes made by Go code, for which alloc stands.
func (s *slots) forgetDefaults() {
	for _, m := range []*Value{
		&s.getattribute, &s.getattr, &s.setattr, &s.delattr, &s.boolean, &s.length, &s.call, &s.eq, &s.hash,
		&s.iter, &s.next, &s.getitem, &s.contains, &s.init,
	} {
		if b, ok := (*m).(*Builtin); ok && (b.owner == ObjectClass || b.owner == TypeClass) {
			*m = nil
		}
	}
	if st, ok := s.newFunc.(*StaticMethod); ok {
		if b, ok := st.Fn.(*Builtin); ok && b.name == "__new__" {
			s.newFunc = nil
		}
	}
}

// changed forgets what was gathered, here and in derived classes.
func (c *Class) changed() {
	c.flat = nil
	for _, d := range c.derived {
		d.changed()
	}
}

// String returns repr(cls).
func (c *Class) String() string { return "<class '" + c.QualifiedName() + "'>" }

func isDataDescriptor(v Value) bool {
	switch v := v.(type) {
	case *Property, *slotMember:
		return true
	case *Instance:
		c := v.Cls
		_, set := c.attrs()["__set__"]
		_, del := c.attrs()["__delete__"]
		return set || del
	}
	return false
}

// An Instance is an object of a class made by a class statement or by
// NewClass, and every exception.
type Instance struct {
	Cls   *Class
	Attrs Namespace
	// Native is what a builtin base keeps: a Value (*List, *Dict, *Str, Int ...)
	// for subclasses of such, *Exception for exceptions, else what the Go class
	// put there.
	Native any
	// ID is a number that stays with the object for life, given by the codec
	// that first saved it; 0: none yet.
	ID     uint64
	apart  *apart // nil: no slots
	frozen bool
	fixed  bool // frozen, and seen by all threads as it is: a member of an enumeration
}

// Class returns the class of the object.
func (i *Instance) Class() *Class { return i.Cls }

// NewInstance returns an object of class cls without running its constructor.
func NewInstance(cls *Class) *Instance { return &Instance{Cls: cls} }
