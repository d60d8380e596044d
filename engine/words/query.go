package words

import (
	"net/url"
	"strings"
)

// A query is the part of an address after the question mark, in the order it
// was written.
type query []string

func (q *query) add(name, value string) {
	*q = append(*q, url.QueryEscape(name)+"="+url.QueryEscape(value))
}

// onto puts the query behind a path, which may have one already.
func (q query) onto(path string) string {
	if len(q) == 0 {
		return path
	}
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + strings.Join(q, "&")
}
