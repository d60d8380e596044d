"""Classes whose objects are a fixed set of named values."""

from types import DynamicClassAttribute as _ClassAttribute, MappingProxyType as _Proxy

from _classes import caller_module as _caller_module, enum_part as _enum_part

__all__ = ['Enum', 'EnumMeta', 'EnumType', 'EnumCheck', 'Flag', 'FlagBoundary', 'IntEnum', 'IntFlag', 'ReprEnum', 'StrEnum', 'auto', 'unique',
           'member', 'nonmember', 'KEEP', 'STRICT', 'CONFORM', 'EJECT', 'property', 'verify', 'UNIQUE', 'CONTINUOUS', 'NAMED_FLAGS',
           'show_flag_values']
Enum = ReprEnum = Flag = STRICT = CONFORM = EJECT = KEEP = None
_unset = object()
_Property = property
_KNOWN_SUNDERS = ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_', '_iter_member_',
                  '_iter_member_by_value_', '_iter_member_by_def_')


class nonmember:
    """Keeps a value of the class body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes any value of the class body a member."""

    def __init__(self, value):
        self.value = value


class auto:
    """A value that the class chooses."""

    def __init__(self, value=_unset):
        self.value = value

    def __repr__(self):
        return f'auto({"" if self.value is _unset else repr(self.value)})'


class property(_ClassAttribute):
    """A property of members that leaves its name free for a member."""

    member = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.member is not None:
                return self.member
            raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}')
        if self.fget is not None:
            return self.fget(instance)
        if self.inherited is not None:
            return self.inherited.__get__(instance, ownerclass)
        if self.member is not None:
            return self.member
        raise AttributeError(f'{ownerclass!r} member has no attribute {self.name!r}')

    def __set__(self, instance, value):
        if self.fset is not None:
            return self.fset(instance, value)
        raise AttributeError(f'<enum {self.clsname!r}> cannot set attribute {self.name!r}')

    def __delete__(self, instance):
        if self.fdel is not None:
            return self.fdel(instance)
        raise AttributeError(f'<enum {self.clsname!r}> cannot delete attribute {self.name!r}')

    inherited = None

    def __set_name__(self, owner, name):
        self.name = name
        self.clsname = owner.__name__


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_private(cls_name, name):
    start = f'_{cls_name}__'
    return len(name) > len(start) and name.startswith(start) and not name.endswith('__')


def _is_descriptor(value):
    return hasattr(value, '__get__') or hasattr(value, '__set__') or hasattr(value, '__delete__')


def _is_single_bit(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


class EnumDict(dict):
    """The names of an enumeration while its class body runs."""

    def __init__(self, cls_name):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._generate_next_value = None

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._special(key, value)
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif not _is_descriptor(value):
            if key in self:
                raise TypeError(f'{key!r} already defined as {self[key]!r}')
            value = self._member(key, value)
        super().__setitem__(key, value)

    def _special(self, key, value):
        if key not in _KNOWN_SUNDERS:
            raise ValueError(f'_sunder_ names, such as {key!r}, are reserved for future Enum use')
        if key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError('_generate_next_value_ must be defined before members')
            self._generate_next_value = value.__func__ if isinstance(value, staticmethod) else value
        elif key == '_ignore_':
            value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
            self._ignore = value
            taken = set(value) & set(self._member_names)
            if taken:
                raise ValueError(f'_ignore_ cannot specify already set names: {taken!r}')
        return value

    def _member(self, key, value):
        if isinstance(value, member):
            value = value.value
        parts = value if type(value) is tuple else (value,)
        given = not any(isinstance(part, auto) for part in parts)
        if given:
            self._last_values.append(value)
        else:
            chosen = tuple(self._chosen(key, part) for part in parts)
            value = chosen if type(value) is tuple else chosen[0]
        self._member_names[key] = None
        return value

    def _chosen(self, key, part):
        if isinstance(part, auto):
            if part.value is _unset:
                part.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
                self._auto_called = True
            part = part.value
        self._last_values.append(part)
        return part


def _data_type(class_name, bases):
    """The class, other than an enumeration, that members are instances of."""
    found = []
    for chain in bases:
        candidate = None
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                if base._member_type_ is not object:
                    found.append(base._member_type_)
                    break
            elif '__new__' in base.__dict__ or '__dataclass_fields__' in base.__dict__:
                found.append(candidate or base)
                break
            else:
                candidate = candidate or base
    found = list(dict.fromkeys(found))
    if len(found) > 1:
        raise TypeError(f'too many data types for {class_name!r}: {set(found)!r}')
    return found[0] if found else object


def _mixins(class_name, bases):
    if not bases:
        return object, Enum
    if not isinstance(bases[-1], EnumType):
        raise TypeError('new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`')
    return _data_type(class_name, bases), bases[-1]


def _dataclass_repr(self):
    return ', '.join(f'{name}={getattr(self, name)!r}' for name, field in self.__dataclass_fields__.items() if field.repr)


def _value_repr(bases):
    """How the value is shown in the repr of members, or None."""
    for chain in bases:
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                return base._value_repr_
            if '__repr__' in base.__dict__:
                params = base.__dict__.get('__dataclass_params__')
                if params is not None and params.repr:
                    return _dataclass_repr
                return base.__dict__['__repr__']
    return None


def _maker(namespace, member_type, first_enum):
    """The __new__ of members, whether it is to be kept, and whether it takes the value."""
    new = namespace.get('__new__')
    save = first_enum is not None and new is not None
    if isinstance(new, staticmethod):
        new = new.__func__
    if new is None:
        plain = (None, object.__new__, Enum and Enum.__new__)
        for method in ('__new_member__', '__new__'):
            for each in (member_type, first_enum):
                target = getattr(each, method, None)
                if new is None and not any(target is p for p in plain):
                    new = target
        if new is None:
            new = object.__new__
    uses_value = first_enum is not None and not any(new is p for p in (object.__new__, Enum and Enum.__new__))
    return new, save, uses_value


def _no_extension(class_name, bases):
    for chain in bases:
        for base in chain.__mro__:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError(f'<enum {class_name!r}> cannot extend {base!r}')


class EnumType(type):
    """The class of classes of named values."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        _no_extension(cls, bases)
        namespace = EnumDict(cls)
        member_type, first_enum = _mixins(cls, bases)
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, namespace, *, boundary=None, **kwds):
        if not isinstance(namespace, EnumDict):
            plain, namespace = namespace, EnumDict(cls)
            namespace['_generate_next_value_'] = getattr(bases[-1] if bases else None, '_generate_next_value_', None)
            for key, value in plain.items():
                namespace[key] = value
        names = namespace._member_names
        bad = [name for name in names if name in ('mro', '')]
        if bad:
            raise ValueError(f'invalid enum member name(s) {",".join(repr(name) for name in bad)}')
        members = {name: namespace[name] for name in names}
        ignored = namespace._ignore
        body = {key: value for key, value in namespace.items() if key not in names and key not in ignored and key != '_ignore_'}
        order = body.pop('_order_', None)
        choose = body.get('_generate_next_value_')
        if choose is not None and not isinstance(choose, staticmethod):
            body['_generate_next_value_'] = staticmethod(choose)
        member_type, first_enum = _mixins(cls, bases)
        new, save, uses_value = _maker(body, member_type, first_enum)
        body.update(_new_member_=staticmethod(new), _use_args_=uses_value, _member_names_=[], _member_map_={}, _value2member_map_={},
                    _unhashable_values_=[], _member_type_=member_type, _value_repr_=_shown_by(_value_repr(bases)),
                    _boundary_=boundary or getattr(first_enum, '_boundary_', None), _flag_mask_=0, _singles_mask_=0, _all_bits_=0,
                    _inverted_=None)
        made = super().__new__(metacls, cls, bases, body, **kwds)
        made._settle_methods(body, bases, first_enum, member_type)
        for name, value in members.items():
            made._add(name, value)
        if save:
            type.__setattr__(made, '__new_member__', staticmethod(new))
        if Enum is not None:
            type.__setattr__(made, '__new__', staticmethod(Enum.__new__))
        made._check_order(order)
        return made

    def __init__(cls, *args, **kwds):
        super().__init__(*args)

    def _settle_methods(cls, body, bases, first_enum, member_type):
        """Methods of the data type do not hide those of the enumeration."""
        if ReprEnum is not None and ReprEnum in bases:
            if member_type is object:
                raise TypeError('ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)')
            if '__format__' not in body:
                body['__format__'] = cls.__format__ = member_type.__format__
            if '__str__' not in body:
                method = member_type.__str__
                body['__str__'] = cls.__str__ = member_type.__repr__ if method is object.__str__ else method
        if first_enum is None:
            return
        for name in ('__repr__', '__str__', '__format__'):
            if name not in body:
                found = getattr(cls, name)
                if found is getattr(member_type, name) or found is getattr(object, name):
                    setattr(cls, name, getattr(first_enum, name))
        if Flag is not None and issubclass(cls, Flag):
            for name in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__'):
                if name not in body:
                    setattr(cls, name, getattr(Flag, name))

    def _make_member(cls, value):
        args = value if isinstance(value, tuple) else (value,)
        if cls._member_type_ is tuple:
            args = (args,)
        made = cls._new_member_(cls, *args) if cls._use_args_ else cls._new_member_(cls)
        if not hasattr(made, '_value_'):
            if cls._member_type_ is object:
                made._value_ = value
            else:
                try:
                    made._value_ = cls._member_type_(*args)
                except Exception as exc:
                    raise TypeError('_value_ not set in __new__, unable to create it') from exc
        return made, args

    def _add(cls, name, value):
        made, args = cls._make_member(value)
        value = made._value_
        made._name_ = name
        made.__objclass__ = cls
        made.__init__(*args)
        made._sort_order_ = len(cls._member_names_)
        flags = Flag is not None and issubclass(cls, Flag)
        if flags and isinstance(value, int):
            type.__setattr__(cls, '_flag_mask_', cls._flag_mask_ | value)
            if _is_single_bit(value):
                type.__setattr__(cls, '_singles_mask_', cls._singles_mask_ | value)
            type.__setattr__(cls, '_all_bits_', 2 ** cls._flag_mask_.bit_length() - 1)
        same = cls._with_value(value)
        if same is not None:
            made = same
        elif not flags or _is_single_bit(value):
            cls._member_names_.append(name)
        shown = made
        if name in ('name', 'value'):
            shown = property()
            shown.member, shown.inherited = made, Enum.__dict__[name]
            shown.__set_name__(cls, name)
        type.__setattr__(cls, name, shown)
        cls._member_map_[name] = made
        try:
            cls._value2member_map_.setdefault(value, made)
        except TypeError:
            cls._unhashable_values_.append(value)

    def _with_value(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for each in cls._member_map_.values():
                if each._value_ == value:
                    return each
        return None

    def _check_order(cls, order):
        if Flag is not None and issubclass(cls, Flag):
            values = [each._value_ for each in cls]
            if values != sorted(values):
                type.__setattr__(cls, '_iter_member_', cls._iter_member_by_def_)
        if order is None:
            return
        if isinstance(order, str):
            order = order.replace(',', ' ').split()
        order = [name for name in order if name not in cls._member_map_ or name in cls._member_names_]
        if order != cls._member_names_:
            raise TypeError(f'member order does not match _order_:\n  {cls._member_names_!r}\n  {order!r}')

    def __call__(cls, value, names=_unset, *values, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_:
            if names is not _unset:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _unset and type is None:
            raise TypeError(f'{cls} has no members; specify `names=()` if you meant to create a new, empty, enum')
        return cls._create_(value, None if names is _unset else names, module=module or _caller_module() or None, qualname=qualname,
                            type=type, start=start, boundary=boundary)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            names, last = list(names), []
            for i, name in enumerate(names):
                value = namespace._generate_next_value(name, start, i, last[:])
                last.append(value)
                names[i] = (name, value)
        for item in names or ():
            name, value = (item, names[item]) if isinstance(item, str) else item
            namespace[name] = value
        if module is not None:
            namespace['__module__'] = module
        if qualname is not None:
            namespace['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        return value in cls._value2member_map_ or value in cls._unhashable_values_

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls._member_map_:
            raise AttributeError(f'{cls.__name__!r} cannot delete member {name!r}.')
        super().__delattr__(name)

    @_Property
    def __members__(cls):
        return _Proxy(cls._member_map_)

    def __dir__(cls):
        return sorted(['__class__', '__contains__', '__doc__', '__getitem__', '__init_subclass__', '__iter__', '__len__', '__members__',
                       '__module__', '__name__', '__qualname__'] + cls._member_names_)

    def __repr__(cls):
        return f"<{'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'} {cls.__name__!r}>"


EnumMeta = EnumType


def _shown_by(method):
    return None if method is None else staticmethod(method)


class Enum(metaclass=EnumType):
    """A base of classes of named values."""

    name = _enum_part('name', '_name_')
    value = _enum_part('value', '_value_')

    def __new__(cls, value):
        if type(value) is cls:
            return value
        same = cls._with_value(value)
        if same is not None:
            return same
        unknown = ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        try:
            other = cls._missing_(value)
        except Exception as exc:
            if not isinstance(exc, ValueError):
                exc.__context__ = unknown
            raise
        if isinstance(other, cls):
            return other
        if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(other, int):
            return other
        if other is None:
            raise unknown
        wrong = TypeError(f'error in {cls.__name__}._missing_: returned {other!r} instead of None or a valid member')
        wrong.__context__ = unknown
        raise wrong

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return sorted(last_values)[-1] + 1
        except TypeError:
            pass
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        cls = self.__class__
        show = cls._value_repr_ or repr
        return f'<{cls.__name__}.{self._name_}: {show(self._value_)}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        # what was stored and read back is the same value but another object
        if type(other) is type(self):
            return self._name_ == other._name_
        return NotImplemented

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __dir__(self):
        own = [name for cls in self.__class__.mro() for name in cls.__dict__ if name[0] != '_' and name not in self._member_map_]
        return sorted({'__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value', *own})


class ReprEnum(Enum):
    """An enumeration that is written as its data type writes it."""


class IntEnum(int, ReprEnum):
    """Named values that are ints."""

    __eq__ = int.__eq__
    __hash__ = int.__hash__


class StrEnum(str, ReprEnum):
    """Named values that are text."""

    __eq__ = str.__eq__
    __hash__ = str.__hash__

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f'too many arguments for str(): {values!r}')
        for value, what in zip(values, ('', 'encoding must be a string, not ', 'errors must be a string, not ')):
            if not isinstance(value, str) and (what or len(values) == 1):
                raise TypeError(what + repr(value) if what else f'{value!r} is not a string')
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of bits that no member of a Flag has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _binary(number, bits):
    """The digits of a number, its sign before them."""
    ceiling = 2 ** number.bit_length()
    if number >= 0:
        text = format(number + ceiling, '#b').replace('1', '0', 1)
    else:
        text = format(~number ^ (ceiling - 1) + ceiling, '#b')
    sign, digits = text[:3], text[3:]
    if len(digits) < bits:
        digits = (sign[-1] * bits + digits)[-bits:]
    return f'{sign} {digits}'


class Flag(Enum, boundary=STRICT):
    """Named bits that can be combined."""

    _numeric_repr_ = staticmethod(repr)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 2 ** last.bit_length()
        except Exception:
            raise TypeError(f'invalid flag value {last!r}') from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        value &= cls._flag_mask_
        while value:
            bit = value & (~value + 1)
            yield cls._value2member_map_.get(bit)
            value ^= bit

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda each: each._sort_order_)

    @classmethod
    def _fit(cls, value):
        """The value within the bits of the class, as its boundary says."""
        mask, bits, boundary = cls._flag_mask_, cls._all_bits_, cls._boundary_
        if ~bits <= value <= bits and not value & (bits ^ mask):
            return value
        if boundary is STRICT:
            width = max(value.bit_length(), mask.bit_length())
            raise ValueError(f'{cls!r} invalid value {value!r}\n    given {_binary(value, width)}\n  allowed {_binary(mask, width)}')
        if boundary is CONFORM:
            return value & mask
        if boundary is KEEP and value < 0:
            return max(bits + 1, 2 ** value.bit_length()) + value
        return value

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        value = given = cls._fit(value)
        singles, boundary = cls._singles_mask_, cls._boundary_
        if boundary is EJECT and value & ~cls._all_bits_:
            return value
        if value < 0:
            value = cls._all_bits_ + 1 + value if boundary in (EJECT, KEEP) else singles & value
        known = cls._value2member_map_.get(value)
        if known is None:
            known = cls._combine(value)
            cls._value2member_map_[value] = known
        if given < 0:
            cls._value2member_map_[given] = known
        return known

    @classmethod
    def _combine(cls, value):
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(made, '_value_'):
            made._value_ = value
        names, combined = [], 0
        for each in cls._iter_member_(value & cls._singles_mask_):
            names.append(each._name_)
            combined |= each._value_
        if value & ~cls._singles_mask_:
            for name, each in cls._member_map_.items():
                if name not in names and each._value_ and each._value_ & value == each._value_ and each._value_ & ~combined:
                    names.append(each._name_)
                    combined |= each._value_
        rest = value ^ combined
        made._name_ = None
        if combined:
            if rest and cls._boundary_ is STRICT:
                raise ValueError(f'{cls!r}: no members with value {rest!r}')
            if rest:
                names.append(cls._numeric_repr_(rest))
            made._name_ = '|'.join(names)
        return made

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and {self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __eq__(self, other):
        if type(other) is type(self):
            return self._value_ == other._value_
        return NotImplemented

    def __hash__(self):
        return hash(self._name_)

    def __repr__(self):
        cls = self.__class__
        show = cls._value_repr_ or repr
        if self._name_ is None:
            return f'<{cls.__name__}: {show(self._value_)}>'
        return f'<{cls.__name__}.{self._name_}: {show(self._value_)}>'

    def __str__(self):
        if self._name_ is None:
            return f'{self.__class__.__name__}({self._value_!r})'
        return f'{self.__class__.__name__}.{self._name_}'

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def __or__(self, other):
        bits = self._get_value(other)
        return NotImplemented if bits is NotImplemented else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._get_value(other)
        return NotImplemented if bits is NotImplemented else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._get_value(other)
        return NotImplemented if bits is NotImplemented else self.__class__(self._value_ ^ bits)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Named bits that are ints too."""

    __eq__ = int.__eq__
    __hash__ = int.__hash__


def unique(enumeration):
    doubles = [f'{alias} -> {each.name}' for alias, each in enumeration.__members__.items() if alias != each.name]
    if doubles:
        raise ValueError(f'duplicate values found in {enumeration!r}: {", ".join(doubles)}')
    return enumeration


class EnumCheck(StrEnum):
    """What verify can check."""

    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A class decorator that checks an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                self._unique(enumeration)
            elif check is CONTINUOUS:
                self._continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._named(enumeration)
        return enumeration

    def _unique(self, enumeration):
        doubles = [f'{alias} -> {each.name}' for alias, each in enumeration.__members__.items() if alias != each.name]
        if doubles:
            raise ValueError(f'aliases found in {enumeration!r}: {", ".join(doubles)}')

    def _continuous(self, enumeration):
        values = {each.value for each in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        flags = issubclass(enumeration, Flag)
        wanted = [2 ** i for i in range(low.bit_length() - 1, high.bit_length())] if flags else range(low, high + 1)
        missing = [str(value) for value in wanted if value not in values]
        if missing:
            kind = 'flag' if flags else 'enum'
            raise ValueError(f'invalid {kind} {enumeration.__name__!r}: missing values {", ".join(missing)}'[:256])

    def _named(self, enumeration):
        known = {each.value for each in enumeration}
        names, missing = [], 0
        for name, alias in enumeration._member_map_.items():
            if name in enumeration._member_names_ or alias.value < 0:
                continue
            lacking = [bit for bit in _bits(alias.value) if bit not in known]
            if lacking:
                names.append(name)
                for bit in lacking:
                    missing |= bit
        if not names:
            return
        alias = f'alias {names[0]} is missing' if len(names) == 1 else f'aliases {", ".join(names[:-1])} and {names[-1]} are missing'
        value = f'value 0x{missing:x}' if _is_single_bit(missing) else f'combined values of 0x{missing:x}'
        raise ValueError(f'invalid Flag {enumeration.__name__!r}: {alias} {value} [use enum.show_flag_values(value) for details]')


def _bits(value):
    while value:
        bit = value & (~value + 1)
        yield bit
        value ^= bit


def show_flag_values(value):
    return list(_bits(int(value)))
