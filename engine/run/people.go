package run

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"strings"

	"colloquy/engine/accounts"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
)

// WithAccounts returns the Runner with accounts that interviews may manage.
func (r *Runner) WithAccounts(k *accounts.Keeper) *Runner {
	other := *r
	other.accounts = k
	return &other
}

// people are the accounts, as the visitor of a step may see and change them.
type people struct{ s *step }

// People gives the evaluation what manages accounts.
func (w *world) People() evaluation.People { return people{w.s} }

// mostListed is how many accounts a list has.
const mostListed = 100

// by is the account of who caused the evaluation, as it is now; nil for a
// visitor.
func (p people) by(ctx context.Context) (*accounts.Keeper, *accounts.Account, error) {
	k := p.s.r.accounts
	if k == nil {
		return nil, nil, fault.New(fault.Unavailable, "there are no accounts on this server", nil)
	}
	id := p.s.q.Visitor.UserID
	if id == 0 {
		return k, nil, nil
	}
	a, err := k.Store.Account(ctx, id)
	if errors.Is(err, accounts.ErrNotFound) || err == nil && !a.Active {
		return k, nil, nil
	}
	return k, a, err
}

// said puts what an account could not be asked for into a sentence.
func said(err error) error {
	var m *accounts.Mistake
	var w *accounts.Wait
	switch {
	case errors.As(err, &m):
		return fault.New(fault.Invalid, strings.TrimSuffix(m.Error(), "."), err)
	case errors.As(err, &w):
		return fault.New(fault.Unavailable, "there were too many failed attempts", err)
	case errors.Is(err, accounts.ErrForbidden):
		return fault.New(fault.Forbidden, "the user does not have the permission to do this", err)
	case errors.Is(err, accounts.ErrNotFound):
		return fault.New(fault.NotFound, "there is no such user", err)
	case errors.Is(err, accounts.ErrNoMail):
		return fault.New(fault.Unavailable, "mail cannot be sent from this server", err)
	}
	return err
}

func person(a *accounts.Account) *evaluation.Person {
	return &evaluation.Person{ID: a.ID, Email: a.Email, Kind: a.Kind, Active: a.Active, Privileges: a.Privileged(), Profile: a.Named()}
}

// Find returns an account.
func (p people) Find(id int64, email string) (*evaluation.Person, error) {
	k, by, err := p.by(p.s.ctx)
	if err != nil {
		return nil, err
	}
	if id == 0 && email == "" && by != nil {
		id = by.ID
	}
	a, err := k.Find(p.s.ctx, by, id, email)
	if errors.Is(err, accounts.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, said(err)
	}
	return person(a), nil
}

// List lists accounts.
func (p people) List(after int64, inactive bool) (list []evaluation.Person, next int64, err error) {
	k, by, err := p.by(p.s.ctx)
	if err != nil {
		return nil, 0, err
	}
	all, err := k.List(p.s.ctx, by, after, mostListed+1, inactive)
	if err != nil {
		return nil, 0, said(err)
	}
	if len(all) > mostListed {
		all = all[:mostListed]
		next = all[mostListed-1].ID
	}
	for i := range all {
		list = append(list, *person(&all[i]))
	}
	return list, next, nil
}

// Create makes an account.
func (p people) Create(email, password string, privileges []string, profile map[string]string) (int64, error) {
	k, by, err := p.by(p.s.ctx)
	if err != nil {
		return 0, err
	}
	n := accounts.Newcomer{Email: email, Password: password, Privileges: privileges, Profile: accounts.Profile{Timezone: p.s.r.config.TimeZone}}
	for name, text := range profile {
		field := n.Profile.Field(name)
		if field == nil {
			return 0, fault.New(fault.Invalid, "there is nothing called "+name+" in a profile", nil)
		}
		*field = text
	}
	a, _, err := k.Create(p.s.ctx, by, n)
	if err != nil {
		return 0, said(err)
	}
	return a.ID, nil
}

// Set changes an account; the visitor's own is known as it is then.
func (p people) Set(id int64, email string, c evaluation.PersonChange) error {
	k, by, err := p.by(p.s.ctx)
	if err != nil {
		return err
	}
	if id == 0 && email == "" && by != nil {
		id = by.ID
	}
	a, err := k.Reach(p.s.ctx, by, id, email)
	if err != nil {
		return said(err)
	}
	if err := k.Set(p.s.ctx, by, a, accounts.Edit{Profile: c.Profile, Active: c.Active, Privileges: c.Privileges, Password: c.Password, Old: c.Old}); err != nil {
		return said(err)
	}
	if by != nil && a.ID == by.ID {
		v := &p.s.q.Visitor
		v.FirstName, v.LastName, v.Language, v.Timezone, v.Privileges = a.FirstName, a.LastName, a.Language, a.Timezone, a.Privileged()
	}
	return nil
}

// Link makes the address in an invitation: that of the server, never what a
// request's Host says, unless everything happens on one machine.
func (p people) Link(page, code string) (string, error) {
	root := p.s.q.Web.Root
	if p.s.r.config.BaseURL() == "" {
		u, err := url.Parse(root)
		if err != nil || u.Hostname() != "localhost" && u.Hostname() != "127.0.0.1" && u.Hostname() != "::1" {
			return "", fault.New(fault.Unavailable, "the server does not know its own address (external hostname)", err)
		}
	}
	return strings.TrimSuffix(root, "/") + "/user/" + page + "?token=" + code, nil
}

// Invite invites somebody.
func (p people) Invite(email, privilege string, send bool) (string, error) {
	k, by, err := p.by(p.s.ctx)
	if err != nil {
		return "", err
	}
	in, err := k.Invite(p.s.ctx, by, accounts.Invitation{Email: email, Privilege: privilege, Mail: send}, p)
	if err != nil {
		return "", said(err)
	}
	return in.URL, nil
}

// Secret gives what opens the sessions of an account for a day, to whoever has
// its password. Wrong ones count like those of people who sign in.
func (p people) Secret(email, password string) (string, error) {
	k, _, err := p.by(p.s.ctx)
	if err != nil {
		return "", err
	}
	from := accounts.Caller{Address: netip.IPv6Unspecified()}
	if at, err := netip.ParseAddr(p.s.q.Visitor.IP); err == nil {
		from.Address = at
	}
	secret, err := k.Lend(p.s.ctx, accounts.Attempt{Email: email, Password: password, From: from})
	var m *accounts.Mistake
	var u *accounts.Unconfirmed
	if errors.As(err, &m) || errors.As(err, &u) {
		return "", nil
	}
	if err != nil {
		return "", said(err)
	}
	return secret.Reveal(), nil
}

// may checks a permission of the visitor's.
func (p people) may(permission string) (*accounts.Keeper, error) {
	k, by, err := p.by(p.s.ctx)
	if err != nil {
		return nil, err
	}
	if !k.May(by, permission) && !(permission == "access_privileges" && k.MayListPrivileges(by)) {
		return nil, said(accounts.ErrForbidden)
	}
	return k, nil
}

// Privileges lists the privileges.
func (p people) Privileges() ([]string, error) {
	k, err := p.may("access_privileges")
	if err != nil {
		return nil, err
	}
	return k.Privileges(p.s.ctx)
}

// Permissions lists what a privilege allows.
func (p people) Permissions(name string) ([]string, error) {
	k, err := p.may("access_privileges")
	if err != nil {
		return nil, err
	}
	return k.Permissions(name), nil
}

// AddPrivilege adds a privilege.
func (p people) AddPrivilege(name string) error {
	k, err := p.may("edit_privileges")
	if err != nil {
		return err
	}
	return said(k.AddPrivilege(p.s.ctx, name))
}

// DropPrivilege removes one.
func (p people) DropPrivilege(name string) error {
	k, err := p.may("edit_privileges")
	if err != nil {
		return err
	}
	return said(k.DropPrivilege(p.s.ctx, name))
}
