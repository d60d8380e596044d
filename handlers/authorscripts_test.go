package handlers_test

import (
	"strconv"
	"strings"
	"testing"
)

// tools has a field of every kind that scripts read and write, actions that
// they call, and a script file of the author's.
const tools = `
features:
  send question data: True
  javascript: tools.js
---
mandatory: True
code: |
  clicks = 0
---
mandatory: True
code: |
  other
  tools_shown
---
mandatory: True
question: The end
subquestion: |
  ${ [term, number + 1, truth, pick, dots, boxes.true_values(), some.true_values(), mix, defined('gone'), format_date(day, format='yyyy-MM-dd'), words['x'].y, slide] }
---
question: Tools
continue button field: tools_shown
subquestion: |
  [${ clicks }] <span id="heard"></span> <a id="made" href="#">Made here</a>
fields:
  - Word: term
  - Number: number
    datatype: integer
  - Box: box
    datatype: yesno
  - Truth: truth
    datatype: yesnoradio
  - Doubt: doubt
    datatype: yesnomaybe
    required: False
  - Pick: pick
    choices:
      - Red: r
      - Green: g
  - Dots: dots
    input type: radio
    choices: [one, two]
  - Boxes: boxes
    datatype: checkboxes
    choices:
      - Sugar: s
      - Milk: m
  - Some: some
    datatype: multiselect
    choices: [a, b, c]
  - Mix: mix
    input type: combobox
    choices:
      - First: f1
      - Second: f2
  - Gone: gone
    show if: box
  - Day: day
    datatype: date
  - Text: words['x'].y
    input type: area
  - Slide: slide
    datatype: range
    min: 0
    max: 10
script: |
  <script>
    $("#heard").text("ran " + getFields().length + " " + daYamlFilename);
  </script>
---
question: Other?
field: other
buttons: [go]
---
objects:
  - words: DADict.using(object_type=DAObject)
---
event: more
code: |
  clicks += action_argument('by')
---
event: cost
code: |
  clicks += 1
  json_response({'cost': 2 * action_argument('n'), 'é': 'ü'})
---
event: plain
code: |
  response('just text')
---
event: refused
code: |
  json_response({'no': True}, response_code=409)
---
event: away
code: |
  response(url='https://example.com/there')
---
event: ask_more
code: |
  force_ask('word2', 'word3')
---
question: Word 2
fields:
  - Word 2: word2
---
question: Word 3
subquestion: |
  <button type="button" id="forgetful" class="btn">Forget</button>
fields:
  - Word 3: word3
script: |
  <script>
    $("#forgetful").on("click", function () { action_perform("word3", {}, true); });
  </script>
`

const toolsJS = `$(document).on("daPageLoad", function () { window.loads = (window.loads || 0) + 1; });`

// shown opens the tools in a browser, on the page with all the fields.
func shown(t *testing.T) *walker {
	t.Helper()
	h := open(t, map[string]string{"tools.yml": tools}, withStatic("tools.js", toolsJS))
	w := h.walk(true)
	w.open(address("tools.yml") + "&new_session=1").wants("Other?")
	w.press("go").wants("Tools")
	return w
}

// What scripts of authors read and write of fields: val, setField, getField,
// getFields, by the kind of field.
func TestScriptsReadAndWriteFields(t *testing.T) {
	w := shown(t)
	for _, tt := range []struct{ name, empty, set, val, shows string }{
		{"term", `""`, `"hi"`, `"hi"`, `getField("term").value === "hi"`},
		{"number", `""`, `42`, `42`, `field("Number").value === "42"`},
		{"box", `false`, `true`, `true`, `getField("box").checked`},
		{"truth", `""`, `false`, `false`, `getField("truth").value === "False"`},
		{"doubt", `""`, `"None"`, `"None"`, `getField("doubt").value === "None"`}, // I don't know
		{"pick", `""`, `"g"`, `"g"`, `text(getField("pick").selectedOptions[0]) === "Green"`},
		{"dots", `""`, `"two"`, `"two"`, `getField("dots").checked`},
		{"boxes", `[]`, `["m"]`, `["m"]`, `getField("boxes").checked`},
		{"boxes", `["m"]`, `["s","m"]`, `["s","m"]`, `document.querySelectorAll("[data-key]:checked").length === 2`},
		{"some", `[]`, `["a","c"]`, `["a","c"]`, `getField("some").selectedOptions.length === 2`},
		{"mix", `""`, `"f2"`, `"f2"`, `getField("mix").value === "Second"`},
		{"mix", `"f2"`, `"my own"`, `"my own"`, `getField("mix").value === "my own"`},
		{"day", `""`, `"2024-02-29"`, `"2024-02-29"`, `true`},
		{`words["x"].y`, `""`, `"long"`, `"long"`, `getField("words['x'].y").tagName === "TEXTAREA"`},
		{"slide", `5`, `7`, `7`, `getField("slide").value === "7"`},
		{"gone", `""`, `"now"`, `"now"`, `seen(getField("gone"))`}, // the box above it is ticked by now
		{"nowhere", `null`, `"x"`, `null`, `getField("nowhere") === null`},
	} {
		name := strconv.Quote(tt.name)
		if got := w.see("JSON.stringify(val(" + name + "))"); got != tt.empty {
			t.Errorf("val(%s) is %s, want %s", name, got, tt.empty)
		}
		w.see("setField(" + name + ", " + tt.set + ")")
		w.until("JSON.stringify(val("+name+"))", tt.val)
		w.until(tt.shows, "true")
	}
	if got := w.see("val('term') === daVal('term') && getField('term') === daGetField('term') && typeof daSetField"); got != "function" {
		t.Errorf("the names with da give %s", got)
	}
	w.see("setField('box', false)")
	w.until("JSON.stringify(val('gone'))", "null") // hidden fields have no value
	if got := w.see("getFields().join()"); got != "term,number,box,truth,doubt,pick,dots,boxes,boxes['s'],boxes['m'],some,mix,gone,day,words['x'].y,slide" {
		t.Errorf("the fields are %s", got)
	}
	w.press("Continue").wants("The end") // what was set is what is posted
	const want = "['hi', 43, False, 'g', 'two', ['m', 's'], ['a', 'c'], 'my own', False, '2024-02-29', 'long', 7.0]"
	if got := w.see("text(document.querySelector('.da-subquestion'))"); strings.NewReplacer("‘", "'", "’", "'").Replace(got) != want {
		t.Errorf("the answers are %s, want %s", got, want)
	}
}

// What scripts know of the page, and when they run.
func TestScriptsKnowThePage(t *testing.T) {
	w := shown(t)
	name := pkg + ":data/questions/tools.yml"
	for expression, want := range map[string]string{
		"daYamlFilename": name, "daUserId": "null", "daUsingGA": "false", "daUsingSegment": "false",
		"daQuestionData.questionText": "Tools", "daQuestionData.fields[0].variable_name": "term",
		"typeof url_action_perform + typeof url_action_call":                       "functionfunction",
		"url_action_perform === action_perform && url_action_call === action_call": "true",
	} {
		if got := w.see(expression); got != want {
			t.Errorf("%s is %s, want %s", expression, got, want)
		}
	}
	if got := w.see("text(document.getElementById('heard'))"); !strings.HasPrefix(got, "ran 1") || !strings.HasSuffix(got, name) {
		t.Errorf("the script wrote %q", got)
	}
	w.until("window.loads", "2") // the page, and the question put into it
	w.see("flash('Careful', 'warning')")
	w.see("flash('<b>Bold</b><script>window.bad = 1</script>')")
	w.until("text(document.getElementById('flash'))", "CarefulBold")
	w.until("document.querySelector('#flash .alert-warning') !== null && window.bad === undefined", "true")
	w.see("flash('Only this', 'success', true)")
	w.until("text(document.getElementById('flash'))", "Only this")
	w.see("flash(null, null, true)")
	w.until("text(document.getElementById('flash'))", "")
	w.see("get_interview_variables((v) => { window.got = v; })")
	w.until("window.got?.success + ' ' + window.got?.variables.clicks + ' ' + window.got?.i", "true 0 "+name)
}

// action_call hands over what an action answers, and keeps what it did unless
// told not to; action_perform shows what comes; url_action makes an address.
func TestScriptsRunActions(t *testing.T) {
	w := shown(t)
	calls := func(call, want string) {
		t.Helper()
		w.see("window.got = 'nothing', " + call + ", ''")
		w.until("typeof window.got === 'object' ? JSON.stringify(window.got) : window.got", want)
	}
	const take = "(d) => { window.got = d; }"
	w.write("Word", "typed")
	calls("action_call('cost', {n: 4}, "+take+")", `{"cost":8,"é":"ü"}`)
	calls("action_call('plain', null, "+take+")", "just text")
	calls("action_call('refused', {}, "+take+")", `{"no":true}`)
	calls("action_call('away', {}, "+take+")", `{"action":"redirect","url":"https://example.com/there"}`)
	calls("action_call('cost', {n: 1}, "+take+", false, true)", `{"cost":2,"é":"ü"}`) // nothing of this one is kept
	calls("url_action_call('cost', {n: 1}).then("+take+")", `{"cost":2,"é":"ü"}`)
	w.until("heading() + val('term')", "Toolstyped") // the page has not moved
	w.see(mark + " = 'same'")
	w.see("action_perform('more', {by: 3})")
	w.until("/\\[5\\]/.test(text(document.getElementById('question')))", "true")
	w.see("document.getElementById('made').href = url_action('more', {by: 10})")
	w.press("Made here")
	w.until("/\\[15\\]/.test(text(document.getElementById('question')))", "true")
	w.see("action_perform('ask_more')")
	w.wants("Word 2").write("Word 2", "x").press("Continue").wants("Word 3")
	w.see("action_perform('word2', {})")
	w.wants("Word 2")
	w.see("action_perform('word3', {}, true)") // what was being asked is forgotten
	w.wants("Word 3").write("Word 3", "y").press("Continue").wants("Tools")
	if got := w.see(mark); got != "same" {
		t.Errorf("the page was loaded again: %s", got)
	}
}

// An action that the interview does not let pages run is refused in the page,
// also inside one that puts it first.
func TestAllowedActionsHoldForScripts(t *testing.T) {
	h := open(t, map[string]string{"tools.yml": "metadata:\n  allowed actions: [more]\n---\n" + tools}, withStatic("tools.js", toolsJS))
	w := h.walk(true)
	w.open(address("tools.yml") + "&new_session=1").wants("Other?")
	w.press("go").wants("Tools")
	w.see("action_perform('more', {by: 1}, true)")
	w.until("/\\[1\\]/.test(text(document.getElementById('question')))", "true")
	w.see("action_perform('cost', {n: 1}, true)")
	w.wants("This is not open to you")
}
