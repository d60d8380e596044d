package handlers_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
)

// withMailTo has a server's mail go to a test's own.
func withMailTo(sink *mailtest.Server) option {
	return func(p *plans) {
		p.jobs = true
		unconfirmed(p.config)
		p.config.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: sink.Host, Port: sink.Port, TLS: config.TLSNone}}
	}
}

var (
	recoveryCode = regexp.MustCompile(`\b[0-9A-Z]{5}(-[0-9A-Z]{5}){5}\b`)
	resetLink    = regexp.MustCompile(`/user/reset-password/\w+`)
)

// forgets asks for a link with which a password is set anew, and opens it.
func (p *person) forgets(sink *mailtest.Server, email string) *page {
	p.t.Helper()
	known := len(sink.Letters())
	p.get("/user/forgot-password").submit("Email", email).wants("Check your mail")
	for {
		known++
		m := sink.Wait(p.t, known)
		if link := resetLink.FindString(mailtest.Open(p.t, m[known-1].Data).Text("text/plain")); link != "" {
			return p.get(link).wants("Reset password")
		}
	}
}

// Answers stay with their person through everything that may happen to an
// account, and are lost only where that was said beforehand.
func TestChecklist20AnAccountsLife(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		sink := mailtest.Start(t, nil, false)
		h := openAt(t, db, map[string]string{"diary.yml": diary}, withMailTo(sink))
		p := h.visit()
		p.begin("diary.yml").answer("Day", "rain").wants("The second day?")
		f := p.get("/user/register").accountForm("Email", ana, "Password", word, "Retype the password", word,
			"Show me a recovery code, with which my answers stay readable if I forget my password", "yes")
		recovery := recoveryCode.FindString(p.send(f).body)
		if recovery == "" {
			t.Fatal("no recovery code is shown")
		}
		same := func(p *person) {
			t.Helper()
			p.get(fileAddress("diary.yml")).wants("The second day?")
		}
		again := func(password string) {
			t.Helper()
			p.signOut()
			p.get(fileAddress("diary.yml")).wants("The first day?")
			p.signIn(ana, password)
			same(p)
			q := h.visit()
			q.signIn(ana, password)
			same(q)
		}
		same(p)
		again(word)
		const second, third = "the second password", "the third password"
		p.get("/user/change-password").submit("Current password", word, "New password", second, "Retype the password", second)
		same(p)
		if got := h.visit().signIn(ana, word).problem(); got == "" {
			t.Error("the old password is still good")
		}
		again(second)

		pg := p.forgets(sink, ana)
		if !strings.Contains(pg.text(), "With the recovery code that you wrote down, they stay readable.") {
			t.Errorf("before the reset is said %s", pg.text())
		}
		pg.submit("Recovery code", strings.ToLower(recovery), "New password", third, "Retype the password", third).wants("Sign in")
		p.signedIn("")
		p.signIn(ana, third)
		same(p)
		again(third)
		t.Run("without a recovery code", func(t *testing.T) { h.in(t).losesAll(sink, third) })
	})
}

// losesAll resets the password without anything that opens the account's key.
func (h *house) losesAll(sink *mailtest.Server, password string) {
	h.t.Helper()
	q := h.visit()
	pg := q.forgets(sink, ana)
	if !strings.Contains(pg.text(), "they are lost") {
		h.t.Errorf("before the reset is said %s", pg.text())
	}
	const fourth = "the fourth password"
	pg.submit("New password", fourth, "Retype the password", fourth).wants("Sign in")
	if got := h.visit().signIn(ana, password).problem(); got == "" {
		h.t.Error("the password that was replaced is still good")
	}
	q.signIn(ana, fourth)
	q.signedIn(ana)
	q.get(fileAddress("diary.yml")).wants("The first day?").answer("Day", "sun").wants("The second day?")
	q.signOut()
	q.signIn(ana, fourth)
	q.get(fileAddress("diary.yml")).wants("The second day?").answer("Day", "snow").wants("sun, snow")
}

// ageing is an interview with an address for a program that looks in, as the
// administrator's scheduler may.
const ageing = `
mandatory: True
code: |
  multi_user = True
---
mandatory: True
code: |
  looked = 0
---
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [Daily](${ interview_url_action('cron_daily') })
---
event: cron_daily
code: |
  looked += 1
  set_save_status('overwrite')
  response()
`

// Sessions that nobody writes to go after the days of the configuration, by
// interview or for all; those that a task writes to from time to time stay.
func TestChecklist22Purge(t *testing.T) {
	names := []string{"default.yml", "brief.yml", "kept.yml", "cron.yml"}
	files := map[string]string{}
	for _, name := range names {
		files[name] = ageing
	}
	byName := map[string]int{pkg + ":data/questions/brief.yml": 7, pkg + ":data/questions/kept.yml": 0}
	for title, tt := range map[string]struct {
		days  int
		left  map[int]string // by the day on which it is looked
		never string
	}{
		"ninety days": {90, map[int]string{7: "brief cron default kept", 8: "cron default kept", 90: "cron default kept", 91: "cron kept", 200: "cron kept"}, "kept"},
		"for ever":    {0, map[int]string{8: "cron default kept", 200: "cron default kept"}, "cron default kept"},
	} {
		t.Run(title, func(t *testing.T) {
			onBoth(t, func(t *testing.T, db string) {
				begun := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
				now := begun
				h := openAt(t, db, files, withClock(func() time.Time { return now }), set(func(c *config.Config) {
					c.Retention.Days, c.Retention.ByInterview = tt.days, byName
				}))
				owner, daily := h.visit(), ""
				for _, name := range names {
					pg := owner.begin(name).wants("Board")
					if name == "cron.yml" {
						daily = pg.link("Daily")
					}
				}
				program := h.visit()
				program.web.Jar = nil
				program.extra = map[string]string{"User-Agent": "curl/8.5.0", "Accept": "*/*"}
				left := func() string {
					must(h.runner.EraseIdle(t.Context(), now))(t)
					var all []string
					for _, i := range column(t, h.db, "select interview from sessions") {
						all = append(all, strings.TrimSuffix(i[strings.LastIndex(i, "/")+1:], ".yml"))
					}
					slices.Sort(all)
					return strings.Join(all, " ")
				}
				for day := 1; day <= 200; day++ {
					now = begun.AddDate(0, 0, day)
					if day%30 == 0 {
						if got := program.get(daily); got.status != 200 {
							t.Fatalf("on day %d the task gives %d %s", day, got.status, got.body)
						}
					}
					if want, looks := tt.left[day]; looks {
						if got := left(); got != want {
							t.Errorf("on day %d there are %s, want %s", day, got, want)
						}
					}
				}
				now = begun.AddDate(3, 0, 0)
				if got := left(); got != tt.never {
					t.Errorf("when nobody looks in any more there are %s, want %s", got, tt.never)
				}
			})
		})
	}
}

// counsel is an interview of a client, who needs no account, and an advocate.
const counsel = `
metadata:
  title: Counsel
---
default role: client
code: |
  multi_user = True
  role = 'advocate' if user_logged_in() and user_has_privilege('advocate') else 'client'
---
mandatory: True
code: |
  facts
  advice
  final
---
question: What happened?
fields:
  - Facts: facts
---
role: advocate
question: What of ${ facts }?
fields:
  - Advice: advice
---
event: role_event
question: A ${ role } waits for ${ role_needed[0] }
subquestion: |
  [Join](${ interview_url() })
---
event: final
role:
  - client
  - advocate
question: "${ advice } to a ${ role } (${ user_info().email if user_logged_in() else 'nobody' })"
subquestion: |
  [Again](${ url_action('facts') })
`

// Two people in one session, one signed in and one not, are each asked what is
// for their role.
func TestRolesOfTwoPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"counsel.yml": counsel}, withoutMail)
		must2(h.keeper.Establish(t.Context(), accounts.Newcomer{Email: bob, Password: word, Privileges: []string{accounts.Advocate}}))(t)
		client, advocate, user := h.visit(), h.visit(), h.visit()
		pg := client.begin("counsel.yml").wants("What happened?")
		join := address("counsel.yml") + "&session=" + pg.session()
		advocate.signIn(bob, word)
		advocate.get(join).wants("A advocate waits for client")
		pg.answer("Facts", "a leak").wants("A client waits for advocate")
		user.register(ana, word)
		user.get(join).wants("A client waits for advocate") // an account is no role
		advocate.get(join).wants("What of a leak?").answer("Advice", "a plumber").wants("a plumber to a advocate (" + bob + ")")
		client.get(address("counsel.yml")).wants("a plumber to a client (nobody)")
		advocate.get(join).follow("Again").wants("A advocate waits for client") // what is asked again is the client's
		client.get(address("counsel.yml")).wants("a plumber to a client (nobody)").follow("Again").wants("What happened?")
	})
}

// must2 is must for calls with two values.
func must2[V, W any](v V, w W, err error) func(testing.TB) (V, W) {
	return func(t testing.TB) (V, W) {
		t.Helper()
		check(t, err)
		return v, w
	}
}
