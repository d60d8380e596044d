package python_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// FuzzRun runs any program at all under small budgets: it ends in time, by
// itself or because a budget is used up, and never with a panic. What it does
// to the classes of the language is gone with its thread.
func FuzzRun(f *testing.F) {
	topics, err := filepath.Glob("differential/testdata/*/*.txtar")
	if err != nil || len(topics) == 0 {
		f.Fatal("no programs to begin with", err)
	}
	for _, topic := range topics {
		content, err := os.ReadFile(topic)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(content).Files {
			if filepath.Ext(file.Name) == ".py" {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1<<14 {
			t.Skip("too long to be worth it")
		}
		file, err := syntax.ParseFile("fuzz.py", src, syntax.Pos{Line: 1, Col: 1})
		if err != nil {
			return
		}
		code, err := python.Compile(file, python.CompileOptions{})
		if err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		defer cancel()
		th := python.NewThread(ctx, python.Options{Limits: python.Limits{Steps: 200_000, Bytes: 16 << 20, Depth: 200}})
		began := time.Now()
		_ = python.NewModule("__main__").Run(th, code)
		th.Close()
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it ran for %v", took)
		}
	})
}
