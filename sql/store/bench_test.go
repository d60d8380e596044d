package store

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"colloquy/sql/pgtest"
)

// stepSize is about what a step of an ordinary interview takes.
const stepSize = 2048

func onBothBench(b *testing.B, bench1 func(b *testing.B, s *bench)) {
	b.Run("sqlite", func(b *testing.B) { bench1(b, open(b, sqliteFile(b))) })
	b.Run("postgres", func(b *testing.B) { bench1(b, open(b, pgtest.URL(b))) })
}

func BenchmarkSave(b *testing.B) {
	for _, callers := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			onBothBench(b, func(b *testing.B, s *bench) { saves(b, s, callers) })
		})
	}
}

// saves shares b.N saves among callers, each with a session of its own.
func saves(b *testing.B, s *bench, callers int) {
	for i := range callers {
		s.begin(b, fmt.Sprint(i))
	}
	state := make([]byte, stepSize)
	ctx := context.Background()
	b.ReportAllocs()
	b.ResetTimer()
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			id := fmt.Sprint(i)
			rev := int64(1)
			for n := i; n < b.N; n += callers {
				st := delta(rev+1, rev+1, rev)
				st.State = state
				if err := s.Save(ctx, newStep(id, rev, st)); err != nil {
					b.Error(err)
					return
				}
				rev++
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}

func BenchmarkLoad(b *testing.B) {
	for _, deltas := range []int{0, 20} {
		b.Run(fmt.Sprintf("deltas=%d", deltas), func(b *testing.B) {
			onBothBench(b, func(b *testing.B, s *bench) {
				c := creation("s")
				c.First.State = make([]byte, 8*stepSize)
				if err := s.Create(context.Background(), c); err != nil {
					b.Fatal(err)
				}
				for rev := range int64(deltas) {
					st := delta(rev+2, rev+2, rev+1)
					st.State = make([]byte, 200)
					if err := s.Save(context.Background(), newStep("s", rev+1, st)); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := s.Load(context.Background(), "s"); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
