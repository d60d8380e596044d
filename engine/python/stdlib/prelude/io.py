"""Text and bytes in memory that are read and written like files."""

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    """The stream cannot do that."""


class IOBase:
    """What the streams in memory have in common."""

    _before_start = 'negative seek value {}'

    def __init__(self, empty, initial):
        self._empty = empty
        self._pieces = [initial or empty]  # joined when they are read
        self._length = len(initial or empty)
        self._pos = 0
        self._closed = False

    @property
    def _data(self):
        if len(self._pieces) > 1:
            self._pieces = [self._empty.join(self._pieces)]
        return self._pieces[0]

    @_data.setter
    def _data(self, data):
        self._pieces = [data]
        self._length = len(data)

    @property
    def closed(self):
        return self._closed

    def _check(self):
        if self._closed:
            raise ValueError('I/O operation on closed file')

    def close(self):
        self._closed = True

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def isatty(self):
        return False

    def flush(self):
        self._check()

    def fileno(self):
        raise UnsupportedOperation('fileno')

    def tell(self):
        self._check()
        return self._pos

    def seek(self, pos, whence=0):
        self._check()
        if whence == 1:
            pos += self._pos
        elif whence == 2:
            pos += self._length
        elif whence != 0:
            raise ValueError(f'Invalid whence ({whence}, should be 0, 1 or 2)')
        if pos < 0:
            raise ValueError(self._before_start.format(pos))
        self._pos = pos
        return pos

    def read(self, size=-1):
        self._check()
        if size is not None and not hasattr(size, '__index__'):
            raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'")
        end = len(self._data) if size is None or size < 0 else self._pos + size
        out = self._data[self._pos:end]
        self._pos += len(out)
        return out

    def _line_end(self):
        end = self._data.find(self._newline, self._pos)
        return self._length if end < 0 else end + len(self._newline)

    def readline(self, size=-1):
        self._check()
        end = self._line_end()
        if size is not None and size >= 0:
            end = min(end, self._pos + size)
        out = self._data[self._pos:end]
        self._pos += len(out)
        return out

    def readlines(self, hint=-1):
        out, total = [], 0
        for line in self:
            out.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return out

    def _put(self, data):
        if self._pos > self._length:
            self._data += self._filler * (self._pos - self._length)
        if self._pos == self._length:
            self._pieces.append(data)
            self._length += len(data)
        else:
            self._data = self._data[:self._pos] + data + self._data[self._pos + len(data):]
        self._pos += len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def truncate(self, size=None):
        self._check()
        if size is None:
            size = self._pos
        if size < 0:
            raise ValueError(f'negative size value {size}')
        self._data = self._data[:size]
        return size

    def getvalue(self):
        self._check()
        return self._data

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *info):
        self.close()


class RawIOBase(IOBase):
    """A stream of bytes without a buffer; there is none in memory."""


class BufferedIOBase(IOBase):
    """A stream of bytes."""


class TextIOBase(IOBase):
    """A stream of text."""


class StringIO(TextIOBase):
    """Text in memory."""

    __module__ = '_io'
    _newline, _filler = '\n', '\x00'
    _before_start = 'Negative seek position {}'
    encoding = errors = None
    line_buffering = False

    def __init__(self, initial_value='', newline='\n'):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f'initial_value must be str or None, not {type(initial_value).__name__}')
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline!r}')
        self._translate = newline is None
        self._any_end = newline == ''
        if newline in ('\r', '\r\n'):
            self._newline = newline
        super().__init__('', self._read_as(initial_value or ''))
        self.newlines = None

    def _read_as(self, text):
        if self._translate:
            return text.replace('\r\n', '\n').replace('\r', '\n')
        return text.replace('\n', self._newline) if self._newline != '\n' else text

    def _line_end(self):
        if not self._any_end:
            return super()._line_end()
        data = self._data
        line, carriage = data.find('\n', self._pos), data.find('\r', self._pos)
        if carriage < 0 or 0 <= line < carriage:
            return self._length if line < 0 else line + 1
        return carriage + (2 if line == carriage + 1 else 1)

    def write(self, s):
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        self._put(self._read_as(s))
        return len(s)

    def seek(self, pos, whence=0):
        if whence and pos:
            raise OSError("Can't do nonzero cur-relative seeks")
        return super().seek(pos, whence)


class BytesIO(BufferedIOBase):
    """Bytes in memory."""

    __module__ = '_io'

    _newline, _filler = b'\n', b'\x00'

    def __init__(self, initial_bytes=b''):
        if initial_bytes is not None and not isinstance(initial_bytes, (bytes, bytearray)):
            raise TypeError(f"a bytes-like object is required, not '{type(initial_bytes).__name__}'")
        super().__init__(b'', initial_bytes and bytes(initial_bytes))

    def write(self, b):
        self._check()
        if not isinstance(b, (bytes, bytearray)):
            raise TypeError(f"a bytes-like object is required, not '{type(b).__name__}'")
        self._put(bytes(b))
        return len(b)

    read1 = IOBase.read

    def readinto(self, b):
        data = self.read(len(b))
        b[:len(data)] = data
        return len(data)

    readinto1 = readinto

    def getbuffer(self):
        return self.getvalue()


class TextIOWrapper(TextIOBase):
    """Text over a stream of bytes in memory."""

    _newline = '\n'

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self.buffer = buffer
        self.encoding = encoding or 'utf-8'
        self.errors = errors or 'strict'
        text = buffer.read().decode(self.encoding, self.errors)
        super().__init__('', text.replace('\r\n', '\n').replace('\r', '\n') if newline is None else text)

    def write(self, s):
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"write() argument must be str, not {type(s).__name__}")
        self.buffer.write(s.encode(self.encoding, self.errors))
        return len(s)

    def detach(self):
        return self.buffer


def open(file, mode='r', *args, **kwargs):
    raise PermissionError('files of the server cannot be opened; use DAFile')
