package run

import (
	"context"
	"time"
)

// A RecordName says where a record lies. Names and shelves that authors choose
// are hashed.
type RecordName struct {
	Holder string // whose it is: see AccountRecords and its kin
	Shelf  string // "store", "global", "task", "redis", or "record:" and a hash
	Name   string
}

// Who opens a record.
const (
	LockRing    = "ring"    // the server, for everybody who may reach it
	LockOwn     = "own"     // the account or browser of whoever wrote it
	LockSession = "session" // whoever opens its session
)

// A Record is something kept outside of the history of sessions.
type Record struct {
	RecordName
	ID      int64
	Rev     int64     // rises with every write
	Session string    // that it is erased with; "" for none
	Lock    string    // LockRing, LockOwn or LockSession
	Closed  []byte    // the key that opens Body; nil for LockSession
	Body    []byte    // sealed
	At      time.Time // of the last write
	Expires time.Time // when it goes by itself; zero: never
}

// A RecordChange is one write to a record.
type RecordChange struct {
	Record
	// With an ID, it is that record that is written or erased on its shelf: one
	// that is not there any more is no error. Without one, Record.Rev is the one
	// that must be there: 0 for none.
	Gone bool // it is erased
}

// A Snapshot is what an interview gives out about a session to be read with
// SQL. It is not sealed.
type Snapshot struct {
	Interview, Session string
	Key                string // that tells it from others of the session
	JSON               string
	At                 time.Time
	Persistent         bool // it is kept when the session is erased
}

// A RecordStore keeps records. What belongs to a session goes when it is
// erased, what belongs to an account when that is.
type RecordStore interface {
	// Record returns one, or ErrNotFound.
	Record(ctx context.Context, n RecordName) (*Record, error)

	// Records lists a shelf in the order in which things came there.
	Records(ctx context.Context, holder, shelf string) ([]Record, error)

	// HolderRecords lists all that a holder has.
	HolderRecords(ctx context.Context, holder string) ([]Record, error)

	// AddRecord adds one and returns its ID.
	AddRecord(ctx context.Context, r Record) (int64, error)

	// ChangeRecords makes some changes or, with ErrStale, none.
	ChangeRecords(ctx context.Context, list []RecordChange) error

	// HandRecord makes r another holder's, with its key closed anew. It reports
	// false if r was changed meanwhile, or the other holder has one of its name.
	HandRecord(ctx context.Context, r Record, holder string, closed []byte) (bool, error)

	// EraseRecords erases all that a holder has.
	EraseRecords(ctx context.Context, holder string) error

	// PutSnapshot keeps a snapshot, in the place of the one with its key.
	PutSnapshot(ctx context.Context, n Snapshot) error
}

// AccountRecords is the holder of the records of an account.
func AccountRecords(id string) string { return "account:" + id }

// BrowserRecords is the holder of the records of somebody without an account.
func BrowserRecords(id string) string { return "browser:" + id }
