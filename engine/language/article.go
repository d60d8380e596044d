package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IndefiniteArticle puts "a " or "an " before a noun, by the sound of its first
// word. The noun is argument 0. In other languages the words "a" and "an" are
// translated as they are.
func (s Speaker) IndefiniteArticle(noun string) Parts {
	return Own(s.Word(articleFor(noun))+" ").whole(0, noun)
}

// articleFor returns "a" or "an".
func articleFor(noun string) string {
	word := firstWord(noun)
	if word == "" {
		return "a"
	}
	if unicode.IsDigit(rune(word[0])) {
		return articleForNumber(word)
	}
	letters := strings.FieldsFunc(word, func(r rune) bool { return r == '.' || r == '-' })
	if len(letters) > 0 && len(letters[0]) == 1 || isInitialism(word) && !pronounced[strings.ToLower(word)] {
		return articleForLetter(word[0])
	}
	if startsWithVowelSound(strings.ToLower(word)) {
		return "an"
	}
	return "a"
}

// pronounced are words that people write in capitals and read as words.
var pronounced = wordSet("nasa nato fema lan rom ram ein hipaa hud faq sim snap sars laser radar nafta bmw mini rsvp " +
	"no yes the new old")

// firstWord returns the first run of characters that are not white space,
// without what is not read aloud at its start.
func firstWord(text string) string {
	fields := strings.FieldsFunc(text, unicode.IsSpace)
	if len(fields) == 0 {
		return ""
	}
	word := strings.TrimLeftFunc(fields[0], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if word == "" || word[0] >= 0x80 {
		return foldFirst(word)
	}
	return word
}

// foldFirst replaces an accented vowel at the start of a word that English has
// borrowed, such as éclair or à la carte, by the plain one. Words that begin
// with other letters are read as the language they come from does.
func foldFirst(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	for plain, accented := range map[string]string{"e": "éèêÉÈÊ", "a": "àáâÀÁÂ", "i": "îÎ", "o": "ôÔ"} {
		if size > 0 && strings.ContainsRune(accented, first) {
			return plain + word[size:]
		}
	}
	return word
}

// articleForLetter goes by the name of a letter: an F, a U.
func articleForLetter(c byte) string {
	if strings.IndexByte("aefhilmnorsx", c|0x20) >= 0 {
		return "an"
	}
	return "a"
}

// articleForNumber goes by how digits are read: an 8, an 11, an 18, an 80.
func articleForNumber(word string) string {
	end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) && r != ',' })
	if end < 0 {
		end = len(word)
	}
	digits := strings.ReplaceAll(word[:end], ",", "")
	if digits[0] == '8' {
		return "an"
	}
	teens := strings.HasPrefix(digits, "11") || strings.HasPrefix(digits, "18")
	if teens && (len(digits)%3 == 2 || len(digits) == 4 && !strings.Contains(word[:end], ",")) {
		return "an"
	}
	return "a"
}

// startsWithVowelSound follows docassemble's documented order of rules.
func startsWithVowelSound(w string) bool {
	switch {
	case startsInAny(w, "euler", "heir", "honest", "hono"):
		return true
	case strings.HasPrefix(w, "hour"):
		return !strings.HasPrefix(w, "houri")
	case w[0] != 'y' && !isVowel(w[0]):
		return false
	case w[0] == 'y':
		return startsInAny(w, "ybl", "ybo", "ybr", "ycle", "ycla", "yfere", "ygg", "ypi", "ypo", "yps", "yrou", "ytt")
	case startsInAny(w, "eu", "ew", "once", "one", "onc"):
		return startsInAny(w, "oner")
	case strings.HasPrefix(w, "uni"):
		return len(w) > 3 && (strings.IndexByte("nd", w[3]) >= 0 || w[3] == 'm' && !strings.HasPrefix(w, "unimo"))
	case len(w) > 2 && w[0] == 'u' && strings.IndexByte("bcfhjkqrst", w[1]) >= 0 && isVowel(w[2]):
		return false
	}
	return true
}

func startsInAny(w string, starts ...string) bool {
	for _, s := range starts {
		if strings.HasPrefix(w, s) {
			return true
		}
	}
	return false
}
