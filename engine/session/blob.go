package session

// A blob is a stored state: the version, whether it is a delta, how many
// numbers were given out, the objects gone and those changed. Names that recur
// in it (attributes, classes) are written once.

type blobWriter struct {
	writer
	names map[string]uint64
}

func (w *blobWriter) name(s string) {
	if n, ok := w.names[s]; ok {
		w.uint(n)
		return
	}
	w.uint(0)
	w.string(s)
	w.names[s] = uint64(len(w.names) + 1)
}

type blobReader struct {
	reader
	text  string // the whole blob: names are parts of it
	names []string
	// Contents and entries are cut off larger pieces.
	contents []content
	es       []entry
}

const piece = 256 // contents and entries that are allocated at once

func (r *blobReader) content(kind byte, class string, native []byte) *content {
	if len(r.contents) == 0 {
		r.contents = make([]content, min(piece, len(r.b)/24+1))
	}
	c := &r.contents[0]
	r.contents = r.contents[1:]
	c.kind, c.class, c.native = kind, class, native
	return c
}

func (r *blobReader) name() string {
	n := r.uint()
	if n == 0 {
		n := len(r.bytes())
		end := len(r.text) - len(r.b)
		if r.err != nil {
			return ""
		}
		s := r.text[end-n : end]
		r.names = append(r.names, s)
		return s
	}
	if n > uint64(len(r.names)) {
		r.fail("unknown name")
		return ""
	}
	return r.names[n-1]
}

// numbered is a change and the object it is about.
type numbered struct {
	id uint64
	ch change
}

func writeBlob(delta bool, next uint64, gone []uint64, changes []numbered) []byte {
	entries, size := 0, 32
	for i := range changes {
		n, bytes := changes[i].ch.extent()
		entries += n
		size += bytes
	}
	w := &blobWriter{writer: writer{make([]byte, 0, size)}, names: make(map[string]uint64, min(entries, 512))}
	w.byte(version)
	if delta {
		w.byte(1)
	} else {
		w.byte(0)
	}
	w.uint(next)
	w.uint(uint64(len(gone)))
	for _, id := range gone {
		w.uint(id)
	}
	w.uint(uint64(len(changes)))
	for i := range changes {
		w.uint(changes[i].id)
		w.change(&changes[i].ch)
	}
	return w.b
}

func (w *blobWriter) change(ch *change) {
	w.byte(ch.op)
	switch ch.op {
	case opWhole:
		w.byte(ch.content.kind)
		w.name(ch.content.class)
		w.bytes(ch.content.native)
		w.entries(ch.content.entries, ch.content.keyed())
	case opKeyed:
		w.uint(uint64(len(ch.drop)))
		for _, k := range ch.drop {
			w.name(k)
		}
		w.entries(ch.set, true)
	case opSplice:
		w.uint(uint64(ch.at))
		w.uint(uint64(ch.cut))
		w.entries(ch.insert, false)
	}
}

func (w *blobWriter) entries(es []entry, keyed bool) {
	w.uint(uint64(len(es)))
	for _, e := range es {
		if keyed {
			w.name(e.key)
		}
		w.bytes(e.value)
	}
}

// A blob taken apart.
type blob struct {
	delta   bool
	next    uint64
	gone    []uint64
	whole   []written  // objects of which all was written
	changes []numbered // those of which a part was
}

type written struct {
	id uint64
	c  *content
}

func readBlob(p []byte) (*blob, error) {
	r := &blobReader{reader: reader{b: p}, text: string(p)}
	if v := r.byte(); r.err == nil && v != version {
		return nil, corrupt("written by another version")
	}
	b := &blob{delta: r.byte() == 1, next: r.uint()}
	for range r.count() {
		b.gone = append(b.gone, r.uint())
	}
	n := r.count()
	if !b.delta {
		b.whole = make([]written, 0, n)
	}
	for range n {
		id, ch := r.uint(), r.change()
		if r.err != nil {
			break
		}
		if ch.op == opWhole {
			b.whole = append(b.whole, written{id, ch.content})
		} else {
			b.changes = append(b.changes, numbered{id, ch})
		}
	}
	if r.err == nil && len(r.b) > 0 {
		r.fail("more than expected")
	}
	return b, r.err
}

func (r *blobReader) change() change {
	ch := change{op: r.byte()}
	switch ch.op {
	case opWhole:
		c := r.content(r.byte(), r.name(), r.bytes())
		if c.kind < kindAnswers || c.kind > kindByteArray {
			r.fail("unknown kind of object")
		}
		c.entries = r.entries(c.keyed())
		ch.content = c
	case opKeyed:
		for range r.count() {
			ch.drop = append(ch.drop, r.name())
		}
		ch.set = r.entries(true)
	case opSplice:
		ch.at, ch.cut = int(r.uint()&0x7fffffff), int(r.uint()&0x7fffffff)
		ch.insert = r.entries(false)
	default:
		r.fail("unknown kind of change")
	}
	return ch
}

func (r *blobReader) entries(keyed bool) []entry {
	n := r.count()
	if n > len(r.es) {
		r.es = make([]entry, max(n, min(piece, len(r.b)/12)))
	}
	es := r.es[:n:n]
	r.es = r.es[n:]
	for i := range es {
		if keyed {
			es[i].key = r.name()
		}
		es[i].value = r.bytes()
		if r.err != nil {
			return nil
		}
	}
	return es
}
