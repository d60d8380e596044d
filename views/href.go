package views

import (
	"strings"

	"github.com/a-h/templ"
)

// Href is an address as it may stand in a link: one whose scheme would run
// what it holds (javascript:, data:, vbscript:) leads nowhere.
func Href(url string) templ.SafeURL {
	scheme, _, found := strings.Cut(url, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return templ.SafeURL(url)
	}
	letters := strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1 // browsers skip these before and within a scheme
		}
		return r
	}, strings.ToLower(scheme))
	switch letters {
	case "javascript", "data", "vbscript":
		return "#"
	}
	return templ.SafeURL(url)
}
