import operator
from operator import *
print(add(1, 2), sub(5, 3), mul(2, 'a'), truediv(1, 2), floordiv(7, 2), mod(7, 4), neg(3), pos(3), invert(1), not_(0), truth([1]), lt(1, 2), ge(1, 2), eq(1, 1), ne(1, 1), is_(None, None), is_not(1, None), and_(6, 3), or_(4, 1), xor(5, 1), lshift(1, 3), rshift(8, 1), concat([1], [2]), contains('abc', 'b'), operator.pow(2, 3), operator.abs(-2), index(5))
l = [1, 2]; m = iadd(l, [3]); setitem(l, 0, 9); delitem(l, 1); print(l, m is l, getitem(l, 0), countOf([1, 2, 1], 1), indexOf('abc', 'c'), iconcat([1], [2]))
print(itemgetter(1)('abc'), itemgetter(0, 2)('abc'), itemgetter('a')({'a': 5}), sorted([{'n': 2}, {'n': 1}], key=itemgetter('n')), itemgetter(slice(1, None))('abc'))
class A:
    x = 1
    class b: y = 2
print(attrgetter('x')(A), attrgetter('x', 'b.y')(A), methodcaller('upper')('a'), methodcaller('split', ',', maxsplit=1)('a,b,c'), itemgetter(1), attrgetter('a', 'b.c'), methodcaller('f', 1, k=2))
try:
    attrgetter('zz')(A)
except AttributeError as e:
    print(e)
