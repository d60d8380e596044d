package handlers

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/run"
	"colloquy/views"
)

// An approach is how a request came to be, as far as its headers tell: pressed
// by a person, sent by a program, or made by something that looks ahead.
type approach struct {
	method, agent, origin, own      string // own is this server's origin
	site, mode, dest, user, purpose string // the Sec-Fetch headers, and those of prefetching
	known                           bool   // the browser has been here: it sent its secret
	shared                          bool   // the configuration lets scripts of its site call us
}

// A verdict is what becomes of a request that would act.
type verdict string

const (
	verdictRun     verdict = "run"     // it acts
	verdictConfirm verdict = "confirm" // it gets a page with one button, which acts
	verdictRefuse  verdict = "refuse"  // it gets nothing
)

// bots are programs that follow links without anybody having asked them to.
var bots = regexp.MustCompile(`(?i)bot|crawl|spider|slurp|facebookexternalhit|preview|whatsapp|telegram|skypeuripreview|slack|discord|embedly|vkshare|safelinks|barracuda|mimecast|proofpoint|linkcheck|urlscan|ms-?office|outlook|googleimageproxy`)

func approachOf(c *fiber.Ctx, own string, known, shared bool) approach {
	return approach{method: c.Method(), agent: c.Get(fiber.HeaderUserAgent), origin: c.Get(fiber.HeaderOrigin), own: own,
		site: c.Get("Sec-Fetch-Site"), mode: c.Get("Sec-Fetch-Mode"), dest: c.Get("Sec-Fetch-Dest"), user: c.Get("Sec-Fetch-User"),
		purpose: strings.ToLower(c.Get("Purpose") + c.Get("Sec-Purpose") + c.Get("X-Purpose") + c.Get("X-Moz")), known: known, shared: shared}
}

// ahead reports whether the request was made before anybody asked for it.
func (a *approach) ahead() bool {
	return strings.Contains(a.purpose, "prefetch") || strings.Contains(a.purpose, "prerender") || strings.Contains(a.purpose, "preview")
}

// foreign reports whether another site caused the request.
func (a *approach) foreign() bool {
	if a.site != "" {
		return a.site == "cross-site" || a.site == "same-site"
	}
	return a.origin != "" && a.origin != a.own
}

// verdict says whether the request may act. A browser that is here for the
// first time presses a button before anything is done: nothing else tells a
// person from a program that opens the links of a mail.
func (a *approach) verdict() verdict {
	switch {
	case a.ahead():
		return verdictRefuse
	case a.method == fiber.MethodHead || bots.MatchString(a.agent):
		return verdictConfirm
	case a.site != "":
		return a.fetched()
	case a.foreign():
		return verdictConfirm
	case a.known || a.method == fiber.MethodPost || !strings.Contains(a.agent, "Mozilla/"):
		return verdictRun
	}
	return verdictConfirm
}

// fetched judges what a browser says that tells how it came to ask.
func (a *approach) fetched() verdict {
	page := a.mode == "navigate" && (a.dest == "document" || a.dest == "")
	switch {
	case a.site == "same-origin":
		return verdictRun
	case !page && a.shared:
		return verdictRun
	case !page:
		return verdictRefuse
	case a.known && a.user == "?1" && a.method != fiber.MethodPost:
		return verdictRun
	}
	return verdictConfirm
}

// leavesNothing reports whether a request must not change anything: it was
// not made by a person who wants what it does.
func (a *approach) leavesNothing() bool {
	return a.method == fiber.MethodHead || a.ahead() || a.method == fiber.MethodGet && bots.MatchString(a.agent)
}

// confirm shows the page whose one button follows an acting link. Its arguments
// are phrases to be translated.
func (s *site) confirm(c *fiber.Ctx, heading, text, button string) error {
	n := &views.Notice{Frame: s.page(c, "", heading), Action: c.OriginalURL()}
	n.Heading, n.Text, n.Button = n.Frame.Word(heading), n.Frame.Word(text), n.Frame.Word(button)
	if isHTMX(c) {
		return s.draw(c, nil, views.NoticeSection(n))
	}
	return s.draw(c, nil, views.NoticePage(n))
}

func (s *site) confirmAction(c *fiber.Ctx) error {
	return s.confirm(c, "One more step", "This link changes something or hands something out. Press the button if you want that.", "Continue")
}

// follow goes where a temporary link leads.
//
//	GET|POST /goto?c=…
func (s *site) follow(c *fiber.Ctx) error {
	a := s.approach(c)
	code := c.Query("c")
	e, err := s.Runner.Errand(c.UserContext(), code)
	if err != nil {
		return err
	}
	if v := a.verdict(); e.Once && v != verdictRun {
		if v == verdictRefuse {
			return c.SendStatus(fiber.StatusForbidden)
		}
		return s.confirm(c, "One more step", "This link works once. Press the button to use it.", "Continue")
	}
	to, err := s.Runner.Follow(c.UserContext(), code)
	if err != nil {
		return err
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// launch goes on with the session that an address stands for, or begins one,
// without telling its id to anybody who looks on.
//
//	GET|POST /launch?c=…
func (s *site) launch(c *fiber.Ctx) error {
	a := s.approach(c)
	code := c.Query("c")
	l, err := s.Runner.Launch(c.UserContext(), code)
	if err != nil {
		return err
	}
	switch v := a.verdict(); {
	case v == verdictRefuse:
		return c.SendStatus(fiber.StatusForbidden)
	case a.leavesNothing() || l.Once && v != verdictRun:
		return s.confirm(c, "One more step", "This link opens an interview. Press the button to go there.", "Continue")
	}
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	if l, err = s.Runner.Enter(c.UserContext(), code, b.keys()); err != nil {
		return err
	}
	if l.Session != "" {
		s.remember(c, b, l.Interview, l.Session)
	}
	return s.redirect(c, s.Config.Path(l.Address(arguments(c))))
}

func (s *site) approach(c *fiber.Ctx) approach {
	return approachOf(c, s.origin(c), c.Cookies(secretCookie) != "" || c.Cookies(s.loginCookie()) != "", s.sharedWith(c.Get(fiber.HeaderOrigin)))
}

// sharedWith reports whether the configuration lets scripts of another site
// call this server ("cross site domains").
func (s *site) sharedWith(origin string) bool {
	if origin == "" {
		return false
	}
	return slices.Contains(s.Config.CrossSiteDomains, origin) || slices.Contains(s.Config.CrossSiteDomains, "*")
}

// acts reports whether a request's address asks for an action.
func acts(c *fiber.Ctx) bool { return c.Query(run.ArgAction) != "" }
