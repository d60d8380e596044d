package rtf

import (
	"encoding/hex"
	"fmt"
	"strings"

	"colloquy/engine/doc"
)

func (x *writer) inlines(in []doc.Inline) {
	for _, i := range in {
		switch i := i.(type) {
		case *doc.Text:
			x.text(i)
		case *doc.Break:
			x.b.WriteString(`\line `)
		case *doc.Tab:
			x.b.WriteString(`\tab `)
		case *doc.Blank:
			x.run(strings.Repeat("_", max(1, int(i.Width/6))), doc.Style{})
		case *doc.Fill:
			x.fill(i)
		case *doc.Box:
			x.run(map[bool]string{false: "☐", true: "☒"}[i.Checked], doc.Style{})
		case *doc.Bar:
			x.run(strings.Repeat("█", i.Units), doc.Style{})
		case *doc.Image:
			x.image(i)
		case *doc.Field:
			x.field(i)
		case *doc.Note:
			x.note(i)
		case *doc.Anchor:
			fmt.Fprintf(&x.b, `{\*\bkmkstart %[1]s}{\*\bkmkend %[1]s}`, bookmark(i.ID))
		}
	}
}

func (x *writer) text(t *doc.Text) {
	switch {
	case t.Link == "":
		x.run(t.Text, t.Style)
	case t.Link[0] == '#':
		fmt.Fprintf(&x.b, `{\field{\*\fldinst HYPERLINK \\l "%s"}{\fldrslt `, bookmark(t.Link[1:]))
		x.run(t.Text, t.Style)
		x.b.WriteString(`}}`)
	default:
		fmt.Fprintf(&x.b, `{\field{\*\fldinst HYPERLINK "%s"}{\fldrslt {\cf1 `, escape(strings.ReplaceAll(t.Link, `"`, "%22")))
		x.run(t.Text, t.Style)
		x.b.WriteString(`}}}`)
	}
}

// run writes text of one style in a group of its own.
func (x *writer) run(text string, s doc.Style) {
	marks := styleMarks(s)
	if marks == "" {
		x.b.WriteString(escape(text))
		return
	}
	x.b.WriteString("{" + marks + " " + escape(text) + "}")
}

func styleMarks(s doc.Style) string {
	var b strings.Builder
	for _, f := range []struct {
		on   bool
		mark string
	}{{s.Bold, `\b`}, {s.Italic, `\i`}, {s.Underline, `\ul`}, {s.Strike, `\strike`}, {s.SmallCaps, `\scaps`}, {s.Code, `\f1`}, {s.Sub, `\sub`}, {s.Sup, `\super`}} {
		if f.on {
			b.WriteString(f.mark)
		}
	}
	return b.String()
}

// fill writes a tab; RTF has none to the right edge that needs no stop, so
// that underscores stand for a line to write on.
func (x *writer) fill(f *doc.Fill) {
	if f.Rule {
		x.run(strings.Repeat("_", 40), doc.Style{})
		return
	}
	x.b.WriteString(`\tab `)
}

func (x *writer) field(f *doc.Field) {
	switch f.Kind {
	case doc.SectionNumber:
		x.run(x.section, f.Style)
	case doc.PageNumber:
		x.b.WriteString("{" + styleMarks(f.Style) + `\chpgn }`)
	default:
		x.b.WriteString("{" + styleMarks(f.Style) + `{\field{\*\fldinst NUMPAGES}{\fldrslt 1}}}`)
	}
}

// image writes a picture as hexadecimal digits.
func (x *writer) image(i *doc.Image) {
	kind := "pngblip"
	if i.Media.Type == "image/jpeg" {
		kind = "jpegblip"
	}
	w, h := i.Width, i.Height
	if w > x.width {
		w, h = x.width, h*x.width/w
	}
	if i.Alt != "" { // Word's place for the text of a picture
		fmt.Fprintf(&x.b, `{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv %s}}}`, escape(i.Alt))
	} else {
		x.b.WriteString(`{\*\shppict{\pict`)
	}
	fmt.Fprintf(&x.b, `\%s\picw%d\pich%d\picwgoal%d\pichgoal%d`, kind, i.Media.Width, i.Media.Height, twips(w), twips(h))
	x.b.WriteByte('\n')
	for data := i.Media.Data; len(data) > 0; {
		n := min(len(data), 64)
		x.b.WriteString(hex.EncodeToString(data[:n]))
		x.b.WriteByte('\n')
		data = data[n:]
	}
	x.b.WriteString(`}}`)
}

// note writes a footnote at its mark.
func (x *writer) note(n *doc.Note) {
	x.b.WriteString(`{\super\chftn}{\footnote{\super\chftn}`)
	cell, size := x.cell, x.doc.Page.Size
	x.cell = false
	for i, b := range n.Blocks {
		p, ok := b.(*doc.Paragraph)
		if !ok {
			x.block(b)
			continue
		}
		fmt.Fprintf(&x.b, `\pard\fs%d `, int(size*10/12*2+0.5))
		if i == 0 {
			x.b.WriteString(`\~`)
		}
		x.inlines(p.Content)
		if i+1 < len(n.Blocks) {
			x.b.WriteString(`\par`)
		}
	}
	x.cell = cell
	x.b.WriteString(`}`)
}
