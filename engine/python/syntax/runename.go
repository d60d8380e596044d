package syntax

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"
)

// names maps the names of Unicode characters to them. Few programs ask, so it
// is made when the first does.
var names = sync.OnceValue(func() map[string]rune {
	m := make(map[string]rune, 40_000)
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if n := runenames.Name(r); n != "" && n[0] != '<' {
			m[n] = r
		}
	}
	return m
})

// runeNamed returns the character with a Unicode name, in any case.
func runeNamed(name string) (rune, bool) {
	r, ok := names()[strings.ToUpper(name)]
	return r, ok
}

// RuneNamed returns the character with a Unicode name, in any case.
func RuneNamed(name string) (rune, bool) { return runeNamed(name) }
