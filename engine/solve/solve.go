package solve

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/language"
	"colloquy/engine/ports"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/session"
)

// A World is what an evaluation may learn from outside and ask of it. All of
// it is the caller's; nothing here but CallWeb and Post waits for a network.
type World interface {
	// Config is a value of the configuration that authors may read.
	Config(key string) (any, bool)
	// Link builds and signs an address of this server.
	Link(l evaluation.Link) (string, error)
	// File finds the public address of a file.
	File(ref, fromPackage string) (string, error)
	// ReadData reads a file of a package's "sources" or "templates" folder.
	ReadData(kind, ref, fromPackage string) ([]byte, error)
	// StoredFile reads a file of the session by its number.
	StoredFile(n int64) ([]byte, error)
	// MakeFile keeps a file that code of the interview made with the step, and
	// numbers it.
	MakeFile(name string, content []byte) (int64, error)
	// CallWeb makes a call to another server; see ports.Web.
	CallWeb(ctx context.Context, req ports.WebRequest) (*ports.WebResponse, error)
	// Sessions reaches other sessions.
	Sessions() evaluation.Sessions
	// People are the accounts of the server.
	People() evaluation.People
	// Tasks starts background actions.
	Tasks() evaluation.Tasks
	// Post is how mail leaves.
	Post() evaluation.Post
	// Keeping keeps values outside of the answers.
	Keeping() evaluation.Keeping
	// KeyValue is what DARedis works on.
	KeyValue() evaluation.KeyValue
	// Markup is what text on a page may refer to.
	Markup() *ask.Markup
	// KeepFile stores a file of the session with the step and numbers it.
	KeepFile(u ask.Upload) (int64, error)
}

// Input is all that an evaluation depends on.
type Input struct {
	Interview *interview.Interview
	State     *session.State
	// Prior are the answers as they were before Back was pressed, or nil.
	Prior   *python.Namespace
	Visitor *evaluation.Visitor
	Request *evaluation.Request
	// Action is what the request asks for, or nil.
	Action *evaluation.Pending
	Now    time.Time
	Seed   uint64
	// Step is the number of the step that the session is at.
	Step  int64
	World World
	// Words translate what the library and the screens say; nil: those built in.
	Words *language.Words

	Loader python.Loader
	Limits python.Limits
	Print  func(string)
	// LoopLimit and RecursionLimit hold where the interview sets none; 0: 500.
	LoopLimit, RecursionLimit int
}

// A Result is how an evaluation ended: exactly one of Screen, Respond, Command
// and Background is set.
type Result struct {
	Screen     *screen.Screen
	Asked      *ask.Asked
	Respond    *evaluation.Respond
	Command    *evaluation.Command
	Background *evaluation.BackgroundRespond
	// Message is set beside Screen when message() made it.
	Message *evaluation.Message
	// Why is the chain of names that led to the question, outermost first.
	Why []Link
}

// A Link of the chain: a name that was sought, and the block that was tried.
type Link struct {
	Name string
	Pos  interview.Pos
	// Block is the name of the block.
	Block string
}

// A Solver evaluates one interview for one session and request. It is not safe
// for concurrent use. Close it when the request is over.
type Solver struct {
	in      Input
	iv      *interview.Interview
	answers *python.Namespace
	book    *evaluation.Book
	th      *python.Thread
	place   evaluation.Place
	outcome evaluation.Outcome
	random  *rand.Rand

	action       *evaluation.Pending // current action, for action_argument()
	pending      *evaluation.Pending // an action not yet processed
	chain        []waiting
	reconsidered map[string]bool
	activation   *activation
	opened       map[string]string // block key to activation begun in this request
	followed     bool              // a recorded choice was followed
	started      bool              // imports and resets are done
	current      *interview.Block
	unused       []unusedLocal
	missed       map[string]interview.Pos // where names were missing, by name
}

// waiting is a block that was interrupted while it was tried for a name.
type waiting struct {
	block *interview.Block
	name  string
}

// New prepares an evaluation. The thread it runs on ends with ctx.
func New(ctx context.Context, in Input) *Solver {
	s := &Solver{in: in, iv: in.Interview, answers: in.State.Answers, book: in.State.Book,
		random:       rand.New(rand.NewPCG(in.Seed, in.Seed^0x9e3779b97f4a7c15)),
		reconsidered: map[string]bool{}, opened: map[string]string{}, missed: map[string]interview.Pos{}}
	s.place = evaluation.Place{Language: "en", Inside: "standard", Package: in.Interview.Package,
		File: in.Interview.Name, Facts: map[string]python.Value{}, Gathering: map[string]string{}}
	if l, ok := in.World.Config("language"); ok {
		s.place.Language = fmt.Sprint(l)
	}
	s.place.Language = spoken(&in, s.place.Language)
	s.pending = in.Action
	s.th = python.NewThread(ctx, python.Options{Limits: in.Limits, Loader: in.Loader, Print: in.Print, Local: evaluation.Evaluation(s)})
	return s
}

// spoken is the language that an interview begins in: the server's, unless it
// speaks several and who visits prefers another of them.
func spoken(in *Input, usual string) string {
	if len(in.Interview.Languages) == 0 || in.Visitor == nil || in.Request == nil || in.Request.Task != "" {
		return usual
	}
	offered := append([]string{usual}, in.Interview.Languages...)
	wanted := in.Visitor.BrowserLanguages
	if in.Visitor.Language != "" {
		wanted = append([]string{in.Visitor.Language}, wanted...)
	}
	for _, tag := range wanted {
		if code, ok := language.LanguageFromBrowser(tag, offered...); ok {
			return code
		}
	}
	return usual
}

// Close ends the evaluation's thread.
func (s *Solver) Close() {
	s.KeepLocals()
	s.th.Close()
}

// Words translate what the library and the screens say by themselves.
func (s *Solver) Words() *language.Words {
	if s.in.Words == nil {
		return language.BuiltinWords()
	}
	return s.in.Words
}

// Thread is the thread that the evaluation runs on.
func (s *Solver) Thread() *python.Thread { return s.th }

// Errors by which an evaluation fails besides those of author code.
var (
	// ErrFinished says that all blocks ran and none of them ended the interview.
	ErrFinished = errors.New("every initial and mandatory block has been run, and no question is left; " +
		"it is good practice to end an interview with a mandatory question that says goodbye")
)

// A NotFoundError says that no block offers a name. Pos is where the name was
// missing, else the block that was used.
type NotFoundError struct {
	Name     string
	Language string
	Pos      interview.Pos
}

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("Interview has an error. There was a reference to a variable '%s' that could not be looked up in the question file"+
		" (for language '%s') or in any of the files incorporated by reference into the question file.", e.Name, e.Language)
}

// A LoopError says that the logic goes in circles.
type LoopError struct {
	Message string
	Chain   []Link
}

func (e *LoopError) Error() string { return e.Message }

// Run evaluates the interview until there is something to show.
func (s *Solver) Run() (*Result, error) {
	if !s.started {
		if err := s.start(); err != nil {
			return nil, s.explain(err)
		}
		s.started = true
	}
	var sought []string
	for turn := 0; turn < s.loopLimit(); turn++ {
		clear(s.place.Gathering)
		res, err := s.turn()
		for again := 0; err != nil && res == nil && again < s.loopLimit(); again++ {
			if name, ok := python.MissingName(err); ok {
				sought = append(sought, name)
			}
			if res, err = s.settle(err); err == nil {
				break
			}
			if !s.settles(err) {
				return nil, s.explain(err)
			}
		}
		if err != nil {
			return nil, s.explain(err)
		}
		if res == done {
			return nil, ErrFinished
		}
		if res != nil {
			s.finish(res)
			return res, nil
		}
	}
	message := "There appears to be a circularity: the logic starts over again and again."
	if len(sought) > 0 {
		message = "There appears to be a circularity. Variables involved: " + lastNames(sought) + "."
	}
	return nil, s.explain(&LoopError{Message: message, Chain: s.why()})
}

// done is what a turn returns when it came to the end of the interview.
var done = &Result{}

// settles reports whether err is something that settle can go on from.
func (s *Solver) settles(err error) bool {
	if _, ok := python.MissingName(err); ok {
		return true
	}
	return evaluation.SignalIn(err) != nil
}

func lastNames(names []string) string {
	seen, out := map[string]bool{}, ""
	for i := len(names) - 1; i >= 0 && len(seen) < 8; i-- {
		if seen[names[i]] {
			continue
		}
		seen[names[i]] = true
		if out != "" {
			out += ", "
		}
		out += names[i]
	}
	return out
}

func (s *Solver) loopLimit() int {
	if s.iv.Features.LoopLimit > 0 {
		return s.iv.Features.LoopLimit
	}
	if s.in.LoopLimit > 0 {
		return s.in.LoopLimit
	}
	return 500
}

func (s *Solver) recursionLimit() int {
	if s.iv.Features.RecursionLimit > 0 {
		return s.iv.Features.RecursionLimit
	}
	if s.in.RecursionLimit > 0 {
		return s.in.RecursionLimit
	}
	return 500
}

// settle goes on from what stopped a turn: it seeks a missing name or obeys a
// signal. It returns nil, nil when the evaluation is to start over.
func (s *Solver) settle(err error) (*Result, error) {
	s.chain = s.chain[:0]
	s.miss(err)
	switch sig := evaluation.SignalIn(err).(type) {
	case *evaluation.Rerun:
		return nil, nil
	case *evaluation.Force:
		return s.force(sig)
	case *evaluation.Respond:
		s.popCurrent()
		return &Result{Respond: sig}, nil
	case *evaluation.Command:
		if sig.Kind == evaluation.CommandWait {
			return s.message(s.waiting(sig))
		}
		s.popCurrent()
		return &Result{Command: sig}, nil
	case *evaluation.BackgroundRespond:
		s.popCurrent()
		return &Result{Background: sig}, nil
	case *evaluation.Message:
		return s.message(sig)
	}
	name, ok := python.MissingName(err)
	if !ok {
		return nil, err
	}
	return s.seek(name, seeking{}, 0)
}

// waiting is the screen that is shown until command('wait') is tried again.
func (s *Solver) waiting(c *evaluation.Command) *evaluation.Message {
	m := &evaluation.Message{Question: c.Question, Subquestion: c.Subquestion, DeadEnd: true, Reload: max(1, int(math.Ceil(c.Sleep.Seconds())))}
	if m.Question == nil {
		m.Question = python.NewStr(s.Word("Please wait . . ."))
	}
	return m
}

func (s *Solver) message(m *evaluation.Message) (*Result, error) {
	scr, err := ask.Message(s.th, s.scene(nil), m)
	if err != nil {
		return nil, err
	}
	return &Result{Screen: scr, Message: m, Asked: &ask.Asked{Block: ask.TemporaryBlock}}, nil
}

// finish completes a result.
func (s *Solver) finish(res *Result) {
	res.Why = s.why()
	if !s.followed && len(s.book.Choices) > 0 && res.Screen != nil {
		clear(s.book.Choices)
	}
}

func (s *Solver) why() []Link {
	var links []Link
	for _, w := range s.chain {
		links = append(links, Link{Name: w.name, Pos: w.block.Pos, Block: w.block.Name})
	}
	return links
}
