package markup

import (
	"regexp"
	"strings"
)

// maxDepth bounds Markdown inside HTML and columns inside columns.
const maxDepth = 16

// convert turns Markdown in which private runes stand into HTML in which they
// still stand, except those of raw HTML.
func (r *rendering) convert(src string) string {
	r.depth++
	defer func() { r.depth-- }()
	if r.depth < maxDepth {
		src = r.columns(src)
		src = r.setAside(src)
	}
	src = r.classicLines(src)
	out, err := toHTML(src)
	if err != nil {
		r.problem("markdown: " + err.Error())
		return "<p>" + attr(src) + "</p>"
	}
	return r.restore(out)
}

// block keeps html out of Markdown's sight, as a paragraph of its own.
func (r *rendering) block(src, html string) string {
	return "\n\n" + r.add(token{kind: kindRaw, src: src, html: html}) + "\n\n"
}

// restore puts raw HTML back.
func (r *rendering) restore(s string) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); {
		if s[i] < leadByte {
			i++
			continue
		}
		t, ok := r.token(s[i:])
		if ok && t.kind == kindRaw {
			b.WriteString(s[from:i])
			b.WriteString(r.restore(t.html))
			from = i + runeLength
		}
		i += runeLength
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// columns draws [BEGIN_TWOCOL] and [BEGIN_CAPTION] regions, whose halves are
// Markdown of their own.
func (r *rendering) columns(s string) string {
	for _, g := range regions {
		var b strings.Builder
		for {
			i := indexTag(s, g.open, 0)
			if i < 0 {
				break
			}
			end := indexTag(s, g.end, i)
			if end < 0 || r.full(1) {
				r.problem(g.open + " without " + g.end)
				break
			}
			left, right := s[i+len(g.open):end], ""
			if d := indexTag(left, g.divide, 0); d >= 0 {
				left, right = left[:d], left[d+len(g.divide):]
			}
			stop := end + len(g.end)
			b.WriteString(s[:i])
			b.WriteString(r.block(s[i:stop], r.twoColumns(g.class, left, right)))
			s = strings.TrimLeft(s[stop:], " ")
		}
		if b.Len() > 0 {
			b.WriteString(s)
			s = b.String()
		}
	}
	return s
}

func (r *rendering) twoColumns(class, left, right string) string {
	return `<table role="presentation" class="` + class + `" style="width:100%"><tbody><tr>` +
		`<td style="width:50%">` + r.convert(left) + `</td><td style="width:50%">` + r.convert(right) +
		`</td></tr></tbody></table>`
}

// indexTag finds a tag that no backslash escapes.
func indexTag(s, tag string, from int) int {
	for {
		i := strings.Index(s[from:], tag)
		if i < 0 {
			return -1
		}
		if i += from; i == 0 || s[i-1] != '\\' {
			return i
		}
		from = i + len(tag)
	}
}

// A liner walks the lines of a text and knows which are in a code fence.
type liner struct {
	rest  string
	fence string // closing fence, empty outside
}

// next returns the next line with its line end and whether it is code.
func (l *liner) next() (line string, code, ok bool) {
	if l.rest == "" {
		return "", false, false
	}
	if i := strings.IndexByte(l.rest, '\n'); i >= 0 {
		line, l.rest = l.rest[:i+1], l.rest[i+1:]
	} else {
		line, l.rest = l.rest, ""
	}
	t := strings.TrimSpace(line)
	if l.fence != "" {
		if strings.HasPrefix(t, l.fence) && strings.Trim(t, l.fence[:1]) == "" {
			l.fence = ""
		}
		return line, true, true
	}
	if indent(line) < 4 && (strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~")) {
		n := len(t) - len(strings.TrimLeft(t, t[:1]))
		if t[0] == '~' || !strings.Contains(t[n:], "`") {
			l.fence = t[:n]
			return line, true, true
		}
	}
	return line, false, true
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func blank(line string) bool { return strings.TrimSpace(line) == "" }

var definition = regexp.MustCompile(`^ {0,3}\[[^\[\]\n]+\]:[ \t]*\S`)

// classicLines writes what CommonMark wants where classic Markdown is laxer:
// an empty line before link definitions and before lines that begin with a
// paragraph tag, and line ends in line blocks.
func (r *rendering) classicLines(s string) string {
	if !strings.Contains(s, "\n") && !strings.HasPrefix(s, "| ") {
		return s
	}
	if !strings.Contains(s, "| ") && !strings.Contains(s, "]:") && !r.hasLook {
		return s
	}
	var out []string
	l := liner{rest: s}
	prev, inTable := "", false
	for {
		line, code, ok := l.next()
		if !ok {
			return strings.Join(out, "")
		}
		switch {
		case code || blank(line):
			inTable = false
		case strings.HasPrefix(line, "| ") && !inTable:
			if blank(prev) && divider([]byte(firstLine(l.rest))) != nil {
				inTable = true
				break
			}
			if n := len(out); n > 0 && !blank(prev) {
				out[n-1] = strings.TrimRight(out[n-1], " \n") + "  \n"
			}
			line = literal(line[2:])
			if !blank(firstLine(l.rest)) {
				line = strings.TrimRight(line, " \n") + "  \n"
			}
		case blank(prev):
		case definition.MatchString(line) && !definition.MatchString(prev),
			r.beginsWithLook(line) && strings.TrimSpace(r.withoutLooks(prev)) != "":
			out = append(out, "\n")
		}
		out = append(out, line)
		prev = line
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// literal keeps a line from beginning a list, heading or quote.
func literal(line string) string {
	line = strings.TrimLeft(line, " ")
	i := 0
	for i < len(line) && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	if i < len(line) && (i == 0 && strings.IndexByte("#>-+=", line[i]) >= 0 ||
		i == 0 && strings.HasPrefix(line, "* ") || i > 0 && line[i] == '.') {
		return line[:i] + `\` + line[i:]
	}
	return line
}

func (r *rendering) beginsWithLook(line string) bool {
	t, ok := r.token(strings.TrimLeft(line, " "))
	return ok && t.kind == kindLook
}

func (r *rendering) withoutLooks(line string) string {
	for {
		line = strings.TrimLeft(line, " ")
		t, ok := r.token(line)
		if !ok || t.kind != kindLook && t.kind != kindState {
			return line
		}
		line = line[runeLength:]
	}
}
