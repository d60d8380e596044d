package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// Create implements run.Store.
func (s *Store) Create(ctx context.Context, c run.Creation) error {
	v, st := c.Session, c.First
	if v.Rev != 1 || v.Head != 1 || st.N != 1 || st.Rev != 1 || !st.Full() {
		return fmt.Errorf("create session: it begins at rev 1 with the full step 1, not at rev %d with step %d", v.Rev, st.N)
	}
	return s.change(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.AddSession, v.ID, v.Interview, v.Owner, orNull(v.Card),
			stamp(v.Created), stamp(v.Active), stamp(v.Expires))
		if err != nil {
			return fmt.Errorf("create session: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("create session: %w", run.ErrExists)
		}
		if err := s.addStep(ctx, t, v.ID, st); err != nil {
			return err
		}
		if err := s.putKeys(ctx, t, v.ID, c.Keys); err != nil {
			return err
		}
		return s.cause(ctx, t, v.ID, v.Created, c.Caused)
	})
}

// Save implements run.Store.
func (s *Store) Save(ctx context.Context, c run.Change) error {
	m, err := moveOf(c)
	if err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, t tx) error {
		last, err := s.advance(ctx, t, c, m)
		if err != nil {
			return err
		}
		if err := s.saveSteps(ctx, t, c, last); err != nil {
			return err
		}
		for _, h := range c.DropKeys {
			if _, err := t.exec(ctx, s.q.DropKey, c.Session, h.Kind, h.ID); err != nil {
				return fmt.Errorf("drop key: %w", err)
			}
		}
		if err := s.putKeys(ctx, t, c.Session, c.PutKeys); err != nil {
			return err
		}
		return s.cause(ctx, t, c.Session, c.At, c.Caused)
	})
}

// A move says what a change asks of the session row; nil asks nothing.
type move struct {
	from    *int64 // where the head must be
	to      *int64 // where it goes
	step    *int64 // a step there must be
	stepRev *int64 // and at which rev it must have been written
}

// moveOf checks a change and says what it asks.
func moveOf(c run.Change) (m move, err error) {
	st := c.Step
	if c.Mode == run.NewStep || c.Mode == run.Overwrite {
		if st.Rev != c.Rev+1 || st.N < 1 || st.N == 1 && !st.Full() {
			return m, fmt.Errorf("save session at rev %d: step %d of rev %d does not belong there", c.Rev, st.N, st.Rev)
		}
		from, before := st.N, st.N-1
		if c.Mode == run.NewStep {
			from = before
		}
		m.from, m.to = &from, &st.N
		if !st.Full() {
			m.step, m.stepRev = &before, &st.Base
		}
		return m, nil
	}
	switch c.Mode {
	case run.MoveHead:
		return move{to: &c.To, step: &c.To}, nil
	case run.Keep:
		return m, nil
	}
	return m, fmt.Errorf("save session: there is no mode %d", c.Mode)
}

// advance is the compare-and-swap. It returns the number of the session's last
// step, hidden or not.
func (s *Store) advance(ctx context.Context, t tx, c run.Change, m move) (last int64, err error) {
	var expires stamp
	if c.Expires != nil {
		expires = stamp(*c.Expires)
	}
	err = t.one(ctx, &last, s.q.AdvanceSession, c.Session, c.Rev, m.from, m.step, m.stepRev, m.to,
		stamp(c.At), orNull(c.Card), c.Owner, flag(c.Expires != nil), expires)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, s.refusal(ctx, t, c, m)
	}
	if err != nil {
		return 0, fmt.Errorf("advance session: %w", err)
	}
	return last, nil
}

// refusal says why a session could not be advanced.
func (s *Store) refusal(ctx context.Context, t tx, c run.Change, m move) error {
	var at whereabouts
	err := t.one(ctx, &at, s.q.FindSession, c.Session)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("save session: %w", run.ErrNotFound)
	case err != nil:
		return fmt.Errorf("save session: %w", err)
	case at.Rev != c.Rev:
		return fmt.Errorf("save session at rev %d, now %d: %w", c.Rev, at.Rev, run.ErrStale)
	case m.from != nil && *m.from != at.Head:
		return fmt.Errorf("save session: step %d does not belong at head %d", c.Step.N, at.Head)
	case c.Mode == run.MoveHead:
		return fmt.Errorf("go to step %d: %w", c.To, run.ErrNotFound)
	}
	return fmt.Errorf("save step %d: %w", c.Step.N, run.ErrBroken)
}

// saveSteps writes the step of a change, if it has one. What lies beyond goes.
func (s *Store) saveSteps(ctx context.Context, t tx, c run.Change, last int64) error {
	if c.Mode != run.NewStep && c.Mode != run.Overwrite {
		return nil
	}
	keep := c.Step.N
	if c.Mode == run.NewStep {
		keep--
	}
	if last > keep {
		if _, err := t.exec(ctx, s.q.DropHiddenSteps, c.Session, keep); err != nil {
			return fmt.Errorf("drop hidden steps: %w", err)
		}
	}
	if c.Mode == run.NewStep {
		return s.addStep(ctx, t, c.Session, c.Step)
	}
	st := c.Step
	n, err := t.exec(ctx, s.q.ReplaceStep, c.Session, st.N, st.Rev, st.Kind, st.Base, stamp(st.At), orNull(st.Input), st.State)
	if err != nil {
		return fmt.Errorf("replace step %d: %w", st.N, err)
	}
	if n == 0 {
		return fmt.Errorf("replace step %d: %w", st.N, run.ErrBroken)
	}
	return nil
}

func (s *Store) addStep(ctx context.Context, t tx, session string, st run.Step) error {
	_, err := t.exec(ctx, s.q.AddStep, session, st.N, st.Rev, st.Kind, st.Base, stamp(st.At), orNull(st.Input), st.State)
	if err != nil {
		return fmt.Errorf("add step %d: %w", st.N, err)
	}
	return nil
}

func (s *Store) putKeys(ctx context.Context, t tx, session string, keys []run.Key) error {
	for _, k := range keys {
		if _, err := t.exec(ctx, s.q.PutKey, session, k.Kind, k.ID, k.Wrapped, stamp(k.Expires), k.Via); err != nil {
			return fmt.Errorf("put key: %w", err)
		}
	}
	return nil
}

// cause writes what a step brings about.
func (s *Store) cause(ctx context.Context, t tx, session string, at time.Time, c run.Caused) error {
	for _, u := range c.Used {
		n, err := t.exec(ctx, s.q.UseToken, session, u.ID, stamp(u.Expires))
		if err != nil {
			return fmt.Errorf("use token: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("use token: %w", run.ErrUsed)
		}
	}
	for _, id := range c.Taken {
		n, err := t.exec(ctx, s.q.TakeParcel, id)
		if err != nil {
			return fmt.Errorf("take a parcel: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("take a parcel: %w", run.ErrStale)
		}
	}
	for _, e := range c.Effects {
		_, err := t.exec(ctx, s.q.AddEffect, e.Key, session, e.Kind, orNull(e.Body), soonest(e.NextAt, at), stamp(at))
		if err != nil {
			return fmt.Errorf("queue %s: %w", e.Kind, err)
		}
	}
	if err := s.addTasks(ctx, t, session, at, c.Tasks); err != nil {
		return err
	}
	if err := s.endTask(ctx, t, c.Ended); err != nil {
		return err
	}
	for _, r := range c.Results {
		if err := s.addResult(ctx, t, session, r); err != nil {
			return err
		}
	}
	for _, p := range c.Parcels {
		if err := s.putParcel(ctx, t, p); err != nil {
			return err
		}
	}
	if err := s.changeRecords(ctx, t, c.Records); err != nil {
		return err
	}
	if c.Also == nil {
		return nil
	}
	return c.Also(context.WithoutCancel(ctx), t.Tx.Tx)
}

// Ask implements run.Store.
func (s *Store) Ask(ctx context.Context, at time.Time, c run.Caused) error {
	return s.change(ctx, func(ctx context.Context, t tx) error { return s.cause(ctx, t, "", at, c) })
}

func (s *Store) addResult(ctx context.Context, t tx, session string, r run.Result) error {
	if _, err := t.exec(ctx, s.q.AddResult, r.Token, session, r.Body, stamp(r.Expires)); err != nil {
		return fmt.Errorf("keep result: %w", err)
	}
	return nil
}
