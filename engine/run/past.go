package run

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/session"
)

// A PastStep tells of one step of a session what came in and what it changed:
// what authors look at to see how answers came about.
type PastStep struct {
	N    int64     // 1 is the first
	At   time.Time // when it was saved last
	Kind string    // start, form, action, url_args, or set (by another session)
	By   string    // whose stack of actions it was (evaluation.Visitor.Stack)

	Question string            // of a form: the name of the block that asked, "" if the interview has it no more
	Values   []ask.Value       // of a form: what was posted, by variable where an input stands for one
	Action   string            // of an action: its name
	Args     map[string]string // what was added to url_args

	Set, Gone []string // names that the step defined or changed, and that it undefined
	Stored    int      // bytes, sealed
}

// mostPast is how many steps Past tells of at once.
const mostPast = 100

// Past tells of at most limit steps of a session after one of them, oldest
// first, to somebody who can open it; 0 asks for the first, and steps that Back
// took away are not among them. It returns ErrNotYours to others.
func (r *Runner) Past(ctx context.Context, id string, keys Keys, after int64, limit int) ([]PastStep, error) {
	stored, err := r.load(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil, notYours()
	}
	if err != nil {
		return nil, fmt.Errorf("load the session: %w", err)
	}
	s := &step{r: r, ctx: ctx, stored: stored}
	if s.key, err = r.unlock(ctx, stored, keys.asker()); err != nil {
		return nil, err
	}
	s.box = s.key.Box(id)
	s.iv, _ = r.programs.Interview(ctx, stored.Session.Interview) // without it questions have no names
	if limit <= 0 || limit > mostPast {
		limit = mostPast
	}
	after = max(after, 0)
	var out []PastStep
	var was *session.Image
	for n := after + 1; n <= stored.Session.Head && len(out) < limit; n++ {
		p, now, err := s.past(n, was)
		if errors.Is(err, ErrNotFound) {
			return out, nil // somebody went back meanwhile
		}
		if err != nil {
			return out, err
		}
		out, was = append(out, *p), now
	}
	return out, nil
}

// past tells of one step. was is the state before it if that is at hand.
func (s *step) past(n int64, was *session.Image) (*PastStep, *session.Image, error) {
	at, now, err := s.imageOf(n)
	if err != nil {
		return nil, nil, err
	}
	if was == nil {
		was = now.Before()
	}
	if was == nil && n > 1 {
		if _, was, err = s.imageOf(n - 1); err != nil {
			return nil, nil, err
		}
	}
	plain, err := s.box.Open(at.Input, associated(s.stored.Session.ID, at, "input"))
	if err != nil {
		return nil, nil, fmt.Errorf("open the input of step %d: %w", n, err)
	}
	in, err := readInput(plain)
	if err != nil {
		return nil, nil, err
	}
	p := &PastStep{N: n, At: at.At, Kind: in.Kind, By: in.By, Args: in.Args, Stored: len(at.Input) + len(at.State)}
	p.Set, p.Gone = session.Changes(was, now)
	if err := s.told(p, &in); err != nil {
		return nil, nil, err
	}
	return p, now, nil
}

// imageOf loads the state after a step, as far as it is to be compared.
func (s *step) imageOf(n int64) (*Step, *session.Image, error) {
	stored, err := s.r.store.LoadStep(s.ctx, s.stored.Session.ID, n)
	if err != nil {
		return nil, nil, fmt.Errorf("load step %d: %w", n, err)
	}
	blobs, err := s.plain(stored.Chain, stored.Session.ID)
	if err != nil {
		return nil, nil, err
	}
	im, err := session.Look(blobs[0], blobs[1:]...)
	if err != nil {
		return nil, nil, fmt.Errorf("read step %d: %w", n, err)
	}
	return stored.Last(), im, nil
}

// told says of a step what came in.
func (s *step) told(p *PastStep, in *input) error {
	if in.Kind == kindAction && in.Action != "" {
		name, args, err := decodeAction(in.Action)
		if p.Action = innermost(name, args); err != nil {
			p.Action = in.Action // asked for by another session, which names it
		}
	}
	if in.Token != "" && s.iv != nil {
		if b := s.iv.ByKey(blockOf(in.Token)); b != nil {
			p.Question = b.Name
		}
	}
	if in.values == nil {
		return nil
	}
	var pairs [][2]string
	if err := json.Unmarshal(in.values, &pairs); err != nil {
		return fmt.Errorf("read the form of step %d", p.N) // the error could quote it
	}
	for _, v := range pairs {
		if v[0] == FormInput {
			continue
		}
		p.Values = append(p.Values, ask.Value{Name: ask.Variable(v[0]), Text: v[1]})
	}
	return nil
}

// blockOf is the key of the block that a form's token names, which was verified
// when it was taken.
func blockOf(token string) string {
	body, _, _ := strings.Cut(token, ".")
	b, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return ""
	}
	var f formToken
	if json.Unmarshal(b, &f) != nil {
		return ""
	}
	return f.Block
}
