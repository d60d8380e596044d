import json
from json import dumps, loads, JSONDecodeError

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

class Text(str): pass
class Num(int): pass
class Box(dict): pass
data = {'a': [1, 2.5, -0.0, 1e100, 1e-7, True, False, None, 'x"y\\z\n\t\x01/é漢😀\x7f'], 'b': {}, 'c': [], 'd': (1, (2,)), 1: 2, 1.5: 3, None: 4, True: 5, 'n': {'m': {'k': [[]]}}, 'big': 12345678901234567890123, 's': Text('t'), 'i': Num(7), 'box': Box(q=1)}
print(dumps(data))
print(dumps(data, indent=2))
print(dumps(data, indent=4, ensure_ascii=False))
print(dumps({'b': 1, 'a': {'d': 2, 'c': 3}}, sort_keys=True), dumps({2: 1, 10: 2, 1: 3}, sort_keys=True))
print(dumps([1, {'a': 2}], separators=(',', ':')), dumps([1, [2]], indent='\t'), dumps([1, {'a': 2}], indent=0), dumps([1, 2], indent=1, separators=(';', '=')))
print(dumps(float('nan')), dumps([float('inf'), -float('inf')]), dumps('é'), dumps('é', ensure_ascii=False), dumps(1), dumps(None), dumps(3.0), dumps(0.1 + 0.2))
print(dumps({'x': {1, 2}}, default=lambda v: sorted(v)), dumps({(1, 2): 3, 'a': 1}, skipkeys=True))
fails(lambda: dumps({1, 2}))
fails(lambda: dumps({(1, 2): 3}))
fails(lambda: dumps(float('nan'), allow_nan=False))
fails(lambda: dumps({1: 2, 'a': 3}, sort_keys=True))
fails(lambda: dumps(object))
loop = []
loop.append(loop)
fails(lambda: dumps(loop))
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set):
            return list(o)
        return super().default(o)
print(dumps({'s': {1}}, cls=Enc), Enc().encode({2}), json.JSONEncoder(indent=1).encode([1]))
fails(lambda: dumps(object, cls=Enc))

for s in ['1', '-0', '1.0', '1e5', '1E-2', '-12.5e+3', '"a"', '[]', '{}', ' [1, 2 ,3 ] ', '{"a": {"b": [1, {"c": null}]}}', 'true', '[NaN, Infinity, -Infinity]',
          '"\\u00e9\\ud83d\\ude00\\n\\/\\"\\\\"', '{"a":1,"a":2}', '123456789012345678901234567890', '"é漢😀"', '\t\n\r 1', '1e400', '0.1']:
    v = loads(s)
    print(repr(v), type(v).__name__)
for s in ['', ' ', '[', ']', '[1', '[1,', '[1,]', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a:1}', "{'a':1}", '{1:2}', 'tru', '01', '1.', '.5', '-', '+1', '"abc', '"a\nb"', '"\\x"', '"\\u12"', '"\\u12G4"', '1 2', '[1 2]', '{"a" 1}', '\ufeff1', '[1,\n2,\nx]', '"é" x', '"\\', 'nul', '[1}', '"\\ud83']:
    fails(lambda: loads(s))
try:
    loads('{"a":\n  oops}')
except ValueError as e:
    print(isinstance(e, JSONDecodeError), e.msg, e.pos, e.lineno, e.colno, e.doc)
fails(lambda: loads(5))
fails(lambda: loads(None))
print(loads(b'{"a": "\xc3\xa9"}'), loads('[1, 2.5]', parse_float=str, parse_int=lambda s: s + '!'), loads('{"a": {"b": 1}}', object_hook=lambda d: list(d.items())), loads('{"a": 1, "b": 2}', object_pairs_hook=list), loads('NaN', parse_constant=lambda s: s))
