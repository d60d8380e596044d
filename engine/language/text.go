package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capitalize returns text with its first character in upper case, the rest
// untouched. Text of one character or less is returned unchanged.
func Capitalize(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	if n == 0 || n == len(text) || r == utf8.RuneError {
		return text
	}
	return upperFirst(r) + text[n:]
}

func upperFirst(r rune) string {
	if r == 'ß' {
		return "SS"
	}
	return string(unicode.ToUpper(r))
}

// IsBlank reports whether text is empty or white space only.
func IsBlank(text string) bool {
	return strings.TrimSpace(text) == ""
}

// Bold returns text in double asterisks, asterisks inside it removed. Blank
// text gives fallback in asterisks, or nothing if fallback is empty.
func Bold(text, fallback string) Parts {
	return emphasize(text, fallback, "**", "*")
}

// Italic returns text in underscores, underscores inside it removed. Blank
// text gives fallback in underscores, or nothing if fallback is empty.
func Italic(text, fallback string) Parts {
	return emphasize(text, fallback, "_", "_")
}

// emphasize wraps argument 0 (text) or, if it is blank, argument 1 (fallback).
func emphasize(text, fallback, mark, drop string) Parts {
	if IsBlank(text) {
		if fallback == "" {
			return nil
		}
		return Own(mark).whole(1, fallback).own(mark)
	}
	return Own(mark).without(0, text, drop).own(mark)
}

// without appends argument item, leaving out every occurrence of drop.
func (p Parts) without(item int, text, drop string) Parts {
	at := 0
	for {
		i := strings.Index(text[at:], drop)
		if i < 0 {
			break
		}
		p = p.slice(item, text, at, at+i)
		at += i + len(drop)
	}
	return p.slice(item, text, at, len(text))
}

// slice appends the bytes from to to of argument item.
func (p Parts) slice(item int, text string, from, to int) Parts {
	if from >= to {
		return p
	}
	return append(p, Part{Text: text[from:to], Item: item, From: from, To: to})
}

// Indent puts by spaces before every line; carriage returns are removed.
func Indent(text string, by int) Parts {
	pad := strings.Repeat(" ", max(by, 0))
	return prefixLines(text, 0, len(text), pad, "\r")
}

// prefixLines puts prefix before every line of text[from:to], leaving out drop.
func prefixLines(text string, from, to int, prefix, drop string) Parts {
	var p Parts
	for at := from; ; {
		end := strings.IndexByte(text[at:to], '\n')
		stop := to
		if end >= 0 {
			stop = at + end
		}
		p = p.own(prefix)
		for _, q := range Parts(nil).without(0, text[at:stop], drop) {
			p = append(p, Part{Text: q.Text, Item: 0, From: q.From + at, To: q.To + at})
		}
		if end < 0 {
			return p
		}
		p = p.own("\n")
		at = stop + 1
	}
}

// SingleParagraph turns each run of line ends into one space.
func SingleParagraph(text string) Parts {
	return replaceLineEnds(text, " ")
}

// SingleToDoubleNewlines turns each run of line ends into a paragraph break.
func SingleToDoubleNewlines(text string) Parts {
	return replaceLineEnds(text, "\n\n")
}

func replaceLineEnds(text, with string) Parts {
	var p Parts
	for at := 0; at < len(text); {
		i := strings.IndexAny(text[at:], "\r\n")
		if i < 0 {
			return p.slice(0, text, at, len(text))
		}
		p = p.slice(0, text, at, at+i).own(with)
		at += i
		for at < len(text) && (text[at] == '\r' || text[at] == '\n') {
			at++
		}
	}
	return p
}

// QuoteParagraphs strips text and puts "> " before every line.
func QuoteParagraphs(text string) Parts {
	from, to := trimmed(text)
	return prefixLines(text, from, to, "> ", "\r")
}

// trimmed returns where text begins and ends without its outer white space.
func trimmed(text string) (from, to int) {
	from = len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	to = max(from, len(strings.TrimRightFunc(text, unicode.IsSpace)))
	return from, to
}

// FixPunctuation strips white space from the end of text and appends mark,
// unless text ends in mark or in one of others already.
func FixPunctuation(text, mark string, others []string) Parts {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	p := Whole(0, text)
	if mark == "" || strings.HasSuffix(text, mark) {
		return p
	}
	for _, o := range others {
		if o != "" && strings.HasSuffix(text, o) {
			return p
		}
	}
	return p.own(mark)
}

// SentenceMarks are the marks that FixPunctuation accepts where the author
// names none.
func SentenceMarks() []string { return []string{".", "?", "!"} }

// SpaceToUnderscore returns text as a safe file name: ASCII only, white space
// as underscores, nothing but letters, digits, "_", "." and "-", and no "."
// or "_" at either end.
func SpaceToUnderscore(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range text {
		switch {
		case r == '/' || r == '\\' || unicode.IsSpace(r) && r < utf8.RuneSelf:
			gap = true
			continue
		case r >= utf8.RuneSelf || !fileRune(byte(r)):
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(r)
	}
	if gap {
		b.WriteByte('_')
	}
	return strings.Trim(b.String(), "._")
}

func fileRune(c byte) bool {
	return c == '_' || c == '.' || c == '-' ||
		'0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
