package handlers_test

import (
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/run"
)

// wait waits for a number that a query gives.
func (h *house) wait(query string, want int) {
	h.t.Helper()
	n := -1
	for late := time.Now().Add(15 * time.Second); time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		check(h.t, h.db.QueryRowContext(h.t.Context(), query).Scan(&n))
		if n == want {
			return
		}
	}
	h.t.Fatalf("%s gives %d, want %d\n%s", query, n, want, h.log)
}

const secretive = `
mandatory: True
code: |
  term
  task
  if not task.ready():
    busy
  finished
---
question: Which word?
fields:
  - Word: term
---
code: |
  task = background_action('work', 'flash', term=term)
---
event: work
code: |
  background_progress(1, 2, 'about ' + term)
  if action_argument('term').endswith('!'):
    raise ValueError(term)
  background_response_action('store', reply=term)
---
event: store
code: |
  reply = action_argument('reply')
  background_response(reply)
---
event: busy
question: Busy
---
event: finished
question: Finished
`

// What is stored and logged of background actions tells no answers.
func TestBackgroundActionsTellNoAnswers(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		for _, work := range []bool{false, true} {
			h := openAt(t, address, map[string]string{"a.yml": secretive})
			h.visit().begin("a.yml").answer("Word", "Turnip4711")
			h.visit().begin("a.yml").answer("Word", "Turnip4711!")
			if work {
				h.work(run.Workers{Number: 2})
				h.wait("select count(*) from tasks where phase in ('waiting', 'running')", 0)
			}
			rows, err := h.db.QueryContext(t.Context(), "select id, notify, visitor, body, report, result from tasks")
			check(t, err)
			n := 0
			for rows.Next() {
				var id, notify, visitor string
				var body, report, result []byte
				check(t, rows.Scan(&id, &notify, &visitor, &body, &report, &result))
				for _, part := range [][]byte{body, report, result, []byte(id + notify + visitor)} {
					if strings.Contains(string(part), "Turnip") {
						t.Errorf("a row shows an answer: %q", part)
					}
				}
				if work == (body != nil) {
					t.Errorf("over is %v, and %d bytes of what was to be done are kept", work, len(body))
				}
				n++
			}
			check(t, rows.Err())
			if n == 0 {
				t.Error("there are no background actions")
			}
			if strings.Contains(h.log.String(), "Turnip") {
				t.Error("the log shows an answer")
			}
		}
	})
}

const sleepy = `
mandatory: True
code: |
  start
  task
  if not task.ready():
    busy
  finished
---
question: Start?
field: start
---
code: |
  task = background_action('work', None)
---
event: work
code: |
  import time
  time.sleep(60)
---
event: busy
question: Busy
subquestion: |
  [Call it off](${ url_action('call_off') }) [Not if it runs](${ url_action('call_off_gently') }) [Wait for it](${ url_action('wait_for_it') })
---
event: call_off
code: task.revoke()
---
event: call_off_gently
code: task.revoke(terminate=False)
---
event: wait_for_it
code: task.wait()
---
event: finished
question: ${ task.status() } ${ task.failed() } ${ task.result().error_type }
subquestion: ${ task.result().error_message }
`

// Revoking a running action ends it at once.
func TestRevokingARunningAction(t *testing.T) {
	h := open(t, map[string]string{"a.yml": sleepy}, withWorkers)
	pg := h.visit().begin("a.yml").press("Continue").wants("Busy")
	h.wait("select count(*) from tasks where phase = 'running'", 1)
	pg.follow("Not if it runs").wants("Busy")
	began := time.Now()
	pg.follow("Call it off").wants("REVOKED True TaskRevokedError")
	h.visit().begin("a.yml").press("Continue").wants("Busy")
	h.wait("select count(*) from tasks where phase = 'running'", 1)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

// An action may take its time and no longer.
func TestBackgroundActionsEnd(t *testing.T) {
	h := open(t, map[string]string{"a.yml": sleepy}, withWorkers, set(func(c *config.Config) { c.Background.Time = 300 * time.Millisecond }))
	pg := h.visit().begin("a.yml").press("Continue").patiently("FAILURE True TimeoutError")
	if !strings.Contains(pg.text(), "a background action may take 300ms here") {
		t.Errorf("the message is %s", pg.text())
	}
}

// A page waits for a while, then says to the author what to do instead.
func TestAPageDoesNotWaitForEver(t *testing.T) {
	h := open(t, map[string]string{"a.yml": sleepy}, withDebug, set(func(c *config.Config) { c.Background.Wait = 300 * time.Millisecond }))
	pg := h.visit().begin("a.yml").press("Continue").wants("Busy")
	began := time.Now()
	pg = pg.follow("Wait for it")
	if took := time.Since(began); pg.status != 500 || took > 3*time.Second || !strings.Contains(pg.text(), "ask ready(), which never waits") {
		t.Errorf("after %v: %d %s", took, pg.status, pg.text())
	}
	pg.p.get(address("a.yml")).wants("Busy")
}

// An action survives the end of the server that was asked for it; one that was
// under way is begun anew elsewhere at once.
func TestBackgroundActionsSurviveARestart(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		var first *house
		var p *person
		t.Run("first", func(t *testing.T) {
			first = openAt(t, address, map[string]string{"a.yml": strings.Replace(sleepy, "time.sleep(60)", "time.sleep(1.5)\n  background_response('done')", 1)})
			p = first.visit()
			p.begin("a.yml").press("Continue").wants("Busy")
			first.work(run.Workers{Number: 1, Grace: time.Millisecond})
			first.wait("select count(*) from tasks where phase = 'running'", 1)
		})
		second := openAt(t, address, first.yaml, beside(first), withWorkers)
		q := p.elsewhere(second)
		q.t = t
		q.get("/interview?i=" + pkg + ":data/questions/a.yml").patiently("SUCCESS False None")
		second.wait("select attempt from tasks", 2)
	})
}

const various = `
mandatory: True
code: |
  kind
  go_on
---
question: Which kind?
fields:
  - Kind: kind
---
code: |
  if kind == 'unsaved':
    set_save_status('ignore')
  task = background_action('work_' + kind, None)
  if kind == 'unsaved':
    busy
  go_on = True
---
event: work_unsaved
code: background_response_action('note', what='unsaved')
---
event: work_nested
code: |
  inner = background_action('inner', None)
  background_response(inner.ready())
---
event: inner
code: background_response_action('note', what='inner')
---
event: work_exit
code: command('exit')
---
event: work_waits
code: |
  inner = background_action('inner', None)
  inner.get()
---
event: work_objects
code: |
  background_response(Individual('one', name='x'))
---
event: work_generator
code: |
  background_response(n for n in [1])
---
event: note
code: |
  noted = action_argument('what')
---
event: busy
question: Busy
---
mandatory: True
question: |
  ${ showifdef('noted') } ${ task.ready() } ${ task.status() if task.ready() else '' }
subquestion: |
  % if task.ready():
  ${ task.result().error_type } ${ task.result().error_message } ${ task.get() }
  % endif
`

func TestVariousBackgroundActions(t *testing.T) {
	for _, tt := range []struct{ kind, heading, text string }{
		{"unsaved", "", ""},
		{"nested", "inner True SUCCESS", "None None False"},
		{"waits", "True FAILURE", "RuntimeError a background action cannot wait for another one"},
		{"objects", "True SUCCESS", "None None"},
		{"generator", "True FAILURE", "background_response()"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			h := open(t, map[string]string{"a.yml": various}, withWorkers)
			pg := h.visit().begin("a.yml").answer("Kind", tt.kind)
			if tt.kind == "unsaved" {
				h.wait("select count(*) from tasks where phase = 'done'", 1)
				return
			}
			if pg = pg.patiently(tt.heading); !strings.Contains(pg.text(), tt.text) {
				t.Errorf("the page says %s", pg.text())
			}
		})
	}
	h := open(t, map[string]string{"a.yml": various}, withWorkers)
	pg := h.visit().begin("a.yml")
	var left string
	check(t, h.db.QueryRowContext(t.Context(), "select id from sessions").Scan(&left))
	// The page after the answer may find the session gone and open a new one.
	pg.answer("Kind", "exit")
	h.wait("select count(*) from sessions where id = '"+left+"'", 0)
	h.wait("select count(*) from tasks", 0)
}

// Code that checks an answer may wait, too; the form is taken once.
func TestValidationCodeMayWait(t *testing.T) {
	h := open(t, map[string]string{"a.yml": `
question: Which word?
fields:
  - Word: term
validation code: |
  verdict = background_action('judge', None, term=term).get()
  if verdict != 'good':
    validation_error('It is ' + verdict)
---
event: judge
code: |
  background_response('good' if action_argument('term') == 'hat' else 'bad')
---
mandatory: True
question: ${ term } is ${ verdict }
`}, withWorkers)
	pg := h.visit().begin("a.yml").answer("Word", "cap")
	if pg.status != 422 || !strings.Contains(pg.text(), "It is bad") {
		t.Fatalf("%d %s", pg.status, pg.text())
	}
	pg.answer("Word", "hat").wants("hat is good")
	if n := h.count("steps"); n != 2 {
		t.Errorf("%d steps", n)
	}
	if n := h.count("tasks"); n != 2 {
		t.Errorf("%d tasks", n)
	}
}

// Of progress that comes too fast the last is shown, not the first.
func TestTheLatestProgressIsShown(t *testing.T) {
	h := open(t, map[string]string{"a.yml": strings.Replace(sleepy, "  import time\n", "  import time\n  for n in range(50):\n    background_progress(n, 100, 'Part ' + str(n))\n", 1)}, withWorkers)
	pg := h.visit().begin("a.yml").press("Continue").wants("Busy")
	for late := time.Now().Add(10 * time.Second); !strings.Contains(pg.text(), "Part 49") && time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		pg = pg.p.get(addressOf(pg))
	}
	if !strings.Contains(pg.text(), "Part 49") {
		t.Errorf("the page says %s", pg.text())
	}
}

// A worker that cannot say that it lives lets go before somebody else begins.
func TestAWorkerThatIsCutOffLetsGo(t *testing.T) {
	h := open(t, map[string]string{"a.yml": sleepy})
	h.visit().begin("a.yml").press("Continue").wants("Busy")
	h.work(run.Workers{Number: 1, Lease: 400 * time.Millisecond})
	h.wait("select count(*) from tasks where phase = 'running'", 1)
	// Somebody else has it now, as far as the database knows.
	_, err := h.db.ExecContext(t.Context(), "update tasks set attempt = 7, due_at = '2999-01-01 00:00:00+00:00'")
	check(t, err)
	h.visit().begin("a.yml").press("Continue").wants("Busy")
	h.wait("select count(*) from tasks where phase = 'running' and attempt = 1", 1) // it is free for the next one
}

// What a page is given to pick from may be picked, and nothing else.
func TestChoicesOfACheckInMayBePicked(t *testing.T) {
	h := open(t, map[string]string{"a.yml": `
question: What?
fields:
  - Kind: kind
  - Thing: thing
    choices:
      - Red: r
check in: things
---
event: things
code: |
  background_response({'thing': {'choices': [['g', 'Green'], {'b': 'Blue'}, 'c']}}, 'fields')
---
mandatory: True
question: It is ${ thing }
`})
	for value, want := range map[string]string{"r": "It is r", "g": "It is g", "b": "It is b", "c": "It is c", "x": ""} {
		pg := h.visit().begin("a.yml")
		pg.checkIn("", map[string]any{"kind": "k"})
		f := pg.form("Kind", "k")
		f.set(attr(byID(pg.doc, attr(labelled(f.node, "Thing"), "for")), "name"), value)
		pg = pg.p.send(f)
		if want == "" {
			if pg.status != 422 {
				t.Errorf("%s: status %d", value, pg.status)
			}
			continue
		}
		pg.wants(want)
	}
}
