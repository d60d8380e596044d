"""Comprehensions and generator expressions."""


def main():
    squares = [n * n for n in range(6000)]
    odd = [n for n in squares if n % 2]
    table = {n: n % 13 for n in odd}
    kinds = {v for v in table.values()}
    grid = [[x * y for x in range(40)] for y in range(60)]
    flat = [cell for row in grid for cell in row if cell % 3]
    return len(kinds), sum(n for n in flat if n > 10), sum(x + 1 for x in range(6000))
