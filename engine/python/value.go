package python

import (
	"math/big"
)

// A Value is any Python value. Dynamic types are comparable with ==, which is
// Python's "is" for everything but numbers.
type Value interface {
	// Class returns the class of the value, as type(v) does.
	Class() *Class
}

// NoneType is the type of None.
type NoneType struct{}

// EllipsisType is the type of Ellipsis.
type EllipsisType struct{}

// NotImplementedType is the type of NotImplemented.
type NotImplementedType struct{}

// The singletons.
var (
	None           = NoneType{}
	Ellipsis       = EllipsisType{}
	NotImplemented = NotImplementedType{}
)

// Bool is Python's bool.
type Bool bool

// The two truth values.
const (
	True  = Bool(true)
	False = Bool(false)
)

// Int is a Python int that fits 64 bits. Larger ones are *Big.
type Int int64

// Big is a Python int outside the range of Int; it is never within it.
type Big struct{ x *big.Int }

// Float is Python's float.
type Float float64

// Class returns NoneClass.
func (NoneType) Class() *Class { return NoneClass }

// Class returns EllipsisClass.
func (EllipsisType) Class() *Class { return EllipsisClass }

// Class returns NotImplementedClass.
func (NotImplementedType) Class() *Class { return NotImplementedClass }

// Class returns BoolClass.
func (Bool) Class() *Class { return BoolClass }

// Class returns IntClass.
func (Int) Class() *Class { return IntClass }

// Class returns IntClass.
func (*Big) Class() *Class { return IntClass }

// Class returns FloatClass.
func (Float) Class() *Class { return FloatClass }

// NewInt returns x as an Int if it fits, else as a *Big holding a copy.
func NewInt(x *big.Int) Value {
	if x.IsInt64() {
		return Int(x.Int64())
	}
	return &Big{new(big.Int).Set(x)}
}

// ownInt is NewInt for a number nobody else keeps.
func ownInt(x *big.Int) Value {
	if x.IsInt64() {
		return Int(x.Int64())
	}
	return &Big{x}
}

// Int returns a copy of the number.
func (b *Big) Int() *big.Int { return new(big.Int).Set(b.x) }

// IntOf returns the integer value of an int, a bool or an instance of a
// subclass of int, and whether v is one of these and fits.
func IntOf(v Value) (int64, bool) {
	switch v := v.(type) {
	case Int:
		return int64(v), true
	case Bool:
		return int64(boolInt(v)), true
	case *Instance:
		if n, ok := v.Native.(Value); ok {
			return IntOf(n)
		}
	}
	return 0, false
}

// FloatOf returns v as a float64 if v is a float, an int or a bool, or an
// instance of a subclass of these.
func FloatOf(v Value) (float64, bool) {
	switch v := v.(type) {
	case Float:
		return float64(v), true
	case Int:
		return float64(v), true
	case Bool:
		return float64(boolInt(v)), true
	case *Big:
		f, _ := new(big.Float).SetInt(v.x).Float64()
		return f, true
	case *Instance:
		if n, ok := v.Native.(Value); ok {
			return FloatOf(n)
		}
	}
	return 0, false
}

// StringOf returns the text of a str or of an instance of a subclass of str.
func StringOf(v Value) (string, bool) {
	if s, ok := asStr(v); ok {
		return s.s, true
	}
	return "", false
}

func boolInt(b Bool) Int {
	if b {
		return 1
	}
	return 0
}

// Unwrap returns the builtin value that an instance of a subclass of a builtin
// class carries, and any other value unchanged.
func Unwrap(v Value) Value {
	if i, ok := v.(*Instance); ok {
		if n, ok := i.Native.(Value); ok {
			return n
		}
	}
	return v
}

// bigOf returns the integer v as a big.Int that must not be changed.
func bigOf(v Value) (*big.Int, bool) {
	switch v := v.(type) {
	case Int:
		return big.NewInt(int64(v)), true
	case Bool:
		return big.NewInt(int64(boolInt(v))), true
	case *Big:
		return v.x, true
	case *Instance:
		if n, ok := v.Native.(Value); ok {
			return bigOf(n)
		}
	}
	return nil, false
}

const (
	smallMin = -16
	smallMax = 1024
)

var smallInts = func() (t [smallMax - smallMin]Value) {
	for i := range t {
		t[i] = Int(i + smallMin)
	}
	return t
}()

// boxInt returns n as a Value without allocating for small numbers.
func boxInt(n Int) Value {
	if n >= smallMin && n < smallMax {
		return smallInts[n-smallMin]
	}
	return n
}

var (
	boxTrue  Value = True
	boxFalse Value = False
)

func boxBool(b bool) Value {
	if b {
		return boxTrue
	}
	return boxFalse
}
