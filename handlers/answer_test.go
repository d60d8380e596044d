package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// garden asks for a vegetable, then for a legume; links change the vegetable,
// or give the answers as data.
const garden = `
metadata:
  title: Garden
---
mandatory: True
code: |
  vegetable
  legume
  supper
---
id: vegetable
question: Which vegetable?
fields:
  - Vegetable: vegetable
---
id: legume
question: Which legume?
subquestion: |
  You like ${ vegetable }.

  [Change the vegetable](${ url_action('vegetable') })
  [As data](${ url_action('data') })
  [Elsewhere](${ url_action('elsewhere') })
fields:
  - Legume: legume
---
event: data
code: |
  json_response({'vegetable': vegetable, 'asked': asked()})
---
event: elsewhere
code: |
  response(url='https://example.com/there')
---
id: supper
event: supper
question: ${ vegetable } with ${ legume }
buttons:
  - Again: restart
  - Leave: exit
`

var gardenFiles = map[string]string{"garden.yml": strings.ReplaceAll(garden, ", 'asked': asked()", "")}

func TestAnInterviewIsFinishedByPosts(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, gardenFiles)
		p := h.visit()
		pg := p.begin("garden.yml").wants("Which vegetable?")
		pg = pg.answer("Vegetable", "turnip").wants("Which legume?")
		if got := pg.through; len(got) != 2 || got[0] != http.StatusSeeOther || got[1] != http.StatusOK {
			t.Errorf("a post was answered by %v, want 303 and 200", got)
		}
		if !strings.Contains(pg.text(), "You like turnip.") {
			t.Errorf("the page does not know the answer: %s", pg.text())
		}
		pg = pg.follow("Change the vegetable").wants("Which vegetable?")
		pg = pg.answer("Vegetable", "leek").wants("Which legume?")
		pg.answer("Legume", "lentils").wants("leek with lentils")
		p.get(address("garden.yml")).wants("leek with lentils")
	})
}

func TestHTMXGetsTheQuestionAlone(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	whole := p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
	p.htmx = true
	pg := whole.follow("Change the vegetable").wants("Which vegetable?")
	t.Logf("bytes: page %d, fragment of a url_action link %d", whole.bytes, pg.bytes)
	if n := strings.Count(pg.body, "<section"); n != 1 || strings.Count(pg.body, `id="question"`) != 1 {
		t.Errorf("%d sections in the fragment", n)
	}
	for _, not := range []string{"<!DOCTYPE", "<html", "<head", "<header", "<main", "<link", "<footer"} {
		if strings.Contains(pg.body, not) {
			t.Errorf("the fragment has %s", not)
		}
	}
	if len(pg.through) != 1 || pg.status != http.StatusOK {
		t.Errorf("answered by %v", pg.through)
	}
	if pg.bytes >= whole.bytes {
		t.Errorf("the fragment has %d bytes, the page %d", pg.bytes, whole.bytes)
	}
	if v := pg.header.Get("Vary"); !strings.Contains(v, "HX-Request") {
		t.Errorf("Vary: %q", v)
	}
	if pg.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control: %q", pg.header.Get("Cache-Control"))
	}
	pg = pg.answer("Vegetable", "leek").wants("Which legume?")
	if !regexp.MustCompile(`_step=\d+$`).MatchString(pg.header.Get("HX-Push-Url")) {
		t.Errorf("HX-Push-Url: %q", pg.header.Get("HX-Push-Url"))
	}
	pg.answer("Legume", "lentils").wants("leek with lentils")
}

// What the fragment's links and forms lead to is the same as without htmx.
func TestBothBodiesHoldTheSameQuestion(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	whole := p.begin("garden.yml").answer("Vegetable", "turnip")
	p.htmx = true
	part := p.get(address("garden.yml"))
	random := regexp.MustCompile(`value="[^"]{60,}"|nonce="[^"]*"|(_once|_sig)=[^&"]*`)
	section := func(pg *page) string {
		var b strings.Builder
		check(t, html.Render(&b, byID(pg.doc, "question")))
		return random.ReplaceAllString(b.String(), "")
	}
	if a, b := section(whole), section(part); a != b {
		t.Errorf("page and fragment differ:\n%s\n%s", a, b)
	}
}

func TestReloadRepeatsNothing(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	pg := p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
	before := h.counts()
	for range 3 {
		p.get(pg.url.String()).wants("Which legume?")
	}
	if got := h.counts(); got != before {
		t.Errorf("reloading made %s of %s", got, before)
	}
	if got := pg.url.Query().Get("_step"); got == "" || pg.url.Query().Has("session") {
		t.Errorf("the page's address is %s", pg.url)
	}
}

func TestBack(t *testing.T) {
	for _, htmx := range []bool{false, true} {
		h := open(t, gardenFiles)
		p := h.visit()
		pg := p.begin("garden.yml").wants("Which vegetable?")
		p.htmx = htmx
		if first(pg.doc, func(n *html.Node) bool { return attr(n, "name") == "_back_one" }) != nil {
			t.Error("the first screen offers to go back")
		}
		pg = pg.answer("Vegetable", "turnip").wants("Which legume?")
		pg = pg.back().wants("Which vegetable?")
		if got := valueOf(pg, "Vegetable"); got != "turnip" {
			t.Errorf("htmx %v: going back shows the answer %q", htmx, got)
		}
		pg = pg.answer("Vegetable", "leek").wants("Which legume?")
		if !strings.Contains(pg.text(), "You like leek.") {
			t.Errorf("htmx %v: the changed answer is not there: %s", htmx, pg.text())
		}
		pg.answer("Legume", "lentils").wants("leek with lentils")
	}
}

// A Back button that is pressed twice, or on a page that is out of date, does
// not go further back than it says.
func TestBackTwiceIsBackOnce(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	pg := p.begin("garden.yml").answer("Vegetable", "turnip").answer("Legume", "lentils").wants("turnip with lentils")
	first := pg.back().wants("Which legume?")
	pg.back().wants("Which legume?")
	first.back().wants("Which vegetable?")
}

func valueOf(pg *page, label string) string {
	pg.p.t.Helper()
	l := first(pg.doc, func(n *html.Node) bool { return n.Data == "label" && text(n) == label })
	if l == nil {
		pg.p.t.Fatalf("no field %q", label)
	}
	in := byID(pg.doc, attr(l, "for"))
	if in.Data == "textarea" {
		return rawText(in)
	}
	return attr(in, "value")
}

// The browser's own Back leads to the address of an earlier step.
func TestAnEarlierStepOffersToChangeTheAnswer(t *testing.T) {
	for _, htmx := range []bool{false, true} {
		h := open(t, gardenFiles)
		p := h.visit()
		p.begin("garden.yml").answer("Vegetable", "turnip").answer("Legume", "lentils").wants("turnip with lentils")
		p.htmx = htmx
		before := h.counts()
		pg := p.get(address("garden.yml") + "&_step=1").wants("Which vegetable?")
		if !strings.Contains(pg.notices(), "earlier step") {
			t.Errorf("htmx %v: nothing says that this is an earlier step: %q", htmx, pg.notices())
		}
		if got := valueOf(pg, "Vegetable"); got != "turnip" {
			t.Errorf("htmx %v: the earlier step shows %q, want the answer given there", htmx, got)
		}
		if got := h.counts(); got != before {
			t.Errorf("htmx %v: looking made %s of %s", htmx, got, before)
		}
		p.get(address("garden.yml")).wants("turnip with lentils")
		pg.answer("Vegetable", "leek").wants("leek with lentils")
	}
}

func TestADoubleClickIsOneClick(t *testing.T) {
	const counting = `
mandatory: True
code: |
  n = 0
---
mandatory: True
code: |
  pressed
  n += 1
  undefine('pressed')
  pressed
---
question: Pressed ${ n } times
subquestion: "[Add one](${ url_action('more') })"
continue button field: pressed
---
event: more
code: |
  n += 1
`
	h := open(t, map[string]string{"count.yml": counting})
	p := h.visit()
	pg := p.begin("count.yml").wants("Pressed 0 times")
	f := pg.form()
	p.send(f).wants("Pressed 1 times")
	p.send(f).wants("Pressed 1 times")
	pg = p.get(address("count.yml")).wants("Pressed 1 times")
	link := pg.link("Add one")
	pg = p.get(link).wants("Pressed 2 times")
	p.get(link).wants("Pressed 2 times")
	if again := pg.link("Add one"); again == link {
		t.Error("the link of the next page is the same: a second click would not count")
	} else {
		p.get(again).wants("Pressed 3 times")
	}
}

// A form of a page that has been overtaken by somebody else is refused with a
// word, and what was answered meanwhile stands. Who overtook himself, with the
// browser's Back or in another tab, is told so, and shown how to change his
// answer.
func TestAStaleFormIsToldSo(t *testing.T) {
	files := map[string]string{"garden.yml": "mandatory: True\ncode: |\n  multi_user = True\n---\n" + gardenFiles["garden.yml"]}
	for _, htmx := range []bool{false, true} {
		for _, own := range []bool{false, true} {
			h := open(t, files)
			p := h.visit()
			old := p.begin("garden.yml").wants("Which vegetable?")
			other := p
			if !own {
				other = h.visit()
			}
			id := column(t, h.db, "select id from sessions")[0]
			other.get(address("garden.yml")+"&session="+id).wants("Which vegetable?").answer("Vegetable", "leek").wants("Which legume?")
			p.htmx = htmx
			pg := old.answer("Vegetable", "turnip").wants("Which legume?")
			if got := pg.notices(); strings.Contains(got, "answered elsewhere") == own || strings.Contains(got, "since you opened that page") != own {
				t.Errorf("htmx %v, own %v: the answer was not taken, and it says %q", htmx, own, got)
			}
			if !strings.Contains(pg.text(), "You like leek.") {
				t.Errorf("htmx %v, own %v: the other answer is gone: %s", htmx, own, pg.text())
			}
			if own {
				pg.follow("Change your answer").wants("Which vegetable?").answer("Vegetable", "turnip").wants("Which legume?")
			}
		}
	}
}

// A form of an old page whose answer nobody has touched since is taken.
func TestAnOldFormThatStillAppliesIsTaken(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	p.begin("garden.yml").answer("Vegetable", "turnip")
	old := p.get(address("garden.yml")).wants("Which legume?")
	link := old.link("Change the vegetable")
	p.get(link).wants("Which vegetable?").answer("Vegetable", "leek").wants("Which legume?")
	old.answer("Legume", "lentils").wants("leek with lentils")
}

func TestBadInputIsKeptAndExplained(t *testing.T) {
	h := open(t, map[string]string{"number.yml": `
mandatory: True
question: Done ${ name } ${ age }
---
question: Who?
fields:
  - Name: name
  - Age: age
    datatype: integer
`})
	for _, htmx := range []bool{false, true} {
		p := h.visit()
		pg := p.begin("number.yml").wants("Who?")
		p.htmx = htmx
		before := h.counts()
		pg = pg.answer("Name", "Ada", "Age", "old").wants("Who?")
		if pg.status != http.StatusUnprocessableEntity {
			t.Errorf("htmx %v: status %d, want 422", htmx, pg.status)
		}
		summary := byID(pg.doc, "error-summary")
		if summary == nil {
			t.Fatalf("htmx %v: no summary of errors", htmx)
		}
		to := first(summary, func(n *html.Node) bool { return n.Data == "a" })
		if to == nil || byID(pg.doc, strings.TrimPrefix(attr(to, "href"), "#")) == nil {
			t.Errorf("htmx %v: the summary leads nowhere", htmx)
		}
		if valueOf(pg, "Name") != "Ada" || valueOf(pg, "Age") != "old" {
			t.Errorf("htmx %v: the answers are not kept: %q %q", htmx, valueOf(pg, "Name"), valueOf(pg, "Age"))
		}
		if got := h.counts(); got != before {
			t.Errorf("htmx %v: a refused form made %s of %s", htmx, got, before)
		}
		pg.answer("Age", "36").wants("Done Ada 36")
	}
}

func TestALinkThatRespondsRunsOnce(t *testing.T) {
	counted := strings.Replace(gardenFiles["garden.yml"], "  json_response({'vegetable': vegetable})", `  runs = (runs if defined('runs') else 0) + 1
  set_save_status('overwrite')
  json_response({'vegetable': vegetable, 'runs': runs})`, 1)
	h := open(t, map[string]string{"garden.yml": counted})
	for _, htmx := range []bool{false, true} {
		p := h.visit()
		pg := p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
		p.htmx = htmx
		data := pg.follow("As data")
		want := []int{200}
		if htmx {
			want = []int{204, 200}
			if !strings.HasPrefix(data.url.Path, "/result/") {
				t.Errorf("htmx was sent to %s", data.url)
			}
			if again := p.get(data.url.String()); again.body != data.body {
				t.Errorf("the result is %q when asked for again", again.body)
			}
		}
		if len(data.through) != len(want) || data.through[0] != want[0] {
			t.Errorf("htmx %v: answered by %v, want %v", htmx, data.through, want)
		}
		var got map[string]any
		if err := json.Unmarshal([]byte(data.body), &got); err != nil || got["vegetable"] != "turnip" || got["runs"] != 1.0 {
			t.Errorf("htmx %v: the data is %s", htmx, data.body)
		}
		if !strings.HasPrefix(data.header.Get("Content-Type"), "application/json") {
			t.Errorf("htmx %v: the data is %s", htmx, data.header.Get("Content-Type"))
		}
		p.htmx = false
		p.get(address("garden.yml")).wants("Which legume?").answer("Legume", "peas").wants("turnip with peas")
	}
}

func TestAResponseCanSendElsewhere(t *testing.T) {
	h := open(t, gardenFiles)
	for _, htmx := range []bool{false, true} {
		p := h.visit()
		pg := p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
		to := must(url.Parse(h.root + pg.link("Elsewhere")))(t)
		got := &page{p: p}
		next, err := p.once(got, http.MethodGet, to, "", nil, htmx)
		check(t, err)
		if next != "https://example.com/there" {
			t.Errorf("htmx %v: sent to %q by %d", htmx, next, got.status)
		}
	}
}

func TestButtonsThatEnd(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	end := func() *page { return p.begin("garden.yml").answer("Vegetable", "turnip").answer("Legume", "peas") }
	end().press("Again").wants("Which vegetable?")
	before := h.count("sessions")
	if pg := end().press("Leave"); pg.url.Path != "/" {
		t.Errorf("leaving leads to %s", pg.url)
	}
	if got := h.count("sessions"); got != before {
		t.Errorf("%d sessions are left after an exit, want %d", got, before)
	}
	p.get(address("garden.yml")).wants("Which vegetable?")
}

func TestAScreenAsData(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	pg := p.get(address("garden.yml") + "&json=1")
	if !strings.HasPrefix(pg.header.Get("Content-Type"), "application/json") {
		t.Fatalf("status %d, %s: %s", pg.status, pg.header.Get("Content-Type"), pg.body)
	}
	for _, want := range []string{`"questionText"`, "Which vegetable?", `"variable_name"`, "vegetable", `"csrf_token"`} {
		if !strings.Contains(pg.body, want) {
			t.Errorf("no %s in %s", want, pg.body)
		}
	}
	pg = p.get("/interview?json=1&i=" + url.QueryEscape(pkg+":nothing.yml"))
	if pg.status != http.StatusNotFound || !strings.Contains(pg.body, `"success":false`) {
		t.Errorf("an interview that is not there, as data: %d %s", pg.status, pg.body)
	}
}
