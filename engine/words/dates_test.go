package words_test

import (
	"testing"
	"time"
)

func TestToday(t *testing.T) {
	open(t).table([][2]string{
		{"str(today())", "'March 5, 2024'"}, {"[today().hour, today().tzinfo.key]", "[0, 'America/New_York']"}, {"today('Asia/Tokyo').day", "6"},
		{"today(format='yyyy-MM-dd')", "'2024-03-05'"}, {"current_datetime().hour", "15"}, {"current_datetime('UTC').hour", "20"},
		{"get_default_timezone()", "'America/New_York'"}, {"'Europe/Rome' in timezone_list()", "True"}, {"timezone_list() == sorted(timezone_list())", "True"},
		{"today('Mars/North')", "ValueError: 'Mars/North' is not the name of a time zone"},
	})
}

func TestAsDatetime(t *testing.T) {
	s := open(t)
	s.must("import datetime\nempty = DAEmpty()\n0")
	s.table([][2]string{
		{"as_datetime('10/31/2016').isoformat()", "'2016-10-31T00:00:00-04:00'"}, {"as_datetime('April 5, 2014').isoformat()", "'2014-04-05T00:00:00-04:00'"},
		{"as_datetime('2016-04-01 3:04pm').isoformat()", "'2016-04-01T15:04:00-04:00'"},
		{"as_datetime('2016-04-01', timezone='UTC').isoformat()", "'2016-04-01T00:00:00+00:00'"},
		{"as_datetime('2016-04-01T12:00:00Z').isoformat()", "'2016-04-01T08:00:00-04:00'"},
		{"as_datetime(datetime.date(2020, 2, 29)).isoformat()", "'2020-02-29T00:00:00-05:00'"},
		{"as_datetime(datetime.datetime(2020, 2, 29, 5)).isoformat()", "'2020-02-29T05:00:00-05:00'"},
		{"as_datetime(as_datetime('2020-02-29 12:00', timezone='UTC'), timezone='Asia/Tokyo').isoformat()", "'2020-02-29T21:00:00+09:00'"},
		{"as_datetime('soon')", "ValueError: Unknown string format: soon"}, {"type(as_datetime('2020-01-01')).__name__", "'DADateTime'"},
		{"as_datetime(when)", "wants when"},
	})
}

func TestDADateTime(t *testing.T) {
	s := open(t)
	s.must("import datetime\nd = as_datetime('2024-03-05 15:04:09')\n0")
	s.table([][2]string{
		{"str(d)", "'March 5, 2024'"}, {"'On ' + d", "'On March 5, 2024'"}, {"d + '.'", "'March 5, 2024.'"}, {"f'{d}'", "'March 5, 2024'"},
		{"d.format('EEEE')", "'Tuesday'"}, {"d.format_date('short')", "'3/5/24'"}, {"d.format_time('h:mm a')", "'3:04 PM'"},
		{"d.format_datetime('yyyy HH')", "'2024 15'"}, {"[d.dow, d.week, d.nanosecond, d.year]", "[2, 10, 0, 2024]"},
		{"d.plus(days=2).isoformat()", "'2024-03-07T15:04:09-05:00'"}, {"d.minus(months=1).day", "5"}, {"type(d.plus(days=1)).__name__", "'DADateTime'"},
		{"d.replace_time(datetime.time(1, 2)).isoformat()", "'2024-03-05T01:02:00-05:00'"},
		{"type(d + datetime.timedelta(days=1)).__name__", "'DADateTime'"}, {"type(d.replace(year=2020)).__name__", "'DADateTime'"},
		{"(d - d.minus(days=3)).days", "3"}, {"type(d - as_datetime('2024-01-01')).__name__", "'timedelta'"},
		{"d > as_datetime('2024-03-01')", "True"}, {"d == d.astimezone(d.tzinfo)", "True"}, {"all_variables()['d']", "'2024-03-05T15:04:09-05:00'"},
		{"isinstance(d, datetime.datetime)", "True"}, {"d.date().isoformat()", "'2024-03-05'"},
		{"import copy\ncopy.deepcopy(d) == d", "True"}, {"str(copy.deepcopy(d))", "'March 5, 2024'"},
	})
}

func TestIntervals(t *testing.T) {
	s := open(t)
	s.must("import datetime\n0")
	s.table([][2]string{
		{"str(as_datetime('2024-03-31') + date_interval(months=1))", "'April 30, 2024'"}, {"str(as_datetime('2020-02-29') + date_interval(years=1))", "'February 28, 2021'"},
		{"str(as_datetime('2024-03-31') - date_interval(weeks=1, days=1))", "'March 23, 2024'"}, {"(date_interval(hours=3) + as_datetime('2024-03-05')).hour", "3"},
		{"str(as_datetime('2024-03-05') + date_interval(day=1, months=1))", "'April 1, 2024'"}, {"datetime.date(2024, 1, 31) + date_interval(months=1)", "datetime.date(2024, 2, 29)"},
		{"date_interval(days=1) + date_interval(days=2, month=3)", "date_interval(days=3, month=3)"}, {"-date_interval(days=1)", "date_interval(days=-1)"},
		{"date_interval(days=2) * 3", "date_interval(days=6)"}, {"bool(date_interval())", "False"}, {"date_interval(days=2).days", "2"}, {"date_interval(days=2).months", "0"},
		{"date_interval(moons=2)", "TypeError: date_interval() got an unexpected keyword argument 'moons'"},
		{"date_interval(years=1.5)", "ValueError: Non-integer years and months are ambiguous and not currently supported."},
	})
}

func TestDifference(t *testing.T) {
	s := open(t)
	s.must("d = date_difference(starting='2020-01-01', ending='2021-03-15')\n0")
	s.table([][2]string{
		{"str(d)", "'one year, two months, and 14 days'"}, {"d.describe(specificity='year')", "'one year'"}, {"d.describe(nice=False)", "'1 year, 2 months, and 14 days'"},
		{"d.describe(capitalize=True)", "'One year, two months, and 14 days'"}, {"int(d.days)", "439"}, {"d.weeks > 62", "True"}, {"d.delta.days", "439"},
		{"round(d.years, 3)", "1.202"}, {"type(d.seconds).__name__", "'int'"},
		{"date_difference('2020-01-01', '2020-01-02 05:03').describe()", "'one day'"},
		{"date_difference('2020-01-01', '2020-01-02 05:03').describe(specificity='minute')", "'one day, five hours, and three minutes'"},
		{"str(date_difference('2020-01-01', '2020-01-01 01:03'))", "'one hour and three minutes'"}, {"str(date_difference('2020-01-01', '2020-01-01'))", "'zero seconds'"},
		{"str(date_difference(starting='2024-03-04', ending=today()))", "'one day'"}, {"date_difference(starting='2024-03-04 15:04:09').hours", "24.0"},
		{"d.describe(specificity='moon')", "ValueError: describe: specificity must be year, month, day, hour, minute or second"},
	})
}

func TestFormats(t *testing.T) {
	s := open(t)
	s.must("import datetime\nd = as_datetime('2024-03-05 15:04:09')\n0")
	s.table([][2]string{
		{"[format_date(d, f) for f in ('short', 'medium', 'long', 'full')]", "['3/5/24', 'Mar 5, 2024', 'March 5, 2024', 'Tuesday, March 5, 2024']"},
		{"[format_time(d, f).replace('\\u202f', ' ') for f in ('short', 'medium', 'long', 'full')]", "['3:04 PM', '3:04:09 PM', '3:04:09 PM EST', '3:04:09 PM Eastern Standard Time']"},
		{"'\\u202f' in format_time(d)", "True"}, {"format_datetime(d).replace('\\u202f', ' ')", "'March 5, 2024, 3:04:09 PM EST'"},
		{"format_date('2014-04-05', 'e')", "'6'"}, {"format_date('April 5, 2014')", "'April 5, 2014'"}, {"format_date(d, format=\"MMM d 'at' HH\")", "'Mar 5 at 15'"},
		{"format_date(DAEmpty())", "''"}, {"[format_date(None), format_date(''), format_date('soon')]", "['Bad date', 'Bad date', 'Bad date']"},
		{"format_time('soon')", "'Bad date: Unknown string format: soon'"}, {"format_time(datetime.time(15, 4), 'HH:mm')", "'15:04'"},
		{"format_time(datetime.time(15, 4), 'HH:mm z')", "'15:04 UTC'"}, {"format_date(datetime.date(2024, 3, 5))", "'March 5, 2024'"},
		{"format_date(d, language='es')", "'5 de marzo de 2024'"}, {"format_date(when)", "wants when"},
		{"[year_of(d), month_of(d), day_of(d), dow_of(d)]", "[2024, 3, 5, 2]"}, {"[month_of(d, as_word=True), dow_of(d, as_word=True)]", "['March', 'Tuesday']"},
		{"[year_of('2014-04-05'), year_of('soon')]", "[2014, 'Bad date']"}, {"dow_of(datetime.date(2024, 3, 10))", "7"},
		{"set_parts(date_format='yyyy')\nformat_date(d)", "'2024'"},
	})
}

func TestAccess(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"start_time().isoformat()", "'2024-03-04T20:04:09+00:00'"}, {"start_time(timezone='America/New_York').hour", "15"},
		{"last_access_days()", "1.0"}, {"last_access_hours()", "24.0"}, {"last_access_minutes()", "1440.0"}, {"last_access_delta().days", "1"},
		{"last_access_time().day", "4"}, {"returning_user()", "True"}, {"returning_user(days=2)", "True"},
	})
	s.book.Modified = s.now.Add(-2 * time.Hour)
	s.table([][2]string{{"returning_user()", "False"}, {"returning_user(hours=1)", "True"}, {"returning_user(minutes=300)", "False"}})
	s.request.Method = "POST"
	s.table([][2]string{{"returning_user(hours=1)", "False"}})
	s.book.Modified = time.Time{}
	s.table([][2]string{{"last_access_time()", "None"}, {"last_access_hours()", "0.0"}})
}
