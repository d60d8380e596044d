"""Formatted texts: f-strings, format() and the percent sign."""


def main():
    size = 0
    for n in range(3000):
        name, amount = "Ann", n * 1.25
        size += len(f"{name}: {amount:,.2f} for {n} ({n:>6d}) {name!r}")
        size += len("{} owes {:.1f}".format(name, amount))
        size += len("%s-%05d-%.2f" % (name, n, amount))
    return size
