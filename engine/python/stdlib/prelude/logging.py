"""Messages for those who run the server; they go where print goes."""

import sys as _sys
import time as _time
import traceback as _traceback

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_names = {CRITICAL: 'CRITICAL', ERROR: 'ERROR', WARNING: 'WARNING', INFO: 'INFO', DEBUG: 'DEBUG', NOTSET: 'NOTSET'}
BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'
raiseExceptions = False


def _number(level):
    if isinstance(level, int):
        return level
    for number, name in _names.items():
        if name == level:
            return number
    if level in ('WARN', 'FATAL'):
        return {'WARN': WARNING, 'FATAL': CRITICAL}[level]
    raise ValueError(f'Unknown level: {level!r}')


def getLevelName(level):
    if level in _names:
        return _names[level]
    for number, name in _names.items():
        if name == level:
            return number
    return f'Level {level}'


def addLevelName(level, levelName):
    _names[level] = levelName


class LogRecord:
    """One message and where it came from."""

    def __init__(self, name, level, pathname='', lineno=0, msg='', args=(), exc_info=None, func=None, sinfo=None, **kwargs):
        self.name = name
        self.levelno = level
        self.levelname = getLevelName(level)
        self.pathname = self.filename = self.module = pathname
        self.lineno = lineno
        self.msg = msg
        self.args = args[0] if len(args) == 1 and isinstance(args[0], dict) and args[0] else args
        self.exc_info = exc_info
        self.exc_text = None
        self.funcName = func
        self.created = _time.time()
        self.msecs = int(self.created * 1000) % 1000

    def getMessage(self):
        return str(self.msg) % self.args if self.args else str(self.msg)


class Formatter:
    """Writes records as text."""

    default_time_format = '%Y-%m-%d %H:%M:%S'

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        if style not in ('%', '{', '$'):
            raise ValueError("Style must be one of: %,{,$")
        self._fmt = fmt or {'%': '%(message)s', '{': '{message}', '$': '${message}'}[style]
        self._style = style
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        moment = _time.localtime(record.created)
        if datefmt:
            return _time.strftime(datefmt, moment)
        return f'{_time.strftime(self.default_time_format, moment)},{record.msecs:03}'

    def formatException(self, exc_info):
        return ''.join(_traceback.format_exception(*exc_info)).rstrip('\n')

    def format(self, record):
        record.message = record.getMessage()
        if 'asctime' in self._fmt:
            record.asctime = self.formatTime(record, self.datefmt)
        values = record.__dict__
        if self._style == '%':
            text = self._fmt % values
        elif self._style == '{':
            text = self._fmt.format(**values)
        else:
            from string import Template
            text = Template(self._fmt).substitute(**values)
        if record.exc_info:
            text += ('' if text.endswith('\n') else '\n') + self.formatException(record.exc_info)
        return text


class Filterer:
    """What has filters."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        return all((each.filter if hasattr(each, 'filter') else each)(record) for each in self.filters)


class Filter:
    """Lets records of a logger and those below it through."""

    def __init__(self, name=''):
        self.name = name

    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + '.')


class Handler(Filterer):
    """Takes records somewhere."""

    def __init__(self, level=NOTSET):
        super().__init__()
        self.level = _number(level)
        self.formatter = None

    def setLevel(self, level):
        self.level = _number(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or Formatter()).format(record)

    def handle(self, record):
        passed = self.filter(record)
        if passed:
            self.emit(record)
        return passed

    def emit(self, record):
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def flush(self):
        pass

    def close(self):
        pass


class StreamHandler(Handler):
    """Writes records to a stream."""

    terminator = '\n'

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream or _sys.stderr

    def emit(self, record):
        self.stream.write(self.format(record) + self.terminator)


class NullHandler(Handler):
    """Takes records nowhere."""

    def emit(self, record):
        pass


class FileHandler(Handler):
    """Files of the server cannot be written."""

    def __init__(self, filename, *args, **kwargs):
        raise PermissionError('files of the server cannot be written; messages go to its log')


class Logger(Filterer):
    """Where messages are given to."""

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = _number(level)
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False

    def setLevel(self, level):
        self.level = _number(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and level > _state['disabled'] and level >= self.getEffectiveLevel()

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        return bool(self.handlers) or self.propagate and self.parent is not None and self.parent.hasHandlers()

    def getChild(self, suffix):
        return getLogger(suffix if self is root else f'{self.name}.{suffix}')

    def handle(self, record):
        if not self.filter(record):
            return
        logger, found = self, False
        while logger is not None:
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found and record.levelno >= WARNING:
            _sys.stderr.write(Formatter().format(record) + '\n')

    def log(self, level, msg, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if not self.isEnabledFor(level):
            return
        if isinstance(exc_info, BaseException):
            exc_info = type(exc_info), exc_info, None
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = _sys.exc_info()
        record = LogRecord(self.name, level, msg=msg, args=args, exc_info=exc_info if exc_info and exc_info[0] else None)
        record.__dict__.update(extra or {})
        self.handle(record)

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    warn = warning

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    fatal = critical

    def __repr__(self):
        return f'<Logger {self.name} ({getLevelName(self.getEffectiveLevel())})>'


class LoggerAdapter:
    """A logger that adds to every message."""

    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra

    def process(self, msg, kwargs):
        kwargs['extra'] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        msg, kwargs = self.process(msg, kwargs)
        self.logger.log(level, msg, *args, **kwargs)

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)


root = Logger('root', WARNING)
_loggers = {}
_state = {'disabled': NOTSET}


def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        logger = _loggers[name] = Logger(name)
        logger.parent = root
        above = name.rpartition('.')[0]
        while above:
            if above in _loggers:
                logger.parent = _loggers[above]
                break
            above = above.rpartition('.')[0]
        for other in _loggers.values():  # those below that had no parent between
            if other.name.startswith(name + '.') and not other.parent.name.startswith(name + '.'):
                other.parent = logger
    return _loggers[name]


def basicConfig(*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None, stream=None, handlers=None, force=False,
                encoding=None, errors=None):
    if filename is not None:
        FileHandler(filename)
    if force:
        root.handlers.clear()
    if not root.handlers:
        for handler in handlers if handlers is not None else [StreamHandler(stream)]:
            if handler.formatter is None:
                handler.setFormatter(Formatter(format or BASIC_FORMAT, datefmt, style))
            root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def _top(level, msg, args, kwargs):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kwargs)


def debug(msg, *args, **kwargs):
    _top(DEBUG, msg, args, kwargs)


def info(msg, *args, **kwargs):
    _top(INFO, msg, args, kwargs)


def warning(msg, *args, **kwargs):
    _top(WARNING, msg, args, kwargs)


warn = warning


def error(msg, *args, **kwargs):
    _top(ERROR, msg, args, kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    _top(ERROR, msg, args, {'exc_info': exc_info, **kwargs})


def critical(msg, *args, **kwargs):
    _top(CRITICAL, msg, args, kwargs)


def log(level, msg, *args, **kwargs):
    _top(level, msg, args, kwargs)


def disable(level=CRITICAL):
    _state['disabled'] = level


def captureWarnings(capture):
    pass


def shutdown():
    pass
