package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/sql/pgtest"
)

const perPerson = 30

// Every action of a session changes the same answers.
const crowd = `
mandatory: True
code: |
  got = []
  task_list = []
---
mandatory: True
code: |
  begun
  task_list = [background_action('work', None, n=n) for n in range(30)]
---
question: Begin?
fields:
  - Word: begun
---
event: work
code: |
  import time
  time.sleep(0.15)
  background_response_action('record', n=action_argument('n'))
---
event: record
code: |
  got.append(action_argument('n'))
  background_response(len(got))
---
mandatory: True
question: |
  ${ ' '.join(str(n) for n in sorted(got)) } | ${ len(got) } | ${ len([task for task in task_list if task.ready() and not task.failed()]) }
`

const crowdAddress = "/interview?i=local:data/questions/crowd.yml"

// spawnWorker runs colloquy worker in a process of its own.
func spawnWorker(t *testing.T, args ...string) (kill func()) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+strings.Join(append([]string{"worker"}, args...), "\n"))
	child.Stderr = os.Stderr
	check(t, child.Start())
	var once sync.Once
	kill = func() {
		once.Do(func() {
			check(t, child.Process.Kill())
			_ = child.Wait() // it was killed
		})
	}
	t.Cleanup(kill)
	return kill
}

// Three processes carry out 300 background actions of ten sessions; one of them
// is killed in the midst of it. Every response is applied once, and none is lost.
func TestBackgroundActionsOutliveTheirWorkers(t *testing.T) {
	dir, address := t.TempDir(), pgtest.URL(t)
	config := "secretkey: " + strings.Repeat("k3y", 20) + "\ndb:\n  url: " + address + "\n"
	args := []string{"--config", write(t, dir, "config.yml", config), "--data", filepath.Join(dir, "data"), write(t, dir, "crowd.yml", crowd)}
	root, _ := spawn(t, args...)
	spawnWorker(t, args...)
	kill := spawnWorker(t, args...)
	db, err := sql.Open("postgres", address)
	check(t, err)
	defer db.Close()

	began := time.Now()
	people := make([]*person, 10)
	var all sync.WaitGroup
	for i := range people {
		people[i] = newPerson(t)
		people[i].root = root
		people[i].get(crowdAddress)
		all.Go(func() {
			if _, err := people[i].try("yes"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	left := waitForTasks(t, db, 100)
	held := count(t, db, "select count(*) from tasks where phase = 'running'")
	kill()
	t.Logf("killed one of three when %d of 300 were left and %d under way, after %v", left, held, time.Since(began).Round(time.Millisecond))
	waitForTasks(t, db, 0)
	t.Logf("all were over after %v, %d of them begun more than once", time.Since(began).Round(time.Millisecond),
		count(t, db, "select count(*) from tasks where attempt > 1"))

	numbers := make([]string, perPerson)
	for n := range numbers {
		numbers[n] = fmt.Sprint(n)
	}
	want := fmt.Sprintf("%s | %d | %d", strings.Join(numbers, " "), perPerson, perPerson)
	for i, p := range people {
		p.get(crowdAddress)
		if got := p.heading(); got != want {
			t.Errorf("person %d:\n got %s\nwant %s", i, got, want)
		}
	}
}

func count(t *testing.T, db *sql.DB, query string) (n int) {
	t.Helper()
	check(t, db.QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

// waitForTasks waits until at most so many background actions of 300 are left.
func waitForTasks(t *testing.T, db *sql.DB, most int) (left int) {
	t.Helper()
	for late := time.Now().Add(90 * time.Second); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		if count(t, db, "select count(*) from tasks") < 300 {
			continue
		}
		if left = count(t, db, "select count(*) from tasks where phase in ('waiting', 'running')"); left <= most {
			return left
		}
	}
	t.Fatalf("%d background actions are left", left)
	return 0
}

// A server may leave background actions to others; they wait until one comes.
func TestServeWithoutWorkers(t *testing.T) {
	dir := t.TempDir()
	args := []string{"--data", filepath.Join(dir, "data"), write(t, dir, "crowd.yml", crowd)}
	root, _ := spawn(t, slices.Concat([]string{"--no-workers"}, args)...)
	p := newPerson(t)
	p.root = root
	p.get(crowdAddress)
	p.answer("yes")
	time.Sleep(500 * time.Millisecond)
	p.get(crowdAddress)
	p.wants("| 0 | 0")
	spawnWorker(t, args...)
	for late := time.Now().Add(60 * time.Second); !strings.HasSuffix(p.heading(), "| 30 | 30") && time.Now().Before(late); time.Sleep(100 * time.Millisecond) {
		p.get(crowdAddress)
	}
	if !strings.HasSuffix(p.heading(), "| 30 | 30") {
		t.Errorf("the worker did not do them: %s", p.heading())
	}
}

// A page that is told of background actions does not hold up the end of the
// server.
func TestAnOpenPageDoesNotHoldUpTheEnd(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	said := &saying{ready: make(chan string, 1)}
	ended := make(chan int, 1)
	args := []string{"serve", "--no-workers", "--listen", "127.0.0.1:0", "--data", filepath.Join(dir, "data"), write(t, dir, "crowd.yml", crowd)}
	go func() { ended <- command(ctx, args, environ, said, said) }()
	p := newPerson(t)
	p.root = <-said.ready
	p.get(crowdAddress)
	p.answer("yes")
	res, err := p.web.Get(p.root + "/events?session=" + attr(p.find("question"), "data-session"))
	check(t, err)
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("%s: %s", res.Status, kind)
	}
	began := time.Now()
	stop()
	if status := <-ended; status != 0 {
		t.Errorf("it ended with %d: %s", status, said)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
