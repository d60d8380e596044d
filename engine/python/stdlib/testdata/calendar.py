# calendar
import calendar, datetime, time
from calendar import Calendar, TextCalendar, HTMLCalendar, monthrange, isleap


def attempt(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


print([isleap(y) for y in (1900, 2000, 2023, 2024)], calendar.leapdays(1999, 2025), calendar.weekday(2024, 2, 29), [monthrange(2024, m) for m in range(1, 13)], attempt(monthrange, 2024, 13), calendar.weekday(2024, 12, 25) == calendar.WEDNESDAY)
print(list(calendar.month_name), list(calendar.month_abbr), list(calendar.day_name), list(calendar.day_abbr), calendar.month_name[5], calendar.SUNDAY, calendar.January)
print(calendar.monthcalendar(2024, 2), calendar.monthcalendar(2021, 2))
for first in (0, 6, 3):
    cal = Calendar(first)
    print(first, list(cal.iterweekdays()), cal.monthdayscalendar(2023, 10), cal.monthdays2calendar(2023, 4)[0], list(cal.itermonthdays3(2024, 1))[:3], list(cal.itermonthdays4(2024, 12))[-3:], list(cal.itermonthdates(2024, 12))[-1], cal.getfirstweekday())
print(Calendar().monthdatescalendar(2024, 2)[0], len(Calendar().yeardayscalendar(2024)), len(Calendar().yeardatescalendar(2024, 4)[0]), Calendar().yeardays2calendar(2024)[0][0][0])
print(calendar.month(2024, 2))
print(TextCalendar(6).formatmonth(2023, 10, 4, 2))
print(TextCalendar().formatmonth(2023, 1, 10))
print(calendar.calendar(2024))
print(TextCalendar(6).formatyear(2023, 2, 1, 3, 4))
print(HTMLCalendar().formatmonth(2024, 2))
print(HTMLCalendar(6).formatmonth(2024, 9, False), HTMLCalendar().formatyear(2024)[:500])
calendar.setfirstweekday(calendar.SUNDAY)
print(calendar.firstweekday(), calendar.monthcalendar(2024, 2)[0], calendar.weekheader(3), attempt(calendar.setfirstweekday, 7))
calendar.prmonth(2024, 3)
print(calendar.timegm((2024, 2, 29, 12, 30, 15, 0, 0, 0)), calendar.timegm(time.gmtime(1700000000)), calendar.timegm((1970, 1, 1, 0, 0, 0)), calendar.timegm((1969, 12, 31, 23, 59, 59)))


class Marked(HTMLCalendar):
    def formatday(self, day, weekday):
        return f'<td>*{day}*</td>' if day == 1 else super().formatday(day, weekday)


print(Marked().formatweek([(0, 0), (1, 1), (2, 2)]))
