package python

import (
	"hash/maphash"
	"math"
	"math/big"
	"math/bits"
	"unsafe"
)

// seed makes the hashes of texts differ from process to process, so that
// nobody outside can choose keys that collide.
var seed = maphash.MakeSeed()

// Hashes of everything but numbers have 60 bits, so that a __hash__ method that
// hands one on as an int gives the same hash again.
const hashBits = 1<<60 - 1

func hashString(s string) uint64 {
	if s == "" {
		return 0
	}
	return maphash.String(seed, s) & hashBits
}

const hashModulus = 1<<61 - 1

// Hash returns hash(v).
func (th *Thread) Hash(v Value) (int64, error) {
	h, err := th.hash(v)
	return int64(h), err
}

func (th *Thread) hash(v Value) (uint64, error) {
	switch v := v.(type) {
	case *Str:
		return hashString(v.s), nil
	case Int:
		return hashInt(int64(v)), nil
	case Bool:
		return uint64(boolInt(v)), nil
	case *Big:
		return hashBig(v.x), nil
	case Float:
		return hashFloat(float64(v)), nil
	case Complex:
		return hashComplex(complex128(v)), nil
	case *Bytes:
		return hashString(v.b), nil
	case NoneType:
		return 0xfca86420, nil
	case *Tuple:
		return th.hashTuple(v.Elems)
	case *Set:
		if v.Frozen {
			return v.hash(), nil
		}
	case *List, *Dict:
	case *Range:
		return th.hashTuple([]Value{Int(v.Len()), Int(v.Start), Int(v.Step)})
	case *Slice:
		return th.hashTuple([]Value{v.Start, v.Stop, v.Step})
	case *Instance:
		return th.hashInstance(v)
	case *Class:
		if v.meta != nil {
			s := v.meta.slot()
			if s.hash == Value(None) {
				return 0, unhashable(v)
			}
			if s.hash != nil {
				return th.customHash(s.hash, v)
			}
		}
		return hashPointer(v), nil
	case *Function, *Builtin, *Module, *Property, EllipsisType, NotImplementedType:
		return hashPointer(v), nil
	case *BoundMethod:
		return (hashPointer(v.Self) ^ hashPointer(v.Fn)), nil
	default:
		if m := th.special(v, "__hash__"); m != nil {
			return th.customHash(m, v)
		}
		if eq := v.Class().slot().eq; eq == nil {
			return hashPointer(v), nil
		}
	}
	return 0, unhashable(v)
}

func unhashable(v Value) error {
	return Errorf(TypeError, "unhashable type: '%s'", v.Class().name)
}

func (th *Thread) hashInstance(i *Instance) (uint64, error) {
	s := i.Cls.slot()
	switch {
	case s.hash == Value(None):
		return 0, unhashable(i)
	case s.hash != nil:
		return th.customHash(s.hash, i)
	}
	return hashPointer(i), nil
}

func (th *Thread) customHash(m, v Value) (uint64, error) {
	r, err := th.callSlot(m, v)
	if err != nil {
		return 0, err
	}
	switch r := Unwrap(r).(type) {
	case Int:
		if r == -1 {
			r = -2
		}
		return uint64(r), nil
	case Bool:
		return uint64(boolInt(r)), nil
	case *Big:
		return hashBig(r.x), nil
	}
	return 0, Errorf(TypeError, "__hash__ method should return an integer")
}

func hashPointer(v Value) uint64 {
	type iface struct{ typ, data unsafe.Pointer }
	p := uint64(uintptr((*iface)(unsafe.Pointer(&v)).data))
	return p >> 4 & hashBits
}

func hashInt(n int64) uint64 {
	if n >= 0 && n < hashModulus {
		return uint64(n)
	}
	h := n % hashModulus
	if h == -1 {
		h = -2
	}
	return uint64(h)
}

func hashBig(x *big.Int) uint64 {
	m := new(big.Int).Rem(x, big.NewInt(hashModulus)).Int64()
	if m == -1 {
		m = -2
	}
	return uint64(m)
}

func hashFloat(f float64) uint64 {
	switch {
	case math.IsInf(f, 1):
		return 314159
	case math.IsInf(f, -1):
		return ^uint64(314159 - 1)
	case math.IsNaN(f):
		return 0
	}
	if f == math.Trunc(f) && math.Abs(f) < 1<<62 {
		return hashInt(int64(f))
	}
	frac, exp := math.Frexp(math.Abs(f))
	var h uint64
	for frac != 0 {
		h = h<<28&hashModulus | h>>(61-28)
		frac *= 1 << 28
		exp -= 28
		y := uint64(frac)
		frac -= float64(y)
		h += y
		if h >= hashModulus {
			h -= hashModulus
		}
	}
	exp %= 61
	if exp < 0 {
		exp += 61
	}
	h = h<<uint(exp)&hashModulus | h>>(61-uint(exp))
	n := int64(h)
	if f < 0 {
		n = -n
	}
	if n == -1 {
		n = -2
	}
	return uint64(n)
}

func (th *Thread) hashTuple(elems []Value) (uint64, error) {
	if err := th.enter(); err != nil {
		return 0, err
	}
	defer th.leave()
	if err := th.Tick(); err != nil {
		return 0, err
	}
	h := uint64(0x27D4EB2F165667C5)
	for _, e := range elems {
		x, err := th.hash(e)
		if err != nil {
			return 0, err
		}
		h += x * 0xC2B2AE3D27D4EB4F
		h = bits.RotateLeft64(h, 31) * 0x9E3779B185EBCA87
	}
	return (h + uint64(len(elems))) & hashBits, nil
}

func (s *Set) hash() uint64 {
	h := uint64(1927868237)
	for i := range s.t.entries {
		if e := &s.t.entries[i]; e.key != nil {
			x := e.hash
			h ^= (x ^ 89869747 ^ x<<16) * 3644798167
		}
	}
	return (h*69069 + 907133923) & hashBits
}
