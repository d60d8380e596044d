package accounts

import (
	"context"
	"net/netip"
	"time"
)

// A Caller is whoever tries something that can be tried too often.
type Caller struct {
	Address netip.Addr // the network address, as far as proxies can be believed
	// Known are the browser's proofs that accounts were signed in to from it
	// before, as Visit.Proof made them.
	Known []string
	// Language is that of the pages that he sees, "" if it is not known.
	Language string
}

// network is what counts as one address: of IPv6, what one household has.
func network(a netip.Addr) string {
	a = a.Unmap()
	if a.Is6() {
		p, err := a.WithZone("").Prefix(64)
		if err == nil {
			return p.String()
		}
	}
	return a.String()
}

const purposeKnown = "known browser"

// proofLife is how long a browser is known by an account.
const proofLife = 400 * 24 * time.Hour

// proof vouches that whoever carries it could sign in to an account.
func (k *Keeper) proof(uid string) string {
	return k.Ring.Sign(purposeKnown, terms(k.now().Add(proofLife)), uid)
}

// knows reports which proof of a caller is good for an account, or "".
func (k *Keeper) knows(c Caller, uid string) string {
	for _, p := range c.Known {
		if _, err := k.Ring.Verify(p, purposeKnown, k.now(), uid); err == nil {
			return p
		}
	}
	return ""
}

// A count is a key under which attempts are counted, and how many go free.
type count struct {
	key  string
	free int
}

// An account's own count is much higher than an address's: it only stops those
// who try one account from many places.
const accountFactor = 10

// counts are what an attempt to open an account counts for. A browser that the
// account knows is counted for itself alone, so that nobody can lock the owner
// out; the others share the counts of their address and of the account.
func (k *Keeper) counts(what string, c Caller, email, uid string) []count {
	limit := k.rules.AttemptLimit
	if p := k.knows(c, uid); uid != "" && p != "" {
		return []count{{k.Ring.Tag("strikes", what, "browser", p), limit}}
	}
	list := []count{{k.Ring.Tag("strikes", what, "both", network(c.Address), fold(email)), limit},
		{k.Ring.Tag("strikes", what, "account", fold(email)), limit * accountFactor}}
	if k.rules.BanAddresses {
		list = append(list, count{k.Ring.Tag("strikes", what, "address", network(c.Address)), limit})
	}
	return list
}

// delay is how long the attempt after n failures has to wait: nothing until the
// free ones are used, then a minute, then twice that each time.
func (k *Keeper) delay(n, free int) time.Duration {
	if n < free {
		return 0
	}
	if over := n - free; over < 20 {
		return min(time.Minute<<over, k.rules.BanPeriod)
	}
	return k.rules.BanPeriod
}

// admit counts an attempt before it is looked at, so that attempts at the same
// time do not slip through. It returns *Wait if it may not be looked at yet.
func (k *Keeper) admit(ctx context.Context, counts []count) error {
	now := k.now()
	for _, c := range counts {
		var wait time.Duration
		ok, err := k.Store.Strike(ctx, c.key, now, now.Add(k.rules.BanPeriod), func(n int, last time.Time) bool {
			wait = last.Add(k.delay(n-1, c.free)).Sub(now)
			return wait <= 0
		})
		if err != nil {
			return err
		}
		if !ok {
			return &Wait{For: wait}
		}
	}
	return nil
}

// forgive undoes the counting after a success. What counts for an address as a
// whole loses this one attempt only: signing in to an account of one's own must
// not wash off the failures at others.
func (k *Keeper) forgive(ctx context.Context, counts []count) error {
	for i, c := range counts {
		err := error(nil)
		if i < 2 {
			err = k.Store.ForgetStrikes(ctx, c.key)
		} else {
			err = k.Store.PardonStrike(ctx, c.key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
