package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// Load implements run.Store.
func (s *Store) Load(ctx context.Context, session string) (*run.Stored, error) {
	return s.load(ctx, session, nil)
}

// LoadStep implements run.Store.
func (s *Store) LoadStep(ctx context.Context, session string, n int64) (*run.Stored, error) {
	return s.load(ctx, session, &n)
}

// load reads session and chain in one statement, so that they fit together
// whatever is written meanwhile.
func (s *Store) load(ctx context.Context, session string, n *int64) (*run.Stored, error) {
	var rows []struct {
		sessionRow
		stepRow
	}
	if err := s.read.all(ctx, &rows, s.q.LoadChain, session, n); err != nil {
		return nil, fmt.Errorf("load session: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, s.missing(ctx, session, n)
	}
	out := &run.Stored{Session: rows[len(rows)-1].session()}
	for i, r := range rows {
		if i > 0 && (r.stepRow.N != rows[i-1].N+1 || r.Base != rows[i-1].stepRow.Rev) {
			return nil, fmt.Errorf("load step %d: %w", r.N, run.ErrBroken)
		}
		out.Chain = append(out.Chain, r.step())
	}
	last := out.Last().N
	if n == nil && last != out.Session.Head || n != nil && last != *n {
		return nil, fmt.Errorf("load step %d, have %d: %w", out.Session.Head, last, run.ErrBroken)
	}
	var keys []keyRow
	if err := s.read.all(ctx, &keys, s.q.LoadKeys, session); err != nil {
		return nil, fmt.Errorf("load keys: %w", ended(ctx, err))
	}
	for _, k := range keys {
		out.Keys = append(out.Keys, k.key())
	}
	return out, nil
}

// missing tells a session or step that is not there from one that is damaged.
func (s *Store) missing(ctx context.Context, session string, n *int64) error {
	at, err := s.find(ctx, session)
	if err != nil {
		return err
	}
	if n != nil && (*n < 1 || *n > at.Head) {
		return fmt.Errorf("load step %d: %w", *n, run.ErrNotFound)
	}
	return fmt.Errorf("load session: no full copy: %w", run.ErrBroken)
}

type whereabouts struct{ Rev, Head int64 }

// find tells where a session stands, or run.ErrNotFound.
func (s *Store) find(ctx context.Context, session string) (whereabouts, error) {
	var at []whereabouts
	if err := s.read.all(ctx, &at, s.q.FindSession, session); err != nil {
		return whereabouts{}, fmt.Errorf("find session: %w", ended(ctx, err))
	}
	if len(at) == 0 {
		return whereabouts{}, fmt.Errorf("find session: %w", run.ErrNotFound)
	}
	return at[0], nil
}

// History implements run.Store. For a session that is not there it returns ErrNotFound.
func (s *Store) History(ctx context.Context, session string) ([]run.Step, error) {
	var rows []stepRow
	if err := s.read.all(ctx, &rows, s.q.History, session); err != nil {
		return nil, fmt.Errorf("load history: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("load history: %w", run.ErrNotFound)
	}
	var out []run.Step
	for _, r := range rows {
		out = append(out, r.step())
	}
	return out, nil
}

// Sizes implements run.Store. For a session that is not there it returns ErrNotFound.
func (s *Store) Sizes(ctx context.Context, session string) ([]run.StepSize, error) {
	var rows []struct {
		run.StepSize
		Full bool `db:"full_copy"`
	}
	if err := s.read.all(ctx, &rows, s.q.Sizes, session); err != nil {
		return nil, fmt.Errorf("measure session: %w", ended(ctx, err))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("measure session: %w", run.ErrNotFound)
	}
	var out []run.StepSize
	for _, r := range rows {
		r.StepSize.Full = r.Full
		out = append(out, r.StepSize)
	}
	return out, nil
}

// Latest implements run.Store.
func (s *Store) Latest(ctx context.Context, h run.Holder, interview string) (string, error) {
	var ids []string
	if err := s.read.all(ctx, &ids, s.q.LatestSession, h.Kind, h.ID, interview); err != nil {
		return "", fmt.Errorf("find the latest session: %w", ended(ctx, err))
	}
	if len(ids) == 0 {
		return "", nil
	}
	return ids[0], nil
}

// pageLength is how many sessions a page has unless told otherwise.
const pageLength = 100

// The ends of all lists: no session was begun before the one or after the other.
var (
	firstOfAll = stamp(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC))
	lastOfAll  = stamp(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
)

// from is where a page begins: behind a session, and when that was begun.
func from(p run.Page) (begun stamp, after string) {
	switch {
	case p.After != nil:
		return stamp(p.After.Created), p.After.ID
	case p.Newest:
		return lastOfAll, ""
	}
	return firstOfAll, ""
}

// listedRow is a session in a list.
type listedRow struct {
	sessionRow
	Wrapped    []byte
	KeyExpires stamp `db:"key_expires_at"`
	Shared     []byte
}

func (r *listedRow) listed(h run.Holder) run.Listed {
	l := run.Listed{Session: r.session(), Shared: r.Shared}
	if r.Wrapped != nil {
		l.Key = run.Key{Holder: h, Wrapped: r.Wrapped, Expires: r.KeyExpires.time()}
	}
	return l
}

// Sessions implements run.Store.
func (s *Store) Sessions(ctx context.Context, h run.Holder, p run.Page) ([]run.Listed, error) {
	begun, after := from(p)
	args := []any{h.Kind, h.ID, begun, after, cmp.Or(max(p.Limit, 0), pageLength)}
	q := s.q.ListSessions
	switch {
	case p.Interview != "" && p.Newest:
		q, args = s.q.ListNewestSessionsOf, append(args, p.Interview)
	case p.Interview != "":
		q, args = s.q.ListSessionsOf, append(args, p.Interview)
	case p.Newest:
		q = s.q.ListNewestSessions
	}
	var rows []listedRow
	if err := s.read.all(ctx, &rows, q, args...); err != nil {
		return nil, fmt.Errorf("list sessions: %w", ended(ctx, err))
	}
	out := make([]run.Listed, len(rows))
	for i := range rows {
		out[i] = rows[i].listed(h)
	}
	return out, nil
}

// AllSessions implements run.Store.
func (s *Store) AllSessions(ctx context.Context, h run.Holder, p run.Page) ([]run.Listed, error) {
	begun, after := from(run.Page{After: p.After})
	var rows []listedRow
	if err := s.read.all(ctx, &rows, s.q.ListAllSessions, begun, after, cmp.Or(max(p.Limit, 0), pageLength), h.Kind, h.ID); err != nil {
		return nil, fmt.Errorf("list all sessions: %w", ended(ctx, err))
	}
	out := make([]run.Listed, len(rows))
	for i := range rows {
		out[i] = rows[i].listed(h)
	}
	return out, nil
}
