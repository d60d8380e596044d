package python

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// percentField is %[(key)][flags][width][.precision]type.
type percentField struct {
	key       *Str
	hasKey    bool
	left      bool
	plus      bool
	space     bool
	alternate bool
	zero      bool
	width     int
	precision int // -1: none
	kind      rune
}

// isBare reports whether there is nothing but a type.
func (f *percentField) isBare() bool {
	return f.width == 0 && f.precision < 0 && !f.plus && !f.space
}

// percent runs through "format % args".
type percent struct {
	th   *Thread
	fmt  *Str
	i    int // byte offset in the format
	args []Value
	used int
	dict Value // args is a mapping
	out  Text
	// binary formats bytes: the format and the result are bytes as Latin-1.
	binary bool
}

// formatPercent is s % b.
func (th *Thread) formatPercent(s *Str, b Value) (Value, error) {
	return nonNil(th.runPercent(&percent{th: th, fmt: s}, b))
}

// runPercent formats b.
func (th *Thread) runPercent(p *percent, b Value) (*Str, error) {
	s := p.fmt
	if t, ok := asTuple(b); ok {
		p.args = t.Elems
	} else {
		p.args = []Value{b}
		if _, text := asStr(b); !text && th.special(b, "__getitem__") != nil || isMapping(b) {
			p.dict = b
		}
	}
	text := s.s
	for p.i < len(text) {
		j := strings.IndexByte(text[p.i:], '%')
		if j < 0 {
			break
		}
		p.out.writeCut(s, p.i, p.i+j)
		p.i += j + 1
		if err := p.field(); err != nil {
			return nil, err
		}
		if err := th.Tick(); err != nil {
			return nil, err
		}
	}
	p.out.writeCut(s, p.i, len(text))
	if p.used < len(p.args) && p.dict == nil {
		kind := "string"
		if p.binary {
			kind = "bytes"
		}
		return nil, Errorf(TypeError, "not all arguments converted during %s formatting", kind)
	}
	return p.out.Str(), th.Alloc(p.out.Len())
}

func isMapping(v Value) bool {
	_, ok := asDict(v)
	return ok
}

func (p *percent) incomplete() error { return Errorf(ValueError, "incomplete format") }

func (p *percent) next() (Value, error) {
	if p.used >= len(p.args) {
		return nil, Errorf(TypeError, "not enough arguments for format string")
	}
	p.used++
	return p.args[p.used-1], nil
}

func (p *percent) field() error {
	start := p.i - 1
	f := percentField{precision: -1}
	if err := p.key(&f); err != nil {
		return err
	}
	p.flags(&f)
	var err error
	if f.width, err = p.number(0, "width"); err != nil {
		return err
	}
	if f.width < 0 {
		f.left, f.width = true, -f.width
	}
	if p.i < len(p.fmt.s) && p.fmt.s[p.i] == '.' {
		p.i++
		if f.precision, err = p.number(0, "precision"); err != nil {
			return err
		}
	}
	if p.i < len(p.fmt.s) && strings.IndexByte("hlL", p.fmt.s[p.i]) >= 0 {
		p.i++
	}
	if p.i >= len(p.fmt.s) {
		return p.incomplete()
	}
	at := p.i
	for _, r := range p.fmt.s[p.i:] {
		f.kind = r
		break
	}
	p.i += len(string(f.kind))
	if f.kind == '%' {
		p.out.writeCut(p.fmt, at, p.i)
		return nil
	}
	v, err := p.value(&f)
	if err != nil {
		return err
	}
	s, err := p.convert(&f, v, p.fmt.runeIndex(at))
	if err != nil {
		return err
	}
	if p.outsideFormat(start, p.i) {
		s = s.Marked()
	}
	p.out.Write(s)
	return nil
}

// outsideFormat reports whether any of the directive came from outside.
func (p *percent) outsideFormat(from, to int) bool {
	return p.fmt.out != nil && len(cutSpans(nil, p.fmt.out, from, to, 0)) > 0
}

func (p *percent) key(f *percentField) error {
	if p.i >= len(p.fmt.s) || p.fmt.s[p.i] != '(' {
		return nil
	}
	depth, start := 1, p.i+1
	for p.i++; p.i < len(p.fmt.s) && depth > 0; p.i++ {
		switch p.fmt.s[p.i] {
		case '(':
			depth++
		case ')':
			depth--
		}
	}
	if depth > 0 {
		return Errorf(ValueError, "incomplete format key")
	}
	if p.dict == nil {
		return Errorf(TypeError, "format requires a mapping")
	}
	f.key, f.hasKey = p.fmt.cut(start, p.i-1), true
	return nil
}

func (p *percent) flags(f *percentField) {
	for ; p.i < len(p.fmt.s); p.i++ {
		switch p.fmt.s[p.i] {
		case '-':
			f.left = true
		case '+':
			f.plus = true
		case ' ':
			f.space = true
		case '#':
			f.alternate = true
		case '0':
			f.zero = true
		default:
			return
		}
	}
}

// number reads digits, or takes * from the arguments.
func (p *percent) number(none int, what string) (int, error) {
	if p.i < len(p.fmt.s) && p.fmt.s[p.i] == '*' {
		p.i++
		v, err := p.next()
		if err != nil {
			return 0, err
		}
		n, ok := IntOf(v)
		if _, huge := Unwrap(v).(*Big); huge || ok && int64(int32(n)) != n {
			if what == "width" {
				return 0, Errorf(OverflowError, "Python int too large to convert to C ssize_t")
			}
			return 0, Errorf(OverflowError, "Python int too large to convert to C int")
		}
		if !ok {
			return 0, Errorf(TypeError, "* wants int")
		}
		return int(n), nil
	}
	n, rest, err := specNumber(p.fmt.s[p.i:], none)
	p.i = len(p.fmt.s) - len(rest)
	if err != nil || what == "precision" && n > math.MaxInt32 {
		return 0, Errorf(ValueError, "%s too big", what)
	}
	return n, nil
}

func (p *percent) value(f *percentField) (Value, error) {
	if f.hasKey {
		p.used = 1 // the mapping itself
		if p.binary {
			return p.th.GetItem(p.dict, &Bytes{unlatin(f.key), f.key.out != nil})
		}
		return p.th.GetItem(p.dict, f.key)
	}
	if p.dict != nil {
		if _, ok := asDict(p.dict); ok && p.used == 1 {
			return nil, Errorf(TypeError, "not enough arguments for format string")
		}
	}
	return p.next()
}

func (p *percent) convert(f *percentField, v Value, at int) (*Str, error) {
	spec := formatSpec{fill: ' ', width: f.width, precision: -1, alternate: f.alternate}
	if f.plus {
		spec.sign = '+'
	} else if f.space {
		spec.sign = ' '
	}
	if f.zero {
		spec.fill, spec.align = '0', '='
	}
	if f.left {
		spec.fill, spec.align = ' ', '<'
	}
	switch f.kind {
	case 's', 'r', 'a':
		return p.text(f, v)
	case 'b':
		if p.binary {
			return p.text(f, v)
		}
	case 'c':
		return p.char(f, v)
	case 'd', 'i', 'u', 'x', 'X', 'o':
		if n, ok := v.(Int); ok && f.isBare() && (f.kind == 'd' || f.kind == 'i') {
			return NewStr(strconv.FormatInt(int64(n), 10)), nil
		}
		return p.integer(f, v, spec)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		x, err := p.th.floatArg(v)
		if err != nil {
			if _, ok := isRaised(err, TypeError); ok {
				return nil, Errorf(TypeError, "must be real number, not %s", v.Class().name)
			}
			return nil, err
		}
		spec.kind, spec.precision = f.kind, f.precision
		return p.th.formatFloat(x, spec, "float")
	}
	shown := f.kind
	if shown < ' ' || shown > '~' {
		shown = '?'
	}
	return nil, Errorf(ValueError, "unsupported format character '%c' (0x%x) at index %d", shown, f.kind, at)
}

func (p *percent) text(f *percentField, v Value) (*Str, error) {
	var s *Str
	var err error
	switch {
	case p.binary && (f.kind == 's' || f.kind == 'b'):
		s, err = p.th.bytesField(v)
	case p.binary:
		s, err = p.th.ascii(v)
	case f.kind == 's':
		s, err = p.th.Str(v)
	case f.kind == 'r':
		s, err = p.th.Repr(v)
	default:
		s, err = p.th.ascii(v)
	}
	if err != nil {
		return nil, err
	}
	return p.pad(f, s)
}

func (p *percent) pad(f *percentField, s *Str) (*Str, error) {
	if f.precision >= 0 && f.precision < s.n && f.kind != 'c' {
		s = s.cut(0, s.offset(f.precision))
	}
	align := byte('>')
	if f.left {
		align = '<'
	}
	return p.th.padded(s, formatSpec{fill: ' ', width: f.width}, align)
}

func (p *percent) char(f *percentField, v Value) (*Str, error) {
	if p.binary {
		return p.byteChar(f, v)
	}
	if s, ok := asStr(v); ok {
		if s.n != 1 {
			return nil, Errorf(TypeError, "%%c requires int or char")
		}
		return p.pad(f, s)
	}
	n, ok, err := p.th.asIndex(v)
	if err != nil || !ok {
		return nil, Errorf(TypeError, "%%c requires int or char")
	}
	if n < 0 || n > 0x10ffff {
		return nil, Errorf(OverflowError, "%%c arg not in range(0x110000)")
	}
	return p.pad(f, NewStr(string(rune(n))))
}

func (p *percent) integer(f *percentField, v Value, spec formatSpec) (*Str, error) {
	x, err := p.th.intArg(v, f.kind)
	if err != nil {
		return nil, err
	}
	base, prefix := 10, ""
	switch f.kind {
	case 'x', 'X':
		base, prefix = 16, "0"+string(f.kind)
	case 'o':
		base, prefix = 8, "0o"
	}
	if !f.alternate {
		prefix = ""
	}
	if base == 10 {
		if _, err := bigText(x); err != nil {
			return nil, err
		}
	}
	digits := new(big.Int).Abs(x).Text(base)
	if f.kind == 'X' {
		digits = strings.ToUpper(digits)
	}
	if n := f.precision - len(digits); n > 0 {
		if err := p.th.Alloc(n); err != nil {
			return nil, err
		}
		digits = strings.Repeat("0", n) + digits
	}
	if spec.align == 0 {
		spec.align = '>'
	}
	return p.th.formatNumber(x.Sign() < 0, prefix, digits, "", spec, 3)
}

// intArg returns v as the integer that %d shows.
func (th *Thread) intArg(v Value, kind rune) (*big.Int, error) {
	switch x := Unwrap(v).(type) {
	case Int, Bool, *Big:
		b, _ := bigOf(x)
		return b, nil
	case Float:
		if strings.ContainsRune("diu", kind) {
			return floatToBig(float64(x))
		}
		return nil, Errorf(TypeError, "%%%c format: an integer is required, not float", kind)
	}
	names := []string{"__index__"}
	if strings.ContainsRune("diu", kind) {
		names = []string{"__int__", "__index__"}
	}
	for _, name := range names {
		if m := th.special(v, name); m != nil {
			r, err := th.callSlot(m, v)
			if err != nil {
				return nil, err
			}
			if x, ok := bigOf(r); ok {
				return x, nil
			}
		}
	}
	if strings.ContainsRune("diu", kind) {
		return nil, Errorf(TypeError, "%%%c format: a real number is required, not %s", kind, v.Class().name)
	}
	return nil, Errorf(TypeError, "%%%c format: an integer is required, not %s", kind, v.Class().name)
}
