package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// sweepAtMost bounds what one look finds; the next one finds more.
const sweepAtMost = 100

// A sweeper delivers what is overdue, beside the jobs: those may be thought to
// be running when whoever ran them is long dead. The zero value sweeps nothing.
type sweeper struct {
	over   chan struct{} // closed to end it
	gone   chan struct{} // closed when it has ended
	cancel context.CancelFunc
}

func (s *sweeper) start(ctx context.Context, q *Queue) {
	if q.o.Overdue == nil {
		return
	}
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.over, s.gone = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(s.gone)
		again := time.NewTicker(q.o.Sweep)
		defer again.Stop()
		for {
			q.sweepOnce(ctx)
			select {
			case <-s.over:
				return
			case <-again.C:
			}
		}
	}()
}

// stop looks for nothing more and waits for what is being delivered. When ctx
// ends first, that is cancelled.
func (s *sweeper) stop(ctx context.Context) {
	if s.cancel == nil {
		return
	}
	close(s.over)
	defer context.AfterFunc(ctx, s.cancel)()
	<-s.gone
	s.cancel()
	s.cancel = nil
}

// sweepOnce delivers what is overdue, as many at a time as there are workers.
func (q *Queue) sweepOnce(ctx context.Context) {
	late, err := q.o.Overdue(ctx, q.o.Clock.Now().Add(-q.o.Sweep), sweepAtMost)
	if err != nil && ctx.Err() == nil {
		q.o.Logger.LogAttrs(ctx, slog.LevelError, "look for overdue effects", slog.Any("error", err))
	}
	var all sync.WaitGroup
	turns := make(chan struct{}, q.o.Workers)
	for _, e := range late {
		select {
		case turns <- struct{}{}:
		case <-q.sweep.over:
			continue
		}
		all.Go(func() {
			defer func() { <-turns }()
			q.takeUp(ctx, e)
		})
	}
	all.Wait()
}

// takeUp makes one attempt. After every full round of attempts the effect is
// given up, until an administrator begins another.
func (q *Queue) takeUp(ctx context.Context, e Overdue) {
	ctx, cancel := context.WithTimeout(ctx, q.o.Timeout)
	defer cancel()
	d := Delivery{Key: e.Key, Attempt: e.Round + 1, Now: q.o.Clock.Now()}
	if d.Attempt%q.o.Attempts != 0 {
		d.Next = d.Now.Add(q.o.Backoff(e.Round%q.o.Attempts + 1))
	}
	// An error is written down with the effect; what else would be done with it
	// is to try again, which comes by itself.
	_ = guarded(func() error { return q.o.Deliver(ctx, d) })
}
