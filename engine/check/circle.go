package check

import (
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/interview"
)

// A definer is a block that gives a name a value, and what it surely needs
// before.
type definer struct {
	block *interview.Block
	needs []event
}

// circles reports names that can only be had by already having them. A set of
// names is one if every block that defines one of them surely needs another one
// of them first; whatever people answer, none of them is ever known. Names that
// may come from elsewhere are never in such a set.
func (a *analysis) circles() {
	if a.dynamic {
		return
	}
	defs := a.definers()
	for more := true; more; {
		more = false
		for name, list := range defs {
			if slices.ContainsFunc(list, func(d definer) bool { return d.first(defs) == nil }) {
				delete(defs, name)
				more = true
			}
		}
	}
	done := map[string]bool{}
	for _, name := range a.inOrder(defs) {
		a.circle(name, defs, done)
	}
}

// first is the first need that is in the set.
func (d *definer) first(defs map[string][]definer) *event {
	for i := range d.needs {
		if _, ok := defs[d.needs[i].name]; ok {
			return &d.needs[i]
		}
	}
	return nil
}

// circle follows needs from a name until one comes again.
func (a *analysis) circle(name string, defs map[string][]definer, done map[string]bool) {
	var path []string
	var chain []Link
	var blocks []*interview.Block
	for !done[name] {
		done[name] = true
		d := defs[name][0]
		need := d.first(defs)
		path, chain, blocks = append(path, name), append(chain, Link{Name: need.name, Pos: need.pos}), append(blocks, d.block)
		name = need.name
	}
	from := slices.Index(path, name)
	if from < 0 {
		return // it leads into a circle that was reported
	}
	path, chain, blocks = path[from:], chain[from:], blocks[from:]
	message := fmt.Sprintf("%s can only be had by already having %s", path[0], path[0])
	if len(path) > 1 {
		message = "going in circles: " + strings.Join(append(path, path[0]), " needs ")
	}
	a.add(Finding{Kind: Circle, Severity: Error, Pos: chain[0].Pos, Block: blocks[0].Name, Message: message, Chain: chain,
		Fix: "have one of them defined without the other"})
}

// inOrder lists names in the order in which they are first defined.
func (a *analysis) inOrder(defs map[string][]definer) []string {
	var out []string
	for _, b := range a.in.Blocks {
		for name, list := range defs {
			if list[0].block == b && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y string) int {
		if i := defs[x][0].block.Index - defs[y][0].block.Index; i != 0 {
			return i
		}
		return strings.Compare(x, y)
	})
	return out
}

// definers lists, for the names that only blocks define, those blocks.
func (a *analysis) definers() map[string][]definer {
	binding := map[string]map[*interview.Block]bool{}
	free := map[string]bool{} // defined by what is no block
	note := func(name string, b *interview.Block) {
		if binding[name] == nil {
			binding[name] = map[*interview.Block]bool{}
		}
		binding[name][b] = true
	}
	for _, b := range a.in.Blocks {
		for _, list := range [][]string{b.Offers, b.Others, b.Sets, b.Events} {
			for _, name := range list {
				root, parts := interview.SplitName(name)
				if len(parts) > 0 {
					continue
				}
				note(root, b)
			}
		}
	}
	for _, p := range a.pieces {
		for _, e := range p.events {
			if e.kind == binds && p.code != nil {
				if p.block == nil || p.path != "Code" {
					free[e.name] = true
					continue
				}
				note(e.name, p.block)
			}
		}
	}
	out := map[string][]definer{}
	for name, blocks := range binding {
		if free[name] || a.library[name] {
			continue
		}
		for _, b := range a.in.Blocks {
			if blocks[b] {
				out[name] = append(out[name], definer{b, a.needs(b, name)})
			}
		}
	}
	return out
}

// needs are the names that a block surely reads before it defines another.
func (a *analysis) needs(b *interview.Block, name string) []event {
	if b.Kind != interview.CodeBlock && b.Kind != interview.QuestionBlock || b.Parent != nil {
		return nil
	}
	var out []event
	own := map[string]bool{}
	for _, path := range []string{"If", "Need.Pre", "Code", "Question.Text", "Question.Subquestion"} {
		for i := range a.pieces {
			p := &a.pieces[i]
			if p.block != b || p.path != path {
				continue
			}
			for _, e := range p.events {
				switch {
				case e.kind == binds && e.name == name:
					return out
				case e.kind == binds:
					own[e.name] = true
				case e.sure && !own[e.name]:
					out = append(out, e)
				}
			}
		}
	}
	return out
}
