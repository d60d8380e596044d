package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jmoiron/sqlx"

	"colloquy/sql/migrations"
)

// A Condition is what a database is like before it is opened.
type Condition struct {
	Dialect migrations.Dialect
	Server  string // what answers, such as "PostgreSQL 15.8" or "SQLite"; never an address
	Missing bool   // there is no file yet; it is made at the first start
	Have    int64  // last migration that it has, 0 if none
	Know    int64  // last migration that this program knows
}

// Survey looks at the database at an address and changes nothing. The error
// says, as that of Open, why it could not be used.
func Survey(ctx context.Context, address string) (Condition, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if ok && (scheme == "postgres" || scheme == "postgresql") {
		c, err := surveyPostgres(ctx, address)
		if err != nil {
			return c, hideAddress(err)
		}
		return c, nil
	}
	path := address
	if ok {
		path = rest
	}
	c, err := surveyFile(ctx, path)
	if err != nil {
		return c, explain(err)
	}
	return c, nil
}

func surveyPostgres(ctx context.Context, address string) (c Condition, err error) {
	c.Dialect = migrations.Postgres
	o, err := readAddress(address)
	if err != nil {
		return c, err
	}
	db, err := sqlx.Open("postgres", o.dsn)
	if err != nil {
		return c, err
	}
	defer db.Close()
	var version int
	var name string
	var may bool
	err = db.QueryRowContext(ctx, `
		select current_setting('server_version_num')::int, split_part(current_setting('server_version'), ' ', 1),
		       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)`).Scan(&version, &name, &may)
	if err != nil {
		return c, err
	}
	c.Server = "PostgreSQL " + name
	if version < oldest {
		return c, fmt.Errorf("PostgreSQL %d is too old, %d is needed", version/10000, oldest/10000)
	}
	if c.Have, c.Know, err = migrations.Version(ctx, db.DB, c.Dialect); err != nil {
		return c, err
	}
	if c.Have < c.Know && !may {
		return c, errors.New("the user may not make tables: grant it create on the schema, or make it the owner of the database")
	}
	return c, tooNew(c)
}

func surveyFile(ctx context.Context, path string) (c Condition, err error) {
	c.Dialect, c.Server = migrations.SQLite, "SQLite"
	if path, err = filepath.Abs(path); err != nil {
		return c, err
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		c.Missing = true
		return c, nil
	}
	if err == nil && info.IsDir() {
		return c, errors.New("it is a folder: name a file in it")
	}
	if err != nil {
		return c, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return c, fmt.Errorf("the file cannot be written: %w", err)
	}
	if err := f.Close(); err != nil {
		return c, err
	}
	db, err := sqlx.Open("sqlite", (&url.URL{Scheme: "file", Path: path}).String()+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return c, err
	}
	defer db.Close()
	if err := refuseForeign(ctx, db); err != nil {
		return c, err
	}
	if c.Have, c.Know, err = migrations.Version(ctx, db.DB, c.Dialect); err != nil {
		return c, err
	}
	return c, tooNew(c)
}

func tooNew(c Condition) error {
	if c.Have > c.Know {
		return &migrations.NewerError{Database: c.Have, Program: c.Know}
	}
	return nil
}
