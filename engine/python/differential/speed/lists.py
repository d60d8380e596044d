"""Lists: appended to, indexed, sliced, walked in step."""


def main():
    numbers = []
    for n in range(10000):
        numbers.append(n * 31 % 1009)
    total = 0
    for i in range(len(numbers)):
        if i % 2 == 0:
            total += numbers[i]
        else:
            total -= numbers[-i]
    for a, b in zip(numbers, numbers[1:]):
        if a < b:
            total += 1
    stack = numbers[:2000]
    while stack:
        total += stack.pop()
    for i, n in enumerate(numbers[::3]):
        total += i * n
    return total
