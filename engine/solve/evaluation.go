package solve

import (
	"context"
	"math/rand/v2"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// The Solver is the evaluation.Evaluation of its thread.
var _ evaluation.Evaluation = (*Solver)(nil)

// Answers returns the interview's names.
func (s *Solver) Answers() *python.Namespace { return s.answers }

// Book returns what the session remembers besides.
func (s *Solver) Book() *evaluation.Book { return s.book }

// Paths returns the names of variables that the interview was seen to use.
func (s *Solver) Paths() *evaluation.Paths { return &s.iv.Paths }

// Visitor returns who asked.
func (s *Solver) Visitor() *evaluation.Visitor { return s.in.Visitor }

// Request returns what was asked.
func (s *Solver) Request() *evaluation.Request { return s.in.Request }

// Place returns where the evaluation is.
func (s *Solver) Place() *evaluation.Place { return &s.place }

// Outcome returns what the evaluation asks of the request.
func (s *Solver) Outcome() *evaluation.Outcome { return &s.outcome }

// Now returns the time of the request.
func (s *Solver) Now() time.Time { return s.in.Now }

// Random returns the request's source of randomness.
func (s *Solver) Random() *rand.Rand { return s.random }

// Config returns a value of the configuration.
func (s *Solver) Config(key string) (any, bool) { return s.in.World.Config(key) }

// Metadata returns the merged metadata of the interview.
func (s *Solver) Metadata() *python.Dict {
	v, err := ask.NodeValue(s.th, s.answers, s.iv.Metadata)
	d, ok := v.(*python.Dict)
	if err != nil || !ok {
		return python.NewDict()
	}
	return d
}

// Prior returns the answers as they were before Back was pressed, or nil.
func (s *Solver) Prior() *python.Namespace { return s.in.Prior }

// Action returns the current action, or nil.
func (s *Solver) Action() *evaluation.Pending {
	if s.pending != nil {
		return s.pending
	}
	return s.action
}

// Taken reports whether the current action was taken up already.
func (s *Solver) Taken() bool { return s.pending == nil }

// Link builds an address.
func (s *Solver) Link(l evaluation.Link) (string, error) {
	l.Apart = l.Here && s.place.Document
	return s.in.World.Link(l)
}

// Sessions reaches other sessions.
func (s *Solver) Sessions() evaluation.Sessions { return s.in.World.Sessions() }

// People are the accounts of the server.
func (s *Solver) People() evaluation.People { return s.in.World.People() }

// Tasks starts background actions.
func (s *Solver) Tasks() evaluation.Tasks { return s.in.World.Tasks() }

// Post is how mail leaves.
func (s *Solver) Post() evaluation.Post { return s.in.World.Post() }

// Keeping keeps values outside of the answers.
func (s *Solver) Keeping() evaluation.Keeping { return s.in.World.Keeping() }

// KeyValue is what DARedis works on.
func (s *Solver) KeyValue() evaluation.KeyValue { return s.in.World.KeyValue() }

// Library calls a function of the library as code of the interview would.
func (s *Solver) Library(name string, args []python.Value, kw ...python.Kwarg) (python.Value, error) {
	if !s.started {
		if err := s.start(); err != nil {
			return nil, err
		}
		s.started = true
	}
	return evaluation.CallLibrary(s.th, name, args, kw...)
}

// File finds the address of a file.
func (s *Solver) File(ref string) (string, error) { return s.in.World.File(ref, s.place.Package) }

// ReadData reads a file of the current package.
func (s *Solver) ReadData(kind, ref string) ([]byte, error) {
	return s.in.World.ReadData(kind, ref, s.place.Package)
}

// StoredFile reads a file of the session.
func (s *Solver) StoredFile(n int64) ([]byte, error) { return s.in.World.StoredFile(n) }

// Convert makes a document of another kind, if the world can.
func (s *Solver) Convert(ctx context.Context, from, to string, content []byte) ([]byte, error) {
	c, ok := s.in.World.(evaluation.Converter)
	if !ok {
		return nil, evaluation.ErrNoConverter
	}
	return c.Convert(ctx, from, to, content)
}

// MakeFile keeps a file of the session with the step.
func (s *Solver) MakeFile(name string, content []byte) (int64, error) {
	return s.in.World.MakeFile(name, content)
}

// HTML renders text as the page would.
func (s *Solver) HTML(text *python.Str, trim bool) (string, error) {
	return ask.HTML(s.scene(nil), text, trim)
}

// Reconsider deletes and seeks a name once per evaluation.
func (s *Solver) Reconsider(th *python.Thread, name string) error {
	if s.reconsidered[name] {
		return nil
	}
	s.reconsidered[name] = true
	if _, err := evaluation.Delete(th, name); err != nil {
		return err
	}
	_, err := evaluation.Read(th, name)
	return err
}

// Forget drops the record that a block was completed.
func (s *Solver) Forget(id string) {
	b := s.iv.ByID(id)
	if b == nil {
		return
	}
	delete(s.book.Answered, b.Key)
	for key := range s.book.Choices {
		if key == b.Key || len(key) > len(b.Key) && key[:len(b.Key)+1] == b.Key+"|" {
			delete(s.book.Choices, key)
		}
	}
}

// Text renders a part of a template block.
func (s *Solver) Text(th *python.Thread, block, part string, extra map[string]python.Value) (*python.Str, error) {
	b := s.iv.ByKey(block)
	if b == nil || b.Template == nil {
		return nil, python.Errorf(python.RuntimeError, "the template is no longer part of the interview")
	}
	ns := s.answers
	restore := s.overlay(extra)
	defer restore()
	switch {
	case part == "subject" && b.Template.Subject != nil:
		return b.Template.Subject.Render(th, ns)
	case part == "subject":
		return python.NewStr(""), nil
	case b.Template.Content != nil:
		return b.Template.Content.Render(th, ns)
	}
	return ask.TemplateFile(th, s.scene(nil), b)
}

// overlay puts names over the answers; the function returned takes them away.
func (s *Solver) overlay(extra map[string]python.Value) func() {
	old := map[string]python.Value{}
	for name, v := range extra {
		if was, ok := s.answers.Get(name); ok {
			old[name] = was
		}
		s.answers.Set(name, v)
	}
	return func() {
		for name := range extra {
			if was, ok := old[name]; ok {
				s.answers.Set(name, was)
			} else {
				s.answers.Delete(name)
			}
		}
	}
}

// Table gives a table block ready to be shown.
func (s *Solver) Table(block string) (*evaluation.Table, error) {
	b := s.iv.ByKey(block)
	if b == nil || b.Table == nil {
		return nil, python.Errorf(python.RuntimeError, "the table is no longer part of the interview")
	}
	return s.table(b.Table)
}

func (s *Solver) table(t *interview.Table) (*evaluation.Table, error) {
	return ask.Table(s.th, s.scene(nil), t)
}

// Outline tells the sections that the interview declares, as authors write them.
func (s *Solver) Outline(*python.Thread) (python.Value, error) {
	o := s.iv.Outline(s.place.Language)
	if o == nil {
		return python.NewList(), nil
	}
	return outline(o.Items), nil
}

func outline(items []interview.Section) python.Value {
	list := python.NewList()
	for _, item := range items {
		d := python.NewDict()
		d.SetStr(item.ID, python.NewStr(item.Title))
		if len(item.Items) > 0 {
			d.SetStr("subsections", outline(item.Items))
		}
		list.Elems = append(list.Elems, d)
	}
	return list
}

// explain adds to an error where in the interview it happened.
func (s *Solver) explain(err error) error {
	if s.current == nil {
		return err
	}
	return &Error{Err: err, Block: s.current, Chain: s.why()}
}

// An Error is a failure of an evaluation and where the evaluation was.
type Error struct {
	Err   error
	Block *interview.Block
	Chain []Link
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the failure itself.
func (e *Error) Unwrap() error { return e.Err }

// bindLocals binds session_local, device_local and user_local, which the book
// keeps apart by visitor.
func (s *Solver) bindLocals() error {
	v := s.in.Visitor
	for _, l := range []struct {
		name string
		in   map[string]python.Value
		key  string
	}{{"session_local", s.book.SessionLocal, v.Stack}, {"device_local", s.book.DeviceLocal, v.Device}, {"user_local", s.book.UserLocal, v.Key}} {
		o, ok := l.in[l.key]
		if !ok {
			var err error
			if o, err = evaluation.CallLibrary(s.th, "DAObject", []python.Value{python.NewStr(l.name)}); err != nil {
				return err
			}
			if i, ok := o.(*python.Instance); ok {
				s.unused = append(s.unused, unusedLocal{i, i.Attrs.Len(), func() { l.in[l.key] = o }})
			}
		}
		s.answers.Set(l.name, o)
	}
	return nil
}

// unusedLocal is an object of Locals that was made for this evaluation, with
// the number of attributes it was made with.
type unusedLocal struct {
	object *python.Instance
	attrs  int
	keep   func()
}

// KeepLocals puts those of Locals in the book that were made for this
// evaluation and hold something now; a visitor who only looks leaves nothing.
func (s *Solver) KeepLocals() {
	for _, u := range s.unused {
		if u.object.Attrs.Len() > u.attrs {
			u.keep()
		}
	}
}

// Locals are names bound for one visitor, which are not saved among the answers.
var Locals = []string{"session_local", "device_local", "user_local"}
