package session

import (
	"fmt"
	"maps"

	"colloquy/engine/python"
)

// Decode rebuilds a state from a full copy and the deltas made after it, in
// order. Objects used as keys may run author code to be hashed, hence the
// thread. It returns ErrCorrupt for bytes that Encode did not write.
func Decode(th *python.Thread, library *python.Namespace, res Resolver, full []byte, deltas ...[]byte) (*State, *Image, error) {
	r, err := Read(full, deltas...)
	if err != nil {
		return nil, nil, err
	}
	return r.State(th, library, res)
}

// A Reading is what the bytes of a state say, before any object is rebuilt of
// it. It never changes, so that many may use one.
type Reading struct {
	contents map[uint64]*content
	before   map[uint64]*content // those before the last delta, nil if there was none
	next     uint64
	size     int // bytes read
	memory   int
}

// Read reads a full copy and the deltas made after it, in order. It returns
// ErrCorrupt for bytes that Encode did not write.
func Read(full []byte, deltas ...[]byte) (*Reading, error) {
	contents, before, next, err := assemble(full, deltas)
	if err != nil {
		return nil, err
	}
	r := &Reading{contents: contents, before: before, next: next}
	for _, p := range append(deltas, full) {
		r.size += len(p)
	}
	return r, r.look()
}

// After is the reading with one more delta.
func (r *Reading) After(delta []byte) (*Reading, error) {
	b, err := readBlob(delta)
	if err != nil {
		return nil, err
	}
	if !b.delta {
		return nil, corrupt("full copies and deltas out of order")
	}
	next := &Reading{contents: maps.Clone(r.contents), before: r.contents, next: b.next, size: r.size + len(delta)}
	if err := b.applyTo(next.contents); err != nil {
		return nil, err
	}
	return next, next.look()
}

// Size is how many bytes were read.
func (r *Reading) Size() int { return r.size }

// What contents, their entries and their references take in memory, in bytes,
// besides the text they are parts of.
const contentMemory, entryMemory, refMemory = 192, 48, 16

// Memory is about how many bytes the reading takes in memory.
func (r *Reading) Memory() int { return r.memory }

// look looks through all contents, so that what is wrong in one is found now,
// and weighs them.
func (r *Reading) look() error {
	l := &looker{all: r.contents}
	for _, c := range r.contents {
		if err := l.look(c); err != nil {
			return err
		}
		r.memory += contentMemory + entryMemory*len(c.entries) + refMemory*len(c.refs)
	}
	r.memory += 2 * r.size // what was read stays, as bytes and as text
	return nil
}

// State rebuilds the state. Objects are rebuilt when something first refers to
// them, and the attributes of most when one is first asked for: a step touches
// few of many.
func (r *Reading) State(th *python.Thread, library *python.Namespace, res Resolver) (*State, *Image, error) {
	d := &decoder{th: th, res: res, contents: r.contents, values: map[uint64]python.Value{}, ids: map[python.Value]uint64{},
		lost: map[string]*python.Class{}, whole: map[*python.Class]bool{}}
	st := &State{Answers: python.NewNamespace(library)}
	if err := d.state(st); err != nil {
		return nil, nil, err
	}
	return st, &Image{ids: d.ids, contents: r.contents, next: r.next, before: r.before, size: r.size, source: d}, nil
}

// assemble puts the contents of a full copy and the deltas after it together.
// It also returns those before the last delta, nil if there was none.
func assemble(full []byte, deltas [][]byte) (contents, before map[uint64]*content, next uint64, err error) {
	next = firstID
	for i, p := range append([][]byte{full}, deltas...) {
		b, err := readBlob(p)
		if err != nil {
			return nil, nil, 0, err
		}
		if b.delta != (i > 0) {
			return nil, nil, 0, corrupt("full copies and deltas out of order")
		}
		if contents == nil {
			contents = make(map[uint64]*content, len(b.whole)+8)
		}
		if i > 0 && i == len(deltas) {
			before = maps.Clone(contents)
		}
		if err := b.applyTo(contents); err != nil {
			return nil, nil, 0, err
		}
		next = b.next
	}
	return contents, before, next, nil
}

func (b *blob) applyTo(contents map[uint64]*content) error {
	for _, id := range b.gone {
		delete(contents, id)
	}
	for _, w := range b.whole {
		contents[w.id] = w.c
	}
	for i := range b.changes {
		c, err := b.changes[i].ch.apply(contents[b.changes[i].id])
		if err != nil {
			return err
		}
		contents[b.changes[i].id] = c
	}
	return nil
}

type decoder struct {
	th       *python.Thread
	res      Resolver
	contents map[uint64]*content
	values   map[uint64]python.Value // of the objects that were referred to
	ids      map[python.Value]uint64 // their numbers
	lost     map[string]*python.Class
	whole    map[*python.Class]bool // classes whose instances are filled at once
	todo     []unfilled
	late     []func() error // what needs all other objects to be whole
	err      error          // met after Decode had returned
}

// unfilled is an object that is still empty.
type unfilled struct {
	value python.Value
	c     *content
}

func (d *decoder) state(st *State) error {
	answers, book := d.contents[answersID], d.contents[bookID]
	if answers == nil || answers.kind != kindAnswers || book == nil || book.kind != kindBook {
		return corrupt("no answers or no book in it")
	}
	if err := d.impatient(); err != nil {
		return err
	}
	st.Answers.Reserve(len(answers.entries))
	for _, e := range answers.entries {
		v, err := d.value(e.value)
		if err != nil {
			return err
		}
		st.Answers.Set(e.key, v)
	}
	if err := d.fillAll(); err != nil {
		return err
	}
	var err error
	st.Book, err = d.book(book)
	return err
}

// impatient rebuilds the objects that cannot wait.
func (d *decoder) impatient() error {
	for id, c := range d.contents {
		if id < firstID || c.patient {
			continue
		}
		if c.kind == kindAnswers || c.kind == kindBook {
			return corrupt("object of a reserved kind")
		}
		d.object(id)
	}
	if err := d.fillAll(); err != nil {
		return err
	}
	for _, f := range d.late {
		if err := f(); err != nil {
			return err
		}
	}
	return d.fillAll()
}

// object returns the object with a number, which is filled soon or, if it can
// wait, when it is first looked at. Nil: there is none.
func (d *decoder) object(id uint64) python.Value {
	if v, ok := d.values[id]; ok {
		return v
	}
	c := d.contents[id]
	if c == nil {
		return nil
	}
	v := d.shell(c)
	if v == nil {
		return nil
	}
	d.values[id], d.ids[v] = v, id
	if i, ok := v.(*python.Instance); ok && c.patient && !d.atOnce(i.Cls) {
		i.Attrs.Later(func() { d.fillLater(i, c) })
		return v
	}
	d.todo = append(d.todo, unfilled{v, c})
	return v
}

// atOnce reports whether instances of a class must be filled when they are made:
// those of classes that are gone, and those with slots.
func (d *decoder) atOnce(c *python.Class) bool {
	at, known := d.whole[c]
	if !known {
		at = d.lost[c.QualifiedName()] != nil || c.HasSlots()
		d.whole[c] = at
	}
	return at
}

// fillLater fills an instance that somebody looks at.
func (d *decoder) fillLater(i *python.Instance, c *content) {
	err := d.fillInstance(i, c)
	if err == nil {
		err = d.fillAll()
	}
	if err != nil && d.err == nil {
		d.err = err
	}
}

// fillAll fills the objects that were made meanwhile, and those made by it.
func (d *decoder) fillAll() error {
	for len(d.todo) > 0 {
		next := d.todo[len(d.todo)-1]
		d.todo = d.todo[:len(d.todo)-1]
		if err := d.fill(next.value, next.c); err != nil {
			return err
		}
	}
	return nil
}

// shell makes an object, still empty, so that others can refer to it.
func (d *decoder) shell(c *content) python.Value {
	switch c.kind {
	case kindList:
		return python.NewList()
	case kindDict:
		return python.NewDict()
	case kindSet:
		return python.NewSet()
	case kindByteArray:
		return python.NewByteArray(nil)
	case kindFrozenSet:
		s := python.NewSet()
		s.Frozen = true
		return s
	case kindInstance:
		return python.NewInstance(d.class(c.class))
	}
	return nil
}

func (d *decoder) fill(v python.Value, c *content) error {
	switch v := v.(type) {
	case *python.List:
		v.Elems = make([]python.Value, 0, len(c.entries))
		for _, e := range c.entries {
			item, err := d.value(e.value)
			if err != nil {
				return err
			}
			v.Elems = append(v.Elems, item)
		}
	case *python.ByteArray:
		return d.fillByteArray(v, c)
	case *python.Set:
		d.late = append(d.late, func() error { return d.fillSet(v, c) })
	case *python.Dict:
		if !c.patient {
			d.late = append(d.late, func() error { return d.fillDict(v, c) })
			return nil
		}
		return d.fillDict(v, c)
	case *python.Instance:
		return d.fillInstance(v, c)
	}
	return nil
}

func (d *decoder) fillByteArray(b *python.ByteArray, c *content) error {
	if len(c.entries) != 1 {
		return corrupt("a bytearray in parts")
	}
	v, err := d.value(c.entries[0].value)
	if err != nil {
		return err
	}
	data, ok := v.(*python.Bytes)
	if !ok {
		return corrupt("a bytearray without bytes")
	}
	b.Fill(data)
	return nil
}

func (d *decoder) fillSet(s *python.Set, c *content) error {
	for _, e := range c.entries {
		item, err := d.value(e.value)
		if err != nil {
			return err
		}
		if err := s.Add(d.th, item); err != nil {
			return fmt.Errorf("restore a set: %w", err)
		}
	}
	return nil
}

func (d *decoder) fillDict(m *python.Dict, c *content) error {
	for _, e := range c.entries {
		k, err := d.value([]byte(e.key))
		if err != nil {
			return err
		}
		v, err := d.value(e.value)
		if err != nil {
			return err
		}
		if key, plain := k.(*python.Str); plain && len(key.Spans()) == 0 {
			m.SetStr(key.String(), v)
			continue
		}
		if err := m.Set(d.th, k, v); err != nil {
			return fmt.Errorf("restore a dictionary: %w", err)
		}
	}
	return nil
}

func (d *decoder) fillInstance(i *python.Instance, c *content) error {
	switch {
	case d.lost[c.class] != nil:
		i.Native = &opaque{class: c.class, native: c.native}
	case len(c.native) > 0:
		v, err := d.value(c.native)
		if err != nil {
			return err
		}
		if args, ok := v.(*python.Tuple); ok && i.Cls.Derives(python.BaseException) {
			i.Native = python.NewException(i.Cls, args.Elems...).Native
		} else {
			i.Native = v
		}
	}
	i.Attrs.Reserve(len(c.entries))
	for _, e := range c.entries {
		v, err := d.value(e.value)
		if err != nil {
			return err
		}
		i.Restore(e.key, v)
	}
	return nil
}

func (d *decoder) value(p []byte) (python.Value, error) {
	r := &reader{b: p}
	v := d.read(r, 0)
	if r.err == nil && len(r.b) > 0 {
		r.fail("more than one value")
	}
	return v, r.err
}

// deepest is how far values may nest within one entry.
const deepest = 200

func (d *decoder) read(r *reader, depth int) python.Value {
	if depth > deepest {
		r.fail("nested too deep")
	}
	tag := r.byte()
	if v, ok := r.scalar(tag); ok {
		return v
	}
	switch tag {
	case tagTuple:
		items := make([]python.Value, 0, 4)
		for range r.count() {
			items = append(items, d.read(r, depth+1))
			if r.err != nil {
				return python.None
			}
		}
		return python.NewTuple(items...)
	case tagSlice:
		return &python.Slice{Start: d.read(r, depth+1), Stop: d.read(r, depth+1), Step: d.read(r, depth+1)}
	case tagClass:
		return d.class(r.string())
	case tagRef:
		if v := d.object(r.uint()); v != nil {
			return v
		}
		r.fail("reference to nothing")
		return python.None
	case tagNative:
		return d.restore(r, depth)
	case tagMember:
		return d.member(r)
	}
	r.fail("unknown tag")
	return python.None
}

// member gives the member of an enumeration; that of a class that is gone, or
// that lost it, is an object that knows its name only.
func (d *decoder) member(r *reader) python.Value {
	class, name := r.string(), r.string()
	if r.err != nil {
		return python.None
	}
	c := d.class(class)
	if v, err := d.th.GetAttr(c, name); err == nil {
		if i, ok := v.(*python.Instance); ok && i.Cls == c {
			return i
		}
	}
	i := python.NewInstance(c)
	i.Attrs.Set("_name_", python.NewStr(name))
	return i
}

func (d *decoder) restore(r *reader, depth int) python.Value {
	name := r.string()
	data := d.read(r, depth+1)
	if r.err != nil {
		return python.None
	}
	v, err := d.res.Restore(name, data)
	if err != nil {
		if r.err == nil {
			r.err = fmt.Errorf("restore a %s: %w", name, err)
		}
		return python.None
	}
	return v
}

// class returns the class of that name, or a stand-in for one that is gone.
func (d *decoder) class(name string) *python.Class {
	if c := d.res.Class(name); c != nil {
		return c
	}
	if v, ok := python.LookupBuiltin(name); ok {
		if c, ok := v.(*python.Class); ok {
			return c
		}
	}
	if c := d.lost[name]; c != nil {
		return c
	}
	c := lostClass(name)
	d.lost[name] = c
	return c
}
