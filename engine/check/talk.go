package check

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/run"
	"colloquy/engine/screen"
	"colloquy/engine/session"
	"colloquy/engine/solve"
)

// A talk is a conversation with an interview, on the solver alone.
type talk struct {
	ctx      context.Context
	programs *run.Programs
	in       *interview.Interview
	now      time.Time
	seed     uint64

	state   *session.State
	world   *world
	steps   uint64
	asked   *ask.Asked
	context map[string]string
	screen  *screen.Screen
	ended   bool // it is over: what restarts it begins another one
}

func newTalk(ctx context.Context, p *run.Programs, in *interview.Interview, now time.Time, seed uint64) *talk {
	return &talk{ctx: ctx, programs: p, in: in, now: now, seed: seed,
		world: &world{programs: p, pkg: in.Package, files: map[int64][]byte{}, kept: map[string]python.Value{}}}
}

// A ServerError is a mistake of the server's own code that an interview brought
// to light.
type ServerError struct{ What string }

func (e *ServerError) Error() string { return "the server's own code fails: " + e.What }

// guard makes an error of a panic, so that one interview does not end the check
// of all others.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = &ServerError{fmt.Sprint(p)}
	}
}

// begin shows the first screen.
func (t *talk) begin() (err error) {
	defer guard(&err)
	if err := t.furnish(); err != nil {
		return err
	}
	return t.evaluate(nil)
}

// furnish makes a new session with the names that every session has.
func (t *talk) furnish() error {
	t.state = session.New(t.programs.Names(t.in), t.now)
	t.state.Answers.Set("url_args", python.NewDict())
	th := python.NewThread(t.ctx, python.Options{Loader: t.programs, Limits: limits})
	defer th.Close()
	nav, err := evaluation.CallLibrary(th, "DANav", []python.Value{python.NewStr("nav")})
	if err != nil {
		return err
	}
	t.state.Answers.Set("nav", nav)
	return nil
}

var (
	visitor = evaluation.Visitor{Stack: "walk", Device: "walk", Key: "t1", UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", BrowserLanguages: []string{"en"}}
	request = evaluation.Request{Interface: "web", Method: "POST", Root: "https://interviews.example.org/", URL: "/interview", Session: "walk"}
)

func (t *talk) solver(action *evaluation.Pending) *solve.Solver {
	v, q := visitor, request
	q.Interview = t.in.Name
	return solve.New(t.ctx, solve.Input{Interview: t.in, State: t.state, Visitor: &v, Request: &q, Action: action, Now: t.now,
		Seed: t.seed<<20 + t.steps, Step: int64(t.steps) + 1, World: t.world, Loader: t.programs, Limits: limits})
}

// evaluate shows what comes next.
func (t *talk) evaluate(action *evaluation.Pending) error {
	t.world.links = t.world.links[:0]
	s := t.solver(action)
	res, err := s.Run()
	if err == nil && res.Asked != nil {
		t.context = s.Describe(res.Asked.Context)
	}
	s.Close()
	if err != nil {
		return err
	}
	t.asked, t.screen = res.Asked, res.Screen
	t.ended = res.Screen == nil || res.Message != nil // a reply, a command such as restart, or a message without a question
	return nil
}

// A move is what is said in answer to a screen.
type move struct {
	form   *ask.Form
	action *evaluation.Pending
	said   Said
}

// say answers the screen. It reports whether the answer was taken.
func (t *talk) say(m *move) (taken bool, err error) {
	defer guard(&err)
	t.steps++
	if m.action != nil {
		return true, t.evaluate(m.action)
	}
	asked := &ask.Asked{Block: t.asked.Block, Sought: t.asked.Sought, Form: t.asked.Form, Language: t.asked.Language}
	s := t.solver(nil)
	got, err := s.Receive(asked, t.context, m.form)
	if _, missing := python.MissingName(err); missing {
		if _, err = s.Run(); err == nil {
			got, err = s.Receive(asked, t.context, m.form)
		}
	}
	s.Close()
	switch {
	case err != nil:
		return false, err
	case got.Refused != nil:
		return false, nil
	case got.Command != nil && got.Command.Kind != "continue": // to look again changes nothing in a walk
		t.ended = true
		return true, nil
	}
	return true, t.evaluate(nil)
}

// key tells the questions of a conversation apart.
func (t *talk) key() string {
	k := t.asked.Block.Key + "|" + t.asked.Sought
	for _, name := range slices.Sorted(maps.Keys(t.context)) {
		k += "|" + name + "=" + t.context[name]
	}
	return k
}

// actions are the links of the screen that act.
func (t *talk) actions() []*evaluation.Pending {
	var out []*evaluation.Pending
	seen := map[int]bool{}
	add := func(text string) {
		for {
			_, after, ok := strings.Cut(text, "?walk=")
			if !ok {
				return
			}
			end := strings.IndexFunc(after, func(r rune) bool { return r < '0' || r > '9' })
			if end < 0 {
				end = len(after)
			}
			n, err := strconv.Atoi(after[:end])
			if err == nil && n < len(t.world.links) && !seen[n] {
				seen[n] = true
				out = append(out, pending(t.world.links[n]))
			}
			text = after
		}
	}
	if len(t.world.links) == 0 {
		return nil
	}
	s := t.screen
	for _, html := range []screen.HTML{s.Question, s.Subquestion, s.Under, s.Pre, s.Post, s.Right} {
		add(string(html))
	}
	for i := range s.Fields {
		add(string(s.Fields[i].Note))
		add(string(s.Fields[i].Label))
		if a := s.Fields[i].Action; a != nil {
			add(a.URL)
		}
	}
	for _, b := range s.ActionButtons {
		add(b.URL)
	}
	return out
}

// pending is the action that a link asks for.
func pending(l evaluation.Link) *evaluation.Pending {
	if !l.ForgetPrior {
		return &evaluation.Pending{Action: l.Action, Arguments: l.Arguments}
	}
	args := python.NewDict()
	for _, k := range slices.Sorted(maps.Keys(l.Arguments)) {
		args.SetStr(k, l.Arguments[k])
	}
	return &evaluation.Pending{Action: "_da_priority_action", Arguments: map[string]python.Value{"_action": python.NewStr(l.Action), "_arguments": args}}
}

// failure makes a finding of an error; ok is false for what is none: the world
// outside was needed, or there is no time left.
func (t *talk) failure(err error) (f Finding, ok bool) {
	if t.world.refused || t.ctx.Err() != nil || errors.Is(err, evaluation.ErrReadonly) {
		return f, false
	}
	f = Finding{Severity: Error, Kind: Crash, Verdict: walked, Message: firstLine(err.Error()), Pos: run.PositionOf(err, t.in.Name)}
	var se *solve.Error
	if errors.As(err, &se) {
		if se.Block != nil {
			f.Block = se.Block.Name
		}
		for _, l := range se.Chain {
			f.Chain = append(f.Chain, Link{Name: l.Name, Pos: l.Pos})
		}
	}
	var none *solve.NotFoundError
	var loop *solve.LoopError
	var budget *python.BudgetError
	f.Fix = "mend the code, or let the question refuse such answers"
	switch {
	case errors.Is(err, solve.ErrFinished):
		f.Kind, f.Fix = Unfinished, "end the interview with a mandatory question without fields"
		f.Message = "the interview runs out: all mandatory blocks are done, and no screen is left to show"
		if n := len(t.in.Walk); n > 0 {
			f.Pos, f.Block = t.in.Walk[n-1].Pos, t.in.Walk[n-1].Name
		}
	case errors.As(err, &none):
		f.Kind, f.Message = WalkedUndefined, none.Name+" is needed, and no block that applies defines it"
		f.Fix = "write a question or code that defines it, or see why those that do are passed over"
	case errors.As(err, &loop):
		f.Kind, f.Fix = Loop, "have one of these names defined without the others"
	case errors.As(err, &budget):
		f.Kind, f.Fix = TooSlow, "make the loop end, or do less at a time"
	}
	return f, true
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// unstorable looks whether the answers can be kept.
func (t *talk) unstorable() (Finding, bool) {
	var none *session.Image
	_, err := none.Encode(t.state)
	var u *session.UnstorableError
	if !errors.As(err, &u) {
		return Finding{}, false
	}
	f := Finding{Severity: Error, Kind: NotStorable, Verdict: walked, Message: u.Error(), Pos: interview.Pos{File: t.in.Name, Line: 1, Col: 1},
		Fix: "keep a plain value instead, or delete it before the code ends"}
	root, _ := interview.SplitName(u.Path)
	for _, b := range t.in.Blocks {
		if slices.Contains(b.Offers, root) || slices.Contains(b.Others, root) {
			f.Pos, f.Block = b.Pos, b.Name
		}
	}
	return f, true
}
