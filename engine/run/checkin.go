package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/engine/solve"
)

// checkInURL takes what pages ask for by themselves ("check in").
const checkInURL = "/checkin"

// purposeCheckIn is what the action of a question's "check in" is signed for.
const purposeCheckIn = "check in"

// checkIn lets a screen call its action by itself, unless the interview or the
// configuration has "checkin interval: 0".
func (s *step) checkIn(scr *screen.Screen) {
	every := s.iv.Features.CheckinInterval
	if every < 0 {
		every = s.r.config.CheckinInterval
	}
	if scr.CheckIn == "" || every == 0 || s.q.Scratch {
		return
	}
	scr.Page.CheckinInterval = every
	scr.Page.CheckinURL = s.r.config.Path(checkInURL)
	scr.CheckInKey = s.r.ring.Sign(purposeCheckIn, seal.Terms{Made: s.now}, s.stored.Session.ID, scr.CheckIn)
}

// A CheckIn is what a page on the screen asks for by itself.
type CheckIn struct {
	Action     string
	Key        string // proves that the screen may ask for it
	Parameters []byte // a JSON object: the values of the fields, _initial and _changed
}

// CheckIn runs the action of a question's "check in" and says what the page is
// to do. Nothing waits on a stack afterwards; changes go into the current step.
func (r *Runner) CheckIn(ctx context.Context, q *Request, c CheckIn) ([]PageCommand, error) {
	stored, err := r.store.Load(ctx, q.Session)
	if err != nil {
		return nil, notYours()
	}
	iv, err := r.programs.Interview(ctx, stored.Session.Interview)
	if err != nil {
		return nil, err
	}
	q.Interview, q.Web.CheckIn = iv.Name, true
	if err := r.admit(iv, q, false); err != nil {
		return nil, err
	}
	if r.queue != nil {
		leave, err := r.queue.enter(ctx, q.Session)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	for t := (contest{}); ; {
		commands, err := r.checkInOnce(ctx, iv, q, c)
		if err == nil || !isStale(err) || !t.again(ctx) {
			return commands, err
		}
		r.lost.Add(1)
	}
}

func (r *Runner) checkInOnce(ctx context.Context, iv *interview.Interview, q *Request, c CheckIn) ([]PageCommand, error) {
	s, err := r.open(ctx, iv, q)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if _, err := r.ring.Verify(c.Key, purposeCheckIn, s.now, q.Session, c.Action); err != nil || !interview.ValidName(c.Action) {
		return nil, fault.New(fault.Forbidden, "This page asks for something that its question does not offer.", err)
	}
	args, err := checkInArguments(c.Parameters)
	if err != nil {
		return nil, fault.New(fault.Invalid, "We could not read what the page sent.", err)
	}
	return s.checkedIn(&evaluation.Pending{Action: c.Action, Arguments: args})
}

// mostHandedOn is how often the action of a check in may end with another one.
const mostHandedOn = 5

// checkedIn runs an action and those that it ends with, and saves.
func (s *step) checkedIn(a *evaluation.Pending) ([]PageCommand, error) {
	stack := s.q.Visitor.Stack
	before := slices.Clone(s.state.Book.Stacks[stack])
	var solver *solve.Solver
	var res *solve.Result
	for range mostHandedOn {
		var err error
		solver = s.evaluation(a)
		if res, err = solver.Run(); err != nil {
			return nil, s.failure(err)
		}
		if res.Background == nil || res.Background.Action == "" {
			break
		}
		a = &evaluation.Pending{Action: res.Background.Action, Arguments: res.Background.Arguments}
	}
	if s.state.Book.Stacks[stack] = before; before == nil {
		delete(s.state.Book.Stacks, stack)
	}
	if solver.Outcome().Save != evaluation.SaveIgnore {
		solver.Outcome().Save = evaluation.SaveOverwrite
	}
	s.noteOffered(res.Background)
	s.logged(solver.Outcome())
	if err := s.save(solver, res, s.newInput(kindAction)); err != nil {
		return nil, err
	}
	return pageCommands(res.Background)
}

// pageCommands is what a page is to do after a check in.
func pageCommands(b *evaluation.BackgroundRespond) ([]PageCommand, error) {
	if b == nil || b.Value == nil {
		return nil, nil
	}
	if b.Kind != "" {
		v := b.Value
		if list, ok := v.(*python.List); ok && len(list.Elems) == 2 {
			v = list.Elems[0]
		}
		return oneCommand(pageCommand(b.Kind, v))
	}
	if d, ok := b.Value.(*python.Dict); ok && d.Len() == 0 {
		return nil, nil
	}
	if c, ok := targeted(b.Value); ok {
		return []PageCommand{c}, nil
	}
	if list, ok := b.Value.(*python.List); ok && len(list.Elems) > 0 {
		var out []PageCommand
		for _, item := range list.Elems {
			if c, ok := targeted(item); ok {
				out = append(out, c)
			}
		}
		if len(out) == len(list.Elems) {
			return out, nil
		}
	}
	return oneCommand(pageCommand("backgroundresponse", b.Value))
}

func oneCommand(c *PageCommand, err error) ([]PageCommand, error) {
	if err != nil || c == nil {
		return nil, err
	}
	return []PageCommand{*c}, nil
}

// targeted reads {target: ..., content: ...}: markup for a place of the page.
func targeted(v python.Value) (PageCommand, bool) {
	d, ok := v.(*python.Dict)
	if !ok {
		return PageCommand{}, false
	}
	target, has := d.GetStr("target")
	content, also := d.GetStr("content")
	if !has || !also {
		return PageCommand{}, false
	}
	name, _ := python.StringOf(target)
	text, isText := python.Unwrap(content).(*python.Str)
	if !isText {
		text = python.NewStr(plainText(content))
	}
	value, err := json.Marshal(map[string]string{"target": name, "content": asBlock(text)})
	return PageCommand{Extra: "backgroundresponse", Value: value}, err == nil
}

// asBlock is asHTML for what may hold several paragraphs.
func asBlock(s *python.Str) string {
	return markup.Render(markupText(s), markup.Options{HTMLOnly: true}).HTML
}

func markupText(s *python.Str) markup.Text {
	t := markup.Text{S: s.String()}
	for _, part := range s.Spans() {
		t.Outside = append(t.Outside, markup.Span{From: part.From, To: part.To})
	}
	return t
}

// checkInArguments reads what a page sends: the fields' values as they are
// typed, nothing of it checked.
func checkInArguments(parameters []byte) (map[string]python.Value, error) {
	args := map[string]python.Value{}
	if len(parameters) == 0 {
		return args, nil
	}
	d := json.NewDecoder(strings.NewReader(string(parameters)))
	d.UseNumber()
	var given map[string]any
	if err := d.Decode(&given); err != nil {
		return nil, errors.New("the parameters are no JSON object") // the error could quote them
	}
	if d.More() {
		return nil, fmt.Errorf("there is something after the parameters")
	}
	for name, v := range given {
		args[name] = fromJSON(v)
	}
	return args, nil
}
