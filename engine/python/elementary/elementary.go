// Package elementary has powers, exponentials, logarithms, sines and cosines
// that are as good as correctly rounded: they are computed with twice the
// digits of a float64 and rounded once. The functions of package math are
// faster and differ in the last digit now and then, which a program that
// prints all digits shows.
//
// It leaves to others: which arguments are errors.
package elementary

import "math"

// double is an unevaluated sum of two floats, the second at most half a unit in
// the last place of the first.
type double struct{ hi, lo float64 }

func twoSum(a, b float64) double {
	s := a + b
	t := s - a
	return double{s, (a - (s - t)) + (b - t)}
}

func quickSum(a, b float64) double {
	s := a + b
	return double{s, b - (s - a)}
}

func twoProduct(a, b float64) double {
	p := a * b
	return double{p, math.FMA(a, b, -p)}
}

func (x double) add(y double) double {
	s := twoSum(x.hi, y.hi)
	t := twoSum(x.lo, y.lo)
	s = quickSum(s.hi, s.lo+t.hi)
	return quickSum(s.hi, s.lo+t.lo)
}

func (x double) times(y double) double {
	p := twoProduct(x.hi, y.hi)
	return quickSum(p.hi, p.lo+(float64(x.hi*y.lo)+float64(x.lo*y.hi)))
}

func (x double) scaled(f float64) double {
	p := twoProduct(x.hi, f)
	return quickSum(p.hi, p.lo+float64(x.lo*f))
}

func (x double) over(f float64) double {
	q := x.hi / f
	p := twoProduct(q, f)
	rest := (x.hi - p.hi) - p.lo + x.lo
	return quickSum(q, rest/f)
}

// ln2 in three parts, the first two short enough for exact products with an
// exponent.
const (
	ln2a = 0x1.62e42feep-1
	ln2b = 0x1.a39ef35793c76p-33
	ln2c = 0x1.cc01f97b57a08p-87
)

// expDouble is e to the x without its power of two.
func expDouble(x double) (r double, exponent int) {
	const halvings = 8
	k := math.Round(x.hi / math.Ln2)
	x = twoSum(x.hi-k*ln2a, x.lo)
	b := twoProduct(k, ln2b)
	x = x.add(double{-b.hi, -b.lo}).add(double{-k * ln2c, 0})
	x = double{math.Ldexp(x.hi, -halvings), math.Ldexp(x.lo, -halvings)}
	// e**x - 1, by its series, then doubled: (1+y)**2 - 1 = 2y + y*y
	sum, term := x, x
	for n := 2.0; n <= 12; n++ {
		term = term.times(x).over(n)
		sum = sum.add(term)
	}
	for range halvings {
		sum = sum.scaled(2).add(sum.times(sum))
	}
	return double{1, 0}.add(sum), int(k)
}

func (x double) rounded(exponent int) float64 { return math.Ldexp(x.hi+x.lo, exponent) }

// logDouble is the logarithm of a positive finite number.
func logDouble(x float64) double {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		e--
	}
	l := double{math.Log(m), 0}
	for range 2 { // Newton: l += m*e**-l - 1
		r, k := expDouble(double{-l.hi, -l.lo})
		r = double{math.Ldexp(r.hi, k), math.Ldexp(r.lo, k)}
		d := r.scaled(m).add(double{-1, 0})
		half := d.times(d).scaled(0.5)
		l = l.add(d.add(double{-half.hi, -half.lo}))
	}
	f := float64(e)
	b := twoProduct(f, ln2b)
	return double{f * ln2a, 0}.add(b).add(double{f * ln2c, 0}).add(l)
}

// Exp returns e to the x.
func Exp(x float64) float64 {
	if math.IsNaN(x) || math.Abs(x) > 800 || x == 0 {
		return math.Exp(x)
	}
	r, k := expDouble(double{x, 0})
	return r.rounded(k)
}

// Log returns the natural logarithm of x.
func Log(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) || x == 1 {
		return math.Log(x)
	}
	l := logDouble(x)
	return l.hi + l.lo
}

// Pow returns x to the y, with the special cases of math.Pow.
func Pow(x, y float64) float64 {
	a := math.Abs(x)
	whole := y == math.Trunc(y)
	if x == 0 || a == 1 || y == 0 || math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) || math.IsInf(y, 0) || x < 0 && !whole {
		return math.Pow(x, y)
	}
	sign := 1.0
	if x < 0 && math.Mod(y, 2) != 0 {
		sign = -1
	}
	if r := wholePower(a, y); r != 0 {
		return sign * r
	}
	l := logDouble(a).scaled(y)
	switch {
	case l.hi > 720:
		return sign * math.Inf(1)
	case l.hi < -760:
		return sign * 0
	}
	r, k := expDouble(l)
	return sign * r.rounded(k)
}

// wholePower multiplies: results that lie half-way between two floats are exact
// that way. It is 0 where it does not apply.
func wholePower(x, y float64) float64 {
	if y != math.Trunc(y) || y < 0 || y > 64 {
		return 0
	}
	r, b := double{1, 0}, double{x, 0}
	for n := int(y); n > 0; n >>= 1 {
		if n&1 == 1 {
			r = r.times(b)
		}
		if n > 1 {
			b = b.times(b)
		}
	}
	if math.IsNaN(r.lo) || r.hi > 1e300 || r.hi < 1e-250 {
		return 0
	}
	return r.hi + r.lo
}

// halfPi in four parts of at most 33 bits, for exact products.
var halfPi = [...]float64{0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2e0p-69, 0x1.b839a252049c1p-104}

// quarter takes multiples of a right angle off x; ok is false for angles too
// large to do that exactly.
func quarter(x float64) (r double, k int, ok bool) {
	if math.Abs(x) > 1<<19 {
		return r, 0, false
	}
	n := math.Round(x / (math.Pi / 2))
	r = double{x, 0}
	for _, part := range halfPi {
		p := twoProduct(n, part)
		r = r.add(double{-p.hi, -p.lo})
	}
	return r, int(int64(n) & 3), true
}

// series is x**first/first! - x**(first+2)/(first+2)! + ...
func series(x double, first float64) double {
	square := x.times(x)
	term := double{1, 0}
	if first == 1 {
		term = x
	}
	sum := term
	for n := first + 1; n < 28; n += 2 {
		term = term.times(square).over(-n * (n + 1))
		sum = sum.add(term)
	}
	return sum
}

// Sin returns the sine of x.
func Sin(x float64) float64 { return turned(x, 0, math.Sin) }

// Cos returns the cosine of x.
func Cos(x float64) float64 { return turned(x, 1, math.Cos) }

// turned is the sine of x plus so many right angles.
func turned(x float64, more int, plain func(float64) float64) float64 {
	r, k, ok := quarter(x)
	if !ok || math.IsNaN(x) || x == 0 {
		return plain(x)
	}
	s := series(r, float64((k+more+1)&1))
	if (k+more)&2 != 0 {
		return -(s.hi + s.lo)
	}
	return s.hi + s.lo
}

// Tan returns the tangent of x.
func Tan(x float64) float64 {
	r, k, ok := quarter(x)
	if !ok || math.IsNaN(x) || x == 0 {
		return math.Tan(x)
	}
	s, c := series(r, 1), series(r, 0)
	if k&1 == 1 {
		s, c = double{-c.hi, -c.lo}, s
	}
	q := s.hi / c.hi
	p := c.scaled(q)
	rest := s.add(double{-p.hi, -p.lo})
	return q + rest.hi/c.hi
}

// Log2 returns the binary logarithm of x.
func Log2(x float64) float64 {
	return logTo(x, double{1.4426950408889634, 2.0355273740931033e-17}, math.Log2)
}

// Log10 returns the decimal logarithm of x.
func Log10(x float64) float64 {
	return logTo(x, double{0.4342944819032518, 1.098319650216765e-17}, math.Log10)
}

func logTo(x float64, scale double, plain func(float64) float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) || x == 1 {
		return plain(x)
	}
	l := logDouble(x).times(scale)
	return l.hi + l.lo
}
