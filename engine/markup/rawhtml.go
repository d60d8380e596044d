package markup

import (
	"regexp"
	"strings"
)

// blockTags begin raw HTML when they stand at the start of a line; everything
// to the matching end tag is then left alone.
var blockTags = set(`address article aside blockquote body canvas center colgroup dd details dialog dir div dl dt
	fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map
	math menu nav noscript object ol optgroup option output p pre script search section style summary svg table tbody
	td textarea tfoot th thead tr ul video`)

// spanTags hold running text: markdown="1" in them makes no paragraphs.
var spanTags = set(`address dt h1 h2 h3 h4 h5 h6 legend p summary a b button em i label li small span strong td th u`)

var voidTags = set(`area base br col embed hr img input link meta param source track wbr`)

// codeTags hold text in which no tags are read.
var codeTags = set(`script style textarea title xmp iframe noembed noframes`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// setAside replaces raw HTML that begins a line, and scripts and styles
// anywhere, by tokens, so that Markdown leaves them alone.
func (r *rendering) setAside(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	l := liner{rest: s}
	inside := false // of a line of which a script was set aside
	for {
		before := l.rest
		line, code, ok := l.next()
		if !ok || r.full(2) {
			b.WriteString(before)
			return b.String()
		}
		lt := strings.IndexByte(line, '<')
		begins := !inside && lt >= 0 && lt < 4 && blank(line[:lt])
		inside = false
		if code || lt < 0 {
			b.WriteString(line)
			continue
		}
		if begins {
			if n := rawLength(before[lt:]); n > 0 {
				raw := before[lt : lt+n]
				b.WriteString(r.block(raw, r.markdownIn(raw)))
				l.rest = strings.TrimLeft(before[lt+n:], " ")
				continue
			}
		}
		if i, n := r.scriptIn(before, line); n > 0 {
			b.WriteString(before[:i])
			b.WriteString(r.add(token{kind: kindRaw, src: before[i : i+n], html: before[i : i+n]}))
			l.rest = before[i+n:]
			inside = true
			continue
		}
		b.WriteString(line)
	}
}

// scriptIn finds a script, style or textarea in line, which s begins with, and
// returns where it is in s. Code spans are not searched.
func (r *rendering) scriptIn(s, line string) (at, n int) {
	code := false
	for i := 0; i < len(line); i++ {
		if line[i] == '`' {
			code = !code
		}
		if line[i] != '<' || code {
			continue
		}
		t := readTag(s[i:])
		if t.length == 0 || t.end || t.name != "script" && t.name != "style" && t.name != "textarea" {
			continue
		}
		if _, stop := elementEnd(s[i:], t); stop > 0 {
			return i, stop
		}
	}
	return 0, 0
}

// rawLength returns how much raw HTML s begins with, 0 if none that is a block.
// An element that is never closed ends at the next empty line.
func rawLength(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if i := strings.Index(s, "-->"); i >= 0 {
			return i + 3
		}
		return 0
	}
	t := readTag(s)
	if t.length == 0 || !blockTags[t.name] {
		return 0
	}
	if t.end || t.closed || voidTags[t.name] {
		return t.length
	}
	if _, stop := elementEnd(s, t); stop > 0 {
		return stop
	}
	if i := strings.Index(s, "\n\n"); i >= 0 {
		return i
	}
	return len(s)
}

// A rawTag is a tag as it stands in the source.
type rawTag struct {
	name   string // lower case
	end    bool   // </name>
	closed bool   // <name/>
	length int    // 0: no tag here
}

// readTag reads the tag that s begins with.
func readTag(s string) rawTag {
	i := 1
	t := rawTag{}
	if i < len(s) && s[i] == '/' {
		t.end = true
		i++
	}
	start := i
	for i < len(s) && isTagByte(s[i], i == start) {
		i++
	}
	if i == start || i >= len(s) || strings.IndexByte(" \t\n/>", s[i]) < 0 {
		return rawTag{}
	}
	t.name = strings.ToLower(s[start:i])
	for ; i < len(s); i++ {
		switch s[i] {
		case '>':
			t.closed = s[i-1] == '/'
			t.length = i + 1
			return t
		case '"', '\'':
			if prev := strings.TrimRight(s[:i], " \t\n"); !strings.HasSuffix(prev, "=") {
				continue
			}
			n := strings.IndexByte(s[i+1:], s[i])
			if n < 0 {
				return rawTag{}
			}
			i += n + 1
		}
	}
	return rawTag{}
}

func isTagByte(c byte, first bool) bool {
	l := c | 0x20
	return l >= 'a' && l <= 'z' || !first && (c >= '0' && c <= '9' || c == '-' || c == ':')
}

// elementEnd finds the end of the element that s begins with: where its content
// stops and where its end tag does. It returns 0, 0 if it is never closed.
func elementEnd(s string, t rawTag) (content, stop int) {
	depth := 1
	for i := t.length; ; {
		if codeTags[t.name] {
			return codeElementEnd(s, i, t.name)
		}
		n := strings.IndexByte(s[i:], '<')
		if n < 0 {
			return 0, 0
		}
		i += n
		if strings.HasPrefix(s[i:], "<!--") {
			if n = strings.Index(s[i:], "-->"); n < 0 {
				return 0, 0
			}
			i += n + 3
			continue
		}
		in := readTag(s[i:])
		switch {
		case in.length == 0:
			i++
			continue
		case in.name == t.name && in.end:
			if depth--; depth == 0 {
				return i, i + in.length
			}
		case in.name == t.name && !in.closed:
			depth++
		case codeTags[in.name] && !in.end:
			if _, end := codeElementEnd(s, i+in.length, in.name); end > 0 {
				i = end
				continue
			}
		}
		i += in.length
	}
}

func codeElementEnd(s string, from int, name string) (content, stop int) {
	for i := from; ; i++ {
		n := strings.Index(s[i:], "</")
		if n < 0 {
			return 0, 0
		}
		i += n
		if t := readTag(s[i:]); t.end && t.name == name {
			return i, i + t.length
		}
	}
}

var markdownAttr = regexp.MustCompile(`(?i)\s+markdown\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))`)

// markdownIn renders the content of elements that carry markdown="1".
func (r *rendering) markdownIn(raw string) string {
	if !strings.Contains(raw, "markdown") && !strings.Contains(raw, "MARKDOWN") {
		return raw
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(raw, '<')
		if i < 0 {
			b.WriteString(raw)
			return b.String()
		}
		b.WriteString(raw[:i])
		raw = raw[i:]
		t := readTag(raw)
		n := t.length
		if n == 0 {
			b.WriteByte('<')
			raw = raw[1:]
			continue
		}
		m := markdownAttr.FindStringSubmatchIndex(raw[:n])
		if m == nil || t.end {
			b.WriteString(raw[:n])
			raw = raw[n:]
			continue
		}
		mode := markdownAttr.FindStringSubmatch(raw[:n])
		b.WriteString(raw[:m[0]] + raw[m[1]:n])
		content, stop := elementEnd(raw, t)
		how := mode[1] + mode[2] + mode[3]
		if stop == 0 || t.closed || voidTags[t.name] || how == "0" || how == "off" {
			raw = raw[n:]
			continue
		}
		b.WriteString(r.inner(t.name, how, raw[n:content]))
		b.WriteString(raw[content:stop])
		raw = raw[stop:]
	}
}

// inner renders Markdown inside an element.
func (r *rendering) inner(name, how, src string) string {
	out := r.convert(dedent(src))
	if how == "span" || how != "block" && spanTags[name] {
		return onlyParagraph(out)
	}
	return "\n" + out
}

// onlyParagraph strips the tag of a paragraph that is all there is.
func onlyParagraph(s string) string {
	t := strings.TrimSpace(s)
	if strings.HasPrefix(t, "<p>") && strings.HasSuffix(t, "</p>") && strings.Count(t, "<p>") == 1 {
		return t[len("<p>") : len(t)-len("</p>")]
	}
	return s
}

// dedent removes the indentation that all lines but the first have in common.
func dedent(s string) string {
	rows := strings.Split(s, "\n")
	common := -1
	for i, row := range rows {
		if i == 0 || blank(row) {
			continue
		}
		if n := indent(row); common < 0 || n < common {
			common = n
		}
	}
	if common <= 0 {
		return s
	}
	for i, row := range rows {
		if i > 0 {
			rows[i] = row[min(common, len(row)):]
		}
	}
	return strings.Join(rows, "\n")
}
