package migrations_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"colloquy/sql/migrations"
	"colloquy/sql/pgtest"
)

// migrated gives a new database of a dialect with all its tables.
func migrated(t *testing.T, d migrations.Dialect) *sql.DB {
	t.Helper()
	driver, address := "sqlite", "file:"+filepath.Join(t.TempDir(), "db")
	if d == migrations.Postgres {
		driver, address = "postgres", pgtest.URL(t)
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.Up(t.Context(), db, d); err != nil {
		t.Fatal(err)
	}
	return db
}

// lines runs a query and gives its rows as text, without those of the
// migrations' own table.
func lines(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(line, "goose_db_version") {
			out = append(out, line)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// sameType says which types of the one stand for which of the other.
var sameType = strings.NewReplacer("bigint", "integer", "bytea", "blob", "jsonb", "text", "timestamp with time zone", "timestamp")

func TestBothDialectsHaveTheSameTables(t *testing.T) {
	pg, lite := migrated(t, migrations.Postgres), migrated(t, migrations.SQLite)
	for what, q := range map[string]struct{ pg, lite string }{
		"columns": {
			`select table_name || '.' || column_name || ' ' || data_type || ' null:' || lower(is_nullable)
			   from information_schema.columns where table_schema = 'public'`,
			`select m.name || '.' || c.name || ' ' || lower(c.type) || ' null:' || case c."notnull" when 1 then 'no' else 'yes' end
			   from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`,
		},
		"primary keys": {
			`select c.conrelid::regclass || '.' || a.attname || ' ' || array_position(c.conkey, a.attnum)
			   from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
			  where c.contype = 'p' and c.connamespace = 'public'::regnamespace`,
			`select m.name || '.' || c.name || ' ' || c.pk
			   from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and c.pk > 0 and m.name not like 'sqlite_%'`,
		},
		"references": {
			`select conrelid::regclass || ' ' || confrelid::regclass || ' ' || case confdeltype when 'c' then 'CASCADE' else confdeltype::text end
			   from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
			`select m.name || ' ' || f."table" || ' ' || f.on_delete
			   from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
		},
		"indexes": {
			`select tablename || ' ' || indexname from pg_indexes where schemaname = 'public' and indexname not like '%_pkey'`,
			`select tbl_name || ' ' || name from sqlite_master where type = 'index' and name not like 'sqlite_%'`,
		},
	} {
		t.Run(what, func(t *testing.T) {
			a, b := lines(t, pg, q.pg), lines(t, lite, q.lite)
			for i := range a {
				a[i] = sameType.Replace(a[i])
			}
			if len(a) == 0 || !slices.Equal(a, b) {
				t.Errorf("postgres:\n%s\nsqlite:\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
			}
		})
	}
}

func TestBothDialectsHaveTheSameNumbers(t *testing.T) {
	names := func(d migrations.Dialect) []string {
		files, err := fs.Glob(os.DirFS(string(d)), "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	a, b := names(migrations.Postgres), names(migrations.SQLite)
	if len(a) == 0 || !slices.Equal(a, b) {
		t.Errorf("postgres has %v, sqlite has %v", a, b)
	}
}

func TestVersion(t *testing.T) {
	for _, d := range []migrations.Dialect{migrations.Postgres, migrations.SQLite} {
		db := migrated(t, d)
		have, know, err := migrations.Version(t.Context(), db, d)
		if err != nil || have != know || know < 3 {
			t.Errorf("%s: has %d, knows %d, %v", d, have, know, err)
		}
		if _, err := db.Exec("drop table goose_db_version"); err != nil {
			t.Fatal(err)
		}
		if have, _, err := migrations.Version(t.Context(), db, d); err != nil || have != 0 {
			t.Errorf("%s without versions: has %d, %v", d, have, err)
		}
	}
}

func TestUpAgainDoesNothing(t *testing.T) {
	for _, d := range []migrations.Dialect{migrations.Postgres, migrations.SQLite} {
		db := migrated(t, d)
		if err := migrations.Up(t.Context(), db, d); err != nil {
			t.Errorf("%s: %v", d, err)
		}
	}
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	for _, d := range []migrations.Dialect{migrations.Postgres, migrations.SQLite} {
		db := migrated(t, d)
		if _, err := db.Exec("insert into goose_db_version (version_id, is_applied) values (99, true)"); err != nil {
			t.Fatal(err)
		}
		var newer *migrations.NewerError
		err := migrations.Up(t.Context(), db, d)
		if !errors.As(err, &newer) || newer.Database != 99 || !strings.Contains(fmt.Sprint(err), "version 99") {
			t.Errorf("%s: %v", d, err)
		}
	}
}

func TestUnknownDialect(t *testing.T) {
	db := migrated(t, migrations.SQLite)
	if err := migrations.Up(t.Context(), db, "oracle"); err == nil {
		t.Error("migrated a database of a dialect that there is no folder for")
	}
}
