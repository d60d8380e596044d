package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"colloquy/engine/run"
)

// tables lists ours, whatever the database.
func (b *bench) tables(t testing.TB) []string {
	t.Helper()
	q := "select table_name from information_schema.tables where table_schema = 'public'"
	if b.address[0] == '/' {
		q = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
	}
	var all, ours []string
	check(t, b.Writer().Select(&all, q+" order by 1"))
	for _, name := range all {
		if name != "goose_db_version" {
			ours = append(ours, name)
		}
	}
	if len(ours) < 6 {
		t.Fatalf("tables are %v", ours)
	}
	return ours
}

// wantRows compares the number of rows in every table; those not named are
// empty, but for the leftovers, which TestLeftovers is about.
func (b *bench) wantRows(t *testing.T, want map[string]int) {
	t.Helper()
	for _, name := range b.tables(t) {
		if name == "leftovers" {
			continue
		}
		var n int
		check(t, b.Writer().Get(&n, "select count(*) from "+name))
		if n != want[name] {
			t.Errorf("%d rows in %s, want %d", n, name, want[name])
		}
	}
}

// fill stores a session with something in every table, and a mail already
// claimed beside one delivered and one that waits.
func (b *bench) fill(t *testing.T, id string) {
	t.Helper()
	b.begin(t, id)
	c := newStep(id, 1, full(2, 2))
	c.Results = []run.Result{{Token: id + " hash", Body: []byte("json"), Expires: noon.Add(time.Minute)}}
	c.Used = []run.Token{{ID: "click", Expires: noon.Add(time.Hour)}}
	c.Tasks = []run.Task{{ID: id + " task", Visitor: "v", Body: []byte("body")}}
	for _, key := range []string{" done", " claimed", " waiting"} {
		c.Effects = append(c.Effects, run.Effect{Key: id + key, Kind: "mail", Body: []byte("body")})
	}
	check(t, b.Save(t.Context(), c))
	for _, key := range []string{" done", " claimed"} {
		if _, err := b.ClaimEffect(t.Context(), id+key, noon, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	check(t, b.SettleEffect(t.Context(), delivered(id+" done", 1)))
}

// filled are the rows of one session made by fill.
var filled = map[string]int{"sessions": 1, "steps": 2, "keys": 1, "results": 1, "used_tokens": 1, "effects": 3, "tasks": 1}

func TestDeleteLeavesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.fill(t, "s")
		b.wantRows(t, filled)
		check(t, b.Delete(t.Context(), "s", run.DropPending))
		b.wantRows(t, nil)
	})
}

func TestDeleteTouchesNoNeighbour(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.fill(t, "s")
		b.fill(t, "s2")
		check(t, b.Delete(t.Context(), "s", run.DropPending))
		b.wantRows(t, filled)
	})
}

func TestDeletedSessionMayStillDeliver(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.fill(t, "s")
		check(t, b.Delete(ctx, "s", run.DeliverPending))
		b.wantRows(t, map[string]int{"effects": 2})
		check(t, b.SettleEffect(ctx, delivered("s claimed", 1)))
		e, err := b.ClaimEffect(ctx, "s waiting", noon, time.Minute)
		check(t, err)
		if string(e.Body) != "body" || e.Session != "s" {
			t.Errorf("claimed %+v", e)
		}
		check(t, b.SettleEffect(ctx, run.Settlement{Key: "s waiting", Claim: 1, State: run.EffectWaiting, At: noon}))
		_, err = b.ClaimEffect(ctx, "s waiting", noon, time.Minute)
		check(t, err)
		check(t, b.SettleEffect(ctx, run.Settlement{Key: "s waiting", Claim: 2, State: run.EffectFailed, At: noon}))
		b.wantRows(t, map[string]int{"effects": 1}) // for an administrator to see
		_, err = b.Expire(ctx, noon.Add(run.KeptFor), 10)
		check(t, err)
		b.wantRows(t, nil)
	})
}

func TestLastPersonTakesTheSessionAlong(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.fill(t, "s")
		shared := run.Holder{Kind: run.HolderRing, ID: "shared"}
		account := run.Holder{Kind: run.HolderAccount, ID: "7"}
		c := keep("s", 2)
		c.PutKeys = []run.Key{{Holder: shared, Wrapped: []byte("r")}, {Holder: account, Wrapped: []byte("a")}}
		check(t, b.Save(ctx, c))

		check(t, b.DropKey(ctx, "s", ana, run.DropPending))
		if _, err := b.Load(ctx, "s"); err != nil {
			t.Errorf("gone while an account has a key: %v", err)
		}
		wantErr(t, b.DropKey(ctx, "s", ana, run.DropPending), run.ErrNotFound)
		check(t, b.DropKey(ctx, "s", account, run.DropPending))
		b.wantRows(t, nil)

		b.begin(t, "s")
		c = keep("s", 1)
		c.PutKeys, c.DropKeys = []run.Key{{Holder: shared, Wrapped: []byte("r")}}, []run.Holder{ana}
		check(t, b.Save(ctx, c))
		check(t, b.DropKey(ctx, "s", shared, run.DropPending))
		if _, err := b.Load(ctx, "s"); err != nil {
			t.Errorf("gone with a grant: %v", err)
		}
	})
}

func TestExpire(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		at := func(m int) *time.Time { v := noon.Add(time.Duration(m) * time.Minute); return &v }
		for i, id := range []string{"a", "b", "c"} {
			b.fill(t, id)
			c := keep(id, 2)
			c.Expires = at(i) // "a" now, "b" in a minute, "c" in two
			c.PutKeys = []run.Key{{Holder: run.Holder{Kind: run.HolderRing, ID: "job"}, Wrapped: []byte("r"), Expires: *at(30)}}
			check(t, b.Save(ctx, c))
		}
		b.fill(t, "d") // never
		for _, tt := range []struct {
			minute, limit int
			want          run.Erased
			left          string
		}{
			{-1, 10, run.Erased{}, "a b c d"},
			{0, 10, run.Erased{Sessions: 1}, "b c d"},
			{1, 10, run.Erased{Sessions: 1, Results: 2}, "c d"},
			{30, 0, run.Erased{Keys: 1}, "c d"},
			{60, 10, run.Erased{Sessions: 1, Tokens: 1}, "d"},
			{60, 10, run.Erased{}, "d"},
		} {
			got, err := b.Expire(ctx, *at(tt.minute), tt.limit)
			check(t, err)
			var left []string
			check(t, b.Writer().Select(&left, "select id from sessions order by id"))
			if got != tt.want || strings.Join(left, " ") != tt.left {
				t.Errorf("minute %d: erased %+v, left %v; want %+v, %s", tt.minute, got, left, tt.want, tt.left)
			}
		}
		b.wantRows(t, map[string]int{"sessions": 1, "steps": 2, "keys": 1, "effects": 3, "tasks": 1})
	})
}

func TestExpireTakesNoMoreThanTold(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		for i := range 5 {
			c := creation(fmt.Sprint(i))
			c.Session.Expires = noon
			check(t, b.Create(t.Context(), c))
		}
		for _, want := range []int64{2, 2, 1, 0} {
			got, err := b.Expire(t.Context(), noon, 2)
			check(t, err)
			if got.Sessions != want {
				t.Errorf("erased %d sessions, want %d", got.Sessions, want)
			}
		}
	})
}
