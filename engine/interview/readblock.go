package interview

import (
	"fmt"
	"strings"

	"colloquy/engine/spelling"
)

// top reads a document: a declaration, a block, or both.
func (b *builder) top(n *Node) {
	n = b.lowered(n)
	r := b.read(n, "the block")
	b.block = &Block{Index: -1, Pos: n.Pos, Package: b.unit.pkg, Language: b.unit.language, Source: b.doc.source()}
	b.block.ID = r.plain("id")
	r.get("comment")
	declared := b.declaration(r)
	if !declared || runnable(r) {
		b.whole(r)
		b.number()
	} else {
		b.block.Kind = DeclarationBlock
		b.block.Name = fmt.Sprintf("Block_%d", len(b.in.Declarations))
		if b.block.ID != "" {
			b.block.Name = "ID " + b.block.ID
		}
		b.block.Key = b.key(b.block.ID, b.block.Source)
		b.in.Declarations = append(b.in.Declarations, b.block)
	}
	b.leftover(r)
}

// runnable reports whether a block that declares something also runs.
func runnable(r *reader) bool {
	return r.has("question") || r.has("code") && !r.has("attachment options")
}

// number gives the block its place among those that run.
func (b *builder) number() {
	blk := b.block
	blk.Index = len(b.in.Blocks)
	blk.Name = fmt.Sprintf("Question_%d", blk.Index)
	if blk.ID != "" {
		blk.Name = "ID " + blk.ID
	}
	b.in.Blocks = append(b.in.Blocks, blk)
}

// leftover warns of keys nobody knows.
func (b *builder) leftover(r *reader) {
	keys, _ := r.rest()
	for _, k := range keys {
		word := k.Written()
		if topKeys[word] {
			continue
		}
		b.unknown(k.Pos, word, topKeyList, "the key %s is not known and has no effect", word)
	}
}

// whole reads a block that runs or is asked.
func (b *builder) whole(r *reader) {
	blk := b.block
	if blk.Key == "" {
		blk.Key = b.key(blk.ID, blk.Source)
	}
	b.defs = b.usedefs(r, "usedefs")
	b.rules(r)
	b.logic(r)
	b.body(r)
	if blk.Kind == QuestionBlock && blk.Documents == nil {
		blk.Documents = b.documents(r)
	}
	b.finishNames(r)
}

// logic reads the modifiers every kind of block has.
func (b *builder) logic(r *reader) {
	blk := b.block
	blk.Mandatory, blk.Initial = r.cond("mandatory"), r.cond("initial")
	if blk.SetsRole {
		blk.Initial = Cond{Set: true, Value: true}
	}
	blk.If = b.exprs(r.set("if"), "if")
	b.need(r.set("need"))
	blk.Undefine = r.names("undefine")
	if n := r.set("reconsider"); n != nil {
		if n.Kind == Bool {
			blk.ReconsiderAlways = n.Bool
		} else {
			blk.Reconsider = b.names(n, "reconsider")
		}
	}
	blk.Sets, blk.OnlySets, blk.Events = r.names("sets"), r.names("only sets"), r.names("event")
	blk.DependsOn = r.names("depends on")
	blk.Supersedes = r.plains("supersedes")
	blk.GenericObject = r.plain("generic object")
	if g := r.plain("generic list object"); g != "" && blk.GenericObject == "" {
		blk.GenericObject = g
	}
	if lang := r.plain("language"); lang != "" {
		blk.Language = lang
	}
	if r.set("role") != nil {
		blk.Roles = r.plains("role")
	}
	if len(blk.Events) > 0 {
		b.in.UsesActions = true
	}
}

// need reads expressions for before and after.
func (b *builder) need(n *Node) {
	if n == nil {
		return
	}
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.block.Need.Pre = append(b.block.Need.Pre, b.exprs(item, "need")...)
			continue
		}
		r := b.read(item, "need")
		b.block.Need.Pre = append(b.block.Need.Pre, b.exprs(r.set("pre"), "need: pre")...)
		b.block.Need.Post = append(b.block.Need.Post, b.exprs(r.set("post"), "need: post")...)
		r.finish()
	}
}

// body finds out what kind of block it is and reads that.
func (b *builder) body(r *reader) {
	blk := b.block
	switch {
	case r.has("question"):
		blk.Kind = QuestionBlock
		blk.Question = b.question(r)
	case r.has("code"):
		blk.Kind = CodeBlock
		if len(blk.Events) > 0 {
			blk.Kind = EventCodeBlock
		}
		blk.Code = b.statements(r.get("code"), "code")
	case r.has("objects"):
		blk.Kind = ObjectsBlock
		b.objects(r)
	case r.has("objects from file"):
		blk.Kind = ObjectsFromFileBlock
		b.objectFiles(r)
	case r.has("data"), r.has("data from code"):
		b.data(r)
	case r.has("template"):
		blk.Kind = TemplateBlock
		b.template(r)
	case r.has("table"), r.has("rows") && r.has("columns"):
		blk.Kind = TableBlock
		b.table(r)
	default:
		b.otherBody(r)
	}
}

func (b *builder) otherBody(r *reader) {
	blk := b.block
	switch {
	case r.has("attachment"), r.has("attachments"), r.has("attachment code"), r.has("attachments code"):
		blk.Kind = AttachmentsBlock
		blk.Documents = b.documents(r)
	case r.has("modules"):
		blk.Kind = ModulesBlock
		blk.Modules = r.plains("modules")
		b.modules(r.n.Get("modules"), true)
	case r.has("imports"):
		blk.Kind = ImportsBlock
		blk.Imports = r.plains("imports")
		b.modules(r.n.Get("imports"), false)
	case r.has("reset"):
		blk.Kind = ResetBlock
		blk.Reset = r.names("reset")
	case r.has("require"):
		blk.Kind = RequireBlock
		b.require(r)
	case hasResponse(r):
		blk.Kind = ResponseBlock
		b.response(r)
	default:
		b.noKind(r)
	}
}

// noKind says why nothing can be made of a block.
func (b *builder) noKind(r *reader) {
	b.block.Kind = DeclarationBlock
	for _, k := range r.n.Keys {
		if topKeys[k.Written()] {
			continue
		}
		if near, ok := spelling.Nearest(k.Written(), topKeyList); ok {
			r.get(k.Written())
			b.fixf(k.Pos, "did you mean "+near+"?", "the key %s is not known, and without it the block is of no kind", k.Written())
			return
		}
	}
	for _, d := range directives {
		if r.has(d) {
			b.fixf(r.n.Pos, "add a question to the block", "%s needs a question", d)
			return
		}
	}
	b.fixf(r.n.Pos, "a block needs a key such as question, code, objects or template",
		"no question type could be determined for this section")
}

// modules notes what is to be imported.
func (b *builder) modules(n *Node, star bool) {
	for _, item := range listOf(n) {
		name := strings.TrimSpace(item.Written())
		if strings.HasPrefix(name, ".") {
			name = b.unit.pkg + name
		}
		b.in.Modules = append(b.in.Modules, Module{Name: name, Star: star, Pos: item.Pos})
	}
}

// require reads the legacy pair require and orelse.
func (b *builder) require(r *reader) {
	req := &Require{Conditions: b.exprs(r.set("require"), "require")}
	b.block.Require = req
	n := r.set("orelse")
	if n == nil {
		b.fixf(r.n.Pos, "add orelse", "require needs orelse")
		return
	}
	req.OrElse = b.embedded(n, "orelse")
}

// finishNames decides which of the names found the block is sought for.
func (b *builder) finishNames(r *reader) {
	blk := b.block
	blk.Scan = true
	if n := r.set("scan for variables"); n != nil {
		blk.Scan = n.Truth()
	}
	auto := unique(b.setNames)
	offers := append(append(append([]string{}, blk.Sets...), blk.OnlySets...), blk.Events...)
	if blk.Scan && len(blk.OnlySets) == 0 && blk.Kind != EventCodeBlock {
		offers = append(offers, auto...)
		auto = nil
	}
	blk.Offers = unique(offers)
	blk.iterators = iteratorsIn(blk.Offers)
	for _, name := range auto {
		if !contains(blk.Offers, name) {
			blk.Others = append(blk.Others, name)
		}
	}
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}
