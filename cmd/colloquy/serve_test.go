package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/sql/pgtest"
)

const greeting = `
metadata:
  title: Greeting
---
mandatory: True
question: Hello, ${ name }
---
question: Who are you?
fields:
  - Name: name
`

// environ is what tests are started with: no configuration from outside.
var environ = []string{"PATH=" + os.Getenv("PATH")}

// runOnce runs a command line that does not start a server.
func runOnce(t *testing.T, args ...string) (status int, out, complaint string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var o, c bytes.Buffer
	status = command(ctx, args, environ, &o, &c)
	return status, o.String(), c.String()
}

// A server is a running colloquy serve.
type server struct {
	root string // http://HOST:PORT
	said *saying
}

// saying keeps what a server prints.
type saying struct {
	mu    sync.Mutex
	b     bytes.Buffer
	ready chan string
}

var readyLine = regexp.MustCompile(`Colloquy is ready at (https?://\S+)\n`)

func (s *saying) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.b.Write(p)
	if m := readyLine.FindStringSubmatch(s.b.String()); m != nil {
		select {
		case s.ready <- m[1]:
		default:
		}
	}
	return n, err
}

func (s *saying) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start runs colloquy serve on a free port with a data folder of its own,
// until the test ends.
func start(t *testing.T, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &server{said: &saying{ready: make(chan string, 1)}}
	var complaints bytes.Buffer
	done := make(chan int, 1)
	full := append([]string{"serve", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data")}, args...)
	go func() { done <- command(ctx, full, environ, s.said, &complaints) }()
	select {
	case s.root = <-s.said.ready:
	case status := <-done:
		cancel()
		t.Fatalf("it ended at once with %d: %s%s", status, s.said, complaints.String())
	case <-time.After(30 * time.Second):
		cancel()
		t.Fatalf("it does not get ready: %s", s.said)
	}
	t.Cleanup(func() {
		cancel()
		if status := <-done; status != 0 {
			t.Errorf("it ended with %d: %s", status, complaints.String())
		}
	})
	return s
}

func (s *server) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := http.Get(s.root + path)
	check(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	check(t, err)
	return res.StatusCode, string(body)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write puts a file into a folder of the test.
func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func TestServeShowsTheDemonstration(t *testing.T) {
	s := start(t)
	status, body := s.get(t, "/")
	if status != http.StatusOK || !strings.Contains(body, "Vegetables and legumes") {
		t.Errorf("%d %s", status, body)
	}
	for _, want := range []string{"data: ", "keys: ", "Ctrl-C"} {
		if !strings.Contains(s.said.String(), want) {
			t.Errorf("it does not say %q: %s", want, s.said)
		}
	}
}

func TestServeWhatIsNamed(t *testing.T) {
	dir := t.TempDir()
	alone := write(t, dir, "alone/my.yml", greeting)
	write(t, dir, "alone/other.yml", strings.Replace(greeting, "Greeting", "Other", 1))
	loose := filepath.Dir(write(t, dir, "loose/a.yml", greeting))
	checkout := filepath.Join(dir, "docassemble-Tea")
	write(t, checkout, "docassemble/Tea/data/questions/tea.yml", strings.Replace(greeting, "Greeting", "Tea time", 1))
	write(t, checkout, "docassemble/Tea/__init__.py", "")
	many := filepath.Join(dir, "many")
	write(t, many, "docassemble.demo/data/questions/one.yml", strings.Replace(greeting, "Greeting", "One of many", 1))
	write(t, many, "docassemble-Two/docassemble/Two/data/questions/two.yml", strings.Replace(greeting, "Greeting", "Two of many", 1))
	for _, tt := range []struct {
		name  string
		args  []string
		lists []string
		not   string
		at    string
	}{
		{"one file", []string{alone}, []string{"Greeting"}, "Other", "/interview?i=local:data/questions/my.yml"},
		{"a folder of files", []string{loose}, []string{"Greeting"}, "Vegetables", "/interview?i=local:data/questions/a.yml"},
		{"a checkout of a package", []string{checkout}, []string{"Tea time"}, "Vegetables", "/start/Tea/tea/"},
		{"a file of a package", []string{filepath.Join(checkout, "docassemble/Tea/data/questions/tea.yml")}, []string{"Tea time"}, "Vegetables", ""},
		{"a folder of packages", []string{"--packages", many}, []string{"One of many", "Two of many"}, "", "/start/demo/one/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, tt.args...)
			_, body := s.get(t, "/")
			for _, want := range tt.lists {
				if !strings.Contains(body, want) {
					t.Errorf("%q is not listed: %s", want, body)
				}
			}
			if tt.not != "" && strings.Contains(body, tt.not) {
				t.Errorf("%q is listed", tt.not)
			}
			if tt.at == "" {
				return
			}
			if status, body := s.get(t, tt.at); status != http.StatusOK || !strings.Contains(body, "Who are you?") {
				t.Errorf("%s: %d %s", tt.at, status, body)
			}
		})
	}
}

func TestCommandLinesThatDoNotWork(t *testing.T) {
	dir := t.TempDir()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer taken.Close()
	port := taken.Addr().String()
	bad := write(t, dir, "config.yml", "secretkey: short\nlisten: 12\nmial:\n  server: x\nmail:\n  port: many\n")
	data := filepath.Join(dir, "data")
	for _, tt := range []struct {
		name string
		args []string
		says []string
	}{
		{"an unknown command", []string{"sreve"}, []string{`there is no command "sreve"`, "--help"}},
		{"an unknown flag", []string{"serve", "--prot", "1"}, []string{"prot"}},
		{"a taken port", []string{"serve", "--listen", port, "--data", data}, []string{port, "in use by another program", "--listen 127.0.0.1:8081"}},
		{"an address that is none", []string{"serve", "--listen", "nowhere", "--data", data}, []string{"listen at nowhere"}},
		{"a file that is not there", []string{"serve", "--data", data, filepath.Join(dir, "no.yml")}, []string{"no.yml", "there is no such file or folder"}},
		{"a file that is no interview", []string{"serve", "--data", data, write(t, dir, "x.txt", "x")}, []string{"x.txt", ".yml"}},
		{"a folder without interviews", []string{"serve", "--data", data, t.TempDir()}, []string{"there is no interview"}},
		{"packages that are not there", []string{"serve", "--data", data, "--packages", filepath.Join(dir, "none")}, []string{"packages in", "none"}},
		{"a configuration that is not there", []string{"serve", "--config", filepath.Join(dir, "no-config.yml")}, []string{"no-config.yml"}},
		{"a configuration with mistakes", []string{"serve", "--config", bad}, []string{bad + ":3", "mial", "mail", bad + ":6", "port"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, complaint := runOnce(t, tt.args...)
			if status != 1 {
				t.Errorf("it ended with %d", status)
			}
			for _, want := range tt.says {
				if !strings.Contains(complaint, want) {
					t.Errorf("it does not say %q: %s%s", want, out, complaint)
				}
			}
			t.Log(strings.TrimSpace(complaint))
		})
	}
}

func TestCommandLinesThatSaySomething(t *testing.T) {
	for _, tt := range []struct {
		args   []string
		status int
		says   string
	}{
		{nil, 2, "colloquy serve"},
		{[]string{"help"}, 0, "colloquy serve"},
		{[]string{"--help"}, 0, "colloquy serve"},
		{[]string{"version"}, 0, "colloquy "},
		{[]string{"serve", "--help"}, 0, "-listen"},
	} {
		status, out, complaint := runOnce(t, tt.args...)
		if status != tt.status || !strings.Contains(out, tt.says) || complaint != "" {
			t.Errorf("%v: %d, %q, %q", tt.args, status, out, complaint)
		}
	}
}

// Keys and answers outlive the server: a second start opens what the first one
// sealed, and what is kept is nobody else's to read.
func TestARestartKeepsEverything(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "my.yml", greeting)
	data := filepath.Join(dir, "data")
	p := newPerson(t)
	t.Run("first", func(t *testing.T) {
		p.t, p.root = t, start(t, "--data", data, file).root
		p.get("/interview?i=local:data/questions/my.yml")
		p.answer("Ada")
		p.wants("Hello, Ada")
	})
	t.Run("second", func(t *testing.T) {
		p.t = t
		p.moveTo(start(t, "--data", data, file).root)
		p.get("/interview?i=local:data/questions/my.yml")
		p.wants("Hello, Ada")
	})
	for _, name := range []string{"", "keys", "colloquy.sqlite"} {
		info, err := os.Stat(filepath.Join(data, name))
		check(t, err)
		if m := info.Mode().Perm(); m&0o077 != 0 {
			t.Errorf("%s/%s has mode %04o", data, name, m)
		}
	}
}

// childEnv tells a copy of the test program to be the server that gets killed.
const childEnv = "COLLOQUY_TEST_SERVE"

func TestMain(m *testing.M) {
	if line := os.Getenv(childEnv); line != "" {
		os.Exit(command(context.Background(), strings.Split(line, "\n"), environ, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// spawn runs colloquy serve in a process of its own.
func spawn(t *testing.T, args ...string) (root string, kill func()) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+strings.Join(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), "\n"))
	out, err := child.StdoutPipe()
	check(t, err)
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
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := readyLine.FindStringSubmatch(lines.Text() + "\n"); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return m[1], kill
		}
	}
	t.Fatal("the server ended before it was ready")
	return "", nil
}

const tally = `
mandatory: True
code: |
  given = []
---
mandatory: True
code: |
  given.append(said)
  undefine('said')
  said
---
question: "Given: ${ ' '.join(given) }."
fields:
  - Said: said
`

// Whoever was told that an answer was taken finds it again, whenever the
// machine fails.
func TestNothingAcknowledgedIsLostToAKill(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			args := []string{"--data", filepath.Join(dir, "data"), write(t, dir, "tally.yml", tally)}
			if name == "postgres" {
				args = append([]string{"--config", write(t, dir, "config.yml", "secretkey: "+strings.Repeat("k3y", 20)+"\ndb:\n  url: "+pgtest.URL(t)+"\n")}, args...)
			}
			root, kill := spawn(t, args...)
			began := time.Now()
			people, acked := post(t, root, kill, 8, 200)
			took := time.Since(began)
			root, _ = spawn(t, args...)
			total := 0
			for i, p := range people {
				p.moveTo(root)
				p.get(tallyAddress)
				given := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(p.heading(), "Given:"), "."))
				if len(given) < acked[i] || len(given) > acked[i]+1 {
					t.Errorf("person %d: %d answers are there, %d were acknowledged", i, len(given), acked[i])
				}
				for n, word := range given {
					if word != fmt.Sprintf("w%d", n+1) {
						t.Errorf("person %d: answer %d is %s", i, n+1, word)
					}
				}
				total += acked[i]
				p.answer(fmt.Sprintf("w%d", len(given)+1))
				p.wants(strings.TrimSpace("Given: "+strings.Join(append(given, fmt.Sprintf("w%d", len(given)+1)), " ")) + ".")
			}
			t.Logf("%d answers acknowledged in %v by 8 people, then kill -9: all there", total, took.Round(time.Millisecond))
		})
	}
}

const tallyAddress = "/interview?i=local:data/questions/tally.yml"

// post lets people answer at the same time until n answers are acknowledged,
// kills the server in the midst of it, and tells how many each was told of.
func post(t *testing.T, root string, kill func(), people, n int) ([]*person, []int) {
	t.Helper()
	all, acked := make([]*person, people), make([]int, people)
	var mu sync.Mutex
	var wg sync.WaitGroup
	total := 0
	for i := range all {
		all[i] = newPerson(t)
		all[i].root = root
		all[i].get(tallyAddress)
	}
	for i, p := range all {
		wg.Go(func() {
			for word := 1; ; word++ {
				status, err := p.try(fmt.Sprintf("w%d", word))
				if err != nil || status != http.StatusSeeOther {
					return // killed
				}
				mu.Lock()
				acked[i]++
				total++
				enough := total == n
				mu.Unlock()
				if enough {
					kill()
				}
				if err := p.load(tallyAddress); err != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	if total < n {
		t.Fatalf("the server ended after %d answers", total)
	}
	return all, acked
}
