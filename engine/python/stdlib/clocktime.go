package stdlib

import (
	"fmt"

	"colloquy/engine/python"
)

var timeClass *python.Class

// Time is datetime.time: a time of day, with or without a zone.
type Time struct {
	hour, minute, second, micro int
	fold                        int
	tz                          python.Value // nil: none
}

// Class returns the class time.
func (*Time) Class() *python.Class { return timeClass }

// Persist returns hour, minute, second, microsecond, fold and zone.
func (t *Time) Persist() python.Value {
	p := ints(int64(t.hour), int64(t.minute), int64(t.second), int64(t.micro), int64(t.fold))
	p.Elems = append(p.Elems, storedZone(t.tz))
	return p
}

func restoreTime(data python.Value) (python.Value, error) {
	n, err := readInts(data, 5)
	if err != nil {
		return nil, err
	}
	t := Time{hour: int(n[0]), minute: int(n[1]), second: int(n[2]), micro: int(n[3]), fold: int(n[4])}
	if err := t.check(); err != nil {
		return nil, err
	}
	elems := data.(*python.Tuple).Elems
	if len(elems) != 6 {
		return nil, errStored
	}
	t.tz, err = restoreStoredZone(elems[5])
	return &t, err
}

func (t *Time) check() error {
	switch {
	case t.hour < 0 || t.hour > 23:
		return python.Errorf(python.ValueError, "hour must be in 0..23")
	case t.minute < 0 || t.minute > 59:
		return python.Errorf(python.ValueError, "minute must be in 0..59")
	case t.second < 0 || t.second > 59:
		return python.Errorf(python.ValueError, "second must be in 0..59")
	case t.micro < 0 || t.micro > 999999:
		return python.Errorf(python.ValueError, "microsecond must be in 0..999999")
	case t.fold != 0 && t.fold != 1:
		return python.Errorf(python.ValueError, "fold must be either 0 or 1")
	}
	return nil
}

// micros returns the microseconds since midnight.
func (t *Time) micros() int64 {
	return (int64(t.hour)*3600+int64(t.minute)*60+int64(t.second))*microsPerSecond + int64(t.micro)
}

func timeOfMicros(n int64) Time {
	s := n / microsPerSecond
	return Time{hour: int(s / 3600), minute: int(s / 60 % 60), second: int(s % 60), micro: int(n % microsPerSecond)}
}

// iso writes the time without its offset; spec is that of isoformat.
func (t *Time) iso(spec string) (string, error) {
	switch spec {
	case "auto":
		if t.micro == 0 {
			return t.iso("seconds")
		}
		return t.iso("microseconds")
	case "hours":
		return fmt.Sprintf("%02d", t.hour), nil
	case "minutes":
		return fmt.Sprintf("%02d:%02d", t.hour, t.minute), nil
	case "seconds":
		return fmt.Sprintf("%02d:%02d:%02d", t.hour, t.minute, t.second), nil
	case "milliseconds":
		return fmt.Sprintf("%02d:%02d:%02d.%03d", t.hour, t.minute, t.second, t.micro/1000), nil
	case "microseconds":
		return fmt.Sprintf("%02d:%02d:%02d.%06d", t.hour, t.minute, t.second, t.micro), nil
	}
	return "", python.Errorf(python.ValueError, "Unknown timespec value")
}

// reprParts are the arguments that repr shows after those of a date.
func (t *Time) reprParts(th *python.Thread) (string, error) {
	out := fmt.Sprintf("%d, %d", t.hour, t.minute)
	if t.second != 0 || t.micro != 0 {
		out += fmt.Sprintf(", %d", t.second)
	}
	if t.micro != 0 {
		out += fmt.Sprintf(", %d", t.micro)
	}
	if t.fold != 0 {
		out += ", fold=1"
	}
	if t.tz != nil {
		r, err := th.Repr(t.tz)
		if err != nil {
			return "", err
		}
		out += ", tzinfo=" + r.String()
	}
	return out, nil
}

func asTime(v python.Value) (*Time, bool) {
	t, ok := python.Unwrap(v).(*Time)
	return t, ok
}

// as makes the time an object of cls, by calling it if it is not time itself.
func (t *Time) as(th *python.Thread, cls *python.Class) (python.Value, error) {
	if cls == timeClass {
		return t, nil
	}
	args := ints(int64(t.hour), int64(t.minute), int64(t.second), int64(t.micro)).Elems
	return th.Call(cls, append(args, orNone(t.tz)), []python.Kwarg{{Name: "fold", Value: python.Int(t.fold)}})
}

// unpack fills a time from arguments; those not given stay.
func (t *Time) unpack(fn string, a *python.Args) error {
	tz := orNone(t.tz)
	err := a.Unpack(fn, "hour?", &t.hour, "minute?", &t.minute, "second?", &t.second, "microsecond?", &t.micro,
		"tzinfo?", &tz, "*", nil, "fold?", &t.fold)
	if err != nil {
		return err
	}
	if t.tz, err = checkZone(tz); err != nil {
		return err
	}
	return t.check()
}

func makeTime(_ *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
	t := new(Time)
	if err := t.unpack("", a); err != nil {
		return nil, err
	}
	return derived(cls, timeClass, t), nil
}

func timeMembers() []python.Member {
	num := func(name string, get func(t *Time) int) python.Member {
		return getter(name, func(v python.Value) python.Value {
			t, _ := asTime(v)
			return python.Int(get(t))
		})
	}
	ms := []python.Member{
		num("hour", func(t *Time) int { return t.hour }), num("minute", func(t *Time) int { return t.minute }),
		num("second", func(t *Time) int { return t.second }), num("microsecond", func(t *Time) int { return t.micro }),
		num("fold", func(t *Time) int { return t.fold }),
		getter("tzinfo", func(v python.Value) python.Value {
			t, _ := asTime(v)
			return orNone(t.tz)
		}),
		python.Method("replace", func(th *python.Thread, a *python.Args) (python.Value, error) {
			t, _ := asTime(a.Self)
			c := *t
			if err := c.unpack("replace", a); err != nil {
				return nil, err
			}
			return c.as(th, a.Self.Class())
		}),
		python.Method("isoformat", timeISO), python.Method("strftime", strftimeMethod), binary("__format__", formatMethod),
		unary("__str__", func(th *python.Thread, v python.Value) (python.Value, error) { return th.CallMethod(v, "isoformat") }),
		unary("__repr__", timeRepr), unary("__hash__", timeHash), binary("__eq__", equalTimes),
		python.ClassMethodOf("fromisoformat", timeFromISO),
	}
	for _, what := range []string{"utcoffset", "dst"} {
		ms = append(ms, unary(what, func(th *python.Thread, v python.Value) (python.Value, error) {
			t, _ := asTime(v)
			d, err := askZone(th, t.tz, python.None, what)
			if d == nil || err != nil {
				return python.None, err
			}
			return d, nil
		}))
	}
	ms = append(ms, unary("tzname", func(th *python.Thread, v python.Value) (python.Value, error) {
		t, _ := asTime(v)
		s, err := zoneName(th, t.tz, python.None)
		if s == nil || err != nil {
			return python.None, err
		}
		return s, nil
	}))
	return append(ms, ordered(compareTimes)...)
}

func timeISO(th *python.Thread, a *python.Args) (python.Value, error) {
	t, _ := asTime(a.Self)
	spec := "auto"
	if err := a.Unpack("isoformat", "timespec?", &spec); err != nil {
		return nil, err
	}
	out, err := t.iso(spec)
	if err != nil {
		return nil, err
	}
	off, err := zoneOffset(th, t.tz, python.None)
	if err != nil {
		return nil, err
	}
	if off != nil {
		out += offsetText(off, ":")
	}
	return str(out), nil
}

func timeRepr(th *python.Thread, v python.Value) (python.Value, error) {
	t, _ := asTime(v)
	parts, err := t.reprParts(th)
	if err != nil {
		return nil, err
	}
	return str(classLabel(v) + "(" + parts + ")"), nil
}

// sinceMidnight returns the time in UTC as microseconds, if it has an offset.
func (t *Time) sinceMidnight(th *python.Thread) (micros int64, aware bool, err error) {
	off, err := zoneOffset(th, t.tz, python.None)
	if err != nil || off == nil {
		return t.micros(), false, err
	}
	return t.micros() - off.days*microsPerDay - off.micros, true, nil
}

func timeHash(th *python.Thread, v python.Value) (python.Value, error) {
	t, _ := asTime(v)
	n, _, err := t.sinceMidnight(th)
	if err != nil {
		return nil, err
	}
	h, err := th.Hash(ints(n, -2))
	return python.Int(h), err
}

func equalTimes(th *python.Thread, a, b python.Value) (python.Value, error) {
	c, alike, ok, err := timesApart(th, a, b)
	if err != nil || !ok {
		return python.NotImplemented, err
	}
	return python.Bool(alike && c == 0), nil
}

func compareTimes(th *python.Thread, a, b python.Value) (int, bool, error) {
	c, alike, ok, err := timesApart(th, a, b)
	if err == nil && ok && !alike {
		err = python.Errorf(python.TypeError, "can't compare offset-naive and offset-aware times")
	}
	return c, ok, err
}

// timesApart compares two times; alike is false if only one of them knows its
// offset.
func timesApart(th *python.Thread, a, b python.Value) (c int, alike, ok bool, err error) {
	x, _ := asTime(a)
	y, ok := asTime(b)
	if !ok {
		return 0, false, false, nil
	}
	if sameZone(x.tz, y.tz) {
		return sign64(x.micros(), y.micros()), true, true, nil
	}
	m, awareX, err := x.sinceMidnight(th)
	if err != nil {
		return 0, false, false, err
	}
	n, awareY, err := y.sinceMidnight(th)
	return sign64(m, n), awareX == awareY, true, err
}

func timeFromISO(th *python.Thread, a *python.Args) (python.Value, error) {
	var s python.Value
	if err := a.Unpack("fromisoformat", "/s", &s); err != nil {
		return nil, err
	}
	t, ok := text(s)
	if !ok {
		return nil, python.Errorf(python.TypeError, "fromisoformat: argument must be str")
	}
	parsed, ok, err := parseISOTime(t.String())
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, isoError(th, t)
	}
	if err := parsed.check(); err != nil {
		return nil, err
	}
	return parsed.as(th, a.Self.(*python.Class))
}

func defineTime() {
	timeClass = python.NewClass(python.ClassSpec{Name: "time", Dotted: true, Module: "datetime", New: makeTime,
		Members: append(timeMembers(), python.Const("min", &Time{}),
			python.Const("max", &Time{hour: 23, minute: 59, second: 59, micro: 999999}),
			python.Const("resolution", &Delta{micros: 1}))})
}
