package store

import (
	"slices"
	"sync"
	"testing"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/run"
)

// ask adds background actions to a session at rev.
func (b *bench) ask(t testing.TB, session string, rev int64, tasks ...run.Task) {
	t.Helper()
	c := keep(session, rev)
	c.At = noon
	c.Tasks = tasks
	check(t, b.Save(t.Context(), c))
}

func task(id string) run.Task {
	return run.Task{ID: id, Visitor: "v", Notify: "refresh", Body: []byte("body of " + id)}
}

func ending(id string, attempt int) run.TaskEnd {
	return run.TaskEnd{ID: id, Session: "s", Attempt: attempt, Phase: evaluation.TaskDone, Result: []byte("result"),
		At: noon.Add(time.Minute), Expires: noon.Add(time.Hour)}
}

func TestTasksAreClaimedByOne(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		b.ask(t, "s", 1, task("a"), task("b"))
		ids, err := b.DueTasks(ctx, noon, 10)
		check(t, err)
		if !slices.Equal(ids, []string{"a", "b"}) {
			t.Errorf("due %v", ids)
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 8 {
			all.Go(func() {
				k, err := b.ClaimTask(ctx, "a", noon, noon.Add(time.Minute))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					if won++; k.Attempt != 1 || string(k.Body) != "body of a" || k.Session != "s" || k.Phase != evaluation.TaskRunning {
						t.Errorf("claimed %+v", k)
					}
					return
				}
				wantErr(t, err, run.ErrTaken)
			})
		}
		all.Wait()
		if won != 1 {
			t.Errorf("%d claimed it", won)
		}
		_, err = b.ClaimTask(ctx, "nobody", noon, noon.Add(time.Minute))
		wantErr(t, err, run.ErrTaken)
	})
}

// Whoever lets his time run out can write nothing any more.
func TestTasksAreTakenOver(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		b.ask(t, "s", 1, task("a"))
		_, err := b.ClaimTask(ctx, "a", noon, noon.Add(time.Minute))
		check(t, err)
		check(t, b.HoldTask(ctx, "a", 1, noon.Add(2*time.Minute)))
		_, err = b.ClaimTask(ctx, "a", noon.Add(time.Minute), noon.Add(time.Hour))
		wantErr(t, err, run.ErrTaken)
		k, err := b.ClaimTask(ctx, "a", noon.Add(2*time.Minute), noon.Add(time.Hour))
		check(t, err)
		if k.Attempt != 2 {
			t.Errorf("attempt %d", k.Attempt)
		}
		wantErr(t, b.HoldTask(ctx, "a", 1, noon.Add(time.Hour)), run.ErrTaken)
		wantErr(t, b.ReportTask(ctx, "a", 1, []byte("x")), run.ErrTaken)
		wantErr(t, b.EndTask(ctx, ending("a", 1), run.Caused{Tasks: []run.Task{task("more")}}), run.ErrTaken)
		c := newStep("s", 2, full(2, 3))
		late := ending("a", 1)
		c.Ended = &late
		wantErr(t, b.Save(ctx, c), run.ErrTaken)
		b.wantChain(t, "s", "1.1<0 state 1.1") // nothing of the late response
		b.wantRows(t, map[string]int{"sessions": 1, "steps": 1, "keys": 1, "tasks": 1})

		check(t, b.ReportTask(ctx, "a", 2, []byte("half")))
		good := ending("a", 2)
		c.Ended = &good
		check(t, b.Save(ctx, c))
		wantErr(t, b.Save(ctx, c), run.ErrStale)
		wantErr(t, b.EndTask(ctx, good, run.Caused{}), run.ErrTaken)
		k, err = b.Task(ctx, "s", "a")
		check(t, err)
		if k.Phase != evaluation.TaskDone || string(k.Result) != "result" || k.Body != nil || k.Report != nil || !k.Ended.Equal(noon.Add(time.Minute)) {
			t.Errorf("in the end %+v", k)
		}
		if ids, _ := b.DueTasks(ctx, noon.Add(100*time.Hour), 10); len(ids) != 0 {
			t.Errorf("due %v", ids)
		}
	})
}

func TestTasksAreRevoked(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		b.ask(t, "s", 1, task("waits"), task("runs"))
		_, err := b.ClaimTask(ctx, "runs", noon, noon.Add(time.Minute))
		check(t, err)
		for _, tt := range []struct {
			id      string
			running bool
			want    bool
		}{{"waits", false, true}, {"waits", true, false}, {"runs", false, false}, {"runs", true, true}, {"nobody", true, false}} {
			got, err := b.RevokeTask(ctx, tt.id, tt.running, noon, noon.Add(time.Hour))
			check(t, err)
			if got != tt.want {
				t.Errorf("%s, running %v: %v", tt.id, tt.running, got)
			}
		}
		wantErr(t, b.HoldTask(ctx, "runs", 1, noon.Add(time.Hour)), run.ErrTaken)
		wantErr(t, b.EndTask(ctx, ending("runs", 1), run.Caused{}), run.ErrTaken)
	})
}

func TestOpenTasks(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.begin(t, "s")
		b.begin(t, "other")
		silent := task("silent")
		silent.Notify = ""
		b.ask(t, "s", 1, task("a"), silent)
		b.ask(t, "other", 1, task("b"))
		open := func(since time.Time) (ids []string) {
			list, err := b.OpenTasks(ctx, "s", since)
			check(t, err)
			for _, k := range list {
				if k.Body != nil {
					t.Error("a body is shown")
				}
				ids = append(ids, k.ID)
			}
			return ids
		}
		want := func(got []string, want ...string) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("open are %v, want %v", got, want)
			}
		}
		want(open(time.Time{}), "a", "silent")
		for _, id := range []string{"a", "silent"} {
			_, err := b.ClaimTask(ctx, id, noon, noon.Add(time.Minute))
			check(t, err)
			check(t, b.EndTask(ctx, ending(id, 1), run.Caused{}))
		}
		want(open(time.Time{}), "a")
		want(open(noon), "a", "silent")
		for i, first := range []bool{true, false} {
			got, err := b.TellTask(ctx, "a")
			check(t, err)
			if got != first {
				t.Errorf("telling %d: first %v", i, got)
			}
		}
		want(open(time.Time{}))
		want(open(noon), "a", "silent")
		want(open(noon.Add(time.Minute)))
		_, err := b.Task(ctx, "other", "a")
		wantErr(t, err, run.ErrNotFound)
		erased, err := b.Expire(ctx, noon.Add(time.Hour), 10)
		check(t, err)
		if erased.Tasks != 2 {
			t.Errorf("erased %+v", erased)
		}
		check(t, b.Delete(ctx, "other", run.DeliverPending))
		if ids, _ := b.DueTasks(ctx, noon, 10); len(ids) != 0 {
			t.Errorf("actions outlive their session: %v", ids)
		}
	})
}

// Who listens hears what is written: by this process and by others.
func TestNewsOfTasks(t *testing.T) {
	for _, here := range []bool{true, false} {
		onBoth(t, func(t *testing.T, b *bench) {
			ctx := t.Context()
			listener := b
			if !here {
				listener = open(t, b.address)
			}
			news := make(chan run.TaskNews, 100)
			listener.OnTask(func(n run.TaskNews) { news <- n })
			b.begin(t, "s")
			time.Sleep(300 * time.Millisecond) // until the connection listens
			for len(news) > 0 {
				<-news
			}
			heard := func(what string, waits bool) {
				t.Helper()
				for late := time.After(5 * time.Second); ; {
					select {
					case n := <-news:
						if (n.Session == "s" || n.Session == "") && (n.Waits || !waits) {
							return
						}
					case <-late:
						t.Fatalf("nobody hears of %s", what)
					}
				}
			}
			b.ask(t, "s", 1, task("a"))
			heard("a new one", true)
			_, err := b.ClaimTask(ctx, "a", noon, noon.Add(time.Minute))
			check(t, err)
			check(t, b.ReportTask(ctx, "a", 1, []byte("x")))
			heard("its progress", false)
			check(t, b.EndTask(ctx, ending("a", 1), run.Caused{}))
			heard("its end", false)
		})
	}
}
