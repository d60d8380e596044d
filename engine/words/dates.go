package words

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"colloquy/engine/language"
	"colloquy/engine/python"
)

// dateFunctions is empty: the functions of dates are in prelude/dates.py, over
// dateNatives.
var dateFunctions = []function{}

// dateNatives are what the prelude has from Go. A time travels between the two
// as a tuple: year, month, day, hour, minute, second, microsecond, the name of
// its zone or None, its offset from UTC in seconds or None.
var dateNatives = []function{
	{"default_timezone", defaultTimezone},
	{"timezones", timezones},
	{"now", now},
	{"parse", parseTime},
	{"parse_plainly", parsePlainly},
	{"convert", convertTime},
	{"check_interval", checkInterval},
	{"shift", shift},
	{"describe", describe},
	{"month_name", monthName},
	{"weekday_name", weekdayName},
	{"format", formatTime},
	{"bad_date", badDate},
	{"started", started},
	{"accessed", accessed},
	{"arriving", arriving},
}

func isoTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999+00:00") }

// fields is a time as the prelude takes it.
func fields(t time.Time) python.Value {
	_, offset := t.Zone()
	var zone python.Value = python.None
	if _, err := language.Zone(t.Location().String()); err == nil {
		zone = python.NewStr(t.Location().String())
	}
	list := []python.Value{python.Int(t.Year()), python.Int(t.Month()), python.Int(t.Day()), python.Int(t.Hour()), python.Int(t.Minute()),
		python.Int(t.Second()), python.Int(t.Nanosecond() / 1000), zone, python.Int(offset)}
	return python.NewTuple(list...)
}

// timeOf is the time that fields stand for. A naive one is in UTC.
func timeOf(v python.Value) (t time.Time, naive bool, err error) {
	tuple, ok := v.(*python.Tuple)
	if !ok || len(tuple.Elems) != 9 {
		return t, false, python.Errorf(python.TypeError, "a time was expected, not %s", className(v))
	}
	var n [7]int
	for i := range n {
		x, _ := python.IntOf(tuple.Elems[i])
		n[i] = int(x)
	}
	loc := time.UTC
	offset, aware := python.IntOf(tuple.Elems[8])
	if name, ok := python.StringOf(tuple.Elems[7]); ok {
		if loc, err = zoneOf(name); err != nil {
			return t, false, err
		}
	} else if aware {
		loc = time.FixedZone("", int(offset))
	}
	t = time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6]*1000, loc)
	if _, is := t.Zone(); aware && is != int(offset) { // the other one of two equal clock times
		if other := t.Add(time.Duration(is-int(offset)) * time.Second); offsetOf(other) == int(offset) {
			t = other
		}
	}
	return t, !aware, nil
}

func offsetOf(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

func zoneOf(name string) (*time.Location, error) {
	loc, err := language.Zone(name)
	if err != nil {
		return nil, python.Errorf(python.ValueError, "%s is not the name of a time zone", quoted(name))
	}
	return loc, nil
}

func defaultZone(th *python.Thread) string {
	if ev := perhaps(th); ev != nil {
		if v, ok := ev.Config("timezone"); ok {
			if name, ok := v.(string); ok && name != "" {
				return name
			}
		}
	}
	return "UTC"
}

func defaultTimezone(th *python.Thread, a *python.Args) (python.Value, error) {
	return python.NewStr(defaultZone(th)), a.Exactly("default_timezone", 0)
}

func timezones(*python.Thread, *python.Args) (python.Value, error) {
	list := python.NewList()
	for _, name := range language.Timezones() {
		list.Elems = append(list.Elems, python.NewStr(name))
	}
	return list, nil
}

// currentTime is the time of the request, in the zone with this name.
func currentTime(th *python.Thread, zone string) (time.Time, error) {
	ev, err := running(th, "current_datetime")
	if err != nil {
		return time.Time{}, err
	}
	loc, err := zoneOf(zone)
	if err != nil {
		return time.Time{}, err
	}
	return ev.Now().In(loc), nil
}

func now(th *python.Thread, a *python.Args) (python.Value, error) {
	var zone string
	if err := a.Unpack("now", "zone", &zone); err != nil {
		return nil, err
	}
	t, err := currentTime(th, zone)
	if err != nil {
		return nil, err
	}
	return fields(t), nil
}

func parseTime(th *python.Thread, a *python.Args) (python.Value, error) {
	var text, zone string
	if err := a.Unpack("parse", "text", &text, "zone", &zone); err != nil {
		return nil, err
	}
	t, err := currentTime(th, zone)
	if err != nil {
		return nil, err
	}
	p, err := language.ParseTime(text, t)
	if errors.Is(err, language.ErrNoDate) {
		return nil, python.Errorf(python.ValueError, "Unknown string format: %s", text)
	}
	if err != nil {
		return nil, python.Errorf(python.ValueError, "%s", err)
	}
	return fields(p.Time.In(t.Location())), nil
}

// parse_plainly(text, year, month, day) reads a date and time as dateutil does;
// what is missing is that day's. It gives the parts, the offset from UTC in
// seconds or None, and whether there was a time of day.
func parsePlainly(th *python.Thread, a *python.Args) (python.Value, error) {
	var text string
	var year, month, day int
	if err := a.Unpack("parse", "text", &text, "year", &year, "month", &month, "day", &day); err != nil {
		return nil, err
	}
	p, err := language.ParseTime(text, time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
	if errors.Is(err, language.ErrNoDate) {
		return nil, python.Errorf(python.ValueError, "Unknown string format: %s", text)
	}
	if err != nil {
		return nil, python.Errorf(python.ValueError, "%s", err)
	}
	t := p.Time
	parts := []python.Value{}
	for _, n := range []int{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond() / 1000} {
		parts = append(parts, python.Int(n))
	}
	var offset python.Value = python.None
	if p.Zoned {
		_, seconds := t.Zone()
		offset = python.Int(seconds)
	}
	return python.NewTuple(append(parts, offset, python.Bool(p.HasTime))...), nil
}

func convertTime(_ *python.Thread, a *python.Args) (python.Value, error) {
	var when python.Value
	var zone string
	if err := a.Unpack("convert", "when", &when, "zone", &zone); err != nil {
		return nil, err
	}
	t, _, err := timeOf(when)
	if err != nil {
		return nil, err
	}
	loc, err := zoneOf(zone)
	if err != nil {
		return nil, err
	}
	return fields(t.In(loc)), nil
}

// added and replaced are the units of an interval: those that are added to a
// time and those that are set.
var (
	added = map[string]func(*language.Interval, float64){
		"years":        func(iv *language.Interval, f float64) { iv.Years += int(f) },
		"months":       func(iv *language.Interval, f float64) { iv.Months += int(f) },
		"weeks":        func(iv *language.Interval, f float64) { iv.Weeks += f },
		"days":         func(iv *language.Interval, f float64) { iv.Days += f },
		"hours":        func(iv *language.Interval, f float64) { iv.Hours += f },
		"minutes":      func(iv *language.Interval, f float64) { iv.Minutes += f },
		"seconds":      func(iv *language.Interval, f float64) { iv.Seconds += f },
		"microseconds": func(iv *language.Interval, f float64) { iv.Microseconds += f },
	}
	replaced = map[string]func(*language.Interval, *int){
		"year":        func(iv *language.Interval, n *int) { iv.Year = n },
		"month":       func(iv *language.Interval, n *int) { iv.Month = n },
		"day":         func(iv *language.Interval, n *int) { iv.Day = n },
		"hour":        func(iv *language.Interval, n *int) { iv.Hour = n },
		"minute":      func(iv *language.Interval, n *int) { iv.Minute = n },
		"second":      func(iv *language.Interval, n *int) { iv.Second = n },
		"microsecond": func(iv *language.Interval, n *int) { iv.Microsecond = n },
	}
)

func intervalUnits() python.Value {
	names := append(slices.Collect(maps.Keys(added)), slices.Collect(maps.Keys(replaced))...)
	slices.Sort(names)
	return python.NewTuple(listOf(names).Elems...)
}

// intervalOf reads the keywords of date_interval().
func intervalOf(units *python.Dict) (language.Interval, error) {
	var iv language.Interval
	for k, v := range units.All() {
		name, _ := python.StringOf(k)
		f, ok := python.FloatOf(v)
		add, isAdded := added[name]
		set, isSet := replaced[name]
		switch {
		case !isAdded && !isSet:
			return iv, python.Errorf(python.TypeError, "date_interval() got an unexpected keyword argument '%s'", name)
		case !ok || f-f != 0 || f > 1e12 || f < -1e12:
			return iv, python.Errorf(python.TypeError, "date_interval(): %s must be a number", name)
		case isAdded && (name == "years" || name == "months") && f != float64(int(f)):
			return iv, python.Errorf(python.ValueError, "Non-integer years and months are ambiguous and not currently supported.")
		case isAdded:
			add(&iv, f)
		default:
			n := int(f)
			set(&iv, &n)
		}
	}
	return iv, nil
}

func checkInterval(_ *python.Thread, a *python.Args) (python.Value, error) {
	var units *python.Dict
	if err := a.Unpack("date_interval", "units", &units); err != nil {
		return nil, err
	}
	_, err := intervalOf(units)
	return python.None, err
}

func shift(_ *python.Thread, a *python.Args) (python.Value, error) {
	var when python.Value
	var units *python.Dict
	var sign int
	if err := a.Unpack("shift", "when", &when, "units", &units, "sign", &sign); err != nil {
		return nil, err
	}
	t, naive, err := timeOf(when)
	if err != nil {
		return nil, err
	}
	iv, err := intervalOf(units)
	if err != nil {
		return nil, err
	}
	if sign < 0 {
		iv = iv.Negated()
	}
	t = iv.AddTo(t)
	if t.Year() < 1 || t.Year() > 9999 {
		return nil, python.Errorf(python.ValueError, "year %d is out of range", t.Year())
	}
	moved := fields(t).(*python.Tuple)
	if naive {
		moved.Elems[7], moved.Elems[8] = python.None, python.None
	}
	return moved, nil
}

// describe(start, end, specificity, nice, capitalize, language)
func describe(th *python.Thread, a *python.Args) (python.Value, error) {
	var start, end, finest, lang python.Value
	var nice, capital bool
	if err := a.Unpack("describe", "start", &start, "end", &end, "specificity", &finest, "nice", &nice,
		"capitalize", &capital, "language", &lang); err != nil {
		return nil, err
	}
	var d language.Difference
	var err error
	if d.Start, _, err = timeOf(start); err != nil {
		return nil, err
	}
	if d.End, _, err = timeOf(end); err != nil {
		return nil, err
	}
	unit := language.AnyUnit
	if !isNone(finest) {
		var ok bool
		if unit, ok = language.ParseTimeUnit(stringOr(finest, "")); !ok {
			return nil, python.Errorf(python.ValueError, "describe: specificity must be year, month, day, hour, minute or second")
		}
	}
	m := manner{language: stringOr(lang, ""), capitalize: capital}
	return m.say(language.Own(m.speaker(th).Describe(d, unit, nice))), nil
}

func named(name string, say func(s language.Speaker, n int) string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var n int
		var lang python.Value
		if err := a.Unpack(name, "n", &n, "language", &lang); err != nil {
			return nil, err
		}
		return python.NewStr(say(speaker(th).In(stringOr(lang, "")), n)), nil
	}
}

var (
	monthName   = named("month_name", func(s language.Speaker, n int) string { return s.MonthName(time.Month(n)) })
	weekdayName = named("weekday_name", func(s language.Speaker, n int) string { return s.WeekdayName(time.Weekday(n % 7)) })
)

// formatTime writes a "date", "time" or "datetime"; without a format, the one
// that set_parts(), the metadata or else the custom names.
func formatTime(th *python.Thread, a *python.Args) (python.Value, error) {
	var kind string
	var when, format, lang python.Value
	if err := a.Unpack("format", "kind", &kind, "when", &when, "format", &format, "language", &lang); err != nil {
		return nil, err
	}
	t, _, err := timeOf(when)
	if err != nil {
		return nil, err
	}
	pattern := stringOr(format, "")
	if pattern == "" {
		pattern = usualFormat(th, kind)
	}
	s := speaker(th).In(dateLanguage(th, stringOr(lang, "")))
	switch kind {
	case "time":
		return python.NewStr(s.FormatTime(t, pattern)), nil
	case "datetime":
		return python.NewStr(s.FormatDateTime(t, pattern)), nil
	}
	return python.NewStr(s.FormatDate(t, pattern)), nil
}

func usualFormat(th *python.Thread, kind string) string {
	ev := perhaps(th)
	if ev == nil {
		return ""
	}
	key := kind + " format"
	if set := ev.Book().Parts[key]; set != "" {
		return set
	}
	if v, ok := ev.Metadata().GetStr(key); ok {
		return stringOr(v, "")
	}
	return ""
}

// dateLanguage is the language dates are written in, which the configuration
// can map to another.
func dateLanguage(th *python.Thread, lang string) string {
	ev := perhaps(th)
	if ev == nil {
		return lang
	}
	if lang == "" {
		lang = ev.Place().Language
	}
	v, _ := ev.Config("babel dates map")
	if m, ok := v.(*python.Dict); ok {
		if to, ok := m.GetStr(lang); ok {
			return stringOr(to, lang)
		}
	}
	return lang
}

func badDate(th *python.Thread, _ *python.Args) (python.Value, error) {
	return python.NewStr(speaker(th).Word("Bad date")), nil
}

func started(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "start_time")
	if err != nil {
		return nil, err
	}
	return fields(ev.Book().Started.UTC()), nil
}

// accessed is when the session was saved last before this request.
func accessed(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "last_access_time")
	if err != nil {
		return nil, err
	}
	if ev.Book().Modified.IsZero() {
		return python.None, nil
	}
	return fields(ev.Book().Modified.UTC()), nil
}

// arriving reports whether the request only looks.
func arriving(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "returning_user")
	if err != nil {
		return nil, err
	}
	return python.Bool(strings.EqualFold(ev.Request().Method, "GET")), nil
}
