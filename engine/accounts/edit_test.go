package accounts_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
)

// Who may do what to an account: each thing that can be done, by each permission
// alone and by each privilege that is built in.
func TestWhoMayDoWhatToAnAccount(t *testing.T) {
	var settings strings.Builder
	for _, permission := range config.PermissionNames() {
		fmt.Fprintf(&settings, "  can %s: [%s]\n", permission, permission)
	}
	onBoth(t, "permissions:\n"+settings.String()+"  remover: [delete_user, access_sessions, edit_sessions]\n"+withMail, func(t *testing.T, d *desk) {
		var who []*accounts.Account
		for i, name := range append(config.PermissionNames(), "remover") {
			if name != "remover" {
				name = "can " + name
			}
			check(t, d.AddPrivilege(t.Context(), name))
			who = append(who, d.establish(fmt.Sprintf("can%d@example.com", i), name))
		}
		for _, name := range []string{"admin", "developer", "advocate", "trainer", "customer", "user"} {
			who = append(who, d.establish("a"+name+"@example.com", name))
		}
		raised := d.establish("raised@example.com", "advocate")
		made := 0
		set := func(e accounts.Edit) func(by, of *accounts.Account) error {
			return func(by, of *accounts.Account) error {
				copied := *of
				return d.Set(t.Context(), by, &copied, e)
			}
		}
		on, pass, names, email := true, "a wholly new one", []string{"user"}, "moved@example.com"
		for _, row := range []struct {
			name    string
			allowed []string // besides admin
			do      func(by, of *accounts.Account) error
		}{
			{"list", []string{"advocate", "can access_user_info"}, func(by, _ *accounts.Account) error {
				_, err := d.List(t.Context(), by, 0, 10, true)
				return err
			}},
			{"search", []string{"advocate", "can access_user_info"}, func(by, _ *accounts.Account) error {
				_, err := d.Search(t.Context(), by, accounts.Search{Limit: 1})
				return err
			}},
			{"find", []string{"advocate", "can access_user_info"}, func(by, of *accounts.Account) error {
				_, err := d.Find(t.Context(), by, of.ID, "")
				return err
			}},
			{"create", []string{"can create_user"}, func(by, _ *accounts.Account) error {
				made++
				_, _, err := d.Create(t.Context(), by, accounts.Newcomer{Email: fmt.Sprintf("made%d@example.com", made)})
				return err
			}},
			{"invite", []string{"can create_user"}, func(by, _ *accounts.Account) error {
				_, err := d.Invite(t.Context(), by, accounts.Invitation{Email: "guest@example.com"}, d)
				return err
			}},
			{"profile", []string{"can edit_user_info"}, set(accounts.Edit{Profile: map[string]string{"first_name": "Una"}})},
			{"address", []string{"can edit_user_info"}, set(accounts.Edit{Email: &email})},
			{"confirmation", []string{"can edit_user_info"}, set(accounts.Edit{Unconfirm: true})},
			{"active", []string{"can edit_user_active_status"}, set(accounts.Edit{Active: &on})},
			{"password", []string{"can edit_user_password"}, set(accounts.Edit{Password: &pass})},
			{"factor", []string{"can edit_user_password"}, set(accounts.Edit{DropFactor: true})},
			{"privileges", []string{"can edit_user_privileges"}, set(accounts.Edit{Privileges: &names})},
			{"delete", []string{"remover"}, func(by, of *accounts.Account) error {
				if !d.MayRemove(by, of) {
					return accounts.ErrForbidden
				}
				return nil
			}},
		} {
			of := d.establish(row.name+"of@example.com", "user")
			email = row.name + "moved@example.com"
			for _, by := range who {
				err := row.do(by, of)
				want := by.Has("admin") || slices.Contains(row.allowed, by.Privileges[0])
				if (err == nil) != want || err != nil && !errors.Is(err, accounts.ErrForbidden) {
					t.Errorf("%s by %v: %v, want it allowed: %v", row.name, by.Privileges, err, want)
				}
				if seeing := slices.Contains([]string{"list", "search", "find", "create", "invite"}, row.name); seeing || by.Has("admin") {
					continue
				}
				if err := row.do(by, raised); !errors.Is(err, accounts.ErrForbidden) {
					t.Errorf("%s of an advocate by %v: %v", row.name, by.Privileges, err)
				}
			}
			if err := row.do(nil, of); !errors.Is(err, accounts.ErrForbidden) {
				t.Errorf("%s by a visitor: %v", row.name, err)
			}
		}
	})
}

// Whoever changes an address of others tells its owner.
func TestAnAddressIsChangedByOthers(t *testing.T) {
	onBoth(t, withMail, func(t *testing.T, d *desk) {
		admin, user := d.establish("admin@example.com", "admin"), d.establish(ana, "user")
		moved := "moved@example.com"
		check(t, d.Set(t.Context(), admin, user, accounts.Edit{Email: &moved}))
		if len(d.mails) != 1 || d.mails[0].To[0] != ana || !strings.Contains(d.mails[0].Text, moved) {
			t.Fatalf("mails: %+v", d.mails)
		}
		if _, _, err := d.signIn(moved, word, home); err != nil {
			t.Errorf("signing in with the new address: %v", err)
		}
		again := "admin@example.com"
		wantMistake(t, d.Set(t.Context(), admin, user, accounts.Edit{Email: &again}), "already in use")
	})
}
