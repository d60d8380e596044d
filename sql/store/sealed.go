package store

import (
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// A shelf is a column of bytes that are sealed to the key ring.
type shelf struct {
	page, swap query
	key        int // how many texts tell a row from others
}

func (s *Store) shelf(place string) (shelf, error) {
	switch place {
	case run.PlaceKeys:
		return shelf{s.q.PageRingKeys, s.q.SwapRingKey, 2}, nil
	case run.PlaceEffects:
		return shelf{s.q.PageEffectBodies, s.q.SwapEffectBody, 1}, nil
	case run.PlaceNotes:
		return shelf{s.q.PageEffectNotes, s.q.SwapEffectNote, 1}, nil
	case run.PlaceTasks:
		return shelf{s.q.PageTasks, s.q.SwapTask, 1}, nil
	case run.PlaceParcels:
		return shelf{s.q.PageParcels, s.q.SwapParcel, 1}, nil
	case run.PlaceResults:
		return shelf{s.q.PageResults, s.q.SwapResult, 1}, nil
	case run.PlacePasswords:
		return shelf{s.q.PageLocks, s.q.SwapLock, 2}, nil
	case run.PlaceRecords:
		return shelf{s.q.PageRecords, s.q.SwapRecord, 3}, nil
	case run.PlaceFactors:
		return shelf{s.q.PageFactors, s.q.SwapFactor, 1}, nil
	}
	return shelf{}, fmt.Errorf("nothing is sealed to the key ring in %q", place)
}

// Sealed implements run.SealedStore.
func (s *Store) Sealed(ctx context.Context, place string, after run.Sealed, limit int) ([]run.Sealed, error) {
	sh, err := s.shelf(place)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		A, B, C string
		Sealed  []byte
	}
	args := append(texts(after.At[:sh.key]), limit)
	if err := s.read.all(ctx, &rows, sh.page, args...); err != nil {
		return nil, fmt.Errorf("list what is sealed in %s: %w", place, ended(ctx, err))
	}
	out := make([]run.Sealed, len(rows))
	for i, r := range rows {
		out[i] = run.Sealed{At: [3]string{r.A, r.B, r.C}, Bytes: r.Sealed}
	}
	return out, nil
}

func texts(all []string) []any {
	out := make([]any, len(all))
	for i, t := range all {
		out[i] = t
	}
	return out
}

// Reseal implements run.SealedStore.
func (s *Store) Reseal(ctx context.Context, place string, all []run.Resealed) (n int64, err error) {
	sh, err := s.shelf(place)
	if err != nil {
		return 0, err
	}
	err = s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n = 0
		for _, r := range all {
			args := append(texts(r.At[:sh.key]), r.Bytes, r.Again)
			done, err := t.exec(ctx, sh.swap, args...)
			if err != nil {
				return fmt.Errorf("seal %s again: %w", place, err)
			}
			n += done
		}
		return nil
	})
	return n, err
}

// CountSealed implements run.SealedStore.
func (s *Store) CountSealed(ctx context.Context) ([]run.SealedCount, error) {
	var out []run.SealedCount
	if err := s.read.all(ctx, &out, s.q.CountSealed); err != nil {
		return nil, fmt.Errorf("count what is sealed to the keys: %w", ended(ctx, err))
	}
	return out, nil
}

// NoteRingKey implements run.SealedStore.
func (s *Store) NoteRingKey(ctx context.Context, id string, now time.Time) error {
	return s.noting(ctx, s.q.NoteRingKey, id, stamp(now))
}

// RingKeyDone implements run.SealedStore.
func (s *Store) RingKeyDone(ctx context.Context, id string, now time.Time) error {
	return s.noting(ctx, s.q.RewrappedRingKey, id, stamp(now))
}

// ForgetRingKey implements run.SealedStore.
func (s *Store) ForgetRingKey(ctx context.Context, id string) error {
	return s.noting(ctx, s.q.ForgetRingKey, id)
}

func (s *Store) noting(ctx context.Context, q query, args ...any) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		if _, err := t.exec(ctx, q, args...); err != nil {
			return fmt.Errorf("note a key of the ring: %w", err)
		}
		return nil
	})
}

// RingKeys implements run.SealedStore.
func (s *Store) RingKeys(ctx context.Context) (map[string]run.RingKey, error) {
	var rows []struct {
		ID    string
		Since stamp
		Done  stamp `db:"done_at"`
	}
	if err := s.read.all(ctx, &rows, s.q.ListRingKeys); err != nil {
		return nil, fmt.Errorf("list the keys of the ring: %w", ended(ctx, err))
	}
	out := map[string]run.RingKey{}
	for _, r := range rows {
		out[r.ID] = run.RingKey{Since: r.Since.time(), Done: r.Done.time()}
	}
	return out, nil
}
