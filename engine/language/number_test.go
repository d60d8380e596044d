package language

import (
	"errors"
	"math"
	"math/big"
	"testing"
)

func number(t *testing.T, text string) Number {
	t.Helper()
	n, err := ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNiceNumber(t *testing.T) {
	for _, tt := range []struct {
		n     string
		spell Spelling
		want  string
	}{
		{"4", SpellSmall, "four"}, {"10", SpellSmall, "ten"}, {"0", SpellSmall, "zero"}, {"11", SpellSmall, "11"},
		{"5.0", SpellSmall, "five"}, {"23423", SpellSmall, "23,423"}, {"3", SpellSmall, "three"},
		{"12873818.27774", SpellSmall, "12,873,818.28"}, {"5.1", SpellSmall, "5.1"}, {"0.5", SpellSmall, "0.5"},
		{"501", SpellAlways, "five hundred and one"}, {"5.1", SpellAlways, "five point one"}, {"-1", SpellSmall, "-1"},
		{"-1", SpellAlways, "minus one"}, {"2.001", SpellSmall, "2"}, {"4", SpellNever, "4"},
		{"123456789012345678901234567890", SpellSmall, "123,456,789,012,345,678,901,234,567,890"},
		{"4.999999999999999", SpellSmall, "five"}, {"1e3", SpellSmall, "1,000"},
		{"21", SpellAlways, "twenty-one"}, {"101", SpellAlways, "one hundred and one"}, {"100", SpellAlways, "one hundred"},
		{"1234", SpellAlways, "one thousand, two hundred and thirty-four"}, {"-3", SpellAlways, "minus three"},
		{"2.25", SpellAlways, "two point two five"}, {"1001", SpellAlways, "one thousand and one"},
		{"1000100", SpellAlways, "one million, one hundred"}, {"1000000", SpellAlways, "one million"},
		{"2000015", SpellAlways, "two million and fifteen"}, {"100000", SpellAlways, "one hundred thousand"},
	} {
		got, err := Speaker{}.NiceNumber(number(t, tt.n), tt.spell)
		if err != nil || got != tt.want {
			t.Errorf("NiceNumber(%s, %d) = %q, %v, want %q", tt.n, tt.spell, got, err, tt.want)
		}
	}
	if _, err := (Speaker{}).NiceNumber(Float(math.NaN()), SpellSmall); !errors.Is(err, ErrNotNumber) {
		t.Errorf("NiceNumber(NaN) = %v", err)
	}
}

func TestNumeralsOfTheAuthor(t *testing.T) {
	s := Speaker{Numerals: &Numerals{
		Cardinals: map[string]map[string]string{"en": {"12": "a dozen", "4": "a quartet"}},
		Ordinals:  map[string]map[string]string{"en": {"12": "dozenth"}},
	}}
	if got, err := s.NiceNumber(Int(12), SpellSmall); err != nil || got != "a dozen" {
		t.Errorf("NiceNumber(12) = %q, %v", got, err)
	}
	if got, err := s.NiceNumber(Int(12), SpellNever); err != nil || got != "12" {
		t.Errorf("NiceNumber(12, never) = %q, %v", got, err)
	}
	if got, err := s.OrdinalNumber(Int(12), SpellSmall); err != nil || got != "dozenth" {
		t.Errorf("OrdinalNumber(12) = %q, %v", got, err)
	}
	if got, err := s.OrdinalNumber(Int(12), SpellNever); err != nil || got != "12th" {
		t.Errorf("OrdinalNumber(12, never) = %q, %v", got, err)
	}
}

func TestOrdinalNumber(t *testing.T) {
	for _, tt := range []struct {
		n     int64
		spell Spelling
		want  string
	}{
		{0, SpellSmall, "zeroth"}, {1, SpellSmall, "first"}, {2, SpellSmall, "second"}, {3, SpellSmall, "third"},
		{4, SpellSmall, "fourth"}, {5, SpellSmall, "fifth"}, {8, SpellSmall, "eighth"}, {9, SpellSmall, "ninth"},
		{10, SpellSmall, "tenth"}, {11, SpellSmall, "11th"}, {12, SpellSmall, "12th"}, {13, SpellSmall, "13th"},
		{21, SpellSmall, "21st"}, {22, SpellSmall, "22nd"}, {23, SpellSmall, "23rd"}, {111, SpellSmall, "111th"},
		{523, SpellAlways, "five hundred and twenty-third"}, {8, SpellNever, "8th"}, {1, SpellNever, "1st"},
		{20, SpellAlways, "twentieth"}, {12, SpellAlways, "twelfth"}, {100, SpellAlways, "one hundredth"},
		{41, SpellAlways, "forty-first"},
	} {
		got, err := Speaker{}.OrdinalNumber(Int(tt.n), tt.spell)
		if err != nil || got != tt.want {
			t.Errorf("OrdinalNumber(%d, %d) = %q, %v, want %q", tt.n, tt.spell, got, err, tt.want)
		}
	}
	for i, want := range map[int64]string{-1: "zeroth", 0: "first", 2: "third", 10: "11th"} {
		if got, err := (Speaker{}).Ordinal(Int(i), SpellSmall); err != nil || got != want {
			t.Errorf("Ordinal(%d) = %q, %v, want %q", i, got, err, want)
		}
	}
	if got, err := (Speaker{Lang: "fr"}).OrdinalNumber(Int(21), SpellSmall); err != nil || got != "21e" {
		t.Errorf("French 21st = %q, %v", got, err)
	}
	if got, err := (Speaker{Lang: "es"}).OrdinalNumber(Int(3), SpellSmall); err != nil || got != "tercero" {
		t.Errorf("Spanish third = %q, %v", got, err)
	}
}

func TestQuantityNoun(t *testing.T) {
	for _, tt := range []struct {
		n         Number
		noun      string
		asInteger bool
		want      string
	}{
		{Float(1.5), "apple", true, "two apples"}, {Int(1), "apples", true, "one apple"},
		{Int(144), "apple", true, "144 apples"}, {Int(0), "apple", true, "zero apples"},
		{Float(1.5), "apple", false, "1.5 apples"}, {Float(2.5), "apple", true, "two apples"},
		{Int(1), "attorney-in-fact", true, "one attorney-in-fact"}, {Float(1), "child", false, "one child"},
	} {
		got, err := Speaker{}.QuantityNoun(tt.n, tt.noun, tt.asInteger)
		if err != nil || got.String() != tt.want {
			t.Errorf("QuantityNoun(%v, %q) = %q, %v, want %q", tt.n, tt.noun, got, err, tt.want)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, text := range []string{"", "abc", "1_000", "0x10", "1,000", "four"} {
		if n, err := ParseNumber(text); !errors.Is(err, ErrNotNumber) {
			t.Errorf("ParseNumber(%q) = %v, %v, want ErrNotNumber", text, n, err)
		}
	}
}

func TestLabels(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got, err := Alpha(i); err != nil || got != want {
			t.Errorf("Alpha(%d) = %q, %v, want %q", i, got, err, want)
		}
	}
	for i, want := range map[int]string{0: "I", 3: "IV", 8: "IX", 1993: "MCMXCIV", 3998: "MMMCMXCIX"} {
		if got, err := Roman(i); err != nil || got != want {
			t.Errorf("Roman(%d) = %q, %v, want %q", i, got, err, want)
		}
	}
	for _, i := range []int{-1, 3999} {
		if got, err := Roman(i); !errors.Is(err, ErrOutOfRange) {
			t.Errorf("Roman(%d) = %q, %v, want ErrOutOfRange", i, got, err)
		}
	}
	for level, want := range []string{"I.", "A.", "1.", "a)", "(1)", "(a)", "i)", "I."} {
		if got, err := ItemLabel(0, level, true); err != nil || got != want {
			t.Errorf("ItemLabel(0, %d) = %q, %v, want %q", level, got, err, want)
		}
	}
	if got, err := ItemLabel(2, 3, false); err != nil || got != "c" {
		t.Errorf("ItemLabel without punctuation = %q, %v", got, err)
	}
}

func TestBigIntegersStayWhole(t *testing.T) {
	huge := new(big.Int).Exp(big.NewInt(10), big.NewInt(80), nil)
	if got, err := (Speaker{}).NiceNumber(Big(huge), SpellAlways); err != nil || len(got) < 81 {
		t.Errorf("NiceNumber(10**80) = %q, %v", got, err)
	}
	if got, err := (Speaker{}).OrdinalNumber(Big(huge), SpellAlways); err != nil || got != huge.String()+"th" {
		t.Errorf("OrdinalNumber(10**80) = %q, %v", got, err)
	}
}
