// Package pgtest starts a throw-away PostgreSQL for tests.
//
// One cluster serves a test process: made in a temporary folder on first use,
// reached through a socket in that folder and through no port, run by an
// unprivileged user when the tests run as root. A shell watches over it, so
// that cluster and folder go when the process does, however it ends. Tables
// are the business of whoever asks for a database.
package pgtest

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq" // driver "postgres"
)

const role = "colloquy"

// start is the process's one cluster, started when first asked for.
var start = sync.OnceValues(newCluster)

// URL gives the address of an empty database that is this test's alone; at its
// end, connections left over are cut. Without PostgreSQL on the machine it skips the test, and fails it when
// the environment says CI=true.
func URL(t testing.TB) string {
	t.Helper()
	c, err := start()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skipf("no PostgreSQL: %v (apt-get install postgresql)", err)
	}
	if err != nil {
		t.Fatalf("start a PostgreSQL for tests: %v", err)
	}
	name, err := c.take()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.giveBack(name); err != nil {
			t.Error(err)
		}
	})
	return c.url(name)
}

type cluster struct {
	dir  string // data in dir/data, socket and log in dir
	life io.WriteCloser

	mu   sync.Mutex
	made int
	free []string // emptied databases: dropping one waits for the disk
}

// take gives the name of an empty database.
func (c *cluster) take() (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.free); n > 0 {
		name := c.free[n-1]
		c.free = c.free[:n-1]
		return name, nil
	}
	c.made++
	name := fmt.Sprintf("test%d", c.made)
	return name, c.exec("postgres", "create database "+name+" template template0")
}

// giveBack empties a database for the next test.
func (c *cluster) giveBack(name string) error {
	err := c.exec(name,
		"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
		"drop schema public cascade",
		"create schema public")
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free = append(c.free, name)
	return nil
}

func (c *cluster) url(database string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s&sslmode=disable", role, database, c.dir)
}

// exec runs statements in a database, one after the other on one connection.
func (c *cluster) exec(database string, statements ...string) error {
	db, err := sql.Open("postgres", c.url(database))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func newCluster() (*cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "pgtest-") // a socket's path is short, TMPDIR may not be
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir}
	if err := c.run(bin, as); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		if c.life != nil {
			c.life.Close()
		}
		os.RemoveAll(dir)
		return nil, fmt.Errorf("%w\n%s", err, log)
	}
	return c, nil
}

func (c *cluster) run(bin string, as *syscall.Credential) error {
	if as != nil {
		if err := os.Chown(c.dir, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, log, log
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC", "HOME=" + c.dir}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Setpgid: true}
		return cmd
	}
	initdb := command(filepath.Join(bin, "initdb"), "-D", "data", "-U", role, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
	if err := initdb.Run(); err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	server := command("/bin/sh", "-c", watch, filepath.Join(bin, "postgres"), c.dir)
	if c.life, err = server.StdinPipe(); err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	go server.Wait() // reaps; how it ended is in the log
	return c.await()
}

// watch runs the server $0 in the folder $1 until its input ends, which it does
// when the test process is gone.
const watch = `
"$0" -D "$1/data" -k "$1" -c listen_addresses= -c unix_socket_permissions=0700 \
  -c shared_buffers=16MB -c max_connections=60 -c wal_level=minimal -c max_wal_senders=0 \
  -c autovacuum=off -c fsync=on -c synchronous_commit=on </dev/null &
pid=$!
cat >/dev/null
kill -QUIT $pid
wait $pid
cd / && rm -rf "$1"
`

// await returns when the server takes connections.
func (c *cluster) await() error {
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = c.exec("postgres", "select 1"); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the server does not answer: %w", err)
}

// binaries finds the folder of PostgreSQL's programs: where PATH says, else the
// newest that Debian has installed. The error is an exec.ErrNotFound.
func binaries() (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if initdb, err = filepath.EvalSymlinks(initdb); err == nil {
			return filepath.Dir(initdb), nil
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("initdb: %w", exec.ErrNotFound)
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4])
		return n
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest), nil
}

// unprivileged says as whom to run: PostgreSQL refuses to be run by root.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("there is neither a user postgres nor a user nobody to run it as")
}
