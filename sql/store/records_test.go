package store

import (
	"strconv"
	"testing"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/run"
)

func record(holder, name string) run.Record {
	return run.Record{RecordName: run.RecordName{Holder: holder, Shelf: "store", Name: name}, Lock: run.LockRing,
		Closed: []byte("closed"), Body: []byte("body of " + name), At: noon}
}

func put(r run.Record) []run.RecordChange { return []run.RecordChange{{Record: r}} }

func gone(r run.Record) []run.RecordChange { return []run.RecordChange{{Record: r, Gone: true}} }

func (b *bench) names(t *testing.T, holder string) string {
	t.Helper()
	all, err := b.HolderRecords(t.Context(), holder)
	check(t, err)
	out := ""
	for _, r := range all {
		out += r.Name + " "
	}
	return out
}

func TestRecordsAreComparedAndSwapped(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		r := record("server", "a")
		_, err := b.Record(ctx, r.RecordName)
		wantErr(t, err, run.ErrNotFound)
		check(t, b.ChangeRecords(ctx, put(r)))
		got, err := b.Record(ctx, r.RecordName)
		check(t, err)
		if got.Rev != 1 || string(got.Body) != "body of a" || string(got.Closed) != "closed" || !got.At.Equal(noon) || got.Lock != run.LockRing {
			t.Errorf("got %+v", got)
		}
		wantErr(t, b.ChangeRecords(ctx, put(r)), run.ErrStale) // somebody was quicker
		next := *got
		next.ID, next.Body = 0, []byte("other")
		check(t, b.ChangeRecords(ctx, put(next)))
		wantErr(t, b.ChangeRecords(ctx, put(next)), run.ErrStale)
		wantErr(t, b.ChangeRecords(ctx, gone(next)), run.ErrStale)

		// All or nothing.
		wantErr(t, b.ChangeRecords(ctx, append(put(record("server", "b")), put(next)...)), run.ErrStale)
		if n := b.names(t, "server"); n != "a " {
			t.Errorf("there are %s", n)
		}
		next.Rev = 2
		check(t, b.ChangeRecords(ctx, gone(next)))
		check(t, b.ChangeRecords(ctx, gone(record("server", "never there"))))
		if n := b.names(t, "server"); n != "" {
			t.Errorf("there are %s", n)
		}
		next.Rev = 3
		wantErr(t, b.ChangeRecords(ctx, put(next)), run.ErrStale) // gone is not what was read
	})
}

func TestRecordsComeWithTheStepOrNotAtAll(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		c := newStep("s", 1, full(2, 2))
		c.Records = put(record("server", "a"))
		check(t, b.Save(ctx, c))
		c = newStep("s", 2, full(3, 3))
		c.Records = put(record("server", "a"))
		wantErr(t, b.Save(ctx, c), run.ErrStale)
		stored, err := b.Load(ctx, "s")
		check(t, err)
		if stored.Session.Head != 2 {
			t.Errorf("the head is %d", stored.Session.Head)
		}
	})
}

func TestRecordsAreNumbered(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		var ids []int64
		for _, name := range []string{"x", "y", "z"} {
			r := record("server", name)
			r.Shelf, r.Session = "reserved", "s"
			id, err := b.AddRecord(ctx, r)
			check(t, err)
			ids = append(ids, id)
		}
		if ids[0] >= ids[1] || ids[1] >= ids[2] {
			t.Fatalf("numbers are %v", ids)
		}
		for _, i := range []int{1, 0} {
			r := record("server", string("ab"[i]))
			r.ID, r.Shelf = ids[i], "record:k"
			check(t, b.ChangeRecords(ctx, put(r)))
		}
		list, err := b.Records(ctx, "server", "record:k")
		check(t, err)
		if len(list) != 2 || list[0].ID != ids[0] || list[1].Name != "b" || list[0].Session != "" {
			t.Errorf("got %+v", list)
		}
		elsewhere, there := list[0], list[0]
		elsewhere.Shelf = "record:other"
		check(t, b.ChangeRecords(ctx, append(gone(elsewhere), gone(there)...)))
		check(t, b.ChangeRecords(ctx, gone(there)))
		if n := b.names(t, "server"); n != "b z " {
			t.Errorf("there are %s", n)
		}
	})
}

func TestRecordsThatExpireAreErased(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		r := record("server", "brief")
		r.Expires = noon.Add(time.Minute)
		check(t, b.ChangeRecords(ctx, append(put(r), put(record("server", "long"))...)))
		got, err := b.Record(ctx, r.RecordName)
		check(t, err)
		if !got.Expires.Equal(r.Expires) {
			t.Errorf("expires at %v, want %v", got.Expires, r.Expires)
		}
		longer := *got
		longer.ID, longer.Expires = 0, noon.Add(time.Hour)
		check(t, b.ChangeRecords(ctx, put(longer)))
		for _, when := range []struct {
			after time.Duration
			left  string
		}{{59 * time.Minute, "brief long "}, {time.Hour, "long "}} {
			_, err := b.Expire(ctx, noon.Add(when.after), 10)
			check(t, err)
			if n := b.names(t, "server"); n != when.left {
				t.Errorf("after %s there are %s", when.after, n)
			}
		}
	})
}

func TestRecordsAndSnapshotsGoWithWhatTheyBelongTo(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		of := func(session, name string) run.Record {
			r := record("server", name)
			r.Session, r.Lock, r.Closed = session, run.LockSession, nil
			return r
		}
		check(t, b.ChangeRecords(ctx, append(put(of("s", "goes")), put(of("", "stays"))...)))
		check(t, b.ChangeRecords(ctx, put(of("never", "was stored"))))
		for _, n := range []run.Snapshot{{Key: ""}, {Key: "", JSON: `{"a": 2}`}, {Key: "kept", Persistent: true}, {Key: "", Session: "never"}} {
			n.Interview, n.At = "i", noon
			if n.Session == "" {
				n.Session = "s"
			}
			if n.JSON == "" {
				n.JSON = `{"a": 1}`
			}
			check(t, b.PutSnapshot(ctx, n))
		}
		count := func(where string) (n int) {
			t.Helper()
			check(t, b.Writer().GetContext(ctx, &n, "select count(*) from jsonstorage "+where))
			return n
		}
		if n := count("where key = 's'"); n != 2 {
			t.Errorf("%d snapshots", n)
		}
		check(t, b.Delete(ctx, "s", run.DropPending))
		if n := b.names(t, "server"); n != "stays was stored " {
			t.Errorf("there are %s", n)
		}
		if n := count("where key = 's' and persistent = 1"); n != 1 || count("where key = 's'") != 1 {
			t.Errorf("%d persistent snapshots of %d", n, count("where key = 's'"))
		}
		for _, when := range []struct {
			hours int
			left  string
			snaps int
		}{{23, "stays was stored ", 2}, {25, "stays ", 1}} {
			_, err := b.Expire(ctx, noon.Add(hours(when.hours)), 10)
			check(t, err)
			if n := b.names(t, "server"); n != when.left || count("") != when.snaps {
				t.Errorf("after %d hours there are %s and %d snapshots", when.hours, n, count(""))
			}
		}
	})
}

func TestRecordsAreHandedOverAndErasedWithTheAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id, err := b.AddAccount(ctx, &accounts.Account{UID: "u", Kind: "local", Email: "a@b.c", Created: noon}, nil, nil)
		check(t, err)
		to := run.AccountRecords(numbered(id))
		check(t, b.ChangeRecords(ctx, append(append(put(record("browser:x", "mine")), put(record("browser:x", "both"))...), put(record(to, "both"))...)))
		all, err := b.HolderRecords(ctx, "browser:x")
		check(t, err)
		for _, r := range all {
			handed, err := b.HandRecord(ctx, r, to, []byte("anew"))
			check(t, err)
			if handed != (r.Name == "mine") {
				t.Errorf("%s: %v", r.Name, handed)
			}
		}
		check(t, b.EraseRecords(ctx, "browser:x"))
		if n := b.names(t, "browser:x"); n != "" {
			t.Errorf("the browser keeps %s", n)
		}
		got, err := b.Record(ctx, run.RecordName{Holder: to, Shelf: "store", Name: "mine"})
		check(t, err)
		if string(got.Closed) != "anew" {
			t.Errorf("it is closed with %s", got.Closed)
		}
		check(t, b.DeleteAccount(ctx, id))
		if n := b.names(t, to); n != "" {
			t.Errorf("the account keeps %s", n)
		}
	})
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

func numbered(id int64) string { return strconv.FormatInt(id, 10) }
