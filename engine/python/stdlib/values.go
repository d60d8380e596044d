package stdlib

import (
	"math/big"

	"colloquy/engine/python"
)

// derived returns v itself for the class it was made for, or an instance of a
// class derived from it that carries v.
func derived(cls, base *python.Class, v python.Value) python.Value {
	if cls == base {
		return v
	}
	i := python.NewInstance(cls)
	i.Native = v
	return i
}

// isNone reports whether v is None or was not given.
func isNone(v python.Value) bool { return v == nil || v == python.Value(python.None) }

// orNone returns v, or None if it is nil.
func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}

func str(s string) python.Value { return python.NewStr(s) }

// like returns s, marked as from outside if from is.
func like(s string, from *python.Str) *python.Str {
	if from.HasOutside() {
		return python.Outside(s)
	}
	return python.NewStr(s)
}

// text returns the str in v.
func text(v python.Value) (*python.Str, bool) {
	s, ok := python.Unwrap(v).(*python.Str)
	return s, ok
}

func ints(ns ...int64) *python.Tuple {
	vs := make([]python.Value, len(ns))
	for i, n := range ns {
		vs[i] = python.Int(n)
	}
	return python.NewTuple(vs...)
}

// readInts returns the ints of a stored tuple of n or more elements.
func readInts(data python.Value, n int) ([]int64, error) {
	t, ok := data.(*python.Tuple)
	if !ok || len(t.Elems) < n {
		return nil, errStored
	}
	out := make([]int64, n)
	for i := range out {
		if out[i], ok = python.IntOf(t.Elems[i]); !ok {
			return nil, errStored
		}
	}
	return out, nil
}

// comparison answers the six comparisons from one function: it returns whether
// a is less than (-1), equal to (0) or greater than (1) b; ok is false if they
// cannot be compared.
type comparison func(th *python.Thread, a, b python.Value) (c int, ok bool, err error)

func ordered(compare comparison) []python.Member {
	member := func(name string, holds func(c int) bool) python.Member {
		return python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			c, ok, err := compare(th, a.Self, a.Pos[0])
			if err != nil {
				return nil, err
			}
			if !ok {
				return python.NotImplemented, nil
			}
			return python.Bool(holds(c)), nil
		})
	}
	return []python.Member{
		member("__lt__", func(c int) bool { return c < 0 }), member("__le__", func(c int) bool { return c <= 0 }),
		member("__gt__", func(c int) bool { return c > 0 }), member("__ge__", func(c int) bool { return c >= 0 }),
	}
}

// unary is a method without arguments.
func unary(name string, fn func(th *python.Thread, self python.Value) (python.Value, error)) python.Member {
	return python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly(name, 0); err != nil {
			return nil, err
		}
		return fn(th, a.Self)
	})
}

// binary is a method with one argument.
func binary(name string, fn func(th *python.Thread, self, other python.Value) (python.Value, error)) python.Member {
	return python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		return fn(th, a.Self, a.Pos[0])
	})
}

// getter is a read-only attribute.
func getter(name string, get func(self python.Value) python.Value) python.Member {
	return python.Getter(name, func(_ *python.Thread, v python.Value) (python.Value, error) { return get(v), nil }, nil)
}

// field is a read-only attribute that CPython has as a plain field.
func field(name string, get func(self python.Value) python.Value) python.Member {
	return python.Field(name, func(_ *python.Thread, v python.Value) (python.Value, error) { return get(v), nil })
}

func sign64(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// floorDiv divides rounding down; b is positive.
func floorDiv(a, b int64) (q, r int64) {
	q, r = a/b, a%b
	if r < 0 {
		q, r = q-1, r+b
	}
	return q, r
}

// roundHalfEven divides rounding to the nearest, halves to even.
func roundHalfEven(a, b *big.Int) *big.Int {
	if b.Sign() < 0 {
		a, b = new(big.Int).Neg(a), new(big.Int).Neg(b)
	}
	q, r := new(big.Int).DivMod(a, b, new(big.Int))
	switch c := r.Lsh(r, 1).Cmp(b); {
	case c > 0, c == 0 && q.Bit(0) == 1:
		q.Add(q, big.NewInt(1))
	}
	return q
}
