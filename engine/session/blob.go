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
	changes []numbered
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
	b.changes = make([]numbered, 0, min(n, 256))
	for range n {
		b.changes = append(b.changes, numbered{id: r.uint(), ch: r.change()})
		if r.err != nil {
			break
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
		c := &content{kind: r.byte(), class: r.name(), native: r.bytes()}
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
	es := make([]entry, 0, n)
	for range n {
		var e entry
		if keyed {
			e.key = r.name()
		}
		e.value = r.bytes()
		if r.err != nil {
			return nil
		}
		es = append(es, e)
	}
	return es
}
