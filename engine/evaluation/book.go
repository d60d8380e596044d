package evaluation

import (
	"slices"
	"time"

	"colloquy/engine/python"
)

// StatusPrefix begins the names under which Book.Misc keeps what set_status()
// was told.
const StatusPrefix = "status "

// Book is what a session remembers besides the answers. It is part of the
// stored state; authors see it as _internal.
type Book struct {
	// Answered holds the keys of mandatory blocks that were completed.
	Answered map[string]bool
	// Choices holds, by block, the choice taken of a question whose choices
	// contain blocks.
	Choices map[string]int
	// Selections holds, by variable, the objects offered by an object field.
	Selections map[string]map[string]python.Value
	Tracker    int64
	// Progress is the progress bar's percentage; nil hides it.
	Progress *float64
	// Stacks holds, by visitor, the pending actions, the current one first.
	Stacks map[string][]Pending
	Gather []Pending
	// Dirty holds the values of invalidated variables, offered as defaults.
	Dirty map[string]python.Value
	// Offset is the number of steps that Back may not undo.
	Offset int64
	// Held is the last step whose screen was not to be left backwards, 0 if
	// there was none.
	Held  int64
	Tasks map[string]int64
	// Locals of docassemble's names session_local, device_local, user_local.
	SessionLocal, DeviceLocal, UserLocal map[string]python.Value
	// Parts are the screen parts that set_parts() replaced.
	Parts map[string]string
	// Terms and AutoTerms are those of update_terms(), by language.
	Terms, AutoTerms map[string]map[string]string
	Tags             []string
	Explanations     map[string][]string
	Referer          string
	Started          time.Time
	Modified         time.Time
	// Journal holds the results of acts on the outside world, by activation.
	Journal map[string]python.Value
	// Activations counts, by block, how often it was begun.
	Activations map[string]int64
	// Misc is for what objects of the library keep to themselves.
	Misc map[string]python.Value
}

// Pending is an action that waits on a stack, or a name that waits to be
// gathered.
type Pending struct {
	Action     string
	Arguments  map[string]python.Value
	Context    map[string]python.Value
	Breadcrumb string
}

// NewBook returns the book of a session that begins at now.
func NewBook(now time.Time) *Book {
	zero := 0.0
	return &Book{
		Answered: map[string]bool{}, Choices: map[string]int{},
		Selections: map[string]map[string]python.Value{}, Progress: &zero,
		Stacks: map[string][]Pending{}, Dirty: map[string]python.Value{},
		Tasks: map[string]int64{}, SessionLocal: map[string]python.Value{},
		DeviceLocal: map[string]python.Value{}, UserLocal: map[string]python.Value{},
		Parts: map[string]string{}, Terms: map[string]map[string]string{},
		AutoTerms: map[string]map[string]string{}, Explanations: map[string][]string{},
		Started: now, Modified: now, Journal: map[string]python.Value{},
		Activations: map[string]int64{}, Misc: map[string]python.Value{},
	}
}

// Push puts actions in front of a visitor's stack, in order, leaving out those
// whose name is already on it.
func (b *Book) Push(stack string, actions ...Pending) {
	old := b.Stacks[stack]
	var fresh []Pending
	for _, a := range actions {
		same := func(p Pending) bool { return p.Action == a.Action && len(a.Arguments) == 0 && len(p.Arguments) == 0 }
		if slices.ContainsFunc(old, same) || slices.ContainsFunc(fresh, same) {
			continue
		}
		fresh = append(fresh, a)
	}
	b.Stacks[stack] = append(fresh, old...)
}

// Pop removes the current action of a visitor's stack if it has this name, and
// reports whether it did.
func (b *Book) Pop(stack, action string) bool {
	s := b.Stacks[stack]
	if len(s) == 0 || s[0].Action != action {
		return false
	}
	if len(s) == 1 {
		delete(b.Stacks, stack)
		return true
	}
	b.Stacks[stack] = slices.Clone(s[1:])
	return true
}

// Current returns the action at the top of a visitor's stack.
func (b *Book) Current(stack string) (Pending, bool) {
	s := b.Stacks[stack]
	if len(s) == 0 {
		return Pending{}, false
	}
	return s[0], true
}
