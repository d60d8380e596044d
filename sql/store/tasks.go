package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/run"
)

// taskRow is a background action as the database gives it.
type taskRow struct {
	ID      string
	Session string
	Visitor string
	Notify  string
	Phase   string
	Attempt int
	Body    []byte
	Report  []byte
	Result  []byte
	Told    int64
	Created stamp `db:"created_at"`
	Ended   stamp `db:"ended_at"`
}

func (r taskRow) task() run.Task {
	return run.Task{ID: r.ID, Session: r.Session, Visitor: r.Visitor, Notify: r.Notify, Phase: evaluation.TaskPhase(r.Phase),
		Attempt: r.Attempt, Body: r.Body, Report: r.Report, Result: r.Result, Told: r.Told == 1, Created: r.Created.time(), Ended: r.Ended.time()}
}

// addTasks writes the background actions that a step asks for.
func (s *Store) addTasks(ctx context.Context, t tx, session string, at time.Time, tasks []run.Task) error {
	for _, k := range tasks {
		if _, err := t.exec(ctx, s.q.AddTask, k.ID, session, k.Visitor, k.Notify, k.Body, stamp(at)); err != nil {
			return fmt.Errorf("add a background action: %w", err)
		}
	}
	if len(tasks) == 0 {
		return nil
	}
	return s.news.announce(ctx, t, run.TaskNews{Session: session, Waits: true})
}

// endTask writes the end of an attempt.
func (s *Store) endTask(ctx context.Context, t tx, e *run.TaskEnd) error {
	if e == nil {
		return nil
	}
	n, err := t.exec(ctx, s.q.EndTask, e.ID, e.Attempt, string(e.Phase), orNull(e.Result), stamp(e.At), stamp(e.Expires))
	if err == nil && n == 0 {
		err = run.ErrTaken
	}
	if err != nil {
		return fmt.Errorf("end a background action: %w", err)
	}
	return s.news.announce(ctx, t, run.TaskNews{Session: e.Session})
}

// DueTasks implements run.Store.
func (s *Store) DueTasks(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	if err := s.read.all(ctx, &ids, s.q.DueTasks, stamp(now), limit); err != nil {
		return nil, fmt.Errorf("find due background actions: %w", ended(ctx, err))
	}
	return ids, nil
}

// ClaimTask implements run.Store.
func (s *Store) ClaimTask(ctx context.Context, id string, now, until time.Time) (*run.Task, error) {
	var row taskRow
	err := s.change(ctx, func(ctx context.Context, t tx) error {
		row = taskRow{}
		return heldBy(t.one(ctx, &row, s.q.ClaimTask, id, stamp(now), stamp(until)))
	})
	if err != nil {
		return nil, fmt.Errorf("claim a background action: %w", err)
	}
	k := row.task()
	return &k, nil
}

// heldBy makes run.ErrTaken, held by somebody else, of a statement that found no row.
func heldBy(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return run.ErrTaken
	}
	return err
}

// HoldTask implements run.Store.
func (s *Store) HoldTask(ctx context.Context, id string, attempt int, until time.Time) error {
	return s.change(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.HoldTask, id, attempt, stamp(until))
		if err == nil && n == 0 {
			err = run.ErrTaken
		}
		if err != nil {
			return fmt.Errorf("hold a background action: %w", err)
		}
		return nil
	})
}

// ReportTask implements run.Store.
func (s *Store) ReportTask(ctx context.Context, id string, attempt int, progress []byte) error {
	return s.change(ctx, func(ctx context.Context, t tx) error {
		var session string
		if err := heldBy(t.one(ctx, &session, s.q.ReportTask, id, attempt, progress)); err != nil {
			return fmt.Errorf("report a background action: %w", err)
		}
		return s.news.announce(ctx, t, run.TaskNews{Session: session})
	})
}

// EndTask implements run.Store.
func (s *Store) EndTask(ctx context.Context, e run.TaskEnd, c run.Caused) error {
	return s.change(ctx, func(ctx context.Context, t tx) error {
		c.Ended = &e
		return s.cause(ctx, t, e.Session, e.At, c)
	})
}

// RevokeTask implements run.Store.
func (s *Store) RevokeTask(ctx context.Context, id string, running bool, now, expires time.Time) (revoked bool, err error) {
	err = s.change(ctx, func(ctx context.Context, t tx) error {
		var session string
		err := t.one(ctx, &session, s.q.RevokeTask, id, flag(running), stamp(now), stamp(expires))
		if revoked = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("revoke a background action: %w", err)
		}
		return s.news.announce(ctx, t, run.TaskNews{Session: session})
	})
	return revoked, err
}

// Task implements run.Store.
func (s *Store) Task(ctx context.Context, session, id string) (*run.Task, error) {
	var rows []taskRow
	if err := s.read.all(ctx, &rows, s.q.FindTask, session, id); err != nil {
		return nil, fmt.Errorf("find a background action: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("find a background action: %w", run.ErrNotFound)
	}
	k := rows[0].task()
	return &k, nil
}

// OpenTasks implements run.Store.
func (s *Store) OpenTasks(ctx context.Context, session string, since time.Time) ([]run.Task, error) {
	var rows []taskRow
	if err := s.read.all(ctx, &rows, s.q.OpenTasks, session, stamp(since)); err != nil {
		return nil, fmt.Errorf("find background actions: %w", ended(ctx, err))
	}
	out := make([]run.Task, len(rows))
	for i, r := range rows {
		out[i] = r.task()
	}
	return out, nil
}

// TellTask implements run.Store.
func (s *Store) TellTask(ctx context.Context, id string) (first bool, err error) {
	err = s.change(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.TellTask, id)
		first = n > 0
		if err != nil {
			return fmt.Errorf("tell of a background action: %w", err)
		}
		return nil
	})
	return first, err
}
