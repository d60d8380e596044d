package differential

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestRecordNeedsCPython(t *testing.T) {
	t.Setenv("PYTHON", "")
	if _, err := record("", nil); err == nil || !strings.Contains(err.Error(), "PYTHON") {
		t.Errorf("without PYTHON: %v", err)
	}
	old := filepath.Join(t.TempDir(), "python")
	if err := os.WriteFile(old, []byte("#!/bin/sh\necho CPython 3.12 or later is needed, this is 3.9 >&2; exit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PYTHON", old)
	if _, err := record("", nil); err == nil || !strings.Contains(err.Error(), "this is 3.9") {
		t.Errorf("with an old CPython: %v", err)
	}
}

func TestShape(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		same       bool
	}{
		{"names and constants", "x = f(1)\n", "why = gee('two')\n", true},
		{"operators", "x = a + b\n", "x = a - b\n", false},
		{"comparisons", "a < b\n", "a > b\n", false},
		{"arguments", "f(a)\n", "f(a, b)\n", false},
		{"keyword and position", "f(a)\n", "f(a=b)\n", false},
		{"blocks", "if a:\n    b\nc\n", "if a:\n    b\n    c\n", false},
		{"a default", "def f(a=1): pass\n", "def f(a): pass\n", false},
		{"patterns", "match a:\n    case [b]: pass\n", "match a:\n    case b: pass\n", false},
		{"except star", "try: pass\nexcept E: pass\n", "try: pass\nexcept* E: pass\n", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := programOf(tt.a).shape() == programOf(tt.b).shape(); got != tt.same {
				t.Errorf("same shape: %v, want %v", got, tt.same)
			}
		})
	}
}

func programOf(src string) *program {
	return &program{slug: "p", files: []txtar.File{{Name: "p.py", Data: []byte(src)}}}
}

func TestReadTopicComplains(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no first line", "-- a.py --\n1\n", "what the programs are about"},
		{"output without program", "About.\n-- a.out --\n", "not after its program"},
		{"twice", "About.\n-- a.py --\n1\n-- a.py --\n2\n", "a second program"},
		{"no main", "About.\n-- a/b.py --\n1\n", "main.py comes first"},
		{"another file", "About.\n-- a.txt --\n1\n", "neither a program"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "topic.txtar")
			if err := os.WriteFile(path, []byte(tt.text), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := readTopic(path); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
