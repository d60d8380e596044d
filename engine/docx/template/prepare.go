package template

import (
	"fmt"
	"regexp"
	"strings"

	"colloquy/engine/jinja"
	"colloquy/engine/python/syntax"
)

// A level is where in a document a tag stands.
type level int

const (
	inText  level = iota // within the text of a run
	inRuns               // between runs
	inBlock              // between paragraphs
	inTable              // between rows or cells
	inAttr               // in an attribute
	plain                // in text that is not of a document
	counter              // no tag: the number of a drawing
)

// A spot is what is known of the place of a tag.
type spot struct {
	level      level
	run, para  string // the properties of the run and the paragraph, as XML
	shut, open string // leave the paragraph and enter another one like it
}

// A host is what a tag took the place of.
type host struct{ run, para string }

// straight makes typographic quotation marks and blanks what Jinja knows.
var straight = map[rune]byte{'“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‘': '\'', '’': '\'', '‚': '\'', '\u00a0': ' ', '\u202f': ' '}

// A preparation reads the tags of one part of a document.
type preparation struct {
	file string
	line int // paragraphs so far
	out  []jinja.Piece
	text strings.Builder
}

// prepare makes pieces of a part. The error is a *syntax.Error whose line is
// the number of the paragraph.
func prepare(file string, root *node) ([]jinja.Piece, error) {
	p := &preparation{file: file}
	var err error
	root.each(func(n *node) bool {
		if n.name == "w:p" && err == nil {
			p.line++
			err = p.paragraph(n)
		}
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	p.merge(root)
	p.line = 0
	p.linear(root, nil)
	p.flush()
	return p.out, nil
}

// A stretch is the text of one w:t among those of a paragraph.
type stretch struct {
	t        *node
	from, to int
}

// texts lists the w:t of a paragraph, without those of paragraphs in it and
// those that were deleted.
func texts(p *node) (list []stretch, whole string) {
	var b strings.Builder
	p.each(func(n *node) bool {
		switch n.name {
		case "w:p":
			return n == p
		case "w:del", "w:moveFrom", "w:instrText":
			return false
		case "w:t":
			from := b.Len()
			for _, k := range n.kids {
				b.WriteString(k.text)
			}
			list = append(list, stretch{n, from, b.Len()})
			return false
		}
		return true
	})
	return list, b.String()
}

// A found tag is a tag in the text of a paragraph: its bytes there, its Jinja
// and the letters behind its brace that say what it replaces.
type foundTag struct {
	from, to int
	text     string
	prefix   string
	drop     bool // a comment, or the ends of {% raw %}
}

var prefixForm = regexp.MustCompile(`^(\{[{%#][-+]?)(p|tr|tc|r)([\s-])`)

// find lists the tags of a text.
func (p *preparation) find(text string) ([]foundTag, error) {
	if !strings.Contains(text, "{") {
		return nil, nil
	}
	var b strings.Builder
	var orig []int
	for i, r := range text {
		if c, ok := straight[r]; ok {
			b.WriteByte(c)
			orig = append(orig, i)
			continue
		}
		n := b.Len()
		b.WriteRune(r)
		for j := range b.Len() - n {
			orig = append(orig, i+j)
		}
	}
	norm := b.String()
	orig = append(orig, len(text))
	var out []foundTag
	raw := false
	for off := 0; ; {
		t, ok, err := jinja.Next(norm, off)
		if err != nil && raw {
			off = t.From + 2
			continue
		}
		if err != nil {
			return nil, p.fail(1+len([]rune(norm[:t.From])), "%s", err.Error()+" in its paragraph: "+around(norm[t.From:]))
		}
		if !ok {
			return out, nil
		}
		f := foundTag{from: orig[t.From], to: orig[t.To], text: norm[t.From:t.To], drop: t.Kind == '#'}
		word := strings.TrimSpace(strings.Trim(f.text, "{%-+}"))
		if raw && (t.Kind != '%' || word != "endraw") {
			off = t.From + 2
			continue
		}
		if t.Kind == '%' && (word == "raw" || word == "endraw") {
			raw, f.drop = word == "raw", true
		}
		if m := prefixForm.FindStringSubmatch(f.text); m != nil {
			f.prefix = m[2]
			f.text = m[1] + f.text[len(m[1])+len(m[2]):]
		}
		out = append(out, f)
		off = t.To
	}
}

// around is the beginning of a text, for messages.
func around(s string) string {
	r := []rune(s)
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func (p *preparation) fail(col int, format string, args ...any) error {
	return &syntax.Error{File: p.file, Pos: syntax.Pos{Line: p.line, Col: col}, Kind: "SyntaxError", Msg: fmt.Sprintf(format, args...)}
}

// paragraph makes the tags of a paragraph nodes of their own.
func (p *preparation) paragraph(n *node) error {
	list, whole := texts(n)
	tags, err := p.find(whole)
	if err != nil {
		return err
	}
	if len(tags) == 0 {
		for _, s := range list {
			literal(s.t, whole[s.from:s.to])
		}
		return nil
	}
	var nodes []*node
	hoists := []foundTag{}
	i := 0
	for _, s := range list {
		s.t.kids = nil
		at := s.from
		for ; i < len(tags) && tags[i].from < s.to; i++ {
			f := tags[i]
			if f.from > at {
				s.t.add(whole[at:f.from])
			}
			at = max(at, f.to)
			if f.drop && f.prefix == "" {
				continue
			}
			tag := &node{tag: &jinja.Piece{Text: f.text, Tag: true, At: syntax.Pos{Line: p.line, Col: 1 + len([]rune(whole[:f.from]))}}, parent: s.t}
			s.t.kids = append(s.t.kids, tag)
			nodes, hoists = append(nodes, tag), append(hoists, f)
		}
		if i > 0 && tags[i-1].to > at {
			at = tags[i-1].to
		}
		if at < s.to {
			s.t.add(whole[max(at, s.from):s.to])
		}
		s.t.set("xml:space", "preserve")
	}
	for _, s := range list {
		prune(s.t)
	}
	return p.hoist(n, nodes, hoists)
}

// add puts text behind what is in a w:t.
func (n *node) add(text string) {
	n.kids = append(n.kids, &node{text: unbrace(text), parent: n})
}

// unbrace writes the braces that authors protect: {_{ for {{.
var unbrace = strings.NewReplacer("{_{", "{{", "}_}", "}}", "{_%", "{%", "%_}", "%}").Replace

// literal is the text of a w:t without tags.
func literal(t *node, text string) {
	if u := unbrace(text); u != text {
		t.kids = []*node{{text: u, parent: t}}
	}
}

// prune takes a w:t without content out, and its run if nothing is left.
func prune(t *node) {
	if len(t.kids) > 0 || t.parent == nil {
		return
	}
	run := t.parent
	t.replace()
	if run.name != "w:r" || run.parent == nil {
		return
	}
	for _, k := range run.kids {
		if k.name != "w:rPr" && (k.name != "" || strings.TrimSpace(k.text) != "") {
			return
		}
	}
	run.replace()
}

// hoist moves tags to where their letters say, and carries out those that are
// about cells.
func (p *preparation) hoist(para *node, tags []*node, found []foundTag) error {
	hosts := map[*node][]*node{} // what replaces an element
	var order []*node
	for i, tag := range tags {
		f := found[i]
		if err := p.cell(tag); err != nil {
			return err
		}
		if f.prefix == "r" {
			splitRun(tag, f.drop)
			continue
		}
		name, ok := map[string]string{"p": "w:p", "tr": "w:tr", "tc": "w:tc"}[f.prefix]
		if !ok {
			continue
		}
		e := tag.above(name)
		if e == nil {
			return p.fail(tag.tag.At.Col, "%s is for a table, and stands in none", f.text)
		}
		if _, seen := hosts[e]; !seen {
			order = append(order, e)
			hosts[e] = nil
		}
		if !f.drop {
			if name == "w:p" {
				tag.tag.Note = host{para: e.child("w:pPr").String(), run: tag.above("w:r").child("w:rPr").String()}
			}
			hosts[e] = append(hosts[e], tag)
		}
	}
	for _, e := range order {
		if e.parent != nil {
			e.replace(hosts[e]...)
		}
	}
	return nil
}

// splitRun puts a tag between the halves of its run.
func splitRun(tag *node, drop bool) {
	t := tag.parent
	run := t.parent
	if run == nil || run.name != "w:r" {
		return
	}
	before, after := &node{name: "w:r", attrs: run.attrs}, &node{name: "w:r", attrs: run.attrs}
	half := before
	for _, k := range run.kids {
		switch {
		case k.name == "w:rPr":
			for _, h := range []*node{before, after} {
				c := *k
				c.parent = h
				h.kids = append(h.kids, &c)
			}
		case k == t:
			for _, x := range t.kids {
				if x == tag {
					half = after
					continue
				}
				if last := len(half.kids) - 1; last < 0 || half.kids[last].name != "w:t" || half == after && half.kids[last].get("split") == "" {
					half.kids = append(half.kids, &node{name: "w:t", attrs: []attr{{name: "xml:space", value: "preserve"}}, parent: half})
				}
				w := half.kids[len(half.kids)-1]
				x.parent = w
				w.kids = append(w.kids, x)
			}
			half = after
		default:
			k.parent = half
			half.kids = append(half.kids, k)
		}
	}
	var parts []*node
	if hasContent(before) {
		parts = append(parts, before)
	}
	if !drop {
		tag.tag.Note = host{run: run.child("w:rPr").String()}
		parts = append(parts, tag)
	}
	if hasContent(after) {
		parts = append(parts, after)
	}
	run.replace(parts...)
}

func hasContent(run *node) bool {
	for _, k := range run.kids {
		if k.name != "w:rPr" {
			return true
		}
	}
	return false
}

// merge joins paragraphs over {%- and -%}: a tag that is the first of its
// paragraph takes it into the one before, one that is the last the next one.
func (p *preparation) merge(root *node) {
	var paras []*node
	root.each(func(n *node) bool {
		if n.name == "w:p" {
			paras = append(paras, n)
		}
		return true
	})
	into := map[*node]*node{}
	home := func(n *node) *node {
		for into[n] != nil {
			n = into[n]
		}
		return n
	}
	for i, n := range paras {
		first, last := ends(n)
		if first != nil && strings.HasPrefix(first.tag.Text[2:], "-") && i > 0 && paras[i-1].parent == n.parent && next(paras[i-1], n) {
			join(home(paras[i-1]), n)
			into[n] = paras[i-1]
		}
		if last != nil && strings.HasSuffix(last.tag.Text[:len(last.tag.Text)-2], "-") && i+1 < len(paras) && next(home(n), paras[i+1]) {
			join(home(n), paras[i+1])
			into[paras[i+1]] = n
		}
	}
}

// ends returns the first and the last content of a paragraph if they are tags.
func ends(p *node) (first, last *node) {
	list, _ := texts(p)
	var kids []*node
	for _, s := range list {
		kids = append(kids, s.t.kids...)
	}
	if len(kids) == 0 {
		return nil, nil
	}
	if kids[0].tag != nil {
		first = kids[0]
	}
	if k := kids[len(kids)-1]; k.tag != nil {
		last = k
	}
	return first, last
}

// next reports whether b follows a with nothing but white space between.
func next(a, b *node) bool {
	if a.parent == nil || a.parent != b.parent {
		return false
	}
	seen := false
	for _, k := range a.parent.kids {
		switch {
		case k == a:
			seen = true
		case k == b:
			return seen
		case seen && (k.name != "" || k.tag != nil):
			return false
		}
	}
	return false
}

// join moves what is in b behind what is in a.
func join(a, b *node) {
	for _, k := range b.kids {
		if k.name != "w:pPr" {
			k.parent = a
			a.kids = append(a.kids, k)
		}
	}
	b.replace()
}
