package stdlib

import (
	"math/big"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"colloquy/engine/python"
)

// exactDecimal returns the value of an int or a float.
func exactDecimal(v python.Value) (*Decimal, error) {
	if n, ok := python.BigOf(v); ok {
		return newDecimal(n, 0, false), nil
	}
	if f, ok := python.Unwrap(v).(python.Float); ok {
		return decimalOfFloat(float64(f)), nil
	}
	return nil, python.Errorf(python.TypeError, "argument must be int or float")
}

// engineering returns the number with an exponent that is a multiple of three.
func (d *Decimal) engineering() string {
	exp := int64(d.d.Exponent)
	if !d.finite() || exp <= 0 && d.adjusted() >= -6 {
		return d.String()
	}
	digits := d.coefficient().Text(10)
	point := exp + int64(len(digits)) // places before the point without an exponent
	_, before := floorDiv(point-1, 3)
	before++ // 1 to 3 places
	if digits == "0" {
		_, before = floorDiv(point+1, 3)
		before--
	}
	shown := point - before
	var b strings.Builder
	if d.d.Negative {
		b.WriteByte('-')
	}
	switch {
	case before <= 0:
		b.WriteString("0." + strings.Repeat("0", int(-before)) + digits)
	case before >= int64(len(digits)):
		b.WriteString(digits + strings.Repeat("0", int(before)-len(digits)))
	default:
		b.WriteString(digits[:before] + "." + digits[before:])
	}
	if shown != 0 {
		b.WriteString(exponentText(shown, 0))
	}
	return b.String()
}

// integerOperand returns the value of a whole number without an exponent.
func (d *Decimal) integerOperand() (*big.Int, bool) {
	if !d.finite() {
		return nil, false
	}
	r := newDecimal(d.coefficient(), d.d.Exponent, false)
	r.shorten(0)
	if r.d.Exponent < 0 && r.sign() != 0 || r.d.Exponent > maxDecimalPrec {
		return nil, false
	}
	n := r.coefficient()
	if r.d.Exponent > 0 {
		n.Mul(n, power10(int64(r.d.Exponent)))
	}
	if d.d.Negative {
		n.Neg(n)
	}
	return n, true
}

// powerModulo is pow(x, y, m) over integers.
func (c *Context) powerModulo(th *python.Thread, x, y, m *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y, m); n != nil || err != nil {
		return n, err
	}
	base, ok := x.integerOperand()
	exp, ok2 := y.integerOperand()
	by, ok3 := m.integerOperand()
	if !ok || !ok2 || !ok3 || exp.Sign() < 0 || by.Sign() == 0 || base.Sign() == 0 && exp.Sign() == 0 || m.adjusted() >= c.prec {
		return c.invalid(th)
	}
	if err := th.Ticks(exp.BitLen() * (1 + by.BitLen()/64)); err != nil {
		return nil, err
	}
	negative := base.Sign() < 0 && exp.Bit(0) == 1
	r := new(big.Int).Exp(base.Abs(base), exp, by.Abs(by))
	return newDecimal(r, 0, negative), nil
}

// scale adds y to the exponent of x.
func (c *Context) scale(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	by, whole := y.small()
	if !whole || y.d.Exponent != 0 || by > 2*(c.emax+c.prec) || by < -2*(c.emax+c.prec) {
		return c.invalid(th)
	}
	if !x.finite() {
		return x, nil
	}
	exp := int64(x.d.Exponent) + by
	if exp > maxDecimalExponent || exp < -2*maxDecimalExponent {
		return c.invalid(th)
	}
	return c.round(th, newDecimal(x.coefficient(), int32(exp), x.d.Negative))
}

// remainderNear is what is left of x after the nearest multiple of y.
func (c *Context) remainderNear(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	r, err := c.remainder(th, x, y)
	if err != nil || !r.finite() || !y.finite() {
		return r, err
	}
	q, err := c.floorDivide(th, x, y)
	if err != nil {
		return nil, err
	}
	twice := newDecimal(new(big.Int).Lsh(r.coefficient(), 1), r.d.Exponent, false)
	size := newDecimal(y.coefficient(), y.d.Exponent, false)
	order := twice.compare(size)
	if order < 0 || order == 0 && q.coefficient().Bit(0) == 0 {
		return r, nil
	}
	if r.d.Negative == y.d.Negative {
		return c.subtract(th, r, y)
	}
	return c.add(th, r, y)
}

// logical runs an operation on two numbers whose digits are 0 and 1.
func (c *Context) logical(th *python.Thread, x, y *Decimal, op func(a, b byte) byte) (*Decimal, error) {
	a, ok := x.bits(c.prec)
	b, ok2 := y.bits(c.prec)
	if !ok || !ok2 {
		return c.invalid(th)
	}
	out := make([]byte, c.prec)
	for i := range out {
		out[i] = '0' + op(a[i]-'0', b[i]-'0')
	}
	n, _ := new(big.Int).SetString(string(out), 10)
	return newDecimal(n, 0, false), nil
}

// bits returns the digits of a logical operand at the width of the precision.
func (d *Decimal) bits(prec int64) (string, bool) {
	if !d.finite() || d.d.Exponent != 0 || d.d.Negative {
		return "", false
	}
	s := d.coefficient().Text(10)
	if strings.Trim(s, "01") != "" {
		return "", false
	}
	if n := prec - int64(len(s)); n > 0 {
		return strings.Repeat("0", int(n)) + s, true
	}
	return s[int64(len(s))-prec:], true
}

func (c *Context) logicalAnd(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.logical(th, x, y, func(a, b byte) byte { return a & b })
}

func (c *Context) logicalOr(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.logical(th, x, y, func(a, b byte) byte { return a | b })
}

func (c *Context) logicalXor(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.logical(th, x, y, func(a, b byte) byte { return a ^ b })
}

func (c *Context) logicalInvert(th *python.Thread, x *Decimal) (*Decimal, error) {
	return c.logical(th, x, x, func(a, _ byte) byte { return 1 - a })
}

// places returns the digits of x at the width of the precision and by how many
// places y moves them.
func (c *Context) places(x, y *Decimal) (digits string, by int64, ok bool) {
	by, ok = y.small()
	if !ok || y.d.Exponent != 0 || by > c.prec || by < -c.prec {
		return "", 0, false
	}
	digits = x.coefficient().Text(10)
	if n := c.prec - int64(len(digits)); n > 0 {
		digits = strings.Repeat("0", int(n)) + digits
	}
	return digits[int64(len(digits))-c.prec:], by, true
}

func (c *Context) rotate(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.moved(th, x, y, func(s string, by int64) string {
		_, at := floorDiv(by, c.prec)
		return s[at:] + s[:at]
	})
}

func (c *Context) shift(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.moved(th, x, y, func(s string, by int64) string {
		if by >= 0 {
			return s[by:] + strings.Repeat("0", int(by))
		}
		return "0" + s[:c.prec+by]
	})
}

func (c *Context) moved(th *python.Thread, x, y *Decimal, move func(s string, by int64) string) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	s, by, ok := c.places(x, y)
	if !ok {
		return c.invalid(th)
	}
	if !x.finite() {
		return x, nil
	}
	n, _ := new(big.Int).SetString(move(s, by), 10)
	return newDecimal(n, x.d.Exponent, x.d.Negative), nil
}

func (c *Context) largestMagnitude(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.pickMagnitude(th, x, y, 1)
}

func (c *Context) smallestMagnitude(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	return c.pickMagnitude(th, x, y, -1)
}

func (c *Context) pickMagnitude(th *python.Thread, x, y *Decimal, want int) (*Decimal, error) {
	if x.isNaN() || y.isNaN() {
		return c.pick(th, x, y, want)
	}
	switch positive(x).compare(positive(y)) {
	case want:
		return c.round(th, x)
	case -want:
		return c.round(th, y)
	}
	return c.pick(th, x, y, want)
}

func positive(d *Decimal) *Decimal {
	if d.d.Negative {
		return d.negated()
	}
	return d
}

// compareSignal is comparison for which every NaN is invalid.
func (c *Context) compareSignal(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if x.isNaN() || y.isNaN() {
		return c.invalid(th)
	}
	return c.comparison(th, x, y)
}

// next returns the neighbour of x above (1) or below (-1).
func (c *Context) next(th *python.Thread, x *Decimal, to int) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	if !x.finite() {
		if x.d.Negative == (to < 0) {
			return x, nil
		}
		nines := new(big.Int).Sub(power10(c.prec), big.NewInt(1))
		return newDecimal(nines, int32(c.emax-c.prec+1), x.d.Negative), nil
	}
	sure := *c
	sure.rounding = "ROUND_CEILING"
	if to < 0 {
		sure.rounding = "ROUND_FLOOR"
	}
	var err error
	if sure.traps, err = signalDict(th); err != nil {
		return nil, err
	}
	sure.flags = sure.traps.Clone()
	r, err := sure.round(th, x)
	if err != nil || r.compare(x) != 0 {
		return r, err
	}
	return sure.add(th, x, newDecimal(big.NewInt(1), int32(c.emin-c.prec), to < 0))
}

func (c *Context) nextPlus(th *python.Thread, x *Decimal) (*Decimal, error) { return c.next(th, x, 1) }

func (c *Context) nextMinus(th *python.Thread, x *Decimal) (*Decimal, error) {
	return c.next(th, x, -1)
}

func (c *Context) nextToward(th *python.Thread, x, y *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x, y); n != nil || err != nil {
		return n, err
	}
	switch order := x.compare(y); order {
	case 0:
		if x.d.Negative == y.d.Negative {
			return x, nil
		}
		return x.negated(), nil
	default:
		return c.next(th, x, -order)
	}
}

// exponent is logb: the exponent of the first digit.
func (c *Context) exponent(th *python.Thread, x *Decimal) (*Decimal, error) {
	if n, err := c.nan(th, x); n != nil || err != nil {
		return n, err
	}
	switch {
	case !x.finite():
		return positive(x), nil
	case x.sign() == 0:
		return c.finish(th, &Decimal{apd.Decimal{Form: apd.Infinite, Negative: true}}, apd.DivisionByZero)
	}
	return newDecimal(big.NewInt(x.adjusted()), 0, false), nil
}

// numberClass names the kind of a number.
func numberClass(th *python.Thread, a *python.Args) (python.Value, error) {
	var context python.Value
	if err := a.Unpack("number_class", "context?", &context); err != nil {
		return nil, err
	}
	c, err := contextOf(th, context)
	if err != nil {
		return nil, err
	}
	d, _ := asDecimal(a.Self)
	kind := "Normal"
	switch {
	case d.d.Form == apd.NaN:
		return str("NaN"), nil
	case d.d.Form == apd.NaNSignaling:
		return str("sNaN"), nil
	case !d.finite():
		kind = "Infinity"
	case d.sign() == 0:
		kind = "Zero"
	case d.adjusted() < c.emin:
		kind = "Subnormal"
	}
	if d.d.Negative {
		return str("-" + kind), nil
	}
	return str("+" + kind), nil
}
