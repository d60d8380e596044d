package handlers

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"colloquy/engine/accounts"
	"colloquy/engine/fault"
	"colloquy/views"
)

// adminRoutes are the pages about the accounts of others.
func (s *site) adminRoutes(app fiber.Router) {
	for path, pair := range map[string][2]fiber.Handler{
		"/user/:id/editprofile":   {s.editPage, s.edit},
		"/user/add":               {s.permitted(s.addPage, "create_user"), s.permitted(s.add, "create_user")},
		"/user/invite":            {s.permitted(s.invitePage, "create_user"), s.permitted(s.invite, "create_user")},
		"/privilege/add":          {s.permitted(s.privilegePage, "edit_privileges"), s.permitted(s.addPrivilege, "edit_privileges")},
		"/privilege/:name/delete": {s.permitted(s.dropPrivilegePage, "edit_privileges"), s.permitted(s.dropPrivilege, "edit_privileges")},
	} {
		app.Get(path, pair[0])
		app.Post(path, pair[1])
	}
	app.Get("/userlist", s.permitted(s.userList, "access_user_info"))
	app.Get("/privilegelist", s.privilegeList)
}

// permitted lets only those pass who have a permission. Visitors who have not
// are asked to sign in.
func (s *site) permitted(page fiber.Handler, permission string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		b, err := s.here(c)
		if err != nil {
			return err
		}
		if !s.Accounts.May(b.account(), permission) {
			return s.denied(c, b)
		}
		return page(c)
	}
}

// denied refuses a page to those who may not see it, or not before they have
// signed in.
func (s *site) denied(c *fiber.Ctx, b *browser) error {
	if b.visit == nil && c.Method() == fiber.MethodGet {
		return s.toSignIn(c, "page")
	}
	return fault.New(fault.Forbidden, "You are not allowed to do this.", accounts.ErrForbidden)
}

// by is who asks for a page, nil for a visitor.
func (s *site) by(c *fiber.Ctx) (*accounts.Account, error) {
	b, err := s.here(c)
	if err != nil {
		return nil, err
	}
	return b.account(), nil
}

// userDone are what the list says about what was just done.
var userDone = map[string]string{
	"added":   "The new user has been created",
	"deleted": "The account was deleted.",
}

// usersListed is how many accounts a page of the list has.
const usersListed = 100

// userList shows the accounts there are. page is the number of the account
// before the first one, or, with a minus sign, of the one after the last.
//
//	GET /userlist[?page=…][&q=…]
func (s *site) userList(c *fiber.Ctx) error {
	by, err := s.by(c)
	if err != nil {
		return err
	}
	query := strings.TrimSpace(c.Query("q"))
	users, more, err := s.found(c, by, query)
	if err != nil {
		return err
	}
	l := &views.UserList{Frame: s.adminFrame(c, "User List"), Heading: "User List", Said: userDone[c.Query("done")], Action: s.Config.Path("/userlist"),
		Query: query, Empty: "There is no such user."}
	for i := range users {
		l.Users = append(l.Users, s.userLine(&users[i]))
	}
	if more.earlier {
		l.Earlier = s.userPage(-users[0].ID, query)
	}
	if more.later {
		l.Later = s.userPage(users[len(users)-1].ID, query)
	}
	add := func(may bool, text, path string) {
		if may {
			l.Links = append(l.Links, views.Link{Text: text, URL: s.Config.Path(path)})
		}
	}
	add(s.Accounts.May(by, "create_user"), "Add a user", "/user/add")
	add(s.Accounts.May(by, "create_user"), "Invite a user", "/user/invite")
	add(s.Accounts.MayListPrivileges(by), "Privileges", "/privilegelist")
	l.Speak(s.tongue(c).Word)
	return s.showAdmin(c, &l.Frame, views.UserListPage(l))
}

// beyond says whether there are accounts before and after those of a page.
type beyond struct{ earlier, later bool }

// found are the accounts of a page of the list: one more is asked for, which
// tells whether there are others beyond it.
func (s *site) found(c *fiber.Ctx, by *accounts.Account, text string) (users []accounts.Account, more beyond, err error) {
	at, err := strconv.ParseInt(c.Query("page", "0"), 10, 64)
	if err != nil {
		return nil, more, fault.New(fault.NotFound, "There is no such page of the list.", err)
	}
	limit := usersListed
	if at < 0 {
		users, err = s.Accounts.Search(c.UserContext(), by, accounts.Search{Text: text, Before: -at, Limit: limit + 1})
		if err != nil {
			return nil, more, err
		}
		if len(users) > limit {
			return users[1:], beyond{earlier: true, later: true}, nil
		}
		if len(users) == limit {
			return users, beyond{later: true}, nil
		}
		at = 0 // the first page, whole
	}
	users, err = s.Accounts.Search(c.UserContext(), by, accounts.Search{Text: text, After: at, Limit: limit + 1})
	more = beyond{earlier: at > 0 && len(users) > 0, later: len(users) > limit}
	return users[:min(len(users), limit)], more, err
}

// userPage is the address of a page of the list.
func (s *site) userPage(at int64, query string) string {
	args := url.Values{"page": {strconv.FormatInt(at, 10)}}
	if query != "" {
		args.Set("q", query)
	}
	return s.Config.Path("/userlist?") + args.Encode()
}

// highest are the privileges of which the list names the first that somebody
// has.
var highest = []string{accounts.Admin, accounts.Developer, accounts.Advocate, accounts.Trainer}

func (s *site) userLine(a *accounts.Account) views.User {
	u := views.User{Name: a.Name(), Email: a.Email, URL: s.editURL(a.ID), Privilege: a.Privileged()[0]}
	for _, p := range highest {
		if a.Has(p) {
			u.Privilege = p
			break
		}
	}
	if !a.Active {
		u.Note = "Inactive"
	}
	return u
}

func (s *site) editURL(id int64) string {
	return s.Config.Path("/user/" + strconv.FormatInt(id, 10) + "/editprofile")
}

// adminFrame is the frame of a page for those who look after accounts.
func (s *site) adminFrame(c *fiber.Ctx, title string) views.Frame {
	f := s.page(c, "", title)
	f.Tab += " · " + s.Config.BrandName
	return f
}

// showAdmin draws such a page.
func (s *site) showAdmin(c *fiber.Ctx, frame *views.Frame, page templ.Component) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	frame.NavHTML += s.accountItems(c, b)
	s.keepTongue(c)
	return s.draw(c, b, page)
}

// privilegeDone are what the list of privileges says about what was just done.
var privilegeDone = map[string]string{"added": "The privilege was added.", "deleted": "The privilege was deleted."}

// privilegeList shows the privileges there are and what they allow.
//
//	GET /privilegelist
func (s *site) privilegeList(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	by := b.account()
	if !s.Accounts.MayListPrivileges(by) {
		return s.denied(c, b)
	}
	all, err := s.Accounts.Privileges(c.UserContext())
	if err != nil {
		return err
	}
	own := views.Section{Heading: "Added here", Text: "There are none."}
	fixed := views.Section{Heading: "Built in"}
	for _, name := range all {
		e := views.Entry{Name: name, Text: strings.Join(s.Accounts.Permissions(name), ", ")}
		if accounts.BuiltIn(name) {
			fixed.Entries = append(fixed.Entries, e)
			continue
		}
		if s.Accounts.May(by, "edit_privileges") {
			e.Links = []views.Link{{Text: "Delete", URL: s.Config.Path("/privilege/" + url.PathEscape(name) + "/delete")}}
		}
		own.Text, own.Entries = "", append(own.Entries, e)
	}
	l := &views.UserList{Frame: s.adminFrame(c, "Privileges"), Heading: "Privileges", Said: privilegeDone[c.Query("done")], Sections: []views.Section{own, fixed}}
	if s.Accounts.May(by, "edit_privileges") {
		l.Links = append(l.Links, views.Link{Text: "Add a privilege", URL: s.Config.Path("/privilege/add")})
	}
	if s.Accounts.May(by, "access_user_info") {
		l.Links = append(l.Links, views.Link{Text: "User List", URL: s.Config.Path("/userlist")})
	}
	l.Speak(s.tongue(c).Word)
	return s.showAdmin(c, &l.Frame, views.PrivilegeListPage(l))
}

func (s *site) privilegeForm(c *fiber.Ctx, name string) *views.AccountPage {
	p := s.accountPage(c, "", "Add a privilege")
	p.Text = "Interviews can ask for a privilege by its name. What it allows on this server is for the configuration to say (permissions)."
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/privilege/add"), Button: "Add",
		Fields: []views.AccountField{{Name: "name", Label: "Name of the privilege", Type: "text", Value: name, Autocomplete: "off", Required: true}}}}
	p.Links = []views.Link{{Text: "Privileges", URL: s.Config.Path("/privilegelist")}}
	return p
}

// privilegePage asks for the name of a new privilege.
//
//	GET /privilege/add
func (s *site) privilegePage(c *fiber.Ctx) error { return s.showAccount(c, s.privilegeForm(c, "")) }

// addPrivilege adds it.
//
//	POST /privilege/add
func (s *site) addPrivilege(c *fiber.Ctx) error {
	_, form, err := s.posting(c)
	if err != nil {
		return err
	}
	if err := s.Accounts.AddPrivilege(c.UserContext(), form.first("name")); err != nil {
		return s.refused(c, s.privilegeForm(c, form.first("name")), err)
	}
	return s.redirect(c, s.Config.Path("/privilegelist?done=added"))
}

// custom is the privilege that an address names, one that can be deleted.
func (s *site) custom(c *fiber.Ctx) (string, error) {
	name, err := url.PathUnescape(c.Params("name"))
	if err != nil {
		return "", fault.New(fault.NotFound, "There is no such privilege.", err)
	}
	all, err := s.Accounts.Privileges(c.UserContext())
	if err != nil {
		return "", err
	}
	if accounts.BuiltIn(name) || !contains(all, name) {
		return "", fault.New(fault.NotFound, "There is no such privilege.", nil)
	}
	return name, nil
}

// dropPrivilegePage asks whether a privilege is to be deleted.
//
//	GET /privilege/:name/delete
func (s *site) dropPrivilegePage(c *fiber.Ctx) error {
	name, err := s.custom(c)
	if err != nil {
		return err
	}
	p := s.accountPage(c, "", "Delete a privilege")
	p.Forms = []views.AccountForm{{Action: c.OriginalURL(), Button: "Delete", Danger: true,
		Warning: s.say(c, "The privilege {name} is taken from everybody who has it. Those who have no other one are users then.", "name", name)}}
	p.Links = []views.Link{{Text: "Privileges", URL: s.Config.Path("/privilegelist")}}
	return s.showAccount(c, p)
}

// dropPrivilege deletes it.
//
//	POST /privilege/:name/delete
func (s *site) dropPrivilege(c *fiber.Ctx) error {
	if _, _, err := s.posting(c); err != nil {
		return err
	}
	name, err := s.custom(c)
	if err != nil {
		return err
	}
	if err := s.Accounts.DropPrivilege(c.UserContext(), name); err != nil {
		return err
	}
	return s.redirect(c, s.Config.Path("/privilegelist?done=deleted"))
}
