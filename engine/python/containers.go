package python

// List is Python's list. Go code may read and change Elems while no other
// goroutine uses the list.
type List struct {
	Elems  []Value
	frozen bool // belongs to a frozen module: threads work on copies
}

// Class returns ListClass.
func (*List) Class() *Class { return ListClass }

// NewList returns a list that owns elems.
func NewList(elems ...Value) *List { return &List{Elems: elems} }

// Tuple is Python's tuple. Its elements must not be changed.
type Tuple struct{ Elems []Value }

// Class returns TupleClass.
func (*Tuple) Class() *Class { return TupleClass }

// NewTuple returns a tuple that owns elems.
func NewTuple(elems ...Value) *Tuple {
	return &Tuple{elems}
}

// Set is Python's set, or its frozenset if Frozen. Iteration is in order of
// insertion.
type Set struct {
	t      table
	Frozen bool
	frozen bool
}

// Class returns SetClass or FrozenSetClass.
func (s *Set) Class() *Class {
	if s.Frozen {
		return FrozenSetClass
	}
	return SetClass
}

// NewSet returns an empty set.
func NewSet() *Set { return &Set{} }

// Len returns the number of elements.
func (s *Set) Len() int { return s.t.live }

// Add puts v into the set. It fails if v cannot be hashed or compared.
func (s *Set) Add(th *Thread, v Value) error {
	_, err := s.t.put(th, v, nil, false)
	return err
}

// Has reports whether v is in the set.
func (s *Set) Has(th *Thread, v Value) (bool, error) {
	i, err := s.t.find(th, v)
	return i >= 0, err
}

// Remove takes v out of the set and reports whether it was there.
func (s *Set) Remove(th *Thread, v Value) (bool, error) {
	_, ok, err := s.t.remove(th, v)
	return ok, err
}

// Elems returns the elements in order of insertion.
func (s *Set) Elems() []Value { return s.t.keys() }

// Range is Python's range. Step is not 0.
type Range struct{ Start, Stop, Step int64 }

// Class returns RangeClass.
func (*Range) Class() *Class { return RangeClass }

// Len returns the number of elements.
func (r *Range) Len() int64 {
	switch {
	case r.Step > 0 && r.Start < r.Stop:
		return int64((uint64(r.Stop)-uint64(r.Start)-1)/uint64(r.Step)) + 1
	case r.Step < 0 && r.Start > r.Stop:
		return int64((uint64(r.Start)-uint64(r.Stop)-1)/(-uint64(r.Step))) + 1
	}
	return 0
}

// At returns the i-th element, 0 <= i < Len.
func (r *Range) At(i int64) int64 { return r.Start + i*r.Step }

// Slice is Python's slice object: parts left out are None.
type Slice struct{ Start, Stop, Step Value }

// Class returns SliceClass.
func (*Slice) Class() *Class { return SliceClass }
