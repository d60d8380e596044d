"""Names of files as objects; the files themselves cannot be reached."""

import fnmatch as _fnmatch
import os as _os
from urllib.parse import quote as _quote


class _Parents:
    """The paths above a path."""

    def __init__(self, path):
        self._path = path
        self._count = len(path._tail)

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(self._count)))
        if not -self._count <= index < self._count:
            raise IndexError(index)
        if index < 0:
            index += self._count
        return self._path._made(self._path._root, self._path._tail[:self._count - index - 1])

    def __iter__(self):
        return (self[i] for i in range(self._count))

    def __repr__(self):
        return f'<{type(self._path).__name__}.parents>'


class PurePath:
    """The name of a file, of which nothing is asked of the machine."""

    def __new__(cls, *args, **kwargs):
        return object.__new__(PurePosixPath if cls is PurePath else cls)

    def __init__(self, *args):
        texts = []
        for arg in args:
            if isinstance(arg, PurePath):
                texts.append(str(arg))
                continue
            try:
                text = _os.fspath(arg)
            except TypeError:
                text = arg
            if not isinstance(text, str):
                raise TypeError(f"argument should be a str or an os.PathLike object where __fspath__ returns a str, not {type(text).__name__!r}")
            texts.append(text)
        path = ''
        for text in texts:
            path = text if text.startswith('/') else path + ('/' if path and not path.endswith('/') else '') + text
        stripped = path.lstrip('/')
        slashes = len(path) - len(stripped)
        self._root = '//' if slashes == 2 else '/' if slashes else ''
        self._tail = [part for part in stripped.split('/') if part and part != '.']

    def _made(self, root, tail):
        made = self.with_segments(root + '/'.join(tail))
        return made

    def with_segments(self, *pathsegments):
        return type(self)(*pathsegments)

    def __reduce__(self):
        return type(self), (str(self),)

    def __str__(self):
        return self._root + '/'.join(self._tail) or '.'

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self)

    def __bytes__(self):
        return str(self).encode()

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return 'file://' + _quote(bytes(self))

    def _key(self):
        return (self._root, *self._tail)

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def joinpath(self, *pathsegments):
        return self.with_segments(self, *pathsegments)

    drive = ''

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def parts(self):
        return ((self._root,) if self._root else ()) + tuple(self._tail)

    @property
    def name(self):
        return self._tail[-1] if self._tail else ''

    @property
    def suffix(self):
        name = self.name
        i = name.rfind('.')
        return name[i:] if 0 < i < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + each for each in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        name = self.name
        i = name.rfind('.')
        return name[:i] if 0 < i < len(name) - 1 else name

    @property
    def parent(self):
        return self._made(self._root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        return _Parents(self)

    def is_absolute(self):
        return bool(self._root)

    def is_reserved(self):
        return False

    def with_name(self, name):
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        if not name or '/' in name or name == '.':
            raise ValueError(f'Invalid name {name!r}')
        return self._made(self._root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if '/' in suffix or suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError(f'Invalid suffix {suffix!r}')
        name = self.name
        if not name:
            raise ValueError(f'{self!r} has an empty name')
        return self._made(self._root, self._tail[:-1] + [self.stem + suffix if self.suffix else name + suffix])

    def relative_to(self, other, /, *more, walk_up=False):
        other = self.with_segments(other, *more)
        for step, path in enumerate([other] + list(other.parents)):
            if self == path or path in self.parents:
                break
            if not walk_up:
                raise ValueError(f'{str(self)!r} is not in the subpath of {str(other)!r}')
            if path.name == '..':
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f'{str(self)!r} and {str(other)!r} have different anchors')
        return self.with_segments('/'.join(['..'] * step + self._tail[len(path._tail):]))

    def is_relative_to(self, other, /, *more):
        other = self.with_segments(other, *more)
        return other == self or other in self.parents

    def match(self, path_pattern, *, case_sensitive=None):
        pattern = path_pattern if isinstance(path_pattern, PurePath) else self.with_segments(path_pattern)
        wanted, parts = pattern.parts, self.parts
        if not wanted:
            raise ValueError('empty pattern')
        if pattern.is_absolute() and len(wanted) != len(parts) or len(wanted) > len(parts):
            return False
        same = _fnmatch.fnmatchcase
        if case_sensitive is False:
            same = lambda name, pat: _fnmatch.fnmatchcase(name.lower(), pat.lower())
        return all(same(part, pat) for part, pat in zip(reversed(parts), reversed(wanted)))


_os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A name with slashes."""


class Path(PurePosixPath):
    """The name of a file on the server, which cannot be reached."""

    def __new__(cls, *args, **kwargs):
        return object.__new__(PosixPath if cls is Path else cls)


class PosixPath(Path):
    """The name of a file on the server, which cannot be reached."""


def _refused(name):
    def refuse(*args, **kwargs):
        raise PermissionError(f'pathlib.Path.{name}: the machine cannot be reached; use DAFile')
    refuse.__name__ = name
    refuse.__qualname__ = f'Path.{name}'
    return refuse


for _name in ('absolute', 'chmod', 'exists', 'expanduser', 'glob', 'group', 'hardlink_to', 'is_block_device', 'is_char_device', 'is_dir',
              'is_fifo', 'is_file', 'is_junction', 'is_mount', 'is_socket', 'is_symlink', 'iterdir', 'lchmod', 'lstat', 'mkdir', 'open', 'owner',
              'read_bytes', 'read_text', 'readlink', 'rename', 'replace', 'resolve', 'rglob', 'rmdir', 'samefile', 'stat', 'symlink_to', 'touch',
              'unlink', 'walk', 'write_bytes', 'write_text'):
    setattr(Path, _name, _refused(_name))
for _name in ('cwd', 'home'):
    setattr(Path, _name, staticmethod(_refused(_name)))
del _name
