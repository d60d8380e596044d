package store

import (
	"context"
	"fmt"
	"slices"
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

// Keep has a session kept for good, however long nobody uses it, or, with kept
// false, erased by age again. It reports whether there is such a session.
func (s *Store) Keep(ctx context.Context, session string, kept bool) (found bool, err error) {
	err = s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.KeepSession, session, flag(kept))
		found = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("keep a session: %w", err)
	}
	return found, nil
}

// EraseIdle implements run.Store.
func (s *Store) EraseIdle(ctx context.Context, ids []string, before time.Time) (int64, error) {
	var erased int64
	for batch := range slices.Chunk(ids, many) {
		var n int64
		err := s.writes.write(ctx, func(ctx context.Context, t tx) (err error) {
			n, err = s.eraseIdle(ctx, t, batch, before)
			return err
		})
		if err != nil {
			return erased, err
		}
		erased += n
	}
	return erased, nil
}

// eraseIdle erases a batch. Whoever came back since, or was erased by another
// node, is not among those that the database names.
func (s *Store) eraseIdle(ctx context.Context, t tx, ids []string, before time.Time) (int64, error) {
	var gone []string
	if err := t.all(ctx, &gone, s.q.DeleteIdleSessions, ofMany(ids, stamp(before))...); err != nil {
		return 0, fmt.Errorf("delete idle sessions: %w", err)
	}
	if len(gone) == 0 {
		return 0, nil
	}
	// What erased does for one session, for all of them.
	for _, q := range []query{s.q.DeleteEffectsOf, s.q.AddLeftovers, s.q.DeleteRecordsOf, s.q.DeleteSnapshotsOf} {
		if _, err := t.exec(ctx, q, ofMany(gone)...); err != nil {
			return 0, fmt.Errorf("erase what belongs to idle sessions: %w", err)
		}
	}
	return int64(len(gone)), nil
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
	for batch := range slices.Chunk(sessions, many) {
		err := s.writes.write(ctx, func(ctx context.Context, t tx) error {
			if _, err := t.exec(ctx, s.q.PassLeftovers, ofMany(batch)...); err != nil {
				return fmt.Errorf("note what was cleared: %w", err)
			}
			if _, err := t.exec(ctx, s.q.DropLeftovers, ofMany(batch, passes)...); err != nil {
				return fmt.Errorf("forget erased sessions: %w", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
