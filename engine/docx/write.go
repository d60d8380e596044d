package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"colloquy/engine/doc"
)

// Options say what a document does not say itself.
type Options struct{}

// epoch is the time of all entries: the same document is the same file.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relations   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Write writes a document as a Word file. Fonts are named, not embedded: Times
// New Roman or Arial unless the metadata says otherwise.
func Write(w io.Writer, d *doc.Document, _ Options) error {
	x := &writer{doc: d, media: map[*doc.Media]string{}, bookmarks: map[string]int{}}
	body := x.part("document.xml")
	body.blocks(d.Blocks)
	body.section()
	parts := x.finish(body)
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
		if _, err := f.Write(p.data); err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write Word file: %w", err)
	}
	return nil
}

// A file is a file of the package.
type file struct {
	name string
	data []byte
}

// A writer holds what the parts of a document share.
type writer struct {
	doc       *doc.Document
	media     map[*doc.Media]string
	pictures  []file
	lists     []*doc.List
	noteCount int
	noteRels  *part
	bands     []*part
	drawings  int
	bookmarks map[string]int
	section   string // the number of the heading before
}

// A part is an XML file with its relations.
type part struct {
	*writer
	name  string
	b     bytes.Buffer
	rels  []string
	cell  bool // paragraphs stand in a cell of a table
	width float64
}

func (x *writer) part(name string) *part {
	return &part{writer: x, name: name, width: x.doc.Page.TextWidth()}
}

// relate adds a relation and returns its ID.
func (p *part) relate(kind, target string, external bool) string {
	mode := ""
	if external {
		mode = ` TargetMode="External"`
	}
	for i, r := range p.rels {
		if strings.Contains(r, ` Target="`+escape(target)+`"`) && strings.Contains(r, relations+kind+`"`) {
			return fmt.Sprintf("rId%d", i+1)
		}
	}
	id := fmt.Sprintf("rId%d", len(p.rels)+1)
	p.rels = append(p.rels, fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, id, relations, kind, escape(target), mode))
	return id
}

func relsFile(name string, rels []string) file {
	return file{name, []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(rels, "") + `</Relationships>`)}
}

// twips are twentieths of a point.
func twips(points float64) int { return int(points*20 + 0.5*sign(points)) }

// emu are the units of drawings, 12,700 to the point.
func emu(points float64) int { return int(points*12700 + 0.5) }

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}

// section writes the page at the end of the body.
func (p *part) section() {
	page := p.doc.Page
	var refs strings.Builder
	for _, b := range []struct {
		kind, when string
		band       doc.Band
	}{
		{"header", "default", page.Header}, {"header", "first", page.FirstHeader},
		{"footer", "default", page.Footer}, {"footer", "first", page.FirstFooter},
	} {
		name := fmt.Sprintf("%s%d.xml", b.kind, len(p.bands)+1)
		band := p.part(name)
		band.band(b.kind, b.band)
		p.writer.bands = append(p.writer.bands, band)
		fmt.Fprintf(&refs, `<w:%sReference w:type="%s" r:id="%s"/>`, b.kind, b.when, p.relate(b.kind, name, false))
	}
	orient := ""
	if page.Width > page.Height {
		orient = ` w:orient="landscape"`
	}
	fmt.Fprintf(&p.b, `<w:sectPr>%s<w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="720" w:footer="720" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		refs.String(), twips(page.Width), twips(page.Height), orient, twips(page.Top), twips(page.Right), twips(page.Bottom), twips(page.Left))
}

// band writes a header or footer: its parts at three tab stops, line by line.
func (p *part) band(kind string, b doc.Band) {
	if p.doc.Page.Watermark != "" && kind == "header" {
		defer p.watermark()
	}
	style := strings.ToUpper(kind[:1]) + kind[1:]
	sides := [][][]doc.Inline{splitLines(b.Left), splitLines(b.Center), splitLines(b.Right)}
	n := max(len(sides[0]), len(sides[1]), len(sides[2]), 1)
	for i := range n {
		fmt.Fprintf(&p.b, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:tabs><w:tab w:val="center" w:pos="%d"/><w:tab w:val="right" w:pos="%d"/></w:tabs></w:pPr>`,
			style, twips(p.width/2), twips(p.width))
		tabs := 0
		for side, lines := range sides {
			if i < len(lines) && len(lines[i]) > 0 {
				p.b.WriteString(strings.Repeat(`<w:r><w:tab/></w:r>`, side-tabs))
				tabs = side
				p.inlines(lines[i])
			}
		}
		p.b.WriteString(`</w:p>`)
	}
}

// splitLines parts inlines at their line ends.
func splitLines(in []doc.Inline) [][]doc.Inline {
	if len(in) == 0 {
		return nil
	}
	out := [][]doc.Inline{nil}
	for _, i := range in {
		if _, ok := i.(*doc.Break); ok {
			out = append(out, nil)
			continue
		}
		out[len(out)-1] = append(out[len(out)-1], i)
	}
	return out
}

// watermark writes the words across the page, which hang on the header.
func (p *part) watermark() {
	fmt.Fprintf(&p.b, `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">`+
		`<v:shape id="watermark" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:130pt;rotation:315;z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="silver" stroked="f">`+
		`<v:fill opacity=".5"/><v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string="%s"/></v:shape></w:pict></w:r></w:p>`, escape(p.doc.Page.Watermark))
}

// escape writes text for XML.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
