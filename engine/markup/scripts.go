package markup

import (
	"regexp"
	"strconv"
	"strings"
)

// JS returns a script that attaches the handler to its element. As in an
// attribute, this is the element, event the event, and returning false prevents
// the default action.
func (h Handler) JS() string {
	prevent := "if (result === false) event.preventDefault();"
	if h.Link {
		prevent = "event.preventDefault();"
	}
	return "document.querySelectorAll(" + strconv.QuoteToASCII(h.Selector) + ").forEach(function (element) {\n" +
		"element.addEventListener(" + strconv.QuoteToASCII(h.Event) + ", function (event) {\n" +
		"var result = (function (event) {\n" + h.Code + "\n}).call(this, event);\n" + prevent + "\n});\n});\n"
}

var ending = regexp.MustCompile(`(?i)<(/script|!--)`)

// InScript writes code so that it can stand inside a script element: nothing in
// its strings ends the element.
func InScript(code string) string {
	if !strings.Contains(code, "<") {
		return code
	}
	return ending.ReplaceAllString(code, `<\$1`)
}
