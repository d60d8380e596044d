package session

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	size     int // bytes of all entries
	// before are the contents that the last delta was applied to, nil if the
	// state was read from a full copy.
	before map[uint64]*content
	// source is what the state was read with, nil for one that was not: it
	// knows the objects that nobody has looked at yet.
	source *decoder
}

// number is the number an object had, if it had one.
func (im *Image) number(v python.Value) (uint64, bool) {
	if im == nil {
		return 0, false
	}
	if id, ok := im.ids[v]; ok {
		return id, true
	}
	if im.source == nil {
		return 0, false
	}
	id, ok := im.source.ids[v]
	return id, ok
}

// Before returns the image of the state before the last delta, to write a
// delta that replaces that one; nil if there was none.
func (im *Image) Before() *Image {
	if im == nil || im.before == nil {
		return nil
	}
	return &Image{ids: im.ids, contents: im.before, next: im.next, size: im.size, source: im.source}
}

// An Encoding is a state as bytes.
type Encoding struct {
	// Delta is the state against the image it was made from, nil if that was
	// empty.
	Delta []byte
	// Changed reports whether the answers differ from the image's; Booked
	// whether the book does in more than what every evaluation changes.
	Changed, Booked bool
	// Image is the new image.
	Image *Image
}

// Full is the whole state as bytes.
func (enc *Encoding) Full() []byte {
	im := enc.Image
	ids := sortedIDs(im.contents)
	all := make([]numbered, 0, len(ids))
	for _, id := range ids {
		all = append(all, numbered{id, change{op: opWhole, content: im.contents[id]}})
	}
	return writeBlob(false, im.next, nil, all)
}

// FullSize is about how many bytes Full has, without making them.
func (enc *Encoding) FullSize() int { return enc.Image.size }

// Encode writes the state. It returns an *UnstorableError if the state holds
// what cannot be stored.
func (im *Image) Encode(st *State) (*Encoding, error) {
	e := &encoder{old: im, next: firstID}
	objects, size := 16, 1024
	if im != nil {
		e.next = im.next
		e.source = im.source
		objects, size = len(im.contents)+8, im.size+im.size/8
	}
	e.contents = make(map[uint64]*content, objects)
	if e.source != nil { // most of the state is taken over as it was read
		objects, size = len(e.source.ids)+8, min(size, 1<<14)
	}
	e.ids = make(map[python.Value]uint64, objects)
	e.b = make([]byte, 0, size)
	if err := e.state(st); err != nil {
		return nil, err
	}
	if e.source != nil && e.source.err != nil {
		return nil, e.source.err
	}
	return e.finish(), nil
}

type encoder struct {
	writer   // of the values of all entries, one behind the other
	old      *Image
	source   *decoder
	kept     int // bytes of contents that nobody looked at
	ids      map[python.Value]uint64
	contents map[uint64]*content
	next     uint64
	work     []*found
}

// found is an object whose content is still to be written, and where it is.
type found struct {
	value python.Value
	id    uint64
	at    place
}

// place is where a value is, told apart only when it has to be said.
type place struct {
	up   *place // what it is a part of; nil at the top
	kind placeKind
	name string       // of names, attributes and entries of the book
	n    int          // of items
	key  python.Value // of members of dictionaries
}

type placeKind byte

const (
	atName placeKind = iota
	atAttribute
	atItem
	atMember
	atKey
	inBook
)

// String writes the place as an author would.
func (p *place) String() string {
	switch p.kind {
	case atAttribute:
		return p.up.String() + "." + p.name
	case atItem:
		return p.up.String() + "[" + strconv.Itoa(p.n) + "]"
	case atMember:
		return p.up.String() + "[" + keyText(p.key) + "]"
	case atKey:
		return p.up.String() + " key"
	case inBook:
		return "_internal " + strings.ReplaceAll(p.name, sep, " ")
	}
	return p.name
}

func (e *encoder) state(st *State) error {
	answers := &content{kind: kindAnswers, entries: make([]entry, 0, st.Answers.Len())}
	for name, v := range st.Answers.All() {
		if python.IsCallableType(v) {
			continue
		}
		p, err := e.value(v, place{name: name})
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
		if c := e.untouched(f.value, f.id); c != nil {
			e.keep(c, f)
			continue
		}
		c, err := e.content(f)
		if err != nil {
			return err
		}
		e.contents[f.id] = c
	}
	return nil
}

// untouched returns the content of an object that is as it was read, because
// nobody has looked at it since; nil if that is not so.
func (e *encoder) untouched(v python.Value, id uint64) *content {
	if i, ok := v.(*python.Instance); ok && e.source != nil && i.Attrs.Pending() {
		return e.source.contents[id]
	}
	return nil
}

// keep takes the contents of an untouched object over, and of all that only
// untouched objects refer to. It goes on with those that were looked at.
func (e *encoder) keep(c *content, f *found) {
	e.contents[f.id] = c
	rest := []*content{c}
	for len(rest) > 0 {
		c := rest[len(rest)-1]
		rest = rest[:len(rest)-1]
		e.kept += c.size
		for _, r := range c.refs {
			if v, ok := e.source.values[r.id]; ok {
				part := place{up: &f.at, kind: atAttribute}
				if r.entry >= 0 {
					part.name = c.entries[r.entry].key
				}
				e.number(v, part)
			} else if e.contents[r.id] == nil {
				e.contents[r.id] = e.source.contents[r.id]
				rest = append(rest, e.contents[r.id])
			}
		}
	}
}

// number returns the object's number, and notes an object met for the first time.
func (e *encoder) number(v python.Value, at place) uint64 {
	if id, ok := e.ids[v]; ok {
		return id
	}
	id, ok := e.old.number(v)
	if !ok {
		id = e.next
		e.next++
	}
	e.ids[v] = id
	e.work = append(e.work, &found{v, id, at})
	return id
}

// value writes a value and returns its bytes.
func (e *encoder) value(v python.Value, at place) ([]byte, error) {
	from := len(e.b)
	err := e.write(v, at)
	return e.b[from:len(e.b):len(e.b)], err
}

func (e *encoder) write(v python.Value, at place) error {
	if e.scalar(v) {
		return nil
	}
	switch v := v.(type) {
	case *python.Tuple:
		return e.tuple(v, at)
	case *python.Slice:
		e.byte(tagSlice)
		for _, part := range []python.Value{v.Start, v.Stop, v.Step} {
			if err := e.write(part, at); err != nil {
				return err
			}
		}
		return nil
	case *python.Class:
		e.byte(tagClass)
		e.string(v.QualifiedName())
		return nil
	case Persistent:
		e.byte(tagNative)
		e.string(v.Class().QualifiedName())
		return e.write(v.Persist(), at)
	case *python.Instance:
		if v.Attrs.Pending() { // no member of an enumeration: those are known by name
			e.byte(tagRef)
			e.uint(e.number(v, at))
			return nil
		}
		if name, ok := v.MemberOf(); ok {
			e.byte(tagMember)
			e.string(v.Cls.QualifiedName())
			e.string(name)
			return nil
		}
		e.byte(tagRef)
		e.uint(e.number(v, at))
		return nil
	case *python.List, *python.Dict, *python.Set, *python.ByteArray:
		e.byte(tagRef)
		e.uint(e.number(v, at))
		return nil
	}
	return unstorable(v, &at)
}

func unstorable(v python.Value, at *place) error {
	return &UnstorableError{Path: at.String(), Type: v.Class().Name()}
}

func (e *encoder) tuple(t *python.Tuple, at place) error {
	e.byte(tagTuple)
	e.uint(uint64(len(t.Elems)))
	if len(t.Elems) == 0 {
		return nil
	}
	up := at
	for i, item := range t.Elems {
		if err := e.write(item, place{up: &up, kind: atItem, n: i}); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) content(f *found) (*content, error) {
	switch v := f.value.(type) {
	case *python.List:
		return e.elements(kindList, v.Elems, f)
	case *python.Set:
		kind := kindSet
		if v.Frozen {
			kind = kindFrozenSet
		}
		return e.elements(kind, v.Elems(), f)
	case *python.ByteArray:
		b := python.NewBytes(v.Data())
		b.Outside = v.Outside
		return e.elements(kindByteArray, []python.Value{b}, f)
	case *python.Dict:
		return e.dict(v, f)
	case *python.Instance:
		return e.instance(v, f)
	}
	return nil, unstorable(f.value, &f.at)
}

func (e *encoder) elements(kind byte, items []python.Value, f *found) (*content, error) {
	c := &content{kind: kind, entries: make([]entry, 0, len(items))}
	for i, item := range items {
		p, err := e.value(item, place{up: &f.at, kind: atItem, n: i})
		if err != nil {
			return nil, err
		}
		c.entries = append(c.entries, entry{"", p})
	}
	return c, nil
}

func (e *encoder) dict(d *python.Dict, f *found) (*content, error) {
	c := &content{kind: kindDict, entries: make([]entry, 0, d.Len())}
	for k, v := range d.All() {
		key, err := e.value(k, place{up: &f.at, kind: atKey})
		if err != nil {
			return nil, err
		}
		p, err := e.value(v, place{up: &f.at, kind: atMember, key: k})
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

func (e *encoder) instance(i *python.Instance, f *found) (*content, error) {
	c := &content{kind: kindInstance, class: i.Cls.QualifiedName(), entries: make([]entry, 0, i.Attrs.Len())}
	if o, ok := i.Native.(*opaque); ok {
		c.class, c.native = o.class, o.native
	} else if i.Native != nil {
		p, err := e.native(i, f)
		if err != nil {
			return nil, err
		}
		c.native = p
	}
	for name, v := range i.Stored() {
		p, err := e.value(v, place{up: &f.at, kind: atAttribute, name: name})
		if err != nil {
			return nil, err
		}
		c.entries = append(c.entries, entry{name, p})
	}
	return c, nil
}

// native writes what an instance keeps for a builtin base.
func (e *encoder) native(i *python.Instance, f *found) ([]byte, error) {
	if ex := i.Exception(); ex != nil {
		return e.value(ex.Args, place{up: &f.at, kind: atAttribute, name: "args"})
	}
	if v, ok := i.Native.(python.Value); ok {
		return e.value(v, f.at)
	}
	return nil, unstorable(i, &f.at)
}

// perEntry is about what an entry takes besides its value.
const perEntry = 3

func (e *encoder) finish() *Encoding {
	size := len(e.b) + e.kept
	for _, c := range e.contents {
		if !c.looked {
			size += perEntry * (len(c.entries) + 1)
		}
	}
	out := &Encoding{Image: &Image{ids: e.ids, contents: e.contents, next: e.next, size: size, source: e.source}}
	if e.old == nil || len(e.old.contents) == 0 {
		out.Changed, out.Booked = true, true
		return out
	}
	out.Delta, out.Changed = e.delta()
	out.Booked = e.booked()
	return out
}

func sortedIDs(contents map[uint64]*content) []uint64 {
	ids := make([]uint64, 0, len(contents))
	for id := range contents {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// booked compares the books, the counter of evaluations, the times and the
// progress apart: those follow what is saved and are no reason to save.
func (e *encoder) booked() bool {
	was, now := e.old.contents[bookID], e.contents[bookID]
	if was == nil {
		return true
	}
	counts := func(en entry) bool { return en.key == "tracker" || en.key == "modified" || en.key == "progress" }
	i, j := 0, 0
	for {
		for i < len(was.entries) && counts(was.entries[i]) {
			i++
		}
		for j < len(now.entries) && counts(now.entries[j]) {
			j++
		}
		if i == len(was.entries) || j == len(now.entries) {
			return i < len(was.entries) || j < len(now.entries)
		}
		if !sameEntry(was.entries[i], now.entries[j]) {
			return true
		}
		i++
		j++
	}
}

func (e *encoder) delta() (p []byte, changed bool) {
	var changes []numbered
	for id, c := range e.contents {
		old := e.old.contents[id]
		if old != nil && c.equal(old) {
			continue
		}
		if id != bookID {
			changed = true
		}
		changes = append(changes, numbered{id, c.difference(old)})
	}
	slices.SortFunc(changes, func(a, b numbered) int { return cmp.Compare(a.id, b.id) })
	var gone []uint64
	for id := range e.old.contents {
		if e.contents[id] == nil {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return writeBlob(true, e.next, gone, changes), changed
}
