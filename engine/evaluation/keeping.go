package evaluation

import "colloquy/engine/python"

// A Spot is where values are kept outside of the answers: docassemble's base of
// a DAStore or DAGlobal.
type Spot struct {
	// Base is "user", "session", "interview", "global", or any other text.
	Base string
	// Encrypted says that only who writes it can read it, or whoever can open
	// the session if that is the base; otherwise all who can name it can.
	Encrypted bool
	// Shelf keeps things apart that are not of a kind.
	Shelf Shelf
}

// A Shelf is a kind of thing that is kept.
type Shelf string

// The shelves.
const (
	ShelfStore  Shelf = "store"  // of DAStore
	ShelfGlobal Shelf = "global" // of DAGlobal
	ShelfTask   Shelf = "task"   // counters of persistent tasks
)

// A Written is a record as read_records() gives it.
type Written struct {
	ID    int64
	Value python.Value
}

// Keeping keeps values outside of the answers, where Back does not reach.
// Values are copies: what Get gives does not change what is kept. What Set and
// Delete do is seen at once by the step that does it, and by others when it is
// saved.
type Keeping interface {
	Get(th *python.Thread, s Spot, key string) (v python.Value, ok bool, err error)
	Set(s Spot, key string, v python.Value) error
	Delete(s Spot, key string) error
	// Has and Keys open nothing that only others can.
	Has(s Spot, key string) (bool, error)
	Keys(s Spot) ([]string, error)
	// Shared is a dictionary that is kept as it is at the end of the step.
	Shared(th *python.Thread, s Spot, key string) (*python.Dict, error)

	AddRecord(key string, v python.Value) (id int64, err error)
	Records(th *python.Thread, key string) ([]Written, error)
	DropRecord(key string, id int64) error

	// Snapshot gives out JSON about the session, at once.
	Snapshot(key, json string, persistent bool) error
}
