package handlers_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/ask"
	"colloquy/engine/demo"
)

// particular are answers that an interview wants in place of the usual ones.
var particular = map[string]map[string]string{
	"book-a-table.yml": {"Day": time.Now().AddDate(0, 0, 3).Format(time.DateOnly), "Time": "19:30", "Coupon": "ABC-1234"},
}

// dot is a picture of one pixel.
var dot = must(base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))

// Every demonstration interview can be finished by plain form posts: whatever
// is asked for is filled in, and nothing on the way goes wrong.
func TestEveryDemoIsFinishedByPosts(t *testing.T) {
	h := open(t, nil, withDemo)
	for _, n := range h.lib.Interviews(demo.Package) {
		t.Run(n.Base(), func(t *testing.T) {
			pg := h.in(t).visit().get(demoAddress(n.Base()))
			var seen []string
			for range 40 {
				if pg.status != 200 && pg.status != 422 {
					t.Fatalf("%v after %q: %s\n%s", pg.through, seen, pg.text(), pg.trouble())
				}
				seen = append(seen, pg.heading())
				if finished(pg) {
					t.Logf("%d screens: %s", len(seen), strings.Join(seen, " / "))
					return
				}
				if pg.status == 422 {
					t.Fatalf("refused: %s", text(byID(pg.doc, "error-summary")))
				}
				f := pg.filled()
				for label, value := range particular[n.Base()] {
					if labelled(f.node, label) != nil {
						f.fill(t, label, value)
					}
				}
				if slices.Contains(seen[:len(seen)-1], pg.heading()) && strings.Contains(pg.body, "<span>No</span>") {
					f.press(pg, "No") // there is nothing more to add
				}
				pg = pg.p.send(f)
			}
			t.Errorf("it does not end: %q", seen)
		})
	}
}

// finished reports whether nothing on a page leads on in the interview.
func finished(pg *page) bool {
	f := byID(pg.doc, "daform")
	return f == nil || first(f, func(n *html.Node) bool {
		return n.Data == "button" && attr(n, "type") == "submit" && attr(n, "form") == "" && attr(n, "name") != ask.CommandInput
	}) == nil
}

// group is the set of boxes that a box belongs to, if any.
func group(n *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "fieldset" {
			return p
		}
	}
	return nil
}

// filled answers everything that has no answer yet.
func (pg *page) filled() *form {
	pg.p.t.Helper()
	f := pg.form()
	samples := map[string]string{"text": "Ada", "": "Ada", "email": "ada@example.com", "number": "3", "range": "3", "date": "2001-02-03",
		"time": "08:15", "datetime-local": "2030-02-03T08:15", "tel": "+1 212 555 0123", "password": "secret", "url": "https://example.com"}
	var circles []string
	var groups []*html.Node
	for n := range f.node.Descendants() {
		name, kind := attr(n, "name"), attr(n, "type")
		if name == "" || n.Type != html.ElementNode {
			continue
		}
		switch {
		case n.Data == "textarea" && *f.get(name) == "":
			f.set(name, "Some words")
		case n.Data == "select":
			if v := f.get(name); v == nil || *v == "" {
				if o := first(n, func(o *html.Node) bool { return o.Data == "option" && attr(o, "value") != "" }); o != nil {
					f.set(name, attr(o, "value"))
				}
			}
		case n.Data != "input":
		case kind == "radio" && f.get(name) == nil && !slices.Contains(circles, name):
			circles = append(circles, name)
			f.set(name, attr(n, "value"))
		case kind == "checkbox":
			if set := group(n); set != nil && !slices.Contains(groups, set) {
				groups = append(groups, set)
				f.set(name, attr(n, "value"))
			}
		case kind == "file":
			f.files[name] = file{name: "canvas.png", kind: "image/png", content: string(dot(pg.p.t))}
		default:
			if mode := attr(n, "inputmode"); mode == "numeric" || mode == "decimal" {
				kind = "number"
			}
			if v := f.get(name); v != nil && *v == "" && samples[kind] != "" {
				f.set(name, samples[kind])
			}
		}
	}
	return f
}
