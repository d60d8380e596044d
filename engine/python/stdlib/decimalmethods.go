package stdlib

import (
	"math"
	"math/big"
	"strconv"

	"github.com/cockroachdb/apd/v3"

	"colloquy/engine/python"
)

// decimalMethod is a method without arguments that needs no context.
func decimalMethod(name string, fn func(d *Decimal) (python.Value, error)) python.Member {
	return unary(name, func(_ *python.Thread, v python.Value) (python.Value, error) {
		d, _ := asDecimal(v)
		return fn(d)
	})
}

func decimalTest(name string, is func(d *Decimal) bool) python.Member {
	return python.Method(name, func(_ *python.Thread, a *python.Args) (python.Value, error) {
		var context python.Value
		if err := a.Unpack(name, "context?", &context); err != nil {
			return nil, err
		}
		d, _ := asDecimal(a.Self)
		return python.Bool(is(d)), nil
	})
}

// contextOf returns the context argument, or the present one.
func contextOf(th *python.Thread, v python.Value) (*Context, error) {
	if isNone(v) {
		return decimalContext(th)
	}
	if c, ok := python.Unwrap(v).(*Context); ok {
		return c, nil
	}
	return nil, python.Errorf(python.TypeError, "optional argument must be a context")
}

// decimalFunction is a method of one number in a context.
func decimalFunction(name string, op decimalUnary) python.Member {
	return python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		var context python.Value
		if err := a.Unpack(name, "context?", &context); err != nil {
			return nil, err
		}
		c, err := contextOf(th, context)
		if err != nil {
			return nil, err
		}
		d, _ := asDecimal(a.Self)
		return decimalResult(op(c, th, d))
	})
}

// decimalFunction2 is a method of two numbers in a context.
func decimalFunction2(name string, op decimalBinary) python.Member {
	return python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		var other, context python.Value
		if err := a.Unpack(name, "other", &other, "context?", &context); err != nil {
			return nil, err
		}
		c, err := contextOf(th, context)
		if err != nil {
			return nil, err
		}
		y, err := wantDecimal(other)
		if err != nil {
			return nil, err
		}
		d, _ := asDecimal(a.Self)
		return decimalResult(op(c, th, d, y))
	})
}

// roundingFunction is a method with the arguments rounding and context.
func roundingFunction(name string, op decimalUnary) python.Member {
	return python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		var rounding, context python.Value
		if err := a.Unpack(name, "rounding?", &rounding, "context?", &context); err != nil {
			return nil, err
		}
		c, err := roundingContext(th, rounding, context)
		if err != nil {
			return nil, err
		}
		d, _ := asDecimal(a.Self)
		return decimalResult(op(c, th, d))
	})
}

// roundingContext returns a context changed to round in the way asked for.
func roundingContext(th *python.Thread, rounding, context python.Value) (*Context, error) {
	c, err := contextOf(th, context)
	if err != nil || isNone(rounding) {
		return c, err
	}
	changed := *c
	return &changed, changed.set(th, "rounding", rounding)
}

func quantizeDecimal(th *python.Thread, a *python.Args) (python.Value, error) {
	var exp, rounding, context python.Value
	if err := a.Unpack("", "exp", &exp, "rounding?", &rounding, "context?", &context); err != nil {
		return nil, err
	}
	c, err := roundingContext(th, rounding, context)
	if err != nil {
		return nil, err
	}
	to, err := wantDecimal(exp)
	if err != nil {
		return nil, err
	}
	d, _ := asDecimal(a.Self)
	return decimalResult(c.quantizeAs(th, d, to))
}

func roundDecimal(th *python.Thread, a *python.Args) (python.Value, error) {
	var digits python.Value
	if err := a.Unpack("__round__", "/n?", &digits); err != nil {
		return nil, err
	}
	d, _ := asDecimal(a.Self)
	if isNone(digits) {
		return wholeDecimal(th, d, apd.RoundHalfEven)
	}
	n, ok := python.IntOf(digits)
	if !ok {
		return nil, python.Errorf(python.TypeError, "optional arg must be an integer")
	}
	c, err := decimalContext(th)
	if err != nil {
		return nil, err
	}
	return decimalResult(c.quantize(th, d, -min(max(n, -math.MaxInt32), math.MaxInt32), c.rounding))
}

// wholeDecimal rounds to an int.
func wholeDecimal(th *python.Thread, d *Decimal, rounding apd.Rounder) (python.Value, error) {
	if !d.finite() {
		_, err := d.integer(th)
		return nil, err
	}
	n, err := d.scaled(th, 0, rounding)
	if err != nil {
		return nil, err
	}
	if d.d.Negative {
		n.Neg(n)
	}
	return python.NewInt(n), nil
}

func decimalAsTuple(d *Decimal) (python.Value, error) {
	var digits []python.Value
	var exp python.Value = python.Int(d.d.Exponent)
	switch d.d.Form {
	case apd.Infinite:
		exp, digits = str("F"), []python.Value{python.Int(0)}
	case apd.NaN:
		exp, digits = str("n"), d.digits()
	case apd.NaNSignaling:
		exp, digits = str("N"), d.digits()
	default:
		if digits = d.digits(); digits == nil {
			digits = []python.Value{python.Int(0)}
		}
	}
	return record(decimalTupleClass, python.Int(signBit(d)), python.NewTuple(digits...), exp), nil
}

// digits returns the digits of the coefficient, none for 0.
func (d *Decimal) digits() (digits []python.Value) {
	if d.d.Coeff.Sign() == 0 {
		return nil
	}
	text := d.coefficient().Text(10)
	for i := range len(text) {
		digits = append(digits, python.Int(text[i]-'0'))
	}
	return digits
}

func signBit(d *Decimal) int64 {
	if d.d.Negative {
		return 1
	}
	return 0
}

func decimalRatio(th *python.Thread, v python.Value) (python.Value, error) {
	d, _ := asDecimal(v)
	switch d.d.Form {
	case apd.Infinite:
		return nil, python.Errorf(python.OverflowError, "cannot convert Infinity to integer ratio")
	case apd.NaN, apd.NaNSignaling:
		return nil, python.Errorf(python.ValueError, "cannot convert NaN to integer ratio")
	}
	n, unit := d.coefficient(), big.NewInt(1)
	if d.d.Negative {
		n.Neg(n)
	}
	exp := int64(d.d.Exponent)
	if err := th.Ticks(int(max(exp, -exp)) / 8); err != nil {
		return nil, err
	}
	if exp >= 0 {
		n.Mul(n, power10(exp))
	} else {
		unit = power10(-exp)
	}
	r := new(big.Rat).SetFrac(n, unit)
	return python.NewTuple(python.NewInt(r.Num()), python.NewInt(r.Denom())), nil
}

// float returns the nearest float.
func (d *Decimal) float() (float64, error) {
	switch {
	case d.d.Form == apd.NaNSignaling:
		return 0, python.Errorf(python.ValueError, "cannot convert signaling NaN to float")
	case d.isNaN():
		return math.NaN(), nil
	case d.d.Form == apd.Infinite:
		return math.Inf(1 - 2*int(signBit(d))), nil
	}
	f, _ := strconv.ParseFloat(d.String(), 64) // infinity if it is too large
	return f, nil
}

// compareRational compares with an object that has a numerator and a
// denominator, such as a Fraction.
func compareRational(th *python.Thread, d *Decimal, v python.Value) (c int, ok bool) {
	if _, isObject := v.(*python.Instance); !isObject || !d.finite() || d.adjusted() > maxRationalDigits || d.adjusted() < -maxRationalDigits {
		return 0, false
	}
	var parts [2]*big.Int
	for i, name := range []string{"numerator", "denominator"} {
		x, found, err := th.GetAttrDefault(v, name)
		if err != nil || !found {
			return 0, false
		}
		if parts[i], ok = python.BigOf(x); !ok {
			return 0, false
		}
	}
	if parts[1].Sign() == 0 {
		return 0, false
	}
	mine, ok := new(big.Rat).SetString(d.String())
	if !ok {
		return 0, false
	}
	return mine.Cmp(new(big.Rat).SetFrac(parts[0], parts[1])), true
}

// maxRationalDigits is the size beyond which no Decimal is made a fraction.
const maxRationalDigits = 10000

// decimalComparisons are the six; NaN is unequal to everything and cannot be
// ordered.
func decimalComparisons() []python.Member {
	order := func(name string, holds func(c int) bool) python.Member {
		return binary(name, func(th *python.Thread, a, b python.Value) (python.Value, error) {
			d, _ := asDecimal(a)
			order, nan, signaling, ok := compareDecimals(d, b)
			if !ok {
				if c, ok := compareRational(th, d, b); ok {
					return python.Bool(holds(c)), nil
				}
				return python.NotImplemented, nil
			}
			equality := name == "__eq__" || name == "__ne__"
			if _, isFloat := python.Unwrap(b).(python.Float); isFloat && !equality {
				if err := mixesFloat(th); err != nil {
					return nil, err
				}
			}
			if nan {
				if !equality || signaling {
					c, err := decimalContext(th)
					if err != nil {
						return nil, err
					}
					if err := c.signal(th, invalidOperation, invalidOperation); err != nil {
						return nil, err
					}
				}
				return python.Bool(name == "__ne__"), nil
			}
			return python.Bool(holds(order)), nil
		})
	}
	return []python.Member{
		order("__eq__", func(c int) bool { return c == 0 }), order("__ne__", func(c int) bool { return c != 0 }),
		order("__lt__", func(c int) bool { return c < 0 }), order("__le__", func(c int) bool { return c <= 0 }),
		order("__gt__", func(c int) bool { return c > 0 }), order("__ge__", func(c int) bool { return c >= 0 }),
	}
}

// decimalOperators are +, -, *, /, //, % and **, both ways round.
func decimalOperators() []python.Member {
	var ms []python.Member
	for name, op := range map[string]decimalBinary{
		"add": (*Context).add, "sub": (*Context).subtract, "mul": (*Context).multiply, "truediv": (*Context).divide,
		"floordiv": (*Context).floorDivide, "mod": (*Context).remainder, "pow": (*Context).power,
	} {
		operate := func(swap bool) func(th *python.Thread, a *python.Args) (python.Value, error) {
			return func(th *python.Thread, a *python.Args) (python.Value, error) {
				if len(a.Pos) == 0 {
					return nil, a.Exactly(name, 1)
				}
				x, _ := asDecimal(a.Self)
				y, ok := decimalOperand(a.Pos[0])
				if !ok {
					return python.NotImplemented, nil
				}
				c, err := decimalContext(th)
				if err != nil {
					return nil, err
				}
				if swap {
					x, y = y, x
				}
				if len(a.Pos) > 1 && !isNone(a.Pos[1]) {
					by, ok := decimalOperand(a.Pos[1])
					if !ok {
						return python.NotImplemented, nil
					}
					return decimalResult(c.powerModulo(th, x, y, by))
				}
				return decimalResult(op(c, th, x, y))
			}
		}
		ms = append(ms, python.Method("__"+name+"__", operate(false)), python.Method("__r"+name+"__", operate(true)))
	}
	return append(ms, decimalDivmod("__divmod__", false), decimalDivmod("__rdivmod__", true))
}

func decimalDivmod(name string, swap bool) python.Member {
	return binary(name, func(th *python.Thread, a, b python.Value) (python.Value, error) {
		x, _ := asDecimal(a)
		y, ok := decimalOperand(b)
		if !ok {
			return python.NotImplemented, nil
		}
		if swap {
			x, y = y, x
		}
		c, err := decimalContext(th)
		if err != nil {
			return nil, err
		}
		if x.finite() && x.sign() != 0 && y.finite() && y.sign() == 0 {
			if err := c.signal(th, invalidOperation, invalidOperation, divisionByZero); err != nil {
				return nil, err
			}
		}
		q, err := c.floorDivide(th, x, y)
		if err != nil {
			return nil, err
		}
		r, err := c.remainder(th, x, y)
		if err != nil {
			return nil, err
		}
		return python.NewTuple(q, r), nil
	})
}

func decimalConversions() []python.Member {
	whole := func(name string, rounding apd.Rounder) python.Member {
		return unary(name, func(th *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDecimal(v)
			return wholeDecimal(th, d, rounding)
		})
	}
	same := func(d *Decimal) (python.Value, error) { return d, nil }
	return []python.Member{
		whole("__int__", apd.RoundDown), whole("__trunc__", apd.RoundDown), whole("__floor__", apd.RoundFloor), whole("__ceil__", apd.RoundCeiling),
		python.Method("__round__", roundDecimal),
		decimalMethod("__float__", func(d *Decimal) (python.Value, error) {
			f, err := d.float()
			return python.Float(f), err
		}),
		decimalMethod("__bool__", func(d *Decimal) (python.Value, error) { return python.Bool(d.sign() != 0), nil }),
		decimalMethod("__hash__", func(d *Decimal) (python.Value, error) {
			h, err := d.hash()
			return python.Int(h), err
		}),
		decimalMethod("__str__", func(d *Decimal) (python.Value, error) { return str(d.String()), nil }),
		decimalMethod("__repr__", func(d *Decimal) (python.Value, error) { return str("Decimal('" + d.String() + "')"), nil }),
		python.Method("__format__", formatDecimal),
		decimalMethod("to_eng_string", func(d *Decimal) (python.Value, error) { return str(d.engineering()), nil }),
		decimalMethod("radix", func(*Decimal) (python.Value, error) { return newDecimal(big.NewInt(10), 0, false), nil }),
		decimalMethod("canonical", same), decimalMethod("__copy__", same), decimalMethod("conjugate", same),
		binary("__deepcopy__", func(_ *python.Thread, v, _ python.Value) (python.Value, error) { return v, nil }),
		decimalMethod("as_tuple", decimalAsTuple), unary("as_integer_ratio", decimalRatio),
		getter("real", func(v python.Value) python.Value { return v }),
		getter("imag", func(python.Value) python.Value { return newDecimal(new(big.Int), 0, false) }),
		python.ClassMethodOf("from_float", func(_ *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("from_float", 1); err != nil {
				return nil, err
			}
			d, err := exactDecimal(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return derived(a.Self.(*python.Class), decimalClass, d), nil
		}),
	}
}

// decimalSigns are the methods that look at or change signs and exponents
// alone.
func decimalSigns() []python.Member {
	withSign := func(name string, negative func(d *Decimal) bool) python.Member {
		return decimalMethod(name, func(d *Decimal) (python.Value, error) {
			if d.d.Negative == negative(d) {
				return d, nil
			}
			return d.negated(), nil
		})
	}
	return []python.Member{
		withSign("copy_abs", func(*Decimal) bool { return false }),
		withSign("copy_negate", func(d *Decimal) bool { return !d.d.Negative }),
		binary("copy_sign", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			x, _ := asDecimal(a)
			y, err := wantDecimal(b)
			if err != nil || x.d.Negative == y.d.Negative {
				return decimalResult(x, err)
			}
			return x.negated(), nil
		}),
		binary("same_quantum", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			x, _ := asDecimal(a)
			y, err := wantDecimal(b)
			if err != nil {
				return nil, err
			}
			return python.Bool(x.d.Form == y.d.Form && (!x.finite() || x.d.Exponent == y.d.Exponent)), nil
		}),
		binary("compare_total", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			x, _ := asDecimal(a)
			y, err := wantDecimal(b)
			if err != nil {
				return nil, err
			}
			return newDecimal(big.NewInt(int64(x.d.CmpTotal(&y.d))), 0, false), nil
		}),
		decimalMethod("adjusted", func(d *Decimal) (python.Value, error) {
			if !d.finite() {
				return python.Int(0), nil
			}
			return python.Int(d.adjusted()), nil
		}),
		decimalTest("is_nan", (*Decimal).isNaN), decimalTest("is_finite", (*Decimal).finite),
		decimalTest("is_qnan", func(d *Decimal) bool { return d.d.Form == apd.NaN }),
		decimalTest("is_snan", func(d *Decimal) bool { return d.d.Form == apd.NaNSignaling }),
		decimalTest("is_infinite", func(d *Decimal) bool { return d.d.Form == apd.Infinite }),
		decimalTest("is_signed", func(d *Decimal) bool { return d.d.Negative }),
		decimalTest("is_zero", func(d *Decimal) bool { return d.finite() && d.sign() == 0 }),
		decimalTest("is_normal", func(d *Decimal) bool { return d.finite() && d.sign() != 0 && d.adjusted() >= -maxDecimalExponent }),
		decimalTest("is_subnormal", func(d *Decimal) bool { return d.finite() && d.sign() != 0 && d.adjusted() < -maxDecimalExponent }),
		decimalTest("is_canonical", func(*Decimal) bool { return true }),
	}
}

func decimalFunctions() []python.Member {
	special := func(name string, op decimalUnary) python.Member { return decimalFunction(name, op) }
	return []python.Member{
		special("__neg__", (*Context).negate), special("__pos__", (*Context).plus), special("__abs__", (*Context).absolute),
		python.Method("quantize", quantizeDecimal),
		decimalFunction("normalize", (*Context).normalize), decimalFunction("sqrt", (*Context).squareRoot),
		decimalFunction("exp", (*Context).exponential), decimalFunction("ln", (*Context).naturalLog), decimalFunction("log10", (*Context).log10),
		roundingFunction("to_integral", (*Context).integral), roundingFunction("to_integral_value", (*Context).integral),
		roundingFunction("to_integral_exact", (*Context).integral),
		decimalFunction2("compare", (*Context).comparison), decimalFunction2("max", (*Context).largest), decimalFunction2("min", (*Context).smallest),
		decimalFunction2("scaleb", (*Context).scale), decimalFunction2("remainder_near", (*Context).remainderNear),
		decimalFunction2("logical_and", (*Context).logicalAnd), decimalFunction2("logical_or", (*Context).logicalOr),
		decimalFunction2("logical_xor", (*Context).logicalXor), decimalFunction("logical_invert", (*Context).logicalInvert),
		decimalFunction2("rotate", (*Context).rotate), decimalFunction2("shift", (*Context).shift),
		decimalFunction2("max_mag", (*Context).largestMagnitude), decimalFunction2("min_mag", (*Context).smallestMagnitude),
		decimalFunction2("compare_signal", (*Context).compareSignal), decimalFunction2("next_toward", (*Context).nextToward),
		decimalFunction("next_plus", (*Context).nextPlus), decimalFunction("next_minus", (*Context).nextMinus),
		decimalFunction("logb", (*Context).exponent), python.Method("number_class", numberClass),
		python.Method("fma", fuseDecimal),
	}
}

// fuseDecimal multiplies and adds, rounding once.
func fuseDecimal(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("fma", 2); err != nil {
		return nil, err
	}
	x, _ := asDecimal(a.Self)
	y, err := wantDecimal(a.Pos[0])
	if err != nil {
		return nil, err
	}
	z, err := wantDecimal(a.Pos[1])
	if err != nil {
		return nil, err
	}
	c, err := decimalContext(th)
	if err != nil {
		return nil, err
	}
	wide := *c
	wide.prec = x.d.NumDigits() + y.d.NumDigits() + 1
	product, err := wide.multiply(th, x, y)
	if err != nil {
		return nil, err
	}
	return decimalResult(c.add(th, product, z))
}

func defineDecimal() {
	defineDecimalSignals()
	var members []python.Member
	for _, ms := range [][]python.Member{decimalConversions(), decimalComparisons(), decimalOperators(), decimalSigns(), decimalFunctions()} {
		members = append(members, ms...)
	}
	decimalClass = python.NewClass(python.ClassSpec{Name: "Decimal", Dotted: true, Module: "decimal", New: makeDecimal, Members: members})
	defineDecimalTuple()
	defineDecimalContext()
}

// defineDecimalTuple makes the class of what as_tuple gives.
func defineDecimalTuple() {
	base := newRecord("decimal", "DecimalTuple", "sign", "digits", "exponent")
	var cls *python.Class
	cls = python.NewClass(python.ClassSpec{Name: "DecimalTuple", Module: "decimal", Bases: []*python.Class{base},
		New: func(_ *python.Thread, _ *python.Class, a *python.Args) (python.Value, error) {
			var sign, digits, exponent python.Value
			if err := a.Unpack("DecimalTuple", "sign", &sign, "digits", &digits, "exponent", &exponent); err != nil {
				return nil, err
			}
			return record(cls, sign, digits, exponent), nil
		},
		Members: []python.Member{unary("__repr__", func(th *python.Thread, v python.Value) (python.Value, error) {
			t := python.Unwrap(v).(*python.Tuple)
			digits, err := th.Repr(t.Elems[1])
			if err != nil {
				return nil, err
			}
			sign, err := th.Repr(t.Elems[0])
			if err != nil {
				return nil, err
			}
			exp, err := th.Repr(t.Elems[2])
			if err != nil {
				return nil, err
			}
			return str("DecimalTuple(sign=" + sign.String() + ", digits=" + digits.String() + ", exponent=" + exp.String() + ")"), nil
		})}})
	decimalTupleClass = cls
}
