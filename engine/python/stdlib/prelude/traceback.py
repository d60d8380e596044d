"""Exceptions as text. Where they came through is told to those who run the server only."""

import sys as _sys


def _lines(exc, in_scope):
    kind = type(exc)
    name = kind.__qualname__ if kind.__module__ in ('builtins', '__main__') else f'{kind.__module__}.{kind.__qualname__}'
    try:
        text = str(exc)
    except Exception:
        text = '<exception str() failed>'
    text += _advice(exc, in_scope)
    lines = [f'{name}: {text}\n' if text else f'{name}\n']
    notes = getattr(exc, '__notes__', None)
    if isinstance(notes, (list, tuple)):
        for note in notes:
            lines.extend(line + '\n' for line in str(note).split('\n'))
    elif notes is not None:
        lines.append(f'{notes!r}\n')
    return lines


def format_exception_only(exc, value=None):
    return _lines(exc if value is None else value, False)


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    if value is not None:
        exc = value
    if exc is None:
        return ['NoneType: None\n']
    return _lines(exc, True)


def format_exc(limit=None, chain=True):
    return ''.join(format_exception(_sys.exc_info()[1]))


def print_exc(limit=None, file=None, chain=True):
    (file or _sys.stderr).write(format_exc())


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    (file or _sys.stderr).write(''.join(format_exception(exc, value)))


def format_tb(tb, limit=None):
    return []


def extract_tb(tb, limit=None):
    return []


def format_stack(f=None, limit=None):
    return []


def print_stack(f=None, limit=None, file=None):
    pass


def print_tb(tb, limit=None, file=None):
    pass
