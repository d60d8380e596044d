package language

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestParseTime(t *testing.T) {
	today := time.Date(2024, 3, 31, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"April 5, 2014": "2014-04-05T00:00:00", "10/31/2016": "2016-10-31T00:00:00", "2016-04-01": "2016-04-01T00:00:00",
		"3:04pm": "2024-03-31T15:04:00", "3:04 PM": "2024-03-31T15:04:00", "3pm": "2024-03-31T15:00:00", "12am": "2024-03-31T00:00:00",
		"12 pm": "2024-03-31T12:00:00", "5:50 a.m. on June 13, 1990": "1990-06-13T05:50:00",
		"5th of April 2014": "2014-04-05T00:00:00", "the 4th of July 1976": "1976-07-04T00:00:00", "5 April": "2024-04-05T00:00:00",
		"April 5": "2024-04-05T00:00:00", "Sept 5 2021": "2021-09-05T00:00:00", "January 2021": "2021-01-31T00:00:00",
		"April": "2024-04-30T00:00:00", "2014": "2014-03-31T00:00:00", "13/02/2021": "2021-02-13T00:00:00",
		"20210105": "2021-01-05T00:00:00", "210105": "2005-01-21T00:00:00", "5APR2014": "2014-04-05T00:00:00",
		"2003-09-25T10:49:41.5-03:00": "2003-09-25T10:49:41.5-03:00", "2003-09-25T10:49:41Z": "2003-09-25T10:49:41Z",
		"2024-03-05 15:04 +0530": "2024-03-05T15:04:00+05:30", "2024-03-05 15:04 GMT+3": "2024-03-05T15:04:00+03:00",
		"Thu Sep 25 10:36:28 2003": "2003-09-25T10:36:28", "Tuesday": "2024-04-02T00:00:00", "Sun": "2024-03-31T00:00:00",
		"10h36m28.5s": "2024-03-31T10:36:28.5", "10 h 36": "2024-03-31T10:36:00", "12/31/99": "1999-12-31T00:00:00",
		"1/2/70": "2070-01-02T00:00:00", "1/2/80": "1980-01-02T00:00:00", "25.9.2003": "2003-09-25T00:00:00", "25-Sep-2003": "2003-09-25T00:00:00",
		"20030925T104941": "2003-09-25T10:49:41", "199709020908": "1997-09-02T09:08:00", "5/2014": "2014-05-31T00:00:00",
		"March 5, 2024 3:04:09 PM EST": "2024-03-05T15:04:09", "950404 122212": "1995-04-04T12:22:12",
		"2020-06-01T00:00:00.000Z": "2020-06-01T00:00:00Z", "3 Jan 2015 at 4pm": "2015-01-03T16:00:00",
	} {
		got, err := ParseTime(text, today)
		layout := "2006-01-02T15:04:05.999999999"
		if got.Zoned {
			layout += "Z07:00"
		}
		if err != nil || got.Time.Format(layout) != want {
			t.Errorf("ParseTime(%q) = %s, %v, want %s", text, got.Time.Format(layout), err, want)
		}
	}
	for _, text := range []string{"", " ", "hello", "tomorrow", "April 31, 2014", "2/30/2020", "25:00", "10:61", "13am",
		"2014-13-04", "13/5", "1 2 3 4", "a.m.", "5.6", "99999999999999999999", "2014-02-29"} {
		if got, err := ParseTime(text, today); err == nil {
			t.Errorf("ParseTime(%q) = %v, want an error", text, got.Time)
		}
	}
	if _, err := ParseTime("nonsense", today); !errors.Is(err, ErrNoDate) {
		t.Errorf("ParseTime(nonsense): %v, want ErrNoDate", err)
	}
	ny := today.In(zone(t, "America/New_York"))
	if got, err := ParseTime("2024-03-05", ny); err != nil || got.Zoned || got.Time.Location() != ny.Location() {
		t.Errorf("ParseTime in New York = %v, %v", got, err)
	}
}

func TestFormatPredefined(t *testing.T) {
	at := time.Date(2024, 3, 5, 15, 4, 9, 0, zone(t, "America/New_York"))
	for _, tt := range []struct{ lang, length, date, clock, both string }{
		{"", "short", "3/5/24", "3:04_PM", "3/5/24, 3:04_PM"},
		{"en", "medium", "Mar 5, 2024", "3:04:09_PM", "Mar 5, 2024, 3:04:09_PM"},
		{"en", "long", "March 5, 2024", "3:04:09_PM EST", "March 5, 2024, 3:04:09_PM EST"},
		{"en", "full", "Tuesday, March 5, 2024", "3:04:09_PM Eastern Standard Time",
			"Tuesday, March 5, 2024, 3:04:09_PM Eastern Standard Time"},
		{"es", "long", "5 de marzo de 2024", "15:04:09 -0500", "5 de marzo de 2024, 15:04:09 -0500"},
		{"fr", "full", "mardi 5 mars 2024", "15:04:09 heure normale de l’Est nord-américain",
			"mardi 5 mars 2024, 15:04:09 heure normale de l’Est nord-américain"},
		{"en_GB", "short", "05/03/2024", "15:04", "05/03/2024, 15:04"},
		{"de", "medium", "05.03.2024", "15:04:09", "05.03.2024, 15:04:09"},
		{"zh-TW", "short", "2024/3/5", "下午3:04", "2024/3/5 下午3:04"},
		{"tl", "long", "Marso 5, 2024", "3:04:09_PM -0500", "Marso 5, 2024, 3:04:09_PM -0500"},
		{"xx", "long", "March 5, 2024", "3:04:09_PM EST", "March 5, 2024, 3:04:09_PM EST"},
	} {
		s := Speaker{Lang: tt.lang}
		nnbsp := strings.NewReplacer("_", "\u202f")
		for what, pair := range map[string][2]string{
			"date": {s.FormatDate(at, tt.length), tt.date}, "time": {s.FormatTime(at, tt.length), nnbsp.Replace(tt.clock)},
			"datetime": {s.FormatDateTime(at, tt.length), nnbsp.Replace(tt.both)},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s %s %s = %q, want %q", tt.lang, tt.length, what, pair[0], pair[1])
			}
		}
	}
	s := Speaker{}
	if got := s.FormatDate(at, ""); got != "March 5, 2024" {
		t.Errorf("default date = %q", got)
	}
	if got := s.FormatTime(at, ""); got != "3:04\u202fPM" {
		t.Errorf("default time = %q", got)
	}
	if got := s.FormatDateTime(at, ""); got != "March 5, 2024, 3:04:09\u202fPM EST" {
		t.Errorf("default datetime = %q", got)
	}
}

func TestFormatPattern(t *testing.T) {
	ny := time.Date(2014, 4, 5, 15, 4, 9, 123456000, zone(t, "America/New_York"))
	night := time.Date(2024, 1, 1, 0, 5, 0, 0, zone(t, "Asia/Kolkata"))
	year5 := time.Date(5, 12, 31, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		at            time.Time
		lang, pattern string
		want          string
	}{
		{ny, "en", "MMMM d, yyyy", "April 5, 2014"}, {ny, "en", "EEE", "Sat"}, {ny, "en", "h:mm a", "3:04 PM"}, {ny, "en", "e", "6"},
		{ny, "en", "EEEE EEEEE eee c", "Saturday S Sat 6"}, {ny, "en", "h 'o''clock' a", "3 o'clock PM"}, {ny, "en", "''", "'"},
		{ny, "en", "'at' yy", "at 14"}, {ny, "en", "'open", "open"}, {ny, "en", "D DDD", "95 095"}, {ny, "en", "F", "1"},
		{ny, "en", "S SSS SSSSSS SSSSSSSS", "1 123 123456 12345600"}, {ny, "en", "A", "54249123"}, {ny, "en", "Q QQ QQQ QQQQ q", "2 02 Q2 2nd quarter 2"},
		{ny, "en", "w ww W", "14 14 1"}, {ny, "en", "G GGGG", "AD Anno Domini"}, {ny, "en", "z zzzz Z ZZZZ ZZZZZ", "EDT Eastern Daylight Time -0400 GMT-04:00 -04:00"},
		{ny, "en", "v vvvv VV VVV x xxx X", "ET Eastern Time America/New_York New York -04 -04:00 -04"}, {ny, "en", "B", "in the afternoon"},
		{ny, "ru", "MMMM LLLL", "апреля апрель"}, {ny, "es", "EEEE d 'de' MMMM", "sábado 5 de abril"}, {ny, "fr", "ZZZZ", "UTC-04:00"},
		{night, "en", "h hh H HH k K", "12 12 0 00 24 0"}, {night, "en", "a", "AM"}, {night, "en", "zzzz z x", "India Standard Time +0530 +0530"},
		{night, "de-DE", "w", "1"}, {year5, "en", "y yy yyy yyyy Y", "5 05 005 0005 6"}, {year5, "en", "X", "Z"}, {year5, "en", "z zzzz", "UTC Coordinated Universal Time"},
		{time.Date(2021, 1, 3, 0, 0, 0, 0, time.UTC), "de-DE", "w Y", "53 2020"}, {time.Date(2021, 1, 3, 0, 0, 0, 0, time.UTC), "en-US", "w Y e", "2 2021 1"},
		{ny, "en", "n%é", "n%é"}, {ny, "en", "", "April 5, 2014"}, {ny, "en", "MM/dd/yyyy", "04/05/2014"},
	} {
		if got := (Speaker{Lang: tt.lang}).FormatDate(tt.at, tt.pattern); got != tt.want {
			t.Errorf("%s %q = %q, want %q", tt.lang, tt.pattern, got, tt.want)
		}
	}
}

func TestNamesOfMonthsAndDays(t *testing.T) {
	if got := (Speaker{}).MonthName(time.March); got != "March" {
		t.Errorf("MonthName = %q", got)
	}
	if got := (Speaker{Lang: "es"}).WeekdayName(time.Tuesday); got != "martes" {
		t.Errorf("WeekdayName = %q", got)
	}
	if got := (Speaker{}).MonthName(13); got != "" {
		t.Errorf("MonthName(13) = %q", got)
	}
}

// Every locale of the embedded data has what formatting needs.
func TestEveryLocaleIsWhole(t *testing.T) {
	c := cldrRoot()
	if len(c.Locales) < 300 {
		t.Fatalf("only %d locales", len(c.Locales))
	}
	for code := range c.Locales {
		l := localeFor(code)
		for name, list := range map[string][]string{"months": l.Months["fw"], "alone": l.Months["sw"]} {
			if len(list) != 12 || slices.Contains(list, "") {
				t.Errorf("%s: %s %q", code, name, list)
			}
		}
		if len(l.Days["fw"]) != 7 || len(l.Date) != 4 || len(l.Time) != 4 || len(l.Join) != 4 || len(l.Halves) != 2 || len(l.Numbers) != 6 ||
			len(l.Lists) != 4 || l.Units["year other"] == "" || l.Units["second other"] == "" {
			t.Errorf("%s lacks something", code)
		}
	}
	en := localeFor("en")
	if en.Date[0] != "M/d/yy" {
		t.Errorf("English changed while others were read: %q", en.Date)
	}
}

func TestTimezones(t *testing.T) {
	names := Timezones()
	if !slices.IsSorted(names) || !slices.Contains(names, "America/New_York") || !slices.Contains(names, "UTC") {
		t.Error("zones are not sorted or not there")
	}
	for _, name := range names {
		if _, err := Zone(name); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", "Local", "Mars/Olympus", "../etc"} {
		if _, err := Zone(name); err == nil {
			t.Errorf("Zone(%q) was found", name)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"April 5, 2014", "10/31/2016 3:04pm", "2003-09-25T10:49:41.5-03:00", "10h36m28.5s", "+", "1:", "٣", "9.9.", "Jan-"} {
		f.Add(text)
	}
	today := time.Date(2024, 3, 31, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseTime(text, today)
		if err == nil && (got.Time.Year() < 1 || got.Time.Year() > 10000) {
			t.Errorf("ParseTime(%q) = %v", text, got.Time)
		}
	})
}

func FuzzFormatPattern(f *testing.F) {
	for _, pattern := range []string{"MMMM d, yyyy", "h:mm a", "''", "'x", "EEEEEEEEE", "SSSSSSSSSSSSSS", "zzzz VVVV", "é'"} {
		f.Add(pattern, "en", int64(0))
		f.Add(pattern, "zh_Hant.utf8", int64(-1<<40))
	}
	f.Fuzz(func(t *testing.T, pattern, lang string, unix int64) {
		at := time.Unix(unix%(1<<40), 0).UTC()
		s := Speaker{Lang: lang}
		s.FormatDate(at, pattern)
		s.FormatTime(at, pattern)
		s.FormatDateTime(at, pattern)
	})
}
