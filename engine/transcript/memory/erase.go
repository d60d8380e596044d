package memory

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"colloquy/engine/run"
)

// pageLength is how many sessions a page has unless told otherwise.
const pageLength = 100

// Sessions implements run.Store.
func (s *Store) Sessions(ctx context.Context, h run.Holder, p run.Page) ([]run.Listed, error) {
	return s.list(ctx, p, func(in *session) (run.Key, bool) {
		i := in.key(h)
		if i < 0 || p.Interview != "" && in.row.Interview != p.Interview {
			return run.Key{}, false
		}
		return copyKey(in.keys[i]), true
	})
}

// AllSessions implements run.Store.
func (s *Store) AllSessions(ctx context.Context, h run.Holder, p run.Page) ([]run.Listed, error) {
	return s.list(ctx, run.Page{After: p.After, Limit: p.Limit}, func(in *session) (run.Key, bool) {
		if i := in.key(h); i >= 0 {
			return copyKey(in.keys[i]), true
		}
		return run.Key{}, true
	})
}

// list gives a page of the sessions that are wanted, each with a key.
func (s *Store) list(ctx context.Context, p run.Page, wanted func(*session) (run.Key, bool)) ([]run.Listed, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	order := older
	if p.Newest {
		order = func(a, b run.Session) int { return older(b, a) }
	}
	var out []run.Listed
	for _, in := range s.sessions {
		if p.After != nil && order(in.row, *p.After) <= 0 {
			continue
		}
		key, ok := wanted(in)
		if !ok {
			continue
		}
		l := run.Listed{Session: copyRow(in.row), Key: key}
		if i := in.key(run.Holder{Kind: run.HolderRing, ID: "shared"}); i >= 0 {
			l.Shared = bytes.Clone(in.keys[i].Wrapped)
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b run.Listed) int { return order(a.Session, b.Session) })
	return out[:min(len(out), cmp.Or(max(p.Limit, 0), pageLength))], nil
}

// Latest implements run.Store.
func (s *Store) Latest(ctx context.Context, h run.Holder, interview string) (string, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return "", err
	}
	defer end()
	var last *session
	for _, in := range s.sessions {
		if i := in.key(h); in.row.Interview != interview || i < 0 || in.keys[i].Via == run.ByLink {
			continue
		}
		if last == nil || cmp.Or(in.row.Active.Compare(last.row.Active), cmp.Compare(in.row.ID, last.row.ID)) > 0 {
			last = in
		}
	}
	if last == nil {
		return "", nil
	}
	return last.row.ID, nil
}

func older(a, b run.Session) int {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
}

// Delete implements run.Store.
func (s *Store) Delete(ctx context.Context, id string, p run.Pending) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if s.sessions[id] == nil {
		return fmt.Errorf("delete session: %w", run.ErrNotFound)
	}
	s.erase(id, p)
	return nil
}

// DropKey implements run.Store.
func (s *Store) DropKey(ctx context.Context, id string, h run.Holder, p run.Pending) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	in := s.sessions[id]
	if in == nil || !in.dropKey(h) {
		return fmt.Errorf("drop key: %w", run.ErrNotFound)
	}
	in.row.Rev++
	if h.Kind == run.HolderAccount && in.row.Owner == h.ID {
		in.row.Owner = ""
	}
	if h.Kind == run.HolderRing {
		return nil // a grant came to its end; nobody left
	}
	if !slices.ContainsFunc(in.keys, func(k run.Key) bool { return k.Kind != run.HolderRing }) {
		s.erase(id, p)
	}
	return nil
}

// erase takes a session away with all that hangs on it.
func (s *Store) erase(id string, p run.Pending) {
	delete(s.sessions, id)
	s.openings = slices.DeleteFunc(s.openings, func(o run.Opening) bool { return o.Session == id })
	s.leftovers[id] = 0
	s.eraseRecords(id)
	maps.DeleteFunc(s.tasks, func(_ string, t *task) bool { return t.Session == id })
	for token, r := range s.results {
		if r.Session == id {
			delete(s.results, token)
		}
	}
	for key, e := range s.effects {
		if e.Session == id && (p == run.DropPending || e.State == run.EffectDelivered) {
			delete(s.effects, key)
		}
	}
}

// Expire implements run.Store.
func (s *Store) Expire(ctx context.Context, now time.Time, limit int) (run.Erased, error) {
	var out run.Erased
	end, err := s.begin(ctx)
	if err != nil {
		return out, err
	}
	defer end()
	var gone []run.Session
	for _, in := range s.sessions {
		if over(in.row.Expires, now) {
			gone = append(gone, in.row)
		}
	}
	slices.SortFunc(gone, func(a, b run.Session) int {
		return cmp.Or(a.Expires.Compare(b.Expires), cmp.Compare(a.ID, b.ID))
	})
	for _, row := range gone[:min(len(gone), limit)] {
		s.erase(row.ID, run.DropPending)
		out.Sessions++
	}
	maps.DeleteFunc(s.records, func(_ int64, r *run.Record) bool { return over(r.Expires, now) })
	for key, e := range s.effects {
		if !settled(e) || e.NextAt.After(stamp(now.Add(-run.KeptFor))) {
			continue
		}
		if e.Body, e.Note = nil, nil; s.sessions[e.Session] == nil {
			delete(s.effects, key)
		}
	}
	for _, in := range s.sessions {
		kept := len(in.keys)
		in.keys = slices.DeleteFunc(in.keys, func(k run.Key) bool { return over(k.Expires, now) })
		out.Keys += int64(kept - len(in.keys))
		for id, expires := range in.used {
			if over(expires, now) {
				delete(in.used, id)
				out.Tokens++
			}
		}
	}
	for token, r := range s.results {
		if over(r.Expires, now) {
			delete(s.results, token)
			out.Results++
		}
	}
	for id, p := range s.parcels {
		if over(p.Expires, now) {
			delete(s.parcels, id)
			out.Parcels++
		}
	}
	for id, t := range s.tasks {
		if over(t.expires, now) {
			delete(s.tasks, id)
			out.Tasks++
		}
	}
	return out, nil
}

// over reports whether a time has come; the zero time never does.
func over(at, now time.Time) bool { return !at.IsZero() && !at.After(stamp(now)) }

// stamp is a time as stores keep it: UTC, to the microsecond.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

func (in *session) key(h run.Holder) int {
	return slices.IndexFunc(in.keys, func(k run.Key) bool { return k.Holder == h })
}

func (in *session) dropKey(h run.Holder) bool {
	i := in.key(h)
	if i >= 0 {
		in.keys = slices.Delete(in.keys, i, i+1)
	}
	return i >= 0
}

// putKeys adds keys, or replaces those of the same holder.
func (in *session) putKeys(keys []run.Key) {
	for _, k := range keys {
		if i := in.key(k.Holder); i >= 0 {
			in.keys[i] = copyKey(k)
			continue
		}
		in.keys = append(in.keys, copyKey(k))
	}
	slices.SortFunc(in.keys, func(a, b run.Key) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
}

func copyRow(r run.Session) run.Session {
	r.Card = bytes.Clone(r.Card)
	r.Created, r.Active, r.Expires = stamp(r.Created), stamp(r.Active), stamp(r.Expires)
	return r
}

func copyStep(st run.Step) run.Step {
	st.At, st.Input, st.State = stamp(st.At), bytes.Clone(st.Input), bytes.Clone(st.State)
	return st
}

func copyKey(k run.Key) run.Key {
	k.Wrapped, k.Expires = bytes.Clone(k.Wrapped), stamp(k.Expires)
	return k
}

func copyResult(r run.Result) run.Result {
	r.Body, r.Expires = bytes.Clone(r.Body), stamp(r.Expires)
	return r
}
