package jinja

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"colloquy/engine/python/syntax"
)

type tokenKind uint8

const (
	endToken tokenKind = iota
	nameToken
	numberToken
	textToken
	opToken
)

// A token is a piece of a tag.
type token struct {
	kind     tokenKind
	text     string
	from, to syntax.Pos
}

func (t token) is(s string) bool { return t.kind == opToken && t.text == s }
func (t token) named(s string) bool {
	return t.kind == nameToken && t.text == s
}

// operators are those of Jinja, the longer ones first.
var operators = []string{"**", "//", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"}

// A lexer takes the inside of a tag apart.
type lexer struct {
	file string
	text string
	off  int
	pos  syntax.Pos
}

// lex returns the tokens of a tag; the last is an endToken.
func lex(file, tag string, at syntax.Pos) []token {
	inner, from := content(tag)
	l := &lexer{file: file, text: inner, pos: syntax.Pos{Line: at.Line, Col: at.Col + from}}
	var out []token
	for {
		t := l.token()
		out = append(out, t)
		if t.kind == endToken {
			return out
		}
	}
}

func (l *lexer) fail(at syntax.Pos, format string, args ...any) {
	panic(&syntax.Error{File: l.file, Pos: at, Kind: "SyntaxError", Msg: fmt.Sprintf(format, args...)})
}

// move goes n bytes on.
func (l *lexer) move(n int) string {
	s := l.text[l.off : l.off+n]
	for _, r := range s {
		if r == '\n' {
			l.pos = syntax.Pos{Line: l.pos.Line + 1, Col: 1}
		} else {
			l.pos.Col++
		}
	}
	l.off += n
	return s
}

func (l *lexer) token() token {
	rest := l.text[l.off:]
	l.move(len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace)))
	rest = l.text[l.off:]
	t := token{from: l.pos, to: l.pos}
	if rest == "" {
		return t
	}
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == '_' || unicode.IsLetter(r):
		t.kind = nameToken
		t.text = l.move(strings.IndexFunc(rest+" ", func(r rune) bool {
			return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
		}))
	case r >= '0' && r <= '9':
		t.kind = numberToken
		t.text = l.move(numberLen(rest))
	case r == '"' || r == '\'':
		n := quotedLen(rest)
		if n == 0 {
			l.fail(t.from, "a text in quotation marks does not end")
		}
		t.kind = textToken
		t.text = l.move(n)
	default:
		for _, op := range operators {
			if strings.HasPrefix(rest, op) {
				t.kind, t.text = opToken, l.move(len(op))
				break
			}
		}
		if t.text == "" {
			l.fail(t.from, "%q cannot stand in a template tag", string(r))
		}
	}
	t.to = l.pos
	return t
}

// numberLen returns the length of the number that text starts with.
func numberLen(text string) int {
	digits := func(i int) int {
		for i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i] == '_') {
			i++
		}
		return i
	}
	if len(text) > 2 && text[0] == '0' && strings.ContainsRune("xXoObB", rune(text[1])) {
		i := 2
		for i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i]|0x20 >= 'a' && text[i]|0x20 <= 'f' || text[i] == '_') {
			i++
		}
		return i
	}
	i := digits(0)
	if i+1 < len(text) && text[i] == '.' && text[i+1] >= '0' && text[i+1] <= '9' {
		i = digits(i + 1)
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		j := i + 1
		if j < len(text) && (text[j] == '+' || text[j] == '-') {
			j++
		}
		if k := digits(j); k > j {
			i = k
		}
	}
	return i
}
