package accounts

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// An Edit is what is changed about an account by a program or an administrator;
// nil and false leave a thing as it is.
type Edit struct {
	Profile    map[string]string // by the names of the configuration
	Email      *string
	Active     *bool
	Privileges *[]string
	Password   *string
	Old        string // the password so far, which keeps the sessions readable
	Unconfirm  bool   // the address has to be confirmed anew
	DropFactor bool   // the second factor is not asked for any more
}

// Set changes an account for somebody who may: himself his profile, others with
// the permissions that each thing needs. It returns ErrForbidden, ErrNotFound
// or *Mistake.
func (k *Keeper) Set(ctx context.Context, by, a *Account, e Edit) error {
	if err := k.maySet(by, a, e); err != nil {
		return err
	}
	c := Change{Account: a.ID, Set: a, Privileges: e.Privileges}
	for name, text := range e.Profile {
		field := a.Profile.Field(name)
		if field == nil {
			return &Mistake{Field: name, Text: "There is nothing called {name} in a profile.", With: []string{"name", name}}
		}
		*field = text
	}
	if err := CheckProfile(&a.Profile); err != nil {
		return err
	}
	if e.Privileges != nil {
		if err := k.checkPrivileges(ctx, *e.Privileges); err != nil {
			return err
		}
		a.Privileges = *e.Privileges
	}
	if e.Active != nil {
		a.Active, c.Active = *e.Active, e.Active
		c.Logins = !a.Active
	}
	if e.Password != nil {
		if err := k.setPassword(ctx, a, *e.Password, e.Old, &c); err != nil {
			return err
		}
	}
	return k.setEntry(ctx, a, e, c)
}

// setEntry makes the changes with those to how an account is entered, and tells
// its owner.
func (k *Keeper) setEntry(ctx context.Context, a *Account, e Edit, c Change) error {
	var tell []letter
	if e.Email != nil && *e.Email != a.Email {
		email := strings.TrimSpace(*e.Email)
		if err := k.checkAddress(email); err != nil {
			return err
		}
		tell = append(tell, k.letterMoved(a, email))
		a.Email = email
		c.DropTokens = append(c.DropTokens, TokenReset, TokenConfirm, TokenEmail)
	}
	if e.Unconfirm {
		a.Confirmed = time.Time{}
	}
	if e.DropFactor && a.Factor != nil {
		a.Factor, c.SetFactor = nil, true
		c.DropTokens = append(c.DropTokens, TokenCode)
		tell = append(tell, k.letterFactor(a, factorOff, "no factor by another "+k.now().String()))
	}
	if err := k.Store.Change(ctx, c); errors.Is(err, ErrTaken) {
		return taken()
	} else if err != nil {
		return err
	}
	for _, l := range tell {
		if err := k.ignoreNoMail(k.post(ctx, l)); err != nil {
			return err
		}
	}
	return nil
}

// needs says which permission an edit needs for each thing that it changes. How
// an account is entered belongs to who may set its password.
func (e *Edit) needs(own bool) map[string]bool {
	return map[string]bool{
		"edit_user_info":          len(e.Profile) > 0 && !own || e.Email != nil || e.Unconfirm,
		"edit_user_active_status": e.Active != nil,
		"edit_user_password":      e.Password != nil && (!own || e.Old == "") || e.DropFactor,
		"edit_user_privileges":    e.Privileges != nil,
	}
}

// maySet checks the permissions that an edit needs. Nobody can lock himself out,
// or end being an administrator.
func (k *Keeper) maySet(by, a *Account, e Edit) error {
	own := by != nil && by.ID == a.ID
	for permission, needed := range e.needs(own) {
		if needed && !k.MayEdit(by, a, permission) {
			return ErrForbidden
		}
	}
	if own && (e.Unconfirm || e.DropFactor || e.Active != nil && !*e.Active ||
		e.Privileges != nil && a.Has(Admin) && !slices.Contains(*e.Privileges, Admin)) {
		return ErrForbidden
	}
	if e.Privileges == nil {
		return nil
	}
	return k.mayGive(by, slices.DeleteFunc(slices.Clone(*e.Privileges), func(p string) bool { return slices.Contains(a.Privileges, p) }))
}

// MayEdit reports whether somebody, nil for a visitor, may use a permission on
// an account: on one with the privilege admin, developer or advocate that is not
// his own, as an administrator only.
func (k *Keeper) MayEdit(by, a *Account, permission string) bool {
	above := a.Has(raised...) && (by == nil || !by.Has(Admin) && by.ID != a.ID)
	return !above && k.May(by, permission)
}

// MayRemove reports whether somebody may delete an account. Nobody deletes his
// own this way.
func (k *Keeper) MayRemove(by, a *Account) bool {
	return (by == nil || by.ID != a.ID) && k.MayEdit(by, a, "delete_user") && k.May(by, "access_sessions") && k.May(by, "edit_sessions")
}

// Remove erases another's account. Its sessions are to be erased first, by those
// who know them. It returns ErrForbidden.
func (k *Keeper) Remove(ctx context.Context, by, a *Account) error {
	if !k.MayRemove(by, a) {
		return ErrForbidden
	}
	return k.Store.DeleteAccount(ctx, a.ID)
}

// Search finds accounts for somebody who may see them.
func (k *Keeper) Search(ctx context.Context, by *Account, q Search) ([]Account, error) {
	if !k.May(by, "access_user_info") {
		return nil, ErrForbidden
	}
	return k.Store.Search(ctx, q)
}

// looking are the permissions with which somebody may reach the accounts of
// others.
var looking = []string{"access_user_info", "edit_user_info", "edit_user_active_status", "edit_user_password", "edit_user_privileges", "delete_user"}

// MayAny reports whether somebody, nil for a visitor, may see or change anything
// of the accounts of others.
func (k *Keeper) MayAny(by *Account) bool {
	return slices.ContainsFunc(looking, func(permission string) bool { return k.May(by, permission) })
}

// MayGive reports whether somebody may give a privilege to others.
func (k *Keeper) MayGive(by *Account, privilege string) bool {
	return privilege != Cron && k.mayGive(by, []string{privilege}) == nil
}

// Givable lists the privileges that somebody may give to others.
func (k *Keeper) Givable(ctx context.Context, by *Account) ([]string, error) {
	all, err := k.Privileges(ctx)
	return slices.DeleteFunc(all, func(p string) bool { return !k.MayGive(by, p) }), err
}
