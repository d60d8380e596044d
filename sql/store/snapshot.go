package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"
)

// Snapshot writes a copy of a SQLite database to a new file: as it is at one
// moment, while others go on writing to it. The copy is one file and needs none
// beside it.
func Snapshot(ctx context.Context, file, to string) (err error) {
	if file, err = filepath.Abs(file); err != nil {
		return err
	}
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	db, err := sqlx.Open("sqlite", (&url.URL{Scheme: "file", Path: file}).String()+"?mode=rw&_pragma=busy_timeout(5000)")
	if err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := refuseForeign(ctx, db); err != nil {
		return fmt.Errorf("copy the database: %w", explain(err))
	}
	if _, err := db.ExecContext(ctx, "vacuum into ?", to); err != nil {
		return fmt.Errorf("copy the database: %w", explain(err))
	}
	return nil
}
