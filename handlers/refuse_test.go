package handlers_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/config"
)

// broken are interviews with one mistake each.
var broken = map[string]string{
	"yaml.yml": "mandatory: True\nquestion: Fine\n---\nquestion: [never closed\n",
	"datatype.yml": `
mandatory: True
code: a
---
question: A
fields:
  - A: a
    datatype: nonsense
`,
	"syntax.yml": "mandatory: True\ncode: |\n  a = 1\n  if a ==\n    b = 2\n",
	"circle.yml": `
mandatory: True
code: a
---
code: |
  a = b
---
code: |
  b = a
`,
	"undefined.yml": `
mandatory: True
question: The ${ squirrel }
`,
	"division.yml": `
id: the sum
mandatory: True
code: |
  secret = 'hazelnut'
  x = 1 / 0
`,
	"forever.yml": `
mandatory: True
code: |
  while True:
    pass
`,
	"memory.yml": `
mandatory: True
code: |
  x = 'ab'
  while True:
    x = x + x
`,
}

// What is wrong with an interview is told to its author, where authors look,
// and to nobody else.
func TestMistakesOfAuthors(t *testing.T) {
	quick := set(func(c *config.Config) { c.Limits.Time = 2 * time.Second; c.Limits.Memory = 32 << 20 })
	users, authors := open(t, broken, quick), open(t, broken, quick, withDebug)
	for _, tt := range []struct {
		file  string
		says  []string // to authors
		hides string   // from users, besides all of that
	}{
		{"yaml.yml", []string{"yaml.yml:5", "line 4"}, "never closed"},
		{"datatype.yml", []string{"datatype.yml:8", "nonsense"}, "fields"},
		{"syntax.yml", []string{"syntax.yml:4"}, "a =="},
		{"circle.yml", []string{"circle.yml", "seeking a", "seeking b"}, "circular"},
		{"undefined.yml", []string{"undefined.yml:3", "squirrel"}, "question"},
		{"division.yml", []string{"division.yml:6", "ZeroDivisionError", "division by zero", "the sum"}, "hazelnut"},
		{"forever.yml", []string{"forever.yml:4"}, "while"},
		{"memory.yml", []string{"memory.yml:6"}, "while"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			began := time.Now()
			pg := users.visit().begin(tt.file)
			took := time.Since(began)
			if pg.status < 500 || !strings.Contains(pg.text(), "Something went wrong") {
				t.Errorf("users see %d %s", pg.status, pg.text())
			}
			for _, not := range append([]string{tt.hides, "Traceback", ".go:"}, tt.says...) {
				if not != "[" && strings.Contains(byID(pg.doc, "question").Data+text(byID(pg.doc, "question")), not) && not != tt.file {
					t.Errorf("users see %q: %s", not, text(byID(pg.doc, "question")))
				}
			}
			debug := authors.visit().begin(tt.file)
			for _, want := range tt.says {
				if !strings.Contains(debug.text(), want) {
					t.Errorf("authors do not see %q: %s", want, text(byID(debug.doc, "question")))
				}
			}
			if got := users.counts(); got != "0 sessions, 0 steps, 0 effects" {
				t.Errorf("there are %s", got)
			}
			fault := first(debug.doc, func(n *html.Node) bool { return attr(n, "class") == "fault-heading" })
			t.Logf("%d in %v; authors read: %s", pg.status, took.Round(time.Millisecond), text(fault))
		})
	}
	if strings.Contains(users.log.String(), "hazelnut") {
		t.Error("the log holds an answer")
	}
}

// A mistake on the way leaves the session where it was, and the way back open.
func TestAMistakeMidwayKeepsTheSession(t *testing.T) {
	h := open(t, map[string]string{"midway.yml": `
mandatory: True
code: |
  name
  x = 1 / int(divisor)
  done
---
question: Name?
fields:
  - Name: name
---
question: Divisor?
fields:
  - Divisor: divisor
---
event: done
question: ${ name } ${ x }
`})
	for _, htmx := range []bool{false, true} {
		p := h.visit()
		pg := p.begin("midway.yml").answer("Name", "Ada").wants("Divisor?")
		p.htmx = htmx
		before := h.counts()
		got := pg.answer("Divisor", "0")
		if !strings.Contains(got.text(), "Something went wrong") || strings.Contains(got.text(), "ZeroDivision") {
			t.Errorf("htmx %v: %d %s", htmx, got.status, got.text())
		}
		if want := map[bool]int{false: 500, true: 200}[htmx]; got.status != want {
			t.Errorf("htmx %v: status %d, want %d", htmx, got.status, want)
		}
		if after := h.counts(); after != before {
			t.Errorf("htmx %v: the failed step made %s of %s", htmx, after, before)
		}
		pg = p.get(address("midway.yml")).wants("Divisor?")
		pg.answer("Divisor", "1").wants("Ada 1.0")
	}
}

func TestRequestsThatAreNotOurs(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	pg := p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
	here := must(url.Parse(pg.link("Change the vegetable")))(t)
	with := func(name, value string) string {
		q := here.Query()
		if value == "" {
			q.Del(name)
		} else {
			q.Set(name, value)
		}
		return here.Path + "?" + q.Encode()
	}
	encoded := func(text string) string { return base64.RawStdEncoding.EncodeToString([]byte(text)) }
	post := func(change func(f *form)) func() *page {
		return func() *page { f := pg.form("Legume", "peas"); change(f); return p.send(f) }
	}
	get := func(to string) func() *page { return func() *page { return p.get(to) } }
	before := h.counts()
	for _, tt := range []struct {
		name   string
		do     func() *page
		status int
		says   string
	}{
		{"an action without a signature", get(with("_sig", "")), 403, "This link was not made by this server, or it was changed, so nothing was done."},
		{"an action with another's signature", get(with("_sig", must(url.Parse(pg.link("As data")))(t).Query().Get("_sig"))), 403, "This link was not made by this server"},
		{"an altered action", get(with("action", encoded(`{"action": "legume", "arguments": {}}`))), 403, "This link was not made by this server"},
		{"an action that is no base64", get(with("action", "!!!")), 400, "This link is not complete, so nothing was done."},
		{"an action that is no JSON", get(with("action", encoded("vegetable"))), 400, "This link is not complete"},
		{"an action that is a list", get(with("action", encoded(`["vegetable"]`))), 400, "This link is not complete"},
		{"an action without a name", get(with("action", encoded(`{"arguments": {}}`))), 400, "This link is not complete"},
		{"an action that is code", get(with("action", encoded(`{"action": "__import__('os')", "arguments": {}}`))), 400, "This link asks for something the interview cannot do."},
		{"an action with a broken signature", get(with("_sig", "abc")), 403, "This link was not made by this server"},
		{"a form without its token against forgery", post(func(f *form) { f.drop("csrf_token") }), 403, "We could not tell that this answer came from our page."},
		{"a form with a forged token", post(func(f *form) { f.set("csrf_token", "guess") }), 403, "We could not tell that this answer came from our page."},
		{"a form that names no question", post(func(f *form) { f.drop("_form") }), 400, "We could not tell which question this form belongs to."},
		{"a form that names another question", post(func(f *form) { f.set("_form", strings.Repeat("A", 80)) }), 400, "We could not tell which question"},
		{"a form with a question of our own making", post(func(f *form) {
			_, sig, _ := strings.Cut(*f.get("_form"), ".")
			f.set("_form", base64.RawURLEncoding.EncodeToString([]byte(`{"b":"supper"}`))+"."+sig)
		}), 400, "We could not tell which question"},
		{"a form that is no form", func() *page {
			return p.do(http.MethodPost, address("garden.yml"), "application/x-www-form-urlencoded", []byte("%zz=%"))
		}, 400, "We could not read your answer."},
		{"a multipart form without parts", func() *page {
			return p.do(http.MethodPost, address("garden.yml"), "multipart/form-data; boundary=x", []byte("nothing"))
		}, 400, "We could not read your answer."},
		{"a form with too many fields", func() *page {
			return p.do(http.MethodPost, address("garden.yml"), "application/x-www-form-urlencoded", []byte(strings.Repeat("a=1&", 6000)))
		}, 413, "This form has too many fields."},
		{"an interview that is not there", get("/interview?i=" + pkg + ":data/questions/no.yml"), 404, "There is no such interview here."},
		{"a package that is not there", get("/interview?i=nobody:data/questions/no.yml"), 404, "There is no such interview here."},
		{"a name that leads out", get("/interview?i=" + url.QueryEscape(pkg+":data/questions/../../../../etc/passwd")), 404, "There is no such interview here."},
		{"an address that is not there", get("/nowhere"), 404, "There is no page at this address."},
		{"a short address that is not there", get("/start/nothing/"), 404, "There is no interview at this address."},
		{"a result that is not kept", get("/result/" + strings.Repeat("x", 32)), 404, "This result is no longer kept."},
		{"a static file that is not there", get("/static/nothing.js"), 404, "There is no such file."},
		{"a static file elsewhere", get("/static/..%2f..%2fgo.mod"), 404, "There is no such file."},
		{"a package file elsewhere", get("/packagestatic/" + pkg + "/..%2fquestions%2fgarden.yml"), 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.do()
			if got.status != tt.status || !strings.Contains(got.text(), tt.says) {
				t.Errorf("status %d, want %d: %s", got.status, tt.status, got.text())
			}
			if byID(got.doc, "question") == nil || strings.Contains(got.text(), "goroutine") {
				t.Errorf("not our page: %s", got.body)
			}
			if after := h.counts(); after != before {
				t.Errorf("it made %s of %s", after, before)
			}
		})
	}
	p.get(address("garden.yml")).wants("Which legume?").answer("Legume", "peas").wants("turnip with peas")
}

// 50 MB are refused before anything is made of them, and the server goes on.
func TestAPostThatIsTooLarge(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	pg := p.begin("garden.yml").wants("Which vegetable?")
	f := pg.form("Vegetable", strings.Repeat("turnip ", 50<<20/7))
	began := time.Now()
	got, err := p.trySend(f)
	took := time.Since(began)
	if err != nil {
		t.Fatalf("after %v: %v", took, err)
	}
	if got.status != http.StatusRequestEntityTooLarge || !strings.Contains(got.text(), "What was sent is too large for this server.") {
		t.Errorf("status %d: %s", got.status, got.text())
	}
	t.Logf("refused in %v", took.Round(time.Millisecond))
	p.get(address("garden.yml")).wants("Which vegetable?").answer("Vegetable", "turnip").wants("Which legume?")
}

// Names that a form may not set are not set.
func TestAFormSetsItsOwnFieldsOnly(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	f := p.begin("garden.yml").form("Vegetable", "turnip")
	for _, name := range []string{"legume", "multi_user", "vegetable.__class__", "__builtins__", "url_args['x']"} {
		f.set(base64.RawStdEncoding.EncodeToString([]byte(name)), "stolen")
	}
	p.send(f).wants("Which legume?")
}

func TestWhatEveryAnswerCarries(t *testing.T) {
	h := open(t, gardenFiles, withStatic("note.css", "body { color: red }"))
	p := h.visit()
	pg := p.begin("garden.yml")
	csp := pg.header.Get("Content-Security-Policy")
	nonce := ""
	for _, part := range strings.Fields(strings.ReplaceAll(csp, ";", " ")) {
		if v, ok := strings.CutPrefix(part, "'nonce-"); ok {
			nonce = strings.TrimSuffix(v, "'")
		}
	}
	if nonce == "" || strings.Contains(strings.Split(csp, "style-src")[0], "unsafe") || !strings.Contains(csp, "object-src 'none'") {
		t.Errorf("the policy is %s", csp)
	}
	scripts := 0
	for n := range pg.doc.Descendants() {
		if n.Data != "script" {
			continue
		}
		scripts++
		if attr(n, "nonce") != nonce {
			t.Errorf("a script carries the nonce %q, the policy %q", attr(n, "nonce"), nonce)
		}
	}
	if scripts == 0 {
		t.Error("the page has no scripts")
	}
	for n := range pg.doc.Descendants() {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s has %s", n.Data, a.Key)
			}
		}
	}
	other := h.visit().begin("garden.yml")
	if strings.Contains(other.header.Get("Content-Security-Policy"), nonce) {
		t.Error("two browsers have the same nonce")
	}
	for to, want := range map[string]string{"/": "no-store", "/nowhere": "no-store", attr(find(pg.doc, "link", "rel", "stylesheet"), "href"): "immutable",
		"/packagestatic/" + pkg + "/note.css": "max-age"} {
		got := p.get(to)
		if !strings.Contains(got.header.Get("Cache-Control"), want) || got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", to, got.status, got.header)
		}
	}
	if got := p.get("/packagestatic/" + pkg + "/note.css"); got.status != 200 || got.body != "body { color: red }" || !strings.HasPrefix(got.header.Get("Content-Type"), "text/css") {
		t.Errorf("a static file: %d %s %q", got.status, got.header.Get("Content-Type"), got.body)
	}
	for _, c := range p.web.Jar.Cookies(must(url.Parse(h.root))(t)) {
		if strings.Contains(pg.body, c.Value) {
			t.Errorf("the cookie %s is on the page", c.Name)
		}
	}
	for _, line := range pg.header.Values("Set-Cookie") {
		if low := strings.ToLower(line); !strings.Contains(low, "httponly") || !strings.Contains(low, "samesite=lax") {
			t.Errorf("cookie: %s", line)
		}
	}
}

func TestTheListAndShortAddresses(t *testing.T) {
	h := open(t, map[string]string{"garden.yml": gardenFiles["garden.yml"], "yaml.yml": broken["yaml.yml"]})
	p := h.visit()
	pg := p.get("/list")
	for _, want := range []string{"Garden", "it has mistakes that its author must mend"} {
		if !strings.Contains(pg.text(), want) {
			t.Errorf("the list lacks %q: %s", want, pg.text())
		}
	}
	pg.follow("Garden").wants("Which vegetable?").answer("Vegetable", "turnip").wants("Which legume?")
	short := "/run/" + pkg + "/garden/"
	p.get(short).wants("Which legume?")
	pg = p.get("/start/"+pkg+"/garden/").wants("Which vegetable?").answer("Vegetable", "leek").wants("Which legume?")
	if pg.url.Path != short {
		t.Errorf("after a post the address is %s", pg.url)
	}
	link := pg.link("Change the vegetable")
	if !strings.HasPrefix(link, short) {
		t.Errorf("a link of the page leads to %s", link)
	}
	p.get(link).wants("Which vegetable?").answer("Vegetable", "kale").answer("Legume", "peas").wants("kale with peas")
	if got := h.count("sessions"); got != 2 {
		t.Errorf("there are %d sessions", got)
	}
	p.get("/restart_session?i=" + url.QueryEscape(pkg+":data/questions/garden.yml")).wants("Which vegetable?")
	if got := h.count("sessions"); got != 2 {
		t.Errorf("after a restart there are %d sessions", got)
	}
	p.get("/new_session?i=" + url.QueryEscape(pkg+":data/questions/garden.yml")).wants("Which vegetable?")
	if got := h.count("sessions"); got != 3 {
		t.Errorf("with a new one there are %d sessions", got)
	}
	if got := fmt.Sprint(p.get("/health").body); got != "ok\n" {
		t.Errorf("health: %q", got)
	}
}

// A mistake in a module shows where in the module, who called it from where in
// the YAML, the line with its column marked, and what was probably meant.
func TestAMistakeInAModule(t *testing.T) {
	h := open(t, map[string]string{"calls.yml": `
modules:
  - .tools
---
id: sums
mandatory: True
code: |
  x = outer([5])
---
mandatory: True
question: Done
`}, withDebug, withModule("tools.py", "def total(items):\n    for item in items:\n        return itm + 1\n\ndef outer(items):\n    return total(items)\n"))
	pg := h.visit().begin("calls.yml")
	got := pg.text()
	for _, want := range []string{"NameError: name 'itm' is not defined", pkg + ":tools.py:3:16", "in block ID sums", "Did you mean item?",
		"calls.yml:8", "outer " + pkg + ":tools.py:6", "total " + pkg + ":tools.py:3"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said: %s", want, got)
		}
	}
	if !strings.Contains(pg.body, "        return itm + 1\n               ^") {
		t.Errorf("the column is not marked: %s", pg.body)
	}
}
