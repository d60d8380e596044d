package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"
)

const (
	macSize  = 16 // 128 bits: nobody guesses that, and links stay short
	flagTime = 1
	flagOnce = 2
)

// Terms limit a token. The zero Terms set no limits.
type Terms struct {
	Expires time.Time // to the second, the fraction dropped; zero: never

	// Once, which travels in the token, makes it good for one use: whoever
	// accepts it remembers this id and refuses it the next time. The token
	// itself cannot know. An id made from the place of a link lets the same
	// screen show the same link again.
	Once string
}

// Sign vouches for parts, in this order, for one purpose. What it returns is
// short, travels in addresses, and does not contain the parts. The same
// arguments give the same token until the ring's active key changes.
func (r *Ring) Sign(purpose string, t Terms, parts ...string) string {
	id := r.active.id()
	head := append([]byte{version}, id[:]...)
	head = t.append(head)
	return base64.RawURLEncoding.EncodeToString(append(head, mac(r.active.key, head, purpose, parts)...))
}

// Verify checks a token made by Sign for the same purpose and parts, and
// returns its terms. It returns ErrTampered if token, purpose or parts are
// different, ErrWrongKey if no key of the ring that may be believed signed it,
// and ErrExpired, with the terms, if its time is over at now.
func (r *Ring) Verify(token, purpose string, now time.Time, parts ...string) (Terms, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) < headSize+1+macSize {
		return Terms{}, fmt.Errorf("%w: malformed token", ErrTampered)
	}
	head, sum := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	t, ok := parseTerms(head)
	if !ok {
		return Terms{}, fmt.Errorf("%w: malformed token", ErrTampered)
	}
	k, ok := r.signer([idSize]byte(head[1:headSize]))
	if !ok {
		return Terms{}, ErrWrongKey
	}
	if !hmac.Equal(sum, mac(k, head, purpose, parts)) {
		return Terms{}, ErrTampered
	}
	if !t.Expires.IsZero() && !now.Before(t.Expires) {
		return t, ErrExpired
	}
	return t, nil
}

// Tag gives a short name for parts that only this server can make: for nonces
// and idempotency keys. Other than a token it cannot be checked later.
func (r *Ring) Tag(purpose string, parts ...string) string {
	return base64.RawURLEncoding.EncodeToString(mac(r.active.key, []byte("tag"), purpose, parts))
}

// signer finds the key with this id among those that are believed.
func (r *Ring) signer(id [idSize]byte) (key, bool) {
	for _, k := range r.keys {
		if k.state != stateRetired && k.id() == id {
			return k.key, true
		}
	}
	return key{}, false
}

// mac signs everything there is to a token, each part preceded by its length.
func mac(k key, head []byte, purpose string, parts []string) []byte {
	msg := appendText(nil, string(head))
	msg = appendText(msg, purpose)
	msg = binary.AppendUvarint(msg, uint64(len(parts)))
	for _, p := range parts {
		msg = appendText(msg, p)
	}
	d := k.derive("sign")
	h := hmac.New(sha256.New, d.bytes())
	h.Write(msg)
	return h.Sum(nil)[:macSize]
}

func (t Terms) append(b []byte) []byte {
	var flags byte
	if !t.Expires.IsZero() {
		flags |= flagTime
	}
	if t.Once != "" {
		flags |= flagOnce
	}
	b = append(b, flags)
	if flags&flagTime != 0 {
		b = binary.BigEndian.AppendUint64(b, uint64(t.Expires.Unix()))
	}
	return append(b, t.Once...)
}

// parseTerms reads the head of a token; ok is false unless Sign could have made it.
func parseTerms(head []byte) (t Terms, ok bool) {
	if head[0] != version {
		return Terms{}, false
	}
	flags, rest := head[headSize], head[headSize+1:]
	if flags&^(flagTime|flagOnce) != 0 {
		return Terms{}, false
	}
	if flags&flagTime != 0 {
		if len(rest) < 8 {
			return Terms{}, false
		}
		t.Expires = time.Unix(int64(binary.BigEndian.Uint64(rest)), 0).UTC()
		rest = rest[8:]
	}
	t.Once = string(rest)
	return t, (flags&flagOnce != 0) == (t.Once != "")
}
