package gallery

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// watchFocus notes what gets the focus, and what is wrong with how it shows.
const watchFocus = `window.reached = []; window.faults = [];
const called = (el) => el.tagName.toLowerCase() + (el.id ? '#' + el.id : '') + ' ' + (el.getAttribute('aria-label') ?? el.textContent).replace(/\s+/g, ' ').trim().slice(0, 40);
const marked = (el) => [el, el.closest('.check'), el.closest('.tile')].some((e) => { const s = e && getComputedStyle(e); return s && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; });
document.addEventListener('focusin', ({ target: el }) => {
	if (window.reached.includes(el)) return;
	window.reached.push(el);
	const r = el.getBoundingClientRect();
	if (!marked(el)) window.faults.push('no ring round ' + called(el));
	const x = Math.min(Math.max(r.x + r.width / 2, 0), innerWidth - 1), y = r.y + Math.min(r.height / 2, 8);
	if (y < 0 || y >= innerHeight) window.faults.push('out of sight: ' + called(el));
	else { const top = document.elementFromPoint(x, y); if (top && !el.contains(top) && !top.contains(el) && !el.closest('label, .check, .choice, .tile')?.contains(top)) window.faults.push(called(el) + ' is covered by ' + called(top)); }
});`

// missed lists what one can press or fill in and has not been reached; of a set
// of radio buttons one is enough.
const missed = `JSON.stringify((() => {
	const radios = new Set(window.reached.filter((el) => el.type === 'radio').map((el) => el.name));
	const wanted = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls]')]
		.filter((el) => !el.matches(':disabled') && el.tabIndex >= 0 && el.checkVisibility() && !(el.type === 'radio' && radios.has(el.name)));
	return [...wanted.filter((el) => !window.reached.includes(el)).map((el) => 'not reached: ' + el.outerHTML.slice(0, 100)), ...window.faults];
})())`

// Tab alone reaches whatever one can press or fill in on every page of the
// gallery. What has the focus is marked, and nothing covers it.
func TestTabReachesEverything(t *testing.T) {
	ctx, server := browser(t), serve(t)
	dress(t, ctx, "light", 390)
	for _, e := range Entries() {
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/dev/gallery/"+e.Name), chromedp.Evaluate[chromedp.Void](watchFocus+"document.activeElement.blur(); window.getSelection().removeAllRanges(); undefined")); err != nil {
			t.Fatal(err)
		}
		var left []string
		for range 8 { // a page has few things to reach, or many
			if err := chromedp.Do(ctx, chromedp.KeyEvent(strings.Repeat(kb.Tab, 16))); err != nil {
				t.Fatal(err)
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](missed))
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(got), &left); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(left, func(s string) bool { return strings.HasPrefix(s, "not reached") }) {
				break
			}
		}
		for _, l := range left {
			t.Errorf("%s: %s", e.Name, l)
		}
	}
}

// Presses are keys, one after the other. "?" before a JavaScript expression
// waits until it is true; "@" presses Tab until the element has the focus; "!"
// runs a statement.
type presses []string

const (
	keyTab, keyEnter, keySpace, keyEscape = kb.Tab, kb.Enter, " ", kb.Escape
)

// Every component can be used without a mouse.
func TestKeyboard(t *testing.T) {
	ctx, server := browser(t), serve(t)
	dress(t, ctx, "light", 1280)
	for _, tt := range []struct {
		name, page string
		keys       presses
		want       string // what is true then
	}{
		{"the skip link is first, and leads to the question", "text", presses{keyTab, "?document.activeElement.matches('.skip')", keyEnter, keyTab, keyTab}, `document.getElementById('question').contains(document.activeElement)`},
		{"Enter in a text field sends the form", "text", presses{"@field('Name of the plot')", "x", keyEnter, "?came()"}, `part('cGxvdC5mMA') === 'x'`},
		{"arrows choose a radio button", "radio", presses{"@field('Sand')", kb.ArrowDown, kb.ArrowDown, keyEnter, "?came()"}, `part('cGxvdC5mMA') === 'v2'`},
		{"arrows choose yes or no", "boxes", presses{"@document.getElementById('field-3-yes')", kb.ArrowRight}, `document.getElementById('field-3-no')?.checked || [...document.querySelectorAll('[name="' + name('plot.f3') + '"]')][1].checked`},
		{"the space bar ticks a box", "choices", presses{"@field('Bees')", keySpace}, `field('Bees').checked`},
		{"arrows change a dropdown", "choices", presses{"@field('Main crop')", kb.ArrowDown, kb.ArrowDown}, `field('Main crop').value === 'v1'`},
		{"a letter finds an item of a long list", "long", presses{"@field('Second best')", "t"}, `field('Second best').selectedOptions[0].text === 'Tomato'`},
		{"arrows and the space bar pick several of a list", "choices", presses{"@field('Months of harvest')", kb.Home, kb.ArrowDown}, `[...field('Months of harvest').selectedOptions].map((o) => o.text).join() === 'July'`},
		{"a combobox takes what is typed", "choices", presses{"@field('Variety')", "Linda", keyEscape, keyEnter, "?came()"}, `part('cGxvdC5mNQ') === 'v0'`},
		{"a datalist takes what is typed", "choices", presses{"@field('Supplier')", "Farm", keyEscape}, `field('Supplier').value === 'Farm'`},
		{"arrows move a slider, which says where it stands", "kinds", presses{"@field('Patience')", kb.ArrowRight, kb.ArrowRight}, `field('Patience').value === '8' && text(document.querySelector('output')) === '8'`},
		{"a date is typed", "kinds", presses{"@field('First day')", "02032031"}, `field('First day').value === '2031-02-03'`},
		{"a time is typed", "kinds", presses{"@field('Time of watering')", "0815AM"}, `field('Time of watering').value === '08:15'`},
		{"a number is typed", "kinds", presses{"@field('Number of beds')", "7"}, `/7/.test(field('Number of beds').value)`},
		{"the space bar opens the choice of a file", "kinds", presses{"@field('Plan of the plot')", "!field('Plan of the plot').addEventListener('click', (e) => { e.preventDefault(); document.body.dataset.asked = 'yes'; })", keySpace}, `document.body.dataset.asked === 'yes'`},
		{"Enter presses Yes", "yesno", presses{"@button('Yes')", keyEnter, "?came()"}, `part(name('owns_spade')) === 'True'`},
		{"a button with a picture", "images", presses{"@button('Pointed')", keySpace, "?came()"}, `part('X') === '1'`},
		{"a name is typed for a signature", "signature", presses{"@button('Type your name instead')", keyEnter, keyTab, "Ada", keyTab, "@button('Continue')", keyEnter, "?came()"}, `/canvas\.png true/.test(text(document.getElementById('came')))`},
		{"a signature that is missing is asked for, and said", "signature-refused", presses{"@button('Continue')", keyEnter}, `text(document.querySelector('.signature-error[role=alert]')) === 'You must sign your name to continue.'`},
		{"help beside a label opens, and Escape closes it", "text", presses{"@button('Help: Name of the plot')", keyEnter, "?document.querySelector('.tip').open", keyEscape}, `!document.querySelector('.tip').open && document.activeElement === document.querySelector('.tip summary')`},
		{"a definition opens with the focus", "markup", presses{"@document.querySelector('.daterm')"}, `/straw/.test(text(document.querySelector('.popover-card')))`},
		{"Escape closes a definition and keeps the focus", "markup", presses{"@document.querySelector('.daterm')", "?document.querySelector('.popover-card')", keyEscape}, `!document.querySelector('.popover-card') && document.activeElement.matches('.daterm')`},
		{"the menu opens, and Escape closes it", "text", presses{"@button('Menu')", keyEnter, "?document.querySelector('details.menu').open", keyTab, "?document.activeElement.closest('.menu-list')", keyEscape}, `!document.querySelector('details.menu').open && document.activeElement.matches('summary')`},
		{"help is read, and left again", "parts", presses{"@button('Help')", keyEnter, "?seen(document.getElementById('help'))", keyTab, "?document.activeElement.matches('.help-back')", keyEnter}, `!seen(document.getElementById('help')) && seen(document.querySelector('.question-main'))`},
		{"an accordion opens", "markup", presses{"@button('More')", keyEnter}, `seen(document.getElementById('acc1'))`},
		{"the summary of errors leads to the field", "errors", presses{"?document.activeElement.id === 'error-summary'", "@document.querySelector('[data-focus=field-0]')", keyEnter}, `document.activeElement.id === 'field-0'`},
		{"a list gets another part, which gets the focus", "list", presses{"@button('Add another')", keyEnter}, `document.activeElement.id === 'field-20'`},
		{"a part of a list is deleted, and brought back", "list", presses{"@button('Delete')", keyEnter, "?document.querySelector('.is-deleted')", keySpace}, `!document.querySelector('.is-deleted') && document.activeElement.matches('[data-delete-row]')`},
		{"a row of a table is moved, keeps the focus, and its place is sent", "table", presses{"@document.querySelector('.databledown')", keySpace, "?document.activeElement.matches('.databledown')", "@button('Continue')", keyEnter, "?came()"},
			`/"changes":\[\[1,0\],\[0,1\]\]/.test(atob(part('_order_changes')))`},
		{"a review leads back to its question", "review", presses{"@button('Main crop')", keyEnter, "?came()"}, `/action=crop/.test(text(document.getElementById('came')))`},
		{"sections are visited", "parts", presses{"@button('Getting started')", keyEnter, "?came()"}, `/action=start/.test(text(document.getElementById('came')))`},
		{"an action button", "buttons", presses{"@button('Change the plot')", keyEnter, "?came()"}, `/action=x/.test(text(document.getElementById('came')))`},
		{"the preview of a document opens", "deadend", presses{"@button('Preview')", keyEnter}, `document.querySelector('.document-preview').open`},
		{"documents are sent", "deadend", presses{"@button('E-mail this document')", keyEnter, keyTab, "?document.activeElement.id === 'attachment-email'", keyEnter, "?came()"}, `part('_email_attachments') === '1'`},
		{"a field within a text", "grid", presses{"@document.getElementById('field-4')", "3"}, `document.getElementById('field-4').value === '3'`},
		{"a condition follows what the arrows choose", "conditions", presses{"@field('A well')", keySpace, "?seen(field('Depth of the well'))", kb.ArrowDown}, `seen(field('Number of the meter')) && !seen(field('Depth of the well'))`},
		{"a floating label makes room", "labels", presses{"@field('Floating label')", "x"}, `field('Floating label').value === 'x'`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/dev/gallery/"+tt.page)); err != nil {
				t.Fatal(err)
			}
			for _, k := range tt.keys {
				press(t, ctx, k)
			}
			await(t, ctx, tt.want)
		})
	}
}

const look = `const text = (el) => (el?.textContent ?? '').replace(/\s+/g, ' ').trim();
const seen = (el) => el.checkVisibility();
const field = (label) => document.getElementById([...document.querySelectorAll('label')].find((l) => text(l) === label || text(l) === label + ' (optional)').htmlFor);
const button = (name) => [...document.querySelectorAll('button, a, summary')].filter(seen).find((b) => text(b) === name || b.getAttribute('aria-label') === name);
const came = () => document.getElementById('came');
const part = (n) => text(came()).split(' ').find((p) => p.startsWith(n + '='))?.slice(n.length + 1);
const name = (variable) => btoa(variable).replace(/=+$/, '');
`

func evaluate(ctx context.Context, expression string) (bool, error) {
	return chromedp.Run(ctx, chromedp.Evaluate[bool]("(() => {"+look+"return !!("+expression+"); })()"))
}

func press(t *testing.T, ctx context.Context, k string) {
	t.Helper()
	switch {
	case strings.HasPrefix(k, "?"):
		await(t, ctx, k[1:])
	case strings.HasPrefix(k, "!"):
		if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void]("(() => {"+look+k[1:]+"; })()")); err != nil {
			t.Fatal(err)
		}
	case strings.HasPrefix(k, "@"):
		tabTo(t, ctx, k[1:])
	default:
		if err := chromedp.Do(ctx, chromedp.KeyEvent(k)); err != nil {
			t.Fatal(err)
		}
	}
}

// tabTo presses Tab until the element has the focus. In a set of radio buttons
// Tab reaches the one that is chosen, or the first or last.
func tabTo(t *testing.T, ctx context.Context, element string) {
	t.Helper()
	for range 90 {
		there, err := evaluate(ctx, "document.activeElement === ("+element+")")
		if err != nil {
			t.Fatal(err)
		}
		if there {
			return
		}
		if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("Tab does not lead to %s", element)
}

func await(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	var last error
	for late := time.Now().Add(5 * time.Second); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		ok, err := evaluate(ctx, condition)
		if ok && err == nil {
			return
		}
		last = err // while a page loads there is none to ask
	}
	at, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.activeElement.outerHTML.slice(0, 200) + location.href + document.hasFocus()"))
	t.Fatalf("it does not become true: %s (%v); the focus is on %s", condition, last, at)
}

// After an answer was sent, people who do not see the page are told: the focus
// is on the new heading or on the list of errors, which is an alert; notices
// stand in a live region; the page has its new title and language.
func TestTheNewScreenIsAnnounced(t *testing.T) {
	ctx, server := browser(t), serve(t)
	open := func(t *testing.T, answer string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/dev/gallery/text")); err != nil {
			t.Fatal(err)
		}
		keys := presses{"!document.body.dataset.same = 'yes'", "@field('Name of the plot')", answer, keyEnter}
		for _, k := range keys {
			press(t, ctx, k)
		}
	}
	for _, tt := range []struct{ name, answer, want string }{
		{"the focus is on the heading", "x", `document.activeElement.id === 'daMainQuestion' && /spade/.test(text(document.activeElement))`},
		{"the title changes, the page does not", "x", `document.title === 'Next' && document.body.dataset.same === 'yes'`},
		{"a notice is in a live region", "x", `text(document.querySelector('#flash[role=status][aria-live=polite] .alert')) === 'Saved'`},
		{"progress is said", "x", `document.querySelector('[role=progressbar]').getAttribute('aria-valuenow') === '70'`},
		{"errors are an alert with the focus", "wrong", `document.activeElement.matches('#error-summary[role=alert]') && /You need to fill this in/.test(text(document.activeElement))`},
		{"what is wrong is said at the field", "wrong", `document.getElementById('field-0').getAttribute('aria-invalid') === 'true' && /You need to fill this in/.test(text(document.getElementById(document.getElementById('field-0').getAttribute('aria-describedby').split(' ').at(-1))))`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			open(t, tt.answer)
			await(t, ctx, tt.want)
		})
	}
}
