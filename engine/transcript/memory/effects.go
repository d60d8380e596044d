package memory

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"colloquy/engine/run"
)

func settled(e *run.Effect) bool {
	return e.State == run.EffectDelivered || e.State == run.EffectFailed
}

// ClaimEffect implements run.Store.
func (s *Store) ClaimEffect(ctx context.Context, key string, now time.Time, lease time.Duration) (*run.Effect, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	e := s.effects[key]
	switch {
	case e == nil:
		return nil, fmt.Errorf("claim effect: %w", run.ErrNotFound)
	case settled(e) || e.NextAt.After(stamp(now)):
		return nil, fmt.Errorf("claim effect: %w", run.ErrTaken)
	}
	e.State, e.NextAt = run.EffectClaimed, stamp(now.Add(lease))
	e.Attempts++
	out := *e
	out.Body = bytes.Clone(e.Body)
	return &out, nil
}

// CompleteEffect implements run.Store.
func (s *Store) CompleteEffect(ctx context.Context, key string, now time.Time) error {
	return s.settle(ctx, key, func(e *run.Effect) {
		e.State, e.NextAt, e.Class, e.Body = run.EffectDelivered, stamp(now), "", nil
	})
}

// FailEffect implements run.Store.
func (s *Store) FailEffect(ctx context.Context, key, class string, now, retry time.Time) error {
	return s.settle(ctx, key, func(e *run.Effect) {
		e.Class = class
		if retry.IsZero() {
			e.State, e.NextAt, e.Body = run.EffectFailed, stamp(now), nil
			return
		}
		e.State, e.NextAt = run.EffectWaiting, stamp(retry)
	})
}

// settle changes a claimed effect; one that is over and has outlived its
// session goes.
func (s *Store) settle(ctx context.Context, key string, change func(*run.Effect)) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	e := s.effects[key]
	switch {
	case e == nil:
		return fmt.Errorf("settle effect: %w", run.ErrNotFound)
	case e.State != run.EffectClaimed:
		return fmt.Errorf("settle effect: %w", run.ErrTaken)
	}
	change(e)
	if settled(e) && s.sessions[e.Session] == nil {
		delete(s.effects, key)
	}
	return nil
}

// DueEffects implements run.Store.
func (s *Store) DueEffects(ctx context.Context, now time.Time, limit int) ([]string, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var due []*run.Effect
	for _, e := range s.effects {
		if !settled(e) && !e.NextAt.After(stamp(now)) {
			due = append(due, e)
		}
	}
	slices.SortFunc(due, func(a, b *run.Effect) int {
		return cmp.Or(a.NextAt.Compare(b.NextAt), cmp.Compare(a.Key, b.Key))
	})
	var keys []string
	for _, e := range due[:min(len(due), limit)] {
		keys = append(keys, e.Key)
	}
	return keys, nil
}

// PutResult implements run.Store.
func (s *Store) PutResult(ctx context.Context, r run.Result) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if s.sessions[r.Session] == nil {
		return errors.New("keep result: its session is not stored")
	}
	if _, ok := s.results[r.Token]; ok {
		return errors.New("keep result: its token is taken")
	}
	s.results[r.Token] = copyResult(r)
	return nil
}

// Result implements run.Store.
func (s *Store) Result(ctx context.Context, token string, now time.Time) (*run.Result, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	r, ok := s.results[token]
	if !ok || over(r.Expires, now) {
		return nil, fmt.Errorf("find result: %w", run.ErrNotFound)
	}
	r = copyResult(r)
	return &r, nil
}
