package syntax

import (
	"strings"
	"testing"
)

func TestSource(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"a.b[ 0 ]", "a.b[0]"},
		{`a["k"].c`, "a['k'].c"},
		{"a[u'k']", "a['k']"},
		{"a [i] . b", "a[i].b"},
		{"(a+b)*c", "(a + b) * c"},
		{"a+(b+c)", "a + (b + c)"},
		{"-a**-b", "-a ** -b"},
		{"(-a)**b", "(-a) ** b"},
		{"(a**b)**c", "(a ** b) ** c"},
		{"not (a and b)", "not (a and b)"},
		{"(a or b) and c", "(a or b) and c"},
		{"(a<b)<c", "(a < b) < c"},
		{"a if b else (c if d else e)", "a if b else c if d else e"},
		{"(lambda x,*y,z=1,**k:x)(2)", "(lambda x, *y, z=1, **k: x)(2)"},
		{"lambda a, /, b=2, *, c: 0", "lambda a, /, b=2, *, c: 0"},
		{"f(a,*b,c=1,**d)", "f(a, *b, c=1, **d)"},
		{"f(c=1, *b)", "f(c=1, *b)"},
		{"f((x for x in y))", "f(x for x in y)"},
		{"[x for x,y in z if a if b]", "[x for x, y in z if a if b]"},
		{"{**a,'b':1}", "{**a, 'b': 1}"},
		{"a[1:2,::3]", "a[1:2, ::3]"},
		{"a[b,]", "a[b,]"},
		{"a,", "(a,)"},
		{"1 .real", "1 .real"},
		{"(x:=1)", "(x := 1)"},
		{`f"{a!r:>{w}}{{"`, `f'{a!r:>{w}}{{'`},
		{`f'{ {1:2} }'`, `f'{ {1: 2}}'`},
		{`"it's"`, `"it's"`},
		{"1e400", "1e309"},
		{"1e16, 1e15, 0.0001, 1e-5, 2j", "(1e+16, 1000000000000000.0, 0.0001, 1e-05, 2j)"},
		{`b"\x00'"`, `b"\x00'"`},
		{`'\x00\u200b\U0001F600'`, `'\x00\u200b😀'`},
		{"...", "..."},
	} {
		e, err := ParseExpr("f", tt.src, Pos{})
		if err != nil {
			t.Errorf("%s: %v", tt.src, err)
			continue
		}
		if got := Source(e); got != tt.want {
			t.Errorf("Source(%s) = %s, want %s", tt.src, got, tt.want)
		}
	}
}

// What Source writes must read back as the same tree.
func TestSourceRoundTrip(t *testing.T) {
	n := 0
	for _, s := range append(samples(t, "testdata/trees.txt"), samples(t, "testdata/dialect.txt")...) {
		f, err := ParseFile("f", s.src, Pos{})
		if err != nil {
			t.Fatal(err)
		}
		Inspect(f, func(node Node) bool {
			if e, ok := node.(Expr); ok && standsAlone(e) {
				n++
				roundTrip(t, e)
			}
			_, formatted := node.(*JoinedStr)
			return !formatted
		})
	}
	if n < 1000 {
		t.Errorf("only %d expressions were tried", n)
	}
}

// standsAlone reports whether e can be read outside of what it is part of.
func standsAlone(e Expr) bool {
	switch e.(type) {
	case *Starred, *Slice, *FormattedValue:
		return false
	}
	stands := true
	if t, ok := e.(*Tuple); ok {
		for _, x := range t.Elts {
			if _, slice := x.(*Slice); slice {
				stands = false
			}
		}
	}
	return stands
}

func roundTrip(t *testing.T, e Expr) {
	t.Helper()
	src := Source(e)
	again, err := ParseExpr("f", src, Pos{})
	if err != nil {
		t.Errorf("Source wrote %q: %v", src, err)
		return
	}
	if got, want := Dump(again), Dump(e); got != want {
		t.Errorf("%q reads back as\n%s, not\n%s", src, got, want)
	}
}

func TestInspectSeesEveryNode(t *testing.T) {
	for _, s := range append(samples(t, "testdata/trees.txt"), samples(t, "testdata/dialect.txt")...) {
		f, err := ParseFile("f", s.src, Pos{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		Inspect(f, func(Node) bool { n++; return true })
		// Dump opens a parenthesis per node; literals are its only other ones.
		if want := countNodes(Dump(f)); n != want {
			t.Errorf("%q: Inspect saw %d nodes, the dump has %d", s.src, n, want)
		}
	}
}

// countNodes counts the parentheses of a dump outside of string literals.
func countNodes(dump string) int {
	n := 0
	for i := 0; i < len(dump); i++ {
		switch c := dump[i]; c {
		case '\'', '"':
			for i++; dump[i] != c; i++ {
				if dump[i] == '\\' {
					i++
				}
			}
		case '(':
			n++
		}
	}
	return n
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"a.b[c].d(e, f=g)", "a c e g"},
		{"[x + y for x in xs if x > z]", "xs z y"},
		{"[x for x in x]", "x"},
		{"[y for x in xs for y in x.ys(y)]", "xs"},
		{"lambda a, b=c: a + b + d", "c d"},
		{"{k: v for k, v in items.items()}", "items"},
		{"f'{a!r:>{w}}'", "a w"},
		{"(n := f(x)) + n", "f x n"},
		{"a + a", "a"},
		{"1 + 2", ""},
	} {
		e, err := ParseExpr("f", tt.src, Pos{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(Names(e), " "); got != tt.want {
			t.Errorf("Names(%s) = %q, want %q", tt.src, got, tt.want)
		}
	}
}

func TestAssigned(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"x = 1", "x"},
		{"x = y = 1", "x|y"},
		{"a.b[ 0 ].c = 1", "a.b[0].c"},
		{`a["k"] = 1`, "a['k']"},
		{"a, b.c, *d = x", "a|b.c|d"},
		{"[a, b] = x", "a|b"},
		{"a, (b, c) = x", "a"},
		{"x += 1", "x"},
		{"x: int = 1", "x"},
		{"for a, b in c:\n    d = a", "a|b|d"},
		{"def f(a):\n    b = 1", "f"},
		{"class A:\n    b = 1", ""},
		{"import a.b, c.d as e", "a|e"},
		{"from a import b, c as d", "b|d"},
		{"from a import *", ""},
		{"try:\n    a = 1\nexcept E as e:\n    b = 1", "a|e|b"},
		{"x = [y for y, z in w]", "x|y|z"},
		{"f(lambda a, *b: a)", "a|b"},
		{"define('a.b', 1)", "a.b"},
		{"define(a, 1)", ""},
		{"if (x := 1): pass", ""},
		{"with a as b:\n    c = 1", "c"},
		{"del a", ""},
		{"a.append(b)", ""},
		{"if a:\n    b = 1\nelse:\n    b = 2\n    c = 3", "b|c"},
		{"match a:\n    case 1:\n        b = 1", "b"},
	} {
		f, err := ParseFile("f", tt.src, Pos{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(Assigned(f), "|"); got != tt.want {
			t.Errorf("Assigned(%q) = %q, want %q", tt.src, got, tt.want)
		}
	}
}

func TestIsVariableName(t *testing.T) {
	for text, want := range map[string]bool{
		"x": true, "x.y": true, "a[0]": true, "a['b'].c": true, "trip.days[i].miles": true,
		"a[-1]": true, "a[i + 1]": true, "a[b.c]": true, "é": true, `a["b"]['c']`: true,
		"": false, "1x": false, "a.1": false, "f()": false, "a[f(1)]": false, "(a)": false,
		"a b": false, "a = 1": false, "a[b[0]]": false, "a[[1]]": false, "a{": false, "a*": false,
		"a^b": false, "#a": false, "a\nb": false, "class": false, "None": false, "a + b": false,
		"a if b else c": false, "a.": false, "a[": false, "a[]": false, "[a]": false, "'a'": false,
		"a[1:2]": false, "a.if": false, "del a": false,
	} {
		if got := IsVariableName(text); got != want {
			t.Errorf("IsVariableName(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestIsIdentifier(t *testing.T) {
	for text, want := range map[string]bool{
		"x": true, "_": true, "x1": true, "é": true, "match": true,
		"": false, "1x": false, "x y": false, "x.y": false, "if": false, "x-y": false, "None": false,
	} {
		if got := IsIdentifier(text); got != want {
			t.Errorf("IsIdentifier(%q) = %v, want %v", text, got, want)
		}
	}
}
