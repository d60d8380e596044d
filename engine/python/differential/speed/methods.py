"""Methods of a small class and of one that inherits from it."""


class Account:
    def __init__(self, owner, amount):
        self.owner = owner
        self.amount = amount

    def deposit(self, amount):
        self.amount += self.fee(amount)
        return self

    def fee(self, amount):
        return amount


class Savings(Account):
    def fee(self, amount):
        return super().fee(amount) - 1

    def total(self, rate=2):
        return self.amount * rate


def main():
    accounts = [Savings("n", n) if n % 2 else Account("n", n) for n in range(100)]
    result = 0
    for _ in range(60):
        for account in accounts:
            account.deposit(10).deposit(5)
        for account in accounts:
            if isinstance(account, Savings):
                result += account.total(rate=3)
    return result
