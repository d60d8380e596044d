package handlers

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/views"
)

// whys are what the sign-in page says about why it is shown.
var whys = map[string]string{
	"interview": "You need to be logged in to access this interview.",
	"page":      "You need to log in before you can see this page.",
	"lapsed":    "You are not signed in any more. Please sign in again to go on with your interview.",
}

// signInForm is the sign-in page, with what was typed.
func (s *site) signInForm(c *fiber.Ctx, next, email string) *views.AccountPage {
	p := s.accountPage(c, "login page", "Sign in")
	p.Text = whys[c.Query("why")]
	if c.Query("from_logout") == "1" && !s.Config.Accounts.QuietLogin {
		p.Said = "You have signed out successfully."
	}
	args := ""
	if next != "" {
		args = "?" + url.Values{run.ArgNext: {next}}.Encode()
	}
	f := views.AccountForm{Action: s.Config.Path("/user/sign-in"), Button: "Sign in", Hidden: []views.Hidden{{Name: run.ArgNext, Value: next}},
		Fields: []views.AccountField{
			{Name: "email", Label: "Email", Type: "email", Value: email, Autocomplete: "username", Required: true},
			{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true},
			{Name: "remember_me", Label: "Stay signed in on this device", Type: "checkbox"},
		}}
	if s.Config.Accounts.Registration {
		f.Links = append(f.Links, views.Link{Text: "New here? Register.", URL: s.Config.Path("/user/register") + args})
	}
	if s.Config.Accounts.Forgot {
		f.Links = append(f.Links, views.Link{Text: "Forgot your password?", URL: s.Config.Path("/user/forgot-password")})
	}
	if s.Config.Accounts.PasswordLogin || c.Query("admin") == "1" {
		p.Forms = []views.AccountForm{f}
	}
	return p
}

// signInPage asks for address and password.
//
//	GET /user/sign-in[?next=…]
func (s *site) signInPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"action": "login", "csrf_token": s.csrf(b)})
	}
	if b.visit != nil {
		return s.goOn(c, c.Query(run.ArgNext))
	}
	return s.showAccount(c, s.signInForm(c, c.Query(run.ArgNext), ""))
}

// signIn begins a login. Where passwords are switched off, the accounts of
// administrators can still be opened with one.
//
//	POST /user/sign-in
func (s *site) signIn(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	next := form.first(run.ArgNext)
	v, secret, err := s.Accounts.SignIn(c.UserContext(), accounts.Attempt{Email: form.first("email"), Password: form.first("password"),
		Keep: form.first("remember_me") != "", From: s.trier(c)})
	var u *accounts.Unconfirmed
	if errors.As(err, &u) {
		p := s.signInForm(c, next, form.first("email"))
		p.Forms[0].Links = append(p.Forms[0].Links, views.Link{Text: "Click here to confirm your e-mail", URL: s.Config.Path("/user/resend-confirm-email")})
		return s.refused(c, p, &accounts.Mistake{Text: u.Error()})
	}
	if err == nil && !s.Config.Accounts.PasswordLogin && !v.Account.Has(accounts.Admin) {
		err = errors.Join(&accounts.Mistake{Text: "You cannot log in this way."}, s.Accounts.SignOut(c.UserContext(), v))
	}
	if err != nil {
		return s.refused(c, s.signInForm(c, next, form.first("email")), err)
	}
	return s.enter(c, b, v, secret, next)
}

// enter gives a browser its login and sends it on: to the second factor if one
// is wanting, else to where it was going.
func (s *site) enter(c *fiber.Ctx, b *browser, v *accounts.Visit, secret seal.Secret, next string) error {
	for _, old := range []*accounts.Visit{b.visit, b.half} {
		if old != nil {
			if err := s.Accounts.SignOut(c.UserContext(), old); err != nil {
				return err
			}
		}
	}
	s.keepLogin(c, v, secret)
	onward := ""
	if to := within(next); to != "" {
		onward = "?" + url.Values{run.ArgNext: {to}}.Encode()
	}
	switch v.Login.Stage {
	case accounts.StageFactor:
		return s.redirect(c, s.Config.Path("/mfa_login")+onward)
	case accounts.StageSetup:
		return s.redirect(c, s.Config.Path("/mfa_setup")+onward)
	}
	s.admitted(c, b, v)
	return s.goOn(c, next)
}

// signOutPage asks whether somebody wants to sign out. To those who are not
// signed in there is nothing to ask.
//
//	GET /user/sign-out
func (s *site) signOutPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	if b.visit == nil && b.half == nil {
		return s.signedOut(c)
	}
	p := s.accountPage(c, "", "Sign out")
	p.Text = "Your interviews are kept. You can go on with them when you sign in again."
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/user/sign-out"), Button: "Sign out",
		Hidden: []views.Hidden{{Name: run.ArgNext, Value: c.Query(run.ArgNext)}, {Name: "next_sig", Value: c.Query("next_sig")}}}}
	return s.showAccount(c, p)
}

// signOut ends the login. Only an address that this server made leads away from
// it.
//
//	POST /user/sign-out
func (s *site) signOut(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	if err := s.signOff(c, b); err != nil {
		return err
	}
	if next := form.first(run.ArgNext); next != "" && s.Runner.Onward(s.address(c), next, form.first("next_sig")) == nil {
		return s.redirect(c, next)
	}
	return s.signedOut(c)
}

func (s *site) signedOut(c *fiber.Ctx) error {
	if to := s.Config.Accounts.LogoutPage; to != "" {
		return s.redirect(c, to)
	}
	return s.redirect(c, s.Config.Path("/user/sign-in?from_logout=1"))
}

// elsewherePage asks whether to end the other logins.
//
//	GET /user/sign-out-elsewhere
func (s *site) elsewherePage(c *fiber.Ctx) error {
	p := s.accountPage(c, "", "Sign out elsewhere")
	p.Text = "All other browsers and devices on which you are signed in will be signed out."
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/user/sign-out-elsewhere"), Button: "Sign out elsewhere"}}
	p.Links = []views.Link{{Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}
	return s.showAccount(c, p)
}

// signOutElsewhere ends them.
//
//	POST /user/sign-out-elsewhere
func (s *site) signOutElsewhere(c *fiber.Ctx) error {
	b, _, err := s.posting(c)
	if err != nil {
		return err
	}
	if err := s.Accounts.SignOutElsewhere(c.UserContext(), b.visit); err != nil {
		return err
	}
	return s.profiled(c, "elsewhere")
}
