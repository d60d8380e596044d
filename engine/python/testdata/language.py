# What the dialect does beyond CPython, and where it stops.
x = 1
assert x == 1
assert x == 2, 'it is not two' ### "AssertionError: it is not two"
---
eval('1') ### "RuntimeError: eval\\(\\) is not part of the dialect"
---
exec('x = 1') ### "exec\\(\\) is not part of the dialect"
---
open('/etc/passwd') ### "open\\(\\) is not part of the dialect"
---
__import__('os') ### "__import__\\(\\) is not part"
---
compile('1', '', 'eval') ### "compile\\(\\) is not part"
---
memoryview(b'x') ### "memoryview\\(\\) is not part"
---
import os ### "ModuleNotFoundError: No module named 'os'"
---
return 5 ### "'return' outside function"
---
def f():
    break ### "'break' outside loop"
---
for x in []:
    def g():
        continue ### "'continue' not properly in loop"
---
yield 5 ### "'yield' outside function"
---
def f():
    nonlocal zz ### "no binding for nonlocal 'zz' found"
---
def f(a, a): ### "duplicate argument 'a'"
    pass
---
f(a=1, a=2) ### "keyword argument repeated: a"
---
def f():
    from m import * ### "import \\* only allowed at module level"
---
def f(x):
    global x ### "parameter and global"
---
*a, *b = [1] ### "multiple starred expressions"
---
# The line of an error is that of the innermost call.
def inner(v):
    return v.missing ### "AttributeError: 'int' object has no attribute 'missing'"
def outer():
    inner(
        5
    )
outer()
---
d = {
    'a': 1,
    'b': undefined, ### "NameError: name 'undefined' is not defined"
}
---
value = [
    n / 0 ### "ZeroDivisionError"
    for n in [1]
]
---
# Type parameters and type statements.
def first[T](xs: list[T]) -> T:
    return xs[0]
class Stack[T]:
    def __init__(self): self.items: list[T] = []
    def push(self, x: T): self.items.append(x)
type Number = int | float
s = Stack()
s.push(first([3]))
assert s.items == [3] and isinstance(2.5, Number.__value__)
assert Stack.__name__ == 'Stack'
---
# Comprehensions have variables of their own (3.12), also in classes.
class C:
    n = 3
    xs = [i for i in range(n)]
assert C.xs == [0, 1, 2] and not hasattr(C, 'i')
fs = [lambda: i for i in range(3)]
assert [f() for f in fs] == [2, 2, 2]
def f():
    return [[lambda: (i, j) for j in range(2)] for i in range(2)]
assert [[g() for g in row] for row in f()] == [[(1, 1), (1, 1)], [(1, 1), (1, 1)]]
---
# F-strings may hold any expression, quotes and all (3.12).
name = 'x'
assert f"{'a' + "b"} {f'{name}'}" == 'ab x'
assert f'{name!r:>5}' == "  'x'"
---
# Sets are iterated in order of insertion.
assert list({3, 1, 2, 1}) == [3, 1, 2]
assert str({'b', 'a'}) == "{'b', 'a'}"
---
# Equal keys keep the first form; True, 1 and 1.0 are one key.
d = {1: 'a'}
d[True] = 'b'
d[1.0] = 'c'
assert d == {1: 'c'} and str(d) == "{1: 'c'}"
---
# __dict__ and globals() are the names themselves.
class A: pass
a = A()
a.__dict__['x'] = 1
assert a.x == 1
a.y = 2
assert list(a.__dict__) == ['x', 'y'] and vars(a) == {'x': 1, 'y': 2}
globals()['made'] = 5
assert made == 5
---
'\ud800' ### "surrogates .* are not part of the dialect"
---
import typing ### "No module named 'typing'"
---
class A:
    def __init__(self):
        self.__private = 1
    def get(self): return self.__private
assert A().get() == 1 and A()._A__private == 1
A().__private ### "'A' object has no attribute '__private'"
---
def gen():
    try:
        yield 1
    except ValueError as e:
        yield str(e) ### "KeyError: 'out'"
g = gen()
next(g)
assert g.throw(ValueError('in')) == 'in'
g.throw(KeyError('out'))
---
with_context = None
try:
    try:
        {}['a']
    except KeyError:
        [][0]
except IndexError as e:
    with_context = e
assert isinstance(with_context.__context__, KeyError)
---
x: int = 5
assert __annotations__ == {'x': int}
def f():
    y: undefined_type = 1
    return y
assert f() == 1
---
from __future__ import annotations
def f(a: Unknown) -> list[Other]: pass
assert f.__annotations__ == {'a': 'Unknown', 'return': 'list[Other]'}
