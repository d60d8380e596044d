package python

import (
	"strings"
)

// ByteArray is Python's bytearray: bytes that can change.
type ByteArray struct {
	b       []byte
	Outside bool
}

// Class returns ByteArrayClass.
func (*ByteArray) Class() *Class { return ByteArrayClass }

// NewByteArray returns a bytearray with a copy of b.
func NewByteArray(b []byte) *ByteArray { return &ByteArray{b: append([]byte(nil), b...)} }

// Data returns a copy of the bytes.
func (b *ByteArray) Data() []byte { return append([]byte(nil), b.b...) }

// Fill makes the bytearray hold what data does.
func (b *ByteArray) Fill(data *Bytes) { b.b, b.Outside = []byte(data.b), data.Outside }

// CopyFor returns a copy.
func (b *ByteArray) CopyFor(*Thread, func(Value) (Value, error)) (Value, error) {
	return &ByteArray{b.Data(), b.Outside}, nil
}

func asByteArray(v Value) (*ByteArray, bool) {
	b, ok := Unwrap(v).(*ByteArray)
	return b, ok
}

// asBytes returns what bytes, a bytearray or an instance of a subclass hold.
func asBytes(v Value) (*Bytes, bool) {
	switch b := Unwrap(v).(type) {
	case *Bytes:
		return b, true
	case *ByteArray:
		return &Bytes{string(b.b), b.Outside}, true
	}
	return nil, false
}

// BytesOf returns what bytes, a bytearray or an instance of a subclass hold.
func BytesOf(v Value) (*Bytes, bool) { return asBytes(v) }

// wantBytes is asBytes for what must be bytes.
func wantBytes(v Value) (*Bytes, error) {
	if b, ok := asBytes(v); ok {
		return b, nil
	}
	return nil, Errorf(TypeError, "a bytes-like object is required, not '%s'", v.Class().name)
}

func newBytes(th *Thread, cls *Class, a *Args) (Value, error) {
	var src, encoding, errors Value
	if err := a.Unpack("bytes", "source?", &src, "encoding?", &encoding, "errors?", &errors); err != nil {
		return nil, err
	}
	if src != nil && encoding == nil && errors == nil {
		if m := th.special(src, "__bytes__"); m != nil {
			r, err := th.callSlot(m, src)
			if err != nil {
				return nil, err
			}
			if b, ok := Unwrap(r).(*Bytes); ok {
				return wrap(cls, BytesClass, b), nil
			}
			return nil, Errorf(TypeError, "__bytes__ returned non-bytes (type %s)", r.Class().name)
		}
	}
	b, err := th.bytesFrom("bytes", src, encoding, errors)
	if err != nil {
		return nil, err
	}
	return wrap(cls, BytesClass, b), nil
}

func newByteArray(th *Thread, cls *Class, a *Args) (Value, error) {
	var src, encoding, errors Value
	if err := a.Unpack("bytearray", "source?", &src, "encoding?", &encoding, "errors?", &errors); err != nil {
		return nil, err
	}
	b, err := th.bytesFrom("bytearray", src, encoding, errors)
	if err != nil {
		return nil, err
	}
	return wrap(cls, ByteArrayClass, &ByteArray{[]byte(b.b), b.Outside}), nil
}

// bytesFrom is what bytes() and bytearray() make of their arguments.
func (th *Thread) bytesFrom(fn string, src, encoding, errors Value) (*Bytes, error) {
	if s, ok := asStrOrNil(src); ok {
		if encoding == nil && errors == nil {
			return nil, Errorf(TypeError, "string argument without an encoding")
		}
		return encodeArgs(th, fn, s, encoding, errors)
	}
	if encoding != nil {
		return nil, Errorf(TypeError, "encoding without a string argument")
	}
	if errors != nil {
		return nil, Errorf(TypeError, "errors without a string argument")
	}
	if src == nil {
		return &Bytes{}, nil
	}
	if b, ok := asBytes(src); ok {
		return b, nil
	}
	if n, ok, err := th.asIndex(src); err != nil {
		return nil, err
	} else if ok {
		if _, huge := Unwrap(src).(*Big); huge {
			return nil, Errorf(OverflowError, "cannot fit 'int' into an index-sized integer")
		}
		if n < 0 {
			return nil, Errorf(ValueError, "negative count")
		}
		if err := th.allocTimes(n, 1); err != nil {
			return nil, err
		}
		return NewBytes(make([]byte, n)), nil
	}
	if th.notIterable(src) {
		return nil, Errorf(TypeError, "cannot convert '%s' object to %s", src.Class().name, fn)
	}
	out, err := th.bytesOfEach(fn, src)
	return &Bytes{b: string(out)}, err
}

func asStrOrNil(v Value) (*Str, bool) {
	if v == nil {
		return nil, false
	}
	return asStr(v)
}

// bytesOfEach collects the integers of an iterable.
func (th *Thread) bytesOfEach(fn string, src Value) ([]byte, error) {
	var out []byte
	err := th.Each(src, func(v Value) error {
		c, err := th.byteOf(v, fn)
		out = append(out, c)
		return err
	})
	return out, err
}

// byteOf returns an integer as a byte.
func (th *Thread) byteOf(v Value, fn string) (byte, error) {
	n, err := th.wantIndex(v)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > 255 {
		if fn == "bytes" {
			return 0, Errorf(ValueError, "bytes must be in range(0, 256)")
		}
		return 0, Errorf(ValueError, "byte must be in range(0, 256)")
	}
	return byte(n), nil
}

// buffer is the self of a method that bytes and bytearray share.
type buffer struct {
	b       string
	outside bool
	array   bool // a bytearray
}

func bufferOf(v Value) buffer {
	b, _ := asBytes(v)
	_, array := asByteArray(v)
	return buffer{b.b, b.Outside, array}
}

// with returns a new object of the same kind.
func (b buffer) with(data string) Value { return b.from(data, b.outside) }

func (b buffer) from(data string, outside bool) Value {
	if b.array {
		return &ByteArray{[]byte(data), outside}
	}
	return &Bytes{data, outside}
}

func (b buffer) name() string {
	if b.array {
		return "bytearray"
	}
	return "bytes"
}

// byteItem is b[key] for bytes and bytearrays.
func (th *Thread) byteItem(b buffer, key Value) (Value, error) {
	if s, ok := key.(*Slice); ok {
		start, step, count, err := th.bounds(s, len(b.b))
		if err != nil {
			return nil, err
		}
		out := make([]byte, count)
		for i := range out {
			out[i] = b.b[start+i*step]
		}
		return b.with(string(out)), nil
	}
	kind := "byte"
	if b.array {
		kind = "bytearray"
	}
	if _, ok, err := th.asIndex(key); err == nil && !ok {
		return nil, Errorf(TypeError, "%s indices must be integers or slices, not %s", kind, key.Class().name)
	}
	i, err := th.index(kind, key, len(b.b))
	if err != nil {
		if _, ok := isRaised(err, IndexError); ok && !b.array {
			return nil, Errorf(IndexError, "index out of range")
		}
		return nil, err
	}
	return boxInt(Int(b.b[i])), nil
}

// hasByte is x in b.
func (th *Thread) hasByte(b string, x Value) (bool, error) {
	if y, ok := asBytes(x); ok {
		return strings.Contains(b, y.b), nil
	}
	n, ok, err := th.asIndex(x)
	switch {
	case err != nil:
		return false, err
	case !ok:
		return false, Errorf(TypeError, "a bytes-like object is required, not '%s'", x.Class().name)
	case n < 0 || n > 255:
		return false, Errorf(ValueError, "byte must be in range(0, 256)")
	}
	return strings.IndexByte(b, byte(n)) >= 0, nil
}

// bufferBinary is b + x and b * x.
func (th *Thread) joinBuffers(b buffer, x Value) (Value, error) {
	y, ok := asBytes(x)
	if !ok {
		return nil, Errorf(TypeError, "can't concat %s to %s", x.Class().name, b.name())
	}
	return b.from(b.b+y.b, b.outside || y.Outside), th.Alloc(len(b.b) + len(y.b))
}

func (th *Thread) repeatBuffer(b buffer, x Value) (Value, error) {
	n, ok, err := th.repeatCount(x, len(b.b))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, Errorf(TypeError, "can't multiply sequence by non-int of type '%s'", x.Class().name)
	}
	return b.with(strings.Repeat(b.b, n)), nil
}
