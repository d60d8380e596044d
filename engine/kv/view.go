package kv

import (
	"context"
	"encoding/binary"
	"errors"
	"time"
)

// The kinds of what a key holds, by Redis's names.
const (
	kindText = "string"
	kindList = "list"
	kindHash = "hash"
	kindSet  = "set"
	kindZSet = "zset"
)

// kinds are in the order of their numbers in stored bytes.
var kinds = []string{kindText, kindList, kindHash, kindSet, kindZSet}

// An entry is what a key holds: one text, the items of a list, the members of a
// set, or fields and values of a hash, members and scores of a sorted set in turn.
type entry struct {
	kind    string
	items   []string
	expires time.Time
}

// text is a text's own.
func (e *entry) text() string {
	if e == nil {
		return ""
	}
	return e.items[0]
}

// all is nil for nothing.
func (e *entry) all() []string {
	if e == nil {
		return nil
	}
	return e.items
}

// find gives the place of an item among those that are step apart, or -1.
func (e *entry) find(item string, step int) int {
	for i := 0; i < len(e.all()); i += step {
		if e.items[i] == item {
			return i
		}
	}
	return -1
}

// step is how many items belong together.
func (e *entry) step() int {
	if e.kind == kindHash || e.kind == kindZSet {
		return 2
	}
	return 1
}

// A view is what one command sees and changes.
type view struct {
	ctx   context.Context
	space *Space
	now   time.Time
	slots map[string]*slot
}

type slot struct {
	row     Row
	entry   *entry // nil: nothing is there
	changed bool
}

var errBroken = errors.New("what is kept under a key cannot be read")

func (v *view) slot(key string) (*slot, error) {
	if s := v.slots[key]; s != nil {
		return s, nil
	}
	row, err := v.space.Rows.Load(v.ctx, key)
	if err != nil {
		return nil, err
	}
	return v.take(key, row)
}

// take makes a slot of a row. What has expired is not there.
func (v *view) take(key string, row Row) (*slot, error) {
	s := &slot{row: row}
	if row.Rev != 0 && (row.Expires.IsZero() || row.Expires.After(v.now)) {
		e, err := decode(row.Body)
		if err != nil {
			return nil, err
		}
		e.expires = row.Expires
		s.entry = e
	}
	s.row.Key = key
	v.slots[key] = s
	return s, nil
}

// any gives what is under a key, whatever it is, or nil.
func (v *view) any(key string) (*entry, error) {
	s, err := v.slot(key)
	if err != nil {
		return nil, err
	}
	return s.entry, nil
}

// get gives what is under a key, or nil; it must be of a kind.
func (v *view) get(key, kind string) (*entry, error) {
	e, err := v.any(key)
	if err == nil && e != nil && e.kind != kind {
		return nil, errorf("WRONGTYPE Operation against a key holding the wrong kind of value")
	}
	return e, err
}

// make is get, and puts an empty one there if there is none.
func (v *view) make(key, kind string) (*entry, error) {
	e, err := v.get(key, kind)
	if err != nil || e != nil {
		return e, err
	}
	e = &entry{kind: kind}
	v.slots[key].entry = e
	return e, nil
}

// put says that what is under a key was changed, or is this now. What is empty
// and no text is gone.
func (v *view) put(key string, e *entry) error {
	s, err := v.slot(key)
	if err != nil {
		return err
	}
	if e != nil && len(e.items) == 0 {
		e = nil
	}
	s.entry, s.changed = e, true
	return nil
}

// store writes what was changed.
func (v *view) store() error {
	var rows []Row
	for _, s := range v.slots {
		if !s.changed || s.entry == nil && s.row.Rev == 0 {
			continue
		}
		s.row.Body, s.row.Expires = nil, time.Time{}
		if s.entry != nil {
			body, err := s.entry.encode()
			if err != nil {
				return err
			}
			s.row.Body, s.row.Expires = body, s.entry.expires
		}
		rows = append(rows, s.row)
	}
	if len(rows) == 0 {
		return nil
	}
	return v.space.Rows.Change(v.ctx, rows)
}

// version is the first byte of what is stored.
const version = 1

func (e *entry) encode() ([]byte, error) {
	size := 2
	for _, item := range e.items {
		size += len(item) + binary.MaxVarintLen32
	}
	if size > mostBytes {
		return nil, errorf("ERR a key may hold %d MiB here; keep less, or configure a Redis server", mostBytes>>20)
	}
	b := append(make([]byte, 0, size), version)
	for i, k := range kinds {
		if k == e.kind {
			b = append(b, byte(i))
		}
	}
	for _, item := range e.items {
		b = append(binary.AppendUvarint(b, uint64(len(item))), item...)
	}
	return b, nil
}

func decode(b []byte) (*entry, error) {
	if len(b) < 2 || b[0] != version || int(b[1]) >= len(kinds) {
		return nil, errBroken
	}
	e := &entry{kind: kinds[b[1]]}
	for b = b[2:]; len(b) > 0; {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return nil, errBroken
		}
		e.items = append(e.items, string(b[size:size+int(n)]))
		b = b[size+int(n):]
	}
	if len(e.items) == 0 || len(e.items)%e.step() != 0 || e.kind == kindText && len(e.items) != 1 {
		return nil, errBroken
	}
	return e, nil
}
