package language

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// ConventionsFor returns how a locale writes numbers and money. name is a
// POSIX name such as "de_DE.utf8". A name without "_" such as "US.utf8" is a
// country, to which lang adds the language.
func ConventionsFor(name, lang string) (*Conventions, error) {
	bare, _, _ := strings.Cut(name, ".")
	if !strings.ContainsAny(bare, "_-") && bare != "" && strings.ToUpper(bare) == bare {
		bare = narrowing(lang)[0] + "_" + bare
	}
	root := cldrRoot()
	if c, ok := root.conventions(bare); ok {
		return c, nil
	}
	c, err := readConventions(name, bare)
	if err == nil {
		root.keep(bare, c)
	}
	return c, err
}

// conventions returns a copy of what was kept for a locale.
func (c *cldr) conventions(bare string) (*Conventions, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, ok := c.money[bare]
	return &kept, ok
}

// keep notes the conventions of a locale that is written the usual way: of
// these there are not many.
func (c *cldr) keep(bare string, made *Conventions) {
	if made.Name != bare {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.money[bare] = *made
}

// readConventions is ConventionsFor with a locale in full.
func readConventions(name, bare string) (*Conventions, error) {
	codes := narrowing(canonicalLocale(bare))
	if _, ok := cldrRoot().Locales[codes[len(codes)-1]]; !ok || bare == "" {
		return nil, fmt.Errorf("unknown locale %q", name)
	}
	region, err := language.ParseRegion(territoryOf(bare))
	if err != nil || !region.IsCountry() {
		return nil, fmt.Errorf("unknown country in locale %q", name)
	}
	l := localeFor(bare)
	c := &Conventions{
		Name:    strings.ReplaceAll(canonicalLocale(bare), "-", "_"),
		Decimal: at(l.Numbers, 0), Thousands: at(l.Numbers, 1), Negative: "-",
		Grouping: groupSizes(at(l.Numbers, 3)), MoneyGrouping: groupSizes(at(l.Numbers, 4)), Fraction: 2,
	}
	if n, err := strconv.Atoi(at(l.Numbers, 5)); err == nil && n > 1 {
		c.Ungrouped = n - 1 // "1234", but "12.345"
	}
	c.MoneyDecimal, c.MoneyThousands = c.Decimal, c.Thousands
	c.Precedes, c.Spaced = symbolPlace(at(l.Numbers, 4))
	c.NegPrecedes, c.NegSpaced = c.Precedes, c.Spaced
	c.lead, c.minusLead = directionOf(at(l.Numbers, 4)), directionOf(at(l.Numbers, 2))
	if unit, ok := currency.FromRegion(region); ok {
		c.Code = unit.String()
		c.Fraction, _ = currency.Standard.Rounding(unit)
		if c.Symbol = l.Symbols[c.Code]; c.Symbol == "" {
			c.Symbol = c.Code
		}
	}
	return c, nil
}

// groupSizes reads the sizes of groups from a CLDR number pattern: "#,##,##0"
// has 3, then 2.
func groupSizes(pattern string) []int {
	pattern, _, _ = strings.Cut(pattern, ";")
	pattern, _, _ = strings.Cut(strings.Trim(pattern, "¤ \u00a0\u200f\u200e"), ".")
	groups := strings.Split(pattern, ",")
	var sizes []int
	for i := len(groups) - 1; i > 0; i-- {
		sizes = append(sizes, strings.Count(groups[i], "#")+strings.Count(groups[i], "0"))
	}
	return sizes
}

// directionOf returns the signs of direction that a pattern begins with.
func directionOf(pattern string) string {
	return pattern[:len(pattern)-len(strings.TrimLeft(pattern, "\u200e\u200f\u061c"))]
}

// symbolPlace reads from a CLDR currency pattern where the symbol stands.
func symbolPlace(pattern string) (precedes, spaced bool) {
	pattern, _, _ = strings.Cut(pattern, ";")
	i := strings.Index(pattern, "¤")
	digits := strings.IndexAny(pattern, "#0")
	return i >= 0 && i < digits, strings.ContainsAny(pattern, "\u00a0\u202f ")
}

// Get returns a convention by its POSIX name, such as "currency_symbol" or
// "p_cs_precedes"; false if there is none. Values are string, bool, int and
// []int.
func (c *Conventions) Get(name string) (any, bool) {
	switch name {
	case "p_cs_precedes":
		return c.Precedes, true
	case "n_cs_precedes":
		return c.NegPrecedes, true
	case "p_sep_by_space":
		return c.Spaced, true
	case "n_sep_by_space":
		return c.NegSpaced, true
	case "frac_digits", "int_frac_digits":
		return c.Fraction, true
	case "grouping":
		return c.Grouping, true
	case "mon_grouping":
		return c.MoneyGrouping, true
	}
	if field := c.textField(name); field != nil {
		return *field, true
	}
	return nil, false
}

// textField returns the convention with a POSIX name if it is text.
func (c *Conventions) textField(name string) *string {
	switch name {
	case "currency_symbol":
		return &c.Symbol
	case "int_curr_symbol":
		return &c.Code
	case "decimal_point":
		return &c.Decimal
	case "thousands_sep":
		return &c.Thousands
	case "mon_decimal_point":
		return &c.MoneyDecimal
	case "mon_thousands_sep":
		return &c.MoneyThousands
	case "positive_sign":
		return &c.Positive
	case "negative_sign":
		return &c.Negative
	}
	return nil
}

// With returns the conventions with one changed, by its POSIX name. value is a
// string, bool, int, int64, float64 or []int, as the convention has it. The
// error says that there is no such convention or that the value does not fit.
func (c *Conventions) With(name string, value any) (*Conventions, error) {
	out := *c
	if field := out.textField(name); field != nil {
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("%s must be text", name)
		}
		*field = text
		return &out, nil
	}
	if sizes, ok := value.([]int); ok && (name == "grouping" || name == "mon_grouping") {
		if name == "grouping" {
			out.Grouping = sizes
		} else {
			out.MoneyGrouping = sizes
		}
		return &out, nil
	}
	n, ok := wholeOf(value)
	if !ok {
		return nil, fmt.Errorf("%s must be a number or true or false", name)
	}
	switch name {
	case "p_cs_precedes":
		out.Precedes = n != 0
	case "n_cs_precedes":
		out.NegPrecedes = n != 0
	case "p_sep_by_space":
		out.Spaced = n != 0
	case "n_sep_by_space":
		out.NegSpaced = n != 0
	case "frac_digits", "int_frac_digits":
		out.Fraction = max(0, min(n, 30))
	default:
		return nil, fmt.Errorf("unknown convention %q", name)
	}
	return &out, nil
}

func wholeOf(value any) (int, bool) {
	switch v := value.(type) {
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case int:
		return v, true
	case int64:
		return int(v), true
	case float64:
		return int(v), v == math.Trunc(v)
	}
	return 0, false
}

// LanguageName returns the name of a language, in the speaker's language if
// the words have it, or code itself if there is none.
func (s Speaker) LanguageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	name := display.English.Languages().Name(tag)
	if name == "" {
		return code
	}
	if own, ok := s.words().Lookup(s.Lang, name); ok || s.speaksEnglish() {
		return cmp.Or(own, name)
	}
	return cmp.Or(localeFor(s.Lang).Tongues[strings.ToLower(code)], name)
}

// LanguageFromBrowser returns the first of the allowed codes that an
// Accept-Language header prefers; with none allowed, the most preferred
// language. Codes are compared by their language alone.
func LanguageFromBrowser(header string, allowed ...string) (string, bool) {
	tags, weights, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return "", false
	}
	for i, tag := range tags {
		base, confidence := tag.Base()
		if weights[i] <= 0 || confidence == language.No || tag == language.Und {
			continue
		}
		if len(allowed) == 0 {
			return base.String(), true
		}
		for _, code := range allowed {
			if primary := narrowing(code); strings.EqualFold(primary[len(primary)-1], base.String()) {
				return code, true
			}
		}
	}
	return "", false
}

// RightToLeft reports whether a language is written from right to left.
func RightToLeft(code string) bool {
	tag, err := language.Parse(strings.ReplaceAll(code, "_", "-"))
	if err != nil {
		return false
	}
	script, confidence := tag.Script()
	return confidence != language.No && slices.Contains(cldrRoot().RightToLeft, script.String())
}
