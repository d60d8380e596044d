package stdlib

import (
	"time"

	"colloquy/engine/python"
)

// datetimeConstructors are the class methods of datetime that make one.
func datetimeConstructors() []python.Member {
	made := func(name string, make func(th *python.Thread, a *python.Args) (*DateTime, error)) python.Member {
		return python.ClassMethodOf(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			t, err := make(th, a)
			if err != nil {
				return nil, err
			}
			return t.as(th, a.Self.(*python.Class))
		})
	}
	return []python.Member{
		python.ClassMethodOf("now", datetimeNow),
		python.ClassMethodOf("fromtimestamp", datetimeFromStamp),
		made("today", func(th *python.Thread, a *python.Args) (*DateTime, error) {
			return fromGo(now(th), nil), a.Exactly("today", 0)
		}),
		made("utcnow", func(th *python.Thread, a *python.Args) (*DateTime, error) {
			return fromGo(now(th).UTC(), nil), a.Exactly("utcnow", 0)
		}),
		made("utcfromtimestamp", func(_ *python.Thread, a *python.Args) (*DateTime, error) {
			var stamp python.Value
			if err := a.Unpack("utcfromtimestamp", "/timestamp", &stamp); err != nil {
				return nil, err
			}
			return fromStamp(stamp, time.UTC)
		}),
		made("combine", combine),
		made("strptime", func(th *python.Thread, a *python.Args) (*DateTime, error) {
			if len(a.Pos) != 2 {
				return nil, python.Errorf(python.TypeError, "strptime() takes exactly 2 arguments (%d given)", len(a.Pos))
			}
			s, ok := text(a.Pos[0])
			format, isText := text(a.Pos[1])
			switch {
			case !ok:
				return nil, python.Errorf(python.TypeError, "strptime() argument 1 must be str, not %s", a.Pos[0].Class().Name())
			case !isText:
				return nil, python.Errorf(python.TypeError, "strptime() argument 2 must be str, not %s", a.Pos[1].Class().Name())
			}
			return strptime(th, s, format)
		}),
		made("fromisoformat", func(th *python.Thread, a *python.Args) (*DateTime, error) {
			var s python.Value
			if err := a.Unpack("fromisoformat", "/s", &s); err != nil {
				return nil, err
			}
			t, ok := text(s)
			if !ok {
				return nil, python.Errorf(python.TypeError, "fromisoformat: argument must be str")
			}
			return parseISODateTime(th, t)
		}),
	}
}

func datetimeNow(th *python.Thread, a *python.Args) (python.Value, error) {
	var tz python.Value
	if err := a.Unpack("now", "tz?", &tz); err != nil {
		return nil, err
	}
	return atInstant(th, a.Self.(*python.Class), now(th), tz)
}

func datetimeFromStamp(th *python.Thread, a *python.Args) (python.Value, error) {
	var stamp, tz python.Value
	if err := a.Unpack("fromtimestamp", "timestamp", &stamp, "tz?", &tz); err != nil {
		return nil, err
	}
	if isNone(tz) {
		t, err := fromStamp(stamp, now(th).Location())
		if err != nil {
			return nil, err
		}
		return t.as(th, a.Self.(*python.Class))
	}
	t, err := fromStamp(stamp, time.UTC)
	if err != nil {
		return nil, err
	}
	return atInstant(th, a.Self.(*python.Class), time.UnixMicro(t.wallMicros()), tz)
}

// atInstant returns the moment t as clocks in tz show it, or without a zone as
// the evaluation's clock does.
func atInstant(th *python.Thread, cls *python.Class, t time.Time, tz python.Value) (python.Value, error) {
	zone, err := checkZone(tz)
	if err != nil {
		return nil, err
	}
	if zone == nil {
		return fromGo(t, nil).as(th, cls)
	}
	v, err := fromGo(t.UTC(), zone).as(th, cls)
	if err != nil {
		return nil, err
	}
	return th.CallMethod(zone, "fromutc", v)
}

func combine(_ *python.Thread, a *python.Args) (*DateTime, error) {
	var day, clock, tz python.Value
	if err := a.Unpack("combine", "date", &day, "time", &clock, "tzinfo?", &tz); err != nil {
		return nil, err
	}
	d, ok := asDate(day)
	if !ok {
		return nil, python.Errorf(python.TypeError, "combine() argument 1 must be datetime.date, not %s", day.Class().Name())
	}
	t, ok := asTime(clock)
	if !ok {
		return nil, python.Errorf(python.TypeError, "combine() argument 2 must be datetime.time, not %s", clock.Class().Name())
	}
	out := &DateTime{d, *t}
	if tz != nil {
		zone, err := checkZone(tz)
		if err != nil {
			return nil, err
		}
		out.tz = zone
	}
	return out, nil
}
