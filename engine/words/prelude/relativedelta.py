"""The module dateutil.relativedelta: steps in the calendar, and the step between two dates."""

import datetime as _datetime

from _dates import DateInterval as _DateInterval

__all__ = ['relativedelta']


def _moment(when):
    if isinstance(when, _datetime.datetime):
        return when
    return _datetime.datetime(when.year, when.month, when.day)


def _between(end, start):
    """Whole months, and what is left in days and less; all negative if end comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    back = end < start
    while True:
        passed = start + _DateInterval(months=months)
        if (passed < end if back else passed > end) and months:
            months += 1 if back else -1
            continue
        rest = int((end - passed).total_seconds())
        sign = -1 if rest < 0 else 1
        minutes, seconds = divmod(abs(rest), 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        turn = -1 if months < 0 else 1
        years, months = divmod(abs(months), 12)
        return {'years': turn * years, 'months': turn * months, 'days': sign * days, 'hours': sign * hours,
                'minutes': sign * minutes, 'seconds': sign * seconds}


class relativedelta(_DateInterval):
    """Plural units are added, singular ones are set; of two dates, what lies between them."""

    def __init__(self, dt1=None, dt2=None, **units):
        if dt1 is not None and dt2 is not None:
            units = _between(_moment(dt1), _moment(dt2))
        super().__init__(**units)

    def __repr__(self):
        return 'relativedelta(' + ', '.join(unit + '=' + ('+' if unit.endswith('s') and value >= 0 else '') + repr(value)
                                            for unit, value in self.units.items() if value) + ')'
