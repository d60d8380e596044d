package syntax

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A sample is an entry of a golden file: a source, then "=> " and what becomes
// of it, then a line "---".
type sample struct{ src, want string }

func samples(t testing.TB, file string) []sample {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []sample
	for _, entry := range strings.Split(strings.TrimSuffix(string(b), "\n---\n"), "\n---\n") {
		i := strings.LastIndex("\n"+entry, "\n=> ")
		if i < 0 {
			t.Fatalf("%s: no result in %q", file, entry)
		}
		list = append(list, sample{entry[:i], strings.TrimPrefix(entry[i:], "=> ")})
	}
	return list
}

// check compares what f makes of each sample with what is recorded.
func check(t *testing.T, file string, f func(src string) string) {
	t.Helper()
	var out strings.Builder
	for _, s := range samples(t, file) {
		got := f(s.src)
		if got != s.want && !*update {
			t.Errorf("%q:\n got %s\nwant %s", s.src, got, s.want)
		}
		fmt.Fprintf(&out, "%s=> %s\n---\n", s.src, got)
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func dumpWithPositions(f *File) string {
	d := dumper{pos: true}
	d.node(reflect.ValueOf(f))
	return d.out.String()
}

// trees.txt was recorded with CPython's ast module, positions included.
// dialect.txt holds what only newer versions read, checked by hand.
func TestTrees(t *testing.T) {
	for _, file := range []string{"testdata/trees.txt", "testdata/dialect.txt"} {
		check(t, file, func(src string) string {
			f, err := ParseFile("f", src, Pos{})
			if err != nil {
				return err.Error()
			}
			return dumpWithPositions(f)
		})
	}
}

func TestErrors(t *testing.T) {
	check(t, "testdata/errors.txt", func(src string) string {
		f, err := ParseFile("f", src, Pos{})
		if err == nil {
			return Dump(f)
		}
		var e *Error
		if !errors.As(err, &e) {
			t.Fatalf("%q: error of type %T", src, err)
		}
		return fmt.Sprintf("%d:%d %s: %s", e.Line, e.Col, e.Kind, e.Msg)
	})
}
