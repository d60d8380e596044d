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
			w.press("Menu").press("Sign Out").wants("Sign out").press("Sign out").wants("Sign in")
			w.enter("Email", email, "Password", "a wrong password").press("Sign in")
			w.until("text(document.getElementById('error-summary')).includes('not right')", "true")
			w.enter("Email", email, "Password", word).press("Sign in")
			w.until("location.pathname", "/")
			w.open(address("diary.yml")).wants("The second day?")
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
	w.until("location.pathname", "/")
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
