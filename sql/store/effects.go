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

// RenewEffect implements run.Store.
func (s *Store) RenewEffect(ctx context.Context, key string, claim int, until time.Time) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.RenewEffect, key, claim, stamp(until))
		if err == nil && n == 0 {
			err = s.unclaimed(ctx, t, key)
		}
		if err != nil {
			return fmt.Errorf("keep an effect: %w", err)
		}
		return nil
	})
}

// SettleEffect implements run.Store.
func (s *Store) SettleEffect(ctx context.Context, e run.Settlement) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.SettleEffect, e.Key, e.Claim, e.State, stamp(e.At), e.Class, orNull(e.Note),
			flag(e.State != run.EffectDelivered))
		if err == nil && n == 0 {
			err = s.unclaimed(ctx, t, e.Key)
		}
		if err == nil {
			_, err = t.exec(ctx, s.q.DropOrphanEffect, e.Key)
		}
		if err != nil {
			return fmt.Errorf("settle effect: %w", err)
		}
		return nil
	})
}

// RetryEffect implements run.Store.
func (s *Store) RetryEffect(ctx context.Context, key string, now time.Time) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.RetryEffect, key, stamp(now))
		if err == nil && n == 0 {
			err = s.unclaimed(ctx, t, key)
		}
		if err != nil {
			return fmt.Errorf("deliver an effect again: %w", err)
		}
		return nil
	})
}

// Effect implements run.Store.
func (s *Store) Effect(ctx context.Context, key string) (*run.Effect, error) {
	var rows []effectRow
	if err := s.read.all(ctx, &rows, s.q.GetEffect, key); err != nil {
		return nil, fmt.Errorf("find effect: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("find effect: %w", run.ErrNotFound)
	}
	return rows[0].effect(), nil
}

// Effects implements run.Store.
func (s *Store) Effects(ctx context.Context, w run.Wanted) ([]run.Effect, error) {
	if w.Limit == 0 {
		w.Limit = 100
	}
	var rows []effectRow
	if err := s.read.all(ctx, &rows, s.q.ListEffects, w.Kind, w.State, w.Prefix, w.Limit); err != nil {
		return nil, fmt.Errorf("list effects: %w", ended(ctx, err))
	}
	list := make([]run.Effect, len(rows))
	for i, r := range rows {
		list[i] = *r.effect()
	}
	return list, nil
}

// DueEffects implements run.Store.
func (s *Store) DueEffects(ctx context.Context, now time.Time, limit int) ([]run.Due, error) {
	var due []run.Due
	if err := s.read.all(ctx, &due, s.q.DueEffects, stamp(now), limit); err != nil {
		return nil, fmt.Errorf("find due effects: %w", ended(ctx, err))
	}
	return due, nil
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
