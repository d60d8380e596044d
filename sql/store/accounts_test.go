package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/run"
)

func TestLatestIsTheOneWrittenLast(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		holder := run.Holder{Kind: run.HolderAccount, ID: "7"}
		if id, err := b.Latest(t.Context(), holder, "demo:veg.yml"); id != "" || err != nil {
			t.Errorf("of none: %q, %v", id, err)
		}
		for i, id := range []string{"old", "new", "others", "elsewhere"} {
			c := creation(id)
			c.Session.Active = noon.Add(time.Duration(i) * time.Minute)
			c.Keys = []run.Key{{Holder: holder, Wrapped: []byte("w")}}
			switch id {
			case "others":
				c.Keys[0].ID = "8"
			case "elsewhere":
				c.Session.Interview = "demo:other.yml"
			}
			check(t, b.Create(t.Context(), c))
		}
		id, err := b.Latest(t.Context(), holder, "demo:veg.yml")
		check(t, err)
		if id != "new" {
			t.Errorf("the latest is %q", id)
		}
		change := newStep("old", 1, full(2, 2))
		change.At = noon.Add(time.Hour)
		check(t, b.Save(t.Context(), change))
		if id, err = b.Latest(t.Context(), holder, "demo:veg.yml"); id != "old" || err != nil {
			t.Errorf("after it was written: %q, %v", id, err)
		}
	})
}

// What no session asks for is delivered like the rest, and once.
func TestAskWithoutASession(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		for range 2 {
			check(t, b.Ask(t.Context(), noon, run.Caused{Effects: []run.Effect{{Key: "k", Kind: "mail", Body: []byte("sealed")}}}))
		}
		due, err := b.DueEffects(t.Context(), noon, 10)
		check(t, err)
		if len(due) != 1 || due[0].Key != "k" {
			t.Errorf("due: %+v", due)
		}
		e, err := b.ClaimEffect(t.Context(), "k", noon, time.Minute)
		check(t, err)
		check(t, b.SettleEffect(t.Context(), run.Settlement{Key: "k", Claim: e.Attempts, State: run.EffectDelivered, At: noon}))
		if due, err = b.DueEffects(t.Context(), noon.Add(time.Hour), 10); len(due) != 0 || err != nil {
			t.Errorf("due after the delivery: %+v, %v", due, err)
		}
	})
}

func TestSearchForAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		for i, a := range []accounts.Account{
			{Email: "Ana@Example.com", Profile: accounts.Profile{FirstName: "Ána", LastName: "Öztürk"}, Privileges: []string{"admin", "user"}},
			{Email: "bob_1@example.com", Profile: accounts.Profile{FirstName: "Bob"}},
			{Email: "bobx1@example.com", Profile: accounts.Profile{LastName: "100%"}, Privileges: []string{"user"}},
			{Email: "carl@example.org", Profile: accounts.Profile{FirstName: "Carl", LastName: `Back\slash`}},
		} {
			a.UID, a.Kind, a.Created = string(rune('a'+i)), accounts.Local, noon
			_, err := b.AddAccount(t.Context(), &a, nil, nil)
			check(t, err)
		}
		for _, tt := range []struct {
			q    accounts.Search
			want string
		}{
			{accounts.Search{Limit: 9}, "1 2 3 4"},
			{accounts.Search{Limit: 2}, "1 2"},
			{accounts.Search{After: 2, Limit: 2}, "3 4"},
			{accounts.Search{Before: 4, Limit: 2}, "2 3"},
			{accounts.Search{Before: 2, Limit: 2}, "1"},
			{accounts.Search{Before: 1, Limit: 2}, ""},
			{accounts.Search{Text: "EXAMPLE.COM", Limit: 9}, "1 2 3"},
			{accounts.Search{Text: "ána  öztÜRK", Limit: 9}, "1"},
			{accounts.Search{Text: "bob_1", Limit: 9}, "2"},
			{accounts.Search{Text: "%", Limit: 9}, "3"},
			{accounts.Search{Text: `\`, Limit: 9}, "4"},
			{accounts.Search{Text: "bob", Before: 3, Limit: 9}, "2"},
			{accounts.Search{Text: "' or 1=1 --", Limit: 9}, ""},
		} {
			found, err := b.Search(t.Context(), tt.q)
			check(t, err)
			var ids []string
			for _, a := range found {
				ids = append(ids, a.Number())
				if a.ID == 1 && !slices.Equal(a.Privileges, []string{"admin", "user"}) {
					t.Errorf("%+v: privileges %v", tt.q, a.Privileges)
				}
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("%+v: %s, want %s", tt.q, got, tt.want)
			}
		}
		a, err := b.Account(t.Context(), 2)
		check(t, err)
		a.FirstName = "Robert"
		check(t, b.Change(t.Context(), accounts.Change{Account: 2, Set: a}))
		if found, err := b.Search(t.Context(), accounts.Search{Text: "robert", Limit: 9}); len(found) != 1 || err != nil {
			t.Errorf("under the new name: %v, %v", found, err)
		}
	})
}
