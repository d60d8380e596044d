"""Abstract base classes: classes with abstract methods cannot be instantiated."""


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractproperty(property):
    __isabstractmethod__ = True


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True


def _abstract(value):
    if getattr(value, '__isabstractmethod__', False):
        return True
    if isinstance(value, property):
        return any(getattr(f, '__isabstractmethod__', False) for f in (value.fget, value.fset, value.fdel))
    return getattr(getattr(value, '__func__', None), '__isabstractmethod__', False)


class ABCMeta(type):
    """The metaclass of abstract base classes; classes can be registered as derived."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        names = {key for key, value in namespace.items() if _abstract(value)}
        for base in bases:
            for key in getattr(base, '__abstractmethods__', ()):
                if _abstract(getattr(cls, key, None)):
                    names.add(key)
        cls.__abstractmethods__ = frozenset(names)
        cls._registered = []
        return cls

    def __call__(cls, *args, **kwargs):
        missing = sorted(cls.__abstractmethods__)
        if missing:
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
        return super().__call__(*args, **kwargs)

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        for base in cls.__mro__:  # a virtual subclass of the bases too
            if '_registered' in base.__dict__:
                base._registered.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        hook = cls.__subclasshook__(subclass) if hasattr(cls, '__subclasshook__') else NotImplemented
        if hook is not NotImplemented:
            return hook
        return any(issubclass(subclass, each) for each in cls._registered)


class ABC(metaclass=ABCMeta):
    """A base class whose metaclass is ABCMeta."""
