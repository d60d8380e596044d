"""Exceptions raised, caught, wrapped and let through."""


class Refused(ValueError):
    def __init__(self, what, code):
        super().__init__(what)
        self.code = code


def check(n):
    if n % 3 == 0:
        raise Refused("no", n)
    if n % 5 == 0:
        return {}["missing"]
    return n


def main():
    total = 0
    for n in range(4000):
        try:
            total += check(n)
        except Refused as e:
            total += e.code
        except KeyError:
            total += 1
        finally:
            total += 1
        try:
            int("x%d" % n if n % 4 == 0 else "7")
        except ValueError:
            total -= 1
    return total
