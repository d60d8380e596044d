package evaluation

import (
	"time"

	"colloquy/engine/python"
)

// The classes of the exceptions by which functions end an evaluation. Their
// names and bases are those interviews catch (docassemble's force_ask(),
// response() and kin).
var (
	ForcedNameError = python.NewClass(python.ClassSpec{Name: "ForcedNameError",
		Module: "docassemble.base.error", Bases: []*python.Class{python.NameError}})
	ResponseError           = signalClass("ResponseError")
	CommandError            = signalClass("CommandError")
	QuestionError           = signalClass("QuestionError")
	BackgroundResponseError = signalClass("BackgroundResponseError")

	BackgroundResponseActionError = signalClass("BackgroundResponseActionError")
	ForcedReRun                   = signalClass("ForcedReRun")
)

func signalClass(name string) *python.Class {
	return python.NewClass(python.ClassSpec{Name: name, Module: "docassemble.base.error",
		Bases: []*python.Class{python.ExceptionClass}})
}

// A Signal is what a function that ends an evaluation hands to the engine.
type Signal interface{ class() *python.Class }

// Signalled returns the error by which a function ends the evaluation with s.
func Signalled(s Signal) error {
	exc := python.NewException(s.class())
	exc.Exception().Signal = s
	return python.Raise(exc)
}

// SignalIn returns the signal that an error carries, or nil.
func SignalIn(err error) Signal {
	v, ok := python.SignalOf(err)
	if !ok {
		return nil
	}
	s, _ := v.(Signal)
	return s
}

// Force asks for names although they may be defined (force_ask) or until they
// are (force_gather).
type Force struct {
	// Name is sought first.
	Name string
	// Actions are put on the visitor's stack before that; nil for none.
	Actions []Pending
	// Alone is carried out instead, without the stack: a later request does
	// not come back to it.
	Alone *Pending
	// Gather says that Name may be defined by code as well.
	Gather bool
	// ForgetPrior empties the visitor's stack first.
	ForgetPrior bool
	// Forgiven says that a name no block defines is no error.
	Forgiven bool
}

// Rerun starts the evaluation again (re_run_logic).
type Rerun struct{}

// Respond ends the request with something else than a screen (response).
type Respond struct {
	Status      int    // 200 if 0
	ContentType string // "text/plain; charset=utf-8" if empty
	Body        []byte
	// URL redirects; File names a stored or static file to send.
	URL, File string
	// Name is what the file that is sent is called; "" if it is none.
	Name string
	// Null says that nothing is to be sent or saved (scheduled tasks).
	Null  bool
	Sleep time.Duration
}

// CommandWait is the kind of a Command that shows a page and tries again.
const CommandWait = "wait"

// Commands are the kinds there are.
var Commands = []string{"restart", "new_session", "exit", "leave", "logout", "exit_logout", "signin", "register", "interview_exit",
	"refresh", "continue", CommandWait}

// Command asks for what a special button does (command).
type Command struct {
	Kind  string // one of Commands
	URL   string
	Sleep time.Duration
	// Question and Subquestion are shown while waiting.
	Question, Subquestion *python.Str
}

// Message shows a screen made on the spot (message).
type Message struct {
	Question, Subquestion            *python.Str
	URL                              string
	ShowRestart, ShowExit, ShowLeave *bool
	DeadEnd                          bool
	Reload                           int
	// Buttons replace the usual ones: label, command, address.
	Buttons []MessageButton
}

// MessageButton is a special button of a Message.
type MessageButton struct {
	Label        *python.Str
	Command, URL string
}

// BackgroundRespond ends a background action (background_response).
type BackgroundRespond struct {
	Value python.Value
	Kind  string
	// Action is set by background_response_action.
	Action    string
	Arguments map[string]python.Value
}

func (*Force) class() *python.Class   { return ForcedNameError }
func (*Rerun) class() *python.Class   { return ForcedReRun }
func (*Respond) class() *python.Class { return ResponseError }
func (*Command) class() *python.Class { return CommandError }
func (*Message) class() *python.Class { return QuestionError }

func (b *BackgroundRespond) class() *python.Class {
	if b.Action != "" {
		return BackgroundResponseActionError
	}
	return BackgroundResponseError
}
