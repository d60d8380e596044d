package seal

import (
	"encoding/base64"
	"errors"
	"io"
)

// A DataKey is the key of one session. The zero DataKey is of no use.
type DataKey struct{ key }

// NewDataKey makes a session's key.
func NewDataKey(random io.Reader) (DataKey, error) {
	k, err := newKey(random)
	return DataKey{k}, err
}

// Box gives what seals and opens the rows of the session that this key is of.
func (d DataKey) Box(session string) *Box { return d.derive("session:" + session).box() }

// Same reports whether two data keys are one.
func (d DataKey) Same(o DataKey) bool { return d.bytes != nil && o.bytes != nil && d.equal(o.key) }

// A Holder keeps data keys closed: somebody or something that can open sessions.
type Holder interface {
	// Wrap closes a session's data key for this holder.
	Wrap(d DataKey, session string) []byte

	// Unwrap opens it again. It returns ErrWrongKey if another holder closed
	// it, and ErrTampered if it is not what this one closed for this session.
	Unwrap(wrapped []byte, session string) (DataKey, error)
}

// wrapped is the place of a wrapped data key.
func wrapped(session string) Associated {
	return Associated{Session: session, Kind: "key", Purpose: "data key"}
}

func wrap(b *Box, d DataKey, session string) []byte { return b.Seal(d.bytes(), wrapped(session)) }

func unwrap(b *Box, w []byte, session string) (DataKey, error) {
	plain, err := b.Open(w, wrapped(session))
	if err != nil {
		return DataKey{}, err
	}
	k, ok := keyOf(plain)
	if !ok {
		return DataKey{}, ErrTampered
	}
	return DataKey{k}, nil
}

// A Secret is what an anonymous browser carries in its cookie: a Holder of the
// sessions begun in it.
type Secret struct{ key }

// ErrSecret says that a cookie does not hold a browser's secret.
var ErrSecret = errors.New("not a browser's secret")

// NewSecret makes the secret of a new browser.
func NewSecret(random io.Reader) (Secret, error) {
	k, err := newKey(random)
	return Secret{k}, err
}

// ParseSecret reads the value of a cookie. It returns ErrSecret for anything
// that Reveal did not make.
func ParseSecret(cookie string) (Secret, error) {
	b, err := decode(cookie)
	if err != nil { // the error would quote the cookie
		return Secret{}, ErrSecret
	}
	k, ok := keyOf(b)
	if !ok {
		return Secret{}, ErrSecret
	}
	return Secret{k}, nil
}

// Reveal gives the cookie's value; it belongs in that cookie and nowhere else.
func (s Secret) Reveal() string { return base64.RawURLEncoding.EncodeToString(s.bytes()) }

// Valid is false for the zero Secret: no browser's.
func (s Secret) Valid() bool { return s.bytes != nil }

// ID names the browser without opening anything.
func (s Secret) ID() string {
	return base64.RawURLEncoding.EncodeToString(s.expand("browser id", 18))
}

// Wrap closes a data key for this browser. The secret is random, so nothing
// slower than a derivation is needed.
func (s Secret) Wrap(d DataKey, session string) []byte {
	return wrap(s.derive("browser").box(), d, session)
}

// Unwrap opens a data key that was closed for this browser.
func (s Secret) Unwrap(w []byte, session string) (DataKey, error) {
	return unwrap(s.derive("browser").box(), w, session)
}

// An AccountKey belongs to one account and holds the keys of its sessions. It
// is kept closed by the account's password.
type AccountKey struct{ key }

// NewAccountKey makes the key of a new account.
func NewAccountKey(random io.Reader) (AccountKey, error) {
	k, err := newKey(random)
	return AccountKey{k}, err
}

// Wrap closes a data key for this account.
func (a AccountKey) Wrap(d DataKey, session string) []byte {
	return wrap(a.derive("account").box(), d, session)
}

// Unwrap opens a data key that was closed for this account.
func (a AccountKey) Unwrap(w []byte, session string) (DataKey, error) {
	return unwrap(a.derive("account").box(), w, session)
}
