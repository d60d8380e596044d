package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/interview"
)

// A Severity says how much a finding matters.
type Severity int

// The severities. A Hint is something that may be meant as it is; a Warning
// works and is not good; an Error does not work.
const (
	Hint Severity = iota
	Warning
	Error
)

// String gives "hint", "warning" or "error".
func (s Severity) String() string { return [...]string{"hint", "warning", "error"}[s] }

// A Kind is what a finding is about; its text is stable, for filters.
type Kind string

// The kinds of findings.
const (
	BadBlock        Kind = "block"            // a block that is not as it must be
	BadYAML         Kind = "yaml"             // YAML that cannot be read
	BadCode         Kind = "code"             // Python or a template that cannot be read
	UnknownKey      Kind = "unknown-key"      // a key or setting that has no effect
	UnknownDatatype Kind = "unknown-datatype" // a datatype that there is not
	MissingFile     Kind = "missing-file"     // a file that is not there
	MissingModule   Kind = "missing-module"   // a module that cannot be imported
	UndefinedName   Kind = "undefined-name"   // a name that nothing offers
	UnknownAction   Kind = "unknown-action"   // an action that no block carries out
	Unreachable     Kind = "unreachable"      // a block that nothing leads to
	NothingToDo     Kind = "nothing-to-do"    // no block is mandatory
	DuplicateID     Kind = "duplicate-id"     // two blocks of one id
	DuplicateField  Kind = "duplicate-field"  // one variable twice on a screen
	DuplicateChoice Kind = "duplicate-choice" // one value twice in a list
	NoLabel         Kind = "no-label"         // a field that nobody can tell what it is
	Impossible      Kind = "impossible"       // limits that nothing can meet
	DeadEnd         Kind = "dead-end"         // a screen that cannot be left as it promises
	Circle          Kind = "circle"           // names that need each other
	NoAlt           Kind = "image-without-alternative"
	HeadingOrder    Kind = "heading-order"
	EmptyLink       Kind = "link-without-text"
	Crash           Kind = "crash"        // author code fails
	WalkedUndefined Kind = "undefined"    // a name that was sought in vain
	Loop            Kind = "loop"         // the engine gives up, or the conversation turns in circles
	Unfinished      Kind = "unfinished"   // all blocks were run, and no screen is left
	NotAccepted     Kind = "not-accepted" // a screen that took none of the answers tried
	NotStorable     Kind = "not-storable" // an answer that cannot be kept
	EngineFault     Kind = "server"       // a mistake of the server, not of the interview
	TooSlow         Kind = "over-budget"  // code that uses up its time, steps or memory
	NoEnd           Kind = "no-end"       // no walk came to an end
)

// A Finding is something that is wrong with an interview, or may be.
type Finding struct {
	Kind     Kind
	Severity Severity
	Pos      interview.Pos
	Block    string // the name or id of the block, "" if it is about none
	Message  string // what is wrong
	Fix      string // what to do; "" if that is for the author to say
	Source   string // the line of the file at Pos
	// Verdict says how sure this is: "proved", or "found by walking".
	Verdict string
	// Chain is what led there: names and places, outermost first.
	Chain []Link
	// Talk is the shortest conversation that was found to lead there.
	Talk []Said
}

// A Link is a name on the way to a finding, and where it stands.
type Link struct {
	Name string
	Pos  interview.Pos
}

// Said is one step of a conversation: what was asked, and what was answered.
type Said struct {
	Question string
	Pos      interview.Pos // of the question's block
	Answers  []Answer
	Pressed  string // the button or link, "" for the usual button
}

// An Answer is the value given for a variable.
type Answer struct{ Variable, Text string }

// String gives a step as a line of a transcript.
func (s Said) String() string {
	var b strings.Builder
	b.WriteString("[" + s.Question + "]")
	if s.Pressed != "" {
		b.WriteString(" press " + s.Pressed)
	}
	for _, a := range s.Answers {
		fmt.Fprintf(&b, " %s=%s", a.Variable, quoted(a.Text))
	}
	return b.String()
}

// quoted writes a value so that it can be read back, long ones cut short.
func quoted(s string) string {
	if r := []rune(s); len(r) > 40 {
		return fmt.Sprintf("%q (%d characters)", string(r[:20])+"…", len(r))
	}
	if s == "" || strings.ContainsAny(s, " \"\n\t=") {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// A Report is what became of checking an interview.
type Report struct {
	Interview string
	Findings  []Finding // in the order of the files
	Walked    Walked
}

// Worst gives the highest severity; ok is false if nothing was found.
func (r *Report) Worst() (s Severity, ok bool) {
	for _, f := range r.Findings {
		s = max(s, f.Severity)
	}
	return s, len(r.Findings) > 0
}

// Verdict says in a sentence what the walks mean.
func (r *Report) Verdict() string {
	w := r.Walked
	if w.Walks == 0 {
		return "no conversation was tried"
	}
	s := fmt.Sprintf("in %s, %d steps, %d of %d questions: ", plural(w.Walks, "walk"), w.Steps, w.Asked, w.Questions)
	found := 0
	for _, f := range r.Findings {
		if f.Verdict == walked {
			found++
		}
	}
	if found == 0 {
		s += "nothing else was found, which proves nothing about other answers"
	} else {
		s += plural(found, "finding")
	}
	if w.Outside > 0 {
		s += fmt.Sprintf("; %s ended where the interview needs the world outside", plural(w.Outside, "walk"))
	}
	return s
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// The verdicts.
const (
	proved = "proved"
	walked = "found by walking"
)

// order sorts findings by place and drops what is said twice.
func order(files []string, fs []Finding) []Finding {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(slices.Index(files, a.Pos.File)-slices.Index(files, b.Pos.File),
			a.Pos.Line-b.Pos.Line, a.Pos.Col-b.Pos.Col, strings.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(fs, func(a, b Finding) bool {
		return a.Kind == b.Kind && a.Pos == b.Pos && a.Message == b.Message
	})
}
