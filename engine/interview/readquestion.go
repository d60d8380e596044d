package interview

import (
	"strings"
)

// question reads a screen.
func (b *builder) question(r *reader) *Question {
	q := &Question{Text: b.text(r.get("question"), "question"), Subquestion: r.text("subquestion")}
	if q.Text == nil {
		q.Text = verbatim(&Node{Kind: String, Pos: r.keyPos("question")})
	}
	b.block.Question = q
	q.Continue = r.name("continue button field")
	b.directive(r, q)
	if q.Continue != nil {
		b.found(q.Continue.Text)
	}
	b.appearance(r, q)
	b.behaviour(r, q)
	b.listCollect(r, q)
	return q
}

// directive reads what the question takes from the user.
func (b *builder) directive(r *reader, q *Question) {
	for _, d := range []struct {
		key  string
		kind QuestionKind
	}{{"yesno", YesNo}, {"noyes", NoYes}, {"yesnomaybe", YesNoMaybe}, {"noyesmaybe", NoYesMaybe}, {"signature", Signature}} {
		if r.has(d.key) {
			q.Kind = d.kind
			q.Variable = b.offeredName(r.get(d.key), d.key)
			return
		}
	}
	switch {
	case r.has("fields"):
		q.Kind = Fields
		q.Fields = b.fields(r.get("fields"))
	case r.has("review"):
		q.Kind = Review
		if q.Continue == nil && r.has("field") { // the older name of "continue button field"
			q.Continue = r.name("field")
		}
		b.review(r, q)
	case r.has("choices"), r.has("buttons"), r.has("dropdown"), r.has("combobox"):
		q.Kind = MultipleChoice
		q.Variable = b.offeredName(r.set("field"), "field")
		b.blockChoices(r, q)
	case r.has("field"):
		if q.Continue == nil {
			q.Continue = r.name("field")
		}
		q.Kind = SetTrue
	case q.Continue != nil:
		q.Kind = SetTrue
	default:
		q.Kind = Deadend
	}
}

// offeredName reads a variable name that the block is sought for.
func (b *builder) offeredName(n *Node, what string) *Name {
	name := b.name(n, what)
	if name != nil {
		b.found(name.Text)
	}
	return name
}

// blockChoices reads the choices of the question itself.
func (b *builder) blockChoices(r *reader, q *Question) {
	for i, key := range []string{"choices", "buttons", "dropdown", "combobox"} {
		if n := r.get(key); n != nil {
			q.Choices = b.choices(n, choiceRules{what: key, variable: q.Variable != nil, embedded: true})
			q.Choices.As = Presentation(i)
			break
		}
	}
	if q.Choices == nil {
		return
	}
	q.Choices.Shuffle = r.flag("shuffle")
	if d := r.set("default"); d != nil {
		q.Choices.Default = b.fieldDefault(d)
	}
	if dt := r.plain("datatype"); dt != "" {
		b.datatypeKnown(dt, r.n.Get("datatype").Pos)
		q.Choices.Datatype = dt
	}
	for _, c := range q.Choices.Items {
		q.UsesEmbeddedBlocks = q.UsesEmbeddedBlocks || c.Block != nil
	}
}

// appearance reads the texts and decorations around a question.
func (b *builder) appearance(r *reader, q *Question) {
	q.Parts = Parts{
		Under: r.text("under"), Pre: r.text("pre"), Post: r.text("post"), Right: r.text("right"), Submit: r.text("submit"),
		CSSClass: r.text("css class"), TableCSSClass: r.text("table css class"),
	}
	q.Labels = Labels{
		Continue: r.text("continue button label"), ContinueColor: r.text("continue button color"),
		Resume: r.text("resume button label"), ResumeColor: r.text("resume button color"),
		Back: r.text("back button label"), CornerBack: r.text("corner back button label"),
	}
	if n := r.set("help"); n != nil {
		q.Help = b.help(n)
	}
	q.Audio, q.Video = b.media(r.set("audio"), "audio"), b.media(r.set("video"), "video")
	q.Decoration = b.decoration(r.set("decoration"))
	q.Section, q.Breadcrumb = r.text("section"), r.text("breadcrumb")
	q.Terms, q.AutoTerms = b.terms(r.set("terms"), true), b.terms(r.set("auto terms"), true)
	q.Script, q.CSS = r.text("script"), r.text("css")
	q.GAID = r.text("ga id")
	q.Segment = b.segment(r)
	if n := r.set("question metadata"); n != nil {
		q.Metadata = b.templated(n)
	}
	if n := r.get("progress"); n != nil {
		q.Progress = b.progress(n)
	}
	q.PenColor = r.text("pen color")
	q.Required = r.condOr("required", true)
}

// behaviour reads what a question does beside being shown.
func (b *builder) behaviour(r *reader, q *Question) {
	q.PreventGoingBack, q.BackButton = r.cond("prevent going back"), r.cond("back button")
	q.HideContinue, q.DisableContinue = r.cond("hide continue button"), r.cond("disable continue button")
	q.Reload = r.text("reload")
	q.CheckIn = r.plain("check in")
	if n := r.set("allowed to set"); n != nil {
		if n.Kind == List {
			q.AllowedToSet = b.names(n, "allowed to set")
		} else {
			q.AllowedToSetCode = b.expr(n, "allowed to set")
		}
	}
	q.ValidationCode = b.statements(r.set("validation code"), "validation code")
	if q.CheckIn != "" {
		b.in.UsesActions = true
	}
	if n := r.set("action buttons"); n != nil {
		b.actionButtons(n, q)
	}
}

// help reads the text of a help tab, alone or with its parts.
func (b *builder) help(n *Node) *Help {
	h := &Help{Pos: n.Pos}
	if n.Kind != Map {
		h.Content = b.text(n, "help")
		return h
	}
	r := b.read(n, "help")
	h.Heading, h.Label, h.Content = r.text("heading"), r.text("label"), r.text("content")
	h.Audio, h.Video = b.media(r.set("audio"), "audio"), b.media(r.set("video"), "video")
	r.finish()
	return h
}

// media reads one sound or film or a list of them.
func (b *builder) media(n *Node, what string) []*Text { return b.texts(n, what) }

// decoration reads an icon's name, a mapping with image, or a list of either.
func (b *builder) decoration(n *Node) []Decoration {
	var out []Decoration
	for _, item := range listOf(n) {
		if item.Kind == Map {
			r := b.read(item, "a decoration")
			item = r.get("image")
			r.finish()
			if item == nil {
				b.errorf(r.n.Pos, "a decoration needs an image")
				continue
			}
		}
		if t := b.text(item, "decoration"); t != nil {
			out = append(out, Decoration{Image: t})
		}
	}
	return out
}

func (b *builder) segment(r *reader) *Segment {
	id := r.text("segment id")
	n := r.set("segment")
	if n == nil {
		if id == nil {
			return nil
		}
		return &Segment{ID: id}
	}
	sr := b.read(n, "segment")
	s := &Segment{ID: sr.text("id"), Arguments: b.arguments(sr.set("arguments"))}
	sr.finish()
	return s
}

// arguments reads named values, whose strings are words.
func (b *builder) arguments(n *Node) []Argument {
	if n == nil {
		return nil
	}
	if n.Kind != Map {
		b.errorf(n.Pos, "arguments must be a mapping, not %s", n.Kind)
		return nil
	}
	var out []Argument
	for i, k := range n.Keys {
		out = append(out, Argument{Name: k.Written(), Value: b.templated(n.Items[i])})
	}
	return out
}

func (b *builder) progress(n *Node) *Progress {
	if n.Kind == Null {
		return &Progress{Hide: true}
	}
	v, ok := number(n)
	if !ok {
		b.errorf(n.Pos, "progress must be a number or null, not %s", n.Kind)
		return nil
	}
	b.in.Steps = append(b.in.Steps, v)
	return &Progress{Value: v}
}

func (b *builder) actionButtons(n *Node, q *Question) {
	if n.Kind == Map && len(n.Keys) == 1 && n.Get("code") != nil {
		q.ActionsCode = b.expr(n.Get("code"), "action buttons: code")
		return
	}
	if n.Kind != List {
		b.errorf(n.Pos, "action buttons must be a list, not %s", n.Kind)
		return
	}
	for _, item := range n.Items {
		q.Actions = append(q.Actions, b.actionButton(item))
	}
}

func (b *builder) actionButton(n *Node) *ActionButton {
	r := b.read(n, "an action button")
	a := &ActionButton{
		Pos: n.Pos, Action: r.text("action"), Label: r.text("label"), Color: r.text("color"), Icon: r.text("icon"),
		Placement: r.text("placement"), CSSClass: r.text("css class"), NewWindow: r.text("new window"),
		Arguments: b.arguments(r.set("arguments")), ForgetPrior: r.flag("forget prior"), ShowIf: r.expr("show if"),
	}
	if a.Action == nil || a.Label == nil {
		b.errorf(n.Pos, "an action button needs an action and a label")
	}
	r.finish()
	return a
}

// listCollect reads the setting and finds the list that is collected.
func (b *builder) listCollect(r *reader, q *Question) {
	n := r.set("list collect")
	if n == nil || q.Kind != Fields {
		return
	}
	yes := Cond{Set: true, Value: true}
	lc := &ListCollect{Enable: yes, IsFinal: yes, AllowAppend: yes, AllowDelete: yes}
	if n.Kind == Map {
		lr := b.read(n, "list collect")
		lc.Enable, lc.IsFinal = lr.condOr("enable", true), lr.condOr("is final", true)
		lc.AllowAppend, lc.AllowDelete = lr.condOr("allow append", true), lr.condOr("allow delete", true)
		lc.Label, lc.AddAnother = lr.text("label"), lr.text("add another label")
		lr.finish()
	} else {
		lc.Enable = b.cond(n, "list collect")
	}
	if on, static := lc.Enable.Static(); static && !on {
		return
	}
	lc.List, lc.Iterator = commonList(q.Fields)
	if lc.List == "" {
		b.fixf(n.Pos, "write the variables as list[i].attribute", "cannot use list collect on these fields: their variables do not begin alike with a list and an iterator")
		return
	}
	q.ListCollect = lc
}

// commonList finds the longest beginning, up to an iterator, that the
// variables of all fields have in common.
func commonList(fields []*Field) (list, iterator string) {
	first := true
	var common []string
	for _, f := range fields {
		if f.Kind != Input || f.Variable.Text == "" {
			continue
		}
		var mine []string
		root, parts := SplitName(f.Variable.Text)
		for i, p := range parts {
			if len(p) == 3 && p[0] == '[' && strings.Contains(iterators, p[1:2]) {
				mine = append(mine, root+strings.Join(parts[:i+1], ""))
			}
		}
		if first {
			common, first = mine, false
			continue
		}
		n := 0
		for n < len(common) && n < len(mine) && common[n] == mine[n] {
			n++
		}
		common = common[:n]
	}
	if len(common) == 0 {
		return "", ""
	}
	last := common[len(common)-1]
	return last[:len(last)-3], last[len(last)-2 : len(last)-1]
}
