package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/seal"
	"colloquy/engine/session"
)

// purposeTask is what the body of a background action is sealed for.
const purposeTask = "task"

// taskBody is what a worker needs to carry out a background action.
type taskBody struct {
	Interview string             `json:"interview"`
	Action    string             `json:"action"`
	Arguments []byte             `json:"arguments"` // a dictionary, as the session codec writes it
	State     []byte             `json:"state"`     // the answers as they were, in full
	Step      int64              `json:"step"`      // the head then
	Visitor   evaluation.Visitor `json:"visitor"`
	Web       evaluation.Request `json:"web"`
	Grant     []byte             `json:"grant"` // the session's data key, wrapped for this action alone
	// Loose says that the answers do not know of the action, so that Back
	// cannot undo it: it was asked for by another one, or by a request that left
	// nothing else behind.
	Loose bool `json:"loose,omitempty"`
}

// startedTask is a background action that the step asks for.
type startedTask struct {
	id, entry, action, notify string
	arguments                 []byte
}

// taskResult is what became of a background action.
type taskResult struct {
	Value     []byte   `json:"value,omitempty"` // as the session codec writes it
	Type      string   `json:"type,omitempty"`
	Message   string   `json:"message,omitempty"`
	Trace     string   `json:"trace,omitempty"`
	Variables []string `json:"variables,omitempty"`
	// Action was applied to the answers, with Arguments, a dictionary as the
	// session codec writes it.
	Action    string `json:"action,omitempty"`
	Arguments []byte `json:"arguments,omitempty"`
}

// background starts background actions of a step and asks after them.
type background struct{ s *step }

// Tasks gives the evaluation what starts background actions.
func (w *world) Tasks() evaluation.Tasks { return background{w.s} }

// taskID is the length of the id of a background action.
const taskID = 24

// Start notes that an action is to be carried out when the step is saved.
func (b background) Start(_ *python.Thread, key string, t evaluation.Task) (string, error) {
	s := b.s
	if !interview.ValidName(t.Action) {
		return "", python.Errorf(python.NameError, "%q is not the name of an action", t.Action)
	}
	args, err := session.EncodeValue(t.Arguments, s.now)
	if err != nil {
		return "", python.Errorf(python.TypeError, "background_action(): %s", err)
	}
	id, err := seal.Name(s.r.random, taskID)
	if err != nil {
		return "", fmt.Errorf("name a background action: %w", err)
	}
	entry := strings.TrimPrefix(key, s.stored.Session.ID+" ")
	s.started = append(s.started, startedTask{id: id, entry: entry, action: t.Action, notify: t.Notify, arguments: args})
	return id, nil
}

// begun finds an action among those that the step itself asks for.
func (s *step) begun(id string) bool {
	return slices.ContainsFunc(s.started, func(t startedTask) bool { return t.id == id })
}

// task finds an action; nil if it is not kept any more.
func (s *step) task(id string) (*Task, error) {
	t, err := s.r.store.Task(s.ctx, s.stored.Session.ID, id)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return t, err
}

// Phase tells how far an action is.
func (b background) Phase(id string) (evaluation.TaskPhase, error) {
	if b.s.begun(id) {
		return evaluation.TaskWaiting, nil
	}
	t, err := b.s.task(id)
	if err != nil {
		return "", err
	}
	if t == nil {
		return evaluation.TaskGone, nil
	}
	return t.Phase, nil
}

// Outcome tells what became of an action.
func (b background) Outcome(th *python.Thread, id string) (*evaluation.TaskOutcome, error) {
	s := b.s
	phase, err := b.Phase(id)
	if err != nil {
		return nil, err
	}
	if !phase.Over() {
		if s.q.Web.Task != "" {
			return nil, python.Errorf(python.RuntimeError, "a background action cannot wait for another one, because all workers could come to wait for each other; "+
				"end it with background_response_action() and ask ready() on a page")
		}
		return nil, &evaluation.Await{Task: id}
	}
	out := &evaluation.TaskOutcome{Phase: phase}
	switch phase {
	case evaluation.TaskGone:
		out.ErrorType, out.ErrorMessage = "TaskGone", "what became of this background action is not kept any more"
		return out, nil
	case evaluation.TaskRevoked:
		out.ErrorType, out.ErrorMessage = "TaskRevokedError", "this background action was revoked"
		return out, nil
	}
	t, err := s.task(id)
	if err != nil || t == nil {
		return out, err
	}
	r, v, err := s.readResult(th, t)
	if err != nil {
		return nil, err
	}
	out.Value, out.ErrorType, out.ErrorMessage, out.ErrorTrace, out.Variables = v, r.Type, r.Message, r.Trace, r.Variables
	return out, nil
}

// readResult opens what became of an action.
func (s *step) readResult(th *python.Thread, t *Task) (*taskResult, python.Value, error) {
	r := &taskResult{}
	plain, err := s.box.Open(t.Result, taskPart(t.Session, t.ID, "result"))
	if err != nil {
		return nil, nil, fmt.Errorf("open the result of a background action: %w", err)
	}
	if err := json.Unmarshal(plain, r); err != nil {
		return nil, nil, fmt.Errorf("read the result of a background action: %w", err)
	}
	if r.Value == nil {
		return r, nil, nil
	}
	v, err := session.DecodeValue(th, s.r.programs, r.Value)
	if err != nil {
		return nil, nil, fmt.Errorf("read the result of a background action: %w", err)
	}
	return r, v, nil
}

// taskPart is where a part of an action's row belongs.
func taskPart(session, id, part string) seal.Associated {
	return seal.Associated{Session: session, Kind: "task " + part, Purpose: id}
}

// Ended tells when an action ended.
func (b background) Ended(id string) (python.Value, error) {
	t, err := b.s.task(id)
	if err != nil || t == nil || t.Ended.IsZero() {
		return python.None, err
	}
	return python.NewStr(t.Ended.UTC().Format(time.RFC3339Nano)), nil
}

// Revoke calls an action off.
func (b background) Revoke(id string, terminate bool) error {
	s := b.s
	if s.q.Scratch {
		return fmt.Errorf("revoke(): %w", evaluation.ErrReadonly)
	}
	if s.begun(id) { // nothing is stored yet: it is never asked for
		i := slices.IndexFunc(s.started, func(t startedTask) bool { return t.id == id })
		s.started = slices.Delete(s.started, i, i+1)
		return nil
	}
	if t, err := b.s.task(id); err != nil || t == nil {
		return err
	}
	_, err := s.r.store.RevokeTask(s.ctx, id, terminate, s.now, s.now.Add(s.r.config.Background.Keep))
	return err
}

// Report tells pages how far the action is that the step carries out.
func (b background) Report(r evaluation.TaskReport) error {
	if b.s.report == nil {
		return nil
	}
	return b.s.report(r)
}

// appliedTasks is where the book notes the background actions whose responses
// are in the answers.
const appliedTasks = "tasks applied"

// notedTasks is where the book notes the background actions that the answers
// know of. One that Back has undone is not among them.
const notedTasks = "tasks"

// mostNoted is how many are noted before those that are over are forgotten.
const mostNoted = 64

// noteTasks writes what the step started into the book.
func (s *step) noteTasks() error {
	if len(s.started) == 0 || s.q.Web.Task != "" {
		return nil
	}
	ids := s.noted(notedTasks)
	if len(ids) >= mostNoted {
		open, err := s.r.store.OpenTasks(s.ctx, s.stored.Session.ID, time.Time{})
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id string) bool {
			return !slices.ContainsFunc(open, func(t Task) bool { return t.ID == id })
		})
	}
	for _, t := range s.started {
		ids = append(ids, t.id)
	}
	s.note(notedTasks, ids)
	return nil
}

// knows reports whether the answers know of a background action.
func (s *step) knows(id string) bool { return slices.Contains(s.noted(notedTasks), id) }

// noted are the ids of background actions that the book notes under a name.
func (s *step) noted(under string) []string {
	list, _ := s.state.Book.Misc[under].(*python.Tuple)
	if list == nil {
		return nil
	}
	ids := make([]string, len(list.Elems))
	for i, v := range list.Elems {
		ids[i], _ = python.StringOf(v)
	}
	return ids
}

// note writes ids into the book.
func (s *step) note(under string, ids []string) {
	list := make([]python.Value, len(ids))
	for i, id := range ids {
		list[i] = python.NewStr(id)
	}
	s.state.Book.Misc[under] = python.NewTuple(list...)
}

// noteApplied notes that the response of a background action is in the answers.
func (s *step) noteApplied(id string) {
	known := s.noted(notedTasks)
	applied := slices.DeleteFunc(s.noted(appliedTasks), func(id string) bool { return !slices.Contains(known, id) })
	s.note(appliedTasks, append(applied, id))
}

// tasks seals what the step asks to be done in the background, on these answers.
func (s *step) tasks(state []byte, loose bool) ([]Task, error) {
	id := s.stored.Session.ID
	web := s.q.Web
	web.Session, web.Interview, web.Args, web.Referer, web.Shape = "", "", nil, "", ""
	ring := s.r.ring.Now() // one key for the body and for what is in it
	out := make([]Task, len(s.started))
	for i, t := range s.started {
		body := taskBody{Interview: s.iv.Name, Action: t.action, Arguments: t.arguments, State: state, Step: s.stored.Session.Head,
			Visitor: s.q.Visitor, Web: web, Grant: ring.Holder(grant(t.id)).Wrap(s.key, id), Loose: loose || s.q.Web.Task != ""}
		plain, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("write a background action: %w", err)
		}
		out[i] = Task{ID: t.id, Session: id, Visitor: s.q.Visitor.Stack, Notify: t.notify,
			Body: ring.Seal(purposeTask, plain, taskPlace(id, t.id))}
	}
	return out, nil
}

// grant names who may open a session for one background action: whoever has the
// server's keys and the action's body.
func grant(task string) string { return "task " + task }

// taskPlace is where the body of an action belongs.
func taskPlace(session, id string) seal.Associated {
	return seal.Associated{Session: session, Purpose: id}
}

// openTask opens what a worker is to do.
func (r *Runner) openTask(t *Task) (*taskBody, seal.DataKey, error) {
	plain, err := r.ring.Open(purposeTask, t.Body, taskPlace(t.Session, t.ID))
	if err != nil {
		return nil, seal.DataKey{}, fmt.Errorf("open a background action: %w", err)
	}
	b := &taskBody{}
	if err := json.Unmarshal(plain, b); err != nil {
		return nil, seal.DataKey{}, errors.New("read a background action: it is not what was written") // the error could quote it
	}
	key, err := r.ring.Holder(grant(t.ID)).Unwrap(b.Grant, t.Session)
	if err != nil {
		return nil, seal.DataKey{}, fmt.Errorf("open the session of a background action: %w", err)
	}
	return b, key, nil
}
