package stdlib

import (
	"errors"
	"fmt"

	"colloquy/engine/python"
)

var tzinfoClass, timezoneClass *python.Class

var errStored = errors.New("stored data is not of the form expected")

// Timezone is datetime.timezone: a fixed offset from UTC.
type Timezone struct {
	offset *Delta
	name   *python.Str // nil: made from the offset
}

// Class returns the class timezone.
func (*Timezone) Class() *python.Class { return timezoneClass }

// Persist returns the offset and the name, None if it was not given.
func (z *Timezone) Persist() python.Value {
	var name python.Value = python.None
	if z.name != nil {
		name = z.name
	}
	return python.NewTuple(z.offset.Persist(), name)
}

func restoreTimezone(data python.Value) (python.Value, error) {
	t, ok := data.(*python.Tuple)
	if !ok || len(t.Elems) != 2 {
		return nil, errStored
	}
	d, err := restoreDelta(t.Elems[0])
	if err != nil {
		return nil, err
	}
	z := &Timezone{offset: d.(*Delta)}
	z.name, _ = t.Elems[1].(*python.Str)
	if !withinDay(z.offset) {
		return nil, errStored
	}
	if z.name == nil && *z.offset == (Delta{}) {
		return utc, nil
	}
	return z, nil
}

// utc is datetime.timezone.utc.
var utc = &Timezone{offset: &Delta{}}

func (z *Timezone) label() *python.Str {
	if z.name != nil {
		return z.name
	}
	if (*z.offset == Delta{}) {
		return python.NewStr("UTC")
	}
	return python.NewStr("UTC" + offsetText(z.offset, ":"))
}

// offsetText writes an offset as +hh:mm, with seconds and microseconds if there
// are any.
func offsetText(d *Delta, sep string) string {
	sign := "+"
	if d.days < 0 {
		d, _ = d.negated()
		sign = "-"
	}
	s, us := d.micros/microsPerSecond, d.micros%microsPerSecond
	out := fmt.Sprintf("%s%02d%s%02d", sign, s/3600, sep, s/60%60)
	if s%60 != 0 || us != 0 {
		out += fmt.Sprintf("%s%02d", sep, s%60)
	}
	if us != 0 {
		out += fmt.Sprintf(".%06d", us)
	}
	return out
}

func makeTimezone(_ *python.Thread, _ *python.Class, a *python.Args) (python.Value, error) {
	var off, name python.Value
	if err := a.Unpack("timezone", "offset", &off, "name?", &name); err != nil {
		return nil, err
	}
	d, ok := asDelta(off)
	if !ok {
		return nil, python.Errorf(python.TypeError, "timezone() argument 1 must be datetime.timedelta, not %s", off.Class().Name())
	}
	z := &Timezone{offset: d}
	if name != nil {
		if z.name, ok = text(name); !ok {
			return nil, python.Errorf(python.TypeError, "timezone() argument 2 must be str, not %s", name.Class().Name())
		}
	}
	if !withinDay(d) {
		return nil, notWithinDay(d)
	}
	if (*d == Delta{}) && z.name == nil {
		return utc, nil
	}
	return z, nil
}

func notWithinDay(d *Delta) error {
	return python.Errorf(python.ValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(%s).", d.repr())
}

func withinDay(d *Delta) bool { return d.days == 0 || d.days == -1 && d.micros > 0 }

// zoneOffset asks a tzinfo how far its local time is ahead of UTC at the wall
// time dt; nil: it does not say. dt is a datetime, or None for a time alone.
func zoneOffset(th *python.Thread, tz, dt python.Value) (*Delta, error) {
	return askZone(th, tz, dt, "utcoffset")
}

func askZone(th *python.Thread, tz, dt python.Value, method string) (*Delta, error) {
	if isNone(tz) {
		return nil, nil
	}
	if z, ok := tz.(*Timezone); ok {
		if method == "dst" {
			return nil, nil
		}
		return z.offset, nil
	}
	r, err := th.CallMethod(tz, method, dt)
	if err != nil || isNone(r) {
		return nil, err
	}
	d, ok := asDelta(r)
	if !ok {
		return nil, python.Errorf(python.TypeError, "tzinfo.%s() must return None or timedelta, not '%s'", method, r.Class().Name())
	}
	if !withinDay(d) {
		return nil, python.Errorf(python.ValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
	}
	return d, nil
}

// zoneName asks a tzinfo for its name at a time; nil: it has none.
func zoneName(th *python.Thread, tz, dt python.Value) (*python.Str, error) {
	if isNone(tz) {
		return nil, nil
	}
	r, err := th.CallMethod(tz, "tzname", dt)
	if err != nil || isNone(r) {
		return nil, err
	}
	s, ok := text(r)
	if !ok {
		return nil, python.Errorf(python.TypeError, "tzinfo.tzname() must return None or a string, not '%s'", r.Class().Name())
	}
	return s, nil
}

// sameZone reports whether times with these zones are compared by the clock on
// the wall.
func sameZone(a, b python.Value) bool {
	if a == b {
		return true
	}
	x, _ := a.(*Zone)
	y, _ := b.(*Zone)
	return x != nil && y != nil && x.key == y.key
}

// checkZone checks that v may be a tzinfo argument and returns it, nil for None.
func checkZone(v python.Value) (python.Value, error) {
	if isNone(v) {
		return nil, nil
	}
	if !v.Class().Derives(tzinfoClass) {
		return nil, python.Errorf(python.TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'", v.Class().Name())
	}
	return v, nil
}

// storedZone is a tzinfo as plain data: None, the data of a Timezone, the key
// of a Zone, or an object of an author's class itself.
func storedZone(tz python.Value) python.Value {
	switch z := tz.(type) {
	case nil:
		return python.None
	case *Timezone:
		return z.Persist()
	case *Zone:
		return z.Persist()
	}
	return tz
}

func restoreStoredZone(data python.Value) (python.Value, error) {
	switch d := data.(type) {
	case python.NoneType:
		return nil, nil
	case *python.Tuple:
		return restoreTimezone(d)
	case *python.Str:
		return restoreZone(d)
	}
	return checkZone(data)
}

func tzinfoMembers() []python.Member {
	must := func(name string) python.Member {
		return binary(name, func(_ *python.Thread, _, _ python.Value) (python.Value, error) {
			return nil, python.Errorf(python.NotImplementedError, "a tzinfo subclass must implement %s()", name)
		})
	}
	return []python.Member{must("utcoffset"), must("dst"), must("tzname"), binary("fromutc", fromUTC)}
}

// fromUTC turns a time in UTC, labelled with the zone, into the zone's local
// time by asking the zone twice.
func fromUTC(th *python.Thread, tz, when python.Value) (python.Value, error) {
	t, ok := asDateTime(when)
	if !ok {
		return nil, python.Errorf(python.TypeError, "fromutc: argument must be a datetime")
	}
	if !sameZone(t.tz, tz) {
		return nil, python.Errorf(python.ValueError, "fromutc: dt.tzinfo is not self")
	}
	off, err := zoneOffset(th, tz, when)
	if err != nil {
		return nil, err
	}
	if off == nil {
		return nil, python.Errorf(python.ValueError, "fromutc: non-None utcoffset() result required")
	}
	dst, err := askZone(th, tz, when, "dst")
	if err != nil {
		return nil, err
	}
	if dst == nil {
		return nil, python.Errorf(python.ValueError, "fromutc: non-None dst() result required")
	}
	standard, err := newDelta(off.days-dst.days, off.micros-dst.micros)
	if err != nil {
		return nil, err
	}
	local, err := t.shifted(standard, 1)
	if err != nil {
		return nil, err
	}
	if dst, err = askZone(th, tz, local, "dst"); err != nil {
		return nil, err
	}
	if dst == nil {
		return nil, python.Errorf(python.ValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert")
	}
	local, err = local.shifted(dst, 1)
	if err != nil {
		return nil, err
	}
	return local.as(th, when.Class())
}

func asTimezone(v python.Value) *Timezone {
	z, _ := python.Unwrap(v).(*Timezone)
	return z
}

func timezoneMembers() []python.Member {
	check := func(name string, fn func(z *Timezone) python.Value) python.Member {
		return binary(name, func(_ *python.Thread, v, dt python.Value) (python.Value, error) {
			if _, ok := asDateTime(dt); !ok && !isNone(dt) {
				return nil, python.Errorf(python.TypeError, "%s(dt) argument must be a datetime instance or None, not %s", name, dt.Class().Name())
			}
			return fn(asTimezone(v)), nil
		})
	}
	return []python.Member{
		check("utcoffset", func(z *Timezone) python.Value { return z.offset }),
		check("dst", func(*Timezone) python.Value { return python.None }),
		check("tzname", func(z *Timezone) python.Value { return z.label() }),
		binary("fromutc", timezoneFromUTC),
		unary("__str__", func(_ *python.Thread, v python.Value) (python.Value, error) { return asTimezone(v).label(), nil }),
		unary("__repr__", timezoneRepr),
		unary("__hash__", func(th *python.Thread, v python.Value) (python.Value, error) {
			h, err := th.Hash(asTimezone(v).offset)
			return python.Int(h), err
		}),
		binary("__eq__", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			o := asTimezone(b)
			if o == nil {
				return python.NotImplemented, nil
			}
			return python.Bool(*asTimezone(a).offset == *o.offset), nil
		}),
	}
}

func timezoneFromUTC(th *python.Thread, self, when python.Value) (python.Value, error) {
	t, ok := asDateTime(when)
	if !ok {
		return nil, python.Errorf(python.TypeError, "fromutc() argument must be a datetime instance")
	}
	if !sameZone(t.tz, self) {
		return nil, python.Errorf(python.ValueError, "fromutc: dt.tzinfo is not self")
	}
	local, err := t.shifted(asTimezone(self).offset, 1)
	if err != nil {
		return nil, err
	}
	return local.as(th, when.Class())
}

func timezoneRepr(th *python.Thread, v python.Value) (python.Value, error) {
	z := asTimezone(v)
	if z == utc {
		return str("datetime.timezone.utc"), nil
	}
	out := "datetime.timezone(datetime.timedelta(" + z.offset.repr() + ")"
	if z.name != nil {
		r, err := th.Repr(z.name)
		if err != nil {
			return nil, err
		}
		out += ", " + r.String()
	}
	return str(out + ")"), nil
}

func defineZones() {
	tzinfoClass = python.NewClass(python.ClassSpec{Name: "tzinfo", Dotted: true, Module: "datetime", Members: tzinfoMembers(),
		New: func(_ *python.Thread, cls *python.Class, _ *python.Args) (python.Value, error) {
			return python.NewInstance(cls), nil // its __init__ may take arguments of its own
		}})
	timezoneClass = python.NewClass(python.ClassSpec{Name: "timezone", Dotted: true, Module: "datetime", Bases: []*python.Class{tzinfoClass},
		New: makeTimezone, Final: true, Members: append(timezoneMembers(), python.Const("utc", utc),
			python.Const("min", &Timezone{offset: &Delta{days: -1, micros: 60 * microsPerSecond}}),
			python.Const("max", &Timezone{offset: &Delta{micros: (24*60 - 1) * 60 * microsPerSecond}}))})
}
