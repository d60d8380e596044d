package interview

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// parseOne parses text as a single document.
func parseOne(t *testing.T, text string) (*Node, error) {
	t.Helper()
	docs := split("f.yml", text)
	if len(docs) != 1 {
		t.Fatalf("%d documents in %q", len(docs), text)
	}
	return docs[0].parse()
}

func TestScalars(t *testing.T) {
	for _, tt := range []struct{ in, kind, want string }{
		{"yes", "text", "yes"},
		{"no", "text", "no"},
		{"on", "text", "on"},
		{"True", "True or False", "True"},
		{"true", "True or False", "True"},
		{"TRUE", "True or False", "True"},
		{"False", "True or False", "False"},
		{"tRue", "text", "tRue"},
		{"null", "nothing", "None"},
		{"~", "nothing", "None"},
		{"", "nothing", "None"},
		{"None", "text", "None"},
		{"0777", "a whole number", "777"},
		{"01234", "a whole number", "1234"},
		{"0o777", "a whole number", "511"},
		{"08", "a whole number", "8"},
		{"0x1F", "a whole number", "31"},
		{"0b101", "a whole number", "5"},
		{"-0x10", "a whole number", "-16"},
		{"1_000", "a whole number", "1000"},
		{"+12", "a whole number", "12"},
		{"123456789012345678901234567890", "a whole number", "123456789012345678901234567890"},
		{"_1", "text", "_1"},
		{"1e3", "a number", "1000.0"},
		{"1.50", "a number", "1.5"},
		{".5", "a number", "0.5"},
		{"5.", "a number", "5.0"},
		{"1e22", "a number", "1e+22"},
		{"0.00001", "a number", "1e-05"},
		{".inf", "a number", "inf"},
		{"-.inf", "a number", "-inf"},
		{".nan", "a number", "nan"},
		{"1:30", "text", "1:30"},
		{"1.2.3", "text", "1.2.3"},
		{"2020-01-01", "a date", "2020-01-01"},
		{"2020-13-01", "text", "2020-13-01"},
		{"'0777'", "text", "0777"},
		{`"True"`, "text", "True"},
		{"!!str 12", "text", "12"},
		{"é", "text", "é"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			n, err := parseOne(t, "k: "+tt.in+"\n")
			if err != nil {
				t.Fatal(err)
			}
			if v := n.Get("k"); v.Kind.String() != tt.kind || v.Written() != tt.want {
				t.Errorf("%q is %s, %s, want %s, %s", tt.in, v.Kind, v.Written(), tt.kind, tt.want)
			}
		})
	}
}

func TestYAMLErrors(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"duplicate", "a: 1\nb: 2\na: 3\n", "f.yml:3:1: the key a is written twice, first at line 1"},
		{"duplicate within", "a:\n  b: 1\n  b: 2\n", "f.yml:3:3: the key b is written twice, first at line 2"},
		{"equal in Python", "1: a\nTrue: b\n", "f.yml:2:1: the key True is written twice, first at line 1"},
		{"one and text", "1: a\n'1': b\n", ""},
		{"list as key", "[a]: b\n", "f.yml:1:1: a key must be a single value; put it in quotation marks if it is meant as text"},
		{"unclosed", "a: [1, 2\nb: 3\n", "f.yml:2"},
		{"second colon", "question: What: now\n", "f.yml:1"},
		{"bad indent", "a:\n  b: 1\n c: 2\n", "f.yml:3"},
		{"tab", "a:\n\tb: 1\n\tc: 2\n", ""},
		{"unknown tag", "a: !python/object x\n", "f.yml:1:4: the tag !python/object is not known"},
		{"unknown anchor", "a: *nobody\n", "f.yml:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseOne(t, tt.in)
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error is %v, want %s", err, tt.want)
			}
		})
	}
}

func TestAliasesAndMerges(t *testing.T) {
	n, err := parseOne(t, "base: &b {x: 1, y: 2}\none: *b\ntwo:\n  <<: *b\n  y: 3\nthree:\n  <<: [*b, {z: 4}]\n")
	if err != nil {
		t.Fatal(err)
	}
	const want = "{base: {x: 1, y: 2}, one: {x: 1, y: 2}, two: {y: 3, x: 1}, three: {x: 1, y: 2, z: 4}}"
	if got := nodeText(n); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A laughing document doubles with every line; it must be refused, quickly.
func TestRepetitionIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	start := time.Now()
	_, err := parseOne(t, b.String())
	if err == nil || time.Since(start) > 5*time.Second {
		t.Errorf("error %v after %v, want a refusal", err, time.Since(start))
	}
	var ye *yamlError
	if !errors.As(err, &ye) {
		t.Errorf("error is %T, want one with a place", err)
	}
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string // line: text
	}{
		{"plain", "a: 1\n---\nb: 2\n", []string{"1: a: 1", "3: b: 2"}},
		{"leading and empty", "---\n---\n# nothing\n---\nb: 2\n---\n", []string{"5: b: 2"}},
		{"blanks after hyphens", "a: 1\n---   \nb: 2", []string{"1: a: 1", "3: b: 2"}},
		{"not separators", "a: |\n  ---\n--- b\n", []string{"1: a: |\n  ---\n--- b"}},
		{"carriage returns", "a: 1\r\n---\r\nb: 2\r\n", []string{"1: a: 1", "3: b: 2"}},
		{"end mark", "a: 1\n...\n---\nb: 2\n...\n", []string{"1: a: 1", "4: b: 2"}},
		{"byte order mark", "\ufeffa: 1\n", []string{"1: a: 1"}},
		{"tabs", "a:\n\tb: 1\n", []string{"1: a:\n  b: 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range split("f", tt.in) {
				got = append(got, fmt.Sprintf("%d: %s", d.line, strings.TrimSuffix(d.text, "\n")))
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestPlaces looks up the words marked with ^ in values of every style.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name, in, find string
		line, col      int
	}{
		{"plain", "key: one two\n", "two", 1, 10},
		{"single quotes", "key: 'one two'\n", "two", 1, 11},
		{"escaped quote", "key: 'it''s two'\n", "two", 1, 13},
		{"double quotes", `key: "one\ttwo \u00e9 three"` + "\n", "three", 1, 23},
		{"literal", "key: |\n  one\n\n    two\n", "two", 4, 5},
		{"literal after comment", "key: | # words\n  one\n", "one", 2, 3},
		{"literal with blank first line", "key: |\n\n  one\n", "one", 3, 3},
		{"literal keep", "key: |+\n  one\n\n", "one", 2, 3},
		{"literal with indicator", "key: |2\n   one\n", "one", 2, 4},
		{"folded", "key: >\n  one\n  two\n  three\n", "three", 4, 3},
		{"folded stripped", "key: >-\n  one two\n  three\n", "two", 2, 7},
		{"plain over lines", "key: one\n  two\n  three\n", "three", 3, 3},
		{"quoted over lines", "key: \"one\n  two\n  three\"\n", "three", 3, 3},
		{"after accents", "clé: été two\n", "two", 1, 10},
		{"literal after accents", "key: |\n  été two\n", "two", 2, 7},
		{"tab before", "key: |\n\tone\n", "one", 2, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := parseOne(t, tt.in)
			if err != nil {
				t.Fatal(err)
			}
			v := n.Items[0]
			off := strings.Index(v.Str, tt.find)
			if off < 0 {
				t.Fatalf("%q is not in %q", tt.find, v.Str)
			}
			if p := v.At(off); p.Line != tt.line || p.Col != tt.col {
				t.Errorf("%q stands at %d:%d, want %d:%d", tt.find, p.Line, p.Col, tt.line, tt.col)
			}
		})
	}
}
