from dataclasses import *
from typing import List, Optional, ClassVar
import dataclasses, copy
def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)
@dataclass
class P:
    """A point."""
    x: int
    y: int = 0
    tags: List[str] = field(default_factory=list)
    kind: ClassVar[str] = 'point'
    def dist(self) -> float:
        return (self.x ** 2 + self.y ** 2) ** 0.5
p, q = P(3, 4), P(3, y=4)
print(p, p == q, p is q, p.dist(), p.tags is q.tags, P.kind, p != P(1), p == (3, 4), P.__match_args__, P.__doc__)
p.tags.append('a'); p.x = 10
print(p, q, asdict(p), astuple(p), replace(p, x=1), [f.name for f in fields(P)], is_dataclass(p), is_dataclass(5), fields(p)[1].default)
fails(lambda: P())
fails(lambda: P(1, 2, 3, 4))
fails(lambda: P(1, z=2))
fails(lambda: P(1, x=2))
fails(lambda: hash(p))
fails(lambda: p < q)
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = field(default=0, repr=False)
    note: str = field(default='', compare=False)
print(V(1, 2) < V(1, 3), V(2) > V(1, 9), V(1, 2, 'a') == V(1, 2, 'b'), hash(V(1)) == hash(V(1)), {V(1): 'x'}[V(1)], V(1, 2), sorted([V(3), V(1)]))
def frozen():
    v = V(1); v.major = 2
fails(frozen)
@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Kid(Base):
    c: str = 'c'
    b: int = 5
    def __post_init__(self):
        self.total = self.a + self.b
print(Kid(1), Kid(1).total, Kid(1, 2, 'z'))
@dataclass
class W:
    raw: InitVar[int]
    val: int = field(init=False)
    def __post_init__(self, raw):
        self.val = raw * 2
print(W(4), W(4).val)
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 1
print(K(a=1))
fails(lambda: K(1))
fails(lambda: K())
@dataclass
class L:
    a: int
    _: KW_ONLY
    b: int
print(L(1, b=2))
def mutable():
    @dataclass
    class B:
        x: list = []
fails(mutable)
def order():
    @dataclass
    class B:
        x: int = 1
        y: int
fails(order)
@dataclass
class Node:
    name: str
    kids: Optional[List['Node']] = None
n = Node('r', [Node('a'), Node('b')])
print(asdict(n), n, copy.deepcopy(n) == n)
M = make_dataclass('M', ['x', ('y', int), ('z', int, 5)])
print(M(1, 2), M(1, 2) == M(1, 2, 5))
@dataclass(eq=False)
class E:
    x: int = 1
print(E() == E(), hash(E()) is not None)
@dataclass(repr=False)
class R:
    x: int
    def __repr__(self): return 'custom'
print(R(1))
match P(1, 2):
    case P(x, y): print(x, y)
