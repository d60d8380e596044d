"""Heaps: lists whose first element is the smallest."""


def _up(heap, pos, first):
    item = heap[pos]
    while pos > first:
        parent = (pos - 1) >> 1
        if not item < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = item


def _down(heap, pos):
    first, end, item = pos, len(heap), heap[pos]
    child = 2 * pos + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _up(heap, pos, first)


def heappush(heap, item):
    heap.append(item)
    _up(heap, len(heap) - 1, 0)


def _checked(heap, name):
    if not isinstance(heap, list):
        raise TypeError(f'{name}() argument must be list, not {type(heap).__name__}')


def heappop(heap):
    if heap == []:
        raise IndexError('index out of range')
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _down(heap, 0)
    return first


def heapreplace(heap, item):
    if not heap:
        raise IndexError('index out of range')
    first, heap[0] = heap[0], item
    _down(heap, 0)
    return first


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _down(heap, 0)
    return item


def heapify(x):
    _checked(x, 'heapify')
    for i in reversed(range(len(x) // 2)):
        _down(x, i)


def _counted(n, iterable):
    """The size of what is asked of a sequence that knows its own."""
    try:
        size = len(iterable)
    except TypeError:
        return
    if n != 1:
        n >= size


def nsmallest(n, iterable, key=None):
    _counted(n, iterable)
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    _counted(n, iterable)
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]


class _Head:
    """The next element of a sorted iterable, and whence it came."""

    __slots__ = ('key', 'value', 'order', 'rest', 'backwards')

    def __init__(self, order, rest, key, backwards):
        self.order, self.rest, self.backwards = order, rest, backwards
        self.take(key)

    def take(self, key):
        self.value = next(self.rest)
        self.key = self.value if key is None else key(self.value)

    def __lt__(self, other):
        first, second = (other, self) if self.backwards else (self, other)
        if first.key < second.key:
            return True
        return not second.key < first.key and self.order < other.order


def merge(*iterables, key=None, reverse=False):
    heads = []
    for order, each in enumerate(iterables):
        try:
            heads.append(_Head(order, iter(each), key, reverse))
        except StopIteration:
            pass
    heapify(heads)
    while heads:
        head = heads[0]
        yield head.value
        try:
            head.take(key)
        except StopIteration:
            heappop(heads)
        else:
            heapreplace(heads, head)
