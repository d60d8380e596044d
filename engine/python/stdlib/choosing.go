package stdlib

import "colloquy/engine/python"

// chooser gives tuples of elements of pools by index; step moves to the next
// choice and returns false after the last.
func chooser(pool []python.Value, index []int, step func() bool) next {
	started, done := false, index == nil
	return func(th *python.Thread) (python.Value, bool, error) {
		if started && !done {
			done = !step()
		}
		if done {
			return nil, false, nil
		}
		started = true
		out := make([]python.Value, len(index))
		for i, j := range index {
			out[i] = pool[j]
		}
		if err := th.Alloc(16 * len(out)); err != nil {
			return nil, false, err
		}
		return python.NewTuple(out...), true, th.Tick()
	}
}

// poolAndCount reads the arguments iterable and r.
func poolAndCount(th *python.Thread, name string, a *python.Args) (pool []python.Value, r int, err error) {
	var src, rv python.Value
	if err := a.Unpack(name, "iterable", &src, "r?", &rv); err != nil {
		return nil, 0, err
	}
	if pool, err = th.Elems(src); err != nil {
		return nil, 0, err
	}
	if isNone(rv) {
		if name == "permutations" {
			return pool, len(pool), nil
		}
		return nil, 0, python.Errorf(python.TypeError, "%s() missing required argument 'r' (pos 2)", name)
	}
	n, ok := python.IntOf(rv)
	if !ok {
		return nil, 0, python.Errorf(python.TypeError, "Expected int as r")
	}
	if n < 0 {
		return nil, 0, python.Errorf(python.ValueError, "r must be non-negative")
	}
	return pool, int(min(n, 1<<20)), nil
}

func firstIndex(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func combinations(th *python.Thread, a *python.Args) (next, error) {
	pool, r, err := poolAndCount(th, "combinations", a)
	if err != nil {
		return nil, err
	}
	if r > len(pool) {
		return over(nil), nil
	}
	index := firstIndex(r)
	return chooser(pool, index, func() bool {
		i := r - 1
		for i >= 0 && index[i] == i+len(pool)-r {
			i--
		}
		if i < 0 {
			return false
		}
		index[i]++
		for j := i + 1; j < r; j++ {
			index[j] = index[j-1] + 1
		}
		return true
	}), nil
}

func combinationsRepeated(th *python.Thread, a *python.Args) (next, error) {
	pool, r, err := poolAndCount(th, "combinations_with_replacement", a)
	if err != nil {
		return nil, err
	}
	if len(pool) == 0 && r > 0 {
		return over(nil), nil
	}
	index := make([]int, r)
	return chooser(pool, index, func() bool {
		i := r - 1
		for i >= 0 && index[i] == len(pool)-1 {
			i--
		}
		if i < 0 {
			return false
		}
		n := index[i] + 1
		for j := i; j < r; j++ {
			index[j] = n
		}
		return true
	}), nil
}

func permutations(th *python.Thread, a *python.Args) (next, error) {
	pool, r, err := poolAndCount(th, "permutations", a)
	if err != nil {
		return nil, err
	}
	n := len(pool)
	if r > n {
		return over(nil), nil
	}
	order := firstIndex(n)
	cycles := make([]int, r)
	for i := range cycles {
		cycles[i] = n - i
	}
	return chooser(pool, order[:r:r], func() bool {
		for i := r - 1; i >= 0; i-- {
			if cycles[i]--; cycles[i] > 0 {
				j := n - cycles[i]
				order[i], order[j] = order[j], order[i]
				return true
			}
			first := order[i]
			copy(order[i:], order[i+1:])
			order[n-1] = first
			cycles[i] = n - i
		}
		return false
	}), nil
}

func cartesian(th *python.Thread, a *python.Args) (next, error) {
	var srcs []python.Value
	times := 1
	if err := a.Unpack("product", "*iterables", &srcs, "repeat?", &times); err != nil {
		return nil, err
	}
	if times < 0 {
		return nil, python.Errorf(python.ValueError, "repeat argument cannot be negative")
	}
	var pool []python.Value
	var bases, sizes []int // of each place: where its pool begins, and how long it is
	for _, s := range srcs {
		vs, err := th.Elems(s)
		if err != nil {
			return nil, err
		}
		bases, sizes = append(bases, len(pool)), append(sizes, len(vs))
		pool = append(pool, vs...)
	}
	if err := th.Alloc(16 * len(bases) * times); err != nil {
		return nil, err
	}
	var at, low, size []int
	for range times {
		at, low, size = append(at, bases...), append(low, bases...), append(size, sizes...)
	}
	for _, n := range size {
		if n == 0 {
			return over(nil), nil
		}
	}
	if at == nil {
		at = []int{}
	}
	return chooser(pool, at, func() bool {
		for i := len(at) - 1; i >= 0; i-- {
			if at[i]++; at[i] < low[i]+size[i] {
				return true
			}
			at[i] = low[i]
		}
		return false
	}), nil
}
