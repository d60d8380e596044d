package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
)

func TestAnAccountIsEdited(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, nil, withoutMail)
		target, theirs := h.establish("target@example.com", "user")
		h.establish("taken@example.com", "user")
		boss, p := h.establish("boss@example.com", "admin")
		pg := p.get(edit(target)).submit("Email", "New@example.com", "First name", "Tara", "Language", "French", "developer", "yes")
		if pg.status != http.StatusOK || !strings.Contains(pg.text(), "The information was saved.") {
			t.Fatalf("after saving: %d %s", pg.status, pg.problem())
		}
		got := h.again(target)
		if got.Email != "New@example.com" || got.FirstName != "Tara" || got.Language != "fr" || !got.Has("developer") || !got.Has("user") {
			t.Errorf("saved: %+v", got)
		}
		pg = p.get(edit(target)).submit("Email", "TAKEN@example.com")
		if pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "already in use") {
			t.Errorf("an address of others: %d %s", pg.status, pg.problem())
		}
		theirs.signedIn("New@example.com")
		f := p.get(edit(target)).accountForm()
		f.drop("active")
		p.send(f)
		theirs.signedIn("") // not active any more
		t.Run("oneself", func(t *testing.T) {
			f := p.get(edit(boss)).accountForm("First name", "Bo")
			f.drop("privileges")
			f.set("active", "")
			p.send(f)
			if got := h.again(boss); got.FirstName != "Bo" || !got.Has("admin") || !got.Active {
				t.Errorf("he made himself %+v", got)
			}
			for _, what := range []string{"delete_account", "delete_account_complete", "disable_mfa", "reset_email_confirmation", "set_password"} {
				if pg := p.get(edit(boss) + "?" + what + "=1"); pg.status != http.StatusForbidden {
					t.Errorf("%s: %d", what, pg.status)
				}
				if pg := p.post(edit(boss), url.Values{what: {"1"}, "password": {word}, "retype_password": {word}}); pg.status != http.StatusForbidden {
					t.Errorf("posting %s: %d", what, pg.status)
				}
			}
		})
		t.Run("nobody", func(t *testing.T) {
			for _, path := range []string{"/user/999999/editprofile", "/user/x/editprofile", "/user/-1/editprofile"} {
				if pg := p.get(path); pg.status != http.StatusNotFound {
					t.Errorf("%s: %d", path, pg.status)
				}
			}
		})
	})
}

// What is done to an account alone is asked for first, and done by a form only.
func TestDeedsOnAnAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary}, withoutMail)
		target, theirs := h.establish("target@example.com", "user")
		theirs.begin("diary.yml").answer("Day", "rain")
		_, p := h.establish("boss@example.com", "admin")
		check(t, h.store.Change(t.Context(), accounts.Change{Account: target.ID, SetFactor: true, Factor: []byte("sealed")}))

		p.get(edit(target) + "?disable_mfa=1")
		if h.again(target).Factor == nil {
			t.Fatal("looking at the page removes the second factor")
		}
		p.get(edit(target) + "?disable_mfa=1").wants("Remove the second factor").submit()
		p.get(edit(target) + "?reset_email_confirmation=1").submit()
		if got := h.again(target); got.Factor != nil || !got.Confirmed.IsZero() {
			t.Errorf("afterwards: %+v", got)
		}
		pg := p.get(edit(target)+"?set_password=1").submit("New password", "short", "Retype the password", "short")
		if pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "Password must be") {
			t.Errorf("a short password: %d %s", pg.status, pg.problem())
		}
		p.get(edit(target)+"?set_password=1").submit("New password", "a wholly new one", "Retype the password", "a wholly new one")
		theirs.signedIn("")
		theirs.signIn("target@example.com", "a wholly new one")
		theirs.signedIn("target@example.com")

		p.get(edit(target) + "?delete_account=1")
		if h.again(target) == nil || h.count("sessions") != 1 {
			t.Fatal("looking at the page deletes the account")
		}
		p.get(edit(target) + "?delete_account=1").submit()
		if got := h.people(); got != "boss" || h.count("sessions") != 0 {
			t.Errorf("left: %s, %d sessions", got, h.count("sessions"))
		}
		theirs.signedIn("")
	})
}

func TestNobodyDeletesAccountsIfTheConfigurationSaysSo(t *testing.T) {
	h := open(t, nil, set(func(c *config.Config) { unconfirmed(c); c.Accounts.AdminDeletes = false }))
	target, _ := h.establish("target@example.com", "user")
	_, p := h.establish("boss@example.com", "admin")
	if pg := p.get(edit(target)); strings.Contains(pg.text(), "Delete account") {
		t.Error("the page offers it")
	}
	p.get("/userlist")
	if pg := p.post(edit(target), url.Values{"delete_account": {"1"}}); pg.status != http.StatusForbidden || h.people() != "target boss" {
		t.Errorf("%d, left %s", pg.status, h.people())
	}
}

// Each form about accounts of others is refused without the token of the
// browser's own pages, from another site, and with somebody else's token.
func TestFormsAboutOthersAreOurOwn(t *testing.T) {
	h := open(t, nil, withoutMail)
	check(t, h.keeper.AddPrivilege(t.Context(), "clerk"))
	target, other := h.establish("target@example.com", "user")
	_, p := h.establish("boss@example.com", "admin")
	other.get("/user/profile")
	for _, tt := range []struct {
		to     string
		fields url.Values
	}{
		{edit(target), url.Values{"email": {"x@example.com"}, "first_name": {"X"}, "privileges": {"admin"}}},
		{edit(target), url.Values{"delete_account": {"1"}}},
		{edit(target), url.Values{"delete_account_complete": {"1"}}},
		{edit(target), url.Values{"set_password": {"1"}, "password": {"a wholly new one"}, "retype_password": {"a wholly new one"}}},
		{edit(target), url.Values{"reset_email_confirmation": {"1"}}},
		{"/user/add", url.Values{"email": {"new@example.com"}, "password": {word}}},
		{"/user/invite", url.Values{"email": {"new@example.com"}, "privilege": {"user"}}},
		{"/privilege/add", url.Values{"name": {"own"}}},
		{"/privilege/clerk/delete", url.Values{}},
	} {
		before := h.dump()
		for name, token := range map[string]string{"none": "none", "of another": other.csrf} {
			tt.fields.Set("csrf_token", token)
			if pg := p.post(tt.to, tt.fields); pg.status != http.StatusForbidden {
				t.Errorf("%s %v with token %s: %d", tt.to, tt.fields, name, pg.status)
			}
		}
		p.get("/userlist")
		p.get("/user/add") // its token is good
		p.extra = map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
		tt.fields.Set("csrf_token", p.csrf)
		if pg := p.post(tt.to, tt.fields); pg.status != http.StatusForbidden {
			t.Errorf("%s %v from another site: %d", tt.to, tt.fields, pg.status)
		}
		p.extra = nil
		after := h.dump()
		for _, table := range []string{"accounts.email", "accounts.first_name", "account_privileges.privilege", "privileges.name", "account_tokens.id", "account_locks.closed", "accounts.confirmed_at"} {
			if string(before[table]) != string(after[table]) {
				t.Errorf("%s %v changed %s", tt.to, tt.fields, table)
			}
		}
	}
}

// Names are text wherever they are shown.
func TestNamesAreNoMarkup(t *testing.T) {
	h := open(t, nil, withoutMail)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	target, _ := h.establish("target@example.com", "user")
	h.exec("update accounts set first_name = ?, organization = ?, found_by = ? where id = ?", evil, evil, evil, target.ID)
	h.exec("insert into privileges (name) values (?)", evil)
	_, p := h.establish("boss@example.com", "admin")
	for _, path := range []string{"/userlist", "/userlist?q=" + url.QueryEscape(evil), edit(target), edit(target) + "?delete_account=1", "/privilegelist",
		"/user/add", "/user/invite", "/privilege/" + url.PathEscape(evil) + "/delete"} {
		pg := p.get(path)
		if pg.status != http.StatusOK || strings.Contains(pg.body, "<script>alert") || strings.Contains(pg.body, "<img src=x") {
			t.Errorf("%s: %d, or markup of a name", path, pg.status)
		}
	}
	if pg := p.get(edit(target)).submit("First name", evil); pg.status != http.StatusUnprocessableEntity {
		t.Errorf("such a name is taken: %d", pg.status)
	}
	if pg := p.get("/privilege/add").submit("Name of the privilege", evil); pg.status != http.StatusUnprocessableEntity {
		t.Errorf("such a privilege is taken: %d", pg.status)
	}
}

// Somebody who may give privileges cannot raise himself or others above what he
// may do.
func TestGivingPrivilegesDoesNotRaise(t *testing.T) {
	h := open(t, nil, privileged(map[string][]string{"giver": {"edit_user_privileges", "access_user_info", "create_user"}, "strong": {"delete_user"}}))
	for _, name := range []string{"giver", "strong", "plain"} {
		check(t, h.keeper.AddPrivilege(t.Context(), name))
	}
	target, _ := h.establish("target@example.com", "user", "strong")
	giver, p := h.establish("giver@example.com", "giver")
	for _, tt := range []struct {
		of   *accounts.Account
		give []string
		want string
	}{
		{target, []string{"user", "admin"}, "strong user"},
		{target, []string{"user", "developer"}, "strong user"},
		{target, []string{"user", "plain"}, "plain strong user"}, // what he could not give he does not take
		{target, []string{"cron"}, "plain strong user"},
		{giver, []string{"giver", "strong"}, "giver"},
		{giver, []string{"giver", "admin"}, "giver"},
	} {
		p.get(edit(tt.of))
		p.post(edit(tt.of), url.Values{"privileges": tt.give, "active": {"1"}})
		if got := strings.Join(h.again(tt.of).Privileged(), " "); got != tt.want {
			t.Errorf("giving %v: %s, want %s", tt.give, got, tt.want)
		}
	}
	p.get("/user/add")
	for _, raised := range []string{"admin", "developer", "advocate", "strong", "cron"} {
		p.post("/user/add", url.Values{"email": {raised + "@example.com"}, "privileges": {raised}, "password": {word}})
		p.post("/user/invite", url.Values{"email": {raised + "@example.com"}, "privilege": {raised}})
	}
	if got := h.people(); got != "target giver" || h.count("account_tokens") != 0 {
		t.Errorf("made: %s, %d invitations", got, h.count("account_tokens"))
	}
}

func TestInvitingSeveralPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		sink := mailtest.Start(t, nil, false)
		h := openAt(t, address, nil, set(func(c *config.Config) {
			c.Accounts.Registration, c.Accounts.Confirm = false, true
			c.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: sink.Host, Port: sink.Port, TLS: config.TLSNone}}
		}))
		_, p := h.establish("boss@example.com", "admin")
		pg := p.get("/user/invite").submit("E-mail addresses", "one@example.com\nno address", "Privilege", "customer")
		if pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "no address: Invalid Email") || h.count("account_tokens") != 0 {
			t.Errorf("one address is wrong: %d %s, %d invitations", pg.status, pg.problem(), h.count("account_tokens"))
		}
		pg = p.get("/user/invite").submit("E-mail addresses", "boss@example.com")
		if !strings.Contains(pg.problem(), "A user with that e-mail has already registered (boss@example.com)") {
			t.Errorf("somebody who is there: %s", pg.problem())
		}
		pg = p.get("/user/invite").submit("E-mail addresses", "one@example.com\r\ntwo@example.com\r\nONE@example.com", "Privilege", "customer")
		if !strings.Contains(pg.text(), "Invitations have been sent.") || h.count("account_tokens") != 2 {
			t.Errorf("two addresses: %s, %d invitations", pg.text(), h.count("account_tokens"))
		}
		sink.Wait(t, 2)
		link := mailedLink(t, sink) // to the first one
		q := h.visit()
		if got := attr(find(q.get(link).doc, "input", "name", "email"), "value"); got != "one@example.com" {
			t.Errorf("the page to register is for %q", got)
		}
		pg = q.get(link).submit("Email", "eve@example.com", "Password", word, "Retype the password", word)
		if !strings.Contains(pg.problem(), "another e-mail address") {
			t.Errorf("another address: %s", pg.problem())
		}
		q.get(link).submit("Password", word, "Retype the password", word)
		q.signedIn("one@example.com")
		if a := must(h.store.AccountByEmail(t.Context(), "one@example.com"))(t); !a.Has("customer") || a.Confirmed.IsZero() {
			t.Errorf("the invited account: %+v", a)
		}
		if pg := h.visit().get(link); !strings.Contains(pg.text(), "Invalid invitation token") {
			t.Errorf("the link again: %d %s", pg.status, pg.text())
		}
	})
}

// An invitation that cannot be mailed is withdrawn.
func TestInvitationThatCannotBeMailed(t *testing.T) {
	h := open(t, nil, set(func(c *config.Config) {
		c.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: "127.0.0.1", Port: 1, TLS: config.TLSNone}}
	}))
	_, p := h.establish("boss@example.com", "admin")
	pg := p.get("/user/invite").submit("E-mail addresses", "one@example.com")
	if pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "Unable to send e-mail. Error was: ") {
		t.Errorf("%d %s", pg.status, pg.problem())
	}
	if n := h.count("account_tokens"); n != 0 {
		t.Errorf("%d invitations are left", n)
	}
}

func TestAddingAUser(t *testing.T) {
	h := open(t, nil, withoutMail)
	_, p := h.establish("boss@example.com", "admin")
	pg := p.get("/user/add").submit("Email", "ana@example.com", "First name", "Ana", "Password", word, "customer", "yes")
	if pg.url.Path != "/userlist" || !strings.Contains(pg.text(), "The new user has been created") || !strings.Contains(pg.text(), "Ana") {
		t.Errorf("after adding: %s %s", pg.url, pg.problem())
	}
	ana := h.visit()
	ana.signIn("ana@example.com", word)
	ana.signedIn("ana@example.com")
	pg = p.get("/user/add").submit("Email", "bob@example.com")
	code := text(first(pg.doc, func(n *html.Node) bool { return n.Data == "code" }))
	bob := h.visit()
	bob.signIn("bob@example.com", code)
	bob.signedIn("bob@example.com")
	if pg := p.get("/user/add").submit("Email", "bob@example.com"); !strings.Contains(pg.problem(), "already in use") {
		t.Errorf("twice: %s", pg.problem())
	}
}
