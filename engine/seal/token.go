package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	macSize  = 16 // 128 bits: nobody guesses that, and links stay short
	flagTime = 1
	flagOnce = 2
	flagMade = 4
)

const day = 24 * time.Hour

// Terms limit a token. The zero Terms set no limits.
type Terms struct {
	Expires time.Time // to the second, the fraction dropped; zero: never

	// Made is the day on which the token is made, in UTC; the time of day is
	// dropped. It counts once the key is no longer the active one: see
	// Ring.Trusting. Zero: a token that ends with its key.
	Made time.Time

	// Once, which travels in the token, makes it good for one use: whoever
	// accepts it remembers this id and refuses it the next time. The token
	// itself cannot know. An id made from the place of a link lets the same
	// screen show the same link again.
	Once string
}

// Sign vouches for parts, in this order, for one purpose. What it returns is
// short, travels in addresses, and does not contain the parts. The same
// arguments give the same token, on one day, until the ring's active key
// changes.
func (r *Ring) Sign(purpose string, t Terms, parts ...string) string {
	k := r.current().active
	id := k.id()
	head := append([]byte{version}, id[:]...)
	head = t.append(head)
	return base64.RawURLEncoding.EncodeToString(append(head, mac(k.key, head, purpose, parts)...))
}

// Verify checks a token made by Sign for the same purpose and parts, and
// returns its terms. It returns ErrTampered if token, purpose or parts are
// different, ErrWrongKey if no key of the ring that may be believed signed it,
// and ErrExpired, with the terms, if its time is over at now, or that for which
// tokens of older keys are trusted.
func (r *Ring) Verify(token, purpose string, now time.Time, parts ...string) (Terms, error) {
	raw, err := decode(token)
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
	if !t.Expires.IsZero() && !now.Before(t.Expires) || !r.trusts(k, t.Made, now) {
		return t, ErrExpired
	}
	return t, nil
}

// decode reads base64 as it was written here, letter by letter: the decoder of
// the standard library passes line ends by.
func decode(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, base64.CorruptInputError(strings.IndexAny(text, "\r\n"))
	}
	return base64.RawURLEncoding.Strict().DecodeString(text)
}

// trusts reports whether a token that was made on a day with a key is believed
// now. A day that is not over when the time is counts whole.
func (r *Ring) trusts(k key, made, now time.Time) bool {
	return k.equal(r.set().active.key) || r.trust < 0 || !made.IsZero() && now.Before(made.Add(r.trust+day))
}

// Tag gives a short name for parts that only this server can make: for nonces
// and idempotency keys.
func (r *Ring) Tag(purpose string, parts ...string) string {
	return tag(r.current().active.key, purpose, parts)
}

// Tagged reports whether a tag was made for the same purpose and parts, by the
// active key or one that was active before it and is still believed.
func (r *Ring) Tagged(name, purpose string, parts ...string) bool {
	return r.among(func(set *keySet) bool {
		found := 0
		for _, k := range set.keys {
			if k.state != stateRetired {
				found |= subtle.ConstantTimeCompare([]byte(name), []byte(tag(k.key, purpose, parts)))
			}
		}
		return found == 1
	})
}

// Tag gives a short name for parts that only those can make who have the key:
// the same for as long as the session lives, however the ring changes.
func (d DataKey) Tag(purpose string, parts ...string) string { return tag(d.key, purpose, parts) }

func tag(k key, purpose string, parts []string) string {
	return base64.RawURLEncoding.EncodeToString(mac(k, []byte("tag"), purpose, parts))
}

// signer finds the key with this id among those that are believed.
func (r *Ring) signer(id [idSize]byte) (found key, ok bool) {
	ok = r.among(func(set *keySet) bool {
		i := slices.IndexFunc(set.keys, func(k ringKey) bool { return k.state != stateRetired && k.id() == id })
		if i >= 0 {
			found = set.keys[i].key
		}
		return i >= 0
	})
	return found, ok
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
	if !t.Made.IsZero() {
		flags |= flagMade
	}
	b = append(b, flags)
	if flags&flagTime != 0 {
		b = binary.BigEndian.AppendUint64(b, uint64(t.Expires.Unix()))
	}
	if flags&flagMade != 0 {
		b = binary.BigEndian.AppendUint16(b, uint16(t.Made.Unix()/int64(day/time.Second)))
	}
	return append(b, t.Once...)
}

// parseTerms reads the head of a token; ok is false unless Sign could have made it.
func parseTerms(head []byte) (t Terms, ok bool) {
	if head[0] != version {
		return Terms{}, false
	}
	flags, rest := head[headSize], head[headSize+1:]
	if flags&^(flagTime|flagOnce|flagMade) != 0 {
		return Terms{}, false
	}
	if flags&flagTime != 0 {
		if len(rest) < 8 {
			return Terms{}, false
		}
		t.Expires = time.Unix(int64(binary.BigEndian.Uint64(rest)), 0).UTC()
		rest = rest[8:]
	}
	if flags&flagMade != 0 {
		if len(rest) < 2 {
			return Terms{}, false
		}
		t.Made = time.Unix(int64(binary.BigEndian.Uint16(rest))*int64(day/time.Second), 0).UTC()
		rest = rest[2:]
	}
	t.Once = string(rest)
	return t, (flags&flagOnce != 0) == (t.Once != "")
}
