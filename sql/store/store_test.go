package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/run"
	"colloquy/sql/pgtest"
)

// noon is when everything in these tests happens.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 123456000, time.UTC)

// A bench is one database under test.
type bench struct {
	*Store
	address string
}

// onBoth runs a test on SQLite and on PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, sqliteFile(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, pgtest.URL(t))) })
}

func sqliteFile(t testing.TB) string { return filepath.Join(t.TempDir(), "data", "a b?c%.db") }

func open(t testing.TB, address string) *bench {
	t.Helper()
	s, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bench{s, address}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
}

var ana = run.Holder{Kind: run.HolderBrowser, ID: "ana"}

// begin stores a new session held by ana's browser.
func (b *bench) begin(t testing.TB, id string) {
	t.Helper()
	check(t, b.Create(t.Context(), creation(id)))
}

func creation(id string) run.Creation {
	return run.Creation{
		Session: run.Session{ID: id, Interview: "demo:veg.yml", Rev: 1, Head: 1, Card: []byte("card 1"), Created: noon, Active: noon},
		Keys:    []run.Key{{Holder: ana, Wrapped: []byte("wrapped")}},
		First:   full(1, 1),
	}
}

func full(n, rev int64) run.Step {
	return run.Step{N: n, Rev: rev, Kind: "form", At: noon,
		Input: fmt.Appendf(nil, "input %d.%d", n, rev), State: fmt.Appendf(nil, "state %d.%d", n, rev)}
}

func delta(n, rev, base int64) run.Step {
	st := full(n, rev)
	st.Base = base
	return st
}

func newStep(id string, rev int64, st run.Step) run.Change {
	return run.Change{Session: id, Rev: rev, At: noon, Mode: run.NewStep, Step: st}
}

func overwrite(id string, rev int64, st run.Step) run.Change {
	return run.Change{Session: id, Rev: rev, At: noon, Mode: run.Overwrite, Step: st}
}

func back(id string, rev, to int64) run.Change {
	return run.Change{Session: id, Rev: rev, At: noon, Mode: run.MoveHead, To: to}
}

func keep(id string, rev int64) run.Change {
	return run.Change{Session: id, Rev: rev, At: noon, Mode: run.Keep}
}

// chain names the steps a state is rebuilt from.
func chain(s *run.Stored) string {
	var parts []string
	for _, st := range s.Chain {
		parts = append(parts, fmt.Sprintf("%d.%d<%d %s", st.N, st.Rev, st.Base, st.State))
	}
	return strings.Join(parts, "; ")
}

func (b *bench) wantChain(t *testing.T, id, want string) *run.Stored {
	t.Helper()
	s, err := b.Load(t.Context(), id)
	check(t, err)
	if got := chain(s); got != want {
		t.Errorf("chain is %q, want %q", got, want)
	}
	return s
}

func TestSessionComesBackAsStored(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		c := creation("s")
		c.Session.Owner = "7"
		c.Session.Created = noon.In(time.FixedZone("Tokyo", 9*3600))
		c.Session.Active = noon.Add(time.Nanosecond) // finer than is kept
		c.Session.Expires = noon.Add(90 * 24 * time.Hour)
		ring := run.Key{Holder: run.Holder{Kind: run.HolderRing, ID: "shared"}, Wrapped: []byte{0, 255}, Expires: noon}
		c.Keys = append(c.Keys, ring)
		c.First.Input, c.First.State = nil, []byte{0, 1, 0xff, '\'', '\\', 0}
		check(t, b.Create(t.Context(), c))
		got, err := b.Load(t.Context(), "s")
		check(t, err)

		want := &run.Stored{Session: c.Session, Keys: c.Keys, Chain: []run.Step{c.First}}
		want.Session.Created, want.Session.Active = noon, noon
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if k, ok := got.Key(ring.Holder); !ok || !bytes.Equal(k.Wrapped, ring.Wrapped) {
			t.Errorf("Key(%v) = %v, %v", ring.Holder, k, ok)
		}
		wantErr(t, b.Create(t.Context(), c), run.ErrExists)
	})
}

func TestCreationBeginsAtTheBeginning(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		for _, first := range []run.Step{full(2, 1), full(1, 2), delta(1, 1, 1)} {
			c := creation("s")
			c.First = first
			if b.Create(t.Context(), c) == nil {
				t.Errorf("step %d of rev %d on %d began a session", first.N, first.Rev, first.Base)
			}
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "other")
		_, err := b.Load(ctx, "s")
		wantErr(t, err, run.ErrNotFound)
		_, err = b.LoadStep(ctx, "s", 1)
		wantErr(t, err, run.ErrNotFound)
		_, err = b.History(ctx, "s")
		wantErr(t, err, run.ErrNotFound)
		_, err = b.Sizes(ctx, "s")
		wantErr(t, err, run.ErrNotFound)
		_, err = b.Result(ctx, "s", noon)
		wantErr(t, err, run.ErrNotFound)
		_, err = b.ClaimEffect(ctx, "s", noon, time.Minute)
		wantErr(t, err, run.ErrNotFound)
		wantErr(t, b.SettleEffect(ctx, delivered("s", 1)), run.ErrNotFound)
		wantErr(t, b.RenewEffect(ctx, "s", 1, noon), run.ErrNotFound)
		wantErr(t, b.RetryEffect(ctx, "s", noon), run.ErrNotFound)
		_, err = b.Effect(ctx, "s")
		wantErr(t, err, run.ErrNotFound)
		wantErr(t, b.Save(ctx, newStep("s", 1, full(2, 2))), run.ErrNotFound)
		wantErr(t, b.Delete(ctx, "s", run.DropPending), run.ErrNotFound)
		wantErr(t, b.DropKey(ctx, "s", ana, run.DropPending), run.ErrNotFound)
	})
}

func TestStepsAndTheirChain(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		check(t, b.Save(ctx, newStep("s", 1, delta(2, 2, 1))))
		check(t, b.Save(ctx, overwrite("s", 2, delta(2, 3, 1))))
		check(t, b.Save(ctx, newStep("s", 3, delta(3, 4, 3))))
		s := b.wantChain(t, "s", "1.1<0 state 1.1; 2.3<1 state 2.3; 3.4<3 state 3.4")
		if s.Session.Rev != 4 || s.Session.Head != 3 {
			t.Errorf("rev %d, head %d, want 4, 3", s.Session.Rev, s.Session.Head)
		}
		if s.Chain[0].Input != nil || string(s.Last().Input) != "input 3.4" {
			t.Errorf("inputs %q and %q, want that of the last step alone", s.Chain[0].Input, s.Last().Input)
		}
		check(t, b.Save(ctx, newStep("s", 4, full(4, 5))))
		check(t, b.Save(ctx, newStep("s", 5, delta(5, 6, 5))))
		b.wantChain(t, "s", "4.5<0 state 4.5; 5.6<5 state 5.6")

		old, err := b.LoadStep(ctx, "s", 2)
		check(t, err)
		if got, want := chain(old), "1.1<0 state 1.1; 2.3<1 state 2.3"; got != want || string(old.Last().Input) != "input 2.3" {
			t.Errorf("step 2: chain %q, input %q, want %q", got, old.Last().Input, want)
		}
		if old.Session.Head != 5 || string(old.Session.Card) != "card 1" {
			t.Errorf("step 2 is loaded with session %+v", old.Session)
		}
		for _, n := range []int64{-1, 0, 6} {
			_, err := b.LoadStep(ctx, "s", n)
			wantErr(t, err, run.ErrNotFound)
		}
	})
}

func TestChangesThatDoNotFit(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.begin(t, "s")
		check(t, b.Save(t.Context(), newStep("s", 1, full(2, 2))))
		for name, c := range map[string]run.Change{
			"number left out":    newStep("s", 2, full(4, 3)),
			"number taken":       newStep("s", 2, full(2, 3)),
			"other than head":    overwrite("s", 2, full(1, 3)),
			"rev of before":      newStep("s", 2, full(3, 2)),
			"first as a delta":   overwrite("s", 2, delta(1, 3, 2)),
			"delta of other rev": newStep("s", 2, delta(3, 3, 1)),
			"beyond the last":    back("s", 2, 3),
			"before the first":   back("s", 2, 0),
			"no mode":            {Session: "s", Rev: 2, At: noon},
		} {
			if err := b.Save(t.Context(), c); err == nil || errors.Is(err, run.ErrStale) {
				t.Errorf("%s: error %v, want one that says so", name, err)
			}
		}
		if s := b.wantChain(t, "s", "2.2<0 state 2.2"); s.Session.Rev != 2 {
			t.Errorf("rev %d, want 2 as before", s.Session.Rev)
		}
	})
}

func TestCompareAndSwap(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		check(t, b.Save(ctx, newStep("s", 1, full(2, 2))))
		for name, c := range map[string]run.Change{
			"new step":  newStep("s", 1, full(2, 2)),
			"overwrite": overwrite("s", 1, full(1, 2)),
			"back":      back("s", 1, 1),
			"keep":      keep("s", 1),
			"ahead":     newStep("s", 3, full(3, 4)),
		} {
			if err := b.Save(ctx, c); !errors.Is(err, run.ErrStale) {
				t.Errorf("%s: error %v, want ErrStale", name, err)
			}
		}
		b.wantChain(t, "s", "2.2<0 state 2.2")
	})
}

func TestOfManyWritersOneWins(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		second := open(t, b.address) // another process, as far as the database can tell
		b.begin(t, "s")
		const rounds, writers = 10, 8
		for rev := int64(1); rev <= rounds; rev++ {
			var wg sync.WaitGroup
			results := make([]error, writers)
			for i := range results {
				wg.Go(func() {
					st := []*Store{b.Store, second.Store}[i%2]
					results[i] = st.Save(t.Context(), newStep("s", rev, delta(rev+1, rev+1, rev)))
				})
			}
			wg.Wait()
			won := 0
			for _, err := range results {
				if err == nil {
					won++
				} else if !errors.Is(err, run.ErrStale) {
					t.Error(err)
				}
			}
			if won != 1 {
				t.Fatalf("rev %d: %d writers won", rev, won)
			}
		}
		s, err := b.Load(t.Context(), "s")
		check(t, err)
		if len(s.Chain) != rounds+1 || s.Session.Rev != rounds+1 {
			t.Errorf("%d steps at rev %d, want %d", len(s.Chain), s.Session.Rev, rounds+1)
		}
	})
}

func TestBackHidesAndTheNextStepErases(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		check(t, b.Save(ctx, newStep("s", 1, delta(2, 2, 1))))
		check(t, b.Save(ctx, newStep("s", 2, delta(3, 3, 2))))
		check(t, b.Save(ctx, newStep("s", 3, delta(4, 4, 3))))
		check(t, b.Save(ctx, back("s", 4, 2)))
		s := b.wantChain(t, "s", "1.1<0 state 1.1; 2.2<1 state 2.2")
		if s.Session.Rev != 5 || s.Session.Head != 2 {
			t.Errorf("rev %d, head %d, want 5, 2", s.Session.Rev, s.Session.Head)
		}
		_, err := b.LoadStep(ctx, "s", 3)
		wantErr(t, err, run.ErrNotFound)
		b.wantSteps(t, "s", "1 2 3 4", "1 2")

		check(t, b.Save(ctx, back("s", 5, 3))) // nothing was written: it is still there
		b.wantSteps(t, "s", "1 2 3 4", "1 2 3")
		check(t, b.Save(ctx, back("s", 6, 2)))
		check(t, b.Save(ctx, newStep("s", 7, delta(3, 8, 2))))
		b.wantSteps(t, "s", "1 2 3", "1 2 3")
		b.wantChain(t, "s", "1.1<0 state 1.1; 2.2<1 state 2.2; 3.8<2 state 3.8")

		check(t, b.Save(ctx, back("s", 8, 2)))
		check(t, b.Save(ctx, overwrite("s", 9, delta(2, 10, 1))))
		b.wantSteps(t, "s", "1 2", "1 2")
		wantErr(t, b.Save(ctx, back("s", 10, 3)), run.ErrNotFound)
	})
}

// wantSteps compares the numbers of the steps stored and of those in the history.
func (b *bench) wantSteps(t *testing.T, id, stored, seen string) {
	t.Helper()
	sizes, err := b.Sizes(t.Context(), id)
	check(t, err)
	history, err := b.History(t.Context(), id)
	check(t, err)
	var a, h []string
	for _, s := range sizes {
		a = append(a, fmt.Sprint(s.N))
	}
	for _, s := range history {
		h = append(h, fmt.Sprint(s.N))
	}
	if got := strings.Join(a, " "); got != stored {
		t.Errorf("stored are steps %s, want %s", got, stored)
	}
	if got := strings.Join(h, " "); got != seen {
		t.Errorf("the history is %s, want %s", got, seen)
	}
}

func TestHistoryAndSizes(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.begin(t, "s")
		st := delta(2, 2, 1)
		st.Input, st.State = nil, make([]byte, 1000)
		check(t, b.Save(t.Context(), newStep("s", 1, st)))
		sizes, err := b.Sizes(t.Context(), "s")
		check(t, err)
		want := []run.StepSize{{N: 1, Rev: 1, Kind: "form", Full: true, Input: 9, State: 9}, {N: 2, Rev: 2, Kind: "form", State: 1000}}
		if !slices.Equal(sizes, want) {
			t.Errorf("sizes %+v, want %+v", sizes, want)
		}
		history, err := b.History(t.Context(), "s")
		check(t, err)
		first := full(1, 1)
		first.State = nil
		st.State = nil
		if !reflect.DeepEqual(history, []run.Step{first, st}) {
			t.Errorf("history %+v", history)
		}
	})
}

func TestDamagedChainIsNoticed(t *testing.T) {
	for name, damage := range map[string]string{
		"delta on another": "update steps set rev = 7 where n = 2",
		"step gone":        "delete from steps where n = 2",
		"full copy gone":   "delete from steps where n = 1",
		"head gone":        "delete from steps where n = 3",
		"all gone":         "delete from steps",
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, b *bench) {
				b.begin(t, "s")
				check(t, b.Save(t.Context(), newStep("s", 1, delta(2, 2, 1))))
				check(t, b.Save(t.Context(), newStep("s", 2, delta(3, 3, 2))))
				if _, err := b.Writer().Exec(damage); err != nil {
					t.Fatal(err)
				}
				_, err := b.Load(t.Context(), "s")
				wantErr(t, err, run.ErrBroken)
			})
		})
	}
}

func TestKeysOwnerCardAndExpiryChange(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		shared := run.Key{Holder: run.Holder{Kind: run.HolderRing, ID: "shared"}, Wrapped: []byte("r")}
		account := run.Key{Holder: run.Holder{Kind: run.HolderAccount, ID: "7"}, Wrapped: []byte("a")}
		owner, expires, later := "7", noon.Add(time.Hour), noon.Add(time.Minute)
		c := keep("s", 1)
		c.At, c.Card, c.Owner, c.Expires = later, []byte("card 2"), &owner, &expires
		c.PutKeys, c.DropKeys = []run.Key{shared, account}, []run.Holder{ana, {Kind: run.HolderRing, ID: "none"}}
		check(t, b.Save(ctx, c))
		s, err := b.Load(ctx, "s")
		check(t, err)
		want := run.Session{ID: "s", Interview: "demo:veg.yml", Rev: 2, Head: 1, Owner: "7", Card: []byte("card 2"),
			Created: noon, Active: later, Expires: expires}
		if !reflect.DeepEqual(s.Session, want) {
			t.Errorf("session %+v, want %+v", s.Session, want)
		}
		if !reflect.DeepEqual(s.Keys, []run.Key{account, shared}) {
			t.Errorf("keys %+v", s.Keys)
		}

		check(t, b.Save(ctx, keep("s", 2))) // says nothing of these, so they stay
		s, err = b.Load(ctx, "s")
		check(t, err)
		if s.Session.Owner != "7" || string(s.Session.Card) != "card 2" || !s.Session.Expires.Equal(expires) {
			t.Errorf("session %+v after a change that kept it", s.Session)
		}
		nobody, never := "", time.Time{}
		c = keep("s", 3)
		c.Owner, c.Expires = &nobody, &never
		c.PutKeys = []run.Key{{Holder: shared.Holder, Wrapped: []byte("r2")}}
		check(t, b.Save(ctx, c))
		s, err = b.Load(ctx, "s")
		check(t, err)
		if s.Session.Owner != "" || !s.Session.Expires.IsZero() || string(s.Keys[1].Wrapped) != "r2" {
			t.Errorf("session %+v, keys %+v", s.Session, s.Keys)
		}
	})
}

func TestListOfAHolder(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		for i, id := range []string{"c", "a", "b", "d"} {
			c := creation(id)
			c.Session.Created = noon.Add(time.Duration(i/2) * time.Millisecond) // c and a at once, then b and d
			if id == "d" {
				c.Session.Interview = "demo:other.yml"
			}
			check(t, b.Create(ctx, c))
		}
		stranger := creation("e")
		stranger.Keys[0].ID = "ben"
		check(t, b.Create(ctx, stranger))

		list := func(p run.Page) string {
			got, err := b.Sessions(ctx, ana, p)
			check(t, err)
			var ids []string
			for _, l := range got {
				ids = append(ids, l.Session.ID)
				if string(l.Key.Wrapped) != "wrapped" || l.Key.Holder != ana || string(l.Session.Card) != "card 1" {
					t.Errorf("listed %+v", l)
				}
			}
			return strings.Join(ids, " ")
		}
		at := func(id string) *run.Session {
			s, err := b.Load(ctx, id)
			check(t, err)
			return &s.Session
		}
		for _, tt := range []struct {
			page run.Page
			want string
		}{
			{run.Page{}, "a c b d"},
			{run.Page{Limit: 2}, "a c"},
			{run.Page{Limit: 2, After: at("c")}, "b d"},
			{run.Page{After: at("a")}, "c b d"},
			{run.Page{After: at("d")}, ""},
			{run.Page{Interview: "demo:other.yml"}, "d"},
			{run.Page{Interview: "demo:veg.yml", Limit: 2}, "a c"},
			{run.Page{Interview: "demo:veg.yml", After: at("c")}, "b"},
			{run.Page{Newest: true, Limit: 3}, "d b c"},
			{run.Page{Newest: true, After: at("c")}, "a"},
			{run.Page{Newest: true, Interview: "demo:veg.yml"}, "b c a"},
		} {
			if got := list(tt.page); got != tt.want {
				t.Errorf("page %+v: %q, want %q", tt.page, got, tt.want)
			}
		}
		all := func(p run.Page) string {
			got, err := b.AllSessions(ctx, ana, p)
			check(t, err)
			var ids []string
			for _, l := range got {
				ids = append(ids, l.Session.ID+string(l.Shared))
				if own := string(l.Key.Wrapped) == "wrapped"; own != (l.Session.ID != "e") {
					t.Errorf("listed with the key %+v", l.Key)
				}
			}
			return strings.Join(ids, " ")
		}
		loaded := at("a")
		check(t, b.Save(ctx, run.Change{Session: "a", Rev: loaded.Rev, At: noon, Mode: run.Keep, PutKeys: []run.Key{{Holder: run.Holder{Kind: run.HolderRing, ID: "shared"}, Wrapped: []byte("!")}}}))
		if got, want := all(run.Page{After: at("e"), Limit: 2}), "b d"; got != want {
			t.Errorf("of all: %q, want %q", got, want)
		}
		if got, want := all(run.Page{Limit: 3}), "a! c e"; got != want {
			t.Errorf("of all: %q, want %q", got, want)
		}
	})
}

func TestEffectsResultsAndTokensComeWithTheStepOrNotAtAll(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		caused := run.Caused{
			Effects: []run.Effect{{Key: "mail 1", Kind: "mail", Body: []byte("body")}},
			Results: []run.Result{{Token: "hash", Body: []byte("json"), Expires: noon.Add(time.Minute)}},
			Used:    []run.Token{{ID: "click 1"}},
		}
		oops := errors.New("oops")
		c := newStep("s", 1, full(2, 2))
		c.Caused = caused
		c.Also = func(ctx context.Context, tx *sql.Tx) error {
			var n int
			if err := tx.QueryRowContext(ctx, "select count(*) from effects").Scan(&n); err != nil || n != 1 {
				t.Errorf("Also sees %d effects, %v; want the one of its step", n, err)
			}
			return oops
		}
		wantErr(t, b.Save(ctx, c), oops)
		b.wantChain(t, "s", "1.1<0 state 1.1")
		b.wantRows(t, map[string]int{"sessions": 1, "steps": 1, "keys": 1})

		ran := 0
		c.Also = func(context.Context, *sql.Tx) error { ran++; return nil }
		check(t, b.Save(ctx, c))
		if ran != 1 {
			t.Errorf("Also ran %d times", ran)
		}
		b.wantRows(t, map[string]int{"sessions": 1, "steps": 2, "keys": 1, "effects": 1, "results": 1, "used_tokens": 1})

		again := newStep("s", 2, full(3, 3))
		again.Used = caused.Used
		again.Effects = []run.Effect{{Key: "mail 2", Kind: "mail"}}
		wantErr(t, b.Save(ctx, again), run.ErrUsed)
		b.wantChain(t, "s", "2.2<0 state 2.2")

		again.Used, again.Effects = nil, []run.Effect{{Key: "mail 1", Kind: "mail", Body: []byte("other")}}
		check(t, b.Save(ctx, again)) // the same effect, asked for again
		e, err := b.ClaimEffect(ctx, "mail 1", noon, time.Minute)
		check(t, err)
		if string(e.Body) != "body" {
			t.Errorf("the effect became %q", e.Body)
		}
	})
}

func TestAlsoMayPanic(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.begin(t, "s")
		c := newStep("s", 1, full(2, 2))
		c.Also = func(context.Context, *sql.Tx) error { panic("as it may") }
		func() {
			defer func() {
				if r := recover(); r != "as it may" {
					t.Errorf("recovered %v in the caller", r)
				}
			}()
			_ = b.Save(t.Context(), c)
		}()
		b.wantChain(t, "s", "1.1<0 state 1.1")
		check(t, b.Save(t.Context(), newStep("s", 1, full(2, 2)))) // the store lives on
	})
}

func TestLifeOfAnEffect(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		at := func(m int) time.Time { return noon.Add(time.Duration(m) * time.Minute) }
		b.begin(t, "s")
		c := newStep("s", 1, full(2, 2))
		c.Effects = []run.Effect{
			{Key: "mail", Kind: "mail", Body: []byte("body")},
			{Key: "later", Kind: "sms", Body: []byte("text"), NextAt: at(10)},
		}
		check(t, b.Save(ctx, c))
		due := func(m int) string {
			return b.due(t, at(m))
		}
		if got := due(0) + "|" + due(10); got != "mail 0|mail 0, later 0" {
			t.Errorf("due are %q", got)
		}
		_, err := b.ClaimEffect(ctx, "later", at(9), time.Minute)
		wantErr(t, err, run.ErrTaken)

		e, err := b.ClaimEffect(ctx, "mail", at(0), 5*time.Minute)
		check(t, err)
		want := &run.Effect{Key: "mail", Session: "s", Kind: "mail", Body: []byte("body"), State: run.EffectClaimed,
			Attempts: 1, NextAt: at(5), Created: noon}
		if !reflect.DeepEqual(e, want) {
			t.Errorf("claimed %+v, want %+v", e, want)
		}
		_, err = b.ClaimEffect(ctx, "mail", at(4), time.Minute)
		wantErr(t, err, run.ErrTaken)
		e, err = b.ClaimEffect(ctx, "mail", at(5), time.Minute) // who had it is dead
		check(t, err)
		if e.Attempts != 2 {
			t.Errorf("attempt %d, want 2", e.Attempts)
		}
		check(t, b.RenewEffect(ctx, "mail", 2, at(7)))
		wantErr(t, b.RenewEffect(ctx, "mail", 1, at(99)), run.ErrTaken)
		_, err = b.ClaimEffect(ctx, "mail", at(6), time.Minute)
		wantErr(t, err, run.ErrTaken)
		wantErr(t, b.SettleEffect(ctx, delivered("mail", 1)), run.ErrTaken) // by the dead
		check(t, b.SettleEffect(ctx, run.Settlement{Key: "mail", Claim: 2, State: run.EffectWaiting, At: at(8),
			Class: "connection refused", Note: []byte("note")}))
		_, err = b.ClaimEffect(ctx, "mail", at(7), time.Minute)
		wantErr(t, err, run.ErrTaken)
		e, err = b.ClaimEffect(ctx, "mail", at(8), time.Minute)
		check(t, err)
		if e.Attempts != 3 || e.Class != "connection refused" || string(e.Body) != "body" || string(e.Note) != "note" {
			t.Errorf("claimed %+v for the third time", e)
		}
		check(t, b.SettleEffect(ctx, delivered("mail", 3)))
		_, err = b.ClaimEffect(ctx, "mail", at(60), time.Minute)
		wantErr(t, err, run.ErrTaken)
		wantErr(t, b.SettleEffect(ctx, delivered("mail", 3)), run.ErrTaken)
		wantErr(t, b.RetryEffect(ctx, "mail", at(60)), run.ErrTaken)
		e, err = b.Effect(ctx, "mail")
		check(t, err)
		if e.Body != nil || e.Note != nil || e.State != run.EffectDelivered {
			t.Errorf("left of what was delivered is %+v", e)
		}
	})
}

// delivered settles a claim of an effect at noon.
func delivered(key string, claim int) run.Settlement {
	return run.Settlement{Key: key, Claim: claim, State: run.EffectDelivered, At: noon}
}

// due lists the effects that are due, with the number of attempts.
func (b *bench) due(t *testing.T, now time.Time) string {
	t.Helper()
	list, err := b.DueEffects(t.Context(), now, 10)
	check(t, err)
	var s []string
	for _, d := range list {
		s = append(s, fmt.Sprint(d.Key, " ", d.Attempts))
	}
	return strings.Join(s, ", ")
}

func TestWhatIsGivenUpCanBeTriedAgainForAMonth(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		c := newStep("s", 1, full(2, 2))
		c.Effects = []run.Effect{{Key: "k1", Kind: "mail", Body: []byte("body")}, {Key: "k2", Kind: "mail", Body: []byte("other")}, {Key: "k3", Kind: "text"}}
		check(t, b.Save(ctx, c))
		give := func(key string, claim int, state string) {
			_, err := b.ClaimEffect(ctx, key, noon, time.Minute)
			check(t, err)
			check(t, b.SettleEffect(ctx, run.Settlement{Key: key, Claim: claim, State: state, At: noon, Class: "refused", Note: []byte("note")}))
		}
		listed := func(w run.Wanted) string {
			list, err := b.Effects(ctx, w)
			check(t, err)
			var s []string
			for _, e := range list {
				s = append(s, e.Key+" "+e.State+string(e.Body))
			}
			return strings.Join(s, ", ")
		}
		give("k1", 1, run.EffectFailed)
		give("k2", 1, run.EffectKept)
		for _, tt := range []struct {
			w    run.Wanted
			want string
		}{
			{run.Wanted{Kind: "mail"}, "k1 failed, k2 kept"}, {run.Wanted{Kind: "mail", State: run.EffectKept}, "k2 kept"},
			{run.Wanted{Kind: "mail", Prefix: "k1"}, "k1 failed"}, {run.Wanted{Kind: "mail", Limit: 1}, "k1 failed"}, {run.Wanted{Kind: "fax"}, ""},
		} {
			if got := listed(tt.w); got != tt.want {
				t.Errorf("%+v lists %q, want %q", tt.w, got, tt.want)
			}
		}
		check(t, b.RetryEffect(ctx, "k1", noon))
		if got := b.due(t, noon); got != "k3 0, k1 1" && got != "k1 1, k3 0" {
			t.Errorf("due are %s", got)
		}
		give("k1", 2, run.EffectFailed)
		for _, when := range []time.Duration{run.KeptFor - time.Second, run.KeptFor} {
			_, err := b.Expire(ctx, noon.Add(when), 10)
			check(t, err)
			e, err := b.Effect(ctx, "k1")
			check(t, err)
			if there := when < run.KeptFor; (e.Body != nil) != there || (e.Note != nil) != there || e.Attempts != 2 {
				t.Errorf("after %v there is %+v", when, e)
			}
		}
		wantErr(t, b.RetryEffect(ctx, "k1", noon), run.ErrTaken)
	})
}

func TestParcels(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		p := run.Parcel{ID: "hash", Body: []byte("first"), Expires: noon.Add(time.Minute)}
		check(t, b.PutParcel(ctx, p))
		p.Body = []byte("second")
		check(t, b.PutParcel(ctx, p))
		got, err := b.Parcel(ctx, "hash", noon)
		check(t, err)
		if !reflect.DeepEqual(*got, p) {
			t.Errorf("got %+v, want %+v", got, p)
		}
		_, err = b.Parcel(ctx, "hash", noon.Add(time.Minute))
		wantErr(t, err, run.ErrNotFound)
		check(t, b.TakeParcel(ctx, "hash"))
		wantErr(t, b.TakeParcel(ctx, "hash"), run.ErrUsed)

		check(t, b.PutParcel(ctx, p))
		erased, err := b.Expire(ctx, noon.Add(time.Hour), 10)
		check(t, err)
		if erased.Parcels != 1 {
			t.Errorf("%d parcels expired, want 1", erased.Parcels)
		}
	})
}

func TestAStepLeavesAndTakesParcels(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		c := newStep("s", 1, full(2, 2))
		c.Parcels = []run.Parcel{{ID: "left", Body: []byte("x"), Expires: noon.Add(time.Hour)}}
		check(t, b.Save(ctx, c))
		c = newStep("s", 2, full(3, 3))
		c.Taken = []string{"left"}
		check(t, b.Save(ctx, c))
		_, err := b.Parcel(ctx, "left", noon)
		wantErr(t, err, run.ErrNotFound)
		c = newStep("s", 3, full(4, 4))
		c.Taken = []string{"left"}
		wantErr(t, b.Save(ctx, c), run.ErrStale)
		if stored, err := b.Load(ctx, "s"); err != nil || stored.Session.Rev != c.Rev {
			t.Errorf("a step that found its parcel gone was written: %v %+v", err, stored)
		}
	})
}

func TestResultsAreKeptForATime(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		r := run.Result{Token: "hash", Session: "s", Body: []byte("json"), Expires: noon.Add(time.Minute)}
		check(t, b.PutResult(ctx, r))
		for range 2 { // browsers ask twice
			got, err := b.Result(ctx, "hash", noon)
			check(t, err)
			if !reflect.DeepEqual(*got, r) {
				t.Errorf("got %+v, want %+v", got, r)
			}
		}
		_, err := b.Result(ctx, "hash", noon.Add(time.Minute))
		wantErr(t, err, run.ErrNotFound)
		if b.PutResult(ctx, r) == nil {
			t.Error("the same address was given out twice")
		}
		r.Token, r.Session = "other", "none"
		if b.PutResult(ctx, r) == nil {
			t.Error("a result without its session was kept")
		}
	})
}
