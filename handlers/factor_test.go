package handlers_test

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what such apps use
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
)

// app is what an app for one-time passwords shows for a key; late is how many
// half minutes it is ahead.
func app(t testing.TB, key string, late int64) string {
	t.Helper()
	secret := must(base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(key, " ", "")))(t)
	h := hmac.New(sha1.New, secret)
	check(t, binary.Write(h, binary.BigEndian, time.Now().Unix()/30+late))
	sum := h.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[19]&15:]) & 0x7fffffff
	return fmt.Sprintf("%06d", n%1_000_000)
}

var keyText = regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`)

// setUp sets a second factor up and returns its key and recovery codes.
func (p *person) setUp(fields ...string) (key string, codes []string) {
	p.t.Helper()
	pg := p.get("/mfa_setup").wants("Set up two factor authentication")
	key = keyText.FindString(pg.text())
	pg = pg.submit(append([]string{"Code", app(p.t, key, 0)}, fields...)...).wants("Your recovery codes")
	for _, c := range all(pg.doc, "code") {
		codes = append(codes, text(c))
	}
	return key, codes
}

func TestSignInWithASecondFactor(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail, set(func(c *config.Config) {
		c.Accounts.SecondFactor = config.SecondFactor{Enabled: true, Allowed: []string{"user"}}
	}))
	p := h.visit()
	p.begin("diary.yml").answer("Day", "rain")
	p.register(ana, word)
	key, codes := p.setUp("Password", word)
	if len(codes) != 10 {
		t.Fatalf("%d codes", len(codes))
	}
	q := h.visit()
	pg := q.signIn(ana, word).wants("Two factor authentication")
	q.signedIn("")
	q.get(fileAddress("diary.yml")).wants("The first day?") // half a login opens nothing
	if pg := pg.submit("Code", "000000"); pg.status != http.StatusUnprocessableEntity || !strings.Contains(pg.problem(), "invalid") {
		t.Errorf("a wrong code: %d %s", pg.status, pg.problem())
	}
	t.Run("replay", func(t *testing.T) {
		if pg := q.get("/mfa_login").submit("Code", app(t, key, 0)); pg.status != http.StatusUnprocessableEntity {
			t.Errorf("the code that set it up, again: %d", pg.status)
		}
	})
	q.get("/mfa_login").submit("Code", app(t, key, 1))
	q.signedIn(ana)
	q.get(fileAddress("diary.yml")).wants("The second day?")
	t.Run("recovery code", func(t *testing.T) {
		r := h.in(t).visit()
		r.signIn(ana, word).submit("Code", codes[0])
		r.signedIn(ana)
		r = h.in(t).visit()
		if pg := r.signIn(ana, word).submit("Code", codes[0]); pg.status != http.StatusUnprocessableEntity {
			t.Errorf("the recovery code again: %d", pg.status)
		}
	})
	t.Run("switched off with the password only", func(t *testing.T) {
		pg := q.get("/mfa_reconfigure")
		forms := all(pg.doc, "form")
		off := read(forms[len(forms)-1])
		off.fill(t, "Password", "wrong")
		if pg := q.send(off); pg.status != http.StatusUnprocessableEntity {
			t.Errorf("with a wrong password: %d", pg.status)
		}
		off.fill(t, "Password", word)
		if pg := q.send(off); !strings.Contains(pg.text(), "switched off") {
			t.Errorf("switching it off: %s", pg.text())
		}
		r := h.in(t).visit()
		r.signIn(ana, word)
		r.signedIn(ana)
	})
}

func TestASecondFactorThatIsRequired(t *testing.T) {
	h := open(t, map[string]string{"diary.yml": diary}, withoutMail, set(func(c *config.Config) {
		c.Accounts.SecondFactor = config.SecondFactor{Enabled: true, Required: []string{"user"}}
	}))
	p := h.visit()
	p.begin("diary.yml").answer("Day", "rain")
	p.get("/user/register?next="+"/interview?i="+pkg+":data/questions/diary.yml").submit("Email", ana, "Password", word, "Retype the password", word).
		wants("Set up two factor authentication")
	p.signedIn("")
	p.setUp()
	p.signedIn(ana)
	p.get(fileAddress("diary.yml")).wants("The second day?")
}

func TestRegistrationConfirmedByMail(t *testing.T) {
	sink := mailtest.Start(t, nil, false)
	h := open(t, map[string]string{"diary.yml": diary}, withDelivery, set(func(c *config.Config) {
		c.Mail = []config.Mail{{Name: "default", DefaultSender: "house@example.com", Server: sink.Host, Port: sink.Port, TLS: config.TLSNone}}
	}))
	p := h.visit()
	p.begin("diary.yml").answer("Day", "rain")
	said := p.register(ana, word).wants("Check your mail").text()
	link := mailedLink(t, sink)
	p.signedIn("")
	if pg := p.signIn(ana, word); !strings.Contains(pg.problem(), "until your e-mail address has been confirmed") {
		t.Errorf("signing in unconfirmed: %s", pg.problem())
	}
	for range 2 { // programs that look at mail open links, too
		p.get(link).wants("Confirm your email")
	}
	p.get(link).submit("Password", word)
	p.signedIn(ana)
	p.get(fileAddress("diary.yml")).wants("The second day?")
	if pg := p.get(link); pg.status != http.StatusGone {
		t.Errorf("the link again: %d", pg.status)
	}
	q := h.visit()
	if got := q.register(ana, "a wholly other one").wants("Check your mail").text(); got != said {
		t.Errorf("registering an address that has an account says %q, another one %q", got, said)
	}
	if m := sink.Wait(t, 2); !strings.Contains(mailtest.Open(t, m[1].Data).Subject, "Registration attempt") {
		t.Errorf("its owner is told %q", mailtest.Open(t, m[1].Data).Subject)
	}
}

// What a login's cookie says of itself.
func TestTheCookieOfALogin(t *testing.T) {
	for name, tt := range map[string]struct {
		root, cookie string
		secure       bool
		keep         bool
	}{
		"http": {cookie: "colloquy_login"}, "kept": {cookie: "colloquy_login", keep: true},
		"https": {root: "https://forms.example.org", cookie: "__Host-colloquy_login", secure: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, nil, withoutMail, set(func(c *config.Config) { c.URLRoot = tt.root }))
			_, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: ana, Password: word})
			check(t, err)
			res, err := http.Get(h.root + "/user/sign-in") //nolint:noctx // a test
			check(t, err)
			doc := must(html.Parse(res.Body))(t)
			res.Body.Close()
			form := url.Values{"email": {ana}, "password": {word}, "csrf_token": {attr(find(doc, "input", "name", "csrf_token"), "value")}}
			if tt.keep {
				form.Set("remember_me", "1")
			}
			req := must(http.NewRequestWithContext(t.Context(), http.MethodPost, h.root+"/user/sign-in", strings.NewReader(form.Encode())))(t)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for _, c := range res.Cookies() { // a jar would not send secure ones here
				req.AddCookie(c)
			}
			res, err = http.DefaultTransport.RoundTrip(req)
			check(t, err)
			res.Body.Close()
			for _, c := range res.Cookies() {
				if c.Name != tt.cookie {
					continue
				}
				if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != tt.secure || c.Path != "/" || c.Domain != "" || (c.MaxAge > 0) != tt.keep {
					t.Errorf("the cookie is %s", c)
				}
				return
			}
			t.Errorf("there is no cookie %s: %d %v", tt.cookie, res.StatusCode, res.Cookies())
		})
	}
}
