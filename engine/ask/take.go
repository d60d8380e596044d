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

// HiddenInput lists, separated by commas, the numbers of fields that a script
// condition of the author has hidden: for these alone the browser's word counts.
const HiddenInput = "_hidden"

// fields takes the values of a form with fields.
func (r *receiver) fields() error {
	if r.p.scr.Rows != nil {
		return r.rows()
	}
	return r.takeAll(r.p.kept, r.p.scr.Fields)
}

func (r *receiver) takeAll(drafts []draft, fields []screen.Field) error {
	off, disabling := r.hiddenByScript(), r.disabling(fields)
	for i := range drafts {
		d, f := &drafts[i], &fields[i]
		if f.Row != screen.RowInput {
			continue
		}
		if d.empty {
			if err := r.takeEmpty(d); err != nil {
				return err
			}
			continue
		}
		if f.Inactive || f.Disabled || off[f.Number] || !r.applies(f, fields, 0) || disabled(f, disabling) {
			continue
		}
		if err := r.takeField(d, f); err != nil {
			return err
		}
	}
	return r.atLeastOne(fields)
}

func (r *receiver) hiddenByScript() map[string]bool {
	off := map[string]bool{}
	text, _ := r.value(HiddenInput)
	if text == "" {
		return nil
	}
	for _, n := range strings.Split(text, ",") {
		off[n] = true
	}
	for i := range r.p.scr.Fields {
		f := &r.p.scr.Fields[i]
		scripted := false
		for _, c := range f.Conditions {
			scripted = scripted || c.Script != ""
		}
		if !scripted {
			delete(off, f.Number)
		}
	}
	return off
}

// takeEmpty sets a field that had nothing to choose from.
func (r *receiver) takeEmpty(d *draft) error {
	if isObjectType(d.field.Datatype) && !manyChoices(d.field.Datatype) {
		if _, ok := evaluation.Find(r.p.th, d.field.Variable.Text); ok {
			return nil
		}
	}
	v, err := emptyChoice(r.p.th, d.field.Datatype, evaluation.Intrinsic(r.p.th, d.field.Variable.Text))
	r.set(d.field.Variable.Text, v)
	return err
}

// applies evaluates the field's conditions on other fields by what was posted,
// as the browser does: a condition on a field that is itself hidden sees "".
func (r *receiver) applies(f *screen.Field, fields []screen.Field, depth int) bool {
	for _, c := range f.Conditions {
		if c.Script != "" {
			continue
		}
		value, shown := r.postedOf(c.Variable, fields, depth)
		equal := shown && sameAnswer(value, c.Value)
		if positive := c.Effect == screen.Show || c.Effect == screen.Enable; positive != equal {
			return false
		}
	}
	return true
}

// postedOf is the value of another field as conditions see it.
func (r *receiver) postedOf(variable string, fields []screen.Field, depth int) (string, bool) {
	found := false
	for i := range fields {
		f := &fields[i]
		if f.Row != screen.RowInput || f.Inactive {
			continue
		}
		if v, ok := r.itemPosted(f, variable); ok {
			return v, true
		}
		if f.Variable != variable {
			continue
		}
		found = true
		if depth < 10 && !r.applies(f, fields, depth+1) {
			continue
		}
		return r.plainPosted(f), true
	}
	return "", found
}

func (r *receiver) plainPosted(f *screen.Field) string {
	text, ok := r.value(f.Name)
	switch f.Control() {
	case screen.ControlCheckbox:
		if ok && text != "False" {
			return "True"
		}
		return "False"
	}
	return text
}

// itemPosted is the state of one box of a list of checkboxes. v[nota] is the
// box for none of the above, v[aota] that for all of it.
func (r *receiver) itemPosted(f *screen.Field, variable string) (string, bool) {
	for _, extra := range []struct {
		name   string
		choice *screen.Choice
	}{{"[nota]", f.NoneOf}, {"[aota]", f.AllOf}} {
		if extra.choice != nil && variable == f.Variable+extra.name {
			return r.ticked(extra.choice.Name), true
		}
	}
	variable = oneQuote(variable)
	for _, c := range f.Choices {
		if c.Name == "" || oneQuote(c.Variable) != variable {
			continue
		}
		if r.allTicked(f) {
			return "True", true
		}
		return r.ticked(c.Name), true
	}
	return "", false
}

// oneQuote writes the key of an item in one way: authors use both quotes.
func oneQuote(variable string) string { return strings.ReplaceAll(variable, "\"", "'") }

// ticked is the state of a box that is posted under a name.
func (r *receiver) ticked(name string) string {
	if text, ok := r.value(name); ok && text == "True" {
		return "True"
	}
	return "False"
}

// allTicked reports whether the box for all of the above stands for every box:
// without scripts it ticks no others.
func (r *receiver) allTicked(f *screen.Field) bool {
	return f.AllOf != nil && r.ticked(f.AllOf.Name) == "True"
}

// sameAnswer compares as the browser does: as numbers where both look like
// numbers, "None" as nothing.
func sameAnswer(a, b string) bool {
	if b == "None" && a == "" {
		return true
	}
	x, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	y, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if err1 == nil && err2 == nil && !math.IsNaN(x) {
		return x == y
	}
	return a == b
}

// disabling returns the fields that disable others because they were answered.
func (r *receiver) disabling(fields []screen.Field) []*screen.Field {
	var list []*screen.Field
	for i := range fields {
		f := &fields[i]
		if f.DisableOthers == nil {
			continue
		}
		if text := r.plainPosted(f); text != "" && text != "False" {
			list = append(list, f)
		}
	}
	return list
}

// disabled reports whether one of several fields disables this one.
func disabled(f *screen.Field, by []*screen.Field) bool {
	return slices.ContainsFunc(by, func(o *screen.Field) bool { return o.Number != f.Number && acts(o.DisableOthers, f.Variable) })
}

func acts(o *screen.Others, variable string) bool {
	if o.All {
		return true
	}
	return slices.Contains(o.Variables, variable)
}

// takeField takes one field: present, converted, within its limits, valid.
func (r *receiver) takeField(d *draft, f *screen.Field) error {
	switch {
	case f.Control() == screen.ControlFile:
		return r.takeFiles(d, f)
	case manyChoices(d.field.Datatype):
		return r.takeMany(d, f)
	case f.Control() == screen.ControlCheckbox:
		return r.takeBox(d, f)
	}
	text, ok := r.value(f.Name)
	if len(d.opts) > 0 {
		return r.takeOne(d, f, text, ok)
	}
	f.Value = text
	if strings.TrimSpace(text) == "" || text == "None" && numeric(d.field.Datatype) {
		return r.takeBlank(d, f, ok)
	}
	if c := f.Control(); c == screen.ControlYesNo || c == screen.ControlMaybe {
		return r.takeTruth(d, f, text)
	}
	return r.takeText(d, f, text)
}

// takeText is what a person typed.
func (r *receiver) takeText(d *draft, f *screen.Field, text string) error {
	v, broken, err := r.convert(d.field.Datatype, python.Outside(text), d.field.Variable.Text)
	if err != nil {
		return err
	}
	if broken != "" {
		return r.accept(d, f, nil, r.unfit(d, broken))
	}
	if d.field.Datatype == "raw" {
		v = python.NewStr(text)
	}
	return r.accept(d, f, v, r.limit(d, f, v, text))
}

// takeTruth is one of the answers Yes, No and, where it is offered, I don't
// know. None is also how programs leave a question open.
func (r *receiver) takeTruth(d *draft, f *screen.Field, text string) error {
	switch {
	case text == "True" || text == "False":
	case text == "None" && f.Control() == screen.ControlMaybe:
	case text == "None":
		return r.takeBlank(d, f, true)
	default:
		return r.accept(d, f, nil, r.message(d, f, "multiple choice required"))
	}
	v, _, err := r.convert("threestate", python.NewStr(text), d.field.Variable.Text)
	if err != nil {
		return err
	}
	return r.accept(d, f, v, "")
}

func numeric(datatype string) bool {
	switch datatype {
	case "integer", "number", "float", "currency", "range":
		return true
	}
	return false
}

// accept notes the value of a field, or what is wrong with it.
func (r *receiver) accept(d *draft, f *screen.Field, v python.Value, message string) error {
	if message == "" && d.field.Validate != nil {
		var err error
		if message, err = r.validate(d, v); err != nil {
			return err
		}
	}
	if message != "" {
		f.Error = message
		r.wrong = true
		return nil
	}
	r.set(d.field.Variable.Text, v)
	return nil
}

// validate applies the author's function to a value.
func (r *receiver) validate(d *draft, v python.Value) (string, error) {
	fn, err := d.field.Validate.Run(r.p.th, r.p.sc.Answers)
	if err != nil {
		return "", err
	}
	place := r.p.ev.Place()
	place.Validating = true
	defer func() { place.Validating = false }()
	result, err := r.p.th.Call(fn, []python.Value{v}, nil)
	if err != nil {
		text, _, ok := refusal(err)
		if !ok {
			return "", err
		}
		return orElse(text, r.p.word("Please enter a valid value.")), nil
	}
	good, err := r.p.th.Truth(result)
	if err != nil || good {
		return "", err
	}
	return r.p.word("Please enter a valid value."), nil
}

// takeBlank is a field that was left empty.
func (r *receiver) takeBlank(d *draft, f *screen.Field, posted bool) error {
	if f.Required {
		f.Error = r.message(d, f, requiredRule(f))
		r.wrong = true
		return nil
	}
	v, err := r.blank(d, f)
	r.set(d.field.Variable.Text, v)
	return err
}

// blank is the value of a field that was left empty.
func (r *receiver) blank(d *draft, f *screen.Field) (python.Value, error) {
	switch d.field.Datatype {
	case "integer":
		return python.Int(0), nil
	case "number", "float", "currency", "range":
		return python.Float(0), nil
	case "boolean", "threestate":
		return python.None, nil
	case "ml":
		v, _, err := r.convert("ml", python.NewStr(""), d.field.Variable.Text)
		return v, err
	}
	switch f.Control() {
	case screen.ControlYesNo, screen.ControlMaybe:
		return python.None, nil
	}
	return python.NewStr(""), nil
}

func requiredRule(f *screen.Field) string {
	switch f.Control() {
	case screen.ControlRadios, screen.ControlYesNo:
		return "multiple choice required"
	case screen.ControlSelect:
		if f.Input == "dropdown" {
			return "multiple choice required"
		}
	case screen.ControlCombobox, screen.ControlAjax:
		return "combobox required"
	case screen.ControlFile:
		return "file required"
	}
	return "required"
}

// takeBox is a single box: yes if it is ticked, no if not.
func (r *receiver) takeBox(d *draft, f *screen.Field) error {
	text, ok := r.value(f.Name)
	if ok && text != "" && text != "True" && text != "False" {
		return r.accept(d, f, nil, r.p.word("Please enter a valid value."))
	}
	ticked := ok && text != "False" && text != ""
	if f.Sign < 0 && ok && text != "" {
		ticked = text == "False"
	}
	yes := ticked != (f.Sign < 0)
	f.Value = "False"
	if yes {
		f.Value = "True"
	}
	if f.Required && !ticked {
		f.Error = r.message(d, f, "required", "")
		r.wrong = true
		return nil
	}
	return r.accept(d, f, python.Bool(yes), "")
}

// takeOne is one of several choices, or free text where the control allows it.
func (r *receiver) takeOne(d *draft, f *screen.Field, text string, posted bool) error {
	f.Value = text
	for i := range f.Choices {
		f.Choices[i].Selected = f.Choices[i].Value == text && text != ""
	}
	if text == "" && f.NoneOf != nil && (posted || r.noneTicked(f)) {
		return nil // none of the above: the variable stays as it is
	}
	if text == "" {
		if isObjectType(d.field.Datatype) && !f.Required {
			return nil
		}
		return r.takeBlank(d, f, false)
	}
	if isObjectType(d.field.Datatype) {
		return r.takeObject(d, f, text)
	}
	for _, o := range d.opts {
		if o.value != text {
			continue
		}
		v, broken, err := r.convert(d.field.Datatype, authorText(o), d.field.Variable.Text)
		if err != nil {
			return err
		}
		if broken != "" {
			return r.accept(d, f, nil, r.unfit(d, broken))
		}
		return r.accept(d, f, v, "")
	}
	if c := f.Control(); c == screen.ControlCombobox || c == screen.ControlDatalist || c == screen.ControlAjax || r.offered(f, text) {
		return r.takeText(d, f, text)
	}
	f.Error = r.message(d, f, "multiple choice required", "")
	r.wrong = true
	return nil
}

// offered reports whether the page was given this choice after it was drawn.
func (r *receiver) offered(f *screen.Field, text string) bool {
	return r.form.Offered != nil && r.form.Offered(f.Variable, text)
}

func (r *receiver) noneTicked(f *screen.Field) bool {
	_, ok := r.value(f.NoneOf.Name)
	return ok
}

// takeObject makes the variable an alias of the object that was picked among
// those offered.
func (r *receiver) takeObject(d *draft, f *screen.Field, text string) error {
	if text == "None" {
		if f.Required {
			return r.takeBlank(d, f, true)
		}
		return nil
	}
	offered := r.p.ev.Book().Selections[evaluation.Intrinsic(r.p.th, d.field.Variable.Text)]
	v, ok := offered[text]
	if !ok {
		f.Error = r.message(d, f, "multiple choice required", "")
		r.wrong = true
		return nil
	}
	return r.accept(d, f, v, "")
}

// takeMany is a list of boxes.
func (r *receiver) takeMany(d *draft, f *screen.Field) error {
	ticked := map[string]bool{}
	count := 0
	picked, strange := r.pickedIn(f)
	all := r.allTicked(f)
	if f.AllOf != nil {
		f.AllOf.Selected = all
	}
	for i, o := range d.opts {
		on := false
		switch text, _ := r.value(f.Choices[i].Name); text {
		case "True":
			on = true
		case "", "False", "None":
		default:
			strange = true
		}
		on = on || all || picked[f.Choices[i].Value]
		ticked[o.value] = on
		f.Choices[i].Selected = on
		if on {
			count++
		}
	}
	if strange {
		return r.accept(d, f, nil, r.p.word("Please enter a valid value."))
	}
	if message := r.manyLimit(d, f, count); message != "" {
		f.Error = message
		r.wrong = true
		return nil
	}
	if isObjectType(d.field.Datatype) {
		r.sets = append(r.sets, assignment{variable: d.field.Variable.Text, change: func(name string) error { return r.setObjects(d, name, ticked) }})
		return nil
	}
	r.sets = append(r.sets, assignment{variable: d.field.Variable.Text, change: func(name string) error { return r.setBoxes(d, name, ticked) }})
	return nil
}

// pickedIn returns the values that a list posted under its own name, as lists do
// without scripts, and whether anything else came so.
func (r *receiver) pickedIn(f *screen.Field) (picked map[string]bool, strange bool) {
	if f.Control() != screen.ControlMultiselect {
		return nil, false
	}
	picked = map[string]bool{}
	for _, v := range r.form.Values {
		if v.Name != f.Name || v.Text == "" {
			continue
		}
		offered := slices.ContainsFunc(f.Choices, func(c screen.Choice) bool { return c.Value == v.Text })
		picked[v.Text], strange = offered, strange || !offered
	}
	return picked, strange
}

func (r *receiver) manyLimit(d *draft, f *screen.Field, count int) string {
	n := strconv.Itoa
	kind := "checkbox"
	if f.Control() == screen.ControlMultiselect {
		kind = "multiselect"
	}
	switch {
	case f.MinLen > 0 && f.MinLen == f.MaxLen && count != f.MinLen:
		return r.message(d, f, kind+" minmaxlength", n(f.MinLen))
	case f.MinLen > 0 && count < f.MinLen:
		return r.message(d, f, kind+" minlength", n(f.MinLen))
	case f.MaxLen > 0 && count > f.MaxLen:
		return r.message(d, f, kind+" maxlength", n(f.MaxLen))
	case f.NoneOf == nil || !f.Required || count > 0 || r.noneTicked(f):
	case f.Control() == screen.ControlMultiselect: // it has no box for none of them
		return r.message(d, f, requiredRule(f))
	default:
		return r.message(d, f, "checkboxes required", f.NoneOf.Text)
	}
	return ""
}

// group returns the group that a variable holds, made anew if it holds none.
func (r *receiver) group(variable, name, class string) (python.Value, error) {
	if v, ok := evaluation.Find(r.p.th, variable); ok {
		if i, ok := v.(*python.Instance); ok {
			if _, ok := i.Attrs.Get("elements"); ok {
				return v, nil
			}
		}
	}
	v, err := newGroup(r.p.th, class, name)
	if err != nil {
		return nil, err
	}
	return v, evaluation.Write(r.p.th, variable, v)
}

func (r *receiver) setBoxes(d *draft, name string, ticked map[string]bool) error {
	g, err := r.group(d.field.Variable.Text, name, "DADict")
	if err != nil {
		return err
	}
	for _, o := range d.opts {
		var key python.Value = authorText(o)
		if o.key != nil {
			key = o.key
		}
		if err := r.p.th.SetItem(g, key, python.Bool(ticked[o.value])); err != nil {
			return err
		}
	}
	return r.p.th.SetAttr(g, "gathered", python.True)
}

func (r *receiver) setObjects(d *draft, name string, ticked map[string]bool) error {
	g, err := r.group(d.field.Variable.Text, name, "DAList")
	if err != nil {
		return err
	}
	elements, err := r.p.th.GetAttr(g, "elements")
	if err != nil {
		return err
	}
	list, ok := elements.(*python.List)
	if !ok {
		return python.Errorf(python.TypeError, "%s is not a list of objects", name)
	}
	offered := r.p.ev.Book().Selections[name]
	kept := list.Elems[:0:0]
	have := map[python.Value]bool{}
	for _, v := range list.Elems {
		if on, known := ticked[evaluation.NameOf(v)]; known && !on {
			continue
		}
		have[v] = true
		kept = append(kept, v)
	}
	for _, o := range d.opts {
		if v := offered[o.value]; ticked[o.value] && v != nil && !have[v] {
			kept = append(kept, v)
		}
	}
	list.Elems = kept
	if err := r.p.th.SetAttr(g, "there_are_any", python.Bool(len(kept) > 0)); err != nil {
		return err
	}
	return r.p.th.SetAttr(g, "gathered", python.True)
}

// atLeastOne is the rule of fields that uncheck others: one box of them all
// must be ticked.
func (r *receiver) atLeastOne(fields []screen.Field) error {
	for i := range fields {
		f := &fields[i]
		if f.UncheckOthers == nil || f.Inactive || f.Control() != screen.ControlCheckbox {
			continue
		}
		any := r.plainPosted(f) == "True"
		for j := range fields {
			o := &fields[j]
			if o.Control() == screen.ControlCheckbox && acts(f.UncheckOthers, o.Variable) && r.plainPosted(o) == "True" {
				any = true
			}
		}
		if !any {
			f.Error = f.Messages["uncheckothers"]
			r.wrong = true
		}
	}
	return nil
}

// signature keeps the drawing that was sent as an image.
func (r *receiver) signature() error {
	f := &r.p.scr.Fields[0]
	d := &draft{field: &interview.Field{Variable: *r.p.q.Variable, Datatype: "signature"}}
	if text, ok := r.value(f.Name); ok {
		if content, found := strings.CutPrefix(text, "data:image/png;base64,"); found {
			png, err := base64.StdEncoding.DecodeString(content)
			if err != nil {
				f.Error = r.p.word("You must sign your name to continue.")
				r.wrong = true
				return nil
			}
			r.form.Files = append(r.form.Files, Upload{Name: f.Name, Filename: "canvas.png", MIME: "image/png", Size: int64(len(png)), Content: png})
		}
	}
	return r.takeFiles(d, f)
}
