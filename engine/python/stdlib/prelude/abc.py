"""Abstract base classes: classes with abstract methods cannot be instantiated."""


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractproperty(property):
    __isabstractmethod__ = True


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True


def _abstract_names(cls, namespace):
    names = {key for key, value in namespace.items() if getattr(value, '__isabstractmethod__', False)}
    for base in cls.__bases__:
        for key in getattr(base, '__abstractmethods__', ()):
            if getattr(getattr(cls, key, None), '__isabstractmethod__', False):
                names.add(key)
    return frozenset(names)


class ABCMeta(type):
    """The metaclass of abstract base classes; classes can be registered as derived."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, namespace)
        cls._abc_impl = []
        return cls

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        for base in cls.__mro__:  # a virtual subclass of the bases too
            if '_abc_impl' in base.__dict__:
                base._abc_impl.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(instance.__class__) or cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        hook = cls.__subclasshook__(subclass)
        if hook is not NotImplemented:
            return hook
        if cls in subclass.__mro__:
            return True
        if any(issubclass(subclass, each) for each in cls._abc_impl):
            return True
        return any(issubclass(subclass, each) for each in cls.__subclasses__())


class ABC(metaclass=ABCMeta):
    """A base class whose metaclass is ABCMeta."""

    __slots__ = ()


def update_abstractmethods(cls):
    if hasattr(cls, '__abstractmethods__'):
        cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__)
    return cls


def get_cache_token():
    return 0
