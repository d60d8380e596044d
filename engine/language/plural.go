package language

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// pluralOf returns the category ("zero", "one", "two", "few", "many", "other")
// that a count falls into in a language, by the rules of CLDR.
func (c *cldr) pluralOf(lang string, n Number) string {
	return category(c.Plurals, lang, operandsOf(n))
}

// placeOf is pluralOf for a place: in English 1 is "one", as in "1st".
func (c *cldr) placeOf(lang string, n *big.Int) string {
	return category(c.Ordinals, lang, operandsOf(Number{whole: n}))
}

func category(rules map[string][]string, lang string, o operands) string {
	for _, code := range narrowing(canonicalLocale(lang)) {
		list, known := rules[code]
		for _, rule := range list {
			name, condition, _ := strings.Cut(rule, ": ")
			if o.satisfy(condition) {
				return name
			}
		}
		if known {
			break
		}
	}
	return "other"
}

// operands are what rules of CLDR look at: n the absolute value, i its whole
// part; v and w the number of decimals, f and t the decimals as a number, each
// with and without zeros at the end. Of a number without exponent c and e are 0.
type operands map[byte]float64

func operandsOf(n Number) operands {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(n.decimal(), "-"), ".")
	i, err := strconv.ParseFloat(whole, 64)
	if err != nil {
		i = math.Inf(1)
	}
	bare := strings.TrimRight(fraction, "0")
	return operands{'n': math.Abs(n.Float64()), 'i': i, 'v': float64(len(fraction)), 'w': float64(len(bare)),
		'f': digits(fraction), 't': digits(bare)}
}

func digits(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return f
}

// satisfy evaluates a condition such as "v = 0 and i % 10 = 1 or n != 0,2..4".
func (o operands) satisfy(condition string) bool {
	return slices.ContainsFunc(strings.Split(condition, " or "), func(all string) bool {
		for _, relation := range strings.Split(all, " and ") {
			if !o.holds(strings.TrimSpace(relation)) {
				return false
			}
		}
		return true
	})
}

// holds evaluates one relation: an operand, perhaps "% number", and a list of
// numbers and ranges in which it is or, with "!=", is not.
func (o operands) holds(relation string) bool {
	left, list, negated := strings.Cut(relation, " != ")
	if !negated {
		left, list, _ = strings.Cut(relation, " = ")
	}
	name, modulus, divided := strings.Cut(left, " % ")
	if name == "" {
		return false
	}
	value := o[name[0]]
	if divided {
		value = math.Mod(value, digits(modulus))
	}
	return inRanges(value, list) != negated
}

// inRanges reports whether a value is in a list such as "0,2..4": a range holds
// whole numbers only.
func inRanges(value float64, list string) bool {
	for _, part := range strings.Split(list, ",") {
		low, high, isRange := strings.Cut(part, "..")
		if !isRange {
			high = low
		}
		if value == math.Trunc(value) && digits(low) <= value && value <= digits(high) {
			return true
		}
	}
	return false
}
