package transcript

import (
	"strings"

	"golang.org/x/net/html"

	"colloquy/engine/screen"
)

// blocks are the elements that begin a line of their own.
var blocks = map[string]bool{"p": true, "div": true, "li": true, "ul": true, "ol": true, "tr": true, "table": true, "h1": true,
	"h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "pre": true, "dt": true, "dd": true,
	"section": true, "details": true, "summary": true, "hr": true, "br": true, "thead": true, "tbody": true}

// read gives HTML as a person sees it: a line per block, links in brackets,
// cells between bars, pictures by name. What was escaped is shown as it was
// typed; what became markup is not.
func read(h screen.HTML) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(string(h)))
	inLink := false
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			b.WriteString(strings.ReplaceAll(html.UnescapeString(string(z.Raw())), "\n", " "))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "script" || t.Data == "style" {
				skip(z, kind)
				continue
			}
			if t.Data == "a" { // a link, or a term that is none
				if kind == html.StartTagToken {
					inLink = attribute(t, "href") != ""
				}
				if inLink {
					b.WriteString(map[bool]string{true: "[", false: "]"}[kind == html.StartTagToken])
				}
				continue
			}
			b.WriteString(mark(t, kind))
		}
	}
}

// skip passes over what stands in a script or style element.
func skip(z *html.Tokenizer, kind html.TokenType) {
	if kind == html.StartTagToken {
		z.Next()
	}
}

func mark(t html.Token, kind html.TokenType) string {
	opens := kind != html.EndTagToken
	switch {
	case t.Data == "img":
		return "(picture " + attribute(t, "alt") + ")"
	case t.Data == "li" && opens:
		return "\n- "
	case (t.Data == "td" || t.Data == "th") && !opens:
		return " | "
	case t.Data == "hr":
		return "\n---\n"
	case blocks[t.Data]:
		return "\n"
	}
	return ""
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// tidy leaves one space between words and no empty lines.
func tidy(text string) string {
	var out []string
	for l := range strings.SplitSeq(text, "\n") {
		l = strings.ReplaceAll(l, "[ ", "[")
		if l = strings.TrimSuffix(strings.Join(strings.Fields(l), " "), " |"); l != "" && l != "-" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// flat is read on one line.
func flat(h screen.HTML) string { return strings.ReplaceAll(read(h), "\n", " / ") }

// A link leads somewhere.
type link struct{ label, url string }

// links lists the links of a screen: in its texts, its action buttons, its
// review items, its sections and its menu.
func links(s *screen.Screen) []link {
	var out []link
	for _, h := range []screen.HTML{s.Pre, s.Question, s.Subquestion, s.Submit, s.Under, s.Right, s.Post} {
		out = append(out, linksIn(h)...)
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Action != nil {
			out = append(out, link{f.LabelText, f.Action.URL})
		}
		out = append(append(out, linksIn(f.Note)...), linksIn(f.Help)...)
	}
	for _, b := range s.ActionButtons {
		out = append(out, link{b.Text, b.URL})
	}
	if s.Help != nil {
		for _, h := range s.Help.Question {
			out = append(out, linksIn(h.Content)...)
		}
	}
	if s.Page.Nav != nil {
		for _, sec := range s.Page.Nav.Sections {
			out = append(out, link{sec.Text, sec.URL})
			for _, sub := range sec.Sub {
				out = append(out, link{sub.Text, sub.URL})
			}
		}
	}
	for _, m := range s.Page.Menu {
		out = append(out, link{m.Text, m.URL})
	}
	return out
}

func linksIn(h screen.HTML) []link {
	var out []link
	z := html.NewTokenizer(strings.NewReader(string(h)))
	var at *link
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.TextToken:
			if at != nil {
				at.label += html.UnescapeString(string(z.Raw()))
			}
		case html.StartTagToken:
			if t := z.Token(); t.Data == "a" && attribute(t, "href") != "" {
				at = &link{url: attribute(t, "href")}
			}
		case html.EndTagToken:
			if z.Token().Data == "a" && at != nil {
				at.label = strings.Join(strings.Fields(at.label), " ")
				out = append(out, *at)
				at = nil
			}
		}
	}
}
