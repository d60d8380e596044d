package python_test

import (
	"context"
	"testing"

	"colloquy/engine/python"
)

// BenchmarkPrograms runs small programs; one operation is one round of their
// loop.
func BenchmarkPrograms(b *testing.B) {
	for _, p := range []struct{ name, setup, body string }{
		{"loop", "", "for i in range(n): pass"},
		{"while", "", "def run():\n    i = 0\n    while i < n: i += 1\nrun()"},
		{"arithmetic", "", "def run():\n    t = 0\n    for i in range(n): t = t + i * 2 % 7\nrun()"},
		{"globals", "", "t = 0\nfor i in range(n): t = t + 1"},
		{"call", "def f(x): return x", "for i in range(n): f(i)"},
		{"method", "class A:\n    def m(self, x): return x\na = A()", "for i in range(n): a.m(i)"},
		{"attribute", "class A: pass\na = A()\na.x = 1", "for i in range(n): a.x"},
		{"set attribute", "class A: pass\na = A()\na.x = 1", "for i in range(n): a.x = 1"},
		{"construct", "class A:\n    def __init__(self, v): self.v = v", "for i in range(n): A(i)"},
		{"dict", "d = {str(i): i for i in range(100)}", "for i in range(n): d['50']"},
		{"dict set", "d = {}", "for i in range(n): d[i & 255] = i"},
		{"list append", "l = []", "for i in range(n): l.append(i)"},
		{"builtin", "l = [1, 2]", "for i in range(n): len(l)"},
		{"comprehension", "", "[i for i in range(n)]"},
		{"generator", "def g():\n    for i in range(n): yield i", "for i in g(): pass"},
		{"generator expression", "", "sum(i for i in range(n))"},
		{"string building", "", "','.join(str(i) for i in range(n))"},
		{"f-string", "", "for i in range(n): f'a{i}b'"},
		{"exception", "", "for i in range(n):\n    try: raise ValueError('x')\n    except ValueError: pass"},
	} {
		b.Run(p.name, func(b *testing.B) {
			code := compileInterview(b, p.setup+"\n"+p.body)
			ns := python.NewNamespace(nil)
			ns.Set("n", python.Int(b.N))
			limits := python.Limits{Steps: 1 << 60, Bytes: 1 << 60, Allocation: 1 << 40}
			th := python.NewThread(context.Background(), python.Options{Limits: limits})
			defer th.Close()
			b.ReportAllocs()
			b.ResetTimer()
			if _, err := code.Run(th, ns); err != nil {
				b.Fatal(err)
			}
		})
	}
}
