package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"colloquy/engine/run"
)

// beginAt stores sessions last written so many days before noon.
func (b *bench) beginAt(t testing.TB, days map[string]int) {
	t.Helper()
	for id, n := range days {
		c := creation(id)
		c.Session.Active = noon.AddDate(0, 0, -n)
		check(t, b.Create(t.Context(), c))
	}
}

func names(sessions []run.Session) string {
	var all []string
	for _, v := range sessions {
		all = append(all, v.ID)
	}
	return strings.Join(all, " ")
}

func TestIdleSessionsByPages(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.beginAt(t, map[string]int{"new": 0, "b": 10, "a": 10, "old": 90, "c": 2})
		var last run.Session
		for _, want := range []string{"old a", "b c", ""} {
			page, err := b.Idle(ctx, noon.AddDate(0, 0, -2), last, 2)
			check(t, err)
			if got := names(page); got != want {
				t.Fatalf("got %q, want %q", got, want)
			}
			if len(page) > 0 {
				last = page[len(page)-1]
				if last.Interview != "demo:veg.yml" || last.Active.After(noon) {
					t.Errorf("told %+v", last)
				}
			}
		}
	})
}

func TestOnlyWhatIsStillIdleIsErased(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.fill(t, "s")
		b.beginAt(t, map[string]int{"idle": 100, "back": 100})
		idle, err := b.Idle(ctx, noon.AddDate(0, 0, -50), run.Session{}, 10)
		check(t, err)
		check(t, b.Save(ctx, newStep("back", 1, full(2, 2)))) // somebody comes back meanwhile
		n, err := b.EraseIdle(ctx, append(strings.Fields(names(idle)), "nobody"), noon.AddDate(0, 0, -50))
		check(t, err)
		if n != 1 {
			t.Errorf("erased %d, want 1", n)
		}
		n, err = b.EraseIdle(ctx, []string{"s", "back"}, noon.AddDate(1, 0, 0))
		check(t, err)
		if n != 2 {
			t.Errorf("erased %d, want 2", n)
		}
		b.wantRows(t, nil)
	})
}

// More sessions than one statement takes are erased by several, and only these.
func TestManyAreErasedAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		var ids []string
		for i := range 2*many + 3 {
			ids = append(ids, fmt.Sprint("s", i))
			b.begin(t, ids[i])
			c := newStep(ids[i], 1, full(2, 2))
			c.Effects = []run.Effect{{Key: ids[i], Kind: "mail"}}
			check(t, b.Save(ctx, c))
		}
		n, err := b.EraseIdle(ctx, ids[1:], noon.AddDate(1, 0, 0))
		check(t, err)
		if n != 2*many+2 {
			t.Errorf("erased %d, want %d", n, 2*many+2)
		}
		b.wantRows(t, map[string]int{"sessions": 1, "steps": 2, "keys": 1, "effects": 1})
		left, err := b.Leftovers(ctx, "", 3*many)
		check(t, err)
		if len(left) != 2*many+2 || slices.Contains(left, ids[0]) {
			t.Errorf("%d leftovers are noted", len(left))
		}
		for range 2 {
			check(t, b.Cleared(ctx, left[1:], 2))
		}
		if left, err = b.Leftovers(ctx, "", 10); err != nil || len(left) != 1 {
			t.Errorf("left are %v, %v", left, err)
		}
	})
}

// A session whose files may be left is listed until it was told often enough
// that they are gone, however it came to its end.
func TestLeftovers(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		for _, id := range []string{"by hand", "by age", "by time", "by its last person", "kept"} {
			c := creation(id)
			if id == "by time" {
				c.Session.Expires = noon
			}
			check(t, b.Create(ctx, c))
		}
		check(t, b.Delete(ctx, "by hand", run.DeliverPending))
		check(t, b.DropKey(ctx, "by its last person", ana, run.DropPending))
		_, err := b.Expire(ctx, noon, 10)
		check(t, err)
		_, err = b.EraseIdle(ctx, []string{"by age"}, noon)
		check(t, err)

		var all []string
		for last := ""; ; last = all[len(all)-1] {
			page, err := b.Leftovers(ctx, last, 3)
			check(t, err)
			if len(page) == 0 {
				break
			}
			all = append(all, page...)
		}
		if got := strings.Join(all, ", "); got != "by age, by hand, by its last person, by time" {
			t.Fatalf("left: %s", got)
		}
		for pass := 1; pass <= 2; pass++ {
			check(t, b.Cleared(ctx, all[:2], 2))
			left, err := b.Leftovers(ctx, "", 10)
			check(t, err)
			if want := 4 - 2*(pass/2); len(left) != want {
				t.Errorf("after pass %d %d are left, want %d", pass, len(left), want)
			}
		}
	})
}

// BenchmarkEraseIdle tells what erasing a session of ten steps costs, fifty in
// a transaction.
func BenchmarkEraseIdle(b *testing.B) {
	onBothBench(b, func(b *testing.B, s *bench) {
		for b.Loop() {
			b.StopTimer()
			idle := make([]string, 50)
			for i := range idle {
				idle[i] = fmt.Sprint("s", i)
				s.begin(b, idle[i])
				for n := int64(2); n <= 10; n++ {
					check(b, s.Save(b.Context(), newStep(idle[i], n-1, full(n, n))))
				}
			}
			b.StartTimer()
			if n, err := s.EraseIdle(b.Context(), idle, noon.Add(time.Hour)); err != nil || n != 50 {
				b.Fatal(n, err)
			}
		}
	})
}

func TestKeptSessionsAreNotErasedByAge(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx, late := t.Context(), noon.AddDate(1, 0, 0)
		b.beginAt(t, map[string]int{"kept": 100, "other": 100})
		keep := func(id string, kept, want bool) {
			t.Helper()
			if found, err := b.Keep(ctx, id, kept); err != nil || found != want {
				t.Errorf("keeping %s: %v, %v", id, found, err)
			}
		}
		keep("kept", true, true)
		keep("nobody", true, false)
		if page, err := b.Idle(ctx, late, run.Session{}, 9); err != nil || names(page) != "other" {
			t.Errorf("idle are %q, %v", names(page), err)
		}
		if n, err := b.EraseIdle(ctx, []string{"kept", "other"}, late); err != nil || n != 1 {
			t.Errorf("erased %d, %v", n, err)
		}
		keep("kept", false, true)
		if n, err := b.EraseIdle(ctx, []string{"kept"}, late); err != nil || n != 1 {
			t.Errorf("erased %d once it was released, %v", n, err)
		}
	})
}
