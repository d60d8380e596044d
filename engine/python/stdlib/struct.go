package stdlib

import (
	byteorder "encoding/binary"
	"math"
	"math/big"
	"strings"

	"colloquy/engine/python"
)

var structClass, structError *python.Class

// A layout is a format of the module struct.
type layout struct {
	source string
	order  byteorder.ByteOrder
	items  []layoutItem
	size   int
	values int
}

// A layoutItem is a code with what stands before it: a count, or for strings a
// size.
type layoutItem struct {
	code  byte
	count int
	pad   int // bytes before it, so that it is aligned
}

// Class implements python.Value.
func (*layout) Class() *python.Class { return structClass }

// itemSizes are the sizes of the codes; those of native sizes differ for l, L
// and the ones that only have a native size.
var itemSizes = map[byte]int{'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8,
	'e': 2, 'f': 4, 'd': 8, 's': 1, 'p': 1}

var nativeSizes = map[byte]int{'l': 8, 'L': 8, 'n': 8, 'N': 8, 'P': 8}

func structFailure(format string, args ...any) error {
	return python.Errorf(structError, format, args...)
}

// maxStruct bounds the size of a packed value.
const maxStruct = 1 << 26

func parseLayout(source string) (*layout, error) {
	l := &layout{source: source, order: byteorder.LittleEndian}
	native, rest := true, source
	if rest != "" && strings.IndexByte("@=<>!", rest[0]) >= 0 {
		native = rest[0] == '@'
		if rest[0] == '>' || rest[0] == '!' {
			l.order = byteorder.BigEndian
		}
		rest = rest[1:]
	}
	for rest != "" {
		if strings.IndexByte(" \t\n\r\v\f", rest[0]) >= 0 {
			rest = rest[1:]
			continue
		}
		n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		it := layoutItem{count: 1}
		if n > 0 {
			it.count = 0
			for _, c := range rest[:n] {
				if it.count = it.count*10 + int(c-'0'); it.count > maxStruct {
					return nil, structFailure("total struct size too long")
				}
			}
		}
		if n == len(rest) {
			return nil, structFailure("repeat count given without format specifier")
		}
		it.code, rest = rest[n], rest[n+1:]
		if err := l.add(it, native); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *layout) add(it layoutItem, native bool) error {
	size := itemSizes[it.code]
	if native && nativeSizes[it.code] != 0 {
		size = nativeSizes[it.code]
	}
	if size == 0 {
		return structFailure("bad char in struct format")
	}
	if native && size > 1 {
		it.pad = (size - l.size%size) % size
	}
	if l.size += it.pad + it.count*size; l.size > maxStruct {
		return structFailure("total struct size too long")
	}
	switch it.code {
	case 'x':
	case 's', 'p':
		l.values++
	default:
		l.values += it.count
	}
	l.items = append(l.items, it)
	return nil
}

// width is the size of one value of the item.
func (l *layout) width(it layoutItem) int {
	if strings.IndexByte("@", first(l.source)) >= 0 || strings.IndexByte("=<>!", first(l.source)) < 0 {
		if n := nativeSizes[it.code]; n != 0 {
			return n
		}
	}
	return itemSizes[it.code]
}

func first(s string) byte {
	if s == "" {
		return '@'
	}
	return s[0]
}

func (l *layout) pack(th *python.Thread, vs []python.Value) ([]byte, error) {
	if len(vs) != l.values {
		return nil, structFailure("pack expected %d items for packing (got %d)", l.values, len(vs))
	}
	if err := th.Alloc(l.size); err != nil {
		return nil, err
	}
	out := make([]byte, 0, l.size)
	for _, it := range l.items {
		out = append(out, make([]byte, it.pad)...)
		switch it.code {
		case 'x':
			out = append(out, make([]byte, it.count)...)
			continue
		case 's', 'p':
			b, err := packText(it, vs[0])
			if err != nil {
				return nil, err
			}
			out, vs = append(out, b...), vs[1:]
			continue
		}
		for range it.count {
			b, err := l.packOne(th, it, vs[0])
			if err != nil {
				return nil, err
			}
			out, vs = append(out, b...), vs[1:]
		}
	}
	return out, nil
}

// packText packs bytes to a size, for p with their number before them.
func packText(it layoutItem, v python.Value) ([]byte, error) {
	b, ok := python.BytesOf(v)
	if !ok {
		return nil, structFailure("argument for '%c' must be a bytes object", it.code)
	}
	out := make([]byte, it.count)
	data := b.Data()
	if it.code == 'p' {
		if it.count > 0 {
			data = data[:min(len(data), it.count-1, 255)]
			out[0] = byte(len(data))
			copy(out[1:], data)
		}
		return out, nil
	}
	copy(out, data)
	return out, nil
}

func (l *layout) packOne(th *python.Thread, it layoutItem, v python.Value) ([]byte, error) {
	size := l.width(it)
	switch it.code {
	case 'c':
		b, ok := python.BytesOf(v)
		if !ok || len(b.Data()) != 1 {
			return nil, structFailure("char format requires a bytes object of length 1")
		}
		return []byte(b.Data()), nil
	case '?':
		yes, err := th.Truth(v)
		if yes {
			return []byte{1}, err
		}
		return []byte{0}, err
	case 'e', 'f', 'd':
		return l.packFloat(th, it.code, v)
	}
	if _, isFloat := python.Unwrap(v).(python.Float); isFloat {
		return nil, structFailure("required argument is not an integer")
	}
	n, err := integerOf(th, v)
	if err != nil {
		return nil, structFailure("required argument is not an integer")
	}
	lo, hi := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(8*size))
	if it.code >= 'a' {
		hi.Rsh(hi, 1)
		lo.Neg(hi)
	}
	hi.Sub(hi, big.NewInt(1))
	if n.Cmp(lo) < 0 || n.Cmp(hi) > 0 {
		if size == 8 {
			return nil, structFailure("int too large to convert")
		}
		return nil, structFailure("'%c' format requires %d <= number <= %d", it.code, lo, hi)
	}
	var word [8]byte
	u := n.Uint64()
	if n.Sign() < 0 {
		u = uint64(n.Int64())
	}
	if l.order == byteorder.ByteOrder(byteorder.BigEndian) {
		byteorder.BigEndian.PutUint64(word[:], u)
		return word[8-size:], nil
	}
	byteorder.LittleEndian.PutUint64(word[:], u)
	return word[:size], nil
}

func (l *layout) packFloat(th *python.Thread, code byte, v python.Value) ([]byte, error) {
	f, err := realOf(th, v)
	if err != nil {
		return nil, structFailure("required argument is not a float")
	}
	switch code {
	case 'd':
		out := make([]byte, 8)
		l.order.PutUint64(out, math.Float64bits(f))
		return out, nil
	case 'f':
		if math.IsInf(float64(float32(f)), 0) && !math.IsInf(f, 0) {
			return nil, python.Errorf(python.OverflowError, "float too large to pack with f format")
		}
		out := make([]byte, 4)
		l.order.PutUint32(out, math.Float32bits(float32(f)))
		return out, nil
	}
	h, ok := halfBits(f)
	if !ok {
		return nil, python.Errorf(python.OverflowError, "float too large to pack with e format")
	}
	out := make([]byte, 2)
	l.order.PutUint16(out, h)
	return out, nil
}

// halfBits returns a float in 16 bits, rounded to even.
func halfBits(f float64) (uint16, bool) {
	sign := uint16(0)
	if math.Signbit(f) {
		sign = 1 << 15
	}
	f = math.Abs(f)
	switch {
	case math.IsNaN(f):
		return sign | 0x7e00, true
	case math.IsInf(f, 0):
		return sign | 0x7c00, true
	case f == 0:
		return sign, true
	}
	_, e := math.Frexp(f)
	e = max(e-1, -14)
	m := math.RoundToEven(math.Ldexp(f, 10-e)) // 1024 to 2048, less below the normal range
	if m >= 2048 {
		m, e = m/2, e+1
	}
	if e > 15 {
		return 0, false
	}
	bits := uint16(m)
	if m >= 1024 {
		bits = uint16(m) - 1024 + uint16(e+15)<<10
	}
	return sign | bits, true
}

func halfFloat(h uint16) float64 {
	e, m := int(h>>10&31), float64(h&1023)
	f := 0.0
	switch e {
	case 0:
		f = math.Ldexp(m, -24)
	case 31:
		if f = math.Inf(1); m != 0 {
			f = math.NaN()
		}
	default:
		f = math.Ldexp(m+1024, e-25)
	}
	if h>>15 == 1 {
		return -f
	}
	return f
}

// unpack reads as many bytes as the layout has.
func (l *layout) unpack(data string) python.Value {
	out := make([]python.Value, 0, l.values)
	for _, it := range l.items {
		data = data[it.pad:]
		switch it.code {
		case 'x':
			data = data[it.count:]
			continue
		case 's':
			out = append(out, python.NewBytes([]byte(data[:it.count])))
			data = data[it.count:]
			continue
		case 'p':
			text := ""
			if it.count > 0 {
				text = data[1:min(it.count, 1+int(data[0]))]
			}
			out = append(out, python.NewBytes([]byte(text)))
			data = data[it.count:]
			continue
		}
		size := l.width(it)
		for range it.count {
			out = append(out, l.unpackOne(it.code, data[:size]))
			data = data[size:]
		}
	}
	return python.NewTuple(out...)
}

func (l *layout) unpackOne(code byte, data string) python.Value {
	switch code {
	case 'c':
		return python.NewBytes([]byte(data))
	case '?':
		return python.Bool(data[0] != 0)
	case 'd':
		return python.Float(math.Float64frombits(l.order.Uint64([]byte(data))))
	case 'f':
		return python.Float(math.Float32frombits(l.order.Uint32([]byte(data))))
	case 'e':
		return python.Float(halfFloat(l.order.Uint16([]byte(data))))
	}
	var u uint64
	for i := range len(data) {
		c := data[i]
		if l.order == byteorder.ByteOrder(byteorder.LittleEndian) {
			c = data[len(data)-1-i]
		}
		u = u<<8 | uint64(c)
	}
	if code >= 'a' { // signed
		shift := 64 - 8*len(data)
		return python.Int(int64(u<<shift) >> shift)
	}
	return python.NewInt(new(big.Int).SetUint64(u))
}
