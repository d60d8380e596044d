"""Values written so that they can be read."""

import io as _io
import re as _re
import sys as _sys
import types as _types
from collections import ChainMap as _ChainMap, Counter as _Counter, OrderedDict as _OrderedDict, UserDict as _UserDict
from collections import UserList as _UserList, UserString as _UserString, defaultdict as _defaultdict, deque as _deque

__all__ = ['pprint', 'pformat', 'isreadable', 'isrecursive', 'saferepr', 'PrettyPrinter', 'pp']


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[0]


def isreadable(object):
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    return PrettyPrinter().isrecursive(object)


class _key:
    """Orders what cannot be compared by the names of the classes."""

    __slots__ = ('obj',)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _pair_key(pair):
    return _key(pair[0]), _key(pair[1])


def _again(object):
    return f'<Recursion on {type(object).__name__} with id={id(object)}>'


class PrettyPrinter:
    """Writes values over as many lines as they need."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError('indent must be >= 0')
        if depth is not None and depth <= 0:
            raise ValueError('depth must be > 0')
        if not width:
            raise ValueError('width must be != 0')
        self._depth, self._indent_per_level, self._width = depth, indent, width
        self._stream = stream if stream is not None else _sys.stdout
        self._compact, self._sort_dicts, self._underscore_numbers = bool(compact), sort_dicts, underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._stream.write(self.pformat(object) + '\n')

    def pformat(self, object):
        out = _io.StringIO()
        self._format(object, out, 0, 0, {}, 0)
        return out.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        text, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        return self._plain(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        return self.format(object, context.copy(), self._depth, level)[0]

    def _format(self, object, stream, indent, allowance, context, level):
        if id(object) in context:
            stream.write(_again(object))
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            layout = self._layout(object)
            if layout is not None:
                context[id(object)] = 1
                layout(self, object, stream, indent, allowance, context, level + 1)
                del context[id(object)]
                return
        stream.write(text)

    def _layout(self, object):
        shown = type(object).__repr__
        for cls, layout in _LAYOUTS:
            if isinstance(object, cls) and shown == cls.__repr__:
                return layout
        parameters = getattr(type(object), '__dataclass_params__', None)
        if parameters is not None and parameters.repr and not isinstance(object, type) and '__repr__' in type(object).__dict__:
            if hasattr(shown, '__wrapped__') or getattr(shown, '__qualname__', '').endswith('__create_fn__.<locals>.__repr__') or type(object).__repr__.__module__ == 'dataclasses':
                return PrettyPrinter._dataclass
        return None

    def _dataclass(self, object, stream, indent, allowance, context, level):
        name = type(object).__name__
        items = [(f.name, getattr(object, f.name)) for f in type(object).__dataclass_fields__.values() if f.repr and f.name in object.__dict__]
        stream.write(name + '(')
        self._attributes(items, stream, indent + len(name) + 1, allowance, context, level)
        stream.write(')')

    def _namespace(self, object, stream, indent, allowance, context, level):
        name = 'namespace' if type(object) is _types.SimpleNamespace else type(object).__name__
        stream.write(name + '(')
        self._attributes(list(object.__dict__.items()), stream, indent + len(name) + 1, allowance, context, level)
        stream.write(')')

    def _attributes(self, items, stream, indent, allowance, context, level):
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            stream.write(key + '=')
            if id(value) in context:
                stream.write('...')
            else:
                self._format(value, stream, indent + len(key) + 1, allowance if last else 1, context, level)
            if not last:
                stream.write(',\n' + ' ' * indent)

    def _margin(self, stream):
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * ' ')

    def _dict(self, object, stream, indent, allowance, context, level):
        stream.write('{')
        self._margin(stream)
        items = sorted(object.items(), key=_pair_key) if self._sort_dicts else list(object.items())
        self._pairs(items, stream, indent, allowance + 1, context, level)
        stream.write('}')

    def _pairs(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            text = self._repr(key, context, level)
            stream.write(text + ': ')
            self._format(value, stream, indent + len(text) + 2, allowance if last else 1, context, level)
            if not last:
                stream.write(',\n' + ' ' * indent)

    def _ordered(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + '(')
        self._format(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(')')

    def _list(self, object, stream, indent, allowance, context, level):
        stream.write('[')
        self._items(object, stream, indent, allowance + 1, context, level)
        stream.write(']')

    def _tuple(self, object, stream, indent, allowance, context, level):
        end = ',)' if len(object) == 1 else ')'
        stream.write('(')
        self._items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        start, end = ('{', '}') if type(object) is set else (name + '({', '})')
        if type(object) is not set:
            indent += len(name) + 1
        stream.write(start)
        self._items(sorted(object, key=_key), stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        self._margin(stream)
        between, newline = '', ',\n' + ' ' * indent
        room = most = self._width - indent + 1
        items = list(items)
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                most -= allowance
                room -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                size = len(text) + 2
                if room < size:
                    room = most
                    if between:
                        between = newline
                if room >= size:
                    room -= size
                    stream.write(between + text)
                    between = ', '
                    continue
            stream.write(between)
            between = newline
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _text(self, object, stream, indent, allowance, context, level):
        lines = object.splitlines(True)
        if level == 1:
            indent, allowance = indent + 1, allowance + 1
        room, chunks = self._width - indent, []
        for i, line in enumerate(lines):
            last = i == len(lines) - 1
            if len(repr(line)) <= (room - allowance if last else room):
                chunks.append(repr(line))
                continue
            words, current = _re.findall(r'\S*\s*', line)[:-1], ''
            for j, word in enumerate(words):
                most = room - allowance if last and j == len(words) - 1 else room
                if len(repr(current + word)) > most:
                    if current:
                        chunks.append(repr(current))
                    current = word
                else:
                    current += word
            if current:
                chunks.append(repr(current))
        if len(chunks) <= 1:
            stream.write(repr(object))
            return
        text = ('\n' + ' ' * indent).join(chunks)
        stream.write(f'({text})' if level == 1 else text)

    def _bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        if level == 1:
            indent, allowance = indent + 1, allowance + 1
        room, chunks, current = self._width - indent, [], b''
        for i in range(0, len(object), 4):
            part = object[i:i + 4]
            if i == len(object) // 4 * 4:
                room -= allowance
            if len(repr(current + part)) > room:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))
        text = ('\n' + ' ' * indent).join(chunks)
        stream.write(f'({text})' if level == 1 else text)

    def _proxy(self, object, stream, indent, allowance, context, level):
        stream.write('mappingproxy(')
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(')')

    def _default(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = type(object).__name__
        indent += len(name) + 1
        stream.write(f'{name}({factory},\n{" " * indent}')
        self._dict(object, stream, indent, allowance + 1, context, level)
        stream.write(')')

    def _counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + '({')
        self._margin(stream)
        self._pairs(object.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write('})')

    def _chain(self, object, stream, indent, allowance, context, level):
        name = type(object).__name__
        stream.write(name + '(')
        indent += len(name) + 1
        for i, each in enumerate(object.maps):
            if i == len(object.maps) - 1:
                self._format(each, stream, indent, allowance + 1, context, level)
                stream.write(')')
            else:
                self._format(each, stream, indent, 1, context, level)
                stream.write(',\n' + ' ' * indent)

    def _queue(self, object, stream, indent, allowance, context, level):
        name = type(object).__name__
        stream.write(name + '([')
        indent += len(name) + 1
        if object.maxlen is None:
            self._items(object, stream, indent, allowance + 2, context, level)
            stream.write('])')
        else:
            self._items(object, stream, indent, 2, context, level)
            stream.write(f'],\n{" " * indent}maxlen={object.maxlen!r})')

    def _data(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    def _plain(self, object, context, maxlevels, level):
        """The value on one line, whether that can be read back, and whether it contains itself."""
        kind = type(object)
        if kind in (str, bytes, float, bool, type(None)):
            return repr(object), True, False
        shown = kind.__repr__
        if issubclass(kind, int) and shown == int.__repr__:
            return (f'{object:_d}' if self._underscore_numbers else repr(object)), True, False
        for cls, brackets in ((dict, '{}'), (list, '[]'), (tuple, '()')):
            if issubclass(kind, cls) and shown == cls.__repr__:
                return self._container(object, cls, brackets, context, maxlevels, level)
        if kind in (set, frozenset) and object:  # in an order that does not depend on how it came about
            text = '{' + ', '.join(self.format(each, context, maxlevels, level + 1)[0] for each in sorted(object, key=_key)) + '}'
            return text if kind is set else f'frozenset({text})', True, False
        text = repr(object)
        return text, bool(text) and not text.startswith('<'), False

    def _container(self, object, cls, brackets, context, maxlevels, level):
        if not object:
            return brackets, True, False
        if maxlevels and level >= maxlevels:
            return brackets[0] + '...' + brackets[1], False, id(object) in context
        if id(object) in context:
            return _again(object), False, True
        context[id(object)] = 1
        readable, recursive, parts = True, False, []

        def part(value):
            nonlocal readable, recursive
            text, can_read, again = self.format(value, context, maxlevels, level + 1)
            readable, recursive = readable and can_read, recursive or again
            return text

        if cls is dict:
            items = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            parts = [f'{part(key)}: {part(value)}' for key, value in items]
        else:
            parts = [part(value) for value in object]
        del context[id(object)]
        end = ',' if cls is tuple and len(object) == 1 else ''
        return brackets[0] + ', '.join(parts) + end + brackets[1], readable, recursive


_LAYOUTS = [
    (_OrderedDict, PrettyPrinter._ordered), (_defaultdict, PrettyPrinter._default), (_Counter, PrettyPrinter._counter), (dict, PrettyPrinter._dict),
    (list, PrettyPrinter._list), (tuple, PrettyPrinter._tuple), (set, PrettyPrinter._set), (frozenset, PrettyPrinter._set),
    (str, PrettyPrinter._text), (bytes, PrettyPrinter._bytes), (_types.MappingProxyType, PrettyPrinter._proxy),
    (_types.SimpleNamespace, PrettyPrinter._namespace), (_ChainMap, PrettyPrinter._chain), (_deque, PrettyPrinter._queue),
    (_UserDict, PrettyPrinter._data), (_UserList, PrettyPrinter._data), (_UserString, PrettyPrinter._data),
]
