package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"
)

// version is the first byte of everything sealed or signed here.
const version = 1

// headSize counts the bytes before the nonce: version and key id.
const headSize = 1 + idSize

// Overhead is how many bytes longer than the plain text sealed bytes are.
const Overhead = headSize + 12 + 16

// Associated says where sealed bytes belong. They open only for the same
// Associated they were sealed with.
type Associated struct {
	Session string // session id
	N       int64  // step number
	Rev     int64  // rev of the session when the row was written
	Base    int64  // for a delta, the rev of the step it is against
	Kind    string // kind of the row: of a step, of an effect
	Purpose string // which of the row's sealed parts: "state", "input", "card", ...
}

// append encodes a so that no two different values look the same.
func (a Associated) append(b []byte) []byte {
	b = appendText(b, a.Session)
	b = binary.BigEndian.AppendUint64(b, uint64(a.N))
	b = binary.BigEndian.AppendUint64(b, uint64(a.Rev))
	b = binary.BigEndian.AppendUint64(b, uint64(a.Base))
	b = appendText(b, a.Kind)
	return appendText(b, a.Purpose)
}

// appendText adds a string preceded by its length.
func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// A Box seals and opens bytes under one key. It is safe for concurrent use.
type Box struct {
	masked
	aead cipher.AEAD
	id   [idSize]byte
}

func (k key) box() *Box { return &Box{aead: k.aead(), id: k.id()} }

// Seal encrypts plain for the place that a names.
func (b *Box) Seal(plain []byte, a Associated) []byte {
	out := make([]byte, headSize, len(plain)+Overhead)
	out[0] = version
	copy(out[1:], b.id[:])
	aad := a.append(append(make([]byte, 0, 128), out...))
	return b.aead.Seal(out, nil, plain, aad)
}

// Open returns what was sealed for the place that a names. It returns
// ErrWrongKey if another key sealed it, and ErrTampered if any byte of it or
// any part of a is different.
func (b *Box) Open(sealed []byte, a Associated) ([]byte, error) {
	id, err := keyID(sealed)
	if err != nil {
		return nil, err
	}
	if id != b.id {
		return nil, ErrWrongKey
	}
	aad := a.append(append(make([]byte, 0, 128), sealed[:headSize]...))
	plain, err := b.aead.Open(nil, nil, sealed[headSize:], aad)
	if err != nil {
		return nil, ErrTampered
	}
	return plain, nil
}

// keyID reads the key id of sealed bytes.
func keyID(sealed []byte) (id [idSize]byte, err error) {
	if len(sealed) < Overhead {
		return id, fmt.Errorf("%w: too short", ErrTampered)
	}
	if sealed[0] != version {
		return id, fmt.Errorf("%w: format %d is unknown", ErrTampered, sealed[0])
	}
	copy(id[:], sealed[1:headSize])
	return id, nil
}
