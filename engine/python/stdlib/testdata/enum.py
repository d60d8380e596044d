from enum import *

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 'b'
    CRIMSON = 1
    def hello(self):
        return 'hi ' + self.name
    @property
    def low(self):
        return self.name.lower()
    @classmethod
    def first(cls):
        return list(cls)[0]
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(1), Color('b'), Color['GREEN'], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED == Color.RED, Color.RED == 1, Color.RED != Color.GREEN, Color.RED in Color)
print(Color.RED.hello(), Color.GREEN.low, Color.first(), [c.name for c in Color], list(Color.__members__), {Color.RED: 'x'}[Color.RED], isinstance(Color.RED, Color), type(Color.RED), Color, f'{Color.RED}', f'{Color.RED:>12}|', Color.RED is Color(1), bool(Color.RED), list(reversed(Color))[0])
fails(lambda: Color(9))
fails(lambda: Color['PINK'])
try:
    Color.PINK
except AttributeError:
    print('no pink')
def extend():
    class More(Color):
        X = 1
fails(extend)
class N(IntEnum):
    ONE = 1
    TWO = 2
print(N.ONE, repr(N.ONE), N.ONE + 1, N.ONE < N.TWO, N.TWO == 2, sorted([N.TWO, N.ONE]), [10, 20, 30][N.ONE], f'{N.TWO}', '%d' % N.TWO, N(2), int(N.ONE), max(N), {1: 'a'}[N.ONE])
class S(StrEnum):
    A = 'a'
    B = auto()
print(S.A, repr(S.A), S.B, S.A == 'a', S.A.upper(), f'{S.B}', S('a'), 'x' + S.A)
class M(str, Enum):
    OPEN = 'open'
    SHUT = 'shut'
print(M.OPEN == 'open', repr(M.OPEN), M('shut'), M.OPEN.value, M.OPEN.upper(), str(M.OPEN))
class A(Enum):
    X = auto()
    Y = auto()
    Z = 10
    W = auto()
print([a.value for a in A])
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
print(Planet.EARTH, Planet.EARTH.mass, Planet.MARS.radius, Planet.EARTH.value, Planet((0.64, 3.39)))
F = Enum('F', 'A B C')
print(list(F), F.A.value, Enum('G', ['P', 'Q']).Q, Enum('H', {'R': 5})(5), Enum('I', [('T', 7)]).T.value)
class P(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
print(P.R | P.W, repr(P.R | P.W), P.R | P.X, repr(P.R | P.X), P.R in P.RW, P.X in P.RW, P.RW & P.W, bool(P.R & P.W), ~P.R, P.R ^ P.RW, list(P.RW), P(5), P(0), [p.value for p in P], P.R.value, len(P.RW))
class I(IntFlag):
    A = 1
    B = 2
print(I.A | I.B, repr(I.A | I.B), I.A | 2, I(3) == 3, I.A in I(3), I.A + 1, I.B & 3)
def dup():
    @unique
    class D(Enum):
        A = 1
        B = 1
fails(dup)
class Missing(Enum):
    A = 'a'
    @classmethod
    def _missing_(cls, v):
        return cls.A if v == 'alpha' else None
print(Missing('alpha'))
fails(lambda: Missing('zz'))
class Base(Enum):
    def shout(self): return self.value.upper()
class Kid(Base):
    Q = 'q'
print(Kid.Q.shout(), issubclass(Kid, Enum))
import copy
print(copy.deepcopy([Color.RED])[0] is Color.RED, copy.copy(Color.RED) is Color.RED)
match Color.GREEN:
    case Color.RED: print('r')
    case Color.GREEN: print('g')
