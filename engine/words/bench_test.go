package words_test

import (
	"context"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// BenchmarkNamespace begins an evaluation over the whole library: a thread,
// names of its own, and a line of an interview that uses a class and a
// function of the library.
func BenchmarkNamespace(b *testing.B) {
	lib, err := load()
	if err != nil {
		b.Fatal(err)
	}
	file, err := syntax.ParseFile("line", "n = len(DAList('things').elements)\nadd = comma_and_list", syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		b.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{Interview: true})
	if err != nil {
		b.Fatal(err)
	}
	s := open(b)
	b.ReportAllocs()
	for b.Loop() {
		th := python.NewThread(context.Background(), python.Options{Loader: loader{lib}, Local: evaluation.Evaluation(s.fake)})
		s.answers = python.NewNamespace(lib.Namespace())
		if _, err := code.Run(th, s.answers); err != nil {
			b.Fatal(err)
		}
		th.Close()
	}
}
