package stdlib_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
)

func call(t *testing.T, lib *stdlib.Library, module, fn string, args ...python.Value) (python.Value, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	th := python.NewThread(ctx, python.Options{Loader: lib})
	defer th.Close()
	m, err := th.Import(module)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := m.Globals.Get(fn)
	return th.Call(f, args, nil)
}

// FuzzLoads reads anything as JSON: it is read or refused with a ValueError,
// and what was read is written and read again as the same.
func FuzzLoads(f *testing.F) {
	for _, s := range []string{`{"a": [1, -2.5e3, true, null, "\u00e9\ud83d\ude00"]}`, `[`, `"\`, `{"a":1,}`, `1 2`, `nan`, `[1,,2]`, `"\ud800"`, "\ufeff1"} {
		f.Add(s)
	}
	lib := stdlib.New()
	f.Fuzz(func(t *testing.T, s string) {
		v, err := call(t, lib, "json", "loads", python.NewStr(s))
		if err != nil {
			if !python.IsException(err, python.ValueError) && !python.IsException(err, python.RecursionError) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		text, err := call(t, lib, "json", "dumps", v)
		if err != nil {
			t.Fatalf("%q was read, but cannot be written: %v", s, err)
		}
		again, err := call(t, lib, "json", "loads", text)
		if err != nil {
			t.Fatalf("%q was written as %s, which cannot be read: %v", s, text, err)
		}
		back, err := call(t, lib, "json", "dumps", again)
		if err != nil || back.(*python.Str).String() != text.(*python.Str).String() {
			t.Fatalf("%s became %s (%v)", text, back, err)
		}
		if json.Valid([]byte(s)) {
			return
		}
		// Python reads NaN and Infinity, and keeps what it cannot decode.
		if want := json.Valid([]byte(text.(*python.Str).String())); !want && !hasSpecial(s) {
			t.Fatalf("%q was read and written as %s", s, text)
		}
	})
}

func hasSpecial(s string) bool {
	for i := range s {
		if s[i] == 'N' || s[i] == 'I' || s[i] == 'e' || s[i] == 'E' || i > 300 {
			return true // NaN, Infinity, or a number that becomes infinite
		}
	}
	return false
}

// FuzzPattern compiles anything as a pattern: it is refused with re.error, or
// can be used.
func FuzzPattern(f *testing.F) {
	for _, s := range []string{`(?P<a>x)(?P=a)`, `[^\W\d_]+`, `(?i:a|b)*?`, `a{,3}+`, `(?<=x)y(?!z)`, `(?(1)a|b)`, `\x41\101\u0041`, `(?x) a # b`, `[]-a]`, `(`, `\`, `[a-`, `(?>a|b)\Z`, `(?a)\b\w`} {
		f.Add(s, "some text with x and y")
	}
	lib := stdlib.New()
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 60 || len(text) > 100 {
			return
		}
		v, err := call(t, lib, "re", "findall", python.NewStr(pattern), python.NewStr(text))
		if err != nil {
			if !python.IsException(err, lib.Class("re.error")) && !python.IsException(err, python.TimeoutError) && !python.IsException(err, python.MemoryError) {
				t.Fatalf("%q: %v", pattern, err)
			}
			return
		}
		if _, ok := v.(*python.List); !ok {
			t.Fatalf("%q found a %T", pattern, v)
		}
	})
}
