package handlers

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/fault"
	"colloquy/engine/language"
	"colloquy/engine/run"
	"colloquy/views"
)

func (s *site) accountRoutes(app fiber.Router) {
	for path, pair := range map[string][2]fiber.Handler{
		"/user/sign-in":               {s.signInPage, s.signIn},
		"/user/sign-out":              {s.signOutPage, s.signOut},
		"/user/register":              {s.registerPage, s.register},
		"/user/first/:token":          {s.firstPage, s.makeFirst},
		"/user/confirm-email/:token":  {s.confirmPage, s.confirmEmail},
		"/user/resend-confirm-email":  {s.resendPage, s.resend},
		"/user/forgot-password":       {s.forgotPage, s.forgot},
		"/user/reset-password/:token": {s.resetPage, s.reset},
		"/user/manage":                {s.managePage, s.manage},
		"/user/profile":               {s.member(s.profilePage), s.member(s.setProfile)},
		"/user/change-password":       {s.member(s.passwordPage), s.member(s.changePassword)},
		"/user/change-email":          {s.member(s.emailPage), s.member(s.changeEmail)},
		"/user/recovery-code":         {s.member(s.recoveryPage), s.member(s.newRecovery)},
		"/user/sign-out-elsewhere":    {s.member(s.elsewherePage), s.member(s.signOutElsewhere)},
		"/mfa_setup":                  {s.factorSetupPage, s.factorSetup},
		"/mfa_login":                  {s.factorLoginPage, s.factorLogin},
		"/mfa_reconfigure":            {s.member(s.factorPage), s.member(s.factorChange)},
	} {
		app.Get(path, pair[0])
		app.Post(path, pair[1])
	}
	app.Get("/me", s.me)
	s.adminRoutes(app)
	s.mineRoutes(app)
}

const localBrowser = "browser"

// member lets only those pass who are signed in.
func (s *site) member(page fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		b, err := s.browserOf(c)
		if err != nil {
			return err
		}
		if b.visit == nil {
			return s.redirect(c, s.Config.Path("/user/sign-in?")+url.Values{run.ArgNext: {c.OriginalURL()}, "why": {"page"}}.Encode())
		}
		return page(c)
	}
}

// here is the browser that asks for a page about accounts. One without a secret
// gets one, so that the form of the page can be told from those of other sites.
func (s *site) here(c *fiber.Ctx) (*browser, error) {
	b, ok := c.Locals(localBrowser).(*browser)
	if ok {
		return b, nil
	}
	b, err := s.browserOf(c)
	if err != nil {
		return nil, err
	}
	if b.fresh && b.visit == nil && b.half == nil && c.Method() != fiber.MethodPost {
		s.cookie(c, secretCookie, b.secret.Reveal(), s.Config.SessionLifetime)
	}
	c.Locals(localBrowser, b)
	return b, nil
}

// posting reads a form about accounts. It comes from a page of ours, or it is
// refused.
func (s *site) posting(c *fiber.Ctx) (*browser, *postedForm, error) {
	b, err := s.here(c)
	if err != nil {
		return nil, nil, err
	}
	form, err := s.values(c)
	if err != nil {
		return nil, nil, err
	}
	a := s.approach(c)
	if a.foreign() || !s.fromOurPage(b, form.first("csrf_token")) {
		return nil, nil, fault.New(fault.Forbidden, "Input not processed because the page expired. Please open the page again; cookies must be allowed.", nil)
	}
	return b, form, nil
}

// accountPage begins a page about accounts. name is how the texts for it begin
// in the configuration, "" if there are none.
func (s *site) accountPage(c *fiber.Ctx, name, title string) *views.AccountPage {
	p := &views.AccountPage{Frame: s.page(c, name, title), Heading: title}
	if name != "" {
		p.Heading = s.said(c, name+" heading", title)
	}
	p.Frame.Tab += " · " + s.Config.BrandName
	return p
}

// showAccount draws a page about accounts; its forms post under the browser's
// token.
func (s *site) showAccount(c *fiber.Ctx, p *views.AccountPage) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	for i := range p.Forms {
		p.Forms[i].CSRF = s.csrf(b)
	}
	if p.Invalid {
		p.Frame.Tab = s.say(c, "Error") + ": " + p.Frame.Tab
	}
	p.Speak(s.tongue(c).Word)
	s.keepTongue(c)
	c.Set("Referrer-Policy", "no-referrer") // addresses of these pages can hold a link's secret
	return s.draw(c, b, views.AccountView(p))
}

// refused shows a page again with what was wrong in its first form.
func (s *site) refused(c *fiber.Ctx, p *views.AccountPage, err error) error {
	var m *accounts.Mistake
	var w *accounts.Wait
	switch {
	case errors.As(err, &m) && len(p.Forms) == 0:
		return fault.New(fault.Forbidden, m.Say(s.tongue(c).Word), err)
	case errors.As(err, &m):
		p.Invalid = true
		c.Status(fiber.StatusUnprocessableEntity)
		wrong(&p.Forms[0], m, s.tongue(c).Word)
	case errors.As(err, &w) && len(p.Forms) > 0:
		p.Invalid = true
		c.Status(fiber.StatusTooManyRequests)
		c.Set(fiber.HeaderRetryAfter, fmt.Sprint(int(w.For.Seconds())+1))
		p.Forms[0].Wrong = s.say(c, "There were too many failed attempts. Please try again in {time}.", "time", s.duration(c, w.For))
	default:
		return s.accountFailure(c, err)
	}
	return s.showAccount(c, p)
}

// accountFailure answers what no form can be mended for.
func (s *site) accountFailure(c *fiber.Ctx, err error) error {
	switch {
	case errors.Is(err, accounts.ErrLink):
		p := s.accountPage(c, "", "This link does not work any more")
		p.Text = "It has been used, its time is over, or it is not complete. You can ask for a new one."
		p.Links = []views.Link{{Text: "Sign in", URL: s.Config.Path("/user/sign-in")}, {Text: "Forgot your password?", URL: s.Config.Path("/user/forgot-password")}}
		c.Status(fiber.StatusGone)
		return s.showAccount(c, p)
	case errors.Is(err, accounts.ErrForbidden):
		return fault.New(fault.Forbidden, "You are not allowed to do this.", err)
	case errors.Is(err, errNoAddress), errors.Is(err, accounts.ErrNoMail):
		s.Log.Error("a mail about an account was not sent", "error", err)
		return fault.New(fault.Unavailable, "This server cannot send mail at the moment. Please tell its administrator.", err)
	}
	return err
}

// wrong puts a mistake where it belongs.
func wrong(f *views.AccountForm, m *accounts.Mistake, word func(string) string) {
	for i := range f.Fields {
		if f.Fields[i].Name == m.Field {
			f.Fields[i].Error = m.Say(word)
			return
		}
	}
	f.Wrong = m.Say(word)
}

// duration is a time in words, rounded up.
func (s *site) duration(c *fiber.Ctx, d time.Duration) string {
	unit := time.Second
	for _, larger := range []time.Duration{time.Minute, time.Hour} {
		if d > 90*unit {
			unit = larger
		}
	}
	d = (d + unit - 1) / unit * unit
	return s.tongue(c).Describe(language.Difference{Start: time.Time{}, End: time.Time{}.Add(d)}, language.AnyUnit, false)
}

// least is how long an answer takes that must not tell by its time whether an
// address has an account.
const least = 400 * time.Millisecond

// pace waits until that time is over.
func pace(c *fiber.Ctx, began time.Time) {
	select {
	case <-time.After(least - time.Since(began)):
	case <-c.Context().Done():
	}
}

// admitted completes a sign-in: the browser gets the login's secret and loses
// what it had before, and what it had begun becomes the account's.
func (s *site) admitted(c *fiber.Ctx, b *browser, v *accounts.Visit) {
	s.takeOver(c, b, v)
	c.Locals(localLanguage, v.Account.Language)
	s.keepTongue(c)
	s.know(c, s.Accounts.Proof(v.Account))
}

// passwordField asks for a new password, twice if the configuration says so.
func (s *site) passwordFields(c *fiber.Ctx, name, label string) []views.AccountField {
	fields := []views.AccountField{{Name: name, Label: label, Type: "password", Autocomplete: "new-password", Required: true, Hint: s.Accounts.PasswordRule(s.tongue(c).Word)}}
	if s.Config.Accounts.Retype {
		fields = append(fields, views.AccountField{Name: "retype_password", Label: "Retype the password", Type: "password", Autocomplete: "new-password", Required: true})
	}
	return fields
}

// retyped checks that a new password was typed twice alike.
func (s *site) retyped(form *postedForm, name string) error {
	if s.Config.Accounts.Retype && form.first(name) != form.first("retype_password") {
		return &accounts.Mistake{Field: "retype_password", Text: "This is not the same as the password above."}
	}
	return nil
}

// renamed puts what is wrong with a password at the input of another name.
func renamed(err error, from, to string) error {
	var m *accounts.Mistake
	if errors.As(err, &m) && m.Field == from {
		return m.At(to)
	}
	return err
}

// me tells programs who is signed in.
//
//	GET /me
func (s *site) me(c *fiber.Ctx) error {
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	if a := s.approach(c); a.foreign() && !a.shared {
		return fault.New(fault.Forbidden, "Other sites are not told who is signed in.", nil)
	}
	if b.visit == nil {
		return c.JSON(fiber.Map{"logged_in": false})
	}
	a := b.visit.Account
	return c.JSON(fiber.Map{"logged_in": true, "user_id": a.ID, "email": a.Email, "roles": a.Privileged(), "firstname": a.FirstName,
		"lastname": a.LastName, "country": a.Country, "subdivisionfirst": a.SubdivisionFirst, "subdivisionsecond": a.SubdivisionSecond,
		"subdivisionthird": a.SubdivisionThird, "organization": a.Organization, "timezone": a.Timezone})
}
