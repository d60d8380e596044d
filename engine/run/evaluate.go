package run

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/session"
	"colloquy/engine/solve"
)

// evaluation starts an evaluation of the state as it is. It is closed with the
// step, or when the next one starts.
func (s *step) evaluation(action *evaluation.Pending) *solve.Solver {
	s.close()
	ctx, cancel := s.deadline()
	s.cancel = cancel
	web := s.q.Web
	web.Session, web.Interview = s.stored.Session.ID, s.iv.Name
	web.Readonly = s.q.Scratch || s.q.Step > 0 && s.q.Step < s.stored.Session.Head
	solver := solve.New(ctx, solve.Input{
		Interview: s.iv, State: s.state, Prior: s.prior, Visitor: &s.q.Visitor, Request: &web, Action: action,
		Now: s.now, Seed: s.seed, Step: s.stored.Session.Head, World: &world{s}, Words: s.r.words,
		Loader: s.r.programs, Limits: s.limits(), LoopLimit: s.r.config.Limits.Loop,
		RecursionLimit: s.r.config.Limits.Recursion, Print: func(text string) { s.r.log.Debug("print", "bytes", len(text)) },
	})
	s.located(solver)
	s.solver = solver
	return solver
}

// run evaluates until there is something to show, obeying commands that only
// change the session.
func (s *step) run(action *evaluation.Pending) (*solve.Solver, *solve.Result, error) {
	for range 5 {
		solver := s.evaluation(action)
		res, err := solver.Run()
		if err != nil {
			if solver, res, err = s.onError(err); err != nil {
				return nil, nil, err
			}
		}
		if res.Command == nil || res.Command.Kind != "restart" {
			return solver, res, nil
		}
		action = nil
		s.kept = append(s.kept, solver.Outcome().Effects...) // what it asked of the world stays asked
		if err := s.restart(); err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, s.failure(errors.New("the interview restarts again and again"))
}

// onError hands a failure of the interview to the action that its metadata name
// for that ("error action"), once; without one, or if that fails too, it
// returns the failure. What a person typed may be in the message.
func (s *step) onError(err error) (*solve.Solver, *solve.Result, error) {
	failed := s.failure(err)
	if _, waits := awaited(err); waits {
		return nil, nil, failed
	}
	name, _ := s.iv.MetadataPart("error action", "*")
	if name == "" || s.ctx.Err() != nil {
		return nil, nil, failed
	}
	text := python.Outside(err.Error())
	solver := s.evaluation(&evaluation.Pending{Action: name, Arguments: map[string]python.Value{
		"error_message": text, "error_history": python.NewStr(""), "error_trace": text}})
	res, err := solver.Run()
	if err != nil {
		return nil, nil, s.failure(err)
	}
	return solver, res, nil
}

// restart replaces the answers by those of a session that just began; url_args
// and the referring address stay.
func (s *step) restart() error {
	args, _ := s.state.Answers.Get("url_args")
	referer := s.state.Book.Referer
	s.state = session.New(s.r.programs.Names(s.iv), s.now)
	s.state.Book.Referer = referer
	s.state.Book.Offset = s.stored.Session.Head
	if err := s.furnish(); err != nil {
		return err
	}
	if args != nil {
		s.state.Answers.Set("url_args", args)
	}
	return nil
}

// failure gives an error of the evaluation its kind and its author's position.
func (s *step) failure(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	if _, waits := awaited(err); waits {
		return err
	}
	if errors.Is(err, evaluation.ErrReadonly) {
		return fault.New(fault.Forbidden, "This page does something, so it is shown to people and not to programs that look ahead.", err)
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return fault.Author(positionOf(err, s.iv.Name), err)
}

// positionOf finds where in the author's files an error happened: the innermost
// frame of a traceback, else the block that was being used.
func positionOf(err error, file string) fault.Position {
	pos := fault.Position{File: file}
	var se *solve.Error
	if errors.As(err, &se) {
		b := se.Block
		pos = fault.Position{File: b.Pos.File, Line: b.Pos.Line, Col: b.Pos.Col, Block: b.Name}
	}
	var none *solve.NotFoundError
	if errors.As(err, &none) && none.Pos.File != "" {
		pos.File, pos.Line, pos.Col = none.Pos.File, none.Pos.Line, none.Pos.Col
	}
	if raised, ok := python.AsRaised(err); ok {
		for _, at := range slices.Backward(raised.Traceback()) {
			if strings.Contains(at.File, ":") { // a file of a package, not of the library
				pos.File, pos.Line, pos.Col = at.File, at.Line, at.Col
				break
			}
		}
	}
	var budget *python.BudgetError
	if errors.As(err, &budget) && budget.At.File != "" {
		pos.File, pos.Line, pos.Col = budget.At.File, budget.At.Line, budget.At.Col
	}
	return pos
}

// show evaluates and shows what the session is at.
func (s *step) show() (*Reply, error) {
	if s.q.Step > 0 && s.q.Step < s.stored.Session.Head {
		return s.earlier()
	}
	in := s.newInput(kindStart)
	if !s.fresh && s.mergeArgs() {
		in.Kind, in.Args = kindArgs, s.q.URLArgs
	}
	var first *evaluation.Pending
	if s.fresh && s.q.Action != nil {
		a, err := s.action()
		if err != nil {
			return nil, err
		}
		first = a
	}
	solver, res, err := s.run(first)
	if err != nil {
		return nil, err
	}
	return s.conclude(solver, res, in)
}

func (s *step) newInput(kind string) input {
	return input{Kind: kind, At: s.now, Seed: s.seed, By: s.q.Visitor.Stack, Wanted: kind == kindStart && s.fresh && (s.q.Fresh || s.q.Reset)}
}

// earlier shows a step that lies behind, as it was. Its form is an ordinary
// one: sending it changes the answer now.
func (s *step) earlier() (*Reply, error) {
	if !s.mayGoBack(s.q.Step) {
		s.q.Step = 0
		return s.show()
	}
	old, err := s.r.store.LoadStep(s.ctx, s.stored.Session.ID, s.q.Step)
	if err != nil {
		s.q.Step = 0
		return s.show()
	}
	s.prior = s.state.Answers
	if s.state, s.image, err = s.decode(old); err != nil {
		return nil, err
	}
	solver, res, err := s.run(nil)
	again := errors.Is(err, evaluation.ErrReadonly) // it would do something: only the present step may
	if err != nil && !again {
		return nil, err
	}
	if again || res.Screen == nil {
		s.q.Step = 0
		return s.once()
	}
	s.dress(solver, res, s.q.Step)
	res.Screen.Messages = append(res.Screen.Messages, notice("info", solver,
		"This is an earlier step. You can change your answer here, or go on to where you were."))
	return s.reply(res), nil
}

// once shows the session afresh.
func (s *step) once() (*Reply, error) {
	fresh, err := s.r.open(s.ctx, s.iv, s.q)
	if err != nil {
		return nil, err
	}
	defer fresh.close()
	return fresh.show()
}

// act carries out an action.
func (s *step) act() (*Reply, error) {
	if s.q.Action.Once != "" && s.input.Kind == kindAction && s.input.Key == s.q.Action.Once {
		return s.show() // a double click
	}
	a, err := s.action()
	if err != nil {
		return nil, err
	}
	in := s.newInput(kindAction)
	in.Key, in.Action = s.q.Action.Once, s.q.Action.Payload
	if s.mergeArgs() {
		in.Args = s.q.URLArgs
	}
	solver, res, err := s.run(a)
	if err != nil {
		return nil, err
	}
	if s.q.Action.ReadOnly {
		solver.Outcome().Save = evaluation.SaveIgnore
	}
	reply, err := s.conclude(solver, res, in)
	if reply != nil {
		reply.Acted = true
	}
	return reply, err
}

// back goes to the step before, if that is allowed; a second press for the
// same screen changes nothing.
func (s *step) back() (*Reply, error) {
	head := s.stored.Session.Head
	if s.q.Step != 0 && s.q.Step != head || !s.mayGoBack(head-1) {
		s.q.Step, s.q.Back = 0, false
		return s.show()
	}
	err := s.r.store.Save(s.ctx, Change{Session: s.stored.Session.ID, Rev: s.stored.Session.Rev, At: s.now, Mode: MoveHead, To: head - 1})
	if err != nil {
		return nil, fmt.Errorf("go back: %w", err)
	}
	s.q.Step, s.q.Back = 0, false
	before, err := s.r.open(s.ctx, s.iv, s.q)
	if err != nil {
		return nil, err
	}
	defer before.close()
	before.prior = s.state.Answers
	if err := before.applyAgain(); err != nil {
		return nil, err
	}
	return before.show()
}

// answer takes a form.
func (s *step) answer() (*Reply, error) {
	if s.q.Form.Token == "" && s.q.Form.Question != "" {
		return s.answerByName()
	}
	f, err := s.r.readToken(s.q.Form.Token, s.stored.Session.ID, s.now)
	if err != nil {
		return nil, err
	}
	if f.Key == s.input.Key && s.input.Kind == kindForm {
		return s.show() // a double click
	}
	if f.Block == ask.TemporaryBlock.Key {
		return s.answerMessage(f)
	}
	b := s.iv.ByKey(f.Block)
	if b == nil || b.Question == nil {
		return s.stale("The interview has changed since you saw this question. This is where it is now.")
	}
	if f.Step < f.Head && !s.mayGoBack(f.Step) {
		return s.stale("It is not possible any more to go back to this question. Your answer was not kept.")
	}
	if f.Head != s.stored.Session.Head && s.overtaken(f, b) {
		if !s.mayGoBack(f.Step) {
			return s.stale("This question has been answered, and it is not possible to go back to it. What you sent was not kept.")
		}
		if !s.ownSince(f.Head) {
			return s.stale("This question was answered elsewhere in the meantime. Your answer was not kept.")
		}
		there := html.EscapeString(s.address(url.Values{ArgStep: {strconv.FormatInt(f.Step, 10)}}))
		reply, err := s.stale("You have answered this question since you opened that page, so what you sent from it was not kept.")
		if err == nil && reply.Stale {
			m := &reply.Screen.Messages[len(reply.Screen.Messages)-1]
			m.Text += screen.HTML(` <a href="` + there + `">` + html.EscapeString(reply.Screen.Word("Change your answer")) + `</a>`)
		}
		return reply, err
	}
	return s.take(f, b)
}

// farthest is how many steps back it is looked up who made them.
const farthest = 30

// ownSince reports whether all steps after one were made by who asks now.
func (s *step) ownSince(n int64) bool {
	head := s.stored.Session.Head
	if n >= head || head-n > farthest || s.q.Visitor.Stack == "" {
		return false
	}
	for n++; n <= head; n++ {
		by, err := s.author(n)
		if err != nil || by != s.q.Visitor.Stack {
			return false
		}
	}
	return true
}

// author says who made a step.
func (s *step) author(n int64) (string, error) {
	stored, err := s.r.store.LoadStep(s.ctx, s.stored.Session.ID, n)
	if err != nil {
		return "", fmt.Errorf("load step %d: %w", n, err)
	}
	last := stored.Last()
	plain, err := s.box.Open(last.Input, associated(s.stored.Session.ID, last, "input"))
	if err != nil {
		return "", fmt.Errorf("open the input of step %d: %w", n, err)
	}
	in, err := readInput(plain)
	return in.By, err
}

// answerByName takes the answer of a program, which says by name what question
// it answers. If that is not what is asked now, it sees what is.
func (s *step) answerByName() (*Reply, error) {
	solver, res, err := s.run(nil)
	if err != nil {
		return nil, err
	}
	if res.Asked == nil || res.Asked.Block.Name != s.q.Form.Question {
		return s.stale("This is not what is asked now. Your answer was not kept.")
	}
	values, err := tick(res.Screen, s.q.Form.Boxes)
	if err != nil {
		return nil, err
	}
	s.q.Form.Values, s.q.Form.Boxes = append(s.q.Form.Values, values...), nil
	token := s.issue(solver, res, s.stored.Session.Head)
	fresh, err := s.r.open(s.ctx, s.iv, s.q)
	if err != nil {
		return nil, err
	}
	defer fresh.close()
	fresh.q.Form.Token = token
	return fresh.answer()
}

// tick writes boxes as the form would post them.
func tick(scr *screen.Screen, boxes []Box) ([]ask.Value, error) {
	posted := map[Box]string{}
	for f := range scr.Inputs() {
		for _, c := range f.Choices {
			if c.Name != "" {
				posted[Box{Variable: f.Variable, Key: c.Key}] = c.Name
			}
		}
	}
	var out []ask.Value
	for _, b := range boxes {
		name, ok := posted[Box{Variable: b.Variable, Key: b.Key}]
		if !ok {
			return nil, fault.New(fault.Invalid, "We could not read your answer.", errors.New("a box that the question does not have"))
		}
		out = append(out, ask.Value{Name: name, Text: b.Text})
	}
	return out, nil
}

// stale shows where the session is, and says why what was sent was not taken.
func (s *step) stale(why string) (*Reply, error) {
	s.q.Form = nil
	reply, err := s.once()
	if err != nil || reply.Screen == nil {
		return reply, err
	}
	reply.Stale = true
	reply.Screen.Messages = append(reply.Screen.Messages, notice("warning", nil, reply.Screen.Word(why)))
	return reply, nil
}

// PositionOf finds where in the author's files an error of an evaluation
// happened; file is where it is put if nothing tells.
func PositionOf(err error, file string) interview.Pos {
	p := positionOf(err, file)
	return interview.Pos{File: p.File, Line: p.Line, Col: p.Col}
}
