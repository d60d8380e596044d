package markup

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A kind says what a private rune stands for.
type kind uint8

const (
	kindTyped   kind = iota // text from people, shown as it is
	kindGlyph               // fixed HTML (html) with a plain form (plain)
	kindNothing             // removed
	kindMedia               // name and args of a bracket tag drawn by media.go
	kindLook                // class and style for the block it begins
	kindState               // spacing or indentation from here on
	kindTerm                // a term marked by the author
	kindField               // an embedded field
	kindRaw                 // raw HTML set aside before Markdown
)

// A token is what one private rune stands for. Its source may itself contain
// private runes of tokens made earlier.
type token struct {
	kind  kind
	src   string // what it replaced; for typed text, the text itself
	name  string
	args  string
	html  string
	plain string
	term  *Term
}

// Private runes come from the supplementary private use planes: Markdown
// treats them as letters, and no script, address or tag can contain them by
// chance, since guard replaces those that the text brings along.
const (
	firstRune  = 0xF0000
	perPlane   = 0xFFFD // the last two code points of a plane are not characters
	maxTokens  = 2 * perPlane
	leadByte   = 0xF3 // first UTF-8 byte of any private rune is this or the next
	runeLength = 4
)

func tokenRune(i int) rune {
	if i < perPlane {
		return rune(firstRune + i)
	}
	return rune(firstRune + 0x10000 + i - perPlane)
}

// tokenIndex returns the number of the token that r stands for, or -1.
func tokenIndex(r rune) int {
	switch {
	case r >= firstRune && r < firstRune+perPlane:
		return int(r - firstRune)
	case r >= firstRune+0x10000 && r < firstRune+0x10000+perPlane:
		return int(r-firstRune-0x10000) + perPlane
	}
	return -1
}

// A rendering holds one rendering: its tokens and what it found on the way.
type rendering struct {
	opts   Options
	tokens []token
	res    *Result

	defined map[*Term]string // definitions rendered so far
	noIcons bool
	autos   bool // automatic terms are to be found
	hasLook bool // a paragraph tag was found
	depth   int  // nesting of Markdown inside HTML inside Markdown
}

// add makes a token and returns the text that stands for it.
func (r *rendering) add(t token) string {
	r.tokens = append(r.tokens, t)
	return string(tokenRune(len(r.tokens) - 1))
}

// full says that there is no room for n further tokens.
func (r *rendering) full(n int) bool { return len(r.tokens)+n > maxTokens }

// token returns the token that the rune at the start of s stands for.
func (r *rendering) token(s string) (*token, bool) {
	if len(s) < runeLength || s[0] < leadByte {
		return nil, false
	}
	c, _ := utf8.DecodeRuneInString(s)
	i := tokenIndex(c)
	if i < 0 || i >= len(r.tokens) {
		return nil, false
	}
	return &r.tokens[i], true
}

// guard replaces what people typed, and private runes in the author's text, by
// tokens. The result has \n line ends and is valid UTF-8. It reports false if
// there are more stretches than private runes.
func (r *rendering) guard(t Text) (string, bool) {
	spans := tidy(t.Outside, len(t.S))
	var b strings.Builder
	b.Grow(len(t.S) + runeLength*len(spans))
	at := 0
	for _, s := range spans {
		r.guardAuthor(&b, t.S[at:s.From])
		r.guardTyped(&b, t.S[s.From:s.To])
		at = s.To
	}
	r.guardAuthor(&b, t.S[at:])
	src := b.String()
	if r.opts.UserMarkdown && !r.opts.HTMLOnly && !r.full(1) {
		src = r.unguard(src)
	}
	return src, !r.full(1)
}

func (r *rendering) guardTyped(b *strings.Builder, s string) {
	if r.full(1) {
		return // guard notices
	}
	if s = visible(s); s != "" {
		b.WriteString(r.add(token{kind: kindTyped, src: s}))
	}
}

func (r *rendering) guardAuthor(b *strings.Builder, s string) {
	s = visible(s)
	for {
		i := strings.IndexFunc(s, func(c rune) bool { return tokenIndex(c) >= 0 })
		if i < 0 {
			b.WriteString(s)
			return
		}
		b.WriteString(s[:i])
		r.guardTyped(b, s[i:i+runeLength])
		s = s[i+runeLength:]
	}
}

// tidy sorts, clips and merges spans.
func tidy(spans []Span, n int) []Span {
	clean := true
	last := 0
	for _, s := range spans {
		if s.From < last || s.To < s.From || s.To > n || s.From == last && last > 0 {
			clean = false
			break
		}
		last = s.To
	}
	if clean {
		return spans
	}
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int { return a.From - b.From })
	out := sorted[:0]
	for _, s := range sorted {
		s.From, s.To = min(max(s.From, 0), n), min(s.To, n)
		switch {
		case s.To <= s.From:
		case len(out) > 0 && s.From <= out[len(out)-1].To:
			out[len(out)-1].To = max(out[len(out)-1].To, s.To)
		default:
			out = append(out, s)
		}
	}
	return out
}

// visible drops what no page can show (control characters, broken UTF-8) and
// writes line ends as \n.
func visible(s string) string {
	if clean(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\r':
			return '\n'
		case c == '\t' || c == '\n':
			return c
		case c < ' ' || c == 0x7F:
			return -1
		}
		return c
	}, s)
}

func clean(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' && c != '\n' || c == 0x7F {
			return false
		}
	}
	return utf8.ValidString(s)
}

// source gives back the text that tokens in s stand for, as people and the
// author wrote it.
func (r *rendering) source(s string) string {
	if strings.IndexByte(s, leadByte) < 0 && strings.IndexByte(s, leadByte+1) < 0 {
		return s
	}
	var b strings.Builder
	r.pieces(s, func(text string, typed bool) { b.WriteString(text) })
	return b.String()
}

// typed says whether s contains text from people.
func (r *rendering) typed(s string) bool {
	found := false
	r.pieces(s, func(_ string, typed bool) { found = found || typed })
	return found
}

// pieces calls f with the stretches of the text that s stands for, telling
// those typed by people from those of the author.
func (r *rendering) pieces(s string, f func(text string, typed bool)) {
	from := 0
	for i := 0; i < len(s); {
		if s[i] < leadByte {
			i++
			continue
		}
		t, ok := r.token(s[i:])
		if !ok {
			i++
			continue
		}
		if i > from {
			f(s[from:i], false)
		}
		if t.kind == kindTyped {
			f(t.src, true)
		} else {
			r.pieces(t.src, f)
		}
		i += runeLength
		from = i
	}
	if from < len(s) {
		f(s[from:], false)
	}
}
