package accounts

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what RFC 6238 and every app of its kind use; HMAC does not need more
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"colloquy/engine/seal"
)

// Time-based one-time passwords, RFC 6238: six digits of HMAC-SHA1 over the
// number of half minutes.
const (
	factorPeriod = 30
	factorDigits = 6
	factorBytes  = 20
	factorDrift  = 1 // steps that a clock may be off, either way
	factorCodes  = 10
)

const purposeFactor = "second factor"

func factorPlace(uid string) seal.Associated {
	return seal.Associated{Session: uid, Kind: "account", Purpose: purposeFactor}
}

// factorCode gives the code of one time step.
func factorCode(secret []byte, step int64) string {
	var msg [8]byte
	binary.BigEndian.PutUint64(msg[:], uint64(step))
	h := hmac.New(sha1.New, secret)
	h.Write(msg[:])
	sum := h.Sum(nil)
	at := sum[len(sum)-1] & 15
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", factorDigits, n%1_000_000)
}

// factorStep finds the time step of which a code is, at most factorDrift away.
func factorStep(secret []byte, code string, now time.Time) (int64, bool) {
	at := now.Unix() / factorPeriod
	for step := at - factorDrift; step <= at+factorDrift; step++ {
		if hmac.Equal([]byte(factorCode(secret, step)), []byte(code)) {
			return step, true
		}
	}
	return 0, false
}

// A Factor is a second factor that is being set up.
type Factor struct {
	Secret string // base32, for typing
	URL    string // otpauth address, for a QR code
	Sealed string // travels with the form; only this login can use it
}

// MayHaveFactor reports whether an account may sign in with a second factor.
func (k *Keeper) MayHaveFactor(a *Account) bool {
	f := k.rules.SecondFactor
	return f.Enabled && a.Kind == Local && (a.Has(f.Allowed...) || a.Has(f.Required...))
}

// MustHaveFactor reports whether it has to.
func (k *Keeper) MustHaveFactor(a *Account) bool {
	return k.rules.SecondFactor.Enabled && a.Has(k.rules.SecondFactor.Required...)
}

// NewFactor makes the secret of a second factor. It counts once a code proves
// that the app has it.
func (k *Keeper) NewFactor(v *Visit) (*Factor, error) {
	secret := make([]byte, factorBytes)
	if _, err := io.ReadFull(k.Random, secret); err != nil {
		return nil, fmt.Errorf("make a second factor: %w", err)
	}
	return k.factor(v, secret), nil
}

func (k *Keeper) factor(v *Visit, secret []byte) *Factor {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	q := url.Values{"secret": {text}, "issuer": {k.Config.AppName}}
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + k.Config.AppName + ":" + v.Account.Email, RawQuery: strings.ReplaceAll(q.Encode(), "+", "%20")}
	sealed := k.Ring.Seal(purposeFactor, secret, seal.Associated{Session: v.Login.ID, Purpose: "setup"})
	return &Factor{Secret: text, URL: u.String(), Sealed: base32.StdEncoding.EncodeToString(sealed)}
}

// SameFactor opens the second factor that a form carries, to show it again.
func (k *Keeper) SameFactor(v *Visit, sealed string) (*Factor, error) {
	secret, err := k.openFactor(v, sealed)
	if err != nil {
		return nil, err
	}
	return k.factor(v, secret), nil
}

func (k *Keeper) openFactor(v *Visit, sealed string) ([]byte, error) {
	raw, err := base32.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, ErrLink
	}
	secret, err := k.Ring.Open(purposeFactor, raw, seal.Associated{Session: v.Login.ID, Purpose: "setup"})
	if err != nil {
		return nil, ErrLink
	}
	return secret, nil
}

// SetFactor begins the use of a second factor and returns its recovery codes,
// once. If the login waited for that, it is complete, and a new one.
func (k *Keeper) SetFactor(ctx context.Context, v *Visit, sealed, code string) (codes []string, next *Visit, secret seal.Secret, err error) {
	if !k.MayHaveFactor(v.Account) || v.Login.Stage == StageFactor {
		return nil, nil, secret, ErrForbidden
	}
	raw, err := k.openFactor(v, sealed)
	if err != nil {
		return nil, nil, secret, err
	}
	step, ok := factorStep(raw, digits(code), k.now())
	if !ok {
		return nil, nil, secret, mistake("verification_code", "Your verification code was invalid.")
	}
	codes, tokens, err := k.spareCodes(v.Account, raw)
	if err != nil {
		return nil, nil, secret, err
	}
	v.Account.Factor = k.Ring.Seal(purposeFactor, raw, factorPlace(v.Account.UID))
	if err := k.Store.Change(ctx, Change{Account: v.Account.ID, SetFactor: true, Factor: v.Account.Factor, Step: step, Logins: true, Except: v.Login.ID,
		DropTokens: []string{TokenCode}, PutTokens: tokens}); err != nil {
		return nil, nil, secret, err
	}
	if err := k.ignoreNoMail(k.post(ctx, k.letterFactor(v.Account, factorOn, "factor "+sealed[:20]))); err != nil {
		return nil, nil, secret, err
	}
	if v.Login.Stage == "" {
		return codes, v, secret, nil
	}
	next, secret, err = k.complete(ctx, v)
	return codes, next, secret, err
}

// spareCodes makes the codes that take the place of a lost app, each for once.
func (k *Keeper) spareCodes(a *Account, secret []byte) (codes []string, tokens []Token, err error) {
	for range factorCodes {
		code, err := newCode(k.Random, 2)
		if err != nil {
			return nil, nil, err
		}
		codes = append(codes, code)
		tokens = append(tokens, Token{ID: spareID(secret, code), Account: a.ID, Purpose: TokenCode, Expires: k.now().AddDate(100, 0, 0)})
	}
	return codes, tokens, nil
}

// spareID is keyed, with the secret of the factor: the codes are short enough to
// be tried by whoever has the database.
func spareID(secret []byte, code string) string {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte("spare code " + plainCode(code)))
	return hex.EncodeToString(h.Sum(nil))
}

// secretOf opens the secret of an account's factor.
func (k *Keeper) secretOf(a *Account) ([]byte, error) {
	secret, err := k.Ring.Open(purposeFactor, a.Factor, factorPlace(a.UID))
	if err != nil {
		return nil, fmt.Errorf("open a second factor: %w", err)
	}
	return secret, nil
}

// NewSpareCodes makes new ones in place of those before.
func (k *Keeper) NewSpareCodes(ctx context.Context, v *Visit) ([]string, error) {
	if v.Account.Factor == nil {
		return nil, ErrForbidden
	}
	secret, err := k.secretOf(v.Account)
	if err != nil {
		return nil, err
	}
	codes, tokens, err := k.spareCodes(v.Account, secret)
	if err != nil {
		return nil, err
	}
	return codes, k.Store.Change(ctx, Change{Account: v.Account.ID, DropTokens: []string{TokenCode}, PutTokens: tokens})
}

// DropFactor ends the use of a second factor.
func (k *Keeper) DropFactor(ctx context.Context, v *Visit) error {
	if k.MustHaveFactor(v.Account) {
		return ErrForbidden
	}
	v.Account.Factor = nil
	if err := k.Store.Change(ctx, Change{Account: v.Account.ID, SetFactor: true, DropTokens: []string{TokenCode}}); err != nil {
		return err
	}
	return k.ignoreNoMail(k.post(ctx, k.letterFactor(v.Account, factorOff, "no factor "+v.Login.ID+k.now().String())))
}

// GiveFactor completes a login with a code of the app, or with a spare code. A
// code works once.
func (k *Keeper) GiveFactor(ctx context.Context, v *Visit, code string, from Caller) (*Visit, seal.Secret, error) {
	none := seal.Secret{}
	if v.Login.Stage != StageFactor {
		return nil, none, ErrForbidden
	}
	counts := k.counts("factor", from, v.Account.Email, v.Account.UID)
	if err := k.admit(ctx, counts); err != nil {
		return nil, none, err
	}
	err := k.useFactor(ctx, v.Account, code)
	if errors.Is(err, ErrUsed) {
		return nil, none, mistake("verification_code", "Your verification code was invalid.")
	}
	if err != nil {
		return nil, none, err
	}
	if err := k.forgive(ctx, counts); err != nil {
		return nil, none, err
	}
	return k.complete(ctx, v)
}

// useFactor uses a code up, or returns ErrUsed.
func (k *Keeper) useFactor(ctx context.Context, a *Account, code string) error {
	secret, err := k.secretOf(a)
	if err != nil {
		return err
	}
	if d := digits(code); len(d) == factorDigits && len(plainCode(code)) == factorDigits {
		step, ok := factorStep(secret, d, k.now())
		if !ok {
			return ErrUsed
		}
		return k.Store.Change(ctx, Change{Account: a.ID, Step: step})
	}
	return k.Store.TakeToken(ctx, spareID(secret, code))
}

// complete makes a login that was half done a whole one, under a new secret.
func (k *Keeper) complete(ctx context.Context, v *Visit) (*Visit, seal.Secret, error) {
	if err := k.Store.DropLogin(ctx, v.Login.ID); err != nil {
		return nil, seal.Secret{}, err
	}
	return k.begin(ctx, v.Account, v.Key, "", v.Login.Keep)
}

// newCode makes a code for paper: groups of five letters and digits that are
// not easily mistaken for each other, 25 bits each.
func newCode(random io.Reader, groups int) (string, error) {
	const signs = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	b := make([]byte, groups*5)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	var out strings.Builder
	for i, c := range b {
		if i > 0 && i%5 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(signs[c%32])
	}
	return out.String(), nil
}

// plainCode is a code as it counts: however it was typed.
func plainCode(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, code)
}

func digits(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, code)
}
