package language

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/gertd/go-pluralize"
)

//go:embed data/nouns.txt
var nounData string

// nounTable holds the nouns that go by no rule, over the rules of go-pluralize.
type nounTable struct {
	plural, singular map[string]string
	stays            map[string]bool // the same in both numbers
	rules            *pluralize.Client
}

var nouns = sync.OnceValue(func() nounTable {
	t := nounTable{
		plural: make(map[string]string), singular: make(map[string]string),
		stays: make(map[string]bool), rules: pluralize.NewClient(),
	}
	for line := range strings.Lines(nounData) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
		case f[0] == "=":
			for _, word := range f[1:] {
				t.stays[word] = true
			}
		case len(f) == 2:
			t.plural[f[0]] = f[1]
			if _, taken := t.singular[f[1]]; !taken {
				t.singular[f[1]] = f[0]
			}
		}
	}
	return t
})

// NounPlural returns the plural of a noun given in either number. English,
// Spanish, French and Portuguese have rules; in other languages a noun stays as
// it is. The words of a language may name a plural ("plural of Haus": Häuser).
func (s Speaker) NounPlural(noun string) string {
	if s.speaksEnglish() {
		return s.PluralOf(s.NounSingular(noun))
	}
	return s.PluralOf(noun)
}

// PluralOf returns the plural of a noun given in the singular.
func (s Speaker) PluralOf(noun string) string {
	if form, ok := s.ownNoun(noun); ok {
		return form
	}
	switch r := s.romanceOf(); {
	case r != nil:
		return r.inflect(noun, true)
	case !s.speaksEnglish():
		return noun
	}
	return inflectNoun(noun, pluralWord)
}

// NounSingular returns the singular of a noun given in either number, in the
// languages that NounPlural has rules for.
func (s Speaker) NounSingular(noun string) string {
	switch r := s.romanceOf(); {
	case r != nil:
		return r.inflect(noun, false)
	case !s.speaksEnglish():
		return noun
	}
	return inflectNoun(noun, singularWord)
}

// ownNoun looks up the plural of a noun where the language keeps it: under the
// phrase "plural of NOUN".
func (s Speaker) ownNoun(noun string) (string, bool) {
	if s.speaksEnglish() {
		return "", false
	}
	return s.words().Lookup(s.Lang, "plural of "+noun)
}

// prepositions make the first word of a compound the one that is inflected:
// attorneys-in-fact, pieces of evidence.
var prepositions = wordSet("about above across after among around at athwart before behind below beneath " +
	"beside besides between betwixt beyond but by during despite except for from general in into near of off " +
	"on onto out over since till to under until unto upon with")

// inflectNoun applies inflect to the word of a compound that carries its number.
func inflectNoun(noun string, inflect func(string) string) string {
	body := strings.TrimRightFunc(noun, unicode.IsSpace)
	tail := noun[len(body):]
	for _, genitive := range []string{"'s", "’s", "'", "’"} {
		if owner, ok := strings.CutSuffix(body, genitive); ok && owner != "" {
			return inflectOwner(owner, genitive, inflect) + tail
		}
	}
	from, to := headOf(body)
	return body[:from] + inflect(body[from:to]) + body[to:] + tail
}

// inflectOwner inflects a noun before its genitive mark.
func inflectOwner(owner, mark string, inflect func(string) string) string {
	form := inflectNoun(owner, inflect)
	apostrophe := strings.TrimSuffix(mark, "s")
	if strings.HasSuffix(form, "s") {
		return form + apostrophe
	}
	return form + apostrophe + "s"
}

// headOf returns where the word that carries the number lies.
func headOf(noun string) (from, to int) {
	isBreak := func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' || r == '/' }
	first := strings.IndexFunc(noun, isBreak)
	if first <= 0 {
		return 0, len(noun)
	}
	rest := strings.TrimLeftFunc(noun[first:], isBreak)
	second := rest
	if i := strings.IndexFunc(rest, isBreak); i >= 0 {
		second = rest[:i]
	}
	if prepositions[strings.ToLower(second)] {
		return 0, first
	}
	return strings.LastIndexFunc(noun, isBreak) + 1, len(noun)
}

func pluralWord(word string) string {
	lower := strings.ToLower(word)
	t := nouns()
	if form, ok := t.plural[lower]; ok {
		return matchCase(word, form)
	}
	if t.isSame(lower) || !endsInLetter(lower) {
		return word
	}
	if isInitialism(word) {
		return word + "s"
	}
	if form, ok := irregularTail(lower, t.plural); ok {
		return matchCase(word, form)
	}
	if properY(word) {
		return word + "s"
	}
	return matchCase(word, regularPlural(lower, t))
}

func singularWord(word string) string {
	lower := strings.ToLower(word)
	t := nouns()
	if form, ok := t.singular[lower]; ok {
		return matchCase(word, form)
	}
	if _, ok := t.plural[lower]; ok || t.isSame(lower) || alreadySingular(lower) {
		return word
	}
	if stem, ok := strings.CutSuffix(word, "s"); ok && isInitialism(stem) {
		return stem
	}
	if form, ok := irregularTail(lower, t.singular); ok {
		return matchCase(word, form)
	}
	form := t.rules.Singular(lower)
	if form == "" {
		return word
	}
	return matchCase(word, form)
}

// regularPlural applies the ordinary endings, and the rules of go-pluralize to
// the classical ones.
func regularPlural(word string, t nounTable) string {
	switch {
	case endsInAny(word, "ss", "sh", "x", "zz") || strings.HasSuffix(word, "ch") && !endsInAny(word, "arch", "och"):
		if form := t.rules.Plural(word); endsInAny(word, "x") && form != word {
			return form
		}
		return word + "es"
	case endsInAny(word, "monarch", "patriarch", "matriarch", "loch", "epoch"):
		return word + "s"
	case endsInConsonantY(word):
		return word[:len(word)-1] + "ies"
	}
	if form := t.rules.Plural(word); form != "" {
		return form
	}
	return word + "s"
}

// isSame reports whether a noun has one form for both numbers.
func (t nounTable) isSame(word string) bool {
	return t.stays[word] || endsInAny(word, "fish", "sheep", "deer", "pox", "itis", "craft") || t.stays[lastPiece(word)]
}

// lastPiece returns the word after the last hyphen.
func lastPiece(word string) string { return word[strings.LastIndexByte(word, '-')+1:] }

// alreadySingular reports whether a word that ends in s is a singular.
func alreadySingular(word string) bool {
	switch {
	case !strings.HasSuffix(word, "s"):
		return !endsInAny(word, "a", "i", "ae", "eaux", "ice", "eeth", "eet", "eese", "en", "eople")
	case endsInAny(word, "ss", "is"):
		return !endsInAny(word, "skis", "taxis", "bikinis", "alibis")
	case strings.HasSuffix(word, "us"):
		return !endsInAny(word, "menus", "gurus", "gnus", "emus")
	}
	return false
}

// irregularTails are nouns whose compounds share their forms: grandchild,
// policeman, salesperson, housewife.
var irregularTails = strings.Fields("child person woman man wife knife life leaf loaf half self calf shelf elf wolf " +
	"thief mouse louse foot tooth goose")

func irregularTail(word string, forms map[string]string) (string, bool) {
	for _, singular := range irregularTails {
		for _, tail := range []string{singular, nouns().plural[singular]} {
			form, ok := forms[tail]
			if head, cut := strings.CutSuffix(word, tail); ok && cut && head != "" && !falseTail(word) {
				return head + form, true
			}
		}
	}
	return "", false
}

// falseTail reports words that end like an irregular noun by chance.
func falseTail(word string) bool {
	return endsInAny(word, "human", "humans", "german", "germans", "roman", "romans", "shaman", "talisman", "ottoman",
		"mongoose", "mongooses", "belief", "chief", "blouse", "blouses", "flouse", "delouse", "oaf")
}

func endsInLetter(word string) bool {
	r := []rune(word)
	return len(r) > 0 && unicode.IsLetter(r[len(r)-1])
}

// isInitialism reports whether a word is a few capitals: LLC, PDF.
func isInitialism(word string) bool {
	return len(word) > 1 && len(word) <= 4 && strings.ToUpper(word) == word && strings.ToLower(word) != word
}

// properY reports whether a word is a name in -y: the Kennedys.
func properY(word string) bool {
	return strings.HasSuffix(word, "y") && unicode.IsUpper([]rune(word)[0]) && endsInConsonantY(word) && !commonY[strings.ToLower(word)]
}

// commonY are nouns in -y that titles capitalise.
var commonY = wordSet("party city county country attorney property agency company policy penalty injury family " +
	"beneficiary fiduciary secretary territory allergy salary category entity facility utility liability duty " +
	"body copy entry inquiry history activity authority charity community currency delivery discovery early " +
	"emergency equity identity industry inventory jury lady library memory ministry story study theory " +
	"treaty trustee university victory warranty")

// matchCase gives form the case of word: all upper, first upper, or as it is.
func matchCase(word, form string) string {
	first := []rune(word)
	switch {
	case len(first) == 0:
		return form
	case len(first) > 1 && strings.ToUpper(word) == word && strings.ToLower(word) != word:
		return strings.ToUpper(form)
	case unicode.IsUpper(first[0]) && form != "":
		r := []rune(form)
		return upperFirst(r[0]) + string(r[1:])
	}
	return form
}
