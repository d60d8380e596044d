# decimal: exact numbers, rounding, contexts
import decimal
from decimal import *
import copy, math


def attempt(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


D = Decimal
for text in ['1', '1.10', '-0', '0.0', '1e5', '1E+2', '.5', '5.', ' 12.50\n', '1_000.5', 'Infinity', '-inf', 'nan', 'sNaN', '-NaN',
             '0E-7', '0.000001', '0.0000001', '123E-10', '+3', '0e5', '١٢', '12345678901234567890123456789012345678901234567890.5']:
    d = D(text)
    print(repr(text), repr(d), str(d), d.as_tuple())
for bad in ['', 'x', '1..2', '1e', 'e5', '1 2', '--1', '1e+', 'infinit']:
    print(repr(bad), attempt(D, bad))
print(D(), D(5), D(-5), D(True), D(10 ** 30), D(0.1), D(-2.5), D(1e300) == 10 ** 300, D(float('inf')), D(float('nan')), D(5e-324).adjusted())
print(D((0, (1, 2, 3), -2)), D((1, (0,), 3)), D((0, (), 'F')), D((1, (), 'n')), D([0, [5], 0]))
for bad in [None, b'1', {}, (1, 2), (2, (1,), 0), (0, (11,), 0), (0, (1,), 'x')]:
    print(bad, attempt(D, bad))

values = [D('0'), D('1'), D('-1'), D('2.50'), D('-7'), D('0.003'), D('1E+3'), D('123456789.987654321'), D('-0.0'), D('0E+9'), D('9999999999999999999999999999')]
for a in values:
    for b in values:
        print(a, b, a + b, a - b, a * b, attempt(lambda: a / b), attempt(lambda: a // b), attempt(lambda: a % b), attempt(divmod, a, b),
              a < b, a <= b, a == b, a != b, a.compare(b), a.max(b), a.min(b), a.same_quantum(b), a.copy_sign(b))
for a in values:
    print(a, -a, +a, abs(a), a.normalize(), a.adjusted(), a.to_integral_value(), a.copy_abs(), a.copy_negate(), int(a), float(a), bool(a),
          hash(a) == hash(int(a)) or a != int(a), a.as_integer_ratio(), round(a), math.floor(a), math.ceil(a), math.trunc(a), a.is_signed(), a.is_zero())
print(D('1.1') + 1, 1 + D('1.1'), 3 - D('0.5'), 3 * D('1.50'), 7 / D(4), 7 // D(2), 7 % D('2.5'), 2 ** D(3), D(5) + True)
print(attempt(lambda: D(1) + 'a')[:9], attempt(lambda: D(1) < 'a')[:9], D(1) == 'a', D(1) != None)
print(sum([D('1.10'), D('2.20')]), sum([D('0.1')] * 10) == 1, max(D(1), 2, D('2.5')), min([D(3), 1.5]), sorted([D('3'), D('1.5'), 2]))

print(D('0.5') == 0.5, D('0.1') == 0.1, D('0.1') < 0.1, D(2) > 1.5, D(3) == 3, 3 == D('3.0'), 1.5 <= D('1.5'), D('inf') > 1e308, D('nan') == D('nan'))
print(attempt(lambda: D('nan') < 1), attempt(lambda: D('snan') == 1), attempt(lambda: D('nan') > float('nan')))
print({D('1.0'): 'one'}[1], {0.5: 'half'}[D('0.50')], D('1.0') in {1, 2}, hash(D('0.5')) == hash(0.5), hash(D('1e20')) == hash(10 ** 20),
      hash(D('-1.5')) == hash(-1.5), hash(D('-1')) == hash(-1), hash(D('inf')) == hash(float('inf')), attempt(hash, D('snan')), len({D('1'), D('1.0'), D('1.00')}))

cents = D('0.01')
for text in ['1.005', '1.015', '1.025', '-1.005', '2.675', '1.0049', '1', '0.001', '-0.001', '0', '1.009', '0.051']:
    d = D(text)
    print(text, *[d.quantize(cents, rounding=r) for r in (ROUND_DOWN, ROUND_UP, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)])
print(D('123.456').quantize(D('1')), D('123.456').quantize(D('1E+1')), D('5').quantize(D('1E+1'), ROUND_UP), D('5').quantize(D('1E+2'), ROUND_UP), D('1.5').quantize(1))
print(attempt(D('1e30').quantize, cents), attempt(D('inf').quantize, cents), D('inf').quantize(D('inf')), attempt(D('1').quantize, cents, 'ROUND_SOMEHOW'))
print(D('2.5').to_integral_value(), D('2.5').to_integral_value(rounding=ROUND_HALF_UP), D('-2.5').to_integral(), D('1e5').to_integral_value(), D('0.4').to_integral_exact(ROUND_UP))
print(round(D('2.675'), 2), round(D('2.5')), round(D('3.5')), round(D('-2.5')), round(D('1234'), -2), type(round(D(2))).__name__, type(round(D(2), 1)).__name__)
print(attempt(round, D('nan')), attempt(int, D('inf')), attempt(math.floor, D('nan')), float(D('inf')), float(D('nan')), float(D('1e400')), int(D('-3.9')))

print(D(1) / 3, D(2) / 3, D(1) / 8, D(100) / 4, D('2.40') / 2, D(6) / D('0.02'), D(1) / D('1e10'), D('1.0') / D('0.10'))
print(D(2).sqrt(), D(4).sqrt(), D('0.25').sqrt(), D('100').sqrt(), D('2.0').sqrt(), D('1e3').sqrt(), D(0).sqrt(), D('-0.00').sqrt(), attempt(D(-1).sqrt), D('0.0001').sqrt())
print(D(2) ** 10, D('1.1') ** 2, D(2) ** -1, D(10) ** -2, D('1.05') ** 30, D(3) ** 100, D(4) ** D('0.5'), D(0) ** 2, attempt(lambda: D(0) ** 0), D(-2) ** 3, attempt(lambda: D(-2) ** D('0.5')), D(5) ** 0)
print(D(2) ** D('0.5'), D('1.5') ** D('2.5'), D(0) ** -1 if False else attempt(lambda: D(0) ** -1), D('inf') ** 2, D('-inf') ** 3, D('inf') ** -1, D('0.5') ** D('inf'), D(7) ** -3)
print(D(1).exp(), D(0).exp(), D('-2.5').exp(), D(10).ln(), D(1).ln(), D('0.5').ln(), D(1000).log10(), D(2).log10(), D('0.001').log10(), D(0).ln(), attempt(D(-1).ln))
print(D('1.23').scaleb(3), D('2').fma(3, D('0.5')), D('1e28') + 1, D('1e28') + D('0.5'), D('1e-50') + 1, D('1E+100') + 1, D('-1E+100') + D('1E-100'))
print(attempt(lambda: D(1) / 0), attempt(lambda: D(0) / 0), attempt(lambda: D(1) % 0), attempt(lambda: D(1) // 0), attempt(lambda: D('1e50') // 1), attempt(lambda: D('inf') - D('inf')))
print(D('inf') + 1, D('-inf') * 2, D('nan') + 1, 1 / D('inf'), D('inf') // 2, 5 % D('inf'), attempt(lambda: D('inf') % 2), attempt(lambda: D('snan') + 1))
try:
    D(1) / 0
except ZeroDivisionError as e:
    print('caught', repr(e), isinstance(e, DivisionByZero), isinstance(e, ArithmeticError))
try:
    D('abc')
except InvalidOperation as e:
    print('caught', repr(e), issubclass(InvalidOperation, DecimalException))
print([c.__name__ for c in Overflow.__mro__])

for name in ['is_nan', 'is_qnan', 'is_snan', 'is_finite', 'is_infinite', 'is_signed', 'is_zero', 'is_normal', 'is_canonical']:
    print(name, [getattr(D(t), name)() for t in ('1', '-0', 'inf', '-inf', 'nan', 'snan')])
print(D('1.20').compare_total(D('1.2')), D('5').real, D('5').imag, D('5').conjugate(), D.from_float(0.1), D.from_float(3), D('12.0').normalize(), D('1200').normalize(), D('0.00').normalize())
t = D('-12.34').as_tuple()
print(t, t.sign, t.digits, t.exponent, t[1], len(t), D(t), DecimalTuple(0, (1,), 2), D('nan').as_tuple(), D('-inf').as_tuple())

specs = ['', '.2f', ',.2f', '10.2f', '<10.2f', '^11.3f', '+.1f', ' .0f', '010.2f', '*>12,.2f', ',', '_', '.3', '.1e', '.0E', 'e', 'g', '.2g', '%', '.1%', 'f', 'F', 'n', '015,.2f', '=+12.1f',
         'z.1f', 'G', '12', '<12', '.10f', '012,', '0=12,', 'x<+12.3e']
for text in ['0', '1.5', '-1234567.891', '0.00001234', '1E+10', '-0.00', '99.995', '1e-10', 'NaN', '-Infinity', '0E+3', '0E-9', '1234']:
    print(text, [attempt(format, D(text), s) for s in specs])
for bad in ['d', 'x', '.f', '<<5d', 's', ',,', 'zz', '10.2fx']:
    print(bad, attempt(format, D(1), bad))
print(f'{D("12.345"):.2f} {D(1)} {D("1.50")!r} {D(3):>6}', '%s %.2f %d' % (D('2.50'), D('2.505'), D('7.9')), '{:,.2f}'.format(D('1234567.895')))

print(getcontext())
with localcontext() as ctx:
    ctx.prec = 5
    print(D(1) / 3, +D('1.2345678'), getcontext().prec)
    with localcontext(prec=3, rounding=ROUND_UP) as inner:
        print(D(1) / 3, D('1.2341') + 0, inner.rounding)
    print(D(1) / 3)
print(getcontext().prec, D(1) / 3)
getcontext().prec = 6
print(D(22) / 7)
getcontext().rounding = ROUND_DOWN
print(D(22) / 7, D('2.675').quantize(cents), round(D('2.679'), 2), format(D('2.679'), '.2f'))
setcontext(Context(prec=4, rounding=ROUND_HALF_UP))
print(D(2) / 3, getcontext().rounding)
print(attempt(lambda: setattr(getcontext(), 'prec', 0)), attempt(lambda: setattr(getcontext(), 'rounding', 'x')), attempt(setcontext, 1))
setcontext(Context())
print(getcontext())
with localcontext() as ctx:
    ctx.traps[DivisionByZero] = False
    ctx.traps[InvalidOperation] = False
    print(D(1) / 0, D(-1) / 0, D(0) / 0, D('x'), D(-1).sqrt(), D('nan') < 1)
    print(ctx.flags[DivisionByZero], ctx.flags[Overflow])
    ctx.clear_flags()
    print(ctx.flags[DivisionByZero])
    ctx.traps[Inexact] = True
    print(attempt(lambda: D(1) / 3), D(1) / 4)
c = Context(prec=3)
print(c.create_decimal('1.23456'), c.divide(D(1), D(3)), c.add(1, D('2.3456')), c.sqrt(2), c.quantize(D('1.256'), D('0.1')), c.copy().prec, c.power(2, 3))
print(ExtendedContext.prec, BasicContext.rounding)

d = D('1.5')
print(copy.copy(d) is d, copy.deepcopy([d])[0] is d)


class Money(Decimal):
    def __str__(self):
        return '$' + format(self, ',.2f')


m = Money('1234.5')
print(m, repr(m), m + 1, type(m + 1).__name__, m == D('1234.5'), isinstance(m, Decimal), m.quantize(D('1')), hash(m) == hash(D('1234.5')))
