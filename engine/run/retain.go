package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

const (
	idlePage    = 500 // sessions looked at in one go
	fewIdle     = 4   // sessions erased in one transaction at least: a slow disk makes few as slow as many
	manyIdle    = 50  // and at most
	leftoverTry = 2   // how often the files of an erased session are deleted: a request may have been under way

	// idleTurn is about how long requests may have to wait for a transaction
	// that erases: batches are made as small as it takes.
	idleTurn = 4 * time.Millisecond
)

// batchAfter is how many sessions to erase in the next transaction when the
// last one erased so many and took so long.
func batchAfter(batch int, took time.Duration) int {
	switch {
	case took > idleTurn:
		return max(batch/2, fewIdle)
	case took < idleTurn/2:
		return min(batch*2, manyIdle)
	}
	return batch
}

// EraseIdle erases the sessions that nobody has used for longer than the
// configuration keeps them (docassemble's "interview delete days"), and counts
// them. It does so a few at a time, and leaves the database seven eighths of
// the time to others. What it does not come to before ctx ends is left for the
// next time, which is no error.
func (r *Runner) EraseIdle(ctx context.Context, now time.Time) (erased int64, err error) {
	shortest, some := r.config.Retention.Shortest()
	if !some {
		return 0, nil
	}
	defer func() {
		if erased > 0 {
			r.log.LogAttrs(ctx, slog.LevelInfo, "sessions erased that were not used any more", slog.Int64("sessions", erased))
		}
	}()
	var last Session
	batch := fewIdle
	for {
		page, err := r.store.Idle(ctx, now.Add(-shortest), last, idlePage)
		if err != nil || len(page) == 0 {
			return erased, unlessOver(ctx, err)
		}
		last = page[len(page)-1]
		n, err := r.eraseDue(ctx, page, now, &batch)
		erased += n
		if err != nil {
			return erased, unlessOver(ctx, err)
		}
	}
}

// eraseDue erases those of the sessions that have been idle for longer than
// sessions of their interview are kept, size at a time, which it adjusts.
func (r *Runner) eraseDue(ctx context.Context, page []Session, now time.Time, size *int) (erased int64, err error) {
	var due []string
	var latest time.Time
	for _, v := range page {
		if r.config.Retention.Due(v.Interview, v.Active, now) {
			due, latest = append(due, v.ID), v.Active // the longest idle came first
		}
	}
	for len(due) > 0 {
		batch := due[:min(*size, len(due))]
		due = due[len(batch):]
		begun := time.Now()
		n, err := r.store.EraseIdle(ctx, batch, latest)
		*size = batchAfter(*size, time.Since(begun))
		erased += n
		if err != nil {
			return erased, fmt.Errorf("erase idle sessions: %w", err)
		}
		if err := pause(ctx, 7*time.Since(begun)); err != nil {
			return erased, err
		}
	}
	return erased, nil
}

// ClearLeftovers deletes the files of erased sessions, and counts these.
func (r *Runner) ClearLeftovers(ctx context.Context) (cleared int, err error) {
	if r.files == nil {
		return 0, nil
	}
	last := ""
	for {
		ids, err := r.store.Leftovers(ctx, last, idlePage)
		if err != nil || len(ids) == 0 {
			return cleared, unlessOver(ctx, err)
		}
		last = ids[len(ids)-1]
		for _, id := range ids {
			if err := r.files.DeleteAll(ctx, id); err != nil {
				return cleared, fmt.Errorf("delete the files of an erased session: %w", err)
			}
		}
		if err := r.store.Cleared(ctx, ids, leftoverTry); err != nil {
			return cleared, unlessOver(ctx, err)
		}
		cleared += len(ids)
	}
}

// unlessOver drops the error of work that was cut short because ctx ended.
func unlessOver(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// pause waits, or returns the error of ctx when that ends before.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(min(d, time.Second))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
