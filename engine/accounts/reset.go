package accounts

import (
	"context"
	"errors"
	"strings"
	"time"

	"colloquy/engine/seal"
)

// Forgot mails a link with which the password can be set anew, if the address
// has an account; whoever asks does not learn that.
func (k *Keeper) Forgot(ctx context.Context, email string, from Caller, links Links) error {
	if err := k.admit(ctx, k.callerCounts("mail", from, manyMails)); err != nil {
		return err
	}
	a, err := k.Store.AccountByEmail(ctx, fold(email))
	if errors.Is(err, ErrNotFound) || err == nil && (!a.Active || a.Kind != Local) {
		return nil
	}
	if err != nil {
		return err
	}
	code, t, err := k.link(a.ID, TokenReset, "", linkLife)
	if err != nil {
		return err
	}
	link, err := links.Link("reset-password", code)
	if err != nil {
		return err
	}
	if err := k.Store.AddToken(ctx, t); err != nil {
		return err
	}
	return k.post(ctx, k.letterReset(k.to(a, from), link, "reset "+t.ID))
}

// ResetLink makes a link with which the password of an account can be set anew,
// for the server's administrator to hand over. It returns ErrNotFound.
func (k *Keeper) ResetLink(ctx context.Context, email string, links Links) (string, error) {
	a, err := k.Store.AccountByEmail(ctx, fold(email))
	if err != nil {
		return "", err
	}
	code, t, err := k.link(a.ID, TokenReset, "", linkLife)
	if err != nil {
		return "", err
	}
	if err := k.Store.AddToken(ctx, t); err != nil {
		return "", err
	}
	return links.Link("reset-password", code)
}

// A Resetting is what the page of a reset link must say beforehand.
type Resetting struct {
	Email    string
	Recovery bool   // there is a recovery code: with it nothing is lost
	Proof    string // makes the browser known to the account: it got a mail of its owner's
}

// Resetting tells what a reset link is for. The link is not used up.
func (k *Keeper) Resetting(ctx context.Context, code string) (*Resetting, error) {
	_, a, err := k.tokenAccount(ctx, TokenReset, code)
	if err != nil {
		return nil, err
	}
	locks, err := k.Store.Locks(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	r := &Resetting{Email: a.Email, Proof: k.proof(a.UID)}
	for _, l := range locks {
		r.Recovery = r.Recovery || l.Kind == LockRecovery
	}
	return r, nil
}

// Reset sets a password by a mailed link. With the recovery code the account
// keeps its key and its sessions; without it the key is a new one and what the
// old one held is lost. All logins end.
func (k *Keeper) Reset(ctx context.Context, code, password, recovery string, from Caller) error {
	_, a, err := k.tokenAccount(ctx, TokenReset, code)
	if err != nil {
		return err
	}
	if err := k.CheckPassword(password, a.Email); err != nil {
		return err
	}
	key, kept, err := k.recover(ctx, a, recovery, from)
	if err != nil {
		return err
	}
	l, err := k.lock(ctx, key, a.UID, LockPassword, password)
	if err != nil {
		return err
	}
	c := Change{Account: a.ID, PutLocks: []Lock{l}, Logins: true, Take: tokenID(TokenReset, code),
		DropTokens: []string{TokenReset, TokenConfirm, TokenEmail}}
	if !kept {
		c.DropLocks = []string{LockRecovery}
	}
	if a.Confirmed.IsZero() { // the mail has come
		a.Confirmed = k.now()
		c.Set = a
	}
	err = k.Store.Change(ctx, c)
	if errors.Is(err, ErrUsed) {
		return ErrLink
	}
	if err != nil {
		return err
	}
	return k.ignoreNoMail(k.post(ctx, k.letterChanged(k.to(a, from), "changed "+l.Stretch)))
}

// ignoreNoMail lets what was done stand where no mail can be sent about it.
func (k *Keeper) ignoreNoMail(err error) error {
	if errors.Is(err, ErrNoMail) {
		return nil
	}
	return err
}

// recover gives the account's key by its recovery code, or a new key without.
func (k *Keeper) recover(ctx context.Context, a *Account, recovery string, from Caller) (key seal.AccountKey, kept bool, err error) {
	if strings.TrimSpace(recovery) == "" {
		key, err = seal.NewAccountKey(k.Random)
		return key, false, err
	}
	counts := k.counts("recovery", from, a.Email, a.UID)
	if err := k.admit(ctx, counts); err != nil {
		return key, false, err
	}
	key, ok, err := k.open(ctx, a, LockRecovery, plainCode(recovery))
	switch {
	case err != nil:
		return key, false, err
	case !ok:
		return key, false, mistake("recovery", "This is not the recovery code of your account.")
	}
	return key, true, k.forgive(ctx, counts)
}

// NewRecovery makes a recovery code, in place of the one before; it is shown
// once and kept by nobody but its owner.
func (k *Keeper) NewRecovery(ctx context.Context, v *Visit) (string, error) {
	code, err := newCode(k.Random, 6)
	if err != nil {
		return "", err
	}
	l, err := k.lock(ctx, v.Key, v.Account.UID, LockRecovery, plainCode(code))
	if err != nil {
		return "", err
	}
	return code, k.Store.Change(ctx, Change{Account: v.Account.ID, PutLocks: []Lock{l}})
}

// HasRecovery reports whether there is a recovery code.
func (k *Keeper) HasRecovery(ctx context.Context, v *Visit) (bool, error) {
	locks, err := k.Store.Locks(ctx, v.Account.ID)
	for _, l := range locks {
		if l.Kind == LockRecovery {
			return true, err
		}
	}
	return false, err
}

// ChangePassword closes the account's key with a new password: one row. Other
// logins end; sessions and their keys stay as they are.
func (k *Keeper) ChangePassword(ctx context.Context, v *Visit, old, password string, from Caller) error {
	if !k.rules.Change && !v.Account.Has(Admin, Developer) {
		return ErrForbidden
	}
	if err := k.Prove(ctx, v, "old_password", old, from); err != nil {
		return err
	}
	if err := k.CheckPassword(password, v.Account.Email); err != nil {
		return err
	}
	l, err := k.lock(ctx, v.Key, v.Account.UID, LockPassword, password)
	if err != nil {
		return err
	}
	if err := k.Store.Change(ctx, Change{Account: v.Account.ID, PutLocks: []Lock{l}, Logins: true, Except: v.Login.ID,
		DropTokens: []string{TokenReset, TokenEmail}}); err != nil {
		return err
	}
	return k.ignoreNoMail(k.post(ctx, k.letterChanged(k.to(v.Account, from), "changed "+l.Stretch)))
}

// ChangeEmail mails a link to a new address; the address changes when that is
// followed. The old one gets a notice.
func (k *Keeper) ChangeEmail(ctx context.Context, v *Visit, password, email string, from Caller, links Links) error {
	email = strings.TrimSpace(email)
	if err := k.CheckEmail(email); err != nil {
		return err
	}
	if err := k.Prove(ctx, v, "password", password, from); err != nil {
		return err
	}
	code, t, err := k.link(v.Account.ID, TokenEmail, email, linkLife)
	if err != nil {
		return err
	}
	link, err := links.Link("confirm-email", code)
	if err != nil {
		return err
	}
	if err := k.Store.Change(ctx, Change{Account: v.Account.ID, DropTokens: []string{TokenEmail}, PutTokens: []Token{t}}); err != nil {
		return err
	}
	if err := k.post(ctx, k.letterEmailOld(k.to(v.Account, from), email, "email old "+t.ID)); err != nil {
		return err
	}
	there := k.to(v.Account, from)
	there.email = email
	if _, err := k.Store.AccountByEmail(ctx, fold(email)); err == nil {
		link, err := links.Link("sign-in", "")
		if err != nil {
			return err
		}
		return k.post(ctx, k.letterAgain(there, link, "again "+t.ID))
	}
	return k.post(ctx, k.letterEmail(there, link, "email "+t.ID))
}

// NewEmail tells which address a link is to make an account's own.
func (k *Keeper) NewEmail(ctx context.Context, code string) (string, error) {
	t, err := k.token(ctx, TokenEmail, code)
	if err != nil {
		return "", err
	}
	return t.Detail, nil
}

// ConfirmEmail makes the address of a link the account's.
func (k *Keeper) ConfirmEmail(ctx context.Context, code string) error {
	t, a, err := k.tokenAccount(ctx, TokenEmail, code)
	if err != nil {
		return err
	}
	a.Email, a.Confirmed = t.Detail, k.now()
	err = k.Store.Change(ctx, Change{Account: a.ID, Set: a, Take: t.ID, DropTokens: []string{TokenEmail, TokenReset}})
	if errors.Is(err, ErrUsed) || errors.Is(err, ErrTaken) {
		return ErrLink
	}
	return err
}

// SetProfile changes what somebody says about himself.
func (k *Keeper) SetProfile(ctx context.Context, v *Visit, p Profile) error {
	if err := CheckProfile(&p); err != nil {
		return err
	}
	v.Account.Profile = p
	return k.Store.Change(ctx, Change{Account: v.Account.ID, Set: v.Account})
}

// Delete erases an account. Its sessions are to be erased first, by those who
// know them.
func (k *Keeper) Delete(ctx context.Context, id int64) error {
	return k.Store.DeleteAccount(ctx, id)
}

// Sweep erases what is past its time.
func (k *Keeper) Sweep(ctx context.Context, now time.Time) error {
	return k.Store.ExpireAccounts(ctx, now)
}
