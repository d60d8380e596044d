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

// answer is what goes into one field.
func (p *Plan) answer(f Field) (pdf.Answer, error) {
	text, err := p.fieldText(f.Value)
	if err != nil {
		return pdf.Answer{}, err
	}
	a := pdf.Answer{Name: f.Name}
	if m := fileTag.FindStringSubmatch(text); m != nil && p.File != nil {
		file, err := p.File(strings.TrimSpace(m[1]))
		if err != nil {
			return a, err
		}
		a.Image = file.Content
		return a, nil
	}
	if m := codeTag.FindStringSubmatch(text); m != nil {
		code, err := qrcode.Encode(strings.TrimSpace(m[1]), qrcode.Medium, qrPixels)
		if err != nil {
			return a, python.Errorf(python.ValueError, "the text for the QR code of the field %s is too long", f.Name)
		}
		a.Image = code
		return a, nil
	}
	a.Text = placeTag.ReplaceAllString(breakTag.ReplaceAllString(text, "\n"), "")
	return a, nil
}

// fieldText is a value as a form shows it: Yes, No, nothing, or its text.
func (p *Plan) fieldText(v python.Value) (string, error) {
	switch v {
	case nil, python.Value(python.None):
		return "", nil
	case python.Value(python.True):
		return "Yes", nil
	case python.Value(python.False):
		return "No", nil
	}
	s, err := p.Thread.Str(v)
	if err != nil {
		return "", err
	}
	text := strings.TrimRight(s.String(), " \t\r\n")
	if _, written := v.(*python.Str); written {
		switch text {
		case "True":
			return "Yes", nil
		case "False":
			return "No", nil
		case "None":
			return "", nil
		}
	}
	return text, nil
}
