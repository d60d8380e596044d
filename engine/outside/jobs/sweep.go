package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
)

// sweepAtMost bounds what one look finds; the next one finds more.
const sweepAtMost = 200

// A sweeper schedules anew what is overdue. The zero value sweeps nothing.
type sweeper struct {
	cancel context.CancelFunc
	gone   chan struct{}
}

func (s *sweeper) start(ctx context.Context, q *Queue) {
	if q.o.Overdue == nil {
		return
	}
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.gone = make(chan struct{})
	go func() {
		defer close(s.gone)
		for again := time.NewTicker(q.o.Sweep); ; {
			if err := q.takeUp(ctx); err != nil && ctx.Err() == nil {
				q.o.Logger.LogAttrs(ctx, slog.LevelError, "look for overdue effects", slog.Any("error", err))
			}
			select {
			case <-ctx.Done():
				again.Stop()
				return
			case <-again.C:
			}
		}
	}()
}

func (s *sweeper) stop() {
	if s.cancel != nil {
		s.cancel()
		<-s.gone
		s.cancel = nil
	}
}

// takeUp schedules what is overdue. Where a job of the same round still waits,
// no second one is made.
func (q *Queue) takeUp(ctx context.Context) error {
	late, err := q.o.Overdue(ctx, q.o.Clock.Now().Add(-q.o.Sweep), sweepAtMost)
	if err != nil || len(late) == 0 {
		return err
	}
	jobs := make([]river.InsertManyParams, len(late))
	for i, e := range late {
		jobs[i] = river.InsertManyParams{Args: effectArgs{Key: e.Key, Round: e.Round}, InsertOpts: &river.InsertOpts{UniqueOpts: unique()}}
	}
	if _, err := q.client.InsertMany(ctx, jobs); err != nil {
		return fmt.Errorf("schedule %d overdue effects: %w", len(jobs), err)
	}
	return nil
}
