package stdlib

import (
	"math"
	"math/cmplx"

	"colloquy/engine/python"
	"colloquy/engine/python/elementary"
)

// complexArg returns a number as a complex one.
func complexArg(th *python.Thread, v python.Value) (complex128, error) {
	if z, ok := python.Unwrap(v).(python.Complex); ok {
		return complex128(z), nil
	}
	if _, ok := v.Class().Lookup("__complex__"); ok {
		r, err := th.CallMethod(v, "__complex__")
		if err != nil {
			return 0, err
		}
		if z, ok := python.Unwrap(r).(python.Complex); ok {
			return complex128(z), nil
		}
	}
	f, err := realOf(th, v)
	return complex(f, 0), err
}

func phase(z complex128) float64 { return elementary.Atan2(imag(z), real(z)) }

func modulus(z complex128) float64 { return norm([]float64{real(z), imag(z)}) }

func onCircle(r, angle float64) complex128 {
	if angle == 0 {
		return complex(r, r*angle)
	}
	return complex(r*elementary.Cos(angle), r*elementary.Sin(angle))
}

func complexLog(z complex128) complex128 {
	r := modulus(z)
	if r > 0.71 && r < 1.73 { // near the unit circle the logarithm is small
		x, y := math.Max(math.Abs(real(z)), math.Abs(imag(z))), math.Min(math.Abs(real(z)), math.Abs(imag(z)))
		return complex(math.Log1p((x-1)*(x+1)+y*y)/2, phase(z))
	}
	return complex(elementary.Log(r), phase(z))
}

// complex1 are the functions of one complex number that give another.
var complex1 = map[string]func(z complex128) complex128{
	"sqrt": complexRoot, "log": complexLog, "log10": func(z complex128) complex128 { return complexLog(z) / complex(math.Ln10, 0) },
	"exp": func(z complex128) complex128 { return onCircle(elementary.Exp(real(z)), imag(z)) },
	"sin": cmplx.Sin, "cos": cmplx.Cos, "tan": cmplx.Tan, "asin": cmplx.Asin, "acos": cmplx.Acos, "atan": cmplx.Atan,
	"sinh": cmplx.Sinh, "cosh": cmplx.Cosh, "tanh": cmplx.Tanh, "asinh": cmplx.Asinh, "acosh": cmplx.Acosh, "atanh": cmplx.Atanh,
}

// complexRoot is the root in the right half of the plane.
func complexRoot(z complex128) complex128 {
	x, y := real(z), imag(z)
	if cmplx.IsNaN(z) || cmplx.IsInf(z) || x == 0 && y == 0 {
		return cmplx.Sqrt(z)
	}
	a := math.Abs(x) / 8
	s := 2 * math.Sqrt(a+norm([]float64{a, math.Abs(y) / 8}))
	d := math.Abs(y) / (2 * s)
	if x >= 0 {
		return complex(s, math.Copysign(d, y))
	}
	return complex(d, math.Copysign(s, y))
}

func complexTest(name string, is func(z complex128) bool) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly("cmath."+name, 1); err != nil {
			return nil, err
		}
		z, err := complexArg(th, a.Pos[0])
		return python.Bool(is(z)), err
	}
}

func fillCmath(_ *builder, ns *python.Namespace) error {
	for name, x := range map[string]python.Value{"pi": python.Float(math.Pi), "e": python.Float(math.E), "tau": python.Float(2 * math.Pi),
		"inf": python.Float(math.Inf(1)), "nan": python.Float(math.NaN()), "infj": python.Complex(complex(0, math.Inf(1))),
		"nanj": python.Complex(complex(0, math.NaN()))} {
		ns.Set(name, x)
	}
	for name, fn := range complex1 {
		ns.Set(name, python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			most := 1
			if name == "log" {
				most = 2
			}
			if err := a.Between(name, 1, most); err != nil {
				return nil, err
			}
			z, err := complexArg(th, a.Pos[0])
			if err != nil {
				return nil, err
			}
			r, err := complexChecked(name, fn, z)
			if err != nil || len(a.Pos) == 1 {
				return python.Complex(r), err
			}
			base, err := complexArg(th, a.Pos[1])
			if err != nil {
				return nil, err
			}
			below, err := complexChecked(name, fn, base)
			if err != nil {
				return nil, err
			}
			if below == 0 {
				return nil, errDomain()
			}
			return python.Complex(r / below), nil
		}))
	}
	functions(ns, map[string]python.BuiltinFunc{
		"isnan": complexTest("isnan", func(z complex128) bool { return math.IsNaN(real(z)) || math.IsNaN(imag(z)) }), "isinf": complexTest("isinf", cmplx.IsInf),
		"isfinite": complexTest("isfinite", func(z complex128) bool {
			return !cmplx.IsInf(z) && !math.IsNaN(real(z)) && !math.IsNaN(imag(z))
		}),
		"phase": complexPhase, "polar": complexPolar, "rect": complexRect, "isclose": complexClose,
	})
	return nil
}

// complexChecked applies the rules of cmath to a result.
func complexChecked(name string, fn func(z complex128) complex128, z complex128) (complex128, error) {
	if z == 0 && (name == "log" || name == "log10") || name == "atanh" && (z == 1 || z == -1) {
		return 0, errDomain()
	}
	r := fn(z)
	if cmplx.IsInf(r) && !cmplx.IsInf(z) && !cmplx.IsNaN(z) {
		return 0, errRange()
	}
	return r, nil
}

func complexPhase(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("cmath.phase", 1); err != nil {
		return nil, err
	}
	z, err := complexArg(th, a.Pos[0])
	return python.Float(phase(z)), err
}

func complexPolar(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("cmath.polar", 1); err != nil {
		return nil, err
	}
	z, err := complexArg(th, a.Pos[0])
	return python.NewTuple(python.Float(modulus(z)), python.Float(phase(z))), err
}

func complexRect(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("rect", 2); err != nil {
		return nil, err
	}
	r, err := realOf(th, a.Pos[0])
	if err != nil {
		return nil, err
	}
	angle, err := realOf(th, a.Pos[1])
	return python.Complex(onCircle(r, angle)), err
}

func complexClose(th *python.Thread, a *python.Args) (python.Value, error) {
	var va, vb python.Value
	rel, abs := 1e-9, 0.0
	if err := a.Unpack("isclose", "a", &va, "b", &vb, "*", nil, "rel_tol?", &rel, "abs_tol?", &abs); err != nil {
		return nil, err
	}
	if rel < 0 || abs < 0 {
		return nil, python.Errorf(python.ValueError, "tolerances must be non-negative")
	}
	x, err := complexArg(th, va)
	if err != nil {
		return nil, err
	}
	y, err := complexArg(th, vb)
	switch {
	case err != nil:
		return nil, err
	case x == y:
		return python.True, nil
	case cmplx.IsInf(x) || cmplx.IsInf(y):
		return python.False, nil
	}
	diff := modulus(x - y)
	return python.Bool(diff <= rel*modulus(y) || diff <= rel*modulus(x) || diff <= abs), nil
}
