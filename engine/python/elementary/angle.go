package elementary

import (
	"math"
	"math/big"
	"sync"
)

// halfPi is half of pi in three parts, the last far below the others.
var halfPi = [3]float64{1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33}

// farPi gives half of pi to 1300 bits, for angles of any size.
var farPi = sync.OnceValue(func() *big.Float {
	const bits = 1300
	unit := new(big.Int).Lsh(big.NewInt(1), bits+32)
	arctan := func(n int64) *big.Int { // of 1/n
		t := new(big.Int).Quo(unit, big.NewInt(n))
		out, square := new(big.Int).Set(t), big.NewInt(n*n)
		for k := int64(3); t.Sign() != 0; k += 2 {
			t.Quo(t, square)
			t.Neg(t)
			out.Add(out, new(big.Int).Quo(t, big.NewInt(k)))
		}
		return out
	}
	half := new(big.Int).Mul(arctan(5), big.NewInt(8)) // pi/2 = 8 arctan(1/5) - 2 arctan(1/239)
	half.Sub(half, new(big.Int).Mul(arctan(239), big.NewInt(2)))
	f := new(big.Float).SetPrec(bits).SetInt(half)
	return f.Quo(f, new(big.Float).SetPrec(bits).SetInt(unit))
})

// reduced returns x less a multiple of pi/2, and the multiple modulo 4.
func reduced(x float64) (pair, int) {
	n := math.Round(x / halfPi[0])
	if math.Abs(n) < 1<<26 {
		r := pair{x, 0}.sub(product(n, halfPi[0])).sub(product(n, halfPi[1])).sub(product(n, halfPi[2]))
		return r, int(int64(n) & 3)
	}
	f := new(big.Float).SetPrec(1300).SetFloat64(x)
	q, _ := new(big.Float).SetPrec(1300).Quo(f, farPi()).Int(nil)
	f.Sub(f, new(big.Float).SetPrec(1300).Mul(new(big.Float).SetPrec(1300).SetInt(q), farPi()))
	hi, _ := f.Float64()
	lo, _ := f.Sub(f, new(big.Float).SetFloat64(hi)).Float64()
	quarter := int(new(big.Int).And(q, big.NewInt(3)).Int64())
	r := pair{hi, lo}
	if hi > halfPi[0]/2 {
		return r.sub(pair{halfPi[0], halfPi[1]}), (quarter + 1) & 3
	}
	if hi < -halfPi[0]/2 {
		return r.add(pair{halfPi[0], halfPi[1]}), (quarter + 3) & 3
	}
	return r, quarter
}

// sinCosNear returns sine and cosine of a number of at most pi/4.
func sinCosNear(r pair) (sin, cos pair) {
	square := r.mul(r)
	for n := 27; n >= 3; n -= 2 {
		sin = inverse(n).sub(sin).mul(square)
	}
	for n := 26; n >= 2; n -= 2 {
		cos = inverse(n).sub(cos).mul(square)
	}
	return r.sub(sin.mul(r)), cos.neg().addFloat(1)
}

func sinCos(x float64) (sin, cos pair) {
	r, quarter := reduced(x)
	s, c := sinCosNear(r)
	switch quarter {
	case 1:
		return c, s.neg()
	case 2:
		return s.neg(), c.neg()
	case 3:
		return c.neg(), s
	}
	return s, c
}

// Sin returns the sine of an angle in radians.
func Sin(x float64) float64 {
	if special(x) || math.Abs(x) < 1e-9 {
		return math.Sin(x)
	}
	s, _ := sinCos(x)
	return s.float()
}

// Cos returns the cosine.
func Cos(x float64) float64 {
	if special(x) {
		return math.Cos(x)
	}
	_, c := sinCos(x)
	return c.float()
}

// Tan returns the tangent.
func Tan(x float64) float64 {
	if special(x) || math.Abs(x) < 1e-9 {
		return math.Tan(x)
	}
	s, c := sinCos(x)
	return s.div(c).float()
}

// Atan returns the angle of a tangent.
func Atan(x float64) float64 {
	if special(x) || math.Abs(x) < 1e-8 || math.Abs(x) > 1e16 {
		return math.Atan(x)
	}
	return turned(math.Atan(x), x, 1)
}

// turned returns the angle of (x, y), which is near guess.
func turned(guess, y, x float64) float64 {
	s, c := sinCos(guess)
	across := c.mulFloat(y).sub(s.mulFloat(x))
	along := c.mulFloat(x).add(s.mulFloat(y))
	return across.div(along).addFloat(guess).float()
}

// Atan2 returns the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	if special(x) || special(y) {
		return math.Atan2(y, x)
	}
	_, ex := math.Frexp(x)
	_, ey := math.Frexp(y)
	if ex-ey > 40 || ey-ex > 40 {
		return math.Atan2(y, x)
	}
	guess := math.Atan2(y, x)
	return turned(guess, math.Ldexp(y, -ex), math.Ldexp(x, -ex))
}

// Asin returns the angle of a sine.
func Asin(x float64) float64 {
	if special(x) || math.Abs(x) >= 1 || math.Abs(x) < 1e-8 {
		return math.Asin(x)
	}
	guess := math.Asin(x)
	s, c := sinCos(guess)
	return pair{x, 0}.sub(s).div(c).addFloat(guess).float()
}

// Acos returns the angle of a cosine.
func Acos(x float64) float64 {
	if special(x) || math.Abs(x) >= 1 {
		return math.Acos(x)
	}
	guess := math.Acos(x)
	s, c := sinCos(guess)
	return c.sub(pair{x, 0}).div(s).addFloat(guess).float()
}

// Cbrt returns the cube root.
func Cbrt(x float64) float64 {
	if special(x) {
		return math.Cbrt(x)
	}
	y := math.Cbrt(x)
	cube := product(y, y).mulFloat(y)
	return cube.sub(pair{x, 0}).div(product(3*y, y)).neg().addFloat(y).float()
}
