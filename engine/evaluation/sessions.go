package evaluation

import (
	"time"

	"colloquy/engine/python"
)

// A Sibling is another session of this server, as code of an interview names
// it: never the session that the code runs in.
type Sibling struct {
	Interview string // its name; one without a package is of the present one
	ID        string
	Secret    string // what opens it; "" for what the visitor holds
}

// A SessionChange is what set_session_variables() does to another session.
type SessionChange struct {
	Variables *python.Dict
	Objects   bool     // descriptions of objects in Variables become objects
	Delete    []string // variables to be forgotten
	Question  string   // name of a question that counts as answered; "" for none
	Overwrite bool     // the current step changes, Back does not undo it
}

// A SessionAction is what run_action_in_session() has another session do.
type SessionAction struct {
	Name       string
	Arguments  map[string]python.Value
	Persistent bool // what it asks stays to be asked
	Overwrite  bool
	ReadOnly   bool // nothing is kept
}

// Wanted says which sessions interview_list() is about.
type Wanted struct {
	User      int64  // the number of the account whose they are
	All       bool   // everybody's
	Interview string // full name; "" for all
	ID        string // one session; "" for all
	Valid     bool   // those that can be opened, by whoever asks
	Answers   bool   // with their answers
	After     string // where the page begins, as the page before said
	// Holds reports whether a session is wanted, by what is known of it in the
	// clear; nil: it is.
	Holds func(columns *python.Dict) (bool, error)
}

// Sessions reaches other sessions with the keys of whoever caused the
// evaluation, and keeps what one session leaves for another (docassemble's
// functions for sharing information across sessions).
type Sessions interface {
	// Create begins a session, evaluates it once and returns its id.
	Create(s Sibling, args *python.Dict) (id string, err error)
	// Variables returns the answers, as plain data if simple is set.
	Variables(s Sibling, simple bool) (python.Value, error)
	SetVariables(s Sibling, c SessionChange) error
	Act(s Sibling, a SessionAction) error
	// Question returns the JSON form of what the session shows.
	Question(s Sibling) (python.Value, error)
	Back(s Sibling) error

	// Offered lists the interviews that the configuration offers to the
	// visitor, as dictionaries: those with a tag, if one is given, with
	// addresses that name the server if absolute, and begin a session if begin.
	Offered(tag string, absolute, begin bool) python.Value

	// Roster lists sessions, the one begun first first, as dictionaries: those
	// of the visitor, or of others if he may see them. next is where the next
	// page begins, "" if there is none; a page may be short, or empty, although
	// there is a next one.
	Roster(th *python.Thread, w Wanted) (list *python.List, next string, err error)
	// Drop takes the sessions out of the list of whom it is, and erases those
	// that are in nobody else's; all of them if shared, or if w says All. The
	// session that asks stays. It returns how many there were.
	Drop(th *python.Thread, w Wanted, shared bool) (int64, error)

	// Stash keeps a value for a while, under a key that needs a secret.
	Stash(th *python.Thread, v python.Value, life time.Duration) (key, secret string, err error)
	// Stashed returns it; ok is false if it is gone or the secret is wrong.
	// remove takes it away with the step; renew, if positive, keeps it for that
	// long from now.
	Stashed(th *python.Thread, key, secret string, remove bool, renew time.Duration) (v python.Value, ok bool, err error)
}
