package solve

import (
	"errors"
	"fmt"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// start does what happens once per evaluation: imports, resets, and the names
// that are reconsidered every time.
func (s *Solver) start() error {
	s.book.Tracker++
	if err := s.bindLocals(); err != nil {
		return err
	}
	for _, b := range s.iv.Startup {
		if err := s.startup(b); err != nil {
			return err
		}
	}
	for _, b := range s.iv.Reconsider {
		if err := s.forgetOffers(b); err != nil {
			return err
		}
	}
	return nil
}

func (s *Solver) startup(b *interview.Block) error {
	s.enter(b)
	for _, ref := range b.Imports {
		name, err := packages.Absolute(ref, b.Package)
		if err != nil {
			return s.at(b, fmt.Errorf("import %s: %w", ref, err))
		}
		m, err := s.th.Import(name)
		if err != nil {
			return s.at(b, fmt.Errorf("import %s: %w", name, err))
		}
		s.bindModule(name, m)
	}
	for _, ref := range b.Modules {
		name, err := packages.Absolute(ref, b.Package)
		if err != nil {
			return s.at(b, fmt.Errorf("import the names of %s: %w", ref, err))
		}
		m, err := s.th.Import(name)
		if err != nil {
			return s.at(b, fmt.Errorf("import the names of %s: %w", name, err))
		}
		if err := s.th.ImportAll(m, s.answers); err != nil {
			return s.at(b, fmt.Errorf("import the names of %s: %w", name, err))
		}
	}
	for _, name := range b.Reset {
		if _, err := evaluation.Delete(s.th, name); err != nil {
			return s.at(b, err)
		}
	}
	return nil
}

// forgetOffers deletes the names of a block with "reconsider: True"; those of
// a generic block only while x holds an object of its class.
func (s *Solver) forgetOffers(b *interview.Block) error {
	if b.GenericObject != "" {
		x, ok := s.answers.Get("x")
		if !ok || x.Class().Name() != b.GenericObject {
			return nil
		}
	}
	for _, name := range b.Offers {
		if _, err := evaluation.Delete(s.th, name); err != nil {
			return s.at(b, err)
		}
	}
	return nil
}

// turn walks the interview once. It returns done at its end and nil with an
// error when something stopped it.
func (s *Solver) turn() (*Result, error) {
	if !s.iv.ProcessesActions {
		if err := s.ProcessAction(s.th); err != nil {
			return nil, err
		}
	}
	for _, b := range s.iv.Walk {
		res, err := s.visit(b)
		if err != nil || res != nil {
			return res, err
		}
	}
	return done, nil
}

// visit runs a block of the walk if it is its turn.
func (s *Solver) visit(b *interview.Block) (*Result, error) {
	s.enter(b)
	if b.Kind == interview.CodeBlock || b.Kind == interview.EventCodeBlock {
		initial, err := s.holds(b.Initial)
		if err != nil {
			return nil, err
		}
		if initial {
			return nil, s.runCode(b, "initial")
		}
	}
	if s.book.Answered[b.Key] {
		return nil, nil
	}
	mandatory, err := s.holds(b.Mandatory)
	if err != nil || !mandatory {
		return nil, err
	}
	return s.mandatory(b)
}

func (s *Solver) mandatory(b *interview.Block) (*Result, error) {
	switch b.Kind {
	case interview.CodeBlock, interview.EventCodeBlock:
		if err := s.runCode(b, "mandatory"); err != nil {
			return nil, err
		}
	case interview.QuestionBlock:
		if target, ok := s.chosen(b); ok {
			return s.follow(target)
		}
		if s.passed(b) {
			break
		}
		return s.ask(b, "", interview.Form{})
	case interview.ObjectsBlock:
		for i := range b.Objects {
			if err := s.makeObject(b, &b.Objects[i]); err != nil {
				return nil, err
			}
		}
	case interview.DataBlock, interview.DataFromCodeBlock:
		if err := s.makeData(b); err != nil {
			return nil, err
		}
	case interview.ObjectsFromFileBlock:
		for i := range b.Files {
			if err := s.makeFromFile(b, &b.Files[i]); err != nil {
				return nil, err
			}
		}
	default:
		return nil, nil
	}
	s.book.Answered[b.Key] = true
	return nil, nil
}

// holds evaluates a condition; one that was not written is false.
func (s *Solver) holds(c interview.Cond) (bool, error) {
	if v, ok := c.Static(); ok {
		return v, nil
	}
	v, err := c.Code.Run(s.th, s.answers)
	if err != nil {
		return false, err
	}
	return s.th.Truth(v)
}

// runCode runs a code block of the walk, what it needs before and after included.
func (s *Solver) runCode(b *interview.Block, how string) error {
	end := s.begin(b, how)
	if err := s.prelude(b); err != nil {
		return err
	}
	if _, err := b.Code.Run(s.th, s.answers); err != nil {
		return err
	}
	if err := s.evaluate(b.Need.Post); err != nil {
		return err
	}
	end()
	return nil
}

// prelude does what a block wants done before it is used: undefine, reconsider, need.
func (s *Solver) prelude(b *interview.Block) error {
	for _, name := range b.Undefine {
		if _, err := evaluation.Delete(s.th, name); err != nil {
			return err
		}
	}
	for _, name := range b.Reconsider {
		if err := s.Reconsider(s.th, name); err != nil {
			return err
		}
	}
	return s.evaluate(b.Need.Pre)
}

func (s *Solver) evaluate(codes []*interview.Code) error {
	for _, c := range codes {
		if _, err := c.Run(s.th, s.answers); err != nil {
			return err
		}
	}
	return nil
}

// ask prepares a question. sought is the name that led to it, "" if it was
// mandatory.
func (s *Solver) ask(b *interview.Block, sought string, form interview.Form) (*Result, error) {
	s.enter(b)
	s.begin(b, "asked")
	if err := s.checkRole(b); err != nil {
		return nil, err
	}
	asked := &ask.Asked{Block: b, Sought: sought, Form: form.Text, Context: evaluation.SaveContext(s.answers)}
	scr, err := ask.Prepare(s.th, s.scene(asked), b)
	if errors.Is(err, ask.ErrNothingToAsk) {
		s.book.Answered[b.Key] = true
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s.reviewReturns(b, sought)
	s.declareProgress(b)
	scr.Page.Progress = s.book.Progress
	if err := s.evaluate(b.Need.Post); err != nil {
		return nil, err
	}
	return &Result{Screen: scr, Asked: asked}, nil
}

// scene is what package ask needs to know of the evaluation.
func (s *Solver) scene(asked *ask.Asked) *ask.Scene {
	return &ask.Scene{Interview: s.iv, Evaluation: s, Answers: s.answers, Prior: s.in.Prior,
		Asked: asked, Markup: s.in.World.Markup(), Step: s.in.Step}
}

// reviewReturns puts a review screen that an event led to on the visitor's
// stack, so that changing an answer comes back to it.
func (s *Solver) reviewReturns(b *interview.Block, sought string) {
	if b.Question.Kind != interview.Review || sought == "" {
		return
	}
	if p, ok := s.book.Current(s.in.Visitor.Stack); ok && p.Action == sought {
		return // the event that led here waits already
	}
	s.book.Push(s.in.Visitor.Stack, evaluation.Pending{Action: sought})
}

func (s *Solver) declareProgress(b *interview.Block) {
	p := b.Question.Progress
	if p == nil {
		return
	}
	if p.Hide {
		s.book.Progress = nil
		return
	}
	if s.book.Progress == nil || p.Value > *s.book.Progress || s.iv.Features.ProgressBackwards {
		v := p.Value
		s.book.Progress = &v
	}
}

// checkRole sends the evaluation to role_event when the question is for
// somebody else (docassemble's "role" and "default role").
func (s *Solver) checkRole(b *interview.Block) error {
	role, ok := s.answers.Get("role")
	if !ok {
		return nil
	}
	needed := b.Roles
	if needed == nil {
		needed = s.iv.DefaultRoles
	}
	if len(needed) == 0 {
		return nil
	}
	for _, name := range b.Offers {
		if name == "role_event" {
			return nil
		}
	}
	have, _ := python.StringOf(role)
	items := make([]python.Value, len(needed))
	for i, r := range needed {
		if r == have {
			return nil
		}
		items[i] = python.NewStr(r)
	}
	s.answers.Set("role_needed", python.NewList(items...))
	return evaluation.Missing("role_event")
}

// enter notes that the evaluation is in a block now.
func (s *Solver) enter(b *interview.Block) {
	s.current = b
	s.place.Block, s.place.ID = b.Name, b.ID
	s.place.Package, s.place.File = b.Package, b.Pos.File
}

// at adds a block's place to an error that has none.
func (s *Solver) at(b *interview.Block, err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return fmt.Errorf("%s: %w", b.Pos, err)
}

func (s *Solver) bindModule(name string, m *python.Module) {
	for i := 0; i < len(name); i++ {
		if name[i] != '.' {
			continue
		}
		if first, err := s.th.Import(name[:i]); err == nil {
			s.answers.Set(name[:i], first)
		}
		return
	}
	s.answers.Set(name, m)
}
