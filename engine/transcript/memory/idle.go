package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"colloquy/engine/run"
)

// Idle implements run.Store.
func (s *Store) Idle(ctx context.Context, before time.Time, after run.Session, limit int) ([]run.Session, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	longer := func(a, b run.Session) int { return cmp.Or(a.Active.Compare(b.Active), cmp.Compare(a.ID, b.ID)) }
	var out []run.Session
	for _, in := range s.sessions {
		v := run.Session{ID: in.row.ID, Interview: in.row.Interview, Active: in.row.Active}
		if !v.Active.After(stamp(before)) && (after.ID == "" || longer(v, after) > 0) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, longer)
	return out[:min(len(out), limit)], nil
}

// EraseIdle implements run.Store.
func (s *Store) EraseIdle(ctx context.Context, ids []string, before time.Time) (int64, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return 0, err
	}
	defer end()
	var erased int64
	for _, id := range ids {
		if in := s.sessions[id]; in != nil && !in.row.Active.After(stamp(before)) {
			s.erase(id, run.DropPending)
			erased++
		}
	}
	return erased, nil
}

// Leftovers implements run.Store.
func (s *Store) Leftovers(ctx context.Context, after string, limit int) ([]string, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(s.leftovers)), func(id string) bool { return id <= after })
	return ids[:min(len(ids), limit)], nil
}

// Cleared implements run.Store.
func (s *Store) Cleared(ctx context.Context, sessions []string, passes int) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	for _, id := range sessions {
		if s.leftovers[id]++; s.leftovers[id] >= passes {
			delete(s.leftovers, id)
		}
	}
	return nil
}
