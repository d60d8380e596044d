package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Verbatim makes text that shows on a screen exactly as it was typed: nothing
// in it is Markdown or HTML, and paragraph breaks become line breaks.
func Verbatim(text string) Parts {
	from, to := trimmed(text)
	p := Own("<span>")
	for i := from; i < to; {
		if text[i] == '\n' {
			end := i
			for end < to && (text[end] == '\n' || text[end] == '\r') {
				end++
			}
			if strings.Count(text[i:end], "\n") > 1 {
				p = p.own("<br>")
			} else {
				p = p.slice(0, text, i, end)
			}
			i = end
			continue
		}
		if safe := entity(text, i); safe != "" {
			p = p.own(safe)
			i++
			continue
		}
		start := i
		for i < to && text[i] != '\n' && entity(text, i) == "" {
			i++
		}
		p = p.slice(0, text, start, i)
	}
	return p.own("</span>")
}

// entity returns what stands for the byte at i where it would mean something,
// or nothing where it may stay.
func entity(text string, i int) string {
	switch text[i] {
	case '&':
		if startsEntity(text[i:]) {
			return ""
		}
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '*':
		return "&#42;"
	case '_':
		return "&#95;"
	case '#':
		return "&#35;"
	case '=':
		return "&#61;"
	case '+':
		return "&#43;"
	case '-':
		return "&#45;"
	case '.':
		if i > 0 && '0' <= text[i-1] && text[i-1] <= '9' {
			return "&#46;"
		}
	}
	return ""
}

// startsEntity reports whether text begins with an HTML entity.
func startsEntity(text string) bool {
	end := strings.IndexByte(text, ';')
	if end < 2 || end > 32 {
		return false
	}
	name := text[1:end]
	if number, ok := strings.CutPrefix(name, "#"); ok {
		hex, isHex := strings.CutPrefix(strings.ToLower(number), "x")
		if isHex {
			return hex != "" && strings.Trim(hex, "0123456789abcdef") == ""
		}
		return number != "" && strings.Trim(number, "0123456789") == ""
	}
	return strings.IndexFunc(name, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9')
	}) < 0
}

// Redact blackens text on a screen: each word becomes [REDACTION_WORD word],
// each space [REDACTION_SPACE]; markup tags and line ends stay. The word in
// the mark is what a template measures, not what it shows; a "]" in it is
// written "[".
func Redact(text string) Parts {
	var p Parts
	for i := 0; i < len(text); {
		end := tagEnd(text, i)
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case end > i:
			p = p.slice(0, text, i, end)
		case r == '\n' || r == '\r':
			end = i + n
			p = p.slice(0, text, i, end)
		case unicode.IsSpace(r):
			end = i + n
			p = p.own("[REDACTION_SPACE]")
		default:
			end = wordEnd(text, i)
			p = append(p.own("[REDACTION_WORD "), Part{
				Text: strings.ReplaceAll(text[i:end], "]", "["), Item: 0, From: i, To: end,
			}).own("]")
		}
		i = end
	}
	return p
}

// wordEnd returns where the word that starts at i ends: at white space or at a
// markup tag.
func wordEnd(text string, i int) int {
	for j, r := range text[i:] {
		if unicode.IsSpace(r) || j > 0 && tagEnd(text, i+j) > i+j {
			return i + j
		}
	}
	return len(text)
}

// RedactBlocks blackens text for a word processor: one block per character,
// spaces of no width between words.
func RedactBlocks(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r':
			return r
		case unicode.IsSpace(r):
			return '\u200b'
		}
		return '█'
	}, text)
}

// tagEnd returns where the markup tag that starts at i ends, or i.
func tagEnd(text string, i int) int {
	if text[i] != '<' || i+1 >= len(text) {
		return i
	}
	if c := text[i+1]; c != '/' && !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
		return i
	}
	end := strings.IndexByte(text[i:], '>')
	if end < 0 {
		return i
	}
	return i + end + 1
}

// SplitForm cuts text at word boundaries into pieces for the lines of a form:
// as many characters as lengths says for each line, and the rest in a last
// piece. A line end starts a new piece; a word longer than its line is cut.
func SplitForm(text string, lengths []int) []string {
	f := formLines{pieces: []string{""}, lengths: lengths}
	for n, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		if n > 0 {
			f.addBreak()
		}
		for _, word := range strings.Fields(line) {
			f.addWord(word)
		}
	}
	return f.pieces
}

// formLines are the pieces of a text so far, and how long each may be.
type formLines struct {
	pieces  []string
	lengths []int
}

// room returns the length of the present line, or false for the last piece.
func (f *formLines) room() (int, bool) {
	if i := len(f.pieces) - 1; i < len(f.lengths) {
		return max(f.lengths[i], 1), true
	}
	return 0, false
}

// addBreak starts a new piece; the last piece gets a space instead.
func (f *formLines) addBreak() {
	if _, ok := f.room(); ok {
		f.pieces = append(f.pieces, "")
		return
	}
	if last := &f.pieces[len(f.pieces)-1]; *last != "" {
		*last += " "
	}
}

// addWord puts a word on the present line or on new ones.
func (f *formLines) addWord(word string) {
	rest := []rune(word)
	for {
		last := &f.pieces[len(f.pieces)-1]
		gap := ""
		if *last != "" && !strings.HasSuffix(*last, " ") {
			gap = " "
		}
		size, limited := f.room()
		if !limited || len([]rune(*last))+len(gap)+len(rest) <= size {
			*last += gap + string(rest)
			return
		}
		if *last == "" {
			*last, rest = string(rest[:size]), rest[size:]
		}
		f.pieces = append(f.pieces, "")
	}
}
