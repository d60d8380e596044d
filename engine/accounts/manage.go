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
	if !k.MayAny(by) {
		return nil, ErrForbidden
	}
	if id != 0 {
		return k.Store.Account(ctx, id)
	}
	return k.Store.AccountByEmail(ctx, fold(email))
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
// above a user's can only be given by an administrator, and others only by those
// who may themselves do what they allow.
func (k *Keeper) mayGive(by *Account, privileges []string) error {
	if by != nil && by.Has(Admin) {
		return nil
	}
	for _, p := range privileges {
		if !k.mayGiveOne(by, p) {
			return ErrForbidden
		}
	}
	return nil
}

func (k *Keeper) mayGiveOne(by *Account, privilege string) bool {
	if slices.Contains(raised, privilege) {
		return false
	}
	for _, permission := range k.Permissions(privilege) {
		if !k.May(by, permission) {
			return false
		}
	}
	return true
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
		return nil, none, k.tooSimple()
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
