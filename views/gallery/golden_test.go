package gallery

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"colloquy/views"
	"colloquy/views/question"
)

var update = flag.Bool("update", false, "rewrite the expected files")

var assets = views.Assets{CSS: "/static/app.css", Icons: "/static/icons.css", JS: "/static/app.js", JQuery: "/static/jquery.js", Mark: "/static/mark.svg"}

// Every entry has a folder with the HTML expected of it: of a screen the
// section alone, of another page the whole.
func TestGolden(t *testing.T) {
	for _, e := range Entries() {
		t.Run(e.Name, func(t *testing.T) {
			c := e.Draw(assets)
			if s := Screen(e.Name); s != nil {
				c = question.Section(s)
			}
			compare(t, e.Name, draw(t, c))
		})
	}
}

func TestGoldenPageAndFragment(t *testing.T) {
	compare(t, "page", draw(t, question.Page(Screen("parts"), assets)))
	compare(t, "fragment", draw(t, question.Fragment(Screen("parts"))))
	compare(t, "index", draw(t, Index(assets, "/dev/gallery")))
}

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(templ.WithNonce(context.Background(), "n0nce"), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	dir := filepath.Join("testdata", name)
	expected, actual := filepath.Join(dir, "expected.html"), filepath.Join(dir, "actual.html")
	got = normal(got)
	if *update {
		write(t, expected, got)
	}
	want, err := os.ReadFile(expected)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		write(t, actual, got)
		t.Errorf("%s differs from %s", actual, expected)
		return
	}
	if err := os.Remove(actual); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// normal puts each tag and each text on a line of its own, white space made even.
func normal(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if text := strings.Join(strings.Fields(string(z.Raw())), " "); text != "" {
				b.WriteString(text + "\n")
			}
		default:
			b.WriteString(strings.Join(strings.Fields(string(z.Raw())), " ") + "\n")
		}
	}
}
