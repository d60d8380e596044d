package objects

import (
	"strings"
	"time"

	"colloquy/engine/language"
	"colloquy/engine/python"
)

var placeNatives = []native{
	{"country", country},
	{"country_code", countryCode},
	{"country_name", countryName},
	{"international_lines", internationalLines},
	{"phone_number_in_e164", phoneE164},
	{"calendar_between", calendarBetween},
}

// country returns the country of the evaluation: an alpha-2 code.
func country(th *python.Thread, _ *python.Args) (python.Value, error) {
	if ev := of(th); ev != nil && ev.Place().Country != "" {
		return python.NewStr(ev.Place().Country), nil
	}
	return python.NewStr("US"), nil
}

// countryCode finds the alpha-2 code of a country given in any form; what is no
// country is returned as it is.
func countryCode(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "country_code")
	if err != nil {
		return nil, err
	}
	if c, err := language.FindCountry(s.String()); err == nil {
		return python.NewStr(c.Alpha2), nil
	}
	return s, nil
}

func countryName(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "country_name")
	if err != nil {
		return nil, err
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	if name, ok := o.speaker(th).CountryName(s.String()); ok {
		return python.NewStr(name), nil
	}
	return s, nil
}

// cityLines tells how the post of a country wants the line with the city, "/"
// where a new line begins. C is the city, S the state, Z the postal code.
var cityLines = map[string]string{
	"US": "C, S Z", "CA": "C S Z", "AU": "C S Z", "NZ": "C Z", "GB": "C/Z", "IE": "C/S/Z", "ZA": "C/Z",
	"IN": "C Z/S", "BR": "C-S/Z", "MX": "Z C, S", "IT": "Z C S", "ES": "Z C S", "AR": "Z C/S", "CO": "C, S, Z",
	"JP": "S C/Z", "KR": "S C/Z", "CN": "Z C, S", "HK": "C/S", "SG": "C Z", "PH": "Z C/S", "TR": "Z C/S",
	"RU": "C/S/Z", "UA": "C/S/Z", "NG": "C Z/S", "EG": "C/S/Z", "TH": "C/S Z",
}

// internationalLines writes city, state and postal code as mail from abroad
// needs them; countries without a rule of their own have the code first, as
// most do.
func internationalLines(th *python.Thread, a *python.Args) (python.Value, error) {
	var parts [4]*python.Str
	for i := range parts {
		s, err := text(th, a, i, "international_lines")
		if err != nil {
			return nil, err
		}
		parts[i] = s
	}
	pattern, ok := cityLines[parts[0].String()]
	if !ok {
		pattern = "Z C"
	}
	values := map[rune]*python.Str{'C': upper(parts[1]), 'S': upper(parts[2]), 'Z': parts[3]}
	out := python.NewList()
	for _, line := range strings.Split(pattern, "/") {
		if s := cityLine(line, values); s.Len() > 0 {
			out.Elems = append(out.Elems, s)
		}
	}
	return out, nil
}

// cityLine fills a pattern; what joins a part that is empty is left out.
func cityLine(pattern string, values map[rune]*python.Str) *python.Str {
	var t python.Text
	between := ""
	for _, r := range pattern {
		v, ok := values[r]
		switch {
		case !ok:
			between += string(r)
		case v.Len() == 0:
			between = ""
		default:
			if t.Len() > 0 {
				if between == "" {
					between = " "
				}
				t.WriteString(between)
			}
			t.Write(v)
			between = ""
		}
	}
	return t.Str()
}

func upper(s *python.Str) *python.Str { return traced(s, strings.ToUpper(s.String())) }

func phoneE164(th *python.Thread, a *python.Args) (python.Value, error) {
	number, err := text(th, a, 0, "phone_number_in_e164")
	if err != nil {
		return nil, err
	}
	where, err := text(th, a, 1, "phone_number_in_e164")
	if err != nil {
		return nil, err
	}
	if s, ok := language.PhoneE164(number.String(), where.String()); ok {
		return python.NewStr(s), nil
	}
	return python.None, nil
}

// calendarBetween returns the span between two datetimes in whole years,
// months, days, hours and minutes.
func calendarBetween(th *python.Thread, a *python.Args) (python.Value, error) {
	var from, to python.Value
	if err := a.Unpack("calendar_between", "start", &from, "end", &to); err != nil {
		return nil, err
	}
	start, err := wallClock(th, from)
	if err != nil {
		return nil, err
	}
	end, err := wallClock(th, to)
	if err != nil {
		return nil, err
	}
	iv := language.CalendarBetween(start, end)
	return python.NewTuple(python.Int(iv.Years), python.Int(iv.Months), python.Int(iv.Days),
		python.Int(iv.Hours), python.Int(iv.Minutes)), nil
}

// wallClock reads the fields of a datetime.
func wallClock(th *python.Thread, v python.Value) (time.Time, error) {
	var f [5]int
	for i, name := range []string{"year", "month", "day", "hour", "minute"} {
		x, err := th.GetAttr(v, name)
		if err != nil {
			return time.Time{}, err
		}
		n, ok := python.IntOf(x)
		if !ok {
			return time.Time{}, python.Errorf(python.TypeError, "a date was expected")
		}
		f[i] = int(n)
	}
	return time.Date(f[0], time.Month(f[1]), f[2], f[3], f[4], 0, 0, time.UTC), nil
}
