// Package ask turns a question block into a screen, and a submitted form into
// answers.
//
// Preparing a question evaluates everything in it in the documented order; a
// name that is missing stops it, so that the engine can seek it and prepare the
// question again. Taking a form converts and checks what was typed by the
// server's own knowledge of the question, never by what the form says about
// itself, and assigns it; nothing is kept of a form that is refused.
//
// What a person typed is marked as coming from outside, and stays marked.
//
// Documents flow through three stages. documentplan.go and documentfields.go
// evaluate all attachments of a block, in order, into plans (assemble.Plan);
// what is missing is sought and the block is prepared again. documentfinish.go
// has package assemble render each plan, keeps the bytes as files of the session
// and assigns the collection of them. documentview.go lists a collection on a
// screen, documentsend.go and maildocuments.go pick the files that leave
// together. A format that cannot be made on this server is listed as such; its
// DAFile says why when code reads it. Where a file stays: one with a variable
// until that is deleted, one without while its plan is the same.
//
// The package leaves to others: the bytes of documents (assemble), which question is asked (solve), markup
// (markup), HTML (views) and how a form travels (handlers).
package ask

import (
	"errors"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// ErrNothingToAsk says that a question has no choice to offer; its variables
// were set to nothing and the evaluation goes on.
var ErrNothingToAsk = errors.New("the question has nothing to choose from")

// TemporaryBlock stands for the block of a screen that a function made.
var TemporaryBlock = &interview.Block{Index: -1, Name: "Question_Temp", Key: "temporary", Language: "*"}

// Markup is what text on a page may refer to.
type Markup struct {
	Files markup.FileResolver
	Icons markup.IconResolver
	Hosts []string // the server's own origins
}

// Asked says which question is shown and in what context: enough to prepare it
// again when its form arrives.
type Asked struct {
	// Language is the one that the question was asked in; "" if that is not known.
	Language string
	Block    *interview.Block
	// Sought is the name that led to the question, "" if it was mandatory; Form
	// is how the block offers it.
	Sought, Form string
	// Context holds what x and the iterators stood for.
	Context map[string]python.Value
}

// Engine is what ask needs from the evaluation beyond evaluation.Evaluation.
type Engine interface {
	evaluation.Evaluation
	// ChoiceKey names the choice taken of a question whose choices are blocks.
	ChoiceKey(b *interview.Block) string
	// Pendings reads a list of names and commands as actions.
	Pendings(v python.Value) ([]evaluation.Pending, error)
	// KeepFile stores a file of the session and returns its number.
	KeepFile(u Upload) (number int64, err error)
}

// A Scene is the evaluation that a question is prepared in.
type Scene struct {
	Interview  *interview.Interview
	Evaluation Engine
	Answers    *python.Namespace
	// Prior are the answers before Back was pressed, or nil.
	Prior  *python.Namespace
	Asked  *Asked
	Markup *Markup
	// Step is the number of the session's current step.
	Step int64
}

// A Form is what a person sent.
type Form struct {
	// Values are the posted values by input name, in order of arrival.
	Values []Value
	// Files are the uploads by input name.
	Files []Upload
	// Offered reports whether the page was given a choice for a variable after
	// it was drawn (background_response() with fields); nil: none was.
	Offered func(variable, value string) bool
}

// Value is one posted value.
type Value struct{ Name, Text string }

// Upload is one posted file.
type Upload struct {
	Name     string // of the input
	Filename string
	MIME     string
	Size     int64 // bytes
	Content  []byte
	Held     string // token of a file that was sent with an earlier form; "" for one that came with this
}

// Received is what became of a form.
type Received struct {
	// Changed are the variables that were set, by their intrinsic names.
	Changed []string
	// Refused is the screen to show again, with what is wrong; nil if all was well.
	Refused *screen.Screen
	// Button is the special button pressed, with its address, or nil.
	Command *evaluation.Command
	// Choice says that a block among the choices was chosen.
	Choice bool
}
