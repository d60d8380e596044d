package language

import (
	"testing"
	"time"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	p, err := ParseTime(text, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return p.Time
}

func TestIntervalAddTo(t *testing.T) {
	three, thirtyOne, zero := 3, 31, 0
	for _, tt := range []struct {
		from string
		iv   Interval
		want string
	}{
		{"2024-03-31", Interval{Months: 1}, "2024-04-30 00:00:00"}, {"2020-02-29", Interval{Years: 1}, "2021-02-28 00:00:00"},
		{"2024-01-31", Interval{Months: 1}, "2024-02-29 00:00:00"}, {"2020-03-31", Interval{Months: -1}, "2020-02-29 00:00:00"},
		{"2024-01-01", Interval{Months: -13}, "2022-12-01 00:00:00"}, {"2024-01-01", Interval{Weeks: 2, Days: 1}, "2024-01-16 00:00:00"},
		{"2024-01-01 23:00", Interval{Hours: 2, Minutes: 30, Seconds: 1}, "2024-01-02 01:30:01"},
		{"2024-01-01", Interval{Days: 1.5}, "2024-01-02 12:00:00"}, {"2024-01-01", Interval{Hours: -0.5}, "2023-12-31 23:30:00"},
		{"2024-05-31", Interval{Month: &three, Day: &thirtyOne}, "2024-03-31 00:00:00"},
		{"2024-05-05 10:20:30", Interval{Hour: &three, Minute: &zero, Second: &zero, Microsecond: &zero}, "2024-05-05 03:00:00"},
		{"2024-01-15", Interval{Day: &thirtyOne, Months: 1}, "2024-02-29 00:00:00"},
	} {
		if got := tt.iv.AddTo(day(t, tt.from)).Format(time.DateTime); got != tt.want {
			t.Errorf("%s + %+v = %s, want %s", tt.from, tt.iv, got, tt.want)
		}
	}
	ny := zone(t, "America/New_York")
	before := time.Date(2024, 3, 9, 12, 0, 0, 0, ny)
	if got := (Interval{Days: 1}).AddTo(before); got.Hour() != 12 {
		t.Errorf("a day over the change of clocks gives %v", got)
	}
}

func TestDescribe(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		finest   TimeUnit
		want     string
	}{
		{"2020-01-01", "2021-03-15", AnyUnit, "one year, two months, and 14 days"},
		{"2021-03-15", "2020-01-01", AnyUnit, "one year, two months, and 14 days"},
		{"2020-01-01", "2020-01-02 05:03", AnyUnit, "one day"},
		{"2020-01-01", "2020-01-02 05:03", MinuteUnit, "one day, five hours, and three minutes"},
		{"2020-01-01", "2020-01-01 01:03", AnyUnit, "one hour and three minutes"},
		{"2020-01-01", "2020-01-01 03:03", AnyUnit, "three hours"},
		{"2020-01-01", "2020-01-01 00:00:07", AnyUnit, "seven seconds"}, {"2020-01-01", "2020-01-01 00:02:07", AnyUnit, "two minutes"},
		{"2020-01-01", "2020-01-01", AnyUnit, "zero seconds"}, {"2020-01-01", "2020-01-02", YearUnit, "zero years"},
		{"2020-01-01", "2021-03-15", YearUnit, "one year"}, {"2020-01-01", "2021-03-15", MonthUnit, "one year and two months"},
		{"2020-01-01", "2020-01-01 00:00:01", SecondUnit, "one second"}, {"2020-01-31", "2020-02-29", AnyUnit, "one month"},
	} {
		d := Difference{Start: day(t, tt.from), End: day(t, tt.to)}
		if got := (Speaker{}).Describe(d, tt.finest, true); got != tt.want {
			t.Errorf("from %s to %s by %d: %q, want %q", tt.from, tt.to, tt.finest, got, tt.want)
		}
	}
	d := Difference{Start: day(t, "2020-01-01"), End: day(t, "2021-03-15")}
	if got := (Speaker{}).Describe(d, AnyUnit, false); got != "1 year, 2 months, and 14 days" {
		t.Errorf("not nice: %q", got)
	}
	if got := (Speaker{Lang: "es"}).Describe(d, AnyUnit, true); got != "un año, dos meses y 14 días" {
		t.Errorf("Spanish: %q", got)
	}
}

func TestDifferenceUnits(t *testing.T) {
	d := Difference{Start: day(t, "2020-01-01"), End: day(t, "2020-01-15 12:00")}
	for name, pair := range map[string][2]float64{
		"weeks": {d.Weeks(), 14.5 / 7}, "days": {d.Days(), 14.5}, "hours": {d.Hours(), 348}, "minutes": {d.Minutes(), 20880},
		"seconds": {float64(d.Seconds()), 1252800}, "years": {d.Years(), 14.5 / 365.2425},
	} {
		if diff := pair[0] - pair[1]; diff > 1e-9 || diff < -1e-9 {
			t.Errorf("%s = %v, want %v", name, pair[0], pair[1])
		}
	}
	other := Difference{Start: day(t, "2020-01-01 12:00Z"), End: time.Date(2020, 1, 1, 12, 0, 0, 0, zone(t, "Asia/Tokyo"))}
	if got := other.Hours(); got != -9 {
		t.Errorf("over zones: %v hours, want -9", got)
	}
}

func TestParseTimeUnit(t *testing.T) {
	if got, ok := ParseTimeUnit("minute"); got != MinuteUnit || !ok {
		t.Errorf("minute = %v, %v", got, ok)
	}
	if got, ok := ParseTimeUnit("fortnight"); got != AnyUnit || ok {
		t.Errorf("fortnight = %v, %v", got, ok)
	}
	if got, ok := ParseTimeUnit(""); got != AnyUnit || !ok {
		t.Errorf("nothing = %v, %v", got, ok)
	}
}
