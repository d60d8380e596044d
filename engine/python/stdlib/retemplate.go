package stdlib

import (
	"strconv"
	"strings"
	"unicode"

	"colloquy/engine/python"
)

// templatePart is a piece of what a match is replaced with: text, or else a
// group.
type templatePart struct {
	text  *python.Str
	group int
}

func expand(parts []templatePart, m *Match) *python.Str {
	if len(parts) == 1 && parts[0].text != nil {
		return parts[0].text
	}
	var out python.Text
	for _, p := range parts {
		if p.text != nil {
			out.Write(p.text)
		} else {
			out.Write(m.groupText(p.group))
		}
	}
	return out.Str()
}

// templateReader reads the second argument of sub.
type templateReader struct {
	src   *python.Str
	s     string
	at    int // next byte
	plain int // text from here on has not been taken
	t     *translation
	parts []templatePart
}

func parseTemplate(src *python.Str, t *translation) ([]templatePart, error) {
	r := &templateReader{src: src, s: src.String(), t: t}
	for {
		n := strings.IndexByte(r.s[r.at:], '\\')
		if n < 0 {
			break
		}
		r.at += n
		r.flush()
		if err := r.escape(); err != nil {
			return nil, err
		}
		r.plain = r.at
	}
	r.at = len(r.s)
	r.flush()
	if len(r.parts) == 0 {
		r.parts = []templatePart{{text: python.NewStr("")}}
	}
	return r.parts, nil
}

func (r *templateReader) flush() {
	if r.plain < r.at {
		r.parts = append(r.parts, templatePart{text: slice(r.src, r.plain, r.at)})
	}
}

func (r *templateReader) fail(at int, msg string) error {
	return &patternError{msg, len([]rune(r.s[:at]))}
}

func (r *templateReader) write(c rune) {
	r.parts = append(r.parts, templatePart{text: like(string(c), r.src)})
}

func (r *templateReader) group(n, at int) error {
	if n > r.t.groups {
		return r.fail(at, "invalid group reference "+strconv.Itoa(n))
	}
	r.parts = append(r.parts, templatePart{group: n})
	return nil
}

func (r *templateReader) escape() error {
	start := r.at
	r.at++
	if r.at == len(r.s) {
		return r.fail(start, "bad escape (end of pattern)")
	}
	c := r.s[r.at]
	switch {
	case c == 'g':
		return r.named()
	case c == '0':
		r.at++
		r.write(r.octal(2, 0))
		return nil
	case c >= '1' && c <= '9':
		return r.numbered(start)
	}
	if e, ok := charEscapes[rune(c)]; ok {
		r.at++
		r.write(e)
		return nil
	}
	if c < 0x80 && unicode.IsLetter(rune(c)) {
		return r.fail(start, `bad escape \`+string(rune(c)))
	}
	r.plain = start // the backslash stands for itself
	r.at++
	r.flush()
	return nil
}

// octal reads up to max more octal digits after the value so far.
func (r *templateReader) octal(max int, n rune) rune {
	for range max {
		if r.at == len(r.s) || r.s[r.at] < '0' || r.s[r.at] > '7' {
			break
		}
		n = n*8 + rune(r.s[r.at]-'0')
		r.at++
	}
	return n & 0xff
}

func (r *templateReader) numbered(start int) error {
	digit := func(i int, top byte) bool { return i < len(r.s) && r.s[i] >= '0' && r.s[i] <= top }
	if digit(r.at, '7') && digit(r.at+1, '7') && digit(r.at+2, '7') {
		if r.s[r.at] > '3' {
			return r.fail(start, "octal escape value "+r.s[start:start+4]+" outside of range 0-0o377")
		}
		r.write(r.octal(3, 0))
		return nil
	}
	n := int(r.s[r.at] - '0')
	r.at++
	if digit(r.at, '9') {
		n = n*10 + int(r.s[r.at]-'0')
		r.at++
	}
	return r.group(n, start+1)
}

// named reads \g<name> or \g<number>.
func (r *templateReader) named() error {
	r.at++
	if !strings.HasPrefix(r.s[r.at:], "<") {
		return r.fail(r.at, "missing <")
	}
	r.at++
	from := r.at
	end := strings.IndexByte(r.s[from:], '>')
	if end < 0 {
		if from == len(r.s) {
			return r.fail(from, "missing group name")
		}
		return r.fail(from, "missing >, unterminated name")
	}
	name := r.s[from : from+end]
	r.at = from + end + 1
	if name == "" {
		return r.fail(from, "missing group name")
	}
	if n, ok := r.t.names[name]; ok {
		return r.group(n, from)
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 0 {
		return r.group(n, from)
	}
	if !isIdentifier(name) {
		return r.fail(from, "bad character in group name '"+name+"'")
	}
	return &unknownGroup{name}
}

// unknownGroup is the mistake of naming a group that the pattern does not have.
type unknownGroup struct{ name string }

func (e *unknownGroup) Error() string { return "unknown group name '" + e.name + "'" }
