package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"colloquy/sql/migrations"
)

// connections is how many a node takes of the server's, unless the address
// says otherwise by max_conns=N.
const connections = 16

// oldest is the oldest PostgreSQL that is tested and maintained.
const oldest = 130000

func openPostgres(ctx context.Context, q queries, address string) (*Store, error) {
	dsn, most, err := postgresAddress(address)
	if err != nil {
		return nil, err
	}
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return nil, fmt.Errorf("database: %w", hideAddress(err))
	}
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	h := &handle{db: db}
	s := &Store{q: q, dialect: migrations.Postgres, read: h, write: h, writes: &each{h: h}}
	if err := s.readyPostgres(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", hideAddress(err)), db.Close())
	}
	return s, nil
}

func (s *Store) readyPostgres(ctx context.Context) error {
	var version int
	if err := s.read.db.GetContext(ctx, &version, "select current_setting('server_version_num')::int"); err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	if version < oldest {
		return fmt.Errorf("PostgreSQL %d is too old, %d is needed", version/10000, oldest/10000)
	}
	return migrations.Up(ctx, s.read.db.DB, s.dialect)
}

// postgresAddress readies an address for the driver. Parameters in binary need
// one round trip instead of two and no prepared statements, which poolers
// between us and the server do not like.
func postgresAddress(address string) (dsn string, most int, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", 0, errors.New("the address of the database is malformed: special characters in a password are written %XX")
	}
	v := u.Query()
	v.Set("binary_parameters", "yes")
	most = connections
	if text := v.Get("max_conns"); text != "" {
		if n, err := fmt.Sscanf(text, "%d", &most); n != 1 || err != nil || most < 1 {
			return "", 0, fmt.Errorf("max_conns=%s in the address of the database is not a number from 1 up", text)
		}
		v.Del("max_conns")
	}
	u.RawQuery = v.Encode()
	return u.String(), most, nil
}

// hideAddress drops the address, which may have a password, from errors that quote it.
func hideAddress(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// each is PostgreSQL's writer: a transaction for each write. The server itself
// groups their commits.
type each struct {
	h      *handle
	closed atomic.Bool
}

func (e *each) close() { e.closed.Store(true) }

// write implements writer. The context counts until the commit, which is seen through.
func (e *each) write(ctx context.Context, do func(context.Context, tx) error) error {
	if e.closed.Load() {
		return ErrClosed
	}
	conn, err := e.h.db.Connx(ctx)
	if err != nil {
		return fmt.Errorf("reach the database: %w", ended(ctx, err))
	}
	defer conn.Close()
	t, err := conn.BeginTxx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	defer t.Rollback() // of no effect after the commit
	if err := do(ctx, tx{t, e.h}); err != nil {
		return ended(ctx, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// ended gives the context's error for one that it brought about.
func ended(ctx context.Context, err error) error {
	var e *pq.Error
	if ctx.Err() != nil && (!errors.As(err, &e) || e.Code == "57014") { // query_canceled
		return ctx.Err()
	}
	return err
}
