package stdlib

import (
	"fmt"

	"colloquy/engine/python"
)

const (
	minYear    = 1
	maxYear    = 9999
	epochDay   = 719163  // the ordinal of 1970-01-01
	maxOrdinal = 3652059 // that of 9999-12-31
)

var dateClass, isoCalendarClass *python.Class

// Date is datetime.date: a day of the proleptic Gregorian calendar.
type Date struct{ year, month, day int }

// Class returns the class date.
func (*Date) Class() *python.Class { return dateClass }

// Persist returns year, month and day.
func (d *Date) Persist() python.Value { return ints(int64(d.year), int64(d.month), int64(d.day)) }

func restoreDate(data python.Value) (python.Value, error) {
	n, err := readInts(data, 3)
	if err != nil {
		return nil, err
	}
	return newDate(int(n[0]), int(n[1]), int(n[2]))
}

func newDate(year, month, day int) (*Date, error) {
	d := Date{year, month, day}
	if err := d.check(); err != nil {
		return nil, err
	}
	return &d, nil
}

func (d Date) check() error {
	switch {
	case d.year < minYear || d.year > maxYear:
		return python.Errorf(python.ValueError, "year %d is out of range", d.year)
	case d.month < 1 || d.month > 12:
		return python.Errorf(python.ValueError, "month must be in 1..12")
	case d.day < 1 || d.day > daysIn(d.year, d.month):
		return python.Errorf(python.ValueError, "day is out of range for month")
	}
	return nil
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// ordinal returns the number of the day; 1 is the first of January of year 1.
func (d Date) ordinal() int64 {
	y := int64(d.year - 1)
	return y*365 + y/4 - y/100 + y/400 + int64(d.yearDay())
}

// yearDay returns the number of the day in its year, from 1.
func (d Date) yearDay() int {
	n := d.day
	for m := 1; m < d.month; m++ {
		n += daysIn(d.year, m)
	}
	return n
}

// weekday returns 0 for Monday to 6 for Sunday.
func (d Date) weekday() int { return int((d.ordinal() + 6) % 7) }

func dateOfOrdinal(n int64) (Date, error) {
	if n < 1 || n > maxOrdinal {
		return Date{}, python.Errorf(python.OverflowError, "date value out of range")
	}
	n--
	n400, n := n/146097, n%146097
	n100 := min(n/36524, 3)
	n -= n100 * 36524
	n4, n := n/1461, n%1461
	n1 := min(n/365, 3)
	n -= n1 * 365
	d := Date{int(n400*400 + n100*100 + n4*4 + n1 + 1), 1, int(n) + 1}
	for d.day > daysIn(d.year, d.month) {
		d.day -= daysIn(d.year, d.month)
		d.month++
	}
	return d, nil
}

// isoWeek returns the ISO year and week.
func (d Date) isoWeek() (year, week int) {
	first := isoFirstMonday(d.year)
	year = d.year
	n := d.ordinal()
	if n < first {
		year--
		first = isoFirstMonday(year)
	} else if next := isoFirstMonday(year + 1); n >= next {
		year++
		first = next
	}
	return year, int(n-first)/7 + 1
}

// isoFirstMonday returns the ordinal of the Monday that begins an ISO year.
func isoFirstMonday(year int) int64 {
	jan1 := Date{year, 1, 1}.ordinal()
	w := (jan1 + 6) % 7
	if w > 3 {
		return jan1 + 7 - w
	}
	return jan1 - w
}

// yearOfOrdinal returns the year in which a day lies, be it one that dates do
// not have.
func yearOfOrdinal(n int64) int64 {
	cycles, rest := floorDiv(n-1, 146097)
	y := rest / 365
	for y > 0 && y*365+y/4-y/100+y/400 > rest {
		y--
	}
	return 400*cycles + y + 1
}

func dateOfISOWeek(year, week, weekday int64) (Date, error) {
	if year < minYear || year > maxYear {
		return Date{}, python.Errorf(python.ValueError, "Year is out of range: %d", year)
	}
	first := isoFirstMonday(int(year))
	if week < 1 || week > (isoFirstMonday(int(year)+1)-first)/7 {
		return Date{}, python.Errorf(python.ValueError, "Invalid week: %d", week)
	}
	if weekday < 1 || weekday > 7 {
		return Date{}, python.Errorf(python.ValueError, "Invalid day: %d (range is [1, 7])", weekday)
	}
	return dateOfOrdinal(first + (week-1)*7 + weekday - 1)
}

func (d Date) iso() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func (d Date) compare(o Date) int { return sign64(d.ordinal(), o.ordinal()) }

// asDate returns the day of a date or a datetime.
func asDate(v python.Value) (Date, bool) {
	switch d := python.Unwrap(v).(type) {
	case *Date:
		return *d, true
	case *DateTime:
		return d.Date, true
	}
	return Date{}, false
}

// plainDate returns a date that is no datetime.
func plainDate(v python.Value) (Date, bool) {
	d, ok := python.Unwrap(v).(*Date)
	if !ok {
		return Date{}, false
	}
	return *d, true
}

// as makes the day an object of cls, by calling it if it is not date itself.
func (d Date) as(th *python.Thread, cls *python.Class) (python.Value, error) {
	if cls == dateClass {
		return &d, nil
	}
	return th.Call(cls, ints(int64(d.year), int64(d.month), int64(d.day)).Elems, nil)
}

func makeDate(_ *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
	var y, m, d int
	if err := a.Unpack("", "year", &y, "month", &m, "day", &d); err != nil {
		return nil, err
	}
	v, err := newDate(y, m, d)
	if err != nil {
		return nil, err
	}
	return derived(cls, dateClass, v), nil
}

func dateMembers() []python.Member {
	num := func(name string, get func(d Date) int64) python.Member {
		return getter(name, func(v python.Value) python.Value {
			d, _ := asDate(v)
			return python.Int(get(d))
		})
	}
	call := func(name string, get func(d Date) python.Value) python.Member {
		return unary(name, func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDate(v)
			return get(d), nil
		})
	}
	ms := []python.Member{
		num("year", func(d Date) int64 { return int64(d.year) }), num("month", func(d Date) int64 { return int64(d.month) }),
		num("day", func(d Date) int64 { return int64(d.day) }),
		call("weekday", func(d Date) python.Value { return python.Int(d.weekday()) }),
		call("isoweekday", func(d Date) python.Value { return python.Int(d.weekday() + 1) }),
		call("toordinal", func(d Date) python.Value { return python.Int(d.ordinal()) }),
		call("isoformat", func(d Date) python.Value { return str(d.iso()) }),
		call("ctime", func(d Date) python.Value { return str((&DateTime{Date: d}).ctime()) }),
		call("isocalendar", func(d Date) python.Value {
			y, w := d.isoWeek()
			return record(isoCalendarClass, python.Int(y), python.Int(w), python.Int(d.weekday()+1))
		}),
		call("timetuple", func(d Date) python.Value { return (&DateTime{Date: d}).structTime(-1) }),
		unary("__repr__", dateRepr),
		unary("__str__", func(th *python.Thread, v python.Value) (python.Value, error) { return th.CallMethod(v, "isoformat") }),
		python.Method("strftime", strftimeMethod), binary("__format__", formatMethod),
		python.Method("replace", replaceDate),
		binary("__add__", addToDate), binary("__radd__", addToDate), binary("__sub__", subtractFromDate),
		binary("__eq__", equalDates),
		unary("__hash__", func(th *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDate(v)
			h, err := th.Hash(ints(d.ordinal(), -1))
			return python.Int(h), err
		}),
	}
	return append(append(ms, dateConstructors()...), ordered(compareDates)...)
}

func dateRepr(_ *python.Thread, v python.Value) (python.Value, error) {
	d, _ := asDate(v)
	return str(fmt.Sprintf("%s(%d, %d, %d)", classLabel(v), d.year, d.month, d.day)), nil
}

// dateConstructors are the class methods of date that make one.
func dateConstructors() []python.Member {
	made := func(name string, make func(th *python.Thread, a *python.Args) (Date, error)) python.Member {
		return python.ClassMethodOf(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			d, err := make(th, a)
			if err != nil {
				return nil, err
			}
			return d.as(th, a.Self.(*python.Class))
		})
	}
	return []python.Member{
		made("today", func(th *python.Thread, a *python.Args) (Date, error) {
			t := now(th)
			return Date{t.Year(), int(t.Month()), t.Day()}, a.Exactly("today", 0)
		}),
		made("fromordinal", func(_ *python.Thread, a *python.Args) (Date, error) {
			var n int64
			if err := a.Unpack("fromordinal", "/n", &n); err != nil {
				return Date{}, err
			}
			if n < 1 {
				return Date{}, python.Errorf(python.ValueError, "ordinal must be >= 1")
			}
			d, err := dateOfOrdinal(n)
			if err != nil {
				return d, python.Errorf(python.ValueError, "year %d is out of range", yearOfOrdinal(n))
			}
			return d, nil
		}),
		made("fromisoformat", func(_ *python.Thread, a *python.Args) (Date, error) {
			var s python.Value
			if err := a.Unpack("fromisoformat", "/s", &s); err != nil {
				return Date{}, err
			}
			t, ok := text(s)
			if !ok {
				return Date{}, python.Errorf(python.TypeError, "fromisoformat: argument must be str")
			}
			return parseISODate(t.String())
		}),
		made("fromisocalendar", func(_ *python.Thread, a *python.Args) (Date, error) {
			var y, w, d int64
			if err := a.Unpack("fromisocalendar", "year", &y, "week", &w, "day", &d); err != nil {
				return Date{}, err
			}
			return dateOfISOWeek(y, w, d)
		}),
		made("fromtimestamp", func(th *python.Thread, a *python.Args) (Date, error) {
			var stamp python.Value
			if err := a.Unpack("fromtimestamp", "/timestamp", &stamp); err != nil {
				return Date{}, err
			}
			t, err := fromStamp(stamp, now(th).Location())
			if err != nil {
				return Date{}, err
			}
			return t.Date, nil
		}),
	}
}

func replaceDate(th *python.Thread, a *python.Args) (python.Value, error) {
	d, _ := asDate(a.Self)
	if err := a.Unpack("replace", "year?", &d.year, "month?", &d.month, "day?", &d.day); err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	return d.as(th, a.Self.Class())
}

func addToDate(th *python.Thread, a, b python.Value) (python.Value, error) {
	d, _ := asDate(a)
	span, ok := asDelta(b)
	if !ok {
		return python.NotImplemented, nil
	}
	sum, err := dateOfOrdinal(d.ordinal() + span.days)
	if err != nil {
		return nil, err
	}
	return sum.as(th, a.Class())
}

func subtractFromDate(th *python.Thread, a, b python.Value) (python.Value, error) {
	d, _ := asDate(a)
	if o, ok := plainDate(b); ok {
		return &Delta{days: d.ordinal() - o.ordinal()}, nil
	}
	span, ok := asDelta(b)
	if !ok {
		return python.NotImplemented, nil
	}
	diff, err := dateOfOrdinal(d.ordinal() - span.days)
	if err != nil {
		return nil, err
	}
	return diff.as(th, a.Class())
}

func equalDates(_ *python.Thread, a, b python.Value) (python.Value, error) {
	d, _ := asDate(a)
	o, ok := plainDate(b)
	if !ok {
		return python.NotImplemented, nil
	}
	return python.Bool(d == o), nil
}

func compareDates(_ *python.Thread, a, b python.Value) (int, bool, error) {
	d, _ := asDate(a)
	if _, ok := asDateTime(b); ok {
		return 0, false, cannotCompare(a, b)
	}
	o, ok := plainDate(b)
	if !ok {
		return 0, false, nil
	}
	return d.compare(o), true, nil
}

// cannotCompare is the error for a date and a datetime.
func cannotCompare(a, b python.Value) error {
	return python.Errorf(python.TypeError, "can't compare %s to %s", a.Class().QualifiedName(), b.Class().QualifiedName())
}

func defineDate() {
	dateClass = python.NewClass(python.ClassSpec{Name: "date", Dotted: true, Module: "datetime", New: makeDate,
		Members: append(dateMembers(), python.Const("min", &Date{minYear, 1, 1}), python.Const("max", &Date{maxYear, 12, 31}),
			python.Const("resolution", &Delta{days: 1}))})
}
