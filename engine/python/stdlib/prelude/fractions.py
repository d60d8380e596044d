"""Exact fractions."""

import math as _math
import numbers as _numbers
import operator as _operator
import re as _re
from decimal import Decimal as _Decimal

_text = _re.compile(r'\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(_\d+)*)(?:(?:/(?P<denom>\d+(_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(_\d+)*))?(?:E(?P<exp>[-+]?\d+(_\d+)*))?)\s*', _re.I)


class Fraction(_numbers.Rational):
    """A ratio of two ints, in lowest terms."""

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        if denominator is None:
            numerator, denominator = _ratio(numerator)
        elif isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction)):
            numerator, denominator = (numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator)
        else:
            raise TypeError('both arguments should be Rational instances')
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        common = _math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        self._numerator = numerator // common
        self._denominator = denominator // common
        return self

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        return cls(*dec.as_integer_ratio())

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        low, high = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return high if abs(high - self) <= abs(low - self) else low

    def __repr__(self):
        return f'{self.__class__.__name__}({self._numerator}, {self._denominator})'

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

    def _with(self, other, exact, plain, swap=False):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return exact(other, self) if swap else exact(self, other)
        if isinstance(other, float):
            return plain(other, float(self)) if swap else plain(float(self), other)
        return NotImplemented

    def __add__(self, other):
        return self._with(other, _sum, _operator.add)

    __radd__ = __add__

    def __sub__(self, other):
        return self._with(other, _difference, _operator.sub)

    def __rsub__(self, other):
        return self._with(other, _difference, _operator.sub, True)

    def __mul__(self, other):
        return self._with(other, _product, _operator.mul)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._with(other, _quotient, _operator.truediv)

    def __rtruediv__(self, other):
        return self._with(other, _quotient, _operator.truediv, True)

    def __floordiv__(self, other):
        return self._with(other, _floor, _operator.floordiv)

    def __rfloordiv__(self, other):
        return self._with(other, _floor, _operator.floordiv, True)

    def __mod__(self, other):
        return self._with(other, _remainder, _operator.mod)

    def __rmod__(self, other):
        return self._with(other, _remainder, _operator.mod, True)

    def __divmod__(self, other):
        return self // other, self % other

    def __pow__(self, other):
        if isinstance(other, Fraction) and other._denominator == 1:
            other = other._numerator
        if isinstance(other, int):
            if other >= 0:
                return Fraction(self._numerator ** other, self._denominator ** other)
            if self._numerator == 0:
                raise ZeroDivisionError(f'Fraction({self._denominator ** -other}, 0)')
            return Fraction(self._denominator ** -other, self._numerator ** -other)
        return float(self) ** float(other)

    def __rpow__(self, other):
        if self._denominator == 1 and self._numerator >= 0:
            return other ** self._numerator
        return other ** float(self)

    def __pos__(self):
        return Fraction(self)

    def __neg__(self):
        return Fraction(-self._numerator, self._denominator)

    def __abs__(self):
        return Fraction(abs(self._numerator), self._denominator)

    def __int__(self):
        return self.__trunc__()

    def __trunc__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            if rest * 2 < self._denominator:
                return floor
            if rest * 2 > self._denominator or floor % 2:
                return floor + 1
            return floor
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __float__(self):
        return self._numerator / self._denominator

    def __bool__(self):
        return bool(self._numerator)

    def __hash__(self):
        return hash(self._numerator) if self._denominator == 1 else hash((self._numerator, self._denominator)) if float(self).as_integer_ratio() != (self._numerator, self._denominator) else hash(float(self))

    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            return self._numerator * other.denominator == other.numerator * self._denominator
        if isinstance(other, float):
            return other == other and abs(other) != float('inf') and self == Fraction(other)
        return NotImplemented

    def _compared(self, other, holds):
        if isinstance(other, (int, Fraction)):
            return holds(self._numerator * other.denominator, other.numerator * self._denominator)
        if isinstance(other, float):
            if other != other or abs(other) == float('inf'):
                return holds(0.0, other)
            return self._compared(Fraction(other), holds)
        return NotImplemented

    def __lt__(self, other):
        return self._compared(other, _operator.lt)

    def __le__(self, other):
        return self._compared(other, _operator.le)

    def __gt__(self, other):
        return self._compared(other, _operator.gt)

    def __ge__(self, other):
        return self._compared(other, _operator.ge)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _ratio(value):
    if isinstance(value, (int, Fraction)):
        return value.numerator, value.denominator
    if isinstance(value, (float, _Decimal)):
        return value.as_integer_ratio()
    if not isinstance(value, str):
        raise TypeError('argument should be a string or a Rational instance')
    found = _text.fullmatch(value)
    if found is None:
        raise ValueError(f'Invalid literal for Fraction: {value!r}')
    numerator, denominator = int(found['num'] or '0'), 1
    if found['denom']:
        denominator = int(found['denom'])
    else:
        if found['decimal']:
            digits = found['decimal'].replace('_', '')
            denominator = 10 ** len(digits)
            numerator = numerator * denominator + int(digits)
        exponent = int(found['exp'] or '0')
        if abs(exponent) > 5000:
            raise ValueError(f'the exponent of {value!r} is too large')
        if exponent >= 0:
            numerator *= 10 ** exponent
        else:
            denominator *= 10 ** -exponent
    return (-numerator if found['sign'] == '-' else numerator), denominator


def _sum(a, b):
    return Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)


def _difference(a, b):
    return Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)


def _product(a, b):
    return Fraction(a.numerator * b.numerator, a.denominator * b.denominator)


def _quotient(a, b):
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def _floor(a, b):
    return a.numerator * b.denominator // (a.denominator * b.numerator)


def _remainder(a, b):
    return a - b * _floor(a, b)
