package python

import (
	"iter"
	"sync/atomic"
)

// A Namespace binds names to values, in order of insertion: the globals of an
// interview or a module, the attributes of an instance or a class. The zero
// Namespace is empty and ready for use.
type Namespace struct {
	entries []binding
	index   map[string]int32 // nil while small
	live    int
	parent  *Namespace
	frozen  bool
	whole   bool // of a thread's own version: what it has not, the frozen one does not have either
	later   func()
}

// Later puts off making the bindings of an empty namespace until somebody asks
// for one, or how many there are; bind then makes them.
func (n *Namespace) Later(bind func()) { n.later = bind }

// Pending reports whether the bindings were put off and nobody asked for them.
func (n *Namespace) Pending() bool { return n.later != nil }

// ready makes bindings that were put off.
func (n *Namespace) ready() {
	if bind := n.later; bind != nil {
		n.later = nil
		bind()
	}
}

type binding struct {
	name string
	val  Value // nil: deleted
	thaw bool  // of a frozen namespace: threads see a copy
}

const namespaceScan = 8

// NewNamespace returns an empty namespace whose misses are looked up in
// parent, which may be nil.
func NewNamespace(parent *Namespace) *Namespace { return &Namespace{parent: parent} }

// Reserve makes room for so many names in an empty namespace.
func (n *Namespace) Reserve(names int) {
	if len(n.entries) > 0 || names <= 0 {
		return
	}
	n.entries = make([]binding, 0, names)
	if names > namespaceScan {
		n.index = make(map[string]int32, names)
	}
}

// Parent returns the namespace that is asked next, or nil.
func (n *Namespace) Parent() *Namespace { return n.parent }

// Len returns the number of names bound here, parents not counted.
func (n *Namespace) Len() int {
	n.ready()
	return n.live
}

func (n *Namespace) find(name string) int {
	n.ready()
	if n.index != nil {
		if i, ok := n.index[name]; ok {
			return int(i)
		}
		return -1
	}
	for i := range n.entries {
		if n.entries[i].name == name && n.entries[i].val != nil {
			return i
		}
	}
	return -1
}

// Get returns the value bound here, parents not asked.
func (n *Namespace) Get(name string) (Value, bool) {
	if i := n.find(name); i >= 0 {
		return n.entries[i].val, true
	}
	return nil, false
}

// Lookup returns the value bound here or in the nearest parent. For a parent
// that is frozen use Thread.LookupName, which gives the thread's own copy.
func (n *Namespace) Lookup(name string) (Value, bool) {
	for ; n != nil; n = n.parent {
		if v, ok := n.Get(name); ok {
			return v, true
		}
	}
	return nil, false
}

// getHint is Get with a place to remember where the name was last.
func (n *Namespace) getHint(name string, hint *uint32) Value {
	h := atomic.LoadUint32(hint)
	if int(h) < len(n.entries) {
		if e := &n.entries[h]; e.val != nil && e.name == name {
			return e.val
		}
	}
	i := n.find(name)
	if i < 0 {
		return nil
	}
	atomic.StoreUint32(hint, uint32(i))
	return n.entries[i].val
}

// setHint is Set with a place to remember where the name was last.
func (n *Namespace) setHint(name string, v Value, hint *uint32) {
	h := atomic.LoadUint32(hint)
	if int(h) < len(n.entries) {
		if e := &n.entries[h]; e.val != nil && e.name == name {
			e.val = v
			return
		}
	}
	if i := n.find(name); i >= 0 {
		atomic.StoreUint32(hint, uint32(i))
		n.entries[i].val = v
		return
	}
	n.add(name, v)
}

// Set binds name here. v must not be nil.
func (n *Namespace) Set(name string, v Value) {
	if i := n.find(name); i >= 0 {
		n.entries[i].val = v
		return
	}
	n.add(name, v)
}

func (n *Namespace) add(name string, v Value) {
	if len(n.entries) == cap(n.entries) && n.live < len(n.entries)*3/4 {
		n.compact()
	}
	n.entries = append(n.entries, binding{name: name, val: v})
	n.live++
	if n.index != nil {
		n.index[name] = int32(len(n.entries) - 1)
	} else if len(n.entries) > namespaceScan {
		n.reindex()
	}
}

func (n *Namespace) reindex() {
	n.index = make(map[string]int32, 2*len(n.entries))
	for i := range n.entries {
		if n.entries[i].val != nil {
			n.index[n.entries[i].name] = int32(i)
		}
	}
}

func (n *Namespace) compact() {
	kept := make([]binding, 0, max(len(n.entries), 4))
	for _, e := range n.entries {
		if e.val != nil {
			kept = append(kept, e)
		}
	}
	n.entries = kept
	if n.index != nil {
		n.reindex()
	}
}

// Delete removes the binding made here and reports whether there was one.
func (n *Namespace) Delete(name string) bool {
	i := n.find(name)
	if i < 0 {
		return false
	}
	n.entries[i] = binding{}
	if n.index != nil {
		delete(n.index, name)
	}
	n.live--
	switch {
	case n.live == 0:
		n.entries = n.entries[:0]
	case i == len(n.entries)-1:
		n.entries = n.entries[:i]
	}
	return true
}

// Clear removes every binding made here.
func (n *Namespace) Clear() {
	n.entries, n.index, n.live, n.later = nil, nil, 0, nil
}

// Names returns the names bound here in order.
func (n *Namespace) Names() []string {
	n.ready()
	out := make([]string, 0, n.live)
	for i := range n.entries {
		if n.entries[i].val != nil {
			out = append(out, n.entries[i].name)
		}
	}
	return out
}

// All yields the bindings made here in order.
func (n *Namespace) All() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		n.ready()
		for i := 0; i < len(n.entries); i++ {
			if e := n.entries[i]; e.val != nil && !yield(e.name, e.val) {
				return
			}
		}
	}
}

// Clone returns a shallow copy with the same parent; it is not frozen.
func (n *Namespace) Clone() *Namespace {
	n.ready()
	c := &Namespace{parent: n.parent, live: n.live, entries: make([]binding, 0, n.live)}
	for _, e := range n.entries {
		if e.val != nil {
			c.entries = append(c.entries, e)
		}
	}
	if len(c.entries) > namespaceScan {
		c.reindex()
	}
	return c
}
