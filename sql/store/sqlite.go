package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"colloquy/sql/migrations"
)

// readers is how many connections read at once; writing has one.
const readers = 8

// Settings of every connection. FULL, because what was acknowledged is to
// survive a power cut; busy_timeout is for other processes.
var pragmas = []string{"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}

func openSQLite(ctx context.Context, q queries, path string) (*Store, error) {
	s, err := openFile(ctx, q, path)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, explain(err))
	}
	return s, nil
}

func openFile(ctx context.Context, q queries, path string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	w, err := sqlx.Open("sqlite", sqliteAddress(path, "_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	w.SetMaxOpenConns(1)
	r, err := sqlx.Open("sqlite", sqliteAddress(path, "_pragma=query_only(1)"))
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	s := &Store{q: q, dialect: migrations.SQLite, read: &handle{db: r}, write: &handle{db: w}}
	if err := s.readySQLite(ctx); err != nil {
		return nil, errors.Join(err, r.Close(), w.Close())
	}
	s.writes = newBatcher(s.write)
	return s, nil
}

func (s *Store) readySQLite(ctx context.Context) error {
	if err := refuseForeign(ctx, s.write.db); err != nil {
		return err
	}
	if err := migrations.Up(ctx, s.write.db.DB, s.dialect); err != nil {
		return err
	}
	if err := s.write.prepare(ctx, s.q); err != nil {
		return err
	}
	return s.read.prepare(ctx, s.q)
}

// makeFile makes the file and its folder if they are missing, for the owner
// only. SQLite's files beside it get the same mode.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func sqliteAddress(path, setting string) string {
	u := url.URL{Scheme: "file", Path: path}
	return u.String() + "?_time_format=sqlite&" + setting + "&_pragma=" + strings.Join(pragmas, "&_pragma=")
}

// refuseForeign keeps us from adding tables to somebody else's database.
func refuseForeign(ctx context.Context, db *sqlx.DB) error {
	var ours, all int
	err := db.QueryRowContext(ctx, `
		select count(*), coalesce(sum(name = 'goose_db_version'), 0)
		  from sqlite_master where type = 'table' and name not like 'sqlite_%'`).Scan(&all, &ours)
	if err != nil {
		return err
	}
	if all > 0 && ours == 0 {
		return errors.New("this is a database of another program")
	}
	return nil
}

// explain puts what SQLite says into words for whoever has to mend it.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	what := ""
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		what = "another program has it locked"
	case sqlite3.SQLITE_READONLY:
		what = "it cannot be written: look at the permissions of the file and its folder"
	case sqlite3.SQLITE_NOTADB:
		what = "the file is not a SQLite database"
	case sqlite3.SQLITE_CORRUPT:
		what = "the file is damaged: restore a backup"
	case sqlite3.SQLITE_FULL:
		what = "the disk is full"
	case sqlite3.SQLITE_CANTOPEN:
		what = "the file cannot be opened: look at the permissions of the file and its folder"
	default:
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}
