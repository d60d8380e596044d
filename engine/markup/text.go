package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// ToText turns a text into plain text: markup removed, links as "text (url)",
// list items on lines of their own, pictures as their descriptions. With
// opts.Inline the result is one line and addresses are left out, as for titles.
func ToText(t Text, opts Options) string {
	oneLine := opts.Inline
	w := writer{oneLine: oneLine}
	opts.Trim, opts.Inline = true, false
	if line, ok := quick(t, &opts); ok && !opts.HTMLOnly && !strings.Contains(line, "<") {
		w.text(html.UnescapeString(line))
		return w.String()
	}
	opts.Trim = false
	z := html.NewTokenizer(strings.NewReader(Render(t, opts).HTML))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.String()
		case html.TextToken:
			w.text(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			w.end(z.Token().Data)
		}
	}
}

// A writer collects plain text from tags.
type writer struct {
	strings.Builder
	oneLine bool
	lists   []int // number of the last item; -1 for bullets
	links   []openLink
	hidden  int // inside script or style
	pre     int
	cells   int // cells so far in this row
	breaks  int // line ends owed before the next text
	space   bool
}

type openLink struct {
	url        string
	from       int
	note, back bool // of footnotes
}

var (
	paragraphs = set("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr")
	ownLine    = set("div li tr dt dd section article header footer figure figcaption address fieldset form details summary br")
)

// text adds running text, blanks collapsed.
func (w *writer) text(s string) {
	if w.hidden > 0 {
		return
	}
	if w.pre > 0 && !w.oneLine {
		w.add(s)
		return
	}
	for i, word := range strings.FieldsFunc(s, isBlank) {
		if i > 0 || isBlank(rune(s[0])) {
			w.space = true
		}
		w.add(word)
	}
	if s != "" && isBlank(rune(s[len(s)-1])) {
		w.space = true
	}
}

func isBlank(c rune) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\u00a0' }

// add writes s after the line ends and blank that are owed.
func (w *writer) add(s string) {
	switch {
	case w.Len() == 0:
	case w.oneLine && (w.breaks > 0 || w.space):
		w.WriteByte(' ')
	case w.breaks > 0:
		w.WriteString("\n\n"[:min(w.breaks, 2)])
	case w.space:
		w.WriteByte(' ')
	}
	w.breaks, w.space = 0, false
	w.WriteString(s)
}

func (w *writer) owe(n int) { w.breaks = max(w.breaks, n) }

func (w *writer) start(t html.Token) {
	name := t.Data
	w.separate(name)
	switch name {
	case "script", "style", "template":
		w.hidden++
	case "pre":
		w.pre++
	case "ul":
		w.lists = append(w.lists, -1)
	case "ol":
		first, err := strconv.Atoi(value(t, "start"))
		if err != nil {
			first = 1
		}
		w.lists = append(w.lists, first-1)
	case "li":
		w.bullet()
	case "hr":
		w.text("---")
		w.owe(2)
	case "tr":
		w.cells = 0
	case "td", "th":
		if w.cells++; w.cells > 1 {
			w.text(" | ")
		}
	case "img":
		w.text(value(t, "alt"))
	case "iframe":
		w.text(value(t, "title") + w.address(value(t, "src")))
	case "a":
		w.startLink(t)
	}
}

// startLink begins a link; references to footnotes become [1].
func (w *writer) startLink(t html.Token) {
	l := openLink{url: value(t, "href"), from: w.Len()}
	switch value(t, "class") {
	case "footnote-ref":
		w.add("[")
		l.note = true
	case "footnote-backref":
		l.back = true
		w.hidden++
	}
	w.links = append(w.links, l)
}

func (w *writer) end(name string) {
	switch name {
	case "script", "style", "template":
		w.hidden = max(0, w.hidden-1)
	case "pre":
		w.pre = max(0, w.pre-1)
	case "ul", "ol":
		if n := len(w.lists); n > 0 {
			w.lists = w.lists[:n-1]
		}
	case "a":
		w.endLink()
	}
	w.separate(name)
}

// separate owes the line ends that a block has around it.
func (w *writer) separate(name string) {
	switch {
	case (name == "ul" || name == "ol") && len(w.lists) > 0, ownLine[name]:
		w.owe(1)
	case paragraphs[name] && !(name == "p" && w.space && w.breaks == 0):
		w.owe(2)
	}
}

func (w *writer) bullet() {
	if w.oneLine || len(w.lists) == 0 {
		return
	}
	top := &w.lists[len(w.lists)-1]
	mark := "*"
	if *top >= 0 {
		*top++
		mark = strconv.Itoa(*top) + "."
	}
	w.add(strings.Repeat("  ", len(w.lists)-1) + mark)
	w.space = true
}

// endLink writes the address of a link behind its text.
func (w *writer) endLink() {
	n := len(w.links)
	if n == 0 {
		return
	}
	l := w.links[n-1]
	w.links = w.links[:n-1]
	switch {
	case l.note:
		w.WriteByte(']')
		return
	case l.back:
		w.hidden--
		return
	}
	shown := strings.TrimSpace(w.String()[l.from:])
	if url := strings.TrimPrefix(strings.TrimPrefix(l.url, "mailto:"), "tel:"); url != shown {
		w.WriteString(w.address(url))
	}
}

func (w *writer) address(url string) string {
	if w.oneLine || url == "" || url[0] == '#' {
		return ""
	}
	return " (" + url + ")"
}

func value(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
