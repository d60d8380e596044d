package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"colloquy/engine/config"
	"colloquy/sql/pgtest"
)

// A backup that is made while people answer holds every answer that was
// acknowledged before; their browsers go on at the server that it is restored to.
func TestBackupWhilePeopleAnswer(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "backup.tar")
	my := write(t, dir, "tally.yml", tally)
	p := newProcess(t, "--listen", "127.0.0.1:0", "--data", data, my)
	sent := write(t, filepath.Join(data, "files"), "session/1", "what somebody sent")
	people, acked, stop := answering(t, p.root, 4)
	for acked(0) < 3 {
	}
	var before []int
	for i := range people {
		before = append(before, acked(i))
	}
	out := ok(t, "backup", "--data", data, file)
	stop()
	if !strings.Contains(out, "1 files") || !strings.Contains(out, "The server's keys are in it") {
		t.Errorf("it says %s", out)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is open to others: %v, %v", info.Mode(), err)
	}

	elsewhere := filepath.Join(dir, "elsewhere")
	out = ok(t, "restore", "--data", elsewhere, file)
	if !strings.Contains(out, "can be served") {
		t.Errorf("it says %s", out)
	}
	got, err := os.ReadFile(filepath.Join(elsewhere, "files", "session", "1"))
	want, _ := os.ReadFile(sent)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the file is %q, %v", got, err)
	}
	next := newProcess(t, "--listen", "127.0.0.1:0", "--data", elsewhere, my)
	for i, who := range people {
		who.moveTo(next.root)
		who.get(tallyAddress)
		given := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(who.heading(), "Given:"), "."))
		if len(given) < before[i] || len(given) > acked(i)+1 {
			t.Errorf("person %d: %d answers are there, %d were acknowledged before the backup, %d in all", i, len(given), before[i], acked(i))
		}
		who.answer("on")
		who.wants("Given: " + strings.Join(append(given, "on"), " ") + ".")
	}
	refused(t, "is not empty", "restore", "--data", elsewhere, file)
	refused(t, "is there already", "backup", "--data", data, file)
}

// answering has people answer until they are stopped, and tells how often each
// was told that an answer was taken.
func answering(t *testing.T, root string, n int) (people []*person, acked func(int) int, stop func()) {
	t.Helper()
	counts := make([]int, n)
	over := make(chan struct{})
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range n {
		p := newPerson(t)
		p.root = root
		p.get(tallyAddress)
		people = append(people, p)
		all.Go(func() {
			for w := 1; ; w++ {
				select {
				case <-over:
					return
				default:
				}
				status, err := p.try(fmt.Sprintf("w%d", w))
				if err != nil || status != http.StatusSeeOther {
					t.Errorf("answer %d: %d, %v", w, status, err)
					return
				}
				mu.Lock()
				counts[i]++
				mu.Unlock()
				if err := p.load(tallyAddress); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	acked = func(i int) int { mu.Lock(); defer mu.Unlock(); return counts[i] }
	return people, acked, func() { close(over); all.Wait() }
}

// small makes a data folder with a session and a backup of it.
func small(t *testing.T, more ...string) (data, file string, ids []string) {
	t.Helper()
	dir := t.TempDir()
	data, file = filepath.Join(dir, "data"), filepath.Join(dir, "backup.tar")
	p := newProcess(t, "--listen", "127.0.0.1:0", "--data", data, write(t, dir, "open.yml", open))
	ids = openSessions(t, p.root, 1)
	ok(t, append([]string{"backup", "--data", data, file}, more...)...)
	return data, file, ids
}

// A backup without keys has none in it, and opens with those that were kept.
func TestBackupWithoutKeys(t *testing.T) {
	data, file, ids := small(t, "--without-keys")
	kept, err := os.ReadFile(filepath.Join(data, "keys"))
	check(t, err)
	whole, err := os.ReadFile(file)
	check(t, err)
	secret := strings.Fields(string(kept[bytes.LastIndex(kept, []byte("active")):]))[1]
	if bytes.Contains(whole, []byte(secret)) {
		t.Fatal("the keys are in the backup")
	}
	to := filepath.Join(t.TempDir(), "to")
	if out := ok(t, "restore", "--data", to, file); !strings.Contains(out, "put your copy of them") {
		t.Errorf("it says %s", out)
	}
	refused(t, "are missing", "serve", "--listen", "127.0.0.1:0", "--data", to)
	check(t, os.WriteFile(filepath.Join(to, "keys"), kept, 0o600))
	my := write(t, t.TempDir(), "open.yml", open)
	readable(t, newProcess(t, "--listen", "127.0.0.1:0", "--data", to, my).root, ids)
}

// What is not a whole backup is not restored, and nothing is left of it.
func TestDamagedBackupsAreRefused(t *testing.T) {
	_, file, _ := small(t)
	whole, err := os.ReadFile(file)
	check(t, err)
	dir := t.TempDir()
	try := func(name string, content []byte, want string) {
		t.Helper()
		bad, to := filepath.Join(dir, "bad.tar"), filepath.Join(dir, "to")
		check(t, os.WriteFile(bad, content, 0o600))
		refused(t, want, "restore", "--data", to, bad)
		if left, err := os.ReadDir(to); err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left, %v", name, left, err)
		}
	}
	for _, cut := range []int{600, 1024, 1536, 5000, len(whole) / 2, len(whole) - 2048 - 512} {
		want := "is not whole"
		if cut < 1024 {
			want = "not a backup"
		}
		try(fmt.Sprint("cut at ", cut), whole[:cut], want)
	}
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 1
	try("changed", changed, "is not whole")
	try("something else", []byte("no backup at all"), "not a backup")
	try("nothing", nil, "not a backup")
}

// A name in a backup cannot lead out of the folder.
func TestBackupNamesStayInside(t *testing.T) {
	for name, want := range map[string]bool{"files/a/1": true, "keys": true, "database.sqlite": true, "files/../keys": false, "files//a": false,
		"files/": false, "files//etc/passwd": false, "../x": false, "/etc/passwd": false, "other": false, "files/a/../../../x": false} {
		if got := expected(name); got != want {
			t.Errorf("expected(%q) = %v", name, got)
		}
	}
	var b bytes.Buffer
	a := newArchiver(&b, clock().Now())
	check(t, a.addJSON(aboutName, about{Format: archiveFormat}))
	check(t, a.add("files/../../out", 1, strings.NewReader("x")))
	check(t, a.end())
	err := unpack(&b, func(name string, r io.Reader) error {
		if name != aboutName {
			t.Errorf("%s is unpacked", name)
		}
		_, err := io.Copy(io.Discard, r)
		return err
	})
	if err == nil {
		t.Error("it is taken for a backup")
	}
}

// A restore that was stopped in the middle does not stand in the way of the next.
func TestRestoreAfterOneThatWasStopped(t *testing.T) {
	_, file, ids := small(t)
	dir := t.TempDir()
	to := filepath.Join(dir, "to")
	write(t, filepath.Join(to, restoringName), "keys", "half")
	ok(t, "restore", "--data", to, file)
	readable(t, newProcess(t, "--listen", "127.0.0.1:0", "--data", to, write(t, dir, "open.yml", open)).root, ids)
}

// With PostgreSQL it is said what to do instead.
func TestBackupOfPostgres(t *testing.T) {
	file := write(t, t.TempDir(), "config.yml", "secretkey: "+strings.Repeat("k3y", 20)+"\ndb:\n  url: "+pgtest.URL(t)+"\n")
	if _, err := config.Load(file, environ); err != nil {
		t.Fatal(err)
	}
	refused(t, "pg_dump", "backup", "--config", file, filepath.Join(t.TempDir(), "x"))
	refused(t, "pg_restore", "restore", "--config", file, filepath.Join(t.TempDir(), "x"))
}
