package memory

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

func copyParcel(p run.Parcel) run.Parcel {
	p.Body, p.Expires = bytes.Clone(p.Body), stamp(p.Expires)
	return p
}

// PutParcel implements run.Store.
func (s *Store) PutParcel(ctx context.Context, p run.Parcel) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	s.parcels[p.ID] = copyParcel(p)
	return nil
}

// Parcel implements run.Store.
func (s *Store) Parcel(ctx context.Context, id string, now time.Time) (*run.Parcel, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	p, ok := s.parcels[id]
	if !ok || over(p.Expires, now) {
		return nil, fmt.Errorf("find a parcel: %w", run.ErrNotFound)
	}
	p = copyParcel(p)
	return &p, nil
}

// TakeParcel implements run.Store.
func (s *Store) TakeParcel(ctx context.Context, id string) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if _, ok := s.parcels[id]; !ok {
		return fmt.Errorf("take a parcel: %w", run.ErrUsed)
	}
	delete(s.parcels, id)
	return nil
}
