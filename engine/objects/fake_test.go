package objects_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// load runs the prelude once for all tests.
var load = sync.OnceValues(func() (*objects.Library, error) {
	lib, err := objects.Load(context.Background(), standard{})
	if err != nil {
		return nil, err
	}
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	python.Freeze(th, lib.Util, lib.Legal)
	return lib, nil
})

// fake is an evaluation with answers and nothing behind it.
type fake struct {
	evaluation.Evaluation // methods that no test needs are nil
	answers               *python.Namespace
	book                  *evaluation.Book
	visitor               evaluation.Visitor
	place                 evaluation.Place
	paths                 evaluation.Paths
	random                *rand.Rand
	files                 map[string]string
	texts                 map[string]string
	tables                map[string]*evaluation.Table
	links                 []evaluation.Link
	outcome               evaluation.Outcome
	made                  [][]byte // files, numbered from 100
}

func (f *fake) Answers() *python.Namespace   { return f.answers }
func (f *fake) Book() *evaluation.Book       { return f.book }
func (f *fake) Visitor() *evaluation.Visitor { return &f.visitor }
func (f *fake) Request() *evaluation.Request {
	return &evaluation.Request{Interface: "worker", Root: "https://example.org/"}
}
func (f *fake) Place() *evaluation.Place                { return &f.place }
func (f *fake) Paths() *evaluation.Paths                { return &f.paths }
func (f *fake) Outcome() *evaluation.Outcome            { return &f.outcome }
func (f *fake) Random() *rand.Rand                      { return f.random }
func (f *fake) Config(string) (any, bool)               { return nil, false }
func (f *fake) File(ref string) (string, error)         { return "/file/" + ref, nil }
func (f *fake) Reconsider(*python.Thread, string) error { return nil }
func (f *fake) HTML(s *python.Str, _ bool) (string, error) {
	return "<p>" + s.String() + "</p>", nil
}

func (f *fake) MakeFile(_ string, content []byte) (int64, error) {
	f.made = append(f.made, content)
	return int64(99 + len(f.made)), nil
}

func (f *fake) StoredFile(n int64) ([]byte, error) {
	if n < 100 || n >= int64(100+len(f.made)) {
		return nil, fs.ErrNotExist
	}
	return f.made[n-100], nil
}

func (f *fake) Link(l evaluation.Link) (string, error) {
	f.links = append(f.links, l)
	return "/interview?action=" + l.Action, nil
}

func (f *fake) ReadData(kind, ref string) ([]byte, error) {
	if s, ok := f.files[kind+"/"+ref]; ok {
		return []byte(s), nil
	}
	return nil, errors.New("there is no " + kind + " file " + ref)
}

func (f *fake) Text(th *python.Thread, block, part string, extra map[string]python.Value) (*python.Str, error) {
	s := f.texts[block+"."+part]
	for name, v := range extra {
		text, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		s = strings.ReplaceAll(s, "{"+name+"}", text.String())
	}
	return python.NewStr(s), nil
}

func (f *fake) Table(block string) (*evaluation.Table, error) {
	t, ok := f.tables[block]
	if !ok {
		return nil, errors.New("there is no table " + block)
	}
	return t, nil
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
	util := python.NewModule("docassemble.base.util")
	for _, m := range []*python.Module{lib.Util, lib.Legal} {
		for name, v := range m.Globals.All() {
			if !strings.HasPrefix(name, "_") {
				util.Globals.Set(name, v)
			}
		}
	}
	f := &fake{answers: python.NewNamespace(util.Globals), book: evaluation.NewBook(time.Unix(0, 0)), random: rand.New(rand.NewPCG(1, 2))}
	s := &session{fake: f, t: t}
	s.th = python.NewThread(context.Background(), python.Options{Local: evaluation.Evaluation(f), Loader: standard{util}})
	t.Cleanup(s.th.Close)
	addDates(t, s.th, util)
	return s
}

// compile reads code as an interview has it.
func compile(t testing.TB, src string) *python.Code {
	t.Helper()
	file, err := syntax.ParseFile("test", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{Interview: true})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// run runs code and returns the value of its last expression as str() gives it.
func (s *session) run(src string) string {
	s.t.Helper()
	text, err := s.try(src)
	if err != nil {
		if r, ok := python.AsRaised(err); ok {
			s.t.Fatalf("%s\n%s", src, r.Format())
		}
		s.t.Fatalf("%s\n%v", src, err)
	}
	return text
}

func (s *session) try(src string) (string, error) {
	s.t.Helper()
	v, err := compile(s.t, src).Run(s.th, s.answers)
	if err != nil {
		return "", err
	}
	text, err := s.th.Str(v)
	if err != nil {
		return "", err
	}
	return text.String(), nil
}

// wants runs code and returns the name it stops for, or the error it raises.
func (s *session) wants(src string) string {
	s.t.Helper()
	_, err := s.try(src)
	if err == nil {
		return ""
	}
	if name, ok := python.MissingName(err); ok {
		return name
	}
	return "error: " + err.Error()
}
