package solve

import (
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// try runs or asks one candidate block for a name.
func (s *Solver) try(b *interview.Block, f interview.Form, name string, how seeking) (*Result, verdict, error) {
	s.enter(b)
	if err := s.bind(f); err != nil {
		return nil, next, err
	}
	ok, err := s.applies(b)
	if err != nil || !ok {
		return nil, next, err
	}
	if !how.force && s.passed(b) {
		return nil, next, nil
	}
	if target, ok := s.chosen(b); ok && !how.force {
		if ok, err := s.applies(target); err != nil || !ok {
			return nil, next, err
		}
		b = target
		s.enter(b)
	}
	if b.Kind == interview.QuestionBlock {
		return s.tryQuestion(b, f, name, how)
	}
	if b.Kind == interview.EventCodeBlock {
		return s.tryEvent(b, name)
	}
	return s.tryDefinition(b, f, name, how)
}

// applies evaluates the block's "if" conditions.
func (s *Solver) applies(b *interview.Block) (bool, error) {
	for _, c := range b.If {
		v, err := c.Run(s.th, s.answers)
		if err != nil {
			return false, err
		}
		if ok, err := s.th.Truth(v); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

func (s *Solver) tryQuestion(b *interview.Block, f interview.Form, name string, how seeking) (*Result, verdict, error) {
	hidden, err := s.allHidden(b, f.Text)
	if err != nil || hidden {
		return nil, next, err
	}
	res, err := s.ask(b, name, f)
	if err != nil {
		return nil, next, err
	}
	if res != nil {
		return res, shown, nil
	}
	if how.force || s.defined(name) {
		return nil, resolved, nil
	}
	return nil, next, nil
}

// allHidden reports whether every field of the block for a variable is left
// out by a condition in code.
func (s *Solver) allHidden(b *interview.Block, variable string) (bool, error) {
	found := false
	for _, f := range b.Question.Fields {
		if f.Kind != interview.Input || f.Variable.Text != variable {
			continue
		}
		found = true
		out, err := s.hiddenByCode(f)
		if err != nil || !out {
			return false, err
		}
	}
	return found, nil
}

func (s *Solver) hiddenByCode(f *interview.Field) (bool, error) {
	for _, c := range f.Conditions {
		if c.Code == nil {
			continue
		}
		v, err := c.Code.Run(s.th, s.answers)
		if err != nil {
			return false, err
		}
		ok, err := s.th.Truth(v)
		if err != nil {
			return false, err
		}
		if c.Kind == interview.ShowIf && !ok || c.Kind == interview.HideIf && ok {
			return true, nil
		}
	}
	return false, nil
}

// tryEvent runs the code of an event. It is over whatever happens, so it
// leaves the stack first.
func (s *Solver) tryEvent(b *interview.Block, name string) (*Result, verdict, error) {
	defer s.begin(b, "event")() // the next click is another use of it
	s.book.Pop(s.in.Visitor.Stack, name)
	if err := s.prelude(b); err != nil {
		return nil, next, err
	}
	if _, err := b.Code.Run(s.th, s.answers); err != nil {
		return nil, next, err
	}
	if err := s.evaluate(b.Need.Post); err != nil {
		return nil, next, err
	}
	return nil, resolved, nil
}

// tryDefinition runs a block that may define the name. What the name held is
// put back if it does not.
func (s *Solver) tryDefinition(b *interview.Block, f interview.Form, name string, how seeking) (*Result, verdict, error) {
	if res, err := s.targeted(b, how); res != nil || err != nil {
		return res, shown, err
	}
	old, had := evaluation.Find(s.th, name)
	watch := s.watch(b)
	if had && b.Kind == interview.CodeBlock {
		if _, err := evaluation.Delete(s.th, name); err != nil {
			return nil, next, err
		}
	}
	end := s.begin(b, "sought")
	err := s.define(b, f)
	if how.force && answers(err) {
		end()
	}
	if err != nil || !s.defined(name) {
		if had && !s.defined(name) {
			if err := evaluation.Write(s.th, name, old); err != nil {
				return nil, next, err
			}
		}
		return nil, next, err
	}
	end()
	if err := watch.settle(); err != nil {
		return nil, next, err
	}
	if how.force && b.Kind == interview.CodeBlock {
		return nil, next, nil
	}
	return nil, resolved, nil
}

// targeted answers a page that checks in with the text of a template that has a
// place on the page; the template is not defined by it. It is nil for all else.
func (s *Solver) targeted(b *interview.Block, how seeking) (*Result, error) {
	if !s.in.Request.CheckIn || !how.force || b.Kind != interview.TemplateBlock || b.Template.Target == "" {
		return nil, nil
	}
	text, err := s.Text(s.th, b.Key, "content", nil)
	if err != nil {
		return nil, err
	}
	content, err := s.HTML(text, false)
	if err != nil {
		return nil, err
	}
	d := python.NewDict()
	d.SetStr("target", python.NewStr(b.Template.Target))
	d.SetStr("content", python.NewStr(content))
	return &Result{Background: &evaluation.BackgroundRespond{Value: d}}, nil
}

// answers reports whether code ended by answering the request, so that what
// asked for it is over although the code did not complete.
func answers(err error) bool {
	switch sig := evaluation.SignalIn(err).(type) {
	case *evaluation.Respond, *evaluation.BackgroundRespond:
		return true
	case *evaluation.Command:
		return sig.Kind != evaluation.CommandWait
	}
	return false
}

// define runs a block of a kind that is no question.
func (s *Solver) define(b *interview.Block, f interview.Form) error {
	if err := s.prelude(b); err != nil {
		return err
	}
	if err := s.body(b, f); err != nil {
		return err
	}
	return s.evaluate(b.Need.Post)
}

func (s *Solver) body(b *interview.Block, f interview.Form) error {
	switch b.Kind {
	case interview.CodeBlock:
		_, err := b.Code.Run(s.th, s.answers)
		return err
	case interview.ObjectsBlock:
		for i := range b.Objects {
			if sameName(b.Objects[i].Name.Text, f.Text) {
				return s.makeObject(b, &b.Objects[i])
			}
		}
	case interview.ObjectsFromFileBlock:
		for i := range b.Files {
			if sameName(b.Files[i].Name.Text, f.Text) {
				return s.makeFromFile(b, &b.Files[i])
			}
		}
	case interview.DataBlock, interview.DataFromCodeBlock:
		return s.makeData(b)
	case interview.TemplateBlock:
		return s.makeTemplate(b, b.Template.Name.Text, "DALazyTemplate")
	case interview.TableBlock:
		return s.makeTemplate(b, b.Table.Name.Text, "DALazyTableTemplate")
	case interview.AttachmentsBlock:
		return s.assemble(b)
	}
	return nil
}

// sameName compares names as written, whatever quotes they use.
func sameName(a, b string) bool {
	return a == b || strings.ReplaceAll(a, `"`, "'") == strings.ReplaceAll(b, `"`, "'")
}

// chosen returns the block that a recorded choice leads to.
func (s *Solver) chosen(b *interview.Block) (*interview.Block, bool) {
	if b.Question == nil || !b.Question.UsesEmbeddedBlocks {
		return nil, false
	}
	n, ok := s.book.Choices[s.ChoiceKey(b)]
	if !ok || n < 0 || n >= len(b.Question.Choices.Items) || b.Question.Choices.Items[n].Block == nil {
		return nil, false
	}
	s.followed = true
	return b.Question.Choices.Items[n].Block, true
}

// passed reports whether the choice taken of a question was to go on without
// an answer (docassemble's "continue" among choices).
func (s *Solver) passed(b *interview.Block) bool {
	if b.Question == nil || b.Question.Choices == nil {
		return false
	}
	n, ok := s.book.Choices[s.ChoiceKey(b)]
	if !ok || n < 0 || n >= len(b.Question.Choices.Items) || b.Question.Choices.Items[n].Command != "continue" {
		return false
	}
	s.followed = true
	return true
}

// ChoiceKey is the name under which the choice taken of a question is
// recorded: apart for everything that x and the iterators stand for, if the
// block uses them.
func (s *Solver) ChoiceKey(b *interview.Block) string {
	key := b.Key
	if b.GenericObject != "" {
		if x, ok := s.answers.Get("x"); ok {
			key += "|" + evaluation.NameOf(x)
		}
	}
	for _, it := range b.Iterators() {
		if v, ok := s.answers.Get(it); ok {
			if text, err := s.th.Repr(v); err == nil {
				key += "|" + text.String()
			}
		}
	}
	return key
}

// follow goes where the choice in a mandatory question led.
func (s *Solver) follow(target *interview.Block) (*Result, error) {
	if target.Kind == interview.QuestionBlock {
		return s.ask(target, "", interview.Form{})
	}
	if err := s.runCode(target, "chosen"); err != nil {
		return nil, err
	}
	if target.Parent != nil {
		s.book.Answered[target.Parent.Key] = true
	}
	return nil, nil
}

// makeObject creates one entry of an objects block.
func (s *Solver) makeObject(b *interview.Block, o *interview.ObjectDef) error {
	cls, err := o.Class.Run(s.th, s.answers)
	if err != nil {
		return err
	}
	p, ok := s.Paths().Parse(o.Name.Text)
	if !ok {
		return s.at(b, python.Errorf(python.NameError, "%s is not the name of a variable", o.Name.Text))
	}
	if p.Plain() {
		v, err := s.th.Call(cls, []python.Value{python.NewStr(o.Name.Text)}, nil)
		if err != nil {
			return err
		}
		s.answers.Set(o.Name.Text, v)
		return nil
	}
	owner, err := p.Owner(s.th, s.answers)
	if err != nil {
		return err
	}
	method, args := "initializeObject", []python.Value{}
	if attr, ok := p.Attribute(); ok {
		method = "reInitializeAttribute"
		args = append(args, python.NewStr(attr))
	} else {
		key, err := p.Key(s.th, s.answers)
		if err != nil {
			return err
		}
		args = append(args, key)
	}
	_, err = s.th.CallMethod(owner, method, append(args, cls)...)
	return err
}

// makeTemplate defines a name as text or table that is rendered when used.
func (s *Solver) makeTemplate(b *interview.Block, name, class string) error {
	cls, err := s.library(class)
	if err != nil {
		return err
	}
	full := evaluation.Intrinsic(s.th, name)
	context := python.NewDict()
	for k, v := range evaluation.SaveContext(s.answers) {
		context.SetStr(k, v)
	}
	v, err := s.th.Call(cls, []python.Value{python.NewStr(full), python.NewStr(b.Key), context}, nil)
	if err != nil {
		return err
	}
	return evaluation.Write(s.th, name, v)
}

// library returns a class of the library that blocks create.
func (s *Solver) library(name string) (python.Value, error) { return evaluation.Library(s.th, name) }
