package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colloquy/engine/config"
	"colloquy/engine/language"
)

// accountPages are pages about accounts, first those for everybody.
var accountPages = []string{"/user/sign-in?from_logout=1&why=page", "/user/register", "/user/forgot-password", "/user/reset-password/none"}

// memberPages are those for who is signed in, here an administrator.
var memberPages = []string{"/user/profile", "/user/change-password", "/user/recovery-code", "/user/sign-out-elsewhere", "/user/sign-out",
	"/mfa_setup", "/interviews", "/interviews?q=zz", "/interviews/delete-all?q=a&tag=b", "/userlist", "/userlist?q=zz", "/user/add", "/user/invite", "/privilegelist", "/privilege/add"}

// Pages about accounts say nothing in English to those who read another
// language.
func TestAccountPagesInEveryLanguage(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, set(func(c *config.Config) {
		c.Accounts.Fields = []string{"first_name", "last_name", "country", "subdivisionfirst", "organization", "language", "timezone"}
		c.Accounts.Registration, c.Accounts.Forgot = true, true
		c.Accounts.SecondFactor.Enabled = true
	}))
	pupil, p := h.establish(ana, "user")
	p.begin("diary.yml").answer("Day", "rain")
	_, boss := h.establish("boss@example.com", "admin")
	for _, lang := range language.Complete() {
		anyone := h.visit()
		for _, path := range accountPages {
			inLanguage(t, anyone.get(withLanguage(path, lang)), lang)
		}
		table := language.BuiltinWords().Table(lang)
		inLanguage(t, anyone.get("/user/sign-in").submit(table["Email"], "nobody@example.com", table["Password"], "not this one"), lang)
		inLanguage(t, p.get(withLanguage("/user/manage", lang)), lang)
		list := p.get(withLanguage("/interviews", lang))
		inLanguage(t, list, lang)
		for _, act := range []string{"Rename", "Delete"} {
			inLanguage(t, p.get(list.act(0, table[act])), lang)
		}
		for _, path := range append(slices.Clone(memberPages), edit(pupil), edit(pupil)+"?set_password=1") {
			inLanguage(t, boss.get(withLanguage(path, lang)), lang)
		}
	}
}

func withLanguage(path, lang string) string {
	if strings.Contains(path, "?") {
		return path + "&lang=" + lang
	}
	return path + "?lang=" + lang
}

// inLanguage checks that a page is in a language: its direction, and that none
// of its texts is a phrase that the language says otherwise.
func inLanguage(t *testing.T, pg *page, lang string) {
	t.Helper()
	dir := "ltr"
	if lang == "ar" {
		dir = "rtl"
	}
	root := first(pg.doc, func(n *html.Node) bool { return n.Data == "html" })
	if attr(root, "lang") != lang || attr(root, "dir") != dir {
		t.Errorf("%s in %s: lang %q, dir %q", pg.url, lang, attr(root, "lang"), attr(root, "dir"))
	}
	table, seen := language.BuiltinWords().Table(lang), 0
	for _, said := range saidOn(pg.doc) {
		seen++
		for phrase, other := range table {
			if other != phrase && (said == phrase || strings.Count(phrase, " ") > 3 && strings.Contains(said, phrase)) {
				t.Errorf("%s in %s says %q", pg.url, lang, said)
			}
		}
	}
	if seen < 5 {
		t.Errorf("%s in %s has only %d texts", pg.url, lang, seen)
	}
}

// saidOn are the texts of a page that people see or hear.
func saidOn(n *html.Node) []string {
	if n.Data == "script" || n.Data == "style" {
		return nil
	}
	var all []string
	add := func(text string) {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, text)
		}
	}
	if n.Type == html.TextNode {
		add(n.Data)
	}
	for _, name := range []string{"aria-label", "title", "placeholder", "alt"} {
		add(attr(n, name))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all = append(all, saidOn(c)...)
	}
	return all
}
