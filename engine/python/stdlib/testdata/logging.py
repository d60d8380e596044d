import logging, io, warnings, pprint, mimetypes, traceback, sys
out = io.StringIO()
logging.basicConfig(stream=out, level=logging.INFO)
log = logging.getLogger('a.b')
log.debug('no'); log.info('x %s %d', 'y', 5); log.warning('plain'); logging.error('root %(k)s', {'k': 'v'})
try:
    1 / 0
except ZeroDivisionError:
    log.critical('bad'); 
print(out.getvalue())
h = logging.StreamHandler(out); h.setFormatter(logging.Formatter('[{levelname}] {message}', style='{')); h.setLevel('ERROR')
log.addHandler(h); log.propagate = False; log.error('here'); log.info('not'); log.setLevel('DEBUG')
print(out.getvalue().splitlines()[-1], log.level, logging.getLevelName(30), logging.getLevelName('INFO'), logging.getLogger('a.b') is log, log.isEnabledFor(10), logging.getLogger('a').getChild('b') is log, log)
warnings.warn('quiet')
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        warnings.warn('loud', DeprecationWarning)
    except DeprecationWarning as e:
        print('raised', e)
data = {'name': 'x' * 30, 'list': list(range(30)), 'nested': {'b': [1, 2], 'a': ('t',)}, 'z': {3, 1, 2}}
pprint.pprint(data); pprint.pprint([1, 2]); print(pprint.pformat({'b': 1, 'a': 2})); pprint.pprint(data, width=40); pprint.pprint({'k': ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb']}, indent=2); pprint.pp({'b': 1, 'a': 2}); pprint.pprint([[1, [2, [3]]]], depth=2)
print(mimetypes.guess_type('a/b.pdf'), mimetypes.guess_type('x.tar.gz'), mimetypes.guess_type('nope'), mimetypes.guess_type('A.JPG'), mimetypes.guess_extension('image/png'), mimetypes.guess_extension('text/html'), mimetypes.guess_extension('no/such'))
try:
    raise ValueError('oops')
except ValueError as e:
    print(traceback.format_exception_only(e), traceback.format_exc().splitlines()[-1])
import importlib
import threading
with threading.Lock(): print("locked")
print(importlib.import_module('os.path').basename('a/b'), importlib.import_module('json').dumps(1))
