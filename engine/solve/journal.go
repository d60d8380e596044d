package solve

import (
	"fmt"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// An activation is one use of a block: it begins when the block starts and
// lasts over restarts and steps until the block completes. What a block asked
// of the outside world during it is in the journal and is not asked again.
type activation struct {
	key   string
	calls map[string]int // how often each place of the code was passed in this run
}

// begin enters an activation of the block; the function returned completes it.
// Initial code completes all the time: its activation lasts for the step that
// the session is at instead.
func (s *Solver) begin(b *interview.Block, how string) func() {
	base := s.ChoiceKey(b)
	key := base
	if how == "initial" {
		key = fmt.Sprintf("%s@%d", base, s.in.Step)
	} else if opened, ok := s.opened[base]; ok {
		key = opened
	} else {
		key = fmt.Sprintf("%s#%d", base, s.book.Activations[base])
	}
	outer := s.activation
	s.th.ForgetWhere() // what ran before is no place of this activation
	s.activation = &activation{key: key, calls: map[string]int{}}
	return func() {
		if how != "initial" && s.acted(key) {
			s.book.Activations[base]++
			s.opened[base] = key
			s.forgetJournal(key)
		}
		s.activation = outer
	}
}

// completed ends the activation of a question that was answered.
func (s *Solver) completed(b *interview.Block) {
	base := s.ChoiceKey(b)
	key := fmt.Sprintf("%s#%d", base, s.book.Activations[base])
	if s.acted(key) {
		s.book.Activations[base]++
		s.forgetJournal(key)
	}
}

// acted reports whether the journal has an entry of this activation.
func (s *Solver) acted(key string) bool {
	for k := range s.book.Journal {
		if strings.HasPrefix(k, key+" ") {
			return true
		}
	}
	return false
}

func (s *Solver) forgetJournal(key string) {
	for k := range s.book.Journal {
		if strings.HasPrefix(k, key+" ") {
			delete(s.book.Journal, k)
		}
	}
}

// Once runs an act on the outside world unless this activation did it before.
func (s *Solver) Once(th *python.Thread, kind string, act func(key string) (python.Value, error)) (python.Value, error) {
	if s.activation == nil {
		s.activation = &activation{key: fmt.Sprintf("@%d", s.in.Step), calls: map[string]int{}}
	}
	at := th.Where()
	place := fmt.Sprintf("%s %s:%d:%d", kind, at.File, at.Line, at.Col)
	s.activation.calls[place]++
	entry := fmt.Sprintf("%s %s/%d", s.activation.key, place, s.activation.calls[place])
	if v, ok := s.book.Journal[entry]; ok {
		return v, nil
	}
	if s.in.Request.Readonly {
		return nil, fmt.Errorf("%s: %w", kind, evaluation.ErrReadonly)
	}
	v, err := act(s.in.Request.Session + " " + entry)
	if err != nil {
		return nil, err
	}
	s.book.Journal[entry] = v
	return v, nil
}

// Ask queues an effect.
func (s *Solver) Ask(kind, key string, body []byte) error {
	if s.in.Request.Readonly {
		return fmt.Errorf("%s: %w", kind, evaluation.ErrReadonly)
	}
	s.outcome.Effects = append(s.outcome.Effects, evaluation.Effect{Key: key, Kind: kind, Body: body})
	return nil
}
