package language

import (
	"strings"
	"sync"
)

// verbBase reduces any form of a verb, in lower case, to the infinitive.
func verbBase(word string) string {
	if base, ok := irregularVerbs().baseOf[word]; ok {
		return base
	}
	for _, ending := range []string{"ies", "ied", "ing", "ed", "s"} {
		stem, ok := strings.CutSuffix(word, ending)
		if !ok || stem == "" || !strings.ContainsAny(stem, "aeiouy") && ending != "ies" && ending != "ied" {
			continue
		}
		switch ending {
		case "ies", "ied":
			if len(stem) == 1 {
				return stem + "ie"
			}
			return stem + "y"
		case "s":
			return baseFromThird(word)
		}
		return baseFromStem(word, stem, ending)
	}
	return word
}

// baseFromThird undoes the -s of the third person; verbs that end in s stay.
func baseFromThird(word string) string {
	switch {
	case endsInAny(word, "ss", "ocus", "bias", "canvas"):
		return word
	case endsInAny(word, "sses", "shes", "ches", "xes", "zzes", "goes", "does", "toes", "choes", "ocuses", "biases", "canvases"):
		return word[:len(word)-2]
	}
	return word[:len(word)-1]
}

// plainWords end in -ed or -ing by themselves.
var plainWords = wordSet("need seed weed heed deed embed exceed proceed succeed speed feed bleed breed shred wed " +
	"bring sing ring swing string sting cling fling wring spring")

// baseFromStem undoes -ing and -ed: chopp is chop, danc is dance, visit stays.
func baseFromStem(word, stem, ending string) string {
	if plainWords[word] {
		return word
	}
	n := len(stem)
	switch {
	case n == 2 && stem[1] == 'y' && ending == "ing":
		return stem[:1] + "ie" // dying, lying, tying
	case strings.HasSuffix(stem, "ick") && n > 4:
		return stem[:n-1] // panicked; trick and pick are shorter
	case n > 2 && stem[n-1] == stem[n-2]:
		return undoubled(stem)
	case lostE(stem):
		return stem + "e"
	}
	return stem
}

// undoubled takes back the doubling of a last consonant: chopp is chop. Verbs
// in -ll, -ss, -ff and -zz mostly have both letters by themselves.
func undoubled(stem string) string {
	single := stem[:len(stem)-1]
	switch {
	case stressedLast[single] || single == "quiz" || single == "whiz":
		return single
	case endsInAny(stem, "ll", "ss", "ff", "zz") || stem == "err" || stem == "purr" || !doubles(single):
		return stem
	}
	return single
}

// lostEndings are ends of verbs without their silent e, as in requir(e); after
// "but" ends that are whole, as in offer. The longest end that fits decides; ^
// marks a stem that must fit whole.
const lostEndings = `
	^ow ^ag ^us ^ic ^ey ^dy ^ho ^to ^hi ^vi arante
	v z c u dg lg rg s eg ieg ag og ug ig bl cl dl fl gl kl pl tl zl ang eng ung
	chang  but bang hang clang twang slang ss ocus bias canvas gas fang zz
	cring infring hing ting whing bing sing
	but using sting bring ring
	ar ir ur er or   but er or sugar cellar collar murmur sulfur air ear oar eer our oor eir
	adher interfer persever coher sever rever  but sever
	ignor explor restor ador deplor implor stor scor bor snor  but labor harbor
	an in un en on   but en on an ain ein oin oon oan een ean own uin
	profan  interven conven phon clon ston ton postpon aton condon zon  but button cotton mutton reason
	at et it ot ut   but et it oat eat out oot eet oit ait uit combat format pilot pivot ballot input output debut
	ceat rotat creat plat complet delet compet deplet secret obsolet  but interpret
	creat recreat procreat uat iat  invit recit excit unit reunit ignit cit expedit writ spit bit despit   but bruit ibit
	id ad od ed ud   but aid oid ead oad eed ood oud ed
	persuad dissuad conced preced reced interced imped supersed seced
	am im om um em   but om em aim eam oam eem oom custom
	welcom becom com overcom
	il al ol el ul   but el al ail eal oal eel oil ool oul eil council pencil pistol
	inhal exhal scal whal pal  schedul
	ap ip op up ep yp   but ip op ap ep eap oap eep oop oup aip
	escap shap tap scrap rap drap gap landscap wip rip swip grip snip pip hop cop slop scop grop rop dup
	ib ab ob ub   but iob
	ak ik ok uk ek   but eak oak eek ook aik
	ath oth   but ath oth
	breath sooth loath bath cloth seeth teeth writh lath scath
	ach  but each oach reach attach detach poach coach
	wast tast hast past bast
	re  agre fre decre  `

var lostTable = sync.OnceValue(func() map[string]bool {
	table, lost := make(map[string]bool), true
	for line := range strings.Lines(lostEndings) {
		lost = !strings.HasPrefix(strings.TrimSpace(line), "but ")
		for _, end := range strings.Fields(line) {
			if end == "but" {
				lost = false
				continue
			}
			table[end] = lost
		}
	}
	return table
})

// lostE reports whether a stem without its ending lacks a silent e too.
func lostE(stem string) bool {
	table := lostTable()
	if lost, ok := table["^"+stem]; ok {
		return lost
	}
	for i := range len(stem) {
		if lost, ok := table[stem[i:]]; ok {
			return lost
		}
	}
	return false
}
