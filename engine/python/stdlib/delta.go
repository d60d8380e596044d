package stdlib

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"colloquy/engine/python"
)

const (
	microsPerSecond = 1_000_000
	microsPerDay    = 86400 * microsPerSecond
	maxDeltaDays    = 999_999_999
)

var deltaClass *python.Class

// Delta is datetime.timedelta.
type Delta struct {
	days   int64
	micros int64 // within the day: 0 <= micros < microsPerDay
}

// Class returns the class timedelta.
func (*Delta) Class() *python.Class { return deltaClass }

// Persist returns days, seconds and microseconds.
func (d *Delta) Persist() python.Value {
	return ints(d.days, d.micros/microsPerSecond, d.micros%microsPerSecond)
}

func restoreDelta(data python.Value) (python.Value, error) {
	n, err := readInts(data, 3)
	if err != nil {
		return nil, err
	}
	return newDelta(n[0], n[1]*microsPerSecond+n[2])
}

// newDelta returns a span of days and microseconds, which may be of any size.
func newDelta(days, micros int64) (*Delta, error) {
	q, r := floorDiv(micros, microsPerDay)
	days += q
	if days < -maxDeltaDays || days > maxDeltaDays {
		return nil, daysOverflow(days)
	}
	return &Delta{days, r}, nil
}

func daysOverflow(days int64) error {
	if days != int64(int32(days)) {
		return python.Errorf(python.OverflowError, "Python int too large to convert to C int")
	}
	return python.Errorf(python.OverflowError, "days=%d; must have magnitude <= 999999999", days)
}

func seconds(n int64) *Delta {
	q, r := floorDiv(n, 86400)
	return &Delta{q, r * microsPerSecond}
}

// total returns the span in microseconds.
func (d *Delta) total() *big.Int {
	t := new(big.Int).Mul(big.NewInt(d.days), big.NewInt(microsPerDay))
	return t.Add(t, big.NewInt(d.micros))
}

// wholeSeconds returns the span in seconds, microseconds dropped.
func (d *Delta) wholeSeconds() int64 { return d.days*86400 + d.micros/microsPerSecond }

func deltaOf(total *big.Int) (*Delta, error) {
	q, r := new(big.Int).DivMod(total, big.NewInt(microsPerDay), new(big.Int))
	if !q.IsInt64() {
		return nil, python.Errorf(python.OverflowError, "Python int too large to convert to C int")
	}
	return newDelta(q.Int64(), r.Int64())
}

func (d *Delta) negated() (*Delta, error) { return newDelta(-d.days, -d.micros) }

func (d *Delta) plus(o *Delta) (*Delta, error) { return newDelta(d.days+o.days, d.micros+o.micros) }

func (d *Delta) compare(o *Delta) int {
	if c := sign64(d.days, o.days); c != 0 {
		return c
	}
	return sign64(d.micros, o.micros)
}

// String returns str(d).
func (d *Delta) String() string {
	var b strings.Builder
	if d.days != 0 {
		fmt.Fprintf(&b, "%d day", d.days)
		if d.days != 1 && d.days != -1 {
			b.WriteByte('s')
		}
		b.WriteString(", ")
	}
	s := d.micros / microsPerSecond
	fmt.Fprintf(&b, "%d:%02d:%02d", s/3600, s/60%60, s%60)
	if us := d.micros % microsPerSecond; us != 0 {
		fmt.Fprintf(&b, ".%06d", us)
	}
	return b.String()
}

func (d *Delta) repr() string {
	var parts []string
	for _, p := range []struct {
		name string
		n    int64
	}{{"days", d.days}, {"seconds", d.micros / microsPerSecond}, {"microseconds", d.micros % microsPerSecond}} {
		if p.n != 0 {
			parts = append(parts, fmt.Sprintf("%s=%d", p.name, p.n))
		}
	}
	if parts == nil {
		parts = []string{"0"}
	}
	return strings.Join(parts, ", ")
}

func asDelta(v python.Value) (*Delta, bool) {
	d, ok := python.Unwrap(v).(*Delta)
	return d, ok
}

// deltaUnits are the arguments of timedelta and their microseconds, in the
// order of the arguments.
var deltaUnits = []struct {
	name   string
	micros int64
}{
	{"days", microsPerDay}, {"seconds", microsPerSecond}, {"microseconds", 1}, {"milliseconds", 1000},
	{"minutes", 60 * microsPerSecond}, {"hours", 3600 * microsPerSecond}, {"weeks", 7 * microsPerDay},
}

func makeDelta(_ *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
	vals := make([]python.Value, len(deltaUnits))
	var pairs []any
	for i, u := range deltaUnits {
		pairs = append(pairs, u.name+"?", &vals[i])
	}
	if err := a.Unpack("__new__", pairs...); err != nil {
		return nil, err
	}
	total, rest := new(big.Int), 0.0
	for _, i := range []int{2, 3, 1, 4, 5, 0, 6} { // from small to large, as fractions add up
		if vals[i] == nil {
			continue
		}
		if err := addUnits(total, &rest, vals[i], deltaUnits[i].micros, deltaUnits[i].name); err != nil {
			return nil, err
		}
	}
	if rest != 0 {
		odd := float64(total.Bit(0))
		whole := math.Round(rest)
		if math.Abs(whole-rest) == 0.5 {
			whole = 2*math.Round((rest+odd)*0.5) - odd
		}
		total.Add(total, big.NewInt(int64(whole)))
	}
	d, err := deltaOf(total)
	if err != nil {
		return nil, err
	}
	return derived(cls, deltaClass, d), nil
}

// addUnits adds n units of some microseconds; fractions of a microsecond go to
// rest.
func addUnits(total *big.Int, rest *float64, n python.Value, micros int64, name string) error {
	if x, ok := python.BigOf(n); ok {
		total.Add(total, x.Mul(x, big.NewInt(micros)))
		return nil
	}
	f, ok := python.FloatOf(n)
	if !ok {
		return python.Errorf(python.TypeError, "unsupported type for timedelta %s component: %s", name, n.Class().Name())
	}
	switch {
	case math.IsNaN(f):
		return python.Errorf(python.ValueError, "cannot convert float NaN to integer")
	case math.IsInf(f, 0):
		return python.Errorf(python.OverflowError, "cannot convert float infinity to integer")
	}
	whole, frac := math.Modf(f)
	x, _ := big.NewFloat(whole).Int(nil)
	total.Add(total, x.Mul(x, big.NewInt(micros)))
	whole, frac = math.Modf(frac * float64(micros))
	total.Add(total, big.NewInt(int64(whole)))
	*rest += frac
	return nil
}

func deltaMembers() []python.Member {
	number := func(name string, get func(d *Delta) int64) python.Member {
		return field(name, func(v python.Value) python.Value {
			d, _ := asDelta(v)
			return python.Int(get(d))
		})
	}
	ms := []python.Member{
		number("days", func(d *Delta) int64 { return d.days }),
		number("seconds", func(d *Delta) int64 { return d.micros / microsPerSecond }),
		number("microseconds", func(d *Delta) int64 { return d.micros % microsPerSecond }),
		unary("total_seconds", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			f, _ := new(big.Rat).SetFrac(d.total(), big.NewInt(microsPerSecond)).Float64()
			return python.Float(f), nil
		}),
		unary("__repr__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			return str(classLabel(v) + "(" + d.repr() + ")"), nil
		}),
		unary("__str__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			return str(d.String()), nil
		}),
		unary("__hash__", func(th *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			h, err := th.Hash(ints(d.days, d.micros))
			return python.Int(h), err
		}),
		unary("__bool__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			return python.Bool(*d != Delta{}), nil
		}),
		binary("__eq__", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			x, _ := asDelta(a)
			y, ok := asDelta(b)
			if !ok {
				return python.NotImplemented, nil
			}
			return python.Bool(*x == *y), nil
		}),
	}
	ms = append(ms, ordered(func(_ *python.Thread, a, b python.Value) (int, bool, error) {
		x, _ := asDelta(a)
		y, ok := asDelta(b)
		if !ok {
			return 0, false, nil
		}
		return x.compare(y), true, nil
	})...)
	return append(ms, deltaArithmetic()...)
}

// classLabel is how repr names the class of v: with its module for the classes
// of this package.
func classLabel(v python.Value) string {
	c := v.Class()
	if c.Module() == "datetime" {
		return "datetime." + c.ShortName()
	}
	return c.ShortName()
}

// deltaResult gives a Delta, or the error, to Python.
func deltaResult(d *Delta, err error) (python.Value, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}

func deltaArithmetic() []python.Member {
	two := func(name string, fn func(x, y *Delta) (python.Value, error)) python.Member {
		return binary(name, func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			x, _ := asDelta(a)
			y, ok := asDelta(b)
			if !ok {
				return python.NotImplemented, nil
			}
			return fn(x, y)
		})
	}
	add := func(x, y *Delta) (python.Value, error) { return deltaResult(x.plus(y)) }
	sub := func(x, y *Delta) (python.Value, error) {
		return deltaResult(newDelta(x.days-y.days, x.micros-y.micros))
	}
	return []python.Member{
		two("__add__", add), two("__radd__", add), two("__sub__", sub),
		two("__rsub__", func(x, y *Delta) (python.Value, error) { return sub(y, x) }),
		binary("__mul__", multiplyDelta), binary("__rmul__", multiplyDelta),
		binary("__truediv__", divideDelta), binary("__floordiv__", floorDelta),
		two("__mod__", func(x, y *Delta) (python.Value, error) {
			_, r, err := divmodDelta(x, y)
			return deltaResult(r, err)
		}),
		two("__divmod__", func(x, y *Delta) (python.Value, error) {
			q, r, err := divmodDelta(x, y)
			if err != nil {
				return nil, err
			}
			return python.NewTuple(q, r), nil
		}),
		unary("__neg__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			return deltaResult(d.negated())
		}),
		unary("__pos__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			return d, nil
		}),
		unary("__abs__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			d, _ := asDelta(v)
			if d.days < 0 {
				return deltaResult(d.negated())
			}
			return d, nil
		}),
	}
}

func divmodDelta(x, y *Delta) (python.Value, *Delta, error) {
	if (*y == Delta{}) {
		return nil, nil, python.Errorf(python.ZeroDivisionError, "integer division or modulo by zero")
	}
	q, r := floorBig(x.total(), y.total())
	d, err := deltaOf(r)
	return python.NewInt(q), d, err
}

// floorBig divides rounding down; the remainder has the sign of b.
func floorBig(a, b *big.Int) (q, r *big.Int) {
	q, r = new(big.Int).QuoRem(a, b, new(big.Int))
	if r.Sign() != 0 && (r.Sign() < 0) != (b.Sign() < 0) {
		q.Sub(q, big.NewInt(1))
		r.Add(r, b)
	}
	return q, r
}

func multiplyDelta(_ *python.Thread, a, b python.Value) (python.Value, error) {
	d, _ := asDelta(a)
	if n, ok := python.BigOf(b); ok {
		return deltaResult(deltaOf(n.Mul(n, d.total())))
	}
	f, ok := python.Unwrap(b).(python.Float)
	if !ok {
		return python.NotImplemented, nil
	}
	r, err := ratio(float64(f))
	if err != nil {
		return nil, err
	}
	n := new(big.Int).Mul(d.total(), r.Num())
	return deltaResult(deltaOf(roundHalfEven(n, r.Denom())))
}

func ratio(f float64) (*big.Rat, error) {
	r := new(big.Rat).SetFloat64(f)
	if r != nil {
		return r, nil
	}
	if math.IsNaN(f) {
		return nil, python.Errorf(python.ValueError, "cannot convert NaN to integer ratio")
	}
	return nil, python.Errorf(python.OverflowError, "cannot convert Infinity to integer ratio")
}

func divideDelta(_ *python.Thread, a, b python.Value) (python.Value, error) {
	d, _ := asDelta(a)
	if o, ok := asDelta(b); ok {
		if (*o == Delta{}) {
			return nil, python.Errorf(python.ZeroDivisionError, "division by zero")
		}
		f, _ := new(big.Rat).SetFrac(d.total(), o.total()).Float64()
		return python.Float(f), nil
	}
	if n, ok := python.BigOf(b); ok {
		if n.Sign() == 0 {
			return nil, python.Errorf(python.ZeroDivisionError, "integer division or modulo by zero")
		}
		return deltaResult(deltaOf(roundHalfEven(d.total(), n)))
	}
	f, ok := python.Unwrap(b).(python.Float)
	if !ok {
		return python.NotImplemented, nil
	}
	r, err := ratio(float64(f))
	if err != nil {
		return nil, err
	}
	if r.Sign() == 0 {
		return nil, python.Errorf(python.ZeroDivisionError, "integer division or modulo by zero")
	}
	n := new(big.Int).Mul(d.total(), r.Denom())
	return deltaResult(deltaOf(roundHalfEven(n, r.Num())))
}

func floorDelta(_ *python.Thread, a, b python.Value) (python.Value, error) {
	d, _ := asDelta(a)
	if o, ok := asDelta(b); ok {
		q, _, err := divmodDelta(d, o)
		return q, err
	}
	n, ok := python.BigOf(b)
	if !ok {
		return python.NotImplemented, nil
	}
	if n.Sign() == 0 {
		return nil, python.Errorf(python.ZeroDivisionError, "integer division or modulo by zero")
	}
	q, _ := floorBig(d.total(), n)
	return deltaResult(deltaOf(q))
}

func defineDelta() {
	deltaClass = python.NewClass(python.ClassSpec{Name: "timedelta", Dotted: true, Module: "datetime", New: makeDelta,
		Members: append(deltaMembers(),
			python.Const("min", &Delta{days: -maxDeltaDays}), python.Const("max", &Delta{days: maxDeltaDays, micros: microsPerDay - 1}),
			python.Const("resolution", &Delta{micros: 1}))})
}
