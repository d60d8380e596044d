// Package spelling finds the name somebody probably meant.
//
// It compares names and nothing else: which names are worth offering is for
// the caller to say.
package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is the length in characters beyond which names are not compared:
// nobody mistypes a name of that size, and the work grows with its square.
const longest = 200

// Nearest gives the one of the known names that is most like word, and whether
// one is like it enough to be offered. About one letter in three may differ;
// upper and lower case, and blank, hyphen and underscore, count as the same.
// Of names equally near, the first known wins. Nothing is offered for a word
// that is itself known.
func Nearest(word string, known []string) (string, bool) {
	return Within(word, known, (utf8.RuneCountInString(word)+2)/3)
}

// Within is Nearest with the number of differing letters that is allowed.
func Within(word string, known []string, limit int) (string, bool) {
	best, found := limit+1, ""
	w := fold(word)
	if len(w) > longest {
		return "", false
	}
	for _, name := range known {
		if name == word {
			return "", false
		}
		n := fold(name)
		if gap := len(n) - len(w); len(n) > longest || gap >= best || -gap >= best {
			continue
		}
		if d := distance(w, n); d < best {
			best, found = d, name
		}
	}
	return found, best <= limit
}

// Distance gives the number of letters to insert, remove, replace or swap with
// their neighbour that turns a into b, taking the case of letters into account
// (the optimal string alignment distance).
func Distance(a, b string) int {
	return distance([]rune(a), []rune(b))
}

func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// fold makes letters lower case and all separators blanks.
func fold(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return ' '
		}
		return unicode.ToLower(r)
	}, s))
}
