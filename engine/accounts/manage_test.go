package accounts_test

import (
	"encoding/base32"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"colloquy/engine/accounts"
)

const factors = "two factor authentication: {allowed for: [user, admin], required for: [admin]}\n"

// app is the code that an app shows for a factor.
func (d *desk) app(f *accounts.Factor) string {
	d.t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(f.Secret)
	check(d.t, err)
	return accounts.CodeAt(secret, d.now)
}

func TestSecondFactor(t *testing.T) {
	onBoth(t, factors, func(t *testing.T, d *desk) {
		v := d.register(ana, word)
		f, err := d.NewFactor(v)
		check(t, err)
		if u, err := url.Parse(f.URL); err != nil || u.Scheme != "otpauth" || u.Query().Get("secret") != f.Secret || u.Query().Get("issuer") != "Colloquy" {
			t.Errorf("the address for the app is %s", f.URL)
		}
		_, _, _, err = d.SetFactor(t.Context(), v, f.Sealed, "000000")
		wantMistake(t, err, "invalid")
		codes, _, _, err := d.SetFactor(t.Context(), v, f.Sealed, d.app(f))
		check(t, err)
		if len(codes) != 10 {
			t.Errorf("%d recovery codes", len(codes))
		}
		d.now = d.now.Add(time.Minute)
		half, secret, err := d.signIn(ana, word, home)
		check(t, err)
		if half.SignedIn() || half.Login.Stage != accounts.StageFactor {
			t.Fatalf("the password alone gives stage %q", half.Login.Stage)
		}
		whole, next, err := d.GiveFactor(t.Context(), half, d.app(f), home)
		check(t, err)
		if !whole.SignedIn() || !whole.Key.Same(v.Key) {
			t.Error("not signed in with the code")
		}
		if old, err := d.Visit(t.Context(), secret); old != nil || err != nil {
			t.Errorf("the half login is still there: %v, %v", old, err)
		}
		if seen, err := d.Visit(t.Context(), next); err != nil || !seen.SignedIn() {
			t.Errorf("the whole login is not: %v", err)
		}
		t.Run("replay", func(t *testing.T) {
			half, _, err := d.signIn(ana, word, home)
			check(t, err)
			_, _, err = d.GiveFactor(t.Context(), half, d.app(f), home)
			wantMistake(t, err, "invalid")
		})
		t.Run("recovery code once", func(t *testing.T) {
			half, _, err := d.signIn(ana, word, home)
			check(t, err)
			_, _, err = d.GiveFactor(t.Context(), half, strings.ToLower(codes[3]), home)
			check(t, err)
			half, _, err = d.signIn(ana, word, home)
			check(t, err)
			_, _, err = d.GiveFactor(t.Context(), half, codes[3], home)
			wantMistake(t, err, "invalid")
		})
		t.Run("without", func(t *testing.T) {
			check(t, d.DropFactor(t.Context(), whole))
			v, _, err := d.signIn(ana, word, home)
			check(t, err)
			if !v.SignedIn() {
				t.Error("a factor is wanted that was switched off")
			}
		})
	})
}

func TestSecondFactorWhereItIsRequired(t *testing.T) {
	onBoth(t, factors, func(t *testing.T, d *desk) {
		_, _, err := d.Establish(t.Context(), accounts.Newcomer{Email: ana, Password: word, Privileges: []string{accounts.Admin}})
		check(t, err)
		half, _, err := d.signIn(ana, word, home)
		check(t, err)
		if half.Login.Stage != accounts.StageSetup {
			t.Fatalf("stage %q", half.Login.Stage)
		}
		f, err := d.NewFactor(half)
		check(t, err)
		_, whole, _, err := d.SetFactor(t.Context(), half, f.Sealed, d.app(f))
		check(t, err)
		if !whole.SignedIn() {
			t.Error("not signed in after setting it up")
		}
		wantErr(t, d.DropFactor(t.Context(), whole), accounts.ErrForbidden)
	})
}

func (d *desk) establish(email string, privileges ...string) *accounts.Account {
	d.t.Helper()
	a, _, err := d.Establish(d.t.Context(), accounts.Newcomer{Email: email, Password: word, Privileges: privileges})
	check(d.t, err)
	return a
}

func TestWhoMayDoWhat(t *testing.T) {
	onBoth(t, "permissions: {clerk: [create_user, access_user_info, edit_user_privileges], anonymous: [template_parse]}\n", func(t *testing.T, d *desk) {
		check(t, d.AddPrivilege(t.Context(), "clerk"))
		admin := d.establish("admin@example.com", accounts.Admin)
		clerk := d.establish("clerk@example.com", "clerk")
		user := d.establish("user@example.com")
		for _, tt := range []struct {
			by         *accounts.Account
			permission string
			want       bool
		}{
			{admin, "delete_user", true}, {clerk, "create_user", true}, {clerk, "delete_user", false},
			{user, "create_user", false}, {nil, "template_parse", true}, {nil, "create_user", false},
		} {
			if got := d.May(tt.by, tt.permission); got != tt.want {
				t.Errorf("%v may %s: %v", tt.by, tt.permission, got)
			}
		}
		for _, tt := range []struct {
			name string
			by   *accounts.Account
			give []string
			want error
		}{
			{"clerk makes a user", clerk, []string{"user"}, nil}, {"clerk makes an admin", clerk, []string{"admin"}, accounts.ErrForbidden},
			{"clerk makes a developer", clerk, []string{"developer"}, accounts.ErrForbidden},
			{"user makes a user", user, nil, accounts.ErrForbidden}, {"visitor makes a user", nil, nil, accounts.ErrForbidden},
			{"admin makes an admin", admin, []string{"admin"}, nil},
		} {
			_, _, err := d.Create(t.Context(), tt.by, accounts.Newcomer{Email: strings.ReplaceAll(tt.name, " ", "") + "@example.com", Privileges: tt.give})
			if !errors.Is(err, tt.want) {
				t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
			}
		}
		up := []string{"admin"}
		wantErr(t, d.Set(t.Context(), clerk, user, accounts.Edit{Privileges: &up}), accounts.ErrForbidden)
		wantErr(t, d.Set(t.Context(), clerk, clerk, accounts.Edit{Privileges: &up}), accounts.ErrForbidden)
		wantErr(t, d.Set(t.Context(), user, admin, accounts.Edit{Profile: map[string]string{"first_name": "X"}}), accounts.ErrForbidden)
		down := []string{"user"}
		wantErr(t, d.Set(t.Context(), admin, admin, accounts.Edit{Privileges: &down}), accounts.ErrForbidden)
		check(t, d.Set(t.Context(), admin, user, accounts.Edit{Privileges: &up, Profile: map[string]string{"first_name": "Una"}}))
		again, err := d.Find(t.Context(), admin, 0, "USER@example.com")
		check(t, err)
		if again.FirstName != "Una" || !again.Has("admin") {
			t.Errorf("after the change: %+v", again)
		}
		_, err = d.Find(t.Context(), clerk, 0, "nobody@example.com")
		wantErr(t, err, accounts.ErrNotFound)
		check(t, d.DropPrivilege(t.Context(), "clerk"))
		all, err := d.Privileges(t.Context())
		check(t, err)
		if slices.Contains(all, "clerk") {
			t.Errorf("still there: %v", all)
		}
	})
}

func TestInvitation(t *testing.T) {
	onBoth(t, withMail+"allow registration: false\n", func(t *testing.T, d *desk) {
		_, _, err := d.Register(t.Context(), accounts.Registration{Email: ana, Password: word, From: home, Links: d})
		wantMistake(t, err, "invite only")
		admin := d.establish("admin@example.com", accounts.Admin)
		in, err := d.Invite(t.Context(), admin, accounts.Invitation{Email: ana, Privilege: "customer", Mail: true}, d)
		check(t, err)
		if !in.Sent {
			t.Error("not mailed")
		}
		code := d.code()
		reg := accounts.Registration{Email: "eve@example.com", Password: word, Invite: code, From: home, Links: d}
		_, _, err = d.Register(t.Context(), reg)
		wantMistake(t, err, "another e-mail address")
		reg.Email = ana
		v, _, err := d.Register(t.Context(), reg)
		check(t, err)
		if !v.SignedIn() || !v.Account.Has("customer") || v.Account.Confirmed.IsZero() {
			t.Errorf("the invited account: %+v", v.Account)
		}
		reg.Email = "bob@example.com"
		_, _, err = d.Register(t.Context(), reg)
		wantMistake(t, err, "Invalid invitation token")
	})
}

func TestFirstAdministrator(t *testing.T) {
	onBoth(t, "", func(t *testing.T, d *desk) {
		code, err := d.First(t.Context())
		check(t, err)
		_, _, err = d.MakeFirst(t.Context(), "wrong", accounts.Newcomer{Email: ana, Password: word})
		wantErr(t, err, accounts.ErrLink)
		v, _, err := d.MakeFirst(t.Context(), code, accounts.Newcomer{Email: ana, Password: word})
		check(t, err)
		if !v.SignedIn() || !v.Account.Has(accounts.Admin) {
			t.Errorf("the first administrator: %+v", v.Account)
		}
		_, _, err = d.MakeFirst(t.Context(), code, accounts.Newcomer{Email: "eve@example.com", Password: word})
		wantErr(t, err, accounts.ErrLink)
		if again, err := d.First(t.Context()); again != "" || err != nil {
			t.Errorf("a second link: %q, %v", again, err)
		}
	})
}
