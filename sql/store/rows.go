package store

import (
	"time"

	"colloquy/engine/run"
)

// sessionRow is a session as the database gives it.
type sessionRow struct {
	ID        string
	Interview string
	Rev       int64
	Head      int64
	Owner     string
	Card      []byte
	Created   stamp `db:"created_at"`
	Active    stamp `db:"active_at"`
	Expires   stamp `db:"expires_at"`
}

func (r sessionRow) session() run.Session {
	return run.Session{
		ID: r.ID, Interview: r.Interview, Rev: r.Rev, Head: r.Head, Owner: r.Owner, Card: r.Card,
		Created: r.Created.time(), Active: r.Active.time(), Expires: r.Expires.time(),
	}
}

// stepRow is a step, or as much of one as was asked for.
type stepRow struct {
	N     int64
	Rev   int64 `db:"step_rev"`
	Kind  string
	Base  int64
	At    stamp
	Input []byte
	State []byte
}

func (r stepRow) step() run.Step {
	return run.Step{N: r.N, Rev: r.Rev, Kind: r.Kind, Base: r.Base, At: r.At.time(), Input: r.Input, State: r.State}
}

type keyRow struct {
	Kind    string
	Holder  string
	Wrapped []byte
	Expires stamp `db:"expires_at"`
	Via     string
}

func (r keyRow) key() run.Key {
	return run.Key{Holder: run.Holder{Kind: r.Kind, ID: r.Holder}, Wrapped: r.Wrapped, Expires: r.Expires.time(), Via: r.Via}
}

type effectRow struct {
	Key      string
	Session  string
	Kind     string
	Body     []byte
	Note     []byte
	State    string
	Attempts int
	NextAt   stamp  `db:"next_at"`
	Class    string `db:"error_class"`
	Created  stamp  `db:"created_at"`
}

func (r effectRow) effect() *run.Effect {
	return &run.Effect{
		Key: r.Key, Session: r.Session, Kind: r.Kind, Body: r.Body, Note: r.Note, State: r.State,
		Attempts: r.Attempts, NextAt: r.NextAt.time(), Class: r.Class, Created: r.Created.time(),
	}
}

type resultRow struct {
	Token   string
	Session string
	Body    []byte
	Expires stamp `db:"expires_at"`
}

type parcelRow struct {
	ID      string
	Body    []byte
	Expires stamp `db:"expires_at"`
}

// soonest gives t, or at for the zero time.
func soonest(t, at time.Time) stamp {
	if t.IsZero() {
		return stamp(at)
	}
	return stamp(t)
}

// flag gives a truth value as both databases compare it.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// orNull gives bytes, and null for nil: drivers differ about that.
func orNull(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}
