package run

import (
	"context"
	"time"

	"colloquy/engine/evaluation"
)

// A TaskStore keeps background actions. They belong to their session and go
// with it. One that is over keeps its result for a while, sealed with the
// session's key; what a worker needs to carry it out is erased.
//
// An action is carried out by one worker at a time: whoever claims it holds it
// until a time that he moves on while he works. If he dies somebody else claims
// it, as the next attempt, and the attempt's number is what every later write
// must name.
type TaskStore interface {
	// DueTasks returns the ids of at most limit actions that nobody holds, the
	// longest due first.
	DueTasks(ctx context.Context, now time.Time, limit int) ([]string, error)

	// ClaimTask takes an action until a time, counting the attempt. It returns
	// ErrTaken if somebody was quicker, it is over or gone.
	ClaimTask(ctx context.Context, id string, now, until time.Time) (*Task, error)

	// HoldTask moves the time on until which an attempt holds an action; a time
	// that has come gives it back. It returns ErrTaken if it is not held by
	// this attempt any more.
	HoldTask(ctx context.Context, id string, attempt int, until time.Time) error

	// ReportTask notes how far an action is. It returns ErrTaken as HoldTask does.
	ReportTask(ctx context.Context, id string, attempt int, progress []byte) error

	// EndTask ends an action without a change to its session; of c the
	// effects, tasks, records and Also count. It returns ErrTaken as HoldTask does.
	EndTask(ctx context.Context, e TaskEnd, c Caused) error

	// RevokeTask ends an action that waits, and one that runs if running is set.
	// It reports whether it did.
	RevokeTask(ctx context.Context, id string, running bool, now, expires time.Time) (bool, error)

	// Task returns an action of a session, without its body, or ErrNotFound.
	Task(ctx context.Context, session, id string) (*Task, error)

	// OpenTasks returns the actions of a session that are not over or of which
	// its pages were to be told and were not, and those that ended after since,
	// oldest first, without their bodies. The zero since asks for none of those.
	OpenTasks(ctx context.Context, session string, since time.Time) ([]Task, error)

	// TellTask notes that the pages were told. It reports whether this was the
	// first time.
	TellTask(ctx context.Context, id string) (bool, error)

	// OnTask has f called soon after something happened to an action, by
	// whichever process; f must not block. News may come twice or be lost, when
	// a connection breaks: who relies on them looks for himself from time to
	// time as well.
	OnTask(f func(TaskNews))
}

// A Task is a background action as it is stored.
type Task struct {
	ID      string
	Session string
	Visitor string // who asked, by the key of his action stack
	Notify  string // how pages are told: flash, refresh, javascript, fields or ""
	Phase   evaluation.TaskPhase
	Attempt int       // how often it was claimed
	Body    []byte    // sealed to the ring: what is to be done; nil once over
	Report  []byte    // sealed with the session's key: how far it is; nil if it does not say
	Result  []byte    // sealed with the session's key; nil before it is over
	Told    bool      // pages were told that it is over
	Created time.Time // set from the change's time when written
	Ended   time.Time // zero before it is over
}

// A TaskEnd is the end of an attempt at a background action.
type TaskEnd struct {
	ID      string
	Session string
	Attempt int
	Phase   evaluation.TaskPhase
	Result  []byte // sealed
	At      time.Time
	Expires time.Time // when it is erased
}

// TaskNews says that something happened to a background action.
type TaskNews struct {
	Session string // "" may be any
	Waits   bool   // it waits for a worker
}
