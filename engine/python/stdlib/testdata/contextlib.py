from contextlib import *
@contextmanager
def tag(name):
    print('<' + name + '>')
    try:
        yield name.upper()
    except ValueError as e:
        print('caught', e)
    finally:
        print('</' + name + '>')
with tag('a') as t:
    print(t)
with tag('b'):
    raise ValueError('oops')
try:
    with tag('c'):
        raise KeyError('k')
except KeyError as e:
    print('out', e)
with suppress(KeyError, ValueError):
    {}['x']
try:
    with suppress(KeyError):
        1 / 0
except ZeroDivisionError as e:
    print(e)
@contextmanager
def bad():
    if False: yield
try:
    with bad(): pass
except RuntimeError as e:
    print(e)
@contextmanager
def twice():
    yield 1
    yield 2
try:
    with twice(): pass
except RuntimeError as e:
    print(e)
class C:
    def close(self): print('closed')
with closing(C()): print('in')
with nullcontext(5) as n: print(n)
with ExitStack() as s:
    s.callback(print, 'last')
    s.enter_context(tag('x'))
    s.callback(print, 'first')
    print('body')
@tag('deco')
def f(): print('f')
f(); f()
