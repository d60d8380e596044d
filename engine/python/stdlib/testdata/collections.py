import collections
from collections import *

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

o = OrderedDict([('b', 1), ('a', 2)], c=3)
print(o, OrderedDict(), o == {'a': 2, 'b': 1, 'c': 3}, o == OrderedDict(a=2, b=1, c=3), list(o.items()), isinstance(o, dict))
o.move_to_end('b')
print(o)
o.move_to_end('c', last=False)
print(o, o.popitem(), o.popitem(last=False), o, OrderedDict.fromkeys('ab', 0), o.copy(), type(o.copy()).__name__, dict(o), len(o), list(reversed(OrderedDict(x=1, y=2))), o | {'z': 1})
fails(lambda: OrderedDict().popitem())
fails(lambda: o['nope'])
d = defaultdict(list)
d['a'].append(1)
d['b']
print(d, d.default_factory, dict(d), 'c' in d, d.get('c'), len(d), defaultdict(int, x=1)['y'], defaultdict(lambda: 'q')[1], d == {'a': [1], 'b': []}, d.copy())
n = defaultdict(lambda: defaultdict(int))
n['x']['y'] += 2
print({k: dict(v) for k, v in n.items()})
fails(lambda: defaultdict()['a'])
fails(lambda: defaultdict(5))
c = Counter('abracadabra')
print(c, c.most_common(2), c['z'], c.total(), sorted(c.elements()), Counter(a=2, b=1), Counter({'x': 3}), Counter(), Counter([1, 1, 2]))
c.update('aaa'); c.subtract({'b': 5})
print(c, c + Counter(a=1), c - Counter(a=1), Counter(a=1, b=2) & Counter(a=2, b=1), Counter(a=1, b=2) | Counter(a=2), +c, -c, Counter(a=1) == Counter(a=1, b=0), Counter(a=1) <= Counter(a=2))
del c['zzz']
x = Counter('ab'); x += Counter('b'); print(x, dict(x), x.most_common(), isinstance(x, dict), {**x}, max(x, key=x.get))
P = namedtuple('P', 'x y')
p = P(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, p == (1, 2), isinstance(p, tuple), len(p), list(p), P._make([3, 4]), hash(p) == hash((1, 2)), P.__name__, P.__doc__)
a, b = p
print(a, b, p + (3,), {p: 1}[(1, 2)], sorted([P(2, 1), P(1, 5)]), '%s-%s' % p, namedtuple('D', ['a', 'b'], defaults=[9])(1), namedtuple('R', 'def a a', rename=True)._fields, P.x.__doc__)
class Q(namedtuple('Q', 'w h')):
    @property
    def area(self):
        return self.w * self.h
print(Q(2, 3), Q(2, 3).area, Q(w=1, h=1)._replace(w=7).area)
for f in [lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, 2, z=1), lambda: P(1, x=2), lambda: P(), lambda: namedtuple('P', 'a a'), lambda: namedtuple('P', 'class'), lambda: namedtuple('P', '_a'), lambda: namedtuple('1P', 'a'), lambda: p._replace(q=1), lambda: P._make([1]), lambda: setattr(p, 'x', 1) if False else p.zzz]:
    fails(f)
match p:
    case P(x=1, y=yy):
        print('matched', yy)
q = deque([1, 2, 3], maxlen=4)
q.append(4); q.append(5); q.appendleft(0)
print(q, q.maxlen, q[0], q[-1], len(q), list(q), q.pop(), q.popleft(), q, 2 in q, deque('abc'), deque())
q.rotate(1); print(q); q.extend([7, 8]); q.extendleft([9]); print(q, q.count(9), q.index(9)); q.reverse(); print(q, list(reversed(q)), deque([1]) == deque([1]), deque([1]) + deque([2]), deque([1]) * 2)
q.remove(9); q.insert(1, 'i') if len(q) < 4 else None; print(q); q.clear(); print(q, bool(q))
fails(lambda: deque().pop())
fails(lambda: deque().popleft())
fails(lambda: deque()[0])
fails(lambda: deque([1]).remove(2))
m = ChainMap({'a': 1}, {'a': 2, 'b': 3})
print(m, m['a'], m['b'], list(m), len(m), dict(m), 'b' in m, m.get('z', 0), m.new_child({'c': 4}), m.parents, m.maps)
m['z'] = 1
print(m)
fails(lambda: m['nope'])
class UD(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k.upper(), v)
u = UD(a=1); u['b'] = 2; u.update({'c': 3})
print(u, u['A'], len(u), list(u), u.get('zz'), u.pop('A'), u.items(), dict(u))
class UL(UserList):
    pass
l = UL([3, 1]); l.append(2); l.sort(); print(l, l[0], l[1:], len(l), 2 in l, l + [5], type(l + [5]).__name__)
from collections.abc import Mapping, Sequence, Iterable, Callable, Hashable, Sized, MutableMapping, Iterator, Container
print([isinstance(v, Mapping) for v in ({}, [], o, u)], [isinstance(v, Sequence) for v in ([], (), 'a', {}, range(2), p)], [isinstance(v, Iterable) for v in ([], 'a', 5, iter([]), {}.keys())], isinstance(len, Callable), isinstance([], Hashable), isinstance(1, Hashable), isinstance({}, Sized), isinstance(iter([]), Iterator), isinstance((x for x in []), Iterator), isinstance(5, Container), issubclass(dict, MutableMapping))
class My(Mapping):
    def __getitem__(self, k): return {'a': 1}[k]
    def __iter__(self): return iter(['a'])
    def __len__(self): return 1
my = My()
print(my.get('a'), my.get('b'), list(my.items()), list(my.values()), 'a' in my, my == {'a': 1}, dict(my), {**my})
class Half(Mapping): pass
fails(lambda: Half())
import copy
print(copy.copy(o), copy.deepcopy(d), copy.deepcopy(c), copy.deepcopy(p), copy.copy(q), copy.deepcopy(deque([[1]])))
import json
print(json.dumps([o, d, Counter('a'), p]))
