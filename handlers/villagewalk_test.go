package handlers_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A short version of the village is gathered, edited, put in order and made
// shorter in a browser: with scripts by the keyboard alone, and without.
func TestWalkThroughTheVillage(t *testing.T) {
	yaml := string(must(os.ReadFile("../engine/transcript/testdata/large/village.yml"))(t))
	h := open(t, map[string]string{"hamlet.yml": strings.Replace(yaml, "target_number=5", "target_number=1", 1)})
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			w := h.in(t).walk(scripts)
			v := &hamlet{w, scripts}
			w.open(address("hamlet.yml") + "&new_session=1")
			for n, name := range []string{"Al", "Bo", "Cy"} {
				w.wants(fmt.Sprintf("Who is person %d?", n+1))
				v.fill("First name", name)
				v.fill("Last name", "Li")
				v.use("Continue")
				w.wants("What is the first tool of " + name + " Li?")
				v.fill("Tool", "saw of "+name)
				v.use("Continue")
				w.wants(fmt.Sprintf("Is there anybody besides %d people?", n+1))
				v.use([]string{"Yes", "Yes", "No"}[n])
			}
			w.wants("A village of three people")
			v.row(2, "Edit")
			w.wants("Who is person 2?")
			v.fill("First name", "Zoe")
			v.use("Continue")
			w.wants("What is the first tool of Zoe Li?")
			v.use("Continue")
			w.wants("A village of three people")
			v.order("Al Li Zoe Li Cy Li")
			v.row(1, "Delete")
			w.wants("A village of two people")
			v.order("Zoe Li Cy Li")
			v.row(1, "Move down")
			v.order("Cy Li Zoe Li")
			w.wants("A village of two people")
			v.fill("Name of the village", "Ham")
			v.use("Continue")
			w.wants("Ham: Cy Li and Zoe Li")
		})
	}
}

// A hamlet is walked through by the keyboard or by the mouse.
type hamlet struct {
	*walker
	keys bool
}

func (v *hamlet) fill(label, value string) {
	v.t.Helper()
	if !v.keys {
		v.write(label, value)
		return
	}
	v.reach("document.activeElement === field(" + fmt.Sprintf("%q", label) + ")")
	v.see("document.activeElement.select()")
	v.do(chromedp.KeyEvent(value))
}

func (v *hamlet) use(name string) {
	v.t.Helper()
	if !v.keys {
		v.press(name)
		return
	}
	v.reach(fmt.Sprintf("document.querySelector('#question').contains(document.activeElement) && text(document.activeElement) === %q", name))
	v.do(chromedp.KeyEvent(kb.Enter))
}

// row uses a button in a row of the table.
func (v *hamlet) row(n int, name string) {
	v.t.Helper()
	button := fmt.Sprintf("[...document.querySelectorAll('tbody tr:nth-child(%d) a')].find((a) => text(a) === %q)", n, name)
	if !v.keys {
		v.click(button)
		return
	}
	v.reach("document.activeElement === " + button)
	v.do(chromedp.KeyEvent(" "))
}

func (v *hamlet) order(want string) {
	v.t.Helper()
	v.until("[...document.querySelectorAll('tbody tr td:first-child')].map(text).join(' ')", want)
}

// reach presses Tab until the focus is where it is wanted.
func (v *hamlet) reach(condition string) {
	v.t.Helper()
	for range 40 {
		if v.see(condition) == "true" {
			return
		}
		v.do(chromedp.KeyEvent(kb.Tab))
	}
	v.t.Fatalf("Tab did not lead to: %s", condition)
}

// Of a list that is filled in on one screen, an answer disables others of the
// same item only.
func TestDisableOthersOfTheSameItem(t *testing.T) {
	h := open(t, map[string]string{"fruit.yml": `
objects:
  - fruit: DAList.using(object_type=Thing, there_are_any=True)
---
mandatory: True
code: |
  fruit.appendObject()
  fruit.appendObject()
---
question: Fruit?
fields:
  - Known: fruit[i].known
    choices: [Fig, Pear]
    disable others: True
  - Other: fruit[i].other
list collect: True
---
mandatory: True
question: |
  ${ fruit[0].known } ${ fruit[1].other }
`})
	w := h.walk(true)
	w.open(address("fruit.yml") + "&new_session=1").wants("Fruit?")
	disabled := "[...document.querySelectorAll('.list-row:not([hidden]) .field')].map((f) => f.querySelector('select, input:not([type=hidden])').disabled).join(' ')"
	w.until(disabled, "false false false false")
	w.see("(() => { const s = document.querySelector('.list-row select'); s.selectedIndex = 1; s.dispatchEvent(new Event('change', { bubbles: true })); return ''; })()")
	w.until(disabled, "false true false false")
	w.see("(() => { document.querySelectorAll('.list-row')[1].querySelector('input[type=text]').value = 'kiwi'; return ''; })()")
	w.press("Continue").wants("Fig kiwi")
}
