package python

import (
	"math"
	"math/big"
	"math/bits"

	"colloquy/engine/python/elementary"
	"colloquy/engine/python/syntax"
)

var binaryNames = [...][3]string{
	syntax.Add:      {"__add__", "__radd__", "__iadd__"},
	syntax.Sub:      {"__sub__", "__rsub__", "__isub__"},
	syntax.Mult:     {"__mul__", "__rmul__", "__imul__"},
	syntax.MatMult:  {"__matmul__", "__rmatmul__", "__imatmul__"},
	syntax.Div:      {"__truediv__", "__rtruediv__", "__itruediv__"},
	syntax.Mod:      {"__mod__", "__rmod__", "__imod__"},
	syntax.Pow:      {"__pow__", "__rpow__", "__ipow__"},
	syntax.LShift:   {"__lshift__", "__rlshift__", "__ilshift__"},
	syntax.RShift:   {"__rshift__", "__rrshift__", "__irshift__"},
	syntax.BitOr:    {"__or__", "__ror__", "__ior__"},
	syntax.BitXor:   {"__xor__", "__rxor__", "__ixor__"},
	syntax.BitAnd:   {"__and__", "__rand__", "__iand__"},
	syntax.FloorDiv: {"__floordiv__", "__rfloordiv__", "__ifloordiv__"},
}

// Binary returns a op b.
func (th *Thread) Binary(op syntax.Operator, a, b Value) (Value, error) {
	v, ok, err := th.tryBinary(op, a, b)
	if err != nil || ok {
		return v, err
	}
	return nil, unsupported(op.String(), a, b)
}

func unsupported(op string, a, b Value) error {
	if op == "**" {
		op = "** or pow()"
	}
	return Errorf(TypeError, "unsupported operand type(s) for %s: '%s' and '%s'", op, a.Class().name, b.Class().name)
}

func (th *Thread) tryBinary(op syntax.Operator, a, b Value) (Value, bool, error) {
	if v, ok, err := th.nativeBinary(op, a, b); ok || err != nil {
		return v, ok, err
	}
	if v, ok := b.(*DictView); ok && Unwrap(a) == a {
		if r, ok, err := th.viewReflected(op, a, v); ok || err != nil {
			return r, ok, err
		}
	}
	names := binaryNames[op]
	ca, cb := a.Class(), b.Class()
	first, second := th.operatorOf(a, names[0]), Value(nil)
	if ca != cb {
		second = th.operatorOf(b, names[1])
	}
	if second != nil && cb.derives(ca) && th.overrides(cb, ca, names[1]) {
		if r, ok, err := th.tryMethod(second, b, a); ok || err != nil {
			return r, ok, err
		}
		second = nil
	}
	if first != nil {
		if r, ok, err := th.tryMethod(first, a, b); ok || err != nil {
			return r, ok, err
		}
	}
	if second != nil {
		if r, ok, err := th.tryMethod(second, b, a); ok || err != nil {
			return r, ok, err
		}
	}
	return th.binaryLast(op, a, b)
}

func (th *Thread) overrides(sub, base *Class, name string) bool {
	x, ok := th.classLookup(sub, name)
	y, _ := th.classLookup(base, name)
	return ok && x != y
}

// binaryLast says why sequences cannot be added or repeated, in their words.
func (th *Thread) binaryLast(op syntax.Operator, a, b Value) (Value, bool, error) {
	switch op {
	case syntax.Add:
		switch Unwrap(a).(type) {
		case *Str:
			return nil, false, Errorf(TypeError, "can only concatenate str (not \"%s\") to str", b.Class().name)
		case *List:
			return nil, false, Errorf(TypeError, "can only concatenate list (not \"%s\") to list", b.Class().name)
		case *Tuple:
			return nil, false, Errorf(TypeError, "can only concatenate tuple (not \"%s\") to tuple", b.Class().name)
		case *Bytes:
			return nil, false, Errorf(TypeError, "can't concat %s to bytes", b.Class().name)
		case *ByteArray:
			return nil, false, Errorf(TypeError, "can't concat %s to bytearray", b.Class().name)
		}
	case syntax.Mod:
		if s, ok := a.(*Str); ok {
			v, err := th.formatPercent(s, b)
			return v, true, err
		}
	case syntax.Mult:
		if isSequence(a) {
			return nil, false, Errorf(TypeError, "can't multiply sequence by non-int of type '%s'", b.Class().name)
		}
		if isSequence(b) {
			n, ok, err := th.asIndex(a)
			if err != nil {
				return nil, false, err
			}
			if ok {
				return th.nativeBinary(op, Unwrap(b), boxInt(Int(n)))
			}
			return nil, false, Errorf(TypeError, "can't multiply sequence by non-int of type '%s'", a.Class().name)
		}
	}
	return nil, false, nil
}

func isSequence(v Value) bool {
	switch Unwrap(v).(type) {
	case *Str, *List, *Tuple, *Bytes, *ByteArray:
		return true
	}
	return false
}

// operatorOf returns an operator method that is not the native one.
func (th *Thread) operatorOf(v Value, name string) Value {
	switch v.(type) {
	case *Str, Int, Bool, Float, Complex, *Big, NoneType, *List, *Tuple, *Dict, *Set, *Bytes, *Range:
		return nil
	}
	return th.special(v, name)
}

// nativeBinary is a op b for values of builtin classes.
func (th *Thread) nativeBinary(op syntax.Operator, a, b Value) (Value, bool, error) {
	switch x := a.(type) {
	case Int:
		if y, ok := b.(Int); ok {
			return th.intBinary(op, x, y)
		}
		return th.numberBinary(op, a, b)
	case Float:
		if y, ok := b.(Float); ok {
			return floatBinary(op, float64(x), float64(y))
		}
		return th.numberBinary(op, a, b)
	case Bool, *Big:
		return th.numberBinary(op, a, b)
	case Complex:
		return th.complexBinary(op, a, b)
	case *Str:
		return th.strBinary(op, x, b)
	case *List:
		return th.listBinary(op, x, b)
	case *Tuple:
		return th.tupleBinary(op, x, b)
	case *Bytes:
		return th.bytesBinary(op, x, b)
	case *Dict:
		if y, ok := b.(*Dict); ok && op == syntax.BitOr {
			out := x.Clone()
			return out, true, th.updateDict(out, y)
		}
	case *Set:
		if y, ok := b.(*Set); ok {
			return th.setBinary(op, x, y)
		}
	case *DictView:
		return th.viewBinary(op, x, b)
	case *Class, *GenericAlias, *UnionType, NoneType:
		if op == syntax.BitOr {
			if v, ok := unionOf(a, b); ok {
				if u, ok := v.(*UnionType); ok {
					if err := th.Ticks(len(u.Args) * len(u.Args) / 16); err != nil {
						return nil, false, err
					}
					th.small += sizeObject + int64(len(u.Args))*sizeElement
				}
				return v, true, nil
			}
		}
	}
	return nil, false, nil
}

func (th *Thread) intBinary(op syntax.Operator, x, y Int) (Value, bool, error) {
	switch op {
	case syntax.Add:
		if s := x + y; (s > x) == (y > 0) {
			return boxInt(s), true, nil
		}
	case syntax.Sub:
		if d := x - y; (d < x) == (y > 0) {
			return boxInt(d), true, nil
		}
	case syntax.Mult:
		if p, ok := mulInt(x, y); ok {
			return boxInt(p), true, nil
		}
	case syntax.FloorDiv, syntax.Mod:
		if y == 0 {
			return nil, true, zeroDivision(op, "integer")
		}
		if x != math.MinInt64 || y != -1 {
			q, r := floorDiv(x, y)
			if op == syntax.Mod {
				q = r
			}
			return boxInt(q), true, nil
		}
	case syntax.BitAnd:
		return boxInt(x & y), true, nil
	case syntax.BitOr:
		return boxInt(x | y), true, nil
	case syntax.BitXor:
		return boxInt(x ^ y), true, nil
	case syntax.RShift:
		if y >= 0 {
			return boxInt(x >> min(uint(y), 63)), true, nil
		}
	case syntax.Div:
		if y == 0 {
			return nil, true, zeroDivision(op, "")
		}
		if x > -1<<53 && x < 1<<53 && y > -1<<53 && y < 1<<53 {
			return Float(float64(x) / float64(y)), true, nil
		}
	}
	v, err := th.bigBinary(op, big.NewInt(int64(x)), big.NewInt(int64(y)))
	return v, v != nil || err != nil, err
}

func mulInt(x, y Int) (Int, bool) {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	if x < 0 {
		hi -= uint64(y)
	}
	if y < 0 {
		hi -= uint64(x)
	}
	p := Int(lo)
	return p, Int(hi) == p>>63
}

func floorDiv(x, y Int) (q, r Int) {
	q, r = x/y, x%y
	if r != 0 && (r < 0) != (y < 0) {
		q--
		r += y
	}
	return q, r
}

func zeroDivision(op syntax.Operator, kind string) error {
	switch {
	case op == syntax.Mod && kind == "integer":
		return Errorf(ZeroDivisionError, "integer modulo by zero")
	case op == syntax.FloorDiv && kind == "integer":
		return Errorf(ZeroDivisionError, "integer division or modulo by zero")
	case op == syntax.Mod:
		return Errorf(ZeroDivisionError, "float modulo")
	case op == syntax.FloorDiv:
		return Errorf(ZeroDivisionError, "float floor division by zero")
	case kind == "float":
		return Errorf(ZeroDivisionError, "float division by zero")
	}
	return Errorf(ZeroDivisionError, "division by zero")
}

// numberBinary is a op b for numbers of different kinds; sequences may be
// repeated by them.
func (th *Thread) numberBinary(op syntax.Operator, a, b Value) (Value, bool, error) {
	switch y := b.(type) {
	case Bool:
		if x, ok := a.(Bool); ok {
			switch op {
			case syntax.BitAnd:
				return boxBool(bool(x && y)), true, nil
			case syntax.BitOr:
				return boxBool(bool(x || y)), true, nil
			case syntax.BitXor:
				return boxBool(x != y), true, nil
			}
		}
		return th.numberBinary(op, a, boolInt(y))
	case Int, *Big:
		if f, ok := a.(Float); ok {
			return th.mixedFloat(op, f, b, false)
		}
		if x, ok := a.(Bool); ok {
			return th.nativeBinary(op, boolInt(x), b)
		}
		x, _ := bigOf(a)
		z, _ := bigOf(b)
		v, err := th.bigBinary(op, x, z)
		return v, v != nil || err != nil, err
	case Float:
		if f, ok := a.(Float); ok {
			return floatBinary(op, float64(f), float64(y))
		}
		return th.mixedFloat(op, y, a, true)
	case Complex:
		return th.complexBinary(op, a, b)
	case *Str, *List, *Tuple, *Bytes:
		if _, float := a.(Float); op == syntax.Mult && !float {
			return th.nativeBinary(op, b, a)
		}
	}
	return nil, false, nil
}

func (th *Thread) mixedFloat(op syntax.Operator, f Float, n Value, swapped bool) (Value, bool, error) {
	g, err := toFloat(n)
	if err != nil {
		return nil, true, err
	}
	if swapped {
		return floatBinary(op, g, float64(f))
	}
	return floatBinary(op, float64(f), g)
}

// toFloat converts an int exactly rounded, or fails if it is too large.
func toFloat(n Value) (float64, error) {
	switch n := n.(type) {
	case Int:
		return float64(n), nil
	case Bool:
		return float64(boolInt(n)), nil
	case *Big:
		f, _ := new(big.Float).SetInt(n.x).Float64()
		if math.IsInf(f, 0) {
			return 0, Errorf(OverflowError, "int too large to convert to float")
		}
		return f, nil
	}
	f, _ := FloatOf(n)
	return f, nil
}

func floatBinary(op syntax.Operator, x, y float64) (Value, bool, error) {
	switch op {
	case syntax.Add:
		return Float(x + y), true, nil
	case syntax.Sub:
		return Float(x - y), true, nil
	case syntax.Mult:
		return Float(x * y), true, nil
	case syntax.Div:
		if y == 0 {
			return nil, true, zeroDivision(op, "float")
		}
		return Float(x / y), true, nil
	case syntax.FloorDiv, syntax.Mod:
		if y == 0 {
			return nil, true, zeroDivision(op, "float")
		}
		q, r := floatDivmod(x, y)
		if op == syntax.Mod {
			q = r
		}
		return Float(q), true, nil
	case syntax.Pow:
		v, err := floatPow(x, y)
		return v, true, err
	}
	return nil, false, nil
}

func floatDivmod(x, y float64) (q, r float64) {
	r = math.Mod(x, y)
	q = (x - r) / y
	if r != 0 {
		if (y < 0) != (r < 0) {
			r += y
			q--
		}
	} else {
		r = math.Copysign(0, y)
	}
	if q != 0 {
		f := math.Floor(q)
		if q-f > 0.5 {
			f++
		}
		q = f
	} else {
		q = math.Copysign(0, x/y)
	}
	return q, r
}

func floatPow(x, y float64) (Value, error) {
	if x == 0 && y < 0 {
		return nil, Errorf(ZeroDivisionError, "0.0 cannot be raised to a negative power")
	}
	if x < 0 && y != math.Trunc(y) && !math.IsInf(y, 0) && !math.IsInf(x, 0) {
		return complexPower(complex(x, 0), complex(y, 0))
	}
	r := elementary.Pow(x, y)
	if math.IsInf(r, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return nil, Errorf(OverflowError, "(34, 'Numerical result out of range')")
	}
	return Float(r), nil
}

const maxIntBits = 1 << 22 // of a single int

// bigBinary is x op y; nil without an error if op is not for ints.
func (th *Thread) bigBinary(op syntax.Operator, x, y *big.Int) (Value, error) {
	z := new(big.Int)
	switch op {
	case syntax.Add:
		return ownInt(z.Add(x, y)), th.Alloc(len(x.Bits())*8 + 32)
	case syntax.Sub:
		return ownInt(z.Sub(x, y)), th.Alloc(len(x.Bits())*8 + 32)
	case syntax.Mult:
		if err := th.bigCost(x, y); err != nil {
			return nil, err
		}
		return ownInt(z.Mul(x, y)), nil
	case syntax.Div:
		return bigDiv(x, y)
	case syntax.FloorDiv, syntax.Mod:
		if y.Sign() == 0 {
			return nil, zeroDivision(op, "integer")
		}
		if err := th.bigCost(x, y); err != nil {
			return nil, err
		}
		q, r := bigFloorDiv(x, y)
		if op == syntax.Mod {
			q = r
		}
		return ownInt(q), nil
	case syntax.Pow:
		return th.intPow(x, y)
	case syntax.BitAnd:
		return ownInt(z.And(x, y)), nil
	case syntax.BitOr:
		return ownInt(z.Or(x, y)), nil
	case syntax.BitXor:
		return ownInt(z.Xor(x, y)), nil
	case syntax.LShift, syntax.RShift:
		return th.bigShift(op, x, y)
	}
	return nil, nil
}

// bigCost charges for a product or a division of large numbers.
func (th *Thread) bigCost(x, y *big.Int) error {
	n, m := len(x.Bits()), len(y.Bits())
	if (n+m)*64 > maxIntBits {
		return Errorf(MemoryError, "")
	}
	if n < 8 && m < 8 {
		return nil
	}
	if err := th.Ticks(n * m / 256); err != nil {
		return err
	}
	return th.Alloc((n + m) * 8)
}

func bigFloorDiv(x, y *big.Int) (q, r *big.Int) {
	q, r = new(big.Int).QuoRem(x, y, new(big.Int))
	if r.Sign() != 0 && (r.Sign() < 0) != (y.Sign() < 0) {
		q.Sub(q, big.NewInt(1))
		r.Add(r, y)
	}
	return q, r
}

func bigDiv(x, y *big.Int) (Value, error) {
	if y.Sign() == 0 {
		return nil, zeroDivision(syntax.Div, "")
	}
	f, _ := new(big.Rat).SetFrac(x, y).Float64()
	if math.IsInf(f, 0) {
		return nil, Errorf(OverflowError, "integer division result too large for a float")
	}
	return Float(f), nil
}

func (th *Thread) bigShift(op syntax.Operator, x, y *big.Int) (Value, error) {
	if y.Sign() < 0 {
		return nil, Errorf(ValueError, "negative shift count")
	}
	if op == syntax.RShift {
		n := uint(maxIntBits + 64)
		if y.IsInt64() && y.Int64() < maxIntBits {
			n = uint(y.Int64())
		}
		return ownInt(new(big.Int).Rsh(x, n)), nil
	}
	if x.Sign() == 0 {
		return boxInt(0), nil
	}
	if !y.IsInt64() || y.Int64()+int64(x.BitLen()) > maxIntBits {
		return nil, Errorf(MemoryError, "")
	}
	n := uint(y.Int64())
	return ownInt(new(big.Int).Lsh(x, n)), th.Alloc(int(n)/8 + 32)
}

func (th *Thread) intPow(x, y *big.Int) (Value, error) {
	if y.Sign() < 0 {
		if x.Sign() == 0 {
			return nil, Errorf(ZeroDivisionError, "0.0 cannot be raised to a negative power")
		}
		fx, err := toFloat(NewInt(x))
		if err != nil {
			return nil, err
		}
		fy, err := toFloat(NewInt(y))
		if err != nil {
			return nil, err
		}
		return floatPow(fx, fy)
	}
	if x.IsInt64() {
		switch x.Int64() {
		case 0:
			return boxInt(boolInt(y.Sign() == 0)), nil
		case 1:
			return boxInt(1), nil
		case -1:
			return boxInt(1 - 2*Int(y.Bit(0))), nil
		}
	}
	if !y.IsInt64() || y.Int64() > maxIntBits || y.Int64()*int64(x.BitLen()-1) > maxIntBits {
		return nil, Errorf(MemoryError, "")
	}
	words := int(y.Int64()) * x.BitLen() / 64
	if err := th.Ticks(words * words / 1024); err != nil {
		return nil, err
	}
	return ownInt(new(big.Int).Exp(x, y, nil)), th.Alloc(words*8 + 32)
}

// Unary returns op v for -, +, ~ and not.
func (th *Thread) Unary(op syntax.UnaryOperator, v Value) (Value, error) {
	if op == syntax.Not {
		t, err := th.Truth(v)
		return boxBool(!t), err
	}
	switch x := v.(type) {
	case Int:
		return intUnary(op, x), nil
	case Bool:
		return intUnary(op, boolInt(x)), nil
	case Float:
		switch op {
		case syntax.USub:
			return -x, nil
		case syntax.UAdd:
			return x, nil
		}
	case *Big:
		switch op {
		case syntax.USub:
			return ownInt(new(big.Int).Neg(x.x)), nil
		case syntax.UAdd:
			return x, nil
		case syntax.Invert:
			return ownInt(new(big.Int).Not(x.x)), nil
		}
	}
	name := map[syntax.UnaryOperator]string{syntax.USub: "__neg__", syntax.UAdd: "__pos__", syntax.Invert: "__invert__"}[op]
	if m := th.special(v, name); m != nil {
		return th.callSlot(m, v)
	}
	return nil, Errorf(TypeError, "bad operand type for unary %s: '%s'", op, v.Class().name)
}

func intUnary(op syntax.UnaryOperator, x Int) Value {
	switch op {
	case syntax.USub:
		if x == math.MinInt64 {
			return ownInt(new(big.Int).Neg(big.NewInt(math.MinInt64)))
		}
		return boxInt(-x)
	case syntax.Invert:
		return boxInt(^x)
	}
	return boxInt(x)
}

// InPlace returns what "a op= b" binds to a.
func (th *Thread) InPlace(op syntax.Operator, a, b Value) (Value, error) {
	switch x := a.(type) {
	case *List:
		if op == syntax.Add {
			return x, th.extend(x, b)
		}
		if op == syntax.Mult {
			v, ok, err := th.listBinary(op, x, b)
			if err == nil && ok {
				x.Elems = v.(*List).Elems
				return x, nil
			}
		}
	case *Set:
		if y, ok := b.(*Set); ok && !x.Frozen {
			v, ok, err := th.setBinary(op, x, y)
			if err != nil {
				return nil, err
			}
			if ok {
				x.t = v.(*Set).t
				return x, nil
			}
		}
	case *Dict:
		if op == syntax.BitOr {
			return x, th.updateDict(x, b)
		}
	case *Instance:
		if m := th.special(x, binaryNames[op][2]); m != nil {
			if r, ok, err := th.tryMethod(m, a, b); ok || err != nil {
				return r, err
			}
		}
	case Int, Float, *Str, *Tuple, Bool, *Big:
	default:
		if m := th.special(a, binaryNames[op][2]); m != nil {
			if r, ok, err := th.tryMethod(m, a, b); ok || err != nil {
				return r, err
			}
		}
	}
	v, ok, err := th.tryBinary(op, a, b)
	if op == syntax.Mult && err != nil && !isSequence(a) && sequenceLike(a) {
		return nil, unsupported("*=", a, b) // CPython asks the left side alone
	}
	if err != nil || ok {
		return v, err
	}
	return nil, unsupported(op.String()+"=", a, b)
}
