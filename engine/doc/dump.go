package doc

import (
	"fmt"
	"strings"
)

// Dump writes a document as indented text, for goldens and for authors who
// want to know what became of their Markdown. Lengths are points.
func Dump(d *Document) string {
	w := &dumper{}
	if d.Meta.Title != "" {
		w.line("title %q", d.Meta.Title)
	}
	for _, a := range d.Meta.Authors {
		w.line("author %q", a)
	}
	for _, band := range []struct {
		name string
		band Band
	}{{"header", d.Page.Header}, {"footer", d.Page.Footer}, {"first header", d.Page.FirstHeader}, {"first footer", d.Page.FirstFooter}} {
		if !band.band.Empty() {
			w.line("%s %s | %s | %s", band.name, inlineText(band.band.Left), inlineText(band.band.Center), inlineText(band.band.Right))
		}
	}
	w.blocks(d.Blocks)
	for _, warning := range d.Warnings {
		w.line("! line %d: %s", warning.Line, warning.Text)
	}
	return w.b.String()
}

type dumper struct {
	b     strings.Builder
	depth int
}

func (w *dumper) line(format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", w.depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

// inside writes what f writes one step further in.
func (w *dumper) inside(f func()) {
	w.depth++
	f()
	w.depth--
}

func (w *dumper) blocks(blocks []Block) {
	for _, b := range blocks {
		w.block(b)
	}
}

func (w *dumper) block(b Block) {
	switch b := b.(type) {
	case *Paragraph:
		w.line("p%s%s %s", roleNames[b.Role], lookText(b.Look), inlineText(b.Content))
	case *Heading:
		w.line("h%d #%s %s%s %s", b.Level, b.ID, b.Number, lookText(b.Look), inlineText(b.Content))
	case *List:
		w.line("list text=%g", b.TextAt)
		w.inside(func() {
			for i, item := range b.Items {
				w.line("%s", b.Label(i))
				w.inside(func() { w.blocks(item.Blocks) })
			}
		})
	case *Definitions:
		w.line("definitions")
		w.inside(func() { w.definitions(b) })
	case *Table:
		w.table(b)
	case *Columns:
		w.line("columns line=%t", b.Line)
		for _, c := range b.Cols {
			w.inside(func() { w.line("column"); w.inside(func() { w.blocks(c) }) })
		}
	case *Quote:
		w.line("quote")
		w.inside(func() { w.blocks(b.Blocks) })
	case *Code:
		w.line("code left=%g %q", b.Left, b.Text)
	case *Rule:
		w.line("rule")
	case *Space:
		w.line("space %g", b.Height)
	case *PageBreak:
		w.line("page break")
	case *Contents:
		w.line("contents depth=%d", b.Depth)
	}
}

func (w *dumper) definitions(b *Definitions) {
	for _, e := range b.Entries {
		for _, t := range e.Terms {
			w.line("term %s", inlineText(t.Content))
		}
		for _, body := range e.Bodies {
			w.inside(func() { w.blocks(body) })
		}
	}
}

func (w *dumper) table(t *Table) {
	w.line("table")
	w.inside(func() {
		if t.Caption != nil {
			w.line("caption %s", inlineText(t.Caption.Content))
		}
		for _, c := range t.Columns {
			w.line("column align=%d width=%.2f", c.Align, c.Width)
		}
		for i, rows := range [][]Row{t.Head, t.Rows} {
			for _, r := range rows {
				w.line("%s", [...]string{"head", "row"}[i])
				w.inside(func() {
					for _, c := range r.Cells {
						w.line("cell")
						w.inside(func() { w.blocks(c.Blocks) })
					}
				})
			}
		}
	})
}

var roleNames = map[Role]string{Title: " title", Subtitle: " subtitle", Author: " author", Date: " date", Abstract: " abstract", Term: " term", Caption: " caption"}

// lookText names what is not usual about a look.
func lookText(l Look) string {
	var b strings.Builder
	b.WriteString([...]string{"", " center", " right"}[l.Align])
	for _, f := range []struct {
		name  string
		value float64
	}{{"left", l.Left}, {"right", l.Right}, {"first", l.First}, {"before", l.Before}, {"after", l.After}, {"size", l.Size}} {
		if f.value != 0 {
			fmt.Fprintf(&b, " %s=%g", f.name, f.value)
		}
	}
	if l.Pitch != 1 {
		fmt.Fprintf(&b, " pitch=%g", l.Pitch)
	}
	if l.Border {
		b.WriteString(" border")
	}
	return b.String()
}

func inlineText(in []Inline) string {
	var b strings.Builder
	for _, i := range in {
		switch i := i.(type) {
		case *Text:
			fmt.Fprintf(&b, "%s%q", styleText(i.Style, i.Link), i.Text)
		case *Break:
			b.WriteString("<br>")
		case *Tab:
			b.WriteString("<tab>")
		case *Blank:
			fmt.Fprintf(&b, "<blank %g>", i.Width)
		case *Fill:
			fmt.Fprintf(&b, "<fill rule=%t>", i.Rule)
		case *Box:
			fmt.Fprintf(&b, "<box %t>", i.Checked)
		case *Image:
			fmt.Fprintf(&b, "<image %s %.4gx%.4g %q>", i.Media.Name, i.Width, i.Height, i.Alt)
		case *Note:
			w := &dumper{}
			w.blocks(i.Blocks)
			b.WriteString("<note " + strings.TrimSpace(strings.ReplaceAll(w.b.String(), "\n", ";")) + ">")
		case *Field:
			b.WriteString([...]string{"<page>", "<pages>", "<section>"}[i.Kind])
		case *Bar:
			fmt.Fprintf(&b, "<bar %d>", i.Units)
		case *Anchor:
			b.WriteString("<anchor " + i.ID + ">")
		}
	}
	return b.String()
}

func styleText(s Style, link string) string {
	var b strings.Builder
	for _, f := range []struct {
		on   bool
		mark string
	}{{s.Bold, "b"}, {s.Italic, "i"}, {s.Underline, "u"}, {s.Strike, "s"}, {s.Code, "c"}, {s.Sub, "_"}, {s.Sup, "^"}, {s.SmallCaps, "k"}} {
		if f.on {
			b.WriteString(f.mark)
		}
	}
	if link != "" {
		b.WriteString("<" + link + ">")
	}
	return b.String()
}
