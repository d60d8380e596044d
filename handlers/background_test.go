package handlers_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/run"
)

// patiently loads a page again and again until its heading is this one.
func (pg *page) patiently(heading string) *page {
	pg.p.t.Helper()
	at := addressOf(pg)
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

const notifying = `
mandatory: True
code: |
  need(kind)
  task
  if not task.ready():
    busy
  finished
---
question: Which kind?
fields:
  - Kind: kind
---
code: |
  task = background_action('work', kind, said=kind)
---
event: work
code: |
  import time
  background_progress(1, 4, 'Reading ' + action_argument('said'))
  time.sleep(0.5)
  background_progress(3, 4)
  time.sleep(0.15)
  if action_argument('said') == 'fields':
    background_response({'extra': 553 + 2})
  background_response('<b>Done</b> with ' + action_argument('said') + user_text)
---
code: user_text = url_args.get('text', '')
---
event: busy
question: Busy
---
event: finished
question: Finished
`

// news reads what the server sends to an open page.
type news struct {
	Tasks []struct {
		ID, Text string
		Share    float64
	}
	Commands []struct {
		ID, Extra string
		Value     any
	}
	Over bool
	at   time.Time
}

// listen connects as a page of ours does, and passes on what it is told.
func (p *person) listen(session, seen string) <-chan news {
	p.t.Helper()
	ctx, cancel := context.WithCancel(p.t.Context())
	p.t.Cleanup(cancel)
	req := must(http.NewRequestWithContext(ctx, http.MethodGet, p.house.root+"/events?session="+session, nil))(p.t)
	if seen != "" {
		req.Header.Set("Last-Event-ID", seen)
	}
	res := must(p.web.Do(req))(p.t)
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || kind != "text/event-stream" {
		p.t.Fatalf("status %d, %s", res.StatusCode, kind)
	}
	out := make(chan news, 100)
	go func() {
		defer close(out)
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			n := news{at: time.Now()}
			if json.Unmarshal([]byte(data), &n) != nil {
				return
			}
			out <- n
		}
	}()
	return out
}

// commands waits until nothing more is to be expected.
func commands(t *testing.T, c <-chan news) (shares []float64, said []string) {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case n, ok := <-c:
			if !ok {
				return shares, said
			}
			for _, k := range n.Tasks {
				shares = append(shares, k.Share)
			}
			for _, k := range n.Commands {
				said = append(said, fmt.Sprint(k.Extra, " ", k.Value))
			}
		case <-late:
			t.Fatalf("the news do not end; so far %v", said)
		}
	}
}

// addressOf is a page's address without what begins a session or shows a step.
func addressOf(pg *page) string {
	u := *pg.url
	q := u.Query()
	q.Del("new_session")
	q.Del("_step")
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

func (pg *page) session() string {
	return attr(byID(pg.doc, "question"), "data-session")
}

// Checklist 12: a notification is delivered once, to every page that is open;
// ready() never blocks.
func TestChecklist12NotifiedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"a.yml": notifying})
		p := h.visit()
		pg := p.begin("a.yml")
		pg = p.get(addressOf(pg)+"&text=%3Ci%3E").answer("Kind", "flash").wants("Busy") // ready() does not wait for a worker
		h.work(run.Workers{Number: 1})
		one, two := p.listen(pg.session(), ""), p.listen(pg.session(), "")
		for _, c := range []<-chan news{one, two} {
			shares, said := commands(t, c)
			if want := []string{"flash <b>Done</b> with flash&lt;i&gt;"}; !reflect.DeepEqual(said, want) {
				t.Errorf("said %q, want %q", said, want)
			}
			if len(shares) < 2 || shares[len(shares)-1] != 0.75 {
				t.Errorf("progress %v", shares)
			}
		}
		if _, said := commands(t, p.listen(pg.session(), "1")); len(said) != 1 {
			t.Errorf("a page that lost its connection hears %q", said)
		}
		_, err := h.db.ExecContext(t.Context(), "update tasks set ended_at = '2020-01-01 00:00:00+00:00'")
		check(t, err)
		if _, said := commands(t, p.listen(pg.session(), "")); said != nil {
			t.Errorf("a page opened later hears %q", said)
		}
		if pg := p.get(addressOf(pg)).wants("Finished"); pg.notices() != "" {
			t.Errorf("a page opened later shows %q", pg.notices())
		}
	})
}

// Without scripts the page is loaded again while it waits, and then says what
// there is to say, once.
func TestNotifiedWithoutScripts(t *testing.T) {
	h := open(t, map[string]string{"a.yml": notifying}, withWorkers)
	pg := h.visit().begin("a.yml").answer("Kind", "flash").wants("Busy")
	meta := first(pg.doc, func(n *html.Node) bool { return n.Data == "meta" && attr(n, "http-equiv") == "refresh" })
	if meta == nil || meta.Parent.Data != "noscript" || !strings.HasPrefix(attr(meta, "content"), "5; url=/interview?") {
		t.Fatal("nothing has the page loaded again")
	}
	if pg.link("Check again") == "" {
		t.Error("there is no link to look again")
	}
	shown := false
	for late := time.Now().Add(5 * time.Second); !shown && time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		shown = strings.Contains(pg.p.get(addressOf(pg)).body, `max="1" value="0.2500">25%</progress>`)
	}
	if !shown {
		t.Error("no bar shows how far it is")
	}
	done := pg.patiently("Finished")
	if got := done.notices(); got != "Done with flash" {
		t.Errorf("the page says %q", got)
	}
	if again := done.p.get(addressOf(done)); again.notices() != "" || strings.Contains(again.body, "http-equiv") || strings.Contains(again.body, "data-watch") {
		t.Errorf("it says so again: %q", again.notices())
	}
}

// A page that is drawn when the action is over runs its script, under the nonce.
func TestScriptsOfNotifications(t *testing.T) {
	h := open(t, map[string]string{"a.yml": strings.Replace(notifying, "'<b>Done</b> with '", `"note('" + action_argument('said') + "')//"`, 1)}, withWorkers)
	p := h.visit()
	pg := p.begin("a.yml")
	pg = p.get(addressOf(pg)+"&text='</script>%0a").answer("Kind", "javascript").patiently("Finished")
	if !strings.Contains(pg.body, `note('javascript')//javascript\x27\x3c/script>\n`) {
		t.Errorf("the script is not on the page, or what was typed left its string: %s", pg.body)
	}
}

// Fields are filled where the page is drawn after the end of the action.
func TestFieldsOfNotifications(t *testing.T) {
	form := "question: Extra\nfields:\n  - Extra: extra\n    default: none\n  - Other: other"
	h := open(t, map[string]string{"a.yml": strings.NewReplacer("event: busy\nquestion: Busy", form, "    busy\n  finished", "    other\n  extra\n  finished").Replace(notifying)}, withWorkers)
	p := h.visit()
	pg := p.begin("a.yml").answer("Kind", "fields").wants("Extra")
	for late := time.Now().Add(5 * time.Second); !strings.Contains(pg.body, `value="555"`) && time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		pg = p.get(addressOf(pg))
	}
	if !strings.Contains(pg.body, `value="555"`) {
		t.Error("the field is not filled")
	}
}

// Strangers are told nothing.
func TestEventsAreForWhoMayOpenTheSession(t *testing.T) {
	h := open(t, map[string]string{"a.yml": notifying})
	pg := h.visit().begin("a.yml").answer("Kind", "flash").wants("Busy")
	other := h.visit()
	if got := other.get("/events?session=" + pg.session()); got.status != 403 {
		t.Errorf("a browser that was never here gets %d", got.status)
	}
	other.begin("a.yml")
	if got := other.get("/events?session=" + pg.session()); got.status != 403 {
		t.Errorf("another browser gets %d", got.status)
	}
	if got := pg.p.get("/events?session="); got.status != 403 {
		t.Errorf("no session gives %d", got.status)
	}
}

// latency is how long after the end of an action a page is told.
func latency(t *testing.T, h *house, c <-chan news, id string) time.Duration {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case n := <-c:
			if len(n.Commands) == 0 {
				continue
			}
			task := must(h.store.Task(t.Context(), id, n.Commands[0].ID))(t)
			return n.at.Sub(task.Ended)
		case <-late:
			t.Fatal("nothing is said")
		}
	}
}

// A notification reaches an open page in less than 200 ms: of a worker in the
// same process, and of one in another.
func TestNotificationsComeAtOnce(t *testing.T) {
	for _, where := range []string{"same process", "another process"} {
		onBoth(t, func(t *testing.T, address string) {
			options := []option{}
			if where == "same process" {
				options = append(options, withWorkers)
			}
			h := openAt(t, address, map[string]string{"a.yml": notifying}, options...)
			if where != "same process" {
				openAt(t, address, h.yaml, beside(h), withWorkers)
			}
			var all []time.Duration
			for range 3 {
				pg := h.visit().begin("a.yml").answer("Kind", "refresh").wants("Busy")
				all = append(all, latency(t, h, pg.p.listen(pg.session(), ""), pg.session()))
			}
			slices.Sort(all)
			t.Logf("%s: %v", where, all)
			if all[len(all)/2] > 200*time.Millisecond {
				t.Errorf("half of the notifications took longer than %v", all[len(all)/2])
			}
		})
	}
}

const checkingIn = `
question: What is your favorite food?
fields:
  - Food: food
  - Drink: drink
under: |
  [TARGET feedback]
check in: opinion
---
code: interim = ''
---
event: opinion
code: |
  if action_argument('_initial'):
    background_response('first')
  if action_argument('food') == 'soup' and interim != 'soup':
    interim = action_argument('food')
    background_response("What? You like " + interim.upper() + "?", 'flash')
  if action_argument('food') == 'script':
    background_response("note('" + action_argument('drink') + "')", 'javascript')
  if action_argument('food') == 'more':
    background_response({'drink': {'choices': ['a', ['b', 'B']], 'value': 'b'}}, 'fields')
  if action_argument('food') == 'again':
    background_response('refresh')
  if action_argument('food') == 'place':
    background_response(target='feedback', content='<b>' + action_argument('drink') + '</b><script>x()</script>')
  if action_argument('food') == 'places':
    background_response([{'target': 'a', 'content': 1}, {'target': 'b', 'content': ''}])
  if action_argument('food') == 'handed on':
    background_response_action('set_it', to=5)
  if action_argument('food') == 'ask':
    unheard_of
  background_response()
---
event: set_it
code: |
  handed = action_argument('to')
  background_response('handed on')
---
question: Unheard of
fields:
  - It: unheard_of
---
mandatory: True
question: You like ${ food }, ${ interim }, ${ showifdef('handed') }.
`

// checkIn does what the page's script does.
func (pg *page) checkIn(action string, parameters map[string]any) (status int, commands string) {
	pg.p.t.Helper()
	q := byID(pg.doc, "question")
	if action == "" {
		action = attr(q, "data-check-in")
	}
	given := must(json.Marshal(parameters))(pg.p.t)
	form := url.Values{"action": {"checkin"}, "csrf_token": {pg.p.csrf}, "session": {pg.session()}, "do_action": {action},
		"key": {attr(q, "data-check-in-key")}, "parameters": {string(given)}}
	got := must(pg.p.try(http.MethodPost, attr(q, "data-check-in-url"), "application/x-www-form-urlencoded", []byte(form.Encode())))(pg.p.t)
	var reply struct {
		Success  bool
		Commands json.RawMessage
	}
	if got.status == 200 {
		check(pg.p.t, json.Unmarshal([]byte(got.body), &reply))
	}
	if reply.Success != (got.status == 200) {
		pg.p.t.Errorf("status %d: %s", got.status, got.body)
	}
	return got.status, string(reply.Commands)
}

func TestCheckIn(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"a.yml": checkingIn})
		pg := h.visit().begin("a.yml").wants("What is your favorite food?")
		for _, tt := range []struct{ food, drink, want string }{
			{"soup", "", `[{"extra":"flash","value":"What? You like SOUP?"}]`},
			{"soup", "", `[]`}, // it was saved
			{"", "", `[]`},
			{"script", "'+x", `[{"extra":"javascript","value":"note('\\x27+x')"}]`},
			{"more", "", `[{"extra":"fields","value":{"drink":{"choices":["a",["b","B"]],"value":"b"}}}]`},
			{"again", "", `[{"extra":"refresh","value":"refresh"}]`},
			{"place", "<i>", `[{"extra":"backgroundresponse","value":{"content":"\u003cb\u003e\u0026lt;i\u0026gt;\u003c/b\u003e","target":"feedback"}}]`},
			{"handed on", "", `[{"extra":"backgroundresponse","value":"handed on"}]`},
			{"ask", "", `[]`},
		} {
			status, got := pg.checkIn("", map[string]any{"food": tt.food, "drink": tt.drink, "_initial": false, "_changed": nil})
			if status != 200 || got != tt.want {
				t.Errorf("%s: %d %s\nwant %s", tt.food, status, got, tt.want)
			}
		}
		if _, got := pg.checkIn("", map[string]any{"_initial": true}); got != `[{"extra":"backgroundresponse","value":"first"}]` {
			t.Errorf("the first: %s", got)
		}
		if _, got := pg.checkIn("", map[string]any{"food": "places"}); strings.Count(got, "target") != 2 {
			t.Errorf("two places: %s", got)
		}
		pg.p.get(addressOf(pg)).wants("What is your favorite food?") // nothing waits on the stack
		if n := h.count("steps"); n != 1 {
			t.Errorf("%d steps", n)
		}
		pg.answer("Food", "fish", "Drink", "tea").wants("You like fish, soup, 5.")
	})
}

func TestCheckInIsRefused(t *testing.T) {
	h := open(t, map[string]string{"a.yml": checkingIn})
	pg := h.visit().begin("a.yml")
	if status, _ := pg.checkIn("set_it", nil); status != 403 {
		t.Errorf("an action that the question does not name: %d", status)
	}
	other := h.visit().begin("a.yml")
	other.p.csrf = pg.p.csrf
	if status, _ := other.checkIn("", nil); status != 403 {
		t.Errorf("somebody else's token: %d", status)
	}
	pg.p, other.p = other.p, pg.p
	if status, _ := pg.checkIn("", nil); status != 403 {
		t.Errorf("somebody else's session: %d", status)
	}
}

// A check in that changes nothing writes nothing.
func TestCheckInWritesOnlyChanges(t *testing.T) {
	h := open(t, map[string]string{"a.yml": checkingIn})
	pg := h.visit().begin("a.yml")
	rev := func() (n int) {
		check(t, h.db.QueryRowContext(t.Context(), "select rev from sessions").Scan(&n))
		return n
	}
	pg.checkIn("", map[string]any{"food": "x"})
	before := rev()
	pg.checkIn("", map[string]any{"food": "x"})
	if after := rev(); after != before {
		t.Errorf("rev %d became %d", before, after)
	}
	pg.checkIn("", map[string]any{"food": "soup"})
	if after := rev(); after != before+1 {
		t.Errorf("rev %d became %d with a change", before, after)
	}
}

func TestTemplateIsPutInItsPlace(t *testing.T) {
	h := open(t, map[string]string{"a.yml": `
question: What is your favorite food?
fields:
  - Food: food
under: |
  [TARGET feedback]
check in: opinion
---
template: opinion
content: |
  % if action_argument('food'):
  _What?_ You like ${ action_argument('food').upper() }?
  % endif
target: feedback
---
mandatory: True
question: You like ${ food } ${ defined('opinion') }.
`})
	pg := h.visit().begin("a.yml")
	if _, got := pg.checkIn("", map[string]any{"food": "<b>soup</b>"}); !strings.Contains(got, `\u003cem\u003eWhat?\u003c/em\u003e You like \u0026lt;B\u0026gt;SOUP\u0026lt;/B\u0026gt;?`) ||
		!strings.Contains(got, `"target":"feedback"`) {
		t.Errorf("got %s", got)
	}
	pg.answer("Food", "fish").wants("You like fish False.")
}

func TestCheckInCanBeTurnedOff(t *testing.T) {
	h := open(t, map[string]string{"a.yml": "features:\n  checkin interval: 0\n---" + checkingIn})
	if pg := h.visit().begin("a.yml"); strings.Contains(pg.body, "data-check-in-url") {
		t.Error("the page checks in")
	}
}
