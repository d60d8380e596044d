package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits that CPython has too; they keep recursion shallow.
const (
	maxParens   = 200
	maxIndents  = 100
	maxFStrings = 100 // f-strings within f-strings
)

// A scanner cuts a source into tokens, all at once: mistakes in the letters of
// a file are reported before mistakes in its grammar, as CPython does. It
// panics with an *Error, which ParseFileFunc and ParseExprFunc recover.
type scanner struct {
	file  string
	src   string
	place func(Pos) Pos // nil: positions stay as they are
	form  form

	off      int // of the next byte
	at       Pos // of the next character, before place
	tokens   []token
	parens   []bracket
	levels   []level // open blocks, outermost first
	fdepth   int     // open f-strings
	dangling *Error  // a bracket that nothing closes
}

// form says how a source is laid out.
type form uint8

const (
	fileForm  form = iota
	blockForm      // statements, perhaps all indented alike
	exprForm       // an expression: indentation means nothing
)

// A bracket is an opening bracket that waits for its partner; field marks the
// brace of a replacement field in an f-string.
type bracket struct {
	char  byte
	field bool
	pos   Pos
}

// A level is the indentation of a block: columns with tabs to the next
// multiple of eight, and with tabs as one column. Both must agree.
type level struct{ cols, alt int }

// scan returns the tokens of src, whose lines end in \n alone; the last is
// endOfFile.
func scan(file, src string, f form, place func(Pos) Pos) ([]token, *Error) {
	s := &scanner{file: file, src: src, place: place, form: f, at: Pos{1, 1}, levels: []level{{}}}
	s.tokens = make([]token, 0, len(src)/4+4)
	s.off = len(src) - len(strings.TrimPrefix(src, "\ufeff"))
	s.checkBytes()
	for s.startLine(); s.token(); {
	}
	return s.tokens, s.dangling
}

// checkBytes refuses sources that are not text.
func (s *scanner) checkBytes() {
	for i, r := range s.src {
		if r == 0 {
			s.skip(i - s.off)
			s.fail(s.at, "source code cannot contain null bytes")
		}
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s.src[i:]); n == 1 {
				s.skip(i - s.off)
				s.fail(s.at, fmt.Sprintf("source is not valid UTF-8 (byte 0x%02x)", s.src[i]))
			}
		}
	}
}

// fail reports a SyntaxError at a position before place.
func (s *scanner) fail(at Pos, msg string) { s.failAs("SyntaxError", at, msg) }

func (s *scanner) failAs(kind string, at Pos, msg string) {
	panic(&Error{File: s.file, Pos: s.placed(at), Kind: kind, Msg: msg})
}

func (s *scanner) placed(p Pos) Pos {
	if s.place == nil {
		return p
	}
	return s.place(p)
}

// peek returns the byte n places ahead, 0 beyond the end.
func (s *scanner) peek(n int) byte {
	if s.off+n < len(s.src) {
		return s.src[s.off+n]
	}
	return 0
}

// skip moves n bytes ahead, or to the end.
func (s *scanner) skip(n int) {
	n = min(n, len(s.src)-s.off)
	if n <= 0 {
		return
	}
	passed := s.src[s.off : s.off+n]
	if i := strings.LastIndexByte(passed, '\n'); i >= 0 {
		s.at.Line += strings.Count(passed, "\n")
		s.at.Col = 1 + utf8.RuneCountInString(passed[i+1:])
	} else {
		s.at.Col += utf8.RuneCountInString(passed)
	}
	s.off += n
}

// emit adds the token that began at from, off and ends here.
func (s *scanner) emit(k kind, txt string, val any, from Pos, off int) {
	s.tokens = append(s.tokens, token{k, txt, val, s.placed(from), s.placed(s.at), off, s.off})
}

// take adds the next n bytes as a token.
func (s *scanner) take(k kind, n int) {
	from, off := s.at, s.off
	s.skip(n)
	s.emit(k, s.src[off:s.off], nil, from, off)
}

// startLine skips blank lines and comments up to the next logical line and
// tells by tokens how far it is indented.
func (s *scanner) startLine() {
	var here level
	for {
		here = s.leading()
		if s.peek(0) == '#' {
			s.comment()
		}
		if s.peek(0) != '\n' {
			break
		}
		s.skip(1)
	}
	switch {
	case s.off >= len(s.src) || s.form == exprForm:
	case s.form == blockForm && len(s.tokens) == 0:
		s.levels[0] = here
	default:
		s.indentTo(here)
	}
}

// leading skips the white space at the start of a line and measures it.
func (s *scanner) leading() level {
	var l level
	n := 0
	for ; ; n++ {
		switch s.peek(n) {
		case ' ':
			l.cols++
			l.alt++
		case '\t':
			l.cols = (l.cols/8 + 1) * 8
			l.alt++
		case '\f':
			l = level{}
		default:
			s.skip(n)
			return l
		}
	}
}

// indentTo opens or closes blocks until the innermost is at level l.
func (s *scanner) indentTo(l level) {
	top := s.levels[len(s.levels)-1]
	if l.cols > top.cols {
		if l.alt <= top.alt {
			s.mixedTabs()
		}
		if len(s.levels) >= maxIndents {
			s.failAs("IndentationError", s.at, "too many levels of indentation")
		}
		s.levels = append(s.levels, l)
		s.take(indent, 0)
		return
	}
	for l.cols < top.cols {
		s.levels = s.levels[:len(s.levels)-1]
		if len(s.levels) > 0 {
			top = s.levels[len(s.levels)-1]
		}
		if len(s.levels) == 0 || l.cols > top.cols {
			s.failAs("IndentationError", s.at, "unindent does not match any outer indentation level")
		}
		s.take(dedent, 0)
	}
	if l.alt != top.alt {
		s.mixedTabs()
	}
}

func (s *scanner) mixedTabs() {
	s.failAs("TabError", s.at, "inconsistent use of tabs and spaces in indentation")
}

func (s *scanner) comment() {
	n := strings.IndexByte(s.src[s.off:], '\n')
	if n < 0 {
		n = len(s.src) - s.off
	}
	s.skip(n)
}

// blank skips white space, comments and joined lines within a logical line.
func (s *scanner) blank() {
	for {
		switch c := s.peek(0); {
		case c == ' ' || c == '\t' || c == '\f':
			s.skip(1)
		case c == '#':
			s.comment()
		case c == '\n' && len(s.parens) > 0:
			s.skip(1)
		case c == '\\':
			s.continuation()
		default:
			return
		}
	}
}

// continuation skips a backslash and the end of line behind it.
func (s *scanner) continuation() {
	s.skip(1)
	if s.peek(0) != '\n' && s.off < len(s.src) {
		s.fail(s.at, "unexpected character after line continuation character")
	}
	at := s.at
	s.skip(min(1, len(s.src)-s.off))
	if s.off >= len(s.src) {
		s.fail(at, "unexpected EOF while parsing")
	}
}

// token adds the next token, or several where they belong together; false
// means that the source is at its end and endOfFile was added.
func (s *scanner) token() bool {
	s.blank()
	if s.off >= len(s.src) {
		s.finish()
		return false
	}
	switch c := s.src[s.off]; {
	case c == '\n':
		s.take(newline, 1)
		s.startLine()
	case c == '"' || c == '\'':
		s.literal(0)
	case c == '.' && isDigit(s.peek(1)) || isDigit(c):
		s.number()
	case isIdentStart(s.src[s.off:]):
		if n := s.prefix(); n > 0 {
			s.literal(n)
		} else {
			s.identifier()
		}
	default:
		s.punctuation()
	}
	return true
}

// finish closes what is open at the end of the source.
func (s *scanner) finish() {
	if n := len(s.parens); n > 0 {
		p := s.parens[n-1]
		if s.fdepth > 0 {
			s.fail(p.pos, fmt.Sprintf("'%c' was never closed", p.char))
		}
		s.dangling = &Error{File: s.file, Pos: s.placed(p.pos), Kind: "SyntaxError", Msg: fmt.Sprintf("'%c' was never closed", p.char)}
		s.take(endOfFile, 0)
		return
	}
	if n := len(s.tokens); n > 0 && s.tokens[n-1].kind != newline {
		s.take(newline, 0)
	}
	for range len(s.levels) - 1 {
		s.take(dedent, 0)
	}
	s.take(endOfFile, 0)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isIdentStart reports whether an identifier starts here.
func isIdentStart(src string) bool {
	c := src[0]
	if c < utf8.RuneSelf {
		return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(src)
	return startsIdent(r)
}

// startsIdent is Unicode's XID_Start, with the underscore.
func startsIdent(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.In(r, unicode.Nl, unicode.Other_ID_Start)
}

// continuesIdent is Unicode's XID_Continue.
func continuesIdent(r rune) bool {
	return startsIdent(r) || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
}

// identLen returns the length in bytes of the identifier that src starts with.
func identLen(src string) int {
	for i, r := range src {
		if !continuesIdent(r) {
			return i
		}
	}
	return len(src)
}

func (s *scanner) identifier() {
	n := identLen(s.src[s.off:])
	word := s.src[s.off : s.off+n]
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			word = norm.NFKC.String(word)
			break
		}
	}
	k := name
	if keywords[word] {
		k = keyword
	}
	from, off := s.at, s.off
	s.skip(n)
	s.emit(k, word, nil, from, off)
}

// longOperators are the operators of more than one character, longest first;
// "<>" is one that the grammar does not know.
var longOperators = []string{
	"**=", "//=", ">>=", "<<=", "...",
	"!=", "%=", "&=", "**", "*=", "+=", "-=", "->", "//", "/=", ":=",
	"<<", "<=", "<>", "==", ">=", ">>", "@=", "^=", "|=",
}

func (s *scanner) punctuation() {
	c := s.src[s.off]
	switch c {
	case '(', '[', '{':
		s.open(false)
		return
	case ')', ']', '}':
		s.close()
		return
	}
	for _, op := range longOperators {
		if c == op[0] && strings.HasPrefix(s.src[s.off:], op) {
			s.take(operator, len(op))
			return
		}
	}
	if strings.IndexByte("+-*/%@&|^~<>=.,:;", c) >= 0 {
		s.take(operator, 1)
		return
	}
	s.badCharacter()
}

func (s *scanner) badCharacter() {
	r, _ := utf8.DecodeRuneInString(s.src[s.off:])
	switch {
	case r < utf8.RuneSelf && unicode.IsPrint(r) && s.fdepth > 0:
		s.take(operator, 1) // no rule takes it
	case r < utf8.RuneSelf && unicode.IsPrint(r):
		s.fail(s.at, "invalid syntax")
	case unicode.IsPrint(r):
		s.fail(s.at, fmt.Sprintf("invalid character '%c' (U+%04X)", r, r))
	default:
		s.fail(s.at, fmt.Sprintf("invalid non-printable character U+%04X", r))
	}
}

// open adds an opening bracket.
func (s *scanner) open(field bool) {
	if len(s.parens) >= maxParens {
		s.fail(s.at, "too many nested parentheses")
	}
	s.parens = append(s.parens, bracket{s.src[s.off], field, s.at})
	s.take(operator, 1)
}

// partner maps a closing bracket to its opening one.
var partner = map[byte]byte{')': '(', ']': '[', '}': '{'}

// close adds a closing bracket, which must fit the innermost open one.
func (s *scanner) close() {
	c := s.src[s.off]
	if len(s.parens) == 0 {
		s.fail(s.at, fmt.Sprintf("unmatched '%c'", c))
	}
	top := s.parens[len(s.parens)-1]
	switch {
	case top.char == partner[c]:
	case top.field:
		s.fail(s.at, fmt.Sprintf("f-string: unmatched '%c'", c))
	case top.pos.Line != s.at.Line:
		s.fail(s.at, fmt.Sprintf("closing parenthesis '%c' does not match opening parenthesis '%c' on line %d",
			c, top.char, s.placed(top.pos).Line))
	default:
		s.fail(s.at, fmt.Sprintf("closing parenthesis '%c' does not match opening parenthesis '%c'", c, top.char))
	}
	s.parens = s.parens[:len(s.parens)-1]
	s.take(operator, 1)
}
