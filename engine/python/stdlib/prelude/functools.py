"""Functions that act on or return other functions."""

from collections import namedtuple as _namedtuple
from types import MappingProxyType as _Proxy, MethodType as _Method, UnionType as _Union

from _classes import read_only as _read_only

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__')
WRAPPER_UPDATES = ('__dict__',)
_none = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def reduce(*args):
    if len(args) < 2:
        raise TypeError(f'reduce expected at least 2 arguments, got {len(args)}')
    if len(args) > 3:
        raise TypeError(f'reduce expected at most 3 arguments, got {len(args)}')
    function = args[0]
    try:
        rest = iter(args[1])
    except TypeError:
        raise TypeError('reduce() arg 2 must support iteration') from None
    if len(args) == 3:
        initial = args[2]
    else:
        try:
            initial = next(rest)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    for item in rest:
        initial = function(initial, item)
    return initial


_showing = set()


class partial:
    """partial(func, *args, **keywords) - a call with some of its arguments given already."""

    __slots__ = ('_func', '_args', '_keywords', '__dict__', '__weakref__')
    func = _read_only('func', '_func')
    args = _read_only('args', '_args')
    keywords = _read_only('keywords', '_keywords')

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, *args = args
        if not callable(func):
            raise TypeError('the first argument must be callable')
        args = tuple(args)
        if isinstance(func, partial) and not func.__dict__:
            args = func._args + args
            keywords = {**func._keywords, **keywords}
            func = func._func
        self = super().__new__(cls)
        self._func, self._args, self._keywords = func, args, keywords
        return self

    def __call__(self, /, *args, **keywords):
        if self._keywords:
            keywords = {**self._keywords, **keywords}
        return self._func(*self._args, *args, **keywords)

    def __repr__(self):
        cls = type(self)
        name = f'functools.{cls.__qualname__}' if cls.__module__ == 'functools' else cls.__qualname__
        if id(self) in _showing:
            return '...'
        _showing.add(id(self))
        try:
            parts = [repr(self._func), *map(repr, self._args), *[f'{key}={value!r}' for key, value in self._keywords.items()]]
        finally:
            _showing.discard(id(self))
        return f'{name}({", ".join(parts)})'

    def __copy__(self):
        made = type(self)(self._func, *self._args, **self._keywords)
        made.__dict__.update(self.__dict__)
        return made

    def __class_getitem__(cls, item):
        return type(list[int])(cls, item)


class partialmethod:
    """A method with some of its arguments given already."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *[f'{key}={value!r}' for key, value in self.keywords.items()]]
        return f'functools.partialmethod({", ".join(parts)})'

    def _unbound(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        bind = getattr(self.func, '__get__', None)
        if bind is not None:
            func = bind(obj, cls)
            if func is not self.func:
                result = partial(func, *self.args, **self.keywords)
                try:
                    result.__self__ = func.__self__
                except AttributeError:
                    pass
                return result
        return self._unbound().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)


class KeyWrapper:
    """An object that compares as a function says."""

    __slots__ = ('obj', '_compare')

    def __init__(self, obj, compare):
        self.obj, self._compare = obj, compare

    def _other(self, other):
        if not isinstance(other, KeyWrapper):
            raise TypeError('other argument must be K instance')
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._other(other) < 0

    def __gt__(self, other):
        return self._other(other) > 0

    def __eq__(self, other):
        return self._other(other) == 0

    def __le__(self, other):
        return self._other(other) <= 0

    def __ge__(self, other):
        return self._other(other) >= 0

    def __hash__(self):
        raise TypeError("unhashable type: 'functools.KeyWrapper'")


def cmp_to_key(mycmp):
    return lambda obj: KeyWrapper(obj, mycmp)


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


_CacheInfo = _namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])


class _lru_cache_wrapper:
    """A function that remembers its results; the ones used longest ago go first."""

    def __init__(self, function, maxsize, typed):
        self._function, self._maxsize, self._typed = function, maxsize, typed
        self.cache_clear()

    def cache_clear(self):
        self._results = {}
        self._hits = self._misses = 0

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._results))

    def cache_parameters(self):
        return {'maxsize': self._maxsize, 'typed': self._typed}

    def _key(self, args, kwargs):
        if not kwargs and not self._typed:
            return args[0] if len(args) == 1 and type(args[0]) in (int, str) else args
        key = (args, '', tuple(kwargs.items())) if kwargs else args
        if self._typed:
            key = (key, tuple([type(value) for value in args]), tuple([type(value) for value in kwargs.values()]))
        return key

    def __call__(self, /, *args, **kwargs):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwargs)
        key = self._key(args, kwargs)
        results = self._results
        if key in results:
            self._hits += 1
            result = results[key]
            if self._maxsize is not None:
                del results[key]
                results[key] = result
            return result
        self._misses += 1
        result = self._function(*args, **kwargs)
        results = self._results
        if self._maxsize is not None and key not in results and len(results) >= self._maxsize:
            del results[next(iter(results))]
        results[key] = result
        return result

    def __get__(self, obj, cls=None):
        return self if obj is None else _Method(self, obj)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def lru_cache(maxsize=128, typed=False):
    if isinstance(maxsize, int):
        maxsize = max(0, maxsize)
    elif callable(maxsize) and isinstance(typed, bool):
        return update_wrapper(_lru_cache_wrapper(maxsize, 128, typed), maxsize)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return lambda function: update_wrapper(_lru_cache_wrapper(function, maxsize, typed), function)


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property whose value is computed once and then kept on the object."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(f'Cannot assign the same cached_property to two different names ({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            kept = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {self.attrname!r} property.") from None
        if self.attrname in kept:
            return kept[self.attrname]
        value = self.func(instance)
        try:
            kept[self.attrname] = value
        except TypeError:
            raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support item assignment "
                            f"for caching {self.attrname!r} property.") from None
        return value

    def __class_getitem__(cls, item):
        return type(list[int])(cls, item)


def _is_class(cls):
    return isinstance(cls, type) and not isinstance(cls, type(list[int]))


def _is_union(cls):
    return isinstance(cls, _Union) or repr(getattr(cls, '__origin__', None)) == 'typing.Union'


def _can_dispatch(cls):
    return _is_class(cls) or _is_union(cls) and all(_is_class(each) for each in cls.__args__)


def _dispatch_order(cls, registered):
    """The classes whose functions suit cls, the best first."""
    order = list(cls.__mro__)
    virtual = [each for each in registered if each not in order and issubclass(cls, each)]
    places = {}
    for each in virtual:
        last = max([i for i, base in enumerate(order) if base is not object and issubclass(base, each)], default=0)
        places.setdefault(last, []).append(each)
    out = []
    for i, base in enumerate(order):
        out.append((base, True))
        found = places.get(i, [])
        while found:
            best = next(each for each in found if not any(other is not each and issubclass(other, each) for other in found))
            found = [each for each in found if each is not best]
            out.append((best, False))
    return out


def _implementation(cls, registry):
    match, explicit = None, True
    for each, own in _dispatch_order(cls, registry):
        if each not in registry:
            continue
        if match is None:
            match, explicit = each, own
            if own:
                break
        else:
            if not own and not issubclass(match, each) and not explicit:
                raise RuntimeError(f'Ambiguous dispatch: {match} or {each}')
            break
    return registry.get(match)


def singledispatch(func):
    """A function chosen by the class of its first argument."""
    registry = {object: func}
    name = getattr(func, '__name__', 'singledispatch function')

    def dispatch(cls):
        found = registry.get(cls)
        return found if found is not None else _implementation(cls, registry)

    def register(cls, func=None):
        if _can_dispatch(cls):
            if func is None:
                return lambda function: register(cls, function)
        else:
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            func, cls = cls, _dispatched(cls)
        if _is_union(cls):
            for each in cls.__args__:
                registry[each] = func
        else:
            registry[cls] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register, wrapper.dispatch, wrapper.registry = register, dispatch, _Proxy(registry)
    wrapper._clear_cache = lambda: None
    update_wrapper(wrapper, func)
    return wrapper


def _dispatched(func):
    """The class that the first annotation of a function names."""
    if not getattr(func, '__annotations__', None):
        raise TypeError(f'Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` or plain `@register` '
                        'on an annotated function.')
    from typing import get_type_hints
    hints = get_type_hints(getattr(func, '__func__', func))
    name, cls = next(iter(hints.items()))
    if not _can_dispatch(cls):
        if _is_union(cls):
            raise TypeError(f'Invalid annotation for {name!r}. {cls!r} not all arguments are classes.')
        raise TypeError(f'Invalid annotation for {name!r}. {cls!r} is not a class.')
    return cls


class singledispatchmethod:
    """A method chosen by the class of its first argument after self."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)
