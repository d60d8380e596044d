package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/engine/session"
	"colloquy/engine/solve"
)

// siblings reaches other sessions for the code of one step. No queue is
// entered for them: two sessions that reach for each other would wait for ever.
type siblings struct{ s *step }

// deepest is how far sessions may reach into one another.
const deepest = 4

// Sessions gives the evaluation what reaches other sessions.
func (w *world) Sessions() evaluation.Sessions { return siblings{w.s} }

// request is what one session asks of another, as whoever caused it.
func (b siblings) request(t evaluation.Sibling) (*Request, error) {
	s := b.s
	if s.q.depth >= deepest {
		return nil, errors.New("sessions reach into one another without end")
	}
	if t.ID == "" && t.Interview == "" {
		return nil, errors.New("which interview is not said")
	}
	full, err := s.r.programs.Resolve(t.Interview)
	if err != nil {
		return nil, err
	}
	q := &Request{Interview: full, Session: t.ID, Secret: s.q.Secret, Account: s.q.Account, Stranger: s.q.Stranger, Via: ByInterview, Visitor: s.q.Visitor, Web: s.q.Web, Scratch: s.q.Scratch, depth: s.q.depth + 1}
	q.Web.Interface, q.Web.Method, q.Web.Shape, q.Web.Args = "api", "POST", "", nil
	if t.Secret != "" {
		if q.Secret, err = seal.ParseSecret(t.Secret); err != nil {
			return nil, notYours()
		}
		if err := b.borrow(q); err != nil {
			return nil, err
		}
	}
	return q, nil
}

// borrow turns a secret that an account has lent into the account's key.
func (b siblings) borrow(q *Request) error {
	if b.s.r.accounts == nil {
		return nil
	}
	v, err := b.s.r.accounts.Borrowed(b.s.ctx, q.Secret)
	if err != nil || v == nil {
		return err
	}
	q.Account, q.Secret = Owner{ID: v.Account.Number(), Key: v.Key}, seal.Secret{}
	return nil
}

// try runs a step on another session until nobody else has written to it
// meanwhile.
func (b siblings) try(t evaluation.Sibling, do func(*step) error) error {
	q, err := b.request(t)
	if err != nil {
		return plainly(err)
	}
	iv, err := b.s.r.programs.Interview(b.s.ctx, q.Interview)
	if err != nil {
		return plainly(err)
	}
	if err := b.s.r.admit(iv, q, false); err != nil {
		return plainly(err)
	}
	for c := (contest{}); ; {
		err := func() error {
			other, err := b.s.r.open(b.s.ctx, iv, q)
			if err != nil {
				return err
			}
			defer other.close()
			return do(other)
		}()
		if _, waits := awaited(err); waits {
			return python.Errorf(python.RuntimeError, "another session needs the outcome of a background action there; that can be waited for on its own page only")
		}
		if err == nil || !isStale(err) || !c.again(b.s.ctx) {
			return plainly(err)
		}
	}
}

// plainly gives author code the sentence of an error that is meant for people.
func plainly(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || isStale(err) || errors.Is(err, evaluation.ErrReadonly) {
		return err
	}
	if name, missing := python.MissingName(err); missing { // nothing that this session should seek
		return python.Errorf(python.RuntimeError, "the other session has no %s", name)
	}
	if _, ends := python.SignalOf(err); ends {
		return python.Errorf(python.RuntimeError, "the other session ended what was asked of it")
	}
	if raised, ok := python.AsRaised(err); ok {
		return raised
	}
	var none *solve.NotFoundError
	var circle *solve.LoopError
	switch {
	case fault.KindOf(err) == fault.Forbidden, fault.KindOf(err) == fault.NotFound:
		return python.Errorf(python.RuntimeError, "%s", fault.Sentence(err))
	case errors.As(err, &none), errors.As(err, &circle), errors.Is(err, solve.ErrFinished):
		return python.Errorf(python.RuntimeError, "%s", err)
	}
	return err
}

// Create begins a session.
func (b siblings) Create(t evaluation.Sibling, args *python.Dict) (string, error) {
	q, err := b.request(t)
	if err != nil {
		return "", plainly(err)
	}
	iv, err := b.s.r.programs.Interview(b.s.ctx, q.Interview)
	if err != nil {
		return "", plainly(err)
	}
	if err := b.s.r.admit(iv, q, true); err != nil {
		return "", plainly(err)
	}
	if !q.Keys().Valid() {
		return "", python.Errorf(python.RuntimeError, "a background action cannot begin a session: it holds no secret of the user that could open it; use create_session() on a page")
	}
	other, err := b.s.r.create(b.s.ctx, iv, q)
	if err != nil {
		return "", err
	}
	defer other.close()
	if args != nil {
		other.state.Answers.Set("url_args", args.Clone())
	}
	if _, err := other.show(); err != nil {
		if _, none := undefinable(err); !none {
			return "", plainly(err)
		}
		if err := other.keepBegun(); err != nil {
			return "", err
		}
	}
	return other.stored.Session.ID, nil
}

// undefinable is the name for want of which an interview stopped, if no block
// offers it: so end interviews that ask no questions.
func undefinable(err error) (string, bool) {
	var none *solve.NotFoundError
	if !errors.As(err, &none) {
		return "", false
	}
	return none.Name, true
}

// keepBegun stores a new session that stopped for want of a name.
func (s *step) keepBegun() error {
	if s.solver == nil || !s.fresh {
		return nil
	}
	return s.save(s.solver, &solve.Result{}, s.newInput(kindStart))
}

// Variables returns the answers of another session. They are not those of any
// evaluation: changing them changes nothing.
func (b siblings) Variables(t evaluation.Sibling, simple bool) (v python.Value, err error) {
	err = b.try(t, func(other *step) error {
		v, err = other.evaluation(nil).Library("all_variables", nil, python.Kwarg{Name: "simplify", Value: python.Bool(simple)})
		return err
	})
	return v, err
}

// SetVariables changes answers of another session, without evaluating it.
func (b siblings) SetVariables(t evaluation.Sibling, c evaluation.SessionChange) error {
	return b.try(t, func(other *step) error {
		variables, err := other.internals(c.Variables)
		if err != nil {
			return err
		}
		solver := other.evaluation(nil)
		if _, err := solver.Library("set_variables", []python.Value{variables},
			python.Kwarg{Name: "process_objects", Value: python.Bool(c.Objects)}); err != nil {
			return err
		}
		for _, name := range c.Delete {
			if _, err := solver.Library("undefine", []python.Value{python.NewStr(name)}); err != nil {
				return err
			}
		}
		if q := other.iv.ByName(c.Question); q != nil && q.Mandatory.Set {
			other.state.Book.Answered[q.Key] = true
		}
		if c.Overwrite {
			solver.Outcome().Save = evaluation.SaveOverwrite
		}
		return other.save(solver, &solve.Result{}, other.newInput(kindSet))
	})
}

// Act runs an action in another session. What it shows or answers is nobody's.
func (b siblings) Act(t evaluation.Sibling, a evaluation.SessionAction) error {
	return b.try(t, func(other *step) error {
		other.q.Scratch = other.q.Scratch || a.ReadOnly
		stack := other.q.Visitor.Stack
		before := slices.Clone(other.state.Book.Stacks[stack])
		solver, res, err := other.run(&evaluation.Pending{Action: a.Name, Arguments: a.Arguments})
		if err != nil {
			return err
		}
		if !a.Persistent {
			other.state.Book.Stacks[stack] = before
		}
		if a.Overwrite && solver.Outcome().Save == evaluation.SaveNormal {
			solver.Outcome().Save = evaluation.SaveOverwrite
		}
		in := other.newInput(kindAction)
		in.Action = a.Name
		_, err = other.conclude(solver, res, in)
		return err
	})
}

// Question returns what another session shows now, as data.
func (b siblings) Question(t evaluation.Sibling) (v python.Value, err error) {
	err = b.try(t, func(other *step) error {
		reply, err := other.show()
		if name, none := undefinable(err); none {
			v = fromJSON(map[string]any{"questionType": string(screen.KindUndefined), "variable": name, "message_log": []any{}})
			return nil
		}
		if err != nil {
			return err
		}
		v, err = replyData(reply)
		return err
	})
	return v, err
}

// replyData is a reply as the values that JSON has.
func replyData(r *Reply) (python.Value, error) {
	var body []byte
	var err error
	switch {
	case r.Screen != nil:
		body, err = screen.JSON(r.Screen)
	case r.Respond != nil:
		return respondData(r.Respond), nil
	default:
		body, err = json.Marshal(map[string]string{"questionType": "redirect", "redirect": r.Redirect})
	}
	if err != nil {
		return nil, fmt.Errorf("write a question as data: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	var data any
	if err := d.Decode(&data); err != nil {
		return nil, fmt.Errorf("read a question as data: %w", err)
	}
	return fromJSON(data), nil
}

func respondData(r *evaluation.Respond) python.Value {
	d := python.NewDict()
	d.SetStr("questionType", python.NewStr("response"))
	d.SetStr("contentType", python.NewStr(r.ContentType))
	d.SetStr("response", python.Outside(strings.ToValidUTF8(string(r.Body), "\uFFFD")))
	return d
}

// Back goes back in another session.
func (b siblings) Back(t evaluation.Sibling) error {
	return b.try(t, func(other *step) error {
		if !other.mayGoBack(other.stored.Session.Head - 1) {
			return python.Errorf(objects.DAError, "Cannot go back.")
		}
		other.q.Back = true
		_, err := other.back()
		return err
	})
}

// Stash keeps a value for another session.
func (b siblings) Stash(_ *python.Thread, v python.Value, life time.Duration) (key, secret string, err error) {
	s := b.s
	body, err := session.EncodeValue(v, s.now)
	if err != nil {
		return "", "", python.Errorf(python.TypeError, "stash_data(): %s", err)
	}
	for _, part := range []*string{&key, &secret} {
		if *part, err = seal.Name(s.r.random, codeLength/2); err != nil {
			return "", "", fmt.Errorf("make a code: %w", err)
		}
	}
	return key, secret, s.r.store.PutParcel(s.ctx, parcel(s.r.ring, purposeStash, key+secret, body, s.now.Add(life)))
}

// Stashed returns what was kept.
func (b siblings) Stashed(th *python.Thread, key, secret string, remove bool, renew time.Duration) (python.Value, bool, error) {
	s := b.s
	id, body, err := s.r.unwrap(s.ctx, purposeStash, key+secret)
	if errors.Is(err, ErrNotFound) || err == nil && slices.Contains(s.taken, id) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("open what was stashed: %w", err)
	}
	v, err := session.DecodeValue(th, s.r.programs, body)
	if err != nil {
		return nil, false, fmt.Errorf("read what was stashed: %w", err)
	}
	switch {
	case s.q.Scratch:
	case remove:
		s.taken = append(s.taken, id)
	case renew > 0:
		err = s.r.store.PutParcel(s.ctx, parcel(s.r.ring, purposeStash, key+secret, body, s.now.Add(renew)))
	}
	return v, true, err
}
