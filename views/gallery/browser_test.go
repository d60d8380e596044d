package gallery

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"colloquy/engine/screen"
	"colloquy/static"
	"colloquy/views/question"
)

const policy = "default-src 'self'; script-src 'self' 'nonce-n0nce'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"

// serve shows the gallery, and answers its forms and links with a screen that
// tells what came.
func serve(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	mux.Handle("/static/", http.StripPrefix("/static/", http.FileServerFS(static.Files())))
	show := func(w http.ResponseWriter, r *http.Request, c templ.Component) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		if err := c.Render(templ.WithNonce(r.Context(), "n0nce"), w); err != nil {
			t.Error(err)
		}
	}
	mux.HandleFunc("/dev/gallery/{name}", func(w http.ResponseWriter, r *http.Request) {
		e, ok := Find(r.PathValue("name"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		show(w, r, e.Draw(assets))
	})
	mux.HandleFunc("/interview", func(w http.ResponseWriter, r *http.Request) {
		s := answer(t, r)
		if s.Invalid && r.Header.Get("HX-Request") != "" {
			defer show(w, r, question.Fragment(s))
			w.Header().Set("Content-Security-Policy", policy)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		if r.Header.Get("HX-Request") != "" {
			show(w, r, question.Fragment(s))
			return
		}
		show(w, r, question.Page(s, assets))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func answer(t *testing.T, r *http.Request) *screen.Screen {
	if err := r.ParseMultipartForm(1 << 20); err != nil && err != http.ErrNotMultipart {
		t.Error(err)
	}
	if r.PostForm.Get(screen.Safeid("plot.f0")) == "wrong" {
		return Screen("errors")
	}
	var came []string
	for name, values := range r.PostForm {
		came = append(came, name+"="+strings.Join(values, ","))
	}
	if r.MultipartForm != nil {
		for name, files := range r.MultipartForm.File {
			came = append(came, fmt.Sprintf("%s=file %s %v", name, files[0].Filename, files[0].Size > 100))
		}
	}
	sort.Strings(came)
	percent := 70.0
	s := Screen("yesno")
	s.Page.TabTitle, s.Page.Progress = "Next", &percent
	s.Subquestion = screen.HTML(`<p id="came">` + templ.EscapeString(r.Method+" "+r.URL.RawQuery+" "+strings.Join(came, " ")) + `</p><p id="ran"></p>` +
		`<p><a id="act" href="/interview?i=gallery&amp;action=x">act</a> <button type="button" data-da-on="1">on</button></p>`)
	s.Scripts = []string{`document.getElementById("ran").textContent = "ran with " + typeof $;`}
	s.Handlers = []screen.Handler{{ID: `[data-da-on="1"]`, Event: "click", Code: `this.textContent = "pressed";`}}
	s.Messages = []screen.Message{{Priority: "success", Text: "Saved"}}
	return s
}

// browser starts Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is missing: scripts and accessibility were not tried in a browser")
	}
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(chromedp.ExecPath(path), chromedp.NoSandbox))
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	return ctx
}

// hands are what a test does to a page.
const hands = `
const text = (el) => el.textContent.replace(/\s+/g, ' ').trim();
const field = (label) => { const l = [...document.querySelectorAll('label')].find((l) => text(l) === label || text(l) === label + ' (optional)'); return document.getElementById(l.htmlFor); };
const button = (name) => [...document.querySelectorAll('button, a, summary')].filter(seen).find((b) => text(b) === name || b.getAttribute('aria-label') === name);
const seen = (el) => el.checkVisibility();
const press = (name) => button(name).click();
const type = (label, value) => { const el = field(label); el.value = value; for (const e of ['input', 'change']) el.dispatchEvent(new Event(e, { bubbles: true })); };
const until = async (test) => { for (let i = 0; i < 100; i++) { const v = test(); if (v) return v; await new Promise((r) => setTimeout(r, 30)); } throw new Error('waited in vain for ' + test); };
const came = async () => text(await until(() => document.getElementById('came')));
const part = (all, name) => all.split(' ').find((p) => p.startsWith(name + '=')) ?? '';
const name = (variable) => btoa(variable).replace(/=+$/, '');
`

func TestScripts(t *testing.T) {
	ctx, server := browser(t), serve(t)
	for _, tt := range []struct{ name, page, script, want string }{
		{"a form is sent by htmx and the question alone replaced", "text", `document.body.dataset.same = 'yes'; type('Name of the plot', 'x'); press('Continue');
			const c = await came(); await until(() => document.activeElement.id === 'daMainQuestion');
			return [document.body.dataset.same, document.title, part(c, name('plot.f0')), part(c, 'csrf_token'), text(document.getElementById('flash')), document.querySelector('[role=progressbar]').ariaValueNow, document.querySelectorAll('section#question').length]`,
			`["yes","Next","cGxvdC5mMA=x","csrf_token=token","Saved","70",1]`},
		{"scripts of authors run in fragments, handlers are put back", "text", `press('Continue'); await came(); button('on').click(); return [text(document.getElementById('ran')), text(document.querySelector('[data-da-on]'))]`,
			`["ran with function","pressed"]`},
		{"a link of the interview replaces the question", "text", `press('Continue'); await came(); document.body.dataset.same = 'yes'; document.getElementById('act').click();
			await until(() => /action=x/.test(text(document.getElementById('came')))); return [document.body.dataset.same, (await came()).split(' ')[0]]`, `["yes","GET"]`},
		{"a refused form comes back with its summary in focus", "text", `type('Name of the plot', 'wrong'); press('Continue'); await until(() => document.activeElement.id === 'error-summary');
			document.querySelector('[data-focus=field-1]').click(); return document.activeElement.id`, `"field-1"`},
		{"two presses send one form", "text", `let sent = 0; document.addEventListener('htmx:beforeRequest', () => { sent++; }); press('Continue'); press('Continue'); await came(); return sent`, `1`},
		{"conditions show and hide", "conditions", `const at = () => ['Depth of the well', 'Number of the meter', 'Why is the well so deep?'].map((l) => seen(field(l))); const all = [at()];
			field('A well').click(); all.push(at()); type('Depth of the well', '25'); await until(() => at()[2]); all.push(at()); field('The mains').click(); all.push(at()); return all`,
			`[[false,true,false],[true,false,false],[true,false,true],[false,true,false]]`},
		{"hidden fields send nothing, and those hidden by scripts are named", "conditions", `field('The mains').click(); press('Continue'); const c = await came();
			return [part(c, '_hidden'), part(c, name('plot.f1')), part(c, name('plot.f2')), atob(part(c, '_visible').slice(9))]`,
			`["_hidden=3","","cGxvdC5mMg=","[\"cGxvdC5mMA\",\"cGxvdC5mMg\"]"]`},
		{"none and all of the above", "choices", `const on = () => ['Bees', 'Hedgehogs', 'All of the above', 'None of the above'].map((l) => field(l).checked); const all = [];
			for (const l of ['Bees', 'None of the above', 'All of the above', 'Hedgehogs']) { field(l).click(); all.push(on().map(Number).join('')); } return all`,
			`["1000","0001","1110","1000"]`},
		{"a combobox sends the value of a label, a multiselect each item", "choices", `type('Variety', 'Linda'); press('Continue'); const c = await came();
			return [part(c, name('plot.f5')), part(c, name("plot.f4['v2']")), part(c, name("plot.f4['v0']")), part(c, name('plot.f4'))]`,
			`["cGxvdC5mNQ=v0","cGxvdC5mNFsndjInXQ=True","cGxvdC5mNFsndjAnXQ=False",""]`},
		{"uncheck others", "boxes", `field('None of these').click(); const a = field('A compost heap').checked; field('A water butt').click(); return [a, field('None of these').checked]`, `[false,false]`},
		{"a list grows and shrinks", "list", `press('Add another'); press('Delete'); const gone = seen(document.querySelector('.list-row-deleted') ?? document.body); press('Continue'); const c = await came();
			return [part(c, '_rows'), part(c, '_delete_row_1'), part(c, name('plot.f10')), part(c, name('plot.f20'))]`, `["_rows=3","_delete_row_1=1","","cGxvdC5mMjA="]`},
		{"a signature is asked for, drawn and sent as a file", "signature", `press('Continue'); const said = text(document.querySelector('.signature-error')); const c = document.querySelector('canvas');
			c.dispatchEvent(new PointerEvent('pointerdown', { clientX: 500, clientY: 400, pointerId: 1, bubbles: true })); c.dispatchEvent(new PointerEvent('pointermove', { clientX: 540, clientY: 420, pointerId: 1, bubbles: true }));
			press('Continue'); return [said, (await came()).match(/\S+=file \S+ \S+/)[0]]`, `["You must sign your name to continue.","cGxvdC5mMA=file canvas.png true"]`},
		{"definitions open and close", "markup", `const w = document.querySelector('.daterm'); w.click(); const d = text(document.querySelector('.popover-card')); document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
			return [d, document.querySelector('.popover-card')]`, `["A cover of straw or leaves that keeps the soil moist.",null]`},
		{"accordions open", "markup", `const b = document.getElementById('acc1'); const before = seen(b); press('More'); return [before, seen(b), button('More').ariaExpanded]`, `[false,true,"true"]`},
		{"help takes the question's place and gives it back", "parts", `const q = document.querySelector('.question-main'), h = document.getElementById('help'); press('Help'); await until(() => seen(h)); const a = seen(q); press('Back to question'); await until(() => seen(q)); return [a, seen(h)]`, `[false,false]`},
		{"the menu opens and closes", "parts", `const m = document.querySelector('details.menu'); press('Menu'); const a = m.open; document.body.click(); return [a, m.open]`, `[true,false]`},
		{"what scripts may call", "boxes", `const v = [val('plot.f0'), val('plot.f3'), val('nothing'), val('plot.f4')]; setField('plot.f3', true); return [v, val('plot.f3'), getField('plot.f0').id, getFields().length]`,
			`[[true,"",null,"None"],true,"field-0",5]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/dev/gallery/"+tt.page)); err != nil {
				t.Fatal(err)
			}
			script := "(async () => {" + hands + "const act = async () => {" + tt.script + "}; return JSON.stringify(await act()); })()"
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
