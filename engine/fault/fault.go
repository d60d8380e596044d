// Package fault holds the kinds of failure and their wording.
//
// A fault says three things apart from each other: what kind of failure it is
// (for the code that picks a status), a sentence for the person who met it, and
// the cause for the log and, in debug mode, for the author. Mistakes of an
// author also carry the place in the interview where they were made.
//
// The package knows no status codes and no pages: handlers map a Kind to those.
package fault

import (
	"context"
	"errors"
	"strconv"
	"strings"
)

// A Kind says what sort of failure an error is, where its meaning is known.
type Kind uint8

// The kinds of failure. The zero Kind is Internal: an error nobody classified
// is our own or the interview author's mistake, and its text is for neither
// page nor person.
const (
	Internal    Kind = iota // a mistake in the program or in the interview
	Invalid                 // what was sent cannot be accepted as it is
	NotFound                // there is nothing of that name here, or not for this person
	Forbidden               // it is there, but this person may not
	Stale                   // the session has moved on since the page was made
	TooLarge                // what was sent is over a limit
	TooMany                 // too many requests in too short a time
	Unavailable             // something needed is down or took too long; trying again may help
	Unsupported             // what was asked for is outside what this server does
)

// kinds lists for every Kind its name in logs and the sentence a person reads
// when nothing better was said.
var kinds = [...]struct{ name, sentence string }{
	Internal:    {"internal", "Something went wrong on our side. Your answers are kept."},
	Invalid:     {"invalid", "We could not read what was sent."},
	NotFound:    {"not found", "There is nothing at this address."},
	Forbidden:   {"forbidden", "You do not have access to this."},
	Stale:       {"stale", "This page is out of date: the interview has moved on since it was shown."},
	TooLarge:    {"too large", "What was sent is too large."},
	TooMany:     {"too many", "That was a lot of requests at once. Please wait a moment and try again."},
	Unavailable: {"unavailable", "The server cannot do this right now. Please try again in a moment."},
	Unsupported: {"unsupported", "This server cannot do that."},
}

// String gives the kind's name as it appears in logs and JSON, in lower case.
func (k Kind) String() string {
	if int(k) >= len(kinds) {
		return "kind " + strconv.Itoa(int(k))
	}
	return kinds[k].name
}

// Sentence gives the words a person reads about a failure of this kind when
// nothing more exact is known.
func (k Kind) Sentence() string {
	if int(k) >= len(kinds) {
		k = Internal
	}
	return kinds[k].sentence
}

// A Position is a place in an author's file.
type Position struct {
	File  string // as the author knows it: "docassemble.demo:data/questions/hello.yml"
	Line  int    // 1-based; 0 when only the file is known
	Col   int    // 1-based, in characters; 0 when only the line is known
	Block string // the block's id or name, when it has one
}

// IsZero reports whether the position says nothing at all.
func (p Position) IsZero() bool { return p == Position{} }

// String gives "file:line:col", leaving out what is not known.
func (p Position) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	for _, n := range []int{p.Line, p.Col} {
		if n <= 0 {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		b.WriteString(strconv.Itoa(n))
	}
	if p.Block != "" {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("(block " + p.Block + ")")
	}
	return b.String()
}

// An Error is a failure whose kind and wording are known. Use New, Wrap or
// Author to make one, and KindOf, Sentence and PositionOf to read any error.
type Error struct {
	Kind     Kind
	Sentence string   // for the person; "" means the kind's own sentence
	Cause    error    // for log and author; may be nil
	Pos      Position // zero unless the author of an interview can mend it
}

// New returns a failure of the given kind with a sentence for the person who
// met it. The sentence contains no answers and no internals. cause may be nil.
func New(kind Kind, sentence string, cause error) *Error {
	return &Error{Kind: kind, Sentence: sentence, Cause: cause}
}

// Wrap classifies cause and leaves the wording to the kind. It returns nil for
// a nil cause. The result is a plain error so that nil stays nil.
func Wrap(kind Kind, cause error) error {
	if cause == nil {
		return nil
	}
	return &Error{Kind: kind, Cause: cause}
}

// Author returns an internal failure that the author of an interview can mend
// at pos: cause is shown to the author, never to the person.
func Author(pos Position, cause error) *Error {
	return &Error{Kind: Internal, Cause: cause, Pos: pos}
}

// At returns a copy of e that points at pos.
func (e *Error) At(pos Position) *Error {
	at := *e
	at.Pos = pos
	return &at
}

// Error gives position, and cause if there is one, else the sentence: text for
// logs and authors. Use Sentence for text that people read.
func (e *Error) Error() string {
	text := e.Sentence
	if e.Cause != nil {
		text = e.Cause.Error()
	}
	if text == "" {
		text = e.Kind.String()
	}
	if e.Pos.IsZero() {
		return text
	}
	return e.Pos.String() + ": " + text
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf finds the kind of err: that of the outermost *Error in its chain, else
// Unavailable for an expired or cancelled context, else Internal.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return Unavailable
	}
	return Internal
}

// Sentence finds the words for the person who met err: the first sentence said
// in its chain, else that of its kind. It never gives the text of an error that
// nobody classified.
func Sentence(err error) string {
	kind := KindOf(err)
	for e := (*Error)(nil); errors.As(err, &e); err = e.Cause {
		if e.Sentence != "" {
			return e.Sentence
		}
	}
	return kind.Sentence()
}

// PositionOf finds the innermost place in an interview that err points at, and
// whether there is one. The innermost is where the author has to look.
func PositionOf(err error) (Position, bool) {
	var pos Position
	for e := (*Error)(nil); errors.As(err, &e); err = e.Cause {
		if !e.Pos.IsZero() {
			pos = e.Pos
		}
	}
	return pos, !pos.IsZero()
}
