package ask

import (
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// Receive takes the form of a question: it prepares the question again, in
// the context in which it was asked, converts and checks every value by what
// the server knows of its field, and assigns them all or none.
//
// If the form is refused, Received.Refused is the screen to show again; values
// may have been assigned by then, so the caller throws the state away. An error
// that seeks a name means that the question no longer fits the session.
func Receive(th *python.Thread, sc *Scene, b *interview.Block, form *Form) (*Received, error) {
	// What only concerns looks is for a form that is refused; a question's own
	// check may refuse it when the answers have changed already.
	r, err := newReceiver(th, sc, b, form, b.Question.ValidationCode == nil)
	if err != nil {
		return nil, err
	}
	if r.wrong && r.p.brief {
		if r, err = newReceiver(th, sc, b, form, false); err != nil {
			return nil, err
		}
	}
	if r.wrong {
		return r.refuse(), nil
	}
	if err := r.assign(); err != nil {
		return nil, err
	}
	if err := r.validationCode(); err != nil {
		return nil, err
	}
	if r.wrong {
		return r.refuse(), nil
	}
	return r.got, nil
}

// newReceiver prepares a question and takes the values of its form. In brief,
// nothing is prepared but what decides about the values.
func newReceiver(th *python.Thread, sc *Scene, b *interview.Block, form *Form, brief bool) (*receiver, error) {
	p := newPreparation(th, sc, b)
	p.keep, p.brief = true, brief
	steps := p.steps()
	if brief {
		steps = []func() error{p.preludes, p.inputs, p.owners}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r := &receiver{p: p, form: form, posted: make(map[string]string, len(form.Values)), got: &Received{}}
	for _, v := range form.Values {
		r.posted[v.Name] = v.Text // the last one counts
	}
	r.sets = make([]assignment, 0, len(p.kept)+1)
	return r, r.take()
}

// receiver is a form on its way to answers.
type receiver struct {
	p      *preparation
	form   *Form
	posted map[string]string // by input name
	got    *Received
	sets   []assignment
	wrong  bool
	// after are changes that follow all assignments.
	after []func() error
}

// assignment is a variable and what it becomes: a value, or a change to what
// it holds.
type assignment struct {
	variable string
	value    python.Value
	change   func(variable string) error
}

func (r *receiver) refuse() *Received {
	r.p.scr.Invalid = true
	r.p.identify()
	return &Received{Refused: r.p.scr}
}

// value returns what was posted under a name.
func (r *receiver) value(name string) (string, bool) {
	text, ok := r.posted[name]
	return text, ok
}

func (r *receiver) take() error {
	q := r.p.q
	if text, ok := r.value(CommandInput); ok {
		return r.command(text)
	}
	switch q.Kind {
	case interview.SetTrue:
		r.set(q.Continue.Text, python.True)
		return nil
	case interview.YesNo, interview.NoYes, interview.YesNoMaybe, interview.NoYesMaybe:
		r.yesNo()
	case interview.MultipleChoice:
		return r.multipleChoice()
	case interview.Signature:
		if err := r.signature(); err != nil {
			return err
		}
	case interview.Fields:
		if err := r.fields(); err != nil {
			return err
		}
	}
	if q.Continue != nil {
		r.set(q.Continue.Text, python.True)
	}
	return nil
}

func (r *receiver) set(variable string, v python.Value) {
	r.sets = append(r.sets, assignment{variable: variable, value: v})
}

// command finds the special button that was pressed. Its address is the
// author's, not the form's.
func (r *receiver) command(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || r.p.q.Choices == nil || n < 0 || n >= len(r.p.q.Choices.Items) {
		r.problem(r.p.word("You need to select one."))
		return nil
	}
	c := r.p.q.Choices.Items[n]
	if c.Command == "" {
		r.problem(r.p.word("You need to select one."))
		return nil
	}
	url, err := r.p.text(c.URL)
	if err != nil {
		return err
	}
	if c.Command == "continue" && r.p.q.Continue != nil {
		r.set(r.p.q.Continue.Text, python.True)
		return nil
	}
	if c.Command == "continue" { // this block gives no answer, another one may
		r.p.ev.Book().Choices[r.p.ev.ChoiceKey(r.p.b)] = n
		r.got.Choice = true
		return nil
	}
	r.got.Command = &evaluation.Command{Kind: c.Command, URL: url}
	return nil
}

func (r *receiver) problem(text string) {
	r.wrong = true
	r.p.scr.Problems = append(r.p.scr.Problems, text)
}

func (r *receiver) yesNo() {
	text, ok := r.value(Encode(r.p.q.Variable.Text))
	maybe := r.p.q.Kind == interview.YesNoMaybe || r.p.q.Kind == interview.NoYesMaybe
	switch {
	case ok && text == "True":
		r.set(r.p.q.Variable.Text, python.True)
	case ok && text == "False":
		r.set(r.p.q.Variable.Text, python.False)
	case ok && text == "None" && maybe:
		r.set(r.p.q.Variable.Text, python.None)
	default:
		r.problem(r.p.word("You need to select one."))
	}
}

// multipleChoice takes the one answer of a block-level list.
func (r *receiver) multipleChoice() error {
	q := r.p.q
	if q.Variable == nil {
		return r.embedded()
	}
	text, ok := r.value(Encode(q.Variable.Text))
	for _, o := range r.p.offered {
		if ok && o.value == text {
			v, _, err := r.convert(q.Choices.Datatype, authorText(o), q.Variable.Text)
			if err != nil {
				return err
			}
			r.set(q.Variable.Text, v)
			return nil
		}
	}
	if ok && q.Choices.As == interview.AsCombobox && strings.TrimSpace(text) != "" {
		r.set(q.Variable.Text, python.Outside(text))
		return nil
	}
	r.problem(r.p.word("You need to select one."))
	if len(r.p.scr.Fields) > 0 {
		r.p.scr.Problems = nil
		r.p.scr.Fields[0].Error = r.p.word("You need to select one.")
	}
	return nil
}

// authorText is the value of a choice as the author wrote it: it did not come
// from outside, whoever chose it.
func authorText(o option) *python.Str {
	if s, ok := o.key.(*python.Str); ok {
		return s
	}
	return python.NewStr(o.value)
}

// embedded records which block was chosen.
func (r *receiver) embedded() error {
	text, ok := r.value(ChoiceInput)
	n, err := strconv.Atoi(text)
	items := r.p.q.Choices.Items
	if !ok || err != nil || n < 0 || n >= len(items) || items[n].Block == nil {
		if ok && err == nil && n >= 0 && n < len(items) && items[n].Command != "" {
			return r.command(text)
		}
		r.problem(r.p.word("You need to select one."))
		return nil
	}
	r.p.ev.Book().Choices[r.p.ev.ChoiceKey(r.p.b)] = n
	r.got.Choice = true
	return nil
}

// assign writes all values. Earlier ones are visible to later ones.
func (r *receiver) assign() error {
	for _, a := range r.sets {
		name := evaluation.Intrinsic(r.p.th, a.variable)
		if a.change != nil {
			if err := a.change(name); err != nil {
				return err
			}
		} else if err := evaluation.Write(r.p.th, a.variable, a.value); err != nil {
			return err
		}
		delete(r.p.ev.Book().Dirty, name)
		r.got.Changed = append(r.got.Changed, name)
	}
	for _, f := range r.after {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// Variables lists the variables, by intrinsic name, that a question's form
// may set: what is to be watched for changes.
func Variables(th *python.Thread, b *interview.Block) []string {
	q := b.Question
	var names []string
	add := func(n *interview.Name) {
		if n != nil {
			names = append(names, evaluation.Intrinsic(th, n.Text))
		}
	}
	add(q.Variable)
	add(q.Continue)
	for _, f := range q.Fields {
		if f.Kind == interview.Input {
			add(&f.Variable)
		}
	}
	return names
}

// validationCode runs the question's own check. What it refuses is shown at
// its field; any exception is a refusal, and nothing is sought.
func (r *receiver) validationCode() error {
	code := r.p.q.ValidationCode
	if code == nil {
		return nil
	}
	place := r.p.ev.Place()
	place.Validating = true
	defer func() { place.Validating = false }()
	_, err := code.Run(r.p.th, r.p.sc.Answers)
	if err == nil {
		return nil
	}
	if evaluation.SignalIn(err) != nil {
		return err
	}
	text, field, ok := refusal(err)
	if !ok {
		return err
	}
	if f := r.fieldOf(field); f != nil {
		f.Error = orElse(text, r.p.word("Please enter a valid value."))
		r.wrong = true
		return nil
	}
	r.problem(orElse(text, r.p.word("Please enter a valid value.")))
	return nil
}

// refusal reads what an exception of validating code says, and which field it
// is about.
func refusal(err error) (text, field string, ok bool) {
	raised, ok := python.AsRaised(err)
	if !ok {
		return "", "", false
	}
	exc := raised.Value()
	if v, has := exc.Attrs.Get("field"); has {
		field, _ = python.StringOf(v)
	}
	if e := exc.Exception(); e != nil && len(e.Args.Elems) > 0 {
		if s, is := python.StringOf(e.Args.Elems[0]); is {
			return s, field, true
		}
	}
	text = raised.Error()
	if _, after, found := strings.Cut(text, ": "); found {
		text = after
	}
	return text, field, true
}

func (r *receiver) fieldOf(variable string) *screen.Field {
	if variable == "" {
		return nil
	}
	for f := range r.p.scr.Inputs() {
		if f.Variable == variable || evaluation.Intrinsic(r.p.th, f.Variable) == variable {
			return f
		}
	}
	return nil
}
