package stdlib

import (
	"slices"
	"strings"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// next is how an iterator gives its elements; ok is false at the end.
type next = func(th *python.Thread) (v python.Value, ok bool, err error)

// iteratorType is the class of the iterators of one function of itertools.
type iteratorType struct {
	name  string
	start func(th *python.Thread, a *python.Args) (next, error)
	shown func(th *python.Thread, a *python.Args) (next, shower, error) // instead of start
}

// shower tells the state of an iterator.
type shower = func(th *python.Thread) (string, error)

// iteratorTypes are the functions of itertools.
func iteratorTypes() []iteratorType {
	return []iteratorType{
		{name: "count", shown: countFrom}, {name: "cycle", start: cycle}, {name: "repeat", shown: repeat}, {name: "accumulate", start: accumulate}, {name: "chain", start: chain},
		{name: "compress", start: compress}, {name: "dropwhile", start: dropWhile}, {name: "takewhile", start: takeWhile}, {name: "filterfalse", start: filterFalse},
		{name: "islice", start: islice}, {name: "pairwise", start: pairwise}, {name: "starmap", start: starMap}, {name: "zip_longest", start: zipLongest}, {name: "groupby", start: groupBy},
		{name: "product", start: cartesian}, {name: "permutations", start: permutations}, {name: "combinations", start: combinations},
		{name: "combinations_with_replacement", start: combinationsRepeated}, {name: "batched", start: batched},
	}
}

// newIterators makes the classes of itertools.
func newIterators() map[string]*python.Class {
	out := map[string]*python.Class{}
	for _, t := range iteratorTypes() {
		var cls *python.Class
		members := []python.Member{}
		if t.name == "chain" {
			members = append(members, python.ClassMethodOf("from_iterable", func(th *python.Thread, a *python.Args) (python.Value, error) {
				var src python.Value
				if err := a.Unpack("from_iterable", "/iterable", &src); err != nil {
					return nil, err
				}
				it, err := th.Iter(src)
				if err != nil {
					return nil, err
				}
				return python.NewIterator(cls, chainOf(it)), nil
			}))
		}
		if t.shown != nil {
			members = append(members, unary("__repr__", func(th *python.Thread, v python.Value) (python.Value, error) {
				s, err := python.ShowIterator(th, v)
				return str(s), err
			}))
		}
		cls = python.NewClass(python.ClassSpec{Name: t.name, Dotted: true, Module: "itertools", Bases: []*python.Class{python.IteratorClass}, Final: true,
			Members: members, New: func(th *python.Thread, _ *python.Class, a *python.Args) (python.Value, error) {
				if t.shown != nil {
					give, shown, err := t.shown(th, a)
					if err != nil {
						return nil, err
					}
					return python.NewShownIterator(cls, give, shown), nil
				}
				give, err := t.start(th, a)
				if err != nil {
					return nil, err
				}
				return python.NewIterator(cls, give), nil
			}})
		out[t.name] = cls
	}
	return out
}

var iteratorClasses map[string]*python.Class

func fillItertools(_ *builder, ns *python.Namespace) error {
	for _, t := range iteratorTypes() {
		ns.Set(t.name, iteratorClasses[t.name])
	}
	functions(ns, map[string]python.BuiltinFunc{"tee": tee})
	return nil
}

// over gives the elements of a slice.
func over(vs []python.Value) next {
	return func(th *python.Thread) (python.Value, bool, error) {
		if len(vs) == 0 {
			return nil, false, nil
		}
		v := vs[0]
		vs = vs[1:]
		return v, true, th.Tick()
	}
}

func countFrom(_ *python.Thread, a *python.Args) (next, shower, error) {
	var n, step python.Value = python.Int(0), python.Int(1)
	if err := a.Unpack("count", "start?", &n, "step?", &step); err != nil {
		return nil, nil, err
	}
	for _, v := range []python.Value{n, step} {
		if _, ok := v.Class().Lookup("__add__"); !ok || isText(v) {
			return nil, nil, python.Errorf(python.TypeError, "a number is required")
		}
	}
	return func(th *python.Thread) (python.Value, bool, error) {
			out := n
			var err error
			if n, err = th.Binary(syntax.Add, n, step); err != nil {
				return nil, false, err
			}
			return out, true, th.Tick()
		}, func(th *python.Thread) (string, error) {
			if one, ok := python.IntOf(step); ok && one == 1 {
				return showCall(th, "count", n)
			}
			return showCall(th, "count", n, step)
		}, nil
}

// showCall writes a call with these arguments.
func showCall(th *python.Thread, name string, args ...python.Value) (string, error) {
	parts := make([]string, len(args))
	for i, v := range args {
		r, err := th.Repr(v)
		if err != nil {
			return "", err
		}
		parts[i] = r.String()
	}
	return name + "(" + strings.Join(parts, ", ") + ")", nil
}

func isText(v python.Value) bool {
	_, ok := text(v)
	return ok
}

// oneIter returns an iterator over the only argument.
func oneIter(th *python.Thread, name string, a *python.Args) (python.Iterator, error) {
	if err := a.Exactly(name, 1); err != nil {
		return nil, err
	}
	return th.Iter(a.Pos[0])
}

func cycle(th *python.Thread, a *python.Args) (next, error) {
	it, err := oneIter(th, "cycle", a)
	if err != nil {
		return nil, err
	}
	var seen []python.Value
	at, done := 0, false
	return func(th *python.Thread) (python.Value, bool, error) {
		if !done {
			v, ok, err := it.Next(th)
			if err != nil {
				return nil, false, err
			}
			if ok {
				seen = append(seen, v)
				return v, true, th.Alloc(16)
			}
			done = true
		}
		if len(seen) == 0 {
			return nil, false, nil
		}
		v := seen[at]
		at = (at + 1) % len(seen)
		return v, true, th.Tick()
	}, nil
}

func repeat(_ *python.Thread, a *python.Args) (next, shower, error) {
	var v, times python.Value
	if err := a.Unpack("repeat", "object", &v, "times?", &times); err != nil {
		return nil, nil, err
	}
	left := int64(-1)
	if times != nil {
		n, ok := python.IntOf(times)
		if !ok {
			return nil, nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", times.Class().Name())
		}
		left = max(0, n)
	}
	return func(th *python.Thread) (python.Value, bool, error) {
			if left == 0 {
				return nil, false, nil
			}
			if left > 0 {
				left--
			}
			return v, true, th.Tick()
		}, func(th *python.Thread) (string, error) {
			if left < 0 {
				return showCall(th, "repeat", v)
			}
			return showCall(th, "repeat", v, python.Int(left))
		}, nil
}

func accumulate(th *python.Thread, a *python.Args) (next, error) {
	var src, fn, total python.Value
	if err := a.Unpack("accumulate", "iterable", &src, "func?", &fn, "*", nil, "initial?", &total); err != nil {
		return nil, err
	}
	it, err := th.Iter(src)
	if err != nil {
		return nil, err
	}
	if isNone(total) {
		total = nil
	}
	fresh := total != nil
	return func(th *python.Thread) (python.Value, bool, error) {
		if fresh {
			fresh = false
			return total, true, nil
		}
		v, ok, err := it.Next(th)
		if err != nil || !ok {
			return nil, false, err
		}
		switch {
		case total == nil:
			total = v
		case isNone(fn):
			total, err = th.Binary(syntax.Add, total, v)
		default:
			total, err = th.Call(fn, []python.Value{total, v}, nil)
		}
		return total, err == nil, err
	}, nil
}

func chain(_ *python.Thread, a *python.Args) (next, error) {
	if err := a.NoKeywords("chain"); err != nil {
		return nil, err
	}
	rest := slices.Clone(a.Pos)
	return chainOf(iterFunc(over(rest))), nil
}

// iterFunc makes an Iterator of a function.
type iterFunc next

// Next gives the next element.
func (f iterFunc) Next(th *python.Thread) (python.Value, bool, error) { return f(th) }

// chainOf gives the elements of the iterables that src gives.
func chainOf(src python.Iterator) next {
	var it python.Iterator
	return func(th *python.Thread) (python.Value, bool, error) {
		for {
			if it != nil {
				v, ok, err := it.Next(th)
				if err != nil || ok {
					return v, ok, err
				}
				it = nil
			}
			v, ok, err := src.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			if it, err = th.Iter(v); err != nil {
				return nil, false, err
			}
			if err := th.Tick(); err != nil {
				return nil, false, err
			}
		}
	}
}

func compress(th *python.Thread, a *python.Args) (next, error) {
	var data, selectors python.Value
	if err := a.Unpack("compress", "data", &data, "selectors", &selectors); err != nil {
		return nil, err
	}
	it, err := th.Iter(data)
	if err != nil {
		return nil, err
	}
	sel, err := th.Iter(selectors)
	if err != nil {
		return nil, err
	}
	return func(th *python.Thread) (python.Value, bool, error) {
		for {
			v, ok, err := it.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			s, ok, err := sel.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			if yes, err := th.Truth(s); err != nil || yes {
				return v, err == nil, err
			}
			if err := th.Tick(); err != nil {
				return nil, false, err
			}
		}
	}, nil
}

// predicate reads the arguments predicate and iterable.
func predicate(th *python.Thread, name string, a *python.Args) (func(th *python.Thread, v python.Value) (bool, error), python.Iterator, error) {
	if err := a.Exactly(name, 2); err != nil {
		return nil, nil, err
	}
	fn := a.Pos[0]
	it, err := th.Iter(a.Pos[1])
	return func(th *python.Thread, v python.Value) (bool, error) {
		if err := th.Tick(); err != nil {
			return false, err
		}
		if !isNone(fn) {
			var err error
			if v, err = th.Call(fn, []python.Value{v}, nil); err != nil {
				return false, err
			}
		}
		return th.Truth(v)
	}, it, err
}

func dropWhile(th *python.Thread, a *python.Args) (next, error) {
	holds, it, err := predicate(th, "dropwhile", a)
	if err != nil {
		return nil, err
	}
	dropping := true
	return func(th *python.Thread) (python.Value, bool, error) {
		for {
			v, ok, err := it.Next(th)
			if err != nil || !ok || !dropping {
				return v, ok, err
			}
			if dropping, err = holds(th, v); err != nil || !dropping {
				return v, err == nil, err
			}
		}
	}, nil
}

func takeWhile(th *python.Thread, a *python.Args) (next, error) {
	holds, it, err := predicate(th, "takewhile", a)
	if err != nil {
		return nil, err
	}
	done := false
	return func(th *python.Thread) (python.Value, bool, error) {
		if done {
			return nil, false, nil
		}
		v, ok, err := it.Next(th)
		if err != nil || !ok {
			return nil, false, err
		}
		yes, err := holds(th, v)
		done = !yes
		return v, yes && err == nil, err
	}, nil
}

func filterFalse(th *python.Thread, a *python.Args) (next, error) {
	holds, it, err := predicate(th, "filterfalse", a)
	if err != nil {
		return nil, err
	}
	return func(th *python.Thread) (python.Value, bool, error) {
		for {
			v, ok, err := it.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			if yes, err := holds(th, v); err != nil || !yes {
				return v, err == nil, err
			}
		}
	}, nil
}

// islice reads start, stop and step as slices have them, none negative.
func islice(th *python.Thread, a *python.Args) (next, error) {
	if err := a.Between("islice", 2, 4); err != nil {
		return nil, err
	}
	it, err := th.Iter(a.Pos[0])
	if err != nil {
		return nil, err
	}
	bounds := [3]int64{0, -1, 1}
	args := a.Pos[1:]

	if len(args) == 1 {
		args = []python.Value{python.None, args[0]}
	}
	for i, v := range args {
		if isNone(v) {
			continue
		}
		n, ok := python.IntOf(v)
		if !ok || n < 0 || i == 2 && n == 0 {
			if i == 1 && len(a.Pos) > 2 {
				i = 0
			}
			return nil, python.Errorf(python.ValueError, "%s", []string{
				"Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
				"Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
				"Step for islice() must be a positive integer or None."}[i])
		}
		bounds[i] = n
	}
	at, want, stop := int64(0), bounds[0], bounds[1]
	return func(th *python.Thread) (python.Value, bool, error) {
		for {
			if stop >= 0 && want >= stop {
				if at >= stop {
					return nil, false, nil
				}
			}
			v, ok, err := it.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			at++
			if at-1 == want {
				want += bounds[2]
				return v, true, nil
			}
			if err := th.Tick(); err != nil {
				return nil, false, err
			}
		}
	}, nil
}

func pairwise(th *python.Thread, a *python.Args) (next, error) {
	it, err := oneIter(th, "pairwise", a)
	if err != nil {
		return nil, err
	}
	var last python.Value
	return func(th *python.Thread) (python.Value, bool, error) {
		if last == nil {
			v, ok, err := it.Next(th)
			if err != nil || !ok {
				return nil, false, err
			}
			last = v
		}
		v, ok, err := it.Next(th)
		if err != nil || !ok {
			return nil, false, err
		}
		pair := python.NewTuple(last, v)
		last = v
		return pair, true, nil
	}, nil
}

func starMap(th *python.Thread, a *python.Args) (next, error) {
	if err := a.Exactly("starmap", 2); err != nil {
		return nil, err
	}
	fn := a.Pos[0]
	it, err := th.Iter(a.Pos[1])
	if err != nil {
		return nil, err
	}
	return func(th *python.Thread) (python.Value, bool, error) {
		v, ok, err := it.Next(th)
		if err != nil || !ok {
			return nil, false, err
		}
		args, err := th.Elems(v)
		if err != nil {
			return nil, false, err
		}
		r, err := th.Call(fn, args, nil)
		return r, err == nil, err
	}, nil
}

func zipLongest(th *python.Thread, a *python.Args) (next, error) {
	var srcs []python.Value
	var fill python.Value = python.None
	for _, k := range a.Kw {
		if k.Name != "fillvalue" {
			return nil, python.Errorf(python.TypeError, "zip_longest() got an unexpected keyword argument")
		}
	}
	if err := a.Unpack("zip_longest", "*iterables", &srcs, "fillvalue?", &fill); err != nil {
		return nil, err
	}
	its := make([]python.Iterator, len(srcs))
	for i, s := range srcs {
		var err error
		if its[i], err = th.Iter(s); err != nil {
			return nil, err
		}
	}
	live := len(its)
	return func(th *python.Thread) (python.Value, bool, error) {
		if live == 0 {
			return nil, false, nil
		}
		out := make([]python.Value, len(its))
		for i, it := range its {
			out[i] = fill
			if it == nil {
				continue
			}
			v, ok, err := it.Next(th)
			if err != nil {
				return nil, false, err
			}
			if ok {
				out[i] = v
				continue
			}
			its[i] = nil
			if live--; live == 0 {
				return nil, false, nil
			}
		}
		return python.NewTuple(out...), true, nil
	}, nil
}

// groups is the state that groupby and its groups share.
type groups struct {
	it      python.Iterator
	key     python.Value // of the group being read
	current python.Value // element read but not given; nil: none
	next    python.Value // its key
	done    bool
	fn      python.Value
}

// read reads an element and its key.
func (g *groups) read(th *python.Thread) error {
	v, ok, err := g.it.Next(th)
	if err != nil {
		return err
	}
	if !ok {
		g.done, g.current = true, nil
		return nil
	}
	g.current, g.next = v, v
	if !isNone(g.fn) {
		g.next, err = th.Call(g.fn, []python.Value{v}, nil)
	}
	return err
}

func groupBy(th *python.Thread, a *python.Args) (next, error) {
	var src, fn python.Value
	if err := a.Unpack("groupby", "iterable", &src, "key?", &fn); err != nil {
		return nil, err
	}
	it, err := th.Iter(src)
	if err != nil {
		return nil, err
	}
	g := &groups{it: it, fn: fn}
	return g.nextGroup, nil
}

func (g *groups) nextGroup(th *python.Thread) (python.Value, bool, error) {
	for { // skip what is left of the group before
		if g.current == nil && !g.done {
			if err := g.read(th); err != nil {
				return nil, false, err
			}
		}
		if g.done {
			return nil, false, nil
		}
		if g.key == nil {
			break
		}
		same, err := th.Equal(g.key, g.next)
		if err != nil {
			return nil, false, err
		}
		if !same {
			break
		}
		g.current = nil
	}
	key := g.next
	g.key = key
	members := python.NewIterator(python.IteratorClass, func(th *python.Thread) (python.Value, bool, error) {
		return g.member(th, key)
	})
	return python.NewTuple(key, members), true, nil
}

// member gives the next element of the group with this key, if that is the one
// being read.
func (g *groups) member(th *python.Thread, key python.Value) (python.Value, bool, error) {
	if !python.Is(g.key, key) {
		return nil, false, nil
	}
	if g.current == nil && !g.done {
		if err := g.read(th); err != nil {
			return nil, false, err
		}
	}
	if g.done {
		return nil, false, nil
	}
	same, err := th.Equal(key, g.next)
	if err != nil || !same {
		return nil, false, err
	}
	v := g.current
	g.current = nil
	return v, true, nil
}

func batched(th *python.Thread, a *python.Args) (next, error) {
	var src python.Value
	var n int
	if err := a.Unpack("batched", "iterable", &src, "n", &n); err != nil {
		return nil, err
	}
	if n < 1 {
		return nil, python.Errorf(python.ValueError, "n must be at least one")
	}
	it, err := th.Iter(src)
	if err != nil {
		return nil, err
	}
	return func(th *python.Thread) (python.Value, bool, error) {
		var out []python.Value
		for len(out) < n {
			v, ok, err := it.Next(th)
			if err != nil {
				return nil, false, err
			}
			if !ok {
				break
			}
			out = append(out, v)
		}
		return python.NewTuple(out...), len(out) > 0, nil
	}, nil
}

// tee gives several iterators over what one gives; they share what the slowest
// has still to see.
func tee(th *python.Thread, a *python.Args) (python.Value, error) {
	var src python.Value
	n := 2
	if err := a.Unpack("tee", "iterable", &src, "n?", &n); err != nil {
		return nil, err
	}
	if n < 0 || n > 1000 {
		return nil, python.Errorf(python.ValueError, "n must be >= 0")
	}
	it, err := th.Iter(src)
	if err != nil {
		return nil, err
	}
	queues := make([][]python.Value, n)
	out := make([]python.Value, n)
	for i := range out {
		out[i] = python.NewIterator(python.IteratorClass, func(th *python.Thread) (python.Value, bool, error) {
			if len(queues[i]) == 0 {
				v, ok, err := it.Next(th)
				if err != nil || !ok {
					return nil, false, err
				}
				for j := range queues {
					queues[j] = append(queues[j], v)
				}
				if err := th.Alloc(16 * n); err != nil {
					return nil, false, err
				}
			}
			v := queues[i][0]
			queues[i] = queues[i][1:]
			return v, true, nil
		})
	}
	return python.NewTuple(out...), nil
}
