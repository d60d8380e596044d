package elementary_test

import (
	"math"
	"math/big"
	"testing"

	"colloquy/engine/python/elementary"
)

func one(f func(x float64) float64) func([]float64) float64 {
	return func(xs []float64) float64 { return f(xs[0]) }
}

func two(f func(x, y float64) float64) func([]float64) float64 {
	return func(xs []float64) float64 { return f(xs[0], xs[1]) }
}

// TestValues compares with what CPython 3.12 has over glibc.
func TestValues(t *testing.T) {
	for _, tt := range []struct {
		call string
		f    func([]float64) float64
		args []float64
		want float64
	}{
		{"Exp(1.0,)", one(elementary.Exp), []float64{1.0}, 2.718281828459045},
		{"Exp(-0.7,)", one(elementary.Exp), []float64{-0.7}, 0.4965853037914095},
		{"Exp(0.1,)", one(elementary.Exp), []float64{0.1}, 1.1051709180756477},
		{"Exp(300.25,)", one(elementary.Exp), []float64{300.25}, 2.4941248615349213e+130},
		{"Exp(-708.5,)", one(elementary.Exp), []float64{-708.5}, 2.006132305331306e-308},
		{"Exp(5.5e-05,)", one(elementary.Exp), []float64{5.5e-05}, 1.0000550015125278},
		{"Exp2(0.5,)", one(elementary.Exp2), []float64{0.5}, 1.4142135623730951},
		{"Exp2(-3.7,)", one(elementary.Exp2), []float64{-3.7}, 0.07694652583405726},
		{"Exp2(10.0,)", one(elementary.Exp2), []float64{10.0}, 1024.0},
		{"Log(2.0,)", one(elementary.Log), []float64{2.0}, 0.6931471805599453},
		{"Log(10.0,)", one(elementary.Log), []float64{10.0}, 2.302585092994046},
		{"Log(0.999999,)", one(elementary.Log), []float64{0.999999}, -1.000000500029089e-06},
		{"Log(1.0000001,)", one(elementary.Log), []float64{1.0000001}, 9.999999505838704e-08},
		{"Log(3e-300,)", one(elementary.Log), []float64{3e-300}, -689.6769156095456},
		{"Log(7.25e+200,)", one(elementary.Log), []float64{7.25e+200}, 462.4980200676757},
		{"Log10(2.0,)", one(elementary.Log10), []float64{2.0}, 0.3010299956639812},
		{"Log10(1000.0,)", one(elementary.Log10), []float64{1000.0}, 3.0},
		{"Log10(0.3,)", one(elementary.Log10), []float64{0.3}, -0.5228787452803376},
		{"Log10(123456.789,)", one(elementary.Log10), []float64{123456.789}, 5.09151497716927},
		{"Log2(3.0,)", one(elementary.Log2), []float64{3.0}, 1.584962500721156},
		{"Log2(8.0,)", one(elementary.Log2), []float64{8.0}, 3.0},
		{"Log2(0.1,)", one(elementary.Log2), []float64{0.1}, -3.321928094887362},
		{"Log2(1e-310,)", one(elementary.Log2), []float64{1e-310}, -1029.7977094150824},
		{"Sin(1.0,)", one(elementary.Sin), []float64{1.0}, 0.8414709848078965},
		{"Sin(100.5,)", one(elementary.Sin), []float64{100.5}, -0.030959966783271346},
		{"Sin(-3.3,)", one(elementary.Sin), []float64{-3.3}, 0.1577456941432482},
		{"Sin(1e+22,)", one(elementary.Sin), []float64{1e+22}, -0.8522008497671888},
		{"Sin(355.0,)", one(elementary.Sin), []float64{355.0}, -3.014435335948845e-05},
		{"Sin(1e-05,)", one(elementary.Sin), []float64{1e-05}, 9.999999999833334e-06},
		{"Cos(1.0,)", one(elementary.Cos), []float64{1.0}, 0.5403023058681398},
		{"Cos(100.5,)", one(elementary.Cos), []float64{100.5}, 0.9995206253283515},
		{"Cos(-3.3,)", one(elementary.Cos), []float64{-3.3}, -0.9874797699088649},
		{"Cos(1e+22,)", one(elementary.Cos), []float64{1e+22}, 0.523214785395139},
		{"Cos(11.0,)", one(elementary.Cos), []float64{11.0}, 0.004425697988050785},
		{"Tan(1.0,)", one(elementary.Tan), []float64{1.0}, 1.5574077246549023},
		{"Tan(1.5707,)", one(elementary.Tan), []float64{1.5707}, 10381.327417569786},
		{"Tan(-4.5,)", one(elementary.Tan), []float64{-4.5}, -4.637332054551185},
		{"Tan(1000000000000000.0,)", one(elementary.Tan), []float64{1000000000000000.0}, -1.672414782127583},
		{"Asin(0.5,)", one(elementary.Asin), []float64{0.5}, 0.5235987755982989},
		{"Asin(-0.999,)", one(elementary.Asin), []float64{-0.999}, -1.526071239626163},
		{"Asin(0.1,)", one(elementary.Asin), []float64{0.1}, 0.1001674211615598},
		{"Acos(0.5,)", one(elementary.Acos), []float64{0.5}, 1.0471975511965979},
		{"Acos(-0.999,)", one(elementary.Acos), []float64{-0.999}, 3.09686756642106},
		{"Acos(0.1,)", one(elementary.Acos), []float64{0.1}, 1.4706289056333368},
		{"Atan(0.5,)", one(elementary.Atan), []float64{0.5}, 0.4636476090008061},
		{"Atan(-30.0,)", one(elementary.Atan), []float64{-30.0}, -1.5374753309166493},
		{"Atan(100000.0,)", one(elementary.Atan), []float64{100000.0}, 1.570786326794897},
		{"Sinh(0.5,)", one(elementary.Sinh), []float64{0.5}, 0.5210953054937474},
		{"Sinh(-3.0,)", one(elementary.Sinh), []float64{-3.0}, -10.017874927409903},
		{"Sinh(21.0,)", one(elementary.Sinh), []float64{21.0}, 659407867.2416073},
		{"Cosh(0.25,)", one(elementary.Cosh), []float64{0.25}, 1.0314130998795732},
		{"Cosh(-3.0,)", one(elementary.Cosh), []float64{-3.0}, 10.067661995777765},
		{"Cosh(21.0,)", one(elementary.Cosh), []float64{21.0}, 659407867.2416073},
		{"Tanh(0.25,)", one(elementary.Tanh), []float64{0.25}, 0.24491866240370913},
		{"Tanh(-3.0,)", one(elementary.Tanh), []float64{-3.0}, -0.9950547536867305},
		{"Tanh(0.9,)", one(elementary.Tanh), []float64{0.9}, 0.7162978701990245},
		{"Asinh(0.25,)", one(elementary.Asinh), []float64{0.25}, 0.24746646154726346},
		{"Asinh(-3.0,)", one(elementary.Asinh), []float64{-3.0}, -1.8184464592320668},
		{"Asinh(100.0,)", one(elementary.Asinh), []float64{100.0}, 5.298342365610589},
		{"Acosh(1.25,)", one(elementary.Acosh), []float64{1.25}, 0.6931471805599453},
		{"Acosh(3.0,)", one(elementary.Acosh), []float64{3.0}, 1.762747174039086},
		{"Acosh(100.0,)", one(elementary.Acosh), []float64{100.0}, 5.298292365610484},
		{"Pow(1.05, 30.0)", two(elementary.Pow), []float64{1.05, 30.0}, 4.321942375150668},
		{"Pow(1.0725, -12.0)", two(elementary.Pow), []float64{1.0725, -12.0}, 0.43175004322462285},
		{"Pow(2.0, 0.5)", two(elementary.Pow), []float64{2.0, 0.5}, 1.4142135623730951},
		{"Pow(10.0, -5.0)", two(elementary.Pow), []float64{10.0, -5.0}, 1e-05},
		{"Pow(1.5, 300.7)", two(elementary.Pow), []float64{1.5, 300.7}, 8.925685865915116e+52},
		{"Pow(0.1, 0.1)", two(elementary.Pow), []float64{0.1, 0.1}, 0.7943282347242815},
		{"Pow(-1.1, 7.0)", two(elementary.Pow), []float64{-1.1, 7.0}, -1.9487171000000012},
		{"Pow(1e-05, 60.0)", two(elementary.Pow), []float64{1e-05, 60.0}, 1.0000000000000048e-300},
		{"Pow(9.99, 3.0)", two(elementary.Pow), []float64{9.99, 3.0}, 997.002999},
		{"Pow(1.0000001, 10000000.0)", two(elementary.Pow), []float64{1.0000001, 10000000.0}, 2.7182816941320818},
		{"Atan2(1.0, 3.0)", two(elementary.Atan2), []float64{1.0, 3.0}, 0.3217505543966422},
		{"Atan2(-2.5, -0.1)", two(elementary.Atan2), []float64{-2.5, -0.1}, -1.6107750139181867},
		{"Atan2(0.001, 70000.0)", two(elementary.Atan2), []float64{0.001, 70000.0}, 1.4285714285714284e-08},
	} {
		if got := tt.f(tt.args); got != tt.want {
			t.Errorf("%s = %v, want %v", tt.call, got, tt.want)
		}
	}
}

// TestPowIsNearest compares whole powers with exact ones.
func TestPowIsNearest(t *testing.T) {
	for i := range 2000 {
		x, n := 1+float64(i)/997, i%40
		exact := new(big.Float).SetPrec(3000).SetInt64(1)
		for range n {
			exact.Mul(exact, big.NewFloat(x))
		}
		want, _ := exact.Float64()
		if got := elementary.Pow(x, float64(n)); got != want {
			t.Errorf("Pow(%v, %d) = %v, want %v", x, n, got, want)
		}
	}
}

// TestSpecialValues are those of package math.
func TestSpecialValues(t *testing.T) {
	specials := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1, 1e308}
	same := func(a, b float64) bool { return a == b && math.Signbit(a) == math.Signbit(b) || a != a && b != b }
	for _, x := range specials {
		for _, y := range specials {
			if got, want := elementary.Pow(x, y), math.Pow(x, y); !same(got, want) {
				t.Errorf("Pow(%v, %v) = %v, want %v", x, y, got, want)
			}
		}
		for _, f := range [][2]func(float64) float64{{elementary.Exp, math.Exp}, {elementary.Log, math.Log}, {elementary.Atan, math.Atan},
			{elementary.Asin, math.Asin}, {elementary.Tanh, math.Tanh}, {elementary.Cosh, math.Cosh}} {
			got, want := f[0](x), f[1](x)
			if math.Abs(got-want) > 1e-12*math.Abs(want) || math.IsNaN(got) != math.IsNaN(want) {
				t.Errorf("%v: got %v, want %v", x, got, want)
			}
		}
	}
}
