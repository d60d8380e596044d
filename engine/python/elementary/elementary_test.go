package elementary_test

import (
	"math"
	"math/big"
	"testing"

	"colloquy/engine/python/elementary"
)

// TestPowIsRounded compares whole powers with exact ones.
func TestPowIsRounded(t *testing.T) {
	wrong := 0
	for _, x := range []float64{1.035, 1.1, 0.97, 2.5, 123.456, 1e-3, 0.1, 7} {
		for n := 2; n < 60; n++ {
			exact := new(big.Float).SetPrec(4000).SetFloat64(1)
			for range n {
				exact.Mul(exact, new(big.Float).SetFloat64(x))
			}
			want, _ := exact.Float64()
			if got := elementary.Pow(x, float64(n)); got != want {
				wrong++
				t.Logf("%v ** %d = %v, want %v", x, n, got, want)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d powers are not rounded correctly", wrong)
	}
}

func TestKnownValues(t *testing.T) {
	pi := math.Pi
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"cos 60 degrees", elementary.Cos(pi / 3), 0.5000000000000001}, {"sin 60 degrees", elementary.Sin(pi / 3), 0.8660254037844386},
		{"sin 180 degrees", elementary.Sin(pi), 1.2246467991473532e-16}, {"cos 90 degrees", elementary.Cos(pi / 2), 6.123233995736766e-17},
		{"tan 45 degrees", elementary.Tan(pi / 4), 0.9999999999999999}, {"e", elementary.Exp(1), math.E}, {"log e", elementary.Log(math.E), 1},
		{"log10 1000", elementary.Log10(1000), 3}, {"log2 2**29", elementary.Log2(1 << 29), 29}, {"log10 1e-5", elementary.Log10(1e-5), -5},
		{"cube root of -8", elementary.Pow(-8, 3), -512}, {"overflow", elementary.Pow(-10, 309), math.Inf(-1)}, {"underflow", elementary.Pow(10, -400), 0},
		{"smallest", elementary.Pow(2, -1074), 5e-324}, {"large", elementary.Exp(700), 1.0142320547350045e+304}, {"none", elementary.Exp(-750), 0},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}
