package differential

import (
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
)

// rounds is how often a program of the folder speed runs; the best one counts.
const rounds = 5

// BenchmarkSpeed runs main() of each program of the folder speed in our
// dialect and, if the environment variable PYTHON names one, in CPython. It
// reports the best times in milliseconds and how many times CPython's ours is.
func BenchmarkSpeed(b *testing.B) {
	files, err := filepath.Glob("speed/*.py")
	if err != nil || len(files) == 0 {
		b.Fatal("no programs", err)
	}
	python := os.Getenv("PYTHON")
	if python == "" {
		b.Log("PYTHON is not set: nothing to compare with")
	}
	var logs float64
	for _, file := range files {
		b.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(b *testing.B) {
			ours := time.Duration(math.MaxInt64)
			for b.Loop() {
				ours = min(ours, bestOfOurs(b, file))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(milliseconds(ours), "ms")
			if python == "" {
				return
			}
			theirs := bestOfCPython(b, python, file)
			b.ReportMetric(milliseconds(theirs), "CPython-ms")
			b.ReportMetric(float64(ours)/float64(theirs), "times-CPython")
			logs += math.Log(float64(ours) / float64(theirs))
		})
	}
	if python != "" {
		b.Logf("geometric mean: %.2f times CPython's time", math.Exp(logs/float64(len(files))))
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func bestOfOurs(b *testing.B, file string) time.Duration {
	src, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	r := &runner{opts: &Options{Load: stdlib.New()}, modules: map[string]*python.Module{}}
	th := r.thread(context.Background())
	defer th.Close()
	m := python.NewModule("__main__")
	if err := r.body(th, m, file, string(src)); err != nil {
		b.Fatal(err)
	}
	main, _ := m.Globals.Get("main")
	best := time.Duration(math.MaxInt64)
	for range rounds {
		start := time.Now()
		if _, err := th.Call(main, nil, nil); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}

// timer prints the best time of main() in seconds.
const timer = `import sys, time
names = {"__name__": "__main__"}
with open(sys.argv[1]) as f:
    exec(compile(f.read(), sys.argv[1], "exec"), names)
best = None
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    names["main"]()
    taken = time.perf_counter() - start
    best = taken if best is None else min(best, taken)
print(best)
`

func bestOfCPython(b *testing.B, python, file string) time.Duration {
	out, err := exec.CommandContext(b.Context(), python, "-c", timer, file, strconv.Itoa(2*rounds)).Output()
	if err != nil {
		b.Fatalf("%s %s: %v", python, file, err)
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(seconds * float64(time.Second))
}
