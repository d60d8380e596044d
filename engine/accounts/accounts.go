// Package accounts keeps who people are: their accounts, how they prove that an
// account is theirs, and what they may do.
//
// A password is never stored, nor a hash of it. What is stored is the account's
// key, closed with the password (argon2id) and then with the server's key ring:
// a password is right if it opens that key. The key in turn holds the keys of
// the account's sessions, so that a new password rewraps one row. A browser
// that is signed in carries a secret; the server keeps the account's key closed
// under that secret, so that neither the database nor the ring alone opens it.
//
// The package decides and counts; pages, cookies and addresses are the
// handlers' business, mail leaves through Parts.Post, and rows are kept by a
// Store. Errors that people can do something about are *Mistake and *Wait.
package accounts

import (
	"context"
	crand "crypto/rand"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/language"
	"colloquy/engine/ports"
	"colloquy/engine/seal"
)

// An Account is somebody who can sign in.
type Account struct {
	ID        int64
	UID       string // random; what the account's key is closed for, and what links and cookies are bound to
	Kind      string // Local
	Email     string // as it was typed
	Confirmed time.Time
	Active    bool
	Created   time.Time
	SignedIn  time.Time // the last time, zero for never
	Profile
	Privileges []string
	// Factor is the sealed secret of the second factor, nil for none; Step the
	// last time step of which a code was used.
	Factor []byte
	Step   int64
}

// Local is the kind of account that has a password here.
const Local = "local"

// A Profile is what people say about themselves.
type Profile struct {
	FirstName, LastName                                   string
	Country                                               string // ISO 3166, two letters
	SubdivisionFirst, SubdivisionSecond, SubdivisionThird string
	Organization, Timezone, Language                      string
}

// Name is first and last name, as far as they are known.
func (p Profile) Name() string { return strings.TrimSpace(p.FirstName + " " + p.LastName) }

// Number is the id as sessions and holders of keys have it.
func (a *Account) Number() string { return strconv.FormatInt(a.ID, 10) }

// Has reports whether the account has one of several privileges. An account
// without any is a user's.
func (a *Account) Has(privileges ...string) bool {
	for _, p := range privileges {
		if slices.Contains(a.Privileges, p) || p == User && len(a.Privileges) == 0 {
			return true
		}
	}
	return false
}

// Privileged lists the privileges; an account without any is a user's.
func (a *Account) Privileged() []string {
	if len(a.Privileges) == 0 {
		return []string{User}
	}
	return slices.Clone(a.Privileges)
}

// A Mistake is what a person typed that cannot be accepted.
type Mistake struct {
	Field string   // name of the input, "" for the whole form
	Text  string   // a phrase for people, as the catalogue of words has it
	With  []string // names and values by turns, for the {name}s in it

	said func(word func(string) string) string // in place of Text
}

func (m *Mistake) Error() string { return m.Say(func(phrase string) string { return phrase }) }

// Say says it in the language of a lookup.
func (m *Mistake) Say(word func(string) string) string {
	if m.said != nil {
		return m.said(word)
	}
	return fill(word(m.Text), m.With)
}

// At is the same mistake at another input.
func (m *Mistake) At(field string) *Mistake {
	other := *m
	other.Field = field
	return &other
}

func mistake(field, text string) error { return &Mistake{Field: field, Text: text} }

// fill puts values into a phrase for the {name}s in it.
func fill(phrase string, with []string) string {
	var pairs []string
	for i := 0; i+1 < len(with); i += 2 {
		pairs = append(pairs, "{"+with[i]+"}", with[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}

// A Wait says that there were too many failures and when the next try is
// looked at.
type Wait struct{ For time.Duration }

func (w *Wait) Error() string { return "too many failed attempts" }

// Errors of the package, besides *Mistake and *Wait; test with errors.Is.
var (
	ErrNotFound  = errors.New("no such account")
	ErrTaken     = errors.New("the address has an account already")
	ErrUsed      = errors.New("already used")
	ErrLink      = errors.New("the link has expired, was used, or is not complete")
	ErrForbidden = errors.New("not allowed")
	ErrNoMail    = errors.New("mail cannot be sent from this server")
)

// Parts are what a Keeper is made of.
type Parts struct {
	Store  Store
	Ring   *seal.Ring
	Config *config.Config
	Clock  ports.Clock
	Words  *language.Words // what letters say in other languages; nil: the words built in
	Random io.Reader       // nil: crypto/rand
	// Post has a mail delivered. Its key is stable for one occasion.
	Post func(ctx context.Context, m ports.Mail) error
	// Send sends a mail while the caller waits, and says whether the mail server
	// took it; nil: Post does.
	Send func(ctx context.Context, m ports.Mail) error
	// Kept says that mail goes where it can be read, although no mail server is
	// configured.
	Kept bool
}

// CanMail reports whether mail can be sent.
func (k *Keeper) CanMail() bool {
	return k.Post != nil && (k.Kept || len(k.Config.Mail) > 0)
}

// A Keeper keeps accounts. It is safe for concurrent use.
type Keeper struct {
	Parts
	rules *config.Accounts
	turns chan struct{} // bounds how many passwords are looked at at once
}

// New returns a Keeper.
func New(p Parts) *Keeper {
	if p.Random == nil {
		p.Random = crand.Reader
	}
	return &Keeper{Parts: p, rules: &p.Config.Accounts, turns: make(chan struct{}, max(1, p.Config.Accounts.Hashing.AtOnce))}
}

// With returns the Keeper under another configuration; it shares everything
// else with k. What passwords cost changes with a restart only.
func (k *Keeper) With(c *config.Config) *Keeper {
	other := *k
	other.Config, other.rules = c, &c.Accounts
	return &other
}

func (k *Keeper) now() time.Time { return k.Clock.Now().UTC() }

// fold makes addresses that differ in case one.
func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
