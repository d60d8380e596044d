package stdlib

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"colloquy/engine/python"
)

// fieldPatterns say what each directive of strptime reads.
var fieldPatterns = map[rune]string{
	'd': `3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]`, 'f': `[0-9]{1,6}`, 'H': `2[0-3]|[0-1]\d|\d`, 'I': `1[0-2]|0[1-9]|[1-9]| [1-9]`,
	'G': `\d{4}`, 'j': `36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]`, 'm': `1[0-2]|0[1-9]|[1-9]`,
	'M': `[0-5]\d|\d`, 'S': `6[0-1]|[0-5]\d|\d`, 'U': `5[0-3]|[0-4]\d|\d`, 'W': `5[0-3]|[0-4]\d|\d`, 'w': `[0-6]`, 'u': `[1-7]`,
	'V': `5[0-3]|0[1-9]|[1-4]\d|\d`, 'y': `\d\d`, 'Y': `\d{4}`, 'z': `[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|Z`,
	'Z': `utc|gmt`, 'p': `am|pm`,
	'a': `mon|tue|wed|thu|fri|sat|sun`, 'A': `monday|tuesday|wednesday|thursday|friday|saturday|sunday`,
	'b': `jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec`,
	'B': `january|february|march|april|may|june|july|august|september|october|november|december`,
}

// readAs are the directives that are read as others.
var readAs = map[rune]string{'c': "%a %b %d %H:%M:%S %Y", 'x': "%m/%d/%y", 'X': "%H:%M:%S"}

// datePattern compiles a format of strptime; fields are the directives of its
// groups in order.
func datePattern(format string) (re *regexp.Regexp, fields []rune, err error) {
	var b strings.Builder
	b.WriteString(`(?is)^`)
	seen := map[rune]bool{}
	rest := []rune(format)
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		switch {
		case unicode.IsSpace(c):
			for i+1 < len(rest) && unicode.IsSpace(rest[i+1]) {
				i++
			}
			b.WriteString(`\s+`)
			continue
		case c != '%':
			b.WriteString(regexp.QuoteMeta(string(c)))
			continue
		case i+1 == len(rest):
			return nil, nil, python.Errorf(python.ValueError, "stray %% in format '%s'", format)
		}
		i++
		c = rest[i]
		if sub, ok := readAs[c]; ok {
			rest = append([]rune(sub), rest[i+1:]...)
			i = -1
			continue
		}
		if c == '%' {
			b.WriteByte('%')
			continue
		}
		p, ok := fieldPatterns[c]
		if !ok {
			return nil, nil, python.Errorf(python.ValueError, "'%c' is a bad directive in format '%s'", c, format)
		}
		if seen[c] {
			return nil, nil, python.Errorf(python.ValueError, "redefinition of group name '%c' in format '%s'", c, format)
		}
		seen[c] = true
		fields = append(fields, c)
		b.WriteString("(" + p + ")")
	}
	re, err = regexp.Compile(b.String())
	return re, fields, err
}

// strptime reads s, which must be written as format says.
func strptime(th *python.Thread, s, format *python.Str) (*DateTime, error) {
	re, fields, err := datePattern(format.String())
	if err != nil {
		return nil, err
	}
	m := re.FindStringSubmatchIndex(s.String())
	if m == nil {
		rs, err := th.Repr(s)
		if err != nil {
			return nil, err
		}
		rf, err := th.Repr(format)
		if err != nil {
			return nil, err
		}
		return nil, python.Errorf(python.ValueError, "time data %s does not match format %s", rs, rf)
	}
	if m[1] != len(s.String()) {
		return nil, python.Errorf(python.ValueError, "unconverted data remains: %s", s.String()[m[1]:])
	}
	p := parsed{year: -1, month: 1, day: 1, weekday: -1, week: -1, isoYear: -1, yearDay: -1}
	for i, f := range fields {
		if err := p.take(f, strings.ToLower(s.String()[m[2*i+2]:m[2*i+3]])); err != nil {
			return nil, err
		}
	}
	return p.datetime(format.String())
}

// parsed gathers what strptime has read; -1: nothing.
type parsed struct {
	year, month, day           int
	hour, minute, second       int
	micro                      int
	weekday, week              int // weekday: Monday is 0
	weekFrom                   rune
	isoYear, yearDay           int
	half                       string
	hour12, dayGiven, zonedUTC bool
	zone                       python.Value
}

func (p *parsed) take(field rune, s string) error {
	n, _ := strconv.Atoi(strings.TrimSpace(s))
	switch field {
	case 'd':
		p.day, p.dayGiven = n, true
	case 'm':
		p.month, p.dayGiven = n, true
	case 'b', 'B':
		for i, name := range monthNames {
			if strings.HasPrefix(strings.ToLower(name), s) {
				p.month = i + 1
				break
			}
		}
		p.dayGiven = true
	case 'Y':
		p.year = n
	case 'y':
		p.year = 1900 + n
		if n <= 68 {
			p.year += 100
		}
	case 'H':
		p.hour = n
	case 'I':
		p.hour, p.hour12 = n, true
	case 'p':
		p.half = s
	case 'M':
		p.minute = n
	case 'S':
		p.second = n
	case 'f':
		p.micro, _ = strconv.Atoi((s + "00000")[:6])
	default:
		return p.takeDay(field, s, n)
	}
	return nil
}

// takeDay takes what says a day otherwise than by its date, and the zone.
func (p *parsed) takeDay(field rune, s string, n int) error {
	switch field {
	case 'a', 'A':
		for i, name := range dayNames {
			if strings.HasPrefix(strings.ToLower(name), s) {
				p.weekday = i
			}
		}
	case 'w':
		p.weekday = (n + 6) % 7
	case 'u':
		p.weekday = n - 1
	case 'j':
		p.yearDay = n
	case 'U', 'W', 'V':
		p.week, p.weekFrom = n, field
	case 'G':
		p.isoYear = n
	case 'Z':
		p.zonedUTC = true
	case 'z':
		t, ok, err := parseISOTime("00:00" + strings.ToUpper(s))
		if err != nil {
			return err
		}
		if !ok {
			return python.Errorf(python.ValueError, "Inconsistent use of : in %s", s)
		}
		p.zone = t.tz
	}
	return nil
}

func (p *parsed) datetime(format string) (*DateTime, error) {
	if p.hour12 {
		p.hour %= 12
		if p.half == "pm" {
			p.hour += 12
		}
	}
	d, err := p.date(format)
	if err != nil {
		return nil, err
	}
	t := &DateTime{d, Time{hour: p.hour, minute: p.minute, second: p.second, micro: p.micro, tz: p.zone}}
	return t, t.check()
}

func (p *parsed) date(format string) (Date, error) {
	switch {
	case p.isoYear >= 0 && p.yearDay >= 0:
		return Date{}, python.Errorf(python.ValueError, "Day of the year directive '%%j' is not compatible with ISO year directive '%%G'. Use '%%Y' instead.")
	case p.isoYear >= 0:
		if p.weekFrom != 'V' || p.weekday < 0 {
			return Date{}, python.Errorf(python.ValueError, "ISO year directive '%%G' must be used with the ISO week directive '%%V' and a weekday directive ('%%A', '%%a', '%%w', or '%%u').")
		}
		return dateOfISOWeek(int64(p.isoYear), int64(p.week), int64(p.weekday+1))
	case p.weekFrom == 'V' && p.weekday >= 0:
		return Date{}, python.Errorf(python.ValueError, "ISO week directive '%%V' is incompatible with the year directive '%%Y'. Use the ISO year '%%G' instead.")
	case p.weekFrom == 'V':
		return Date{}, python.Errorf(python.ValueError, "ISO week directive '%%V' must be used with the ISO year directive '%%G' and a weekday directive ('%%A', '%%a', '%%w', or '%%u').")
	}
	year := p.year
	if year < 0 {
		year = 1900
		if p.month == 2 && p.day == 29 {
			return Date{}, python.Errorf(python.ValueError, "day is out of range for month")
		}
	}
	if year < minYear {
		return Date{}, python.Errorf(python.ValueError, "year %d is out of range", year)
	}
	yearDay := p.yearDay
	if yearDay < 0 && p.year >= 0 && p.week >= 0 && p.weekday >= 0 && !p.dayGiven {
		yearDay = p.dayOfWeek(year)
	}
	if yearDay >= 0 && !p.dayGiven {
		return dateOfOrdinal(Date{year, 1, 1}.ordinal() + int64(yearDay) - 1)
	}
	d := Date{year, p.month, p.day}
	return d, d.check()
}

// dayOfWeek returns the day of the year from week and weekday (%U or %W).
func (p *parsed) dayOfWeek(year int) int {
	first := Date{year, 1, 1}.weekday()
	day := p.weekday
	if p.weekFrom == 'U' { // weeks begin on Sunday
		first, day = (first+1)%7, (day+1)%7
	}
	if p.week == 0 {
		return 1 + day - first
	}
	return 1 + (7-first)%7 + 7*(p.week-1) + day
}
