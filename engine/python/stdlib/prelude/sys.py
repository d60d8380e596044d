"""The output streams; the rest is written in Go."""


class _Output:
    """A stream that goes where print goes."""

    encoding = 'utf-8'
    closed = False

    def __init__(self, name):
        self.name = name

    def write(self, text):
        return _write(text)

    def writelines(self, lines):
        for line in lines:
            _write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def readable(self):
        return False


class _NoInput:
    """Nobody types anything here."""

    name = '<stdin>'

    def read(self, size=-1):
        return ''

    def readline(self, size=-1):
        return ''

    def __iter__(self):
        return iter(())


stdout = __stdout__ = _Output('<stdout>')
stderr = __stderr__ = _Output('<stderr>')
stdin = __stdin__ = _NoInput()
