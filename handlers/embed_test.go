package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"colloquy/engine/config"
)

// A page elsewhere draws an interview into one of its elements with a script.
func TestScriptsEmbedInterviews(t *testing.T) {
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `<!doctype html><title>Host</title><body style="margin: 0"><div id="here">Loading</div><script src="%s"></script>`, r.URL.Query().Get("src"))
	}))
	t.Cleanup(host.Close)
	h := open(t, map[string]string{"word.yml": oneWord}, set(func(c *config.Config) { c.Embedding, c.CrossSiteDomains = config.EmbedAny, []string{host.URL} }))
	p := h.visit()
	pg := p.get(address("word.yml") + "&js_target=here&a=</script>&reset=1")
	script := pg.body
	for _, want := range []string{`document.getElementById("here")`, "word.yml", "a=%3C%2Fscript%3E", "reset=1"} {
		if !strings.Contains(script, want) {
			t.Errorf("the script has no %s: %s", want, script)
		}
	}
	if strings.Contains(script, "js_target") || h.count("sessions") != 0 {
		t.Errorf("%d sessions, %s", h.count("sessions"), script)
	}
	w := h.walk(true)
	w.do(chromedp.Navigate(host.URL + "/?src=" + url.QueryEscape(h.root+address("word.yml")+"&js_target=here")))
	w.until("document.querySelector('#here iframe') !== null", "true")
	w.until("parseInt(document.querySelector('#here iframe').style.height) > 100", "true")
}
