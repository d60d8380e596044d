package session

import (
	"bytes"
	"fmt"
	"strings"
)

// Look reads a state as far as Changes needs it: it makes no values, so it needs
// no classes and runs no author code. It returns ErrCorrupt for bytes that
// Encode did not write.
func Look(full []byte, deltas ...[]byte) (*Image, error) {
	contents, before, next, err := assemble(full, deltas)
	return &Image{contents: contents, before: before, next: next}, err
}

// Changes names what differs between two states as authors would write it:
// people[0].name.first. What is new is named as a whole, what changed by its
// innermost names. was may be nil for nothing. Names of which the library makes
// its own use, which begin with an underscore, are left out.
func Changes(was, now *Image) (set, gone []string) {
	c := &comparison{now: now.contents, paths: map[uint64]string{answersID: ""}, queue: []uint64{answersID}}
	if was != nil {
		c.was = was.contents
	}
	for len(c.queue) > 0 {
		id := c.queue[0]
		c.queue = c.queue[1:]
		if o := c.now[id]; o != nil {
			c.object(c.paths[id], c.was[id], o)
		}
	}
	return c.set, c.gone
}

type comparison struct {
	was, now  map[uint64]*content
	paths     map[uint64]string // the first found of each object
	queue     []uint64
	set, gone []string
}

// object compares one object, and notes those that it refers to.
func (c *comparison) object(path string, was, now *content) {
	known := was != nil && was.kind == now.kind
	if known && now.kind != kindAnswers && (!was.sameHead(now) || !now.named() && !now.equal(was)) {
		c.set = append(c.set, path)
		known = false
	}
	before := map[string][]byte{}
	if was != nil {
		for i, e := range was.entries {
			before[was.keyOf(i, e)] = e.value
		}
	}
	for i, e := range now.entries {
		key := now.keyOf(i, e)
		old, had := before[key]
		delete(before, key)
		at := now.entryPath(path, i, e)
		if at == "" {
			continue
		}
		if (known || now.kind == kindAnswers) && now.named() && (!had || !bytes.Equal(old, e.value)) {
			c.set = append(c.set, at)
		}
		for _, id := range references(e.value) {
			if _, seen := c.paths[id]; !seen {
				c.paths[id] = at
				c.queue = append(c.queue, id)
			}
		}
	}
	if known && now.named() {
		c.dropped(path, was, before)
	}
}

// dropped notes the entries that are left of an object's former ones.
func (c *comparison) dropped(path string, was *content, left map[string][]byte) {
	for i, e := range was.entries {
		if _, ok := left[was.keyOf(i, e)]; !ok {
			continue
		}
		if at := was.entryPath(path, i, e); at != "" {
			c.gone = append(c.gone, at)
		}
	}
}

// named reports whether the parts of an object have names of their own.
func (c *content) named() bool { return c.keyed() || c.kind == kindList }

// keyOf tells an entry of an object from its others.
func (c *content) keyOf(i int, e entry) string {
	if c.kind == kindList {
		return fmt.Sprint(i)
	}
	return e.key
}

// entryPath is how an author writes an entry of the object at a path; "" for
// what is the library's own.
func (c *content) entryPath(path string, i int, e entry) string {
	switch c.kind {
	case kindAnswers, kindInstance:
		if strings.HasPrefix(e.key, "_") {
			return ""
		}
		if path == "" {
			return e.key
		}
		return path + "." + e.key
	case kindDict:
		r := &reader{b: []byte(e.key)}
		key := "…"
		if v, ok := r.scalar(r.byte()); ok && r.err == nil {
			key = keyText(v)
		}
		return inner(path) + "[" + key + "]"
	case kindList:
		return fmt.Sprintf("%s[%d]", inner(path), i)
	}
	return path
}

// inner leaves out the name under which a DAList or DADict keeps its elements.
func inner(path string) string { return strings.TrimSuffix(path, ".elements") }

// references lists the objects that a stored value refers to.
func references(p []byte) (ids []uint64) {
	r := &reader{b: p}
	r.references(&ids, 0)
	return ids
}

func (r *reader) references(ids *[]uint64, depth int) {
	if depth > deepest || r.err != nil {
		return
	}
	tag := r.byte()
	if _, ok := r.scalar(tag); ok {
		return
	}
	switch tag {
	case tagRef:
		*ids = append(*ids, r.uint())
	case tagTuple:
		for range r.count() {
			r.references(ids, depth+1)
		}
	case tagSlice:
		for range 3 {
			r.references(ids, depth+1)
		}
	case tagNative:
		_ = r.string() // of which class
		r.references(ids, depth+1)
	}
}
