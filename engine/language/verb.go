package language

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/verbs.txt
var verbData string

// A verb holds the forms of an irregular English verb.
type verb struct {
	base, third, past, participle, gerund string
}

type verbTable struct {
	byBase map[string]verb
	baseOf map[string]string
}

var irregularVerbs = sync.OnceValue(func() verbTable {
	t := verbTable{byBase: make(map[string]verb), baseOf: make(map[string]string)}
	for line := range strings.Lines(verbData) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		v := verb{base: f[0], past: f[1], participle: f[2], third: thirdPerson(f[0]), gerund: gerundOf(f[0])}
		t.byBase[v.base] = v
		for _, form := range []string{v.third, v.past, v.participle, v.gerund, v.base} {
			if _, taken := t.baseOf[form]; !taken || form == v.base {
				t.baseOf[form] = v.base
			}
		}
	}
	for form, base := range map[string]string{
		"am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be",
		"has": "have", "having": "have",
	} {
		t.baseOf[form] = base
	}
	return t
})

// VerbPresent returns a present form of a verb given in any form: tense is
// "3sg" (also if empty), "1sg", "2sg", "pl", "inf" or another code of VerbForm.
func (s Speaker) VerbPresent(verb, tense string) string {
	if tense == "" {
		tense = "3sg"
	}
	return s.VerbForm(verb, tense)
}

// VerbPast returns a past form of a verb given in any form: tense is "3sgp"
// (also if empty), "1sgp", "2sgp", "ppl", "ppart" or another code of VerbForm.
func (s Speaker) VerbPast(verb, tense string) string {
	if tense == "" {
		tense = "3sgp"
	}
	return s.VerbForm(verb, tense)
}

// VerbForm puts a verb, given in any form, into the tense with a code: inf,
// 1sg, 2sg, 3sg, 1pl, 2pl, 3pl, pl, part, 1sgp, 2sgp, 3sgp, 1ppl, 2ppl, 3ppl,
// ppl, p, ppart. Of several words the first is inflected. With an unknown code
// the verb comes back as it is. Only English inflects; other languages get the
// verb as it is.
func (s Speaker) VerbForm(phrase, tense string) string {
	if !s.speaksEnglish() {
		return phrase
	}
	first, rest, _ := strings.Cut(phrase, " ")
	if rest != "" {
		rest = " " + rest
	}
	form, ok := conjugate(verbBase(strings.ToLower(first)), tense)
	if !ok || first == "" {
		return phrase
	}
	return matchCase(first, form) + rest
}

// conjugate returns one form of a verb in the infinitive.
func conjugate(base, tense string) (string, bool) {
	if base == "be" {
		form, ok := formsOfBe[tense]
		return form, ok
	}
	v, irregular := irregularVerbs().byBase[base]
	switch tense {
	case "inf", "1sg", "2sg", "1pl", "2pl", "3pl", "pl":
		return base, true
	case "3sg":
		return thirdPerson(base), true
	case "part":
		return gerundOf(base), true
	case "1sgp", "2sgp", "3sgp", "1ppl", "2ppl", "3ppl", "ppl", "p":
		if irregular {
			return v.past, true
		}
		return regularPast(base), true
	case "ppart":
		if irregular {
			return v.participle, true
		}
		return regularPast(base), true
	}
	return "", false
}

var formsOfBe = map[string]string{
	"inf": "be", "1sg": "am", "2sg": "are", "3sg": "is", "1pl": "are", "2pl": "are", "3pl": "are", "pl": "are", "part": "being",
	"1sgp": "was", "2sgp": "were", "3sgp": "was", "1ppl": "were", "2ppl": "were", "3ppl": "were", "ppl": "were", "p": "were",
	"ppart": "been",
}

// thirdPerson returns the form after he, she and it.
func thirdPerson(base string) string {
	switch base {
	case "be":
		return "is"
	case "have":
		return "has"
	}
	switch {
	case endsInAny(base, "s", "sh", "ch", "x", "o") && !endsInAny(base, "oo"):
		return base + "es"
	case strings.HasSuffix(base, "zz"):
		return base + "es"
	case strings.HasSuffix(base, "z"):
		return base + "zes"
	case endsInConsonantY(base):
		return base[:len(base)-1] + "ies"
	}
	return base + "s"
}

func regularPast(base string) string {
	switch {
	case strings.HasSuffix(base, "e"):
		return base + "d"
	case endsInConsonantY(base):
		return base[:len(base)-1] + "ied"
	case strings.HasSuffix(base, "ic"):
		return base + "ked"
	case doubles(base):
		return base + base[len(base)-1:] + "ed"
	}
	return base + "ed"
}

func gerundOf(base string) string {
	switch {
	case base == "be":
		return "being"
	case strings.HasSuffix(base, "ie"):
		return base[:len(base)-2] + "ying"
	case strings.HasSuffix(base, "e") && !endsInAny(base, "ee", "ye", "oe", "nge") && len(base) > 2:
		return base[:len(base)-1] + "ing"
	case strings.HasSuffix(base, "ic"):
		return base + "king"
	case doubles(base):
		return base + base[len(base)-1:] + "ing"
	}
	return base + "ing"
}

func endsInAny(word string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func endsInConsonantY(word string) bool {
	n := len(word)
	return n > 1 && word[n-1] == 'y' && !isVowel(word[n-2])
}

// stressedLast are verbs of more than one syllable that stress the last one, so
// that its consonant doubles.
var stressedLast = wordSet("abet acquit admit allot annul begin commit compel concur confer control corral defer " +
	"deter disbar dispel emit enrol equip excel expel extol fulfil forget forgo impel incur infer input " +
	"instil inter occur offset omit output patrol permit prefer propel rebel recur refer regret remit repel " +
	"submit transfer transmit unplug unwrap upset rerun reset format handicap kidnap program worship zigzag")

// doubles reports whether the last consonant of a verb doubles before an ending:
// one consonant after one vowel, in a stressed syllable.
func doubles(base string) bool {
	n := len(base)
	if n < 3 || isVowel(base[n-1]) || strings.IndexByte("wxyh", base[n-1]) >= 0 || !isVowel(base[n-2]) {
		return false
	}
	if isVowel(base[n-3]) && !(base[n-3] == 'u' && n > 3 && base[n-4] == 'q') {
		return false
	}
	return stressedLast[base] || syllables(base) == 1
}

// syllables counts groups of vowels.
func syllables(word string) int {
	count, before := 0, false
	for i := range len(word) {
		v := isVowel(word[i]) || i > 0 && word[i] == 'y'
		if v && word[i] == 'u' && i > 0 && word[i-1] == 'q' {
			v = false
		}
		if v && !before {
			count++
		}
		before = v
	}
	return count
}
