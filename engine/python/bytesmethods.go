package python

import (
	"encoding/hex"
	"strings"

	"colloquy/engine/python/syntax"
)

// byteSpace is the white space of bytes.
const byteSpace = " \t\n\r\v\f"

// bufferMethod is a method that bytes and bytearray share.
func bufferMethod(name string, do func(th *Thread, b buffer, a *Args) (Value, error)) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) { return do(th, bufferOf(a.Self), a) })
}

func bufferPlain(name string, do func(b buffer) Value) Member {
	return bufferMethod(name, func(th *Thread, b buffer, a *Args) (Value, error) {
		if err := a.Exactly(name, 0); err != nil {
			return nil, err
		}
		return do(b), th.Alloc(len(b.b))
	})
}

func bytesMembers() []Member {
	ms := append(orderings(), hashMember(), reprMember())
	return append(append(ms, bufferMembers()...),
		sequenceOp(syntax.Add, "__add__"), sequenceOp(syntax.Mult, "__mul__"), sequenceOp(syntax.Mult, "__rmul__"),
		unwrapped("__bytes__", func(_ *Thread, v Value) (Value, error) { return v, nil }))
}

func bufferMembers() []Member {
	ms := []Member{
		Method("__str__", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__str__", 0); err != nil {
				return nil, err
			}
			if b, ok := asByteArray(a.Self); ok {
				return b.repr(a.Self.Class().name), nil
			}
			return reprBytes(Unwrap(a.Self).(*Bytes)), nil
		}),
		bufferPlain("__len__", func(b buffer) Value { return boxInt(Int(len(b.b))) }),
		Method("__iter__", func(th *Thread, a *Args) (Value, error) {
			if b, ok := asByteArray(a.Self); ok {
				return byteArrayIterator(b), nil
			}
			return th.IterValue(Unwrap(a.Self))
		}),
		bufferMethod("__getitem__", func(th *Thread, b buffer, a *Args) (Value, error) {
			if err := a.Exactly("__getitem__", 1); err != nil {
				return nil, err
			}
			return th.byteItem(b, a.Pos[0])
		}),
		bufferMethod("__contains__", func(th *Thread, b buffer, a *Args) (Value, error) {
			if err := a.Exactly("__contains__", 1); err != nil {
				return nil, err
			}
			has, err := th.hasByte(b.b, a.Pos[0])
			return boxBool(has), err
		}),
		bufferMethod("__mod__", func(th *Thread, b buffer, a *Args) (Value, error) {
			if err := a.Exactly("__mod__", 1); err != nil {
				return nil, err
			}
			return th.formatBytes(b, a.Pos[0])
		}),
		bufferMethod("decode", func(_ *Thread, b buffer, a *Args) (Value, error) {
			var encoding, errors Value
			if err := a.Unpack("decode", "encoding?", &encoding, "errors?", &errors); err != nil {
				return nil, err
			}
			return nonNil(decodeArgs("decode", &Bytes{b.b, b.outside}, encoding, errors))
		}),
		bufferMethod("hex", hexBytes),
		ClassMethodOf("fromhex", bytesFromHex),
		bufferMethod("join", joinBytes),
		bufferMethod("translate", translateBytes),
		Static("maketrans", makeByteTable),
	}
	return append(append(ms, bufferSearch()...), append(bufferCase(), bufferShape()...)...)
}

func byteArrayIterator(b *ByteArray) *iterator {
	i := 0
	it := &iterator{class: byteArrayIteratorClass}
	it.next = func(*Thread) (Value, bool, error) {
		if i >= len(b.b) {
			i = 1 << 62
			return nil, false, nil
		}
		i++
		return boxInt(Int(b.b[i-1])), true, nil
	}
	it.left = func() int { return max(len(b.b)-i, 0) }
	return it
}

// hexBytes is hex(sep, bytes_per_sep): groups are counted from the right, or
// from the left if the number is negative.
func hexBytes(th *Thread, b buffer, a *Args) (Value, error) {
	var sepArg Value
	size := 1
	if err := a.Unpack("hex", "sep?", &sepArg, "bytes_per_sep?", &size); err != nil {
		return nil, err
	}
	text := hex.EncodeToString([]byte(b.b))
	if sepArg != nil {
		sep, err := th.hexSeparator(sepArg)
		if err != nil {
			return nil, err
		}
		text = groupHex(text, sep, size)
	}
	s := NewStr(text)
	if b.outside {
		s = s.Marked()
	}
	return s, th.Alloc(len(text))
}

func (th *Thread) hexSeparator(v Value) (string, error) {
	sep, isText := StringOf(v)
	if b, ok := asBytes(v); ok {
		sep = b.b
	} else if !isText {
		if _, err := th.Len(v); err != nil {
			return "", err
		}
		return "", Errorf(TypeError, "sep must be str or bytes.")
	}
	if len([]rune(sep)) != 1 {
		return "", Errorf(ValueError, "sep must be length 1.")
	}
	if sep[0] >= 0x80 {
		return "", Errorf(ValueError, "sep must be ASCII.")
	}
	return sep, nil
}

func groupHex(text, sep string, size int) string {
	if size == 0 || len(text) == 0 {
		return text
	}
	step := 2 * max(size, -size)
	first := step
	if rest := len(text) % step; size > 0 && rest > 0 {
		first = rest
	}
	parts := []string{text[:min(first, len(text))]}
	for text = text[len(parts[0]):]; text != ""; {
		n := min(step, len(text))
		parts, text = append(parts, text[:n]), text[n:]
	}
	return strings.Join(parts, sep)
}

func bytesFromHex(_ *Thread, a *Args) (Value, error) {
	var s *Str
	if err := a.Unpack("fromhex", "/string", &s); err != nil {
		return nil, err
	}
	var out []byte
	for i := 0; i < len(s.s); i++ {
		c := s.s[i]
		if strings.IndexByte(byteSpace, c) >= 0 {
			continue
		}
		hi := hexDigit(c)
		lo := -1
		if i++; hi >= 0 && i < len(s.s) {
			lo = hexDigit(s.s[i])
		}
		if hi < 0 {
			i--
		}
		if hi < 0 || lo < 0 {
			return nil, Errorf(ValueError, "non-hexadecimal number found in fromhex() arg at position %d", s.runeIndex(min(i, len(s.s))))
		}
		out = append(out, byte(hi<<4|lo))
	}
	cls, _ := a.Self.(*Class)
	if cls != nil && cls.derives(ByteArrayClass) {
		return wrap(cls, ByteArrayClass, &ByteArray{out, s.out != nil}), nil
	}
	return wrap(cls, BytesClass, &Bytes{string(out), s.out != nil}), nil
}

func hexDigit(c byte) int {
	if c >= 0x80 {
		return -1
	}
	return strings.IndexByte("0123456789abcdef", lowerByte(c))
}

func joinBytes(th *Thread, b buffer, a *Args) (Value, error) {
	if err := a.Exactly("join", 1); err != nil {
		return nil, err
	}
	if th.notIterable(a.Pos[0]) {
		return nil, Errorf(TypeError, "can only join an iterable")
	}
	elems, err := th.Elems(a.Pos[0])
	if err != nil {
		return nil, err
	}
	parts := make([]string, len(elems))
	size := 0
	for i, e := range elems {
		x, ok := asBytes(e)
		if !ok {
			return nil, Errorf(TypeError, "sequence item %d: expected a bytes-like object, %s found", i, e.Class().name)
		}
		parts[i], b.outside = x.b, b.outside || x.Outside
		size += len(x.b) + len(b.b)
	}
	if err := th.Alloc(size); err != nil {
		return nil, err
	}
	return b.with(strings.Join(parts, b.b)), nil
}

func translateBytes(th *Thread, b buffer, a *Args) (Value, error) {
	var table, drop Value
	if err := a.Unpack("translate", "/table", &table, "delete?", &drop); err != nil {
		return nil, err
	}
	var to string
	if table != Value(None) {
		t, err := wantBytes(table)
		if err != nil {
			return nil, err
		}
		if to = t.b; len(to) != 256 {
			return nil, Errorf(ValueError, "translation table must be 256 characters long")
		}
		b.outside = b.outside || t.Outside
	}
	gone := ""
	if drop != nil {
		d, err := wantBytes(drop)
		if err != nil {
			return nil, err
		}
		gone = d.b
	}
	out := make([]byte, 0, len(b.b))
	for i := range len(b.b) {
		c := b.b[i]
		if strings.IndexByte(gone, c) >= 0 {
			continue
		}
		if to != "" {
			c = to[c]
		}
		out = append(out, c)
	}
	return b.with(string(out)), th.Alloc(len(out))
}

func makeByteTable(_ *Thread, a *Args) (Value, error) {
	if err := a.Exactly("maketrans", 2); err != nil {
		return nil, err
	}
	from, err := wantBytes(a.Pos[0])
	if err != nil {
		return nil, err
	}
	to, err := wantBytes(a.Pos[1])
	if err != nil {
		return nil, err
	}
	if len(from.b) != len(to.b) {
		return nil, Errorf(ValueError, "maketrans arguments must have same length")
	}
	table := make([]byte, 256)
	for i := range table {
		table[i] = byte(i)
	}
	for i := range len(from.b) {
		table[from.b[i]] = to.b[i]
	}
	return NewBytes(table), nil
}

// asciiMap changes each byte.
func asciiMap(b string, to func(i int, c byte) byte) string {
	out := []byte(b)
	for i, c := range out {
		out[i] = to(i, c)
	}
	return string(out)
}

func isUpperByte(c byte) bool { return c >= 'A' && c <= 'Z' }
func isLowerByte(c byte) bool { return c >= 'a' && c <= 'z' }
func isAlphaByte(c byte) bool { return isUpperByte(c) || isLowerByte(c) }
func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

func upperByte(c byte) byte {
	if isLowerByte(c) {
		return c - 32
	}
	return c
}

func lowerByte(c byte) byte {
	if isUpperByte(c) {
		return c + 32
	}
	return c
}

func bufferCase() []Member {
	change := func(name string, to func(b string, i int, c byte) byte) Member {
		return bufferPlain(name, func(b buffer) Value {
			return b.with(asciiMap(b.b, func(i int, c byte) byte { return to(b.b, i, c) }))
		})
	}
	test := func(name string, empty bool, ok func(c byte) bool) Member {
		return bufferPlain(name, func(b buffer) Value {
			for i := range len(b.b) {
				if !ok(b.b[i]) {
					return boxFalse
				}
			}
			return boxBool(b.b != "" || empty)
		})
	}
	whole := func(name string, ok func(s string) bool) Member {
		return bufferPlain(name, func(b buffer) Value {
			return boxBool(ok(asciiMap(b.b, func(_ int, c byte) byte { return min(c, 0x7f) })))
		})
	}
	return []Member{
		change("upper", func(_ string, _ int, c byte) byte { return upperByte(c) }),
		change("lower", func(_ string, _ int, c byte) byte { return lowerByte(c) }),
		change("swapcase", func(_ string, _ int, c byte) byte {
			if isUpperByte(c) {
				return lowerByte(c)
			}
			return upperByte(c)
		}),
		change("capitalize", func(_ string, i int, c byte) byte {
			if i == 0 {
				return upperByte(c)
			}
			return lowerByte(c)
		}),
		change("title", func(b string, i int, c byte) byte {
			if i > 0 && isAlphaByte(b[i-1]) {
				return lowerByte(c)
			}
			return upperByte(c)
		}),
		test("isalpha", false, isAlphaByte), test("isdigit", false, isDigitByte),
		test("isalnum", false, func(c byte) bool { return isAlphaByte(c) || isDigitByte(c) }),
		test("isspace", false, func(c byte) bool { return strings.IndexByte(byteSpace, c) >= 0 }),
		test("isascii", true, func(c byte) bool { return c < 0x80 }),
		whole("isupper", func(s string) bool { return isCase(s, isUpper, isLower) }),
		whole("islower", func(s string) bool { return isCase(s, isLower, isUpper) }),
		whole("istitle", isTitle),
	}
}

// formatBytes is b % args.
func (th *Thread) formatBytes(b buffer, args Value) (Value, error) {
	v, err := th.runPercent(&percent{th: th, fmt: latin(&Bytes{b.b, b.outside}), binary: true}, args)
	if err != nil {
		return nil, err
	}
	return b.from(unlatin(v), v.out != nil), nil
}

// unlatin is the reverse of latin.
func unlatin(s *Str) string {
	out := make([]byte, 0, s.n)
	for _, r := range s.s {
		out = append(out, byte(r))
	}
	return string(out)
}

// bytesField is what %b and %s of bytes show.
func (th *Thread) bytesField(v Value) (*Str, error) {
	if b, ok := asBytes(v); ok {
		return latin(b), nil
	}
	if m := th.special(v, "__bytes__"); m != nil {
		r, err := th.callSlot(m, v)
		if err != nil {
			return nil, err
		}
		if b, ok := asBytes(r); ok {
			return latin(b), nil
		}
		return nil, Errorf(TypeError, "__bytes__ returned non-bytes (type %s)", r.Class().name)
	}
	return nil, Errorf(TypeError, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", v.Class().name)
}

// byteChar is %c of bytes.
func (p *percent) byteChar(f *percentField, v Value) (*Str, error) {
	if b, ok := asBytes(v); ok && len(b.b) == 1 {
		return p.pad(f, latin(b))
	}
	n, ok, err := p.th.asIndex(v)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, Errorf(TypeError, "%%c requires an integer in range(256) or a single byte")
	case n < 0 || n > 255:
		return nil, Errorf(OverflowError, "%%c arg not in range(256)")
	}
	return p.pad(f, NewStr(string(rune(n))))
}

// latin is bytes as the text that formatBytes works on.
func latin(b *Bytes) *Str {
	text := make([]rune, len(b.b))
	for i := range text {
		text[i] = rune(b.b[i])
	}
	s := NewStr(string(text))
	if b.Outside {
		s = s.Marked()
	}
	return s
}
