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
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None

    flags = _re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        pattern = cls.__dict__.get('pattern') or cls._placeholder()
        cls.pattern = _re.compile(pattern, cls.flags | _re.VERBOSE)

    @classmethod
    def _placeholder(cls):
        mark, name = _re.escape(cls.delimiter), cls.idpattern
        return f"""{mark}(?:(?P<escaped>{mark})|(?P<named>{name})|
            {{(?P<braced>{cls.braceidpattern or name})}}|(?P<invalid>))"""

    def __init__(self, template):
        self.template = template

    def _names(self):
        """The names of the placeholders, None for one that is not in order."""
        for found in self.pattern.finditer(self.template):
            name = found.group('named') or found.group('braced')
            if name is not None or found.group('escaped') is None:
                yield name

    def is_valid(self):
        return None not in self._names()

    def get_identifiers(self):
        return list(dict.fromkeys(name for name in self._names() if name is not None))

    def _refuse(self, found):
        before = self.template[:found.start('invalid')].splitlines(keepends=True) or ['']
        column = len(before[-1]) or 1
        raise ValueError(f'Invalid placeholder in string: line {len(before)}, col {column}')

    def _fill(self, values, missing_ok):
        def one(found):
            name = found.group('named') or found.group('braced')
            if name is not None:
                return found.group() if missing_ok and name not in values else str(values[name])
            if found.group('escaped') is not None:
                return self.delimiter
            if found.group('invalid') is None:
                raise ValueError('Unrecognized named group in pattern', self.pattern)
            return found.group() if missing_ok else self._refuse(found)
        return self.pattern.sub(one, self.template)

    def substitute(self, mapping=None, /, **kws):
        return self._fill({**(mapping or {}), **kws}, False)

    def safe_substitute(self, mapping=None, /, **kws):
        return self._fill({**(mapping or {}), **kws}, True)


Template.__init_subclass__()


class Formatter:
    """str.format as an object whose steps can be changed."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        text, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError('Max string recursion exceeded')
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            if name == '':
                if auto_arg_index is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                name = str(auto_arg_index)
                auto_arg_index += 1
            elif name.isdigit():
                if auto_arg_index:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto_arg_index = False
            value, first = self.get_field(name, args, kwargs)
            used_args.add(first)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            out.append(self.format_field(value, spec))
        return ''.join(out), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        match conversion:
            case None:
                return value
            case 's':
                return str(value)
            case 'r':
                return repr(value)
            case 'a':
                return ascii(value)
        raise ValueError(f'Unknown conversion specifier {conversion!s}')

    def parse(self, format_string):
        return _parse(format_string)

    def get_field(self, field_name, args, kwargs):
        cut = _re.match(r'[^.\[]*', field_name).end()
        first, rest = field_name[:cut], field_name[cut:]
        if first.isdigit():
            first = int(first)
        value = self.get_value(first, args, kwargs)
        while rest:
            found = _re.match(r'\.([^.\[]+)|\[([^\]]+)\]', rest)
            if not found:
                raise ValueError('Empty attribute in format string')
            attribute, key = found.groups()
            if attribute is not None:
                value = getattr(value, attribute)
            else:
                value = value[int(key) if key.isdigit() else key]
            rest = rest[found.end():]
        return value, first


def _parse(text):
    """Yield (literal, field name, spec, conversion) for each part of a format string."""
    literal, i = '', 0
    while i < len(text):
        c = text[i]
        if c not in '{}':
            literal += c
            i += 1
        elif text[i + 1:i + 2] == c:
            yield literal + c, None, None, None
            literal, i = '', i + 2
        elif c == '}' or i + 1 == len(text):
            raise ValueError(f"Single '{c}' encountered in format string")
        else:
            name, spec, conversion, i = _parse_field(text, i + 1)
            yield literal, name, spec, conversion
            literal = ''
    if literal:
        yield literal, None, None, None


def _parse_field(text, i):
    start = i
    while i < len(text) and text[i] not in '}:!':
        if text[i] == '{':
            raise ValueError("unexpected '{' in field name")
        if text[i] == '[':
            i = max(text.find(']', i), i)
        i += 1
    if i >= len(text):
        raise ValueError("expected '}' before end of string")
    name, conversion = text[start:i], None
    if text[i] == '!':
        conversion, i = text[i + 1:i + 2], i + 2
        if not conversion:
            raise ValueError('end of string while looking for conversion specifier')
        if text[i:i + 1] not in (':', '}', ''):
            raise ValueError("expected ':' after conversion specifier")
    if text[i:i + 1] == '}':
        return name, '', conversion, i + 1
    start, depth = i + 1, 1
    for i in range(start, len(text)):
        depth += {'{': 1, '}': -1}.get(text[i], 0)
        if not depth:
            return name, text[start:i], conversion, i + 1
    raise ValueError("unmatched '{' in format spec")
