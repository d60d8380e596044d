package words_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/ports"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
	"colloquy/engine/words"
)

// load puts the library together once for all tests.
var load = sync.OnceValues(func() (*words.Library, error) {
	th := python.NewThread(context.Background(), python.Options{Loader: std})
	defer th.Close()
	return words.New(th, std)
})

// loader finds the library and the standard modules.
type loader struct{ lib *words.Library }

func (l loader) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if m, ok := l.lib.Module(name); ok {
		return m, nil
	}
	if name == "docassemble" || name == "docassemble.base" {
		m := python.NewModule(name)
		m.Package = true
		return m, nil
	}
	return std.Load(th, name, from)
}

// fake is an evaluation with answers and nothing behind it.
type fake struct {
	evaluation.Evaluation // methods that no test needs are nil
	answers, prior        *python.Namespace
	book                  *evaluation.Book
	visitor               evaluation.Visitor
	request               evaluation.Request
	place                 evaluation.Place
	outcome               evaluation.Outcome
	paths                 evaluation.Paths
	now                   time.Time
	config                map[string]any
	metadata              *python.Dict
	action                *evaluation.Pending
	processed             int
	reconsidered          []string
	forgotten             []string
	links                 []evaluation.Link
	journal               map[string]python.Value
	calls                 map[string]int
	tasks                 *tasks

	kept *closet

	noMail, immediate bool
	sent              []ports.Mail
	receipt           ports.Receipt
	failure           error
	fates             map[string]evaluation.Fate
}

func (f *fake) Answers() *python.Namespace         { return f.answers }
func (f *fake) Prior() *python.Namespace           { return f.prior }
func (f *fake) Book() *evaluation.Book             { return f.book }
func (f *fake) Visitor() *evaluation.Visitor       { return &f.visitor }
func (f *fake) Request() *evaluation.Request       { return &f.request }
func (f *fake) Place() *evaluation.Place           { return &f.place }
func (f *fake) Paths() *evaluation.Paths           { return &f.paths }
func (f *fake) Outcome() *evaluation.Outcome       { return &f.outcome }
func (f *fake) Now() time.Time                     { return f.now }
func (f *fake) Random() *rand.Rand                 { return rand.New(rand.NewPCG(1, 2)) }
func (f *fake) Metadata() *python.Dict             { return f.metadata }
func (f *fake) Action() *evaluation.Pending        { return f.action }
func (f *fake) Taken() bool                        { return f.processed > 0 }
func (f *fake) ProcessAction(*python.Thread) error { f.processed++; return nil }
func (f *fake) Forget(id string)                   { f.forgotten = append(f.forgotten, id) }

func (f *fake) Config(key string) (any, bool) {
	v, ok := f.config[key]
	return v, ok
}

func (f *fake) Reconsider(_ *python.Thread, name string) error {
	f.reconsidered = append(f.reconsidered, name)
	return nil
}

// Pendings knows names alone; the engine knows the rest.
func (f *fake) Pendings(v python.Value) ([]evaluation.Pending, error) {
	var out []evaluation.Pending
	for _, e := range v.(*python.List).Elems {
		switch e := e.(type) {
		case *python.Str:
			out = append(out, evaluation.Pending{Action: e.String()})
		case *python.Dict:
			for k := range e.All() {
				s, _ := python.StringOf(k)
				out = append(out, evaluation.Pending{Action: "_da_" + s})
			}
		default:
			return nil, errors.New("no entry")
		}
	}
	return out, nil
}

func (f *fake) File(ref string) (string, error) {
	if strings.HasPrefix(ref, "missing") {
		return "", errors.New("find " + ref + ": file does not exist")
	}
	return "/packagestatic/" + ref, nil
}

func (f *fake) HTML(s *python.Str, _ bool) (string, error) { return "<p>" + s.String() + "</p>", nil }

func (f *fake) Link(l evaluation.Link) (string, error) {
	f.links = append(f.links, l)
	switch {
	case l.Page != "":
		return l.Page + " then " + l.Next, nil
	case l.Address != "":
		return "/goto to " + l.Address, nil
	case l.Resume:
		return "/launch of " + l.Interview, nil
	}
	var args []string
	for name := range l.Arguments {
		args = append(args, name)
	}
	sort.Strings(args)
	url := "/interview?action=" + l.Action + "(" + strings.Join(args, ",") + ")"
	for _, a := range l.Args {
		url += "&" + a.Name + "=" + a.Value
	}
	return url, nil
}

func (f *fake) Once(_ *python.Thread, kind string, act func(string) (python.Value, error)) (python.Value, error) {
	f.calls[kind]++
	if v, ok := f.journal[kind]; ok {
		return v, nil
	}
	v, err := act("key of " + kind)
	if err == nil {
		f.journal[kind] = v
	}
	return v, err
}

// Post is a post office that knows two mailboxes.
func (f *fake) Post() evaluation.Post { return f }

func (f *fake) ReadData(kind, ref string) ([]byte, error) {
	if kind == "static" && ref == "docassemble.demo:paper.pdf" {
		return []byte("%PDF"), nil
	}
	return nil, fs.ErrNotExist
}

func (f *fake) StoredFile(n int64) ([]byte, error) {
	if n == 7 {
		return []byte{0, 255, 7}, nil
	}
	return nil, fs.ErrNotExist
}

func (f *fake) Mailbox(name string) (ports.Mailbox, bool) {
	box := ports.Mailbox{Name: name, Sender: "house@example.org"}
	switch name {
	case "":
		box.Immediate = f.immediate
	case "second", "bare":
		if name == "bare" {
			box.Sender = ""
		}
	default:
		return ports.Mailbox{}, false
	}
	return box, !f.noMail
}

func (f *fake) SendNow(_ context.Context, m ports.Mail) (ports.Receipt, error) {
	f.sent = append(f.sent, m)
	return f.receipt, f.failure
}

func (f *fake) Fate(_ context.Context, key string) (evaluation.Fate, error) {
	for name, fate := range f.fates {
		if strings.HasPrefix(key, name) {
			return fate, nil
		}
	}
	return evaluation.Fate{State: evaluation.FateWaiting}, nil
}

func (f *fake) Ask(kind, key string, body []byte) error {
	f.outcome.Effects = append(f.outcome.Effects, evaluation.Effect{Kind: kind, Key: key, Body: body})
	return nil
}

// A session runs code of an interview over a fake evaluation.
type session struct {
	*fake
	t  testing.TB
	th *python.Thread
}

func open(t testing.TB) *session {
	t.Helper()
	lib, err := load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 3, 5, 20, 4, 9, 0, time.UTC)
	f := &fake{answers: python.NewNamespace(lib.Namespace()), book: evaluation.NewBook(now.Add(-24 * time.Hour)), now: now,
		config: map[string]any{"timezone": "America/New_York"}, metadata: python.NewDict(),
		place:   evaluation.Place{Language: "en", Inside: "standard", Package: "docassemble.demo", Facts: map[string]python.Value{}},
		journal: map[string]python.Value{}, calls: map[string]int{},
		request: evaluation.Request{Interface: "web", Method: "GET", Root: "http://localhost/", Interview: "docassemble.demo:data/questions/a.yml", Session: "s1"}}
	s := &session{fake: f, t: t}
	s.th = python.NewThread(context.Background(), python.Options{Local: evaluation.Evaluation(f), Loader: loader{lib}})
	t.Cleanup(s.th.Close)
	return s
}

func (s *session) eval(src string) (python.Value, error) {
	s.t.Helper()
	file, err := syntax.ParseFile("test", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		s.t.Fatalf("%s: %v", src, err)
	}
	code, err := python.Compile(file, python.CompileOptions{Interview: true})
	if err != nil {
		s.t.Fatalf("%s: %v", src, err)
	}
	return code.Run(s.th, s.answers)
}

// said is what code gives, as repr() has it; "wants NAME" for a missing name
// and the error for others.
func (s *session) said(src string) string {
	s.t.Helper()
	v, err := s.eval(src)
	if name, ok := python.MissingName(err); ok {
		return "wants " + name
	}
	if err != nil {
		return err.Error()
	}
	text, err := s.th.Repr(v)
	if err != nil {
		return err.Error()
	}
	return text.String()
}

// must runs code that does not fail.
func (s *session) must(src string) python.Value {
	s.t.Helper()
	v, err := s.eval(src)
	if err != nil {
		s.t.Fatalf("%s: %v", src, err)
	}
	return v
}

// signal is what code ends the evaluation with.
func (s *session) signal(src string) evaluation.Signal {
	s.t.Helper()
	_, err := s.eval(src)
	sig := evaluation.SignalIn(err)
	if sig == nil {
		s.t.Fatalf("%s: no signal but %v", src, err)
	}
	return sig
}

// table runs pairs of code and what it is to give.
func (s *session) table(rows [][2]string) {
	s.t.Helper()
	for _, row := range rows {
		if got := s.said(row[0]); got != row[1] {
			s.t.Errorf("%s\n got %s\nwant %s", row[0], got, row[1])
		}
	}
}
