"""Averages and spreads."""

import math as _math
import random as _random
from bisect import bisect_left as _bisect_left, bisect_right as _bisect_right
from collections import Counter as _Counter, namedtuple as _namedtuple
from decimal import Decimal as _Decimal
from fractions import Fraction as _Fraction


class StatisticsError(ValueError):
    """There is no such statistic of the data."""


def _exact(value):
    if isinstance(value, (int, _Fraction)):
        return _Fraction(value)
    try:
        return _Fraction(*value.as_integer_ratio())
    except AttributeError:
        raise TypeError(f"can't convert type '{type(value).__name__}' to numerator/denominator") from None


def _endless(data):
    """The sum of data with an infinity or NaN in it, else None."""
    for value in data:
        if isinstance(value, (float, _Decimal)) and not _math.isfinite(value):
            return sum(data)
    return None


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
    endless = _endless(data)
    if endless is not None:
        return endless / len(data)
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


def median_grouped(data, interval=1.0):
    """The median of data that stand for the middles of intervals."""
    data = sorted(data)
    n = len(data)
    if not n:
        raise StatisticsError('no median for empty data')
    x = data[n // 2]
    below = _bisect_left(data, x)
    within = _bisect_right(data, x, lo=below) - below
    try:
        interval, x = float(interval), float(x)
    except ValueError:
        raise TypeError('Value cannot be converted to a float') from None
    return x - interval / 2.0 + interval * (n / 2 - below) / within


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


def linear_regression(x, y, /, *, proportional=False):
    if proportional and len(x) == len(y) >= 2:
        sxx = _math.fsum(a * a for a in x)
        if not sxx:
            raise StatisticsError('x is constant')
        return LinearRegression(_math.fsum(a * b for a, b in zip(x, y)) / sxx, 0.0)
    xbar, ybar, sxy, sxx, _ = _pairs(x, y, 'linear regression')
    if not sxx:
        raise StatisticsError('x is constant')
    return LinearRegression(sxy / sxx, ybar - sxy / sxx * xbar)


# The coefficients of the algorithm AS 241 of Wichura, highest powers first.
_CENTRE = ((2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
            1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0),
           (5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
            5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0))
_FLANK = ((7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
           3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0),
          (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
           6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0))
_TAIL = ((2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
          2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0),
         (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
          1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0))


def _ratio_at(r, coefficients):
    above = below = 0.0
    for a, b in zip(*coefficients):
        above, below = above * r + a, below * r + b
    return above / below


class NormalDist:
    """A normal distribution."""

    __slots__ = {'_mu': 'The mean', '_sigma': 'The standard deviation'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        if len(data) < 2:
            raise StatisticsError('stdev requires at least two data points')
        return cls(float(mean(data)), float(stdev(data)))

    def samples(self, n, *, seed=None):
        draw = _random.gauss if seed is None else _random.Random(seed).gauss
        return [draw(self._mu, self._sigma) for i in range(n)]

    def pdf(self, x):
        square = self._sigma * self._sigma
        if not square:
            raise StatisticsError('pdf() not defined when sigma is zero')
        diff = x - self._mu
        return _math.exp(diff * diff / (-2.0 * square)) / _math.sqrt(_math.tau * square)

    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + _math.erf((x - self._mu) / (self._sigma * _math.sqrt(2.0))))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        q = p - 0.5
        if abs(q) <= 0.425:
            return self._mu + q * _ratio_at(0.180625 - q * q, _CENTRE) * self._sigma
        r = _math.sqrt(-_math.log(p if q <= 0.0 else 1.0 - p))
        x = _ratio_at(r - 1.6, _FLANK) if r <= 5.0 else _ratio_at(r - 5.0, _TAIL)
        return self._mu + (-x if q < 0.0 else x) * self._sigma

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        x, y = self, other
        if (y._sigma, y._mu) < (x._sigma, x._mu):
            x, y = y, x
        if not x.variance or not y.variance:
            raise StatisticsError('overlap() not defined when sigma is zero')
        dv = y.variance - x.variance
        dm = _math.fabs(y._mu - x._mu)
        if not dv:
            return 1.0 - _math.erf(dm / (2.0 * x._sigma * _math.sqrt(2.0)))
        a = x._mu * y.variance - y._mu * x.variance
        b = x._sigma * y._sigma * _math.sqrt(dm * dm + dv * _math.log(y.variance / x.variance))
        x1, x2 = (a + b) / dv, (a - b) / dv
        return 1.0 - (_math.fabs(y.cdf(x1) - x.cdf(x1)) + _math.fabs(y.cdf(x2) - x.cdf(x2)))

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError('zscore() not defined when sigma is zero')
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        return self._mu

    @property
    def median(self):
        return self._mu

    @property
    def mode(self):
        return self._mu

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * _math.fabs(other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / _math.fabs(other))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'
