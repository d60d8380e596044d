"""Character sets and templates."""

import re as _re

ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(word.capitalize() for word in s.split(sep))


class Template:
    """Text in which $name and ${name} stand for values."""

    delimiter = '$'
    idpattern = '[_a-zA-Z][_a-zA-Z0-9]*'
    braceidpattern = None

    def __init__(self, template):
        self.template = template

    def _fill(self, values, missing_ok):
        mark = _re.escape(self.delimiter)
        pattern = f'{mark}(?:(?P<escaped>{mark})|(?P<named>{self.idpattern})|{{(?P<braced>{self.braceidpattern or self.idpattern})}}|(?P<invalid>))'

        def one(found):
            if found['escaped'] is not None:
                return self.delimiter
            name = found['named'] if found['named'] is not None else found['braced']
            if name is None:
                if missing_ok:
                    return found.group()
                before = self.template[:found.start('invalid')].splitlines(keepends=True) or ['']
                line, column = len(before), len(before[-1])
                if not before[-1]:
                    column = 1
                raise ValueError(f'Invalid placeholder in string: line {line}, col {column}')
            if missing_ok and name not in values:
                return found.group()
            return str(values[name])
        return _re.sub(pattern, one, self.template)

    def substitute(self, mapping=None, /, **kws):
        return self._fill({**(mapping or {}), **kws}, False)

    def safe_substitute(self, mapping=None, /, **kws):
        return self._fill({**(mapping or {}), **kws}, True)


class Formatter:
    """str.format as an object."""

    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
