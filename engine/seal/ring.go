package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
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

// A keySet is what is in a ring at a time. It is immutable.
type keySet struct {
	keys   []ringKey // newest first
	active ringKey
}

// A Ring holds the server's own keys. They may come to be others while it is in
// use: see Follow and Replace. It is safe for concurrent use.
type Ring struct {
	masked
	live  *live
	trust time.Duration // for how long tokens of older keys are believed; below 0: always
}

func ringOf(keys []ringKey) (*Ring, error) {
	set, err := setOf(keys)
	if err != nil {
		return nil, err
	}
	return fixed(set, -1), nil
}

func setOf(keys []ringKey) (*keySet, error) {
	r := &keySet{keys: keys}
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
	for _, old := range r.set().keys {
		if old.state == stateActive {
			old.state = stateKept
		}
		keys = append(keys, old)
	}
	return ringOf(keys)
}

// without gives a ring that lacks one of its older keys.
func (r *Ring) without(id string) (*Ring, error) {
	set := r.set()
	keys := slices.DeleteFunc(slices.Clone(set.keys), func(k ringKey) bool { return nameOf(k) == id })
	switch {
	case nameOf(set.active) == id:
		return nil, errors.New("the active key cannot be taken out of the ring")
	case len(keys) == len(set.keys):
		return nil, fmt.Errorf("there is no key %s in the ring", id)
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
func (r *Ring) ActiveID() string { return nameOf(r.current().active) }

func nameOf(k ringKey) string {
	id := k.id()
	return hex.EncodeToString(id[:])
}

// Len counts the keys.
func (r *Ring) Len() int { return len(r.set().keys) }

// A KeyInfo tells of a key of a ring what is no secret.
type KeyInfo struct {
	ID     string // in hexadecimal digits
	Active bool   // it seals and signs; the others only open and verify
}

// Keys lists the keys, the newest first.
func (r *Ring) Keys() []KeyInfo {
	var out []KeyInfo
	for _, k := range r.current().keys {
		out = append(out, KeyInfo{ID: nameOf(k), Active: k.state == stateActive})
	}
	return out
}

func sealing(k key, purpose string) key { return k.derive("ring seal:" + purpose) }

// Seal encrypts plain for one purpose and the place that a names.
func (r *Ring) Seal(purpose string, plain []byte, a Associated) []byte {
	return sealing(r.current().active.key, purpose).box().Seal(plain, a)
}

// Open returns what was sealed for this purpose and place. It returns
// ErrWrongKey if that was done with no key of this ring or for another
// purpose, and ErrTampered as Box.Open does.
func (r *Ring) Open(purpose string, sealed []byte, a Associated) ([]byte, error) {
	id, err := keyID(sealed)
	if err != nil {
		return nil, err
	}
	_, d, ok := r.sealer(id, purpose)
	if !ok {
		return nil, ErrWrongKey
	}
	return d.box().Open(sealed, a)
}

// sealer finds the key of the ring whose derived key for a purpose has this id,
// and that one. If none has, the keys may have been rotated elsewhere.
func (r *Ring) sealer(id [idSize]byte, purpose string) (k ringKey, derived key, ok bool) {
	ok = r.among(func(set *keySet) bool {
		for _, k = range set.keys {
			if derived = sealing(k.key, purpose); derived.id() == id {
				return true
			}
		}
		return false
	})
	return k, derived, ok
}

// HeadSize is how many of the first bytes of something sealed tell which key
// sealed it.
const HeadSize = headSize

// Maker names the key of the ring that sealed something for one of some
// purposes, and which; head is its first HeadSize bytes. ok is false if it was
// none of them.
func (r *Ring) Maker(head []byte, purposes ...string) (id, purpose string, ok bool) {
	if len(head) < headSize || head[0] != version {
		return "", "", false
	}
	for _, p := range purposes {
		if k, _, found := r.sealer([idSize]byte(head[1:headSize]), p); found {
			return nameOf(k), p, true
		}
	}
	return "", "", false
}

// Holder gives the ring as the holder of data keys for one purpose: "shared"
// for sessions open to everybody with the address, others for single grants.
func (r *Ring) Holder(purpose string) Holder { return ringHolder{r, HolderPurpose(purpose)} }

// HolderPurpose is the purpose for which Holder seals the data keys that it
// wraps; WrappedPlace is where they belong.
func HolderPurpose(purpose string) string { return "holder:" + purpose }

// WrappedPlace is the place of a wrapped data key of a session.
func WrappedPlace(session string) Associated { return wrapped(session) }

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
