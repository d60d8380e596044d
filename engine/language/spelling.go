package language

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Spelled numbers of languages other than English follow the rule-based formats
// of CLDR. A set of rules lists texts by the number from which they hold; ←← in
// a text stands for the number divided by the rule's power of its radix, →→ for
// the rest, =%set= for the same number by another set, and [ ] encloses what is
// left out where there is no rest.

// maxSpelled is from where on numbers are not spelled.
const maxSpelled = 1_000_000_000_000_000_000

// spelledRule is one rule of a set.
type spelledRule struct {
	base    int64
	divisor int64
	text    string
}

// ruleSet are the rules of one kind of text, lowest base first.
type ruleSet struct {
	rules                     []spelledRule
	negative, decimal, proper string // of "-x", "x.x" and "0.x"; "" for none
}

// speller writes numbers by the rules of one locale.
type speller struct {
	lang string
	sets map[string]*ruleSet
	own  map[string][]string
	mu   sync.Mutex
}

var spellers sync.Map // locale to *speller

// spellerFor returns the speller of the nearest locale; nil if there is none.
func spellerFor(lang string) *speller {
	for _, code := range append(narrowing(canonicalLocale(lang)), "und") {
		rules, ok := cldrRoot().Spelling[code]
		if !ok {
			continue
		}
		known, _ := spellers.LoadOrStore(code, &speller{lang: code, own: rules, sets: map[string]*ruleSet{}})
		return known.(*speller)
	}
	return nil
}

// set finds a set of rules by one of several names, best first.
func (s *speller) set(names ...string) *ruleSet {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range names {
		if known := s.sets[name]; known != nil {
			return known
		}
		if rules, ok := s.own[name]; ok {
			s.sets[name] = readRules(rules)
			return s.sets[name]
		}
	}
	return nil
}

func readRules(lines []string) *ruleSet {
	set := &ruleSet{}
	for _, line := range lines {
		name, text, _ := strings.Cut(line, ": ")
		text = strings.TrimPrefix(text, "'")
		switch name {
		case "-x":
			set.negative = text
		case "x.x", "x,x":
			set.decimal = text
		case "0.x", "0,x":
			set.proper = text
		default:
			if r, ok := readRule(name, text); ok {
				set.rules = append(set.rules, r)
			}
		}
	}
	slices.SortStableFunc(set.rules, func(a, b spelledRule) int { return int(max(-1, min(1, a.base-b.base))) })
	return set
}

// readRule reads the head of a rule: "1000", or "1100/100" with a radix, with a
// ">" for each power that the divisor is less than usual.
func readRule(name, text string) (spelledRule, bool) {
	less := strings.Count(name, ">")
	number, radixText, _ := strings.Cut(strings.TrimRight(name, ">"), "/")
	base, err := strconv.ParseInt(strings.ReplaceAll(number, ",", ""), 10, 64)
	if err != nil {
		return spelledRule{}, false
	}
	radix := int64(10)
	if r, err := strconv.ParseInt(radixText, 10, 64); err == nil && r > 1 {
		radix = r
	}
	divisor, power := int64(1), 0
	for p := radix; p <= base && p > 0; p *= radix {
		divisor, power = p, power+1
		if p > math.MaxInt64/radix {
			break
		}
	}
	for range min(less, power) {
		divisor /= radix
	}
	return spelledRule{base: base, divisor: divisor, text: text}, true
}

// find returns the rule for a number, and its place.
func (set *ruleSet) find(n int64) int {
	at := -1
	for i, r := range set.rules {
		if r.base > n {
			break
		}
		at = i
	}
	if at <= 0 {
		return at
	}
	r := set.rules[at]
	if strings.Contains(r.text, "→") && r.base%r.divisor != 0 && n%r.divisor == 0 {
		return at - 1 // of two the one that says the power itself
	}
	return at
}

// spell writes a number by one of the sets named, best first; false if it
// cannot be spelled.
func (s *speller) spell(lang string, n Number, sets ...string) (string, bool) {
	if s == nil {
		return "", false
	}
	set := s.set(sets...)
	if set == nil {
		return "", false
	}
	w := &spelling{s: s, lang: lang}
	text := strings.ReplaceAll(w.number(set, n.decimal(), 0), "\u00ad", "") // where a line may break
	return strings.Join(strings.Split(strings.TrimSpace(text), "  "), " "), !w.failed && text != ""
}

// spelling is a number being written.
type spelling struct {
	s      *speller
	lang   string // whose digits are grouped and marked
	failed bool
}

// deepest is how far rules may refer to each other.
const deepest = 60

// number writes a number given as digits.
func (w *spelling) number(set *ruleSet, decimal string, depth int) string {
	if rest, negative := strings.CutPrefix(decimal, "-"); negative {
		return w.special(set, set.negative, rest, "", depth)
	}
	whole, fraction, hasFraction := strings.Cut(decimal, ".")
	if hasFraction {
		text := set.decimal
		if strings.Trim(whole, "0") == "" && set.proper != "" {
			text = set.proper
		}
		return w.special(set, text, whole, fraction, depth)
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n >= maxSpelled || depth > deepest {
		w.failed = true
		return ""
	}
	at := set.find(n)
	if at < 0 {
		w.failed = true
		return ""
	}
	return w.apply(set, at, n, depth)
}

// special writes a negative number, or one with a fraction, whose digits are
// said one by one.
func (w *spelling) special(set *ruleSet, text, whole, fraction string, depth int) string {
	if to := w.same(set); text == "" && to != nil && depth < deepest {
		decimal := whole
		if fraction != "" {
			decimal += "." + fraction
		} else {
			decimal = "-" + whole
		}
		return w.number(to, decimal, depth+1)
	}
	if text == "" || depth > deepest {
		w.failed = true
		return ""
	}
	return w.fill(text, func(open rune, within string) string {
		to := w.named(set, within)
		if to == nil {
			w.failed = true
			return ""
		}
		if open == '→' && fraction != "" {
			var said []string
			for _, d := range fraction {
				said = append(said, w.number(to, string(d), depth+1))
			}
			return strings.Join(said, " ")
		}
		if open == '=' && fraction != "" {
			return w.number(to, whole+"."+fraction, depth+1)
		}
		return w.number(to, whole, depth+1)
	}, false)
}

// same is the set that says everything for another one, or nil.
func (w *spelling) same(set *ruleSet) *ruleSet {
	if len(set.rules) != 1 {
		return nil
	}
	name, ok := strings.CutPrefix(set.rules[0].text, "=")
	if name, ends := strings.CutSuffix(name, "="); ok && ends && strings.HasPrefix(name, "%") {
		return w.s.set(name)
	}
	return nil
}

// named is the set that a substitution names, or the one it stands in.
func (w *spelling) named(set *ruleSet, name string) *ruleSet {
	if !strings.HasPrefix(name, "%") {
		return set
	}
	return w.s.set(name)
}

// apply writes n by the rule at a place of a set.
func (w *spelling) apply(set *ruleSet, at int, n int64, depth int) string {
	r := set.rules[at]
	return w.fill(r.text, func(open rune, within string) string {
		value := n
		switch open {
		case '←':
			value = n / r.divisor
		case '→':
			value = n % r.divisor
		case '$':
			return w.choose(within, n/r.divisor)
		}
		if within == "→" && at > 0 { // →→→: by the rule before this one
			return w.apply(set, at-1, value, depth+1)
		}
		if within != "" && !strings.HasPrefix(within, "%") {
			return formatDigits(value, within, w.lang)
		}
		to := w.named(set, within)
		if to == nil || open == '=' && to == set {
			w.failed = true
			return ""
		}
		return w.number(to, strconv.FormatInt(value, 10), depth+1)
	}, n%r.divisor == 0)
}

// fill writes the text of a rule, with what say returns for its substitutions;
// what is in brackets only if there is a rest.
func (w *spelling) fill(text string, say func(open rune, within string) string, even bool) string {
	var b strings.Builder
	for text != "" && !w.failed {
		i := strings.IndexAny(text, "←→=[$")
		if i < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		rest := text[i:]
		switch {
		case rest[0] == '[':
			inner, after, ok := strings.Cut(rest[1:], "]")
			some, none, _ := strings.Cut(inner, "|")
			if even {
				some = none
			}
			b.WriteString(w.fill(some, say, even))
			text, w.failed = after, w.failed || !ok
		case rest[0] == '$':
			inner, after, ok := strings.Cut(strings.TrimPrefix(rest, "$("), ")$")
			b.WriteString(say('$', inner))
			text, w.failed = after, w.failed || !ok
		default:
			mark, size := rune('='), 1
			if rest[0] != '=' {
				mark, size = []rune(rest)[0], len("→")
			}
			within, after, ok := strings.Cut(rest[size:], string(mark))
			if ok && within == "" && strings.HasPrefix(after, "→") && mark == '→' {
				within, after = "→", after[size:]
			}
			if !ok {
				w.failed = true
				return ""
			}
			b.WriteString(say(mark, within))
			text = after
		}
	}
	return b.String()
}

// choose picks from "ordinal,one{st}two{nd}other{th}" what fits a number.
func (w *spelling) choose(rule string, n int64) string {
	kind, forms, _ := strings.Cut(rule, ",")
	number := Number{whole: big.NewInt(n)}
	wanted := cldrRoot().pluralOf(w.lang, number)
	if kind == "ordinal" {
		wanted = cldrRoot().placeOf(w.lang, number.whole)
	}
	other := ""
	for forms != "" {
		name, rest, ok := strings.Cut(forms, "{")
		form, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			break
		}
		if name == wanted {
			return form
		}
		if name == "other" {
			other = form
		}
		forms = after
	}
	return other
}

// formatDigits writes a number in digits, in groups if the pattern has them.
func formatDigits(n int64, pattern, lang string) string {
	text := strconv.FormatInt(n, 10)
	if !strings.Contains(pattern, ",") {
		return text
	}
	l := localeFor(lang)
	return group(text, at(l.Numbers, 1), groupSizes(pattern))
}
