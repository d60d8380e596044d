package handlers_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/outside/files"
	"colloquy/engine/run"
)

// keepsake leaves something of a session wherever sessions leave anything.
const keepsake = `
objects:
  - here: DAStore.using(base='session')
---
mandatory: True
code: |
  multi_user = True
  evidence
  here.set('note', 'kept')
  store_variables_snapshot({'note': 'kept'}, key='one')
  posted = send_email(to='a@example.com', subject='One', body='Two')
  task = background_action('later')
  finished
---
question: Evidence?
fields:
  - Evidence: evidence
    datatype: file
---
event: later
code: |
  background_response('done')
---
event: finished
question: Forgiven
subquestion: |
  [Keep](${ url_action('keep') })
  [Once](${ interview_url_action('once', _once=True) })
---
event: keep
code: |
  json_response({'kept': 1})
---
event: once
code: |
  clicked = True
`

// A session that is erased for its age takes everything along that is its own,
// out of every table: one in which this test finds nothing of a session before is
// to be filled here.
func TestNothingIsLeftOfAnErasedSession(t *testing.T) {
	notOfSessions := []string{"goose_db_version", "sqlite_sequence", "river_", "leftovers", "parcels", "strikes", "ring_keys", "privileges", "account", "logins"}
	outside := func(place string) bool {
		return slices.ContainsFunc(notOfSessions, func(table string) bool { return strings.HasPrefix(place, table) })
	}
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"keepsake.yml": keepsake})
		p := h.visit()
		pg := p.begin("keepsake.yml").answer("Evidence", "file").wants("Forgiven")
		once := pg.link("Once")
		h.visit().get(address("keepsake.yml") + "&session=" + pg.session()).wants("Forgiven") // a guest
		p.get(once)
		p.htmx = true
		pg.follow("Keep")
		places := h.dump()
		for _, table := range h.tables() {
			if !outside(table) && !slices.ContainsFunc(slices.Collect(maps.Keys(places)), func(place string) bool { return strings.HasPrefix(place, table+".") }) {
				t.Errorf("nothing of a session was in %s", table)
			}
		}
		if len(filesIn(t, h.folder)) == 0 {
			t.Error("there is no file")
		}
		if n, err := h.runner.EraseIdle(t.Context(), time.Now().Add(92*24*time.Hour)); n != 1 || err != nil {
			t.Fatalf("erased %d, %v", n, err)
		}
		for range 2 {
			must(h.runner.ClearLeftovers(t.Context()))(t)
		}
		for place, content := range h.dump() {
			if !outside(place) || bytes.Contains(content, []byte(pg.session())) && !strings.HasPrefix(place, "river_") {
				t.Errorf("something is left in %s", place)
			}
		}
		for name := range filesIn(t, h.folder) {
			t.Errorf("%s is left", name)
		}
	})
}

var idleSessions = flag.Int("idle", 400, "how many sessions are erased while somebody works")

const oneWord = `
mandatory: True
question: One
fields:
  - Word: word
---
mandatory: True
question: You said ${ word }
`

// While very many old sessions are erased, others go on working, memory stays
// where it was, and nothing is left of them. Run it with -idle 100000 -v for
// figures.
func TestOthersWorkWhileSessionsAreErased(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"word.yml": oneWord})
		h.fillIdle(*idleSessions)
		if len(filesIn(t, h.folder)) != *idleSessions/10 {
			t.Fatalf("there are %d files", len(filesIn(t, h.folder)))
		}
		alone := h.timed(func(since time.Time) bool { return time.Since(since) < 10*time.Second })

		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		var most uint64
		begun, over := time.Now(), make(chan struct{})
		var erasing time.Duration
		go func() {
			defer close(over)
			n, err := h.runner.EraseIdle(t.Context(), time.Now())
			if n != int64(*idleSessions) || err != nil {
				t.Errorf("erased %d, %v", n, err)
			}
			erasing = time.Since(begun)
			for range 2 {
				if n, err := h.runner.ClearLeftovers(t.Context()); n != *idleSessions || err != nil {
					t.Errorf("cleared %d, %v", n, err)
				}
			}
		}()
		meanwhile := h.timed(func(time.Time) bool {
			h.log.Reset() // it is in memory, in tests
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
			select {
			case <-over:
				return false
			default:
				return true
			}
		})
		t.Logf("%d sessions erased in %v (%.0f/s), their files in %v; a step takes alone p50 %v p99 %v, meanwhile p50 %v p99 %v (%d and %d steps); the heap was %d MB, meanwhile at most %d",
			*idleSessions, erasing.Round(time.Millisecond), float64(*idleSessions)/erasing.Seconds(), (time.Since(begun) - erasing).Round(time.Millisecond),
			part(alone, 50), part(alone, 99), part(meanwhile, 50), part(meanwhile, 99), len(alone), len(meanwhile), before.HeapAlloc>>20, most>>20)
		if most > before.HeapAlloc+64<<20 {
			t.Errorf("the heap grew from %d MB to %d", before.HeapAlloc>>20, most>>20)
		}
		if left := h.count("sessions"); left != len(alone)+len(meanwhile) {
			t.Errorf("%d sessions are left, want %d", left, len(alone)+len(meanwhile))
		}
		for place, content := range h.dump() {
			if bytes.Contains(content, []byte("idle00")) {
				t.Errorf("something is left in %s", place)
			}
		}
		for name := range filesIn(t, h.folder) {
			t.Errorf("%s is left", name)
		}
	})
}

func part(sorted []time.Duration, percent int) time.Duration {
	return sorted[len(sorted)*percent/100].Round(10 * time.Microsecond)
}

// timed has one person answer a question again and again, as long as go on
// says so, and returns how long each took, in order.
func (h *house) timed(goOn func(since time.Time) bool) []time.Duration {
	h.t.Helper()
	var took []time.Duration
	p := h.visit()
	for begun := time.Now(); len(took) == 0 || goOn(begun); {
		f := p.begin("word.yml").wants("One").form("Word", "this")
		at := time.Now()
		p.send(f).wants("You said this")
		took = append(took, time.Since(at))
	}
	slices.Sort(took)
	return took
}

// fillIdle stores sessions of five steps that were used last long ago. Each has
// an effect, every tenth a file. What goes beyond a thousand is copied within the
// database.
func (h *house) fillIdle(n int) {
	h.t.Helper()
	const group = 1000
	kept := must(files.Open(h.folder))(h.t)
	defer func() { check(h.t, kept.Close()) }()
	var wg sync.WaitGroup
	numbers := make(chan int)
	for range 16 {
		wg.Go(func() {
			for i := range numbers {
				if err := h.storeIdle(idleName(0, i)); err != nil {
					h.t.Error(err)
				}
			}
		})
	}
	for i := range min(n, group) {
		numbers <- i
	}
	close(numbers)
	wg.Wait()
	for g := 1; g < n/group; g++ {
		h.copyIdle(g)
	}
	for i := 0; i < n; i += 10 {
		must(kept.Put(h.t.Context(), idleName(i/group, i%group)+"/1", strings.NewReader("bytes")))(h.t)
	}
}

func idleName(group, i int) string { return fmt.Sprintf("idle%08dof%018d", group, i) }

func (h *house) storeIdle(id string) error {
	old := time.Now().Add(-200 * 24 * time.Hour)
	step := func(n int64) run.Step {
		return run.Step{N: n, Rev: n, Kind: "form", At: old, Input: make([]byte, 200), State: make([]byte, 1500)}
	}
	err := h.store.Create(h.t.Context(), run.Creation{
		Session: run.Session{ID: id, Interview: pkg + ":data/questions/word.yml", Rev: 1, Head: 1, Created: old, Active: old},
		Keys:    []run.Key{{Holder: run.Holder{Kind: run.HolderBrowser, ID: id}, Wrapped: make([]byte, 60)}},
		First:   step(1),
	})
	for s := int64(2); err == nil && s <= 5; s++ {
		c := run.Change{Session: id, Rev: s - 1, Mode: run.NewStep, Step: step(s), At: old}
		if s == 5 {
			c.Effects = []run.Effect{{Key: id, Session: id, Kind: "mail", Body: make([]byte, 300)}}
		}
		err = h.store.Save(h.t.Context(), c)
	}
	return err
}

// copyIdle copies the first group of sessions in all tables that they are in.
func (h *house) copyIdle(group int) {
	h.t.Helper()
	for _, table := range []string{"sessions", "steps", "keys", "effects"} {
		rows, err := h.db.QueryContext(h.t.Context(), "select * from "+table+" where 1 = 0")
		check(h.t, err)
		columns, err := rows.Columns()
		check(h.t, err)
		check(h.t, rows.Close())
		names, values := strings.Join(columns, ", "), slices.Clone(columns)
		for i, c := range columns {
			if c == "id" || c == "session" || c == "key" || c == "holder" {
				values[i] = fmt.Sprintf("replace(%s, 'idle%08dof', 'idle%08dof')", c, 0, group)
			}
		}
		id := "session"
		if table == "sessions" {
			id = "id"
		}
		h.exec(fmt.Sprintf("insert into %s (%s) select %s from %[1]s where %[4]s >= 'idle%08[5]dof' and %[4]s < 'idle%08[5]dog'",
			table, names, strings.Join(values, ", "), id, 0))
	}
}
