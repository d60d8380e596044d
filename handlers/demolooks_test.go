package handlers_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"colloquy/engine/ask"
	"colloquy/engine/demo"
)

// fillIn answers everything on a screen that has no answer yet, and says which
// button leads on: its text, or "" at the end of the interview. Texts that an
// interview wants in place of the usual ones come by the labels of their fields.
const fillIn = `((particular, seen) => {
const said = (el) => (el?.textContent ?? '').replace(/\s+/g, ' ').trim();
const form = document.getElementById('daform');
const leads = (b) => !b.form || (b.form === form && b.name !== '` + ask.CommandInput + `' && !b.matches('[data-add-row], .visually-hidden'));
const buttons = [...(form?.querySelectorAll('button[type=submit]') ?? [])].filter((b) => b.checkVisibility() && !b.hasAttribute('form') && leads(b));
if (!buttons.length) return '';
const tell = (el) => { for (const e of ['input', 'change']) el.dispatchEvent(new Event(e, { bubbles: true })); };
const samples = { text: 'Ada', email: 'ada@example.com', number: '3', date: '2001-02-03', time: '08:15', 'datetime-local': '2030-02-03T08:15', tel: '+1 212 555 0123', password: 'secret', url: 'https://example.com' };
const kind = (el) => (/numeric|decimal/.test(el.inputMode) ? 'number' : el.type);
const shown = (el) => el.checkVisibility() || el.type === 'file';
for (const el of form.querySelectorAll('input:not([type=hidden]), select, textarea')) {
	if (!shown(el) || el.disabled) continue;
	const own = particular[said(el.labels?.[0]).replace(' (optional)', '')];
	if (el.type === 'radio') { if (![...form.elements].some((e) => e.name === el.name && e.checked)) el.click(); }
	else if (el.type === 'checkbox') { const set = el.closest('fieldset.group'); if (set ? !set.querySelector(':checked') : !el.checked) el.click(); }
	else if (el.type === 'file') { const all = new DataTransfer(); all.items.add(new File([Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (c) => c.charCodeAt(0))], 'dot.png', { type: 'image/png' })); el.files = all.files; tell(el); }
	else if (el.tagName === 'SELECT') { if (!el.value) { [...el.options].find((o) => o.value).selected = true; tell(el); } }
	else if (own || !el.value) { el.value = own ?? (el.tagName === 'TEXTAREA' ? 'Some words' : samples[kind(el)] ?? 'Ada'); tell(el); }
}
const name = form.querySelector('[data-signature-name]');
if (name) { name.value = 'Ada'; tell(name); }
return said(buttons.find((b) => seen && said(b) === 'No') ?? buttons[0]);
})`

// Every screen of every demonstration interview, and the list of them, is free
// of what axe-core finds, light and dark, on a desk and on a phone. Which rules
// a page breaks depends on its colours and its width: two looks are examined
// with all rules, and of the other two what may differ from those.
func TestDemosAreAccessible(t *testing.T) {
	axe := axeCore(t)
	h := open(t, nil, withDemo)
	w := h.walk(true)
	w.open("/list")
	w.examine(axe, "/list")
	for _, n := range h.lib.Interviews(demo.Package) {
		w.looks("light", 1280)
		w.open(demoAddress(n.Base()))
		w.finish(axe, n.Base())
	}
}

// examine looks at a page in every look.
func (w *walker) examine(axe, page string) {
	w.t.Helper()
	for _, look := range []struct {
		scheme string
		width  int64
		rules  string
	}{{"light", 1280, allRules}, {"dark", 1280, lookRules}, {"light", 390, lookRules}, {"dark", 390, allRules}} {
		w.looks(look.scheme, look.width)
		for _, f := range w.breaks(axe, look.rules) {
			w.t.Errorf("%s, %s, %d wide: %s", page, look.scheme, look.width, f)
		}
	}
}

// finish walks an interview to its end and examines each screen once.
func (w *walker) finish(axe, file string) {
	w.t.Helper()
	seen := map[string]bool{}
	own := string(must(json.Marshal(particular[file]))(w.t))
	if own == "null" {
		own = "{}"
	}
	for range 40 {
		heading := w.see("heading()")
		if strings.Contains(heading, "wrong") || w.see("document.querySelector('[data-invalid]') ? 'invalid' : ''") != "" {
			w.t.Errorf("%s: %s", file, w.see("text(document.querySelector('main'))"))
			return
		}
		again := seen[heading]
		if !again {
			seen[heading] = true
			w.examine(axe, file+", “"+heading+"”")
		}
		button := w.see(fillIn + "(" + own + ", " + strconv.FormatBool(again) + ")")
		if button == "" {
			return
		}
		w.see("document.querySelector('#question').dataset.before = 'yes'")
		w.see("[...document.querySelectorAll('#daform button')].find((b) => seen(b) && text(b) === " + strconv.Quote(button) + ").click()")
		w.until("document.querySelector('#question:not([data-before])') ? 'new' : ''", "new")
		w.until("document.querySelectorAll('.htmx-request, .htmx-swapping, .htmx-settling').length", "0")
	}
	w.t.Errorf("%s does not end: %v", file, seen)
}
