// Package kv is a key-value store that knows the everyday commands of Redis:
// texts and counters, lists, hashes, sets, sorted sets, and keys that expire.
//
// It computes what a command does and leaves keeping to Rows, which take and
// give opaque bytes and refuse a change that came too late; a command that lost
// to another one is run again. What Redis replies, this replies, to the words of
// its errors: the package outside/redis passes the same commands on to a server,
// and one suite of tests runs over both.
//
// Commands that wait, subscribe, run scripts or look at the server are none of
// its business; neither is whose keys they are: who opens Rows decides.
package kv

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"colloquy/engine/ports"
)

// mostBytes is how much one key may hold, so that one counter that is pushed to
// for ever does not take the server along.
const mostBytes = 16 << 20

func errorf(format string, args ...any) error {
	return &ports.CommandError{Text: fmt.Sprintf(format, args...)}
}

// A Row is what is kept under a key.
type Row struct {
	Key     string
	Rev     int64 // rises with every write; 0: nothing is there
	Body    []byte
	Expires time.Time // zero: never
}

// ErrStale is what Rows.Change returns for a change that came too late.
var ErrStale = errors.New("somebody else wrote the same key")

// Rows keep the keys of one space.
type Rows interface {
	// Load returns what is under a key, a Row with Rev 0 if nothing is.
	Load(ctx context.Context, key string) (Row, error)
	// All returns all keys, in any order.
	All(ctx context.Context) ([]Row, error)
	// Change writes all rows that are at their Rev still, those with a nil Body
	// by erasing them, or returns an error that is ErrStale and writes none.
	Change(ctx context.Context, rows []Row) error
}

// A Space runs commands on the keys of one space. It is safe for concurrent use
// if its Rows are.
type Space struct {
	Rows Rows
	Now  func() time.Time
	// Random gives a number from 0 up to n; nil: anyone.
	Random func(n int) int
}

var _ ports.KeyValue = (*Space)(nil)

// patience is how long a command that loses to others is run again.
const patience = 10 * time.Second

// Do runs a command, its name first, and returns its reply: nil, an int64, a
// string, or a []any of these. See ports.KeyValue.
func (s *Space) Do(ctx context.Context, args ...string) (any, error) {
	c, err := Find(args)
	if err != nil {
		return nil, err
	}
	pause := time.Millisecond
	for began := time.Now(); ; {
		v := &view{ctx: ctx, space: s, now: s.Now(), slots: map[string]*slot{}}
		reply, err := c.run(v, args[1:])
		if err != nil {
			return nil, err
		}
		err = v.store()
		if !errors.Is(err, ErrStale) || time.Since(began) > patience {
			return reply, err
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
			pause = min(2*pause, 100*time.Millisecond)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (s *Space) random(n int) int {
	if s.Random != nil {
		return s.Random(n)
	}
	return rand.IntN(n)
}
