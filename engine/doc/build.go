package doc

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
)

// A state is what spacing tags and metadata switch.
type state struct {
	pitch  float64
	gap    bool // an empty line after each paragraph
	indent bool // the first line of each is indented
}

// A frame is what the blocks being built stand in.
type frame struct {
	state
	left, right float64 // indents
	align       Align
	role        Role
	inCell      bool // of a table or a band: lists begin at its edge
	inItem      bool
	bold        bool
	listDepth   int
	numberDepth int
}

// A looks is what paragraph tags say about the paragraphs they begin.
type looks struct {
	to                     Align
	aligned, noIndent      bool
	border, indented, bold bool
	byLeft, byRight        float64
}

// A region is a pair of columns that is open.
type region struct {
	line bool
	end  string
	cols [2][]Block
	side int
	kept frame
}

// A note is a footnote and the source that it is in.
type note struct {
	node *noteNode
	src  []byte
	open bool // being built: it cannot contain itself
}

// A builder turns a tree of Markdown into the blocks of a document.
type builder struct {
	doc   *Document
	opts  Options
	guard guard
	set   settings
	src   []byte
	refs  []parser.Reference
	notes map[string]*note
	media map[string]*Media
	ids   map[string]int

	frame
	looks
	indentBy          float64
	hanging, numbered bool
	counts            [6]int // of headings
	depth             int

	out     []Block
	regions []region
	para    *Paragraph
	style   Style // of the text being built
	link    string
	html    map[string]int // HTML styles that are open in the paragraph
}

func (b *builder) warn(n ast.Node, text string) {
	line := 0
	if n != nil && n.Pos() >= 0 && n.Pos() <= len(b.src) {
		line = 1 + strings.Count(string(b.src[:n.Pos()]), "\n")
	}
	b.doc.Warnings = append(b.doc.Warnings, Warning{Line: line, Text: text})
}

// collect returns the blocks that f builds.
func (b *builder) collect(f func()) []Block {
	out, para, regions, lk, html := b.out, b.para, b.regions, b.looks, b.html
	style, link := b.style, b.link
	b.out, b.para, b.regions, b.looks, b.html, b.style, b.link = nil, nil, nil, looks{}, nil, Style{}, ""
	f()
	b.finish()
	for len(b.regions) > 0 {
		b.warn(nil, "["+b.regions[len(b.regions)-1].end+"] is missing")
		b.endRegion()
	}
	made := b.out
	b.out, b.para, b.regions, b.looks, b.html, b.style, b.link = out, para, regions, lk, html, style, link
	return made
}

func (b *builder) put(bl Block) { b.out = append(b.out, bl) }

// blocks builds the children of a node.
func (b *builder) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n)
	}
}

func (b *builder) block(n ast.Node) {
	if b.depth >= maxDepth {
		return
	}
	b.depth++
	defer func() { b.depth-- }()
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		b.paragraph(n)
	case *ast.Heading:
		b.heading(n)
	case *listNode:
		b.list(n)
	case *ast.Blockquote:
		b.quote(n)
	case *ast.FencedCodeBlock:
		b.code(n)
	case *ast.CodeBlock:
		b.code(n)
	case *ast.ThematicBreak:
		b.put(&Rule{})
	case *east.Table:
		b.put(b.table(n))
	case *rawTable:
		b.put(b.rawTable(n))
	case *lineBlock:
		b.lineBlock(n)
	case *east.DefinitionList:
		b.definitions(n)
	case *noteNode, *ast.HTMLBlock, *ast.LinkReferenceDefinition:
	default:
		b.blocks(n)
	}
}

// paragraph builds a paragraph of the source, which tags may part in several.
func (b *builder) paragraph(n ast.Node) {
	if b.caption(n) {
		return
	}
	b.inlineBlock(n)
}

// inlineBlock builds the inlines of a node as paragraphs.
func (b *builder) inlineBlock(n ast.Node) {
	b.looks, b.html = looks{}, nil
	b.inlines(n, Style{}, "")
	b.finish()
	b.looks = looks{}
}

// caption takes a paragraph that captions the table beside it.
func (b *builder) caption(n ast.Node) bool {
	lines := n.Lines()
	if lines.Len() == 0 {
		return false
	}
	first := lines.At(0)
	s := string(first.Value(b.src))
	skip := 0
	for _, start := range []string{"Table:", "table:", ": "} {
		if strings.HasPrefix(s, start) {
			skip = len(start)
		}
	}
	if skip == 0 {
		return false
	}
	if t, ok := b.lastBlock().(*Table); ok && t.Caption == nil {
		t.Caption = b.captionText(n)
		return true
	}
	switch next := n.NextSibling().(type) {
	case *east.Table, *rawTable:
		p := b.captionText(n)
		b.block(next)
		if t, ok := b.lastBlock().(*Table); ok {
			t.Caption = p
		}
		n.Parent().RemoveChild(n.Parent(), next)
		return true
	}
	return false
}

func (b *builder) lastBlock() Block {
	if len(b.out) == 0 || b.para != nil {
		return nil
	}
	return b.out[len(b.out)-1]
}

func (b *builder) captionText(n ast.Node) *Paragraph {
	var content []Inline
	for _, bl := range b.collect(func() { b.inlineBlock(n) }) {
		if p, ok := bl.(*Paragraph); ok {
			content = append(content, p.Content...)
		}
	}
	if len(content) > 0 {
		if t, ok := content[0].(*Text); ok {
			_, rest, _ := strings.Cut(t.Text, ":")
			t.Text = strings.TrimLeft(rest, " ")
		}
	}
	return &Paragraph{Role: Caption, Content: content, Look: Look{Pitch: 1, Left: b.left, Before: 4, After: b.doc.Page.Size, KeepTogether: true}}
}

// begin opens a paragraph unless one is open.
func (b *builder) begin() {
	if b.para == nil {
		b.para = &Paragraph{Role: b.role, Look: b.look()}
	}
}

// look is how a paragraph looks that begins now.
func (b *builder) look() Look {
	size := b.doc.Page.Size
	l := Look{Align: b.frame.align, Left: b.frame.left, Right: b.frame.right, Pitch: b.pitch}
	if b.indent && !b.inItem && !b.inCell {
		l.First = b.indentBy
	}
	if b.gap {
		l.After = size
	}
	t := b.looks
	if t.aligned {
		l.Align, l.First, l.Pitch = t.to, 0, 1
		if b.gap || b.indent || b.pitch > 1 {
			l.After = size
		}
	}
	if t.noIndent {
		l.First = 0
	}
	if t.indented {
		l.Left, l.Right, l.First = l.Left+t.byLeft, l.Right+t.byRight, 0
	}
	l.Border = t.border
	return l
}

// add puts an inline into the paragraph being built.
func (b *builder) add(i Inline) {
	b.begin()
	b.para.Content = append(b.para.Content, i)
}

// text adds text that may hold what people typed.
func (b *builder) text(s string, st Style, link string) {
	if b.guard.holds(s) {
		for _, r := range s {
			if i := b.guard.index(r); i >= 0 {
				b.typed(b.guard.typed[i], st, link)
			} else {
				b.run(string(r), st, link)
			}
		}
		return
	}
	b.run(s, st, link)
}

// typed adds what people typed, with their line ends.
func (b *builder) typed(s string, st Style, link string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.add(&Break{})
		}
		for j, part := range strings.Split(line, "\t") {
			if j > 0 {
				b.add(&Tab{})
			}
			b.run(part, st, link)
		}
	}
}

// run adds text of one style, joined to the text before it if that is alike.
func (b *builder) run(s string, st Style, link string) {
	if s == "" {
		return
	}
	st = st.with(b.htmlStyle())
	st.Bold = st.Bold || b.frame.bold || b.looks.bold
	b.begin()
	if n := len(b.para.Content); n > 0 {
		if _, fresh := b.para.Content[n-1].(*Break); fresh {
			if s = strings.TrimLeft(s, " "); s == "" {
				return
			}
		}
		if t, ok := b.para.Content[n-1].(*Text); ok && t.Style == st && t.Link == link {
			t.Text += s
			return
		}
	}
	b.add(&Text{Text: s, Style: st, Link: link})
}

// finish puts the paragraph being built, if it has anything to show.
func (b *builder) finish() {
	p := b.para
	b.para = nil
	if p == nil {
		return
	}
	if p.Content = trimmed(p.Content); len(p.Content) > 0 {
		b.put(p)
	}
}

// trimmed takes off blanks and line ends at both ends of a paragraph.
func trimmed(in []Inline) []Inline {
	for len(in) > 0 && empty(in[0], strings.TrimLeft) {
		in = in[1:]
	}
	for len(in) > 0 && empty(in[len(in)-1], strings.TrimRight) {
		in = in[:len(in)-1]
	}
	return in
}

func empty(i Inline, cut func(string, string) string) bool {
	switch i := i.(type) {
	case *Break:
		return true
	case *Text:
		i.Text = cut(i.Text, " ")
		return i.Text == ""
	}
	return false
}

// headingFigures are the numbers of headings by level.
var headingFigures = [6]Numbering{UpperRoman, UpperAlpha, Decimal, LowerAlpha, LowerRoman, Decimal}

func (b *builder) heading(n *ast.Heading) {
	size := b.doc.Page.Size
	h := &Heading{Level: n.Level, Look: Look{Pitch: 1, Before: size, After: size, KeepNext: true, KeepTogether: true, Left: b.frame.left}}
	if b.gap {
		h.Look.Before = size / 2
	}
	class, _ := n.AttributeString("class")
	dashed := b.dashed(n)
	if b.numbered && !b.inCell && !dashed && !hasClass(class, "unnumbered") {
		b.counts[n.Level-1]++
		clear(b.counts[n.Level:])
		h.Number = headingFigures[n.Level-1].Figure(b.counts[n.Level-1]) + "."
		h.Look.Left += float64(n.Level) * inch / 2
		h.Look.First = -inch / 2
	}
	kept := b.frame
	b.frame.bold, b.frame.inItem = true, true
	blocks := b.collect(func() { b.inlineBlock(n) })
	b.frame = kept
	for _, bl := range blocks {
		p, ok := bl.(*Paragraph)
		if !ok {
			b.put(bl)
			continue
		}
		if len(h.Content) > 0 {
			h.Content = append(h.Content, &Break{})
		}
		h.Content = append(h.Content, p.Content...)
		if last, ok := p.Content[len(p.Content)-1].(*Text); ok && dashed {
			last.Text = strings.TrimRight(strings.TrimSuffix(last.Text, "{-}"), " ")
		}
		if p.Look.Align != Left {
			h.Look.Align = p.Look.Align
		}
	}
	if len(h.Content) == 0 {
		return
	}
	id, _ := n.AttributeString("id")
	h.ID = b.uniqueID(attributeText(id), plain(h.Content))
	b.put(h)
}

// dashed says whether a heading ends with {-}, which leaves its number out.
func (b *builder) dashed(n ast.Node) bool {
	if n.Lines().Len() == 0 {
		return false
	}
	seg := n.Lines().At(n.Lines().Len() - 1)
	return strings.HasSuffix(trim(string(seg.Value(b.src))), "{-}")
}

func hasClass(v any, name string) bool {
	for _, c := range strings.Fields(attributeText(v)) {
		if c == name || c == "-" {
			return true
		}
	}
	return false
}

func attributeText(v any) string {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case string:
		return v
	}
	return ""
}

// uniqueID is the id, or one made of the text, with a number if it was given
// before.
func (b *builder) uniqueID(id, text string) string {
	if id == "" {
		id = strings.Trim(strings.Map(func(r rune) rune {
			switch {
			case r == ' ' || r == '-':
				return '-'
			case r == '_' || r == '.' || isWord(r):
				return r
			}
			return -1
		}, strings.ToLower(text)), "-.")
	}
	if id == "" {
		id = "section"
	}
	n := b.ids[id]
	b.ids[id]++
	if n > 0 {
		return b.uniqueID(fmt.Sprintf("%s-%d", id, n), "")
	}
	return id
}

// list builds a list. Numbered items have their number half an inch in and
// wrap to the margin, as pleadings do, unless metadata HangingIndent says that
// they hang.
func (b *builder) list(n *listNode) {
	l := &List{Numbering: n.numbering, Delimiter: n.delimiter, Start: n.start, Depth: b.listDepth}
	label, text, wrap := b.itemColumns(n)
	l.TextAt = text
	tight := n.tight()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		kept := b.frame
		b.frame.inItem, b.frame.left = true, wrap
		b.frame.listDepth++
		if n.numbering != Bullets {
			b.frame.numberDepth++
		}
		if tight {
			b.frame.gap = false
		}
		blocks := b.collect(func() { b.blocks(c) })
		b.frame = kept
		l.Items = append(l.Items, Item{Blocks: itemBlocks(blocks, Look{Pitch: b.pitch, Left: wrap}, label, text)})
	}
	if last := len(l.Items) - 1; last >= 0 && tight && b.gap {
		spaceAfter(l.Items[last].Blocks, b.doc.Page.Size)
	}
	b.put(l)
}

// itemColumns says where the label, the text and further lines of items begin.
func (b *builder) itemColumns(n *listNode) (label, text, wrap float64) {
	left := b.frame.left
	switch {
	case n.numbering == Bullets && b.inCell:
		return left, left + 14, left + 14
	case n.numbering == Bullets && b.listDepth == 0:
		return left + inch/2, left + inch*3/4, left + inch*3/4
	case n.numbering == Bullets:
		return left, left + inch/4, left + inch/4
	case b.inCell:
		return left, left + 20, left + 20
	case b.hanging:
		return left, left + inch/2, left + inch/2
	case b.numberDepth > 0:
		return left + inch, left + inch*3/2, left + inch/2
	default:
		return left + inch/2, left + inch, left
	}
}

// itemBlocks makes sure that an item begins with a paragraph, and lets its
// first line begin at the label and the first lines of the others at the text.
func itemBlocks(blocks []Block, look Look, label, text float64) []Block {
	if len(blocks) == 0 {
		return []Block{&Paragraph{Look: labelled(look, label)}}
	}
	if _, ok := blocks[0].(*Paragraph); !ok {
		blocks = append([]Block{&Paragraph{Look: labelled(look, label)}}, blocks...)
	}
	for i, bl := range blocks {
		if p, ok := bl.(*Paragraph); ok {
			if i == 0 {
				p.Look = labelled(p.Look, label)
			} else if p.Look.Left < text {
				p.Look.First = text - p.Look.Left
			}
		}
	}
	return blocks
}

func labelled(l Look, label float64) Look {
	l.First, l.Align = label-l.Left, Left
	return l
}

// spaceAfter gives the last paragraph of blocks the space that follows them.
func spaceAfter(blocks []Block, space float64) {
	switch last := blocks[len(blocks)-1].(type) {
	case *Paragraph:
		last.Look.After = max(last.Look.After, space)
	case *List:
		spaceAfter(last.Items[len(last.Items)-1].Blocks, space)
	}
}

func (b *builder) quote(n ast.Node) {
	kept := b.frame
	b.frame.left += inch / 2
	b.frame.right += inch / 2
	b.frame.indent, b.frame.pitch, b.frame.gap = false, 1, !b.inCell
	blocks := b.collect(func() { b.blocks(n) })
	b.frame = kept
	if len(blocks) > 0 {
		b.put(&Quote{Blocks: blocks})
	}
}

func (b *builder) code(n ast.Node) {
	var s strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		s.Write(seg.Value(b.src))
	}
	b.put(&Code{Text: b.guard.reveal(strings.TrimRight(s.String(), "\n")), Left: b.frame.left})
}

// definitions builds a list of terms.
func (b *builder) definitions(n ast.Node) {
	d := &Definitions{}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == east.KindDefinitionTerm {
			if k := len(d.Entries); k == 0 || len(d.Entries[k-1].Bodies) > 0 {
				d.Entries = append(d.Entries, Definition{})
			}
			e := &d.Entries[len(d.Entries)-1]
			e.Terms = append(e.Terms, b.terms(c)...)
			continue
		}
		if len(d.Entries) == 0 {
			continue
		}
		kept := b.frame
		b.frame.left += inch / 2
		b.frame.inItem = true
		body := b.collect(func() { b.blocks(c) })
		b.frame = kept
		e := &d.Entries[len(d.Entries)-1]
		e.Bodies = append(e.Bodies, body)
	}
	b.put(d)
}

func (b *builder) terms(n ast.Node) []*Paragraph {
	kept := b.frame
	b.frame.bold, b.frame.role, b.frame.gap, b.frame.inItem = true, Term, false, true
	blocks := b.collect(func() { b.inlineBlock(n) })
	b.frame = kept
	var out []*Paragraph
	for _, bl := range blocks {
		if p, ok := bl.(*Paragraph); ok {
			p.Look.KeepNext = true
			out = append(out, p)
		}
	}
	return out
}
