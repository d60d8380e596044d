from statistics import *
from fractions import Fraction
from decimal import Decimal
import numbers, math
def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)
d = [1, 2, 3, 4, 4.5]
print(mean(d), mean([1, 2, 3]), mean([1, 2]), fmean(d), median(d), median([1, 2, 3, 4]), median_low([1, 2, 3, 4]), median_high([1, 2, 3, 4]), mode('aab'), multimode([1, 1, 2, 2]), mean([Decimal('0.5'), Decimal('0.75')]), mean([Fraction(1, 2), Fraction(1, 3)]))
print(stdev(d), pstdev(d), variance(d), pvariance(d), stdev([1, 2, 3]), variance([Decimal('27.5'), Decimal('30.25')]), quantiles([1, 2, 3, 4, 5]), quantiles([1, 2, 3, 4], n=10), quantiles([1, 5, 9], method='inclusive'), round(geometric_mean([1, 10, 100]), 9), harmonic_mean([40, 60]))
print(round(correlation([1, 2, 3], [2, 4, 7]), 9), covariance([1, 2, 3], [1, 5, 6]), linear_regression([1, 2, 3], [2, 4, 6]), fmean([1, 2], weights=[3, 1]))
for f in [lambda: mean([]), lambda: median([]), lambda: mode([]), lambda: stdev([1]), lambda: quantiles([1])]:
    fails(f)
a, b = Fraction(1, 3), Fraction('2/4')
print(a, repr(a), b, a + b, a - b, a * b, a / b, a ** 2, a ** -2, 1 + a, 2 * b, 1 - a, 1 / a, a + 0.5, a < b, a == Fraction(2, 6), b == 0.5, a > 0, max(a, b), -a, abs(-a), float(a), int(Fraction(7, 2)), round(Fraction(7, 2)), round(Fraction(5, 2)), math.floor(Fraction(-1, 2)), math.ceil(b), a // b, a % b, bool(Fraction(0)), hash(b) == hash(0.5), hash(Fraction(2)) == hash(2))
print(Fraction('0.125'), Fraction('1e-2'), Fraction(' -3/6 '), Fraction(0.1), Fraction(Decimal('1.5')), Fraction(3), Fraction(math.pi).limit_denominator(100), sum([a, b]), round(Fraction(1, 3), 2), isinstance(a, numbers.Rational), isinstance(1, numbers.Integral), isinstance(1.5, numbers.Real), isinstance('a', numbers.Number), isinstance(True, numbers.Number), f'{a}')
for f in [lambda: Fraction(1, 0), lambda: Fraction('x'), lambda: Fraction(1.5, 2), lambda: Fraction([]), lambda: a / 0, lambda: a + 'x']:
    fails(f)
