package handlers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
	"colloquy/engine/run"
)

const (
	ana  = "ana@example.com"
	word = "correct horse battery"
)

// diary is an interview with two questions and everything that tells who asks.
const diary = `
metadata:
  title: Diary
---
mandatory: True
code: |
  first
  second
  done
---
question: The first day?
fields:
  - Day: first
---
question: The second day?
fields:
  - Day: second
---
event: done
question: ${ first }, ${ second }
subquestion: ${ user_logged_in() } ${ user_info().email } ${ ', '.join(user_privileges()) } ${ user_has_privilege('admin') }
`

// accountForm fills the form of a page about accounts in.
func (pg *page) accountForm(fields ...string) *form {
	pg.p.t.Helper()
	n := first(pg.doc, func(n *html.Node) bool { return n.Data == "form" && strings.Contains(attr(n, "class"), "account-form") })
	if n == nil {
		pg.p.t.Fatalf("no form at %q (%v)\n%s", pg.heading(), pg.through, pg.trouble())
	}
	f := read(n)
	for i := 0; i+1 < len(fields); i += 2 {
		f.fill(pg.p.t, fields[i], fields[i+1])
	}
	return f
}

// submit posts it.
func (pg *page) submit(fields ...string) *page {
	pg.p.t.Helper()
	return pg.p.send(pg.accountForm(fields...))
}

// register makes an account where addresses are not confirmed.
func (p *person) register(email, password string) *page {
	p.t.Helper()
	return p.get("/user/register").submit("Email", email, "Password", password, "Retype the password", password)
}

func (p *person) signIn(email, password string) *page {
	p.t.Helper()
	return p.get("/user/sign-in").submit("Email", email, "Password", password)
}

func (p *person) signOut() *page {
	p.t.Helper()
	return p.get("/user/sign-out").submit().wants("Sign in")
}

// signedIn fails the test unless the browser is signed in as somebody; "" for
// nobody.
func (p *person) signedIn(email string) {
	p.t.Helper()
	want := `"logged_in":false`
	if email != "" {
		want = `"email":"` + email + `"`
	}
	if got := p.get("/me").body; !strings.Contains(got, want) {
		p.t.Errorf("/me says %s, want %s", got, want)
	}
}

// problem is what a page about accounts says is wrong.
func (pg *page) problem() string { return text(byID(pg.doc, "error-summary")) }

func unconfirmed(c *config.Config) { c.Accounts.Confirm = false }

var withoutMail = set(unconfirmed)

func TestRegisterSignOutSignInSameScreen(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary}, withoutMail)
		p := h.visit()
		p.begin("diary.yml").wants("The first day?").answer("Day", "rain").wants("The second day?")
		p.register(ana, word)
		p.signedIn(ana)
		p.get(fileAddress("diary.yml")).wants("The second day?")
		p.signOut()
		p.signedIn("")
		p.get(fileAddress("diary.yml")).wants("The first day?") // somebody else's, as far as one can tell
		p.signIn(ana, word)
		pg := p.get(fileAddress("diary.yml")).wants("The second day?").answer("Day", "sun").wants("rain, sun")
		if got := pg.text(); !strings.Contains(got, "True "+ana+" user False") {
			t.Errorf("the interview knows its user as %q", got)
		}
		t.Run("elsewhere", func(t *testing.T) {
			q := h.visit()
			q.signIn(ana, word)
			q.get(fileAddress("diary.yml")).wants("rain, sun")
		})
		t.Run("nobody else", func(t *testing.T) {
			q := h.visit()
			q.register("bob@example.com", word)
			q.get(fileAddress("diary.yml")).wants("The first day?")
		})
	})
}

func fileAddress(file string) string { return address(file) }

// An anonymous session becomes the account's by one key, and what the visitor
// had pending goes along.
func TestTakingOverRewrapsOneKey(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary}, withoutMail)
		p := h.visit()
		p.begin("diary.yml").answer("Day", "rain")
		before := h.counts()
		p.register(ana, word)
		if got := h.counts(); got != before {
			t.Errorf("rows before: %s, after: %s", before, got)
		}
		kinds := column(t, h.db, "select kind from keys")
		if !slices.Equal(kinds, []string{run.HolderAccount}) {
			t.Errorf("the session is held by %v", kinds)
		}
		if owners := column(t, h.db, "select owner from sessions"); owners[0] != "1" {
			t.Errorf("its owner is %v", owners)
		}
	})
}

func TestSessionsOfAnAccountOpenWithItsPasswordOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary}, withoutMail)
		p := h.visit()
		p.register(ana, word)
		p.begin("diary.yml").answer("Day", "a rainy marker day")
		for table, bytes := range h.dump() {
			for _, d := range disguises("a rainy marker day") {
				if strings.Contains(string(bytes), string(d)) {
					t.Errorf("the answer is readable in %s", table)
				}
			}
			if strings.Contains(string(bytes), word) {
				t.Errorf("the password is readable in %s", table)
			}
		}
		pg := p.get("/user/change-password").submit("Current password", word, "New password", "a wholly new one", "Retype the password", "a wholly new one")
		if !strings.Contains(pg.text(), "changed successfully") {
			t.Fatalf("changing the password: %s", pg.text())
		}
		q := h.visit()
		q.signIn(ana, "a wholly new one")
		q.get(fileAddress("diary.yml")).wants("The second day?")
	})
}

// Show 3 of the issue: a new password for an account with 10,000 sessions
// rewrites one row.
func TestPasswordChangeRewritesOneRow(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary}, withoutMail)
		p := h.visit()
		p.register(ana, word)
		p.begin("diary.yml").answer("Day", "rain")
		const many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9999) "
		h.exec("insert into sessions (id, interview, rev, head, owner, card, created_at, active_at, expires_at) " + many +
			"select 'copy' || i, interview, rev, head, owner, card, created_at, active_at, expires_at from sessions, n")
		h.exec("insert into keys (session, kind, holder, wrapped, expires_at, interview, begun_at) " + many +
			"select 'copy' || i, kind, holder, wrapped, expires_at, interview, begun_at from keys, n")
		if n := h.count("keys"); n != 10_000 {
			t.Fatalf("%d keys", n)
		}
		before := h.dump()
		pg := p.get("/user/change-password").submit("Current password", word, "New password", "a wholly new one", "Retype the password", "a wholly new one")
		if !strings.Contains(pg.text(), "changed successfully") {
			t.Fatalf("changing the password: %s", pg.text())
		}
		for key, was := range h.dump() {
			switch table, _, _ := strings.Cut(key, "."); {
			case table == "account_locks":
				if n := bytes.Count(was, []byte{0}); key == "account_locks.kind" && n != 1 {
					t.Errorf("%d locks", n)
				}
			case table != "strikes" && table != "effects" && !bytes.Equal(was, before[key]):
				t.Errorf("%s changed", key)
			}
		}
		if pg := p.get(fileAddress("diary.yml")); pg.heading() != "The second day?" {
			t.Errorf("after the change: %s", pg.heading())
		}
	})
}

func TestResetByMailSaysWhatItCosts(t *testing.T) {
	sink := mailtest.Start(t, nil, false)
	h := open(t, map[string]string{"diary.yml": diary}, withDelivery, set(func(c *config.Config) {
		unconfirmed(c)
		c.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: sink.Host, Port: sink.Port, TLS: config.TLSNone}}
	}))
	p := h.visit()
	p.register(ana, word)
	p.begin("diary.yml").answer("Day", "rain")
	q := h.visit()
	q.get("/user/forgot-password").submit("Email", strings.ToUpper(ana)).wants("Check your mail")
	link := mailedLink(t, sink)
	pg := q.get(link).wants("Reset password")
	if got := pg.text(); !strings.Contains(got, "they are lost") {
		t.Errorf("the page does not say what is lost: %s", got)
	}
	pg.submit("New password", "a wholly new one", "Retype the password", "a wholly new one").wants("Sign in")
	t.Run("replayed", func(t *testing.T) {
		pg := h.visit().get(link)
		if pg.status != http.StatusGone || pg.heading() != "This link does not work any more" {
			t.Errorf("the link again: %d %s", pg.status, pg.heading())
		}
	})
	p.signedIn("") // logins ended
	q.signIn(ana, "a wholly new one")
	q.signedIn(ana)
	q.get(fileAddress("diary.yml")).wants("The first day?")
}

// mailedLink waits for a mail and gives the path of the link in it.
func mailedLink(t testing.TB, sink *mailtest.Server) string {
	t.Helper()
	m := sink.Wait(t, 1)
	said := mailtest.Open(t, m[len(m)-1].Data).Text("text/plain")
	link := regexp.MustCompile(`(?m)^http://127\.0\.0\.1:\d+(/user/\S+)\s*$`).FindStringSubmatch(said)
	if link == nil {
		t.Fatalf("no link in the mail: %s", said)
	}
	return link[1]
}

func TestGatesAskToSignIn(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary, "members.yml": "metadata:\n  require login: True\n" + diary[strings.Index(diary, "---"):],
		"admins.yml": "metadata:\n  required privileges:\n    - admin\n" + diary[strings.Index(diary, "---"):]}, withoutMail)
	p := h.visit()
	pg := p.get(fileAddress("members.yml") + "&day=1").wants("Sign in")
	if !strings.Contains(pg.text(), "You need to be logged in to access this interview.") {
		t.Errorf("the page says %s", pg.text())
	}
	p.register(ana, word)
	p.get(fileAddress("members.yml")).wants("The first day?")
	if pg := p.get(fileAddress("admins.yml")); pg.status != http.StatusForbidden {
		t.Errorf("an administrator's interview for a user: %d", pg.status)
	}
	p.signOut()
	pg = p.get(fileAddress("members.yml") + "&new_session=1").wants("Sign in")
	pg.submit("Email", ana, "Password", word).wants("The first day?")
}

// A front end of somebody's own signs in with the token it asks for.
func TestSignInByScript(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail)
	p := h.visit()
	p.register(ana, word)
	p.begin("diary.yml").answer("Day", "rain")
	q := h.visit()
	var said map[string]string
	check(t, json.Unmarshal([]byte(q.get("/user/sign-in?json=1").body), &said))
	if said["action"] != "login" || said["csrf_token"] == "" {
		t.Fatalf("the page says %v", said)
	}
	form := url.Values{"email": {ana}, "password": {word}, "csrf_token": {said["csrf_token"]}, "next": {fileAddress("diary.yml") + "&json=1"}}
	pg := q.do(http.MethodPost, "/user/sign-in", "application/x-www-form-urlencoded", []byte(form.Encode()))
	if !strings.Contains(pg.body, `"questionText":"The second day?"`) {
		t.Errorf("the answer is %d %s", pg.status, pg.body)
	}
	if got := h.visit().get("/user/register?json=1").body; !strings.Contains(got, `"action":"register"`) {
		t.Errorf("the page to register says %s", got)
	}
}

func TestConfirmationWithoutMailIsRefusedBeforehand(t *testing.T) {
	h := open(t, nil, set(func(c *config.Config) { c.Mail = nil }))
	p := h.visit()
	if pg := p.register(ana, word); pg.status != http.StatusServiceUnavailable {
		t.Errorf("registering: %d", pg.status)
	}
	if n := h.count("accounts"); n != 0 {
		t.Errorf("%d accounts were made", n)
	}
}

func TestSessionsThatAreUnique(t *testing.T) {
	h := open(t, map[string]string{"one.yml": "metadata:\n  sessions are unique: True\n" + diary[strings.Index(diary, "---"):],
		"some.yml": "metadata:\n  sessions are unique: [admin]\n" + diary[strings.Index(diary, "---"):]}, withoutMail)
	p := h.visit()
	p.begin("one.yml").wants("Sign in")
	p.register(ana, word)
	p.begin("one.yml").answer("Day", "rain").wants("The second day?")
	p.begin("one.yml").wants("The second day?") // although a new one is asked for
	p.begin("some.yml").answer("Day", "rain").wants("The second day?")
	p.begin("some.yml").wants("The first day?")
	q := h.visit()
	q.signIn(ana, word)
	q.begin("one.yml").wants("The second day?")
}

// Signing in does not take anything away that somebody has begun on purpose.
func TestSigningInKeepsWhatWasWanted(t *testing.T) {
	for name, tt := range map[string]struct{ more, want string }{
		"only looked at": {"", "The second day?"}, "a new one was asked for": {"&new_session=1", "The first day?"},
		"its address tells something": {"&case=7", "The first day?"},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, map[string]string{"diary.yml": diary}, withoutMail)
			p := h.visit()
			p.register(ana, word)
			p.begin("diary.yml").answer("Day", "rain")
			p.signOut()
			p.get(fileAddress("diary.yml") + tt.more).wants("The first day?")
			p.signIn(ana, word)
			p.get(fileAddress("diary.yml")).wants(tt.want)
		})
	}
}

// command('logout') and its kin end the login on the server, too.
func TestAnInterviewSignsItsUserOut(t *testing.T) {
	h := open(t, map[string]string{"leave.yml": "mandatory: True\ncode: |\n  ready\n  command('logout', url='/list')\n---\nquestion: Ready?\ncontinue button field: ready\n"}, withoutMail)
	p := h.visit()
	p.register(ana, word)
	p.begin("leave.yml").wants("Ready?").press("Continue")
	p.signedIn("")
	if n := h.count("logins"); n != 0 {
		t.Errorf("%d logins are left", n)
	}
}

// Pages speak the language of the profile.
func TestTextsInTheLanguageOfTheProfile(t *testing.T) {
	h := open(t, nil, withoutMail, set(func(c *config.Config) {
		c.Texts = map[string]config.ByLanguage{"profile page heading": {"fr": "Mon profil", "*": "My profile"}}
	}))
	p := h.visit()
	p.register(ana, word)
	p.get("/user/profile").wants("My profile").submit("Language", "French").wants("Mon profil")
}

// Whose login is over is asked to sign in again, once, whatever he was doing.
func TestALoginThatIsOver(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail)
	p := h.visit()
	p.register(ana, word)
	pg := p.begin("diary.yml").answer("Day", "rain").wants("The second day?")
	h.exec("delete from logins")
	pg = pg.answer("Day", "sun").wants("Sign in")
	if !strings.Contains(pg.text(), "You are not signed in any more.") {
		t.Errorf("the page says %s", pg.text())
	}
	pg.submit("Email", ana, "Password", word).wants("The second day?")
	h.exec("delete from logins")
	p.get(fileAddress("diary.yml")).wants("Sign in")
	p.get(fileAddress("diary.yml")).wants("The first day?") // without an account
}

func TestNoAnonymousAccess(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail, set(func(c *config.Config) { c.Accounts.AnonymousAccess = false }))
	p := h.visit()
	for _, to := range []string{"/", "/list", fileAddress("diary.yml")} {
		p.get(to).wants("Sign in")
	}
	p.register(ana, word)
	p.get(fileAddress("diary.yml")).wants("The first day?")
}

func TestDeletingTheAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary}, withoutMail)
		p := h.visit()
		p.register(ana, word)
		p.begin("diary.yml").answer("Day", "rain")
		pg := p.get("/user/manage")
		if !strings.Contains(pg.text(), "All your interviews with all your answers and files are deleted") {
			t.Errorf("the page says %s", pg.text())
		}
		if pg := pg.submit("To go on, type: delete my account", "no", "Password", word); pg.status != http.StatusUnprocessableEntity {
			t.Errorf("without the words: %d", pg.status)
		}
		p.get("/user/manage").submit("To go on, type: delete my account", "Delete my account", "Password", word)
		for _, table := range []string{"sessions", "steps", "keys", "accounts", "account_locks", "logins"} {
			if n := h.count(table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		p.signedIn("")
	})
}

func TestProfile(t *testing.T) {
	h := open(t, nil, withoutMail)
	p := h.visit()
	p.register(ana, word)
	pg := p.get("/user/profile").submit("First name", "Ana", "Last name", "Lind", "Language", "Korean", "Time zone", "Europe/Madrid")
	if !strings.Contains(pg.text(), "Your information was saved.") {
		t.Errorf("saving: %s", pg.text())
	}
	if got := p.get("/me").body; !strings.Contains(got, `"lastname":"Lind"`) || !strings.Contains(got, `"timezone":"Europe/Madrid"`) {
		t.Errorf("/me says %s", got)
	}
	pg = p.get("/user/profile").submit("Time zone", "Mars/Phobos")
	if pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "Time zone: This is not the name of a time zone") {
		t.Errorf("a wrong zone: %d %s", pg.status, pg.problem())
	}
	h.visit().get("/user/profile").wants("Sign in")
}

// Show 5 of the issue: one attack after the other.
func TestAttacks(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail, set(func(c *config.Config) { c.Accounts.AttemptLimit = 5 }))
	owner := h.visit()
	owner.register(ana, word)
	login := "colloquy_login"
	root := must(url.Parse(h.root))(t)
	cookie := func(p *person, name string) string {
		for _, c := range p.web.Jar.Cookies(root) {
			if c.Name == name {
				return c.Value
			}
		}
		return ""
	}
	plant := func(p *person, name, value string) {
		p.web.Jar.SetCookies(root, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
	}
	t.Run("session fixation", func(t *testing.T) {
		thief, victim := h.in(t).visit(), h.in(t).visit()
		thief.begin("diary.yml")
		planted := cookie(thief, "colloquy")
		plant(victim, "colloquy", planted)
		plant(victim, login, cookie(owner, login)+"x")
		victim.signIn(ana, word)
		victim.signedIn(ana)
		thief.signedIn("")
		victim.begin("diary.yml").answer("Day", "secret day")
		if got := cookie(victim, "colloquy"); got == planted {
			t.Error("the victim goes on with the planted secret")
		}
		session := column(t, h.db, "select session from keys where kind = 'account' order by session")[0]
		if pg := thief.get(fileAddress("diary.yml") + "&session=" + session); strings.Contains(pg.text(), "secret day") || pg.heading() == "The second day?" {
			t.Errorf("the thief sees %s", pg.text())
		}
		before := cookie(owner, login)
		owner.get("/user/sign-out").submit()
		owner.signIn(ana, word)
		if cookie(owner, login) == before {
			t.Error("the login is the same after signing in again")
		}
	})
	t.Run("tampered cookie", func(t *testing.T) {
		p := h.in(t).visit()
		good := cookie(owner, login)
		for _, bad := range []string{"", "x", good[1:], good[:len(good)-1] + "_", strings.ToUpper(good), good + "A"} {
			plant(p, login, bad)
			p.signedIn("")
		}
	})
	t.Run("cookie of another host", func(t *testing.T) {
		other := open(t, nil, withoutMail)
		o := other.visit()
		o.register(ana, word)
		p := h.in(t).visit()
		plant(p, login, cookie(o, login))
		p.signedIn("")
	})
	t.Run("old cookie after signing out", func(t *testing.T) {
		p := h.in(t).visit()
		p.signIn(ana, word)
		stolen := cookie(p, login)
		p.signOut()
		plant(p, login, stolen)
		p.signedIn("")
	})
	t.Run("open redirect through next", func(t *testing.T) {
		const home = "/interviews?from_login=1"
		for next, want := range map[string]string{
			"https://evil.example/x": "/x", "//evil.example/x": "/x", `/\evil.example`: "/%5Cevil.example", "https:evil.example": home,
			"javascript:alert(1)": home, "/list?a=1#b": "/list?a=1#b", "///evil.example": "/evil.example", "\thttps://evil.example": home, "": home,
			"/a/..//evil.example": "/a/..//evil.example",
		} {
			p := h.in(t).visit()
			f := p.get("/user/sign-in?next="+url.QueryEscape(next)).accountForm("Email", ana, "Password", word)
			kind, body, err := f.encode()
			check(t, err)
			pg := &page{p: p}
			to, err := p.once(pg, http.MethodPost, must(url.Parse(h.root+f.action))(t), kind, body, false)
			check(t, err)
			if to != want {
				t.Errorf("next=%q leads to %q, want %q", next, to, want)
			}
		}
	})
	t.Run("user enumeration by text", func(t *testing.T) {
		p := h.in(t).visit()
		have := p.signIn(ana, "wrong password")
		lack := p.signIn("nobody@example.com", "wrong password")
		if have.problem() != lack.problem() || have.status != lack.status || have.problem() == "" {
			t.Errorf("with account: %d %q\nwithout: %d %q", have.status, have.problem(), lack.status, lack.problem())
		}
		a, b := p.get("/user/forgot-password").submit("Email", ana), p.get("/user/forgot-password").submit("Email", "nobody@example.com")
		if strings.ReplaceAll(a.text(), ana, "X") != strings.ReplaceAll(b.text(), "nobody@example.com", "X") {
			t.Errorf("forgotten password, with account: %s\nwithout: %s", a.text(), b.text())
		}
	})
	t.Run("password spraying", func(t *testing.T) {
		p := h.in(t).visit()
		refused := 0
		for i := range 12 {
			if pg := p.signIn(fmt.Sprintf("person%d@example.com", i), "Summer2026!"); pg.status == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused < 6 {
			t.Errorf("%d of 12 attempts were refused", refused)
		}
		owner.signOut()
		if pg := owner.signIn(ana, word); pg.status == http.StatusTooManyRequests {
			t.Error("the owner's browser is locked out with the sprayer's address")
		}
		owner.signedIn(ana)
	})
}

// Every form about accounts refuses what does not come from our page.
func TestForgedFormsAreRefused(t *testing.T) {
	h := open(t, nil, withoutMail, set(func(c *config.Config) {
		c.Accounts.SecondFactor = config.SecondFactor{Enabled: true, Allowed: []string{"user"}}
	}))
	p := h.visit()
	p.register(ana, word)
	other := h.visit()
	token := attr(find(other.get("/user/sign-in").doc, "input", "name", "csrf_token"), "value")
	for _, path := range []string{"/user/sign-in", "/user/sign-out", "/user/register", "/user/confirm-email/x", "/user/resend-confirm-email",
		"/user/forgot-password", "/user/reset-password/x", "/user/manage", "/user/profile", "/user/change-password", "/user/change-email",
		"/user/recovery-code", "/user/sign-out-elsewhere", "/mfa_setup", "/mfa_login", "/mfa_reconfigure", "/user/first/x"} {
		for name, values := range map[string]url.Values{"none": {}, "another browser's": {"csrf_token": {token}}} {
			values.Set("password", word)
			values.Set("confirm", "delete my account")
			pg := p.do(http.MethodPost, path, "application/x-www-form-urlencoded", []byte(values.Encode()))
			if pg.status != http.StatusForbidden {
				t.Errorf("%s with the token %s: %d", path, name, pg.status)
			}
		}
		own := attr(find(p.get("/user/sign-out").doc, "input", "name", "csrf_token"), "value")
		p.extra = map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
		pg := p.do(http.MethodPost, path, "application/x-www-form-urlencoded", []byte(url.Values{"csrf_token": {own}}.Encode()))
		if pg.status != http.StatusForbidden {
			t.Errorf("%s from another site: %d", path, pg.status)
		}
		p.extra = nil
	}
	p.signedIn(ana)
}

func TestMailedLinksDoNotFollowTheHost(t *testing.T) {
	sink := mailtest.Start(t, nil, false)
	mails := func(c *config.Config) {
		unconfirmed(c)
		c.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: sink.Host, Port: sink.Port, TLS: config.TLSNone}}
	}
	ask := func(h *house, host string) *page {
		p := h.visit()
		p.register(fmt.Sprintf("ana%d@example.com", time.Now().UnixNano()), word)
		p.signOut()
		q := h.visit()
		f := q.get("/user/forgot-password").accountForm("Email", h.email())
		return q.sendAs(f, host)
	}
	t.Run("configured", func(t *testing.T) {
		h := open(t, nil, withDelivery, set(mails), set(func(c *config.Config) { c.URLRoot = "http://forms.example.org" }))
		ask(h, "evil.example")
		if got := mailtest.Open(t, sink.Wait(t, 1)[0].Data).Text("text/plain"); strings.Contains(got, "evil") || !strings.Contains(got, "http://forms.example.org/user/reset-password/") {
			t.Errorf("the mail says %s", got)
		}
	})
	t.Run("not configured", func(t *testing.T) {
		h := open(t, nil, withDelivery, set(mails))
		if pg := ask(h, "evil.example"); pg.status != http.StatusServiceUnavailable {
			t.Errorf("a link for another host is mailed: %d %s", pg.status, pg.heading())
		}
	})
}

// email is the address of the account that was made last.
func (h *house) email() string {
	all := column(h.t, h.db, "select email from accounts order by id desc")
	return all[0]
}

// sendAs posts a form under another Host.
func (p *person) sendAs(f *form, host string) *page {
	p.t.Helper()
	_, body, err := f.encode()
	check(p.t, err)
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.house.root+f.action, strings.NewReader(string(body)))
	check(p.t, err)
	req.Host = host
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range p.web.Jar.Cookies(must(url.Parse(p.house.root))(p.t)) {
		req.AddCookie(c)
	}
	res, err := p.web.Do(req)
	check(p.t, err)
	defer res.Body.Close()
	doc := must(html.Parse(res.Body))(p.t)
	return &page{p: p, status: res.StatusCode, header: res.Header, doc: doc}
}

// Whether an address has an account cannot be told by how long an answer takes.
func TestTimingTellsNothing(t *testing.T) {
	h := open(t, nil, set(func(c *config.Config) {
		unconfirmed(c)
		c.Accounts.Hashing = config.Hashing{Memory: 16 << 10, Passes: 2, Threads: 1, AtOnce: 2}
		c.Accounts.AttemptLimit = 1000
	}))
	h.visit().register(ana, word)
	// Both by turns, so that both meet the same weather.
	took := map[string][]time.Duration{}
	p := h.visit()
	pg := p.get("/user/sign-in")
	for range 40 {
		pair := []string{ana, "nobody@example.com"}
		if rand.N(2) == 0 { // nothing that comes every other time, such as a collection of garbage, meets always the same one
			slices.Reverse(pair)
		}
		for _, email := range pair {
			f := pg.accountForm("Email", email, "Password", "wrong password")
			began := time.Now()
			p.send(f)
			took[email] = append(took[email], time.Since(began))
		}
	}
	middle := func(email string) time.Duration {
		slices.Sort(took[email])
		return took[email][len(took[email])/2]
	}
	have, lack := middle(ana), middle("nobody@example.com")
	if ratio := float64(have) / float64(lack); ratio < 0.6 || ratio > 1.67 {
		t.Errorf("with an account %s, without %s", have, lack)
	}
}
