package interview

import (
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/packages"
)

func newInterview(name packages.Name) *Interview {
	ref := name.String()
	return &Interview{
		Name: ref, Package: name.Package, Stamps: map[packages.Name]packages.Stamp{},
		Metadata: &Node{Kind: Map, Pos: Pos{File: ref}}, Features: defaultFeatures(),
		Sections: map[string]*Sections{}, Terms: map[string][]Term{}, AutoTerms: map[string][]Term{},
		Images: map[string]Image{}, Help: map[string][]*Help{}, Parts: map[string]map[string]*Text{},
		Messages: map[string]map[string]string{}, Options: &Node{Kind: Map, Pos: Pos{File: ref}},
		events: map[string]bool{}, byID: map[string]*Block{}, byName: map[string]*Block{}, byKey: map[string]*Block{},
		offers: map[string]map[string][]*Block{}, generic: map[string]map[string]map[string][]*Block{},
		depends: map[string][]string{}, changes: map[string][]*Change{},
	}
}

// complete does what can only be done when all blocks are known.
func (l *loader) complete() {
	in := l.in
	if len(in.Modules) == 0 && len(in.customDatatypes) == 0 {
		for _, d := range l.datatypes {
			l.problem(d.problem)
		}
	}
	for _, b := range in.Blocks {
		in.enlist(b)
	}
	for _, b := range in.Declarations {
		if b.ID != "" {
			in.byID[b.ID] = b
		}
		in.byName[b.Name], in.byKey[b.Key] = b, b
	}
	for _, c := range in.OnChange {
		in.changes[c.Name] = append(in.changes[c.Name], c)
	}
	for name, list := range in.depends {
		in.depends[name] = unique(list)
	}
	slices.Sort(in.Steps)
	in.Steps = slices.Compact(in.Steps)
	in.arrange(l.precedence())
}

// enlist enters a block in the tables.
func (in *Interview) enlist(b *Block) {
	if b.ID != "" {
		in.byID[b.ID] = b
	}
	in.byName[b.Name], in.byKey[b.Key] = b, b
	if b.Parent == nil {
		in.schedule(b)
		for _, name := range b.Offers {
			for _, form := range unique([]string{name, strings.ReplaceAll(name, "[u'", "['"), canonical(name)}) {
				in.offer(b, form)
			}
		}
	}
	for _, name := range b.Events {
		in.events[name] = true
	}
	for _, on := range b.DependsOn {
		in.depends[on] = append(in.depends[on], b.Offers...)
		in.depends[on] = append(in.depends[on], b.Others...)
	}
}

// schedule puts a block among those that run without being sought.
func (in *Interview) schedule(b *Block) {
	switch b.Kind {
	case ModulesBlock, ImportsBlock, ResetBlock:
		in.Startup = append(in.Startup, b)
	}
	if b.ReconsiderAlways {
		in.Reconsider = append(in.Reconsider, b)
	}
	for _, c := range []Cond{b.Mandatory, b.Initial} {
		if on, static := c.Static(); !static || on {
			in.Walk = append(in.Walk, b)
			break
		}
	}
}

func (in *Interview) offer(b *Block, form string) {
	add(in.offers, form, b)
	if b.GenericObject == "" {
		return
	}
	forms := in.generic[b.GenericObject]
	if forms == nil {
		forms = map[string]map[string][]*Block{}
		in.generic[b.GenericObject] = forms
	}
	add(forms, form, b)
}

func add(table map[string]map[string][]*Block, form string, b *Block) {
	if table[form] == nil {
		table[form] = map[string][]*Block{}
	}
	if list := table[form][b.Language]; !slices.Contains(list, b) {
		table[form][b.Language] = append(list, b)
	}
}

// precedence collects which block is tried before which.
func (l *loader) precedence() map[[2]string]bool {
	orderings := l.orderings
	for _, b := range l.in.Blocks {
		if b.ID != "" && len(b.Supersedes) > 0 {
			orderings = append(orderings, append([]string{b.ID}, b.Supersedes...))
		}
	}
	before := map[[2]string]bool{}
	for _, ids := range orderings {
		for i, first := range ids {
			for _, later := range ids[i+1:] {
				before[[2]string{first, later}] = true
				delete(before, [2]string{later, first})
			}
		}
	}
	return before
}

// arrange puts every list of candidates in the order in which they are tried.
func (in *Interview) arrange(before map[[2]string]bool) {
	for _, languages := range in.offers {
		arrangeLanguages(languages, before)
	}
	for _, forms := range in.generic {
		for _, languages := range forms {
			arrangeLanguages(languages, before)
		}
	}
}

func arrangeLanguages(languages map[string][]*Block, before map[[2]string]bool) {
	for _, list := range languages {
		slices.Reverse(list)
		if len(before) > 0 && len(list) > 1 {
			prefer(list, before)
		}
	}
}

// prefer moves blocks before those they precede and leaves the rest as it is.
// Of blocks that precede each other in a circle the one standing first goes first.
func prefer(list []*Block, before map[[2]string]bool) {
	for i := range list {
		pick := i
		for j := i; j < len(list); j++ {
			if !slices.ContainsFunc(list[i:], func(o *Block) bool { return before[[2]string{o.ID, list[j].ID}] }) {
				pick = j
				break
			}
		}
		chosen := list[pick]
		copy(list[i+1:pick+1], list[i:pick])
		list[i] = chosen
	}
}

// Candidates gives the blocks that offer a name in a form, in the order in
// which they are tried: those of the language, then those of every language.
// Names of generic blocks are found here under their literal text too.
func (in *Interview) Candidates(form, language string) []*Block {
	return pick(in.offers[form], language)
}

// GenericCandidates is Candidates for generic blocks of one class.
func (in *Interview) GenericCandidates(class, form, language string) []*Block {
	return pick(in.generic[class][form], language)
}

func pick(languages map[string][]*Block, language string) []*Block {
	if language == "*" || len(languages[language]) == 0 {
		return languages["*"]
	}
	return append(slices.Clone(languages[language]), languages["*"]...)
}

// Offered reports whether any block offers a name in this form, in any language.
func (in *Interview) Offered(form string) bool { return len(in.offers[form]) > 0 }

// IsEvent reports whether a block has an event of this name, as written.
func (in *Interview) IsEvent(name string) bool { return in.events[name] }

// Iterators are the iterators (i, j and so on) that the names the block offers
// hold, in their order.
func (b *Block) Iterators() []string { return b.iterators }

func iteratorsIn(names []string) []string {
	var out []string
	for _, it := range evaluation.Contexts[1:] {
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, "["+it+"]") }) {
			out = append(out, it)
		}
	}
	return out
}

// ByID gives the block with an id, or nil.
func (in *Interview) ByID(id string) *Block { return in.byID[id] }

// ByName gives the block with a name such as Question_4 or ID intro, or nil.
func (in *Interview) ByName(name string) *Block { return in.byName[name] }

// ByKey gives the block that stored state calls key, or nil if the interview
// has none any more.
func (in *Interview) ByKey(key string) *Block { return in.byKey[key] }

// Watches reports whether anything depends on a variable or is to happen when
// one changes.
func (in *Interview) Watches() bool { return len(in.depends)+len(in.changes) > 0 }

// Dependents gives the names that depend on a variable written in this form.
func (in *Interview) Dependents(form string) []string { return in.depends[form] }

// Changes gives the code to run when a variable written in this form changes,
// in order of the files.
func (in *Interview) Changes(form string) []*Change { return in.changes[form] }

// Outline gives the sections for a language, nil if there are none.
func (in *Interview) Outline(language string) *Sections {
	if s := in.Sections[language]; s != nil {
		return s
	}
	return in.Sections["*"]
}

// Part gives the default screen part for a language, nil if there is none.
func (in *Interview) Part(name, language string) *Text {
	if t := in.Parts[language][name]; t != nil {
		return t
	}
	return in.Parts["*"][name]
}

// MetadataPart gives a screen part that metadata sets, alone or by language.
func (in *Interview) MetadataPart(name, language string) (string, bool) {
	n := in.Metadata.Get(name)
	if n != nil && n.Kind == Map {
		if l := n.Get(language); l != nil {
			n = l
		} else {
			n = n.Get("*")
		}
	}
	if n == nil || !n.Scalar() || n.Kind == Null {
		return "", false
	}
	return n.Written(), true
}
