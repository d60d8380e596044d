package memory

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"colloquy/engine/run"
)

func copyRecord(r run.Record) run.Record {
	r.Closed, r.Body, r.At = bytes.Clone(r.Closed), bytes.Clone(r.Body), stamp(r.At)
	r.Expires = stamp(r.Expires)
	return r
}

// Record implements run.RecordStore.
func (s *Store) Record(ctx context.Context, n run.RecordName) (*run.Record, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	if r := s.record(n); r != nil {
		c := copyRecord(*r)
		return &c, nil
	}
	return nil, fmt.Errorf("find a record: %w", run.ErrNotFound)
}

func (s *Store) record(n run.RecordName) *run.Record {
	for _, r := range s.records {
		if r.RecordName == n {
			return r
		}
	}
	return nil
}

// Records implements run.RecordStore.
func (s *Store) Records(ctx context.Context, holder, shelf string) ([]run.Record, error) {
	return s.those(ctx, func(r *run.Record) bool { return r.Holder == holder && r.Shelf == shelf })
}

// HolderRecords implements run.RecordStore.
func (s *Store) HolderRecords(ctx context.Context, holder string) ([]run.Record, error) {
	return s.those(ctx, func(r *run.Record) bool { return r.Holder == holder })
}

func (s *Store) those(ctx context.Context, wanted func(*run.Record) bool) ([]run.Record, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var list []run.Record
	for _, r := range s.records {
		if wanted(r) {
			list = append(list, copyRecord(*r))
		}
	}
	slices.SortFunc(list, func(a, b run.Record) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// AddRecord implements run.RecordStore.
func (s *Store) AddRecord(ctx context.Context, r run.Record) (int64, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return 0, err
	}
	defer end()
	if old := s.record(r.RecordName); old != nil {
		return old.ID, nil
	}
	return s.addRecord(r), nil
}

func (s *Store) addRecord(r run.Record) int64 {
	s.numbered++
	r = copyRecord(r)
	r.ID, r.Rev = s.numbered, 1
	s.records[r.ID] = &r
	return r.ID
}

// ChangeRecords implements run.RecordStore.
func (s *Store) ChangeRecords(ctx context.Context, list []run.RecordChange) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	if err := s.fits(list); err != nil {
		return err
	}
	s.changeRecords(list)
	return nil
}

// fits reports with ErrStale whether one of the changes came too late.
func (s *Store) fits(list []run.RecordChange) error {
	for _, c := range list {
		if c.ID != 0 || c.Gone && c.Rev == 0 {
			continue
		}
		var rev int64
		if r := s.record(c.RecordName); r != nil {
			rev = r.Rev
		}
		if rev != c.Rev {
			return fmt.Errorf("change a record: %w", run.ErrStale)
		}
	}
	return nil
}

func (s *Store) changeRecords(list []run.RecordChange) {
	for _, c := range list {
		was := s.records[c.ID]
		if c.ID == 0 {
			was = s.record(c.RecordName)
		}
		switch {
		case c.ID != 0 && (was == nil || c.Gone && (was.Holder != c.Holder || was.Shelf != c.Shelf)):
		case c.Gone && was != nil:
			delete(s.records, was.ID)
		case c.Gone:
		case was == nil:
			s.addRecord(c.Record)
		default:
			r := copyRecord(c.Record)
			r.ID, r.Rev = was.ID, was.Rev+1
			*was = r
		}
	}
}

// HandRecord implements run.RecordStore.
func (s *Store) HandRecord(ctx context.Context, r run.Record, holder string, closed []byte) (bool, error) {
	end, err := s.begin(ctx)
	if err != nil {
		return false, err
	}
	defer end()
	there := r.RecordName
	there.Holder = holder
	was := s.records[r.ID]
	if was == nil || was.Rev != r.Rev || s.record(there) != nil {
		return false, nil
	}
	was.Holder, was.Closed = holder, bytes.Clone(closed)
	return true, nil
}

// EraseRecords implements run.RecordStore.
func (s *Store) EraseRecords(ctx context.Context, holder string) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	maps.DeleteFunc(s.records, func(_ int64, r *run.Record) bool { return r.Holder == holder })
	return nil
}

// PutSnapshot implements run.RecordStore.
func (s *Store) PutSnapshot(ctx context.Context, n run.Snapshot) error {
	end, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	n.At = stamp(n.At)
	s.snapshots[[3]string{n.Session, n.Interview, n.Key}] = n
	return nil
}

// eraseRecords erases what is kept for a session.
func (s *Store) eraseRecords(session string) {
	maps.DeleteFunc(s.records, func(_ int64, r *run.Record) bool { return r.Session == session })
	maps.DeleteFunc(s.snapshots, func(_ [3]string, n run.Snapshot) bool { return n.Session == session && !n.Persistent })
}

// Snapshots lists the snapshots of a session, in the order of their keys.
func (s *Store) Snapshots(session string) []run.Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []run.Snapshot
	for _, n := range s.snapshots {
		if n.Session == session {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b run.Snapshot) int { return cmp.Compare(a.Key, b.Key) })
	return list
}
