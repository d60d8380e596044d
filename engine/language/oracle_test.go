package language

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// oracle reads a table that another program made; see beside it how.
func oracle(t *testing.T, name string, cells int) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(row) != cells {
			t.Fatalf("%s: %q has %d cells, not %d", name, line, len(row), cells)
		}
		rows = append(rows, row)
	}
	return rows
}

// Counts, places, units of time, numbers, money, lists and dates in six
// languages are as the Intl of Node says them.
func TestIntl(t *testing.T) {
	rows := oracle(t, "intl.tsv", 4)
	if len(rows) < 750 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		if got := sayIntl(t, row[0], row[1], row[2]); got != row[3] {
			t.Errorf("%s, %s, %s: got %q, want %q", row[0], row[1], row[2], got, row[3])
		}
	}
}

func sayIntl(t *testing.T, kind, lang, input string) string {
	t.Helper()
	s := Speaker{Lang: lang}
	kind, detail, _ := strings.Cut(kind, " ")
	switch kind {
	case "list":
		return CommaAndList(strings.Fields(input), s.DefaultJoin()).String()
	case "date", "time":
		at, err := time.Parse(time.RFC3339, input)
		if err != nil {
			t.Fatal(err)
		}
		if kind == "date" {
			return s.FormatDate(at, detail)
		}
		return strings.ReplaceAll(s.FormatTime(at, detail), "\u202f", " ") // the narrow space of CLDR, which browsers widen
	}
	n, err := ParseNumber(input)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := n.Truncated()
	if err != nil {
		t.Fatal(err)
	}
	switch kind {
	case "count":
		return cldrRoot().pluralOf(lang, n)
	case "place":
		return cldrRoot().placeOf(lang, whole)
	case "unit":
		unit, _ := ParseTimeUnit(detail)
		s.Locale = localeOf(t, map[string]string{"en": "en_US", "es": "es_ES", "fr": "fr_FR", "de": "de_DE", "pt": "pt_BR", "ar": "ar_EG"}[lang])
		return s.quantity(int(whole.Int64()), unit, false)
	case "number":
		return localeOf(t, lang).FormatInt(whole)
	case "money":
		return localeOf(t, lang).Currency(n.Float64(), Money{})
	case "month":
		return s.MonthName(time.Month(whole.Int64()))
	case "weekday":
		return s.WeekdayName(time.Weekday(whole.Int64() % 7))
	}
	t.Fatalf("no kind %q", kind)
	return ""
}

func localeOf(t *testing.T, name string) *Conventions {
	t.Helper()
	c, err := ConventionsFor(name, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Countries and languages have the names that they have in the language spoken.
func TestNamesInLanguages(t *testing.T) {
	for lang, want := range map[string][4]string{
		"en": {"Germany", "Bolivia, Plurinational State of", "Spanish", "Afghanistan"}, "es": {"Alemania", "Bolivia", "español", "Afganistán"},
		"fr": {"Allemagne", "Bolivie", "espagnol", "Afghanistan"}, "de": {"Deutschland", "Bolivien", "Spanisch", "Afghanistan"},
		"pt": {"Alemanha", "Bolívia", "espanhol", "Afeganistão"}, "ar": {"ألمانيا", "بوليفيا", "الإسبانية", "آيسلندا"},
	} {
		s := Speaker{Lang: lang}
		germany, _ := s.CountryName("DE")
		bolivia, _ := s.CountryName("BO")
		if got := [4]string{germany, bolivia, s.LanguageName("es"), s.Countries()[0].Name}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

// Numbers and places in words and numerals are as ICU spells them.
func TestSpelled(t *testing.T) {
	rows := oracle(t, "spelled.tsv", 4)
	if len(rows) < 700 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		n, err := strconv.ParseInt(row[2], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		s, got := Speaker{Lang: row[1]}, ""
		switch row[0] {
		case "number":
			got, err = s.NiceNumber(Int(n), SpellAlways)
		case "place":
			got, err = s.OrdinalNumber(Int(n), SpellAlways)
		case "numeral":
			got, err = s.OrdinalNumber(Int(n), SpellNever)
		}
		want := strings.ReplaceAll(strings.ReplaceAll(row[3], "\u00ad", ""), "  ", " ")
		if err != nil || got != want {
			t.Errorf("%s, %s, %d: got %q (%v), want %q", row[0], row[1], n, got, err, want)
		}
	}
}

// The plurals of Spanish, French and Portuguese nouns are those of the names of
// units in CLDR, of which those with foreign plurals are left out.
func TestNounsOfCLDR(t *testing.T) {
	rows := oracle(t, "nouns.tsv", 3)
	if len(rows) < 450 {
		t.Fatalf("only %d rows", len(rows))
	}
	right := map[string]int{}
	count := map[string]int{}
	for _, row := range rows {
		s := Speaker{Lang: row[0]}
		count[row[0]]++
		if s.PluralOf(row[1]) == row[2] && s.NounPlural(row[2]) == row[2] {
			right[row[0]]++
		} else if native[row[1]] {
			t.Errorf("%s: plural of %q is %q, want %q; of that %q", row[0], row[1], s.PluralOf(row[1]), row[2], s.NounPlural(row[2]))
		}
	}
	for lang, n := range count {
		if right[lang]*100 < n*87 { // the others are borrowed: newton, pascal, bit
			t.Errorf("%s: only %d of %d are right", lang, right[lang], n)
		}
	}
}

// native are nouns that must be right.
var native = wordSet("año mes día hora minuto semana siglo década galón pie pulgada legua nudo caloría punto píxel " +
	"an mois jour heure année siècle pouce gallon carat nœud calorie jour " +
	"ano mês dia hora minuto semana século galão pé polegada nó caloria estação mão")
