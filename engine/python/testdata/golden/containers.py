# Lists, tuples, dicts, sets, ranges, slices.
l = [3, 1, 2]
l.append(5); l.extend([7, 8]); l.insert(0, 9); l.insert(-1, 6); l.insert(100, 4); print(l)
print(l.pop(), l.pop(0), l.pop(-2), l); l.remove(1); print(l, l.index(2), l.index(5, 1), l.count(7)); l.reverse(); print(l); l.sort(); print(l, l.copy() is l, l.copy() == l)
l.sort(key=lambda v: -v); print(l); l.sort(key=str, reverse=True); print(l)
l = list(range(10)); print(l[2:5], l[:3], l[7:], l[-3:], l[::3], l[::-1], l[8:2:-2], l[5:2], l[-100:100], l[:-1])
l[2:5] = ['a']; print(l); l[::2] = [0] * len(l[::2]); print(l); l[1:1] = [1, 2]; print(l); del l[0]; del l[1:3]; print(l); del l[::2]; print(l); l[:] = []; print(l)
l = [1, 2]; m = l; l += [3]; print(m); l = l + [4]; print(m, l); l *= 2; print(l, [0] * 3, 2 * [1], [1] * -1)
print([1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] == (), [1, [2]] == [1, [2.0]], [1] != [2], (1, 2) < (1, 3), (1,) + (2,), (1, 2) * 2, (1, 2, 3)[1:], tuple([1]), (1, 2, 1).count(1))
a = [1]; a.append(a); print(a); d = {}; d['d'] = d; print(d); t = ([],); t[0].append(t); print(t)
print([[0] * 2 for _ in range(2)], [(i, j) for i in range(3) for j in range(i)], [x for x in range(20) if x % 2 if x % 3], {k: v for k, v in zip('ab', [1, 2])}, sorted({x % 3 for x in range(10)}), [[y for y in range(x)] for x in range(3)])
d = {'a': 1, 'b': 2, 3: 'c', (1, 2): None, None: 0, True: 'yes', 2.5: 'f'}
print(d, len(d), d['a'], d[3], d[True], d[1], d[1.0], d.get('z'), d.get('z', 5), 'a' in d, 'z' in d, list(d), list(d.values()), list(d.items()))
d['a'] = 10; d['new'] = 11; del d['b']; print(d, d.pop('new'), d.pop('zz', 'def'), d.setdefault('a', 99), d.setdefault('s', 5), d.popitem()); d.update({'u': 1}, v=2); d.update([('w', 3)]); print(d); d.clear(); print(d, bool(d))
print(dict(a=1), dict([(1, 2)]), dict({'x': 1}, y=2), dict(zip('ab', 'cd')), dict.fromkeys([1, 2]), dict.fromkeys('ab', 0), {**{'a': 1}, 'b': 2, **{'a': 3}}, {'a': 1} | {'b': 2}, {'a': 1} == {'a': 1.0}, {1: 2} != {1: 3})
d = {'x': 1}; e = d; d |= {'y': 2}; print(e); k = d.keys(); d['z'] = 3; print(k, list(reversed(d)), d.items() >= {('x', 1)}, d.keys() & {'x', 'q'}, sorted(d.keys() | {'q'}), sorted(d.keys() - {'x'}), ('x', 1) in d.items(), 1 in d.values(), len(d.items()))
d = {'a': 1, 'b': 2}
try:
    for k in d: d[k + 'x'] = 1
except RuntimeError as ex: print(ex)
for k in list(d): del d[k]
print(d)
s = {1, 2, 3}; s.add(4); s.discard(9); s.discard(1); s.update([5, 6], (7,)); print(sorted(s), len(s), 2 in s, s == {2, 3, 4, 5, 6, 7}, set(), frozenset(), frozenset([1]), {1}, bool(set()))
a, b = {1, 2, 3}, {3, 4}
print(sorted(a | b), a & b, sorted(a - b), sorted(a ^ b), a <= b, a < {1, 2, 3, 4}, a >= {1}, a > a, a.isdisjoint({9}), a.issubset([1, 2, 3, 4]), a.issuperset([1]), sorted(a.union([7], [8])), a.intersection([1, 2], [1]), a.difference([1], [2]), sorted(a.symmetric_difference([1, 9])), {frozenset([1]): 'x'}[frozenset([1])])
a &= {1, 2}; a |= {8}; a -= {1}; a ^= {2, 3}; print(sorted(a), {1} == frozenset([1]), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset({1})} == {frozenset({1})}, {1} in [{1}])
try:
    s = {1, 2}
    for x in s: s.add(x + 10)
except RuntimeError as ex: print(ex)
print(range(5), range(1, 10, 3), list(range(5, 0, -2)), len(range(0, 10, 3)), range(10)[3], range(10)[-1], range(10)[2:5], range(10)[::-1], 5 in range(10), 10 in range(10), range(0) == range(5, 5), range(3) == range(0, 3, 1), list(reversed(range(4))), range(5).index(3), range(5).count(9), bool(range(0)), range(5).start, range(1, 5, 2).step, hash(range(3)) == hash(range(0, 3)), 2.0 in range(5))
print(slice(1, 2), slice(5), slice(1, 10, 2).indices(5), slice(1).stop, slice(1, 2) == slice(1, 2), [1, 2, 3][slice(1, None)])
a, b = 1, 2; a, b = b, a; print(a, b); (a, b), c = [1, 2], 3; print(a, b, c); a, *b = 'xyz'; print(a, b); *a, b = [1]; print(a, b); a, *b, c = range(5); print(a, b, c); [x, y] = (1, 2); print(x, y)
for i, (p, q) in enumerate([(1, 2), (3, 4)]): print(i, p, q)
x = y = []; x.append(1); print(y); a = b = c = 5; print(a, b, c)
l = [1, 2, 3]; i = 0; i, l[i] = 1, 9; print(i, l); l[0], l[1] = l[1], l[0]; print(l)
print([*range(3), *'ab'], (*[1], 2), {*[1], 1}, [*{}], {**{}}, (lambda *a, **k: (a, k))(*[1, 2], 3, *(4,), x=5, **{'y': 6}))
print(any([0, 1]), any([]), all([]), all([1, 0]), sum([]), sum((1, 2), 10), list(zip([1, 2], 'ab', [True])), list(zip()), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda v: v > 1, [1, 2])), list(enumerate('ab', 5)), list(reversed([1, 2])), list(iter([1])), next(iter([]), 'd'))
print(sorted([3, 1, 2]), sorted('bca', reverse=True), sorted([(1, 'b'), (1, 'a')], key=lambda p: p[0]), sorted({'b': 1, 'a': 2}), sorted(['b', 'A', 'c'], key=str.lower), sorted([3, 1, 2], key=lambda v: -v), sorted([1, 2, 3, 4], key=lambda v: v % 2, reverse=True), min('b', 'a'), max([1, 5, 3], key=lambda v: -v), max({'a': 1, 'b': 2}), min([], default='x'), max([(1, 2), (1, 1)]))
it = iter([1, 2, 3]); print(next(it), list(it), list(it)); z = zip([1, 2, 3], [4, 5]); print(list(z)); e = enumerate([7]); print(next(e)); i = iter(lambda c=[0]: c.append(1) or len(c), 4); print(list(i))
print(bytes([65, 66]), b'abc'[0], b'abc'[1:], b'a' + b'b', b'ab' * 2, list(b'ab'), b'a' in b'abc', 97 in b'abc', bytes(3), bytes('é', 'utf8'), b'a,b'.split(b','), b'x'.hex(), bytes.fromhex('6162'), b'abc'.upper(), b'\x00\xff\n\'', b'a' < b'b', len(b'abc'), b'abc'.find(b'c'), b'-'.join([b'a', b'b']), b'aXa'.replace(b'X', b'yy'))
def zs():
    try: return list(zip([1], [1, 2], strict=True))
    except ValueError as e: return e
print(zs(), type({}.keys()), type(iter([])), type(iter({})), type(x for x in []), type(range(0)), type(zip()), type(iter(())), type(iter(set())), type({}.items()), type(reversed([])), type(map(str, [])))
print([].__len__(), [1].__contains__(1), [1, 2].__getitem__(0), {}.__contains__(1), {1: 2}.__getitem__(1), [1].__add__([2]), [1].__eq__([1]), [1].__lt__(5), (1).__eq__('a'), {1}.__or__({2}), [3].__iter__().__next__(), [1, 2].__reversed__().__next__())
x = [1, 2, 3]; y = x[:]; y[0] = 99; print(x, y, x is not y); del x[1], y[0]; print(x, y)
class Key:
    def __init__(self, v): self.v = v
    def __hash__(self): return hash(self.v)
    def __eq__(self, o): return self.v == (o.v if isinstance(o, Key) else o)
    def __repr__(self): return f'Key({self.v})'
d = {Key(1): 'a', 'k': 'b'}; print(d[Key(1)], d[1], d[Key('k')], Key(2) in d, {Key(1), Key(1), 1}, [Key(1)].index(1), Key(1) in [1], d)
big = {i: i * i for i in range(100)}
for i in range(0, 100, 2): del big[i]
for i in range(200, 220): big[i] = 0
print(list(big)[:5], list(big)[-3:], len(big), big[51], 50 in big); big = dict(sorted(big.items(), reverse=True)); print(list(big)[:3])
