package python_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

func TestSpans(t *testing.T) {
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	ns := python.NewNamespace(nil)
	ns.Set("o", python.Outside("ab"))
	ns.Set("m", python.WithSpans("x<é>y", []python.Span{{From: 1, To: 5}}))
	for _, tt := range []struct{ src, want string }{
		{"o", "[ab]"},
		{"m", "x[<é>]y"},
		{"'p' + o + 's'", "p[ab]s"},
		{"o + o", "[abab]"},
		{"o * 2 + 'c'", "[abab]c"},
		{"m[1]", "[<]"}, {"m[0]", "x"}, {"m[2:]", "[é>]y"}, {"m[::-1]", "y[>é<]x"},
		{"m.upper()", "X[<É>]Y"}, {"m.replace('é', 'E')", "x[<]E[>]y"}, {"'a-b'.replace('-', o)", "a[ab]b"},
		{"'-'.join(['1', o, m])", "1-[ab]-x[<é>]y"}, {"o.join(['1', '2'])", "1[ab]2"},
		{"f'<{o}>{o!r}{m:>7}'", "<[ab]>'[ab]'  x[<é>]y"},
		{"'%s %5s|%r' % (o, o, m)", "[ab]    [ab]|'x[<é>]y'"},
		{"'{} {a:-^6}'.format(o, a=o)", "[ab] --[ab]--"},
		{"'{:{}}'.format('x', o[:0] + '5')", "x    "},
		{"' a '.strip() + (' ' + o + ' ').strip()", "a[ab]"},
		{"m.split('é')[0] + '|' + m.split('é')[1]", "x[<]|[>]y"},
		{"str([o, 1])", "['[ab]', 1]"}, {"str({o: m})", "{'[ab]': 'x[<é>]y'}"},
		{"'x'.center(5, o[0])", "[aa]x[aa]"}, {"o.zfill(4)", "00[ab]"},
		{"m.title()", "X[<É>]Y"}, {"m.swapcase()", "X[<É>]Y"}, {"m.partition('é')[2]", "[>]y"},
		{"bytes.fromhex(o.encode().hex()).decode()", "[ab]"}, {"bytearray.fromhex(o[:0] + '6162').decode()", "ab"},
		{"(bytearray(b'x') + o.encode()).decode()", "[xab]"}, {"(b'%s!' % o.encode()).decode()", "[ab!]"},
		{"b'-'.join([b'c', o.encode()]).rstrip(b'b').decode()", "[c-a]"}, {"o.encode('utf-16').decode('utf-16')", "[ab]"},
		{"'xy'.translate(str.maketrans('xy', o))", "[ab]"},
		{"o.encode().decode()", "[ab]"}, {"m.encode('utf-8')[0:1].decode()", "[x]"},
		{"'abc'.translate({97: o})", "[ab]bc"}, {"o.translate({97: 'zz'})", "[zzb]"},
		{"class S(str): pass\nstr(S(o)) + S(m)", "[ab]x[<é>]y"},
		{"str(ValueError(o))", "[ab]"},
		{"[c for c in m][2]", "[é]"}, {"o.expandtabs()", "[ab]"}, {"repr(o + \"'\")", "\"[ab]'\""},
		{"ascii(m)", "'x[<\\xe9>]y'"}, {"sorted(o, reverse=True)[0]", "[b]"}, {"max(o)", "[b]"},
		{"'%(k)s' % {'k': o}", "[ab]"}, {"(o + '%s') % 'x'", "[ab]x"},
		{"o.removeprefix('a')", "[b]"}, {"'a\\tb'.expandtabs(o == '' or 4)", "a   b"}, {"''.join(reversed(m))", "y[>é<]x"},
	} {
		v, err := compileInterview(t, tt.src).Run(th, ns)
		if err != nil {
			t.Errorf("%s: %v", tt.src, err)
			continue
		}
		if got := show(v.(*python.Str)); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.src, got, tt.want)
		}
	}
}

// show puts brackets around what came from outside.
func show(s *python.Str) string {
	var b strings.Builder
	i := 0
	for _, sp := range s.Spans() {
		b.WriteString(s.String()[i:sp.From] + "[" + s.String()[sp.From:sp.To] + "]")
		i = sp.To
	}
	return b.String() + s.String()[i:]
}

func TestSpansAreNormal(t *testing.T) {
	s := python.WithSpans("0123456789", []python.Span{{5, 7}, {-3, 1}, {6, 9}, {1, 2}, {8, 20}, {3, 3}})
	if got := fmt.Sprint(s.Spans()); got != "[{0 2} {5 10}]" {
		t.Errorf("spans = %s", got)
	}
}

// sentinels are characters that only text from outside has in the property
// test below; some change length or form with their case.
const sentinels = "<ßéΣ☃'\\"

// TestNothingEscapes applies random operations to text from outside: every
// character that came from it is marked in the result.
func TestNothingEscapes(t *testing.T) {
	ops := []string{
		"a + b", "b + a", "a * 2", "a[1:]", "a[:-1]", "a[::-1]", "a[::2]", "a[0:1]", "a.lower()", "a.title()", "a.capitalize()",
		"a.upper()", "a.swapcase()", "a.casefold()", "a.strip()", "a.lstrip()", "a.strip(b)", "a.replace('x', b)", "a.replace(b, a)",
		"a.replace('', b)", "a.replace('y', '')", "b.join([a, 'x', a])", "'-'.join(a)", "a.join('xyz')", "' '.join(a.split())",
		"b.join(a.split('y'))", "a.center(20)", "a.ljust(9, 'x')", "(b + 'x').rjust(12, (a + 'z')[0])", "a.zfill(9)", "a.expandtabs(3)",
		"f'{a}-{b!r}'", "f'{a!s:>12}'", "f'{a:*^9.4}'", "'%s|%10s' % (a, b)", "'%.3s%%%r' % (a, b)", "'%(k)s' % {'k': a}",
		"'{} {x!r}'.format(a, x=b)", "'{0:>9}{0[0]}'.format(a + 'x')", "a.partition('x')[0] + b", "a.rpartition('y')[2]", "a.splitlines()[0] if a.split() else b",
		"''.join(a.splitlines(True))", "str([a, b])", "repr({a: b})", "str((a,))", "ascii(a)[:40]", "a.translate({120: b, 121: None})",
		"a.translate(str.maketrans('xy', 'yx'))", "a.removeprefix('x')", "a.removesuffix(b)", "a.encode().decode()", "a.encode('utf-16').decode('utf-16')",
		"sorted(a)[-1] if a else b", "max(a + 'x')", "''.join(c for c in a if c != 'x')", "''.join(reversed(a))", "str(ValueError(a, b))", "a if a > b else b",
		"S(a) + b", "str(S(b))", "S(a).upper()", "f'{S(a):>8}'", "(a + ' %s') % 'x' if '%' not in a else b", "a.format_map({})  if '{' not in a else b",
		"list(a)[0] if a else b", "a.rsplit('x', 1)[-1]", "dict.fromkeys(a).popitem()[0] if a else b", "'{:{w}}'.format(a, w=6)", "'x'.join([a] * 3)", "a.rstrip('x') + a.lstrip('y')",
	}
	codes := make([]*python.Code, len(ops))
	for i, op := range ops {
		e, err := syntax.ParseExpr("op", op, syntax.Pos{})
		if err != nil {
			t.Fatal(op, err)
		}
		if codes[i], err = python.CompileExpr(e, python.CompileOptions{}); err != nil {
			t.Fatal(op, err)
		}
	}
	sentinel := func(r rune) bool {
		return strings.ContainsRune(sentinels+"☃σςÉSs", r) && r != 's' && r != 'S' && r != '\'' && r != '\\'
	}
	rapid.Check(t, func(t *rapid.T) {
		th := python.NewThread(context.Background(), python.Options{})
		defer th.Close()
		ns := python.NewNamespace(nil)
		if _, err := compileClassS.Run(th, ns); err != nil {
			t.Fatal(err)
		}
		outside := rapid.StringOfN(rapid.RuneFrom([]rune(sentinels)), 0, 6, -1)
		inside := rapid.StringOfN(rapid.RuneFrom([]rune("xy \n\t")), 0, 4, -1)
		ns.Set("a", python.Concat(python.NewStr(inside.Draw(t, "p")), python.Outside(outside.Draw(t, "o"))))
		ns.Set("b", python.Concat(python.Outside(outside.Draw(t, "q")), python.NewStr(inside.Draw(t, "i"))))
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			k := rapid.IntRange(0, len(ops)-1).Draw(t, "op")
			v, err := codes[k].Run(th, ns)
			if err != nil {
				t.Fatalf("%s: %v", ops[k], err)
			}
			s, _ := th.Str(v)
			if s.Len() > 300 {
				break
			}
			for i, r := range s.String() {
				marked := slices.ContainsFunc(s.Spans(), func(sp python.Span) bool { return sp.From <= i && i < sp.To })
				if sentinel(r) && !marked {
					t.Fatalf("%s: %q at %d of %s is not marked", ops[k], r, i, show(s))
				}
			}
			ns.Set(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "to"), v)
		}
	})
}

var compileClassS = func() *python.Code {
	f, err := syntax.ParseFile("s", "class S(str): pass\n", syntax.Pos{})
	if err != nil {
		panic(err)
	}
	c, err := python.Compile(f, python.CompileOptions{})
	if err != nil {
		panic(err)
	}
	return c
}()
