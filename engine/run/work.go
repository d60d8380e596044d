package run

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"colloquy/engine/evaluation"
)

// Workers carry out background actions. They are a job engine of their own, and
// not jobs of the one that delivers effects: that one learns of a process's
// death after the longest time that a job may take, and these take minutes.
// Here whoever works at an action says so every few seconds, and when he does
// not, somebody else begins it anew. They are woken when an action is asked
// for, by the database or within the process, and ask for themselves only in
// case that was missed.
type Workers struct {
	Runner *Runner
	// Number is how many actions are carried out at a time; the configuration's
	// if 0.
	Number int
	// Lease is after what time without a sign of life an action is taken from
	// its worker; 20 s if 0.
	Lease time.Duration
	// Look is how often due actions are looked for without having been told;
	// 2 s if 0.
	Look time.Duration
	// Grace is how long actions may go on after the end of Work's context;
	// 10 s if 0. Those that are not over then are given back.
	Grace time.Duration
}

// mostAttempts is how often an action is begun whose workers die.
const mostAttempts = 5

func orElse[T int | time.Duration](n *T, otherwise T) {
	if *n <= 0 {
		*n = otherwise
	}
}

// Work carries out background actions until ctx ends.
func (w Workers) Work(ctx context.Context) {
	orElse(&w.Number, w.Runner.config.Background.Workers)
	orElse(&w.Lease, 20*time.Second)
	orElse(&w.Look, 2*time.Second)
	orElse(&w.Grace, 10*time.Second)
	woken, leave := w.Runner.news.work()
	defer leave()
	hard, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var busy sync.WaitGroup
	slots := make(chan struct{}, w.Number)
	for ctx.Err() == nil {
		if !w.takeUp(ctx, hard, slots, &busy) {
			select {
			case <-woken:
			case <-time.After(w.Look):
			case <-ctx.Done():
			}
		}
	}
	over := make(chan struct{})
	go func() { busy.Wait(); close(over) }()
	select {
	case <-over:
	case <-time.After(w.Grace):
		cancel()
		<-over
	}
}

// Drain carries out, one after the other, the background actions that are due
// and those that they ask for, and returns how many it took up.
func (w Workers) Drain(ctx context.Context) int {
	w.Number = 1
	orElse(&w.Lease, 20*time.Second)
	for n := 0; ; n++ {
		t := w.claim(ctx)
		if t == nil {
			return n
		}
		w.carryOut(ctx, t)
	}
}

// takeUp waits for a free worker and has him begin an action. It reports
// whether there was one.
func (w Workers) takeUp(ctx, hard context.Context, slots chan struct{}, busy *sync.WaitGroup) bool {
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return true
	}
	t := w.claim(ctx)
	if t == nil {
		<-slots
		return false
	}
	busy.Go(func() {
		defer func() { <-slots }()
		w.carryOut(hard, t)
	})
	return true
}

// claim takes one of the actions that are due, nil if there is none to be had.
func (w Workers) claim(ctx context.Context) *Task {
	r := w.Runner
	now := r.clock.Now().UTC()
	ids, err := r.store.DueTasks(ctx, now, 4*w.Number)
	if err != nil {
		w.complain(ctx, "find background actions", err)
		return nil
	}
	rand.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] }) // others look for them, too
	for _, id := range ids {
		t, err := r.store.ClaimTask(ctx, id, now, now.Add(w.Lease))
		if err == nil {
			return t
		}
		if !errors.Is(err, ErrTaken) {
			w.complain(ctx, "claim a background action", err)
			return nil
		}
	}
	return nil
}

func (w Workers) complain(ctx context.Context, what string, err error) {
	if ctx.Err() == nil {
		w.Runner.log.Error(what, "error", err)
	}
}

// errLost says that an action was revoked or taken over.
var errLost = errors.New("the background action is not this worker's any more")

// carryOut works at an action and says so all the while.
func (w Workers) carryOut(ctx context.Context, t *Task) {
	ctx, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	var holding sync.WaitGroup
	over := make(chan struct{})
	holding.Go(func() { w.hold(ctx, t, over, lose) })
	err := w.Runner.guarded(ctx, t)
	close(over)
	holding.Wait()
	switch {
	case err == nil, errors.Is(err, ErrTaken), errors.Is(context.Cause(ctx), errLost):
	case ctx.Err() != nil: // the process ends: somebody else may begin it at once
		w.giveBack(ctx, t)
	default:
		w.complain(ctx, "carry out a background action", err)
	}
}

// giveBack lets go of an action before its lease ends.
func (w Workers) giveBack(ctx context.Context, t *Task) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := w.Runner.store.HoldTask(ctx, t.ID, t.Attempt, w.Runner.clock.Now()); err != nil && !errors.Is(err, ErrTaken) {
		w.complain(ctx, "give a background action back", err)
	}
}

// hold says again and again that somebody works at an action, until it is over.
// When it is somebody else's or revoked, the work ends; also when that could not
// be said for so long that somebody else may take it up.
func (w Workers) hold(ctx context.Context, t *Task, over <-chan struct{}, lose context.CancelCauseFunc) {
	news, leave := w.Runner.news.listen(t.Session)
	defer leave()
	tick := time.NewTicker(w.Lease / 4)
	defer tick.Stop()
	for said := time.Now(); ; {
		select {
		case <-over:
			return
		case <-ctx.Done():
			return
		case <-news:
			if !w.holds(ctx, t) {
				lose(errLost)
				return
			}
		case <-tick.C:
			began := time.Now()
			err := w.renew(ctx, t)
			if err == nil {
				said = began
			}
			if errors.Is(err, ErrTaken) || time.Since(said) > w.Lease*3/4 {
				lose(errLost)
				return
			}
		}
	}
}

// renew moves on the time until which an action is this worker's; it does not
// wait for a database that does not answer.
func (w Workers) renew(ctx context.Context, t *Task) error {
	ctx, cancel := context.WithTimeout(ctx, w.Lease/4)
	defer cancel()
	return w.Runner.store.HoldTask(ctx, t.ID, t.Attempt, w.Runner.clock.Now().Add(w.Lease))
}

// holds looks whether an action is still this worker's.
func (w Workers) holds(ctx context.Context, t *Task) bool {
	now, err := w.Runner.store.Task(ctx, t.Session, t.ID)
	if err != nil {
		return !errors.Is(err, ErrNotFound)
	}
	return now.Phase == evaluation.TaskRunning && now.Attempt == t.Attempt
}
