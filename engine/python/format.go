package python

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// formatSpec is [[fill]align][sign][z][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      rune
	align     byte // 0: the type's own
	sign      byte
	noNegZero bool
	alternate bool
	width     int
	group     byte // ',' or '_' or 0
	precision int  // -1: none
	kind      rune // 0: none
	zero      bool // 0 was asked for
	bare      bool // no .0 after a whole number: part of a complex one
}

func parseSpec(s string, of string) (formatSpec, error) {
	whole := s
	f := formatSpec{fill: ' ', precision: -1}
	first, w := utf8.DecodeRuneInString(s)
	filled := false
	switch {
	case len(s) > w && strings.IndexByte("<>=^", s[w]) >= 0:
		f.fill, f.align, filled = first, s[w], true
		s = s[w+1:]
	case s != "" && strings.IndexByte("<>=^", s[0]) >= 0:
		f.align = s[0]
		s = s[1:]
	}
	take := func(set string) byte {
		if s != "" && strings.IndexByte(set, s[0]) >= 0 {
			c := s[0]
			s = s[1:]
			return c
		}
		return 0
	}
	f.sign = take("+- ")
	f.noNegZero = take("z") != 0
	f.alternate = take("#") != 0
	if !filled && take("0") != 0 {
		f.zero = true
		f.fill = '0'
		if f.align == 0 && of != "str" {
			f.align = '='
		}
	}
	var err error
	if f.width, s, err = specNumber(s, 0); err != nil {
		return f, err
	}
	f.group = take(",_")
	if f.group != 0 && s != "" && (s[0] == ',' || s[0] == '_') && s[0] != f.group {
		return f, Errorf(ValueError, "Cannot specify both ',' and '_'.")
	}
	if take(".") != 0 {
		if f.precision, s, err = specNumber(s, -1); err != nil {
			return f, err
		}
		if f.precision < 0 {
			return f, Errorf(ValueError, "Format specifier missing precision")
		}
	}
	kind, w := utf8.DecodeRuneInString(s)
	if len(s) > w {
		return f, Errorf(ValueError, "Invalid format specifier '%s' for object of type '%s'", whole, of)
	}
	if s != "" {
		f.kind = kind
	}
	return f, f.checkGroup(of)
}

// checkGroup refuses groups of digits where there are none.
func (f formatSpec) checkGroup(of string) error {
	kind := f.kind
	if kind == 0 && of == "str" {
		kind = 's'
	}
	if f.group == 0 || kind == 0 || strings.ContainsRune("deEfFgG%", kind) || f.group == '_' && strings.ContainsRune("boxX", kind) {
		return nil
	}
	return Errorf(ValueError, "Cannot specify '%c' with '%s'.", f.group, shownCode(kind))
}

func specNumber(s string, none int) (n int, rest string, err error) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 {
		return none, s, nil
	}
	n, convErr := strconv.Atoi(s[:i])
	if convErr != nil {
		return 0, s, Errorf(ValueError, "Too many decimal digits in format string")
	}
	return n, s[i:], nil
}

// Format returns format(v, spec).
func (th *Thread) Format(v Value, spec *Str) (*Str, error) {
	if i, ok := v.(*Instance); ok {
		if m := th.special(i, "__format__"); m != nil {
			if b, native := m.(*Builtin); !native || b.owner == i.Cls {
				return th.formatBy(m, v, spec)
			}
			if spec.s == "" {
				return th.Str(v)
			}
			return th.formatBy(m, v, spec)
		}
	}
	if spec.s == "" {
		return th.Str(v)
	}
	s, err := th.formatValue(v, spec)
	if err != nil {
		return nil, err
	}
	if spec.out != nil {
		return s.Marked(), nil
	}
	return s, nil
}

func (th *Thread) formatBy(m, v Value, spec *Str) (*Str, error) {
	r, err := th.callSlot(m, v, spec)
	if err != nil {
		return nil, err
	}
	if s, ok := asStr(r); ok {
		return s, nil
	}
	return nil, Errorf(TypeError, "__format__ must return a str, not %s", r.Class().name)
}

func (th *Thread) formatValue(v Value, spec *Str) (*Str, error) {
	switch v := v.(type) {
	case *Str:
		return th.formatStr(v, spec.s)
	case Int, *Big:
		return th.formatInt(v, spec.s, "int")
	case Bool:
		return th.formatInt(boolInt(v), spec.s, "bool")
	case Float:
		f, err := parseSpec(spec.s, "float")
		if err != nil {
			return nil, err
		}
		return th.formatFloat(float64(v), f, "float")
	case Complex:
		return th.formatComplex(complex128(v), spec.s)
	}
	if m := th.special(v, "__format__"); m != nil {
		return th.formatBy(m, v, spec)
	}
	return nil, Errorf(TypeError, "unsupported format string passed to %s.__format__", v.Class().name)
}

func (f formatSpec) kindIn(set string) bool { return f.kind != 0 && strings.ContainsRune(set, f.kind) }

// shownCode is a type code as messages have it.
func shownCode(kind rune) string {
	if kind > ' ' && kind < 0x80 {
		return string(kind)
	}
	return fmt.Sprintf(`\x%x`, kind)
}

func unknownCode(kind rune, of string) error {
	return Errorf(ValueError, "Unknown format code '%s' for object of type '%s'", shownCode(kind), of)
}

func (th *Thread) formatStr(s *Str, spec string) (*Str, error) {
	f, err := parseSpec(spec, "str")
	if err != nil {
		return nil, err
	}
	switch {
	case f.kind != 0 && f.kind != 's':
		return nil, unknownCode(f.kind, "str")
	case f.sign == ' ':
		return nil, Errorf(ValueError, "Space not allowed in string format specifier")
	case f.sign != 0:
		return nil, Errorf(ValueError, "Sign not allowed in string format specifier")
	case f.noNegZero:
		return nil, Errorf(ValueError, "Negative zero coercion (z) not allowed in string format specifier")
	case f.alternate:
		return nil, Errorf(ValueError, "Alternate form (#) not allowed in string format specifier")
	case f.align == '=':
		return nil, Errorf(ValueError, "'=' alignment not allowed in string format specifier")
	}
	if f.precision >= 0 && f.precision < s.n {
		s = s.cut(0, s.offset(f.precision))
	}
	return th.padded(s, f, '<')
}

// padded brings s to the width of f.
func (th *Thread) padded(s *Str, f formatSpec, align byte) (*Str, error) {
	if f.align != 0 {
		align = f.align
	}
	n := f.width - s.n
	if n <= 0 {
		return s, nil
	}
	if err := th.allocTimes(int64(n), utf8.RuneLen(f.fill)); err != nil {
		return nil, err
	}
	left := 0
	switch align {
	case '>', '=':
		left = n
	case '^':
		left = n / 2
	}
	var t Text
	fill := string(f.fill)
	t.WriteString(strings.Repeat(fill, left))
	t.Write(s)
	t.WriteString(strings.Repeat(fill, n-left))
	return t.Str(), nil
}

func (th *Thread) formatInt(v Value, spec, of string) (*Str, error) {
	f, err := parseSpec(spec, of)
	if err != nil {
		return nil, err
	}
	if f.kindIn("eEfFgG%") {
		x, err := toFloat(v)
		if err != nil {
			return nil, err
		}
		return th.formatFloat(x, f, of)
	}
	if f.kind != 0 && !f.kindIn("dnboxXc") {
		return nil, unknownCode(f.kind, of)
	}
	if f.precision >= 0 {
		return nil, Errorf(ValueError, "Precision not allowed in integer format specifier")
	}
	if f.noNegZero && (f.kind == 0 || f.kindIn("dnboxXc")) {
		return nil, Errorf(ValueError, "Negative zero coercion (z) not allowed in integer format specifier")
	}
	x, _ := bigOf(v)
	base, prefix, size := 10, "", 3
	switch f.kind {
	case 0, 'd', 'n':
	case 'b':
		base, prefix, size = 2, "0b", 4
	case 'o':
		base, prefix, size = 8, "0o", 4
	case 'x', 'X':
		base, prefix, size = 16, "0"+string(f.kind), 4
	case 'c':
		return th.formatChar(x, f)
	default:
		return nil, unknownCode(f.kind, of)
	}
	if base == 10 {
		if _, err := bigText(x); err != nil {
			return nil, err
		}
	}
	if err := th.work(x.BitLen() / 4); err != nil {
		return nil, err
	}
	digits := new(big.Int).Abs(x).Text(base)
	if f.kind == 'X' {
		digits = strings.ToUpper(digits)
	}
	if !f.alternate {
		prefix = ""
	}
	return th.formatNumber(x.Sign() < 0, prefix, digits, "", f, size)
}

func (th *Thread) formatChar(x *big.Int, f formatSpec) (*Str, error) {
	switch {
	case f.sign != 0:
		return nil, Errorf(ValueError, "Sign not allowed with integer format specifier 'c'")
	case f.alternate:
		return nil, Errorf(ValueError, "Alternate form (#) not allowed with integer format specifier 'c'")
	case !x.IsInt64():
		return nil, Errorf(OverflowError, "Python int too large to convert to C long")
	case x.Int64() < 0 || x.Int64() > utf8.MaxRune:
		return nil, Errorf(OverflowError, "%%c arg not in range(0x110000)")
	}
	return th.padded(NewStr(string(rune(x.Int64()))), f, '>')
}

// formatNumber puts sign, prefix, digits and the rest after them together.
func (th *Thread) formatNumber(negative bool, prefix, digits, rest string, f formatSpec, size int) (*Str, error) {
	sign := ""
	switch {
	case negative:
		sign = "-"
	case f.sign == '+' || f.sign == ' ':
		sign = string(rune(f.sign))
	}
	if err := th.Alloc(f.width); err != nil {
		return nil, err
	}
	if f.group != 0 {
		least := 0
		if f.fill == '0' && f.align == '=' {
			least = f.width - len(sign) - len(prefix) - len(rest)
		}
		digits = groupDigits(digits, f.group, size, least)
	}
	if f.align == '=' {
		n := f.width - len(sign) - len(prefix) - len(digits) - len(rest)
		if n > 0 {
			return NewStr(sign + prefix + strings.Repeat(string(f.fill), n) + digits + rest), nil
		}
	}
	return th.padded(NewStr(sign+prefix+digits+rest), f, '>')
}

// groupDigits puts sep between groups of size digits, with zeros in front up
// to the width least.
func groupDigits(digits string, sep byte, size, least int) string {
	var out []byte // backwards
	for i := 0; i < len(digits) || len(out) < least; i++ {
		if i > 0 && i%size == 0 {
			out = append(out, sep)
			if i >= len(digits) && len(out) >= least {
				out = append(out, '0')
				break
			}
		}
		c := byte('0')
		if i < len(digits) {
			c = digits[len(digits)-1-i]
		}
		out = append(out, c)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return string(out)
}

func (th *Thread) formatFloat(x float64, f formatSpec, of string) (*Str, error) {
	text, err := th.floatDigits(math.Abs(x), f, of)
	if err != nil {
		return nil, err
	}
	negative := math.Signbit(x) && !math.IsNaN(x)
	if negative && f.noNegZero && strings.Trim(text, "0.%e+-") == "" {
		negative = false
	}
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	if i == 0 { // inf, nan
		if f.fill == '0' && f.align == '=' {
			f.group = 0
		}
		return th.formatNumber(negative, "", text, "", withoutGroups(f), 3)
	}
	return th.formatNumber(negative, "", text[:i], text[i:], f, 3)
}

func withoutGroups(f formatSpec) formatSpec {
	f.group = 0
	return f
}

// floatDigits is the text of a number that is not negative.
func (th *Thread) floatDigits(x float64, f formatSpec, of string) (string, error) {
	p := f.precision
	if p > 100000 {
		return "", Errorf(ValueError, "precision too big")
	}
	if f.kind != 0 && !f.kindIn("eEfFgGn%") {
		return "", unknownCode(f.kind, of)
	}
	if math.IsInf(x, 0) || math.IsNaN(x) {
		text := floatRepr(x)
		if f.kindIn("EFG") {
			text = strings.ToUpper(text)
		}
		if f.kind == '%' {
			text += "%"
		}
		return text, nil
	}
	switch f.kind {
	case 0:
		text := floatRepr(x)
		switch {
		case p >= 0 && f.alternate:
			text = alternatePointZero(x, max(p, 1))
		case p >= 0:
			text = pointZero(x, max(p, 1))
		case f.alternate && !strings.Contains(text, "."):
			text = strings.Replace(text, "e", ".e", 1)
		}
		if whole, ok := strings.CutSuffix(text, ".0"); ok && f.bare {
			if text = whole; f.alternate {
				text += "."
			}
		}
		return text, nil
	case 'e', 'E', 'f', 'F', '%':
		return fixedFloat(x, p, f), nil
	}
	if p < 0 {
		p = 6
	}
	text := strconv.FormatFloat(x, 'g', max(p, 1), 64)
	if f.alternate {
		text = alternateG(x, max(p, 1))
	}
	if f.kind == 'G' {
		text = strings.ToUpper(text)
	}
	return text, nil
}

func fixedFloat(x float64, p int, f formatSpec) string {
	if p < 0 {
		p = 6
	}
	verb := byte('f')
	if f.kind == 'e' || f.kind == 'E' {
		verb = 'e'
	}
	if f.kind == '%' {
		if x *= 100; math.IsInf(x, 0) {
			return "inf%"
		}
	}
	text := strconv.FormatFloat(x, verb, p, 64)
	if f.alternate && p == 0 {
		if i := strings.IndexByte(text, 'e'); i >= 0 {
			text = text[:i] + "." + text[i:]
		} else {
			text += "."
		}
	}
	if f.kind == 'E' {
		text = strings.ToUpper(text)
	}
	if f.kind == '%' {
		text += "%"
	}
	return text
}

// pointZero formats with p significant digits, and at least one after the
// point where there is no exponent.
func pointZero(x float64, p int) string {
	e := strconv.FormatFloat(x, 'e', p-1, 64)
	exp, _ := strconv.Atoi(e[strings.IndexByte(e, 'e')+1:])
	if exp+1 > p-1 || exp < -4 {
		mantissa, tail, _ := strings.Cut(e, "e")
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		return mantissa + "e" + tail
	}
	text := strconv.FormatFloat(x, 'f', max(p-1-exp, 0), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(text, "0")
		if strings.HasSuffix(text, ".") {
			text += "0"
		}
		return text
	}
	return text + ".0"
}

// alternatePointZero is pointZero with all its digits.
func alternatePointZero(x float64, p int) string {
	e := strconv.FormatFloat(x, 'e', p-1, 64)
	exp, _ := strconv.Atoi(e[strings.IndexByte(e, 'e')+1:])
	switch {
	case exp >= -4 && exp+1 <= p-1:
		return strconv.FormatFloat(x, 'f', p-1-exp, 64)
	case p == 1:
		return strings.Replace(e, "e", ".e", 1)
	}
	return e
}

// alternateG is %#g: trailing zeros stay.
func alternateG(x float64, p int) string {
	e := strconv.FormatFloat(x, 'e', p-1, 64)
	exp, _ := strconv.Atoi(e[strings.IndexByte(e, 'e')+1:])
	if exp < -4 || exp >= p {
		if p == 1 {
			return strings.Replace(e, "e", ".e", 1)
		}
		return e
	}
	text := strconv.FormatFloat(x, 'f', max(p-1-exp, 0), 64)
	if !strings.Contains(text, ".") {
		text += "."
	}
	return text
}
