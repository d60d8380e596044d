package language

import (
	"math/big"
	"slices"
	"strings"
	"time"
)

// A Difference is the span between two times.
type Difference struct {
	Start, End time.Time
}

// Delta returns the span as the clock counts it; negative if End is earlier.
func (d Difference) Delta() time.Duration {
	return wall(d.End.In(d.Start.Location())).Sub(wall(d.Start))
}

// Seconds returns the whole seconds of the span.
func (d Difference) Seconds() int64 { return int64(d.Delta() / time.Second) }

// Minutes returns the span in minutes.
func (d Difference) Minutes() float64 { return d.Delta().Seconds() / 60 }

// Hours returns the span in hours.
func (d Difference) Hours() float64 { return d.Delta().Seconds() / 3600 }

// Days returns the span in days of 24 hours.
func (d Difference) Days() float64 { return d.Delta().Seconds() / 86400 }

// Weeks returns the span in weeks.
func (d Difference) Weeks() float64 { return d.Days() / 7 }

// Years returns the span in years of 365.2425 days.
func (d Difference) Years() float64 { return d.Days() / 365.2425 }

// A TimeUnit is a unit in which a span is described.
type TimeUnit int

// The units. AnyUnit lets the size of the span decide.
const (
	AnyUnit TimeUnit = iota
	YearUnit
	MonthUnit
	DayUnit
	HourUnit
	MinuteUnit
	SecondUnit
)

var unitNames = [...]string{"", "year", "month", "day", "hour", "minute", "second"}

// ParseTimeUnit returns the unit with a name such as "day"; AnyUnit, false if
// there is none.
func ParseTimeUnit(name string) (TimeUnit, bool) {
	for i, n := range unitNames {
		if i > 0 && n == name {
			return TimeUnit(i), true
		}
	}
	return AnyUnit, name == ""
}

// Describe says how long a span is: "one year, two months, and 14 days". The
// finest unit named is finest; with AnyUnit hours, minutes and seconds appear
// only where nothing larger does. Numbers up to ten are words if nice.
func (s Speaker) Describe(d Difference, finest TimeUnit, nice bool) string {
	iv := CalendarBetween(d.Start, d.End)
	if iv.Years < 0 || iv.Months < 0 || iv.Days < 0 || iv.Hours < 0 || iv.Minutes < 0 || iv.Seconds < 0 {
		iv = iv.Negated()
	}
	counts := []int{iv.Years, iv.Months, int(iv.Days), int(iv.Hours), int(iv.Minutes), int(iv.Seconds)}
	var said []string
	for i, n := range counts {
		unit := TimeUnit(i + 1)
		if n == 0 || !describes(unit, finest, len(said) == 0, counts) {
			continue
		}
		said = append(said, s.quantity(n, unit, nice))
	}
	if len(said) == 0 {
		if finest == AnyUnit {
			finest = SecondUnit
		}
		return s.quantity(0, finest, nice)
	}
	return CommaAndList(said, s.DefaultJoin()).String()
}

// describes reports whether a unit is mentioned: down to finest, if that is
// given; else hours only alone, minutes also beside less than two hours alone,
// and seconds only alone.
func describes(unit, finest TimeUnit, nothingYet bool, counts []int) bool {
	if finest != AnyUnit {
		return unit <= finest
	}
	switch unit {
	case HourUnit, SecondUnit:
		return nothingYet
	case MinuteUnit:
		larger := counts[0] + counts[1] + counts[2]
		return larger == 0 && counts[3] < 2
	}
	return true
}

// quantity says "two days" with the words of the language.
func (s Speaker) quantity(n int, unit TimeUnit, nice bool) string {
	spell := SpellSmall
	if !nice {
		spell = SpellNever
	}
	count, err := s.NiceNumber(Int(int64(n)), spell)
	if err != nil {
		return ""
	}
	name := unitNames[unit]
	form := name
	if n != 1 {
		form += "s"
	}
	if word, ok := s.words().Lookup(s.Lang, form); ok {
		return count + " " + word
	}
	if s.speaksEnglish() {
		return count + " " + form
	}
	return s.counted(n, name, count, spell)
}

// countedInDigits are languages in which a number in words changes with the noun
// in ways that CLDR does not have.
var countedInDigits = []string{"ar", "he"}

// counted says how many there are of a unit of time by the patterns of CLDR;
// a number in words has the gender of the unit.
func (s Speaker) counted(n int, unit, count string, spell Spelling) string {
	l := localeFor(s.Lang)
	number := Int(int64(n))
	pattern, ok := l.Units[unit+" "+cldrRoot().pluralOf(s.Lang, number)]
	if !ok {
		pattern = l.Units[unit+" other"]
	}
	gender := l.Units[unit+" gender"]
	switch {
	case slices.Contains(countedInDigits, l.language):
		count = s.conventions().FormatInt(big.NewInt(int64(n)))
	case spell == SpellSmall && n <= 10:
		if words, ok := s.spelled(number, "%spellout-cardinal-"+gender, "%spellout-cardinal-reale"); ok && gender != "" {
			count = words
		}
	}
	return strings.Replace(pattern, "{0}", count, 1)
}
