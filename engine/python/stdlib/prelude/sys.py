"""The output streams; the rest is written in Go."""


class _Facts:
    """Facts about the language, as attributes."""

    def __init__(self, title, /, **facts):
        self.__dict__.update(facts)
        self._shown = f'{title}({", ".join(f"{key}={value!r}" for key, value in facts.items())})'

    def __repr__(self):
        return self._shown


hash_info = _Facts('sys.hash_info', width=64, modulus=_hash_modulus, inf=314159, nan=0, imag=1000003, algorithm='siphash13', hash_bits=64,
                   seed_bits=128, cutoff=0)
int_info = _Facts('sys.int_info', bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640)
implementation = _Facts('namespace', name='colloquy', version=version_info, hexversion=hexversion, cache_tag=None)
flags = _Facts('sys.flags', debug=0, inspect=0, interactive=0, optimize=0, dont_write_bytecode=1, no_user_site=1, no_site=1,
               ignore_environment=1, verbose=0, bytes_warning=0, quiet=0, hash_randomization=1, isolated=1, dev_mode=False, utf8_mode=1)
builtin_module_names = ()
warnoptions = []


def get_int_max_str_digits():
    return 4300


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
