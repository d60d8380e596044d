package stdlib

import (
	"math"
	"math/big"

	"colloquy/engine/python"
	"colloquy/engine/python/elementary"
	"colloquy/engine/python/syntax"
)

// realOf returns v as a float, by way of __float__ if it has one.
func realOf(th *python.Thread, v python.Value) (float64, error) {
	if f, ok := python.FloatOf(v); ok {
		if math.IsInf(f, 0) && !isFloat(v) {
			return 0, python.Errorf(python.OverflowError, "int too large to convert to float")
		}
		return f, nil
	}
	if _, ok := v.Class().Lookup("__float__"); !ok {
		if _, ok := v.Class().Lookup("__index__"); ok {
			n, err := integerOf(th, v)
			if err != nil {
				return 0, err
			}
			return realOf(th, python.NewInt(n))
		}
		return 0, python.Errorf(python.TypeError, "must be real number, not %s", v.Class().Name())
	}
	r, err := th.CallMethod(v, "__float__")
	if err != nil {
		return 0, err
	}
	f, ok := python.FloatOf(r)
	if !ok {
		return 0, python.Errorf(python.TypeError, "%s.__float__ returned non-float (type %s)", v.Class().Name(), r.Class().Name())
	}
	return f, nil
}

func isFloat(v python.Value) bool {
	_, ok := python.Unwrap(v).(python.Float)
	return ok
}

// integerOf returns v as an int of any size.
func integerOf(th *python.Thread, v python.Value) (*big.Int, error) {
	if n, ok := python.BigOf(v); ok {
		return n, nil
	}
	v, err := th.Index(v)
	if err != nil {
		return nil, err
	}
	n, _ := python.BigOf(v)
	return n, nil
}

func errDomain() error { return python.Errorf(python.ValueError, "math domain error") }

func errRange() error { return python.Errorf(python.OverflowError, "math range error") }

// checked applies the rules of math to a result: nan out of numbers is a domain
// error, infinity out of finite ones a range error.
func checked(r float64, args ...float64) (python.Value, error) {
	finite := true
	for _, x := range args {
		if math.IsNaN(x) {
			return python.Float(r), nil
		}
		finite = finite && !math.IsInf(x, 0)
	}
	if math.IsNaN(r) {
		return nil, errDomain()
	}
	if math.IsInf(r, 0) && finite {
		return nil, errRange()
	}
	return python.Float(r), nil
}

// real1 are the functions of one float.
var real1 = map[string]func(x float64) float64{
	"sqrt": math.Sqrt, "exp": elementary.Exp, "exp2": elementary.Exp2, "expm1": math.Expm1, "sin": elementary.Sin, "cos": elementary.Cos, "tan": elementary.Tan,
	"asin": elementary.Asin, "acos": elementary.Acos, "atan": elementary.Atan, "sinh": elementary.Sinh, "cosh": elementary.Cosh, "tanh": elementary.Tanh,
	"asinh": elementary.Asinh, "acosh": elementary.Acosh, "atanh": math.Atanh, "fabs": math.Abs, "cbrt": elementary.Cbrt, "erf": math.Erf,
	"erfc": math.Erfc, "gamma": math.Gamma, "lgamma": func(x float64) float64 { l, _ := math.Lgamma(x); return l },
	"degrees": func(x float64) float64 { return x * (180 / math.Pi) }, "radians": func(x float64) float64 { return x * (math.Pi / 180) },
}

// real2 are the functions of two floats.
var real2 = map[string]func(x, y float64) float64{
	"fmod": math.Mod, "atan2": elementary.Atan2, "copysign": math.Copysign, "pow": elementary.Pow, "remainder": math.Remainder,
}

// poles are where a function of one float has no value but infinity.
var poles = map[string]func(x float64) bool{
	"atanh": func(x float64) bool { return x == 1 || x == -1 },
	"gamma": func(x float64) bool { return x <= 0 && x == math.Trunc(x) }, "lgamma": func(x float64) bool { return x <= 0 && x == math.Trunc(x) },
}

func fillMath(_ *builder, ns *python.Namespace) error {
	for name, x := range map[string]float64{"pi": math.Pi, "e": math.E, "tau": 2 * math.Pi, "inf": math.Inf(1), "nan": math.NaN()} {
		ns.Set(name, python.Float(x))
	}
	for name, fn := range real1 {
		ns.Set(name, python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("math."+name, 1); err != nil {
				return nil, err
			}
			x, err := realOf(th, a.Pos[0])
			if err != nil {
				return nil, err
			}
			if pole := poles[name]; pole != nil && pole(x) {
				return nil, errDomain()
			}
			return checked(fn(x), x)
		}))
	}
	for name, fn := range real2 {
		ns.Set(name, python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 2); err != nil {
				return nil, err
			}
			x, err := realOf(th, a.Pos[0])
			if err != nil {
				return nil, err
			}
			y, err := realOf(th, a.Pos[1])
			if err != nil {
				return nil, err
			}
			if name == "pow" && x == 0 && y < 0 {
				return nil, errDomain()
			}
			return checked(fn(x, y), x, y)
		}))
	}
	functions(ns, map[string]python.BuiltinFunc{
		"floor": rounding("floor", math.Floor), "ceil": rounding("ceil", math.Ceil), "trunc": rounding("trunc", math.Trunc),
		"isnan": realTest("isnan", math.IsNaN), "isinf": realTest("isinf", func(x float64) bool { return math.IsInf(x, 0) }),
		"isfinite": realTest("isfinite", func(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }),
		"log":      logarithm, "log2": fixedLog("log2", elementary.Log2), "log10": fixedLog("log10", elementary.Log10), "log1p": fixedLog("log1p", math.Log1p),
		"hypot": hypot, "dist": distance, "fsum": exactSum, "prod": product, "isclose": isClose,
		"modf": modf, "frexp": frexp, "ldexp": ldexp, "nextafter": nextAfter, "ulp": unitInLastPlace, "sumprod": sumProduct,
		"factorial": factorial, "gcd": gcd, "lcm": lcm, "comb": combinationsOf, "perm": permutationsOf, "isqrt": integerRoot,
	})
	return nil
}

// rounding makes floor, ceil and trunc: to an int.
func rounding(name string, fn func(float64) float64) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly("math."+name, 1); err != nil {
			return nil, err
		}
		v := a.Pos[0]
		if n, ok := python.BigOf(v); ok {
			return python.NewInt(n), nil
		}
		if _, ok := v.Class().Lookup("__" + name + "__"); ok && !isFloat(v) {
			return th.CallMethod(v, "__"+name+"__")
		}
		if name == "trunc" && !isFloat(v) {
			return nil, python.Errorf(python.TypeError, "type %s doesn't define __trunc__ method", v.Class().Name())
		}
		x, err := realOf(th, v)
		if err != nil {
			return nil, err
		}
		switch {
		case math.IsNaN(x):
			return nil, python.Errorf(python.ValueError, "cannot convert float NaN to integer")
		case math.IsInf(x, 0):
			return nil, python.Errorf(python.OverflowError, "cannot convert float infinity to integer")
		}
		n, _ := big.NewFloat(fn(x)).Int(nil)
		return python.NewInt(n), nil
	}
}

func realTest(name string, fn func(float64) bool) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly("math."+name, 1); err != nil {
			return nil, err
		}
		x, err := realOf(th, a.Pos[0])
		return python.Bool(fn(x)), err
	}
}

// logOf is the logarithm of numbers of any size.
func logOf(th *python.Thread, v python.Value, fn func(float64) float64, plus float64) (float64, error) {
	if n, ok := python.BigOf(v); ok && n.BitLen() > 1000 && n.Sign() > 0 {
		m := new(big.Float)
		shift := new(big.Float).SetInt(n).MantExp(m)
		f, _ := m.Float64()
		return fn(f) + fn(2)*float64(shift), nil
	}
	x, err := realOf(th, v)
	if err != nil {
		return 0, err
	}
	if x+plus <= 0 {
		return 0, errDomain()
	}
	return fn(x), nil
}

func fixedLog(name string, fn func(float64) float64) python.BuiltinFunc {
	plus := 0.0
	if name == "log1p" {
		plus = 1
	}
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly("math."+name, 1); err != nil {
			return nil, err
		}
		x, err := logOf(th, a.Pos[0], fn, plus)
		return python.Float(x), err
	}
}

func logarithm(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Between("log", 1, 2); err != nil {
		return nil, err
	}
	x, err := logOf(th, a.Pos[0], elementary.Log, 0)
	if err != nil || len(a.Pos) == 1 {
		return python.Float(x), err
	}
	y, err := logOf(th, a.Pos[1], elementary.Log, 0)
	if err != nil {
		return nil, err
	}
	if y == 0 {
		return nil, python.Errorf(python.ZeroDivisionError, "float division by zero")
	}
	return python.Float(x / y), nil
}

func reals(th *python.Thread, vs []python.Value) ([]float64, error) {
	out := make([]float64, len(vs))
	for i, v := range vs {
		x, err := realOf(th, v)
		if err != nil {
			return nil, err
		}
		out[i] = x
	}
	return out, nil
}

func hypot(th *python.Thread, a *python.Args) (python.Value, error) {
	xs, err := reals(th, a.Pos)
	if err != nil {
		return nil, err
	}
	return python.Float(norm(xs)), nil
}

// norm is the root of the sum of squares, rounded once.
func norm(xs []float64) float64 {
	top := 0.0
	for _, x := range xs {
		if math.IsInf(x, 0) {
			return math.Inf(1)
		}
		if math.IsNaN(x) {
			top = x
		}
		top = max(top, math.Abs(x))
	}
	if math.IsNaN(top) || top == 0 {
		return top
	}
	sum := new(big.Float).SetPrec(2200)
	for _, x := range xs {
		b := new(big.Float).SetPrec(2200).SetFloat64(x)
		sum.Add(sum, b.Mul(b, b))
	}
	f, _ := new(big.Float).SetPrec(200).Sqrt(sum).Float64()
	return f
}

func distance(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("dist", 2); err != nil {
		return nil, err
	}
	var points [2][]float64
	for i, p := range a.Pos {
		vs, err := th.Elems(p)
		if err != nil {
			return nil, err
		}
		if points[i], err = reals(th, vs); err != nil {
			return nil, err
		}
	}
	if len(points[0]) != len(points[1]) {
		return nil, python.Errorf(python.ValueError, "both points must have the same number of dimensions")
	}
	for i := range points[0] {
		points[0][i] -= points[1][i]
	}
	return python.Float(norm(points[0])), nil
}

// exactSum is fsum: the exact sum, rounded once.
func exactSum(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("math.fsum", 1); err != nil {
		return nil, err
	}
	sum, special := new(big.Rat), 0.0
	err := th.Each(a.Pos[0], func(v python.Value) error {
		x, err := realOf(th, v)
		if err != nil {
			return err
		}
		if math.IsInf(x, 0) || math.IsNaN(x) {
			special += x
			return nil
		}
		sum.Add(sum, new(big.Rat).SetFloat64(x))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if special != 0 {
		return python.Float(special), nil
	}
	f, _ := sum.Float64()
	if math.IsInf(f, 0) {
		return nil, python.Errorf(python.OverflowError, "intermediate overflow in fsum")
	}
	return python.Float(f), nil
}

func product(th *python.Thread, a *python.Args) (python.Value, error) {
	var src python.Value
	var out python.Value = python.Int(1)
	if err := a.Unpack("prod", "/iterable", &src, "*", nil, "start?", &out); err != nil {
		return nil, err
	}
	err := th.Each(src, func(v python.Value) (err error) {
		out, err = th.Binary(syntax.Mult, out, v)
		return err
	})
	return out, err
}

func sumProduct(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("sumprod", 2); err != nil {
		return nil, err
	}
	p, err := th.Elems(a.Pos[0])
	if err != nil {
		return nil, err
	}
	q, err := th.Elems(a.Pos[1])
	if err != nil {
		return nil, err
	}
	if len(p) != len(q) {
		return nil, python.Errorf(python.ValueError, "Inputs are not the same length")
	}
	var sum python.Value = python.Int(0)
	for i := range p {
		x, err := th.Binary(syntax.Mult, p[i], q[i])
		if err != nil {
			return nil, err
		}
		if sum, err = th.Binary(syntax.Add, sum, x); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

func isClose(th *python.Thread, a *python.Args) (python.Value, error) {
	var av, bv python.Value
	rel, abs := 1e-9, 0.0
	if err := a.Unpack("isclose", "a", &av, "b", &bv, "*", nil, "rel_tol?", &rel, "abs_tol?", &abs); err != nil {
		return nil, err
	}
	if rel < 0 || abs < 0 {
		return nil, python.Errorf(python.ValueError, "tolerances must be non-negative")
	}
	xs, err := reals(th, []python.Value{av, bv})
	if err != nil {
		return nil, err
	}
	x, y := xs[0], xs[1]
	switch {
	case x == y:
		return python.True, nil
	case math.IsInf(x, 0) || math.IsInf(y, 0):
		return python.False, nil
	}
	diff := math.Abs(y - x)
	return python.Bool(diff <= math.Abs(rel*y) || diff <= math.Abs(rel*x) || diff <= abs), nil
}

func modf(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("math.modf", 1); err != nil {
		return nil, err
	}
	x, err := realOf(th, a.Pos[0])
	if err != nil {
		return nil, err
	}
	if math.IsInf(x, 0) {
		return python.NewTuple(python.Float(math.Copysign(0, x)), python.Float(x)), nil
	}
	whole, frac := math.Modf(x)
	return python.NewTuple(python.Float(math.Copysign(frac, x)), python.Float(whole)), nil
}

func frexp(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("math.frexp", 1); err != nil {
		return nil, err
	}
	x, err := realOf(th, a.Pos[0])
	if err != nil {
		return nil, err
	}
	frac, exp := math.Frexp(x)
	return python.NewTuple(python.Float(frac), python.Int(exp)), nil
}

func ldexp(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("ldexp", 2); err != nil {
		return nil, err
	}
	x, err := realOf(th, a.Pos[0])
	if err != nil {
		return nil, err
	}
	n, err := integerOf(th, a.Pos[1])
	if err != nil {
		return nil, err
	}
	exp := 100000
	if n.IsInt64() && n.Int64() < 100000 {
		exp = int(max(n.Int64(), -100000))
	}
	return checked(math.Ldexp(x, exp), x)
}

// nextAfter returns the float that many steps from x towards y.
func nextAfter(th *python.Thread, a *python.Args) (python.Value, error) {
	var vx, vy, steps python.Value
	if err := a.Unpack("nextafter", "/x", &vx, "/y", &vy, "*", nil, "steps?", &steps); err != nil {
		return nil, err
	}
	x, err := realOf(th, vx)
	if err != nil {
		return nil, err
	}
	y, err := realOf(th, vy)
	if err != nil {
		return nil, err
	}
	n := int64(1)
	if !isNone(steps) {
		if n, err = smallArg(th, steps, math.MaxInt64, "steps must be a non-negative integer"); err != nil {
			return nil, err
		}
	}
	if math.IsNaN(x) || math.IsNaN(y) {
		return python.Float(math.NaN()), nil
	}
	from, to := place(x), place(y)
	switch {
	case n == 0:
		return python.Float(x), nil
	case from == to:
		return python.Float(y), nil
	case from < to && (to-from < 0 || n < to-from):
		return python.Float(atPlace(from + n)), nil
	case from > to && (from-to < 0 || n < from-to):
		return python.Float(atPlace(from - n)), nil
	}
	return python.Float(y), nil
}

// place numbers the floats in their order; zeros are one.
func place(x float64) int64 {
	b := int64(math.Float64bits(math.Abs(x)))
	if x < 0 {
		return -b
	}
	return b
}

func atPlace(n int64) float64 {
	if n < 0 {
		return -math.Float64frombits(uint64(-n))
	}
	return math.Float64frombits(uint64(n))
}

// unitInLastPlace is what the last bit of a float is worth.
func unitInLastPlace(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("math.ulp", 1); err != nil {
		return nil, err
	}
	x, err := realOf(th, a.Pos[0])
	if err != nil {
		return nil, err
	}
	x = math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return python.Float(x), nil
	case x == math.MaxFloat64:
		return python.Float(x - math.Nextafter(x, 0)), nil
	}
	return python.Float(math.Nextafter(x, math.Inf(1)) - x), nil
}
