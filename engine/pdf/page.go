package pdf

import "colloquy/engine/doc"

const (
	bandEdge = 36.0 // from the edge of the paper to header and footer
	bandGap  = 20.0 // between them and the text, at least
	noteGap  = 10.0 // above the first footnote, with its rule
)

// A page is a page of a document.
type page struct {
	number  int // from 1
	top     float64
	bottom  float64 // where the text area ends
	strips  []onPage
	notes   []strip
	noteTop float64
}

// An onPage strip knows its place.
type onPage struct {
	strip    strip
	y        float64
	repeated bool // a head of a table, again
}

// A paginator fills pages with strips.
type paginator struct {
	l        *layout
	pages    []*page
	cur      *page
	y        float64
	noteRoom float64 // that notes take on this page
	rest     []strip // of notes that go on on the next page
}

// paginate puts a flow on pages.
func (l *layout) paginate(flow []strip) []*page {
	p := &paginator{l: l}
	p.next()
	for i := 0; i < len(flow); {
		if flow[i].page {
			p.next()
			i++
			continue
		}
		n := p.together(flow[i:])
		p.put(flow[i : i+n])
		i += n
	}
	for len(p.rest) > 0 {
		p.next()
	}
	p.close()
	return p.pages
}

// together is how many strips stay on one page.
func (p *paginator) together(flow []strip) int {
	n, h := 1, flow[0].height
	for n < len(flow) && flow[n-1].keep && !flow[n].page {
		if h += flow[n].height; h > p.cur.bottom-p.cur.top {
			return n
		}
		n++
	}
	return n
}

// next begins a page.
func (p *paginator) next() {
	if p.cur != nil {
		p.close()
	}
	n := len(p.pages) + 1
	top, bottom := p.l.area(n)
	p.cur = &page{number: n, top: top, bottom: bottom}
	p.pages = append(p.pages, p.cur)
	p.y, p.noteRoom = top, 0
	rest := p.rest
	p.rest = nil
	p.addNote(rest)
}

// close sets the notes of the page at its foot.
func (p *paginator) close() {
	p.cur.noteTop = p.cur.bottom - p.noteRoom
}

// put puts strips that stay together on this page or the next.
func (p *paginator) put(group []strip) {
	need, notes := 0.0, 0.0
	for i, s := range group {
		if !(s.space && i == len(group)-1) {
			need += s.height
		}
		notes += heightOf(noteStrips(s.notes))
	}
	if notes > 0 && p.noteRoom == 0 {
		notes += noteGap
	}
	fits := p.y+need+min(notes, p.l.doc.Page.Size*3) <= p.cur.bottom-p.noteRoom+0.01
	if !fits && len(p.cur.strips) > 0 {
		p.next()
	}
	if h := group[0].head; h != nil && len(p.cur.strips) == 0 {
		for _, s := range h.rows {
			p.add(s, true)
		}
	}
	for _, s := range group {
		if s.space && len(p.cur.strips) == 0 {
			p.noteMarks(s)
			continue
		}
		p.add(s, false)
	}
}

func (p *paginator) add(s strip, repeated bool) {
	if p.y+s.height > p.cur.bottom-p.noteRoom+0.01 && len(p.cur.strips) > 0 && !s.space && !repeated {
		p.next()
	}
	p.cur.strips = append(p.cur.strips, onPage{s, p.y, repeated})
	p.noteMarks(s)
	p.y += s.height
	if !repeated {
		for _, n := range s.notes {
			p.addNote(n.flow)
		}
	}
}

// noteMarks notes where the marks of a strip are.
func (p *paginator) noteMarks(s strip) {
	for _, m := range s.marks {
		m.page, m.y = p.cur.number-1, p.y
	}
	for _, part := range s.parts {
		for _, inner := range part.flow {
			p.noteMarks(inner)
		}
	}
}

// addNote adds a note to this page, or as much of it as there is room for.
func (p *paginator) addNote(flow []strip) {
	if len(flow) == 0 {
		return
	}
	if len(p.rest) > 0 { // an earlier one is waiting
		p.rest = append(p.rest, flow...)
		return
	}
	for i, s := range flow {
		room := s.height
		if p.noteRoom == 0 {
			room += noteGap
		}
		if p.y+p.noteRoom+room > p.cur.bottom+0.01 && (len(p.cur.strips) > 0 || len(p.cur.notes) > 0) {
			p.rest = append(p.rest, flow[i:]...)
			return
		}
		p.cur.notes = append(p.cur.notes, s)
		p.noteRoom += room
	}
}

func noteStrips(notes []*note) []strip {
	var out []strip
	for _, n := range notes {
		out = append(out, n.flow...)
	}
	return out
}

// bands are the header and the footer of a page.
func (l *layout) bands(number int) (header, footer doc.Band) {
	p := l.doc.Page
	if number == 1 {
		return p.FirstHeader, p.FirstFooter
	}
	return p.Header, p.Footer
}

// area is where the text of a page is: below its header, above its footer.
func (l *layout) area(number int) (top, bottom float64) {
	p := l.doc.Page
	header, footer := l.bands(number)
	top, bottom = p.Top, p.Bottom
	if h := l.bandHeight(header); h > 0 {
		top = max(top, bandEdge+h+bandGap)
	}
	if h := l.bandHeight(footer); h > 0 {
		bottom = max(bottom, bandEdge+h+max(bandGap, p.FooterSkip-h))
	}
	if top+bottom > p.Height*0.8 { // never without room for text
		top, bottom = p.Top, p.Bottom
	}
	return top, p.Height - bottom
}

func (l *layout) bandHeight(b doc.Band) float64 {
	if b.Empty() {
		return 0
	}
	h := 0.0
	for _, part := range l.band(b, 1, 1) {
		h = max(h, heightOf(part.flow))
	}
	return h
}

// band lays the three parts of a header or footer out, with the numbers of a
// page in it.
func (l *layout) band(b doc.Band, number, count int) []part {
	all := [][]doc.Inline{b.Left, b.Center, b.Right}
	n := 0
	for _, in := range all {
		if len(in) > 0 {
			n++
		}
	}
	width := l.doc.Page.TextWidth()
	kept, keptWidth := l.element, l.width
	l.element, l.width = artifact, width
	defer func() { l.element, l.width = kept, keptWidth }()
	var out []part
	for i, in := range all {
		if len(in) == 0 {
			continue
		}
		look := doc.Look{Pitch: 1, Align: [3]doc.Align{doc.Left, doc.Center, doc.Right}[i]}
		switch free := width - (width-12)/float64(max(n, 1)); {
		case n == 1:
		case i == 0:
			look.Right = free
		case i == 2:
			look.Left = free
		default:
			look.Left, look.Right = free/2, free/2
		}
		flow := l.set(l.numbered(in, number, count), look)
		out = append(out, part{width: width, flow: flow})
	}
	return out
}

// numbered turns inlines into items, with the numbers of a page as text.
func (l *layout) numbered(in []doc.Inline, number, count int) []item {
	out := make([]doc.Inline, 0, len(in))
	for _, i := range in {
		if f, ok := i.(*doc.Field); ok {
			i = &doc.Text{Text: l.fieldText(f.Kind, number, count), Style: f.Style}
		}
		if _, ok := i.(*doc.Note); ok {
			continue
		}
		out = append(out, i)
	}
	return l.items(out, l.doc.Page.Size)
}
