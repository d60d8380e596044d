"""Attributes read and written, of instances and classes, and a property."""


class Point:
    scale = 2

    def __init__(self, x, y):
        self.x = x
        self.y = y

    @property
    def size(self):
        return self.x * self.scale


def main():
    points = [Point(n, n + 1) for n in range(200)]
    for _ in range(40):
        for p in points:
            p.x = p.x + p.y
            p.y = p.x - p.y
            if p.x > 1000000:
                p.x = 1
    total = 0
    for _ in range(10):
        for p in points:
            total += p.size + p.scale
    return total
