package accounts_test

import (
	"testing"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/run"
	"colloquy/engine/seal"
)

// Accounts, second factors and their recovery codes outlive the server's keys,
// once what they had sealed is sealed again.
func TestAccountsOutliveTheKeysOfTheServer(t *testing.T) {
	onBoth(t, factors, func(t *testing.T, d *desk) {
		const before, after = "the secret of the server so far", "the secret of the server from now on"
		with := func(secret string, older ...string) *accounts.Keeper {
			t.Helper()
			ring, err := seal.SecretRing(secret, older...)
			check(t, err)
			p := d.Parts
			p.Ring = ring
			return accounts.New(p)
		}
		d.Keeper = with(before)
		v := d.register(ana, word)
		f, err := d.NewFactor(v)
		check(t, err)
		codes, _, _, err := d.SetFactor(t.Context(), v, f.Sealed, d.app(f))
		check(t, err)
		_, cookie, err := d.signIn(ana, word, home)
		check(t, err)

		d.Keeper = with(after, before)
		r := run.Resealer{Ring: d.Ring, Store: d.store}
		_, err = r.Run(t.Context())
		check(t, err)
		d.Keeper = with(after)
		if seen, err := d.Visit(t.Context(), cookie); seen == nil || err != nil {
			t.Errorf("whoever was signing in is not known any more: %v", err)
		}
		d.now = d.now.Add(time.Hour)
		for _, code := range []string{d.app(f), codes[0]} {
			half, _, err := d.signIn(ana, word, home)
			check(t, err)
			whole, _, err := d.GiveFactor(t.Context(), half, code, home)
			check(t, err)
			if !whole.Key.Same(v.Key) {
				t.Error("the account has another key")
			}
		}
	})
}
