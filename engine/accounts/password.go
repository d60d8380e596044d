package accounts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"colloquy/engine/config"
	"colloquy/engine/seal"
)

// maxPassword is the longest password in bytes; longer ones only cost time.
const maxPassword = 1024

// CheckPassword says what is wrong with a new password: that it is too short,
// too simple by the rules of the configuration, or the address itself.
func (k *Keeper) CheckPassword(password, email string) error {
	c := k.rules.Complexity
	var lower, upper, digits, marks int
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			lower++
		case unicode.IsUpper(r):
			upper++
		case unicode.IsDigit(r):
			digits++
		case !unicode.IsLetter(r):
			marks++
		}
	}
	if n := utf8.RuneCountInString(password); n < c.Length || lower < c.Lowercase || upper < c.Uppercase || digits < c.Digits || marks < c.Punctuation {
		return k.tooSimple()
	}
	if len(password) > maxPassword || !utf8.ValidString(password) {
		return mistake("password", "This password is too long.")
	}
	name, _, _ := strings.Cut(fold(email), "@")
	if p := strings.ToLower(password); email != "" && (p == fold(email) || len(name) > 3 && p == name) || oneCharacter(password) {
		return mistake("password", "Please choose a password that is harder to guess.")
	}
	return nil
}

// tooSimple refuses a password by the rules of the configuration.
func (k *Keeper) tooSimple() error { return &Mistake{Field: "password", said: k.PasswordRule} }

func oneCharacter(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// ruleParts are what a password must have, as phrases for one and for more.
var ruleParts = []struct {
	n         func(c *config.Complexity) int
	one, more string
}{
	{func(c *config.Complexity) int { return c.Lowercase }, "at least one lowercase letter", "at least {n} lowercase letters"},
	{func(c *config.Complexity) int { return c.Uppercase }, "at least one uppercase letter", "at least {n} uppercase letters"},
	{func(c *config.Complexity) int { return c.Digits }, "at least one number", "at least {n} numbers"},
	{func(c *config.Complexity) int { return c.Punctuation }, "at least one punctuation character", "at least {n} punctuation characters"},
}

// How long a password must be, for one character and for more; and what it must
// have besides.
var (
	lengthRules = []string{"Password must be at least one character long.", "Password must be at least {n} characters long."}
	partsRules  = []string{"Password must be at least one character long with {parts}.", "Password must be at least {n} characters long with {parts}."}
)

// PasswordRule says in a sentence what a password must be like, in the language
// of a lookup.
func (k *Keeper) PasswordRule(word func(string) string) string {
	c := &k.rules.Complexity
	if c.Message != "" {
		return word(c.Message)
	}
	var parts []string
	for _, p := range ruleParts {
		switch n := p.n(c); {
		case n == 1:
			parts = append(parts, word(p.one))
		case n > 1:
			parts = append(parts, fill(word(p.more), []string{"n", numberWord(n, word)}))
		}
	}
	rules := lengthRules
	if len(parts) > 0 {
		rules = partsRules
	}
	rule := rules[1]
	if c.Length == 1 {
		rule = rules[0]
	}
	list := strings.Join(parts[:max(0, len(parts)-1)], ", ")
	if len(parts) > 1 {
		list += " " + word("and") + " "
	}
	if len(parts) > 0 {
		list += parts[len(parts)-1]
	}
	return fill(word(rule), []string{"n", numberWord(c.Length, word), "parts", list})
}

var numberWords = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

func numberWord(n int, word func(string) string) string {
	if n < len(numberWords) {
		return word(numberWords[n])
	}
	return strconv.Itoa(n)
}

// stretch gives the settings for a new password.
func (k *Keeper) stretch() (seal.Stretch, error) {
	var salt [16]byte
	if _, err := io.ReadFull(k.Random, salt[:]); err != nil {
		return seal.Stretch{}, fmt.Errorf("make a salt: %w", err)
	}
	h := k.rules.Hashing
	return seal.MakeStretch(uint32(h.Memory), uint32(h.Passes), uint8(h.Threads), salt)
}

// turn waits until a password may be looked at: each takes much memory.
func (k *Keeper) turn(ctx context.Context) (func(), error) {
	select {
	case k.turns <- struct{}{}:
		return func() { <-k.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

const purposeLock = "account lock"

func lockPlace(uid, kind string) seal.Associated {
	return seal.Associated{Session: uid, Kind: kind, Purpose: purposeLock}
}

// lock closes an account's key with something typed.
func (k *Keeper) lock(ctx context.Context, key seal.AccountKey, uid, kind, typed string) (Lock, error) {
	done, err := k.turn(ctx)
	if err != nil {
		return Lock{}, err
	}
	defer done()
	s, err := k.stretch()
	if err != nil {
		return Lock{}, err
	}
	closed, err := s.Close(key, uid, typed)
	if err != nil {
		return Lock{}, fmt.Errorf("close an account's key: %w", err)
	}
	return Lock{Kind: kind, Stretch: s.String(), Closed: k.Ring.Seal(purposeLock, closed, lockPlace(uid, kind))}, nil
}

// unlock opens an account's key with something typed; ok is false if that is
// not what closed it.
func (k *Keeper) unlock(ctx context.Context, l Lock, uid, typed string) (key seal.AccountKey, ok bool, err error) {
	s, err := seal.ParseStretch(l.Stretch)
	if err != nil {
		return key, false, err
	}
	closed, err := k.Ring.Open(purposeLock, l.Closed, lockPlace(uid, l.Kind))
	if err != nil {
		return key, false, fmt.Errorf("open a lock: %w", err)
	}
	done, err := k.turn(ctx)
	if err != nil {
		return key, false, err
	}
	defer done()
	key, err = s.Open(closed, uid, typed)
	if errors.Is(err, seal.ErrWrongKey) {
		return key, false, nil
	}
	return key, err == nil, err
}

// pretend takes as long as unlock does: whoever tries to sign in cannot tell by
// the time whether there is an account.
func (k *Keeper) pretend(ctx context.Context, typed string) error {
	key, err := seal.NewAccountKey(k.Random)
	if err != nil {
		return err
	}
	_, err = k.lock(ctx, key, "nobody", LockPassword, typed)
	return err
}

// open looks for the lock of one kind and tries it.
func (k *Keeper) open(ctx context.Context, a *Account, kind, typed string) (key seal.AccountKey, ok bool, err error) {
	locks, err := k.Store.Locks(ctx, a.ID)
	if err != nil {
		return key, false, err
	}
	for _, l := range locks {
		if l.Kind == kind && len(typed) <= maxPassword {
			return k.unlock(ctx, l, a.UID, typed)
		}
	}
	return key, false, k.pretend(ctx, "")
}

// outdated reports whether a lock was made with other costs than today's.
func (k *Keeper) outdated(l Lock) bool {
	s, err := seal.ParseStretch(l.Stretch)
	h := k.rules.Hashing
	return err == nil && (int(s.KiB) != h.Memory || int(s.Passes) != h.Passes || int(s.Threads) != h.Threads)
}
