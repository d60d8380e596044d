package markup

import (
	"strings"
	"testing"
)

func TestHandlerJS(t *testing.T) {
	r := Render(Author(`<b onclick="return f(1)">x</b> [y](javascript:g%28%29)`), Options{Prefix: "a"})
	if len(r.Handlers) != 2 {
		t.Fatalf("got %d handlers, want 2", len(r.Handlers))
	}
	on, link := r.Handlers[0].JS(), r.Handlers[1].JS()
	for _, want := range []string{`"[data-da-on=\"a1\"]"`, `addEventListener("click"`, "\nreturn f(1)\n", "result === false"} {
		if !strings.Contains(on, want) {
			t.Errorf("handler lacks %q:\n%s", want, on)
		}
	}
	if !strings.Contains(link, "\ng()\n") || strings.Contains(link, "result === false") {
		t.Errorf("a javascript: link must always prevent its default:\n%s", link)
	}
}

func TestInScript(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{"a < b", "a < b"},
		{`x = "</script>"`, `x = "<\/script>"`},
		{`x = "</SCRIPT><!--"`, `x = "<\/SCRIPT><\!--"`},
	} {
		if got := InScript(tt.code); got != tt.want {
			t.Errorf("InScript(%q) = %q, want %q", tt.code, got, tt.want)
		}
	}
}
