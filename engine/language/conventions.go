package language

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Conventions say how a locale writes numbers and money. The fields are those
// of POSIX locales. A Conventions never changes once made; With returns a
// changed copy.
type Conventions struct {
	Name      string // such as "en_US"
	Decimal   string
	Thousands string
	Grouping  []int // digits per group from the right; the last repeats
	Ungrouped int   // how many digits before the first separator are too few for one; 0 for none

	MoneyDecimal   string
	MoneyThousands string
	MoneyGrouping  []int
	Symbol         string // "$"
	Code           string // "USD"
	Fraction       int    // digits after the point in money
	Positive       string // sign of positive amounts, usually empty
	Negative       string // sign of negative amounts
	Precedes       bool   // the symbol stands before a positive amount
	Spaced         bool   // with a space between
	NegPrecedes    bool
	NegSpaced      bool

	// Signs of direction for text from right to left: before an amount, and
	// before the minus of a number.
	lead, minusLead string
}

func usConventions() *Conventions {
	return &Conventions{
		Name: "en_US", Decimal: ".", Thousands: ",", Grouping: []int{3},
		MoneyDecimal: ".", MoneyThousands: ",", MoneyGrouping: []int{3},
		Symbol: "$", Code: "USD", Fraction: 2, Negative: "-", Precedes: true, NegPrecedes: true,
	}
}

// FormatInt writes a whole number with its groups: "1,234,567".
func (c *Conventions) FormatInt(n *big.Int) string {
	digits, negative := strings.CutPrefix(n.String(), "-")
	text := c.group(digits, c.Thousands, c.Grouping)
	if negative {
		return c.minusLead + "-" + text
	}
	return text
}

// FormatFloat writes a number with its groups and a fixed number of decimals.
func (c *Conventions) FormatFloat(f float64, decimals int) string {
	text, negative := strings.CutPrefix(strconv.FormatFloat(f, 'f', max(decimals, 0), 64), "-")
	whole, fraction, _ := strings.Cut(text, ".")
	text = c.group(whole, c.Thousands, c.Grouping)
	if fraction != "" {
		text += c.Decimal + fraction
	}
	if negative {
		return c.minusLead + "-" + text
	}
	return text
}

// group puts separator between groups of digits, unless there are too few.
func (c *Conventions) group(digits, separator string, sizes []int) string {
	if len(sizes) > 0 && len(digits) <= sizes[0]+c.Ungrouped {
		return digits
	}
	return group(digits, separator, sizes)
}

// group puts separator between groups of digits.
func group(digits, separator string, sizes []int) string {
	if separator == "" || len(sizes) == 0 {
		return digits
	}
	var groups []string
	for i := 0; ; i++ {
		size := sizes[min(i, len(sizes)-1)]
		if size <= 0 || len(digits) <= size {
			break
		}
		groups = append(groups, digits[len(digits)-size:])
		digits = digits[:len(digits)-size]
	}
	var b strings.Builder
	b.WriteString(digits)
	for i := len(groups) - 1; i >= 0; i-- {
		b.WriteString(separator + groups[i])
	}
	return b.String()
}

// Money says how Currency writes an amount, where the locale is not followed.
type Money struct {
	Whole    bool   // drop the fraction instead of showing it
	Symbol   string // empty: the locale's
	Precedes *bool  // nil: as the locale has it
	Decimals *int   // nil: as the locale has it
}

// Currency writes an amount of money: "$45.20", "-$5.00", "12,50 €". Infinity
// and not-a-number give an empty text.
func (c *Conventions) Currency(amount float64, m Money) string {
	if math.IsNaN(amount) || math.IsInf(amount, 0) {
		return ""
	}
	decimals := c.Fraction
	if m.Decimals != nil {
		decimals = *m.Decimals
	}
	if m.Whole {
		decimals, amount = 0, math.Trunc(amount)
	}
	text, negative := strings.CutPrefix(strconv.FormatFloat(amount, 'f', max(decimals, 0), 64), "-")
	whole, fraction, _ := strings.Cut(text, ".")
	number := c.group(whole, c.MoneyThousands, c.MoneyGrouping)
	if fraction != "" {
		number += c.MoneyDecimal + fraction
	}
	return c.withSymbol(number, negative && strings.Trim(text, "0.") != "", m)
}

// withSymbol puts symbol and sign around the digits of an amount. The sign
// leads, unless the author gave a symbol of his own: then it stays with the
// digits ("€-5.00", docassemble's documented form).
func (c *Conventions) withSymbol(number string, negative bool, m Money) string {
	sign, precedes, spaced := c.Positive, c.Precedes, c.Spaced
	if negative {
		sign, precedes, spaced = c.Negative, c.NegPrecedes, c.NegSpaced
	}
	if m.Precedes != nil {
		precedes = *m.Precedes
	}
	symbol := c.Symbol
	if m.Symbol != "" {
		symbol = m.Symbol
		number, sign = sign+number, ""
	}
	gap := ""
	if spaced {
		gap = "\u00a0"
	}
	if negative && c.Negative == "-" {
		sign = strings.Replace(sign, "-", c.minusLead+"-", 1)
	}
	if precedes {
		return c.lead + sign + symbol + gap + number
	}
	return c.lead + sign + number + gap + symbol
}
