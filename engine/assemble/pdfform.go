package assemble

import (
	"regexp"
	"strings"

	"colloquy/engine/pdf"
	"colloquy/engine/python"

	"github.com/skip2/go-qrcode"
)

// Sizes of QR codes, in pixels.
const qrPixels = 600

var (
	fileTag  = regexp.MustCompile(`\[FILE ([^,\]]+)[^\]]*\]`)
	codeTag  = regexp.MustCompile(`\[QR ([^,\]]+)[^\]]*\]`)
	trailing = regexp.MustCompile(`\s+$`)
	breakTag = regexp.MustCompile(`[ \t]*\[(?:NEWLINE|BR)\][ \t]*`)
	placeTag = regexp.MustCompile(`\[(?:BORDER|NOINDENT|FLUSHLEFT|FLUSHRIGHT|BOLDCENTER|CENTER)\][ \t]*`)
)

// fillForm fills in a PDF form (documentation: "Filling PDF forms").
func (p *Plan) fillForm() ([]byte, error) {
	var answers []pdf.Answer
	for _, name := range p.lastFields() {
		a, err := p.answer(name)
		if err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	o := pdf.FormOptions{Flatten: !p.Options.Editable, ExportValue: p.Options.ExportValue}
	for _, text := range []struct {
		from *string
		to   *string
	}{{p.Options.TemplatePassword, &o.TemplatePassword}, {p.Options.Password, &o.Password}, {p.Options.OwnerPassword, &o.OwnerPassword}} {
		if text.from != nil {
			*text.to = *text.from
		}
	}
	t := p.Templates[0]
	filled, warnings, err := pdf.Fill(t.Content, answers, o)
	if err != nil {
		return nil, python.Errorf(python.ValueError, "pdf template file %s: %v", t.Name, err)
	}
	p.Warnings = append(p.Warnings, warnings...)
	return filled, nil
}

// lastFields are the fields in order, each name once with its last value.
func (p *Plan) lastFields() []Field {
	at := map[string]int{}
	var out []Field
	for _, f := range p.Fields {
		if i, ok := at[f.Name]; ok {
			out[i] = f
			continue
		}
		at[f.Name] = len(out)
		out = append(out, f)
	}
	return out
}

// answer is what goes into one field. Tags are those of authors and of files;
// what a person typed is text, whatever it looks like.
func (p *Plan) answer(f Field) (pdf.Answer, error) {
	value, err := p.fieldText(f.Value)
	if err != nil {
		return pdf.Answer{}, err
	}
	a := pdf.Answer{Name: f.Name}
	if ref, ok := tagged(value, fileTag); ok && p.File != nil {
		file, err := p.File(ref)
		if err != nil {
			return a, err
		}
		a.Image = file.Content
		return a, nil
	}
	if words, ok := tagged(value, codeTag); ok {
		code, err := qrcode.Encode(words, qrcode.Medium, qrPixels)
		if err != nil {
			return a, python.Errorf(python.ValueError, "the text for the QR code of the field %s is too long", f.Name)
		}
		a.Image = code
		return a, nil
	}
	a.Text = untagged(untagged(value, breakTag, "\n"), placeTag, "").String()
	return a, nil
}

// tagged finds a tag that an author wrote, and gives what it refers to.
func tagged(s *python.Str, tag *regexp.Regexp) (string, bool) {
	text := s.String()
	for _, m := range tag.FindAllStringSubmatchIndex(text, -1) {
		if !typed(s, m[0]) {
			return strings.TrimSpace(text[m[2]:m[3]]), true
		}
	}
	return "", false
}

// untagged puts something in place of tags that an author wrote.
func untagged(s *python.Str, tag *regexp.Regexp, by string) *python.Str {
	text, out, at := s.String(), "", 0
	var spans []python.Span
	keep := func(from, to int) {
		for _, sp := range s.Spans() {
			if lo, hi := max(sp.From, from), min(sp.To, to); lo < hi {
				spans = append(spans, python.Span{From: lo - from + len(out), To: hi - from + len(out)})
			}
		}
		out += text[from:to]
	}
	for _, m := range tag.FindAllStringIndex(text, -1) {
		if bracket := strings.IndexByte(text[m[0]:m[1]], '['); bracket >= 0 && typed(s, m[0]+bracket) {
			continue
		}
		keep(at, m[0])
		out += by
		at = m[1]
	}
	keep(at, len(text))
	return python.WithSpans(out, spans)
}

// typed says whether the character at a place came from a person.
func typed(s *python.Str, at int) bool {
	for _, sp := range s.Spans() {
		if sp.From <= at && at < sp.To {
			return true
		}
	}
	return false
}

// fieldText is a value as a form shows it: Yes, No, nothing, or its text.
func (p *Plan) fieldText(v python.Value) (*python.Str, error) {
	switch v {
	case nil, python.Value(python.None):
		return python.NewStr(""), nil
	case python.Value(python.True):
		return python.NewStr("Yes"), nil
	case python.Value(python.False):
		return python.NewStr("No"), nil
	}
	s, err := p.Thread.Str(v)
	if err != nil {
		return nil, err
	}
	if _, written := v.(*python.Str); written {
		switch strings.TrimSpace(s.String()) {
		case "True":
			return python.NewStr("Yes"), nil
		case "False":
			return python.NewStr("No"), nil
		case "None":
			return python.NewStr(""), nil
		}
	}
	return untagged(s, trailing, ""), nil
}
