package interview

import (
	"strings"
)

// A reader takes the settings out of one mapping and knows what was left.
type reader struct {
	b     *builder
	n     *Node
	what  string // for messages: "a field"
	used  []bool
	asked []string
}

// read begins to take settings out of n; any other value is reported and
// counts as an empty mapping.
func (b *builder) read(n *Node, what string) *reader {
	if n.Kind != Map {
		b.errorf(n.Pos, "%s must be a mapping of settings, not %s", what, n.Kind)
		n = &Node{Kind: Map, Pos: n.Pos}
	}
	return &reader{b: b, n: n, what: what, used: make([]bool, len(n.Keys))}
}

// get gives the value of a setting, nil if it is missing.
func (r *reader) get(key string) *Node {
	r.asked = append(r.asked, key)
	for i, k := range r.n.Keys {
		if k.Kind == String && k.Str == key {
			r.used[i] = true
			return r.n.Items[i]
		}
	}
	return nil
}

// has reports whether the setting is written, without taking it.
func (r *reader) has(key string) bool { return r.n.Get(key) != nil }

// set gives the value of a setting that is neither missing nor null.
func (r *reader) set(key string) *Node {
	n := r.get(key)
	if n != nil && n.Kind == Null {
		return nil
	}
	return n
}

func (r *reader) text(key string) *Text { return r.b.text(r.set(key), key) }

func (r *reader) expr(key string) *Code { return r.b.expr(r.set(key), key) }

func (r *reader) cond(key string) Cond { return r.b.cond(r.get(key), key) }

func (r *reader) condOr(key string, otherwise bool) Cond {
	c := r.b.cond(r.get(key), key)
	if !c.Set {
		c.Value = otherwise
	}
	return c
}

// plain gives a setting that is text as it stands.
func (r *reader) plain(key string) string {
	n := r.set(key)
	if n == nil {
		return ""
	}
	if !n.Scalar() {
		r.b.errorf(n.Pos, "%s must be text, not %s", key, n.Kind)
		return ""
	}
	return strings.TrimSpace(n.Written())
}

// flag gives a setting that must be a plain yes or no.
func (r *reader) flag(key string) bool {
	n := r.set(key)
	if n == nil {
		return false
	}
	if n.Kind != Bool {
		r.b.fixf(n.Pos, "write True or False", "%s must be True or False, not %s", key, n.Kind)
		return false
	}
	return n.Bool
}

// plains gives a setting that is one text or a list of them.
func (r *reader) plains(key string) []string { return r.b.plains(r.set(key), key) }

// names gives a setting that is one variable name or a list of them.
func (r *reader) names(key string) []string { return r.b.names(r.set(key), key) }

// name gives a setting that is a variable name.
func (r *reader) name(key string) *Name { return r.b.name(r.set(key), key) }

// rest gives the settings nobody took, and counts them as taken.
func (r *reader) rest() (keys, values []*Node) {
	for i, used := range r.used {
		if !used {
			r.used[i] = true
			keys, values = append(keys, r.n.Keys[i]), append(values, r.n.Items[i])
		}
	}
	return keys, values
}

// finish warns of settings nobody took.
func (r *reader) finish() {
	keys, _ := r.rest()
	for _, k := range keys {
		r.b.unknown(k.Pos, k.Written(), r.asked, "%s has no setting %s", r.what, k.Written())
	}
}

// text compiles a value as words; nil stays nil.
func (b *builder) text(n *Node, what string) *Text {
	if n == nil {
		return nil
	}
	if !n.Scalar() {
		b.errorf(n.Pos, "%s must be text, not %s", what, n.Kind)
		return nil
	}
	return b.compileText(n)
}

// texts compiles one text or a list of them.
func (b *builder) texts(n *Node, what string) []*Text {
	var out []*Text
	for _, item := range listOf(n) {
		if t := b.text(item, what); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// expr compiles a value as an expression; nil stays nil.
func (b *builder) expr(n *Node, what string) *Code {
	if n == nil {
		return nil
	}
	if !n.Scalar() || n.Kind == Null {
		b.errorf(n.Pos, "%s must be a Python expression, not %s", what, n.Kind)
		return nil
	}
	return b.compileExpr(n)
}

// exprs compiles one expression or a list of them.
func (b *builder) exprs(n *Node, what string) []*Code {
	var out []*Code
	for _, item := range listOf(n) {
		if c := b.expr(item, what); c != nil {
			out = append(out, c)
		}
	}
	return out
}

// statements compiles a value as statements; nil stays nil.
func (b *builder) statements(n *Node, what string) *Code {
	if n == nil {
		return nil
	}
	if n.Kind != String {
		b.errorf(n.Pos, "%s must be Python code, not %s", what, n.Kind)
		return nil
	}
	return b.compileStatements(n)
}

// cond reads a yes or no that may be an expression.
func (b *builder) cond(n *Node, what string) Cond {
	switch {
	case n == nil:
		return Cond{}
	case n.Kind == Null:
		return Cond{Set: true, Null: true}
	case n.Kind == String:
		return Cond{Set: true, Code: b.compileExpr(n)}
	case n.Scalar():
		return Cond{Set: true, Value: n.Truth()}
	default:
		b.errorf(n.Pos, "%s must be True, False or a Python expression, not %s", what, n.Kind)
		return Cond{}
	}
}

// plains reads one text or a list of them.
func (b *builder) plains(n *Node, what string) []string {
	var out []string
	for _, item := range listOf(n) {
		if !item.Scalar() {
			b.errorf(item.Pos, "%s must be text or a list of texts", what)
			continue
		}
		out = append(out, strings.TrimSpace(item.Written()))
	}
	return out
}

// listOf gives the items of a list, and any other value as a list of one.
func listOf(n *Node) []*Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == List:
		return n.Items
	default:
		return []*Node{n}
	}
}

// templated gives the tree with every text compiled as words.
func (b *builder) templated(n *Node) *Node {
	if n == nil {
		return nil
	}
	return b.compiled(n, func(s *Node) { s.Text = b.compileText(s) })
}

// computed gives the tree with every text compiled as an expression.
func (b *builder) computed(n *Node) *Node {
	return b.compiled(n, func(s *Node) { s.Code = b.compileExpr(s) })
}

func (b *builder) compiled(n *Node, compile func(*Node)) *Node {
	c := *n
	if c.Kind == String {
		compile(&c)
	}
	c.Items = nil
	for _, item := range n.Items {
		c.Items = append(c.Items, b.compiled(item, compile))
	}
	return &c
}
