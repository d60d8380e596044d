package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

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
