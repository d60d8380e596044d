"""Sorting with keys: numbers, texts, tuples, attributes."""


class Person:
    def __init__(self, name, age):
        self.name = name
        self.age = age


def main():
    people = [Person("name%d" % (n * 7919 % 3001), n * 31 % 97) for n in range(3000)]
    people.sort(key=lambda p: p.name)
    by_age = sorted(people, key=lambda p: (p.age, p.name), reverse=True)
    words = sorted((p.name for p in people), key=len)
    numbers = sorted([n * 7919 % 10007 for n in range(8000)])
    return by_age[0].name, words[0], numbers[5]
