package handlers_test

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"colloquy/engine/run"
	"colloquy/engine/seal"
)

var rotatedSessions = flag.Int("rotated", 60, "over how many sessions the keys are rotated")

// plot leaves something behind in every place that is sealed to the ring.
const plot = `
objects:
  - shelf: DAStore.using(base='global')
---
mandatory: True
code: |
  multi_user = True
  shelf.set(seed, seed)
  note = send_email(to='ada@example.com', subject='Seed', body='You sowed ' + seed)
  task = background_action('grow', seed=seed)
  key, secret = stash_data({'seed': seed}, 86400)
  harvest
  if not task.ready():
    busy
  done
---
question: Which seed?
fields:
  - Seed: seed
---
event: grow
code: |
  background_response(action_argument('seed').upper())
---
question: What came up?
subquestion: |
  [Resume](${ url_of('resume_url') })
  [Goto](${ interview_url(temporary=2) })
  [Read](${ url_action('read') })
fields:
  - Harvest: harvest
---
event: read
code: |
  json_response({'seed': seed})
---
event: busy
question: Busy
---
event: done
question: "${ seed }, ${ harvest }, ${ task.get() }, ${ shelf.get(retrieve_stashed_data(key, secret)['seed']) }"
`

// ringAt gives the ring in a file, as another process would open it.
func ringAt(t *testing.T, path string) *seal.Ring {
	t.Helper()
	ring, _, err := seal.OpenRing(path, rand.Reader)
	check(t, err)
	ring.FollowFile(path, func(err error) { t.Error(err) })
	return ring.Trusting(30 * 24 * time.Hour)
}

// The keys are rotated while people work, the work is stopped in the middle and
// gone on with, and the old key is taken away: everything can be read. Run it
// with -rotated 10000 -v for figures.
func TestKeysAreRotatedWhilePeopleWork(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		path := filepath.Join(t.TempDir(), "keys")
		h := openAt(t, db, map[string]string{"plot.yml": plot, "word.yml": oneWord}, withRing(ringAt(t, path)))
		other := openAt(t, db, h.yaml, beside(h), withRing(ringAt(t, path)))
		began := time.Now()
		sessions, links := sow(t, h)
		t.Logf("%d sessions begun in %s", len(sessions), time.Since(began).Round(time.Millisecond))
		old := h.ring.ActiveID()

		stop, failures := busy(t, h, other)
		quiet := stop.measure(time.Second)
		must(seal.RotateRing(path, rand.Reader))(t)
		began = time.Now()
		ctx, kill := context.WithCancel(t.Context())
		seen := int64(0)
		first := run.Resealer{Ring: ringAt(t, path), Store: h.store, Batch: 7, Report: func(_ string, n, _ int64) {
			if seen = n; n > int64(len(sessions))/2 {
				kill()
			}
		}}
		if _, err := first.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("it was not stopped in the middle: %v", err)
		}
		middle := must(first.Needed(t.Context()))(t)
		if middle[old][run.PlaceKeys] == 0 || middle[h.ring.ActiveID()][run.PlaceKeys] == 0 {
			t.Errorf("stopped after %d values, the sessions' keys are wrapped by %v", seen, middle)
		}
		again := run.Resealer{Ring: ringAt(t, path), Store: other.store}
		var total int64
		for range 3 {
			out := must(again.Run(t.Context()))(t)
			if len(out.Lost)+len(out.Damaged) > 0 {
				t.Errorf("lost %v, damaged %v", out.Lost, out.Damaged)
			}
			total += out.Done
			if out.Done == 0 {
				break
			}
		}
		took := time.Since(began)
		during := stop.end()
		for _, f := range failures() {
			t.Error(f)
		}
		t.Logf("%d values sealed again in %s (killed after %d); answers took at the median %s before and %s meanwhile, p99 %s and %s (%d and %d)", total, took.Round(time.Millisecond), seen,
			quiet.share(50), during.share(50), quiet.share(99), during.share(99), len(quiet), len(during))
		needed := must(again.Needed(t.Context()))(t)
		if len(needed[old])+len(needed[""]) > 0 {
			t.Fatalf("the old key is still needed: %v", needed)
		}
		for _, place := range []string{run.PlaceKeys, run.PlaceEffects, run.PlaceTasks, run.PlaceParcels, run.PlaceResults, run.PlaceRecords} {
			if needed[h.ring.ActiveID()][place] == 0 {
				t.Errorf("nothing was in %s", place)
			}
		}
		must(seal.RetireKey(path, old))(t)
		reap(t, openAt(t, db, h.yaml, beside(h), withRing(ringAt(t, path)), withWorkers), sessions, links)
	})
}

// sow begins sessions that wait for a second answer.
func sow(t *testing.T, h *house) (sessions []string, links [][]string) {
	t.Helper()
	for i := range *rotatedSessions {
		p := h.visit()
		pg := p.begin("plot.yml").answer("Seed", fmt.Sprintf("seed%d", i)).wants("What came up?")
		sessions = append(sessions, pg.session())
		if i%20 == 0 {
			links = append(links, []string{strings.TrimPrefix(pg.link("Resume"), h.root), strings.TrimPrefix(pg.link("Goto"), h.root)})
			p.htmx = true
			pg.follow("Read")
		}
	}
	return sessions, links
}

// reap opens all sessions at a house, as people who have nothing but the
// address, finishes some, and follows the links.
func reap(t *testing.T, h *house, sessions []string, links [][]string) {
	t.Helper()
	for _, l := range links {
		for _, link := range l {
			p := h.visit()
			p.get(link).wants("What came up?")
		}
	}
	for i, session := range sessions {
		pg := h.visit().get(address("plot.yml") + "&session=" + session).wants("What came up?")
		if i%(1+len(sessions)/100) > 0 {
			continue
		}
		pg = pg.answer("Harvest", "weeds")
		if pg.heading() == "What came up?" {
			t.Errorf("session %d: the answer gives %d %v %s\n%s", i, pg.status, pg.through, pg.text(), pg.url)
		}
		pg.patiently(fmt.Sprintf("seed%d, weeds, SEED%d, seed%d", i, i, i))
	}
	for _, e := range must(h.store.Effects(t.Context(), run.Wanted{Kind: "mail", Limit: 100_000}))(t) {
		whole := must(h.store.Effect(t.Context(), e.Key))(t)
		if body, err := h.runner.OpenEffect(whole); err != nil || !strings.Contains(string(body), "You sowed ") {
			t.Errorf("a mail is not to be read: %v", err)
		}
	}
}

// latencies are how long answers took.
type latencies []time.Duration

func (l latencies) share(percent int) time.Duration {
	if len(l) == 0 {
		return 0
	}
	slices.Sort(l)
	return l[min(len(l)-1, len(l)*percent/100)].Round(time.Microsecond)
}

// work is what people do until it is ended.
type work struct {
	mu   sync.Mutex
	took latencies
	stop atomic.Bool
	all  sync.WaitGroup
}

// measure lets work go on for a while and gives the latencies of that time.
func (w *work) measure(d time.Duration) latencies {
	time.Sleep(d)
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.took
	w.took = nil
	return out
}

func (w *work) end() latencies {
	w.stop.Store(true)
	w.all.Wait()
	return w.took
}

// busy has people begin and answer interviews at two servers of a house.
func busy(t *testing.T, houses ...*house) (*work, func() []string) {
	w := &work{}
	var failures []string
	for i, h := range houses {
		p := h.visit()
		w.all.Go(func() {
			for n := 0; !w.stop.Load(); n++ {
				began := time.Now()
				err := chat(p, houses[(i+n)%len(houses)], n)
				w.mu.Lock()
				w.took = append(w.took, time.Since(began))
				if err != nil && len(failures) < 5 {
					failures = append(failures, err.Error())
				}
				w.mu.Unlock()
			}
		})
	}
	return w, func() []string { return failures }
}

// chat begins an interview in a browser and goes on with it at another server.
func chat(p *person, next *house, n int) error {
	pg, err := p.try("GET", address("plot.yml")+"&new_session=1", "", nil)
	if err != nil || pg.heading() != "Which seed?" {
		return fmt.Errorf("begin: %v, %s", err, headingOf(pg))
	}
	to := p.elsewhere(next)
	f := pg.form("Seed", fmt.Sprintf("late%d", n))
	if pg, err = to.trySend(f); err != nil || pg.heading() != "What came up?" {
		return fmt.Errorf("answer: %v, %s", err, headingOf(pg))
	}
	return nil
}

func headingOf(pg *page) string {
	if pg == nil {
		return "no page"
	}
	return pg.heading() + ": " + pg.trouble()
}
