package python

import (
	"unicode/utf8"
)

// GetItem returns v[key].
func (th *Thread) GetItem(v, key Value) (Value, error) {
	switch v := v.(type) {
	case *List:
		if i, ok := key.(Int); ok {
			if i < 0 {
				i += Int(len(v.Elems))
			}
			if i >= 0 && int(i) < len(v.Elems) {
				return v.Elems[i], nil
			}
			return nil, Errorf(IndexError, "list index out of range")
		}
		return th.listItem(v, key)
	case *Dict:
		x, ok, err := v.Get(th, key)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, keyError(key)
		}
		return x, nil
	case *Str:
		return th.strItem(v, key)
	case *Tuple:
		return th.tupleItem(v, key)
	case *Bytes:
		return th.byteItem(buffer{v.b, v.Outside, false}, key)
	case *Range:
		return th.rangeItem(v, key)
	case *Class:
		return th.classItem(v, key)
	case *GenericAlias:
		return th.substitute(v, key)
	}
	if m := th.special(v, "__getitem__"); m != nil {
		return th.callSlot(m, v, key)
	}
	return nil, Errorf(TypeError, "'%s' object is not subscriptable", v.Class().name)
}

func keyError(key Value) error { return &Raised{exc: NewException(KeyError, key)} }

// index returns key as an index into a sequence of n elements.
func (th *Thread) index(kind string, key Value, n int) (int, error) {
	i, ok, err := th.asIndex(key)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, Errorf(TypeError, "%s indices must be integers or slices, not %s", kind, key.Class().name)
	}
	if i < 0 {
		i += int64(n)
	}
	if i < 0 || i >= int64(n) {
		if _, huge := Unwrap(key).(*Big); huge {
			return 0, Errorf(IndexError, "cannot fit 'int' into an index-sized integer")
		}
		return 0, Errorf(IndexError, "%s index out of range", kind)
	}
	return int(i), nil
}

// asIndex returns the integer that v stands for (__index__), limited to 64 bits.
func (th *Thread) asIndex(v Value) (int64, bool, error) {
	switch x := Unwrap(v).(type) {
	case Int:
		return int64(x), true, nil
	case Bool:
		return int64(boolInt(x)), true, nil
	case *Big:
		if x.x.Sign() < 0 {
			return -1 << 62, true, nil
		}
		return 1 << 62, true, nil
	}
	m := th.special(v, "__index__")
	if m == nil {
		return 0, false, nil
	}
	r, err := th.callSlot(m, v)
	if err != nil {
		return 0, false, err
	}
	if n, ok := IntOf(r); ok {
		return n, true, nil
	}
	return 0, false, Errorf(TypeError, "__index__ returned non-int (type %s)", r.Class().name)
}

// wantIndex is asIndex for what must be an integer.
// Index returns the int that v stands for (operator.index).
func (th *Thread) Index(v Value) (Value, error) {
	switch x := Unwrap(v).(type) {
	case Int, *Big:
		return x, nil
	case Bool:
		return boolInt(x), nil
	}
	m := th.special(v, "__index__")
	if m == nil {
		return nil, Errorf(TypeError, "'%s' object cannot be interpreted as an integer", v.Class().name)
	}
	r, err := th.callSlot(m, v)
	if err != nil {
		return nil, err
	}
	switch Unwrap(r).(type) {
	case Int, *Big, Bool:
		return r, nil
	}
	return nil, Errorf(TypeError, "__index__ returned non-int (type %s)", r.Class().name)
}

func (th *Thread) wantIndex(v Value) (int64, error) {
	n, ok, err := th.asIndex(v)
	if err == nil && !ok {
		err = Errorf(TypeError, "'%s' object cannot be interpreted as an integer", v.Class().name)
	}
	return n, err
}

// bounds returns the start, the step and the number of elements that a slice
// takes from a sequence of n.
func (th *Thread) bounds(s *Slice, n int) (start, step, count int, err error) {
	r, err := th.limits(s, n)
	if err != nil {
		return 0, 0, 0, err
	}
	return int(r.Start), int(min(max(r.Step, -1<<40), 1<<40)), int(r.Len()), nil
}

// limits returns the range of indices that a slice takes from a sequence of n.
func (th *Thread) limits(s *Slice, n int) (r Range, err error) {
	st, err := th.slicePart(s.Step, 1)
	if err != nil {
		return r, err
	}
	if st == 0 {
		return r, Errorf(ValueError, "slice step cannot be zero")
	}
	st = min(max(st, -1<<62), 1<<62)
	lo, hi := int64(0), int64(n)
	defStart, defStop := lo, hi
	if st < 0 {
		lo, hi = -1, int64(n)-1
		defStart, defStop = hi, lo
	}
	clip := func(v Value, def int64) (int64, error) {
		if v == Value(None) {
			return def, nil
		}
		i, err := th.slicePart(v, 0)
		if i < 0 {
			i += int64(n)
		}
		return min(max(i, lo), hi), err
	}
	from, err := clip(s.Start, defStart)
	if err != nil {
		return r, err
	}
	to, err := clip(s.Stop, defStop)
	return Range{from, to, st}, err
}

func (th *Thread) slicePart(v Value, def int64) (int64, error) {
	if v == Value(None) {
		return def, nil
	}
	i, ok, err := th.asIndex(v)
	if err == nil && !ok {
		err = Errorf(TypeError, "slice indices must be integers or None or have an __index__ method")
	}
	return i, err
}

func pick(elems []Value, start, step, count int) []Value {
	out := make([]Value, count)
	if step == 1 {
		copy(out, elems[start:start+count])
		return out
	}
	for i := range out {
		out[i] = elems[start+i*step]
	}
	return out
}

func (th *Thread) listItem(l *List, key Value) (Value, error) {
	if s, ok := key.(*Slice); ok {
		start, step, count, err := th.bounds(s, len(l.Elems))
		if err != nil {
			return nil, err
		}
		if err := th.Alloc(16 * count); err != nil {
			return nil, err
		}
		return NewList(pick(l.Elems, start, step, count)...), nil
	}
	i, err := th.index("list", key, len(l.Elems))
	if err != nil {
		return nil, err
	}
	return l.Elems[i], nil
}

func (th *Thread) tupleItem(t *Tuple, key Value) (Value, error) {
	if s, ok := key.(*Slice); ok {
		start, step, count, err := th.bounds(s, len(t.Elems))
		if err != nil {
			return nil, err
		}
		if err := th.Alloc(16 * count); err != nil {
			return nil, err
		}
		return NewTuple(pick(t.Elems, start, step, count)...), nil
	}
	i, err := th.index("tuple", key, len(t.Elems))
	if err != nil {
		return nil, err
	}
	return t.Elems[i], nil
}

// runeAt returns the character at byte offset off.
func (s *Str) runeAt(off int) *Str {
	w := 1
	if s.s[off] >= utf8.RuneSelf {
		_, w = utf8.DecodeRuneInString(s.s[off:])
	}
	c := &Str{s: s.s[off : off+w], n: 1}
	if s.out != nil && s.isOutside(off) {
		c.out = []Span{{0, w}}
	}
	return c
}

func (th *Thread) strItem(s *Str, key Value) (Value, error) {
	if sl, ok := key.(*Slice); ok {
		return th.strSlice(s, sl)
	}
	if _, ok, err := th.asIndex(key); err == nil && !ok {
		return nil, Errorf(TypeError, "string indices must be integers, not '%s'", key.Class().name)
	}
	i, err := th.index("string", key, s.n)
	if err != nil {
		return nil, err
	}
	return s.runeAt(s.offset(i)), nil
}

func (th *Thread) strSlice(s *Str, sl *Slice) (Value, error) {
	start, step, count, err := th.bounds(sl, s.n)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(count); err != nil {
		return nil, err
	}
	if count == 0 {
		return emptyStr, nil
	}
	if step == 1 {
		from := s.offset(start)
		to := from + count
		if !s.ascii() {
			to = s.offset(start + count)
		}
		return s.cut(from, to), nil
	}
	offs := s.offsets()
	var t Text
	for i := range count {
		k := start + i*step
		t.writeCut(s, offs[k], offs[k+1])
	}
	return t.Str(), nil
}

var emptyStr = &Str{}

// offsets returns the byte offset of every code point, and of the end.
func (s *Str) offsets() []int {
	out := make([]int, 0, s.n+1)
	for i := range s.s {
		out = append(out, i)
	}
	return append(out, len(s.s))
}

func (th *Thread) rangeItem(r *Range, key Value) (Value, error) {
	n := r.Len()
	if s, ok := key.(*Slice); ok {
		part, err := th.limits(s, int(n))
		if err != nil {
			return nil, err
		}
		return &Range{r.At(part.Start), r.At(part.Stop), r.Step * part.Step}, nil
	}
	if _, ok, err := th.asIndex(key); err == nil && !ok {
		return nil, Errorf(TypeError, "range indices must be integers or slices, not %s", key.Class().name)
	}
	i, err := th.index("range object", key, int(n))
	if err != nil {
		return nil, err
	}
	return boxInt(Int(r.At(int64(i)))), nil
}

// classItem is cls[key]: of the metaclass, of __class_getitem__, or a generic
// alias for the builtin containers.
func (th *Thread) classItem(c *Class, key Value) (Value, error) {
	if c.meta != nil {
		if m := th.special(c, "__getitem__"); m != nil {
			return th.callSlot(m, c, key)
		}
	}
	if m, ok := th.classLookup(c, "__class_getitem__"); ok {
		f, err := th.bind(m, nil, c)
		if err != nil {
			return nil, err
		}
		return th.Call(f, []Value{key}, nil)
	}
	for _, k := range []*Class{ListClass, DictClass, TupleClass, SetClass, FrozenSetClass, TypeClass} {
		if c.derives(k) {
			return &GenericAlias{c, aliasArgs(key)}, nil
		}
	}
	return nil, Errorf(TypeError, "type '%s' is not subscriptable", c.name)
}

// SetItem does v[key] = x.
func (th *Thread) SetItem(v, key, x Value) error {
	switch v := v.(type) {
	case *List:
		return th.setListItem(v, key, x)
	case *Dict:
		return v.Set(th, key, x)
	case *ByteArray:
		return th.setByte(v, key, x)
	}
	if m := th.special(v, "__setitem__"); m != nil {
		_, err := th.callSlot(m, v, key, x)
		return err
	}
	return Errorf(TypeError, "'%s' object does not support item assignment", v.Class().name)
}

func (th *Thread) setListItem(l *List, key, x Value) error {
	if s, ok := key.(*Slice); ok {
		return th.setListSlice(l, s, x)
	}
	i, ok, err := th.asIndex(key)
	if err != nil {
		return err
	}
	if !ok {
		return Errorf(TypeError, "list indices must be integers or slices, not %s", key.Class().name)
	}
	if i < 0 {
		i += int64(len(l.Elems))
	}
	if i < 0 || i >= int64(len(l.Elems)) {
		return Errorf(IndexError, "list assignment index out of range")
	}
	l.Elems[i] = x
	return nil
}

func (th *Thread) setListSlice(l *List, s *Slice, x Value) error {
	elems, err := th.Elems(x)
	if err != nil {
		if _, ok := isRaised(err, TypeError); ok && th.notIterable(x) {
			if s.Step != Value(None) && s.Step != Value(Int(1)) {
				return Errorf(TypeError, "must assign iterable to extended slice")
			}
			return Errorf(TypeError, "can only assign an iterable")
		}
		return err
	}
	start, step, count, err := th.bounds(s, len(l.Elems))
	if err != nil {
		return err
	}
	if step == 1 {
		l.splice(start, count, elems)
		return nil
	}
	if len(elems) != count {
		return Errorf(ValueError, "attempt to assign sequence of size %d to extended slice of size %d", len(elems), count)
	}
	for i, e := range elems {
		l.Elems[start+i*step] = e
	}
	return nil
}

// splice replaces count elements from start by others.
func (l *List) splice(start, count int, by []Value) {
	out := make([]Value, 0, len(l.Elems)-count+len(by))
	out = append(append(out, l.Elems[:start]...), by...)
	l.Elems = append(out, l.Elems[start+count:]...)
}

// sequenceLike reports whether CPython has v among the sequences.
func sequenceLike(v Value) bool {
	switch v := v.(type) {
	case *Str, *Tuple, *Bytes, *Range, *Set, *Dict, *DictView:
		return true
	case *Instance:
		return v.Cls.module != "builtins"
	}
	return false
}

// DelItem does del v[key].
func (th *Thread) DelItem(v, key Value) error {
	switch v := v.(type) {
	case *List:
		return th.delListItem(v, key)
	case *Dict:
		_, ok, err := v.Delete(th, key)
		if err == nil && !ok {
			err = keyError(key)
		}
		return err
	case *ByteArray:
		return th.delByte(v, key)
	}
	if m := th.special(v, "__delitem__"); m != nil {
		_, err := th.callSlot(m, v, key)
		return err
	}
	does := "does not"
	if _, index, _ := th.asIndex(key); index && sequenceLike(v) { // CPython has two wordings
		does = "doesn't"
	}
	return Errorf(TypeError, "'%s' object %s support item deletion", v.Class().name, does)
}

func (th *Thread) delListItem(l *List, key Value) error {
	if s, ok := key.(*Slice); ok {
		start, step, count, err := th.bounds(s, len(l.Elems))
		if err != nil || count == 0 {
			return err
		}
		drop := make(map[int]bool, count)
		for i := range count {
			drop[start+i*step] = true
		}
		kept := make([]Value, 0, len(l.Elems)-count)
		for i, e := range l.Elems {
			if !drop[i] {
				kept = append(kept, e)
			}
		}
		l.Elems = kept
		return nil
	}
	i, ok, err := th.asIndex(key)
	if err != nil {
		return err
	}
	if !ok {
		return Errorf(TypeError, "list indices must be integers or slices, not %s", key.Class().name)
	}
	if i < 0 {
		i += int64(len(l.Elems))
	}
	if i < 0 || i >= int64(len(l.Elems)) {
		return Errorf(IndexError, "list assignment index out of range")
	}
	l.splice(int(i), 1, nil)
	return nil
}

// Contains returns x in v.
func (th *Thread) Contains(v, x Value) (bool, error) {
	switch v := v.(type) {
	case *List:
		return th.among(v.Elems, x)
	case *Tuple:
		return th.among(v.Elems, x)
	case *Dict:
		_, ok, err := v.Get(th, x)
		return ok, err
	case *Set:
		if s, ok := x.(*Set); ok && !s.Frozen {
			x = &Set{t: s.t, Frozen: true}
		}
		return v.Has(th, x)
	case *Str:
		return strContains(v, x)
	case *Range:
		if n, ok := x.(Int); ok {
			return v.has(int64(n)), nil
		}
		return th.containsByIter(v, x)
	case *Bytes:
		return th.hasByte(v.b, x)
	}
	m := th.special(v, "__contains__")
	if none, ok := th.classLookup(v.Class(), "__contains__"); m == nil && ok && none == Value(None) {
		return false, Errorf(TypeError, "'%s' object is not a container", v.Class().name)
	}
	if m != nil {
		r, err := th.callSlot(m, v, x)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	return th.containsByIter(v, x)
}

func (r *Range) has(n int64) bool {
	if r.Step > 0 {
		return n >= r.Start && n < r.Stop && (n-r.Start)%r.Step == 0
	}
	return n <= r.Start && n > r.Stop && (r.Start-n)%-r.Step == 0
}

func (th *Thread) among(elems []Value, x Value) (bool, error) {
	for i := 0; i < len(elems); i++ {
		if eq, err := th.same(elems[i], x); eq || err != nil {
			return eq, err
		}
		if err := th.Tick(); err != nil {
			return false, err
		}
	}
	return false, nil
}

func (th *Thread) containsByIter(v, x Value) (bool, error) {
	it, err := th.Iter(v)
	if err != nil {
		if _, ok := isRaised(err, TypeError); ok && th.special(v, "__iter__") == nil {
			return false, Errorf(TypeError, "argument of type '%s' is not iterable", v.Class().name)
		}
		return false, err
	}
	for {
		e, ok, err := it.Next(th)
		if err != nil || !ok {
			return false, err
		}
		if eq, err := th.same(e, x); eq || err != nil {
			return eq, err
		}
		if err := th.Tick(); err != nil {
			return false, err
		}
	}
}
