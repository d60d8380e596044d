package gallery

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Every page of the gallery is free of what axe-core finds, light and dark, on
// a phone and on a desk; none is wider than the window, and whatever is pressed
// measures at least 24 pixels each way.
//
// Which rules a page breaks depends on its colours and its width. Two looks are
// examined with all rules; of the other two, what may differ from those.
func TestAccessibility(t *testing.T) {
	axe, err := os.ReadFile("../assets/node_modules/axe-core/axe.min.js")
	if os.IsNotExist(err) {
		t.Skip("axe-core is missing (npm --prefix views/assets ci): accessibility was not checked")
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, server := browser(t), serve(t)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	const tabs = 2
	for n := range tabs {
		t.Run(fmt.Sprint("tab ", n), func(t *testing.T) {
			t.Parallel()
			tab, stop := chromedp.NewContext(ctx)
			t.Cleanup(stop)
			for i, e := range Entries() {
				if i%tabs == n {
					for _, f := range stumbles(t, tab, server, e.Name, string(axe)) {
						t.Errorf("%s, %s", e.Name, f)
					}
				}
			}
		})
	}
}

// dress gives a tab its width and colours, and stills its motion.
func dress(t *testing.T, tab context.Context, scheme string, width int64) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
}

// measure lists what is too wide for the window, and what is too small to
// press. Links within a line of text may be as small as the text.
const measure = `
const small = (el) => {
	if (!el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || el.closest('.visually-hidden, .skip') || getComputedStyle(el).display === 'inline') return false;
	const r = el.getBoundingClientRect();
	return r.width > 0 && (r.width < 23.9 || r.height < 23.9);
};
const measured = () => {
	const found = [];
	if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('wider than the window');
	for (const el of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]')) if (small(el)) found.push('smaller than 24 pixels: ' + el.outerHTML.slice(0, 120));
	return found;
};`

const (
	allRules  = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	lookRules = `{ type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'] }`
)

// stumbles opens a page and lists what is wrong with it in each look.
func stumbles(t *testing.T, tab context.Context, server *httptest.Server, name, axe string) []string {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.Navigate(server.URL+"/dev/gallery/"+name)); err != nil {
		t.Fatal(err)
	}
	var all []string
	for i, look := range []struct {
		scheme string
		width  int64
		rules  string
	}{{"light", 1280, allRules}, {"dark", 390, allRules}, {"light", 390, lookRules}, {"dark", 1280, lookRules}} {
		dress(t, tab, look.scheme, look.width)
		check := `(async () => {` + measure + ` const r = await axe.run(document, { runOnly: ` + look.rules + ` });
			return JSON.stringify([...measured(), ...r.violations.map((v) => v.id + ' at ' + v.nodes[0].target.join(' ') + ': ' + v.help)]); })()`
		if i == 0 {
			check = axe + ";" + check
		}
		got, err := chromedp.Run(tab, chromedp.Evaluate[string](check, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		if err := json.Unmarshal([]byte(got), &found); err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			all = append(all, fmt.Sprintf("%s, %d wide: %s", look.scheme, look.width, f))
		}
	}
	return all
}

// What axe-core does not measure: the contrast of edges, of the ring round what
// has the focus, and of every colour an author may choose.
func TestColours(t *testing.T) {
	ctx, server := browser(t), serve(t)
	const compute = `(() => {
const style = getComputedStyle(document.documentElement);
const light = (name) => { const v = style.getPropertyValue('--' + name).trim().slice(1); const hex = v.length === 3 ? [...v].map((c) => c + c).join('') : v;
	const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const found = [];
const want = (a, b, least) => { const got = ratio(a, b); if (!(got >= least)) found.push(a + ' on ' + b + ': ' + got.toFixed(2) + ', want ' + least); };
for (const ground of ['sheet', 'paper', 'raised']) { want('ink', ground, 7); want('ink-soft', ground, 4.5); want('edge', ground, 3); want('ring', ground, 3); }
for (const hue of ['primary', 'secondary', 'success', 'danger', 'warning', 'info', 'light', 'dark']) {
	want('on-' + hue, hue, 4.5); want(hue + '-text', 'sheet', 4.5); want(hue + '-text', 'paper', 4.5); want('ink', hue + '-soft', 4.5);
}
want('danger-text', 'danger-soft', 4.5); want('primary-text', 'primary-soft', 4.5); want('primary', 'sheet', 3); want('primary', 'primary-soft', 3);
return JSON.stringify(found); })()`
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			dress(t, ctx, scheme, 1280)
			if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/dev/gallery/continue")); err != nil {
				t.Fatal(err)
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](compute))
			if err != nil {
				t.Fatal(err)
			}
			if got != "[]" {
				t.Error(got)
			}
		})
	}
}
