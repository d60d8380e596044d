package handlers

import (
	"html"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/markup"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/views"
)

// setter is who sets up a second factor: somebody who is signed in, or who has
// to do so before he is.
func setter(b *browser) *accounts.Visit {
	switch {
	case b.visit != nil:
		return b.visit
	case b.half != nil && b.half.Login.Stage == accounts.StageSetup:
		return b.half
	}
	return nil
}

func codeField(label, hint string) views.AccountField {
	return views.AccountField{Name: "verification_code", Label: label, Hint: hint, Type: "text", Autocomplete: "one-time-code", Required: true}
}

func (s *site) factorForm(c *fiber.Ctx, v *accounts.Visit, f *accounts.Factor, next string) *views.AccountPage {
	p := s.accountPage(c, "", "Set up two factor authentication")
	if v.Login.Stage == accounts.StageSetup {
		p.Text = "Your account has to be signed in to with a second factor. Please set it up now.\n\n"
	}
	p.Text += "Read this picture with an app for one-time passwords, then type the code that it shows."
	p.HTML = markup.Render(markup.Author("[QR "+f.URL+", 240px, "+strings.ReplaceAll(s.say(c, "A picture for your app to read"), ",", " ")+"]"), markup.Options{}).HTML +
		"<p>" + html.EscapeString(s.say(c, "If your app cannot read pictures, type this key into it:")) + "<br><code class=\"factor-key\">" + grouped(f.Secret) + "</code></p>"
	code := codeField("Code", "Six digits, which change every half minute.")
	code.Mode = "numeric"
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/mfa_setup"), Button: "Verify", Fields: []views.AccountField{code},
		Hidden: []views.Hidden{{Name: "factor", Value: f.Sealed}, {Name: run.ArgNext, Value: next}}}}
	if v.Login.Stage == "" { // so that a borrowed browser cannot lock its owner out
		p.Forms[0].Fields = append(p.Forms[0].Fields, views.AccountField{Name: "password", Label: "Password", Type: "password",
			Autocomplete: "current-password", Required: true})
		p.Links = []views.Link{{Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}
	} else {
		p.Links = []views.Link{{Text: "Cancel", URL: s.Config.Path("/user/sign-out")}}
	}
	return p
}

// grouped writes a key in groups of four, for typing.
func grouped(key string) string {
	out := ""
	for len(key) > 4 {
		out, key = out+key[:4]+" ", key[4:]
	}
	return out + key
}

// factorSetupPage shows the secret of a new second factor.
//
//	GET /mfa_setup
func (s *site) factorSetupPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	v := setter(b)
	if v == nil {
		return s.toSignIn(c, "")
	}
	if !s.Accounts.MayHaveFactor(v.Account) {
		return s.accountFailure(c, accounts.ErrForbidden)
	}
	f, err := s.Accounts.NewFactor(v)
	if err != nil {
		return err
	}
	return s.showAccount(c, s.factorForm(c, v, f, c.Query(run.ArgNext)))
}

// factorSetup begins its use and shows the codes that take its place when it is
// lost.
//
//	POST /mfa_setup
func (s *site) factorSetup(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	v := setter(b)
	if v == nil {
		return s.toSignIn(c, "")
	}
	next := form.first(run.ArgNext)
	if v.Login.Stage == "" {
		err = s.Accounts.Prove(c.UserContext(), v, "password", form.first("password"), s.trier(c))
	}
	var codes []string
	var whole *accounts.Visit
	var secret seal.Secret
	if err == nil {
		codes, whole, secret, err = s.Accounts.SetFactor(c.UserContext(), v, form.first("factor"), form.first("verification_code"))
	}
	if err != nil {
		f, same := s.Accounts.SameFactor(v, form.first("factor"))
		if same != nil {
			return s.accountFailure(c, same)
		}
		return s.refused(c, s.factorForm(c, v, f, next), err)
	}
	if b.half != nil {
		s.keepLogin(c, whole, secret)
		s.admitted(c, b, whole)
		b.half, b.visit = nil, whole
	}
	p := s.spareCodes(c, codes, "You are now set up with two factor authentication.")
	if to := within(next); to != "" {
		p.Links = []views.Link{{Text: "Continue", URL: to}}
	}
	return s.showAccount(c, p)
}

func (s *site) spareCodes(c *fiber.Ctx, codes []string, said string) *views.AccountPage {
	p := s.accountPage(c, "", "Your recovery codes")
	p.Said = said
	p.Text = "If you lose your app, you can sign in with one of these codes instead. Each works once. Write them down now: they are not shown again."
	p.Codes = codes
	p.Links = []views.Link{{Text: "Your profile", URL: s.Config.Path("/user/profile")}}
	return p
}

func (s *site) factorLoginForm(c *fiber.Ctx, next string) *views.AccountPage {
	p := s.accountPage(c, "", "Two factor authentication")
	p.Text = "Please type the code that your app shows."
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/mfa_login"), Button: "Sign in", Hidden: []views.Hidden{{Name: run.ArgNext, Value: next}},
		Fields: []views.AccountField{codeField("Code", "If you have lost your app, type one of your recovery codes.")},
		Links:  []views.Link{{Text: "Cancel", URL: s.Config.Path("/user/sign-out")}}}}
	return p
}

// factorLoginPage asks for a code.
//
//	GET /mfa_login
func (s *site) factorLoginPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	if b.half == nil || b.half.Login.Stage != accounts.StageFactor {
		return s.redirect(c, s.Config.Path("/user/sign-in?")+url.Values{run.ArgNext: {c.Query(run.ArgNext)}}.Encode())
	}
	return s.showAccount(c, s.factorLoginForm(c, c.Query(run.ArgNext)))
}

// factorLogin completes the login with it.
//
//	POST /mfa_login
func (s *site) factorLogin(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	next := form.first(run.ArgNext)
	if b.half == nil {
		return s.redirect(c, s.Config.Path("/user/sign-in?")+url.Values{run.ArgNext: {next}}.Encode())
	}
	v, secret, err := s.Accounts.GiveFactor(c.UserContext(), b.half, form.first("verification_code"), s.trier(c))
	if err != nil {
		return s.refused(c, s.factorLoginForm(c, next), err)
	}
	return s.enter(c, b, v, secret, next)
}

func (s *site) factorChangeForm(c *fiber.Ctx, b *browser) *views.AccountPage {
	p := s.accountPage(c, "", "Two factor authentication")
	p.Text = "You sign in with a code of your app, too."
	password := []views.AccountField{{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true}}
	form := func(id, heading, text, button string) views.AccountForm {
		return views.AccountForm{ID: id, Heading: heading, Text: text, Button: button, Action: s.Config.Path("/mfa_reconfigure"), Fields: password,
			Minor: true, Hidden: []views.Hidden{{Name: "what", Value: id}}}
	}
	p.Forms = []views.AccountForm{form("codes", "New recovery codes", "Those that you have work no more then.", "Show new recovery codes")}
	if !s.Accounts.MustHaveFactor(b.visit.Account) {
		off := form("off", "Switch it off", "You sign in with your password alone then.", "Disable")
		off.Danger = true
		p.Forms = append(p.Forms, off)
	}
	p.Links = []views.Link{{Text: "Set it up again, for another app", URL: s.Config.Path("/mfa_setup")}, {Text: "Back to your profile", URL: s.Config.Path("/user/profile")}}
	return p
}

// factorPage offers what can be done about a second factor.
//
//	GET /mfa_reconfigure
func (s *site) factorPage(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	if b.visit.Account.Factor == nil {
		return s.redirect(c, s.Config.Path("/mfa_setup"))
	}
	return s.showAccount(c, s.factorChangeForm(c, b))
}

// factorChange does it.
//
//	POST /mfa_reconfigure
func (s *site) factorChange(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	p := s.factorChangeForm(c, b)
	if form.first("what") == "off" && len(p.Forms) > 1 {
		p.Forms[0], p.Forms[1] = p.Forms[1], p.Forms[0] // mistakes go to the first
	}
	if err := s.Accounts.Prove(c.UserContext(), b.visit, "password", form.first("password"), s.trier(c)); err != nil {
		return s.refused(c, p, err)
	}
	if form.first("what") == "off" {
		if err := s.Accounts.DropFactor(c.UserContext(), b.visit); err != nil {
			return s.accountFailure(c, err)
		}
		return s.profiled(c, "nofactor")
	}
	codes, err := s.Accounts.NewSpareCodes(c.UserContext(), b.visit)
	if err != nil {
		return s.accountFailure(c, err)
	}
	return s.showAccount(c, s.spareCodes(c, codes, ""))
}
