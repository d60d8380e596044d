package run

import (
	"context"
	"errors"
	"slices"

	"colloquy/engine/fault"
	"colloquy/engine/interview"
)

// anonymous is the privilege of who is not logged in.
const anonymous = "anonymous"

// admit checks what the metadata of an interview want of its visitors: "require
// login", "required privileges", "sessions are unique" and, of those who begin a
// session, "required privileges for initiating".
func (r *Runner) admit(iv *interview.Interview, q *Request, begins bool) error {
	v := &q.Visitor
	wanted, limited := privileges(iv, "required privileges")
	need := isTrue(iv, "require login") && !slices.Contains(wanted, anonymous) || isSet(iv, "sessions are unique")
	if need && !v.LoggedIn() {
		return mustLogIn()
	}
	if limited {
		if err := r.hold(q, wanted); err != nil {
			return err
		}
	}
	if wanted, limited := privileges(iv, "required privileges for initiating"); begins && limited {
		return r.hold(q, wanted)
	}
	return nil
}

// hold checks that the visitor has one of several privileges.
func (r *Runner) hold(q *Request, wanted []string) error {
	v := &q.Visitor
	switch {
	case !v.LoggedIn() && slices.Contains(wanted, anonymous):
		return nil
	case !v.LoggedIn():
		return mustLogIn()
	case slices.ContainsFunc(wanted, func(p string) bool { return slices.Contains(v.Privileges, p) }):
		return nil
	}
	return fault.New(fault.Forbidden, "You are not allowed to access this interview.", nil)
}

func mustLogIn() error {
	return fault.New(fault.Forbidden, "You need to be logged in to access this interview.", ErrSignIn)
}

// ErrSignIn says that the asker has to sign in first.
var ErrSignIn = errors.New("only for those who have signed in")

// unique finds the session that the asker has to go on with, where an interview
// is only begun once by each account ("sessions are unique"), or by those with
// one of the privileges that are listed.
func (r *Runner) unique(ctx context.Context, iv *interview.Interview, q *Request) (string, error) {
	n := iv.Metadata.Get("sessions are unique")
	if n == nil || !isSet(iv, "sessions are unique") || !q.Visitor.LoggedIn() {
		return "", nil
	}
	concerns := n.Scalar()
	for _, item := range n.Items {
		concerns = concerns || slices.Contains(q.Visitor.Privileges, item.Written())
	}
	if !concerns {
		return "", nil
	}
	return r.Latest(ctx, q.Account.ID, iv.Name)
}

// privileges reads a list of privileges; limited is false if the metadata do
// not speak of it.
func privileges(iv *interview.Interview, name string) (list []string, limited bool) {
	n := iv.Metadata.Get(name)
	if n == nil {
		return nil, false
	}
	if n.Scalar() && n.Kind != interview.Null {
		return []string{n.Written()}, true
	}
	for _, item := range n.Items {
		list = append(list, item.Written())
	}
	return list, true
}

func isTrue(iv *interview.Interview, name string) bool {
	n := iv.Metadata.Get(name)
	return n != nil && n.Scalar() && n.Truth()
}

// isSet is isTrue for what may also be a list.
func isSet(iv *interview.Interview, name string) bool {
	n := iv.Metadata.Get(name)
	return n != nil && (len(n.Items) > 0 || n.Scalar() && n.Truth())
}

// forgetEarlier erases the visitor's earlier sessions of an interview that is
// only ever begun anew ("temporary session").
func (r *Runner) forgetEarlier(s *step) error {
	if !isTrue(s.iv, "temporary session") || s.q.Scratch {
		return nil
	}
	for _, w := range s.q.Keys().wrappers() {
		if _, err := r.eraseAll(s.ctx, w.Holder, s.iv.Name, false); err != nil {
			return err
		}
	}
	return nil
}

// allows reports whether the page's own scripts may ask for an action: those
// that the metadata name under "allowed actions", if they name any. The engine's
// own, which can ask for any variable, are no exception.
func allows(iv *interview.Interview, name string) bool {
	list, limited := privileges(iv, "allowed actions")
	return !limited || slices.Contains(list, name)
}
