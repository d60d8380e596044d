package python

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// An Exception is what an exception object carries ([Instance.Native]).
type Exception struct {
	Args *Tuple
	// Missing is the name, path or index that drives the interview, for
	// example people[0].name.first; empty for ordinary errors.
	Missing string
	// Signal is what a control-flow function (response(), force_ask() ...)
	// hands to whoever runs the code; nil for ordinary errors.
	Signal    any
	Cause     Value // __cause__: None or an exception
	Context   Value // __context__: None or an exception
	Suppress  bool  // __suppress_context__
	Traceback []Frame
	seen      *Traceback // as author code has it
	scope     *nameScope // of a NameError
}

// A Frame is one line of a traceback. Line and Col count from 1.
type Frame struct {
	File string
	Line int
	Col  int
	Func string // "<module>" outside functions
}

// Raised is the Go error for a Python exception on its way.
type Raised struct {
	exc *Instance
	at  uint64 // the frame that was last added to the traceback
	// again: a raise without an exception raised it in that frame
	again bool
}

// NewException returns an exception object of class cls, not yet raised. The
// class's own __init__ is not run.
func NewException(cls *Class, args ...Value) *Instance {
	return &Instance{Cls: cls, Native: &Exception{Args: NewTuple(args...), Cause: None, Context: None}}
}

// Exception returns what the object carries as an exception, or nil if it is
// none.
func (i *Instance) Exception() *Exception {
	e, _ := i.Native.(*Exception)
	return e
}

// Errorf returns a raised exception of class cls with a message as its only
// argument, or with none if format is "".
func Errorf(cls *Class, format string, args ...any) error {
	if format == "" {
		return &Raised{exc: NewException(cls)}
	}
	return &Raised{exc: NewException(cls, NewStr(fmt.Sprintf(format, args...)))}
}

// Raise returns the error for an exception object.
func Raise(exc *Instance) error { return &Raised{exc: exc} }

// Value returns the exception object.
func (r *Raised) Value() *Instance { return r.exc }

// Class returns the class of the exception.
func (r *Raised) Class() *Class { return r.exc.Cls }

// Traceback returns where the exception came through, outermost call first.
func (r *Raised) Traceback() []Frame {
	tb := slices.Clone(r.exc.Exception().Traceback)
	slices.Reverse(tb)
	return tb
}

// Error returns the class and the message: "ValueError: no such thing".
func (r *Raised) Error() string {
	msg := exceptionText(r.exc)
	if msg == "" {
		return r.exc.Cls.ShortName()
	}
	return r.exc.Cls.ShortName() + ": " + msg
}

// note adds a note to the exception.
func (r *Raised) note(text string) {
	_ = r.exc.addNote(NewStr(text)) // an exception whose __notes__ is no list keeps what it has
}

// Format returns the traceback and the message as Python prints them.
func (r *Raised) Format() string {
	var b strings.Builder
	if tb := r.Traceback(); len(tb) > 0 {
		b.WriteString("Traceback (most recent call last):\n")
		for _, f := range tb {
			fmt.Fprintf(&b, "  File \"%s\", line %d, in %s\n", f.File, f.Line, f.Func)
		}
	}
	b.WriteString(r.Error())
	if meant := plainThread().Suggestion(r.exc, true); meant != "" {
		b.WriteString(". Did you mean: '" + meant + "'?")
	}
	return b.String()
}

// exceptionText is str(exc) without running author code.
func exceptionText(i *Instance) string {
	e := i.Exception()
	if e == nil {
		return ""
	}
	if s, ok := fieldText(i); ok {
		return s
	}
	switch len(e.Args.Elems) {
	case 0:
		return ""
	case 1:
		if s, ok := asStr(e.Args.Elems[0]); ok && !i.Cls.derives(KeyError) {
			return s.s
		}
		return plainRepr(e.Args.Elems[0])
	}
	if i.Cls.derives(UnicodeDecodeError) || i.Cls.derives(UnicodeEncodeError) {
		if s, ok := unicodeErrorText(i, e); ok {
			return s.(*Str).s
		}
	}
	return plainRepr(e.Args)
}

// plainRepr is repr(v) for Go errors: it runs no author code.
func plainRepr(v Value) string {
	switch v := v.(type) {
	case *Instance:
		if n, ok := v.Native.(Value); ok {
			return plainRepr(n)
		}
		return "<" + v.Cls.QualifiedName() + " object>"
	default:
		s, err := plainThread().Repr(v)
		if err != nil {
			return "<" + v.Class().name + ">"
		}
		return s.s
	}
}

// AsRaised returns the Python exception in err, if there is one.
func AsRaised(err error) (*Raised, bool) {
	var r *Raised
	ok := errors.As(err, &r)
	return r, ok
}

// IsException reports whether err is a Python exception of class cls or one
// derived from it.
func IsException(err error, cls *Class) bool {
	r, ok := AsRaised(err)
	return ok && r.exc.Cls.derives(cls)
}

// MissingName returns the name whose absence stopped the evaluation, if that
// is what err says.
func MissingName(err error) (name string, ok bool) {
	r, ok := AsRaised(err)
	if !ok {
		return "", false
	}
	name = r.exc.Exception().Missing
	return name, name != ""
}

// SignalOf returns the control-flow signal that stopped the evaluation, if
// that is what err says.
func SignalOf(err error) (signal any, ok bool) {
	r, ok := AsRaised(err)
	if !ok {
		return nil, false
	}
	signal = r.exc.Exception().Signal
	return signal, signal != nil
}

// isRaised is the quick form of AsRaised for errors inside the interpreter,
// which never wraps.
func isRaised(err error, cls *Class) (*Raised, bool) {
	r, ok := err.(*Raised)
	if !ok || !r.exc.Cls.derives(cls) {
		return nil, false
	}
	return r, true
}
