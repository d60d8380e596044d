package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/seal"
)

// garage says in which session it is and with which url_args, and leads on to
// everywhere.
const garage = `
metadata:
  title: Garage
---
mandatory: True
code: |
  bay = url_args.get('bay', 'none')
---
mandatory: True
code: |
  board
---
event: board
question: Garage
subquestion: |
  [bay=${ bay }] [${ ' '.join(k + '=' + v for k, v in sorted(url_args.items())) }]

  [Resume](${ url_of('resume_url') })
  [Resume once](${ url_of('resume_url', one_time=True, url_args={'bay': '9'}) })
  [Brief](${ url_of('resume_url', expire=0.001) })
  [Begin another](${ url_of('resume_url', i='shop.yml', url_args={'bay': 7}) })
  [Away](${ url_of('leave', next='https://elsewhere.example/a?b=c') })
  [Exit away](${ url_of('exit', next='https://elsewhere.example/') })
  [Home](${ url_of('leave', next='/list') })
  [Temp](${ url_of('temp_url', url='https://elsewhere.example/t', one_time=True) })
  [Again](${ url_action('renew') })
  [Here](${ interview_url(bay='1') })
  [New](${ interview_url(new_session=1, bay='2') })
  [Short](${ url_of('run') })
---
event: renew
code: |
  command('new_session')
`

func garages(t *testing.T, options ...option) *house {
	t.Helper()
	return open(t, map[string]string{"garage.yml": garage, "shop.yml": strings.ReplaceAll(garage, "Garage", "Shop"), "deep/den.yml": strings.ReplaceAll(garage, "Garage", "Den")}, options...)
}

func dispatch(name, file string) option {
	return set(func(c *config.Config) {
		c.Dispatch = append(c.Dispatch, config.Shortcut{Name: name, Interview: pkg + ":data/questions/" + file})
	})
}

func standard(file string) option {
	return set(func(c *config.Config) { c.DefaultInterview = pkg + ":data/questions/" + file })
}

// Where addresses lead that name no interview: for a browser that was nowhere
// yet, and for one that was at the garage first and in the shop then.
func TestAddressesWithoutAnInterview(t *testing.T) {
	for _, tt := range []struct {
		name    string
		address string
		options []option
		newcome string // the heading, or the path where it ends
		regular string
	}{
		{"interview, nothing configured", "/interview", nil, "/list", "Garage"},
		{"interview, a default", "/interview", []option{standard("deep/den.yml")}, "Den", "Garage"},
		{"interview, short addresses", "/interview", []option{dispatch("car", "garage.yml")}, "/list", "Garage"},
		{"interview, short addresses and a default", "/interview", []option{dispatch("car", "garage.yml"), standard("deep/den.yml")}, "/list", "Garage"},
		{"root, nothing configured", "/", nil, "/", "Garage"},
		{"root, a default", "/", []option{standard("deep/den.yml")}, "Den", "Den"},
		{"root, short addresses", "/", []option{dispatch("car", "garage.yml")}, "/", "Garage"},
		{"root, short addresses and a default", "/", []option{dispatch("car", "garage.yml"), standard("deep/den.yml")}, "Den", "Den"},
		{"root that names one", "/?i=" + pkg + ":shop.yml&bay=3", []option{standard("deep/den.yml")}, "Shop", "Shop"},
		{"root that is elsewhere", "/?i=" + pkg + ":shop.yml", []option{set(func(c *config.Config) { c.RootRedirect = "/list" })}, "/list", "/list"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := garages(t, tt.options...)
			ends := func(p *person, want string) {
				t.Helper()
				pg := p.get(tt.address)
				if got := orElse(pg.heading(), pg.url.Path); got != want || pg.status != 200 {
					t.Errorf("%s leads to %d %q, want %q", tt.address, pg.status, got, want)
				}
			}
			ends(h.visit(), tt.newcome)
			p := h.visit()
			p.begin("garage.yml").wants("Garage")
			p.begin("shop.yml").wants("Shop")
			p.begin("garage.yml").wants("Garage") // anew: still the first
			ends(p, tt.regular)
		})
	}
}

// The first interview of a browser counts only while its session is there.
func TestInterviewWithoutANameSkipsWhatIsGone(t *testing.T) {
	h := garages(t)
	p := h.visit()
	p.begin("garage.yml").wants("Garage")
	p.begin("shop.yml").wants("Shop")
	h.exec("delete from sessions where interview like ?", "%garage.yml")
	p.get("/interview?a=1").wants("Shop").says("bay=none; a=1")
}

// Every shape of an address that names an interview.
func TestShapesOfAddresses(t *testing.T) {
	h := garages(t, dispatch("car", "garage.yml"))
	full := url.QueryEscape(pkg + ":data/questions/garage.yml")
	for _, tt := range []struct {
		address, heading string
		status           int
		begins           bool // although there is a session already
	}{
		{"/interview?i=" + full, "Garage", 200, false},
		{"/interview?i=" + url.QueryEscape(pkg+":garage.yml"), "Garage", 200, false},
		{"/interview?i=" + url.QueryEscape(pkg+":garage.yml") + "&new_session=1", "Garage", 200, true},
		{"/start/car/", "Garage", 200, true},
		{"/start/car", "Garage", 200, true},
		{"/run/car/", "Garage", 200, false},
		{"/start/" + pkg + "/garage/", "Garage", 200, true},
		{"/run/" + pkg + "/garage/", "Garage", 200, false},
		{"/start/" + pkg + "/deep/den/", "Den", 200, true},
		{"/run/" + pkg + "/deep/den/", "Den", 200, false},
		{"/start/nothing/", "Not found", 404, false},
		{"/run/" + pkg + "/nothing/", "Not found", 404, false},
		{"/start/", "Not found", 404, false},
		{"/interview?i=nonsense", "Not found", 404, false},
		{"/interview?i=" + pkg + "%3Anothing.yml", "Not found", 404, false},
		{"/interview?i=%ff%00", "Not found", 404, false},
		{"/new_session?i=" + full, "Garage", 200, true},
		{"/new_session", "Not found", 404, false},
		{"/restart_session?i=nonsense", "Not found", 404, false},
		{"/exit?i=nonsense", "Not found", 404, false},
	} {
		p := h.visit()
		p.begin("garage.yml").wants("Garage")
		p.begin("deep/den.yml").wants("Den")
		before := h.count("sessions")
		pg := p.get(tt.address)
		if pg.status != tt.status || pg.heading() != tt.heading {
			t.Errorf("%s: %d %q, want %d %q", tt.address, pg.status, pg.heading(), tt.status, tt.heading)
		}
		if began := h.count("sessions") != before; began != tt.begins {
			t.Errorf("%s begins a session: %v, want %v", tt.address, began, tt.begins)
		}
	}
}

// What the reserved parameters do.
func TestReservedParameters(t *testing.T) {
	h := garages(t)
	to := address("garage.yml")
	ids := func() []string { return column(t, h.db, "select id from sessions") }
	p := h.visit()
	p.get(to + "&bay=1").says("bay=1; bay=1")
	first := ids()[0]

	p.get(to + "&bay=2&bay=3").says("bay=1; bay=2") // of two values the first counts
	for value, isJSON := range map[string]bool{"1": true, "5": true, "yes": true, "True": true, "0": false, "": false, "false": false} {
		pg := p.get(to + "&json=" + value)
		if json.Valid([]byte(pg.body)) != isJSON {
			t.Errorf("json=%s answers with %s", value, pg.header.Get("Content-Type"))
		}
	}

	p.get(to + "&new_session=1&bay=4").says("bay=4; bay=4")
	p.get(to).says("bay=4; bay=4")
	if !slices.Contains(ids(), first) {
		t.Error("new_session=1 erased the old session")
	}
	p.get(to + "&session=" + first).says("bay=1; bay=2")
	p.get(to).says("bay=1; bay=2") // it is the current one now

	p.begin("shop.yml")
	p.get(to + "&reset=1&bay=5").says("bay=5; bay=5")
	if slices.Contains(ids(), first) {
		t.Error("reset=1 did not erase the session")
	}
	p.get("/interview").wants("Garage")
	p.get(address("shop.yml") + "&reset=2").wants("Shop")
	p.get("/interview").wants("Shop") // the garage is forgotten, and still there
	if n := len(ids()); n != 3 {
		t.Errorf("%d sessions are left, want 3", n)
	}
}

// cache=0 has the files looked at again, which happens every so often
// otherwise.
func TestCacheIsPassedBy(t *testing.T) {
	h := open(t, map[string]string{"plain.yml": "mandatory: True\nquestion: Before\n"}, withRecheck(time.Hour))
	p := h.visit()
	p.begin("plain.yml").wants("Before")
	h.files["data/questions/plain.yml"] = &fstest.MapFile{Data: []byte("mandatory: True\nquestion: Afterwards\n"), ModTime: time.Now()}
	p.get(address("plain.yml")).wants("Before")
	p.get(address("plain.yml") + "&cache=0").wants("Afterwards")
	p.get(address("plain.yml")).wants("Afterwards")
}

// What arrives with a browser is no step; what comes later is one.
func TestArgumentsOnArrival(t *testing.T) {
	h := open(t, map[string]string{"arguments.yml": arguments})
	p := h.visit()
	to := address("arguments.yml")
	p.get(to + "&new_session=1&a=1").says("a=1")
	first := column(t, h.db, "select id from sessions")[0]
	p.get(to + "&a=2").says("a=2")
	p.get(to + "&new_session=1&z=1").says("z=1")
	p.get(to + "&session=" + first + "&a=3").says("a=3") // arrives: part of the step it was at
	p.get(to + "&a=4").says("a=4").back().says("a=3").back().says("a=1")
}

// A new session that the interview asks for begins with the same url_args.
func TestNewSessionCommandKeepsArguments(t *testing.T) {
	h := garages(t)
	p := h.visit()
	p.get(address("garage.yml") + "&bay=6&x=y").says("bay=6; bay=6 x=y").follow("Again").wants("Garage").says("bay=6; bay=6 x=y")
	if n := h.count("sessions"); n != 2 {
		t.Errorf("%d sessions, want 2", n)
	}
}

// Links keep the shape of the address by which the page was opened.
func TestLinksKeepTheShape(t *testing.T) {
	h := garages(t, dispatch("car", "garage.yml"))
	p := h.visit()
	pg := p.get("/start/car/?bay=1").wants("Garage")
	for link, want := range map[string]string{"Here": "/run/car/?bay=1&session=", "New": "/start/car/?bay=2", "Again": "/run/car/?", "Short": "/run/" + pkg + "/garage/"} {
		if got := strings.TrimPrefix(pg.link(link), h.root); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %s, want %s", link, got, want)
		}
	}
	h.visit().get(pg.link("New")).says("bay=2; bay=2")
	p.get(pg.link("Again")).says("bay=1; bay=1") // not by htmx: with all of its arguments
	if got := p.get(address("garage.yml")).link("Here"); !strings.HasPrefix(got, h.root+"/interview?") {
		t.Errorf("opened the long way, a link is %s", got)
	}
}

// The same below a path of a shared host.
func TestLinksKeepTheShapeBelowAPath(t *testing.T) {
	h := garages(t, dispatch("car", "garage.yml"), set(func(c *config.Config) { c.Root = "/forms/" }))
	pg := h.visit().get("/forms/start/car/?bay=1").wants("Garage")
	for link, want := range map[string]string{"Here": "/forms/run/car/?bay=1&session=", "New": "/forms/start/car/?bay=2", "Again": "/forms/run/car/?",
		"Short": "/forms/run/" + pkg + "/garage/", "Resume": "/forms/launch?c=", "Home": "/forms/leave?", "Temp": "/forms/goto?c="} {
		if got := strings.TrimPrefix(pg.link(link), h.root); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %s, want %s", link, got, want)
		}
	}
	h.visit().get(pg.link("New")).says("bay=2; bay=2")
	h.visit().get(pg.link("Resume")).says("bay=1; bay=1")
}

// A session that is gone: the browser begins anew and is told so, or goes where
// the configuration says.
func TestSessionsThatAreGone(t *testing.T) {
	gone := func(h *house, p *person) string {
		p.get(address("garage.yml")).wants("Garage")
		id := column(t, h.db, "select id from sessions")[0]
		h.exec("delete from sessions")
		return id
	}
	h := garages(t)
	p := h.visit()
	gone(h, p)
	if got := p.get(address("garage.yml")).wants("Garage").notices(); !strings.Contains(got, "could not find your session") {
		t.Errorf("it says %q", got)
	}
	if got := p.get(address("garage.yml")).wants("Garage").notices(); got != "" {
		t.Errorf("it still says %q", got)
	}
	h = garages(t, set(func(c *config.Config) { c.SessionErrorURL = "/list?of={i:s}&why={error}" }))
	p = h.visit()
	id := gone(h, p)
	for _, tt := range []struct{ address, why string }{
		{address("garage.yml") + "&session=" + id, "answers_fetch_fail"}, {address("garage.yml"), ""}, {address("garage.yml"), ""}} {
		pg := p.get(tt.address)
		if got := pg.url.Query(); got.Get("why") != tt.why || tt.why != "" && got.Get("of") != pkg+":data/questions/garage.yml" {
			t.Errorf("%s leads to %s", tt.address, pg.url)
		}
	}
	h.exec("delete from sessions")
	if pg := p.get(address("garage.yml")); pg.url.Query().Get("why") != "answers_missing" {
		t.Errorf("a remembered session that is gone leads to %s", pg.url)
	}
}

// Only who owns a session erases it by beginning anew; an address that resets
// erases nothing for a program that looks ahead.
func TestResetErasesOnesOwn(t *testing.T) {
	h := open(t, map[string]string{"board.yml": board})
	owner := h.visit()
	pg := owner.begin("board.yml").wants("Count: 0")
	id := must(url.Parse(pg.link("Outside")))(t).Query().Get("session")
	owner.get(pg.link("Here")).wants("Count: 1")
	named := address("board.yml") + "&session=" + id + "&reset=1"
	guest := h.visit()
	guest.get(named).wants("Count: 0")
	scanner := h.visit()
	scanner.extra = map[string]string{"User-Agent": chrome}
	scanner.get(named)
	owner.get(address("board.yml")).wants("Count: 1")
	owner.begin("board.yml").wants("Count: 0")
	owner.get("/restart_session?i=" + pkg + ":board.yml&session=" + id).wants("Count: 0") // the one that is named
	if left := column(t, h.db, "select id from sessions"); slices.Contains(left, id) {
		t.Error("restarting by name did not erase the session")
	}
}

// An address of a session opens it to whoever has the address, without telling
// its id, as often and as long as its author said.
func TestLaunch(t *testing.T) {
	onBoth(t, func(t *testing.T, at string) {
		h := openAt(t, at, map[string]string{"garage.yml": garage, "shop.yml": strings.ReplaceAll(garage, "Garage", "Shop")})
		owner := h.visit()
		pg := owner.get(address("garage.yml") + "&bay=5").wants("Garage")
		id := column(t, h.db, "select id from sessions")[0]
		for _, link := range []string{"Resume", "Resume once", "Begin another"} {
			if strings.Contains(pg.link(link), id) {
				t.Errorf("%s tells the session's id", link)
			}
		}
		guest := h.visit()
		got := guest.get(pg.link("Resume") + "&x=1&session=" + strings.Repeat("x", 32) + "&reset=1&new_session=1&i=nonsense").wants("Garage").says("bay=5; bay=5 x=1")
		if strings.Contains(got.url.String(), id) || strings.Contains(got.url.String(), "session") {
			t.Errorf("the address in the end is %s", got.url)
		}
		guest.get(address("garage.yml") + "&y=2").says("bay=5; bay=5 x=1 y=2")
		owner.get(address("garage.yml")).says("bay=5; bay=5 x=1 y=2") // it is one session
		h.visit().get(pg.link("Resume")).says("bay=5; bay=5 x=1 y=2") // it works on
		h.visit().get(pg.link("Resume once")).says("bay=5; bay=9 x=1 y=2")
		for link, want := range map[string]string{pg.link("Resume once"): "The link has expired.", pg.link("Brief"): "The link has expired.",
			"/launch": "The link has expired.", "/launch?c=nonsense": "The link has expired.", "/launch?c=%ff%00": "The link has expired.",
			strings.Replace(pg.link("Resume"), "/launch", "/goto", 1): "The link has expired."} {
			if got := h.visit().get(link); got.status != http.StatusForbidden || !strings.Contains(got.text(), want) {
				t.Errorf("%s: %d %s", link, got.status, got.text())
			}
		}
		h.visit().get(pg.link("Begin another")).wants("Shop").says("bay=7; bay=7")
		if got := h.visit().get(address("garage.yml") + "&session=" + id).notices(); !strings.Contains(got, "could not open") {
			t.Errorf("without the address a stranger sees %q", got)
		}
		h.exec("delete from sessions where id = ?", id)
		if got := h.visit().get(pg.link("Resume")); got.status != http.StatusForbidden || !strings.Contains(got.text(), "no longer exists") {
			t.Errorf("when the session is gone: %d %s", got.status, got.text())
		}
		if got := h.log.String(); strings.Contains(got, "launch?c") {
			t.Error("an address of a session is in the log")
		}
	})
}

// What only looks at the address of a session neither opens it nor uses it up.
func TestLaunchIsNotUsedUpByAGlance(t *testing.T) {
	h := garages(t)
	pg := h.visit().begin("garage.yml")
	for _, tt := range []struct {
		name, link string
		headers    map[string]string
		status     int
		button     bool
	}{
		{"a preview", "Resume", map[string]string{"User-Agent": "WhatsApp/2.23.20.0"}, 200, true},
		{"a preview", "Resume once", map[string]string{"User-Agent": "WhatsApp/2.23.20.0"}, 200, true},
		{"a mail scanner", "Resume once", map[string]string{"User-Agent": safari}, 200, true},
		{"a prefetch", "Resume once", navigation("same-origin", "", "Sec-Purpose", "prefetch"), 403, false},
		{"another site's image", "Resume", map[string]string{"User-Agent": chrome, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403, false},
	} {
		who := h.visit()
		who.extra = tt.headers
		got := who.get(pg.link(tt.link))
		button := find(got.doc, "form", "method", "post")
		if got.status != tt.status || (button != nil) != tt.button || strings.Contains(got.text(), "bay=") || who.cookies() != 0 {
			t.Errorf("%s at %s: %d, %d cookies, %s", tt.name, tt.link, got.status, who.cookies(), got.text())
		}
	}
	person := h.visit()
	person.extra = map[string]string{"User-Agent": safari}
	button := find(person.get(pg.link("Resume once")).doc, "form", "method", "post")
	person.extra = navigation("same-origin", "?1", "Origin", h.root)
	person.do(http.MethodPost, attr(button, "action"), "", nil).wants("Garage")
}

// Pages that send people on do so within the server, or where a link that the
// server made says.
func TestOnlySignedLinksLeadElsewhere(t *testing.T) {
	now := time.Now()
	h := garages(t, withClock(func() time.Time { return now }), withRing(must(seal.SecretRing("a secret of this test's own"))(t)))
	p := h.visit()
	pg := p.begin("garage.yml")
	away := must(url.Parse(pg.link("Away")))(t).Query()
	for _, tt := range []struct{ address, to, says string }{
		{pg.link("Away"), "https://elsewhere.example/a?b=c", ""},
		{pg.link("Home"), "/list", ""},
		{"/leave", "/", ""},
		{"/leave?next=" + url.QueryEscape("/interview?i=a&b=c"), "/interview?i=a&b=c", ""},
		{"/leave?next=" + url.QueryEscape(h.root+"/list"), h.root + "/list", ""},
		{"/leave?next=https://elsewhere.example/", "", "leads away from here"},
		{"/leave?next=https://elsewhere.example/&_sig=" + away.Get("_sig"), "", "leads away from here"},
		{"/leave?next=//elsewhere.example/", "", "leads away from here"},
		{"/leave?next=/%09/elsewhere.example/", "", "leads away from here"},
		{"/leave?next=%5C%5Celsewhere.example", "", "leads away from here"},
		{"/leave?next=/%5Celsewhere.example", "", "leads away from here"},
		{"/leave?next=javascript:alert(1)", "", "leads away from here"},
		{"/leave?next=" + url.QueryEscape(h.root+"@elsewhere.example/"), "", "leads away from here"},
		{"/leave?next=" + url.QueryEscape(h.root+".elsewhere.example/"), "", "leads away from here"},
		{"/exit?i=" + pkg + ":garage.yml&next=https://elsewhere.example/", "", "leads away from here"},
		{pg.link("Exit away"), "https://elsewhere.example/", ""},
		{pg.link("Temp"), "https://elsewhere.example/t", ""},
		{pg.link("Temp"), "", "The link has expired."},
	} {
		before := h.count("sessions")
		res, err := p.web.Get(must(must(url.Parse(h.root))(t).Parse(tt.address))(t).String())
		check(t, err)
		check(t, res.Body.Close())
		if got := res.Header.Get("Location"); got != tt.to || (tt.to == "") != (res.StatusCode == http.StatusForbidden) {
			t.Errorf("%s: %d to %q, want %q", tt.address, res.StatusCode, got, tt.to)
		}
		if tt.to == "" {
			if got := p.get(tt.address); !strings.Contains(got.text(), tt.says) || h.count("sessions") != before {
				t.Errorf("%s: %s", tt.address, got.text())
			}
		}
	}
	if n := h.count("sessions"); n != 0 {
		t.Errorf("%d sessions are left after leaving", n)
	}
}

// POST /resume goes to a session; what else was posted becomes url_args.
func TestResume(t *testing.T) {
	h := garages(t)
	p := h.visit()
	p.get(address("garage.yml") + "&bay=1").wants("Garage")
	id := column(t, h.db, "select id from sessions")[0]
	i := pkg + ":data/questions/garage.yml"
	for _, tt := range []struct {
		name   string
		form   url.Values
		status int
		says   string
	}{
		{"a session", url.Values{"i": {i}, "session": {id}}, 200, "bay=1; bay=1"},
		{"with arguments", url.Values{"i": {i}, "session": {id}, "x": {"2"}, "csrf_token": {"t"}, "reset": {"1"}, "new_session": {"1"}}, 200, "bay=1; bay=1 x=2"},
		{"no session", url.Values{"i": {i}}, 403, ""},
		{"no interview", url.Values{"session": {id}}, 403, ""},
		{"an interview that is none", url.Values{"i": {"x"}, "session": {id}}, 404, ""},
	} {
		p.begin("garage.yml")
		pg := p.do(http.MethodPost, "/resume", "application/x-www-form-urlencoded", []byte(tt.form.Encode()))
		if pg.status != tt.status || said(pg) != tt.says {
			t.Errorf("%s: %d %q, want %d %q", tt.name, pg.status, said(pg), tt.status, tt.says)
		}
	}
	var got struct{ Action, URL, CSRF string }
	form := url.Values{"i": {i}, "session": {id}, "ajax": {"1"}, "z": {"3"}}
	pg := p.do(http.MethodPost, "/resume", "application/x-www-form-urlencoded", []byte(form.Encode()))
	if err := json.Unmarshal([]byte(strings.Replace(pg.body, "csrf_token", "csrf", 1)), &got); err != nil || got.Action != "redirect" || got.CSRF == "" {
		t.Errorf("by script: %v %s", err, pg.body)
	}
	p.get(got.URL).says("bay=1; bay=1 x=2 z=3")
}

// What a page's scripts read of a session is JSON, whatever the names.
func TestVariablesAreJSON(t *testing.T) {
	const file = "fig\x7f\U0010fffe.yml"
	h := open(t, map[string]string{file: "mandatory: True\ncode: |\n  a = {'\"': [1.5, 'é\\u2028', None]}\n---\nmandatory: True\nquestion: Done\n"})
	p := h.visit()
	p.begin(file).wants("Done")
	var got struct {
		Success   bool
		Variables map[string]any
		Steps     int
		Encrypted bool
		UID, I    string
	}
	pg := p.get("/vars?i=" + url.QueryEscape(pkg+":"+file))
	if err := json.Unmarshal([]byte(pg.body), &got); err != nil {
		t.Fatalf("%v: %s", err, pg.body)
	}
	if id := column(t, h.db, "select id from sessions")[0]; !got.Success || got.UID != id || got.I != pkg+":data/questions/"+file || got.Steps != 1 || !got.Encrypted {
		t.Errorf("the page reads %+v", got)
	}
	if a, _ := json.Marshal(got.Variables["a"]); string(a) != `{"\"":[1.5,"é\u2028",null]}` {
		t.Errorf("a is %s", a)
	}
}
