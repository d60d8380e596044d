package rtf

import (
	"fmt"
	"strings"

	"colloquy/engine/doc"
)

func (x *writer) blocks(blocks []doc.Block) {
	for _, b := range blocks {
		x.block(b)
	}
}

func (x *writer) block(b doc.Block) {
	switch b := b.(type) {
	case *doc.Paragraph:
		x.paragraph(b.Look, "", func() { x.inlines(b.Content) })
	case *doc.Heading:
		x.heading(b)
	case *doc.List:
		x.list(b)
	case *doc.Definitions:
		x.definitions(b)
	case *doc.Table:
		x.table(b)
	case *doc.Columns:
		x.columns(b)
	case *doc.Quote:
		x.blocks(b.Blocks)
	case *doc.Code:
		x.paragraph(doc.Look{Pitch: 1, Left: b.Left, After: x.doc.Page.Size, Size: x.doc.Page.Size * 10 / 12}, "", func() {
			x.run(b.Text, doc.Style{Code: true})
		})
	case *doc.Rule:
		fmt.Fprintf(&x.b, "{\\pard\\brdrb\\brdrs\\brdrw10\\sa120%s\\par}\n", x.inTable())
	case *doc.Space:
		fmt.Fprintf(&x.b, "{\\pard\\sl-%d\\slmult0%s\\par}\n", max(twips(b.Height), 20), x.inTable())
	case *doc.PageBreak:
		x.b.WriteString("{\\pard\\sl-20\\slmult0\\page\\par}\n")
	case *doc.Contents:
		x.contents(b)
	}
}

func (x *writer) inTable() string {
	if x.cell {
		return `\intbl`
	}
	return ""
}

// paragraph writes a paragraph whose text f writes.
func (x *writer) paragraph(l doc.Look, more string, f func()) {
	x.open(l, more)
	f()
	x.b.WriteString("\\par}\n")
}

// open begins a paragraph.
func (x *writer) open(l doc.Look, more string) {
	fmt.Fprintf(&x.b, `{\pard%s\%s\li%d\ri%d\fi%d\sb%d\sa%d\sl%d\slmult1`, x.inTable(), [...]string{"ql", "qc", "qr"}[l.Align],
		twips(l.Left), twips(l.Right), twips(l.First), twips(l.Before), twips(l.After), int(240*max(l.Pitch, 1)))
	if l.KeepNext {
		x.b.WriteString(`\keepn`)
	}
	if l.KeepTogether {
		x.b.WriteString(`\keep`)
	}
	if l.Border {
		for _, side := range []string{"t", "l", "b", "r"} {
			fmt.Fprintf(&x.b, `\brdr%s\brdrs\brdrw15\brsp80`, side)
		}
	}
	if l.Size > 0 {
		fmt.Fprintf(&x.b, `\fs%d`, int(l.Size*2+0.5))
	}
	x.b.WriteString(more + " ")
}

func (x *writer) heading(h *doc.Heading) {
	x.paragraph(h.Look, fmt.Sprintf(`\s%d\outlinelevel%d`, h.Level, h.Level-1), func() {
		fmt.Fprintf(&x.b, `{\*\bkmkstart %s}`, bookmark(h.ID))
		if h.Number != "" {
			x.section = strings.TrimSuffix(h.Number, ".")
			x.run(h.Number, doc.Style{Bold: true})
			x.b.WriteString(`\tab `)
		}
		x.inlines(h.Content)
		fmt.Fprintf(&x.b, `{\*\bkmkend %s}`, bookmark(h.ID))
	})
}

// bookmark is an ID as the name of a bookmark.
func bookmark(id string) string {
	return "s_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, id)
}

func (x *writer) list(b *doc.List) {
	for i, it := range b.Items {
		for j, inner := range it.Blocks {
			para, ok := inner.(*doc.Paragraph)
			if !ok || j > 0 {
				x.block(inner)
				continue
			}
			x.paragraph(para.Look, fmt.Sprintf(`\tx%d`, twips(b.TextAt)), func() {
				x.run(b.Label(i), doc.Style{})
				x.b.WriteString(`\tab `)
				x.inlines(para.Content)
			})
		}
	}
}

func (x *writer) definitions(b *doc.Definitions) {
	for _, e := range b.Entries {
		for _, t := range e.Terms {
			x.block(t)
		}
		for _, body := range e.Bodies {
			x.blocks(body)
		}
	}
}

// contents writes the contents as a field that Word brings up to date.
func (x *writer) contents(b *doc.Contents) {
	fmt.Fprintf(&x.b, `{\pard{\field\flddirty{\*\fldinst TOC \\o "1-%d" \\h }{\fldrslt `, b.Depth)
	for _, bl := range x.doc.Blocks {
		h, ok := bl.(*doc.Heading)
		if !ok || h.Level > b.Depth {
			continue
		}
		fmt.Fprintf(&x.b, `\pard\li%d\tqr\tldot\tx%d %s\tab {\field\flddirty{\*\fldinst PAGEREF %s }{\fldrslt ?}}\par `, (h.Level-1)*360, twips(x.doc.Page.TextWidth()),
			escape(strings.TrimSpace(h.Number+" "+doc.Plain(h.Content))), bookmark(h.ID))
	}
	fmt.Fprintf(&x.b, "}}\\sa%d\\par}\n", twips(x.doc.Page.Size))
}

// table writes a table with rules above, below and under its head.
func (x *writer) table(t *doc.Table) {
	if t.Caption != nil {
		caption := *t.Caption
		caption.Look.KeepNext, caption.Look.After = true, 3
		x.block(&caption)
	}
	if x.cell {
		x.rowsAsParagraphs(t)
		return
	}
	edges := make([]int, len(t.Columns))
	at := t.Left
	for i, c := range t.Columns {
		w := (x.width - t.Left) / float64(len(t.Columns))
		if c.Width > 0 {
			w = c.Width * x.width
		}
		at += w
		edges[i] = twips(at)
	}
	all := append(append([]doc.Row{}, t.Head...), t.Rows...)
	for i, r := range all {
		x.b.WriteString(`\trowd\trgaph120\trkeep\trpaddt60\trpaddft3\trpaddb60\trpaddfb3`)
		if t.Left > 0 {
			fmt.Fprintf(&x.b, `\trleft%d`, twips(t.Left))
		}
		if i < len(t.Head) {
			x.b.WriteString(`\trhdr`)
		}
		for _, e := range edges {
			if i == 0 {
				x.b.WriteString(`\clbrdrt\brdrs\brdrw15`)
			}
			if i == len(t.Head)-1 || i == len(all)-1 {
				x.b.WriteString(`\clbrdrb\brdrs\brdrw10`)
			}
			fmt.Fprintf(&x.b, `\cellx%d`, e)
		}
		x.b.WriteByte('\n')
		for j := range t.Columns {
			var blocks []doc.Block
			if j < len(r.Cells) {
				blocks = r.Cells[j].Blocks
			}
			x.cellOf(blocks, (x.width-t.Left)/float64(len(t.Columns)))
		}
		x.b.WriteString("\\row\n")
	}
	fmt.Fprintf(&x.b, "{\\pard\\sl-%d\\slmult0\\par}\n", twips(x.doc.Page.Size))
}

// rowsAsParagraphs writes a table that stands in a table: a row is a line.
func (x *writer) rowsAsParagraphs(t *doc.Table) {
	for _, rows := range [][]doc.Row{t.Head, t.Rows} {
		for _, r := range rows {
			x.paragraph(doc.Look{Pitch: 1}, "", func() {
				for i, c := range r.Cells {
					if i > 0 {
						x.b.WriteString(`\tab `)
					}
					for _, bl := range c.Blocks {
						if p, ok := bl.(*doc.Paragraph); ok {
							x.inlines(p.Content)
						}
					}
				}
			})
		}
	}
}

// cellOf writes a cell: its last paragraph ends with the cell.
func (x *writer) cellOf(blocks []doc.Block, width float64) {
	cell, kept := x.cell, x.width
	x.cell, x.width = true, width
	if n := len(blocks); n > 0 {
		x.blocks(blocks)
		x.endCell()
	} else {
		x.b.WriteString("{\\pard\\intbl\\cell}\n")
	}
	x.cell, x.width = cell, kept
}

// endCell turns the end of the paragraph just written into that of the cell.
func (x *writer) endCell() {
	const end = "\\par}\n"
	if b := x.b.Bytes(); bytesHasSuffix(b, end) {
		x.b.Truncate(len(b) - len(end))
		x.b.WriteString("\\cell}\n")
		return
	}
	x.b.WriteString("{\\pard\\intbl\\cell}\n")
}

func bytesHasSuffix(b []byte, s string) bool {
	return len(b) >= len(s) && string(b[len(b)-len(s):]) == s
}

// columns writes two columns as a row of a table without borders.
func (x *writer) columns(c *doc.Columns) {
	if x.cell {
		x.blocks(c.Cols[0])
		x.blocks(c.Cols[1])
		return
	}
	line, place := "", `\clvertalt`
	if c.Line {
		line, place = `\clbrdrr\brdrs\brdrw10`, `\clvertalc`
	}
	fmt.Fprintf(&x.b, "\\trowd\\trgaph140\\trkeep%s%s\\cellx%d%s\\cellx%d\n", line, place, twips(x.width/2), place, twips(x.width))
	half := x.width / 2
	x.cellOf(c.Cols[0], half)
	x.cellOf(c.Cols[1], half)
	x.b.WriteString("\\row\n")
}
