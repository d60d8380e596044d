// Package migrations brings a database to the shape that package store expects.
//
// There is one folder of SQL files per dialect, with the same numbers and the
// same tables in both. The tables of the job engine are its own affair.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed postgres/*.sql sqlite/*.sql
var files embed.FS

// A Dialect is a kind of database.
type Dialect string

// The dialects; they are also the names of the folders.
const (
	Postgres Dialect = "postgres"
	SQLite   Dialect = "sqlite"
)

// A NewerError reports a database made by a newer version of the program.
type NewerError struct{ Database, Program int64 }

func (e *NewerError) Error() string {
	return fmt.Sprintf("the database has version %d, this program knows no further than %d: use the newer program, or another database",
		e.Database, e.Program)
}

// Up applies the migrations that a database lacks. Several processes may do so
// at once. It returns a *NewerError, and touches nothing, if the database is
// ahead of the program.
func Up(ctx context.Context, db *sql.DB, d Dialect) error {
	p, err := provider(db, d)
	if err != nil {
		return err
	}
	const tries = 5
	for try := 1; ; try++ {
		var newer *NewerError
		if err = up(ctx, p); err == nil || errors.As(err, &newer) || try == tries {
			return err
		}
		// What failed because a neighbour was doing the same (SQLite has no
		// lock for that, and the table of versions is made without one) is
		// done the next time.
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try) * 50 * time.Millisecond):
		}
	}
}

func up(ctx context.Context, p *goose.Provider) error {
	have, know, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the database: %w", err)
	}
	if have > know {
		return &NewerError{Database: have, Program: know}
	}
	if have == know {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// Version gives the number of the last migration that a database has, 0 if it
// has none, and of the last one that the program knows. It changes nothing.
func Version(ctx context.Context, db *sql.DB, d Dialect) (have, know int64, err error) {
	files, err := fs.Glob(files, string(d)+"/*.sql")
	if err != nil {
		return 0, 0, fmt.Errorf("list the migrations for %s: %w", d, err)
	}
	for _, name := range files {
		number, _, _ := strings.Cut(path.Base(name), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			know = max(know, n)
		}
	}
	there := "select count(*) from sqlite_master where type = 'table' and name = 'goose_db_version'"
	if d == Postgres {
		there = "select count(*) from pg_class where oid = to_regclass('goose_db_version')"
	}
	var tables int
	if err := db.QueryRowContext(ctx, there).Scan(&tables); err != nil {
		return 0, know, fmt.Errorf("look for the version of the database: %w", err)
	}
	if tables == 0 {
		return 0, know, nil
	}
	if err := db.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version where is_applied").Scan(&have); err != nil {
		return 0, know, fmt.Errorf("read the version of the database: %w", err)
	}
	return have, know, nil
}

func provider(db *sql.DB, d Dialect) (*goose.Provider, error) {
	folder, err := fs.Sub(files, string(d))
	if err != nil {
		return nil, fmt.Errorf("migrations for %s: %w", d, err)
	}
	if d == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, db, folder, goose.WithDisableGlobalRegistry(true))
	}
	return goose.NewProvider(goose.DialectPostgres, db, folder,
		goose.WithSessionLocker(turns{}), goose.WithDisableGlobalRegistry(true))
}

// turns lets one process at a time migrate a PostgreSQL database; the others
// wait in the server, which lets the next one go on without delay.
type turns struct{}

// turn is the number of the lock, the same for all nodes.
const turn = 0x436f6c6c6f717579

// SessionLock waits for this connection's turn.
func (turns) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "select pg_advisory_lock($1)", int64(turn))
	return err
}

// SessionUnlock ends it.
func (turns) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "select pg_advisory_unlock($1)", int64(turn))
	return err
}
