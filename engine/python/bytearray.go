package python

import (
	"bytes"
	"slices"
	"strings"

	"colloquy/engine/python/syntax"
)

func byteArrayMembers() []Member {
	self := func(a *Args) *ByteArray { b, _ := asByteArray(a.Self); return b }
	operator := func(name string, do func(th *Thread, b *ByteArray, x Value) (Value, error)) Member {
		return Method(name, func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			return do(th, self(a), a.Pos[0])
		})
	}
	ms := append(bufferMembers(), changeMembers()...)
	for op, name := range map[syntax.CmpOp]string{syntax.Eq: "__eq__", syntax.Lt: "__lt__", syntax.LtE: "__le__", syntax.Gt: "__gt__", syntax.GtE: "__ge__"} {
		ms = append(ms, operator(name, func(_ *Thread, b *ByteArray, x Value) (Value, error) {
			y, ok := asBytes(x)
			if !ok {
				return NotImplemented, nil
			}
			return boxBool(ordered(op, strings.Compare(string(b.b), y.b))), nil
		}))
	}
	return append(append(ms, byteArrayChanges()...),
		Method("__repr__", func(_ *Thread, a *Args) (Value, error) {
			return self(a).repr(a.Self.Class().name), nil
		}),
		operator("__add__", func(th *Thread, b *ByteArray, x Value) (Value, error) { return th.joinBuffers(bufferOf(b), x) }),
		operator("__mul__", func(th *Thread, b *ByteArray, x Value) (Value, error) { return th.repeatBuffer(bufferOf(b), x) }),
		operator("__rmul__", func(th *Thread, b *ByteArray, x Value) (Value, error) { return th.repeatBuffer(bufferOf(b), x) }),
		operator("__iadd__", func(th *Thread, b *ByteArray, x Value) (Value, error) {
			y, ok := asBytes(x)
			if !ok {
				return nil, Errorf(TypeError, "can't concat %s to bytearray", x.Class().name)
			}
			return b, th.growBytes(b, y)
		}),
		operator("__imul__", func(th *Thread, b *ByteArray, x Value) (Value, error) {
			r, err := th.repeatBuffer(bufferOf(b), x)
			if err == nil {
				b.b = r.(*ByteArray).b
			}
			return b, err
		}),
	)
}

func (b *ByteArray) repr(name string) *Str {
	inner := reprBytes(&Bytes{string(b.b), b.Outside})
	return like(name+"("+inner.s+")", inner)
}

func (th *Thread) growBytes(b *ByteArray, y *Bytes) error {
	if int64(len(b.b)+len(y.b)) > th.opts.Limits.Allocation {
		return Errorf(MemoryError, "")
	}
	b.b = append(b.b, y.b...)
	b.Outside = b.Outside || y.Outside
	return th.Alloc(len(y.b))
}

// byteArrayChanges are the methods that change a bytearray.
func byteArrayChanges() []Member {
	change := func(name string, n int, do func(th *Thread, b *ByteArray, args []Value) (Value, error)) Member {
		return Method(name, func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly(name, n); err != nil {
				return nil, err
			}
			b, _ := asByteArray(a.Self)
			return do(th, b, a.Pos)
		})
	}
	return []Member{
		change("append", 1, func(th *Thread, b *ByteArray, args []Value) (Value, error) {
			c, err := th.byteOf(args[0], "bytearray")
			if err != nil {
				return nil, err
			}
			return None, th.growBytes(b, &Bytes{b: string([]byte{c})})
		}),
		change("extend", 1, func(th *Thread, b *ByteArray, args []Value) (Value, error) {
			if y, ok := asBytes(args[0]); ok {
				return None, th.growBytes(b, y)
			}
			if th.notIterable(args[0]) {
				return nil, Errorf(TypeError, "can't extend bytearray with %s", args[0].Class().name)
			}
			more, err := th.bytesOfEach("bytearray", args[0])
			if err != nil {
				return nil, err
			}
			return None, th.growBytes(b, &Bytes{b: string(more)})
		}),
		change("insert", 2, func(th *Thread, b *ByteArray, args []Value) (Value, error) {
			at, err := th.wantIndex(args[0])
			if err != nil {
				return nil, err
			}
			c, err := th.byteOf(args[1], "bytearray")
			if err != nil {
				return nil, err
			}
			n := int64(len(b.b))
			if at < 0 {
				at = max(at+n, 0)
			}
			b.b = slices.Insert(b.b, int(min(at, n)), c)
			return None, th.Alloc(1)
		}),
		change("remove", 1, func(th *Thread, b *ByteArray, args []Value) (Value, error) {
			c, err := th.byteOf(args[0], "bytearray")
			if err != nil {
				return nil, err
			}
			i := bytes.IndexByte(b.b, c)
			if i < 0 {
				return nil, Errorf(ValueError, "value not found in bytearray")
			}
			b.b = slices.Delete(b.b, i, i+1)
			return None, nil
		}),
		change("clear", 0, func(_ *Thread, b *ByteArray, _ []Value) (Value, error) { b.b = nil; return None, nil }),
		change("reverse", 0, func(_ *Thread, b *ByteArray, _ []Value) (Value, error) { slices.Reverse(b.b); return None, nil }),
		change("copy", 0, func(_ *Thread, b *ByteArray, _ []Value) (Value, error) { return &ByteArray{b.Data(), b.Outside}, nil }),
		Method("pop", func(th *Thread, a *Args) (Value, error) {
			var at Value = Int(-1)
			if err := a.Unpack("pop", "/index?", &at); err != nil {
				return nil, err
			}
			b, _ := asByteArray(a.Self)
			i, err := th.wantIndex(at)
			switch {
			case err != nil:
				return nil, err
			case len(b.b) == 0:
				return nil, Errorf(IndexError, "pop from empty bytearray")
			case i < 0:
				i += int64(len(b.b))
			}
			if i < 0 || i >= int64(len(b.b)) {
				return nil, Errorf(IndexError, "pop index out of range")
			}
			c := b.b[i]
			b.b = slices.Delete(b.b, int(i), int(i)+1)
			return boxInt(Int(c)), nil
		}),
	}
}

// setByte is b[key] = x.
func (th *Thread) setByte(b *ByteArray, key, x Value) error {
	s, ok := key.(*Slice)
	if !ok {
		i, err := th.byteIndex(b, key, "bytearray index out of range")
		if err != nil {
			return err
		}
		c, err := th.byteOf(x, "bytearray")
		if err == nil {
			b.b[i] = c
		}
		return err
	}
	start, step, count, err := th.bounds(s, len(b.b))
	if err != nil {
		return err
	}
	_, isText := asStr(x)
	if _, isInt := IntOf(x); isInt || isText {
		return Errorf(TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)")
	}
	by, err := th.bytesFrom("bytearray", x, nil, nil)
	if err != nil {
		return err
	}
	b.Outside = b.Outside || by.Outside
	if step == 1 {
		b.b = slices.Replace(b.b, start, start+count, []byte(by.b)...)
		return th.Alloc(len(by.b))
	}
	if len(by.b) != count {
		return Errorf(ValueError, "attempt to assign bytes of size %d to extended slice of size %d", len(by.b), count)
	}
	for i := range count {
		b.b[start+i*step] = by.b[i]
	}
	return nil
}

func (th *Thread) byteIndex(b *ByteArray, key Value, outOfRange string) (int, error) {
	i, ok, err := th.asIndex(key)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, Errorf(TypeError, "bytearray indices must be integers or slices, not %s", key.Class().name)
	}
	if i < 0 {
		i += int64(len(b.b))
	}
	if i < 0 || i >= int64(len(b.b)) {
		return 0, Errorf(IndexError, "%s", outOfRange)
	}
	return int(i), nil
}

// delByte is del b[key].
func (th *Thread) delByte(b *ByteArray, key Value) error {
	s, ok := key.(*Slice)
	if !ok {
		i, err := th.byteIndex(b, key, "bytearray index out of range")
		if err == nil {
			b.b = slices.Delete(b.b, i, i+1)
		}
		return err
	}
	start, step, count, err := th.bounds(s, len(b.b))
	if err != nil {
		return err
	}
	gone := map[int]bool{}
	for i := range count {
		gone[start+i*step] = true
	}
	kept := b.b[:0:0]
	for i, c := range b.b {
		if !gone[i] {
			kept = append(kept, c)
		}
	}
	b.b = kept
	return nil
}
