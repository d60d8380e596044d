package run

import (
	"errors"
	"fmt"
	"strconv"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/solve"
)

// take prepares the question again, takes the form, and goes on.
func (s *step) take(f *formToken, b *interview.Block) (*Reply, error) {
	asked, err := s.r.askedFrom(f, b)
	if err != nil {
		return nil, err
	}
	s.locate()
	if addresses, wanted := s.wantsMail(); wanted {
		return s.mailDocuments(asked, f, addresses)
	}
	if s.has(ask.ArchiveInput) {
		return s.archive(asked, f)
	}
	if err := s.fetchHeld(); err != nil {
		return nil, err
	}
	got, solver, err := s.receive(asked, f)
	if _, missing := python.MissingName(err); missing {
		return s.stale("What this question was about is no longer there. This is where the interview is now.")
	}
	if err != nil {
		return nil, s.failure(err)
	}
	if got.Refused != nil {
		if err := s.leave(); err != nil {
			return nil, err
		}
		if err := s.hold(got.Refused); err != nil {
			return nil, err
		}
		res := &solve.Result{Screen: got.Refused, Asked: asked}
		s.dress(solver, res, s.stored.Session.Head)
		return s.reply(res), nil
	}
	in := s.newInput(kindForm)
	in.Key, in.Token = f.Key, s.q.Form.Token
	in.setValues(s.q.Form.Values)
	if got.Command != nil {
		return s.command(got.Command, in)
	}
	if err := s.reorder(solver, f); err != nil {
		return nil, err
	}
	s.kept = append(s.kept, solver.Outcome().Effects...) // what validation code asked of the world
	s.logged(solver.Outcome())
	next, res, err := s.run(nil)
	if err != nil {
		return nil, err
	}
	reply, err := s.conclude(next, res, in)
	if reply != nil {
		reply.Acted = true
	}
	if err == nil {
		s.release()
	}
	return reply, err
}

// reorder puts the rows of tables in the order in which they were sent.
func (s *step) reorder(solver *solve.Solver, f *formToken) error {
	for _, v := range s.q.Form.Values {
		if v.Name != solve.OrderInput || v.Text == "" {
			continue
		}
		err := solver.Reorder(v.Text, f.Orders)
		if errors.Is(err, solve.ErrOrder) {
			return fault.New(fault.Invalid, "We could not read your answer.", err)
		}
		if err != nil {
			return s.failure(err)
		}
	}
	return nil
}

// receive takes the form. When the question needs a name that an evaluation
// would define first, the evaluation runs and the form is taken after it.
func (s *step) receive(asked *ask.Asked, f *formToken) (*ask.Received, *solve.Solver, error) {
	s.q.Form.Offered = s.offered
	solver := s.evaluation(nil)
	got, err := solver.Receive(asked, f.Context, &s.q.Form.Form)
	if _, missing := python.MissingName(err); !missing {
		return got, solver, err
	}
	if _, err := solver.Run(); err != nil {
		return nil, solver, err
	}
	got, err = solver.Receive(asked, f.Context, &s.q.Form.Form)
	return got, solver, err
}

// overtaken reports whether somebody has set a variable of the question since
// its form was shown.
func (s *step) overtaken(f *formToken, b *interview.Block) bool {
	old, err := s.r.store.LoadStep(s.ctx, s.stored.Session.ID, f.Head)
	if err != nil {
		return false // it was taken back: the form stands for itself
	}
	before, _, err := s.decode(old)
	if err != nil {
		return false
	}
	return s.evaluation(nil).Differs(before.Answers, f.Context, b)
}

// answerMessage takes a button of a screen that a function made. What it does
// is said by the form's signed token: the function may not be run again.
func (s *step) answerMessage(f *formToken) (*Reply, error) {
	list := f.Buttons
	for _, v := range s.q.Form.Values {
		n, err := strconv.Atoi(v.Text)
		if v.Name == ask.CommandInput && err == nil && n >= 0 && n < len(list) {
			return s.command(&evaluation.Command{Kind: list[n].Command, URL: list[n].URL}, s.newInput(kindForm))
		}
	}
	return nil, fault.New(fault.Invalid, "We could not read your answer.", errors.New("no button of the message was posted"))
}

// action reads and checks the action of the request.
func (s *step) action() (*evaluation.Pending, error) {
	a := s.q.Action
	name, args, err := decodeAction(a.Payload)
	if err != nil {
		return nil, fault.New(fault.Invalid, "This link is not complete, so nothing was done.", err)
	}
	if !interview.ValidName(name) && !solve.BuiltinAction(name) {
		return nil, fault.New(fault.Invalid, "This link asks for something the interview cannot do.", fmt.Errorf("action name of %d bytes", len(name)))
	}
	if a.Trusted && !allows(s.iv, innermost(name, args)) {
		return nil, fault.New(fault.Forbidden, "This interview does not let its pages do that.", errors.New("not among the allowed actions"))
	}
	if err := s.vouched(a); err != nil {
		return nil, err
	}
	return &evaluation.Pending{Action: name, Arguments: args}, nil
}

// innermost is what an action that puts another first comes to.
func innermost(name string, args map[string]python.Value) string {
	inner, ok := args["_action"]
	if name != "_da_priority_action" || !ok {
		return name
	}
	name, _ = python.StringOf(inner)
	return name
}

// vouched checks that an action is one that this server offered to whoever
// asks for it, and uses up one that works once.
func (s *step) vouched(a *Action) error {
	if a.Trusted || s.r.config.AllowUnsignedActions && a.Signature == "" {
		return nil
	}
	id := s.stored.Session.ID
	if s.fresh || s.q.began { // a link that begins a session could not know which
		id = ""
	}
	terms, err := s.r.verifyAction(a, id, s.now)
	if err != nil || terms.Once == "" || a.claimed || s.fresh || s.q.Scratch {
		return err
	}
	row := &s.stored.Session
	used := Token{ID: terms.Once, Expires: terms.Expires}
	err = s.r.store.Save(s.ctx, Change{Session: row.ID, Rev: row.Rev, At: s.now, Mode: Keep, Caused: Caused{Used: []Token{used}}})
	if errors.Is(err, ErrUsed) {
		return fault.New(fault.Forbidden, "This link works once, and it has been used.", err)
	}
	if err != nil {
		return fmt.Errorf("use up a link: %w", err)
	}
	row.Rev++
	a.claimed = true
	return nil
}
