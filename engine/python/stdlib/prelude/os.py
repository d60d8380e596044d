"""The machine, of which programs see nothing."""

import abc as _abc
import os.path as path
from os.path import altsep, curdir, defpath, devnull, extsep, fspath, pardir, pathsep, sep
from secrets import token_bytes as _token_bytes

name = 'posix'
linesep = '\n'
environ = {}
error = OSError
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class PathLike(_abc.ABC):
    """What stands for the name of a file."""

    @_abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any('__fspath__' in base.__dict__ for base in subclass.__mro__)
        return NotImplemented


def getenv(key, default=None):
    return environ.get(key, default)


def urandom(size):
    return _token_bytes(size)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def strerror(code):
    return f'Unknown error {code}'


def _refused(name):
    def refuse(*args, **kwargs):
        raise PermissionError(f'os.{name}: the machine cannot be reached')
    refuse.__name__ = refuse.__qualname__ = name
    return refuse


for _name in ('access', 'chdir', 'chmod', 'chown', 'cpu_count', 'execv', 'execve', 'fork', 'getcwd', 'getlogin', 'getpid', 'getppid', 'getuid',
              'kill', 'link', 'listdir', 'lstat', 'makedirs', 'mkdir', 'open', 'popen', 'putenv', 'readlink', 'remove', 'removedirs', 'rename',
              'renames', 'replace', 'rmdir', 'scandir', 'stat', 'symlink', 'system', 'truncate', 'umask', 'uname', 'unlink', 'unsetenv', 'utime', 'walk'):
    globals()[_name] = _refused(_name)
