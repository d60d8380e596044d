"""Names for annotations. They can be subscripted and combined, and check nothing."""

import collections as _collections
import collections.abc as _abc
import re as _re

TYPE_CHECKING = False


class _Name:
    """A name that stands in annotations only."""

    def __init__(self, name, args=()):
        self._name = name
        self.__args__ = args

    def __getitem__(self, item):
        return _Name(self._name, item if isinstance(item, tuple) else (item,))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        return isinstance(other, _Name) and (self._name, self.__args__) == (other._name, other.__args__)

    def __hash__(self):
        return hash(self._name)

    def __call__(self, *args, **kwargs):
        raise TypeError(f'Type {self._name} cannot be instantiated')

    def __repr__(self):
        if not self.__args__:
            return f'typing.{self._name}'
        return f'typing.{self._name}[{", ".join(_shown(arg) for arg in self.__args__)}]'


def _shown(arg):
    if arg is None or arg is type(None):
        return 'None'
    if arg is ...:
        return '...'
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == 'builtins' else f'{arg.__module__}.{arg.__qualname__}'
    if isinstance(arg, list):
        return f'[{", ".join(map(_shown, arg))}]'
    return repr(arg)


Any = _Name('Any')
AnyStr = _Name('AnyStr')
Annotated = _Name('Annotated')
ClassVar = _Name('ClassVar')
Concatenate = _Name('Concatenate')
Final = _Name('Final')
Literal = _Name('Literal')
LiteralString = _Name('LiteralString')
Never = _Name('Never')
NoReturn = _Name('NoReturn')
NotRequired = _Name('NotRequired')
Optional = _Name('Optional')
Required = _Name('Required')
Self = _Name('Self')
TypeAlias = _Name('TypeAlias')
TypeGuard = _Name('TypeGuard')
Union = _Name('Union')
Unpack = _Name('Unpack')

Dict, FrozenSet, List, Set, Tuple, Type, Text = dict, frozenset, list, set, tuple, type, str
ChainMap, Counter, DefaultDict = _collections.ChainMap, _collections.Counter, _collections.defaultdict
Deque, OrderedDict = _collections.deque, _collections.OrderedDict
AbstractSet, Container, Collection, Callable = _abc.Set, _abc.Container, _abc.Collection, _abc.Callable
Generator, Hashable, ItemsView, Iterable, Iterator = _abc.Generator, _abc.Hashable, _abc.ItemsView, _abc.Iterable, _abc.Iterator
KeysView, Mapping, MappingView, MutableMapping = _abc.KeysView, _abc.Mapping, _abc.MappingView, _abc.MutableMapping
MutableSequence, MutableSet, Reversible, Sequence = _abc.MutableSequence, _abc.MutableSet, _abc.Reversible, _abc.Sequence
Sized, ValuesView, Awaitable, Coroutine = _abc.Sized, _abc.ValuesView, _abc.Awaitable, _abc.Coroutine
AsyncIterable, AsyncIterator, ByteString = _abc.AsyncIterable, _abc.AsyncIterator, _abc.ByteString
Match, Pattern = _re.Match, _re.Pattern


class _Subscripted:
    def __class_getitem__(cls, item):
        return cls


class Generic(_Subscripted):
    """A base of classes with type parameters."""


class Protocol(_Subscripted):
    """A base of classes that describe what others can do."""


class SupportsInt(Protocol): pass
class SupportsFloat(Protocol): pass
class SupportsIndex(Protocol): pass
class SupportsAbs(Protocol): pass
class SupportsRound(Protocol): pass
class SupportsBytes(Protocol): pass
class IO(_Subscripted): pass
class TextIO(IO): pass
class BinaryIO(IO): pass


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class ParamSpec(TypeVar):
    args = kwargs = None


class TypeVarTuple(TypeVar):
    def __iter__(self):
        yield Unpack[self]


class NewType:
    def __init__(self, name, tp):
        self.__name__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x

    def __or__(self, other):
        return Union[self, other]

    def __repr__(self):
        return self.__name__


class ForwardRef:
    def __init__(self, arg):
        self.__forward_arg__ = arg


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    return cls


def override(method):
    return method


def reveal_type(obj):
    return obj


def assert_type(val, typ):
    return val


def assert_never(arg):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')


def dataclass_transform(**kwargs):
    return lambda cls: cls


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get('__annotations__', {}))
        return hints
    return dict(getattr(obj, '__annotations__', None) or {})


def get_origin(tp):
    return getattr(tp, '__origin__', tp._name if isinstance(tp, _Name) and tp.__args__ else None)


def get_args(tp):
    return getattr(tp, '__args__', ())


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if '_root' in namespace:
            return super().__new__(mcls, name, bases, namespace)
        fields = namespace.get('__annotations__', {})
        defaults = {field: namespace[field] for field in fields if field in namespace}
        made = _collections.namedtuple(name, list(fields), defaults=[defaults[field] for field in fields if field in defaults],
                                       module=namespace.get('__module__'))
        for key, value in namespace.items():
            if key not in fields and key not in ('__module__', '__qualname__', '__classcell__'):
                setattr(made, key, value)
        return made


class NamedTuple(metaclass=_NamedTupleMeta):
    """A base that makes a named tuple of a class with annotations."""

    _root = True

    def __new__(cls, typename, fields=None, /, **kwargs):
        return _collections.namedtuple(typename, [name for name, kind in (fields or kwargs.items())])


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True):
        if '_root' in namespace:
            return super().__new__(mcls, name, bases, namespace)
        hints = {}
        for base in bases:
            hints.update(base.__dict__.get('__annotations__', {}))
        hints.update(namespace.get('__annotations__', {}))
        return type(name, (dict,), {'__module__': namespace.get('__module__'), '__annotations__': hints, '__total__': total,
                                    '__new__': lambda cls, /, *args, **kwargs: dict(*args, **kwargs), '_root': True})


class TypedDict(metaclass=_TypedDictMeta):
    """A base that makes a kind of dict of a class with annotations."""

    _root = True

    def __new__(cls, typename, fields=None, /, *, total=True):
        return type(typename, (dict,), {'__annotations__': dict(fields or {}), '__total__': total, '_root': True,
                                        '__new__': lambda cls, /, *args, **kwargs: dict(*args, **kwargs)})
