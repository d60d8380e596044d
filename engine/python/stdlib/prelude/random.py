"""Random numbers and choices.

The functions take their numbers from the evaluation, so that running a step
again gives the same; after seed() they follow from the seed.
"""

import math as _math
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate


class Random:
    """A source of random numbers of its own."""

    def __init__(self, x=None):
        self._source = _generator()
        self.seed(x)

    def seed(self, a=None, version=2):
        self._source.seed(a)

    def random(self):
        return self._source.random()

    def getrandbits(self, k):
        return self._source.bits(k)

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=1):
        for value in (start, step) if stop is None else (start, stop, step):
            if not hasattr(value, '__index__'):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if stop is None:
            if start <= 0:
                raise ValueError('empty range for randrange()')
            return self._source.below(start)
        width = stop - start
        if step == 1:
            if width <= 0:
                raise ValueError(f'empty range for randrange() ({start}, {stop}, {width})')
            return start + self._source.below(width)
        if step == 0:
            raise ValueError('zero step for randrange()')
        n = (width + step - (1 if step > 0 else -1)) // step
        if n <= 0:
            raise ValueError('empty range for randrange()')
        return start + step * self._source.below(n)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._source.below(len(seq))]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        if cum_weights is None:
            if weights is None:
                return [population[int(self.random() * n)] for i in range(k)]
            cum_weights = list(_accumulate(weights))
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if len(cum_weights) != n:
            raise ValueError('The number of weights does not match the population')
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError('Total of weights must be greater than zero')
        if not _math.isfinite(total):
            raise ValueError('Total of weights must be finite')
        return [population[_bisect(cum_weights, self.random() * total, 0, n - 1)] for i in range(k)]

    def shuffle(self, x):
        if isinstance(x, list):
            self._source.shuffle(x)
            return
        for i in reversed(range(1, len(x))):
            j = self._source.below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if isinstance(population, (set, frozenset, dict)) or not hasattr(population, '__getitem__'):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        pool = list(population)
        if counts is not None:
            pool = [item for item, count in zip(pool, counts) for i in range(count)]
        if not 0 <= k <= len(pool):
            raise ValueError('Sample larger than population or is negative')
        out = []
        for i in range(k):
            j = self._source.below(len(pool) - i)
            out.append(pool[j])
            pool[j] = pool[len(pool) - i - 1]
        return out

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        if high == low:
            return low
        c = 0.5 if mode is None else (mode - low) / (high - low)
        if u > c:
            u, c, low, high = 1.0 - u, 1.0 - c, high, low
        return low + (high - low) * _math.sqrt(u * c)

    def gauss(self, mu=0.0, sigma=1.0):
        return mu + sigma * self._source.normal()

    normalvariate = gauss

    def lognormvariate(self, mu=0.0, sigma=1.0):
        return _math.exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        return self._source.exponential() / lambd

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-_math.log(1.0 - self.random())) ** (1.0 / beta)

    def getstate(self):
        raise NotImplementedError('the state of a generator cannot be taken out')

    def setstate(self, state):
        raise NotImplementedError('the state of a generator cannot be set')


class SystemRandom(Random):
    """Numbers that cannot be foreseen, nor repeated."""

    def __init__(self, x=None):
        self._source = _system()

    def seed(self, *args, **kwds):
        return None


_inst = Random()


def seed(a=None, version=2):
    _inst.seed(a)


def random():
    return _inst.random()


def uniform(a, b):
    return _inst.uniform(a, b)


def triangular(low=0.0, high=1.0, mode=None):
    return _inst.triangular(low, high, mode)


def randint(a, b):
    return _inst.randint(a, b)


def randrange(start, stop=None, step=1):
    return _inst.randrange(start, stop, step)


def choice(seq):
    return _inst.choice(seq)


def choices(population, weights=None, *, cum_weights=None, k=1):
    return _inst.choices(population, weights, cum_weights=cum_weights, k=k)


def shuffle(x):
    _inst.shuffle(x)


def sample(population, k, *, counts=None):
    return _inst.sample(population, k, counts=counts)


def getrandbits(k):
    return _inst.getrandbits(k)


def randbytes(n):
    return _inst.randbytes(n)


def gauss(mu=0.0, sigma=1.0):
    return _inst.gauss(mu, sigma)


def normalvariate(mu=0.0, sigma=1.0):
    return _inst.normalvariate(mu, sigma)


def expovariate(lambd=1.0):
    return _inst.expovariate(lambd)


def lognormvariate(mu=0.0, sigma=1.0):
    return _inst.lognormvariate(mu, sigma)
