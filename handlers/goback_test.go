package handlers_test

import (
	"strings"
	"testing"
)

// held are interviews that do not let people go back, once by code and once by
// a question.
var held = map[string]string{
	"code.yml": `
mandatory: True
code: |
  a
  lock_in
  b
  finished
---
code: |
  prevent_going_back()
  lock_in = True
` + heldQuestions,
	"question.yml": `
mandatory: True
code: |
  a
  b
  finished
` + strings.Replace(heldQuestions, "question: Second?", "question: Second?\nprevent going back: True", 1),
	"office.yml": `
mandatory: True
question: Office
subquestion: |
  [Code](${ url_action('back', name='code.yml', id=url_args['code']) })
  [Question](${ url_action('back', name='question.yml', id=url_args['question']) })
---
event: back
code: |
  try:
    go_back_in_session(action_argument('name'), action_argument('id'))
    said = 'went back'
  except Exception as err:
    said = str(err)
  json_response(said)
`,
}

const heldQuestions = `
---
question: First?
fields:
  - A: a
---
question: Second?
fields:
  - B: b
---
event: finished
question: ${ a } / ${ b }
`

// What forbids to go back is not a matter of the button alone: Back posted
// directly, the form of the page before, the addresses of earlier steps, Back in
// JSON and from another session all stay where they are.
func TestGoingBackIsPreventedOnTheServer(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, held)
		p := h.visit()
		sessions := map[string]string{}
		for _, file := range []string{"code.yml", "question.yml"} {
			pg := p.begin(file).wants("First?").answer("A", "1").wants("Second?")
			sessions[strings.TrimSuffix(file, ".yml")] = pg.session()
			if byID(pg.doc, "backbutton") != nil || strings.Contains(pg.body, "_back_one") {
				t.Errorf("%s: there is a Back button", file)
			}
			direct := pg.form()
			direct.set("_back_one", "1")
			p.send(direct).wants("Second?")
			direct.set("_step", "2")
			p.send(direct).wants("Second?")
			p.get(address(file) + "&_step=1").wants("Second?")
			r := &robot{p: p, file: file}
			r.reads(p.get(address(file)+"&json=1"), 200).asked("Second?")
			if r.now["allow_going_back"] != false {
				t.Errorf("%s: programs may go back: %v", file, r.now["allow_going_back"])
			}
			r.say(200, `"_back_one": true`).asked("Second?")
		}
		office := p.get(address("office.yml") + "&new_session=1&code=" + sessions["code"] + "&question=" + sessions["question"]).wants("Office")
		for _, label := range []string{"Code", "Question"} {
			if got := p.get(office.link(label)); !strings.Contains(got.body, "Cannot go back.") {
				t.Errorf("%s: from another session: %s", label, got.body)
			}
		}
		for file, id := range map[string]string{"code.yml": sessions["code"], "question.yml": sessions["question"]} {
			pg := p.get(address(file)+"&session="+id).wants("Second?").answer("B", "2").wants("1 / 2")
			pg = pg.back().wants("Second?")
			pg.answer("B", "3").wants("1 / 3")
			p.get(address(file) + "&_step=1").wants("1 / 3")
		}
		office = p.get(address("office.yml")).wants("Office")
		if got := p.get(office.link("Code")); !strings.Contains(got.body, "went back") {
			t.Errorf("from another session, where it is allowed: %s", got.body)
		}
		p.get(address("code.yml") + "&session=" + sessions["code"]).wants("Second?")
	})
}

// The form of an earlier page that was opened while it could still be changed
// is refused with a word once that is over.
func TestAnEarlierPageIsRefusedOnceGoingBackIsOver(t *testing.T) {
	for _, file := range []string{"code.yml", "question.yml"} {
		yaml := map[string]string{"code.yml": held["code.yml"], "question.yml": held["question.yml"]}
		for name, text := range yaml {
			yaml[name] = strings.Replace(strings.Replace(text, "  a\n", "  start\n  a\n", 1), "---\nquestion: First?", "---\nquestion: Start?\nfields:\n  - Start: start\n---\nquestion: First?", 1)
		}
		h := open(t, yaml)
		p := h.visit()
		p.begin(file).wants("Start?").answer("Start", "0").wants("First?")
		earlier := p.get(address(file)+"&_step=1").wants("Start?").form("Start", "9")
		p.get(address(file)).wants("First?").answer("A", "1").wants("Second?")
		pg := p.send(earlier).wants("Second?")
		if !strings.Contains(pg.notices(), "not possible any more to go back to this question") {
			t.Errorf("%s: %q", file, pg.notices())
		}
		pg.answer("B", "2").wants("1 / 2")
	}
}
