package handlers

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/evaluation"
	"colloquy/engine/run"
	"colloquy/engine/seal"
)

// The cookies.
const (
	secretCookie  = "colloquy"         // the browser's secret: opens its sessions
	deviceCookie  = "colloquy_device"  // tells devices apart, opens nothing
	currentCookie = "colloquy_current" // which session of an interview the browser is at
)

// browser is who is asking, as far as cookies tell.
type browser struct {
	secret  seal.Secret
	fresh   bool // the secret was made for this request
	device  string
	current map[string]string // session by short name of the interview
	order   []string          // those names, in the order in which they were first opened
	visit   *accounts.Visit   // of who is signed in, or nil
	half    *accounts.Visit   // of who has given a password and is to give a code, or nil
}

// unknown reports whether nothing ties this browser to one that was here before.
func (b *browser) unknown() bool { return b.fresh && b.visit == nil }

// id names the browser: by its login if it has one, so that nothing that was
// made for it before it signed in is good afterwards.
func (b *browser) id() string {
	switch {
	case b.visit != nil:
		return b.visit.Login.ID
	case b.half != nil:
		return b.half.Login.ID
	}
	return b.secret.ID()
}

// keys are what the browser can open sessions with.
func (b *browser) keys() run.Keys {
	if b.visit == nil {
		return run.Keys{Browser: b.secret, Stranger: b.fresh}
	}
	k := run.Keys{Account: run.Owner{ID: b.visit.Account.Number(), Key: b.visit.Key}}
	if !b.fresh {
		k.Browser = b.secret
	}
	return k
}

// browserOf reads the cookies; a browser without a secret gets one, which is
// only sent to it when a session is begun.
func (s *site) browserOf(c *fiber.Ctx) (*browser, error) {
	b := &browser{device: c.Cookies(deviceCookie), current: map[string]string{}}
	secret, err := seal.ParseSecret(c.Cookies(secretCookie))
	if err != nil {
		if secret, err = seal.NewSecret(s.Random); err != nil {
			return nil, fmt.Errorf("make a browser's secret: %w", err)
		}
		b.fresh = true
	}
	b.secret = secret
	if err := s.recognise(c, b); err != nil {
		return nil, err
	}
	if len(b.device) != 16 {
		if b.device, err = seal.Name(s.Random, 16); err != nil {
			return nil, fmt.Errorf("name a device: %w", err)
		}
	}
	for _, pair := range strings.Split(c.Cookies(currentCookie), ".") {
		if name, id, ok := strings.Cut(pair, "-"); ok && len(id) == 32 && b.current[name] == "" {
			b.current[name], b.order = id, append(b.order, name)
		}
	}
	return b, nil
}

// short names an interview in a cookie.
func short(interview string) string {
	sum := sha256.Sum256([]byte(interview))
	return strings.NewReplacer("-", "x", "_", "y").Replace(base64.RawURLEncoding.EncodeToString(sum[:6]))
}

// maxCurrent is how many interviews a browser remembers its session of: the
// latest ones.
const maxCurrent = 40

// remember writes the cookies after a step: who this is, and which session of
// the interview it is at; "" forgets it.
func (s *site) remember(c *fiber.Ctx, b *browser, interview, session string) {
	key := short(interview)
	switch {
	case session == "":
		delete(b.current, key)
	case b.current[key] == "":
		b.order = append(slices.DeleteFunc(b.order, func(name string) bool { return name == key }), key)
		fallthrough
	default:
		b.current[key] = session
	}
	b.order = b.order[max(0, len(b.order)-maxCurrent):]
	pairs := make([]string, 0, len(b.order))
	for _, name := range b.order {
		if id := b.current[name]; id != "" {
			pairs = append(pairs, name+"-"+id)
		}
	}
	if b.visit == nil || !b.fresh { // the sessions of an account need no secret of the browser
		s.cookie(c, secretCookie, b.secret.Reveal(), s.Config.SessionLifetime) // its life begins anew with each visit
	}
	s.cookie(c, deviceCookie, b.device, 400*24*time.Hour)
	s.cookie(c, currentCookie, strings.Join(pairs, "."), s.Config.SessionLifetime)
}

// forget takes away from a browser what opens its sessions (logging out).
func (s *site) forget(c *fiber.Ctx) {
	for _, name := range []string{secretCookie, currentCookie} {
		s.cookie(c, name, "", -time.Hour)
	}
}

// leaveAll forgets which sessions the browser was at.
func (b *browser) leaveAll() { b.current, b.order = map[string]string{}, nil }

// sameSite says where cookies may be sent from, by what may embed our pages.
var sameSite = map[config.Embedding]string{
	config.EmbedLax: fiber.CookieSameSiteLaxMode, config.EmbedNever: fiber.CookieSameSiteStrictMode, config.EmbedAny: fiber.CookieSameSiteNoneMode,
}

func (s *site) cookie(c *fiber.Ctx, name, value string, life time.Duration) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: cmp.Or(s.Config.Path(""), "/"), HTTPOnly: true, Secure: s.Config.Secure(),
		SameSite: sameSite[s.Config.Embedding], Expires: time.Now().Add(life), MaxAge: int(life.Seconds())})
}

// caller is the address that a request comes from. A proxy of ours adds it to
// what others claim: it is the last that is not a proxy of ours itself.
func (s *site) caller(c *fiber.Ctx) string {
	ip := c.Context().RemoteIP().String()
	if !s.Config.BehindHTTPSProxy || !c.IsProxyTrusted() {
		return ip
	}
	for _, said := range slices.Backward(strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")) {
		a, err := netip.ParseAddr(strings.TrimSpace(said))
		if err != nil {
			return ip
		}
		ip = a.Unmap().String()
		if !slices.ContainsFunc(s.Config.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) }) {
			return ip
		}
	}
	return ip
}

// visitor describes who is asking to the evaluation.
func (s *site) visitor(c *fiber.Ctx, b *browser) evaluation.Visitor {
	v := evaluation.Visitor{Stack: b.secret.ID(), Device: b.device, Key: "t" + b.secret.ID(), Privileges: []string{"user"},
		FirstName: "Anonymous", LastName: "User", IP: s.caller(c), UserAgent: c.Get(fiber.HeaderUserAgent)}
	switch {
	case b.visit != nil:
		s.introduce(&v, b.visit.Account)
	case s.Accounts != nil:
		v.Permissions = s.Accounts.Permissions("anonymous")
	}
	for _, part := range strings.Split(c.Get(fiber.HeaderAcceptLanguage), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if tag != "" && len(v.BrowserLanguages) < 10 {
			v.BrowserLanguages = append(v.BrowserLanguages, tag)
		}
	}
	return v
}

// csrf is the token that posts of this browser must carry.
func (s *site) csrf(b *browser) string { return s.Ring.Tag("csrf", b.id()) }

// fromOurPage reports whether a token is the one that our pages have for this
// browser, or had before the key was changed.
func (s *site) fromOurPage(b *browser, token string) bool {
	return (!b.fresh || b.visit != nil || b.half != nil) && s.Ring.Tagged(token, "csrf", b.id())
}

// nonce is what scripts of pages of this browser carry. Fragments loaded later
// carry that of the page they go into, which may be older than the key.
func (s *site) nonce(c *fiber.Ctx, b *browser) string {
	if had := c.Get("X-Colloquy-Nonce"); had != "" && isHTMX(c) && s.Ring.Tagged(had, "nonce", b.id()) {
		return had
	}
	return s.Ring.Tag("nonce", b.id())
}

// address is the address of the server, with a slash at the end.
func (s *site) address(c *fiber.Ctx) string { return s.origin(c) + s.Config.Path("/") }

// origin is the scheme and host of the server.
func (s *site) origin(c *fiber.Ctx) string {
	if base := s.Config.BaseURL(); base != "" {
		return base
	}
	return c.BaseURL()
}
