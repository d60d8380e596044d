package language

import (
	"regexp"
	"strings"
	"unicode"
)

// Plurals of Spanish, French and Portuguese nouns follow their endings; the
// first rule that fits holds. Rules for the singular undo them.

// An ending is a rule: what matches is replaced.
type ending struct {
	match *regexp.Regexp
	into  string
}

func endings(pairs ...string) []ending {
	list := make([]ending, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, ending{regexp.MustCompile(pairs[i] + "$"), pairs[i+1]})
	}
	return list
}

// romanceNouns are the rules of one language.
type romanceNouns struct {
	plural, singular []ending
	pluralLike       *regexp.Regexp  // what a noun in the plural looks like
	small            map[string]bool // words before which a phrase is no longer inflected
}

var romance = map[string]*romanceNouns{
	"es": {
		plural: endings(
			`([áéíóú][^aeiouáéíóú]*[aeiou]+|[aeiou][^aeiouáéíóú]*[iu]?[aeo])s`, `${1}s`, // lunes, crisis
			`x`, `x`, `z`, `ces`,
			`(^|[^aeiou])ás`, `${1}ases`, `(^|[^aeiou])és`, `${1}eses`, `(^|[^aeiou])ós`, `${1}oses`, `(^|[^aeiou])ís`, `${1}ises`, `(^|[^aeiou])ús`, `${1}uses`,
			`án`, `anes`, `én`, `enes`, `ín`, `ines`, `ón`, `ones`, `ún`, `unes`,
			`a([^aeiouáéíóú]+[iu]?)en`, `á${1}enes`, `e([^aeiouáéíóú]+)en`, `é${1}enes`, `i([^aeiouáéíóú]+)en`, `í${1}enes`,
			`o([^aeiouáéíóú]+)en`, `ó${1}enes`, `u([^aeiouáéíóú]+)en`, `ú${1}enes`,
			`([íú])`, `${1}es`, `([aeiouáéóbcfgkmptvw])`, `${1}s`, `(.)`, `${1}es`),
		singular: endings(
			`is`, `is`, `^(lunes|martes|miércoles|jueves|viernes|atlas|campus|paraguas|virus)`, `${1}`,
			`ces`, `z`, `iones`, `ión`, `á([^aeiouáéíóú]+)enes`, `a${1}en`, `é([^aeiouáéíóú]+)enes`, `e${1}en`, `í([^aeiouáéíóú]+)enes`, `i${1}en`,
			`ó([^aeiouáéíóú]+)enes`, `o${1}en`, `ú([^aeiouáéíóú]+)enes`, `u${1}en`, `ones`, `ón`, `enes`, `én`, `ines`, `ín`, `anes`, `án`,
			`^([^aeiou]*[aeiou]s)es`, `${1}`, `eses`, `és`, `([aí])íses`, `${1}ís`, `([aeiou][drly])es`, `${1}`, `([íú])es`, `${1}`,
			`([aeiouáéóbcfgkmptvw])s`, `${1}`),
		pluralLike: regexp.MustCompile(`[aeiouáéíóú][^aeiouáéíóú]+[aeiouáéóíú]+s$|[bcfgkmptvw]s$`),
		small:      wordSet("a con de del en para por sin sobre"),
	},
	"fr": {
		plural: endings(
			`^monsieur`, `messieurs`, `^madame`, `mesdames`, `^mademoiselle`, `mesdemoiselles`, `^œil`, `yeux`,
			`([sxz])`, `${1}`, `^(bleu|pneu|landau)`, `${1}s`, `(eau|au|eu)`, `${1}x`,
			`^(bal|cal|carnaval|cérémonial|chacal|festival|récital|régal)`, `${1}s`, `al`, `aux`,
			`^(b|cor|ém|soupir|trav|vitr)ail`, `${1}aux`, `^(bij|caill|ch|gen|hib|jouj|p)ou`, `${1}oux`, `(.)`, `${1}s`),
		singular: endings(
			`^messieurs`, `monsieur`, `^mesdames`, `madame`, `^mesdemoiselles`, `mademoiselle`, `^yeux`, `œil`,
			`^(abus|accès|avis|bois|bras|cas|concours|corps|cours|discours|dos|fils|fois|frais|gaz|héros|mois|os|parcours|pas|pays|permis|poids|procès|recours|refus|repas|secours|souris|succès|tas|temps)`, `${1}`,
			`eaux`, `eau`, `^(b|cor|ém|soupir|trav|vitr)aux`, `${1}ail`, `([tj]uy|no|jo)aux`, `${1}au`, `aux`, `al`,
			`^(chev|f|j|li|mili|nev|adi|v)(e|i)?(eu|œu|ieu)x`, `${1}${2}${3}`, `^(bij|caill|ch|gen|hib|jouj|p)oux`, `${1}ou`, `s`, ``),
		pluralLike: regexp.MustCompile(`[sx]$`),
		small:      wordSet("à au aux avec d’ de des du en par pour sans sur"),
	},
	"pt": {
		plural: endings(
			`^(acórd|bênç|christ|cidad|crist|gr|irm|m|órf|órg|pag|v)ão`, `${1}ãos`, `^(alem|c|capit|catal|p|escriv|tabeli)ão`, `${1}ães`, `ão`, `ões`,
			`^(mal|cônsul)`, `${1}es`, `m`, `ns`, `n`, `ns`, `([rz])`, `${1}es`, `al`, `ais`, `([áéíóúâêô].*)el`, `${1}eis`, `el`, `éis`,
			`([áéíóúâêô].*)ol`, `${1}ois`, `ol`, `óis`, `ul`, `uis`, `([áéíóúâêô].*)il`, `${1}eis`, `il`, `is`,
			`ês`, `eses`, `ás`, `ases`, `(a)ís`, `${1}íses`, `([sx])`, `${1}`, `(.)`, `${1}s`),
		singular: endings(
			`(ões|ães|ãos)`, `ão`, `ns`, `m`, `([aeiouáéíóúâêôãõ][rz])es`, `${1}`, `ais`, `al`, `éis`, `el`, `eis`, `el`, `óis`, `ol`, `uis`, `ul`, `^(lápis|ônibus|pires|vírus)`, `${1}`, `([^aeo])is`, `${1}il`,
			`eses`, `ês`, `aíses`, `aís`, `^gases`, `gás`, `^(mês|gás|país|português|inglês|ônus)`, `${1}`, `s`, ``),
		pluralLike: regexp.MustCompile(`[aeiouãõ]s$|ns$`),
		small:      wordSet("a com da das de do dos em na no para por sem sobre"),
	},
}

// inflect applies rules to the words of a phrase up to the first small word:
// "número de teléfono" is inflected in its first word. Of a compound with a
// hyphen the first part is.
func (r *romanceNouns) inflect(noun string, plural bool) string {
	words := strings.Split(noun, " ")
	for i, w := range words {
		if r.small[strings.ToLower(w)] || strings.HasPrefix(w, "d’") || strings.HasPrefix(w, "d'") {
			break
		}
		if i == 0 || isLowerWord(w) {
			first, rest, _ := strings.Cut(w, "-")
			words[i] = r.word(first, plural) + w[len(w)-len(rest)-min(len(w)-len(first), 1):]
		}
	}
	return strings.Join(words, " ")
}

// isLowerWord tells what can be inflected from names and signs.
func isLowerWord(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLower(r) && r != '-' && r != '’' && r != '\'' })
}

func (r *romanceNouns) word(w string, plural bool) string {
	rules := r.singular
	switch {
	case plural && r.pluralLike.MatchString(w):
		return w
	case plural:
		rules = r.plural
	}
	for _, e := range rules {
		if e.match.MatchString(w) {
			return e.match.ReplaceAllString(w, e.into)
		}
	}
	return w
}

// romanceOf returns the rules of the speaker's language, or nil.
func (s Speaker) romanceOf() *romanceNouns {
	codes := narrowing(s.Lang)
	return romance[strings.ToLower(codes[len(codes)-1])]
}
