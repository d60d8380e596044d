// Package memory keeps sessions and files in memory, for conversations that are
// played without a server and for tests.
//
// It keeps what run.Store promises: one transaction per call, compare-and-swap,
// hidden steps, effects that are claimed and settled. Everything is gone when
// the Store is. What it holds is copied on the way in and out, so that nobody
// can change a stored row.
//
// There is no SQL transaction here: a change that wants to run something in
// one (Caused.Also) is refused. Delivering effects is left to whoever asks for
// DueEffects.
package memory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"colloquy/engine/run"
)

// A Store is a run.Store in memory. It is safe for concurrent use.
type Store struct {
	mu       sync.Mutex
	sessions map[string]*session
	effects  map[string]*run.Effect
	results  map[string]run.Result
	parcels  map[string]run.Parcel
	tasks    map[string]*task
	heard    []func(run.TaskNews)
	news     []run.TaskNews // to be told when the lock is let go

	openings  []run.Opening // oldest first
	opened    int64         // how many were noted
	records   map[int64]*run.Record
	numbered  int64 // the last record's number
	snapshots map[[3]string]run.Snapshot

	leftovers map[string]int // erased sessions, and how often their files were deleted
}

// session is a session's row with all that hangs on it.
type session struct {
	row   run.Session
	steps []run.Step // number n at n-1, hidden ones too
	keys  []run.Key
	used  map[string]time.Time
}

// New returns an empty Store.
func New() *Store {
	return &Store{sessions: map[string]*session{}, effects: map[string]*run.Effect{}, results: map[string]run.Result{},
		parcels: map[string]run.Parcel{}, tasks: map[string]*task{}, leftovers: map[string]int{},
		records: map[int64]*run.Record{}, snapshots: map[[3]string]run.Snapshot{}}
}

var _ run.Store = (*Store)(nil)

// begin locks the store unless the context has ended.
func (s *Store) begin(ctx context.Context) (end func(), err error) {
	s.mu.Lock()
	if err := ctx.Err(); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	return s.mu.Unlock, nil
}

// Create implements run.Store.
func (s *Store) Create(ctx context.Context, c run.Creation) error {
	row, st := c.Session, c.First
	if row.Rev != 1 || row.Head != 1 || st.N != 1 || st.Rev != 1 || !st.Full() {
		return fmt.Errorf("create session: it begins at rev 1 with the full step 1, not at rev %d with step %d", row.Rev, st.N)
	}
	return s.with(ctx, func() error { return s.create(c) })
}

func (s *Store) create(c run.Creation) error {
	row, st := c.Session, c.First
	if s.sessions[row.ID] != nil {
		return fmt.Errorf("create session: %w", run.ErrExists)
	}
	in := &session{row: copyRow(row), steps: []run.Step{copyStep(st)}, used: map[string]time.Time{}}
	if err := s.check(in, c.Caused); err != nil {
		return err
	}
	in.putKeys(c.Keys)
	s.sessions[row.ID] = in
	s.cause(in, row.Created, c.Caused)
	return nil
}

// Save implements run.Store.
func (s *Store) Save(ctx context.Context, c run.Change) error {
	return s.with(ctx, func() error { return s.save(c) })
}

func (s *Store) save(c run.Change) error {
	in := s.sessions[c.Session]
	if in == nil {
		return fmt.Errorf("save session: %w", run.ErrNotFound)
	}
	if in.row.Rev != c.Rev {
		return fmt.Errorf("save session at rev %d, now %d: %w", c.Rev, in.row.Rev, run.ErrStale)
	}
	steps, head, err := in.moved(c)
	if err != nil {
		return err
	}
	if err := s.check(in, c.Caused); err != nil {
		return err
	}
	in.steps, in.row.Head = steps, head
	in.row.Rev++
	in.row.Active = stamp(c.At)
	if c.Card != nil {
		in.row.Card = bytes.Clone(c.Card)
	}
	if c.Owner != nil {
		in.row.Owner = *c.Owner
	}
	if c.Expires != nil {
		in.row.Expires = stamp(*c.Expires)
	}
	for _, h := range c.DropKeys {
		in.dropKey(h)
	}
	in.putKeys(c.PutKeys)
	s.cause(in, c.At, c.Caused)
	return nil
}

// moved gives the steps and the head as they are after a change.
func (in *session) moved(c run.Change) ([]run.Step, int64, error) {
	switch c.Mode {
	case run.Keep:
		return in.steps, in.row.Head, nil
	case run.MoveHead:
		if c.To < 1 || c.To > int64(len(in.steps)) {
			return nil, 0, fmt.Errorf("go to step %d: %w", c.To, run.ErrNotFound)
		}
		return in.steps, c.To, nil
	case run.NewStep, run.Overwrite:
	default:
		return nil, 0, fmt.Errorf("save session: there is no mode %d", c.Mode)
	}
	st, n := c.Step, in.row.Head
	if c.Mode == run.NewStep {
		n++
	}
	if st.N != n || st.Rev != c.Rev+1 || n == 1 && !st.Full() {
		return nil, 0, fmt.Errorf("save session: step %d of rev %d does not belong at head %d", st.N, st.Rev, in.row.Head)
	}
	if !st.Full() && in.steps[n-2].Rev != st.Base {
		return nil, 0, fmt.Errorf("save step %d: %w", st.N, run.ErrBroken)
	}
	if n-1 == int64(len(in.steps)) {
		return append(in.steps, copyStep(st)), n, nil
	}
	return append(slices.Clone(in.steps[:n-1]), copyStep(st)), n, nil
}

// Ask implements run.Store.
func (s *Store) Ask(ctx context.Context, at time.Time, c run.Caused) error {
	return s.with(ctx, func() error {
		nobody := &session{used: map[string]time.Time{}}
		if err := s.check(nobody, c); err != nil {
			return err
		}
		s.cause(nobody, at, c)
		return nil
	})
}

// check refuses what cannot be caused, before anything is written.
func (s *Store) check(in *session, c run.Caused) error {
	if c.Also != nil {
		return errors.New("memory: there is no transaction to run anything in")
	}
	seen := map[string]bool{}
	for _, t := range c.Used {
		if _, used := in.used[t.ID]; used || seen[t.ID] {
			return fmt.Errorf("use token: %w", run.ErrUsed)
		}
		seen[t.ID] = true
	}
	for _, id := range c.Taken {
		if _, ok := s.parcels[id]; !ok {
			return fmt.Errorf("take a parcel: %w", run.ErrStale)
		}
	}
	for _, r := range c.Results {
		if _, ok := s.results[r.Token]; ok {
			return errors.New("keep result: its token is taken")
		}
	}
	if err := s.fits(c.Records); err != nil {
		return err
	}
	if c.Ended != nil {
		_, err := s.holder(c.Ended.ID, c.Ended.Attempt)
		return err
	}
	return nil
}

// cause writes what a step brings about.
func (s *Store) cause(in *session, at time.Time, c run.Caused) {
	for _, t := range c.Used {
		in.used[t.ID] = stamp(t.Expires)
	}
	for _, e := range c.Effects {
		if s.effects[e.Key] != nil {
			continue
		}
		e.Session, e.State, e.Attempts, e.Class = in.row.ID, run.EffectWaiting, 0, ""
		e.Created, e.NextAt, e.Body = stamp(at), stamp(e.NextAt), bytes.Clone(e.Body)
		if e.NextAt.IsZero() {
			e.NextAt = e.Created
		}
		s.effects[e.Key] = &e
	}
	s.addTasks(in.row.ID, at, c.Tasks)
	s.endTask(c.Ended)
	s.changeRecords(c.Records)
	for _, id := range c.Taken {
		delete(s.parcels, id)
	}
	for _, p := range c.Parcels {
		s.parcels[p.ID] = copyParcel(p)
	}
	for _, r := range c.Results {
		r.Session = in.row.ID
		s.results[r.Token] = copyResult(r)
	}
}

// Load implements run.Store.
func (s *Store) Load(ctx context.Context, id string) (*run.Stored, error) { return s.load(ctx, id, 0) }

// LoadStep implements run.Store.
func (s *Store) LoadStep(ctx context.Context, id string, n int64) (*run.Stored, error) {
	if n < 1 {
		return nil, fmt.Errorf("load step %d: %w", n, run.ErrNotFound)
	}
	return s.load(ctx, id, n)
}

// load reads the chain that ends in step n; 0 means the head.
func (s *Store) load(ctx context.Context, id string, n int64) (*run.Stored, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	in := s.sessions[id]
	if in == nil {
		return nil, fmt.Errorf("load session: %w", run.ErrNotFound)
	}
	if n == 0 {
		n = in.row.Head
	}
	if n > in.row.Head {
		return nil, fmt.Errorf("load step %d: %w", n, run.ErrNotFound)
	}
	first := n
	for !in.steps[first-1].Full() {
		if first == 1 || in.steps[first-1].Base != in.steps[first-2].Rev {
			return nil, fmt.Errorf("load step %d: %w", n, run.ErrBroken)
		}
		first--
	}
	out := &run.Stored{Session: copyRow(in.row)}
	for _, st := range in.steps[first-1 : n] {
		st = copyStep(st)
		if st.N != n {
			st.Input = nil
		}
		out.Chain = append(out.Chain, st)
	}
	for _, k := range in.keys {
		out.Keys = append(out.Keys, copyKey(k))
	}
	return out, nil
}

// History implements run.Store. For a session that is not there it returns ErrNotFound.
func (s *Store) History(ctx context.Context, id string) ([]run.Step, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	in := s.sessions[id]
	if in == nil {
		return nil, fmt.Errorf("load history: %w", run.ErrNotFound)
	}
	var out []run.Step
	for _, st := range in.steps[:in.row.Head] {
		st = copyStep(st)
		st.State = nil
		out = append(out, st)
	}
	return out, nil
}

// Sizes implements run.Store. For a session that is not there it returns ErrNotFound.
func (s *Store) Sizes(ctx context.Context, id string) ([]run.StepSize, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	in := s.sessions[id]
	if in == nil {
		return nil, fmt.Errorf("measure session: %w", run.ErrNotFound)
	}
	var out []run.StepSize
	for _, st := range in.steps {
		out = append(out, run.StepSize{N: st.N, Rev: st.Rev, Kind: st.Kind, Full: st.Full(), Input: len(st.Input), State: len(st.State)})
	}
	return out, nil
}
