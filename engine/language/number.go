package language

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// ErrNotNumber reports text or a value that cannot be read as a number.
var ErrNotNumber = errors.New("not a number")

// ErrOutOfRange reports a number that has no form of the kind asked for.
var ErrOutOfRange = errors.New("out of range")

// A Number is a whole number of any size or a float. The zero value is 0.
type Number struct {
	whole *big.Int // nil: the number is float
	float float64
}

// Int returns a whole number.
func Int(n int64) Number { return Number{whole: big.NewInt(n)} }

// Big returns a whole number of any size.
func Big(n *big.Int) Number { return Number{whole: new(big.Int).Set(n)} }

// Float returns a number that may have a fraction.
func Float(f float64) Number { return Number{float: f} }

// ParseNumber reads text such as "3", " 1e3 " or "-2.5". The error is
// ErrNotNumber.
func ParseNumber(text string) (Number, error) {
	text = strings.TrimSpace(text)
	if n, ok := new(big.Int).SetString(text, 10); ok {
		return Number{whole: n}, nil
	}
	if strings.ContainsAny(text, "xXpP_") {
		return Number{}, fmt.Errorf("%w: %q", ErrNotNumber, text)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Number{}, fmt.Errorf("%w: %q", ErrNotNumber, text)
	}
	return Float(f), nil
}

// Float64 returns the nearest float.
func (n Number) Float64() float64 {
	if n.whole == nil {
		return n.float
	}
	f, _ := new(big.Float).SetInt(n.whole).Float64()
	return f
}

// Truncated returns the number without its fraction. The error is
// ErrNotNumber for infinity and not-a-number.
func (n Number) Truncated() (*big.Int, error) {
	if n.whole != nil {
		return n.whole, nil
	}
	if math.IsNaN(n.float) || math.IsInf(n.float, 0) {
		return nil, fmt.Errorf("%w: %v", ErrNotNumber, n.float)
	}
	i, _ := big.NewFloat(n.float).Int(nil)
	return i, nil
}

// Rounded returns the nearest whole number, halves to the even one.
func (n Number) Rounded() (Number, error) {
	if n.whole != nil {
		return n, nil
	}
	i, err := Float(math.RoundToEven(n.float)).Truncated()
	if err != nil {
		return Number{}, err
	}
	return Number{whole: i}, nil
}

// isOne reports whether the number is exactly 1.
func (n Number) isOne() bool {
	if n.whole != nil {
		return n.whole.IsInt64() && n.whole.Int64() == 1
	}
	return n.float == 1
}

// settled rounds away what floating point arithmetic leaves behind, and makes
// a float without fraction a whole number.
func (n Number) settled() (Number, error) {
	if n.whole != nil {
		return n, nil
	}
	if math.IsNaN(n.float) || math.IsInf(n.float, 0) {
		return n, fmt.Errorf("%w: %v", ErrNotNumber, n.float)
	}
	f, err := strconv.ParseFloat(strconv.FormatFloat(n.float, 'g', 14, 64), 64)
	if err != nil {
		return n, fmt.Errorf("%w: %v", ErrNotNumber, n.float)
	}
	if f != math.Trunc(f) {
		return Float(f), nil
	}
	i, err := Float(f).Truncated()
	return Number{whole: i}, err
}

// decimal returns the number as plain digits, without exponent.
func (n Number) decimal() string {
	if n.whole != nil {
		return n.whole.String()
	}
	return strconv.FormatFloat(n.float, 'f', -1, 64)
}

// A Spelling says when a number is written as words.
type Spelling int

const (
	SpellSmall  Spelling = iota // words for zero to ten, numerals beyond
	SpellAlways                 // words whatever the number
	SpellNever                  // numerals whatever the number
)

// Numerals holds words of the author's own for certain numbers: from language
// code to the number as text ("4", "-1", "2.5") to the word.
type Numerals struct {
	Cardinals map[string]map[string]string
	Ordinals  map[string]map[string]string
}

func (s Speaker) ownNumeral(ordinal bool, n string) (string, bool) {
	if s.Numerals == nil {
		return "", false
	}
	table := s.Numerals.Cardinals
	if ordinal {
		table = s.Numerals.Ordinals
	}
	for _, code := range append(narrowing(s.Lang), AnyLanguage) {
		if word, ok := table[code][n]; ok {
			return word, true
		}
	}
	return "", false
}

// NiceNumber writes a number as people do: "four", "23,423", "5.1". The error
// is ErrNotNumber for infinity and not-a-number.
func (s Speaker) NiceNumber(n Number, spell Spelling) (string, error) {
	n, err := n.settled()
	if err != nil {
		return "", err
	}
	if word, ok := s.ownNumeral(false, n.decimal()); ok && spell != SpellNever {
		return word, nil
	}
	small := n.whole != nil && n.whole.Sign() >= 0 && n.whole.Cmp(big.NewInt(10)) <= 0
	if spell == SpellAlways || spell == SpellSmall && small {
		if words, ok := s.cardinal(n); ok {
			return words, nil
		}
	}
	c := s.conventions()
	if n.whole != nil {
		return c.FormatInt(n.whole), nil
	}
	text := c.FormatFloat(n.float, 2)
	text = strings.TrimRight(text, "0")
	return strings.TrimSuffix(text, c.Decimal), nil
}

// OrdinalNumber writes the place of something: "first", "tenth", "11th". The
// error is ErrNotNumber for infinity and not-a-number; a fraction is dropped.
func (s Speaker) OrdinalNumber(n Number, spell Spelling) (string, error) {
	i, err := n.Truncated()
	if err != nil {
		return "", err
	}
	if word, ok := s.ownNumeral(true, i.String()); ok && spell != SpellNever {
		return word, nil
	}
	small := i.Sign() >= 0 && i.Cmp(big.NewInt(10)) <= 0
	if spell == SpellAlways || spell == SpellSmall && small {
		if words, ok := s.ordinalWords(i); ok {
			return words, nil
		}
	}
	return s.ordinalNumeral(i), nil
}

// Ordinal names the place of the element with index i: 0 is "first".
func (s Speaker) Ordinal(i Number, spell Spelling) (string, error) {
	n, err := i.Truncated()
	if err != nil {
		return "", err
	}
	return s.OrdinalNumber(Number{whole: new(big.Int).Add(n, big.NewInt(1))}, spell)
}

// QuantityNoun says how many there are: "two apples". noun is argument 0. If
// asInteger, n is rounded first, halves to the even number.
func (s Speaker) QuantityNoun(n Number, noun string, asInteger bool) (Parts, error) {
	if asInteger {
		var err error
		if n, err = n.Rounded(); err != nil {
			return nil, err
		}
	}
	count, err := s.NiceNumber(n, SpellSmall)
	if err != nil {
		return nil, err
	}
	form := s.NounSingular(noun)
	if !n.isOne() {
		form = s.NounPlural(noun)
	}
	return append(Own(count+" "), Trace(noun, form)...), nil
}

// Alpha returns the letters that number the element with index i: A to Z, AA
// and so on. The error is ErrOutOfRange for a negative index.
func Alpha(i int) (string, error) {
	if i < 0 {
		return "", fmt.Errorf("alpha of %d: %w", i, ErrOutOfRange)
	}
	var b []byte
	for i++; i > 0; i = (i - 1) / 26 {
		b = append([]byte{byte('A' + (i-1)%26)}, b...)
	}
	return string(b), nil
}

var romanDigits = []struct {
	value int
	text  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
	{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// Roman returns the Roman numeral of the element with index i: 0 is "I". The
// error is ErrOutOfRange unless i+1 is between 1 and 3999.
func Roman(i int) (string, error) {
	n := i + 1
	if n < 1 || n > 3999 {
		return "", fmt.Errorf("argument must be between 1 and 3999: %w", ErrOutOfRange)
	}
	var b strings.Builder
	for _, d := range romanDigits {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String(), nil
}

// ItemLabel returns the label of the list item with index i on a level of an
// outline: "I.", "A.", "1.", "a)", "(1)", "(a)", "i)", and from level 7 on the
// same again. Without punctuation the bare number or letter is returned.
func ItemLabel(i, level int, punctuation bool) (string, error) {
	level = ((level % 7) + 7) % 7
	label, err := strconv.Itoa(i+1), error(nil)
	switch level {
	case 0, 6:
		label, err = Roman(i)
	case 1, 3, 5:
		label, err = Alpha(i)
	}
	if err != nil {
		return "", err
	}
	if level == 3 || level == 5 || level == 6 {
		label = strings.ToLower(label)
	}
	if !punctuation {
		return label, nil
	}
	switch level {
	case 0, 1, 2:
		return label + ".", nil
	case 3, 6:
		return label + ")", nil
	}
	return "(" + label + ")", nil
}
