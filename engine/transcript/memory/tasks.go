package memory

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/run"
)

// task is a background action with the columns that only the store sees.
type task struct {
	run.Task
	due     time.Time
	expires time.Time
}

// with does something to the store under its lock, and tells those who listen.
func (s *Store) with(ctx context.Context, do func() error) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	err = do()
	news := s.news
	s.news = nil
	heard := s.heard
	end()
	for _, n := range news {
		for _, f := range heard {
			f(n)
		}
	}
	return err
}

// holder finds an action that an attempt holds.
func (s *Store) holder(id string, attempt int) (*task, error) {
	t := s.tasks[id]
	if t == nil || t.Phase != evaluation.TaskRunning || t.Attempt != attempt {
		return nil, fmt.Errorf("hold a background action: %w", run.ErrTaken)
	}
	return t, nil
}

func (s *Store) addTasks(session string, at time.Time, list []run.Task) {
	for _, t := range list {
		t.Session, t.Phase, t.Attempt, t.Created = session, evaluation.TaskWaiting, 0, stamp(at)
		s.tasks[t.ID] = &task{Task: t, due: stamp(at)}
		s.news = append(s.news, run.TaskNews{Session: session, Waits: true})
	}
}

func (s *Store) endTask(e *run.TaskEnd) {
	if e == nil {
		return
	}
	t := s.tasks[e.ID]
	t.Phase, t.Result, t.Ended, t.expires, t.Body, t.Report = e.Phase, bytes.Clone(e.Result), stamp(e.At), stamp(e.Expires), nil, nil
	s.news = append(s.news, run.TaskNews{Session: e.Session})
}

// DueTasks implements run.Store.
func (s *Store) DueTasks(ctx context.Context, now time.Time, limit int) (ids []string, err error) {
	err = s.with(ctx, func() error {
		var due []*task
		for _, t := range s.tasks {
			if !t.Phase.Over() && !t.due.After(stamp(now)) {
				due = append(due, t)
			}
		}
		slices.SortFunc(due, func(a, b *task) int { return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.ID, b.ID)) })
		for _, t := range due[:min(len(due), limit)] {
			ids = append(ids, t.ID)
		}
		return nil
	})
	return ids, err
}

// ClaimTask implements run.Store.
func (s *Store) ClaimTask(ctx context.Context, id string, now, until time.Time) (out *run.Task, err error) {
	err = s.with(ctx, func() error {
		t := s.tasks[id]
		if t == nil || t.Phase.Over() || t.due.After(stamp(now)) {
			return fmt.Errorf("claim a background action: %w", run.ErrTaken)
		}
		t.Phase, t.due = evaluation.TaskRunning, stamp(until)
		t.Attempt++
		k := t.Task
		out = &k
		return nil
	})
	return out, err
}

// HoldTask implements run.Store.
func (s *Store) HoldTask(ctx context.Context, id string, attempt int, until time.Time) error {
	return s.with(ctx, func() error {
		t, err := s.holder(id, attempt)
		if err == nil {
			t.due = stamp(until)
		}
		return err
	})
}

// ReportTask implements run.Store.
func (s *Store) ReportTask(ctx context.Context, id string, attempt int, progress []byte) error {
	return s.with(ctx, func() error {
		t, err := s.holder(id, attempt)
		if err == nil {
			t.Report = bytes.Clone(progress)
			s.news = append(s.news, run.TaskNews{Session: t.Session})
		}
		return err
	})
}

// EndTask implements run.Store.
func (s *Store) EndTask(ctx context.Context, e run.TaskEnd, c run.Caused) error {
	return s.with(ctx, func() error {
		c.Ended = &e
		in := s.sessions[e.Session]
		if in == nil {
			return fmt.Errorf("end a background action: %w", run.ErrTaken)
		}
		if err := s.check(in, c); err != nil {
			return err
		}
		s.cause(in, e.At, c)
		return nil
	})
}

// RevokeTask implements run.Store.
func (s *Store) RevokeTask(ctx context.Context, id string, running bool, now, expires time.Time) (revoked bool, err error) {
	err = s.with(ctx, func() error {
		t := s.tasks[id]
		if t == nil || t.Phase != evaluation.TaskWaiting && (t.Phase != evaluation.TaskRunning || !running) {
			return nil
		}
		revoked = true
		t.Phase, t.Ended, t.expires, t.Body, t.Report = evaluation.TaskRevoked, stamp(now), stamp(expires), nil, nil
		s.news = append(s.news, run.TaskNews{Session: t.Session})
		return nil
	})
	return revoked, err
}

// Task implements run.Store.
func (s *Store) Task(ctx context.Context, session, id string) (out *run.Task, err error) {
	err = s.with(ctx, func() error {
		t := s.tasks[id]
		if t == nil || t.Session != session {
			return fmt.Errorf("find a background action: %w", run.ErrNotFound)
		}
		k := t.Task
		k.Body = nil
		out = &k
		return nil
	})
	return out, err
}

// OpenTasks implements run.Store.
func (s *Store) OpenTasks(ctx context.Context, session string, since time.Time) (out []run.Task, err error) {
	err = s.with(ctx, func() error {
		for _, t := range s.tasks {
			late := !since.IsZero() && t.Ended.After(stamp(since))
			if t.Session == session && (!t.Phase.Over() || t.Notify != "" && !t.Told || late) {
				k := t.Task
				k.Body = nil
				out = append(out, k)
			}
		}
		slices.SortFunc(out, func(a, b run.Task) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
		return nil
	})
	return out, err
}

// TellTask implements run.Store.
func (s *Store) TellTask(ctx context.Context, id string) (first bool, err error) {
	err = s.with(ctx, func() error {
		if t := s.tasks[id]; t != nil && !t.Told {
			t.Told, first = true, true
		}
		return nil
	})
	return first, err
}

// OnTask implements run.Store.
func (s *Store) OnTask(f func(run.TaskNews)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(slices.Clone(s.heard), f)
}
