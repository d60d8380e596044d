package stdlib

import (
	"math/big"

	"colloquy/engine/python"
)

func integers(th *python.Thread, vs []python.Value) ([]*big.Int, error) {
	out := make([]*big.Int, len(vs))
	for i, v := range vs {
		n, err := integerOf(th, v)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

// smallArg returns an int argument that is not negative and at most limit.
func smallArg(th *python.Thread, v python.Value, limit int64, negative string) (int64, error) {
	n, err := integerOf(th, v)
	switch {
	case err != nil:
		return 0, err
	case n.Sign() < 0:
		return 0, python.Errorf(python.ValueError, "%s", negative)
	case !n.IsInt64() || n.Int64() > limit:
		return 0, python.Errorf(python.OverflowError, "argument should not exceed %d", limit)
	}
	return n.Int64(), nil
}

// maxFactorial bounds numbers whose factorial, or like products, are computed.
const maxFactorial = 20000

func factorial(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("math.factorial", 1); err != nil {
		return nil, err
	}
	n, err := smallArg(th, a.Pos[0], maxFactorial, "factorial() not defined for negative values")
	if err != nil {
		return nil, err
	}
	if err := th.Ticks(int(n)); err != nil {
		return nil, err
	}
	return python.NewInt(new(big.Int).MulRange(1, n)), nil
}

// square uses the steps that an operation on big numbers takes whose time
// grows with the square of their length.
func square(th *python.Thread, ns ...*big.Int) error {
	words := 0
	for _, n := range ns {
		words = max(words, len(n.Bits()))
	}
	return th.Ticks(words * words / 8)
}

func gcd(th *python.Thread, a *python.Args) (python.Value, error) {
	ns, err := integers(th, a.Pos)
	if err != nil {
		return nil, err
	}
	out := new(big.Int)
	for _, n := range ns {
		if err := square(th, out, n); err != nil {
			return nil, err
		}
		out.GCD(nil, nil, out, n.Abs(n))
	}
	return python.NewInt(out), nil
}

func lcm(th *python.Thread, a *python.Args) (python.Value, error) {
	ns, err := integers(th, a.Pos)
	if err != nil {
		return nil, err
	}
	out := big.NewInt(1)
	for _, n := range ns {
		if n.Sign() == 0 {
			return python.Int(0), nil
		}
		if err := square(th, out, n); err != nil {
			return nil, err
		}
		g := new(big.Int).GCD(nil, nil, out, n.Abs(n))
		out.Mul(out, n.Quo(n, g))
	}
	return python.NewInt(out), nil
}

func combinationsOf(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("comb", 2); err != nil {
		return nil, err
	}
	return fallingProduct(th, a.Pos[0], a.Pos[1], true)
}

func permutationsOf(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Between("perm", 1, 2); err != nil {
		return nil, err
	}
	if len(a.Pos) == 1 || isNone(a.Pos[1]) {
		return factorial(th, &python.Args{Pos: a.Pos[:1]})
	}
	return fallingProduct(th, a.Pos[0], a.Pos[1], false)
}

// fallingProduct is n*(n-1)*... with k factors, divided by k! if unordered.
func fallingProduct(th *python.Thread, nv, kv python.Value, unordered bool) (python.Value, error) {
	ns, err := integers(th, []python.Value{nv, kv})
	if err != nil {
		return nil, err
	}
	n, k := ns[0], ns[1]
	switch {
	case n.Sign() < 0:
		return nil, python.Errorf(python.ValueError, "n must be a non-negative integer")
	case k.Sign() < 0:
		return nil, python.Errorf(python.ValueError, "k must be a non-negative integer")
	case k.Cmp(n) > 0:
		return python.Int(0), nil
	}
	if rest := new(big.Int).Sub(n, k); unordered && rest.Cmp(k) < 0 {
		k = rest
	}
	if !k.IsInt64() || k.Int64() > maxFactorial {
		return nil, python.Errorf(python.OverflowError, "k must not exceed %d", maxFactorial)
	}
	out, count := big.NewInt(1), k.Int64()
	if err := th.Ticks(int(count)); err != nil {
		return nil, err
	}
	for i := range count {
		out.Mul(out, new(big.Int).Sub(n, big.NewInt(i)))
		if unordered {
			out.Quo(out, big.NewInt(i+1))
		}
	}
	return python.NewInt(out), nil
}

func integerRoot(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("math.isqrt", 1); err != nil {
		return nil, err
	}
	n, err := integerOf(th, a.Pos[0])
	if err != nil {
		return nil, err
	}
	if n.Sign() < 0 {
		return nil, python.Errorf(python.ValueError, "isqrt() argument must be nonnegative")
	}
	if err := square(th, n); err != nil {
		return nil, err
	}
	return python.NewInt(n.Sqrt(n)), nil
}
