package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/session"
)

// Code of a page that needs the outcome of a background action (task.get() and
// kin) does not hold anything up while it waits: its evaluation ends, nothing
// it did is kept, the session's turn passes to others, and when the action is
// over the step is run again on the answers as they are then. So an action that
// changes the answers cannot wait for a page that waits for it.

// awaited tells for which background action of which session a step has to wait.
func awaited(err error) (awaitedTask, bool) {
	var w *stepAwaits
	if errors.As(err, &w) {
		return awaitedTask{session: w.session, id: w.task}, true
	}
	var a *evaluation.Await
	if errors.As(err, &a) {
		return awaitedTask{id: a.Task}, true
	}
	return awaitedTask{}, false
}

type awaitedTask struct{ session, id string }

// stepAwaits is how a step ends that is to be run again when an action is over.
type stepAwaits struct {
	session, task string
	cause         error
}

func (e *stepAwaits) Error() string { return e.cause.Error() }
func (e *stepAwaits) Unwrap() error { return e.cause }

// awaits sees to it that the action that an error waits for is under way, and
// names the session that it belongs to. Other errors stay what they are.
func (s *step) awaits(err error) error {
	w, ok := awaited(err)
	if !ok {
		return err
	}
	if s.q.Scratch {
		return fault.New(fault.Forbidden, "This page does something, so it is shown to people and not to programs that look ahead.", err)
	}
	if s.begun(w.id) {
		if err := s.startEarly(); err != nil {
			return err
		}
	}
	return &stepAwaits{session: s.stored.Session.ID, task: w.id, cause: err}
}

// startEarly saves that the step asked for background actions, and nothing else
// of it: when it is run again the journal answers for them.
func (s *step) startEarly() error {
	solver, started := s.solver, s.started
	solver.KeepLocals()
	s.unbind()
	var none *session.Image
	now, err := none.Encode(s.state)
	if err != nil {
		return s.failure(err)
	}
	if err := s.asBefore(); err != nil {
		return err
	}
	for _, t := range started {
		s.state.Book.Journal[t.entry] = python.NewStr(t.id)
		s.q.early = append(s.q.early, t.entry)
	}
	s.started = started
	if err := s.noteTasks(); err != nil {
		return err
	}
	enc, err := s.image.Encode(s.state)
	if err != nil {
		return s.failure(err)
	}
	s.parcels, s.taken, s.kept = nil, nil, nil
	caused, err := s.caused(&evaluation.Outcome{}, now, false)
	if err != nil {
		return err
	}
	if s.fresh {
		q := s.q
		if err := s.createStored(enc, s.newInput(kindStart), caused); err != nil {
			return err
		}
		q.Session, q.Fresh, q.Reset, q.Remembered, q.began = s.stored.Session.ID, false, false, false, true
		return nil
	}
	return s.saveStored(enc, s.input, caused, Overwrite)
}

// takeBack forgets what a form had asked for while it waited, if it was not
// accepted in the end: the next one is another one. It returns err unless that
// fails.
func (r *Runner) takeBack(ctx context.Context, iv *interview.Interview, q *Request, reply *Reply, err error) error {
	refused := err != nil || reply.Screen != nil && reply.Screen.Invalid
	if len(q.early) == 0 || q.Form == nil || !refused {
		return err
	}
	for c := (contest{}); ; {
		lost := r.forgetEarly(ctx, iv, q)
		if lost == nil {
			return err
		}
		if !isStale(lost) || !c.again(ctx) {
			return errors.Join(err, lost)
		}
	}
}

func (r *Runner) forgetEarly(ctx context.Context, iv *interview.Interview, q *Request) error {
	s, err := r.open(ctx, iv, q)
	if err != nil {
		return err
	}
	defer s.close()
	for _, entry := range q.early {
		delete(s.state.Book.Journal, entry)
	}
	enc, err := s.image.Encode(s.state)
	if err != nil {
		return s.failure(err)
	}
	return s.saveStored(enc, s.input, Caused{}, Overwrite)
}

// asBefore makes the state what it was before the step.
func (s *step) asBefore() error {
	s.close()
	if !s.fresh {
		var err error
		s.state, s.image, err = s.decode(s.stored)
		return err
	}
	referer := s.state.Book.Referer
	s.state, s.image = session.New(s.r.programs.Names(s.iv), s.now), nil
	s.state.Book.Referer = referer
	return s.furnish()
}

// patience for background actions, of one request.
type waiting struct {
	r     *Runner
	ctx   context.Context
	until time.Time
}

func (r *Runner) patient(ctx context.Context) *waiting { return &waiting{r: r, ctx: ctx} }

// glance is how often a waiting request looks for itself, should news be lost.
const glance = 2 * time.Second

// wait returns when the action is over; when the request has waited for too
// long it returns what the author is to know.
func (w *waiting) wait(t awaitedTask, cause error) error {
	limit := w.r.config.Background.Wait
	if w.until.IsZero() {
		w.until = time.Now().Add(limit)
	}
	ctx, cancel := context.WithDeadline(w.ctx, w.until)
	defer cancel()
	news, leave := w.r.news.listen(t.session)
	defer leave()
	for {
		task, err := w.r.store.Task(w.ctx, t.session, t.id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("wait for a background action: %w", err)
		}
		if task.Phase.Over() {
			return nil
		}
		select {
		case <-news:
		case <-time.After(glance):
		case <-ctx.Done():
			if err := w.ctx.Err(); err != nil {
				return err
			}
			return w.tooLong(limit, cause)
		}
	}
}

func (w *waiting) tooLong(limit time.Duration, cause error) error {
	err := fmt.Errorf("the background action is not over after %s, and a page waits no longer for it in get(), wait(), failed() or result(): "+
		"ask ready(), which never waits, and show a question with \"reload: True\" until it is (configuration: background actions, wait)", limit)
	return fault.Author(positionOf(cause, ""), err)
}
