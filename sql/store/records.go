package store

import (
	"context"
	"fmt"
	"time"

	"colloquy/engine/run"
)

// recordRow is a record as the database gives it.
type recordRow struct {
	ID      int64
	Holder  string
	Shelf   string
	Name    string
	Rev     int64
	Session string
	Lock    string
	Closed  []byte
	Body    []byte
	At      stamp
	Expires stamp
}

func (r recordRow) record() run.Record {
	return run.Record{ID: r.ID, RecordName: run.RecordName{Holder: r.Holder, Shelf: r.Shelf, Name: r.Name}, Rev: r.Rev,
		Session: r.Session, Lock: r.Lock, Closed: r.Closed, Body: r.Body, At: r.At.time(), Expires: r.Expires.time()}
}

// Record implements run.RecordStore.
func (s *Store) Record(ctx context.Context, n run.RecordName) (*run.Record, error) {
	list, err := s.records(ctx, s.q.FindRecord, n.Holder, n.Shelf, n.Name)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("find a record: %w", run.ErrNotFound)
	}
	return &list[0], nil
}

// Records implements run.RecordStore.
func (s *Store) Records(ctx context.Context, holder, shelf string) ([]run.Record, error) {
	return s.records(ctx, s.q.ListRecords, holder, shelf)
}

// HolderRecords implements run.RecordStore.
func (s *Store) HolderRecords(ctx context.Context, holder string) ([]run.Record, error) {
	return s.records(ctx, s.q.HolderRecords, holder)
}

func (s *Store) records(ctx context.Context, q query, args ...any) ([]run.Record, error) {
	var rows []recordRow
	if err := s.read.all(ctx, &rows, q, args...); err != nil {
		return nil, fmt.Errorf("read records: %w", ended(ctx, err))
	}
	list := make([]run.Record, len(rows))
	for i, r := range rows {
		list[i] = r.record()
	}
	return list, nil
}

// AddRecord implements run.RecordStore.
func (s *Store) AddRecord(ctx context.Context, r run.Record) (id int64, err error) {
	err = s.writes.write(ctx, func(ctx context.Context, t tx) error {
		if _, err := t.exec(ctx, s.q.PutRecord, r.Holder, r.Shelf, r.Name, r.Session, r.Lock, orNull(r.Closed), r.Body, stamp(r.At), stamp(r.Expires)); err != nil {
			return fmt.Errorf("add a record: %w", err)
		}
		var row recordRow
		if err := t.one(ctx, &row, s.q.FindRecord, r.Holder, r.Shelf, r.Name); err != nil {
			return fmt.Errorf("add a record: %w", err)
		}
		id = row.ID
		return nil
	})
	return id, err
}

// HandRecord implements run.RecordStore.
func (s *Store) HandRecord(ctx context.Context, r run.Record, holder string, closed []byte) (handed bool, err error) {
	err = s.writes.write(ctx, func(ctx context.Context, t tx) error {
		n, err := t.exec(ctx, s.q.HandRecord, r.ID, r.Rev, holder, orNull(closed))
		if err != nil {
			return fmt.Errorf("hand a record over: %w", err)
		}
		handed = n > 0
		return nil
	})
	return handed, err
}

// EraseRecords implements run.RecordStore.
func (s *Store) EraseRecords(ctx context.Context, holder string) error {
	return s.do(ctx, "erase records", statement{s.q.DeleteHolderRecords, []any{holder}})
}

// ChangeRecords implements run.RecordStore.
func (s *Store) ChangeRecords(ctx context.Context, list []run.RecordChange) error {
	return s.writes.write(ctx, func(ctx context.Context, t tx) error { return s.changeRecords(ctx, t, list) })
}

func (s *Store) changeRecords(ctx context.Context, t tx, list []run.RecordChange) error {
	for _, c := range list {
		n, err := s.changeRecord(ctx, t, c)
		if err != nil {
			return fmt.Errorf("change a record: %w", err)
		}
		if n == 0 && c.ID == 0 {
			return fmt.Errorf("change a record: %w", run.ErrStale)
		}
	}
	return nil
}

func (s *Store) changeRecord(ctx context.Context, t tx, c run.RecordChange) (int64, error) {
	switch {
	case c.ID != 0 && c.Gone:
		return t.exec(ctx, s.q.DropNumberedRecord, c.Holder, c.Shelf, c.ID)
	case c.ID != 0:
		return t.exec(ctx, s.q.FillRecord, c.ID, c.Shelf, c.Name, c.Lock, orNull(c.Closed), c.Body, stamp(c.At))
	case c.Gone && c.Rev == 0:
		return 1, nil // nothing was there; if something is by now, it came later
	case c.Gone:
		return t.exec(ctx, s.q.DropRecord, c.Holder, c.Shelf, c.Name, c.Rev)
	}
	args := []any{c.Holder, c.Shelf, c.Name, c.Session, c.Lock, orNull(c.Closed), c.Body, stamp(c.At), stamp(c.Expires)}
	if c.Rev > 0 {
		return t.exec(ctx, s.q.SetRecord, append(args, c.Rev)...)
	}
	return t.exec(ctx, s.q.PutRecord, args...)
}

// PutSnapshot implements run.RecordStore.
func (s *Store) PutSnapshot(ctx context.Context, n run.Snapshot) error {
	return s.do(ctx, "keep a snapshot", statement{s.q.PutSnapshot,
		[]any{n.Interview, n.Session, n.Key, n.JSON, stamp(n.At), flag(n.Persistent)}})
}

// eraseRecords erases what is kept for a session that is erased.
func (s *Store) eraseRecords(ctx context.Context, t tx, session string) error {
	for _, q := range []query{s.q.DeleteSessionRecords, s.q.DeleteSessionSnapshots} {
		if _, err := t.exec(ctx, q, session); err != nil {
			return fmt.Errorf("erase what was kept for a session: %w", err)
		}
	}
	return nil
}

// expireRecords erases what has expired, and what was kept for sessions that
// came to nothing before a day.
func (s *Store) expireRecords(ctx context.Context, t tx, now time.Time) error {
	if _, err := t.exec(ctx, s.q.ExpireRecords, stamp(now)); err != nil {
		return fmt.Errorf("erase what has expired: %w", err)
	}
	before := now.AddDate(0, 0, -1)
	for _, q := range []query{s.q.ExpireOrphanRecords, s.q.ExpireOrphanSnapshots} {
		if _, err := t.exec(ctx, q, stamp(before)); err != nil {
			return fmt.Errorf("erase what was kept for no session: %w", err)
		}
	}
	return nil
}
