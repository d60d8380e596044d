package accounts

import (
	"context"
	"time"
)

// A Store keeps accounts. Every method is one transaction. Times are kept in
// UTC to the microsecond.
type Store interface {
	// AddAccount stores a new account with what closes its key, its privileges
	// and tokens, and returns its number. It returns ErrTaken when the address,
	// whatever its case, has an account.
	AddAccount(ctx context.Context, a *Account, locks []Lock, tokens []Token) (int64, error)

	// Account and AccountByEmail return an account, or ErrNotFound.
	Account(ctx context.Context, id int64) (*Account, error)
	AccountByEmail(ctx context.Context, email string) (*Account, error)

	// Accounts lists accounts by number, those after a number.
	Accounts(ctx context.Context, after int64, limit int, inactive bool) ([]Account, error)

	// Search finds accounts, in the order of their numbers.
	Search(ctx context.Context, q Search) ([]Account, error)

	// IdleAccounts lists accounts by number, those after a number, that nobody
	// has used since a time: not made, not signed in to, no browser that is
	// signed in was here, and none of their sessions was written.
	IdleAccounts(ctx context.Context, since time.Time, after int64, limit int) ([]IdleAccount, error)
	// CloseIdle makes an account inactive, unless somebody has used it since a
	// time; then it returns false.
	CloseIdle(ctx context.Context, id int64, since time.Time) (bool, error)
	// Warned notes when somebody was told that the account will be deleted.
	Warned(ctx context.Context, id int64, at time.Time) error

	// CountAccounts counts the active accounts with a privilege.
	CountAccounts(ctx context.Context, privilege string) (int, error)

	// Change changes one account, all of it or nothing. It returns ErrNotFound,
	// ErrTaken, or ErrUsed if a step or a token was used before.
	Change(ctx context.Context, c Change) error

	// DeleteAccount erases an account and everything here that is its own.
	DeleteAccount(ctx context.Context, id int64) error

	// Locks returns what closes the key of an account.
	Locks(ctx context.Context, id int64) ([]Lock, error)

	// AddLogin keeps a browser's login; Login returns it with its account, or
	// ErrNotFound if it is not there or over at now. DropLogin ends it.
	AddLogin(ctx context.Context, l Login) error
	Login(ctx context.Context, id string, now time.Time) (*Login, *Account, error)
	TouchLogin(ctx context.Context, id string, seen, expires time.Time) error
	DropLogin(ctx context.Context, id string) error

	// Token returns a token that is good at now, or ErrNotFound. TakeToken uses
	// it up: of several who try, one gets nil and the others ErrUsed.
	Token(ctx context.Context, id string, now time.Time) (*Token, error)
	TakeToken(ctx context.Context, id string) error
	AddToken(ctx context.Context, t Token) error

	// Strike counts an attempt under a key and has allow judge it, which is
	// given how many there are with this one and when the one before it was. An
	// attempt that is not allowed is not counted. What was counted is forgotten
	// at the given time.
	Strike(ctx context.Context, key string, now, forget time.Time, allow func(n int, last time.Time) bool) (bool, error)
	// ForgetStrikes forgets what was counted under keys, PardonStrike one attempt.
	ForgetStrikes(ctx context.Context, keys ...string) error
	PardonStrike(ctx context.Context, key string) error

	// Privileges lists the privileges that are not built in.
	Privileges(ctx context.Context) ([]string, error)
	AddPrivilege(ctx context.Context, name string) error
	DropPrivilege(ctx context.Context, name string) error

	// ExpireAccounts erases logins, tokens and counts past their time.
	ExpireAccounts(ctx context.Context, now time.Time) error
}

// A Search says which accounts are wanted.
type Search struct {
	Text   string // part of the address or the name, whatever its case; "" for all
	After  int64  // number of the account before the first one
	Before int64  // if not 0: the last ones before this number, in place of those after After
	Limit  int
}

// An IdleAccount is an account that nobody uses.
type IdleAccount struct {
	Account
	Warned time.Time // when its owner was told last that it will be deleted; zero: never
}

// The kinds of Lock.
const (
	LockPassword = "password" // closed with the password
	LockRecovery = "recovery" // closed with a recovery code, kept on paper
)

// A Lock is an account's key, closed.
type Lock struct {
	Kind    string
	Stretch string // settings of the derivation, as seal.Stretch writes them
	Closed  []byte // under what was typed, then under the ring
}

// A Login is a browser that is signed in, or half way there.
type Login struct {
	ID      string // of the secret that the browser carries; opens nothing
	Account int64
	Closed  []byte // the account's key, closed under that secret
	Stage   string // "" signed in; StageFactor, StageSetup: a second factor is still wanted
	Begun   time.Time
	Seen    time.Time
	Expires time.Time
	Keep    bool // the browser remembers it beyond its own end
}

// The stages of a login that is not complete.
const (
	StageFactor = "factor" // a code is wanted
	StageSetup  = "setup"  // a second factor must be set up first
	StageLent   = "lent"   // it is no browser's: it opens sessions for a program, and signs nobody in
)

// The purposes of tokens.
const (
	TokenConfirm = "confirm" // the address is to be confirmed
	TokenReset   = "reset"   // the password may be set anew
	TokenEmail   = "email"   // the address is to be changed to Detail
	TokenInvite  = "invite"  // Detail: the address that is invited, a space, and the privilege
	TokenFirst   = "first"   // the first administrator may be made
	TokenCode    = "code"    // a recovery code of the second factor
)

// A Token is something that works once. It is kept as a hash.
type Token struct {
	ID      string
	Account int64 // 0 for nobody's yet
	Purpose string
	Detail  string
	Expires time.Time
}

// A Change is one write to an account.
type Change struct {
	Account    int64
	Set        *Account  // address, its confirmation and the profile become these; nil: as they are
	Active     *bool     // nil: as it is
	Arrived    time.Time // when somebody signed in; zero: nobody did
	Privileges *[]string // nil: as they are
	PutLocks   []Lock    // added, or replacing those of the same kind
	DropLocks  []string  // kinds
	SetFactor  bool      // Factor becomes the account's, nil for none
	Factor     []byte
	Step       int64    // if not 0: the time step that is used now; it must be later than the last one
	Logins     bool     // all logins are ended, but for the one named by Except
	Except     string   //
	DropTokens []string // all tokens of these purposes
	PutTokens  []Token
	Take       string // token used up; ErrUsed if it is gone
}
