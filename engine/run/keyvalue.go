package run

import (
	"context"
	"errors"
	"fmt"

	"colloquy/engine/evaluation"
	"colloquy/engine/kv"
	"colloquy/engine/python"
	"colloquy/engine/seal"
	"colloquy/engine/session"
)

// shelfKeys is where the keys of DARedis lie among the records, if there is no
// Redis server.
const shelfKeys = "redis"

// keyValue runs the commands of DARedis for one step: on the Redis server that
// is configured, each interview behind a prefix of its own, or else on records
// of the database.
type keyValue struct{ s *step }

// KeyValue gives the evaluation what DARedis works on.
func (w *world) KeyValue() evaluation.KeyValue { return keyValue{w.s} }

// Do runs a command.
func (k keyValue) Do(th *python.Thread, base string, args ...string) (any, error) {
	c, err := kv.Find(args)
	if err != nil {
		return nil, err
	}
	if c.Writes() {
		if err := keeping(k).mayWrite(); err != nil {
			return nil, err
		}
	}
	holder := "interview:" + k.s.iv.Name
	if base == evaluation.KeysOfServer {
		holder = "server"
	}
	if server := k.s.r.keyValue; server != nil {
		scoped, strip := c.Within("colloquy:"+holder+":", args)
		reply, err := server.Do(th.Context(), scoped...)
		return strip(reply), err
	}
	space := kv.Space{Rows: keyRows{k.s, holder}, Now: k.s.r.clock.Now}
	return space.Do(th.Context(), args...)
}

// purposePacked is what the ring seals packed values for.
const purposePacked = "packed value"

func packedPlace() seal.Associated { return seal.Associated{Kind: "packed", Purpose: purposePacked} }

// Pack makes sealed bytes of a value.
func (k keyValue) Pack(v python.Value) (string, error) {
	b, err := encodeKept(v)
	if err != nil {
		return "", err
	}
	if k.s.r.keyValue == nil {
		return string(b), nil // it is sealed with all that is under its key
	}
	return string(k.s.r.ring.Seal(purposePacked, b, packedPlace())), nil
}

// Unpack reads what Pack wrote.
func (k keyValue) Unpack(th *python.Thread, packed string) (python.Value, bool) {
	b, err := []byte(packed), error(nil)
	if k.s.r.keyValue != nil {
		b, err = k.s.r.ring.Open(purposePacked, b, packedPlace())
	}
	if err == nil {
		var v python.Value
		if v, err = session.DecodeValue(th, k.s.r.programs, b); err == nil {
			return v, true
		}
	}
	k.s.r.log.Warn("get_data() found something that set_data() did not write", "interview", k.s.iv.Name, "error", err)
	return nil, false
}

// keyRows are keys as records of the database, sealed to the key ring. Names are
// hashes.
type keyRows struct {
	s      *step
	holder string
}

func (k keyRows) name(key string) RecordName {
	return RecordName{Holder: k.holder, Shelf: shelfKeys, Name: hashed(key)}
}

// Load implements kv.Rows.
func (k keyRows) Load(ctx context.Context, key string) (kv.Row, error) {
	r, err := k.s.r.store.Record(ctx, k.name(key))
	if errors.Is(err, ErrNotFound) {
		return kv.Row{Key: key}, nil
	}
	if err != nil {
		return kv.Row{}, fmt.Errorf("read a key: %w", err)
	}
	return k.open(r)
}

func (k keyRows) open(r *Record) (kv.Row, error) {
	key, body, err := k.s.openRecord(r)
	if err != nil {
		return kv.Row{}, fmt.Errorf("open a key: %w", err)
	}
	return kv.Row{Key: key, Rev: r.Rev, Body: body, Expires: r.Expires}, nil
}

// All implements kv.Rows.
func (k keyRows) All(ctx context.Context) ([]kv.Row, error) {
	list, err := k.s.r.store.Records(ctx, k.holder, shelfKeys)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	rows := make([]kv.Row, len(list))
	for i := range list {
		if rows[i], err = k.open(&list[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Change implements kv.Rows.
func (k keyRows) Change(ctx context.Context, rows []kv.Row) error {
	var list []RecordChange
	for _, row := range rows {
		c := RecordChange{Record: Record{RecordName: k.name(row.Key), Rev: row.Rev, Lock: LockRing, Expires: row.Expires}, Gone: row.Body == nil}
		if !c.Gone {
			if err := k.s.sealRecord(&c.Record, row.Key, row.Body); err != nil {
				return err
			}
		}
		list = append(list, c)
	}
	sortChanges(list)
	err := k.s.r.store.ChangeRecords(ctx, list)
	if errors.Is(err, ErrStale) {
		return kv.ErrStale
	}
	return err
}
