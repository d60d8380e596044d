package pdf

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"

	"golang.org/x/text/secure/precis"
)

// allowed are the permissions of whoever opens a protected file without the
// owner's password: printing, also in high quality, and reading aloud.
const allowed = int32(-4096 | 1<<2 | 1<<9 | 1<<11 | 0xC0)

// A lock encrypts the streams of a file as PDF 2.0 has it (AES-256, revision 6
// of the standard security handler). Everything but streams is packed into
// streams and needs no encryption of its own.
type lock struct {
	key                  []byte
	u, o, ue, oe, permit []byte
	block                cipher.Block
}

// newLock makes the lock of a file whose content has this digest. Keys and
// salts are derived from the passwords and the digest, so that the same file is
// the same bytes; without a password nothing about them can be computed.
func newLock(p Passwords, digest []byte) (*lock, error) {
	user, err := password(p.User)
	if err != nil {
		return nil, err
	}
	owner, err := password(p.Owner)
	if err != nil {
		return nil, err
	}
	if len(owner) == 0 {
		owner = user
	}
	derive := func(what string, n int) []byte {
		m := hmac.New(sha256.New, digest)
		fmt.Fprintf(m, "%s\x00%d\x00%s%s", what, len(user), user, owner)
		return m.Sum(nil)[:n]
	}
	l := &lock{key: derive("key", 32)}
	l.u, l.ue, err = l.wrap(user, derive("user", 16), nil)
	if err != nil {
		return nil, err
	}
	l.o, l.oe, err = l.wrap(owner, derive("owner", 16), l.u)
	if err != nil {
		return nil, err
	}
	l.block, err = aes.NewCipher(l.key)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	bits := make([]byte, 16)
	permit := allowed
	binary.LittleEndian.PutUint32(bits, uint32(permit))
	copy(bits[4:], "\xff\xff\xff\xffTadb")
	copy(bits[12:], derive("permit", 4))
	l.permit = make([]byte, 16)
	l.block.Encrypt(l.permit, bits)
	return l, nil
}

// password prepares a password as the standard asks: 127 bytes of UTF-8.
func password(s string) ([]byte, error) {
	if s == "" {
		return nil, nil
	}
	prepared, err := precis.OpaqueString.String(s)
	if err != nil {
		return nil, fmt.Errorf("the password holds characters that no password may hold: %w", err)
	}
	return []byte(prepared[:min(len(prepared), 127)]), nil
}

// wrap makes what proves a password and hands out the key for it.
func (l *lock) wrap(pw, salts, u []byte) (proof, wrapped []byte, err error) {
	check, err := hash6(pw, salts[:8], u)
	if err != nil {
		return nil, nil, err
	}
	proof = append(check, salts...)
	secret, err := hash6(pw, salts[8:], u)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, nil, fmt.Errorf("encrypt: %w", err)
	}
	wrapped = make([]byte, 32)
	cipher.NewCBCEncrypter(block, make([]byte, 16)).CryptBlocks(wrapped, l.key)
	return proof, wrapped, nil
}

// hash6 is the hash of ISO 32000-2, algorithm 2.B.
func hash6(pw, salt, u []byte) ([]byte, error) {
	first := sha256.Sum256(slicesOf(pw, salt, u))
	k := first[:]
	for round := 0; ; round++ {
		one := slicesOf(pw, k, u)
		many := make([]byte, 0, 64*len(one))
		for range 64 {
			many = append(many, one...)
		}
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil, fmt.Errorf("encrypt: %w", err)
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(many, many)
		sum := 0
		for _, b := range many[:16] {
			sum += int(b)
		}
		switch sum % 3 {
		case 0:
			h := sha256.Sum256(many)
			k = h[:]
		case 1:
			h := sha512.Sum384(many)
			k = h[:]
		default:
			h := sha512.Sum512(many)
			k = h[:]
		}
		if round >= 63 && int(many[len(many)-1]) <= round-31 {
			return k[:32:32], nil
		}
	}
}

func slicesOf(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// seal encrypts the stream with this number.
func (l *lock) seal(n int, raw []byte) []byte {
	m := hmac.New(sha256.New, l.key)
	m.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
	m.Write(raw)
	start := m.Sum(nil)[:16]
	pad := 16 - len(raw)%16
	padded := make([]byte, len(raw)+pad)
	copy(padded, raw)
	for i := range pad {
		padded[len(raw)+i] = byte(pad)
	}
	cipher.NewCBCEncrypter(l.block, start).CryptBlocks(padded, padded)
	return append(start, padded...)
}

// dict is the encryption dictionary.
func (l *lock) dict() string {
	return fmt.Sprintf("<</Filter/Standard/V 5/R 6/Length 256/P %d/U<%x>/O<%x>/UE<%x>/OE<%x>/Perms<%x>"+
		"/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF/EncryptMetadata true>>",
		allowed, l.u, l.o, l.ue, l.oe, l.permit)
}
