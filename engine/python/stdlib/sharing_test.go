package stdlib_test

import (
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

// sharedModule is a module with state of every kind that authors keep in one.
const sharedModule = `
import collections, functools, itertools, random, io, re, enum, decimal, copy, contextlib, types, heapq
from dataclasses import dataclass, field

cache = {}
items = [1, [2]]
seen = {0}
counter = 0
ids = itertools.count(1)
pairs = itertools.cycle([1, 2, 3])
chained = itertools.chain([1, 2], [3, 4])
numbered = enumerate('abcdef')
reading = iter([1, 2, 3, 4])
reading_set = iter({1, 2, 3, 4})
reading_dict = iter({1: 2, 3: 4, 5: 6})
mapped = map(str, [1, 2, 3, 4])
filtered = filter(None, [1, 2, 3, 4])
zipped = zip([1, 2, 3, 4], [1, 2, 3, 4])
backwards = reversed([1, 2, 3, 4])
tokens = re.finditer('.', 'abcdef')
queue = collections.deque([1])
groups = collections.defaultdict(list)
tally = collections.Counter()
ordered = collections.OrderedDict(a=1)
layers = collections.ChainMap({'a': 1})
chance = random.Random(7)
buffer = io.StringIO()
raw = bytearray(b'ab')
nested = ({'in': []},)
frozen = frozenset([(1, 2)])
space = types.SimpleNamespace(n=0)
context = decimal.Context(prec=5)
bound = items.append
partial = functools.partial(lambda box, x: box.append(x) or len(box), [])
proxy = types.MappingProxyType(cache)
view = cache.keys()
stack = contextlib.ExitStack()
heap = [1, 5]

class Box:
    shared = []
    count = 0
    table = {'a': 1}

    def __init__(self):
        self.own = []

    @classmethod
    def bump(cls):
        cls.count += 1
        return cls.count

    @staticmethod
    def keep(x, kept=[]):
        kept.append(x)
        return len(kept)

    @property
    def p(self):
        return self.shared

class Slotted:
    __slots__ = ['x']

class Colour(enum.Enum):
    RED = 1

@dataclass
class Data:
    n: int = 0
    tags: list = field(default_factory=list)

class Kid(Box):
    pass

class Listing(list):
    pass

listing = Listing([1])
box = Box()
slotted = Slotted()
slotted.x = 0
data = Data()
error = ValueError('first')

def bump():
    global counter
    counter += 1
    return counter

def default(x, kept=[]):
    kept.append(x)
    return len(kept)

def keyword(x, *, kept={}):
    kept[x] = x
    return len(kept)

def make_counter():
    n = 0
    box = []
    def inc():
        nonlocal n
        n += 1
        box.append(n)
        return n, len(box)
    return inc

inc = make_counter()

def noted():
    noted.calls += 1
    return noted.calls
noted.calls = 0

def annotated(x: cache) -> items: pass

@functools.lru_cache
def cached(n):
    items.append(n)
    return len(items)

@functools.cache
def table():
    return {}

@functools.wraps(bump)
def wrapped(): return bump()

@functools.singledispatch
def shown(x): return 'any'

def numbers():
    n = 0
    while True:
        n += 1
        yield n

running = numbers()
lazily = (x for x in [1, 2, 3, 4])

def whole(): return globals()
`

// shares are expressions that change what a module holds or make it visible;
// whoever evaluates one first sees the same as everybody after him.
const shares = `
cache.setdefault(len(cache), 1) and len(cache)
cache.update({len(cache): 1}) or len(cache)
items.append(1) or len(items)
items[1].append(1) or len(items[1])
seen.add(len(seen)) or len(seen)
bump()
next(ids)
next(pairs)
next(chained)
next(numbered)
next(reading)
next(reading_set)
next(reading_dict)
next(mapped)
next(filtered)
next(zipped)
next(backwards)
next(tokens).group()
next(running)
next(lazily)
running.send(None)
queue.append(1) or len(queue)
groups['a'].append(1) or len(groups['a'])
tally.update('a') or tally['a']
ordered.update({len(ordered): 1}) or len(ordered)
layers.update({len(layers): 1}) or len(layers)
chance.random()
buffer.write('x') and buffer.getvalue()
raw.append(1) or len(raw)
nested[0]['in'].append(1) or len(nested[0]['in'])
setattr(space, 'n', space.n + 1) or space.n
setattr(context, 'prec', context.prec + 1) or context.prec
bound(1) or len(items)
partial(1)
len(proxy), cache.update({len(cache): 1})
len(view), cache.update({len(cache): 1})
stack.callback(print) and len(stack._callbacks) if hasattr(stack, '_callbacks') else 1
heapq.heappush(heap, 0) or len(heap)
Box.shared.append(1) or len(Box.shared)
Kid.shared.append(1) or len(Kid.shared)
Box.bump()
Kid.bump(), Box.count
Box.keep(1)
Box().p.append(1) or len(Box.shared)
box.own.append(1) or len(box.own)
box.shared.append(1) or len(Box.shared)
setattr(box, 'fresh', getattr(box, 'fresh', 0) + 1) or box.fresh
setattr(Box, 'fresh', getattr(Box, 'fresh', 0) + 1) or Box.fresh
setattr(slotted, 'x', slotted.x + 1) or slotted.x
setattr(Colour.RED, 'extra', getattr(Colour.RED, 'extra', 0) + 1) or Colour.RED.extra
Colour.RED.__dict__.update({'extra': 1}) or hasattr(Colour.RED, 'extra')
Colour.RED.__dict__.clear() or Colour.RED.name
delattr(Colour.RED, '_value_')
Colour.RED is Colour(1)
Colour._member_map_.update({len(Colour._member_map_): 1}) if hasattr(Colour, '_member_map_') else 0, len(Colour)
data.tags.append(1) or len(data.tags)
Data().tags.append(1) or len(Data().tags)
listing.append(1) or len(listing)
setattr(listing, 'z', getattr(listing, 'z', 0) + 1) or listing.z
error.args + (error.add_note('n'), len(error.__notes__))
setattr(error, 'args', error.args + (1,)) or len(error.args)
default(1)
keyword(len(keyword.__kwdefaults__['kept']))
inc()
noted()
cached(1)
cached(len(items))
table().setdefault(len(table()), 1) and len(table())
shown.register(int)(lambda x: 'int') and shown.dispatch(int) is shown.dispatch(object), len(shown.registry)
wrapped()
default.__defaults__[0].append(1) or len(default.__defaults__[0])
keyword.__kwdefaults__.update({len(keyword.__kwdefaults__): 1}) or len(keyword.__kwdefaults__)
keyword.__kwdefaults__['kept'].update({len(keyword.__kwdefaults__['kept']): 1}) or len(keyword.__kwdefaults__['kept'])
annotated.__annotations__.update({str(len(annotated.__annotations__)): 1}) or len(annotated.__annotations__)
annotated.__annotations__['x'].update({len(annotated.__annotations__['x']): 1}) or len(annotated.__annotations__['x'])
annotated.__annotations__['return'].append(1) or len(annotated.__annotations__['return'])
noted.__dict__.update({str(len(noted.__dict__)): 1}) or len(noted.__dict__)
bump.__globals__.update({'fresh': bump.__globals__.get('fresh', 0) + 1}) or bump.__globals__['fresh']
bump.__globals__['items'].append(1) or len(bump.__globals__['items'])
whole().update({'fresh': whole().get('fresh', 0) + 1}) or whole()['fresh']
whole()['items'].append(1) or len(items)
vars(mod).update({'fresh': vars(mod).get('fresh', 0) + 1}) or mod.fresh
mod.__dict__['items'].append(1) or len(mod.items)
setattr(mod, 'fresh', getattr(mod, 'fresh', 0) + 1) or mod.fresh
list(vars(mod).values())[0] and [v for v in vars(mod).values() if type(v) is list][0].append(1), len(items)
Box.__dict__['shared'].append(1) or len(Box.shared)
vars(Box)['table'].update({len(Box.table): 1}) or len(Box.table)
[v for v in Box.__dict__.values() if type(v) is list][0].append(1), len(Box.shared)
dict(Box.__dict__)['shared'].append(1) or len(Box.shared)
box.__dict__.update({'fresh': box.__dict__.get('fresh', 0) + 1}) or box.fresh
box.__class__.shared.append(1) or len(Box.shared)
type(box).__mro__[0].shared.append(1) or len(Box.shared)
Box.__init__.__dict__.update({'a': len(Box.__init__.__dict__)}) or len(Box.__init__.__dict__)
setattr(bump, 'fresh', getattr(bump, 'fresh', 0) + 1) or bump.fresh
setattr(Box.bump.__func__, 'fresh', getattr(Box.bump.__func__, 'fresh', 0) + 1) or Box.bump.__func__.fresh
setattr(bump, '__doc__', str(bump.__doc__) + 'x') or bump.__doc__
setattr(bump, '__name__', bump.__name__ + 'x') or bump.__name__
setattr(Box, '__doc__', str(Box.__doc__) + 'x') or Box.__doc__
setattr(Box, '__name__', Box.__name__ + 'x') or Box.__name__
setattr(Box, '__qualname__', Box.__qualname__ + 'x') or Box.__qualname__
setattr(default, '__defaults__', (list(range(len(default.__defaults__[0]) + 1)),)) or len(default.__defaults__[0])
bound.__self__.append(1) or len(items)
partial.args[0].append(1) or len(partial.args[0])
copy.copy(nested)[0]['in'].append(1) or len(nested[0]['in'])
[x for x in nested][0]['in'].append(1) or len(nested[0]['in'])
sorted([items], key=lambda i: i.append(1))[0] is items, len(items)
(lambda *a: a[0].append(1) or len(a[0]))(items)
'{0.append}'.format(items) and items.append(1) or len(items)
cached.cache_clear() or cached.cache_info().currsize
type('T', (Box,), {}).shared.append(1) or len(Box.shared)
super(Kid, Kid()).shared.append(1) or len(Box.shared)
Box.__subclasses__() and len(Box.__subclasses__()), type('T', (Box,), {}) and 0
Box.__annotations__.update({str(len(Box.__annotations__)): 1}) or len(Box.__annotations__)
Data.__dataclass_fields__.update({len(Data.__dataclass_fields__): 1}) or len(Data.__dataclass_fields__)
Data.__dataclass_fields__['n'].metadata, setattr(Data.__dataclass_fields__['n'], 'default', Data.__dataclass_fields__['n'].default + 1), Data.__dataclass_fields__['n'].default
random.seed(3), random.random()
setattr(builtins, 'fresh', getattr(builtins, 'fresh', 0) + 1) or builtins.fresh
vars(builtins).update({'fresh': vars(builtins).get('fresh', 0) + 1}) or len(vars(builtins))
builtins.__dict__.update({'len': lambda x: 5}) or len([])
decimal.getcontext().prec, setattr(decimal.getcontext(), 'prec', decimal.getcontext().prec + 1)
collections.abc.Sequence.register(Box) and len(collections.abc.Sequence.__dict__.get('_registry', ()))
isinstance(Box(), collections.abc.Mapping), collections.abc.Mapping.register(Box) and 0
re.compile('a').__class__.__dict__.get('zz'), 0
`

// loading finds one module beside the standard ones.
type loading struct {
	*stdlib.Library
	m *python.Module
}

func (l loading) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if name == "mod" {
		return l.m, nil
	}
	return l.Library.Load(th, name, from)
}

// TestNothingIsShared evaluates expressions that change a frozen module, each
// three times, every time in an evaluation of its own.
func TestNothingIsShared(t *testing.T) {
	lib := stdlib.New()
	file, err := syntax.ParseFile("mod.py", sharedModule, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	m := python.NewModule("mod")
	own := thread(t, lib, nil)
	if err := m.Run(own, code); err != nil {
		t.Fatal(err)
	}
	m.Freeze(own)
	for _, expr := range strings.Split(strings.TrimSpace(shares), "\n") {
		first := ""
		for round := range 3 {
			got := sharesOnce(t, loading{lib, m}, expr)
			if round == 0 {
				first = got
			} else if got != first {
				t.Errorf("%s\n  gives %s first, then %s", expr, first, got)
				break
			}
		}
		t.Logf("%s = %s", expr, first)
	}
}

func sharesOnce(t *testing.T, l python.Loader, expr string) string {
	t.Helper()
	th := python.NewThread(t.Context(), python.Options{Loader: l})
	defer th.Close()
	ns := python.NewNamespace(nil)
	if _, err := compile(t, "interview.py", "import mod, random, decimal, builtins, collections.abc\nfrom mod import *\nr = repr(("+expr+"))").Run(th, ns); err != nil {
		return err.Error()
	}
	v, _ := ns.Get("r")
	s, _ := python.StringOf(v)
	return s
}
