package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// fields prepares the items of a form: first all choice lists, then each field
// from its conditions to its help.
func (p *preparation) fields() error {
	list, err := p.expand(p.q.Fields)
	if err != nil {
		return err
	}
	collect, err := p.collects()
	if err != nil {
		return err
	}
	if collect {
		return p.collect(list)
	}
	drafts, fields, err := p.drafts(list, "")
	if err != nil {
		return err
	}
	if empty := emptyOnly(drafts); empty != nil && !p.keep {
		return p.nothingToChoose(empty)
	}
	p.kept, p.scr.Fields = drafts, fields
	if p.brief {
		return nil
	}
	p.lookLater(fields, drafts)
	for i := range fields {
		p.scr.Grouping = p.scr.Grouping || fields[i].Grid != nil
	}
	p.extraContinue()
	return p.continueButton("")
}

// A draft is a field whose texts are evaluated and not rendered yet.
type draft struct {
	field *interview.Field
	out   *screen.Field
	opts  []option
	empty bool // it has nothing to choose from

	label, help, under, note *python.Str
	own                      map[string]string // the field's own validation messages
}

// expand replaces fields made by code.
func (p *preparation) expand(fields []*interview.Field) ([]*interview.Field, error) {
	var list []*interview.Field
	for _, f := range fields {
		if f.Kind != interview.Generated {
			list = append(list, f)
			continue
		}
		v, err := f.Code.Run(p.th, p.sc.Answers)
		if err != nil {
			return nil, failed(f, err)
		}
		made, err := p.generated(f, v)
		if err != nil {
			return nil, failed(f, err)
		}
		list = append(list, made...)
	}
	return list, nil
}

// drafts evaluates fields; row is the prefix of their numbers in a list
// collect, "" outside. The fields are those that the drafts are of.
func (p *preparation) drafts(list []*interview.Field, row string) ([]draft, []screen.Field, error) {
	drafts, fields := make([]draft, len(list)), make([]screen.Field, len(list))
	for n, f := range list {
		d, out := &drafts[n], &fields[n]
		d.field, d.out = f, out
		out.Number, out.Variable = row+strconv.Itoa(n), f.Variable.Text
		out.ID = "field-" + out.Number
		out.Datatype, out.Input = f.Datatype, f.InputType
		out.Shuffle = f.Shuffle || f.Choices != nil && f.Choices.Shuffle
		if basic := truths[f.Datatype]; basic != "" {
			out.Datatype, out.Input = basic, f.Datatype
		}
		if err := p.optionsOf(d); err != nil {
			return nil, nil, failed(f, err)
		}
	}
	for n := range drafts {
		d := &drafts[n]
		if d.empty {
			p.scr.Hidden = append(p.scr.Hidden, screen.Hidden{Name: EmptyInput, Value: d.out.Number})
			continue
		}
		if err := p.draft(d); err != nil {
			return nil, nil, failed(d.field, err)
		}
	}
	return drafts, fields, nil
}

// truths are the data types that are a way of asking for a yes or no.
var truths = map[string]string{"yesno": "boolean", "noyes": "boolean", "yesnowide": "boolean", "noyeswide": "boolean",
	"yesnoradio": "boolean", "noyesradio": "boolean", "yesnomaybe": "threestate", "noyesmaybe": "threestate"}

// EmptyInput names fields that were left out for want of choices.
const EmptyInput = "_empty"

// emptyOnly returns the variables of a form all of whose fields have nothing
// to choose from, nil if there is anything else to answer.
func emptyOnly(drafts []draft) []emptied {
	var vars []emptied
	for i := range drafts {
		d := &drafts[i]
		if d.out.Row != screen.RowInput {
			continue
		}
		if !d.empty {
			return nil
		}
		vars = append(vars, emptied{d.field.Variable.Text, d.field.Datatype})
	}
	return vars
}

func (p *preparation) optionsOf(d *draft) error {
	f := d.field
	switch {
	case f.Kind == interview.NoteField:
		d.out.Row = map[interview.NoteKind]screen.Row{interview.MarkdownNote: screen.RowNote, interview.HTMLNote: screen.RowHTML,
			interview.RawHTMLNote: screen.RowRaw}[f.NoteKind]
		return nil
	case isObjectType(f.Datatype):
		opts, err := p.objects(f)
		d.opts, d.empty = opts, len(opts) == 0
		return err
	case f.Choices == nil:
		return nil
	}
	opts, err := p.choices(f.Choices, f.Exclude)
	if err != nil {
		return err
	}
	if f.Shuffle && !f.Choices.Shuffle {
		p.ev.Random().Shuffle(len(opts), func(i, j int) { opts[i], opts[j] = opts[j], opts[i] })
		opts = clustered(opts)
	}
	d.opts = opts
	d.empty = len(opts) == 0 && f.InputType != "combobox" && f.InputType != "datalist" && f.InputType != "ajax"
	return nil
}

func isObjectType(datatype string) bool { return strings.HasPrefix(datatype, "object") }

// draft evaluates one field.
func (p *preparation) draft(d *draft) error {
	f := d.field
	hidden, err := p.hiddenByCode(f)
	if err != nil {
		return err
	}
	d.out.Inactive = hidden
	if d.out.Row != screen.RowInput {
		return p.noteDraft(d)
	}
	steps := fieldSteps
	if p.brief {
		steps = briefSteps
	}
	for _, step := range steps {
		if err := step(p, d); err != nil {
			return err
		}
	}
	return nil
}

type fieldStep = func(*preparation, *draft) error

// fieldSteps are the parts of a field in the order in which they are
// evaluated; briefSteps are those that decide about its value.
var (
	fieldSteps = []fieldStep{(*preparation).required, (*preparation).layout, (*preparation).limits, (*preparation).fileSettings, (*preparation).validator,
		(*preparation).wording, (*preparation).look, (*preparation).linked, (*preparation).naming, (*preparation).initial, (*preparation).rules}
	briefSteps = []fieldStep{(*preparation).required, (*preparation).limits, (*preparation).fileSettings, (*preparation).validator,
		(*preparation).linked, (*preparation).naming, (*preparation).controls}
)

func (p *preparation) noteDraft(d *draft) (err error) {
	if d.note, err = p.str(d.field.Note); err != nil {
		return err
	}
	if d.field.CSSClass != nil {
		if d.out.Class, err = p.text(d.field.CSSClass); err != nil {
			return err
		}
	}
	return p.conditions(d)
}

func (p *preparation) hiddenByCode(f *interview.Field) (bool, error) {
	for _, c := range f.Conditions {
		if c.Code == nil {
			continue
		}
		ok, err := p.truth(c.Code)
		if err != nil {
			return false, err
		}
		if c.Kind == interview.ShowIf && !ok || c.Kind == interview.HideIf && ok {
			return true, nil
		}
	}
	return false, nil
}

// optionalTypes are never required: a box left empty is an answer.
var optionalTypes = map[string]bool{"yesno": true, "noyes": true, "yesnowide": true, "noyeswide": true, "range": true}

func (p *preparation) required(d *draft) (err error) {
	f := d.field
	usual := !optionalTypes[f.Datatype] && !optionalTypes[f.InputType] && f.InputType != "hidden"
	if d.out.Required, err = p.cond(f.Required, usual); err != nil {
		return err
	}
	if d.out.Disabled, err = p.cond(f.Disabled, false); err != nil {
		return err
	}
	if f.DisableOthers != nil || d.out.Disabled {
		d.out.Required = false
	}
	if f.Persistent.Set || f.Private.Set {
		d.out.Permissions = map[string]bool{}
		if d.out.Permissions["persistent"], err = p.cond(f.Persistent, false); err != nil {
			return err
		}
		d.out.Permissions["private"], err = p.cond(f.Private, true)
	}
	return err
}

func (p *preparation) layout(d *draft) (err error) {
	f := d.field
	features := &p.sc.Interview.Features
	if d.out.LabelAbove, err = p.cond(f.LabelAbove, features.LabelsAbove); err != nil {
		return err
	}
	if d.out.Floating, err = p.cond(f.FloatingLabel, features.FloatingLabels); err != nil {
		return err
	}
	if d.out.Grid, err = p.grid(f.Grid); err != nil {
		return err
	}
	d.out.ItemGrid, err = p.grid(f.ItemGrid)
	return err
}

func (p *preparation) grid(g *interview.Grid) (*screen.Grid, error) {
	if g == nil {
		return nil, nil
	}
	out := &screen.Grid{Width: 12, Breakpoint: "md"}
	for _, n := range []struct {
		code *interview.Code
		to   *int
	}{{g.Width, &out.Width}, {g.LabelWidth, &out.LabelWidth}, {g.Offset, &out.Offset}} {
		if n.code == nil {
			continue
		}
		v, err := n.code.Run(p.th, p.sc.Answers)
		if err != nil {
			return nil, err
		}
		f, ok := python.FloatOf(v)
		if !ok || int(f) < 0 || int(f) > 12 {
			return nil, python.Errorf(python.ValueError, "grid: a number from 1 to 12 is wanted")
		}
		*n.to = int(f)
	}
	var err error
	if out.Start, err = p.cond(g.Start, false); err != nil {
		return nil, err
	}
	if out.End, err = p.cond(g.End, false); err != nil {
		return nil, err
	}
	if g.Breakpoint != nil {
		out.Breakpoint, err = p.text(g.Breakpoint)
	}
	return out, err
}

func (p *preparation) limits(d *draft) error {
	f := d.field
	var shortest, longest string
	err := p.texts([]textTo{{f.Min, &d.out.Min}, {f.Max, &d.out.Max}, {f.MinLength, &shortest}, {f.MaxLength, &longest},
		{f.Step, &d.out.Step}, {f.Scale, &d.out.Scale}})
	if err != nil {
		return err
	}
	if f.MinLength != nil {
		d.out.MinLen, _ = strconv.Atoi(shortest)
	}
	if f.MaxLength != nil {
		d.out.MaxLen, _ = strconv.Atoi(longest)
	}
	p.usualLimits(d)
	if f.Rows != nil {
		v, err := f.Rows.Run(p.th, p.sc.Answers)
		if err != nil {
			return err
		}
		n, _ := python.IntOf(v)
		d.out.Rows = int(n)
	}
	if f.Accept != nil {
		v, err := f.Accept.Run(p.th, p.sc.Answers)
		if err != nil {
			return err
		}
		d.out.Accept, _ = python.StringOf(v)
	}
	return nil
}

// usualLimits fills in what the data type implies.
func (p *preparation) usualLimits(d *draft) {
	out := d.out
	switch d.field.Datatype {
	case "date", "datetime":
		f := &p.sc.Interview.Features
		out.Min, out.Max = isoDate(p, orElse(out.Min, f.DefaultDateMin), d.field.Datatype), isoDate(p, orElse(out.Max, f.DefaultDateMax), d.field.Datatype)
	case "time":
		out.Min, out.Max = isoDate(p, out.Min, "time"), isoDate(p, out.Max, "time")
	case "files":
		out.Multiple = true
	case "user", "environment":
		out.Capture = d.field.Datatype
	}
}

// wording evaluates the texts of a field.
func (p *preparation) wording(d *draft) (err error) {
	f := d.field
	if f.Label != nil {
		if d.label, err = p.str(f.Label); err != nil {
			return err
		}
	}
	d.out.NoLabel = f.NoLabel || f.Label == nil
	if f.Note != nil {
		if d.note, err = p.str(f.Note); err != nil {
			return err
		}
	}
	if f.UnderText != nil {
		if d.under, err = p.str(f.UnderText); err != nil {
			return err
		}
	}
	if err = p.texts([]textTo{{f.Hint, &d.out.Hint}}); err != nil {
		return err
	}
	if f.Help != nil {
		if d.help, err = p.str(f.Help); err != nil {
			return err
		}
	}
	return p.messages(d)
}

func (p *preparation) messages(d *draft) error {
	if len(d.field.Messages) == 0 {
		return nil
	}
	d.own = map[string]string{}
	for _, m := range d.field.Messages {
		text, err := p.text(m.Text)
		if err != nil {
			return err
		}
		d.own[m.Rule] = text
	}
	return nil
}

func (p *preparation) look(d *draft) error {
	f := d.field
	err := p.texts([]textTo{{f.CSSClass, &d.out.Class}, {f.FileCSSClass, &d.out.FileClass},
		{f.InlineWidth, &d.out.InlineWidth}, {f.CurrencySymbol, &d.out.Symbol}})
	if err != nil {
		return err
	}
	if f.Datatype == "currency" && d.out.Symbol == "" {
		symbol, err := p.call("currency_symbol")
		if err != nil {
			return err
		}
		d.out.Symbol = symbol
	}
	if f.Action != "" {
		url, err := p.ev.Link(evaluation.Link{Here: true, Action: f.Action})
		if err != nil {
			return err
		}
		d.out.Ajax = &screen.Ajax{URL: url, Trigger: max(f.TriggerAt, 2)}
	}
	if f.Address != nil {
		v, err := NodeValue(p.th, p.sc.Answers, f.Address)
		if err != nil {
			return err
		}
		if d.out.Address, err = plainData(p.th, v); err != nil {
			return err
		}
	}
	for _, param := range f.Parameters {
		v, err := NodeValue(p.th, p.sc.Answers, param.Value)
		if err != nil {
			return err
		}
		s, err := p.th.Str(v)
		if err != nil {
			return err
		}
		if d.out.Params == nil {
			d.out.Params = map[string]string{}
		}
		d.out.Params[param.Name] = s.String()
	}
	return nil
}

// fileSettings evaluates what becomes of pictures that are sent.
func (p *preparation) fileSettings(d *draft) error {
	if usual := &p.sc.Interview.Features; d.field.MaxImageSize == nil && d.field.ImageUploadType == nil && d.out.Control() == screen.ControlFile {
		d.out.MaxImageSize, d.out.ImageType = usual.MaxImageSize, usual.ImageUploadType
		d.out.UsualImages = true
		return nil
	}
	if c := d.field.MaxImageSize; c != nil {
		v, err := c.Run(p.th, p.sc.Answers)
		if err != nil {
			return err
		}
		n, _ := python.IntOf(v)
		d.out.MaxImageSize = int(n)
	}
	if c := d.field.ImageUploadType; c != nil {
		v, err := c.Run(p.th, p.sc.Answers)
		if err != nil {
			return err
		}
		d.out.ImageType, _ = python.StringOf(v)
	}
	return nil
}

// call runs a library function without arguments and returns its text.
func (p *preparation) call(name string, args ...python.Value) (string, error) {
	v, err := evaluation.CallLibrary(p.th, name, args)
	if err != nil {
		return "", err
	}
	s, err := p.th.Str(v)
	if err != nil {
		return "", err
	}
	return s.String(), nil
}

// linked evaluates what ties a field to others.
func (p *preparation) linked(d *draft) error {
	others := func(o *interview.Others) *screen.Others {
		if o == nil {
			return nil
		}
		return &screen.Others{All: o.All, Variables: o.List}
	}
	d.out.DisableOthers, d.out.UncheckOthers, d.out.CheckOthers = others(d.field.DisableOthers), others(d.field.UncheckOthers), others(d.field.CheckOthers)
	return p.conditions(d)
}

var effects = map[interview.ConditionKind]screen.Effect{interview.ShowIf: screen.Show, interview.HideIf: screen.Hide,
	interview.EnableIf: screen.Enable, interview.DisableIf: screen.Disable}

func (p *preparation) conditions(d *draft) error {
	for n, c := range d.field.Conditions {
		sc := screen.Condition{ID: fmt.Sprintf("%s-if-%d", d.out.ID, n), Effect: effects[c.Kind], Variable: c.Variable, Value: "True"}
		switch {
		case c.JS != nil:
			script, err := p.text(c.JS)
			if err != nil {
				return err
			}
			if script == "" {
				continue
			}
			sc.Script, sc.Vars = script, scriptVariables(script)
		case c.Variable == "":
			continue
		case c.Is != nil:
			text, err := p.text(c.Is)
			if err != nil {
				return err
			}
			sc.Value = text
		}
		d.out.Conditions = append(d.out.Conditions, sc)
	}
	return nil
}

// scriptVariables lists the variables that a JavaScript condition reads.
func scriptVariables(script string) []string {
	var names []string
	for _, fn := range []string{"val(", "getField(", "daGetField("} {
		for rest := script; ; {
			_, after, found := strings.Cut(rest, fn)
			if !found {
				break
			}
			rest = after
			after = strings.TrimSpace(after)
			if after == "" || after[0] != '"' && after[0] != '\'' {
				continue
			}
			if name, _, ok := strings.Cut(after[1:], after[:1]); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

// naming decides under which name a field is posted: its variable's, or an
// alias when several fields may set the same variable.
func (p *preparation) naming(d *draft) error {
	d.out.Name = Encode(d.field.Variable.Text)
	if len(d.out.Conditions) > 0 || d.out.DisableOthers != nil {
		d.out.Name = Alias(d.out.Number)
	}
	return nil
}

// lookLater renders the texts of fields once everything is evaluated.
func (p *preparation) lookLater(fields []screen.Field, drafts []draft) {
	p.r.later(func() {
		for i := range drafts {
			d, f := &drafts[i], &fields[i]
			if f.Row != screen.RowInput {
				p.noteLook(f, d)
				continue
			}
			if d.label != nil {
				f.Label, f.LabelText = p.r.html(d.label, true), p.r.plain(d.label)
			}
			f.Help, f.Under = p.r.html(d.help, false), p.r.html(d.under, true)
			if d.note != nil {
				p.noteLook(f, d)
			}
		}
		p.conditionWords(fields)
	})
}

func (p *preparation) noteLook(f *screen.Field, d *draft) {
	if d.field.NoteKind == interview.MarkdownNote {
		f.Note = p.r.body(d.note)
		return
	}
	f.Note = p.r.rawHTML(d.note)
}

// conditionWords says when a field applies, for pages without scripts.
func (p *preparation) conditionWords(fields []screen.Field) {
	if !slices.ContainsFunc(fields, func(f screen.Field) bool { return len(f.Conditions) > 0 }) {
		return
	}
	label := map[string]string{}
	for i := range fields {
		nameFields(label, &fields[i])
	}
	for i := range fields {
		for n := range fields[i].Conditions {
			c := &fields[i].Conditions[n]
			name := orElse(label[oneQuote(c.Variable)], c.Variable)
			if c.Script != "" || name == "" {
				continue
			}
			positive := c.Effect == screen.Show || c.Effect == screen.Enable
			c.Words = conditionText(p, name, p.shownValue(fields, c), positive)
		}
	}
}

// nameFields notes what people call a field and the boxes in it.
func nameFields(label map[string]string, f *screen.Field) {
	label[oneQuote(f.Variable)] = f.LabelText
	box := func(variable string, c *screen.Choice) {
		label[oneQuote(variable)] = c.Text
		if f.LabelText != "" {
			label[oneQuote(variable)] = f.LabelText + ": " + c.Text
		}
	}
	for i := range f.Choices {
		if c := &f.Choices[i]; c.Variable != "" && c.Name != "" {
			box(c.Variable, c)
		}
	}
	if f.NoneOf != nil {
		box(f.Variable+"[nota]", f.NoneOf)
	}
	if f.AllOf != nil {
		box(f.Variable+"[aota]", f.AllOf)
	}
}

func conditionText(p *preparation, name, value string, positive bool) string {
	form := "Only if “%s” is “%s”"
	if !positive {
		form = "Not if “%s” is “%s”"
	}
	return fmt.Sprintf(p.word(form), name, value)
}

// shownValue is the value of a condition as the person sees it.
func (p *preparation) shownValue(fields []screen.Field, c *screen.Condition) string {
	for i := range fields {
		if fields[i].Variable != c.Variable {
			continue
		}
		for _, ch := range fields[i].Choices {
			if ch.Value == c.Value && ch.Text != "" {
				return ch.Text
			}
		}
	}
	switch c.Value {
	case "True":
		return p.word("Yes")
	case "False":
		return p.word("No")
	}
	return c.Value
}
