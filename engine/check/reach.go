package check

import (
	"regexp"
	"slices"
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/python/syntax"
)

// A word may be a name or a part of one.
var word = regexp.MustCompile(`[\pL_][\pL\pN_]*`)

// reach reports blocks that no conversation comes to. A block is taken for
// reachable if anything that is reachable mentions a name it offers, be it in a
// comment: what is reported is certain.
func (a *analysis) reach() {
	if len(a.in.Walk) == 0 {
		return
	}
	open := a.seeksAnything()
	reached := map[*interview.Block]bool{}
	mentioned := map[string]bool{}
	mention := func(source string) {
		for _, w := range word.FindAllString(source, -1) {
			mentioned[w] = true
		}
	}
	for _, d := range a.in.Declarations {
		mention(d.Source)
	}
	a.moduleSources(mention)
	for more := true; more; {
		more = false
		for _, b := range a.in.Blocks {
			if !reached[b] && (a.begins(b, reached) || a.wanted(b, mentioned) || open && offersAny(b)) {
				reached[b], more = true, true
				mention(b.Source)
				for i := range a.pieces {
					if a.pieces[i].block == b {
						mention(a.pieces[i].source()) // files that are part of the block, too
					}
				}
			}
		}
	}
	for _, b := range a.in.Blocks {
		if !reached[b] && b.Pos.File == a.in.Name {
			a.unreachable(b)
		}
	}
}

func offersAny(b *interview.Block) bool { return len(b.Offers) > 0 || len(b.Others) > 0 }

// begins reports whether a block is used without being sought.
func (a *analysis) begins(b *interview.Block, reached map[*interview.Block]bool) bool {
	switch b.Kind {
	case interview.ModulesBlock, interview.ImportsBlock, interview.ResetBlock, interview.DeclarationBlock:
		return true
	}
	return slices.Contains(a.in.Walk, b) || len(b.Events) > 0 || b.GenericObject != "" || b.SetsRole || b.ReconsiderAlways ||
		b.Parent != nil && reached[b.Parent] || a.in.Features.UseCatchall && offersAny(b) || b.Kind == interview.RequireBlock
}

// wanted reports whether something reachable mentions a name of the block.
func (a *analysis) wanted(b *interview.Block, mentioned map[string]bool) bool {
	for _, list := range [][]string{b.Offers, b.Others} {
		for _, name := range list {
			root, _ := interview.SplitName(name)
			if mentioned[root] || slices.Contains(given, root) {
				return true
			}
		}
	}
	return false
}

// seeksAnything reports whether code seeks names that cannot be read from it.
func (a *analysis) seeksAnything() bool {
	found := slices.ContainsFunc(a.in.Blocks, unread)
	for i := range a.pieces {
		for _, tree := range a.pieces[i].trees() {
			syntax.Inspect(tree, func(n syntax.Node) bool {
				c, ok := n.(*syntax.Call)
				if !ok || len(c.Args) == 0 {
					return true
				}
				f, _ := c.Func.(*syntax.Name)
				if f == nil || f.ID != "value" && f.ID != "force_ask" && f.ID != "force_gather" && f.ID != "url_action" &&
					f.ID != "background_action" && f.ID != "need" && f.ID != "reconsider" && f.ID != "getattr" && f.ID != "showifdef" {
					return true
				}
				for _, arg := range c.Args[:1] {
					if _, literal := arg.(*syntax.Constant); !literal && f.ID != "need" {
						found = true
					}
				}
				return true
			})
		}
	}
	return found
}

// unread reports whether a block uses files that name variables and that are
// not read here: templates of word processors, and those that are computed.
func unread(b *interview.Block) bool {
	if b.Template != nil && b.Template.File != nil {
		return true
	}
	return b.Documents != nil && (b.Documents.Code != nil ||
		slices.ContainsFunc(b.Documents.List, func(d *interview.Attachment) bool { return len(d.Templates) > 0 || d.ContentCode != nil }))
}

// moduleSources gives the text of the interview's own modules.
func (a *analysis) moduleSources(mention func(string)) {
	for _, m := range a.in.Modules {
		if mod, err := a.programs.Packages().Module(m.Name); err == nil {
			if text, _, err := a.programs.Packages().ReadFile(mod.File); err == nil {
				mention(string(text))
			}
		}
	}
}

func (a *analysis) unreachable(b *interview.Block) {
	names := slices.DeleteFunc(slices.Clone(b.Offers), func(n string) bool { return strings.HasPrefix(n, "_") })
	switch {
	case b.Parent != nil:
		return // its parent is reported
	case len(names) > 0:
		a.say(Unreachable, Warning, b.Pos, b, "use it where it is to be known, or take the block out",
			"the block is never used: nothing that can be reached mentions %s", strings.Join(names, ", "))
	case b.Kind == interview.QuestionBlock:
		a.say(Unreachable, Warning, b.Pos, b, "write mandatory: True, or event: and a name that leads here",
			"the question is never asked: it is not mandatory, has no event and sets nothing")
	case b.Kind == interview.CodeBlock || b.Kind == interview.EventCodeBlock:
		a.say(Unreachable, Warning, b.Pos, b, "write mandatory: True or initial: True, or have it define a name",
			"the code is never run: it is not mandatory and defines no name")
	default:
		a.say(Unreachable, Warning, b.Pos, b, "give it a name that something uses", "the block is never used: nothing leads to it")
	}
}
