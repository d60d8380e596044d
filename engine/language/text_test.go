package language

import (
	"slices"
	"testing"
)

func TestTextFunctions(t *testing.T) {
	for _, tt := range []struct{ name, got, want string }{
		{"capitalize", Capitalize("hello World"), "Hello World"},
		{"capitalize one letter", Capitalize("a"), "a"},
		{"capitalize nothing", Capitalize(""), ""},
		{"capitalize accent", Capitalize("élan"), "Élan"},
		{"bold", Bold("a *b* c", "").String(), "**a b c**"},
		{"bold blank", Bold(" ", "").String(), ""},
		{"bold fallback", Bold("", "none").String(), "**none**"},
		{"italic", Italic("a_b", "").String(), "_ab_"},
		{"italic fallback", Italic("\t", "x").String(), "_x_"},
		{"indent", Indent("a\r\nb", 4).String(), "    a\n    b"},
		{"indent by two", Indent("a\n", 2).String(), "  a\n  "},
		{"single paragraph", SingleParagraph("a\r\n\nb\nc").String(), "a b c"},
		{"double newlines", SingleToDoubleNewlines("a\nb\r\n\r\nc").String(), "a\n\nb\n\nc"},
		{"quote", QuoteParagraphs(" a\n\nb\n").String(), "> a\n> \n> b"},
		{"fix punctuation", FixPunctuation("Hello ", ".", SentenceMarks()).String(), "Hello."},
		{"fix punctuation there", FixPunctuation("Hello?", ".", SentenceMarks()).String(), "Hello?"},
		{"fix punctuation strip", FixPunctuation("Hello \n", "", SentenceMarks()).String(), "Hello"},
		{"fix punctuation other", FixPunctuation("Hello.", ";", nil).String(), "Hello.;"},
		{"file name", SpaceToUnderscore("a b/c é.txt"), "a_b_c_.txt"},
		{"file name quote", SpaceToUnderscore("Joe's file.pdf"), "Joes_file.pdf"},
		{"file name path", SpaceToUnderscore("../../etc/passwd"), "etc_passwd"},
		{"verbatim", Verbatim(" 1. *a* <b> & &amp; x_y\n\nz ").String(),
			"<span>1&#46; &#42;a&#42; &lt;b&gt; &amp; &amp; x&#95;y<br>z</span>"},
		{"redact", Redact("two words").String(), "[REDACTION_WORD two][REDACTION_SPACE][REDACTION_WORD words]"},
		{"redact bracket and tag", Redact("<b>a]</b>\nc").String(), "<b>[REDACTION_WORD a[]</b>\n[REDACTION_WORD c]"},
		{"redact blocks", RedactBlocks("ab c"), "██\u200b█"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestLists(t *testing.T) {
	s := Speaker{}
	std := s.DefaultJoin()
	noOxford, semicolon, dashes := std, std, std
	noOxford.SkipComma, semicolon.Comma, dashes.Before = true, "; ", "---"
	for _, tt := range []struct {
		items []string
		join  Conjunction
		want  string
	}{
		{nil, std, ""}, {[]string{"a"}, std, "a"}, {[]string{"a", "b"}, std, "a and b"},
		{[]string{"a", "b", "c"}, std, "a, b, and c"}, {[]string{"a", "b", "c"}, noOxford, "a, b and c"},
		{[]string{"a", "b", "c"}, semicolon, "a; b; and c"}, {[]string{"a", "b", "c"}, dashes, "a, b,---and c"},
		{[]string{"a", "b"}, s.In("es").DefaultJoin(), "a y b"}, {[]string{"a", "b"}, s.In("de").DefaultJoin(), "a und b"},
	} {
		if got := CommaAndList(tt.items, tt.join).String(); got != tt.want {
			t.Errorf("CommaAndList(%q) = %q, want %q", tt.items, got, tt.want)
		}
	}
	if got := CommaList([]string{"a", "b", "c"}, ", ").String(); got != "a, b, c" {
		t.Errorf("CommaList = %q", got)
	}
}

func TestAddSeparators(t *testing.T) {
	for _, tt := range []struct{ items, want []string }{
		{[]string{"a", "b", "c"}, []string{"a;", "b; and", "c."}},
		{[]string{"a,", "b;", "c!"}, []string{"a;", "b; and", "c!"}},
		{[]string{"a "}, []string{"a."}},
		{nil, nil},
	} {
		var got []string
		for _, p := range AddSeparators(tt.items, ";", "; and", ".") {
			got = append(got, p.String())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("AddSeparators(%q) = %q, want %q", tt.items, got, tt.want)
		}
	}
}

func TestSplitForm(t *testing.T) {
	for _, tt := range []struct {
		text    string
		lengths []int
		want    []string
	}{
		{"hello world foo bar", []int{5}, []string{"hello", "world foo bar"}},
		{"hello world foo bar baz", []int{5, 6}, []string{"hello", "world", "foo bar baz"}},
		{"one two three four", []int{7, 5, 4}, []string{"one two", "three", "four"}},
		{"a\nb c", []int{10, 10}, []string{"a", "b c"}},
		{"abcdefgh", []int{3}, []string{"abc", "defgh"}},
		{"", []int{3}, []string{""}},
		{"x y", []int{0}, []string{"x", "y"}},
	} {
		if got := SplitForm(tt.text, tt.lengths); !slices.Equal(got, tt.want) {
			t.Errorf("SplitForm(%q, %v) = %q, want %q", tt.text, tt.lengths, got, tt.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	s := Speaker{}
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"your", []string{"name"}, "your name"}, {"her", []string{"x"}, "her x"}, {"my_possessive", []string{"x"}, "my x"},
		{"do_you", []string{"smoke"}, "do you smoke"}, {"is_word", []string{"x"}, "is x"}, {"was_i", []string{"x"}, "was I x"},
		{"does_a_b", []string{"Fred", "smoke"}, "does Fred smoke"}, {"a_in_the_b", []string{"cat", "hat"}, "cat in the hat"},
		{"possessify_long", []string{"door", "latch"}, "the latch of the door"}, {"i_subjective", nil, "I"},
		{"genderless_self", nil, "themself"}, {"am_i", nil, "am I"},
	} {
		got, ok := s.Phrase(tt.name, tt.args...)
		if !ok || got.String() != tt.want {
			t.Errorf("Phrase(%q, %q) = %q, %v, want %q", tt.name, tt.args, got, ok, tt.want)
		}
	}
	if _, ok := s.Phrase("does_a_b", "Fred"); ok {
		t.Error("Phrase took too few arguments")
	}
	if got := s.Possessive("Fred", "hat", false).String(); got != "Fred's hat" {
		t.Errorf("Possessive = %q", got)
	}
	if got := s.Possessive("cats", "hat", true).String(); got != "cats' hat" {
		t.Errorf("Possessive of plural = %q", got)
	}
	own := Speaker{Lang: "xx", Words: NewWords(map[string]map[string]string{"xx": {"the %2 of the %1": "%1-de %2", "do you": "vu"}})}
	if got, _ := own.Phrase("possessify_long", "a", "b"); got.String() != "a-de b" {
		t.Errorf("translated phrase = %q", got)
	}
	if got, _ := own.Phrase("do_you", "x"); got.String() != "vu x" {
		t.Errorf("translated filler = %q", got)
	}
	if got := s.WithPreposition("cat", "", "hat").String(); got != "cat in the hat" {
		t.Errorf("WithPreposition = %q", got)
	}
}
