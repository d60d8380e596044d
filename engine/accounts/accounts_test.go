package accounts_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/ports"
	"colloquy/engine/seal"
	"colloquy/sql/pgtest"
	"colloquy/sql/store"
)

// A desk is a Keeper with everything around it, and a clock that the test moves.
type desk struct {
	*accounts.Keeper
	t     *testing.T
	store *store.Store
	now   time.Time
	mu    sync.Mutex
	mails []ports.Mail
}

const quick = "password hashing: {memory: 64 KiB, passes: 1, threads: 1, at once: 2}\n"

// onBoth runs a test on both databases.
func onBoth(t *testing.T, settings string, test func(t *testing.T, d *desk)) {
	for name, address := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "a.sqlite") },
		"postgres": func(t testing.TB) string { return pgtest.URL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d := &desk{t: t, now: time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)}
			var err error
			d.store, err = store.Open(t.Context(), address(t))
			check(t, err)
			t.Cleanup(func() { check(t, d.store.Close()) })
			ring, err := seal.NewRing(rand.Reader)
			check(t, err)
			cfg, err := config.Parse(config.Source{Name: "config.yml", Text: []byte(quick + settings)})
			check(t, err)
			d.Keeper = accounts.New(accounts.Parts{Store: d.store, Ring: ring, Config: cfg,
				Clock: ports.ClockFunc(func() time.Time { return d.now }),
				Post: func(_ context.Context, m ports.Mail) error {
					d.mu.Lock()
					defer d.mu.Unlock()
					d.mails = append(d.mails, m)
					return nil
				}})
			test(t, d)
		})
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// at is a caller from an address.
func at(address string) accounts.Caller {
	return accounts.Caller{Address: netip.MustParseAddr(address)}
}

var home = at("192.0.2.1")

// Link makes the addresses in mails.
func (d *desk) Link(page, code string) (string, error) {
	return "https://house.example/user/" + page + "/" + url.PathEscape(code), nil
}

const (
	ana  = "ana@example.com"
	word = "correct horse battery"
)

func (d *desk) register(email, password string) *accounts.Visit {
	d.t.Helper()
	v, _, err := d.Register(d.t.Context(), accounts.Registration{Email: email, Password: password, From: home, Links: d})
	check(d.t, err)
	return v
}

func (d *desk) signIn(email, password string, from accounts.Caller) (*accounts.Visit, seal.Secret, error) {
	return d.SignIn(d.t.Context(), accounts.Attempt{Email: email, Password: password, From: from})
}

// code is the secret part of the link in the last mail.
func (d *desk) code() string {
	d.t.Helper()
	if len(d.mails) == 0 {
		d.t.Fatal("nothing was mailed")
	}
	m := regexp.MustCompile(`(?m)^https://house\.example/user/[a-z-]+/(\w+)$`).FindStringSubmatch(d.mails[len(d.mails)-1].Text)
	if m == nil {
		d.t.Fatalf("no link on a line of its own in %q", d.mails[len(d.mails)-1].Text)
	}
	return m[1]
}

func wantMistake(t *testing.T, err error, text string) {
	t.Helper()
	var m *accounts.Mistake
	if !errors.As(err, &m) || !strings.Contains(m.Error(), text) {
		t.Errorf("got %v, want a mistake that says %q", err, text)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
}

const withMail = "mail: {default sender: house@example.com}\n"

func TestRegisterSignOutSignIn(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		first := d.register(ana, word)
		if !first.SignedIn() || first.Account.Email != ana || !first.Account.Has(accounts.User) {
			t.Fatalf("after registering: %+v", first.Account)
		}
		v, secret, err := d.signIn(" ANA@Example.com", word, home)
		check(t, err)
		if !v.Key.Same(first.Key) {
			t.Error("the account has another key after signing in again")
		}
		seen, err := d.Visit(t.Context(), secret)
		check(t, err)
		if seen == nil || !seen.Key.Same(first.Key) || seen.Account.SignedIn != d.now {
			t.Fatalf("the login's secret gives %+v", seen)
		}
		check(t, d.SignOut(t.Context(), seen))
		if gone, err := d.Visit(t.Context(), secret); gone != nil || err != nil {
			t.Errorf("after signing out the secret gives %v, %v", gone, err)
		}
	})
}

func TestAddressesAreUniqueWhateverTheirCase(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		d.register(ana, word)
		_, _, err := d.Register(t.Context(), accounts.Registration{Email: "Ana@EXAMPLE.com", Password: word, From: home, Links: d})
		wantMistake(t, err, "already in use")
		var wg sync.WaitGroup
		made := make(chan bool, 8)
		for range 8 {
			wg.Go(func() {
				_, _, err := d.Register(t.Context(), accounts.Registration{Email: "race@example.com", Password: word, From: home, Links: d})
				made <- err == nil
			})
		}
		wg.Wait()
		close(made)
		n := 0
		for ok := range made {
			if ok {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d accounts were made for one address", n)
		}
	})
}

func TestRegistrationRefuses(t *testing.T) {
	onBoth(t, "authorized registration domains: ['@example.com']\n", func(t *testing.T, d *desk) {
		for _, tt := range []struct{ email, password, want string }{
			{"", word, "Email is required"},
			{"ana", word, "Invalid Email"},
			{"Ana <ana@example.com>", word, "Invalid Email"},
			{"ana@elsewhere.org", word, "not authorized"},
			{ana, "short", "at least ten characters"},
			{ana, ana, "harder to guess"},
			{ana, "aaaaaaaaaaaa", "harder to guess"},
		} {
			_, _, err := d.Register(t.Context(), accounts.Registration{Email: tt.email, Password: tt.password, From: home, Links: d})
			wantMistake(t, err, tt.want)
		}
		_, _, err := d.Register(t.Context(), accounts.Registration{Email: ana, Password: word, Profile: accounts.Profile{FirstName: "<b>"}, From: home, Links: d})
		wantMistake(t, err, "leave out")
		_, _, err = d.Register(t.Context(), accounts.Registration{Email: ana, Password: word, Profile: accounts.Profile{Timezone: "Mars/Phobos"}, From: home, Links: d})
		wantMistake(t, err, "time zone")
	})
}

func TestPasswordRuleInWords(t *testing.T) {
	onBoth(t, "password complexity: {length: 6, lowercase: 1, uppercase: 1, digits: 2}\n", func(t *testing.T, d *desk) {
		want := "Password must be at least six characters long with at least one lowercase letter, at least one uppercase letter and at least two numbers."
		if got := d.PasswordRule(func(phrase string) string { return phrase }); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		for _, tt := range []struct {
			password string
			good     bool
		}{{"Abcd12", true}, {"Abcde1", false}, {"abcd12", false}, {"ABCD12", false}, {"Ab12", false}} {
			if err := d.CheckPassword(tt.password, ana); (err == nil) != tt.good {
				t.Errorf("%s: %v", tt.password, err)
			}
		}
	})
}

func TestConfirmationByMail(t *testing.T) {
	onBoth(t, withMail, func(t *testing.T, d *desk) {
		if v := d.register(ana, word); v != nil {
			t.Fatal("signed in before the address was confirmed")
		}
		var u *accounts.Unconfirmed
		if _, _, err := d.signIn(ana, word, home); !errors.As(err, &u) {
			t.Errorf("signing in unconfirmed: %v", err)
		}
		code := d.code()
		_, _, err := d.Confirm(t.Context(), code, "another password", home)
		wantMistake(t, err, "not the password")
		v, _, err := d.Confirm(t.Context(), code, word, home)
		check(t, err)
		if !v.SignedIn() {
			t.Error("not signed in after the confirmation")
		}
		_, _, err = d.Confirm(t.Context(), code, word, home)
		wantErr(t, err, accounts.ErrLink)
		d.mails = nil
		if v := d.register(ana, "a wholly other one"); v != nil {
			t.Error("registering again signs in")
		}
		if len(d.mails) != 1 || !strings.Contains(d.mails[0].Subject, "Registration attempt") {
			t.Errorf("registering again mailed %v", d.mails)
		}
		if _, _, err := d.signIn(ana, word, home); err != nil {
			t.Errorf("registering again changed the password: %v", err)
		}
	})
}

// Whoever registers with an address of others gets nothing by their confirming it.
func TestRegisteringForOthersGainsNothing(t *testing.T) {
	onBoth(t, withMail, func(t *testing.T, d *desk) {
		d.register(ana, "password of a thief")
		d.register(ana, word) // the owner
		v, _, err := d.Confirm(t.Context(), d.code(), word, home)
		check(t, err)
		if _, _, err := d.signIn(ana, "password of a thief", home); err == nil {
			t.Error("the first password works, too")
		}
		check(t, d.SignOut(t.Context(), v))
	})
}

func TestChangeOfPasswordRewritesOneRow(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		_, other, err := d.signIn(ana, word, home)
		check(t, err)
		wantMistake(t, d.ChangePassword(t.Context(), v, "wrong", "a wholly new one", home), "not your password")
		check(t, d.ChangePassword(t.Context(), v, word, "a wholly new one", home))
		if _, _, err := d.signIn(ana, word, home); err == nil {
			t.Error("the old password still works")
		}
		now, _, err := d.signIn(ana, "a wholly new one", home)
		check(t, err)
		if !now.Key.Same(v.Key) {
			t.Error("the account's key changed with the password")
		}
		if still, err := d.Visit(t.Context(), other); still != nil || err != nil {
			t.Errorf("a login elsewhere survived: %v, %v", still, err)
		}
	})
}

func TestResetWithAndWithoutRecoveryCode(t *testing.T) {
	onBoth(t, withMail+"confirm registration: false\n", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		recovery, err := d.NewRecovery(t.Context(), v)
		check(t, err)
		check(t, d.Forgot(t.Context(), "nobody@example.com", home, d))
		if len(d.mails) != 0 {
			t.Fatalf("mail for an address without account: %v", d.mails)
		}
		check(t, d.Forgot(t.Context(), ana, home, d))
		code := d.code()
		r, err := d.Resetting(t.Context(), code)
		check(t, err)
		if !r.Recovery || r.Email != ana {
			t.Errorf("the page is told %+v", r)
		}
		wantMistake(t, d.Reset(t.Context(), code, "a wholly new one", "ABCDE-12345", home), "recovery code")
		check(t, d.Reset(t.Context(), code, "a wholly new one", strings.ToLower(recovery), home))
		wantErr(t, d.Reset(t.Context(), code, "yet another one", recovery, home), accounts.ErrLink)
		got, _, err := d.signIn(ana, "a wholly new one", home)
		check(t, err)
		if !got.Key.Same(v.Key) {
			t.Error("the key was lost in spite of the recovery code")
		}
		check(t, d.Forgot(t.Context(), ana, home, d))
		check(t, d.Reset(t.Context(), d.code(), "without a code", "", home))
		got, _, err = d.signIn(ana, "without a code", home)
		check(t, err)
		if got.Key.Same(v.Key) {
			t.Error("a mail alone opened the old key")
		}
		if has, err := d.HasRecovery(t.Context(), got); has || err != nil {
			t.Errorf("the recovery code of the old key is kept: %v, %v", has, err)
		}
	})
}

func TestLinksExpire(t *testing.T) {
	onBoth(t, withMail+"confirm registration: false\n", func(t *testing.T, d *desk) {
		d.register(ana, word)
		check(t, d.Forgot(t.Context(), ana, home, d))
		code := d.code()
		d.now = d.now.Add(48*time.Hour + time.Second)
		_, err := d.Resetting(t.Context(), code)
		wantErr(t, err, accounts.ErrLink)
		wantErr(t, d.Reset(t.Context(), code, "a wholly new one", "", home), accounts.ErrLink)
		_, err = d.Resetting(t.Context(), "")
		wantErr(t, err, accounts.ErrLink)
	})
}

func TestChangeOfAddress(t *testing.T) {
	onBoth(t, withMail+"confirm registration: false\n", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		d.register("bob@example.com", word)
		check(t, d.ChangeEmail(t.Context(), v, word, "ana@new.example", home, d))
		if len(d.mails) != 2 || d.mails[0].To[0] != ana || d.mails[1].To[0] != "ana@new.example" {
			t.Fatalf("mailed %v", d.mails)
		}
		check(t, d.ConfirmEmail(t.Context(), d.code()))
		if _, _, err := d.signIn("ana@new.example", word, home); err != nil {
			t.Errorf("the new address: %v", err)
		}
		if _, _, err := d.signIn(ana, word, home); err == nil {
			t.Error("the old address still signs in")
		}
		d.mails = nil
		check(t, d.ChangeEmail(t.Context(), v, word, "BOB@example.com", home, d))
		if got := d.mails[1].Subject; !strings.Contains(got, "Registration attempt") {
			t.Errorf("to an address that is taken went %q", got)
		}
	})
}

func TestGuessingIsSlowedDownAndLocksNobodyOut(t *testing.T) {
	onBoth(t, "attempt limit: 3\nban period: 3600\n", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		known := accounts.Caller{Address: home.Address, Known: []string{d.Proof(v.Account)}}
		for range 3 {
			_, _, err := d.signIn(ana, "a guess", home)
			wantMistake(t, err, "not right")
		}
		wantWait(t, d, ana, home, time.Minute)
		if _, _, err := d.signIn(ana, word, home); err == nil {
			t.Error("while one has to wait, the right password is looked at")
		}
		if _, _, err := d.signIn(ana, word, at("198.51.100.7")); err != nil {
			t.Errorf("another address is locked out: %v", err)
		}
		if _, _, err := d.signIn(ana, word, known); err != nil {
			t.Errorf("the owner's own browser is locked out at the attacker's address: %v", err)
		}
		d.now = d.now.Add(time.Minute)
		_, _, err := d.signIn(ana, "a guess", home)
		wantMistake(t, err, "not right")
		wantWait(t, d, ana, home, 2*time.Minute)
		d.now = d.now.Add(time.Hour + time.Second)
		if _, _, err := d.signIn(ana, word, home); err != nil {
			t.Errorf("time does not end it: %v", err)
		}
	})
}

func wantWait(t *testing.T, d *desk, email string, from accounts.Caller, want time.Duration) {
	t.Helper()
	var w *accounts.Wait
	if _, _, err := d.signIn(email, "a guess", from); !errors.As(err, &w) || w.For != want {
		t.Errorf("got %v (%+v), want to wait %s", err, w, want)
	}
}

func TestSprayingFromOneAddressIsSlowedDown(t *testing.T) {
	onBoth(t, "attempt limit: 5\n", func(t *testing.T, d *desk) {
		refused := 0
		for i := range 20 {
			var w *accounts.Wait
			_, _, err := d.signIn("person"+string(rune('a'+i))+"@example.com", "Summer2026!", at("2001:db8::1"))
			if errors.As(err, &w) {
				refused++
			}
		}
		if refused != 15 {
			t.Errorf("%d of 20 accounts could not be tried, want 15", refused)
		}
		var w *accounts.Wait
		if _, _, err := d.signIn("more@example.com", "Summer2026!", at("2001:db8::ffff")); !errors.As(err, &w) {
			t.Errorf("a neighbour in the same IPv6 network goes free: %v", err)
		}
	})
}

// Many places together try one account: it stops for browsers that it does not
// know, not for the owner's.
func TestGuessingFromManyPlaces(t *testing.T) {
	onBoth(t, "attempt limit: 2\n", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		known := accounts.Caller{Address: netip.MustParseAddr("203.0.113.9"), Known: []string{d.Proof(v.Account)}}
		tried := 0
		for i := range 40 {
			_, _, err := d.signIn(ana, "a guess", at("10.0."+string(rune('0'+i/10))+"."+string(rune('0'+i%10))))
			var w *accounts.Wait
			if !errors.As(err, &w) {
				tried++
			}
		}
		if tried != 20 {
			t.Errorf("%d of 40 guesses were looked at, want 20", tried)
		}
		if _, _, err := d.signIn(ana, word, known); err != nil {
			t.Errorf("the owner is locked out: %v", err)
		}
	})
}

func TestAttemptsAtTheSameTimeAreCounted(t *testing.T) {
	onBoth(t, "attempt limit: 4\n", func(t *testing.T, d *desk) {
		d.register(ana, word)
		var wg sync.WaitGroup
		var mu sync.Mutex
		looked := 0
		for range 30 {
			wg.Go(func() {
				_, _, err := d.signIn(ana, "a guess", home)
				var w *accounts.Wait
				if !errors.As(err, &w) {
					mu.Lock()
					looked++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if looked != 4 {
			t.Errorf("%d guesses were looked at, want 4", looked)
		}
	})
}

func TestSuccessesDoNotAddUp(t *testing.T) {
	onBoth(t, "attempt limit: 3\n", func(t *testing.T, d *desk) {
		d.register(ana, word)
		for range 10 {
			if _, _, err := d.signIn(ana, word, home); err != nil {
				t.Fatalf("signing in often: %v", err)
			}
		}
	})
}

func TestPasswordsFollowTheConfiguredCosts(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		d.Config.Accounts.Hashing.Memory = 128
		_, _, err := d.signIn(ana, word, home)
		check(t, err)
		locks, err := d.store.Locks(t.Context(), v.Account.ID)
		check(t, err)
		if len(locks) != 1 || !strings.Contains(locks[0].Stretch, "m=128 ") {
			t.Errorf("the lock is %+v", locks)
		}
		again, _, err := d.signIn(ana, word, home)
		check(t, err)
		if !again.Key.Same(v.Key) {
			t.Error("the key is another one")
		}
	})
}

func TestInactiveAccountsAreNobody(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		_, secret, err := d.signIn(ana, word, home)
		check(t, err)
		off := false
		check(t, d.store.Change(t.Context(), accounts.Change{Account: v.Account.ID, Active: &off}))
		if seen, err := d.Visit(t.Context(), secret); seen != nil || err != nil {
			t.Errorf("an inactive account is signed in: %v, %v", seen, err)
		}
		_, _, err = d.signIn(ana, word, home)
		wantMistake(t, err, "not right")
	})
}

func TestDeletedAccountLeavesNothing(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		_, secret, err := d.signIn(ana, word, home)
		check(t, err)
		check(t, d.Delete(t.Context(), v.Account.ID))
		for _, table := range []string{"accounts", "account_locks", "account_privileges", "logins", "account_tokens"} {
			var n int
			check(t, d.store.Writer().Get(&n, "select count(*) from "+table))
			if n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		if seen, err := d.Visit(t.Context(), secret); seen != nil || err != nil {
			t.Errorf("still signed in: %v, %v", seen, err)
		}
	})
}

func TestLoginsEnd(t *testing.T) {
	onBoth(t, "session lifetime seconds: 3600\n", func(t *testing.T, d *desk) {
		d.register(ana, word)
		_, secret, err := d.signIn(ana, word, home)
		check(t, err)
		d.now = d.now.Add(50 * time.Minute)
		if v, err := d.Visit(t.Context(), secret); v == nil || err != nil {
			t.Fatalf("gone after fifty minutes: %v", err)
		}
		d.now = d.now.Add(50 * time.Minute) // used meanwhile
		if v, err := d.Visit(t.Context(), secret); v == nil || err != nil {
			t.Fatalf("gone although it was used: %v", err)
		}
		d.now = d.now.Add(61 * time.Minute)
		if v, err := d.Visit(t.Context(), secret); v != nil || err != nil {
			t.Errorf("there after an hour of nothing: %v, %v", v, err)
		}
		check(t, d.Sweep(t.Context(), d.now))
		var n int
		check(t, d.store.Writer().Get(&n, "select count(*) from logins"))
		if n != 0 { // the one of the registration, too
			t.Errorf("%d logins are left", n)
		}
	})
}
