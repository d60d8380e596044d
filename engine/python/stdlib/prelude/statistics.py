"""Averages and spreads."""

import math as _math
from bisect import bisect_left as _bisect_left
from collections import Counter as _Counter, namedtuple as _namedtuple
from decimal import Decimal as _Decimal
from fractions import Fraction as _Fraction


class StatisticsError(ValueError):
    """There is no such statistic of the data."""


def _exact(value):
    if isinstance(value, (int, _Fraction)):
        return _Fraction(value)
    return _Fraction(*value.as_integer_ratio())


def _kind(data):
    kinds = {type(value) for value in data}
    for kind in (_Decimal, _Fraction, float):
        if any(issubclass(each, kind) for each in kinds):
            return kind
    return int


def _as(kind, value):
    """An exact value as the data has it."""
    if kind is _Fraction:
        return value
    if kind is int and value.denominator == 1:
        return value.numerator
    if kind is _Decimal:
        return _Decimal(value.numerator) / value.denominator
    return value.numerator / value.denominator


def _data(data, name, least=1):
    data = list(data)
    if len(data) < least:
        raise StatisticsError(f'{name} requires at least {["", "one data point", "two data points"][least]}')
    return data


def mean(data):
    data = _data(data, 'mean')
    return _as(_kind(data), sum(map(_exact, data), _Fraction(0)) / len(data))


def fmean(data, weights=None):
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return _math.fsum(data) / len(data)
    weights = list(weights)
    if len(data) != len(weights):
        raise StatisticsError('data and weights must be the same length')
    total = _math.fsum(weights)
    if total == 0:
        raise StatisticsError('sum of weights must be non-zero')
    return _math.fsum(value * weight for value, weight in zip(data, weights)) / total


def geometric_mean(data):
    data = list(data)
    try:
        return _math.exp(fmean(map(_math.log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers') from None


def harmonic_mean(data, weights=None):
    data = _data(data, 'harmonic_mean')
    if any(value < 0 for value in data):
        raise StatisticsError('harmonic mean does not support negative values')
    if any(value == 0 for value in data):
        return 0
    weights = [1] * len(data) if weights is None else list(weights)
    total = sum(map(_exact, weights), _Fraction(0))
    parts = [weight / value for value, weight in zip(data, weights)]
    return _as(_kind(parts), total / sum(map(_exact, parts), _Fraction(0)))


def median(data):
    data = sorted(data)
    n = len(data)
    if not n:
        raise StatisticsError('no median for empty data')
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[len(data) // 2]


def mode(data):
    pairs = _Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError('no mode for empty data')
    return pairs[0][0]


def multimode(data):
    counts = _Counter(iter(data))
    top = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == top]


def _spread(data, about=None):
    exact = [_exact(value) for value in data]
    center = sum(exact, _Fraction(0)) / len(exact) if about is None else _exact(about)
    return sum(((value - center) ** 2 for value in exact), _Fraction(0))


def variance(data, xbar=None):
    data = _data(data, 'variance', 2)
    return _as(_kind(data), _spread(data, xbar) / (len(data) - 1))


def pvariance(data, mu=None):
    data = _data(data, 'pvariance')
    return _as(_kind(data), _spread(data, mu) / len(data))


def _root(data, square):
    if _kind(data) is _Decimal:
        return (_Decimal(square.numerator) / square.denominator).sqrt()
    # an integer root of enough digits rounds as the exact root does
    shift = max(0, 120 - (square.numerator.bit_length() - square.denominator.bit_length()) // 2 * 2)
    root = _math.isqrt((square.numerator << 2 * shift) // square.denominator)
    return root / (1 << shift)


def stdev(data, xbar=None):
    data = _data(data, 'stdev', 2)
    return _root(data, _spread(data, xbar) / (len(data) - 1))


def pstdev(data, mu=None):
    data = _data(data, 'pstdev')
    return _root(data, _spread(data, mu) / len(data))


def quantiles(data, *, n=4, method='exclusive'):
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    if len(data) < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':
        m = len(data) - 1
        out = []
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            out.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return out
    if method != 'exclusive':
        raise ValueError(f'Unknown method: {method!r}')
    m = len(data) + 1
    out = []
    for i in range(1, n):
        j = i * m // n
        j = 1 if j < 1 else len(data) - 1 if j > len(data) - 1 else j
        delta = i * m - j * n
        out.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    return out


def _pairs(x, y, what):
    if len(x) != len(y):
        raise StatisticsError(f'{what} requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError(f'{what} requires at least two data points')
    xbar, ybar = _math.fsum(x) / len(x), _math.fsum(y) / len(y)
    sxy = _math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y))
    sxx = _math.fsum((a - xbar) ** 2 for a in x)
    syy = _math.fsum((b - ybar) ** 2 for b in y)
    return xbar, ybar, sxy, sxx, syy


def covariance(x, y):
    return _pairs(x, y, 'covariance')[2] / (len(x) - 1)


def correlation(x, y):
    _, _, sxy, sxx, syy = _pairs(x, y, 'correlation')
    if not sxx * syy:
        raise StatisticsError('at least one of the inputs is constant')
    return sxy / _math.sqrt(sxx * syy)


LinearRegression = _namedtuple('LinearRegression', 'slope intercept')


def linear_regression(x, y):
    xbar, ybar, sxy, sxx, _ = _pairs(x, y, 'linear regression')
    if not sxx:
        raise StatisticsError('x is constant')
    return LinearRegression(sxy / sxx, ybar - sxy / sxx * xbar)
