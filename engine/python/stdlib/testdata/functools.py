import functools
from functools import *

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [2, 3], 10), reduce(max, 'hello'), reduce(None, [], 5))
fails(lambda: reduce(max, []))
p = partial(int, base=2)
print(p('101'), p.func, p.args, p.keywords, partial(pow, 2)(5), partial(partial(max, 1), 5)(3), partial(print, 'a', sep='-').args)
fails(lambda: partial(5))
def deco(f):
    @wraps(f)
    def inner(*a, **k):
        """inner doc"""
        return f(*a, **k) * 2
    return inner
@deco
def double(x: int):
    """double doc"""
    return x
print(double(4), double.__name__, double.__doc__, double.__wrapped__(4), double.__qualname__)
calls = []
@lru_cache(maxsize=2)
def f(x, y=0):
    calls.append(x)
    return x * 10
print([f(1), f(2), f(1), f(3), f(2), f(1)], calls, f.cache_info(), f.cache_info().hits, f.__name__)
f.cache_clear()
print(f.cache_info(), f(1, y=2), f(1, y=2), f.cache_info())
fails(lambda: f([]))
@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), fib.cache_info().misses)
@lru_cache
def g(x):
    return x
print(g(1), g(1), g.cache_info())
class K:
    def __init__(self):
        self.n = 0
    @cached_property
    def val(self):
        self.n += 1
        return self.n
    @lru_cache(maxsize=None)
    def m(self, x):
        self.n += 1
        return x * 2
    def add(self, a, b):
        return a + b
    add5 = partialmethod(add, 5)
k = K()
print(k.val, k.val, k.n, k.m(3), k.m(3), k.n, k.add5(2))
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), max('ab', 'cde', key=cmp_to_key(lambda a, b: len(a) - len(b))))
@total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) < T(2), T(1) <= T(1), T(2) > T(1), T(1) >= T(2), T(1) != T(2), sorted([T(2), T(1)])[0].v)
@total_ordering
class U:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __ge__(self, o): return self.v >= o.v
print(U(1) < U(2), U(1) <= U(1), U(2) > U(1), U(1) >= U(2))
def bad():
    @total_ordering
    class V: pass
fails(bad)
@singledispatch
def kind(x):
    return 'other'
@kind.register
def _(x: int):
    return 'int'
@kind.register(list)
def _(x):
    return 'list'
print(kind(1), kind([]), kind('a'), kind(True))
