package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/python/syntax"
)

// ids reports ids that two blocks have.
func (a *analysis) ids() {
	first := map[string]*interview.Block{}
	for _, list := range [][]*interview.Block{a.in.Blocks, a.in.Declarations} {
		for _, b := range list {
			if b.ID == "" {
				continue
			}
			if other := first[b.ID]; other != nil && other.Language == b.Language {
				a.say(DuplicateID, Warning, b.Pos, b, "give each block an id of its own", "the id %q is that of the block at %s, too", b.ID, other.Pos)
				continue
			}
			first[b.ID] = b
		}
	}
}

// screens reports what is wrong with questions by themselves.
func (a *analysis) screens() {
	for _, b := range a.in.Blocks {
		if b.Question == nil {
			continue
		}
		a.fields(b)
		a.choices(b, b.Question.Choices)
		a.promises(b)
	}
	for i := range a.pieces {
		if p := &a.pieces[i]; p.text != nil {
			a.accessible(p)
		}
	}
}

func (a *analysis) fields(b *interview.Block) {
	seen := map[string]bool{}
	inputs := 0
	for _, f := range b.Question.Fields {
		if f.Kind == interview.Input && f.InputType != "hidden" {
			inputs++
		}
	}
	for _, f := range b.Question.Fields {
		if f.Kind != interview.Input {
			continue
		}
		a.choices(b, f.Choices)
		a.limits(b, f)
		if inputs > 1 {
			a.label(b, f)
		}
		if seen[f.Variable.Text] && len(f.Conditions) == 0 && f.DisableOthers == nil {
			a.say(DuplicateField, Warning, f.Variable.Pos, b, "ask for it once, or add show if to say which field applies",
				"the screen asks for %s twice", f.Variable.Text)
		}
		seen[f.Variable.Text] = seen[f.Variable.Text] || len(f.Conditions) == 0 && f.DisableOthers == nil
	}
}

// label reports a field among others that nobody can tell what it is for.
func (a *analysis) label(b *interview.Block, f *interview.Field) {
	if f.InputType == "hidden" || f.Datatype == "ml" || f.Datatype == "mlarea" || embedded(b, f) || f.Labeler != nil {
		return
	}
	bare := f.NoLabel || f.Label == nil
	if f.Label != nil && !bare {
		words, static := f.Label.Static()
		bare = static && strings.TrimSpace(words) == ""
	}
	if bare && f.Hint == nil {
		a.say(NoLabel, Warning, f.Pos, b, "write a label that says what is to be filled in",
			"the field for %s has no label, and is not alone on the screen", f.Variable.Text)
	}
}

// embedded reports whether the text around a field is its label.
func embedded(b *interview.Block, f *interview.Field) bool {
	return b.Question.Subquestion != nil && strings.Contains(b.Question.Subquestion.Source, "[FIELD "+f.Variable.Text+"]")
}

// limits reports limits that no answer can keep.
func (a *analysis) limits(b *interview.Block, f *interview.Field) {
	for _, l := range []struct {
		least, most *interview.Text
		what        string
	}{{f.Min, f.Max, "min"}, {f.MinLength, f.MaxLength, "minlength"}} {
		low, ok1 := number(l.least)
		high, ok2 := number(l.most)
		if ok1 && ok2 && low > high {
			a.say(Impossible, Error, l.least.Pos, b, "exchange the limits, or correct one of them",
				"no answer can do: %s is %v and the maximum is %v", l.what, low, high)
		}
	}
	if least, ok := number(f.MinLength); ok && f.Choices != nil && f.Datatype == "checkboxes" && allLiteral(f.Choices) && int(least) > len(f.Choices.Items) {
		a.say(Impossible, Error, f.MinLength.Pos, b, "offer more choices, or ask for fewer",
			"no answer can do: %v boxes are to be ticked, and there are %d", least, len(f.Choices.Items))
	}
}

func number(t *interview.Text) (float64, bool) {
	if t == nil {
		return 0, false
	}
	s, ok := t.Static()
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return n, err == nil
}

func allLiteral(c *interview.Choices) bool {
	for _, i := range c.Items {
		if i.Code != nil || i.ShowIf != nil {
			return false
		}
	}
	return true
}

// choices reports a list in which two choices mean the same.
func (a *analysis) choices(b *interview.Block, c *interview.Choices) {
	if c == nil {
		return
	}
	seen := map[string]bool{}
	for _, i := range c.Items {
		if i.Value == nil || i.Block != nil || i.Command != "" {
			continue
		}
		value, ok := i.Value.Static()
		if !ok {
			continue
		}
		if seen[value] && i.ShowIf == nil {
			a.say(DuplicateChoice, Warning, i.Pos, b, "give each choice a value of its own", "two choices have the value %q: nobody can tell which was chosen", value)
		}
		seen[value] = seen[value] || i.ShowIf == nil
	}
}

// promises reports a screen that is sought for a variable and takes nothing.
func (a *analysis) promises(b *interview.Block) {
	q := b.Question
	if q.Kind != interview.Deadend || len(b.Sets) == 0 || len(q.Actions) > 0 || q.ActionsCode != nil || acting(q) || !a.valued(b.Sets) {
		return
	}
	a.say(DeadEnd, Error, b.Pos, b, "write fields, buttons or continue button field, or event instead of sets",
		"the screen is to set %s, and has nothing by which that can be done", strings.Join(b.Sets, ", "))
}

// valued reports whether something does more with names than to ask for them:
// a screen that is only asked for may be where the interview ends.
func (a *analysis) valued(names []string) bool {
	for _, p := range a.pieces {
		for _, e := range p.events {
			if (e.kind == reads || e.kind == calls) && !e.bare && slices.Contains(names, e.full) && !strings.HasPrefix(p.path, "Need") {
				return !slices.Contains(functionArguments(&p), e.full)
			}
		}
	}
	return false
}

// functionArguments are names that are handed to need() and kin, which only ask
// for them.
func functionArguments(p *piece) []string {
	var out []string
	for _, tree := range p.trees() {
		syntax.Inspect(tree, func(n syntax.Node) bool {
			if c, ok := n.(*syntax.Call); ok {
				for _, arg := range c.Args {
					out = append(out, syntax.Source(arg))
				}
			}
			return true
		})
	}
	return out
}

// acting reports whether a question's texts may hold links or scripts.
func acting(q *interview.Question) bool {
	if q.Script != nil || q.CheckIn != "" || q.Reload != nil {
		return true
	}
	for _, t := range []*interview.Text{q.Text, q.Subquestion, q.Parts.Under, q.Parts.Pre, q.Parts.Post, q.Parts.Right, q.Parts.Submit} {
		if t != nil && (strings.Contains(t.Source, "${") || strings.Contains(t.Source, "<script") || strings.Contains(t.Source, "](")) {
			return true
		}
	}
	return false
}

var (
	markdownImage = regexp.MustCompile(`!\[\s*\]\([^)]+\)`)
	htmlImage     = regexp.MustCompile(`(?is)<img\b[^>]*>`)
	alternative   = regexp.MustCompile(`(?i)\balt\s*=`)
	emptyLink     = regexp.MustCompile(`(^|[^!\]])\[\s*\]\([^)]+\)`)
	fileMark      = regexp.MustCompile(`\[FILE\s+([^\]$]+)\]`)
	heading       = regexp.MustCompile(`(?m)^(#{1,6})[ \t]+\S`)
)

// accessible reports what people who cannot see a text, or not all of it, lack.
func (a *analysis) accessible(p *piece) {
	if !shown(p) {
		return
	}
	src := p.text.Source
	for _, m := range markdownImage.FindAllStringIndex(src, -1) {
		a.say(NoAlt, Warning, p.at(m[0]), p.block, "write what the picture shows between the brackets", "the picture has no words for those who cannot see it")
	}
	for _, m := range htmlImage.FindAllStringIndex(src, -1) {
		if !alternative.MatchString(src[m[0]:m[1]]) {
			a.say(NoAlt, Warning, p.at(m[0]), p.block, `add alt="what it shows", or alt="" if it only decorates`, "the picture has no words for those who cannot see it")
		}
	}
	for _, m := range fileMark.FindAllStringSubmatchIndex(src, -1) {
		args := strings.Split(src[m[2]:m[3]], ",")
		if image(args[0]) && (len(args) < 3 || strings.TrimSpace(args[2]) == "") {
			a.say(NoAlt, Warning, p.at(m[0]), p.block, "write [FILE "+strings.TrimSpace(args[0])+", 300px, what it shows]",
				"the picture %s has no words for those who cannot see it", strings.TrimSpace(args[0]))
		}
	}
	for _, m := range emptyLink.FindAllStringSubmatchIndex(src, -1) {
		a.say(EmptyLink, Warning, p.at(m[3]), p.block, "write where the link leads between the brackets", "the link has no text")
	}
	level := 0
	for _, m := range heading.FindAllStringSubmatchIndex(src, -1) {
		now := m[3] - m[2]
		if level > 0 && now > level+1 {
			a.say(HeadingOrder, Warning, p.at(m[0]), p.block, "use "+strings.Repeat("#", level+1)+" for what lies below "+strings.Repeat("#", level),
				"the heading is of level %d, and the one before it of level %d: a level is left out", now, level)
		}
		level = now
	}
}

// shown reports whether a text is Markdown that a screen shows.
func shown(p *piece) bool {
	for _, part := range []string{"Question.Text", "Question.Subquestion", "Question.Parts", "Question.Help.Content", "Question.Fields.Note",
		"Question.Fields.Help", "Question.Fields.Label", "Question.Review", "Template.Content", "Help.Content", "Parts", "Question.Terms", "Terms"} {
		if strings.HasPrefix(p.path, part) {
			return true
		}
	}
	return false
}

func image(name string) bool {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, ext := range []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}
