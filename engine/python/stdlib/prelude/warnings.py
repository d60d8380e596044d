"""Warnings, which are kept quiet: nobody who answers questions could act on them."""


def warn(message, category=None, stacklevel=1, source=None):
    if _raising:
        raise message if isinstance(message, Warning) else (category or UserWarning)(message)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    warn(message, category)


_raising = []


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    simplefilter(action)


def simplefilter(action, category=Warning, lineno=0, append=False):
    if action not in ('default', 'error', 'ignore', 'always', 'module', 'once'):
        raise ValueError(f'invalid action: {action!r}')
    _raising[:] = [True] if action == 'error' else []


def resetwarnings():
    _raising.clear()


def showwarning(message, category, filename, lineno, file=None, line=None):
    pass


def formatwarning(message, category, filename, lineno, line=None):
    return f'{filename}:{lineno}: {category.__name__}: {message}\n'


class catch_warnings:
    """Puts back what was set inside; nothing is recorded."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._action = action

    def __enter__(self):
        self._before = list(_raising)
        if self._action:
            simplefilter(self._action)
        return [] if self._record else None

    def __exit__(self, *info):
        _raising[:] = self._before
