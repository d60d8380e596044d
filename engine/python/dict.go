package python

import (
	"iter"
	"math/bits"
)

// Dict is Python's dict: ordered by insertion. A Dict may also be a view of a
// Namespace (obj.__dict__, globals()), whose keys are then text.
type Dict struct {
	t      table
	ns     *Namespace
	frozen bool
}

// Class returns DictClass.
func (*Dict) Class() *Class { return DictClass }

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{} }

// NamespaceDict returns a dict that shows and changes ns itself.
func NamespaceDict(ns *Namespace) *Dict { return &Dict{ns: ns} }

// Len returns the number of entries.
func (d *Dict) Len() int {
	if d.ns != nil {
		return d.ns.Len()
	}
	return d.t.live
}

// Get returns the value for key. It fails if key cannot be hashed or compared.
func (d *Dict) Get(th *Thread, key Value) (Value, bool, error) {
	if d.ns != nil {
		if s, ok := asStr(key); ok {
			v, found := d.ns.Get(s.s)
			return v, found, nil
		}
		return nil, false, nil
	}
	i, err := d.t.find(th, key)
	if err != nil || i < 0 {
		return nil, false, err
	}
	return d.t.entries[i].val, true, nil
}

// Set binds key to val.
func (d *Dict) Set(th *Thread, key, val Value) error {
	if d.ns != nil {
		s, ok := asStr(key)
		if !ok {
			return Errorf(TypeError, "attribute name must be string, not '%s'", key.Class().name)
		}
		d.ns.Set(s.s, val)
		return nil
	}
	_, err := d.t.put(th, key, val, true)
	return err
}

// Delete removes key and returns the value it had.
func (d *Dict) Delete(th *Thread, key Value) (Value, bool, error) {
	if d.ns != nil {
		s, ok := asStr(key)
		if !ok {
			return nil, false, nil
		}
		v, found := d.ns.Get(s.s)
		if found {
			d.ns.Delete(s.s)
		}
		return v, found, nil
	}
	return d.t.remove(th, key)
}

// GetStr returns the value for a text key.
func (d *Dict) GetStr(key string) (Value, bool) {
	if d.ns != nil {
		return d.ns.Get(key)
	}
	if i := d.t.findStr(key, hashString(key)); i >= 0 {
		return d.t.entries[i].val, true
	}
	return nil, false
}

// SetStr binds a text key to val.
func (d *Dict) SetStr(key string, val Value) {
	if d.ns != nil {
		d.ns.Set(key, val)
		return
	}
	h := hashString(key)
	if i := d.t.findStr(key, h); i >= 0 {
		d.t.entries[i].val = val
		return
	}
	d.t.insert(h, NewStr(key), val)
}

// DeleteStr removes a text key.
func (d *Dict) DeleteStr(key string) {
	if d.ns != nil {
		d.ns.Delete(key)
		return
	}
	if i := d.t.findStr(key, hashString(key)); i >= 0 {
		d.t.drop(i)
	}
}

// Clear removes every entry.
func (d *Dict) Clear() {
	if d.ns != nil {
		d.ns.Clear()
		return
	}
	d.t = table{}
}

// All yields the entries in order. Entries added meanwhile may be seen too.
func (d *Dict) All() iter.Seq2[Value, Value] {
	return func(yield func(Value, Value) bool) {
		for i := 0; ; {
			k, v, next, ok := d.entry(i)
			if !ok || !yield(k, v) {
				return
			}
			i = next
		}
	}
}

// Keys returns the keys in order.
func (d *Dict) Keys() []Value {
	out := make([]Value, 0, d.Len())
	for k := range d.All() {
		out = append(out, k)
	}
	return out
}

// Values returns the values in order.
func (d *Dict) Values() []Value {
	out := make([]Value, 0, d.Len())
	for _, v := range d.All() {
		out = append(out, v)
	}
	return out
}

// Clone returns a shallow copy.
func (d *Dict) Clone() *Dict {
	if d.ns == nil {
		return &Dict{t: d.t.clone()}
	}
	out := NewDict()
	for k, v := range d.All() {
		out.SetStr(k.(*Str).s, v)
	}
	return out
}

// entry returns the first entry at position i or later and the position after
// it; ok is false when there is none.
func (d *Dict) entry(i int) (k, v Value, next int, ok bool) {
	if d.ns != nil {
		d.ns.ready()
		for ; i < len(d.ns.entries); i++ {
			if e := &d.ns.entries[i]; e.val != nil {
				return NewStr(e.name), e.val, i + 1, true
			}
		}
		return nil, nil, i, false
	}
	for ; i < len(d.t.entries); i++ {
		if e := &d.t.entries[i]; e.key != nil {
			return e.key, e.val, i + 1, true
		}
	}
	return nil, nil, i, false
}

// table is a hash table that keeps the order of insertion: entries in a row,
// and an open-addressed index of their positions.
type table struct {
	entries []tableEntry
	index   []int32 // position+1; 0 is free, -1 is deleted
	live    int
	used    int // index places not free
}

type tableEntry struct {
	hash     uint64
	key, val Value // key nil: deleted
}

const tableScan = 8 // up to here entries are searched in a row

func (t *table) place(hash uint64) uint64 {
	return hash * 0x9E3779B97F4A7C15 >> (64 - uint(bits.TrailingZeros(uint(len(t.index)))))
}

// find returns the position of key, or -1.
func (t *table) find(th *Thread, key Value) (int, error) {
	if s, ok := key.(*Str); ok {
		return t.findStrValue(th, s)
	}
	h, err := th.hash(key)
	if err != nil {
		return -1, err
	}
	return t.findHash(th, key, h)
}

func (t *table) findStrValue(th *Thread, s *Str) (int, error) {
	h := hashString(s.s)
	if i := t.findStr(s.s, h); i >= 0 {
		return i, nil
	}
	return t.findForeign(th, s, h)
}

// findStr looks for a key that is a plain str.
func (t *table) findStr(s string, h uint64) int {
	if t.index == nil {
		for i := range t.entries {
			if e := &t.entries[i]; e.hash == h && e.key != nil {
				if k, ok := e.key.(*Str); ok && k.s == s {
					return i
				}
			}
		}
		return -1
	}
	mask := uint64(len(t.index) - 1)
	for p := t.place(h); t.index[p] != 0; p = (p + 1) & mask {
		if i := t.index[p]; i > 0 {
			if e := &t.entries[i-1]; e.hash == h {
				if k, ok := e.key.(*Str); ok && k.s == s {
					return int(i - 1)
				}
			}
		}
	}
	return -1
}

// findForeign looks for a key of another type that equals a str.
func (t *table) findForeign(th *Thread, s *Str, h uint64) (int, error) {
	found := -1
	err := t.candidates(h, func(i int) (bool, error) {
		if _, plain := t.entries[i].key.(*Str); plain {
			return false, nil
		}
		eq, err := th.Equal(t.entries[i].key, s)
		if eq {
			found = i
		}
		return eq, err
	})
	return found, err
}

func (t *table) findHash(th *Thread, key Value, h uint64) (int, error) {
	found := -1
	tried := 0
	err := t.candidates(h, func(i int) (bool, error) {
		k := t.entries[i].key
		if tried++; tried > 8 { // keys of one hash: somebody may have chosen them so
			if err := th.Tick(); err != nil {
				return true, err
			}
		}
		if identical(k, key) {
			found = i
			return true, nil
		}
		eq, err := th.Equal(k, key)
		if eq {
			found = i
		}
		return eq, err
	})
	return found, err
}

// candidates calls try with the position of each entry of hash h until it says
// stop or fails. Comparing may change the table; the search then ends.
func (t *table) candidates(h uint64, try func(int) (bool, error)) error {
	if t.index == nil {
		for i := 0; i < len(t.entries); i++ {
			if e := &t.entries[i]; e.hash == h && e.key != nil {
				if stop, err := try(i); stop || err != nil {
					return err
				}
			}
		}
		return nil
	}
	index := t.index
	mask := uint64(len(index) - 1)
	for p := t.place(h); index[p] != 0; p = (p + 1) & mask {
		if i := int(index[p]) - 1; i >= 0 && i < len(t.entries) && t.entries[i].hash == h && t.entries[i].key != nil {
			if stop, err := try(i); stop || err != nil {
				return err
			}
		}
	}
	return nil
}

// put adds key, or if replace gives an existing one a new value; added says
// which.
func (t *table) put(th *Thread, key, val Value, replace bool) (added bool, err error) {
	var h uint64
	var i int
	if s, ok := key.(*Str); ok {
		h = hashString(s.s)
		if i = t.findStr(s.s, h); i < 0 {
			i, err = t.findForeign(th, s, h)
		}
	} else if h, err = th.hash(key); err == nil {
		i, err = t.findHash(th, key, h)
	}
	if err != nil {
		return false, err
	}
	if i >= 0 {
		if replace {
			t.entries[i].val = val
		}
		return false, nil
	}
	size := 64
	if n := len(t.entries); n == cap(t.entries) {
		size += 64 * n // of what it grows to
	}
	if err := th.Alloc(size); err != nil {
		return false, err
	}
	t.insert(h, key, val)
	return true, nil
}

// insert adds a key known to be absent.
func (t *table) insert(h uint64, key, val Value) {
	if len(t.entries) == cap(t.entries) && t.live < len(t.entries)*3/4 {
		t.compact()
	}
	t.entries = append(t.entries, tableEntry{h, key, val})
	t.live++
	if t.index == nil && len(t.entries) <= tableScan {
		return
	}
	if (t.used+1)*4 >= len(t.index)*3 {
		t.reindex()
		return
	}
	t.link(len(t.entries) - 1)
}

func (t *table) link(i int) {
	mask := uint64(len(t.index) - 1)
	p := t.place(t.entries[i].hash)
	for t.index[p] > 0 {
		p = (p + 1) & mask
	}
	if t.index[p] == 0 {
		t.used++
	}
	t.index[p] = int32(i + 1)
}

func (t *table) reindex() {
	size := 16
	for size < len(t.entries)*2 {
		size *= 2
	}
	t.index = make([]int32, size)
	t.used = 0
	for i := range t.entries {
		if t.entries[i].key != nil {
			t.link(i)
		}
	}
}

func (t *table) compact() {
	kept := make([]tableEntry, 0, max(len(t.entries), 4))
	for _, e := range t.entries {
		if e.key != nil {
			kept = append(kept, e)
		}
	}
	t.entries = kept
	if t.index != nil {
		t.reindex()
	}
}

func (t *table) remove(th *Thread, key Value) (Value, bool, error) {
	i, err := t.find(th, key)
	if err != nil || i < 0 {
		return nil, false, err
	}
	v := t.entries[i].val
	t.drop(i)
	return v, true, nil
}

func (t *table) drop(i int) {
	if t.index != nil {
		mask := uint64(len(t.index) - 1)
		p := t.place(t.entries[i].hash)
		for t.index[p] != int32(i+1) {
			p = (p + 1) & mask
		}
		t.index[p] = -1
	}
	t.entries[i] = tableEntry{}
	t.live--
	switch {
	case t.live == 0:
		*t = table{entries: t.entries[:0]}
	case i == len(t.entries)-1:
		t.entries = t.entries[:i]
	}
}

func (t *table) keys() []Value {
	out := make([]Value, 0, t.live)
	for i := range t.entries {
		if k := t.entries[i].key; k != nil {
			out = append(out, k)
		}
	}
	return out
}

func (t *table) clone() table {
	c := table{live: t.live, entries: make([]tableEntry, 0, t.live)}
	for _, e := range t.entries {
		if e.key != nil {
			c.entries = append(c.entries, e)
		}
	}
	if len(c.entries) > tableScan {
		c.reindex()
	}
	return c
}
