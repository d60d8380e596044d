package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// ledger lets two pages add to one list; each addition must come to exactly
// one entry.
const ledger = `
objects:
  - entries: DAList.using(auto_gather=False, gathered=True)
---
mandatory: True
code: |
  board
---
event: board
question: "Entries: ${ ' '.join(entries) }."
subquestion: |
  % for word in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']:
  [Add ${ word }](${ url_action('add', word=word) })
  % endfor
---
event: add
code: |
  entries.append(action_argument('word'))
`

// onAnyHouse runs a test on one process with the queue, on one without it, and
// on two processes that share a database, of both kinds.
func onAnyHouse(t *testing.T, yaml map[string]string, test func(t *testing.T, a, b *house)) {
	t.Run("one process", func(t *testing.T) { h := open(t, yaml); test(t, h, h) })
	t.Run("one process, no queue", func(t *testing.T) { h := open(t, yaml, withoutQueue); test(t, h, h) })
	onBoth(t, func(t *testing.T, db string) {
		a := openAt(t, db, yaml, withoutQueue)
		test(t, a, openAt(t, db, yaml, beside(a)))
	})
}

// Simultaneous clicks on one session all count, and each once.
func TestSimultaneousActionsAllCount(t *testing.T) {
	onAnyHouse(t, map[string]string{"ledger.yml": ledger}, func(t *testing.T, a, b *house) {
		p := a.visit()
		pg := p.begin("ledger.yml").wants("Entries: .")
		other := p.elsewhere(b)
		links := map[string]string{}
		for _, word := range strings.Split("abcdefgh", "") {
			links[word] = pg.link("Add " + word)
		}
		var wg sync.WaitGroup
		said := make(chan string, len(links))
		for word, link := range links {
			who := p
			if word > "d" {
				who = other
			}
			wg.Go(func() {
				pg, err := who.try(http.MethodGet, link, "", nil)
				if err != nil || pg.status != http.StatusOK {
					said <- fmt.Sprintf("adding %s: %v %v %s", word, err, pg.through, pg.heading())
				}
			})
		}
		wg.Wait()
		close(said)
		for s := range said {
			t.Error(s)
		}
		got := p.get(address("ledger.yml")).heading()
		for word := range links {
			if n := strings.Count(strings.TrimPrefix(got, "Entries:"), " "+word); n != 1 {
				t.Errorf("%s is there %d times: %s", word, n, got)
			}
		}
	})
}

// counter counts what programs without cookies tell it.
const counter = `
mandatory: True
code: |
  multi_user = True
  n = 0
---
mandatory: True
code: |
  board
---
event: board
question: "Count: ${ n }"
subquestion: |
  [One more](${ interview_url_action('more') })
---
event: more
code: |
  n = n + 1
  json_response({'n': n})
`

// unhurried lets an evaluation wait for its turn at a busy machine: how many
// steps it may take is limited all the same.
func unhurried(p *plans) { p.config.Limits.Time = 10 * time.Minute }

// Very many programs act on one session at once: every action counts, and
// counts once.
func TestAThousandActionsAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name    string
		actions int
		houses  func(t *testing.T) []*house
	}{
		{"one process", 1000, func(t *testing.T) []*house {
			return []*house{open(t, map[string]string{"counter.yml": counter}, unhurried)}
		}},
		{"one process, no queue", 1000, func(t *testing.T) []*house {
			return []*house{open(t, map[string]string{"counter.yml": counter}, unhurried, withoutQueue)}
		}},
		{"two processes", 100, func(t *testing.T) []*house {
			a := openAt(t, databases["postgres"](t), map[string]string{"counter.yml": counter}, unhurried)
			return []*house{a, openAt(t, a.address, a.yaml, beside(a), unhurried)}
		}},
		{"two processes, no queue", 100, func(t *testing.T) []*house {
			a := openAt(t, databases["postgres"](t), map[string]string{"counter.yml": counter}, unhurried, withoutQueue)
			return []*house{a, openAt(t, a.address, a.yaml, beside(a), unhurried, withoutQueue)}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			houses := tt.houses(t)
			owner := houses[0].visit()
			link := must(url.Parse(owner.begin("counter.yml").wants("Count: 0").link("One more")))(t)
			took := make([]time.Duration, tt.actions)
			answers := make([]string, tt.actions)
			var wg sync.WaitGroup
			for i := range tt.actions {
				h := houses[i%len(houses)]
				wg.Go(func() {
					began := time.Now()
					who := h.visit()
					pg, err := who.try(http.MethodGet, h.root+"/interview?"+link.RawQuery, "", nil)
					for err == nil && pg.status == http.StatusServiceUnavailable { // nothing was done: a slow machine under this load
						pg, err = who.try(http.MethodGet, h.root+"/interview?"+link.RawQuery, "", nil)
					}
					took[i] = time.Since(began)
					if err != nil || pg.status != http.StatusOK {
						answers[i] = fmt.Sprint("failed: ", err, pg)
						return
					}
					answers[i] = strings.Join(strings.Fields(pg.body), "")
				})
			}
			wg.Wait()
			slices.Sort(answers)
			for i, a := range slices.Compact(slices.Clone(answers)) {
				if !strings.HasPrefix(a, `{"n":`) {
					t.Fatalf("answer %d: %s", i, a)
				}
			}
			if n := len(slices.Compact(answers)); n != tt.actions {
				t.Errorf("%d different answers, want %d", n, tt.actions)
			}
			owner.get(address("counter.yml")).wants(fmt.Sprint("Count: ", tt.actions))
			slices.Sort(took)
			lost := int64(0)
			for _, h := range houses {
				lost += h.runner.Conflicts()
			}
			t.Logf("%d actions: p50 %v, p99 %v, %.2f evaluations each", tt.actions, took[len(took)/2], took[len(took)*99/100],
				1+float64(lost)/float64(tt.actions))
			if len(houses) == 1 && !strings.Contains(tt.name, "no queue") && lost > 100 {
				t.Errorf("%d evaluations were in vain although all wait in one line", lost)
			}
		})
	}
}

// A link that is clicked twice at the same time is one click.
func TestTheSameLinkTwiceAtOnceIsOneClick(t *testing.T) {
	onAnyHouse(t, map[string]string{"ledger.yml": ledger}, func(t *testing.T, a, b *house) {
		p := a.visit()
		link := p.begin("ledger.yml").wants("Entries: .").link("Add a")
		var wg sync.WaitGroup
		for _, who := range []*person{p, p.elsewhere(b)} {
			wg.Go(func() {
				if pg, err := who.try(http.MethodGet, link, "", nil); err != nil || pg.heading() != "Entries: a." {
					t.Errorf("%v %s", err, pg.heading())
				}
			})
		}
		wg.Wait()
		p.get(address("ledger.yml")).wants("Entries: a.")
	})
}

// Of two different answers to one question that come at the same time, one is
// taken and the other one's sender is told.
func TestOfTwoSimultaneousAnswersTheLoserIsTold(t *testing.T) {
	onAnyHouse(t, gardenFiles, func(t *testing.T, a, b *house) {
		for round := range 5 {
			p := a.visit()
			pg := p.begin("garden.yml").wants("Which vegetable?")
			other := p.elsewhere(b)
			same := other.get(address("garden.yml")).wants("Which vegetable?")
			forms := []*form{pg.form("Vegetable", "turnip"), same.form("Vegetable", "leek")}
			got := together(t, []*person{p, other}, forms)
			told := 0
			for i, pg := range got {
				pg.wants("Which legume?")
				stale := strings.Contains(pg.notices(), "was not kept")
				if stale {
					told++
				}
				mine := strings.Contains(pg.text(), "You like "+[]string{"turnip", "leek"}[i])
				if mine == stale {
					t.Errorf("round %d: sender %d sees his own answer: %v, and was told it was not kept: %v", round, i, mine, stale)
				}
			}
			if told != 1 {
				t.Errorf("round %d: %d of two were told that their answer was not kept", round, told)
			}
		}
	})
}

// The same form, sent twice at the same time, is one answer.
func TestTheSameFormTwiceAtOnceIsOneAnswer(t *testing.T) {
	const counting = `
mandatory: True
code: |
  n = 0
---
mandatory: True
code: |
  pressed
  n += 1
  undefine('pressed')
  pressed
---
question: Pressed ${ n } times
continue button field: pressed
`
	onAnyHouse(t, map[string]string{"count.yml": counting}, func(t *testing.T, a, b *house) {
		p := a.visit()
		pg := p.begin("count.yml").wants("Pressed 0 times")
		other := p.elsewhere(b)
		for n := 1; n < 5; n++ {
			f := pg.form()
			for _, got := range together(t, []*person{p, other}, []*form{f, f}) {
				got.wants(fmt.Sprintf("Pressed %d times", n))
			}
			pg = p.get(address("count.yml")).wants(fmt.Sprintf("Pressed %d times", n))
		}
	})
}

// together sends forms at the same time.
func together(t *testing.T, people []*person, forms []*form) []*page {
	t.Helper()
	got, errs := make([]*page, len(forms)), make([]error, len(forms))
	var wg sync.WaitGroup
	for i := range forms {
		wg.Go(func() { got[i], errs[i] = people[i].trySend(forms[i]) })
	}
	wg.Wait()
	for _, err := range errs {
		check(t, err)
	}
	return got
}

// A whole interview goes on although every request goes to another process.
func TestTwoProcessesTakeTurns(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		a := openAt(t, db, gardenFiles)
		b := openAt(t, db, gardenFiles, beside(a))
		p := a.visit()
		p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
		q := p.elsewhere(b)
		q.get(address("garden.yml")).wants("Which legume?").follow("Change the vegetable").answer("Vegetable", "leek").wants("Which legume?")
		p.get(address("garden.yml")).answer("Legume", "peas").wants("leek with peas")
		q.get(address("garden.yml")).wants("leek with peas").back().wants("Which legume?")
	})
}

// quiet has everything that must not happen again when a screen is shown again.
const quiet = `
mandatory: True
code: |
  import random
  code = ''.join(random.choice('0123456789') for i in range(12))
---
mandatory: True
code: |
  sent = send_email(to='ada@example.com', subject='Your code', body='It is ' + code)
---
mandatory: True
question: The code is ${ code }
reload: 5
`

func TestReloadingAFinalScreenDoesNothingAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"quiet.yml": quiet})
		p := h.visit()
		pg := p.begin("quiet.yml")
		code := pg.heading()
		if !regexp.MustCompile(`^The code is \d{12}$`).MatchString(code) {
			t.Fatalf("the screen says %q\n%s", code, pg.trouble())
		}
		if n, _ := strconv.Atoi(attr(byID(pg.doc, "question"), "data-reload")); n != 5 {
			t.Errorf("the screen asks for itself after %d seconds", n)
		}
		for i := range 10 {
			p.htmx = i%2 == 1
			p.get(address("quiet.yml")).wants(code)
		}
		if got := h.counts(); got != "1 sessions, 1 steps, 1 effects" {
			t.Errorf("after ten reloads there are %s", got)
		}
		p.htmx = false
		p.begin("quiet.yml")
		if got := h.counts(); got != "2 sessions, 2 steps, 2 effects" {
			t.Errorf("a second session makes it %s", got)
		}
	})
}

// What looks at a page without a person behind it leaves nothing behind.
func TestLookingLeavesNothing(t *testing.T) {
	yaml := map[string]string{"garden.yml": gardenFiles["garden.yml"], "quiet.yml": quiet}
	h := open(t, yaml)
	owner := h.visit()
	pg := owner.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
	action := pg.link("Change the vegetable")
	before := h.counts()
	rev := column(t, h.db, "select rev from sessions")[0]
	agents := map[string]map[string]string{
		"a bot":      {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1; +http://example.com/bot)"},
		"a prefetch": {"Sec-Purpose": "prefetch;prerender"},
		"a preview":  {"User-Agent": "facebookexternalhit/1.1"},
		"old Chrome": {"Purpose": "prefetch"},
	}
	for name, extra := range agents {
		stranger := h.visit()
		stranger.extra = extra
		if got := stranger.get(address("garden.yml")); got.status != http.StatusOK || got.heading() != "Which vegetable?" {
			t.Errorf("%s sees %d %q", name, got.status, got.heading())
		}
		if got := stranger.get(address("quiet.yml")); got.status != http.StatusForbidden || !strings.Contains(got.text(), "This page does something") {
			t.Errorf("%s sees of a screen that sends a mail %d %s", name, got.status, got.text())
		}
		if n := stranger.cookies(); n != 0 {
			t.Errorf("%s got %d cookies", name, n)
		}
		owner.extra = extra
		owner.get(action)
		owner.get(address("garden.yml") + "&a=1&reset=1")
		owner.extra = nil
	}
	for _, to := range []string{address("garden.yml"), action, address("garden.yml") + "&reset=1", address("garden.yml") + "&new_session=1&b=2", "/list", "/"} {
		owner := owner
		if to == "/" { // which leads its owner back into the interview
			owner = h.visit()
		}
		if got := owner.do(http.MethodHead, to, "", nil); got.status != http.StatusOK || got.bytes != 0 {
			t.Errorf("HEAD %s is answered by %d with %d bytes", to, got.status, got.bytes)
		}
		stranger := h.visit()
		stranger.do(http.MethodHead, to, "", nil)
		if n := stranger.cookies(); n != 0 {
			t.Errorf("HEAD %s gives %d cookies", to, n)
		}
	}
	if got := h.counts(); got != before {
		t.Errorf("looking made %s of %s", got, before)
	}
	if got := column(t, h.db, "select rev from sessions")[0]; got != rev {
		t.Errorf("looking raised the session's rev from %s to %s", rev, got)
	}
	owner.get(address("garden.yml")).wants("Which legume?")
}

func TestURLArgs(t *testing.T) {
	const args = `
mandatory: True
code: |
  first
  last
---
question: "First: ${ url_args.get('color', 'none') }"
continue button field: first
---
event: last
question: "Last: ${ url_args.get('color', 'none') } ${ url_args.get('size', 'none') }"
`
	h := open(t, map[string]string{"args.yml": args})
	p := h.visit()
	p.get(address("args.yml") + "&new_session=1&color=red").wants("First: red")
	p.get(address("args.yml") + "&color=blue").wants("First: blue")
	pg := p.get(address("args.yml")).wants("First: blue")
	if got := h.counts(); got != "1 sessions, 2 steps, 0 effects" {
		t.Errorf("changed arguments make %s", got)
	}
	p.get(address("args.yml") + "&color=blue").wants("First: blue")
	if got := h.counts(); got != "1 sessions, 2 steps, 0 effects" {
		t.Errorf("the same arguments again make %s", got)
	}
	pg.answer().wants("Last: blue none")
	p.get(address("args.yml") + "&size=" + url.QueryEscape("x & y")).wants("Last: blue x & y")
	pg = p.get(address("args.yml")).back().wants("Last: blue none")
	pg.back().wants("First: blue").back().wants("First: red")
}
