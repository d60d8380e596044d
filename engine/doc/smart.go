package doc

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// smartParser turns straight quotes, hyphens and periods into typographic
// quotes, dashes and ellipses.
type smartParser struct{}

func (smartParser) Trigger() []byte { return []byte{'"', '\'', '-', '.', '$'} }

func (smartParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	glyph, n := "", 1
	switch {
	case bytes.HasPrefix(line, []byte("---")):
		glyph, n = "—", 3
	case bytes.HasPrefix(line, []byte("--")):
		glyph, n = "–", 2
	case bytes.HasPrefix(line, []byte("...")):
		glyph, n = "…", 3
	case bytes.HasPrefix(line, []byte("$$")):
		glyph, n = "$", 2
	case line[0] == '"' || line[0] == '\'':
		glyph = quote(line[0], block.PrecendingCharacter(), line[1:])
	default:
		return nil
	}
	block.Advance(n)
	s := ast.NewString([]byte(glyph))
	s.SetCode(true)
	return s
}

// elisions are words that begin with an apostrophe.
var elisions = []string{"til", "tis", "twas", "em", "cause", "bout", "round"}

// quote chooses between an opening quote and a closing one or an apostrophe.
func quote(c byte, before rune, after []byte) string {
	next, _ := utf8.DecodeRune(after)
	opens := len(after) > 0 && !unicode.IsSpace(next) &&
		(unicode.IsSpace(before) || before == 0 || strings.ContainsRune("([{<-–—/“‘\"'\u00a0", before))
	if c == '"' {
		if opens {
			return "“"
		}
		return "”"
	}
	if opens && !unicode.IsDigit(next) && !elided(after) {
		return "‘"
	}
	return "’"
}

func elided(after []byte) bool {
	end := 0
	for end < len(after) && (after[end] >= 'a' && after[end] <= 'z') {
		end++
	}
	for _, e := range elisions {
		if string(after[:end]) == e {
			return true
		}
	}
	return false
}
