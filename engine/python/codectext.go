package python

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"

	"colloquy/engine/python/syntax"
)

// replacement is what stands for a character that cannot be encoded.
func replacement(mode string, r rune) string {
	switch mode {
	case "xmlcharrefreplace":
		return "&#" + itoa(int(r)) + ";"
	case "namereplace":
		if name := runenames.Name(r); name != "" && name[0] != '<' {
			return `\N{` + name + "}"
		}
	}
	return escapeRune(r, 0, true)
}

func encodeUTF8(c *coding, s string) { c.out = append(c.out, s...) }

func encodeUTF8Sig(c *coding, s string) { c.out = append(c.out, "\ufeff"+s...) }

func encodeNarrow(limit rune) func(c *coding, s string) {
	return func(c *coding, _ string) {
		c.runs(func(r rune) bool { return r < limit }, "ordinal not in range("+itoa(int(limit))+")", func(r rune) { c.out = append(c.out, byte(r)) })
	}
}

func decodeASCII(c *coding, b string) {
	for i := 0; i < len(b) && c.err == nil; i++ {
		if b[i] < utf8.RuneSelf {
			c.out = append(c.out, b[i])
		} else {
			c.badBytes(i, i+1, "ordinal not in range(128)")
		}
	}
}

func decodeLatin1(c *coding, b string) {
	for i := 0; i < len(b); i++ {
		c.out = utf8.AppendRune(c.out, rune(b[i]))
	}
}

func decodeUTF8Sig(c *coding, b string) {
	c.b = &Bytes{strings.TrimPrefix(b, "\ufeff"), c.b.Outside}
	decodeUTF8(c, c.b.b)
}

func decodeUTF8(c *coding, b string) {
	if utf8.ValidString(b) {
		c.out = append(c.out, b...)
		return
	}
	for i := 0; i < len(b) && c.err == nil; {
		if r, w := utf8.DecodeRuneInString(b[i:]); r != utf8.RuneError || w > 1 {
			c.out = append(c.out, b[i:i+w]...)
			i += w
			continue
		}
		end, reason := badUTF8(b, i)
		c.badBytes(i, end, reason)
		i = end
	}
}

// badUTF8 says how far the broken sequence at i goes and what is wrong.
func badUTF8(b string, i int) (end int, reason string) {
	first := b[i]
	if first < 0xc2 || first > 0xf4 {
		return i + 1, "invalid start byte"
	}
	need := 1
	if first >= 0xe0 {
		need++
	}
	if first >= 0xf0 {
		need++
	}
	lo, hi := byte(0x80), byte(0xbf)
	switch first {
	case 0xe0:
		lo = 0xa0
	case 0xed:
		hi = 0x9f
	case 0xf0:
		lo = 0x90
	case 0xf4:
		hi = 0x8f
	}
	for k := 1; k <= need; k++ {
		if i+k == len(b) {
			return len(b), "unexpected end of data"
		}
		if b[i+k] < lo || b[i+k] > hi {
			return i + k, "invalid continuation byte"
		}
		lo, hi = 0x80, 0xbf
	}
	return i + need + 1, "invalid continuation byte"
}

func encodeUTF16(bigEnd, mark bool) func(c *coding, s string) {
	return func(c *coding, s string) {
		if mark {
			s = "\ufeff" + s
		}
		for _, u := range utf16.Encode([]rune(s)) {
			if bigEnd {
				u = u<<8 | u>>8
			}
			c.out = append(c.out, byte(u), byte(u>>8))
		}
	}
}

func decodeUTF16Any(c *coding, b string) {
	from, bigEnd := 0, strings.HasPrefix(b, "\xfe\xff")
	if bigEnd || strings.HasPrefix(b, "\xff\xfe") {
		from = 2
	}
	c.utf16From(b, from, bigEnd)
}

func decodeUTF16(bigEnd bool) func(c *coding, b string) {
	return func(c *coding, b string) { c.utf16From(b, 0, bigEnd) }
}

func (c *coding) utf16From(b string, i int, bigEnd bool) {
	name := c.codec.name
	if name == "utf-16" {
		name = "utf-16-le"
		if bigEnd {
			name = "utf-16-be"
		}
	}
	unit := func(i int) rune {
		if bigEnd {
			return rune(b[i])<<8 | rune(b[i+1])
		}
		return rune(b[i+1])<<8 | rune(b[i])
	}
	for i < len(b) && c.err == nil {
		if i+1 == len(b) {
			c.badBytesOf(name, i, len(b), "truncated data")
			return
		}
		u := unit(i)
		switch {
		case u < 0xd800 || u > 0xdfff:
			c.out = utf8.AppendRune(c.out, u)
			i += 2
		case u >= 0xdc00:
			c.badBytesOf(name, i, i+2, "illegal encoding")
			i += 2
		case i+3 >= len(b):
			c.badBytesOf(name, i, len(b), "unexpected end of data")
			return
		default:
			r := utf16.DecodeRune(u, unit(i+2))
			if r == utf8.RuneError {
				c.badBytesOf(name, i, i+2, "illegal UTF-16 surrogate")
				i += 2
				continue
			}
			c.out = utf8.AppendRune(c.out, r)
			i += 4
		}
	}
}

func encodeUTF32(bigEnd, mark bool) func(c *coding, s string) {
	return func(c *coding, s string) {
		if mark {
			s = "\ufeff" + s
		}
		for _, r := range s {
			if bigEnd {
				c.out = append(c.out, byte(r>>24), byte(r>>16), byte(r>>8), byte(r))
			} else {
				c.out = append(c.out, byte(r), byte(r>>8), byte(r>>16), byte(r>>24))
			}
		}
	}
}

func decodeUTF32Any(c *coding, b string) {
	from, bigEnd := 0, strings.HasPrefix(b, "\x00\x00\xfe\xff")
	if bigEnd || strings.HasPrefix(b, "\xff\xfe\x00\x00") {
		from = 4
	}
	c.utf32From(b, from, bigEnd)
}

func decodeUTF32(bigEnd bool) func(c *coding, b string) {
	return func(c *coding, b string) { c.utf32From(b, 0, bigEnd) }
}

func (c *coding) utf32From(b string, i int, bigEnd bool) {
	name := c.codec.name
	if name == "utf-32" {
		name = "utf-32-le"
		if bigEnd {
			name = "utf-32-be"
		}
	}
	for ; i < len(b) && c.err == nil; i += 4 {
		if i+4 > len(b) {
			c.badBytesOf(name, i, len(b), "truncated data")
			return
		}
		u := uint32(b[i]) | uint32(b[i+1])<<8 | uint32(b[i+2])<<16 | uint32(b[i+3])<<24
		if bigEnd {
			u = uint32(b[i])<<24 | uint32(b[i+1])<<16 | uint32(b[i+2])<<8 | uint32(b[i+3])
		}
		switch {
		case u > utf8.MaxRune:
			c.badBytesOf(name, i, i+4, "code point not in range(0x110000)")
		case u >= 0xd800 && u <= 0xdfff:
			c.badBytesOf(name, i, i+4, "code point in surrogate code point range(0xd800, 0xe000)")
		default:
			c.out = utf8.AppendRune(c.out, rune(u))
		}
	}
}

func encodeCharmap(c *coding, _ string) {
	c.runs(func(r rune) bool { _, ok := c.charByte(r); return ok }, "character maps to <undefined>", func(r rune) {
		b, _ := c.charByte(r)
		c.out = append(c.out, b)
	})
}

func (c *coding) charByte(r rune) (byte, bool) {
	b, ok := c.charset.EncodeRune(r)
	return b, ok && !c.undefined(b)
}

// undefined reports whether a byte has no character: where the windows code
// pages of the web have a control character.
func (c *coding) undefined(b byte) bool {
	r := c.charset.DecodeByte(b)
	windows := strings.HasPrefix(c.charset.String(), "Windows")
	return r == utf8.RuneError || windows && b >= 0x80 && r == rune(b) && b < 0xa0
}

func decodeCharmap(c *coding, b string) {
	for i := 0; i < len(b) && c.err == nil; i++ {
		if c.undefined(b[i]) {
			c.badBytes(i, i+1, "character maps to <undefined>")
		} else {
			c.out = utf8.AppendRune(c.out, c.charset.DecodeByte(b[i]))
		}
	}
}

func encodeEscape(raw bool) func(c *coding, s string) {
	return func(c *coding, s string) {
		for _, r := range s {
			switch {
			case raw && r < 0x100:
				c.out = append(c.out, byte(r))
			case raw:
				c.out = append(c.out, escapeRune(r, 0, true)...)
			case r == '\'' || r == '"':
				c.out = append(c.out, byte(r))
			case r >= ' ' && r < 0x7f && r != '\\':
				c.out = append(c.out, byte(r))
			default:
				c.out = append(c.out, escapeRune(r, 0, true)...)
			}
		}
	}
}

func decodeEscape(raw bool) func(c *coding, b string) {
	return func(c *coding, b string) {
		for i := 0; i < len(b) && c.err == nil; {
			if b[i] != '\\' {
				c.out = utf8.AppendRune(c.out, rune(b[i]))
				i++
				continue
			}
			i = c.unescape(b, i, raw)
		}
	}
}

// simpleEscapes are the escapes of one letter.
var simpleEscapes = map[byte]string{
	'\n': "", '\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v",
}

// unescape decodes the escape at i and returns where the next thing begins.
func (c *coding) unescape(b string, i int, raw bool) int {
	if i+1 == len(b) {
		if raw {
			c.out = append(c.out, '\\')
		} else {
			c.badBytes(i, i+1, `\ at end of string`)
		}
		return i + 1
	}
	kind := b[i+1]
	switch {
	case kind == 'u':
		return c.hexEscape(b, i, 4, `truncated \uXXXX escape`)
	case kind == 'U':
		return c.hexEscape(b, i, 8, `truncated \UXXXXXXXX escape`)
	case raw:
	case kind == 'x':
		return c.hexEscape(b, i, 2, `truncated \xXX escape`)
	case kind >= '0' && kind <= '7':
		n, j := 0, i+1
		for j < len(b) && j < i+4 && b[j] >= '0' && b[j] <= '7' {
			n = n*8 + int(b[j]-'0')
			j++
		}
		c.out = utf8.AppendRune(c.out, rune(n))
		return j
	case kind == 'N':
		return c.namedEscape(b, i)
	default:
		if s, ok := simpleEscapes[kind]; ok {
			c.out = append(c.out, s...)
			return i + 2
		}
	}
	c.out = utf8.AppendRune(append(c.out, '\\'), rune(kind))
	return i + 2
}

func (c *coding) hexEscape(b string, i, digits int, reason string) int {
	n, j := 0, i+2
	for ; j < len(b) && j < i+2+digits; j++ {
		d := strings.IndexByte("0123456789abcdef", b[j]|0x20)
		if d < 0 {
			break
		}
		n = n<<4 | d
	}
	switch {
	case j < i+2+digits:
		c.badBytes(i, j, reason)
	case n > utf8.MaxRune:
		c.badBytes(i, j, "illegal Unicode character")
	default:
		c.out = utf8.AppendRune(c.out, rune(n))
	}
	return j
}

func (c *coding) namedEscape(b string, i int) int {
	end := strings.IndexByte(b[i:], '}')
	if !strings.HasPrefix(b[i+2:], "{") || end < 0 {
		c.badBytes(i, min(i+2, len(b)), `malformed \N character escape`)
		return i + 2
	}
	end += i + 1
	if r, ok := syntax.RuneNamed(b[i+3 : end-1]); ok {
		c.out = utf8.AppendRune(c.out, r)
	} else {
		c.badBytes(i, end, "unknown Unicode character name")
	}
	return end
}
