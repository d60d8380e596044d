package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"colloquy/engine/config"
	"colloquy/engine/language"
	"colloquy/engine/outside/mail/mailtest"
)

// words are in a language that the server has no words in otherwise.
var words = map[string]map[string]string{"eo": {
	"Continue": "Daŭrigi", "Sign in": "Ensaluti", "Email": "Retpoŝto", "Password": "Pasvorto", "There is a problem": "Estas problemo", "Forgot password": "Forgesita pasvorto",
	"The e-mail address or the password is not right.": "La adreso aŭ la pasvorto ne ĝustas.",
	"Reset password": "Nova pasvorto", "Follow this link to choose one. It works once, for two days. If it was not you, you need not do anything: your password stays as it is.": "Sekvu la ligilon.",
	"Somebody, perhaps you, asked for a new password for your account at {app}.": "Iu petis novan pasvorton ĉe {app}.",
	"User profile": "Profilo", "You are signed in as {email}.": "Vi ensalutis kiel {email}.", "User List": "Uzantoj", "Name": "Nomo", "Inactive": "Neaktiva",
	"Edit User": "Redakti uzanton", "Privileges": "Privilegioj", "Save": "Konservi", "(optional)": "(nedeviga)", "You are not allowed to do this.": "Vi ne rajtas.",
	"Password must be at least {n} characters long.": "La pasvorto havu almenaŭ {n} signojn.", "ten": "dek", "Change password": "Ŝanĝi pasvorton",
}}

func TestAccountPagesInAnotherLanguage(t *testing.T) {
	sink := mailtest.Start(t, nil, false)
	h := open(t, nil, withDelivery, withWords(language.NewWords(words)), set(func(c *config.Config) {
		unconfirmed(c)
		c.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: sink.Host, Port: sink.Port, TLS: config.TLSNone}}
	}))
	_, boss := h.establish("boss@example.com", "admin")
	ana, p := h.establish(ana, "user")
	q := h.visit()
	says := func(pg *page, all ...string) {
		t.Helper()
		for _, want := range all {
			if !strings.Contains(pg.text(), want) {
				t.Errorf("%s does not say %q:\n%s", pg.url, want, pg.text())
			}
		}
	}
	says(q.get("/user/sign-in"), "Sign in", "Password")
	says(q.get("/user/sign-in?lang=eo"), "Ensaluti", "Retpoŝto")
	if got := attr(find(q.get("/user/sign-in").doc, "html", "lang", "eo"), "dir"); got != "ltr" {
		t.Errorf("the page does not tell its language")
	}
	says(q.get("/user/sign-in").submit("Retpoŝto", "ana@example.com", "Pasvorto", "wrong"), "Estas problemo", "La adreso aŭ la pasvorto ne ĝustas.") // and is kept
	q.get("/user/forgot-password").submit("Retpoŝto", "ana@example.com")
	mail := mailtest.Open(t, sink.Wait(t, 1)[0].Data)
	if text := mail.Text("text/plain"); !strings.Contains(text, "Iu petis novan pasvorton ĉe Colloquy.") || !strings.Contains(text, "Sekvu la ligilon.") {
		t.Errorf("the mail says %s", text)
	}
	if html := mail.Text("text/html"); !strings.Contains(html, "Iu petis novan") {
		t.Errorf("the mail's HTML says %s", html)
	}
	says(p.get("/user/profile"), "User profile")
	h.exec("update accounts set language = ? where id = ?", "eo", ana.ID)
	says(p.get("/user/profile"), "Profilo", "Vi ensalutis kiel ana@example.com.", "Konservi", "(nedeviga)")
	says(p.get("/user/change-password"), "Ŝanĝi pasvorton", "La pasvorto havu almenaŭ dek signojn.")
	says(p.get("/userlist"), "Vi ne rajtas.")
	p.get("/user/sign-out").submit()
	says(p.get("/user/sign-in"), "Ensaluti") // the language of the account stays the browser's
	says(boss.get("/userlist?lang=eo"), "Uzantoj", "Nomo")
	if pg := boss.get(edit(ana)); pg.status != http.StatusOK {
		t.Errorf("%d", pg.status)
	} else {
		says(pg, "Redakti uzanton", "Privilegioj", "Konservi")
	}
}
