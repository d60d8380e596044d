"""Classes whose constructor, text and comparisons follow from their annotations."""

import abc as _abc
import copy as _copy
import types as _types
from keyword import iskeyword as _iskeyword

from _classes import caller_module as _caller_module, function as _function

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict', 'astuple',
           'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    """An assignment to a frozen object."""


class _Single:
    """A value that is itself after copying."""

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _MISSING_TYPE(_Single):
    pass


class _KW_ONLY_TYPE(_Single):
    pass


class _HAS_DEFAULT_FACTORY_CLASS(_Single):
    def __repr__(self):
        return '<factory>'


MISSING = _MISSING_TYPE()
KW_ONLY = _KW_ONLY_TYPE()
_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
_NO_METADATA = _types.MappingProxyType({})


class InitVar:
    """The annotation of a parameter that is no field."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        shown = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f'dataclasses.InitVar[{shown}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """One field of a dataclass."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _NO_METADATA if metadata is None else _types.MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return (f'Field(name={self.name!r},type={self.type!r},default={self.default!r},default_factory={self.default_factory!r},'
                f'init={self.init!r},repr={self.repr!r},hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},'
                f'kw_only={self.kw_only!r},_field_type={self._field_type})')

    def __set_name__(self, owner, name):
        tell = getattr(type(self.default), '__set_name__', None)
        if tell:
            tell(self.default, owner, name)

    def _has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen', 'match_args', 'kw_only', 'slots', 'weakref_slot')

    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def __repr__(self):
        return '_DataclassParams(' + ','.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__) + ')'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _kind_of(annotation):
    text = annotation if isinstance(annotation, str) else repr(annotation)
    if isinstance(annotation, InitVar) or annotation is InitVar or isinstance(annotation, str) and text.split('[')[0].split('.')[-1] == 'InitVar':
        return '_FIELD_INITVAR'
    if text.split('[')[0] in ('typing.ClassVar', 'ClassVar', 't.ClassVar'):
        return '_FIELD_CLASSVAR'
    return '_FIELD'


def _field_of(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        made = field(default=MISSING if isinstance(default, _types.MemberDescriptorType) else default)
    made.name, made.type, made._field_type = name, annotation, _kind_of(annotation)
    if made._field_type != '_FIELD' and made.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if made._field_type == '_FIELD_CLASSVAR':
        if made.kw_only is not MISSING:
            raise TypeError(f'field {name} is a ClassVar but specifies kw_only')
    elif made.kw_only is MISSING:
        made.kw_only = kw_only
    if made._field_type == '_FIELD' and made.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(made.default)} for field {name} is not allowed: use default_factory')
    return made


def _own_fields(cls, kw_only):
    """The fields that the class itself declares, in order."""
    annotations = cls.__dict__.get('__annotations__', {})
    out, seen = [], False
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or isinstance(annotation, str) and annotation in ('KW_ONLY', 'dataclasses.KW_ONLY'):
            if seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            seen = kw_only = True
        else:
            out.append(_field_of(cls, name, annotation, kw_only))
    for f in out:
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    return out


def _add(cls, name, value):
    """Sets an attribute unless the class defines it; says whether it does."""
    if name in cls.__dict__:
        return True
    if isinstance(value, _types.FunctionType):
        value.__name__ = name
        value.__qualname__ = f'{cls.__qualname__}.{name}'
    setattr(cls, name, value)
    return False


def _parameters(fields):
    """The fields the constructor takes: by position, and by keyword only."""
    taken = [f for f in fields if f.init and f._field_type != '_FIELD_CLASSVAR']
    plain = [f for f in taken if not f.kw_only]
    seen = False
    for f in plain:
        if f._has_default():
            seen = True
        elif seen:
            raise TypeError(f'non-default argument {f.name!r} follows default argument')
    return plain, [f for f in taken if f.kw_only]


def _make_init(cls, fields, params):
    plain, keyword = _parameters(fields)
    taken = plain + keyword
    kept = [(i, f.name, f.default_factory) for i, f in enumerate(taken) if f._field_type == '_FIELD']
    made = [(f.name, f.default_factory if f.default_factory is not MISSING else None, f.default) for f in fields
            if not f.init and f._field_type == '_FIELD' and (f.default_factory is not MISSING or params.slots and f.default is not MISSING)]
    passed = [next(i for i, each in enumerate(taken) if each is f) for f in fields if f._field_type == '_FIELD_INITVAR' and f.init]
    post = hasattr(cls, '__post_init__')
    put = object.__setattr__ if params.frozen else setattr

    def init(self, *values):
        for i, name, factory in kept:
            value = values[i]
            put(self, name, factory() if value is _FACTORY else value)
        for name, factory, default in made:
            put(self, name, factory() if factory else default)
        if post:
            self.__post_init__(*[values[i] for i in passed])

    names = ['self'] + [f.name for f in taken]
    if 'self' in names[1:]:
        names[0] = '__dataclass_self__'
    defaults = {f.name: f.default if f.default is not MISSING else _FACTORY for f in taken if f._has_default()}
    out = _function('__init__', f'{cls.__qualname__}.__init__', names, defaults, len(keyword), init)
    out.__module__ = cls.__module__
    out.__annotations__ = {f.name: f.type for f in taken} | {'return': None}
    return out


def _tuple_of(obj, names):
    return tuple([getattr(obj, name) for name in names])


_showing = set()


def _make_repr(fields):
    names = [f.name for f in fields if f.repr]

    def __repr__(self):
        key = id(self)
        if key in _showing:
            return '...'
        _showing.add(key)
        try:
            return f'{self.__class__.__qualname__}(' + ', '.join([f'{name}={getattr(self, name)!r}' for name in names]) + ')'
        finally:
            _showing.discard(key)
    return __repr__


def _comparison(names, holds):
    def method(self, other):
        if other.__class__ is self.__class__:
            return holds(_tuple_of(self, names), _tuple_of(other, names))
        return NotImplemented
    return method


def _add_order(cls, names):
    for name, holds in (('__lt__', lambda a, b: a < b), ('__le__', lambda a, b: a <= b), ('__gt__', lambda a, b: a > b), ('__ge__', lambda a, b: a >= b)):
        if _add(cls, name, _comparison(names, holds)):
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering')


def _add_frozen(cls, fields):
    names = {f.name for f in fields}

    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if _add(cls, method.__name__, method):
            raise TypeError(f'Cannot overwrite attribute {method.__name__} in class {cls.__name__}')


def _add_hash(cls, fields, params, explicit):
    if params.unsafe_hash and explicit:
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    if params.unsafe_hash or params.eq and params.frozen and not explicit:
        names = [f.name for f in fields if (f.compare if f.hash is None else f.hash)]

        def __hash__(self):
            return hash(_tuple_of(self, names))
        __hash__.__qualname__ = f'{cls.__qualname__}.__hash__'
        cls.__hash__ = __hash__
    elif params.eq and not params.frozen and not explicit:
        cls.__hash__ = None


def _annotation_text(annotation):
    if isinstance(annotation, type) and not isinstance(annotation, _types.GenericAlias):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    text = repr(annotation)
    return text.replace('typing.', '') if getattr(annotation, '__module__', None) == 'typing' else text


def _signature_text(method):
    """The parameters of a method, self left out, as they are written."""
    code, notes = method.__code__, method.__annotations__
    names = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]
    defaults = dict(zip(reversed(names[:code.co_argcount]), reversed(method.__defaults__ or ())))
    defaults.update(method.__kwdefaults__ or {})
    out = []
    for i, name in enumerate(names):
        if i == code.co_argcount:
            out.append('*')
        text = name
        if name in notes:
            text += f': {_annotation_text(notes[name])}'
        if name in defaults:
            text += f' = {defaults[name]!r}' if name in notes else f'={defaults[name]!r}'
        if i > 0:
            out.append(text)
    return f'({", ".join(out)})'


def _with_slots(cls, fields, weakref_slot):
    """The class again, with a slot for every field."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get('__slots__', ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    names = [f.name for f in fields]
    body = {key: value for key, value in cls.__dict__.items() if key not in names and key not in ('__dict__', '__weakref__')}
    body['__slots__'] = tuple(name for name in names + ['__weakref__'] * weakref_slot if name not in inherited)
    qualname = cls.__qualname__
    out = type(cls)(cls.__name__, cls.__bases__, body)
    out.__qualname__ = qualname
    return out


def _gathered(cls, params):
    """The fields of the class and its bases, by name."""
    found, frozen = {}, []
    for base in reversed(cls.__mro__[1:]):
        theirs = getattr(base, '__dataclass_fields__', None)
        if theirs is not None:
            found.update(theirs)
            frozen.append(base.__dataclass_params__.frozen)
    for f in _own_fields(cls, params.kw_only):
        found[f.name] = f
    if any(frozen) and not params.frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if params.frozen and not all(frozen):
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    return found


def _process(cls, params):
    hashed = cls.__dict__.get('__hash__', MISSING)
    explicit = not (hashed is MISSING or hashed is None and '__eq__' in cls.__dict__)
    setattr(cls, '__dataclass_params__', params)
    found = _gathered(cls, params)
    setattr(cls, '__dataclass_fields__', found)
    if params.order and not params.eq:
        raise ValueError('eq must be true if order is true')
    every = list(found.values())
    own = [f for f in every if f._field_type == '_FIELD']
    compared = [f.name for f in own if f.compare]
    if params.init:
        _add(cls, '__init__', _make_init(cls, every, params))
    if params.repr:
        _add(cls, '__repr__', _make_repr(own))
    if params.eq:
        _add(cls, '__eq__', _comparison(compared, lambda a, b: a == b))
    if params.order:
        _add_order(cls, compared)
    if params.frozen:
        _add_frozen(cls, own)
    _add_hash(cls, own, params, explicit)
    if not getattr(cls, '__doc__'):
        try:
            cls.__doc__ = cls.__name__ + _signature_text(cls.__init__)
        except AttributeError:
            cls.__doc__ = cls.__name__ + '()'
    if params.match_args:
        _add(cls, '__match_args__', tuple(f.name for f in every if f.init and not f.kw_only and f._field_type != '_FIELD_CLASSVAR'))
    if params.weakref_slot and not params.slots:
        raise TypeError('weakref_slot is True but slots is False')
    if params.slots:
        cls = _with_slots(cls, own, params.weakref_slot)
    _abc.update_abstractmethods(cls)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    params = dict(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
                  kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)

    def wrap(cls):
        return _process(cls, _DataclassParams(**params))
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        found = getattr(class_or_instance, '__dataclass_fields__')
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in found.values() if f._field_type == '_FIELD')


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def _is_instance(obj):
    return hasattr(type(obj), '__dataclass_fields__')


def _plain(obj, whole):
    if _is_instance(obj):
        return whole([(f.name, _plain(getattr(obj, f.name), whole)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_plain(value, whole) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_plain(value, whole) for value in obj)
    if isinstance(obj, dict):
        if hasattr(type(obj), 'default_factory') or hasattr(obj, 'default_factory'):
            result = type(obj)(obj.default_factory)
            for key, value in obj.items():
                result[_plain(key, whole)] = _plain(value, whole)
            return result
        return type(obj)((_plain(key, whole), _plain(value, whole)) for key, value in obj.items())
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _plain(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _plain(obj, lambda pairs: tuple_factory([value for name, value in pairs]))


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in obj.__dataclass_fields__.values():
        if f._field_type == '_FIELD_CLASSVAR':
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
        elif f.name not in changes:
            if f._field_type == '_FIELD_INITVAR' and f.default is MISSING:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
                   frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False, module=None):
    members, annotations = dict(namespace or {}), {}
    for each in fields:
        if isinstance(each, str):
            name, annotation = each, 'typing.Any'
        elif len(each) == 2:
            name, annotation = each
        elif len(each) == 3:
            name, annotation, members[each[0]] = each
        else:
            raise TypeError(f'Invalid field: {each!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if _iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in annotations:
            raise TypeError(f'Field name duplicated: {name!r}')
        annotations[name] = annotation
    members['__annotations__'] = annotations
    made = _types.new_class(cls_name, bases, {}, lambda body: body.update(members))
    made.__module__ = _caller_module() if module is None else module
    return dataclass(made, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
                     kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
