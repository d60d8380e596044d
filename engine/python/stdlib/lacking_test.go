package stdlib_test

import (
	"context"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
)

// TestLackingModules: what the dialect leaves out is named, and why.
func TestLackingModules(t *testing.T) {
	lib := stdlib.New()
	th := python.NewThread(context.Background(), python.Options{Loader: lib})
	defer th.Close()
	for name, want := range map[string]string{
		"pickle":        "No module named 'pickle': it is not part of the dialect (answers are stored",
		"http.client":   "No module named 'http': it is not part of the dialect (connections",
		"importlib.abc": "No module named 'importlib.abc': it is not part of the dialect",
		"nosuch":        "No module named 'nosuch'",
	} {
		top, _, _ := strings.Cut(name, ".")
		if name != "importlib.abc" {
			name = top
		}
		_, err := lib.Load(th, name, "")
		r, ok := python.AsRaised(err)
		if !ok || !r.Class().Derives(python.ImportError) || !strings.HasPrefix(strings.TrimPrefix(r.Error(), "ModuleNotFoundError: "), want) {
			t.Errorf("import %s: %v, want %s", name, err, want)
		}
	}
}
