package python_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// run runs a program as the module __main__ and returns what it printed.
func run(t *testing.T, name, src string) (string, error) {
	t.Helper()
	file, err := syntax.ParseFile(name, src, syntax.Pos{})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	th := python.NewThread(context.Background(), python.Options{Print: func(s string) { out.WriteString(s) }})
	defer th.Close()
	err = python.NewModule("__main__").Run(th, code)
	return out.String(), err
}

// TestGolden runs the programs of testdata/golden. What they print was recorded
// with CPython 3.12 (testdata/golden/record).
func TestGolden(t *testing.T) {
	programs, err := filepath.Glob("testdata/golden/*.py")
	if err != nil || len(programs) == 0 {
		t.Fatal("no programs", err)
	}
	for _, path := range programs {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(path, ".py") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			got, err := run(t, filepath.Base(path), string(src))
			if r, ok := python.AsRaised(err); ok {
				t.Errorf("raised:\n%s", r.Format())
			} else if err != nil {
				t.Error(err)
			}
			compareLines(t, got, string(want))
		})
	}
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	differ := 0
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b && differ < 20 {
			differ++
			t.Errorf("line %d\n got %s\nwant %s", i+1, a, b)
		}
	}
}
