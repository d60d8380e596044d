package run

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/engine/session"
	"colloquy/engine/solve"
)

// step is one request at work on one session.
type step struct {
	r   *Runner
	ctx context.Context
	q   *Request
	iv  *interview.Interview
	now time.Time

	stored *Stored
	key    seal.DataKey
	box    *seal.Box
	state  *session.State
	image  *session.Image
	prior  *python.Namespace
	input  input // of the step at the head
	seed   uint64
	fresh  bool           // the session is being created and nothing is stored yet
	shown  *screen.Screen // what the step came to, if that is a screen
	files  []fileWrite

	parcels []Parcel            // to be left with the step
	codes   map[string]string   // of temporary links, by what they stand for
	taken   []string            // parcels that the step uses up
	kept    []evaluation.Effect // asked for before the interview restarted

	drawer   map[RecordName]*kept // what is kept outside of the answers, as the step found and changed it
	writings []writing            // records that it writes and erases

	asked   bool                              // background actions were asked for and are stored
	started []startedTask                     // background actions that the step asks for
	more    Caused                            // by the background action whose response the step is
	ended   *TaskEnd                          // the background action that the step ends
	report  func(evaluation.TaskReport) error // of the background action that the step carries out; nil outside of one

	solver *solve.Solver
	cancel context.CancelFunc
}

type fileWrite struct {
	number  int64
	content []byte
	name    string
}

func isStale(err error) bool { return errors.Is(err, ErrStale) }

func (s *step) close() {
	if s.solver != nil {
		s.solver.Close()
		s.cancel()
		s.solver = nil
	}
}

var sharedHolder = Holder{Kind: HolderRing, ID: "shared"}

// load loads a session by its id. What cannot be the id of a session is not
// even looked for.
func (r *Runner) load(ctx context.Context, id string) (*Stored, error) {
	if len(id) != idLength || strings.ContainsFunc(id, notInID) {
		return nil, ErrNotFound
	}
	return r.store.Load(ctx, id)
}

const idLength = 32 // characters of a session's id

func notInID(c rune) bool {
	return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}

// open loads a session and reads its state.
func (r *Runner) open(ctx context.Context, iv *interview.Interview, q *Request) (*step, error) {
	stored, err := r.load(ctx, q.Session)
	if errors.Is(err, ErrNotFound) {
		return nil, notYours()
	}
	if err != nil {
		return nil, fmt.Errorf("load the session: %w", err)
	}
	if stored.Session.Interview != iv.Name {
		return nil, notYours()
	}
	s := &step{r: r, ctx: ctx, q: q, iv: iv, now: r.clock.Now().UTC(), stored: stored, seed: r.seed()}
	if q.granted != nil {
		s.key = *q.granted
	} else if s.key, err = r.unlock(ctx, stored, q.asker()); err != nil {
		return nil, err
	}
	s.box = s.key.Box(stored.Session.ID)
	if err := s.read(); err != nil {
		return nil, err
	}
	return s, nil
}

// read opens and decodes the state, and the input of the step at the head.
func (s *step) read() error {
	known, err := s.known(s.stored)
	if err != nil {
		return err
	}
	if s.state, s.image, err = s.rebuild(known); err != nil {
		return err
	}
	last := s.stored.Last()
	plain, err := s.box.Open(last.Input, associated(s.stored.Session.ID, last, "input"))
	if err != nil {
		return fmt.Errorf("open the input of step %d: %w", last.N, err)
	}
	s.input, err = readInput(plain)
	return err
}

// plain opens steps that a state is rebuilt from.
func (s *step) plain(chain []Step, id string) ([][]byte, error) {
	var blobs [][]byte
	for i := range chain {
		c := &chain[i]
		plain, err := s.box.Open(c.State, associated(id, c, "state"))
		if err != nil {
			return nil, fmt.Errorf("open step %d: %w", c.N, err)
		}
		blobs = append(blobs, plain)
	}
	return blobs, nil
}

// decode reads a state of which nothing is known.
func (s *step) decode(stored *Stored) (*session.State, *session.Image, error) {
	blobs, err := s.plain(stored.Chain, stored.Session.ID)
	if err != nil {
		return nil, nil, err
	}
	reading, err := session.Read(blobs[0], blobs[1:]...)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	return s.rebuild(reading)
}

func (s *step) rebuild(reading *session.Reading) (*session.State, *session.Image, error) {
	th := s.r.thread(s.ctx)
	defer th.Close()
	st, im, err := reading.State(th, s.r.programs.Names(s.iv), s.r.programs)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	return st, im, nil
}

func unreadable(err error) error {
	return fault.Wrap(fault.Internal, fmt.Errorf("read the session: %w", err))
}

// thread is for what needs Python outside of an evaluation.
func (r *Runner) thread(ctx context.Context) *python.Thread {
	return python.NewThread(ctx, python.Options{Limits: r.limits(), Loader: r.programs})
}

func associated(id string, st *Step, purpose string) seal.Associated {
	return seal.Associated{Session: id, N: st.N, Rev: st.Rev, Base: st.Base, Kind: st.Kind, Purpose: purpose}
}

// create makes a new session; nothing is stored before its first evaluation.
func (r *Runner) create(ctx context.Context, iv *interview.Interview, q *Request) (*step, error) {
	id, err := seal.Name(r.random, idLength)
	if err != nil {
		return nil, fmt.Errorf("name a session: %w", err)
	}
	s := &step{r: r, ctx: ctx, q: q, iv: iv, now: r.clock.Now().UTC(), seed: r.seed(), fresh: true}
	if s.key, err = seal.NewDataKey(r.random); err != nil {
		return nil, fmt.Errorf("make a session's key: %w", err)
	}
	s.box = s.key.Box(id)
	s.stored = &Stored{Session: Session{ID: id, Interview: iv.Name, Owner: q.Account.ID, Created: s.now, Active: s.now}}
	s.state = session.New(r.programs.Names(iv), s.now)
	s.state.Book.Referer = q.Web.Referer
	if err := s.furnish(); err != nil {
		return nil, err
	}
	return s, nil
}

// furnish gives a new session the names that every session has.
func (s *step) furnish() error {
	for _, e := range s.r.config.Initial {
		s.state.Answers.Set(e.Key, settingValue(e.Value))
	}
	args := python.NewDict()
	s.state.Answers.Set("url_args", args)
	s.mergeArgs()
	th := s.r.thread(s.ctx)
	defer th.Close()
	nav, err := evaluation.CallLibrary(th, "DANav", []python.Value{python.NewStr("nav")})
	if err != nil {
		return fmt.Errorf("make nav: %w", err)
	}
	s.state.Answers.Set("nav", nav)
	if tags := s.iv.Metadata.Get("tags"); tags != nil {
		for _, tag := range tags.Items {
			s.state.Book.Tags = append(s.state.Book.Tags, tag.Written())
		}
	}
	return nil
}

// mergeArgs lays the request's query over url_args and reports whether that
// changed anything.
func (s *step) mergeArgs() bool {
	if len(s.q.URLArgs) == 0 {
		return false
	}
	v, _ := s.state.Answers.Get("url_args")
	args, ok := v.(*python.Dict)
	if !ok {
		args = python.NewDict()
		s.state.Answers.Set("url_args", args)
	}
	changed := false
	for _, k := range sortedNames(s.q.URLArgs) {
		old, had := args.GetStr(k)
		text, _ := python.StringOf(orNone(old))
		if had && text == s.q.URLArgs[k] {
			continue
		}
		args.SetStr(k, python.Outside(s.q.URLArgs[k]))
		changed = true
	}
	return changed
}

func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}
