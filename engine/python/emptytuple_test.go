package python

import "testing"

// Go code may build a tuple by appending to an empty one: no other empty tuple
// must notice, though Python sees only one of them.
func TestEmptyTuplesAreApart(t *testing.T) {
	a, b := NewTuple(), NewTuple()
	if !identical(a, b) {
		t.Error("() is not ()")
	}
	a.Elems = append(a.Elems, Int(1))
	if len(b.Elems) != 0 || len(NewTuple().Elems) != 0 {
		t.Errorf("growing one empty tuple grew another: %v", b.Elems)
	}
	if identical(a, b) {
		t.Error("(1,) is ()")
	}
}
