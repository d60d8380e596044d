# os.path
import os
import os.path
from os.path import *

for p in ['', '/', 'a', 'a/b', '/a/b/', 'a//b', '//x', '/a/../b', '../x', './a', 'a/b.tar.gz', '.bashrc', 'a.b/c', '...', 'x.', '..a.txt', '///a', 'a/./b//../c']:
    print(repr(p), split(p), basename(p), dirname(p), splitext(p), isabs(p), normpath(p), splitdrive(p))
print(join('a', 'b', 'c'), join('a/', 'b'), join('a', '/b'), join('', 'x'), join('a', ''), os.path.join('/', 'x'), os.sep, os.linesep, os.name, os.curdir, os.extsep)
print(commonprefix(['abc', 'abd']), commonprefix([]), commonpath(['/a/b', '/a/c']), commonpath(['a/b', 'a/b/c']), os.getenv('NO_SUCH_NAME_1'), os.getenv('NO_SUCH_NAME_1', 'x'), os.environ.get('NO_SUCH_NAME_1'), len(os.urandom(8)))


class Named(os.PathLike):
    def __fspath__(self):
        return 'dir/name.txt'


print(os.fspath(Named()), basename(Named()), os.fsencode('ü'), os.fsdecode(b'x'))
try:
    os.fspath(5)
except TypeError as e:
    print(e)
