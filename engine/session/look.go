package session

// ref is an object that a content refers to, and the entry it does so in.
type ref struct {
	id    uint64
	entry int
}

// look finds out what can be known of a content without rebuilding it: the
// objects it refers to, which must be among all, about how many bytes it takes,
// and whether it is patient: an object that can be rebuilt at any time, since
// neither the thread of author code is needed for it nor anything can fail. Sets
// and dictionaries with other keys than text are not, nor what a builtin base
// keeps, nor members of enumerations.
func (l *looker) look(c *content) error {
	if c.looked {
		return nil
	}
	l.c = c
	from := len(l.refs)
	c.patient = c.kind != kindSet && c.kind != kindFrozenSet && len(c.native) == 0
	c.size = len(c.native) + perEntry
	l.entry = -1
	if len(c.native) > 0 {
		l.value(c.native)
	}
	for i, e := range c.entries {
		l.entry = i
		if c.kind == kindDict {
			if len(e.key) == 0 || e.key[0] != tagStr {
				c.patient = false
			}
			l.value([]byte(e.key))
			c.size += len(e.key)
		}
		l.value(e.value)
		c.size += len(e.value) + perEntry
	}
	c.refs = l.refs[from:len(l.refs):len(l.refs)]
	c.looked = l.err == nil
	return l.err
}

// A looker reads the values of contents without making them.
type looker struct {
	reader
	all   map[uint64]*content
	c     *content
	entry int
	refs  []ref // of all contents
}

func (l *looker) value(p []byte) {
	if l.err != nil {
		return
	}
	l.b = p
	l.skip(0)
	if l.err == nil && len(l.b) > 0 {
		l.fail("more than one value")
	}
}

// skip reads past a value as decoder.read reads it.
func (l *looker) skip(depth int) {
	if depth > deepest {
		l.fail("nested too deep")
	}
	switch tag := l.byte(); tag {
	case tagNone, tagFalse, tagTrue, tagEllipsis, tagNotImplemented:
	case tagInt:
		l.int()
	case tagBig:
		l.byte()
		l.bytes()
	case tagFloat:
		l.float()
	case tagComplex:
		l.float()
		l.float()
	case tagStr, tagOutside, tagBytes, tagOutsideBytes, tagClass:
		l.bytes()
	case tagSpans:
		l.spans(l.string())
	case tagRange:
		l.int()
		l.int()
		if l.int() == 0 {
			l.fail("range without step")
		}
	case tagTuple:
		for range l.count() {
			l.skip(depth + 1)
			if l.err != nil {
				return
			}
		}
	case tagSlice:
		for range 3 {
			l.skip(depth + 1)
		}
	case tagNative:
		l.bytes()
		l.skip(depth + 1)
	case tagMember:
		l.c.patient = false
		l.bytes()
		l.bytes()
	case tagRef:
		l.ref(l.uint())
	default:
		l.fail("unknown tag")
	}
}

func (l *looker) ref(id uint64) {
	if l.err != nil {
		return
	}
	if id < firstID || l.all[id] == nil {
		l.fail("reference to nothing")
		return
	}
	l.refs = append(l.refs, ref{id, l.entry})
}
