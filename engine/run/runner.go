package run

import (
	"context"
	crand "crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/ask"
	"colloquy/engine/config"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/language"
	"colloquy/engine/ports"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/engine/solve"
)

// A Runner runs steps. It is safe for concurrent use.
type Runner struct {
	store     Store
	ring      *seal.Ring
	programs  *Programs
	config    *config.Config
	files     ports.Files
	jobs      ports.Jobs
	web       ports.Web
	converter ports.Converter
	keyValue  ports.KeyValue // nil: the store's records
	accounts  *accounts.Keeper
	mailer    ports.Mailer
	clock     ports.Clock
	random    io.Reader
	log       *slog.Logger
	queue     *queue
	news      *newsroom
	lost      *atomic.Int64
	recent    *recent
	words     *language.Words
}

// Parts are what a Runner is made of.
type Parts struct {
	Store    Store
	Ring     *seal.Ring
	Programs *Programs
	Config   *config.Config
	Files    ports.Files    // keeps uploads, sealed
	Jobs     ports.Jobs     // delivers effects; nil: nobody does
	Web      ports.Web      // calls other servers; nil: none can be called
	KeyValue ports.KeyValue // keeps the keys of DARedis; nil: the store does
	Mailer   ports.Mailer   // sends mail; nil: none can be sent
	// Converter makes PDF files of Word documents; nil: nobody does.
	Converter ports.Converter
	Clock     ports.Clock
	Random    io.Reader // nil: crypto/rand
	Log       *slog.Logger
	Words     *language.Words // nil: those built in
	// NoQueue lets requests to one session run at once, as those of several
	// processes do. Tests use it.
	NoQueue bool
}

// New returns a Runner.
func New(p Parts) *Runner {
	r := &Runner{store: p.Store, ring: p.Ring, programs: p.Programs, config: p.Config, files: p.Files, jobs: p.Jobs, web: p.Web, keyValue: p.KeyValue, mailer: p.Mailer, converter: p.Converter,
		clock: p.Clock, random: p.Random, log: p.Log, lost: &atomic.Int64{}, words: p.Words, recent: newRecent()}
	if r.words == nil {
		r.words = language.BuiltinWords()
	}
	if r.random == nil {
		r.random = crand.Reader
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if !p.NoQueue {
		r.queue = newQueue()
	}
	r.news = newNewsroom()
	r.store.OnTask(r.news.tell)
	return r
}

// With returns the Runner under another configuration: it shares everything
// else with r, so that the requests of both may be under way at once.
func (r *Runner) With(c *config.Config, web ports.Web, mailer ports.Mailer) *Runner {
	other := *r
	other.config, other.web, other.mailer = c, web, mailer
	return &other
}

// A Request is something that a person or program wants of an interview.
type Request struct {
	Interview string // full or short name
	Session   string // "" for the browser's own, if it says so, or a new one
	Secret    seal.Secret
	Account   Owner // of who is signed in
	// Stranger says that Secret was made for this request.
	Stranger bool
	// Via says how a session is opened that is not the asker's own, where that
	// is not by its address; it is noted ("api", say).
	Via string
	// Fresh begins a new session although there is one; Reset erases that one.
	Fresh, Reset bool

	Visitor evaluation.Visitor
	Web     evaluation.Request
	// URLArgs are query arguments meant for the interview.
	URLArgs map[string]string

	// At most one of these is set.
	Form   *Form
	Action *Action
	Back   bool
	Step   int64 // show an earlier step as it was, with the offer to change it

	// Scratch is for requests that may leave nothing behind.
	Scratch bool
	depth   int // of sessions that reach into one another

	granted *seal.DataKey // opens the session for a background action, which holds no secret
	began   bool          // the session was begun for this request, which is run again in it
	early   []string      // entries of the journal that were stored before the request was over

	// Remembered says that Session is what the browser was at last, not what
	// the request names: if it is gone, a new one begins.
	Remembered bool
	// Arrives says that the browser was not in this session before: what its
	// address brings along is no step of its own.
	Arrives bool
}

// A Form is a posted form.
type Form struct {
	ask.Form
	Token string // what identifies the question; see screen.Hidden of FormInput
	// Question is the name of the question that is answered, for programs that
	// have no Token: it must be what the session asks now.
	Question string
	// Boxes are what it ticks in lists of boxes.
	Boxes []Box

	fetched  bool     // what is held of its files is among Files
	released []string // what need not be held any more once the form is taken
}

// A Box is one thing in a list of boxes, by the list's variable and what it
// stands for, with the text that is posted for it.
type Box struct{ Variable, Key, Text string }

// An Action is a posted or followed action link.
type Action struct {
	Payload   string // base64 JSON as docassemble writes it
	Signature string
	Once      string // makes a double click one
	Trusted   bool   // vouched for by the page's own token instead of a signature
	ReadOnly  bool   // nothing it does is kept
	Foreign   bool   // asked for from another site: links of our own page do not count

	claimed bool // a link that works once was used up for this request
}

// A Reply is the outcome of a Request: exactly one of Screen, Respond and
// Redirect is set.
type Reply struct {
	Screen   *screen.Screen
	Respond  *evaluation.Respond
	Redirect string
	// Session is the session the reply belongs to; "" if it is gone.
	Session   string
	Interview *interview.Interview
	// Acted says that the request changed something, so that a browser should
	// be sent to the page's plain address.
	Acted bool
	// Passing says that Screen is seen once: evaluating again shows another.
	Passing bool
	// Stale says that the request no longer fitted the session.
	Stale bool
	// Why is the chain of names that led to the question, for authors.
	Why []solve.Link
	// Logout asks that the visitor be logged out.
	Logout bool
	// Lost says that the session that was remembered is gone, and that this is
	// a new one.
	Lost bool

	untold *untold // background actions that are over
}

// patience is how long a step that loses to other writers is run again and
// again; between two tries it waits at most longestPause.
const (
	patience     = 30 * time.Second
	longestPause = 500 * time.Millisecond
)

// Conflicts counts the steps that lost to another writer since the start and
// were run again.
func (r *Runner) Conflicts() int64 { return r.lost.Load() }

// A contest is the tries of one step against other writers.
type contest struct {
	began time.Time
	pause time.Duration
}

// again waits a moment after a lost try, longer each time and never the same,
// so that those who lost do not meet again. It reports false when it is time to
// give up.
func (c *contest) again(ctx context.Context) bool {
	if c.began.IsZero() {
		c.began, c.pause = time.Now(), time.Millisecond
	}
	if time.Since(c.began) > patience {
		return false
	}
	wait := rand.N(c.pause) + c.pause/2
	c.pause = min(2*c.pause, longestPause)
	select {
	case <-time.After(wait):
		return true
	case <-ctx.Done():
		return false
	}
}

// Do runs one step.
func (r *Runner) Do(ctx context.Context, q *Request) (*Reply, error) {
	iv, err := r.programs.Interview(ctx, q.Interview)
	if err != nil {
		return nil, err
	}
	q.Interview = iv.Name
	if err := r.admit(iv, q, false); err != nil {
		return nil, err
	}
	patient := r.patient(ctx)
	for {
		reply, err := r.turn(ctx, iv, q)
		waits, ok := awaited(err)
		if !ok {
			return reply, r.takeBack(ctx, iv, q, reply, err)
		}
		if err := patient.wait(waits, err); err != nil {
			return nil, err
		}
	}
}

// turn runs the step once it is the session's turn.
func (r *Runner) turn(ctx context.Context, iv *interview.Interview, q *Request) (*Reply, error) {
	if q.Session == "" || q.Fresh || q.Reset {
		return r.begin(ctx, iv, q)
	}
	if r.queue != nil {
		leave, err := r.queue.enter(ctx, q.Session)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	for c := (contest{}); ; {
		reply, err := r.once(ctx, iv, q)
		if q.Remembered && q.Form == nil && fault.KindOf(err) == fault.Forbidden && errors.Is(err, ErrNotYours) {
			q.Session = ""
			reply, err := r.begin(ctx, iv, q)
			if reply != nil {
				reply.Lost = true
			}
			return reply, err
		}
		if err == nil || !isStale(err) {
			return reply, err
		}
		if !c.again(ctx) {
			return nil, fault.New(fault.Unavailable, "Too many requests change this interview at once. Please try again in a moment.", err)
		}
		r.lost.Add(1)
	}
}

// begin starts a session. A request that may leave nothing behind sees its
// first screen all the same.
func (r *Runner) begin(ctx context.Context, iv *interview.Interview, q *Request) (*Reply, error) {
	if q.Reset && q.Session != "" && q.Keys().Valid() && !q.Scratch {
		if err := r.forget(ctx, q); err != nil {
			return nil, err
		}
	}
	if err := r.admit(iv, q, true); err != nil {
		return nil, err
	}
	if id, err := r.unique(ctx, iv, q); err != nil || id != "" {
		if err != nil {
			return nil, err
		}
		q.Session, q.Fresh, q.Reset, q.Remembered = id, false, false, false
		return r.turn(ctx, iv, q)
	}
	s, err := r.create(ctx, iv, q)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := r.forgetEarlier(s); err != nil {
		return nil, err
	}
	reply, err := s.show()
	return reply, s.awaits(err)
}

// forget erases the session that is begun anew, as far as it is the asker's own.
func (r *Runner) forget(ctx context.Context, q *Request) error {
	stored, err := r.load(ctx, q.Session)
	if err != nil {
		return nil //nolint:nilerr // there is nothing to erase
	}
	if stored.Session.Interview != q.Interview {
		return nil
	}
	return r.part(ctx, stored, q.Keys()) // a guest leaves it to its host
}

// once runs a step on the session as it is now.
func (r *Runner) once(ctx context.Context, iv *interview.Interview, q *Request) (*Reply, error) {
	s, err := r.open(ctx, iv, q)
	if err != nil {
		return nil, err
	}
	defer s.close()
	joins := s.joins()
	reply, err := s.do()
	if err == nil && joins && reply.Session != "" {
		err = s.join()
	}
	return reply, s.awaits(err)
}

// do runs the step that the request asks for.
func (s *step) do() (*Reply, error) {
	switch q := s.q; {
	case q.Back:
		return s.back()
	case q.Form != nil:
		return s.answer()
	case q.Action != nil:
		return s.act()
	}
	return s.show()
}

func (r *Runner) seed() uint64 {
	var b [8]byte
	if _, err := io.ReadFull(r.random, b[:]); err != nil {
		return uint64(r.clock.Now().UnixNano())
	}
	return binary.LittleEndian.Uint64(b[:])
}

func (r *Runner) limits() python.Limits {
	l := r.config.Limits
	return python.Limits{Steps: l.Steps, Bytes: l.Memory}
}

// limits bound what the step's code may use. A background action may take as
// many steps more as it may take longer.
func (s *step) limits() python.Limits {
	l := s.r.limits()
	if s.q.Web.Task != "" && l.Steps > 0 {
		l.Steps *= max(1, int64(s.r.config.Background.Time/s.r.evaluationTime()))
	}
	return l
}

// evaluationTime is how long author code may take in one evaluation.
func (r *Runner) evaluationTime() time.Duration {
	if d := r.config.Limits.Time; d > 0 {
		return d
	}
	return 10 * time.Second
}

// deadline bounds the time that author code may take in one evaluation.
func (s *step) deadline() (context.Context, context.CancelFunc) {
	d := s.r.evaluationTime()
	if s.q.Web.Task != "" {
		d = s.r.config.Background.Time
	}
	return context.WithTimeout(s.ctx, d)
}

// enqueue returns the function that schedules the delivery of effects in the
// transaction that stores them.
func (r *Runner) enqueue(effects []Effect) func(context.Context, *sql.Tx) error {
	if len(effects) == 0 || r.jobs == nil {
		return nil
	}
	keys := make([]string, len(effects))
	for i, e := range effects {
		keys[i] = e.Key
	}
	return func(ctx context.Context, tx *sql.Tx) error { return r.jobs.Enqueue(ctx, tx, keys...) }
}

// notYours is what everybody gets who cannot open a session, whether it exists
// or not.
func notYours() error {
	return fault.New(fault.Forbidden, "This interview session is not yours to open, or it no longer exists.", ErrNotYours)
}

// ErrNotYours says that the asker holds no key to the session, or that there is
// no such session.
var ErrNotYours = errors.New("no key to the session")
