package python_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// evaluate runs interview code on a new thread.
func evaluate(t *testing.T, src string, ns *python.Namespace, opts python.Options) (python.Value, error) {
	t.Helper()
	th := python.NewThread(context.Background(), opts)
	defer th.Close()
	return compileInterview(t, src).Run(th, ns)
}

func compileInterview(t testing.TB, src string) *python.Code {
	t.Helper()
	file, err := syntax.ParseFile("interview.yml", src, syntax.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{Interview: true})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestMissingNames(t *testing.T) {
	for _, tt := range []struct{ name, src, missing, err string }{
		{"global", "x = veg + 1", "veg", "NameError: name 'veg' is not defined"},
		{"in a function", "def f():\n    return fruit\nf()", "fruit", "NameError: name 'fruit' is not defined"},
		{"unbound local", "def f():\n    y = y\nf()", "y", "UnboundLocalError: cannot access local variable 'y' where it is not associated with a value"},
		{"deleted", "a = 1\ndel a\na", "a", "NameError: name 'a' is not defined"},
		{"del of nothing", "del nothing", "nothing", "NameError: name 'nothing' is not defined"},
		{"in a comprehension", "[z for _ in range(2)]", "z", "NameError: name 'z' is not defined"},
		{"in a generator expression", "list(q for _ in range(2))", "q", "NameError: name 'q' is not defined"},
		{"in a class body", "class A:\n    v = later", "later", "NameError: name 'later' is not defined"},
		{"raised again", "try:\n    p\nexcept NameError:\n    raise", "p", "NameError: name 'p' is not defined"},
		{"attribute of a plain object", "class A: pass\nA().b", "", "AttributeError: 'A' object has no attribute 'b'"},
		{"item", "{}['k']", "", "KeyError: 'k'"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := evaluate(t, tt.src, python.NewNamespace(nil), python.Options{})
			if err == nil || err.Error() != tt.err {
				t.Errorf("error = %v, want %s", err, tt.err)
			}
			if name, ok := python.MissingName(err); name != tt.missing || ok != (tt.missing != "") {
				t.Errorf("MissingName = %q, %v, want %q", name, ok, tt.missing)
			}
		})
	}
}

func TestMissingIsCaughtByAuthors(t *testing.T) {
	v, err := evaluate(t, "try:\n    nope\nexcept Exception as e:\n    r = str(e)\nr", python.NewNamespace(nil), python.Options{})
	if err != nil || v.(*python.Str).String() != "name 'nope' is not defined" {
		t.Errorf("got %v, %v", v, err)
	}
}

func TestSignals(t *testing.T) {
	ns := python.NewNamespace(nil)
	ns.Set("response", python.NewBuiltin("response", func(th *python.Thread, a *python.Args) (python.Value, error) {
		exc := python.NewException(python.ExceptionClass)
		exc.Exception().Signal = "the body"
		return nil, th.Raise(exc)
	}))
	_, err := evaluate(t, "try:\n    response()\nfinally:\n    x = 1", ns, python.Options{})
	if s, ok := python.SignalOf(err); !ok || s != "the body" {
		t.Errorf("SignalOf(%v) = %v, %v", err, s, ok)
	}
	if _, ok := ns.Get("x"); !ok {
		t.Error("finally did not run")
	}
}

func TestParentNamespace(t *testing.T) {
	library := python.NewNamespace(nil)
	library.Set("value", python.NewStr("library"))
	ns := python.NewNamespace(library)
	for _, tt := range []struct{ src, want string }{
		{"value", "library"},
		{"value = 'own'\nvalue", "own"},
		{"value", "own"},
		{"del value\nvalue", "library"},
		{"len = 5\nstr(len)", "5"},
		{"del len\nstr(len([1]))", "1"},
	} {
		v, err := evaluate(t, tt.src, ns, python.Options{})
		if err != nil {
			t.Fatalf("%q: %v", tt.src, err)
		}
		if s, _ := python.StringOf(v); s != tt.want {
			t.Errorf("%q = %s, want %s", tt.src, s, tt.want)
		}
	}
	if v, _ := library.Get("value"); v.(*python.Str).String() != "library" {
		t.Error("the library was changed")
	}
}

func TestTargetName(t *testing.T) {
	var seen []string
	note := func(th *python.Thread, a *python.Args) (python.Value, error) {
		seen = append(seen, th.TargetName())
		return python.None, nil
	}
	thing := python.NewClass(python.ClassSpec{Name: "Thing", Members: []python.Member{python.Method("__init__", note)}})
	ns := python.NewNamespace(nil)
	ns.Set("Thing", thing)
	ns.Set("note", python.NewBuiltin("note", note))
	src := `
a = Thing()
b = c = Thing()
d = [Thing()]
def f():
    e = Thing()
f()
class Sub(Thing):
    def __init__(self):
        note()
        self.inner = Thing()
        super().__init__()
g = Sub()
h = Sub() or None
a.x = Thing()
i = note()
`
	if _, err := evaluate(t, src, ns, python.Options{}); err != nil {
		t.Fatal(err)
	}
	want := "a . . . g . g . . . . ."
	if got := strings.ReplaceAll(strings.Join(seen, "|"), "|", " "); dots(seen) != want {
		t.Errorf("targets %q, want %q", got, want)
	}
}

func dots(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		if n == "" {
			n = "."
		}
		out[i] = n
	}
	return strings.Join(out, " ")
}

func TestTraceback(t *testing.T) {
	src := "def f(x):\n    return [1,\n        x['k']]\n\nf({})\n"
	_, err := evaluate(t, src, python.NewNamespace(nil), python.Options{})
	r, ok := python.AsRaised(err)
	if !ok {
		t.Fatal(err)
	}
	want := []python.Frame{
		{File: "interview.yml", Line: 5, Col: 1, Func: "<module>"},
		{File: "interview.yml", Line: 3, Col: 9, Func: "f"},
	}
	got := r.Traceback()
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRunValue(t *testing.T) {
	e, err := syntax.ParseExpr("e", "[x * 2 for x in items] + [len(items)]", syntax.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.CompileExpr(e, python.CompileOptions{Interview: true, File: "e"})
	if err != nil {
		t.Fatal(err)
	}
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	ns := python.NewNamespace(nil)
	ns.Set("items", python.NewList(python.Int(1), python.Int(4)))
	v, err := code.Run(th, ns)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := th.Repr(v); s.String() != "[2, 8, 2]" {
		t.Errorf("got %s", s)
	}
	if names := ns.Names(); len(names) != 1 {
		t.Errorf("names left behind: %v", names)
	}
}

func TestWhere(t *testing.T) {
	var places []string
	ns := python.NewNamespace(nil)
	ns.Set("here", python.NewBuiltin("here", func(th *python.Thread, a *python.Args) (python.Value, error) {
		w := th.Where()
		places = append(places, fmt.Sprintf("%s:%d:%d", w.Func, w.Line, w.Col))
		return python.None, nil
	}))
	file, err := syntax.ParseFile("module.py", "def call(f):\n    f()\nclass C:\n    def m(self, f): f()\n", syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	if _, err := code.Run(th, ns); err != nil {
		t.Fatal(err)
	}
	src := "here()\nx = here(1)\ndef f():\n    return [here(*[1]), here(a=1)]\nf()\ncall(here)\nC().m(here)\n"
	if _, err := evaluate(t, src, ns, python.Options{}); err != nil {
		t.Fatal(err)
	}
	want := "<module>:1:1 <module>:2:5 f:4:13 f:4:25 <module>:6:1 <module>:7:1"
	if got := strings.Join(places, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
