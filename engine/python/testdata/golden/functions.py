# Functions, scopes, closures, generators, comprehensions.
def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{'c': 3}), f(c=1, a=2))
def g(a, /, b, *, c=1): return (a, b, c)
print(g(1, 2), g(1, b=2, c=3)); print((lambda x, y=5, *a, **k: (x, y, a, k))(1, 2, 3, z=4))
def h(x, acc=[]): acc.append(x); return acc
print(h(1), h(2), h(3, []), h(4))
def kwpos(a, **kw): return a, kw
def posk(a, /, **kw): return a, kw
print(posk(1, a=2))
x = 'global'
def outer():
    x = 'outer'
    def inner():
        nonlocal x
        x = 'changed'
        def deep(): return x
        return deep()
    r = inner(); return r, x
print(outer(), x)
def setg():
    global x, newg
    x = 'set'; newg = 'new'
setg(); print(x, newg)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by; return n
    return inc
c1, c2 = counter(), counter(); print(c1(), c1(), c2(), c1(10))
fs = [lambda: i for i in range(3)]; print([q() for q in fs]); fs = [lambda i=i: i for i in range(3)]; print([q() for q in fs])
def adders(): 
    out = []
    for k in range(3): out.append(lambda v: v + k)
    return [a(10) for a in out]
print(adders())
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(20), fact(30)); 
def fib(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2); return memo[n]
print(fib(80))
def gen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print('got', got)
    finally: print('cleanup')
    return 'done'
g1 = gen(3); print(next(g1), g1.send('hello'), next(g1))
try: next(g1)
except StopIteration as e: print('stop', e.value)
g2 = gen(5); next(g2); g2.close(); print(list(g2)); g3 = gen(5); next(g3)
try: g3.throw(ValueError('thrown'))
except ValueError as e: print('out', e)
def deleg(): r = yield from gen(2); print('result', r); yield from 'ab'; yield from (i * i for i in range(3)); return 7
print(list(deleg()))
def catcher():
    while True:
        try: v = yield 'ready'; print('v', v)
        except ValueError as e: print('caught', e); yield 'handled'
        except GeneratorExit: print('exiting'); return
g4 = catcher(); print(next(g4), g4.send(1), g4.throw(ValueError('x')), next(g4)); g4.close()
def wrap(): yield from catcher()
g5 = wrap(); next(g5); print(g5.throw(ValueError('deep'))); g5.close()
def inf():
    n = 0
    while True: yield n; n += 1
print([v for _, v in zip(range(5), inf())], next(v for v in inf() if v > 10))
ge = (a * b for a in range(3) for b in range(a) if b); print(list(ge), list(ge)); print(sum(v * v for v in range(5)), max(len(w) for w in ['a', 'bbb']), dict((k, 1) for k in 'ab'), ''.join(c.upper() for c in 'abc'), any(v > 2 for v in range(5)), sorted((v for v in [3, 1]), reverse=True))
e = (v for v in [1, 2]); print(next(e), e.send(None)); 
try: next(e)
except StopIteration: print('end')
try: (lambda: (yield))().send(5)
except TypeError as ex: print(ex)
def nested():
    data = {'a': [1, 2], 'b': [3]}
    return [f'{k}{v}' for k, vs in data.items() for v in vs], {k: [v * n for v in vs] for n, (k, vs) in enumerate(data.items(), 1)}
print(nested())
i = 'untouched'; [i for i in range(3)]; print(i); print([(y := v * 2, y) for v in range(3)], y)
if (n := len('abc')) > 2: print(n)
def walrus(): return [last := v for v in range(3)], last
print(walrus()); print([[a, b] for a in [1, 2] for b in [a, a * 10]], [lambda: v for v in range(2)][0]())
def deco(tag):
    def d(fn):
        def wrapper(*a, **k): return (tag, fn(*a, **k))
        wrapper.__name__ = fn.__name__; return wrapper
    return d
@deco('outer')
@deco('inner')
def decorated(v): return v
print(decorated(5), decorated.__name__); decorated.attr = 3; print(decorated.attr, decorated.__dict__, hasattr(decorated, 'zz'))
def docs():
    """The doc."""
print(docs.__doc__, deco.__doc__, (lambda: 0).__name__, docs.__qualname__, outer.__qualname__)
def early(v):
    for k in range(10):
        if k == v: return 'found'
    else: return 'else'
print(early(3), early(99)); 
for k in range(3):
    if k == 1: continue
    if k == 2: break
    print('k', k)
else: print('never')
while k: k -= 1
else: print('while else')
def multi(): return 1, 2
a, b = multi(); print(a, b, multi()); print((lambda: (yield))().__class__.__name__)
def default_eval(v=print('evaluated once')): return v
default_eval(); default_eval()
def unbound():
    try: print(zz)
    except NameError as e: print(type(e).__name__, e)
    zz = 1; del zz
    try: zz
    except UnboundLocalError as e: print(e)
unbound()
def freevar():
    def inner(): return later
    try: inner()
    except NameError as e: print(e)
    later = 5; return inner()
print(freevar()); print('x' in globals(), sorted((lambda a, b=2: locals())(1).items()))
def loc(p): q = p + 1; return locals()
print(loc(1)); print(callable(loc), callable(5), loc.__code__ if False else 'nocode')
print(1 if [] else 2 if 0 else 3, [] or 'or', 'a' and 'b', 0 or None, not [], None is None, 1 and 2 or 3, (1, 2) > (1,), not not 5)
print(*[1, 2, 3], sep='-', end='!\n'); print('a', 'b', sep=''); print(); print(None, True, 1.0, [None])
def star_after(a, *, k): return a, k
print(star_after(1, k=2), max(*[1, 2], 3), *map(str, [1]), *'ab')
class CM:
    def __init__(s, n, sw=False): s.n, s.sw = n, sw
    def __enter__(s): print('enter', s.n); return s.n
    def __exit__(s, t, v, tb): print('exit', s.n, t and t.__name__, v); return s.sw
with CM(1) as p, CM(2) as q: print(p, q)
with (CM(3, True) as p, CM(4)): raise KeyError('in with')
def wret():
    with CM(5): return 'ret'
print(wret())
for _ in range(2):
    with CM(6): continue
def match_it(v):
    match v:
        case 0: return 'zero'
        case 1 | 2: return 'one or two'
        case 'str': return 'a str'
        case True: return 'never'
        case None: return 'none'
        case [a]: return ('one', a)
        case [a, b]: return ('two', a, b)
        case [a, *rest] if rest: return ('many', a, rest)
        case {'type': 'p', 'x': px, **others}: return ('point', px, others)
        case {'only': k}: return ('only', k)
        case int(n) if n > 100: return ('big', n)
        case float() as fl: return ('float', fl)
        case str(s): return ('other str', s)
        case Pt(x=0, y=yy): return ('on axis', yy)
        case Pt(xx, yy): return ('pt', xx, yy)
        case -5: return 'minus five'
        case _: return 'default'
class Pt:
    __match_args__ = ('x', 'y')
    def __init__(s, x, y): s.x, s.y = x, y
for v in [0, 1, 2, 'str', True, None, [1], (1, 2), [1, 2, 3], [], {'type': 'p', 'x': 3, 'q': 1}, {'only': 5, 'z': 1}, {}, 500, 50, 2.5, 'zz', Pt(0, 7), Pt(3, 4), -5, {1}, range(2), b'ab']: print(match_it(v))
match (1, (2, 3)):
    case (a, (b, c)): print(a, b, c)
match {'k': [1, {'z': 2}]}:
    case {'k': [_, {'z': z}]}: print(z)
