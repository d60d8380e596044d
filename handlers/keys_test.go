package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"colloquy/engine/seal"
)

const (
	lastYears = "the secret of last year"
	thisYears = "the secret of this year"
)

// Links and forms go on working when the server's key changes, as long as the
// configuration says; those of the present key always do.
func TestLinksOutliveTheirKey(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	clock := withClock(func() time.Time { return now })
	month := 30 * 24 * time.Hour
	h := open(t, map[string]string{"board.yml": board, "garden.yml": gardenFiles["garden.yml"]}, clock, withRing(must(seal.SecretRing(lastYears))(t).Trusting(month)))
	p := h.visit()
	pg := p.begin("board.yml").wants("Count: 0")
	question := p.begin("garden.yml").wants("Which vegetable?")
	second := p.begin("garden.yml").wants("Which vegetable?")

	next := openAt(t, h.address, h.yaml, beside(h), clock, withRing(must(seal.SecretRing(thisYears, lastYears))(t).Trusting(month)))
	p = p.elsewhere(next)
	move := func(to string) string { return strings.TrimPrefix(to, h.root) }
	use := func(pg *page, want string, status int) {
		t.Helper()
		if pg.status != status || !strings.Contains(pg.text(), want) {
			t.Errorf("%d %q, want %d %q", pg.status, pg.text(), status, want)
		}
	}
	post := func(f *form) *page { return p.send(f) }
	now = now.Add(month - time.Hour)
	use(p.get(move(pg.link("Here"))), "Count: 1", 200)
	use(next.visit().get(move(pg.link("Outside"))), "Count: 2", 200)
	use(post(question.form("Vegetable", "leek")), "Which legume?", 200)
	present := p.get(address("board.yml"))

	now = now.Add(3 * 24 * time.Hour)
	use(p.get(move(pg.link("Here"))), "The link has expired.", 403)
	use(next.visit().get(move(pg.link("Outside"))), "The link has expired.", 403)
	use(post(second.form("Vegetable", "leek")), "This page is too old to be sent.", 400)
	use(p.get(address("board.yml")), "Count: 2", 200)

	now = now.AddDate(5, 0, 0)
	use(p.get(present.link("Here")), "Count: 3", 200)
	use(next.visit().get(present.link("Outside")), "Count: 4", 200)
}

// A page that was drawn before the key changed keeps the nonce under which its
// scripts run, in the fragments that are loaded into it; nobody else's counts.
func TestFragmentsKeepTheNonceOfTheirPage(t *testing.T) {
	files := map[string]string{"scripted.yml": "mandatory: True\nquestion: Scripted\nscript: |\n  <script>let a = 1</script>\nsubquestion: |\n  [Here](${ url_action('x') })\n---\nevent: x\ncode: |\n  y = 1\n"}
	h := open(t, files, withRing(must(seal.SecretRing(lastYears))(t)))
	p := h.visit()
	pg := p.begin("scripted.yml").wants("Scripted")
	nonce := func(pg *page) string {
		_, rest, _ := strings.Cut(pg.header.Get("Content-Security-Policy"), "'nonce-")
		nonce, _, _ := strings.Cut(rest, "'")
		if nonce == "" || !strings.Contains(pg.body, nonce) {
			t.Errorf("the page carries no nonce of its policy, %q", nonce)
		}
		return nonce
	}
	old := nonce(pg)
	next := openAt(t, h.address, h.yaml, beside(h), withRing(must(seal.SecretRing(thisYears, lastYears))(t)))
	p = p.elsewhere(next)
	p.htmx = true
	ask := func(sent string) string {
		p.extra = map[string]string{"X-Colloquy-Nonce": sent}
		return nonce(p.get(address("scripted.yml")).wants("Scripted"))
	}
	if got := ask(old); got != old {
		t.Errorf("the fragment carries %s, the page %s", got, old)
	}
	if got := ask("bm9uc2Vuc2U"); got == old || got == "bm9uc2Vuc2U" {
		t.Errorf("a nonce of somebody else's gives %s", got)
	}
	p.htmx = false
	if got := ask(old); got == old {
		t.Error("a whole page carries an old nonce")
	}
}

// carriers are the places in which a server's token comes back to it.
func carriers(t *testing.T, h *house) map[string]func(p *person, change func(string) string) (*page, error) {
	owner := h.visit()
	pg := owner.begin("board.yml").wants("Count: 0")
	garages := h.visit().begin("garage.yml")
	asked := owner.begin("garden.yml").wants("Which vegetable?")
	owner.htmx = true
	kept := owner.web
	res, err := kept.Do(must(htmxRequest(owner, pg.link("Read")))(t))
	check(t, err)
	check(t, res.Body.Close())
	result := res.Header.Get("HX-Redirect")
	if !strings.HasPrefix(result, "/result/") {
		t.Fatalf("the result is at %q", result)
	}
	owner.htmx = false
	inQuery := func(link, name string) func(*person, func(string) string) (*page, error) {
		return func(p *person, change func(string) string) (*page, error) {
			path, query, _ := strings.Cut(link, "?")
			var parts []string
			for _, part := range strings.Split(query, "&") {
				key, value, _ := strings.Cut(part, "=")
				if key == name {
					value = change(must(url.QueryUnescape(value))(t))
				}
				parts = append(parts, key+"="+value)
			}
			return p.try(http.MethodGet, path+"?"+strings.Join(parts, "&"), "", nil)
		}
	}
	inForm := func(name string) func(*person, func(string) string) (*page, error) {
		return func(_ *person, change func(string) string) (*page, error) {
			f := asked.form("Vegetable", "leek")
			body := ""
			for _, v := range f.values {
				value := url.QueryEscape(v[1])
				if v[0] == name {
					value = change(v[1])
				}
				body += "&" + url.QueryEscape(v[0]) + "=" + value
			}
			return owner.try(http.MethodPost, f.action, "application/x-www-form-urlencoded", []byte(body[1:]))
		}
	}
	inCookie := func(name string) func(*person, func(string) string) (*page, error) {
		return func(_ *person, change func(string) string) (*page, error) {
			p := h.visit()
			var all []string
			for _, c := range owner.web.Jar.Cookies(must(url.Parse(h.root))(t)) {
				value := c.Value
				if c.Name == name {
					value = must(url.PathUnescape(change(value)))(t)
				}
				all = append(all, c.Name+"="+strings.Map(func(c rune) rune {
					if c < ' ' || c == 0x7f {
						return -1 // no client sends these
					}
					return c
				}, value))
			}
			p.extra = map[string]string{"Cookie": strings.Join(all, "; ")}
			return p.try(http.MethodGet, address("garden.yml"), "", nil)
		}
	}
	return map[string]func(*person, func(string) string) (*page, error){
		"session in a link":           inQuery(pg.link("Outside"), "session"),
		"signature of a link":         inQuery(pg.link("Outside"), "_sig"),
		"signature of a page's link":  inQuery(pg.link("Here"), "_sig"),
		"signature that ends":         inQuery(pg.link("Lasting"), "_sig"),
		"signature that works once":   inQuery(pg.link("Single"), "_sig"),
		"key of a page's link":        inQuery(pg.link("Here"), "_once"),
		"action":                      inQuery(pg.link("Outside"), "action"),
		"interview":                   inQuery(pg.link("Outside"), "i"),
		"code of a temporary address": inQuery(pg.link("Goto"), "c"),
		"code of a session's address": inQuery(garages.link("Resume"), "c"),
		"next":                        inQuery(garages.link("Away"), "next"),
		"signature of next":           inQuery(garages.link("Away"), "_sig"),
		"step":                        inQuery(address("garden.yml")+"&_step=1", "_step"),
		"session of the answers":      inQuery("/vars?i="+pkg+":garden.yml&session="+strings.Repeat("a", 32), "session"),
		"form":                        inForm("_form"),
		"csrf_token":                  inForm("csrf_token"),
		"session in a form":           inForm("session"),
		"secret":                      inCookie("colloquy"),
		"device":                      inCookie("colloquy_device"),
		"current sessions":            inCookie("colloquy_current"),
		"result": func(p *person, change func(string) string) (*page, error) {
			return p.try(http.MethodGet, "/result/"+change(strings.TrimPrefix(result, "/result/")), "", nil)
		},
		"session of a file": func(p *person, change func(string) string) (*page, error) {
			return p.try(http.MethodGet, "/uploadedfile/"+change(strings.Repeat("a", 32))+"/1", "", nil)
		},
	}
}

func htmxRequest(p *person, to string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.house.root+strings.TrimPrefix(to, p.house.root), nil)
	if err == nil {
		req.Header.Set("HX-Request", "true")
	}
	return req, err
}

// No token that comes back with a byte changed, lost or added makes the server
// fail: it says what is wrong, or does without the token.
func TestNoDamagedTokenIsOurFault(t *testing.T) {
	onBoth(t, func(t *testing.T, at string) {
		h := openAt(t, at, map[string]string{"board.yml": board, "garden.yml": gardenFiles["garden.yml"], "garage.yml": garage})
		chance := rand.New(rand.NewPCG(4, 2026))
		damage := func(s string) string {
			b := []byte(s)
			n := chance.IntN(len(b))
			switch chance.IntN(4) {
			case 0:
				b = append(b[:n], b[n+1:]...)
			case 1:
				b = append(b, byte(chance.IntN(256)))
			case 2:
				b[n] = 0
			default:
				b[n] ^= byte(1 << chance.IntN(8))
			}
			var escaped strings.Builder
			for _, c := range b {
				fmt.Fprintf(&escaped, "%%%02X", c)
			}
			return escaped.String()
		}
		for name, send := range carriers(t, h) {
			for range 24 {
				sent := "nothing"
				pg, err := send(h.visit(), func(s string) string { sent = damage(s); return sent })
				if err != nil || pg.url.Host != strings.TrimPrefix(h.root, "http://") {
					t.Fatalf("%s as %s: %v", name, sent, err)
				}
				if sent == "nothing" {
					t.Fatalf("%s is sent nowhere", name)
				}
				if pg.status >= 500 {
					t.Errorf("%s as %s: %d %s\n%s", name, sent, pg.status, pg.text(), pg.trouble())
				}
			}
		}
	})
}
