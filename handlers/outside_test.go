package handlers_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"colloquy/engine/config"
)

// board is an interview that anybody with its address may read and write.
const board = `
mandatory: True
code: |
  multi_user = True
---
mandatory: True
code: |
  count = 0
---
mandatory: True
code: |
  board
---
event: board
question: "Count: ${ count }"
subquestion: |
  [Here](${ url_action('more') })
  [Outside](${ interview_url_action('more') })
  [Single](${ interview_url_action('more', _once=True) })
  [Brief](${ interview_url_action('more', _expires=0.0000001) })
  [Lasting](${ interview_url_action('more', _expires=24) })
  [Goto](${ interview_url_action('more', temporary=2) })
  [Goto once](${ interview_url_action('more', once_temporary=2) })
  [Gone](${ interview_url(temporary=0.0000001) })
  [Read](${ interview_url_action('read') })
---
event: more
code: |
  count = count + 1
---
event: read
code: |
  set_save_status('ignore')
  json_response({'count': count})
`

const (
	chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36"
	safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Safari/605.1.15"
)

// navigation are the headers of a browser that goes to a page.
func navigation(site, user string, more ...string) map[string]string {
	h := map[string]string{"User-Agent": chrome, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
	if user != "" {
		h["Sec-Fetch-User"] = user
	}
	for i := 0; i+1 < len(more); i += 2 {
		h[more[i]] = more[i+1]
	}
	return h
}

// approaches are ways in which links that act are followed, and what becomes
// of them. "known" is a browser that has been here.
var approaches = []struct {
	name, method, link string
	known              bool
	headers            map[string]string
	verdict            string
}{
	{"a click in our page", "GET", "Here", true, navigation("same-origin", "?1"), "run"},
	{"our script", "GET", "Here", true, map[string]string{"User-Agent": chrome, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, "run"},
	{"an address typed by somebody known", "GET", "Outside", true, navigation("none", "?1"), "run"},
	{"an address opened without a person", "GET", "Outside", true, navigation("none", ""), "confirm"},
	{"a link in a mail, first visit", "GET", "Outside", false, navigation("none", "?1"), "confirm"},
	{"a link on another site, pressed", "GET", "Outside", true, navigation("cross-site", "?1"), "run"},
	{"a link on another site, first visit", "GET", "Outside", false, navigation("cross-site", "?1"), "confirm"},
	{"another site that redirects", "GET", "Outside", true, navigation("cross-site", ""), "confirm"},
	{"another site with a link of our page", "GET", "Here", true, navigation("cross-site", "?1"), "confirm"},
	{"another site that posts", "POST", "Outside", true, navigation("cross-site", "?1", "Origin", "https://elsewhere.example"), "confirm"},
	{"another site's image", "GET", "Outside", true, map[string]string{"User-Agent": chrome, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, "refuse"},
	{"another site's frame", "GET", "Outside", true, navigation("cross-site", "", "Sec-Fetch-Dest", "iframe"), "refuse"},
	{"another site's script", "GET", "Outside", true, map[string]string{"User-Agent": chrome, "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, "refuse"},
	{"the script of a site that is named", "GET", "Outside", true, map[string]string{"User-Agent": chrome, "Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, "run"},
	{"a page of a neighbouring host", "GET", "Outside", true, navigation("same-site", ""), "confirm"},
	{"an older Safari that was here", "GET", "Outside", true, map[string]string{"User-Agent": safari}, "run"},
	{"an older Safari, first visit", "GET", "Outside", false, map[string]string{"User-Agent": safari}, "confirm"},
	{"curl", "GET", "Outside", false, map[string]string{"User-Agent": "curl/8.5.0", "Accept": "*/*"}, "run"},
	{"curl that posts", "POST", "Outside", false, map[string]string{"User-Agent": "curl/8.5.0"}, "run"},
	{"a program of somebody's", "GET", "Outside", false, map[string]string{"User-Agent": "python-requests/2.31.0"}, "run"},
	{"a program without a name", "GET", "Outside", false, map[string]string{"User-Agent": ""}, "run"},
	{"prefetching", "GET", "Outside", true, navigation("same-origin", "", "Sec-Purpose", "prefetch"), "refuse"},
	{"prerendering", "GET", "Outside", true, navigation("none", "", "Sec-Purpose", "prefetch;prerender"), "refuse"},
	{"prefetching by an older Firefox", "GET", "Outside", true, map[string]string{"User-Agent": safari, "X-Moz": "prefetch"}, "refuse"},
	{"preview of an older Safari", "GET", "Outside", true, map[string]string{"User-Agent": safari, "X-Purpose": "preview"}, "refuse"},
	{"HEAD", "HEAD", "Outside", true, map[string]string{"User-Agent": "curl/8.5.0"}, "confirm"},
	{"Outlook's link protection", "GET", "Outside", false, map[string]string{"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0 Safari/537.36"}, "confirm"},
	{"a mail scanner by name", "GET", "Outside", false, map[string]string{"User-Agent": "Mozilla/5.0 (compatible; Barracuda Sentinel)"}, "confirm"},
	{"a mail scanner that drives a browser", "GET", "Outside", false, navigation("none", "?1", "User-Agent", chrome), "confirm"},
	{"WhatsApp's preview", "GET", "Outside", false, map[string]string{"User-Agent": "WhatsApp/2.23.20.0"}, "confirm"},
	{"Slack's preview", "GET", "Outside", false, map[string]string{"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}, "confirm"},
	{"Teams' preview", "GET", "Outside", false, map[string]string{"User-Agent": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"}, "confirm"},
	{"Facebook's preview", "GET", "Outside", false, map[string]string{"User-Agent": "facebookexternalhit/1.1"}, "confirm"},
	{"a crawler", "GET", "Outside", false, map[string]string{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, "confirm"},
}

func TestWhoMayAct(t *testing.T) {
	h := open(t, map[string]string{"board.yml": board}, set(func(c *config.Config) { c.CrossSiteDomains = []string{"https://friend.example"} }))
	for _, tt := range approaches {
		t.Run(tt.name, func(t *testing.T) {
			owner := h.visit()
			pg := owner.begin("board.yml").wants("Count: 0")
			who := h.visit()
			if tt.known {
				who = owner.elsewhere(h)
			}
			who.extra = tt.headers
			got := who.do(tt.method, pg.link(tt.link), "", nil)
			count := owner.get(address("board.yml")).heading()
			verdict := "run"
			switch {
			case got.status == http.StatusForbidden && count == "Count: 0":
				verdict = "refuse"
			case count == "Count: 0":
				verdict = "confirm"
			}
			if verdict != tt.verdict {
				t.Fatalf("verdict %s, want %s: %d %s", verdict, tt.verdict, got.status, got.text())
			}
			if verdict == "confirm" && tt.method == "GET" {
				confirmed(t, owner, who, got)
			}
		})
	}
}

// confirmed presses the one button of the page, as a person would.
func confirmed(t *testing.T, owner, who *person, pg *page) {
	t.Helper()
	form := find(pg.doc, "form", "method", "post")
	if form == nil {
		t.Fatalf("no button: %s", pg.text())
	}
	who.extra = navigation("same-origin", "?1", "Origin", who.house.root)
	who.do(http.MethodPost, attr(form, "action"), "", nil)
	owner.get(address("board.yml")).wants("Count: 1")
}

// Links from outside work as long and as often as their author said.
func TestLinksThatEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, at string) {
		h := openAt(t, at, map[string]string{"board.yml": board})
		owner := h.visit()
		pg := owner.begin("board.yml").wants("Count: 0")
		use := func(link, want string, status int) {
			t.Helper()
			got := h.visit().get(pg.link(link))
			if got.status != status || want != "" && !strings.Contains(got.text(), want) {
				t.Errorf("%s gives %d %q, want %d %q", link, got.status, got.text(), status, want)
			}
		}
		use("Single", "Count: 1", 200)
		use("Single", "This link works once, and it has been used.", 403)
		use("Brief", "The link has expired.", 403)
		use("Lasting", "Count: 2", 200)
		use("Lasting", "Count: 3", 200)
		use("Goto", "Count: 4", 200)
		use("Goto", "Count: 5", 200)
		use("Goto once", "Count: 6", 200)
		use("Goto once", "The link has expired.", 403)
		use("Gone", "The link has expired.", 403)
		if got := h.visit().get("/goto?c=nonsense"); got.status != 403 {
			t.Errorf("a code that never was gives %d", got.status)
		}
		owner.get(address("board.yml")).wants("Count: 6")
		if got := h.log.String(); strings.Contains(got, "goto?c") || strings.Contains(got, "action=") {
			t.Error("an address with a secret in it is in the log")
		}
	})
}

// A link that works once is not used up by what looks at it.
func TestAGlanceUsesNothingUp(t *testing.T) {
	h := open(t, map[string]string{"board.yml": board})
	pg := h.visit().begin("board.yml")
	for _, link := range []string{"Single", "Goto once"} {
		scanner := h.visit()
		scanner.extra = map[string]string{"User-Agent": safari}
		for range 3 {
			if got := scanner.get(pg.link(link)); find(got.doc, "form", "method", "post") == nil {
				t.Fatalf("%s: no button: %s", link, got.text())
			}
		}
		if got := h.visit().get(pg.link(link)); got.status != 200 {
			t.Errorf("%s is used up: %d %s", link, got.status, got.text())
		}
	}
}

// Attacks on links that act: none of them changes anything.
func TestAttacksOnLinks(t *testing.T) {
	h := open(t, map[string]string{"board.yml": board})
	owner, other := h.visit(), h.visit()
	pg := owner.begin("board.yml").wants("Count: 0")
	theirs := other.begin("board.yml").wants("Count: 0")
	change := func(link string, f func(q url.Values)) string {
		u := must(url.Parse(link))(t)
		q := u.Query()
		f(q)
		u.RawQuery = q.Encode()
		return u.String()
	}
	outside := pg.link("Outside")
	session := must(url.Parse(outside))(t).Query().Get("session")
	for _, tt := range []struct {
		name, address, says string
		status              int
	}{
		{"altered action", change(outside, func(q url.Values) { q.Set("action", encode(`{"action": "read", "arguments": {}}`)) }), "not made by this server", 403},
		{"altered signature", change(outside, func(q url.Values) { q.Set("_sig", strings.Repeat("A", len(q.Get("_sig")))) }), "not made by this server", 403},
		{"no signature", change(outside, func(q url.Values) { q.Del("_sig") }), "not made by this server", 403},
		{"of another session", change(theirs.link("Outside"), func(q url.Values) { q.Set("session", session) }), "not made by this server", 403},
		{"arguments of other types", change(outside, func(q url.Values) { q.Set("action", encode(`{"action": "more", "arguments": [1, 2]}`)) }), "not complete", 400},
		{"no JSON", change(outside, func(q url.Values) { q.Set("action", encode(`{"action": `)) }), "not complete", 400},
		{"no base64", change(outside, func(q url.Values) { q.Set("action", "%%%") }), "not complete", 400},
		{"a megabyte of arguments", change(outside, func(q url.Values) {
			q.Set("action", encode(`{"action": "more", "arguments": {"a": "`+strings.Repeat("x", 1<<20)+`"}}`))
		}), "", 431},
		{"a reserved name", change(outside, func(q url.Values) { q.Set("action", encode(`{"action": "_internal['answered']", "arguments": {}}`)) }), "not made by this server", 403},
		{"a statement", change(outside, func(q url.Values) { q.Set("action", encode(`{"action": "count = 99", "arguments": {}}`)) }), "cannot do", 400},
		{"a call", change(outside, func(q url.Values) { q.Set("action", encode(`{"action": "exit()", "arguments": {}}`)) }), "cannot do", 400},
		{"a page's link outside", change(pg.link("Here"), func(q url.Values) { q.Set("session", strings.Repeat("x", 32)) }), "not yours", 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := h.visit().try(http.MethodGet, tt.address, "", nil)
			hungUp := err != nil && tt.status == http.StatusRequestHeaderFieldsTooLarge // before it had heard all
			if !hungUp {
				check(t, err)
			}
			if !hungUp && got.status != tt.status || !hungUp && !strings.Contains(got.text(), tt.says) {
				t.Errorf("%d %q, want %d %q", got.status, got.text(), tt.status, tt.says)
			}
			owner.get(address("board.yml")).wants("Count: 0")
		})
	}
}

// encode writes an action as links carry it.
func encode(json string) string { return base64.RawStdEncoding.EncodeToString([]byte(json)) }

// Pages about a session that are no screen of it.
func TestPagesAboutASession(t *testing.T) {
	h := open(t, map[string]string{"plain.yml": `
mandatory: True
code: |
  fruit
  if fruit == 'fig':
    set_status(variable_access=False)
  done
---
question: Fruit?
fields:
  - Fruit: fruit
---
event: done
question: "Done ${ fruit } ${ url_args.get('a', 'none') }"
`})
	q := "?i=" + url.QueryEscape(pkg+":data/questions/plain.yml")
	p := h.visit()
	p.get(address("plain.yml")+"&new_session=1&a=1").wants("Fruit?").answer("Fruit", "pear").wants("Done pear 1")
	if got := p.get("/vars" + q); !strings.Contains(got.body, `"fruit": "pear"`) || !strings.Contains(got.body, `"success": true`) {
		t.Errorf("the variables are %s", got.body)
	}
	for what, got := range map[string]*page{"nothing said": p.get("/vars"), "no session": h.visit().get("/vars" + q)} {
		if got.status != 400 || got.body != "Invalid request" {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}
	id := column(t, h.db, "select id from sessions")[0]
	if got := h.visit().get("/vars" + q + "&session=" + id); !strings.Contains(got.body, `"success":false`) {
		t.Errorf("a stranger reads %s", got.body)
	}
	foreign := p.elsewhere(h)
	foreign.extra = map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
	if got := foreign.get("/vars" + q); got.status != 403 {
		t.Errorf("another site reads %d %s", got.status, got.body)
	}

	p.get("/new_session"+q).wants("Fruit?").answer("Fruit", "fig").wants("Done fig 1")
	if got := p.get("/vars" + q); !strings.Contains(got.body, `"success":false`) {
		t.Errorf("closed variables are %s", got.body)
	}
	form := url.Values{"i": {pkg + ":data/questions/plain.yml"}, "session": {id}, "b": {"2"}}
	p.do(http.MethodPost, "/resume", "application/x-www-form-urlencoded", []byte(form.Encode())).wants("Done pear 1")
	if got := p.do(http.MethodPost, "/resume", "application/x-www-form-urlencoded", []byte("i=x")); got.status != 403 {
		t.Errorf("resuming nothing gives %d", got.status)
	}
	p.get("/restart_session" + q).wants("Fruit?")
	if left := column(t, h.db, "select id from sessions"); len(left) != 2 || strings.Contains(strings.Join(left, " "), id) {
		t.Errorf("sessions %v are left, %s was to be restarted", left, id)
	}
	p.get("/exit" + q)
	if left := column(t, h.db, "select id from sessions"); len(left) != 1 {
		t.Errorf("sessions %v are left after leaving", left)
	}
}

// The example of the README: a program without cookies reads what a person
// chose, and the person changes either answer by a link.
func TestFruitForAnotherProgram(t *testing.T) {
	h := open(t, nil, withDemo)
	for _, scripts := range []bool{true, false} {
		t.Run(map[bool]string{true: "with scripts", false: "without scripts"}[scripts], func(t *testing.T) {
			h := h.in(t)
			w := h.walk(scripts)
			w.open(demoAddress("fruit.yml") + "&new_session=1").wants("Which fruit would you like?")
			w.pick("fig")
			w.press("Continue").wants("How many pieces?")
			w.write("Pieces", "2").press("Continue").wants("Two figs")
			link := w.see("thing('The bowl as JSON').href")
			reads := func(want string) {
				t.Helper()
				res, err := (&http.Client{}).Get(link)
				check(t, err)
				defer res.Body.Close()
				body := string(must(io.ReadAll(res.Body))(t))
				if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/json" || strings.Join(strings.Fields(body), "") != want {
					t.Errorf("the program reads %d %s %q, want %s", res.StatusCode, res.Header.Get("Content-Type"), body, want)
				}
			}
			reads(`{"fruit":"fig","pieces":2}`)
			w.press("another number").wants("How many pieces?").write("Pieces", "5").press("Continue").wants("Five figs")
			reads(`{"fruit":"fig","pieces":5}`)
			w.press("Another fruit").wants("Which fruit would you like?")
			w.pick("apple")
			w.press("Continue").wants("Five apples")
			reads(`{"fruit":"apple","pieces":5}`)
		})
	}
}

// pick chooses in the page's one list.
func (w *walker) pick(option string) {
	w.t.Helper()
	if got := w.see("[...document.querySelector('select').options].filter((o) => text(o) === '" + option + "').map((o) => { o.selected = true; return o.text; })"); got != option {
		w.t.Fatalf("there is no %s to choose: %s", option, got)
	}
}

// A program answers with JSON what it reads as JSON.
func TestAnswersAsJSON(t *testing.T) {
	h := open(t, map[string]string{"meal.yml": `
mandatory: True
code: |
  fruit
  pieces
  extras
  fresh
  done
---
question: Fruit?
fields:
  - Fruit: fruit
    choices: [apple, fig]
  - Pieces: pieces
    datatype: integer
    max: 9
---
question: Extras?
fields:
  - Extras: extras
    datatype: checkboxes
    choices: [sugar, cream]
  - Note: note
    required: False
---
question: Fresh?
yesno: fresh
---
event: done
question: "Done: ${ fruit } ${ pieces } ${ extras.true_values() } ${ fresh }"
`})
	p := h.visit()
	to := address("meal.yml") + "&json=1"
	read := func(pg *page, status int) map[string]any {
		t.Helper()
		var o map[string]any
		if err := json.Unmarshal([]byte(pg.body), &o); err != nil || pg.status != status {
			t.Fatalf("%d %v %s, want status %d", pg.status, err, pg.body, status)
		}
		return o
	}
	now := read(p.get(to+"&new_session=1"), 200)
	post := func(question string, variables string, status int) map[string]any {
		t.Helper()
		body := fmt.Sprintf(`{"csrf_token": %q, "session": %q, "_question_name": %q, "variables": %s}`, now["csrf_token"], now["session"], question, variables)
		return read(p.do(http.MethodPost, address("meal.yml"), "application/json", []byte(body)), status)
	}
	name := func(o map[string]any) string { return o["_question_name"].(string) }
	first := name(now)
	got := post(first, `{"fruit": "turnip", "pieces": 12}`, 422)
	errors := got["errors"].(map[string]any)
	if errors["fruit"] != "You need to select one." || errors["pieces"] != "You need to enter a number that is at most 9." {
		t.Errorf("errors: %v", errors)
	}
	got = post(first, `{"fruit": "fig", "pieces": 3}`, 200)
	if got["questionText"] != "Extras?" {
		t.Fatalf("it asks %v", got["questionText"])
	}
	post(first, `{"fruit": "apple", "pieces": 1}`, 409) // that is not asked any more
	post(name(got), `{"extras": [1]}`, 400)
	got = post(name(got), `{"extras": {"sugar": false, "cream": true}, "note": null, "fruit": "apple"}`, 200)
	got = post(name(got), `{"fresh": true}`, 200)
	if got["questionText"] != "Done: fig 3 cream True" {
		t.Errorf("in the end it says %v", got["questionText"])
	}
	stranger := h.visit()
	if pg := stranger.do(http.MethodPost, address("meal.yml"), "application/json", []byte(`{"variables": {}}`)); pg.status != 403 {
		t.Errorf("without a token: %d %s", pg.status, pg.body)
	}
	if pg := p.do(http.MethodPost, address("meal.yml"), "application/json", []byte(`{"nonsense": 1}`)); pg.status != 400 {
		t.Errorf("an unknown key: %d %s", pg.status, pg.body)
	}
}

// The gates of metadata ask those to sign in who have to be somebody.
func TestGatesOfMetadata(t *testing.T) {
	rest := "---\nmandatory: True\nquestion: Inside\nsubquestion: |\n  [Do](${ url_action('do') })\n---\nevent: do\ncode: |\n  done = True\n---\nevent: other\ncode: |\n  done = True\n"
	gates := map[string]string{
		"login": "require login: True", "login-or-not": "require login: True\n  required privileges: [admin, anonymous]",
		"admins": "required privileges: [admin]", "one": "required privileges: developer", "all": "required privileges: [anonymous, user]",
		"begin": "required privileges for initiating: [admin]", "nobody": "required privileges for initiating: []",
		"unique": "sessions are unique: True", "open": "require login: False", "temporary": "temporary session: True", "narrow": "allowed actions: [do]",
	}
	yaml := map[string]string{}
	for name, gate := range gates {
		yaml[name+".yml"] = "metadata:\n  title: Gate\n  " + gate + "\n" + rest
	}
	h := open(t, yaml)
	for name := range gates {
		pg := h.visit().begin(name + ".yml")
		switch name {
		case "login-or-not", "all", "open", "temporary", "narrow":
			pg.wants("Inside")
		default:
			if pg.heading() != "Sign in" || !strings.Contains(pg.text(), "You need to be logged in") {
				t.Errorf("%s: %d %s", name, pg.status, pg.text())
			}
		}
	}
	before := h.count("sessions")
	p := h.visit()
	p.begin("temporary.yml").wants("Inside")
	p.begin("temporary.yml").wants("Inside")
	if n := h.count("sessions") - before; n != 1 {
		t.Errorf("%d temporary sessions are kept", n)
	}
	pg := p.begin("narrow.yml").wants("Inside")
	call := func(action string) *page {
		form := url.Values{"_action": {encode(`{"action": "` + action + `", "arguments": {}}`)},
			"csrf_token": {attr(find(pg.doc, "meta", "name", "csrf-token"), "content")}}
		return p.do(http.MethodPost, address("narrow.yml"), "application/x-www-form-urlencoded", []byte(form.Encode()))
	}
	call("do").wants("Inside")
	for _, action := range []string{"other", "_da_force_ask"} {
		if got := call(action); got.status != http.StatusForbidden || !strings.Contains(got.text(), "does not let its pages do that") {
			t.Errorf("%s, which is not allowed: %d %s", action, got.status, got.text())
		}
	}
}
