package accounts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"colloquy/engine/seal"
)

// The privileges that count as an administrator's when somebody else changes an
// account.
var raised = []string{Admin, Developer, Advocate}

// Find returns an account for somebody who may see it: himself, or others with
// the permission. It returns ErrForbidden or ErrNotFound.
func (k *Keeper) Find(ctx context.Context, by *Account, id int64, email string) (*Account, error) {
	own := by != nil && (id == by.ID || id == 0 && email != "" && fold(email) == fold(by.Email))
	if !own && !k.May(by, "access_user_info") {
		return nil, ErrForbidden
	}
	if id != 0 {
		return k.Store.Account(ctx, id)
	}
	return k.Store.AccountByEmail(ctx, fold(email))
}

// Reach returns an account for somebody who wants to change it; whether he may
// is for Set to say, who else there is for Find. It returns ErrForbidden where
// there is no such account, unless he may know that.
func (k *Keeper) Reach(ctx context.Context, by *Account, id int64, email string) (*Account, error) {
	a, err := k.Find(ctx, by, id, email)
	if !errors.Is(err, ErrForbidden) {
		return a, err
	}
	for _, p := range []string{"edit_user_info", "edit_user_active_status", "edit_user_password", "edit_user_privileges"} {
		if !k.May(by, p) {
			continue
		}
		if id != 0 {
			return k.Store.Account(ctx, id)
		}
		return k.Store.AccountByEmail(ctx, fold(email))
	}
	return nil, ErrForbidden
}

// List lists accounts after a number, for somebody who may see them.
func (k *Keeper) List(ctx context.Context, by *Account, after int64, limit int, inactive bool) ([]Account, error) {
	if !k.May(by, "access_user_info") {
		return nil, ErrForbidden
	}
	return k.Store.Accounts(ctx, after, limit, inactive)
}

// A Newcomer is an account that somebody else makes.
type Newcomer struct {
	Email, Password string // without a password a random one is made
	Profile         Profile
	Privileges      []string // nil: a user's
}

// Create makes an account for somebody else, confirmed at once. It returns the
// password if it made one.
func (k *Keeper) Create(ctx context.Context, by *Account, n Newcomer) (*Account, string, error) {
	if !k.May(by, "create_user") {
		return nil, "", ErrForbidden
	}
	if err := k.mayGive(by, n.Privileges); err != nil {
		return nil, "", err
	}
	return k.Establish(ctx, n)
}

// mayGive refuses privileges that somebody must not give: those that are raised
// above a user's can only be given by an administrator.
func (k *Keeper) mayGive(by *Account, privileges []string) error {
	for _, p := range privileges {
		if slices.Contains(raised, p) && (by == nil || !by.Has(Admin)) {
			return ErrForbidden
		}
	}
	return nil
}

// Establish is Create for the server's own administrator, at its command line.
func (k *Keeper) Establish(ctx context.Context, n Newcomer) (*Account, string, error) {
	n.Email = strings.TrimSpace(n.Email)
	if len(n.Privileges) == 0 {
		n.Privileges = []string{User}
	}
	made := ""
	if n.Password == "" {
		code, err := newCode(k.Random, 4)
		if err != nil {
			return nil, "", err
		}
		made, n.Password = code, code
	} else if err := k.CheckPassword(n.Password, n.Email); err != nil {
		return nil, "", err
	}
	if err := errors.Join(k.checkAddress(n.Email), CheckProfile(&n.Profile), k.checkPrivileges(ctx, n.Privileges)); err != nil {
		return nil, "", firstMistake(err)
	}
	a := &Account{Kind: Local, Email: n.Email, Active: true, Confirmed: k.now(), Profile: n.Profile, Privileges: n.Privileges}
	if _, _, err := k.add(ctx, a, n.Password, false); err != nil {
		if errors.Is(err, ErrTaken) {
			return nil, "", taken()
		}
		return nil, "", err
	}
	return a, made, nil
}

// checkAddress is CheckEmail without the rule which domains may register.
func (k *Keeper) checkAddress(email string) error {
	free := *k.rules
	free.Domains = nil
	return (&Keeper{Parts: k.Parts, rules: &free}).CheckEmail(email)
}

// An Edit is what is changed about an account by a program or an administrator;
// nil leaves a thing as it is.
type Edit struct {
	Profile    map[string]string // by the names of the configuration
	Active     *bool
	Privileges *[]string
	Password   *string
	Old        string // the password so far, which keeps the sessions readable
}

// Set changes an account for somebody who may: himself his profile, others with
// the permissions that each thing needs. It returns ErrForbidden, ErrNotFound
// or *Mistake.
func (k *Keeper) Set(ctx context.Context, by, a *Account, e Edit) error {
	own := by != nil && by.ID == a.ID
	if err := k.maySet(by, a, e, own); err != nil {
		return err
	}
	c := Change{Account: a.ID, Set: a, Privileges: e.Privileges}
	for name, text := range e.Profile {
		field := a.Profile.Field(name)
		if field == nil {
			return mistake(name, "There is nothing called "+name+" in a profile.")
		}
		*field = text
	}
	if err := CheckProfile(&a.Profile); err != nil {
		return err
	}
	if e.Active != nil {
		a.Active, c.Active = *e.Active, e.Active
		c.Logins = !a.Active
	}
	if e.Privileges != nil {
		if err := k.checkPrivileges(ctx, *e.Privileges); err != nil {
			return err
		}
		a.Privileges = *e.Privileges
	}
	if e.Password != nil {
		if err := k.setPassword(ctx, a, *e.Password, e.Old, &c); err != nil {
			return err
		}
	}
	return k.Store.Change(ctx, c)
}

// maySet checks the permissions that an edit needs.
func (k *Keeper) maySet(by, a *Account, e Edit, own bool) error {
	admin := by != nil && by.Has(Admin)
	above := a.Has(raised...) && !admin && !own
	need := func(wanted bool, permission string) bool { return wanted && (above || !k.May(by, permission)) }
	switch {
	case need(len(e.Profile) > 0 && !own, "edit_user_info"),
		need(e.Active != nil, "edit_user_active_status"),
		need(e.Password != nil && (!own || e.Old == ""), "edit_user_password"),
		need(e.Privileges != nil, "edit_user_privileges"),
		own && e.Active != nil && !*e.Active,
		own && e.Privileges != nil && a.Has(Admin) && !slices.Contains(*e.Privileges, Admin):
		return ErrForbidden
	}
	if e.Privileges == nil {
		return nil
	}
	return k.mayGive(by, slices.DeleteFunc(slices.Clone(*e.Privileges), func(p string) bool { return slices.Contains(a.Privileges, p) }))
}

// setPassword closes the account's key with a new password; without the old one
// the key is a new one, and what the old one held is lost.
func (k *Keeper) setPassword(ctx context.Context, a *Account, password, old string, c *Change) error {
	if err := k.CheckPassword(password, a.Email); err != nil {
		return err
	}
	key, err := seal.NewAccountKey(k.Random)
	if err != nil {
		return err
	}
	if old != "" {
		if err := k.admit(ctx, []count{{k.Ring.Tag("strikes", "old password", a.UID), k.rules.AttemptLimit}}); err != nil {
			return err
		}
		opened, ok, err := k.open(ctx, a, LockPassword, old)
		if err != nil {
			return err
		}
		if !ok {
			return mistake("old_password", "This is not the password so far.")
		}
		key = opened
	} else {
		c.DropLocks = []string{LockRecovery}
	}
	l, err := k.lock(ctx, key, a.UID, LockPassword, password)
	c.PutLocks, c.Logins, c.DropTokens = []Lock{l}, true, []string{TokenReset}
	return err
}

// An Invited is somebody who was invited.
type Invited struct {
	Email, URL string
	Sent       bool
}

// Invite invites somebody to make an account with a privilege.
func (k *Keeper) Invite(ctx context.Context, by *Account, email, privilege string, send bool, links Links) (*Invited, error) {
	if !k.May(by, "create_user") {
		return nil, ErrForbidden
	}
	if privilege == "" {
		privilege = User
	}
	if privilege == Admin {
		return nil, mistake("privilege", "Nobody can be invited to be an administrator.")
	}
	if err := k.mayGive(by, []string{privilege}); err != nil {
		return nil, err
	}
	if err := errors.Join(k.checkAddress(email), k.checkPrivileges(ctx, []string{privilege})); err != nil {
		return nil, firstMistake(err)
	}
	if _, err := k.Store.AccountByEmail(ctx, fold(email)); err == nil {
		return nil, mistake("email", "A user with that e-mail has already registered ("+email+")")
	}
	code, t, err := k.link(0, TokenInvite, strings.TrimSpace(email)+" "+privilege, inviteLife)
	if err != nil {
		return nil, err
	}
	link, err := links.Link("register", code)
	if err != nil {
		return nil, err
	}
	if err := k.Store.AddToken(ctx, t); err != nil {
		return nil, err
	}
	in := &Invited{Email: email, URL: link}
	if send {
		err = k.post(ctx, k.letterInvite(email, link, "invite "+t.ID))
		in.Sent = err == nil
	}
	return in, err
}

// First makes the one-time link by which the first administrator gets his
// account, or "" if there is one. A link made before does not work any more
// once there is an administrator.
func (k *Keeper) First(ctx context.Context) (code string, err error) {
	n, err := k.Store.CountAccounts(ctx, Admin)
	if err != nil || n > 0 {
		return "", err
	}
	code, t, err := k.link(0, TokenFirst, "", firstLife)
	if err != nil {
		return "", err
	}
	return code, k.Store.AddToken(ctx, t)
}

// IsFirst reports whether the link of the first administrator works.
func (k *Keeper) IsFirst(ctx context.Context, code string) error {
	if _, err := k.token(ctx, TokenFirst, code); err != nil {
		return err
	}
	n, err := k.Store.CountAccounts(ctx, Admin)
	if err == nil && n > 0 {
		return ErrLink
	}
	return err
}

// MakeFirst makes the first administrator's account and signs him in.
func (k *Keeper) MakeFirst(ctx context.Context, code string, n Newcomer) (*Visit, seal.Secret, error) {
	none := seal.Secret{}
	if err := k.IsFirst(ctx, code); err != nil {
		return nil, none, err
	}
	n.Privileges = []string{Admin}
	if n.Password == "" {
		return nil, none, mistake("password", k.PasswordRule())
	}
	if err := errors.Join(k.checkAddress(n.Email), k.CheckPassword(n.Password, n.Email)); err != nil {
		return nil, none, firstMistake(err)
	}
	if _, err := k.Store.AccountByEmail(ctx, fold(n.Email)); !errors.Is(err, ErrNotFound) {
		return nil, none, errors.Join(err, taken())
	}
	if err := k.Store.TakeToken(ctx, tokenID(TokenFirst, code)); err != nil {
		return nil, none, ErrLink
	}
	a, _, err := k.Establish(ctx, n)
	if err != nil {
		return nil, none, err
	}
	key, ok, err := k.open(ctx, a, LockPassword, n.Password)
	if err != nil || !ok {
		return nil, none, errors.Join(err, neutral())
	}
	return k.begin(ctx, a, key, k.stage(a), false)
}
