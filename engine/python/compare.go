package python

import (
	"math"
	"math/big"
	"strings"

	"colloquy/engine/python/syntax"
)

// Equal returns bool(a == b).
func (th *Thread) Equal(a, b Value) (bool, error) {
	switch x := a.(type) {
	case *Str:
		if y, ok := b.(*Str); ok {
			return x.s == y.s, nil
		}
	case Int:
		if y, ok := b.(Int); ok {
			return x == y, nil
		}
	case Bool:
		if y, ok := b.(Bool); ok {
			return x == y, nil
		}
	case NoneType:
		if b == Value(None) {
			return true, nil
		}
	}
	r, err := th.equalValue(a, b)
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}

// same is the comparison containers use: identity or equality.
func (th *Thread) same(a, b Value) (bool, error) {
	if identical(a, b) {
		return true, nil
	}
	return th.Equal(a, b)
}

// equalValue is a == b, whatever that returns.
func (th *Thread) equalValue(a, b Value) (Value, error) {
	if r, ok, err := th.tryCompare(syntax.Eq, a, b); ok || err != nil {
		return r, err
	}
	return boxBool(a == b), nil
}

var compareNames = [...][2]string{
	syntax.Eq: {"__eq__", "__eq__"}, syntax.NotEq: {"__ne__", "__ne__"},
	syntax.Lt: {"__lt__", "__gt__"}, syntax.LtE: {"__le__", "__ge__"},
	syntax.Gt: {"__gt__", "__lt__"}, syntax.GtE: {"__ge__", "__le__"},
}

// identical is "a is b". There is one empty tuple. A NaN is itself
// by its bits, which float('nan') makes different each time.
func identical(a, b Value) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *Tuple:
		b, ok := b.(*Tuple)
		return ok && len(a.Elems) == 0 && len(b.Elems) == 0
	case *Dict: // of the attributes of one object
		b, ok := b.(*Dict)
		return ok && a.ns != nil && a.ns == b.ns
	case Float:
		b, ok := b.(Float)
		return ok && math.Float64bits(float64(a)) == math.Float64bits(float64(b))
	}
	return false
}

// Compare returns a op b for the six comparisons, "is", "in" and their
// negations.
func (th *Thread) Compare(op syntax.CmpOp, a, b Value) (Value, error) {
	switch op {
	case syntax.Is:
		return boxBool(identical(a, b)), nil
	case syntax.IsNot:
		return boxBool(!identical(a, b)), nil
	case syntax.In:
		ok, err := th.Contains(b, a)
		return boxBool(ok), err
	case syntax.NotIn:
		ok, err := th.Contains(b, a)
		return boxBool(!ok), err
	case syntax.Eq:
		return th.equalValue(a, b)
	case syntax.NotEq:
		return th.notEqual(a, b)
	}
	if r, ok, err := th.tryCompare(op, a, b); ok || err != nil {
		return r, err
	}
	return nil, Errorf(TypeError, "'%s' not supported between instances of '%s' and '%s'", op, a.Class().name, b.Class().name)
}

func (th *Thread) notEqual(a, b Value) (Value, error) {
	if th.special(a, "__ne__") != nil || th.special(b, "__ne__") != nil {
		if r, ok, err := th.tryCompare(syntax.NotEq, a, b); ok || err != nil {
			return r, err
		}
	}
	r, err := th.equalValue(a, b)
	if err != nil {
		return nil, err
	}
	t, err := th.Truth(r)
	return boxBool(!t), err
}

// tryCompare is a rich comparison; ok is false if neither side knows it.
func (th *Thread) tryCompare(op syntax.CmpOp, a, b Value) (r Value, ok bool, err error) {
	if op != syntax.NotEq {
		if done, ok, err := th.nativeCompare(op, a, b); ok || err != nil {
			return done, ok, err
		}
	}
	names := compareNames[op]
	ca, cb := a.Class(), b.Class()
	first, second := th.comparer(a, names[0]), th.comparer(b, names[1])
	if ca != cb && second != nil && cb.derives(ca) {
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
		return th.tryMethod(second, b, a)
	}
	return nil, false, nil
}

// comparer returns a comparison method that is not the native one.
func (th *Thread) comparer(v Value, name string) Value {
	switch v.(type) {
	case *Str, Int, Bool, Float, Complex, *Big, NoneType, *List, *Tuple, *Dict, *Set, *Bytes, *Range:
		return nil
	}
	return th.special(v, name)
}

func (th *Thread) tryMethod(m, self, arg Value) (Value, bool, error) {
	r, err := th.callSlot(m, self, arg)
	if err != nil {
		return nil, false, err
	}
	return r, r != Value(NotImplemented), nil
}

// nativeCompare compares values of builtin classes.
func (th *Thread) nativeCompare(op syntax.CmpOp, a, b Value) (Value, bool, error) {
	switch x := a.(type) {
	case Int, Bool, Float, *Big:
		if c, ok := compareNumbers(a, b); ok {
			return boxBool(c != unordered && ordered(op, c)), true, nil
		}
		if y, ok := b.(Complex); ok && op == syntax.Eq {
			return boxBool(imag(y) == 0 && equalNumber(a, Float(real(y)))), true, nil
		}
	case Complex:
		if y, ok := b.(Complex); ok && op == syntax.Eq {
			return boxBool(x == y), true, nil
		}
		if c, ok := compareNumbers(Float(real(x)), b); ok && op == syntax.Eq {
			return boxBool(imag(x) == 0 && c == 0), true, nil
		}
	case *Str:
		if y, ok := b.(*Str); ok {
			return boxBool(ordered(op, strings.Compare(x.s, y.s))), true, th.work(min(len(x.s), len(y.s)) >> 4)
		}
	case *Bytes:
		if y, ok := asBytes(b); ok {
			return boxBool(ordered(op, strings.Compare(x.b, y.b))), true, nil
		}
	case *List:
		if y, ok := b.(*List); ok {
			return th.compareSeq(op, x.Elems, y.Elems, a == b)
		}
	case *Tuple:
		if y, ok := b.(*Tuple); ok {
			return th.compareSeq(op, x.Elems, y.Elems, a == b)
		}
	case *Dict:
		if y, ok := b.(*Dict); ok && op == syntax.Eq {
			eq, err := th.equalDicts(x, y)
			return boxBool(eq), true, err
		}
	case *Set:
		if y, ok := b.(*Set); ok {
			r, err := th.compareSets(op, x, y)
			return boxBool(r), true, err
		}
	case *Range:
		if y, ok := b.(*Range); ok && op == syntax.Eq {
			n := x.Len()
			return boxBool(n == y.Len() && (n == 0 || x.Start == y.Start && (n == 1 || x.Step == y.Step))), true, nil
		}
	case *Slice:
		if y, ok := b.(*Slice); ok {
			return th.compareSeq(op, []Value{x.Start, x.Stop, x.Step}, []Value{y.Start, y.Stop, y.Step}, a == b)
		}
	case *BoundMethod:
		if y, ok := b.(*BoundMethod); ok && op == syntax.Eq {
			return boxBool(sameSelf(x.Self, y.Self) && x.Fn == y.Fn), true, nil
		}
	}
	return nil, false, nil
}

func equalNumber(a, b Value) bool {
	c, ok := compareNumbers(a, b)
	return ok && c == 0
}

// sameSelf reports whether two methods are those of one object; equal strings
// count as one.
func sameSelf(a, b Value) bool {
	if x, ok := a.(*Str); ok {
		y, ok := b.(*Str)
		return ok && x.s == y.s
	}
	return identical(a, b)
}

const unordered = 2 // a NaN is involved

func ordered(op syntax.CmpOp, c int) bool {
	switch op {
	case syntax.Eq:
		return c == 0
	case syntax.Lt:
		return c < 0
	case syntax.LtE:
		return c <= 0
	case syntax.Gt:
		return c > 0
	case syntax.GtE:
		return c >= 0
	}
	return false
}

// compareNumbers compares exactly, ints with floats too.
func compareNumbers(a, b Value) (int, bool) {
	switch x := a.(type) {
	case Bool:
		return compareNumbers(boolInt(x), b)
	case Int:
		switch y := b.(type) {
		case Int:
			return compareOrdered(x, y), true
		case Bool:
			return compareOrdered(x, boolInt(y)), true
		case *Big:
			return -y.x.Sign(), true
		case Float:
			return compareIntFloat(x, float64(y)), true
		}
	case *Big:
		switch y := b.(type) {
		case Int, Bool:
			return x.x.Sign(), true
		case *Big:
			return x.x.Cmp(y.x), true
		case Float:
			return compareBigFloat(x.x, float64(y)), true
		}
	case Float:
		switch y := b.(type) {
		case Float:
			if x != x || y != y {
				return unordered, true
			}
			return compareOrdered(x, y), true
		case Int, Bool, *Big:
			c, ok := compareNumbers(b, a)
			if c != unordered {
				c = -c
			}
			return c, ok
		}
	}
	return 0, false
}

func compareOrdered[T Int | Float](x, y T) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func compareIntFloat(x Int, y float64) int {
	if math.IsNaN(y) {
		return unordered
	}
	if x > -1<<53 && x < 1<<53 {
		return compareOrdered(Float(x), Float(y))
	}
	return compareBigFloat(big.NewInt(int64(x)), y)
}

func compareBigFloat(x *big.Int, y float64) int {
	switch {
	case math.IsNaN(y):
		return unordered
	case math.IsInf(y, 1):
		return -1
	case math.IsInf(y, -1):
		return 1
	}
	return new(big.Float).SetInt(x).Cmp(big.NewFloat(y))
}

func (th *Thread) compareSeq(op syntax.CmpOp, a, b []Value, identical bool) (Value, bool, error) {
	if op == syntax.Eq && len(a) != len(b) {
		return boxFalse, true, nil
	}
	if err := th.enter(); err != nil {
		return nil, true, err
	}
	defer th.leave()
	for i := 0; i < len(a) && i < len(b); i++ {
		if err := th.Tick(); err != nil {
			return nil, true, err
		}
		eq, err := th.same(a[i], b[i])
		if err != nil {
			return nil, true, err
		}
		if !eq {
			if op == syntax.Eq {
				return boxFalse, true, nil
			}
			r, err := th.Compare(op, a[i], b[i])
			return r, true, err
		}
	}
	return boxBool(ordered(op, compareOrdered(Int(len(a)), Int(len(b))))), true, nil
}

func (th *Thread) equalDicts(a, b *Dict) (bool, error) {
	if a.Len() != b.Len() {
		return false, nil
	}
	if err := th.enter(); err != nil {
		return false, err
	}
	defer th.leave()
	for k, v := range a.All() {
		if err := th.Tick(); err != nil {
			return false, err
		}
		w, ok, err := b.Get(th, k)
		if err != nil || !ok {
			return false, err
		}
		if eq, err := th.same(v, w); err != nil || !eq {
			return false, err
		}
	}
	return true, nil
}

func (th *Thread) compareSets(op syntax.CmpOp, a, b *Set) (bool, error) {
	switch op {
	case syntax.Eq:
		if a.t.live != b.t.live {
			return false, nil
		}
		return th.subset(a, b)
	case syntax.LtE:
		return th.subset(a, b)
	case syntax.GtE:
		return th.subset(b, a)
	case syntax.Lt:
		if a.t.live >= b.t.live {
			return false, nil
		}
		return th.subset(a, b)
	case syntax.Gt:
		if b.t.live >= a.t.live {
			return false, nil
		}
		return th.subset(b, a)
	}
	return false, nil
}

func (th *Thread) subset(a, b *Set) (bool, error) {
	if a.t.live > b.t.live {
		return false, nil
	}
	for _, k := range a.t.keys() {
		if err := th.Tick(); err != nil {
			return false, err
		}
		if ok, err := b.Has(th, k); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}
