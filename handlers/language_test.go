package handlers_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// speaking asks one thing in any language; its buttons and mistakes are ours.
const speaking = `
initial: True
code: |
  set_language(url_args.get('speak', get_language()))
---
question: Garden
fields:
  - Vegetable: vegetable
  - Date of planting: planted
    datatype: date
    required: False
back button label: null
---
language: es
question: Huerto
fields:
  - Verdura: vegetable
---
mandatory: True
question: ${ vegetable }
subquestion: ${ word('Fruit') }
field: done
`

// Every page of the server's own is in the first language that its reader wants
// and that the server speaks, and says so.
func TestPagesSpeakTheReadersLanguage(t *testing.T) {
	h := open(t, map[string]string{"speaking.yml": speaking})
	for _, tt := range []struct{ accept, query, lang, dir, heading string }{
		{"", "", "en", "ltr", "Not found"}, {"en-GB,en;q=0.9", "", "en-GB", "ltr", "Not found"}, {"es-MX,es;q=0.9,en;q=0.5", "", "es-MX", "ltr", "No encontrado"},
		{"fr", "", "fr", "ltr", "Introuvable"}, {"sv,de;q=0.8", "", "de", "ltr", "Nicht gefunden"}, {"pt-BR", "", "pt-BR", "ltr", "Não encontrado"},
		{"ar-EG", "", "ar-EG", "rtl", "غير موجود"}, {"sv", "", "en", "ltr", "Not found"}, {"fr", "ar", "ar", "rtl", "غير موجود"}, {"fr", "<b>", "fr", "ltr", "Introuvable"},
	} {
		p := h.visit()
		p.extra = map[string]string{"Accept-Language": tt.accept}
		to := "/nowhere"
		if tt.query != "" {
			to += "?lang=" + tt.query
		}
		pg := p.get(to)
		root := first(pg.doc, func(n *html.Node) bool { return n.Data == "html" })
		if got := [3]string{attr(root, "lang"), attr(root, "dir"), pg.heading()}; got != [3]string{tt.lang, tt.dir, tt.heading} {
			t.Errorf("%q, %q: %q", tt.accept, tt.query, got)
		}
	}
	p := h.visit()
	p.get("/list?lang=de")
	if got := p.get("/nowhere").heading(); got != "Nicht gefunden" {
		t.Errorf("what was asked for is not remembered: %q", got)
	}
}

// An interview speaks the language that it sets, with our words for the rest; an
// interview in several languages begins in that of the browser.
func TestInterviewsSpeak(t *testing.T) {
	h := open(t, map[string]string{"speaking.yml": speaking})
	for lang, want := range map[string][2]string{
		"en": {"Continue", "You need to fill this in."}, "es": {"Seguir", "Este campo es obligatorio."}, "fr": {"Continuer", "Ce champ est obligatoire."},
		"de": {"Weiter", "Dieses Feld muss ausgefüllt werden."}, "pt": {"Continuar", "Este campo é obrigatório."}, "ar": {"متابعة", "يجب ملء هذا الحقل."},
	} {
		pg := h.visit().get(address("speaking.yml") + "&new_session=1&speak=" + lang)
		root := first(pg.doc, func(n *html.Node) bool { return n.Data == "html" })
		if dir := map[bool]string{true: "rtl", false: "ltr"}[lang == "ar"]; attr(root, "lang") != lang || attr(root, "dir") != dir {
			t.Errorf("%s: lang=%q dir=%q", lang, attr(root, "lang"), attr(root, "dir"))
		}
		refused := pg.press(want[0])
		if refused.status != 422 || !strings.Contains(refused.body, want[1]) {
			t.Errorf("%s: status %d without %q: %s", lang, refused.status, want[1], refused.text())
		}
	}
	p := h.visit()
	p.extra = map[string]string{"Accept-Language": "es-MX,en;q=0.5"}
	if got := p.begin("speaking.yml").heading(); got != "Huerto" {
		t.Errorf("a Spanish browser is asked %q", got)
	}
	p.extra = map[string]string{"Accept-Language": "sv,en;q=0.5"}
	if got := p.begin("speaking.yml").heading(); got != "Garden" {
		t.Errorf("a Swedish browser is asked %q", got)
	}
}

// sides tells where label, field, button and title stand: how far each is from
// the side where lines begin, and whether fields are read from there.
const sides = `(() => { const rtl = document.documentElement.dir === 'rtl', wide = document.documentElement.clientWidth;
	const from = (el) => { const r = el.getBoundingClientRect(); return Math.round(rtl ? wide - r.right : r.left); };
	const one = (s) => document.querySelector(s);
	return JSON.stringify({ label: from(one('#question label')), field: from(one('#question input[type=text]')), button: from(one('#question .buttons .btn-primary')),
		heading: from(one('#daMainQuestion')), title: from(one('#bar-title')), starts: getComputedStyle(one('#question input[type=text]')).direction === (rtl ? 'rtl' : 'ltr'),
		aligned: ['start', rtl ? 'right' : 'left'].includes(getComputedStyle(one('#question label')).textAlign) }); })()`

// From right to left a page is the mirror image of itself from left to right, on
// a desk and on a phone, and is free of what axe-core finds. With COLLOQUY_SHOTS
// set to a folder, it is photographed.
func TestRightToLeftIsTheMirrorImage(t *testing.T) {
	axe := axeCore(t)
	h := open(t, map[string]string{"speaking.yml": speaking})
	w := h.walk(true)
	for _, width := range []int64{1280, 390} {
		w.looks("light", width)
		var left, right map[string]any
		w.open(address("speaking.yml") + "&new_session=1&speak=de")
		check(t, json.Unmarshal([]byte(w.see(sides)), &left))
		w.open(address("speaking.yml") + "&new_session=1&speak=ar")
		check(t, json.Unmarshal([]byte(w.see(sides)), &right))
		for what, at := range left {
			if n, ok := at.(float64); ok && (n-right[what].(float64) > 2 || right[what].(float64)-n > 2) || !ok && right[what] != at {
				t.Errorf("%d wide: %s is at %v from the right, at %v from the left", width, what, right[what], at)
			}
		}
		if right["starts"] != true || right["aligned"] != true {
			t.Errorf("%d wide: fields or labels do not begin at the right: %v", width, right)
		}
		for _, f := range w.stumbles(axe) {
			t.Errorf("%d wide: %s", width, f)
		}
		if dir := os.Getenv("COLLOQUY_SHOTS"); dir != "" {
			shot, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
			check(t, err)
			check(t, os.WriteFile(filepath.Join(dir, "rtl"+map[bool]string{true: "-phone", false: "-desk"}[width < 500]+".png"), shot, 0o600))
		}
	}
}
