package session

import (
	"bytes"
	"slices"
)

// The kinds of stored objects.
const (
	kindAnswers byte = iota + 1
	kindBook
	kindInstance
	kindList
	kindDict
	kindSet
	kindFrozenSet
	kindByteArray
)

// The numbers of the two objects every state has.
const (
	answersID uint64 = 1
	bookID    uint64 = 2
	firstID   uint64 = 3
)

// A content is one object, shallow: other objects appear in it as numbers.
type content struct {
	kind   byte
	class  string // of an instance
	native []byte // of an instance of a subclass of a builtin: its builtin value
	// entries are the attributes, items or elements in order. The key is the
	// attribute's name, the bytes of a dictionary's key, or empty in a list.
	entries []entry

	// What look finds out.
	looked  bool
	patient bool
	refs    []ref
	size    int
}

type entry struct {
	key   string
	value []byte
}

func (c *content) keyed() bool {
	return c.kind != kindList && c.kind != kindSet && c.kind != kindFrozenSet && c.kind != kindByteArray
}

func (c *content) sameHead(d *content) bool {
	return c.kind == d.kind && c.class == d.class && bytes.Equal(c.native, d.native)
}

func sameEntry(a, b entry) bool { return a.key == b.key && bytes.Equal(a.value, b.value) }

func (c *content) equal(d *content) bool {
	return c == d || c.sameHead(d) && slices.EqualFunc(c.entries, d.entries, sameEntry)
}

// A change is what became of one object between two states: all of it, or the
// entries set and dropped, or a splice of a list.
type change struct {
	op      byte
	content *content // opWhole
	set     []entry  // opKeyed
	drop    []string // opKeyed
	at      int      // opSplice: entries before the change stay
	cut     int      // opSplice: entries replaced
	insert  []entry  // opSplice
}

// extent counts the entries that a change writes, and about their bytes.
func (ch *change) extent() (entries, size int) {
	lists := [][]entry{ch.set, ch.insert}
	if ch.content != nil {
		lists = [][]entry{ch.content.entries}
		size = len(ch.content.class) + len(ch.content.native)
	}
	for _, list := range lists {
		entries += len(list)
		for i := range list {
			size += len(list[i].key) + len(list[i].value) + perEntry
		}
	}
	return entries, size + 16
}

const (
	opWhole byte = iota
	opKeyed
	opSplice
)

// difference returns the smallest way to say how old became c.
func (c *content) difference(old *content) change {
	whole := change{op: opWhole, content: c}
	if old == nil || !c.sameHead(old) {
		return whole
	}
	if !c.keyed() {
		return c.splice(old)
	}
	if set, ok := c.inPlace(old); ok {
		return change{op: opKeyed, set: set}
	}
	ch := change{op: opKeyed}
	now := make(map[string]int, len(c.entries))
	for i, e := range c.entries {
		now[e.key] = i
	}
	before := make(map[string]int, len(old.entries))
	kept := make([]string, 0, len(old.entries))
	for i, e := range old.entries {
		before[e.key] = i
		if _, ok := now[e.key]; ok {
			kept = append(kept, e.key)
		} else {
			ch.drop = append(ch.drop, e.key)
		}
	}
	for i, e := range c.entries {
		if j, ok := before[e.key]; ok {
			if i >= len(kept) || kept[i] != e.key {
				return whole // the order changed, which entries alone cannot say
			}
			if bytes.Equal(e.value, old.entries[j].value) {
				continue
			}
		}
		ch.set = append(ch.set, e)
	}
	return ch
}

// inPlace returns the entries that differ if both have the same keys in the
// same order, new ones apart, which come last.
func (c *content) inPlace(old *content) (set []entry, ok bool) {
	if len(c.entries) < len(old.entries) {
		return nil, false
	}
	for i, e := range old.entries {
		if c.entries[i].key != e.key {
			return nil, false
		}
		if !bytes.Equal(c.entries[i].value, e.value) {
			set = append(set, c.entries[i])
		}
	}
	return append(set, c.entries[len(old.entries):]...), true
}

func (c *content) splice(old *content) change {
	front := 0
	for front < len(c.entries) && front < len(old.entries) && sameEntry(c.entries[front], old.entries[front]) {
		front++
	}
	back := 0
	for back < len(c.entries)-front && back < len(old.entries)-front &&
		sameEntry(c.entries[len(c.entries)-1-back], old.entries[len(old.entries)-1-back]) {
		back++
	}
	return change{op: opSplice, at: front, cut: len(old.entries) - front - back,
		insert: c.entries[front : len(c.entries)-back]}
}

// apply returns the object that old becomes by the change.
func (ch *change) apply(old *content) (*content, error) {
	if ch.op == opWhole {
		return ch.content, nil
	}
	if old == nil {
		return nil, corrupt("change of an object that is not there")
	}
	c := &content{kind: old.kind, class: old.class, native: old.native}
	if ch.op == opSplice {
		if old.keyed() || ch.at > len(old.entries) || ch.cut > len(old.entries)-ch.at {
			return nil, corrupt("bad splice")
		}
		c.entries = slices.Concat(old.entries[:ch.at], ch.insert, old.entries[ch.at+ch.cut:])
		return c, nil
	}
	if !old.keyed() {
		return nil, corrupt("named change of a list")
	}
	c.entries = keyedChange(old.entries, ch)
	return c, nil
}

// keyedChange sets and drops entries. Those that are set come in the order in
// which they stand, new ones last.
func keyedChange(old []entry, ch *change) []entry {
	out := make([]entry, 0, len(old)+len(ch.set))
	if len(ch.drop) == 0 {
		out = append(out, old...)
	} else {
		gone := make(map[string]bool, len(ch.drop))
		for _, k := range ch.drop {
			gone[k] = true
		}
		for _, e := range old {
			if !gone[e.key] {
				out = append(out, e)
			}
		}
	}
	at, kept := 0, len(out)
	for _, e := range ch.set {
		for at < kept && out[at].key != e.key {
			at++
		}
		if at < kept {
			out[at].value = e.value
			continue
		}
		out = append(out, e)
	}
	return out
}
