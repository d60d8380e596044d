package run

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// What a Store may answer besides success; test with errors.Is.
var (
	// ErrStale says that the session was written by somebody else since the
	// caller loaded it. Load again, and replay the step if its input still applies.
	ErrStale = errors.New("the session has moved on")

	// ErrNotFound says that no such session, step, effect or result is stored, or no longer.
	ErrNotFound = errors.New("not stored")

	// ErrExists says that a session with this id is stored already.
	ErrExists = errors.New("already stored")

	// ErrUsed says that a single-use token was used before; nothing was written.
	ErrUsed = errors.New("already used")

	// ErrTaken says that an effect is being delivered by somebody else, has
	// been delivered, or is not due yet.
	ErrTaken = errors.New("effect is not to be had")

	// ErrBroken says that the rows of a session do not fit together: a delta
	// leans on a step that is not the one stored before it.
	ErrBroken = errors.New("the stored steps do not fit together")
)

// A Store keeps sessions. It sees sealed bytes, never answers; what may be read
// in the clear is what the row types below show in the clear.
//
// Every method is one transaction: all of it is stored or nothing. When the
// error is that of the context, nothing was written. Times are kept in UTC to
// the microsecond. A Store is safe for concurrent use, and several processes
// may use one database.
type Store interface {
	// Create stores a new session with its first step (number 1, rev 1), the
	// keys that open it, and what the step caused. It returns ErrExists when
	// the id is taken.
	Create(ctx context.Context, c Creation) error

	// Load returns a session and the steps from which its current state is
	// rebuilt. It returns ErrNotFound or ErrBroken.
	Load(ctx context.Context, session string) (*Stored, error)

	// LoadStep is Load for the state after step n, which must not lie beyond
	// the head: steps hidden by Back are ErrNotFound.
	LoadStep(ctx context.Context, session string, n int64) (*Stored, error)

	// Save makes one change to a session if its rev is still c.Rev, and raises
	// the rev by one. It returns ErrStale, ErrNotFound or ErrUsed, or the error of c.Also.
	Save(ctx context.Context, c Change) error

	// History returns the steps up to the head, oldest first, with their
	// inputs and without their states: what a replay needs.
	History(ctx context.Context, session string) ([]Step, error)

	// Sizes returns how many bytes each stored step takes, oldest first.
	Sizes(ctx context.Context, session string) ([]StepSize, error)

	// Sessions lists the sessions that a holder has a key to, in the order in
	// which they were begun. A page costs the same wherever it is and however
	// many there are.
	Sessions(ctx context.Context, h Holder, p Page) ([]Listed, error)

	// AllSessions lists the sessions of everybody, oldest first, with the key
	// that a holder has to some of them; of the page, Interview and Newest do not
	// count.
	AllSessions(ctx context.Context, h Holder, p Page) ([]Listed, error)

	// Latest returns the id of the session of an interview that a holder has a
	// key to, other than ByLink, and that was written last, of the thousand begun
	// last; "" if there is none.
	Latest(ctx context.Context, h Holder, interview string) (string, error)

	// Ask stores what no session asks for; c has effects, and perhaps Also.
	Ask(ctx context.Context, at time.Time, c Caused) error

	// Delete erases a session: steps, keys, results, used tokens, and its
	// effects as told. It returns ErrNotFound when there is none.
	Delete(ctx context.Context, session string, p Pending) error

	// DropKey takes a holder's key to a session away and, if that was the last
	// one of a browser or an account, erases the session, effects as told. The
	// owner that leaves is the owner no more. It returns ErrNotFound when the
	// holder has none.
	DropKey(ctx context.Context, session string, h Holder, p Pending) error

	// NoteOpening notes that a session was opened, unless it was by the same
	// holder in the same way after a time; of a session that is gone, nothing.
	NoteOpening(ctx context.Context, o Opening, after time.Time) error

	// Openings lists what was noted, the newest first.
	Openings(ctx context.Context, w WantedOpenings) ([]Opening, error)

	// ClaimEffect takes an effect for delivery until the lease ends, counting
	// the attempt. It returns ErrTaken or ErrNotFound.
	ClaimEffect(ctx context.Context, key string, now time.Time, lease time.Duration) (*Effect, error)

	// RenewEffect keeps a claimed effect until a later time; claim is the
	// number of the attempt, as ClaimEffect gave it. It returns ErrTaken if
	// the claim was lost, ErrNotFound if the effect is gone.
	RenewEffect(ctx context.Context, key string, claim int, until time.Time) error

	// SettleEffect ends an attempt. It returns ErrTaken if the claim was lost,
	// ErrNotFound if the effect is gone.
	SettleEffect(ctx context.Context, s Settlement) error

	// RetryEffect makes an effect due that waits, was given up or was kept. It
	// returns ErrTaken if it is being delivered, was delivered or is erased.
	RetryEffect(ctx context.Context, key string, now time.Time) error

	// Effect returns an effect, or ErrNotFound.
	Effect(ctx context.Context, key string) (*Effect, error)

	// Effects lists effects, the newest first, without their bodies.
	Effects(ctx context.Context, w Wanted) ([]Effect, error)

	// DueEffects returns the effects that wait for delivery and are due, oldest
	// first: what a sweeper needs when a job was lost.
	DueEffects(ctx context.Context, now time.Time, limit int) ([]Due, error)

	// PutResult keeps a response that came without any change to its session.
	PutResult(ctx context.Context, r Result) error

	// Result returns what is kept under a one-time address until it expires,
	// else ErrNotFound. Reading does not use it up: browsers ask twice.
	Result(ctx context.Context, token string, now time.Time) (*Result, error)

	// PutParcel leaves something under a code, in place of what was there.
	PutParcel(ctx context.Context, p Parcel) error

	// Parcel returns what is left under a code until it expires, else ErrNotFound.
	Parcel(ctx context.Context, id string, now time.Time) (*Parcel, error)

	// TakeParcel erases what is left under a code: of several who try, one
	// succeeds and the others get ErrUsed.
	TakeParcel(ctx context.Context, id string) error

	TaskStore
	RecordStore

	// Expire erases at most limit sessions past their time, their effects
	// included, and all results, used tokens, keys, parcels and tasks past theirs.
	Expire(ctx context.Context, now time.Time, limit int) (Erased, error)

	// Idle lists at most limit sessions last written at a time or before, the
	// longest idle first, that come after one of them; the zero Session asks
	// for the first. Only ID, Interview and Active are told.
	Idle(ctx context.Context, before time.Time, after Session, limit int) ([]Session, error)

	// EraseIdle erases those of the sessions, their effects included, that were
	// last written at a time or before, and counts them. It is a transaction for
	// each few of them: with an error, those that it counts are erased.
	EraseIdle(ctx context.Context, sessions []string, before time.Time) (int64, error)

	// Leftovers lists at most limit erased sessions whose files may be left,
	// those after one of them in the order of their ids; "" asks for the first.
	Leftovers(ctx context.Context, after string, limit int) ([]string, error)

	// Cleared notes that the files of erased sessions were deleted. Those of
	// which this was noted so many times are no leftovers any more.
	Cleared(ctx context.Context, sessions []string, passes int) error
}

// A Session is the row of a session: all that is known of it in the clear.
type Session struct {
	ID        string    // 32 characters A-Za-z0-9
	Interview string    // the interview's full name
	Rev       int64     // rises with every write; what compare-and-swap tests
	Head      int64     // number of the current step
	Owner     string    // account id, or "" for nobody's
	Card      []byte    // sealed: title, tags, progress; may be nil
	Created   time.Time //
	Active    time.Time // when it was last written
	Expires   time.Time // zero: never
}

// A Step is one row of a session's past.
type Step struct {
	N    int64     // 1 is the first
	Rev  int64     // the session's rev at which this row was written; part of what its bytes are sealed with
	Kind string    // what brought it about, in run's words; sealed with, too
	At   time.Time //

	// Base tells what State is: 0 for a full copy, else a delta against the
	// state of step N-1, and Base is the Rev of that step.
	Base int64

	Input []byte // sealed: form, action or url_args, clock, seed, journal
	State []byte // sealed: full copy or delta
}

// Full reports whether the step's State is a full copy.
func (s Step) Full() bool { return s.Base == 0 }

// A StepSize says how many sealed bytes a step takes.
type StepSize struct {
	N     int64
	Rev   int64
	Kind  string
	Full  bool
	Input int
	State int
}

// The kinds of holders of a session's data key.
const (
	HolderBrowser = "browser" // an anonymous browser's secret; ID is the secret's ID
	HolderAccount = "account" // an account's key; ID is the account's id
	HolderRing    = "ring"    // the server's key ring, for one purpose; ID is the purpose, "shared" for multi_user
)

// A Holder is somebody or something that can open a session.
type Holder struct {
	Kind string // HolderBrowser, HolderAccount or HolderRing
	ID   string
}

// A Key is a session's data key, wrapped for one holder.
type Key struct {
	Holder
	Wrapped []byte
	Expires time.Time // zero: lives as long as the session
	Via     string    // ByLink or ByLaunch for whoever came into somebody else's session
}

// Stored is a session as it comes out of the store.
type Stored struct {
	Session Session

	// Keys are the wrapped data keys of all holders.
	Keys []Key

	// Chain rebuilds a state: a full copy, then the deltas to be applied to it
	// in turn, the last being the step asked for. Only that last one has its Input.
	Chain []Step
}

// Last returns the step that was asked for.
func (s *Stored) Last() *Step { return &s.Chain[len(s.Chain)-1] }

// Key returns the wrapped key of a holder.
func (s *Stored) Key(h Holder) (Key, bool) {
	for _, k := range s.Keys {
		if k.Holder == h {
			return k, true
		}
	}
	return Key{}, false
}

// A Listed is a session in a list, with the key by which the asking holder opens its card.
type Listed struct {
	Session Session
	Key     Key
	// Shared is the session's data key, wrapped for the server's ring, if the
	// session is open to everybody with its address.
	Shared []byte
}

// A Page says which part of a list is wanted. The zero Page is the first 100.
type Page struct {
	After     *Session // the last one of the page before; nil for the first page
	Limit     int      // 0 means 100
	Interview string   // only sessions of this interview; "" for all
	Newest    bool     // the session begun last comes first, instead of last
}

// A Creation is a session's beginning. Session.Rev, Session.Head, First.N and
// First.Rev must be 1 and First a full copy.
type Creation struct {
	Session Session
	Keys    []Key
	First   Step
	Caused
}

// A Mode says what a change does to a session's steps.
type Mode int

const (
	// NewStep writes Step as number head+1 and moves the head there. Steps
	// that Back had hidden are erased.
	NewStep Mode = iota + 1

	// Overwrite replaces the step at the head, input and all. Hidden steps are
	// erased: their deltas lean on what goes.
	Overwrite

	// MoveHead makes step To the current one; Back does that. Steps beyond it
	// stay, hidden, until the next NewStep or Overwrite.
	MoveHead

	// Keep leaves the steps alone: only keys, card, owner or expiry change.
	Keep
)

// A Change is one write to a session.
type Change struct {
	Session string
	Rev     int64     // the rev that was loaded
	At      time.Time // becomes Active
	Mode    Mode

	Step Step  // for NewStep and Overwrite; Step.Rev must be Rev+1
	To   int64 // for MoveHead

	Card    []byte     // nil: as it is
	Owner   *string    // nil: as it is
	Expires *time.Time // nil: as it is; zero time: never

	PutKeys  []Key    // added, or replacing those of the same holder
	DropKeys []Holder // taken away; holders without a key are no error

	Caused
}

// Caused is what a step brings about beside its own rows, in the same transaction.
type Caused struct {
	Effects []Effect // an effect whose key is stored already is left as it is
	Results []Result
	Used    []Token        // ErrUsed, and nothing is written, if one of them was used before
	Parcels []Parcel       // left under their codes
	Taken   []string       // parcels used up; ErrStale, and nothing is written, if one of them is gone
	Tasks   []Task         // background actions asked for
	Records []RecordChange // ErrStale, and nothing is written, if one of them does not fit
	Ended   *TaskEnd       // the background action that this ends; ErrTaken, and nothing is written, if it is not its worker's any more

	// Also runs last in the same transaction; its error undoes all of it.
	// Jobs are enqueued there. It must work on tx alone (calling the store
	// from there would wait for itself), use the given context, which does
	// not end with the caller's, neither commit nor roll back, and be quick:
	// others may be waiting to be written with it. It may run again if the
	// transaction has to be repeated.
	Also func(ctx context.Context, tx *sql.Tx) error
}

// The states of an effect.
const (
	EffectWaiting   = "waiting"   // to be delivered at NextAt or later
	EffectClaimed   = "claimed"   // being delivered; up for grabs again at NextAt
	EffectDelivered = "delivered" // done, body erased
	EffectFailed    = "failed"    // given up; body and note are erased after KeptFor
	EffectKept      = "kept"      // not delivered but kept to be looked at, for KeptFor
)

// KeptFor is how long what could not be delivered can be looked at and tried
// again.
const KeptFor = 30 * 24 * time.Hour

// An Effect is something asked of the outside world: a mail, an SMS, a webhook,
// a background action.
type Effect struct {
	Key      string    // unique and stable; what the outside world knows it by
	Session  string    // the session that asked
	Kind     string    //
	Body     []byte    // sealed to the ring; nil once delivered
	Note     []byte    // sealed to the ring: what the last attempt left for the next, or nil
	State    string    // "" means EffectWaiting when written
	Attempts int       // how often it was claimed, which is the number of the last claim
	NextAt   time.Time // zero means at once when written
	Class    string    // class of the last error, no contents
	Created  time.Time // set from the change's time when written

	after func() // for carriers: called once the attempt is written down
}

// ID is a short name for an effect in lists and logs: the beginning of its key.
func (e *Effect) ID() string { return e.Key[:min(len(e.Key), 10)] }

// A Settlement says how an attempt to deliver an effect ended. Only the body of
// an effect that was delivered is erased.
type Settlement struct {
	Key   string
	Claim int       // the number of the attempt
	State string    // any but EffectClaimed
	At    time.Time // when it is due again if it waits, else the time of the settlement
	Class string    // names what went wrong without telling any contents
	Note  []byte    // sealed
}

// A Due is an effect that waits for delivery.
type Due struct {
	Key      string
	Attempts int // how often it was claimed
}

// Wanted says which effects are to be listed.
type Wanted struct {
	Kind   string
	State  string // "" for all
	Prefix string // of the key
	Limit  int    // 0 means 100
}

// A Result is the response of a single run, kept for minutes under a one-time address.
type Result struct {
	Token   string // hash of the address's secret part; never the secret itself
	Session string
	Body    []byte // sealed
	Expires time.Time
}

// A Token is a single-use token that has been used. It is remembered until it
// would have expired anyway.
type Token struct {
	ID      string
	Expires time.Time // zero: as long as the session
}

// A Parcel is left for somebody who has its code: the address behind a
// temporary link, data that one session hands to another. It belongs to no
// session.
type Parcel struct {
	ID      string // hash of the code; never the code itself
	Body    []byte // sealed
	Expires time.Time
}

// Pending says what becomes of effects not yet delivered when their session is erased.
type Pending bool

const (
	DropPending    Pending = false // they are erased with it
	DeliverPending Pending = true  // they are still delivered, then erased
)

// Erased counts what Expire has erased.
type Erased struct {
	Sessions, Keys, Results, Tokens, Parcels, Tasks int64
}
