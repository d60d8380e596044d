package interview

import (
	"strings"
)

// fields reads the items of a list of fields.
func (b *builder) fields(n *Node) []*Field {
	if n.Kind != List && n.Kind != Map {
		b.fixf(n.Pos, "write - Label: variable", "fields must be a list, not %s", n.Kind)
		return nil
	}
	var out []*Field
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.fixf(item.Pos, "write - Label: variable", "a field must be a label and a variable, not %s", item.Kind)
			continue
		}
		f := b.field(item)
		f.Number = len(out)
		out = append(out, f)
	}
	if len(out) == 0 {
		b.errorf(n.Pos, "fields is empty")
	}
	return out
}

func (b *builder) field(n *Node) *Field {
	f := &Field{Pos: n.Pos}
	r := b.read(n, "a field")
	if len(n.Keys) == 1 && r.has("code") {
		f.Kind, f.Code = Generated, r.expr("code")
		return f
	}
	custom := b.fieldType(r, f)
	b.fieldWords(r, f)
	b.fieldLimits(r, f)
	b.fieldChoices(r, f)
	b.fieldState(r, f)
	b.fieldConditions(r, f)
	b.fieldOthers(r, f)
	b.fieldLayout(r, f)
	b.fieldFiles(r, f)
	b.fieldAjax(r, f)
	b.fieldName(r, f, custom)
	if f.Kind == Input {
		b.fieldOffers(f)
	}
	return f
}

// fieldType reads what kind of answer is wanted. It reports whether only a
// module can know the type.
func (b *builder) fieldType(r *reader, f *Field) (custom bool) {
	f.Datatype, f.InputType = r.plain("datatype"), r.plain("input type")
	f.Given = Given{Datatype: f.Datatype != "", InputType: f.InputType != ""}
	if f.InputType != "" && !contains(inputTypes, f.InputType) {
		b.fixf(r.n.Get("input type").Pos, nearest(f.InputType, inputTypes), "the input type %s is not known", f.InputType)
	}
	if control := oldDatatypes[f.Datatype]; control != "" {
		f.Datatype, f.InputType, f.Given = "text", control, Given{InputType: true}
	}
	switch f.Datatype {
	case datetimeLocal:
		f.Datatype = "datetime"
	case "mlarea":
		f.Datatype, f.InputType = "ml", "area"
	case "":
		f.Datatype = "text"
		if d := r.n.Get("default"); d != nil && !r.has("choices") && !r.has("code") {
			f.Datatype = typeOfDefault(d)
		}
	}
	if f.InputType == "pulldown" {
		f.InputType = "dropdown"
	}
	if dt := r.n.Get("datatype"); dt != nil && f.Given.Datatype {
		return !b.datatypeKnown(f.Datatype, dt.Pos)
	}
	return false
}

// typeOfDefault gives the datatype that an untyped default suggests.
func typeOfDefault(d *Node) string {
	switch d.Kind {
	case Bool:
		return "boolean"
	case Int:
		return "integer"
	case Float:
		return "float"
	default:
		return "text"
	}
}

// fieldWords reads the texts around a field.
func (b *builder) fieldWords(r *reader, f *Field) {
	f.Hint, f.Help, f.UnderText = r.text("hint"), r.text("help"), r.text("under text")
	f.CSSClass, f.FileCSSClass = r.text("css class"), r.text("file css class")
	f.InlineWidth, f.CurrencySymbol = r.text("inline width"), r.text("currency symbol")
	f.Note, f.NoteKind = b.note(r)
	if n := r.set("validation messages"); n != nil {
		if n.Kind != Map {
			b.errorf(n.Pos, "validation messages must be a mapping, not %s", n.Kind)
			return
		}
		for i, k := range n.Keys {
			f.Messages = append(f.Messages, Message{Rule: k.Written(), Text: b.text(n.Items[i], k.Written())})
		}
	}
	if n := r.set("field metadata"); n != nil {
		f.Metadata = b.templated(n)
	}
}

// note reads note, html or raw html, of which only one may be written.
func (b *builder) note(r *reader) (*Text, NoteKind) {
	var t *Text
	kind := NoNote
	for _, k := range []struct {
		key  string
		kind NoteKind
	}{{"note", MarkdownNote}, {"html", HTMLNote}, {"raw html", RawHTMLNote}} {
		n := r.set(k.key)
		if n == nil {
			continue
		}
		if kind != NoNote {
			b.errorf(r.keyPos(k.key), "only one of note, html and raw html can be written")
			continue
		}
		t, kind = b.text(n, k.key), k.kind
	}
	return t, kind
}

// fieldLimits reads what an answer must keep to.
func (b *builder) fieldLimits(r *reader, f *Field) {
	f.Min, f.Max = r.text("min"), r.text("max")
	f.MinLength, f.MaxLength = r.text("minlength"), r.text("maxlength")
	f.Step, f.Scale = r.text("step"), r.text("scale")
	f.Validate = r.expr("validate")
	if f.Datatype == "range" && (f.Min == nil || f.Max == nil) {
		b.errorf(f.Pos, "a field of datatype range needs min and max")
	}
	b.limited(r, "rows", f.InputType == "area" || f.Datatype == "multiselect" || f.Datatype == "object_multiselect", "input type: area or datatype: multiselect")
	b.limited(r, "accept", fileTypes[f.Datatype], "file datatypes")
	f.Rows, f.Accept = r.expr("rows"), r.expr("accept")
}

// limited reports a modifier at a field of a type that has no use for it.
func (b *builder) limited(r *reader, key string, fits bool, where string) {
	if r.has(key) && !fits {
		b.errorf(r.keyPos(key), "%s only works with %s", key, where)
	}
}

// fieldState reads whether a field must be filled in and with what it begins.
func (b *builder) fieldState(r *reader, f *Field) {
	f.Required, f.Disabled = r.cond("required"), r.cond("disabled")
	if n := r.get("default"); n != nil && n.Kind != Null {
		f.Default = b.fieldDefault(n)
	}
}

// fieldDefault reads words, a list, a mapping, or code.
func (b *builder) fieldDefault(n *Node) *Default {
	d := &Default{Pos: n.Pos}
	switch {
	case n.Kind == Map && len(n.Keys) == 1 && n.Get("code") != nil:
		d.Code = b.expr(n.Get("code"), "default: code")
	case n.Scalar():
		d.Text = b.compileText(n)
	default:
		d.Data = b.templated(n)
	}
	return d
}

// fieldName finds the label and the variable: given as such, or as the one
// key that is no modifier.
func (b *builder) fieldName(r *reader, f *Field, custom bool) {
	label, variable := r.get("label"), r.set("field")
	if label != nil {
		b.fieldLabel(f, label)
	}
	keys, values := r.rest()
	for i, k := range keys {
		switch {
		case label == nil && variable == nil:
			label, variable = k, values[i]
			b.fieldLabel(f, k)
		case custom && k.Kind == String:
			f.Parameters = append(f.Parameters, Param{Name: k.Str, Value: b.templated(values[i])})
		default:
			b.unknownModifier(k, label)
		}
	}
	if variable == nil {
		b.withoutVariable(r, f)
		return
	}
	if name := b.name(variable, "the variable of a field"); name != nil {
		f.Variable = *name
	}
	if label == nil {
		f.NoLabel = true
	}
}

// unknownModifier reports a key that is neither label nor modifier.
func (b *builder) unknownModifier(k, label *Node) {
	name := "the field"
	if label != nil && label.Scalar() && label.Kind != Null {
		name = "the field " + quoteName(label.Written())
	}
	b.fixf(k.Pos, nearest(k.Written(), fieldKeys), "%s has a label already, so %s is a second one", name, quoteName(k.Written()))
}

// withoutVariable accepts a row of words and reports anything else.
func (b *builder) withoutVariable(r *reader, f *Field) {
	if f.Note != nil {
		f.Kind = NoteField
		return
	}
	b.fixf(f.Pos, "write Label: variable, or label and field", "a field needs a variable")
}

func (b *builder) fieldLabel(f *Field, k *Node) {
	if k.Kind == Null || k.Kind == String && k.Str == "no label" {
		f.NoLabel = true
		return
	}
	f.Label = b.text(k, "label")
}

// fieldOffers notes the names under which a field is sought.
func (b *builder) fieldOffers(f *Field) {
	v := f.Variable.Text
	if v == "" {
		return
	}
	b.found(v)
	if boxTypes[f.Datatype] {
		b.found(v + ".gathered")
	}
	if f.Datatype == "ml" {
		b.found(v + ".text")
	}
	if f.Choices == nil || f.Datatype != "checkboxes" && f.Datatype != "multiselect" {
		return
	}
	for _, c := range f.Choices.Items {
		if c.Value == nil {
			continue
		}
		if key, static := c.Value.Static(); static {
			b.found(v + "[" + quoteName(strings.TrimSpace(key)) + "]")
		}
	}
}
