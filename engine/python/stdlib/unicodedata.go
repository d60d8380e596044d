package stdlib

import (
	"math/big"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	normal "golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
	eastasian "golang.org/x/text/width"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// characterOf returns the one character of an argument of a function of
// unicodedata; number is how messages name the argument.
func characterOf(fn, number string, v python.Value) (rune, error) {
	if s, ok := text(v); ok && s.Len() == 1 {
		return []rune(s.String())[0], nil
	}
	return 0, python.Errorf(python.TypeError, "%s() argument %smust be a unicode character, not %s", fn, number, v.Class().Name())
}

// characterName returns the name of a character, "" if it has none.
func characterName(c rune) string {
	n := runenames.Name(c)
	switch {
	case strings.HasPrefix(n, "<CJK Ideograph"):
		return "CJK UNIFIED IDEOGRAPH-" + strings.ToUpper(hexOf(c))
	case strings.HasPrefix(n, "<"):
		return ""
	}
	return n
}

func hexOf(c rune) string {
	const digits = "0123456789abcdef"
	s := ""
	for ; c > 0; c >>= 4 {
		s = digits[c&15:c&15+1] + s
	}
	return s
}

// categoryNames are the general categories, which are told apart in this order.
var categoryNames = []string{"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
	"Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"}

func category(c rune) string {
	for _, name := range categoryNames {
		if unicode.Is(unicode.Categories[name], c) {
			return name
		}
	}
	return "Cn"
}

var bidiNames = map[bidi.Class]string{bidi.L: "L", bidi.R: "R", bidi.EN: "EN", bidi.ES: "ES", bidi.ET: "ET", bidi.AN: "AN", bidi.CS: "CS",
	bidi.B: "B", bidi.S: "S", bidi.WS: "WS", bidi.ON: "ON", bidi.BN: "BN", bidi.NSM: "NSM", bidi.AL: "AL", bidi.LRO: "LRO", bidi.RLO: "RLO",
	bidi.LRE: "LRE", bidi.RLE: "RLE", bidi.PDF: "PDF", bidi.LRI: "LRI", bidi.RLI: "RLI", bidi.FSI: "FSI", bidi.PDI: "PDI"}

func bidirectional(c rune) string {
	if category(c) == "Cn" {
		return ""
	}
	p, _ := bidi.LookupRune(c)
	switch c { // that package has one class for the controls
	case '\u202d':
		return "LRO"
	case '\u202e':
		return "RLO"
	case '\u202a':
		return "LRE"
	case '\u202b':
		return "RLE"
	case '\u202c':
		return "PDF"
	case '\u2066':
		return "LRI"
	case '\u2067':
		return "RLI"
	case '\u2068':
		return "FSI"
	case '\u2069':
		return "PDI"
	}
	return bidiNames[p.Class()]
}

var widthNames = map[eastasian.Kind]string{eastasian.Neutral: "N", eastasian.EastAsianAmbiguous: "A", eastasian.EastAsianWide: "W",
	eastasian.EastAsianNarrow: "Na", eastasian.EastAsianFullwidth: "F", eastasian.EastAsianHalfwidth: "H"}

// decimalDigit returns the value of a digit of any script.
func decimalDigit(c rune) (int64, bool) {
	if !unicode.Is(unicode.Nd, c) {
		return 0, false
	}
	return int64(plainDigits(string(c))[0] - '0'), true
}

// singleDigit also knows digits that are raised, lowered or in circles.
func singleDigit(c rune) (int64, bool) {
	if n, ok := decimalDigit(c); ok {
		return n, true
	}
	d := strings.Trim(normal.NFKD.String(string(c)), "().,")
	if !unicode.Is(unicode.No, c) || len(d) != 1 || d[0] < '0' || d[0] > '9' {
		return 0, false
	}
	return int64(d[0] - '0'), true
}

var ideographNumbers = map[rune]float64{'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'十': 10, '百': 100, '千': 1000, '万': 10000, '萬': 10000, '億': 1e8, '兆': 1e12}

var romanNumbers = map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100, 'd': 500, 'm': 1000}

// numeric returns the number that a character stands for.
func numeric(c rune) (float64, bool) {
	if n, ok := singleDigit(c); ok {
		return float64(n), true
	}
	if n, ok := ideographNumbers[c]; ok {
		return n, true
	}
	d := strings.Trim(normal.NFKD.String(string(c)), "().,")
	switch {
	case unicode.Is(unicode.Nl, c):
		return roman(strings.ToLower(d))
	case !unicode.Is(unicode.No, c):
		return 0, false
	}
	top, bottom, isFraction := strings.Cut(d, "⁄")
	if !isFraction {
		bottom = "1"
	}
	r, ok := new(big.Rat).SetString(top + "/" + bottom)
	if !ok {
		return 0, false
	}
	f, _ := r.Float64()
	return f, true
}

func roman(s string) (float64, bool) {
	total, last := 0, 0
	for _, c := range s {
		n := romanNumbers[c]
		if n == 0 {
			return 0, false
		}
		if n > last {
			total -= 2 * last
		}
		total, last = total+n, n
	}
	return float64(total), s != ""
}

var normalForms = map[string]normal.Form{"NFC": normal.NFC, "NFD": normal.NFD, "NFKC": normal.NFKC, "NFKD": normal.NFKD}

// formArgs reads the name of a normal form and a text.
func formArgs(name string, a *python.Args) (normal.Form, *python.Str, error) {
	if err := a.Exactly(name, 2); err != nil {
		return 0, nil, err
	}
	for i, v := range a.Pos {
		if _, ok := text(v); !ok {
			return 0, nil, python.Errorf(python.TypeError, "%s() argument %d must be str, not %s", name, i+1, v.Class().Name())
		}
	}
	form, _ := text(a.Pos[0])
	s, _ := text(a.Pos[1])
	f, ok := normalForms[form.String()]
	if !ok {
		return 0, nil, python.Errorf(python.ValueError, "invalid normalization form")
	}
	return f, s, nil
}

// property is a function of one character.
func property(name string, get func(c rune) python.Value) python.BuiltinFunc {
	return func(_ *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly("unicodedata."+name, 1); err != nil {
			return nil, err
		}
		c, err := characterOf(name, "", a.Pos[0])
		if err != nil {
			return nil, err
		}
		return get(c), nil
	}
}

// defaulted is a function of a character that not all have: the second argument
// is given for those, else it is an error.
func defaulted(name, missing string, get func(c rune) (python.Value, bool)) python.BuiltinFunc {
	return func(_ *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Between(name, 1, 2); err != nil {
			return nil, err
		}
		c, err := characterOf(name, "1 ", a.Pos[0])
		if err != nil {
			return nil, err
		}
		if v, ok := get(c); ok {
			return v, nil
		}
		if len(a.Pos) == 2 {
			return a.Pos[1], nil
		}
		return nil, python.Errorf(python.ValueError, "%s", missing)
	}
}

func fillUnicodeData(_ *builder, ns *python.Namespace) error {
	ns.Set("unidata_version", str(unicode.Version))
	functions(ns, map[string]python.BuiltinFunc{
		"name": defaulted("name", "no such name", func(c rune) (python.Value, bool) {
			n := characterName(c)
			return str(n), n != ""
		}),
		"decimal": defaulted("decimal", "not a decimal", func(c rune) (python.Value, bool) {
			n, ok := decimalDigit(c)
			return python.Int(n), ok
		}),
		"digit": defaulted("digit", "not a digit", func(c rune) (python.Value, bool) {
			n, ok := singleDigit(c)
			return python.Int(n), ok
		}),
		"numeric": defaulted("numeric", "not a numeric character", func(c rune) (python.Value, bool) {
			f, ok := numeric(c)
			return python.Float(f), ok
		}),
		"category":         property("category", func(c rune) python.Value { return str(category(c)) }),
		"bidirectional":    property("bidirectional", func(c rune) python.Value { return str(bidirectional(c)) }),
		"combining":        property("combining", func(c rune) python.Value { return python.Int(normal.NFD.PropertiesString(string(c)).CCC()) }),
		"east_asian_width": property("east_asian_width", func(c rune) python.Value { return str(widthNames[eastasian.LookupRune(c).Kind()]) }),
		"lookup":           lookUpCharacter, "normalize": normalizeText, "is_normalized": isNormalized,
	})
	return nil
}

func lookUpCharacter(_ *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("unicodedata.lookup", 1); err != nil {
		return nil, err
	}
	name, ok := text(a.Pos[0])
	if !ok {
		return nil, python.Errorf(python.TypeError, "argument must be read-only bytes-like object, not %s", a.Pos[0].Class().Name())
	}
	c, ok := syntax.RuneNamed(name.String())
	if !ok {
		return nil, python.Errorf(python.KeyError, "undefined character name '%s'", name)
	}
	return str(string(c)), nil
}

func normalizeText(th *python.Thread, a *python.Args) (python.Value, error) {
	form, s, err := formArgs("normalize", a)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(3 * len(s.String())); err != nil {
		return nil, err
	}
	return rewritten(s, form.String), nil
}

func isNormalized(_ *python.Thread, a *python.Args) (python.Value, error) {
	form, s, err := formArgs("is_normalized", a)
	if err != nil {
		return nil, err
	}
	return python.Bool(form.IsNormalString(s.String())), nil
}
