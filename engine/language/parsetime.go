package language

import (
	"errors"
	"fmt"
	"time"
)

// ErrNoDate reports text that is not a date or time.
var ErrNoDate = errors.New("unknown string format")

// A Parsed is what ParseTime found.
type Parsed struct {
	Time    time.Time
	Zoned   bool // the text named a time zone
	HasDate bool // the text named a day, month, year or day of the week
	HasTime bool // the text named an hour
}

// ParseTime reads a date, a time of day or both from text as people write
// them: "April 5, 2014", "10/31/2016" (the month first, where it can be),
// "2016-04-01", "3:04pm", "5th of April", "2003-09-25T10:49:41.5-03:00". What
// the text leaves out is taken from the midnight of today; a bare day of the
// week is the next one, today included. Without a zone in the text the result
// is in today's. The error is ErrNoDate, or says which part is out of range.
func ParseTime(text string, today time.Time) (Parsed, error) {
	p := &timeParser{tokens: dateTokens(text)}
	if err := p.run(); err != nil {
		return Parsed{}, fmt.Errorf("%w: %s", err, text)
	}
	if len(p.parts) == 0 && p.clock[0] == nil && p.weekday == nil {
		return Parsed{}, fmt.Errorf("%w: %s", ErrNoDate, text)
	}
	d, err := p.date(today.Year())
	if err != nil {
		return Parsed{}, fmt.Errorf("%w: %s", err, text)
	}
	return p.result(d, today)
}

// A dayPart is a number of a date before it is known which one it is.
type dayPart struct {
	value   int
	century bool // written with more than two digits, so it is a year
	month   bool // written as the name of a month
}

// A timeParser walks over the tokens of a text and gathers what they say.
type timeParser struct {
	tokens  []string
	at      int
	parts   []dayPart
	clock   [3]*int // hour, minute, second
	nano    int
	pm      *bool
	weekday *time.Weekday
	offset  *int // seconds east of UTC
}

func (p *timeParser) token(ahead int) string {
	if i := p.at + ahead; i >= 0 && i < len(p.tokens) {
		return p.tokens[i]
	}
	return ""
}

func (p *timeParser) run() error {
	for p.at < len(p.tokens) {
		var err error
		switch tok := p.token(0); {
		case isDigits(tok):
			err = p.number(tok)
		case isLetters(tok):
			err = p.word(tok)
		case p.clock[0] != nil && (tok == "+" || tok == "-") && isDigits(p.token(1)):
			err = p.zoneOffset()
		case isSkipped(tok):
			p.at++
		default:
			err = ErrNoDate
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addPart takes a number of the date.
func (p *timeParser) addPart(part dayPart) error {
	if len(p.parts) >= 3 {
		return ErrNoDate
	}
	p.parts = append(p.parts, part)
	return nil
}

// setClock takes hour (0), minute (1) or second (2).
func (p *timeParser) setClock(which, value int) {
	p.clock[which] = &value
}

// monthAt returns which of the parts is a month by name, or -1.
func (p *timeParser) monthAt() int {
	for i, part := range p.parts {
		if part.month {
			return i
		}
	}
	return -1
}

// A calendarDay is a date in which parts may be missing (nil).
type calendarDay struct{ year, month, day *int }

// date decides which part of the date is which.
func (p *timeParser) date(thisYear int) (calendarDay, error) {
	var order string
	switch named := p.monthAt(); len(p.parts) {
	case 1:
		order = p.orderOfOne(named)
	case 2:
		order = p.orderOfTwo(named)
	case 3:
		order = p.orderOfThree(named)
	}
	var d calendarDay
	for i, c := range order {
		v := p.parts[i].value
		switch c {
		case 'y':
			if !p.parts[i].century && v < 100 {
				v = nearYear(v, thisYear)
			}
			d.year = &v
		case 'm':
			d.month = &v
		case 'd':
			d.day = &v
		}
	}
	if d.month != nil && (*d.month < 1 || *d.month > 12) {
		return d, errors.New("month must be in 1..12")
	}
	if d.year != nil && (*d.year < 1 || *d.year > 9999) {
		return d, errors.New("year is out of range")
	}
	return d, nil
}

// isYear reports whether part i can only be a year.
func (p *timeParser) isYear(i int) bool { return p.parts[i].century || p.parts[i].value > 31 }

func (p *timeParser) orderOfOne(named int) string {
	switch {
	case named == 0:
		return "m"
	case p.isYear(0):
		return "y"
	}
	return "d"
}

func (p *timeParser) orderOfTwo(named int) string {
	switch {
	case named == 0 && p.isYear(1):
		return "my"
	case named == 0:
		return "md"
	case named == 1 && p.isYear(0):
		return "ym"
	case named == 1:
		return "dm"
	case p.isYear(0):
		return "ym"
	case p.isYear(1):
		return "my"
	}
	return "md"
}

func (p *timeParser) orderOfThree(named int) string {
	switch {
	case named == 0 && p.isYear(1):
		return "myd"
	case named == 0:
		return "mdy"
	case named == 1 && p.isYear(0):
		return "ymd"
	case named == 1:
		return "dmy"
	case named == 2 && p.isYear(1):
		return "dym"
	case named == 2:
		return "ydm"
	case p.isYear(0):
		return "ymd"
	case p.parts[0].value > 12:
		return "dmy"
	case p.isYear(1):
		return "myd"
	}
	return "mdy"
}

// nearYear puts a year of two digits within fifty years of this one.
func nearYear(v, thisYear int) int {
	v += thisYear / 100 * 100
	switch {
	case v >= thisYear+50:
		return v - 100
	case v < thisYear-50:
		return v + 100
	}
	return v
}

// result fills what is missing from today and checks ranges.
func (p *timeParser) result(d calendarDay, today time.Time) (Parsed, error) {
	year, month, day := today.Date()
	set(&year, d.year)
	if d.month != nil {
		month = time.Month(*d.month)
	}
	if d.day != nil {
		day = *d.day
		if day < 1 || day > daysIn(year, month) {
			return Parsed{}, errors.New("day is out of range for month")
		}
	}
	day = min(day, daysIn(year, month))
	hour, minute, second, err := p.timeOfDay()
	if err != nil {
		return Parsed{}, err
	}
	loc := today.Location()
	if p.offset != nil {
		loc = fixedZone(*p.offset)
	}
	t := time.Date(year, month, day, hour, minute, second, p.nano, loc)
	if p.weekday != nil && d.day == nil {
		t = t.AddDate(0, 0, (int(*p.weekday)-int(t.Weekday())+7)%7)
	}
	return Parsed{
		Time: t, Zoned: p.offset != nil,
		HasDate: len(p.parts) > 0 || p.weekday != nil, HasTime: p.clock[0] != nil,
	}, nil
}

func fixedZone(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("UTC"+clockOffset(seconds, ":"), seconds)
}

// timeOfDay turns the clock into 24 hours and checks it.
func (p *timeParser) timeOfDay() (hour, minute, second int, err error) {
	set(&hour, p.clock[0])
	set(&minute, p.clock[1])
	set(&second, p.clock[2])
	if p.pm != nil {
		if p.clock[0] == nil || hour < 1 || hour > 12 && !*p.pm {
			return 0, 0, 0, errors.New("invalid hour specified for 12-hour clock")
		}
		if hour <= 12 {
			hour %= 12
			if *p.pm {
				hour += 12
			}
		}
	}
	switch {
	case hour > 23:
		err = errors.New("hour must be in 0..23")
	case minute > 59:
		err = errors.New("minute must be in 0..59")
	case second > 59:
		err = errors.New("second must be in 0..59")
	}
	return hour, minute, second, err
}
