package ask

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// current returns what a variable's control shows at first: the value before
// Back was pressed, the value it has, the value that was taken from it, else
// the author's default. Nil means nothing.
func (p *preparation) current(variable string, def *interview.Default) (python.Value, error) {
	if variable != "" {
		if p.sc.Prior != nil {
			if v, ok := evaluation.FindIn(p.th, p.sc.Prior, evaluation.Intrinsic(p.th, variable)); ok {
				return v, nil
			}
		}
		if v, ok := evaluation.Find(p.th, variable); ok {
			return v, nil
		}
		if dirty := p.ev.Book().Dirty; len(dirty) > 0 {
			if v, ok := dirty[evaluation.Intrinsic(p.th, variable)]; ok {
				return v, nil
			}
		}
	}
	return p.defaultOf(def)
}

func (p *preparation) defaultOf(def *interview.Default) (python.Value, error) {
	switch {
	case def == nil:
		return nil, nil
	case def.Code != nil:
		v, err := def.Code.Run(p.th, p.sc.Answers)
		if v == python.Value(python.None) {
			return nil, err
		}
		return v, err
	case def.Data != nil:
		return NodeValue(p.th, p.sc.Answers, def.Data)
	case def.Text != nil:
		s, err := p.str(def.Text)
		if err != nil || strings.TrimSpace(s.String()) == "" {
			return nil, err
		}
		return s, nil
	}
	return nil, nil
}

// initial gives the field its first value, in the form of its control.
func (p *preparation) initial(d *draft) error {
	f := d.field
	if d.out.Control() == screen.ControlFile {
		return nil
	}
	v, err := p.current(f.Variable.Text, f.Default)
	if err != nil {
		return err
	}
	if p.notYetPicked(d, v) {
		if v, err = p.defaultOf(f.Default); err != nil {
			return err
		}
	}
	if len(d.opts) > 0 {
		return p.initialChoice(d, v)
	}
	p.yesNoLabels(d)
	if v == nil {
		return p.initialNothing(d)
	}
	return p.initialValue(d, v)
}

// notYetPicked is true of an object that is not among those to pick from: it
// was made so that it could be asked about, and is no answer yet.
func (p *preparation) notYetPicked(d *draft, v python.Value) bool {
	if !isObjectType(d.field.Datatype) || manyChoices(d.field.Datatype) || v == nil || v == python.Value(python.None) {
		return false
	}
	name, _ := python.StringOf(objectKey(v))
	return !slices.ContainsFunc(d.opts, func(o option) bool { return o.value == name })
}

// controls gives the field what its control sends, without its first value.
func (p *preparation) controls(d *draft) error {
	if len(d.opts) > 0 {
		return p.initialChoice(d, nil)
	}
	p.yesNoLabels(d)
	return nil
}

func (p *preparation) yesNoLabels(d *draft) {
	switch d.out.Control() {
	case screen.ControlCheckbox, screen.ControlYesNo, screen.ControlMaybe:
	default:
		return
	}
	d.out.Sign = 1
	if strings.HasPrefix(orElse(d.field.InputType, d.field.Datatype), "noyes") {
		d.out.Sign = -1
	}
}

func (p *preparation) initialNothing(d *draft) error {
	if d.field.Datatype != "range" {
		return nil
	}
	lo, err1 := strconv.ParseFloat(d.out.Min, 64)
	hi, err2 := strconv.ParseFloat(d.out.Max, 64)
	if err1 == nil && err2 == nil {
		d.out.Value = strconv.Itoa(int((lo + hi) / 2))
	}
	return nil
}

func (p *preparation) initialValue(d *draft, v python.Value) error {
	switch d.out.Control() {
	case screen.ControlCheckbox, screen.ControlYesNo, screen.ControlMaybe:
		return p.initialTruth(d, v)
	case screen.ControlNumber, screen.ControlCurrency, screen.ControlRange:
		d.out.Value = numberText(d, v)
		if f, ok := python.FloatOf(v); ok {
			d.out.Default = f
		} else if d.out.Value != "" {
			d.out.Default = d.out.Value
		}
	}
	if d.out.Value != "" {
		return nil
	}
	s, err := p.th.Str(v)
	if err != nil {
		return err
	}
	switch d.out.Control() {
	case screen.ControlDate, screen.ControlTime, screen.ControlDatetime:
		d.out.Value = controlDate(p, v, s.String(), d.out.Control())
	default:
		d.out.Value = s.String()
	}
	if d.out.Value != "" {
		d.out.Default = d.out.Value
	}
	return nil
}

// falseTexts count as no where a yes or no is wanted as text.
var falseTexts = map[string]bool{"False": true, "false": true, "FALSE": true, "no": true, "No": true, "NO": true,
	"Off": true, "off": true, "OFF": true, "Null": true, "null": true, "NULL": true, "": true}

// initialTruth puts a yes or no into the control: its Value is "True", "False"
// or "None", as the variable would be.
func (p *preparation) initialTruth(d *draft, v python.Value) error {
	if v == python.Value(python.None) {
		d.out.Value = "None"
		return nil
	}
	yes := false
	if s, ok := python.StringOf(v); ok {
		yes = !falseTexts[s]
	} else {
		var err error
		if yes, err = p.th.Truth(v); err != nil {
			return err
		}
	}
	d.out.Value = "False"
	if yes {
		d.out.Value = "True"
	}
	d.out.Default = yes
	return nil
}

// numberText writes a number for its control: without a fraction where the
// steps are whole.
func numberText(d *draft, v python.Value) string {
	if s, ok := python.StringOf(v); ok {
		return s
	}
	f, ok := python.FloatOf(v)
	if !ok {
		return ""
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 && (d.field.Datatype == "integer" || wholeStep(d)) {
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func wholeStep(d *draft) bool {
	if d.out.Step == "" {
		return d.field.Datatype == "range"
	}
	_, err := strconv.Atoi(d.out.Step)
	return err == nil
}

// initialChoice marks what is chosen among options.
func (p *preparation) initialChoice(d *draft, v python.Value) error {
	if !manyChoices(d.field.Datatype) {
		if isObjectType(d.field.Datatype) {
			v = objectKey(v)
		}
		p.selectOne(d.out, d.opts, v)
		p.noneAndAll(d)
		p.drawChoices(d.out, d.opts)
		return nil
	}
	picked, err := p.pickedKeys(v)
	if err != nil {
		return err
	}
	if s, ok := python.StringOf(v); ok {
		d.out.Default = s
	}
	d.out.Choices = make([]screen.Choice, len(d.opts))
	for i, o := range d.opts {
		c := &d.out.Choices[i]
		c.Selected = picked[o.value] || v == nil && o.isDefault
		c.Variable, c.Name = itemName(d.field.Variable.Text, o, d.field.Datatype)
		if d.out.Name == Alias(d.out.Number) {
			_, c.Name = itemName("_field_"+d.out.Number, o, d.field.Datatype)
		}
	}
	p.noneAndAll(d)
	if v == python.Value(python.None) && d.out.NoneOf != nil {
		d.out.NoneOf.Selected = true
	}
	p.drawChoices(d.out, d.opts)
	for i := range d.out.Choices {
		d.out.Choices[i].Key = d.opts[i].value
		d.out.Choices[i].Value = "True"
		d.out.Choices[i].JSON = true
		if isObjectType(d.field.Datatype) {
			d.out.Choices[i].JSON = d.opts[i].value
		}
		if d.out.Control() == screen.ControlMultiselect {
			d.out.Choices[i].Value = d.opts[i].value
		}
	}
	return nil
}

func manyChoices(datatype string) bool {
	switch datatype {
	case "checkboxes", "multiselect", "object_checkboxes", "object_multiselect":
		return true
	}
	return false
}

// itemName gives the variable and posted name of one box of a list.
func itemName(variable string, o option, datatype string) (shown, posted string) {
	enc := base64.RawStdEncoding.EncodeToString
	if isObjectType(datatype) {
		n := variable + "[O'" + enc([]byte(o.value)) + "']"
		return n, Encode(n)
	}
	if _, ok := python.StringOf(o.key); ok {
		return variable + "['" + strings.ReplaceAll(o.value, "'", `\'`) + "']", Encode(variable + "[B'" + enc([]byte(o.value)) + "']")
	}
	return variable + "[" + o.value + "]", Encode(variable + "[R'" + enc([]byte(o.value)) + "']")
}

// pickedKeys reads which options a default or a present value picks: one key,
// a list of keys, or a dictionary of truths. Objects go by their names.
func (p *preparation) pickedKeys(v python.Value) (map[string]bool, error) {
	picked := map[string]bool{}
	if v == nil || v == python.Value(python.None) {
		return picked, nil
	}
	note := func(v python.Value) error {
		if s, ok := python.StringOf(objectKey(v)); ok {
			picked[s] = true
			return nil
		}
		s, err := p.th.Str(v)
		if err == nil {
			picked[s.String()] = true
		}
		return err
	}
	if i, ok := v.(*python.Instance); ok {
		if elements, ok := i.Attrs.Get("elements"); ok {
			v = elements
		}
	}
	switch v := v.(type) {
	case *python.Dict:
		for k, on := range v.All() {
			yes, err := p.th.Truth(on)
			if err != nil {
				return nil, err
			}
			if yes {
				if err := note(k); err != nil {
					return nil, err
				}
			}
		}
		return picked, nil
	case *python.List, *python.Tuple, *python.Set:
		return picked, p.th.Each(v, note)
	}
	return picked, note(v)
}

// objectKey is the text by which an object is picked: its intrinsic name.
func objectKey(v python.Value) python.Value {
	if i, ok := v.(*python.Instance); ok {
		if n, ok := i.Attrs.Get("instanceName"); ok {
			return n
		}
	}
	return v
}

// noneAndAll adds the boxes that clear or tick all others.
func (p *preparation) noneAndAll(d *draft) {
	none := manyChoices(d.field.Datatype)
	if d.out.MinLen > 0 || d.out.MinLen == d.out.MaxLen && d.out.MaxLen > 0 {
		none = false
	}
	if n := p.above(d.field.NoneOf, none, "None of the above"); n != nil {
		n.ID, n.Name = d.out.ID+"-none", "_ignore"+d.out.Number
		d.out.NoneOf = n
	}
	if a := p.above(d.field.AllOf, false, "All of the above"); a != nil {
		a.ID, a.Name = d.out.ID+"-all", "_ignore_aota"+d.out.Number
		d.out.AllOf = a
	}
}

func (p *preparation) above(set *interview.NoneOf, usual bool, words string) *screen.Choice {
	if set == nil && !usual || set != nil && !set.On && set.Label == nil {
		return nil
	}
	c := &screen.Choice{Text: p.word(words)}
	label := python.NewStr(c.Text)
	if set != nil && set.Label != nil {
		if s, err := p.str(set.Label); err == nil {
			label = s
			c.Text = s.String()
		}
	}
	p.r.later(func() { c.Label = p.r.html(label, true) })
	return c
}

// objects evaluates the choices of a field that picks objects, and remembers
// which objects were offered.
func (p *preparation) objects(f *interview.Field) ([]option, error) {
	out := map[string]bool{}
	for _, c := range f.Exclude {
		v, err := c.Run(p.th, p.sc.Answers)
		if err != nil {
			return nil, err
		}
		if err := p.eachObject(v, func(i *python.Instance) error { out[evaluation.NameOf(i)] = true; return nil }); err != nil {
			return nil, err
		}
	}
	offered := map[string]python.Value{}
	var opts []option
	for _, c := range f.Objects {
		v, err := c.Run(p.th, p.sc.Answers)
		if err != nil {
			return nil, err
		}
		err = p.eachObject(v, func(i *python.Instance) error {
			name := evaluation.NameOf(i)
			if out[name] || offered[name] != nil {
				return nil
			}
			offered[name] = i
			o, err := p.objectOption(f, i, name)
			opts = append(opts, o)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	p.ev.Book().Selections[evaluation.Intrinsic(p.th, f.Variable.Text)] = offered
	return opts, nil
}

// eachObject calls f for an object, or for the objects of a group.
func (p *preparation) eachObject(v python.Value, f func(*python.Instance) error) error {
	if i, ok := v.(*python.Instance); ok {
		if _, group := i.Attrs.Get("elements"); !group || derives(v, "DAContext") {
			if _, named := i.Attrs.Get("instanceName"); named {
				return f(i)
			}
			return nil
		}
		if values, err := p.th.GetAttr(v, "values"); err == nil {
			if v, err = p.th.Call(values, nil, nil); err != nil {
				return err
			}
		}
	}
	if _, text := python.StringOf(v); text || !p.th.Iterable(v) {
		return nil
	}
	return p.th.Each(v, func(v python.Value) error { return p.eachObject(v, f) })
}

func (p *preparation) objectOption(f *interview.Field, i *python.Instance, name string) (option, error) {
	o := option{value: name, key: python.NewStr(name)}
	label, err := p.objectText(f.Labeler, i)
	if err != nil {
		return o, err
	}
	if label == nil {
		if label, err = p.th.Str(i); err != nil {
			return o, err
		}
	}
	o.label = label
	if o.help, err = p.objectText(f.HelpFor, i); err != nil {
		return o, err
	}
	image, err := p.objectText(f.ImageFor, i)
	if image != nil && image.String() != "" {
		o.image = p.image(image.String())
	}
	return o, err
}

// objectText applies an author's function to an object; nil without one.
func (p *preparation) objectText(fn *interview.Code, i *python.Instance) (*python.Str, error) {
	if fn == nil {
		return nil, nil
	}
	f, err := fn.Run(p.th, p.sc.Answers)
	if err != nil {
		return nil, err
	}
	v, err := p.th.Call(f, []python.Value{i}, nil)
	if err != nil {
		return nil, err
	}
	if v == python.Value(python.None) {
		return nil, nil
	}
	return p.th.Str(v)
}
