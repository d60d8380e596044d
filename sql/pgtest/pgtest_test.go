package pgtest_test

import (
	"database/sql"
	"testing"

	"colloquy/sql/pgtest"
)

func TestEveryTestHasItsOwnDurableDatabase(t *testing.T) {
	a, b := open(t, pgtest.URL(t)), open(t, pgtest.URL(t))
	if _, err := a.Exec("create table only_here (n int)"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Exec("create table only_here (n int)"); err != nil {
		t.Errorf("the second database is not empty: %v", err)
	}
	var fsync, port string
	if err := a.QueryRow("select current_setting('fsync'), current_setting('listen_addresses')").Scan(&fsync, &port); err != nil {
		t.Fatal(err)
	}
	if fsync != "on" || port != "" {
		t.Errorf("fsync %q, listening on %q; want on, and on nothing", fsync, port)
	}
}

func TestDatabasesAreEmptyAgain(t *testing.T) {
	for range 2 {
		t.Run("", func(t *testing.T) {
			db, err := sql.Open("postgres", pgtest.URL(t)) // left open
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec("create table t (n int); create type mood as enum ('calm')"); err != nil {
				t.Error(err)
			}
		})
	}
}

func open(t *testing.T, url string) *sql.DB {
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
