package run

import (
	"fmt"
	"html"
	"net/url"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/session"
	"colloquy/engine/solve"
)

// conclude saves what a step came to and makes the reply.
func (s *step) conclude(solver *solve.Solver, res *solve.Result, in input) (*Reply, error) {
	if res.Respond != nil {
		s.attach(res.Respond)
	}
	if err := s.save(solver, res, in); err != nil {
		return nil, err
	}
	if err := s.leave(); err != nil {
		return nil, err
	}
	if res.Command != nil {
		return s.command(res.Command, in)
	}
	if res.Screen != nil {
		s.dress(solver, res, s.stored.Session.Head)
	} else {
		s.logged(solver.Outcome())
	}
	r := s.reply(res)
	r.Passing = r.Passing || solver.Outcome().Passing
	return r, nil
}

func (s *step) reply(res *solve.Result) *Reply {
	r := &Reply{Screen: res.Screen, Respond: res.Respond, Session: s.stored.Session.ID, Interview: s.iv, Why: res.Why, Passing: res.Message != nil}
	if res.Respond != nil && res.Respond.URL != "" {
		r.Redirect, r.Respond = res.Respond.URL, nil
	}
	if res.Screen != nil {
		r.untold = s.news(res.Screen)
	}
	if res.Background != nil {
		r.Respond = &evaluation.Respond{Body: nil, Status: 204}
	}
	return r
}

// save writes the step as its outcome asks.
func (s *step) save(solver *solve.Solver, res *solve.Result, in input) error {
	out := solver.Outcome()
	if s.q.Scratch {
		return nil
	}
	if out.Save == evaluation.SaveIgnore && !s.fresh || res.Respond != nil && res.Respond.Null {
		return s.saveCaused(out)
	}
	solver.KeepLocals()
	s.unbind()
	if err := s.noteTasks(); err != nil {
		return err
	}
	mode := s.mode(out, in)
	if mode == NewStep {
		s.progress(res)
	}
	s.shown = res.Screen
	if (s.fresh || mode == NewStep) && res.Screen != nil && !res.Screen.Page.AllowBack {
		s.state.Book.Held = s.stored.Session.Head + 1
	}
	if out.PreventBack {
		s.state.Book.Offset = max(s.stored.Session.Head, 1)
	}
	enc, err := s.image.Encode(s.state)
	if err != nil {
		return s.failure(err)
	}
	asked := in.Kind == kindForm || out.Save == evaluation.SaveNew && mode == NewStep
	if !s.fresh && s.settled() && !asked && !enc.Changed && !enc.Booked && len(out.Effects)+len(s.kept)+len(s.taken)+len(s.started) == 0 {
		return s.end()
	}
	if err := s.storeFiles(); err != nil {
		return err
	}
	caused, err := s.caused(out, enc, false)
	if err != nil {
		return err
	}
	if s.fresh {
		return s.createStored(enc, in, caused)
	}
	return s.saveStored(enc, in, caused, mode)
}

// unbind takes the names away that belong to a visitor, not to the answers.
func (s *step) unbind() {
	for _, name := range solve.Locals {
		s.state.Answers.Delete(name)
	}
}

func (s *step) mode(out *evaluation.Outcome, in input) Mode {
	switch {
	case out.Save == evaluation.SaveOverwrite:
		return Overwrite
	case in.Kind == kindArgs && s.q.Arrives && out.Save != evaluation.SaveNew:
		return Overwrite
	case in.Kind != kindStart:
		return NewStep
	}
	return Overwrite
}

// progress moves the bar on with every new step, unless the question says
// where it is.
func (s *step) progress(res *solve.Result) {
	p := s.state.Book.Progress
	if p == nil || res.Asked != nil && res.Asked.Block.Question != nil && res.Asked.Block.Question.Progress != nil {
		return
	}
	f := &s.iv.Features
	m := f.ProgressMultiplier
	if m == 0 {
		m = 0.05
	}
	goal := 100.0
	if f.ProgressStepped {
		for _, v := range s.iv.Steps {
			if v > *p {
				goal = v
				break
			}
		}
	}
	next := *p + m*(goal-*p)
	s.state.Book.Progress = &next
	if res.Screen != nil {
		res.Screen.Page.Progress = &next
	}
}

// saveCaused keeps what a step asks for that leaves nothing else behind.
func (s *step) saveCaused(out *evaluation.Outcome) error {
	if len(s.started) == 0 {
		return s.end()
	}
	s.unbind()
	enc, err := s.image.Encode(s.state)
	if err != nil {
		return s.failure(err)
	}
	caused, err := s.caused(&evaluation.Outcome{}, enc, true)
	if err != nil {
		return err
	}
	row := &s.stored.Session
	if err := s.r.store.Save(s.ctx, Change{Session: row.ID, Rev: row.Rev, At: s.now, Mode: Keep, Caused: caused}); err != nil {
		return fmt.Errorf("begin a background action: %w", err)
	}
	row.Rev++
	return nil
}

// end ends the background action of a step that changes nothing of the session.
func (s *step) end() error {
	e := s.ended
	if e == nil {
		return s.keepRecords()
	}
	records, err := s.records()
	if err != nil {
		return err
	}
	c := s.more
	c.Records = append(c.Records, records...)
	s.ended, s.more = nil, Caused{}
	return s.r.store.EndTask(s.ctx, *e, c)
}

// caused seals what the step asks of the outside world. loose says that the
// answers are not saved with it.
func (s *step) caused(out *evaluation.Outcome, enc *session.Encoding, loose bool) (Caused, error) {
	c := s.more
	c.Parcels, c.Taken, c.Ended = append(c.Parcels, s.parcels...), append(c.Taken, s.taken...), s.ended
	records, err := s.records()
	if err != nil {
		return c, err
	}
	c.Records = append(c.Records, records...)
	effects := append(s.kept, out.Effects...)
	s.parcels, s.taken, s.kept, s.ended, s.more = nil, nil, nil, nil, Caused{}
	if len(s.started) > 0 {
		tasks, err := s.tasks(enc.Full(), loose)
		if err != nil {
			return c, err
		}
		c.Tasks, s.started, s.asked = append(c.Tasks, tasks...), nil, true
	}
	for _, e := range effects {
		key, session := s.effectKey(e.Key), s.stored.Session.ID
		c.Effects = append(c.Effects, Effect{Key: key, Session: session, Kind: e.Kind, Body: s.r.SealEffect(key, session, e.Kind, e.Body)})
	}
	c.Also = s.r.enqueue(c.Effects)
	return c, nil
}

func (s *step) sealStep(st *Step, enc, in []byte) {
	id := s.stored.Session.ID
	st.State = s.box.Seal(enc, associated(id, st, "state"))
	st.Input = s.box.Seal(in, associated(id, st, "input"))
}

func (s *step) createStored(enc *session.Encoding, in input, caused Caused) error {
	row := &s.stored.Session
	row.Rev, row.Head = 1, 1
	row.Card = s.card()
	st := Step{N: 1, Rev: 1, Kind: in.Kind, At: s.now}
	s.sealStep(&st, enc.Full(), in.bytes())
	keys := []Key{}
	keys = append(keys, s.q.Keys().wrap(s.key, row.ID, "")...)
	if s.shared() {
		keys = append(keys, s.sharedKey())
	}
	err := s.r.store.Create(s.ctx, Creation{Session: *row, Keys: keys, First: st, Caused: caused})
	if err != nil {
		return fmt.Errorf("begin a session: %w", err)
	}
	s.fresh = false
	s.stored.Chain = []Step{st}
	s.stored.Keys = keys
	s.image = enc.Image
	return nil
}

// saveStored writes a new step, or replaces the one at the head.
func (s *step) saveStored(enc *session.Encoding, in input, caused Caused, mode Mode) error {
	row, last := &s.stored.Session, s.stored.Last()
	st := Step{N: row.Head, Rev: row.Rev + 1, Kind: in.Kind, At: s.now}
	var plain []byte
	if mode == NewStep {
		st.N++
		if s.deltaPays(enc) {
			plain, st.Base = enc.Delta, last.Rev
		}
	} else {
		// What is replaced keeps how it came about.
		kept := s.input
		in, st.Kind = kept, last.Kind
		if before := s.image.Before(); before != nil && !last.Full() {
			again, err := before.Encode(s.state)
			if err != nil {
				return s.failure(err)
			}
			plain, st.Base = again.Delta, last.Base
		}
	}
	if plain == nil {
		plain = enc.Full()
	}
	s.sealStep(&st, plain, in.bytes())
	c := Change{Session: row.ID, Rev: row.Rev, At: s.now, Mode: mode, Step: st, Card: s.card(), Caused: caused}
	s.grants(&c)
	if err := s.r.store.Save(s.ctx, c); err != nil {
		return fmt.Errorf("save step %d: %w", st.N, err)
	}
	row.Rev, row.Head = st.Rev, st.N
	s.stored.Keys = c.changed(s.stored.Keys)
	s.input = in
	return nil
}

// mostDeltas is how many deltas a load of little answers goes through at most:
// each is a row to be fetched, opened and applied, however little is in it.
// bytesPerDelta allows one more for so many bytes of a full copy, which are
// fetched and opened too; so full copies, however large, cost every step no more
// than that many bytes.
const (
	mostDeltas    = 64
	bytesPerDelta = 1024
)

// deltaPays reports whether a delta is worth it: a full copy is written when
// the deltas since the last one outweigh it, or are too many.
func (s *step) deltaPays(enc *session.Encoding) bool {
	if len(s.stored.Chain) > max(mostDeltas, enc.FullSize()/bytesPerDelta) {
		return false
	}
	sum := len(enc.Delta)
	for i := range s.stored.Chain {
		if !s.stored.Chain[i].Full() {
			sum += len(s.stored.Chain[i].State)
		}
	}
	return sum < enc.FullSize()
}

// shared reports whether the author opened the session to everybody who has
// its address (docassemble's multi_user).
func (s *step) shared() bool {
	v, ok := s.state.Answers.Get("multi_user")
	return ok && v == python.Value(python.True)
}

func (s *step) sharedKey() Key {
	return Key{Holder: sharedHolder, Wrapped: s.r.ring.Holder(sharedHolder.ID).Wrap(s.key, s.stored.Session.ID)}
}

// grants keeps the server's key to the session in step with multi_user, and
// makes a session of the browser the account's.
func (s *step) grants(c *Change) {
	s.q.adopt(s.stored, s.key, c)
	_, has := s.stored.Key(sharedHolder)
	switch shared := s.shared(); {
	case shared && !has:
		c.PutKeys = append(c.PutKeys, s.sharedKey())
	case !shared && has:
		s.closed(c)
	}
}

// settled reports whether the server has a key to the session if, and only if,
// the session is open to everybody; going back may have changed that.
func (s *step) settled() bool {
	_, has := s.stored.Key(sharedHolder)
	return has == s.shared()
}

// command does what a special button or command() asks.
func (s *step) command(c *evaluation.Command, in input) (*Reply, error) {
	reply := &Reply{Session: s.stored.Session.ID, Interview: s.iv, Acted: true}
	kind := c.Kind
	if kind == "interview_exit" {
		kind, _ = s.iv.MetadataPart("exit link", "*")
		if kind == "" {
			kind = s.r.config.Text("main page exit link", "*")
		}
		if kind == "" {
			kind = "leave"
		}
	}
	switch kind {
	case "restart":
		if err := s.restart(); err != nil {
			return nil, err
		}
		solver, res, err := s.run(nil)
		if err != nil {
			return nil, err
		}
		return s.conclude(solver, res, in)
	case "new_session":
		args := s.urlArgs()
		args.Set(ArgNewSession, "1")
		reply.Redirect = s.address(args)
	case "exit", "exit_logout":
		if !s.fresh && !s.q.Scratch {
			if err := s.r.part(s.ctx, s.stored, s.q.Keys()); err != nil {
				return nil, err
			}
		}
		reply.Session, reply.Redirect, reply.Logout = "", s.exitURL(c.URL), kind == "exit_logout"
	case "leave", "logout":
		reply.Redirect, reply.Logout = s.exitURL(c.URL), kind == "logout"
	case "signin", "register":
		reply.Redirect = s.r.config.Path("/user/") + map[string]string{"signin": "sign-in", "register": "register"}[kind] + "?next=" + url.QueryEscape(s.address(nil))
	default:
		reply.Redirect = s.address(nil)
	}
	return reply, nil
}

// urlArgs are the url_args of the session that an address can carry.
func (s *step) urlArgs() url.Values {
	out := url.Values{}
	args, _ := s.state.Answers.Get("url_args")
	d, ok := args.(*python.Dict)
	if !ok {
		return out
	}
	for k, v := range d.All() {
		name, isText := python.StringOf(k)
		if value, also := python.StringOf(v); isText && also && !ReservedArgs[name] {
			out.Set(name, value)
		}
	}
	return out
}

func (s *step) exitURL(given string) string {
	if given != "" {
		return given
	}
	if set, ok := s.state.Book.Parts["exit url"]; ok && set != "" {
		return set
	}
	if meta, ok := s.iv.MetadataPart("exit url", "*"); ok && meta != "" {
		return meta
	}
	if url := s.r.config.Text("main page exit url", "*"); url != "" {
		return url
	}
	return s.r.config.ExitPage
}

// address is where the session is seen, with further query arguments.
func (s *step) address(args url.Values) string {
	path := s.q.Web.Shape
	if path == "" {
		path = s.r.config.Path("/interview") + "?i=" + url.QueryEscape(s.iv.Name)
	}
	if len(args) == 0 {
		return path
	}
	joint := "?"
	if strings.Contains(path, "?") {
		joint = "&"
	}
	return path + joint + args.Encode()
}

// notice is a message at the top of a screen.
func notice(level screen.Priority, solver *solve.Solver, text string) screen.Message {
	if solver != nil {
		text = solver.Word(text)
	}
	return screen.Message{Priority: level, Text: screen.HTML(html.EscapeString(text))}
}
