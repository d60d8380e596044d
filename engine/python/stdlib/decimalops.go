package stdlib

import (
	"math/big"

	"github.com/cockroachdb/apd/v3"

	"colloquy/engine/python"
)

// decimalUnary and decimalBinary are operations in a context.
type (
	decimalUnary  func(c *Context, th *python.Thread, x *Decimal) (*Decimal, error)
	decimalBinary func(c *Context, th *python.Thread, x, y *Decimal) (*Decimal, error)
)

// decimalResult gives a Decimal, or the error, to Python.
func decimalResult(d *Decimal, err error) (python.Value, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}

// wantDecimal returns an operand or a TypeError.
func wantDecimal(v python.Value) (*Decimal, error) {
	if d, ok := decimalOperand(v); ok {
		return d, nil
	}
	return nil, python.Errorf(python.TypeError, "conversion from %s to Decimal is not supported", v.Class().Name())
}

// nan returns the NaN that an operation on x and y results in, or nil if
// neither is NaN.
func (c *Context) nan(th *python.Thread, xs ...*Decimal) (*Decimal, error) {
	for _, x := range xs {
		if x.d.Form == apd.NaNSignaling {
			return c.invalid(th)
		}
	}
	for _, x := range xs {
		if x.isNaN() {
			return x, nil
		}
	}
	return nil, nil
}

// spend accounts for an operation on numbers of many digits.
func spend(th *python.Thread, xs ...*Decimal) error {
	n := 1
	for _, x := range xs {
		n += x.d.Coeff.BitLen() / 64
	}
	return th.Ticks(n)
}

type apdBinary func(c *apd.Context, d, x, y *apd.Decimal) (apd.Condition, error)

// do runs an operation of apd. The error that apd gives besides its conditions
// tells of exponents out of its range.
func (c *Context) do(th *python.Thread, op apdBinary, x, y *Decimal) (*Decimal, apd.Condition, error) {
	if err := spend(th, x, y); err != nil {
		return nil, 0, err
	}
	var d Decimal
	met, err := op(c.arithmetic(), &d.d, &x.d, &y.d)
	if err != nil && met == 0 {
		met = apd.InvalidOperation
	}
	return &d, met, nil
}

func (c *Context) binary(th *python.Thread, op apdBinary, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	d, met, err := c.do(th, op, x, y)
	if err != nil {
		return nil, err
	}
	return c.finish(th, d, met)
}

func (c *Context) add(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if x.finite() && y.finite() {
		x, y = c.near(x, y)
	}
	d, err := c.binary(th, (*apd.Context).Add, x, y)
	if err == nil && d.finite() && d.sign() == 0 { // -0 needs two of them, or rounding down
		down := c.rounding == "ROUND_FLOOR" && (x.d.Negative || y.d.Negative)
		d = newDecimal(new(big.Int), d.d.Exponent, x.d.Negative && y.d.Negative || down)
	}
	return d, err
}

// near replaces the smaller of two numbers, if it is too small to matter for
// any digit of their sum, by one that is as good and has no distant exponent.
func (c *Context) near(x, y *Decimal) (*Decimal, *Decimal) {
	if x.sign() == 0 || y.sign() == 0 {
		return x, y
	}
	if x.adjusted() < y.adjusted() {
		b, a := c.near(y, x)
		return a, b
	}
	tiny := min(int64(x.d.Exponent), x.adjusted()-c.prec-1) - 2
	if y.adjusted() < tiny {
		y = newDecimal(big.NewInt(1), int32(tiny), y.d.Negative)
	}
	return x, y
}

func (c *Context) subtract(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if y.isNaN() {
		return c.add(th, x, y)
	}
	return c.add(th, x, y.negated())
}

func (d *Decimal) negated() *Decimal {
	var n Decimal
	n.d.Set(&d.d)
	n.d.Negative = !d.d.Negative
	return &n
}

func (c *Context) multiply(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.binary(th, (*apd.Context).Mul, x, y)
}

func (c *Context) divide(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	if x.finite() && y.d.Form == apd.Infinite {
		return c.finish(th, newDecimal(new(big.Int), int32(c.emin-c.prec+1), x.d.Negative != y.d.Negative), apd.Clamped)
	}
	d, met, err := c.do(th, (*apd.Context).Quo, x, y)
	if err != nil {
		return nil, err
	}
	switch {
	case met&apd.Inexact == 0 && d.finite():
		d.shorten(int64(x.d.Exponent) - int64(y.d.Exponent))
	case d.finite() && d.d.NumDigits() > c.prec: // rounded up to a power of ten
		d.shorten(int64(d.d.Exponent) + 1)
	}
	return c.finish(th, d, met)
}

// shorten drops zeros from the end until the exponent is ideal. d must not be
// shared yet.
func (d *Decimal) shorten(ideal int64) {
	n, ten := d.coefficient(), big.NewInt(10)
	if n.Sign() == 0 {
		return
	}
	for int64(d.d.Exponent) < ideal {
		q, r := new(big.Int).QuoRem(n, ten, new(big.Int))
		if r.Sign() != 0 {
			break
		}
		n = q
		d.d.Exponent++
	}
	d.d.Coeff.SetMathBigInt(n)
}

func (c *Context) floorDivide(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	if x.finite() && y.finite() && y.sign() != 0 && x.sign() != 0 && x.adjusted()-y.adjusted() > c.prec {
		return c.finish(th, &Decimal{}, apd.DivisionImpossible)
	}
	return c.binary(th, (*apd.Context).QuoInteger, x, y)
}

func (c *Context) remainder(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	switch {
	case !x.finite() || y.sign() == 0:
		if x.finite() && x.sign() == 0 {
			return c.finish(th, &Decimal{}, apd.DivisionUndefined)
		}
		return c.invalid(th)
	case !y.finite():
		return c.round(th, x)
	case x.sign() != 0 && x.adjusted()-y.adjusted() > c.prec:
		return c.finish(th, &Decimal{}, apd.DivisionImpossible)
	}
	exp := min(x.d.Exponent, y.d.Exponent)
	if x.sign() == 0 || x.adjusted() < y.adjusted() { // x is the remainder
		return c.round(th, x.reachingDown(int64(exp), c.prec))
	}
	if err := spend(th, x, y); err != nil {
		return nil, err
	}
	a, b := x.coefficient(), y.coefficient()
	a.Mul(a, power10(int64(x.d.Exponent-exp)))
	b.Mul(b, power10(int64(y.d.Exponent-exp)))
	q, r := a.QuoRem(a, b, new(big.Int))
	if int64(len(q.Text(10))) > c.prec {
		return c.finish(th, &Decimal{}, apd.DivisionImpossible)
	}
	return c.round(th, newDecimal(r, exp, x.d.Negative))
}

// reachingDown returns the number with zeros at its end down to an exponent,
// as far as its precision lets it.
func (d *Decimal) reachingDown(exp, prec int64) *Decimal {
	if d.sign() == 0 {
		return newDecimal(new(big.Int), int32(exp), d.d.Negative)
	}
	n := min(int64(d.d.Exponent)-exp, prec-d.d.NumDigits())
	if n <= 0 {
		return d
	}
	c := d.coefficient()
	return newDecimal(c.Mul(c, power10(n)), d.d.Exponent-int32(n), d.d.Negative)
}

// round is the unary plus: it rounds to the precision of the context.
func (c *Context) round(th *python.Thread, x *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	if !x.finite() {
		return x, nil
	}
	d, met, err := c.do(th, func(a *apd.Context, d, x, _ *apd.Decimal) (apd.Condition, error) { return a.Round(d, x) }, x, x)
	if err != nil {
		return nil, err
	}
	return c.finish(th, d, met)
}

func (c *Context) negate(th *python.Thread, x *Decimal) (*Decimal, error) {
	if x.isNaN() {
		return c.round(th, x)
	}
	d, err := c.round(th, x.negated())
	if err == nil && x.sign() == 0 && c.rounding != "ROUND_FLOOR" {
		d = newDecimal(new(big.Int), d.d.Exponent, false)
	}
	return d, err
}

// plus is round, but does away with -0.
func (c *Context) plus(th *python.Thread, x *Decimal) (*Decimal, error) {
	d, err := c.round(th, x)
	if err == nil && d.finite() && d.sign() == 0 && c.rounding != "ROUND_FLOOR" {
		d = newDecimal(new(big.Int), d.d.Exponent, false)
	}
	return d, err
}

func (c *Context) absolute(th *python.Thread, x *Decimal) (*Decimal, error) {
	if x.d.Negative && !x.isNaN() {
		return c.round(th, x.negated())
	}
	return c.round(th, x)
}

// quantize brings x to the exponent exp.
func (c *Context) quantize(th *python.Thread, x *Decimal, exp int64, rounding string) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	if !x.finite() || exp > c.emax || exp < c.emin-c.prec+1 ||
		x.sign() != 0 && x.adjusted()-exp > c.prec {
		return c.invalid(th)
	}
	n, err := x.scaled(th, exp, decimalRoundings[rounding])
	if err != nil {
		return nil, err
	}
	d := newDecimal(n, int32(exp), x.d.Negative)
	if d.d.NumDigits() > c.prec {
		return c.invalid(th)
	}
	var met apd.Condition
	if exp > int64(x.d.Exponent) {
		met = apd.Rounded
		if d.compare(x) != 0 {
			met |= apd.Inexact
		}
	}
	return c.finish(th, d, met)
}

func (c *Context) quantizeAs(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	if !y.finite() && !x.finite() {
		return x, nil
	}
	if !y.finite() {
		return c.invalid(th)
	}
	return c.quantize(th, x, int64(y.d.Exponent), c.rounding)
}

// integral rounds to an integer, which may have more digits than the precision.
func (c *Context) integral(th *python.Thread, x *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	if !x.finite() || x.d.Exponent >= 0 {
		return x, nil
	}
	n, err := x.scaled(th, 0, decimalRoundings[c.rounding])
	if err != nil {
		return nil, err
	}
	return newDecimal(n, 0, x.d.Negative), nil
}

func (c *Context) normalize(th *python.Thread, x *Decimal) (*Decimal, error) {
	d, err := c.round(th, x)
	if err != nil || !d.finite() {
		return d, err
	}
	if d.sign() == 0 {
		return newDecimal(new(big.Int), 0, d.d.Negative), nil
	}
	d = newDecimal(d.coefficient(), d.d.Exponent, d.d.Negative)
	d.shorten(c.emax)
	return d, nil
}

// squareRoot rounds half to even, whatever the context says.
func (c *Context) squareRoot(th *python.Thread, x *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	ideal, odd := floorDiv(int64(x.d.Exponent), 2)
	switch {
	case x.finite() && x.sign() == 0:
		return newDecimal(new(big.Int), int32(ideal), x.d.Negative), nil
	case x.d.Negative:
		return c.invalid(th)
	case !x.finite():
		return x, nil
	}
	if err := spend(th, x); err != nil {
		return nil, err
	}
	// A root of prec+1 digits or more, as an integer with exponent ideal-shift.
	n := x.coefficient()
	n.Mul(n, power10(odd))
	shift := max(0, c.prec+1-int64(len(n.Text(10))+1)/2)
	n.Mul(n, power10(2*shift))
	root := new(big.Int).Sqrt(n)
	exp := ideal - shift
	if new(big.Int).Mul(root, root).Cmp(n) != 0 {
		root.Add(root.Mul(root, big.NewInt(10)), big.NewInt(1)) // what is lost is more than nothing
		exp--
	}
	d := newDecimal(root, int32(exp), false)
	d.shorten(ideal)
	even := *c
	even.rounding = "ROUND_HALF_EVEN"
	return even.round(th, d)
}

// precisely computes with more digits than the context has and rounds.
func (c *Context) precisely(th *python.Thread, op apdBinary, x, y *Decimal) (*Decimal, error) {
	wide := *c
	wide.prec, wide.rounding = c.prec+12, "ROUND_HALF_EVEN"
	if err := th.Ticks(int(c.prec * c.prec / 8)); err != nil {
		return nil, err
	}
	d, met, err := wide.do(th, op, x, y)
	if err != nil {
		return nil, err
	}
	if met&^(apd.Inexact|apd.Rounded) != 0 || !d.finite() {
		return c.finish(th, d, met)
	}
	if met&apd.Inexact != 0 { // such results are shown with all digits
		if short := wide.prec - d.d.NumDigits(); short > 0 && d.sign() != 0 {
			d = newDecimal(new(big.Int).Mul(d.coefficient(), power10(short)), d.d.Exponent-int32(short), d.d.Negative)
		}
	}
	return c.round(th, d)
}

func (c *Context) function(th *python.Thread, op func(c *apd.Context, d, x *apd.Decimal) (apd.Condition, error), x *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	even := *c
	even.rounding = "ROUND_HALF_EVEN"
	return even.precisely(th, func(a *apd.Context, d, x, _ *apd.Decimal) (apd.Condition, error) { return op(a, d, x) }, x, x)
}

// series uses the steps that a function takes whose digits are summed up term
// by term.
func (c *Context) series(th *python.Thread) error {
	return th.Ticks(int(min(c.prec*c.prec*c.prec/100, 1<<40)))
}

func (c *Context) exponential(th *python.Thread, x *Decimal) (*Decimal, error) {
	if err := c.series(th); err != nil {
		return nil, err
	}
	if x.finite() && x.sign() == 0 {
		return newDecimal(big.NewInt(1), 0, false), nil
	}
	return c.function(th, (*apd.Context).Exp, x)
}

func (c *Context) naturalLog(th *python.Thread, x *Decimal) (*Decimal, error) {
	if err := c.series(th); err != nil {
		return nil, err
	}
	if x.finite() && x.compare(newDecimal(big.NewInt(1), 0, false)) == 0 {
		return newDecimal(new(big.Int), 0, false), nil
	}
	return c.logarithm(th, (*apd.Context).Ln, x)
}

func (c *Context) log10(th *python.Thread, x *Decimal) (*Decimal, error) {
	if err := c.series(th); err != nil {
		return nil, err
	}
	if x.finite() && x.sign() > 0 {
		one := newDecimal(x.coefficient(), 0, false)
		one.shorten(x.d.NumDigits())
		if one.coefficient().Cmp(big.NewInt(1)) == 0 { // a power of ten
			return c.round(th, newDecimal(big.NewInt(x.adjusted()), 0, false))
		}
	}
	return c.logarithm(th, (*apd.Context).Log10, x)
}

func (c *Context) logarithm(th *python.Thread, op func(c *apd.Context, d, x *apd.Decimal) (apd.Condition, error), x *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	switch {
	case x.sign() == 0:
		return &Decimal{apd.Decimal{Form: apd.Infinite, Negative: true}}, nil
	case x.d.Negative:
		return c.invalid(th)
	case !x.finite():
		return x, nil
	}
	shift := x.adjusted()
	if shift >= -3 && shift <= 3 {
		return c.function(th, op, x)
	}
	// The logarithm of a number near 1, and that of the power of ten.
	near := newDecimal(x.coefficient(), x.d.Exponent-int32(shift), false)
	return c.function(th, func(a *apd.Context, d, x *apd.Decimal) (apd.Condition, error) {
		var ten apd.Decimal
		met, err := op(a, &ten, apd.New(10, 0))
		if err != nil {
			return met, err
		}
		more, err := a.Mul(&ten, &ten, apd.New(shift, 0))
		if met |= more; err != nil {
			return met, err
		}
		if more, err = op(a, d, x); err != nil {
			return met | more, err
		}
		met |= more
		more, err = a.Add(d, d, &ten)
		return met | more | apd.Inexact, err
	}, near)
}

// power raises x to y. Whole powers that fit the precision are exact.
func (c *Context) power(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if err := c.series(th); err != nil {
		return nil, err
	}
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	one := newDecimal(big.NewInt(1), 0, false)
	switch {
	case y.sign() == 0 && x.sign() == 0:
		return c.invalid(th)
	case y.sign() == 0:
		return one, nil
	case !x.finite() || !y.finite() || x.sign() == 0:
		return c.specialPower(th, x, y)
	}
	n, whole := y.small()
	if whole {
		if d := x.exactPower(n, 4*c.prec+100); d != nil {
			return c.round(th, d)
		}
		if n < 0 {
			if d := x.exactPower(-n, 4*c.prec+100); d != nil {
				return c.divide(th, one, d)
			}
		}
	} else if x.d.Negative {
		return c.invalid(th)
	}
	return c.precisely(th, (*apd.Context).Pow, x, y)
}

// small returns the value of a whole number of moderate size.
func (d *Decimal) small() (n int64, ok bool) {
	if !d.finite() || d.adjusted() > 9 {
		return 0, d.finite() && d.d.Exponent >= 0
	}
	r := newDecimal(d.coefficient(), d.d.Exponent, d.d.Negative)
	r.shorten(0)
	n, err := r.d.Int64()
	return n, err == nil
}

// exactPower returns x**n if it has no more than about digits digits, else nil.
func (d *Decimal) exactPower(n, digits int64) *Decimal {
	if n <= 0 {
		return nil
	}
	coeff := d.coefficient()
	bits := int64(coeff.BitLen()-1) * n
	exp := int64(d.d.Exponent) * n
	if bits > digits*4 || exp > maxDecimalExponent || exp < -maxDecimalExponent || n > 1<<20 {
		return nil
	}
	coeff.Exp(coeff, big.NewInt(n), nil)
	return newDecimal(coeff, int32(exp), d.d.Negative && n%2 == 1)
}

// specialPower is a power of or to infinity, or of zero.
func (c *Context) specialPower(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	n, whole := y.small()
	negative := x.d.Negative && whole && n%2 != 0
	one := newDecimal(big.NewInt(1), 0, false)
	grows := x.sign() != 0 // of infinity or a finite base to infinity
	if x.finite() && x.sign() != 0 {
		if x.d.Negative {
			return c.invalid(th)
		}
		switch x.compare(one) {
		case 0:
			return c.precisely(th, (*apd.Context).Pow, one, one)
		case -1:
			grows = false
		}
	}
	if x.d.Negative && y.finite() && !whole && x.sign() != 0 {
		return c.invalid(th)
	}
	if grows == (y.sign() > 0) {
		return &Decimal{apd.Decimal{Form: apd.Infinite, Negative: negative}}, nil
	}
	return newDecimal(new(big.Int), 0, negative), nil
}

func (c *Context) comparison(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	return newDecimal(big.NewInt(int64(x.compare(y))), 0, false), nil
}

// largest and smallest prefer a number to a quiet NaN.
func (c *Context) largest(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.pick(th, x, y, 1)
}

func (c *Context) smallest(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.pick(th, x, y, -1)
}

func (c *Context) pick(th *python.Thread, x, y *Decimal, want int) (*Decimal, error) {
	switch {
	case x.d.Form == apd.NaN && !y.isNaN():
		return c.round(th, y)
	case y.d.Form == apd.NaN && !x.isNaN():
		return c.round(th, x)
	}
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	order := x.compare(y)
	if order == 0 {
		order = x.d.CmpTotal(&y.d)
	}
	if order == want || order == 0 {
		return c.round(th, x)
	}
	return c.round(th, y)
}
