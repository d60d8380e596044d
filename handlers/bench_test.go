package handlers_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// BenchmarkStep is a whole step as a browser with htmx sees it: a form posted
// over a connection, the redirect, and the page after it, on both kinds of
// database. Taking the new page apart belongs to it, as browsers do that too.
func BenchmarkStep(b *testing.B) {
	yaml := benchInterviews(b)
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			for _, file := range slices.Sorted(maps.Keys(yaml)) {
				b.Run(strings.TrimSuffix(file, ".yml"), func(b *testing.B) {
					h := openAt(b, databases[kind](b), yaml)
					pg := steady(h, file)
					before := h.count("steps")
					b.ReportAllocs()
					for n := 0; b.Loop(); n++ {
						pg = again(pg, n)
					}
					if taken := h.count("steps") - before; taken != b.N {
						b.Fatalf("%d forms were taken of %d", taken, b.N)
					}
				})
			}
		})
	}
}

// benchInterviews are those that engine/transcript measures by themselves.
func benchInterviews(t testing.TB) map[string]string {
	t.Helper()
	files := must(filepath.Glob("../engine/transcript/testdata/bench/*.yml"))(t)
	if len(files) != 5 {
		t.Fatalf("the interviews: %v", files)
	}
	yaml := map[string]string{}
	for _, file := range files {
		yaml[filepath.Base(file)] = string(must(os.ReadFile(file))(t))
	}
	return yaml
}

// steady opens an interview and goes to the question that it asks again and
// again.
func steady(h *house, file string) *page {
	h.t.Helper()
	p := h.visit()
	pg := p.begin(file)
	if strings.Contains(pg.body, ">Dig<") {
		pg = pg.follow("Dig")
	}
	p.htmx = true
	for n := range 10 { // until the first full copies lie behind
		pg = again(pg, n)
	}
	return pg
}

// again fills every field of the question with the Nth answer.
func again(pg *page, n int) *page {
	pg.p.t.Helper()
	f := pg.form()
	for c := range f.node.Descendants() {
		kind := attr(c, "type")
		if c.Type == html.ElementNode && c.Data == "textarea" || c.Data == "input" && kind != "hidden" && kind != "radio" {
			f.set(attr(c, "name"), strconv.Itoa(n%90))
		}
	}
	return pg.p.send(f)
}

// round asks the same question again and again, with a link beside it that
// does something and returns.
const round = `
mandatory: True
code: |
  count = 0
---
mandatory: True
code: |
  note
  last_note = note
  del note
  note
---
question: "Count: ${ count }"
subquestion: |
  [One more](${ url_action('more') })
fields:
  - Note: note
---
event: more
code: |
  count = count + 1
`

// BenchmarkRoundTrip compares a form that is answered with a link that acts,
// both as htmx sends them, and tells how many bytes come back for a fragment
// and for a page.
func BenchmarkRoundTrip(b *testing.B) {
	for _, tt := range []struct {
		name string
		do   func(pg *page, n int) *page
	}{
		{"step", again},
		{"action", func(pg *page, _ int) *page { return pg.follow("One more") }},
	} {
		b.Run(tt.name, func(b *testing.B) {
			h := open(b, map[string]string{"round.yml": round})
			p := h.visit()
			pg := p.begin("round.yml").wants("Count: 0")
			whole := pg.bytes
			p.htmx = true
			for n := range 10 {
				pg = tt.do(pg, n)
			}
			before := h.count("steps")
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				pg = tt.do(pg, n)
			}
			if taken := h.count("steps") - before; taken != b.N {
				b.Fatalf("%d of %d were steps", taken, b.N)
			}
			b.ReportMetric(float64(pg.bytes), "fragment-bytes")
			b.ReportMetric(float64(whole), "page-bytes")
		})
	}
}
