package python

import "slices"

// overlays are a thread's own versions of what shared modules hold.
type overlays struct {
	names  map[*Namespace]*Namespace // assignments to frozen modules, classes and functions
	cells  map[*Cell]Value
	cls    map[*Class]bool // classes with an overlay, here or in a base
	copyOf map[any]Value   // frozen mutable value -> this thread's copy
	origin map[Value]Value // the copy -> what it is a copy of
}

// A Copier is a value written in Go whose state changes: a thread that takes it
// from a shared module gets a copy.
type Copier interface {
	Value
	// CopyFor returns a copy; deep copies a value it holds.
	CopyFor(th *Thread, deep func(Value) (Value, error)) (Value, error)
}

// Freeze makes modules immutable, and everything reachable from them: from then
// on threads share them. th is the thread that ran them.
func Freeze(th *Thread, mods ...*Module) {
	f := freezer{th: th, seen: map[any]bool{}}
	for _, m := range mods {
		f.namespace(m.Globals)
	}
	for len(f.todo) > 0 {
		v := f.todo[len(f.todo)-1]
		f.todo = f.todo[:len(f.todo)-1]
		f.value(v)
	}
	for _, i := range f.members {
		i.fixed = !slices.ContainsFunc(i.Attrs.entries, func(b binding) bool { return b.val != nil && thawable(b.val, 0) })
	}
	for _, n := range f.spaces {
		for i := range n.entries {
			n.entries[i].thaw = n.entries[i].val != nil && thawable(n.entries[i].val, 0)
		}
		n.frozen = true
	}
	for _, c := range f.classes {
		c.frozen, c.derived = true, nil
		c.build()
	}
}

// Freeze makes the module immutable. th is the thread that ran it.
func (m *Module) Freeze(th *Thread) { Freeze(th, m) }

type freezer struct {
	th      *Thread
	seen    map[any]bool
	todo    []Value
	spaces  []*Namespace
	members []*Instance // of enumerations
	classes []*Class
}

func (f *freezer) push(vs ...Value) {
	for _, v := range vs {
		if v != nil {
			f.todo = append(f.todo, v)
		}
	}
}

func (f *freezer) namespace(n *Namespace) {
	if n == nil || n.frozen || f.seen[n] {
		return
	}
	f.seen[n] = true
	f.spaces = append(f.spaces, n)
	for i := range n.entries {
		if n.entries[i].val == nil {
			continue
		}
		if orig, ok := f.th.shared.origin[n.entries[i].val]; ok {
			n.entries[i].val = orig // a copy of what another module shares
		}
		f.push(n.entries[i].val)
	}
	f.namespace(n.parent)
}

func (f *freezer) value(v Value) {
	switch v.(type) {
	case NoneType, Bool, Int, *Big, Float, Complex, *Str, *Bytes, *Range, *Builtin:
		return
	}
	if f.seen[v] {
		return
	}
	f.seen[v] = true
	switch v := v.(type) {
	case *List:
		v.frozen = true
		f.push(v.Elems...)
	case *Tuple:
		f.push(v.Elems...)
	case *Dict:
		v.frozen = true
		f.namespace(v.ns)
		f.push(v.Keys()...)
		f.push(v.Values()...)
	case *Set:
		v.frozen = true
		f.push(v.t.keys()...)
	case *Instance:
		f.instance(v)
	case *Class:
		f.class(v)
	case *Function:
		f.function(v)
	case *BoundMethod:
		f.push(v.Self, v.Fn)
	case *generator:
		v.frozen = true
	case *lazy:
		v.frozen = true
	case *iterator:
		if v.made != nil {
			f.push(v.made.args...)
		}
	case *TypeAlias:
		f.push(v.value)
	case *StaticMethod:
		f.push(v.Fn)
	case *ClassMethod:
		f.push(v.Fn)
	case *Property:
		f.push(v.Get, v.Set, v.Del)
	}
}

func (f *freezer) instance(i *Instance) {
	i.frozen = true
	if _, ok := i.MemberOf(); ok && i.apart == nil {
		f.members = append(f.members, i)
	}
	f.push(i.Cls)
	for _, v := range i.Stored() {
		f.push(v)
	}
	switch n := i.Native.(type) {
	case Value:
		f.push(n)
	case *Exception:
		f.push(n.Args)
	}
}

func (f *freezer) class(c *Class) {
	if c.frozen {
		return
	}
	f.classes = append(f.classes, c)
	f.namespace(&c.dict)
	for _, b := range c.mro[1:] {
		f.push(b)
	}
	if c.meta != nil {
		f.push(c.meta)
	}
}

func (f *freezer) function(fn *Function) {
	if fn.frozen {
		return
	}
	fn.frozen = true
	f.namespace(&fn.attrs)
	f.namespace(fn.beside)
	f.push(fn.defaults...)
	f.push(fn.kwDefaults...)
	for _, c := range fn.cells {
		c.frozen = true
		f.push(c.v)
	}
}

// thawable reports whether a thread that reads v from a shared place needs a
// copy of it.
func thawable(v Value, depth int) bool {
	if depth > 50 {
		return true
	}
	switch v := v.(type) {
	case *List:
		return v.frozen
	case *Dict:
		return v.frozen
	case *Set:
		if v.Frozen {
			return anyThawable(v.t.keys(), depth)
		}
		return v.frozen
	case *Instance:
		return v.frozen && !v.fixed
	case *Tuple:
		return anyThawable(v.Elems, depth)
	case *BoundMethod:
		return thawable(v.Self, depth+1)
	case Copier:
		return true
	case *generator:
		return v.frozen
	case *lazy:
		return v.frozen
	}
	return false
}

func anyThawable(vs []Value, depth int) bool {
	for _, v := range vs {
		if thawable(v, depth+1) {
			return true
		}
	}
	return false
}

// thaw returns the thread's own copy of v, which was read from a shared place,
// or v itself if it cannot change.
func (th *Thread) thaw(v Value) (Value, error) {
	switch v.(type) {
	case *List, *Dict, *Set, *Instance, *Tuple, *BoundMethod, *generator, *lazy, Copier:
		if thawable(v, 0) {
			return th.thawCopy(v)
		}
	}
	return v, nil
}

func (th *Thread) thawCopy(v Value) (Value, error) {
	if c, ok := th.shared.copyOf[v]; ok {
		return c, nil
	}
	if th.shared.copyOf == nil {
		th.shared.copyOf = map[any]Value{}
		th.shared.origin = map[Value]Value{}
	}
	c := copier{th: th, memo: th.shared.copyOf, keepClass: true, done: func(from, to Value) {
		th.shared.origin[to] = from
	}}
	return c.value(v)
}

// own returns the thread's overlay of a frozen namespace, making it.
func (th *Thread) own(n *Namespace) *Namespace {
	if o := th.shared.names[n]; o != nil {
		return o
	}
	if th.shared.names == nil {
		th.shared.names = map[*Namespace]*Namespace{}
	}
	o := NewNamespace(nil)
	th.shared.names[n] = o
	return o
}

// spaceDict returns the dictionary of a namespace as the thread sees it: that
// of a frozen one is the thread's own.
func (th *Thread) spaceDict(n *Namespace) (*Dict, error) {
	if !n.frozen {
		return NamespaceDict(n), nil
	}
	o := th.own(n)
	if o.whole {
		return NamespaceDict(o), nil
	}
	whole := NewNamespace(nil)
	for name := range n.All() {
		if v, ok := th.moduleGet(n, name); ok {
			whole.Set(name, v)
		}
	}
	for name, v := range o.All() {
		if _, ok := n.Get(name); !ok && v != removed {
			whole.Set(name, v)
		}
	}
	whole.whole = true
	th.shared.names[n] = whole
	return NamespaceDict(whole), nil
}

// removed stands in an overlay for a name the thread has deleted.
type removedType struct{}

func (removedType) Class() *Class { return ObjectClass }

var removed Value = removedType{}

// moduleGet reads a name of a namespace as the thread sees it.
func (th *Thread) moduleGet(n *Namespace, name string) (Value, bool) {
	if !n.frozen {
		return n.Get(name)
	}
	if o := th.shared.names[n]; o != nil {
		if v, ok := o.Get(name); ok || o.whole {
			return v, ok && v != removed
		}
	}
	i := n.find(name)
	if i < 0 {
		return nil, false
	}
	v := n.entries[i].val
	if n.entries[i].thaw {
		c, err := th.thawCopy(v)
		return c, err == nil // never what is shared
	}
	return v, true
}

// setGlobal binds a name of a namespace for this thread.
func (th *Thread) setGlobal(n *Namespace, name string, v Value) {
	if n.frozen {
		n = th.own(n)
	}
	n.Set(name, v)
}

// delGlobal unbinds a name for this thread and reports whether it was bound.
func (th *Thread) delGlobal(n *Namespace, name string) bool {
	if !n.frozen {
		return n.Delete(name)
	}
	if _, ok := th.moduleGet(n, name); !ok {
		return false
	}
	if o := th.own(n); o.whole {
		o.Delete(name)
	} else {
		o.Set(name, removed)
	}
	return true
}

// LookupName returns the value of a global name as code with globals ns would
// see it: ns, its parents, the builtins.
func (th *Thread) LookupName(ns *Namespace, name string) (Value, bool) {
	for n := ns; n != nil; n = n.parent {
		if v, ok := th.moduleGet(n, name); ok {
			return v, true
		}
	}
	v, ok := builtins[name]
	return v, ok
}

// load reads a cell as the thread sees it; nil: unbound.
func (th *Thread) loadCell(c *Cell) (Value, error) {
	if !c.frozen {
		return c.v, nil
	}
	if v, ok := th.shared.cells[c]; ok {
		return v, nil
	}
	if c.v == nil {
		return nil, nil
	}
	return th.thaw(c.v)
}

func (th *Thread) storeCell(c *Cell, v Value) {
	if !c.frozen {
		c.v = v
		return
	}
	if th.shared.cells == nil {
		th.shared.cells = map[*Cell]Value{}
	}
	th.shared.cells[c] = v
}

// MemberOf returns the name under which an object is a member of its class, if
// that is an enumeration and the object one of its members.
func (i *Instance) MemberOf() (name string, ok bool) {
	v, ok := i.Attrs.Get("_name_")
	if !ok {
		return "", false
	}
	if name, ok = StringOf(v); !ok {
		return "", false
	}
	members, ok := i.Cls.attrs()["_member_map_"].(*Dict)
	if !ok {
		return "", false
	}
	m, found := members.GetStr(name)
	if !found {
		return "", false
	}
	same, ok := m.(*Instance)
	return name, ok && (same == i || same.Cls == i.Cls)
}

// fixedError refuses to change a member of an enumeration that all threads see.
func (i *Instance) fixedError(name string) error {
	return Errorf(AttributeError, "cannot change '%s' of a member of '%s': the class belongs to a module, which all sessions share", name, i.Cls.name)
}
