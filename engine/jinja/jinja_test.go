package jinja_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"colloquy/engine/jinja"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

const names = `
class Person:
    def __init__(self, name, age):
        self.name = name
        self.age = age
    def greet(self, word='Hi'):
        return word + ' ' + self.name
people = [Person('Ann', 31), Person('bob', 17), Person('Cy', 62)]
d = {'a': 1, 'items_': [3, 1, 2], 'nested': {'x': 'y'}}
n, s, empty = 7, 'a & b', []
def shout(*parts, **kw):
    return ' '.join(parts).upper() + kw.get('end', '!')
tree = [{'v': 1, 'kids': [{'v': 2, 'kids': []}]}, {'v': 3, 'kids': []}]
`

func interview(t testing.TB) (*python.Thread, *python.Namespace) {
	t.Helper()
	th := python.NewThread(context.Background(), python.Options{})
	t.Cleanup(th.Close)
	f, err := syntax.ParseFile("names", names, syntax.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(f, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ns := python.NewNamespace(nil)
	if _, err := code.Run(th, ns); err != nil {
		t.Fatal(err)
	}
	return th, ns
}

func render(t testing.TB, r *jinja.Run, th *python.Thread, text string) (string, error) {
	t.Helper()
	tmpl, err := jinja.CompileText("t.txt", text)
	if err != nil {
		return "", err
	}
	out := new(jinja.TextOutput)
	if err := r.Render(th, tmpl, out); err != nil {
		return "", err
	}
	s, _ := python.StringOf(out.Result())
	return s, nil
}

func TestRender(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a {{ n }} b\n", "a 7 b"},
		{"{{ 1 + 2 * 3 ** 2 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ 1 ~ 2 ~ 'x' }}", "19 64 4 3 3 12x"},
		{"{{ people[0].name }} {{ people.1.name }} {{ d.a }} {{ d['nested'].x }} {{ d.items_[1:] }}", "Ann bob 1 y [1, 2]"},
		{"{{ people[0].greet('Yo') }} {{ shout('a', *['b'], **{'end': '?'}) }}", "Yo Ann A B?"},
		{"{{ 'x' if n > 5 else 'y' }}{{ 'z' if n > 50 }}", "x"},
		{"{{ n > 5 and not n == 3 or false }} {{ 1 < n <= 7 }} {{ 3 in d.items_ }} {{ 9 not in d.items_ }}", "True True True True"},
		{"{{ n is odd }} {{ n is not even }} {{ n is divisibleby 7 }} {{ n is divisibleby(2) }} {{ zzz is defined }} {{ d.q is undefined }}", "True True True False False True"},
		{"{{ zzz | default('d') }} {{ '' | default('e', true) }} {{ d.q | d(0) }} {{ n | default(1) }}", "d e 0 7"},
		{"{{ -1 | abs }} {{ 1 + -1 | abs }} {{ 'ab' ~ 'c' | upper }}", "1 2 abC"},
		{"{% for p in people if p.age > 18 %}{{ loop.index }}/{{ loop.length }}{{ p.name }}{{ '' if loop.last else ',' }}{% else %}none{% endfor %}", "1/2Ann,2/2Cy"},
		{"{% for x in empty %}x{% else %}none{% endfor %}", "none"},
		{"{% for k, v in d.nested.items() %}{{ k }}={{ v }}{% endfor %}", "x=y"},
		{"{% for t in tree recursive %}<{{ t.v }}{{ loop.depth }}{{ loop(t.kids) }}>{% endfor %}", "<11<22>><31>"},
		{"{% set x = 1 %}{% for i in [1,2] %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}", "231"},
		{"{% set ns = namespace(x=0) %}{% for i in [1,2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}", "3"},
		{"{% set a, b = 1, 2 %}{{ b }}{{ a }}{% set t %}b {{ n }}{% endset %}{{ t }}{% set u | upper %}q{% endset %}{{ u }}", "21b 7Q"},
		{"{% macro m(a, b='2') %}[{{ a }}{{ b }}{{ varargs }}{{ kwargs.z }}]{% endmacro %}{{ m(1) if false }}{{ m(1, 3, 4, z=5) }}", "[13(4,)5]"},
		{"{% macro box(t) %}<{{ t }}:{{ caller(2) }}>{% endmacro %}{% call(x) box('T') %}in{{ x }}{{ n }}{% endcall %}", "<T:in27>"},
		{"{% filter upper %}ab{{ n }}c{% endfilter %}{% with q = 3, r = n %}{{ q }}{{ r }}{% endwith %}", "AB7C37"},
		{"{# c {{ #}x{% raw %}{{ n }}{% endraw %}y", "x{{ n }}y"},
		{"a  {%- if true -%}  b  {%- endif %}  c", "ab  c"},
		{"{% if n > 10 %}a{% elif n > 6 %}b{% else %}c{% endif %}", "b"},
		{"{{ people | map(attribute='age') | sum }} {{ people | selectattr('age', 'gt', 18) | map(attribute='name') | join(', ') }}", "110 Ann, Cy"},
		{"{{ people | sort(attribute='name') | map(attribute='name') | list }} {{ ['b','A'] | map('upper') | join }}", "['Ann', 'bob', 'Cy'] BA"},
		{"{{ people | rejectattr('age', 'lt', 18) | list | length }} {{ d.items_ | sort(reverse=true) }} {{ [1,1,2] | unique | list }}", "2 [3, 2, 1] [1, 2]"},
		{"{% for g, l in people | groupby('age') %}{{ g }}{{ l | length }};{% endfor %}{{ d.nested | dictsort }}", "171;311;621;[('x', 'y')]"},
		{"{{ 'hello wORLD' | title }} {{ 'ab' | capitalize }} {{ 3.14159 | round(2) }} {{ 2.5 | round }} {{ '%s-%s' | format(1, 2) }}", "Hello World Ab 3.14 2.0 1-2"},
		{"{{ 'a b c d e f g' | truncate(9, leeway=0) }}|{{ 'a\nb' | indent(2) }}|{{ [1,2,3] | batch(2) | list }}|{{ {'a': [1, none]} | tojson }}", "a b c...|a\n  b|[[1, 2], [3]]|{\"a\": [1, null]}"},
		{"{% for i in [1,2,3] %}{{ loop.cycle('o', 'e') }}{{ loop.previtem }}{% endfor %}{% set j = joiner('+') %}{{ j() }}a{{ j() }}b", "oNonee1o2a+b"},
		{"{{ len(d.items_) }} {{ range(3) | list }} {{ type is defined }}", "3 [0, 1, 2] False"},
		{"{{ \"}}\" }}{{ {'a': {'b': 1}}['a']['b'] }}", "}}1"},
	} {
		th, ns := interview(t)
		got, err := render(t, &jinja.Run{Names: ns}, th, tt.in)
		if err != nil || got != tt.want {
			t.Errorf("%s\n got %q, %v\nwant %q", tt.in, got, err, tt.want)
		}
	}
}

func TestMissingNamesAreSought(t *testing.T) {
	for _, tt := range []struct{ in, name string }{
		{"{{ foo }}", "foo"}, {"{% if foo %}{% endif %}", "foo"}, {"{% for x in foo.bar %}{% endfor %}", "foo"},
		{"{{ n and foo | upper }}", "foo"}, {"{{ type }}", "type"}, {"{% macro m() %}{{ foo }}{% endmacro %}{{ m() }}", "foo"},
	} {
		th, ns := interview(t)
		_, err := render(t, &jinja.Run{Names: ns}, th, tt.in)
		if name, _ := python.MissingName(err); name != tt.name {
			t.Errorf("%s: missing %q (%v), want %q", tt.in, name, err, tt.name)
		}
		got, err := render(t, &jinja.Run{Names: ns, Lenient: true}, th, "a"+tt.in+"b")
		if err != nil || got != "ab" {
			t.Errorf("lenient %s = %q, %v, want nothing", tt.in, got, err)
		}
	}
}

func TestAuthorErrors(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a\n{% if x %}", "t.txt:2:4: {% if %} has no {% endif %}"},
		{"{% endif %}", "t.txt:1:4: {% endif %} without a matching {% if %}"},
		{"{{ a + }}", "t.txt:1:8: expected an expression, not the end of the tag"},
		{"x {{ a", "t.txt:1:3: {{ was never closed"},
		{"{% fro x in y %}", `t.txt:1:4: there is no statement "fro"; did you mean "for"?`},
		{"{{ 'a' | uper }}", "t.txt:1:10: there is no filter 'uper'; did you mean 'upper'?"},
		{"{{ 1 is evn }}", "t.txt:1:9: there is no test 'evn'; did you mean 'even'?"},
		{"{% extends 'x' %}", "t.txt:1:4: {% extends %} is not part of our templates: a template cannot be based on another here"},
		{"{{ a b }}", `t.txt:1:6: expected the end of the tag, not "b"`},
		{"{% include 'x' %}", "t.txt:1:4: other templates cannot be included here"},
	} {
		th, ns := interview(t)
		_, err := render(t, &jinja.Run{Names: ns}, th, tt.in)
		var e *syntax.Error
		if !errors.As(err, &e) || e.Error() != tt.want {
			t.Errorf("%q: got %v, want %s", tt.in, err, tt.want)
		}
	}
}

func TestInclude(t *testing.T) {
	th, ns := interview(t)
	files := map[string]string{"a": "[{{ n }}{{ k }}]", "m": "{% macro f(x) %}<{{ x }}>{% endmacro %}"}
	r := &jinja.Run{Names: ns, Include: func(_ *python.Thread, name string) (*jinja.Template, error) {
		return jinja.CompileText(name, files[name])
	}}
	got, err := render(t, r, th, "{% set k = 1 %}{% include 'a' %}{% import 'm' as m %}{{ m.f(2) }}{% from 'm' import f as g %}{{ g(3) }}")
	if want := "[71]<2><3>"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestOutsideTextStaysMarked(t *testing.T) {
	th, ns := interview(t)
	ns.Set("typed", python.Outside("<b>"))
	tmpl, err := jinja.CompileText("t", "a{{ typed | upper }}")
	if err != nil {
		t.Fatal(err)
	}
	out := new(jinja.TextOutput)
	if err := (&jinja.Run{Names: ns}).Render(th, tmpl, out); err != nil {
		t.Fatal(err)
	}
	if s := out.Result().(*python.Str); s.String() != "a<B>" || !s.HasOutside() || s.Spans()[0].From != 1 {
		t.Errorf("got %q with %v", s.String(), s.Spans())
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{"{{ a | b(c=1) is d }}", "{% for a, b in c if d recursive %}{% else %}{% endfor %}", "{% macro a(b='}}') %}{% endmacro %}",
		"{%- set x %}{# #}{% endset -%}", "{% raw %}{{{% endraw %}", "{{ {'a': [1, (2,)]}[x:y:z] }}", "{% call(a) b() %}{% endcall %}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tmpl, err := jinja.CompileText("f", s)
		var e *syntax.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%q: %v is not a syntax error", s, err)
		}
		if err == nil && !strings.Contains(s, "{") && len(tmpl.Names()) > 0 {
			t.Errorf("%q has no tag but names %v", s, tmpl.Names())
		}
	})
}
