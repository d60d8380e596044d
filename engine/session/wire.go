package session

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"

	"colloquy/engine/python"
)

// version is the first byte of every stored state.
const version = 1

// The tags of values.
const (
	tagNone byte = iota
	tagFalse
	tagTrue
	tagInt
	tagBig
	tagFloat
	tagStr
	tagOutside // text all of which came from outside
	tagSpans   // text parts of which came from outside
	tagBytes
	tagTuple
	tagRange
	tagSlice
	tagEllipsis
	tagNotImplemented
	tagClass
	tagRef    // an object with a number
	tagNative // a Persistent value: class name, data
	tagOutsideBytes
	tagComplex
	tagMember // of an enumeration: class name, name
)

// ErrCorrupt says that stored bytes are not what this package wrote.
var ErrCorrupt = errors.New("stored state is damaged")

func corrupt(what string) error { return fmt.Errorf("%w: %s", ErrCorrupt, what) }

// A writer builds bytes.
type writer struct{ b []byte }

func (w *writer) byte(b byte)     { w.b = append(w.b, b) }
func (w *writer) uint(n uint64)   { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) int(n int64)     { w.b = binary.AppendVarint(w.b, n) }
func (w *writer) bytes(p []byte)  { w.uint(uint64(len(p))); w.b = append(w.b, p...) }
func (w *writer) string(s string) { w.uint(uint64(len(s))); w.b = append(w.b, s...) }
func (w *writer) float(f float64) {
	w.b = binary.BigEndian.AppendUint64(w.b, math.Float64bits(f))
}

// A reader takes bytes apart; its first error sticks.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = corrupt(what)
	}
	r.b = nil
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail("ends early")
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) uint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail("bad number")
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) int() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail("bad number")
		return 0
	}
	r.b = r.b[size:]
	return n
}

// count reads the number of things to follow, each of at least one byte.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail("more announced than there is")
		return 0
	}
	return int(n)
}

func (r *reader) bytes() []byte {
	n := r.count()
	if r.err != nil {
		return nil
	}
	p := r.b[:n:n]
	r.b = r.b[n:]
	return p
}

func (r *reader) string() string { return string(r.bytes()) }

func (r *reader) float() float64 {
	if len(r.b) < 8 {
		r.fail("ends early")
		return 0
	}
	f := math.Float64frombits(binary.BigEndian.Uint64(r.b))
	r.b = r.b[8:]
	return f
}

// scalar writes a value that holds no others and reports whether v is one.
func (w *writer) scalar(v python.Value) bool {
	switch v := v.(type) {
	case python.NoneType:
		w.byte(tagNone)
	case python.Bool:
		if v {
			w.byte(tagTrue)
		} else {
			w.byte(tagFalse)
		}
	case python.Int:
		w.byte(tagInt)
		w.int(int64(v))
	case *python.Big:
		w.byte(tagBig)
		n := v.Int()
		if n.Sign() < 0 {
			w.byte(1)
		} else {
			w.byte(0)
		}
		w.bytes(n.Bytes())
	case python.Float:
		w.byte(tagFloat)
		w.float(float64(v))
	case python.Complex:
		w.byte(tagComplex)
		w.float(real(complex128(v)))
		w.float(imag(complex128(v)))
	case *python.Str:
		w.str(v)
	case *python.Bytes:
		if v.Outside {
			w.byte(tagOutsideBytes)
		} else {
			w.byte(tagBytes)
		}
		w.string(v.Data())
	case *python.Range:
		w.byte(tagRange)
		w.int(v.Start)
		w.int(v.Stop)
		w.int(v.Step)
	case python.EllipsisType:
		w.byte(tagEllipsis)
	case python.NotImplementedType:
		w.byte(tagNotImplemented)
	default:
		return false
	}
	return true
}

func (w *writer) str(s *python.Str) {
	text, spans := s.String(), s.Spans()
	switch {
	case len(spans) == 0:
		w.byte(tagStr)
		w.string(text)
	case len(spans) == 1 && spans[0].From == 0 && spans[0].To == len(text):
		w.byte(tagOutside)
		w.string(text)
	default:
		w.byte(tagSpans)
		w.string(text)
		w.uint(uint64(len(spans)))
		for _, sp := range spans {
			w.uint(uint64(sp.From))
			w.uint(uint64(sp.To))
		}
	}
}

func (r *reader) spans(text string) *python.Str {
	n := r.count()
	spans := make([]python.Span, 0, n)
	for range n {
		from, to := r.uint(), r.uint()
		if from > to || to > uint64(len(text)) {
			r.fail("bad span")
			return python.NewStr("")
		}
		spans = append(spans, python.Span{From: int(from), To: int(to)})
	}
	return python.WithSpans(text, spans)
}

// scalar reads what the writer's scalar wrote; ok is false for other tags.
func (r *reader) scalar(tag byte) (v python.Value, ok bool) {
	switch tag {
	case tagNone:
		return python.None, true
	case tagFalse:
		return python.False, true
	case tagTrue:
		return python.True, true
	case tagInt:
		return python.Int(r.int()), true
	case tagBig:
		negative := r.byte() == 1
		n := new(big.Int).SetBytes(r.bytes())
		if negative {
			n.Neg(n)
		}
		return python.NewInt(n), true
	case tagFloat:
		return python.Float(r.float()), true
	case tagComplex:
		re := r.float()
		return python.Complex(complex(re, r.float())), true
	case tagStr:
		return python.NewStr(r.string()), true
	case tagOutside:
		return python.Outside(r.string()), true
	case tagSpans:
		return r.spans(r.string()), true
	case tagBytes:
		return python.NewBytes(r.bytes()), true
	case tagOutsideBytes:
		b := python.NewBytes(r.bytes())
		b.Outside = true
		return b, true
	case tagRange:
		v := &python.Range{Start: r.int(), Stop: r.int(), Step: r.int()}
		if v.Step == 0 {
			r.fail("range without step")
		}
		return v, true
	case tagEllipsis:
		return python.Ellipsis, true
	case tagNotImplemented:
		return python.NotImplemented, true
	}
	return nil, false
}
