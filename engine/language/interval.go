package language

import (
	"math"
	"time"
)

// An Interval is a step in the calendar. The plural fields are added; the
// fields of Set, if not nil, replace what a time has before anything is added.
// Days and smaller units may have fractions.
type Interval struct {
	Years, Months                     int
	Weeks, Days                       float64
	Hours, Minutes, Seconds           float64
	Microseconds                      float64
	Year, Month, Day                  *int
	Hour, Minute, Second, Microsecond *int
}

// AddTo returns t moved by the interval, on the clock of its own zone. Where
// the month is too short the day is its last: January 31 and one month is
// February 28 or 29.
func (iv Interval) AddTo(t time.Time) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	nano := t.Nanosecond()
	set(&year, iv.Year)
	if iv.Month != nil {
		month = time.Month(*iv.Month)
	}
	set(&day, iv.Day)
	set(&hour, iv.Hour)
	set(&minute, iv.Minute)
	set(&second, iv.Second)
	if iv.Microsecond != nil {
		nano = *iv.Microsecond * 1000
	}
	months := year*12 + int(month) - 1 + iv.Years*12 + iv.Months
	year, month = floorDiv(months, 12), time.Month(months-floorDiv(months, 12)*12+1)
	day = min(day, daysIn(year, month))

	wholeDays, dayRest := math.Modf(iv.Days + 7*iv.Weeks)
	seconds := dayRest*86400 + iv.Hours*3600 + iv.Minutes*60 + iv.Seconds
	wholeSeconds, rest := math.Modf(seconds)
	rest = math.Round(rest*1e6 + iv.Microseconds)
	return time.Date(year, month, day+int(wholeDays), hour, minute, second+int(wholeSeconds), nano+int(rest)*1000, t.Location())
}

// Negated returns the interval in the other direction; what it sets, it still
// sets.
func (iv Interval) Negated() Interval {
	iv.Years, iv.Months = -iv.Years, -iv.Months
	iv.Weeks, iv.Days = -iv.Weeks, -iv.Days
	iv.Hours, iv.Minutes, iv.Seconds = -iv.Hours, -iv.Minutes, -iv.Seconds
	iv.Microseconds = -iv.Microseconds
	return iv
}

func set(field, value *int) {
	if value != nil {
		*field = *value
	}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// CalendarBetween returns the interval from a to b in whole calendar units:
// years, months, days, hours, minutes and seconds, all of one sign.
func CalendarBetween(a, b time.Time) Interval {
	b = b.In(a.Location())
	if b.Before(a) {
		return CalendarBetween(b, a).Negated()
	}
	months := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	at := Interval{Months: months}.AddTo(a)
	for at.After(b) {
		months--
		at = Interval{Months: months}.AddTo(a)
	}
	rest := wall(b).Sub(wall(at))
	seconds := int64(rest / time.Second)
	return Interval{
		Years: months / 12, Months: months % 12,
		Days: float64(seconds / 86400), Hours: float64(seconds % 86400 / 3600),
		Minutes: float64(seconds % 3600 / 60), Seconds: float64(seconds % 60),
		Microseconds: float64(rest % time.Second / time.Microsecond),
	}
}

// wall returns what the clock shows as a time in UTC, so that differences are
// those of the clock.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}
