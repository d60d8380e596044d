package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"colloquy/engine/demo"
)

// A walker uses a real browser as a person does: it reads, types and clicks.
type walker struct {
	t    testing.TB
	ctx  context.Context
	root string
}

// walk opens a tab in the tests' one browser. Without Chromium it skips the
// test, and fails it when the environment says CI=true.
func (h *house) walk(scripts bool) *walker {
	h.t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") != "true" {
		h.t.Skip("Chromium is missing: nothing was tried in a browser (apt-get install chromium)")
	}
	check(h.t, err)
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(chromedp.ExecPath(path), chromedp.NoSandbox))
	h.t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 4*time.Minute)
	h.t.Cleanup(stop)
	w := &walker{t: h.t, ctx: ctx, root: h.root}
	w.listen()
	if !scripts {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		check(h.t, err)
	}
	return w
}

// listen makes errors of scripts, and what the page's policy stopped, the test's.
func (w *walker) listen() {
	w.t.Helper()
	w.do(chromedp.Navigate("about:blank"))
	done := make(chan []string)
	go func() {
		var said []string
		for m, err := range chromedp.Console(w.ctx) {
			if err != nil {
				break
			}
			if (m.Type == "error" || m.Type == chromedp.ConsoleException) && !strings.Contains(m.Text, "Failed to load resource") {
				said = append(said, m.Text)
			}
		}
		done <- said
	}()
	w.t.Cleanup(func() {
		check(w.t, chromedp.Cancel(w.ctx))
		for _, s := range <-done {
			w.t.Errorf("the browser complains: %s", s)
		}
	})
}

func (w *walker) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	check(w.t, chromedp.Do(w.ctx, actions...))
}

// eyes are what a test sees of a page.
const eyes = `(() => {
const text = (el) => (el?.textContent ?? '').replace(/\s+/g, ' ').trim();
const seen = (el) => el.checkVisibility();
const label = (name) => [...document.querySelectorAll('label')].find((l) => [name, name + ' (optional)'].includes(text(l)));
const field = (name) => document.getElementById(label(name)?.htmlFor ?? '');
const thing = (name) => [...document.querySelectorAll('button, a, summary')].filter(seen).find((b) => text(b) === name || b.getAttribute('aria-label') === name);
const heading = () => text(document.getElementById('daMainQuestion'));
const place = (el) => { el.scrollIntoView({ block: 'center', behavior: 'instant' }); const r = el.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2].join(' '); };
return String(`

// see evaluates an expression of JavaScript on the page and gives its text.
func (w *walker) see(expression string) string {
	w.t.Helper()
	got, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](eyes+expression+") })()"))
	check(w.t, err)
	return got
}

// until waits for an expression to have a value.
func (w *walker) until(expression, want string) {
	w.t.Helper()
	got := ""
	for late := time.Now().Add(10 * time.Second); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		v, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](eyes+expression+") })()"))
		if err == nil && v == want { // while a page loads there is none to ask
			return
		}
		got = v
	}
	w.t.Fatalf("%s is %q, want %q, on the page: %s", expression, got, want, w.see("text(document.querySelector('main'))"))
}

func (w *walker) wants(heading string) *walker {
	w.t.Helper()
	w.until("heading()", heading)
	w.until("document.querySelectorAll('.htmx-request, .htmx-swapping, .htmx-settling').length", "0") // focus has moved
	return w
}

func (w *walker) open(to string) *walker {
	w.t.Helper()
	w.do(chromedp.Navigate(w.root + to))
	return w
}

// click clicks with the mouse where an element is.
func (w *walker) click(element string) *walker {
	w.t.Helper()
	if w.see(element+" ? 'there' : ''") == "" {
		w.t.Fatalf("there is no %s at %q", element, w.see("heading()"))
	}
	x, y, _ := strings.Cut(w.see("place("+element+")"), " ")
	w.do(chromedp.MouseClickXY(number(w.t, x), number(w.t, y)))
	return w
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	return must(strconv.ParseFloat(s, 64))(t)
}

// press clicks a button or link by its text.
func (w *walker) press(name string) *walker {
	w.t.Helper()
	return w.click("thing(" + strconv.Quote(name) + ")")
}

// write clicks into a field and types, replacing what was there.
func (w *walker) write(label, value string) *walker {
	w.t.Helper()
	w.click("field(" + strconv.Quote(label) + ")")
	w.see("field(" + strconv.Quote(label) + ").select?.()")
	w.do(chromedp.KeyEvent(value))
	return w
}

// tick clicks a box or circle by its label.
func (w *walker) tick(label string) *walker {
	w.t.Helper()
	return w.click("label(" + strconv.Quote(label) + ")")
}

func withDemo(p *plans) { p.demo = true }

func demoAddress(file string) string {
	return "/interview?new_session=1&i=" + demo.Package + ":data/questions/" + file
}

const mark = "document.querySelector('header').dataset.mark"

// A demonstration interview is finished with the mouse, with and without
// scripts. With them, only the question is ever replaced.
func TestWalkThroughTheGarden(t *testing.T) {
	h := open(t, nil, withDemo)
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			w := h.in(t).walk(scripts)
			w.open("/list").press("Vegetables and legumes").wants("Which vegetable do you like best?")
			if got := w.see("document.documentElement.classList.contains('js')"); got != fmt.Sprint(scripts) {
				t.Fatalf("scripts run: %s", got)
			}
			w.see(mark + " = 'same'")
			w.write("Vegetable", "turnip").press("Continue").wants("Which legume do you like best?")
			w.press("Change the vegetable").wants("Which vegetable do you like best?")
			w.write("Vegetable", "leek").press("Continue").wants("Which legume do you like best?")
			want := map[bool]string{true: "same", false: "undefined"}[scripts]
			if got := w.see(mark); got != want {
				t.Errorf("the header's mark is %s, want %s", got, want)
			}
			w.until("document.querySelectorAll('section#question').length", "1")
			w.write("Legume", "lentils").press("Continue").wants("Supper is ready: leek with lentils")
			w.press("Start over").wants("Which vegetable do you like best?")
		})
	}
}

// The browser's own Back shows the step before, with the offer to change the
// answer; Forward and reload lead on.
func TestTheBrowsersOwnBack(t *testing.T) {
	h := open(t, gardenFiles)
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			w := h.in(t).walk(scripts)
			w.open(address("garden.yml") + "&new_session=1").wants("Which vegetable?")
			w.write("Vegetable", "turnip").press("Continue").wants("Which legume?")
			w.write("Legume", "peas").press("Continue").wants("turnip with peas")
			w.back().wants("Which legume?")
			if got := w.see("text(document.getElementById('flash'))"); !strings.Contains(got, "earlier step") {
				t.Errorf("the notice is %q", got)
			}
			if got := w.see("field('Legume').value"); got != "peas" {
				t.Errorf("the field holds %q", got)
			}
			w.do(chromedp.Reload())
			w.wants("Which legume?")
			w.write("Legume", "beans").press("Continue").wants("turnip with beans")
			w.do(chromedp.Reload())
			w.wants("turnip with beans")
		})
	}
}

// back presses the browser's own button.
func (w *walker) back() *walker {
	w.t.Helper()
	h, err := chromedp.Run(w.ctx, chromedp.NavigationEntries())
	check(w.t, err)
	if h.CurrentIndex == 0 {
		w.t.Fatal("there is nothing to go back to")
	}
	before := cdppage.NavigateToHistoryEntryParams{EntryID: h.Entries[h.CurrentIndex-1].ID}
	_, err = chromedp.Call(w.ctx, cdppage.NavigateToHistoryEntry, before)
	check(w.t, err)
	return w
}

// An interview is finished with Tab and Enter alone; after each step the
// heading has the focus, so that the next Tab leads into the question.
func TestWalkWithTheKeyboard(t *testing.T) {
	h := open(t, gardenFiles)
	w := h.walk(true)
	w.open(address("garden.yml") + "&new_session=1").wants("Which vegetable?")
	w.tabTo("document.activeElement === field('Vegetable')")
	w.do(chromedp.KeyEvent("turnip" + kb.Enter))
	w.wants("Which legume?")
	w.until("document.activeElement.id", "daMainQuestion")
	w.tabTo("text(document.activeElement) === 'Change the vegetable'")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.wants("Which vegetable?")
	w.until("document.activeElement.id", "daMainQuestion")
	w.tabTo("document.activeElement === field('Vegetable')")
	w.do(chromedp.KeyEvent("leek"))
	w.tabTo("text(document.activeElement) === 'Continue'")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.wants("Which legume?")
	w.tabTo("document.activeElement === field('Legume')")
	w.do(chromedp.KeyEvent("peas" + kb.Enter))
	w.wants("leek with peas")
}

// tabTo presses Tab until the focus is where it is wanted.
func (w *walker) tabTo(condition string) {
	w.t.Helper()
	for range 20 {
		w.do(chromedp.KeyEvent(kb.Tab))
		if w.see(condition) == "true" {
			return
		}
	}
	w.t.Fatalf("twenty times Tab did not lead to: %s", condition)
}

const form422 = `
mandatory: True
question: Thank you, ${ name }, ${ age }
---
question: Who are you?
fields:
  - Name: name
  - Grown up: adult
    datatype: yesno
  - Age: age
    datatype: integer
    show if: adult
---
code: |
  if not adult:
    age = 'young'
`

// A refused form keeps what was typed; its summary leads to the field.
func TestTheSummaryOfErrorsLeadsToTheField(t *testing.T) {
	h := open(t, map[string]string{"form.yml": form422})
	w := h.walk(true)
	w.open(address("form.yml") + "&new_session=1").wants("Who are you?")
	w.see(mark + " = 'same'")
	if got := w.see("seen(field('Age'))"); got != "false" {
		t.Errorf("a field that does not apply is seen: %s", got)
	}
	w.write("Name", "Ada").tick("Grown up")
	w.until("seen(field('Age'))", "true")
	w.write("Age", "old").press("Continue")
	w.until("document.activeElement.id", "error-summary")
	if got := w.see("field('Name').value + ' ' + field('Age').value + ' ' + " + mark); got != "Ada old same" {
		t.Errorf("the page holds %q", got)
	}
	w.click("document.querySelector('#error-summary a')")
	w.until("document.activeElement === field('Age')", "true")
	w.write("Age", "36").press("Continue").wants("Thank you, Ada, 36")
}

// Without scripts every field is drawn; the server knows which apply.
func TestConditionsWithoutScripts(t *testing.T) {
	h := open(t, map[string]string{"form.yml": form422})
	p := h.visit()
	pg := p.begin("form.yml").wants("Who are you?")
	pg.answer("Name", "Bo", "Age", "7").wants("Thank you, Bo, young")
	pg = p.begin("form.yml").answer("Name", "Ada", "Grown up", "yes").wants("Who are you?")
	if pg.status != 422 {
		t.Errorf("an empty field that applies: %d", pg.status)
	}
	pg.answer("Age", "36").wants("Thank you, Ada, 36")
}

// axeCore is the script that finds what people with disabilities stumble over.
func axeCore(t testing.TB) string {
	t.Helper()
	axe, err := os.ReadFile("../views/assets/node_modules/axe-core/axe.min.js")
	if os.IsNotExist(err) {
		t.Skip("axe-core is missing (npm --prefix views/assets ci): accessibility was not checked")
	}
	check(t, err)
	return string(axe)
}

const (
	allRules  = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	lookRules = `{ type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'] }`
)

// stumbles lists what axe-core finds in the page.
func (w *walker) stumbles(axe string) []string {
	w.t.Helper()
	return w.breaks(axe, allRules)
}

// breaks lists which of the rules the page breaks, and whether it is wider than
// the window.
func (w *walker) breaks(axe, rules string) []string {
	w.t.Helper()
	look := `(async () => { if (!window.axe) { ` + axe + ` } const r = await axe.run(document, { runOnly: ` + rules + ` });
		const found = r.violations.map((v) => v.id + ' at ' + v.nodes[0].target.join(' ') + ': ' + v.help);
		if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('wider than the window');
		return JSON.stringify(found); })()`
	got, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](look, chromedp.EvalAwaitPromise))
	check(w.t, err)
	var found []string
	check(w.t, json.Unmarshal([]byte(got), &found))
	return found
}

// looks gives the browser a width and a colour scheme, and stills its motion.
func (w *walker) looks(scheme string, width int64) {
	w.t.Helper()
	w.do(chromedp.EmulateViewport(width, 900))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	_, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	check(w.t, err)
}
