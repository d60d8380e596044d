package check_test

import (
	"io/fs"
	"syscall"
	"testing"
	"time"

	"colloquy/engine/check"
	"colloquy/engine/demo"
)

// BenchmarkWalk tells how many steps of conversations are taken per second of
// processor time, which is what one core does in a second.
func BenchmarkWalk(b *testing.B) {
	p := programs(b, map[string]fs.FS{demo.Package: demo.Files()})
	for _, name := range []string{"greeting", "people", "vegetables"} {
		b.Run(name, func(b *testing.B) {
			steps, before := 0, used(b)
			b.ReportAllocs()
			for n := uint64(0); b.Loop(); n++ {
				r, err := check.Check(b.Context(), p, demo.Package+":"+name+".yml", check.Options{Walks: 100, Seed: n})
				if err != nil {
					b.Fatal(err)
				}
				steps += r.Walked.Steps
			}
			b.ReportMetric(float64(steps)/b.Elapsed().Seconds(), "steps/s")
			b.ReportMetric(float64(steps)/(used(b)-before).Seconds(), "steps/core-s")
		})
	}
}

// used is the processor time that this process has taken.
func used(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
