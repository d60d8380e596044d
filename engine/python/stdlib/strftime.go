package stdlib

import (
	"fmt"
	"strings"

	"colloquy/engine/python"
)

var (
	dayNames   = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
	monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"}
)

// A moment is a time to be written, with what its zone says.
type moment struct {
	*DateTime
	offset *Delta // nil: unknown
	zone   string
}

// momentOf returns the moment of a date, time or datetime.
func momentOf(th *python.Thread, v python.Value) (m moment, err error) {
	var dt python.Value = python.None
	switch t := python.Unwrap(v).(type) {
	case *DateTime:
		m.DateTime, dt = t, v
	case *Date:
		m.DateTime = &DateTime{Date: *t}
	case *Time:
		m.DateTime = &DateTime{Date{1900, 1, 1}, *t}
	}
	if m.offset, err = zoneOffset(th, m.tz, dt); err != nil {
		return m, err
	}
	name, err := zoneName(th, m.tz, dt)
	if name != nil {
		m.zone = name.String()
	}
	return m, err
}

func strftimeMethod(th *python.Thread, a *python.Args) (python.Value, error) {
	var format *python.Str
	if err := a.Unpack("strftime", "format", &format); err != nil {
		return nil, err
	}
	m, err := momentOf(th, a.Self)
	if err != nil {
		return nil, err
	}
	n := len(format.String())
	if err := th.Ticks(n); err != nil {
		return nil, err
	}
	if err := th.Alloc(8 * n); err != nil {
		return nil, err
	}
	return like(m.format(format.String()), format), nil
}

func formatMethod(th *python.Thread, self, spec python.Value) (python.Value, error) {
	s, ok := text(spec)
	if !ok {
		return nil, python.Errorf(python.TypeError, "__format__() argument 1 must be str, not %s", spec.Class().Name())
	}
	if s.Len() == 0 {
		return th.Str(self)
	}
	return th.CallMethod(self, "strftime", s)
}

// format writes the moment as strftime does in the C locale, with glibc's
// flags: "-" no padding, "_" blanks, "0" zeros, "^" capitals, "#" other case.
func (m moment) format(format string) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		start := i
		flag := byte(0)
		i++
		for i < len(format) && strings.IndexByte("-_0^#", format[i]) >= 0 {
			flag = format[i]
			i++
		}
		if i == len(format) {
			b.WriteString(format[start:])
			break
		}
		if format[i] == ':' && flag == 0 && strings.HasPrefix(format[i+1:], "z") {
			i++
			if m.offset != nil {
				b.WriteString(offsetText(m.offset, ":"))
			}
			continue
		}
		out, known := m.directive(format[i], flag)
		if !known {
			out = format[start : i+1]
		}
		b.WriteString(out)
	}
	return b.String()
}

// padded writes a number to a width, padded as the flag or else pad says.
func padded(n, width int, pad, flag byte) string {
	switch flag {
	case '-':
		return fmt.Sprint(n)
	case '_':
		pad = ' '
	case '0':
		pad = '0'
	}
	s := fmt.Sprint(n)
	return strings.Repeat(string(pad), max(0, width-len(s))) + s
}

func (m moment) directive(c, flag byte) (string, bool) {
	if s, ok := m.number(c, flag); ok {
		return s, true
	}
	s, ok := m.name(c)
	if !ok {
		if sub := composite[c]; sub != "" {
			s, ok = m.format(sub), true
		}
	}
	switch {
	case flag == '^', flag == '#' && c != 'p' && c != 'Z':
		s = strings.ToUpper(s)
	case flag == '#':
		s = strings.ToLower(s)
	}
	return s, ok
}

// composite are the directives that stand for several.
var composite = map[byte]string{
	'c': "%a %b %e %H:%M:%S %Y", 'x': "%m/%d/%y", 'X': "%H:%M:%S", 'D': "%m/%d/%y", 'F': "%Y-%m-%d", 'T': "%H:%M:%S",
	'R': "%H:%M", 'r': "%I:%M:%S %p", 'h': "%b", 'n': "\n", 't': "\t",
}

func (m moment) number(c, flag byte) (string, bool) {
	zeros := func(n, width int) (string, bool) { return padded(n, width, '0', flag), true }
	blanks := func(n, width int) (string, bool) { return padded(n, width, ' ', flag), true }
	hour12 := (m.hour+11)%12 + 1
	isoYear, isoWeek := m.isoWeek()
	switch c {
	case 'd':
		return zeros(m.day, 2)
	case 'e':
		return blanks(m.day, 2)
	case 'm':
		return zeros(m.month, 2)
	case 'y':
		return zeros(m.year%100, 2)
	case 'Y':
		return fmt.Sprint(m.year), true
	case 'C':
		return zeros(m.year/100, 2)
	case 'H':
		return zeros(m.hour, 2)
	case 'k':
		return blanks(m.hour, 2)
	case 'I':
		return zeros(hour12, 2)
	case 'l':
		return blanks(hour12, 2)
	case 'M':
		return zeros(m.minute, 2)
	case 'S':
		return zeros(m.second, 2)
	case 'f':
		return fmt.Sprintf("%06d", m.micro), true
	case 'j':
		return zeros(m.yearDay(), 3)
	case 'u':
		return fmt.Sprint(m.weekday() + 1), true
	case 'w':
		return fmt.Sprint((m.weekday() + 1) % 7), true
	case 'U':
		return zeros((m.yearDay()+6-(m.weekday()+1)%7)/7, 2)
	case 'W':
		return zeros((m.yearDay()+6-m.weekday())/7, 2)
	case 'V':
		return zeros(isoWeek, 2)
	case 'G':
		return fmt.Sprint(isoYear), true
	case 'g':
		return zeros(isoYear%100, 2)
	case 's':
		return fmt.Sprint(m.wallSeconds() - m.offsetSeconds()), true
	}
	return "", false
}

func (m moment) offsetSeconds() int64 {
	if m.offset == nil {
		return 0
	}
	return m.offset.wholeSeconds()
}

func (m moment) name(c byte) (string, bool) {
	switch c {
	case 'a':
		return dayNames[m.weekday()][:3], true
	case 'A':
		return dayNames[m.weekday()], true
	case 'b':
		return monthNames[m.month-1][:3], true
	case 'B':
		return monthNames[m.month-1], true
	case 'p', 'P':
		s := "AM"
		if m.hour >= 12 {
			s = "PM"
		}
		if c == 'P' {
			s = strings.ToLower(s)
		}
		return s, true
	case 'z':
		if m.offset == nil {
			return "", true
		}
		return offsetText(m.offset, ""), true
	case 'Z':
		return m.zone, true
	case '%':
		return "%", true
	}
	return "", false
}
