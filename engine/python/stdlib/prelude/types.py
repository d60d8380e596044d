"""The classes of functions, modules and the like, and simple namespaces."""

import sys as _sys

FunctionType = LambdaType = type(lambda: None)
BuiltinFunctionType = BuiltinMethodType = type(len)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
ModuleType = type(_sys)
GenericAlias = type(list[int])
UnionType = type(int | str)


def _generator():
    yield


GeneratorType = type(_generator())


class _Holder:
    def method(self):
        pass


MethodType = type(_Holder().method)
GetSetDescriptorType = type(FunctionType.__dict__.get('__name__'))
MethodDescriptorType = type(str.join)


class SimpleNamespace:
    """An object whose attributes are given by keyword."""

    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        kind = 'namespace' if type(self) is SimpleNamespace else type(self).__name__
        return f'{kind}({", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())})'

    def __eq__(self, other):
        if isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None


class MappingProxyType:
    """A mapping that cannot be changed through this object."""

    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __len__(self):
        return len(self._mapping)

    def __iter__(self):
        return iter(self._mapping)

    def __contains__(self, key):
        return key in self._mapping

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()

    def __eq__(self, other):
        return self._mapping == other

    def __or__(self, other):
        return self._mapping | other

    def __str__(self):
        return str(self._mapping)

    def __repr__(self):
        return f'mappingproxy({self._mapping!r})'


class DynamicClassAttribute(property):
    """A property of objects that the class may have otherwise."""


def new_class(name, bases=(), kwds=None, exec_body=None):
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    kwds = dict(kwds or {})
    meta = kwds.pop('metaclass', type(bases[0]) if bases else type)
    return meta(name, tuple(bases), namespace, **kwds)


def coroutine(func):
    return func
