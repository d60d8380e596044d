package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"colloquy/engine/run"
)

const bob = "bob@example.com"

// commons is an interview that opens and closes its session to others.
const commons = `
metadata:
  title: Together
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
  [Join](${ interview_url() })
  [More](${ url_action('more') })
  [Open](${ url_action('open_it') })
  [Close](${ url_action('close_it') })
  [Leave](${ url_action('leave_it') })
  [Resume](${ url_of('resume_url') })
  [Push](${ interview_url_action('push') })
---
event: more
code: |
  count += 1
---
event: push
code: |
  count += 1
  json_response({'count': count})
---
event: open_it
code: |
  multi_user = True
---
event: close_it
code: |
  multi_user = False
---
event: leave_it
code: |
  command('exit')
`

var commonsFiles = map[string]string{"commons.yml": commons}

// holders lists who has a key to a session and how he came by it.
func (h *house) holders(session string) string {
	h.t.Helper()
	all := column(h.t, h.db, "select case when via = '' then kind else kind || ' by ' || via end from keys where session = '"+session+"' order by kind, via, holder")
	return strings.Join(all, ", ")
}

func (h *house) held(session, want string) {
	h.t.Helper()
	if got := h.holders(session); got != want {
		h.t.Errorf("the session is held by %s, want %s", got, want)
	}
}

// shut wants somebody to get into a session in no way at all.
func (p *person) shut(pg *page) {
	p.t.Helper()
	id := pg.session()
	named := address("commons.yml") + "&session=" + id
	if got := p.get(named).notices(); !strings.Contains(got, "could not open") {
		p.t.Errorf("its address gives %q", got)
	}
	for what, to := range map[string]string{"an action": pg.link("More"), "its data": named + "&json=1", "an outside link": pg.link("Push"),
		"its news": "/events?session=" + id, "its files": "/uploadedfile/" + id + "/1"} {
		if got := p.get(to); got.status != http.StatusForbidden {
			p.t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}
	if got := p.get("/vars?i=" + pkg + ":commons.yml&session=" + id).body; got != `{"success":false}` {
		p.t.Errorf("its answers: %s", got)
	}
}

// Both ways of keeping a session's key, one after the other and again: nothing
// but keys is written, whoever came in while it was open goes when it is closed,
// and may come in again; the owner and whoever closes it stay.
func TestChecklist21SharingTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, commonsFiles, withoutMail)
		owner, guest, passerby := h.visit(), h.visit(), h.visit()
		owner.register(ana, word)
		guest.register(bob, word)
		pg := owner.begin("commons.yml").follow("More").wants("Count: 1")
		id := pg.session()
		for _, q := range []*person{guest, passerby} {
			q.shut(pg)
		}
		past := func() string {
			return strings.Join(column(t, h.db, "select state from steps where session = '"+id+"' and n < 3 order by n"), "")
		}
		before := past()
		for range 2 {
			h.held(id, "account")
			owner.get(pg.link("Open")).wants("Count: 1")
			h.held(id, "account, ring")
			guest.get(pg.link("Join")).wants("Count: 1")
			passerby.get(pg.link("Join")).wants("Count: 1")
			passerby.get(pg.link("Join")).wants("Count: 1")
			h.held(id, "account, account by link, browser by link, ring")
			h.lists(run.Holder{Kind: run.HolderAccount, ID: "2"}, id)

			owner.get(pg.link("Close")).wants("Count: 1")
			h.held(id, "account")
			for _, q := range []*person{guest, passerby} {
				q.shut(pg)
			}
			h.lists(run.Holder{Kind: run.HolderAccount, ID: "2"}, "")
			if past() != before {
				t.Error("steps were written again")
			}
		}
		t.Run("closed by a guest", func(t *testing.T) {
			h := h.in(t)
			owner.get(pg.link("Open"))
			passerby.get(pg.link("Join"))
			guest.get(pg.link("Join")).follow("Close").wants("Count: 1")
			h.held(id, "account, account by link")
			owner.get(address("commons.yml")).wants("Count: 1").follow("More").wants("Count: 2")
			guest.get(address("commons.yml") + "&session=" + id).wants("Count: 2")
			passerby.shut(pg)
		})
		t.Run("undone", func(t *testing.T) {
			h := h.in(t)
			owner.get(pg.link("Open")).wants("Count: 2")
			h.held(id, "account, account by link, ring")
			owner.get(address("commons.yml")).back().wants("Count: 2")
			h.held(id, "account")
			guest.shut(pg)
		})
	})
}

// lists wants a holder to have these sessions.
func (h *house) lists(who run.Holder, want string) {
	h.t.Helper()
	var ids []string
	for _, l := range must(h.store.Sessions(h.t.Context(), who, run.Page{}))(h.t) {
		if l.Session.Interview == pkg+":data/questions/commons.yml" && l.Session.Owner != who.ID {
			ids = append(ids, l.Session.ID)
		}
	}
	if got := strings.Join(ids, " "); got != want {
		h.t.Errorf("%s %s has the sessions of others %q, want %q", who.Kind, who.ID, got, want)
	}
}

// Who leaves a session leaves it to the others; the last one takes it along.
func TestLeavingASharedSession(t *testing.T) {
	exits := map[string]func(p *person, pg *page){
		"/exit":           func(p *person, pg *page) { p.get("/exit?i=" + pkg + ":commons.yml&session=" + pg.session()) },
		"command('exit')": func(p *person, pg *page) { p.get(pg.link("Leave")) },
		"reset":           func(p *person, pg *page) { p.get(address("commons.yml") + "&reset=1&session=" + pg.session()) },
		"restart_session": func(p *person, pg *page) { p.get("/restart_session?i=" + pkg + ":commons.yml&session=" + pg.session()) },
	}
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, commonsFiles, withoutMail)
		for name, exit := range exits {
			t.Run(name, func(t *testing.T) {
				h := h.in(t)
				owner, guest := h.visit(), h.visit()
				pg := owner.begin("commons.yml").follow("Open").wants("Count: 0")
				id := pg.session()
				join := func(p *person) *page { p.get(pg.link("Join")); return p.get(pg.link("Join")).wants("Count: 0") }
				join(guest)
				h.held(id, "browser, browser by link, ring")
				stranger := h.visit()
				exit(stranger, stranger.get(pg.link("Join")).wants("Count: 0"))
				h.held(id, "browser, browser by link, ring") // he had nothing to give up
				exit(guest, join(guest))
				h.held(id, "browser, ring")
				owner.get(address("commons.yml")).wants("Count: 0")
				join(guest)
				exit(owner, pg)
				h.held(id, "browser by link, ring")
				exit(guest, join(guest))
				if n := h.count("sessions where id = '" + id + "'"); n != 0 {
					t.Error("it is there although nobody is left")
				}
			})
		}
		t.Run("the owner of an account", func(t *testing.T) {
			h := h.in(t)
			owner, guest := h.visit(), h.visit()
			owner.register(ana, word)
			guest.register(bob, word)
			pg := owner.begin("commons.yml").follow("Open")
			guest.get(pg.link("Join")).wants("Count: 0")
			exits["/exit"](owner, pg)
			h.held(pg.session(), "account by link, ring")
			owners := column(t, h.db, "select owner from sessions where id = '"+pg.session()+"'")
			if !slices.Equal(owners, []string{""}) {
				t.Errorf("it belongs to %q", owners)
			}
			owner.begin("commons.yml").wants("Count: 0")
			owner.get(pg.link("Join")).wants("Count: 0")
			h.held(pg.session(), "account by link, account by link, ring") // he is a guest now
		})
	})
}

// A guest who makes an account takes his part in the session along, and no more.
func TestAGuestRegisters(t *testing.T) {
	h := open(t, commonsFiles, withoutMail)
	owner, guest := h.visit(), h.visit()
	pg := owner.begin("commons.yml").follow("Open").wants("Count: 0")
	guest.get(pg.link("Join"))
	guest.get(pg.link("Join")).wants("Count: 0")
	guest.register(bob, word)
	h.held(pg.session(), "account by link, browser, ring")
	guest.get(pg.link("Join")).wants("Count: 0")
	owner.get(pg.link("Close")).wants("Count: 0")
	h.held(pg.session(), "browser")
	guest.shut(pg)
	launched := h.visit()
	launched.get(pg.link("Resume")).wants("Count: 0")
	launched.register(ana, word)
	h.held(pg.session(), "account by launch, browser")
	launched.get(address("commons.yml")).wants("Count: 0") // whoever was given its address keeps it
}

// noted gives who opened a session and how, the newest first.
func (h *house) noted(session string) string {
	h.t.Helper()
	var all []string
	for _, o := range must(h.store.Openings(h.t.Context(), run.WantedOpenings{Session: session}))(h.t) {
		who := o.By.Kind
		switch o.By.Kind {
		case run.HolderAccount:
			who += " " + o.By.ID
		case "":
			who = "somebody"
		}
		all = append(all, who+" "+o.How)
	}
	return strings.Join(all, ", ")
}

// Whoever opens a session that is not his own leaves a note, by whatever door;
// its owner leaves none.
func TestOpeningsAreNoted(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		h := openAt(t, db, commonsFiles, withoutMail, withClock(func() time.Time { return now }))
		owner, guest := h.visit(), h.visit()
		owner.register(ana, word)
		guest.register(bob, word)
		pg := owner.begin("commons.yml").follow("Open").follow("More").wants("Count: 1")
		id := pg.session()
		wants := func(want string) {
			t.Helper()
			if got := h.noted(id); got != want {
				t.Errorf("noted are %q, want %q", got, want)
			}
		}
		owner.get("/vars?i=" + pkg + ":commons.yml&session=" + id)
		h.visit().get(address("commons.yml") + "&session=" + strings.Repeat("x", 32))
		wants("")
		guest.get(pg.link("Join")).follow("More").wants("Count: 2")
		guest.get("/vars?i=" + pkg + ":commons.yml&session=" + id)
		wants("account 2 link")
		now = now.Add(61 * time.Minute)
		guest.get("/vars?i=" + pkg + ":commons.yml&session=" + id)
		wants("account 2 link, account 2 link")
		if all := must(h.store.Openings(t.Context(), run.WantedOpenings{Session: id, Since: now}))(t); len(all) != 1 || !all[0].At.Equal(now) ||
			all[0].Owner != "1" || all[0].Interview != pkg+":data/questions/commons.yml" {
			t.Errorf("the last one is %+v", all)
		}
		program := h.visit()
		program.web.Jar = nil
		program.get(pg.link("Push"))
		program.get(pg.link("Push"))
		wants("somebody link, account 2 link, account 2 link")
		now = now.Add(2 * time.Hour)
		guest.get("/uploadedfile/" + id + "/1")
		wants("account 2 link, somebody link, account 2 link, account 2 link")
		pg = owner.get(pg.link("Close"))
		program.get(pg.link("Push"))
		guest.shut(pg) // who is not let in has opened nothing
		wants("account 2 link, somebody link, account 2 link, account 2 link")
		launched := h.visit()
		launched.get(pg.link("Resume")).wants("Count: 4")
		wants("browser launch, account 2 link, somebody link, account 2 link, account 2 link")
		owner.get("/exit?i=" + pkg + ":commons.yml&session=" + id)
		launched.get("/exit?i=" + pkg + ":commons.yml&session=" + id)
		if n := h.count("openings"); n != 0 {
			t.Errorf("%d notes outlive their session", n)
		}
	})
}

// Code of one session that reaches into another is noted there.
func TestOpeningsByOtherInterviews(t *testing.T) {
	h := open(t, sharing, withoutMail)
	c, other := h.clerk(), h.clerk()
	said, failed := c.does("create open", "")
	if failed != "" {
		t.Fatal(failed)
	}
	sid := unquoted(t, said)
	c.gives("question", sid, `"First?"`)
	if got := h.noted(sid); got != "" {
		t.Errorf("of the owner is noted %q", got)
	}
	other.gives("question", sid, `"First?"`)
	other.gives("question", sid, `"First?"`)
	if got := h.noted(sid); got != "browser interview" {
		t.Errorf("of somebody else is noted %q", got)
	}
}

// Two who leave at once leave nothing behind.
func TestTheLastTwoLeaveAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, commonsFiles)
		for range 5 {
			owner, guest := h.visit(), h.visit()
			pg := owner.begin("commons.yml").follow("Open")
			guest.get(pg.link("Join"))
			guest.get(pg.link("Join")).wants("Count: 0")
			gone := make(chan error, 2)
			for _, p := range []*person{owner, guest} {
				go func() {
					_, err := p.try(http.MethodGet, "/exit?i="+url.QueryEscape(pkg+":commons.yml")+"&session="+pg.session(), "", nil)
					gone <- err
				}()
			}
			check(t, <-gone)
			check(t, <-gone)
		}
		if n := h.count("sessions"); n != 0 {
			t.Errorf("%d sessions are nobody's", n)
		}
	})
}
