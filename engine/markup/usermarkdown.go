package markup

import (
	"strings"
	"unicode/utf8"
)

// Where an interview lets people write Markdown, their text stays guarded
// inside the author's tags, scripts, attribute lists and addresses. Elsewhere
// only the characters remain guarded that could begin anything but Markdown.

// unguard puts text of people back where Markdown in it may work.
func (r *rendering) unguard(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if n := guardedRegion(s, i); n > 0 {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		if t, ok := r.token(s[i:]); ok {
			r.guardUser(&b, t.src)
			i += runeLength
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// guardedRegion returns the length of what begins at byte i of s and must not
// be written to by people.
func guardedRegion(s string, i int) int {
	rest := s[i:]
	switch rest[0] {
	case '<':
		return guardedTag(rest)
	case '{':
		return through(rest, "}", "\n\n")
	case ']':
		if strings.HasPrefix(rest, "](") {
			return through(rest, ")", "\n\n")
		}
		if strings.HasPrefix(rest, "]:") {
			return through(rest, "\n", "")
		}
	}
	return 0
}

// through returns how much of s there is up to and including end, or up to stop
// if that comes first, or all of it.
func through(s, end, stop string) int {
	n := len(s)
	if i := strings.Index(s, end); i >= 0 {
		n = i + len(end)
	}
	if i := strings.Index(s[:n], stop); stop != "" && i >= 0 {
		return i
	}
	return n
}

// guardedTag returns the length of the tag that s begins with, content included
// where that is no running text.
func guardedTag(s string) int {
	if len(s) < 2 {
		return 0
	}
	if c := s[1]; !isTagByte(c, true) && c != '/' && c != '!' && c != '?' && c < leadByte {
		return 0
	}
	if strings.HasPrefix(s, "<!--") {
		return through(s, "-->", "")
	}
	t := readTag(s)
	if t.length == 0 {
		return through(s, ">", "")
	}
	if t.end || !codeTags[t.name] {
		return t.length
	}
	if _, stop := elementEnd(s, t); stop > 0 {
		return stop
	}
	return len(s)
}

// guardUser writes s so that Markdown in it works, by replacing only the
// characters that could begin anything else.
func (r *rendering) guardUser(b *strings.Builder, s string) {
	from := 0
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if tokenIndex(c) >= 0 || unsafeInMarkdown(s, i) {
			b.WriteString(s[from:i])
			r.guardTyped(b, s[i:i+n])
			from = i + n
		}
		i += n
	}
	b.WriteString(s[from:])
}

// unsafeInMarkdown says whether the character of s at i could act as HTML, as
// bracket markup, as an icon, term or attribute list, or name the scheme of an
// address, when Markdown is otherwise allowed.
func unsafeInMarkdown(s string, i int) bool {
	switch s[i] {
	case '<', '&', '{', '}':
		return true
	case '>': // a few quote levels are plenty
		return i >= 8 && strings.Trim(s[i-8:i], "> ") == ""
	case ':':
		return !quietColon(s, i)
	case '[':
		return mayBeginTag(s[i+1:])
	}
	return false
}

// quietColon is true of colons that begin a definition or align a column.
func quietColon(s string, i int) bool {
	line := s[strings.LastIndexByte(s[:i], '\n')+1 : i]
	if strings.TrimLeft(line, " ") == "" {
		return i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '-')
	}
	prev := line[len(line)-1]
	return prev == '|' || prev == '-' && strings.Trim(line, "-:| ") == ""
}
