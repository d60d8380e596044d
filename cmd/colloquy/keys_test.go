package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"colloquy/sql/pgtest"
)

const open = `
mandatory: True
code: |
  multi_user = True
  said
  more
---
question: One
fields:
  - Said: said
---
question: "You said ${ said }"
fields:
  - More: more
`

const openAddress = "/interview?i=local:data/questions/open.yml"

// openSessions begins sessions that everybody with their address may open, and
// gives their ids.
func openSessions(t *testing.T, root string, n int) []string {
	t.Helper()
	return openSessionsFrom(t, root, 0, n)
}

// readable proves that strangers can open the sessions at a server.
func readable(t *testing.T, root string, ids []string) {
	t.Helper()
	for i, id := range ids {
		p := newPerson(t)
		p.root = root
		res, err := p.web.Get(root + openAddress + "&session=" + id)
		check(t, err)
		check(t, res.Body.Close())
		if to := res.Header.Get("Location"); to != "" {
			p.get(strings.TrimPrefix(to, root))
		} else {
			p.get(openAddress + "&session=" + id)
		}
		p.wants(fmt.Sprintf("You said w%d", i))
	}
}

var (
	newKey   = regexp.MustCompile(`The new key is ([0-9a-f]{8})\.`)
	listLine = regexp.MustCompile(`(?m)^([0-9a-f]{8}) +(active|older) +(\S.*?)  +(\S.*)$`)
)

// ok runs a command line that must succeed.
func ok(t *testing.T, args ...string) string {
	t.Helper()
	status, out, complaint := runOnce(t, args...)
	if status != 0 {
		t.Fatalf("%v ends with %d: %s%s", args, status, out, complaint)
	}
	return out
}

// refused runs a command line that must fail, and say this.
func refused(t *testing.T, want string, args ...string) {
	t.Helper()
	status, out, complaint := runOnce(t, args...)
	if status != 1 || !strings.Contains(complaint, want) {
		t.Errorf("%v ends with %d: %s%s", args, status, out, complaint)
	}
}

// A rotation is killed, gone on with and finished while a server works that was
// not told of it; the old key goes when nothing needs it and its time is over.
func TestKeysRotateBesideAServer(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	p := newProcess(t, "--listen", "127.0.0.1:0", "--data", data, write(t, dir, "open.yml", open))
	ids := openSessions(t, p.root, 40)
	before := listLine.FindAllStringSubmatch(ok(t, "keys", "list", "--data", data), -1)
	if len(before) != 1 || before[0][2] != "active" || before[0][4] != "40 sessions' keys" {
		t.Fatalf("the list is %q", before)
	}
	old := before[0][1]
	refused(t, "is the active key", "keys", "retire", old, "--data", data)

	killed := killedRotation(t, data)
	readable(t, p.root, ids)
	again := ok(t, "keys", "rotate", "--data", data)
	if !strings.Contains(again, "to the key "+killed+", begun on ") && !newKey.MatchString(again) {
		t.Errorf("it does not go on: %s", again)
	}
	ids = append(ids, openSessionsFrom(t, p.root, len(ids), 5)...)
	list := ok(t, "keys", "list", "--data", data)
	lines := listLine.FindAllStringSubmatch(list, -1)
	if last := lines[len(lines)-1]; len(lines) < 2 || last[1] != old || last[2] != "older" || last[4] != "nothing" || lines[0][4] != "45 sessions' keys" {
		t.Errorf("the list is\n%s", list)
	}
	readable(t, p.root, ids)

	refused(t, "believed for 90 days (old key days)", "keys", "retire", old, "--data", data)
	refused(t, "there is no key ffff", "keys", "retire", "ffff", "--data", data)
	age(t, filepath.Join(data, "colloquy.sqlite"))
	if out := ok(t, "keys", "retire", old[:6], "--data", data); !strings.Contains(out, "is retired") {
		t.Errorf("it says %s", out)
	}
	if list := ok(t, "keys", "list", "--data", data); strings.Contains(list, old) {
		t.Errorf("the list is\n%s", list)
	}
	readable(t, p.root, ids)
}

// openSessionsFrom is openSessions with words from a number on.
func openSessionsFrom(t *testing.T, root string, from, n int) (ids []string) {
	t.Helper()
	for i := range n {
		p := newPerson(t)
		p.root = root
		p.get(openAddress)
		p.answer(fmt.Sprintf("w%d", from+i))
		ids = append(ids, attr(p.find("question"), "data-session"))
	}
	return ids
}

// killedRotation kills a rotation as soon as there is a new key.
func killedRotation(t *testing.T, data string) (key string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{"keys", "rotate", "--data", data}, "\n"))
	out, err := child.StdoutPipe()
	check(t, err)
	check(t, child.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := newKey.FindStringSubmatch(lines.Text()); m != nil {
			check(t, child.Process.Kill())
			key = m[1]
			break
		}
	}
	_ = child.Wait() // it was killed
	if key == "" {
		t.Fatal("no key was made")
	}
	return key
}

// age has the keys be of last year.
func age(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)")
	check(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "update ring_keys set since = '2020-01-01 00:00:00+00:00'")
	check(t, err)
}

// Keys of the configuration are written by people; a server that was told takes
// them up, one that was not finds them when it needs them.
func TestKeysOfTheConfigurationRotate(t *testing.T) {
	const last, this = "the secret of all the last year", "the secret of all this new year"
	dir := t.TempDir()
	config := func(keys string) string {
		return write(t, dir, "config.yml", "secretkey: "+keys+"\nold key days: 1\nlisten: 127.0.0.1:0\ndb:\n  url: "+pgURL(t, dir)+"\n")
	}
	file := config(last)
	args := []string{"--config", file, "--data", filepath.Join(dir, "data"), write(t, dir, "open.yml", open)}
	told, untold := newProcess(t, args...), newProcess(t, args...)
	ids := openSessions(t, told.root, 12)
	refused(t, "a new key has to be written into the configuration first", "keys", "rotate", "--config", file)

	config(this)
	told.hangUp("the keys stay as they were")
	if said := told.said.String(); !strings.Contains(said, "12 sessions' keys") || strings.Contains(said, "secret of all") {
		t.Errorf("the log says %s", said)
	}
	readable(t, told.root, ids)
	config("[" + this + ", " + last + "]")
	told.hangUp(inForce)
	if out := ok(t, "keys", "rotate", "--config", file); !strings.Contains(out, "Sealed again with the new key: 12 of 12") {
		t.Errorf("it says %s", out)
	}
	readable(t, told.root, ids)
	readable(t, untold.root, ids)
	list := listLine.FindAllStringSubmatch(ok(t, "keys", "list", "--config", file), -1)
	if len(list) != 2 || list[0][4] != "12 sessions' keys" || list[1][4] != "nothing" {
		t.Errorf("the list is %q", list)
	}
	refused(t, "believed for 1 days", "keys", "retire", list[1][1], "--config", file)
}

// pgURL is a database for the whole of a test.
func pgURL(t *testing.T, dir string) string {
	t.Helper()
	kept := filepath.Join(dir, "address")
	if b, err := os.ReadFile(kept); err == nil {
		return string(b)
	}
	address := pgtest.URL(t)
	check(t, os.WriteFile(kept, []byte(address), 0o600))
	return address
}

// Fresh keys open nothing: a server whose keys are gone says so and makes none.
func TestMissingKeysAreMissed(t *testing.T) {
	data := t.TempDir()
	ok(t, "keys", "list", "--data", data)
	check(t, os.Rename(filepath.Join(data, "keys"), filepath.Join(data, "moved")))
	refused(t, "are missing, and the database", "serve", "--listen", "127.0.0.1:0", "--data", data)
	if _, err := os.Stat(filepath.Join(data, "keys")); err == nil {
		t.Error("fresh keys were made")
	}
}
