package stdlib

import (
	"fmt"
	"math"
	"math/big"
	"time"

	"colloquy/engine/python"
)

var datetimeClass *python.Class

// DateTime is datetime.datetime: a day and a time of day, with or without a
// zone.
type DateTime struct {
	Date
	Time
}

// Class returns the class datetime.
func (*DateTime) Class() *python.Class { return datetimeClass }

// Persist returns the parts of the day, those of the time, fold and zone.
func (t *DateTime) Persist() python.Value {
	p := t.Date.Persist().(*python.Tuple)
	p.Elems = append(p.Elems, t.Time.Persist().(*python.Tuple).Elems...)
	return p
}

func restoreDateTime(data python.Value) (python.Value, error) {
	t, ok := data.(*python.Tuple)
	if !ok || len(t.Elems) != 9 {
		return nil, errStored
	}
	day, err := restoreDate(python.NewTuple(t.Elems[:3]...))
	if err != nil {
		return nil, err
	}
	clock, err := restoreTime(python.NewTuple(t.Elems[3:]...))
	if err != nil {
		return nil, err
	}
	return &DateTime{*day.(*Date), *clock.(*Time)}, nil
}

func (t *DateTime) check() error {
	if err := t.Date.check(); err != nil {
		return err
	}
	return t.Time.check()
}

// wallSeconds returns the seconds from 1970 to the time as if it were in UTC.
func (t *DateTime) wallSeconds() int64 {
	return (t.ordinal()-epochDay)*86400 + t.micros()/microsPerSecond
}

// wallMicros returns the microseconds from 1970 to the time as if it were UTC.
func (t *DateTime) wallMicros() int64 { return t.wallSeconds()*microsPerSecond + int64(t.micro) }

// dateTimeOf is the opposite of wallMicros.
func dateTimeOf(micros int64) (*DateTime, error) {
	days, rest := floorDiv(micros, microsPerDay)
	d, err := dateOfOrdinal(days + epochDay)
	if err != nil {
		return nil, err
	}
	return &DateTime{d, timeOfMicros(rest)}, nil
}

// fromGo returns the time that clocks in t's location show.
func fromGo(t time.Time, tz python.Value) *DateTime {
	return &DateTime{Date{t.Year(), int(t.Month()), t.Day()},
		Time{hour: t.Hour(), minute: t.Minute(), second: t.Second(), micro: t.Nanosecond() / 1000, tz: tz}}
}

// shifted returns the time moved by a span, forward or (sign -1) back, in the
// same zone.
func (t *DateTime) shifted(d *Delta, sign int64) (*DateTime, error) {
	rest := t.micros() + sign*d.micros
	more, rest := floorDiv(rest, microsPerDay)
	day, err := dateOfOrdinal(t.ordinal() + sign*d.days + more)
	if err != nil {
		return nil, err
	}
	out := &DateTime{day, timeOfMicros(rest)}
	out.tz = t.tz
	return out, nil
}

func asDateTime(v python.Value) (*DateTime, bool) {
	t, ok := python.Unwrap(v).(*DateTime)
	return t, ok
}

// as makes the time an object of cls, by calling it if it is not datetime
// itself.
func (t *DateTime) as(th *python.Thread, cls *python.Class) (python.Value, error) {
	if cls == datetimeClass {
		return t, nil
	}
	args := ints(int64(t.year), int64(t.month), int64(t.day), int64(t.hour), int64(t.minute), int64(t.second), int64(t.micro)).Elems
	var kw []python.Kwarg
	if t.fold != 0 {
		kw = []python.Kwarg{{Name: "fold", Value: python.Int(t.fold)}}
	}
	return th.Call(cls, append(args, orNone(t.tz)), kw)
}

// offset returns how far the time is ahead of UTC; nil: it does not say.
func (t *DateTime) offset(th *python.Thread) (*Delta, error) { return zoneOffset(th, t.tz, t) }

// instant returns the time in UTC as microseconds since 1970; aware is false,
// and the time taken as it stands, if it does not know its offset.
func (t *DateTime) instant(th *python.Thread) (micros int64, aware bool, err error) {
	off, err := t.offset(th)
	if err != nil || off == nil {
		return t.wallMicros(), false, err
	}
	return t.wallMicros() - off.days*microsPerDay - off.micros, true, nil
}

func makeDateTime(_ *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
	t := new(DateTime)
	var tz python.Value
	err := a.Unpack("", "year", &t.year, "month", &t.month, "day", &t.day, "hour?", &t.hour, "minute?", &t.minute,
		"second?", &t.second, "microsecond?", &t.micro, "tzinfo?", &tz, "*", nil, "fold?", &t.fold)
	if err != nil {
		return nil, err
	}
	if t.tz, err = checkZone(tz); err != nil {
		return nil, err
	}
	if err := t.check(); err != nil {
		return nil, err
	}
	return derived(cls, datetimeClass, t), nil
}

func (t *DateTime) ctime() string {
	return fmt.Sprintf("%s %s %2d %02d:%02d:%02d %04d", dayNames[t.weekday()][:3], monthNames[t.month-1][:3], t.day,
		t.hour, t.minute, t.second, t.year)
}

// structTime returns a time.struct_time; dst is 1, 0 or -1 for unknown.
func (t *DateTime) structTime(dst int) python.Value {
	return record(structTimeClass, ints(int64(t.year), int64(t.month), int64(t.day), int64(t.hour), int64(t.minute), int64(t.second),
		int64(t.weekday()), int64(t.yearDay()), int64(dst)).Elems...)
}

func datetimeMembers() []python.Member {
	num := func(name string, get func(t *DateTime) int) python.Member {
		return getter(name, func(v python.Value) python.Value {
			t, _ := asDateTime(v)
			return python.Int(get(t))
		})
	}
	call := func(name string, fn func(th *python.Thread, v python.Value, t *DateTime) (python.Value, error)) python.Member {
		return unary(name, func(th *python.Thread, v python.Value) (python.Value, error) {
			t, _ := asDateTime(v)
			return fn(th, v, t)
		})
	}
	ms := []python.Member{
		num("hour", func(t *DateTime) int { return t.hour }), num("minute", func(t *DateTime) int { return t.minute }),
		num("second", func(t *DateTime) int { return t.second }), num("microsecond", func(t *DateTime) int { return t.micro }),
		num("fold", func(t *DateTime) int { return t.fold }),
		getter("tzinfo", func(v python.Value) python.Value {
			t, _ := asDateTime(v)
			return orNone(t.tz)
		}),
		call("date", func(_ *python.Thread, _ python.Value, t *DateTime) (python.Value, error) {
			d := t.Date
			return &d, nil
		}),
		call("time", func(_ *python.Thread, _ python.Value, t *DateTime) (python.Value, error) {
			c := t.Time
			c.tz = nil
			return &c, nil
		}),
		call("timetz", func(_ *python.Thread, _ python.Value, t *DateTime) (python.Value, error) {
			c := t.Time
			return &c, nil
		}),
		call("ctime", func(_ *python.Thread, _ python.Value, t *DateTime) (python.Value, error) { return str(t.ctime()), nil }),
		call("timetuple", timeTuple), call("utctimetuple", utcTimeTuple), call("timestamp", timestamp),
		call("__repr__", datetimeRepr), call("__hash__", datetimeHash),
		unary("__str__", func(th *python.Thread, v python.Value) (python.Value, error) {
			return th.CallMethod(v, "isoformat", str(" "))
		}),
		python.Method("isoformat", datetimeISO), python.Method("replace", replaceDateTime),
		python.Method("astimezone", asTimezoneMethod),
		binary("__add__", addToDateTime), binary("__radd__", addToDateTime), binary("__sub__", subtractFromDateTime),
		binary("__eq__", equalDateTimes),
	}
	ms = append(ms, zoneAnswers()...)
	return append(append(ms, datetimeConstructors()...), ordered(compareDateTimes)...)
}

// zoneAnswers are the methods that ask the zone.
func zoneAnswers() []python.Member {
	var ms []python.Member
	for _, what := range []string{"utcoffset", "dst"} {
		ms = append(ms, unary(what, func(th *python.Thread, v python.Value) (python.Value, error) {
			t, _ := asDateTime(v)
			d, err := askZone(th, t.tz, v, what)
			if d == nil || err != nil {
				return python.None, err
			}
			return d, nil
		}))
	}
	return append(ms, unary("tzname", func(th *python.Thread, v python.Value) (python.Value, error) {
		t, _ := asDateTime(v)
		s, err := zoneName(th, t.tz, v)
		if s == nil || err != nil {
			return python.None, err
		}
		return s, nil
	}))
}

func timeTuple(th *python.Thread, v python.Value, t *DateTime) (python.Value, error) {
	dst, err := askZone(th, t.tz, v, "dst")
	if err != nil {
		return nil, err
	}
	switch {
	case dst == nil:
		return t.structTime(-1), nil
	case *dst == Delta{}:
		return t.structTime(0), nil
	}
	return t.structTime(1), nil
}

func utcTimeTuple(th *python.Thread, _ python.Value, t *DateTime) (python.Value, error) {
	n, _, err := t.instant(th)
	if err != nil {
		return nil, err
	}
	u, err := dateTimeOf(n)
	if err != nil {
		return nil, err
	}
	return u.structTime(0), nil
}

// timestamp of a time without a zone takes it as one of the evaluation's clock.
func timestamp(th *python.Thread, _ python.Value, t *DateTime) (python.Value, error) {
	n, aware, err := t.instant(th)
	if err != nil {
		return nil, err
	}
	if !aware {
		z := &Zone{"", now(th).Location()}
		unix, _ := z.instant(t.wallSeconds(), t.fold)
		n = unix*microsPerSecond + int64(t.micro)
	}
	f, _ := new(big.Rat).SetFrac64(n, microsPerSecond).Float64()
	return python.Float(f), nil
}

func datetimeRepr(th *python.Thread, v python.Value, t *DateTime) (python.Value, error) {
	parts, err := t.Time.reprParts(th)
	if err != nil {
		return nil, err
	}
	return str(fmt.Sprintf("%s(%d, %d, %d, %s)", classLabel(v), t.year, t.month, t.day, parts)), nil
}

func datetimeHash(th *python.Thread, _ python.Value, t *DateTime) (python.Value, error) {
	c := *t
	c.fold = 0
	n, _, err := c.instant(th)
	if err != nil {
		return nil, err
	}
	h, err := th.Hash(ints(n, -3))
	return python.Int(h), err
}

func datetimeISO(th *python.Thread, a *python.Args) (python.Value, error) {
	t, _ := asDateTime(a.Self)
	sep, spec := python.NewStr("T"), "auto"
	if err := a.Unpack("isoformat", "sep?", &sep, "timespec?", &spec); err != nil {
		return nil, err
	}
	if sep.Len() != 1 {
		return nil, python.Errorf(python.TypeError, "isoformat() argument 1 must be a unicode character, not str")
	}
	clock, err := t.Time.iso(spec)
	if err != nil {
		return nil, err
	}
	off, err := zoneOffset(th, t.tz, a.Self)
	if err != nil {
		return nil, err
	}
	if off != nil {
		clock += offsetText(off, ":")
	}
	return like(t.Date.iso()+sep.String()+clock, sep), nil
}

func replaceDateTime(th *python.Thread, a *python.Args) (python.Value, error) {
	t, _ := asDateTime(a.Self)
	c := *t
	tz := orNone(c.tz)
	err := a.Unpack("replace", "year?", &c.year, "month?", &c.month, "day?", &c.day, "hour?", &c.hour, "minute?", &c.minute,
		"second?", &c.second, "microsecond?", &c.micro, "tzinfo?", &tz, "*", nil, "fold?", &c.fold)
	if err != nil {
		return nil, err
	}
	if c.tz, err = checkZone(tz); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c.as(th, a.Self.Class())
}

func asTimezoneMethod(th *python.Thread, a *python.Args) (python.Value, error) {
	t, _ := asDateTime(a.Self)
	var tz python.Value
	if err := a.Unpack("astimezone", "tz?", &tz); err != nil {
		return nil, err
	}
	if tz != nil && tz != python.Value(python.None) && !tz.Class().Derives(tzinfoClass) {
		return nil, python.Errorf(python.TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'", tz.Class().Name())
	}
	if tz != nil && sameZone(t.tz, tz) {
		return a.Self, nil
	}
	n, aware, err := t.instant(th)
	if err != nil {
		return nil, err
	}
	if !aware {
		unix, _ := (&Zone{"", now(th).Location()}).instant(t.wallSeconds(), t.fold)
		n = unix*microsPerSecond + int64(t.micro)
	}
	if isNone(tz) {
		tz = localZone(time.UnixMicro(n).In(now(th).Location()))
	}
	u, err := dateTimeOf(n)
	if err != nil {
		return nil, err
	}
	u.tz = tz
	v, err := u.as(th, a.Self.Class())
	if err != nil {
		return nil, err
	}
	return th.CallMethod(tz, "fromutc", v)
}

// localZone is the fixed offset of a Go time.
func localZone(t time.Time) *Timezone {
	name, off := t.Zone()
	return &Timezone{seconds(int64(off)), python.NewStr(name)}
}

func addToDateTime(th *python.Thread, a, b python.Value) (python.Value, error) {
	t, _ := asDateTime(a)
	d, ok := asDelta(b)
	if !ok {
		return python.NotImplemented, nil
	}
	sum, err := t.shifted(d, 1)
	if err != nil {
		return nil, err
	}
	return sum.as(th, a.Class())
}

func subtractFromDateTime(th *python.Thread, a, b python.Value) (python.Value, error) {
	t, _ := asDateTime(a)
	if d, ok := asDelta(b); ok {
		diff, err := t.shifted(d, -1)
		if err != nil {
			return nil, err
		}
		return diff.as(th, a.Class())
	}
	o, ok := asDateTime(b)
	if !ok {
		return python.NotImplemented, nil
	}
	x, y, alike, err := twoInstants(th, t, o)
	if err != nil {
		return nil, err
	}
	if !alike {
		return nil, python.Errorf(python.TypeError, "can't subtract offset-naive and offset-aware datetimes")
	}
	return deltaResult(newDelta(0, x-y))
}

// twoInstants returns two times on one scale; alike is false if only one of
// them knows its offset.
func twoInstants(th *python.Thread, a, b *DateTime) (x, y int64, alike bool, err error) {
	if sameZone(a.tz, b.tz) {
		return a.wallMicros(), b.wallMicros(), true, nil
	}
	x, awareX, err := a.instant(th)
	if err != nil {
		return 0, 0, false, err
	}
	y, awareY, err := b.instant(th)
	return x, y, awareX == awareY, err
}

func equalDateTimes(th *python.Thread, a, b python.Value) (python.Value, error) {
	t, _ := asDateTime(a)
	o, ok := asDateTime(b)
	if !ok {
		if _, day := plainDate(b); day {
			return python.False, nil
		}
		return python.NotImplemented, nil
	}
	x, y, alike, err := twoInstants(th, t, o)
	return python.Bool(alike && x == y), err
}

func compareDateTimes(th *python.Thread, a, b python.Value) (int, bool, error) {
	t, _ := asDateTime(a)
	o, ok := asDateTime(b)
	if !ok {
		if _, day := plainDate(b); day {
			return 0, false, cannotCompare(a, b)
		}
		return 0, false, nil
	}
	x, y, alike, err := twoInstants(th, t, o)
	if err == nil && !alike {
		err = python.Errorf(python.TypeError, "can't compare offset-naive and offset-aware datetimes")
	}
	return sign64(x, y), true, err
}

// fromStamp returns the time in loc, seconds after 1970.
func fromStamp(stamp python.Value, loc *time.Location) (*DateTime, error) {
	f, ok := python.FloatOf(stamp)
	if !ok {
		return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", stamp.Class().Name())
	}
	switch {
	case math.IsNaN(f):
		return nil, python.Errorf(python.ValueError, "Invalid value NaN (not a number)")
	case math.Abs(f) >= 1<<63:
		return nil, python.Errorf(python.OverflowError, "timestamp out of range for platform time_t")
	case math.Abs(f) > 1e12:
		days, _ := floorDiv(int64(f), 86400)
		return nil, python.Errorf(python.ValueError, "year %d is out of range", yearOfOrdinal(days+epochDay))
	}
	whole, frac := math.Modf(f)
	micros := math.RoundToEven(frac * 1e6)
	t := time.UnixMicro(int64(whole)*microsPerSecond + int64(micros)).In(loc)
	if t.Year() < minYear || t.Year() > maxYear {
		return nil, python.Errorf(python.ValueError, "year %d is out of range", t.Year())
	}
	out := fromGo(t, nil)
	if first, repeated := (&Zone{"", loc}).instant(out.wallSeconds(), 0); repeated && first != t.Unix() {
		out.fold = 1
	}
	return out, nil
}

func defineDateTime() {
	datetimeClass = python.NewClass(python.ClassSpec{Name: "datetime", Dotted: true, Module: "datetime", Bases: []*python.Class{dateClass},
		New: makeDateTime, Members: append(datetimeMembers(),
			python.Const("min", &DateTime{Date: Date{minYear, 1, 1}}),
			python.Const("max", &DateTime{Date{maxYear, 12, 31}, Time{hour: 23, minute: 59, second: 59, micro: 999999}}),
			python.Const("resolution", &Delta{micros: 1}))})
}

func fillDateTime(_ *builder, ns *python.Namespace) error {
	for _, c := range []*python.Class{dateClass, timeClass, datetimeClass, deltaClass, tzinfoClass, timezoneClass} {
		ns.Set(c.ShortName(), c)
	}
	ns.Set("UTC", utc)
	ns.Set("MINYEAR", python.Int(minYear))
	ns.Set("MAXYEAR", python.Int(maxYear))
	return nil
}
