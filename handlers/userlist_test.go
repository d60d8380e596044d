package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
)

// establish makes an account and signs in to it.
func (h *house) establish(email string, privileges ...string) (*accounts.Account, *person) {
	h.t.Helper()
	a, _, err := h.keeper.Establish(h.t.Context(), accounts.Newcomer{Email: email, Password: word, Privileges: privileges})
	check(h.t, err)
	p := h.visit()
	p.signIn(email, word)
	p.signedIn(email)
	return a, p
}

func edit(a *accounts.Account) string { return fmt.Sprintf("/user/%d/editprofile", a.ID) }

// again reads an account from the database.
func (h *house) again(a *accounts.Account) *accounts.Account {
	h.t.Helper()
	return must(h.store.Account(h.t.Context(), a.ID))(h.t)
}

// privileged gives permissions to privileges that a test makes up.
func privileged(given map[string][]string) option {
	return set(func(c *config.Config) { c.Accounts.Permissions = given; c.Accounts.Confirm = false })
}

// Who may do what: every row of the table of permissions that has a page, for
// every privilege that is built in and for every permission alone.
func TestWhoMaySeeWhichPage(t *testing.T) {
	given := map[string][]string{"anonymous": {"access_privileges"}}
	who := []string{"admin", "developer", "advocate", "trainer", "customer", "user"}
	for _, permission := range config.PermissionNames() {
		given["can "+permission] = []string{permission}
		who = append(who, "can "+permission)
	}
	given["remover"] = []string{"delete_user", "access_sessions", "edit_sessions"}
	who = append(who, "remover")
	h := open(t, nil, privileged(given))
	for _, name := range append(config.PermissionNames(), "x") {
		check(t, h.keeper.AddPrivilege(t.Context(), "can "+name))
	}
	check(t, h.keeper.AddPrivilege(t.Context(), "remover"))
	plain, _ := h.establish("plain@example.com", "user")
	boss, _ := h.establish("boss@example.com", "admin")
	rows := []struct {
		page    string
		allowed string // besides admin
	}{
		{"/userlist", "advocate,can access_user_info"},
		{"/user/add", "can create_user"},
		{"/user/invite", "can create_user"},
		{"/privilegelist", "developer,can access_privileges"},
		{"/privilege/add", "can edit_privileges"},
		{"/privilege/can%20x/delete", "can edit_privileges"},
		{edit(plain), "advocate,can access_user_info,can edit_user_info,can edit_user_active_status,can edit_user_password,can edit_user_privileges,can delete_user,remover"},
		{edit(plain) + "?set_password=1", "can edit_user_password"},
		{edit(plain) + "?reset_email_confirmation=1", "can edit_user_info"},
		{edit(plain) + "?delete_account=1", "remover"},
		{edit(plain) + "?delete_account_complete=1", "remover"},
		{edit(boss) + "?set_password=1", ""},
		{edit(boss) + "?delete_account=1", ""},
	}
	for i, privilege := range who {
		_, p := h.establish(fmt.Sprintf("who%d@example.com", i), privilege)
		for _, r := range rows {
			want := http.StatusForbidden
			if privilege == "admin" || contains(strings.Split(r.allowed, ","), privilege) {
				want = http.StatusOK
			}
			if got := p.get(r.page).status; got != want {
				t.Errorf("%s at %s: %d, want %d", privilege, r.page, got, want)
			}
		}
	}
	visitor := h.visit()
	for _, r := range rows {
		pg := visitor.get(r.page)
		if r.page == "/privilegelist" { // what the configuration gives to everybody
			if pg.status != http.StatusOK || pg.url.Path != "/privilegelist" {
				t.Errorf("a visitor does not see %s: %d at %s", r.page, pg.status, pg.url)
			}
			continue
		}
		if pg.url.Path != "/user/sign-in" || pg.url.Query().Get("next") != r.page {
			t.Errorf("a visitor at %s is sent to %s", r.page, pg.url)
		}
	}
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// The fields of the page about an account, by what somebody may do.
func TestWhatSomebodyMayChangeOfAnAccount(t *testing.T) {
	given := map[string][]string{"info": {"edit_user_info"}, "active": {"edit_user_active_status"}, "giver": {"edit_user_privileges"}, "seer": {"access_user_info"}}
	h := open(t, nil, privileged(given))
	for name := range given {
		check(t, h.keeper.AddPrivilege(t.Context(), name))
	}
	target, _ := h.establish("target@example.com", "user")
	boss, _ := h.establish("boss@example.com", "admin")
	for _, tt := range []struct{ privilege, has, lacks string }{
		{"info", "email first_name organization timezone", "privileges active"},
		{"active", "active", "email privileges"},
		{"giver", "privileges", "email active"},
		{"admin", "email first_name privileges active", ""},
		{"seer", "", "email privileges active"},
	} {
		_, p := h.establish(tt.privilege+"@example.com", tt.privilege)
		pg := p.get(edit(target)).wants("Edit User")
		for _, name := range strings.Fields(tt.has) {
			if input(pg, name) == nil {
				t.Errorf("%s: no %s", tt.privilege, name)
			}
		}
		for _, name := range strings.Fields(tt.lacks) {
			if input(pg, name) != nil {
				t.Errorf("%s: there is %s", tt.privilege, name)
			}
		}
		// What the page does not ask for is not taken from whoever sends it all the same.
		p.post(edit(target), url.Values{"email": {"taken@example.com"}, "privileges": {"admin", "user"}, "first_name": {"Mass"}, "organization": {"Assigned"},
			"confirmed": {"1"}, "id": {"1"}, "uid": {"x"}, "factor": {"x"}, "password": {"another password"}})
		got := h.again(target)
		wrote := got.Email != target.Email || got.FirstName != ""
		if want := tt.privilege == "info" || tt.privilege == "admin"; wrote != want {
			t.Errorf("%s changed the profile: %v", tt.privilege, wrote)
		}
		if got.Has("admin") != (tt.privilege == "admin") || got.UID != target.UID || got.ID != target.ID || got.Factor != nil {
			t.Errorf("%s made it %+v", tt.privilege, got)
		}
		if got.Active == (tt.privilege == "active" || tt.privilege == "admin") {
			t.Errorf("%s: active is %v", tt.privilege, got.Active)
		}
		on, email := true, target.Email
		check(t, h.keeper.Set(t.Context(), boss, h.again(target), accounts.Edit{Privileges: &[]string{"user"}, Active: &on, Email: &email,
			Profile: map[string]string{"first_name": "", "organization": ""}}))
	}
}

func input(pg *page, name string) *html.Node {
	return first(pg.doc, func(n *html.Node) bool {
		return (n.Data == "input" || n.Data == "select" || n.Data == "textarea") && attr(n, "name") == name && attr(n, "type") != "hidden"
	})
}

// post sends a form that the browser has not drawn, with the token of its pages.
func (p *person) post(to string, values url.Values) *page {
	p.t.Helper()
	if values.Get("csrf_token") == "" {
		values.Set("csrf_token", p.csrf)
	}
	return p.do(http.MethodPost, to, "application/x-www-form-urlencoded", []byte(values.Encode()))
}

// The list is turned over page by page, forth and back.
func TestPagesOfTheUserList(t *testing.T) {
	h := open(t, nil, withoutMail)
	_, p := h.establish("boss@example.com", "admin")
	for i := range 230 {
		a := &accounts.Account{UID: fmt.Sprintf("u%d", i), Kind: accounts.Local, Email: fmt.Sprintf("user%03d@example.com", i), Active: true, Created: time.Now()}
		must(h.store.AddAccount(t.Context(), a, nil, nil))(t)
	}
	shows := func(pg *page, name string, n int, firstOne string) *page {
		t.Helper()
		var emails []string
		for c := range pg.doc.Descendants() {
			if c.Data == "a" && strings.HasSuffix(attr(c, "href"), "/editprofile") {
				emails = append(emails, text(c))
			}
		}
		if len(emails) != n || n > 0 && emails[0] != firstOne {
			t.Errorf("%s: %d users from %v on, want %d from %s on", name, len(emails), emails[:min(1, len(emails))], n, firstOne)
		}
		return pg
	}
	offers := func(pg *page, links string) *page {
		t.Helper()
		var got []string
		for _, name := range []string{"Previous page", "Next page"} {
			if strings.Contains(pg.text(), name) {
				got = append(got, name)
			}
		}
		if strings.Join(got, ", ") != links {
			t.Errorf("%s offers %v, want %s", pg.url, got, links)
		}
		return pg
	}
	one := offers(shows(p.get("/userlist"), "first", 100, "boss@example.com"), "Next page")
	two := offers(shows(one.follow("Next page"), "second", 100, "user099@example.com"), "Previous page, Next page")
	three := offers(shows(two.follow("Next page"), "third", 31, "user199@example.com"), "Previous page")
	back := offers(shows(three.follow("Previous page"), "second again", 100, "user099@example.com"), "Previous page, Next page")
	offers(shows(back.follow("Previous page"), "first again", 100, "boss@example.com"), "Next page")
	offers(shows(p.get("/userlist?page=-50"), "before the fiftieth", 100, "boss@example.com"), "Next page")
	offers(shows(p.get("/userlist?q=user1"), "found", 100, "user100@example.com"), "")
	offers(shows(p.get("/userlist?q=nobody"), "none", 0, ""), "")
	if pg := p.get("/userlist?page=x"); pg.status != http.StatusNotFound {
		t.Errorf("no number: %d", pg.status)
	}
}
