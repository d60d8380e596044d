package handlers_test

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expected files")

// Every kind of question as ?json=1 gives it. Each file of testdata/json is an
// interview; beside it lies what a program reads of its first screen.
func TestEveryKindOfQuestionAsJSON(t *testing.T) {
	files := must(filepath.Glob("testdata/json/*.yml"))(t)
	if len(files) < 12 {
		t.Fatalf("there are only %d interviews", len(files))
	}
	yaml := map[string]string{}
	for _, file := range files {
		yaml[filepath.Base(file)] = string(must(os.ReadFile(file))(t))
	}
	h := open(t, yaml, withStatic("tune.ogg", "x"))
	for file := range yaml {
		t.Run(strings.TrimSuffix(file, ".yml"), func(t *testing.T) {
			p := h.in(t).visit()
			pg := p.get(address(file) + "&json=1&new_session=1")
			var o map[string]any
			if err := json.Unmarshal([]byte(pg.body), &o); err != nil || pg.status != 200 {
				t.Fatalf("%d %v %s", pg.status, err, pg.body)
			}
			sameEveryTime(o)
			got := string(must(json.MarshalIndent(o, "", "  "))(t)) + "\n"
			golden := filepath.Join("testdata/json", strings.TrimSuffix(file, ".yml")+".json")
			if *update {
				check(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			if want := string(must(os.ReadFile(golden))(t)); got != want {
				t.Errorf("%s has changed (go test ./handlers -run AsJSON -update):\n%s", golden, got)
			}
		})
	}
}

// sameEveryTime puts words in the place of what is new in every session.
func sameEveryTime(v any) {
	m, ok := v.(map[string]any)
	if !ok {
		for _, item := range list(v) {
			sameEveryTime(item)
		}
		return
	}
	for k, x := range m {
		text, isText := x.(string)
		switch {
		case k == "session" || k == "csrf_token":
			m[k] = strings.ToUpper(k)
		case isText:
			m[k] = ofSession.ReplaceAllString(fresh.ReplaceAllString(text, "${1}=…"), "/uploadedfile/…/")
		default:
			sameEveryTime(x)
		}
	}
}

// fresh and ofSession are the parts of addresses that are new each time.
var (
	fresh     = regexp.MustCompile(`\b(_once|_sig|session)=[^&"' ]*`)
	ofSession = regexp.MustCompile(`/uploadedfile/[0-9A-Za-z]{32}/`)
)

func list(v any) []any { l, _ := v.([]any); return l }

const many = `
objects:
  - hero: Individual
  - villain: Individual
---
mandatory: True
code: |
  hero.name.first = 'Ann'
  villain.name.first = 'Bob'
  paper
  which
  way
  done
---
question: Paper?
fields:
  - Paper: paper
    datatype: file
  - Both: both
    datatype: object_checkboxes
    choices: [hero, villain]
  - Several: several
    datatype: multiselect
    choices:
      - One: 1
      - Two: 2
---
question: Which?
field: which
combobox: [a, b]
---
question: Which way?
buttons:
  - Left:
      code: |
        way = 'left'
  - Right:
      code: |
        way = 'right'
  - Start over: restart
---
event: done
question: "Done: ${ paper[0].filename } ${ both } ${ several.true_values() } ${ which } ${ way }"
`

// robot is a program that answers an interview with JSON.
type robot struct {
	p    *person
	file string
	now  map[string]any
}

// say posts what is not the same in every answer.
func (r *robot) say(status int, more string) *robot {
	r.p.t.Helper()
	body := fmt.Sprintf(`{"csrf_token": %q, "session": %q, "_question_name": %q, %s}`, r.now["csrf_token"], r.now["session"], r.now["_question_name"], more)
	pg := r.p.do(http.MethodPost, address(r.file), "application/json", []byte(body))
	return r.reads(pg, status)
}

func (r *robot) reads(pg *page, status int) *robot {
	r.p.t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(pg.body), &o); err != nil || pg.status != status {
		r.p.t.Fatalf("%d %v %s, want status %d", pg.status, err, pg.body, status)
	}
	if status == http.StatusOK {
		r.now = o
	}
	return r
}

func (r *robot) asked(want string) *robot {
	r.p.t.Helper()
	if got := r.now["questionText"]; got != want {
		r.p.t.Fatalf("it asks %q, want %q: %v", got, want, r.now)
	}
	return r
}

// input is what a choice of the question's one field posts.
func (r *robot) input(choice int) string {
	r.p.t.Helper()
	field, _ := list(r.now["fields"])[0].(map[string]any)
	picked, _ := list(field["choices"])[choice].(map[string]any)
	in, _ := picked["input"].(map[string]any)
	return fmt.Sprintf(`"inputs": {%q: %q}`, in["name"], in["value"])
}

// Files, lists of objects, and buttons that set nothing are answered in JSON too.
func TestAnswersOfEveryKindAsJSON(t *testing.T) {
	h := open(t, map[string]string{"many.yml": many})
	p := h.visit()
	r := &robot{p: p, file: "many.yml"}
	r.reads(p.get(address("many.yml")+"&new_session=1&json=1"), 200).asked("Paper?")
	const right = `"variables": {"paper": [{"name": "a.txt", "type": "text/plain", "content": "data:text/plain;base64,aGk="}],
		"both": {"hero": true, "villain": false}, "several": {"2": true}}`
	for _, wrong := range []string{`"variables": {"paper": [{"content": "hi"}]}`, `"variables": {"paper": [{"content": "data:;base64,!"}]}`,
		`"variables": {"both": {"nobody": true}}`, `"variables": {"both": {"hero": [1]}}`, `"inputs": {"_form": "x"}`, `"inputs": {"csrf_token": "x"}`} {
		r.say(400, wrong)
	}
	r.say(422, `"variables": {}`)
	r.say(200, right).asked("Which?").say(200, `"variables": {"which": "c"}`).asked("Which way?")
	r.say(200, `"_back_one": true`).asked("Which?").say(200, `"variables": {"which": "b"}`).asked("Which way?")
	r.say(200, r.input(1)).asked("Done: a.txt Ann 2 b right")
	r.say(200, `"_back_one": true`).asked("Which way?").say(200, r.input(2)).asked("Paper?")
}

// The form in which programs of docassemble post their answers: encoded names,
// json=1, files as base64 (section 4.7 of how data come and go).
func TestAnswersInTheFormOfDocassemble(t *testing.T) {
	h := open(t, map[string]string{"many.yml": many})
	p := h.visit()
	r := &robot{p: p, file: "many.yml"}
	r.reads(p.get(address("many.yml")+"&new_session=1&json=1"), 200).asked("Paper?")
	encoded := func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) }
	post := func(status int, more url.Values) {
		t.Helper()
		for _, k := range []string{"csrf_token", "session", "_question_name"} {
			more.Set(k, fmt.Sprint(r.now[k]))
		}
		more.Set("json", "1")
		r.reads(p.do(http.MethodPost, address("many.yml"), "application/x-www-form-urlencoded", []byte(more.Encode())), status)
	}
	files := `{"keys": ["` + encoded("paper") + `"], "values": {"` + encoded("paper") + `": [{"name": "b.txt", "size": 2, "type": "text/plain", "content": "data:text/plain;base64,aGk="}]}}`
	boxes := list(list(r.now["fields"])[1].(map[string]any)["choices"])
	hero := fmt.Sprint(boxes[0].(map[string]any)["variable_name_encoded"])
	post(422, url.Values{hero: {"True"}})
	post(400, url.Values{"_files_inline": {"?"}})
	post(200, url.Values{hero: {"True"}, "_files_inline": {encoded(files)}, fmt.Sprint(list(list(r.now["fields"])[2].(map[string]any)["choices"])[0].(map[string]any)["variable_name_encoded"]): {"True"}})
	r.asked("Which?")
	post(200, url.Values{encoded("which"): {"a"}})
	r.asked("Which way?")
	post(200, url.Values{"_back_one": {"1"}})
	r.asked("Which?")
}

// A file that somebody sent is given back under its name, to whoever may open
// the session, and by a one-time address in the page.
func TestAResponseWithAFileOfTheSession(t *testing.T) {
	yaml := strings.Replace(many, "event: done", "event: give\ncode: |\n  response(file=paper[0])\n---\nevent: done", 1) + "subquestion: |\n  [Give](${ url_action('give') })\n"
	h := open(t, map[string]string{"many.yml": yaml})
	p := h.visit()
	r := &robot{p: p, file: "many.yml"}
	r.reads(p.get(address("many.yml")+"&new_session=1&json=1"), 200)
	r.say(200, `"variables": {"paper": [{"name": "né.txt", "type": "text/plain", "content": "data:text/plain;base64,aGk="}], "both": {"hero": true}, "several": {"1": true}}`)
	r.say(200, `"variables": {"which": "a"}`).say(200, r.input(0))
	pg := p.get(address("many.yml"))
	link := pg.link("Give")
	sees := func(how string, got *page) {
		t.Helper()
		if name := got.header.Get("Content-Disposition"); got.status != 200 || got.body != "hi" || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") || !strings.Contains(name, "filename*=utf-8''n%C3%A9.txt") {
			t.Errorf("%s: %d %s %q %q", how, got.status, got.header.Get("Content-Type"), name, got.body)
		}
	}
	sees("by page", p.get(link))
	p.htmx = true
	got, next := p.single(http.MethodGet, pg.link("Give"), nil)
	if got.status != http.StatusNoContent || !strings.HasPrefix(next, "/result/") {
		t.Fatalf("in the page: %d, to %q", got.status, next)
	}
	sees("in the page", p.get(next))
}
