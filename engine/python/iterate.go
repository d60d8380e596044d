package python

// An Iterator gives values one by one; ok is false at the end. Every Iterator
// made here is also a Value that Python code can use.
type Iterator interface {
	Next(th *Thread) (v Value, ok bool, err error)
}

// iterator is a Value made of a Go function.
type iterator struct {
	class *Class
	next  func(th *Thread) (Value, bool, error)
	left  func() int // elements to come, or nil
	copy  func(deep func(Value) (Value, error)) (*iterator, error)
	made  *recipe // or nil
	begun bool
	shown func(th *Thread) (string, error) // or nil
}

// A recipe is the call of a class that made an iterator.
type recipe struct {
	class *Class
	args  []Value
	kw    []Kwarg
}

// Class returns the iterator's class.
func (it *iterator) Class() *Class { return it.class }

// Next gives the next value.
func (it *iterator) Next(th *Thread) (Value, bool, error) {
	it.begun = true
	if err := th.enterNative(); err != nil {
		return nil, false, err
	}
	v, ok, err := it.next(th)
	th.natives--
	return v, ok, err
}

// CopyFor copies the iterator. One that cannot be copied and was not read from
// yet is made anew from what it was made of; of any other the copy only says
// that it is no iterator of this thread.
func (it *iterator) CopyFor(th *Thread, deep func(Value) (Value, error)) (Value, error) {
	if it.copy != nil {
		return it.copy(deep)
	}
	if it.begun || it.made == nil {
		return notShared(it.class), nil
	}
	args := make([]Value, len(it.made.args))
	for i, a := range it.made.args {
		c, err := deep(a)
		if err != nil {
			return nil, err
		}
		args[i] = c
	}
	kw := make([]Kwarg, len(it.made.kw))
	for i, k := range it.made.kw {
		c, err := deep(k.Value)
		if err != nil {
			return nil, err
		}
		kw[i] = Kwarg{k.Name, c}
	}
	return th.Call(it.made.class, args, kw)
}

// notShared stands for an iterator that a module was half through when it was
// frozen: going on with it would be seen by everybody.
func notShared(cls *Class) Value {
	return NewIterator(cls, func(*Thread) (Value, bool, error) {
		return nil, false, Errorf(RuntimeError, "this '%s' object belongs to a module, which all sessions share; make one in a function", cls.name)
	})
}

// NewIterator returns an iterator whose elements next gives; cls is
// IteratorClass or made by NewIteratorClass.
func NewIterator(cls *Class, next func(th *Thread) (v Value, ok bool, err error)) Value {
	return &iterator{class: cls, next: next}
}

// NewShownIterator is NewIterator for an iterator whose state can be told:
// [ShowIterator] gives what shown returns.
func NewShownIterator(cls *Class, next func(th *Thread) (v Value, ok bool, err error), shown func(th *Thread) (string, error)) Value {
	return &iterator{class: cls, next: next, shown: shown}
}

// ShowIterator returns the state of an iterator made by NewShownIterator.
func ShowIterator(th *Thread, v Value) (string, error) {
	if it, ok := v.(*iterator); ok && it.shown != nil {
		return it.shown(th)
	}
	return "<" + v.Class().QualifiedName() + " object at " + address(v) + ">", nil
}

var (
	listIteratorClass      = bare("list_iterator", IteratorClass)
	tupleIteratorClass     = bare("tuple_iterator", IteratorClass)
	strIteratorClass       = bare("str_iterator", IteratorClass)
	asciiIteratorClass     = bare("str_ascii_iterator", IteratorClass)
	byteArrayIteratorClass = bare("bytearray_iterator", IteratorClass)
	bytesIteratorClass     = bare("bytes_iterator", IteratorClass)
	rangeIteratorClass     = bare("range_iterator", IteratorClass)
	setIteratorClass       = bare("set_iterator", IteratorClass)
	keyIteratorClass       = bare("dict_keyiterator", IteratorClass)
	valueIteratorClass     = bare("dict_valueiterator", IteratorClass)
	itemIteratorClass      = bare("dict_itemiterator", IteratorClass)
	callIteratorClass      = bare("callable_iterator", IteratorClass)
	reverseKeyIterator     = bare("dict_reversekeyiterator", IteratorClass)
	reverseValueIterator   = bare("dict_reversevalueiterator", IteratorClass)
	reverseItemIterator    = bare("dict_reverseitemiterator", IteratorClass)
	reverseClass           = bare("reversed", IteratorClass)
	enumerateClass         = bare("enumerate", IteratorClass)
	zipClass               = bare("zip", IteratorClass)
	mapClass               = bare("map", IteratorClass)
	filterClass            = bare("filter", IteratorClass)
	reverseListIterator    = bare("list_reverseiterator", IteratorClass)
)

// Iter returns iter(v).
func (th *Thread) Iter(v Value) (Iterator, error) {
	switch v := v.(type) {
	case *List:
		return listIterator(v, 0), nil
	case *Tuple:
		return sliceIterator(tupleIteratorClass, v.Elems), nil
	case *Range:
		return rangeIterator(v), nil
	case *Dict:
		return dictIterator(v, keyIteratorClass), nil
	case *Str:
		return strIterator(v), nil
	case *Set:
		return setIterator(v), nil
	case *Bytes:
		return bytesIterator(v), nil
	case *DictView:
		return dictIterator(v.dict, v.iteratorClass()), nil
	case Iterator:
		return v, nil
	}
	return th.customIter(v)
}

func (th *Thread) customIter(v Value) (Iterator, error) {
	m, has := th.classLookup(v.Class(), "__iter__")
	if has && m != Value(None) {
		r, err := th.callSlot(m, v)
		if err != nil {
			return nil, err
		}
		if it, ok := r.(Iterator); ok {
			return it, nil
		}
		next := th.special(r, "__next__")
		if next == nil {
			return nil, Errorf(TypeError, "iter() returned non-iterator of type '%s'", r.Class().name)
		}
		return &objectIterator{r, next}, nil
	}
	if get := th.special(v, "__getitem__"); get != nil && !has {
		return indexIterator(v, get), nil
	}
	if a, ok := v.(*GenericAlias); ok {
		return sliceIterator(tupleIteratorClass, []Value{a}), nil
	}
	return nil, Errorf(TypeError, "'%s' object is not iterable", v.Class().name)
}

// IterValue returns iter(v) as a Value.
func (th *Thread) IterValue(v Value) (Value, error) {
	it, err := th.Iter(v)
	if err != nil {
		return nil, err
	}
	if o, ok := it.(*objectIterator); ok {
		return o.obj, nil
	}
	return it.(Value), nil
}

// Next returns next(it); ok is false at its end.
func (th *Thread) Next(it Value) (v Value, ok bool, err error) {
	if i, ok := it.(Iterator); ok {
		return i.Next(th)
	}
	next := th.special(it, "__next__")
	if next == nil {
		return nil, false, Errorf(TypeError, "'%s' object is not an iterator", it.Class().name)
	}
	return (&objectIterator{it, next}).Next(th)
}

// objectIterator drives an object with a __next__ method.
type objectIterator struct{ obj, next Value }

// Next calls __next__.
func (o *objectIterator) Next(th *Thread) (Value, bool, error) {
	v, err := th.callSlot(o.next, o.obj)
	if err != nil {
		if _, end := isRaised(err, StopIteration); end {
			return nil, false, nil
		}
		return nil, false, err
	}
	return v, true, nil
}

// Each calls do with every element of v until it fails. It uses a step for
// each.
func (th *Thread) Each(v Value, do func(Value) error) error {
	switch s := v.(type) {
	case *Tuple:
		return th.eachOf(s.Elems, do)
	case *Set:
		return th.eachOf(s.t.keys(), do)
	}
	it, err := th.Iter(v)
	if err != nil {
		return err
	}
	for {
		x, ok, err := it.Next(th)
		if err != nil || !ok {
			return err
		}
		if err := th.Tick(); err != nil {
			return err
		}
		if err := do(x); err != nil {
			return err
		}
	}
}

func (th *Thread) eachOf(vs []Value, do func(Value) error) error {
	for _, x := range vs {
		if err := th.Tick(); err != nil {
			return err
		}
		if err := do(x); err != nil {
			return err
		}
	}
	return nil
}

// Elems returns the elements of any iterable in a new slice.
func (th *Thread) Elems(v Value) ([]Value, error) {
	var vs []Value
	switch s := v.(type) {
	case *List:
		vs = s.Elems
	case *Tuple:
		vs = s.Elems
	case *Set:
		return s.t.keys(), th.Alloc(16 * s.t.live)
	case *Range:
		return th.rangeElems(s)
	default:
		if _, ok := v.(*Instance); ok {
			return th.collectHinted(v)
		}
		return th.collect(v)
	}
	if err := th.Alloc(16 * len(vs)); err != nil {
		return nil, err
	}
	return append(make([]Value, 0, len(vs)), vs...), nil
}

// LengthHint asks v how many elements it may have (__len__, __length_hint__);
// it is -1 if v does not know.
func (th *Thread) LengthHint(v Value) (int, error) {
	for _, name := range []string{"__len__", "__length_hint__"} {
		m := th.special(v, name)
		if m == nil {
			continue
		}
		r, err := th.callSlot(m, v)
		if _, wrong := isRaised(err, TypeError); wrong {
			continue
		}
		if err != nil {
			return 0, err
		}
		if r == Value(NotImplemented) {
			return -1, nil
		}
		n, ok := IntOf(r)
		switch {
		case !ok && name == "__len__":
			continue
		case !ok:
			return 0, Errorf(TypeError, "__length_hint__ must be an integer, not %s", r.Class().name)
		case n < 0:
			return 0, Errorf(ValueError, "%s() should return >= 0", name)
		}
		return int(n), nil
	}
	return -1, nil
}

func (th *Thread) rangeElems(r *Range) ([]Value, error) {
	n := r.Len()
	if err := th.allocTimes(n, 24); err != nil {
		return nil, err
	}
	if err := th.Ticks(int(n)); err != nil {
		return nil, err
	}
	out := make([]Value, n)
	for i := range out {
		out[i] = boxInt(Int(r.At(int64(i))))
	}
	return out, nil
}

func (th *Thread) collect(v Value) ([]Value, error) {
	out := []Value{}
	charged := 0
	err := th.Each(v, func(x Value) error {
		out = append(out, x)
		if cap(out) > charged {
			n := cap(out) - charged
			charged = cap(out)
			return th.Alloc(16 * n)
		}
		return nil
	})
	return out, err
}

// collectHinted collects from an object of a class made by author code: it is
// asked for its iterator, then for its length.
func (th *Thread) collectHinted(v Value) ([]Value, error) {
	it, err := th.Iter(v)
	if err != nil {
		return nil, err
	}
	if n, err := th.LengthHint(v); err != nil {
		return nil, err
	} else if int64(n) > th.opts.Limits.Allocation/16 {
		return nil, Errorf(MemoryError, "")
	}
	out := []Value{}
	for {
		x, ok, err := it.Next(th)
		if err != nil || !ok {
			return out, err
		}
		if err := th.Tick(); err != nil {
			return nil, err
		}
		if err := th.Alloc(16); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
}

func listIterator(l *List, i int) *iterator {
	it := &iterator{class: listIteratorClass}
	it.next = func(*Thread) (Value, bool, error) {
		if i >= len(l.Elems) {
			i = int(^uint(0) >> 1)
			return nil, false, nil
		}
		i++
		return l.Elems[i-1], true, nil
	}
	it.left = func() int { return max(len(l.Elems)-i, 0) }
	it.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		c, err := deep(l)
		if err != nil {
			return nil, err
		}
		return listIterator(c.(*List), i), nil
	}
	return it
}

// sliceIterator runs over elements that do not change.
func sliceIterator(class *Class, elems []Value) *iterator {
	i := 0
	it := &iterator{class: class}
	it.next = func(*Thread) (Value, bool, error) {
		if i >= len(elems) {
			return nil, false, nil
		}
		i++
		return elems[i-1], true, nil
	}
	it.left = func() int { return len(elems) - i }
	it.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		out := make([]Value, len(elems)-i)
		for k, e := range elems[i:] {
			c, err := deep(e)
			if err != nil {
				return nil, err
			}
			out[k] = c
		}
		return sliceIterator(class, out), nil
	}
	return it
}

func rangeIterator(r *Range) *iterator {
	i, n := int64(0), r.Len()
	it := &iterator{class: rangeIteratorClass}
	it.next = func(*Thread) (Value, bool, error) {
		if i >= n {
			return nil, false, nil
		}
		v := boxInt(Int(r.Start + i*r.Step))
		i++
		return v, true, nil
	}
	it.left = func() int { return int(n - i) }
	it.copy = func(func(Value) (Value, error)) (*iterator, error) {
		return rangeIterator(&Range{r.Start + i*r.Step, r.Stop, r.Step}), nil
	}
	return it
}

func strIterator(s *Str) *iterator {
	off := 0
	it := &iterator{class: strIteratorClass}
	if s.ascii() {
		it.class = asciiIteratorClass
	}
	it.next = func(*Thread) (Value, bool, error) {
		if off >= len(s.s) {
			return nil, false, nil
		}
		c := s.runeAt(off)
		off += len(c.s)
		return c, true, nil
	}
	it.left = func() int { return s.n - s.runeIndex(off) }
	it.copy = func(func(Value) (Value, error)) (*iterator, error) {
		return strIterator(s.cut(off, len(s.s))), nil
	}
	return it
}

func bytesIterator(b *Bytes) *iterator {
	i := 0
	it := &iterator{class: bytesIteratorClass}
	it.next = func(*Thread) (Value, bool, error) {
		if i >= len(b.b) {
			return nil, false, nil
		}
		i++
		return boxInt(Int(b.b[i-1])), true, nil
	}
	it.left = func() int { return len(b.b) - i }
	return it
}

func setIterator(s *Set) *iterator {
	i, size := 0, s.t.live
	it := &iterator{class: setIteratorClass}
	it.next = func(*Thread) (Value, bool, error) {
		if s.t.live != size {
			return nil, false, Errorf(RuntimeError, "Set changed size during iteration")
		}
		for ; i < len(s.t.entries); i++ {
			if k := s.t.entries[i].key; k != nil {
				i++
				return k, true, nil
			}
		}
		return nil, false, nil
	}
	it.left = func() int { return max(size-i, 0) }
	return it
}

func dictIterator(d *Dict, class *Class) *iterator {
	i, size, done := 0, d.Len(), 0
	it := &iterator{class: class}
	it.next = func(*Thread) (Value, bool, error) {
		if d.Len() != size {
			return nil, false, Errorf(RuntimeError, "dictionary changed size during iteration")
		}
		k, v, next, ok := d.entry(i)
		if !ok {
			return nil, false, nil
		}
		i = next
		done++
		switch class {
		case keyIteratorClass:
			return k, true, nil
		case valueIteratorClass:
			return v, true, nil
		}
		return NewTuple(k, v), true, nil
	}
	it.left = func() int { return size - done }
	it.copy = func(deep func(Value) (Value, error)) (*iterator, error) {
		c, err := deep(d)
		if err != nil {
			return nil, err
		}
		to := dictIterator(c.(*Dict), class)
		for range done {
			if _, _, err := to.next(nil); err != nil {
				return nil, err
			}
		}
		return to, nil
	}
	return it
}

// indexIterator reads v[0], v[1] ... until IndexError.
func indexIterator(v, get Value) *iterator {
	i := 0
	return &iterator{class: IteratorClass, next: func(th *Thread) (Value, bool, error) {
		x, err := th.callSlot(get, v, Int(i))
		if err != nil {
			for _, end := range []*Class{IndexError, StopIteration} {
				if _, ok := isRaised(err, end); ok {
					return nil, false, nil
				}
			}
			return nil, false, err
		}
		i++
		return x, true, nil
	}}
}

// DictView is what dict.keys(), values() and items() give: it shows the dict as
// it is.
type DictView struct {
	dict *Dict
	kind *Class
}

// Class returns DictKeysClass, DictValuesClass or DictItemsClass.
func (v *DictView) Class() *Class { return v.kind }

func (v *DictView) iteratorClass() *Class {
	switch v.kind {
	case DictKeysClass:
		return keyIteratorClass
	case DictValuesClass:
		return valueIteratorClass
	}
	return itemIteratorClass
}
