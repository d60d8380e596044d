package python

import (
	"slices"
	"unicode/utf8"
)

// A Span is a part of a string, in bytes of its UTF-8 form: From inclusive,
// To exclusive.
type Span struct{ From, To int }

// Str is Python's str: text, and which parts of it came from outside. A Str
// never changes.
type Str struct {
	s   string
	n   int    // code points
	out []Span // sorted, disjoint, not touching, not empty; nil for ordinary text
}

// Class returns StrClass.
func (*Str) Class() *Class { return StrClass }

// NewStr returns ordinary text. Invalid UTF-8 becomes U+FFFD.
func NewStr(s string) *Str {
	n := len(s)
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			if !utf8.ValidString(s) {
				s = toValid(s)
			}
			n = utf8.RuneCountInString(s)
			break
		}
	}
	return &Str{s: s, n: n}
}

func toValid(s string) string {
	b := make([]rune, 0, len(s))
	for _, r := range s {
		b = append(b, r)
	}
	return string(b)
}

// Outside returns text all of which came from outside.
func Outside(s string) *Str {
	t := NewStr(s)
	if t.s != "" {
		t.out = []Span{{0, len(t.s)}}
	}
	return t
}

// WithSpans returns text whose given parts came from outside. Spans may
// overlap and be out of order or range; they are put right.
func WithSpans(s string, spans []Span) *Str {
	t := NewStr(s)
	t.out = normalSpans(spans, len(t.s))
	return t
}

func normalSpans(spans []Span, size int) []Span {
	if len(spans) == 0 {
		return nil
	}
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int { return a.From - b.From })
	var out []Span
	for _, sp := range sorted {
		out = addSpan(out, Span{max(sp.From, 0), min(sp.To, size)})
	}
	return out
}

// addSpan appends sp, which begins no earlier than the last span.
func addSpan(out []Span, sp Span) []Span {
	if sp.From >= sp.To {
		return out
	}
	if k := len(out) - 1; k >= 0 && out[k].To >= sp.From {
		out[k].To = max(out[k].To, sp.To)
		return out
	}
	return append(out, sp)
}

// String returns the text.
func (s *Str) String() string { return s.s }

// Len returns the number of code points.
func (s *Str) Len() int { return s.n }

// Spans returns the parts that came from outside, sorted and disjoint; nil if
// there are none. The caller must not change them.
func (s *Str) Spans() []Span { return s.out }

// HasOutside reports whether any part came from outside.
func (s *Str) HasOutside() bool { return s.out != nil }

// Marked returns the same text with all of it from outside.
func (s *Str) Marked() *Str {
	if s.s == "" {
		return s
	}
	return &Str{s.s, s.n, []Span{{0, len(s.s)}}}
}

// like returns text as ordinary text, or marked whole if any source is from
// outside. It is for operations that cannot keep spans.
func like(text string, sources ...*Str) *Str {
	t := NewStr(text)
	for _, s := range sources {
		if s != nil && s.out != nil {
			return t.Marked()
		}
	}
	return t
}

func (s *Str) ascii() bool { return s.n == len(s.s) }

// offset returns the byte offset of the i-th code point, 0 <= i <= Len.
func (s *Str) offset(i int) int {
	if s.ascii() {
		return i
	}
	if i == s.n {
		return len(s.s)
	}
	off := 0
	for ; i > 0; i-- {
		_, w := utf8.DecodeRuneInString(s.s[off:])
		off += w
	}
	return off
}

// runeIndex returns the number of code points before byte offset off.
func (s *Str) runeIndex(off int) int {
	if s.ascii() {
		return off
	}
	return utf8.RuneCountInString(s.s[:off])
}

// cut returns bytes from..to as a Str with its spans; both lie on borders of
// code points.
func (s *Str) cut(from, to int) *Str {
	if from == 0 && to == len(s.s) {
		return s
	}
	t := &Str{s: s.s[from:to], n: to - from}
	if !s.ascii() {
		t.n = utf8.RuneCountInString(t.s)
	}
	if s.out != nil {
		t.out = cutSpans(nil, s.out, from, to, 0)
	}
	return t
}

// cutSpans appends to out the parts of spans within from..to, moved so that
// from falls on base.
func cutSpans(out, spans []Span, from, to, base int) []Span {
	for _, sp := range spans {
		if sp.To <= from {
			continue
		}
		if sp.From >= to {
			break
		}
		out = addSpan(out, Span{max(sp.From, from) - from + base, min(sp.To, to) - from + base})
	}
	return out
}

// Concat returns a followed by b, keeping the spans of both.
func Concat(a, b *Str) *Str {
	if a.s == "" {
		return b
	}
	if b.s == "" {
		return a
	}
	t := &Str{s: a.s + b.s, n: a.n + b.n}
	if a.out != nil || b.out != nil {
		t.out = append(t.out, a.out...)
		t.out = cutSpans(t.out, b.out, 0, len(b.s), len(a.s))
	}
	return t
}

// A Text builds a Str from pieces and keeps their spans. The zero Text is
// empty and ready for use.
type Text struct {
	b   []byte
	out []Span
}

// Len returns the bytes written.
func (t *Text) Len() int { return len(t.b) }

// WriteString appends ordinary text, which must be valid UTF-8.
func (t *Text) WriteString(s string) { t.b = append(t.b, s...) }

// WriteRune appends one ordinary code point.
func (t *Text) WriteRune(r rune) { t.b = utf8.AppendRune(t.b, r) }

// Write appends a Str with its spans.
func (t *Text) Write(s *Str) {
	if s.out != nil {
		t.out = cutSpans(t.out, s.out, 0, len(s.s), len(t.b))
	}
	t.b = append(t.b, s.s...)
}

// WriteOutside appends text from outside.
func (t *Text) WriteOutside(s string) {
	t.out = addSpan(t.out, Span{len(t.b), len(t.b) + len(s)})
	t.b = append(t.b, s...)
}

func (t *Text) writeCut(s *Str, from, to int) {
	if s.out != nil {
		t.out = cutSpans(t.out, s.out, from, to, len(t.b))
	}
	t.b = append(t.b, s.s[from:to]...)
}

// writeFrom appends text, marked if outside.
func (t *Text) writeFrom(s string, outside bool) {
	if outside {
		t.WriteOutside(s)
	} else {
		t.WriteString(s)
	}
}

// Str returns what was written. The Text must not be used afterwards.
func (t *Text) Str() *Str {
	s := NewStr(string(t.b))
	s.out = t.out
	return s
}

// isOutside reports whether the byte at off came from outside.
func (s *Str) isOutside(off int) bool {
	for _, sp := range s.out {
		if off < sp.From {
			return false
		}
		if off < sp.To {
			return true
		}
	}
	return false
}

// asStr returns the text of a str or of an instance of a subclass of str.
func asStr(v Value) (*Str, bool) {
	switch v := v.(type) {
	case *Str:
		return v, true
	case *Instance:
		s, ok := v.Native.(*Str)
		return s, ok
	}
	return nil, false
}

// Bytes is Python's bytes. Outside says that it holds data from outside; text
// decoded from it is then marked whole.
type Bytes struct {
	b       string
	Outside bool
}

// Class returns BytesClass.
func (*Bytes) Class() *Class { return BytesClass }

// NewBytes returns a bytes value with a copy of b.
func NewBytes(b []byte) *Bytes { return &Bytes{b: string(b)} }

// Data returns the bytes as an immutable string.
func (b *Bytes) Data() string { return b.b }
