package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// A Stretch says how a password becomes a key: argon2id and its settings. It is
// no secret and is stored beside what the password closes, as its String.
type Stretch struct {
	KiB     uint32 // memory
	Passes  uint32
	Threads uint8
	Salt    [16]byte
}

// NewStretch gives the settings for a new password: 64 MiB, three passes, a
// fresh salt. That takes some 100 ms and those 64 MiB each time, so callers
// limit how many run at once.
func NewStretch(random io.Reader) (Stretch, error) {
	s := Stretch{KiB: 64 * 1024, Passes: 3, Threads: 4}
	if _, err := io.ReadFull(random, s.Salt[:]); err != nil {
		return Stretch{}, fmt.Errorf("make a salt: %w", err)
	}
	return s, nil
}

var errStretch = errors.New("not the settings of a password")

// ParseStretch reads what String wrote. It refuses settings that would take
// more than 1 GiB, 64 passes or 64 threads.
func ParseStretch(text string) (Stretch, error) {
	var s Stretch
	var salt string
	rest, ok := strings.CutPrefix(text, "argon2id ")
	if !ok {
		return Stretch{}, errStretch
	}
	if n, err := fmt.Sscanf(rest, "m=%d t=%d p=%d s=%s", &s.KiB, &s.Passes, &s.Threads, &salt); n != 4 || err != nil {
		return Stretch{}, errStretch
	}
	b, err := base64.RawURLEncoding.DecodeString(salt)
	if err != nil || len(b) != len(s.Salt) {
		return Stretch{}, errStretch
	}
	copy(s.Salt[:], b)
	if !s.sane() || s.String() != text {
		return Stretch{}, errStretch
	}
	return s, nil
}

func (s Stretch) sane() bool {
	return s.KiB >= 8 && s.KiB <= 1<<20 && s.Passes >= 1 && s.Passes <= 64 && s.Threads >= 1 && s.Threads <= 64
}

// String gives the settings in the form that ParseStretch reads.
func (s Stretch) String() string {
	return fmt.Sprintf("argon2id m=%d t=%d p=%d s=%s", s.KiB, s.Passes, s.Threads,
		base64.RawURLEncoding.EncodeToString(s.Salt[:]))
}

func (s Stretch) box(password string) (*Box, error) {
	if !s.sane() {
		return nil, errStretch
	}
	k, _ := keyOf(argon2.IDKey([]byte(password), s.Salt[:], s.Passes, s.KiB, s.Threads, keySize))
	return k.derive("password").box(), nil
}

// closed is the place of an account key.
func closed(account string) Associated {
	return Associated{Session: account, Kind: "account", Purpose: "account key"}
}

// Close closes an account's key with its password. A new password closes the
// same key again; nothing else changes.
func (s Stretch) Close(a AccountKey, account, password string) ([]byte, error) {
	b, err := s.box(password)
	if err != nil {
		return nil, err
	}
	return b.Seal(a.bytes(), closed(account)), nil
}

// Open opens an account's key. It returns ErrWrongKey for a wrong password.
func (s Stretch) Open(sealed []byte, account, password string) (AccountKey, error) {
	b, err := s.box(password)
	if err != nil {
		return AccountKey{}, err
	}
	plain, err := b.Open(sealed, closed(account))
	if err != nil {
		return AccountKey{}, err
	}
	k, ok := keyOf(plain)
	if !ok {
		return AccountKey{}, ErrTampered
	}
	return AccountKey{k}, nil
}
