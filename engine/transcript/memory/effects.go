package memory

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/run"
)

func settled(e *run.Effect) bool {
	return e.State != run.EffectWaiting && e.State != run.EffectClaimed
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
	return copyEffect(e), nil
}

func copyEffect(e *run.Effect) *run.Effect {
	out := *e
	out.Body, out.Note = bytes.Clone(e.Body), bytes.Clone(e.Note)
	return &out
}

// RenewEffect implements run.Store.
func (s *Store) RenewEffect(ctx context.Context, key string, claim int, until time.Time) error {
	return s.claimed(ctx, key, claim, func(e *run.Effect) { e.NextAt = stamp(until) })
}

// SettleEffect implements run.Store.
func (s *Store) SettleEffect(ctx context.Context, t run.Settlement) error {
	return s.claimed(ctx, t.Key, t.Claim, func(e *run.Effect) {
		e.State, e.NextAt, e.Class, e.Note = t.State, stamp(t.At), t.Class, bytes.Clone(t.Note)
		if e.State != run.EffectDelivered {
			return
		}
		e.Body = nil
		if s.sessions[e.Session] == nil { // it has outlived its session
			delete(s.effects, e.Key)
		}
	})
}

// claimed changes an effect if the claim is still in force.
func (s *Store) claimed(ctx context.Context, key string, claim int, change func(*run.Effect)) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	e := s.effects[key]
	switch {
	case e == nil:
		return fmt.Errorf("settle effect: %w", run.ErrNotFound)
	case e.State != run.EffectClaimed || e.Attempts != claim:
		return fmt.Errorf("settle effect: %w", run.ErrTaken)
	}
	change(e)
	return nil
}

// RetryEffect implements run.Store.
func (s *Store) RetryEffect(ctx context.Context, key string, now time.Time) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	e := s.effects[key]
	switch {
	case e == nil:
		return fmt.Errorf("deliver an effect again: %w", run.ErrNotFound)
	case e.State == run.EffectClaimed || e.State == run.EffectDelivered || e.Body == nil:
		return fmt.Errorf("deliver an effect again: %w", run.ErrTaken)
	}
	e.State, e.NextAt = run.EffectWaiting, stamp(now)
	return nil
}

// Effect implements run.Store.
func (s *Store) Effect(ctx context.Context, key string) (*run.Effect, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	e := s.effects[key]
	if e == nil {
		return nil, fmt.Errorf("find effect: %w", run.ErrNotFound)
	}
	return copyEffect(e), nil
}

// Effects implements run.Store.
func (s *Store) Effects(ctx context.Context, w run.Wanted) ([]run.Effect, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	list := []run.Effect{}
	for _, e := range s.effects {
		if e.Kind == w.Kind && (w.State == "" || e.State == w.State) && strings.HasPrefix(e.Key, w.Prefix) {
			out := copyEffect(e)
			out.Body = nil
			list = append(list, *out)
		}
	}
	slices.SortFunc(list, func(a, b run.Effect) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(a.Key, b.Key))
	})
	if w.Limit == 0 {
		w.Limit = 100
	}
	return list[:min(len(list), w.Limit)], nil
}

// DueEffects implements run.Store.
func (s *Store) DueEffects(ctx context.Context, now time.Time, limit int) ([]run.Due, error) {
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
	var out []run.Due
	for _, e := range due[:min(len(due), limit)] {
		out = append(out, run.Due{Key: e.Key, Attempts: e.Attempts})
	}
	return out, nil
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
