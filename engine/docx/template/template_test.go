package template

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// file makes a DOCX file of the inside of a body and further parts.
func file(t testing.TB, name, body string, parts map[string]string) File {
	t.Helper()
	const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	all := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document ` + space + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
	}
	for name, text := range parts {
		all[name] = strings.ReplaceAll(text, "SPACE", space)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return File{Name: name, Content: b.Bytes()}
}

// p is a paragraph of one run per text.
func p(runs ...string) string {
	return "<w:p>" + r(runs...) + "</w:p>"
}

func r(runs ...string) string {
	s := ""
	for _, text := range runs {
		s += "<w:r><w:t>" + text + "</w:t></w:r>"
	}
	return s
}

const answers = `
class DAObject: pass
class DAFile(DAObject):
    def show(self): return '[FILE 7, 1in, A face]'
class DALink(DAObject):
    url, anchor_text = 'https://a.org/?b=1&c', 'A & B'
name, n, yes, no = 'Ann & <Bob>', 3, True, False
lines = 'one\ntwo\tthree'
people = ['x', 'y', 'z']
photo, link = DAFile(), DALink()
md = '# Head\n\nA **bold** *it* and [l](https://x.org).\n\n* one\n* two\n\n1. first\n'
marked = '</w:t><w:r>'
`

func thread(t testing.TB) (*python.Thread, *python.Namespace) {
	t.Helper()
	th := python.NewThread(context.Background(), python.Options{})
	t.Cleanup(th.Close)
	f, err := syntax.ParseFile("answers", answers, syntax.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(f, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ns := python.NewNamespace(nil)
	if _, err := code.Run(th, ns); err != nil {
		t.Fatal(err)
	}
	ns.Set("typed", python.Outside("[FILE 7]"))
	return th, ns
}

// pixel is a picture of one dot.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func options(t testing.TB, ns *python.Namespace) Options {
	return Options{Names: ns,
		File: func(ref string) (File, error) {
			b, err := base64.StdEncoding.DecodeString(pixel)
			return File{Name: "dot.png", MIME: "image/png", Content: b}, err
		},
		Template: func(_ *python.Thread, ref python.Value) (File, error) {
			name, _ := python.StringOf(ref)
			if name == "self" {
				return file(t, "self", p("{{p include_docx_template('self') }}"), nil), nil
			}
			return file(t, name, p("sub {{ k }} {{ x }}")+p("end"), nil), nil
		}}
}

// part fills in a template and returns the inside of the body of a part.
func part(t testing.TB, f File, o Options, th *python.Thread, name string) (string, error) {
	t.Helper()
	out, err := Render(th, []File{f}, o)
	if err != nil {
		return "", err
	}
	a, err := openArchive(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseXML(a.parts[name]); err != nil {
		t.Fatalf("%s is not XML: %v\n%s", name, err, a.parts[name])
	}
	s := string(a.parts[name])
	if _, rest, ok := strings.Cut(s, "<w:body>"); ok {
		s, _, _ = strings.Cut(rest, "<w:sectPr/>")
	}
	return s, nil
}

func TestRender(t *testing.T) {
	keep := func(s string) string {
		s = strings.ReplaceAll(s, ` xml:space="preserve"`, "")
		return strings.ReplaceAll(s, "<w:r><w:t></w:t></w:r>", "")
	}
	for _, tt := range []struct{ name, in, want string }{
		{"split over runs", p("a {", "{ na", "me }", "} b"), p("a Ann &amp; &lt;Bob&gt;", " b")},
		{"typographic quotes", p("{{ name if “a” == ‘a’ }}"), p("Ann &amp; &lt;Bob&gt;")},
		{"values are no XML", p("{{ marked }}"), p("&lt;/w:t&gt;&lt;w:r&gt;")},
		{"line breaks", p("{{ lines }}"), "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>"},
		{"paragraphs", p("{%p if yes %}") + p("a") + p("{%p else %}") + p("b") + p("{%p endif %}"), p("a")},
		{"loop", p("{%p for q in people %}") + p("{{ loop.index }}{{ q }}") + p("{%p endfor %}"), p("1x") + p("2y") + p("3z")},
		{"condition over runs", p("a {% if no %}", "b", "{% endif %} c"), p("a  c")},
		{"rows", "<w:tbl><w:tr><w:tc>" + p("{%tr for q in people %}") + "</w:tc></w:tr><w:tr><w:tc>" + p("{{ q }}") + "</w:tc></w:tr><w:tr><w:tc>" + p("{%tr endfor %}") + "</w:tc></w:tr></w:tbl>",
			"<w:tbl><w:tr><w:tc>" + p("x") + "</w:tc></w:tr><w:tr><w:tc>" + p("y") + "</w:tc></w:tr><w:tr><w:tc>" + p("z") + "</w:tc></w:tr></w:tbl>"},
		{"cells keep a paragraph", "<w:tbl><w:tr><w:tc><w:tcPr/>" + p("{%p if no %}") + p("a") + p("{%p endif %}") + "</w:tc></w:tr></w:tbl>",
			"<w:tbl><w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr></w:tbl>"},
		{"span", "<w:tbl><w:tr><w:tc>" + p("{% colspan n %}a") + "</w:tc></w:tr></w:tbl>",
			`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>` + p("a") + "</w:tc></w:tr></w:tbl>"},
		{"macro", p("{%p macro m(a) %}") + p("{{ a }}!") + p("{%p endmacro %}") + p("{{p m(n) }}"), p("3!")},
		{"comment", p("a{# b #}c") + p("{#p gone #}"), p("ac")},
		{"raw and braces", p("{% raw %}{{ x }}{% endraw %} {_{ y }_}"), p("{{ x }} {{ y }}")},
		{"joined paragraphs", p("a") + p("{%- if yes %}b{% endif -%}") + p("c"), "<w:p>" + r("a", "b", "c") + "</w:p>"},
		{"run", "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a {{r name }} b</w:t></w:r></w:p>",
			"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Ann &amp; &lt;Bob&gt;</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t> b</w:t></w:r></w:p>"},
		{"included", p("{%p for x in people[:1] %}") + p("{{p include_docx_template('s', k=n) }}") + p("{%p endfor %}"), p("sub 3 x") + p("end")},
		{"typed marks are text", p("{{ typed }}"), p("[FILE 7]")},
		{"deleted text", "<w:p>" + r("a {{ n") + "<w:del><w:r><w:delText>{{</w:delText></w:r></w:del>" + r(" }}") + "</w:p>", "<w:p>" + r("a 3") + "<w:del><w:r><w:delText>{{</w:delText></w:r></w:del></w:p>"},
	} {
		th, ns := thread(t)
		got, err := part(t, file(t, "t.docx", tt.in, nil), options(t, ns), th, "word/document.xml")
		if got = keep(got); err != nil || got != tt.want {
			t.Errorf("%s\n got %s %v\nwant %s", tt.name, got, err, tt.want)
		}
	}
}

func TestPicturesAndLinks(t *testing.T) {
	th, ns := thread(t)
	out, err := Render(th, []File{file(t, "t.docx", p("{{ photo }}{{ link }}"), nil)}, options(t, ns))
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(out)
	if err != nil {
		t.Fatal(err)
	}
	doc, rels := string(a.parts["word/document.xml"]), string(a.parts["word/_rels/document.xml.rels"])
	for _, want := range []string{`cx="914400" cy="914400"`, `descr="A face"`, `r:embed="rId1"`, `<w:hyperlink r:id="rId2"`, "A &amp; B"} {
		if !strings.Contains(doc, want) {
			t.Errorf("the document lacks %s:\n%s", want, doc)
		}
	}
	for _, want := range []string{`Target="media/filled1.png"`, `Target="https://a.org/?b=1&amp;c" TargetMode="External"`} {
		if !strings.Contains(rels, want) {
			t.Errorf("the relationships lack %s:\n%s", want, rels)
		}
	}
	if a.parts["word/media/filled1.png"] == nil || !strings.Contains(string(a.parts["[Content_Types].xml"]), `Extension="png"`) {
		t.Error("the picture is not in the file")
	}
}

func TestMarkdown(t *testing.T) {
	th, ns := thread(t)
	got, err := part(t, file(t, "t.docx", p("{{p md | markdown }}")+p("{{r '**a** *b*' | inline_markdown }}"), nil), options(t, ns), th, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<w:b/><w:sz w:val="60"/></w:rPr><w:t xml:space="preserve">Head</w:t>`, `<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">bold</w:t>`,
		`<w:t xml:space="preserve"> </w:t></w:r><w:r><w:rPr><w:i/></w:rPr>`, "<w:hyperlink r:id=", `<w:t>•</w:t><w:tab/>`, `<w:t>1.</w:t><w:tab/>`} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s:\n%s", want, got)
		}
	}
}

func TestHeadersSeeMacros(t *testing.T) {
	th, ns := thread(t)
	f := file(t, "t.docx", p("{%p macro m() %}")+p("M{{ n }}")+p("{%p endmacro %}"), map[string]string{
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="` + relBase + `header" Target="header1.xml"/></Relationships>`,
		"word/header1.xml":             `<w:hdr SPACE>` + p("{{p m() }}") + `</w:hdr>`,
	})
	got, err := part(t, f, options(t, ns), th, "word/header1.xml")
	if err != nil || !strings.Contains(got, ">M3<") {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestSeveralFiles(t *testing.T) {
	th, ns := thread(t)
	out, err := Render(th, []File{file(t, "a.docx", p("{% set q = 1 %}a"), nil), file(t, "b.docx", p("b{{ q }}"), nil)}, options(t, ns))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := openArchive(out)
	if doc := string(a.parts["word/document.xml"]); strings.Index(doc, ">b1<") < strings.Index(doc, ">a<") || !strings.Contains(doc, ">b1<") {
		t.Errorf("got %s", doc)
	}
}

func TestErrors(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{p("a") + p("{%p if yes %}"), "paragraph 2: t.docx:2:4: {% if %} has no {% endif %}"},
		{p("a {{ b"), "t.docx:1:3: {{ was never closed in its paragraph: {{ b"},
		{p("{%tr for x in people %}"), "t.docx:1:1: {% for x in people %} is for a table, and stands in none"},
		{p("{{ n | curency }}"), "paragraph 1: t.docx:1:8: there is no filter 'curency'"},
		{p("{{p include_docx_template('self') }}"), "templates include each other: self, then self"},
		{p("{{ d['a'] }}"), "name 'd' is not defined"},
	} {
		th, ns := thread(t)
		_, err := Render(th, []File{file(t, "t.docx", tt.in, nil)}, options(t, ns))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.in, err, tt.want)
		}
	}
	th, ns := thread(t)
	_, err := Render(th, []File{file(t, "t.docx", p("{{ who.name }}"), nil)}, options(t, ns))
	if name, _ := python.MissingName(err); name != "who" {
		t.Errorf("missing %q in %v, want who", name, err)
	}
	o := options(t, ns)
	o.SkipUndefined = true
	if got, err := part(t, file(t, "t.docx", p("a{{ who.name }}"), nil), o, th, "word/document.xml"); err != nil || !strings.Contains(got, ">a<") {
		t.Errorf("skip undefined: %s, %v", got, err)
	}
}

func TestSameBytesTwice(t *testing.T) {
	f := file(t, "t.docx", p("{{ photo }}{{ link }}"), nil)
	var first []byte
	for range 3 {
		th, ns := thread(t)
		out, err := Render(th, []File{f}, options(t, ns))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out
		}
		if !bytes.Equal(first, out) {
			t.Fatal("the same template and answers gave other bytes")
		}
	}
}

func TestToMarkdown(t *testing.T) {
	f := file(t, "t.docx", p("a*b ", "c")+`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">bold </w:t></w:r><w:r><w:t>and</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> it</w:t></w:r></w:p>`+
		`<w:p><w:pPr><w:numPr/></w:pPr>`+r("one")+`</w:p><w:p><w:pPr><w:numPr/></w:pPr>`+r("two")+`</w:p>`+
		"<w:tbl><w:tr><w:tc>"+p("h")+"</w:tc><w:tc>"+p("i|")+"</w:tc></w:tr></w:tbl>", nil)
	got, err := Markdown(f)
	if want := "a\\*b c\n\n**bold** and *it*\n\n* one\n* two\n\n| h | i\\| |\n|---|---|"; err != nil || got != want {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
}

func TestVariables(t *testing.T) {
	got, err := Variables(file(t, "t.docx", p("{{ b.c }}{% if a %}{{ b }}{% endif %}"), nil))
	if err != nil || fmt.Sprint(got) != "[a b]" {
		t.Errorf("got %v, %v", got, err)
	}
}

func FuzzPrepare(f *testing.F) {
	for _, s := range []string{p("{{ a }}"), p("{%p if a %}", "{% endif %}"), p("{{r x", " }}"), "<w:tbl><w:tr><w:tc>" + p("{%tc for x in y %}{% vm %}{% colspan 2 %}") + "</w:tc></w:tr></w:tbl>",
		p("{%- if x -%}") + p("{# #}"), p("{% raw %}{{{% endraw %}")} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		root, err := parseXML([]byte(`<w:body xmlns:w="w">` + s + "</w:body>"))
		if err != nil {
			return
		}
		_, err = prepare("f", root)
		var e *syntax.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%q: %v is not a syntax error", s, err)
		}
	})
}

func BenchmarkTwentyPages(b *testing.B) {
	body := strings.Repeat(p("Dear {{ na", "me }}, this is a paragraph of some length that has {{ n }} and {% if yes %}more{% endif %} in it.")+
		p("{%p for q in people %}")+p("{{ loop.index }}. {{ q }} and "+strings.Repeat("text ", 40))+p("{%p endfor %}"), 100)
	f := file(b, "t.docx", body, nil)
	th, ns := thread(b)
	for b.Loop() {
		if _, err := Render(th, []File{f}, Options{Names: ns}); err != nil {
			b.Fatal(err)
		}
	}
}
