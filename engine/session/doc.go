// Package session holds the state of one session, the answers and the book
// beside them, and turns it into bytes and back.
//
// The bytes are versioned and total over the dialect's data: shared and cyclic
// references stay what they are, objects keep a number for life, strings
// remember which of their parts came from outside. A state is written in full
// or as a delta against the state before, object by object and within an
// object entry by entry, so that the cost of a step follows its change and not
// the session's size.
//
// At the top level modules, functions and classes are left out, as in
// docassemble; below it a function or module is an error that names the place.
// Instances of a class that no longer exists stay whole and opaque.
//
// The package leaves to others: sealing the bytes (seal), keeping them
// (sql/store), and what the answers mean.
package session

import (
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// A State is everything a session remembers.
type State struct {
	Answers *python.Namespace
	Book    *evaluation.Book
}

// New returns the state of a session that begins now. The library is what
// names are looked up in after the answers.
func New(library *python.Namespace, now time.Time) *State {
	return &State{Answers: python.NewNamespace(library), Book: evaluation.NewBook(now)}
}

// A Resolver finds what stored values refer to by name.
type Resolver interface {
	// Class returns the class with this qualified name, such as
	// "docassemble.base.util.Individual", or nil if there is none any more.
	Class(qualified string) *python.Class
	// Restore rebuilds a value of a class written in Go from what its Persist
	// method gave.
	Restore(qualified string, data python.Value) (python.Value, error)
}

// Persistent is implemented by values of classes written in Go that can be
// stored, such as dates and decimals.
type Persistent interface {
	python.Value
	// Persist returns plain data from which a Resolver restores the value.
	Persist() python.Value
}
