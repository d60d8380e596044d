// Package store keeps sessions in a database: SQLite in one file, which needs
// no set-up, or PostgreSQL, which several nodes can share. It implements
// run.Store, the same for both.
//
// It sees sealed bytes and the few columns that are clear; sealing is package
// run's business, and what an effect or a result means too. The job engine has
// tables of its own in the same database and enqueues inside a Save through
// run.Caused.Also; Writer gives it the handle.
//
// SQL is in queries, one statement per file, the same text for both databases.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"colloquy/engine/run"
	"colloquy/sql/migrations"
)

// A Store keeps sessions in one database. It is safe for concurrent use.
type Store struct {
	q       queries
	dialect migrations.Dialect
	read    *handle
	writes  writer
	write   *handle // same as read on PostgreSQL
	news    wire
}

var (
	_ run.Store       = (*Store)(nil)
	_ run.SealedStore = (*Store)(nil)
)

// ErrClosed says that the store was closed before the write was begun.
var ErrClosed = errors.New("the store is closed")

// A writer runs a function in a transaction: all it does is stored when write
// returns nil, and nothing otherwise. The function gets a context of its own,
// and may run more than once.
type writer interface {
	write(ctx context.Context, do func(context.Context, tx) error) error
	close()
}

// Open opens the database at an address and brings its tables up to date:
//
//	postgres://user:password@host/database?sslmode=...&max_conns=16&prepare=yes
//	sqlite:///path/to/file
//	path/to/file
//
// A SQLite file is made if missing, readable to its owner only, and its folder
// too. Errors say what is the matter in words for an administrator, and never
// a password.
func Open(ctx context.Context, address string) (*Store, error) {
	q, err := loadQueries()
	if err != nil {
		return nil, err
	}
	scheme, rest, ok := strings.Cut(address, "://")
	switch {
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		return openPostgres(ctx, q, address)
	case ok && scheme == "sqlite":
		if !strings.HasPrefix(rest, "/") {
			return nil, errors.New("a SQLite address has three slashes before the path: sqlite:///path/to/file")
		}
		return openSQLite(ctx, q, rest)
	case ok:
		return nil, fmt.Errorf("a database address begins with postgres:// or sqlite:///, not with %s://", scheme)
	case address == "":
		return nil, errors.New("no database: give a file, or an address that begins with postgres://")
	}
	return openSQLite(ctx, q, address)
}

// Dialect tells which kind of database this is.
func (s *Store) Dialect() migrations.Dialect { return s.dialect }

// Writer gives the handle through which others may write to the same database:
// on SQLite its only connection for writing, which nobody may hold for long.
func (s *Store) Writer() *sqlx.DB { return s.write.db }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.read.db.PingContext(ctx); err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	return nil
}

// Close finishes the writes begun, refuses others with ErrClosed, and lets go
// of the database.
func (s *Store) Close() error {
	s.news.close()
	s.writes.close()
	err := s.read.close()
	if s.write != s.read {
		err = errors.Join(err, s.write.close())
	}
	return err
}
