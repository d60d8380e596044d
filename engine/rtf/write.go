// Package rtf writes documents as RTF: paragraphs, numbered headings, lists,
// tables, footnotes, pictures, links, headers and footers with fields for page
// numbers.
//
// It writes the model of package doc and nothing else; the labels of lists are
// text, as the reference's are. The same document gives the same bytes. Left
// to others: reading Markdown (package doc).
package rtf

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"colloquy/engine/doc"
)

// Options say what a document does not say itself.
type Options struct{}

// Write writes a document as RTF. Characters outside of ASCII are written as
// their numbers.
func Write(w io.Writer, d *doc.Document, _ Options) error {
	x := &writer{doc: d, width: d.Page.TextWidth()}
	x.head()
	x.bands()
	x.blocks(d.Blocks)
	x.b.WriteString("}\n")
	if _, err := w.Write(x.b.Bytes()); err != nil {
		return fmt.Errorf("write RTF: %w", err)
	}
	return nil
}

// A writer holds what is written.
type writer struct {
	doc   *doc.Document
	b     bytes.Buffer
	width float64 // of the frame
	cell  bool    // paragraphs stand in a cell of a table

	section string
}

func twips(points float64) int {
	if points < 0 {
		return int(points*20 - 0.5)
	}
	return int(points*20 + 0.5)
}

// head writes fonts, colours, what the document is about and the page.
func (x *writer) head() {
	page := x.doc.Page
	font, family := "Times New Roman", "froman"
	if page.Family == doc.Sans {
		font, family = "Arial", "fswiss"
	}
	if page.MainFont != "" {
		font = page.MainFont
	}
	code := "Courier New"
	if page.MonoFont != "" {
		code = page.MonoFont
	}
	c := page.LinkColor
	fmt.Fprintf(&x.b, `{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\%s\fcharset0 %s;}{\f1\fmodern\fcharset0 %s;}}{\colortbl;\red%d\green%d\blue%d;}`+"\n", family, escape(font), escape(code), c.R, c.G, c.B)
	x.b.WriteString(`{\stylesheet{\s0 Normal;}`)
	for i := 1; i <= 6; i++ {
		fmt.Fprintf(&x.b, `{\s%d\keepn\b heading %d;}`, i, i)
	}
	x.b.WriteString("}\n{\\info")
	m := x.doc.Meta
	for _, f := range [][2]string{{"title", m.Title}, {"author", strings.Join(m.Authors, ", ")}, {"subject", m.Subject}, {"keywords", m.Keywords}} {
		if f[1] != "" {
			fmt.Fprintf(&x.b, `{\%s %s}`, f[0], escape(f[1]))
		}
	}
	landscape := ""
	if page.Width > page.Height {
		landscape = `\landscape`
	}
	fmt.Fprintf(&x.b, "}\n\\paperw%d\\paperh%d\\margt%d\\margr%d\\margb%d\\margl%d%s\\deftab720\\widowctrl\\ftnbj\\titlepg\\headery720\\footery720\\fs%d\n",
		twips(page.Width), twips(page.Height), twips(page.Top), twips(page.Right), twips(page.Bottom), twips(page.Left), landscape, int(page.Size*2+0.5))
}

// bands writes headers and footers.
func (x *writer) bands() {
	page := x.doc.Page
	for _, f := range []struct {
		name string
		band doc.Band
	}{{"header", page.Header}, {"headerf", page.FirstHeader}, {"footer", page.Footer}, {"footerf", page.FirstFooter}} {
		if f.band.Empty() {
			continue
		}
		fmt.Fprintf(&x.b, `{\%s `, f.name)
		sides := [][][]doc.Inline{splitLines(f.band.Left), splitLines(f.band.Center), splitLines(f.band.Right)}
		for i := range max(len(sides[0]), len(sides[1]), len(sides[2])) {
			fmt.Fprintf(&x.b, `\pard\plain\f0\fs%d\tqc\tx%d\tqr\tx%d `, int(page.Size*2+0.5), twips(page.TextWidth()/2), twips(page.TextWidth()))
			tabs := 0
			for side, lines := range sides {
				if i < len(lines) && len(lines[i]) > 0 {
					x.b.WriteString(strings.Repeat(`\tab `, side-tabs))
					tabs = side
					x.inlines(lines[i])
				}
			}
			x.b.WriteString(`\par`)
		}
		x.b.WriteString("}\n")
	}
}

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

// escape writes text: ASCII as it is, all else as numbers.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || r == '{' || r == '}':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\u00a0':
			b.WriteString(`\~`)
		case r == '\t':
			b.WriteString(`\tab `)
		case r == '\n':
			b.WriteString(`\line `)
		case r >= ' ' && r < 0x7F:
			b.WriteRune(r)
		case r >= 0x80:
			for _, c := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%d?`, int16(c))
			}
		}
	}
	return b.String()
}
