"""The kinds of numbers."""

from abc import ABCMeta
from decimal import Decimal


class Number(metaclass=ABCMeta):
    """Any number."""

    __hash__ = None


class Complex(Number):
    """A number with a real and an imaginary part."""


class Real(Complex):
    """A number on a line."""


class Rational(Real):
    """A fraction."""


class Integral(Rational):
    """A whole number."""


Number.register(Decimal)
Complex.register(complex)
Real.register(float)
Integral.register(int)
