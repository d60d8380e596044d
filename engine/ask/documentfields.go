package ask

import (
	"strconv"
	"strings"

	"colloquy/engine/assemble"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// planMetadata evaluates the settings of a document written in Markdown: those
// of the interview's "attachment options", then the document's own.
func (p *preparation) planMetadata(d *planned) error {
	if d.a.Kind != interview.MarkdownDocument {
		return nil
	}
	for _, n := range []*interview.Node{p.sc.Interview.Options.Get("metadata"), d.a.Metadata} {
		if n == nil {
			continue
		}
		for i, k := range n.Keys {
			v, err := p.metadatum(n.Items[i])
			if err != nil {
				return err
			}
			d.plan.SetMetadata(k.Written(), v)
		}
	}
	return nil
}

func (p *preparation) metadatum(n *interview.Node) (any, error) {
	if n.Kind != interview.List {
		v, err := NodeValue(p.th, p.sc.Answers, n)
		if err != nil {
			return nil, err
		}
		if b, ok := v.(python.Bool); ok {
			return bool(b), nil
		}
		s, err := p.th.Str(v)
		return trimmed(s), err
	}
	var list []*python.Str
	for _, item := range n.Items {
		v, err := NodeValue(p.th, p.sc.Answers, item)
		if err != nil {
			return nil, err
		}
		s, err := p.th.Str(v)
		if err != nil {
			return nil, err
		}
		list = append(list, trimmed(s))
	}
	return list, nil
}

// trimmed is a text without blanks around it.
func trimmed(s *python.Str) *python.Str {
	if s == nil {
		return python.NewStr("")
	}
	text := s.String()
	start := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	short := strings.TrimSpace(text)
	var spans []python.Span
	for _, sp := range s.Spans() {
		from, to := max(sp.From-start, 0), min(sp.To-start, len(short))
		if from < to {
			spans = append(spans, python.Span{From: from, To: to})
		}
	}
	return python.WithSpans(short, spans)
}

// planFields evaluates the values for the fields of a template, in the
// documented order of their sources, and finds the template.
func (p *preparation) planFields(d *planned) error {
	a, place := d.a, p.ev.Place()
	place.Inside = "docx"
	if a.Kind == interview.PDFDocument {
		place.Inside = "pdf"
	}
	d.plan.Thread, d.plan.Names, d.plan.File = p.th, p.sc.Answers, p.documentFile
	d.plan.Live = len(a.Fields)+len(a.FieldVariables)+len(a.RawFieldVariables)+len(a.FieldCode) == 0 && a.Code == nil
	for _, t := range a.Templates {
		if err := p.planTemplate(d, t); err != nil {
			return err
		}
	}
	if len(d.plan.Templates) == 0 {
		return python.Errorf(python.ValueError, "there is no template file")
	}
	if a.DecimalPlaces != nil {
		text, err := p.text(a.DecimalPlaces)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 20 {
			return python.Errorf(python.ValueError, "decimal places must be a whole number from 0 to 20, not %s", text)
		}
		d.plan.Options.DecimalPlaces = n
	}
	if err := p.texts([]textTo{{a.CheckboxExportValue, &d.plan.Options.ExportValue}}); err != nil {
		return err
	}
	sources := []func(*planned) error{p.writtenFields, p.codedFields, p.rawFields, p.variableFields}
	if a.Kind == interview.PDFDocument {
		sources = []func(*planned) error{p.writtenFields, p.codedFields, p.variableFields, p.rawFields}
	}
	for _, source := range sources {
		if err := source(d); err != nil {
			return err
		}
	}
	return nil
}

func (p *preparation) planTemplate(d *planned, t interview.TemplateFile) error {
	if t.Code == nil {
		content, err := p.ev.ReadData(string(packages.Templates), t.Ref)
		if err != nil {
			return err
		}
		d.plan.Templates = append(d.plan.Templates, assemble.Template{Name: t.Ref, Content: content, Static: true})
		return nil
	}
	v, err := t.Code.Run(p.th, p.sc.Answers)
	if err != nil {
		return err
	}
	files, err := p.templateFiles(v, "template file")
	if err != nil {
		return err
	}
	if d.a.Kind == interview.PDFDocument && len(files) > 1 {
		files = files[:1]
	}
	d.plan.Templates = append(d.plan.Templates, files...)
	return nil
}

// templateFiles reads the files that code gives as a template: names, addresses,
// files, or a list of these.
func (p *preparation) templateFiles(v python.Value, what string) ([]assemble.Template, error) {
	if v == python.Value(python.None) {
		return nil, python.Errorf(python.ValueError, "%s: the code gave None instead of a file", what)
	}
	parts, err := evaluation.CallLibrary(p.th, "template_files", []python.Value{v})
	if err != nil {
		return nil, err
	}
	var out []assemble.Template
	err = p.th.Each(parts, func(v python.Value) error {
		part := v.(*python.Tuple).Elems // of template_files
		t := assemble.Template{Static: part[2] == python.Value(python.True)}
		t.Name, _ = python.StringOf(part[0])
		if b, ok := part[1].(*python.Bytes); ok {
			t.Content = []byte(b.Data())
		} else if t.Content, err = p.ev.ReadData(string(packages.Templates), t.Name); err != nil {
			return python.Errorf(python.FileNotFoundError, "%s: %v", what, err)
		}
		out = append(out, t)
		return nil
	})
	return out, err
}

// writtenFields are those under "fields".
func (p *preparation) writtenFields(d *planned) error {
	for _, f := range d.a.Fields {
		v, err := p.optional(d, func() (python.Value, error) { return p.fieldValue(f.Value) })
		if err != nil {
			return err
		}
		d.plan.Fields = append(d.plan.Fields, assemble.Field{Name: f.Name, Value: v})
	}
	return nil
}

// fieldValue is a value as it is written: text is Mako, numbers become text.
func (p *preparation) fieldValue(n *interview.Node) (python.Value, error) {
	if n != nil && (n.Kind == interview.Int || n.Kind == interview.Float || n.Kind == interview.Date) {
		return python.NewStr(n.Written()), nil
	}
	return NodeValue(p.th, p.sc.Answers, n)
}

// optional is a value that is empty if it lacks a name and the author wants
// that ("skip undefined").
func (p *preparation) optional(d *planned, value func() (python.Value, error)) (python.Value, error) {
	v, err := value()
	if _, missing := python.MissingName(err); missing && d.plan.Options.SkipUndefined {
		return python.NewStr(""), nil
	}
	return v, err
}

// codedFields are those of the dictionary that "code" gives; for a form it may
// be a list of dictionaries.
func (p *preparation) codedFields(d *planned) error {
	if d.a.Code == nil {
		return nil
	}
	v, err := p.optional(d, func() (python.Value, error) { return d.a.Code.Run(p.th, p.sc.Answers) })
	if err != nil {
		return err
	}
	all := []python.Value{v}
	if l, ok := python.Unwrap(v).(*python.List); ok && d.a.Kind == interview.PDFDocument {
		all = l.Elems
	}
	for _, v := range all {
		if s, ok := v.(*python.Str); ok && s.Len() == 0 && d.plan.Options.SkipUndefined {
			continue
		}
		values, err := p.dictionary(v)
		if err != nil {
			return err
		}
		for k, v := range values.All() {
			name, err := p.th.Str(k)
			if err != nil {
				return err
			}
			d.addField(name.String(), v, false)
		}
	}
	return nil
}

// dictionary is a dictionary, or the one in a DADict.
func (p *preparation) dictionary(v python.Value) (*python.Dict, error) {
	if dict, ok := python.Unwrap(v).(*python.Dict); ok {
		return dict, nil
	}
	if derives(v, "DADict") {
		elements, err := p.th.GetAttr(v, "elements")
		if err != nil {
			return nil, err
		}
		if dict, ok := python.Unwrap(elements).(*python.Dict); ok {
			return dict, nil
		}
	}
	return nil, python.Errorf(python.TypeError, "the code of an attachment must give a dictionary, not %s", v.Class().Name())
}

func (p *preparation) rawFields(d *planned) error {
	return p.namedFields(d, d.a.RawFieldVariables, true)
}

func (p *preparation) variableFields(d *planned) error {
	if err := p.namedFields(d, d.a.FieldVariables, false); err != nil {
		return err
	}
	for _, f := range d.a.FieldCode {
		v, err := p.optional(d, func() (python.Value, error) { return f.Code.Run(p.th, p.sc.Answers) })
		if err != nil {
			return err
		}
		d.addField(f.Name, v, false)
	}
	return nil
}

func (p *preparation) namedFields(d *planned, names []string, raw bool) error {
	for _, name := range names {
		v, err := p.optional(d, func() (python.Value, error) { return evaluation.Read(p.th, name) })
		if err != nil {
			return err
		}
		d.addField(name, v, raw)
	}
	return nil
}

// addField adds a value that code gave; numbers have the decimal places that
// the author wants.
func (d *planned) addField(name string, v python.Value, raw bool) {
	if f, ok := v.(python.Float); ok && d.plan.Options.DecimalPlaces >= 0 && !raw {
		v = python.NewStr(strconv.FormatFloat(float64(f), 'f', d.plan.Options.DecimalPlaces, 64))
	}
	d.plan.Fields = append(d.plan.Fields, assemble.Field{Name: name, Value: v, Raw: raw})
}

// derives reports whether a value is of a class of this name.
func derives(v python.Value, class string) bool {
	for _, c := range v.Class().MRO() {
		if c.Name() == class {
			return true
		}
	}
	return false
}
