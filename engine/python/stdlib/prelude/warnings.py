"""Warnings, which are kept quiet: nobody who answers questions could act on them."""


class WarningMessage:
    """A warning that was recorded."""

    def __init__(self, message, category, filename='', lineno=1, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source

    def __str__(self):
        return f'{{message : {self.message!r}, category : {self.category.__name__!r}, filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}'


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    exc = message if isinstance(message, Warning) else category(message)
    if _raising:
        raise exc
    if _records and _quiet != [True]:
        key = (str(exc), category)
        if _once and key in [(str(each.message), each.category) for each in _records[-1]]:
            return
        _records[-1].append(WarningMessage(exc, category))


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    warn(message, category)


_raising = []  # not empty: warnings are errors
_quiet = []    # not empty: they are not recorded
_once = []     # not empty: each is recorded once
_records = []  # where they are recorded, the innermost last


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    simplefilter(action)


def simplefilter(action, category=Warning, lineno=0, append=False):
    if action not in ('default', 'error', 'ignore', 'always', 'module', 'once'):
        raise ValueError(f'invalid action: {action!r}')
    _raising[:] = [True] if action == 'error' else []
    _quiet[:] = [True] if action == 'ignore' else []
    _once[:] = [True] if action in ('once', 'default', 'module') else []


def resetwarnings():
    _raising.clear()
    _quiet.clear()
    _once.clear()


def showwarning(message, category, filename, lineno, file=None, line=None):
    pass


def formatwarning(message, category, filename, lineno, line=None):
    return f'{filename}:{lineno}: {category.__name__}: {message}\n'


class catch_warnings:
    """Puts back what was set inside, and records the warnings if asked to."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._action = action

    def __enter__(self):
        self._before = list(_raising), list(_quiet), list(_once)
        if self._action:
            simplefilter(self._action)
        if not self._record:
            return None
        _records.append([])
        return _records[-1]

    def __exit__(self, *info):
        _raising[:], _quiet[:], _once[:] = self._before
        if self._record:
            _records.pop()
