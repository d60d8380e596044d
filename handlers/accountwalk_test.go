package handlers_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
)

// enter writes into fields, label and value by turns.
func (w *walker) enter(fields ...string) *walker {
	w.t.Helper()
	for i := 0; i+1 < len(fields); i += 2 {
		w.write(fields[i], fields[i+1])
	}
	return w
}

// Register, sign out, sign in: the same screen, with and without scripts.
func TestWalkThroughAnAccount(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail)
	for i, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			email := fmt.Sprintf("walker%d@example.com", i)
			w := h.in(t).walk(scripts)
			w.open(address("diary.yml") + "&new_session=1").wants("The first day?")
			w.write("Day", "rain").press("Continue").wants("The second day?")
			w.press("Sign in").wants("Sign in").press("New here? Register.").wants("Register")
			w.enter("Email", email, "Password", word, "Retype the password", word).press("Register").wants("The second day?")
			if scripts { // which know who is signed in
				w.until("JSON.stringify(daUserId)", column(t, h.db, "select id from accounts where email = '"+email+"'")[0])
			}
			w.press("Menu").press("Sign Out").wants("Sign out").press("Sign out").wants("Sign in")
			w.enter("Email", email, "Password", "a wrong password").press("Sign in")
			w.until("text(document.getElementById('error-summary')).includes('not right')", "true")
			w.enter("Email", email, "Password", word).press("Sign in")
			w.wants("My Interviews").press("Diary").wants("The second day?")
			w.write("Day", "sun").press("Continue").wants("rain, sun")
		})
	}
}

// Somebody with a keyboard and nothing else registers, changes the profile and
// signs out.
func TestAccountWithTheKeyboard(t *testing.T) {
	h := open(t, nil, withoutMail)
	w := h.walk(true)
	typed := func(label, value string) {
		t.Helper()
		w.tabTo("document.activeElement === field(" + jsText(label) + ")")
		w.do(chromedp.KeyEvent(value))
	}
	w.open("/user/register").wants("Register")
	typed("Email", "key@example.com")
	typed("Password", word)
	typed("Retype the password", word)
	w.do(chromedp.KeyEvent(kb.Enter))
	w.wants("My Interviews")
	w.open("/user/profile").wants("User profile")
	typed("First name", "Kay")
	w.tabTo("text(document.activeElement) === 'Save'")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.until("text(document.querySelector('[role=status]'))", "Your information was saved.")
	w.tabTo("text(document.activeElement) === 'Change password'")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.wants("Change password")
	typed("Current password", "wrong")
	typed("New password", "another password")
	typed("Retype the password", "another password")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.until("text(document.querySelector('#error-summary a'))", "Current password: This is not your password.")
	w.tabTo("text(document.activeElement) === 'Current password: This is not your password.'")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.until("document.activeElement === field('Current password')", "true")
}

func jsText(s string) string {
	b, _ := json.Marshal(s) //nolint:errchkjson // a string always marshals
	return string(b)
}

// The pages about accounts are free of what axe-core finds, light and dark, on
// a desk and on a phone. With COLLOQUY_SHOTS set to a folder, they are
// photographed.
func TestAccountPagesAreAccessible(t *testing.T) {
	axe := axeCore(t)
	h := open(t, nil, set(func(c *config.Config) {
		unconfirmed(c)
		c.Accounts.SecondFactor = config.SecondFactor{Enabled: true, Allowed: []string{"user"}}
		c.Accounts.Fields = []string{"first_name", "last_name", "organization", "country", "language", "timezone"}
	}))
	first := must(h.keeper.First(t.Context()))(t)
	w := h.walk(true)
	look := func(name, mode string) {
		t.Helper()
		for _, f := range w.stumbles(axe) {
			t.Errorf("%s, %s: %s", name, mode, f)
		}
		if dir := os.Getenv("COLLOQUY_SHOTS"); dir != "" {
			shot, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(100))
			check(t, err)
			check(t, os.WriteFile(filepath.Join(dir, strings.NewReplacer("/", "_", "?", "_", " ", "_").Replace(mode+name)+".png"), shot, 0o600))
		}
	}
	for i, mode := range []struct {
		scheme string
		width  int64
	}{{"light", 1280}, {"dark", 390}} {
		w.looks(mode.scheme, mode.width)
		for _, path := range []string{"/user/sign-in", "/user/register", "/user/forgot-password", "/user/resend-confirm-email", "/user/manage",
			"/user/first/" + first, "/user/reset-password/x", "/user/sign-in?from_logout=1"} {
			w.open(path)
			look(path, mode.scheme)
		}
		w.open("/user/sign-in").enter("Email", ana, "Password", "wrong").press("Sign in")
		w.until("Boolean(document.getElementById('error-summary'))", "true")
		look("refused", mode.scheme)
		email := fmt.Sprintf("axe%d@example.com", i)
		w.open("/user/register").enter("Email", email, "Password", word, "Retype the password", word).tick("Show me a recovery code, with which my answers stay readable if I forget my password")
		w.press("Register").wants("Your recovery code")
		look("recovery", mode.scheme)
		for _, path := range []string{"/user/profile", "/user/change-password", "/user/change-email", "/user/recovery-code", "/mfa_setup",
			"/user/manage", "/user/sign-out-elsewhere", "/user/sign-out"} {
			w.open(path)
			look(path, mode.scheme+"in")
		}
		w.press("Sign out").wants("Sign in")
	}
}

// The pages for those who look after accounts: free of what axe-core finds, and
// nothing is wider than a phone.
func TestPagesAboutOthersAreAccessible(t *testing.T) {
	axe := axeCore(t)
	h := open(t, nil, withoutMail)
	check(t, h.keeper.AddPrivilege(t.Context(), "notary"))
	for i := range 12 {
		_, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: fmt.Sprintf("somebody-with-a-long-address-%d@departments.example.org", i), Password: word,
			Profile: accounts.Profile{FirstName: "Maximiliane", LastName: fmt.Sprintf("Featherstonehaugh-%d", i)}, Privileges: []string{"user", "notary"}[i%2 : i%2+1]})
		check(t, err)
	}
	target := must(h.store.Account(t.Context(), 3))(t)
	off := false
	_, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: "boss@example.com", Password: word, Privileges: []string{accounts.Admin}})
	check(t, err)
	boss := must(h.store.AccountByEmail(t.Context(), "boss@example.com"))(t)
	check(t, h.keeper.Set(t.Context(), boss, must(h.store.Account(t.Context(), 4))(t), accounts.Edit{Active: &off}))
	w := h.walk(true)
	w.open("/user/sign-in").enter("Email", "boss@example.com", "Password", word).press("Sign in")
	w.until("location.pathname !== '/user/sign-in'", "true")
	for _, mode := range []struct {
		scheme string
		width  int64
	}{{"light", 1280}, {"dark", 390}} {
		w.looks(mode.scheme, mode.width)
		for _, path := range []string{"/userlist", "/userlist?q=nobody", edit(target), edit(target) + "?delete_account=1", edit(target) + "?set_password=1",
			"/user/add", "/user/invite", "/privilegelist", "/privilege/add", "/privilege/notary/delete"} {
			w.open(path)
			w.look(axe, path, mode.scheme)
			if mode.width == 390 {
				w.until("document.documentElement.scrollWidth <= innerWidth", "true")
			}
		}
		w.open("/user/invite").enter("E-mail addresses", "no address").press("Invite")
		w.until("Boolean(document.getElementById('error-summary'))", "true")
		w.look(axe, "/user/invite refused", mode.scheme)
	}
}

// look tells what axe-core finds on a page, and photographs it if a folder for
// that is named.
func (w *walker) look(axe, name, mode string) {
	w.t.Helper()
	for _, f := range w.stumbles(axe) {
		w.t.Errorf("%s, %s: %s", name, mode, f)
	}
	if dir := os.Getenv("COLLOQUY_SHOTS"); dir != "" {
		shot, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(100))
		check(w.t, err)
		check(w.t, os.WriteFile(filepath.Join(dir, strings.NewReplacer("/", "_", "?", "_", " ", "_").Replace(mode+name)+".png"), shot, 0o600))
	}
}

// Somebody with a keyboard and nothing else finds a user, changes him and
// deletes his account, without scripts too.
func TestUserListWithTheKeyboard(t *testing.T) {
	h := open(t, nil, withoutMail)
	_, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: "boss@example.com", Password: word, Privileges: []string{accounts.Admin}})
	check(t, err)
	for _, scripts := range []bool{true, false} {
		a, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: "target@example.com", Password: word})
		check(t, err)
		w := h.walk(scripts)
		press := func(what string) {
			t.Helper()
			w.tabTo("text(document.activeElement) === " + jsText(what))
			w.do(chromedp.KeyEvent(kb.Enter))
		}
		w.open("/user/sign-in").enter("Email", "boss@example.com", "Password", word).press("Sign in")
		w.until("location.pathname !== '/user/sign-in'", "true")
		w.open("/userlist")
		w.tabTo("document.activeElement.id === 'q'")
		w.do(chromedp.KeyEvent("TARGET@"), chromedp.KeyEvent(kb.Enter))
		w.until("document.querySelectorAll('.people tbody tr').length", "1")
		press("target@example.com")
		w.wants("Edit User")
		w.tabTo("document.activeElement === field('First name')")
		w.do(chromedp.KeyEvent("Tara"))
		w.tabTo("document.activeElement === field('Time zone')")
		w.tabTo("document.activeElement === field('customer')")
		w.do(chromedp.KeyEvent(" "))
		press("Save")
		w.until("text(document.querySelector('[role=status]'))", "The information was saved.")
		if got := h.again(a); got.FirstName != "Tara" || !got.Has("customer") {
			t.Errorf("scripts %v: %+v", scripts, got)
		}
		w.tabTo("text(document.activeElement) === 'Save'")
		press("Delete account")
		w.wants("Delete account")
		press("Delete account")
		w.until("text(document.querySelector('[role=status]'))", "The account was deleted.")
	}
	if got := h.people(); got != "boss" {
		t.Errorf("left: %s", got)
	}
}
