import random, secrets, bisect, heapq
from random import Random, choice
def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)
for r in (random, Random(5), random.SystemRandom(), Random('seed'), Random()):
    print(all(0 <= r.random() < 1 for _ in range(50)), sorted({r.randint(1, 3) for _ in range(200)}), {r.choice('ab') for _ in range(100)} == {'a', 'b'}, sorted(r.sample(range(10), 10)) == list(range(10)), len(r.choices([1, 2], k=5)), sorted({r.randrange(0, 10, 5) for _ in range(100)}), 2 <= r.uniform(2, 3) <= 3, r.getrandbits(8) < 256, len(r.randbytes(4)))
    l = list(range(20)); r.shuffle(l); print(sorted(l) == list(range(20)), set(r.choices('ab', weights=[0, 1], k=20)), isinstance(r.gauss(0, 1), float), r.randint(10**30, 10**30), r.getrandbits(200) < 2**200)
a, b = Random(42), Random(42)
print([a.random() for _ in range(5)] == [b.random() for _ in range(5)], a.randint(1, 1000) == b.randint(1, 1000), Random(1).random() == Random(2).random(), Random('x').random() == Random('x').random())
random.seed(7); x = random.random(); random.seed(7); print(x == random.random())
import copy
c = copy.deepcopy(a); print(c.random() == a.random())
for f in [lambda: choice([]), lambda: random.randint(3, 1), lambda: random.sample([1], 2), lambda: random.randrange(0), lambda: random.sample({1}, 1), lambda: random.choices([1], weights=[1, 2]), lambda: random.choices([1], weights=[0])]:
    fails(f)
print(len(secrets.token_hex(8)), len(secrets.token_bytes(5)), secrets.randbelow(1), secrets.choice([7]), len(secrets.token_urlsafe(6)))
l = [1, 3, 3, 5]
print(bisect.bisect(l, 3), bisect.bisect_left(l, 3), bisect.bisect_right(l, 6)); bisect.insort(l, 4); print(l)
h = []
for n in [5, 1, 4, 2]: heapq.heappush(h, n)
print(h[0], [heapq.heappop(h) for _ in range(4)], heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, [4, 2, 9]), list(heapq.merge([1, 4], [2, 3])))
l = [9, 4, 7]; heapq.heapify(l); print(l[0], heapq.heapreplace(l, 1), heapq.heappushpop(l, 0))
