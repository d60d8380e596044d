package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/net/html"

	"colloquy/engine/outside/mail/mailtest"
	"colloquy/sql/pgtest"
)

// teller sends a mail for every answer.
const teller = `
objects:
  - said: DADict
  - told: DADict
---
mandatory: True
code: |
  for n in range(1000):
    told[n]
---
code: |
  said[i]
  send_email(to='ada@example.org', subject=said[i], body='x')
  told[i] = True
---
question: "Told: ${ i }"
fields:
  - Said: said[i]
`

const tellerAddress = "/interview?i=local:data/questions/teller.yml"

// 200 mails with a process that is killed again and again, while it takes
// answers and while it delivers: none is lost, and there are no more repeats
// than kills.
func TestNoMailIsLostToAKill(t *testing.T) {
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			const kills, people, each = 8, 8, 25
			post := mailtest.Start(t, nil, false)
			post.Take = func(int, mailtest.Letter) error { time.Sleep(10 * time.Millisecond); return nil }
			dir := t.TempDir()
			text := fmt.Sprintf("secretkey: %s\nmail:\n  default sender: house@example.org\n  server: %s\n  port: %d\n  use tls: false\nmail delivery:\n  retry seconds: 1\n  rescue seconds: 2\n",
				strings.Repeat("k3y", 20), post.Host, post.Port)
			if database == "postgres" {
				text += "db:\n  url: " + pgtest.URL(t) + "\n"
			}
			args := []string{"--config", write(t, dir, "config.yml", text), "--data", filepath.Join(dir, "data"), write(t, dir, "teller.yml", teller)}
			began := time.Now()
			root, kill := spawn(t, args...)
			v := newVillage(t, root, people, each)
			var all sync.WaitGroup
			all.Go(v.live)
			for range kills {
				time.Sleep(time.Duration(200+rand.IntN(400)) * time.Millisecond)
				kill()
				v.mu.Lock()
				v.root, kill = spawn(t, args...)
				v.mu.Unlock()
			}
			all.Wait()
			answered := time.Since(began)
			subjects, ids, repeats := map[string]int{}, map[string]string{}, 0
			for deadline := time.Now().Add(30 * time.Second); len(subjects) < people*each && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
				clear(subjects)
				for _, l := range post.Letters() {
					subjects[mailtest.Open(t, l.Data).Subject]++
				}
			}
			time.Sleep(4 * time.Second) // what was taken over too much would come now
			clear(subjects)
			for _, l := range post.Letters() {
				o := mailtest.Open(t, l.Data)
				id := o.Head.Get("Message-ID")
				if subjects[o.Subject]++; subjects[o.Subject] > 1 {
					repeats++
				}
				if before, ok := ids[o.Subject]; ok && before != id {
					t.Errorf("a repeat of %s has another Message-ID", o.Subject)
				}
				ids[o.Subject] = id
			}
			for i := range people {
				for n := range each {
					if subject := word(i, n); subjects[subject] == 0 {
						t.Errorf("the mail %s is lost", subject)
					}
				}
			}
			if repeats > kills || len(subjects) != people*each {
				t.Errorf("%d repeats after %d kills, %d different mails", repeats, kills, len(subjects))
			}
			t.Logf("%d mails, %d kills: %d lost, %d repeats; answered in %v, all in %v", people*each, kills, people*each-len(subjects), repeats,
				answered.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
		})
	}
}

func word(person, n int) string { return fmt.Sprintf("p%d-w%d", person, n) }

// A village is people who go on answering whatever happens to the server.
type village struct {
	t    *testing.T
	each int

	mu   sync.Mutex
	root string // of the server as it is now
	all  []*person
}

func newVillage(t *testing.T, root string, people, each int) *village {
	v := &village{t: t, each: each, root: root}
	for range people {
		p := newPerson(t)
		p.root = root
		p.get(tellerAddress)
		v.all = append(v.all, p)
	}
	return v
}

// live has everybody give all answers. The page shows how many were taken, so
// one that was not acknowledged is given again only if it was not taken.
func (v *village) live() {
	var all sync.WaitGroup
	for i, p := range v.all {
		all.Go(func() {
			for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
				if p.load(tellerAddress) != nil {
					v.mu.Lock() // wait for the next server
					p.moveTo(v.root)
					v.mu.Unlock()
					continue
				}
				var n int
				if _, err := fmt.Sscanf(p.heading(), "Told: %d", &n); err != nil {
					v.t.Errorf("person %d is asked %q", i, p.heading())
					return
				}
				if n == v.each {
					return
				}
				_, _ = p.try(word(i, n)) // what came of it, the page tells
			}
			v.t.Errorf("person %d is not done", i)
		})
	}
	all.Wait()
}

const onlyMail = "mandatory: True\nquestion: \"Sent: ${ send_email(to=['ada@example.org', 'bob@example.org'], subject='Gruenkohl', body='Pinkel') }\"\n"

// What could not be sent is listed, shown without what it says, and sent again.
func TestMailCommands(t *testing.T) {
	post := mailtest.Start(t, nil, false)
	var mended atomic.Bool
	post.Refuse = func(to string) error {
		if mended.Load() {
			return nil
		}
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "not today"}
	}
	dir := t.TempDir()
	file := write(t, dir, "config.yml", fmt.Sprintf("mail:\n  default sender: house@example.org\n  server: %s\n  port: %d\n  use tls: false\nmail delivery:\n  rescue seconds: 2\n", post.Host, post.Port))
	data := filepath.Join(dir, "data")
	at := []string{"--config", file, "--data", data}
	mail := func(args ...string) (int, string) {
		t.Helper()
		status, out, complaint := runOnce(t, append(append([]string{"mail"}, args...), at...)...)
		return status, out + complaint
	}
	s := start(t, append(at, write(t, dir, "only.yml", onlyMail))...)
	if _, page := s.get(t, "/interview?i=local:data/questions/only.yml"); !strings.Contains(page, "Sent: True") {
		t.Fatalf("the page is\n%s", page)
	}
	var id string
	for deadline := time.Now().Add(15 * time.Second); id == "" && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		_, out := mail("list", "--state", "failed")
		if lines := strings.Split(out, "\n"); len(lines) > 2 {
			id = strings.Fields(lines[1])[0]
		}
	}
	status, list := mail("list")
	if status != 0 || id == "" || !strings.HasPrefix(list, "ID ") || !strings.Contains(list, "failed     1  ") && !strings.Contains(list, "failed  1  ") ||
		!strings.Contains(list, "the mail server refused the mail (recipients 550 5.7.0)") {
		t.Errorf("the list (%d) is\n%s", status, list)
	}
	status, shown := mail("show", id)
	for _, want := range []string{"State      failed", "To         ada@example.org", "To         bob@example.org", "Put off    ada@example.org (550 5.7.0)"} {
		if status != 0 || !strings.Contains(shown, want) {
			t.Errorf("it is shown (%d) without %q:\n%s", status, want, shown)
		}
	}
	if strings.Contains(list, "example.org") || strings.Contains(shown+s.said.String(), "Pinkel") || strings.Contains(s.said.String(), "ada@") {
		t.Errorf("list, page or log tell too much:\n%s\n%s\n%s", list, shown, s.said)
	}
	mended.Store(true)
	if status, out := mail("retry", "--failed"); status != 0 || out != "To be sent again: 1.\n" {
		t.Errorf("%d: %s", status, out)
	}
	if got := post.Wait(t, 1)[0].To; len(got) != 2 {
		t.Errorf("it went to %v", got)
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"retry", id}, "the mail " + id + " is "},
		{[]string{"retry"}, "mail retry takes IDs, or --failed"},
		{[]string{"show", "nothing"}, "there is no mail nothing"},
		{[]string{"lst"}, `there is no command "mail lst"`},
	} {
		if status, out := mail(tt.args...); status != 1 || !strings.Contains(out, tt.want) {
			t.Errorf("%v: %d, %s, want %s", tt.args, status, out, tt.want)
		}
	}
}

// A server without any configuration keeps mail and shows it to whoever has
// the key that it prints; one with a configuration does not.
func TestMailInDevelopment(t *testing.T) {
	dir := t.TempDir()
	interview := write(t, dir, "only.yml", onlyMail)
	s := start(t, interview)
	s.get(t, "/interview?i=local:data/questions/only.yml")
	m := regexp.MustCompile(`mail: kept to be read at http://[^/]+(/dev/mail\?key=\S+)`).FindStringSubmatch(s.said.String())
	if m == nil {
		t.Fatalf("it says\n%s", s.said)
	}
	if status, _ := s.get(t, "/dev/mail"); status != 404 {
		t.Errorf("without the key: %d", status)
	}
	if status, _ := s.get(t, "/dev/mail?key=guess"); status != 404 {
		t.Errorf("with another key: %d", status)
	}
	p := newPerson(t)
	p.root = s.root
	p.web.CheckRedirect = nil
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		p.get(m[1])
		if page := words(p.page); strings.Contains(page, "Gruenkohl") && strings.Contains(page, "bob@example.org") {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("the mail is not there: %s", page)
		}
	}
	closed := start(t, "--config", write(t, dir, "config.yml", "brandname: Ours\n"), interview)
	if _, page := closed.get(t, "/interview?i=local:data/questions/only.yml"); !strings.Contains(page, "Sent: False") {
		t.Errorf("the page is\n%s", page)
	}
	if status, _ := closed.get(t, m[1]); status != 404 || strings.Contains(closed.said.String(), "/dev/mail") {
		t.Errorf("a server with a configuration answers %d and says\n%s", status, closed.said)
	}
	if !strings.Contains(closed.said.String(), "no mail server is configured") {
		t.Errorf("the log does not say why: %s", closed.said)
	}
}

// words is all text of a page.
func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return b.String()
}
