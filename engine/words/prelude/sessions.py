"""The sessions of a user: the list of them, and conditions that narrow it."""

import datetime as _datetime
import re as _re

import _words
from _objects import DAError


def _plain(value):
    """Times compare in UTC, whether they name their zone or not."""
    if isinstance(value, _datetime.datetime) and value.tzinfo is not None:
        return value.astimezone(_datetime.timezone.utc).replace(tzinfo=None)
    return value


def _condition(value):
    if not isinstance(value, _Condition):
        raise DAError('A query is made of comparisons of columns such as DA.Sessions.filename, not of ' + repr(value))
    return value


class _Condition:
    """Something that is true of a session, or not."""

    def __init__(self, holds):
        self._holds = holds

    def __and__(self, other):
        other = _condition(other)
        return _Condition(lambda row: self._holds(row) and other._holds(row))

    def __or__(self, other):
        other = _condition(other)
        return _Condition(lambda row: self._holds(row) or other._holds(row))

    def __xor__(self, other):
        other = _condition(other)
        return _Condition(lambda row: self._holds(row) != other._holds(row))

    def __invert__(self):
        return _Condition(lambda row: not self._holds(row))

    def __bool__(self):
        raise DAError('Conditions of a query are put together with &, | and ~ in parentheses, not with and, or, not')


class _Column:
    """What is known of every session, or of the account that it belongs to."""

    def __init__(self, name):
        self._name = name

    def _compare(self, other, test):
        other = _plain(other)

        def holds(row):
            value = row[self._name]
            return value is not None and other is not None and bool(test(value, other))
        return _Condition(holds)

    def __eq__(self, other):
        if other is None:
            return _Condition(lambda row: row[self._name] is None)
        return self._compare(other, lambda a, b: a == b)

    def __ne__(self, other):
        if other is None:
            return _Condition(lambda row: row[self._name] is not None)
        return self._compare(other, lambda a, b: a != b)

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)

    def Like(self, pattern):
        """In a pattern, % stands for any text and _ for any character."""
        text = ''.join({'%': '.*', '_': '.'}.get(c) or _re.escape(c) for c in pattern)
        compiled = _re.compile(text, _re.DOTALL)
        return self._compare(pattern, lambda a, b: compiled.fullmatch(str(a)))

    def In(self, *values):
        if len(values) == 1 and isinstance(values[0], (list, tuple, set, frozenset)):
            values = values[0]
        wanted = [_plain(value) for value in values]
        return _Condition(lambda row: row[self._name] in wanted)


_columns = ('modtime', 'filename', 'session', 'encrypted', 'user_id', 'email', 'first_name', 'last_name', 'country', 'subdivisionfirst',
            'subdivisionsecond', 'subdivisionthird', 'organization', 'timezone', 'language', 'last_login')


class _Columns:
    """DA.Sessions: one attribute a column. DA.User and DA.UserDict are the same by the names of the tables they are documented for."""

    def __init__(self, others):
        for name in _columns:
            setattr(self, name, _Column(name))
        for name, column in others.items():
            setattr(self, name, _Column(column))

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        raise DAError('DA.Sessions has no column ' + repr(name) + '; there are ' + ', '.join(_columns))


class _Queries:
    """DA, the beginning of every part of a query."""

    def __init__(self):
        self.Sessions = _Columns({})
        self.User = _Columns({'id': 'user_id'})
        self.UserDict = _Columns({'key': 'session'})

    def And(self, *conditions):
        every = [_condition(condition) for condition in conditions]
        return _Condition(lambda row: all(condition._holds(row) for condition in every))

    def Or(self, *conditions):
        every = [_condition(condition) for condition in conditions]
        return _Condition(lambda row: any(condition._holds(row) for condition in every))

    def Not(self, condition):
        return ~_condition(condition)


DA = _Queries()


def _moment(text):
    return None if text is None else _datetime.datetime.fromisoformat(text)


def interview_list(exclude_invalid=True, action=None, filename=None, session=None, user_id=None, query=None, include_dict=True,
                   delete_shared=False, next_id=None):
    holds = None
    if query is not None:
        condition = _condition(query)

        def holds(row):
            for name in ('modtime', 'last_login'):
                row[name] = _plain(_moment(row[name]))
            return condition._holds(row)
    if action is not None:
        if action not in ('delete', 'delete_all'):
            raise DAError("interview_list: the action is 'delete' or 'delete_all', not " + repr(action))
        if action == 'delete' and session is None:
            raise DAError("interview_list: the action 'delete' needs the session that is to be deleted; 'delete_all' deletes all")
        return _words.drop_sessions(filename, session, user_id, holds, delete_shared)
    found = _words.list_sessions(exclude_invalid, filename, session, user_id, holds, include_dict, next_id)
    if found is None:
        return None
    items, next_id = found
    for item in items:
        item['utc_modtime'] = _moment(item['utc_modtime'])
        item['utc_starttime'] = _moment(item['utc_starttime'])
        item['tags'] = set(item['tags'])
    return (items, next_id)
