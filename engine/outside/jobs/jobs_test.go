package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/lib/pq"  // driver "postgres"
	_ "modernc.org/sqlite" // driver "sqlite"

	"colloquy/engine/outside/jobs"
	"colloquy/engine/ports"
	"colloquy/sql/pgtest"
)

// On SQLite times are compared as text, which goes wrong wherever local time
// gets into the tables; so the tests run far from Greenwich.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("Far", 9*3600)
	os.Exit(m.Run())
}

// both runs a test on either database.
func both(t *testing.T, f func(t *testing.T, driver string, db *sql.DB)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "jobs.sqlite")
		db := open(t, "sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_time_format=sqlite&_txlock=immediate")
		db.SetMaxOpenConns(1)
		f(t, "sqlite", db)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, "postgres", open(t, "postgres", pgtest.URL(t)))
	})
}

func open(t *testing.T, driver, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// A log keeps the deliveries that were asked for, and answers them.
type log struct {
	answer func(jobs.Delivery) error

	mu   sync.Mutex
	seen []jobs.Delivery
	come chan struct{}
}

func newLog(answer func(jobs.Delivery) error) *log {
	return &log{answer: answer, come: make(chan struct{}, 10_000)}
}

func (l *log) deliver(_ context.Context, d jobs.Delivery) error {
	l.mu.Lock()
	l.seen = append(l.seen, d)
	l.mu.Unlock()
	l.come <- struct{}{}
	if l.answer == nil {
		return nil
	}
	return l.answer(d)
}

func (l *log) all() []jobs.Delivery {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.seen)
}

// wait returns when there were n deliveries.
func (l *log) wait(t *testing.T, n int) []jobs.Delivery {
	t.Helper()
	late := time.After(30 * time.Second)
	for range n {
		select {
		case <-l.come:
		case <-late:
			t.Fatalf("%d of %d deliveries", len(l.all()), n)
		}
	}
	return l.all()
}

func (l *log) keys() []string {
	var keys []string
	for _, d := range l.all() {
		keys = append(keys, d.Key)
	}
	slices.Sort(keys)
	return keys
}

func options(driver string, db *sql.DB, deliver jobs.Deliver) jobs.Options {
	return jobs.Options{
		Driver: driver, DB: db, Deliver: deliver, Clock: ports.ClockFunc(time.Now), Poll: 20 * time.Millisecond,
		Backoff: func(int) time.Duration { return 50 * time.Millisecond },
	}
}

// start makes a queue and starts it; the test's end stops it.
func start(t *testing.T, o jobs.Options) *jobs.Queue {
	t.Helper()
	q, err := jobs.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := q.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return q
}

func enqueue(t *testing.T, db *sql.DB, q *jobs.Queue, commit bool, keys ...string) {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Enqueue(t.Context(), tx, keys...); err != nil {
		t.Fatal(err)
	}
	end := tx.Rollback
	if commit {
		end = tx.Commit
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
}

// settled waits until no job of the kind is left to do, and gives how many
// ended in each state.
func settled(t *testing.T, db *sql.DB) map[string]int {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		states := states(t, db)
		if states["available"]+states["running"]+states["retryable"]+states["scheduled"]+states["pending"] == 0 {
			return states
		}
		if time.Now().After(deadline) {
			t.Fatalf("jobs are left: %v", states)
		}
	}
}

func states(t *testing.T, db *sql.DB) map[string]int {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "select state, count(*) from river_job where kind = 'effect' group by state")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			t.Fatal(err)
		}
		all[state] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestJobsExistIfTheTransactionDoes(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		l := newLog(nil)
		q := start(t, options(driver, db, l.deliver))
		enqueue(t, db, q, false, "undone")
		enqueue(t, db, q, true)
		enqueue(t, db, q, true, "a", "b", "a")
		enqueue(t, db, q, true, "c")
		l.wait(t, 3)
		if got := settled(t, db); !reflect.DeepEqual(got, map[string]int{"completed": 3}) {
			t.Errorf("states %v", got)
		}
		if got := l.keys(); !reflect.DeepEqual(got, []string{"a", "b", "c"}) {
			t.Errorf("delivered %v", got)
		}
	})
}

func TestScheduledOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		l := newLog(nil)
		q, err := jobs.New(t.Context(), options(driver, db, l.deliver))
		if err != nil {
			t.Fatal(err)
		}
		for range 3 { // it is not started yet, so the first is still waiting
			enqueue(t, db, q, true, "same")
		}
		if got := states(t, db); !reflect.DeepEqual(got, map[string]int{"available": 1}) {
			t.Errorf("states %v", got)
		}
	})
}

func TestTriedAgainUntilItWorks(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		l := newLog(func(d jobs.Delivery) error {
			if d.Attempt < 3 {
				return errors.New("the answer is hunter2")
			}
			return nil
		})
		q := start(t, options(driver, db, l.deliver))
		enqueue(t, db, q, true, "k")
		for i, d := range l.wait(t, 3) {
			if d.Key != "k" || d.Attempt != i+1 || d.Next.Sub(d.Now) != 50*time.Millisecond || d.Now.Location() != time.UTC {
				t.Errorf("delivery %d is %+v", i, d)
			}
			if i > 0 && d.Now.Before(l.all()[i-1].Next) {
				t.Errorf("attempt %d came at %v, before %v", d.Attempt, d.Now, l.all()[i-1].Next)
			}
		}
		if got := settled(t, db); !reflect.DeepEqual(got, map[string]int{"completed": 1}) {
			t.Errorf("states %v", got)
		}
		nothingOf(t, db, "hunter2")
	})
}

func TestGivenUp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		answer func(jobs.Delivery) error
		tries  int
		state  string
	}{
		{"undeliverable", func(jobs.Delivery) error {
			return fmt.Errorf("send: %w", &ports.Undeliverable{Reason: "no hunter2 here"})
		}, 1, "cancelled"},
		{"too often", func(jobs.Delivery) error { return errors.New("hunter2") }, 3, "discarded"},
		{"panic", func(jobs.Delivery) error { panic("hunter2") }, 3, "discarded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, driver string, db *sql.DB) {
				l := newLog(tt.answer)
				o := options(driver, db, l.deliver)
				o.Attempts = 3
				q := start(t, o)
				enqueue(t, db, q, true, "k")
				seen := l.wait(t, tt.tries)
				if got := settled(t, db); !reflect.DeepEqual(got, map[string]int{tt.state: 1}) {
					t.Errorf("states %v", got)
				}
				if last := seen[len(seen)-1]; tt.tries == 3 && !last.Next.IsZero() {
					t.Errorf("the last attempt promises another one at %v", last.Next)
				}
				nothingOf(t, db, "hunter2")
			})
		})
	}
}

// nothingOf checks that a text is nowhere in the table of jobs.
func nothingOf(t *testing.T, db *sql.DB, text string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "select * from river_job")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells := make([]any, len(names))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			v := *c.(*any)
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			if strings.Contains(fmt.Sprint(v), text) {
				t.Errorf("column %s holds %v", names[i], v)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestEachOnceBetweenProcesses(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		l := newLog(nil)
		q := start(t, options(driver, db, l.deliver))
		start(t, options(driver, db, l.deliver))
		var want []string
		for i := range 40 {
			want = append(want, fmt.Sprintf("k%02d", i))
		}
		enqueue(t, db, q, true, want...)
		l.wait(t, len(want))
		settled(t, db)
		if got := l.keys(); !reflect.DeepEqual(got, want) {
			t.Errorf("delivered %v", got)
		}
	})
}

func TestChores(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		done := make(chan time.Time, 10)
		o := options(driver, db, newLog(nil).deliver)
		o.Chores = []jobs.Chore{
			{Name: "sweep", Every: time.Hour, Run: func(_ context.Context, now time.Time) error { done <- now; return nil }},
			{Name: "break", Every: time.Hour, Run: func(context.Context, time.Time) error { panic("hunter2") }},
		}
		start(t, o)
		select {
		case now := <-done:
			if now.Location() != time.UTC || time.Since(now) > time.Minute {
				t.Errorf("now is %v", now)
			}
		case <-time.After(30 * time.Second):
			t.Fatal("the chore was not done")
		}
		nothingOf(t, db, "hunter2")
	})
}

func TestStopWaitsForADelivery(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		begun, finish := make(chan struct{}), make(chan struct{})
		q, err := jobs.New(t.Context(), options(driver, db, func(context.Context, jobs.Delivery) error {
			close(begun)
			<-finish
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		enqueue(t, db, q, true, "k")
		<-begun
		stopped := make(chan error)
		go func() { stopped <- q.Stop(context.Background()) }()
		select {
		case err := <-stopped:
			t.Fatalf("stopped in the middle of a delivery: %v", err)
		case <-time.After(100 * time.Millisecond):
		}
		close(finish)
		if err := <-stopped; err != nil {
			t.Fatal(err)
		}
		if got := settled(t, db); !reflect.DeepEqual(got, map[string]int{"completed": 1}) {
			t.Errorf("states %v", got)
		}
	})
}

func TestStopCancelsInTheEnd(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		begun := make(chan struct{})
		o := options(driver, db, func(ctx context.Context, _ jobs.Delivery) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		})
		o.Backoff = func(int) time.Duration { return time.Hour }
		q, err := jobs.New(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		enqueue(t, db, q, true, "k")
		<-begun
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		if err := q.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		if got := states(t, db); !reflect.DeepEqual(got, map[string]int{"retryable": 1}) {
			t.Errorf("states %v", got)
		}
	})
}

func TestRescuedFromADeadProcess(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		l := newLog(nil)
		o := options(driver, db, l.deliver)
		o.Timeout, o.Rescue = time.Second, time.Second
		q, err := jobs.New(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		enqueue(t, db, q, true, "k")
		// What the table looks like after the process that worked it died.
		begun := time.Now().UTC().Add(-time.Hour).Format("2006-01-02 15:04:05.000")
		if driver == "postgres" {
			begun += "+00"
		}
		if _, err := db.ExecContext(t.Context(), "update river_job set state = 'running', attempt = 1, attempted_at = $1", begun); err != nil {
			t.Fatal(err)
		}
		start(t, o)
		if d := l.wait(t, 1)[0]; d.Key != "k" || d.Attempt != 2 {
			t.Errorf("delivered %+v", d)
		}
	})
}

func TestSeveralStartAtOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		failures := make(chan error)
		for range 4 {
			go func() {
				_, err := jobs.New(context.Background(), options(driver, db, newLog(nil).deliver))
				failures <- err
			}()
		}
		for range 4 {
			if err := <-failures; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestUnknownDriver(t *testing.T) {
	if _, err := jobs.New(t.Context(), jobs.Options{Driver: "mysql"}); err == nil || !strings.Contains(err.Error(), `"mysql"`) {
		t.Errorf("got %v", err)
	}
}

// What is overdue is delivered, also while the job that should do so seems to
// be running: whoever ran it may be dead.
func TestOverdueIsTakenUp(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, driver string, db *sql.DB) {
		l := newLog(nil)
		o := options(driver, db, l.deliver)
		o.Sweep = 50 * time.Millisecond
		var late []jobs.Overdue
		var mu sync.Mutex
		o.Overdue = func(_ context.Context, at time.Time, limit int) ([]jobs.Overdue, error) {
			if time.Since(at) < o.Sweep || limit < 1 {
				t.Errorf("asked what is overdue at %v, at most %d", at, limit)
			}
			mu.Lock()
			defer mu.Unlock()
			return late, nil
		}
		q, err := jobs.New(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		enqueue(t, db, q, true, "dead")
		if _, err := db.ExecContext(t.Context(), "update river_job set state = 'running', attempt = 1, attempted_at = $1", time.Now().UTC()); err != nil {
			t.Fatal(err)
		}
		start(t, o)
		mu.Lock()
		late = []jobs.Overdue{{Key: "dead", Round: 1}, {Key: "lost"}}
		mu.Unlock()
		l.wait(t, 2)
		mu.Lock()
		late = nil
		mu.Unlock()
		for _, d := range l.all() {
			if want := map[string]int{"dead": 2, "lost": 1}[d.Key]; d.Attempt != want || d.Next.Sub(d.Now) != 50*time.Millisecond {
				t.Errorf("delivery %+v, want attempt %d", d, want)
			}
		}
		got := slices.Compact(l.keys())
		if !reflect.DeepEqual(got, []string{"dead", "lost"}) {
			t.Errorf("delivered %v", got)
		}
	})
}
