package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"colloquy/engine/seal"
)

// How somebody who is not its owner opens a session. The first two also say how
// somebody came by a key to it.
const (
	ByLink      = "link"      // with its address, while it is open to everybody (multi_user)
	ByLaunch    = "launch"    // with an address that stands for it, whatever it is open to
	ByInterview = "interview" // by code of another session, on behalf of whoever is at that one
)

// An Opening notes that a session was opened by somebody who is not its owner.
// It is kept as long as the session.
type Opening struct {
	ID        int64 // rises from one to the next; set when read
	Session   string
	Interview string // of the session; set when read
	Owner     string // the account that the session belongs to now, "" for nobody's; set when read
	At        time.Time
	By        Holder // the zero Holder: a browser that had never been here before
	How       string // ByLink, ByLaunch, ByInterview, or what the Request said
}

// WantedOpenings says which openings are to be listed.
type WantedOpenings struct {
	Session   string // "" for all
	Interview string // full name; "" for all
	By        Holder // the zero Holder: by anybody
	Since     time.Time
	Before    int64 // only those with a lower ID; 0: the newest
	Limit     int   // 0 means 100
}

// noteAgain is how long somebody who goes on opening a session in the same way
// is not noted once more.
const noteAgain = time.Hour

// asker is who wants to open a session.
type asker struct {
	keys Keys
	by   Holder
	how  string // "" for how he came by his key
}

// asker tells who asks.
func (q *Request) asker() asker {
	a := q.Keys().asker()
	a.how = q.Via
	switch v := &q.Visitor; {
	case a.by.Kind == HolderAccount:
	case v.LoggedIn():
		a.by = Holder{Kind: HolderAccount, ID: v.Key}
	case !q.Secret.Valid() && v.Stack != "": // a background action on behalf of a browser
		a.by = Holder{Kind: HolderBrowser, ID: v.Stack}
	}
	return a
}

func (k Keys) asker() asker {
	a := asker{keys: k}
	switch {
	case k.Account.Key.Valid():
		a.by = Holder{Kind: HolderAccount, ID: k.Account.ID}
	case k.Browser.Valid() && !k.Stranger:
		a.by = Holder{Kind: HolderBrowser, ID: k.Browser.ID()}
	}
	return a
}

// unlock is dataKey for whoever gets to see something of the session: if it is
// not his own, that is noted.
func (r *Runner) unlock(ctx context.Context, stored *Stored, a asker) (seal.DataKey, error) {
	d, via, err := r.opens(stored, a.keys)
	if err != nil {
		return d, err
	}
	if via == "" || a.owns(stored) {
		return d, nil
	}
	now := r.clock.Now().UTC()
	o := Opening{Session: stored.Session.ID, At: now, By: a.by, How: via}
	if a.how != "" {
		o.How = a.how
	}
	if err := r.store.NoteOpening(ctx, o, now.Add(-noteAgain)); err != nil {
		return seal.DataKey{}, err // nobody gets in unseen
	}
	return d, nil
}

// owns reports whether a session belongs to the asker, whatever it was opened with.
func (a *asker) owns(stored *Stored) bool {
	if a.by.Kind == HolderAccount && a.by.ID == stored.Session.Owner {
		return true
	}
	k, has := stored.Key(a.by)
	return has && k.Via == ""
}

// joins reports whether the asker of a step is to have a key of his own to the
// session: he came in because it is open to everybody, or the key he had does
// not fit any more. A browser that may never come back is given none.
func (s *step) joins() bool {
	keys := s.q.Keys()
	if s.q.Scratch || s.q.granted != nil || s.fresh || !keys.Valid() || keys.Stranger && !keys.Account.Key.Valid() {
		return false
	}
	k, has := s.stored.Key(keys.wrappers()[0].Holder)
	if !has {
		return !keys.own(s.stored)
	}
	_, err := keys.wrappers()[0].by.Unwrap(k.Wrapped, s.stored.Session.ID)
	return errors.Is(err, seal.ErrWrongKey)
}

// join makes the asker of a step one of those who take part in the session, so
// that he finds it again and that it is not erased before he leaves it, too.
func (s *step) join() error {
	for c := (contest{}); ; {
		stored, err := s.r.load(s.ctx, s.stored.Session.ID)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("load the session: %w", err)
		}
		if _, open := stored.Key(sharedHolder); !open {
			return nil // it was closed meanwhile
		}
		keys := s.q.Keys()
		put := keys.wrap(s.key, stored.Session.ID, keys.via(stored))
		err = s.r.store.Save(s.ctx, Change{Session: stored.Session.ID, Rev: stored.Session.Rev, At: s.now, Mode: Keep, PutKeys: put})
		if err == nil || !isStale(err) || !c.again(s.ctx) {
			return err
		}
	}
}

// via is how these keys come to open a session that is open to everybody.
func (k Keys) via(stored *Stored) string {
	w := k.wrappers()[0]
	if had, has := stored.Key(w.Holder); has {
		return had.Via
	}
	if w.Kind == HolderAccount && w.ID == stored.Session.Owner {
		return ""
	}
	return ByLink
}

// part takes the asker's own keys to a session away, and the session if nobody
// else has one.
func (r *Runner) part(ctx context.Context, stored *Stored, keys Keys) error {
	for _, w := range keys.wrappers() {
		if _, has := stored.Key(w.Holder); !has {
			continue
		}
		if err := r.store.DropKey(ctx, stored.Session.ID, w.Holder, DeliverPending); err != nil && !errors.Is(err, ErrNotFound) {
			return fmt.Errorf("leave the session: %w", err)
		}
	}
	return nil
}

// closed takes away from those who only came in while a session was open what
// they open it with. Whoever closes it keeps his key; if nobody else had one,
// all do.
func (s *step) closed(c *Change) {
	keys := s.q.Keys()
	c.DropKeys = append(c.DropKeys, sharedHolder)
	if keys.Valid() {
		c.PutKeys = append(c.PutKeys, keys.wrap(s.key, s.stored.Session.ID, keys.via(s.stored))...)
	}
	stays := len(c.PutKeys) > 0
	var guests []Holder
	for _, k := range s.stored.Keys {
		switch {
		case k.Kind == HolderRing || slices.Contains(c.DropKeys, k.Holder):
		case k.Via != ByLink:
			stays = true
		case !slices.ContainsFunc(c.PutKeys, func(p Key) bool { return p.Holder == k.Holder }):
			guests = append(guests, k.Holder)
		}
	}
	if stays {
		c.DropKeys = append(c.DropKeys, guests...)
	}
}

// changed are the keys of a session after a change.
func (c *Change) changed(keys []Key) []Key {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k Key) bool {
		return slices.Contains(c.DropKeys, k.Holder) || slices.ContainsFunc(c.PutKeys, func(p Key) bool { return p.Holder == k.Holder })
	})
	return append(keys, c.PutKeys...)
}

// stays reports whether these keys go on opening a session when it is closed to others.
func (k Keys) stays(stored *Stored) bool {
	for _, w := range k.wrappers() {
		if had, has := stored.Key(w.Holder); has && had.Via != ByLink {
			return true
		}
	}
	return false
}

// launched is how these keys come to open a session by an address that stands for it.
func (k Keys) launched(stored *Stored) string {
	if k.Account.Key.Valid() && k.Account.ID == stored.Session.Owner {
		return ""
	}
	return ByLaunch
}
