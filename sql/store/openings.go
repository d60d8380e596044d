package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"time"

	"colloquy/engine/run"
)

// NoteOpening implements run.Store.
func (s *Store) NoteOpening(ctx context.Context, o run.Opening, after time.Time) error {
	var noted []int64
	if err := s.read.all(ctx, &noted, s.q.FindOpening, o.Session, o.By.Kind, o.By.ID, o.How, stamp(after)); err != nil {
		return fmt.Errorf("find who opened a session: %w", ended(ctx, err))
	}
	if len(noted) > 0 {
		return nil
	}
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		if _, err := t.exec(ctx, s.q.AddOpening, o.Session, stamp(o.At), o.By.Kind, o.By.ID, o.How); err != nil {
			return fmt.Errorf("note who opened a session: %w", err)
		}
		return nil
	})
}

// Openings implements run.Store.
func (s *Store) Openings(ctx context.Context, w run.WantedOpenings) ([]run.Opening, error) {
	since := stamp(w.Since)
	if w.Since.IsZero() {
		since = stamp(time.Unix(0, 0)) // no comparison holds with null
	}
	var rows []struct {
		ID        int64
		Session   string
		Interview string
		Owner     string
		At        stamp
		Kind      string
		Holder    string
		How       string
	}
	err := s.read.all(ctx, &rows, s.q.ListOpenings, w.Session, w.Interview, w.By.Kind, w.By.ID, since,
		cmp.Or(w.Before, int64(math.MaxInt64)), cmp.Or(max(w.Limit, 0), pageLength))
	if err != nil {
		return nil, fmt.Errorf("list who opened sessions: %w", ended(ctx, err))
	}
	out := make([]run.Opening, len(rows))
	for i, r := range rows {
		out[i] = run.Opening{ID: r.ID, Session: r.Session, Interview: r.Interview, Owner: r.Owner, At: r.At.time(),
			By: run.Holder{Kind: r.Kind, ID: r.Holder}, How: r.How}
	}
	return out, nil
}
