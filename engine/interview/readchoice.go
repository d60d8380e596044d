package interview

import (
	"fmt"
	"strings"
)

// commands are the special words that a choice without a variable may lead to.
var commands = setOf([]string{
	"restart", "new_session", "exit", "logout", "exit_logout", "leave", "continue", "refresh", "signin", "register",
})

// choiceRules says what a list of choices is for.
type choiceRules struct {
	what     string
	variable bool // the choices are values of a variable
	embedded bool // choices may hold blocks and special words
}

// choices reads a list of choices, or a mapping that stands for one.
func (b *builder) choices(n *Node, rules choiceRules) *Choices {
	c := &Choices{}
	switch n.Kind {
	case List:
		for i, item := range n.Items {
			c.Items = append(c.Items, b.choice(item, rules, i))
		}
	case Map:
		for i, k := range n.Keys {
			one := &Node{Kind: Map, Pos: k.Pos, Keys: []*Node{k}, Items: []*Node{n.Items[i]}}
			c.Items = append(c.Items, b.choice(one, rules, i))
		}
	default:
		b.fixf(n.Pos, "write the choices as a list", "%s must be a list, not %s", rules.what, n.Kind)
	}
	c.Datatype = c.datatype(rules)
	c.Grouped = len(c.Items) > 0
	for _, item := range c.Items {
		c.Grouped = c.Grouped && (item.Group != nil || item.Code != nil)
	}
	return c
}

// datatype is what the keys alone say: yes and no, those and None, or text.
func (c *Choices) datatype(rules choiceRules) string {
	bools, nulls, all := 0, 0, 0
	for _, item := range c.Items {
		if item.Code != nil {
			return "text"
		}
		if item.Value == nil {
			continue
		}
		all++
		text, static := item.Value.Static()
		switch {
		case item.Plain == Bool, !rules.embedded && static && (text == "True" || text == "False"):
			bools++
		case item.Plain == Null, static && text == "None":
			nulls++
		}
	}
	switch {
	case all == 0 || bools == 0 || bools+nulls != all:
		return "text"
	case nulls > 0:
		return "threestate"
	default:
		return "boolean"
	}
}

func (b *builder) choice(n *Node, rules choiceRules, number int) *Choice {
	c := &Choice{Pos: n.Pos, Plain: n.Kind}
	switch {
	case n.Kind == List:
		b.pair(n, c)
	case n.Kind != Map:
		b.bareChoice(n, c, rules, number)
	case len(n.Keys) == 1 && n.Get("code") != nil && n.Items[0].Scalar():
		c.Code = b.expr(n.Items[0], rules.what+": code")
	case len(n.Keys) == 1:
		c.Label = b.compileText(n.Keys[0])
		b.choiceValue(n.Items[0], c, rules, number)
	default:
		b.decoratedChoice(n, c, rules, number)
	}
	return c
}

// pair reads a choice written as [value, label].
func (b *builder) pair(n *Node, c *Choice) {
	if len(n.Items) != 2 || !n.Items[0].Scalar() || !n.Items[1].Scalar() {
		b.errorf(n.Pos, "a choice written as a list must be [value, label]")
		return
	}
	c.Value, c.Label, c.Plain = b.compileText(n.Items[0]), b.compileText(n.Items[1]), n.Items[0].Kind
}

// bareChoice reads a choice that is its own label.
func (b *builder) bareChoice(n *Node, c *Choice, rules choiceRules, number int) {
	c.Label = b.compileText(n)
	if rules.variable || !rules.embedded || !commands[n.Written()] {
		c.Value = c.Label
		return
	}
	b.command(n, c, number)
}

// decoratedChoice reads a choice with more than a label and a value.
func (b *builder) decoratedChoice(n *Node, c *Choice, rules choiceRules, number int) {
	r := b.read(n, "a choice")
	c.Image, c.CSSClass, c.Color = r.text("image"), r.text("css class"), r.text("color")
	c.Help, c.Group, c.URL = r.text("help"), r.text("group"), r.text("url")
	c.ShowIf = r.expr("show if")
	if r.has("default") {
		d := r.cond("default")
		c.Default = &d
	}
	label, value := r.set("label"), r.get("value")
	if value == nil {
		value = r.get("key")
	}
	if label != nil {
		c.Label = b.text(label, "label")
		if value == nil {
			value = label
		}
		r.finish()
		b.choiceValue(value, c, rules, number)
		return
	}
	keys, values := r.rest()
	switch len(keys) {
	case 0:
		b.errorf(n.Pos, "a choice needs a label")
	case 1:
		c.Label = b.compileText(keys[0])
		b.choiceValue(values[0], c, rules, number)
	default:
		b.fixf(keys[1].Pos, "begin it with a hyphen as a choice of its own", "a choice has one label only, but both %s and %s are written", keys[0].Written(), keys[1].Written())
	}
}

// choiceValue reads what a choice stands for: a value, a block, or a word
// that does something.
func (b *builder) choiceValue(n *Node, c *Choice, rules choiceRules, number int) {
	c.Plain = n.Kind
	switch {
	case n.Kind == Map && rules.embedded && !rules.variable:
		c.Block = b.embedded(n, fmt.Sprintf("choice %d", number))
	case !n.Scalar():
		b.errorf(n.Pos, "the value of the choice %s must be a single value, not %s", c.Label.Source, n.Kind)
	case rules.embedded && !rules.variable && commands[strings.TrimSpace(n.Written())]:
		b.command(n, c, number)
	default:
		c.Value = b.compileText(n)
	}
}

// command reads a special word. It counts as a block of its own, numbered
// before the one it stands in.
func (b *builder) command(n *Node, c *Choice, number int) {
	c.Command = strings.TrimSpace(n.Written())
	parent := b.block
	inner := &builder{loader: b.loader, unit: b.unit, doc: b.doc, block: &Block{
		Kind: CommandBlock, Pos: n.Pos, Package: parent.Package, Language: parent.Language, Source: parent.Source,
		Parent: parent, Choice: c, Key: fmt.Sprintf("%s/choice %d", parent.Key, number),
	}}
	inner.number()
}

// embedded reads a block written inside another one. It is numbered before it.
func (b *builder) embedded(n *Node, part string) *Block {
	inner := &builder{loader: b.loader, unit: b.unit, doc: b.doc}
	parent := b.block
	low := b.lowered(n)
	r := inner.read(low, "the block")
	inner.block = &Block{
		Index: -1, Pos: n.Pos, Package: parent.Package, Language: parent.Language, Source: parent.Source,
		Parent: parent, Key: parent.Key + "/" + part, ID: r.plain("id"),
	}
	if inner.block.ID != "" {
		inner.block.Key = "ID " + inner.block.ID
	}
	r.get("comment")
	for _, k := range []string{"generic object", "mandatory", "initial"} {
		if r.has(k) {
			b.errorf(r.keyPos(k), "%s cannot be used in a block written inside a choice", k)
		}
	}
	inner.whole(r)
	inner.number()
	inner.leftover(r)
	if inner.block.Kind == QuestionBlock || inner.block.Kind == CodeBlock {
		for _, name := range inner.block.Offers {
			b.found(name)
		}
	}
	return inner.block
}
