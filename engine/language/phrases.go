package language

import "strings"

// phrases are the small sentences that modules build with: %1 and %2 stand for
// arguments, the other words are translated as a whole.
var phrases = map[string]string{
	"your": "your %1", "her": "her %1", "his": "his %1", "their": "their %1", "its": "its %1",
	"my_possessive": "my %1", "our_possessive": "our %1", "your_plural": "your %1",
	"the": "the %1", "this": "this %1", "these": "these %1", "some": "some %1",
	"in_the": "in the %1", "of_the": "of the %1",
	"is_word": "is %1", "are_word": "are %1",
	"do_you": "do you %1", "do_i": "do I %1", "do_we": "do we %1", "do_you_plural": "do you %1",
	"did_you": "did you %1", "did_i": "did I %1", "did_we": "did we %1", "did_you_plural": "did you %1",
	"were_you": "were you %1", "were_we": "were we %1", "were_you_plural": "were you %1", "was_i": "was I %1",
	"have_you": "have you %1", "have_i": "have I %1", "have_we": "have we %1", "have_you_plural": "have you %1",

	"does_a_b": "does %1 %2", "do_a_b": "do %1 %2", "did_a_b": "did %1 %2", "did_a_b_plural": "did %1 %2",
	"was_a_b": "was %1 %2", "were_a_b": "were %1 %2", "were_a_b_plural": "were %1 %2",
	"has_a_b": "has %1 %2", "have_a_b": "have %1 %2", "a_in_the_b": "%1 in the %2",
	"possessify_long": "the %2 of the %1",

	"i_subjective": "I", "we_subjective": "we", "you_subjective": "you", "you_subjective_plural": "you",
	"he_subjective": "he", "she_subjective": "she", "it_subjective": "it", "they_subjective": "they",
	"genderless_subjective": "they",
	"me_objective":          "me", "us_objective": "us", "our_objective": "our", "you_objective": "you", "you_objective_plural": "you",
	"him_objective": "him", "her_objective": "her", "it_objective": "it", "them_objective": "them",
	"genderless_objective": "them",
	"myself":               "myself", "yourself": "yourself", "yourselves": "yourselves", "ourselves": "ourselves",
	"himself": "himself", "herself": "herself", "itself": "itself", "themselves": "themselves",
	"genderless_self": "themself",
	"am_i":            "am I", "are_we": "are we", "are_you": "are you", "are_you_plural": "are you",
}

// PhraseNames returns the names that Phrase knows, with the number of
// arguments that each takes (0 to 2).
func PhraseNames() map[string]int {
	out := make(map[string]int, len(phrases))
	for name, template := range phrases {
		out[name] = strings.Count(template, "%")
	}
	return out
}

// Phrase builds one of the small sentences, such as "do_you" with one argument
// or "possessify_long" with two. Its own words are translated. It returns nil,
// false for a name it does not know or too few arguments.
func (s Speaker) Phrase(name string, args ...string) (Parts, bool) {
	template, ok := phrases[name]
	if !ok || strings.Count(template, "%") > len(args) {
		return nil, false
	}
	if t := s.Word(template); strings.Count(t, "%") == strings.Count(template, "%") {
		return s.fill(t, t != template, args), true
	}
	return s.fill(template, false, args), true
}

// fill puts args into a template; unless the template is translated already,
// the words between are translated one by one.
func (s Speaker) fill(template string, translated bool, args []string) Parts {
	var p Parts
	for template != "" {
		i := strings.IndexByte(template, '%')
		if i < 0 || i+1 >= len(template) {
			return p.own(s.filler(template, translated))
		}
		p = p.own(s.filler(template[:i], translated))
		if n := int(template[i+1] - '1'); n >= 0 && n < len(args) {
			p = p.whole(n, args[n])
		}
		template = template[i+2:]
	}
	return p
}

func (s Speaker) filler(text string, translated bool) string {
	words := strings.TrimSpace(text)
	if translated || words == "" {
		return text
	}
	return strings.Replace(text, words, s.Word(words), 1)
}

// Possessive returns "a's b", or "a' b" for a plural owner. Of argument 0 and
// 1, both appear as they are.
func (s Speaker) Possessive(owner, owned string, plural bool) Parts {
	mark := "'s "
	if plural {
		mark = "' "
	}
	return Whole(0, owner).own(mark).whole(1, owned)
}

// WithPreposition returns "a in the b", with another preposition if one is
// given ("a under b").
func (s Speaker) WithPreposition(a, preposition, b string) Parts {
	if preposition == "" {
		preposition = "in the"
	}
	return Whole(0, a).own(" "+s.Word(preposition)+" ").whole(1, b)
}
