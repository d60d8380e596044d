package handlers_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const limits = `
mandatory: True
code: |
  kilos
---
mandatory: True
question: The end
---
question: How much?
fields:
  - Kilos: kilos
    datatype: number
    min: 20
    required: False
    validation messages:
      min: A sack weighs %s kilos.
  - Mail: mail
    datatype: email
    required: False
  - Word: term
    minlength: 3
    required: False
`

// A mistake that the browser can see is said where it was made when the field
// is left, in the words that the server would use, and goes when it is mended.
func TestMistakesAreSaidWhenAFieldIsLeft(t *testing.T) {
	h := open(t, map[string]string{"limits.yml": limits})
	w := h.walk(true)
	w.open(address("limits.yml")).wants("How much?")
	const said = "[...document.querySelectorAll('.error')].map(text).join('|') + ' ' + document.querySelectorAll('[aria-invalid]').length"
	leave := func(field, value, want string) {
		t.Helper()
		w.write(field, value)
		w.do(chromedp.KeyEvent(kb.Tab))
		w.until(said, want)
	}
	leave("Kilos", "3", "A sack weighs 20 kilos. 1")
	if got := w.see("document.getElementById(field('Kilos').getAttribute('aria-describedby')).textContent"); got != "A sack weighs 20 kilos." {
		t.Errorf("the field is described by %q", got)
	}
	leave("Mail", "nobody", "A sack weighs 20 kilos.|You need to enter a complete e-mail address. 2")
	leave("Mail", "a@b.example", "A sack weighs 20 kilos. 1")
	leave("Word", "ab", "A sack weighs 20 kilos.|You must type at least 3 characters. 2")
	leave("Word", "abc", "A sack weighs 20 kilos. 1")
	w.write("Kilos", "3")
	w.press("Continue")
	w.until("text(document.querySelector('#error-summary li'))", "Kilos: A sack weighs 20 kilos.")
	w.until("document.activeElement.id", "error-summary") // nobody types before the page is there
	leave("Kilos", "21", " 0")
	w.press("Continue").wants("The end")
}
