package handlers_test

import (
	"strings"
	"testing"
	"time"
)

// patiently loads a page again and again until its heading is this one.
func (pg *page) patiently(heading string) *page {
	pg.p.t.Helper()
	at := strings.Replace(pg.url.RequestURI(), "&new_session=1", "", 1)
	for late := time.Now().Add(15 * time.Second); pg.heading() != heading && time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		pg = pg.p.get(at)
	}
	return pg.wants(heading)
}

const copies = `
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
  task = background_action('work', 'refresh', term=term, when=today())
---
event: work
code: |
  term = 'changed in the copy'
  forgotten = True
  background_response_action('store', reply=action_argument('term').upper(), when=action_argument('when'))
---
event: store
code: |
  reply = action_argument('reply')
  when = action_argument('when')
  background_response(reply)
---
event: busy
question: Busy
---
event: finished
question: ${ term } ${ reply } ${ defined('forgotten') } ${ when == today() } ${ task.get() } ${ task.failed() } ${ task.wait() }
`

// Checklist 10: answer changes in the task vanish; those in the response action
// stay without a new step.
func TestChecklist10TaskWorksOnACopy(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"a.yml": copies}, withWorkers)
		pg := h.visit().begin("a.yml").answer("Word", "hat").patiently("hat HAT False True HAT False True")
		if n := h.count("steps"); n != 2 {
			t.Errorf("%d steps, want 2: the start and the form", n)
		}
		pg = pg.back().wants("Which word?")
		pg.answer("Word", "cap").patiently("cap CAP False True CAP False True")
	})
}

const failing = `
mandatory: True
code: |
  task
  if not task.ready():
    busy
  finished
---
code: |
  task = background_action('work', None)
---
event: work
code: |
  background_error_action('mend', note='a note', error_type='mine')
  needs_a_missing_one = nobody_knows
---
event: mend
code: |
  told = action_arguments()
  background_response('mended')
---
event: busy
question: Busy
---
event: finished
question: ${ task.failed() } ${ task.get() } ${ told['note'] }
subquestion: |
  ${ task.result().error_type } / ${ task.result().error_message } / ${ task.result().error_trace } / ${ task.result().variables }

  ${ [told['error_' + k] == getattr(task.result(), 'error_' + k) for k in ('type', 'message', 'trace')] } ${ told['variables'] == task.result().variables } ${ task.result().value }
`

// Checklist 11: failed(), all four details, the error action receives them.
func TestChecklist11FailingTask(t *testing.T) {
	h := open(t, map[string]string{"a.yml": failing}, withWorkers)
	pg := h.visit().begin("a.yml").patiently("True None a note")
	for _, want := range []string{"DAErrorMissingVariable / ", "a variable 'nobody_knows'", "line ", "‘nobody_knows’, ‘work’", "[True, True, True] True mended"} {
		if !strings.Contains(strings.ReplaceAll(pg.text(), "'", "'"), want) {
			t.Errorf("%q is not on the page: %s", want, pg.text())
		}
	}
	if log := h.log.String(); strings.Contains(log, "nobody_knows") {
		t.Error("the log quotes the error")
	}
}

const waitsFor = `
mandatory: True
code: |
  count = 0
  term
---
mandatory: True
code: |
  count += 1
  task = background_action('work', None, term=term)
  value = task.get()
---
question: Which word?
fields:
  - Word: term
---
event: work
code: |
  import time
  time.sleep(0.3)
  background_response_action('store', reply=action_argument('term').upper())
---
event: store
code: |
  reply = action_argument('reply')
  background_response(reply + '!')
---
mandatory: True
question: ${ value } ${ reply } ${ count }
`

// A page that waits for a task that changes the answers gets there: it holds
// nothing while it waits, and what it did is not done twice.
func TestAForegroundWaitCannotDeadlock(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"a.yml": waitsFor}, withWorkers)
		h.visit().begin("a.yml").answer("Word", "hat").wants("HAT! HAT 1")
		if n := h.count("tasks"); n != 1 {
			t.Errorf("%d tasks", n)
		}
	})
}

const waitsAtOnce = `
mandatory: True
code: |
  value = background_action('work', None).result().value
---
event: work
code: background_response(len(url_args))
---
mandatory: True
question: Got ${ value }
`

func TestTheFirstPageMayWait(t *testing.T) {
	h := open(t, map[string]string{"a.yml": waitsAtOnce}, withWorkers)
	p := h.visit()
	p.get(address("a.yml") + "&new_session=1&k=v").wants("Got 1")
	if n := h.count("sessions"); n != 1 {
		t.Errorf("%d sessions", n)
	}
}
