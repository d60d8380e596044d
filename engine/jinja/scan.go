package jinja

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"colloquy/engine/python/syntax"
)

// A Piece is a stretch of a template: literal text, or one whole tag with its
// braces ({{ ... }} or {% ... %}).
type Piece struct {
	Text string
	Tag  bool
	At   syntax.Pos // of the first character
	// Note is for the [Output]: what it wants to know about the piece.
	Note any
}

// A Tag is where a tag stands in a text, in bytes.
type Tag struct {
	From, To int
	Kind     byte // '{' for an output, '%' for a statement, '#' for a comment
	// TrimBefore and TrimAfter say that white space goes (a minus at the braces).
	TrimBefore, TrimAfter bool
}

// Next finds the first tag of text at or after from. ok is false if there is
// none; the error says that one begins and does not end.
func Next(text string, from int) (t Tag, ok bool, err error) {
	for i := from; i+1 < len(text); i++ {
		if text[i] != '{' {
			continue
		}
		switch kind := text[i+1]; kind {
		case '{', '%', '#':
			end := tagEnd(text, i+2, kind)
			if end < 0 {
				return Tag{From: i, Kind: kind}, false, fmt.Errorf("%s was never closed", text[i:i+2])
			}
			t = Tag{From: i, To: end, Kind: kind}
			t.TrimBefore = i+2 < end && text[i+2] == '-'
			t.TrimAfter = end-3 > i+1 && text[end-3] == '-'
			return t, true, nil
		}
	}
	return Tag{}, false, nil
}

// tagEnd returns where the tag ends whose content begins at i; -1 if nowhere.
func tagEnd(text string, i int, kind byte) int {
	if kind == '#' {
		if n := strings.Index(text[i:], "#}"); n >= 0 {
			return i + n + 2
		}
		return -1
	}
	closing := byte('}')
	if kind == '%' {
		closing = '%'
	}
	depth := 0
	for i < len(text) {
		c := text[i]
		switch {
		case c == '"' || c == '\'':
			n := quotedLen(text[i:])
			if n == 0 {
				return -1
			}
			i += n
			continue
		case depth == 0 && c == closing && i+1 < len(text) && text[i+1] == '}':
			return i + 2
		case c == '{' || c == '(' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ')' || c == ']'):
			depth--
		case kind == '%' && c == '%' && i+1 < len(text) && text[i+1] == '}': // within an open bracket
			return i + 2
		}
		i++
	}
	return -1
}

// quotedLen returns the length of the string that text starts with, 0 if it
// does not end.
func quotedLen(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0]:
			return i + 1
		}
	}
	return 0
}

// content returns what stands between the braces of a tag and where it begins.
func content(tag string) (inner string, from int) {
	from, to := 2, len(tag)-2
	if from < to && (tag[from] == '-' || tag[from] == '+') {
		from++
	}
	if from < to && (tag[to-1] == '-' || tag[to-1] == '+') {
		to--
	}
	return tag[from:to], from
}

// keyword returns the word that a statement begins with.
func keyword(tag string) string {
	inner, _ := content(tag)
	inner = strings.TrimLeft(inner, " \t\r\n\u00a0")
	n := 0
	for n < len(inner) && (inner[n] == '_' || inner[n]|0x20 >= 'a' && inner[n]|0x20 <= 'z') {
		n++
	}
	return inner[:n]
}

// Split takes a text apart as Jinja2 does by default: a minus in the braces
// takes the white space beside it away, comments vanish, what stands in {% raw
// %} is text, and one line break at the end of the text is left out. The error
// is a *syntax.Error.
func Split(name, text string) ([]Piece, error) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.TrimSuffix(text, "\n")
	s := &splitter{name: name, text: text, pos: syntax.Pos{Line: 1, Col: 1}}
	err := s.run()
	return s.pieces, err
}

type splitter struct {
	name, text string
	pieces     []Piece
	at         int        // offset that pos belongs to
	pos        syntax.Pos // of offset at
	trim       bool       // white space at the start of the next text goes
}

// place returns the line and column of an offset that is not before the last.
func (s *splitter) place(off int) syntax.Pos {
	part := s.text[s.at:off]
	if n := strings.Count(part, "\n"); n > 0 {
		s.pos.Line += n
		s.pos.Col = 1 + utf8.RuneCountInString(part[strings.LastIndexByte(part, '\n')+1:])
	} else {
		s.pos.Col += utf8.RuneCountInString(part)
	}
	s.at = off
	return s.pos
}

func (s *splitter) fail(off int, format string, args ...any) error {
	return &syntax.Error{File: s.name, Pos: s.place(off), Kind: "SyntaxError", Msg: fmt.Sprintf(format, args...)}
}

// literal adds text up to an offset.
func (s *splitter) literal(from, to int, trimAfter bool) {
	text := s.text[from:to]
	if s.trim {
		short := strings.TrimLeft(text, " \t\n\f\v")
		from += len(text) - len(short)
		text = short
	}
	if trimAfter {
		text = strings.TrimRight(text, " \t\n\f\v")
	}
	if text != "" {
		s.pieces = append(s.pieces, Piece{Text: text, At: s.place(from)})
	}
}

func (s *splitter) run() error {
	for off := 0; ; {
		t, ok, err := Next(s.text, off)
		if err != nil {
			return s.fail(t.From, "%v", err)
		}
		if !ok {
			s.literal(off, len(s.text), false)
			return nil
		}
		s.literal(off, t.From, t.TrimBefore)
		s.trim = t.TrimAfter
		off = t.To
		tag := s.text[t.From:t.To]
		switch {
		case t.Kind == '#':
		case t.Kind == '%' && keyword(tag) == "raw":
			end, after, found := findEndRaw(s.text, t.To)
			if !found {
				return s.fail(t.From, "{%% raw %%} has no {%% endraw %%}")
			}
			s.literal(t.To, end, after.TrimBefore)
			s.trim = after.TrimAfter
			off = after.To
		default:
			s.pieces = append(s.pieces, Piece{Text: tag, Tag: true, At: s.place(t.From)})
		}
	}
}

// findEndRaw finds the tag that ends {% raw %}.
func findEndRaw(text string, from int) (at int, t Tag, ok bool) {
	for i := from; ; {
		n := strings.Index(text[i:], "{%")
		if n < 0 {
			return 0, t, false
		}
		i += n
		if keyword(text[i:]+"%}") == "endraw" {
			if end := strings.Index(text[i:], "%}"); end >= 0 {
				t = Tag{From: i, To: i + end + 2, Kind: '%'}
				t.TrimBefore, t.TrimAfter = text[i+2] == '-', text[t.To-3] == '-'
				return i, t, true
			}
		}
		i += 2
	}
}
