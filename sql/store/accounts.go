package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/run"
)

var _ accounts.Store = (*Store)(nil)

// accountRow is an account as the database gives it.
type accountRow struct {
	ID                int64
	UID               string
	Kind              string
	Email             string
	Confirmed         stamp `db:"confirmed_at"`
	Active            int64
	Created           stamp  `db:"created_at"`
	SignedIn          stamp  `db:"signed_in_at"`
	FirstName         string `db:"first_name"`
	LastName          string `db:"last_name"`
	Country           string
	SubdivisionFirst  string `db:"subdivision_first"`
	SubdivisionSecond string `db:"subdivision_second"`
	SubdivisionThird  string `db:"subdivision_third"`
	Organization      string
	Timezone          string
	Language          string
	Factor            []byte
	Step              int64 `db:"factor_step"`
	Warned            stamp `db:"warned_at"`
}

func (r accountRow) account() accounts.Account {
	return accounts.Account{ID: r.ID, UID: r.UID, Kind: r.Kind, Email: r.Email, Confirmed: r.Confirmed.time(), Active: r.Active != 0,
		Created: r.Created.time(), SignedIn: r.SignedIn.time(), Factor: r.Factor, Step: r.Step,
		Profile: accounts.Profile{FirstName: r.FirstName, LastName: r.LastName, Country: r.Country, SubdivisionFirst: r.SubdivisionFirst,
			SubdivisionSecond: r.SubdivisionSecond, SubdivisionThird: r.SubdivisionThird, Organization: r.Organization, Timezone: r.Timezone,
			Language: r.Language}}
}

// AddAccount implements accounts.Store.
func (s *Store) AddAccount(ctx context.Context, a *accounts.Account, locks []accounts.Lock, tokens []accounts.Token) (id int64, err error) {
	err = s.writes.write(ctx, func(ctx context.Context, t tx) error {
		p := a.Profile
		err := t.one(ctx, &id, s.q.AddAccount, a.UID, a.Kind, a.Email, foldEmail(a.Email), stamp(a.Confirmed), flag(a.Active), stamp(a.Created),
			p.FirstName, p.LastName, p.Country, p.SubdivisionFirst, p.SubdivisionSecond, p.SubdivisionThird, p.Organization, p.Timezone, p.Language,
			foundBy(a))
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("add an account: %w", accounts.ErrTaken)
		}
		if err != nil {
			return fmt.Errorf("add an account: %w", err)
		}
		mine := make([]accounts.Token, len(tokens))
		for i, k := range tokens {
			k.Account = id
			mine[i] = k
		}
		return s.changeAccount(ctx, t, accounts.Change{Account: id, Privileges: &a.Privileges, PutLocks: locks, PutTokens: mine})
	})
	return id, err
}

// Account implements accounts.Store.
func (s *Store) Account(ctx context.Context, id int64) (*accounts.Account, error) {
	return s.account(ctx, s.q.FindAccount, id)
}

// AccountByEmail implements accounts.Store.
func (s *Store) AccountByEmail(ctx context.Context, email string) (*accounts.Account, error) {
	return s.account(ctx, s.q.FindAccountByEmail, foldEmail(email))
}

func (s *Store) account(ctx context.Context, q query, key any) (*accounts.Account, error) {
	var rows []accountRow
	if err := s.read.all(ctx, &rows, q, key); err != nil {
		return nil, fmt.Errorf("find an account: %w", ended(ctx, err))
	}
	list, err := s.withPrivileges(ctx, rows)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("find an account: %w", accounts.ErrNotFound)
	}
	return &list[0], nil
}

// withPrivileges makes accounts of rows that are in the order of their numbers.
func (s *Store) withPrivileges(ctx context.Context, rows []accountRow) ([]accounts.Account, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	return s.given(ctx, rows, s.q.ListAccountPrivileges, rows[0].ID, rows[len(rows)-1].ID)
}

// given makes accounts of rows and the privileges that a statement lists.
func (s *Store) given(ctx context.Context, rows []accountRow, q query, args ...any) ([]accounts.Account, error) {
	var given []struct {
		Account   int64
		Privilege string
	}
	if err := s.read.all(ctx, &given, q, args...); err != nil {
		return nil, fmt.Errorf("find privileges: %w", ended(ctx, err))
	}
	byAccount := map[int64][]string{}
	for _, g := range given {
		byAccount[g.Account] = append(byAccount[g.Account], g.Privilege)
	}
	list := make([]accounts.Account, len(rows))
	for i, r := range rows {
		list[i] = r.account()
		list[i].Privileges = byAccount[r.ID]
	}
	return list, nil
}

// Accounts implements accounts.Store.
func (s *Store) Accounts(ctx context.Context, after int64, limit int, inactive bool) ([]accounts.Account, error) {
	var rows []accountRow
	if err := s.read.all(ctx, &rows, s.q.ListAccounts, after, flag(inactive), limit); err != nil {
		return nil, fmt.Errorf("list accounts: %w", ended(ctx, err))
	}
	return s.withPrivileges(ctx, rows)
}

// CountAccounts implements accounts.Store.
func (s *Store) CountAccounts(ctx context.Context, privilege string) (int, error) {
	var n []int
	if err := s.read.all(ctx, &n, s.q.CountAccounts, privilege); err != nil {
		return 0, fmt.Errorf("count accounts: %w", ended(ctx, err))
	}
	return n[0], nil
}

// Change implements accounts.Store.
func (s *Store) Change(ctx context.Context, c accounts.Change) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error { return s.changeAccount(ctx, t, c) })
}

func (s *Store) changeAccount(ctx context.Context, t tx, c accounts.Change) error {
	if c.Take != "" {
		if err := s.takeToken(ctx, t, c.Take); err != nil {
			return err
		}
	}
	if c.Set != nil {
		if err := s.setAccount(ctx, t, c.Account, c.Set); err != nil {
			return err
		}
	}
	if c.Step != 0 {
		n, err := t.exec(ctx, s.q.UseAccountStep, c.Account, c.Step)
		if err != nil {
			return fmt.Errorf("use a code: %w", err)
		}
		if n == 0 {
			return fmt.Errorf("use a code: %w", accounts.ErrUsed)
		}
	}
	if c.Privileges != nil {
		if err := s.setPrivileges(ctx, t, c.Account, *c.Privileges); err != nil {
			return err
		}
	}
	return s.changeRest(ctx, t, c)
}

// changeRest makes the changes that cannot be refused.
func (s *Store) changeRest(ctx context.Context, t tx, c accounts.Change) error {
	var do []statement
	if c.Active != nil {
		do = append(do, statement{s.q.SetAccountActive, []any{c.Account, flag(*c.Active)}})
	}
	if !c.Arrived.IsZero() {
		do = append(do, statement{s.q.SetAccountArrived, []any{c.Account, stamp(c.Arrived)}})
	}
	if c.SetFactor {
		do = append(do, statement{s.q.SetAccountFactor, []any{c.Account, orNull(c.Factor)}})
	}
	for _, kind := range c.DropLocks {
		do = append(do, statement{s.q.DropLock, []any{c.Account, kind}})
	}
	for _, l := range c.PutLocks {
		do = append(do, statement{s.q.PutLock, []any{c.Account, l.Kind, l.Stretch, l.Closed}})
	}
	if c.Logins {
		do = append(do, statement{s.q.DropLogins, []any{c.Account, c.Except}})
	}
	for _, purpose := range c.DropTokens {
		do = append(do, statement{s.q.DropAccountTokens, []any{c.Account, purpose}})
	}
	for _, k := range c.PutTokens {
		do = append(do, s.addToken(k))
	}
	for _, d := range do {
		if _, err := t.exec(ctx, d.q, d.args...); err != nil {
			return fmt.Errorf("change an account: %w", err)
		}
	}
	return nil
}

// A statement is a query with its arguments.
type statement struct {
	q    query
	args []any
}

func (s *Store) addToken(k accounts.Token) statement {
	var account any
	if k.Account != 0 {
		account = k.Account
	}
	return statement{s.q.AddAccountToken, []any{k.ID, account, k.Purpose, k.Detail, stamp(k.Expires)}}
}

func (s *Store) setAccount(ctx context.Context, t tx, id int64, a *accounts.Account) error {
	p := a.Profile
	n, err := t.exec(ctx, s.q.SetAccount, id, a.Email, foldEmail(a.Email), stamp(a.Confirmed), p.FirstName, p.LastName, p.Country,
		p.SubdivisionFirst, p.SubdivisionSecond, p.SubdivisionThird, p.Organization, p.Timezone, p.Language, foundBy(a))
	if err != nil {
		return fmt.Errorf("change an account: %w", err)
	}
	if n > 0 {
		return nil
	}
	var row accountRow
	if err := t.one(ctx, &row, s.q.FindAccount, id); errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("change an account: %w", accounts.ErrNotFound)
	} else if err != nil {
		return fmt.Errorf("change an account: %w", err)
	}
	return fmt.Errorf("change an account: %w", accounts.ErrTaken)
}

func (s *Store) setPrivileges(ctx context.Context, t tx, id int64, names []string) error {
	if _, err := t.exec(ctx, s.q.DropAccountPrivileges, id); err != nil {
		return fmt.Errorf("take privileges: %w", err)
	}
	for _, n := range names {
		if _, err := t.exec(ctx, s.q.AddAccountPrivilege, id, n); err != nil {
			return fmt.Errorf("give a privilege: %w", err)
		}
	}
	return nil
}

// DeleteAccount implements accounts.Store.
func (s *Store) DeleteAccount(ctx context.Context, id int64) error {
	return s.do(ctx, "erase an account", statement{s.q.DeleteHolderRecords, []any{run.AccountRecords(strconv.FormatInt(id, 10))}},
		statement{s.q.DeleteAccount, []any{id}})
}

// do runs statements in one transaction.
func (s *Store) do(ctx context.Context, what string, list ...statement) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error {
		for _, d := range list {
			if _, err := t.exec(ctx, d.q, d.args...); err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
		}
		return nil
	})
}

// Locks implements accounts.Store.
func (s *Store) Locks(ctx context.Context, id int64) ([]accounts.Lock, error) {
	var locks []accounts.Lock
	if err := s.read.all(ctx, &locks, s.q.LoadLocks, id); err != nil {
		return nil, fmt.Errorf("find the locks of an account: %w", ended(ctx, err))
	}
	return locks, nil
}

// Privileges implements accounts.Store.
func (s *Store) Privileges(ctx context.Context) ([]string, error) {
	var names []string
	if err := s.read.all(ctx, &names, s.q.ListPrivileges); err != nil {
		return nil, fmt.Errorf("list privileges: %w", ended(ctx, err))
	}
	return names, nil
}

// AddPrivilege implements accounts.Store.
func (s *Store) AddPrivilege(ctx context.Context, name string) error {
	return s.do(ctx, "add a privilege", statement{s.q.AddPrivilege, []any{name}})
}

// DropPrivilege implements accounts.Store.
func (s *Store) DropPrivilege(ctx context.Context, name string) error {
	return s.do(ctx, "remove a privilege", statement{s.q.TakePrivilege, []any{name}}, statement{s.q.DropPrivilege, []any{name}})
}

// ExpireAccounts implements accounts.Store.
func (s *Store) ExpireAccounts(ctx context.Context, now time.Time) error {
	at := []any{stamp(now)}
	return s.do(ctx, "erase what has expired", statement{s.q.ExpireLogins, at}, statement{s.q.ExpireAccountTokens, at}, statement{s.q.ExpireStrikes, at})
}
