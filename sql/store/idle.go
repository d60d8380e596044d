package store

import (
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// Idle implements run.Store.
func (s *Store) Idle(ctx context.Context, before time.Time, after run.Session, limit int) ([]run.Session, error) {
	from := stamp(after.Active)
	if after.ID == "" {
		from = stamp(time.Unix(0, 0)) // no comparison holds with null
	}
	var rows []sessionRow
	if err := s.read.all(ctx, &rows, s.q.IdleSessions, stamp(before), after.ID, from, limit); err != nil {
		return nil, fmt.Errorf("find idle sessions: %w", err)
	}
	out := make([]run.Session, len(rows))
	for i, r := range rows {
		out[i] = r.session()
	}
	return out, nil
}

// EraseIdle implements run.Store.
func (s *Store) EraseIdle(ctx context.Context, idle []run.Session) (int64, error) {
	var erased int64
	err := s.writes.write(ctx, func(ctx context.Context, t tx) error {
		erased = 0
		for _, v := range idle {
			n, err := t.exec(ctx, s.q.DeleteIdleSession, v.ID, stamp(v.Active))
			if err != nil {
				return fmt.Errorf("delete idle session: %w", err)
			}
			if n == 0 {
				continue // somebody came back, or another node was quicker
			}
			if err := s.erased(ctx, t, v.ID, run.DropPending); err != nil {
				return err
			}
			erased += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return erased, nil
}

// Leftovers implements run.Store.
func (s *Store) Leftovers(ctx context.Context, after string, limit int) ([]string, error) {
	var ids []string
	if err := s.read.all(ctx, &ids, s.q.ListLeftovers, after, limit); err != nil {
		return nil, fmt.Errorf("list what erased sessions left: %w", err)
	}
	return ids, nil
}

// Cleared implements run.Store.
func (s *Store) Cleared(ctx context.Context, sessions []string, passes int) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		for _, id := range sessions {
			if _, err := t.exec(ctx, s.q.PassLeftover, id); err != nil {
				return fmt.Errorf("note what was cleared: %w", err)
			}
			if _, err := t.exec(ctx, s.q.DropLeftover, id, passes); err != nil {
				return fmt.Errorf("forget an erased session: %w", err)
			}
		}
		return nil
	})
}
