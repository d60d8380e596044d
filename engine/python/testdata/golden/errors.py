# Exception types and messages of everyday mistakes.
def err(f, *args):
    try:
        print('no error', f(*args))
    except BaseException as e:
        print(type(e).__name__ + ':', e)

def f(x): pass
def g(x, y, *, z): pass
def h(x, y=1): pass
def k(): pass
def p(a, b, /, c): pass
def m(a, b, c): pass
class C:
    def method(self, a): pass
    def __init__(self, v=1): self.v = v
class D: pass

err(lambda: 1 + 'a'); err(lambda: 'a' + 1); err(lambda: [] + 1); err(lambda: () + []); err(lambda: None + 1); err(lambda: {} + {})
err(lambda: 1 - 'a'); err(lambda: 'a' * 'b'); err(lambda: 'a' * 1.5); err(lambda: [] * 'x'); err(lambda: 2 ** 'x'); err(lambda: 1 // 'x'); err(lambda: 5 % 'x')
err(lambda: D() + 1); err(lambda: 1 + D()); err(lambda: -'a'); err(lambda: ~1.5); err(lambda: +[]); err(lambda: b'a' + 'b'); err(lambda: 1 << 'a'); err(lambda: 1 @ 2); err(lambda: {1} | [1])
err(lambda: 1 / 0); err(lambda: 1 // 0); err(lambda: 1 % 0); err(lambda: 1.0 / 0); err(lambda: 1.0 // 0); err(lambda: 1.0 % 0); err(lambda: 0 ** -1); err(lambda: divmod(1, 0)); err(lambda: 2**100 // 0); err(lambda: 2**100 / 0)
err(lambda: 1 < 'a'); err(lambda: [] < 1); err(lambda: None > 0); err(lambda: {} < {}); err(lambda: D() < D()); err(lambda: sorted([1, 'a'])); err(lambda: max([1, 'a'])); err(lambda: (1, 'a') < (1, 2))
err(f); err(f, 1, 2); err(g); err(g, 1); err(g, 1, 2); err(h); err(h, 1, 2, 3); err(k, 1); err(m); err(m, 1); err(lambda: f(1, x=2)); err(lambda: f(y=1)); err(lambda: g(1, 2, 3, z=4)); err(lambda: p(1, 2, a=3)); err(lambda: p(a=1, b=2, c=3))
err(lambda: f(*1)); err(lambda: f(**1)); err(lambda: f(**{1: 2})); err(lambda: f(x=1, **{'x': 2})); err(lambda: f(*[1, 2]))
err(lambda: C().method()); err(lambda: C().method(1, 2)); err(lambda: C(1, 2)); err(lambda: D(1)); err(lambda: D(a=1)); err(lambda: C.method()); err(lambda: (lambda a: a)())
err(lambda: undefined_name); err(lambda: D().nope); err(lambda: D.nope); err(lambda: [].nope); err(lambda: (1).nope); err(lambda: None.nope); err(lambda: f.nope); err(lambda: 'x'.nope()); err(lambda: (1).__nope__)
def local():
    print(v)
    v = 1
err(local)
err(lambda: [1][5]); err(lambda: [1][-5]); err(lambda: (1,)[5]); err(lambda: 'a'[5]); err(lambda: range(3)[5]); err(lambda: b'a'[3]); err(lambda: {}['k']); err(lambda: {}[1]); err(lambda: {'a': 1}[('x', 1)])
err(lambda: [1]['a']); err(lambda: (1,)['a']); err(lambda: 'a'['b']); err(lambda: [1][1.0]); err(lambda: 1[0]); err(lambda: None[0]); err(lambda: {}[[]]); err(lambda: {[]: 1}); err(lambda: {1, []}); err(lambda: hash({})); err(lambda: f[0]); err(lambda: D()[0])
err(lambda: [].pop()); err(lambda: [1].pop(5)); err(lambda: {}.pop('x')); err(lambda: set().pop()); err(lambda: {}.popitem()); err(lambda: [].remove(1)); err(lambda: [1].index(2)); err(lambda: (1,).index(2)); err(lambda: 'a'.index('b')); err(lambda: {1}.remove(2))
err(lambda: int('x')); err(lambda: int('')); err(lambda: int('1.5')); err(lambda: int(None)); err(lambda: int([])); err(lambda: int('z', 36)); err(lambda: int('8', 8)); err(lambda: int('1', 99)); err(lambda: int(float('nan'))); err(lambda: int(float('inf'))); err(lambda: int('__1')); err(lambda: int('1', base=2.5))
err(lambda: float('x')); err(lambda: float('')); err(lambda: float(None)); err(lambda: float([])); err(lambda: float('1__0'))
err(lambda: len(5)); err(lambda: len()); err(lambda: len([], [])); err(lambda: iter(5)); err(lambda: next(5)); err(lambda: next(iter([]))); err(lambda: [x for x in 5]); err(lambda: list(5)); err(lambda: dict(5)); err(lambda: dict([1])); err(lambda: dict([(1,)])); err(lambda: set(5)); err(lambda: tuple(5)); err(lambda: sum(5)); err(lambda: sum(['a'])); err(lambda: sum('ab', '')); err(lambda: max([])); err(lambda: min()); err(lambda: max(1)); err(lambda: sorted(5)); err(lambda: reversed(5)); err(lambda: reversed({1})); err(lambda: zip(1)); err(lambda: enumerate(5)); err(lambda: map(1)); err(lambda: abs('x')); err(lambda: round('x')); err(lambda: ord('ab')); err(lambda: ord(1)); err(lambda: chr(-1)); err(lambda: chr('a')); err(lambda: range(1, 2, 0)); err(lambda: range('a')); err(lambda: range(1.5)); err(lambda: bin(1.5)); err(lambda: isinstance(1, 1)); err(lambda: issubclass(1, int)); err(lambda: pow(1, 2, 0)); err(lambda: callable()); err(lambda: getattr(1)); err(lambda: getattr(1, 2)); err(lambda: setattr(1, 'x', 2)); err(lambda: hash([])); err(lambda: divmod('a', 1))
def unpack(n, v):
    if n == 2:
        a, b = v
    elif n == 3:
        a, *b, c = v
    return a, b
err(unpack, 2, [1]); err(unpack, 2, [1, 2, 3]); err(unpack, 2, 5); err(unpack, 3, [1]); err(unpack, 2, 'abc'); err(unpack, 2, None)
err(lambda: 5()); err(lambda: 'a'()); err(lambda: None()); err(lambda: D()())
def raise_(x): raise x
err(raise_, 1); err(raise_, 'x'); err(raise_, ValueError); err(raise_, ValueError('a', 'b')); err(raise_, KeyError('k')); err(raise_, KeyError()); err(raise_, KeyError('a', 'b')); err(raise_, OSError(2, 'No such file')); err(raise_, OSError(2, 'No', 'f.txt')); err(raise_, SystemExit(3)); err(raise_, StopIteration(5)); err(raise_, Exception(Exception('x')))
def assert_(c, *m):
    if m:
        assert c, m[0]
    else:
        assert c
err(assert_, 0); err(assert_, 0, 'msg'); err(assert_, 1)
err(lambda: 'abc'.join([1])); err(lambda: ''.join(5)); err(lambda: 'a'.split('')); err(lambda: 'a'.split(1)); err(lambda: 'a'.replace('a')); err(lambda: 'a'.center()); err(lambda: 'a'.center(5, 'ab')); err(lambda: 'a' in 5); err(lambda: 5 in 'a'); err(lambda: 'a'.startswith(5)); err(lambda: 'a'.startswith(['a'])); err(lambda: 'a'.startswith(('a', 5))); err(lambda: 'a'.upper(1)); err(lambda: 'a'.strip(1)); err(lambda: 'a'.partition('')); err(lambda: 'a'.encode('nope')); err(lambda: 'é'.encode('ascii')); err(lambda: b'\xff'.decode()); err(lambda: b'\xff'.decode('ascii')); err(lambda: str(b'a', 'nope')); err(lambda: 'a'.zfill('x')); err(lambda: 'a'.count(1)); err(lambda: 'a'.find(1))
err(lambda: [].append()); err(lambda: [].append(1, 2)); err(lambda: [].extend(5)); err(lambda: [].insert(1)); err(lambda: {}.get()); err(lambda: {}.update(5)); err(lambda: {}.update([1])); err(lambda: {}.keys(1)); err(lambda: [].sort(1)); err(lambda: [].sort(foo=1)); err(lambda: set().add()); err(lambda: set().add([])); err(lambda: {}.fromkeys(5)); err(lambda: [3, 'a'].sort()); err(lambda: {}.setdefault()); err(lambda: [1, 2].count()); err(lambda: {1: 2}.items().foo)
def setitem(o, k, v): o[k] = v
def delitem(o, k): del o[k]
err(setitem, (1,), 0, 1); err(setitem, 'a', 0, 'b'); err(setitem, [1], 5, 1); err(setitem, [1], 'a', 1); err(setitem, {}, [], 1); err(setitem, 5, 0, 1); err(delitem, [1], 5); err(delitem, {}, 'x'); err(delitem, (1,), 0); err(delitem, 'a', 0); err(setitem, [1, 2, 3, 4], slice(None, None, 2), [1]); err(setitem, [1], slice(0, 1), 5); err(setitem, range(3), 0, 1)
def setattr_(o, n): setattr(o, n, 1)
def delattr_(o, n): delattr(o, n)
err(setattr_, 5, 'x'); err(setattr_, [], 'append'); err(setattr_, object(), 'x'); err(delattr_, D(), 'x'); err(delattr_, D, 'x'); err(setattr_, int, 'x'); err(setattr_, 'a', 'b')
err(lambda: [1, 2, 3][::0]); err(lambda: [1][1:'a']); err(lambda: 'abc'['a':])
err(lambda: super().x); err(lambda: type('X', 5, {})); err(lambda: type('X', (5,), {})); err(lambda: type(1, 2)); err(lambda: object(1)); err(lambda: int.__new__(str)); err(lambda: bool.__new__(int))
err(lambda: [].append.__call__()); err(lambda: list.append(1, 2)); err(lambda: str.upper(1)); err(lambda: str.upper()); err(lambda: dict.get({}, ))
def bad_except():
    try:
        1 / 0
    except 5:
        pass
err(bad_except)
def bad_with():
    with 5: pass
err(bad_with)
def reraise():
    raise
err(reraise)
def mro():
    class A: pass
    class B(A): pass
    class X(A, B): pass
err(mro)
def dup():
    class A(int, int): pass
err(dup)
def boolbase():
    class A(bool): pass
err(boolbase)
def layout():
    class A(int, str): pass
err(layout)
err(lambda: exec); err(lambda: {**1}); err(lambda: [*1]); err(lambda: {*1}); err(lambda: f(*None))
err(lambda: ''.format_map(1)); err(lambda: 1 .__add__()); err(lambda: type.mro()); err(lambda: iter(D())); err(lambda: len(D())); err(lambda: 1 in D()); err(lambda: bool(1, 2)); err(lambda: str(1, 2, 3, 4)); err(lambda: slice()); err(lambda: list(1, 2)); err(lambda: tuple(1, 2)); err(lambda: frozenset(1, 2))
