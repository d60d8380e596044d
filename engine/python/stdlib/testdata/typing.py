from typing import *
import typing, types, abc
T = TypeVar('T')
def f(a: List[int], b: Optional[Dict[str, Any]] = None, *c: Tuple[int, ...], **d: 'Union[int, str]') -> Callable[[int], str]:
    return a
print(f([1]), isinstance([], List), isinstance({}, Dict), T, TYPE_CHECKING, cast(int, 'a'), Any, Optional)
class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []
print(Stack[int]().items, Stack().items)
class P(NamedTuple):
    x: int
    y: int = 5
    def total(self) -> int:
        return self.x + self.y
print(P(1), P(1, 2).total(), P._fields, P(3) == (3, 5), isinstance(P(1), tuple), P.__name__)
class Movie(TypedDict):
    name: str
    year: int
m: Movie = {'name': 'x', 'year': 1}
print(Movie(name='a', year=2), m, type(Movie(name='a')).__name__)
UserId = NewType('UserId', int)
print(UserId(5), isinstance(UserId(5), int))
Vector = list[float]
Alias = Union[int, str]
@overload
def g(a: int) -> int: ...
def g(a): return a
print(g(1), Vector, int | None, Literal['a'], ClassVar[int], Iterable[int] is not None)
x: Final = 5
print(x, get_type_hints(f)['a'] == List[int])
class Sup(Protocol):
    def close(self) -> None: ...
print(types.SimpleNamespace(a=1, b='x'), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1), types.FunctionType is type(f), types.NoneType, isinstance(f, types.FunctionType), isinstance(len, types.BuiltinFunctionType), isinstance(typing, types.ModuleType))
ns = types.SimpleNamespace(); ns.q = 3; print(ns, ns.q)
mp = types.MappingProxyType({'a': 1}); print(mp['a'], mp, 'a' in mp, len(mp), dict(mp))
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
class Sq(Shape):
    def area(self): return 4
class Full(Sq):
    name = 'full'
for c in (Shape, Sq, Full):
    try:
        print(c().area(), c().name)
    except TypeError as e:
        print(e)
@Shape.register
class Other: pass
print(isinstance(Other(), Shape), issubclass(Other, Shape), isinstance(3, Shape))
