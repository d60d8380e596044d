package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"colloquy/engine/config"
)

// A kind is a way in which an action may end, and what comes of it: an answer
// that is not a page (kind), an address to go to (goes), or a screen (shows).
type kind struct {
	name, code string
	status     int
	is, body   string // content type and body; a body with "..." around it is part of it
	goes       string
	shows      string
	runs       string // the heading of the session afterwards
}

const jsonKind, textKind = "application/json", "text/plain; charset=utf-8"

var kinds = []kind{
	{name: "text", code: "response('Héllo')", is: textKind, body: "Héllo"},
	{name: "keyword", code: "response(response='x')", is: textKind, body: "x"},
	{name: "typed", code: "response('a,b', content_type='text/csv')", is: "text/csv", body: "a,b"},
	{name: "status", code: "response('no', response_code=404)", status: 404, is: textKind, body: "no"},
	{name: "binary", code: "response(binaryresponse=bytes([0, 255, 97]))", is: textKind, body: "\x00\xffa"},
	{name: "typed binary", code: "response(binaryresponse='GIF'.encode('utf-8'), content_type='image/gif', response_code=203)", status: 203, is: "image/gif", body: "GIF"},
	{name: "first wins", code: "response('text', binaryresponse='b'.encode('utf-8'), url='/x')", is: textKind, body: "text"},
	{name: "file", code: "response(file='note.txt')", is: textKind, body: "a note"},
	{name: "package file", code: "response(file='" + pkg + ":data/static/note.txt')", is: textKind, body: "a note"},
	{name: "typed file", code: "response(file='note.txt', content_type='text/x-note')", is: "text/x-note", body: "a note"},
	{name: "missing file", code: "response(file='nowhere.txt')", status: 404, is: textKind, body: "File not found"},
	{name: "variables", code: "response(all_variables=True)", is: jsonKind, body: `..."runs": 1...`},
	{name: "variables as JSON", code: "variables_as_json()", is: jsonKind, body: `..."runs": 1...`},
	{name: "internal too", code: "variables_as_json(include_internal=True)", is: jsonKind, body: `..."_internal": ...`},
	{name: "JSON", code: "json_response({'b': 2, 'a': [1, None, 'é']})", is: jsonKind, body: "{\n  \"a\": [\n    1,\n    null,\n    \"\\u00e9\"\n  ],\n  \"b\": 2\n}\n"},
	{name: "JSON with a status", code: "json_response({'made': True}, response_code=201)", status: 201, is: jsonKind, body: "{\n  \"made\": true\n}\n"},
	{name: "empty", code: "response()", is: textKind, body: "Empty Response"},
	{name: "nothing", code: "response(null=True)", is: textKind, body: "", runs: "Runs: 0"},
	{name: "sleep", code: "response('later', sleep=5)", is: textKind, body: "later"},
	{name: "address", code: "response(url='https://example.com/there')", goes: "https://example.com/there"},
	{name: "own address", code: "response(url='/list')", goes: "/list"},
	{name: "leave", code: "command('leave')", goes: "https://example.org/bye"},
	{name: "leave for", code: "command('leave', url='https://example.com/off')", goes: "https://example.com/off"},
	{name: "interview exit", code: "command('interview_exit')", goes: "https://example.org/bye"},
	{name: "exit", code: "command('exit')", goes: "https://example.org/bye", runs: "none"},
	{name: "exit for", code: "command('exit', url='https://example.com/off')", goes: "https://example.com/off", runs: "none"},
	{name: "exit and log out", code: "command('exit_logout')", goes: "https://example.org/bye", runs: "none"},
	{name: "log out", code: "command('logout')", goes: "https://example.org/bye"},
	{name: "sign in", code: "command('signin')", goes: "/user/sign-in?"},
	{name: "register", code: "command('register')", goes: "/user/register?"},
	{name: "new session", code: "command('new_session')", goes: "/interview?i="},
	{name: "refresh", code: "command('refresh')", goes: "/interview?i="},
	{name: "continue", code: "command('continue')", goes: "/interview?i="},
	{name: "restart", code: "command('restart')", shows: "Runs: 0", runs: "Runs: 0"},
	{name: "message", code: "message('Hear this', 'now')", shows: "Hear this"},
	{name: "wait", code: "command('wait', sleep=7, question_text='Hold on')", shows: "Hold on"},
	{name: "wait, unsaid", code: "command('wait')", shows: "Please wait . . ."},
}

// responding is an interview with an action for every kind, as a page's link
// and as a link for others.
func responding() string {
	var b strings.Builder
	b.WriteString("mandatory: True\ncode: |\n  multi_user = True\n  runs = 0\n---\nmandatory: True\ncode: |\n  board\n---\nevent: board\nquestion: \"Runs: ${ runs }\"\nsubquestion: |\n")
	for i, k := range kinds {
		fmt.Fprintf(&b, "  [%s](${ url_action('kind%d') }) [%s, outside](${ interview_url_action('kind%d') })\n", k.name, i, k.name, i)
	}
	for i, k := range kinds {
		fmt.Fprintf(&b, "---\nevent: kind%d\ncode: |\n  runs += 1\n  %s\n", i, k.code)
	}
	return b.String()
}

// A channel is a way in which an action is asked for.
type channel struct {
	name string
	ask  func(owner *person, board *page, name string) (answer *page, next string)
}

var channels = []channel{
	{"page", func(owner *person, board *page, name string) (*page, string) {
		return owner.single(http.MethodGet, board.link(name), nil)
	}},
	{"htmx", func(owner *person, board *page, name string) (*page, string) {
		owner.htmx = true
		defer func() { owner.htmx = false }()
		return owner.single(http.MethodGet, board.link(name), nil)
	}},
	{"action_call", func(owner *person, board *page, name string) (*page, string) {
		return owner.single(http.MethodPost, address("kinds.yml"), callOf(board, name))
	}},
	{"program", func(owner *person, board *page, name string) (*page, string) {
		program := owner.house.visit()
		program.web.Jar = nil
		program.extra = map[string]string{"User-Agent": "curl/8.5.0", "Accept": "*/*"}
		return program.single(http.MethodGet, board.link(name+", outside"), nil)
	}},
	{"json", func(owner *person, board *page, name string) (*page, string) {
		return owner.single(http.MethodGet, board.link(name)+"&json=1", nil)
	}},
}

// single sends one request and gives the address that the answer leads to.
func (p *person) single(method, to string, form url.Values) (*page, string) {
	p.t.Helper()
	pg, kind := &page{p: p}, ""
	if form != nil {
		kind = "application/x-www-form-urlencoded"
	}
	at := must(must(url.Parse(p.house.root))(p.t).Parse(to))(p.t)
	next, err := p.once(pg, method, at, kind, []byte(form.Encode()), p.htmx)
	check(p.t, err)
	if _, away, ok := strings.Cut(pg.header.Get("Refresh"), "url="); ok { // how forms lead to other sites
		next = away
	}
	return pg, next
}

// callOf is what action_call posts to run the action of a link.
func callOf(board *page, name string) url.Values {
	q := must(url.Parse(board.link(name)))(board.p.t).Query()
	return url.Values{"_action": {q.Get("action")}, "session": {q.Get("session")}, "_readonly": {"0"},
		"csrf_token": {attr(find(board.doc, "meta", "name", "csrf-token"), "content")}}
}

// Every way in which an action may end, by every way of asking for it. The API
// comes later.
func TestChecklist13EveryKindOfResponse(t *testing.T) {
	h := open(t, map[string]string{"kinds.yml": responding()}, withStatic("note.txt", "a note"),
		set(func(c *config.Config) { c.ExitPage = "https://example.org/bye" }))
	for _, k := range kinds {
		for _, ch := range channels {
			t.Run(k.name+" by "+ch.name, func(t *testing.T) {
				owner := h.in(t).visit()
				board := owner.begin("kinds.yml").wants("Runs: 0")
				got, next := ch.ask(owner, board, k.name)
				if caching := got.header.Get("Cache-Control"); caching != "no-store" {
					t.Errorf("it may be kept: Cache-Control %q", caching)
				}
				switch {
				case k.goes != "":
					k.leads(t, ch.name, got, next)
				case k.shows != "":
					k.showing(t, ch.name, got, next)
				default:
					k.answers(t, ch.name, owner, got, next)
				}
				k := k
				if ch.name == "program" && k.runs == "none" {
					k.runs = "Runs: 1" // it has no part in the session that it could give up
				}
				k.leaves(t, owner, board)
			})
		}
	}
}

// answers checks what is sent instead of a page.
func (k *kind) answers(t *testing.T, how string, owner *person, got *page, next string) {
	t.Helper()
	if how == "htmx" {
		if got.status != http.StatusNoContent || !strings.HasPrefix(next, "/result/") {
			t.Fatalf("%d, to %q", got.status, next)
		}
		got, next = owner.single(http.MethodGet, next, nil)
	}
	if part := strings.Trim(k.body, "."); part != k.body && strings.Contains(got.body, part) && json.Valid([]byte(got.body)) {
		got.body = k.body
	}
	if status := orStatus(k.status); next != "" || got.status != status || got.header.Get("Content-Type") != k.is || got.body != k.body {
		t.Errorf("%d %s %q, to %q; want %d %s %q", got.status, got.header.Get("Content-Type"), got.body, next, status, k.is, k.body)
	}
	if how == "program" && got.header.Get("Set-Cookie") != "" {
		t.Errorf("a program that needs none gets cookies")
	}
	if name := got.header.Get("Content-Disposition"); strings.HasSuffix(k.name, "file") && k.status == 0 && name != `inline; filename=note.txt` {
		t.Errorf("the file is called %q", name)
	}
}

func orStatus(n int) int {
	if n == 0 {
		return http.StatusOK
	}
	return n
}

// leads checks where the browser or program is sent.
func (k *kind) leads(t *testing.T, how string, got *page, next string) {
	t.Helper()
	want := map[string]int{"htmx": http.StatusNoContent, "action_call": http.StatusOK}[how]
	if want == 0 {
		want = http.StatusFound
	}
	var said struct{ Action, URL string }
	if how == "action_call" || how == "json" {
		if err := json.Unmarshal([]byte(got.body), &said); err != nil || said.Action != "redirect" || how == "json" && said.URL != next {
			t.Errorf("the body says %q, %v", got.body, err)
		}
		next = said.URL
	}
	if got.status != want || !strings.HasPrefix(next, k.goes) || strings.HasPrefix(k.goes, "http") && next != k.goes {
		t.Errorf("%d to %q, want %d to %q", got.status, next, want, k.goes)
	}
	if ours := strings.HasPrefix(k.goes, "/"); how == "json" && ours != strings.Contains(next, "json=1") {
		t.Errorf("a program that reads JSON is sent to %q", next)
	}
	if how == "program" && strings.HasPrefix(k.goes, "http") && got.header.Get("Set-Cookie") != "" && !strings.Contains(k.name, "log out") {
		t.Errorf("a program that is sent away gets cookies: %s", got.header.Values("Set-Cookie"))
	}
}

// showing checks a screen. One that is seen once must come with the answer; of
// another a browser is sent to the page.
func (k *kind) showing(t *testing.T, how string, got *page, next string) {
	t.Helper()
	if k.name == "restart" && (how == "page" || how == "program") {
		if got.status != http.StatusSeeOther || !strings.HasPrefix(next, "/interview?i=") {
			t.Errorf("%d to %q", got.status, next)
		}
		return
	}
	heading := got.heading()
	if how == "json" {
		var o map[string]any
		check(t, json.Unmarshal([]byte(got.body), &o))
		heading, _ = o["questionText"].(string)
		if after := o["reload_after"]; strings.HasPrefix(k.name, "wait") != (after != nil) {
			t.Errorf("it is to be asked again after %v ms", after)
		}
	}
	if got.status != http.StatusOK || heading != k.shows || next != "" {
		t.Errorf("%d %q, to %q; want %q", got.status, heading, next, k.shows)
	}
	if fragment := !strings.Contains(got.body, "<html"); how != "json" && fragment != (how == "htmx") {
		t.Errorf("a fragment: %v", fragment)
	}
	if k.name == "wait" && how != "json" && (!strings.Contains(got.body, `data-reload="7"`) || !strings.Contains(got.body, "Check again")) {
		t.Errorf("it does not go on: %s", got.body)
	}
}

// leaves checks what became of the session.
func (k *kind) leaves(t *testing.T, owner *person, board *page) {
	t.Helper()
	id := must(url.Parse(board.link("text")))(t).Query().Get("session")
	left := owner.house.count("sessions where id = '" + id + "'")
	if gone := left == 0; gone != (k.runs == "none") {
		t.Fatalf("the session is gone: %v", gone)
	}
	if want := orElse(k.runs, "Runs: 1"); want != "none" {
		owner.house.visit().get(address("kinds.yml") + "&session=" + id).wants(want)
	}
}

// Logging out takes away what opens the sessions of a browser, nothing else.
func TestLoggingOutForgetsTheBrowser(t *testing.T) {
	h := open(t, map[string]string{"kinds.yml": responding()}, set(func(c *config.Config) { c.ExitPage = "/list" }))
	p := h.visit()
	before := p.begin("kinds.yml")
	cookies := p.cookies()
	p.single(http.MethodGet, before.link("log out"), nil)
	if now := p.cookies(); now != cookies-2 {
		t.Errorf("%d cookies are left of %d", now, cookies)
	}
	p.get(address("kinds.yml")).wants("Runs: 0")
}

const parting = `
mandatory: True
code: |
  talk
---
event: talk
question: Talk
subquestion: |
  [Tell](${ url_action('tell') })
  [Start over](${ url_action('again') })
  [Go](${ url_action('go') })
---
event: tell
code: |
  message('Parting', buttons=[{'Away': 'leave', 'url': 'https://example.org/away'}, {'Once more': 'restart'}])
---
event: again
code: |
  send_email(to='a@example.org', subject='again', body='x')
  command('restart')
---
event: go
code: |
  send_email(to='a@example.org', subject='go', body='x')
  command('exit', url='https://example.org/away')
`

// The buttons of a message work although the action that showed it is over.
func TestTheButtonsOfAMessage(t *testing.T) {
	h := open(t, map[string]string{"parting.yml": parting})
	for _, htmx := range []bool{false, true} {
		p := h.visit()
		p.begin("parting.yml").wants("Talk").follow("Tell").wants("Parting").press("Once more").wants("Talk")
		pg := p.get(address("parting.yml")).follow("Tell").wants("Parting")
		p.htmx = htmx
		f := pg.form()
		f.press(pg, "Away")
		_, body, err := f.encode()
		check(t, err)
		values := must(url.ParseQuery(string(body)))(t)
		if _, next := p.single(http.MethodPost, address("parting.yml"), values); next != "https://example.org/away" {
			t.Errorf("htmx %v: Away leads to %q", htmx, next)
		}
	}
}

// What was asked of the world before a command is done.
func TestACommandLosesNoMail(t *testing.T) {
	h := open(t, map[string]string{"parting.yml": parting})
	p := h.visit()
	p.begin("parting.yml").wants("Talk").follow("Start over").wants("Talk")
	if n := h.count("effects"); n != 1 {
		t.Errorf("%d mails after starting over", n)
	}
	p.single(http.MethodGet, p.get(address("parting.yml")).link("Go"), nil)
	if n := h.count("effects"); n != 2 {
		t.Errorf("%d mails after leaving for good", n)
	}
	if n := h.count("sessions"); n != 0 {
		t.Errorf("%d sessions are left", n)
	}
}

// A new session by command() has the arguments of the old one.
func TestANewSessionKeepsItsArguments(t *testing.T) {
	h := open(t, map[string]string{"args.yml": arguments + "\n  [New](${ url_action('new') })\n---\nevent: new\ncode: |\n  command('new_session')\n"})
	p := h.visit()
	pg := p.get(address("args.yml") + "&new_session=1&a=1&b=%26").says("a=1 b=&")
	p.get(pg.link("New")).says("a=1 b=&")
	if n := h.count("sessions"); n != 2 {
		t.Errorf("%d sessions", n)
	}
}

// A program is told in its own language why nothing is done for it.
func TestRefusalsForPrograms(t *testing.T) {
	h := open(t, gardenFiles)
	owner := h.visit()
	owner.begin("garden.yml")
	id := column(t, h.db, "select id from sessions")[0]
	for _, accept := range []string{"application/json", "application/problem+json, */*;q=0.1"} {
		program := h.visit()
		program.extra = map[string]string{"Accept": accept, "User-Agent": "curl/8.5.0"}
		got, _ := program.single(http.MethodGet, address("garden.yml")+"&session="+id, nil)
		var said struct {
			Success bool
			Kind    string
		}
		if err := json.Unmarshal([]byte(got.body), &said); err != nil || got.status != 403 || said.Kind != "forbidden" || said.Success {
			t.Errorf("Accept %s: %d %s", accept, got.status, got.body)
		}
	}
}
