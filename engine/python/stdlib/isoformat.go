package stdlib

import (
	"strings"
	"unicode/utf8"

	"colloquy/engine/python"
)

// isoError is the error for text that is not in ISO 8601 form.
func isoError(th *python.Thread, s *python.Str) error {
	r, err := th.Repr(s)
	if err != nil {
		return err
	}
	return python.Errorf(python.ValueError, "Invalid isoformat string: %s", r)
}

// digits reads s as a number if it is n ASCII digits.
func digits(s string, n int) (int, bool) {
	if len(s) != n {
		return 0, false
	}
	out := 0
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		out = out*10 + int(s[i]-'0')
	}
	return out, true
}

// isoDateLen returns how much of s is its date: YYYY-MM-DD, YYYYMMDD,
// YYYY-Www-D, YYYY-Www, YYYYWwwD or YYYYWww.
func isoDateLen(s string) int {
	digit := func(i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
	switch {
	case len(s) > 5 && s[4] == '-' && s[5] == 'W':
		if len(s) > 8 && s[8] == '-' && digit(9) && !digit(10) {
			return 10
		}
		return 8
	case len(s) > 4 && s[4] == '-':
		return 10
	case len(s) > 4 && s[4] == 'W':
		if digit(7) && !digit(8) {
			return 8
		}
		return 7
	}
	return 8
}

// parseISODate is date.fromisoformat.
func parseISODate(s string) (Date, error) {
	d, ok, err := isoDate(s)
	if err == nil && !ok {
		err = python.Errorf(python.ValueError, "Invalid isoformat string: '%s'", s)
	}
	return d, err
}

// isoDate reads a date; ok is false if s has no such form, err says that there
// is no such day.
func isoDate(s string) (d Date, ok bool, err error) {
	if len(s) < 7 || len(s) > 10 {
		return d, false, nil
	}
	year, ok := digits(s[:4], 4)
	if !ok {
		return d, false, nil
	}
	rest, dashed := strings.CutPrefix(s[4:], "-")
	if rest[0] == 'W' {
		return isoWeekDate(year, rest[1:], dashed)
	}
	month, ok := digits(rest[:min(2, len(rest))], 2)
	if !ok {
		return d, false, nil
	}
	rest = rest[2:]
	if dashed {
		if rest, ok = strings.CutPrefix(rest, "-"); !ok {
			return d, false, nil
		}
	}
	day, ok := digits(rest, 2)
	if !ok {
		return d, false, nil
	}
	d = Date{year, month, day}
	return d, true, d.check()
}

func isoWeekDate(year int, rest string, dashed bool) (d Date, ok bool, err error) {
	if len(rest) < 2 {
		return d, false, nil
	}
	week, ok := digits(rest[:2], 2)
	if !ok {
		return d, false, nil
	}
	rest = rest[2:]
	if dashed && rest != "" {
		if rest, ok = strings.CutPrefix(rest, "-"); !ok {
			return d, false, nil
		}
	}
	day := 1
	if rest != "" {
		if day, ok = digits(rest, 1); !ok {
			return d, false, nil
		}
	}
	d, err = dateOfISOWeek(int64(year), int64(week), int64(day))
	return d, true, err
}

// parseISOTime reads hh[:mm[:ss[.ffffff]]] or the same without colons, with Z
// or an offset after it.
func parseISOTime(s string) (t *Time, ok bool, err error) {
	s = strings.TrimPrefix(s, "T")
	clock, zone := s, ""
	if i := strings.IndexAny(s, "+-Z"); i >= 0 {
		clock, zone = s[:i], s[i:]
	}
	parts, ok := isoClock(clock)
	if !ok {
		return nil, false, nil
	}
	t = &Time{hour: parts[0], minute: parts[1], second: parts[2], micro: parts[3]}
	switch {
	case zone == "":
		return t, true, nil
	case zone == "Z":
		t.tz = utc
		return t, true, nil
	}
	off, ok := isoClock(zone[1:])
	if !ok || zone[0] == 'Z' {
		return nil, false, nil
	}
	n := (int64(off[0])*3600+int64(off[1])*60+int64(off[2]))*microsPerSecond + int64(off[3])
	if zone[0] == '-' {
		n = -n
	}
	d, err := newDelta(0, n)
	if err != nil {
		return nil, false, err
	}
	if !withinDay(d) {
		return nil, false, notWithinDay(d)
	}
	t.tz = &Timezone{offset: d}
	if n == 0 {
		t.tz = utc
	}
	return t, true, nil
}

// isoClock reads hours, minutes, seconds and microseconds.
func isoClock(s string) (parts [4]int, ok bool) {
	if len(s) < 2 {
		return parts, false
	}
	colons := len(s) > 2 && s[2] == ':'
	for i := range 3 {
		if len(s) < 2 {
			return parts, false
		}
		if parts[i], ok = digits(s[:2], 2); !ok {
			return parts, false
		}
		s = s[2:]
		if s == "" {
			return parts, true
		}
		if i == 2 {
			break
		}
		if colons {
			if s, ok = strings.CutPrefix(s, ":"); !ok {
				return parts, false
			}
		}
	}
	if s[0] != '.' && s[0] != ',' || len(s) == 1 {
		return parts, false
	}
	s = s[1:]
	if _, ok := digits(s, len(s)); !ok {
		return parts, false
	}
	parts[3], ok = digits((s + "00000")[:6], 6)
	return parts, ok
}

// parseISODateTime is datetime.fromisoformat.
func parseISODateTime(th *python.Thread, str *python.Str) (*DateTime, error) {
	s := str.String()
	n := isoDateLen(s)
	if n > len(s) {
		return nil, isoError(th, str)
	}
	d, ok, err := isoDate(s[:n])
	if !ok {
		return nil, isoError(th, str)
	}
	if err != nil {
		return nil, err
	}
	if n == len(s) {
		return &DateTime{Date: d}, nil
	}
	_, width := utf8.DecodeRuneInString(s[n:])
	t, ok, err := parseISOTime(s[n+width:])
	if err != nil {
		return nil, err
	}
	if !ok || strings.HasPrefix(s[n+width:], "T") {
		return nil, isoError(th, str)
	}
	out := &DateTime{d, *t}
	return out, out.check()
}
