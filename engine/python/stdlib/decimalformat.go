package stdlib

import (
	"regexp"
	"strconv"
	"strings"

	"colloquy/engine/python"
)

var decimalSpec = regexp.MustCompile(`^(?:(.)?([<>=^]))?([-+ ])?(z)?(0)?(\d+)?(,)?(?:\.(\d+))?([eEfFgGn%])?$`)

// decimalFormat is a format specification for numbers.
type decimalFormat struct {
	fill      string
	align     string
	sign      string
	noNegZero bool
	zeros     bool // fill with zeros after the sign
	width     int
	group     string
	precision int // -1: none
	kind      byte
}

func parseDecimalFormat(spec string) (decimalFormat, error) {
	bad := python.Errorf(python.ValueError, "invalid format string")
	m := decimalSpec.FindStringSubmatch(spec)
	if m == nil {
		return decimalFormat{}, bad
	}
	f := decimalFormat{fill: m[1], align: m[2], sign: m[3], noNegZero: m[4] != "", zeros: m[5] != "", group: m[7], precision: -1}
	if f.zeros && m[2] != "" {
		return f, bad
	}
	if f.fill == "" {
		f.fill = " "
	}
	if f.align == "" {
		f.align = ">"
	}
	var err error
	if m[6] != "" {
		if f.width, err = strconv.Atoi(m[6]); err != nil {
			return f, bad
		}
	}
	if m[8] != "" {
		if f.precision, err = strconv.Atoi(m[8]); err != nil || f.precision > maxDecimalExponent {
			return f, bad
		}
	}
	if m[9] != "" {
		f.kind = m[9][0]
	}
	if f.kind == 'n' {
		f.kind = 'g'
	}
	return f, nil
}

func formatDecimal(th *python.Thread, a *python.Args) (python.Value, error) {
	var spec *python.Str
	if err := a.Unpack("__format__", "/spec", &spec); err != nil {
		return nil, err
	}
	d, _ := asDecimal(a.Self)
	if spec.String() == "" {
		return str(d.String()), nil
	}
	f, err := parseDecimalFormat(spec.String())
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(f.width + max(f.precision, 0)); err != nil {
		return nil, err
	}
	c, err := decimalContext(th)
	if err != nil {
		return nil, err
	}
	s, err := f.format(th, d, c)
	if err != nil {
		return nil, err
	}
	return like(s, spec), nil
}

func (f decimalFormat) format(th *python.Thread, d *Decimal, c *Context) (string, error) {
	whole, rest, negative := strings.TrimPrefix(d.String(), "-"), "", d.d.Negative
	if d.finite() {
		var err error
		if d, err = f.rounded(th, d, c); err != nil {
			return "", err
		}
		if f.noNegZero && d.sign() == 0 {
			negative = false
		}
		if whole, rest, err = f.digits(th, d); err != nil {
			return "", err
		}
	} else if f.kind == '%' {
		rest = "%"
	}
	sign := ""
	switch {
	case negative:
		sign = "-"
	case f.sign == "+" || f.sign == " ":
		sign = f.sign
	}
	if f.zeros && !d.finite() {
		f.zeros = false
	}
	if f.zeros {
		whole = zeroFilled(whole, f.group, f.width-len(sign)-len(rest))
	} else if f.group != "" && d.finite() {
		whole = grouped(whole, f.group)
	}
	return f.pad(sign, whole+rest), nil
}

// rounded brings the number to the precision asked for.
func (f decimalFormat) rounded(th *python.Thread, d *Decimal, c *Context) (*Decimal, error) {
	shift := int32(0)
	if f.kind == '%' {
		shift = 2
	}
	d = newDecimal(d.coefficient(), d.d.Exponent+shift, d.d.Negative)
	if f.precision < 0 {
		return d, nil
	}
	exp := int64(-f.precision)
	switch f.kind {
	case 'e', 'E':
		exp = d.adjusted() - int64(f.precision)
	case 'g', 'G', 0:
		if d.d.NumDigits() <= int64(max(f.precision, 1)) {
			return d, nil
		}
		exp = d.adjusted() - int64(max(f.precision, 1)) + 1
	}
	if d.sign() == 0 && (f.kind == 'e' || f.kind == 'E') {
		return d, nil
	}
	for {
		n, err := d.scaled(th, exp, decimalRoundings[c.rounding])
		if err != nil {
			return nil, err
		}
		r := newDecimal(n, int32(exp), d.d.Negative)
		// 9.99 with two digits is 10.0: one digit more than asked for
		if f.kind != 'f' && f.kind != 'F' && f.kind != '%' && r.sign() != 0 && r.adjusted() > d.adjusted() {
			d, exp = r, exp+1
			continue
		}
		return r, nil
	}
}

// digits returns the text before the point, and the rest with the point.
func (f decimalFormat) digits(th *python.Thread, d *Decimal) (whole, rest string, err error) {
	text := d.coefficient().Text(10)
	exp := int64(d.d.Exponent)
	left := exp + int64(len(text)) // digits before the point
	point := int64(1)
	switch f.kind {
	case 'f', 'F', '%':
		point = left
	case 'e', 'E':
		if d.sign() == 0 {
			text = strings.Repeat("0", max(f.precision, 0)+1)
			left = exp + int64(len(text))
		}
	default:
		if exp <= 0 && left > -6 {
			point = left
		} else if d.sign() == 0 && f.kind == 0 {
			point = 1
		}
	}
	before, after := text, ""
	switch {
	case point <= 0:
		if err := th.Alloc(int(-point)); err != nil {
			return "", "", err
		}
		before, after = "0", strings.Repeat("0", int(-point))+text
	case point < int64(len(text)):
		before, after = text[:point], text[point:]
	case point > int64(len(text)):
		if err := th.Alloc(int(point)); err != nil {
			return "", "", err
		}
		before = text + strings.Repeat("0", int(point)-len(text))
		before = strings.TrimLeft(before[:len(before)-1], "0") + before[len(before)-1:]
	}
	if after != "" {
		rest = "." + after
	}
	if e := left - point; e != 0 || f.kind == 'e' || f.kind == 'E' {
		rest += exponentText(e, f.kind)
	}
	if f.kind == '%' {
		rest += "%"
	}
	return before, rest, nil
}

func exponentText(e int64, kind byte) string {
	letter := "E"
	if kind == 'e' || kind == 'g' {
		letter = "e"
	}
	if e >= 0 {
		letter += "+"
	}
	return letter + strconv.FormatInt(e, 10)
}

// grouped puts a separator after every third digit from the right.
func grouped(digits, separator string) string {
	first := len(digits) % 3
	var parts []string
	if first > 0 {
		parts = append(parts, digits[:first])
	}
	for i := first; i < len(digits); i += 3 {
		parts = append(parts, digits[i:i+3])
	}
	return strings.Join(parts, separator)
}

// zeroFilled puts zeros before digits until they are as wide as asked for.
func zeroFilled(digits, separator string, width int) string {
	if separator == "" {
		return strings.Repeat("0", max(0, width-len(digits))) + digits
	}
	for len(grouped(digits, separator)) < width {
		digits = "0" + digits
	}
	return grouped(digits, separator)
}

func (f decimalFormat) pad(sign, body string) string {
	n := f.width - len(sign) - len(body)
	if n <= 0 {
		return sign + body
	}
	fill := func(n int) string { return strings.Repeat(f.fill, n) }
	switch f.align {
	case "<":
		return sign + body + fill(n)
	case "=":
		return sign + fill(n) + body
	case "^":
		return fill(n/2) + sign + body + fill(n-n/2)
	}
	return fill(n) + sign + body
}
