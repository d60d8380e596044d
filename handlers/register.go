package handlers

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/language"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/views"
)

// profileLabels name the fields of a profile, in the order of the page.
var profileLabels = []struct{ name, label, autocomplete string }{
	{"first_name", "First name", "given-name"}, {"last_name", "Last name", "family-name"}, {"organization", "Organization", "organization"},
	{"country", "Country", "country"}, {"subdivisionfirst", "State or province", "address-level1"},
	{"subdivisionsecond", "County", "address-level2"}, {"subdivisionthird", "Municipality", "address-level3"},
	{"language", "Language", ""}, {"timezone", "Time zone", ""},
}

// profileFields asks for a profile: what the configuration lists, or everything.
func (s *site) profileFields(c *fiber.Ctx, p *accounts.Profile, all bool) []views.AccountField {
	var fields []views.AccountField
	for _, l := range profileLabels {
		if !all && !contains(s.Config.Accounts.Fields, l.name) {
			continue
		}
		f := views.AccountField{Name: l.name, Label: l.label, Type: "text", Value: *p.Field(l.name), Autocomplete: l.autocomplete}
		switch l.name {
		case "country":
			f.Hint = "Two letters, such as US."
		case "language":
			f.Type, f.Options = "select", []views.Option{{Value: "", Text: s.say(c, "The language of my browser")}}
			for _, code := range languages {
				f.Options = append(f.Options, views.Option{Value: code, Text: language.Speaker{}.LanguageName(code)})
			}
		case "timezone":
			f.Hint, f.List = "Such as Europe/Paris or America/New_York.", zones
		}
		fields = append(fields, f)
	}
	return fields
}

// languages are those that people can choose for pages and interviews.
var languages = []string{"ar", "de", "en", "es", "fr", "ht", "it", "ja", "ko", "nl", "pl", "pt", "ru", "so", "tl", "uk", "vi", "zh"}

// zones are suggested; any other zone can be typed.
var zones = []string{"America/Anchorage", "America/Chicago", "America/Denver", "America/Halifax", "America/Los_Angeles", "America/Mexico_City",
	"America/New_York", "America/Phoenix", "America/Puerto_Rico", "America/Sao_Paulo", "America/Toronto", "Africa/Cairo", "Africa/Johannesburg",
	"Africa/Lagos", "Africa/Nairobi", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Karachi", "Asia/Kolkata", "Asia/Manila", "Asia/Shanghai",
	"Asia/Singapore", "Asia/Tokyo", "Australia/Melbourne", "Australia/Perth", "Australia/Sydney", "Europe/Athens", "Europe/Berlin",
	"Europe/Istanbul", "Europe/Kyiv", "Europe/London", "Europe/Madrid", "Europe/Moscow", "Europe/Paris", "Europe/Rome", "Europe/Stockholm",
	"Europe/Warsaw", "Pacific/Auckland", "Pacific/Honolulu", "UTC"}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// readProfile reads the fields that a page has asked for; others stay.
func (s *site) readProfile(form *postedForm, p *accounts.Profile, all bool) {
	for _, l := range profileLabels {
		if all || contains(s.Config.Accounts.Fields, l.name) {
			*p.Field(l.name) = form.first(l.name)
		}
	}
}

func (s *site) registerForm(c *fiber.Ctx, next, invite, email string, p *accounts.Profile) *views.AccountPage {
	page := s.accountPage(c, "register page", "Register")
	page.Text = "With an account you can come back to your interviews from any device. Your answers are encrypted with your password: if you forget it, nobody can make them readable again, unless you keep a recovery code."
	f := views.AccountForm{Action: s.Config.Path("/user/register"), Button: "Register",
		Hidden: []views.Hidden{{Name: run.ArgNext, Value: next}, {Name: "invite_token", Value: invite}}}
	f.Fields = append(f.Fields, views.AccountField{Name: "email", Label: "Email", Type: "email", Value: email, Autocomplete: "username", Required: true})
	f.Fields = append(f.Fields, s.passwordFields(c, "password", "Password")...)
	f.Fields = append(f.Fields, s.profileFields(c, p, false)...)
	if !s.Config.Accounts.Confirm || invite != "" {
		f.Fields = append(f.Fields, recoveryBox)
	}
	f.Links = []views.Link{{Text: "I have an account already", URL: s.Config.Path("/user/sign-in")}}
	page.Forms = []views.AccountForm{f}
	return page
}

// registerPage asks for what an account needs.
//
//	GET /user/register[?token=…][&next=…]
func (s *site) registerPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"action": "register", "csrf_token": s.csrf(b)})
	}
	if b.visit != nil {
		return s.goOn(c, c.Query(run.ArgNext))
	}
	invite, email := c.Query("token"), ""
	if invite != "" {
		if email, _, err = s.Accounts.Invitation(c.UserContext(), invite); err != nil {
			return s.refused(c, s.signInForm(c, "", ""), err)
		}
	} else if !s.Config.Accounts.Registration {
		return s.refused(c, s.signInForm(c, "", ""), &accounts.Mistake{Text: "Registration is invite only"})
	}
	profile := &accounts.Profile{Timezone: s.Config.TimeZone}
	return s.showAccount(c, s.registerForm(c, c.Query(run.ArgNext), invite, email, profile))
}

// register makes an account.
//
//	POST /user/register
func (s *site) register(c *fiber.Ctx) error {
	began := time.Now()
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	r := accounts.Registration{Email: form.first("email"), Password: form.first("password"), Invite: form.first("invite_token"),
		Profile: accounts.Profile{Timezone: s.Config.TimeZone}, From: s.trier(c), Links: mailLinks{s, c}}
	s.readProfile(form, &r.Profile, false)
	next := form.first(run.ArgNext)
	var v *accounts.Visit
	var secret seal.Secret
	if err = s.retyped(form, "password"); err == nil && s.Config.Accounts.Confirm && r.Invite == "" {
		err = s.canMail(c)
	}
	if err == nil {
		v, secret, err = s.Accounts.Register(c.UserContext(), r)
	}
	if err != nil {
		return s.refused(c, s.registerForm(c, next, r.Invite, r.Email, &r.Profile), err)
	}
	if v == nil {
		pace(c, began)
		return s.checkMail(c, s.say(c, confirmationSent, "email", r.Email))
	}
	return s.welcome(c, b, v, secret, next, form)
}

const confirmationSent = "A confirmation email has been sent to {email} with instructions to complete your registration."

// recoveryBox offers a recovery code to somebody who is new.
var recoveryBox = views.AccountField{Name: "recovery_code", Type: "checkbox",
	Label: "Show me a recovery code, with which my answers stay readable if I forget my password"}

// welcome is enter for somebody who is new and may want a recovery code.
func (s *site) welcome(c *fiber.Ctx, b *browser, v *accounts.Visit, secret seal.Secret, next string, form *postedForm) error {
	if within(next) == "" {
		next = s.Config.Path("/interviews?" + fromRegister + "=1")
	}
	if form.first(recoveryBox.Name) == "" || !v.SignedIn() {
		return s.enter(c, b, v, secret, next)
	}
	code, err := s.Accounts.NewRecovery(c.UserContext(), v)
	if err != nil {
		return err
	}
	s.keepLogin(c, v, secret)
	s.admitted(c, b, v)
	b.visit = v
	p := s.recoveryShown(c, code)
	p.Links = []views.Link{{Text: "Continue", URL: within(next)}}
	return s.showAccount(c, p)
}

// checkMail says that a mail is on its way.
func (s *site) checkMail(c *fiber.Ctx, text string) error {
	p := s.accountPage(c, "", "Check your mail")
	p.Text = text + "\n\nIf nothing comes within a few minutes, look into the folder for unwanted mail."
	p.Links = []views.Link{{Text: "Sign in", URL: s.Config.Path("/user/sign-in")}}
	return s.showAccount(c, p)
}

// confirmPage asks for what confirms an address: the password that was chosen,
// or, for a new address of an account, a button.
//
//	GET /user/confirm-email/:token
func (s *site) confirmPage(c *fiber.Ctx) error {
	p, err := s.confirmForm(c)
	if err != nil {
		return s.accountFailure(c, err)
	}
	return s.showAccount(c, p)
}

func (s *site) confirmForm(c *fiber.Ctx) (*views.AccountPage, error) {
	code := c.Params("token")
	f := views.AccountForm{Action: s.Config.Path("/user/confirm-email/") + code, Button: "Confirm"}
	p := s.accountPage(c, "", "Confirm your email")
	if email, err := s.Accounts.Confirming(c.UserContext(), code); err == nil {
		p.Text = s.say(c, "Please type the password that you chose when you registered with {email}.", "email", email)
		f.Fields = []views.AccountField{{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true}, recoveryBox}
	} else {
		email, err := s.Accounts.NewEmail(c.UserContext(), code)
		if err != nil {
			return nil, err
		}
		p.Text = s.say(c, "From now on you will sign in with {email}.", "email", email)
	}
	p.Forms = []views.AccountForm{f}
	return p, nil
}

// confirmEmail confirms an address.
//
//	POST /user/confirm-email/:token
func (s *site) confirmEmail(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	p, err := s.confirmForm(c)
	if err != nil {
		return s.accountFailure(c, err)
	}
	if len(p.Forms[0].Fields) == 0 {
		if err := s.Accounts.ConfirmEmail(c.UserContext(), c.Params("token")); err != nil {
			return s.accountFailure(c, err)
		}
		done := s.accountPage(c, "", "Your email has been confirmed")
		done.Text = "Use the new address the next time you sign in."
		done.Links = []views.Link{{Text: "Your profile", URL: s.Config.Path("/user/profile")}}
		return s.showAccount(c, done)
	}
	v, secret, err := s.Accounts.Confirm(c.UserContext(), c.Params("token"), form.first("password"), s.trier(c))
	if err != nil {
		return s.refused(c, p, err)
	}
	return s.welcome(c, b, v, secret, "", form)
}

// emailForm is a page that asks for an address and nothing else.
func (s *site) emailForm(c *fiber.Ctx, name, title, action, button string) *views.AccountPage {
	p := s.accountPage(c, name, title)
	p.Forms = []views.AccountForm{{Action: s.Config.Path(action), Button: button, Fields: []views.AccountField{
		{Name: "email", Label: "Email", Type: "email", Autocomplete: "username", Required: true}},
		Links: []views.Link{{Text: "Sign in", URL: s.Config.Path("/user/sign-in")}}}}
	return p
}

func (s *site) resendForm(c *fiber.Ctx) *views.AccountPage {
	return s.emailForm(c, "", "Confirm your email", "/user/resend-confirm-email", "Send the mail again")
}

// resendPage offers the mail for the confirmation again.
//
//	GET /user/resend-confirm-email
func (s *site) resendPage(c *fiber.Ctx) error { return s.showAccount(c, s.resendForm(c)) }

// resend mails it, or does not; the page is the same.
//
//	POST /user/resend-confirm-email
func (s *site) resend(c *fiber.Ctx) error {
	began := time.Now()
	_, form, err := s.posting(c)
	if err != nil {
		return err
	}
	email := form.first("email")
	if err := s.mailed(c, email, s.Accounts.ResendConfirmation); err != nil {
		return s.refused(c, s.resendForm(c), err)
	}
	pace(c, began)
	return s.checkMail(c, s.say(c, confirmationSent, "email", email))
}

// firstPage offers to make the first administrator's account.
//
//	GET /user/first/:token
func (s *site) firstPage(c *fiber.Ctx) error {
	if err := s.Accounts.IsFirst(c.UserContext(), c.Params("token")); err != nil {
		return s.accountFailure(c, err)
	}
	return s.showAccount(c, s.firstForm(c, ""))
}

func (s *site) firstForm(c *fiber.Ctx, email string) *views.AccountPage {
	p := s.accountPage(c, "", "Make the administrator's account")
	p.Text = "This server has no administrator yet. The account that you make here may do everything."
	f := views.AccountForm{Action: s.Config.Path("/user/first/") + c.Params("token"), Button: "Make the account"}
	f.Fields = append(f.Fields, views.AccountField{Name: "email", Label: "Email", Type: "email", Value: email, Autocomplete: "username", Required: true})
	f.Fields = append(f.Fields, s.passwordFields(c, "password", "Password")...)
	p.Forms = []views.AccountForm{f}
	return p
}

// makeFirst makes it.
//
//	POST /user/first/:token
func (s *site) makeFirst(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	var v *accounts.Visit
	var secret seal.Secret
	if err = s.retyped(form, "password"); err == nil {
		v, secret, err = s.Accounts.MakeFirst(c.UserContext(), c.Params("token"), accounts.Newcomer{Email: form.first("email"),
			Password: form.first("password"), Profile: accounts.Profile{Timezone: s.Config.TimeZone}})
	}
	if err != nil {
		return s.refused(c, s.firstForm(c, form.first("email")), err)
	}
	return s.enter(c, b, v, secret, "")
}
