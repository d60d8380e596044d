package solve

import (
	"html"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// Receive takes the form of a question, in the context in which it was asked:
// context holds expressions for what x and the iterators stood for.
func (s *Solver) Receive(asked *ask.Asked, context map[string]string, form *ask.Form) (*ask.Received, error) {
	if !s.started {
		if err := s.start(); err != nil {
			return nil, err
		}
		s.started = true
	}
	if err := s.recall(context); err != nil {
		return nil, err
	}
	b := asked.Block
	s.enter(b)
	if usual := s.place.Language; asked.Language != "" {
		s.place.Language = asked.Language // what is wrong is said as the question was asked
		defer func() { s.place.Language = usual }()
	}
	watch := s.Watch(nil)
	if s.iv.Watches() {
		watch = s.Watch(ask.Variables(s.th, b))
	}
	got, err := ask.Receive(s.th, s.scene(asked), b, form)
	if err != nil || got.Refused != nil {
		return got, err
	}
	if got.Command == nil {
		s.accepted(asked, got)
	}
	for _, name := range got.Changed {
		watch.Also(name)
	}
	return got, watch.Settle()
}

// accepted notes that a question was answered: it is over if it was mandatory,
// and what led to it leaves the visitor's stack.
func (s *Solver) accepted(asked *ask.Asked, got *ask.Received) {
	b := asked.Block
	if !got.Choice && (b.Mandatory.Set || b.Parent != nil) {
		s.book.Answered[b.Key] = true
		if b.Parent != nil && b.Parent.Mandatory.Set {
			s.book.Answered[b.Parent.Key] = true
		}
	}
	stack := s.in.Visitor.Stack
	if asked.Sought != "" {
		s.book.Pop(stack, asked.Sought)
	}
	for again := true; again; {
		again = false
		for _, name := range got.Changed {
			again = again || s.book.Pop(stack, name)
		}
	}
	s.completed(b)
}

// recall sets x and the iterators to what they stood for.
func (s *Solver) recall(context map[string]string) error {
	for _, name := range evaluation.Contexts {
		text, ok := context[name]
		if !ok {
			continue
		}
		v, err := evaluation.ReadIndex(s.th, text)
		if err != nil {
			return err
		}
		s.answers.Set(name, v)
	}
	return nil
}

// Describe writes what x and the iterators stand for as expressions.
func (s *Solver) Describe(context map[string]python.Value) map[string]string {
	out := map[string]string{}
	for name, v := range context {
		if i, ok := v.(*python.Instance); ok {
			if _, named := i.Attrs.Get("instanceName"); named {
				out[name] = evaluation.NameOf(v)
				continue
			}
		}
		if text, err := s.th.Repr(v); err == nil {
			out[name] = text.String()
		}
	}
	return out
}

// Differs reports whether a variable of a question's form has another value in
// the present answers than it had in others.
func (s *Solver) Differs(before *python.Namespace, context map[string]string, b *interview.Block) bool {
	if err := s.recall(context); err != nil {
		return true
	}
	for _, name := range ask.Variables(s.th, b) {
		now, is := evaluation.Find(s.th, name)
		path, ok := s.Paths().Parse(name)
		if !ok {
			continue
		}
		s.place.Probing++
		was, err := path.Read(s.th, before)
		s.place.Probing--
		if is != (err == nil) {
			return true
		}
		if !is {
			continue
		}
		a, err1 := s.th.Repr(now)
		b, err2 := s.th.Repr(was)
		if err1 != nil || err2 != nil || a.String() != b.String() {
			return true
		}
	}
	return false
}

// Word translates one of the server's own phrases.
func (s *Solver) Word(phrase string) string { return s.scene(nil).Word(s.th, phrase) }

// Escape makes text safe to stand in a page.
func (s *Solver) Escape(text string) string { return html.EscapeString(text) }

// BuiltinAction reports whether a name is one of the actions that the engine
// itself carries out.
func BuiltinAction(name string) bool {
	switch name {
	case "_da_priority_action", "_da_force_ask", "_da_undefine", "_da_invalidate", "_da_set", "_da_compute", "_da_define", "_da_exit", "need":
		return true
	}
	for _, start := range []string{"_da_list_", "_da_dict_", "_da_set_"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

// KeepFile stores a file of the session with the step.
func (s *Solver) KeepFile(u ask.Upload) (int64, error) { return s.in.World.KeepFile(u) }
