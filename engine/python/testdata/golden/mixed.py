# Features in combination.
class Base:
    def __init__(self, *a, **k): self.log = ['Base']
    def items(self): return [1, 2, 3]
    @classmethod
    def create(cls): return cls()
class Child(Base):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.log.append('Child')
        self.doubled = [x * 2 for x in super().items()]
        self.lam = (lambda: super(Child, self).items())()
        def nested(): return super(Child, self).items(), __class__.__name__
        self.nested = nested()
    def gen(self): yield from super().items()
    def in_gen(self): return list(x + len(super(Child, self).items()) for x in self.items())
    @classmethod
    def create(cls): o = super().create(); o.log.append('via'); return o
    @property
    def prop(self): return super().items()
c = Child.create(); print(c.log, c.doubled, c.lam, c.nested, list(c.gen()), c.in_gen(), c.prop)
class Mixin:
    def save(self): print('mixin', type(self).__name__); return super().save()
class Store:
    def save(self): print('store'); return 'saved'
class Doc(Mixin, Store): pass
print(Doc().save())
class Manager:
    def __init__(self, gen): self.gen = gen
    def __enter__(self): return next(self.gen)
    def __exit__(self, t, v, tb):
        if t is None:
            try: next(self.gen)
            except StopIteration: return False
        else:
            try: self.gen.throw(v)
            except StopIteration: return True
            except BaseException as e:
                if e is v: return False
                raise
def contextmanager(f):
    def w(*a): return Manager(f(*a))
    return w
@contextmanager
def managed(n):
    print('in', n)
    try: yield n * 2
    except ValueError as e: print('handled', e)
    finally: print('out', n)
with managed(3) as m: print('body', m)
with managed(4): raise ValueError('bad')
try:
    with managed(5): raise KeyError('other')
except KeyError as e: print('propagated', e)
def tree(n):
    if n: yield from tree(n - 1); yield n; yield from tree(n - 1)
print(list(tree(3)))
def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found if p * p <= n): found.append(n); yield n
        n += 1
from_gen = []
for p in primes():
    if p > 30: break
    from_gen.append(p)
print(from_gen)
def compose(*fs):
    def inner(x):
        for f in reversed(fs): x = f(x)
        return x
    return inner
print(compose(str, lambda v: v + 1, abs)(-5))
class Memo:
    def __init__(self, f): self.f, self.cache = f, {}
    def __call__(self, *a):
        if a not in self.cache: self.cache[a] = self.f(*a)
        return self.cache[a]
    def __get__(self, o, t=None): return self if o is None else (lambda *a: self(o, *a))
class Calc:
    def __init__(self): self.n = 0
    @Memo
    def heavy(self, v): self.n += 1; return v * 2
k = Calc(); print(k.heavy(2), k.heavy(2), k.n)
@Memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60))
class Temp:
    def __init__(self, c=0): self._c = c
    c = property(lambda s: s._c, lambda s, v: setattr(s, '_c', v), doc='celsius')
    @property
    def f(self): return self.c * 9 / 5 + 32
    @f.setter
    def f(self, v): self.c = (v - 32) * 5 / 9
t = Temp(100); print(t.f); t.f = 32; print(t.c, Temp.c.__doc__)
class Matrix:
    def __init__(self, rows): self.rows = rows
    def __matmul__(self, o): return Matrix([[sum(a * b for a, b in zip(r, col)) for col in zip(*o.rows)] for r in self.rows])
    def __eq__(self, o): return self.rows == o.rows
    def __getitem__(self, ij): return self.rows[ij[0]][ij[1]]
    def __setitem__(self, ij, v): self.rows[ij[0]][ij[1]] = v
    def __iter__(self): return (x for r in self.rows for x in r)
m = Matrix([[1, 2], [3, 4]]) @ Matrix([[0, 1], [1, 0]]); print(m.rows, m[0, 1], list(m)); m[1, 1] += 10; print(m.rows)
words = 'the cat the dog a cat the end'.split(); freq = {}
for w in words: freq[w] = freq.get(w, 0) + 1
print(sorted(freq.items(), key=lambda kv: (-kv[1], kv[0])), max(freq, key=freq.get), {n: [w for w in freq if freq[w] == n] for n in sorted(set(freq.values()))})
def parse(s):
    def expr(i):
        v, i = term(i)
        while i < len(s) and s[i] in '+-':
            op = s[i]; r, i = term(i + 1); v = v + r if op == '+' else v - r
        return v, i
    def term(i):
        v, i = atom(i)
        while i < len(s) and s[i] in '*/':
            op = s[i]; r, i = atom(i + 1); v = v * r if op == '*' else v / r
        return v, i
    def atom(i):
        if s[i] == '(':
            v, i = expr(i + 1); return v, i + 1
        j = i
        while j < len(s) and (s[j].isdigit() or s[j] == '.'): j += 1
        return float(s[i:j]) if '.' in s[i:j] else int(s[i:j]), j
    return expr(0)[0]
print(parse('2*(3+4)-10/4'), parse('1+2*3'), parse('1.5*2'))
class Money(float):
    def __str__(self): return f'${self:,.2f}'
    def __format__(self, spec): return super().__format__(spec or ',.2f')
print(Money(1234.5), f'{Money(2)}', f'{Money(3):.0f}', '%s' % Money(4), '{}'.format(Money(5)), repr(Money(6)), [Money(7)], str([Money(8)]), Money(1) + 1, sorted([Money(3), Money(1)]), sum([Money(1), Money(2)]))
class Enumlike:
    def __init_subclass__(cls): cls.members = [v for k, v in vars(cls).items() if not k.startswith('_')]
class Color(Enumlike): RED = 1; GREEN = 2
print(Color.members)
class Chain:
    def __init__(self, path='root'): self.path = path
    def __getattr__(self, n): return Chain(f'{self.path}.{n}')
    def __getitem__(self, k): return Chain(f'{self.path}[{k!r}]')
    def __call__(self, *a, **k): return f'{self.path}({", ".join([repr(x) for x in a] + [f"{n}={v!r}" for n, v in k.items()])})'
print(Chain().a.b[0]['k'].c(1, x='y'))
class Ordered:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f'O{self.v}'
print(sorted([Ordered(3), Ordered(1), Ordered(2)]), min(Ordered(5), Ordered(4)), sorted([Ordered(1), Ordered(2)], reverse=True))
def argtest(a, b=[], *args, c={}, **kw): b.append(a); c[a] = len(b); return b, c, args, kw
print(argtest(1), argtest(2), argtest(3, [9], 8, 7, c={}, z=1))
print([(a, b) for a in range(3) if a for b in 'xy' if b != 'x' or a > 1], {(a, b): a * b for a in range(2) for b in range(2)}, [*(x for x in 'ab'), *{'c': 1}], ''.join(sorted({*'hello'})))
total = 0
for a, (b, *c) in [(1, (2, 3, 4)), (5, [6])]: total += a + b + len(c); print(a, b, c)
print(total, [i for i, in [(1,), (2,)]], (lambda: [y for x in [[1], [2]] for y in x])())
try:
    for i in range(3):
        try:
            if i == 1: raise ValueError(i)
        except ValueError as e: print('err', e); continue
        finally: print('fin', i)
        print('ok', i)
    else: print('completed')
finally: print('outer')
def flat(x): return [z for y in x for z in (flat(y) if isinstance(y, (list, tuple)) else [y])]
print(flat([1, [2, (3, [4])], []]))
class Node:
    __slots__ = ('val', 'next')
    def __init__(self, val, next=None): self.val, self.next = val, next
    def __iter__(self):
        n = self
        while n: yield n.val; n = n.next
print(list(Node(1, Node(2, Node(3)))), sum(Node(1, Node(2))), 2 in Node(1, Node(2)), ' -> '.join(map(str, Node('a', Node('b')))))
g = (i for i in range(5)); print(2 in g, list(g)); z = zip(*[iter(range(6))] * 2); print(list(z)); print(list(zip(*[(1, 'a'), (2, 'b')])), dict(enumerate('ab')), list(map(lambda *a: a, [1, 2], [3, 4])), [list(t) for t in zip('ab', range(5))])
x = 10
def shadow(): 
    x = 20
    class K:
        y = x
        def get(self): return x
    return K.y, K().get()
print(shadow(), (lambda x: (lambda: x)())(5))
class ScopeTest:
    x = 'class'
    def f(self): return x
    y = [x for _ in range(1)]
    z = x
print(ScopeTest().f(), ScopeTest.y, ScopeTest.z)
c = Child(); print(type(c).__name__, c.__class__.__mro__[1].__name__, isinstance(c, (int, Base)), callable(c.create), getattr(c, 'nope', None), hasattr(c, 'prop'), [n for n in dir(c) if not n.startswith('_')])
s = 'abc'; s2 = s; s += 'd'; print(s, s2); t = (1, [2]); 
try: t[1] += [3]
except TypeError as e: print(e, t)
a = b = [1]; a = a + [2]; print(a, b); d1 = d2 = {}; d1['x'] = 1; print(d2); print(id(a) == id(a), a is not b, None is None)
print(1 .__class__, (1).__class__.__name__, ''.__class__, [].__class__.__name__, type(None), type(...), ..., NotImplemented, type(NotImplemented).__name__)
print('%s' % (('a', 'b'),), '%s and %s' % ('a', ['b']), 'x' 'y', "a" + 'b' * 2 + str(1), ('a' 'b'), 'abc'[-2:], 'é'.encode())
assert isinstance(True, int) and not isinstance(1, bool), 'bools'
print(*sorted({'b': 2, 'a': 1}.items()), sep='\n'); print(f"{'nested ' + f'{1 + 1}'}", f'{3.14159:.{2}f}', f"{'a':>{5}}|{'b':^5}|{5:05d}|{255:#x}|{1e6:,.1f}|{0.5:.0%}|{-3:+d}|{True}|{None}|{[1]}")
while True:
    try: x = int('5'); break
    except ValueError: pass
print(x, int.__name__, str.join('-', ['a', 'b']), list.__len__([1]), dict.get({'a': 1}, 'a'), str.upper('x'), int.__add__(1, 2), object.__repr__(1)[:7], (5).__class__(7))
class Lazy:
    def __get__(self, o, t):
        if o is None: return self
        o.__dict__['value'] = 42; print('computed'); return 42
class HasLazy: value = Lazy()
h = HasLazy(); print(h.value, h.value)
class Proxy:
    def __init__(self, o): object.__setattr__(self, '_o', o)
    def __getattr__(self, n): return getattr(self._o, n)
    def __setattr__(self, n, v): setattr(self._o, n, v)
    def __eq__(self, o): return self._o == o
    def __len__(self): return len(self._o)
p = Proxy([1, 2]); p.append(3); print(len(p), p == [1, 2, 3], p.index(2))
class Callable2:
    @staticmethod
    def s(x): return x
    @classmethod
    def cm(cls, x): return cls.__name__, x
    f = len
    g = lambda self: 'g'
    h = str
print(Callable2().s(1), Callable2().cm(2), Callable2().f([1]), Callable2().g(), Callable2().h(5))
del x
try: x
except NameError as e: print(e)
print(round(-0.5), round(2.5), -7 // 2, -7 % 3, 7 % -3, divmod(-7, 3), 0.1 + 0.2, 1e16, 1e15, 123456789.123, 1 / 3, 2 / 3, 100 * 1.1, 5e-324, 1.0, 1e100, float(10**16), -0.0)
