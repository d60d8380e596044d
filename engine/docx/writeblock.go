package docx

import (
	"fmt"
	"strconv"
	"strings"

	"colloquy/engine/doc"
)

func (p *part) blocks(blocks []doc.Block) {
	for i, b := range blocks {
		p.block(b)
		if i+1 < len(blocks) && isTable(b) && isTable(blocks[i+1]) { // Word would join them
			p.gap(1)
		}
	}
}

func isTable(b doc.Block) bool {
	switch b := b.(type) {
	case *doc.Table:
		return b.Caption == nil
	case *doc.Columns:
		return true
	}
	return false
}

func (p *part) block(b doc.Block) {
	switch b := b.(type) {
	case *doc.Paragraph:
		p.paragraph(b, styleOf(b), "")
	case *doc.Heading:
		p.heading(b)
	case *doc.List:
		p.list(b)
	case *doc.Definitions:
		p.definitions(b)
	case *doc.Table:
		p.table(b)
	case *doc.Columns:
		p.columns(b)
	case *doc.Quote:
		for _, inner := range b.Blocks {
			if para, ok := inner.(*doc.Paragraph); ok {
				p.paragraph(para, "BlockText", "")
				continue
			}
			p.block(inner)
		}
	case *doc.Code:
		p.code(b)
	case *doc.Rule:
		p.b.WriteString(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr><w:spacing w:before="0" w:after="120" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/></w:pPr></w:p>`)
	case *doc.Space:
		p.gap(b.Height)
	case *doc.PageBreak:
		p.b.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:ind w:firstLine="0"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>`)
	case *doc.Contents:
		p.contents(b)
	}
}

// gap writes an empty paragraph of a height.
func (p *part) gap(height float64) {
	fmt.Fprintf(&p.b, `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:ind w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`, max(twips(height), 20))
}

func styleOf(b *doc.Paragraph) string {
	switch b.Role {
	case doc.Title:
		return "Title"
	case doc.Subtitle:
		return "Subtitle"
	case doc.Author:
		return "Author"
	case doc.Date:
		return "Date"
	case doc.Abstract:
		return "Abstract"
	case doc.Term:
		return "DefinitionTerm"
	case doc.Caption:
		return "Caption"
	}
	return "Normal"
}

// paragraph writes a paragraph; numbering is its w:numPr, if it is an item.
func (p *part) paragraph(b *doc.Paragraph, style, numbering string) {
	p.b.WriteString(`<w:p>`)
	p.properties(style, numbering, b.Look, p.fillStop(b.Content))
	p.inlines(b.Content)
	p.b.WriteString(`</w:p>`)
}

// fillStop is the tab stop at the right edge that a line to be filled needs.
func (p *part) fillStop(in []doc.Inline) string {
	for _, i := range in {
		if f, ok := i.(*doc.Fill); ok {
			leader := "none"
			if f.Rule {
				leader = "underscore"
			}
			return fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="%s" w:pos="%d"/></w:tabs>`, leader, twips(p.width))
		}
	}
	return ""
}

// itemStop is the tab stop behind the label of an item.
func itemStop(at float64) string {
	return fmt.Sprintf(`<w:tabs><w:tab w:val="num" w:pos="%d"/></w:tabs>`, twips(at))
}

// properties writes how a paragraph looks; tabs are tab stops of its own.
func (p *part) properties(style, numbering string, l doc.Look, tabs string) {
	fmt.Fprintf(&p.b, `<w:pPr><w:pStyle w:val="%s"/>`, style)
	if l.KeepNext {
		p.b.WriteString(`<w:keepNext/>`)
	}
	if l.KeepTogether {
		p.b.WriteString(`<w:keepLines/>`)
	}
	p.b.WriteString(numbering)
	if l.Border {
		p.b.WriteString(`<w:pBdr>`)
		for _, side := range []string{"top", "left", "bottom", "right"} {
			fmt.Fprintf(&p.b, `<w:%s w:val="single" w:sz="6" w:space="4" w:color="auto"/>`, side)
		}
		p.b.WriteString(`</w:pBdr>`)
	}
	p.b.WriteString(tabs)
	fmt.Fprintf(&p.b, `<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="auto"/>`, twips(l.Before), twips(l.After), int(240*max(l.Pitch, 1)))
	if l.First < 0 {
		fmt.Fprintf(&p.b, `<w:ind w:left="%d" w:right="%d" w:hanging="%d"/>`, twips(l.Left), twips(l.Right), twips(-l.First))
	} else {
		fmt.Fprintf(&p.b, `<w:ind w:left="%d" w:right="%d" w:firstLine="%d"/>`, twips(l.Left), twips(l.Right), twips(l.First))
	}
	p.b.WriteString([...]string{"", `<w:jc w:val="center"/>`, `<w:jc w:val="right"/>`}[l.Align])
	p.b.WriteString(`</w:pPr>`)
}

func (p *part) heading(h *doc.Heading) {
	numbering := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>`
	if h.Number != "" {
		p.writer.section = strings.TrimSuffix(h.Number, ".")
		numbering = fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, h.Level-1)
	}
	p.b.WriteString(`<w:p>`)
	p.properties("Heading"+strconv.Itoa(h.Level), numbering, h.Look, "")
	p.bookmark(h.ID, func() { p.inlines(h.Content) })
	p.b.WriteString(`</w:p>`)
}

// bookmark puts what f writes where links to the ID lead.
func (p *part) bookmark(id string, f func()) {
	if id == "" {
		f()
		return
	}
	n := len(p.bookmarks) + 1
	p.bookmarks[id] = n
	fmt.Fprintf(&p.b, `<w:bookmarkStart w:id="%d" w:name="%s"/>`, n, bookmarkName(id))
	f()
	fmt.Fprintf(&p.b, `<w:bookmarkEnd w:id="%d"/>`, n)
}

// bookmarkName is an ID as Word takes it: letters, digits and underscores, not
// more than forty.
func bookmarkName(id string) string {
	name := "s_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, id)
	return name[:min(len(name), 40)]
}

// list writes a list with numbering of its own: Word counts the items.
func (p *part) list(b *doc.List) {
	p.lists = append(p.lists, b)
	id := len(p.lists) + 1 // 1 is that of the headings
	for _, it := range b.Items {
		for i, inner := range it.Blocks {
			para, ok := inner.(*doc.Paragraph)
			switch {
			case ok && i == 0:
				p.b.WriteString(`<w:p>`)
				p.properties("ListParagraph", fmt.Sprintf(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, id), para.Look, itemStop(b.TextAt))
				p.inlines(para.Content)
				p.b.WriteString(`</w:p>`)
			case ok:
				p.paragraph(para, "ListParagraph", "")
			default:
				p.block(inner)
			}
		}
	}
}

func (p *part) definitions(b *doc.Definitions) {
	for _, e := range b.Entries {
		for _, t := range e.Terms {
			p.paragraph(t, "DefinitionTerm", "")
		}
		for _, body := range e.Bodies {
			p.blocks(body)
		}
	}
}

func (p *part) code(b *doc.Code) {
	lines := strings.Split(b.Text, "\n")
	for i, line := range lines {
		l := doc.Look{Pitch: 1, Left: b.Left}
		if i == len(lines)-1 {
			l.After = p.doc.Page.Size
		}
		p.b.WriteString(`<w:p>`)
		p.properties("SourceCode", "", l, "")
		p.run(line, doc.Style{})
		p.b.WriteString(`</w:p>`)
	}
}

// contents writes the contents as a field that Word brings up to date, with
// entries that link to the headings.
func (p *part) contents(b *doc.Contents) {
	fmt.Fprintf(&p.b, `<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-%d" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>`, b.Depth)
	for _, h := range headings(p.doc.Blocks) {
		if h.Level > b.Depth {
			continue
		}
		text := strings.TrimSpace(h.Number + " " + doc.Plain(h.Content))
		fmt.Fprintf(&p.b, `<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr><w:hyperlink w:anchor="%s" w:history="1"><w:r><w:t xml:space="preserve">%s</w:t></w:r><w:r><w:tab/></w:r>`, min(h.Level, 6), bookmarkName(h.ID), escape(text))
		fmt.Fprintf(&p.b, `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF %s \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>–</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>`, bookmarkName(h.ID))
	}
	p.b.WriteString(`<w:p><w:pPr><w:spacing w:after="0"/><w:ind w:firstLine="0"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
}

func headings(blocks []doc.Block) []*doc.Heading {
	var out []*doc.Heading
	for _, b := range blocks {
		if h, ok := b.(*doc.Heading); ok {
			out = append(out, h)
		}
	}
	return out
}

// table writes a table with rules above, below and under its head.
func (p *part) table(t *doc.Table) {
	if t.Caption != nil {
		caption := *t.Caption
		caption.Look.KeepNext, caption.Look.After = true, 3
		p.paragraph(&caption, "Caption", "")
	}
	widths, shared := make([]int, len(t.Columns)), false
	for i, c := range t.Columns {
		widths[i] = twips(p.width / float64(len(t.Columns)))
		if c.Width > 0 {
			widths[i], shared = twips(c.Width*p.width), true
		}
	}
	layout, width := `<w:tblW w:w="0" w:type="auto"/>`, ""
	if shared {
		layout = `<w:tblW w:w="5000" w:type="pct"/>`
	}
	if t.Left > 0 {
		width = fmt.Sprintf(`<w:tblInd w:w="%d" w:type="dxa"/>`, twips(t.Left))
	}
	head := 0
	if len(t.Head) > 0 {
		head = 1
	}
	fmt.Fprintf(&p.b, `<w:tbl><w:tblPr><w:tblStyle w:val="Table"/>%s%s<w:tblLook w:val="0420" w:firstRow="%d" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>`, layout, width, head)
	for _, w := range widths {
		fmt.Fprintf(&p.b, `<w:gridCol w:w="%d"/>`, w)
	}
	p.b.WriteString(`</w:tblGrid>`)
	for i, rows := range [][]doc.Row{t.Head, t.Rows} {
		for _, r := range rows {
			p.b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
			if i == 0 {
				p.b.WriteString(`<w:tblHeader/>`)
			}
			p.b.WriteString(`</w:trPr>`)
			for j, w := range widths {
				var blocks []doc.Block
				if j < len(r.Cells) {
					blocks = r.Cells[j].Blocks
				}
				p.cellOf(fmt.Sprintf(`<w:tcW w:w="%d" w:type="dxa"/>`, w), blocks, float64(w)/20-12)
			}
			p.b.WriteString(`</w:tr>`)
		}
	}
	p.b.WriteString(`</w:tbl>`)
	if !p.cell {
		p.gap(p.doc.Page.Size)
	}
}

// cellOf writes a cell, which ends with a paragraph as Word demands.
func (p *part) cellOf(properties string, blocks []doc.Block, width float64) {
	cell, kept := p.cell, p.width
	p.cell, p.width = true, width
	fmt.Fprintf(&p.b, `<w:tc><w:tcPr>%s</w:tcPr>`, properties)
	p.blocks(blocks)
	if len(blocks) == 0 || isTable(blocks[len(blocks)-1]) {
		p.gap(1)
	} else if _, ok := blocks[len(blocks)-1].(*doc.Table); ok {
		p.gap(1)
	}
	p.b.WriteString(`</w:tc>`)
	p.cell, p.width = cell, kept
}

// columns writes two columns as a table without borders.
func (p *part) columns(b *doc.Columns) {
	half := p.width / 2
	fmt.Fprintf(&p.b, `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>`, twips(half), twips(half))
	for i, blocks := range b.Cols {
		props := fmt.Sprintf(`<w:tcW w:w="%d" w:type="dxa"/>`, twips(half))
		if i == 0 && b.Line {
			props += `<w:tcBorders><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>`
		}
		if i == 1 {
			props += `<w:tcMar><w:left w:w="240" w:type="dxa"/></w:tcMar>`
		}
		if b.Line {
			props += `<w:vAlign w:val="center"/>`
		}
		p.cellOf(props, blocks, half-12)
	}
	p.b.WriteString(`</w:tr></w:tbl>`)
}
