package handlers_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"colloquy/engine/config"
)

// The tests of this file are the acceptance checklist of how information moves
// into and out of a session, by number, each through HTTP.

// said gives the texts between brackets on a page.
func said(pg *page) string {
	var out []string
	for _, part := range strings.Split(pg.text(), "[")[1:] {
		text, _, _ := strings.Cut(part, "]")
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func (pg *page) says(want string) *page {
	pg.p.t.Helper()
	if got := said(pg); got != want {
		pg.p.t.Errorf("the page says %q, want %q (%v %s)", got, want, pg.through, pg.text())
	}
	return pg
}

const arguments = `
mandatory: True
code: |
  board
---
event: board
question: Arguments
subquestion: |
  [${ ' '.join(k + '=' + v for k, v in sorted(url_args.items())) }]
`

func TestChecklist1ArgumentsOfTheAddress(t *testing.T) {
	h := open(t, map[string]string{"arguments.yml": arguments})
	p := h.visit()
	to := address("arguments.yml")
	p.get(to + "&new_session=1&a=1").says("a=1")
	p.get(to + "&a=1").says("a=1")
	p.get(to + "&b=2").says("a=1 b=2")
	p.get(to + "&b=3&a=%C3%A9").says("a=é b=3")
	pg := p.get(to).says("a=é b=3").back().says("a=1 b=2")
	pg = pg.back().says("a=1")
	pg.p.get(to + "&from_list=1&cache=0&action=&json=0&_step=0&_once=1&_sig=x").says("a=1")
}

func TestChecklist2StartAndRun(t *testing.T) {
	shape := strings.ReplaceAll(garden, ", 'asked': asked()", "")
	h := open(t, map[string]string{"garden.yml": shape}, set(func(c *config.Config) {
		c.Dispatch = append(c.Dispatch, config.Shortcut{Name: "garden", Interview: pkg + ":data/questions/garden.yml"})
	}))
	p := h.visit()
	pg := p.get("/start/garden/").wants("Which vegetable?").answer("Vegetable", "leek").wants("Which legume?")
	if !strings.HasPrefix(pg.url.Path, "/run/garden/") {
		t.Errorf("after an answer the address is %s", pg.url)
	}
	if link := pg.link("Change the vegetable"); !strings.HasPrefix(link, "/run/garden/?") {
		t.Errorf("an action's link is %s", link)
	}
	p.get("/run/garden/").wants("Which legume?")
	p.get("/start/garden/").wants("Which vegetable?")
	p.get("/run/garden/").wants("Which vegetable?")
	p.get("/start/" + pkg + "/garden/").wants("Which vegetable?")
	p.get("/run/" + pkg + "/garden/").wants("Which vegetable?")
	if got := p.get("/start/elsewhere/"); got.status != http.StatusNotFound {
		t.Errorf("an unknown short address gives %d", got.status)
	}
}

// Without the list of one's sessions, which needs accounts.
func TestChecklist3AForeignBrowser(t *testing.T) {
	h := open(t, map[string]string{"garden.yml": gardenFiles["garden.yml"], "board.yml": board})
	owner := h.visit()
	owner.begin("garden.yml").answer("Vegetable", "leek").wants("Which legume?")
	id := column(t, h.db, "select id from sessions")[0]
	pg := h.visit().get(address("garden.yml") + "&session=" + id).wants("Which vegetable?")
	if !strings.Contains(pg.notices(), "could not open the interview session") {
		t.Errorf("nothing is said: %s", pg.text())
	}
	shared := owner.begin("board.yml").wants("Count: 0")
	open := must(url.Parse(shared.link("Outside")))(t).Query().Get("session")
	owner.get(shared.link("Here")).wants("Count: 1")
	h.visit().get(address("board.yml") + "&session=" + open).wants("Count: 1")
}

func TestChecklist4ThePayloadOfAnAction(t *testing.T) {
	h := open(t, map[string]string{"payload.yml": `
mandatory: True
question: Links
subquestion: |
  [Plain](${ url_action('x', n=1) })
  [First](${ url_action('x', _forget_prior=True, a=1) })
  [Kinds](${ url_action('people[0].name', a='é', b=[1, None, 2.5], c={'k': True}) })
---
event: x
question: X
`})
	pg := h.visit().begin("payload.yml")
	for name, want := range map[string]string{
		"Plain": `{"action": "x", "arguments": {"n": 1}}`,
		"First": `{"action": "_da_priority_action", "arguments": {"_action": "x", "_arguments": {"a": 1}}}`,
		"Kinds": `{"action": "people[0].name", "arguments": {"a": "\u00e9", "b": [1, null, 2.5], "c": {"k": true}}}`,
	} {
		got := must(url.Parse(pg.link(name)))(t).Query().Get("action")
		if want := base64.RawStdEncoding.EncodeToString([]byte(want)); got != want {
			plain, _ := base64.RawStdEncoding.DecodeString(got)
			t.Errorf("%s is %s", name, plain)
		}
	}
}

const stacked = `
mandatory: True
code: |
  a = 'old a'
  b = 'old b'
---
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [${ a }] [${ b }]

  {Ask a}[Ask a](${ url_action('a') })
  [Ask b](${ url_action('b') })
  [Only b](${ url_action('b', _forget_prior=True) })
---
question: A?
subquestion: |
  [Ask b](${ url_action('b') })
  [Only b](${ url_action('b', _forget_prior=True) })
fields:
  - A: a
---
question: B?
fields:
  - B: b
`

func TestChecklist5TheStackOfActions(t *testing.T) {
	h := open(t, map[string]string{"stacked.yml": strings.ReplaceAll(stacked, "{Ask a}", "")})
	p := h.visit()
	board := func() *page { return p.get(address("stacked.yml")) }
	p.begin("stacked.yml").wants("Board").follow("Ask a").wants("A?") // although a is defined
	board().wants("A?")                                               // a reload asks again
	board().answer("A", "new a").wants("Board")
	board().wants("Board").follow("Ask a").wants("A?").follow("Ask b").wants("B?").answer("B", "new b").wants("A?").answer("A", "newer a").wants("Board")
	board().follow("Ask a").wants("A?").follow("Only b").wants("B?").answer("B", "last b").wants("Board")
	if got := board().text(); !strings.Contains(got, "newer a") || !strings.Contains(got, "last b") {
		t.Errorf("the board says %s", got)
	}
}

const interrupted = `
mandatory: True
code: |
  runs = 0
  tries = 0
---
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [${ runs }] [${ tries }] [${ showifdef('total', 'no total') }]

  [Event](${ url_action('happening') })
  [Code](${ url_action('total') })
---
event: happening
code: |
  tries = tries + 1
  first_missing
  runs = runs + 1
---
code: |
  tries = tries + 1
  total = second_missing + '!'
---
question: First?
fields:
  - First: first_missing
---
question: Second?
fields:
  - Second: second_missing
`

func TestChecklist6EventsRunOnceCodeUntilItIsDone(t *testing.T) {
	h := open(t, map[string]string{"interrupted.yml": interrupted})
	p := h.visit()
	pg := p.begin("interrupted.yml").wants("Board").follow("Event").wants("First?").answer("First", "1").wants("Board")
	if got := said(pg); !strings.HasPrefix(got, "0; 1; no total") {
		t.Errorf("after the event that lacked something: %s", got)
	}
	pg = pg.follow("Code").wants("Second?").answer("Second", "2").wants("Board")
	if got := said(pg); !strings.Contains(got, "2!") {
		t.Errorf("after the code that lacked something: %s", got)
	}
}

const asking = `
mandatory: True
code: |
  fruit = 'apple'
  note = 'n'
  price = 1
  label = 'label of ' + fruit
---
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [${ fruit }] [${ price }] [${ total }] [${ showifdef('note', 'no note') }] [${ showifdef('size', 'no size') }]

  [Change](${ url_ask(['fruit', {'set': [{'price': 5}]}, {'recompute': ['total']}, {'undefine': ['note']}, {'invalidate': ['size']}, {'follow up': ['size', 'nothing_offers_this']}, {'action': 'remember', 'arguments': {'what': 'seen'}}]) })
---
code: |
  total = price * 2
---
question: Fruit?
fields:
  - Fruit: fruit
---
question: Size?
fields:
  - Size: size
---
event: remember
code: |
  note = action_argument('what')
`

func TestChecklist7AListOfThingsToAsk(t *testing.T) {
	h := open(t, map[string]string{"asking.yml": asking})
	p := h.visit()
	pg := p.begin("asking.yml").wants("Board").says("apple; 1; 2; n; no size")
	pg = pg.follow("Change").wants("Fruit?").answer("Fruit", "fig").wants("Size?").answer("Size", "big").wants("Board")
	pg.says("fig; 5; 10; seen; big")
	pg = pg.follow("Change").wants("Fruit?").answer("Fruit", "pear").wants("Size?")
	if got := pg.form().get("c2l6ZQ"); got == nil || *got != "big" { // invalidated: the old value is offered again
		t.Errorf("the size is offered as %v", got)
	}
}

const gated = `
initial: True
code: |
  if action_argument() in (None, 'allowed'):
    process_action()
---
mandatory: True
code: |
  count = 0
---
mandatory: True
code: |
  board
---
event: board
question: "Count: ${ count }"
subquestion: |
  [Allowed](${ url_action('allowed') })
  [Forbidden](${ url_action('forbidden') })
---
event: allowed
code: |
  count = count + 1
---
event: forbidden
code: |
  count = count + 100
`

func TestChecklist8ActionsThatAGateLetsThrough(t *testing.T) {
	h := open(t, map[string]string{"gated.yml": gated})
	p := h.visit()
	p.begin("gated.yml").wants("Count: 0").follow("Forbidden").wants("Count: 0").follow("Allowed").wants("Count: 1")
}

const two = `
mandatory: True
code: |
  multi_user = True
  a = 1
---
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [Ask a](${ url_action('a') })
  [Gather](${ url_action('gather') })
  [Join](${ interview_url() })
---
event: gather
code: |
  force_gather('shared')
---
question: A?
fields:
  - A: a
---
question: Shared?
fields:
  - Shared: shared
`

func TestChecklist9TwoPeopleInOneSession(t *testing.T) {
	h := open(t, map[string]string{"two.yml": two})
	p, q := h.visit(), h.visit()
	pg := p.begin("two.yml").wants("Board")
	join := pg.link("Join")
	q.get(join).wants("Board")
	pg.follow("Ask a").wants("A?")
	q.get(join).wants("Board") // the stack is p's alone
	p.get(address("two.yml")).wants("A?").answer("A", "2").wants("Board").follow("Gather").wants("Shared?")
	q.get(join).wants("Shared?") // what is gathered is everybody's
}
