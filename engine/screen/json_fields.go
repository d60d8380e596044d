package screen

import (
	"html"
	"strconv"
	"strings"
)

func (o object) controls(s *Screen) {
	o["validation_messages"] = object{}
	o["continueLabel"] = s.continueLabel()
	if fs := s.fieldsJSON(); len(fs) > 0 {
		o["fields"] = fs
	}
	if len(s.ActionButtons) > 0 {
		o["additional_buttons"] = actionButtonsJSON(s.ActionButtons)
	}
	if s.Rows != nil {
		o["listCollect"] = object{"deleteLabel": s.Word("Delete"), "addAnotherLabel": first(s.Rows.AddLabel, s.Word("Add another")),
			"deletedLabel": s.Word("(Deleted)"), "undeleteLabel": s.Word("Undelete")}
	}
	if s.Kind == KindSignature {
		o["signaturePhrases"] = object{"clear": s.Word("Clear"), "loading": s.Word("Loading.  Please wait . . . "),
			"noSignature": s.Word("You must sign your name to continue.")}
	}
	if a := s.Attachments; a != nil {
		o["attachments"] = documentsJSON(a.Documents)
		if a.Email != nil {
			o.text("default_email", a.Email.Address)
		}
	}
	for i, key := range s.labelKeys() {
		if i < len(s.Buttons) {
			o[key] = string(s.Buttons[i].Label)
		}
	}
}

// labelKeys are the keys of the labels of yes-no buttons, in order: "yes" is
// the one that sets the variable to True.
func (s *Screen) labelKeys() []string {
	switch s.Kind {
	case KindYesNo, KindYesNoMaybe:
		return []string{"yesLabel", "noLabel", "maybeLabel"}
	case KindNoYes, KindNoYesMaybe:
		return []string{"noLabel", "yesLabel", "maybeLabel"}
	}
	return nil
}

func (s *Screen) yesNo() bool {
	switch s.Kind {
	case KindYesNo, KindNoYes, KindYesNoMaybe, KindNoYesMaybe:
		return true
	}
	return false
}

// continueLabel is the caption of the button that goes on. A review that sets a
// variable has "Continue" on its button, and "Resume" here.
func (s *Screen) continueLabel() string {
	if s.Kind == KindReview && len(s.Buttons) > 0 && s.Buttons[0].Text == s.Word("Continue") {
		return s.Word("Resume")
	}
	if !s.yesNo() && s.Variety != VarietyButtons && len(s.Buttons) > 0 {
		return string(s.Buttons[0].Label)
	}
	if s.Kind == KindReview {
		return s.Word("Resume")
	}
	return s.Word("Continue")
}

// fieldsJSON lists the fields; a row of a list collect starts with a row that
// carries its label, as the documented form has it.
func (s *Screen) fieldsJSON() []any {
	list := []any{}
	if len(s.Fields) == 0 && len(s.Buttons) > 0 {
		if f := s.buttonField(); f != nil {
			return append(list, f)
		}
	}
	for i := range s.Fields {
		list = append(list, s.fieldJSON(&s.Fields[i]))
	}
	if s.Rows == nil {
		return list
	}
	for _, r := range s.Rows.Rows {
		for i := range r.Fields {
			list = append(list, s.fieldJSON(&r.Fields[i]))
		}
	}
	return list
}

// buttonField is the one field of a screen whose buttons are the answer.
func (s *Screen) buttonField() object {
	b := &s.Buttons[0]
	o := object{"number": 0, "active": true, "required": true}
	if b.Variable != "" {
		o["variable_name"], o["variable_name_encoded"] = b.Variable, Safeid(b.Variable)
		o["validation_messages"] = object{"required": s.Word("You need to fill this in.")}
	}
	switch s.Kind {
	case KindContinue:
	case KindYesNo, KindYesNoMaybe, KindNoYes, KindNoYesMaybe:
		o.yesNo(s)
	case KindMultipleChoice:
		o["fieldtype"] = "multiple_choice"
		list := []any{}
		for i := range s.Buttons {
			list = append(list, choiceButtonJSON(&s.Buttons[i]))
		}
		o["choices"] = list
		o.text("datatype", truthsOnly(s.Buttons))
	default:
		return nil
	}
	return o
}

// truthsOnly is the data type of buttons that all stand for yes, no or maybe;
// "" if they do not.
func truthsOnly(bs []Button) string {
	kind := "boolean"
	for i := range bs {
		_, isBool := bs[i].JSONValue.(bool)
		switch {
		case isBool:
		case bs[i].Value == "None":
			kind = "threestate"
		default:
			return ""
		}
	}
	return kind
}

func (o object) yesNo(s *Screen) {
	o["datatype"], o["sign"] = "boolean", 1
	if s.Kind == KindNoYes || s.Kind == KindNoYesMaybe {
		o["sign"] = -1
	}
	for i, key := range []string{"true_label", "false_label", "maybe_label"} {
		if i < len(s.Buttons) {
			o[key] = string(s.Buttons[i].Label)
		}
	}
	if len(s.Buttons) > 2 {
		o["datatype"] = "threestate"
	}
}

func (s *Screen) fieldJSON(f *Field) object {
	o := object{"active": !f.Inactive}
	o["number"] = numberJSON(f.Number)
	if f.Row != RowInput {
		o.row(f)
		return o
	}
	if f.Variable != "" {
		o["variable_name"], o["variable_name_encoded"] = f.Variable, Safeid(f.Variable)
		o["validation_messages"] = messagesJSON(f.Messages)
	} else {
		o.text("input_name", f.Name)
	}
	o["required"] = f.Required
	if s.Kind == KindSignature {
		o["validation_messages"] = object{"required": s.Word("You need to fill this in.")}
	} else {
		o.text("datatype", f.Datatype)
	}
	if s.Kind == KindMultipleChoice {
		o["fieldtype"] = "multiple_choice"
	} else {
		o.text("inputtype", f.Input)
	}
	o.text("fieldtype", f.Type)
	o.number("sign", f.Sign)
	o.captions(s, f)
	o.value("default", f.Default)
	o.yes("disabled", f.Disabled)
	o.yes("shuffle", f.Shuffle)
	o.choices(f)
	o.limits(f)
	o.conditions(f)
	o.looks(f)
	return o
}

// numberJSON is a field's number: text in the rows of a list, such as "2_1".
func numberJSON(number string) any {
	if n, err := strconv.Atoi(number); err == nil {
		return n
	}
	return number
}

func messagesJSON(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

func (o object) row(f *Field) {
	switch f.Row {
	case RowNote, RowHTML, RowRaw:
		o["datatype"] = string(f.Row)
		o[string(f.Row)] = string(f.Note)
	case RowButton:
		o["datatype"] = "button"
		o.text("label", string(f.Label))
		o.text("helptext", string(f.Help))
		o.text("note", string(f.Note))
	case RowReview:
		o.text("label", string(f.Label))
		o.text("helptext", string(f.Help))
		o.text("note", string(f.Note))
	}
	if f.Action != nil {
		o.text("action", f.Action.URL)
	}
	o.text("css class", f.Class)
	o.value("field metadata", f.Metadata)
}

func (o object) captions(s *Screen, f *Field) {
	o.text("label", string(f.Label))
	if f.NoLabel && f.Label == "" && s.Kind == KindFields {
		o["label"] = "no label"
		if f.Input == "hidden" {
			o["label"], o["required"] = "hidden", true
		}
	}
	o.text("hint", f.Hint)
	o.text("helptext", string(f.Help))
	o.text("under_text", string(f.Under))
	o.text("note", string(f.Note))
	o.text("true_label", f.TrueLabel)
	o.text("false_label", f.FalseLabel)
	o.text("maybe_label", f.MaybeLabel)
	if f.NoneOf != nil {
		o["none_of_the_above"] = string(f.NoneOf.Label)
	}
	if f.AllOf != nil {
		o["all_of_the_above"] = string(f.AllOf.Label)
	}
}

func (o object) choices(f *Field) {
	list := []any{}
	for i := range f.Choices {
		list = append(list, choiceJSON(&f.Choices[i]))
	}
	for _, extra := range []*Choice{f.NoneOf, f.AllOf} {
		if extra != nil && len(list) > 0 {
			list = append(list, object{"label": string(extra.Label)})
		}
	}
	if len(list) > 0 {
		o["choices"] = list
	}
}

// labelJSON is a caption as the author wrote it, or as HTML if it has markup.
func labelJSON(written string, label HTML) string {
	if written == "" || strings.ContainsRune(string(label), '<') {
		return string(label)
	}
	return html.EscapeString(written)
}

func choiceJSON(c *Choice) object {
	o := object{"label": labelJSON(c.Written, c.Label), "value": c.Value}
	if c.Variable != "" {
		o["variable_name"], o["variable_name_encoded"], o["value"] = c.Variable, first(c.Name, Safeid(c.Variable)), true
	}
	if name, ok := c.JSON.(string); ok { // an object: it has a name of its own
		o["value"] = name
	}
	o.value("value", c.JSON)
	o.text("help", string(c.Help))
	o.text("css class", c.Class)
	o.text("color", c.Color)
	o.text("group", c.Group)
	o.yes("default", c.Default)
	o.yes("selected", c.Selected)
	if c.Image != nil {
		o["image"] = first(c.Image.URL, c.Image.Icon)
	}
	return o
}

func choiceButtonJSON(b *Button) object {
	o := object{"label": labelJSON(b.Written, b.Label), "value": b.Value}
	if b.Variable == "" || b.Special != "" { // it is posted by the name of its input
		o["input"] = object{"name": b.Name, "value": b.Value}
	}
	o.text("command", b.Special)
	o.value("value", b.JSONValue)
	o.text("help", string(b.Help))
	o.text("css class", b.Class)
	o.text("color", b.Color)
	o.yes("default", b.Default)
	if b.Image != nil {
		o["image"] = first(b.Image.URL, b.Image.Icon)
	}
	return o
}

func (o object) limits(f *Field) {
	o.text("min", f.Min)
	o.text("max", f.Max)
	o.text("step", f.Step)
	o.number("minlength", f.MinLen)
	o.number("maxlength", f.MaxLen)
	o.number("rows", f.Rows)
	o.text("scale", f.Scale)
	o.text("accept", f.Accept)
	o.text("currency symbol", f.Symbol)
	if !f.UsualImages {
		o.number("max_image_size", f.MaxImageSize)
		o.text("image_type", f.ImageType)
	}
	for key, others := range map[string]*Others{"disable_others": f.DisableOthers, "uncheck_others": f.UncheckOthers, "check_others": f.CheckOthers} {
		switch {
		case others == nil:
		case others.All:
			o[key] = true
		default:
			o[key], o[key+"_list"] = true, others.Variables
		}
	}
	if len(f.Permissions) > 0 {
		o["permissions"] = f.Permissions
	}
}

func (o object) conditions(f *Field) {
	for _, c := range f.Conditions {
		positive := c.Effect == Show || c.Effect == Enable
		if c.Script != "" {
			mode := 0
			if c.Effect == Enable || c.Effect == Disable {
				mode = 1
			}
			o["show_if_js"] = object{"expression": c.Script, "vars": c.Vars, "sign": positive, "mode": mode}
			continue
		}
		sign := 0
		if positive {
			sign = 1
		}
		o["show_if_sign"], o["show_if_var"], o["show_if_val"] = sign, c.Variable, c.Value
	}
}

func (o object) looks(f *Field) {
	o.text("css class", f.Class)
	o.text("file css class", f.FileClass)
	o.text("inline width", f.InlineWidth)
	o.yes("embedded", f.Embedded)
	o.yes("label_above_field", f.LabelAbove)
	o.yes("floating_label", f.Floating)
	o.value("field metadata", f.Metadata)
	o.value("address_autocomplete", f.Address)
	if f.Grid != nil {
		o["grid"] = gridJSON(f.Grid)
	}
	if f.ItemGrid != nil {
		o["item grid"] = gridJSON(f.ItemGrid)
	}
	for k, v := range f.Params {
		o[k] = v
	}
	for k, v := range f.Extra {
		o[k] = v
	}
}

func gridJSON(g *Grid) object {
	o := object{"width": g.Width}
	o.number("label width", g.LabelWidth)
	o.number("offset", g.Offset)
	o.yes("start", g.Start)
	o.yes("end", g.End)
	o.text("breakpoint", g.Breakpoint)
	return o
}

func actionButtonsJSON(bs []Button) []any {
	list := []any{}
	for i := range bs {
		b := &bs[i]
		placement := ""
		if b.Before {
			placement = "before"
		}
		list = append(list, object{"action": first(b.URL, b.Action), "label": string(b.Label), "color": b.Color, "icon": b.Icon,
			"placement": placement, "css_class": b.Class, "target": b.Target, "forget_prior": b.Forget})
	}
	return list
}

func documentsJSON(ds []Document) []any {
	list := []any{}
	for i := range ds {
		list = append(list, documentJSON(&ds[i]))
	}
	return list
}

func documentJSON(d *Document) object {
	url, number, name, status, size, pages := object{}, object{}, object{}, object{}, object{}, object{}
	content, markdown := object{}, object{}
	for _, f := range d.Formats {
		name[f.Kind], status[f.Kind] = f.Filename, "ready"
		if f.Failed {
			status[f.Kind] = "failed"
			continue
		}
		url[f.Kind] = f.URL
		if f.Number != 0 {
			number[f.Kind] = f.Number
		}
		if f.Size != 0 {
			size[f.Kind] = f.Size
		}
		if f.Pages != 0 {
			pages[f.Kind] = f.Pages
		}
		content.text(f.Kind, f.Content)
		markdown.text(f.Kind, f.Markdown)
	}
	content.text("html", string(d.Preview))
	o := object{"name": string(d.Name), "filename": d.Filename, "url": url, "filename_with_extension": name, "number": number,
		"status": status, "size": size}
	for key, v := range map[string]object{"content": content, "markdown": markdown, "pages": pages} {
		if len(v) > 0 {
			o[key] = v
		}
	}
	o.text("description", string(d.Description))
	o.text("variable_name", d.Variable)
	if len(d.Valid) > 0 {
		o["valid_formats"] = d.Valid
	}
	return o
}
