# typing, types, contextlib, numbers
from typing import *
import typing, types, contextlib, numbers
from contextlib import contextmanager, suppress, ExitStack, nullcontext, closing


def attempt(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return type(e).__name__


T = TypeVar('T')
K = TypeVar('K', bound=int)
print(List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None, str], Union[int, int], Tuple[int, ...], Tuple[()], Callable[[int, str], bool],
      Callable[..., int], Any, Literal['a', 1], Type[int], ClassVar[int], T, List[T], List, Dict, Union, Optional, Final[int], Annotated[int, 'x'], Iterable[str])
print(List[T][int], Dict[str, T][float], Optional[T][int], Callable[[T], T][int], Union[int, Union[str, float]], Optional[Union[int, str]])
print(List[int] == List[int], List[int] == List[str], Union[int, str] == Union[str, int], hash(List[int]) == hash(List[int]), {List[int]: 1}[List[int]])
print(get_origin(List[int]), get_args(Dict[str, int]), get_args(Callable[[int], str]), get_origin(Union[int, str]) is Union, get_args(Optional[int]), get_args(int), get_origin(list[int]), get_args(list[int]))
print(isinstance([], List), isinstance({}, Dict), isinstance([], Sequence), isinstance(1, Union[int, str]), attempt(isinstance, [], List[int]), attempt(isinstance, 1, Any))
print(cast(int, 'x'), TYPE_CHECKING, Text, NoReturn, int | List[int], Optional['Later'])


class Box(Generic[T]):
    item: T

    def __init__(self, item: T) -> None:
        self.item = item

    def get(self) -> Optional[T]:
        return self.item


print(Box(3).get(), Box[int](4).item, Box.__mro__[1] is Generic, Box[int].__args__)


class Pair(Generic[K, T], Box[T]):
    pass


print([c.__name__ for c in Pair.__mro__])


class Point(NamedTuple):
    """A point."""
    x: int
    y: int = 0

    def norm(self):
        return abs(self.x) + abs(self.y)


p = Point(3)
print(p, p.norm(), p == (3, 0), p._replace(y=5), Point._fields, Point.__doc__, isinstance(p, tuple), p._asdict(), Point._field_defaults)
Other = NamedTuple('Other', [('a', int), ('b', str)])
print(Other(1, 'z'), Other.__annotations__)


class Movie(TypedDict, total=False):
    name: str
    year: int


m: Movie = {'name': 'x'}
m2 = Movie(name='y', year=3)
print(m, m2, type(m2), Movie.__annotations__, sorted(Movie.__optional_keys__), Movie.__total__, TypedDict('D', {'a': int})(a=1))


@runtime_checkable
class Named(Protocol):
    name: str

    def greet(self) -> str: ...


class Plain(Protocol):
    def f(self): ...


class Person:
    def __init__(self):
        self.name = 'p'

    def greet(self):
        return 'hi'


class Explicit(Plain):
    def f(self):
        return 1


print(isinstance(Person(), Named), isinstance(3, Named), attempt(isinstance, 3, Plain), Explicit().f(), isinstance(3, SupportsInt), isinstance('', SupportsInt))
UserId = NewType('UserId', int)
print(UserId(5) + 1, UserId.__name__, UserId.__supertype__)


class Child(Box[int]):
    extra: 'str'
    other: Optional[float] = None


print(get_type_hints(Point), list(get_type_hints(lambda: 0)))


@overload
def double(x: int) -> int: ...
@overload
def double(x: str) -> str: ...
def double(x):
    return x * 2


@final
class Last:
    pass


print(double(2), double('a'), attempt(assert_never, 1), Last.__name__, AnyStr)

print(types.SimpleNamespace(a=1, b='x'), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1), isinstance(attempt, types.FunctionType), isinstance(len, types.BuiltinFunctionType),
      isinstance((x for x in ()), types.GeneratorType), isinstance(typing, types.ModuleType), isinstance(Person().greet, types.MethodType), isinstance(None, types.NoneType), isinstance(int | str, types.UnionType))
proxy = types.MappingProxyType({'a': 1})
print(proxy, proxy['a'], len(proxy), list(proxy), attempt(lambda: proxy.__setitem__('b', 2)), 'a' in proxy, proxy.get('z', 0), dict(proxy))
Made = types.new_class('Made', (Person,), {}, lambda ns: ns.update(color='red'))
print(Made().color, Made().greet())


@contextmanager
def tagged(name):
    print('<' + name + '>')
    try:
        yield name.upper()
    except ValueError as e:
        print('caught', e)
    finally:
        print('</' + name + '>')


with tagged('b') as upper:
    print(upper)
with tagged('i'):
    raise ValueError('inside')
try:
    with tagged('u'):
        raise KeyError('through')
except KeyError as e:
    print('out', e)


@tagged('deco')
def work():
    print('working')


work()
work()
with suppress(KeyError, ZeroDivisionError):
    1 / 0
    print('never')
with nullcontext(5) as five:
    print(five)


class Door:
    def close(self):
        print('closed')


with closing(Door()) as d:
    print('open')
with ExitStack() as stack:
    stack.enter_context(tagged('one'))
    stack.enter_context(tagged('two'))
    stack.callback(print, 'callback', 3)
with ExitStack() as stack:
    stack.enter_context(suppress(ValueError))
    raise ValueError
print(attempt(lambda: contextmanager(lambda: iter(()))().__enter__()))
print(isinstance(1, numbers.Number), isinstance(1, numbers.Integral), isinstance(1.5, numbers.Integral), isinstance(1.5, numbers.Real), isinstance('1', numbers.Number), isinstance(True, numbers.Integral))
