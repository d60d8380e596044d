package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/fault"
	"colloquy/engine/run"
	"colloquy/views"
)

// done are what the profile says about what was just done.
var done = map[string]string{
	"profile":   "Your information was saved.",
	"password":  "Your password has been changed successfully.",
	"elsewhere": "You are signed out everywhere else.",
	"factor":    "You are now set up with two factor authentication.",
	"nofactor":  "Two factor authentication is switched off.",
}

// profiled goes back to the profile after something was done.
func (s *site) profiled(c *fiber.Ctx, what string) error {
	return s.redirect(c, s.Config.Path("/user/profile?done=")+what)
}

func (s *site) profileForm(c *fiber.Ctx, b *browser, profile *accounts.Profile) (*views.AccountPage, error) {
	a := b.visit.Account
	p := s.accountPage(c, "profile page", "User profile")
	p.Said = done[c.Query("done")]
	p.Text = s.say(c, "You are signed in as {email}.", "email", a.Email)
	fields := s.profileFields(c, profile, a.Has(accounts.Admin, accounts.Developer))
	if len(fields) > 0 {
		p.Forms = []views.AccountForm{{Action: s.Config.Path("/user/profile"), Button: "Save", Fields: fields}}
	}
	links, err := s.settings(c, b)
	p.Links = links
	return p, err
}

// settings are the other pages about an account.
func (s *site) settings(c *fiber.Ctx, b *browser) ([]views.Link, error) {
	var links []views.Link
	add := func(when bool, text, path string) {
		if when {
			links = append(links, views.Link{Text: text, URL: s.Config.Path(path)})
		}
	}
	a, rules := b.visit.Account, &s.Config.Accounts
	has, err := s.Accounts.HasRecovery(c.UserContext(), b.visit)
	if err != nil {
		return nil, err
	}
	add(rules.Change || a.Has(accounts.Admin, accounts.Developer), "Change password", "/user/change-password")
	add(s.Accounts.CanMail(), "Change email", "/user/change-email")
	add(!has, "Get a recovery code", "/user/recovery-code")
	add(has, "Replace your recovery code", "/user/recovery-code")
	add(a.Factor == nil && s.Accounts.MayHaveFactor(a), "Set up two factor authentication", "/mfa_setup")
	add(a.Factor != nil, "Two factor authentication", "/mfa_reconfigure")
	add(true, "Sign out elsewhere", "/user/sign-out-elsewhere")
	add(rules.DeleteOwn && !a.Has(accounts.Admin), "Delete account", "/user/manage")
	add(true, "Sign out", "/user/sign-out")
	return links, nil
}

func (s *site) noProfile(b *browser) error {
	if !s.Config.Accounts.ShowProfile && !b.visit.Account.Has(accounts.Admin) {
		return fault.New(fault.NotFound, "File not found", nil)
	}
	return nil
}

// profilePage shows the profile, and the way to the other settings.
//
//	GET /user/profile
func (s *site) profilePage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err == nil {
		err = s.noProfile(b)
	}
	if err != nil {
		return err
	}
	p, err := s.profileForm(c, b, &b.visit.Account.Profile)
	if err != nil {
		return err
	}
	return s.showAccount(c, p)
}

// setProfile changes it.
//
//	POST /user/profile
func (s *site) setProfile(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err == nil {
		err = s.noProfile(b)
	}
	if err != nil {
		return err
	}
	profile := b.visit.Account.Profile
	s.readProfile(form, &profile, b.visit.Account.Has(accounts.Admin, accounts.Developer))
	if err := s.Accounts.SetProfile(c.UserContext(), b.visit, profile); err != nil {
		p, formErr := s.profileForm(c, b, &profile)
		if formErr != nil {
			return formErr
		}
		return s.refused(c, p, err)
	}
	return s.profiled(c, "profile")
}

func (s *site) recoveryForm(c *fiber.Ctx) *views.AccountPage {
	p := s.accountPage(c, "", "Recovery code")
	p.Text = "Your answers are encrypted with your password. If you forget it, a new password by mail alone does not make them readable again; with a recovery code it does.\n\n" +
		"Write the code down and keep it in a safe place. It is shown once, and one that you had before works no more."
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/user/recovery-code"), Button: "Show a recovery code", Fields: []views.AccountField{
		{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true}},
		Links: []views.Link{{Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}}}
	return p
}

// recoveryPage says what a recovery code is for.
//
//	GET /user/recovery-code
func (s *site) recoveryPage(c *fiber.Ctx) error { return s.showAccount(c, s.recoveryForm(c)) }

// newRecovery makes one and shows it.
//
//	POST /user/recovery-code
func (s *site) newRecovery(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	if err := s.Accounts.Prove(c.UserContext(), b.visit, "password", form.first("password"), s.trier(c)); err != nil {
		return s.refused(c, s.recoveryForm(c), err)
	}
	code, err := s.Accounts.NewRecovery(c.UserContext(), b.visit)
	if err != nil {
		return err
	}
	p := s.recoveryShown(c, code)
	p.Links = []views.Link{{Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}
	return s.showAccount(c, p)
}

// recoveryShown shows a recovery code, this once.
func (s *site) recoveryShown(c *fiber.Ctx, code string) *views.AccountPage {
	p := s.accountPage(c, "", "Your recovery code")
	p.Text = "Write it down now and keep it in a safe place: it is not shown again."
	p.Codes = []string{code}
	return p
}

// phrase is what has to be typed before an account is deleted.
const phrase = "delete my account"

func (s *site) manageForm(c *fiber.Ctx, b *browser) *views.AccountPage {
	p := s.accountPage(c, "", "Delete my account and my data")
	f := views.AccountForm{Action: s.Config.Path("/user/manage"), Button: "Delete my account and my data", Danger: true}
	f.Fields = []views.AccountField{{Name: "confirm", Label: s.say(c, "To go on, type: {phrase}", "phrase", s.say(c, phrase)), Type: "text", Autocomplete: "off", Required: true}}
	shared := "Interviews that others take part in stay with them. Nobody can bring back what is deleted."
	if s.Config.Accounts.DeleteShared {
		shared = "Interviews that others take part in are deleted for them, too. Nobody can bring them back."
	}
	f.Warning = "All your interviews with all your answers and files are deleted at once.\n\n" + shared
	if b.visit == nil {
		p.Heading = "Delete my data"
		f.Button = "Delete my data"
		f.Warning = "All interviews that you began in this browser without signing in are deleted at once, with all your answers and files.\n\n" + shared
	} else {
		f.Warning += "\n\nYour account is deleted, too: your e-mail address, your name and everything else in your profile."
		f.Fields = append(f.Fields, views.AccountField{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true})
		f.Links = []views.Link{{Text: "Keep my account", URL: s.Config.Path("/user/profile")}}
	}
	p.Forms = []views.AccountForm{f}
	return p
}

// mayLeave refuses the deletion of accounts that cannot be deleted by their
// owners.
func (s *site) mayLeave(b *browser) error {
	if !s.Config.Accounts.DeleteOwn || b.visit != nil && b.visit.Account.Has(accounts.Admin) {
		return fault.New(fault.NotFound, "File not found", nil)
	}
	return nil
}

// managePage says what is lost when an account is deleted.
//
//	GET /user/manage
func (s *site) managePage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err == nil {
		err = s.mayLeave(b)
	}
	if err != nil {
		return err
	}
	return s.showAccount(c, s.manageForm(c, b))
}

// manage deletes the sessions of an account, then the account; without an
// account the sessions of the browser.
//
//	POST /user/manage
func (s *site) manage(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err == nil {
		err = s.mayLeave(b)
	}
	if err != nil {
		return err
	}
	if typed := strings.ToLower(strings.TrimSpace(form.first("confirm"))); typed != phrase && typed != strings.ToLower(s.say(c, phrase)) {
		return s.refused(c, s.manageForm(c, b), &accounts.Mistake{Field: "confirm", Text: "Please type: {phrase}", With: []string{"phrase", s.say(c, phrase)}})
	}
	holder := run.Holder{Kind: run.HolderBrowser, ID: b.secret.ID()}
	if b.visit != nil {
		if err := s.Accounts.Prove(c.UserContext(), b.visit, "password", form.first("password"), s.trier(c)); err != nil {
			return s.refused(c, s.manageForm(c, b), err)
		}
		holder = run.Holder{Kind: run.HolderAccount, ID: b.visit.Account.Number()}
	}
	if _, err := s.Runner.EraseAll(c.UserContext(), holder, s.Config.Accounts.DeleteShared); err != nil {
		return err
	}
	if b.visit != nil {
		if err := s.Accounts.Delete(c.UserContext(), b.visit.Account.ID); err != nil {
			return err
		}
	}
	s.dropLogin(c)
	s.forget(c)
	return s.redirect(c, s.Config.ExitPage)
}
