package interview

import (
	"strings"

	"colloquy/engine/mako"
	"colloquy/engine/packages"
)

// declaration reads what a block declares for the whole interview, and
// reports whether it declares anything.
func (b *builder) declaration(r *reader) bool {
	did := false
	for _, d := range []struct {
		key  string
		read func(*reader, *Node)
	}{
		{"metadata", b.metadata}, {"features", b.features}, {"include", b.includes}, {"images", b.images},
		{"image sets", b.imageSets}, {"def", b.define}, {"interview help", b.interviewHelp},
		{"default screen parts", b.screenParts}, {"default validation messages", b.messages},
		{"default language", b.defaultLanguage}, {"default role", b.defaultRole}, {"translations", b.translations},
		{"order", b.order}, {"on change", b.onChange}, {"sections", b.sections},
		{"attachment options", b.attachmentOptions}, {"machine learning storage", b.storage},
	} {
		if n := r.get(d.key); n != nil {
			did = true
			d.read(r, n)
		}
	}
	if (r.has("terms") || r.has("auto terms")) && !r.has("question") {
		did = true
		b.interviewTerms(r)
	}
	if !did && len(r.n.Keys) == 1 && r.has("comment") {
		return true
	}
	return did
}

// language gives the language a declaration is for.
func (b *builder) language(r *reader) string {
	if lang := r.plain("language"); lang != "" {
		return lang
	}
	return b.unit.language
}

func (b *builder) metadata(r *reader, n *Node) {
	for _, k := range r.n.Keys {
		if k.Str != "metadata" && k.Str != "comment" {
			b.fixf(k.Pos, "move it to a block of its own", "a metadata block can hold nothing else, but holds %s", k.Written())
		}
	}
	if n.Kind != Map {
		b.errorf(n.Pos, "metadata must be a mapping, not %s", n.Kind)
		return
	}
	mergeInto(b.in.Metadata, n)
	if lang := n.Get("default language"); lang != nil && lang.Scalar() {
		b.in.TextLanguage = lang.Written()
	}
}

// mergeInto lets the values of n override those of into, mappings key by key.
func mergeInto(into, n *Node) {
	for i, k := range n.Keys {
		at := -1
		for j, have := range into.Keys {
			if have.key() == k.key() {
				at = j
			}
		}
		v := n.Items[i]
		switch {
		case at < 0 && v.Kind == Map:
			c := &Node{Kind: Map, Pos: v.Pos}
			mergeInto(c, v)
			into.Keys, into.Items = append(into.Keys, k), append(into.Items, c)
		case at < 0:
			into.Keys, into.Items = append(into.Keys, k), append(into.Items, v)
		case v.Kind == Map && into.Items[at].Kind == Map:
			mergeInto(into.Items[at], v)
		default:
			into.Items[at] = v
		}
	}
}

func (b *builder) includes(_ *reader, n *Node) {
	for _, item := range listOf(n) {
		b.include(item)
	}
}

func (b *builder) images(_ *reader, n *Node) { b.imageList(n, "") }

// imageList reads name: file pairs, as a mapping or a list of mappings.
func (b *builder) imageList(n *Node, attribution string) {
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.errorf(item.Pos, "images must be written as name: file")
			continue
		}
		for i, k := range item.Keys {
			v := item.Items[i]
			if ref := b.ref(v, packages.Static); ref != "" {
				b.in.Images[k.Written()] = Image{Ref: ref, Attribution: attribution}
			}
		}
	}
}

func (b *builder) imageSets(_ *reader, n *Node) {
	if n.Kind != Map {
		b.errorf(n.Pos, "image sets must be a mapping of sets, not %s", n.Kind)
		return
	}
	for _, set := range n.Items {
		r := b.read(set, "an image set")
		attribution := r.plain("attribution")
		if images := r.set("images"); images != nil {
			b.imageList(images, attribution)
		} else {
			b.errorf(set.Pos, "an image set needs images")
		}
		r.finish()
	}
}

func (b *builder) define(r *reader, n *Node) {
	text := r.set("mako")
	if text == nil || !text.Scalar() {
		b.fixf(n.Pos, "add mako", "def needs the text of its fragments under mako")
		return
	}
	b.compileText(text)
	src := text.Written()
	b.loader.defs[strings.TrimSpace(n.Written())] = mako.Source{Name: text.Pos.File, Text: src, Place: text.place(src)}
}

func (b *builder) interviewHelp(r *reader, n *Node) {
	lang := b.language(r)
	h := b.help(n)
	if n.Kind == Map && h.Content == nil {
		b.errorf(n.Pos, "interview help needs content")
		return
	}
	b.in.Help[lang] = append(b.in.Help[lang], h)
}

func (b *builder) screenParts(r *reader, n *Node) {
	lang := b.language(r)
	if n.Kind != Map {
		b.errorf(n.Pos, "default screen parts must be a mapping, not %s", n.Kind)
		return
	}
	if b.in.Parts[lang] == nil {
		b.in.Parts[lang] = map[string]*Text{}
	}
	for i, k := range n.Keys {
		if n.Items[i].Kind == Null {
			delete(b.in.Parts[lang], k.Written())
			continue
		}
		b.in.Parts[lang][k.Written()] = b.text(n.Items[i], k.Written())
	}
}

func (b *builder) messages(r *reader, n *Node) {
	lang := b.language(r)
	if n.Kind != Map {
		b.errorf(n.Pos, "default validation messages must be a mapping, not %s", n.Kind)
		return
	}
	if b.in.Messages[lang] == nil {
		b.in.Messages[lang] = map[string]string{}
	}
	for i, k := range n.Keys {
		if !n.Items[i].Scalar() {
			b.errorf(n.Items[i].Pos, "the message %s must be text", k.Written())
			continue
		}
		b.in.Messages[lang][k.Written()] = strings.TrimSpace(n.Items[i].Written())
	}
}

func (b *builder) defaultLanguage(_ *reader, n *Node) {
	if !n.Scalar() || n.Kind == Null {
		b.errorf(n.Pos, "default language must be a language code, not %s", n.Kind)
		return
	}
	b.unit.language = strings.TrimSpace(n.Written())
}

func (b *builder) defaultRole(r *reader, n *Node) {
	b.in.DefaultRoles = b.plains(n, "default role")
	b.block.SetsRole = r.has("code")
}

func (b *builder) order(r *reader, n *Node) {
	for _, k := range []string{"question", "code", "attachment", "template"} {
		b.exclusive(r, "order", k)
	}
	b.orderings = append(b.orderings, b.plains(n, "order"))
}

func (b *builder) onChange(r *reader, n *Node) {
	for _, k := range r.n.Keys {
		if k.Str != "on change" && k.Str != "comment" {
			b.fixf(k.Pos, "move it to a block of its own", "an on change block can hold nothing else, but holds %s", k.Written())
		}
	}
	if n.Kind != Map {
		b.errorf(n.Pos, "on change must be a mapping of variables and code, not %s", n.Kind)
		return
	}
	for i, k := range n.Keys {
		name := b.name(k, "on change")
		code := b.statements(n.Items[i], "on change")
		if name != nil && code != nil {
			b.in.OnChange = append(b.in.OnChange, &Change{Name: name.Text, Code: code})
		}
	}
}

func (b *builder) attachmentOptions(_ *reader, n *Node) {
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.errorf(item.Pos, "attachment options must be a mapping, not %s", item.Kind)
			continue
		}
		r := b.read(item, "attachment options")
		opts := &Node{Kind: Map, Pos: item.Pos}
		for _, k := range layoutKeys {
			if v := r.set(k); v != nil {
				opts.Keys = append(opts.Keys, &Node{Kind: String, Str: k, Pos: r.keyPos(k)})
				opts.Items = append(opts.Items, b.layout(k, v))
			}
		}
		r.finish()
		b.addOptions(opts)
	}
}

// addOptions merges layout settings: additional yaml piles up, metadata is
// merged key by key, anything else is replaced.
func (b *builder) addOptions(opts *Node) {
	if old, more := b.in.Options.Get("additional yaml"), opts.Get("additional yaml"); old != nil && more != nil {
		more.Items = append(append([]*Node{}, old.Items...), more.Items...)
	}
	mergeInto(b.in.Options, opts)
}

func (b *builder) storage(_ *reader, n *Node) {
	ref := b.ref(n, packages.Sources)
	if ref != "" && !strings.HasSuffix(ref, ".json") {
		b.errorf(n.Pos, "machine learning storage must name a file that ends in .json")
		return
	}
	b.in.Storage = ref
}

func (b *builder) interviewTerms(r *reader) {
	lang := b.language(r)
	b.in.Terms[lang] = append(b.in.Terms[lang], b.terms(r.get("terms"), false)...)
	b.in.AutoTerms[lang] = append(b.in.AutoTerms[lang], b.terms(r.get("auto terms"), false)...)
}

// terms reads phrases and their explanations in any of their three forms.
// Those of a question may be templates.
func (b *builder) terms(n *Node, templates bool) []Term {
	var out []Term
	add := func(phrase, def *Node) {
		if !phrase.Scalar() || !def.Scalar() {
			b.errorf(def.Pos, "a term and its definition must be text")
			return
		}
		t := verbatim(def)
		if templates {
			t = b.compileText(def)
		}
		out = append(out, Term{Phrase: strings.ToLower(strings.TrimSpace(phrase.Written())), Definition: t, Pos: phrase.Pos})
	}
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.errorf(item.Pos, "terms must be written as phrase: definition")
			continue
		}
		if phrases, def := item.Get("phrases"), item.Get("definition"); phrases != nil && def != nil {
			for _, p := range listOf(phrases) {
				add(p, def)
			}
			continue
		}
		for i, k := range item.Keys {
			add(k, item.Items[i])
		}
	}
	return out
}
