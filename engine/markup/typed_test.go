package markup

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"
)

// templates are places where authors put what people typed (a byte 0x01). In
// those of shown, the text must also be readable on the page.
var (
	shown = []string{
		"\x01", "Hello, \x01!", "# \x01", "* \x01\n* b", "1. a\n2. \x01", "> \x01\n> more", "**\x01** and *\x01*",
		"a | b\n--|--\n\x01 | c \x01 d", "[\x01](/x)", "Name:\n\x01\nend", "`\x01`", "    \x01", "<b>\x01</b>",
		"<div class=\"c\">\n\n\x01\n\n</div>", "<div markdown=\"1\">\n* \x01\n</div>", "Term\n: \x01", "x[^1]\n\n[^1]: \x01",
		"[CENTER] \x01", "[BEGIN_TWOCOL]\x01[BREAK]\n\x01[END_TWOCOL]", "\"\x01\" '\x01' \x01's", "{\x01} [\x01] :\x01: <\x01>",
		"\x01\x01", "| \x01\n| \x01", "\x01\n===", "\x01\n---", "```\n\x01\n```", "\x01{: .x}", "&\x01;", "\\\x01", "http://\x01",
		"<details><summary>\x01</summary>x</details>", "<table><tr><td>\x01</td></tr></table>", "<select><option>\x01</option></select>",
		"<div>a <\x01 b &\x01; &#\x01; <<!-- -->\x01</div>", "<textarea><\x01 &\x01</textarea>", "<textarea>\x01</textarea>", "{creeper|\x01}", "nether\x01 \x01nether", "[NO_EMOJIS] \x01:bed:", "<p>\x01", "[a][\x01]\n\n[\x01]: /x",
	}
	hidden = []string{
		"<a title=\"\x01\" href='/x'>y</a>", "[x](\x01)", "[x](/a?b=\x01 \"\x01\")", "![\x01](\x01)", "[x](java\x01)", "<a href=\x01>x</a>",
		"<a onclick=\"f('\x01')\">x</a>", "<script>var a = '\x01';</script>x", "<style>.a { b: \x01 }</style>x", "<p style=\"color: \x01\">x</p>",
		"[x](/y){: .\x01 title=\"\x01\" }", "[FILE a.png, 10px, \x01]", "[FILE \x01]", "[QR \x01]", "[TARGET \x01]", "[YOUTUBE \x01]",
		"<img src=\"\x01\" alt=\x01>", "<iframe srcdoc=\"<b>\x01</b>\"></iframe>", "<x\x01>y</x\x01>", "<b \x01=\x01>y</b>", "<!-- \x01 -->x",
		"[x][y]\n\n[y]: \x01 '\x01'", "[\x01]: /x\n\nz", "<svg><title>\x01</title><a href=\"\x01\">x</a><set attributeName=href to=\x01 /></svg>",
		"<noscript><b title=\"\x01\">\x01</b></noscript>", "<xmp>\x01</xmp>x", "<script type=\"text/template\">\x01</script>x",
		"<a href=\"javascript:f('\x01')\">x</a>", "<form action=\"\x01\">x</form>", "<object data=\"\x01\">x</object>", "<a data-x=\"\x01\" hx-vals=\"\x01\">x</a>",
		"<math><mi>\x01</mi></math>", "<svg><style>\x01</style></svg>", "<meta content=\"\x01\">x", "[REDACTION_WORD \x01]",
	}
)

// nasty are stretches that mean something somewhere.
var nasty = []string{
	"*", "**", "_", "`", "```", "#", "- ", "1. ", "> ", "|", "\n", "\n\n", "    ", "\t", "[", "]", "(", ")", "{", "}", "{: .x }", "<", ">", "</",
	"<script>", "</script>", "<b>", "</b>", "<!--", "-->", "<![CDATA[", "]]>", "\"", "'", "&", "&lt;", "&#60;", ";", "=", "/", "\\", ":", "://",
	"javascript:", "JAVASCRIPT:alert(1)", "data:text/html,", "onclick=", "style=", "[BR]", "[FILE a.png]", "[CENTER]", "[BEGIN_TWOCOL]", "[END_TWOCOL]",
	"[BREAK]", "[FIELD x]", ":bed:", "{creeper}", "nether", "[^1]", "[x]: /y", "---", "===", "--|--", "~~~", "</textarea>", "</style>", "</title>", "</a>",
	"</p>", "</div>", "</table>", "${", "%", "\x00", "\r\n", "\r", "\u2028", "\u00a0", "\U000F0000", "\U00100001", "\xff", "x", "Ann", "é", "😀", "  \n",
}

func typing() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.Bool().Draw(t, "free") {
			return rapid.String().Draw(t, "text")
		}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nasty), 1, 8).Draw(t, "parts"), "")
	})
}

// fill puts typed text into the places of a template.
func fill(template, typed string) Text {
	var t Text
	for i, part := range strings.Split(template, "\x01") {
		if i > 0 {
			t.Outside = append(t.Outside, Span{len(t.S), len(t.S) + len(typed)})
			t.S += typed
		}
		t.S += part
	}
	return t
}

// parse reads a fragment as a browser would, inside a div.
func parse(t interface{ Fatalf(string, ...any) }, s string) []*html.Node {
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatalf("parse %q: %v", s, err)
	}
	return nodes
}

// structure lists the elements of a fragment and collects its text.
func structure(nodes []*html.Node) (elements, text string) {
	var e, x strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			x.WriteString(n.Data)
		case html.ElementNode:
			fmt.Fprintf(&e, "<%s>", n.Data)
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			fmt.Fprintf(&e, "</%s>", n.Data)
		default:
			e.WriteString("?")
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return e.String(), x.String()
}

// forbidden finds elements and attributes that could run.
func forbidden(nodes []*html.Node) string {
	for _, n := range nodes {
		for d := range n.Descendants() {
			if bad := runnable(d); bad != "" {
				return bad
			}
		}
		if bad := runnable(n); bad != "" {
			return bad
		}
	}
	return ""
}

func runnable(n *html.Node) string {
	if n.Type != html.ElementNode {
		return ""
	}
	typ := ""
	for _, a := range n.Attr {
		key := strings.ToLower(a.Key)
		val := strings.ToLower(strings.Map(func(c rune) rune {
			if c <= ' ' {
				return -1
			}
			return c
		}, a.Val))
		if strings.HasPrefix(key, "on") && key != "on" || addressAttrs[key] && (strings.HasPrefix(val, "javascript:") || strings.HasPrefix(val, "data:text")) {
			return n.Data + " " + a.Key + "=" + a.Val
		}
		if key == "type" {
			typ = a.Val
		}
	}
	if n.Data == "script" && runs(typ) {
		return "script"
	}
	return ""
}

func TestTypedTextKeepsStructure(t *testing.T) {
	opts := testOptions()
	rapid.Check(t, func(t *rapid.T) {
		readable := rapid.Bool().Draw(t, "readable")
		list := hidden
		if readable {
			list = shown
		}
		template := rapid.SampledFrom(list).Draw(t, "template")
		typed := typing().Draw(t, "typed")
		o := opts
		o.Trim = rapid.Bool().Draw(t, "trim")
		o.Inline = rapid.Bool().Draw(t, "inline")
		if visible(typed) == "" {
			t.Skip("nothing to see")
		}
		got, want := Render(fill(template, typed), o), Render(fill(template, "word"), o)
		nodes := parse(t, got.HTML)
		gotElements, text := structure(nodes)
		wantElements, _ := structure(parse(t, want.HTML))
		if gotElements != wantElements && !refersToFiles(template) {
			t.Fatalf("%q with %q\ngot  %s\n%s\nwant %s\n%s", template, typed, gotElements, got.HTML, wantElements, want.HTML)
		}
		if readable && !strings.Contains(text, visible(typed)) && !o.Trim && !o.Inline {
			t.Fatalf("%q with %q is not readable in\n%s", template, typed, got.HTML)
		}
		if bad := forbidden(nodes); bad != "" {
			t.Fatalf("%q with %q: %s", template, typed, bad)
		}
		if len(got.Handlers) != len(want.Handlers) || len(got.Scripts) != len(want.Scripts) {
			t.Fatalf("%q with %q: scripts %+v %+v", template, typed, got.Scripts, got.Handlers)
		}
	})
}

// refersToFiles is true of templates whose picture depends on what was typed.
func refersToFiles(template string) bool {
	for _, tag := range []string{"[FILE \x01", "[YOUTUBE", "[QR", "[TARGET", "{\x01}"} {
		if strings.Contains(template, tag) {
			return true
		}
	}
	return false
}

// Scripts may hold typed text only as part of a string or as one plain word.
func TestTypedTextInScripts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scriptText(typing().Draw(t, "typed"))
		if strings.ContainsAny(s, " \n\t'\"`<>&;()[]{}=/*$,") {
			t.Fatalf("scriptText gives %q", s)
		}
	})
}

func TestUserMarkdownNeverRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := testOptions()
		o.UserMarkdown = true
		template := rapid.SampledFrom(append(shown, hidden...)).Draw(t, "template")
		typed := typing().Draw(t, "typed")
		want := Render(fill(template, "word"), o)
		got := Render(fill(template, typed), o)
		if bad := forbidden(parse(t, got.HTML)); bad != "" {
			t.Fatalf("%q with %q: %s", template, typed, bad)
		}
		if len(got.Handlers) > len(want.Handlers) || len(got.Scripts) > len(want.Scripts) {
			t.Fatalf("%q with %q: scripts %+v %+v", template, typed, got.Scripts, got.Handlers)
		}
	})
}

// The short way must give what the long way gives.
func TestQuickAgrees(t *testing.T) {
	words := []string{"a", "It's", "well-known", ". ", ", ", "one\ntwo", "\n", "(x)", "3", "é", " ", ": ", "? ", "$5", "5%", "e.g.", "'", "-", "x.\ny"}
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 10).Draw(t, "words"), "")
		typed := rapid.SampledFrom([]string{"", "<b>", "x\ny", "*"}).Draw(t, "typed")
		text := fill(s, "")
		if typed != "" {
			text = fill("Dear \x01, "+s, typed)
		}
		o := Options{Trim: rapid.Bool().Draw(t, "trim")}
		got, ok := quick(text, &o)
		if !ok {
			t.Skip("long way")
		}
		taken++
		o.Terms = []*TermTable{NewAutoTerms([]Term{{Phrases: []string{"qqq"}}})} // rules the short way out
		if want := Render(text, o).HTML; got != want {
			t.Fatalf("%q: quick %q, Render %q", text.S, got, want)
		}
	})
	if taken == 0 {
		t.Fatal("the short way was never taken")
	}
}

func TestTooManySpans(t *testing.T) {
	text := Text{S: strings.Repeat("a_", maxTokens+1)}
	for i := 0; i <= maxTokens; i++ {
		text.Outside = append(text.Outside, Span{2 * i, 2*i + 1})
	}
	r := Render(text, Options{})
	if len(r.Problems) != 1 || strings.Contains(r.HTML, "<em>") {
		t.Errorf("got problems %q", r.Problems)
	}
}

func TestSpansAreTidied(t *testing.T) {
	text := Text{S: "*a* *b*", Outside: []Span{{5, 99}, {-3, 1}, {4, 6}, {2, 2}}}
	want := "<p>*a* *b*</p>"
	if got := Render(text, Options{}).HTML; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range append(append([]string{}, shown...), hidden...) {
		f.Add(s, "*<b>*", uint8(0))
	}
	for i, s := range nasty {
		f.Add("a "+s+" b\n\n"+s, s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, author, typed string, flags uint8) {
		if len(author) > 10_000 || len(typed) > 10_000 {
			t.Skip("too long to be quick")
		}
		o := testOptions()
		o.Trim, o.Inline, o.UserMarkdown = flags&1 > 0, flags&2 > 0, flags&4 > 0
		o.Fields, o.OutsideBreaks, o.HTMLOnly = flags&8 > 0, flags&16 > 0, flags&32 > 0
		text := fill(author, typed)
		r := Render(text, o)
		if len(r.Problems) > 0 && strings.HasPrefix(r.Problems[0], "markdown:") {
			t.Fatalf("panic inside: %s", r.Problems[0])
		}
		if !utf8.ValidString(r.HTML) {
			t.Fatalf("broken UTF-8 in %q", r.HTML)
		}
		if bad := forbidden(parse(t, r.HTML)); bad != "" {
			t.Fatalf("%s in %s", bad, r.HTML)
		}
		wellFormed(t, r.HTML)
		joined := ""
		for _, p := range r.Parts {
			joined += p.HTML
		}
		if len(joined) > len(r.HTML) {
			t.Fatalf("parts %q of %q", r.Parts, r.HTML)
		}
		ToText(text, o)
	})
}

// wellFormed checks that every start tag has its end tag and the other way
// round, properly nested.
func wellFormed(t *testing.T, s string) {
	var open []string
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("%v left open in %s", open, s)
			}
			return
		case html.StartTagToken:
			name := z.Token().Data
			if !voidTags[name] || len(open) > 0 && alien(open) {
				open = append(open, name)
			}
			if alien(open) {
				z.NextIsNotRawText()
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %v in %s", name, open, s)
			}
			open = open[:len(open)-1]
		}
	}
}

func alien(open []string) bool {
	for _, n := range open {
		if n == "svg" || n == "math" {
			return true
		}
	}
	return false
}

// Whatever the author wrote around it, typed text leaves the elements as a
// plain word would.
func FuzzStructure(f *testing.F) {
	for _, s := range append(append([]string{}, shown...), hidden...) {
		f.Add(s, "*<b>*")
	}
	for _, s := range nasty {
		f.Add("a "+s+"\x01 b\n\n"+s+"\n\x01", s)
	}
	f.Fuzz(func(t *testing.T, author, typed string) {
		if len(author) > 5_000 || len(typed) > 1_000 || refersToFiles(author) || strings.Contains(author, "[VIMEO") {
			return // what is shown depends on the text
		}
		got, want := Render(fill(author, "w"+typed), Options{}), Render(fill(author, "w"), Options{})
		gotElements, _ := structure(parse(t, got.HTML))
		wantElements, _ := structure(parse(t, want.HTML))
		if gotElements != wantElements {
			t.Fatalf("got  %s\n%s\nwant %s\n%s", gotElements, got.HTML, wantElements, want.HTML)
		}
		if len(got.Handlers) != len(want.Handlers) || len(got.Scripts) != len(want.Scripts) {
			t.Fatalf("scripts %+v %+v", got.Scripts, got.Handlers)
		}
	})
}
