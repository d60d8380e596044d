import math
from math import *

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

print(pi, e, tau, inf, nan, floor(2.7), floor(-2.7), ceil(2.1), ceil(-2.1), trunc(-2.9), floor(10**30), floor(1e20), ceil(True))
print(sqrt(2), exp(1), log(10), log(8, 2), log2(8), log10(1000), log1p(1), round(log(10**400), 6), log10(10**400), pow(2, 10), pow(2.0, -1))
print(sin(0), cos(0), tan(0.5), atan(1), atan2(1, -1), asin(1), acos(1), degrees(pi), radians(180), hypot(3, 4), hypot(1, 1, 1), dist((0, 0), (3, 4)))
print(isnan(nan), isinf(-inf), isfinite(1), isclose(0.1 + 0.2, 0.3), isclose(1, 1.1, rel_tol=0.2), isclose(0, 1e-10, abs_tol=1e-9))
print(fsum([0.1] * 10), prod([1, 2, 3, 4]), prod([]), prod([2.5, 2], start=2), factorial(20), factorial(25), gcd(12, 18), gcd(), gcd(0, -5), lcm(4, 6), lcm(), comb(5, 2), comb(100, 50), comb(2, 5), perm(5, 2), perm(5), isqrt(17), isqrt(10**40))
print(fabs(-3), fmod(7, -3), fmod(-7, 3), modf(3.25), modf(-3.0), frexp(8), ldexp(0.5, 4), copysign(3, -0.0), remainder(7, 4), round(cbrt(27), 9))
for f in [lambda: sqrt(-1), lambda: log(0), lambda: log(-1), lambda: exp(1000), lambda: floor(inf), lambda: ceil(nan), lambda: sqrt('x'), lambda: factorial(-1), lambda: factorial(1.5),
          lambda: asin(2), lambda: pow(0, -1), lambda: log(2, 1), lambda: comb(-1, 2), lambda: isqrt(-1), lambda: pow(10.0, 400), lambda: fmod(1, 0), lambda: gcd(1.5), lambda: sqrt(), lambda: sqrt(10**400), lambda: dist([1], [1, 2])]:
    fails(f)
print(exp(-inf), sqrt(inf), log(inf), atan(inf), pow(inf, 0), math.floor(0.5), isnan(sqrt(nan)))
class F:
    def __float__(self): return 2.25
    def __floor__(self): return 'floored'
print(sqrt(F()), floor(F()))
