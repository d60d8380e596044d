package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"colloquy/engine/accounts"
)

// foldEmail is the form of an address under which it is unique.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

type loginRow struct {
	ID      string
	Account int64
	Closed  []byte
	Stage   string
	Keep    int64
	Begun   stamp `db:"begun_at"`
	Seen    stamp `db:"seen_at"`
	Expires stamp `db:"expires_at"`
}

func (r loginRow) login() *accounts.Login {
	return &accounts.Login{ID: r.ID, Account: r.Account, Closed: r.Closed, Stage: r.Stage, Keep: r.Keep != 0, Begun: r.Begun.time(),
		Seen: r.Seen.time(), Expires: r.Expires.time()}
}

// AddLogin implements accounts.Store.
func (s *Store) AddLogin(ctx context.Context, l accounts.Login) error {
	return s.do(ctx, "keep a login", statement{s.q.AddLogin,
		[]any{l.ID, l.Account, l.Closed, l.Stage, flag(l.Keep), stamp(l.Begun), stamp(l.Seen), stamp(l.Expires)}})
}

// Login implements accounts.Store.
func (s *Store) Login(ctx context.Context, id string, now time.Time) (*accounts.Login, *accounts.Account, error) {
	var rows []loginRow
	if err := s.read.all(ctx, &rows, s.q.FindLogin, id, stamp(now)); err != nil {
		return nil, nil, fmt.Errorf("find a login: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, nil, fmt.Errorf("find a login: %w", accounts.ErrNotFound)
	}
	a, err := s.Account(ctx, rows[0].Account)
	if err != nil {
		return nil, nil, err
	}
	return rows[0].login(), a, nil
}

// TouchLogin implements accounts.Store.
func (s *Store) TouchLogin(ctx context.Context, id string, seen, expires time.Time) error {
	return s.do(ctx, "renew a login", statement{s.q.TouchLogin, []any{id, stamp(seen), stamp(expires)}})
}

// DropLogin implements accounts.Store.
func (s *Store) DropLogin(ctx context.Context, id string) error {
	return s.do(ctx, "end a login", statement{s.q.DropLogin, []any{id}})
}

// Token implements accounts.Store.
func (s *Store) Token(ctx context.Context, id string, now time.Time) (*accounts.Token, error) {
	var rows []struct {
		ID, Purpose, Detail string
		Account             int64
		Expires             stamp `db:"expires_at"`
	}
	if err := s.read.all(ctx, &rows, s.q.FindAccountToken, id, stamp(now)); err != nil {
		return nil, fmt.Errorf("find a token: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("find a token: %w", accounts.ErrNotFound)
	}
	r := rows[0]
	return &accounts.Token{ID: r.ID, Account: r.Account, Purpose: r.Purpose, Detail: r.Detail, Expires: r.Expires.time()}, nil
}

// TakeToken implements accounts.Store.
func (s *Store) TakeToken(ctx context.Context, id string) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error { return s.takeToken(ctx, t, id) })
}

func (s *Store) takeToken(ctx context.Context, t tx, id string) error {
	n, err := t.exec(ctx, s.q.TakeAccountToken, id)
	if err != nil {
		return fmt.Errorf("use a token: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("use a token: %w", accounts.ErrUsed)
	}
	return nil
}

// AddToken implements accounts.Store.
func (s *Store) AddToken(ctx context.Context, k accounts.Token) error {
	return s.do(ctx, "keep a token", s.addToken(k))
}

// errRefused undoes the counting of an attempt that is not looked at.
var errRefused = errors.New("attempt refused")

// Strike implements accounts.Store.
func (s *Store) Strike(ctx context.Context, key string, now, forget time.Time, allow func(n int, last time.Time) bool) (bool, error) {
	err := s.writes.write(ctx, func(ctx context.Context, t tx) error {
		var row struct {
			N    int
			Prev stamp `db:"prev_at"`
		}
		if err := t.one(ctx, &row, s.q.AddStrike, key, stamp(now), stamp(forget)); err != nil {
			return fmt.Errorf("count an attempt: %w", err)
		}
		if !allow(row.N, row.Prev.time()) {
			return errRefused
		}
		return nil
	})
	if errors.Is(err, errRefused) {
		return false, nil
	}
	return err == nil, err
}

// ForgetStrikes implements accounts.Store.
func (s *Store) ForgetStrikes(ctx context.Context, keys ...string) error {
	var list []statement
	for _, key := range keys {
		list = append(list, statement{s.q.DropStrikes, []any{key}})
	}
	return s.do(ctx, "forget attempts", list...)
}

// PardonStrike implements accounts.Store.
func (s *Store) PardonStrike(ctx context.Context, key string) error {
	return s.do(ctx, "forget an attempt", statement{s.q.PardonStrike, []any{key}})
}
