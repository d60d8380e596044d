package language

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Length names one of the predefined forms of a date or time.
type Length string

// The predefined forms, from "3/5/24" to "Tuesday, March 5, 2024".
const (
	Short  Length = "short"
	Medium Length = "medium"
	Long   Length = "long"
	Full   Length = "full"
)

func (l Length) index() (int, bool) {
	switch l {
	case Short:
		return 0, true
	case Medium:
		return 1, true
	case Long:
		return 2, true
	case Full:
		return 3, true
	}
	return 0, false
}

// FormatDate writes the date of t. format is "short", "medium", "long" (also
// if empty), "full" or a CLDR pattern such as "EEEE, MMMM d". Letters that no
// pattern defines stay as they are.
func (s Speaker) FormatDate(t time.Time, format string) string {
	l := localeFor(s.Lang)
	return l.format(t, choose(l.Date, format, Long))
}

// FormatTime writes the time of day of t; an empty format is "short".
func (s Speaker) FormatTime(t time.Time, format string) string {
	l := localeFor(s.Lang)
	return l.format(t, choose(l.Time, format, Short))
}

// FormatDateTime writes date and time of t; an empty format is "long".
func (s Speaker) FormatDateTime(t time.Time, format string) string {
	l := localeFor(s.Lang)
	if format == "" {
		format = string(Long)
	}
	i, ok := Length(format).index()
	if !ok || i >= len(l.Join) || i >= len(l.Date) || i >= len(l.Time) {
		return l.format(t, format)
	}
	join := strings.NewReplacer("{0}", l.Time[i], "{1}", l.Date[i])
	return l.format(t, join.Replace(l.Join[i]))
}

// choose returns the pattern that format means.
func choose(patterns []string, format string, fallback Length) string {
	if format == "" {
		format = string(fallback)
	}
	if i, ok := Length(format).index(); ok && i < len(patterns) {
		return patterns[i]
	}
	return format
}

// MonthName returns the full name of a month (1 to 12), standing alone.
func (s Speaker) MonthName(m time.Month) string {
	return at(localeFor(s.Lang).Months["sw"], int(m)-1)
}

// WeekdayName returns the full name of a day of the week, standing alone.
func (s Speaker) WeekdayName(d time.Weekday) string {
	return at(localeFor(s.Lang).Days["sw"], int(d))
}

// at returns element i, or nothing if there is none.
func at(list []string, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i]
}

// format writes t by a CLDR pattern: letters are fields, text in single quotes
// and everything else stays, two single quotes are one.
func (l *localeData) format(t time.Time, pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			text, n := quoted(pattern[i:])
			b.WriteString(text)
			i += n
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			n := 1
			for i+n < len(pattern) && pattern[i+n] == c {
				n++
			}
			b.WriteString(l.field(t, c, n))
			i += n
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// quoted reads quoted text at the start of a pattern and says how long it was.
func quoted(pattern string) (text string, n int) {
	if strings.HasPrefix(pattern, "''") {
		return "'", 2
	}
	var b strings.Builder
	for i := 1; i < len(pattern); i++ {
		if pattern[i] != '\'' {
			b.WriteByte(pattern[i])
			continue
		}
		if i+1 < len(pattern) && pattern[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return b.String(), i + 1
	}
	return b.String(), len(pattern)
}

// field writes one field: letter c, n times.
func (l *localeData) field(t time.Time, c byte, n int) string {
	switch c {
	case 'y', 'Y', 'u', 'G', 'Q', 'q', 'M', 'L', 'w', 'W', 'd', 'D', 'F', 'E', 'e', 'c':
		return l.dateField(t, c, n)
	case 'a', 'b', 'B', 'h', 'H', 'k', 'K', 'm', 's', 'S', 'A':
		return l.timeField(t, c, n)
	case 'z', 'Z', 'O', 'v', 'V', 'x', 'X':
		return l.zoneField(t, c, n)
	}
	return strings.Repeat(string(c), n)
}

func (l *localeData) dateField(t time.Time, c byte, n int) string {
	switch c {
	case 'y', 'u':
		return yearField(t.Year(), n)
	case 'Y':
		year, _ := l.weekOfYear(t)
		return yearField(year, n)
	case 'G':
		return l.era(t, n)
	case 'Q', 'q':
		return named(l.Quarters, c == 'q', n, (int(t.Month())-1)/3, pad((int(t.Month())+2)/3, n))
	case 'M', 'L':
		return named(l.Months, c == 'L', n, int(t.Month())-1, pad(int(t.Month()), n))
	case 'w':
		_, week := l.weekOfYear(t)
		return pad(week, n)
	case 'W':
		return pad(l.weekOfMonth(t), n)
	case 'd':
		return pad(t.Day(), n)
	case 'D':
		return pad(t.YearDay(), n)
	case 'F':
		return pad((t.Day()-1)/7+1, n)
	case 'E':
		return named(l.Days, false, max(n, 3), int(t.Weekday()), "")
	default: // e, c
		first, _ := cldrRoot().weekRules(l.territory)
		number := pad((int(t.Weekday())-first+7)%7+1, n)
		return named(l.Days, c == 'c', n, int(t.Weekday()), number)
	}
}

func yearField(year, n int) string {
	if n == 2 {
		return pad(((year%100)+100)%100, 2)
	}
	return pad(year, n)
}

// named writes a name of width n: 3 abbreviated, 4 wide, 5 narrow, 6 short;
// for 1 and 2 the number.
func named(names map[string][]string, alone bool, n, i int, number string) string {
	context := "f"
	if alone {
		context = "s"
	}
	switch n {
	case 1, 2:
		return number
	case 4:
		return at(names[context+"w"], i)
	case 5:
		return at(names[context+"n"], i)
	}
	return at(names[context+"a"], i)
}

func (l *localeData) era(t time.Time, n int) string {
	i := 1
	if t.Year() < 1 {
		i = 0
	}
	if n == 4 {
		return at(l.EraNames, i)
	}
	return at(l.Eras, i)
}

func (l *localeData) timeField(t time.Time, c byte, n int) string {
	hour := t.Hour()
	switch c {
	case 'a', 'b':
		return at(l.Halves, hour/12)
	case 'B':
		return l.partOfDay(hour*60 + t.Minute())
	case 'h':
		return pad((hour+11)%12+1, n)
	case 'H':
		return pad(hour, n)
	case 'k':
		return pad((hour+23)%24+1, n)
	case 'K':
		return pad(hour%12, n)
	case 'm':
		return pad(t.Minute(), n)
	case 's':
		return pad(t.Second(), n)
	case 'S':
		digits := fmt.Sprintf("%09d", t.Nanosecond())
		if n > len(digits) {
			digits += strings.Repeat("0", min(n, 64)-len(digits))
		}
		return digits[:min(n, len(digits))]
	default: // A
		ms := ((hour*60+t.Minute())*60+t.Second())*1000 + t.Nanosecond()/1e6
		return pad(ms, n)
	}
}

// partOfDay names the part of the day that a minute is in, such as "in the
// afternoon"; AM or PM where the language names none.
func (l *localeData) partOfDay(minute int) string {
	for _, rule := range cldrRoot().Periods[l.language] {
		name, span, _ := strings.Cut(rule, "=")
		from, before, _ := strings.Cut(span, "-")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(before)
		if err1 != nil || err2 != nil || l.Periods[name] == "" {
			continue
		}
		if start <= minute && minute < end || end < start && (minute >= start || minute < end) {
			return l.Periods[name]
		}
	}
	return at(l.Halves, minute/720)
}

// pad writes i with at least n digits (n up to 64 counts).
func pad(i, n int) string {
	s := strconv.Itoa(i)
	if i < 0 {
		return "-" + pad(-i, n)
	}
	if missing := min(n, 64) - len(s); missing > 0 {
		return strings.Repeat("0", missing) + s
	}
	return s
}

// weekOfYear returns the number of the week in the locale's reckoning, and the
// year that the week belongs to.
func (l *localeData) weekOfYear(t time.Time) (year, week int) {
	first, minDays := cldrRoot().weekRules(l.territory)
	weekday := (int(t.Weekday()) - first + 7) % 7
	year = t.Year()
	week = weekNumber(t.YearDay(), weekday, minDays)
	if week == 0 {
		year--
		days := time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
		return year, weekNumber(days+t.YearDay(), weekday, minDays)
	}
	days := time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	if left := days - t.YearDay() + weekday + 1; left < 7 && 7-left >= minDays {
		return year + 1, 1
	}
	return year, week
}

func (l *localeData) weekOfMonth(t time.Time) int {
	first, minDays := cldrRoot().weekRules(l.territory)
	return weekNumber(t.Day(), (int(t.Weekday())-first+7)%7, minDays)
}

// weekNumber counts weeks in a period: day is the day in the period from 1,
// weekday its place in the week from 0.
func weekNumber(day, weekday, minDays int) int {
	start := ((weekday-day+1)%7 + 7) % 7 // place in its week of the period's first day
	week := (day + start - 1) / 7
	if 7-start >= minDays {
		week++
	}
	return week
}
