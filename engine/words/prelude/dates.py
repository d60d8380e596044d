"""Dates and times that know their zone and say themselves in words."""

import datetime as _datetime
import zoneinfo as _zoneinfo

import _words


def _blank(value):
    return type(value).__name__ == 'DAEmpty'


def _zone(name=None):
    return _zoneinfo.ZoneInfo(name or _words.default_timezone())


def _fields(when):
    """What Go needs of a time: its parts, the name of its zone and its offset in seconds."""
    offset = when.utcoffset()
    return (when.year, when.month, when.day, when.hour, when.minute, when.second, when.microsecond,
            getattr(when.tzinfo, 'key', None), None if offset is None else int(offset.total_seconds()))


def _made(fields):
    """The opposite of _fields; a time without the name of a zone keeps its offset."""
    zone = None
    if fields[7] is not None:
        zone = _zone(fields[7])
    elif fields[8] is not None:
        zone = _datetime.timezone(_datetime.timedelta(seconds=fields[8]))
    return DADateTime(*fields[:7], tzinfo=zone)


class DateInterval:
    """A step in the calendar: months and years of their own length, and units to set."""

    def __init__(self, **units):
        _words.check_interval(units)
        self.units = units

    def _moved(self, when, sign):
        if isinstance(when, _datetime.datetime):
            return _made(_words.shift(_fields(when), self.units, sign))
        if isinstance(when, _datetime.date):
            start = _datetime.datetime(when.year, when.month, when.day)
            end = _words.shift(_fields(start), self.units, sign)
            if any(unit.startswith(('hour', 'minute', 'second', 'microsecond')) for unit in self.units):
                return _datetime.datetime(*end[:7])
            return _datetime.date(*end[:3])
        return NotImplemented

    def __getattr__(self, name):
        if name != 'units' and name in _words.interval_units:
            return self.units.get(name, 0 if name.endswith('s') else None)
        raise AttributeError("'DateInterval' object has no attribute '" + name + "'")

    def __add__(self, other):
        if isinstance(other, DateInterval):
            units = dict(self.units)
            for unit, value in other.units.items():
                units[unit] = units.get(unit, 0) + value if unit.endswith('s') else value
            return DateInterval(**units)
        return self._moved(other, 1)

    def __radd__(self, other):
        return self._moved(other, 1)

    def __rsub__(self, other):
        return self._moved(other, -1)

    def __sub__(self, other):
        if isinstance(other, DateInterval):
            return self + -other
        return NotImplemented

    def __neg__(self):
        return DateInterval(**{unit: -value if unit.endswith('s') else value for unit, value in self.units.items()})

    def __mul__(self, factor):
        return DateInterval(**{unit: value * factor if unit.endswith('s') else value for unit, value in self.units.items()})

    __rmul__ = __mul__

    def __bool__(self):
        return any(value for unit, value in self.units.items() if unit.endswith('s')) or \
            any(not unit.endswith('s') for unit in self.units)

    def __eq__(self, other):
        return isinstance(other, DateInterval) and self.units == other.units

    def __hash__(self):
        return hash(tuple(sorted(self.units.items())))

    def __repr__(self):
        return 'date_interval(' + ', '.join(f'{unit}={value!r}' for unit, value in self.units.items()) + ')'


class DADateTime(_datetime.datetime):
    """A datetime that is text in an interview."""

    def format(self, format=None, language=None):
        return format_date(self, format=format, language=language)

    def format_date(self, format=None, language=None):
        return format_date(self, format=format, language=language)

    def format_datetime(self, format=None, language=None):
        return format_datetime(self, format=format, language=language)

    def format_time(self, format=None, language=None):
        return format_time(self, format=format, language=language)

    def replace_time(self, time):
        return self.replace(hour=time.hour, minute=time.minute, second=time.second, microsecond=time.microsecond)

    def plus(self, **units):
        return self + DateInterval(**units)

    def minus(self, **units):
        return self - DateInterval(**units)

    @property
    def nanosecond(self):
        return 0

    @property
    def dow(self):
        return self.isoweekday()

    @property
    def week(self):
        return self.isocalendar()[1]

    def __str__(self):
        return str(format_date(self))

    def __add__(self, other):
        if isinstance(other, str):
            return str(self) + other
        if isinstance(other, DateInterval):
            return other._moved(self, 1)
        return _wrapped(_datetime.datetime.__add__(self, other))

    def __radd__(self, other):
        if isinstance(other, str):
            return other + str(self)
        if isinstance(other, DateInterval):
            return other._moved(self, 1)
        return _wrapped(_datetime.datetime.__radd__(self, other))

    def __sub__(self, other):
        if isinstance(other, DateInterval):
            return other._moved(self, -1)
        return _wrapped(_datetime.datetime.__sub__(self, other))

    def __reduce__(self):
        return _made, (_fields(self),)


def _wrapped(value):
    if isinstance(value, _datetime.datetime) and not isinstance(value, DADateTime):
        return DADateTime(value.year, value.month, value.day, value.hour, value.minute, value.second,
                          value.microsecond, tzinfo=value.tzinfo, fold=value.fold)
    return value


def _read(value, timezone=None):
    """A datetime from a datetime, a date, a time or text; raises ValueError if text is no date."""
    zone = timezone or _words.default_timezone()
    if isinstance(value, _datetime.datetime):
        if value.tzinfo is None:
            return _wrapped(value.replace(tzinfo=_zone(zone)))
        return _made(_words.convert(_fields(value), zone))
    if isinstance(value, _datetime.date):
        return DADateTime(value.year, value.month, value.day, tzinfo=_zone(zone))
    if isinstance(value, _datetime.time):
        day = _words.now(zone)
        return DADateTime(*day[:3], value.hour, value.minute, value.second, value.microsecond,
                          tzinfo=value.tzinfo or _zone(zone))
    return _made(_words.parse(str(value), zone))


def as_datetime(the_date, timezone=None):
    return _read(the_date, timezone)


def current_datetime(timezone=None):
    return _made(_words.now(timezone or _words.default_timezone()))


def today(timezone=None, format=None):
    zone = timezone or _words.default_timezone()
    day = DADateTime(*_words.now(zone)[:3], tzinfo=_zone(zone))
    return day if format is None else format_date(day, format=format)


def get_default_timezone():
    return _words.default_timezone()


def timezone_list():
    return _words.timezones()


def date_interval(**units):
    return DateInterval(**units)


class DateTimeDelta:
    """The time between two moments."""

    def __init__(self, start, end):
        self.start = start
        self.end = end
        self.delta = end - start
        seconds = self.delta.total_seconds()
        self.weeks = seconds / 604800.0
        self.days = seconds / 86400.0
        self.hours = seconds / 3600.0
        self.minutes = seconds / 60.0
        self.seconds = int(seconds)
        self.years = self.days / 365.2425

    def describe(self, specificity=None, nice=True, capitalize=False, language=None):
        return _words.describe(_fields(self.start), _fields(self.end), specificity, nice, capitalize, language)

    def __str__(self):
        return self.describe()


def date_difference(starting=None, ending=None, timezone=None):
    start = current_datetime(timezone) if starting is None else _read(starting, timezone)
    end = current_datetime(timezone) if ending is None else _read(ending, timezone)
    return DateTimeDelta(start, end)


def _part(value, part, language=None):
    try:
        return part(_read(value) if not isinstance(value, _datetime.date) else value)
    except ValueError:
        return _words.bad_date()


def year_of(the_date, language=None):
    return _part(the_date, lambda day: day.year)


def month_of(the_date, as_word=False, language=None):
    return _part(the_date, lambda day: _words.month_name(day.month, language) if as_word else day.month)


def day_of(the_date, language=None):
    return _part(the_date, lambda day: day.day)


def dow_of(the_date, as_word=False, language=None):
    return _part(the_date, lambda day: _words.weekday_name(day.isoweekday(), language) if as_word else day.isoweekday())


def _formatted(kind, value, format, language, explain=False):
    if _blank(value):
        return ''
    if value is None or value == '':
        return _words.bad_date()
    try:
        if isinstance(value, _datetime.datetime):
            when = value
        elif isinstance(value, _datetime.date):
            when = _datetime.datetime(value.year, value.month, value.day)
        elif isinstance(value, _datetime.time):
            when = _datetime.datetime(1970, 1, 1, value.hour, value.minute, value.second, value.microsecond, tzinfo=value.tzinfo)
        else:
            when = _read(value)
    except ValueError as err:
        return _words.bad_date() + (': ' + str(err) if explain else '')
    return _words.format(kind, _fields(when), format, language)


def format_date(the_date, format=None, language=None):
    return _formatted('date', the_date, format, language)


def format_datetime(the_date, format=None, language=None):
    return _formatted('datetime', the_date, format, language)


def format_time(the_time, format=None, language=None):
    return _formatted('time', the_time, format, language, explain=True)


def start_time(timezone=None):
    started = _made(_words.started())
    return started if timezone is None else _read(started, timezone)


def last_access_time(include_privileges=None, exclude_privileges=None, include_cron=False, timezone=None):
    accessed = _words.accessed()
    if accessed is None:
        return None
    return _made(accessed) if timezone is None else _read(_made(accessed), timezone)


def last_access_delta(*pargs, **kwargs):
    accessed = last_access_time(*pargs, **kwargs)
    if accessed is None:
        return _datetime.timedelta(0)
    return current_datetime('UTC') - accessed


def last_access_days(*pargs, **kwargs):
    return last_access_delta(*pargs, **kwargs).total_seconds() / 86400.0


def last_access_hours(*pargs, **kwargs):
    return last_access_delta(*pargs, **kwargs).total_seconds() / 3600.0


def last_access_minutes(*pargs, **kwargs):
    return last_access_delta(*pargs, **kwargs).total_seconds() / 60.0


def returning_user(minutes=None, hours=None, days=None):
    if not _words.arriving():
        return False
    away = last_access_minutes()
    if minutes is not None and away > minutes:
        return True
    if hours is not None and away > hours * 60.0:
        return True
    if days is not None and away > days * 1440.0:
        return True
    return away > 360.0
