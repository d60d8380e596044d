package handlers

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/fault"
	"colloquy/engine/run"
)

// restart begins the session of an interview anew, with the url_args it had.
//
//	GET /restart_session?i=…[&session=…]
func (s *site) restart(c *fiber.Ctx) error { return s.anew(c, run.ArgReset) }

// newSession begins a further session, with the url_args of the present one.
//
//	GET /new_session?i=…[&session=…]
func (s *site) newSession(c *fiber.Ctx) error { return s.anew(c, run.ArgNewSession) }

func (s *site) anew(c *fiber.Ctx, how string) error {
	b, id, err := s.named(c)
	if err != nil {
		return err
	}
	to := url.Values{run.ArgInterview: {c.Query(run.ArgInterview)}, how: {"1"}}
	if named := c.Query(run.ArgSession); how == run.ArgReset && named != "" {
		to.Set(run.ArgSession, named)
	}
	args, err := s.Runner.URLArgs(c.UserContext(), id, b.keys())
	if err != nil && !errors.Is(err, run.ErrNotYours) {
		return err
	}
	for name, value := range args {
		if !run.ReservedArgs[name] {
			to.Set(name, value)
		}
	}
	return c.Redirect(s.Config.Path("/interview")+"?"+to.Encode(), fiber.StatusSeeOther)
}

// named reads which session of an interview a page of the server is asked
// about: the one that is named, else the one that the browser is at.
func (s *site) named(c *fiber.Ctx) (*browser, string, error) {
	b, err := s.browserOf(c)
	if err != nil {
		return nil, "", err
	}
	name, err := s.Programs.Resolve(c.Query(run.ArgInterview))
	if err != nil {
		return nil, "", err
	}
	if id := c.Query(run.ArgSession); id != "" {
		return b, id, nil
	}
	return b, b.current[short(name)], nil
}

// leave goes to the page that the link names, else to the one that the
// configuration does.
//
//	GET /leave[?next=…]
func (s *site) leave(c *fiber.Ctx) error {
	to, err := s.onward(c)
	if err != nil {
		return err
	}
	return s.redirect(c, to)
}

// onward is where a link sends people on to: within this server, or where a
// link of ours does.
func (s *site) onward(c *fiber.Ctx) (string, error) {
	next := c.Query(run.ArgNext)
	if next == "" {
		return s.Config.ExitPage, nil
	}
	return next, s.Runner.Onward(s.address(c), next, c.Query(run.ArgSignature))
}

// exit erases the session first.
//
//	GET|POST /exit?i=…[&session=…][&next=…], /exit_logout
func (s *site) exit(c *fiber.Ctx) error {
	if c.Query(run.ArgInterview) == "" {
		return s.leave(c)
	}
	if _, err := s.onward(c); err != nil {
		return err // before anything is erased
	}
	a := s.approach(c)
	switch a.verdict() {
	case verdictRefuse:
		return fault.New(fault.Forbidden, "This address erases your answers, so it is followed when you want that, not before.", nil)
	case verdictConfirm:
		return s.confirm(c, "Leave the interview?", "Your answers will be erased. If somebody else takes part in this interview, it stays there for them.", "Leave")
	}
	b, id, err := s.named(c)
	if err != nil {
		return err
	}
	if err := s.Runner.Erase(c.UserContext(), id, b.keys()); err != nil && !errors.Is(err, run.ErrNotYours) {
		return err
	}
	name, err := s.Programs.Resolve(c.Query(run.ArgInterview))
	if err != nil {
		return err
	}
	s.remember(c, b, name, "")
	return s.leave(c)
}

// variables gives the answers of the browser's session as JSON, to the page's
// own scripts (docassemble's get_interview_variables()).
//
//	GET /vars?i=…[&session=…]
func (s *site) variables(c *fiber.Ctx) error {
	a := s.approach(c)
	if c.Query(run.ArgInterview) == "" {
		return c.Status(fiber.StatusBadRequest).SendString("Invalid request")
	}
	if a.foreign() && !a.shared {
		return fault.New(fault.Forbidden, "Answers are not given to other sites.", nil)
	}
	b, id, err := s.named(c)
	if err != nil {
		return err
	}
	if id == "" {
		return c.Status(fiber.StatusBadRequest).SendString("Invalid request")
	}
	body, err := s.Runner.Variables(c.UserContext(), c.Query(run.ArgInterview), id, b.keys(), s.visitor(c, b))
	if errors.Is(err, run.ErrNotYours) {
		return c.JSON(fiber.Map{"success": false})
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return c.Send(body)
}

// resume makes a session the browser's current one and goes to it; the other
// fields become arguments of the address.
//
//	POST /resume with i and session
func (s *site) resume(c *fiber.Ctx) error {
	form, err := s.values(c)
	if err != nil {
		return err
	}
	i, id := form.first(run.ArgInterview), form.first(run.ArgSession)
	if i == "" || id == "" {
		return fault.New(fault.Forbidden, "The address does not say which session is meant.", nil)
	}
	to := url.Values{run.ArgInterview: {i}, run.ArgSession: {id}}
	for _, v := range form.Values {
		switch v.Name {
		case run.ArgInterview, run.ArgSession, "ajax", "csrf_token", run.ArgReset, run.ArgNewSession:
		default:
			to.Set(v.Name, v.Text)
		}
	}
	address := s.Config.Path("/interview") + "?" + to.Encode()
	if form.first("ajax") == "1" {
		b, err := s.browserOf(c)
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"action": "redirect", "url": address, "csrf_token": s.csrf(b)})
	}
	return c.Redirect(address, fiber.StatusSeeOther)
}
