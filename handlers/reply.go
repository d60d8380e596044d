package handlers

import (
	"bytes"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"colloquy/engine/config"
	"colloquy/engine/evaluation"
	"colloquy/engine/run"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/views"
	"colloquy/views/question"
)

// reply answers with what a step came to.
func (s *site) reply(c *fiber.Ctx, b *browser, q *run.Request, r *run.Reply) error {
	switch {
	case r.Logout:
		if err := s.signOff(c, b); err != nil {
			return err
		}
	case needsCookies(b, q, r):
		s.remember(c, b, q.Interview, r.Session)
	}
	switch {
	case r.Redirect != "" && called(c, q):
		return c.JSON(sentTo(r.Redirect))
	case r.Redirect != "":
		return s.redirect(c, r.Redirect)
	case r.Respond != nil:
		return s.respond(c, r)
	case wantsJSON(c):
		return s.json(c, b, r)
	}
	return s.screen(c, b, q, r)
}

// needsCookies reports whether who asked must be known again: not a program
// that got its answer from a session that is open to everybody.
func needsCookies(b *browser, q *run.Request, r *run.Reply) bool {
	began := r.Session != "" && r.Session != q.Session
	return !q.Scratch && (!b.unknown() || began || r.Screen != nil || strings.HasPrefix(r.Redirect, "/"))
}

// called reports whether a script of ours runs an action and takes what comes
// back itself (action_call).
func called(c *fiber.Ctx, q *run.Request) bool {
	return q.Action != nil && q.Action.Trusted && !isHTMX(c)
}

func sentTo(address string) fiber.Map { return fiber.Map{"action": "redirect", "url": address} }

// redirect sends the browser elsewhere; htmx is told to go there itself. A
// program that reads JSON stays with JSON on this server, and finds the address
// in the body too.
func (s *site) redirect(c *fiber.Ctx, to string) error {
	status := fiber.StatusSeeOther
	if c.Method() == fiber.MethodGet {
		status = fiber.StatusFound
	}
	switch {
	case isHTMX(c):
		c.Set("HX-Redirect", to)
		return c.SendStatus(fiber.StatusNoContent)
	case wantsJSON(c):
		to = s.stayingJSON(c, to)
		c.Location(to)
		return c.Status(status).JSON(sentTo(to))
	case c.Method() == fiber.MethodPost && !run.SameSite(s.address(c), to):
		return s.away(c, to)
	}
	return c.Redirect(to, status)
}

// away leads to another site after a form: browsers follow no redirect of a
// form to elsewhere under our policy.
func (s *site) away(c *fiber.Ctx, to string) error {
	c.Set("Refresh", "0; url="+to)
	const heading = "This leads to another site"
	n := &views.Notice{Frame: s.page(c, "", heading), Heading: s.word(c, heading)}
	n.Links = []views.Link{{Text: n.Frame.Word("Continue"), URL: to}}
	return s.draw(c, nil, views.NoticePage(n))
}

// stayingJSON adds to an address of ours that JSON is wanted there too.
func (s *site) stayingJSON(c *fiber.Ctx, to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" && !strings.HasPrefix(to, s.address(c)) {
		return to
	}
	q := u.Query()
	q.Set(run.ArgJSON, "1")
	u.RawQuery = q.Encode()
	return u.String()
}

// respond sends what the interview wants sent instead of a screen. For htmx,
// which could only put it into the page, it is kept under an address of its
// own: the code that made it does not run twice.
func (s *site) respond(c *fiber.Ctx, r *run.Reply) error {
	if isHTMX(c) {
		token, err := s.Runner.Keep(c.UserContext(), r.Session, r.Respond)
		if err != nil {
			return err
		}
		return s.redirect(c, s.Config.Path("/result/")+token)
	}
	return s.send(c, r.Respond)
}

// result shows what is kept under a one-time address.
//
//	GET /result/:token
func (s *site) result(c *fiber.Ctx) error {
	r, err := s.Runner.Kept(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	return s.send(c, r)
}

func (s *site) send(c *fiber.Ctx, r *evaluation.Respond) error {
	kind := r.ContentType
	if kind == "" {
		kind = "text/plain; charset=utf-8"
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:")
	if strings.HasPrefix(kind, "application/pdf") { // browsers show none in a sandbox
		c.Response().Header.Del("Content-Security-Policy")
	}
	if r.Name != "" {
		disposition := "inline"
		if kind == "application/zip" { // nobody looks at an archive in a browser
			disposition = "attachment"
		}
		c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType(disposition, map[string]string{"filename": r.Name}))
	}
	status := r.Status
	if status == 0 {
		status = fiber.StatusOK
	}
	return c.Status(status).Send(r.Body)
}

// json sends the screen as data.
func (s *site) json(c *fiber.Ctx, b *browser, r *run.Reply) error {
	r.Screen.Session.CSRF = s.csrf(b)
	s.menu(c, b, r.Screen)
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	body, err := screen.JSON(r.Screen)
	if err != nil {
		return err
	}
	switch {
	case r.Screen.Invalid:
		c.Status(fiber.StatusUnprocessableEntity)
	case r.Stale:
		c.Status(fiber.StatusConflict)
	}
	return c.Send(body)
}

// screen draws a screen: the fragment for htmx, else the page. A step that
// changed something sends the browser to the page's own address, so that
// loading it again repeats nothing.
func (s *site) screen(c *fiber.Ctx, b *browser, q *run.Request, r *run.Reply) error {
	scr := r.Screen
	scr.Session.CSRF = s.csrf(b)
	s.menu(c, b, scr)
	address := withStep(scr.Session.URL, scr.Session.Step)
	var body templ.Component
	switch {
	case isHTMX(c):
		c.Set("HX-Push-Url", address)
		if scr.Invalid {
			c.Set("HX-Push-Url", "false")
		}
		body = question.Fragment(scr)
	case !scr.Invalid && !r.Stale && !q.Back && !r.Passing && !called(c, q) && (r.Acted || q.Form != nil || q.Action != nil) && !q.Scratch:
		s.carry(c, scr)
		return c.Redirect(address, fiber.StatusSeeOther)
	default:
		s.carried(c, scr)
		body = question.Page(scr, s.assets)
	}
	if scr.Invalid {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	c.Vary("HX-Request")
	if !q.Scratch {
		if err := r.Tell(c.UserContext()); err != nil {
			return err
		}
	}
	return s.draw(c, b, body)
}

func withStep(address string, n int64) string {
	joint := "?"
	if strings.Contains(address, "?") {
		joint = "&"
	}
	return address + joint + run.ArgStep + "=" + strconv.FormatInt(n, 10)
}

// draw renders a component under the browser's nonce.
func (s *site) draw(c *fiber.Ctx, b *browser, body templ.Component) error {
	nonce := ""
	switch {
	case b != nil:
		nonce = s.nonce(c, b)
	case s.scripted():
		var err error
		if nonce, err = seal.Name(s.Random, 32); err != nil {
			return fmt.Errorf("make a nonce: %w", err)
		}
	}
	s.policy(c, nonce)
	var buf bytes.Buffer
	if err := body.Render(templ.WithNonce(c.UserContext(), nonce), &buf); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(buf.Bytes())
}

// headers sets what every answer carries.
func (s *site) headers(c *fiber.Ctx) error {
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	if s.Config.UseHTTPS {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
	s.policy(c, "")
	if preflight := s.share(c); preflight {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Next()
}

// share lets scripts of the sites that the configuration names call this
// server. It reports whether the request only asks if they may.
func (s *site) share(c *fiber.Ctx) (preflight bool) {
	origin := c.Get(fiber.HeaderOrigin)
	if len(s.Config.CrossSiteDomains) == 0 {
		return false
	}
	c.Vary(fiber.HeaderOrigin)
	if !s.sharedWith(origin) {
		return false
	}
	c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
	if slices.Contains(s.Config.CrossSiteDomains, origin) { // "*" is no reason to send cookies
		c.Set(fiber.HeaderAccessControlAllowCredentials, "true")
	}
	if c.Method() != fiber.MethodOptions || c.Get(fiber.HeaderAccessControlRequestMethod) == "" {
		return false
	}
	c.Set(fiber.HeaderAccessControlAllowMethods, "GET, HEAD, POST")
	c.Set(fiber.HeaderAccessControlAllowHeaders, "Content-Type, X-Csrf-Token, Hx-Request, Hx-Current-Url, Hx-Target")
	c.Set(fiber.HeaderAccessControlMaxAge, "600")
	return true
}

// policy says which scripts may run: ours, and those that carry the nonce.
func (s *site) policy(c *fiber.Ctx, nonce string) {
	scripts := "'self'"
	if nonce != "" {
		scripts += " 'nonce-" + nonce + "'"
	}
	c.Set("Content-Security-Policy", "default-src 'self'; script-src "+scripts+"; style-src 'self' 'unsafe-inline' https:; img-src 'self' data: https:; "+
		"font-src 'self' https:; media-src 'self' https:; frame-src https:; connect-src 'self' https:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "+s.ancestors())
	if s.Config.Embedding != config.EmbedAny {
		c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
	}
}

// ancestors are the sites whose pages may frame ours: those of "cross site
// domains", if "allow embedding" says so.
func (s *site) ancestors() string {
	list := []string{"'self'"}
	if s.Config.Embedding != config.EmbedAny {
		return list[0]
	}
	for _, d := range s.Config.CrossSiteDomains {
		if d != "*" {
			list = append(list, d)
		}
	}
	return strings.Join(list, " ")
}

func mimeParams(contentType string) (string, map[string]string, error) {
	return mime.ParseMediaType(contentType)
}
