package pdf

import (
	"strconv"
	"strings"

	"colloquy/engine/doc"
)

// A strip is a piece of a page as wide as its frame that stays whole.
type strip struct {
	height float64
	base   float64 // of the base line, from the top
	lines  []placed
	parts  []part // strips beside each other: columns, cells of a row
	border border
	keep   bool // on the page of the next strip
	space  bool // nothing to see: dropped at the top of a page
	page   bool // a page begins here
	notes  []*note
	marks  []*mark
	head   *head   // the table that it is a row of
	above  float64 // a rule above it, that wide; rules of tables
	below  float64
	rule   bool    // a rule across the middle
	x      float64 // where rules begin
	width  float64 // how long they are
	toc    *doc.Heading
}

// A placed line stands somewhere in a strip.
type placed struct {
	line line
	x    float64
}

// A part of a strip is a flow beside others.
type part struct {
	x, y  float64
	width float64
	flow  []strip
	line  bool // a line stands to its left
	el    *element
}

// A border is where a strip is boxed.
type border struct{ sides, top, bottom bool }

// A head is the rows that stand above the rows of a table on every page.
type head struct{ rows []strip }

// A mark is a place that links and the contents point to.
type mark struct {
	page int // from 0; -1 until it is known
	y    float64
}

// A note is a footnote.
type note struct {
	number int
	flow   []strip
}

// A layout turns blocks into strips.
type layout struct {
	doc      *doc.Document
	fonts    fonts
	warn     func(string)
	missing  map[rune]bool
	script   string // that cannot be set
	width    float64
	notes    int
	section  string // the number of the heading before
	headings map[*doc.Heading]*mark
	marks    map[string]*mark
	pending  []*mark
	root     *element
	element  *element // that what is laid out belongs to
	lastLink *element
	lastTo   string
}

// mark returns the mark of an ID.
func (l *layout) mark(id string) *mark {
	m := l.marks[id]
	if m == nil {
		m = &mark{page: -1}
		l.marks[id] = m
	}
	return m
}

// within lays out what f does as part of an element of the structure.
func (l *layout) within(kind string, f func()) {
	kept := l.element
	l.element = kept.child(kind)
	f()
	l.element = kept
}

// blocks lays blocks out in a frame of a width.
func (l *layout) blocks(blocks []doc.Block, width float64) []strip {
	kept := l.width
	l.width = width
	var out []strip
	for i, b := range blocks {
		next := false
		if p, ok := b.(*doc.Paragraph); ok && p.Look.Border && i+1 < len(blocks) {
			n, ok := blocks[i+1].(*doc.Paragraph)
			next = ok && n.Look.Border
		}
		before := false
		if i > 0 {
			p, ok := blocks[i-1].(*doc.Paragraph)
			before = ok && p.Look.Border
		}
		out = append(out, l.block(b, before, next)...)
	}
	l.width = kept
	return out
}

// block lays a block out; boxedBefore and boxedNext say whether its neighbours
// are boxed, so that one box holds them.
func (l *layout) block(b doc.Block, boxedBefore, boxedNext bool) (out []strip) {
	switch b := b.(type) {
	case *doc.Paragraph:
		l.within(roleTag(b), func() { out = l.paragraph(b, nil, 0) })
		if b.Look.Border {
			out = boxed(out, boxedBefore, boxedNext, b.Look, l.width)
		}
	case *doc.Heading:
		out = l.heading(b)
	case *doc.List:
		out = l.list(b)
	case *doc.Definitions:
		out = l.definitions(b)
	case *doc.Table:
		l.within("Table", func() { out = l.table(b) })
	case *doc.Columns:
		out = l.columns(b)
	case *doc.Quote:
		l.within("BlockQuote", func() { out = l.blocks(b.Blocks, l.width) })
	case *doc.Code:
		l.within("P", func() { out = l.code(b) })
	case *doc.Rule:
		size := l.doc.Page.Size
		out = []strip{{height: size * 1.5, rule: true, width: l.width}}
	case *doc.Space:
		out = []strip{{height: b.Height}}
	case *doc.PageBreak:
		out = []strip{{page: true}}
	case *doc.Contents:
		l.within("TOC", func() { out = l.contents(b) })
	}
	return out
}

func roleTag(p *doc.Paragraph) string {
	if p.Role == doc.Title {
		return "Title"
	}
	return "P"
}

// paragraph lays a paragraph out; a label may stand before its first line,
// whose text begins at textAt then.
func (l *layout) paragraph(p *doc.Paragraph, label []item, textAt float64) []strip {
	items := l.items(p.Content, p.Look.FontSize(l.doc.Page))
	if label != nil {
		items = append(append(label, item{kind: tabTo, at: textAt, size: l.doc.Page.Size}), items...)
	}
	return l.set(items, p.Look)
}

// set sets items as the lines of a paragraph.
func (l *layout) set(items []item, look doc.Look) []strip {
	size, leading := look.FontSize(l.doc.Page), look.Leading(l.doc.Page)
	m := measure{first: look.Left + look.First, rest: look.Left, end: max(l.width-look.Right, min(l.width, look.Left+72), look.Left+size)}
	if look.Align != doc.Left {
		m.first = m.rest
	}
	var out []strip
	if look.Before > 0 {
		out = append(out, strip{height: look.Before, space: true, keep: true})
	}
	all := m.lines(items)
	for i, ln := range all {
		s := strip{height: leading, lines: []placed{{ln, 0}}}
		room := m.end - m.rest - ln.width
		if i == 0 {
			room = m.end - m.first - ln.width
		}
		if !ln.full && room > 0 {
			switch look.Align {
			case doc.Center:
				s.lines[0].x = room / 2
			case doc.Right:
				s.lines[0].x = room
			}
		}
		l.fitLine(&s, ln, size, leading)
		last := i == len(all)-1
		s.keep = !last && (look.KeepTogether || i == 0 || i == len(all)-2) || look.KeepNext
		if i == 0 {
			s.marks, l.pending = l.pending, nil
		}
		out = append(out, s)
	}
	if look.After > 0 {
		out = append(out, strip{height: look.After, space: true, keep: look.KeepNext})
	}
	return out
}

// fitLine gives a strip the height its line needs and gathers its notes.
func (l *layout) fitLine(s *strip, ln line, size, leading float64) {
	f := l.fonts.text[regular]
	s.base = (leading-(f.ascent+f.descent)*size)/2 + f.ascent*size
	for _, it := range ln.items {
		if it.note != nil {
			s.notes = append(s.notes, it.note)
		}
		if img, ok := it.what.(*doc.Image); ok && !img.Icon {
			if over := img.Height - s.base; over > 0 {
				s.base += over + 2
				s.height += over + 2
			}
		}
	}
}

func (l *layout) heading(h *doc.Heading) (out []strip) {
	m := &mark{page: -1}
	if h.ID != "" {
		m = l.mark(h.ID)
	}
	l.headings[h] = m
	if h.Number != "" {
		l.section = h.Number
	}
	l.within("H"+strconv.Itoa(h.Level), func() {
		size := h.Look.FontSize(l.doc.Page)
		items := l.items(h.Content, size)
		if h.Number != "" && h.Look.Align == doc.Left {
			label := l.textItems(nil, &doc.Text{Text: h.Number, Style: doc.Style{Bold: true}}, size)
			items = append(append(label, item{kind: tabTo, at: h.Look.Left, size: size}), items...)
		} else if h.Number != "" {
			items = append(l.textItems(nil, &doc.Text{Text: h.Number + " ", Style: doc.Style{Bold: true}}, size), items...)
		}
		l.pending = append(l.pending, m)
		out = l.set(items, h.Look)
	})
	return out
}

func (l *layout) list(b *doc.List) (out []strip) {
	l.within("L", func() {
		for i, it := range b.Items {
			l.within("LI", func() { out = append(out, l.item(b, i, it)...) })
		}
	})
	return out
}

func (l *layout) item(b *doc.List, i int, it doc.Item) (out []strip) {
	first, ok := it.Blocks[0].(*doc.Paragraph)
	if !ok {
		return l.blocks(it.Blocks, l.width)
	}
	var label []item
	l.within("Lbl", func() {
		label = l.textItems(nil, &doc.Text{Text: b.Label(i)}, first.Look.FontSize(l.doc.Page))
	})
	l.within("LBody", func() {
		l.within("P", func() { out = l.paragraph(first, label, b.TextAt) })
		out = append(out, l.blocks(it.Blocks[1:], l.width)...)
	})
	return out
}

func (l *layout) definitions(b *doc.Definitions) (out []strip) {
	l.within("L", func() {
		for _, e := range b.Entries {
			l.within("LI", func() {
				for _, t := range e.Terms {
					l.within("Lbl", func() { out = append(out, l.paragraph(t, nil, 0)...) })
				}
				l.within("LBody", func() {
					for _, body := range e.Bodies {
						out = append(out, l.blocks(body, l.width)...)
					}
				})
			})
		}
	})
	return out
}

// boxed draws a box around strips, or around those of neighbours as well.
func boxed(in []strip, before, next bool, look doc.Look, width float64) []strip {
	const padding = 4
	x, w := look.Left-padding, width-look.Left-look.Right+2*padding
	var out, after []strip
	if n := len(in); n > 0 && in[n-1].space && !next {
		in, after = in[:n-1], in[n-1:]
	}
	if !before {
		out = append(out, strip{height: padding, border: border{sides: true, top: true}, keep: true})
	}
	for _, s := range in {
		s.border.sides = true
		s.space = false
		out = append(out, s)
	}
	if !next {
		if n := len(out); n > 0 {
			out[n-1].keep = true
		}
		out = append(out, strip{height: padding, border: border{sides: true, bottom: true}})
	}
	for i := range out {
		out[i].x, out[i].width = x, w
	}
	return append(out, after...)
}

// code lays out text as it is, in the mono-spaced face.
func (l *layout) code(b *doc.Code) []strip {
	size := l.doc.Page.Size * 0.83
	style := doc.Style{Code: true}
	f := l.fonts.of(style)
	var out []strip
	for _, text := range strings.Split(b.Text, "\n") {
		it := item{kind: words, text: l.settable(text, f), face: f, size: size, style: style, el: l.element}
		it.width = f.width(it.text, size)
		m := measure{first: b.Left, rest: b.Left, end: l.width}
		lines := m.lines([]item{it})
		if len(lines) == 0 {
			lines = []line{{}}
		}
		for _, ln := range lines {
			s := strip{height: size * 1.25, lines: []placed{{ln, 0}}}
			l.fitLine(&s, ln, size, s.height)
			out = append(out, s)
		}
	}
	return append(out, strip{height: l.doc.Page.Size, space: true})
}

// columns lays two columns side by side, whole if they fit on a page.
func (l *layout) columns(b *doc.Columns) []strip {
	const (
		gap        = 14
		captionPad = 4
	)
	width := l.width
	half := width / 2
	left := l.blocks(b.Cols[0], half-gap)
	right := l.blocks(b.Cols[1], half-gap)
	height := max(heightOf(left), heightOf(right))
	if height > l.doc.Page.TextHeight() {
		return zip(left, right, half+gap, b.Line)
	}
	s := strip{height: height, parts: []part{{flow: left, width: half - gap}, {x: half + gap, flow: right, width: half - gap, line: b.Line}}}
	if b.Line { // a caption: the line is longer than the text, and what is shorter stands in the middle
		s.height += 2 * captionPad
		for i := range s.parts {
			s.parts[i].y = (s.height - heightOf(s.parts[i].flow)) / 2
		}
	}
	s.notes = append(notesOf(left), notesOf(right)...)
	return []strip{s}
}

// zip sets two flows side by side line by line, for what is higher than a page.
func zip(left, right []strip, x float64, line bool) []strip {
	var out []strip
	for i := range max(len(left), len(right)) {
		s := strip{}
		if i < len(left) {
			s.parts = append(s.parts, part{flow: left[i : i+1], width: x})
			s.height = left[i].height
			s.notes = append(s.notes, left[i].notes...)
		}
		p := part{x: x, line: line}
		if i < len(right) {
			p.flow = right[i : i+1]
			s.height = max(s.height, right[i].height)
			s.notes = append(s.notes, right[i].notes...)
		}
		s.parts = append(s.parts, p)
		out = append(out, s)
	}
	return out
}

func heightOf(flow []strip) float64 {
	h := 0.0
	for _, s := range flow {
		h += s.height
	}
	return h
}

func notesOf(flow []strip) []*note {
	var out []*note
	for _, s := range flow {
		out = append(out, s.notes...)
	}
	return out
}

// noteItem lays a footnote out and returns its mark.
func (l *layout) noteItem(n *doc.Note, size float64) item {
	l.notes++
	f := l.fonts.text[regular]
	number := strconv.Itoa(l.notes)
	it := item{kind: words, text: number, face: f, size: size * 0.66, rise: size * 0.33, el: l.element.child("Reference")}
	it.width = f.width(number, it.size)
	it.note = &note{number: l.notes}
	kept, width := l.element, l.width
	l.element, l.width = kept.child("Note"), l.doc.Page.TextWidth()
	page := l.doc.Page
	l.doc.Page.Size = page.Size * 0.83
	label := it
	label.size, label.rise, label.note, label.el = page.Size*0.55, page.Size*0.28, nil, l.element
	label.width = f.width(number, label.size)
	for i, b := range n.Blocks {
		if p, ok := b.(*doc.Paragraph); ok && i == 0 {
			it.note.flow = l.paragraph(p, []item{label}, 0)
			continue
		}
		it.note.flow = append(it.note.flow, l.blocks([]doc.Block{b}, l.width)...)
	}
	l.doc.Page = page
	l.element, l.width = kept, width
	return it
}

// contents lays the table of contents out. Page numbers are drawn when they
// are known.
func (l *layout) contents(b *doc.Contents) []strip {
	var out []strip
	size := l.doc.Page.Size
	for _, h := range headingsIn(l.doc.Blocks) {
		if h.Level > b.Depth {
			continue
		}
		l.within("TOCI", func() {
			left := float64(h.Level-1) * 18
			look := doc.Look{Pitch: 1, Left: left + 24, First: -24, Right: 36}
			if h.Number == "" {
				look.Left, look.First = left, 0
			}
			text := strings.TrimSpace(doc.Plain(h.Content))
			items := l.textItems(nil, &doc.Text{Text: text, Link: "#" + h.ID}, size)
			if h.Number != "" {
				label := l.textItems(nil, &doc.Text{Text: h.Number}, size)
				items = append(append(label, item{kind: tabTo, at: look.Left, size: size}), items...)
			}
			strips := l.set(items, look)
			if n := len(strips); n > 0 {
				strips[n-1].toc = h
				strips[n-1].width = l.width
				strips[n-1].height += 2
			}
			out = append(out, strips...)
		})
	}
	return append(out, strip{height: size, space: true})
}

// headingsIn returns all headings of blocks.
func headingsIn(blocks []doc.Block) []*doc.Heading {
	var out []*doc.Heading
	for _, b := range blocks {
		switch b := b.(type) {
		case *doc.Heading:
			out = append(out, b)
		case *doc.Quote:
			out = append(out, headingsIn(b.Blocks)...)
		case *doc.Columns:
			out = append(out, headingsIn(b.Cols[0])...)
			out = append(out, headingsIn(b.Cols[1])...)
		case *doc.List:
			for _, it := range b.Items {
				out = append(out, headingsIn(it.Blocks)...)
			}
		}
	}
	return out
}
