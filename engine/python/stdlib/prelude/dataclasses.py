"""Classes whose constructor, text and comparisons follow from their annotations."""

import copy as _copy

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict', 'astuple',
           'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    """An assignment to a frozen object."""


class _Missing:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self




MISSING = _Missing
KW_ONLY = type('KW_ONLY', (), {})


class InitVar:
    """The annotation of a parameter that is no field."""

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """One field of a dataclass."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only
        self._kind = 'field'

    def __repr__(self):
        return f'Field(name={self.name!r},type={self.type!r})'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _kind_of(annotation):
    text = annotation if isinstance(annotation, str) else repr(annotation)
    if isinstance(annotation, InitVar) or annotation is InitVar or isinstance(annotation, str) and text.split('[')[0].split('.')[-1] == 'InitVar':
        return 'init'
    if text.split('[')[0] in ('typing.ClassVar', 'ClassVar'):
        return 'class'
    return 'field'


def _own_fields(cls, kw_only):
    """The fields that the class itself declares, in order."""
    out = []
    for name, annotation in cls.__dict__.get('__annotations__', {}).items():
        if annotation is KW_ONLY or annotation in ('KW_ONLY', 'dataclasses.KW_ONLY'):
            kw_only = True
            continue
        default = cls.__dict__.get(name, MISSING)
        each = default if isinstance(default, Field) else field(default=default)
        each.name, each.type, each._kind = name, annotation, _kind_of(annotation)
        if each.kw_only is MISSING:
            each.kw_only = kw_only
        if each._kind == 'class':
            continue
        if each._kind == 'field' and isinstance(each.default, (list, dict, set)):
            raise ValueError(f'mutable default {type(each.default)} for field {name} is not allowed: use default_factory')
        if isinstance(default, Field):
            if each.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, each.default)
        out.append(each)
    return out


def _parameters(cls, fields):
    """The fields the constructor takes: by position, and by keyword only."""
    plain = [f for f in fields if f.init and not f.kw_only]
    seen = None
    for f in plain:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen = f
        elif seen is not None:
            raise TypeError(f'non-default argument {f.name!r} follows default argument')
    return plain, [f for f in fields if f.init and f.kw_only]


def _listed(names):
    names = [repr(name) for name in names]
    if len(names) > 2:
        return ', '.join(names[:-1]) + ', and ' + names[-1]
    return ' and '.join(names)


def _complain(cls, kind, missing):
    raise TypeError(f'{cls.__name__}.__init__() missing {len(missing)} required {kind} argument{"s" if len(missing) > 1 else ""}: {_listed(missing)}')


def _values(cls, plain, keyword, args, kwargs):
    """The value of every field the constructor takes, given its arguments."""
    if len(args) > len(plain):
        least = 1 + sum(1 for f in plain if f.default is MISSING and f.default_factory is MISSING)
        takes = f'{len(plain) + 1}' if least == len(plain) + 1 else f'from {least} to {len(plain) + 1}'
        raise TypeError(f'{cls.__name__}.__init__() takes {takes} positional argument{"s" if plain else ""} but {len(args) + 1} were given')
    values = {f.name: value for f, value in zip(plain, args)}
    known = {f.name for f in plain + keyword}
    for name, value in kwargs.items():
        if name not in known:
            raise TypeError(f"{cls.__name__}.__init__() got an unexpected keyword argument '{name}'")
        if name in values:
            raise TypeError(f"{cls.__name__}.__init__() got multiple values for argument '{name}'")
        values[name] = value
    for kind, group in (('positional', plain), ('keyword-only', keyword)):
        missing = [f.name for f in group if f.name not in values and f.default is MISSING and f.default_factory is MISSING]
        if missing:
            _complain(cls, kind, missing)
    return values


def _make_init(cls, fields, frozen):
    plain, keyword = _parameters(cls, fields)
    post = hasattr(cls, '__post_init__')

    def __init__(self, *args, **kwargs):
        values = _values(cls, plain, keyword, args, kwargs)
        extra = []
        for f in fields:
            if f.name in values:
                value = values[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            if f._kind == 'init':
                extra.append(value)
            else:
                object.__setattr__(self, f.name, value) if frozen else setattr(self, f.name, value)
        if post:
            self.__post_init__(*extra)
    return __init__


def _tuple_of(obj, fields):
    return tuple(getattr(obj, f.name) for f in fields)


def _add_comparisons(cls, fields, order):
    compared = [f for f in fields if f.compare and f._kind == 'field']

    def comparison(name, holds):
        def method(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return holds(_tuple_of(self, compared), _tuple_of(other, compared))
        method.__name__ = name
        return method

    if '__eq__' not in cls.__dict__:
        cls.__eq__ = comparison('__eq__', lambda a, b: a == b)
    if not order:
        return
    for name, holds in (('__lt__', lambda a, b: a < b), ('__le__', lambda a, b: a <= b), ('__gt__', lambda a, b: a > b), ('__ge__', lambda a, b: a >= b)):
        if name in cls.__dict__:
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering')
        setattr(cls, name, comparison(name, holds))


def _add_hash(cls, fields, eq, frozen, unsafe_hash, has_hash):
    hashed = [f for f in fields if (f.compare if f.hash is None else f.hash) and f._kind == 'field']
    if unsafe_hash and has_hash:
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    if unsafe_hash or eq and frozen and not has_hash:
        cls.__hash__ = lambda self: hash(_tuple_of(self, hashed))
    elif eq and not has_hash:
        cls.__hash__ = None


def _freeze(cls, fields):
    names = {f.name for f in fields}

    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        super(cls, self).__delattr__(name)

    cls.__setattr__, cls.__delattr__ = __setattr__, __delattr__


def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(base.__dict__.get('__dataclass_fields__', {}))
        if '__dataclass_params__' in base.__dict__ and base.__dict__['__dataclass_params__']['frozen'] != frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one' if frozen else 'cannot inherit non-frozen dataclass from a frozen one')
    for f in _own_fields(cls, kw_only):
        found[f.name] = f
    cls.__dataclass_fields__ = found
    cls.__dataclass_params__ = {'frozen': frozen}
    fields = list(found.values())
    has_hash = cls.__dict__.get('__hash__') is not None and '__hash__' in cls.__dict__
    if init:
        cls.__init__ = _make_init(cls, fields, frozen)
    if repr_ and '__repr__' not in cls.__dict__:
        shown = [f for f in fields if f.repr and f._kind == 'field']
        cls.__repr__ = lambda self: self.__class__.__qualname__.rpartition('<locals>.')[2] + '(' + ', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in shown) + ')'
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    if eq:
        _add_comparisons(cls, fields, order)
    if frozen:
        _freeze(cls, [f for f in fields if f._kind == 'field'])
    _add_hash(cls, fields, eq, frozen, unsafe_hash, has_hash)
    if match_args and '__match_args__' not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in fields if f.init and not f.kw_only)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in found.values() if f._kind == 'field')


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def _is_instance(obj):
    return hasattr(type(obj), '__dataclass_fields__')


def _plain(obj, whole, factory):
    if _is_instance(obj):
        return whole([(f.name, _plain(getattr(obj, f.name), whole, factory)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_plain(value, whole, factory) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_plain(value, whole, factory) for value in obj)
    if isinstance(obj, dict):
        return type(obj)((_plain(key, whole, factory), _plain(value, whole, factory)) for key, value in obj.items())
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _plain(obj, dict_factory, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _plain(obj, lambda pairs: tuple_factory([value for name, value in pairs]), tuple_factory)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in obj.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
        elif f.name not in changes:
            if f._kind == 'init' and f.default is MISSING:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
            if f._kind == 'field':
                changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **options):
    members, annotations = dict(namespace or {}), {}
    for each in fields:
        if isinstance(each, str):
            each = (each, 'typing.Any')
        annotations[each[0]] = each[1]
        if len(each) == 3:
            members[each[0]] = each[2]
    members['__annotations__'] = annotations
    if module is not None:
        members['__module__'] = module
    return dataclass(type(cls_name, tuple(bases), members), **options)
