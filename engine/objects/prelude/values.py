"""Amounts of money, single and listed, once and every so often."""

from decimal import Decimal

from .base import DAObject
from .dicts import DADict

__all__ = ['Value', 'PeriodicValue', 'FinancialList', 'PeriodicFinancialList', 'Income', 'Asset', 'Expense']


def number_in(other):
    return other.amount() if isinstance(other, Value) else other


class Value(DAObject):
    """An amount that may exist or not."""

    def amount(self, *pargs, **kwargs):
        if not self.exists:
            return 0
        return Decimal(self.value)

    def __str__(self):
        return str(self.amount())

    def __float__(self):
        return float(self.amount())

    def __int__(self):
        return int(self.amount())

    def __eq__(self, other):
        return self.value == number_in(other)

    def __ne__(self, other):
        return not self == other

    __hash__ = object.__hash__

    def __lt__(self, other):
        return self.value < number_in(other)

    def __le__(self, other):
        return self.value <= number_in(other)

    def __gt__(self, other):
        return self.value > number_in(other)

    def __ge__(self, other):
        return self.value >= number_in(other)


class PeriodicValue(Value):
    """An amount that comes or goes so many times a year."""

    def amount(self, period_to_use=1):
        if not self.exists or period_to_use == 0:
            return 0
        return Decimal(self.value) * Decimal(self.period) / Decimal(period_to_use)


class FinancialList(DADict):
    """Amounts by what they are for. What is added while gathering exists."""

    object_type = Value

    def existing_items(self):
        self._trigger_gather()
        return [key for key in self._sorted_keys() if self.elements[key].exists]

    def _amount_of(self, item, period_to_use):
        return Decimal(item.value)

    def total(self, period_to_use=1):
        self._trigger_gather()
        result = Decimal(0)
        for key in self._sorted_keys():
            item = self.elements[key]
            if item.exists:
                result += self._amount_of(item, period_to_use)
        return result

    def _new_item_init_callback(self):
        item = self.elements[self.new_item_name]
        item.exists = True
        if hasattr(self, 'new_item_value'):
            item.value = self.new_item_value
        super()._new_item_init_callback()

    def __str__(self):
        return str(self.total())


class PeriodicFinancialList(FinancialList):
    """Amounts that come or go so many times a year. Their period is sought by total()."""

    def _amount_of(self, item, period_to_use):
        return Decimal(item.value) * Decimal(item.period) / Decimal(period_to_use)

    def total(self, period_to_use=1):
        self._trigger_gather()
        if period_to_use == 0:
            return 0
        return super().total(period_to_use)

    def _new_item_init_callback(self):
        if hasattr(self, 'new_item_period'):
            self.elements[self.new_item_name].period = self.new_item_period
            self.delattr('new_item_period')
        super()._new_item_init_callback()


class Income(PeriodicFinancialList):
    """What somebody earns."""


class Asset(FinancialList):
    """What somebody owns."""


class Expense(PeriodicFinancialList):
    """What somebody spends."""
