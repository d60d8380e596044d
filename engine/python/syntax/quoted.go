package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A quote is how a string literal is written.
type quote struct {
	start  Pos // of the prefix
	off    int
	char   byte
	triple bool
	raw    bool
	bytes  bool
}

func (q quote) size() int {
	if q.triple {
		return 3
	}
	return 1
}

// prefix returns the length of the string prefix that stands here, 0 if none:
// one or two letters of r, b, u and f right before a quote.
func (s *scanner) prefix() int {
	n := 0
	for n < 2 && strings.IndexByte("rRbBuUfF", s.peek(n)) >= 0 {
		n++
	}
	if n == 0 || s.peek(n) != '"' && s.peek(n) != '\'' {
		return 0
	}
	switch strings.ToLower(s.src[s.off : s.off+n]) {
	case "r", "b", "u", "f", "rb", "br", "rf", "fr":
		return n
	}
	return 0
}

// literal scans a string whose prefix has n letters.
func (s *scanner) literal(n int) {
	prefix := strings.ToLower(s.src[s.off : s.off+n])
	q := quote{start: s.at, off: s.off, char: s.peek(n)}
	q.triple = s.peek(n+1) == q.char && s.peek(n+2) == q.char
	q.raw = strings.Contains(prefix, "r")
	q.bytes = strings.Contains(prefix, "b")
	if strings.Contains(prefix, "f") {
		s.take(fieldStart, n+q.size())
		s.fstring(q)
		return
	}
	s.skip(n + q.size())
	body := s.quotedBody(q)
	var val any
	if q.bytes {
		val = s.decodeBytes(q, body)
	} else if q.raw {
		val = body
	} else {
		val = s.decode(q, body)
	}
	s.skip(q.size())
	s.emit(text, s.src[q.off:s.off], val, q.start, q.off)
}

// quotedBody returns what stands before the closing quote, and stops there.
func (s *scanner) quotedBody(q quote) string {
	start := s.off
	n := 0
	for {
		if s.off+n >= len(s.src) || s.peek(n) == '\n' && !q.triple {
			s.skip(n)
			s.unterminated(q)
		}
		if s.closes(q, n) {
			break
		}
		if s.peek(n) == '\\' {
			n++
		}
		n++
	}
	s.skip(n)
	return s.src[start:s.off]
}

// closes reports whether q's closing quote stands n bytes ahead.
func (s *scanner) closes(q quote, n int) bool {
	return s.peek(n) == q.char && (!q.triple || s.peek(n+1) == q.char && s.peek(n+2) == q.char)
}

// unterminated reports a string without an end; the scanner stands where the
// end was missed.
func (s *scanner) unterminated(q quote) {
	if slices.ContainsFunc(s.parens, func(b bracket) bool { return b.field }) {
		if f := s.openFString(); f.char == q.char && f.triple == q.triple {
			s.fail(q.start, "f-string: expecting '}'")
		}
	}
	s.fail(q.start, s.unterminatedMessage(q, "string"))
}

func (s *scanner) unterminatedMessage(q quote, what string) string {
	line := s.at.Line
	if s.at.Col == 1 && line > q.start.Line {
		line-- // the end of a file that ends with a line break
	}
	what += " literal"
	if q.triple {
		what = "triple-quoted " + what
	}
	return fmt.Sprintf("unterminated %s (detected at line %d)", what, s.placed(Pos{line, 1}).Line)
}

// decodeBytes returns the value of a bytes literal.
func (s *scanner) decodeBytes(q quote, body string) []byte {
	for i := range len(body) {
		if body[i] >= utf8.RuneSelf {
			s.fail(q.start, "bytes can only contain ASCII literal characters")
		}
	}
	if q.raw {
		return []byte(body)
	}
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); {
		if body[i] != '\\' || i+1 == len(body) {
			out = append(out, body[i])
			i++
			continue
		}
		c, n := simpleEscape(body[i:])
		switch {
		case n > 0 && c >= 0:
			out = append(out, byte(c))
		case n > 0: // an escaped line break
		case body[i+1] == 'x':
			v, ok := hex(body[i+2:], 2)
			if !ok {
				s.fail(q.start, fmt.Sprintf(`(value error) invalid \x escape at position %d`, i))
			}
			out, n = append(out, byte(v)), 4
		default:
			out, n = append(out, '\\', body[i+1]), 2
		}
		i += n
	}
	return out
}

// decode returns the value of a string that is not raw.
func (s *scanner) decode(q quote, body string) string {
	if strings.IndexByte(body, '\\') < 0 {
		return body
	}
	var out strings.Builder
	out.Grow(len(body))
	for i := 0; i < len(body); {
		if body[i] != '\\' || i+1 == len(body) {
			out.WriteByte(body[i])
			i++
			continue
		}
		c, n := simpleEscape(body[i:])
		if n == 0 {
			c, n = s.unicodeEscape(q, body, i)
		}
		if n == 0 { // not an escape: the backslash stays
			c, n = '\\', 1
		}
		if c >= 0 {
			out.WriteRune(c)
		}
		i += n
	}
	return out.String()
}

// simpleEscape reads the escape that body starts with, if it is one that
// strings and bytes share: its character (-1 for an escaped line break, which
// is nothing) and its length, 0 if it is another.
func simpleEscape(body string) (rune, int) {
	switch c := body[1]; c {
	case '\n':
		return -1, 2
	case '\\', '\'', '"':
		return rune(c), 2
	case 'a':
		return '\a', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'v':
		return '\v', 2
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v, n := rune(0), 1
		for ; n < 4 && n < len(body) && '0' <= body[n] && body[n] <= '7'; n++ {
			v = v*8 + rune(body[n]-'0')
		}
		return v, n
	}
	return 0, 0
}

// unicodeEscape reads \x, \u, \U and \N at body[i:]; length 0 means none.
func (s *scanner) unicodeEscape(q quote, body string, i int) (rune, int) {
	size := map[byte]int{'x': 2, 'u': 4, 'U': 8}[body[i+1]]
	if body[i+1] == 'N' {
		return s.namedEscape(q, body, i)
	}
	if size == 0 {
		return 0, 0
	}
	v, ok := hex(body[i+2:], size)
	if !ok {
		end := i + 1
		for end+1 < len(body) && digitIn(body[end+1], 16) {
			end++
		}
		s.badEscape(q, i, end, fmt.Sprintf(`truncated \%c%s escape`, body[i+1], strings.Repeat("X", size)))
	}
	if v > utf8.MaxRune {
		s.badEscape(q, i, i+1+size, "illegal Unicode character")
	}
	if 0xD800 <= v && v < 0xE000 {
		s.fail(q.start, `surrogates (\uD800 to \uDFFF) are not part of the dialect`)
	}
	return v, 2 + size
}

// namedEscape reads \N{NAME} at body[i:].
func (s *scanner) namedEscape(q quote, body string, i int) (rune, int) {
	if i+2 >= len(body) || body[i+2] != '{' {
		s.badEscape(q, i, i+1, `malformed \N character escape`)
	}
	n := strings.IndexByte(body[i:], '}')
	if n < 0 {
		s.badEscape(q, i, len(body)-1, `malformed \N character escape`)
	}
	r, ok := runeNamed(body[i+3 : i+n])
	if !ok {
		s.badEscape(q, i, i+n, "unknown Unicode character name")
	}
	return r, n + 1
}

func (s *scanner) badEscape(q quote, from, to int, why string) {
	s.fail(q.start, fmt.Sprintf("(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s", from, to, why))
}

// hex reads exactly n hexadecimal digits.
func hex(digits string, n int) (rune, bool) {
	if len(digits) < n {
		return 0, false
	}
	v := uint32(0)
	for i := range n {
		c := digits[i]
		if !digitIn(c, 16) {
			return 0, false
		}
		if isDigit(c) {
			v = v<<4 | uint32(c-'0')
		} else {
			v = v<<4 | uint32(c|0x20-'a'+10)
		}
	}
	if v > 1<<31-1 {
		return 1<<31 - 1, true
	}
	return rune(v), true
}
