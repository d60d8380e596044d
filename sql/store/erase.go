package store

import (
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// Delete implements run.Store.
func (s *Store) Delete(ctx context.Context, session string, p run.Pending) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		return s.erase(ctx, t, session, p)
	})
}

// DropKey implements run.Store.
func (s *Store) DropKey(ctx context.Context, session string, h run.Holder, p run.Pending) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		owner := ""
		if h.Kind == run.HolderAccount {
			owner = h.ID
		}
		// First of all, so that of two who leave at once one waits for the other.
		if _, err := t.exec(ctx, s.q.LeaveSession, session, owner); err != nil {
			return fmt.Errorf("leave session: %w", err)
		}
		dropped, err := t.exec(ctx, s.q.DropKey, session, h.Kind, h.ID)
		if err != nil {
			return fmt.Errorf("drop key: %w", err)
		}
		if dropped == 0 {
			return fmt.Errorf("drop key: %w", run.ErrNotFound)
		}
		if h.Kind == run.HolderRing {
			return nil // a grant came to its end; nobody left
		}
		var people int
		if err := t.one(ctx, &people, s.q.CountPeople, session); err != nil {
			return fmt.Errorf("count keys: %w", err)
		}
		if people > 0 {
			return nil
		}
		return s.erase(ctx, t, session, p)
	})
}

// erase deletes a session; the database takes what refers to it along.
func (s *Store) erase(ctx context.Context, t tx, session string, p run.Pending) error {
	n, err := t.exec(ctx, s.q.DeleteSession, session)
	if err != nil {
		return fmt.Errorf("delete session: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("delete session: %w", run.ErrNotFound)
	}
	return s.erased(ctx, t, session, p)
}

// erased deletes what does not refer to a session but belongs to one, and notes
// that files may be left.
func (s *Store) erased(ctx context.Context, t tx, session string, p run.Pending) error {
	if _, err := t.exec(ctx, s.q.DeleteEffects, session, flag(p == run.DropPending)); err != nil {
		return fmt.Errorf("delete effects: %w", err)
	}
	if _, err := t.exec(ctx, s.q.AddLeftover, session); err != nil {
		return fmt.Errorf("note what is left: %w", err)
	}
	return s.eraseRecords(ctx, t, session)
}

// expireEffects erases what was left of effects settled before a time.
func (s *Store) expireEffects(ctx context.Context, t tx, before time.Time) error {
	for _, q := range []query{s.q.ExpireEffects, s.q.ExpireOrphanEffects} {
		if _, err := t.exec(ctx, q, stamp(before)); err != nil {
			return fmt.Errorf("erase old effects: %w", err)
		}
	}
	return nil
}

// Expire implements run.Store.
func (s *Store) Expire(ctx context.Context, now time.Time, limit int) (run.Erased, error) {
	var out run.Erased
	err := s.writes.write(ctx, func(ctx context.Context, t tx) error {
		out = run.Erased{}
		var ids []string
		if err := t.all(ctx, &ids, s.q.ExpiredSessions, stamp(now), limit); err != nil {
			return fmt.Errorf("find expired sessions: %w", err)
		}
		for _, id := range ids {
			n, err := t.exec(ctx, s.q.DeleteSession, id)
			if err != nil {
				return fmt.Errorf("delete expired session: %w", err)
			}
			out.Sessions += n // none if another node was quicker
			if err := s.erased(ctx, t, id, run.DropPending); err != nil {
				return err
			}
		}
		for _, e := range []struct {
			q     query
			count *int64
		}{{s.q.ExpireKeys, &out.Keys}, {s.q.ExpireResults, &out.Results}, {s.q.ExpireTokens, &out.Tokens},
			{s.q.ExpireParcels, &out.Parcels}, {s.q.ExpireTasks, &out.Tasks}} {
			n, err := t.exec(ctx, e.q, stamp(now))
			if err != nil {
				return fmt.Errorf("erase what has expired: %w", err)
			}
			*e.count = n
		}
		if err := s.expireRecords(ctx, t, now); err != nil {
			return err
		}
		return s.expireEffects(ctx, t, now.Add(-run.KeptFor))
	})
	if err != nil {
		return run.Erased{}, err
	}
	return out, nil
}
