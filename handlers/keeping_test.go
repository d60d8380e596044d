package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"colloquy/engine/run"
)

// larder keeps what a visitor drinks in all the places there are.
const larder = `
objects:
  - mine: DAStore
  - open_mine: DAStore.using(encrypted=False)
  - here: DAStore.using(base='session')
  - ours: DAStore.using(base='interview')
  - own: DAGlobal.using(base='user', key='own')
---
mandatory: True
code: |
  need(drink, own)
  for store in (mine, open_mine, here, ours):
    store.set('the drink', drink)
  own.drink = drink
  mark_task_as_performed('drink', persistent='user')
  number = write_record('drinks', drink)
  store_variables_snapshot({'size': len(drink)}, key='size')
  store_variables_snapshot({'size': len(drink)}, key='kept', persistent=True)
---
question: What do you drink?
subquestion: |
  Mine: ${ mine.get('the drink') }, ${ open_mine.get('the drink') }, ${ own.drink if hasattr(own, 'drink') else None },
  ${ times_task_performed('drink', persistent='user') }. Here: ${ here.get('the drink') }. Ours: ${ ours.get('the drink') }.
fields:
  - Drink: drink
---
mandatory: True
question: "You drink ${ mine.get('the drink') }, ${ here.get('the drink') }."
buttons:
  - Exit: exit
`

// What is kept for somebody without an account is the account's after signing
// in, is read by nobody else, and goes with the account; what belongs to a
// session goes with that.
func TestWhatIsKeptBelongsToSomebody(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"larder.yml": larder}, withoutMail)
		const tea = "a marker tea"
		p := h.visit()
		p.begin("larder.yml").answer("Drink", tea).wants("You drink " + tea + ", " + tea + ".")
		wants := func(p *person, what string) {
			t.Helper()
			if got := p.get(address("larder.yml") + "&new_session=1").wants("What do you drink?").text(); !strings.Contains(got, what) {
				t.Errorf("wants %s, got %s", what, got)
			}
		}
		everything := fmt.Sprintf("Mine: %s, %s, %s, 1. Here: None. Ours: ", tea, tea, tea)
		wants(p, everything+tea)
		wants(h.visit(), "Mine: None, None, None, 0. Here: None. Ours: "+tea+".")
		for at, bytes := range h.dump() {
			for _, d := range disguises(tea) {
				if strings.Contains(string(bytes), string(d)) {
					t.Errorf("the answer is readable in %s", at)
				}
			}
		}

		p.register(ana, word)
		wants(p, everything+tea)
		if n := h.count("records where holder like 'browser:%'"); n != 0 {
			t.Errorf("%d records are the browser's still", n)
		}
		p.signOut()
		wants(p, "Mine: None, None, None, 0.")
		q := h.visit()
		q.begin("larder.yml").answer("Drink", "gin")
		q.signIn(ana, word)
		wants(q, everything+"gin") // the account's own stays

		p = h.visit()
		p.begin("larder.yml").answer("Drink", "rum").wants("You drink rum, rum.").press("Exit")
		if n := h.count("records where holder like 'session:%' and session <> ''"); n != 2 { // tea and gin
			t.Errorf("%d records are of sessions", n)
		}
		if n := h.count("jsonstorage where tags = 'size'"); n != 2 {
			t.Errorf("%d snapshots", n)
		}
		if n := h.count("jsonstorage where tags = 'kept'"); n != 3 {
			t.Errorf("%d persistent snapshots", n)
		}
		// A key that was lost with a password leaves nothing to be read, and does not get in the way.
		r := h.visit()
		r.register("bob@example.com", word)
		r.begin("larder.yml").answer("Drink", "ale")
		h.exec("update records set closed = (select closed from records as o where o.holder = ? and o.shelf = 'store' and o.lock = 'own') "+
			"where holder = ? and shelf = 'store' and lock = 'own'", run.AccountRecords("1"), run.AccountRecords("2"))
		wants(r, "Mine: None, ")
		r.begin("larder.yml").answer("Drink", "mead")
		wants(r, "Mine: mead, ")
		q.get("/user/manage").submit("To go on, type: delete my account", "Delete my account", "Password", word)
		if n := h.count("records where holder = 'account:1'"); n != 0 {
			t.Errorf("%d records are the account's still", n)
		}
	})
}

// ballot is an object that all sessions share.
const ballot = `
objects:
  - poll: DAGlobal.using(base='interview', key='tea')
  - tally: DAStore.using(base='interview')
---
mandatory: True
code: |
  if not hasattr(poll, 'votes'):
    poll.votes = {}
  need(drink, tally)
  poll.votes[drink] = poll.votes.get(drink, 0) + 1
  tally.set(drink, (tally.get(drink) or 0) + 1)
  number = write_record('votes', drink)
---
mandatory: True
question: "${ sorted(poll.votes.items()) }, ${ tally.get('tea') }, ${ len(read_records('votes')) }"
---
question: What do you drink?
fields:
  - Drink: drink
`

// Sessions that change the same thing at once lose nothing.
func TestNoVoteIsLost(t *testing.T) {
	onAnyHouse(t, map[string]string{"ballot.yml": ballot}, func(t *testing.T, a, b *house) {
		const many = 12
		var forms []*page
		for i := range many {
			h := a
			if i%2 == 1 {
				h = b
			}
			forms = append(forms, h.visit().begin("ballot.yml").wants("What do you drink?"))
		}
		var wg sync.WaitGroup
		for _, pg := range forms {
			wg.Go(func() {
				if pg := pg.answer("Drink", "tea"); pg.status != http.StatusOK {
					t.Error(pg.text())
				}
			})
		}
		wg.Wait()
		p := a.visit()
		want := fmt.Sprintf("[(‘tea’, %d)], %d, %d", many+1, many+1, many+1)
		pg := p.begin("ballot.yml").answer("Drink", "tea").wants(want)
		pg.back().wants("What do you drink?").answer("Drink", "gin").wants(fmt.Sprintf("[(‘gin’, 1), (‘tea’, %d)], %d, %d", many+1, many+1, many+2))
	})
}

// steep keeps things in background actions, whose answers are thrown away.
const steep = `
objects:
  - ours: DAStore.using(base='interview')
  - here: DAStore.using(base='session')
  - mine: DAStore
---
mandatory: True
code: |
  multi_user = True
  task = background_action('steep')
  secret_task = background_action('whisper')
  waiting
---
event: waiting
question: "${ ours.get('n') } ${ here.get('n') } ${ secret_task.failed() and secret_task.result().error_message }"
---
event: steep
code: |
  ours.set('n', (ours.get('n') or 0) + 1)
  here.set('n', 'hot')
  background_response()
---
event: whisper
code: |
  mine.set('n', 1)
  background_response()
`

func TestBackgroundActionsKeepThings(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"steep.yml": steep}, withWorkers)
		p := h.visit()
		p.begin("steep.yml").patiently("1 hot nothing can be kept for the user here: a background action does not know who has no account")
	})
}
