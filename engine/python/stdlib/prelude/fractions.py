"""Exact fractions."""

import math as _math
import numbers as _numbers
import operator as _operator
import re as _re
from decimal import Decimal as _Decimal

_text = _re.compile(r'\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(_\d+)*)(?:(?:\s*/\s*(?P<denom>\d+(_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(_\d+)*))?(?:E(?P<exp>[-+]?\d+(_\d+)*))?)\s*', _re.I)

_format = _re.compile(r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ]?)(?P<no_neg_zero>z)?(?P<alt>#)?(?P<zeropad>0(?=[0-9]))?'
                      r'(?P<width>[0-9]+)?(?P<separator>[,_])?(?:\.(?P<precision>[0-9]+))?(?P<kind>[eEfFgG%])', _re.S)


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

    def is_integer(self):
        return self._denominator == 1

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

    def __format__(self, spec):
        if not spec:
            return str(self)
        found = _format.fullmatch(spec)
        if found is None or found['align'] and found['zeropad']:
            raise ValueError(f'Invalid format specifier {spec!r} for object of type {type(self).__name__!r}')
        return _Layout(found).text(self)

    def _with(self, other, exact, plain, swap=False):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return exact(other, self) if swap else exact(self, other)
        if isinstance(other, float):
            return plain(other, float(self)) if swap else plain(float(self), other)
        if isinstance(other, complex):
            return plain(other, complex(self)) if swap else plain(complex(self), other)
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
        return self._with(other, _both, divmod)

    def __rdivmod__(self, other):
        return self._with(other, _both, divmod, True)

    def __pow__(self, other):
        if isinstance(other, Fraction) and other._denominator == 1:
            other = other._numerator
        if isinstance(other, int):
            if other >= 0:
                return Fraction(self._numerator ** other, self._denominator ** other)
            if self._numerator == 0:
                raise ZeroDivisionError(f'Fraction({self._denominator ** -other}, 0)')
            return Fraction(self._denominator ** -other, self._numerator ** -other)
        if isinstance(other, (Fraction, float)):
            return float(self) ** float(other)
        if isinstance(other, complex):
            return complex(self) ** other
        return NotImplemented

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


class _Layout:
    """How a fraction is written as a decimal number."""

    def __init__(self, found):
        self.fill = found['fill'] or ' '
        self.align = found['align'] or '>'
        self.plus = '' if found['sign'] in (None, '-') else found['sign']
        self.no_neg_zero = bool(found['no_neg_zero'])
        self.alternate = bool(found['alt'])
        self.width = int(found['width'] or '0')
        self.separator = found['separator'] or ''
        self.precision = int(found['precision'] or '6')
        self.kind = found['kind']
        if found['zeropad']:
            self.fill, self.align = '0', '='
            self.zeros = True
        else:
            self.zeros = False

    def text(self, number):
        if self.kind in 'fF%':
            negative, digits, exponent = self._fixed(number)
        else:
            negative, digits, exponent = self._significant(number)
        whole, fraction, suffix = self._parts(digits, exponent)
        sign = '-' if negative else self.plus
        if self.zeros:
            room = self.width - len(sign) - len(fraction) - len(suffix)
            whole = whole.zfill(3 * (room - 1) // 4 + 1 if self.separator else room)
        if self.separator:
            first = 1 + (len(whole) - 1) % 3
            whole = whole[:first] + ''.join(self.separator + whole[at:at + 3] for at in range(first, len(whole), 3))
        body = whole + fraction + suffix
        padding = self.fill * (self.width - len(sign) - len(body))
        if self.align == '>':
            return padding + sign + body
        if self.align == '<':
            return sign + body + padding
        if self.align == '^':
            half = len(padding) // 2
            return padding[:half] + sign + body + padding[half:]
        return sign + padding + body

    def _fixed(self, number):
        exponent = -self.precision - (2 if self.kind == '%' else 0)
        n, d = number.numerator, number.denominator
        scaled = _nearest(n * 10 ** -exponent, d)
        negative = scaled < 0 or scaled == 0 and n < 0 and not self.no_neg_zero
        if self.kind == '%':
            exponent += 2
        return negative, str(abs(scaled)), exponent

    def _significant(self, number):
        figures = self.precision + 1 if self.kind in 'eE' else max(self.precision, 1)
        n, d = abs(number.numerator), number.denominator
        if n == 0:
            return number.numerator < 0, '0' * figures, 1 - figures
        size = len(str(n)) - len(str(d))
        while 10 ** max(size, 0) * d > n * 10 ** max(-size, 0):
            size -= 1
        exponent = size - figures + 1
        scaled = _nearest(n * 10 ** max(-exponent, 0), d * 10 ** max(exponent, 0))
        if scaled == 10 ** figures:
            scaled //= 10
            exponent += 1
        return number.numerator < 0, str(scaled), exponent

    def _parts(self, digits, exponent):
        size = len(digits) - 1 + exponent
        suffix = '%' if self.kind == '%' else ''
        if self.kind in 'eE' or self.kind in 'gG' and not -4 <= size < max(self.precision, 1):
            suffix = f"{'E' if self.kind in 'EG' else 'e'}{size:+03d}"
            point = 1
        else:
            point = len(digits) + exponent
        if point < 1:
            digits = '0' * (1 - point) + digits
            point = 1
        digits = digits.ljust(point, '0')
        whole, fraction = digits[:point], digits[point:]
        if self.kind in 'gG' and not self.alternate:
            fraction = fraction.rstrip('0')
        return whole, '.' + fraction if fraction or self.alternate else '', suffix


def _nearest(n, d):
    """n / d as the nearest int, halves to even."""
    floor, rest = divmod(n, d)
    if rest * 2 > d or rest * 2 == d and floor % 2:
        floor += 1
    return floor


def _both(a, b):
    floor = _floor(a, b)
    return floor, a - b * floor


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
