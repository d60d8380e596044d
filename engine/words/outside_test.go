package words_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"colloquy/engine/python"
)

// rare is a character that nothing in the library writes by itself, so that
// whatever carries it in a result came from outside.
const rare = 'ȹ'

// Whatever function a text from outside passes through, its characters stay
// marked in the result.
func TestTextFromOutsideStaysMarked(t *testing.T) {
	s := open(t)
	random := rand.New(rand.NewPCG(3, 5))
	calls := []string{
		"capitalize(a)", "title_case(a)", "plain(a)", "plain('', a)", "bold(a)", "italic(a)", "bold('', a)", "indent(a)", "single_paragraph(a)",
		"single_to_double_newlines(a)", "quote_paragraphs(a)", "fix_punctuation(a)", "verbatim(a)", "redact(a)", "raw(a)",
		"comma_and_list(a, b)", "comma_and_list([a, 'x', b])", "comma_and_list(a, b, capitalize=True)", "comma_list(a, b)",
		"add_separators([a, b, 'x'])[0]", "add_separators(['x', a])[1]", "noun_plural(a)", "noun_singular(a)", "noun_plural(a, 2, capitalize=True)",
		"indefinite_article(a)", "verb_present(a)", "verb_past(a)", "quantity_noun(3, a)", "word(a)", "word(a, capitalize=True)",
		"qr_code(a)", "static_image(a)", "action_button_html(a, label=b)", "action_button_html('u', classname=a, id_tag=b)",
		"split(a, 4, 0)", "showif('a', True)", "showifdef('a')", "value('a')", "state_name(a)", "'\\n'.join([a, b])",
		"u.your(a)", "u.possessify(a, b)", "u.does_a_b(a, b)", "u.a_in_the_b(a, b)", "u.possessify_long(a, b)", "u.nodoublequote(a)",
	}
	s.must("import docassemble.base.util as u\n0")
	for range 200 {
		for _, name := range []string{"a", "b"} {
			s.answers.Set(name, sprinkled(random))
		}
		call := calls[random.IntN(len(calls))]
		v, err := s.eval(call)
		if err != nil {
			t.Fatalf("%s: %v", call, err)
		}
		str, ok := v.(*python.Str)
		if !ok {
			t.Fatalf("%s is %s", call, v.Class().Name())
		}
		if i := unmarked(str); i >= 0 {
			a, _ := s.answers.Get("a")
			t.Errorf("%s of %q: character at byte %d of %q is not marked: %v", call, a, i, str, str.Spans())
		}
	}
}

// sprinkled is text in which the rare character is from outside and the rest
// is the author's.
func sprinkled(random *rand.Rand) *python.Str {
	pieces := []string{"cat", " ", "Dog", "\n", "\n\n", ".", "*", "_", "box", "&", "<b>", string(rare), string(rare), string(rare)}
	var t python.Text
	for range 2 + random.IntN(8) {
		p := pieces[random.IntN(len(pieces))]
		if p == string(rare) {
			t.WriteOutside(p)
		} else {
			t.WriteString(p)
		}
	}
	t.WriteOutside(string(rare))
	return t.Str()
}

// unmarked is where the rare character stands without a mark, or -1.
func unmarked(s *python.Str) int {
	at := 0
	for i, r := range s.String() {
		for at < len(s.Spans()) && s.Spans()[at].To <= i {
			at++
		}
		if r == rare || strings.ContainsRune("Ƞ", r) {
			if at >= len(s.Spans()) || s.Spans()[at].From > i {
				return i
			}
		}
	}
	return -1
}

// What an author may do with typed text never makes it HTML of the page.
func TestTypedTextInParts(t *testing.T) {
	s := open(t)
	s.answers.Set("a", python.Outside("<script>"))
	s.must("set_parts(pre='<b>' + a + '</b>', title=a)\nupdate_terms({'fig': '<i>' + a})\nexplain('<u>' + a)\n0")
	if got := s.book.Parts["pre"]; got != "<b>&lt;script&gt;</b>" {
		t.Errorf("pre is %s", got)
	}
	if got := s.book.Parts["title"]; got != "<script>" { // plain text, escaped where it is shown
		t.Errorf("title is %s", got)
	}
	if got := s.book.Terms["*"]["fig"]; got != "<i>&lt;script&gt;" {
		t.Errorf("the term is %s", got)
	}
	v := s.must("logic_explanation()[0]").(*python.Str)
	if spans := v.Spans(); len(spans) != 1 || spans[0] != (python.Span{From: 3, To: 11}) {
		t.Errorf("the explanation has the spans %v", spans)
	}
	if got := s.said("log(a, 'javascript')"); got != "DAError: log: text from outside cannot be run as JavaScript; pass it through json.dumps in a page instead" {
		t.Error(got)
	}
}
