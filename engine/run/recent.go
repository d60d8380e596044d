package run

import (
	"container/list"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"colloquy/engine/session"
)

// Most sessions are opened again soon, a step further than they were left.
// recent keeps what the bytes of the latest ones said, so that a step opens and
// reads only what was written since. It never stands in for the key, with which
// a session is unlocked first, nor for what the database holds: a reading is
// used only if the steps it was made of are still there, byte for byte.
//
// Readings are kept in memory as long as a session may rest between two
// screens, and at most so many bytes of them. Small ones are not: they are read
// as quickly as found.
type recent struct {
	mu    sync.Mutex
	at    map[string]*list.Element // by session
	order *list.List               // of *recentReading, the latest first
	size  int                      // bytes in memory
	seed  maphash.Seed
}

type recentReading struct {
	session string
	rev     int64  // of the last step it was made of
	sum     uint64 // of all of those steps, as they are stored
	at      time.Time
	reading *session.Reading
}

const (
	recentLeast  = 8 << 10  // bytes of a state that is kept
	recentMemory = 48 << 20 // bytes that all may take in memory
	recentFor    = 10 * time.Minute
)

func newRecent() *recent {
	return &recent{at: map[string]*list.Element{}, order: list.New(), seed: maphash.MakeSeed()}
}

// find returns the reading of a session and how many steps of the chain are in
// it, 0 if there is none.
func (r *recent) find(stored *Stored, now time.Time) (*session.Reading, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.expire(now)
	e, has := r.at[stored.Session.ID]
	if !has {
		return nil, 0
	}
	known := e.Value.(*recentReading)
	n := slices.IndexFunc(stored.Chain, func(s Step) bool { return s.Rev == known.rev }) + 1
	if n == 0 || r.sum(stored.Chain[:n]) != known.sum {
		return nil, 0
	}
	return known.reading, n
}

// sum tells stored steps from others.
func (r *recent) sum(chain []Step) uint64 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for i := range chain {
		s := &chain[i]
		maphash.WriteComparable(&h, [...]int64{s.N, s.Rev, s.Base, int64(len(s.State))})
		h.WriteString(s.Kind)
		h.Write(s.State)
	}
	return h.Sum64()
}

// keep remembers the reading of a session's last step.
func (r *recent) keep(stored *Stored, reading *session.Reading, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drop(r.at[stored.Session.ID])
	if reading.Size() < recentLeast || reading.Memory() > recentMemory {
		return
	}
	n := &recentReading{stored.Session.ID, stored.Last().Rev, r.sum(stored.Chain), now, reading}
	r.at[n.session] = r.order.PushFront(n)
	r.size += reading.Memory()
	r.expire(now)
}

// expire forgets what is too old, and the oldest of what is too much.
func (r *recent) expire(now time.Time) {
	for e := r.order.Back(); e != nil && (r.size > recentMemory || now.Sub(e.Value.(*recentReading).at) > recentFor); e = r.order.Back() {
		r.drop(e)
	}
}

func (r *recent) drop(e *list.Element) {
	if e == nil {
		return
	}
	n := r.order.Remove(e).(*recentReading)
	delete(r.at, n.session)
	r.size -= n.reading.Memory()
}

// known reads the state at the head of a session, as far as it was not read lately.
func (s *step) known(stored *Stored) (*session.Reading, error) {
	reading, n := s.r.recent.find(stored, s.now)
	blobs, err := s.plain(stored.Chain[n:], stored.Session.ID)
	if err != nil {
		return nil, err
	}
	if reading == nil {
		reading, err = session.Read(blobs[0], blobs[1:]...)
		blobs = nil
	}
	for _, delta := range blobs {
		if err == nil {
			reading, err = reading.After(delta)
		}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	s.r.recent.keep(stored, reading, s.now)
	return reading, nil
}
