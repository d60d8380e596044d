package python

import (
	"math"
	"strings"

	"colloquy/engine/python/elementary"
	"colloquy/engine/python/syntax"
)

// Complex is Python's complex.
type Complex complex128

// Class returns ComplexClass.
func (Complex) Class() *Class { return ComplexClass }

// complexOf returns a number as a complex one, and whether it is one.
func complexOf(v Value) (complex128, bool, error) {
	switch x := v.(type) {
	case Complex:
		return complex128(x), true, nil
	case Int, Bool, *Big, Float:
		if f, ok := x.(Float); ok {
			return complex(float64(f), 0), true, nil
		}
		f, err := toFloat(x)
		return complex(f, 0), true, err
	}
	return 0, false, nil
}

// complexBinary is a op b where one of them is a complex number.
func (th *Thread) complexBinary(op syntax.Operator, a, b Value) (Value, bool, error) {
	switch op {
	case syntax.Add, syntax.Sub, syntax.Mult, syntax.Div, syntax.Pow:
	default:
		return nil, false, nil
	}
	x, ok, err := complexOf(a)
	if !ok || err != nil {
		return nil, false, err
	}
	y, ok, err := complexOf(b)
	if !ok || err != nil {
		return nil, false, err
	}
	switch op {
	case syntax.Add:
		return Complex(x + y), true, nil
	case syntax.Sub:
		return Complex(x - y), true, nil
	case syntax.Mult:
		return Complex(complexProduct(x, y)), true, nil
	case syntax.Div:
		if y == 0 {
			return nil, true, Errorf(ZeroDivisionError, "complex division by zero")
		}
		return Complex(complexQuotient(x, y)), true, nil
	}
	v, err := complexPower(x, y)
	return v, true, err
}

func complexProduct(x, y complex128) complex128 {
	a, b, c, d := real(x), imag(x), real(y), imag(y)
	return complex(float64(a*c)-float64(b*d), float64(a*d)+float64(b*c))
}

// complexQuotient divides by the larger part of the divisor first, so that
// nothing overflows on the way.
func complexQuotient(x, y complex128) complex128 {
	a, b, c, d := real(x), imag(x), real(y), imag(y)
	switch {
	case math.Abs(c) >= math.Abs(d):
		ratio := d / c
		den := c + float64(d*ratio)
		return complex((a+float64(b*ratio))/den, (b-float64(a*ratio))/den)
	case math.Abs(d) >= math.Abs(c):
		ratio := c / d
		den := float64(c*ratio) + d
		return complex((float64(a*ratio)+b)/den, (float64(b*ratio)-a)/den)
	}
	return complex(math.NaN(), math.NaN())
}

func complexPower(x, y complex128) (Value, error) {
	var r complex128
	n := real(y)
	switch {
	case y == 0:
		r = 1
	case x == 0:
		if imag(y) != 0 || n < 0 {
			return nil, Errorf(ZeroDivisionError, "0.0 to a negative or complex power")
		}
	case imag(y) == 0 && n == math.Floor(n) && math.Abs(n) <= 100:
		r = complexWholePower(x, int(n))
	default:
		size := elementary.Pow(complexAbs(x), n)
		at := math.Atan2(imag(x), real(x))
		phase := at * n
		if imag(y) != 0 {
			size *= elementary.Exp(-at * imag(y))
			phase += imag(y) * elementary.Log(complexAbs(x))
		}
		r = complex(size*elementary.Cos(phase), size*elementary.Sin(phase))
	}
	if math.IsInf(real(r), 0) || math.IsInf(imag(r), 0) {
		return nil, Errorf(OverflowError, "complex exponentiation")
	}
	return Complex(r), nil
}

func complexWholePower(x complex128, n int) complex128 {
	if n < 0 {
		return complexQuotient(1, complexWholePower(x, -n))
	}
	r := complex128(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			r = complexProduct(r, x)
		}
		x = complexProduct(x, x)
	}
	return r
}

func complexAbs(x complex128) float64 { return math.Hypot(real(x), imag(x)) }

func complexRepr(c complex128) string {
	part := func(f float64) string { return strings.TrimSuffix(floatRepr(f), ".0") }
	im := part(imag(c)) + "j"
	if real(c) == 0 && !math.Signbit(real(c)) {
		return im
	}
	if im[0] != '-' {
		im = "+" + im
	}
	return "(" + part(real(c)) + im + ")"
}

func newComplex(th *Thread, cls *Class, a *Args) (Value, error) {
	var re, im Value
	if err := a.Unpack("complex", "real?", &re, "imag?", &im); err != nil {
		return nil, err
	}
	if s, ok := asStrOrNil(re); ok {
		if im != nil {
			return nil, Errorf(TypeError, "complex() can't take second arg if first is a string")
		}
		c, err := parseComplex(s.s)
		return wrap(cls, ComplexClass, Complex(c)), err
	}
	if _, ok := asStrOrNil(im); ok {
		return nil, Errorf(TypeError, "complex() second arg can't be a string")
	}
	x, err := th.complexPart(re, "first argument must be a string or a number")
	if err != nil {
		return nil, err
	}
	y, err := th.complexPart(im, "second argument must be a number")
	if err != nil {
		return nil, err
	}
	c := x
	if im != nil {
		c = complex(real(x), real(y))
		if _, both := Unwrap(re).(Complex); both {
			c = complex(real(x), imag(x)+real(y))
		}
		if _, both := Unwrap(im).(Complex); both {
			c = complex(real(c)-imag(y), imag(c))
		}
	}
	return wrap(cls, ComplexClass, Complex(c)), nil
}

// complexPart returns an argument of complex() as a number.
func (th *Thread) complexPart(v Value, wanted string) (complex128, error) {
	if v == nil {
		return 0, nil
	}
	if c, ok := Unwrap(v).(Complex); ok {
		return complex128(c), nil
	}
	if m := th.special(v, "__complex__"); m != nil {
		r, err := th.callSlot(m, v)
		if err != nil {
			return 0, err
		}
		if c, ok := Unwrap(r).(Complex); ok {
			return complex128(c), nil
		}
		return 0, Errorf(TypeError, "__complex__ returned non-complex (type %s)", r.Class().name)
	}
	f, err := th.floatArg(v)
	if r, ok := isRaised(err, TypeError); ok && strings.HasPrefix(exceptionText(r.exc), "must be real") {
		return 0, Errorf(TypeError, "complex() %s, not '%s'", wanted, v.Class().name)
	}
	return complex(f, 0), err
}

// parseComplex reads a number such as 1, 2j, 1+2j or (1+2j).
func parseComplex(text string) (complex128, error) {
	s := strings.TrimSpace(asciiDigits(text))
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	bad := Errorf(ValueError, "complex() arg is a malformed string")
	if !underscoresFit(s) {
		return 0, Errorf(ValueError, "could not convert string to complex: %s", plainRepr(NewStr(text)))
	}
	number := func(s string) (float64, bool) {
		if s == "" || s != strings.TrimSpace(s) {
			return 0, false
		}
		f, err := parseFloat(s, emptyStr)
		return f, err == nil
	}
	last := s != "" && (s[len(s)-1] == 'j' || s[len(s)-1] == 'J')
	if !last {
		f, ok := number(s)
		if !ok {
			return 0, bad
		}
		return complex(f, 0), nil
	}
	s = s[:len(s)-1]
	cut := 0
	for i := len(s) - 1; i > 0; i-- {
		if (s[i] == '+' || s[i] == '-') && s[i-1] != 'e' && s[i-1] != 'E' {
			cut = i
			break
		}
	}
	var re float64
	if cut > 0 {
		var ok bool
		if re, ok = number(s[:cut]); !ok {
			return 0, bad
		}
	}
	im := s[cut:]
	if im == "" || im == "+" || im == "-" {
		im += "1"
	}
	f, ok := number(im)
	if !ok {
		return 0, bad
	}
	return complex(re, f), nil
}

func complexMembers() []Member {
	self := func(v Value) complex128 { return complex128(Unwrap(v).(Complex)) }
	ms := []Member{nativeComparison(syntax.Eq, "__eq__"), hashMember(), reprMember(), formatMember(), truthMember()}
	for _, op := range []syntax.Operator{syntax.Add, syntax.Sub, syntax.Mult, syntax.Div, syntax.Pow} {
		ms = append(ms, nativeOp(op, binaryNames[op][0]), nativeReflected(op, binaryNames[op][1]))
	}
	return append(ms,
		unwrapped("__neg__", func(_ *Thread, v Value) (Value, error) { return Complex(-self(v)), nil }),
		unwrapped("__pos__", func(_ *Thread, v Value) (Value, error) { return v, nil }),
		unwrapped("__complex__", func(_ *Thread, v Value) (Value, error) { return v, nil }),
		unwrapped("__abs__", func(_ *Thread, v Value) (Value, error) {
			c := self(v)
			size := complexAbs(c)
			if math.IsInf(size, 0) && !math.IsInf(real(c), 0) && !math.IsInf(imag(c), 0) {
				return nil, Errorf(OverflowError, "absolute value too large")
			}
			return Float(size), nil
		}),
		unwrapped("conjugate", func(_ *Thread, v Value) (Value, error) {
			c := self(v)
			return Complex(complex(real(c), -imag(c))), nil
		}),
		Getter("real", func(_ *Thread, v Value) (Value, error) { return Float(real(self(v))), nil }, readOnly),
		Getter("imag", func(_ *Thread, v Value) (Value, error) { return Float(imag(self(v))), nil }, readOnly),
	)
}

func readOnly(*Thread, Value, Value) error { return Errorf(AttributeError, "readonly attribute") }

func hashComplex(c complex128) uint64 {
	h := hashFloat(real(c)) + 1000003*hashFloat(imag(c))
	if int64(h) == -1 {
		h--
	}
	return h
}

// formatComplex formats both parts with the spec; without a type as repr does.
func (th *Thread) formatComplex(c complex128, spec string) (*Str, error) {
	f, err := parseSpec(spec, "complex")
	if err != nil {
		return nil, err
	}
	switch {
	case f.kind != 0 && !f.kindIn("eEfFgGn"):
		return nil, unknownCode(f.kind, "complex")
	case f.fill == '0' && f.zero:
		return nil, Errorf(ValueError, "Zero padding is not allowed in complex format specifier")
	case f.align == '=':
		return nil, Errorf(ValueError, "'=' alignment flag is not allowed in complex format specifier")
	}
	part := f
	part.width, part.align, part.fill = 0, 0, ' '
	switch {
	case part.kind == 0 && part.precision >= 0:
		part.kind = 'g'
	case part.kind == 0:
		part.bare = true
	}
	lone := f.kind == 0 && real(c) == 0 && !math.Signbit(real(c))
	text := ""
	if !lone {
		re, err := th.formatFloat(real(c), part, "complex")
		if err != nil {
			return nil, err
		}
		text = re.s
		part.sign = '+'
	}
	im, err := th.formatFloat(imag(c), part, "complex")
	if err != nil {
		return nil, err
	}
	text += im.s + "j"
	if f.kind == 0 && !lone {
		text = "(" + text + ")"
	}
	return th.padded(NewStr(text), f, '>')
}
