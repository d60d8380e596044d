package stdlib

import (
	"math"
	"time"

	"colloquy/engine/python"
)

// structTimeClass is time.struct_time.
var structTimeClass *python.Class

// longestSleep bounds one call of sleep.
const longestSleep = time.Second

func fillTime(_ *builder, ns *python.Namespace) error {
	ns.Set("struct_time", structTimeClass)
	ns.Set("timezone", python.Int(0))
	ns.Set("altzone", python.Int(0))
	ns.Set("daylight", python.Int(0))
	ns.Set("tzname", python.NewTuple(str("UTC"), str("UTC")))
	functions(ns, map[string]python.BuiltinFunc{
		"time":            clockReading("time", func(t time.Time) python.Value { return python.Float(float64(t.UnixMicro()) / 1e6) }),
		"time_ns":         clockReading("time_ns", func(t time.Time) python.Value { return python.Int(t.UnixNano()) }),
		"monotonic":       elapsed("monotonic", func(d time.Duration) python.Value { return python.Float(d.Seconds()) }),
		"perf_counter":    elapsed("perf_counter", func(d time.Duration) python.Value { return python.Float(d.Seconds()) }),
		"process_time":    elapsed("process_time", func(d time.Duration) python.Value { return python.Float(d.Seconds()) }),
		"monotonic_ns":    elapsed("monotonic_ns", func(d time.Duration) python.Value { return python.Int(d) }),
		"perf_counter_ns": elapsed("perf_counter_ns", func(d time.Duration) python.Value { return python.Int(d) }),
		"sleep":           sleep, "gmtime": gmTime(time.UTC), "localtime": gmTime(nil),
		"mktime": makeTimestamp, "strftime": timeFormat, "strptime": timeParse, "ctime": timeText("ctime"), "asctime": asciiTime,
	})
	return nil
}

func clockReading(name string, get func(t time.Time) python.Value) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		return get(now(th)), a.Exactly(name, 0)
	}
}

// processStart is what the clocks that only measure count from.
var processStart = time.Now()

func elapsed(name string, get func(d time.Duration) python.Value) python.BuiltinFunc {
	return func(_ *python.Thread, a *python.Args) (python.Value, error) {
		return get(time.Since(processStart)), a.Exactly(name, 0)
	}
}

// A Sleeper is a thread's owner that may say that its code may sleep for longer
// than a moment, until the time of the thread is over.
type Sleeper interface{ MaySleep() bool }

func patient(th *python.Thread) bool {
	s, ok := th.Local().(Sleeper)
	return ok && s.MaySleep()
}

// sleep waits, but not for long where a visitor is waiting too.
func sleep(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("time.sleep", 1); err != nil {
		return nil, err
	}
	s, err := realOf(th, a.Pos[0])
	if err != nil {
		return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", a.Pos[0].Class().Name())
	}
	switch {
	case math.IsNaN(s) || s < 0:
		return nil, python.Errorf(python.ValueError, "sleep length must be non-negative")
	case s > longestSleep.Seconds() && !patient(th):
		return nil, python.Errorf(python.RuntimeError, "time.sleep() waits for a second at most; use a background action for what takes longer")
	}
	timer := time.NewTimer(time.Duration(s * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-th.Context().Done():
	}
	if err := th.Overdue(); err != nil {
		return nil, err
	}
	return python.None, th.Ticks(1)
}

// stampArg reads an optional argument: seconds since 1970, else the time now.
func stampArg(th *python.Thread, name string, a *python.Args, loc *time.Location) (*DateTime, error) {
	var v python.Value
	if err := a.Unpack(name, "/seconds?", &v); err != nil {
		return nil, err
	}
	if loc == nil {
		loc = now(th).Location()
	}
	if isNone(v) {
		return fromGo(now(th).In(loc), nil), nil
	}
	return fromStamp(v, loc)
}

func gmTime(loc *time.Location) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		t, err := stampArg(th, "gmtime", a, loc)
		if err != nil {
			return nil, err
		}
		out := t.structTime(0)
		if i, ok := out.(*python.Instance); ok {
			zone, off := "GMT", 0
			if loc == nil {
				zone, off = now(th).Zone()
			}
			i.Attrs.Set("tm_zone", str(zone))
			i.Attrs.Set("tm_gmtoff", python.Int(off))
		}
		return out, nil
	}
}

func timeText(name string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		t, err := stampArg(th, name, a, nil)
		if err != nil {
			return nil, err
		}
		return str(t.ctime()), nil
	}
}

// tupleTime reads a struct_time or a tuple of nine ints, for the function fn.
func tupleTime(fn string, v python.Value) (*DateTime, error) {
	t, ok := python.Unwrap(v).(*python.Tuple)
	if !ok {
		return nil, python.Errorf(python.TypeError, "Tuple or struct_time argument required")
	}
	if len(t.Elems) != 9 {
		return nil, python.Errorf(python.TypeError, "%s(): illegal time tuple argument", fn)
	}
	n, err := readInts(t, 9)
	if err != nil {
		return nil, python.Errorf(python.TypeError, "an integer is required")
	}
	if fn != "mktime" {
		if err := checkTimeTuple(n); err != nil {
			return nil, err
		}
	}
	d := Date{int(n[0]), int(max(n[1], 1)), int(max(n[2], 1))}
	if fn == "mktime" || d.check() != nil { // a day that spills over
		if d, err = spilled(n); err != nil {
			return nil, err
		}
	}
	return &DateTime{d, Time{hour: int(n[3]), minute: int(n[4]), second: min(int(n[5]), 59)}}, nil
}

// spilled returns the day of a time tuple whose day or month may lie outside
// its month or year.
func spilled(n []int64) (Date, error) {
	years, month := floorDiv(n[1]-1, 12)
	first, err := newDate(int(n[0]+years), int(month)+1, 1)
	if err != nil {
		return Date{}, python.Errorf(python.OverflowError, "mktime argument out of range")
	}
	return dateOfOrdinal(first.ordinal() + n[2] - 1)
}

// checkTimeTuple reports the first field of a time tuple that is out of its
// range.
func checkTimeTuple(n []int64) error {
	for _, f := range []struct {
		i      int
		lo, hi int64
		name   string
	}{{1, 0, 12, "month"}, {2, 0, 31, "day of month"}, {3, 0, 23, "hour"}, {4, 0, 59, "minute"}, {5, 0, 61, "seconds"},
		{6, -1, 1 << 30, "day of week"}, {7, 0, 366, "day of year"}} {
		if n[f.i] < f.lo || n[f.i] > f.hi {
			return python.Errorf(python.ValueError, "%s out of range", f.name)
		}
	}
	return nil
}

func makeTimestamp(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("time.mktime", 1); err != nil {
		return nil, err
	}
	t, err := tupleTime("mktime", a.Pos[0])
	if err != nil {
		return nil, err
	}
	unix, _ := (&Zone{"", now(th).Location()}).instant(t.wallSeconds(), 0)
	return python.Float(unix), nil
}

func timeFormat(th *python.Thread, a *python.Args) (python.Value, error) {
	var format *python.Str
	var v python.Value
	if err := a.Unpack("strftime", "/format", &format, "/t?", &v); err != nil {
		return nil, err
	}
	t := fromGo(now(th), nil)
	if v != nil {
		var err error
		if t, err = tupleTime("strftime", v); err != nil {
			return nil, err
		}
	}
	name, off := now(th).Zone()
	return like(moment{DateTime: t, offset: seconds(int64(off)), zone: name}.format(format.String()), format), nil
}

func timeParse(th *python.Thread, a *python.Args) (python.Value, error) {
	var s *python.Str
	format := python.NewStr("%a %b %d %H:%M:%S %Y")
	if err := a.Unpack("strptime", "/string", &s, "/format?", &format); err != nil {
		return nil, err
	}
	t, err := strptime(th, s, format)
	if err != nil {
		return nil, err
	}
	return t.structTime(-1), nil
}

func asciiTime(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) == 0 {
		return timeText("asctime")(th, a)
	}
	t, err := tupleTime("asctime", a.Pos[0])
	if err != nil {
		return nil, err
	}
	return str(t.ctime()), nil
}
