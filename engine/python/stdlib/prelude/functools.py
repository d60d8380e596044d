"""Functions that act on or return other functions."""

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)
_none = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        try:
            setattr(wrapper, name, value)
        except (AttributeError, TypeError):
            pass
    for name in updated:
        for key, value in dict(getattr(wrapped, name, None) or {}).items():
            try:
                setattr(wrapper, key, value)
            except (AttributeError, TypeError):
                pass
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def reduce(function, iterable, initial=_none, /):
    rest = iter(iterable)
    if initial is _none:
        try:
            initial = next(rest)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    for item in rest:
        initial = function(initial, item)
    return initial


class partial:
    """A call with some of its arguments given already."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)] + [repr(arg) for arg in self.args] + [f'{name}={value!r}' for name, value in self.keywords.items()]
        return f'functools.partial({", ".join(parts)})'


class partialmethod:
    """A method with some of its arguments given already."""

    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        func = self.func
        if hasattr(func, '__get__'):
            func = func.__get__(obj, cls)
        return partial(func, *self.args, **self.keywords)


class _Key:
    __slots__ = ('obj', 'compare')

    def __init__(self, obj, compare):
        self.obj = obj
        self.compare = compare

    def __lt__(self, other):
        return self.compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self.compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self.compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self.compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self.compare(self.obj, other.obj) >= 0

    __hash__ = None


def cmp_to_key(mycmp):
    return lambda obj: _Key(obj, mycmp)


# How each comparison follows from another: whether the other is negated, and
# what is asked beside it.
_ORDERS = {
    '__lt__': (('__gt__', True, 'and !='), ('__le__', False, 'or =='), ('__ge__', True, '')),
    '__le__': (('__ge__', True, 'or =='), ('__lt__', False, 'and !='), ('__gt__', True, '')),
    '__gt__': (('__lt__', True, 'and !='), ('__ge__', False, 'or =='), ('__le__', True, '')),
    '__ge__': (('__le__', True, 'or =='), ('__gt__', False, 'and !='), ('__lt__', True, '')),
}
_SIGNS = {'__lt__': '<', '__le__': '<=', '__gt__': '>', '__ge__': '>='}


def _from_other(root, name, negated, beside):
    def method(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if negated:
            result = not result
        if beside == 'and !=':
            return result and self != other
        if beside == 'or ==':
            return result or self == other
        return result
    rule = f'({"not " if negated else ""}a {_SIGNS[root]} b)'
    if beside:
        word, sign = beside.split()
        rule += f' {word} (a {sign} b)'
    method.__name__ = name
    method.__qualname__ = f'_{name[2:4]}_from_{root[2:4]}'
    method.__doc__ = f'Return a {_SIGNS[name]} b.  Computed by @total_ordering from {rule}.'
    return method


def total_ordering(cls):
    own = [name for name in _ORDERS if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    for name, negated, beside in _ORDERS[own[0]]:
        if name not in own:
            setattr(cls, name, _from_other(own[0], name, negated, beside))
    return cls


class _CacheInfo(tuple):
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return f'CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})'


class _Cached:
    """A function that remembers its results; the ones used longest ago go first."""

    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self.cache_clear()

    def cache_clear(self):
        self._results = {}
        self._hits = self._misses = 0

    def cache_info(self):
        return _CacheInfo((self._hits, self._misses, self._maxsize, len(self._results)))

    def cache_parameters(self):
        return {'maxsize': self._maxsize, 'typed': self._typed}

    def _key(self, args, kwargs):
        key = args
        if kwargs:
            key = (args, '', tuple(kwargs.items()))
        if self._typed:
            key = (key, tuple(type(value) for value in args), tuple(type(value) for value in kwargs.values()))
        return key

    def __call__(self, *args, **kwargs):
        key = self._key(args, kwargs)
        results = self._results
        if key in results:
            self._hits += 1
            result = results[key]
            if self._maxsize is not None:
                del results[key]
                results[key] = result
            return result
        result = self._function(*args, **kwargs)
        self._misses += 1
        if self._maxsize == 0:
            return result
        if self._maxsize is not None and len(results) >= self._maxsize:
            del results[next(iter(results))]
        results[key] = result
        return result

    def __get__(self, obj, cls=None):
        return self if obj is None else partial(self, obj)

    def __repr__(self):
        return f'<functools._lru_cache_wrapper object of {self._function!r}>'


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return update_wrapper(_Cached(maxsize, 128, typed), maxsize)
    if maxsize is not None:
        if not isinstance(maxsize, int):
            raise TypeError('Expected first argument to be an integer, a callable, or None')
        maxsize = max(0, maxsize)
    return lambda function: update_wrapper(_Cached(function, maxsize, typed), function)


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property whose value is computed once and then kept on the object."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        value = self.func(obj)
        obj.__dict__[self.attrname] = value
        return value


class _Dispatched:
    """A function chosen by the class of its first argument."""

    def __init__(self, function):
        self._function = function
        self.registry = {object: function}

    def dispatch(self, cls):
        for base in cls.__mro__:
            if base in self.registry:
                return self.registry[base]
        return self._function

    def register(self, cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda function: self.register(cls, function)
            func = cls
            kinds = list(getattr(func, '__annotations__', {}).values())
            if not kinds or not isinstance(kinds[0], type):
                raise TypeError(f'Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` or plain `@register` on an annotated function.')
            cls = kinds[0]
        self.registry[cls] = func
        return func

    def __call__(self, *args, **kwargs):
        if not args:
            raise TypeError(f'{self._function.__name__} requires at least 1 positional argument')
        return self.dispatch(type(args[0]))(*args, **kwargs)


def singledispatch(func):
    return update_wrapper(_Dispatched(func), func)
