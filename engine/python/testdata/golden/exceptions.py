# Raising, catching, chaining.
def t(f):
    try: f()
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), '| context', repr(e.__context__), e.__suppress_context__)
def chain():
    try: 1 / 0
    except ZeroDivisionError as e: raise ValueError('v') from e
def ctx():
    try: 1 / 0
    except ZeroDivisionError: raise ValueError('v')
def none():
    try: 1 / 0
    except ZeroDivisionError: raise ValueError('v') from None
def fin():
    try: raise KeyError('k')
    finally: raise TypeError('t')
def re():
    try: 1 / 0
    except ZeroDivisionError: raise
def nested():
    try:
        try: raise ValueError('a')
        except ValueError: raise KeyError('b')
    except KeyError: raise TypeError('c')
def badcause(): raise ValueError from 5
for f in (chain, ctx, none, fin, re, nested, badcause): t(f)
def order():
    out = []
    try:
        out.append('try')
        try: raise ValueError
        except TypeError: out.append('no')
        finally: out.append('inner finally')
    except (KeyError, ValueError) as e: out.append('except')
    else: out.append('else')
    finally: out.append('finally')
    return out
print(order())
def ret():
    try: return 'try'
    finally: print('finally runs')
def retover():
    try: return 'try'
    finally: return 'finally'
def swallow():
    for i in range(3):
        try: raise ValueError
        finally: break
    return 'swallowed', i
def cont():
    out = []
    for i in range(3):
        try:
            if i == 1: continue
            out.append(i)
        finally: out.append('f')
    return out
print(ret(), retover(), swallow(), cont())
def els():
    try: pass
    except: print('no')
    else: print('else'); return 'r'
    finally: print('fin')
print(els())
try: raise ValueError('x')
except ValueError as e: saved = e
try: e
except NameError as ex: print(ex)
print(saved, saved.args, repr(saved), saved.__class__.__name__)
class MyErr(ValueError): pass
for exc in (MyErr('m'), ValueError('v'), KeyError('k'), Exception()):
    try: raise exc
    except MyErr: print('MyErr')
    except ValueError: print('ValueError')
    except LookupError as e: print('Lookup', e)
    except Exception as e: print('Exception', repr(e))
e = ValueError('n'); e.add_note('note1'); e.add_note('note2'); print(e.__notes__)
print(ValueError('a', 1), repr(ValueError('a', 1)), repr(ValueError()), str(ValueError()), ValueError(5).args, repr(KeyError('k')), str(KeyError('k')), OSError(1, 'msg').errno, str(OSError(1, 'msg')), OSError('x').args, StopIteration(3).value, SystemExit(2).code, ImportError('m', name='n').name, repr(UnicodeDecodeError('utf8', b'x', 0, 1, 'r')))
print(issubclass(KeyError, LookupError), issubclass(ModuleNotFoundError, ImportError), issubclass(FileNotFoundError, OSError), IOError is OSError, issubclass(UnboundLocalError, NameError), issubclass(RecursionError, RuntimeError), BaseException.__subclasses__ and Exception.__mro__)
def rec(n): return rec(n + 1)
try: rec(0)
except RecursionError as e: print('RecursionError', str(e)[:32])
def gen_raises():
    yield 1
    raise StopIteration('inside')
try: list(gen_raises())
except RuntimeError as e: print(e, repr(e.__cause__))
try:
    try: raise ExceptionGroup('g', [ValueError('a'), TypeError('b'), ExceptionGroup('h', [ValueError('c')])])
    except* ValueError as eg: print('V', eg, [str(x) for x in eg.exceptions], repr(eg))
    except* KeyError: print('no')
except ExceptionGroup as rest: print('rest', rest, rest.exceptions, rest.message)
try: raise ValueError('single')
except* ValueError as eg: print(type(eg).__name__, eg.exceptions)
eg = ExceptionGroup('x', [ValueError(1), KeyError(2)]); print(eg.split(ValueError), eg.subgroup(KeyError), eg.args)
try: ExceptionGroup('x', [])
except ValueError as e: print(e)
def inner_handling():
    try: raise ValueError('first')
    except ValueError:
        try: raise KeyError('second')
        except KeyError: pass
        raise
try: inner_handling()
except ValueError as e: print('still', e)
class Ctx:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print('exit got', t, v); return False
try:
    with Ctx(): raise ValueError('w')
except ValueError as e: print(e)
class Init(Exception):
    def __init__(self, a, b): self.a, self.b = a, b
i = Init(1, 2); print(i.args, str(i), repr(i), i.a)
class NoSuper(Exception):
    def __init__(self): pass
print(NoSuper().args, repr(NoSuper()), str(NoSuper()))
try: raise Init(1, 2) from ValueError('because')
except Init as e: print(e.__cause__, e.with_traceback(None) is e)
try: assert (1, 2) == (1, 3), f'got {5}'
except AssertionError as e: print(e)
try: [].x
except AttributeError as e: print(e.name, e.obj)
try: nope
except NameError as e: print(e.name)
def g():
    try: yield 1; yield 2
    except GeneratorExit: print('closed'); raise
    finally: print('fin')
it = g(); next(it); it.close()
def ignore():
    try: yield
    except GeneratorExit: yield 'no'
it = ignore(); next(it)
try: it.close()
except RuntimeError as e: print(e)
lst = []
try:
    for x in [1, 2, 0, 4]: lst.append(10 // x)
except ZeroDivisionError: lst.append('inf')
print(lst)
def tb():
    try: int('z')
    except ValueError as e: return e.__traceback__ is not None
print(issubclass(ExceptionGroup, Exception), isinstance(KeyboardInterrupt(), Exception), hasattr(ValueError(), 'foo'))
