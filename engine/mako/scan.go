package mako

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"colloquy/engine/python/syntax"
)

// IsTemplate reports whether text is treated as Mako: whether it contains one
// of the marks that docassemble looks for. Other text is verbatim, even where
// it holds %% or %if.
func IsTemplate(text string) bool {
	for _, mark := range [...]string{"<%", "${", "% if", "% for", "% while", "##"} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}

// maxNesting is how deep tags and control lines may stand in each other.
const maxNesting = 60

// A scanner walks over the text of a template. It panics with a *syntax.Error,
// which Parse recovers.
type scanner struct {
	src   Source
	text  string // with \n alone as line end
	off   int
	lines []int // where lines start
	depth int
}

// lineBreaks makes every line break \n, as Python does with code.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func newScanner(src Source) *scanner {
	s := &scanner{src: src, text: lineBreaks.Replace(src.Text), lines: []int{0}}
	for i := range len(s.text) {
		if s.text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// raw returns the line and column of an offset.
func (s *scanner) raw(off int) syntax.Pos {
	line := sort.SearchInts(s.lines, off+1)
	return syntax.Pos{Line: line, Col: 1 + utf8.RuneCountInString(s.text[s.lines[line-1]:off])}
}

// pos returns the place in the file of an offset.
func (s *scanner) pos(off int) syntax.Pos { return s.src.place(s.raw(off)) }

func (s *scanner) span(from, to int) syntax.Span {
	return syntax.Span{From: s.pos(from), To: s.pos(to)}
}

// within returns the function that places positions of the fragment of the
// text between from and to; positions beyond it are at its end. The fragment
// was read behind a number of lines that are not in the text.
func (s *scanner) within(from, to, before int) func(syntax.Pos) syntax.Pos {
	base := s.raw(from)
	last := s.raw(to)
	return func(p syntax.Pos) syntax.Pos {
		p.Line -= before
		switch {
		case p.Line < 1:
			return s.src.place(base)
		case p.Line == 1:
			p.Col += base.Col - 1
		}
		p.Line += base.Line - 1
		if p.Line > last.Line || p.Line == last.Line && p.Col > last.Col {
			p = last
		}
		return s.src.place(p)
	}
}

func (s *scanner) fail(off int, format string, args ...any) {
	panic(&syntax.Error{File: s.src.Name, Pos: s.pos(off), Kind: "SyntaxError", Msg: fmt.Sprintf(format, args...)})
}

// check passes on an error of the Python parser.
func check[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (s *scanner) rest() string { return s.text[s.off:] }

func (s *scanner) lineStart() bool { return s.off == 0 || s.text[s.off-1] == '\n' }

// indented returns where the text of a line begins.
func (s *scanner) indented() int {
	i := s.off
	for i < len(s.text) && (s.text[i] == ' ' || s.text[i] == '\t') {
		i++
	}
	return i
}

// until returns where, from off on, one of the ends stands outside of strings
// and comments and, with nesting, outside of brackets; -1 if nowhere.
func (s *scanner) until(off int, nesting bool, ends ...string) int {
	open := 0
	for i := off; i < len(s.text); {
		if open == 0 {
			for _, e := range ends {
				if strings.HasPrefix(s.text[i:], e) {
					return i
				}
			}
		}
		switch c := s.text[i]; {
		case c == '"' || c == '\'':
			n := stringLen(s.text[i:])
			if n == 0 {
				return -1
			}
			i += n
			continue
		case c == '#':
			i = s.commentEnd(i, ends)
			continue
		case nesting && strings.IndexByte("([{", c) >= 0:
			open++
		case nesting && strings.IndexByte(")]}", c) >= 0:
			open = max(open-1, 0)
		}
		i++
	}
	return -1
}

// commentEnd returns where a Python comment ends: with its line or, in code,
// at the end of the code.
func (s *scanner) commentEnd(off int, ends []string) int {
	line := strings.IndexByte(s.text[off:], '\n')
	if line < 0 {
		line = len(s.text) - off
	}
	if ends[0] == "%>" {
		if i := strings.Index(s.text[off:off+line], "%>"); i >= 0 {
			return off + i
		}
	}
	return off + line
}

// stringLen returns the length of the Python string that text starts with, 0 if
// it has no end.
func stringLen(text string) int {
	quote := text[:1]
	if strings.HasPrefix(text, strings.Repeat(quote, 3)) {
		quote = text[:3]
	}
	for i := len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], quote):
			return i + len(quote)
		case text[i] == '\n' && len(quote) == 1:
			return 0
		}
	}
	return 0
}
