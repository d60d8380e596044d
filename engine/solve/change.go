package solve

import (
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// A Watch notices which variables change while a block runs or a form is
// taken, so that what depends on them can be invalidated (docassemble's
// "depends on" and "on change").
type Watch struct {
	s     *Solver
	names []string
	old   map[string]python.Value
}

// watch looks at the names that a block sets and others depend on.
func (s *Solver) watch(b *interview.Block) *Watch {
	w := s.Watch(nil)
	if !s.iv.Watches() {
		return w
	}
	for _, list := range [][]string{b.Offers, b.Others} {
		for _, name := range list {
			w.Add(evaluation.Intrinsic(s.th, name))
		}
	}
	return w
}

// Watch begins to look at variables by name.
func (s *Solver) Watch(names []string) *Watch {
	w := &Watch{s: s, old: map[string]python.Value{}}
	for _, n := range names {
		w.Add(n)
	}
	return w
}

// Add looks at one more variable, if anything depends on it.
func (w *Watch) Add(name string) {
	if !w.s.watched(name) {
		return
	}
	w.names = append(w.names, name)
	if v, ok := evaluation.Find(w.s.th, name); ok {
		w.old[name] = v
	}
}

// Also looks at a variable that was set although nothing was known of it
// before: it counts as set for the first time.
func (w *Watch) Also(name string) {
	if slices.Contains(w.names, name) || !w.s.watched(name) {
		return
	}
	w.names = append(w.names, name)
}

func (w *Watch) settle() error { return w.Settle() }

// Settle invalidates what depends on the variables that changed, and runs the
// code that was to run on their change.
func (w *Watch) Settle() error {
	for _, name := range w.names {
		now, ok := evaluation.Find(w.s.th, name)
		if !ok {
			continue
		}
		old, had := w.old[name]
		if had {
			same, err := w.s.th.Equal(old, now)
			if err == nil && same {
				continue
			}
			if err := w.s.invalidateDependents(name, map[string]bool{name: true}); err != nil {
				return err
			}
		}
		delete(w.s.book.Dirty, name)
		w.s.runChanges(name)
	}
	return nil
}

// watched reports whether anything is to happen when a variable changes.
func (s *Solver) watched(name string) bool {
	if !s.iv.Watches() {
		return false
	}
	for _, f := range interview.Forms(name) {
		if len(s.iv.Dependents(f.Text)) > 0 || len(s.iv.Changes(f.Text)) > 0 {
			return true
		}
	}
	return false
}

// invalidateDependents takes away what was computed from a variable, and what
// was computed from that.
func (s *Solver) invalidateDependents(name string, seen map[string]bool) error {
	for _, f := range interview.Forms(name) {
		for _, dep := range s.iv.Dependents(f.Text) {
			dep = instantiate(dep, f)
			if seen[dep] {
				continue
			}
			seen[dep] = true
			if err := evaluation.Invalidate(s.th, dep); err != nil {
				return err
			}
			if err := s.invalidateDependents(dep, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// instantiate writes a name of a block with x and the iterators replaced by
// what they stand for in f.
func instantiate(name string, f interview.Form) string {
	for n, key := range f.Iterators {
		name = strings.ReplaceAll(name, "["+evaluation.Contexts[n+1]+"]", "["+key+"]")
	}
	if f.Generic() {
		for _, end := range []string{".", "["} {
			if rest, ok := strings.CutPrefix(name, "x"+end); ok {
				return f.X + end + rest
			}
		}
	}
	return name
}

// runChanges runs "on change" code. Its failures are logged, not raised.
func (s *Solver) runChanges(name string) {
	for _, f := range interview.Forms(name) {
		for _, ch := range s.iv.Changes(f.Text) {
			if err := s.bind(f); err != nil {
				continue
			}
			if _, err := ch.Code.Run(s.th, s.answers); err != nil {
				s.outcome.Logs = append(s.outcome.Logs, "on change of "+name+": "+logText(err))
			}
		}
	}
}

// logText says what went wrong without what people typed.
func logText(err error) string {
	if r, ok := python.AsRaised(err); ok {
		return r.Class().Name()
	}
	return err.Error()
}
