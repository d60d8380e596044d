package language

import (
	"testing"
	"unicode/utf8"
)

// checkParts says what is wrong with parts that claim to quote args.
func checkParts(t *testing.T, what string, p Parts, args ...string) {
	t.Helper()
	for _, part := range p {
		if part.Item == Literal {
			continue
		}
		if part.Item >= len(args) || part.From < 0 || part.From > part.To || part.To > len(args[part.Item]) {
			t.Errorf("%s: part %+v lies outside %q", what, part, args)
		}
	}
}

// quoted returns the text of the parts that were taken from argument item.
func quotedFrom(p Parts, item int) string {
	text := ""
	for _, part := range p {
		if part.Item == item {
			text += part.Text
		}
	}
	return text
}

func TestPartsKeepTheArguments(t *testing.T) {
	s := Speaker{}
	quantity, err := s.QuantityNoun(Int(2), "*city*", true)
	if err != nil {
		t.Fatal(err)
	}
	phrase, _ := s.Phrase("possessify_long", "a", "b")
	for _, tt := range []struct {
		name  string
		parts Parts
		args  []string
		item  int
		want  string
	}{
		{"list", CommaAndList([]string{"a", "<b>", "c"}, s.DefaultJoin()), []string{"a", "<b>", "c"}, 1, "<b>"},
		{"quantity", quantity, []string{"*city*"}, 0, "*city*"},
		{"phrase", phrase, []string{"a", "b"}, 1, "b"},
		{"possessive", s.Possessive("<x>", "y", false), []string{"<x>", "y"}, 0, "<x>"},
		{"article", s.IndefiniteArticle("<i>"), []string{"<i>"}, 0, "<i>"},
		{"bold", Bold("a*b", ""), []string{"a*b"}, 0, "ab"},
		{"indent", Indent("a\nb", 2), []string{"a\nb"}, 0, "ab"},
		{"quote", QuoteParagraphs(" a\nb "), []string{" a\nb "}, 0, "ab"},
		{"capitalized", Whole(0, "hello").Capitalized(), []string{"hello"}, 0, "Hello"},
		{"capitalized own", Own("the ").whole(0, "x").Capitalized(), []string{"x"}, 0, "x"},
		{"separators", AddSeparators([]string{"a", "b"}, ";", "; and", ".")[1], []string{"a", "b"}, 1, "b"},
		{"trace", Trace("city", "cities"), []string{"city"}, 0, "cities"},
		{"redact", Redact("<i>a</i> *b*\n"), []string{"<i>a</i> *b*\n"}, 0, "<i>a</i>*b*\n"},
		{"verbatim", Verbatim("a<b"), []string{"a<b"}, 0, "ab"},
	} {
		checkParts(t, tt.name, tt.parts, tt.args...)
		if got := quotedFrom(tt.parts, tt.item); got != tt.want {
			t.Errorf("%s: taken from argument %d: %q, want %q", tt.name, tt.item, got, tt.want)
		}
	}
	if got := Own("the ").whole(0, "x").Capitalized().String(); got != "The x" {
		t.Errorf("Capitalized = %q", got)
	}
}

func FuzzTrace(f *testing.F) {
	f.Add("city", "cities")
	f.Add("é", "è")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, in, out string) {
		if !utf8.ValidString(in) || !utf8.ValidString(out) {
			t.Skip()
		}
		p := Trace(in, out)
		if p.String() != out {
			t.Errorf("Trace(%q, %q) reads %q", in, out, p)
		}
		checkParts(t, "trace", p, in)
		for _, part := range p {
			if !utf8.ValidString(part.Text) || part.Item == 0 && !utf8.ValidString(in[part.From:part.To]) {
				t.Errorf("Trace(%q, %q) cuts a character: %+v", in, out, part)
			}
		}
	})
}
