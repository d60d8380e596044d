package interview

import (
	"colloquy/engine/spelling"
)

// fieldKeys are the modifiers of a field.
var fieldKeys = []string{
	"accept", "action", "address autocomplete", "all of the above", "allow privileges", "allow users", "check others",
	"choices", "code", "css class", "currency symbol", "datatype", "default", "disable if", "disable others", "disabled",
	"enable if", "exclude", "field", "field metadata", "file css class", "floating label", "grid", "help", "help generator",
	"hide if", "hint", "html", "image generator", "image upload type", "inline width", "input type", "item grid",
	"js disable if", "js enable if", "js hide if", "js show if", "keep for training", "label", "label above field", "max",
	"maximum image size", "maxlength", "min", "minlength", "none of the above", "note", "object labeler", "persistent",
	"private", "raw html", "required", "rows", "scale", "show if", "shuffle", "step", "trigger at", "uncheck others",
	"under text", "using", "validate", "validation messages",
}

// nearest words the suggestion of a known key, or nothing.
func nearest(word string, known []string) string {
	if near, ok := spelling.Nearest(word, known); ok {
		return "did you mean " + near + "?"
	}
	return ""
}

// fieldChoices reads what can be chosen.
func (b *builder) fieldChoices(r *reader, f *Field) {
	n, code := r.set("choices"), r.set("code")
	f.Shuffle = r.flag("shuffle")
	f.Exclude = b.exprs(r.set("exclude"), "exclude")
	f.Labeler, f.HelpFor, f.ImageFor = r.expr("object labeler"), r.expr("help generator"), r.expr("image generator")
	f.NoneOf, f.AllOf = b.noneOf(r.get("none of the above"), "none of the above"), b.noneOf(r.get("all of the above"), "all of the above")
	switch {
	case objectTypes[f.Datatype]:
		b.objectChoices(n, code, f)
	case n != nil && n.Kind == String:
		b.fixf(n.Pos, "write the choices as a list, or put the expression under code", "choices must be a list, not text")
	case n != nil && n.Kind == Map && len(n.Keys) == 1 && n.Get("code") != nil:
		f.Choices = b.codeChoices(n.Get("code"))
	case n != nil:
		f.Choices = b.choices(n, choiceRules{what: "choices", variable: true})
		if code != nil {
			f.Choices.Items = append(f.Choices.Items, b.codeChoices(code).Items...)
		}
	case code != nil:
		f.Choices = b.codeChoices(code)
	}
	b.needChoices(f)
}

func (b *builder) codeChoices(n *Node) *Choices {
	return &Choices{Items: []*Choice{{Pos: n.Pos, Code: b.expr(n, "code")}}, Datatype: "text"}
}

// objectChoices reads expressions for objects and groups of them.
func (b *builder) objectChoices(n, code *Node, f *Field) {
	if n != nil && n.Kind == Map && n.Get("code") != nil {
		n, code = nil, n.Get("code")
	}
	for _, item := range append(listOf(n), listOf(code)...) {
		if c := b.expr(item, "choices"); c != nil {
			f.Objects = append(f.Objects, c)
		}
	}
	if len(f.Objects) == 0 {
		b.errorf(f.Pos, "a field of datatype %s needs choices", f.Datatype)
	}
}

// needChoices checks that what is to be chosen from is there, and takes the
// datatype from choices that are only True and False.
func (b *builder) needChoices(f *Field) {
	control := f.InputType
	choosing := control == "radio" || control == "combobox" || control == "datalist" || control == "dropdown"
	choosing = choosing || f.Datatype == "checkboxes" || f.Datatype == "multiselect"
	if f.Choices == nil {
		if choosing && !objectTypes[f.Datatype] {
			what := f.Datatype
			if control != "" {
				what = control
			}
			b.errorf(f.Pos, "a %s field needs choices or code", what)
		}
		return
	}
	if control == "ajax" {
		b.errorf(f.Pos, "an ajax field gets its choices from an action and cannot list them")
	}
	if !f.Given.Datatype && f.Choices.Datatype != "text" {
		f.Datatype = f.Choices.Datatype
	}
}

// noneOf reads a caption or a plain yes or no.
func (b *builder) noneOf(n *Node, what string) *NoneOf {
	switch {
	case n == nil:
		return nil
	case n.Kind == Bool || n.Kind == Null:
		return &NoneOf{On: n.Truth()}
	default:
		return &NoneOf{On: true, Label: b.text(n, what)}
	}
}

// fieldConditions reads what makes a field appear or work.
func (b *builder) fieldConditions(r *reader, f *Field) {
	names := []string{"show if", "hide if", "enable if", "disable if"}
	scripted, browser, server := 0, 0, 0
	for i, key := range names {
		if n := r.set("js " + key); n != nil {
			scripted++
			f.Conditions = append(f.Conditions, Condition{Kind: ConditionKind(i), Pos: n.Pos, JS: b.text(n, "js "+key)})
		}
		n := r.set(key)
		if n == nil {
			continue
		}
		c := b.condition(n, key)
		c.Kind = ConditionKind(i)
		if c.Variable != "" {
			browser++
		} else {
			server++
		}
		f.Conditions = append(f.Conditions, c)
	}
	if scripted > 0 && browser > 0 {
		b.errorf(f.Pos, "a condition in JavaScript cannot be combined with one on a variable")
	}
	if browser > 1 || server > 1 {
		b.errorf(f.Pos, "only one of show if, hide if, enable if and disable if can be written, unless one of two is code")
	}
}

// condition reads a variable, a variable and its value, or code.
func (b *builder) condition(n *Node, key string) Condition {
	c := Condition{Pos: n.Pos}
	if n.Kind == String {
		if name := b.name(n, key); name != nil {
			c.Variable = name.Text
		}
		return c
	}
	if n.Kind != Map {
		b.fixf(n.Pos, "write a variable, or variable and is, or code", "%s cannot be %s", key, n.Kind)
		return c
	}
	r := b.read(n, key)
	if v := r.name("variable"); v != nil {
		c.Variable = v.Text
	}
	if is := r.get("is"); is != nil {
		c.Is = b.text(is, "is")
	}
	c.Code = r.expr("code")
	r.finish()
	if c.Variable == "" && c.Code == nil || c.Variable != "" && c.Is == nil {
		b.errorf(n.Pos, "%s needs variable and is, or code", key)
	}
	return c
}

// fieldOthers reads what a field does to the other ones.
func (b *builder) fieldOthers(r *reader, f *Field) {
	b.limited(r, "uncheck others", yesNoTypes[f.Datatype], "datatypes yesno, noyes, yesnowide and noyeswide")
	b.limited(r, "check others", yesNoTypes[f.Datatype], "datatypes yesno, noyes, yesnowide and noyeswide")
	f.UncheckOthers, f.CheckOthers = b.others(r.set("uncheck others")), b.others(r.set("check others"))
	f.DisableOthers = b.others(r.set("disable others"))
	if f.DisableOthers != nil && notDisabling[f.Datatype] {
		b.errorf(r.keyPos("disable others"), "a field of datatype %s cannot disable others", f.Datatype)
	}
}

func (b *builder) others(n *Node) *Others {
	switch {
	case n == nil, n.Kind == Bool && !n.Bool:
		return nil
	case n.Kind == Bool:
		return &Others{All: true}
	default:
		return &Others{List: b.names(n, "a list of fields")}
	}
}

// fieldLayout reads where a field stands.
func (b *builder) fieldLayout(r *reader, f *Field) {
	f.LabelAbove, f.FloatingLabel = r.cond("label above field"), r.cond("floating label")
	f.Grid, f.ItemGrid = b.grid(r.set("grid"), "grid"), b.grid(r.set("item grid"), "item grid")
	if n := r.set("address autocomplete"); n != nil {
		f.Address = n
		switch {
		case n.Kind == String:
			c := *n
			c.Code = b.compileExpr(n)
			f.Address = &c
		case !n.Scalar():
			f.Address = b.templated(n)
		}
	}
}

func (b *builder) grid(n *Node, what string) *Grid {
	if n == nil {
		return nil
	}
	if n.Kind != Map {
		return &Grid{Width: b.expr(n, what)}
	}
	r := b.read(n, what)
	g := &Grid{
		Width: r.expr("width"), LabelWidth: r.expr("label width"), Offset: r.expr("offset"),
		Start: r.cond("start"), End: r.cond("end"), Breakpoint: r.text("breakpoint"),
	}
	r.finish()
	return g
}

// fieldFiles reads the settings of uploads.
func (b *builder) fieldFiles(r *reader, f *Field) {
	for _, k := range []string{"persistent", "private", "allow users", "allow privileges"} {
		b.limited(r, k, fileTypes[f.Datatype], "file datatypes")
	}
	f.Persistent, f.Private = r.cond("persistent"), r.cond("private")
	f.AllowUsers, f.AllowPrivileges = b.allow(r.set("allow users")), b.allow(r.set("allow privileges"))
	f.MaxImageSize = b.exprOrNone(r.get("maximum image size"), "maximum image size")
	if n := r.set("image upload type"); n != nil {
		f.ImageUploadType = b.imageType(n)
	}
}

// exprOrNone reads an expression, where null is the expression None.
func (b *builder) exprOrNone(n *Node, what string) *Code {
	if n != nil && n.Kind == Null {
		return b.compileExpr(&Node{Kind: String, Str: "None", Pos: n.Pos})
	}
	return b.expr(n, what)
}

// imageType reads jpeg, png or bmp as they are, anything else as an expression.
func (b *builder) imageType(n *Node) *Code {
	switch n.Written() {
	case "jpeg", "png", "bmp":
		return b.compileExpr(&Node{Kind: String, Str: quoteName(n.Written()), Pos: n.Pos})
	}
	return b.expr(n, "image upload type")
}

// allow reads a list of people or privileges, or code that gives one.
func (b *builder) allow(n *Node) *Allow {
	switch {
	case n == nil:
		return nil
	case n.Kind == Map:
		r := b.read(n, "the list of those allowed")
		a := &Allow{Code: r.expr("code")}
		r.finish()
		return a
	}
	a := &Allow{}
	for _, item := range listOf(n) {
		a.List = append(a.List, b.templated(item))
	}
	return a
}

// fieldAjax reads the settings of ajax and machine learning fields.
func (b *builder) fieldAjax(r *reader, f *Field) {
	const leastTrigger, usualTrigger = 2, 4
	if f.InputType == "ajax" {
		f.TriggerAt = usualTrigger
		f.Action = r.plain("action")
		b.in.UsesActions = true
		if f.Action == "" {
			b.errorf(f.Pos, "an ajax field needs an action")
		}
		if n := r.set("trigger at"); n != nil {
			if n.Kind != Int || !n.Int.IsInt64() || n.Int.Int64() < leastTrigger || n.Int.Int64() > 1000 {
				b.errorf(n.Pos, "trigger at must be a whole number, at least %d", leastTrigger)
			} else {
				f.TriggerAt = int(n.Int.Int64())
			}
		}
	}
	if f.Datatype == "ml" {
		f.Using, f.KeepForTraining = r.text("using"), r.cond("keep for training")
	}
}
