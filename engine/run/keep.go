package run

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/seal"
	"colloquy/engine/session"
)

// keeping keeps values outside of the answers, for the code of one step
// (docassemble's DAStore, DAGlobal, write_record() and kin).
//
// What is set in a step is written in the transaction that saves it, and only
// if nobody else wrote the same meanwhile: else the step is run again on what
// is there then. So no two steps count the same thing once.
type keeping struct{ s *step }

// Keeping gives the evaluation what keeps values outside of the answers.
func (w *world) Keeping() evaluation.Keeping { return keeping{w.s} }

// A kept is a record as a step sees it.
type kept struct {
	spot   evaluation.Spot
	place  RecordName
	key    string
	row    *Record // as it is stored; nil: nothing is
	value  []byte  // encoded, if opened or set; nil: nothing is there
	opened bool
	shared *python.Dict // that is written as it is at the end of the step
	dirty  bool
}

// valueTime is the time in the bytes of values, so that the same value has the
// same bytes.
var valueTime = time.Unix(0, 0).UTC()

func hashed(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// holder says whose records those of a base are.
func (k keeping) holder(base string) (string, error) {
	s := k.s
	switch base {
	case "user":
		switch q := s.q; {
		case q.Account.ID != "":
			return AccountRecords(q.Account.ID), nil
		case q.Visitor.LoggedIn():
			return AccountRecords(fmt.Sprint(q.Visitor.UserID)), nil
		case q.Secret.Valid():
			return BrowserRecords(q.Secret.ID()), nil
		}
		return "", python.Errorf(objects.DAError, "nothing can be kept for the user here: a background action does not know who has no account")
	case "session":
		return "session:" + s.stored.Session.ID, nil
	case "interview":
		return "interview:" + s.iv.Name, nil
	case "global":
		return "server", nil
	}
	return "other:" + hashed(base), nil
}

// at finds what is kept under a key, which may be nothing.
func (k keeping) at(spot evaluation.Spot, key string) (*kept, error) {
	holder, err := k.holder(spot.Base)
	if err != nil {
		return nil, err
	}
	place := RecordName{Holder: holder, Shelf: string(spot.Shelf), Name: hashed(key)}
	if c := k.s.drawer[place]; c != nil {
		c.spot = spot
		return c, nil
	}
	row, err := k.s.r.store.Record(k.s.ctx, place)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("read what is kept: %w", err)
	}
	c := &kept{spot: spot, place: place, key: key, row: row}
	c.opened = k.lost(row)
	if k.s.drawer == nil {
		k.s.drawer = map[RecordName]*kept{}
	}
	k.s.drawer[place] = c
	return c, nil
}

// lost reports whether nobody opens a record any more: it is the account's own,
// and the account has another key than it had, since its password was lost.
// Then it is as if nothing was there.
func (k keeping) lost(row *Record) bool {
	q := k.s.q
	if row == nil || row.Lock != LockOwn || !q.Account.Key.Valid() || row.Holder != AccountRecords(q.Account.ID) {
		return false
	}
	_, _, err := k.s.openRecord(row)
	return errors.Is(err, errUndecryptable)
}

// lock says who is to open what is kept at a spot.
func lock(spot evaluation.Spot) string {
	switch {
	case !spot.Encrypted:
		return LockRing
	case spot.Base == "session":
		return LockSession
	}
	return LockOwn
}

// purposeRecord is what the ring closes keys of records for.
const purposeRecord = "record"

// closedAt names the place of a record, as its closed key belongs to it.
func closedAt(n RecordName) string { return n.Holder + "/" + n.Shelf + "/" + n.Name }

// wrapper closes the keys of records for whoever a lock says.
func (s *step) closer(lock string) (seal.Holder, error) {
	if lock == LockRing {
		return s.r.ring.Holder(purposeRecord), nil
	}
	for _, w := range s.q.Keys().wrappers() {
		return w.by, nil
	}
	return nil, python.Errorf(objects.DAError, "what is encrypted for the user cannot be written here: a background action holds no secret of the user; use encrypted=False, or write it on a page")
}

func recordBody(lock string) seal.Associated { return seal.Associated{Kind: lock, Purpose: "record"} }

// sealRecord seals a value that is known by a key.
func (s *step) sealRecord(r *Record, key string, value []byte) error {
	plain := append(binary.AppendUvarint(nil, uint64(len(key))), key...)
	plain = append(plain, value...)
	r.At = s.now
	if r.Lock == LockSession {
		r.Body = s.box.Seal(plain, seal.Associated{Session: r.Session, Kind: r.Lock, Purpose: closedAt(r.RecordName)})
		return nil
	}
	by, err := s.closer(r.Lock)
	if err != nil {
		return err
	}
	d, err := seal.NewDataKey(s.r.random)
	if err != nil {
		return fmt.Errorf("make a key for what is kept: %w", err)
	}
	r.Closed = by.Wrap(d, closedAt(r.RecordName))
	r.Body = d.Box("record").Seal(plain, recordBody(r.Lock))
	return nil
}

// errUndecryptable says that what is kept can be opened by others only.
var errUndecryptable = errors.New("closed for somebody else")

// openRecord opens what sealRecord sealed.
func (s *step) openRecord(r *Record) (key string, value []byte, err error) {
	var plain []byte
	if r.Lock == LockSession {
		if r.Session != s.stored.Session.ID {
			return "", nil, errUndecryptable
		}
		plain, err = s.box.Open(r.Body, seal.Associated{Session: r.Session, Kind: r.Lock, Purpose: closedAt(r.RecordName)})
	} else {
		plain, err = s.openClosed(r)
	}
	if err != nil {
		return "", nil, err
	}
	n, size := binary.Uvarint(plain)
	if size <= 0 || uint64(len(plain)-size) < n {
		return "", nil, seal.ErrTampered
	}
	return string(plain[size : size+int(n)]), plain[size+int(n):], nil
}

func (s *step) openClosed(r *Record) ([]byte, error) {
	var holders []seal.Holder
	if r.Lock == LockRing {
		holders = append(holders, s.r.ring.Holder(purposeRecord))
	} else {
		for _, w := range s.q.Keys().wrappers() {
			holders = append(holders, w.by)
		}
	}
	for _, h := range holders {
		d, err := h.Unwrap(r.Closed, closedAt(r.RecordName))
		if errors.Is(err, seal.ErrWrongKey) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return d.Box("record").Open(r.Body, recordBody(r.Lock))
	}
	return nil, errUndecryptable
}

// open opens what is stored, once.
func (k keeping) open(c *kept) error {
	if c.opened || c.row == nil {
		return nil
	}
	_, value, err := k.s.openRecord(c.row)
	if err != nil {
		return unopened(err)
	}
	c.value, c.opened = value, true
	return nil
}

func unopened(err error) error {
	if errors.Is(err, errUndecryptable) || errors.Is(err, seal.ErrWrongKey) {
		return python.Errorf(objects.DAError, "Unable to decrypt stored object")
	}
	return python.Errorf(objects.DAError, "Unable to unpack stored object")
}

// Get returns a copy of what is kept.
func (k keeping) Get(th *python.Thread, spot evaluation.Spot, key string) (python.Value, bool, error) {
	c, err := k.at(spot, key)
	if err != nil {
		return nil, false, err
	}
	if err := k.open(c); err != nil || c.value == nil {
		return nil, false, err
	}
	v, err := session.DecodeValue(th, k.s.r.programs, c.value)
	if err != nil {
		return nil, false, unopened(err)
	}
	return v, true, nil
}

// Set keeps a copy of a value.
func (k keeping) Set(spot evaluation.Spot, key string, v python.Value) error {
	if err := k.mayWrite(); err != nil {
		return err
	}
	c, err := k.at(spot, key)
	if err != nil {
		return err
	}
	if _, err := k.s.closerFor(spot); err != nil {
		return err
	}
	value, err := encodeKept(v)
	if err != nil {
		return err
	}
	c.value, c.opened, c.dirty = value, true, true
	return nil
}

// closerFor says beforehand whether something can be written.
func (s *step) closerFor(spot evaluation.Spot) (seal.Holder, error) {
	if l := lock(spot); l != LockSession {
		return s.closer(l)
	}
	return nil, nil
}

func encodeKept(v python.Value) ([]byte, error) {
	b, err := session.EncodeValue(v, valueTime)
	var bad *session.UnstorableError
	if errors.As(err, &bad) {
		return nil, python.Errorf(python.TypeError, "what is kept cannot hold a %s", bad.Type)
	}
	return b, err
}

func (k keeping) mayWrite() error {
	if k.s.q.Scratch || k.s.solver != nil && k.s.solver.Request().Readonly {
		return fmt.Errorf("keep a value: %w", evaluation.ErrReadonly)
	}
	return nil
}

// Delete forgets what is kept.
func (k keeping) Delete(spot evaluation.Spot, key string) error {
	if err := k.mayWrite(); err != nil {
		return err
	}
	c, err := k.at(spot, key)
	if err != nil {
		return err
	}
	c.value, c.opened, c.dirty, c.shared = nil, true, true, nil
	return nil
}

// Has reports whether something is kept, opened or not.
func (k keeping) Has(spot evaluation.Spot, key string) (bool, error) {
	c, err := k.at(spot, key)
	if err != nil {
		return false, err
	}
	if c.shared != nil {
		return c.shared.Len() > 0 || c.value != nil, nil
	}
	if c.opened {
		return c.value != nil, nil
	}
	return c.row != nil, nil
}

// Keys lists what is kept, in order; what only others can open is left out.
func (k keeping) Keys(spot evaluation.Spot) ([]string, error) {
	holder, err := k.holder(spot.Base)
	if err != nil {
		return nil, err
	}
	rows, err := k.s.r.store.Records(k.s.ctx, holder, string(spot.Shelf))
	if err != nil {
		return nil, fmt.Errorf("list what is kept: %w", err)
	}
	var keys []string
	for i := range rows {
		if c := k.s.drawer[rows[i].RecordName]; c != nil && (c.dirty || c.shared != nil) {
			continue
		}
		key, _, err := k.s.openRecord(&rows[i])
		if err == nil {
			keys = append(keys, key)
		}
	}
	for place, c := range k.s.drawer {
		set := c.dirty && c.value != nil || c.shared != nil && (c.shared.Len() > 0 || c.value != nil)
		if place.Holder == holder && place.Shelf == string(spot.Shelf) && set {
			keys = append(keys, c.key)
		}
	}
	slices.Sort(keys)
	return keys, nil
}

// Shared gives a dictionary that is kept as it is at the end of the step.
func (k keeping) Shared(th *python.Thread, spot evaluation.Spot, key string) (*python.Dict, error) {
	c, err := k.at(spot, key)
	if err != nil || c.shared != nil {
		return c.sharedOf(), err
	}
	if err := k.open(c); err != nil {
		return nil, err
	}
	c.shared = python.NewDict()
	if c.value == nil {
		return c.shared, nil
	}
	v, err := session.DecodeValue(th, k.s.r.programs, c.value)
	if err != nil {
		c.shared = nil
		return nil, unopened(err)
	}
	if d, ok := v.(*python.Dict); ok {
		c.shared = d
	}
	return c.shared, nil
}

func (c *kept) sharedOf() *python.Dict {
	if c == nil {
		return nil
	}
	return c.shared
}

// records gives what the step changes of what is kept.
func (s *step) records() ([]RecordChange, error) {
	var list []RecordChange
	for _, c := range s.drawer {
		if err := c.settle(); err != nil {
			return nil, s.failure(err)
		}
		if !c.dirty {
			continue
		}
		change := RecordChange{Record: Record{RecordName: c.place, Lock: lock(c.spot)}, Gone: c.value == nil}
		if c.row != nil {
			change.Rev = c.row.Rev
		}
		if c.spot.Base == "session" {
			change.Session = s.stored.Session.ID
		}
		if !change.Gone {
			if err := s.sealRecord(&change.Record, c.key, c.value); err != nil {
				return nil, s.failure(err)
			}
		}
		list = append(list, change)
	}
	sortChanges(list)
	s.drawer = nil
	more, err := s.written()
	return append(list, more...), err
}

// sortChanges has all writers take records in the same order, so that nobody
// waits for somebody who waits for him.
func sortChanges(list []RecordChange) {
	slices.SortFunc(list, func(a, b RecordChange) int {
		return strings.Compare(closedAt(a.RecordName), closedAt(b.RecordName))
	})
}

// settle takes up what became of a shared dictionary.
func (c *kept) settle() error {
	if c.shared == nil || c.shared.Len() == 0 && c.value == nil {
		return nil
	}
	value, err := encodeKept(c.shared)
	if err != nil {
		return err
	}
	if string(value) != string(c.value) {
		c.value, c.dirty = value, true
	}
	return nil
}

// keepRecords writes what is kept for a step that leaves nothing else.
func (s *step) keepRecords() error {
	list, err := s.records()
	if err != nil || len(list) == 0 {
		return err
	}
	if err := s.r.store.ChangeRecords(s.ctx, list); err != nil {
		return fmt.Errorf("keep values: %w", err)
	}
	return nil
}

// A writing is a record that a step writes, or erases if value is nil.
type writing struct {
	id    int64
	key   string
	value []byte
}

// recordShelf is where the records of a key lie.
func recordShelf(key string) string { return "record:" + hashed(key) }

// AddRecord has the step write a record. Its number is reserved at once; a step
// that is not saved leaves an empty place, which goes with the session.
func (k keeping) AddRecord(key string, v python.Value) (int64, error) {
	if err := k.mayWrite(); err != nil {
		return 0, err
	}
	s := k.s
	value, err := encodeKept(v)
	if err != nil {
		return 0, err
	}
	name, err := seal.Name(s.r.random, idLength)
	if err != nil {
		return 0, fmt.Errorf("number a record: %w", err)
	}
	id, err := s.r.store.AddRecord(s.ctx, Record{RecordName: RecordName{Holder: "server", Shelf: "reserved", Name: name},
		Session: s.stored.Session.ID, Lock: LockSession, Body: []byte{}, At: s.now})
	if err != nil {
		return 0, err
	}
	s.writings = append(s.writings, writing{id, key, value})
	return id, nil
}

// Records reads the records of a key, as they are after this step.
func (k keeping) Records(th *python.Thread, key string) ([]evaluation.Written, error) {
	rows, err := k.s.r.store.Records(k.s.ctx, "server", recordShelf(key))
	if err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	var all []writing
	for i := range rows {
		_, value, err := k.s.openRecord(&rows[i])
		if err != nil {
			return nil, unopened(err)
		}
		all = append(all, writing{rows[i].ID, key, value})
	}
	for _, w := range k.s.writings {
		if w.key != key {
			continue
		}
		if w.value != nil {
			all = append(all, w)
			continue
		}
		all = slices.DeleteFunc(all, func(o writing) bool { return o.id == w.id })
	}
	slices.SortFunc(all, func(a, b writing) int { return cmp.Compare(a.id, b.id) })
	out := make([]evaluation.Written, len(all))
	for i, w := range all {
		v, err := session.DecodeValue(th, k.s.r.programs, w.value)
		if err != nil {
			return nil, unopened(err)
		}
		out[i] = evaluation.Written{ID: w.id, Value: v}
	}
	return out, nil
}

// DropRecord has the step erase a record.
func (k keeping) DropRecord(key string, id int64) error {
	if err := k.mayWrite(); err != nil {
		return err
	}
	k.s.writings = append(k.s.writings, writing{id: id, key: key})
	return nil
}

// written gives the records that the step writes and erases.
func (s *step) written() ([]RecordChange, error) {
	var list []RecordChange
	for _, w := range s.writings {
		c := RecordChange{Record: Record{ID: w.id, RecordName: RecordName{Holder: "server", Shelf: recordShelf(w.key), Name: fmt.Sprint(w.id)},
			Lock: LockRing}, Gone: w.value == nil}
		if !c.Gone {
			if err := s.sealRecord(&c.Record, w.key, w.value); err != nil {
				return nil, err
			}
		}
		list = append(list, c)
	}
	s.writings = nil
	return list, nil
}

// Snapshot gives out JSON about the session.
func (k keeping) Snapshot(key, json string, persistent bool) error {
	if err := k.mayWrite(); err != nil {
		return err
	}
	return k.s.r.store.PutSnapshot(k.s.ctx, Snapshot{Interview: k.s.iv.Name, Session: k.s.stored.Session.ID, Key: key, JSON: json,
		At: k.s.now, Persistent: persistent})
}

// handOver makes what is kept for a browser an account's; what the account
// keeps itself under the same names stays as it is.
func (t *TakingOver) handOver(ctx context.Context, r *Runner) error {
	from, to := BrowserRecords(t.Keys.Browser.ID()), AccountRecords(t.Keys.Account.ID)
	rows, err := r.store.HolderRecords(ctx, from)
	if err != nil {
		return fmt.Errorf("find what is kept for a browser: %w", err)
	}
	for _, had := range rows {
		var old, anew seal.Holder = r.ring.Holder(purposeRecord), r.ring.Holder(purposeRecord)
		if had.Lock == LockOwn {
			old, anew = t.Keys.Browser, t.Keys.Account.Key
		}
		d, err := old.Unwrap(had.Closed, closedAt(had.RecordName))
		if err != nil {
			continue // nobody opens it any more
		}
		there := had.RecordName
		there.Holder = to
		if _, err := r.store.HandRecord(ctx, had, to, anew.Wrap(d, closedAt(there))); err != nil {
			return fmt.Errorf("hand over what is kept for a browser: %w", err)
		}
	}
	return r.store.EraseRecords(ctx, from)
}
