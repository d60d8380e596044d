package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/seal"
)

// A Visit is a browser that is signed in, as one request sees it.
type Visit struct {
	Account *Account
	Key     seal.AccountKey
	Login   *Login
}

// SignedIn reports whether nothing is wanting any more, such as a second factor.
func (v *Visit) SignedIn() bool { return v != nil && v.Login.Stage == "" }

// An Attempt is what somebody typed to sign in.
type Attempt struct {
	Email, Password string
	Keep            bool // stay signed in when the browser ends
	From            Caller
}

// neutral is what everybody gets whose address or password is not right.
func neutral() error { return mistake("", "The e-mail address or the password is not right.") }

// SignIn begins a login and returns the secret that the browser is to carry,
// once. It returns *Wait, *Mistake, or *Unconfirmed if the password is right
// but the address has to be confirmed first.
func (k *Keeper) SignIn(ctx context.Context, t Attempt) (*Visit, seal.Secret, error) {
	a, key, err := k.enter(ctx, t)
	if err != nil {
		return nil, seal.Secret{}, err
	}
	return k.begin(ctx, a, key, k.stage(a), t.Keep)
}

// Lend gives whoever has the password of an account a secret that opens its
// sessions for a day, and signs nobody in (docassemble's get_user_secret). It
// ends with the password. Accounts with a second factor lend none. It returns
// *Wait, *Mistake or *Unconfirmed.
func (k *Keeper) Lend(ctx context.Context, t Attempt) (seal.Secret, error) {
	a, key, err := k.enter(ctx, t)
	if err != nil {
		return seal.Secret{}, err
	}
	if k.stage(a) != "" {
		return seal.Secret{}, neutral()
	}
	_, secret, err := k.begin(ctx, a, key, StageLent, false)
	return secret, err
}

// Borrowed finds what a secret that was lent opens; nil, nil if nothing.
func (k *Keeper) Borrowed(ctx context.Context, secret seal.Secret) (*Visit, error) {
	v, err := k.Visit(ctx, secret)
	if err != nil || v == nil || v.Login.Stage != StageLent {
		return nil, err
	}
	return v, nil
}

// enter opens the key of an account with its password.
func (k *Keeper) enter(ctx context.Context, t Attempt) (*Account, seal.AccountKey, error) {
	none := seal.AccountKey{}
	a, err := k.Store.AccountByEmail(ctx, fold(t.Email))
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, none, err
	}
	uid := ""
	if a != nil {
		uid = a.UID
	}
	counts := k.counts("sign-in", t.From, t.Email, uid)
	if err := k.admit(ctx, counts); err != nil {
		return nil, none, err
	}
	if a == nil {
		return nil, none, errors.Join(neutral(), k.pretend(ctx, t.Password))
	}
	key, ok, err := k.open(ctx, a, LockPassword, t.Password)
	switch {
	case err != nil:
		return nil, none, err
	case !ok || !a.Active:
		return nil, none, neutral()
	}
	if err := k.forgive(ctx, counts); err != nil {
		return nil, none, err
	}
	if k.mustConfirm(a) {
		return nil, none, &Unconfirmed{Account: a.ID}
	}
	return a, key, k.freshen(ctx, a, key, t.Password)
}

// Unconfirmed says that an account waits for the confirmation of its address.
type Unconfirmed struct{ Account int64 }

func (u *Unconfirmed) Error() string {
	return "You cannot log in until your e-mail address has been confirmed."
}

func (k *Keeper) mustConfirm(a *Account) bool {
	return k.rules.Confirm && a.Confirmed.IsZero() && (len(k.rules.ConfirmWho) == 0 || a.Has(k.rules.ConfirmWho...))
}

// freshen closes the key anew if passwords cost more today than when it was closed.
func (k *Keeper) freshen(ctx context.Context, a *Account, key seal.AccountKey, password string) error {
	locks, err := k.Store.Locks(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, l := range locks {
		if l.Kind != LockPassword || !k.outdated(l) {
			continue
		}
		now, err := k.lock(ctx, key, a.UID, LockPassword, password)
		if err != nil {
			return err
		}
		return k.Store.Change(ctx, Change{Account: a.ID, PutLocks: []Lock{now}})
	}
	return nil
}

// stage says what is wanting after a right password.
func (k *Keeper) stage(a *Account) string {
	switch f := k.rules.SecondFactor; {
	case a.Factor != nil:
		return StageFactor
	case f.Enabled && a.Has(f.Required...):
		return StageSetup
	}
	return ""
}

// How long a login may stay half done, and for how long a secret is lent.
const (
	halfLife = 15 * time.Minute
	lentLife = 24 * time.Hour
)

// begin makes a login with a new secret, whatever the browser had before.
func (k *Keeper) begin(ctx context.Context, a *Account, key seal.AccountKey, stage string, keep bool) (*Visit, seal.Secret, error) {
	secret, err := seal.NewSecret(k.Random)
	if err != nil {
		return nil, secret, fmt.Errorf("make a login: %w", err)
	}
	now := k.now()
	l := Login{ID: secret.ID(), Account: a.ID, Closed: secret.CloseAccount(key, a.UID), Stage: stage, Begun: now, Seen: now,
		Expires: now.Add(k.Config.SessionLifetime), Keep: keep}
	switch stage {
	case "":
	case StageLent:
		l.Expires = now.Add(lentLife)
	default:
		l.Expires = now.Add(halfLife)
	}
	if err := k.Store.AddLogin(ctx, l); err != nil {
		return nil, secret, err
	}
	v := &Visit{Account: a, Key: key, Login: &l}
	if stage == "" {
		return v, secret, k.arrived(ctx, a)
	}
	return v, secret, nil
}

// arrived notes that somebody has signed in.
func (k *Keeper) arrived(ctx context.Context, a *Account) error {
	a.SignedIn = k.now()
	return k.Store.Change(ctx, Change{Account: a.ID, Arrived: a.SignedIn})
}

// Proof is what a browser keeps to be known by the account the next time.
func (k *Keeper) Proof(a *Account) string { return k.proof(a.UID) }

// lateness is how far the time of a login's last use may be behind.
const lateness = 10 * time.Minute

// Visit finds the login whose secret a browser carries. It returns nil, nil if
// there is none, or the account is not active any more.
func (k *Keeper) Visit(ctx context.Context, secret seal.Secret) (*Visit, error) {
	if !secret.Valid() {
		return nil, nil
	}
	now := k.now()
	l, a, err := k.Store.Login(ctx, secret.ID(), now)
	if errors.Is(err, ErrNotFound) || err == nil && !a.Active {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := secret.OpenAccount(l.Closed, a.UID)
	if err != nil {
		return nil, nil //nolint:nilerr // it is no login of this account
	}
	if l.Stage == "" && now.Sub(l.Seen) > lateness {
		if err := k.Store.TouchLogin(ctx, l.ID, now, now.Add(k.Config.SessionLifetime)); err != nil {
			return nil, err
		}
	}
	return &Visit{Account: a, Key: key, Login: l}, nil
}

// SignOut ends a login.
func (k *Keeper) SignOut(ctx context.Context, v *Visit) error {
	return k.Store.DropLogin(ctx, v.Login.ID)
}

// SignOutElsewhere ends all other logins of the account.
func (k *Keeper) SignOutElsewhere(ctx context.Context, v *Visit) error {
	return k.Store.Change(ctx, Change{Account: v.Account.ID, Logins: true, Except: v.Login.ID})
}

// Prove checks the password of somebody who is signed in, before something
// that a borrowed browser must not do. It returns *Mistake or *Wait.
func (k *Keeper) Prove(ctx context.Context, v *Visit, field, password string, from Caller) error {
	counts := []count{{k.Ring.Tag("strikes", "prove", v.Login.ID), k.rules.AttemptLimit}}
	if err := k.admit(ctx, counts); err != nil {
		return err
	}
	_, ok, err := k.open(ctx, v.Account, LockPassword, password)
	switch {
	case err != nil:
		return err
	case !ok:
		return mistake(field, "This is not your password.")
	}
	return k.forgive(ctx, counts)
}
