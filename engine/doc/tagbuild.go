package doc

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// tag does what a bracket tag says.
func (b *builder) tag(n *tagNode, st Style, link string) {
	if n.name == "[[" {
		b.nestedInlines(n.args)
		return
	}
	t := tags[n.name]
	switch t.effect {
	case lookTag:
		b.lookTag(n)
	case stateTag:
		b.stateTag(n.name)
	case breakTag:
		b.breakTag(n.name)
	case regionTag:
		b.regionTag(n)
	case goneTag:
		if n.name == "FIELD" {
			b.warn(n, "[FIELD "+b.guard.hide(n.args)+"] cannot be used in a document")
		}
	default:
		if t.text != "" {
			b.run(t.text, st, link)
			return
		}
		b.glyphTag(n, st)
	}
}

// glyphTag adds what a tag in the line stands for.
func (b *builder) glyphTag(n *tagNode, st Style) {
	st.Bold = st.Bold || b.frame.bold || b.looks.bold
	switch n.name {
	case "BR", "NEWLINE", "END":
		if b.para != nil && len(b.para.Content) > 0 {
			b.add(&Break{})
		}
	case "TAB":
		b.add(&Tab{})
	case "PAGENUM":
		b.add(&Field{Kind: PageNumber, Style: st})
	case "TOTALPAGES":
		b.add(&Field{Kind: PageCount, Style: st})
	case "SECTIONNUM":
		b.add(&Field{Kind: SectionNumber, Style: st})
	case "BLANK":
		b.add(&Blank{Width: 1.5 * inch})
	case "BLANKFILL":
		b.add(&Fill{Rule: true})
	case "CHECKBOX":
		b.add(&Box{})
	case "REDACTION_WORD":
		b.add(&Bar{Units: barUnits(b.guard.reveal(n.args))})
	case "REDACTION_SPACE":
		b.run(" ", Style{}, "")
	default:
		b.mediaTag(n)
	}
}

// barUnits is how wide the bar over a word is: one of three widths.
func barUnits(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n <= 4:
		return 4
	case n <= 9:
		return 7
	default:
		return 12
	}
}

// lookTag notes how the paragraph that begins here looks. In the middle of a
// paragraph it ends that one.
func (b *builder) lookTag(n *tagNode) {
	if b.para != nil {
		if len(trimmed(b.para.Content)) > 0 {
			b.finish()
			b.looks = looks{}
		}
		b.para = nil
	}
	l := &b.looks
	switch n.name {
	case "CENTER", "BOLDCENTER":
		l.aligned, l.to = true, Center
		l.bold = l.bold || n.name == "BOLDCENTER"
	case "FLUSHLEFT":
		l.aligned, l.to = true, Left
	case "FLUSHRIGHT":
		l.aligned, l.to = true, Right
	case "NOINDENT":
		l.noIndent = true
	case "BORDER":
		l.border = true
	case "INDENTBY":
		fields := strings.Fields(n.args)
		for i, f := range fields {
			v, ok := length(f, b.doc.Page.TextWidth(), b.doc.Page.Size)
			if !ok || i > 1 || v < 0 || v > b.doc.Page.TextWidth()*0.9 {
				b.warn(n, fmt.Sprintf("[INDENTBY %s] is not understood: write one or two lengths such as 0.5in", b.guard.hide(n.args)))
				return
			}
			if i == 0 {
				l.byLeft = v
			} else {
				l.byRight = v
			}
		}
		l.indented = len(fields) > 0
	}
}

// stateTag changes how paragraphs look from here on.
func (b *builder) stateTag(name string) {
	b.finish()
	switch name {
	case "START_INDENTATION":
		b.frame.indent = true
	case "STOP_INDENTATION":
		b.frame.indent = false
	case "TIGHTSPACING":
		b.frame.state = state{pitch: 1}
	case "SINGLESPACING":
		b.frame.state = state{pitch: 1, gap: true}
	case "ONEANDAHALFSPACING":
		b.frame.state = state{pitch: 1.5, indent: true}
	case "DOUBLESPACING":
		b.frame.state = state{pitch: 2, indent: true}
	case "TRIPLESPACING":
		b.frame.state = state{pitch: 3, indent: true}
	}
}

// breakTag ends the paragraph; the next one has the same look.
func (b *builder) breakTag(name string) {
	b.finish()
	line := b.look().Leading(b.doc.Page)
	switch name {
	case "SKIPLINE":
		b.put(&Space{Height: line})
	case "VERTICALSPACE":
		b.put(&Space{Height: 2 * line})
	case "PAGEBREAK":
		b.put(&PageBreak{})
	}
}

// regionTag begins, divides or ends two columns.
func (b *builder) regionTag(n *tagNode) {
	name := n.name
	b.finish()
	b.looks = looks{}
	if name == "BEGIN_CAPTION" || name == "BEGIN_TWOCOL" {
		r := region{line: name == "BEGIN_CAPTION", end: "END" + strings.TrimPrefix(name, "BEGIN"), kept: b.frame}
		r.cols[1] = b.out // what stands before, until the region ends
		b.regions = append(b.regions, r)
		b.out = nil
		b.frame = frame{state: state{pitch: 1}, inCell: true}
		return
	}
	if len(b.regions) == 0 {
		b.warn(n, "["+name+"] stands outside of two columns")
		return
	}
	r := &b.regions[len(b.regions)-1]
	switch {
	case name == r.end:
		b.endRegion()
	case strings.HasPrefix(name, "END"):
		b.warn(n, "["+name+"] ends what begins otherwise: ["+r.end+"] is meant")
		b.endRegion()
	case r.side == 0:
		r.cols[0], b.out, r.side = b.out, nil, 1
	}
}

// endRegion puts the two columns that were being built.
func (b *builder) endRegion() {
	r := b.regions[len(b.regions)-1]
	b.regions = b.regions[:len(b.regions)-1]
	c := &Columns{Line: r.line}
	if r.side == 0 {
		c.Cols[0] = b.out
	} else {
		c.Cols[0], c.Cols[1] = r.cols[0], b.out
	}
	b.out = append(r.cols[1], c, &Space{Height: b.doc.Page.Size})
	b.frame = r.kept
}
