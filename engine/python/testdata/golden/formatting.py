# Format specifications, str.format, % and f-strings.
def t(spec, *vs):
    for v in vs:
        try:
            print(repr(spec), repr(v), repr(format(v, spec)))
        except Exception as e:
            print(repr(spec), repr(v), type(e).__name__, e)
ints = [0, 7, -42, 1234567, 10**20, True]
for spec in ['', 'd', '5', '05', '<5', '>8', '^9', '*^9', '+', ' ', '+,', ',', '_', 'x', '#x', 'X', '#X', 'b', '#b', 'o', '#o', '08b', '#010x', '_b', '_x', 'c', 'n', 'e', '.2e', 'f', '.1f', '%', '.0%', 'g', '010,', '=+8', '0=8', 's', '.3', 'z', ',b', '=10', '+08d', '<08', 'E', 'G', '020,', '5c']:
    t(spec, *ints)
floats = [0.0, -0.0, 1.5, -2.25, 1234567.891, 1e-7, 1e20, 123456789.0, 0.1, 100.0, float('inf'), float('nan'), float('-inf')]
for spec in ['', 'f', '.2f', '.0f', '#.0f', 'e', '.3e', 'E', 'g', '.3g', '#.3g', 'G', '%', '.1%', ',', ',.2f', '_.3f', '10.2f', '<10.2f', '^+12.1f', '010.2f', '+', ' ', '.3', '.10', 'n', 'd', 'x', '0', '015,.2f', 'z.1f', 's', '.1', '=12', '*>12', 'F']:
    t(spec, *floats)
strs = ['', 'a', 'hello', 'é日']
for spec in ['', 's', '5', '<5', '>5', '^5', '*^7', '.2', '5.2', '>05', '05', '=5', '+', 'd', ',', '#', 'é>4']:
    t(spec, *strs)
t('', None, [1], (1,), {}, object); t('5', None, [1], int)
print('{} {}'.format(1, 2), '{1} {0}'.format(1, 2), '{a} {b}'.format(a=1, b=2), '{0.real} {1[0]} {2[k]}'.format(5, [7], {'k': 8}), '{{}} {}'.format(1), '{!r} {!s} {!a}'.format('a', 'b', 'é'))
print('{:{}}|{:{w}.{p}f}'.format('x', 5, 3.14159, w=8, p=2), '{:>{width}}'.format('a', width=4), '{0:{1}}'.format(5, '03d'), '{[a]}'.format({'a': 1}), '{.x}'.format(type('T', (), {'x': 3})))
for bad in ['{', '}', '{}{}', '{0}{}', '{}{0}', '{a}', '{!x}', '{:d}', '{0[}', '{a.b}', '{0.nope}', '{:{:{}}}', '{!r', '{0!}']:
    try:
        print(repr(bad.format('q')))
    except Exception as e:
        print(bad, type(e).__name__, e)
print('{a} {b[0]}'.format_map({'a': 1, 'b': [2]}))
x, y, name = 5, 3.14159, 'Bob'
print(f'{x} {y:.2f} {name!r:>10} {x=} {y=:.1f} {name = } {x + 1} {{}} {"q"} {x:>{x}} {[i for i in range(3)]} {x:{"0"}{5}}')
print(f'{name.upper()} {"yes" if x else "no"} {(lambda a: a * 2)(4)} {x!s} {dict(a=1)["a"]}' f' joined {x}' ' plain')
print(f'''multi {
    x
} line''', rf'\n{x}', f'\n{x}\t|')
for fmt, arg in [('%d', 5), ('%d', 5.9), ('%i', -3), ('%5d|', 42), ('%-5d|', 42), ('%05d', 42), ('%+d', 5), ('% d', 5), ('%x', 255), ('%#x', 255), ('%X', 255), ('%o', 8), ('%#o', 8), ('%f', 1.5), ('%.2f', 2.675), ('%10.3f|', 3.14159), ('%-10.1f|', 2.0), ('%e', 12345.678), ('%g', 0.0001), ('%g', 1e10), ('%G', 1e-10), ('%s', [1]), ('%r', 'a'), ('%a', 'é'), ('%c', 'x'), ('%c', 65), ('%5s|', 'ab'), ('%-5s|', 'ab'), ('%.1s', 'abc'), ('%s %s', (1, 2)), ('%(a)s %(b)d', {'a': 1, 'b': 2}), ('%s', (1,)), ('%*d', (5, 42)), ('%.*f', (2, 3.14159)), ('%%', ()), ('%s', None), ('%s', {'a': 1}), ('%05.1f', -2.5), ('%+.1e', 0), ('%.0f', 0.5), ('%.3d', 7), ('%d', True), ('%s', True), ('%d', 10**20), ('100%', ()), ('%d', '5'), ('%s %s', 1), ('%s', (1, 2)), ('%(a)s', 1), ('%(a)s', {}), ('%z', 1), ('%d', None), ('%f', 'x'), ('%c', 'ab'), ('%x', 1.5), ('no', 1), ('no', {}), ('%', 1), ('%(a', {})]:
    try:
        print(repr(fmt), repr(arg), repr(fmt % arg))
    except Exception as e:
        print(repr(fmt), repr(arg), type(e).__name__, e)
class P:
    def __format__(self, spec): return f'P<{spec}>'
    def __str__(self): return 'pstr'
    def __repr__(self): return 'prepr'
class Q:
    def __str__(self): return 'qstr'
print(f'{P()} {P():abc} {P()!s} {P()!r} {Q()} {Q()!s:>6}', '{:x} {}'.format(P(), Q()), format(P(), 'z'), '%s %r' % (P(), P()))
try: f'{Q():5}'
except TypeError as e: print(e)
