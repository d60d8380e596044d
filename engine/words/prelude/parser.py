"""The module dateutil.parser: dates and times out of text."""

import datetime as _datetime

import _words

__all__ = ['parse', 'isoparse', 'ParserError']


class ParserError(ValueError):
    """The text is no date."""


def parse(timestr, default=None):
    if not isinstance(timestr, str):
        raise TypeError('Parser must be a string or character stream, not ' + type(timestr).__name__)
    day = default or _datetime.datetime.now()
    try:
        *parts, offset, has_time = _words.parse_plainly(timestr, day.year, day.month, day.day)
    except ValueError as err:
        raise ParserError(str(err))
    zone = None if offset is None else _datetime.timezone(_datetime.timedelta(seconds=offset))
    read = _datetime.datetime(*parts, tzinfo=zone)
    if default is not None and not has_time:
        read = read.replace(hour=default.hour, minute=default.minute, second=default.second, microsecond=default.microsecond)
    return read


def isoparse(dt_str):
    return _datetime.datetime.fromisoformat(dt_str)
