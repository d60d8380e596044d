package handlers

import (
	"errors"
	"html"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/evaluation"
	"colloquy/engine/run"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
)

// loginCookie is the name of the cookie that holds the secret of a login. Where
// it can have the prefix, no other host of the domain can set it.
func (s *site) loginCookie() string {
	if s.Config.Secure() && s.Config.Path("") == "" {
		return "__Host-colloquy_login"
	}
	return "colloquy_login"
}

// localLanguage is where the language of a profile is kept for the request.
const localLanguage = "language"

// knownCookie holds what proves that accounts were signed in to from here.
const knownCookie = "colloquy_known"

// mostKnown is how many accounts a browser is known by.
const mostKnown = 4

// recognise finds the login of a browser, if it has one.
func (s *site) recognise(c *fiber.Ctx, b *browser) error {
	cookie := c.Cookies(s.loginCookie())
	if s.Accounts == nil || cookie == "" {
		return nil
	}
	secret, err := seal.ParseSecret(cookie)
	if err != nil {
		return nil //nolint:nilerr // whoever changed his cookie is signed in nowhere
	}
	v, err := s.Accounts.Visit(c.UserContext(), secret)
	switch {
	case err != nil:
		return err
	case v == nil:
	case v.SignedIn():
		b.visit = v
		c.Locals(localLanguage, v.Account.Language)
	default:
		b.half = v
	}
	return nil
}

// keepLogin gives a browser the secret of its login.
func (s *site) keepLogin(c *fiber.Ctx, v *accounts.Visit, secret seal.Secret) {
	cookie := &fiber.Cookie{Name: s.loginCookie(), Value: secret.Reveal(), Path: s.Config.Path("/"), HTTPOnly: true, Secure: s.Config.Secure(),
		SameSite: sameSite[s.Config.Embedding]}
	if v.Login.Keep && v.SignedIn() {
		cookie.Expires, cookie.MaxAge = time.Now().Add(s.Config.SessionLifetime), int(s.Config.SessionLifetime.Seconds())
	} else {
		cookie.SessionOnly = true
	}
	c.Cookie(cookie)
}

// dropLogin takes the login's secret away from a browser.
func (s *site) dropLogin(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: s.loginCookie(), Path: s.Config.Path("/"), HTTPOnly: true, Secure: s.Config.Secure(),
		SameSite: sameSite[s.Config.Embedding], Expires: time.Now().Add(-time.Hour), MaxAge: -1})
}

// signOff ends the login of a browser and takes away what opens its sessions.
func (s *site) signOff(c *fiber.Ctx, b *browser) error {
	for _, v := range []*accounts.Visit{b.visit, b.half} {
		if v == nil {
			continue
		}
		if err := s.Accounts.SignOut(c.UserContext(), v); err != nil {
			return err
		}
	}
	s.dropLogin(c)
	s.forget(c)
	return nil
}

// trier says from where something is tried.
func (s *site) trier(c *fiber.Ctx) accounts.Caller {
	at, err := netip.ParseAddr(s.caller(c))
	if err != nil {
		at = netip.IPv6Unspecified()
	}
	who := accounts.Caller{Address: at, Language: s.language(c)}
	for _, proof := range strings.Split(c.Cookies(knownCookie), ".") {
		if proof != "" && len(who.Known) < mostKnown {
			who.Known = append(who.Known, proof)
		}
	}
	return who
}

// know lets a browser be known by an account the next time.
func (s *site) know(c *fiber.Ctx, proof string) {
	all := append([]string{proof}, s.trier(c).Known...)
	s.cookie(c, knownCookie, strings.Join(all[:min(len(all), mostKnown)], "."), 400*24*time.Hour)
}

// introduce tells the evaluation who is signed in.
func (s *site) introduce(v *evaluation.Visitor, a *accounts.Account) {
	v.Stack, v.Key, v.UserID = "u"+a.Number(), a.Number(), a.ID
	v.Email, v.FirstName, v.LastName, v.Language, v.Timezone = a.Email, a.FirstName, a.LastName, a.Language, a.Timezone
	v.Privileges, v.Permissions = a.Privileged(), s.Accounts.Permissions(a.Privileged()...)
	v.Attributes = map[string]string{"login_method": a.Kind, "country": a.Country, "subdivision_first": a.SubdivisionFirst,
		"subdivision_second": a.SubdivisionSecond, "subdivision_third": a.SubdivisionThird, "organization": a.Organization}
}

// closed reports whether a browser may see nothing before it is signed in
// ("allow anonymous access").
func (s *site) closed(b *browser) bool {
	return s.Accounts != nil && !s.Config.Accounts.AnonymousAccess && b.visit == nil
}

// open is a page that those do not see who may see nothing yet.
func (s *site) open(page fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if s.Accounts == nil || s.Config.Accounts.AnonymousAccess {
			return page(c)
		}
		b, err := s.browserOf(c)
		if err != nil {
			return err
		}
		if s.closed(b) {
			return s.toSignIn(c, "")
		}
		return page(c)
	}
}

// lapsed reports whether a browser was signed in and is not any more, without
// having signed out: its time was over, or the login was ended elsewhere.
func (s *site) lapsed(c *fiber.Ctx, b *browser) bool {
	return s.Accounts != nil && b.visit == nil && b.half == nil && c.Cookies(s.loginCookie()) != ""
}

// toSignIn sends a browser to the sign-in page, which says why, and back from
// there to where it wanted to be.
func (s *site) toSignIn(c *fiber.Ctx, why string) error {
	args := url.Values{run.ArgNext: {c.OriginalURL()}}
	if why != "" {
		args.Set("why", why)
	}
	return s.redirect(c, s.Config.Path("/user/sign-in?")+args.Encode())
}

// account is who is signed in, nil for a visitor.
func (b *browser) account() *accounts.Account {
	if b.visit == nil {
		return nil
	}
	return b.visit.Account
}

// takeUp has somebody who is signed in go on where he was last in an interview,
// on whatever device, unless his browser or its address says otherwise.
func (s *site) takeUp(c *fiber.Ctx, b *browser, q *run.Request) error {
	if q.Session != "" || b.visit == nil || q.Fresh || q.Reset {
		return nil
	}
	id, err := s.Runner.Latest(c.UserContext(), b.visit.Account.Number(), q.Interview)
	if err != nil {
		return err
	}
	q.Session, q.Remembered = id, true
	return nil
}

// takeOver gives an account the sessions that its owner began before he signed
// in. What cannot be taken over stays the browser's.
func (s *site) takeOver(c *fiber.Ctx, b *browser, v *accounts.Visit) {
	if b.fresh {
		return
	}
	number := v.Account.Number()
	_, err := s.Runner.TakeOver(c.UserContext(), run.TakingOver{
		Keys:  run.Keys{Browser: b.secret, Account: run.Owner{ID: number, Key: v.Key}},
		Stack: b.secret.ID(), NewStack: "u" + number, Person: "t" + b.secret.ID(), NewPerson: number})
	if err != nil {
		s.Log.Error("sessions of a browser could not be taken over by an account", "error", err)
		return
	}
	s.forget(c) // he goes on where he was last, which may be on another device
	b.leaveAll()
}

// menu adds what the server has to offer to the menu of a page: signing in, or
// what somebody who is signed in can do.
func (s *site) menu(c *fiber.Ctx, b *browser, scr *screen.Screen) {
	if s.Accounts == nil {
		return
	}
	if b.visit == nil {
		if s.Config.Accounts.ShowLogin {
			to := ""
			if s.Config.Home.Return {
				to = "?" + url.Values{run.ArgNext: {scr.Session.URL}}.Encode()
			}
			scr.Page.Login = &screen.MenuItem{Text: scr.Word("Sign in"), URL: s.Config.Path("/user/sign-in") + to}
		}
		return
	}
	if s.Accounts.May(b.visit.Account, "access_user_info") {
		scr.Page.Menu = append(scr.Page.Menu, screen.MenuItem{Text: s.say(c, "User List"), URL: s.Config.Path("/userlist"), Server: true})
	}
	if s.showsMine(b.visit.Account) {
		scr.Page.Menu = append(scr.Page.Menu, screen.MenuItem{Text: s.say(c, "My Interviews"), URL: s.Config.Path("/interviews"), Server: true})
	}
	if s.Config.Accounts.ShowProfile || b.visit.Account.Has(accounts.Admin) {
		scr.Page.Menu = append(scr.Page.Menu, screen.MenuItem{Text: s.say(c, "Profile"), URL: s.Config.Path("/user/profile"), Server: true})
	} else {
		scr.Page.Menu = append(scr.Page.Menu, screen.MenuItem{Text: s.say(c, "Change Password"), URL: s.Config.Path("/user/change-password"), Server: true})
	}
	scr.Page.Menu = append(scr.Page.Menu, screen.MenuItem{Text: s.say(c, "Sign Out"), URL: s.Config.Path("/user/sign-out"), Server: true})
}

// accountItems are the same for the header of a page of the server's own.
func (s *site) accountItems(c *fiber.Ctx, b *browser) string {
	item := func(text, path string) string {
		return `<li><a class="bar-button" href="` + html.EscapeString(s.Config.Path(path)) + `">` + html.EscapeString(s.say(c, text)) + "</a></li>"
	}
	if s.Accounts == nil {
		return ""
	}
	items := ""
	if s.Accounts.May(b.account(), "access_user_info") {
		items = item("User List", "/userlist")
	}
	if b.visit != nil && s.showsMine(b.visit.Account) {
		items += item("My Interviews", "/interviews")
	}
	switch {
	case b.visit != nil && (s.Config.Accounts.ShowProfile || b.visit.Account.Has(accounts.Admin)):
		return items + item("Profile", "/user/profile") + item("Sign Out", "/user/sign-out")
	case b.visit != nil:
		return items + item("Change Password", "/user/change-password") + item("Sign Out", "/user/sign-out")
	case s.Config.Accounts.ShowLogin:
		return items + item("Sign in", "/user/sign-in")
	}
	return items
}

// within is the part of an address that stays on this server; "" if there is
// nothing to it.
func within(address string) string {
	if address == "" || strings.ContainsFunc(address, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return ""
	}
	path := "/" + strings.TrimLeft(strings.ReplaceAll(u.EscapedPath(), "\\", "/"), "/")
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if f := u.EscapedFragment(); f != "" {
		path += "#" + f
	}
	return path
}

// errNoAddress says why no mail with a link is sent.
var errNoAddress = errors.New("the server does not know its own address: set \"external hostname\" or \"url root\", so that mailed links lead here")

// mailLinks makes the addresses in mails. They never come from a request's Host,
// which whoever asks can choose, but where everything happens on one machine.
type mailLinks struct {
	s *site
	c *fiber.Ctx
}

// Link gives the address of a page about accounts.
func (m mailLinks) Link(page, code string) (string, error) {
	origin := m.s.Config.BaseURL()
	if origin == "" {
		host := string(m.c.Context().Host())
		at, err := netip.ParseAddrPort(host)
		name, _, _ := strings.Cut(host, ":")
		if name != "localhost" && (err != nil || !at.Addr().IsLoopback()) {
			return "", errNoAddress
		}
		origin = "http://" + host
	}
	path := "/user/" + page
	switch {
	case code != "" && page == "register":
		path += "?token=" + code
	case code != "":
		path += "/" + code
	}
	return origin + m.s.Config.Path(path), nil
}
