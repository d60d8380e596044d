"""Names for annotations. They say what is meant and check nothing."""

import abc as _abc
import collections as _collections
import collections.abc as _containers
import re as _re
from contextlib import AbstractContextManager as _Manager

from _classes import caller_module as _caller_module

TYPE_CHECKING = False
_NoneType = type(None)


def _shown(form):
    """How an annotation is written."""
    if isinstance(form, list):
        return '[' + ', '.join(_shown(each) for each in form) + ']'
    if form is ...:
        return '...'
    if isinstance(form, type):
        if form.__module__ == 'builtins':
            return form.__qualname__
        return f'{form.__module__}.{form.__qualname__}'
    return repr(form)


def _checked(form):
    """None stands for its type, a str for the class of that name."""
    if form is None:
        return _NoneType
    if isinstance(form, str):
        return ForwardRef(form)
    return form


def _listed(params):
    return params if isinstance(params, tuple) else (params,)


def _parameters(args):
    found = []
    for arg in args:
        each = (arg,) if isinstance(arg, TypeVar) else _parameters(arg) if isinstance(arg, list) else getattr(arg, '__parameters__', ())
        found.extend(p for p in each if p not in found)
    return tuple(found)


class _Annotation:
    """What all annotations that are no classes can do."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, instance):
        raise TypeError(f'{self!r} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self!r} cannot be used with issubclass()')

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ForwardRef(_Annotation):
    """A class that is named by a str."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'


class TypeVar(_Annotation):
    """A parameter of generic functions and classes."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False):
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__name__ = name
        self.__constraints__ = tuple(_checked(each) for each in constraints)
        self.__bound__ = None if bound is None else _checked(bound)
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class ParamSpec(TypeVar):
    """A parameter that stands for those of a function."""

    @property
    def args(self):
        return Any

    @property
    def kwargs(self):
        return Any


class TypeVarTuple(TypeVar):
    """A parameter that stands for any number of types."""

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class _Alias(_Annotation):
    """A form with its parameters, such as List[int], or List itself."""

    def __init__(self, origin, args=None, name=None, label=None, make=None):
        self.__origin__ = origin
        self.__args__ = () if args is None else args
        self.__parameters__ = _parameters(self.__args__)
        self.__module__ = 'typing'
        self._bare = args is None
        self._name = name
        self._label = label or 'typing.' + name
        self._make = make

    def __getitem__(self, params):
        if self._bare:
            if self._make is not None:
                return self._make(params)
            args = tuple(_checked(each) for each in _listed(params))
            return _Alias(self.__origin__, args, self._name, self._label)
        if not self.__parameters__:
            raise TypeError(f'{self!r} is not a generic class')
        given = dict(zip(self.__parameters__, (_checked(each) for each in _listed(params))))
        return self._filled(given)

    def _filled(self, given):
        args = []
        for arg in self.__args__:
            if isinstance(arg, TypeVar):
                args.append(given.get(arg, arg))
            elif isinstance(arg, _Alias) and arg.__parameters__:
                args.append(arg._filled(given))
            else:
                args.append(arg)
        if self.__origin__ is Union:
            return Union[tuple(args)]
        return _Alias(self.__origin__, tuple(args), self._name, self._label)

    def __call__(self, *args, **kwargs):
        if self._label.startswith('typing.') or not isinstance(self.__origin__, type):
            raise TypeError(f'Type {self!r} cannot be instantiated')
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        if not isinstance(self.__origin__, type):
            raise TypeError(f'Cannot subclass {self!r}')
        if self.__origin__ is Generic and any(base is not self and isinstance(base, _Alias) for base in bases):
            return ()
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        return self.__subclasscheck__(type(instance))

    def __subclasscheck__(self, cls):
        if self.__origin__ is Union:
            return any(issubclass(cls, each) for each in self.__args__)
        if not self._bare:
            raise TypeError('Subscripted generics cannot be used with class and instance checks')
        return issubclass(cls, self.__origin__)

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__') or not isinstance(self.__origin__, type):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        if self.__origin__ is Union and other.__origin__ is Union:
            return set(self.__args__) == set(other.__args__)
        return self.__origin__ is other.__origin__ and self.__args__ == other.__args__ and self._bare == other._bare

    def __hash__(self):
        if self.__origin__ is Union:
            return hash(frozenset(self.__args__))
        return hash((self.__origin__, tuple(tuple(arg) if isinstance(arg, list) else arg for arg in self.__args__)))

    def __repr__(self):
        if self._bare:
            return self._label
        if self.__origin__ is Union and len(self.__args__) == 2 and _NoneType in self.__args__:
            other = self.__args__[0] if self.__args__[1] is _NoneType else self.__args__[1]
            return f'typing.Optional[{_shown(other)}]'
        if self.__origin__ is _containers.Callable:
            *params, result = self.__args__
            shown = '...' if params == [...] else _shown(params)
            return f'{self._label}[{shown}, {_shown(result)}]'
        if self._name == 'Literal':
            return f'{self._label}[{", ".join(repr(arg) for arg in self.__args__)}]'
        return f'{self._label}[{", ".join(_shown(arg) for arg in self.__args__) or "()"}]'


class _Form(_Annotation):
    """A special form; make gives what it is with parameters."""

    def __init__(self, name, make=None):
        self._name = name
        self.__name__ = name
        self.__module__ = 'typing'
        self._make = make

    def __getitem__(self, params):
        if self._make is None:
            raise TypeError(f'{self!r} is not subscriptable')
        return self._make(params)

    def __call__(self, *args, **kwargs):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __repr__(self):
        return 'typing.' + self._name


def _of_one(name):
    """A form with one parameter."""
    form = _Form(name, lambda param: _Alias(form, (_checked(param),), name))
    return form


def _make_union(params):
    args = []
    for each in _listed(params):
        each = _checked(each)
        parts = each.__args__ if getattr(each, '__origin__', None) is Union or type(each).__name__ == 'UnionType' else (each,)
        args.extend(part for part in parts if part not in args)
    if not args:
        raise TypeError('Cannot take a Union of no types.')
    return args[0] if len(args) == 1 else _Alias(Union, tuple(args), 'Union')


def _make_literal(params):
    args = []
    for each in _listed(params):
        parts = each.__args__ if getattr(each, '__origin__', None) is Literal else (each,)
        args.extend(part for part in parts if not any(part is a or part == a and type(part) is type(a) for a in args))
    return _Alias(Literal, tuple(args), 'Literal')


def _make_callable(params):
    if not isinstance(params, tuple) or len(params) != 2:
        raise TypeError('Callable must be used as Callable[[arg, ...], result].')
    arguments, result = params
    arguments = tuple(_checked(each) for each in arguments) if isinstance(arguments, list) else (arguments,)
    return _Alias(_containers.Callable, arguments + (_checked(result),), 'Callable')


def _make_annotated(params):
    if not isinstance(params, tuple) or len(params) < 2:
        raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
    form = _Alias(_checked(params[0]), (_checked(params[0]),), 'Annotated')
    form.__metadata__ = params[1:]
    form.__class__ = _AnnotatedAlias
    return form


class _AnnotatedAlias(_Alias):
    def __repr__(self):
        return f'typing.Annotated[{_shown(self.__origin__)}, {", ".join(repr(each) for each in self.__metadata__)}]'


Union = _Form('Union', _make_union)
Optional = _Form('Optional', lambda param: Union[param, None])
Literal = _Form('Literal', _make_literal)
Annotated = _Form('Annotated', _make_annotated)
ClassVar = _of_one('ClassVar')
Final = _of_one('Final')
TypeGuard = _of_one('TypeGuard')
Required = _of_one('Required')
NotRequired = _of_one('NotRequired')
Unpack = _of_one('Unpack')
Concatenate = _Form('Concatenate', lambda params: _Alias(Concatenate, tuple(_checked(each) for each in _listed(params)), 'Concatenate'))
NoReturn = _Form('NoReturn')
Never = _Form('Never')
Self = _Form('Self')
LiteralString = _Form('LiteralString')
TypeAlias = _Form('TypeAlias')


class _AnyMeta(type):
    def __instancecheck__(self, instance):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return super().__instancecheck__(instance)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class Any(metaclass=_AnyMeta):
    """Anything."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls)


class Generic:
    """The base class of classes with type parameters."""

    @classmethod
    def __class_getitem__(cls, params):
        args = tuple(_checked(each) for each in _listed(params))
        return _Alias(cls, args, cls.__name__, 'typing.' + cls.__name__ if cls.__module__ == 'typing' else f'{cls.__module__}.{cls.__qualname__}')


class _ProtocolMeta(_abc.ABCMeta):
    def __instancecheck__(cls, instance):
        names = cls.__dict__.get('_runtime_names')
        if names is None:
            if cls.__dict__.get('_is_protocol') and cls is not Protocol and cls not in type(instance).__mro__:
                raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
            return super().__instancecheck__(instance)
        return cls in type(instance).__mro__ or all(hasattr(instance, name) for name in names)

    def __subclasscheck__(cls, other):
        names = cls.__dict__.get('_runtime_names')
        if names is None:
            return super().__subclasscheck__(other)
        return cls in other.__mro__ or all(hasattr(other, name) for name in names)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base class of classes that say which members others must have."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._is_protocol = any(base is Protocol for base in cls.__bases__)


_OF_NO_PROTOCOL = {'__module__', '__qualname__', '__doc__', '__dict__', '__annotations__', '__orig_bases__', '__abstractmethods__',
                   '__init__', '__new__', '__init_subclass__', '__class_getitem__', '__slots__', '__hash__', '_is_protocol', '_abc_impl',
                   '_runtime_names', '__subclasshook__', '__weakref__', '__parameters__'}


def runtime_checkable(cls):
    names = set()
    for base in cls.__mro__:
        if base.__dict__.get('_is_protocol'):
            names.update(name for name in base.__dict__ if name not in _OF_NO_PROTOCOL)
            names.update(base.__dict__.get('__annotations__', ()))
    cls._runtime_names = frozenset(names)
    return cls


def _container(name, origin):
    return _Alias(origin, None, name)


def _make_tuple(params):
    return _Alias(tuple, () if params == () else tuple(_checked(each) for each in _listed(params)), 'Tuple')


List = _container('List', list)
Dict = _container('Dict', dict)
Set = _container('Set', set)
FrozenSet = _container('FrozenSet', frozenset)
Tuple = _Alias(tuple, None, 'Tuple', make=_make_tuple)
Type = _container('Type', type)
Callable = _Alias(_containers.Callable, None, 'Callable', make=_make_callable)
DefaultDict = _container('DefaultDict', _collections.defaultdict)
OrderedDict = _container('OrderedDict', _collections.OrderedDict)
Counter = _container('Counter', _collections.Counter)
ChainMap = _container('ChainMap', _collections.ChainMap)
Deque = _container('Deque', _collections.deque)
AbstractSet = _container('AbstractSet', _containers.Set)
ContextManager = _container('ContextManager', _Manager)
Pattern = _container('Pattern', _re.Pattern)
Match = _container('Match', _re.Match)
for _name in ('Hashable', 'Sized', 'Container', 'Collection', 'Iterable', 'Iterator', 'Generator', 'Reversible', 'Sequence', 'MutableSequence',
              'MutableSet', 'Mapping', 'MutableMapping', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView', 'Awaitable', 'Coroutine',
              'AsyncIterable', 'AsyncIterator', 'ByteString'):
    globals()[_name] = _container(_name, getattr(_containers, _name))

Text = str
AnyStr = TypeVar('AnyStr', bytes, str)


class IO(Generic):
    """A file."""


class TextIO(IO):
    """A file of text."""


class BinaryIO(IO):
    """A file of bytes."""


def _supports(name, method):
    cls = _ProtocolMeta(name, (Protocol,), {'__module__': 'typing', '_runtime_names': frozenset([method])})
    return cls


SupportsInt = _supports('SupportsInt', '__int__')
SupportsFloat = _supports('SupportsFloat', '__float__')
SupportsIndex = _supports('SupportsIndex', '__index__')
SupportsAbs = _supports('SupportsAbs', '__abs__')
SupportsRound = _supports('SupportsRound', '__round__')
SupportsBytes = _supports('SupportsBytes', '__bytes__')


class NewType(_Annotation):
    """A name for a type that is to be told apart; calling it changes nothing."""

    def __init__(self, name, tp):
        self.__name__ = name
        self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, value, /):
        return value

    def __repr__(self):
        return self.__name__


_FIXED = frozenset({'__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_field_types', '_make', '_replace',
                    '_asdict', '_source'})


def _fields_tuple(name, types, defaults, module):
    types = {field: _checked(tp) for field, tp in types}
    cls = _collections.namedtuple(name, list(types), defaults=defaults, module=module)
    cls.__annotations__ = cls.__new__.__annotations__ = types
    return cls


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        types = namespace.get('__annotations__', {})
        given = []
        for field in types:
            if field in namespace:
                given.append(field)
            elif given:
                raise TypeError(f'Non-default namedtuple field {field} cannot follow default field{"s" if len(given) > 1 else ""} {", ".join(given)}')
        cls = _fields_tuple(name, types.items(), [namespace[field] for field in given], namespace['__module__'])
        cls.__bases__ = tuple(tuple if base is _NamedTuple else base for base in bases)
        if Generic in bases:
            cls.__class_getitem__ = classmethod(Generic.__dict__['__class_getitem__'].__func__)
        for key, value in namespace.items():
            if key in _FIXED:
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in ('__module__', '__name__', '__annotations__') and key not in cls._fields:
                setattr(cls, key, value)
        if Generic in bases:
            cls.__init_subclass__()
        return cls


_NamedTuple = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {})


def NamedTuple(typename, fields=None, /, **kwargs):
    """A named tuple whose fields have types; classes derive from it too."""
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
    cls = _fields_tuple(typename, fields, (), _caller_module())
    cls.__orig_bases__ = (NamedTuple,)
    return cls


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True):
        cls = super().__new__(mcls, name, (dict,), {key: value for key, value in namespace.items() if key != '__orig_bases__'})
        hints, required, optional = {}, set(), set()
        for base in bases:
            hints.update(base.__dict__.get('__annotations__', {}))
            required.update(base.__dict__.get('__required_keys__', ()))
            optional.update(base.__dict__.get('__optional_keys__', ()))
        for key, hint in namespace.get('__annotations__', {}).items():
            hints[key] = _checked(hint)
            origin = get_origin(hint)
            (required if origin is Required or origin is not NotRequired and total else optional).add(key)
        cls.__annotations__ = hints
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(optional)
        cls.__total__ = total
        return cls

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError('TypedDict does not support instance and class checks')

    __subclasscheck__ = __instancecheck__


class _TypedDict(_Annotation):
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (), {'__annotations__': dict(fields if fields is not None else kwargs)}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictBase,)

    def __repr__(self):
        return '<function TypedDict>'


TypedDict = _TypedDict()


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    return obj


def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')


def overload(func):
    def unimplemented(*args, **kwargs):
        raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions '
                                  'outside a stub module should always be followed by an implementation that is not @overload-ed.')
    return unimplemented


def final(f):
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(f):
    try:
        f.__override__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    return arg


def dataclass_transform(**kwargs):
    return lambda cls: cls


def get_origin(tp):
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, _Alias):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if type(tp).__name__ == 'UnionType':
        return type(tp)
    return getattr(tp, '__origin__', None) if type(tp).__name__ == 'GenericAlias' else None


def get_args(tp):
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _Alias):
        if tp.__origin__ is _containers.Callable and tp.__args__ and tp.__args__[0] is not ...:
            return (list(tp.__args__[:-1]), tp.__args__[-1])
        return tp.__args__
    if type(tp).__name__ in ('GenericAlias', 'UnionType'):
        return tp.__args__
    return ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class with its bases, a function or a module.

    Those written as text stay ForwardRef objects."""
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get('__annotations__', {}))
    else:
        hints.update(getattr(obj, '__annotations__', {}))
    out = {}
    for name, hint in hints.items():
        hint = _checked(hint)
        if not include_extras and isinstance(hint, _AnnotatedAlias):
            hint = hint.__origin__
        out[name] = hint
    return out


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


_TypedDictBase = type.__new__(_TypedDictMeta, 'TypedDict', (dict,), {})
