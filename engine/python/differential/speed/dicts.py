"""Dictionaries: counted, grouped, looked up, changed."""


def main():
    words = ["w%d" % (n * 7919 % 500) for n in range(8000)]
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    groups = {}
    for word, n in counts.items():
        groups.setdefault(n % 7, []).append(word)
    total = 0
    for key in sorted(groups):
        for word in groups[key]:
            if word in counts:
                total += counts[word]
    for word in list(counts):
        if counts[word] % 2:
            del counts[word]
    return total, len(counts)
