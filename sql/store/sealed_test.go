package store

import (
	"path/filepath"
	"testing"
	"time"

	"colloquy/engine/run"
	"colloquy/sql/migrations"
)

// What was changed since it was read is not replaced.
func TestResealReplacesWhatIsStillThere(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		for _, id := range []string{"a", "b", "c"} {
			check(t, b.PutParcel(ctx, run.Parcel{ID: id, Body: []byte("old " + id), Expires: noon.AddDate(0, 0, 1)}))
		}
		first, err := b.Sealed(ctx, run.PlaceParcels, run.Sealed{}, 2)
		check(t, err)
		rest, err := b.Sealed(ctx, run.PlaceParcels, first[1], 2)
		check(t, err)
		if len(first) != 2 || len(rest) != 1 || rest[0].At[0] != "c" {
			t.Fatalf("got %v, then %v", first, rest)
		}
		check(t, b.PutParcel(ctx, run.Parcel{ID: "b", Body: []byte("newer"), Expires: noon.AddDate(0, 0, 1)}))
		var again []run.Resealed
		for _, s := range append(first, rest...) {
			again = append(again, run.Resealed{Sealed: s, Again: []byte("new " + s.At[0])})
		}
		n, err := b.Reseal(ctx, run.PlaceParcels, again)
		check(t, err)
		if n != 2 {
			t.Errorf("%d were replaced", n)
		}
		for id, want := range map[string]string{"a": "new a", "b": "newer", "c": "new c"} {
			p, err := b.Parcel(ctx, id, noon)
			check(t, err)
			if string(p.Body) != want {
				t.Errorf("%s is %s, want %s", id, p.Body, want)
			}
		}
		for _, place := range run.Places { // every statement fits its table
			if _, err := b.Sealed(ctx, place, run.Sealed{}, 1); err != nil {
				t.Error(err)
			}
			if n, err := b.Reseal(ctx, place, []run.Resealed{{Sealed: run.Sealed{At: [3]string{"no", "such", "row"}, Bytes: []byte("x")}, Again: []byte("y")}}); n != 0 || err != nil {
				t.Errorf("%s: %d, %v", place, n, err)
			}
		}
		if _, err := b.Sealed(ctx, "nowhere", run.Sealed{}, 1); err == nil {
			t.Error("something is sealed nowhere")
		}
	})
}

func TestRingKeysAreNotedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		for i := range 3 {
			check(t, b.NoteRingKey(ctx, "k", noon.Add(time.Duration(i)*time.Hour)))
		}
		known, err := b.RingKeys(ctx)
		check(t, err)
		if k := known["k"]; !k.Since.Equal(noon) || !k.Done.IsZero() {
			t.Errorf("noted %+v", k)
		}
		check(t, b.RingKeyDone(ctx, "k", noon.Add(time.Hour)))
		known, err = b.RingKeys(ctx)
		check(t, err)
		if k := known["k"]; !k.Done.Equal(noon.Add(time.Hour)) {
			t.Errorf("noted %+v", k)
		}
		check(t, b.ForgetRingKey(ctx, "k"))
		if known, err = b.RingKeys(ctx); err != nil || len(known) != 0 {
			t.Errorf("left %v, %v", known, err)
		}
	})
}

// A snapshot is a database of its own, and whole without any file beside it.
func TestSnapshot(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "db")
	s, err := Open(t.Context(), path)
	check(t, err)
	defer s.Close()
	check(t, s.Create(t.Context(), creation("s")))
	to := filepath.Join(dir, "copy")
	check(t, Snapshot(t.Context(), path, to))
	check(t, s.Create(t.Context(), creation("later")))
	if err := Snapshot(t.Context(), path, to); err == nil {
		t.Error("a file was written over")
	}
	if err := Snapshot(t.Context(), filepath.Join(dir, "none"), filepath.Join(dir, "x")); err == nil {
		t.Error("there is nothing to copy")
	}
	c, err := Open(t.Context(), to)
	check(t, err)
	defer c.Close()
	if _, err := c.Load(t.Context(), "s"); err != nil || c.Dialect() != migrations.SQLite {
		t.Error(err)
	}
	if _, err := c.Load(t.Context(), "later"); err == nil {
		t.Error("what came later is in it")
	}
}
