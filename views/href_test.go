package views

import "testing"

func TestHref(t *testing.T) {
	for in, want := range map[string]string{
		"/interview?i=a:b":               "/interview?i=a:b",
		"?i=docassemble.base:data/x.yml": "?i=docassemble.base:data/x.yml",
		"#field-0":                       "#field-0",
		"https://example.com/":           "https://example.com/",
		"mailto:a@example.com":           "mailto:a@example.com",
		"tel:+1555":                      "tel:+1555",
		"javascript:alert(1)":            "#",
		" JavaScript:alert(1)":           "#",
		"java\tscript:alert(1)":          "#",
		"\x01javascript:alert(1)":        "#",
		"data:text/html,<b>":             "#",
		"vbscript:x":                     "#",
		"":                               "",
	} {
		if got := string(Href(in)); got != want {
			t.Errorf("Href(%q) = %q, want %q", in, got, want)
		}
	}
}
