import datetime
from datetime import date, time, datetime as dt, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

# timedelta
for d in [timedelta(), timedelta(1), timedelta(-1), timedelta(days=1, hours=2, minutes=3, seconds=4, microseconds=5, milliseconds=6, weeks=1),
          timedelta(hours=-5), timedelta(0.5), timedelta(seconds=1.5), timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta.max, timedelta.min, timedelta.resolution]:
    print(d, repr(d), d.days, d.seconds, d.microseconds, d.total_seconds(), bool(d))
print(timedelta(days=1.1), timedelta(weeks=0.3), timedelta(minutes=1/3))
a, b = timedelta(days=3, seconds=7), timedelta(hours=5)
print(a + b, a - b, -a, +a, abs(-a), a * 3, 3 * a, a * 0.1, a / b, a / 3, a / 2.5, a // b, a // 3, a % b, divmod(a, b))
print(a > b, a == b, a != b, a <= a, a == 5, a != 'x', sorted([a, b]), {a: 1}[timedelta(days=3, seconds=7)])
fails(lambda: timedelta(days=10**9))
fails(lambda: a / timedelta())
fails(lambda: a // 0)
fails(lambda: timedelta('x'))
fails(lambda: timedelta.max + timedelta(1))
print(hash(timedelta(1)) == hash(timedelta(hours=24)))
print(isinstance(a, timedelta), type(a), sum([a, b], timedelta()))

# date
d = date(2024, 2, 29)
print(d, repr(d), d.year, d.month, d.day, d.weekday(), d.isoweekday(), d.toordinal(), d.isocalendar(), d.ctime(), d.timetuple())
print(d.replace(year=2020), d.replace(day=1, month=1), date.fromordinal(738000), date.fromisoformat('2021-12-03'), date.fromisocalendar(2020, 53, 7))
print(d + timedelta(1), d - timedelta(days=60, hours=23), d - date(2000, 1, 1), timedelta(2) + d)
print(date.min, date.max, date.resolution)
print(d < date(2025, 1, 1), d == date(2024, 2, 29), d != 3, d == 'x', max(d, date.max), hash(d) == hash(date(2024, 2, 29)))
fails(lambda: date(2023, 2, 29))
fails(lambda: date(0, 1, 1))
fails(lambda: date(2023, 13, 1))
fails(lambda: date.max + timedelta(1))
fails(lambda: date.fromisoformat('2021-1-3'))
fails(lambda: date.fromisoformat('2021-13-03'))
fails(lambda: date.fromisocalendar(2021, 53, 7))
fails(lambda: d.replace(day=31))
for y in [2015, 2016, 2019, 2020, 2021, 2022, 2026]:
    print([date(y, m, x).isocalendar()[:] for m, x in [(1, 1), (1, 4), (12, 28), (12, 31)]])
print(date.fromisoformat('20211203'), date.fromisoformat('2021-W05-3'), date.fromisoformat('2021W05'), date.fromisoformat('2021-W01'))
print(f'{d:%d.%m.%Y}', format(d, ''), f'{d}', '%s' % d)
print(d.strftime('%a %A %b %B %d %e %m %y %Y %j %U %W %V %G %u %w %x %X %c %H:%M %p %% %-d %-m %D %F %T %I'))

# time
t = time(14, 5)
print(t, repr(t), time(1, 2, 3), repr(time(1, 2, 3)), repr(time(1, 2, 3, 4)), time(1, 2, 3, 4), t.hour, t.minute, t.second, t.microsecond, t.tzinfo, t.fold)
print(t.replace(hour=3), t.isoformat(), t.isoformat('hours'), t.isoformat(timespec='milliseconds'), t.strftime('%H.%M %I%p'), time.min, time.max)
print(time(1, 2, tzinfo=timezone.utc), repr(time(1, 2, tzinfo=timezone.utc)), time(1, tzinfo=timezone.utc) == time(2, tzinfo=timezone(timedelta(hours=1))))
print(time.fromisoformat('04:23:01'), time.fromisoformat('04:23:01.5'), time.fromisoformat('T042301'), time.fromisoformat('04:23+02:00'), time.fromisoformat('04:23Z'))
print(t < time(15), t == time(14, 5), time(1) == 3, bool(time(0)))
fails(lambda: time(24))
fails(lambda: time(1, 60))
fails(lambda: time(1, 1, 61))
fails(lambda: time(1) < time(1, tzinfo=timezone.utc))
fails(lambda: time.fromisoformat('4:5'))
print(time(1) == time(1, tzinfo=timezone.utc), time(3, tzinfo=ZoneInfo('Europe/Rome')).utcoffset())

# datetime
x = dt(2021, 3, 4, 5, 6, 7, 89)
print(x, repr(x), x.date(), x.time(), x.timetz(), x.year, x.hour, x.microsecond, x.tzinfo, x.weekday(), x.isocalendar())
print(repr(dt(2021, 1, 1)), repr(dt(2021, 1, 1, 2, 3, 4)), dt(2021, 1, 1), x.isoformat(), x.isoformat(' '), x.isoformat(timespec='minutes'), x.ctime())
print(x + timedelta(days=1, hours=20), x - timedelta(days=400), x - dt(2020, 1, 1), timedelta(1) + x, x.replace(year=1999, microsecond=0))
print(x.timetuple(), x.utctimetuple(), x.toordinal(), x.timestamp(), dt.fromtimestamp(1614834367.5), dt.utcfromtimestamp(0), dt.fromtimestamp(0, timezone.utc))
print(dt.combine(date(2020, 1, 2), time(3, 4)), dt.combine(x, time(1), timezone.utc), dt.fromordinal(738000), dt.min, dt.max)
print(x < dt.max, x == dt(2021, 3, 4, 5, 6, 7, 89), x == date(2021, 3, 4), date(2021, 3, 4) == x, x == 3, isinstance(x, date), date(2021, 3, 4) != dt(2021, 3, 4))
fails(lambda: x < date(2021, 3, 4))
fails(lambda: date(2021, 3, 4) < x)
fails(lambda: x < dt.now(timezone.utc))
fails(lambda: x - dt.now(timezone.utc))
print(x == dt.now(timezone.utc))
try:
    x + x
except TypeError:
    print("no sum")
fails(lambda: dt(2021, 1, 1, 25))
fails(lambda: dt.fromisoformat('garbage'))
fails(lambda: dt.max + timedelta(1))
for s in ['2021-03-04', '2021-03-04T05:06', '2021-03-04 05:06:07', '2021-03-04T05:06:07.123', '2021-03-04T05:06:07.123456+05:30',
          '20210304T050607', '2021-03-04T05:06:07Z', '2021-W05-3T10', '2021-03-04T05', '2021-03-04T05:06:07-08:00:30', '20210304T0506+0200']:
    print(s, repr(dt.fromisoformat(s)))

# zones
rome, ny = ZoneInfo('Europe/Rome'), ZoneInfo('America/New_York')
z = dt(2024, 7, 1, 12, 30, tzinfo=ny)
print(z, repr(z), z.tzinfo, z.utcoffset(), z.dst(), z.tzname(), z.astimezone(rome), z.astimezone(timezone.utc), z.timestamp(), z.timetuple().tm_isdst)
print(dt(2024, 1, 1, tzinfo=rome), dt(2024, 1, 1, tzinfo=rome).dst(), dt(2024, 1, 1, tzinfo=rome).tzname())
print(z == z.astimezone(rome), z - z.astimezone(rome), z < dt(2024, 7, 1, 18, 31, tzinfo=rome), hash(z) == hash(z.astimezone(rome)))
for f in (0, 1):
    g = dt(2024, 11, 3, 1, 30, tzinfo=ny, fold=f)
    print(g, g.utcoffset(), g.tzname(), g.astimezone(timezone.utc), repr(g))
    g = dt(2024, 3, 10, 2, 30, tzinfo=ny, fold=f)
    print(g, g.utcoffset(), g.tzname(), g.dst(), g.astimezone(timezone.utc))
u = dt(2024, 11, 3, 5, 30, tzinfo=timezone.utc)
for h in range(3):
    print(repr((u + timedelta(hours=h)).astimezone(ny)))
print(dt(2024, 3, 9, 12, tzinfo=ny) + timedelta(days=1), dt(2024, 3, 10, 12, tzinfo=ny) - dt(2024, 3, 9, 12, tzinfo=ny))
print(dt(2024, 3, 10, 12, tzinfo=ny).astimezone(timezone.utc) - dt(2024, 3, 9, 12, tzinfo=ny).astimezone(timezone.utc))
print(timezone.utc, repr(timezone.utc), timezone(timedelta(hours=-5)), repr(timezone(timedelta(hours=-5), 'EST')), timezone(timedelta(hours=5, minutes=30)).utcoffset(None), timezone.min, timezone.max)
print(timezone.utc == timezone(timedelta(0)), timezone(timedelta(0), 'x') == timezone.utc, rome == ZoneInfo('Europe/Rome'), rome == ny, repr(rome), str(rome), rome.key)
print(dt(1900, 1, 1, tzinfo=ZoneInfo('Europe/Rome')).utcoffset(), dt(2050, 7, 1, tzinfo=rome).utcoffset(), dt(2011, 12, 30, 12, tzinfo=ZoneInfo('Pacific/Apia')).utcoffset())
print(dt(2024, 7, 1, tzinfo=ZoneInfo('Europe/Dublin')).dst(), dt(2024, 1, 1, tzinfo=ZoneInfo('Europe/Dublin')).tzname(), dt(2024, 1, 1, tzinfo=ZoneInfo('Australia/Sydney')).dst())
fails(lambda: timezone(timedelta(hours=24)))
try:
    ZoneInfo('Nowhere/Land')
except KeyError as e:
    print(type(e).__name__, e)
fails(lambda: dt(2024, 1, 1, tzinfo='x'))
print(z.strftime('%z %Z %H:%M:%S.%f'), dt(2024, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))).strftime('%z|%Z'), dt(2024, 1, 1).strftime('[%z%Z]'))

class Fixed(tzinfo):
    def utcoffset(self, when):
        return timedelta(hours=2)
    def dst(self, when):
        return timedelta(0)
    def tzname(self, when):
        return 'two'
    def __repr__(self):
        return 'Fixed()'
w = dt(2024, 1, 1, 12, tzinfo=Fixed())
print(w, repr(w), w.tzname(), w.astimezone(timezone.utc), dt(2024, 1, 1, 12, tzinfo=timezone.utc).astimezone(Fixed()))

# strptime
for s, f in [('2021-03-04', '%Y-%m-%d'), ('04/03/21 5:06 PM', '%d/%m/%y %I:%M %p'), ('Mon Mar  1 2021', '%a %b %d %Y'),
             ('12 December 1999', '%d %B %Y'), ('2021-03-04T05:06:07.5+0230', '%Y-%m-%dT%H:%M:%S.%f%z'), ('12AM', '%I%p'), ('12PM', '%I%p'),
             ('2021 064', '%Y %j'), ('2021 9 2', '%Y %W %w'), ('2021 10 4', '%G %V %u'), ('3/4/69', '%m/%d/%y'), ('100%', '%H0%%'), ('Z', '%z'), ('1 2', '%d  %m'),
             ('Tue Jul  4 05:06:07 2023', '%c')]:
    print(s, f, repr(dt.strptime(s, f)))
for s, f in [('2021-3-4x', '%Y-%m-%d'), ('hello', '%Y'), ('2021', '%Q'), ('30 2 2021', '%d %m %Y'), ('1', '%'), ("it's", '%H')]:
    fails(lambda: dt.strptime(s, f))

# subclasses
class Day(date):
    def next(self):
        return self + timedelta(1)
class Stamp(dt):
    @property
    def half(self):
        return 'am' if self.hour < 12 else 'pm'
    def __str__(self):
        return 'stamp ' + super().__str__()
class Special(dt):
    def __new__(cls, *args, **kw):
        self = super().__new__(cls, *args, **kw)
        self.note = 'made'
        return self
class Span(timedelta):
    pass
n = Day(2020, 2, 28)
print(repr(n), repr(n.next()), type(n.next()), n.next().next(), isinstance(n, date), n.replace(day=1), Day.fromisoformat('2020-01-01'), type(Day.today()))
s = Stamp(2020, 1, 1, 13, tzinfo=ny)
s.extra = 5
print(s, repr(s), s.half, s.extra, type(s + timedelta(1)), type(s.replace(hour=1)), type(s.astimezone(rome)), s.astimezone(rome), type(s.date()), s == dt(2020, 1, 1, 13, tzinfo=ny), s - dt(2020, 1, 1, tzinfo=ny), type(Stamp.now()), Stamp.strptime('2020', '%Y'))
print(Special(2020, 1, 1).note, (Special(2020, 1, 1) + timedelta(1)).note, {s: 1}[s], s < Stamp.max.replace(tzinfo=ny))
print(repr(Span(1)), type(Span(1) + Span(2)), Span(1) == timedelta(1))
import copy
print(copy.copy(s) == s, copy.deepcopy([x, d, a, z]) == [x, d, a, z])
