package handlers

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/fault"
	"colloquy/engine/run"
	"colloquy/views"
)

// edited are what the page about an account says about what was just done.
var edited = map[string]string{"saved": "The information was saved."}

// A steward is who looks after an account, with the account.
type steward struct {
	by, of *accounts.Account
	may    func(permission string) bool // on this account
}

// stewardOf reads whose account a page is about, and who asks. Only those pass
// who may see or change something of it.
func (s *site) stewardOf(c *fiber.Ctx) (*steward, error) {
	b, err := s.here(c)
	if err != nil {
		return nil, err
	}
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil || id < 1 {
		return nil, fault.New(fault.NotFound, "There is no such user.", err)
	}
	st := &steward{by: b.account()}
	if !s.Accounts.MayAny(st.by) {
		return nil, s.denied(c, b)
	}
	st.of, err = s.Accounts.Reach(c.UserContext(), st.by, id, "")
	switch {
	case errors.Is(err, accounts.ErrNotFound):
		return nil, fault.New(fault.NotFound, "There is no such user.", err)
	case err != nil:
		return nil, err
	}
	st.may = func(permission string) bool { return s.Accounts.MayEdit(st.by, st.of, permission) }
	return st, nil
}

// own reports whether somebody looks after himself.
func (st *steward) own() bool { return st.by != nil && st.by.ID == st.of.ID }

// Things that are done to an account one at a time, as the addresses name them.
const (
	doFactor   = "disable_mfa"
	doConfirm  = "reset_email_confirmation"
	doPassword = "set_password"
	doDelete   = "delete_account"
	doDeleteIt = "delete_account_complete"
)

// A deed is one of them: what its page says, and who may do it.
type deed struct {
	name, title, warning, button string
	may                          func(s *site, st *steward) bool
}

var deeds = []deed{
	{doPassword, "Set a password", "The answers of this user are encrypted with the password. With a new one that somebody else sets, nobody can read them any more: " +
		"they are lost. If mail can be sent, let the user ask for a new password instead, and use the recovery code.", "Set the password",
		func(_ *site, st *steward) bool { return !st.own() && st.may("edit_user_password") }},
	{doFactor, "Remove the second factor", "The user can sign in with the password alone then.", "Remove",
		func(_ *site, st *steward) bool {
			return !st.own() && st.of.Factor != nil && st.may("edit_user_password")
		}},
	{doConfirm, "Reset the confirmation of the e-mail address", "If addresses have to be confirmed here, the user cannot sign in before the address is confirmed again.", "Reset",
		func(_ *site, st *steward) bool {
			return !st.own() && !st.of.Confirmed.IsZero() && st.may("edit_user_info")
		}},
	{doDelete, "Delete account", "The account is deleted, with all interviews that nobody else takes part in, their answers and files. Nobody can bring them back.", "Delete account",
		func(s *site, st *steward) bool {
			return s.Config.Accounts.AdminDeletes && !s.Config.Accounts.DeleteShared && s.Accounts.MayRemove(st.by, st.of)
		}},
	{doDeleteIt, "Delete account and shared sessions", "The account is deleted, with all its interviews, also those that others take part in. Nobody can bring them back.",
		"Delete account and shared sessions",
		func(s *site, st *steward) bool {
			return s.Config.Accounts.AdminDeletes && s.Accounts.MayRemove(st.by, st.of)
		}},
}

// deedOf finds the one that a request names, nil for none.
func deedOf(named func(name string) string) *deed {
	for i := range deeds {
		if named(deeds[i].name) != "" {
			return &deeds[i]
		}
	}
	return nil
}

// editPage shows an account: what there is to see, what there is to change.
//
//	GET /user/:id/editprofile[?disable_mfa=1…]
func (s *site) editPage(c *fiber.Ctx) error {
	st, err := s.stewardOf(c)
	if st == nil {
		return err
	}
	d := deedOf(func(name string) string { return c.Query(name) })
	if d == nil {
		p, err := s.editForm(c, st, st.of, st.of.Privileged())
		if err != nil {
			return err
		}
		p.Said = edited[c.Query("done")]
		return s.showAccount(c, p)
	}
	if !d.may(s, st) {
		return fault.New(fault.Forbidden, "You are not allowed to do this.", nil)
	}
	return s.showAccount(c, s.deedForm(c, st, d))
}

func (s *site) deedForm(c *fiber.Ctx, st *steward, d *deed) *views.AccountPage {
	p := s.accountPage(c, "", d.title)
	p.Text = known(st.of)
	f := views.AccountForm{Action: s.editURL(st.of.ID), Button: d.button, Warning: d.warning, Danger: true, Hidden: []views.Hidden{{Name: d.name, Value: "1"}}}
	if d.name == doPassword {
		f.Fields = s.passwordFields(c, "password", "New password")
	}
	p.Forms = []views.AccountForm{f}
	p.Links = []views.Link{{Text: "Cancel", URL: s.editURL(st.of.ID)}}
	return p
}

// known is what an account is known by: the name if there is one, and the
// address.
func known(a *accounts.Account) string {
	if name := a.Name(); name != "" {
		return name + ", " + a.Email
	}
	return a.Email
}

// editForm is the page about an account. shown is the account as it was typed,
// with these privileges ticked.
func (s *site) editForm(c *fiber.Ctx, st *steward, shown *accounts.Account, ticked []string) (*views.AccountPage, error) {
	p := s.accountPage(c, "", "Edit User")
	p.Text = known(st.of)
	p.Facts = s.facts(c, st)
	f := views.AccountForm{Action: s.editURL(st.of.ID), Button: "Save"}
	if st.may("edit_user_info") {
		f.Fields = append(f.Fields, views.AccountField{Name: "email", Label: "Email", Type: "email", Value: shown.Email, Autocomplete: "off", Required: true})
		for _, field := range s.profileFields(c, &shown.Profile, true) {
			field.Autocomplete = "off" // it is not about who types
			f.Fields = append(f.Fields, field)
		}
	}
	if st.may("edit_user_privileges") {
		field, err := s.privilegeField(c, st.by, ticked, st.of.Privileged())
		if err != nil {
			return nil, err
		}
		if st.own() && st.of.Has(accounts.Admin) {
			fix(field.Options, accounts.Admin)
		}
		f.Fields = append(f.Fields, field)
	}
	if st.may("edit_user_active_status") && !st.own() {
		f.Fields = append(f.Fields, views.AccountField{Name: "active", Label: "Active", Type: "checkbox", Value: tick(shown.Active)})
	}
	if len(f.Fields) > 0 {
		p.Forms = []views.AccountForm{f}
	}
	for i := range deeds {
		if deeds[i].may(s, st) {
			p.Links = append(p.Links, views.Link{Text: deeds[i].title, URL: s.editURL(st.of.ID) + "?" + deeds[i].name + "=1"})
		}
	}
	if s.Accounts.May(st.by, "access_user_info") {
		p.Links = append(p.Links, views.Link{Text: "User List", URL: s.Config.Path("/userlist")})
	}
	return p, nil
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// fix has a box that is ticked stay as it is.
func fix(options []views.Option, value string) {
	for i := range options {
		options[i].Fixed = options[i].Fixed || options[i].Value == value
	}
}

// privilegeField offers the privileges that somebody may give; those that the
// account has and that he may not give stay.
func (s *site) privilegeField(c *fiber.Ctx, by *accounts.Account, ticked, has []string) (views.AccountField, error) {
	field := views.AccountField{Name: "privileges", Label: "Privileges", Type: "checkboxes", Values: ticked}
	givable, err := s.Accounts.Givable(c.UserContext(), by)
	if err != nil {
		return field, err
	}
	for _, name := range givable {
		field.Options = append(field.Options, views.Option{Value: name, Text: name})
	}
	for _, name := range has {
		if !slices.Contains(givable, name) {
			field.Options = append(field.Options, views.Option{Value: name, Text: name, Fixed: true})
		}
	}
	return field, nil
}

// facts are what is shown about an account, as far as somebody may see it.
func (s *site) facts(c *fiber.Ctx, st *steward) []views.Fact {
	if !st.own() && !s.Accounts.May(st.by, "access_user_info") {
		return nil
	}
	a := st.of
	yes := func(on bool) string {
		if on {
			return s.say(c, "Yes")
		}
		return s.say(c, "No")
	}
	facts := []views.Fact{}
	if !st.may("edit_user_info") {
		named := a.Named()
		for _, l := range profileLabels {
			if named[l.name] != "" {
				facts = append(facts, views.Fact{Name: l.label, Value: named[l.name]})
			}
		}
	}
	if !st.may("edit_user_privileges") {
		facts = append(facts, views.Fact{Name: "Privileges", Value: strings.Join(a.Privileged(), ", ")})
	}
	if !st.may("edit_user_active_status") || st.own() {
		facts = append(facts, views.Fact{Name: "Active", Value: yes(a.Active)})
	}
	zone := s.Config.TimeZone
	if st.by != nil && st.by.Timezone != "" {
		zone = st.by.Timezone
	}
	facts = append(facts, views.Fact{Name: "E-mail address confirmed", Value: yes(!a.Confirmed.IsZero())},
		views.Fact{Name: "Uses two-factor authentication", Value: yes(a.Factor != nil)},
		views.Fact{Name: "Created", Value: local(a.Created, zone)})
	if a.SignedIn.IsZero() {
		return append(facts, views.Fact{Name: "Last sign-in", Value: s.say(c, "Never")})
	}
	return append(facts, views.Fact{Name: "Last sign-in", Value: local(a.SignedIn, zone)})
}

// local is a time in a zone.
func local(t time.Time, zone string) string {
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = time.UTC
	}
	return t.In(at).Format("2006-01-02 15:04")
}

// edit changes an account, or does one of the things to it that are done alone.
//
//	POST /user/:id/editprofile
func (s *site) edit(c *fiber.Ctx) error {
	st, err := s.stewardOf(c)
	if st == nil {
		return err
	}
	_, form, err := s.posting(c)
	if err != nil {
		return err
	}
	if d := deedOf(form.first); d != nil {
		if !d.may(s, st) {
			return fault.New(fault.Forbidden, "You are not allowed to do this.", nil)
		}
		return s.doDeed(c, st, d, form)
	}
	before := *st.of
	e, typed, ticked := s.readEdit(st, form)
	if err := s.Accounts.Set(c.UserContext(), st.by, st.of, e); err != nil {
		st.of = &before
		p, formErr := s.editForm(c, st, &typed, ticked)
		if formErr != nil {
			return formErr
		}
		return s.refused(c, p, err)
	}
	s.noteEdit(st, "changed")
	return s.redirect(c, s.editURL(st.of.ID)+"?"+url.Values{"done": {"saved"}}.Encode())
}

// noteEdit leaves in the log who changed whose account, by number.
func (s *site) noteEdit(st *steward, what string) {
	by := int64(0)
	if st.by != nil {
		by = st.by.ID
	}
	s.Log.Info("account "+what, "account", st.of.ID, "by", by)
}

// readEdit reads the fields that the page has for somebody, and no others.
func (s *site) readEdit(st *steward, form *postedForm) (e accounts.Edit, typed accounts.Account, ticked []string) {
	typed, ticked = *st.of, st.of.Privileged()
	if st.may("edit_user_info") {
		e.Profile = map[string]string{}
		for _, l := range profileLabels {
			for _, text := range form.all(l.name) {
				e.Profile[l.name], *typed.Field(l.name) = text, text
			}
		}
		for _, text := range form.all("email") {
			typed.Email = strings.TrimSpace(text)
			e.Email = &typed.Email
		}
	}
	if st.may("edit_user_privileges") {
		ticked = s.readPrivileges(st.by, form, st.of.Privileged())
		if st.own() && st.of.Has(accounts.Admin) && !slices.Contains(ticked, accounts.Admin) {
			ticked = append(ticked, accounts.Admin)
		}
		if !same(ticked, st.of.Privileged()) {
			e.Privileges = &ticked
		}
	}
	if active := form.first("active") != ""; st.may("edit_user_active_status") && !st.own() && active != st.of.Active {
		typed.Active, e.Active = active, &active
	}
	return e, typed, ticked
}

// readPrivileges are those that were ticked, and those that somebody cannot take
// because he could not give them.
func (s *site) readPrivileges(by *accounts.Account, form *postedForm, has []string) []string {
	ticked := form.all("privileges")
	for _, name := range has {
		if !s.Accounts.MayGive(by, name) && !slices.Contains(ticked, name) {
			ticked = append(ticked, name)
		}
	}
	return ticked
}

// same reports whether two lists have the same names.
func same(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// doDeed does one thing to an account.
func (s *site) doDeed(c *fiber.Ctx, st *steward, d *deed, form *postedForm) error {
	var e accounts.Edit
	var err error
	switch d.name {
	case doDelete, doDeleteIt:
		return s.removeUser(c, st, d.name == doDeleteIt || s.Config.Accounts.DeleteShared)
	case doFactor:
		e.DropFactor = true
	case doConfirm:
		e.Unconfirm = true
	case doPassword:
		password := form.first("password")
		e.Password = &password
		err = s.retyped(form, "password")
	}
	if err == nil {
		err = s.Accounts.Set(c.UserContext(), st.by, st.of, e)
	}
	if err != nil {
		return s.refused(c, s.deedForm(c, st, d), err)
	}
	s.noteEdit(st, "changed: "+d.name)
	return s.redirect(c, s.editURL(st.of.ID)+"?"+url.Values{"done": {"saved"}}.Encode())
}

// removeUser deletes the sessions of an account, then the account.
func (s *site) removeUser(c *fiber.Ctx, st *steward, shared bool) error {
	holder := run.Holder{Kind: run.HolderAccount, ID: st.of.Number()}
	if _, err := s.Runner.EraseAll(c.UserContext(), holder, shared); err != nil {
		return err
	}
	if err := s.Accounts.Remove(c.UserContext(), st.by, st.of); err != nil {
		return s.accountFailure(c, err)
	}
	s.noteEdit(st, "deleted")
	return s.redirect(c, s.Config.Path("/userlist?done=deleted"))
}
