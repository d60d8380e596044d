package evaluation

import "colloquy/engine/python"

// A Task is a background action that is to be started.
type Task struct {
	Action    string
	Arguments *python.Dict
	// Notify says how the page learns that the action is over: "flash",
	// "refresh", "javascript", "fields", or "" for not at all.
	Notify string
}

// A TaskPhase is how far a background action has come.
type TaskPhase string

// The phases of a background action.
const (
	TaskWaiting TaskPhase = "waiting" // nobody has taken it up
	TaskRunning TaskPhase = "running" // somebody works at it
	TaskDone    TaskPhase = "done"    // it ended as it should
	TaskFailed  TaskPhase = "failed"  // it ended with an error
	TaskRevoked TaskPhase = "revoked" // it was called off
	TaskGone    TaskPhase = "gone"    // it is not kept any more
)

// Over reports whether nothing more will come of the action.
func (p TaskPhase) Over() bool { return p != TaskWaiting && p != TaskRunning }

// A TaskOutcome is what became of a background action that is over.
type TaskOutcome struct {
	Phase TaskPhase
	Value python.Value // nil for none
	// Of a failure; empty for none.
	ErrorType, ErrorMessage, ErrorTrace string
	// Variables are the names that were sought when it failed, the latest first.
	Variables []string
}

// A TaskReport says how far a running background action has come.
type TaskReport struct {
	Done, Total float64 // Total 0: nobody knows
	Text        string
}

// Tasks starts background actions of the session and asks after them
// (docassemble's background_action()).
type Tasks interface {
	// Start has an action carried out once the step is saved, on the answers as
	// they are then. key is that of the journal.
	Start(th *python.Thread, key string, t Task) (id string, err error)
	// Phase tells how far an action is, at once.
	Phase(id string) (TaskPhase, error)
	// Outcome tells what became of an action. The error is an *Await if it is
	// not over.
	Outcome(th *python.Thread, id string) (*TaskOutcome, error)
	// Ended tells when an action ended, as a date of the library or None.
	Ended(id string) (python.Value, error)
	// Revoke calls an action off; one that runs only if terminate is set.
	Revoke(id string, terminate bool) error
	// Report tells pages how far the running action is that the evaluation
	// belongs to; outside of one it does nothing.
	Report(r TaskReport) error
}

// An Await ends an evaluation that needs the outcome of a background action
// that is not over. What it did is not kept; it is run again when the action is
// over. It is no exception: author code cannot catch it.
type Await struct{ Task string }

// Error says what is waited for.
func (*Await) Error() string { return "a background action is not over" }
