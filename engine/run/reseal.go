package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/seal"
)

// The places in the database where bytes are sealed to the key ring.
const (
	PlaceKeys      = "keys"      // sessions' data keys, wrapped for the ring
	PlaceEffects   = "effects"   // bodies of effects that may still be delivered
	PlaceNotes     = "notes"     // what carriers noted about effects
	PlaceTasks     = "tasks"     // bodies of background actions that are not over
	PlaceParcels   = "parcels"   // temporary links, stashed data
	PlaceResults   = "results"   // responses kept for minutes
	PlacePasswords = "passwords" // account keys, closed by passwords and recovery codes
	PlaceFactors   = "factors"   // secrets of one-time passwords
	PlaceRecords   = "records"   // keys of what is kept outside of sessions
)

// Places lists them all.
var Places = []string{PlaceKeys, PlaceEffects, PlaceNotes, PlaceTasks, PlaceParcels, PlaceResults, PlacePasswords, PlaceFactors, PlaceRecords}

// Sealed is something sealed to the ring, and where it is.
type Sealed struct {
	At    [3]string // what tells its row from others, and what it is sealed with
	Bytes []byte
}

// Resealed is a Sealed and what comes into its place.
type Resealed struct {
	Sealed
	Again []byte
}

// A SealedCount counts what one key has sealed in one place.
type SealedCount struct {
	Place string
	Part  string // of wrapped keys: the purpose
	Head  []byte // the bytes with which all of it begins
	N     int64
}

// A RingKey is what is known of a key of the ring beside the key.
type RingKey struct {
	Since time.Time // when it was first seen in use
	Done  time.Time // when all that older keys had sealed was sealed again with it; zero: not yet
}

// A SealedStore finds what is sealed to the key ring, and puts the same in its
// place, sealed again. Methods may be called while others work.
type SealedStore interface {
	// Sealed lists at most limit values of a place, those after one in an order
	// that does not change; the zero Sealed asks for the first.
	Sealed(ctx context.Context, place string, after Sealed, limit int) ([]Sealed, error)

	// Reseal replaces those values that are still what they were, and counts them.
	Reseal(ctx context.Context, place string, all []Resealed) (int64, error)

	// CountSealed counts what is sealed, by place and key.
	CountSealed(ctx context.Context) ([]SealedCount, error)

	// NoteRingKey notes that a key is the active one; only the first time counts.
	NoteRingKey(ctx context.Context, id string, now time.Time) error

	// RingKeyDone notes that all was sealed again with a key.
	RingKeyDone(ctx context.Context, id string, now time.Time) error

	// ForgetRingKey forgets a key that is in the ring no more.
	ForgetRingKey(ctx context.Context, id string) error

	// RingKeys tells what was noted, by the keys' ids.
	RingKeys(ctx context.Context) (map[string]RingKey, error)
}

// A Resealer seals again with the active key of the ring what older keys have
// sealed. It may be stopped at any time: whoever does it again goes on.
type Resealer struct {
	Ring  *seal.Ring
	Store SealedStore
	// Batch is how many values are replaced in one transaction; 0 means 100.
	Batch int
	// Report is told after each batch how many values were looked at and how
	// many sealed again so far; may be nil.
	Report func(place string, seen, done int64)
}

// Resealing is what became of it.
type Resealing struct {
	Seen, Done int64            // values looked at, and sealed again
	Lost       map[string]int64 // by place: sealed with a key that is not in the ring
	Damaged    map[string]int64 // by place: sealed with one of ours, and not what was sealed
}

// purposes are what something in a place may be sealed for.
func purposes(place, part string) []string {
	switch place {
	case PlaceKeys:
		return []string{seal.HolderPurpose(part)}
	case PlaceEffects:
		return []string{"effect"}
	case PlaceNotes:
		return []string{"effect note"}
	case PlaceTasks:
		return []string{purposeTask}
	case PlaceParcels:
		return []string{purposeGoto, purposeStash, purposeLaunch}
	case PlaceResults:
		return []string{"result"}
	case PlacePasswords:
		return []string{"account lock"}
	case PlaceFactors:
		return []string{"second factor"}
	case PlaceRecords:
		return []string{seal.HolderPurpose(purposeRecord)}
	}
	return nil
}

// where something is that is sealed in a place.
func where(place string, at [3]string) seal.Associated {
	switch place {
	case PlaceKeys:
		return seal.WrappedPlace(at[0])
	case PlaceEffects, PlaceNotes:
		return effectPlace(at[0], at[1], at[2])
	case PlaceTasks:
		return taskPlace(at[1], at[0])
	case PlaceParcels:
		return parcelPlace(at[0])
	case PlaceResults:
		return resultPlace(at[1], at[0])
	case PlaceRecords:
		return seal.WrappedPlace(closedAt(RecordName{Holder: at[0], Shelf: at[1], Name: at[2]}))
	case PlacePasswords: // these two as engine/accounts seals them
		return seal.Associated{Session: at[0], Kind: at[1], Purpose: "account lock"}
	default:
		return seal.Associated{Session: at[0], Kind: "account", Purpose: "second factor"}
	}
}

// Needed counts by place and id of key what the keys of the ring have sealed;
// "" is the id of keys that are not in it.
func (r *Resealer) Needed(ctx context.Context) (map[string]map[string]int64, error) {
	counts, err := r.Store.CountSealed(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]map[string]int64{}
	for _, c := range counts {
		id, _, _ := r.Ring.Maker(c.Head, purposes(c.Place, c.Part)...)
		if out[id] == nil {
			out[id] = map[string]int64{}
		}
		out[id][c.Place] += c.N
	}
	return out, nil
}

// Run seals everything again that another key than the active one has sealed.
func (r *Resealer) Run(ctx context.Context) (*Resealing, error) {
	out := &Resealing{Lost: map[string]int64{}, Damaged: map[string]int64{}}
	for _, place := range Places {
		if err := r.place(ctx, place, out); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (r *Resealer) place(ctx context.Context, place string, out *Resealing) error {
	limit := r.Batch
	if limit <= 0 {
		limit = 100
	}
	for after := (Sealed{}); ; {
		page, err := r.Store.Sealed(ctx, place, after, limit)
		if err != nil || len(page) == 0 {
			return err
		}
		var again []Resealed
		for _, s := range page {
			switch fresh, err := r.again(place, s); {
			case errors.Is(err, seal.ErrWrongKey):
				out.Lost[place]++
			case err != nil:
				out.Damaged[place]++
			case fresh != nil:
				again = append(again, Resealed{s, fresh})
			}
		}
		if len(again) > 0 {
			n, err := r.Store.Reseal(ctx, place, again)
			if err != nil {
				return err
			}
			out.Done += n
		}
		out.Seen += int64(len(page))
		if r.Report != nil {
			r.Report(place, out.Seen, out.Done)
		}
		after = page[len(page)-1]
	}
}

// again gives the same sealed with the active key, or nil if it is.
func (r *Resealer) again(place string, s Sealed) ([]byte, error) {
	ring := r.Ring.Now()
	if len(s.Bytes) < seal.HeadSize {
		return nil, seal.ErrTampered
	}
	id, purpose, ok := ring.Maker(s.Bytes[:seal.HeadSize], purposes(place, s.At[1])...)
	if !ok {
		return nil, seal.ErrWrongKey
	}
	if id == ring.ActiveID() {
		return nil, nil
	}
	a := where(place, s.At)
	plain, err := ring.Open(purpose, s.Bytes, a)
	if err == nil {
		plain, err = inside(ring, purpose, s.At, plain)
	}
	if err != nil {
		return nil, err
	}
	return ring.Seal(purpose, plain, a), nil
}

// inside seals again what is sealed within something.
func inside(ring *seal.Ring, purpose string, at [3]string, plain []byte) ([]byte, error) {
	switch purpose {
	case purposeTask:
		var b taskBody
		if err := json.Unmarshal(plain, &b); err != nil {
			return nil, seal.ErrTampered // the error could quote it
		}
		return rewrapped(ring, grant(at[0]), &b.Grant, at[1], &b)
	case purposeLaunch:
		var l Launch
		if err := json.Unmarshal(plain, &l); err != nil {
			return nil, seal.ErrTampered
		}
		if l.Key == nil {
			return plain, nil
		}
		return rewrapped(ring, purposeLaunch, &l.Key, l.Session, &l)
	}
	return plain, nil
}

// rewrapped wraps a data key again, in the whole that it is part of.
func rewrapped(ring *seal.Ring, purpose string, wrapped *[]byte, session string, whole any) ([]byte, error) {
	holder := ring.Holder(purpose)
	key, err := holder.Unwrap(*wrapped, session)
	if err != nil {
		return nil, err
	}
	*wrapped = holder.Wrap(key, session)
	plain, err := json.Marshal(whole)
	if err != nil {
		return nil, fmt.Errorf("write it again: %w", err)
	}
	return plain, nil
}
