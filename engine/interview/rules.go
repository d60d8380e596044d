package interview

import "strings"

// directives are the keys that decide what a question takes from the user.
var directives = []string{
	"yesno", "noyes", "yesnomaybe", "noyesmaybe", "fields", "buttons", "choices", "dropdown", "combobox", "signature", "review",
}

// rules checks which keys may stand together.
func (b *builder) rules(r *reader) {
	b.oneDirective(r)
	b.exclusive(r, "question", "code")
	b.exclusive(r, "mandatory", "initial")
	for _, k := range []string{"field", "fields", "yesno", "noyes"} {
		b.exclusive(r, "event", k)
	}
	b.only(r, "mandatory", "question", "code", "objects", "attachment", "attachments", "attachment code", "data", "data from code",
		"objects from file", "response")
	b.only(r, "initial", "code")
	b.only(r, "section", "question")
	b.only(r, "skip undefined", "review")
	b.only(r, "resume button label", "review")
	b.only(r, "list collect", "fields")
	b.only(r, "required", "signature")
	for _, k := range []string{"yesno", "noyes", "yesnomaybe", "noyesmaybe", "buttons"} {
		b.exclusive(r, "continue button label", k)
	}
	if r.has("review") && r.has("mandatory") && !r.has("continue button field") && !r.has("field") && r.n.Get("mandatory").Truth() {
		b.fixf(r.n.Get("mandatory").Pos, "add continue button field",
			"a review can only be mandatory with a continue button field; without one it never ends")
	}
	if r.has("orelse") {
		b.only(r, "orelse", "require")
	}
}

// oneDirective checks that a question takes its answer in one way only.
func (b *builder) oneDirective(r *reader) {
	first := ""
	for _, k := range r.n.Keys {
		if !contains(directives, k.Str) || k.Kind != String {
			continue
		}
		if first != "" {
			b.fixf(k.Pos, "split the block in two", "a question cannot have both %s and %s", first, k.Str)
			return
		}
		first = k.Str
	}
}

// exclusive reports two keys that may not stand together.
func (b *builder) exclusive(r *reader, one, other string) {
	if n := r.keyPos(other); r.has(one) && r.has(other) {
		b.errorf(n, "%s and %s cannot stand in the same block", one, other)
	}
}

// only reports a key that stands without any of those that give it a meaning.
func (b *builder) only(r *reader, key string, with ...string) {
	if !r.has(key) {
		return
	}
	for _, w := range with {
		if r.has(w) {
			return
		}
	}
	b.errorf(r.keyPos(key), "%s can only be used with %s", key, orList(with))
}

// keyPos gives the place of a key.
func (r *reader) keyPos(key string) Pos {
	for _, k := range r.n.Keys {
		if k.Kind == String && k.Str == key {
			return k.Pos
		}
	}
	return r.n.Pos
}

func orList(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
