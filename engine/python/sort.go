package python

import (
	"slices"

	"colloquy/engine/python/syntax"
)

// sortedList returns the values as a sorted list.
func (th *Thread) sortedList(vs []Value) (Value, error) {
	l := NewList(vs...)
	return l, th.sort(l, nil, false)
}

// sort sorts a list in place, stably, by key if not nil.
func (th *Thread) sort(l *List, key Value, reverse bool) error {
	elems := l.Elems
	l.Elems = nil // what the key function and comparisons see meanwhile
	err := th.sortElems(l, elems, key, reverse)
	if err != nil {
		l.Elems = elems
	}
	return err
}

func (th *Thread) sortElems(l *List, elems []Value, key Value, reverse bool) error {
	keys := elems
	if err := th.Alloc(32 * len(elems)); err != nil {
		return err
	}
	if key != nil && key != Value(None) {
		keys = make([]Value, len(elems))
		for i, e := range elems {
			k, err := th.Call(key, []Value{e}, nil)
			if err != nil {
				return err
			}
			keys[i] = k
			if err := th.Tick(); err != nil {
				return err
			}
		}
	}
	order := make([]int, len(elems))
	for i := range order {
		order[i] = i
	}
	if reverse {
		slices.Reverse(order)
	}
	if err := th.mergeSort(order, make([]int, len(order)), keys); err != nil {
		return err
	}
	if reverse {
		slices.Reverse(order)
	}
	if l.Elems != nil {
		return Errorf(ValueError, "list modified during sort")
	}
	out := make([]Value, len(elems))
	for i, k := range order {
		out[i] = elems[k]
	}
	l.Elems = out
	return nil
}

// insertionSort sorts few positions: it takes the run they begin with and puts
// each of the others where it belongs, asking as seldom as possible.
func (th *Thread) insertionSort(order []int, keys []Value) error {
	sorted, err := th.firstRun(order, keys)
	if err != nil {
		return err
	}
	for i := sorted; i < len(order); i++ {
		if err := th.Tick(); err != nil {
			return err
		}
		k := order[i]
		from, to := 0, i
		for from < to {
			mid := (from + to) / 2
			less, err := th.less(keys[k], keys[order[mid]])
			if err != nil {
				return err
			}
			if less {
				to = mid
			} else {
				from = mid + 1
			}
		}
		copy(order[from+1:i+1], order[from:i])
		order[from] = k
	}
	return nil
}

// firstRun returns how many positions at the beginning are in order; if they
// fall strictly, they are turned round.
func (th *Thread) firstRun(order []int, keys []Value) (int, error) {
	if len(order) < 2 {
		return len(order), nil
	}
	falls, err := th.less(keys[order[1]], keys[order[0]])
	if err != nil {
		return 0, err
	}
	n := 2
	for n < len(order) {
		less, err := th.less(keys[order[n]], keys[order[n-1]])
		if err != nil {
			return 0, err
		}
		if less != falls {
			break
		}
		n++
	}
	if falls {
		slices.Reverse(order[:n])
	}
	return n, nil
}

// mergeSort sorts positions by their keys, stably; it asks only whether a later
// one is less than an earlier one.
func (th *Thread) mergeSort(order, spare []int, keys []Value) error {
	n := len(order)
	if n < 64 {
		return th.insertionSort(order, keys)
	}
	mid := n / 2
	if err := th.mergeSort(order[:mid], spare[:mid], keys); err != nil {
		return err
	}
	if err := th.mergeSort(order[mid:], spare[mid:], keys); err != nil {
		return err
	}
	if less, err := th.less(keys[order[mid]], keys[order[mid-1]]); err != nil || !less {
		return err
	}
	copy(spare, order)
	left, right := spare[:mid], spare[mid:]
	for i := range order {
		if len(left) > 0 && len(right) > 0 {
			less, err := th.less(keys[right[0]], keys[left[0]])
			if err != nil {
				return err
			}
			if less {
				order[i], right = right[0], right[1:]
			} else {
				order[i], left = left[0], left[1:]
			}
			continue
		}
		copy(order[i:], left)
		copy(order[i+len(left):], right)
		break
	}
	return nil
}

func (th *Thread) less(a, b Value) (bool, error) {
	if err := th.Tick(); err != nil {
		return false, err
	}
	switch x := a.(type) {
	case *Str:
		if y, ok := b.(*Str); ok {
			return x.s < y.s, nil
		}
	case Int:
		if y, ok := b.(Int); ok {
			return x < y, nil
		}
	}
	r, err := th.Compare(syntax.Lt, a, b)
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}
