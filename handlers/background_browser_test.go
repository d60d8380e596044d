package handlers_test

import (
	"strconv"
	"testing"
	"time"
)

const inBrowser = `
mandatory: True
code: |
  need(kind)
  task
  need(screen_for_kind)
---
code: |
  if not task.ready():
    if kind == 'fields':
      extra
    else:
      busy
  screen_for_kind = True
---
question: Which kind?
fields:
  - Kind: kind
---
code: |
  task = background_action('work', kind)
---
event: work
code: |
  import time
  background_progress(1, 4, 'Reading')
  time.sleep(0.8)
  background_progress(2, 4, 'Writing')
  time.sleep(0.6)
  if kind == 'fields':
    background_response({'extra': 555, 'pick': {'choices': {'g': 'Green', 'b': 'Blue'}, 'value': 'b'}})
  if kind == 'javascript':
    background_response("document.body.dataset.said = 'yes'; flash('from the script')")
  background_response('<b>Done</b>')
---
event: busy
question: Busy
subquestion: |
  Last drawn at ${ current_datetime().timestamp() }
---
question: Extra
fields:
  - Extra: extra
  - Pick: pick
    choices:
      r: Red
---
mandatory: True
question: Finished
`

// What a background action wants done happens on the open page, which nobody
// loads again.
func TestNotificationsInABrowser(t *testing.T) {
	h := open(t, map[string]string{"a.yml": inBrowser}, withWorkers)
	for _, tt := range []struct{ kind, screen, see, want string }{
		{"refresh", "Busy", "heading()", "Finished"},
		{"flash", "Busy", "text(document.getElementById('flash')) + heading()", "DoneBusy"},
		{"javascript", "Busy", "document.body.dataset.said + text(document.getElementById('flash'))", "yesfrom the script"},
		{"fields", "Extra", "field('Extra').value + field('Pick').value + text(field('Pick').selectedOptions[0])", "555bBlue"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			w := h.in(t).walk(true)
			w.open(address("a.yml") + "&new_session=1").wants("Which kind?")
			w.write("Kind", tt.kind).press("Continue").wants(tt.screen)
			w.until("text(document.querySelector('.task label')) + document.querySelector('.task progress').value", "Reading0.25")
			w.until("text(document.querySelector('.task label')) + document.querySelector('.task progress').value", "Writing0.5")
			w.until(tt.see, tt.want)
			w.until("document.querySelectorAll('.task').length", "0")
			if tt.kind == "fields" { // what was offered may be picked
				w.press("Continue").wants("Finished")
			}
		})
	}
}

// Without scripts a page that waits is loaded again by the browser itself.
func TestWaitingWithoutScriptsInABrowser(t *testing.T) {
	h := open(t, map[string]string{"a.yml": inBrowser}, withWorkers)
	w := h.walk(false)
	w.open(address("a.yml") + "&new_session=1").wants("Which kind?")
	w.write("Kind", "refresh").press("Continue").wants("Busy")
	w.until("heading()", "Finished")
}

func TestCheckInInABrowser(t *testing.T) {
	h := open(t, map[string]string{"a.yml": checkingIn})
	w := h.walk(true)
	w.open(address("a.yml") + "&new_session=1").wants("What is your favorite food?")
	said := "text(document.getElementById('flash'))"
	w.write("Food", "soup").click("field('Drink')").until(said, "What? You like SOUP?")
	w.write("Food", "place").write("Drink", "<b>tea").click("field('Food')").until("document.querySelector('[data-datarget]').innerHTML", "<b>&lt;b&gt;tea</b>")
	w.write("Food", "script").write("Drink", "'+x+'")
	w.see("(window.note = (said) => { document.body.dataset.said = said; })")
	w.click("field('Food')").until("document.body.dataset.said", "'+x+'")
	// Typing alone is noticed when the page checks in of itself.
	w.write("Food", "fish")
	began := time.Now()
	w.press("Continue").wants("You like fish, soup, .")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the answer took %s", strconv.FormatFloat(took.Seconds(), 'f', 1, 64))
	}
}
