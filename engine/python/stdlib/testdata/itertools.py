import itertools
from itertools import *

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

print(list(islice(count(), 3)), list(islice(count(2.5, 0.5), 3)), list(islice(cycle('ab'), 5)), list(cycle([])), list(repeat(1, 3)), list(repeat(1, -1)), list(islice(repeat('x'), 2)))
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([1, 2], initial=10)), list(accumulate([])), list(accumulate('abc', max)))
print(list(chain('ab', [1], ())), list(chain.from_iterable(['ab', 'cd'])), list(chain()), list(compress('abcd', [1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 2])), list(takewhile(lambda x: x < 3, [1, 3, 2])), list(filterfalse(None, [0, 1, ''])), list(filterfalse(lambda x: x % 2, range(5))))
print(list(islice('abcdef', 2)), list(islice('abcdef', 2, 4)), list(islice('abcdef', 1, None, 2)), list(islice('abc', None)), list(islice('abc', 5, 9)), list(islice(count(), 0, 10, 4)))
it = iter('abcdef')
print(list(islice(it, 1, 3)), next(it), list(islice(it, 0)), next(it))
print(list(pairwise('abcd')), list(pairwise('a')), list(starmap(pow, [(2, 3), (3, 2)])), list(zip_longest('ab', 'x', fillvalue='-')), list(zip_longest([1], [2, 3])), list(zip_longest()))
print([(k, list(g)) for k, g in groupby('aabca')], [(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], [k for k, g in groupby('aab')], list(groupby([])))
g = groupby('aabb')
k1, g1 = next(g)
print(next(g1))
k2, g2 = next(g)
print(k1, k2, list(g1), list(g2))
print(list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(product('ab', [])), list(product('ab', repeat=0)))
print(list(permutations('abc')), list(permutations('abc', 2)), list(permutations([], 0)), list(permutations('a', 2)), list(permutations(range(3), 0)))
print(list(combinations('abcd', 2)), list(combinations('ab', 3)), list(combinations('ab', 0)), list(combinations_with_replacement('abc', 2)), list(combinations_with_replacement('', 1)))
a, b = tee([1, 2, 3])
print(next(a), list(b), list(a))
print(type(count()).__name__, isinstance(chain(), chain), iter(c := chain('a')) is c)
for f in [lambda: islice('a', -1), lambda: islice('a', 1, 2, 0), lambda: combinations('a', -1), lambda: count('x'), lambda: list(chain(5)), lambda: product('a', repeat=-1), lambda: list(starmap(pow, [1]))]:
    fails(f)
