"""What functions, classes and modules are made of."""

import enum as _enum
import functools as _functools
import types as _types
from collections import namedtuple as _namedtuple


class _empty:
    """Marks what is not there."""


class _ParameterKind(_enum.IntEnum):
    POSITIONAL_ONLY = 'positional-only'
    POSITIONAL_OR_KEYWORD = 'positional or keyword'
    VAR_POSITIONAL = 'variadic positional'
    KEYWORD_ONLY = 'keyword-only'
    VAR_KEYWORD = 'variadic keyword'

    def __new__(cls, description):
        member = int.__new__(cls, len(cls.__members__))
        member._value_ = len(cls.__members__)
        member.description = description
        return member

    def __str__(self):
        return self.name


def formatannotation(annotation, base_module=None):
    if isinstance(annotation, type) and not getattr(annotation, '__args__', None):
        if annotation.__module__ in ('builtins', base_module):
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation).replace('typing.', '')


class Parameter:
    """A parameter of a signature."""

    POSITIONAL_ONLY = _ParameterKind.POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _ParameterKind.POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _ParameterKind.VAR_POSITIONAL
    KEYWORD_ONLY = _ParameterKind.KEYWORD_ONLY
    VAR_KEYWORD = _ParameterKind.VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self._kind = _ParameterKind(kind)
        if default is not _empty and self._kind in (self.VAR_POSITIONAL, self.VAR_KEYWORD):
            raise ValueError(f'{self._kind.description} parameters cannot have default values')
        if not isinstance(name, str):
            raise TypeError(f'name must be a str, not a {type(name).__name__}')
        if not name.isidentifier():
            raise ValueError(f'{name!r} is not a valid parameter name')
        self._name, self._default, self._annotation = name, default, annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=_empty, kind=_empty, annotation=_empty, default=_empty):
        return type(self)(self._name if name is _empty else name, self._kind if kind is _empty else kind,
                          default=self._default if default is _empty else default,
                          annotation=self._annotation if annotation is _empty else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += f': {formatannotation(self._annotation)}'
        if self._default is not _empty:
            text += f' = {self._default!r}' if self._annotation is not _empty else f'={self._default!r}'
        return {self.VAR_POSITIONAL: '*', self.VAR_KEYWORD: '**'}.get(self._kind, '') + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name, self._kind, self._default, self._annotation) == (other._name, other._kind, other._default, other._annotation)

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))


class BoundArguments:
    """Arguments by the parameters that they go to."""

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        out = []
        for name, p in self._signature.parameters.items():
            if p.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD) or name not in self.arguments:
                break
            if p.kind is Parameter.VAR_POSITIONAL:
                out.extend(self.arguments[name])
            else:
                out.append(self.arguments[name])
        return tuple(out)

    @property
    def kwargs(self):
        out, started = {}, False
        for name, p in self._signature.parameters.items():
            if p.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD):
                started = True
            elif name not in self.arguments:
                started = True
                continue
            if started and name in self.arguments:
                if p.kind is Parameter.VAR_KEYWORD:
                    out.update(self.arguments[name])
                else:
                    out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        out = {}
        for name, p in self._signature.parameters.items():
            if name in self.arguments:
                out[name] = self.arguments[name]
            elif p.default is not _empty:
                out[name] = p.default
            elif p.kind is Parameter.VAR_POSITIONAL:
                out[name] = ()
            elif p.kind is Parameter.VAR_KEYWORD:
                out[name] = {}
        self.arguments = out

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    def __repr__(self):
        return f'<BoundArguments ({", ".join(f"{name}={value!r}" for name, value in self.arguments.items())})>'


class Signature:
    """The parameters of something that can be called, and what it returns."""

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self._parameters = _types.MappingProxyType({p.name: p for p in parameters or ()})
        self._return = return_annotation

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return)

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True):
        return signature(obj, follow_wrapped=follow_wrapped)

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        return type(self)(self._parameters.values() if parameters is _empty else parameters,
                          return_annotation=self._return if return_annotation is _empty else return_annotation)

    def _bind(self, args, kwargs, partial):
        arguments, args, kwargs = {}, list(args), dict(kwargs)
        for name, p in self._parameters.items():
            if p.kind is p.VAR_POSITIONAL:
                if args:
                    arguments[name], args = tuple(args), []
            elif p.kind is p.VAR_KEYWORD:
                continue
            elif p.kind is not p.KEYWORD_ONLY and args:
                if name in kwargs and p.kind is not p.POSITIONAL_ONLY:
                    raise TypeError(f'multiple values for argument {name!r}')
                arguments[name] = args.pop(0)
            elif name in kwargs and p.kind is not p.POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif p.default is _empty and not partial:
                raise TypeError(f'missing a required argument: {name!r}')
        if args:
            raise TypeError('too many positional arguments')
        if kwargs:
            for name, p in self._parameters.items():
                if p.kind is p.VAR_KEYWORD:
                    arguments[name] = kwargs
                    break
            else:
                raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __str__(self):
        parts, slash, star = [], False, True
        for p in self._parameters.values():
            if p.kind is p.POSITIONAL_ONLY:
                slash = True
            elif slash:
                parts.append('/')
                slash = False
            if p.kind is p.VAR_POSITIONAL:
                star = False
            elif p.kind is p.KEYWORD_ONLY and star:
                parts.append('*')
                star = False
            parts.append(str(p))
        if slash:
            parts.append('/')
        text = f'({", ".join(parts)})'
        return text if self._return is _empty else f'{text} -> {formatannotation(self._return)}'

    def __repr__(self):
        return f'<{type(self).__name__} {self}>'

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return list(self._parameters.values()) == list(other._parameters.values()) and self._return == other._return

    def __hash__(self):
        return hash((tuple(self._parameters.values()), self._return))


def _of_function(function):
    made = _parameters(function)
    if made is None:
        raise ValueError(f'no signature found for builtin {function!r}')
    notes = function.__annotations__
    parameters = [Parameter(name, _ParameterKind(kind), default=default if given else _empty, annotation=notes.get(name, _empty))
                  for name, kind, given, default in made]
    return Signature(parameters, return_annotation=notes.get('return', _empty))


def _without_first(found):
    """The signature of a function bound to an object."""
    parameters = list(found.parameters.values())
    if not parameters or parameters[0].kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD):
        raise ValueError('invalid method signature')
    if parameters[0].kind is not Parameter.VAR_POSITIONAL:
        parameters = parameters[1:]
    return found.replace(parameters=parameters)


def _of_partial(made):
    found = signature(made.func)
    arguments = found.bind_partial(*made.args, **made.keywords).arguments
    given = list(found.parameters)[:len(made.args)]
    parameters, keyword_only = [], False
    for name, p in found.parameters.items():
        if name in given and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD):
            continue
        if name in made.keywords and p.kind is not p.VAR_KEYWORD:
            keyword_only = True
            p = p.replace(kind=p.KEYWORD_ONLY, default=arguments[name])
        elif keyword_only and p.kind is p.POSITIONAL_OR_KEYWORD:
            p = p.replace(kind=p.KEYWORD_ONLY)
        elif keyword_only and p.kind is p.VAR_POSITIONAL:
            continue
        parameters.append(p)
    return found.replace(parameters=parameters)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, _types.MethodType):
        return _without_first(signature(obj.__func__))
    if follow_wrapped:
        obj = unwrap(obj)
        if isinstance(obj, _types.MethodType):
            return signature(obj)
    if isinstance(obj, _functools.partial):
        return _of_partial(obj)
    if isfunction(obj):
        return _of_function(obj)
    if isinstance(obj, type):
        for name in ('__new__', '__init__'):
            method = getattr(obj, name, None)
            if isfunction(method):
                return _without_first(signature(method))
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return Signature()
    elif isfunction(getattr(type(obj), '__call__', None)):
        return _without_first(signature(type(obj).__call__))
    raise ValueError(f'no signature found for builtin {obj!r}')


FullArgSpec = _namedtuple('FullArgSpec', 'args varargs varkw defaults kwonlyargs kwonlydefaults annotations')


def getfullargspec(func):
    found = signature(func, follow_wrapped=False)
    args, defaults, only, only_defaults, varargs, varkw = [], [], [], {}, None, None
    for name, p in found.parameters.items():
        if p.kind is p.VAR_POSITIONAL:
            varargs = name
        elif p.kind is p.VAR_KEYWORD:
            varkw = name
        elif p.kind is p.KEYWORD_ONLY:
            only.append(name)
            if p.default is not _empty:
                only_defaults[name] = p.default
        else:
            args.append(name)
            if p.default is not _empty:
                defaults.append(p.default)
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, only, only_defaults or None, dict(getattr(func, '__annotations__', {})))


def unwrap(func, *, stop=None):
    seen = {id(func)}
    while hasattr(func, '__wrapped__') and not isinstance(func, type) and (stop is None or not stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f'wrapper loop when unwrapping {func!r}')
        seen.add(id(func))
    return func


def ismodule(object):
    return isinstance(object, _types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, _types.FunctionType)


def ismethod(object):
    return isinstance(object, _types.MethodType)


def isbuiltin(object):
    return isinstance(object, (_types.BuiltinFunctionType, _types.BuiltinMethodType))


def ismethoddescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    kind = type(obj)
    return hasattr(kind, '__get__') and not hasattr(kind, '__set__')


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), '__set__') or hasattr(type(object), '__delete__')


def isgenerator(object):
    return isinstance(object, _types.GeneratorType)


def isgeneratorfunction(obj):
    obj = getattr(obj, '__func__', obj)
    while isinstance(obj, _functools.partial):
        obj = obj.func
    return _generates(obj)


def iscoroutinefunction(obj):
    return False


def isawaitable(object):
    return False


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, '__abstractmethods__', ()))


def getmro(cls):
    return cls.__mro__


def getmembers(object, predicate=None):
    names = dir(object)
    out = []
    for name in dict.fromkeys(names):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            out.append((name, value))
    return sorted(out, key=lambda pair: pair[0])


def getattr_static(obj, attr, default=_empty):
    if not isinstance(obj, type):
        own = getattr(obj, '__dict__', {})
        if attr in own:
            return own[attr]
    for cls in (obj if isinstance(obj, type) else type(obj)).__mro__:
        if attr in cls.__dict__:
            return cls.__dict__[attr]
    if attr == '__module__':
        return (obj if isinstance(obj, type) else type(obj)).__module__
    if default is _empty:
        raise AttributeError(attr)
    return default


def getmodule(object):
    import importlib
    if ismodule(object):
        return object
    name = getattr(object, '__module__', None)
    try:
        return importlib.import_module(name) if name else None
    except ImportError:
        return None


def cleandoc(doc):
    lines = doc.expandtabs().split('\n')
    rest = [line for line in lines[1:] if line.strip()]
    margin = min((len(line) - len(line.lstrip(' ')) for line in rest), default=0)
    lines = [lines[0].lstrip(' ')] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def _inherited_doc(object):
    """The doc of what a class or a method overrides."""
    if isclass(object):
        return next((base.__doc__ for base in object.__mro__[1:-1] if base.__doc__ is not None), None)
    name = getattr(object, '__name__', None)
    owner = getattr(object, '__self__', None)
    if owner is None and hasattr(object, '__globals__'):
        owner = object.__globals__.get(object.__qualname__.rpartition('.')[0])
    if owner is None:
        return None
    for base in (owner if isclass(owner) else type(owner)).__mro__[1:]:
        doc = getattr(base.__dict__.get(name), '__doc__', None)
        if doc is not None:
            return doc
    return None


def getdoc(object):
    doc = getattr(object, '__doc__', None)
    if doc is None:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def getcomments(object):
    return None


def _refused(what):
    def refuse(*args, **kwargs):
        raise OSError('could not get source code')
    refuse.__name__ = refuse.__qualname__ = what
    return refuse


getsource, getsourcelines, getsourcefile = _refused('getsource'), _refused('getsourcelines'), _refused('getsourcefile')
getfile = _refused('getfile')
