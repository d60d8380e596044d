package docx

import (
	"fmt"
	"strings"

	"colloquy/engine/doc"
)

// inlines writes the runs of a paragraph.
func (p *part) inlines(in []doc.Inline) {
	for _, i := range in {
		switch i := i.(type) {
		case *doc.Text:
			p.text(i)
		case *doc.Break:
			p.b.WriteString(`<w:r><w:br/></w:r>`)
		case *doc.Tab, *doc.Fill: // the paragraph has a stop for what it fills
			p.b.WriteString(`<w:r><w:tab/></w:r>`)
		case *doc.Blank:
			p.run(strings.Repeat("_", max(1, int(i.Width/6))), doc.Style{})
		case *doc.Box:
			p.run(map[bool]string{false: "☐", true: "☒"}[i.Checked], doc.Style{})
		case *doc.Bar:
			p.run(strings.Repeat("█", i.Units), doc.Style{})
		case *doc.Image:
			p.image(i)
		case *doc.Field:
			p.field(i)
		case *doc.Note:
			p.note(i)
		case *doc.Anchor:
			p.bookmark(i.ID, func() {})
		}
	}
}

func (p *part) text(t *doc.Text) {
	switch {
	case t.Link == "":
		p.run(t.Text, t.Style)
	case t.Link[0] == '#':
		fmt.Fprintf(&p.b, `<w:hyperlink w:anchor="%s" w:history="1">`, bookmarkName(t.Link[1:]))
		p.run(t.Text, t.Style)
		p.b.WriteString(`</w:hyperlink>`)
	default:
		fmt.Fprintf(&p.b, `<w:hyperlink r:id="%s" w:history="1">`, p.relate("hyperlink", t.Link, true))
		p.styledRun(t.Text, t.Style, `<w:rStyle w:val="Hyperlink"/>`)
		p.b.WriteString(`</w:hyperlink>`)
	}
}

func (p *part) run(text string, s doc.Style) { p.styledRun(text, s, "") }

func (p *part) styledRun(text string, s doc.Style, style string) {
	p.b.WriteString(`<w:r>`)
	p.runProperties(s, style)
	for i, piece := range strings.Split(text, "\t") {
		if i > 0 {
			p.b.WriteString(`<w:tab/>`)
		}
		fmt.Fprintf(&p.b, `<w:t xml:space="preserve">%s</w:t>`, escape(piece))
	}
	p.b.WriteString(`</w:r>`)
}

// runProperties writes a style in the order that the schema wants.
func (p *part) runProperties(s doc.Style, style string) {
	if s.Code && style == "" {
		style = `<w:rStyle w:val="VerbatimChar"/>`
	}
	out := style
	for _, f := range []struct {
		on  bool
		xml string
	}{
		{s.Bold, `<w:b/>`}, {s.Italic, `<w:i/>`}, {s.SmallCaps, `<w:smallCaps/>`}, {s.Strike, `<w:strike/>`},
		{s.Underline, `<w:u w:val="single"/>`}, {s.Sub, `<w:vertAlign w:val="subscript"/>`}, {s.Sup, `<w:vertAlign w:val="superscript"/>`},
	} {
		if f.on {
			out += f.xml
		}
	}
	if out != "" {
		p.b.WriteString(`<w:rPr>` + out + `</w:rPr>`)
	}
}

func (p *part) field(f *doc.Field) {
	if f.Kind == doc.SectionNumber {
		p.run(p.writer.section, f.Style)
		return
	}
	name := "PAGE"
	if f.Kind == doc.PageCount {
		name = "NUMPAGES"
	}
	fmt.Fprintf(&p.b, `<w:fldSimple w:instr=" %s "><w:r>`, name)
	p.runProperties(f.Style, "")
	p.b.WriteString(`<w:t>1</w:t></w:r></w:fldSimple>`)
}

// image writes a picture in the line.
func (p *part) image(i *doc.Image) {
	name := p.media[i.Media]
	if name == "" {
		ext := "png"
		if i.Media.Type == "image/jpeg" {
			ext = "jpeg"
		}
		name = fmt.Sprintf("media/image%d.%s", len(p.pictures)+1, ext)
		p.media[i.Media] = name
		p.pictures = append(p.pictures, file{"word/" + name, i.Media.Data})
	}
	p.drawings++
	w, h := i.Width, i.Height
	if w > p.width {
		w, h = p.width, h*p.width/w
	}
	link := ""
	if i.Link != "" && i.Link[0] != '#' {
		link = fmt.Sprintf(`<a:hlinkClick r:id="%s"/>`, p.relate("hyperlink", i.Link, true))
	}
	fmt.Fprintf(&p.b, `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Picture %d" descr="%s">%s</wp:docPr>`,
		emu(w), emu(h), p.drawings, p.drawings, escape(i.Alt), link)
	fmt.Fprintf(&p.b, `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="Picture %d" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
		p.drawings, p.drawings, escape(i.Alt), p.relate("image", name, false))
	fmt.Fprintf(&p.b, `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, emu(w), emu(h))
}

// note writes the mark of a footnote and what it says into its part.
func (p *part) note(n *doc.Note) {
	if p.noteRels == nil {
		p.writer.noteRels = p.part("footnotes.xml")
	}
	p.writer.noteCount++
	id := p.noteCount + 1 // 0 and 1 are separators
	fmt.Fprintf(&p.b, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, id)
	f := p.noteRels
	fmt.Fprintf(&f.b, `<w:footnote w:id="%d">`, id)
	for i, b := range n.Blocks {
		para, ok := b.(*doc.Paragraph)
		if !ok {
			f.block(b)
			continue
		}
		f.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>`)
		if i == 0 {
			f.b.WriteString(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>`)
		}
		f.inlines(para.Content)
		f.b.WriteString(`</w:p>`)
	}
	if len(n.Blocks) == 0 {
		f.b.WriteString(`<w:p/>`)
	}
	f.b.WriteString(`</w:footnote>`)
}
