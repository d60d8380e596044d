package solve

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// seeking says how a name is sought.
type seeking struct {
	// force asks although the name is defined: a question is wanted, code that
	// defines it is run and does not count.
	force bool
}

// A verdict is what became of trying a block.
type verdict int

const (
	next     verdict = iota // it does not help, try the next one
	resolved                // the name is defined now, start over
	shown                   // there is a result
)

// seek finds a block that defines name. It returns a result to show, or nil
// when something was defined and the evaluation is to start over.
func (s *Solver) seek(name string, how seeking, depth int) (*Result, error) {
	if depth > s.recursionLimit() {
		return nil, &LoopError{Message: "There appears to be an infinite loop. Variables in stack are " + s.stackNames() + ".", Chain: s.why()}
	}
	s.place.Sought = name
	forms := interview.Forms(name)
	for range s.loopLimit() {
		s.dropGathering(name)
		res, again, err := s.round(name, forms, how, depth)
		if err != nil || !again {
			return res, err
		}
	}
	return nil, &LoopError{Message: "Infinite loop detected while looking for " + name, Chain: s.why()}
}

// dropGathering forgets the groups that were being gathered when a search for
// name broke off: a search that begins anew begins to gather them anew.
func (s *Solver) dropGathering(name string) {
	for group, since := range s.place.Gathering {
		if since == name {
			delete(s.place.Gathering, group)
		}
	}
}

// round tries every candidate for a name once. again says that a nested search
// changed things and the candidates are to be looked at anew.
func (s *Solver) round(name string, forms []interview.Form, how seeking, depth int) (res *Result, again bool, err error) {
	passed := false // a candidate was left out because it waits for this name
	for _, f := range forms {
		for _, b := range s.candidates(f) {
			if slices.Contains(s.chain, waiting{b, name}) {
				passed = true
				continue
			}
			res, v, err := s.try(b, f, name, how)
			if err != nil {
				if missing, ok := python.MissingName(err); ok {
					s.miss(err)
					return s.nested(b, name, missing, how, depth)
				}
				return nil, false, err
			}
			if v != next {
				if v == shown {
					s.chain = append(s.chain, waiting{b, name})
				}
				return res, false, nil
			}
		}
	}
	if passed {
		return nil, false, &LoopError{Message: fmt.Sprintf("Infinite loop: %s already looked for, where stack is %s", name, s.stackNames()), Chain: s.why()}
	}
	return nil, false, s.notFound(name, how)
}

// nested seeks what interrupted the search for name in block b.
func (s *Solver) nested(b *interview.Block, name, missing string, how seeking, depth int) (res *Result, again bool, err error) {
	s.chain = append(s.chain, waiting{b, name})
	res, err = s.seek(missing, seeking{}, depth+1)
	if res != nil && b.Kind == interview.EventCodeBlock {
		s.keepAsking(res)
	}
	if res != nil || err != nil {
		return res, false, err // the chain stays: it says why
	}
	s.chain = s.chain[:len(s.chain)-1]
	if !how.force && s.defined(name) {
		return nil, false, nil
	}
	s.place.Sought = name
	return nil, true, nil
}

// keepAsking puts what an event lacked on the visitor's stack: the event is
// over and will not ask again, but a page may be loaded twice before the answer
// comes.
func (s *Solver) keepAsking(res *Result) {
	if res.Asked == nil || res.Asked.Sought == "" {
		return
	}
	s.book.Push(s.in.Visitor.Stack, evaluation.Pending{Action: res.Asked.Sought, Context: res.Asked.Context})
}

func (s *Solver) stackNames() string {
	names := make([]string, 0, len(s.chain))
	for _, w := range s.chain {
		names = append(names, w.name)
	}
	return lastNames(names)
}

func (s *Solver) defined(name string) bool {
	_, ok := evaluation.Find(s.th, name)
	return ok
}

// notFound is what a search that led nowhere ends with.
func (s *Solver) notFound(name string, how seeking) error {
	if s.iv.Features.UseCatchall && !how.force && !endsIn(name, ".value") {
		return s.catchAll(name)
	}
	pos, ok := s.missed[name]
	if !ok {
		pos = s.currentPos()
	}
	return &NotFoundError{Name: name, Language: s.place.Language, Pos: pos}
}

// miss remembers where in the interview's files a name was missing, to be told
// to the author if no block offers it.
func (s *Solver) miss(err error) {
	name, ok := python.MissingName(err)
	raised, is := python.AsRaised(err)
	if !ok || !is {
		return
	}
	tb := raised.Traceback()
	for i := len(tb) - 1; i >= 0; i-- {
		if slices.Contains(s.iv.Files, tb[i].File) {
			s.missed[name] = interview.Pos{File: tb[i].File, Line: tb[i].Line, Col: tb[i].Col}
			return
		}
	}
}

func endsIn(s, end string) bool { return len(s) >= len(end) && s[len(s)-len(end):] == end }

func (s *Solver) currentPos() interview.Pos {
	if s.current == nil {
		return interview.Pos{}
	}
	return s.current.Pos
}

// catchAll defines a name nobody offers as a DACatchAll ("use catchall").
func (s *Solver) catchAll(name string) error {
	cls, err := s.library("DACatchAll")
	if err != nil {
		return err
	}
	v, err := s.th.Call(cls, []python.Value{python.NewStr(name)}, nil)
	if err != nil {
		return err
	}
	if err := evaluation.Write(s.th, name, v); err != nil {
		return err
	}
	return evaluation.Signalled(&evaluation.Rerun{})
}

// candidates returns the blocks offering a form, best first. There are none if
// what x stands for cannot be had.
func (s *Solver) candidates(f interview.Form) []*interview.Block {
	if !f.Generic() {
		return s.iv.Candidates(f.Text, s.place.Language)
	}
	if !s.iv.Offered(f.Text) {
		return nil
	}
	x, err := evaluation.Read(s.th, f.X)
	if err != nil {
		return nil
	}
	var out []*interview.Block
	for _, cls := range x.Class().MRO() {
		out = append(out, s.iv.GenericCandidates(cls.Name(), f.Text, s.place.Language)...)
	}
	return out
}

// bind sets x and the iterators to what they stand for in a form.
func (s *Solver) bind(f interview.Form) error {
	if f.Generic() {
		x, err := evaluation.Read(s.th, f.X)
		if err != nil {
			return err
		}
		s.answers.Set("x", x)
	}
	for n, text := range f.Iterators {
		v, err := evaluation.ReadIndex(s.th, text)
		if err != nil {
			return err
		}
		s.answers.Set(evaluation.Contexts[n+1], v)
	}
	return nil
}

// force obeys force_ask and force_gather.
func (s *Solver) force(f *evaluation.Force) (*Result, error) {
	stack := s.in.Visitor.Stack
	if f.ForgetPrior {
		delete(s.book.Stacks, stack)
	}
	s.book.Push(stack, f.Actions...)
	if p, ok := s.book.Current(stack); ok && len(f.Actions) > 0 && p.Action == f.Name {
		s.action = &p // with its own arguments
	}
	if f.Alone != nil {
		s.action = f.Alone
		if strings.HasPrefix(f.Alone.Action, "_da_") {
			return s.settle(s.perform(*f.Alone, false))
		}
	}
	if f.Name == "" {
		return nil, nil
	}
	res, err := s.seek(f.Name, seeking{force: !f.Gather}, 0)
	var none *NotFoundError
	if errors.As(err, &none) && none.Name == f.Name && (f.Forgiven || len(f.Actions) > 0) {
		s.book.Pop(stack, f.Name)
		return nil, nil
	}
	return res, err
}
