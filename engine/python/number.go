package python

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"colloquy/engine/python/syntax"
)

// wrap returns v itself for the builtin class, or an instance of a subclass
// that carries it.
func wrap(cls, builtin *Class, v Value) Value {
	if cls == builtin {
		return v
	}
	return &Instance{Cls: cls, Native: v}
}

func newInt(th *Thread, cls *Class, a *Args) (Value, error) {
	var x, base Value
	if err := a.Unpack("int", "/x?", &x, "base?", &base); err != nil {
		return nil, err
	}
	if x == nil {
		if base != nil {
			return nil, Errorf(TypeError, "int() missing string argument")
		}
		return wrap(cls, IntClass, boxInt(0)), nil
	}
	v, err := th.toInt(x, base)
	if err != nil {
		return nil, err
	}
	return wrap(cls, IntClass, v), nil
}

// toInt is int(x) or int(x, base).
func (th *Thread) toInt(x, base Value) (Value, error) {
	if base != nil {
		n, err := th.wantIndex(base)
		if err != nil {
			return nil, err
		}
		text, ok := textOf(x)
		if !ok {
			return nil, Errorf(TypeError, "int() can't convert non-string with explicit base")
		}
		return parseInt(text, int(n), x)
	}
	switch v := Unwrap(x).(type) {
	case Int, *Big:
		if x == v || th.special(x, "__int__") == nil {
			return v, nil
		}
	case Bool:
		return boxInt(boolInt(v)), nil
	case Float:
		if math.Abs(float64(v)) < 1<<52 {
			return boxInt(Int(v)), nil
		}
		b, err := floatToBig(float64(v))
		if err != nil {
			return nil, err
		}
		return ownInt(b), nil
	}
	for _, name := range []string{"__int__", "__index__", "__trunc__"} {
		if m := th.special(x, name); m != nil {
			r, err := th.callSlot(m, x)
			if err != nil {
				return nil, err
			}
			if b, ok := bigOf(r); ok {
				return NewInt(b), nil
			}
			return nil, Errorf(TypeError, "%s returned non-int (type %s)", name, r.Class().name)
		}
	}
	if text, ok := textOf(x); ok {
		return parseInt(text, 10, x)
	}
	return nil, Errorf(TypeError, "int() argument must be a string, a bytes-like object or a real number, not '%s'", x.Class().name)
}

func textOf(v Value) (string, bool) {
	if s, ok := asStr(v); ok {
		return s.s, true
	}
	if b, ok := asBytes(v); ok {
		return b.b, true
	}
	return "", false
}

func floatToBig(f float64) (*big.Int, error) {
	switch {
	case math.IsNaN(f):
		return nil, Errorf(ValueError, "cannot convert float NaN to integer")
	case math.IsInf(f, 0):
		return nil, Errorf(OverflowError, "cannot convert float infinity to integer")
	}
	x, _ := big.NewFloat(math.Trunc(f)).Int(nil)
	return x, nil
}

func parseInt(text string, base int, of Value) (Value, error) {
	if base != 0 && (base < 2 || base > 36) {
		return nil, Errorf(ValueError, "int() base must be >= 2 and <= 36, or 0")
	}
	if base == 10 && isShortNumber(text) {
		n, err := strconv.ParseInt(text, 10, 64)
		return boxInt(Int(n)), err
	}
	bad := func() error {
		return Errorf(ValueError, "invalid literal for int() with base %d: %s", base, plainRepr(of))
	}
	s := strings.TrimFunc(asciiDigits(text), unicode.IsSpace)
	neg := strings.HasPrefix(s, "-")
	digits := strings.TrimPrefix(s, "-")
	if !neg {
		digits = strings.TrimPrefix(s, "+")
	}
	digits, used, ok := intPrefix(digits, base)
	if !ok || digits == "" || digits[0] == '_' && !strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__") || digits[0] == '+' || digits[0] == '-' {
		return nil, bad()
	}
	if digits[0] == '_' && used == base {
		return nil, bad()
	}
	digits = strings.ReplaceAll(digits, "_", "")
	if used&(used-1) != 0 && len(digits) > 4300 {
		return nil, Errorf(ValueError, "Exceeds the limit (4300 digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", len(digits))
	}
	x, ok := new(big.Int).SetString(digits, used)
	if !ok {
		return nil, bad()
	}
	if neg {
		x.Neg(x)
	}
	return ownInt(x), nil
}

// isShortNumber reports whether text is digits and surely fits into 64 bits.
func isShortNumber(text string) bool {
	if text == "" || len(text) > 18 {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// intPrefix takes 0x, 0o or 0b off and returns the base they mean.
func intPrefix(s string, base int) (digits string, used int, ok bool) {
	low := strings.ToLower(s)
	for prefix, b := range map[string]int{"0x": 16, "0o": 8, "0b": 2} {
		if strings.HasPrefix(low, prefix) && (base == 0 || base == b) {
			return strings.TrimPrefix(s[2:], "_"), b, true
		}
	}
	if base != 0 {
		return s, base, true
	}
	if len(s) > 1 && s[0] == '0' && strings.Trim(s, "0_") != "" {
		return "", 0, false
	}
	return s, 10, true
}

// asciiDigits replaces decimal digits of other scripts by ASCII ones.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII && unicode.Is(unicode.Nd, r) {
			return '0' + digitValue(r)
		}
		return r
	}, s)
}

// digitValue is the value of a decimal digit: they come in tens.
func digitValue(r rune) rune {
	for z := r; ; z-- {
		if !unicode.Is(unicode.Nd, z-1) || r-z == 9 {
			return (r - z) % 10
		}
	}
}

func newBool(th *Thread, _ *Class, a *Args) (Value, error) {
	if err := a.Between("bool", 0, 1); err != nil {
		return nil, err
	}
	if len(a.Pos) == 0 {
		return boxFalse, nil
	}
	t, err := th.Truth(a.Pos[0])
	return boxBool(t), err
}

func newFloat(th *Thread, cls *Class, a *Args) (Value, error) {
	if err := a.Between("float", 0, 1); err != nil {
		return nil, err
	}
	if len(a.Pos) == 0 {
		return wrap(cls, FloatClass, Float(0)), nil
	}
	if text, ok := textOf(a.Pos[0]); ok {
		f, err := parseFloat(text, a.Pos[0])
		if err != nil {
			return nil, err
		}
		if math.IsNaN(f) {
			f = th.newNaN()
		}
		return wrap(cls, FloatClass, Float(f)), nil
	}
	f, err := th.floatArg(a.Pos[0])
	if err != nil {
		if r, ok := isRaised(err, TypeError); ok && strings.HasPrefix(exceptionText(r.exc), "must be real") {
			return nil, Errorf(TypeError, "float() argument must be a string or a real number, not '%s'", a.Pos[0].Class().name)
		}
		return nil, err
	}
	return wrap(cls, FloatClass, Float(f)), nil
}

// newNaN returns a NaN that is identical to no other.
func (th *Thread) newNaN() float64 {
	th.nans++
	return math.Float64frombits(math.Float64bits(math.NaN())&^(1<<50-1) | th.nans&(1<<50-1))
}

// floatArg returns v as a float, by __float__ or __index__.
func (th *Thread) floatArg(v Value) (float64, error) {
	switch x := v.(type) {
	case Float:
		return float64(x), nil
	case Int, Bool, *Big:
		return toFloat(x)
	}
	for _, name := range []string{"__float__", "__index__"} {
		if m := th.special(v, name); m != nil {
			r, err := th.callSlot(m, v)
			if err != nil {
				return 0, err
			}
			switch x := Unwrap(r).(type) {
			case Float:
				return float64(x), nil
			case Int, *Big:
				if name == "__index__" {
					return toFloat(x)
				}
			}
			return 0, Errorf(TypeError, "%s.%s returned non-float (type %s)", v.Class().name, name, r.Class().name)
		}
	}
	return 0, Errorf(TypeError, "must be real number, not %s", v.Class().name)
}

func parseFloat(text string, of Value) (float64, error) {
	s := strings.TrimFunc(asciiDigits(text), unicode.IsSpace)
	bad := Errorf(ValueError, "could not convert string to float: %s", plainRepr(of))
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "inf", "infinity", "nan":
		if strings.Count(s, "+")+strings.Count(s, "-") > 1 {
			return 0, bad
		}
		f, _ := strconv.ParseFloat(strings.TrimPrefix(s, "+"), 64)
		return f, nil
	}
	if strings.ContainsAny(s, "xXpPiInN") || !underscoresFit(s) {
		return 0, bad
	}
	clean := strings.ReplaceAll(s, "_", "")
	f, err := strconv.ParseFloat(clean, 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, bad
	}
	return f, nil
}

// underscoresFit reports whether each underscore stands between digits.
func underscoresFit(s string) bool {
	for i := range len(s) {
		if s[i] == '_' && (i == 0 || i+1 == len(s) || !isDigitByte(s[i-1]) || !isDigitByte(s[i+1])) {
			return false
		}
	}
	return true
}

// round rounds to n digits, half to even, as CPython does: by the exact decimal
// value of the number.
func roundFloat(x float64, n int) (float64, error) {
	if math.IsNaN(x) || math.IsInf(x, 0) || n > 323 {
		return x, nil
	}
	if n < -308 {
		return math.Copysign(0, x), nil
	}
	if n >= 0 {
		f, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', n, 64), 64)
		return f, nil
	}
	r := new(big.Rat)
	r.SetFloat64(x)
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-n)), nil)
	q := roundRat(r.Quo(r, new(big.Rat).SetInt(scale)))
	f, _ := new(big.Float).SetInt(q.Mul(q, scale)).Float64()
	if math.IsInf(f, 0) {
		return 0, Errorf(OverflowError, "rounded value too large to represent")
	}
	return f, nil
}

// roundRat rounds to an integer, half to even.
func roundRat(r *big.Rat) *big.Int {
	two := big.NewInt(2)
	num := new(big.Int).Add(new(big.Int).Mul(r.Num(), two), r.Denom())
	den := new(big.Int).Mul(r.Denom(), two)
	q, rem := bigFloorDiv(num, den)
	if rem.Sign() == 0 && q.Bit(0) == 1 {
		q.Sub(q, big.NewInt(1))
	}
	return q
}

// roundInt is round(x, n) for an int.
func roundInt(x *big.Int, n int64) (Value, error) {
	if n >= 0 {
		return NewInt(x), nil
	}
	if n < -10000 {
		return boxInt(0), nil
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(-n), nil)
	q := roundRat(new(big.Rat).SetFrac(x, scale))
	return ownInt(q.Mul(q, scale)), nil
}

func numberSelf(a *Args) Value { return Unwrap(a.Self) }

// nativeOp is the method of a builtin class for an operator.
func nativeOp(op syntax.Operator, name string) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		self, other := Unwrap(a.Self), Unwrap(a.Pos[0])
		if beyond(self, other) {
			return NotImplemented, nil
		}
		v, ok, err := th.nativeBinary(op, self, other)
		if err != nil || ok {
			return v, err
		}
		return NotImplemented, nil
	})
}

// beyond reports whether other is of a wider kind of number than self, or no
// number: then the method of self leaves the operation to other.
func beyond(self, other Value) bool {
	rank := func(v Value) int {
		switch v.(type) {
		case Int, Bool, *Big:
			return 1
		case Float:
			return 2
		case Complex:
			return 3
		}
		return 4
	}
	r := rank(self)
	return r < 4 && rank(other) > r
}

func nativeReflected(op syntax.Operator, name string) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		if beyond(Unwrap(a.Self), Unwrap(a.Pos[0])) {
			return NotImplemented, nil
		}
		v, ok, err := th.nativeBinary(op, Unwrap(a.Pos[0]), Unwrap(a.Self))
		if err != nil || ok {
			return v, err
		}
		return NotImplemented, nil
	})
}

func nativeComparison(op syntax.CmpOp, name string) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		if beyond(Unwrap(a.Self), Unwrap(a.Pos[0])) {
			return NotImplemented, nil
		}
		v, ok, err := th.nativeCompare(op, Unwrap(a.Self), Unwrap(a.Pos[0]))
		if err != nil || ok {
			return v, err
		}
		return NotImplemented, nil
	})
}

func orderings() []Member {
	return []Member{
		nativeComparison(syntax.Eq, "__eq__"), nativeComparison(syntax.Lt, "__lt__"), nativeComparison(syntax.LtE, "__le__"),
		nativeComparison(syntax.Gt, "__gt__"), nativeComparison(syntax.GtE, "__ge__"),
	}
}

// unwrapped is a method that gives what do gives for the builtin data of self.
func unwrapped(name string, do func(th *Thread, v Value) (Value, error)) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 0); err != nil {
			return nil, err
		}
		return do(th, Unwrap(a.Self))
	})
}

func hashMember() Member {
	return unwrapped("__hash__", func(th *Thread, v Value) (Value, error) {
		h, err := th.Hash(v)
		return Int(h), err
	})
}

func reprMember() Member {
	return unwrapped("__repr__", func(th *Thread, v Value) (Value, error) { return nonNil(th.Repr(v)) })
}

func formatMember() Member {
	return Method("__format__", func(th *Thread, a *Args) (Value, error) {
		spec := emptyStr
		if err := a.Unpack("__format__", "spec", &spec); err != nil {
			return nil, err
		}
		return nonNil(th.Format(Unwrap(a.Self), spec))
	})
}

func truthMember() Member {
	return unwrapped("__bool__", func(th *Thread, v Value) (Value, error) {
		t, err := th.Truth(v)
		return boxBool(t), err
	})
}

// numberMembers are the methods of a kind of number; only integers have bits.
func numberMembers(bits bool) []Member {
	ms := append(orderings(), hashMember(), reprMember(), formatMember(), truthMember())
	for op, names := range binaryNames {
		o := syntax.Operator(op)
		switch o {
		case syntax.MatMult:
			continue
		case syntax.BitAnd, syntax.BitOr, syntax.BitXor, syntax.LShift, syntax.RShift:
			if !bits {
				continue
			}
		}
		ms = append(ms, nativeOp(o, names[0]), nativeReflected(o, names[1]))
	}
	for op, name := range map[syntax.UnaryOperator]string{syntax.USub: "__neg__", syntax.UAdd: "__pos__"} {
		ms = append(ms, unwrapped(name, func(th *Thread, v Value) (Value, error) { return th.Unary(op, v) }))
	}
	divmod := func(name string, swapped bool) Member {
		return Method(name, func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			x, y := Unwrap(a.Self), Unwrap(a.Pos[0])
			if beyond(x, y) {
				return NotImplemented, nil
			}
			if swapped {
				x, y = y, x
			}
			return th.divmod(x, y)
		})
	}
	return append(ms, divmod("__divmod__", false), divmod("__rdivmod__", true),
		unwrapped("__abs__", func(th *Thread, v Value) (Value, error) { return th.abs(v) }),
		unwrapped("conjugate", func(_ *Thread, v Value) (Value, error) { return v, nil }),
		Method("__round__", func(th *Thread, a *Args) (Value, error) {
			var n Value = None
			if err := a.Unpack("__round__", "/ndigits?", &n); err != nil {
				return nil, err
			}
			return th.round(Unwrap(a.Self), n)
		}))
}

func intMembers() []Member {
	ms := numberMembers(true)
	for _, name := range []string{"__int__", "__index__", "__trunc__", "__floor__", "__ceil__"} {
		ms = append(ms, unwrapped(name, func(_ *Thread, v Value) (Value, error) {
			if b, ok := v.(Bool); ok {
				return boxInt(boolInt(b)), nil
			}
			return v, nil
		}))
	}
	return append(ms,
		unwrapped("__invert__", func(th *Thread, v Value) (Value, error) { return th.Unary(syntax.Invert, v) }),
		unwrapped("__float__", func(_ *Thread, v Value) (Value, error) {
			f, err := toFloat(v)
			return Float(f), err
		}),
		unwrapped("bit_length", func(_ *Thread, v Value) (Value, error) {
			x, _ := bigOf(v)
			return boxInt(Int(x.BitLen())), nil
		}),
		unwrapped("bit_count", func(_ *Thread, v Value) (Value, error) {
			x, _ := bigOf(v)
			return boxInt(Int(strings.Count(new(big.Int).Abs(x).Text(2), "1"))), nil
		}),
		unwrapped("is_integer", func(*Thread, Value) (Value, error) { return boxTrue, nil }),
		unwrapped("as_integer_ratio", func(_ *Thread, v Value) (Value, error) { return NewTuple(plainInt(v), boxInt(1)), nil }),
		Method("to_bytes", intToBytes), ClassMethodOf("from_bytes", intFromBytes),
		unwrapped("conjugate", func(_ *Thread, v Value) (Value, error) { return plainInt(v), nil }),
		Getter("real", func(_ *Thread, v Value) (Value, error) { return plainInt(Unwrap(v)), nil }, nil),
		Getter("imag", func(*Thread, Value) (Value, error) { return boxInt(0), nil }, nil),
		Getter("numerator", func(_ *Thread, v Value) (Value, error) { return plainInt(Unwrap(v)), nil }, nil),
		Getter("denominator", func(*Thread, Value) (Value, error) { return boxInt(1), nil }, nil))
}

// plainInt is an int as it is, and a bool as an int.
func plainInt(v Value) Value {
	if b, ok := v.(Bool); ok {
		return boxInt(boolInt(b))
	}
	return v
}

func byteOrder(order string) (big bool, err error) {
	switch order {
	case "big":
		return true, nil
	case "little":
		return false, nil
	}
	return false, Errorf(ValueError, "byteorder must be either 'little' or 'big'")
}

func reversed(b []byte) []byte {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return b
}

func intToBytes(th *Thread, a *Args) (Value, error) {
	n, order, signed := 1, "big", false
	if err := a.Unpack("to_bytes", "length?", &n, "byteorder?", &order, "*", nil, "signed?", &signed); err != nil {
		return nil, err
	}
	bigEnd, err := byteOrder(order)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, Errorf(ValueError, "length argument must be non-negative")
	}
	if err := th.Alloc(n); err != nil {
		return nil, err
	}
	x, _ := BigOf(numberSelf(a))
	if signed && x.Sign() >= 0 && x.BitLen() >= n*8 && x.Sign() > 0 {
		return nil, Errorf(OverflowError, "int too big to convert")
	}
	if x.Sign() < 0 {
		if !signed {
			return nil, Errorf(OverflowError, "can't convert negative int to unsigned")
		}
		half := new(big.Int).Lsh(big.NewInt(1), uint(max(n*8-1, 0)))
		if n == 0 || new(big.Int).Neg(x).Cmp(half) > 0 {
			return nil, Errorf(OverflowError, "int too big to convert")
		}
		x.Add(x, half.Lsh(half, 1))
	}
	if x.Sign() < 0 || x.BitLen() > n*8 {
		return nil, Errorf(OverflowError, "int too big to convert")
	}
	b := x.FillBytes(make([]byte, n))
	if !bigEnd {
		b = reversed(b)
	}
	return NewBytes(b), nil
}

func intFromBytes(th *Thread, a *Args) (Value, error) {
	var src Value
	order, signed := "big", false
	if err := a.Unpack("from_bytes", "bytes", &src, "byteorder?", &order, "*", nil, "signed?", &signed); err != nil {
		return nil, err
	}
	bigEnd, err := byteOrder(order)
	if err != nil {
		return nil, err
	}
	_, isText := asStr(src)
	if _, isInt := bigOf(src); isInt || isText {
		return nil, Errorf(TypeError, "cannot convert '%s' object to bytes", src.Class().name)
	}
	made, err := newBytes(th, BytesClass, &Args{Pos: []Value{src}, th: th})
	if err != nil {
		return nil, err
	}
	b := []byte(made.(*Bytes).b)
	if !bigEnd {
		b = reversed(b)
	}
	x := new(big.Int).SetBytes(b)
	if signed && len(b) > 0 && b[0] >= 0x80 {
		x.Sub(x, new(big.Int).Lsh(big.NewInt(1), uint(len(b))*8))
	}
	cls, _ := a.Self.(*Class)
	if cls == nil || cls == IntClass {
		return ownInt(x), nil
	}
	return th.Call(cls, []Value{ownInt(x)}, nil)
}

func floatMembers() []Member {
	toInt := func(f func(float64) float64) func(*Thread, Value) (Value, error) {
		return func(_ *Thread, v Value) (Value, error) {
			x, err := floatToBig(f(float64(v.(Float))))
			if err != nil {
				return nil, err
			}
			return ownInt(x), nil
		}
	}
	return append(numberMembers(false),
		unwrapped("__float__", func(_ *Thread, v Value) (Value, error) { return v, nil }),
		unwrapped("__int__", toInt(math.Trunc)), unwrapped("__trunc__", toInt(math.Trunc)),
		unwrapped("__floor__", toInt(math.Floor)), unwrapped("__ceil__", toInt(math.Ceil)),
		unwrapped("is_integer", func(_ *Thread, v Value) (Value, error) {
			f := float64(v.(Float))
			return boxBool(f == math.Trunc(f) && !math.IsInf(f, 0)), nil
		}),
		unwrapped("hex", func(_ *Thread, v Value) (Value, error) { return NewStr(floatHex(float64(v.(Float)))), nil }),
		unwrapped("as_integer_ratio", func(_ *Thread, v Value) (Value, error) {
			f := float64(v.(Float))
			if math.IsInf(f, 0) || math.IsNaN(f) {
				if math.IsNaN(f) {
					return nil, Errorf(ValueError, "cannot convert NaN to integer ratio")
				}
				return nil, Errorf(OverflowError, "cannot convert Infinity to integer ratio")
			}
			r := new(big.Rat)
			r.SetFloat64(f)
			return NewTuple(NewInt(r.Num()), NewInt(r.Denom())), nil
		}),
		Getter("real", func(_ *Thread, v Value) (Value, error) { return Unwrap(v), nil }, nil),
		Getter("imag", func(*Thread, Value) (Value, error) { return Float(0), nil }, nil))
}

func floatHex(f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return floatRepr(f)
	}
	if f == 0 {
		if math.Signbit(f) {
			return "-0x0.0p+0"
		}
		return "0x0.0p+0"
	}
	if frac, exp := math.Frexp(f); exp < -1021 {
		bits := math.Float64bits(math.Abs(f))
		sign := ""
		if frac < 0 {
			sign = "-"
		}
		return fmt.Sprintf("%s0x0.%013xp-1022", sign, bits)
	}
	s := strconv.FormatFloat(f, 'x', 13, 64)
	mant, exp, _ := strings.Cut(s, "p")
	sign := exp[:1]
	return mant + "p" + sign + strings.TrimLeft(exp[1:len(exp)-1], "0") + exp[len(exp)-1:]
}

// abs, round and divmod for numbers and objects with the methods.
func (th *Thread) abs(v Value) (Value, error) {
	switch x := v.(type) {
	case Int:
		if x >= 0 {
			return x, nil
		}
		return intUnary(syntax.USub, x), nil
	case Bool:
		return boxInt(boolInt(x)), nil
	case Float:
		return Float(math.Abs(float64(x))), nil
	case *Big:
		return ownInt(new(big.Int).Abs(x.x)), nil
	}
	if m := th.special(v, "__abs__"); m != nil {
		return th.callSlot(m, v)
	}
	return nil, Errorf(TypeError, "bad operand type for abs(): '%s'", v.Class().name)
}

func (th *Thread) round(v, digits Value) (Value, error) {
	switch x := v.(type) {
	case Int, Bool, *Big:
		b, _ := bigOf(x)
		if digits == Value(None) {
			return NewInt(b), nil
		}
		n, err := th.wantIndex(digits)
		if err != nil {
			return nil, err
		}
		return roundInt(b, n)
	case Float:
		if digits == Value(None) {
			b, err := floatToBig(math.RoundToEven(float64(x)))
			if err != nil {
				return nil, err
			}
			return ownInt(b), nil
		}
		n, err := th.wantIndex(digits)
		if err != nil {
			return nil, err
		}
		f, err := roundFloat(float64(x), int(min(max(n, -1000), 1000)))
		return Float(f), err
	}
	m := th.special(v, "__round__")
	if m == nil {
		return nil, Errorf(TypeError, "type %s doesn't define __round__ method", v.Class().name)
	}
	if digits == Value(None) {
		return th.callSlot(m, v)
	}
	return th.callSlot(m, v, digits)
}

func (th *Thread) divmod(a, b Value) (Value, error) {
	_, anum := FloatOf(a)
	_, bnum := FloatOf(b)
	if !anum || !bnum {
		for _, try := range []struct {
			name      string
			self, arg Value
		}{{"__divmod__", a, b}, {"__rdivmod__", b, a}} {
			if m := th.special(try.self, try.name); m != nil {
				if b, native := m.(*Builtin); native && (b.owner == IntClass || b.owner == FloatClass) {
					continue
				}
				if r, ok, err := th.tryMethod(m, try.self, try.arg); ok || err != nil {
					return r, err
				}
			}
		}
		return nil, unsupported("divmod()", a, b)
	}
	q, err := th.Binary(syntax.FloorDiv, a, b)
	if err != nil {
		_, zero := isRaised(err, ZeroDivisionError)
		_, aFloat := Unwrap(a).(Float)
		if _, bFloat := Unwrap(b).(Float); zero && (aFloat || bFloat) {
			return nil, Errorf(ZeroDivisionError, "float divmod()")
		}
		return nil, err
	}
	r, err := th.Binary(syntax.Mod, a, b)
	if err != nil {
		return nil, err
	}
	return NewTuple(q, r), nil
}

// parseHexFloat reads what float.fromhex takes: [sign] [0x] digits [. digits]
// [p exponent], or a name of infinity or NaN.
func parseHexFloat(s string) (float64, error) {
	bad := Errorf(ValueError, "invalid hexadecimal floating-point string")
	t := strings.ToLower(strings.Trim(s, byteSpace))
	sign := ""
	if t != "" && (t[0] == '-' || t[0] == '+') {
		sign, t = t[:1], t[1:]
	}
	switch t {
	case "inf", "infinity", "nan":
		f, _ := strconv.ParseFloat(strings.TrimPrefix(sign, "+")+t, 64)
		return f, nil
	}
	t = strings.TrimPrefix(t, "0x")
	mantissa, exponent, scaled := strings.Cut(t, "p")
	whole, part, _ := strings.Cut(mantissa, ".")
	if strings.Trim(whole+part, "0123456789abcdef") != "" || whole+part == "" {
		return 0, bad
	}
	if !scaled {
		exponent = "0"
	}
	if d := strings.TrimLeft(exponent, "+-"); d == "" || len(exponent)-len(d) > 1 || strings.Trim(d, "0123456789") != "" {
		return 0, bad
	}
	f, err := strconv.ParseFloat(sign+"0x"+whole+"."+part+"p"+exponent, 64)
	if err != nil && math.IsInf(f, 0) {
		return 0, Errorf(OverflowError, "hexadecimal value too large to represent as a float")
	}
	return f, nil
}
