"""Names for annotations. They say what is meant and check nothing."""

import abc as _abc
import collections as _collections
import collections.abc as _containers
import re as _re
from contextlib import AbstractContextManager as _Manager

from _classes import annotation as _annotation, caller_module as _caller_module

TYPE_CHECKING = False
_NoneType = type(None)
_GenericAlias = type(list[int])
_UnionType = type(int | str)


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
    if form is Generic or form is Protocol or form in (ClassVar, Final):
        raise TypeError(f'Plain {_shown(form)} is not valid as type argument')
    return form


def _single(name, params):
    """The one parameter of a form."""
    if isinstance(params, tuple):
        raise TypeError(f'{name} {"requires a" if name == "typing.Optional" else "accepts only"} single type. Got {params!r:.100}.')
    return _checked(params)


def _listed(params):
    return params if isinstance(params, tuple) else (params,)


def _is_parameter(arg):
    return not isinstance(arg, type) and hasattr(arg, '__typing_subst__')


def _parameters(args):
    found = []
    for arg in args:
        if isinstance(arg, type):
            continue
        each = (arg,) if _is_parameter(arg) else _parameters(arg) if isinstance(arg, (list, tuple)) else getattr(arg, '__parameters__', ())
        found.extend(p for p in each if p not in found)
    return tuple(found)


def _check_count(cls, given, wanted):
    if given != wanted:
        raise TypeError(f'Too {"many" if given > wanted else "few"} arguments for {cls}; actual {given}, expected {wanted}')


def _filled(arg, given):
    """An argument of an alias with its type variables replaced."""
    if _is_parameter(arg):
        return given.get(arg, arg)
    if isinstance(arg, (list, tuple)):
        return type(arg)(_filled(each, given) for each in arg)
    inner = () if isinstance(arg, type) else getattr(arg, '__parameters__', ())
    return arg[tuple(given.get(p, p) for p in inner)] if inner else arg


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
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        try:
            _annotation(arg, None, {}, {})
        except SyntaxError:
            raise
        except Exception:
            pass
        self.__forward_arg__ = arg
        self.__forward_module__ = module

    def _evaluated(self, owner, globalns, localns):
        return _evaluated(_checked(_annotation(self.__forward_arg__, owner, globalns, localns)), owner, globalns, localns)

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'


def _evaluated(form, owner, globalns, localns):
    """An annotation in which no name is left as text."""
    if isinstance(form, ForwardRef):
        return form._evaluated(owner, globalns, localns)
    if isinstance(form, _Alias) and form._name == 'Literal' or isinstance(form, type) and not isinstance(form, _GenericAlias):
        return form
    args = getattr(form, '__args__', None)
    if not isinstance(args, tuple) or not args:
        return form
    whole = tuple(_evaluated(_ForwardText(arg) if isinstance(arg, str) else arg, owner, globalns, localns) for arg in args)
    if all(new is old for new, old in zip(whole, args)):
        return form
    if isinstance(form, _Alias):
        return form._with(whole)
    if isinstance(form, _GenericAlias):
        return _GenericAlias(form.__origin__, whole)
    if isinstance(form, _UnionType):
        out = whole[0]
        for each in whole[1:]:
            out = out | each
        return out
    return form


def _ForwardText(text):
    return ForwardRef(text)


def _told(module):
    return module or _caller_module() or 'typing'


class TypeVar(_Annotation):
    """A parameter of generic functions and classes."""

    def __init__(self, *args, bound=None, covariant=False, contravariant=False, infer_variance=False, **kw):
        if 'name' in kw:
            args = (kw.pop('name'),) + args
        if not args:
            raise TypeError("typevar() missing required argument 'name' (pos 1)")
        name, *constraints = args
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        self.__name__ = name
        self.__constraints__ = tuple(_checked(each) for each in constraints)
        self.__bound__ = None if bound is None else _checked(bound)
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self.__module__ = _told(None)

    def __typing_subst__(self, arg):
        return _checked(arg)

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class ParamSpecArgs(_Annotation):
    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        return type(other) is type(self) and self.__origin__ == other.__origin__

    def __hash__(self):
        return hash(self.__origin__)

    def __repr__(self):
        return f'{self.__origin__.__name__}.args'


class ParamSpecKwargs(ParamSpecArgs):
    def __repr__(self):
        return f'{self.__origin__.__name__}.kwargs'


class ParamSpec(TypeVar):
    """A parameter that stands for those of a function."""

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class TypeVarTuple(TypeVar):
    """A parameter that stands for any number of types."""

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class _Alias(_Annotation):
    """A form with its parameters, such as List[int], or List itself."""

    def __init__(self, origin, args=None, name=None, label=None, make=None, count=-1, calls=True):
        self.__origin__ = origin
        self.__args__ = () if args is None else args
        self.__parameters__ = _parameters(self.__args__)
        self.__module__ = 'typing'
        self._bare = args is None
        self._name = name
        self._label = label or 'typing.' + name
        self._make = make
        self._count = count
        self._calls = calls

    def _with(self, args):
        if self.__origin__ is Union:
            return Union[args]
        return type(self)(self.__origin__, args, self._name, self._label, count=self._count, calls=self._calls)

    def __getitem__(self, params):
        if self._bare:
            if self._make is not None:
                return self._make(params)
            args = tuple(_checked(each) for each in _listed(params))
            if self._count == 0:
                raise TypeError(f'{self!r} is not a generic class')
            _check_count(self, len(args), self._count)
            return self._with(args)
        if not self.__parameters__:
            raise TypeError(f'{self!r} is not a generic class')
        args = tuple(_checked(each) for each in _listed(params))
        if not (len(self.__parameters__) == 1 and isinstance(self.__parameters__[0], (ParamSpec, TypeVarTuple))):
            _check_count(self, len(args), len(self.__parameters__))
        given = dict(zip(self.__parameters__, args))
        return self._with(tuple(_filled(arg, given) for arg in self.__args__))

    def __call__(self, *args, **kwargs):
        if not self._calls:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except AttributeError:
            pass
        return result

    def __mro_entries__(self, bases):
        if not isinstance(self.__origin__, type):
            raise TypeError(f'Cannot subclass {self!r}')
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            at = next(i for i, base in enumerate(bases) if base is self)
            if any(isinstance(base, (_Alias, _GenericAlias)) and base is not self for base in bases[at + 1:]):
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
        if '__origin__' not in self.__dict__ or name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __eq__(self, other):
        if self.__origin__ is Union:
            if not isinstance(other, (_Alias, _UnionType)) or isinstance(other, _Alias) and other.__origin__ is not Union:
                return NotImplemented
            return set(self.__args__) == set(other.__args__)
        if not isinstance(other, _Alias):
            return NotImplemented
        if self._name == other._name == 'Literal':
            return _told_apart(self.__args__) == _told_apart(other.__args__)
        return self.__origin__ is other.__origin__ and self.__args__ == other.__args__ and self._bare == other._bare

    def __hash__(self):
        if self.__origin__ is Union:
            return hash(frozenset(self.__args__))
        if self._name == 'Literal':
            return hash(_told_apart(self.__args__))
        return hash((self.__origin__, self.__args__))

    def __repr__(self):
        if self._bare:
            return self._label
        if self.__origin__ is Union and len(self.__args__) == 2 and _NoneType in self.__args__:
            other = self.__args__[0] if self.__args__[1] is _NoneType else self.__args__[1]
            return f'typing.Optional[{_shown(other)}]'
        if self.__origin__ is _containers.Callable:
            *params, result = self.__args__
            plain = len(params) == 1 and (params[0] is ... or isinstance(params[0], ParamSpec) or getattr(params[0], '_name', '') == 'Concatenate')
            return f'{self._label}[{_shown(params[0]) if plain else _shown(params)}, {_shown(result)}]'
        if self._name == 'Literal':
            return f'{self._label}[{", ".join(repr(arg) for arg in self.__args__)}]'
        return f'{self._label}[{", ".join(_shown(arg) for arg in self.__args__) or "()"}]'


def _told_apart(args):
    return frozenset((type(arg), arg) for arg in args)


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
    form = _Form(name, lambda param: _Alias(form, (_single(f'typing.{name}', param),), name))
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
    if isinstance(arguments, list):
        arguments = tuple(_checked(each) for each in arguments)
    elif arguments is ... or isinstance(arguments, ParamSpec) or getattr(arguments, '_name', '') == 'Concatenate':
        arguments = (arguments,)
    else:
        raise TypeError(f'Callable[args, result]: args must be a list. Got {arguments!r}')
    return _Alias(_containers.Callable, arguments + (_checked(result),), 'Callable')


class _AnnotatedAlias(_Alias):
    """Annotated[type, ...]: the type, and what is said about it."""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, origin.__metadata__ + metadata
        super().__init__(origin, (origin,), 'Annotated')
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __repr__(self):
        return f'typing.Annotated[{_shown(self.__origin__)}, {", ".join(repr(each) for each in self.__metadata__)}]'


class Annotated:
    """A type and what else is to be said about it."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError('Type Annotated cannot be instantiated.')

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple) or len(params) < 2:
            raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
        return _AnnotatedAlias(_checked(params[0]), tuple(params[1:]))

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f'Cannot subclass {cls.__module__}.Annotated')


Union = _Form('Union', _make_union)
Optional = _Form('Optional', lambda param: Union[_single('typing.Optional', param), None])
Literal = _Form('Literal', _make_literal)
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

    __slots__ = ()
    _is_protocol = False

    @classmethod
    def __class_getitem__(cls, params):
        params = _listed(params)
        if cls in (Generic, Protocol):
            if not params:
                raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
            if not all(_is_parameter(each) for each in params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.')
            if len(set(params)) != len(params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
            return _Alias(cls, params, cls.__name__)
        args = tuple(_checked(each) for each in params)
        wanted = getattr(cls, '__parameters__', ())
        if not wanted:
            raise TypeError(f'{cls} is not a generic class')
        if not any(isinstance(p, (ParamSpec, TypeVarTuple)) for p in wanted):
            _check_count(cls, len(args), len(wanted))
        return _Alias(cls, args, cls.__name__, f'{cls.__module__}.{cls.__qualname__}')

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get('__orig_bases__')
        if bases is None:
            if Generic in cls.__bases__ and cls.__name__ != 'Protocol' and cls.__module__ != 'typing':
                raise TypeError('Cannot inherit from plain Generic')
            return
        if Generic in bases:
            raise TypeError('Cannot inherit from plain Generic')
        found, declared = _parameters(bases), None
        for base in bases:
            if isinstance(base, _Alias) and base.__origin__ in (Generic, Protocol):
                if declared is not None and base.__origin__ is Generic:
                    raise TypeError('Cannot inherit from Generic[...] multiple times.')
                declared = base.__parameters__
        if declared is not None:
            missing = [p for p in found if p not in declared]
            if missing:
                raise TypeError(f'Some type variables ({", ".join(map(str, missing))}) are not listed in Generic[{", ".join(map(str, declared))}]')
            found = declared
        cls.__parameters__ = found


_OF_NO_PROTOCOL = {'__module__', '__qualname__', '__doc__', '__dict__', '__annotations__', '__orig_bases__', '__abstractmethods__',
                   '__init__', '__new__', '__init_subclass__', '__class_getitem__', '__slots__', '__is_protocol', '_is_protocol', '_abc_impl',
                   '_is_runtime_protocol', '__subclasshook__', '__weakref__', '__parameters__', '__protocol_attrs__',
                   '__callable_proto_members_only__', '__match_args__', '__non_callable_proto_members__', '__type_params__'}
_MAY_BE_BASES = {('collections.abc', name) for name in ('Callable', 'Awaitable', 'Iterable', 'Iterator', 'AsyncIterable', 'Hashable', 'Sized',
                                                        'Container', 'Collection', 'Reversible')} | {('contextlib', 'AbstractContextManager')}


def _protocol_names(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ not in ('Protocol', 'Generic'):
            names.update(name for name in [*base.__dict__, *base.__dict__.get('__annotations__', ())] if name not in _OF_NO_PROTOCOL)
    return names


def _static(obj, name):
    """An attribute as it is kept, without asking anybody."""
    own = getattr(obj, '__dict__', {})
    if name in own:
        return own[name]
    for base in type(obj).__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    raise AttributeError(name)


class _ProtocolMeta(_abc.ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name != 'Protocol' and any(base.__name__ == 'Protocol' and base.__module__ == 'typing' for base in bases):
            for base in bases:
                if base in (object, Generic) or (base.__module__, base.__name__) in _MAY_BE_BASES:
                    continue
                if not (issubclass(base, Generic) and getattr(base, '_is_protocol', False)):
                    raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __call__(cls, *args, **kwargs):
        if cls.__dict__.get('_is_protocol') and not cls.__abstractmethods__ and cls.__init__ is object.__init__:
            raise TypeError('Protocols cannot be instantiated')
        return super().__call__(*args, **kwargs)

    def _refuse(cls):
        if not cls.__dict__.get('_is_runtime_protocol'):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')

    def __instancecheck__(cls, instance):
        if not cls.__dict__.get('_is_protocol'):
            return super().__instancecheck__(instance)
        cls._refuse()
        if cls in type(instance).__mro__ or any(issubclass(type(instance), each) for each in cls._abc_impl):
            return True
        for name in cls.__protocol_attrs__:
            try:
                value = _static(instance, name)
            except AttributeError:
                return False
            if value is None and callable(getattr(cls, name, None)):
                return False
        return True

    def __subclasscheck__(cls, other):
        if not cls.__dict__.get('_is_protocol'):
            return super().__subclasscheck__(other)
        if not isinstance(other, type):
            raise TypeError('issubclass() arg 1 must be a class')
        if not all(callable(getattr(cls, name, None)) for name in cls.__protocol_attrs__):
            raise TypeError("Protocols with non-method members don't support issubclass()")
        cls._refuse()
        return super().__subclasscheck__(other)


def _has_members(cls, other):
    for name in cls.__protocol_attrs__:
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            if name in base.__dict__.get('__annotations__', ()) and getattr(other, '_is_protocol', False):
                break
        else:
            return NotImplemented
    return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base class of classes that say which members others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get('_is_protocol'):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if cls._is_protocol:
            cls.__protocol_attrs__ = _protocol_names(cls)

    @classmethod
    def __subclasshook__(cls, other):
        if not cls.__dict__.get('_is_protocol') or cls is Protocol:
            return NotImplemented
        return _has_members(cls, other)


def runtime_checkable(cls):
    if not (isinstance(cls, type) and issubclass(cls, Generic) and getattr(cls, '_is_protocol', False)):
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls


def _container(name, origin, count, calls=True):
    return _Alias(origin, None, name, count=count, calls=calls)


def _make_tuple(params):
    return _Alias(tuple, () if params == () else tuple(_checked(each) for each in _listed(params)), 'Tuple', calls=False)


List = _container('List', list, 1, False)
Dict = _container('Dict', dict, 2, False)
Set = _container('Set', set, 1, False)
FrozenSet = _container('FrozenSet', frozenset, 1, False)
Tuple = _Alias(tuple, None, 'Tuple', make=_make_tuple, calls=False)
Type = _container('Type', type, 1, False)
Callable = _Alias(_containers.Callable, None, 'Callable', make=_make_callable)
DefaultDict = _container('DefaultDict', _collections.defaultdict, 2)
OrderedDict = _container('OrderedDict', _collections.OrderedDict, 2)
Counter = _container('Counter', _collections.Counter, 1)
ChainMap = _container('ChainMap', _collections.ChainMap, 2)
Deque = _container('Deque', _collections.deque, 1)
AbstractSet = _container('AbstractSet', _containers.Set, 1)
ContextManager = _container('ContextManager', _Manager, 1)
Pattern = _container('Pattern', _re.Pattern, 1)
Match = _container('Match', _re.Match, 1)
for _name, _count in {'Hashable': 0, 'Sized': 0, 'Container': 1, 'Collection': 1, 'Iterable': 1, 'Iterator': 1, 'Generator': 3, 'Reversible': 1,
                      'Sequence': 1, 'MutableSequence': 1, 'MutableSet': 1, 'Mapping': 2, 'MutableMapping': 2, 'MappingView': 1,
                      'KeysView': 1, 'ItemsView': 2, 'ValuesView': 1, 'Awaitable': 1, 'Coroutine': 3, 'AsyncIterable': 1,
                      'AsyncIterator': 1, 'ByteString': 0}.items():
    globals()[_name] = _container(_name, getattr(_containers, _name), _count)

Text = str
AnyStr = TypeVar('AnyStr', bytes, str)


class IO(Generic[AnyStr]):
    """A file."""


class TextIO(IO[str]):
    """A file of text."""


class BinaryIO(IO[bytes]):
    """A file of bytes."""


def _supports(name, method):
    body = {'__module__': 'typing', method: _abc.abstractmethod(lambda self, *args: None)}
    return runtime_checkable(_ProtocolMeta(name, (Protocol,), body))


SupportsInt = _supports('SupportsInt', '__int__')
SupportsFloat = _supports('SupportsFloat', '__float__')
SupportsIndex = _supports('SupportsIndex', '__index__')
SupportsAbs = _supports('SupportsAbs', '__abs__')
SupportsRound = _supports('SupportsRound', '__round__')
SupportsBytes = _supports('SupportsBytes', '__bytes__')


class NewType(_Annotation):
    """A name for a type that is to be told apart; calling it changes nothing."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        self.__module__ = _told(None)

    def __mro_entries__(self, bases):
        superclass_name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                name = cls.__name__
                raise TypeError(f'Cannot subclass an instance of NewType. Perhaps you were looking for: `{name} = NewType({name!r}, {superclass_name})`')
        return (Dummy,)

    def __call__(self, value, /):
        return value

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'


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
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError('cannot inherit from both a TypedDict type and a non-TypedDict base class')
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
        types = dict(fields if fields is not None else kwargs)
        return _TypedDictMeta(typename, (), {'__annotations__': types, '__module__': _told(None)}, total=total)

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
    func = getattr(func, '__func__', func)
    _overloads.setdefault((func.__module__, func.__qualname__), []).append(func)

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
        if tp.__origin__ is _containers.Callable and tp.__args__ and not (tp.__args__[0] is ... or len(tp.__args__) == 2 and isinstance(tp.__args__[0], ParamSpec)):
            return (list(tp.__args__[:-1]), tp.__args__[-1])
        return tp.__args__
    if type(tp).__name__ in ('GenericAlias', 'UnionType'):
        return tp.__args__
    return ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class with its bases, a function or a module; what is written as text is evaluated."""
    out = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            for name, hint in base.__dict__.get('__annotations__', {}).items():
                out[name] = _hint(hint, base, globalns, localns if localns is not None or globalns is not None else dict(base.__dict__))
    else:
        hints = getattr(obj, '__annotations__', None)
        if hints is None:
            if callable(obj):
                return {}
            raise TypeError(f'{obj!r} is not a module, class, method, or function.')
        owner = obj
        while hasattr(owner, '__wrapped__'):
            owner = owner.__wrapped__
        out = {name: _hint(hint, owner, globalns, localns) for name, hint in hints.items()}
    return out if include_extras else {name: _without_extras(hint) for name, hint in out.items()}


def _hint(hint, owner, globalns, localns):
    if hint is None:
        return _NoneType
    return _evaluated(ForwardRef(hint) if isinstance(hint, str) else hint, owner, globalns, localns)


def _without_extras(hint):
    if isinstance(hint, _AnnotatedAlias):
        return _without_extras(hint.__origin__)
    if isinstance(hint, _Alias) and hint.__origin__ in (Required, NotRequired):
        return _without_extras(hint.__args__[0])
    args = getattr(hint, '__args__', ()) if isinstance(hint, (_Alias, _GenericAlias)) else ()
    plain = tuple(_without_extras(arg) for arg in args)
    if all(new is old for new, old in zip(plain, args)):
        return hint
    return hint._with(plain) if isinstance(hint, _Alias) else _GenericAlias(hint.__origin__, plain)


_overloads = {}


def get_overloads(func):
    return list(_overloads.get((func.__module__, func.__qualname__), ()))


def clear_overloads():
    _overloads.clear()


def get_protocol_members(tp, /):
    if not is_protocol(tp):
        raise TypeError(f'{tp!r} is not a Protocol')
    return frozenset(tp.__protocol_attrs__)


def is_protocol(tp, /):
    return isinstance(tp, type) and getattr(tp, '_is_protocol', False) and tp is not Protocol


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


_TypedDictBase = type.__new__(_TypedDictMeta, 'TypedDict', (dict,), {})
