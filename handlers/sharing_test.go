package handlers_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// sharing is an interview whose actions try what one session may do to
// another, and tell what came of it; target is the other.
var sharing = map[string]string{
	"target.yml": `
objects:
  - client: Individual
---
mandatory: True
code: |
  client
  started = url_args.get('from', 'nowhere')
  runs = 0
---
mandatory: True
code: |
  multi_user = started == 'open'
  first_answer
---
mandatory: True
question: First seen ${ first_answer }
continue button field: seen
---
mandatory: True
question: The end, ${ runs }
---
question: First?
fields:
  - First: first_answer
---
question: Aside?
fields:
  - Aside: aside
---
event: bump
code: |
  runs += action_argument('by')
---
event: ask_aside
code: |
  force_ask('aside')
---
event: tell
code: |
  runs += 1
  json_response({'told': True})
---
event: fail
code: |
  1 / 0
`,
	"questionless.yml": `
mandatory: True
code: |
  json_response({'sum': a + b})
`,
	"caller.yml": `
mandatory: True
code: |
  multi_user = True
---
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [Try](${ url_action('attempt', code='x') })
---
event: attempt
code: |
  steps = {
    'create': lambda sid: create_session('target.yml', url_args={'from': 'caller'}),
    'create open': lambda sid: create_session('target.yml', url_args={'from': 'open'}),
    'create questionless': lambda sid: create_session('questionless.yml'),
    'create nothing': lambda sid: create_session('nowhere.yml'),
    'create badly': lambda sid: create_session('target.yml', url_args=['x']),
    'variables': lambda sid: get_session_variables('target.yml', sid),
    'live': lambda sid: type(get_session_variables('target.yml', sid, simplify=False)['client']).__name__,
    'unknown': lambda sid: get_session_variables('target.yml', 'x' * 32),
    'wrong interview': lambda sid: get_session_variables('questionless.yml', sid),
    'wrong secret': lambda sid: get_session_variables('target.yml', sid, secret='y' * 16),
    'set': lambda sid: set_session_variables('target.yml', sid, {'first_answer': 'one', "client.name.first": 'Ann', 'when': '2024-02-29'}),
    'set objects': lambda sid: set_session_variables('target.yml', sid, {'when': '2024-02-29', 'client': {'_class': 'docassemble.base.util.Individual', 'instanceName': 'client', 'age': 5}}, process_objects=True),
    'set over': lambda sid: set_session_variables('target.yml', sid, {'first_answer': 'two'}, overwrite=True),
    'set answered': lambda sid: set_session_variables('target.yml', sid, {'seen': True}, question_name='Question_3'),
    'delete': lambda sid: set_session_variables('target.yml', sid, {}, delete=['first_answer', 'never_there']),
    'set badly': lambda sid: set_session_variables('target.yml', sid, {'1 +': 2}),
    'set beyond': lambda sid: set_session_variables('target.yml', sid, {'nobody.name': 2}),
    'bump': lambda sid: run_action_in_session('target.yml', sid, 'bump', arguments={'by': 3}),
    'bump over': lambda sid: run_action_in_session('target.yml', sid, 'bump', arguments={'by': 3}, overwrite=True),
    'bump nothing': lambda sid: run_action_in_session('target.yml', sid, 'bump', arguments={'by': 3}, read_only=True),
    'ask': lambda sid: run_action_in_session('target.yml', sid, 'ask_aside'),
    'ask lastingly': lambda sid: run_action_in_session('target.yml', sid, 'ask_aside', persistent=True),
    'tell': lambda sid: run_action_in_session('target.yml', sid, 'tell'),
    'fail': lambda sid: run_action_in_session('target.yml', sid, 'fail'),
    'question': lambda sid: get_question_data('target.yml', sid)['questionText'],
    'questionless': lambda sid: get_question_data('questionless.yml', sid),
    'answer questionless': lambda sid: set_session_variables('questionless.yml', sid, {'a': 1, 'b': 2}),
    'back': lambda sid: go_back_in_session('target.yml', sid),
    'own variables': lambda sid: get_session_variables('caller.yml', current_context().session),
    'own set': lambda sid: set_session_variables('caller.yml', current_context().session, {}),
    'own action': lambda sid: run_action_in_session('caller.yml', current_context().session, 'x'),
    'own question': lambda sid: get_question_data('caller.yml', current_context().session),
    'own back': lambda sid: go_back_in_session('caller.yml', current_context().session),
    'secret': lambda sid: get_user_secret('a', 'b'),
    'stash': lambda sid: list(stash_data({'a': [1, 2]}, expire=2)),
    'stash long': lambda sid: list(stash_data({'a': 1})),
    'stash badly': lambda sid: stash_data({'a': 1}, expire='soon'),
    'stash never': lambda sid: stash_data({'a': 1}, expire=0),
    'unstash': lambda sid: retrieve_stashed_data(*sid.split(',')),
    'unstash wrong': lambda sid: retrieve_stashed_data(sid.split(',')[0], 'x' * 16),
    'unstash on': lambda sid: retrieve_stashed_data(*sid.split(','), refresh=60),
    'unstash off': lambda sid: retrieve_stashed_data(*sid.split(','), delete=True, refresh=True),
  }
  said = None
  error = None
  sid = url_args.get('sid')
  try:
    said = steps[url_args['do']](sid)
  except Exception as err:
    error = type(err).__name__ + ': ' + str(err)
  del steps
  json_response({'said': said, 'error': error})
`,
}

// A clerk tries what the caller's session may do.
type clerk struct {
	*person
	board *page
}

func (h *house) clerk() *clerk {
	p := h.visit()
	return &clerk{p, p.begin("caller.yml").wants("Board")}
}

// does gives what one try came to, as JSON, and its error.
func (c *clerk) does(what, sid string) (said, failed string) {
	c.t.Helper()
	link := regexp.MustCompile(`_once=[^&]*&`).ReplaceAllString(c.board.link("Try"), "") // it is meant every time
	pg := c.get(link + "&do=" + url.QueryEscape(what) + "&sid=" + url.QueryEscape(sid))
	var o struct {
		Said  json.RawMessage
		Error string
	}
	if err := json.Unmarshal([]byte(pg.body), &o); err != nil {
		c.t.Fatalf("%s: %d %s", what, pg.status, pg.body)
	}
	var compact any
	check(c.t, json.Unmarshal(o.Said, &compact))
	return string(must(json.Marshal(compact))(c.t)), o.Error
}

// gives wants a try to succeed, with what it is to say.
func (c *clerk) gives(what, sid, want string) {
	c.t.Helper()
	if said, failed := c.does(what, sid); failed != "" || said != want {
		c.t.Errorf("%s gives %s (%s), want %s", what, said, failed, want)
	}
}

func (c *clerk) fails(what, sid, why string) {
	c.t.Helper()
	if said, failed := c.does(what, sid); !strings.Contains(failed, why) {
		c.t.Errorf("%s gives %s, fails with %q, want %q", what, said, failed, why)
	}
}

// holds wants a variable of the other session to have a value.
func (c *clerk) holds(sid, name, want string) {
	c.t.Helper()
	said, failed := c.does("variables", sid)
	var all map[string]any
	check(c.t, json.Unmarshal([]byte(said), &all))
	if got := string(must(json.Marshal(all[name]))(c.t)); got != want {
		c.t.Errorf("%s is %s, want %s (%s)", name, got, want, failed)
	}
}

func unquoted(t *testing.T, text string) (s string) {
	t.Helper()
	check(t, json.Unmarshal([]byte(text), &s))
	return s
}

// The functions by which sessions share information, one by one (section 13 of
// how data come and go).
func TestSessionsShareInformation(t *testing.T) {
	h := open(t, sharing)
	c := h.clerk()
	said, failed := c.does("create", "")
	if failed != "" {
		t.Fatal(failed)
	}
	sid := unquoted(t, said)
	steps := func(more int, do func()) {
		t.Helper()
		before := h.count("steps where session = '" + sid + "'")
		do()
		if got := h.count("steps where session = '"+sid+"'") - before; got != more {
			t.Errorf("%d steps more, want %d", got, more)
		}
	}
	c.holds(sid, "started", `"caller"`)
	c.gives("live", sid, `"Individual"`)
	c.gives("question", sid, `"First?"`)
	c.fails("back", sid, "Cannot go back.")
	steps(1, func() { c.gives("set", sid, "null") })
	c.holds(sid, "first_answer", `"one"`)
	c.holds(sid, "when", `"2024-02-29"`)
	c.gives("question", sid, `"First seen one"`)
	steps(0, func() { c.gives("set over", sid, "null") })
	c.holds(sid, "first_answer", `"two"`)
	steps(1, func() { c.gives("set objects", sid, "null") })
	c.gives("live", sid, `"Individual"`)
	if said, _ := c.does("variables", sid); !strings.Contains(said, `"when":"2024-02-29T00:00:00`) {
		t.Errorf("it is no date: %s", said)
	}
	c.gives("back", sid, "null")
	c.holds(sid, "when", `"2024-02-29"`)
	c.gives("delete", sid, "null")
	c.gives("question", sid, `"First?"`)
	c.gives("back", sid, "null")
	c.gives("set answered", sid, "null")
	c.gives("question", sid, `"The end, 0"`)
	c.fails("set badly", sid, "1 +")
	c.fails("set beyond", sid, "has no nobody")
	c.fails("create badly", "", "url_args must be a dictionary")
	c.fails("create nothing", "", "There is no such interview here.")
	c.fails("unknown", sid, "not yours to open")
	c.fails("wrong interview", sid, "not yours to open")
	c.fails("wrong secret", sid, "not yours to open")
	c.gives("secret", "", "null") // of nobody
}

func TestActionsInOtherSessions(t *testing.T) {
	h := open(t, sharing)
	c := h.clerk()
	said, _ := c.does("create", "")
	sid := unquoted(t, said)
	c.gives("set", sid, "null")
	c.gives("bump", sid, "true")
	c.holds(sid, "runs", "3")
	steps := h.count("steps")
	c.gives("bump over", sid, "true")
	c.holds(sid, "runs", "6")
	c.gives("bump nothing", sid, "true")
	c.holds(sid, "runs", "6")
	c.gives("ask", sid, "true")
	c.gives("question", sid, `"First seen one"`)
	if n := h.count("steps where session = '"+sid+"'") + h.count("steps where session <> '"+sid+"'"); n < steps {
		t.Errorf("%d steps, there were %d", n, steps)
	}
	c.gives("ask lastingly", sid, "true")
	c.gives("question", sid, `"Aside?"`)
	c.get(address("target.yml")+"&session="+sid).wants("Aside?").answer("Aside", "x").wants("First seen one")
	c.gives("tell", sid, "true")
	c.holds(sid, "runs", "7")
	c.fails("fail", sid, "run_action_in_session: ")
	c.holds(sid, "runs", "7")
}

// Nothing reaches into the session that asks, and strangers reach only what is
// open to them.
func TestWhatSessionsMayNotReach(t *testing.T) {
	h := open(t, sharing)
	c, stranger := h.clerk(), h.clerk()
	for what, doing := range map[string]string{"own variables": "get variables from", "own set": "set variables in", "own action": "run an action in",
		"own question": "get question data from", "own back": "go back in"} {
		c.fails(what, "", "You cannot "+doing+" the current interview session")
	}
	said, _ := c.does("create", "")
	closed := unquoted(t, said)
	for _, what := range []string{"variables", "set", "bump", "question", "back"} {
		stranger.fails(what, closed, "not yours to open")
	}
	said, _ = c.does("create open", "")
	open := unquoted(t, said)
	stranger.gives("set", open, "null")
	stranger.gives("bump", open, "true")
	c.holds(open, "runs", "3")
}

// An interview without questions says what it lacks until it is told.
func TestAQuestionlessInterviewInAnotherSession(t *testing.T) {
	h := open(t, sharing)
	c := h.clerk()
	said, failed := c.does("create questionless", "")
	if failed != "" {
		t.Fatal(failed)
	}
	sid := unquoted(t, said)
	c.gives("questionless", sid, `{"message_log":[],"questionType":"undefined_variable","variable":"a"}`)
	c.gives("answer questionless", sid, "null")
	c.gives("questionless", sid, `{"contentType":"application/json","questionType":"response","response":"{\n  \"sum\": 3\n}\n"}`)
}

// What is stashed lasts as long as is said, and nobody gets it without both parts.
func TestWhatIsStashedEnds(t *testing.T) {
	h := open(t, sharing)
	c, other := h.clerk(), h.clerk()
	stash := func(how string) string {
		t.Helper()
		said, failed := c.does(how, "")
		var parts []string
		if err := json.Unmarshal([]byte(said), &parts); err != nil || len(parts) != 2 || len(parts[1]) != 16 {
			t.Fatalf("%s gives %s, %s", how, said, failed)
		}
		return strings.Join(parts, ",")
	}
	short, renewed, gone, long := stash("stash"), stash("stash"), stash("stash"), stash("stash long")
	other.gives("unstash", short, `{"a":[1,2]}`)
	other.gives("unstash", short, `{"a":[1,2]}`) // as often as one likes
	other.gives("unstash on", renewed, `{"a":[1,2]}`)
	other.gives("unstash wrong", short, "null")
	other.gives("unstash", "nothing,at all", "null")
	other.gives("unstash off", gone, `{"a":[1,2]}`)
	other.gives("unstash", gone, "null")
	time.Sleep(2100 * time.Millisecond)
	other.gives("unstash", short, "null")
	other.gives("unstash", renewed, `{"a":[1,2]}`)
	other.gives("unstash", long, `{"a":1}`)
	c.fails("stash badly", "", "Invalid expire value")
	c.fails("stash never", "", "Invalid expire value")
}

const locals = `
mandatory: True
code: |
  multi_user = True
---
event: note
code: |
  session_local.word = action_argument('word')
  device_local.word = action_argument('word')
  user_local.word = action_argument('word')
---
mandatory: True
question: Locals
subquestion: |
  [${ showifdef('session_local.word', 'none') }] [${ showifdef('device_local.word', 'none') }] [${ showifdef('user_local.word', 'none') }]
  [Note a](${ url_action('note', word='a') }) [Note b](${ url_action('note', word='b') }) {Join}[Join](${ interview_url() })
`

// What belongs to a browser, a device or a person is not seen by others in the
// same session, nor by get_session_variables() or /vars.
func TestWhatBelongsToOnePerson(t *testing.T) {
	h := open(t, map[string]string{"locals.yml": strings.ReplaceAll(locals, "{Join}", "")})
	p, q := h.visit(), h.visit()
	pg := p.begin("locals.yml").wants("Locals")
	join := pg.link("Join")
	p.get(pg.link("Note a"))
	mine := p.get(address("locals.yml"))
	if got := said(mine); !strings.HasPrefix(got, "a; a; a") {
		t.Errorf("the first sees %s", got)
	}
	pg = q.get(join).wants("Locals")
	if got := said(pg); !strings.HasPrefix(got, "none; none; none") {
		t.Errorf("the second sees %s", got)
	}
	q.get(pg.link("Note b"))
	if got := said(q.get(join)); !strings.HasPrefix(got, "b; b; b") {
		t.Errorf("then the second sees %s", got)
	}
	if got := said(p.get(address("locals.yml"))); !strings.HasPrefix(got, "a; a; a") {
		t.Errorf("then the first sees %s", got)
	}
	if got := p.get("/vars?i=" + url.QueryEscape(pkg+":data/questions/locals.yml")); strings.Contains(got.body, `"b"`) {
		t.Errorf("/vars gives away what is another's: %s", got.body)
	}
}
