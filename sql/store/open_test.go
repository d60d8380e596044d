package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/sql/migrations"
	"colloquy/sql/pgtest"
)

func TestEveryQueryFileIsUsed(t *testing.T) {
	used := map[string]bool{}
	for f := range reflect.TypeFor[queries]().Fields() {
		used[fileName(f.Name)] = true
	}
	files, err := queryFiles.ReadDir("queries")
	check(t, err)
	for _, f := range files {
		text, err := queryFiles.ReadFile("queries/" + f.Name())
		check(t, err)
		if !used["queries/"+f.Name()] {
			t.Errorf("nothing uses queries/%s", f.Name())
		}
		statement := regexp.MustCompile(`(?m)^--.*$`).ReplaceAll(text, nil)
		if !bytes.HasPrefix(text, []byte("-- ")) || bytes.Contains(statement, []byte(";")) {
			t.Errorf("queries/%s: want a comment that says what it promises, and one statement", f.Name())
		}
	}
	if len(files) != len(used) {
		t.Errorf("%d files for %d statements", len(files), len(used))
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	path := sqliteFile(t)
	b := open(t, "sqlite://"+path)
	b.begin(t, "s")
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		check(t, err)
		if m := info.Mode().Perm(); m != 0o600 {
			t.Errorf("%s has mode %04o, want 0600", filepath.Base(name), m)
		}
	}
	info, err := os.Stat(filepath.Dir(path))
	check(t, err)
	if m := info.Mode().Perm(); m != 0o700 {
		t.Errorf("folder has mode %04o, want 0700", m)
	}
}

func TestSettingsOfSQLite(t *testing.T) {
	b := open(t, sqliteFile(t))
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		for _, h := range []*handle{b.read, b.write} {
			var got string
			check(t, h.db.Get(&got, "pragma "+pragma))
			if got != want {
				t.Errorf("%s is %s, want %s", pragma, got, want)
			}
		}
	}
	if _, err := b.read.db.Exec("delete from sessions"); err == nil {
		t.Error("a reader could write")
	}
}

func TestOpenSaysWhatIsTheMatter(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		check(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	statement := func(name, text string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", path)
		check(t, err)
		defer db.Close()
		_, err = db.Exec(text)
		check(t, err)
		return path
	}
	newer := filepath.Join(dir, "newer")
	s, err := Open(t.Context(), newer)
	check(t, err)
	_, err = s.Writer().Exec("insert into goose_db_version (version_id, is_applied) values (99, true)")
	check(t, err)
	check(t, s.Close())

	for name, tt := range map[string]struct{ address, want string }{
		"nothing":          {"", "no database"},
		"unknown scheme":   {"mysql://u:hunter2@h/d", "not with mysql://"},
		"two slashes":      {"sqlite://data.db", "three slashes"},
		"no database file": {file("text", strings.Repeat("this is no database ", 100)), "not a SQLite database"},
		"other program's":  {statement("foreign", "create table t (n int)"), "another program"},
		"newer version":    {newer, "version 99"},
		"a folder":         {dir, "is a directory"},
		"below a file":     {filepath.Join(file("f", ""), "x"), "not a directory"},
		"no server":        {"postgres://u:hunter2@127.0.0.1:1/d?sslmode=disable", "refused"},
		"bad password":     {"postgres://u:hun%ter2@h/d", "malformed"},
		"bad pool":         {"postgres://u:hunter2@h/d?max_conns=many", "max_conns=many"},
		"bad prepare":      {"postgres://u:hunter2@h/d?prepare=maybe", "prepare=maybe"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(t.Context(), tt.address)
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error %q, want it to say %q and no password", err, tt.want)
			}
		})
	}
}

func TestLockedDatabaseIsSaidToBe(t *testing.T) {
	path := sqliteFile(t)
	check(t, open(t, path).Ping(t.Context()))
	other, err := sql.Open("sqlite", sqliteAddress(path, "_txlock=exclusive"))
	check(t, err)
	defer other.Close()
	tx, err := other.Begin()
	check(t, err)
	defer tx.Rollback()
	b := open(t, path) // reads only, so it opens
	_, err = b.Writer().Exec("pragma busy_timeout = 10")
	check(t, err)
	err = b.Create(t.Context(), creation("s"))
	if err == nil || !strings.Contains(err.Error(), "another program has it locked") {
		t.Errorf("error %v, want one that says it is locked", err)
	}
	check(t, tx.Rollback())
	b.begin(t, "s")
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	for name, address := range map[string]func() string{
		"sqlite":   func() string { return sqliteFile(t) },
		"postgres": func() string { return pgtest.URL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			at := address()
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					s, err := Open(context.Background(), at)
					if err != nil {
						t.Error(err)
						return
					}
					s.Close()
				})
			}
			wg.Wait()
		})
	}
}

func TestWhatIsStoredIsThereAfterReopening(t *testing.T) {
	for name, address := range map[string]string{"sqlite": sqliteFile(t), "postgres": pgtest.URL(t)} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(t.Context(), address)
			check(t, err)
			check(t, s.Create(t.Context(), creation("s")))
			check(t, s.Close())
			wantErr(t, s.Save(t.Context(), keep("s", 1)), ErrClosed)
			open(t, address).wantChain(t, "s", "1.1<0 state 1.1")
		})
	}
}

func TestPostgresWithoutPreparedStatements(t *testing.T) {
	b := open(t, pgtest.URL(t)+"&prepare=no&max_conns=1")
	b.fill(t, "s")
	check(t, b.Save(t.Context(), newStep("s", 2, delta(3, 3, 2))))
	b.wantChain(t, "s", "2.2<0 state 2.2; 3.3<2 state 3.3")
	check(t, b.Save(t.Context(), back("s", 3, 2)))
	if _, err := b.Sessions(t.Context(), ana, run.Page{}); err != nil {
		t.Error(err)
	}
	if _, err := b.Expire(t.Context(), noon.Add(time.Hour), 10); err != nil {
		t.Error(err)
	}
	if _, err := b.LoadStep(t.Context(), "s", 1); err != nil {
		t.Error(err)
	}
	check(t, b.DropKey(t.Context(), "s", ana, run.DropPending))
	b.wantRows(t, nil)
	if b.read.stmts != nil {
		t.Error("statements were prepared all the same")
	}
}

func TestDialect(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		want := migrations.Postgres
		if strings.HasPrefix(b.address, "/") {
			want = migrations.SQLite
		}
		if b.Dialect() != want {
			t.Errorf("dialect %s, want %s", b.Dialect(), want)
		}
	})
}

// The store is given what package run gives it: everything sealed. Whatever a
// dump shows, it shows no answer.
func TestDumpTellsNoAnswer(t *testing.T) {
	const answer = "Turnip 4711"
	onBoth(t, func(t *testing.T, b *bench) {
		d, err := seal.NewDataKey(rand.Reader)
		check(t, err)
		browser, err := seal.NewSecret(rand.Reader)
		check(t, err)
		ring, err := seal.NewRing(rand.Reader)
		check(t, err)
		const id = "abcdefghijklmnopqrstuvwxyzABCDEF"
		box := d.Box(id)
		sealed := func(purpose string, n, rev int64) []byte {
			return box.Seal([]byte(answer), seal.Associated{Session: id, N: n, Rev: rev, Kind: "form", Purpose: purpose})
		}
		step := func(n int64) run.Step {
			return run.Step{N: n, Rev: n, Kind: "form", At: noon, Input: sealed("input", n, n), State: sealed("state", n, n)}
		}
		c := run.Creation{
			Session: run.Session{ID: id, Interview: "demo:veg.yml", Rev: 1, Head: 1, Card: sealed("card", 1, 1), Created: noon, Active: noon},
			Keys:    []run.Key{{Holder: run.Holder{Kind: run.HolderBrowser, ID: browser.ID()}, Wrapped: browser.Wrap(d, id)}},
			First:   step(1),
		}
		check(t, b.Create(t.Context(), c))
		ch := newStep(id, 1, step(2))
		ch.Effects = []run.Effect{{Key: "k", Kind: "mail",
			Body: ring.Seal("mail", []byte(answer), seal.Associated{Session: id, Kind: "mail", Purpose: "k"})}}
		ch.Results = []run.Result{{Token: "t", Body: sealed("result", 0, 2), Expires: noon}}
		check(t, b.Save(t.Context(), ch))

		dump := b.dump(t)
		if !strings.Contains(dump, id) || !strings.Contains(dump, "demo:veg.yml") {
			t.Fatal("the dump shows nothing at all")
		}
		for _, secret := range []string{answer, fmt.Sprintf("%x", answer), browser.Reveal()} {
			if strings.Contains(dump, secret) {
				t.Errorf("the dump shows %q", secret)
			}
		}
		s, err := b.Load(t.Context(), id)
		check(t, err)
		last := s.Last()
		at := seal.Associated{Session: id, N: last.N, Rev: last.Rev, Kind: last.Kind, Purpose: "state"}
		if got, err := box.Open(last.State, at); err != nil || string(got) != answer {
			t.Errorf("opened %q, %v", got, err)
		}
		b.rejectsDamage(t, id, box)
	})
}

// rejectsDamage flips each byte of a stored state in turn, and moves it to
// another step, and expects neither to open.
func (b *bench) rejectsDamage(t *testing.T, id string, box *seal.Box) {
	t.Helper()
	opens := func(n int64) bool {
		s, err := b.LoadStep(t.Context(), id, n)
		check(t, err)
		last := s.Last()
		_, err = box.Open(last.State, seal.Associated{Session: id, N: n, Rev: last.Rev, Kind: last.Kind, Purpose: "state"})
		return err == nil
	}
	var state []byte
	check(t, b.Writer().Get(&state, "select state from steps where n = 2"))
	for i := range state {
		bad := bytes.Clone(state)
		bad[i] ^= 0x10
		_, err := b.Writer().Exec("update steps set state = $1 where n = 2", bad)
		check(t, err)
		if opens(2) {
			t.Errorf("byte %d flipped in the database: still opens", i)
		}
	}
	_, err := b.Writer().Exec("update steps set state = $1", state)
	check(t, err)
	if opens(1) || !opens(2) {
		t.Error("moved to another step: still opens")
	}
}

// dump writes all there is in all tables, bytes as they are and as text.
func (b *bench) dump(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	for _, name := range b.tables(t) {
		rows, err := b.Writer().Queryx("select * from " + name)
		check(t, err)
		for rows.Next() {
			cells, err := rows.SliceScan()
			check(t, err)
			for _, c := range cells {
				fmt.Fprintf(&out, "%v|%s|%x\n", c, c, c)
			}
		}
		check(t, rows.Err())
		check(t, rows.Close())
	}
	return out.String()
}

func TestStamp(t *testing.T) {
	for _, tt := range []struct {
		in   any
		want time.Time
	}{
		{nil, time.Time{}},
		{noon.In(time.FixedZone("Tokyo", 9*3600)), noon},
		{"2026-11-02 12:00:00.123456+00:00", noon},
		{[]byte("2026-11-02 12:00:00+00:00"), noon.Truncate(time.Second)},
		{"2026-11-02 21:00:00.123456+09:00", noon},
	} {
		var s stamp
		if err := s.Scan(tt.in); err != nil || !s.time().Equal(tt.want) || s.time().Location() != time.UTC {
			t.Errorf("Scan(%v) = %v, %v, want %v", tt.in, s.time(), err, tt.want)
		}
	}
	var s stamp
	for _, bad := range []any{"noon", 12} {
		if s.Scan(bad) == nil {
			t.Errorf("Scan(%v) took it", bad)
		}
	}
}

func TestTimesSortAsText(t *testing.T) {
	b := open(t, sqliteFile(t))
	base := noon.Truncate(time.Second)
	for i, d := range []time.Duration{0, time.Microsecond, 10 * time.Microsecond, 123456 * time.Microsecond, 200 * time.Millisecond, time.Second} {
		c := creation(fmt.Sprint(i))
		c.Session.Expires = base.Add(d)
		check(t, b.Create(t.Context(), c))
	}
	for i, d := range []time.Duration{0, 5 * time.Microsecond, 10 * time.Microsecond, 199 * time.Millisecond, 999 * time.Millisecond, time.Second} {
		got, err := b.Expire(t.Context(), base.Add(d), 10)
		check(t, err)
		if got.Sessions != 1 {
			t.Errorf("round %d: %d sessions expired, want 1", i, got.Sessions)
		}
	}
}

func TestCancelledWriteIsNotWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.begin(t, "s")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		wantErr(t, b.Save(ctx, newStep("s", 1, full(2, 2))), context.Canceled)
		_, err := b.Load(ctx, "s")
		wantErr(t, err, context.Canceled)
		b.wantChain(t, "s", "1.1<0 state 1.1")
	})
}

func TestCancellingAtAnyMomentLeavesWholeWrites(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.begin(t, "s")
		rev := int64(1)
		for i := range 150 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i*20)*time.Microsecond)
			c := newStep("s", rev, delta(rev+1, rev+1, rev))
			c.Effects = []run.Effect{{Key: fmt.Sprint(rev + 1), Kind: "mail"}}
			err := b.Save(ctx, c)
			cancel()
			switch {
			case err == nil:
				rev++
			case !errors.Is(err, context.DeadlineExceeded):
				t.Fatalf("try %d: %v", i, err)
			}
		}
		s, err := b.Load(t.Context(), "s")
		check(t, err)
		if s.Session.Rev != rev || int64(len(s.Chain)) != rev {
			t.Errorf("rev %d with %d steps, but %d writes were acknowledged", s.Session.Rev, len(s.Chain), rev)
		}
		b.wantRows(t, map[string]int{"sessions": 1, "keys": 1, "steps": int(rev), "effects": int(rev - 1)})
	})
}
