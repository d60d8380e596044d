package store

import (
	"testing"
	"time"

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
