package run

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/fault"
	"colloquy/engine/seal"
)

// An Errand is what a temporary link stands for.
type Errand struct {
	URL  string `json:"url"`  // on this server, without the host
	Once bool   `json:"once"` // it works once
}

// The purposes that parcels are sealed for.
const (
	purposeGoto  = "goto"
	purposeStash = "stash"
)

// codeLength is the length of the code of a parcel, in letters and digits.
const codeLength = 32

// wrapParcel seals something to be left under a new code.
func (r *Runner) wrapParcel(ring *seal.Ring, purpose string, body []byte, expires time.Time) (code string, p Parcel, err error) {
	if code, err = seal.Name(r.random, codeLength); err != nil {
		return "", p, fmt.Errorf("make a code: %w", err)
	}
	return code, parcel(ring, purpose, code, body, expires), nil
}

// parcelID is a hash, and no keyed one: links outlive the key they were made
// with, and a code cannot be guessed.
func parcelID(purpose, code string) string {
	sum := sha256.Sum256([]byte(purpose + ":" + code))
	return hex.EncodeToString(sum[:])
}

// parcelPlace is where what is in a parcel belongs.
func parcelPlace(id string) seal.Associated { return seal.Associated{Purpose: id} }

func parcel(ring *seal.Ring, purpose, code string, body []byte, expires time.Time) Parcel {
	id := parcelID(purpose, code)
	return Parcel{ID: id, Body: ring.Seal(purpose, body, parcelPlace(id)), Expires: expires}
}

// unwrap finds what is left under a code and opens it. It returns ErrNotFound
// when nothing is.
func (r *Runner) unwrap(ctx context.Context, purpose, code string) (id string, body []byte, err error) {
	id = parcelID(purpose, code)
	p, err := r.store.Parcel(ctx, id, r.clock.Now())
	if err != nil {
		return id, nil, err
	}
	body, err = r.ring.Open(purpose, p.Body, parcelPlace(id))
	return id, body, err
}

// temporary gives an address that stands for another one for a while. It works
// as soon as the step is over.
func (s *step) temporary(address string, once bool, life time.Duration) (string, error) {
	e := Errand{URL: address, Once: once}
	known := fmt.Sprint(address, once, life)
	if code, ok := s.codes[known]; ok {
		return s.r.config.Path("/goto") + "?c=" + code, nil
	}
	body, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("make a temporary link: %w", err)
	}
	code, err := s.deposit(s.r.ring, known, purposeGoto, body, life)
	return s.r.config.Path("/goto") + "?c=" + code, err
}

// deposit leaves something with the step, under a new code. What is known
// under a name gets one code in a step, however often it is drawn.
func (s *step) deposit(ring *seal.Ring, known, purpose string, body []byte, life time.Duration) (code string, err error) {
	code, p, err := s.r.wrapParcel(ring, purpose, body, s.now.Add(life))
	if err != nil {
		return "", err
	}
	if s.codes == nil {
		s.codes = map[string]string{}
	}
	s.codes[known] = code
	s.parcels = append(s.parcels, p)
	return code, nil
}

// leave stores the parcels of a step that was not saved itself.
func (s *step) leave() error {
	if s.q.Scratch {
		return nil
	}
	for _, p := range s.parcels {
		if err := s.r.store.PutParcel(s.ctx, p); err != nil {
			return fmt.Errorf("keep a temporary link: %w", err)
		}
	}
	s.parcels = nil
	return nil
}

// expired is what everybody gets whose link stands for nothing, whether it
// ever did or not.
func expired(err error) error { return fault.New(fault.Forbidden, "The link has expired.", err) }

// Errand says what a temporary link stands for, without using it up.
func (r *Runner) Errand(ctx context.Context, code string) (*Errand, error) {
	_, e, err := r.errand(ctx, code)
	return e, err
}

func (r *Runner) errand(ctx context.Context, code string) (string, *Errand, error) {
	id, body, err := r.unwrap(ctx, purposeGoto, code)
	if errors.Is(err, ErrNotFound) {
		return "", nil, expired(err)
	}
	if err != nil {
		return "", nil, fmt.Errorf("follow a temporary link: %w", err)
	}
	var e Errand
	if err := json.Unmarshal(body, &e); err != nil {
		return "", nil, fmt.Errorf("follow a temporary link: %w", err)
	}
	return id, &e, nil
}

// Follow says where a temporary link leads; one that works once has worked.
func (r *Runner) Follow(ctx context.Context, code string) (string, error) {
	id, e, err := r.errand(ctx, code)
	if err != nil || !e.Once {
		if e == nil {
			return "", err
		}
		return e.URL, err
	}
	err = r.store.TakeParcel(ctx, id)
	if errors.Is(err, ErrUsed) {
		return "", expired(err)
	}
	if err != nil {
		return "", fmt.Errorf("use up a temporary link: %w", err)
	}
	return e.URL, nil
}
