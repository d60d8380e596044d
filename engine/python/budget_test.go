package python_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"colloquy/engine/python"
)

func TestBudgetsCannotBeCaught(t *testing.T) {
	for _, tt := range []struct{ name, src, kind string }{
		{"loop", "while True: pass", "steps"},
		{"bare except", "while True:\n    try:\n        while True: pass\n    except:\n        pass", "steps"},
		{"finally", "def f():\n    while True:\n        try:\n            while True: pass\n        finally:\n            continue\nf()", "steps"},
		{"with", "class C:\n    def __enter__(s): pass\n    def __exit__(s, *a): return True\nwhile True:\n    with C():\n        while True: pass", "steps"},
		{"calls", "def f(): pass\nwhile 1: f()", "steps"},
		{"generator", "def g():\n    while True: yield 1\nfor x in g(): pass", "steps"},
		{"native loop", "sum(x for x in iter(int, 1))", "steps"},
		{"any", "any(iter(int, 1))", "steps"},
		{"in", "5 in iter(int, 1)", "steps"},
		{"list", "list(iter(int, 1))", "steps"},
		{"map", "list(map(str, iter(int, 1)))", "steps"},
		{"comprehension", "[0 for _ in iter(int, 1)]", "steps"},
		{"memory", "l = []\nwhile True: l = l + ['x' * 1000000]", "memory"},
		{"memory caught", "l = []\nwhile True:\n    try: l.append('x' * 50000000)\n    except: pass", "memory"},
		{"big ints", "x = 3\nwhile True:\n    try: x = x * x\n    except MemoryError: x = 3", "steps"},
		{"sort", "l = list(range(3000))\nwhile True: l.sort(key=lambda v: -v)", "steps"},
		{"del in a generator", "def g():\n    try:\n        yield 1\n    finally:\n        while True: pass\nit = g()\nnext(it)\nit.close()", "steps"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := evaluate(t, tt.src, python.NewNamespace(nil), python.Options{Limits: python.Limits{Steps: 200_000, Bytes: 1 << 28}})
			var budget *python.BudgetError
			if !errors.As(err, &budget) || budget.Kind != tt.kind {
				t.Fatalf("error = %v, want a budget error for %s", err, tt.kind)
			}
			if budget.At.File != "interview.yml" || budget.At.Line == 0 {
				t.Errorf("place = %+v", budget.At)
			}
		})
	}
}

func TestTimeEnds(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	th := python.NewThread(ctx, python.Options{Limits: python.Limits{Steps: 1 << 60}})
	defer th.Close()
	_, err := compileInterview(t, "while True:\n    try:\n        while True: pass\n    except BaseException: pass").Run(th, python.NewNamespace(nil))
	var budget *python.BudgetError
	if !errors.As(err, &budget) || budget.Kind != "time" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v", err)
	}
}

func TestSingleOperationsAreRefused(t *testing.T) {
	for _, src := range []string{
		"'x' * 10**9", "[0] * 10**9", "(1,) * 10**10", "b'x' * 10**10", "2 ** 10**9", "10 ** 10 ** 10", "1 << 10**9", "list(range(10**12))",
		"'a'.ljust(10**10)", "'%10000000000d' % 5", "f'{5:1000000000}'", "'a'.center(10**9)", "bytes(10**10)", "'ab'.replace('', 'x' * 10**7 * 4)",
		"'x'.zfill(10**10)", "', '.join(['x' * 10**6] * 100)", "'\\t'.expandtabs(10**10)", "x = 'x' * 10**7\nx * 10", "range(10**15)[::1] and list(range(10**15))",
	} {
		t.Run(src, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := evaluate(t, src, python.NewNamespace(nil), python.Options{})
			if !python.IsException(err, python.MemoryError) && !python.IsException(err, python.ValueError) {
				t.Errorf("error = %v", err)
			}
			if d := time.Since(start); d > time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestDepth(t *testing.T) {
	for _, src := range []string{
		"def f(): return f()\nf()",
		"class A:\n    def __getattr__(s, n): return s.x\nA().y",
		"class A:\n    def __repr__(s): return repr(s)\nrepr(A())",
		"class A:\n    def __eq__(s, o): return s == o\nA() == A()",
		"a = []\nfor i in range(100000): a = [a]\nrepr(a)",
		"a = []\nb = []\nfor i in range(100000): a = [a]; b = [b]\na == b",
		"a = ()\nfor i in range(100000): a = (a,)\nhash(a)",
		"def f(x): return sorted([1, 2], key=f)\nf(1)",
		"class A:\n    def __call__(s): return s()\nA()()",
		"class A: pass\nA.__call__ = A()\nA()()",
		"def g(n): yield from g(n)\nlist(g(1))",
		"def g(n): return (x for x in g(n))\ng(1)",
		"class A:\n    def __iter__(s): return iter(s)\nlist(A())",
		"d = {}\nd['d'] = d\ne = {}\ne['d'] = e\nd == e",
		"f = lambda: g()\ng = lambda: f()\nf()",
		"class A:\n    def __str__(s): return f'{s}'\nstr(A())",
		"class A:\n    def __bool__(s): return not s\nbool(A())",
		"class A(int):\n    def __int__(s): return int(s)\nint(A(5))",
		"class A:\n    def __hash__(s): return hash(s)\n{A(): 1}",
		"class A:\n    def __len__(s): return len(s)\nlen(A())",
	} {
		t.Run(src, func(t *testing.T) {
			t.Parallel()
			_, err := evaluate(t, src, python.NewNamespace(nil), python.Options{})
			if !python.IsException(err, python.RecursionError) {
				t.Errorf("error = %v", err)
			}
		})
	}
}

func TestGeneratorsAreClosed(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	src := `
def g():
    try:
        while True: yield 1
    finally:
        ran.append(1)
kept = [g() for _ in range(100)]
for k in kept: next(k)
never = g()
def outer():
    yield from g()
o = outer(); next(o)
`
	ns := python.NewNamespace(nil)
	ran := python.NewList()
	ns.Set("ran", ran)
	if _, err := evaluate(t, src, ns, python.Options{}); err != nil {
		t.Fatal(err)
	}
	if len(ran.Elems) != 0 {
		t.Error("author code ran when the thread ended")
	}
}
