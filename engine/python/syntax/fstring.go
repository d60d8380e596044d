package syntax

import "strings"

// fstring scans an f-string after its opening quote. The tokens between
// fieldStart and fieldEnd are fieldText and the fields: a brace, the tokens of
// the expression, perhaps "!" and a name, perhaps ":" and again text and
// fields, and the closing brace.
func (s *scanner) fstring(q quote) {
	s.fdepth++
	if s.fdepth > maxFStrings {
		s.fail(q.start, "too many nested f-strings")
	}
	s.fields(q, 0)
	s.take(fieldEnd, q.size())
	s.fdepth--
}

// fields scans text and replacement fields up to the closing quote or, within
// a format specification (depth > 0), up to the brace that ends it.
func (s *scanner) fields(q quote, depth int) {
	var out strings.Builder // of doubled braces and what stands before them
	from, off, seg := s.at, s.off, s.off
	literal := func() {
		if s.off > off {
			out.WriteString(s.fieldText(q, s.src[seg:s.off]))
			s.emit(fieldText, s.src[off:s.off], out.String(), from, off)
		}
	}
	for {
		if s.off >= len(s.src) || s.peek(0) == '\n' && !q.triple {
			s.fail(q.start, s.unterminatedMessage(q, "f-string"))
		}
		switch c := s.peek(0); {
		case s.closes(q, 0):
			if depth > 0 {
				s.fail(s.at, "f-string: expecting '}', or format specs")
			}
			literal()
			return
		case c == '}' && depth > 0:
			literal()
			return
		case (c == '{' || c == '}') && s.peek(1) == c && depth == 0:
			out.WriteString(s.fieldText(q, s.src[seg:s.off]))
			out.WriteByte(c)
			s.skip(2)
			seg = s.off
		case c == '}':
			s.fail(s.at, "f-string: single '}' is not allowed")
		case c == '{':
			literal()
			s.field(q, depth)
			out.Reset()
			from, off, seg = s.at, s.off, s.off
		case c == '\\':
			s.skip(s.escapeLen(q))
		default:
			s.skip(1)
			for s.off < len(s.src) && s.src[s.off]&0xC0 == 0x80 { // the rest of a character
				s.off++
			}
		}
	}
}

// fieldText returns the value of literal text in an f-string.
func (s *scanner) fieldText(q quote, raw string) string {
	if q.raw {
		return raw
	}
	return s.decode(q, raw)
}

// escapeLen returns how many bytes a backslash and what it protects take.
func (s *scanner) escapeLen(q quote) int {
	switch c := s.peek(1); {
	case c == '{' || c == '}' || c == 0:
		return 1
	case c == 'N' && s.peek(2) == '{' && !q.raw:
		end := strings.IndexByte(s.src[s.off:], '}')
		if end < 0 || strings.IndexByte(s.src[s.off:s.off+end], '\n') >= 0 {
			s.fail(q.start, `(unicode error) malformed \N character escape`)
		}
		return end + 1
	case c >= 0x80:
		return 1
	}
	return 2
}

// field scans one replacement field, braces included.
func (s *scanner) field(q quote, depth int) {
	if depth > 2 {
		s.fail(s.at, "f-string: expressions nested too deeply")
	}
	s.open(true)
	level := len(s.parens)
	for {
		s.blank()
		if len(s.parens) == level {
			switch c := s.peek(0); {
			case c == '}':
				s.close()
				return
			case c == ':':
				s.take(operator, 1)
				s.fields(q, depth+1)
				s.close()
				return
			case c == '!' && s.peek(1) != '=':
				s.take(operator, 1)
				continue
			}
		}
		if !s.token() {
			return // not reached: finish reports the open brace
		}
	}
}

// openFString returns how the innermost open f-string was written.
func (s *scanner) openFString() quote {
	depth := 0
	for i := len(s.tokens) - 1; i >= 0; i-- {
		switch t := &s.tokens[i]; t.kind {
		case fieldEnd:
			depth++
		case fieldStart:
			if depth > 0 {
				depth--
				continue
			}
			last := t.text[len(t.text)-1]
			return quote{char: last, triple: strings.Count(t.text, string(last)) == 3}
		}
	}
	return quote{}
}
