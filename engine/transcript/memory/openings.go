package memory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"colloquy/engine/run"
)

// NoteOpening implements run.Store.
func (s *Store) NoteOpening(ctx context.Context, o run.Opening, after time.Time) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if s.sessions[o.Session] == nil || slices.ContainsFunc(s.openings, func(had run.Opening) bool {
		return had.Session == o.Session && had.By == o.By && had.How == o.How && had.At.After(stamp(after))
	}) {
		return nil
	}
	s.opened++
	s.openings = append(s.openings, run.Opening{ID: s.opened, Session: o.Session, At: stamp(o.At), By: o.By, How: o.How})
	return nil
}

// Openings implements run.Store.
func (s *Store) Openings(ctx context.Context, w run.WantedOpenings) ([]run.Opening, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var out []run.Opening
	for _, o := range slices.Backward(s.openings) {
		row := s.sessions[o.Session].row
		if w.Session != "" && o.Session != w.Session || w.Interview != "" && row.Interview != w.Interview || w.By.ID != "" && o.By != w.By ||
			o.At.Before(stamp(w.Since)) || w.Before != 0 && o.ID >= w.Before || len(out) == cmp.Or(max(w.Limit, 0), pageLength) {
			continue
		}
		o.Interview, o.Owner = row.Interview, row.Owner
		out = append(out, o)
	}
	return out, nil
}
