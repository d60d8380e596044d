package syntax

import "fmt"

// An Error is a mistake in the text: where and what. Kind is the name of the
// Python exception it stands for: SyntaxError, IndentationError or TabError.
type Error struct {
	File string
	Pos
	Kind string
	Msg  string
}

// Error returns "file:line:col: message".
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg)
}
