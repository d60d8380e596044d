package handlers

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/fault"
	"colloquy/views"
)

// mailed has a mail sent that an address asks for, unless that is asked too often.
func (s *site) mailed(c *fiber.Ctx, email string, send func(context.Context, string, accounts.Caller, accounts.Links) error) error {
	if err := s.canMail(c); err != nil {
		return err
	}
	return send(c.UserContext(), email, s.trier(c), mailLinks{s, c})
}

// canMail finds out beforehand whether a mail could be sent: that must not
// depend on whether the address has an account.
func (s *site) canMail(c *fiber.Ctx) error {
	if !s.Accounts.CanMail() {
		return accounts.ErrNoMail
	}
	_, err := mailLinks{s, c}.Link("sign-in", "")
	return err
}

func (s *site) forgotForm(c *fiber.Ctx) *views.AccountPage {
	p := s.emailForm(c, "forgot password page", "Forgot password", "/user/forgot-password", "Send reset password email")
	p.Text = "We will mail you a link with which you can choose a new password."
	return p
}

// forgotPage offers a mail with which the password can be set anew.
//
//	GET /user/forgot-password
func (s *site) forgotPage(c *fiber.Ctx) error {
	if !s.Config.Accounts.Forgot {
		return fault.New(fault.NotFound, "File not found", nil)
	}
	return s.showAccount(c, s.forgotForm(c))
}

// forgot mails it, or does not; the page is the same.
//
//	POST /user/forgot-password
func (s *site) forgot(c *fiber.Ctx) error {
	began := time.Now()
	_, form, err := s.posting(c)
	if err != nil {
		return err
	}
	if !s.Config.Accounts.Forgot {
		return fault.New(fault.NotFound, "File not found", nil)
	}
	email := form.first("email")
	if err := s.mailed(c, email, s.Accounts.Forgot); err != nil {
		return s.refused(c, s.forgotForm(c), err)
	}
	pace(c, began)
	return s.checkMail(c, s.say(c, "If {email} has an account here, a reset password email has been sent. Open that email and follow the instructions to reset your password.", "email", email))
}

// What is said before a password is set by a mailed link.
const (
	lostWithout = "Your answers are encrypted with your password. If you set a new one now, nobody can read the answers of your interviews any more, not even you: they are lost. " +
		"If you remember your old password, leave this page and sign in with it."
	lostUnless = "Your answers are encrypted with your password. With the recovery code that you wrote down, they stay readable. " +
		"Without it nobody can read them any more, not even you: they are lost. If you remember your old password, leave this page and sign in with it."
)

func (s *site) resetForm(c *fiber.Ctx) (*views.AccountPage, *accounts.Resetting, error) {
	code := c.Params("token")
	r, err := s.Accounts.Resetting(c.UserContext(), code)
	if err != nil {
		return nil, nil, err
	}
	p := s.accountPage(c, "reset password page", "Reset password")
	p.Text = s.say(c, "Choose a new password for {email}.", "email", r.Email)
	f := views.AccountForm{Action: s.Config.Path("/user/reset-password/") + code, Button: "Set the new password", Warning: lostWithout}
	if r.Recovery {
		f.Warning = lostUnless
		f.Fields = append(f.Fields, views.AccountField{Name: "recovery", Label: "Recovery code", Type: "text", Autocomplete: "off",
			Hint: "Six groups of five letters and digits. Leave it empty only if you have lost it."})
	} else {
		f.Fields = nil
	}
	f.Fields = append(f.Fields, s.passwordFields(c, "new_password", "New password")...)
	f.Links = []views.Link{{Text: "Sign in with the old password", URL: s.Config.Path("/user/sign-in")}}
	p.Forms = []views.AccountForm{f}
	return p, r, nil
}

// resetPage says what a new password costs, and asks for it. Whoever gets the
// account's mail is known by it from now on.
//
//	GET /user/reset-password/:token
func (s *site) resetPage(c *fiber.Ctx) error {
	p, r, err := s.resetForm(c)
	if err != nil {
		return s.accountFailure(c, err)
	}
	s.know(c, r.Proof)
	return s.showAccount(c, p)
}

// reset sets it.
//
//	POST /user/reset-password/:token
func (s *site) reset(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	p, _, err := s.resetForm(c)
	if err != nil {
		return s.accountFailure(c, err)
	}
	if err = s.retyped(form, "new_password"); err == nil {
		err = s.Accounts.Reset(c.UserContext(), c.Params("token"), form.first("new_password"), form.first("recovery"), s.trier(c))
	}
	if err != nil {
		return s.refused(c, p, renamed(err, "password", "new_password"))
	}
	if b.visit != nil || b.half != nil {
		s.dropLogin(c)
	}
	done := s.signInForm(c, "", "")
	done.Said = "Your password has been reset successfully. Please sign in with your new password."
	b.visit, b.half = nil, nil
	return s.showAccount(c, done)
}

func (s *site) passwordForm(c *fiber.Ctx) *views.AccountPage {
	p := s.accountPage(c, "change password page", "Change password")
	p.Text = "Your answers stay as they are. Other browsers and devices on which you are signed in will be signed out."
	f := views.AccountForm{Action: s.Config.Path("/user/change-password"), Button: "Change password"}
	f.Fields = append(f.Fields, views.AccountField{Name: "old_password", Label: "Current password", Type: "password", Autocomplete: "current-password", Required: true})
	f.Fields = append(f.Fields, s.passwordFields(c, "new_password", "New password")...)
	f.Links = []views.Link{{Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}
	p.Forms = []views.AccountForm{f}
	return p
}

// passwordPage asks for the old password and a new one.
//
//	GET /user/change-password
func (s *site) passwordPage(c *fiber.Ctx) error { return s.showAccount(c, s.passwordForm(c)) }

// changePassword changes it.
//
//	POST /user/change-password
func (s *site) changePassword(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	if err = s.retyped(form, "new_password"); err == nil {
		err = s.Accounts.ChangePassword(c.UserContext(), b.visit, form.first("old_password"), form.first("new_password"), s.trier(c))
	}
	if err != nil {
		return s.refused(c, s.passwordForm(c), renamed(err, "password", "new_password"))
	}
	return s.profiled(c, "password")
}

func (s *site) newEmailForm(c *fiber.Ctx, now, email string) *views.AccountPage {
	p := s.accountPage(c, "", "Change your email")
	p.Text = s.say(c, "You sign in with {email}. We will mail a link to the new address; it takes the place of the old one when you follow that link.", "email", now)
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/user/change-email"), Button: "Send the link", Fields: []views.AccountField{
		{Name: "email", Label: "New email", Type: "email", Value: email, Autocomplete: "email", Required: true},
		{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true}},
		Links: []views.Link{{Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}}}
	return p
}

// emailPage asks for another address.
//
//	GET /user/change-email
func (s *site) emailPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	return s.showAccount(c, s.newEmailForm(c, b.visit.Account.Email, ""))
}

// changeEmail mails a link to it.
//
//	POST /user/change-email
func (s *site) changeEmail(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	email := form.first("email")
	if err = s.canMail(c); err == nil {
		err = s.Accounts.ChangeEmail(c.UserContext(), b.visit, form.first("password"), email, s.trier(c), mailLinks{s, c})
	}
	if err != nil {
		return s.refused(c, s.newEmailForm(c, b.visit.Account.Email, email), err)
	}
	return s.checkMail(c, s.say(c, "A link has been sent to {email}. Your address changes when you follow it.", "email", email))
}
