package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/seal"
	"colloquy/engine/session"
	"colloquy/engine/solve"
)

// performance is one attempt at a background action.
type performance struct {
	r    *Runner
	ctx  context.Context
	task *Task
	body *taskBody
	key  seal.DataKey
	iv   *interview.Interview
	// caused is what the action itself asks for: more background actions, mail.
	caused   Caused
	reporter *reporter
}

// guarded is perform for a worker, whom no mistake of ours may end. The value of
// a panic may quote answers: it goes nowhere.
func (r *Runner) guarded(ctx context.Context, t *Task) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("panic\n%s", debug.Stack())
		}
	}()
	return r.perform(ctx, t)
}

// perform carries out a background action that was claimed. An error is the
// server's: the action stays to be taken up again.
func (r *Runner) perform(ctx context.Context, t *Task) error {
	p := &performance{r: r, ctx: ctx, task: t}
	body, key, err := r.openTask(t)
	if err != nil {
		return p.fail(&taskResult{Type: "DecryptionError", Message: "what was to be done could not be opened with this server's keys"})
	}
	p.body, p.key = body, key
	if p.iv, err = r.programs.Interview(ctx, body.Interview); err != nil {
		return p.fail(p.failure(err, p.body.Action))
	}
	if t.Attempt > mostAttempts {
		return p.fail(&taskResult{Type: "WorkerLostError", Message: fmt.Sprintf("the action was begun %d times, and its worker died each time", mostAttempts)})
	}
	for c := (contest{}); ; {
		err := p.attempt()
		if err == nil || !isStale(err) || !c.again(ctx) { // somebody else changed what it keeps for longer than a session
			return err
		}
	}
}

// attempt carries the action out on the answers as they were.
func (p *performance) attempt() error {
	s, err := p.snapshot()
	if err != nil {
		return p.fail(p.failure(err, p.body.Action))
	}
	defer s.close()
	defer p.reporter.stop()
	return p.conclude(s)
}

// request is as whom and in what an action is carried out.
func (p *performance) request() *Request {
	q := &Request{Interview: p.iv.Name, Session: p.task.Session, Visitor: p.body.Visitor, Web: p.body.Web, granted: &p.key}
	q.Web.Interface, q.Web.Method, q.Web.Task = "worker", "POST", p.task.ID
	return q
}

// snapshot is a step on a copy of the answers as they were.
func (p *performance) snapshot() (*step, error) {
	r, q := p.r, p.request()
	s := &step{r: r, ctx: p.ctx, q: q, iv: p.iv, now: r.clock.Now().UTC(), seed: r.seed(), key: p.key, box: p.key.Box(p.task.Session),
		stored: &Stored{Session: Session{ID: p.task.Session, Interview: p.iv.Name, Head: p.body.Step}}}
	th := r.thread(p.ctx)
	defer th.Close()
	var err error
	s.state, s.image, err = session.Decode(th, r.programs.Names(p.iv), r.programs, p.body.State)
	if err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	p.reporter = &reporter{p: p, box: s.box}
	s.report = p.reporter.report
	return s, nil
}

// conclude runs the action and does what it ends with.
func (p *performance) conclude(s *step) error {
	th := p.r.thread(p.ctx)
	defer th.Close()
	args, err := p.arguments(th)
	if err != nil {
		return p.fail(p.failure(err, p.body.Action))
	}
	solver := s.evaluation(&evaluation.Pending{Action: p.body.Action, Arguments: args})
	res, err := solver.Run()
	onError := solver.Outcome().OnError
	s.logged(solver.Outcome())
	if lost := p.ctx.Err(); lost != nil {
		return lost
	}
	if err != nil {
		return p.failed(p.failure(err, p.body.Action), onError)
	}
	if p.caused, err = s.causedAlone(solver.Outcome()); err != nil {
		return p.failed(p.failure(err, p.body.Action), onError)
	}
	switch {
	case res.Background != nil && res.Background.Action != "":
		return p.respond(&evaluation.Pending{Action: res.Background.Action, Arguments: res.Background.Arguments}, onError)
	case res.Background != nil:
		return p.done(res.Background.Value, onError)
	case res.Command != nil:
		return p.command(res.Command)
	case res.Respond != nil:
		return p.done(python.NewStr(string(res.Respond.Body)), onError)
	}
	p.r.log.Warn("a background action ended in a question: it should end with background_response()",
		"interview", p.iv.Name, "session", p.task.Session, "action", p.body.Action, "question", questionName(res))
	return p.failed(&taskResult{Type: "QuestionError", Message: res.Screen.QuestionText, Variables: soughtNames(res.Why)}, onError)
}

func questionName(res *solve.Result) string {
	if res.Asked == nil || res.Asked.Block == nil {
		return ""
	}
	return res.Asked.Block.Name
}

func (p *performance) arguments(th *python.Thread) (map[string]python.Value, error) {
	return p.r.argumentsIn(th, p.body.Arguments)
}

// argumentsIn reads arguments that were written as a dictionary.
func (r *Runner) argumentsIn(th *python.Thread, b []byte) (map[string]python.Value, error) {
	v, err := session.DecodeValue(th, r.programs, b)
	if err != nil {
		return nil, fmt.Errorf("read the arguments: %w", err)
	}
	args := map[string]python.Value{}
	if d, ok := v.(*python.Dict); ok {
		for k, v := range d.All() {
			name, _ := python.StringOf(k)
			args[name] = v
		}
	}
	return args, nil
}

// causedAlone seals what a background action asks for besides its outcome.
func (s *step) causedAlone(out *evaluation.Outcome) (Caused, error) {
	var enc *session.Encoding
	if len(s.started) > 0 {
		s.unbind()
		var err error
		if enc, err = s.image.Encode(s.state); err != nil {
			return Caused{}, err
		}
	}
	return s.caused(out, enc, true)
}

// command obeys what an action ends with instead of a response: those that end
// the session end it.
func (p *performance) command(c *evaluation.Command) error {
	switch c.Kind {
	case "restart", "exit", "exit_logout":
		if gone, err := p.part(); gone || err != nil {
			return err
		}
	}
	return p.done(nil, nil)
}

// part has whoever asked for the action leave the session, and reports whether
// it is gone then.
func (p *performance) part() (gone bool, err error) {
	stored, err := p.r.load(p.ctx, p.task.Session)
	if errors.Is(err, ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("load the session: %w", err)
	}
	people := slices.DeleteFunc(stored.Keys, func(k Key) bool { return k.Kind == HolderRing })
	by := (&Request{Visitor: p.body.Visitor}).asker().by
	switch {
	case len(people) <= 1: // whoever it was then
		err = p.r.store.Delete(p.ctx, p.task.Session, DeliverPending)
	case slices.ContainsFunc(people, func(k Key) bool { return k.Holder == by }):
		return false, p.r.store.DropKey(p.ctx, p.task.Session, by, DeliverPending)
	default:
		return false, nil
	}
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return true, err
}

// done ends the action with a value.
func (p *performance) done(v python.Value, onError *evaluation.Pending) error {
	r, err := p.value(v)
	if err != nil {
		return p.failed(p.failure(err, p.body.Action), onError)
	}
	return p.write(evaluation.TaskDone, r)
}

// value is the result that is a value.
func (p *performance) value(v python.Value) (*taskResult, error) {
	if v == nil {
		return &taskResult{}, nil
	}
	b, err := session.EncodeValue(v, p.r.clock.Now())
	if err != nil {
		return nil, fmt.Errorf("background_response(): %w", err)
	}
	return &taskResult{Value: b}, nil
}

// fail ends the action with an error.
func (p *performance) fail(r *taskResult) error { return p.failed(r, nil) }

// failed ends the action with an error, and has the error action run first if
// there is one.
func (p *performance) failed(r *taskResult, onError *evaluation.Pending) error {
	p.caused = Caused{}
	p.r.log.Error("a background action failed", "session", p.task.Session, "task", p.task.ID, "error", r.Type)
	if onError == nil {
		return p.write(evaluation.TaskFailed, r)
	}
	args := maps.Clone(onError.Arguments)
	if args == nil {
		args = map[string]python.Value{}
	}
	args["error_type"], args["error_message"] = python.NewStr(r.Type), python.Outside(r.Message)
	args["error_trace"] = python.Outside(r.Trace)
	names := make([]python.Value, len(r.Variables))
	for i, name := range r.Variables {
		names[i] = python.NewStr(name)
	}
	args["variables"] = python.NewList(names...)
	return p.apply(&evaluation.Pending{Action: onError.Action, Arguments: args}, func(v python.Value, err error) (evaluation.TaskPhase, *taskResult) {
		if err != nil {
			p.r.logFailure(p.task, err)
			return evaluation.TaskFailed, r
		}
		both := *r
		if given, err := p.value(v); err == nil {
			both.Value = given.Value
		}
		return evaluation.TaskFailed, &both
	})
}

// logFailure writes that an action failed, and where, but nothing it said.
func (r *Runner) logFailure(t *Task, err error) {
	pos := positionOf(err, "")
	r.log.LogAttrs(context.Background(), slog.LevelError, "a response to a background action failed", slog.String("session", t.Session),
		slog.String("task", t.ID), slog.String("at", fmt.Sprintf("%s:%d:%d", pos.File, pos.Line, pos.Col)), slog.String("error", errorType(err)))
}

// respond runs the action that is to be applied to the answers as they are now.
func (p *performance) respond(a *evaluation.Pending, onError *evaluation.Pending) error {
	var broke error
	err := p.apply(a, func(v python.Value, err error) (evaluation.TaskPhase, *taskResult) {
		if err == nil {
			var r *taskResult
			if r, err = p.value(v); err == nil {
				return evaluation.TaskDone, r
			}
		}
		broke = err
		return "", nil
	})
	if broke != nil {
		return p.failed(p.failure(broke, a.Action), onError)
	}
	return err
}

// errUnsaid is how apply ends when its outcome is to be written otherwise.
var errUnsaid = errors.New("the outcome of the response is written elsewhere")

// apply runs an action on the answers at the head, into the current step, and
// ends the background action in the same transaction as outcome says; if that
// says nothing, nothing is kept. Whoever writes first wins: then it is run again.
func (p *performance) apply(a *evaluation.Pending, outcome func(python.Value, error) (evaluation.TaskPhase, *taskResult)) error {
	if p.r.queue != nil {
		leave, err := p.r.queue.enter(p.ctx, p.task.Session)
		if err != nil {
			return err
		}
		defer leave()
	}
	for c := (contest{}); ; {
		err := p.applyOnce(a, outcome)
		if errors.Is(err, errUnsaid) {
			return nil
		}
		if err == nil || !isStale(err) {
			return err
		}
		if !c.again(p.ctx) {
			return fmt.Errorf("respond to a background action: %w", err)
		}
		p.r.lost.Add(1)
	}
}

func (p *performance) applyOnce(a *evaluation.Pending, outcome func(python.Value, error) (evaluation.TaskPhase, *taskResult)) error {
	s, err := p.r.open(p.ctx, p.iv, p.request())
	if errors.Is(err, ErrNotYours) { // it is gone, and the action with it
		return ErrTaken
	}
	if err != nil {
		return err
	}
	defer s.close()
	if !p.body.Loose && !s.knows(p.task.ID) {
		// The step that asked for it was taken back: what it finds out does not
		// belong to the answers any more.
		return p.write(evaluation.TaskRevoked, &taskResult{})
	}
	stack := s.q.Visitor.Stack
	before := slices.Clone(s.state.Book.Stacks[stack])
	solver := s.evaluation(a)
	res, err := solver.Run()
	if lost := p.ctx.Err(); lost != nil {
		return lost
	}
	if err != nil {
		return p.unsaved(outcome(nil, err))
	}
	if res.Command != nil && (res.Command.Kind == "exit" || res.Command.Kind == "exit_logout" || res.Command.Kind == "restart") {
		return p.command(res.Command)
	}
	if res.Background == nil { // whatever it led to is shown when its turn comes
		if s.state.Book.Stacks[stack] = before; before == nil {
			delete(s.state.Book.Stacks, stack)
		}
	}
	phase, r := outcome(p.said(a, res), nil)
	if r == nil {
		return errUnsaid
	}
	if r.Arguments, err = session.EncodeValue(argumentsDict(a), s.now); err == nil {
		r.Action = a.Action
	}
	end, err := p.end(phase, r)
	if err != nil {
		return err
	}
	s.ended = &end
	s.noteApplied(p.task.ID)
	if solver.Outcome().Save != evaluation.SaveIgnore {
		solver.Outcome().Save = evaluation.SaveOverwrite
	}
	s.logged(solver.Outcome())
	return s.saveWith(solver, res, p.caused)
}

// saveWith saves a response with what the background action itself asked for.
func (s *step) saveWith(solver *solve.Solver, res *solve.Result, more Caused) error {
	s.more = more
	return s.save(solver, res, s.newInput(kindAction))
}

// unsaved ends the action without a change to the answers.
func (p *performance) unsaved(phase evaluation.TaskPhase, r *taskResult) error {
	if r == nil {
		return errUnsaid
	}
	return p.write(phase, r)
}

// said is what a response gives: the value of its background_response(), else
// itself.
func (p *performance) said(a *evaluation.Pending, res *solve.Result) python.Value {
	if res.Background != nil && res.Background.Action == "" {
		return res.Background.Value
	}
	record := python.NewDict()
	record.SetStr("action", python.NewStr(a.Action))
	record.SetStr("arguments", argumentsDict(a))
	return record
}

// argumentsDict are the arguments of an action in order of their names.
func argumentsDict(a *evaluation.Pending) *python.Dict {
	args := python.NewDict()
	for _, name := range sortedNames(a.Arguments) {
		args.SetStr(name, a.Arguments[name])
	}
	return args
}

// end seals how the action ended.
func (p *performance) end(phase evaluation.TaskPhase, r *taskResult) (TaskEnd, error) {
	now := p.r.clock.Now().UTC()
	e := TaskEnd{ID: p.task.ID, Session: p.task.Session, Attempt: p.task.Attempt, Phase: phase, At: now, Expires: now.Add(p.r.config.Background.Keep)}
	plain, err := json.Marshal(r)
	if err != nil {
		return e, fmt.Errorf("write the result of a background action: %w", err)
	}
	if p.body != nil {
		e.Result = p.key.Box(p.task.Session).Seal(plain, taskPart(p.task.Session, p.task.ID, "result"))
	}
	return e, nil
}

// write ends the action.
func (p *performance) write(phase evaluation.TaskPhase, r *taskResult) error {
	e, err := p.end(phase, r)
	if err != nil {
		return err
	}
	c := p.caused
	if phase == evaluation.TaskFailed || phase == evaluation.TaskRevoked {
		c = Caused{}
	}
	return p.r.store.EndTask(p.ctx, e, c)
}

// failure puts an error of the author's code into the words of result().
func (p *performance) failure(err error, action string) *taskResult {
	r := &taskResult{Type: errorType(err), Message: err.Error()}
	if raised, ok := python.AsRaised(err); ok {
		r.Trace = raised.Format()
		r.Message = strings.TrimPrefix(strings.TrimPrefix(raised.Error(), raised.Class().ShortName()), ": ")
	} else if pos := positionOf(err, p.body.Interview); pos.Line > 0 {
		r.Trace = fmt.Sprintf("%s, line %d, column %d", pos.File, pos.Line, pos.Col)
	}
	var budget *python.BudgetError
	if errors.As(err, &budget) && errors.Is(err, context.DeadlineExceeded) {
		r.Message += fmt.Sprintf(" (a background action may take %s here; configuration: background actions, seconds)", p.r.config.Background.Time)
	}
	var none *solve.NotFoundError
	if errors.As(err, &none) {
		r.Variables = append(r.Variables, none.Name)
	}
	var at *solve.Error
	if errors.As(err, &at) {
		r.Variables = append(r.Variables, soughtNames(at.Chain)...)
	}
	if r.Variables = slices.Compact(r.Variables); !slices.Contains(r.Variables, action) {
		r.Variables = append(r.Variables, action)
	}
	return r
}

// soughtNames are the names of a chain, the latest first.
func soughtNames(chain []solve.Link) []string {
	var names []string
	for _, l := range slices.Backward(chain) {
		names = append(names, l.Name)
	}
	return names
}

// errorType names what sort of error it is, as authors know it.
func errorType(err error) string {
	var budget *python.BudgetError
	var none *solve.NotFoundError
	var known *fault.Error
	if raised, ok := python.AsRaised(err); ok {
		return raised.Class().Name()
	}
	switch {
	case errors.As(err, &budget) && budget.Kind == "time":
		return "TimeoutError"
	case errors.As(err, &budget):
		return "ResourceLimitError"
	case errors.As(err, &none):
		return "DAErrorMissingVariable"
	case errors.As(err, &known):
		return "DASourceError"
	}
	return "DAError"
}
