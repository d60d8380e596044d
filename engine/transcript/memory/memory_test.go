package memory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/ports"
	"colloquy/engine/run"
)

var (
	noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	ana  = run.Holder{Kind: run.HolderBrowser, ID: "ana"}
	ring = run.Holder{Kind: run.HolderRing, ID: "shared"}
)

func step(n, rev, base int64) run.Step {
	return run.Step{N: n, Rev: rev, Base: base, Kind: "form", At: noon,
		Input: fmt.Appendf(nil, "input %d.%d", n, rev), State: fmt.Appendf(nil, "state %d.%d", n, rev)}
}

func creation(id string) run.Creation {
	return run.Creation{Session: run.Session{ID: id, Interview: "demo:veg.yml", Rev: 1, Head: 1, Created: noon, Active: noon},
		Keys: []run.Key{{Holder: ana, Wrapped: []byte("wrapped")}}, First: step(1, 1, 0)}
}

func begun(t *testing.T, id string) *Store {
	t.Helper()
	s := New()
	check(t, s.Create(t.Context(), creation(id)))
	return s
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
}

func change(mode run.Mode, rev int64, st run.Step) run.Change {
	return run.Change{Session: "s", Rev: rev, At: noon, Mode: mode, Step: st}
}

func chain(t *testing.T, s *Store) string {
	t.Helper()
	got, err := s.Load(t.Context(), "s")
	check(t, err)
	var parts []string
	for _, st := range got.Chain {
		parts = append(parts, fmt.Sprintf("%s(%s)", st.State, st.Input))
	}
	return strings.Join(parts, "; ")
}

func TestStepsAndTheirChain(t *testing.T) {
	s := begun(t, "s")
	for _, c := range []run.Change{
		change(run.NewStep, 1, step(2, 2, 1)), change(run.Overwrite, 2, step(2, 3, 1)), change(run.NewStep, 3, step(3, 4, 3)),
	} {
		check(t, s.Save(t.Context(), c))
	}
	if got, want := chain(t, s), "state 1.1(); state 2.3(); state 3.4(input 3.4)"; got != want {
		t.Errorf("chain %q, want %q", got, want)
	}
	back := change(run.MoveHead, 4, run.Step{})
	back.To = 1
	check(t, s.Save(t.Context(), back))
	if got, want := chain(t, s), "state 1.1(input 1.1)"; got != want {
		t.Errorf("after Back: chain %q, want %q", got, want)
	}
	_, err := s.LoadStep(t.Context(), "s", 2)
	wantErr(t, err, run.ErrNotFound)
	if sizes, err := s.Sizes(t.Context(), "s"); err != nil || len(sizes) != 3 {
		t.Errorf("hidden steps: %v, %v, want 3 sizes", sizes, err)
	}
	check(t, s.Save(t.Context(), change(run.NewStep, 5, step(2, 6, 0))))
	if got, want := chain(t, s), "state 2.6(input 2.6)"; got != want {
		t.Errorf("after a new step: chain %q, want %q", got, want)
	}
	if history, err := s.History(t.Context(), "s"); err != nil || len(history) != 2 || history[1].State != nil {
		t.Errorf("history %v, %v, want 2 steps without state", history, err)
	}
}

func TestChangesThatDoNotFit(t *testing.T) {
	s := begun(t, "s")
	check(t, s.Save(t.Context(), change(run.NewStep, 1, step(2, 2, 0))))
	gone := change(run.MoveHead, 2, run.Step{})
	gone.To = 3
	for name, tt := range map[string]struct {
		change run.Change
		want   error
	}{
		"moved on":           {change(run.NewStep, 1, step(2, 2, 0)), run.ErrStale},
		"number left out":    {change(run.NewStep, 2, step(4, 3, 0)), nil},
		"number taken":       {change(run.NewStep, 2, step(2, 3, 0)), nil},
		"rev of before":      {change(run.NewStep, 2, step(3, 2, 0)), nil},
		"delta of other rev": {change(run.NewStep, 2, step(3, 3, 1)), run.ErrBroken},
		"beyond the last":    {gone, run.ErrNotFound},
		"no mode":            {change(0, 2, step(3, 3, 0)), nil},
		"in a transaction": {run.Change{Session: "s", Rev: 2, Mode: run.Keep,
			Caused: run.Caused{Also: func(context.Context, *sql.Tx) error { return nil }}}, nil},
	} {
		if err := s.Save(t.Context(), tt.change); err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: error %v, want %v", name, err, tt.want)
		}
	}
	if got, want := chain(t, s), "state 2.2(input 2.2)"; got != want {
		t.Errorf("chain %q, want %q as before", got, want)
	}
	wantErr(t, s.Create(t.Context(), creation("s")), run.ErrExists)
}

func TestOnlyOneWriterWins(t *testing.T) {
	s := begun(t, "s")
	var won, stale int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			err := s.Save(t.Context(), change(run.NewStep, 1, step(2, 2, 1)))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else if errors.Is(err, run.ErrStale) {
				stale++
			}
		})
	}
	wg.Wait()
	if won != 1 || stale != 19 {
		t.Errorf("%d won and %d were stale, want 1 and 19", won, stale)
	}
}

func TestStoredRowsAreNobodysToChange(t *testing.T) {
	s := begun(t, "s")
	got, err := s.Load(t.Context(), "s")
	check(t, err)
	got.Chain[0].State[0] = 'X'
	got.Keys[0].Wrapped[0] = 'X'
	again, err := s.Load(t.Context(), "s")
	check(t, err)
	if string(again.Chain[0].State) != "state 1.1" || string(again.Keys[0].Wrapped) != "wrapped" {
		t.Errorf("a reader changed what is stored: %q, %q", again.Chain[0].State, again.Keys[0].Wrapped)
	}
}

func TestEffectsAreDeliveredOnce(t *testing.T) {
	s, ctx := begun(t, "s"), t.Context()
	c := change(run.Keep, 1, run.Step{})
	c.Effects = []run.Effect{{Key: "k", Kind: "mail", Body: []byte("one")}}
	check(t, s.Save(ctx, c))
	c.Rev, c.Effects = 2, []run.Effect{{Key: "k", Kind: "mail", Body: []byte("two")}}
	check(t, s.Save(ctx, c))
	if due, err := s.DueEffects(ctx, noon, 10); err != nil || len(due) != 1 {
		t.Fatalf("due %v, %v, want one", due, err)
	}
	e, err := s.ClaimEffect(ctx, "k", noon, time.Minute)
	check(t, err)
	if string(e.Body) != "one" || e.Attempts != 1 {
		t.Errorf("claimed %+v, want the first body", e)
	}
	_, err = s.ClaimEffect(ctx, "k", noon, time.Minute)
	wantErr(t, err, run.ErrTaken)
	check(t, s.SettleEffect(ctx, run.Settlement{Key: "k", Claim: 1, State: run.EffectWaiting, Class: "unreachable", At: noon.Add(time.Hour), Note: []byte("note")}))
	_, err = s.ClaimEffect(ctx, "k", noon, time.Minute)
	wantErr(t, err, run.ErrTaken)
	e, err = s.ClaimEffect(ctx, "k", noon.Add(time.Hour), time.Minute)
	check(t, err)
	if e.Class != "unreachable" || string(e.Note) != "note" {
		t.Errorf("claimed %+v for the second time", e)
	}
	check(t, s.RenewEffect(ctx, "k", 2, noon.Add(2*time.Hour)))
	wantErr(t, s.RenewEffect(ctx, "k", 1, noon.Add(2*time.Hour)), run.ErrTaken)
	done := run.Settlement{Key: "k", Claim: 1, State: run.EffectDelivered, At: noon}
	wantErr(t, s.SettleEffect(ctx, done), run.ErrTaken) // by whoever had it before
	done.Claim = 2
	check(t, s.SettleEffect(ctx, done))
	wantErr(t, s.SettleEffect(ctx, done), run.ErrTaken)
	wantErr(t, s.RetryEffect(ctx, "k", noon), run.ErrTaken)
	done.Key = "none"
	wantErr(t, s.SettleEffect(ctx, done), run.ErrNotFound)
	wantErr(t, s.RetryEffect(ctx, "none", noon), run.ErrNotFound)
	list, err := s.Effects(ctx, run.Wanted{Kind: "mail", Prefix: "k"})
	check(t, err)
	if len(list) != 1 || list[0].State != run.EffectDelivered || list[0].Body != nil {
		t.Errorf("listed %+v", list)
	}
}

func TestKeysAndErasing(t *testing.T) {
	s, ctx := begun(t, "s"), t.Context()
	c := change(run.Keep, 1, run.Step{})
	c.PutKeys = []run.Key{{Holder: ring, Wrapped: []byte("shared")}}
	c.Results = []run.Result{{Token: "r", Body: []byte("result"), Expires: noon.Add(time.Minute)}}
	c.Used = []run.Token{{ID: "once"}}
	c.Effects = []run.Effect{{Key: "k", Kind: "mail"}}
	check(t, s.Save(ctx, c))
	c = change(run.Keep, 2, run.Step{})
	c.Used = []run.Token{{ID: "once"}}
	wantErr(t, s.Save(ctx, c), run.ErrUsed)
	if list, err := s.Sessions(ctx, ring, run.Page{}); err != nil || len(list) != 1 {
		t.Errorf("sessions of the ring: %v, %v, want one", list, err)
	}
	check(t, s.DropKey(ctx, "s", ring, run.DropPending))
	wantErr(t, s.DropKey(ctx, "s", ring, run.DropPending), run.ErrNotFound)
	_, err := s.Result(ctx, "r", noon)
	check(t, err)
	_, err = s.Result(ctx, "r", noon.Add(time.Minute))
	wantErr(t, err, run.ErrNotFound)
	check(t, s.DropKey(ctx, "s", ana, run.DeliverPending))
	_, err = s.Load(ctx, "s")
	wantErr(t, err, run.ErrNotFound)
	_, err = s.ClaimEffect(ctx, "k", noon, time.Minute)
	check(t, err) // still to be delivered
	check(t, s.SettleEffect(ctx, run.Settlement{Key: "k", Claim: 1, State: run.EffectDelivered, At: noon}))
	_, err = s.ClaimEffect(ctx, "k", noon, time.Minute)
	wantErr(t, err, run.ErrNotFound)
}

func TestExpire(t *testing.T) {
	s, ctx := New(), t.Context()
	for i, id := range []string{"a", "b", "c"} {
		c := creation(id)
		c.Session.Expires = noon.Add(time.Duration(i) * time.Hour)
		check(t, s.Create(ctx, c))
	}
	got, err := s.Expire(ctx, noon.Add(time.Hour), 1)
	check(t, err)
	if got.Sessions != 1 {
		t.Errorf("erased %+v, want one session at a time", got)
	}
	_, err = s.Load(ctx, "a")
	wantErr(t, err, run.ErrNotFound)
	_, err = s.Load(ctx, "b")
	check(t, err)
}

func TestAnEndedContextWritesNothing(t *testing.T) {
	s := begun(t, "s")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantErr(t, s.Save(ctx, change(run.NewStep, 1, step(2, 2, 1))), context.Canceled)
	if got, want := chain(t, s), "state 1.1(input 1.1)"; got != want {
		t.Errorf("chain %q, want %q", got, want)
	}
}

func TestFiles(t *testing.T) {
	var f Files
	if _, err := f.Put(t.Context(), "../x", strings.NewReader("")); err == nil {
		t.Error("a path out of the folder was taken")
	}
	n, err := f.Put(t.Context(), "s/1", strings.NewReader("hello"))
	check(t, err)
	r, err := f.Open(t.Context(), "s/1")
	check(t, err)
	content, err := io.ReadAll(r)
	check(t, err)
	if n != 5 || string(content) != "hello" {
		t.Errorf("kept %d bytes %q", n, content)
	}
	check(t, f.Delete(t.Context(), "s/1"))
	_, err = f.Open(t.Context(), "s/1")
	wantErr(t, err, ports.ErrNotFound)
}
