package language

import (
	"strings"
	"unicode"
)

// smallWords stay in lower case inside a title.
var smallWords = wordSet("a an and as at but by en for if in of on or the to v v. via vs vs.")

// TitleCase puts text in title case as newspapers do: small words stay in
// lower case except at either end of a line and after a mark; words with a
// capital or a point inside stay as they are, unless the whole line is in
// capitals.
func TitleCase(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimRight(line, "\r\n")
		b.WriteString(titleLine(body) + line[len(body):])
	}
	return b.String()
}

func titleLine(line string) string {
	shouting := strings.ToUpper(line) == line && strings.ToLower(line) != line
	words := strings.FieldsFunc(line, isGap)
	out := make([]string, len(words))
	for i, w := range words {
		edge := i == 0 || i == len(words)-1 || afterMark(words[i-1])
		out[i] = titleWord(w, shouting, edge)
	}
	return rejoin(line, out)
}

func isGap(r rune) bool { return r == ' ' || r == '\t' }

// afterMark reports whether a word ends a part of the title.
func afterMark(word string) bool { return endsInAny(word, ":", ".", ";", "?", "!", "–", "—") }

// rejoin puts words in the place of those of line, gaps kept.
func rejoin(line string, words []string) string {
	var b strings.Builder
	i, inside := 0, false
	for _, r := range line {
		switch {
		case isGap(r):
			b.WriteRune(r)
			inside = false
		case !inside:
			b.WriteString(words[i])
			i++
			inside = true
		}
	}
	return b.String()
}

// titleWord puts one word in title case; edge words are not small.
func titleWord(word string, shouting, edge bool) string {
	if shouting {
		if isInitials(word) {
			return word
		}
		word = strings.ToLower(word)
	}
	core := strings.TrimFunc(word, isMark)
	switch {
	case core == "":
		return word
	case smallWords[strings.ToLower(strings.TrimLeftFunc(word, isMark))] || smallWords[strings.ToLower(core)]:
		if edge {
			return capitalizeFirst(word)
		}
		return strings.ToLower(word)
	case strings.Contains(core, "/"):
		return titlePieces(word, "/", edge)
	case strings.Contains(core, "-"):
		return titlePieces(word, "-", edge)
	case strings.Contains(core, ".") || hasInnerCapital(core):
		return word
	}
	return titlePlain(word, core)
}

func titlePlain(word, core string) string {
	lower := strings.ToLower(core)
	switch {
	case strings.HasPrefix(lower, "mc") && len(lower) > 2:
		return strings.Replace(word, core, "Mc"+capitalizeFirst(lower[2:]), 1)
	case len(lower) > 2 && (lower[1] == '\'' || strings.HasPrefix(lower[1:], "’")):
		return strings.Replace(word, core, titleParticle(lower), 1)
	case allConsonants(core) && len(core) > 2 && !titled[lower]:
		return strings.ToUpper(word)
	}
	return capitalizeFirst(word)
}

// titled are forms of address without a vowel.
var titled = wordSet("mrs mrs. hrs lbs nth")

// titleParticle writes O'Neil and d'Artagnan.
func titleParticle(word string) string {
	mark := strings.IndexAny(word, "'’")
	tail := strings.TrimLeft(word[mark:], "'’")
	quote := word[mark : len(word)-len(tail)]
	switch word[0] {
	case 'd', 'l':
		return word[:1] + quote + capitalizeFirst(tail)
	case 'o':
		return "O" + quote + capitalizeFirst(tail)
	}
	return capitalizeFirst(word)
}

// titlePieces treats the pieces of a hyphenated or slashed word one by one.
func titlePieces(word, separator string, edge bool) string {
	pieces := strings.Split(word, separator)
	for i, p := range pieces {
		pieces[i] = titleWord(p, false, edge && (i == 0 || i == len(pieces)-1))
	}
	return strings.Join(pieces, separator)
}

// capitalizeFirst raises the first letter or digit of a word, wherever quotes
// or brackets leave it.
func capitalizeFirst(word string) string {
	for i, r := range word {
		if !isMark(r) {
			return word[:i] + upperFirst(r) + word[i+len(string(r)):]
		}
	}
	return word
}

func isMark(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func hasInnerCapital(word string) bool {
	for i, r := range word {
		if i > 0 && unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

func allConsonants(word string) bool {
	for _, r := range strings.ToLower(word) {
		if !strings.ContainsRune("bcdfghjklmnpqrstvwxz", r) {
			return false
		}
	}
	return true
}

// isInitials reports whether a word is like "J.R.".
func isInitials(word string) bool {
	letter := true
	for _, r := range word {
		if letter && !unicode.IsLetter(r) || !letter && r != '.' {
			return false
		}
		letter = !letter
	}
	return len(word) > 1 && letter
}
