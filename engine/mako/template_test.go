package mako

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

// setup is code that the samples' variables come from.
const setup = `
user = 'Ann'
n = 3
xs = ['a', 'b', 'c']
empty = []
none = None
html = '<b>"x" & \'y\'</b>'
space = ' x '
class Person:
    def __init__(self, name):
        self.name = name
    def __str__(self):
        return self.name
    def __format__(self, spec):
        return 'not used'
p = Person('Bob')
def shout(s):
    return s.upper() + '!'
def wrap(before, after):
    return lambda s: before + s + after
class Manager:
    def __enter__(self):
        return 'in'
    def __exit__(self, *args):
        return True
`

func answers(t testing.TB, th *python.Thread) *python.Namespace {
	t.Helper()
	f, err := syntax.ParseFile("setup", setup, syntax.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(f, python.CompileOptions{Interview: true})
	if err != nil {
		t.Fatal(err)
	}
	ns := python.NewNamespace(nil)
	if _, err := code.Run(th, ns); err != nil {
		t.Fatal(err)
	}
	return ns
}

func newThread(t testing.TB) *python.Thread {
	th := python.NewThread(context.Background(), python.Options{})
	t.Cleanup(th.Close)
	return th
}

// A sample is an entry of a golden file: a template up to a line "=>", what it
// gives up to a line "---".
func samples(t testing.TB, file string) (list [][2]string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range strings.Split(strings.TrimSuffix(string(b), "\n---\n"), "\n---\n") {
		src, want, ok := strings.Cut(entry, "\n=>\n")
		if !ok {
			t.Fatalf("%s: no result in %q", file, entry)
		}
		list = append(list, [2]string{src, want})
	}
	return list
}

func TestRender(t *testing.T) {
	th := newThread(t)
	ns := answers(t, th)
	before := strings.Join(ns.Names(), " ")
	for _, s := range samples(t, "testdata/render.txt") {
		got := ""
		tmpl, err := Compile(Source{Name: "t", Text: s[0]})
		if err == nil {
			var str *python.Str
			if str, err = tmpl.Render(th, ns); err == nil {
				got = str.String()
			}
		}
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != s[1] {
			t.Errorf("%q:\n got %q\nwant %q", s[0], got, s[1])
		}
	}
	if after := strings.Join(ns.Names(), " "); after != before {
		t.Errorf("rendering changed the answers from %s to %s", before, after)
	}
}

// TestLibrary compares with what the Mako library 1.3.5 made of the same
// templates and variables, under CPython 3.12.1.
func TestLibrary(t *testing.T) {
	th := python.NewThread(t.Context(), python.Options{Loader: stdlib.New()})
	defer th.Close()
	list := samples(t, "testdata/library.txt")
	for _, s := range list {
		got := ""
		tmpl, err := Compile(Source{Name: "t", Text: s[0]})
		if err == nil {
			var str *python.Str
			if str, err = tmpl.Render(th, answers(t, th)); err == nil {
				got = str.String()
			}
		}
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != s[1] {
			t.Errorf("%q:\n got %q\nwant %q", s[0], got, s[1])
		}
	}
	if len(list) < 40 {
		t.Errorf("only %d templates", len(list))
	}
}

func TestErrors(t *testing.T) {
	for _, s := range samples(t, "testdata/errors.txt") {
		got := "no error"
		if _, err := Compile(Source{Name: "t", Text: s[0]}); err != nil {
			var e *syntax.Error
			if !errors.As(err, &e) {
				t.Errorf("%q: error of type %T", s[0], err)
			}
			got = err.Error()
		}
		if got != s[1] {
			t.Errorf("%q:\n got %s\nwant %s", s[0], got, s[1])
		}
	}
}

func TestIsTemplate(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "plain": false, "100%% sure": false, "%if x:\n%endif": false, "# heading": false, "$x {y}": false,
		"${ x }": true, "<%doc>": true, "% if x:": true, "% for x": true, "% while": true, "## note": true, "a ## b": true,
	} {
		if got := IsTemplate(text); got != want {
			t.Errorf("IsTemplate(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	th := newThread(t)
	for _, text := range []string{"100%% sure\n%if x:", "## a comment\nplain"} {
		tmpl, err := Compile(Source{Name: "t", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := tmpl.Static(); !ok {
			t.Errorf("%q is not static", text)
		}
		if n := testing.AllocsPerRun(100, func() {
			if _, err := tmpl.Render(th, nil); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}

// A missing name must reach the solver unchanged, with its place.
func TestMissingNames(t *testing.T) {
	th := newThread(t)
	ns := answers(t, th)
	place := func(p syntax.Pos) syntax.Pos { return syntax.Pos{Line: p.Line + 100, Col: p.Col + 4} }
	for _, tt := range []struct{ text, name, at string }{
		{"Hello ${ veg }", "veg", "101:14"},
		{"a\n\nb ${ user } ${ veg | h }", "veg", "103:20"},
		{"% if veg == 1:\nx\n% endif", "veg", "101:10"},
		{"% if n == 3:\n% if veg:\nx\n% endif\n% endif", "veg", "102:10"},
		{"% for v in veg:\nx\n% endfor", "veg", "101:16"},
		{"<%\n  x = 1\n  y = veg\n%>", "veg", "103:11"},
		{"<%def name=\"f(a)\">\n${ a } ${ veg }</%def>${ f(1) }", "veg", "102:15"},
		{"${ p.name } ${ p.age }", "p.age", "101:20"},
		{"${ [x + veg for x in xs] }", "veg", "101:13"},
	} {
		tmpl, err := Compile(Source{Name: "q.yml", Text: tt.text, Place: place})
		if err != nil {
			t.Fatal(err)
		}
		_, err = tmpl.Render(th, ns)
		name, ok := python.MissingName(err)
		if !ok && tt.name != "p.age" || ok && name != tt.name {
			t.Errorf("%q: missing %q (%v), want %q", tt.text, name, err, tt.name)
			continue
		}
		raised, ok := python.AsRaised(err)
		if !ok {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		var places []string
		for _, f := range raised.Traceback() {
			if f.File == "q.yml" {
				places = append(places, fmt.Sprintf("%d:%d", f.Line, f.Col))
			}
		}
		if len(places) == 0 || places[len(places)-1] != tt.at {
			t.Errorf("%q: at %v, want %s", tt.text, places, tt.at)
		}
	}
}

// What came from outside stays marked, through expressions, filters and defs.
func TestOutsideSpans(t *testing.T) {
	th := newThread(t)
	ns := answers(t, th)
	ns.Set("typed", python.Outside("<i> *x*"))
	for _, tt := range []struct{ text, want string }{
		{"a ${ typed } b", "a [<i> *x*] b"},
		{"${ typed }", "[<i> *x*]"},
		{"${ '<' + typed | h }", "&lt;[<i> *x*]"},
		{"${ typed | trim }${ user }", "[<i> *x*]Ann"},
		{"${ '&' + typed | u }", "%26[%3Ci%3E+%2Ax%2A]"},
		{"% for x in [typed, 'y']:\n- ${ x }\n% endfor\n", "- [<i> *x*]\n- y\n"},
		{"<%def name=\"f(a)\">(${ a })</%def>${ f(typed) }", "([<i> *x*])"},
		{"<%block filter=\"shout\">${ typed }</%block>", "[<I> *X*]!"},
		{"% if n:\n<% return typed %>\n% endif", ""},
	} {
		tmpl, err := Compile(Source{Name: "t", Text: tt.text})
		if err != nil {
			t.Fatal(err)
		}
		s, err := tmpl.Render(th, ns)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if got := marked(s); got != tt.want {
			t.Errorf("%q gives %q, want %q", tt.text, got, tt.want)
		}
	}
}

// marked shows spans from outside in brackets.
func marked(s *python.Str) string {
	var b strings.Builder
	at := 0
	for _, sp := range s.Spans() {
		b.WriteString(s.String()[at:sp.From] + "[" + s.String()[sp.From:sp.To] + "]")
		at = sp.To
	}
	return b.String() + s.String()[at:]
}

func TestPrelude(t *testing.T) {
	th := newThread(t)
	ns := answers(t, th)
	defs := Source{Name: "defs.yml", Text: "<%def name=\"hi(x)\">Hi ${ x }${ veg if x == 'veg' else '' }</%def>"}
	tmpl, err := Compile(Source{Name: "q.yml", Text: "plain: ${ hi(user) }", Prelude: []Source{defs}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tmpl.Render(th, ns)
	if err != nil || s.String() != "\nplain: Hi Ann" {
		t.Errorf("got %v, %v", s, err)
	}
	quiet, err := Compile(Source{Text: "${ n }", Prelude: []Source{{Text: "## only a comment"}}})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := quiet.Render(th, ns); err != nil || s.String() != "\n3" {
		t.Errorf("got %v, %v", s, err)
	}
	plain, err := Compile(Source{Text: "a %% b", Prelude: []Source{{Text: "c"}}})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := plain.Render(th, ns); err != nil || s.String() != "c\na %% b" {
		t.Errorf("got %v, %v", s, err)
	}
	_, err = Compile(Source{Name: "q.yml", Text: "x", Prelude: []Source{{Name: "defs.yml", Text: "a\n${ b c }"}}})
	if err == nil || err.Error() != "defs.yml:2:6: invalid syntax" {
		t.Errorf("error %v", err)
	}
}

func TestParts(t *testing.T) {
	tmpl, err := Compile(Source{Name: "t", Text: "${ a } ${ b | f }\n% for c in d:\n<% e = loop.index %>\n% endfor\n<%def name=\"g(h=i)\">${ j }</%def>"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range tmpl.Parts() {
		syntax.Inspect(p, func(n syntax.Node) bool {
			if id, ok := n.(*syntax.Name); ok {
				names = append(names, id.ID)
			}
			return true
		})
	}
	if got := strings.Join(names, " "); got != "a b f c d e loop i j" {
		t.Errorf("names %s", got)
	}
}

func TestRenderingIsShared(t *testing.T) {
	tmpl, err := Compile(Source{Name: "t", Text: "% for x in range(n):\n${ loop.index }${ x }${ f(x) }\n% endfor\n<%def name=\"f(a)\">(${ a })</%def>"})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string)
	for n := range 8 {
		go func() {
			th := python.NewThread(context.Background(), python.Options{})
			defer th.Close()
			ns := python.NewNamespace(nil)
			ns.Set("n", python.Int(n))
			for range 50 {
				s, err := tmpl.Render(th, ns)
				if want := expected(n); err != nil || s.String() != want {
					done <- fmt.Sprintf("got %v, %v, want %q", s, err, want)
					return
				}
			}
			done <- ""
		}()
	}
	for range 8 {
		if msg := <-done; msg != "" {
			t.Error(msg)
		}
	}
}

func expected(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d%d(%d)\n", i, i, i)
	}
	return b.String()
}

func FuzzCompile(f *testing.F) {
	for _, file := range []string{"testdata/render.txt", "testdata/errors.txt"} {
		for _, s := range samples(f, file) {
			f.Add(s[0])
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<13 {
			return
		}
		tmpl, err := Compile(Source{Name: "t", Text: text})
		var e *syntax.Error
		switch {
		case err == nil:
			for _, p := range tmpl.Parts() {
				inside(t, text, p.Start())
			}
		case errors.As(err, &e):
			inside(t, text, e.Pos)
		default:
			t.Fatalf("error of type %T", err)
		}
	})
}

// inside checks that a position lies in the text.
func inside(t *testing.T, text string, p syntax.Pos) {
	t.Helper()
	lines := strings.Split(lineBreaks.Replace(text), "\n")
	if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > len([]rune(lines[p.Line-1]))+1 {
		t.Fatalf("position %v is outside of %q", p, text)
	}
}

// long is a template of 200 lines.
func long() string {
	var b strings.Builder
	for range 20 {
		b.WriteString("Dear ${ user },\n\nyou have ${ n } things and ${ p } too.\n% for x in xs:\n* item ${ x }, ${ loop.index + 1 } of ${ n }\n% endfor\n% if n > 2:\nThat is **many**, ${ user | h }.\n% endif\n\n")
	}
	return b.String()
}

func BenchmarkCompile(b *testing.B) {
	text := long()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(Source{Name: "t", Text: text}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	for name, text := range map[string]string{"200 lines": long(), "one line": "Hello ${ user }, you have ${ n } things.", "plain": "Hello"} {
		b.Run(name, func(b *testing.B) {
			th := newThread(b)
			ns := answers(b, th)
			tmpl, err := Compile(Source{Name: "t", Text: text})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tmpl.Render(th, ns); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Two number signs begin a comment, three or more a heading of Markdown
// (docassemble's Mako, which differs from the library in this).
func TestThreeSignsAreAHeading(t *testing.T) {
	th := newThread(t)
	for text, want := range map[string]string{"## gone\nstays": "stays", "### A\n#### B\n": "### A\n#### B\n", "  ##\n ### A": " ### A"} {
		tmpl, err := Compile(Source{Name: "t", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tmpl.Render(th, nil); err != nil || got.String() != want {
			t.Errorf("%q gives %q, %v, want %q", text, got, err, want)
		}
	}
}
