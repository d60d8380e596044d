package template

import (
	"strings"

	"colloquy/engine/jinja"
	"colloquy/engine/python/syntax"
)

// flush ends a piece of literal XML.
func (p *preparation) flush() {
	if p.text.Len() > 0 {
		p.out = append(p.out, jinja.Piece{Text: p.text.String(), At: syntax.Pos{Line: max(p.line, 1), Col: 1}})
		p.text.Reset()
	}
}

func (p *preparation) piece(t *jinja.Piece) {
	p.flush()
	p.out = append(p.out, *t)
}

// linear writes a tree as pieces. path are the elements around n, outermost
// first.
func (p *preparation) linear(n *node, path []*node) {
	switch {
	case n.tag != nil:
		if n.tag.Text[1] == '{' {
			n.tag.Note = where(path, n.tag)
		}
		p.piece(n.tag)
		return
	case n.name == "":
		if len(path) > 0 && path[len(path)-1].name == "w:t" {
			writeText(&p.text, n.text, where(path, nil))
			return
		}
		p.text.WriteString(textEscaper.Replace(n.text))
		return
	case n.name == "w:p":
		p.line++
	}
	p.text.WriteString("<" + n.name)
	for _, a := range n.attrs {
		p.text.WriteString(" " + a.name + `="`)
		switch {
		case a.tag != nil:
			p.piece(a.tag)
		case n.name == "wp:docPr" && a.name == "id":
			p.flush()
			p.out = append(p.out, jinja.Piece{Text: a.value, Note: &spot{level: counter}})
		default:
			p.text.WriteString(attrEscaper.Replace(a.value))
		}
		p.text.WriteString(`"`)
	}
	if len(n.kids) == 0 {
		p.text.WriteString("/>")
		return
	}
	p.text.WriteString(">")
	path = append(path, n)
	for _, k := range n.kids {
		p.linear(k, path)
	}
	p.text.WriteString("</" + n.name + ">")
}

// boxes are what paragraphs lie in.
var boxes = map[string]bool{"w:body": true, "w:tc": true, "w:txbxContent": true, "w:hdr": true, "w:ftr": true, "w:footnote": true}

// where says what is known of the place inside of the elements of a path.
func where(path []*node, tag *jinja.Piece) *spot {
	s := &spot{level: plain}
	if len(path) == 0 {
		return s
	}
	if tag != nil {
		if h, ok := tag.Note.(host); ok {
			s.run, s.para = h.run, h.para
		}
		if at, ok := tag.Note.(*spot); ok {
			return at
		}
	}
	switch path[len(path)-1].name {
	case "w:t":
		s.level = inText
	case "w:tbl", "w:tr":
		s.level = inTable
	default:
		s.level = inBlock
	}
	for i := len(path) - 1; i >= 0; i-- {
		n := path[i]
		if boxes[n.name] {
			break
		}
		s.shut += "</" + n.name + ">"
		var b strings.Builder
		n.start(&b)
		open := b.String() + ">"
		switch n.name {
		case "w:r":
			s.run = n.child("w:rPr").String()
			open += s.run
		case "w:p":
			s.para = n.child("w:pPr").String()
			s.open = "<w:p>" + s.para + s.open
			if s.level != inText {
				s.level = inRuns
			}
			return s
		}
		s.open = open + s.open
	}
	s.shut, s.open = "", ""
	return s
}

// writeText writes text into a w:t: a line break is one of Word, so is a tab; a
// bell (7) ends the paragraph and a form feed the page, as docassemble has it.
func writeText(b *strings.Builder, text string, s *spot) {
	from := 0
	for i, r := range text {
		var w string
		switch {
		case r == '\n':
			w = `<w:br/>`
		case r == '\t':
			w = `<w:tab/>`
		case r == '\a' && s.open != "":
			w = s.shut + s.open
		case r == '\f' && s.open != "":
			b.WriteString(textEscaper.Replace(text[from:i]))
			b.WriteString(s.shut + `<w:p><w:r><w:br w:type="page"/></w:r></w:p>` + s.open)
			from = i + 1
			continue
		case r >= ' ' && r != '\ufffe' && r != '\uffff':
			continue
		}
		b.WriteString(textEscaper.Replace(text[from:i]))
		from = i + len(string(r))
		switch {
		case r == '\a' && w != "":
			b.WriteString(w)
		case w != "":
			b.WriteString("</w:t>" + w + `<w:t xml:space="preserve">`)
		}
	}
	b.WriteString(textEscaper.Replace(text[from:]))
}
