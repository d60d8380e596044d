package objects_test

import (
	"strings"
	"testing"

	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// said runs a table of expressions and what they are to give.
func (s *session) said(table [][2]string) {
	s.t.Helper()
	for _, tt := range table {
		got, err := s.try(tt[0])
		if err != nil {
			got = "error: " + err.Error()
			if name, ok := python.MissingName(err); ok {
				got = "wants " + name
			}
		}
		if got != tt[1] {
			s.t.Errorf("%s\n  = %q, want %q", tt[0], got, tt[1])
		}
	}
}

const john = `
john = Individual('john', gender='male')
john.name.first = 'John'
john.name.last = 'Smith'
jane = Individual('jane', gender='female')
jane.name.first = 'Jane'
kim = Individual('kim', gender='other')
kim.name.first = 'Kim'
park = DAObject('park')
park.front_gate = DAObject()
acme = Organization('acme', name='Acme')
0`

func TestPersonSpeaks(t *testing.T) {
	s := open(t)
	s.run(john)
	s.said([][2]string{
		{"john.possessive('fish')", "John Smith's fish"},
		{"john.possessive('fish', person=2)", "your fish"},
		{"john.possessive('fish', person=1, capitalize=True)", "My fish"},
		{"john.possessive('fish', person='1p')", "our fish"},
		{"john.pronoun_possessive('fish')", "his fish"},
		{"jane.pronoun_possessive('fish', capitalize=True)", "Her fish"},
		{"kim.pronoun_possessive('fish')", "their fish"},
		{"john.pronoun_possessive('fish', person='2p')", "your fish"},
		{"john.pronoun()", "him"}, {"jane.pronoun_objective()", "her"}, {"kim.pronoun()", "them"},
		{"john.pronoun(person=2)", "you"}, {"john.pronoun(person=1)", "me"}, {"john.pronoun(person='1p')", "us"},
		{"john.pronoun_subjective()", "he"}, {"jane.pronoun_subjective()", "she"}, {"kim.pronoun_subjective()", "they"},
		{"john.pronoun_subjective(person=1)", "I"}, {"john.pronoun_subjective(person='1p')", "we"},
		{"john.pronoun_subjective(person=2, thirdperson=True)", "he"},
		{"john.itself()", "himself"}, {"kim.itself()", "themself"},
		{"john.itself(person=2)", "yourself"}, {"john.itself(person='2p')", "yourselves"},
		{"john.itself(person=1)", "myself"}, {"john.itself(person='1p')", "ourselves"},
		{"john.yourself_or_name()", "John Smith"}, {"john.yourself_or_name(person=2)", "yourself"},
		{"john.pronoun_or_name()", "John Smith"}, {"john.pronoun_or_name(person='1p')", "us"},
		{"john.subjective_pronoun_or_name()", "John Smith"}, {"john.subject(person=1)", "I"},
		{"john.is_are_you()", "is John Smith"}, {"john.is_are_you(person=2)", "are you"},
		{"john.is_are_you(person=1)", "am I"}, {"john.is_are_you(person='1p', capitalize=True)", "Are we"},
		{"john.do_question('eat')", "does John Smith eat"}, {"john.do_question('eat', person=2)", "do you eat"},
		{"john.do_question('eat', person=1)", "do I eat"}, {"john.do_question('eat', person='1p')", "do we eat"},
		{"john.did_question('eat')", "did John Smith eat"}, {"john.did_question('eat', person=2)", "did you eat"},
		{"john.were_question('married')", "was John Smith married"}, {"john.were_question('married', person=2)", "were you married"},
		{"john.were_question('married', person=1)", "was I married"}, {"john.were_question('married', person='1p')", "were we married"},
		{"john.have_question('signed')", "has John Smith signed"}, {"john.have_question('signed', person=1)", "have I signed"},
		{"john.does_verb('eat')", "eats"}, {"john.does_verb('eat', person=2)", "eat"},
		{"john.does_verb('eat', past=True)", "ate"}, {"john.did_verb('eat')", "ate"},
		{"park.pronoun()", "it"}, {"park.pronoun_possessive('x')", "its x"}, {"park.itself()", "itself"},
		{"park.is_are_you(person=2)", "are you"}, {"acme.pronoun_subjective()", "it"},
		{"acme.object_possessive('x', person=2)", "your x"},
		{"Individual('p').pronoun(person=2)", "you"}, {"Individual('p').pronoun()", "wants p.gender"},
	})
}

func TestUserIsSecondPerson(t *testing.T) {
	s := open(t)
	s.run(john)
	user, _ := s.answers.Get("john")
	s.place.Facts = map[string]python.Value{"user": user}
	s.said([][2]string{
		{"john.do_question('eat')", "do you eat"}, {"jane.do_question('eat')", "does Jane eat"},
		{"john.is_user()", "True"}, {"jane.is_user()", "False"},
		{"DAList('l', elements=[john]).do_question('eat')", "do you eat"},
		{"DAList('l', elements=[john]).is_user()", "True"},
	})
}

func TestGroupSpeaks(t *testing.T) {
	s := open(t)
	s.run(john + `
plaintiffs = DAList('plaintiffs', elements=['Dick', 'Jane'])
one = DAList('case.plaintiffs', elements=[john])
word = DAList('x.y_z', elements=['ox'])
none = DAList('plaintiffs', elements=[])
0`)
	s.said([][2]string{
		{"plaintiffs.itself()", "themselves"}, {"plaintiffs.itself(person=2)", "yourselves"}, {"plaintiffs.itself(person=1)", "ourselves"},
		{"plaintiffs.do_question('eat')", "do Dick and Jane eat"}, {"plaintiffs.did_question('eat')", "did Dick and Jane eat"},
		{"plaintiffs.were_question('ok')", "were Dick and Jane ok"}, {"plaintiffs.have_question('left')", "have Dick and Jane left"},
		{"plaintiffs.is_are_you()", "are Dick and Jane"},
		{"plaintiffs.does_verb('sue')", "sue"}, {"plaintiffs.did_verb('sue')", "sued"}, {"none.does_verb('sue')", "sues"},
		{"plaintiffs.does_verb('sue', past=True)", "sued"},
		{"plaintiffs.pronoun()", "them"}, {"plaintiffs.pronoun_subjective()", "they"}, {"plaintiffs.pronoun_possessive('x')", "their x"},
		{"plaintiffs.possessive('fish')", "plaintiffs' fish"}, {"one.possessive('fish')", "plaintiff's fish"},
		{"none.possessive('fish')", "plaintiffs's fish"},
		{"one.do_question('eat')", "does John Smith eat"}, {"one.pronoun()", "him"}, {"one.itself()", "himself"},
		{"one.does_verb('sue')", "sues"}, {"one.is_are_you()", "is John Smith"},
		{"word.pronoun()", "it"}, {"word.pronoun_possessive('x')", "its x"}, {"word.do_question('eat')", "does ox eat"},
		{"plaintiffs.as_noun()", "plaintiffs"}, {"one.as_noun()", "plaintiff"}, {"word.as_noun('cow')", "cow"},
		{"plaintiffs.as_noun(singular=True, article=True)", "a plaintiff"}, {"plaintiffs.as_noun(article=True)", "plaintiffs"},
		{"plaintiffs.as_noun(article=True, some=True)", "some plaintiffs"}, {"plaintiffs.as_noun(this=True)", "these plaintiffs"},
		{"one.as_noun(this=True, capitalize=True)", "This plaintiff"}, {"one.as_noun(plural=True)", "plaintiffs"},
		{"one.as_singular_noun()", "plaintiff"}, {"word.as_singular_noun()", "y_z"},
		{"plaintiffs.quantity_noun('ox')", "two oxen"}, {"one.quantity_noun('ox')", "one ox"},
		{"plaintiffs.number_as_word()", "two"}, {"none.number_as_word(capitalize=True)", "Zero"},
		{"DADict('d', elements={'mom': john}).do_question('eat')", "does John Smith eat"},
		{"DASet('d', elements={'a', 'b'}).is_are_you()", "are a and b"},
		{"str(none)", ""}, {"str(DAList('l', elements=['a', 'b', 'c']))", "a, b, and c"},
		{"DAList('l', elements=['a', 'b', 'c']).comma_and_list(oxford=False)", "a, b and c"},
		{"DAList('l', elements=['a', 'b']).comma_and_list(and_string='or')", "a or b"},
	})
}

func TestObjectName(t *testing.T) {
	s := open(t)
	s.said([][2]string{
		{"DAObject('turnip').object_name()", "turnip"}, {"str(DAObject('turnip'))", "turnip"},
		{"DAObject('turnip').object_name(capitalize=True)", "Turnip"},
		{"DAObject('turnip').object_possessive('latch')", "the turnip's latch"},
		{"DAObject('turnip').object_possessive('latch', capitalize=True)", "The turnip's latch"},
		{"DAObject('park.front_gate').object_name()", "front gate in the park"},
		{"DAObject('park.front_gate').object_possessive('latch')", "the latch of the front gate in the park"},
		{"DAObject('people[0]').object_name()", "first people"},
		{"DAObject('people[0]').object_possessive('latch')", "the first people's latch"},
		{"DAObject('people[12]').object_name()", "13th people"},
		{"DAObject('a.b[3].c_d').object_name()", "c d in the fourth b in the a"},
		{"DAObject('a.b[3].c_d').object_possessive('latch')", "the latch of the c d in the fourth b in the a"},
		{"DAObject(\"a.b['foo'].c\").object_name()", "c in the foo b in the a"},
	})
}

// TestOutsideStays: what a person typed is known as such in every sentence it
// becomes a part of.
func TestOutsideStays(t *testing.T) {
	s := open(t)
	s.answers.Set("typed", python.Outside("<b>"))
	s.run(`
p = Individual('p')
p.name.first = typed
p.name.middle = typed
p.name.last = 'Smith'
l = DAList('l', elements=[p, 'x', typed])
a = Address('a', address=typed, city=typed, state='MA')
0`)
	for _, src := range []string{
		"str(p)",
		"str(l)",
		"p.possessive(typed)",
		"p.do_question(typed, capitalize=True)",
		"l.possessive(typed)",
		"DAObject('x').object_possessive(typed)",
		"str(a)", "a.on_one_line()", "a.block(international=True)",
	} {
		v, err := compile(t, src).Run(s.th, s.answers)
		if err != nil {
			t.Fatal(err)
		}
		str := v.(*python.Str)
		text := str.String()
		clear := []byte(text)
		for _, span := range str.Spans() {
			for i := span.From; i < span.To; i++ {
				clear[i] = '_'
			}
		}
		if strings.ContainsAny(string(clear), "<>") {
			t.Errorf("%s = %q has outside text that is not marked: %q", src, text, clear)
		}
		if !strings.ContainsAny(string(clear), "abcdefghijklmnopqrstuvwxyzMA") {
			t.Errorf("%s = %q is marked whole", src, text)
		}
	}
}

func TestLay(t *testing.T) {
	in := python.WithSpans("big red dog", []python.Span{{From: 4, To: 7}})
	out := objects.Lay(language.Parts{{Text: "a ", Item: -1}, {Text: "ed d", Item: 0, From: 5, To: 9}, {Text: "RED", Item: 0, From: 4, To: 7}}, in)
	if out.String() != "a ed dRED" {
		t.Fatal(out.String())
	}
	want := []python.Span{{From: 2, To: 4}, {From: 6, To: 9}}
	got := out.Spans()
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("spans %v, want %v", got, want)
	}
}
