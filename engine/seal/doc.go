// Package seal keeps what people answer unreadable to everybody else.
//
// Every session has a random data key. Its rows are sealed under keys derived
// from that (DataKey.Box), with the place where the bytes belong as associated
// data, so that bytes moved elsewhere do not open. The data key itself is kept
// wrapped, once for each Holder: the secret of an anonymous browser, the key of
// an account (which a password opens), or the server's Ring for one purpose.
// Letting somebody in or out rewraps 32 bytes and rewrites nothing else.
//
// A Ring holds the server's own keys, one of them active. It wraps data keys,
// seals the bodies of effects, and signs tokens such as the links that act.
//
// The package knows keys, not contents: what is in the sealed bytes, where they
// are stored, who may have a key and how cookies travel is decided elsewhere.
// Nothing that holds a secret prints it: String, formatting verbs, JSON and
// slog show "(secret)" only.
package seal

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Why something did not open or verify; test with errors.Is.
var (
	// ErrWrongKey says that the bytes were sealed or signed with another key
	// than those at hand.
	ErrWrongKey = errors.New("sealed with another key")

	// ErrTampered says that the bytes, or the place they were found in, are
	// not what was sealed or signed.
	ErrTampered = errors.New("not what was sealed")

	// ErrExpired says that a token was good once.
	ErrExpired = errors.New("expired")
)

const hidden = "(secret)"

// masked is embedded in what must never be printed.
type masked struct{}

func (masked) String() string               { return hidden }
func (masked) GoString() string             { return hidden }
func (masked) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, hidden) }
func (masked) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (masked) MarshalText() ([]byte, error) { return []byte(hidden), nil }
