package pdf

import (
	"colloquy/engine/doc"
)

const (
	cellSide = 6.0 // space beside the text of a cell
	cellTop  = 3.0 // and above and below it
)

// table lays a table out: rules above, below and under the head, columns as
// wide as they need to be if there is room, rows whole.
func (l *layout) table(t *doc.Table) []strip {
	widths := l.columnWidths(t)
	var out []strip
	if t.Caption != nil {
		l.within("Caption", func() { out = l.paragraph(t.Caption, nil, 0) })
		for i := range out {
			out[i].keep = true
		}
		if n := len(out); n > 0 && out[n-1].space {
			out[n-1].height = cellTop
		}
	}
	total := 0.0
	for _, w := range widths {
		total += w
	}
	h := &head{}
	for i, r := range t.Head {
		s := l.row(t, r, widths, "TH")
		s.keep, s.x, s.width = true, t.Left, total
		if i == 0 {
			s.above = 0.8
		}
		if i == len(t.Head)-1 {
			s.below = 0.5
		}
		h.rows = append(h.rows, s)
	}
	out = append(out, h.rows...)
	for i, r := range t.Rows {
		s := l.row(t, r, widths, "TD")
		s.head, s.x, s.width = h, t.Left, total
		s.keep = i == 0 && len(t.Rows) > 1 || i == len(t.Rows)-2
		if i == 0 && len(t.Head) == 0 {
			s.above = 0.8
		}
		if i == len(t.Rows)-1 {
			s.below = 0.8
		}
		out = append(out, l.splitRow(s)...)
	}
	return append(out, strip{height: l.doc.Page.Size, space: true})
}

// row lays the cells of a row side by side.
func (l *layout) row(t *doc.Table, r doc.Row, widths []float64, tag string) strip {
	s := strip{}
	x := t.Left
	l.within("TR", func() {
		for i, w := range widths {
			if i < len(r.Cells) {
				l.within(tag, func() {
					flow := l.blocks(r.Cells[i].Blocks, max(w-2*cellSide, 8))
					s.parts = append(s.parts, part{el: l.element, x: x + cellSide, y: cellTop, width: w - 2*cellSide, flow: flow})
					s.height = max(s.height, heightOf(flow)+2*cellTop)
					s.notes = append(s.notes, notesOf(flow)...)
				})
			}
			x += w
		}
	})
	return s
}

// splitRow parts a row that is higher than a page into its lines.
func (l *layout) splitRow(s strip) []strip {
	if s.height <= l.doc.Page.TextHeight()*0.9 {
		return []strip{s}
	}
	most := 0
	for _, p := range s.parts {
		most = max(most, len(p.flow))
	}
	var out []strip
	for i := range most {
		row := strip{head: s.head, x: s.x, width: s.width}
		for _, p := range s.parts {
			if i < len(p.flow) {
				row.parts = append(row.parts, part{x: p.x, width: p.width, flow: p.flow[i : i+1]})
				row.height = max(row.height, p.flow[i].height)
				row.notes = append(row.notes, p.flow[i].notes...)
			}
		}
		out = append(out, row)
	}
	if len(out) > 0 {
		out[0].above, out[len(out)-1].below = s.above, s.below
	}
	return out
}

// columnWidths gives every column its width: the share that it asks for, or as
// much as its text needs; if that is too much, what is over the longest words
// is shared out by need.
func (l *layout) columnWidths(t *doc.Table) []float64 {
	room := l.width - t.Left
	least, most := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	for _, rows := range [][]doc.Row{t.Head, t.Rows} {
		for _, r := range rows {
			for i := range min(len(r.Cells), len(t.Columns)) {
				lo, hi := l.extent(r.Cells[i].Blocks)
				least[i], most[i] = max(least[i], lo+2*cellSide), max(most[i], hi+2*cellSide)
			}
		}
	}
	sumLeast, sumMost := 0.0, 0.0
	for i, c := range t.Columns {
		if c.Width > 0 {
			most[i] = c.Width * room
			least[i] = most[i]
		}
		sumLeast += least[i]
		sumMost += most[i]
	}
	if sumMost <= room+0.5 {
		return most
	}
	out := make([]float64, len(t.Columns))
	for i := range out {
		if sumLeast >= room {
			out[i] = least[i] / sumLeast * room
		} else {
			out[i] = least[i] + (most[i]-least[i])/(sumMost-sumLeast)*(room-sumLeast)
		}
	}
	return out
}

// extent is how wide blocks are at least (their longest word) and at most
// (their longest line).
func (l *layout) extent(blocks []doc.Block) (least, most float64) {
	quiet := &layout{doc: l.doc, fonts: l.fonts, missing: map[rune]bool{}, marks: map[string]*mark{}, headings: map[*doc.Heading]*mark{}, root: &element{}, width: 1e6}
	quiet.element = quiet.root
	for _, s := range quiet.blocks(blocks, 1e6) {
		for _, p := range s.lines {
			lo, hi := lineExtent(p.line)
			least, most = max(least, lo), max(most, hi)
		}
	}
	return least, most
}

func lineExtent(ln line) (least, most float64) {
	word, end := 0.0, 0.0
	for _, it := range ln.items {
		if it.kind == fill {
			continue
		}
		if it.kind == glue {
			word = 0
		} else {
			word += it.width
		}
		least = max(least, word)
		end = max(end, it.x+it.width)
	}
	if len(ln.items) > 0 {
		most = ln.items[0].x + end - ln.items[0].x
	}
	return least, most + 0.1
}
