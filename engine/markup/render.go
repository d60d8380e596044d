package markup

import (
	"fmt"
	"slices"
	"strings"
)

// Render turns a text into HTML. It is a pure function of its arguments (and
// of the resolvers in opts) and safe for concurrent use.
func Render(t Text, opts Options) (res Result) {
	opts.Trim = opts.Trim || opts.Inline
	if html, ok := quick(t, &opts); ok && !opts.HTMLOnly {
		return Result{HTML: html}
	}
	r := &rendering{opts: opts, res: &res, autos: hasAutoTerms(opts.Terms)}
	defer func() {
		// The Markdown library has to bear any input; should it fail on one,
		// the text is shown as it is rather than the whole screen lost.
		if e := recover(); e != nil {
			res = Result{HTML: paragraph(textEscaper.Replace(visible(t.S)), &opts)}
			res.Problems = []string{fmt.Sprintf("markdown: %v", e)}
		}
	}()
	src, ok := r.guard(t)
	if !ok {
		r.problem("too many stretches of typed text: shown without markup")
		res.HTML = paragraph(textEscaper.Replace(visible(t.S)), &opts)
		return res
	}
	if opts.HTMLOnly {
		r.finish(src)
		return res
	}
	r.finish(r.convert(r.brackets(src)))
	return res
}

// problem notes something for the author, once.
func (r *rendering) problem(s string) {
	if !slices.Contains(r.res.Problems, s) {
		r.res.Problems = append(r.res.Problems, s)
	}
}

func paragraph(html string, opts *Options) string {
	if opts.Trim {
		return strings.TrimSpace(html)
	}
	return "<p>" + html + "</p>"
}

// quick renders text without any markup, which most labels and many screens
// are. It reports false if the text needs the long way.
func quick(t Text, opts *Options) (string, bool) {
	if opts.UserMarkdown && len(t.Outside) > 0 || hasAutoTerms(opts.Terms) {
		return "", false
	}
	spans := tidy(t.Outside, len(t.S))
	body := strings.TrimRight(t.S, "\n ")
	if len(spans) == 0 && plainWords(body) {
		return paragraph(body, opts), true
	}
	var b strings.Builder
	b.Grow(len(t.S) + len(t.S)/8 + 16)
	at := 0
	for _, s := range spans {
		if s.From >= len(body) || s.To > len(body) {
			return "", false
		}
		if !quickAuthor(&b, body[at:s.From], at == 0, false) {
			return "", false
		}
		typed := textEscaper.Replace(visible(body[s.From:s.To]))
		if opts.OutsideBreaks {
			typed = strings.ReplaceAll(typed, "\n", "<br>\n")
		}
		b.WriteString(typed)
		at = s.To
	}
	if !quickAuthor(&b, body[at:], at == 0, true) {
		return "", false
	}
	if strings.TrimSpace(body) == "" {
		return "", len(spans) == 0
	}
	return paragraph(b.String(), opts), true
}

// plainWords reports whether s is words of letters and digits, with single
// blanks between them: most labels are.
func plainWords(s string) bool {
	if s == "" || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		case c == ' ' && s[i-1] != ' ':
		default:
			return false
		}
	}
	return true
}

// quickAuthor copies s if Markdown would not change it, apostrophes apart.
func quickAuthor(b *strings.Builder, s string, first, last bool) bool {
	if first && s != "" && !quickLineStart(s[0]) {
		return false
	}
	from := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= leadByte || c < ' ' && c != '\n' || c == 0x7F:
			return false
		case quickBytes[c]:
		case c == '\n':
			if i+1 >= len(s) || !quickLineStart(s[i+1]) || i == 0 || s[i-1] == ' ' {
				return false
			}
		case c == '\'':
			if i == 0 || i+1 >= len(s) || !letter(s[i-1]) || !letter(s[i+1]) {
				return false
			}
			b.WriteString(s[from:i])
			b.WriteString("’")
			from = i + 1
		case c == '-':
			if i == 0 || i+1 >= len(s) || !letter(s[i-1]) || !letter(s[i+1]) {
				return false
			}
		case c == '.':
			if i == 0 && first || i > 0 && !letter(s[i-1]) && s[i-1] != ')' || i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '\n' || i+1 == len(s) && !last {
				return false
			}
		case c == ':':
			if i == 0 || i+1 < len(s) && s[i+1] != ' ' || i+1 == len(s) && !last {
				return false
			}
		default:
			return false
		}
	}
	b.WriteString(s[from:])
	return clean(s)
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

func quickLineStart(c byte) bool { return letter(c) || c >= '0' && c <= '9' || c == '(' || c == '$' }

// quickBytes mean nothing to Markdown wherever they stand inside a line.
var quickBytes = func() (t [256]bool) {
	for c := range t {
		t[c] = letter(byte(c)) || c >= '0' && c <= '9'
	}
	for _, c := range " ,;?!()/@$%" {
		t[c] = true
	}
	return t
}()
