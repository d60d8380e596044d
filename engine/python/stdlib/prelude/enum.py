"""Classes whose objects are a fixed set of named values."""

__all__ = ['Enum', 'EnumMeta', 'EnumType', 'Flag', 'IntEnum', 'IntFlag', 'StrEnum', 'auto', 'unique', 'member', 'nonmember',
           'KEEP', 'STRICT', 'CONFORM', 'EJECT', 'property', 'verify', 'UNIQUE', 'CONTINUOUS', 'NAMED_FLAGS']
STRICT, CONFORM, EJECT, KEEP = 'strict', 'conform', 'eject', 'keep'
UNIQUE, CONTINUOUS, NAMED_FLAGS = 'one name per value', 'no skipped integer values', 'multi-flag aliases may not contain unnamed flags'
property = property


class auto:
    """A value that the class chooses, or what becomes of such by operators."""

    def __init__(self, value=None, combine=None):
        self.value = value
        self._combine = combine

    def _resolve(self, choose):
        if self.value is None:
            self.value = self._combine(choose) if self._combine else choose()
        return self.value

    def __or__(self, other):
        return auto(combine=lambda choose: _resolved(self, choose) | _resolved(other, choose))

    def __and__(self, other):
        return auto(combine=lambda choose: _resolved(self, choose) & _resolved(other, choose))

    def __xor__(self, other):
        return auto(combine=lambda choose: _resolved(self, choose) ^ _resolved(other, choose))

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


def _resolved(value, choose):
    return value._resolve(choose) if isinstance(value, auto) else value


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


def _is_member(name, value):
    if isinstance(value, member):
        return True
    if isinstance(value, nonmember) or name.startswith('__') and name.endswith('__') or name in ('_ignore_', '_order_'):
        return False
    if name in ('_generate_next_value_', '_missing_'):
        return False
    return not (callable(value) and not isinstance(value, type) or hasattr(value, '__get__') or isinstance(value, (staticmethod, classmethod, property)))


def _data_type(bases):
    """The class, other than an Enum, that members are instances of."""
    for base in bases:
        for each in base.__mro__:
            if each is object or isinstance(each, EnumMeta):
                continue
            if '__new__' in each.__dict__:
                return each
    return object


class EnumMeta(type):
    """The class of classes of named values."""

    def __new__(mcls, name, bases, namespace, boundary=None, **kwds):
        ignored = namespace.get('_ignore_', ())
        if isinstance(ignored, str):
            ignored = ignored.replace(',', ' ').split()
        values, plain = {}, {}
        for key, value in namespace.items():
            if key in ignored or key in ('_ignore_', '_order_'):
                continue
            if _is_member(key, value):
                values[key] = value.value if isinstance(value, member) else value
            else:
                plain[key] = value.value if isinstance(value, nonmember) else value
        for base in bases:
            if values and getattr(base, '_member_map_', None):
                raise TypeError(f"<enum '{name}'> cannot extend <enum '{base.__name__}'>")
            if isinstance(base, EnumMeta) and getattr(base, '_member_map_', None):
                raise TypeError(f"<enum '{name}'> cannot extend <enum '{base.__name__}'>")
        custom_new = plain.pop('__new__', None)
        cls = super().__new__(mcls, name, bases, plain, **kwds)
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._by_value_ = {}
        if custom_new is None:
            for base in cls.__mro__[1:]:
                custom_new = base.__dict__.get('_custom_new_')
                if custom_new is not None:
                    break
        cls._custom_new_ = custom_new
        cls._data_type_ = _data_type(bases)
        for key in ('__repr__', '__str__', '__format__'):  # those of the data type do not count
            owner = next(base for base in cls.__mro__ if key in base.__dict__)
            if not isinstance(owner, EnumMeta) and isinstance(bases[-1], EnumMeta):
                setattr(cls, key, getattr(bases[-1], key))
        for key, value in values.items():
            cls._add_member(key, value, custom_new)
        return cls

    def _add_member(cls, name, value, custom_new):
        chosen = [each._value_ for each in cls._member_map_.values()]
        choose = lambda: cls._generate_next_value_(name, 1, len(chosen), chosen)
        value = tuple(_resolved(part, choose) for part in value) if isinstance(value, tuple) else _resolved(value, choose)
        args = value if isinstance(value, tuple) else (value,)
        if custom_new is not None:
            made = custom_new(cls, *args)
            if not hasattr(made, '_value_'):
                made._value_ = value
        elif cls._data_type_ is object:
            made = object.__new__(cls)
            made._value_ = value
        else:
            made = cls._data_type_.__new__(cls, *args)
            made._value_ = value if len(args) == 1 and cls._data_type_ not in (int, str, float) else cls._data_type_(*args)
        made._name_ = name
        made.__objclass__ = cls
        if '__init__' in [key for base in cls.__mro__ if base not in (Enum if 'Enum' in globals() else None, object, cls._data_type_) for key in base.__dict__]:
            made.__init__(*args)
        for other in cls._member_map_.values():
            if other._value_ == made._value_:
                made = other
                break
        else:
            made._sort_order_ = len(cls._member_names_)
            combined = 'Flag' in globals() and Flag in cls.__mro__ and isinstance(made._value_, int) and made._value_.bit_count() != 1
            if not combined:
                cls._member_names_.append(name)
        cls._member_map_[name] = made
        try:
            cls._by_value_.setdefault(made._value_, made)
        except TypeError:
            pass
        setattr(cls, name, made)

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        if names is None:
            return cls._lookup(value)
        return cls._make(value, names, module, type, start)

    def _lookup(cls, value):
        if isinstance(value, cls) and value.__class__ is cls:
            return value
        try:
            if value in cls._by_value_:
                return cls._by_value_[value]
        except TypeError:
            pass
        for each in cls._member_map_.values():
            if each._value_ == value:
                return each
        other = cls._missing_(value)
        if isinstance(other, cls):
            return other
        if other is not None:
            raise TypeError(f'error in {cls.__name__}._missing_: returned {other!r} instead of None or a valid member')
        raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')

    def _make(cls, name, names, module, kind, start):
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, dict):
            pairs = list(names.items())
        else:
            pairs, chosen = [], []
            for each in names:
                if isinstance(each, (tuple, list)):
                    pairs.append(tuple(each))
                else:
                    value = cls._generate_next_value_(each, start, len(chosen), chosen)
                    chosen.append(value)
                    pairs.append((each, value))
        namespace = dict(pairs)
        namespace['__module__'] = module or '__main__'
        return cls.__class__(name, (kind, cls) if kind else (cls,), namespace)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in list(cls._member_names_))

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        return isinstance(value, cls) and value._name_ in cls._member_map_ or isinstance(value, cls)

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __repr__(cls):
        return f"<{'flag' if 'Flag' in globals() and Flag in cls.__mro__ else 'enum'} {cls.__name__!r}>"


EnumType = EnumMeta


class Enum(metaclass=EnumMeta):
    """A base of classes of named values."""

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __format__(self, spec):
        return str.__format__(str(self), spec)

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
        return ['name', 'value']


class ReprEnum(Enum):
    """An Enum that is shown as its data type shows it."""

    def __str__(self):
        return self._data_type_.__str__(self)

    def __format__(self, spec):
        return self._data_type_.__format__(self, spec)


class IntEnum(int, ReprEnum):
    """Named values that are ints."""

    __eq__ = int.__eq__
    __hash__ = int.__hash__
    __str__ = int.__repr__
    __repr__ = Enum.__repr__
    __format__ = int.__format__


class StrEnum(str, ReprEnum):
    """Named values that are text."""

    __eq__ = str.__eq__
    __hash__ = str.__hash__
    __str__ = str.__str__
    __repr__ = Enum.__repr__
    __format__ = str.__format__

    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class Flag(Enum):
    """Named bits that can be combined."""

    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 2 ** max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        known = 0
        for each in cls._member_map_.values():
            known |= each._value_
        if value < 0:
            value &= known
        if value & ~known and not issubclass(cls, int):
            raise ValueError(f'{cls!r} invalid value {value!r}\n    given {format(value, "#b")}\n  allowed {format(known, "#b")}')
        for each in cls._member_map_.values():
            if each._value_ == value:
                return each
        made = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        made._value_ = value
        made._name_ = '|'.join(each._name_ for each in cls if each._value_ & value == each._value_ and each._value_.bit_count() == 1) or None
        return made

    def _bits(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if isinstance(self, int) and isinstance(other, int):
            return other
        return None

    def __or__(self, other):
        bits = self._bits(other)
        return NotImplemented if bits is None else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._bits(other)
        return NotImplemented if bits is None else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._bits(other)
        return NotImplemented if bits is None else self.__class__(self._value_ ^ bits)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        known = 0
        for each in self.__class__:
            known |= each._value_
        return self.__class__(known & ~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        for each in self.__class__:
            if each._value_ & self._value_ and each._value_.bit_count() == 1:
                yield each

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __eq__(self, other):
        if type(other) is type(self):
            return self._value_ == other._value_
        return NotImplemented

    def __hash__(self):
        return hash(self._value_)

    def __repr__(self):
        if self._name_ is None:
            return f'<{self.__class__.__name__}: {self._value_!r}>'
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        if self._name_ is None:
            return f'{self.__class__.__name__}({self._value_!r})'
        return f'{self.__class__.__name__}.{self._name_}'


class IntFlag(int, Flag):
    """Named bits that are ints too."""

    __eq__ = int.__eq__
    __hash__ = int.__hash__
    __str__ = int.__repr__
    __repr__ = Flag.__repr__
    __format__ = int.__format__
    __or__, __and__, __xor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __ror__, __rand__, __rxor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __invert__ = Flag.__invert__
    __bool__ = Flag.__bool__


def unique(enumeration):
    doubles = [f'{alias} -> {each.name}' for alias, each in enumeration.__members__.items() if alias != each.name]
    if doubles:
        raise ValueError(f'duplicate values found in {enumeration!r}: {", ".join(doubles)}')
    return enumeration


def verify(*checks):
    def check(enumeration):
        return unique(enumeration) if UNIQUE in checks else enumeration
    return check
