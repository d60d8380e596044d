package accounts

import (
	"context"
	"slices"
	"time"
)

// noticePeriod is how long before its end the owner of an account that nobody
// uses is told.
const noticePeriod = 7 * 24 * time.Hour

// idlePage is how many accounts are looked at in one go.
const idlePage = 100

// An Ending says which accounts have come to their end, of those that nobody
// uses ("user auto delete").
type Ending struct {
	k     *Keeper
	now   time.Time
	unuse time.Duration // for how long nobody has used them
	link  string        // where their owners sign in, "" if it is not known
}

// Ending returns what ends accounts at a time, nil if none are to be ended. link
// is where people sign in, for their mails.
func (k *Keeper) Ending(now time.Time, link string) *Ending {
	d := k.rules.AutoDelete
	if !d.Enabled || d.Days <= 0 {
		return nil
	}
	return &Ending{k: k, now: now.UTC(), unuse: time.Duration(d.Days) * 24 * time.Hour, link: link}
}

// notice is how long before the end people are told: a week, or half of a
// shorter time.
func (e *Ending) notice() time.Duration { return min(noticePeriod, e.unuse/2) }

// Warn tells the owners of accounts that will be ended, once, and counts them.
// Where no mail can be sent nobody is told.
func (e *Ending) Warn(ctx context.Context) (told int, err error) {
	if !e.k.CanMail() {
		return 0, nil
	}
	err = e.each(ctx, e.now.Add(e.notice()-e.unuse), func(a *IdleAccount) error {
		if !a.Active || a.Warned.After(e.now.Add(-e.unuse)) {
			return nil
		}
		if err := e.k.post(ctx, e.k.letterIdle(&a.Account, e.link, e.now.Add(e.notice()))); err != nil {
			return err
		}
		told++
		return e.k.Store.Warned(ctx, a.ID, e.now)
	})
	return told, err
}

// End closes each account whose time has come, so that nobody can sign in to it
// any more, has its sessions erased, and erases it. It counts them. An account
// that is used meanwhile is left. One whose sessions could not be erased is
// there the next time.
func (e *Ending) End(ctx context.Context, erase func(ctx context.Context, a *Account) error) (ended int, err error) {
	since := e.now.Add(-e.unuse)
	err = e.each(ctx, since, func(a *IdleAccount) error {
		if a.Active && !e.told(a) {
			return nil
		}
		closed, err := e.k.Store.CloseIdle(ctx, a.ID, since)
		if err != nil || !closed {
			return err
		}
		if err := erase(ctx, &a.Account); err != nil {
			return err
		}
		ended++
		return e.k.Store.DeleteAccount(ctx, a.ID)
	})
	return ended, err
}

// told reports whether the owner has had the time to come back after he was
// told, as far as he can be told.
func (e *Ending) told(a *IdleAccount) bool {
	if !e.k.CanMail() {
		return true
	}
	return a.Warned.After(e.now.Add(-e.unuse)) && !a.Warned.After(e.now.Add(-e.notice()))
}

// each goes through the accounts that nobody has used since a time and that have
// no other privileges than those that the configuration lists.
func (e *Ending) each(ctx context.Context, since time.Time, do func(a *IdleAccount) error) error {
	for after := int64(0); ; {
		page, err := e.k.Store.IdleAccounts(ctx, since, after, idlePage)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			a := &page[i]
			after = a.ID
			if slices.ContainsFunc(a.Privileged(), func(p string) bool { return !slices.Contains(e.k.rules.AutoDelete.Privileges, p) }) {
				continue
			}
			if err := do(a); err != nil {
				return err
			}
		}
	}
}
