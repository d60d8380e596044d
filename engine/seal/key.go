package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"slices"
)

const (
	keySize = 32
	idSize  = 4
)

// key is 32 secret bytes. They are inside a function because package fmt ignores
// the methods of unexported fields and would follow a pointer (a wrong verb is
// enough), but can look into no function.
type key struct {
	masked
	bytes func() []byte // nil in the zero key
}

func newKey(random io.Reader) (key, error) {
	b := make([]byte, keySize)
	if _, err := io.ReadFull(random, b); err != nil {
		return key{}, fmt.Errorf("make a key: %w", err)
	}
	return key{bytes: func() []byte { return b }}, nil
}

// keyOf copies 32 bytes into a key; ok is false for any other length.
func keyOf(b []byte) (k key, ok bool) {
	if len(b) != keySize {
		return key{}, false
	}
	own := slices.Clone(b)
	return key{bytes: func() []byte { return own }}, true
}

func (k key) equal(o key) bool {
	return subtle.ConstantTimeCompare(k.bytes(), o.bytes()) == 1
}

// expand derives n bytes for one purpose; n is at most 255*32.
func (k key) expand(purpose string, n int) []byte {
	out, err := hkdf.Key(sha256.New, k.bytes(), nil, "colloquy "+purpose, n)
	if err != nil { // only for lengths no caller here asks for
		panic("seal: " + err.Error())
	}
	return out
}

// derive gives the key for one purpose.
func (k key) derive(purpose string) key {
	d, _ := keyOf(k.expand(purpose, keySize))
	return d
}

// id tells keys apart without telling anything about them.
func (k key) id() (id [idSize]byte) {
	copy(id[:], k.expand("key id", idSize))
	return id
}

// aead gives the cipher of this key. Nonces are random: no key here ever seals
// anywhere near the 2^32 messages that allows.
func (k key) aead() cipher.AEAD {
	block, err := aes.NewCipher(k.bytes())
	if err != nil { // only for other key lengths
		panic("seal: " + err.Error())
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("seal: " + err.Error())
	}
	return a
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// Name makes a random name of n characters A-Za-z0-9, each equally likely:
// session ids have 32, one-time addresses too.
func Name(random io.Reader, n int) (string, error) {
	const fair = 256 - 256%len(letters) // bytes from here on would favour the first letters
	out := make([]byte, 0, n)
	buf := make([]byte, n+n/8+8)
	for len(out) < n {
		if _, err := io.ReadFull(random, buf); err != nil {
			return "", fmt.Errorf("make a random name: %w", err)
		}
		for _, b := range buf {
			if int(b) < fair && len(out) < n {
				out = append(out, letters[int(b)%len(letters)])
			}
		}
	}
	return string(out), nil
}
