package handlers

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/views"
)

func (s *site) addForm(c *fiber.Ctx, n *accounts.Newcomer) (*views.AccountPage, error) {
	by, err := s.by(c)
	if err != nil {
		return nil, err
	}
	p := s.accountPage(c, "", "Add a user")
	p.Text = "The user can sign in at once. No mail is sent: please hand the password over yourself."
	f := views.AccountForm{Action: s.Config.Path("/user/add"), Button: "Add"}
	f.Fields = []views.AccountField{
		{Name: "email", Label: "Email", Type: "email", Value: n.Email, Autocomplete: "off", Required: true},
		{Name: "first_name", Label: "First name", Type: "text", Value: n.Profile.FirstName, Autocomplete: "off"},
		{Name: "last_name", Label: "Last name", Type: "text", Value: n.Profile.LastName, Autocomplete: "off"},
	}
	field, err := s.privilegeField(c, by, n.Privileges, nil)
	if err != nil {
		return nil, err
	}
	password := views.AccountField{Name: "password", Label: "Password", Type: "password", Autocomplete: "new-password",
		Hint: s.say(c, "Leave it empty to have one made.") + " " + s.Accounts.PasswordRule(s.tongue(c).Word)}
	f.Fields = append(f.Fields, field, password)
	p.Forms = []views.AccountForm{f}
	p.Links = s.toUserList(by)
	return p, nil
}

// toUserList leads back to the list, if somebody may see it.
func (s *site) toUserList(by *accounts.Account) []views.Link {
	if !s.Accounts.May(by, "access_user_info") {
		return nil
	}
	return []views.Link{{Text: "User List", URL: s.Config.Path("/userlist")}}
}

// addPage asks for what a new account needs.
//
//	GET /user/add
func (s *site) addPage(c *fiber.Ctx) error {
	p, err := s.addForm(c, &accounts.Newcomer{Privileges: []string{accounts.User}})
	if err != nil {
		return err
	}
	return s.showAccount(c, p)
}

// add makes it, and shows the password if it made one.
//
//	POST /user/add
func (s *site) add(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	n := accounts.Newcomer{Email: form.first("email"), Password: form.first("password"), Privileges: form.all("privileges"),
		Profile: accounts.Profile{FirstName: form.first("first_name"), LastName: form.first("last_name"), Timezone: s.Config.TimeZone}}
	a, made, err := s.Accounts.Create(c.UserContext(), b.account(), n)
	if err != nil {
		p, formErr := s.addForm(c, &n)
		if formErr != nil {
			return formErr
		}
		return s.refused(c, p, err)
	}
	s.noteEdit(&steward{by: b.account(), of: a}, "made")
	if made == "" && s.Accounts.May(b.account(), "access_user_info") {
		return s.redirect(c, s.Config.Path("/userlist?done=added"))
	}
	p := s.accountPage(c, "", userDone["added"])
	p.Text = a.Email
	if made != "" {
		p.Text += "\n\nThis is the password. It is not shown again."
		p.Codes = []string{made}
	}
	p.Links = s.toUserList(b.account())
	return s.showAccount(c, p)
}

// mostInvited is how many people can be invited at once.
const mostInvited = 100

func (s *site) inviteForm(c *fiber.Ctx, addresses, privilege string) (*views.AccountPage, error) {
	by, err := s.by(c)
	if err != nil {
		return nil, err
	}
	givable, err := s.Accounts.Givable(c.UserContext(), by)
	if err != nil {
		return nil, err
	}
	p := s.accountPage(c, "", "Invite a user")
	p.Text = "Each gets a mail with a link. It works once, for 90 days, and for that address only."
	choice := views.AccountField{Name: "privilege", Label: "Privilege", Type: "select", Value: privilege, Required: true}
	for _, name := range givable {
		if name != accounts.Admin {
			choice.Options = append(choice.Options, views.Option{Value: name, Text: name})
		}
	}
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/user/invite"), Button: "Invite", Fields: []views.AccountField{
		{Name: "email", Label: "E-mail addresses", Hint: "One on each line.", Type: "area", Value: addresses, Required: true}, choice}}}
	p.Links = s.toUserList(by)
	return p, nil
}

// invitePage asks whom to invite.
//
//	GET /user/invite
func (s *site) invitePage(c *fiber.Ctx) error {
	p, err := s.inviteForm(c, "", accounts.User)
	if err != nil {
		return err
	}
	return s.showAccount(c, p)
}

// invite mails the invitations, or none of them if one of the addresses will not
// do.
//
//	POST /user/invite
func (s *site) invite(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	typed, privilege := form.first("email"), cmp.Or(form.first("privilege"), accounts.User)
	list := addressesIn(typed)
	if err = s.canMail(c); err == nil {
		err = s.mayInvite(c, b.account(), list, privilege)
	}
	sent := 0
	for _, email := range list {
		if err != nil {
			break
		}
		v := accounts.Invitation{Email: email, Privilege: privilege, Mail: true, AtOnce: true}
		if _, err = s.Accounts.Invite(c.UserContext(), b.account(), v, mailLinks{s, c}); err == nil {
			sent++
		}
	}
	var u *accounts.Unsent
	if errors.As(err, &u) {
		s.Log.Error("an invitation was not mailed", "error", u.Err)
		typed = strings.Join(list[sent:], "\n") // what is left to do
		err = &accounts.Mistake{Field: "email", Text: "Unable to send e-mail.  Error was: {error}", With: []string{"error", innermost(u.Err).Error()}}
	}
	p, formErr := s.inviteForm(c, typed, privilege)
	if formErr != nil {
		return formErr
	}
	switch {
	case sent == 1:
		p.Said = "Invitation has been sent."
	case sent > 1:
		p.Said = "Invitations have been sent."
	}
	if err != nil {
		return s.refused(c, p, err)
	}
	p.Forms[0].Fields[0].Value = ""
	return s.showAccount(c, p)
}

// mayInvite checks all addresses before the first mail is sent.
func (s *site) mayInvite(c *fiber.Ctx, by *accounts.Account, list []string, privilege string) error {
	switch {
	case len(list) == 0:
		return &accounts.Mistake{Field: "email", Text: "Email is required"}
	case len(list) > mostInvited:
		return &accounts.Mistake{Field: "email", Text: "These are too many addresses. Please invite at most {n} people at once.", With: []string{"n", strconv.Itoa(mostInvited)}}
	}
	for _, email := range list {
		err := s.Accounts.CheckInvitation(c.UserContext(), by, &accounts.Invitation{Email: email, Privilege: privilege})
		var m *accounts.Mistake
		if errors.As(err, &m) && m.Field == "email" && !strings.Contains(m.Error(), email) {
			return &accounts.Mistake{Field: "email", Text: "{address}: {problem}", With: []string{"address", email, "problem", m.Say(s.tongue(c).Word)}}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addressesIn are the addresses that somebody typed, one a line, each once.
func addressesIn(text string) []string {
	var list []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' || r == ';' }) {
		if line = strings.TrimSpace(line); line != "" && !slices.ContainsFunc(list, func(had string) bool { return strings.EqualFold(had, line) }) {
			list = append(list, line)
		}
	}
	return list
}
