package markup

import (
	"strings"
	"testing"
)

// TestHTMLOnly proves that author HTML passes without Markdown, and that what
// people typed in it stays text.
func TestHTMLOnly(t *testing.T) {
	author := `<p class="x">*not emphasis* `
	typed := `<script>alert(1)</script>`
	text := Text{S: author + typed + "</p>", Outside: []Span{{len(author), len(author) + len(typed)}}}
	got := Render(text, Options{HTMLOnly: true}).HTML
	if !strings.Contains(got, `<p class="x">*not emphasis* &lt;script&gt;`) || strings.Contains(got, "<script") {
		t.Errorf("Render() = %q", got)
	}
}
