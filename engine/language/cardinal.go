package language

import (
	"math/big"
	"strings"
)

var (
	unitWords = strings.Fields("zero one two three four five six seven eight nine ten " +
		"eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tenWords   = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	scaleWords = strings.Fields("- thousand million billion trillion quadrillion quintillion sextillion " +
		"septillion octillion nonillion decillion undecillion duodecillion tredecillion " +
		"quattuordecillion quindecillion sexdecillion septendecillion octodecillion novemdecillion vigintillion")
	oddOrdinals = map[string]string{
		"one": "first", "two": "second", "three": "third", "five": "fifth",
		"eight": "eighth", "nine": "ninth", "twelve": "twelfth",
	}
)

// speaksEnglish reports whether number words of any size are known.
func (s Speaker) speaksEnglish() bool {
	codes := narrowing(s.Lang)
	return codes[len(codes)-1] == "en"
}

// cardinal returns a number in words: by rules of our own in English, by those
// of CLDR elsewhere. The words of the language come before both.
func (s Speaker) cardinal(n Number) (string, bool) {
	if n.whole != nil && n.whole.Sign() >= 0 && n.whole.Cmp(big.NewInt(10)) <= 0 {
		if word, ok := s.words().Lookup(s.Lang, unitWords[n.whole.Int64()]); ok {
			return word, true
		}
	}
	if !s.speaksEnglish() {
		return s.spelled(n, "%spellout-numbering", "%spellout-cardinal", "%spellout-cardinal-masculine", "%spellout-cardinal-neuter", "%spellout-cardinal-common")
	}
	digits, negative := strings.CutPrefix(n.decimal(), "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	i, ok := new(big.Int).SetString(whole, 10)
	if !ok {
		return "", false
	}
	words, ok := englishCardinal(i)
	if !ok {
		return "", false
	}
	if fraction != "" {
		said := []string{words, "point"}
		for _, d := range fraction {
			said = append(said, unitWords[d-'0'])
		}
		words = strings.Join(said, " ")
	}
	if negative {
		words = "minus " + words
	}
	return words, true
}

// englishCardinal spells a number that is not negative the British way: "one
// thousand, two hundred and thirty-four".
func englishCardinal(n *big.Int) (string, bool) {
	if n.Sign() == 0 {
		return unitWords[0], true
	}
	var groups []int // of three digits, lowest first
	rest, mod, thousand := new(big.Int).Set(n), new(big.Int), big.NewInt(1000)
	for rest.Sign() > 0 {
		rest.DivMod(rest, thousand, mod)
		groups = append(groups, int(mod.Int64()))
	}
	if len(groups) > len(scaleWords) {
		return "", false
	}
	var b strings.Builder
	for i := len(groups) - 1; i >= 0; i-- {
		g := groups[i]
		if g == 0 {
			continue
		}
		switch {
		case b.Len() == 0:
		case i == 0 && g < 100:
			b.WriteString(" and ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(belowThousand(g))
		if i > 0 {
			b.WriteString(" " + scaleWords[i])
		}
	}
	return b.String(), true
}

func belowThousand(n int) string {
	var parts []string
	if n >= 100 {
		parts = append(parts, unitWords[n/100]+" hundred")
		n %= 100
	}
	switch {
	case n == 0:
	case n < 20:
		parts = append(parts, unitWords[n])
	case n%10 == 0:
		parts = append(parts, tenWords[n/10])
	default:
		parts = append(parts, tenWords[n/10]+"-"+unitWords[n%10])
	}
	return strings.Join(parts, " and ")
}

// ordinalWords returns a place in words, as cardinal does for a number. In
// languages with genders it is the form that goes with a masculine noun.
func (s Speaker) ordinalWords(n *big.Int) (string, bool) {
	if n.Sign() < 0 {
		return "", false
	}
	words, ok := englishCardinal(n)
	if !ok {
		return "", false
	}
	words = englishOrdinal(words)
	if own, ok := s.words().Lookup(s.Lang, words); ok && n.Cmp(big.NewInt(10)) <= 0 {
		return own, true
	}
	if s.speaksEnglish() {
		return words, true
	}
	return s.spelled(Number{whole: n}, "%spellout-ordinal", "%spellout-ordinal-masculine", "%spellout-ordinal-neuter", "%spellout-ordinal-common")
}

// spelled writes a number by the first of several sets of rules that the
// language has.
func (s Speaker) spelled(n Number, sets ...string) (string, bool) {
	sp := spellerFor(s.Lang)
	if sp == nil || sp.lang == "und" {
		return "", false
	}
	return sp.spell(s.Lang, n, sets...)
}

// englishOrdinal turns a spelled number into the spelled place.
func englishOrdinal(cardinal string) string {
	at := strings.LastIndexAny(cardinal, " -") + 1
	head, last := cardinal[:at], cardinal[at:]
	if odd, ok := oddOrdinals[last]; ok {
		return head + odd
	}
	if stem, ok := strings.CutSuffix(last, "y"); ok {
		return head + stem + "ieth"
	}
	return head + last + "th"
}

// ordinalNumeral returns "11th", "22nd"; in other languages the number with the
// mark that the words give as "%dth", such as "%d.º", else by the rules of CLDR.
func (s Speaker) ordinalNumeral(n *big.Int) string {
	digits := n.String()
	if !s.speaksEnglish() {
		if pattern, ok := s.words().Lookup(s.Lang, "%dth"); ok {
			return strings.Replace(pattern, "%d", digits, 1)
		}
		sets := []string{"%digits-ordinal", "%digits-ordinal-masculine"}
		for _, sp := range []*speller{spellerFor(s.Lang), spellerFor("und")} {
			if marked, ok := sp.spell(s.Lang, Number{whole: n}, sets...); ok {
				return marked
			}
		}
		return digits + "."
	}
	if len(digits) > 1 && digits[len(digits)-2] == '1' {
		return digits + "th"
	}
	switch digits[len(digits)-1] {
	case '1':
		return digits + "st"
	case '2':
		return digits + "nd"
	case '3':
		return digits + "rd"
	}
	return digits + "th"
}
