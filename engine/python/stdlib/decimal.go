package stdlib

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"github.com/cockroachdb/apd/v3"

	"colloquy/engine/python"
)

var decimalClass, decimalTupleClass *python.Class

// maxDecimalExponent bounds the exponents that a Decimal can be made with.
const maxDecimalExponent = 999_999

// Decimal is decimal.Decimal. It never changes.
type Decimal struct{ d apd.Decimal }

// Class returns the class Decimal.
func (*Decimal) Class() *python.Class { return decimalClass }

// Persist returns the text of the number.
func (d *Decimal) Persist() python.Value { return str(d.String()) }

func restoreDecimal(data python.Value) (python.Value, error) {
	s, ok := data.(*python.Str)
	if !ok {
		return nil, errStored
	}
	d, ok := parseDecimal(s.String())
	if !ok {
		return nil, errStored
	}
	return d, nil
}

// String returns str(d).
func (d *Decimal) String() string {
	if d.isNaN() && d.d.Coeff.Sign() != 0 { // with a payload
		return d.d.String() + d.coefficient().Text(10)
	}
	if !d.finite() || d.d.Coeff.Sign() != 0 {
		return d.d.String()
	}
	s := "0"
	switch exp := int64(d.d.Exponent); {
	case exp > 0 || exp < -6:
		s += exponentText(exp, 0)
	case exp < 0:
		s += "." + strings.Repeat("0", int(-exp))
	}
	if d.d.Negative {
		return "-" + s
	}
	return s
}

func (d *Decimal) isNaN() bool { return d.d.Form == apd.NaN || d.d.Form == apd.NaNSignaling }

func (d *Decimal) finite() bool { return d.d.Form == apd.Finite }

// coefficient returns the digits as a number, without the sign.
func (d *Decimal) coefficient() *big.Int { return new(big.Int).Set(d.d.Coeff.MathBigInt()) }

// adjusted returns the exponent of the first digit.
func (d *Decimal) adjusted() int64 { return int64(d.d.Exponent) + d.d.NumDigits() - 1 }

// newDecimal returns ±coeff * 10**exp; the sign of a negative coeff counts too.
func newDecimal(coeff *big.Int, exp int32, negative bool) *Decimal {
	var d Decimal
	d.d.Coeff.SetMathBigInt(new(big.Int).Abs(coeff))
	d.d.Exponent = exp
	d.d.Negative = negative != (coeff.Sign() < 0)
	return &d
}

// asDecimal returns the Decimal in v.
func asDecimal(v python.Value) (*Decimal, bool) {
	d, ok := python.Unwrap(v).(*Decimal)
	return d, ok
}

// decimalOperand returns a Decimal, an int or a bool as a Decimal.
func decimalOperand(v python.Value) (*Decimal, bool) {
	if d, ok := asDecimal(v); ok {
		return d, true
	}
	if n, ok := python.BigOf(v); ok {
		return newDecimal(n, 0, false), true
	}
	return nil, false
}

// parseDecimal reads a number as Decimal(text) does.
func parseDecimal(text string) (*Decimal, bool) {
	s := strings.ReplaceAll(plainDigits(strings.TrimFunc(text, unicode.IsSpace)), "_", "")
	number, negative := strings.CutPrefix(s, "-")
	if !negative {
		number = strings.TrimPrefix(number, "+")
	}
	if d := specialDecimal(strings.ToLower(number)); d != nil {
		d.d.Negative = negative
		return d, true
	}
	mantissa, exponent, hasExp := cutAny(number, "eE")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if digits == "" || !allDigits(digits) {
		return nil, false
	}
	exp := int64(0)
	if hasExp {
		if !allDigits(strings.TrimLeft(exponent[:min(1, len(exponent))], "+-") + exponent[min(1, len(exponent)):]) {
			return nil, false
		}
		var err error
		if exp, err = strconv.ParseInt(exponent, 10, 32); err != nil {
			return nil, false
		}
	}
	exp -= int64(len(fraction))
	if exp < -2*maxDecimalExponent || exp > maxDecimalExponent {
		return nil, false
	}
	coeff, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return nil, false
	}
	return newDecimal(coeff, int32(exp), negative), true
}

// specialDecimal returns infinity or NaN, or nil if s does not name one.
func specialDecimal(s string) *Decimal {
	form := apd.Infinite
	switch {
	case s == "inf", s == "infinity":
	case strings.HasPrefix(s, "nan") && (s == "nan" || allDigits(s[3:])):
		form = apd.NaN
	case strings.HasPrefix(s, "snan") && (s == "snan" || allDigits(s[4:])):
		form = apd.NaNSignaling
	default:
		return nil
	}
	d := &Decimal{apd.Decimal{Form: form}}
	if payload, ok := new(big.Int).SetString(strings.TrimLeft(s, "snaif"), 10); ok && form != apd.Infinite {
		d.d.Coeff.SetMathBigInt(payload)
	}
	return d
}

func cutAny(s, chars string) (before, after string, found bool) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// plainDigits replaces the decimal digits of all scripts by those of ASCII.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r
		for range 9 {
			if !unicode.Is(unicode.Nd, zero-1) || (r-zero) == 9 {
				break
			}
			zero--
		}
		return '0' + (r-zero)%10
	}, s)
}

// decimalOfFloat returns the exact value of f.
func decimalOfFloat(f float64) *Decimal {
	switch {
	case math.IsNaN(f):
		return &Decimal{apd.Decimal{Form: apd.NaN}}
	case math.IsInf(f, 0):
		return &Decimal{apd.Decimal{Form: apd.Infinite, Negative: f < 0}}
	case f == 0:
		return newDecimal(new(big.Int), 0, math.Signbit(f))
	}
	r := new(big.Rat).SetFloat64(f)
	k := int64(r.Denom().BitLen() - 1) // the denominator is 2**k
	n := new(big.Int).Exp(big.NewInt(5), big.NewInt(k), nil)
	return newDecimal(n.Mul(n, r.Num()), int32(-k), false)
}

// decimalOfTuple reads (sign, digits, exponent).
func decimalOfTuple(th *python.Thread, v python.Value) (*Decimal, error) {
	parts, err := th.Elems(v)
	if err != nil {
		return nil, err
	}
	if len(parts) != 3 {
		return nil, python.Errorf(python.ValueError, "argument must be a sequence of length 3")
	}
	sign, ok := python.IntOf(parts[0])
	if !ok || sign < 0 || sign > 1 {
		return nil, python.Errorf(python.ValueError, "sign must be an integer with the value 0 or 1")
	}
	elems, err := th.Elems(parts[1])
	if err != nil {
		return nil, python.Errorf(python.ValueError, "coefficient must be a tuple of digits")
	}
	var digits strings.Builder
	for _, e := range elems {
		n, ok := python.IntOf(e)
		if !ok || n < 0 || n > 9 {
			return nil, python.Errorf(python.ValueError, "coefficient must be a tuple of digits")
		}
		digits.WriteByte('0' + byte(n))
	}
	text := digits.String()
	if form, ok := python.StringOf(parts[2]); ok {
		payload := text
		text = map[string]string{"F": "Infinity", "n": "NaN", "N": "sNaN"}[form]
		if text != "" && form != "F" {
			text += payload
		}
		if text == "" {
			return nil, python.Errorf(python.ValueError, "string argument in the third position must be 'F', 'n' or 'N'")
		}
	} else if exp, ok := python.IntOf(parts[2]); ok {
		if text == "" {
			text = "0"
		}
		text += "E" + strconv.FormatInt(exp, 10)
	} else {
		return nil, python.Errorf(python.ValueError, "exponent must be an integer")
	}
	d, ok := parseDecimal(text)
	if !ok {
		return nil, decimalSignal(invalidOperation, conversionSyntax)
	}
	d.d.Negative = sign == 1
	return d, nil
}

// mixesFloat signals that a float is used as a decimal.
func mixesFloat(th *python.Thread) error {
	c, err := decimalContext(th)
	if err != nil {
		return err
	}
	return c.signal(th, floatOperation, floatOperation)
}

func makeDecimal(th *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
	var v, context python.Value = python.Int(0), nil
	if err := a.Unpack("Decimal", "value?", &v, "context?", &context); err != nil {
		return nil, err
	}
	d, err := toDecimal(th, v)
	if err != nil {
		return nil, err
	}
	return derived(cls, decimalClass, d), nil
}

// toDecimal converts what Decimal() takes.
func toDecimal(th *python.Thread, v python.Value) (*Decimal, error) {
	if d, ok := decimalOperand(v); ok {
		return d, nil
	}
	switch x := python.Unwrap(v).(type) {
	case *python.Str:
		if d, ok := parseDecimal(x.String()); ok {
			return d, nil
		}
		c, err := decimalContext(th)
		if err != nil {
			return nil, err
		}
		return &Decimal{apd.Decimal{Form: apd.NaN}}, c.signal(th, invalidOperation, conversionSyntax)
	case python.Float:
		return decimalOfFloat(float64(x)), mixesFloat(th)
	case *python.Tuple, *python.List:
		return decimalOfTuple(th, v)
	}
	return nil, python.Errorf(python.TypeError, "conversion from %s to Decimal is not supported", v.Class().Name())
}

// hash returns a number that is the same for equal ints and floats.
func (d *Decimal) hash() (int64, error) {
	switch d.d.Form {
	case apd.NaN:
		return 0, nil
	case apd.NaNSignaling:
		return 0, python.Errorf(python.TypeError, "Cannot hash a signaling NaN value")
	case apd.Infinite:
		if d.d.Negative {
			return -314159, nil
		}
		return 314159, nil
	}
	modulus := big.NewInt(1<<61 - 1)
	base := big.NewInt(10)
	exp := big.NewInt(int64(d.d.Exponent))
	if exp.Sign() < 0 {
		base.ModInverse(base, modulus)
		exp.Neg(exp)
	}
	h := base.Exp(base, exp, modulus)
	h.Mul(h, d.coefficient()).Mod(h, modulus)
	n := h.Int64()
	if d.d.Negative {
		n = -n
	}
	if n == -1 {
		n = -2
	}
	return n, nil
}

// compareDecimals compares with an int, float or Decimal; ok is false for
// anything else. nan says that one of them is NaN.
func compareDecimals(d *Decimal, v python.Value) (c int, nan, signaling, ok bool) {
	o, ok := decimalOperand(v)
	if f, isFloat := python.Unwrap(v).(python.Float); isFloat {
		o, ok = decimalOfFloat(float64(f)), true
	}
	if !ok {
		return 0, false, false, false
	}
	if d.isNaN() || o.isNaN() {
		return 0, true, d.d.Form == apd.NaNSignaling || o.d.Form == apd.NaNSignaling, true
	}
	return d.compare(o), false, false, true
}

// compare returns -1, 0 or 1; neither may be NaN. Numbers that differ in size
// are told apart before their exponents are aligned.
func (d *Decimal) compare(o *Decimal) int {
	if s, t := d.sign(), o.sign(); s != t || s == 0 {
		return sign64(int64(s), int64(t))
	}
	if d.finite() && o.finite() {
		if c := sign64(d.adjusted(), o.adjusted()); c != 0 {
			return c * d.sign()
		}
	}
	return d.d.Cmp(&o.d)
}

// sign returns -1, 0 or 1, infinity included.
func (d *Decimal) sign() int {
	switch {
	case d.finite() && d.d.Coeff.Sign() == 0:
		return 0
	case d.d.Negative:
		return -1
	}
	return 1
}

// integer returns the number without its fraction.
func (d *Decimal) integer(th *python.Thread) (*big.Int, error) {
	switch d.d.Form {
	case apd.Infinite:
		return nil, python.Errorf(python.OverflowError, "cannot convert Infinity to integer")
	case apd.NaN, apd.NaNSignaling:
		return nil, python.Errorf(python.ValueError, "cannot convert NaN to integer")
	}
	n, err := d.scaled(th, 0, apd.RoundDown)
	if err == nil && d.d.Negative {
		n.Neg(n)
	}
	return n, err
}

// scaled returns the coefficient that the number, rounded, has with exponent
// exp.
func (d *Decimal) scaled(th *python.Thread, exp int64, rounding apd.Rounder) (*big.Int, error) {
	n := d.coefficient()
	shift := int64(d.d.Exponent) - exp
	switch {
	case n.Sign() == 0 || shift == 0:
		return n, nil
	case shift > 0:
		if err := th.Alloc(int(shift)/2 + 1); err != nil {
			return nil, err
		}
		if err := th.Ticks(int(shift) / 8); err != nil {
			return nil, err
		}
		return n.Mul(n, power10(shift)), nil
	case -shift > d.d.NumDigits()+1: // less than a tenth of a unit
		q := new(apd.BigInt)
		if rounding.ShouldAddOne(q, d.d.Negative, -1) {
			return big.NewInt(1), nil
		}
		return new(big.Int), nil
	}
	unit := power10(-shift)
	q, r := new(big.Int).QuoRem(n, unit, new(big.Int))
	if r.Sign() == 0 {
		return q, nil
	}
	half := r.Lsh(r, 1).Cmp(unit)
	if rounding.ShouldAddOne(new(apd.BigInt).SetMathBigInt(q), d.d.Negative, half) {
		q.Add(q, big.NewInt(1))
	}
	return q, nil
}

func power10(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }
