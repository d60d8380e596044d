package interview

import (
	"errors"
	"fmt"
	"strings"

	"colloquy/engine/fault"
)

// A Pos is a place in a question file. Line and Col count from 1, Col in
// characters; a zero Line means the file as a whole.
type Pos struct {
	File string // full reference, such as docassemble.demo:data/questions/tank.yml
	Line int
	Col  int
}

// String gives FILE:LINE:COL, leaving out what is not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
	}
}

// A Severity says whether a problem keeps an interview from loading.
type Severity int

const (
	// Warning is for what is odd but harmless, such as an unknown key.
	Warning Severity = iota
	// Error is for what would not work.
	Error
)

// String gives "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// A ProblemKind sorts problems by what is wrong.
type ProblemKind string

// The kinds of problems.
const (
	ProblemBlock    ProblemKind = ""         // a block that is not as it must be
	ProblemYAML     ProblemKind = "yaml"     // it cannot be read as YAML
	ProblemCode     ProblemKind = "code"     // Python or a template that cannot be read
	ProblemKey      ProblemKind = "key"      // a key that is not known
	ProblemDatatype ProblemKind = "datatype" // a datatype that is not known
	ProblemFile     ProblemKind = "file"     // a file that is not there
)

// A Problem is something an author should look at.
type Problem struct {
	Kind     ProblemKind
	Pos      Pos
	Severity Severity
	Message  string
	Fix      string // what to write instead; empty when there is no good guess
	Excerpt  string // the lines of the block around Pos, numbered
}

// String gives one line: place, severity, message and the suggested fix.
func (p Problem) String() string {
	s := fmt.Sprintf("%s: %s: %s", p.Pos, p.Severity, p.Message)
	if p.Fix != "" {
		s += " (" + p.Fix + ")"
	}
	return s
}

// A LoadError carries everything that is wrong with an interview: warnings
// too, in the order of the files, so that an author mends all of it in one go.
type LoadError struct {
	Name     string
	Problems []Problem
}

// Error lists the errors, each with an excerpt of its block.
func (e *LoadError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "interview %s does not load:", e.Name)
	for _, p := range e.Problems {
		if p.Severity != Error {
			continue
		}
		b.WriteString("\n" + p.String())
		if p.Excerpt != "" {
			b.WriteString("\n" + p.Excerpt)
		}
	}
	return b.String()
}

// Unwrap makes the place of the first error known as that of the failure.
func (e *LoadError) Unwrap() error {
	for _, p := range e.Problems {
		if p.Severity == Error {
			return fault.Author(fault.Position{File: p.Pos.File, Line: p.Pos.Line, Col: p.Pos.Col}, errors.New(p.Message))
		}
	}
	return nil
}
