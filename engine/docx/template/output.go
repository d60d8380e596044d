package template

import (
	"regexp"
	"strconv"
	"strings"

	"colloquy/engine/jinja"
	"colloquy/engine/python"
)

// A form is what sort of XML a value is.
type form int

const (
	asText   form = iota // belongs into a w:t
	asRuns               // stands between runs
	asBlocks             // stands between paragraphs
)

// A markup is XML as a value of the template.
type markup struct {
	form form
	xml  string
}

// Class returns the class of XML.
func (*markup) Class() *python.Class { return markupClass }

var markupClass = python.NewClass(python.ClassSpec{
	Name: "Fragment", Module: "docxtpl", Final: true,
	Members: []python.Member{
		python.Method("__str__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			return python.NewStr(a.Self.(*markup).words()), nil
		}),
		python.Method("__len__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			return python.Int(len(a.Self.(*markup).words())), nil
		}),
	},
})

var (
	tagForm   = regexp.MustCompile(`<[^>]*>`)
	unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")
	breaks    = strings.NewReplacer("<w:br/>", "\n", "<w:tab/>", "\t", "</w:p>", "\n")
)

// words is the text of XML.
func (m *markup) words() string {
	return strings.TrimSuffix(unescaper.Replace(tagForm.ReplaceAllString(breaks.Replace(m.xml), "")), "\n")
}

// formOf tells what sort of XML a macro wrote.
func formOf(xml string) form {
	s := strings.TrimSpace(xml)
	switch {
	case strings.HasPrefix(s, "<w:p>"), strings.HasPrefix(s, "<w:p "), strings.HasPrefix(s, "<w:p/>"), strings.HasPrefix(s, "<w:tbl>"), strings.HasPrefix(s, "<w:sdt>"):
		return asBlocks
	case strings.HasPrefix(s, "<w:r>"), strings.HasPrefix(s, "<w:r "), strings.HasPrefix(s, "<w:hyperlink"):
		return asRuns
	}
	return asText
}

// An output writes a part of a document.
type output struct {
	r *rendering
	b strings.Builder
}

// Text implements jinja.Output.
func (o *output) Text(th *python.Thread, p *jinja.Piece) error {
	if s, ok := p.Note.(*spot); ok && s.level == counter {
		o.r.drawings++
		o.b.WriteString(strconv.Itoa(o.r.drawings))
		return nil
	}
	o.b.WriteString(p.Text)
	return th.Alloc(len(p.Text))
}

// Nested implements jinja.Output.
func (o *output) Nested() jinja.Output { return &output{r: o.r} }

// Result implements jinja.Output.
func (o *output) Result() python.Value {
	return &markup{formOf(o.b.String()), o.b.String()}
}

// Value implements jinja.Output.
func (o *output) Value(th *python.Thread, v python.Value, p *jinja.Piece, names *python.Namespace) error {
	s, ok := p.Note.(*spot)
	if !ok {
		s = &spot{level: plain}
	}
	if s.level == inAttr || s.level == plain {
		t, err := th.Str(v)
		if err != nil {
			return err
		}
		o.b.WriteString(attrEscaper.Replace(clean(t.String())))
		return nil
	}
	m, err := o.r.convert(th, v, s, names)
	if err != nil {
		return err
	}
	before := o.b.Len()
	o.place(m, s)
	return th.Alloc(o.b.Len() - before)
}

// clean leaves out characters that XML does not have.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
}

// place writes XML so that it fits where the tag stands.
func (o *output) place(m *markup, s *spot) {
	if m.xml == "" {
		return
	}
	run := func(text string) string {
		return "<w:r>" + s.run + `<w:t xml:space="preserve">` + text + "</w:t></w:r>"
	}
	switch {
	case s.level == inTable, s.level == inText && m.form == asText, s.level == inRuns && m.form == asRuns, s.level == inBlock && m.form == asBlocks:
		o.b.WriteString(m.xml)
	case s.level == inText && m.form == asRuns:
		o.b.WriteString("</w:t></w:r>" + m.xml + "<w:r>" + s.run + `<w:t xml:space="preserve">`)
	case m.form == asBlocks && s.shut != "":
		o.b.WriteString(s.shut + m.xml + s.open)
	case s.level == inRuns:
		o.b.WriteString(run(m.xml))
	case s.level == inBlock && m.form == asRuns:
		o.b.WriteString("<w:p>" + s.para + m.xml + "</w:p>")
	case s.level == inBlock:
		o.b.WriteString("<w:p>" + s.para + run(m.xml) + "</w:p>")
	default:
		o.b.WriteString(m.xml)
	}
}
