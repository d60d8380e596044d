"""The filters, tests and functions of templates. A name that begins with search_
is a filter that is given two functions first: finding filters, and tests."""


def attribute_of(item, attribute):
    """A part of a part: 'name.first', 'list.0' or a number."""
    if not isinstance(attribute, str):
        return read_item(item, attribute)
    for part in attribute.split('.'):
        item = read_item(item, int(part)) if part.isdigit() else read_attr(item, part)
    return item


def is_object(value):
    return hasattr(type(value), 'attr_name') or 'DAObject' in [c.__name__ for c in type(value).__mro__]


def measure(value, case_sensitive=False):
    """What values are compared by."""
    names = [c.__name__ for c in type(value).__mro__]
    if 'Value' in names and 'DAObject' in names:
        return value.amount()
    if 'DAObject' in names:
        value = str(value)
    if isinstance(value, str) and not case_sensitive:
        return value.lower()
    return value


def measure_of(attribute, case_sensitive):
    if attribute is None:
        return lambda item: measure(item, case_sensitive)
    parts = attribute.split(',') if isinstance(attribute, str) else attribute
    if not isinstance(parts, list):
        parts = [parts]
    return lambda item: [measure(attribute_of(item, part), case_sensitive) for part in parts]


def items_of(value):
    """The items of a dictionary, whatever its class."""
    return list(value.items())


# Text

def filter_string(value):
    return str(value)


def filter_escape(value):
    return value


def filter_upper(value):
    return str(value).upper()


def filter_lower(value):
    return str(value).lower()


def filter_capitalize(value):
    text = str(value)
    return text[:1].upper() + text[1:]


def filter_title(value):
    out, start = [], True
    for letter in str(value):
        out.append(letter.upper() if start else letter.lower())
        start = letter.isspace() or letter in '-({[<'
    return ''.join(out)


def filter_trim(value, chars=None):
    return str(value).strip(chars)


def filter_center(value, width=80):
    return str(value).center(width)


def filter_format(value, *pargs, **kwargs):
    if pargs and kwargs:
        raise TypeError("can't handle positional and keyword arguments at the same time")
    return str(value) % (kwargs or pargs)


def filter_replace(value, old, new, count=None):
    return str(value).replace(str(old), str(new), -1 if count is None else count)


def filter_indent(value, width=4, first=False, blank=False):
    space = width if isinstance(width, str) else ' ' * width
    lines = str(value).split('\n')
    rest = [space + line if blank or line.strip() else line for line in lines[1:]]
    head = space + lines[0] if first else lines[0]
    return '\n'.join([head] + rest)


def filter_truncate(value, length=255, killwords=False, end='...', leeway=5):
    text = str(value)
    if len(text) <= length + leeway:
        return text
    if killwords:
        return text[:length - len(end)] + end
    return text[:length - len(end)].rsplit(' ', 1)[0] + end


def filter_wordcount(value):
    count, inside = 0, False
    for letter in str(value):
        letter = letter.isalnum() or letter == '_'
        if letter and not inside:
            count += 1
        inside = letter
    return count


def wrap_line(line, width, break_long_words):
    out, current = [], ''
    for word in line.split():
        while break_long_words and len(word) > width:
            if current:
                out.append(current)
                current = ''
            out.append(word[:width])
            word = word[width:]
        if current and len(current) + 1 + len(word) > width:
            out.append(current)
            current = word
        else:
            current = current + ' ' + word if current else word
    return out + [current] if current or not out else out


def filter_wordwrap(value, width=79, break_long_words=True, wrapstring='\n', break_on_hyphens=True):
    out = []
    for line in str(value).split('\n'):
        out += wrap_line(line, width, break_long_words)
    return wrapstring.join(out)


def filter_striptags(value):
    out, inside = [], False
    for letter in str(value):
        if letter == '<':
            inside = True
        elif letter == '>' and inside:
            inside = False
        elif not inside:
            out.append(letter)
    return ' '.join(''.join(out).split())


def filter_urlencode(value):
    if isinstance(value, dict):
        return '&'.join(quote(key) + '=' + quote(item) for key, item in items_of(value))
    if isinstance(value, (list, tuple)):
        return '&'.join(quote(key) + '=' + quote(item) for key, item in value)
    return quote(value, '/')


def quote(value, safe=''):
    out = []
    for byte in str(value).encode():
        letter = chr(byte)
        if byte < 128 and (letter.isalnum() or letter in '_.-~' + safe):
            out.append(letter)
        else:
            out.append('%%%02X' % byte)
    return ''.join(out)


def filter_urlize(value, *pargs, **kwargs):
    return str(value)


def filter_xmlattr(value, autospace=True):
    pairs = []
    for key, item in items_of(value):
        if item is None:
            continue
        for letter in ' /=>\t\n':
            if letter in key:
                raise ValueError('Invalid character in attribute name: ' + repr(key))
        text = str(item).replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&#34;')
        pairs.append(key + '="' + text + '"')
    text = ' '.join(pairs)
    return ' ' + text if autospace and text else text


def filter_tojson(value, indent=None):
    return written(value, indent, 0)


def json_text(text):
    out = ['"']
    for letter in text:
        if letter in '"\\':
            out.append('\\' + letter)
        elif letter in '\n\r\t':
            out.append({'\n': '\\n', '\r': '\\r', '\t': '\\t'}[letter])
        elif ord(letter) < 32 or letter in "<>&'":
            out.append('\\u%04x' % ord(letter))
        else:
            out.append(letter)
    return ''.join(out) + '"'


def written(value, indent, level):
    if value is None or value is True or value is False:
        return {None: 'null', True: 'true', False: 'false'}[value]
    if isinstance(value, str):
        return json_text(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        parts = [json_text(str(key)) + ': ' + written(item, indent, level + 1) for key, item in items_of(value)]
        start, end = '{', '}'
    elif isinstance(value, (list, tuple)):
        parts = [written(item, indent, level + 1) for item in value]
        start, end = '[', ']'
    elif hasattr(value, 'elements'):
        return written(value.elements, indent, level)
    else:
        return json_text(str(value))
    if indent is None or not parts:
        return start + ', '.join(parts) + end
    line = '\n' + ' ' * (indent * (level + 1))
    return start + line + (',' + line).join(parts) + '\n' + ' ' * (indent * level) + end


def filter_pprint(value):
    return repr(value)


# Numbers

def filter_abs(value):
    return abs(value)


def filter_int(value, default=0, base=10):
    try:
        if isinstance(value, str):
            return int(value, base)
        return int(value)
    except (TypeError, ValueError):
        try:
            return int(float(value))
        except (TypeError, ValueError, OverflowError):
            return default


def filter_float(value, default=0.0):
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def filter_round(value, precision=0, method='common'):
    if method == 'common':
        return round(float(value), precision) if precision else float(round(value, precision))
    if method not in ('ceil', 'floor'):
        raise ValueError('method must be common, ceil or floor')
    factor = 10 ** precision
    whole = value * factor // 1
    if method == 'ceil' and whole != value * factor:
        whole += 1
    return float(whole) / factor


def filter_filesizeformat(value, binary=False):
    size, base = float(value), 1024 if binary else 1000
    units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'] if binary else ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
    if size == 1:
        return '1 Byte'
    if size < base:
        return str(int(size)) + ' Bytes'
    for unit in units:
        size /= base
        if size < base or unit == units[-1]:
            return '%.1f %s' % (size, unit)


# Collections

def filter_count(value):
    return len(value)


def filter_list(value):
    return list(value)


def filter_items(value):
    return items_of(value)


def filter_first(value):
    for item in value:
        return item
    raise IndexError('No first item, sequence was empty.')


def filter_last(value):
    found = list(value)
    if not found:
        raise IndexError('No last item, sequence was empty.')
    return found[-1]


def filter_random(value):
    raise TypeError('the filter random is not available here')


def filter_reverse(value):
    if isinstance(value, str):
        return value[::-1]
    return list(value)[::-1]


def filter_batch(value, linecount, fill_with=None):
    rows, row = [], []
    for item in value:
        if len(row) == linecount:
            rows.append(row)
            row = []
        row.append(item)
    if row:
        if fill_with is not None:
            row += [fill_with] * (linecount - len(row))
        rows.append(row)
    return rows


def filter_slice(value, slices, fill_with=None):
    everything = list(value)
    each, more = divmod(len(everything), slices)
    out, start = [], 0
    for number in range(slices):
        end = start + each + (1 if number < more else 0)
        row = everything[start:end]
        if fill_with is not None and number >= more:
            row.append(fill_with)
        out.append(row)
        start = end
    return out


def filter_join(value, d='', attribute=None):
    parts = value if attribute is None else [attribute_of(item, attribute) for item in value]
    return str(d).join(str(part) for part in parts)


def filter_sort(value, reverse=False, case_sensitive=False, attribute=None):
    return sorted(value, key=measure_of(attribute, case_sensitive), reverse=reverse)


def filter_dictsort(value, case_sensitive=False, by='key', reverse=False):
    if by not in ('key', 'value'):
        raise ValueError('You can only sort by either "key" or "value"')
    place = 0 if by == 'key' else 1
    return sorted(items_of(value), key=lambda pair: measure(pair[place], case_sensitive), reverse=reverse)


class Group(tuple):
    """A pair of what its members have in common, and the members."""

    @property
    def grouper(self):
        return self[0]

    @property
    def list(self):
        return self[1]


def filter_groupby(value, attribute, default=None, case_sensitive=False):
    def grouper(item):
        found = attribute_of(item, attribute)
        return default if found is None and default is not None else found
    groups = []
    for item in sorted(value, key=lambda item: measure(grouper(item), case_sensitive)):
        found = grouper(item)
        if groups and measure(groups[-1][0], case_sensitive) == measure(found, case_sensitive):
            groups[-1][1].append(item)
        else:
            groups.append((found, [item]))
    return [Group(group) for group in groups]


def extreme(which, name, value, case_sensitive, attribute):
    everything = list(value)
    if not everything:
        raise ValueError(name + ': list was empty')
    return which(everything, key=measure_of(attribute, case_sensitive))


def filter_max(value, case_sensitive=False, attribute=None):
    return extreme(max, 'max', value, case_sensitive, attribute)


def filter_min(value, case_sensitive=False, attribute=None):
    return extreme(min, 'min', value, case_sensitive, attribute)


def filter_sum(value, attribute=None, start=0):
    for item in value:
        item = item if attribute is None else attribute_of(item, attribute)
        names = [c.__name__ for c in type(item).__mro__]
        start = start + (item.amount() if 'Value' in names and 'DAObject' in names else item)
    return start


def filter_unique(value, case_sensitive=False, attribute=None):
    out, seen = [], []
    for item in value:
        if attribute is not None:
            item = attribute_of(item, attribute)
        key = measure(item, case_sensitive)
        if key not in seen:
            seen.append(key)
            out.append(item)
    return out


def filter_attr(value, name):
    return getattr(value, name, None)


def filter_any(value):
    return any(value)


def filter_all(value):
    return all(value)


def filter_chain(value, *others):
    out = []
    for part in (value,) + others:
        for item in (part.values() if hasattr(part, 'values') else part):
            out += list(item.values() if hasattr(item, 'values') else item)
    return out


def search_map(filters, tests, value, *pargs, **kwargs):
    if 'attribute' in kwargs:
        name, missing = kwargs['attribute'], 'default' in kwargs
        out = []
        for item in value:
            if missing:
                try:
                    item = attribute_of(item, name)
                except (AttributeError, LookupError):
                    item = kwargs['default']
            else:
                item = attribute_of(item, name)
            out.append(item)
        return out
    if 'index' in kwargs:
        index = kwargs['index']
        if 'default' in kwargs:
            return [item[index] if -len(item) <= index < len(item) else kwargs['default'] for item in value]
        return [read_item(item, index) for item in value]
    if 'function' in kwargs:
        function = kwargs['function']
        return [function(item, *kwargs.get('pargs', []), **kwargs.get('kwargs', {})) for item in value]
    if not pargs:
        raise TypeError('map requires a filter argument')
    function = filters(pargs[0])
    if function is None:
        raise ValueError('filter passed to map() does not exist: ' + str(pargs[0]))
    return [function(item, *pargs[1:], **kwargs) for item in value]


def chosen(tests, value, wanted, attribute, pargs, kwargs):
    test = bool
    if pargs:
        found = tests(pargs[0])
        if found is None:
            raise ValueError('No test named ' + repr(pargs[0]))
        test = lambda item: found(item, *pargs[1:], **kwargs)
    out = []
    for item in value:
        part = item if attribute is None else attribute_of(item, attribute)
        if bool(test(part)) == wanted:
            out.append(item)
    return out


def search_select(filters, tests, value, *pargs, **kwargs):
    return chosen(tests, value, True, None, pargs, kwargs)


def search_reject(filters, tests, value, *pargs, **kwargs):
    return chosen(tests, value, False, None, pargs, kwargs)


def search_selectattr(filters, tests, value, attribute, *pargs, **kwargs):
    return chosen(tests, value, True, attribute, pargs, kwargs)


def search_rejectattr(filters, tests, value, attribute, *pargs, **kwargs):
    return chosen(tests, value, False, attribute, pargs, kwargs)


# Tests

def test_defined(value):
    return True


def test_undefined(value):
    return False


def test_none(value):
    return value is None


def test_boolean(value):
    return value is True or value is False


def test_true(value):
    return value is True


def test_false(value):
    return value is False


def test_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def test_float(value):
    return isinstance(value, float)


def test_number(value):
    return isinstance(value, (int, float, complex)) or type(value).__name__ == 'Decimal'


def test_string(value):
    return isinstance(value, str)


def test_mapping(value):
    return isinstance(value, dict) or hasattr(value, 'keys') and hasattr(value, '__getitem__')


def test_sequence(value):
    try:
        len(value)
    except TypeError:
        return False
    return hasattr(value, '__getitem__')


def test_iterable(value):
    try:
        iter(value)
    except TypeError:
        return False
    return True


def test_callable(value):
    return callable(value)


def test_sameas(value, other):
    return value is other


def test_odd(value):
    return value % 2 == 1


def test_even(value):
    return value % 2 == 0


def test_divisibleby(value, num):
    return value % num == 0


def test_lower(value):
    return str(value).islower()


def test_upper(value):
    return str(value).isupper()


def test_in(value, seq):
    return value in seq


def test_eq(a, b):
    return a == b


def test_ne(a, b):
    return a != b


def test_lt(a, b):
    return a < b


def test_le(a, b):
    return a <= b


def test_gt(a, b):
    return a > b


def test_ge(a, b):
    return a >= b


def test_escaped(value):
    return False


# Functions

class Namespace:
    """Values that a loop can change for what comes after it."""

    def __init__(self, *pargs, **kwargs):
        for given in pargs:
            for key, value in dict(given).items():
                setattr(self, key, value)
        for key, value in kwargs.items():
            setattr(self, key, value)


namespace = Namespace


class Cycler:
    """One item after the other, from the start again after the last."""

    def __init__(self, *items):
        if not items:
            raise RuntimeError('at least one item has to be provided')
        self.items = items
        self.pos = 0

    def reset(self):
        self.pos = 0

    @property
    def current(self):
        return self.items[self.pos]

    def next(self):
        item = self.items[self.pos]
        self.pos = (self.pos + 1) % len(self.items)
        return item


cycler = Cycler


class Joiner:
    """Nothing at first, then what stands between things."""

    def __init__(self, sep=', '):
        self.sep = sep
        self.used = False

    def __call__(self):
        if not self.used:
            self.used = True
            return ''
        return self.sep


joiner = Joiner

SAMPLE = ('the quick clerk filed every letter before noon and the patient judge read each of them twice while rain fell on '
          'the court house roof').split()


def lipsum(n=5, html=True, min=20, max=100):
    """Text for trying out a design; the same every time."""
    paragraphs = []
    for number in range(n):
        words = [SAMPLE[(number * 7 + place) % len(SAMPLE)] for place in range(max)]
        text = ' '.join(words)
        paragraphs.append(text[:1].upper() + text[1:] + '.')
    if html:
        return '\n'.join('<p>' + text + '</p>' for text in paragraphs)
    return '\n\n'.join(paragraphs)
