package markup

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// smarty replaces straight quotes, dashes and dots by typographic ones.
type smarty struct{}

func (smarty) Trigger() []byte { return []byte{'\'', '"', '-', '.'} }

func (smarty) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	sign, n := smartSign(line, before)
	if n == 0 {
		return nil
	}
	block.Advance(n)
	s := ast.NewString([]byte(sign))
	s.SetCode(true) // as it is
	return s
}

// smartSign returns what the signs that line begins with become, and how many
// bytes that replaces; 0 if they stay.
func smartSign(line []byte, before rune) (string, int) {
	n := run(line, line[0])
	switch line[0] {
	case '-':
		switch {
		case n >= 3:
			return "—", 3
		case n == 2:
			return "–", 2
		}
	case '.':
		if n >= 3 {
			return "…", 3
		}
	case '\'':
		if opensQuote(line[1:], before) && !decade(line[1:]) {
			return "‘", 1
		}
		return "’", 1
	case '"':
		if opensQuote(line[1:], before) {
			return "“", 1
		}
		return "”", 1
	}
	return "", 0
}

// opensQuote says whether a quotation mark between before and rest opens.
func opensQuote(rest []byte, before rune) bool {
	after := ' '
	if len(rest) > 0 {
		after = util.ToRune(rest, 0)
	}
	switch {
	case unicode.IsSpace(after):
		return false
	case unicode.IsSpace(before), strings.ContainsRune("([{<-–—/=", before):
		return true
	case strings.ContainsRune(`"'*_`, before): // right inside another mark
		return isWord(after)
	}
	return false
}

// decade is true of what follows the apostrophe of '80s.
func decade(rest []byte) bool {
	return len(rest) > 2 && util.IsNumeric(rest[0]) && util.IsNumeric(rest[1]) && rest[2] == 's'
}
