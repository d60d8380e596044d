package store

import (
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// PutParcel implements run.Store.
func (s *Store) PutParcel(ctx context.Context, p run.Parcel) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error { return s.putParcel(ctx, t, p) })
}

func (s *Store) putParcel(ctx context.Context, t tx, p run.Parcel) error {
	if _, err := t.exec(ctx, s.q.PutParcel, p.ID, p.Body, stamp(p.Expires)); err != nil {
		return fmt.Errorf("leave a parcel: %w", err)
	}
	return nil
}

// Parcel implements run.Store.
func (s *Store) Parcel(ctx context.Context, id string, now time.Time) (*run.Parcel, error) {
	var rows []parcelRow
	if err := s.read.all(ctx, &rows, s.q.FindParcel, id, stamp(now)); err != nil {
		return nil, fmt.Errorf("find a parcel: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("find a parcel: %w", run.ErrNotFound)
	}
	return &run.Parcel{ID: rows[0].ID, Body: rows[0].Body, Expires: rows[0].Expires.time()}, nil
}

// TakeParcel implements run.Store.
func (s *Store) TakeParcel(ctx context.Context, id string) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.TakeParcel, id)
		if err == nil && n == 0 {
			err = run.ErrUsed
		}
		if err != nil {
			return fmt.Errorf("take a parcel: %w", err)
		}
		return nil
	})
}
