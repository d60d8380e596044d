package session

import (
	"fmt"
	"slices"
	"sort"

	"colloquy/engine/python"
)

// An UnstorableError reports a value that cannot be kept between screens.
type UnstorableError struct {
	Path string // where it was found, as an author would write it
	Type string // its Python type
}

func (e *UnstorableError) Error() string {
	return fmt.Sprintf("cannot save the answers: %s is a %s, which cannot be stored between screens", e.Path, e.Type)
}

// An Image remembers what a state looked like when it was last written or
// read: the number of every object and its content. The state's next bytes are
// made against it. An Image never changes.
type Image struct {
	ids      map[python.Value]uint64
	contents map[uint64]*content
	next     uint64
	// before are the contents that the last delta was applied to, nil if the
	// state was read from a full copy.
	before map[uint64]*content
}

// Before returns the image of the state before the last delta, to write a
// delta that replaces that one; nil if there was none.
func (im *Image) Before() *Image {
	if im == nil || im.before == nil {
		return nil
	}
	return &Image{ids: im.ids, contents: im.before, next: im.next}
}

// An Encoding is a state as bytes, in both forms.
type Encoding struct {
	// Full is the whole state; Delta the same against the image it was made
	// from, nil if that was empty.
	Full, Delta []byte
	// Changed reports whether the answers differ from the image's; Booked
	// whether the book does in more than what every evaluation changes.
	Changed, Booked bool
	// Image is the new image.
	Image *Image
}

// Encode writes the state. It returns an *UnstorableError if the state holds
// what cannot be stored.
func (im *Image) Encode(st *State) (*Encoding, error) {
	e := &encoder{old: im, ids: map[python.Value]uint64{}, contents: map[uint64]*content{}, next: firstID}
	if im != nil {
		e.next = im.next
	}
	if err := e.state(st); err != nil {
		return nil, err
	}
	return e.finish(), nil
}

type encoder struct {
	old      *Image
	ids      map[python.Value]uint64
	contents map[uint64]*content
	next     uint64
	work     []found
}

// found is an object whose content is still to be written, and where it is.
type found struct {
	value python.Value
	id    uint64
	path  string
}

func (e *encoder) state(st *State) error {
	answers := &content{kind: kindAnswers}
	for name, v := range st.Answers.All() {
		if python.IsCallableType(v) {
			continue
		}
		p, err := e.value(v, name)
		if err != nil {
			return err
		}
		answers.entries = append(answers.entries, entry{name, p})
	}
	e.contents[answersID] = answers
	book, err := e.book(st.Book)
	if err != nil {
		return err
	}
	e.contents[bookID] = book
	for len(e.work) > 0 {
		f := e.work[len(e.work)-1]
		e.work = e.work[:len(e.work)-1]
		c, err := e.content(f)
		if err != nil {
			return err
		}
		e.contents[f.id] = c
	}
	return nil
}

// number returns the object's number, and notes an object met for the first time.
func (e *encoder) number(v python.Value, path string) uint64 {
	if id, ok := e.ids[v]; ok {
		return id
	}
	id, ok := uint64(0), false
	if e.old != nil {
		id, ok = e.old.ids[v]
	}
	if !ok {
		id = e.next
		e.next++
	}
	e.ids[v] = id
	e.work = append(e.work, found{v, id, path})
	return id
}

func (e *encoder) value(v python.Value, path string) ([]byte, error) {
	w := &writer{}
	err := e.write(w, v, path)
	return w.b, err
}

func (e *encoder) write(w *writer, v python.Value, path string) error {
	if w.scalar(v) {
		return nil
	}
	switch v := v.(type) {
	case *python.Tuple:
		w.byte(tagTuple)
		w.uint(uint64(len(v.Elems)))
		for i, item := range v.Elems {
			if err := e.write(w, item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
		return nil
	case *python.Slice:
		w.byte(tagSlice)
		for _, part := range []python.Value{v.Start, v.Stop, v.Step} {
			if err := e.write(w, part, path); err != nil {
				return err
			}
		}
		return nil
	case *python.Class:
		w.byte(tagClass)
		w.string(v.QualifiedName())
		return nil
	case Persistent:
		w.byte(tagNative)
		w.string(v.Class().QualifiedName())
		return e.write(w, v.Persist(), path)
	case *python.List, *python.Dict, *python.Set, *python.Instance:
		w.byte(tagRef)
		w.uint(e.number(v, path))
		return nil
	}
	return &UnstorableError{Path: path, Type: v.Class().Name()}
}

func (e *encoder) content(f found) (*content, error) {
	switch v := f.value.(type) {
	case *python.List:
		return e.elements(kindList, v.Elems, f.path)
	case *python.Set:
		kind := kindSet
		if v.Frozen {
			kind = kindFrozenSet
		}
		return e.elements(kind, v.Elems(), f.path)
	case *python.Dict:
		return e.dict(v, f.path)
	case *python.Instance:
		return e.instance(v, f.path)
	}
	return nil, &UnstorableError{Path: f.path, Type: f.value.Class().Name()}
}

func (e *encoder) elements(kind byte, items []python.Value, path string) (*content, error) {
	c := &content{kind: kind, entries: make([]entry, 0, len(items))}
	for i, item := range items {
		p, err := e.value(item, fmt.Sprintf("%s[%d]", path, i))
		if err != nil {
			return nil, err
		}
		c.entries = append(c.entries, entry{"", p})
	}
	return c, nil
}

func (e *encoder) dict(d *python.Dict, path string) (*content, error) {
	c := &content{kind: kindDict, entries: make([]entry, 0, d.Len())}
	for k, v := range d.All() {
		key, err := e.value(k, path+" key")
		if err != nil {
			return nil, err
		}
		p, err := e.value(v, path+"["+keyText(k)+"]")
		if err != nil {
			return nil, err
		}
		c.entries = append(c.entries, entry{string(key), p})
	}
	return c, nil
}

func keyText(k python.Value) string {
	if s, ok := python.StringOf(k); ok {
		return "'" + s + "'"
	}
	if n, ok := python.IntOf(k); ok {
		return fmt.Sprint(n)
	}
	return "…"
}

func (e *encoder) instance(i *python.Instance, path string) (*content, error) {
	c := &content{kind: kindInstance, class: i.Cls.QualifiedName()}
	if o, ok := i.Native.(*opaque); ok {
		c.class, c.native = o.class, o.native
	} else if i.Native != nil {
		p, err := e.native(i, path)
		if err != nil {
			return nil, err
		}
		c.native = p
	}
	for name, v := range i.Attrs.All() {
		p, err := e.value(v, path+"."+name)
		if err != nil {
			return nil, err
		}
		c.entries = append(c.entries, entry{name, p})
	}
	return c, nil
}

// native writes what an instance keeps for a builtin base.
func (e *encoder) native(i *python.Instance, path string) ([]byte, error) {
	if ex := i.Exception(); ex != nil {
		return e.value(ex.Args, path+".args")
	}
	if v, ok := i.Native.(python.Value); ok {
		return e.value(v, path)
	}
	return nil, &UnstorableError{Path: path, Type: i.Cls.Name()}
}

func (e *encoder) finish() *Encoding {
	ids := make([]uint64, 0, len(e.contents))
	for id := range e.contents {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(a, b int) bool { return ids[a] < ids[b] })
	full := make([]numbered, 0, len(ids))
	for _, id := range ids {
		full = append(full, numbered{id, change{op: opWhole, content: e.contents[id]}})
	}
	out := &Encoding{
		Full:  writeBlob(false, e.next, nil, full),
		Image: &Image{ids: e.ids, contents: e.contents, next: e.next},
	}
	if e.old == nil || len(e.old.contents) == 0 {
		out.Changed, out.Booked = true, true
		return out
	}
	out.Delta, out.Changed = e.delta(ids)
	out.Booked = e.booked()
	return out
}

// booked compares the books, the counter of evaluations, the times and the
// progress apart: those follow what is saved and are no reason to save.
func (e *encoder) booked() bool {
	was, now := e.old.contents[bookID], e.contents[bookID]
	if was == nil {
		return true
	}
	skip := func(en entry) bool { return en.key == "tracker" || en.key == "modified" || en.key == "progress" }
	return !slices.EqualFunc(slices.DeleteFunc(slices.Clone(was.entries), skip), slices.DeleteFunc(slices.Clone(now.entries), skip), sameEntry)
}

func (e *encoder) delta(ids []uint64) (p []byte, changed bool) {
	var changes []numbered
	for _, id := range ids {
		c, old := e.contents[id], e.old.contents[id]
		if old != nil && c.equal(old) {
			continue
		}
		if id != bookID {
			changed = true
		}
		changes = append(changes, numbered{id, c.difference(old)})
	}
	var gone []uint64
	for id := range e.old.contents {
		if e.contents[id] == nil {
			gone = append(gone, id)
		}
	}
	sort.Slice(gone, func(a, b int) bool { return gone[a] < gone[b] })
	return writeBlob(true, e.next, gone, changes), changed
}
