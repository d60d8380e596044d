package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"colloquy/engine/run"
)

// hold keeps SQLite's writer busy until the function it returns is called, so
// that what is saved meanwhile lands in one batch.
func (b *bench) hold(t *testing.T) (release func()) {
	t.Helper()
	begun, end := make(chan struct{}), make(chan struct{})
	c := creation("holder")
	c.Also = func(context.Context, *sql.Tx) error {
		close(begun)
		<-end
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- b.Create(context.Background(), c) }()
	<-begun
	return func() {
		close(end)
		check(t, <-done)
	}
}

// await waits until n writes are queued.
func (b *bench) await(t *testing.T, n int) {
	t.Helper()
	q := b.writes.(*batcher).queue
	for deadline := time.Now().Add(10 * time.Second); len(q) < n; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d writes are queued, want %d", len(q), n)
		}
	}
}

func TestInABatchEverybodyFailsAlone(t *testing.T) {
	b := open(t, sqliteFile(t))
	for _, id := range []string{"good", "stale", "also", "panic", "rogue", "late"} {
		b.begin(t, id)
	}
	oops := errors.New("oops")
	with := func(id string, rev int64, also func(context.Context, *sql.Tx) error) run.Change {
		c := newStep(id, rev, full(2, rev+1))
		c.Effects = []run.Effect{{Key: id, Kind: "mail"}}
		c.Also = also
		return c
	}
	for _, tt := range []struct { // in this order: the second goes on where the first left off
		name    string
		changes []run.Change
		want    map[string]error
	}{
		{
			name: "stale, failing and panicking",
			changes: []run.Change{
				with("good", 1, nil),
				with("stale", 5, nil),
				with("also", 1, func(context.Context, *sql.Tx) error { return oops }),
				with("panic", 1, func(context.Context, *sql.Tx) error { panic(oops) }),
				with("late", 1, nil),
			},
			want: map[string]error{"good": nil, "stale": run.ErrStale, "also": oops, "panic": oops, "late": nil},
		},
		{
			name: "one that loses the transaction",
			changes: []run.Change{
				with("stale", 1, nil),
				with("rogue", 1, func(ctx context.Context, tx *sql.Tx) error {
					_, err := tx.ExecContext(ctx, "rollback")
					return errors.Join(oops, err)
				}),
				with("also", 1, nil),
			},
			want: map[string]error{"stale": nil, "rogue": oops, "also": nil},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			release := b.hold(t)
			got := map[string]error{}
			var mu sync.Mutex
			var wg sync.WaitGroup
			for i, c := range tt.changes {
				wg.Go(func() {
					err := saveOrPanic(b, c)
					mu.Lock()
					defer mu.Unlock()
					got[c.Session] = err
				})
				b.await(t, i+1)
			}
			release()
			wg.Wait()
			for id, want := range tt.want {
				if !errors.Is(got[id], want) {
					t.Errorf("%s: error %v, want %v", id, got[id], want)
				}
				s, err := b.Load(t.Context(), id)
				check(t, err)
				if saved := s.Session.Head == 2; saved != (want == nil) {
					t.Errorf("%s: saved %v after error %v", id, saved, want)
				}
				var effects int
				check(t, b.Writer().Get(&effects, "select count(*) from effects where key = $1", id))
				if (effects == 1) != (want == nil) {
					t.Errorf("%s: %d effects after error %v", id, effects, want)
				}
			}
			check(t, b.Delete(t.Context(), "holder", run.DropPending))
		})
	}
}

// saveOrPanic gives what Save panics with, an error here, as an error.
func saveOrPanic(b *bench, c run.Change) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	return b.Save(context.Background(), c)
}

func TestWaitingWriteCanBeGivenUp(t *testing.T) {
	b := open(t, sqliteFile(t))
	b.begin(t, "s")
	release := b.hold(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Save(ctx, newStep("s", 1, full(2, 2))) }()
	b.await(t, 1)
	cancel()
	wantErr(t, <-done, context.Canceled)
	release()
	b.begin(t, "after") // so that the queue has been worked off
	b.wantChain(t, "s", "1.1<0 state 1.1")
}

func TestFullQueueHoldsWritersBack(t *testing.T) {
	b := open(t, sqliteFile(t))
	release := b.hold(t)
	var wg sync.WaitGroup
	for i := range maxQueue {
		wg.Go(func() {
			if err := b.Create(context.Background(), creation(fmt.Sprint(i))); err != nil {
				t.Error(err)
			}
		})
	}
	b.await(t, maxQueue)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	wantErr(t, b.Create(ctx, creation("one too many")), context.DeadlineExceeded)
	release()
	wg.Wait()
	b.wantRows(t, map[string]int{"sessions": maxQueue + 1, "steps": maxQueue + 1, "keys": maxQueue + 1})
}

func TestClosingAnswersEverybody(t *testing.T) {
	s, err := Open(t.Context(), sqliteFile(t))
	check(t, err)
	b := &bench{s, ""}
	release := b.hold(t)
	done := make(chan error, 3)
	for i := range cap(done) {
		go func() { done <- s.Create(context.Background(), creation(fmt.Sprint(i))) }()
	}
	b.await(t, cap(done))
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	<-s.writes.(*batcher).stop
	release()
	for range cap(done) {
		if err := <-done; err != nil && !errors.Is(err, ErrClosed) {
			t.Errorf("a waiting writer got %v", err)
		}
	}
	check(t, <-closed)
	wantErr(t, s.Create(t.Context(), creation("x")), ErrClosed)
}
