package run

import (
	"slices"

	"colloquy/engine/evaluation"
)

// applyAgain gives answers that Back brought up what background actions found
// out since they were saved: the actions that these answers know of and whose
// responses went into a later step. Only answers are changed: what a response
// did outside of the session was done once and is not done again.
func (s *step) applyAgain() error {
	applied := s.noted(appliedTasks)
	for _, id := range s.noted(notedTasks) {
		if slices.Contains(applied, id) {
			continue
		}
		t, err := s.task(id)
		if err != nil {
			return err
		}
		if t == nil || !t.Phase.Over() || t.Result == nil {
			continue
		}
		if err := s.applyResponse(t); err != nil {
			return err
		}
	}
	return nil
}

func (s *step) applyResponse(t *Task) error {
	th := s.r.thread(s.ctx)
	defer th.Close()
	r, _, err := s.readResult(th, t)
	if err != nil || r.Action == "" {
		return err
	}
	args, err := s.r.argumentsIn(th, r.Arguments)
	if err != nil {
		return err
	}
	web, stack := s.q.Web, s.q.Visitor.Stack
	waits := slices.Clone(s.state.Book.Stacks[stack])
	s.q.Web.Interface = "worker"
	_, err = s.evaluation(&evaluation.Pending{Action: r.Action, Arguments: args}).Run()
	s.q.Web = web
	s.close()
	s.started, s.parcels, s.taken, s.kept, s.files = nil, nil, nil, nil, nil
	if err != nil { // it was right for other answers
		s.r.logFailure(t, err)
		prior := s.prior
		s.state, s.image, err = s.decode(s.stored)
		s.prior = prior
		return err
	}
	if s.state.Book.Stacks[stack] = waits; waits == nil {
		delete(s.state.Book.Stacks, stack)
	}
	s.noteApplied(t.ID)
	return nil
}
