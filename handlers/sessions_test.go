package handlers_test

import (
	"strings"
	"testing"
)

// Two interviews: office reaches into sessions of file.
var reaching = map[string]string{
	"file.yml": `
metadata:
  title: File
---
objects:
  - client: Individual
---
mandatory: True
code: |
  client.name.first
  fee
  done
---
question: Name?
fields:
  - First name: client.name.first
---
question: Fee for ${ client.name.first }?
fields:
  - Fee: fee
    datatype: integer
---
event: done
question: "Done: ${ client.name.first }, ${ fee }, ${ url_args.get('source', 'nowhere') }"
---
event: double
code: |
  fee = fee * action_argument('by')
---
event: wrong
code: |
  x = 1 / 0
`,
	"office.yml": `
mandatory: True
code: |
  seen_before
  first_question
  filled
  seen_after
  final
---
code: |
  seen_before = get_session_variables('file.yml', opened)
---
code: |
  first_question = get_question_data('file.yml', opened)
---
code: |
  seen_after = get_session_variables('file.yml', opened)
---
code: |
  opened = create_session('file.yml', url_args={'source': 'the office', 'n': [1, 2]})
---
code: |
  set_session_variables('file.yml', opened, {'client.name.first': 'Ann', 'fee': 20})
  run_action_in_session('file.yml', opened, 'double', arguments={'by': 3})
  again
  filled = True
---
question: Again?
fields:
  - Again: again
---
event: final
question: Final
subquestion: |
  before [${ seen_before['url_args']['source'] }] [${ seen_before['url_args']['n'][1] }] [${ 'fee' in seen_before }]

  question [${ first_question['questionText'] }]

  after [${ seen_after['fee'] }] [${ seen_after['client']['name']['first'] }]

  [Look](${ interview_url(i='file.yml', session=opened) })

  [Back](${ url_action('back') })

  [Wrong](${ url_action('wrong') })

  [Self](${ url_action('self') })

  [Drop](${ url_action('drop') })
---
event: back
code: |
  go_back_in_session('file.yml', opened)
---
event: drop
code: |
  set_session_variables('file.yml', opened, {}, delete=['fee'])
---
event: wrong
code: |
  try:
    run_action_in_session('file.yml', opened, 'wrong')
  except Exception as err:
    json_response({'type': type(err).__name__, 'says': str(err)})
---
event: self
code: |
  says = []
  for f in (get_session_variables, get_question_data, go_back_in_session):
    try:
      f('office.yml', current_context().session)
    except Exception as err:
      says.append(str(err))
  json_response(says)
`,
}

// What one session does to another is done once, although the block that does
// it starts over while it lacks an answer.
func TestASessionReachesAnother(t *testing.T) {
	onBoth(t, func(t *testing.T, at string) {
		h := openAt(t, at, reaching)
		p := h.visit()
		pg := p.begin("office.yml").wants("Again?").answer("Again", "yes").wants("Final")
		for _, want := range []string{"before [the office] [2] [False]", "question [Name?]", "after [60] [Ann]"} {
			if !strings.Contains(pg.text(), want) {
				t.Errorf("%q is not on the page: %s", want, pg.text())
			}
		}
		look := pg.link("Look")
		p.get(look).wants("Done: Ann, 60, the office")
		h.visit().get(look).wants("Name?") // a stranger gets a session of his own
		p.get(pg.link("Drop"))
		p.get(look).wants("Fee for Ann?")
		p.get(pg.link("Back"))
		p.get(look).wants("Done: Ann, 60, the office")

		got := p.get(pg.link("Wrong"))
		if !strings.Contains(got.body, "DAError") || !strings.Contains(got.body, "run_action_in_session: ") {
			t.Errorf("a failing action gives %s", got.body)
		}
		got = p.get(pg.link("Self"))
		for _, doing := range []string{"get variables from", "get question data from", "go back in"} {
			if !strings.Contains(got.body, "You cannot "+doing+" the current interview session") {
				t.Errorf("reaching into itself (%s) gives %s", doing, got.body)
			}
		}
	})
}

// stash holds two interviews that hand something over.
var stash = map[string]string{
	"giver.yml": `
mandatory: True
code: |
  parcel
  given
---
objects:
  - owner: Individual
---
code: |
  owner.name.first = 'Ann'
  parcel = stash_data({'client': 'Ann', 'items': [1, 2.5, None], 'owner': owner}, expire=900)
---
event: given
question: Given
subquestion: |
  [Take](${ interview_url(i='taker.yml', k=parcel[0], s=parcel[1], new_session=1) })
  [Wrong](${ interview_url(i='taker.yml', k=parcel[0], s='wrong', new_session=1) })
`,
	"taker.yml": `
mandatory: True
code: |
  taken
  shown
---
code: |
  taken = retrieve_stashed_data(url_args.get('k', ''), url_args.get('s', ''), delete=True)
---
event: shown
question: "Taken: ${ taken['client'] + str(taken['items']) + taken['owner'].name.first if taken else 'nothing' }"
`,
}

func TestWhatIsStashedIsTakenOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, at string) {
		h := openAt(t, at, stash)
		giver := h.visit().begin("giver.yml").wants("Given")
		h.visit().get(giver.link("Wrong")).wants("Taken: nothing")
		taker := h.visit()
		taker.get(giver.link("Take")).wants("Taken: Ann[1, 2.5, None]Ann")
		taker.get(address("taker.yml")).wants("Taken: Ann[1, 2.5, None]Ann") // reloaded
		h.visit().get(giver.link("Take")).wants("Taken: nothing")
		var rows int
		check(t, h.store.Writer().Get(&rows, "select count(*) from parcels"))
		if rows != 0 {
			t.Errorf("%d parcels are left", rows)
		}
	})
}

// A session is copied whole: its answers and what it remembers besides them.
func TestASessionIsDuplicated(t *testing.T) {
	h := open(t, map[string]string{"original.yml": `
objects:
  - user: Individual
---
mandatory: True
code: |
  count = showifdef('count', 0) + 1
---
mandatory: True
question: Begin?
yesno: begun
---
question: Fruit?
fields:
  - Fruit: user.fruit
---
event: duplicate
code: |
  session_id = create_session(current_context().filename)
  set_session_variables(current_context().filename, session_id, all_variables(simplify=False), overwrite=True)
  set_session_variables(current_context().filename, session_id,
                        {"_internal['answered']": _internal['answered'], '_internal["answers"]': _internal['answers'],
                         "_internal['user_local']": _internal['user_local']}, overwrite=True)
  set_save_status('overwrite')
  log('There is <a href="' + interview_url(session=session_id) + '">a copy</a> now.', 'info')
---
event: wrong
code: |
  set_session_variables(current_context().filename, create_session(current_context().filename), {"_internal['secret']": 'x'})
---
mandatory: True
question: You like ${ user.fruit }
subquestion: |
  [${ count }] [${ len(_internal['answered']) }] [${ 'tracker' in _internal }] [${ _internal.get('nonsense', 'nothing') }]

  [Copy](${ url_action('duplicate') })
  [Wrong](${ url_action('wrong') })
`})
	p := h.visit()
	pg := p.begin("original.yml").wants("Begin?").press("Yes").wants("Fruit?").answer("Fruit", "fig").wants("You like fig").says("1; 2; True; nothing")
	pg = pg.follow("Copy").wants("You like fig")
	if got := pg.notices(); !strings.Contains(got, "a copy") && !strings.Contains(pg.text(), "a copy") {
		t.Fatalf("it says %q", got)
	}
	var copied string
	for _, id := range column(t, h.db, "select id from sessions") {
		if pg := p.get(address("original.yml") + "&session=" + id).wants("You like fig").says("1; 2; True; nothing"); id != pg.url.Query().Get("session") {
			copied = id
		}
	}
	if copied != "" {
		t.Errorf("the copy %s was not opened by its address", copied)
	}
	if got := p.get(pg.link("Wrong")); got.status != 500 || !strings.Contains(got.trouble(), "DAError") {
		t.Errorf("setting what cannot be set: %d %s", got.status, got.text())
	}
}
