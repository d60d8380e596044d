package language

import (
	"strings"
	"unicode"
)

// A Conjunction says how a list is joined into one text. Take DefaultJoin and
// change what the author changes.
type Conjunction struct {
	And       string // the last two are joined by Before + And + After
	Comma     string // the others
	Before    string
	After     string
	SkipComma bool // no comma before And (docassemble's oxford=False)
}

// DefaultJoin returns "a, b, and c" in the speaker's language, by the patterns
// of CLDR: "a, b y c". English always has the comma before its "and".
func (s Speaker) DefaultJoin() Conjunction {
	c := Conjunction{And: s.Word("and"), Comma: ", ", Before: " ", After: " "}
	l := localeFor(s.Lang)
	if s.speaksEnglish() || len(l.Lists) < 4 {
		return c
	}
	between := func(pattern string) string {
		return strings.TrimSuffix(strings.TrimPrefix(pattern, "{0}"), "{1}")
	}
	two, middle, end := between(l.Lists[0]), between(l.Lists[2]), between(l.Lists[3])
	c.Comma = middle
	c.SkipComma = strings.TrimSpace(middle) == "" || !strings.HasPrefix(strings.TrimSpace(end), strings.TrimSpace(middle)) || end == two
	c.Before = two[:len(two)-len(strings.TrimLeft(two, " "))]
	c.After = two[len(strings.TrimRight(two, " ")):]
	if and := strings.TrimSpace(two); c.And == "and" && and != "" {
		c.And = and
	}
	return c
}

// CommaAndList joins items as a sentence does: "a", "a and b", "a, b, and c".
func CommaAndList(items []string, c Conjunction) Parts {
	last := len(items) - 1
	var p Parts
	for i, item := range items {
		switch {
		case i == 0:
		case i == last:
			if last > 1 && !c.SkipComma {
				p = p.own(strings.TrimSpace(c.Comma))
			}
			p = p.own(c.Before + c.And + c.After)
		default:
			p = p.own(c.Comma)
		}
		p = p.whole(i, item)
	}
	return p
}

// CommaList joins items with comma, usually ", ".
func CommaList(items []string, comma string) Parts {
	var p Parts
	for i, item := range items {
		if i > 0 {
			p = p.own(comma)
		}
		p = p.whole(i, item)
	}
	return p
}

// AddSeparators makes list items read as one sentence: each gets separator at
// its end, the one before the last gets last ("; and"), and the last gets
// end, unless it ends in a mark already. In result i, part items are i.
func AddSeparators(items []string, separator, last, end string) []Parts {
	out := make([]Parts, len(items))
	for i, item := range items {
		item = strings.TrimRightFunc(item, unicode.IsSpace)
		switch len(items) - i {
		case 1:
			out[i] = FixPunctuation(item, end, SentenceMarks()).renumber(i)
		case 2:
			if last != "" {
				item = strings.TrimRight(item, string([]rune(last)[:1]))
			}
			out[i] = Whole(i, item).own(last)
		default:
			item = strings.TrimRight(item, ",")
			out[i] = FixPunctuation(item, separator, nil).renumber(i)
		}
	}
	return out
}
