package handlers_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/accounts"
)

// behind gives an interview with this line of metadata; its session is open to
// whoever gets past the gate.
func behind(gate string) string {
	return "metadata:\n  title: Gate\n  " + gate + "\n---\nmandatory: True\ncode: |\n  multi_user = True\n---\nmandatory: True\nquestion: Inside\n" +
		"subquestion: |\n  [Do](${ url_action('do') })\n---\nevent: do\ncode: |\n  done = True\n"
}

// Who gets through the gates of metadata: into a new session, into one that is
// there, and who sees the interview in the list. The letters are n for nobody
// signed in, u for a user, d for a developer and a for an administrator.
func TestWhoGetsThroughTheGates(t *testing.T) {
	gates := []struct{ name, gate, begins, enters, lists string }{
		{"open", "require login: False", "nuda", "nuda", "nuda"},
		{"login", "require login: True", "uda", "uda", "nuda"},
		{"login_or_not", "require login: True\n  required privileges: [admin, anonymous]", "na", "na", "na"},
		{"admins", "required privileges: [admin]", "a", "a", "a"},
		{"one", "required privileges: developer", "d", "d", "d"},
		{"some", "required privileges: [user, developer]", "ud", "ud", "ud"},
		{"everybody", "required privileges: [anonymous, user, developer, admin]", "nuda", "nuda", "nuda"},
		{"nobody", "required privileges: []", "", "", ""},
		{"begin", "required privileges for initiating: [admin]", "a", "nuda", "nuda"},
		{"begin_user", "required privileges for initiating: [user, admin]", "ua", "nuda", "nuda"},
		{"begin_never", "required privileges for initiating: []", "", "nuda", "nuda"},
		{"begin_none", "required privileges for initiating: null", "", "nuda", "nuda"},
		{"both", "required privileges: [user, admin]\n  required privileges for initiating: [admin]", "a", "ua", "ua"},
		{"listed", "required privileges: [admin]\n  required privileges for listing: [user]", "a", "a", "u"},
		{"listed_never", "required privileges for listing: []", "nuda", "nuda", ""},
		{"unlisted", "unlisted: True", "nuda", "nuda", ""},
		{"unique", "sessions are unique: True", "uda", "uda", "nuda"},
		{"unique_some", "sessions are unique: [user]", "uda", "uda", "nuda"},
		{"brief", "temporary session: True", "nuda", "nuda", "nuda"},
	}
	yaml := map[string]string{"seed.yml": behind("unlisted: True")}
	var dispatched []option
	for _, g := range gates {
		yaml[g.name+".yml"] = strings.Replace(behind(g.gate), "title: Gate", "title: Gate "+g.name+" end", 1)
		dispatched = append(dispatched, dispatch(g.name, g.name+".yml"))
	}
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, yaml, withoutMail)
		offering := openAt(t, db, yaml, append(dispatched, beside(h), withoutMail)...)
		people := map[string]*person{"n": h.visit()}
		for who, privilege := range map[string]string{"u": accounts.User, "d": accounts.Developer, "a": accounts.Admin} {
			must2(h.keeper.Establish(t.Context(), accounts.Newcomer{Email: who + "@example.com", Password: word, Privileges: []string{privilege}}))(t)
			people[who] = h.visit()
			people[who].signIn(who+"@example.com", word)
		}
		through := func(way string, pg *page, want bool, anonymous bool) {
			t.Helper()
			switch {
			case want:
				if pg.heading() != "Inside" {
					t.Errorf("%s: %d %s", way, pg.status, pg.text())
				}
			case anonymous && pg.status != http.StatusForbidden:
				if pg.heading() != "Sign in" || !strings.Contains(pg.text(), "You need to be logged in to access this interview.") {
					t.Errorf("%s: %d %s", way, pg.status, pg.text())
				}
			case pg.status != http.StatusForbidden || !strings.Contains(pg.text(), "You are not allowed to access this interview."):
				t.Errorf("%s: %d %s", way, pg.status, pg.text())
			}
		}
		for who, p := range people {
			inGroups, inMenu := p.get("/list").text(), p.elsewhere(offering).get("/list").text()
			for _, g := range gates {
				way := g.name + " by " + who
				through(way, p.begin(g.name+".yml"), strings.Contains(g.begins, who), who == "n")
				id := h.planted(g.name)
				through(way+", named", p.elsewhere(h).get(address(g.name+".yml")+"&session="+id), strings.Contains(g.enters, who), who == "n")
				for list, shown := range map[string]string{"all": inGroups, "menu": inMenu} {
					if got := strings.Contains(shown, "Gate "+g.name+" end"); got != strings.Contains(g.lists, who) {
						t.Errorf("%s: it is in the list of %s: %v", way, list, got)
					}
				}
			}
		}
	})
}

// planted gives a session of an interview that lets few people begin one: that
// of another interview is made one of it, as if its metadata had changed.
func (h *house) planted(name string) string {
	h.t.Helper()
	pg := h.visit().begin("seed.yml").wants("Inside")
	h.exec("update sessions set interview = ? where id = ?", pkg+":data/questions/"+name+".yml", pg.session())
	return pg.session()
}

// Who is sent to sign in comes to the session that was named, and no other.
func TestASessionWaitsForTheSignIn(t *testing.T) {
	h := open(t, map[string]string{"seed.yml": behind("unlisted: True"), "login.yml": behind("require login: True")}, withoutMail)
	p := h.visit()
	p.register(ana, word)
	p.begin("login.yml").wants("Inside")
	p.signOut()
	id := h.planted("login")
	pg := p.get(address("login.yml") + "&session=" + id).wants("Sign in")
	pg = pg.submit("Email", ana, "Password", word).wants("Inside")
	if pg.session() != id {
		t.Errorf("he comes to %s, want %s", pg.session(), id)
	}
}

// A "temporary session" of an account is the only one, wherever it was begun;
// where its owner was a guest he leaves.
func TestTemporarySessionsOfAnAccount(t *testing.T) {
	h := open(t, map[string]string{"brief.yml": behind("temporary session: True")}, withoutMail)
	p, q, host := h.visit(), h.visit(), h.visit()
	p.register(ana, word)
	q.signIn(ana, word)
	first := p.begin("brief.yml").wants("Inside").session()
	hosts := host.begin("brief.yml").wants("Inside").session()
	p.get(address("brief.yml") + "&session=" + hosts).wants("Inside")
	h.held(hosts, "account by link, browser, ring")
	second := q.begin("brief.yml").wants("Inside").session()
	left := column(t, h.db, "select id from sessions")
	if slices.Contains(left, first) || !slices.Contains(left, second) || !slices.Contains(left, hosts) {
		t.Errorf("there are %v of %s, %s and %s", left, first, second, hosts)
	}
	h.held(hosts, "browser, ring")
}
