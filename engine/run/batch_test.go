package run

import (
	"testing"
	"time"
)

func TestBatchAfter(t *testing.T) {
	for _, tt := range []struct {
		batch int
		took  time.Duration
		want  int
	}{
		{10, time.Millisecond, 20}, {40, time.Millisecond, 50}, {50, time.Millisecond, 50},
		{20, 3 * time.Millisecond, 20}, {50, 30 * time.Millisecond, 25}, {6, time.Second, 4},
	} {
		if got := batchAfter(tt.batch, tt.took); got != tt.want {
			t.Errorf("after %d in %v come %d, want %d", tt.batch, tt.took, got, tt.want)
		}
	}
}
