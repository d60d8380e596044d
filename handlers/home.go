package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/run"
)

// Where the list of interviews is reached from.
const (
	fromLogin    = "from_login"
	fromRegister = "from_register"
)

// goOn leads to where somebody wanted to be before signing in, else to the list
// of interviews, which may know better.
func (s *site) goOn(c *fiber.Ctx, next string) error {
	if to := within(next); to != "" {
		return s.redirect(c, to)
	}
	return s.redirect(c, s.Config.Path("/interviews?"+fromLogin+"=1"))
}

// onwardFromLogin is where somebody is sent who has signed in and did not say
// where to ("page after login", "auto resume interview"), or who has registered
// in the middle of his only interview; and where the resume argument leads. It
// is "" for who should see the list.
func (s *site) onwardFromLogin(c *fiber.Ctx, b *browser) (string, error) {
	registered := c.Query(fromRegister) != ""
	if registered || c.Query(fromLogin) != "" {
		if page := s.pageFor(b.visit.Account); page != "" {
			return page, nil
		}
		if name := s.Config.Home.Resume; name != "" {
			return s.resumeFirst(c, b, name)
		}
	}
	if registered {
		found, err := s.Runner.Mine(c.UserContext(), b.keys(), run.Search{Limit: 2})
		if err != nil || len(found.Entries) != 1 || found.Next != "" {
			return "", err
		}
		e := &found.Entries[0]
		return s.resumeURL(e.Interview, e.Session), nil
	}
	if name := c.Query("resume"); name != "" {
		return s.resumeFirst(c, b, name)
	}
	return "", nil
}

// pageFor is the page that somebody comes to after signing in, "" for the list.
func (s *site) pageFor(a *accounts.Account) string {
	for _, p := range s.Config.Home.Pages {
		if p.Privilege != "*" && !a.Has(p.Privilege) {
			continue
		}
		switch path, ok := run.PagePath(p.Page); {
		case strings.ContainsAny(p.Page, "/:"):
			return p.Page
		case path == "/interviews":
			return ""
		case ok:
			return s.Config.Path(path)
		}
		s.Log.Warn("\"page after login\" names no page that there is", "page", p.Page)
		return ""
	}
	return ""
}

// resumeFirst is where somebody goes on with the first session of an interview,
// or begins one.
func (s *site) resumeFirst(c *fiber.Ctx, b *browser, name string) (string, error) {
	full, err := s.Programs.Resolve(name)
	if err != nil {
		return "", err
	}
	id, err := s.Runner.First(c.UserContext(), b.keys(), full)
	if err != nil {
		return "", err
	}
	if id != "" {
		return s.resumeURL(full, id), nil
	}
	return s.Config.Path("/interview?") + url.Values{run.ArgInterview: {full}, run.ArgNewSession: {"1"}}.Encode(), nil
}

// showsMine reports whether menus lead somebody to his interviews.
func (s *site) showsMine(a *accounts.Account) bool {
	return s.Config.Home.Link && s.Config.Home.Resume == "" || a.Has(accounts.Admin)
}
