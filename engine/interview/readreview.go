package interview

import "strings"

// reviewCommands are the words that do something to variables instead of
// asking for them.
var reviewCommands = []string{"recompute", "undefine", "invalidate", "set", "follow up"}

// review reads a review screen.
func (b *builder) review(r *reader, q *Question) {
	q.SkipUndefined = r.condOr("skip undefined", true)
	if n := r.set("tabular"); n != nil {
		switch {
		case n.Kind == Bool && !n.Bool:
		case n.Kind == Bool:
			q.Tabular = &Tabular{}
		default:
			q.Tabular = &Tabular{Class: b.text(n, "tabular")}
		}
	}
	for _, item := range listOf(r.get("review")) {
		if item.Kind != Map {
			b.fixf(item.Pos, "write - Label: variable", "a review item must be a label and variables, not %s", item.Kind)
			continue
		}
		q.Review = append(q.Review, b.reviewItem(item))
	}
}

func (b *builder) reviewItem(n *Node) *ReviewItem {
	r := b.read(n, "a review item")
	it := &ReviewItem{
		Pos: n.Pos, Button: r.text("button"), Help: r.text("help"), ShowIf: b.exprs(r.set("show if"), "show if"),
		CSSClass: r.text("css class"), Action: r.text("action"),
	}
	it.Note, it.Kind = b.note(r)
	if m := r.set("field metadata"); m != nil {
		it.Metadata = b.templated(m)
	}
	if it.Button != nil && it.Help != nil {
		b.errorf(n.Pos, "a review item has either a button or a help text, not both")
	}
	label, field := r.set("label"), r.set("field")
	if field == nil {
		field = r.set("fields")
	}
	keys, values := r.rest()
	for i, k := range keys {
		if label != nil || field != nil {
			b.fixf(k.Pos, nearest(k.Written(), []string{"button", "help", "note", "html", "raw html", "show if", "css class", "action", "field metadata"}),
				"the review item has a label already, so %s is a second one", quoteName(k.Written()))
			continue
		}
		label, field = k, values[i]
	}
	if label != nil {
		it.Label = b.text(label, "label")
	}
	if field != nil {
		it.Steps = b.reviewSteps(field)
	}
	if it.Label == nil && it.Note == nil {
		b.errorf(n.Pos, "a review item needs a label and variables, or a note")
	}
	return it
}

// reviewSteps reads a variable, or a list of variables and commands.
func (b *builder) reviewSteps(n *Node) []ReviewStep {
	var out []ReviewStep
	for _, item := range listOf(n) {
		if item.Kind != Map {
			if name := b.name(item, "a review item"); name != nil {
				out = append(out, ReviewStep{Names: []string{name.Text}, Pos: item.Pos})
			}
			continue
		}
		for i, k := range item.Keys {
			out = append(out, b.reviewCommand(k, item.Items[i])...)
		}
	}
	return out
}

func (b *builder) reviewCommand(k, v *Node) []ReviewStep {
	word := strings.TrimSpace(k.Written())
	if !contains(reviewCommands, word) {
		b.fixf(k.Pos, nearest(word, reviewCommands), "a review item has no command %s; there are %s", word, strings.Join(reviewCommands, ", "))
		return nil
	}
	step := ReviewStep{Command: word, Pos: k.Pos}
	if word != "set" {
		step.Names = b.names(v, word)
		return []ReviewStep{step}
	}
	for _, item := range listOf(v) {
		if item.Kind != Map {
			b.errorf(item.Pos, "set must list variable: value")
			continue
		}
		for i, name := range item.Keys {
			if nm := b.name(name, "set"); nm != nil {
				step.Names = append(step.Names, nm.Text)
				step.Values = append(step.Values, b.templated(item.Items[i]))
			}
		}
	}
	return []ReviewStep{step}
}
