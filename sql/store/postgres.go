package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
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
	o, err := readAddress(address)
	if err != nil {
		return nil, err
	}
	db, err := sqlx.Open("postgres", o.dsn)
	if err != nil {
		return nil, fmt.Errorf("database: %w", hideAddress(err))
	}
	db.SetMaxOpenConns(o.most)
	db.SetMaxIdleConns(o.most)
	h := &handle{db: db}
	s := &Store{q: q, dialect: migrations.Postgres, read: h, write: h, writes: &each{h: h}, news: wire{postgres: true, dsn: o.dsn}}
	if err := s.readyPostgres(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", hideAddress(err)), db.Close())
	}
	return s, nil
}

func (s *Store) readyPostgres(ctx context.Context, o options) error {
	var version int
	if err := s.read.db.GetContext(ctx, &version, "select current_setting('server_version_num')::int"); err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	if version < oldest {
		return fmt.Errorf("PostgreSQL %d is too old, %d is needed", version/10000, oldest/10000)
	}
	if err := migrations.Up(ctx, s.read.db.DB, s.dialect); err != nil || !o.prepare {
		return err
	}
	return s.read.prepare(ctx, s.q)
}

// options are what an address of a PostgreSQL says.
type options struct {
	dsn     string // what the driver is told
	most    int    // connections
	prepare bool   // whether statements are prepared once for each connection
}

// readAddress reads an address. Beside what the driver knows it may say
// max_conns=N, and prepare=no where a pooler between us and the server cannot
// do with prepared statements; without them a step takes about twice as long.
func readAddress(address string) (o options, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return o, errors.New("the address of the database is malformed: special characters in a password are written %XX")
	}
	v := u.Query()
	o.most = connections
	if text := v.Get("max_conns"); text != "" {
		if o.most, err = strconv.Atoi(text); err != nil || o.most < 1 {
			return o, fmt.Errorf("max_conns=%s in the address of the database is not a number from 1 up", text)
		}
	}
	switch text := v.Get("prepare"); text {
	case "", "yes":
		o.prepare = true
	case "no":
	default:
		return o, fmt.Errorf("prepare=%s in the address of the database is neither yes nor no", text)
	}
	v.Del("max_conns")
	v.Del("prepare")
	v.Set("binary_parameters", "yes") // bytes are sent as they are, not as hexadecimal text
	u.RawQuery = v.Encode()
	o.dsn = u.String()
	return o, nil
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
	if err := do(ctx, tx{Tx: t, h: e.h}); err != nil {
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
