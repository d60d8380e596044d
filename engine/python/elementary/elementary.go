// Package elementary has the elementary functions over float64, rounded as good
// C libraries round them: to the nearest float but for a few results in a
// thousand million. Those of package math are off by a unit in the last place
// more often, which shows where all digits of a float are printed.
//
// It computes with pairs of floats and hands special values to package math.
// What a function that fails raises is left to its callers.
package elementary

import "math"

// A pair is the unevaluated sum of two floats, the second much smaller: a
// number of some 105 bits.
type pair struct{ hi, lo float64 }

// sum returns a + b exactly.
func sum(a, b float64) pair {
	s := a + b
	t := s - a
	return pair{s, (a - (s - t)) + (b - t)}
}

// quickSum is sum for |a| >= |b|.
func quickSum(a, b float64) pair {
	s := a + b
	return pair{s, b - (s - a)}
}

// product returns a * b exactly.
func product(a, b float64) pair {
	p := a * b
	return pair{p, math.FMA(a, b, -p)}
}

func (a pair) add(b pair) pair {
	s, t := sum(a.hi, b.hi), sum(a.lo, b.lo)
	s = quickSum(s.hi, s.lo+t.hi)
	return quickSum(s.hi, s.lo+t.lo)
}

func (a pair) addFloat(b float64) pair {
	s := sum(a.hi, b)
	return quickSum(s.hi, s.lo+a.lo)
}

func (a pair) neg() pair { return pair{-a.hi, -a.lo} }

func (a pair) sub(b pair) pair { return a.add(b.neg()) }

func (a pair) mul(b pair) pair {
	p := product(a.hi, b.hi)
	return quickSum(p.hi, p.lo+(a.hi*b.lo+a.lo*b.hi))
}

func (a pair) mulFloat(b float64) pair {
	p := product(a.hi, b)
	return quickSum(p.hi, p.lo+a.lo*b)
}

func (a pair) div(b pair) pair {
	q := a.hi / b.hi
	r := a.sub(b.mulFloat(q))
	q2 := r.hi / b.hi
	r = r.sub(b.mulFloat(q2))
	return quickSum(q, q2).addFloat(r.hi / b.hi)
}

// scaled returns a * 2**n.
func (a pair) scaled(n int) pair { return pair{math.Ldexp(a.hi, n), math.Ldexp(a.lo, n)} }

func (a pair) float() float64 { return a.hi + a.lo }

func (a pair) half() pair { return pair{a.hi / 2, a.lo / 2} }

var (
	one = pair{1, 0}
	ln2 = pair{0.6931471805599453, 2.3190468138462996e-17}
)

// inverse factorials from 1/2! on.
var inverses = func() []pair {
	out := []pair{}
	f := one
	for n := 2.0; n <= 27; n++ {
		f = f.div(pair{n, 0})
		out = append(out, f)
	}
	return out
}()

// inverse returns 1/n! for n >= 2.
func inverse(n int) pair { return inverses[n-2] }

// expm1 returns e**x - 1 for |x| < 0.4.
func expm1(x pair) pair {
	const halvings, terms = 6, 13
	r := x.scaled(-halvings)
	s := inverse(terms)
	for n := terms - 1; n >= 2; n-- {
		s = s.mul(r).add(inverse(n))
	}
	s = s.mul(r).mul(r).add(r)
	for range halvings {
		s = s.add(s).add(s.mul(s))
	}
	return s
}

// exp returns e**x as a pair and a power of two that goes with it.
func exp(x pair) (pair, int) {
	k := math.Round(x.hi / ln2.hi)
	return expm1(x.sub(ln2.mulFloat(k))).addFloat(1), int(k)
}

// log returns the natural logarithm of a positive number.
func log(x pair) pair {
	if math.Abs(x.hi-1) < 0.05 {
		s := x.sub(one).div(x.add(one))
		square := s.mul(s)
		t := pair{}
		for n := 25.0; n >= 1; n -= 2 {
			t = t.mul(square).add(one.div(pair{n, 0}))
		}
		return t.mul(s).scaled(1)
	}
	_, e := math.Frexp(x.hi)
	m := x.scaled(-e)
	guess := math.Log(m.hi)
	p, k := exp(pair{-guess, 0})
	d := m.mul(p.scaled(k)).addFloat(-1) // what the guess lacks
	d = d.sub(d.mul(d).half())
	return d.addFloat(guess).add(ln2.mulFloat(float64(e)))
}

func special(x float64) bool { return x == 0 || math.IsNaN(x) || math.IsInf(x, 0) }

// Exp returns e**x.
func Exp(x float64) float64 {
	if special(x) || x > 709.8 || x < -745.2 {
		return math.Exp(x)
	}
	p, k := exp(pair{x, 0})
	return math.Ldexp(p.float(), k)
}

// Exp2 returns 2**x.
func Exp2(x float64) float64 {
	if special(x) || math.Abs(x) > 1023 || x == math.Trunc(x) {
		return math.Exp2(x)
	}
	p, k := exp(ln2.mulFloat(x))
	return math.Ldexp(p.float(), k)
}

// Log returns the natural logarithm.
func Log(x float64) float64 {
	if special(x) || x < 0 {
		return math.Log(x)
	}
	return log(pair{x, 0}).float()
}

// Log10 returns the logarithm to base 10, as C libraries compute it: not
// always the nearest float.
func Log10(x float64) float64 {
	if special(x) || x < 0 {
		return math.Log10(x)
	}
	const perLn, log2Hi, log2Lo = 4.34294481903251816668e-01, 3.01029995663611771306e-01, 3.69423907715893078616e-13
	m, k := math.Frexp(x)
	m, k = 2*m, k-1
	if k < 0 {
		m, k = m/2, k+1
	}
	lo := float64(k) * log2Lo
	hi := float64(perLn * Log(m))
	return float64(lo+hi) + float64(float64(k)*log2Hi)
}

// Log2 returns the logarithm to base 2.
func Log2(x float64) float64 {
	if special(x) || x < 0 {
		return math.Log2(x)
	}
	m, e := math.Frexp(x)
	if m == 0.5 {
		return float64(e - 1)
	}
	return log(pair{x, 0}).div(ln2).float()
}

// Pow returns x**y.
func Pow(x, y float64) float64 {
	if special(x) || special(y) || x == 1 || x < 0 && y != math.Trunc(y) || math.Abs(y) > 1e18 {
		return math.Pow(x, y)
	}
	if y == 1 {
		return x
	}
	if n := int(y); y == float64(n) && -1000 <= n && n <= 1000 && math.Abs(y*math.Log2(math.Abs(x))) < 1000 {
		return whole(x, n)
	}
	t := log(pair{math.Abs(x), 0}).mulFloat(y)
	var r float64
	switch {
	case t.hi > 710:
		r = math.Inf(1)
	case t.hi < -746:
		r = 0
	default:
		p, k := exp(t)
		r = math.Ldexp(p.float(), k)
	}
	if x < 0 && math.Mod(y, 2) != 0 {
		return -r
	}
	return r
}

// whole returns x**n where neither the power nor any on the way is too large or
// too small for a float.
func whole(x float64, n int) float64 {
	out, square := one, pair{x, 0}
	for k := max(n, -n); k > 0; k >>= 1 {
		if k&1 == 1 {
			out = out.mul(square)
		}
		if k > 1 {
			square = square.mul(square)
		}
	}
	if n < 0 {
		out = one.div(out)
	}
	return out.float()
}

// Sinh is the hyperbolic sine.
func Sinh(x float64) float64 {
	size := math.Abs(x)
	if special(x) || size < 1e-8 || size > 22 {
		return math.Sinh(x)
	}
	h := math.Copysign(0.5, x)
	t := math.Expm1(size)
	if size < 1 {
		return h * (float64(2*t) - float64(t*t)/(t+1))
	}
	return h * (t + t/(t+1))
}

// Cosh is the hyperbolic cosine.
func Cosh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case special(x) || size > 22:
		return math.Cosh(x)
	case size < 0.5*math.Ln2:
		t := math.Expm1(size)
		return 1 + float64(t*t)/(float64(1+t)+float64(1+t))
	}
	t := Exp(size)
	return float64(0.5*t) + 0.5/t
}

// Tanh is the hyperbolic tangent.
func Tanh(x float64) float64 {
	size := math.Abs(x)
	var z float64
	switch {
	case special(x) || size > 22 || size < 1e-8:
		return math.Tanh(x)
	case size >= 1:
		z = 1 - 2/(math.Expm1(2*size)+2)
	default:
		t := math.Expm1(-2 * size)
		z = -t / (t + 2)
	}
	return math.Copysign(z, x)
}

// Asinh returns the number of a hyperbolic sine.
func Asinh(x float64) float64 {
	size := math.Abs(x)
	if special(x) || size < 1e-8 || size > 1<<28 {
		return math.Asinh(x)
	}
	if size > 2 {
		return math.Copysign(Log(float64(2*size)+1/(math.Sqrt(float64(size*size)+1)+size)), x)
	}
	t := float64(size * size)
	return math.Copysign(math.Log1p(size+t/(1+math.Sqrt(1+t))), x)
}

// Acosh returns the number of a hyperbolic cosine.
func Acosh(x float64) float64 {
	switch {
	case special(x) || x <= 1 || x > 1<<28:
		return math.Acosh(x)
	case x > 2:
		return Log(float64(2*x) - 1/(x+math.Sqrt(float64(x*x)-1)))
	}
	t := x - 1
	return math.Log1p(t + math.Sqrt(float64(2*t)+float64(t*t)))
}
