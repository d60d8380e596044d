package python_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// shelf is a loader over sources held in memory.
type shelf struct {
	sources map[string]string
	mods    map[string]*python.Module
	depth   int
	loaded  []*python.Module
}

func (s *shelf) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if name[0] == '.' {
		name = from + "." + name[1:]
		if name[len(name)-1] == '.' {
			name = name[:len(name)-1]
		}
	}
	if m, ok := s.mods[name]; ok {
		return m, nil
	}
	src, ok := s.sources[name]
	if !ok {
		return nil, python.NoModule(name)
	}
	file, err := syntax.ParseFile(name+".py", src, syntax.Pos{})
	if err != nil {
		return nil, err
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		return nil, err
	}
	m := python.NewModule(name)
	_, m.Package = s.sources[name+".sub"]
	s.mods[name] = m
	s.loaded = append(s.loaded, m)
	s.depth++
	err = m.Run(th, code)
	if s.depth--; s.depth == 0 && err == nil {
		python.Freeze(th, s.loaded...)
		s.loaded = nil
	}
	return m, err
}

const sharedModule = `
from .sub import helper, table as shared_table
numbers = [1, 2, [3]]
table = {'a': [1]}
pair = ([], 1)
total = 0
class Box:
    items = []
    count = 0
    def __init__(self, v=[]):
        self.v = v
    def add(self, x):
        self.items.append(x)
        Box.count += 1
        return len(self.items), Box.count
box = Box()
append = numbers.append
def default(x, acc=[]):
    acc.append(x)
    return acc
def counter():
    n = 0
    kept = []
    def inc():
        nonlocal n
        n += 1
        kept.append(n)
        return kept
    return inc
inc = counter()
def bump():
    global total
    total += 1
    return total
def noted():
    noted.calls = getattr(noted, 'calls', 0) + 1
    return noted.calls
it = iter([1, 2, 3])
class Sub(Box):
    pass
`

const sharedProgram = `
import pkg
from pkg import numbers, Box, default
out = []
numbers.append('n'); numbers[2].append('deep'); out.append(pkg.numbers)
pkg.table['b'] = 1; pkg.table['a'].append(2); out.append(pkg.table)
pkg.pair[0].append(1); out.append(pkg.pair)
out.append(Box().add(1)); out.append(pkg.Box().add(2)); out.append(pkg.Sub().add(3)); out.append(Box.count)
pkg.box.attr = 5; out.append(pkg.box.attr)
pkg.append('bound'); out.append(len(pkg.numbers))
out.append(default(1)); out.append(default(2) is pkg.default.__defaults__[0])
out.append(pkg.inc()); out.append(pkg.inc())
out.append(pkg.bump()); out.append(pkg.bump()); out.append(pkg.total)
out.append(pkg.noted()); out.append(pkg.noted())
pkg.new = 'x'; out.append(pkg.new); del pkg.new; out.append(hasattr(pkg, 'new'))
Box.extra = 1; out.append(pkg.Sub.extra); del Box.extra; out.append(hasattr(Box, 'extra'))
Box().v.append(7); out.append(Box().v)
out.append(next(pkg.it))
pkg.helper(); out.append(pkg.shared_table is pkg.sub.table); out.append(pkg.shared_table)
out
`

const sharedWant = `[[1, 2, [3, 'deep'], 'n', 'bound'], {'a': [1, 2], 'b': 1}, ([1], 1), (1, 1), (2, 2), (3, 3), 3, 5, 5, ` +
	`[1, 2], True, [1, 2], [1, 2], 1, 2, 2, 1, 2, 'x', False, 1, False, [7], 1, True, {'k': [1]}]`

// TestModulesAreNotShared runs the same program on threads that share modules:
// none sees what another did, nor what it did itself the time before.
func TestModulesAreNotShared(t *testing.T) {
	s := &shelf{mods: map[string]*python.Module{}, sources: map[string]string{
		"pkg":     sharedModule,
		"pkg.sub": "table = {'k': []}\ndef helper(): table['k'].append(1)\n",
	}}
	code := compileInterview(t, sharedProgram)
	once := func() (string, error) {
		th := python.NewThread(context.Background(), python.Options{Loader: s})
		defer th.Close()
		v, err := code.Run(th, python.NewNamespace(nil))
		if err != nil {
			return "", err
		}
		r, err := th.Repr(v)
		if err != nil {
			return "", err
		}
		return r.String(), nil
	}
	load := python.NewThread(context.Background(), python.Options{Loader: s})
	if _, err := load.Import("pkg"); err != nil {
		t.Fatal(err)
	}
	load.Close()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				got, err := once()
				if err != nil || got != sharedWant {
					t.Errorf("thread %d: %v\n got %s\nwant %s", i, err, got, sharedWant)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestImports(t *testing.T) {
	s := &shelf{mods: map[string]*python.Module{}, sources: map[string]string{
		"a":       "__all__ = ['x', '_y']\nx, _y, z = 1, 2, 3\n",
		"b":       "import a\nfrom a import *\nfrom c import later\nfirst = 1\n",
		"c":       "import b\ndef later(): return b.first\n",
		"p":       "from . import sub\nfrom .sub import v as w\n",
		"p.sub":   "from .other import o\nv = o\nname = __name__ + ' ' + __package__\n",
		"p.other": "o = 'o'\n",
		"bad":     "1 / 0\n",
		"names":   "def f(): return unknown\n",
	}}
	for _, tt := range []struct{ src, want string }{
		{"from a import *\n(x, _y, 'z' in globals())", "(1, 2, False)"},
		{"import b\n(b.x, b.later(), b.a.z)", "(1, 1, 3)"},
		{"import p.sub\n(p.w, p.sub.v, p.sub.name)", "('o', 'o', 'p.sub p')"},
		{"import p.sub as q\nq.v", "'o'"},
		{"import a as q, b as r\n(q.x, r.first)", "(1, 1)"},
		{"from p import sub\nsub.__name__", "'p.sub'"},
		{"import nope", "ModuleNotFoundError: No module named 'nope'"},
		{"import a.nope", "ModuleNotFoundError: No module named 'a.nope'; 'a' is not a package"},
		{"from a import nope", "ImportError: cannot import name 'nope' from 'a' (a.py)"},
		{"from . import a", "ImportError: attempted relative import with no known parent package"},
		{"try:\n    import nope\nexcept ImportError as e:\n    r = e.name\nr", "'nope'"},
		{"import names\nnames.f()", "NameError: name 'unknown' is not defined"},
		{"import bad", "ZeroDivisionError: division by zero"},
		{"import a\na.nope", "AttributeError: module 'a' has no attribute 'nope'"},
	} {
		t.Run(tt.src, func(t *testing.T) {
			th := python.NewThread(context.Background(), python.Options{Loader: s})
			defer th.Close()
			v, err := compileInterview(t, tt.src).Run(th, python.NewNamespace(nil))
			got := fmt.Sprint(err)
			if err == nil {
				r, _ := th.Repr(v)
				got = r.String()
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if name, ok := python.MissingName(err); ok {
				t.Errorf("module code asked for %s", name)
			}
		})
	}
}

func TestNativeClasses(t *testing.T) {
	point := python.NewClass(python.ClassSpec{
		Name: "Point", Module: "geometry", Doc: "A place.",
		Members: []python.Member{
			python.Method("__init__", func(th *python.Thread, a *python.Args) (python.Value, error) {
				var x, y int
				var tag python.Value = python.None
				if err := a.Unpack("Point", "x", &x, "y?", &y, "*", nil, "tag?", &tag); err != nil {
					return nil, err
				}
				self := a.Self.(*python.Instance)
				self.Native = [2]int{x, y}
				self.Attrs.Set("tag", tag)
				return python.None, nil
			}),
			python.Method("__add__", func(th *python.Thread, a *python.Args) (python.Value, error) {
				o, ok := a.Pos[0].(*python.Instance)
				if !ok {
					return python.NotImplemented, nil
				}
				p, q := a.Self.(*python.Instance).Native.([2]int), o.Native.([2]int)
				return th.Call(a.Self.Class(), []python.Value{python.Int(p[0] + q[0]), python.Int(p[1] + q[1])}, nil)
			}),
			python.Method("apply", func(th *python.Thread, a *python.Args) (python.Value, error) {
				p := a.Self.(*python.Instance).Native.([2]int)
				return th.Call(a.Pos[0], []python.Value{python.Int(p[0]), python.Int(p[1])}, nil)
			}),
			python.Getter("x", func(th *python.Thread, self python.Value) (python.Value, error) {
				return python.Int(self.(*python.Instance).Native.([2]int)[0]), nil
			}, nil),
			python.Static("origin", func(*python.Thread, *python.Args) (python.Value, error) { return python.NewStr("0,0"), nil }),
			python.ClassMethodOf("made", func(th *python.Thread, a *python.Args) (python.Value, error) {
				return th.Call(a.Self, []python.Value{python.Int(7)}, nil)
			}),
			python.Const("dims", python.Int(2)),
		},
	})
	for _, tt := range []struct{ src, want string }{
		{"p = Point(1, 2)\n(p.x, p.tag, p.dims, Point.origin(), Point.made().x, Point.__doc__, Point.__module__)", "(1, None, 2, '0,0', 7, 'A place.', 'geometry')"},
		{"(Point(1) + Point(2, y=3)).x", "3"},
		{"Point(3, 4).apply(lambda a, b: a * b)", "12"},
		{"Point(1) + 5", "TypeError: unsupported operand type(s) for +: 'Point' and 'int'"},
		{"Point()", "TypeError: Point() missing required argument 'x' (pos 1)"},
		{"Point(1, 2, 3)", "TypeError: Point() takes at most 2 positional arguments (3 given)"},
		{"Point(1, z=3)", "TypeError: 'z' is an invalid keyword argument for Point()"},
		{"Point('a')", "TypeError: 'str' object cannot be interpreted as an integer"},
		{"p = Point(1)\np.x = 5", "AttributeError: attribute 'x' of 'Point' objects is not writable"},
		{"class P3(Point):\n    def __init__(self, x, z):\n        super().__init__(x, tag='sub')\n        self.z = z\n    def apply(self, f):\n        return ('sub', super().apply(f))\np = P3(5, 6)\n(p.x, p.z, p.tag, p.apply(lambda *a: a), isinstance(p, Point), (p + Point(1)).x if 0 else P3.made if 0 else 1)",
			"(5, 6, 'sub', ('sub', (5, 0)), True, 1)"},
		{"Point.dims = 3\nPoint.dims", "3"},
	} {
		t.Run(tt.src, func(t *testing.T) {
			ns := python.NewNamespace(nil)
			ns.Set("Point", point)
			th := python.NewThread(context.Background(), python.Options{})
			defer th.Close()
			v, err := compileInterview(t, tt.src).Run(th, ns)
			got := fmt.Sprint(err)
			if err == nil {
				r, _ := th.Repr(v)
				got = r.String()
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	if d, _ := point.Lookup("dims"); d != python.Value(python.Int(2)) {
		t.Error("a thread changed a shared class")
	}
}

func TestDeepCopy(t *testing.T) {
	src := "class A: pass\na = A()\na.self = a\na.l = [1, (2, [3]), {'k': {4}}]\na.l.append(a.l)\na.f = len\na.t = (1, 2)\na"
	ns := python.NewNamespace(nil)
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	v, err := compileInterview(t, src).Run(th, ns)
	if err != nil {
		t.Fatal(err)
	}
	c, err := python.DeepCopy(th, v, nil)
	if err != nil {
		t.Fatal(err)
	}
	ns.Set("b", c)
	got, err := compileInterview(t, "a.l[1][1].append(9)\n(b is not a, b.self is b, b.l is not a.l, b.l[:3], b.l[3] is b.l, b.f is len, b.t is a.t, type(b) is A)").Run(th, ns)
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := th.Repr(got); r.String() != "(True, True, True, [1, (2, [3]), {'k': {4}}], True, True, True, True)" {
		t.Errorf("got %s", r)
	}
}
