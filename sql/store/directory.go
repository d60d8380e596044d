package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/accounts"
)

// foundBy is the text in which an account is looked for: its address and its
// name in lower case. Databases differ about what that is; Go does not.
func foundBy(a *accounts.Account) string {
	return strings.ToLower(strings.TrimSpace(a.Email) + " " + a.Name())
}

// pattern matches texts that have a part, "" all of them.
func pattern(part string) string {
	part = strings.ToLower(strings.Join(strings.Fields(part), " "))
	if part == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(part) + "%"
}

// Search implements accounts.Store.
func (s *Store) Search(ctx context.Context, q accounts.Search) ([]accounts.Account, error) {
	statement, from := s.q.SearchAccounts, q.After
	if q.Before != 0 {
		statement, from = s.q.SearchAccountsBack, q.Before
	}
	like := pattern(q.Text)
	var rows []accountRow
	if err := s.read.all(ctx, &rows, statement, from, like, q.Limit); err != nil {
		return nil, fmt.Errorf("search for accounts: %w", ended(ctx, err))
	}
	if q.Before != 0 {
		slices.Reverse(rows)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return s.given(ctx, rows, s.q.ListFoundPrivileges, rows[0].ID, rows[len(rows)-1].ID, like)
}

// IdleAccounts implements accounts.Store.
func (s *Store) IdleAccounts(ctx context.Context, since time.Time, after int64, limit int) ([]accounts.IdleAccount, error) {
	var rows []accountRow
	if err := s.read.all(ctx, &rows, s.q.IdleAccounts, after, stamp(since), limit); err != nil {
		return nil, fmt.Errorf("find idle accounts: %w", ended(ctx, err))
	}
	idle := make([]accounts.IdleAccount, len(rows))
	for i := range rows { // numbers can lie far apart: a range of them holds many others
		one, err := s.withPrivileges(ctx, rows[i:i+1])
		if err != nil {
			return nil, err
		}
		idle[i] = accounts.IdleAccount{Account: one[0], Warned: rows[i].Warned.time()}
	}
	return idle, nil
}

// CloseIdle implements accounts.Store.
func (s *Store) CloseIdle(ctx context.Context, id int64, since time.Time) (closed bool, err error) {
	err = s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.CloseIdleAccount, id, stamp(since))
		closed = n > 0
		if err != nil {
			return fmt.Errorf("close an idle account: %w", err)
		}
		return nil
	})
	return closed, err
}

// Warned implements accounts.Store.
func (s *Store) Warned(ctx context.Context, id int64, at time.Time) error {
	return s.do(ctx, "note a warning", statement{s.q.WarnAccount, []any{id, stamp(at)}})
}
