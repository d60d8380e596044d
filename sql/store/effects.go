package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// ClaimEffect implements run.Store.
func (s *Store) ClaimEffect(ctx context.Context, key string, now time.Time, lease time.Duration) (*run.Effect, error) {
	var row effectRow
	err := s.writes.write(ctx, func(ctx context.Context, t tx) error {
		row = effectRow{}
		err := t.one(ctx, &row, s.q.ClaimEffect, key, stamp(now), stamp(now.Add(lease)))
		if errors.Is(err, sql.ErrNoRows) {
			return s.unclaimed(ctx, t, key)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim effect: %w", err)
	}
	return row.effect(), nil
}

// unclaimed tells an effect that is not to be had from one that is not there.
func (s *Store) unclaimed(ctx context.Context, t tx, key string) error {
	var n int
	if err := t.one(ctx, &n, s.q.FindEffect, key); err != nil {
		return err
	}
	if n == 0 {
		return run.ErrNotFound
	}
	return run.ErrTaken
}

// CompleteEffect implements run.Store.
func (s *Store) CompleteEffect(ctx context.Context, key string, now time.Time) error {
	return s.settle(ctx, key, run.EffectDelivered, "", now)
}

// FailEffect implements run.Store.
func (s *Store) FailEffect(ctx context.Context, key, class string, now, retry time.Time) error {
	if retry.IsZero() {
		return s.settle(ctx, key, run.EffectFailed, class, now)
	}
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.RetryEffect, key, stamp(retry), class)
		if err == nil && n == 0 {
			err = s.unclaimed(ctx, t, key)
		}
		if err != nil {
			return fmt.Errorf("give effect back: %w", err)
		}
		return nil
	})
}

// settle ends an effect; it returns run.ErrTaken unless it is claimed.
func (s *Store) settle(ctx context.Context, key, state, class string, now time.Time) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.SettleEffect, key, state, stamp(now), class)
		if err == nil && n == 0 {
			err = s.unclaimed(ctx, t, key)
		}
		if err == nil {
			_, err = t.exec(ctx, s.q.DropOrphanEffect, key)
		}
		if err != nil {
			return fmt.Errorf("settle effect: %w", err)
		}
		return nil
	})
}

// DueEffects implements run.Store.
func (s *Store) DueEffects(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var keys []string
	if err := s.read.all(ctx, &keys, s.q.DueEffects, stamp(now), limit); err != nil {
		return nil, fmt.Errorf("find due effects: %w", ended(ctx, err))
	}
	return keys, nil
}

// PutResult implements run.Store.
func (s *Store) PutResult(ctx context.Context, r run.Result) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		return s.addResult(ctx, t, r.Session, r)
	})
}

// Result implements run.Store.
func (s *Store) Result(ctx context.Context, token string, now time.Time) (*run.Result, error) {
	var rows []resultRow
	if err := s.read.all(ctx, &rows, s.q.FindResult, token, stamp(now)); err != nil {
		return nil, fmt.Errorf("find result: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("find result: %w", run.ErrNotFound)
	}
	r := rows[0]
	return &run.Result{Token: r.Token, Session: r.Session, Body: r.Body, Expires: r.Expires.time()}, nil
}
