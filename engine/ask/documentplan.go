package ask

import (
	"strconv"
	"strings"

	"colloquy/engine/assemble"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/mako"
	"colloquy/engine/python"
)

// planned is an attachment whose expressions and texts are evaluated.
type planned struct {
	a     *interview.Attachment
	name  string           // of the object that the document is: its variable, or a hidden place
	old   *python.Instance // what was made the last time, or nil
	stays bool             // old is the document
	title *python.Str
	about *python.Str
	file  string // name of the file without extension
	// extension is that of a raw file, with its dot.
	extension string
	valid     []string // formats as the author wrote them, or *
	formats   []string // formats to be made
	plan      assemble.Plan
	sources   map[string]*python.Str // by format
	manual    []manualFile
	access    access
}

// manualFile is a file that is there already, by extension.
type manualFile struct {
	extension string
	file      python.Value
}

// access says who may see the files of a document, and for how long they are
// there. Nil was not said.
type access struct {
	persistent, private *bool
	users, privileges   python.Value
}

var planKinds = map[interview.DocumentKind]assemble.Kind{interview.MarkdownDocument: assemble.Markdown, interview.DOCXDocument: assemble.Word,
	interview.PDFDocument: assemble.Form, interview.RawDocument: assemble.Raw}

// plan evaluates everything in an attachment, in the documented order. A
// document with a variable stays as it is once it is made, until it is deleted
// (documentation: "caching"), unless the interview has "cache documents: False".
func (p *preparation) plan(a *interview.Attachment) (*planned, error) {
	d := &planned{a: a, name: "_internal['docvar'][" + strconv.Itoa(a.Number) + "]", plan: assemble.Plan{Kind: planKinds[a.Kind]}}
	if a.Variable != nil {
		d.name = evaluation.Intrinsic(p.th, a.Variable.Text)
	}
	d.old = p.before(d)
	if d.old != nil && a.Variable != nil && p.sc.Interview.Features.CacheDocuments {
		d.stays = true
		return d, nil
	}
	place := p.ev.Place()
	was, lang := *place, p.scr.Lang
	defer func() {
		place.Language, place.Document, place.Inside, place.Unredacted, place.Attachment =
			was.Language, was.Document, was.Inside, was.Unredacted, was.Attachment
		p.scr.Lang = lang
	}()
	place.Document = true
	if a.Language != "" {
		place.Language, p.scr.Lang = a.Language, a.Language
	}
	place.Attachment = &evaluation.Attachment{}
	for _, step := range []func(*planned) error{p.planFormats, p.planNames, p.planSource, p.planSettings, p.planOutput, p.planFormat, p.planManual} {
		if err := step(d); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// usualFormats are made where the author does not say.
var usualFormats = map[interview.DocumentKind][]string{
	interview.MarkdownDocument: {"pdf", "rtf", "html"}, interview.DOCXDocument: {"docx", "pdf"},
	interview.PDFDocument: {"pdf"}, interview.RawDocument: {"raw"},
}

// knownFormats are those there are; other words are ignored.
var knownFormats = map[interview.DocumentKind][]string{
	interview.MarkdownDocument: {"pdf", "rtf", "docx", "rtf to docx", "tex", "html", "md"}, interview.DOCXDocument: {"docx", "pdf"},
}

func (p *preparation) planFormats(d *planned) error {
	d.valid = d.a.Formats
	if d.a.FormatsCode != nil {
		v, err := d.a.FormatsCode.Run(p.th, p.sc.Answers)
		if err != nil {
			return err
		}
		if d.valid, err = p.wordList(v, "valid formats"); err != nil {
			return err
		}
	}
	usual := usualFormats[d.a.Kind]
	known := knownFormats[d.a.Kind]
	if len(d.valid) == 0 || known == nil {
		d.valid = usual
		if d.a.Kind == interview.MarkdownDocument {
			d.valid = []string{"*"}
		}
	}
	for _, f := range d.valid {
		switch {
		case f == "*":
			d.formats = addAll(d.formats, usual...)
		case has(known, f) || has(usual, f):
			d.formats = addAll(d.formats, f)
		}
	}
	return nil
}

func addAll(list []string, more ...string) []string {
	for _, m := range more {
		if !has(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// has is slices.Contains for lists of words.
func has(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// wordList reads a text, or a list of texts.
func (p *preparation) wordList(v python.Value, what string) ([]string, error) {
	if s, ok := python.StringOf(v); ok {
		return []string{strings.TrimSpace(s)}, nil
	}
	var all []string
	err := p.th.Each(v, func(v python.Value) error {
		s, ok := python.StringOf(v)
		if !ok {
			return python.Errorf(python.TypeError, "%s: the code must give a list of texts", what)
		}
		all = append(all, strings.TrimSpace(s))
		return nil
	})
	return all, err
}

func (p *preparation) planNames(d *planned) (err error) {
	var file *python.Str
	for _, t := range []struct {
		text *interview.Text
		to   **python.Str
	}{{d.a.Name, &d.title}, {d.a.Filename, &file}, {d.a.Description, &d.about}} {
		if *t.to, err = p.str(t.text); err != nil {
			return err
		}
	}
	if strings.TrimSpace(d.title.String()) == "" {
		d.title = python.NewStr(p.word("Document"))
	}
	d.title = trimmed(d.title)
	formats := append([]string{}, d.formats...)
	d.file, d.extension = fileName(file.String(), d.title.String(), d.a, formats)
	at := p.ev.Place().Attachment
	at.Name, at.Filename, at.Description = d.title, d.file, trimmed(d.about)
	d.plan.Name, d.plan.Filename, d.plan.Description = d.title.String(), d.file, strings.TrimSpace(d.about.String())
	return nil
}

func (p *preparation) planSource(d *planned) error {
	d.sources = map[string]*python.Str{}
	if d.a.ContentCode == nil {
		return nil
	}
	v, err := d.a.ContentCode.Run(p.th, p.sc.Answers)
	if err != nil {
		return err
	}
	d.sources[""], err = p.contentFiles(v)
	return err
}

// contentFiles reads the text of files that code names: names, addresses,
// files, or a list of these.
func (p *preparation) contentFiles(v python.Value) (*python.Str, error) {
	files, err := p.templateFiles(v, "content file")
	if err != nil {
		return nil, err
	}
	var all strings.Builder
	for i, f := range files {
		if i > 0 {
			all.WriteByte('\n')
		}
		all.WriteString(strings.ReplaceAll(string(f.Content), "\r\n", "\n"))
	}
	return python.NewStr(all.String()), nil
}

// planSettings evaluates what decides how the text is rendered and what goes
// with it.
func (p *preparation) planSettings(d *planned) error {
	o, place := &d.plan.Options, p.ev.Place()
	o.Language, o.DecimalPlaces = place.Language, -1
	for _, c := range []struct {
		cond  interview.Cond
		usual bool
		to    *bool
	}{{d.a.Redact, true, &o.Redact}, {d.a.Editable, true, &o.Editable}} {
		v, err := p.cond(c.cond, c.usual)
		if err != nil {
			return err
		}
		*c.to = v
	}
	place.Unredacted = !o.Redact
	return p.planMetadata(d)
}

// planOutput evaluates what is done with the finished document.
func (p *preparation) planOutput(d *planned) error {
	o, a, at := &d.plan.Options, d.a, p.ev.Place().Attachment
	var err error
	if o.PDFA, err = p.cond(a.PDFA, p.feature("pdf/a", false)); err != nil {
		return err
	}
	if err := p.texts([]textTo{{a.RenderingFont, &o.RenderingFont}, {a.HyperlinkStyle, &o.HyperlinkStyle}}); err != nil {
		return err
	}
	if o.RenderingFont == "" {
		o.RenderingFont = p.setting("default rendering font")
	}
	if err := p.planAccess(d); err != nil {
		return err
	}
	for _, c := range []struct {
		cond  interview.Cond
		usual bool
		to    *bool
	}{{a.TaggedPDF, p.feature("tagged pdf", true), &o.Tagged}, {a.UpdateReferences, false, &o.UpdateReferences}, {a.SkipUndefined, false, &o.SkipUndefined}} {
		if *c.to, err = p.cond(c.cond, c.usual); err != nil {
			return err
		}
	}
	for _, t := range []struct {
		text *interview.Text
		to   **string
	}{{a.Password, &o.Password}, {a.OwnerPassword, &o.OwnerPassword}, {a.TemplatePassword, &o.TemplatePassword}} {
		if t.text == nil {
			continue
		}
		s, err := p.text(t.text)
		if err != nil {
			return err
		}
		*t.to = &s
	}
	at.UpdateReferences, at.PDFA, at.Tagged = o.UpdateReferences, o.PDFA, o.Tagged
	return nil
}

func (p *preparation) planAccess(d *planned) (err error) {
	a := d.a
	for _, c := range []struct {
		cond interview.Cond
		to   **bool
	}{{a.Persistent, &d.access.persistent}, {a.Private, &d.access.private}} {
		if !c.cond.Set || c.cond.Null {
			continue
		}
		v, err := p.cond(c.cond, false)
		if err != nil {
			return err
		}
		*c.to = &v
	}
	if d.access.users, err = p.allowed(a.AllowUsers); err != nil {
		return err
	}
	d.access.privileges, err = p.allowed(a.AllowPrivileges)
	return err
}

// allowed lists whom files are for, nil if that was not said.
func (p *preparation) allowed(a *interview.Allow) (python.Value, error) {
	switch {
	case a == nil:
		return nil, nil
	case a.Code != nil:
		return a.Code.Run(p.th, p.sc.Answers)
	}
	list := python.NewList()
	for _, n := range a.List {
		v, err := NodeValue(p.th, p.sc.Answers, n)
		if err != nil {
			return nil, err
		}
		list.Elems = append(list.Elems, v)
	}
	return list, nil
}

// feature is a switch of the interview, else of the configuration.
func (p *preparation) feature(name string, usual bool) bool {
	if n := p.sc.Interview.Features.All.Get(name); n != nil {
		return n.Truth()
	}
	if v, ok := p.ev.Config(name); ok {
		if b, ok := v.(bool); ok {
			return b
		}
	}
	return usual
}

// setting is a text of the configuration, or "".
func (p *preparation) setting(name string) string {
	v, ok := p.ev.Config(name)
	if !ok {
		return ""
	}
	s, _ := v.(string)
	return s
}

// planFormat evaluates what the formats are made of: fields, or the text once
// for every format. A text that never asked where it stands is the same in all.
func (p *preparation) planFormat(d *planned) error {
	switch d.a.Kind {
	case interview.ManualDocument:
		return nil
	case interview.DOCXDocument, interview.PDFDocument:
		return p.planFields(d)
	}
	d.plan.File = p.documentFile
	place := p.ev.Place()
	var shared *python.Str
	for _, f := range d.formats {
		if shared == nil {
			place.Inside, place.Consulted = contextOf(f), false
			s, err := p.source(d)
			if err != nil {
				return err
			}
			d.sources[f] = s
			if !place.Consulted {
				shared = s
			}
			continue
		}
		d.sources[f] = shared
	}
	return nil
}

// contextOf is what current_context().inside_of is while a format of a document
// written in Markdown is rendered.
func contextOf(format string) string {
	switch format {
	case "md", "raw", "html":
		return format
	}
	return "pandoc " + format
}

// source renders the text of a document.
func (p *preparation) source(d *planned) (*python.Str, error) {
	read, ok := d.sources[""]
	if !ok {
		return p.str(d.a.Content)
	}
	if !mako.IsTemplate(read.String()) {
		return read, nil
	}
	t, err := mako.Compile(mako.Source{Name: "content file", Text: read.String()})
	if err != nil {
		return nil, err
	}
	return t.Render(p.th, p.sc.Answers)
}

func (p *preparation) planManual(d *planned) error {
	add := func(extension string, v python.Value) error {
		file, err := p.existingFile(v, extension)
		if err != nil {
			return err
		}
		for i := range d.manual {
			if d.manual[i].extension == extension {
				d.manual[i].file = file
				return nil
			}
		}
		d.manual = append(d.manual, manualFile{extension, file})
		return nil
	}
	for _, m := range d.a.Manual {
		v, err := m.Code.Run(p.th, p.sc.Answers)
		if err != nil {
			return err
		}
		if err := add(m.Name, v); err != nil {
			return err
		}
	}
	if d.a.ManualCode == nil {
		return nil
	}
	v, err := d.a.ManualCode.Run(p.th, p.sc.Answers)
	if err != nil {
		return err
	}
	files, ok := python.Unwrap(v).(*python.Dict)
	if !ok {
		return python.Errorf(python.TypeError, "manual code must give a dictionary of extensions and files, not %s", v.Class().Name())
	}
	for k, v := range files.All() {
		extension, ok := python.StringOf(k)
		if !ok {
			return python.Errorf(python.TypeError, "manual code: the keys of the dictionary must be extensions such as 'pdf'")
		}
		if err := add(strings.TrimPrefix(extension, "."), v); err != nil {
			return err
		}
	}
	return nil
}

// existingFile is the file that stands for a format: one that does not exist
// yet is sought.
func (p *preparation) existingFile(v python.Value, extension string) (python.Value, error) {
	switch {
	case derives(v, "DAFileCollection"):
		f, err := p.th.GetAttr(v, extension)
		if err != nil {
			return nil, err
		}
		v = f
	case derives(v, "DAFileList"):
		f, err := p.th.GetItem(v, python.Int(0))
		if err != nil {
			return nil, err
		}
		v = f
	}
	if !derives(v, "DAFile") && !derives(v, "DAStaticFile") {
		return nil, python.Errorf(python.TypeError, "manual: %s must be a DAFile, not %s", extension, v.Class().Name())
	}
	_, err := p.th.CallMethod(v, "_wanted")
	return v, err
}
