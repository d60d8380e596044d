package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/config"
)

// errands is an interview that says what it is called by itself.
const errands = `
metadata:
  title: Errands
  subtitle: What is to be done
  tags:
    - home
---
mandatory: True
code: |
  thing
  if thing == 'closed':
    set_status(variable_access=False)
  set_parts(title='Errand: ' + thing)
  session_tags().add('kind-' + thing)
  done
---
question: What?
fields:
  - Thing: thing
---
event: done
question: Do ${ thing }
`

var mineYAML = map[string]string{"diary.yml": diary, "errands.yml": errands, "secret.yml": `
metadata:
  title: Nobody lists this
  hidden: True
---
mandatory: True
question: Hidden
`}

// titles are those of the list, in its order.
func (pg *page) titles() []string {
	var out []string
	for _, h := range all(pg.doc, "h2") {
		if attr(h, "class") == "tile-title" {
			out = append(out, text(h))
		}
	}
	return out
}

// act finds the link of a session of the list by what it does.
func (pg *page) act(session int, name string) string {
	pg.p.t.Helper()
	n := 0
	for _, li := range all(pg.doc, "li") {
		if !strings.Contains(attr(li, "class"), "tile") {
			continue
		}
		if n++; n-1 != session {
			continue
		}
		a := first(li, func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(text(n), name) })
		if a == nil {
			pg.p.t.Fatalf("session %d cannot %s: %s", session, name, text(li))
		}
		return attr(a, "href")
	}
	pg.p.t.Fatalf("no session %d in the list %v", session, pg.titles())
	return ""
}

func (pg *page) lists(want ...string) *page {
	pg.p.t.Helper()
	if got := pg.wants("My Interviews").titles(); !slices.Equal(got, want) {
		pg.p.t.Errorf("the list has %q, want %q\n%s", got, want, pg.text())
	}
	return pg
}

func TestMyInterviews(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, mineYAML, withoutMail)
		p := h.visit()
		if pg := p.get("/interviews").wants("Sign in"); !strings.Contains(pg.text(), "need to log in") {
			t.Errorf("a visitor is told %s", pg.text())
		}
		p.register(ana, word).lists()
		if pg := p.get("/interviews"); !strings.Contains(pg.text(), "You have not begun any interview yet") || pg.link("Choose an interview") == "" {
			t.Errorf("the empty list says %s", pg.text())
		}
		p.begin("diary.yml").answer("Day", "rain")
		p.begin("errands.yml").answer("Thing", "shopping")
		p.begin("errands.yml").answer("Thing", "washing")
		p.begin("secret.yml").wants("Hidden")
		if pg := p.get(fileAddress("diary.yml")).follow("My Interviews"); pg.url.Path != "/interviews" {
			t.Errorf("the menu leads to %s", pg.url)
		}
		t.Run("order and search", func(t *testing.T) {
			p.get("/interviews").lists("Diary", "Errand: shopping", "Errand: washing")
			p.get("/interviews").follow("Newest first").lists("Errand: washing", "Errand: shopping", "Diary")
			p.get("/interviews?q=ERRAND+wash").lists("Errand: washing")
			p.get("/interviews?q=home").lists("Errand: shopping", "Errand: washing")
			p.get("/interviews").follow("kind-shopping").lists("Errand: shopping").follow("Show all interviews").lists("Diary", "Errand: shopping", "Errand: washing")
			if pg := p.get("/interviews?tag=none").lists(); !strings.Contains(pg.text(), "No interview of yours matches") {
				t.Errorf("a search without success says %s", pg.text())
			}
		})
		t.Run("resume", func(t *testing.T) {
			p.get("/interviews").follow("Errand: shopping").wants("Do shopping")
			p.get(fileAddress("errands.yml")).wants("Do shopping") // where the browser is now
		})
		t.Run("rename", func(t *testing.T) { renaming(t, p) })
		t.Run("answers", func(t *testing.T) {
			pg := p.get(p.get("/interviews").act(0, "Download answers"))
			var got struct {
				Interview, Title string
				Answers          map[string]any
			}
			check(t, json.Unmarshal([]byte(pg.body), &got))
			if got.Answers["first"] != "rain" || got.Title != "Diary" || !strings.HasSuffix(got.Interview, "diary.yml") || !strings.HasPrefix(pg.header.Get("Content-Disposition"), "attachment") {
				t.Errorf("got %+v, %v", got, pg.header)
			}
			p.begin("errands.yml").answer("Thing", "closed")
			if pg := p.get(p.get("/interviews").act(3, "Download answers")); pg.status != http.StatusForbidden {
				t.Errorf("answers that the author closed: %d %s", pg.status, pg.body)
			}
		})
		t.Run("delete", func(t *testing.T) { deleting(t, h, p) })
	})
}

func renaming(t *testing.T, p *person) {
	t.Helper()
	p.get(p.get("/interviews").act(1, "Rename")).wants("Rename this interview").submit("Name", " For  grandmother ").lists("Diary", "For grandmother", "Errand: washing")
	p.get("/interviews?q=grandmother").lists("For grandmother")
	p.get("/interviews").follow("For grandmother").wants("Do shopping").back().wants("What?").answer("Thing", "cooking").wants("Do cooking")
	if pg := p.get("/interviews").lists("Diary", "For grandmother", "Errand: washing"); !strings.Contains(pg.text(), "Errand: cooking") {
		t.Errorf("the title is not below the name: %s", pg.text())
	}
	pg := p.get(p.get("/interviews").act(1, "Rename")).submit("Name", strings.Repeat("x", 201))
	if pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "200 characters") {
		t.Errorf("a name that is too long: %d %s", pg.status, pg.problem())
	}
	p.get(p.get("/interviews").act(1, "Rename")).submit("Name", "").lists("Diary", "Errand: cooking", "Errand: washing")
}

func deleting(t *testing.T, h *house, p *person) {
	t.Helper()
	stranger := h.visit()
	stranger.register("bob@example.com", word)
	stranger.begin("diary.yml").answer("Day", "snow")
	page := p.get("/interviews").act(0, "Delete")
	for _, to := range []string{page, strings.Replace(page, "delete", "rename", 1), strings.Replace(page, "delete", "answers", 1)} {
		if pg := stranger.get(to); pg.status != http.StatusNotFound {
			t.Errorf("a stranger at %s: %d %s", to, pg.status, pg.heading())
		}
	}
	before := h.count("sessions")
	form := p.get(page).wants("Delete this interview?").p.get(page).accountForm()
	if got := stranger.send(form); got.status != http.StatusForbidden {
		t.Errorf("the form of somebody else: %d", got.status)
	}
	own := stranger.get(stranger.get("/interviews").act(0, "Delete")).accountForm()
	own.set("session", *form.get("session"))
	stranger.send(own).lists("Diary")
	if n := h.count("sessions"); n != before {
		t.Errorf("a stranger deleted: %d sessions, %d before", n, before)
	}
	if pg := p.send(form).lists("Errand: cooking", "Errand: washing", "Errand: closed"); !strings.Contains(pg.text(), "Deleted the interview.") {
		t.Errorf("after deleting: %s", pg.text())
	}
	p.get(fileAddress("diary.yml")).wants("The first day?")
	p.get("/interviews?q=washing").follow("Delete all").wants("Delete these interviews?").submit().lists("Errand: cooking", "Errand: closed", "Diary")
	p.get("/interviews").follow("Delete all").wants("Delete all interviews?").submit().lists()
	stranger.get("/interviews").lists("Diary")
	if n := h.count("sessions"); n != 2 { // the stranger's and the one that is not listed
		t.Errorf("%d sessions are left", n)
	}
}

func TestMyInterviewsAsJSON(t *testing.T) {
	h := open(t, mineYAML, withoutMail, set(func(c *config.Config) { c.Home.PageLength = 2 }))
	p := h.visit()
	p.register(ana, word)
	for _, thing := range []string{"a", "b", "c"} {
		p.begin("errands.yml").answer("Thing", thing)
	}
	var titles []string
	next := ""
	for range 2 {
		var got struct {
			Action     string
			Interviews []map[string]any
			Next       *string `json:"next_id"`
		}
		pg := p.get("/interviews?json=1&next_id=" + url.QueryEscape(next))
		check(t, json.Unmarshal([]byte(pg.body), &got))
		for _, i := range got.Interviews {
			titles = append(titles, i["title"].(string))
			if i["valid"] != true || i["subtitle"] != "What is to be done" || i["email"] != ana || i["user_id"] != 1.0 || i["temp_user_id"] != nil ||
				i["filename"] != pkg+":data/questions/errands.yml" || len(i["session"].(string)) != 32 || i["metadata"].(map[string]any)["title"] != "Errands" ||
				!slices.Contains(i["tags"].([]any), "home") || !regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`).MatchString(i["modtime"].(string)) {
				t.Errorf("item %v", i)
			}
			if _, err := time.Parse(time.RFC3339, i["utc_starttime"].(string)); err != nil {
				t.Error(err)
			}
		}
		if got.Action != "interviews" {
			t.Errorf("action %q", got.Action)
		}
		if next = ""; got.Next != nil {
			next = *got.Next
		}
	}
	if want := []string{"Errand: a", "Errand: b", "Errand: c"}; !slices.Equal(titles, want) || next != "" {
		t.Errorf("pages have %q, then %q", titles, next)
	}
	p.get("/interviews").lists("Errand: a", "Errand: b").follow("Next page").lists("Errand: c").follow("First page").lists("Errand: a", "Errand: b")
	if pg := p.get("/interviews?next_id=nonsense"); pg.status != http.StatusBadRequest && pg.status != http.StatusUnprocessableEntity {
		t.Errorf("a place that is none: %d", pg.status)
	}
}

// A password that was reset without a recovery code leaves sealed cards: they
// are shown for what they are, and can be deleted.
func TestSealedSessionsAreListed(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, mineYAML, withoutMail)
		p := h.visit()
		p.register(ana, word)
		p.begin("errands.yml").answer("Thing", "shopping")
		q := h.visit()
		link := must(h.keeper.ResetLink(t.Context(), ana, paths{}))(t)
		q.get(link).submit("New password", "a wholly new word", "Retype the password", "a wholly new word").wants("Sign in")
		pg := q.signIn(ana, "a wholly new word").lists("Errands")
		if !strings.Contains(pg.text(), "Nobody can open this interview any more") || strings.Contains(pg.body, "shopping") {
			t.Errorf("the sealed card says %s", pg.text())
		}
		q.get("/interviews?q=errands").lists()
		if pg := q.get("/interviews?json=1"); !strings.Contains(pg.body, `"valid": false`) {
			t.Errorf("as JSON: %s", pg.body)
		}
		q.get(pg.act(0, "Delete")).submit().lists()
		if n := h.count("sessions"); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
	})
}

// paths are links within the server.
type paths struct{}

func (paths) Link(page, code string) (string, error) { return "/user/" + page + "/" + code, nil }

// An interview that is not on the server any more is listed by the title it had.
func TestBrokenInterviewsAreListed(t *testing.T) {
	h := open(t, mineYAML, withoutMail)
	p := h.visit()
	p.register(ana, word)
	p.begin("errands.yml").answer("Thing", "shopping")
	other := open(t, map[string]string{"diary.yml": diary}, withoutMail, beside(h))
	q := p.elsewhere(other)
	pg := q.get("/interviews").lists("Errand: shopping")
	if !strings.Contains(pg.text(), "not available on this server") {
		t.Errorf("it says %s", pg.text())
	}
	q.get(pg.act(0, "Delete")).submit().lists()
}

func TestAfterSigningIn(t *testing.T) {
	file := func(name string) string { return pkg + ":data/questions/" + name }
	for _, tt := range []struct {
		name   string
		change func(*config.Config)
		want   string // path of the page that is reached
		what   string // its heading
	}{
		{"the list", func(*config.Config) {}, "/interviews", "My Interviews"},
		{"a page for everybody", func(c *config.Config) {
			c.Home.Pages = []config.PageFor{{Privilege: "admin", Page: "/list"}, {Privilege: "*", Page: "profile"}}
		}, "/user/profile", "User profile"},
		{"the first that concerns somebody", func(c *config.Config) {
			c.Home.Pages = []config.PageFor{{Privilege: "user", Page: "interviews"}, {Privilege: "*", Page: "profile"}}
		}, "/interviews", "My Interviews"},
		{"a path", func(c *config.Config) { c.Home.Pages = []config.PageFor{{Privilege: "*", Page: "/user/manage"}} }, "/user/manage", "Delete my account and my data"},
		{"a page that there is not", func(c *config.Config) { c.Home.Pages = []config.PageFor{{Privilege: "*", Page: "nowhere"}} }, "/interviews", "My Interviews"},
		{"the first session", func(c *config.Config) { c.Home.Resume = file("errands.yml") }, "/interview", "Do first"},
		{"a new session", func(c *config.Config) { c.Home.Resume = file("secret.yml") }, "/interview", "Hidden"},
		{"an interview as list", func(c *config.Config) { c.Home.Interview = file("secret.yml") }, "/interview", "Hidden"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := open(t, mineYAML, withoutMail)
			p := h.visit()
			p.register(ana, word)
			p.begin("errands.yml").answer("Thing", "first")
			p.begin("errands.yml").answer("Thing", "second")
			p.signOut()
			changed := open(t, mineYAML, withoutMail, beside(h), set(tt.change))
			q := p.elsewhere(changed)
			if pg := q.signIn(ana, word).wants(tt.what); pg.url.Path != tt.want {
				t.Errorf("signing in leads to %s, want %s", pg.url, tt.want)
			}
			if pg := q.get("/user/sign-in?next=%2Fuser%2Fprofile"); pg.url.Path != "/user/profile" {
				t.Errorf("who wants to go to the profile comes to %s", pg.url)
			}
		})
	}
}

func TestAfterRegistering(t *testing.T) {
	h := open(t, mineYAML, withoutMail)
	t.Run("in the middle of one interview", func(t *testing.T) {
		p := h.in(t).visit()
		p.begin("errands.yml").answer("Thing", "mine")
		p.register(ana, word).wants("Do mine")
	})
	t.Run("in the middle of two", func(t *testing.T) {
		p := h.in(t).visit()
		p.begin("errands.yml").answer("Thing", "mine")
		p.begin("diary.yml")
		p.register("bob@example.com", word).lists("Errand: mine", "Diary")
		p.get("/interviews?resume=" + url.QueryEscape(pkg+":errands.yml")).wants("Do mine")
	})
}

// Two tabs with two sessions of one interview do not mix, whichever the browser
// was at last.
func TestTwoTabsOfOneInterview(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, mineYAML, withoutMail)
		for _, account := range []bool{false, true} {
			t.Run(fmt.Sprintf("signed in %v", account), func(t *testing.T) {
				p := h.in(t).visit()
				if account {
					p.register(ana, word)
				}
				left := p.begin("diary.yml").wants("The first day?")
				right := p.begin("diary.yml").wants("The first day?")
				left = left.answer("Day", "left 1").wants("The second day?")
				right = right.answer("Day", "right 1").wants("The second day?")
				right = right.answer("Day", "right 2").wants("right 1, right 2")
				left = left.back().wants("The first day?")
				right = right.back().wants("The second day?")
				left = left.answer("Day", "left one").wants("The second day?")
				left.answer("Day", "left 2").wants("left one, left 2")
				right.answer("Day", "right two").wants("right 1, right two")
			})
		}
	})
}

// My Interviews and the pages below it are free of what axe-core finds, and no
// wider than a phone.
func TestMyInterviewsAreAccessible(t *testing.T) {
	axe := axeCore(t)
	h := open(t, mineYAML, withoutMail)
	p := h.visit()
	p.register(ana, word).lists()
	p.begin("errands.yml").answer("Thing", "shopping")
	link := must(h.keeper.ResetLink(t.Context(), ana, paths{}))(t)
	p.get(link).submit("New password", "a wholly new word", "Retype the password", "a wholly new word").wants("Sign in")
	w := h.walk(true) // what was begun before is sealed now
	w.open("/user/sign-in").enter("Email", ana, "Password", "a wholly new word").press("Sign in").wants("My Interviews")
	w.open(address("errands.yml") + "&new_session=1").wants("What?")
	w.write("Thing", "an errand with a name that is much longer than any telephone is wide").press("Continue")
	w.until("text(document.getElementById('daMainQuestion')).startsWith('Do an')", "true")
	for _, mode := range []struct {
		scheme string
		width  int64
	}{{"light", 1280}, {"dark", 390}} {
		w.looks(mode.scheme, mode.width)
		for _, path := range []string{"/interviews", "/interviews?q=errand&tag=home", "/interviews?q=nothing", "/interviews/delete-all", "/interviews?done=deleted"} {
			w.open(path)
			w.look(axe, path, mode.scheme)
			if mode.width == 390 {
				w.until("document.documentElement.scrollWidth <= innerWidth", "true")
			}
		}
		for _, act := range []string{"/rename", "/delete?"} {
			w.open(w.open("/interviews").see("[...document.querySelectorAll('.tile-acts a')].map(a => a.getAttribute('href')).filter(h => h.includes('" + act + "')).pop()"))
			w.look(axe, act, mode.scheme)
		}
	}
}
