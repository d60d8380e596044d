"""Names of files. What would look at files is refused."""

sep, altsep, extsep, pathsep, curdir, pardir, devnull, defpath = '/', None, '.', ':', '.', '..', '/dev/null', '/bin:/usr/bin'
supports_unicode_filenames = False


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    if hasattr(type(path), '__fspath__'):
        return path.__fspath__()
    raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')


def join(path, *paths):
    path = fspath(path)
    for each in paths:
        try:
            each = fspath(each)
        except TypeError:
            raise TypeError(f'join() argument must be str, bytes, or os.PathLike object, not {type(each).__name__!r}') from None
        if each.startswith('/'):
            path = each
        elif not path or path.endswith('/'):
            path += each
        else:
            path += '/' + each
    return path


def split(path):
    path = fspath(path)
    i = path.rfind('/') + 1
    head, tail = path[:i], path[i:]
    if head.strip('/'):
        head = head.rstrip('/')
    return head, tail


def basename(path):
    return split(path)[1]


def dirname(path):
    return split(path)[0]


def splitext(path):
    path = fspath(path)
    start = path.rfind('/') + 1
    dot = path.rfind('.', start)
    if dot < 0 or not path[start:dot].strip('.'):
        return path, ''
    return path[:dot], path[dot:]


def splitdrive(path):
    path = fspath(path)
    return path[:0], path


def isabs(path):
    return fspath(path).startswith('/')


def normcase(path):
    return fspath(path)


def normpath(path):
    path = fspath(path)
    start = '//' if path.startswith('//') and not path.startswith('///') else '/' if path.startswith('/') else ''
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or not start and not parts or parts and parts[-1] == '..':
            parts.append(part)
        elif parts:
            parts.pop()
    return start + '/'.join(parts) or '.'


def commonprefix(list):
    if not list:
        return ''
    first, last = min(list), max(list)
    for i, c in enumerate(first):
        if c != last[i]:
            return first[:i]
    return first


def commonpath(paths):
    paths = [fspath(path) for path in paths]
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    if len({isabs(path) for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[part for part in path.split('/') if part and part != '.'] for path in paths]
    return ('/' if isabs(paths[0]) else '') + '/'.join(commonprefix(parts))


def expanduser(path):
    return fspath(path)


def expandvars(path):
    return fspath(path)


def _refused(name):
    def refuse(*args, **kwargs):
        raise PermissionError(f'os.path.{name}: files of the machine cannot be reached')
    refuse.__name__ = refuse.__qualname__ = name
    return refuse


_nowhere = _refused('relpath')


def relpath(path, start=None):
    """A path as seen from another; from the folder that a program runs in there is nothing to be seen."""
    path = fspath(path)
    if not path:
        raise ValueError('no path specified')
    start = curdir if start is None else fspath(start)
    whole, begin = normpath(path), normpath(start)
    if isabs(whole) != isabs(begin) or begin.startswith('..') or whole.startswith('..') and begin != '.':
        return _nowhere(path, start)
    there = [part for part in whole.split('/') if part and part != '.']
    here = [part for part in begin.split('/') if part and part != '.']
    same = 0
    while same < min(len(there), len(here)) and there[same] == here[same]:
        same += 1
    return '/'.join(['..'] * (len(here) - same) + there[same:]) or curdir


for _name in ('abspath', 'realpath', 'exists', 'lexists', 'isfile', 'isdir', 'islink', 'ismount', 'getsize', 'getmtime', 'getatime', 'getctime', 'samefile'):
    globals()[_name] = _refused(_name)
