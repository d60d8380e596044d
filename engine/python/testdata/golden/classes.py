# Classes, inheritance, descriptors and special methods.
class A:
    """Doc of A."""
    count = 0
    def __init__(self, x): self.x = x; A.count += 1
    def get(self): return self.x
    @classmethod
    def make(cls, *a): return cls(*a)
    @staticmethod
    def add(a, b): return a + b
    @property
    def double(self): "Doc of double."; return self.x * 2
    @double.setter
    def double(self, v): self.x = v // 2
    @double.deleter
    def double(self): print('deleting'); self.x = 0
    def __repr__(self): return f'{type(self).__name__}({self.x})'
class B(A):
    def __init__(self, x, y): super().__init__(x); self.y = y
    def get(self): return (super().get(), self.y)
    @classmethod
    def make(cls, *a): return super().make(*a, 9)
a, b = A(1), B(2, 3)
print(a, b, a.get(), b.get(), A.count, B.count, b.count, A.make(5), B.make(6), A.add(1, 2), b.add(3, 4), a.double, A.double.__doc__, A.__doc__, B.__doc__)
a.double = 10; print(a.x); del a.double; print(a.x, a.__dict__, vars(b), A.__name__, B.__mro__, B.__bases__, type(b), b.__class__ is B, isinstance(b, A), issubclass(B, A), issubclass(A, (B, int)))
try: a.nope = 1; B.double.fset(b, 8); print(b.x); A.get(5)
except AttributeError as e: print(e)
class RO:
    @property
    def p(self): return 1
for f in (lambda o: setattr(o, 'p', 2), lambda o: delattr(o, 'p'), lambda o: o.q):
    try: f(RO())
    except AttributeError as e: print(e)
b.count = 100; print(B.count, b.count); del b.count; print(b.count); A.extra = lambda self: 'extra' + str(self.x); print(b.extra()); del A.extra; print(hasattr(b, 'extra'))
class D1:
    def who(self): return ['D1']
class D2(D1):
    def who(self): return ['D2'] + super().who()
class D3(D1):
    def who(self): return ['D3'] + super(D3, self).who()
class D4(D2, D3):
    def who(self): return ['D4'] + super().who()
print(D4().who(), [c.__name__ for c in D4.__mro__])
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + (o.v if isinstance(o, V) else o)) if isinstance(o, (V, int)) else NotImplemented
    def __radd__(self, o): return V(o + self.v)
    def __iadd__(self, o): self.v += 100; return self
    def __sub__(self, o): return NotImplemented
    def __mul__(self, o): return ('mul', o)
    def __rmul__(self, o): return ('rmul', o)
    def __neg__(self): return V(-self.v)
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
    def __abs__(self): return 'abs'
    def __eq__(self, o): return isinstance(o, V) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __le__(self, o): return self.v <= o.v
    def __hash__(self): return hash(self.v)
    def __bool__(self): return self.v != 0
    def __len__(self): return 3
    def __getitem__(self, k): return ('item', k)
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
    def __contains__(self, k): return k == self.v
    def __call__(self, *a, **k): return ('called', a, k)
    def __int__(self): return 42
    def __float__(self): return 4.5
    def __index__(self): return 2
    def __round__(self, n=None): return ('round', n)
    def __iter__(self): return iter([1, 2])
    def __reversed__(self): return 'rev'
    def __divmod__(self, o): return 'divmod'
    def __pow__(self, o): return 'pow'
    def __matmul__(self, o): return 'matmul'
    def __str__(self): return f'V{self.v}'
    def __enter__(self): print('enter'); return self
    def __exit__(self, *a): print('exit', a[0]); return True
    def __getattr__(self, n):
        if n.startswith('dyn'): return n
        raise AttributeError(n)
v = V(5)
print(str(v + 1), str(1 + v), str(v + v), v * 2, 2 * v, str(-v), +v, ~v, abs(v), v == V(5), v != V(5), v < V(6), v > V(4), v >= V(5), v == 5, hash(v) == hash(5), bool(v), bool(V(0)), len(v), v[1], v[1:2], v['a', 'b'], 5 in v, 6 in v, v(1, k=2), int(v), float(v), [10, 20, 30][v], round(v), round(v, 2), list(v), reversed(v), divmod(v, 1), v ** 2, v @ 1, v.dynx, hasattr(v, 'dyny'), hasattr(v, 'other'), sum([V(1), V(2)]).v, hex(v), range(10)[v], 'x' * v)
w = v; v += 1; print(w is v, v.v); v[0] = 1; del v[0]
for f in (lambda: v - 1, lambda: 1 - v, lambda: v - v, lambda: 'a' + v, lambda: v // 1):
    try: print(f())
    except TypeError as e: print(e)
with v as z: raise ValueError('swallowed')
print(z is v, sorted([V(3), V(1)])[0].v, max(V(1), V(2)).v, {V(1): 'k'}[V(1)])
class Desc:
    def __set_name__(self, owner, name): self.n = name; print('set_name', owner.__name__, name)
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get('_' + self.n, 'unset')
    def __set__(self, o, val): o.__dict__['_' + self.n] = val * 2
    def __delete__(self, o): del o.__dict__['_' + self.n]
class NonData:
    def __get__(self, o, t): return 'nondata'
class H:
    f = Desc(); g = NonData()
h = H(); print(h.f, h.g); h.f = 5; h.g = 'own'; print(h.f, h.g, h.__dict__, type(H.f).__name__); del h.f; print(h.f)
class Attr:
    def __init__(self): object.__setattr__(self, 'log', [])
    def __setattr__(self, n, v): self.log.append(('set', n)); object.__setattr__(self, n, v)
    def __delattr__(self, n): self.log.append(('del', n)); super().__delattr__(n)
    def __getattribute__(self, n):
        if n == 'magic': return 'from getattribute'
        return super().__getattribute__(n)
    def __getattr__(self, n): return 'missing ' + n
o = Attr(); o.x = 1; print(o.x, o.magic, o.foo); del o.x; print(o.log, o.x)
class New:
    def __new__(cls, *a): inst = super().__new__(cls); inst.tag = a; return inst
    def __init__(self, *a): self.args = a
n = New(1, 2); print(n.tag, n.args)
class Single:
    _i = None
    def __new__(cls):
        if cls._i is None: cls._i = object.__new__(cls)
        return cls._i
print(Single() is Single())
class Other:
    def __new__(cls): return 5
print(Other())
class Base:
    subs = []
    def __init_subclass__(cls, tag=None, **k): super().__init_subclass__(**k); Base.subs.append((cls.__name__, tag))
class S1(Base, tag='t'): pass
class S2(Base): pass
print(Base.subs)
class L(list):
    def __init__(self, name, *items): super().__init__(items); self.name = name
    def append(self, x): super().append(x * 2)
    def __repr__(self): return f'L{list(self)}'
l = L('n', 1, 2); l.append(3); print(l, l.name, len(l), l[0], l[-1], l == [1, 2, 6], [1, 2, 6] == l, l + [1], type(l + [1]).__name__, isinstance(l, list), sorted(l, reverse=True), 2 in l, l[1:], [x for x in l], bool(L('e')), l.index(6)); l[0] = 9; l += [4]; l.sort(); print(l, l.pop(), sum(l)); a, *b = l; print(a, b)
class Dd(dict):
    def __missing__(self, k): self[k] = k * 2; return self[k]
    def __setitem__(self, k, v): super().__setitem__(k, v + 1 if isinstance(v, int) else v)
d = Dd(a=1); d['b'] = 5; print(d, d['b'], d[7], d.get('q'), dict(d), {**d}, len(d), 'a' in d, isinstance(d, dict), list(d.items()), d == {'a': 1, 'b': 6, 7: 15}); d.attr = 5; print(d.attr, d.__dict__)
class S(str):
    def __new__(cls, v, extra=None): s = super().__new__(cls, v); s.extra = extra; return s
    def shout(self): return self.upper() + '!'
s = S('hi', 5); print(s, s.extra, s.shout(), s + 'x', type(s + 'x').__name__, len(s), s == 'hi', 'hi' == s, {s: 1}['hi'], {'hi': 2}[s], f'{s:>5}', '%s' % s, repr(s), s[0], 'h' in s, ','.join([s, s]), isinstance(s, str), s.replace('h', 'b'), sorted([S('b'), S('a')]), hash(s) == hash('hi'))
class I(int):
    def __add__(self, o): return I(int(self) + o + 1000)
    def __repr__(self): return f'I({int(self)})'
i = I(5); print(i, i + 1, 1 + i, i * 2, i == 5, i < 6, [1, 2, 3, 4, 5, 6][i], f'{i:03d}', int(i), type(-i).__name__, {5: 'five'}[i], range(i), i.bit_length(), float(i), I('7'), '%d' % i, hash(i) == hash(5), max(i, 3))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
t = T(1, 2); print(t, t.first, len(t), t == (1, 2), t + (3,), hash(t) == hash((1, 2)), {t: 1}[(1, 2)]); x, y = t; print(x, y)
class F(float): pass
print(F(1.5) + 1, F('2'), repr(F(2.5)), F(1) == 1, round(F(2.567), 1))
class Fs(frozenset): pass
class St(set): pass
print(Fs([1]), St([2]), St([1]) | {1}, 1 in St([1]), len(Fs('ab')), St([1]) == {1})
class E(Exception):
    def __init__(self, code, msg='m'): super().__init__(msg); self.code = code
    def __str__(self): return f'E{self.code}: {self.args[0]}'
try: raise E(5)
except Exception as e: print(e, repr(e), e.code, e.args)
class Iter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1; return self.n
print(list(Iter(3)), sum(Iter(4)), 2 in Iter(4), max(Iter(3)), dict(zip('ab', Iter(5))), [*Iter(2)], tuple(Iter(2)))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), [x for x in Seq()])
X = type('X', (A,), {'y': 5, 'm': lambda self: self.y}); print(X(1).m(), X.__name__, X(3))
class Outer:
    class Inner:
        def f(self): return 'inner'
    def mk(self): return self.Inner()
print(Outer().mk().f(), Outer.Inner.__qualname__, Outer.mk.__qualname__, Outer().mk().__class__.__name__)
class Priv:
    def __init__(self): self.__x = 5; self._y = 6
    def get(self): return self.__x
print(Priv().get(), sorted(Priv().__dict__), hasattr(Priv(), '__x'))
class Slots:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
print(Slots().a)
class ClsVar:
    items = []
    n = 5
    m = n * 2
    lst = [n for _ in range(2)] if False else [i for i in range(n)]
    def add(self, x): self.items.append(x)
ClsVar().add(1); ClsVar().add(2); print(ClsVar.items, ClsVar.m, ClsVar.lst)
def deco(c): c.decorated = True; return c
@deco
class Dec: pass
print(Dec.decorated, callable(Dec), callable(Dec()), type(Dec) is type, type(type) is type, object.__name__, isinstance(Dec, type), isinstance(5, object))
class Eq:
    def __eq__(self, o): return True
try: hash(Eq())
except TypeError as e: print(e)
class Cmp:
    def __lt__(self, o): return 'lt'
    def __ge__(self, o): return NotImplemented
print(Cmp() < 1, 1 > Cmp())
try: Cmp() >= 1
except TypeError as e: print(e)
class Gen:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(Gen[int], list[int], dict[str, int], list[int] == list[int], isinstance([], list), int | str, isinstance(5, int | str), int | None)
class Meta(type):
    def __new__(m, name, bases, ns, **kw): ns['made'] = name.lower(); return super().__new__(m, name, bases, ns)
    def __call__(cls, *a): print('creating', cls.__name__); return super().__call__(*a)
    def __iter__(cls): return iter(['x', cls.made])
    def __len__(cls): return 7
    def __getitem__(cls, k): return k * 2
    @property
    def mp(cls): return 'metaprop'
class WithMeta(metaclass=Meta):
    def __init__(self, v=0): self.v = v
class SubMeta(WithMeta): pass
print(WithMeta(3).v, SubMeta().made, list(WithMeta), len(SubMeta), WithMeta[4], type(SubMeta) is Meta, WithMeta.mp, isinstance(WithMeta, Meta))
class Annot:
    a: int
    b: str = 'x'
print(Annot.__annotations__, Annot.b, hasattr(Annot, 'a'))
def fn(a: int, b: 'str' = 'q') -> bool: pass
print(fn.__annotations__, fn.__defaults__, fn.__name__, fn.__module__)
print(A(3).get.__name__, A.get.__qualname__, A(4).get.__self__, A(4).get.__func__ is A.get, A.make.__self__ is A)
print(str(A(1).get).startswith('<bound method A.get of A(1)>'), repr(len), repr(int), repr([].append)[:31], repr(A), repr(fn)[:12])
class Trip:
    def __getattr__(self, n):
        if n == 'a': return 1
        raise AttributeError(f'no {n}')
print(getattr(Trip(), 'a'), getattr(Trip(), 'b', 'dflt'), hasattr(Trip(), 'c'))
class Bl:
    def __len__(self): return 0
class Bad:
    def __len__(self): return -1
    def __bool__(self): return 5
    def __str__(self): return 5
    def __repr__(self): return None
    def __hash__(self): return 'x'
    def __iter__(self): return 5
print(bool(Bl()), 'empty' if not Bl() else 'full')
for f in (len, bool, str, repr, hash, iter):
    try: f(Bad())
    except Exception as e: print(type(e).__name__, e)
a1 = A(1); a1.__class__ = B; print(type(a1).__name__); a1.__dict__['y'] = 8; print(a1.get(), a1.__dict__); a1.__dict__.update(z=3); print(a1.z, 'z' in a1.__dict__, sorted(a1.__dict__.items()))
