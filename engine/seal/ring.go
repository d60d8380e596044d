package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"crypto/hkdf"
)

// The states of a ring's key.
const (
	stateActive  = "active"  // seals, signs, opens and verifies; there is exactly one
	stateKept    = "kept"    // opens and verifies what it made when it was active
	stateRetired = "retired" // opens only; what it signed is no longer believed
)

type ringKey struct {
	key
	state string
}

// A Ring holds the server's own keys. It is immutable and safe for concurrent use.
type Ring struct {
	masked
	keys   []ringKey // newest first
	active ringKey
	trust  time.Duration // for how long tokens of older keys are believed; below 0: always
}

func ringOf(keys []ringKey) (*Ring, error) {
	r := &Ring{keys: keys, trust: -1}
	seen := map[[idSize]byte]bool{}
	for _, k := range keys {
		if seen[k.id()] {
			return nil, errors.New("a key is in the ring twice")
		}
		seen[k.id()] = true
		if k.state != stateActive {
			continue
		}
		if r.active.bytes != nil {
			return nil, errors.New("more than one active key in the ring")
		}
		r.active = k
	}
	if r.active.bytes == nil {
		return nil, errors.New("no active key in the ring")
	}
	return r, nil
}

// NewRing makes a ring of one random key.
func NewRing(random io.Reader) (*Ring, error) {
	k, err := newKey(random)
	if err != nil {
		return nil, err
	}
	return ringOf([]ringKey{{k, stateActive}})
}

// MinSecret is the least length of a configured secret, in bytes.
const MinSecret = 16

// SecretRing makes a ring from configured secrets (secretkey): the first is
// active, the older ones still open and verify. Secrets should be random; they
// are derived from, not stretched.
func SecretRing(secret string, older ...string) (*Ring, error) {
	var keys []ringKey
	state := stateActive
	for i, s := range append([]string{secret}, older...) {
		if len(s) < MinSecret {
			return nil, fmt.Errorf("secret %d has %d characters, %d are the least", i+1, len(s), MinSecret)
		}
		b, err := hkdf.Key(sha256.New, []byte(s), nil, "colloquy ring", keySize)
		if err != nil {
			return nil, fmt.Errorf("derive a key from secret %d: %w", i+1, err)
		}
		k, _ := keyOf(b)
		keys = append(keys, ringKey{k, state})
		state = stateKept
	}
	return ringOf(keys)
}

// rotated gives a ring with a new active key, older ones kept.
func (r *Ring) rotated(random io.Reader) (*Ring, error) {
	k, err := newKey(random)
	if err != nil {
		return nil, err
	}
	keys := []ringKey{{k, stateActive}}
	for _, old := range r.keys {
		if old.state == stateActive {
			old.state = stateKept
		}
		keys = append(keys, old)
	}
	return ringOf(keys)
}

// Trusting gives the ring with a limit to the age of tokens that were signed by
// a key that is not the active one any more: they are believed for that long
// after the day on which they were made. Tokens of the active key always are.
func (r *Ring) Trusting(age time.Duration) *Ring {
	limited := *r
	limited.trust = max(age, 0)
	return &limited
}

// ActiveID names the active key, for logs and administrators.
func (r *Ring) ActiveID() string {
	id := r.active.id()
	return hex.EncodeToString(id[:])
}

// Len counts the keys.
func (r *Ring) Len() int { return len(r.keys) }

// Seal encrypts plain for one purpose and the place that a names.
func (r *Ring) Seal(purpose string, plain []byte, a Associated) []byte {
	return r.active.derive("ring seal:"+purpose).box().Seal(plain, a)
}

// Open returns what was sealed for this purpose and place. It returns
// ErrWrongKey if that was done with no key of this ring or for another
// purpose, and ErrTampered as Box.Open does.
func (r *Ring) Open(purpose string, sealed []byte, a Associated) ([]byte, error) {
	id, err := keyID(sealed)
	if err != nil {
		return nil, err
	}
	for _, k := range r.keys {
		if d := k.derive("ring seal:" + purpose); d.id() == id {
			return d.box().Open(sealed, a)
		}
	}
	return nil, ErrWrongKey
}

// Holder gives the ring as the holder of data keys for one purpose: "shared"
// for sessions open to everybody with the address, others for single grants.
func (r *Ring) Holder(purpose string) Holder { return ringHolder{r, "holder:" + purpose} }

type ringHolder struct {
	ring    *Ring
	purpose string
}

func (h ringHolder) Wrap(d DataKey, session string) []byte {
	return h.ring.Seal(h.purpose, d.bytes(), wrapped(session))
}

func (h ringHolder) Unwrap(w []byte, session string) (DataKey, error) {
	plain, err := h.ring.Open(h.purpose, w, wrapped(session))
	if err != nil {
		return DataKey{}, err
	}
	k, ok := keyOf(plain)
	if !ok {
		return DataKey{}, ErrTampered
	}
	return DataKey{k}, nil
}
