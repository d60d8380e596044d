package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A process is colloquy serve in a process of its own, and what it said.
type process struct {
	t    *testing.T
	root string
	said *saying
	cmd  *exec.Cmd
}

func newProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{t: t, said: &saying{ready: make(chan string, 1)}}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), childEnv+"="+strings.Join(append([]string{"serve"}, args...), "\n"))
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	check(t, p.cmd.Start())
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it may have ended
		_ = p.cmd.Wait()         // it was killed
	})
	select {
	case p.root = <-p.said.ready:
	case <-time.After(30 * time.Second):
		t.Fatalf("it does not get ready: %s", p.said)
	}
	return p
}

// hangUp has the process read its configuration again, and waits until the log
// says so.
func (p *process) hangUp(want string) {
	p.t.Helper()
	before := strings.Count(p.said.String(), want)
	check(p.t, p.cmd.Process.Signal(syscall.SIGHUP))
	for range 400 {
		if strings.Count(p.said.String(), want) > before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.t.Fatalf("the log does not say %q: %s", want, p.said)
}

func (p *process) get(path string) (int, string) {
	p.t.Helper()
	return (&server{root: p.root}).get(p.t, path)
}

const inForce = "the configuration was read again and is in force"

func TestAHangUpReadsTheConfigurationAgain(t *testing.T) {
	dir := t.TempDir()
	my := write(t, dir, "my.yml", greeting)
	const tail = "listen: 127.0.0.1:0\nmaximum content length: 2 KiB\n"
	file := write(t, dir, "config.yml", "brandname: Before\n"+tail)
	p := newProcess(t, "--config", file, "--data", filepath.Join(dir, "data"), my)
	shows := func(brand string) {
		t.Helper()
		if _, page := p.get("/list"); !strings.Contains(page, brand) {
			t.Errorf("the list does not say %q", brand)
		}
	}
	shows("Before")
	if status := p.post(3000); status != http.StatusRequestEntityTooLarge {
		t.Errorf("3000 bytes are answered by %d", status)
	}

	write(t, dir, "config.yml", "brandname: After\nlisten: 127.0.0.1:0\nmaximum content length: 4 KiB\n")
	p.hangUp(inForce)
	shows("After")
	if status := p.post(3000); status == http.StatusRequestEntityTooLarge {
		t.Error("3000 bytes are too much, although the limit was raised")
	}

	write(t, dir, "config.yml", "brandnme: Broken\n"+tail)
	p.hangUp("so the one before stays in force")
	if !strings.Contains(p.said.String(), file+":1:1: brandnme") {
		t.Errorf("the log does not say what is wrong: %s", p.said)
	}
	shows("After")

	write(t, dir, "config.yml", "brandname: Moved\nlisten: 127.0.0.1:1\ndb:\n  url: sqlite:elsewhere.sqlite\n"+
		"maximum content length: 2 KiB\nkeymap: vim\n")
	p.hangUp(inForce)
	shows("Moved") // under the old address
	for _, want := range []string{"takes effect at the next start\" key=listen", "takes effect at the next start\" key=db", "keymap: has no effect yet"} {
		if !strings.Contains(p.said.String(), want) {
			t.Errorf("the log does not say %q: %s", want, p.said)
		}
	}
}

func (p *process) post(size int) int {
	p.t.Helper()
	res, err := http.Post(p.root+"/resume", "application/x-www-form-urlencoded", strings.NewReader("x="+strings.Repeat("a", size)))
	check(p.t, err)
	check(p.t, res.Body.Close())
	return res.StatusCode
}

var numbered = regexp.MustCompile(`(Brand|Footer) number (\d+)`)

// Every page is of one configuration, however often it changes meanwhile.
func TestARequestSeesOneConfiguration(t *testing.T) {
	dir := t.TempDir()
	text := func(n int) string {
		return fmt.Sprintf("brandname: Brand number %d\nglobal footer: Footer number %d\nlisten: 127.0.0.1:0\n", n, n)
	}
	file := write(t, dir, "config.yml", text(0))
	p := newProcess(t, "--config", file, "--data", filepath.Join(dir, "data"), write(t, dir, "my.yml", greeting))
	stop := make(chan struct{})
	seen := map[string]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				_, page := p.get("/list")
				of := map[string]bool{}
				for _, m := range numbered.FindAllStringSubmatch(page, -1) {
					of[m[2]] = true
				}
				mu.Lock()
				for n := range of {
					seen[n] = true
				}
				mu.Unlock()
				if len(of) != 1 {
					t.Errorf("a page is of the configurations %v", of)
					return
				}
			}
		})
	}
	for n := range 20 {
		write(t, dir, "config.yml", text(n+1))
		p.hangUp(inForce)
	}
	close(stop)
	wg.Wait()
	if len(seen) < 5 {
		t.Errorf("pages of %d configurations were seen: too few to tell", len(seen))
	}
	t.Logf("pages of %d configurations", len(seen))
}
