package python

import (
	"encoding/hex"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

func encodingName(v Value) (string, error) {
	if v == nil {
		return "utf-8", nil
	}
	s, ok := StringOf(v)
	if !ok {
		return "", Errorf(TypeError, "encoding must be str, not %s", v.Class().name)
	}
	name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "-")
	switch name {
	case "utf-8", "utf8", "u8", "utf", "cp65001":
		return "utf-8", nil
	case "ascii", "us-ascii", "646":
		return "ascii", nil
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "8859", "l1", "cp819":
		return "latin-1", nil
	case "utf-16", "utf16", "utf-16-le", "utf-16-be", "utf-8-sig":
		return strings.Replace(name, "utf16", "utf-16", 1), nil
	case "cp1252", "windows-1252":
		return "cp1252", nil
	}
	return "", Errorf(LookupError, "unknown encoding: %s", s)
}

func errorMode(v Value) (string, error) {
	if v == nil {
		return "strict", nil
	}
	s, ok := StringOf(v)
	if !ok {
		return "", Errorf(TypeError, "errors must be str, not %s", v.Class().name)
	}
	return s, nil
}

func decodeArgs(b *Bytes, encoding, errors Value) (*Str, error) {
	enc, err := encodingName(encoding)
	if err != nil {
		return nil, err
	}
	mode, err := errorMode(errors)
	if err != nil {
		return nil, err
	}
	text, err := decodeBytes(b.b, enc, mode)
	if err != nil {
		return nil, err
	}
	s := NewStr(text)
	if b.Outside {
		s = s.Marked()
	}
	return s, nil
}

var cp1252 = [32]rune{
	'€', 0xfffd, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xfffd, 'Ž', 0xfffd,
	0xfffd, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xfffd, 'ž', 'Ÿ',
}

func decodeBytes(b, enc, mode string) (string, error) {
	switch enc {
	case "utf-8-sig":
		b = strings.TrimPrefix(b, "\ufeff")
		return decodeUTF8(b, mode)
	case "utf-8":
		return decodeUTF8(b, mode)
	case "utf-16", "utf-16-le", "utf-16-be":
		return decodeUTF16(b, enc), nil
	}
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c < 0x80 || enc == "latin-1" || enc == "cp1252" && c >= 0xa0:
			out.WriteRune(rune(c))
		case enc == "cp1252" && cp1252[c-0x80] != 0xfffd:
			out.WriteRune(cp1252[c-0x80])
		default:
			if err := badByte(&out, enc, mode, b, i, i+1, "ordinal not in range(128)"); err != nil {
				return "", err
			}
		}
	}
	return out.String(), nil
}

func decodeUTF8(b, mode string) (string, error) {
	if utf8.ValidString(b) {
		return b, nil
	}
	var out strings.Builder
	for i := 0; i < len(b); {
		r, w := utf8.DecodeRuneInString(b[i:])
		if r != utf8.RuneError || w > 1 {
			out.WriteString(b[i : i+w])
			i += w
			continue
		}
		reason := "invalid start byte"
		if c := b[i]; c >= 0xc2 && c <= 0xf4 {
			reason = "invalid continuation byte"
			if i+1 == len(b) || !utf8.FullRuneInString(b[i:]) {
				reason = "unexpected end of data"
			}
		}
		if err := badByte(&out, "utf-8", mode, b, i, i+1, reason); err != nil {
			return "", err
		}
		i++
	}
	return out.String(), nil
}

// badByte deals with a byte that cannot be decoded.
func badByte(out *strings.Builder, enc, mode, b string, i, end int, reason string) error {
	switch mode {
	case "ignore":
	case "replace", "surrogateescape":
		out.WriteRune(utf8.RuneError)
	case "backslashreplace":
		out.WriteString(`\x` + hex.EncodeToString([]byte{b[i]}))
	case "strict":
		exc := NewException(UnicodeDecodeError, NewStr(enc), &Bytes{b: b}, Int(i), Int(end), NewStr(reason))
		return Raise(exc)
	default:
		return Errorf(LookupError, "unknown error handler name '%s'", mode)
	}
	return nil
}

func decodeUTF16(b, enc string) string {
	bigEnd := enc == "utf-16-be"
	if enc == "utf-16" && len(b) >= 2 {
		switch b[:2] {
		case "\xfe\xff":
			bigEnd, b = true, b[2:]
		case "\xff\xfe":
			b = b[2:]
		}
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u := uint16(b[i]) | uint16(b[i+1])<<8
		if bigEnd {
			u = u<<8 | u>>8
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

func encodeStr(th *Thread, s *Str, a *Args) (Value, error) {
	var encoding, errors Value
	if err := a.Unpack("encode", "encoding?", &encoding, "errors?", &errors); err != nil {
		return nil, err
	}
	enc, err := encodingName(encoding)
	if err != nil {
		return nil, err
	}
	mode, err := errorMode(errors)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(2 * len(s.s)); err != nil {
		return nil, err
	}
	b, err := encodeText(s, enc, mode)
	if err != nil {
		return nil, err
	}
	return &Bytes{b, s.out != nil}, nil
}

func encodeText(s *Str, enc, mode string) (string, error) {
	switch enc {
	case "utf-8":
		return s.s, nil
	case "utf-8-sig":
		return "\ufeff" + s.s, nil
	case "utf-16", "utf-16-le", "utf-16-be":
		var out []byte
		if enc == "utf-16" {
			out = append(out, 0xff, 0xfe)
		}
		for _, u := range utf16.Encode([]rune(s.s)) {
			if enc == "utf-16-be" {
				u = u<<8 | u>>8
			}
			out = append(out, byte(u), byte(u>>8))
		}
		return string(out), nil
	}
	var out []byte
	i := 0
	for _, r := range s.s {
		c, ok := encodeRune(r, enc)
		if ok {
			out = append(out, c)
		} else {
			more, err := badRune(s, enc, mode, i, r)
			if err != nil {
				return "", err
			}
			out = append(out, more...)
		}
		i++
	}
	return string(out), nil
}

func encodeRune(r rune, enc string) (byte, bool) {
	switch {
	case r < 0x80, enc == "latin-1" && r < 0x100, enc == "cp1252" && r >= 0xa0 && r < 0x100:
		return byte(r), true
	case enc == "cp1252":
		for i, c := range cp1252 {
			if c == r && c != 0xfffd {
				return byte(0x80 + i), true
			}
		}
	}
	return 0, false
}

func badRune(s *Str, enc, mode string, i int, r rune) (string, error) {
	switch mode {
	case "ignore":
		return "", nil
	case "replace":
		return "?", nil
	case "backslashreplace":
		return escapeRune(r, 0, true), nil
	case "xmlcharrefreplace":
		return "&#" + itoa(int(r)) + ";", nil
	case "strict":
	default:
		return "", Errorf(LookupError, "unknown error handler name '%s'", mode)
	}
	limit := "128"
	if enc == "latin-1" {
		limit = "256"
	}
	return "", Raise(NewException(UnicodeEncodeError, NewStr(enc), s, Int(i), Int(i+1), NewStr("ordinal not in range("+limit+")")))
}

func newBytes(th *Thread, cls *Class, a *Args) (Value, error) {
	var src, encoding, errors Value
	if err := a.Unpack("bytes", "source?", &src, "encoding?", &encoding, "errors?", &errors); err != nil {
		return nil, err
	}
	if src == nil {
		return wrap(cls, BytesClass, &Bytes{}), nil
	}
	if s, ok := asStr(src); ok {
		if encoding == nil {
			return nil, Errorf(TypeError, "string argument without an encoding")
		}
		b, err := encodeStr(th, s, &Args{Pos: []Value{encoding}})
		return wrap(cls, BytesClass, b), err
	}
	if b, ok := asBytes(src); ok {
		return wrap(cls, BytesClass, b), nil
	}
	if n, ok := IntOf(src); ok {
		if n < 0 {
			return nil, Errorf(ValueError, "negative count")
		}
		if err := th.allocTimes(n, 1); err != nil {
			return nil, err
		}
		return wrap(cls, BytesClass, NewBytes(make([]byte, n))), nil
	}
	if m := th.special(src, "__bytes__"); m != nil {
		return th.callSlot(m, src)
	}
	var out []byte
	err := th.Each(src, func(v Value) error {
		n, err := th.wantIndex(v)
		if err != nil {
			return err
		}
		if n < 0 || n > 255 {
			return Errorf(ValueError, "bytes must be in range(0, 256)")
		}
		out = append(out, byte(n))
		return nil
	})
	return wrap(cls, BytesClass, NewBytes(out)), err
}

func bytesMembers() []Member {
	self := func(a *Args) *Bytes { b, _ := asBytes(a.Self); return b }
	text := func(name string, do func(b string) string) Member {
		return Method(name, func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, 0); err != nil {
				return nil, err
			}
			b := self(a)
			return &Bytes{do(b.b), b.Outside}, nil
		})
	}
	test := func(name string, do func(b, arg string) Value) Member {
		return Method(name, func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			arg, ok := asBytes(a.Pos[0])
			if !ok {
				return nil, Errorf(TypeError, "a bytes-like object is required, not '%s'", a.Pos[0].Class().name)
			}
			return do(self(a).b, arg.b), nil
		})
	}
	ms := append(orderings(), hashMember(), reprMember())
	ms = append(ms, sequenceMembers()...)
	return append(ms,
		Method("decode", func(_ *Thread, a *Args) (Value, error) {
			var encoding, errors Value
			if err := a.Unpack("decode", "encoding?", &encoding, "errors?", &errors); err != nil {
				return nil, err
			}
			return nonNil(decodeArgs(self(a), encoding, errors))
		}),
		Method("hex", func(_ *Thread, a *Args) (Value, error) { return NewStr(hex.EncodeToString([]byte(self(a).b))), nil }),
		ClassMethodOf("fromhex", func(_ *Thread, a *Args) (Value, error) {
			var s string
			if err := a.Unpack("fromhex", "string", &s); err != nil {
				return nil, err
			}
			b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
			if err != nil {
				return nil, Errorf(ValueError, "non-hexadecimal number found in fromhex() arg")
			}
			return NewBytes(b), nil
		}),
		text("upper", strings.ToUpper), text("lower", strings.ToLower),
		text("strip", strings.TrimSpace),
		text("lstrip", func(b string) string { return strings.TrimLeft(b, " \t\n\r\v\f") }),
		text("rstrip", func(b string) string { return strings.TrimRight(b, " \t\n\r\v\f") }),
		test("startswith", func(b, p string) Value { return boxBool(strings.HasPrefix(b, p)) }),
		test("endswith", func(b, p string) Value { return boxBool(strings.HasSuffix(b, p)) }),
		test("find", func(b, p string) Value { return boxInt(Int(strings.Index(b, p))) }),
		test("rfind", func(b, p string) Value { return boxInt(Int(strings.LastIndex(b, p))) }),
		test("count", func(b, p string) Value { return boxInt(Int(strings.Count(b, p))) }),
		Method("split", bytesSplit), Method("replace", bytesReplace), Method("join", bytesJoin))
}

func bytesSplit(_ *Thread, a *Args) (Value, error) {
	b, _ := asBytes(a.Self)
	var sep Value = None
	limit := -1
	if err := a.Unpack("split", "sep?", &sep, "maxsplit?", &limit); err != nil {
		return nil, err
	}
	var cuts []Span
	if sep == Value(None) {
		cuts = splitSpace(b.b, limit, false)
	} else {
		s, ok := asBytes(sep)
		if !ok || s.b == "" {
			return nil, Errorf(TypeError, "a bytes-like object is required, not '%s'", sep.Class().name)
		}
		cuts = splitBy(b.b, s.b, limit, false)
	}
	out := make([]Value, len(cuts))
	for i, c := range cuts {
		out[i] = &Bytes{b.b[c.From:c.To], b.Outside}
	}
	return NewList(out...), nil
}

func bytesReplace(th *Thread, a *Args) (Value, error) {
	b, _ := asBytes(a.Self)
	if err := a.Exactly("replace", 2); err != nil {
		return nil, err
	}
	old, ok1 := asBytes(a.Pos[0])
	by, ok2 := asBytes(a.Pos[1])
	if !ok1 || !ok2 {
		return nil, Errorf(TypeError, "a bytes-like object is required")
	}
	if err := th.allocTimes(int64(strings.Count(b.b, old.b)), len(by.b)); err != nil {
		return nil, err
	}
	return &Bytes{strings.ReplaceAll(b.b, old.b, by.b), b.Outside || by.Outside}, nil
}

func bytesJoin(th *Thread, a *Args) (Value, error) {
	sep, _ := asBytes(a.Self)
	if err := a.Exactly("join", 1); err != nil {
		return nil, err
	}
	elems, err := th.Elems(a.Pos[0])
	if err != nil {
		return nil, err
	}
	parts := make([]string, len(elems))
	outside, size := sep.Outside, 0
	for i, e := range elems {
		b, ok := asBytes(e)
		if !ok {
			return nil, Errorf(TypeError, "sequence item %d: expected a bytes-like object, %s found", i, e.Class().name)
		}
		parts[i], outside = b.b, outside || b.Outside
		size += len(b.b) + len(sep.b)
	}
	if err := th.Alloc(size); err != nil {
		return nil, err
	}
	return &Bytes{strings.Join(parts, sep.b), outside}, nil
}
