package syntax

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestParseExpr(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"a", "Name(id='a')"},
		{"  a  ", "Name(id='a')"},
		{"\n\n  a\n  \n", "Name(id='a')"},
		{"\ta # comment\n# more\n", "Name(id='a')"},
		{"a, b", "Tuple(elts=[Name(id='a'), Name(id='b')])"},
		{"(a\n  + b)", "BinOp(left=Name(id='a'), op=Add, right=Name(id='b'))"},
		{"", "f:1:1: invalid syntax"},
		{"   ", "f:1:4: invalid syntax"},
		{"a = 1", "f:1:3: invalid syntax"},
		{"a b", "f:1:3: invalid syntax"},
		{"a\n+ b", "f:2:1: invalid syntax"},
		{"if a: b", "f:1:1: invalid syntax"},
		{"*a, b", "f:1:1: invalid syntax"},
		{"yield", "f:1:1: invalid syntax"},
		{"a;", "f:1:2: invalid syntax"},
		{"a := 1", "f:1:3: invalid syntax"},
	} {
		e, err := ParseExpr("f", tt.src, Pos{})
		got := ""
		if err != nil {
			got = err.Error()
			if e != nil {
				t.Errorf("%q: both a tree and an error", tt.src)
			}
		} else {
			got = Dump(e)
		}
		if got != tt.want {
			t.Errorf("ParseExpr(%q) = %s, want %s", tt.src, got, tt.want)
		}
	}
}

func TestPositionsAreShifted(t *testing.T) {
	f, err := ParseFile("f", "x = 1\ny = é + z", Pos{10, 5})
	if err != nil {
		t.Fatal(err)
	}
	sum := f.Body[1].(*Assign).Value.(*BinOp)
	if sum.From != (Pos{11, 9}) || sum.To != (Pos{11, 14}) || sum.Right.Start() != (Pos{11, 13}) {
		t.Errorf("sum at %v to %v, z at %v", sum.From, sum.To, sum.Right.Start())
	}
	for src, want := range map[string]string{
		"x = (":      "f:10:9: '(' was never closed",
		"x\ny = 'a":  "f:11:9: unterminated string literal (detected at line 11)",
		"if x:\ny":   "f:11:5: expected an indented block after 'if' statement on line 10",
		"x = (1,\n]": "f:11:5: closing parenthesis ']' does not match opening parenthesis '(' on line 10",
	} {
		if _, err := ParseFile("f", src, Pos{10, 5}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
}

func TestParseBlock(t *testing.T) {
	for src, want := range map[string]string{
		"\n    x = 1\n    if x:\n        y\n": "2 statements",
		" x = 1":                              "1 statements",
		"":                                    "0 statements",
		"\n    x = 1\n  y = 2":                "f:3:3: unindent does not match any outer indentation level",
		"\n    x = 1\n      y = 2":            "f:3:7: unexpected indent",
		"\n    x = \"\"\"\na\n\"\"\"\n    y":  "2 statements",
	} {
		f, err := ParseBlockFunc("f", src, nil)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = fmt.Sprintf("%d statements", len(f.Body))
		}
		if got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

func TestFieldPositions(t *testing.T) {
	e, err := ParseExpr("f", `'é' f'ab{x + yy!r:>{w}}c'`, Pos{})
	if err != nil {
		t.Fatal(err)
	}
	v := e.(*JoinedStr).Values[1].(*FormattedValue)
	spec := v.FormatSpec.Values[1].(*FormattedValue).Value
	for what, at := range map[string][2]Pos{
		"field":     {v.From, Pos{1, 9}},
		"field end": {v.To, Pos{1, 24}},
		"sum":       {v.Value.Start(), Pos{1, 10}},
		"sum end":   {v.Value.End(), Pos{1, 16}},
		"width":     {spec.Start(), Pos{1, 21}},
	} {
		if at[0] != at[1] {
			t.Errorf("%s at %v, want %v", what, at[0], at[1])
		}
	}
}

func TestSourcesThatAreNoText(t *testing.T) {
	for src, want := range map[string]string{
		"x = \xff":               "f:1:5: source is not valid UTF-8 (byte 0xff)",
		"x\ny = '\x00'":          "f:2:6: source code cannot contain null bytes",
		"x = \ufeff1":            "f:1:5: invalid non-printable character U+FEFF",
		"x\u00a0= 1":             "f:1:2: invalid non-printable character U+00A0",
		"x = \"a\ufffd\" + \xc3": "f:1:12: source is not valid UTF-8 (byte 0xc3)",
	} {
		if _, err := ParseFile("f", src, Pos{}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
	for _, src := range []string{"\ufeffx = 1", "x = 1\r\ny = 2\rz = 3", "x = '\ufffd'"} {
		if _, err := ParseFile("f", src, Pos{}); err != nil {
			t.Errorf("%q: %v", src, err)
		}
	}
}

// Whoever walks a tree recurses; the parser keeps it from being too deep.
func TestNestingIsLimited(t *testing.T) {
	const n = 100_000
	r := strings.Repeat
	for name, src := range map[string]string{
		"parentheses": r("(", n),
		"brackets":    "x = " + r("[", n) + r("]", n),
		"closed":      r("(", n) + "1" + r(")", n),
		"not":         r("not ", n) + "x",
		"minus":       r("-", n) + "x",
		"lambda":      r("lambda: ", n) + "x",
		"ternary":     r("a if b else ", n) + "x",
		"power":       r("a**", n) + "x",
		"sum":         r("a+", n) + "x",
		"attributes":  "a" + r(".b", n),
		"calls":       "a" + r("()", n),
		"subscripts":  "a" + r("[0]", n),
		"f-strings":   r("f'{", n),
		"elif":        "if a: b\n" + r("elif a: b\n", n),
		"pattern":     "match a:\n  case " + r("(", n),
		"groups":      "match a:\n  case " + r("[", 150) + r("]", 150) + ": pass\nx = " + r("(", 201),
		"for clauses": "[a " + r("for a in b ", n) + "]",
	} {
		start := time.Now()
		_, err := ParseFile("f", src, Pos{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%s: took %v", name, d)
		}
	}
	long := "x = [" + r("-1, ", 50_000) + "]\ny = " + r("'a' + ", 3_000) + "'b'"
	if _, err := ParseFile("f", long, Pos{}); err != nil {
		t.Errorf("long but shallow: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range []string{"testdata/trees.txt", "testdata/dialect.txt", "testdata/errors.txt"} {
		for _, s := range samples(f, file) {
			f.Add(s.src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1<<14 {
			return
		}
		lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n"), "\n")
		inside := func(p Pos) {
			t.Helper()
			if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > len([]rune(lines[p.Line-1]))+1 {
				t.Fatalf("position %v is outside of %q", p, src)
			}
		}
		verify := func(n Node, err error) {
			var e *Error
			if errors.As(err, &e) {
				inside(e.Pos)
				return
			}
			if err != nil {
				t.Fatalf("error of type %T", err)
			}
			Inspect(n, func(c Node) bool {
				if _, isArgs := c.(*Arguments); !isArgs {
					inside(c.Start())
					inside(c.End())
				}
				return true
			})
		}
		file, err := ParseFile("f", src, Pos{})
		verify(file, err)
		e, err := ParseExpr("f", src, Pos{})
		verify(e, err)
		if err == nil {
			roundTrip(t, e)
		}
	})
}

func BenchmarkParseFile(b *testing.B) {
	src := strings.Repeat("def f(a, b=1):\n    if a.b[0] > 3 and f'{a!r}':\n        return [x for x in a if x]\n    people[i].name = g(a, b, c='d')\n", 50)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseFile("f", src, Pos{}); err != nil {
			b.Fatal(err)
		}
	}
}
