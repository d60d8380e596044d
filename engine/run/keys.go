package run

import (
	"context"
	"errors"
	"fmt"

	"colloquy/engine/seal"
	"colloquy/engine/session"
)

// Keys are what somebody can open sessions with. The zero Keys open only what
// is open to everybody with its address.
type Keys struct {
	Browser seal.Secret // of an anonymous browser
	Account Owner       // of somebody who is signed in
	// Stranger says that the browser's secret was made for this request: it may
	// never be seen again.
	Stranger bool
}

// An Owner is an account with the key that opens its sessions.
type Owner struct {
	ID  string // the number of the account, "" for nobody's
	Key seal.AccountKey
}

// Keys gives what the asker can open sessions with.
func (q *Request) Keys() Keys {
	return Keys{Browser: q.Secret, Account: q.Account, Stranger: q.Stranger}
}

// Valid reports whether these open anything that others do not.
func (k Keys) Valid() bool { return k.Browser.Valid() || k.Account.Key.Valid() }

// A wrapper closes and opens data keys for a holder.
type wrapper struct {
	Holder
	by seal.Holder
}

// wrappers are the holders that these keys are, the account first.
func (k Keys) wrappers() []wrapper {
	var all []wrapper
	if k.Account.Key.Valid() {
		all = append(all, wrapper{Holder{Kind: HolderAccount, ID: k.Account.ID}, k.Account.Key})
	}
	if k.Browser.Valid() {
		all = append(all, wrapper{Holder{Kind: HolderBrowser, ID: k.Browser.ID()}, k.Browser})
	}
	return all
}

// own reports whether a session has a key of one of these holders.
func (k Keys) own(stored *Stored) bool {
	for _, w := range k.wrappers() {
		if _, ok := stored.Key(w.Holder); ok {
			return true
		}
	}
	return false
}

// wrap closes a data key for whom a session of these keys belongs to: the
// account, else the browser, else nobody. via says how it came to that.
func (k Keys) wrap(d seal.DataKey, id, via string) []Key {
	for _, w := range k.wrappers() {
		return []Key{{Holder: w.Holder, Wrapped: w.by.Wrap(d, id), Via: via}}
	}
	return nil
}

// dataKey opens the session's key with what the asker holds: the key of the
// account, the browser's secret, or nothing if the session is open to everybody
// with its address. A key that does not fit any more, since the account's was
// lost, is none.
func (r *Runner) dataKey(stored *Stored, keys Keys) (seal.DataKey, error) {
	d, _, err := r.opens(stored, keys)
	return d, err
}

// opens is dataKey, and tells how the asker came by what he holds; "" if the
// session is his own.
func (r *Runner) opens(stored *Stored, keys Keys) (d seal.DataKey, via string, err error) {
	for _, w := range keys.wrappers() {
		k, ok := stored.Key(w.Holder)
		if !ok {
			continue
		}
		d, err := w.by.Unwrap(k.Wrapped, stored.Session.ID)
		if w.Kind == HolderAccount && errors.Is(err, seal.ErrWrongKey) {
			continue // the account lost the key it had
		}
		return d, k.Via, err
	}
	if k, ok := stored.Key(sharedHolder); ok {
		d, err := r.ring.Holder(sharedHolder.ID).Unwrap(k.Wrapped, stored.Session.ID)
		return d, ByLink, err
	}
	return seal.DataKey{}, "", notYours()
}

// adopt makes a session of the asker's browser one of the account that he has
// signed in to.
func (q *Request) adopt(stored *Stored, d seal.DataKey, c *Change) {
	if !q.Account.Key.Valid() || !q.Secret.Valid() {
		return
	}
	browser := Holder{Kind: HolderBrowser, ID: q.Secret.ID()}
	had, has := stored.Key(browser)
	if !has {
		return
	}
	via := had.Via
	if own, has := stored.Key(Holder{Kind: HolderAccount, ID: q.Account.ID}); has && via != "" {
		via = own.Via
	}
	c.PutKeys = append(c.PutKeys, Keys{Account: q.Account}.wrap(d, stored.Session.ID, via)...)
	c.DropKeys = append(c.DropKeys, browser)
	if stored.Session.Owner == "" && via == "" {
		c.Owner = &q.Account.ID
	}
}

// A TakingOver is a sign-in of somebody who was anonymous before.
type TakingOver struct {
	Keys              Keys   // the browser's secret so far, and the account
	Stack, NewStack   string // evaluation.Visitor.Stack before and after
	Person, NewPerson string // evaluation.Visitor.Key before and after
}

// TakeOver makes the sessions of an anonymous browser those of an account: one
// key each is wrapped anew, and what belonged to the visitor becomes the
// account's. It returns how many there were.
func (r *Runner) TakeOver(ctx context.Context, t TakingOver) (int, error) {
	if err := t.handOver(ctx, r); err != nil {
		return 0, err
	}
	holder := Holder{Kind: HolderBrowser, ID: t.Keys.Browser.ID()}
	for n := 0; ; {
		list, err := r.store.Sessions(ctx, holder, Page{})
		if err != nil {
			return n, fmt.Errorf("find the sessions of a browser: %w", err)
		}
		if len(list) == 0 {
			return n, nil
		}
		for _, l := range list {
			idle, err := r.idle(ctx, &l.Session, &t)
			switch {
			case err != nil:
			case idle:
				err = r.store.DropKey(ctx, l.Session.ID, holder, DropPending)
			default:
				n++
				err = r.takeOver(ctx, l.Session.ID, &t)
			}
			if err != nil && !errors.Is(err, ErrNotFound) {
				return n, fmt.Errorf("take a session over: %w", err)
			}
		}
	}
}

// idle reports whether a session has only been looked at, while the account has
// one of the same interview: whoever opens an interview and then signs in wants
// to go on with his own, unless he asked for a new one or its address had
// something to tell it.
func (r *Runner) idle(ctx context.Context, s *Session, t *TakingOver) (bool, error) {
	if s.Head > 1 {
		return false, nil
	}
	id, err := r.Latest(ctx, t.Keys.Account.ID, s.Interview)
	if id == "" || err != nil {
		return false, err
	}
	st, err := r.look(ctx, s.ID, &Request{Secret: t.Keys.Browser})
	if err != nil {
		return false, nil //nolint:nilerr // it is taken over as it is
	}
	defer st.close()
	return !st.input.Wanted && len(st.urlArgs()) == 0, nil
}

// takeOver takes one session over. One whose interview cannot be read any more
// is taken over all the same, as it is.
func (r *Runner) takeOver(ctx context.Context, id string, t *TakingOver) error {
	q := &Request{Session: id, Secret: t.Keys.Browser, Account: t.Keys.Account}
	for c := (contest{}); ; {
		stored, err := r.load(ctx, id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("load a session to take over: %w", err)
		}
		err = r.takeOnce(ctx, stored, q, t)
		if err == nil || !isStale(err) || !c.again(ctx) {
			return err
		}
	}
}

func (r *Runner) takeOnce(ctx context.Context, stored *Stored, q *Request, t *TakingOver) error {
	key, err := r.dataKey(stored, q.Keys())
	if err != nil {
		return fmt.Errorf("open a session to take over: %w", err)
	}
	iv, err := r.programs.Interview(ctx, stored.Session.Interview)
	if err == nil {
		q.Interview = iv.Name
		s := &step{r: r, ctx: ctx, q: q, iv: iv, now: r.clock.Now().UTC(), stored: stored, key: key, box: key.Box(stored.Session.ID)}
		if s.read() == nil && t.move(s.state) {
			enc, err := s.image.Encode(s.state)
			if err != nil {
				return s.failure(err)
			}
			return s.saveStored(enc, s.input, Caused{}, Overwrite)
		}
	}
	c := Change{Session: stored.Session.ID, Rev: stored.Session.Rev, At: stored.Session.Active, Mode: Keep}
	q.adopt(stored, key, &c)
	if err := r.store.Save(ctx, c); err != nil {
		return fmt.Errorf("take a session over: %w", err)
	}
	return nil
}

// move gives the account what was the visitor's, and reports whether there was
// anything.
func (t *TakingOver) move(st *session.State) (moved bool) {
	b := st.Book
	if had := b.Stacks[t.Stack]; len(had) > 0 {
		b.Stacks[t.NewStack] = append(b.Stacks[t.NewStack], had...)
		delete(b.Stacks, t.Stack)
		moved = true
	}
	if had, ok := b.SessionLocal[t.Stack]; ok {
		b.SessionLocal[t.NewStack] = had
		delete(b.SessionLocal, t.Stack)
		moved = true
	}
	if had, ok := b.UserLocal[t.Person]; ok {
		if _, taken := b.UserLocal[t.NewPerson]; !taken {
			b.UserLocal[t.NewPerson] = had
		}
		delete(b.UserLocal, t.Person)
		moved = true
	}
	return moved
}

// Latest finds the session of an interview that an account was in last, ""  if
// there is none.
func (r *Runner) Latest(ctx context.Context, account, interview string) (string, error) {
	return r.store.Latest(ctx, Holder{Kind: HolderAccount, ID: account}, interview)
}

// EraseAll erases the sessions of an account or a browser: its keys to them, and
// those that nobody else has a key to as a whole; all of them with shared set. It
// returns how many it let go of.
func (r *Runner) EraseAll(ctx context.Context, holder Holder, shared bool) (int, error) {
	return r.eraseAll(ctx, holder, "", shared)
}

// eraseAll is EraseAll for the sessions of one interview, or of all with "".
func (r *Runner) eraseAll(ctx context.Context, holder Holder, interview string, shared bool) (int, error) {
	for n := 0; ; {
		list, err := r.store.Sessions(ctx, holder, Page{Interview: interview})
		if err != nil {
			return n, fmt.Errorf("find the sessions of somebody: %w", err)
		}
		if len(list) == 0 {
			return n, nil
		}
		for _, l := range list {
			if shared {
				err = r.store.Delete(ctx, l.Session.ID, DeliverPending)
			} else {
				err = r.store.DropKey(ctx, l.Session.ID, holder, DeliverPending)
			}
			if err != nil && !errors.Is(err, ErrNotFound) {
				return n, fmt.Errorf("erase a session: %w", err)
			}
			n++
		}
	}
}
