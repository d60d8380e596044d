package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// An Invited is somebody who was invited.
type Invited struct {
	Email, URL string
	Sent       bool
}

// An Invitation asks somebody to make an account.
type Invitation struct {
	Email     string
	Privilege string // that the account will have; "" for a user's
	Mail      bool   // it is mailed; else its address is for the caller to hand over
	AtOnce    bool   // the caller waits until the mail server has taken it
}

// Invite invites somebody to make an account with a privilege. An invitation
// that cannot be mailed is withdrawn; the error is *Unsent then.
func (k *Keeper) Invite(ctx context.Context, by *Account, v Invitation, links Links) (*Invited, error) {
	if err := k.CheckInvitation(ctx, by, &v); err != nil {
		return nil, err
	}
	code, t, err := k.link(0, TokenInvite, v.Email+" "+v.Privilege, inviteLife)
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
	in := &Invited{Email: v.Email, URL: link}
	if !v.Mail {
		return in, nil
	}
	l := k.letterInvite(v.Email, link, "invite "+t.ID)
	if v.AtOnce {
		err = k.postNow(ctx, l)
	} else {
		err = k.post(ctx, l)
	}
	if err != nil {
		return nil, errors.Join(&Unsent{Email: v.Email, Err: err}, k.Store.TakeToken(context.WithoutCancel(ctx), t.ID))
	}
	in.Sent = true
	return in, nil
}

// Unsent says that an invitation could not be mailed and is withdrawn.
type Unsent struct {
	Email string
	Err   error
}

func (u *Unsent) Error() string { return fmt.Sprintf("mail an invitation: %v", u.Err) }
func (u *Unsent) Unwrap() error { return u.Err }

// CheckInvitation refuses an invitation that somebody must not or cannot make,
// and completes it. It returns ErrForbidden or *Mistake.
func (k *Keeper) CheckInvitation(ctx context.Context, by *Account, v *Invitation) error {
	if !k.May(by, "create_user") {
		return ErrForbidden
	}
	v.Email = strings.TrimSpace(v.Email)
	if v.Privilege == "" {
		v.Privilege = User
	}
	if v.Privilege == Admin {
		return mistake("privilege", "Nobody can be invited to be an administrator.")
	}
	if err := k.mayGive(by, []string{v.Privilege}); err != nil {
		return err
	}
	if err := errors.Join(k.checkAddress(v.Email), k.checkPrivileges(ctx, []string{v.Privilege})); err != nil {
		return firstMistake(err)
	}
	_, err := k.Store.AccountByEmail(ctx, fold(v.Email))
	switch {
	case err == nil:
		return &Mistake{Field: "email", Text: "A user with that e-mail has already registered ({email})", With: []string{"email", v.Email}}
	case errors.Is(err, ErrNotFound):
		return nil
	}
	return err
}
