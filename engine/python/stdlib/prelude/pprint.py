"""Values written over several lines if they are long."""


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        self._indent = indent
        self._width = width
        self._depth = depth
        self._stream = stream
        self._sort = sort_dicts

    def pformat(self, object):
        return self._written(object, 0, 0, 1)

    def pprint(self, object):
        text = self.pformat(object) + '\n'
        if self._stream is None:
            print(text, end='')
        else:
            self._stream.write(text)

    def _one_line(self, value, level):
        if self._depth is not None and level > self._depth and isinstance(value, (dict, list, tuple)) and value:
            return '{...}' if isinstance(value, dict) else '[...]' if isinstance(value, list) else '(...)'
        if type(value) is dict:
            return '{' + ', '.join(f'{self._one_line(k, level + 1)}: {self._one_line(v, level + 1)}' for k, v in self._items(value)) + '}'
        if type(value) is list:
            return '[' + ', '.join(self._one_line(each, level + 1) for each in value) + ']'
        if type(value) is tuple:
            return '(' + ', '.join(self._one_line(each, level + 1) for each in value) + (',)' if len(value) == 1 else ')')
        if type(value) in (set, frozenset) and value:
            inside = '{' + ', '.join(self._one_line(each, level + 1) for each in self._sorted(value)) + '}'
            return inside if type(value) is set else f'frozenset({inside})'
        return repr(value)

    def _sorted(self, values):
        try:
            return sorted(values)
        except TypeError:
            return sorted(values, key=lambda value: (str(type(value)), repr(value)))

    def _items(self, value):
        if not self._sort:
            return list(value.items())
        return [(key, value[key]) for key in self._sorted(value)]

    def _written(self, value, column, after, level):
        line = self._one_line(value, level)
        if len(line) <= self._width - column - after or type(value) not in (dict, list, tuple, set) or not value:
            return line
        if self._depth is not None and level > self._depth:
            return line
        column += self._indent
        if type(value) is dict:
            open, close = '{', '}'
            rows = []
            for i, (key, item) in enumerate(self._items(value)):
                name = self._one_line(key, level + 1)
                rest = after + 1 if i == len(value) - 1 else 1
                rows.append(f'{name}: {self._written(item, column + len(name) + 2, rest, level + 1)}')
        else:
            open, close = ('[', ']') if type(value) is list else ('(', ')') if type(value) is tuple else ('{', '}')
            items = self._sorted(value) if type(value) is set else list(value)
            rows = [self._written(item, column, after + 1 if i == len(items) - 1 else 1, level + 1) for i, item in enumerate(items)]
            if type(value) is tuple and len(value) == 1:
                close = ',)'
        return open + ' ' * (self._indent - 1) + (',\n' + ' ' * column).join(rows) + close


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, sort_dicts=sort_dicts).pformat(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, sort_dicts=sort_dicts).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._one_line(object, 1)


def isreadable(object):
    return True


def isrecursive(object):
    return False
