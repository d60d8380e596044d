package python

import (
	"iter"
	"slices"
)

// MemberDescriptorClass is the class of the attributes that __slots__ names.
var MemberDescriptorClass = bare("member_descriptor", ObjectClass)

// A slotMember is an attribute declared by __slots__.
type slotMember struct {
	name  string
	owner *Class
}

// Class returns MemberDescriptorClass.
func (*slotMember) Class() *Class { return MemberDescriptorClass }

// apart is what few instances have: slots, and attributes that are kept in a
// dict the program gave them (obj.__dict__ = d).
type apart struct {
	slots Namespace
	attrs *Namespace // nil: Instance.Attrs
}

// own returns the attributes of the instance that are in its __dict__.
func (i *Instance) own() *Namespace {
	if i.apart != nil && i.apart.attrs != nil {
		return i.apart.attrs
	}
	return &i.Attrs
}

// Stored yields all attributes that the instance holds itself: those of its
// __dict__ and those in slots.
func (i *Instance) Stored() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		for name, v := range i.own().All() {
			if !yield(name, v) {
				return
			}
		}
		if i.apart == nil {
			return
		}
		for name, v := range i.apart.slots.All() {
			if !yield(name, v) {
				return
			}
		}
	}
}

// HasSlots reports whether instances of the class keep attributes in slots,
// apart from Instance.Attrs.
func (c *Class) HasSlots() bool {
	return slices.ContainsFunc(c.mro, func(k *Class) bool { return k.slotted })
}

// Restore puts back an attribute that Stored gave, without asking the class.
func (i *Instance) Restore(name string, v Value) {
	if d, ok := i.Cls.Lookup(name); ok {
		if s, ok := d.(*slotMember); ok {
			s.put(i, v)
			return
		}
	}
	i.own().Set(name, v)
}

func (s *slotMember) put(i *Instance, v Value) {
	if i.apart == nil {
		i.apart = &apart{}
	}
	i.apart.slots.Set(s.name, v)
}

// holder checks that v has the slot.
func (s *slotMember) holder(v Value) (*Instance, error) {
	i, ok := v.(*Instance)
	if !ok || !i.Cls.derives(s.owner) {
		return nil, Errorf(TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", s.name, s.owner.name, v.Class().name)
	}
	return i, nil
}

func (s *slotMember) get(v Value) (Value, error) {
	i, err := s.holder(v)
	if err != nil {
		return nil, err
	}
	if i.apart != nil {
		if x, ok := i.apart.slots.Get(s.name); ok {
			return x, nil
		}
	}
	return nil, noAttribute(i, s.name)
}

func (s *slotMember) set(v, x Value) error {
	i, err := s.holder(v)
	if err != nil {
		return err
	}
	s.put(i, x)
	return nil
}

func (s *slotMember) del(v Value) error {
	i, err := s.holder(v)
	if err != nil {
		return err
	}
	if i.apart == nil || !i.apart.slots.Delete(s.name) {
		return attributeError(s.name, i, s.name)
	}
	return nil
}

func slotMemberMembers() []Member {
	of := func(v Value) *slotMember { return v.(*slotMember) }
	return []Member{
		Getter("__name__", func(_ *Thread, v Value) (Value, error) { return NewStr(of(v).name), nil }, nil),
		Getter("__objclass__", func(_ *Thread, v Value) (Value, error) { return of(v).owner, nil }, nil),
		Getter("__doc__", func(*Thread, Value) (Value, error) { return None, nil }, nil),
		Method("__repr__", func(_ *Thread, a *Args) (Value, error) {
			s := of(a.Self)
			return NewStr("<member '" + s.name + "' of '" + s.owner.name + "' objects>"), nil
		}),
		Method("__get__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Between("__get__", 1, 2); err != nil {
				return nil, err
			}
			if a.Pos[0] == Value(None) {
				return a.Self, nil
			}
			return of(a.Self).get(a.Pos[0])
		}),
		Method("__set__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__set__", 2); err != nil {
				return nil, err
			}
			return None, of(a.Self).set(a.Pos[0], a.Pos[1])
		}),
		Method("__delete__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__delete__", 1); err != nil {
				return nil, err
			}
			return None, of(a.Self).del(a.Pos[0])
		}),
	}
}

// dictMember is the entry __dict__ of classes whose instances have one.
var dictMember = Getter("__dict__", getInstanceDict, setInstanceDict)

// weakrefMember is the entry __weakref__ of classes; there are no weak
// references in the dialect, so that it is always None.
var weakrefMember = Getter("__weakref__", func(*Thread, Value) (Value, error) { return None, nil }, nil)

func getInstanceDict(_ *Thread, v Value) (Value, error) {
	if i, ok := v.(*Instance); ok && i.fixed {
		return NamespaceDict(&i.Attrs).Clone(), nil
	} else if ok {
		return NamespaceDict(i.own()), nil
	}
	return nil, noAttribute(v, "__dict__")
}

func setInstanceDict(_ *Thread, self, v Value) error {
	i, ok := self.(*Instance)
	if !ok {
		return noAttribute(self, "__dict__")
	}
	if i.fixed {
		return i.fixedError("__dict__")
	}
	d, ok := asDict(v)
	if !ok {
		return Errorf(TypeError, "__dict__ must be set to a dictionary, not a '%s'", v.Class().name)
	}
	ns := d.namespace()
	if ns == nil {
		return Errorf(TypeError, "__dict__ must be set to a dictionary whose keys are text")
	}
	if i.apart == nil {
		i.apart = &apart{}
	}
	i.apart.attrs = ns
	i.Attrs.Clear()
	return nil
}

// namespace makes d a view of a namespace, so that an object can share it; nil
// if a key is not text.
func (d *Dict) namespace() *Namespace {
	if d.ns != nil {
		return d.ns
	}
	ns := NewNamespace(nil)
	for k, v := range d.All() {
		s, ok := asStr(k)
		if !ok {
			return nil
		}
		ns.Set(s.s, v)
	}
	d.ns, d.t = ns, table{}
	return ns
}

// givesDict reports whether instances of c have a __dict__.
func (c *Class) givesDict() bool {
	_, ok := c.attrs()["__dict__"]
	return ok || c.frozen && c.module != "builtins" && !c.noDict
}

// declareSlots reads __slots__ of a class body and says which attributes
// instances of c have.
func (th *Thread) declareSlots(c *Class, ns *Namespace) error {
	inDict := slices.ContainsFunc(c.bases, (*Class).givesDict)
	inWeak := slices.ContainsFunc(c.bases, func(b *Class) bool { _, ok := b.attrs()["__weakref__"]; return ok })
	given, slotted := ns.Get("__slots__")
	if !slotted {
		c.addMember(dictMember, !inDict)
		c.addMember(weakrefMember, !inWeak)
		return nil
	}
	names, err := th.slotNames(c, given)
	if err != nil {
		return err
	}
	c.noDict = !inDict
	for _, name := range names {
		switch {
		case name == "__dict__" && !c.noDict, name == "__weakref__" && inWeak:
			return Errorf(TypeError, "%s slot disallowed: we already got one", name)
		case name == "__dict__":
			c.noDict = false
			c.addMember(dictMember, true)
			continue
		case name == "__weakref__":
			inWeak = true
			c.addMember(weakrefMember, true)
			continue
		}
		key := mangle(c.name, name)
		if _, taken := ns.Get(key); taken {
			return Errorf(ValueError, "%s in __slots__ conflicts with class variable", plainRepr(NewStr(name)))
		}
		c.dict.Set(key, &slotMember{name: key, owner: c})
		c.slotted = true
	}
	return nil
}

func (c *Class) addMember(m Member, wanted bool) {
	if _, taken := c.dict.Get(m.Name); wanted && !taken {
		p := *m.Value.(*Property)
		p.owner = c
		c.dict.Set(m.Name, &p)
	}
}

// slotNames returns the names in a __slots__.
func (th *Thread) slotNames(c *Class, given Value) ([]string, error) {
	elems := []Value{given}
	if _, one := asStr(given); !one {
		var err error
		if elems, err = th.Elems(given); err != nil {
			return nil, err
		}
	}
	var out []string
	if len(elems) > 0 {
		for _, base := range []*Class{IntClass, TupleClass, BytesClass} {
			if c.derives(base) {
				return nil, Errorf(TypeError, "nonempty __slots__ not supported for subtype of '%s'", c.bases[0].name)
			}
		}
	}
	for _, e := range elems {
		name, ok := StringOf(e)
		if !ok {
			return nil, Errorf(TypeError, "__slots__ items must be strings, not '%s'", e.Class().name)
		}
		if !isIdentifier(name) {
			return nil, Errorf(TypeError, "__slots__ must be identifiers")
		}
		out = append(out, name)
	}
	return out, nil
}

// layout is the class whose slots or builtin data instances of c have.
func (c *Class) layout() *Class { return layoutIn(c.mro) }

func layoutIn(mro []*Class) *Class {
	for _, k := range mro {
		if k.slotted || k.alloc != nil && k != ObjectClass {
			return k
		}
	}
	return ObjectClass
}

// sameLayout reports whether an object of class a can become one of class b.
func sameLayout(a, b *Class) bool {
	if a.givesDict() != b.givesDict() {
		return false
	}
	la, lb := a.layout(), b.layout()
	return la == lb || la.slotted && lb.slotted && slices.Equal(la.slotKeys(), lb.slotKeys()) && sameLayout(la.bases[0], lb.bases[0])
}

func (c *Class) slotKeys() []string {
	var out []string
	for name, v := range c.dict.All() {
		if _, ok := v.(*slotMember); ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
