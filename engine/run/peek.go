package run

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// look opens a session without running a step.
func (r *Runner) look(ctx context.Context, id string, q *Request) (*step, error) {
	if id == "" {
		return nil, notYours()
	}
	stored, err := r.load(ctx, id)
	if err != nil {
		return nil, notYours()
	}
	iv, err := r.programs.Interview(ctx, stored.Session.Interview)
	if err != nil {
		return nil, err
	}
	q.Session, q.Interview = id, iv.Name
	return r.open(ctx, iv, q)
}

// URLArgs returns the url_args of a session, those that are text.
func (r *Runner) URLArgs(ctx context.Context, id string, keys Keys) (map[string]string, error) {
	s, err := r.look(ctx, id, &Request{Secret: keys.Browser, Account: keys.Account, Stranger: keys.Stranger})
	if err != nil {
		return nil, err
	}
	defer s.close()
	out := map[string]string{}
	for name, values := range s.urlArgs() {
		out[name] = values[0]
	}
	return out, nil
}

// InterviewOf says of which interview a session is, to a browser that holds a
// key to it. It returns ErrNotYours to others.
func (r *Runner) InterviewOf(ctx context.Context, id string, keys Keys) (string, error) {
	stored, err := r.load(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return "", notYours()
	}
	if err != nil {
		return "", fmt.Errorf("load the session: %w", err)
	}
	if _, err := r.dataKey(stored, keys); err != nil {
		return "", err
	}
	return stored.Session.Interview, nil
}

// Erase erases a session for somebody who has a key of his own to it; if others
// have one, too, he leaves it to them. Who only has its address has nothing to
// leave.
func (r *Runner) Erase(ctx context.Context, id string, keys Keys) error {
	stored, err := r.load(ctx, id)
	if err != nil {
		return notYours()
	}
	if !keys.own(stored) {
		if _, shared := stored.Key(sharedHolder); !shared {
			return notYours()
		}
	}
	return r.part(ctx, stored, keys)
}

// Variables writes the answers of a session as JSON (docassemble's /vars). An
// interview may have closed them: set_status(variable_access=False).
func (r *Runner) Variables(ctx context.Context, name, id string, keys Keys, v evaluation.Visitor) ([]byte, error) {
	s, err := r.look(ctx, id, &Request{Secret: keys.Browser, Account: keys.Account, Stranger: keys.Stranger, Visitor: v, Scratch: true, Web: evaluation.Request{Interface: "json", Method: "GET"}})
	if err != nil {
		return nil, err
	}
	defer s.close()
	full, err := r.programs.Resolve(name)
	if err != nil || full != s.iv.Name {
		return nil, notYours()
	}
	if access, ok := s.state.Book.Misc[evaluation.StatusPrefix+"variable_access"]; ok && access == python.Value(python.False) && !r.config.Debug {
		return nil, notYours()
	}
	vars, err := s.evaluation(nil).Library("all_variables", nil, python.Kwarg{Name: "include_internal", Value: python.True})
	if err != nil {
		return nil, s.failure(err)
	}
	var text strings.Builder
	if err := writeJSON(&text, answersOf(s, vars), 0); err != nil {
		return nil, fmt.Errorf("write the answers: %w", err)
	}
	return []byte(text.String() + "\n"), nil
}

// answersOf is what a page's scripts get to know of a session.
func answersOf(s *step, vars python.Value) *python.Dict {
	d := python.NewDict()
	d.SetStr("success", python.True)
	d.SetStr("variables", vars)
	d.SetStr("steps", python.Int(s.stored.Session.Head-s.state.Book.Offset))
	d.SetStr("encrypted", python.Bool(!s.shared()))
	d.SetStr("uid", python.NewStr(s.stored.Session.ID))
	d.SetStr("i", python.NewStr(s.iv.Name))
	return d
}
